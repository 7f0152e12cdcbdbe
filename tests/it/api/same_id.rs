//! Starts and runs that meet a change of the same moment.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::NO_HEADERS;

const WORKFLOW: &str = "{version: '2.0', one: {tasks: {t: {action: std.noop}}}}";

/// Two clients that start the same execution id at once both get it: one has started it, the other hears that it is there.
#[test]
fn the_same_id_started_by_many_at_once_is_one_execution() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let created = client.send_text("POST", "/v2/workflows", WORKFLOW).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
    let mut clients: Vec<_> = (0..8).map(|_| deployment.client()).collect();
    let deadline = Instant::now() + Duration::from_secs(4);
    let mut rounds = 0;
    while rounds < 60 || (rounds < 600 && Instant::now() < deadline) {
        let id = format!("00000000-0000-4000-8000-{rounds:012x}");
        let body = json!({"id": id, "workflow_name": "one"});
        std::thread::scope(|scope| {
            for (n, client) in clients.iter_mut().enumerate() {
                let body = &body;
                scope.spawn(move || {
                    // A little apart, so that some meet the commit of the first.
                    std::thread::sleep(Duration::from_micros(400 * n as u64));
                    let answer = client.send_json("POST", "/v2/executions", body).unwrap();
                    assert_eq!(answer.status, 201, "{}", answer.text());
                    assert_eq!(answer.json()["id"], body["id"]);
                });
            }
        });
        rounds += 1;
    }
}

/// A deleted or updated action is not run any more, however short ago that was.
#[test]
fn an_ad_hoc_action_runs_as_it_was_changed_last() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    for n in 0..20 {
        let text = format!("{{version: '2.0', a: {{base: std.echo, base-input: {{output: {n}}}}}}}");
        let method = if n == 0 { "POST" } else { "PUT" };
        let changed = client.send_text(method, "/v2/actions", &text).unwrap();
        assert!(changed.status < 300, "{}", changed.text());
        let ran = client
            .send_json("POST", "/v2/action_executions", &json!({"name": "a"}))
            .unwrap();
        assert_eq!(ran.json()["output"], format!("{{\"result\": {n}}}"), "{}", ran.text());
    }
    assert_eq!(
        client.send("DELETE", "/v2/actions/a", NO_HEADERS, None).unwrap().status,
        204
    );
    let ran = client
        .send_json("POST", "/v2/action_executions", &json!({"name": "a"}))
        .unwrap();
    assert!(ran.status >= 400, "{}", ran.text());
}
