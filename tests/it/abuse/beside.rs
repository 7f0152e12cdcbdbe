//! The victim beside each attack that goes on for long, and beside all of them at once. The figures of docs/security.md are taken by
//!
//! `ABUSE_SECONDS=60 MISTRAL_SERVER=target/release/mistral-server cargo test --test it beside:: -- --nocapture --test-threads 1`

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Attack, expensive};
use crate::support::http::{Client, NO_HEADERS};

/// Name and tasks.
const ATTACKS: [(&str, &str); 3] = [
    (
        "calls-of-itself",
        "a: {workflow: calls-of-itself}, b: {workflow: calls-of-itself}, c: {workflow: calls-of-itself}",
    ),
    (
        "loop",
        "s: {action: std.noop, on-success: a}, a: {action: std.noop, on-success: a}",
    ),
    (
        "doubling",
        "s: {action: std.noop, on-success: a}, a: {action: std.noop, on-success: [b, c]}, b: {action: std.noop, on-success: a}, \
         c: {action: std.noop, on-success: a}",
    ),
];
const EXPRESSIONS: &str = "expressions";

/// How long cancels took, and deletions.
#[derive(Default)]
struct Ends {
    cancel: Duration,
    deletion: Duration,
}

/// Starts one attack again and again, until it is told to stop; cancels the last and deletes it.
fn go_on(address: SocketAddr, workflow: &str, stop: &AtomicBool) -> Ends {
    let mut client = Client::new(address);
    let mut ends = Ends::default();
    while !stop.load(Ordering::Relaxed) {
        let body = json!({"workflow_name": workflow});
        let started = client.send_json("POST", "/v2/executions", &body).expect("an answer");
        assert_eq!(started.status, 201, "{}", started.text());
        let id = started.json()["id"].as_str().expect("an id").to_owned();
        let path = format!("/v2/executions/{id}");
        while !stop.load(Ordering::Relaxed) && client.get(&path).expect("an answer").json()["state"] == "RUNNING" {
            std::thread::sleep(Duration::from_millis(200));
        }
        // One that has reached a budget has left memory, and is read as a whole before it can be called cancelled.
        if client.get(&path).expect("an answer").json()["state"] == "RUNNING" {
            let begun = Instant::now();
            // It may have ended just now.
            let cancelled = client.send_json("PUT", &path, &json!({"state": "CANCELLED"}));
            assert!(matches!(cancelled.expect("an answer").status, 200 | 400));
            ends.cancel = ends.cancel.max(begun.elapsed());
        }
        let begun = Instant::now();
        let deleted = client.send("DELETE", &path, NO_HEADERS, None).expect("an answer");
        assert_eq!(deleted.status, 204, "{}", deleted.text());
        assert_eq!(client.get(&path).expect("an answer").status, 404);
        ends.deletion = ends.deletion.max(begun.elapsed());
    }
    ends
}

#[test]
fn a_victim_beside_every_attack_and_all_of_them() {
    let seconds = std::env::var("ABUSE_SECONDS").ok().and_then(|text| text.parse().ok());
    let lasts = Duration::from_secs(seconds.unwrap_or(2));
    // Of a debug build on a machine that tests share; by hand of a release build on a quiet one, which took up to 2.3 and 12 ms, and
    // 9.1 and 57 before trees that grow rested.
    let (median, worst) = match seconds {
        None => (Duration::from_secs(1), Duration::from_secs(5)),
        Some(_) => (Duration::from_millis(10), Duration::from_millis(50)),
    };
    let mut attack = Attack::prepare_with("", None);
    for (name, tasks) in ATTACKS {
        attack.upload(&format!("{{version: '2.0', {name}: {{tasks: {{{tasks}}}}}}}"));
    }
    attack.upload(&expensive().replace("attack:", &format!("{EXPRESSIONS}:")));
    let alone = attack.victim(|_, n| n < 100);
    println!("alone: {}", alone.text());
    let address = attack.client.address();
    let mut rounds: Vec<Vec<&str>> = ATTACKS.iter().map(|(name, _)| vec![*name]).collect();
    rounds.push(vec![EXPRESSIONS]);
    rounds.push(rounds.concat());
    for names in rounds {
        let stop = AtomicBool::new(false);
        let (times, ends) = std::thread::scope(|scope| {
            let attackers: Vec<_> = names
                .iter()
                .map(|name| scope.spawn(|| go_on(address, name, &stop)))
                .collect();
            let until = Instant::now() + lasts;
            let watched = std::panic::AssertUnwindSafe(|| attack.victim(|_, n| n < 10 || Instant::now() < until));
            let times = std::panic::catch_unwind(watched);
            stop.store(true, Ordering::Relaxed);
            let ends: Vec<Ends> = attackers
                .into_iter()
                .map(|attacker| attacker.join().expect("the attack is stopped"))
                .collect();
            (times.unwrap_or_else(|panic| std::panic::resume_unwind(panic)), ends)
        });
        let longest = |of: fn(&Ends) -> Duration| ends.iter().map(of).max().unwrap_or_default();
        let (cancel, deletion) = (longest(|ends| ends.cancel), longest(|ends| ends.deletion));
        println!(
            "beside {}: victim {}, memory {} MB, slowest cancel {cancel:.2?}, deletion {deletion:.2?}",
            names.join(", "),
            times.text(),
            attack.memory_mb()
        );
        assert!(times.at(0.5) < median && times.at(0.99) < worst, "{}", times.text());
        assert!(cancel < Duration::from_secs(5), "{cancel:?}");
        assert!(deletion < Duration::from_secs(5), "{deletion:?}");
    }
    assert!(attack.deployment.processes[0].is_running());
}
