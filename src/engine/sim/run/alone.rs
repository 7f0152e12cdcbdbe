//! Single nodes without faults: what they lock, what they answer, how they stop.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::super::scenario::{Client, Disaster, Meddling, Scenario};
use super::super::world::World;
use super::super::{check, library};
use super::{Cluster, paused};
use crate::executor;
use mistral_model::refusal::Kind;
use mistral_model::request::{Request, Rerun, Response, RunAction, UpdateExecution};
use mistral_model::{Id, Payload, State};

/// How often the mutexes of the engine are taken while so many executions are started, one after the other, on one node without
/// faults, and how many of them were accepted.
pub(in crate::sim) fn locks_of_starts(count: usize) -> (u64, usize) {
    paused().block_on(async {
        let mut scenario = Scenario::draw(0).calm();
        scenario.workflows = "version: '2.0'\nunused: {tasks: {t: {action: std.noop}}}".to_owned();
        let world = Arc::new(World::new(0, false));
        let cluster = Cluster::of_one(&world, &scenario);
        cluster.boot(0).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let client = Client {
            begins: Duration::ZERO,
            workflow: library::SMALL.to_owned(),
            n: 1,
            chooses_id: false,
            meddling: Meddling::Nothing,
        };
        let before = crate::lock::taken();
        let mut accepted = 0;
        for _ in 0..count {
            let Some(start) = cluster.start_request(&client) else {
                break;
            };
            accepted += usize::from(cluster.call(Request::Start(Box::new(start))).await.is_ok());
        }
        (crate::lock::taken() - before, accepted)
    })
}

/// What the executor of one node without faults is busy with.
const EXECUTED: &str = "
version: '2.0'
executed:
  input: [n]
  tasks:
    repeatable: {action: sim.work, input: {seconds: 0.1}, safe-rerun: true}
    once: {action: sim.once, input: {seconds: 0.1}}
    waits: {action: std.echo, input: {output: 1, delay: 0.1}}
";

/// What became of executions of actions that executors run.
pub(in crate::sim) struct Executed {
    /// Locks that were taken.
    pub locks: u64,
    pub succeeded: usize,
    /// What the executor had to do at most.
    pub most: executor::Load,
    /// Actions that it got without a queue row.
    pub by_lanes: usize,
    /// Rows that say so, at the end.
    pub lanes_left: usize,
}

/// Runs so many executions of three actions on one node without faults, until all have succeeded.
pub(in crate::sim) fn executed(count: usize) -> Executed {
    paused().block_on(async {
        let mut scenario = Scenario::draw(0).calm();
        scenario.workflows = EXECUTED.to_owned();
        let world = Arc::new(World::new(0, false));
        let cluster = Cluster::of_one(&world, &scenario);
        cluster.boot(0).await;
        // What is done now and then, beside all requests, has been done a moment ago.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let executor = {
            let slots = cluster.slots.lock();
            let node = slots[0].as_ref().map(|running| &running.node);
            node.and_then(|node| node.executor().cloned())
        };
        let executor = executor.expect("it has one");
        let client = Client {
            begins: Duration::ZERO,
            workflow: "executed".to_owned(),
            n: 1,
            chooses_id: false,
            meddling: Meddling::Nothing,
        };
        let before = crate::lock::taken();
        let start = |_| {
            let start = cluster.start_request(&client).expect("a workflow");
            cluster.call(Request::Start(Box::new(start)))
        };
        let answers = futures_util::future::join_all((0..count).map(start)).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let (mut most, mut succeeded) = (executor::Load::default(), 0);
        for _ in 0..800 {
            let load = executor.load();
            most.running = most.running.max(load.running);
            most.waiting = most.waiting.max(load.waiting);
            succeeded = world.tables(|tables| {
                let executions = tables.executions.values();
                executions.filter(|e| e.state == State::Success).count()
            });
            if succeeded == count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let locks = crate::lock::taken() - before;
        let (by_lanes, lanes_left) = world.tables(|tables| (tables.in_lane.len(), tables.lanes.len()));
        Executed {
            locks,
            succeeded,
            most,
            by_lanes,
            lanes_left,
        }
    })
}

/// Runs an action that leaves no row, and has the same request come again when it has ended. The store is away for so long when its
/// executor looks at what came again.
pub(in crate::sim) fn begun_anew(outage: Duration) {
    paused().block_on(async {
        let mut scenario = Scenario::draw(0).calm();
        scenario.workflows = "version: '2.0'\nunused: {tasks: {t: {action: std.noop}}}".to_owned();
        let world = Arc::new(World::new(0, false));
        let cluster = Cluster::of_one(&world, &scenario);
        cluster.boot(0).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let request = || {
            Request::RunAction(Box::new(RunAction {
                action_id: Id(1),
                name: "sim.work".into(),
                namespace: "".into(),
                input: Payload::from_json(r#"{"seconds": 0.1, "result": 7}"#),
                description: None,
                project_id: None,
                save_result: false,
                run_sync: true,
                target: None,
                timeout: None,
                security: None,
            }))
        };
        let is_there = || world.tables(|tables| (tables.actions.len(), tables.queue.len()));
        match cluster.call(request()).await {
            Ok(Response::Action(row)) => assert_eq!(row.state, State::Success),
            other => panic!("{other:?}"),
        }
        assert_eq!(is_there(), (0, 0));
        // Nobody who asks for it waits so long.
        let refusal = cluster.call(request()).await.unwrap_err();
        assert_eq!((refusal.kind, is_there()), (Kind::Unavailable, (1, 1)), "{refusal:?}");
        tokio::time::sleep(Duration::from_secs(45)).await;
        world.cut_off(outage);
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert_eq!(is_there(), (0, 0), "after {outage:?} without the store");
        assert!(world.violations().is_empty());
    });
}

/// What is answered to all that somebody may ask of executions that have ended, and what their rows are afterwards, without ids and times; with
/// all of their trees read for that, or with what it takes.
pub(in crate::sim) fn answers_of_ended(reads_all: bool) -> Vec<String> {
    paused().block_on(async {
        let mut scenario = Scenario::draw(0).calm();
        scenario.workflows = "version: '2.0'\nunused: {tasks: {t: {action: std.noop}}}".to_owned();
        let world = Arc::new(World::new(0, false));
        world.reads_all.store(reads_all, Ordering::Relaxed);
        let cluster = Arc::new(Cluster::of_one(&world, &scenario));
        cluster.boot(0).await;
        let mut answers = Vec::new();
        for (workflow, is_cancelled) in [
            ("parent", false),
            ("parent", true),
            ("failing", false),
            ("backwards", false),
        ] {
            let client = Client {
                begins: Duration::ZERO,
                workflow: workflow.to_owned(),
                n: 1,
                chooses_id: true,
                meddling: Meddling::Nothing,
            };
            let start = cluster.start_request(&client).expect("a workflow");
            let root_id = start.execution_id;
            let change = |execution_id, state, env: Option<&str>, description: Option<&str>| {
                Request::UpdateExecution(UpdateExecution {
                    root_id,
                    execution_id,
                    description: description.map(Into::into),
                    state,
                    state_info: None,
                    env: env.map(|text| Payload::from_json(text.to_owned())),
                    security: None,
                })
            };
            let start = Request::Start(Box::new(start));
            let begun = cluster.call(start.clone()).await;
            assert!(begun.is_ok(), "{begun:?}");
            tokio::time::sleep(Duration::from_secs(1)).await;
            if is_cancelled {
                let cancelled = cluster.call(change(root_id, Some(State::Cancelled), None, None)).await;
                assert!(cancelled.is_ok(), "{cancelled:?}");
            }
            tokio::time::sleep(Duration::from_secs(60)).await;
            let executions: Vec<Id> = world.tables(|tables| {
                let of_tree = tables.executions.values().filter(|e| e.root_id == root_id);
                of_tree.map(|e| e.id).collect()
            });
            let mut requests = vec![start.clone()];
            for id in executions.iter().copied().chain([Id(7)]) {
                let states = [
                    State::Paused,
                    State::Running,
                    State::Error,
                    State::Cancelled,
                    State::Success,
                ];
                requests.extend(states.map(|state| change(id, Some(state), None, None)));
                requests.push(change(id, None, Some("{\"a\": 1}"), None));
                requests.push(change(id, Some(State::Running), Some("{\"b\": 2}"), None));
                requests.push(change(id, None, None, Some("described")));
            }
            requests.push(start);
            let blank = |text: String| check::without_ids(&text);
            let shown = |row: &mistral_model::record::Execution| {
                blank(format!(
                    "{} {:?} {:?} {:?} {} {:?} {} {}",
                    row.origin.workflow_name,
                    row.state,
                    row.state_info,
                    row.description,
                    row.params.text(),
                    row.output.as_ref().map(|output| output.text().to_owned()),
                    row.runtime_context.text(),
                    row.accepted,
                ))
            };
            for request in requests {
                // Two at once, now and then: what the second wants may need more.
                let both = (request.clone(), change(root_id, Some(State::Success), None, None));
                let alone = cluster.call(request).await;
                answers.push(match &alone {
                    Ok(Response::Execution(row)) => shown(row),
                    other => blank(format!("{other:?}")),
                });
                let (first, second) = tokio::join!(cluster.call(both.0), cluster.call(both.1));
                answers.extend([first, second].map(|answer| match &answer {
                    Ok(Response::Execution(row)) => shown(row),
                    other => blank(format!("{other:?}")),
                }));
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            answers.extend(world.tables(|tables| {
                let of_tree = tables.executions.values().filter(|e| e.root_id == root_id);
                of_tree.map(&shown).collect::<Vec<String>>()
            }));
        }
        assert!(world.violations().is_empty(), "{:?}", world.violations());
        answers
    })
}

/// Cancels and deletes trees that a process reads after its start, for others who wait for them already; then all of them are over.
pub(in crate::sim) fn stopped_while_read() {
    paused().block_on(async {
        let mut scenario = Scenario::draw(0).calm();
        scenario.workflows = "
version: '2.0'
slow:
  input: [n]
  tasks:
    one: {workflow: slow_leaf}
    some: {with-items: 'i in <% range(0, 5) %>', workflow: slow_leaf}
slow_leaf:
  tasks:
    work: {action: sim.work seconds=60, safe-rerun: true}
"
        .to_owned();
        let world = Arc::new(World::new(0, false));
        let cluster = Arc::new(Cluster::of_one(&world, &scenario));
        cluster.boot(0).await;
        let mut roots = Vec::new();
        for _ in 0..12 {
            let client = Client {
                begins: Duration::ZERO,
                workflow: "slow".to_owned(),
                n: 1,
                chooses_id: true,
                meddling: Meddling::Nothing,
            };
            let start = cluster.start_request(&client).expect("a workflow");
            roots.push(start.execution_id);
            let (begun, _) = cluster.insist(Request::Start(Box::new(start))).await;
            assert!(begun.is_ok(), "{begun:?}");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let update = |root_id, state| {
            Request::UpdateExecution(UpdateExecution {
                root_id,
                execution_id: root_id,
                description: None,
                state: Some(state),
                state_info: None,
                env: None,
                security: None,
            })
        };
        for root_id in roots.iter().skip(2).step_by(3) {
            let (paused, _) = cluster.insist(update(*root_id, State::Paused)).await;
            assert!(paused.is_ok(), "{paused:?}");
        }
        let down = Duration::from_millis(100);
        cluster
            .clone()
            .strike(Duration::ZERO, Disaster::Kill { slot: 0, down })
            .await;
        let stops = roots.iter().enumerate().map(|(n, root_id)| {
            let (cluster, execution_id, root_id) = (cluster.clone(), *root_id, *root_id);
            async move {
                let other = Request::Rerun(Rerun {
                    root_id,
                    task_id: root_id,
                    reset: true,
                    skip: false,
                    env: None,
                    security: None,
                });
                let stop = match n % 3 {
                    0 => Request::DeleteExecution { root_id, execution_id },
                    _ => update(root_id, State::Cancelled),
                };
                let (refused, (stopped, _)) = tokio::join!(cluster.insist(other), cluster.insist(stop));
                let refused = refused.0.expect_err("there is no such task");
                assert_eq!(refused.kind, Kind::NotFound, "{refused:?}");
                match stopped {
                    Ok(Response::Done) if n % 3 == 0 => {}
                    Ok(Response::Execution(row)) if n % 3 > 0 => assert_eq!(row.state, State::Cancelled),
                    other => panic!("{other:?}"),
                }
            }
        });
        futures_util::future::join_all(stops).await;
        tokio::time::sleep(Duration::from_secs(120)).await;
        world.tables(|tables| {
            for execution in tables.executions.values() {
                let place = roots.iter().position(|root| *root == execution.root_id);
                assert!(place.is_some_and(|n| n % 3 > 0));
                assert!(execution.state.is_completed(), "{execution:?}");
            }
            assert!(tables.queue.is_empty() && tables.timers.is_empty());
        });
        assert!(world.violations().is_empty(), "{:?}", world.violations());
    });
}
