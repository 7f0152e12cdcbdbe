//! Plays a case: the engine's own decisions, virtual time, answers of mocks.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use mistral_flow::{Decision, Effects, Failure, Options, Ports, Rows, Timer, Tree};
use mistral_model::action::{Catalog as _, Job, Outcome};
use mistral_model::id::Generator;
use mistral_model::record;
use mistral_model::refusal::Kind;
use mistral_model::request::{Start, UpdateExecution};
use mistral_model::{Id, Payload, Shard, State, Time, Value};

use super::file::{Answer, Case, has};
use super::library::{Actions, Library};

const SHARD: Shard = Shard(3);
/// When every test begins: 2027-01-15, 08:00 UTC.
const BEGIN: Time = Time(1_800_000_000_000_000);
/// Events of one case; more is a loop without end.
const MAX_EVENTS: usize = 20_000;
/// Pieces of work that may follow from one event.
const MAX_WORK: usize = 200_000;

/// How a case is played.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    /// Answers that come at the same time come in an order that follows from this.
    pub seed: Option<u64>,
    /// After so many events the engine dies and another one goes on from the rows.
    pub crash_after: Option<usize>,
}

/// A case that was played.
pub(super) struct Played {
    pub tree: Tree,
    /// Virtual seconds.
    pub duration: f64,
    pub events: usize,
    /// What went wrong with the play itself.
    pub problem: Option<String>,
    /// Positions of the mocks that answered.
    pub answered: HashSet<usize>,
}

/// An action that will answer.
struct Pending {
    job: Job,
    outcome: Outcome,
    due: Time,
}

/// Rows as a store would hold them.
#[derive(Default)]
struct Stored {
    executions: BTreeMap<Id, record::Execution>,
    tasks: BTreeMap<Id, record::Task>,
    actions: BTreeMap<Id, record::Action>,
}

struct World<'c> {
    library: &'c Library,
    actions: &'c Actions,
    case: &'c Case,
    options: Options,
    ids: RefCell<Generator>,
    random: Generator,
    manner: Manner,
    now: Time,
    tree: Tree,
    pending: Vec<Pending>,
    /// Jobs that never answer.
    silent: Vec<Job>,
    timers: Vec<Timer>,
    calls: HashMap<(Id, i64), i64>,
    stored: Stored,
    problem: Option<String>,
    answered: HashSet<usize>,
    /// When the execution ended.
    ended: Option<Time>,
}

/// Plays a case of a workflow.
pub(super) fn play(library: &Library, actions: &Actions, case: &Case, manner: Manner) -> Played {
    let ids = RefCell::new(Generator::new(7));
    let root_id = ids.borrow_mut().next(BEGIN.0, SHARD);
    let mut world = World {
        library,
        actions,
        case,
        // Every action goes through the mocks.
        options: Options {
            inline_actions: false,
            ..Options::default()
        },
        ids,
        random: Generator::new(manner.seed.unwrap_or_default()),
        manner,
        now: BEGIN,
        tree: Tree::new(root_id),
        pending: Vec::new(),
        silent: Vec::new(),
        timers: Vec::new(),
        calls: HashMap::new(),
        stored: Stored::default(),
        problem: None,
        answered: HashSet::new(),
        ended: None,
    };
    let events = match world.begin() {
        Ok(()) => world.run(),
        Err(failure) => {
            world.problem = Some(told(&failure));
            0
        }
    };
    Played {
        duration: (world.ended.unwrap_or(world.now).0 - BEGIN.0) as f64 / 1e6,
        tree: world.tree,
        events,
        problem: world.problem,
        answered: world.answered,
    }
}

fn told(failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => format!("refused: {refusal}"),
        Failure::Workflow(message) | Failure::Task(message) => message.clone(),
        // Everything is known here.
        Failure::Needs(needs) => format!("{needs:?}"),
    }
}

impl World<'_> {
    fn begin(&mut self) -> Result<(), Failure> {
        let name = self.case.workflow.as_deref();
        let Some(definition) = self.library.find(name) else {
            return Err(Failure::refused(
                Kind::NotFound,
                format!("there is no workflow {}", name.unwrap_or("at all")),
            ));
        };
        let start = Start {
            execution_id: self.tree.root_id,
            id_is_chosen: false,
            alias: None,
            workflow_id: definition.id,
            workflow_name: definition.name.clone(),
            workflow_namespace: definition.namespace.clone(),
            workbook_name: definition.workbook_name.clone(),
            spec_hash: definition.spec_hash,
            project_id: None,
            scope: definition.scope,
            description: None,
            input: Payload::from_value(Value::dict(self.case.input.clone())),
            params: Payload::from_value(Value::dict(self.case.params.clone())),
            security: None,
            openstack: None,
        };
        self.decide(|decision| decision.start(&start))?;
        self.settle();
        Ok(())
    }

    /// Lets events happen until nothing more will; how many there were.
    fn run(&mut self) -> usize {
        let mut events = 0;
        while self.problem.is_none() {
            if self.manner.crash_after == Some(events) {
                self.crash();
            }
            let state = self.tree.root().state;
            if state.is_completed() {
                self.ended.get_or_insert(self.now);
                // What still runs ends on its own, as it does in the service; nobody waits for it.
                if self.pending.is_empty() {
                    break;
                }
            }
            if state == State::Paused && self.pending.is_empty() {
                if !self.case.resume {
                    break;
                }
                self.resume();
            } else if !self.next_event() {
                break;
            }
            events += 1;
            if events > MAX_EVENTS {
                self.problem = Some(format!("it does not end: {MAX_EVENTS} events are over"));
            }
        }
        events
    }

    /// Lets what is due first happen; false when there is nothing.
    fn next_event(&mut self) -> bool {
        let answer = self.pending.iter().map(|pending| pending.due).min();
        let timer = self.timers.iter().map(|timer| timer.fire_at).min();
        let due = match (answer, timer) {
            (None, None) => return false,
            (Some(one), Some(other)) => one.min(other),
            (Some(due), None) | (None, Some(due)) => due,
        };
        self.now = self.now.max(due);
        let answers: Vec<usize> = (0..self.pending.len())
            .filter(|n| self.pending[*n].due <= due)
            .collect();
        let timers: Vec<usize> = (0..self.timers.len())
            .filter(|n| self.timers[*n].fire_at <= due)
            .collect();
        // Answers come before time-outs of the same moment; with a seed in any order.
        let pick = match self.manner.seed {
            Some(_) => (self.random.random() % (answers.len() + timers.len()) as u64) as usize,
            None => 0,
        };
        let outcome = if let Some(n) = answers.get(pick) {
            let Pending { job, outcome, .. } = self.pending.remove(*n);
            self.decide(|decision| decision.action_result(job.action_id, Some(job.attempt), outcome))
        } else {
            let timer = self.timers.remove(timers[pick - answers.len()]);
            self.decide(|decision| decision.timer(&timer))
        };
        if let Err(failure) = outcome {
            self.problem.get_or_insert(told(&failure));
        }
        self.settle();
        true
    }

    fn resume(&mut self) {
        let update = UpdateExecution {
            root_id: self.tree.root_id,
            execution_id: self.tree.root_id,
            description: None,
            state: Some(State::Running),
            state_info: None,
            env: None,
            security: None,
        };
        if let Err(failure) = self.decide(|decision| decision.update_execution(&update)) {
            self.problem.get_or_insert(told(&failure));
        }
        self.settle();
    }

    fn decide<R>(&mut self, event: impl FnOnce(&mut Decision<'_>) -> R) -> R {
        let mut effects = Effects::default();
        let ports = Ports {
            now: self.now,
            ids: &self.ids,
            definitions: self.library,
            catalog: self.actions,
            options: &self.options,
        };
        let answer = event(&mut Decision {
            tree: &mut self.tree,
            ports: &ports,
            effects: &mut effects,
        });
        self.timers.extend(effects.timers);
        self.timers.retain(|timer| !effects.dropped_timers.contains(&timer.id));
        for job in effects.jobs {
            self.send(job);
        }
        let dropped = &effects.dropped_actions;
        self.pending.retain(|pending| !dropped.contains(&pending.job.action_id));
        self.silent.retain(|job| !dropped.contains(&job.action_id));
        answer
    }

    /// Works off what follows from an event, and saves.
    fn settle(&mut self) {
        let mut done = 0;
        loop {
            match self.decide(|decision| decision.work(64)) {
                Ok(true) => break,
                Ok(false) => {}
                Err(failure) => {
                    self.problem.get_or_insert(told(&failure));
                    break;
                }
            }
            done += 64;
            if done > MAX_WORK {
                self.problem
                    .get_or_insert("it does not end: tasks follow each other without pause".to_owned());
                break;
            }
        }
        if self.manner.crash_after.is_some() {
            self.save();
        }
    }

    fn save(&mut self) {
        let changes = self.tree.take_changes();
        for row in changes.new_executions.iter().chain(&changes.changed_executions) {
            self.stored.executions.insert(row.id, row.clone());
        }
        for row in changes.new_tasks.iter().chain(&changes.changed_tasks) {
            self.stored.tasks.insert(row.id, row.clone());
        }
        for row in changes.new_actions.iter().chain(&changes.changed_actions) {
            self.stored.actions.insert(row.id, row.clone());
        }
    }

    /// The engine dies after a commit: another one reads the rows and goes on.
    fn crash(&mut self) {
        self.save();
        let jobs = self.pending.iter().map(|pending| &pending.job).chain(&self.silent);
        let rows = Rows {
            executions: self.stored.executions.values().cloned().collect(),
            tasks: self.stored.tasks.values().cloned().collect(),
            actions: self.stored.actions.values().cloned().collect(),
            queued: jobs.map(|job| (job.action_id, job.attempt)).collect(),
            timers: self.timers.iter().map(|t| (t.id, t.event.clone())).collect(),
        };
        let root_id = self.tree.root_id;
        let loaded = self.decide(|decision| {
            Tree::load(
                root_id,
                rows.clone(),
                decision.ports.definitions,
                decision.ports.options,
            )
        });
        match loaded {
            Ok(tree) => self.tree = tree,
            Err(failure) => {
                self.problem.get_or_insert(told(&failure));
                return;
            }
        }
        if let Err(failure) = self.decide(|decision| decision.recover()) {
            self.problem.get_or_insert(told(&failure));
        }
        self.settle();
    }

    /// Finds out how a call ends.
    fn send(&mut self, job: Job) {
        let Some(a) = self.tree.action(job.action_id) else {
            return;
        };
        let (task, item) = self.tree.call_of(a);
        let row = self.tree.action_row(a);
        let (task_id, task_name, workflow) = match task {
            Some(t) => {
                let row = self.tree.task_row(t);
                (row.id, row.name.to_string(), row.origin.workflow_name.to_string())
            }
            None => (Id::default(), String::new(), String::new()),
        };
        let attempt = self.calls.entry((task_id, item)).or_default();
        *attempt += 1;
        let attempt = *attempt;
        let input = job.input.value().clone();
        let mock = self.case.mocks.iter().enumerate().find(|(_, mock)| {
            let fits = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
            fits(&mock.workflow, &workflow)
                && fits(&mock.task, &task_name)
                && mock
                    .action
                    .as_deref()
                    .is_none_or(|wanted| wanted == &*row.name || wanted == &*job.name)
                && mock.item.is_none_or(|wanted| wanted == item)
                && mock.attempt.is_none_or(|wanted| wanted == attempt)
                && mock
                    .with
                    .as_ref()
                    .is_none_or(|wanted| has(&input, wanted) || has(row.input.value(), wanted))
        });
        let (outcome, delay) = match mock {
            Some((n, mock)) => {
                self.answered.insert(n);
                match &mock.answer {
                    Answer::Result(value) => (Some(Outcome::Success(value.clone())), mock.delay),
                    Answer::Error(value) => (Some(Outcome::Error(value.clone())), mock.delay),
                    Answer::Never => (None, None),
                }
            }
            None => self.real(&job, &task_name),
        };
        match outcome {
            None => self.silent.push(job),
            Some(outcome) => {
                let natural = number(&input, "seconds").filter(|_| &*job.name == "std.sleep");
                let delay = delay.or(natural).unwrap_or_default();
                let due = self.now.plus_seconds(delay);
                self.pending.push(Pending { job, outcome, due });
            }
        }
    }

    /// What an action without mock does: the pure ones what they always do, sleeping takes virtual time.
    fn real(&mut self, job: &Job, task: &str) -> (Option<Outcome>, Option<f64>) {
        let Some(descriptor) = self.actions.find(&job.name) else {
            self.problem.get_or_insert(format!("there is no action {}", job.name));
            return (None, None);
        };
        let input = job.input.value().as_dict().cloned().unwrap_or_default();
        match &*job.name {
            "std.sleep" | "std.async_noop" => {
                let sleeps = &*job.name == "std.sleep";
                return (sleeps.then_some(Outcome::Success(Value::Null)), None);
            }
            "std.echo" | "std.test_dict" => {
                let mut instant = input.clone();
                let delay = number(job.input.value(), "delay");
                instant.shift_remove("delay");
                if let Some(outcome) = descriptor.inline.and_then(|run| run(&instant, Some(job.action_id))) {
                    return (Some(outcome), delay);
                }
            }
            _ => {}
        }
        match descriptor.inline.and_then(|run| run(&input, Some(job.action_id))) {
            Some(outcome) => (Some(outcome), None),
            None => {
                let problem = format!(
                    "task `{task}` calls {} and no mock answers: add `{{task: {task}, result: …}}` to `mocks`",
                    job.name
                );
                self.problem.get_or_insert(problem);
                (None, None)
            }
        }
    }
}

fn number(input: &Value, key: &str) -> Option<f64> {
    match input.get(key)? {
        Value::Int(n) => Some(*n as f64),
        Value::Float(f) => Some(*f),
        Value::Str(text) => text.trim().parse().ok(),
        _ => None,
    }
}
