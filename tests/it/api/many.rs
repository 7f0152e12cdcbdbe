//! Many starts in one request.

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};

const WORKFLOW: &str = "{version: '2.0', one: {input: [n: 1], tasks: {t: {action: 'std.echo output=<% $.n %>'}}}}";

fn statuses(answers: &[Value]) -> Vec<u64> {
    answers
        .iter()
        .map(|answer| answer["status"].as_u64().unwrap())
        .collect()
}

#[test]
fn lists_and_lines_start_one_execution_each() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let created = client.send_text("POST", "/v2/workflows", WORKFLOW).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());

    // One answer for each, in order, whatever becomes of the others.
    let chosen = "00000000-0000-4000-8000-0000000000aa";
    let starts = json!([
        {"workflow_name": "one", "input": {"n": 7}},
        {"workflow_name": "nobody's"},
        {"workflow_name": "one", "id": chosen, "description": "first"},
        {"workflow_name": "one", "id": chosen, "description": "second"},
        {"workflow_name": "one", "id": "my own id"},
        {"workflow_name": "one", "input": {"m": 1}},
        {"unknown": true},
        12,
    ]);
    let first = client.send_json("POST", "/v2/executions", &starts).unwrap();
    assert_eq!(first.status, 200, "{}", first.text());
    let answers = first.json()["executions"].as_array().unwrap().clone();
    assert_eq!(statuses(&answers), [201, 404, 201, 201, 201, 400, 400, 400]);
    assert_eq!(answers[0]["execution"]["input"], "{\"n\": 7}");
    assert_eq!(answers[0]["execution"]["state"], "RUNNING");
    for n in [2, 3] {
        assert_eq!(answers[n]["execution"]["id"], chosen);
        assert_eq!(answers[n]["execution"]["description"], "first");
    }
    assert_eq!(answers[4]["execution"]["id"], "my own id");
    assert!(answers[1]["faultstring"].as_str().unwrap().contains("nobody's"));
    assert!(
        answers[5]["faultstring"].as_str().unwrap().contains("['m']"),
        "{}",
        answers[5]
    );

    // The same once more starts nothing that has an id.
    let again = client.send_json("POST", "/v2/executions", &starts).unwrap().json();
    let again = again["executions"].as_array().unwrap();
    assert_eq!(statuses(again), [201, 404, 201, 201, 201, 400, 400, 400]);
    assert_eq!(again[3]["execution"]["description"], "first");
    assert_eq!(again[4]["execution"]["id"], "my own id");
    let count = || {
        database.query("SELECT count(*) FROM execution").unwrap()[0][0]
            .clone()
            .unwrap()
    };
    assert_eq!(count(), "4");

    // Lines: more than a list may have.
    let mut lines: String = (0..1_500)
        .map(|n| format!("{{\"workflow_name\": \"one\", \"input\": {{\"n\": {n}}}}}\n"))
        .collect();
    lines.push_str("no JSON\n");
    let headers = [("Content-Type".to_owned(), "application/x-ndjson".to_owned())];
    let answer = client
        .send("POST", "/v2/executions", &headers, Some(lines.as_bytes()))
        .unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 1_501);
    assert!(answers[..1_500].iter().all(|answer| answer["status"] == 201));
    assert_eq!(answers[1_499]["execution"]["input"], "{\"n\": 1499}");
    assert_eq!(answers[1_500]["status"], 400);
    assert_eq!(count(), "1504");

    let many = Value::Array(vec![json!({"workflow_name": "one"}); 1_001]);
    assert_eq!(client.send_json("POST", "/v2/executions", &many).unwrap().status, 400);
    assert_eq!(count(), "1504");
}
