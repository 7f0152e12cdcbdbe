//! What others wait for where one author fills the executors.

use std::time::{Duration, Instant};

use super::Attack;
use crate::support::outside::Outside;

/// Of each action, on the only two slots.
const TAKES: Duration = Duration::from_millis(25);
/// All of them take ten seconds and more.
const ITEMS: usize = 900;
/// Two actions that run take 25 ms; the rest is a debug build on a machine that tests share.
const BOUND: Duration = Duration::from_secs(2);

#[test]
fn an_action_does_not_wait_behind_all_items_of_a_neighbour() {
    let settings = "[action_std_http]\ndenied_cidrs =\n[executor]\nslots = 2\n";
    let mut attack = Attack::prepare_with(settings, None);
    let port = Outside::new(TAKES).start();
    let call = format!("action: std.http, input: {{url: 'http://127.0.0.1:{port}/'}}");
    attack.upload(&format!(
        "{{version: '2.0', one: {{tasks: {{t: {{{call}}}}}}}, \
         flood: {{tasks: {{t: {{{call}, with-items: 'i in <% range({ITEMS}) %>'}}}}}}}}"
    ));
    let timed = |attack: &mut Attack| {
        let begun = Instant::now();
        let id = attack.begin("one");
        assert_eq!(attack.end(&id).0, "SUCCESS");
        begun.elapsed()
    };
    let alone = timed(&mut attack);
    let flood = attack.begin("flood");
    let waiting = "SELECT count(*) FROM action_queue WHERE claimed_by IS NULL";
    let count = |attack: &Attack| {
        let rows = attack.database.query(waiting).expect("SQL");
        rows[0][0]
            .as_deref()
            .and_then(|text| text.parse::<usize>().ok())
            .expect("a count")
    };
    let deadline = Instant::now() + Duration::from_secs(5);
    while count(&attack) < ITEMS / 2 {
        assert!(Instant::now() < deadline, "the items do not wait");
        std::thread::sleep(Duration::from_millis(5));
    }
    let times: Vec<Duration> = (0..5).map(|_| timed(&mut attack)).collect();
    let left = count(&attack);
    println!("one action: alone {alone:.2?}, beside {ITEMS} items {times:.2?}; {left} of them wait still");
    // Otherwise it says nothing.
    assert!(left > ITEMS / 4, "{left}");
    let worst = times.iter().max().expect("five");
    assert!(*worst < BOUND, "{worst:?}");
    // What is cancelled waits no more.
    let path = format!("/v2/executions/{flood}");
    let cancelled = attack
        .client
        .send_json("PUT", &path, &serde_json::json!({"state": "CANCELLED"}));
    assert_eq!(cancelled.expect("an answer").status, 200);
    assert_eq!(attack.end(&flood).0, "CANCELLED");
}
