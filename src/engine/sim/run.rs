//! Plays a scenario.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use rand::Rng;
use tokio::time::Instant;

use super::library::{self, Library};
use super::link::Link;
use super::net::SimNetwork;
use super::scenario::{Caller, Client, Disaster, Flood, Meddling, NodePlan, Scenario};
use super::world::{Control, NodeClock, World};
use super::{actions, check};
use crate::executor;
use crate::node::{ExecutorOptions, Node, Parts};
use crate::queue::claimer;
use mistral_flow::WorkflowDefinition;
use mistral_model::action::Outcome;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::{ActionChange, Request, Rerun, Response, RunAction, Start, UpdateAction, UpdateExecution};
use mistral_model::{Id, Payload, Shard, State, Value};

/// How long a cluster may take to finish everything once all works again.
const PATIENCE: Duration = Duration::from_secs(600);
/// Seconds without anything to do after which nothing can come any more.
const QUIET: u32 = 45;
/// How long a caller of an action may be kept waiting, besides the time that the action takes: two processes may die one
/// after the other.
const CALLER: Duration = Duration::from_secs(60);
/// How long an external system takes to answer `std.async_noop`.
const ANSWER_AFTER: i64 = 800_000;

/// What a client knows of its execution at the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Knowledge {
    pub execution_id: Option<Id>,
    /// The server said so.
    pub accepted: bool,
    /// It was cancelled, or that was tried.
    pub cancelled: bool,
}

/// How a run ended.
pub(super) struct Report {
    pub violations: Vec<String>,
    /// What each client's execution looks like; `None` where there is none.
    pub shapes: Vec<Option<String>>,
    /// What each client's execution says of itself.
    pub infos: Vec<String>,
    pub known: Vec<Knowledge>,
    pub hash: u64,
    pub lines: Vec<String>,
    pub commits: u64,
    /// The longest time that a start of the flood took.
    pub slowest_start: Duration,
    /// Shards of each node at the end.
    pub shares: Vec<usize>,
}

/// A process that runs.
struct Running {
    node: Node,
    control: Arc<Control>,
}

struct Cluster {
    world: Arc<World>,
    plans: Vec<NodePlan>,
    generated: Arc<Vec<WorkflowDefinition>>,
    slots: Mutex<Vec<Option<Running>>>,
    known: Mutex<Vec<Knowledge>>,
    mailbox: usize,
    /// What trees are done with leaves memory with each batch.
    is_thrifty: bool,
    /// Small trees grow, too, and are paused and resumed as large ones.
    all_grow: bool,
    /// Of the flood.
    slowest_start: Mutex<Duration>,
    /// Clients whose start has no answer yet: nothing of it need be in the tables.
    starting: AtomicUsize,
}

/// Where the processes of a slot are reached, one after the other.
fn address(slot: usize) -> String {
    format!("slot-{slot}")
}

/// Plays a scenario to its end. `keep_lines`: the report tells all that happened.
pub(super) fn play(scenario: &Scenario, keep_lines: bool) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output");
    runtime.block_on(run(scenario.clone(), keep_lines))
}

async fn run(scenario: Scenario, keep_lines: bool) -> Report {
    let world = Arc::new(World::new(scenario.seed, keep_lines));
    let cluster = Arc::new(Cluster {
        world: world.clone(),
        plans: scenario.nodes.clone(),
        generated: Arc::new(library::compile(&scenario.workflows, 1_000)),
        slots: Mutex::new(scenario.nodes.iter().map(|_| None).collect()),
        known: Mutex::new(vec![Knowledge::default(); scenario.clients.len()]),
        mailbox: scenario.mailbox,
        is_thrifty: scenario.seed % 2 == 1,
        all_grow: scenario.seed % 4 < 2,
        slowest_start: Mutex::default(),
        starting: AtomicUsize::new(0),
    });
    for (slot, plan) in scenario.nodes.iter().enumerate() {
        if plan.joins.is_zero() {
            cluster.boot(slot).await;
        }
    }
    world.set_faults(scenario.faults);
    for (slot, plan) in scenario
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, plan)| !plan.joins.is_zero())
    {
        tokio::spawn(cluster.clone().join(slot, plan.joins));
    }
    if let Some(flood) = scenario.flood {
        tokio::spawn(cluster.clone().flood(flood));
    }
    for (number, client) in scenario.clients.iter().cloned().enumerate() {
        tokio::spawn(cluster.clone().client(number, client));
    }
    for caller in scenario.callers.iter().cloned() {
        tokio::spawn(cluster.clone().caller(caller));
    }
    tokio::spawn(cluster.clone().external_system());
    for (at, disaster) in scenario.disasters.clone() {
        tokio::spawn(cluster.clone().strike(at, disaster));
    }
    tokio::time::sleep(scenario.heals).await;
    world.set_faults(Default::default());
    world.note("healed", "");
    let last_start = scenario
        .clients
        .iter()
        .map(|client| client.begins)
        .max()
        .unwrap_or_default();
    tokio::time::sleep(last_start.saturating_sub(scenario.heals) + Duration::from_secs(1)).await;
    let deadline = Instant::now() + PATIENCE;
    let mut quiet = 0;
    // Quiet for longer than any lease, poll, look-up or answer: nothing can come any more.
    while quiet < QUIET && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let is_quiet = cluster.starting.load(Ordering::Relaxed) == 0 && world.tables(|tables| check::is_quiet(tables));
        quiet = if is_quiet { quiet + 1 } else { 0 };
    }
    if quiet < QUIET {
        world.violation(format!(
            "not finished after {PATIENCE:?}: {}",
            world.tables(check::leftovers)
        ));
    }
    let wrong = world.tables(|tables| check::wrongly_listed(tables));
    wrong.into_iter().for_each(|text| world.violation(text));
    let known = cluster.known.lock().clone();
    let shapes = world.tables(|tables| {
        known
            .iter()
            .map(|k| k.execution_id.and_then(|id| check::shape(tables, id)))
            .collect()
    });
    let infos = world.tables(|tables| {
        let info = |k: &Knowledge| tables.executions.get(&k.execution_id?)?.state_info.clone();
        known
            .iter()
            .map(|k| info(k).as_deref().unwrap_or_default().to_owned())
            .collect()
    });
    let (hash, lines) = world.record();
    let slowest_start = *cluster.slowest_start.lock();
    let shares = {
        let slots = cluster.slots.lock();
        let nodes = slots.iter().flatten();
        nodes
            .map(|running| running.node.engine().shared.owned().len())
            .collect()
    };
    Report {
        slowest_start,
        shares,
        violations: world.violations(),
        shapes,
        infos,
        known,
        hash,
        lines,
        commits: world.tables(|tables| tables.commits),
    }
}

/// How often the mutexes of the engine are taken while so many executions are started, one after the other, on one node without
/// faults, and how many of them were accepted.
pub(super) fn locks_of_starts(count: usize) -> (u64, usize) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output");
    runtime.block_on(async {
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
pub(super) struct Executed {
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
pub(super) fn executed(count: usize) -> Executed {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output");
    runtime.block_on(async {
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

/// What is answered to all that somebody may ask of executions that have ended, and what their rows are afterwards, without ids and times; with
/// all of their trees read for that, or with what it takes.
pub(super) fn answers_of_ended(reads_all: bool) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output");
    runtime.block_on(async {
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
pub(super) fn stopped_while_read() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output");
    runtime.block_on(async {
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

impl Cluster {
    /// A cluster of one process, which has not begun.
    fn of_one(world: &Arc<World>, scenario: &Scenario) -> Cluster {
        Cluster {
            world: world.clone(),
            plans: scenario.nodes.clone(),
            generated: Arc::new(library::compile(&scenario.workflows, 1_000)),
            slots: Mutex::new(vec![None]),
            known: Mutex::default(),
            mailbox: 64,
            is_thrifty: false,
            all_grow: false,
            slowest_start: Mutex::default(),
            starting: AtomicUsize::new(0),
        }
    }

    async fn join(self: Arc<Self>, slot: usize, after: Duration) {
        tokio::time::sleep(after).await;
        // A disaster may have started it already.
        if self.slots.lock()[slot].is_none() {
            self.boot(slot).await;
        }
    }

    /// Small workflows, whatever becomes of them.
    async fn flood(self: Arc<Self>, flood: Flood) {
        tokio::time::sleep(flood.from).await;
        let began = Instant::now();
        while began.elapsed() < flood.until - flood.from {
            let client = Client {
                begins: Duration::ZERO,
                workflow: library::SMALL.to_owned(),
                n: 1,
                chooses_id: false,
                meddling: Meddling::Nothing,
            };
            let cluster = self.clone();
            tokio::spawn(async move {
                let Some(start) = cluster.start_request(&client) else {
                    return;
                };
                let began = Instant::now();
                if cluster.call(Request::Start(Box::new(start))).await.is_ok() {
                    let mut slowest = cluster.slowest_start.lock();
                    *slowest = (*slowest).max(began.elapsed());
                }
            });
            tokio::time::sleep(flood.every).await;
        }
    }

    /// Starts the process of a slot; tries until it succeeds.
    async fn boot(&self, slot: usize) {
        loop {
            let now = self.world.now();
            let id = self
                .world
                .random(|r| Id::new((now.0 / 1000) as u64, 0, Shard(r.random()), r.random()));
            let plan = self.plans[slot];
            let control = Arc::new(Control::new(id, plan.skew));
            match self.start(slot, plan, control.clone()).await {
                Ok(node) => {
                    self.world.note("booted", format_args!("{slot} as {id}"));
                    self.slots.lock()[slot] = Some(Running { node, control });
                    return;
                }
                Err(error) => {
                    control.kill();
                    self.world.note("boot failed", error);
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    async fn start(&self, slot: usize, plan: NodePlan, control: Arc<Control>) -> Result<Node, mistral_store::Error> {
        let link = Link {
            world: self.world.clone(),
            control: control.clone(),
        };
        let mut roles = vec!["api"];
        roles.extend(plan.engine.then_some("engine"));
        roles.extend(plan.executor.then_some("executor"));
        let options = crate::Options {
            roles,
            loops: if plan.engine { 2 } else { 0 },
            mailbox: self.mailbox,
            // What ran in this slot before is known to be dead if it was killed.
            is_dead: Arc::new({
                let world = self.world.clone();
                move |id| world.was_killed(slot, id)
            }),
            batch_events: 16,
            batch_rows: 64,
            growing_rows: if self.all_grow { 2 } else { 1_024 },
            tree_memory: 100_000,
            tree_thrift: if self.is_thrifty { 0 } else { 75_000 },
            answer: Duration::from_secs(20),
            lookup: Duration::from_secs(40),
            peer: crate::peer::Options {
                ping: Duration::from_millis(800),
                doubt: Duration::from_secs(2),
                dead: Duration::from_secs(3),
                look: Duration::from_secs(4),
            },
            flow: mistral_flow::Options {
                items_per_piece: 16,
                turn_budget: if self.all_grow { 1 } else { 2_048 },
                rows_at_once: if self.all_grow { 0 } else { 2_000 },
                ..mistral_flow::Options::default()
            },
            threads: false,
            ..crate::Options::new(control.node, format!("node-{slot}"))
        };
        let seed = self.world.random(|r| r.random());
        let executing = plan.executor.then(|| ExecutorOptions {
            executor: executor::Options {
                slots: 4,
                backlog: 8,
                seed,
                ..executor::Options::default()
            },
            claimer: claimer::Options::default(),
            host: format!("node-{slot}"),
        });
        let actions = Arc::new(actions::registry(&self.world, &control));
        let parts = Parts {
            store: Arc::new(link.clone()),
            definitions: Arc::new(Library {
                generated: self.generated.clone(),
                link: link.clone(),
            }),
            catalog: actions.clone(),
            network: plan
                .linked
                .then(|| SimNetwork::listen(&self.world, &control, address(slot)) as Arc<dyn crate::peer::Network>),
            actions,
            environment: super::actions::environment(),
            clock: Arc::new(NodeClock {
                world: self.world.clone(),
                control: control.clone(),
            }),
        };
        Node::start(options, executing, parts, seed).await
    }

    async fn strike(self: Arc<Self>, at: Duration, disaster: Disaster) {
        tokio::time::sleep(at).await;
        self.world.note("disaster", format_args!("{disaster:?}"));
        match disaster {
            Disaster::Outage { pause } => self.world.cut_off(pause),
            Disaster::Cut { from, to, pause } => self.world.net.cut(&address(from), &address(to), pause),
            Disaster::Freeze { slot, pause } => {
                if let Some(running) = &self.slots.lock()[slot] {
                    running.control.freeze(pause);
                }
            }
            Disaster::Kill { slot, down } => {
                let Some(running) = self.slots.lock()[slot].take() else {
                    return;
                };
                running.control.kill();
                self.world.killed(slot, running.control.node);
                drop(running);
                tokio::time::sleep(down).await;
                self.boot(slot).await;
            }
            Disaster::Stop { slot, down } => {
                let Some(running) = self.slots.lock()[slot].take() else {
                    return;
                };
                running.node.stop(Duration::from_secs(5)).await;
                running.control.kill();
                tokio::time::sleep(down).await;
                self.boot(slot).await;
            }
        }
    }

    /// A request to any node that runs.
    async fn call(&self, request: Request) -> Result<Response, Refusal> {
        let engine = {
            let slots = self.slots.lock();
            let running: Vec<&Running> = slots.iter().flatten().collect();
            match running.len() {
                0 => None,
                count => {
                    let chosen = running[self.world.random(|r| r.random_range(0..count))];
                    Some((chosen.node.engine(), chosen.control.clone()))
                }
            }
        };
        let what = match &request {
            Request::UpdateExecution(update) => format!("{:?} {}", update.state, update.execution_id),
            other => format!("{}", other.routing_id()),
        };
        let answer = match engine {
            Some((engine, control)) => tokio::select! {
                biased;
                () = control.gone() => Err(Refusal::new(Kind::Unavailable, "connection reset")),
                answer = engine.call(request) => answer,
            },
            None => Err(Refusal::new(Kind::Unavailable, "connection refused")),
        };
        let outcome = answer.as_ref().map(drop);
        self.world.note("answer", format_args!("{what}: {outcome:?}"));
        answer
    }

    /// Asks until there is a definite answer. The second value: the first answer was one.
    async fn insist(&self, request: Request) -> (Result<Response, Refusal>, bool) {
        let mut at_once = true;
        loop {
            match self.call(request.clone()).await {
                Err(refusal) if is_passing(&refusal) => at_once = false,
                answer => return (answer, at_once),
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    async fn client(self: Arc<Self>, number: usize, client: Client) {
        tokio::time::sleep(client.begins).await;
        let Some(start) = self.start_request(&client) else {
            return;
        };
        let id = start.execution_id;
        let request = Request::Start(Box::new(start));
        self.known.lock()[number].execution_id = Some(id);
        self.starting.fetch_add(1, Ordering::Relaxed);
        let answer = match client.chooses_id {
            true => self.insist(request).await.0,
            false => self.call(request).await,
        };
        self.starting.fetch_sub(1, Ordering::Relaxed);
        match answer {
            Ok(_) => self.known.lock()[number].accepted = true,
            Err(refusal) if !is_passing(&refusal) => {
                return self.world.violation(format!("client {number} was refused: {refusal}"));
            }
            Err(_) => return,
        }
        let update = |state| {
            Request::UpdateExecution(UpdateExecution {
                root_id: id,
                execution_id: id,
                description: None,
                state: Some(state),
                state_info: None,
                env: None,
                security: None,
            })
        };
        match client.meddling {
            Meddling::Nothing => {}
            Meddling::Cancel { after } => {
                tokio::time::sleep(after).await;
                self.known.lock()[number].cancelled = true;
                // It may have ended meanwhile.
                let _ = self.insist(update(State::Cancelled)).await;
            }
            Meddling::Pause { after, pause } => {
                tokio::time::sleep(after).await;
                let (_, first) = self.insist(update(State::Paused)).await;
                tokio::time::sleep(pause).await;
                let (_, second) = self.insist(update(State::Running)).await;
                // A pause whose answer was lost may be carried out late; its client looks again.
                let certain = first && second;
                loop {
                    tokio::time::sleep(Duration::from_secs(10)).await;
                    let state = self.world.tables(|tables| tables.executions.get(&id).map(|e| e.state));
                    match state {
                        Some(State::Paused) if certain => {
                            return self
                                .world
                                .violation(format!("client {number}: paused again after it was resumed"));
                        }
                        Some(State::Paused) => drop(self.insist(update(State::Running)).await),
                        Some(state) if !state.is_completed() => {}
                        _ => return,
                    }
                }
            }
        }
    }

    /// Runs an action by itself; whatever happens, its caller gets an answer.
    async fn caller(self: Arc<Self>, caller: Caller) {
        tokio::time::sleep(caller.begins).await;
        let now = self.world.now();
        let action_id = self
            .world
            .random(|r| Id::new((now.0 / 1000) as u64, 0, Shard(r.random()), r.random()));
        let seconds = caller.tenths as f64 / 10.0;
        let request = Request::RunAction(Box::new(RunAction {
            action_id,
            name: "sim.work".into(),
            namespace: "".into(),
            input: Payload::from_json(format!("{{\"seconds\": {seconds:?}, \"result\": 7}}")),
            description: None,
            project_id: None,
            save_result: caller.save_result,
            run_sync: caller.run_sync,
            target: None,
            timeout: None,
            security: None,
        }));
        let is_waited_for = caller.run_sync || !caller.save_result;
        let limit = CALLER + Duration::from_secs_f64(seconds);
        match tokio::time::timeout(limit, self.call(request)).await {
            Err(_) => self.world.violation(format!("{caller:?} is forgotten: {action_id}")),
            Ok(Ok(Response::Action(row))) if is_waited_for => {
                let result = row.output.as_ref().and_then(|output| output.get("result").cloned());
                let is_lost = row.state == State::Error;
                if !is_lost && result != Some(Value::Int(7)) {
                    self.world
                        .violation(format!("{caller:?}: {:?} with {result:?}", row.state));
                }
            }
            // Refused, as calls are where a process dies.
            Ok(_) => {}
        }
    }

    fn start_request(&self, client: &Client) -> Option<Start> {
        let definition = Library::find(&self.generated, &client.workflow)?;
        let now = self.world.now();
        let execution_id = self
            .world
            .random(|r| Id::new((now.0 / 1000) as u64, 0, Shard(r.random()), r.random()));
        let params = match client.workflow.as_str() {
            library::BACKWARDS => r#"{"task_name": "goal"}"#,
            _ => "{}",
        };
        Some(Start {
            execution_id,
            id_is_chosen: client.chooses_id,
            alias: None,
            workflow_id: definition.id,
            workflow_name: definition.name,
            workflow_namespace: definition.namespace,
            workbook_name: None,
            spec_hash: definition.spec_hash,
            project_id: None,
            scope: definition.scope,
            description: None,
            input: Payload::from_json(format!("{{\"n\": {}}}", client.n)),
            params: Payload::from_json(params),
            security: None,
            openstack: None,
        })
    }

    /// Answers what `std.async_noop` asks, over the API; sometimes twice.
    async fn external_system(self: Arc<Self>) {
        let mut asked: BTreeMap<Id, u32> = BTreeMap::new();
        loop {
            tokio::time::sleep(Duration::from_millis(700)).await;
            let now = self.world.now();
            let open: Vec<(Id, Id)> = self.world.tables(|tables| {
                let waiting = tables.actions.values().filter(|a| {
                    &*a.name == "std.async_noop"
                        && !a.state.is_completed()
                        && !tables.queue.contains_key(&a.id)
                        && now.0 - a.created_at.0 > ANSWER_AFTER
                });
                waiting.map(|a| (a.root_id, a.id)).collect()
            });
            for (root_id, action_id) in open {
                *asked.entry(action_id).or_default() += 1;
                let change = ActionChange::Complete(Outcome::Success(Value::Int(42)));
                let request = Request::UpdateAction(UpdateAction {
                    root_id,
                    action_id,
                    change,
                });
                let cluster = self.clone();
                tokio::spawn(async move { cluster.call(request).await });
            }
        }
    }
}

/// The same request may succeed later.
fn is_passing(refusal: &Refusal) -> bool {
    matches!(refusal.kind, Kind::Unavailable | Kind::Internal)
}
