//! Another session holds an old snapshot, so that no dead row goes: the queues must not become slower for it. One load of the executor
//! lane goes on all the time; what it reaches is measured before, while a snapshot is held, and after it, in several rounds.
//!
//! `SNAPSHOT_SECONDS=110 MISTRAL_SERVER=target/release/mistral-server cargo test --test crash snapshot -- --nocapture` takes the figures of
//! `docs/failover.md`; 600 holds it for ten minutes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::failover::count;
use crate::number;
use crate::postgres::Server;
use crate::support::corpus::tell;
use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::http::Client;

/// Each task goes through an executor.
const WORKFLOW: &str = "
version: '2.0'
lane:
  tasks:
    a: {action: std.sleep seconds=0, on-success: b}
    b: {action: std.sleep seconds=0, on-success: c}
    c: {action: std.sleep seconds=0}
";

const CLIENTS: usize = 4;
/// Executions of one request.
const LIST: usize = 10;
/// Executions that are open at most, of all clients.
const OPEN: i64 = 200;
/// What is promised, and held in the long form.
const PROMISED: f64 = 0.8;
/// In bursts of a second on a machine that builds and other tests share one may get half of what the next one gets. What once
/// happened, chains of dead versions that every batch walks over, shows in the long form.
const SHORT: f64 = 0.3;

/// How long everything takes.
struct Extent {
    rounds: u64,
    /// Without a snapshot, before and after each.
    free: Duration,
    held: Duration,
    /// One figure is what was reached in so long.
    window: Duration,
    promised: f64,
}

impl Extent {
    fn chosen() -> Extent {
        let seconds = Duration::from_secs;
        match number("SNAPSHOT_SECONDS") {
            Some(held) => Extent {
                rounds: number("SNAPSHOT_ROUNDS").unwrap_or(1),
                free: seconds((held / 4).clamp(5, 30)),
                held: seconds(held),
                window: seconds(5),
                promised: PROMISED,
            },
            None => Extent {
                rounds: 2,
                free: seconds(1),
                held: seconds(1),
                window: Duration::from_millis(500),
                promised: SHORT,
            },
        }
    }
}

/// A service under load.
struct Lane {
    address: SocketAddr,
    started: AtomicI64,
    ended: AtomicI64,
    stop: AtomicBool,
}

impl Lane {
    /// Follows how many have ended.
    fn count(&self) {
        let mut client = Client::new(self.address);
        while !self.stop.load(Ordering::Relaxed) {
            let text = client.get("/metrics").expect("metrics").text();
            let mut lines = text.lines();
            let line = lines.find(|line| line.starts_with("mistral_executions_total{state=\"SUCCESS\"}"));
            let ended = line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
            self.ended.store(ended.unwrap_or_default() as i64, Ordering::Relaxed);
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Starts as many as end.
    fn load(&self) {
        let mut client = Client::new(self.address);
        let list = json!(vec![json!({"workflow_name": "lane"}); LIST]);
        while !self.stop.load(Ordering::Relaxed) {
            if self.started.load(Ordering::Relaxed) - self.ended.load(Ordering::Relaxed) > OPEN {
                std::thread::sleep(Duration::from_millis(5));
                continue;
            }
            self.started.fetch_add(LIST as i64, Ordering::Relaxed);
            let answer = client.send_json("POST", "/v2/executions", &list).expect("an answer");
            assert!(answer.status < 300, "{} {}", answer.status, answer.text());
        }
    }

    /// Executions that end in a second, window by window.
    fn reached(&self, lasts: Duration, window: Duration) -> Vec<f64> {
        let over = Instant::now() + lasts;
        let mut all = Vec::new();
        while Instant::now() + window / 2 < over {
            let (begun, before) = (Instant::now(), self.ended.load(Ordering::Relaxed));
            std::thread::sleep(window);
            let ended = self.ended.load(Ordering::Relaxed) - before;
            all.push(ended as f64 / begun.elapsed().as_secs_f64());
        }
        all
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The tables with most dead rows.
fn dead_rows(database: &Database) -> String {
    let sql = "SELECT string_agg(relname || ' ' || n_dead_tup, ', ' ORDER BY n_dead_tup DESC) FROM (
                   SELECT relname, n_dead_tup FROM pg_stat_user_tables WHERE n_dead_tup > 0 ORDER BY 2 DESC LIMIT 5) AS t";
    let rows = database.query(sql).expect("SQL");
    rows.into_iter().flatten().flatten().next().unwrap_or_default()
}

/// What was reached without a snapshot, and with one.
fn rounds(lane: &Lane, database: &Database, extent: &Extent) -> (Vec<f64>, Vec<f64>) {
    let (mut free, mut held) = (Vec::new(), Vec::new());
    lane.reached(Duration::from_secs(1), extent.window);
    for _ in 0..extent.rounds {
        free.extend(lane.reached(extent.free, extent.window));
        let hold = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM shard; SELECT pg_sleep({}); COMMIT",
            extent.held.as_secs_f64() + 0.1
        );
        let windows = std::thread::scope(|scope| {
            let holds = scope.spawn(|| database.query(&hold).map(drop));
            std::thread::sleep(Duration::from_millis(50));
            let windows = lane.reached(extent.held, extent.window);
            tell(&format!(
                "before {:.0}/s; with a snapshot {:.0?}/s; dead rows: {}",
                median(&free),
                windows,
                dead_rows(database)
            ));
            holds.join().expect("no panic").expect("SQL");
            windows
        });
        // It becomes worse the longer it lasts: the second half counts.
        held.extend(&windows[windows.len() / 2..]);
    }
    let after = lane.reached(extent.free, extent.window);
    tell(&format!("after {:.0}/s", median(&after)));
    free.extend(after);
    (free, held)
}

#[test]
fn an_old_snapshot_slows_nothing() {
    let extent = Extent::chosen();
    let server = Server::start(&[], "shared_buffers = 256MB\nmax_wal_size = 4GB");
    let database = server.database();
    let deployment = Deployment::start(&database, &[("all", "all")], "");
    let answer = deployment.client().send_text("POST", "/v2/workflows", WORKFLOW);
    assert_eq!(answer.expect("an answer").status, 201);
    let lane = Lane {
        address: deployment.addresses[0],
        started: AtomicI64::new(0),
        ended: AtomicI64::new(0),
        stop: AtomicBool::new(false),
    };
    let (free, held) = std::thread::scope(|scope| {
        scope.spawn(|| lane.count());
        for _ in 0..CLIENTS {
            scope.spawn(|| lane.load());
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| rounds(&lane, &database, &extent)));
        lane.stop.store(true, Ordering::Relaxed);
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    let share = median(&held) / median(&free);
    tell(&format!(
        "median {:.0} executions/s without, {:.0} with a snapshot of {:?}: {:.0} %",
        median(&free),
        median(&held),
        extent.held,
        share * 100.0
    ));
    assert!(share >= extent.promised, "{share}: {held:.0?} of {free:.0?}");
    assert_eq!(count(&database, "SELECT count(*) FROM execution WHERE state = 7"), 0);
}
