//! A database that hangs, has no room left, or is locked: nobody is kept waiting, and the service recovers by itself.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::corpus::tell;
use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::http::{Answer, Client};
use crate::support::json::text;

const WORKFLOW: &str = "
version: '2.0'
one:
  tasks:
    t: {action: std.noop}
waits:
  tasks:
    t: {action: std.async_noop}
";

/// In which every call is answered, and some time for two slow processors.
const SOON: Duration = Duration::from_millis(6_500);

/// A process with all roles, and one that is no more than an API.
const PROCESSES: [(&str, &str); 2] = [("all", "all"), ("api", "api")];

type Call = (&'static str, String, String);

/// Sends all these requests at once, to every address. Returns each answer with the time it took.
fn all_at_once(addresses: &[SocketAddr], calls: &[Call]) -> Vec<(String, Duration, Answer)> {
    std::thread::scope(|scope| {
        let sent: Vec<_> = addresses
            .iter()
            .flat_map(|address| calls.iter().map(move |call| (*address, call)))
            .map(|(address, (method, path, body))| {
                scope.spawn(move || {
                    let mut client = Client::new(address).with_timeout(Duration::from_secs(60));
                    let began = Instant::now();
                    let answer = match (*method, body.as_str()) {
                        ("GET", _) => client.get(path),
                        (_, body) if body.starts_with('{') => {
                            client.send_json(method, path, &serde_json::from_str(body).expect("JSON"))
                        }
                        (_, body) => client.send_text(method, path, body),
                    };
                    let answer = answer.expect("an answer");
                    (format!("{method} {path} at {address}"), began.elapsed(), answer)
                })
            })
            .collect();
        sent.into_iter()
            .map(|thread| thread.join().expect("an answer"))
            .collect()
    })
}

fn assert_unavailable(answers: &[(String, Duration, Answer)]) {
    for (what, time, answer) in answers {
        assert_eq!(answer.status, 503, "{what}: {}", answer.text());
        assert!(
            answer
                .header("retry-after")
                .is_some_and(|value| value.parse::<u32>().is_ok()),
            "{what}: {answer:?}"
        );
        assert!(*time < SOON, "{what} was answered after {time:?}");
    }
    let slowest = answers.iter().map(|(_, time, _)| *time).max().unwrap_or_default();
    tell(&format!("{} calls were answered 503 within {slowest:?}", answers.len()));
}

/// Starts an execution until that succeeds; returns how long it took.
fn works_again(address: SocketAddr) -> Duration {
    let began = Instant::now();
    loop {
        let mut client = Client::new(address).with_timeout(Duration::from_secs(20));
        let answer = client.send_json("POST", "/v2/executions", &json!({"workflow_name": "one"}));
        let answer = answer.expect("an answer");
        if answer.status == 201 {
            return began.elapsed();
        }
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "it does not recover: {}",
            answer.text()
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn upload(deployment: &Deployment) {
    let answer = deployment
        .client()
        .send_text("POST", "/v2/workflows", WORKFLOW)
        .expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
}

/// An execution that waits, known to both processes.
fn waiting_execution(deployment: &Deployment) -> String {
    let mut client = deployment.client();
    let answer = client.send_json("POST", "/v2/executions", &json!({"workflow_name": "waits"}));
    text(&answer.expect("an answer").json(), "id").to_owned()
}

#[test]
fn a_database_that_hangs_keeps_nobody_waiting() {
    let database = Database::create_alone();
    let deployment = Deployment::start(&database, &PROCESSES, "");
    upload(&deployment);
    let id = waiting_execution(&deployment);
    let calls: Vec<Call> = vec![
        ("POST", "/v2/executions".into(), r#"{"workflow_name": "one"}"#.into()),
        ("POST", "/v2/action_executions".into(), r#"{"name": "std.noop"}"#.into()),
        ("PUT", format!("/v2/executions/{id}"), r#"{"state": "PAUSED"}"#.into()),
        (
            "POST",
            "/v2/workflows".into(),
            "version: '2.0'\nother:\n  tasks: {t: {action: std.noop}}".into(),
        ),
        ("GET", format!("/v2/executions/{id}"), String::new()),
        ("GET", "/v2/executions".into(), String::new()),
        ("GET", "/v2/workflows".into(), String::new()),
        ("GET", "/v2/tasks?state=RUNNING".into(), String::new()),
    ];
    let frozen = database.freeze();
    let answers = all_at_once(&deployment.addresses, &calls);
    assert_unavailable(&answers);
    // By now it is known: nobody waits at all.
    let again = all_at_once(&deployment.addresses, &calls[..1]);
    assert_unavailable(&again);
    assert!(
        again.iter().all(|(_, time, _)| *time < Duration::from_secs(1)),
        "{again:?}"
    );
    // What needs no database goes on.
    let page = deployment.client().get("/v2/").expect("an answer");
    assert_eq!(page.status, 200, "{}", page.text());
    drop(frozen);
    for address in &deployment.addresses {
        let time = works_again(*address);
        tell(&format!("{address} works again after {time:?}"));
        assert!(time < Duration::from_secs(8), "{time:?}");
    }
}

/// What PostgreSQL says when it cannot extend a file: reads go on, and nothing is stored.
#[test]
fn a_full_disk_keeps_nobody_waiting() {
    let database = Database::create();
    let deployment = Deployment::start(&database, &PROCESSES, "");
    upload(&deployment);
    let id = waiting_execution(&deployment);
    let run = |sql: &str| database.query(sql).expect("SQL");
    run("CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$");
    let tables = ["execution", "task", "inbox", "workflow_definition"];
    for table in tables {
        run(&format!(
            "CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()"
        ));
    }
    let starts: Vec<Call> = vec![("POST", "/v2/executions".into(), r#"{"workflow_name": "one"}"#.into())];
    let mut calls = starts.clone();
    calls.push((
        "POST",
        "/v2/workflows".into(),
        "version: '2.0'\nother:\n  tasks: {t: {action: std.noop}}".into(),
    ));
    assert_unavailable(&all_at_once(&deployment.addresses, &calls));
    let answer = deployment
        .client()
        .get(&format!("/v2/executions/{id}"))
        .expect("an answer");
    assert_eq!(answer.status, 200, "reads go on: {}", answer.text());
    for table in tables {
        run(&format!("DROP TRIGGER no_room ON {table}"));
    }
    for address in &deployment.addresses {
        let time = works_again(*address);
        tell(&format!("{address} works again after {time:?}"));
        assert!(time < Duration::from_secs(8), "{time:?}");
    }
}

/// An operator's lock that nothing can pass.
#[test]
fn a_locked_table_keeps_nobody_waiting() {
    let database = Database::create();
    let deployment = Deployment::start(&database, &PROCESSES[..1], "");
    upload(&deployment);
    let calls: Vec<Call> = vec![
        ("POST", "/v2/executions".into(), r#"{"workflow_name": "one"}"#.into()),
        ("GET", "/v2/tasks".into(), String::new()),
    ];
    std::thread::scope(|scope| {
        let lock = scope.spawn(|| database.query("BEGIN; LOCK TABLE task; SELECT pg_sleep(8); COMMIT"));
        std::thread::sleep(Duration::from_millis(500));
        assert_unavailable(&all_at_once(&deployment.addresses, &calls));
        lock.join().expect("a thread").expect("SQL");
    });
    let time = works_again(deployment.addresses[0]);
    assert!(time < Duration::from_secs(4), "{time:?}");
}
