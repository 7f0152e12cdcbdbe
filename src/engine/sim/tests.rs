//! Seeds, played and judged.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::library;
use super::run::{Report, answers_of_ended, begun_anew, executed, locks_of_starts, play, stopped_while_read};
use super::scenario::{Client, Disaster, Flood, Meddling, NodePlan, Scenario};
use super::world::Faults;
use crate::shard_loop::seen::{Way, count};

/// Seeds that every run of the tests plays.
const SEEDS: u64 = 1_000;

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
            Some(_) if known.cancelled => {}
            // Unless its executor may have died, nobody may say so.
            Some(_) if client.workflow == library::ONCE && !scenario.is_gentle() => {}
            Some(_) if shape != expected => wrong.push(format!(
                "client {number}, {}: another end\n  without faults {expected:?}\n  with           {shape:?}",
                client.workflow
            )),
            Some(_) => {}
        }
    }
    wrong
}

/// No workflow of a run's own.
const NONE: &str = "version: '2.0'\nunused: {tasks: {t: {action: std.noop}}}";

/// A process that is all, and joins so late.
fn node(joins: Duration) -> NodePlan {
    NodePlan {
        engine: true,
        executor: true,
        skew: 0,
        linked: true,
        joins,
    }
}

fn client(begins: Duration, workflow: &str) -> Client {
    Client {
        begins,
        workflow: workflow.to_owned(),
        n: 1,
        chooses_id: true,
        meddling: Meddling::Nothing,
    }
}

/// Eight clients, one after the other; every second action must not run twice.
fn long_and_once(first: u64, apart: u64) -> Vec<Client> {
    let one = |n: u64| {
        let begins = Duration::from_millis(first + apart * n);
        client(begins, [library::LONG, library::ONCE][n as usize % 2])
    };
    (0..8).map(one).collect()
}

/// Starts of short executions, one after the other.
fn flood(from: u64, until: u64, every: u64) -> Option<Flood> {
    Some(Flood {
        from: Duration::from_secs(from),
        until: Duration::from_secs(until),
        every: Duration::from_millis(every),
    })
}

/// Processes of which nobody wants anything.
fn quiet(seed: u64, nodes: Vec<NodePlan>) -> Scenario {
    Scenario {
        seed,
        nodes,
        clients: Vec::new(),
        callers: Vec::new(),
        flood: None,
        mailbox: 64,
        workflows: NONE.to_owned(),
        faults: Faults::default(),
        disasters: Vec::new(),
        heals: Duration::from_secs(30),
    }
}

/// A second engine joins while the loops of the first have no moment without a commit under way and their mailboxes are full.
#[test]
fn a_node_that_joins_and_leaves_under_load_hurts_nobody() {
    for (seed, mailbox) in [(1, 8), (2, 4_096)] {
        // As many as the first node runs at once.
        let clients = (0..4).map(|n| Client {
            chooses_id: false,
            ..client(Duration::from_millis(1_000 + n * 10), library::LONG)
        });
        let nodes = vec![node(Duration::ZERO), node(Duration::from_secs(10))];
        let scenario = Scenario {
            clients: clients.collect(),
            flood: flood(2, 40, 8),
            mailbox,
            faults: Faults {
                commit: 50,
                ..Faults::default()
            },
            disasters: vec![(
                Duration::from_secs(25),
                Disaster::Stop {
                    slot: 1,
                    down: Duration::from_secs(5),
                },
            )],
            heals: Duration::from_secs(45),
            ..quiet(seed, nodes)
        };
        let report = play(&scenario, false);
        let wrong = judge(&scenario, &report, &play(&scenario.calm(), false));
        assert!(wrong.is_empty(), "mailbox {mailbox}:\n{}", wrong.join("\n"));
        assert_eq!(report.shares.iter().sum::<usize>(), 256, "{:?}", report.shares);
        assert!(report.shares.iter().all(|share| *share > 64), "{:?}", report.shares);
        // A commit takes 50 ms, and there is always one under way.
        assert!(
            report.slowest_start < Duration::from_millis(500),
            "{:?}",
            report.slowest_start
        );
    }
}

/// An engine, an executor and a process without either, where every hint of the store gets lost: how long the slowest start takes.
fn split(linked: bool) -> (Duration, Vec<String>) {
    let node = |engine, executor| NodePlan {
        engine,
        executor,
        linked,
        ..node(Duration::ZERO)
    };
    let client = |n: u64| client(Duration::from_millis(12_000 + n * 100), library::LONG);
    let scenario = Scenario {
        clients: (0..8).map(client).collect(),
        flood: flood(12, 20, 40),
        faults: Faults {
            hint_lost: 1.0,
            delay: 1,
            commit: 5,
            ..Faults::default()
        },
        heals: Duration::from_secs(25),
        ..quiet(3, vec![node(true, false), node(false, true), node(false, false)])
    };
    let report = play(&scenario, false);
    let wrong = judge(&scenario, &report, &play(&scenario.calm(), false));
    (report.slowest_start, wrong)
}

#[test]
fn split_processes_need_no_hints_of_the_store() {
    let (slowest, wrong) = split(true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(slowest < Duration::from_millis(100), "{slowest:?}");
    // The way around works as well, in its time.
    let (slowest, wrong) = split(false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(slowest > Duration::from_millis(100), "{slowest:?}");
}

/// Starts of executions whose owner was killed, and nobody knows: they wait for the end of its lease, and for nothing after it.
#[test]
fn what_a_dead_engine_had_is_taken_when_its_lease_is_over() {
    for moment in 0..8 {
        // The second renews every 2 s, and the others look every 2 s since the third has joined: at all distances.
        let node = |joins| node(Duration::from_millis(joins));
        let scenario = Scenario {
            flood: flood(8, 18, 20),
            mailbox: 4_096,
            disasters: vec![(
                Duration::from_secs(11),
                Disaster::Kill {
                    slot: 1,
                    down: Duration::from_secs(30),
                },
            )],
            heals: Duration::from_secs(20),
            ..quiet(moment, vec![node(0), node(0), node(5_000 + 250 * moment)])
        };
        let report = play(&scenario, false);
        assert!(report.violations.is_empty(), "{:?}", report.violations);
        let slowest = report.slowest_start;
        assert!(
            slowest > Duration::from_secs(3) && slowest < Duration::from_millis(6_300),
            "{moment}: {slowest:?}"
        );
    }
}

/// A process that stands still for almost two leases, whenever it renewed last before.
#[test]
fn who_is_away_for_less_than_lease_and_grace_keeps_its_actions() {
    for moment in 0..8 {
        let scenario = Scenario {
            clients: long_and_once(4_000, 400),
            disasters: vec![(
                Duration::from_millis(7_000 + 250 * moment),
                Disaster::Freeze {
                    slot: 1,
                    pause: Duration::from_millis(11_500),
                },
            )],
            ..quiet(moment, vec![node(Duration::ZERO); 2])
        };
        let report = play(&scenario, false);
        let wrong = judge(&scenario, &report, &play(&scenario.calm(), false));
        assert!(wrong.is_empty(), "{moment}:\n{}", wrong.join("\n"));
    }
}

/// The store is away for longer than a lease lasts, while both executors run what must not be run twice.
#[test]
fn an_outage_kills_nobody() {
    for seed in 0..20 {
        let scenario = Scenario {
            clients: long_and_once(500, 700),
            disasters: vec![(
                Duration::from_secs(4),
                Disaster::Outage {
                    pause: Duration::from_secs(12),
                },
            )],
            ..quiet(seed, vec![node(Duration::ZERO); 2])
        };
        let report = play(&scenario, false);
        let wrong = judge(&scenario, &report, &play(&scenario.calm(), false));
        assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
    }
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

/// A node whose clock is behind takes a tree over: what it makes comes after what is there.
#[test]
fn clocks_that_differ_do_not_turn_the_order_of_tasks() {
    let wrong = check(9041);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An action is given back and comes again while its executor looks whether anybody wants the attempt before: that one alone is ended.
#[test]
fn a_later_attempt_is_not_ended_for_an_earlier_one() {
    let wrong = check(81_840);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A copy of a request is read when the action that it asked for has ended and left no row: the executor that ran it does not ignore the
/// second time for ever.
#[test]
fn a_stand_alone_action_that_is_begun_anew_ends() {
    for outage in [Duration::ZERO, Duration::from_secs(9)] {
        begun_anew(outage);
    }
    let wrong = check(577_292);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What all seeds are to show: trees that grow are committed beside others and rest for them, also where commits fail and shards go.
#[test]
fn seeds_have_commits_beside_each_other() {
    let (before, rested) = (crate::shard_loop::beside(), count(Way::Resting));
    for seed in 0..60 {
        play(&Scenario::draw(seed), false);
    }
    let beside = crate::shard_loop::beside() - before;
    assert!(beside > 5, "{beside}");
    let rested = count(Way::Resting) - rested;
    assert!(rested > 5, "{rested}");
}

/// And pauses and resumes that go down in pieces; and answers out of a part of a tree, also where that is not enough.
#[test]
fn seeds_reach_what_large_trees_do() {
    let ways = [Way::Part, Way::PartNotEnough, Way::Spreading];
    let before = ways.map(count);
    for seed in (0..160).filter(|seed| seed % 4 < 2) {
        play(&Scenario::draw(seed), false);
    }
    let reached = std::array::from_fn::<u64, 3, _>(|n| count(ways[n]) - before[n]);
    assert!(reached.iter().all(|times| *times > 0), "{ways:?}: {reached:?}");
}

/// Trees of 61 executions, paused and resumed in pieces, with the faults of seeds.
#[test]
fn pauses_of_broad_trees_outlive_what_goes_wrong() {
    let before = count(Way::SpreadingWhenRead);
    for seed in (0..64).filter(|seed| seed % 4 < 2) {
        let mut scenario = Scenario::draw(seed);
        let one = |n: u64| Client {
            meddling: Meddling::Pause {
                after: Duration::from_millis(300 + n * 400),
                pause: Duration::from_millis(50 + n * 900),
            },
            ..client(Duration::from_millis(500 + n * 6_000), "broad")
        };
        scenario.clients = (0..6).map(one).collect();
        scenario.callers.clear();
        let report = play(&scenario, false);
        let wrong = judge(&scenario, &report, &play(&scenario.calm(), false));
        assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
    }
    let read = count(Way::SpreadingWhenRead) - before;
    assert!(read > 0, "{read}");
}

/// The same trees, cancelled at any time, also while they are read: the cancel does not wait for that.
#[test]
fn cancels_of_broad_trees_do_not_wait_for_them() {
    let before = count(Way::Ahead);
    for seed in (0..96).filter(|seed| seed % 4 < 2) {
        let mut scenario = Scenario::draw(seed);
        let one = |n: u64| Client {
            meddling: Meddling::Cancel {
                after: Duration::from_millis(200 + n * 700),
            },
            ..client(Duration::from_millis(500 + n * 5_000), "broad")
        };
        scenario.clients = (0..8).map(one).collect();
        scenario.callers.clear();
        let report = play(&scenario, false);
        let wrong = judge(&scenario, &report, &play(&scenario.calm(), false));
        assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
    }
    let ahead = count(Way::Ahead) - before;
    assert!(ahead > 10, "{ahead}");
}

/// Who waits for a tree to be read does not keep it from being cancelled, or deleted.
#[test]
fn trees_that_are_being_read_can_be_stopped() {
    let ways = [Way::Ahead, Way::DeletedAhead];
    let before = ways.map(count);
    stopped_while_read();
    let reached = std::array::from_fn::<u64, 2, _>(|n| count(ways[n]) - before[n]);
    assert!(reached.iter().all(|times| *times > 0), "{ways:?}: {reached:?}");
}

/// What has ended and left memory is answered for out of few rows, and as if all had been read.
#[test]
fn a_part_of_a_tree_gives_the_answers_of_the_whole() {
    let before = count(Way::Part);
    let expected = answers_of_ended(true);
    assert_eq!(count(Way::Part), before);
    let given = answers_of_ended(false);
    assert!(count(Way::Part) - before > 40 && count(Way::PartNotEnough) > 0);
    assert_eq!(given, expected);
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
    calmly_as(2, workflows)
}

/// The same, as of this seed: trees do all at once what they can (2), or little by little, and are committed beside each other (0).
fn calmly_as(seed: u64, workflows: &[&str]) -> (Scenario, Report) {
    let mut scenario = Scenario::draw(0).calm();
    scenario.seed = seed;
    scenario.callers.clear();
    scenario.workflows = NONE.to_owned();
    let client = |workflow: &&str| Client {
        n: 3,
        ..client(Duration::ZERO, workflow)
    };
    scenario.clients = workflows.iter().map(client).collect();
    let report = play(&scenario, false);
    assert!(report.violations.is_empty(), "{:?}", report.violations);
    (scenario, report)
}

/// Nobody owns a shard, as where engines do not know whether their last commit went through: callers are told when that has lasted
/// longer than it takes to inherit it, and not when they have waited for as long as an answer may take.
#[test]
fn callers_hear_that_nobody_owns_what_they_ask_for() {
    let mut scenario = Scenario::draw(0).calm();
    scenario.callers.clear();
    scenario.nodes = vec![
        NodePlan {
            engine: false,
            ..scenario.nodes[0]
        },
        NodePlan {
            joins: Duration::from_secs(40),
            ..scenario.nodes[0]
        },
    ];
    scenario.clients = vec![client(Duration::from_secs(2), library::SMALL)];
    let report = play(&scenario, true);
    assert!(report.violations.is_empty(), "{:?}", report.violations);
    let answer = report.lines.iter().find(|line| line.contains(" answer "));
    let answer = answer.expect("an answer");
    let at: u64 = answer
        .split_whitespace()
        .next()
        .and_then(|ms| ms.parse().ok())
        .expect("ms");
    // A lease of 6 s and 4 s more.
    assert!(
        (11_900..13_000).contains(&at) && answer.contains("Unavailable"),
        "{answer}"
    );
    assert!(report.shapes[0].as_ref().is_some_and(|shape| shape.contains("Success")));
}

#[test]
fn a_request_takes_no_lock() {
    assert_eq!(locks_of_starts(100), (0, 100));
}

/// Actions that take slots, with and without a permit, and those that only wait, from the commit that gives them to the lane to the one
/// that holds their results.
#[test]
fn an_action_takes_no_lock() {
    let done = executed(10);
    assert_eq!((done.locks, done.succeeded), (0, 10));
    assert_eq!(done.most.running, 4, "its slots are full");
    assert!(done.most.waiting > 0, "{:?}", done.most);
}

#[test]
fn what_may_run_again_goes_to_executors_without_queue_rows() {
    let done = executed(10);
    assert_eq!(done.succeeded, 10);
    // All that wait, and what has found a slot.
    assert!(done.by_lanes > 10, "{}", done.by_lanes);
    assert_eq!(done.lanes_left, 0);
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
    for seed in [2, 0] {
        let (_, report) = calmly_as(seed, &["instant", "unstorable", "chain", "unstorable", "items"]);
        let shape = |n: usize| report.shapes[n].clone().unwrap();
        for n in [1, 3] {
            assert!(shape(n).contains("why: 3"), "{}", shape(n));
            assert!(shape(n).contains("[sim.work=Error/true]"), "{}", shape(n));
        }
        for n in [0, 2, 4] {
            assert!(!shape(n).contains("Error"), "{}", shape(n));
        }
    }
}

/// A defect of ours in a decision about a result, once or several times: the action fails with a clear text, or, where that panics
/// too, its result comes again; where the defect shows in work that follows later, the tree is looked at again.
#[test]
fn a_panic_loses_no_result_and_holds_up_nobody() {
    let (_, report) = calmly(&["fails_once", "fails_often", "fails_later", "chain", "instant"]);
    let shape = |n: usize| report.shapes[n].clone().unwrap();
    assert!(shape(0).starts_with("fails_once:Error"), "{}", shape(0));
    let info = &report.infos[0];
    assert!(info.contains("Internal error while deciding"), "{info}");
    for (n, name) in [(1, "fails_often"), (2, "fails_later"), (3, "chain"), (4, "instant")] {
        assert!(shape(n).starts_with(&format!("{name}:Success")), "{:.500}", shape(n));
        assert!(!shape(n).contains("Error"), "{:.500}", shape(n));
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
