//! What those who start executions notice of a neighbour with very many items, or with a look-up that takes long. The figures of
//! `docs/failover.md` are taken by
//!
//! `NEIGHBOUR_ITEMS=100000 NEIGHBOUR_LOOKUP=5 MISTRAL_SERVER=target/release/mistral-server cargo test --test it neighbours -- --nocapture
//! --test-threads 1`

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Attack, Times};
use crate::support::http::Client;

/// Starts per second, of all clients together, whatever the answers take.
const RATE: u32 = 80;
const CLIENTS: u32 = 4;
/// Of a debug build on a machine that tests share: it waited for seconds where one tree filled whole batches.
const SLACK: Duration = Duration::from_secs(4);
/// What is promised, and held in the long form.
const PROMISED: Duration = Duration::from_millis(50);
/// Long enough for a p99.
const SHORTEST: Duration = Duration::from_secs(3);

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Starts that nobody has to do with, at a steady rate until it is told to stop. Each is measured from when it was due: one that waits
/// does not hide those behind it.
fn unrelated(address: SocketAddr, stop: &AtomicBool) -> Times {
    let pace = Duration::from_secs(1) * CLIENTS / RATE;
    let begun = Instant::now();
    let client = |number: u32| {
        let mut client = Client::new(address);
        let mut times = Vec::new();
        let mut due = begun + pace * number / CLIENTS;
        while !stop.load(Ordering::Relaxed) {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let answer = client.send_json("POST", "/v2/executions", &json!({"workflow_name": "victim"}));
            let answer = answer.expect("an answer");
            assert_eq!(answer.status, 201, "{}", answer.text());
            times.push(due.elapsed());
            due += pace;
        }
        times
    };
    let mut all: Vec<Duration> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|number| scope.spawn(move || client(number))).collect();
        clients
            .into_iter()
            .flat_map(|client| client.join().expect("all starts succeed"))
            .collect()
    });
    all.sort();
    Times(all)
}

/// What the engine tells about its batches.
#[derive(Debug, Default)]
struct Batches {
    count: f64,
    rows: f64,
    seconds: f64,
    longest_decision: f64,
}

impl Attack {
    fn batches(&mut self) -> Batches {
        let text = self.client.get("/metrics").expect("metrics").text();
        let value = |name: &str| {
            let line = text.lines().find(|line| line.split_whitespace().next() == Some(name));
            line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok())
                .unwrap_or_default()
        };
        Batches {
            count: value("mistral_batch_rows_count"),
            rows: value("mistral_batch_rows_sum"),
            seconds: value("mistral_batch_commit_seconds_sum"),
            longest_decision: value("mistral_decision_longest_seconds"),
        }
    }

    /// Starts of others while this goes on.
    fn neighbours(&mut self, what: &str, goes_on: impl FnOnce(&mut Attack)) -> Times {
        let before = self.batches();
        let stop = AtomicBool::new(false);
        let address = self.client.address();
        let (times, took) = std::thread::scope(|scope| {
            let starts = scope.spawn(|| unrelated(address, &stop));
            let begun = Instant::now();
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| goes_on(self)));
            let took = begun.elapsed();
            std::thread::sleep(SHORTEST.saturating_sub(took));
            stop.store(true, Ordering::Relaxed);
            let times = starts.join().expect("all starts succeed");
            outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (times, took)
        });
        let after = self.batches();
        let count = (after.count - before.count).max(1.0);
        println!(
            "{what}: {took:.1?}, starts of others {} p99.9={:.1} ms max={:.1} ms; {count:.0} batches of {:.0} rows, {:.1} ms each; \
             longest decision {:.1} ms",
            times.text(),
            times.at(0.999).as_secs_f64() * 1000.0,
            times.at(1.0).as_secs_f64() * 1000.0,
            (after.rows - before.rows) / count,
            (after.seconds - before.seconds) * 1000.0 / count,
            after.longest_decision * 1000.0,
        );
        times
    }

    fn ends_well(&mut self, id: &str) {
        let deadline = Instant::now() + Duration::from_secs(300);
        loop {
            let (state, info) = self.look(id);
            if state != "RUNNING" {
                assert_eq!(state, "SUCCESS", "{info}");
                return;
            }
            assert!(Instant::now() < deadline, "it does not end");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn bound() -> Duration {
    match number("NEIGHBOUR_ITEMS").is_some() {
        true => PROMISED,
        false => SLACK,
    }
}

/// No budget ends them.
const MANY: &str = "[tree_budget]\ntasks_per_execution = 0\nactions = 0\nsize_mb = 0\n";

fn beside_items(what: &str, action: &str) {
    let items = number("NEIGHBOUR_ITEMS").unwrap_or(5_000);
    let mut attack = Attack::prepare_with(MANY, None);
    attack.upload(&format!(
        "{{version: '2.0', attack: {{tasks: {{t: {{action: {action}, with-items: 'i in <% range({items}) %>'}}}}}}}}"
    ));
    let alone = attack.neighbours("alone", |_| {});
    let times = attack.neighbours(&format!("{items} {what}"), |attack| {
        let id = attack.begin("attack");
        attack.ends_well(&id);
    });
    assert!(times.at(0.99) <= bound(), "{}, alone {}", times.text(), alone.text());
}

#[test]
fn starts_beside_very_many_instant_items() {
    beside_items("instant items", "std.noop");
}

#[test]
fn starts_beside_very_many_items_on_executors() {
    beside_items("items on executors", "std.sleep seconds=0");
}

#[test]
fn starts_beside_a_look_up_that_takes_long() {
    let seconds = number("NEIGHBOUR_LOOKUP").unwrap_or(2);
    let mut attack = Attack::prepare_with("", None);
    attack.upload(
        "{version: '2.0', attack: {tasks: {t: {action: std.noop, publish: {x: '<% executions().len() %>'}, on-success: u}, \
         u: {action: std.noop, publish: {x: '<% tasks(execution().id).len() %>'}}}}}",
    );
    // What is known of definitions needs no look at them.
    let id = attack.begin("attack");
    attack.ends_well(&id);
    let times = attack.neighbours(&format!("look-ups of {seconds} s"), |attack| {
        // Look-ups read it, and starts of definitions that are known do not.
        let lock = format!("BEGIN; LOCK TABLE definition_content; SELECT pg_sleep({seconds}); COMMIT");
        let ids = std::thread::scope(|scope| {
            let lock = scope.spawn(|| attack.database.query(&lock).map(drop));
            std::thread::sleep(Duration::from_millis(200));
            let mut client = Client::new(attack.client.address());
            // More than look-ups may run at once.
            let ids = (0..20).map(|_| {
                let body = json!({"workflow_name": "attack"});
                let started = client.send_json("POST", "/v2/executions", &body).expect("an answer");
                assert_eq!(started.status, 201, "{}", started.text());
                started.json()["id"].as_str().expect("an id").to_owned()
            });
            let ids: Vec<String> = ids.collect();
            lock.join().expect("no panic").expect("SQL");
            ids
        });
        ids.iter().for_each(|id| attack.ends_well(id));
    });
    assert!(times.at(0.99) <= bound(), "{}", times.text());
}
