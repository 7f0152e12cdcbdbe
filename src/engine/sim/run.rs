//! Plays a scenario. In `alone`: one node without faults.

mod alone;

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
pub(super) use alone::{answers_of_ended, begun_anew, executed, locks_of_starts, stopped_while_read};
use mistral_flow::WorkflowDefinition;
use mistral_model::action::Outcome;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::{ActionChange, Request, Response, RunAction, Start, UpdateAction, UpdateExecution};
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
    paused().block_on(run(scenario.clone(), keep_lines))
}

/// One thread, whose clock stands still while anything can be done.
fn paused() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output")
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
