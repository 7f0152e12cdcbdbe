//! `GET /v2/executions/{id}/why` says what an execution waits for.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::api::site::{PATIENCE, Site};
use crate::support::deployment::Layout;

const WORKFLOWS: &str = r#"
version: '2.0'
join_all:
  tasks:
    hangs: {action: std.async_noop, on-success: [both]}
    done: {action: std.noop, on-success: [both]}
    both: {join: all, action: std.noop}
delays:
  tasks:
    later: {action: std.noop, wait-before: 1000}
    afterwards: {action: std.noop, wait-after: 2000}
    again: {action: std.fail, retry: {count: 5, delay: 3000}}
    limited: {action: std.async_noop, timeout: 4000}
queued:
  tasks:
    nowhere: {action: std.noop, target: no-such-host}
running:
  tasks:
    sleeps: {action: std.sleep seconds=60}
parent:
  tasks:
    call: {workflow: child}
child:
  tasks:
    call: {workflow: grandchild}
grandchild:
  tasks:
    hangs: {action: std.async_noop}
failing_parent:
  tasks:
    call: {workflow: failing_child}
failing_child:
  tasks:
    breaks: {action: std.fail error_data="no route to host"}
fail_command:
  tasks:
    one: {action: std.noop, on-success: fail}
items:
  tasks:
    each: {with-items: 'i in [1, 2, 3, 4, 5]', action: std.async_noop, concurrency: 2}
held:
  tasks:
    careful: {action: std.noop, pause-before: true}
commanded:
  tasks:
    first: {action: std.noop, on-success: ["pause(msg='time for a break')", second]}
    second: {action: std.noop}
"#;

impl Site {
    fn why(&mut self, id: &str) -> Value {
        let answer = self.client.get(&format!("/v2/executions/{id}/why")).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        let explained = answer.json();
        assert_eq!(explained["execution_id"], id);
        assert!(explained["summary"].as_str().unwrap().ends_with('.'));
        explained
    }

    /// The explanation, as soon as it gives exactly these kinds of reasons.
    fn why_when(&mut self, id: &str, kinds: &[&str]) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let explained = self.why(id);
            if kinds_of(&explained) == kinds {
                return explained;
            }
            assert!(Instant::now() < deadline, "{kinds:?} are wanted: {explained:#}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn kinds_of(explained: &Value) -> Vec<&str> {
    let reasons = explained["reasons"].as_array().unwrap();
    reasons.iter().map(|reason| reason["kind"].as_str().unwrap()).collect()
}

/// The reason about a task.
fn about<'a>(explained: &'a Value, task: &str) -> &'a Value {
    let reasons = explained["reasons"].as_array().unwrap();
    let found = reasons.iter().find(|reason| reason["task_name"] == task);
    found.unwrap_or_else(|| panic!("nothing about {task}: {explained:#}"))
}

/// Seconds between two of the API's dates.
fn seconds_between(from: &Value, to: &Value) -> i64 {
    let time = |value: &Value| mistral::model::Time::parse(value.as_str().unwrap()).unwrap().0;
    (time(to) - time(from)) / 1_000_000
}

#[test]
fn every_kind_of_waiting_is_explained() {
    let mut site = Site::start(WORKFLOWS, Layout::Separate, "");
    joins(&mut site);
    delays(&mut site);
    executors(&mut site);
    sub_workflows(&mut site);
    items(&mut site);
    pauses(&mut site);
    refusals(&mut site);
    lost_processes(&mut site);
}

fn joins(site: &mut Site) {
    let id = site.begin("join_all");
    let explained = site.why_when(&id, &["action_waiting_for_completion", "waiting_for_join"]);
    let join = about(&explained, "both");
    assert_eq!(join["inbound_required"], 2);
    assert_eq!(join["inbound_triggered"], 1);
    let missing = join["inbound_missing"].as_array().unwrap();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["task_name"], "hangs");
    assert_eq!(missing[0]["task_state"], "RUNNING");
    assert_eq!(explained["state"], "RUNNING");
    assert_eq!(explained["truncated"], false);
    assert!(
        explained["summary"]
            .as_str()
            .unwrap()
            .contains("missing: 'hangs' (RUNNING)")
    );
    assert_eq!(explained["shard"]["owner"]["node_name"], "engine");

    let action = about(&explained, "hangs")["action_execution_id"].as_str().unwrap();
    site.update(&format!("/v2/action_executions/{action}"), &json!({"state": "SUCCESS"}));
    let explained = site.why_when(&id, &["finished"]);
    assert_eq!(explained["state"], "SUCCESS");
}

fn delays(site: &mut Site) {
    let id = site.begin("delays");
    let explained = site.why_when(&id, &["delayed", "delayed", "delayed", "action_waiting_for_completion"]);
    for (task, policy, seconds) in [
        ("later", "wait-before", 1000),
        ("afterwards", "wait-after", 2000),
        ("again", "retry", 3000),
    ] {
        let reason = about(&explained, task);
        assert_eq!(reason["policy"], policy);
        let delay = seconds_between(&explained["created_at"], &reason["fire_at"]);
        assert!((seconds..seconds + 60).contains(&delay), "{reason:#}");
    }
    assert_eq!(about(&explained, "again")["retry_no"], 1);
    let limited = about(&explained, "limited");
    let limit = seconds_between(&explained["created_at"], &limited["task_timeout_at"]);
    assert!((4000..4060).contains(&limit), "{limited:#}");
}

fn executors(site: &mut Site) {
    let queued = site.begin("queued");
    let explained = site.why_when(&queued, &["action_queued"]);
    let reason = about(&explained, "nowhere");
    assert_eq!(reason["target"], "no-such-host");
    assert_eq!(reason["executor"], Value::Null);
    assert!(reason["message"].as_str().unwrap().ends_with("which is not running"));

    let running = site.begin("running");
    let explained = site.why_when(&running, &["action_running"]);
    let reason = about(&explained, "sleeps");
    assert_eq!(reason["action_name"], "std.sleep");
    assert_eq!(reason["executor"]["node_name"], "executor");
    assert_eq!(reason["executor"]["is_alive"], true);
}

fn sub_workflows(site: &mut Site) {
    let id = site.begin("parent");
    let deadline = Instant::now() + PATIENCE;
    let explained = loop {
        let explained = site.why(&id);
        let innermost = &explained["reasons"][0]["reasons"][0]["reasons"][0]["kind"];
        if innermost == "action_waiting_for_completion" {
            break explained;
        }
        assert!(Instant::now() < deadline, "{explained:#}");
    };
    let child = &explained["reasons"][0];
    assert_eq!(child["kind"], "waiting_for_execution");
    assert_eq!(child["workflow_name"], "child");
    assert_eq!(child["reasons"][0]["workflow_name"], "grandchild");

    let shallow = site
        .client
        .get(&format!("/v2/executions/{id}/why?max_depth=1"))
        .unwrap();
    let shallow = shallow.json();
    assert_eq!(shallow["truncated"], true);
    let grandchild = &shallow["reasons"][0]["reasons"][0];
    assert_eq!(grandchild["workflow_name"], "grandchild");
    assert_eq!(grandchild["reasons"], Value::Null);

    let below = grandchild["execution_id"].as_str().unwrap().to_owned();
    site.update(&format!("/v2/executions/{below}"), &json!({"state": "PAUSED"}));
    let above = site.why_when(&id, &["paused", "waiting_for_execution"]);
    assert_eq!(above["reasons"][0]["paused_by"], "sub_execution");
}

fn items(site: &mut Site) {
    let id = site.begin("items");
    let waiting = "action_waiting_for_completion";
    let explained = site.why_when(&id, &["items_in_progress", waiting, waiting]);
    let action = explained["reasons"][1]["action_execution_id"].as_str().unwrap();
    site.update(&format!("/v2/action_executions/{action}"), &json!({"state": "SUCCESS"}));
    let explained = site.why_when(&id, &["items_in_progress", waiting, waiting]);
    let reason = &explained["reasons"][0];
    assert_eq!(
        (
            &reason["items_total"],
            &reason["items_completed"],
            &reason["items_open"]
        ),
        (&json!(5), &json!(1), &json!(2))
    );
}

fn pauses(site: &mut Site) {
    let held = site.begin("held");
    let explained = site.why_when(&held, &["paused"]);
    assert_eq!(explained["reasons"][0]["paused_by"], "policy");
    assert_eq!(explained["reasons"][0]["task_name"], "careful");

    let commanded = site.begin("commanded");
    let explained = site.why_when(&commanded, &["paused", "commands_held"]);
    assert_eq!(explained["reasons"][0]["paused_by"], "command");
    assert_eq!(explained["state_info"], "time for a break");

    let id = site.begin("join_all");
    let waiting = ["action_waiting_for_completion", "waiting_for_join"];
    let explained = site.why_when(&id, &waiting);
    let action = about(&explained, "hangs")["action_execution_id"].as_str().unwrap();
    site.update(&format!("/v2/executions/{id}"), &json!({"state": "PAUSED"}));
    let explained = site.why_when(&id, &["paused", waiting[0], waiting[1]]);
    assert_eq!(explained["reasons"][0]["paused_by"], "request");
    site.update(&format!("/v2/action_executions/{action}"), &json!({"state": "SUCCESS"}));
    let explained = site.why(&id);
    let join = about(&explained, "both");
    assert_eq!(join["inbound_triggered"], 2);
    assert!(
        join["message"]
            .as_str()
            .unwrap()
            .contains("when the execution is resumed")
    );
    site.update(&format!("/v2/executions/{id}"), &json!({"state": "RUNNING"}));
    site.why_when(&id, &["finished"]);
}

/// Failures are followed down to the action and its message.
#[test]
fn failures() {
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "");
    let failed = site.begin("failing_parent");
    let explained = site.why_when(&failed, &["sub_execution_failed"]);
    let reason = &explained["reasons"][0];
    assert_eq!(reason["workflow_name"], "failing_child");
    assert_eq!(reason["reasons"][0]["kind"], "action_failed");
    assert_eq!(reason["reasons"][0]["action_name"], "std.fail");
    let summary = explained["summary"].as_str().unwrap();
    assert!(
        summary.contains(
            "workflow 'failing_child' of task 'call' failed: action 'std.fail' of task 'breaks' failed: no route"
        ),
        "{summary}"
    );
    let commanded = site.begin("fail_command");
    let explained = site.why_when(&commanded, &["execution_failed"]);
    assert!(explained["summary"].as_str().unwrap().contains("`fail` command"));
}

fn refusals(site: &mut Site) {
    let mut status = |target: &str| site.client.get(target).unwrap().status;
    let unknown = "/v2/executions/11111111-2222-3333-4444-555555555555/why";
    assert_eq!(status(unknown), 404);
    assert_eq!(status(&format!("{unknown}?depth=1")), 400);
    assert_eq!(status(&format!("{unknown}?max_depth=x")), 400);
}

/// Last of all: it leaves nobody who decides.
fn lost_processes(site: &mut Site) {
    let running = site.begin("running");
    site.why_when(&running, &["action_running"]);
    for process in &mut site.deployment.processes {
        if process.name() != "api" {
            process.kill();
        }
    }
    let explained = site.why_when(&running, &["no_engine", "executor_lost"]);
    assert_eq!(explained["reasons"][1]["executor"]["is_alive"], false);
    assert_eq!(explained["shard"]["owner"]["is_alive"], false);
}

#[test]
fn one_process_explains_too() {
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "");
    let running = site.begin("running");
    let explained = site.why_when(&running, &["action_running"]);
    assert_eq!(about(&explained, "sleeps")["executor"]["node_name"], "all");
    assert_eq!(explained["shard"]["owner"]["is_alive"], true);
}
