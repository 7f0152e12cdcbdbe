//! What one author of a workflow can do to the others: each attack runs beside a victim, who starts a workflow of one task again
//! and again. Figures are printed (`cargo test --test it abuse:: -- --nocapture`); `ABUSE_SECONDS=60` makes the attacks longer.
//! Bounds here are those of a debug build on a slow machine; docs/security.md has what a release build does.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;
use crate::support::process::MEMORY_LIMIT;

mod beside;
mod deletion;
mod memory;
mod neighbours;
mod queue;
mod unreadable;
mod validation;

const SETTINGS: &str = "[tree_budget]\nexecutions = 1500\ntasks_per_execution = 3000\nsize_mb = 64\n\
                        [api]\ndocument_max_tasks = 500\n";

/// Attacks that end by themselves at a budget: name, document, option.
const GROWING: [(&str, &str, &str); 5] = [
    (
        "three calls of itself",
        "attack: {tasks: {a: {workflow: attack}, b: {workflow: attack}, c: {workflow: attack}}}",
        "executions",
    ),
    (
        "a loop",
        "attack: {tasks: {s: {action: std.noop, on-success: a}, a: {action: std.noop, on-success: a}}}",
        "tasks_per_execution",
    ),
    (
        "a loop that doubles",
        "attack: {tasks: {s: {action: std.noop, on-success: a}, a: {action: std.noop, on-success: [b, c]}, \
         b: {action: std.noop, on-success: a}, c: {action: std.noop, on-success: a}}}",
        "tasks_per_execution",
    ),
    (
        "documents in a loop",
        "attack: {tasks: {s: {action: std.noop, on-success: a}, \
         a: {action: std.noop, publish: {x: \"<% 'x' * 900000 %>\"}, on-success: a}}}",
        "size_mb",
    ),
    (
        "itself for each of many items",
        "attack: {tasks: {a: {workflow: attack, with-items: 'i in <% range(5000) %>'}}}",
        "executions",
    ),
];

/// Tasks of an attack with expressions. Each has 1,800,000 steps: 1 to 3 s of a debug build, a tenth of that of a release build.
const EXPENSIVE_TASKS: usize = 12;

/// The answer to its start does not wait for the expressions, which begin a second later.
fn expensive() -> String {
    let tasks: String = (0..EXPENSIVE_TASKS)
        .map(|n| {
            let expression = "<% range(600).select(range(1000).select(str($)).len()).sum() %>";
            format!("t{n}: {{action: std.noop, publish: {{x: '{expression}'}}}}, ")
        })
        .collect();
    let names: Vec<String> = (0..EXPENSIVE_TASKS).map(|n| format!("t{n}")).collect();
    let first = format!(
        "s: {{action: std.noop, wait-before: 1, on-success: [{}]}}",
        names.join(", ")
    );
    format!("{{version: '2.0', attack: {{tasks: {{{tasks}{first}}}}}}}")
}

struct Attack {
    deployment: Deployment,
    client: Client,
    database: Database,
}

/// Times of a victim's workflow, from the request until it is seen to have ended.
#[derive(Debug)]
struct Times(Vec<Duration>);

impl Times {
    fn at(&self, share: f64) -> Duration {
        let last = self.0.len() - 1;
        self.0[(last as f64 * share) as usize]
    }

    fn text(&self) -> String {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        format!(
            "n={} p50={:.1} ms p99={:.1} ms",
            self.0.len(),
            ms(self.at(0.5)),
            ms(self.at(0.99))
        )
    }
}

impl Attack {
    fn prepare() -> Attack {
        Attack::prepare_with(SETTINGS, None)
    }

    /// `limit`: MiB of memory that the server may have.
    fn prepare_with(settings: &str, limit: Option<u64>) -> Attack {
        let database = Database::create();
        let own = |_: &str| {
            let limit = limit.map(|mb| (MEMORY_LIMIT.to_owned(), (mb * 1024).to_string()));
            limit.into_iter().collect()
        };
        let deployment = Deployment::start_with(&database, Layout::AllInOne.processes(), settings, own);
        let client = deployment.client();
        let mut attack = Attack {
            deployment,
            client,
            database,
        };
        attack.upload("{version: '2.0', victim: {tasks: {t: {action: std.noop}}}}");
        attack
    }

    fn upload(&mut self, text: &str) {
        for method in ["POST", "PUT"] {
            let answer = self.client.send_text(method, "/v2/workflows", text).unwrap();
            match answer.status {
                409 => {}
                200 | 201 => return,
                _ => panic!("{}", answer.text()),
            }
        }
    }

    fn begin(&mut self, workflow: &str) -> String {
        let body = json!({ "workflow_name": workflow });
        let started = self.client.send_json("POST", "/v2/executions", &body).unwrap();
        assert_eq!(started.status, 201, "{}", started.text());
        started.json()["id"].as_str().unwrap().to_owned()
    }

    fn look(&mut self, id: &str) -> (String, String) {
        let execution = self.client.get(&format!("/v2/executions/{id}")).unwrap().json();
        let text = |name: &str| execution[name].as_str().unwrap_or_default().to_owned();
        (text("state"), text("state_info"))
    }

    /// The state in which it ends.
    fn end(&mut self, id: &str) -> (String, String) {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let (state, info) = self.look(id);
            if state != "RUNNING" {
                return (state, info);
            }
            assert!(Instant::now() < deadline, "the attack does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The victim, for as long as this takes.
    fn victim(&mut self, mut goes_on: impl FnMut(&mut Attack, usize) -> bool) -> Times {
        let mut times = Vec::new();
        while goes_on(self, times.len()) {
            let begun = Instant::now();
            let id = self.begin("victim");
            let (state, info) = self.end(&id);
            assert_eq!(state, "SUCCESS", "{info}");
            times.push(begun.elapsed());
        }
        times.sort();
        Times(times)
    }

    fn memory_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.deployment.processes[0].id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kb.unwrap_or(0u64) / 1024
    }
}

#[test]
fn trees_that_grow_without_end() {
    let mut attack = Attack::prepare();
    let before = attack.victim(|_, n| n < 20);
    println!("alone: {}", before.text());
    for (name, text, option) in GROWING {
        attack.upload(&format!("{{version: '2.0', {text}}}"));
        let begun = Instant::now();
        let id = attack.begin("attack");
        let during = attack.victim(|attack, n| n < 3 || attack.look(&id).0 == "RUNNING");
        let (state, info) = attack.end(&id);
        let took = begun.elapsed();
        println!(
            "{name}: victim {}, stopped after {took:.1?}, memory {} MB",
            during.text(),
            attack.memory_mb()
        );
        assert_eq!(state, "ERROR", "{name}");
        assert!(info.contains(&format!("[tree_budget] {option} ")), "{name}: {info}");
        assert!(during.at(0.5) < Duration::from_secs(1), "{name}: {during:?}");
        let deleted = attack
            .client
            .send(
                "DELETE",
                &format!("/v2/executions/{id}"),
                crate::support::http::NO_HEADERS,
                None,
            )
            .unwrap();
        assert_eq!(deleted.status, 204, "{name}: {}", deleted.text());
    }
    let after = attack.victim(|_, n| n < 20);
    println!("afterwards: {}", after.text());
    assert!(attack.memory_mb() < 1_000, "{} MB", attack.memory_mb());
}

#[test]
fn expensive_expressions_and_cancel() {
    let mut attack = Attack::prepare();
    let before = attack.victim(|_, n| n < 20);
    attack.upload(&expensive());
    let ids: Vec<String> = (0..4).map(|_| attack.begin("attack")).collect();
    let seconds = std::env::var("ABUSE_SECONDS").ok().and_then(|text| text.parse().ok());
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(4));
    let during = attack.victim(|_, n| n < 10 || Instant::now() < until);
    println!(
        "expressions: victim alone {}, beside them {}",
        before.text(),
        during.text()
    );
    // Before, each waited for all expressions that were to come.
    assert!(during.at(0.5) < Duration::from_millis(500), "{during:?}");
    for id in ids {
        let (state, info) = attack.look(&id);
        assert_eq!(state, "RUNNING", "the expressions went on all the time: {info}");
        let begun = Instant::now();
        let path = format!("/v2/executions/{id}");
        let cancelled = attack.client.send_json("PUT", &path, &json!({"state": "CANCELLED"}));
        let took = begun.elapsed();
        let cancelled = cancelled.unwrap();
        println!("cancelled in {took:.2?}: {}", cancelled.status);
        assert_eq!(cancelled.status, 200, "{}", cancelled.text());
        assert_eq!(attack.end(&id).0, "CANCELLED");
        // Nothing is waited for: the expression that is under way is given up.
        assert!(took < Duration::from_secs(2), "{took:?}");
    }

    let bomb = "{version: '2.0', bomb: {tasks: {a: {workflow: bomb}, b: {workflow: bomb}, c: {workflow: bomb}}}}";
    attack.upload(bomb);
    let id = attack.begin("bomb");
    std::thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    let path = format!("/v2/executions/{id}");
    let cancelled = attack
        .client
        .send_json("PUT", &path, &json!({"state": "CANCELLED"}))
        .unwrap();
    let took = begun.elapsed();
    println!("a growing tree: cancel answered {} in {took:.2?}", cancelled.status);
    // It may have reached its budget before.
    let (state, _) = attack.end(&id);
    assert!(matches!(state.as_str(), "CANCELLED" | "ERROR"), "{state}");
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// Whoever starts a workflow whose first task is expensive does not wait for that, nor for those of others.
#[test]
fn starts_do_not_wait_for_expressions() {
    let mut attack = Attack::prepare();
    let expression = "<% range(600).select(range(1000).select(str($)).len()).sum() %>";
    attack.upload(&format!(
        "{{version: '2.0', attack: {{tasks: {{t: {{action: std.noop, publish: {{x: '{expression}'}}}}}}}}}}"
    ));
    let mut slowest = Duration::ZERO;
    let ids: Vec<String> = (0..8)
        .map(|_| {
            let begun = Instant::now();
            let id = attack.begin("attack");
            slowest = slowest.max(begun.elapsed());
            id
        })
        .collect();
    println!("the slowest of 8 starts: {slowest:.2?}");
    // Each waited for the one before: 7 to 20 s.
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
    for id in &ids[1..] {
        let cancelled = json!({"state": "CANCELLED"});
        let answer = attack
            .client
            .send_json("PUT", &format!("/v2/executions/{id}"), &cancelled);
        assert_eq!(answer.unwrap().status, 200);
    }
    // One that nobody cancels comes to its end.
    assert_eq!(attack.end(&ids[0]).0, "SUCCESS");
}

#[test]
fn documents_that_hold_too_much() {
    let mut attack = Attack::prepare();
    let tasks: String = (0..501).map(|n| format!("t{n}: {{action: std.noop}}, ")).collect();
    let text = format!("{{version: '2.0', large: {{tasks: {{{tasks}}}}}}}");
    for target in ["/v2/workflows", "/v2/workflows/validate"] {
        let refused = attack.client.send_text("POST", target, &text).unwrap();
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(
            refused.text().contains("[api] document_max_tasks"),
            "{}",
            refused.text()
        );
    }
    // Linear: 2.5 s of a release build before, for twice as many.
    let many = "<% $.a %>".repeat(20_000);
    let text = format!("{{version: '2.0', many: {{tasks: {{t: {{action: std.echo, input: {{output: '{many}'}}}}}}}}}}");
    let begun = Instant::now();
    let answer = attack
        .client
        .send_text("POST", "/v2/workflows/validate", &text)
        .unwrap();
    println!(
        "20,000 expressions in one text: {} in {:.2?}",
        answer.status,
        begun.elapsed()
    );
    assert_eq!(answer.json()["valid"], true, "{}", answer.text());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
