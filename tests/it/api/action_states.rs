//! Lists of action executions by state.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;

const WORKFLOWS: &str = "
version: '2.0'
goes_well:
  tasks:
    slept: {action: std.sleep seconds=0}
fails:
  tasks:
    failed: {action: std.javascript script='nonsense('}
    refused: {action: std.fail}
waits:
  tasks:
    forever: {action: std.async_noop}
    asleep: {action: std.sleep seconds=600}
";

/// The names of the actions in a state, newest first.
fn listed(client: &mut Client, filter: &str) -> Vec<String> {
    let path = format!("/v2/action_executions?sort_keys=created_at&sort_dirs=desc&{filter}");
    let answer = client.get(&path).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut names: Vec<String> = answer.json()["action_executions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|action| action["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn becomes(client: &mut Client, filter: &str, names: &[&str]) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let found = listed(client, filter);
        if found == names {
            return;
        }
        assert!(Instant::now() < deadline, "{filter}: {found:?}, not {names:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn run(client: &mut Client, workflow: &str) -> String {
    let body = json!({"workflow_name": workflow});
    let started = client.send_json("POST", "/v2/executions", &body).unwrap();
    assert_eq!(started.status, 201, "{}", started.text());
    started.json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn actions_are_found_by_their_states() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let created = client.send_text("POST", "/v2/workflows", WORKFLOWS).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());

    run(&mut client, "goes_well");
    becomes(&mut client, "state=SUCCESS", &["std.sleep"]);
    let failed = run(&mut client, "fails");
    becomes(&mut client, "state=ERROR", &["std.fail", "std.javascript"]);
    let waiting = run(&mut client, "waits");
    // One runs from the queue, the other is shown by the membership table.
    becomes(&mut client, "state=RUNNING", &["std.async_noop", "std.sleep"]);
    becomes(
        &mut client,
        "state=in:ERROR,RUNNING",
        &["std.async_noop", "std.fail", "std.javascript", "std.sleep"],
    );
    let shown = database
        .query("SELECT state::text FROM action_state ORDER BY state")
        .unwrap();
    let states: Vec<&str> = shown.iter().filter_map(|row| row[0].as_deref()).collect();
    assert_eq!(
        states,
        ["2", "7", "7"],
        "what goes well, or runs from the queue, costs no row"
    );

    let actions = client.get("/v2/action_executions?name=std.async_noop").unwrap().json();
    let id = actions["action_executions"][0]["id"].as_str().unwrap().to_owned();
    let body = json!({"state": "SUCCESS", "output": Value::Null});
    let answer = client
        .send_json("PUT", &format!("/v2/action_executions/{id}"), &body)
        .unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    becomes(&mut client, "state=RUNNING", &["std.sleep"]);

    for id in [failed, waiting] {
        let gone = client
            .send(
                "DELETE",
                &format!("/v2/executions/{id}?force=true"),
                crate::support::http::NO_HEADERS,
                None,
            )
            .unwrap();
        assert_eq!(gone.status, 204, "{}", gone.text());
    }
    becomes(&mut client, "state=ERROR", &[]);
    becomes(&mut client, "state=RUNNING", &[]);
    // Rows of what is deleted go behind the answer.
    let deadline = Instant::now() + Duration::from_secs(20);
    while !database.query("SELECT id FROM action_state").unwrap().is_empty() {
        assert!(Instant::now() < deadline, "rows of deleted actions stay");
        std::thread::sleep(Duration::from_millis(100));
    }
}
