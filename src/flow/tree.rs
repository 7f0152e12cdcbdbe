//! One root execution with everything below it, in memory. Rows live in three arenas; indexes into them stay valid for the
//! life of the tree.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use smallvec::SmallVec;

use mistral_lang::spec;
use mistral_model::record::{self, SECURITY, TaskKind};
use mistral_model::{Dict, Id, Payload, Security, State, Str, Time, Value};

use super::dispatch::Command;
use super::items::Items;
use super::join::Arrivals;
use super::transition::{self, ActionEvent};

type IdMap<V> = HashMap<Id, V, foldhash::fast::RandomState>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExecutionIndex(pub usize);
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskIndex(pub usize);
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionIndex(pub usize);

/// What an id of the tree stands for.
#[derive(Clone, Copy, Debug)]
pub enum Entity {
    Execution(ExecutionIndex),
    Task(TaskIndex),
    Action(ActionIndex),
}

/// Whether a row has to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Never written: an insert is due.
    New,
    /// Written, and changed since.
    Changed,
    Clean,
}

impl Saved {
    pub fn touch(&mut self) {
        if *self == Saved::Clean {
            *self = Saved::Changed;
        }
    }
}

/// The clause a transition comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Success,
    Error,
    Complete,
    Skip,
}

impl Event {
    pub fn name(self) -> &'static str {
        match self {
            Event::Success => "on-success",
            Event::Error => "on-error",
            Event::Complete => "on-complete",
            Event::Skip => "on-skip",
        }
    }

    pub fn parse(name: &str) -> Option<Event> {
        [Event::Success, Event::Error, Event::Complete, Event::Skip]
            .into_iter()
            .find(|e| e.name() == name)
    }
}

/// Which task started another, and why: `{task_id, event}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    pub task_id: Id,
    /// An on-clause, or `not triggered` for a failed join; absent in reverse workflows.
    pub event: Option<Str>,
}

/// A child of a task: a call of an action or of a workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    Action(ActionIndex),
    Workflow(ExecutionIndex),
}

#[derive(Clone, Debug)]
pub struct Execution {
    pub row: record::Execution,
    pub spec: Arc<spec::Workflow>,
    pub parent: Option<TaskIndex>,
    /// Position among the items of a with-items task.
    pub item: i64,
    pub workbook_name: Option<Str>,
    pub backlog: Vec<Command>,
    /// In order of creation.
    pub tasks: Vec<TaskIndex>,
    /// Executions of each task of the spec, by its position there, in order of creation.
    pub by_spec: Vec<SmallVec<[TaskIndex; 1]>>,
    /// Tasks that have not ended.
    pub open_tasks: usize,
    pub saved: Saved,
    /// The state the membership table shows.
    pub listed_state: Option<State>,
    pub completion_check_queued: bool,
}

#[derive(Clone, Debug)]
pub struct Task {
    pub row: record::Task,
    pub spec: Arc<spec::Task>,
    pub execution: ExecutionIndex,
    /// Inbound context, `__versions` included.
    pub in_context: Arc<Dict>,
    pub triggered_by: SmallVec<[Trigger; 1]>,
    /// A join that was rerun or skipped does not even show an empty list of triggers.
    pub triggers_forgotten: bool,
    /// Null until completion.
    pub next_tasks: Option<SmallVec<[NextTask; 2]>>,
    /// What it published for all branches when it ended last.
    pub published_global: Option<Dict>,
    pub children: Vec<Child>,
    pub items: Option<Items>,
    pub concurrency: Option<Value>,
    pub retry_no: Option<i64>,
    /// A break of the retries removes the counter but leaves its place visible.
    pub retry_seen: bool,
    pub wait_before_done: bool,
    /// After pause-before a task does not wait, but the policy's place shows.
    pub wait_before_seen: bool,
    pub wait_after_done: bool,
    pub refresh_queued: bool,
    /// What is known of a join's inbound tasks; made when it is first looked at.
    pub arrivals: Option<Box<Arrivals>>,
    pub saved: Saved,
    /// The state the membership table shows; `None`: no row.
    pub listed_state: Option<State>,
    /// The layer that shows `__task_execution`.
    pub self_layer: Arc<Dict>,
}

/// An entry of `next_tasks`.
#[derive(Clone, Debug, PartialEq)]
pub struct NextTask {
    pub index: spec::TaskIndex,
    pub event: Option<Event>,
}

#[derive(Clone, Debug)]
pub struct Action {
    pub row: record::Action,
    pub task: Option<TaskIndex>,
    pub item: i64,
    pub attempt: u32,
    /// Ad-hoc definitions whose `output` has to be applied, innermost first.
    pub ad_hoc: Vec<Arc<super::ActionDefinition>>,
    pub safe_rerun: Value,
    /// Run by itself, without a row that stays.
    pub is_unsaved: bool,
    /// Run by itself with `run_sync`, whose result upstream never marks as accepted.
    pub is_waited_for: bool,
    /// Why the run of a stand-alone action is refused after all, by the size of its result.
    pub refusal: Option<Str>,
    /// The built-in action with its final input, while it has to be run inside the decision loop.
    pub inline: Option<InlineCall>,
    pub saved: Saved,
    /// Whether a row of the action queue exists for it.
    pub queued: bool,
    /// What the membership table shows.
    pub listed_state: Option<State>,
}

#[derive(Clone, Debug)]
pub struct InlineCall {
    pub run: fn(&Dict, Option<Id>) -> Option<mistral_model::action::Outcome>,
    pub input: Arc<Dict>,
    /// For the executor, if this input turns out to need one.
    pub timeout: Option<std::time::Duration>,
}

/// What follows from an event, worked off in order (upstream's post-transaction queue).
#[derive(Clone, Debug)]
pub(super) enum Work {
    StartTask {
        task: TaskIndex,
        first_run: bool,
        rerun: bool,
        reset: bool,
    },
    /// The items of a task that are not started yet.
    StartItems(TaskIndex),
    RunInline(ActionIndex),
    RefreshJoin(TaskIndex),
    CheckCompletion(ExecutionIndex),
    /// Tell the parent task of a finished child.
    ChildDone(ExecutionIndex),
}

#[derive(Clone, Debug)]
pub struct Tree {
    pub root_id: Id,
    pub(super) executions: Vec<Execution>,
    pub(super) tasks: Vec<Task>,
    pub(super) actions: Vec<Action>,
    pub(super) ids: IdMap<Entity>,
    pub(super) work: VecDeque<Work>,
    /// Rows marked since the last [`Tree::take_changes`].
    pub(super) dirty: Vec<Entity>,
    /// `{__env: …}` of the root.
    pub(super) env_layer: Arc<Dict>,
    /// What its actions may act with.
    pub(super) security: Option<Security>,
    /// Timers that are set, by id.
    pub(super) timers: IdMap<super::TimerEvent>,
    pub(super) deleted_executions: Vec<Id>,
    pub(super) deleted_actions: Vec<Id>,
    /// Executions that were removed from a live tree; their arena slots stay.
    pub(super) removed: std::collections::HashSet<ExecutionIndex>,
}

impl Tree {
    pub(super) fn empty(root_id: Id) -> Tree {
        Tree {
            root_id,
            executions: Vec::new(),
            tasks: Vec::new(),
            actions: Vec::new(),
            ids: IdMap::default(),
            work: VecDeque::new(),
            dirty: Vec::new(),
            env_layer: Arc::new(Dict::default()),
            security: None,
            timers: IdMap::default(),
            deleted_executions: Vec::new(),
            deleted_actions: Vec::new(),
            removed: Default::default(),
        }
    }

    pub fn execution(&self, id: Id) -> Option<ExecutionIndex> {
        match self.ids.get(&id) {
            Some(Entity::Execution(e)) => Some(*e),
            _ => None,
        }
    }

    pub fn task(&self, id: Id) -> Option<TaskIndex> {
        match self.ids.get(&id) {
            Some(Entity::Task(t)) => Some(*t),
            _ => None,
        }
    }

    pub fn action(&self, id: Id) -> Option<ActionIndex> {
        match self.ids.get(&id) {
            Some(Entity::Action(a)) => Some(*a),
            _ => None,
        }
    }

    /// From now on actions may act with this, if it is something.
    pub(super) fn act_with(&mut self, security: &Option<Security>, now: Time) {
        if security.is_some() && self.security != *security {
            self.security = security.clone();
            self.touch_execution(ExecutionIndex(0), now);
        }
    }

    /// The row of the root execution.
    pub fn root(&self) -> &record::Execution {
        &self.executions[0].row
    }

    /// Rows as they are now, for answers.
    pub fn execution_row(&self, e: ExecutionIndex) -> record::Execution {
        let mut row = self.executions[e.0].row.clone();
        row.runtime_context = self.execution_runtime(e);
        row
    }

    pub fn task_row(&self, t: TaskIndex) -> record::Task {
        let task = &self.tasks[t.0];
        let mut row = task.row.clone();
        let mut runtime = self.task_runtime(t);
        if let (Some(published), Value::Dict(runtime)) = (&task.published_global, &mut runtime) {
            Arc::make_mut(runtime).insert(record::PUBLISHED_GLOBAL.into(), Value::dict(published.clone()));
        }
        row.runtime_context = Payload::from_value(runtime);
        row.next_tasks = task.next_tasks.as_ref().map(|next| {
            let spec = &self.executions[task.execution.0].spec;
            let name = |n: &NextTask| {
                spec.tasks
                    .get_index(n.index)
                    .map_or(Value::Null, |(k, _)| Value::Str(k.clone()))
            };
            let event = |n: &NextTask| n.event.map_or(Value::Null, |e| Value::from(e.name()));
            Payload::from_value(Value::list(
                next.iter().map(|n| Value::list(vec![name(n), event(n)])).collect(),
            ))
        });
        // What a plain task inherited is rebuilt from the task that triggered it; see `load`.
        row.in_context = (row.is_join || task.triggered_by.is_empty() && !task.in_context.is_empty())
            .then(|| Payload::from_value(Value::Dict(task.in_context.clone())));
        row
    }

    /// Why the run of a stand-alone action is refused after all.
    pub fn refusal(&self, a: ActionIndex) -> Option<&Str> {
        self.actions[a.0].refusal.as_ref()
    }

    pub fn action_row(&self, a: ActionIndex) -> record::Action {
        self.actions[a.0].row.clone()
    }

    /// Whether nothing is left to work off in this turn.
    pub fn is_idle(&self) -> bool {
        self.work.is_empty()
    }

    /// Whether everything in the tree has ended: it may leave memory, and only an outside request can wake it.
    pub fn is_finished(&self) -> bool {
        self.work.is_empty()
            && self.timers.is_empty()
            && self.executions.iter().all(|e| e.row.state.is_completed())
            && self.actions.iter().all(|a| a.row.state.is_completed())
    }

    /// Tasks with a timer that ends a delay, each with the state in which it does. A time limit is no delay, and a timer
    /// may be left over from an earlier state.
    pub(super) fn delays(&self) -> std::collections::HashSet<(Id, State)> {
        use super::TimerEvent::{Complete, Continue, RefreshJoin, TimeOut};
        let delay = |event: &super::TimerEvent| match event {
            Continue { task_id } | Complete { task_id, .. } => Some((*task_id, State::Delayed)),
            RefreshJoin { task_id } => Some((*task_id, State::Waiting)),
            TimeOut { .. } => None,
        };
        self.timers.values().filter_map(delay).collect()
    }

    /// Whether rows wait to be written.
    pub fn has_changes(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// Number of rows held, for memory accounting.
    pub fn size(&self) -> usize {
        self.executions.len() + self.tasks.len() + self.actions.len()
    }

    /// Actions on an executor's queue.
    pub fn queued_actions(&self) -> impl Iterator<Item = Id> + '_ {
        self.actions.iter().filter(|a| a.queued).map(|a| a.row.id)
    }

    pub(super) fn touch_execution(&mut self, e: ExecutionIndex, now: Time) {
        let execution = &mut self.executions[e.0];
        if execution.saved == Saved::Clean {
            self.dirty.push(Entity::Execution(e));
        }
        execution.saved.touch();
        execution.row.updated_at = Some(now);
    }

    pub(super) fn touch_task(&mut self, t: TaskIndex, now: Time) {
        let task = &mut self.tasks[t.0];
        if task.saved == Saved::Clean {
            self.dirty.push(Entity::Task(t));
        }
        task.saved.touch();
        task.row.updated_at = Some(now);
    }

    pub(super) fn touch_action(&mut self, a: ActionIndex, now: Time) {
        let action = &mut self.actions[a.0];
        if action.saved == Saved::Clean {
            self.dirty.push(Entity::Action(a));
        }
        action.saved.touch();
        action.row.updated_at = Some(now);
    }

    /// Has the membership table looked at, though nothing of the row itself changes.
    pub(super) fn relist_action(&mut self, a: ActionIndex) {
        if self.actions[a.0].saved == Saved::Clean {
            self.dirty.push(Entity::Action(a));
        }
    }

    pub(super) fn add_execution(&mut self, execution: Execution) -> ExecutionIndex {
        let e = ExecutionIndex(self.executions.len());
        self.ids.insert(execution.row.id, Entity::Execution(e));
        if execution.saved == Saved::New {
            self.dirty.push(Entity::Execution(e));
        }
        self.executions.push(execution);
        e
    }

    pub(super) fn add_task(&mut self, task: Task) -> TaskIndex {
        let t = TaskIndex(self.tasks.len());
        self.ids.insert(task.row.id, Entity::Task(t));
        if task.saved == Saved::New {
            self.dirty.push(Entity::Task(t));
        }
        let execution = &mut self.executions[task.execution.0];
        execution.tasks.push(t);
        execution.by_spec[task.spec.index].push(t);
        execution.open_tasks += usize::from(!task.row.state.is_completed());
        self.tasks.push(task);
        self.tell_joins(t);
        t
    }

    /// Marks a task as to be looked at anew by the joins that it leads to directly.
    pub(super) fn tell_joins(&mut self, t: TaskIndex) {
        let task = &self.tasks[t.0];
        if !task.spec.leads_to_join {
            return;
        }
        let (spec, e) = (task.spec.clone(), task.execution);
        for to in &spec.outbound {
            let join = self.executions[e.0].by_spec[*to]
                .last()
                .map(|join| &mut self.tasks[join.0]);
            if let Some(join) = join
                && let Some(arrivals) = &mut join.arrivals
                && let Ok(position) = join.spec.inbound.binary_search(&spec.index)
            {
                arrivals.mark(position);
            }
        }
    }

    pub(super) fn add_action(&mut self, action: Action) -> ActionIndex {
        let a = ActionIndex(self.actions.len());
        self.ids.insert(action.row.id, Entity::Action(a));
        if action.saved == Saved::New {
            self.dirty.push(Entity::Action(a));
        }
        if let Some(t) = action.task {
            self.tasks[t.0].children.push(Child::Action(a));
        }
        self.actions.push(action);
        a
    }

    /// State, item index and acceptance of a task's child.
    pub(super) fn child_state(&self, child: Child) -> (State, i64, bool) {
        match child {
            Child::Action(a) => {
                let a = &self.actions[a.0];
                (a.row.state, a.item, a.row.accepted)
            }
            Child::Workflow(e) => {
                let e = &self.executions[e.0];
                (e.row.state, e.item, e.row.accepted)
            }
        }
    }

    /// The rows changed since the last call, and whether each is new.
    pub fn take_changes(&mut self) -> Changes {
        let mut changes = Changes::default();
        for entity in std::mem::take(&mut self.dirty) {
            match entity {
                Entity::Execution(e) => {
                    if self.removed.contains(&e) {
                        continue;
                    }
                    let row = self.execution_row(e);
                    let execution = &mut self.executions[e.0];
                    let is_new = std::mem::replace(&mut execution.saved, Saved::Clean) == Saved::New;
                    if execution.listed_state != Some(row.state) {
                        changes
                            .states
                            .push((row.id, row.root_id, row.created_at, execution.listed_state, row.state));
                        execution.listed_state = Some(row.state);
                    }
                    if is_new {
                        changes.new_executions.push(row)
                    } else {
                        changes.changed_executions.push(row)
                    }
                }
                Entity::Task(t) => {
                    if self.removed.contains(&self.tasks[t.0].execution) {
                        continue;
                    }
                    let row = self.task_row(t);
                    let task = &mut self.tasks[t.0];
                    let is_new = std::mem::replace(&mut task.saved, Saved::Clean) == Saved::New;
                    let listed = (row.state != State::Success).then_some(row.state);
                    if task.listed_state != listed {
                        changes.task_states.push((row.id, task.listed_state, listed));
                        task.listed_state = listed;
                    }
                    if is_new {
                        changes.new_tasks.push(row)
                    } else {
                        changes.changed_tasks.push(row)
                    }
                }
                Entity::Action(a) => {
                    let row = self.action_row(a);
                    let action = &mut self.actions[a.0];
                    let saved = std::mem::replace(&mut action.saved, Saved::Clean);
                    if self.deleted_actions.contains(&row.id) {
                        continue;
                    }
                    let listed = action.to_be_listed();
                    if action.listed_state != listed {
                        changes.action_states.push((row.id, action.listed_state, listed));
                        action.listed_state = listed;
                    }
                    match saved {
                        Saved::New => changes.new_actions.push(row),
                        Saved::Changed => changes.changed_actions.push(row),
                        Saved::Clean => {}
                    }
                }
            }
        }
        changes.deleted_executions = std::mem::take(&mut self.deleted_executions);
        changes.deleted_actions = std::mem::take(&mut self.deleted_actions);
        changes
    }

    fn execution_runtime(&self, e: ExecutionIndex) -> Payload {
        let execution = &self.executions[e.0];
        let mut runtime = Dict::default();
        runtime.insert("index".into(), Value::Int(execution.item));
        if let Some(name) = &execution.workbook_name {
            runtime.insert("wb_name".into(), Value::Str(name.clone()));
        }
        if let (0, Some(security)) = (e.0, &self.security) {
            runtime.insert(SECURITY.into(), security.to_text().into());
        }
        if !execution.backlog.is_empty() {
            let backlog = execution.backlog.iter().map(|c| c.to_value(self, e)).collect();
            runtime.insert("backlog_commands".into(), Value::list(backlog));
        }
        Payload::from_value(Value::dict(runtime))
    }

    /// `runtime_context` of a task as clients see it.
    pub(super) fn task_runtime(&self, t: TaskIndex) -> Value {
        let task = &self.tasks[t.0];
        let mut runtime = Dict::default();
        if !task.triggered_by.is_empty() || task.row.is_join && !task.triggers_forgotten {
            runtime.insert("triggered_by".into(), triggers_to_value(&task.triggered_by));
        }
        if task.wait_before_done {
            runtime.insert("wait_before_policy".into(), flag("skip"));
        } else if task.wait_before_seen {
            runtime.insert("wait_before_policy".into(), Value::empty_dict());
        }
        if task.wait_after_done {
            runtime.insert("wait_after_policy".into(), flag("skip"));
        }
        if let Some(n) = task.retry_no {
            let mut retry = Dict::default();
            retry.insert("retry_no".into(), Value::Int(n));
            runtime.insert("retry_task_policy".into(), Value::dict(retry));
        } else if task.retry_seen {
            runtime.insert("retry_task_policy".into(), Value::empty_dict());
        }
        if let Some(n) = &task.concurrency {
            runtime.insert("concurrency".into(), n.clone());
        }
        if let Some(items) = &task.items {
            runtime.insert("with_items".into(), items.to_value());
        }
        Value::dict(runtime)
    }
}

fn flag(name: &str) -> Value {
    let mut dict = Dict::default();
    dict.insert(name.into(), Value::Bool(true));
    Value::dict(dict)
}

/// `[{task_id, event}]`.
pub(super) fn triggers_to_value(triggers: &[Trigger]) -> Value {
    let one = |t: &Trigger| {
        let mut dict = Dict::default();
        dict.insert("task_id".into(), Value::from(t.task_id.to_string()));
        dict.insert("event".into(), t.event.clone().map_or(Value::Null, Value::Str));
        Value::dict(dict)
    };
    Value::list(triggers.iter().map(one).collect())
}

/// Rows to be written, as they are at the end of a turn.
#[derive(Debug, Default)]
pub struct Changes {
    pub new_executions: Vec<record::Execution>,
    pub changed_executions: Vec<record::Execution>,
    /// `(id, root, created_at, state the membership table shows, new state)`.
    pub states: Vec<(Id, Id, Time, Option<State>, State)>,
    /// `(id, state the membership table shows, state it must show)`.
    pub task_states: Vec<(Id, Option<State>, Option<State>)>,
    /// The same of actions.
    pub action_states: Vec<(Id, Option<State>, Option<State>)>,
    pub new_tasks: Vec<record::Task>,
    pub changed_tasks: Vec<record::Task>,
    pub new_actions: Vec<record::Action>,
    pub changed_actions: Vec<record::Action>,
    pub deleted_executions: Vec<Id>,
    pub deleted_actions: Vec<Id>,
}

impl Execution {
    pub fn display_id(&self) -> Str {
        self.row
            .alias
            .clone()
            .unwrap_or_else(|| Str::from(self.row.id.to_string()))
    }
}

impl Action {
    /// What the membership table must show: nothing of those that succeeded, and nothing of those whose row in the action
    /// queue says already that they run. So an action that goes well costs no row there.
    pub(super) fn to_be_listed(&self) -> Option<State> {
        let shown_by_queue = self.queued && self.row.state == State::Running;
        (self.row.state != State::Success && !shown_by_queue).then_some(self.row.state)
    }

    pub(super) fn change(&mut self, event: ActionEvent) {
        self.row.state = transition::next(self.row.state, event);
    }
}

impl Task {
    pub fn kind_of(spec: &spec::Task) -> TaskKind {
        match spec.call {
            spec::Call::Action(_) => TaskKind::Action,
            spec::Call::Workflow(_) => TaskKind::Workflow,
        }
    }
}
