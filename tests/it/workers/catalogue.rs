//! What workers provide, as users of actions see it: who gets a job, versions side by side, actions that are built on others.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{end_of, exchange, start, take};
use crate::identity::support::Service;
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;
use crate::support::process::Workspace;

const WORKFLOWS: &str = "
version: '2.0'
east:
  tasks: {t: {action: my.add a=1, target: east}}
plain:
  tasks: {t: {action: my.add a=1}}
wrapped:
  output: {r: <% task(t).result %>}
  tasks: {t: {action: twice x=4}}
";

const TWICE: &str = "
version: '2.0'
twice:
  base: my.add
  base-input: {a: <% $.x %>, b: <% $.x %>}
  input: [x]
  output: {sum: <% $ %>}
";

fn register(client: &mut Client, target: &str, input: Value) -> String {
    let body = json!({"name": "w", "target": target, "actions": [{"name": "my.add", "input": input}]});
    let answer = client.send_json("POST", "/v2/workers", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn finish(client: &mut Client, worker: &str, job: &Value, data: Value) {
    exchange(client, worker, &json!({"results": [{"job": job["job"], "data": data}]}));
}

#[test]
fn actions_of_workers_are_actions_like_others() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    for (path, text) in [("/v2/workflows", WORKFLOWS), ("/v2/actions", TWICE)] {
        let created = client.send_text("POST", path, text).unwrap();
        assert_eq!(created.status, 201, "{}", created.text());
    }
    let old = register(&mut client, "", json!(["a"]));
    let east = register(&mut client, "east", json!(["a", {"b": 1}]));

    // A task may name its worker.
    let id = start(&mut client, "east");
    let none = exchange(&mut client, &old, &json!({"room": 8, "wait_seconds": 0.5}));
    assert_eq!(none["jobs"], json!([]), "it is for somebody else");
    let job = take(&mut client, &east);
    finish(&mut client, &east, &job, json!(2));
    assert_eq!(end_of(&mut client, &id)["state"], "SUCCESS");

    // Two versions overlap: the newest description counts, both take what there is.
    let shown = client.get("/v2/actions/my.add").unwrap().json();
    assert_eq!(shown["input"], "a, b=1");
    let ids = [start(&mut client, "plain"), start(&mut client, "plain")];
    for worker in [&old, &east] {
        let answer = exchange(&mut client, worker, &json!({"room": 1, "wait_seconds": 10}));
        let [job] = answer["jobs"].as_array().unwrap().as_slice() else {
            panic!("{answer}")
        };
        finish(&mut client, worker, job, json!(1));
    }
    for id in ids {
        assert_eq!(end_of(&mut client, &id)["state"], "SUCCESS");
    }

    // An action of the user's is built on it.
    let id = start(&mut client, "wrapped");
    let job = take(&mut client, &east);
    assert_eq!(
        (&job["action"], &job["input"]),
        (&json!("my.add"), &json!({"a": 4, "b": 4}))
    );
    finish(&mut client, &east, &job, json!(8));
    let end = end_of(&mut client, &id);
    let output: Value = serde_json::from_str(end["output"].as_str().unwrap()).unwrap();
    assert_eq!(output["r"], json!({"sum": 8}), "{end}");

    // What nobody has provided for long is forgotten; as if both were seen two hours ago.
    database
        .query("UPDATE worker SET seen_at = now() - interval '2 hours'")
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while client.get("/v2/actions/my.add").unwrap().status != 404 {
        assert!(Instant::now() < deadline, "the action is still offered");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Only where the operator's policy says so may a worker take the place of what comes with the service.
#[test]
fn a_standard_action_is_replaced_if_the_policy_allows_it() {
    let workspace = Workspace::create();
    let policy = workspace.write("policy.yaml", "\"workers:replace_standard\": \"role:trusted\"\n");
    let service = Service::start(&format!("[oslo_policy]\npolicy_file = {}\n", policy.display()));
    let mut admin = service.caller("ops", &["admin"]);
    let mut trusted = service.caller("ops", &["admin", "trusted"]);
    service.settle(&mut trusted);
    let body = json!({"name": "w", "scope": "public", "actions": [{"name": "std.echo", "input": ["output"]}]});
    let refused = admin.send("POST", "/v2/workers", Some(&body));
    assert_eq!(refused.status, 409, "{}", refused.text());
    let worker = trusted.must("POST", "/v2/workers", body);
    let path = format!("/v2/workers/{}/exchange", worker["id"].as_str().unwrap());
    let text = "version: '2.0'\nw:\n  output: {r: <% task(t).result %>}\n  tasks: {t: {action: std.echo output=1}}\n";
    admin.must("POST", "/v2/workflows", json!(text));
    let id = admin.must("POST", "/v2/executions", json!({"workflow_name": "w"}))["id"].clone();
    let answer = trusted.must("POST", &path, json!({"room": 1, "wait_seconds": 10}));
    let job = &answer["jobs"][0];
    assert_eq!(job["input"], json!({"output": 1}), "{answer}");
    trusted.must("POST", &path, json!({"results": [{"job": job["job"], "data": "ours"}]}));
    let id = id.as_str().unwrap();
    admin.await_end(id);
    let end = admin.get(&format!("/v2/executions/{id}")).json();
    assert_eq!(end["output"], "{\"r\": \"ours\"}", "{end}");
}

/// Workers that ask for a lot and never read the answers hold up nobody.
#[test]
fn who_never_reads_harms_nobody() {
    const CONNECTIONS: usize = 8;
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let text = "version: '2.0'\nmany:\n  input: [x]\n  tasks:\n    t: {with-items: i in <% range(40) %>, action: my.add a=<% $.x %>, safe-rerun: true}\n\
                plain:\n  tasks: {t: {action: my.other a=1}}\n";
    let created = client.send_text("POST", "/v2/workflows", text).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
    let worker = register(&mut client, "", json!(["a"]));
    let body = json!({"workflow_name": "many", "input": {"x": "x".repeat(300_000)}});
    let answer = client.send_json("POST", "/v2/executions", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    // Far more than sockets hold: each answer tells all 40 jobs again, 12 MB.
    let body = json!({"room": 100, "wait_seconds": 1, "resync": true}).to_string();
    let request = format!(
        "POST /v2/workers/{worker}/exchange HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        client.address(),
        body.len()
    );
    let streams: Vec<std::net::TcpStream> = (0..CONNECTIONS)
        .map(|_| {
            let mut stream = std::net::TcpStream::connect(client.address()).unwrap();
            for _ in 0..10 {
                std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
            }
            stream
        })
        .collect();
    let body = json!({"name": "other", "actions": [{"name": "my.other", "input": ["a"]}]});
    let other = client.send_json("POST", "/v2/workers", &body).unwrap().json();
    let other = other["id"].as_str().unwrap();
    std::thread::sleep(Duration::from_secs(1));
    let began = Instant::now();
    let id = start(&mut client, "plain");
    let job = take(&mut client, other);
    finish(&mut client, other, &job, json!(1));
    assert_eq!(end_of(&mut client, &id)["state"], "SUCCESS");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let status = std::fs::read_to_string(format!("/proc/{}/status", deployment.processes[0].id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    let kilobytes: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kilobytes < 800_000, "one answer for each connection at most: {line}");
    drop(streams);
}
