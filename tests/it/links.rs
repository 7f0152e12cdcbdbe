//! Connections between processes, seen from outside.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::database::Database;
use crate::support::deployment::{Deployment, free_port};
use crate::support::http::Client;

const ITEMS: f64 = 500.0;
const WORKFLOW: &str =
    "{version: '2.0', w: {tasks: {t: {action: std.sleep seconds=0, with-items: 'i in <% range(500) %>'}}}}";

/// A number of a process' `/metrics`.
fn metric(port: u16, name: &str) -> f64 {
    let text = Client::new(SocketAddr::from(([127, 0, 0, 1], port)))
        .get("/metrics")
        .expect("metrics")
        .text();
    let line = text.lines().find(|line| line.split(' ').next() == Some(name));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok())
        .unwrap_or_default()
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What only waits takes no slot of an executor, and so need not wait in the table for one: an executor of two slots is sent hundreds
/// of such actions over its connection. (In the table each costs a second version of its row, and twice the log.)
#[test]
fn what_only_waits_is_sent_past_the_slots() {
    let database = Database::create();
    let port = free_port();
    let processes = [("api", "api"), ("engine", "engine"), ("executor", "executor")];
    let deployment = Deployment::start_with(&database, &processes, "", |name| match name {
        "engine" => vec![("OS_TELEMETRY__METRICS_PORT".to_owned(), port.to_string())],
        "executor" => vec![("OS_DEFAULT__EXECUTOR_THREAD_POOL_SIZE".to_owned(), "2".to_owned())],
        _ => Vec::new(),
    });
    let mut client = deployment.client();
    let answer = client.send_text("POST", "/v2/workflows", WORKFLOW).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
    wait_until("the engine has connections", || metric(port, "mistral_peers") >= 2.0);
    let before = metric(port, "mistral_peer_jobs_total");
    let body = json!({"workflow_name": "w"});
    let answer = client.send_json("POST", "/v2/executions", &body).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
    let id = answer.json()["id"].as_str().expect("an id").to_owned();
    wait_until("the execution ends", || {
        let seen = client.get(&format!("/v2/executions/{id}")).expect("an answer").json();
        assert!(seen["state"] == "SUCCESS" || seen["state"] == "RUNNING", "{seen}");
        seen["state"] == "SUCCESS"
    });
    let sent = metric(port, "mistral_peer_jobs_total") - before;
    assert!(sent >= 0.9 * ITEMS, "{sent} actions came over the connection");
}
