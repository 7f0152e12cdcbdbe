//! What trees are done with leaves memory, so that a loop may go on for ever. Where that is not enough and all trees together reach the
//! ceiling, the largest is paused, one after the other, and the service lives on within a limit that the operating system sets.

use std::time::{Duration, Instant};

use super::Attack;
use crate::support::http::NO_HEADERS;

/// No tree reaches a budget of its own here.
const SETTINGS: &str = "[tree_budget]\nsize_mb = 0\ntasks_per_execution = 0\ntasks = 0\nactions = 0\n\
                        [engine]\ntree_memory_mb = 16\ntree_memory_ceiling_mb = 64\n";

/// What the process may have, in MiB. It takes some 100 without any work; 64 more of trees are an estimate.
const LIMIT: u64 = 900;

const LOOP: &str = "{version: '2.0', attack: {tasks: {s: {action: std.noop, on-success: a}, \
                    a: {action: std.noop, publish: {x: \"<% 'x' * 500000 %>\"}, on-success: a}}}}";

/// Nothing of it may leave: a join may look at it.
const GROWS: &str = "{version: '2.0', attack: {tasks: {s: {action: std.noop, on-success: a}, \
                     a: {action: std.noop, publish: {x: \"<% 'x' * 500000 %>\"}, on-success: [a, {j: <% false %>}]}, \
                     j: {join: all, action: std.noop}}}}";

/// Documents of so many bytes are made by the loop; in memory they take twice as much. They were to be 64 MB.
fn made() -> usize {
    match std::env::var_os("ABUSE_SECONDS") {
        Some(_) => 1 << 30,
        None => 1 << 28,
    }
}

#[test]
fn a_loop_with_documents_goes_on_for_ever() {
    let mut attack = Attack::prepare_with(SETTINGS, Some(LIMIT));
    attack.upload(LOOP);
    let id = attack.begin("attack");
    let rounds = made() / 500_000;
    let deadline = Instant::now() + Duration::from_secs(300);
    let during = attack.victim(|attack, _| {
        let (state, info) = attack.look(&id);
        // It was paused at the ceiling, after some forty rounds.
        assert_eq!(state, "RUNNING", "{info}");
        assert!(Instant::now() < deadline, "the loop is too slow");
        let made = format!("SELECT count(*) FROM task WHERE root_id = '{id}'");
        let made = attack.database.query(&made).expect("SQL");
        std::thread::sleep(Duration::from_millis(100));
        made[0][0].as_deref().and_then(|text| text.parse().ok()).unwrap_or(0) < rounds
    });
    println!(
        "{rounds} rounds of 500 KB: victim {}, memory {} MB of {LIMIT}",
        during.text(),
        attack.memory_mb()
    );
    let begun = Instant::now();
    let path = format!("/v2/executions/{id}");
    let cancelled = attack
        .client
        .send_json("PUT", &path, &serde_json::json!({"state": "CANCELLED"}));
    assert_eq!(cancelled.unwrap().status, 200);
    println!("cancelled in {:.2?}", begun.elapsed());
    assert_eq!(attack.look(&id).0, "CANCELLED");
    assert!(attack.deployment.processes[0].is_running());
}

#[test]
fn the_largest_is_paused_at_the_ceiling() {
    let mut attack = Attack::prepare_with(SETTINGS, Some(LIMIT));
    attack.upload(GROWS);
    let ids: Vec<String> = (0..3).map(|_| attack.begin("attack")).collect();
    let deadline = Instant::now() + Duration::from_secs(60);
    let during = attack.victim(|attack, n| {
        assert!(Instant::now() < deadline, "nothing is paused");
        n < 5 || ids.iter().any(|id| attack.look(id).0 == "RUNNING")
    });
    println!(
        "beside them: victim {}, memory {} MB of {LIMIT}",
        during.text(),
        attack.memory_mb()
    );
    for id in &ids {
        let (state, info) = attack.look(id);
        assert_eq!(state, "PAUSED", "{info}");
        assert!(info.contains("[engine] tree_memory_ceiling_mb"), "{info}");
    }
    // It goes on when somebody wants it, and is paused again.
    let path = format!("/v2/executions/{}", ids[0]);
    let resumed = attack
        .client
        .send_json("PUT", &path, &serde_json::json!({"state": "RUNNING"}));
    assert_eq!(resumed.unwrap().status, 200);
    let deadline = Instant::now() + Duration::from_secs(60);
    while attack.look(&ids[0]).0 != "PAUSED" {
        assert!(Instant::now() < deadline, "it is not paused again");
        std::thread::sleep(Duration::from_millis(100));
    }
    for id in &ids {
        let path = format!("/v2/executions/{id}?force=true");
        let deleted = attack.client.send("DELETE", &path, NO_HEADERS, None).unwrap();
        assert_eq!(deleted.status, 204, "{}", deleted.text());
    }
    let after = attack.victim(|_, n| n < 20);
    println!("afterwards: victim {}, memory {} MB", after.text(), attack.memory_mb());
    assert!(attack.deployment.processes[0].is_running());
}
