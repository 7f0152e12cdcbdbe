//! Seeds, played and judged.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::library;
use super::run::{Report, play};
use super::scenario::{Client, Meddling, Scenario};

/// Seeds that every run of the tests plays.
const SEEDS: u64 = 2_000;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// What is wrong with a run, held against the same load without faults.
fn judge(scenario: &Scenario, report: &Report, calm: &Report) -> Vec<String> {
    let mut wrong = report.violations.clone();
    wrong.extend(calm.violations.iter().map(|text| format!("without faults: {text}")));
    for (number, client) in scenario.clients.iter().enumerate() {
        let known = &report.known[number];
        let (shape, expected) = (&report.shapes[number], &calm.shapes[number]);
        match shape {
            None if known.accepted => wrong.push(format!("client {number}: its accepted execution is lost")),
            None => {}
            // Cancelled or not, the tree has come to rest; how far it came is a matter of time.
            Some(_) if known.cancelled || client.workflow == library::ONCE => {}
            Some(_) if shape != expected => wrong.push(format!(
                "client {number}, {}: another end\n  without faults {expected:?}\n  with           {shape:?}",
                client.workflow
            )),
            Some(_) => {}
        }
    }
    wrong
}

fn check(seed: u64) -> Vec<String> {
    let scenario = Scenario::draw(seed);
    let report = play(&scenario, false);
    let calm = play(&scenario.calm(), false);
    judge(&scenario, &report, &calm)
}

#[test]
fn clusters_with_faults_end_as_those_without() {
    if let Some(seed) = setting("SIM_SEED") {
        let level = tracing::Level::TRACE;
        tracing_subscriber::fmt()
            .with_max_level(level)
            .without_time()
            .with_writer(std::io::stdout)
            .init();
        let scenario = Scenario::draw(seed);
        let report = play(&scenario, true);
        report.lines.iter().for_each(|line| println!("{line}"));
        println!("{scenario:#?}");
        let wrong = judge(&scenario, &report, &play(&scenario.calm(), false));
        assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
        return;
    }
    let (first, seeds) = (setting("SIM_FIRST").unwrap_or(0), setting("SIM_SEEDS").unwrap_or(SEEDS));
    let next = AtomicU64::new(first);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut failures = Vec::new();
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed >= first + seeds || failures.len() > 5 {
                            return failures;
                        }
                        let wrong =
                            std::panic::catch_unwind(|| check(seed)).unwrap_or_else(|_| vec!["panicked".into()]);
                        if !wrong.is_empty() {
                            failures.push(format!("SIM_SEED={seed}:\n{}", wrong.join("\n")));
                        }
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a worker"))
            .collect()
    });
    assert!(
        failures.is_empty(),
        "{} seeds failed; replay one with\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

#[test]
fn a_seed_means_one_run() {
    for seed in 0..20 {
        let scenario = Scenario::draw(seed);
        let (one, two) = (play(&scenario, true), play(&scenario, true));
        let differs = one.lines.iter().zip(&two.lines).position(|(a, b)| a != b);
        assert_eq!(
            differs,
            None,
            "seed {seed}: {:?}",
            differs.map(|at| (&one.lines[at], &two.lines[at]))
        );
        assert_eq!((one.hash, one.commits), (two.hash, two.commits));
    }
}

/// One client per workflow, on one node without faults.
fn calmly(workflows: &[&str]) -> (Scenario, Report) {
    let mut scenario = Scenario::draw(0).calm();
    scenario.callers.clear();
    scenario.workflows = "version: '2.0'\nunused: {tasks: {a: {action: std.noop}}}".into();
    let client = |workflow: &&str| Client {
        begins: Duration::ZERO,
        workflow: (*workflow).to_owned(),
        n: 3,
        chooses_id: true,
        meddling: Meddling::Nothing,
    };
    scenario.clients = workflows.iter().map(client).collect();
    let report = play(&scenario, false);
    assert!(report.violations.is_empty(), "{:?}", report.violations);
    (scenario, report)
}

#[test]
fn look_ups_give_their_answer_or_fail_what_asks() {
    let (_, report) = calmly(&["looks", "looks_in_vain", "looks_for_ever"]);
    let shape = |n: usize| report.shapes[n].clone().unwrap();
    assert!(shape(0).contains("here: 2, missed: 3, there: 5"), "{}", shape(0));
    assert!(shape(1).starts_with("looks_in_vain:Error"), "{}", shape(1));
    assert!(report.infos[1].contains("no such column"), "{}", report.infos[1]);
    assert!(shape(2).starts_with("looks_for_ever:Error"), "{}", shape(2));
    assert!(report.infos[2].contains("given up after 40 s"), "{}", report.infos[2]);
}

#[test]
fn what_the_database_never_takes_fails_alone() {
    let (_, report) = calmly(&["instant", "unstorable", "chain", "unstorable", "items"]);
    let shape = |n: usize| report.shapes[n].clone().unwrap();
    for n in [1, 3] {
        assert!(shape(n).contains("why: 3"), "{}", shape(n));
        assert!(shape(n).contains("[sim.work=Error/true]"), "{}", shape(n));
    }
    for n in [0, 2, 4] {
        assert!(!shape(n).contains("Error"), "{}", shape(n));
    }
}

#[test]
fn twenty_thousand_items_hold_up_nobody() {
    let (_, report) = calmly(&["multitude", "instant", "chain"]);
    let shape = |n: usize| report.shapes[n].clone().unwrap();
    assert!(
        shape(0).starts_with("multitude:Success Some(\"{count: 20000}\")"),
        "{:.200}",
        shape(0)
    );
    // Written while the items were still being started.
    assert!(report.commits > 10, "{} commits", report.commits);
}
