//! A service that is killed with many open executions and started again: it answers at once, timers are in time, memory stays.
//!
//! `RESTART_TREES=500000 MISTRAL_SERVER=target/release/mistral-server cargo test --test crash restart -- --nocapture` takes the figures of
//! `docs/failover.md`.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::failover::count;
use crate::number;
use crate::postgres::Server;
use crate::support::corpus::tell;
use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::http::Client;

const WORKFLOWS: &str = "
version: '2.0'
long:
  tasks:
    t: {action: std.noop, wait-before: 86400}
soon:
  input: [seconds]
  tasks:
    t: {action: std.noop, wait-before: <% $.seconds %>}
one:
  tasks:
    t: {action: std.noop}
";

/// Starts in one request.
const LIST: usize = 1_000;
/// Timers that are due after the restart.
const SOON: usize = 500;

fn start_all(client: &mut Client, bodies: Vec<Value>) {
    for list in bodies.chunks(LIST) {
        let answer = client.send_json("POST", "/v2/executions", &Value::Array(list.to_vec()));
        let answer = answer.expect("an answer");
        assert!(answer.status < 300, "{} {:.300}", answer.status, answer.text());
    }
}

/// MB of memory that a process has (`VmRSS`), or had at most (`VmHWM`).
fn memory(pid: u32, what: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kb.unwrap_or_default() / 1024
}

fn has_all_shards(database: &Database) -> bool {
    let owned = "SELECT count(*) FROM shard s JOIN node n ON n.id = s.owner WHERE n.lease_until > now()";
    count(database, owned) == 256
}

#[test]
fn restart_with_many_open_executions() {
    let trees = usize::try_from(number("RESTART_TREES").unwrap_or(2_000)).expect("a number");
    let server = Server::start(&[], "shared_buffers = 256MB\nmax_wal_size = 4GB");
    let database = server.database();
    let mut deployment = Deployment::start(&database, &[("all", "all")], "");
    let mut client = deployment.client();
    let answer = client.send_text("POST", "/v2/workflows", WORKFLOWS);
    assert_eq!(answer.expect("an answer").status, 201);
    start_all(&mut client, vec![json!({"workflow_name": "long"}); trees]);
    let process = &mut deployment.processes[0];
    let before = memory(process.id(), "VmRSS");
    let soon = |n: usize| json!({"workflow_name": "soon", "input": {"seconds": 3 + n % 5}});
    start_all(&mut client, (0..SOON).map(soon).collect());
    process.kill();
    let began = Instant::now();
    process.restart();
    while !has_all_shards(&database) {
        assert!(began.elapsed() < Duration::from_secs(30), "the shards are not taken");
        std::thread::sleep(Duration::from_millis(10));
    }
    let owned = Instant::now();
    while client
        .send_json("POST", "/v2/executions", &json!({"workflow_name": "one"}))
        .map_or(0, |answer| answer.status)
        != 201
    {
        assert!(began.elapsed() < Duration::from_secs(30), "no start succeeds");
        std::thread::sleep(Duration::from_millis(10));
    }
    let answered = owned.elapsed();
    let open = "SELECT count(*) FROM execution WHERE workflow_name = 'soon' AND state <> 5";
    while count(&database, open) > 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "timers do not fire");
        std::thread::sleep(Duration::from_millis(50));
    }
    let late = "SELECT max(updated_at - created_at - (input::json ->> 'seconds')::bigint * 1000000) FROM execution
                WHERE workflow_name = 'soon'";
    let late = Duration::from_micros(u64::try_from(count(&database, late)).unwrap_or_default());
    // All open trees are looked at once, meanwhile and after.
    let looked = Duration::from_secs(trees as u64 / 5_000);
    std::thread::sleep(looked.saturating_sub(began.elapsed()));
    let after = memory(process.id(), "VmHWM");
    tell(&format!(
        "restart with {trees} open executions: shards after {:.2?}, a start {answered:.2?} later, timers {late:.2?} late at most, \
         {before} MB before and {after} MB at most afterwards",
        owned - began
    ));
    assert!(answered <= Duration::from_secs(2), "{answered:?}");
    assert!(late <= Duration::from_secs(1), "{late:?}");
    assert!(after <= before * 2, "{after} MB after {before} MB");
    // `[engine] tree_memory_mb` is 512; a timer in memory takes about 200 bytes.
    assert!(before < 1_200, "{before} MB with {trees} open executions");
}
