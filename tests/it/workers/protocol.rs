//! The whole of the protocol: whom a worker serves, what it is told while it waits, what becomes of actions that nobody provides.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{end_of, exchange, register, start, take, upload};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;

/// An exchange on a thread of its own; how long it took, and the answer.
fn waiting(client: &mut Client, worker: &str, body: Value) -> std::thread::JoinHandle<(Duration, Value)> {
    let mut client = Client::new(client.address());
    let worker = worker.to_owned();
    std::thread::spawn(move || {
        let began = Instant::now();
        let answer = exchange(&mut client, &worker, &body);
        (began.elapsed(), answer)
    })
}

#[test]
fn who_waits_is_told_at_once() {
    let database = Database::create();
    let mut deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    upload(&mut client);
    let worker = register(&mut client);

    let asked = waiting(&mut client, &worker, json!({"room": 1, "wait_seconds": 15}));
    std::thread::sleep(Duration::from_millis(300));
    let id = start(&mut client, "add");
    let (took, answer) = asked.join().unwrap();
    assert!(took < Duration::from_secs(3), "a job comes when it is there: {took:?}");
    let job = answer["jobs"][0]["job"].clone();
    assert!(job.is_string(), "{answer}");
    // Its row was written as that worker's, by the transaction that made it: nobody has claimed it.
    let row = "SELECT (q.xmin = t.xmin AND q.begun AND q.job IS NOT NULL)::text, q.claimed_by::text FROM action_queue q JOIN task t USING (root_id)";
    let rows = database.query(row).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0], [Some("true".to_owned()), Some(worker.clone())]);

    // Nobody wants the result any more: the worker is told while it waits for others.
    let asked = waiting(
        &mut client,
        &worker,
        json!({"room": 1, "wait_seconds": 15, "running": [job]}),
    );
    std::thread::sleep(Duration::from_millis(300));
    let cancelled = client
        .send_json("PUT", &format!("/v2/executions/{id}"), &json!({"state": "CANCELLED"}))
        .unwrap();
    assert_eq!(cancelled.status, 200, "{}", cancelled.text());
    let (took, answer) = asked.join().unwrap();
    assert!(took < Duration::from_secs(4), "{took:?}");
    assert_eq!(answer["cancelled"], json!([job]));

    // It wants no more itself.
    let asked = waiting(&mut client, &worker, json!({"room": 1, "wait_seconds": 15}));
    std::thread::sleep(Duration::from_millis(300));
    exchange(&mut client, &worker, &json!({"draining": true}));
    let (took, answer) = asked.join().unwrap();
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert_eq!(answer["jobs"], json!([]));

    // The service stops: whoever waits is answered, and the stop waits for nobody.
    let asked = waiting(&mut client, &worker, json!({"room": 1, "wait_seconds": 15}));
    std::thread::sleep(Duration::from_millis(300));
    deployment.processes[0].terminate();
    let (took, answer) = asked.join().unwrap();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_eq!(answer["jobs"], json!([]));
}

/// Its lease is kept as long as the connection is open, and not much longer.
#[test]
fn an_open_connection_is_a_sign_of_life() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    upload(&mut client);
    let worker = register(&mut client);
    let left = |database: &Database| {
        let sql = format!("SELECT extract(epoch FROM lease_until - now())::text FROM node WHERE id = '{worker}'");
        let rows = database.query(&sql).unwrap();
        rows[0][0].as_deref().unwrap().parse::<f64>().unwrap()
    };
    let asked = waiting(&mut client, &worker, json!({"room": 1, "wait_seconds": 7}));
    std::thread::sleep(Duration::from_millis(6500));
    assert!(left(&database) > 7.0, "kept by the service: {}", left(&database));
    asked.join().unwrap();
    // Answered, it has its time, though it says nothing for a while.
    std::thread::sleep(Duration::from_millis(1800));
    assert!(left(&database) > 5.0, "it has been answered: {}", left(&database));
    // The same, but the connection breaks.
    let stream = std::net::TcpStream::connect(client.address()).unwrap();
    let body = "{\"room\":1,\"wait_seconds\":15}";
    let head = format!(
        "POST /v2/workers/{worker}/exchange HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        client.address(),
        body.len()
    );
    std::io::Write::write_all(&mut &stream, head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    drop(stream);
    let deadline = Instant::now() + Duration::from_secs(4);
    while left(&database) > 3.0 {
        assert!(Instant::now() < deadline, "{}", left(&database));
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whoever decides, in whichever process, knows what a worker provides as soon as it is told that it has registered.
#[test]
fn what_is_provided_is_known_everywhere() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::Separate.processes(), "");
    let mut client = deployment.client();
    let names: Vec<String> = (0..4).map(|n| format!("my.new{n}")).collect();
    let texts = names.iter().enumerate();
    let texts: String = texts
        .map(|(n, name)| format!("wf{n}: {{tasks: {{t: {{action: {name}}}}}}}\n"))
        .collect();
    let created = client.send_text("POST", "/v2/workflows", &format!("version: '2.0'\n{texts}"));
    assert_eq!(created.unwrap().status, 201);
    for (n, name) in names.iter().enumerate() {
        let body = json!({"name": "w", "actions": [{"name": name}]});
        let answer = client.send_json("POST", "/v2/workers", &body).unwrap();
        assert_eq!(answer.status, 201, "{}", answer.text());
        let worker = answer.json()["id"].as_str().unwrap().to_owned();
        // Both ways to the engine.
        let body = json!({"name": name, "params": {"save_result": true}});
        let answer = client.send_json("POST", "/v2/action_executions", &body).unwrap();
        assert_eq!(answer.status, 201, "{}", answer.text());
        let id = start(&mut client, &format!("wf{n}"));
        let mut jobs = 0;
        let deadline = Instant::now() + Duration::from_secs(20);
        while jobs < 2 {
            let answer = exchange(&mut client, &worker, &json!({"room": 8, "wait_seconds": 2}));
            jobs += answer["jobs"].as_array().unwrap().len();
            let row = client.get(&format!("/v2/executions/{id}")).unwrap().json();
            assert_eq!(row["state"], "RUNNING", "{row}");
            assert!(Instant::now() < deadline, "{jobs} jobs of {name}");
        }
    }
}

#[test]
fn what_nobody_provides_waits_and_then_fails() {
    let database = Database::create();
    let settings = "[workers]\nunprovided_timeout = 2\n";
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), settings);
    let mut client = deployment.client();
    upload(&mut client);
    let worker = register(&mut client);
    let id = start(&mut client, "add");
    std::thread::sleep(Duration::from_secs(3));
    let row = client.get(&format!("/v2/executions/{id}")).unwrap().json();
    assert_eq!(
        row["state"], "RUNNING",
        "there is a worker, though it takes nothing: {row}"
    );
    let gone = client
        .send(
            "DELETE",
            &format!("/v2/workers/{worker}"),
            crate::support::http::NO_HEADERS,
            None,
        )
        .unwrap();
    assert_eq!(gone.status, 204);
    let why = client.get(&format!("/v2/executions/{id}/why")).unwrap().text();
    assert!(why.contains("for a worker that provides 'my.add'"), "{why}");
    let end = end_of(&mut client, &id);
    assert_eq!(end["state"], "ERROR");
    let info = end["state_info"].as_str().unwrap();
    assert!(
        info.contains("for longer than 2 seconds") && info.contains("[workers] unprovided_timeout"),
        "{info}"
    );
}

/// Workers of one project see nothing of others.
#[test]
fn a_project_has_workers_of_its_own() {
    let database = Database::create();
    let folder = crate::support::process::Workspace::create();
    let file = folder.path("tokens");
    let token = |project: &str, roles: &[&str]| {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        mistral::auth::tokens::create(&file, project, "user", &roles, None)
            .unwrap()
            .0
    };
    let admin = token("ops", &["admin"]);
    let (worker, other) = (token("p1", &["worker", "member"]), token("p2", &["worker", "member"]));
    let plain = token("p1", &["member"]);
    let settings = format!(
        "[pecan]\nauth_enable = true\n[DEFAULT]\nauth_type = tokens\n[tokens]\nfile = {}\n",
        file.display()
    );
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), &settings);
    let mut client = deployment.client();
    let mut ask = |token: &str, method: &str, path: &str, body: &Value| {
        let headers = [("X-Auth-Token", token), ("Content-Type", "application/json")];
        let body = body.to_string();
        let answer = client
            .send(
                method,
                path,
                &headers,
                Some(body.as_bytes()).filter(|_| method != "GET"),
            )
            .unwrap();
        (answer.status, answer.json())
    };
    let body = json!({"name": "w", "actions": [{"name": "my.add", "input": ["a"]}]});
    let public = json!({"name": "w", "scope": "public", "actions": [{"name": "my.all"}]});
    let standard = json!({"name": "w", "actions": [{"name": "std.echo"}]});
    assert_eq!(
        ask(&plain, "POST", "/v2/workers", &body).0,
        403,
        "not everybody is a worker"
    );
    assert_eq!(
        ask(&worker, "POST", "/v2/workers", &public).0,
        403,
        "not for all projects"
    );
    assert_eq!(
        ask(&admin, "POST", "/v2/workers", &standard).0,
        409,
        "not even an administrator"
    );
    assert_eq!(ask(&worker, "GET", "/v2/workers", &Value::Null).0, 403);
    let (status, made) = ask(&worker, "POST", "/v2/workers", &body);
    assert_eq!(status, 201, "{made}");
    let path = format!("/v2/workers/{}/exchange", made["id"].as_str().unwrap());
    assert_eq!(ask(&admin, "POST", "/v2/workers", &public).0, 201);

    assert_eq!(ask(&plain, "GET", "/v2/actions/my.add", &Value::Null).0, 200);
    assert_eq!(ask(&plain, "GET", "/v2/actions/my.all", &Value::Null).0, 200);
    assert_eq!(
        ask(&other, "GET", "/v2/actions/my.add", &Value::Null).0,
        404,
        "it is none of theirs"
    );
    let listed = ask(&other, "GET", "/v2/actions", &Value::Null).1.to_string();
    assert!(!listed.contains("my.add") && listed.contains("my.all"));
    assert_eq!(
        ask(&other, "POST", &path, &json!({"room": 1})).0,
        404,
        "nobody speaks for another project's worker"
    );

    let run = json!({"name": "my.add", "input": {"a": 1}, "params": {"save_result": true}});
    assert_eq!(ask(&other, "POST", "/v2/action_executions", &run).0, 400);
    assert_eq!(ask(&plain, "POST", "/v2/action_executions", &run).0, 201);
    let (status, answer) = ask(&worker, "POST", &path, &json!({"room": 5, "wait_seconds": 5}));
    assert_eq!(
        (status, answer["jobs"][0]["context"]["project_id"].as_str()),
        (200, Some("p1")),
        "{answer}"
    );
}

/// Nothing that a worker sends harms others.
#[test]
fn hostile_workers_harm_nobody() {
    let database = Database::create();
    let settings = "[engine]\nexecution_field_size_limit_kb = 64\n";
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), settings);
    let mut client = deployment.client();
    upload(&mut client);
    let worker = register(&mut client);
    let path = format!("/v2/workers/{worker}/exchange");
    let id = start(&mut client, "add");
    let job = take(&mut client, &worker);
    for (body, status) in [
        ("[".to_owned(), 400),
        (json!({"results": 5}).to_string(), 400),
        (json!({"results": [{"job": 5, "data": 1}]}).to_string(), 400),
        (json!({"results": [{"job": "0.0.1", "data": 1}]}).to_string(), 400),
        (
            json!({"results": vec![json!({"job": job["job"], "data": 1}); 1001]}).to_string(),
            400,
        ),
        (json!({"running": ["x"]}).to_string(), 400),
        (json!({"room": 1e300}).to_string(), 400),
        (json!({"wait_seconds": "5"}).to_string(), 400),
        (format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)), 400),
    ] {
        let headers = [("Content-Type", "application/json")];
        let answer = client.send("POST", &path, &headers, Some(body.as_bytes())).unwrap();
        assert_eq!(answer.status, status, "{:.100}: {}", body, answer.text());
    }
    // More than may be stored: the task says so.
    let huge = json!({"results": [{"job": job["job"], "data": "x".repeat(100_000)}]});
    assert_eq!(exchange(&mut client, &worker, &huge)["dropped"], json!([]));
    let end = end_of(&mut client, &id);
    assert_eq!(end["state"], "ERROR");
    assert!(end["state_info"].as_str().unwrap().contains("64KB"), "{end}");
    // The other worker's work goes on.
    let second = register(&mut client);
    let id = start(&mut client, "add");
    let job = take(&mut client, &second);
    exchange(
        &mut client,
        &second,
        &json!({"results": [{"job": job["job"], "data": 5}]}),
    );
    assert_eq!(end_of(&mut client, &id)["state"], "SUCCESS");
}
