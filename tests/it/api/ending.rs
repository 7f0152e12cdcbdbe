//! Actions of executions that nobody wants any more end, wherever they run.

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;
use crate::support::http::NO_HEADERS;

const SETTINGS: &str = "[action_std_http]\ndenied_cidrs =\n[DEFAULT]\nexecutor_thread_pool_size = 1\n";

/// A server that takes requests and never answers; gives each connection whose request it has seen.
fn silent_server() -> (u16, mpsc::Receiver<TcpStream>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (seen, connections) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = [0; 4096];
            if stream.read(&mut head).is_ok_and(|read| read > 0) && seen.send(stream).is_err() {
                return;
            }
        }
    });
    (port, connections)
}

fn start(client: &mut Client) -> String {
    let started = client
        .send_json("POST", "/v2/executions", &json!({"workflow_name": "hang"}))
        .unwrap();
    assert_eq!(started.status, 201, "{}", started.text());
    started.json()["id"].as_str().unwrap().to_owned()
}

/// How long it takes until the other side closes the connection.
fn closed_after(mut connection: TcpStream) -> Duration {
    let begun = Instant::now();
    connection.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut rest = [0; 4096];
    while !matches!(connection.read(&mut rest), Ok(0) | Err(_)) {}
    begun.elapsed()
}

fn actions_end(layout: Layout) {
    let database = Database::create();
    let deployment = Deployment::start(&database, layout.processes(), SETTINGS);
    let mut client = deployment.client();
    let (port, connections) = silent_server();
    let next = || {
        connections
            .recv_timeout(Duration::from_secs(10))
            .expect("the action runs")
    };
    let text = format!(
        "{{version: '2.0', hang: {{tasks: {{call: {{action: std.http, \
         input: {{url: 'http://127.0.0.1:{port}/', timeout: 60}}}}}}}}}}"
    );
    let created = client.send_text("POST", "/v2/workflows", &text).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());

    // The only slot is taken by the first; the second waits for it, and is never begun.
    let first = start(&mut client);
    let connection = next();
    let second = start(&mut client);
    for id in [&second, &first] {
        let path = format!("/v2/executions/{id}");
        let cancelled = client.send_json("PUT", &path, &json!({"state": "CANCELLED"})).unwrap();
        assert_eq!(cancelled.status, 200, "{}", cancelled.text());
    }
    let took = closed_after(connection);
    assert!(took < Duration::from_millis(1_500), "cancelled: {took:?}");
    for id in [&first, &second] {
        let tasks = client.get(&format!("/v2/executions/{id}/tasks")).unwrap().json();
        assert_eq!(tasks["tasks"][0]["state"], "CANCELLED", "{tasks}");
    }

    // The slot is free again; deleting ends an action too.
    let third = start(&mut client);
    let connection = next();
    let target = format!("/v2/executions/{third}?force=true");
    let deleted = client.send("DELETE", &target, NO_HEADERS, None).unwrap();
    assert_eq!(deleted.status, 204, "{}", deleted.text());
    let took = closed_after(connection);
    assert!(took < Duration::from_millis(1_500), "deleted: {took:?}");

    // Somebody who waits for a stand-alone action still gets its result: it has a row too.
    let run = json!({"name": "std.sleep", "input": {"seconds": 3}, "params": {"run_sync": true}});
    let ran = client.send_json("POST", "/v2/action_executions", &run).unwrap();
    let outcome = (ran.status, &ran.json()["state"]);
    assert_eq!(outcome, (201, &Value::from("SUCCESS")), "{}", ran.text());
    let queued = database.query("SELECT action_id FROM action_queue").unwrap();
    assert!(queued.is_empty(), "{queued:?}");
}

#[test]
fn actions_of_cancelled_and_deleted_executions_end() {
    actions_end(Layout::AllInOne);
}

#[test]
fn they_end_on_executors_elsewhere() {
    actions_end(Layout::Separate);
}
