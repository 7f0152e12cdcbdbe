//! A tree of any size is gone for readers with the answer to its DELETE; its rows are dropped behind it, also after a crash.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Attack;
use crate::support::http::NO_HEADERS;

/// Sub-workflows of two tasks each.
const ITEMS: usize = 900;
const ID: &str = "11111111-2222-4333-8444-555555555555";

const LARGE: &str = "
version: '2.0'
large:
  input: [n]
  tasks:
    a: {workflow: below, with-items: 'i in <% range($.n) %>'}
below:
  tasks:
    b: {action: std.noop, on-success: c}
    c: {action: std.noop}
";

impl Attack {
    fn count(&self, sql: &str) -> i64 {
        let rows = self.database.query(&format!("SELECT count(*) FROM {sql}")).unwrap();
        rows[0][0].as_deref().unwrap().parse().unwrap()
    }

    fn status(&mut self, path: &str) -> u16 {
        self.client.get(path).unwrap().status
    }

    fn start_large(&mut self, items: usize) -> u16 {
        let body = json!({ "id": ID, "workflow_name": "large", "input": {"n": items} });
        self.client.send_json("POST", "/v2/executions", &body).unwrap().status
    }
}

#[test]
fn a_large_tree_is_deleted_at_once() {
    let mut attack = Attack::prepare();
    attack.upload(LARGE);
    assert_eq!(attack.start_large(ITEMS), 201);
    assert_eq!(attack.end(ID).0, "SUCCESS");
    let below = attack
        .client
        .get("/v2/executions?workflow_name=below&limit=1")
        .unwrap()
        .json();
    let below = below["executions"][0]["id"].as_str().unwrap().to_owned();
    let tasks = attack
        .client
        .get(&format!("/v2/executions/{below}/tasks"))
        .unwrap()
        .json();
    let task = tasks["tasks"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(attack.count("task"), 2 * ITEMS as i64 + 1);

    let begun = Instant::now();
    let deleted = attack
        .client
        .send("DELETE", &format!("/v2/executions/{ID}"), NO_HEADERS, None);
    assert_eq!(deleted.unwrap().status, 204);
    let took = begun.elapsed();
    let left = attack.count("task");
    println!("deleted in {took:.2?}; {left} tasks are still there");
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(left > ITEMS as i64, "the rows are dropped behind the answer: {left}");
    // Nobody finds anything of it.
    for path in [
        format!("/v2/executions/{ID}"),
        format!("/v2/executions/{below}"),
        format!("/v2/tasks/{task}"),
        format!("/v2/executions/{below}/tasks"),
    ] {
        assert_eq!(attack.status(&path), 404, "{path}");
    }
    for list in [
        "executions?workflow_name=below",
        "tasks?workflow_name=below",
        "tasks?state=SUCCESS",
    ] {
        let found = attack.client.get(&format!("/v2/{list}")).unwrap().json();
        let found = found.as_object().unwrap().values().find_map(|v| v.as_array()).unwrap();
        assert!(found.is_empty(), "{list}: {found:?}");
    }

    // A crash in between.
    let process = &mut attack.deployment.processes[0];
    process.kill();
    process.restart();
    attack.deployment.await_api();
    // Its id is free when nothing of it is left.
    let begun = Instant::now();
    while attack.start_large(3) != 201 {
        assert!(begun.elapsed() < Duration::from_secs(60), "the id is not free again");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(attack.end(ID).0, "SUCCESS");
    println!("all rows dropped and the id used again within {:.2?}", begun.elapsed());
    assert_eq!((attack.count("doomed"), attack.count("task")), (0, 7));
    assert_eq!(attack.count("execution WHERE workflow_name = 'below'"), 3);
    for table in [
        "task_state",
        "action_state",
        "action_queue",
        "timer",
        "execution_state",
        "action_execution",
    ] {
        assert_eq!(attack.count(table), 0, "{table}");
    }
}

/// Actions of one task, timers, and a tree that still runs and is not in memory any more.
#[test]
fn what_runs_is_deleted_with_its_actions_and_timers() {
    let mut attack = Attack::prepare();
    attack.upload(
        "{version: '2.0', runs: {tasks: {a: {action: std.async_noop, with-items: 'i in <% range(1200) %>'}, \
         b: {action: std.noop, wait-before: 3000}, c: {workflow: inner}}}, \
         inner: {tasks: {d: {action: std.async_noop, timeout: 3000}}}}",
    );
    let id = attack.begin("runs");
    let deadline = Instant::now() + Duration::from_secs(20);
    while attack.count("action_execution") < 1199 || attack.count("timer") < 2 {
        assert!(Instant::now() < deadline, "it does not run");
        std::thread::sleep(Duration::from_millis(50));
    }
    let process = &mut attack.deployment.processes[0];
    process.kill();
    process.restart();
    attack.deployment.await_api();
    let path = format!("/v2/executions/{id}?force=true");
    let deleted = attack.client.send("DELETE", &path, NO_HEADERS, None).unwrap();
    assert_eq!(deleted.status, 204, "{}", deleted.text());
    let actions = attack.client.get("/v2/action_executions").unwrap().json();
    assert_eq!(actions["action_executions"].as_array().unwrap().len(), 0);
    let deadline = Instant::now() + Duration::from_secs(30);
    let tables = [
        "doomed",
        "execution",
        "execution_state",
        "task",
        "task_state",
        "action_execution",
        "action_state",
        "action_queue",
        "timer",
    ];
    while let Some(table) = tables.iter().find(|table| attack.count(table) > 0) {
        assert!(Instant::now() < deadline, "{table}: {}", attack.count(table));
        std::thread::sleep(Duration::from_millis(50));
    }
}
