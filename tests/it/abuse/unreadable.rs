//! A tree whose rows make no sense: whoever asks for it is told, nobody else notices, and it is not read again and again.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::http::Client;

const WORKFLOW: &str = "{version: '2.0', w: {tasks: {t: {action: std.sleep seconds=2}}}}";

fn begin(client: &mut Client) -> String {
    let body = json!({"workflow_name": "w"});
    let answer = client.send_json("POST", "/v2/executions", &body).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().expect("an id").to_owned()
}

fn await_success(client: &mut Client, id: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let seen = client.get(&format!("/v2/executions/{id}")).expect("an answer").json();
        match seen["state"].as_str() {
            Some("SUCCESS") => return,
            state => assert!(state == Some("RUNNING") && Instant::now() < deadline, "{seen}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn rows_that_make_no_sense() {
    let database = Database::create();
    let processes = [("api", "api"), ("engine", "engine"), ("executor", "executor")];
    let mut deployment = Deployment::start(&database, &processes, "[engine]\nlease_seconds = 1\n");
    let mut client = deployment.client();
    let answer = client.send_text("POST", "/v2/workflows", WORKFLOW).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
    let (broken, other) = (begin(&mut client), begin(&mut client));
    let engine = &mut deployment.processes[1];
    engine.kill();
    // Both actions go on with the executor; there is no such state.
    let nonsense = format!("UPDATE task SET state = 99 WHERE execution_id = '{broken}'");
    database.query(&nonsense).expect("SQL");
    engine.restart();
    // Its result waits beside that of the other one, which is taken.
    await_success(&mut client, &other);
    let later = begin(&mut client);
    await_success(&mut client, &later);

    let cancel = json!({"state": "CANCELLED"});
    let refused = client.send_json("PUT", &format!("/v2/executions/{broken}"), &cancel);
    let refused = refused.expect("an answer");
    assert!(
        refused.status == 500 && refused.text().contains("cannot be read"),
        "{} {}",
        refused.status,
        refused.text()
    );
    // Its executor asks again and again; the rows are read once in ten seconds at most.
    let readings = |deployment: &Deployment| deployment.processes[1].log().matches("tree can never be read").count();
    let before = readings(&deployment);
    assert!((1..=3).contains(&before), "{before} readings");
    std::thread::sleep(Duration::from_secs(2));
    assert!(
        readings(&deployment) <= before + 1,
        "{before}, then {}",
        readings(&deployment)
    );
}
