//! Workers: actions of one's own, provided over HTTP.

mod catalogue;
mod conformance;
pub(crate) mod dynamic;
mod instances;
mod node;
mod protocol;
mod python;
mod supervised;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;

const WORKFLOW: &str = "
version: '2.0'
add:
  output: {sum: <% task(t).result %>}
  tasks: {t: {action: my.add a=2 b=3}}
again:
  tasks: {t: {action: my.add a=2, safe-rerun: true}}
";

fn register(client: &mut Client) -> String {
    let actions = json!([{"name": "my.add", "description": "Adds.", "input": ["a", {"b": 1}]}]);
    let body = json!({"name": "w", "actions": actions});
    let answer = client.send_json("POST", "/v2/workers", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn exchange(client: &mut Client, worker: &str, body: &Value) -> Value {
    let path = format!("/v2/workers/{worker}/exchange");
    let answer = client.send_json("POST", &path, body).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// The only job that waits.
fn take(client: &mut Client, worker: &str) -> Value {
    let deadline = Instant::now() + Duration::from_secs(40);
    loop {
        let answer = exchange(client, worker, &json!({"room": 8, "wait_seconds": 2}));
        let jobs = answer["jobs"].as_array().unwrap();
        if let [job] = jobs.as_slice() {
            return job.clone();
        }
        assert!(jobs.is_empty() && Instant::now() < deadline, "{answer}");
    }
}

fn start(client: &mut Client, workflow: &str) -> String {
    let body = json!({"workflow_name": workflow});
    let answer = client.send_json("POST", "/v2/executions", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn end_of(client: &mut Client, id: &str) -> Value {
    let deadline = Instant::now() + Duration::from_secs(40);
    loop {
        let row = client.get(&format!("/v2/executions/{id}")).unwrap().json();
        if row["state"] != "RUNNING" {
            return row;
        }
        assert!(Instant::now() < deadline, "{row}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn upload(client: &mut Client) {
    let created = client.send_text("POST", "/v2/workflows", WORKFLOW).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
}

#[test]
fn a_worker_serves_actions_of_its_own() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    upload(&mut client);
    let worker = register(&mut client);
    let shown = client.get("/v2/actions/my.add").unwrap().json();
    assert_eq!(
        (&shown["input"], &shown["description"]),
        (&json!("a, b=1"), &json!("Adds."))
    );

    let id = start(&mut client, "add");
    let job = take(&mut client, &worker);
    assert_eq!(
        (&job["action"], &job["input"]),
        (&json!("my.add"), &json!({"a": 2, "b": 3}))
    );
    assert_eq!(job["context"]["workflow_execution_id"], id.as_str());
    // An answer that was lost is told again to whoever asks.
    let again = exchange(&mut client, &worker, &json!({"resync": true}));
    assert_eq!(again["jobs"], json!([job]));
    let known = exchange(&mut client, &worker, &json!({"resync": true, "running": [job["job"]]}));
    assert_eq!((&known["jobs"], &known["cancelled"]), (&json!([]), &json!([])));
    // Another worker can neither deliver the result nor keep the job.
    let stranger = register(&mut client);
    let result = json!({"job": job["job"], "data": 5});
    let stolen = exchange(
        &mut client,
        &stranger,
        &json!({"results": [result], "running": [job["job"]]}),
    );
    assert_eq!(
        (&stolen["dropped"], &stolen["cancelled"]),
        (&json!([job["job"]]), &json!([job["job"]]))
    );
    let delivered = exchange(&mut client, &worker, &json!({"results": [result]}));
    assert_eq!(delivered["dropped"], json!([]));
    let end = end_of(&mut client, &id);
    assert_eq!(end["state"], "SUCCESS", "{end}");
    assert_eq!(end["output"], "{\"sum\": 5}");
    // Once is enough.
    let late = exchange(&mut client, &worker, &json!({"results": [result]}));
    assert_eq!(late["dropped"], json!([job["job"]]));
}

#[test]
fn what_a_dead_worker_held_is_run_again_if_it_may() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    upload(&mut client);
    let worker = register(&mut client);
    let ids = [start(&mut client, "again"), start(&mut client, "add")];
    let mut held = Vec::new();
    while held.len() < 2 {
        let answer = exchange(&mut client, &worker, &json!({"room": 8, "wait_seconds": 2}));
        held.extend(answer["jobs"].as_array().unwrap().clone());
    }
    // As if its last exchange was a minute ago.
    let over = format!("UPDATE node SET lease_until = now() - interval '1 minute' WHERE id = '{worker}'");
    database.query(&over).unwrap();
    // What was renewed a moment ago is taken for granted so long.
    std::thread::sleep(Duration::from_millis(2_100));
    let path = format!("/v2/workers/{worker}/exchange");
    let refused = client.send_json("POST", &path, &json!({"room": 1})).unwrap();
    assert_eq!(refused.status, 404, "{}", refused.text());

    let failed = end_of(&mut client, &ids[1]);
    assert_eq!(
        failed["state"], "ERROR",
        "what is not safe to run again has failed: {failed}"
    );
    let second = register(&mut client);
    let job = take(&mut client, &second);
    assert_eq!((&job["attempt"], &job["input"]), (&json!(2), &json!({"a": 2})));
    let results: Vec<Value> = held.iter().map(|job| json!({"job": job["job"], "data": 0})).collect();
    let late = exchange(&mut client, &second, &json!({"results": results}));
    assert_eq!(
        late["dropped"].as_array().unwrap().len(),
        2,
        "attempts that were lost count no more: {late}"
    );
    exchange(
        &mut client,
        &second,
        &json!({"results": [{"job": job["job"], "data": 3}]}),
    );
    assert_eq!(end_of(&mut client, &ids[0])["state"], "SUCCESS");
}

#[test]
fn wrong_workers_are_told_what_is_wrong() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let worker = register(&mut client);
    let exchange = format!("/v2/workers/{worker}/exchange");
    let unknown = "/v2/workers/00000000-0000-4000-8000-000000000000/exchange";
    for (path, body, status, part) in [
        ("/v2/workers", json!([]), 400, "must be a JSON object"),
        ("/v2/workers", json!({"name": "x"}), 400, "'actions'"),
        (
            "/v2/workers",
            json!({"name": "x", "actions": [{"name": "a b"}]}),
            400,
            "name of an action",
        ),
        (
            "/v2/workers",
            json!({"name": "x", "actions": [{"name": "std.echo"}]}),
            409,
            "comes with the service",
        ),
        (
            "/v2/workers",
            json!({"name": "x", "actions": [], "dynamic": true}),
            409,
            "python_runtime",
        ),
        (
            "/v2/workers",
            json!({"name": "x", "scope": "mine", "actions": [{"name": "a"}]}),
            400,
            "'scope'",
        ),
        (
            "/v2/workers",
            json!({"name": "x", "capacity": -1, "actions": [{"name": "a"}]}),
            400,
            "'capacity'",
        ),
        (&exchange, json!({"draining": 1}), 400, "'draining'"),
        (&exchange, json!({"what": 1}), 400, "Unknown attribute"),
        (&exchange, json!({"room": -1}), 400, "'room'"),
        (&exchange, json!({"results": [{"job": "x", "data": 1}]}), 400, "'job'"),
        (&exchange, json!({"results": [{"data": 1, "error": 2}]}), 400, "'job'"),
        (unknown, json!({}), 404, "register again"),
    ] {
        let answer = client.send_json("POST", path, &body).unwrap();
        assert_eq!(answer.status, status, "{path} {body}: {}", answer.text());
        assert!(answer.text().contains(part), "{path} {body}: {}", answer.text());
    }
    let gone = client
        .send(
            "DELETE",
            &format!("/v2/workers/{worker}"),
            crate::support::http::NO_HEADERS,
            None,
        )
        .unwrap();
    assert_eq!(gone.status, 204, "{}", gone.text());
    let again = client.send_json("POST", &exchange, &json!({"room": 1})).unwrap();
    assert_eq!(again.status, 404, "who has left has left: {}", again.text());
}
