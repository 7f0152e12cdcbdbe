//! Options of processes that share one database: two engines, an executor, and APIs, each with settings of its own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, free_port};
use crate::support::http::Client;
use crate::support::process::Workspace;

/// Variables of the environment of one process, by its name.
fn variables(name: &str, given: &Given) -> Vec<(String, String)> {
    let set: Vec<(&str, String)> = match name {
        // One event per batch, one piece of work per turn.
        "events" => vec![
            ("ENGINE__BATCH_MAX_EVENTS", "1".into()),
            ("ENGINE__SHARD_LOOPS", "3".into()),
            ("ENGINE__POLL_INTERVAL", "0.05".into()),
            ("TELEMETRY__METRICS_PORT", given.metrics[0].to_string()),
        ],
        "rows" => vec![
            ("ENGINE__BATCH_MAX_ROWS", "1".into()),
            ("ENGINE__SHARD_LOOPS", "1".into()),
            ("ENGINE__INLINE_ACTIONS_PER_TURN", "1".into()),
            ("ENGINE__EXPRESSION_LOOKUP_TIMEOUT", "0.3".into()),
            ("TELEMETRY__METRICS_PORT", given.metrics[1].to_string()),
        ],
        // Everything comes to it through the table.
        "executor" => vec![
            ("PEER__ENABLED", "false".into()),
            ("EXECUTOR__CLAIM_BATCH", "1".into()),
            ("EXECUTOR__POLL_INTERVAL", "0.02".into()),
            ("DEFAULT__GRACEFUL_SHUTDOWN_TIMEOUT", "1".into()),
            ("TELEMETRY__METRICS_HOST", "127.0.0.2".into()),
            ("TELEMETRY__METRICS_PORT", given.metrics[2].to_string()),
        ],
        "front" => vec![
            ("API__ENABLE_INFO_ENDPOINT", "true".into()),
            ("API__INFO_JSON_FILE_PATH", given.info.clone()),
            ("API__MAX_REQUEST_BODY_SIZE", "2048".into()),
            ("API__KEEP_ALIVE_TIMEOUT", "1".into()),
            ("API__MAX_CONNECTIONS", "1".into()),
            ("API__DOCUMENT_MAX_SIZE", "1000".into()),
            ("API__DOCUMENT_MAX_DEFINITIONS", "2".into()),
            ("API__DOCUMENT_MAX_EXPRESSIONS", "3".into()),
            ("API__ALLOWED_HOSTS", "flows.example".into()),
            ("TELEMETRY__METRICS_ON_API", "false".into()),
            ("HEALTHCHECK__ENABLED", "true".into()),
            ("HEALTHCHECK__BACKENDS", "enable_by_files".into()),
            ("HEALTHCHECK__ENABLE_BY_FILE_PATHS", given.open.clone()),
            ("CONSOLE__READ_ONLY", "true".into()),
        ],
        "reads" => vec![
            ("DATABASE__MAX_POOL_SIZE", "1".into()),
            ("DATABASE__POOL_TIMEOUT", "0.3".into()),
            ("DATABASE__CONNECTION_RECYCLE_TIME", "1".into()),
            ("API__LIST_TIMEOUT", "1.5".into()),
            ("CORS__ALLOWED_ORIGIN", "http://pages.example".into()),
            ("CORS__EXPOSE_HEADERS", "X-Mine".into()),
            ("CORS__ALLOW_METHODS", "GET,DELETE".into()),
            ("CORS__ALLOW_HEADERS", "X-Yours".into()),
        ],
        "few" => vec![
            ("API__API_WORKERS", "3".into()),
            ("QUOTA__REQUESTS_PER_SECOND", "2".into()),
        ],
        _ => vec![("DATABASE__SLAVE_CONNECTION", given.replica.clone())],
    };
    // Whichever of them does it.
    let all = [
        ("CONSOLE__BULK_RATE", "5".to_owned()),
        ("WORKERS__KEEP_ACTIONS", "180".to_owned()),
    ];
    let set = set.into_iter().chain(all);
    set.map(|(name, value)| (format!("OS_{name}"), value)).collect()
}

struct Given {
    metrics: [u16; 3],
    info: String,
    open: String,
    replica: String,
}

/// A number of `/metrics`.
fn metric(address: SocketAddr, name: &str) -> f64 {
    let text = Client::new(address).get("/metrics").expect("metrics").text();
    let line = text
        .lines()
        .find(|line| line.starts_with(name) && line[name.len()..].starts_with(' '));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok())
        .unwrap_or_default()
}

fn end_of(client: &mut Client, id: &str) -> (String, String) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let execution = client.get(&format!("/v2/executions/{id}")).expect("an answer").json();
        let text = |name: &str| execution[name].as_str().unwrap_or_default().to_owned();
        if text("state") != "RUNNING" {
            return (text("state"), text("state_info"));
        }
        assert!(Instant::now() < deadline, "{execution}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

const WORKFLOWS: &str = "{version: '2.0', one: {tasks: {t: {action: std.noop}}}, \
    many: {tasks: {t: {action: std.noop, with-items: 'i in <% range(40) %>'}}}, \
    waits: {tasks: {t: {action: std.async_noop}}}, \
    works: {tasks: {t: {action: std.javascript, input: {script: 'while (true) {}'}}}}, \
    slow: {tasks: {t: {action: std.sleep seconds=0}}}, \
    asks: {tasks: {t: {action: std.noop, publish: {x: '<% executions().len() %>'}}}}}";

#[test]
fn every_process_goes_by_its_options() {
    let workspace = Workspace::create();
    let (database, replica) = (Database::create(), Database::create());
    {
        // The replica of this test holds something else, so that it shows who is asked.
        let other = Deployment::start(&replica, &[("all", "all")], "");
        let mut client = other.client();
        upload(&mut client, WORKFLOWS);
        start(&mut client, "one");
    }
    let given = Given {
        metrics: [free_port(), free_port(), free_port()],
        info: workspace
            .write("info.json", "{\"built\": \"here\"}")
            .display()
            .to_string(),
        open: workspace.path("open").display().to_string(),
        replica: replica.url(),
    };
    let processes = [
        ("events", "engine"),
        ("rows", "engine"),
        ("executor", "executor"),
        ("front", "api"),
        ("reads", "api"),
        ("few", "api"),
        ("other", "api"),
    ];
    let mut deployment = Deployment::start_with(&database, &processes, "", |name| variables(name, &given));
    let [front, reads, few, other] = deployment.addresses[..] else {
        panic!("four APIs")
    };
    let mut client = Client::new(other);
    upload(&mut client, WORKFLOWS);
    batches_and_claims(&given, &database, &mut client);
    turns(&given, &mut client);
    pages(front, &given);
    lists(&database, reads, other);
    origins(reads);
    look_ups(&database, &mut client);
    looks_into_the_inbox(&database, &deployment);
    // Its lists are those of the database.
    let mut client = Client::new(reads);
    bulk(&mut client);
    actions_of_workers(&database, &mut client);
    number_of_requests(few);
    assert!(deployment.processes[5].log().contains("threads=3"), "api_workers");
    the_end(&mut client, &mut deployment);
}

fn upload(client: &mut Client, text: &str) {
    let answer = client.send_text("POST", "/v2/workflows", text).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
}

fn start(client: &mut Client, workflow: &str) -> String {
    let body = json!({"workflow_name": workflow});
    let answer = client.send_json("POST", "/v2/executions", &body).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().expect("an id").to_owned()
}

/// `[engine]`, `[executor]`, `[telemetry]`: as `/metrics` of each process shows it.
fn batches_and_claims(given: &Given, database: &Database, client: &mut Client) {
    let [events, rows, executor] = given.metrics;
    let on = |host: [u8; 4], port| SocketAddr::from((host, port));
    let [events, rows] = [events, rows].map(|port| on([127, 0, 0, 1], port));
    // It is not at the usual address.
    let elsewhere = Duration::from_millis(500);
    assert!(TcpStream::connect_timeout(&on([127, 0, 0, 1], executor), elsewhere).is_err());
    let executor = on([127, 0, 0, 2], executor);

    // Many at once, which would share batches.
    let many = vec![json!({"workflow_name": "slow"}); 60];
    let answer = client
        .send_json("POST", "/v2/executions", &json!(many))
        .expect("an answer");
    assert!(
        answer.status < 300 && !answer.text().contains("faultstring"),
        "{}",
        answer.text()
    );
    let deadline = Instant::now() + Duration::from_secs(20);
    let done = "SELECT count(*) FROM execution WHERE state = 5 AND workflow_name = 'slow'";
    while database.query(done).expect("SQL")[0][0].as_deref() != Some("60") {
        assert!(Instant::now() < deadline, "they do not end");
        std::thread::sleep(Duration::from_millis(20));
    }
    for engine in [events, rows] {
        let (all, batches) = (
            metric(engine, "mistral_batch_events_sum"),
            metric(engine, "mistral_batch_events_count"),
        );
        assert!(all >= 20.0 && all <= batches, "{all} events in {batches} batches");
    }
    let (claimed, claims) = (
        metric(executor, "mistral_queue_claimed_total"),
        metric(executor, "mistral_queue_claim_seconds_count"),
    );
    assert!(
        claimed >= 60.0 && claims >= claimed,
        "{claimed} actions in {claims} claims"
    );

    // One connection for writing per loop, of two engines; executor and APIs have none.
    let writers = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mistral-write' AND datname = current_database()";
    assert_eq!(database.query(writers).expect("SQL")[0][0].as_deref(), Some("4"));

    // It looks every 20 ms.
    let polls = "mistral_wake_ups_total{source=\"poll\"}";
    let before = metric(executor, polls);
    std::thread::sleep(Duration::from_secs(1));
    let looks = metric(executor, polls) - before;
    assert!(looks >= 10.0, "{looks} looks in a second");
}

/// Status and body of a request under this name, on a connection of its own, which ends before the next begins.
fn raw(address: SocketAddr, host: &str, method: &str, target: &str, body: Option<&str>) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
    let (body, length) = (body.unwrap_or_default(), body.map_or(0, str::len));
    let head = format!(
        "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).expect("a request");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    let status = text.get(9..12).and_then(|status| status.parse().ok());
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    (status.expect("a status"), body.unwrap_or_default())
}

/// `[api]`, `[healthcheck]`, `[console]` of one process.
fn pages(address: SocketAddr, given: &Given) {
    let ask = |host: &str, method: &str, target: &str, body: Option<&str>| raw(address, host, method, target, body);
    let own = address.to_string();
    let get = |target: &str| ask(&own, "GET", target, None);
    assert!(get("/info").1.contains("\"built\": \"here\""));
    assert_eq!(get("/metrics").0, 404);
    assert_eq!(get("/healthcheck").0, 503);
    std::fs::write(&given.open, "").unwrap();
    assert_eq!(get("/healthcheck").0, 200);
    let me = get("/v2/identity").1;
    let me: Value = serde_json::from_str(&me).unwrap_or_else(|error| panic!("{error}: {me}"));
    assert_eq!(me["read_only"], true, "{me}");
    assert_eq!(ask("flows.example", "GET", "/v2/workflows", None).0, 200);
    assert_eq!(ask("other.example", "GET", "/v2/workflows", None).0, 403);

    let validate = |text: &str| ask(&own, "POST", "/v2/workflows/validate", Some(text));
    let long = format!(
        "{{version: '2.0', w: {{description: '{}', tasks: {{t: {{action: std.noop}}}}}}}}",
        "x".repeat(1_100)
    );
    for (text, option) in [
        (long.as_str(), "document_max_size"),
        (
            "{version: '2.0', a: {tasks: {t: {action: std.noop}}}, b: {tasks: {t: {action: std.noop}}}, c: {tasks: {t: {action: std.noop}}}}",
            "document_max_definitions",
        ),
        (
            "{version: '2.0', a: {tasks: {t: {action: std.echo, input: {output: '<% 1 %><% 2 %><% 3 %><% 4 %>'}}}}}",
            "document_max_expressions",
        ),
    ] {
        let (status, told) = validate(text);
        assert!(told.contains(option), "{option}: {status} {told}");
    }
    assert_eq!(validate(&"x".repeat(3_000)).0, 413);

    // Who says nothing is not waited for, and others have its place then.
    let mut silent = TcpStream::connect(address).unwrap();
    silent.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let begun = Instant::now();
    let mut beside = TcpStream::connect(address).unwrap();
    beside.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(beside, "GET /v2/ HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    beside.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    let waited = begun.elapsed();
    assert!(
        waited >= Duration::from_millis(800) && waited < Duration::from_secs(6),
        "{waited:?}"
    );
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest);
}

/// `[database]` of two processes.
fn lists(database: &Database, reads: SocketAddr, other: SocketAddr) {
    // The replica holds one execution; the database itself has sixty of another workflow.
    let listed = Client::new(other)
        .get("/v2/executions?fields=workflow_name")
        .expect("an answer")
        .json();
    let names: Vec<&str> = listed["executions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|execution| execution["workflow_name"].as_str())
        .collect();
    assert_eq!(names, ["one"], "{listed}");

    // A connection that has lain there for longer than a second is made anew by who uses it.
    let backends = || -> std::collections::HashSet<String> {
        let of_pools =
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'mistral-api' AND datname = current_database()";
        let rows = database.query(of_pools).expect("SQL");
        rows.into_iter().flatten().flatten().collect()
    };
    let get = || {
        Client::new(reads)
            .get("/v2/executions/00000000-0000-4000-8000-000000000001")
            .expect("an answer")
            .status
    };
    assert_eq!(get(), 404);
    let before = backends();
    std::thread::sleep(Duration::from_millis(1_200));
    assert_eq!(get(), 404);
    assert!(
        before.difference(&backends()).count() >= 1,
        "connection_recycle_time: {before:?}"
    );

    // One connection, which a list keeps until its time is over; who else wants it waits for less.
    std::thread::scope(|scope| {
        let lock = scope.spawn(|| {
            database
                .query("BEGIN; LOCK TABLE execution; SELECT pg_sleep(3); COMMIT")
                .map(drop)
        });
        std::thread::sleep(Duration::from_millis(300));
        let slow = scope.spawn(move || {
            let begun = Instant::now();
            let answer = Client::new(reads).get("/v2/executions").expect("an answer");
            (answer, begun.elapsed())
        });
        std::thread::sleep(Duration::from_millis(300));
        let begun = Instant::now();
        let beside = Client::new(reads)
            .get("/v2/executions/00000000-0000-4000-8000-000000000001")
            .expect("an answer");
        let took = begun.elapsed();
        assert_eq!(beside.status, 503, "{}", beside.text());
        assert!(
            took >= Duration::from_millis(250) && took < Duration::from_millis(1_400),
            "pool_timeout: {took:?}"
        );
        let (answer, took) = slow.join().expect("no panic");
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert!(
            took >= Duration::from_millis(1_400) && took < Duration::from_millis(2_500),
            "list_timeout: {took:?}"
        );
        lock.join().expect("no panic").expect("SQL");
    });
}

/// `[cors]`.
fn origins(address: SocketAddr) {
    let headers = [
        ("Origin", "http://pages.example"),
        ("Access-Control-Request-Method", "DELETE"),
        ("Access-Control-Request-Headers", "X-Yours"),
    ];
    let mut client = Client::new(address);
    let allowed = client
        .send("OPTIONS", "/v2/workflows", &headers, None)
        .expect("an answer");
    assert_eq!(
        allowed.header("access-control-allow-methods"),
        Some("DELETE"),
        "{:?}",
        allowed.headers
    );
    let told = client
        .send("GET", "/v2/workflows", &headers[..1], None)
        .expect("an answer");
    assert!(
        told.header("access-control-expose-headers")
            .is_some_and(|names| names.contains("X-Mine")),
        "{:?}",
        told.headers
    );
    let other = [
        ("Origin", "http://pages.example"),
        ("Access-Control-Request-Method", "PUT"),
    ];
    let refused = client
        .send("OPTIONS", "/v2/workflows", &other, None)
        .expect("an answer");
    assert_eq!(
        refused.header("access-control-allow-methods"),
        None,
        "{:?}",
        refused.headers
    );
}

/// A look-up that takes too long fails its task; engines differ in how long that is.
fn look_ups(database: &Database, client: &mut Client) {
    // So many that each engine has the definition: that is no look-up, and is waited for.
    let ids: Vec<String> = (0..32).map(|_| start(client, "asks")).collect();
    ids.iter().for_each(|id| assert_eq!(end_of(client, id).0, "SUCCESS"));
    std::thread::scope(|scope| {
        let lock = scope.spawn(|| {
            database
                .query("BEGIN; LOCK TABLE definition_content; SELECT pg_sleep(1.5); COMMIT")
                .map(drop)
        });
        std::thread::sleep(Duration::from_millis(200));
        // All at once: a start is answered when its first look-up is, and those of one engine would outlast the lock.
        let address = client.address();
        let starts: Vec<_> = (0..20)
            .map(|_| scope.spawn(move || start(&mut Client::new(address), "asks")))
            .collect();
        let ids: Vec<String> = starts.into_iter().map(|one| one.join().expect("no panic")).collect();
        let ends: Vec<(String, String)> = ids.iter().map(|id| end_of(client, id)).collect();
        let given_up = ends
            .iter()
            .filter(|(state, info)| state == "ERROR" && info.contains("given up after 0.3 s"));
        let waited = ends.iter().filter(|(state, _)| state == "SUCCESS");
        assert_eq!(
            given_up.clone().count() + waited.clone().count(),
            ends.len(),
            "{ends:?}"
        );
        assert!(given_up.count() > 0, "{ends:?}");
        lock.join().expect("no panic").expect("SQL");
    });
}

/// `[engine] inline_actions_per_turn`: after every action others get their turn, and this engine ends its batch.
fn turns(given: &Given, client: &mut Client) {
    let batches = || {
        let engines = [given.metrics[0], given.metrics[1]].map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
        engines.map(|engine| metric(engine, "mistral_batch_events_count"))
    };
    let before = batches();
    let ids: Vec<String> = (0..24).map(|_| start(client, "many")).collect();
    ids.iter().for_each(|id| assert_eq!(end_of(client, id).0, "SUCCESS"));
    let after = batches();
    let [whole, small] = [after[0] - before[0], after[1] - before[1]];
    assert!(small > 4.0 * whole, "{whole} batches, and {small} of single actions");
}

/// `[engine] poll_interval`: a row that nobody can read stays, and is told at each look.
fn looks_into_the_inbox(database: &Database, deployment: &Deployment) {
    let sql = "INSERT INTO inbox (shard, body) SELECT DISTINCT ON (owner) shard, 'nonsense' FROM shard ORDER BY owner";
    database.query(sql).expect("SQL");
    let looks = || {
        [0, 1].map(|engine: usize| {
            deployment.processes[engine]
                .log()
                .matches("message cannot be read")
                .count()
        })
    };
    let before = looks();
    std::thread::sleep(Duration::from_secs(1));
    let after = looks();
    database.query("DELETE FROM inbox").expect("SQL");
    let [often, seldom] = [after[0] - before[0], after[1] - before[1]];
    assert!(
        often >= 6 && (1..=3).contains(&seldom),
        "{often} and {seldom} looks in a second"
    );
}

/// `[console] bulk_rate`: five steps a second.
fn bulk(client: &mut Client) {
    let ids: Vec<String> = (0..5).map(|_| start(client, "waits")).collect();
    let mut post = |body: &Value| {
        let answer = client
            .send_json("POST", "/v2/bulk_operations", body)
            .expect("an answer");
        assert!(answer.status < 300, "{}", answer.text());
        answer.json()
    };
    let preview = post(&json!({"action": "cancel", "ids": ids}));
    let begun = Instant::now();
    let id = post(&json!({"preview": preview["preview"]}))["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    loop {
        let seen = client
            .get(&format!("/v2/bulk_operations/{id}"))
            .expect("an answer")
            .json();
        if seen["state"] == "SUCCESS" {
            assert_eq!((&seen["done"], &seen["failed"]), (&json!(5), &json!(0)), "{seen}");
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{seen}");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(begun.elapsed() >= Duration::from_millis(990), "{:?}", begun.elapsed());
}

/// `[workers] keep_actions`: those of workers that were seen three minutes ago, and not those of earlier ones.
fn actions_of_workers(database: &Database, client: &mut Client) {
    let mut register = |action: &str, seconds: u32| {
        let body = json!({"name": "w", "actions": [{"name": action}]});
        let answer = client.send_json("POST", "/v2/workers", &body).expect("an answer");
        assert_eq!(answer.status, 201, "{}", answer.text());
        let id = answer.json()["id"].as_str().expect("an id").to_owned();
        let sql = format!("UPDATE worker SET seen_at = now() - interval '{seconds} s' WHERE id = '{id}'");
        database.query(&sql).expect("SQL");
    };
    register("my.forgotten", 200);
    register("my.kept", 160);
    // The list is read anew for this one.
    register("my.new", 0);
    let mut has = |action: &str| client.get(&format!("/v2/actions/{action}")).expect("an answer").status == 200;
    let deadline = Instant::now() + Duration::from_secs(10);
    while !has("my.new") || has("my.forgotten") {
        assert!(Instant::now() < deadline, "not forgotten");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(has("my.kept"));
}

/// `[quota] requests_per_second`.
fn number_of_requests(address: SocketAddr) {
    let mut client = Client::new(address);
    // What is saved up is that of one second.
    std::thread::sleep(Duration::from_millis(1_050));
    let statuses: Vec<u16> = (0..3)
        .map(|_| client.get("/v2/workflows").expect("an answer").status)
        .collect();
    assert_eq!(statuses, [200, 200, 429]);
}

/// `[DEFAULT] graceful_shutdown_timeout`: actions that run get ten seconds, and no more than that.
fn the_end(client: &mut Client, deployment: &mut Deployment) {
    let id = start(client, "works");
    let executor = &mut deployment.processes[2];
    let runs = |client: &mut Client| {
        let tasks = client
            .get(&format!("/v2/executions/{id}/tasks"))
            .expect("an answer")
            .json();
        tasks["tasks"][0]["state"] == "RUNNING"
    };
    let deadline = Instant::now() + Duration::from_secs(10);
    while !runs(client) {
        assert!(Instant::now() < deadline, "it does not begin");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(500));
    let begun = Instant::now();
    executor.terminate();
    let took = begun.elapsed();
    assert!(
        took >= Duration::from_millis(900) && took < Duration::from_secs(6),
        "{took:?}"
    );
}
