//! `[engine] tree_memory_mb`.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;
use crate::support::json::text;

const WORKFLOW: &str = "
version: '2.0'
waits:
  input: [ballast]
  output: {size: <% $.ballast.len() %>}
  tasks:
    t: {action: std.async_noop}
later:
  input: [ballast]
  tasks:
    t: {action: std.noop, wait-before: 3}
";

/// 40 MB of trees, of which 16 may stay in memory.
const EXECUTIONS: usize = 100;
const BALLAST: usize = 400_000;

/// Trees that only wait leave memory beyond the limit, and come back when something happens to them.
#[test]
fn trees_that_wait_leave_memory_and_come_back() {
    let database = Database::create();
    let settings = "[engine]\ntree_memory_mb = 16\n[telemetry]\nenabled = true\n";
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), settings);
    let mut client = deployment.client();
    let created = client.send_text("POST", "/v2/workflows", WORKFLOW).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
    let input = json!({"ballast": "x".repeat(BALLAST)});
    let mut most = 0;
    let ids: Vec<String> = (0..EXECUTIONS)
        .map(|_| {
            let answer = client
                .send_json(
                    "POST",
                    "/v2/executions",
                    &json!({"workflow_name": "waits", "input": input}),
                )
                .unwrap();
            assert_eq!(answer.status, 201, "{}", answer.text());
            most = most.max(live_trees(&mut client));
            text(&answer.json(), "id").to_owned()
        })
        .collect();
    let room = (16 << 20) / BALLAST;
    assert!(most > room / 4, "some stay: {most}");
    assert!(most < room * 2, "{most} trees of {BALLAST} bytes are in memory");
    // The first has left long ago.
    for id in [&ids[0], &ids[EXECUTIONS - 1]] {
        let tasks = client
            .get(&format!("/v2/tasks?workflow_execution_id={id}"))
            .unwrap()
            .json();
        let task = text(&tasks["tasks"][0], "id").to_owned();
        let actions = client
            .get(&format!("/v2/tasks/{task}/action_executions"))
            .unwrap()
            .json();
        let action = text(&actions["action_executions"][0], "id").to_owned();
        let done = client
            .send_json(
                "PUT",
                &format!("/v2/action_executions/{action}"),
                &json!({"state": "SUCCESS", "output": {"said": 1}}),
            )
            .unwrap();
        assert_eq!(done.status, 200, "{}", done.text());
        let seen = client.get(&format!("/v2/executions/{id}")).unwrap().json();
        assert_eq!(text(&seen, "state"), "SUCCESS");
        assert!(text(&seen, "output").contains("400000"), "{}", text(&seen, "output"));
    }
}

/// A timer whose tree has to be read for it: what is read says that it is set.
#[test]
fn timers_of_trees_that_have_left_memory_fire_once() {
    let database = Database::create();
    let settings = "[engine]\ntree_memory_mb = 16\n[telemetry]\nenabled = true\n";
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), settings);
    let mut client = deployment.client();
    let created = client.send_text("POST", "/v2/workflows", WORKFLOW).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
    let body = json!({"workflow_name": "later", "input": {"ballast": "x".repeat(BALLAST)}});
    for _ in 0..40 {
        let answer = client.send_json("POST", "/v2/executions", &body).unwrap();
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    assert!(live_trees(&mut client) < 30, "most of them have left");
    let deadline = Instant::now() + Duration::from_secs(30);
    let open = || database.query("SELECT id FROM execution_state").unwrap().len();
    while open() > 0 {
        assert!(Instant::now() < deadline, "{} are still open", open());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(gauge(&mut client, "mistral_timer_late_seconds_count"), 40);
}

fn live_trees(client: &mut Client) -> usize {
    gauge(client, "mistral_live_trees")
}

fn gauge(client: &mut Client, name: &str) -> usize {
    let metrics = client.get("/metrics").unwrap().text();
    let line = metrics.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
    value.unwrap_or_else(|| panic!("no {name} in {metrics:.300}")) as usize
}
