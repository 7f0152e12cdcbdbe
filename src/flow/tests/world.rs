//! The world that a tree lives in, as small as it can be.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    ActionDefinition, Answers, Decision, Definitions, Effects, Failure, Found, Lack, Need, Options, Ports, Rows,
    Stopped, Timer, Tree, WorkflowDefinition, attempt,
};
use mistral_expr as expr;
use mistral_lang::{compile, document, spec};
use mistral_model::action::{Catalog, Descriptor, Job, Outcome, Parameter};
use mistral_model::id::Generator;
use mistral_model::preview::Preview;
use mistral_model::record::{self, Scope};
use mistral_model::request::{Rerun, Start, UpdateExecution};
use mistral_model::{Id, Payload, Shard, State, Time, Value, json};

const SHARD: Shard = Shard(3);
const BEGIN: Time = Time(1_800_000_000_000_000);

/// What `std.fail` says here.
pub(super) const FAILED: &str = "failed on purpose";

fn action(name: &'static str, parameters: &'static [Parameter]) -> Descriptor {
    Descriptor {
        name,
        class: name,
        description: "",
        parameters,
        accepts_any: false,
        input_text: "",
        is_sync: true,
        is_repeatable: false,
        check: |_| Ok(()),
        inline: None,
        remote: None,
    }
}

/// Inline: `std.noop`, `std.echo`, `std.fail`; on an executor: `std.sleep`, `std.async_noop`.
struct BuiltIns(Vec<Descriptor>);

impl BuiltIns {
    fn new() -> BuiltIns {
        const OUTPUT: &[Parameter] = &[
            Parameter {
                name: "output",
                default: Some("null"),
            },
            Parameter {
                name: "delay",
                default: Some("0"),
            },
        ];
        const SECONDS: &[Parameter] = &[Parameter {
            name: "seconds",
            default: Some("1"),
        }];
        BuiltIns(vec![
            Descriptor {
                inline: Some(|_, _| Some(Outcome::Success(Value::Null))),
                ..action("std.noop", &[])
            },
            Descriptor {
                // With a delay it needs an executor after all.
                inline: Some(|input, _| match input.get("delay") {
                    None => Some(Outcome::Success(input.get("output").cloned().unwrap_or_default())),
                    Some(_) => None,
                }),
                ..action("std.echo", OUTPUT)
            },
            Descriptor {
                inline: Some(|_, _| Some(Outcome::Error(FAILED.into()))),
                ..action("std.fail", &[])
            },
            action("std.sleep", SECONDS),
            Descriptor {
                is_sync: false,
                is_repeatable: false,
                ..action("std.async_noop", &[])
            },
        ])
    }
}

impl Catalog for BuiltIns {
    fn find(&self, name: &str) -> Option<&Descriptor> {
        self.0.iter().find(|d| d.name == name)
    }

    fn all(&self) -> Vec<&Descriptor> {
        self.0.iter().collect()
    }
}

/// Two of anything, somewhere else.
fn two() -> Value {
    Value::list(vec![Value::empty_dict(), Value::empty_dict()])
}

struct Library {
    all: Vec<WorkflowDefinition>,
    /// Says at first that it does not know; what it was asked for.
    late: bool,
    asked: RefCell<Vec<Need>>,
}

impl Library {
    fn new(text: &str) -> Library {
        let options = expr::Options::default();
        let documents = document::parse_workflows(text, true, &options).unwrap();
        let definition = |(n, document): (usize, document::WorkflowDocument)| WorkflowDefinition {
            id: Id(n as u128 + 100),
            spec: Arc::new(compile::compile_workflow(&document.raw, &options).unwrap()),
            name: document.name,
            namespace: "".into(),
            workbook_name: None,
            scope: Scope::Private,
            spec_hash: Id(n as u128 + 1),
        };
        Library {
            all: documents.into_iter().enumerate().map(definition).collect(),
            late: false,
            asked: RefCell::default(),
        }
    }

    fn answer<T>(&self, need: Need, answer: T) -> Result<T, Lack> {
        if self.late {
            self.asked.borrow_mut().push(need);
            return Err(Lack::Unknown);
        }
        Ok(answer)
    }

    fn by_hash(&self, hash: Id) -> Option<Arc<spec::Workflow>> {
        self.all.iter().find(|d| d.spec_hash == hash).map(|d| d.spec.clone())
    }

    fn by_name(&self, name: &str) -> Option<WorkflowDefinition> {
        self.all.iter().find(|d| &*d.name == name).cloned()
    }

    /// What the store would say.
    fn find(&self, need: &Need) -> Found {
        match need {
            Need::Spec(hash) => Found::Spec(self.by_hash(*hash)),
            Need::Workflow { name, .. } => Found::Workflow(self.by_name(name)),
            Need::Action { .. } => Found::Action(None),
            Need::DynamicAction { .. } => Found::DynamicAction(None),
            Need::Environment { .. } => Found::Environment(None),
            Need::Tasks(..) | Need::Executions(..) => Found::List(two()),
            Need::Room => Found::Failed("no room".into()),
        }
    }
}

impl Definitions for Library {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Lack> {
        self.answer(Need::Spec(hash), self.by_hash(hash))
    }

    fn workflow(&self, name: &str, namespace: &str, _: Option<&str>) -> Result<Option<WorkflowDefinition>, Lack> {
        let need = Need::Workflow {
            name: name.into(),
            namespace: namespace.into(),
            project: None,
        };
        self.answer(need, self.by_name(name))
    }

    fn action(&self, name: &str, namespace: &str, _: Option<&str>) -> Result<Option<Arc<ActionDefinition>>, Lack> {
        let need = Need::Action {
            name: name.into(),
            namespace: namespace.into(),
            project: None,
        };
        self.answer(need, None)
    }

    fn environment(&self, _: &str, _: Option<&str>) -> Result<Option<Value>, Lack> {
        Ok(None)
    }

    fn tasks(&self, query: &expr::TasksQuery, _: Option<&str>) -> Result<Value, Lack> {
        self.answer(Need::Tasks(query.clone(), None), two())
    }

    fn executions(&self, query: &expr::ExecutionsQuery, _: Option<&str>) -> Result<Value, Lack> {
        self.answer(Need::Executions(query.clone(), None), two())
    }
}

/// Rows as a store would hold them.
#[derive(Default)]
struct Stored {
    executions: BTreeMap<Id, record::Execution>,
    tasks: BTreeMap<Id, record::Task>,
    actions: BTreeMap<Id, record::Action>,
}

/// One tree with everything that it waits for.
pub(super) struct World {
    library: Library,
    catalog: BuiltIns,
    pub options: Options,
    ids: RefCell<Generator>,
    pub now: Time,
    pub tree: Tree,
    /// Actions that wait for their result, in the order in which they were sent.
    pub jobs: Vec<Job>,
    /// Timers that are set, in the order in which they were set.
    pub timers: Vec<Timer>,
    /// Decisions have to ask for what they need, and are made again with the answers.
    pub late: bool,
    /// Pieces of work done so far.
    pub pieces: usize,
    /// What the tree is done with leaves memory whenever it is saved.
    pub is_thrifty: bool,
    /// Rows that have left.
    pub gone: usize,
    /// How often the tree had to be read because of that.
    pub readings: usize,
    stored: Stored,
}

/// A JSON text as a value.
pub(super) fn value(text: &str) -> Value {
    json::parse(text.as_bytes()).unwrap()
}

pub(super) fn success(text: &str) -> Outcome {
    Outcome::Success(value(text))
}

pub(super) fn error(text: &str) -> Outcome {
    Outcome::Error(text.into())
}

/// As it comes back from a store.
fn stored<T: serde::Serialize + serde::de::DeserializeOwned>(row: &T) -> T {
    serde_json::from_str(&serde_json::to_string(row).unwrap()).unwrap()
}

impl World {
    pub(super) fn new(definitions: &str) -> World {
        let ids = RefCell::new(Generator::new(7));
        let root_id = ids.borrow_mut().next(BEGIN.0, SHARD);
        World {
            library: Library::new(definitions),
            catalog: BuiltIns::new(),
            options: Options::default(),
            ids,
            now: BEGIN,
            tree: Tree::new(root_id),
            jobs: Vec::new(),
            timers: Vec::new(),
            late: false,
            pieces: 0,
            is_thrifty: false,
            gone: 0,
            readings: 0,
            stored: Stored::default(),
        }
    }

    /// Starts the first workflow of the text and works off what follows.
    pub(super) fn start(definitions: &str, input: &str) -> World {
        let mut world = World::new(definitions);
        world.begin(input, "{}").unwrap();
        world.settle();
        world
    }

    pub(super) fn begin(&mut self, input: &str, params: &str) -> Result<record::Execution, Failure> {
        let definition = &self.library.all[0];
        let start = Start {
            execution_id: self.tree.root_id,
            id_is_chosen: false,
            alias: None,
            workflow_id: definition.id,
            workflow_name: definition.name.clone(),
            workflow_namespace: definition.namespace.clone(),
            workbook_name: None,
            spec_hash: definition.spec_hash,
            project_id: None,
            scope: Scope::Private,
            description: None,
            input: Payload::from_json(input.to_owned()),
            params: Payload::from_json(params.to_owned()),
            security: None,
            openstack: None,
        };
        self.decide(|decision| decision.start(&start))
    }

    /// One decision without what follows from it.
    pub(super) fn decide<R>(&mut self, event: impl Fn(&mut Decision<'_>) -> R) -> R {
        self.library.late = self.late;
        let mut answers = Answers::default();
        loop {
            let before = (self.late || self.is_thrifty).then(|| self.tree.clone());
            let mut effects = Effects::default();
            let answered = answers.over(&self.library);
            let ports = Ports {
                now: self.now,
                ids: &self.ids,
                definitions: &answered,
                catalog: &self.catalog,
                options: &self.options,
            };
            let outcome = attempt(|| {
                event(&mut Decision {
                    tree: &mut self.tree,
                    ports: &ports,
                    effects: &mut effects,
                })
            });
            let asked = self.library.asked.take();
            let answer = match outcome {
                Ok(answer) => answer,
                Err(stopped) => {
                    assert_eq!(stopped, Stopped::Absent);
                    self.tree = before.expect("rows leave thrifty trees only");
                    self.readings += 1;
                    self.crash();
                    continue;
                }
            };
            if let Some(before) = before.filter(|_| !asked.is_empty()) {
                // Given up: nothing of it is left.
                self.tree = before;
                let found = asked.into_iter().map(|need| {
                    let found = self.library.find(&need);
                    (need, found)
                });
                answers.add(found.collect());
                continue;
            }
            self.jobs.extend(effects.jobs);
            self.jobs
                .retain(|job| !effects.dropped_actions.contains(&job.action_id));
            self.timers.extend(effects.timers);
            self.timers.retain(|timer| !effects.dropped_timers.contains(&timer.id));
            return answer;
        }
    }

    /// One decision with everything that follows from it, made durable.
    pub(super) fn event<R>(&mut self, event: impl Fn(&mut Decision<'_>) -> R) -> R {
        let answer = self.decide(event);
        self.settle();
        answer
    }

    /// Works off what is left, and saves.
    pub(super) fn settle(&mut self) {
        while !self.work(1) {
            assert!(self.pieces < 1_000_000, "work without end");
        }
        self.save();
    }

    /// At most `budget` pieces of work; `true`: nothing is left.
    pub(super) fn work(&mut self, budget: usize) -> bool {
        self.pieces += budget;
        self.decide(|decision| decision.work(budget)).unwrap()
    }

    pub(super) fn save(&mut self) {
        let changes = self.tree.take_changes();
        for row in changes.new_executions.iter().chain(&changes.changed_executions) {
            self.stored.executions.insert(row.id, stored(row));
        }
        for row in changes.new_tasks.iter().chain(&changes.changed_tasks) {
            self.stored.tasks.insert(row.id, stored(row));
        }
        for row in changes.new_actions.iter().chain(&changes.changed_actions) {
            self.stored.actions.insert(row.id, stored(row));
        }
        if self.is_thrifty {
            self.gone += self.tree.let_go(usize::MAX).len();
        }
    }

    /// A row that the store does not hold as the tree has it, although all changes are saved.
    pub(super) fn difference_from_stored(&self) -> Option<String> {
        fn differs<T: serde::Serialize>(kept: Option<&T>, row: &T) -> Option<String> {
            let text = |row: &T| serde_json::to_string(row).unwrap();
            let (kept, row) = (kept.map(text), text(row));
            (kept.as_ref() != Some(&row)).then(|| format!("stored {kept:?}\n  tree {row}"))
        }
        let executions = (0..self.tree.executions.len()).map(|e| self.tree.execution_row(crate::ExecutionIndex(e)));
        let tasks = (0..self.tree.tasks.len()).map(|t| self.tree.task_row(crate::TaskIndex(t)));
        executions
            .filter_map(|row| differs(self.stored.executions.get(&row.id), &row))
            .chain(tasks.filter_map(|row| differs(self.stored.tasks.get(&row.id), &row)))
            .chain((self.tree.actions.iter()).filter_map(|a| differs(self.stored.actions.get(&a.row.id), &a.row)))
            .next()
    }

    /// The tree as somebody else reads it.
    pub(super) fn copy(&mut self) -> World {
        let mut copy = World {
            library: Library {
                all: self.library.all.clone(),
                late: self.late,
                asked: RefCell::default(),
            },
            catalog: BuiltIns::new(),
            options: self.options.clone(),
            ids: RefCell::new(Generator::new(11)),
            now: self.now,
            tree: Tree::new(self.tree.root_id),
            jobs: self.jobs.clone(),
            timers: self.timers.clone(),
            late: self.late,
            pieces: 0,
            is_thrifty: false,
            gone: 0,
            readings: 0,
            stored: Stored {
                executions: self.stored.executions.clone(),
                tasks: self.stored.tasks.clone(),
                actions: self.stored.actions.clone(),
            },
        };
        copy.reload();
        copy.tree.begin_preview();
        copy
    }

    /// Does what the rows of a copy still ask for. `true`: something changed by that.
    pub(super) fn read_anew(&mut self) -> bool {
        self.decide(|decision| decision.recover()).unwrap();
        while !self.work(1) {
            assert!(self.pieces < 1_000_000, "work without end");
        }
        self.tree.preview(&Effects::default()) != Preview::default()
    }

    /// What a decision would change, with all that follows at once.
    pub(super) fn preview<R>(
        &mut self,
        event: impl Fn(&mut Decision<'_>) -> Result<R, Failure>,
    ) -> Result<Preview, Failure> {
        self.pieces = 0;
        self.tree.begin_preview();
        let refused = self.decide(&event).err();
        while !self.work(1) {
            assert!(self.pieces < 1_000_000, "work without end");
        }
        let effects = Effects::default();
        refused.map_or_else(|| Ok(self.tree.preview(&effects)), Err)
    }

    /// The owner dies after a commit: another one reads the rows and goes on. Work that was queued is lost.
    pub(super) fn crash(&mut self) {
        self.reload();
        self.decide(|decision| decision.recover()).unwrap();
    }

    /// The same, where the clock of the other one is so many seconds behind.
    pub(super) fn crash_to_a_slower_clock(&mut self, seconds: f64) {
        self.now = self.now.plus_seconds(-seconds);
        self.ids = RefCell::new(Generator::new(9));
        self.crash();
    }

    /// Every row is in memory, for those who look at all of them when the run is over. Nobody takes the tree over: that would look at
    /// joins again which the end of the run has left waiting.
    pub(super) fn complete_tree(&mut self) {
        self.is_thrifty = false;
        self.reload();
    }

    /// A task by its number, though it may have left memory.
    pub(super) fn nth_task(&self, n: usize) -> record::Task {
        match self.tree.tasks.get(crate::TaskIndex(n)) {
            Some(_) => self.tree.task_row(crate::TaskIndex(n)),
            None => self.stored.tasks.values().nth(n).expect("a row").clone(),
        }
    }

    /// The same of an execution.
    pub(super) fn nth_execution(&self, n: usize) -> record::Execution {
        match self.tree.executions.get(crate::ExecutionIndex(n)) {
            Some(_) => self.tree.execution_row(crate::ExecutionIndex(n)),
            None => self.stored.executions.values().nth(n).expect("a row").clone(),
        }
    }

    fn reload(&mut self) {
        self.save();
        let rows = Rows {
            executions: self.stored.executions.values().cloned().collect(),
            tasks: self.stored.tasks.values().cloned().collect(),
            actions: self.stored.actions.values().cloned().collect(),
            queued: self.jobs.iter().map(|job| (job.action_id, job.attempt)).collect(),
            timers: self.timers.iter().map(|t| (t.id, t.event.clone())).collect(),
        };
        let root_id = self.tree.root_id;
        self.tree = self
            .decide(|decision| {
                Tree::load(
                    root_id,
                    rows.clone(),
                    decision.ports.definitions,
                    decision.ports.options,
                )
            })
            .unwrap();
    }

    /// The executor reports the result of the job at this position, without what follows.
    pub(super) fn report(&mut self, position: usize, outcome: Outcome) {
        let job = self.jobs.remove(position);
        self.decide(|d| d.action_result(job.action_id, Some(job.attempt), outcome.clone()))
            .unwrap();
    }

    /// Completes the oldest open action of this task.
    pub(super) fn complete(&mut self, task: &str, outcome: Outcome) {
        let position = (0..self.jobs.len()).find(|n| self.job_task(*n) == task);
        self.report(position.expect("the task waits for an action"), outcome);
        self.settle();
    }

    /// The task that a job belongs to.
    pub(super) fn job_task(&self, position: usize) -> String {
        let id = self.jobs[position].context.task_execution_id.as_deref();
        let t = self.tree.task(id.unwrap().parse().unwrap()).unwrap();
        self.tree.tasks[t].row.name.to_string()
    }

    /// Time passes until the timer at this position is due, which then fires, without what follows.
    pub(super) fn fire_at(&mut self, position: usize) {
        let timer = self.timers.remove(position);
        self.now = self.now.max(timer.fire_at);
        self.decide(|decision| decision.timer(&timer)).unwrap();
    }

    /// Fires the timer that is due first. Gives how long that took, in seconds.
    pub(super) fn fire(&mut self) -> f64 {
        let before = self.now;
        let first = (0..self.timers.len()).min_by_key(|n| self.timers[*n].fire_at);
        self.fire_at(first.expect("a timer is set"));
        self.settle();
        (self.now.0 - before.0) as f64 / 1e6
    }

    pub(super) fn update(&mut self, state: State) -> Result<(), Failure> {
        let id = self.tree.root_id;
        self.update_execution(id, state)
    }

    pub(super) fn update_execution(&mut self, execution_id: Id, state: State) -> Result<(), Failure> {
        let done = self.update_execution_later(execution_id, state);
        self.settle();
        done
    }

    /// The same without what follows.
    pub(super) fn update_execution_later(&mut self, execution_id: Id, state: State) -> Result<(), Failure> {
        let update = UpdateExecution {
            root_id: self.tree.root_id,
            execution_id,
            description: None,
            state: Some(state),
            state_info: None,
            env: None,
            security: None,
        };
        self.decide(|decision| decision.update_execution(&update)).map(|_| ())
    }

    pub(super) fn rerun(&mut self, task: &str, reset: bool, skip: bool) -> Result<(), Failure> {
        let done = self.rerun_later(self.task(task).id, reset, skip);
        self.settle();
        done
    }

    /// The same without what follows.
    pub(super) fn rerun_later(&mut self, task_id: Id, reset: bool, skip: bool) -> Result<(), Failure> {
        let rerun = Rerun {
            root_id: self.tree.root_id,
            task_id,
            reset,
            skip,
            env: None,
            security: None,
        };
        // The turn that accepts a rerun also begins it; where that has to be decided again, so has the other.
        let begins = self.is_thrifty;
        self.decide(|decision| {
            decision.rerun(&rerun)?;
            if begins {
                decision.work(1)?;
            }
            Ok(())
        })
    }

    /// Executions of a task, in order of creation.
    pub(super) fn tasks(&self, name: &str) -> Vec<record::Task> {
        let all = (0..self.tree.tasks.len()).map(|t| self.tree.task_row(crate::TaskIndex(t)));
        all.filter(|row| &*row.name == name).collect()
    }

    /// The only execution of a task.
    pub(super) fn task(&self, name: &str) -> record::Task {
        let mut found = self.tasks(name);
        assert_eq!(found.len(), 1, "executions of {name}");
        found.remove(0)
    }

    pub(super) fn state(&self, name: &str) -> State {
        self.task(name).state
    }

    /// `state_info` of a task, empty if there is none.
    pub(super) fn info(&self, name: &str) -> String {
        self.task(name).state_info.as_deref().unwrap_or_default().to_owned()
    }

    /// What a task published, as JSON.
    pub(super) fn published(&self, name: &str) -> Value {
        self.task(name).published.map_or(Value::Null, |p| p.value().clone())
    }

    /// Calls that a task made, in order.
    pub(super) fn actions(&self, name: &str) -> Vec<record::Action> {
        let ids: Vec<Id> = self.tasks(name).iter().map(|t| t.id).collect();
        let all = self.tree.actions.iter().map(|a| a.row.clone());
        all.filter(|row| row.task_id.is_some_and(|id| ids.contains(&id)))
            .collect()
    }

    /// Executions of a workflow, in order of creation.
    pub(super) fn executions(&self, workflow: &str) -> Vec<record::Execution> {
        let all = self.tree.executions.iter().map(|e| e.row.clone());
        all.filter(|row| &*row.origin.workflow_name == workflow).collect()
    }

    pub(super) fn root_state(&self) -> State {
        self.tree.root().state
    }

    pub(super) fn root_info(&self) -> String {
        self.tree.root().state_info.as_deref().unwrap_or_default().to_owned()
    }

    pub(super) fn output(&self) -> Value {
        self.tree.root().output.as_ref().unwrap().value().clone()
    }
}
