//! One root execution with everything below it, in memory. Rows live in three arenas; indexes into them stay valid for the
//! life of the tree.

use std::collections::HashMap;
use std::sync::Arc;

use mistral_model::{Dict, Id, Security, State, Str, record};

mod arena;
mod arrivals;
mod attempt;
mod changes;
mod command;
mod items;
mod leaving;
mod load;
mod moves;
mod row;
mod shown;
mod spread;
mod view;
mod weight;
mod work;

pub(crate) use arena::Absent;
pub(crate) use arrivals::{Arrivals, Seen};
pub use changes::Changes;
pub use command::Command;
pub(crate) use command::triggered;
pub(crate) use items::{ItemLists, Items, Progress};
pub use leaving::Gone;
pub use load::Rows;
pub(crate) use load::new_task;
pub use moves::Move;
pub(crate) use row::{Action, Child, Event, Execution, InlineCall, NextTask, Saved, Spread, Task, Trigger};
pub(crate) use work::{Queue, Work};

use arena::{Arena, Position};
use leaving::Search;

type IdMap<V> = HashMap<Id, V, foldhash::fast::RandomState>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExecutionIndex(pub usize);
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskIndex(pub usize);
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionIndex(pub usize);

/// The execution that nothing is above.
pub(crate) const ROOT: ExecutionIndex = ExecutionIndex(0);

macro_rules! position {
    ($($index:ident),*) => {
        $(impl Position for $index {
            fn new(at: usize) -> $index {
                $index(at)
            }

            #[inline]
            fn at(self) -> usize {
                self.0
            }
        })*
    };
}
position!(ExecutionIndex, TaskIndex, ActionIndex);

/// What an id of the tree stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entity {
    Execution(ExecutionIndex),
    Task(TaskIndex),
    Action(ActionIndex),
}

#[derive(Clone, Debug)]
pub struct Tree {
    pub root_id: Id,
    pub(super) executions: Arena<ExecutionIndex, Execution>,
    pub(super) tasks: Arena<TaskIndex, Task>,
    pub(super) actions: Arena<ActionIndex, Action>,
    ids: IdMap<Entity>,
    /// Ids of new rows are made as if it was this time at least, in microseconds: a loaded tree has its rows in the order of their ids,
    /// and may come from a node whose clock is ahead.
    pub(super) ids_from: i64,
    pub(super) work: Queue,
    /// Rows marked since the last [`Tree::take_changes`].
    dirty: Vec<Entity>,
    /// `{__env: …}` of the root.
    pub(super) env_layer: Arc<Dict>,
    /// What its actions may act with.
    pub(super) security: Option<Security>,
    /// Timers that are set, by id.
    pub(super) timers: IdMap<super::TimerEvent>,
    deleted_executions: Vec<Id>,
    deleted_actions: Vec<Id>,
    removed_actions: std::collections::HashSet<ActionIndex>,
    /// Executions that were removed from a live tree; their arena slots stay.
    removed: std::collections::HashSet<ExecutionIndex>,
    /// Bytes of rows and documents, roughly.
    bytes: usize,
    /// A budget that something in the tree has exceeded.
    excess: Option<Str>,
    /// Why everything in the tree is ended: it is beyond its budget.
    halted: Option<Str>,
    /// Changes of states since the last [`Tree::take_changes`], if somebody wants them.
    moves: Vec<Move>,
    keeps_moves: bool,
    search: Search,
    /// Executions that a pause or a resume is on its way from.
    spreading: usize,
}

impl Tree {
    pub(super) fn empty(root_id: Id) -> Tree {
        Tree {
            root_id,
            executions: Arena::default(),
            tasks: Arena::default(),
            actions: Arena::default(),
            ids: IdMap::default(),
            ids_from: 0,
            work: Queue::default(),
            dirty: Vec::new(),
            env_layer: Arc::new(Dict::default()),
            security: None,
            timers: IdMap::default(),
            deleted_executions: Vec::new(),
            deleted_actions: Vec::new(),
            removed_actions: Default::default(),
            removed: Default::default(),
            bytes: 0,
            excess: None,
            halted: None,
            moves: Vec::new(),
            keeps_moves: false,
            search: Search::default(),
            spreading: 0,
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

    /// The last run of a task of the definition.
    pub(super) fn last_run(&self, e: ExecutionIndex, task: mistral_lang::spec::TaskIndex) -> Option<&Task> {
        let last = self.executions[e].by_spec[task].last()?;
        Some(&self.tasks[*last])
    }

    /// The row of the root execution.
    pub fn root(&self) -> &record::Execution {
        &self.executions[ROOT].row
    }

    /// The state of the root execution, if the root is one.
    pub fn state(&self) -> Option<State> {
        (!self.executions.is_empty()).then(|| self.executions[ROOT].row.state)
    }

    /// The project that it belongs to.
    pub fn project(&self) -> Option<Str> {
        let execution = (!self.executions.is_empty()).then(|| &self.executions[ROOT].row.origin);
        let action = || (!self.actions.is_empty()).then(|| &self.actions[ActionIndex(0)].row.origin);
        execution.or_else(action)?.project_id.clone()
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

    /// Whether this task is to start a sub-workflow and waits for nothing, as where its execution is, or was, paused.
    pub(super) fn is_held_back(&self, t: TaskIndex, delays: &std::collections::HashSet<(Id, State)>) -> bool {
        let task = &self.tasks[t];
        task.row.kind == record::TaskKind::Workflow
            && match task.row.state {
                State::Idle => !task.is_held,
                State::Delayed => !delays.contains(&(task.row.id, State::Delayed)),
                _ => false,
            }
    }

    /// Whether rows wait to be written.
    pub fn has_changes(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// Number of rows that were made.
    pub fn size(&self) -> usize {
        self.executions.len() + self.tasks.len() + self.actions.len()
    }

    /// Bytes of rows and documents that the tree holds, roughly.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes note of bytes that the tree has grown by.
    pub(super) fn hold(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    /// Takes note of a budget that is exceeded; the tree fails before its next piece of work.
    pub(super) fn exceed(&mut self, why: Str) {
        self.excess.get_or_insert(why);
    }

    pub(super) fn take_excess(&mut self) -> Option<Str> {
        self.excess.take()
    }

    /// Why everything in the tree is ended.
    pub fn halted(&self) -> Option<&Str> {
        self.halted.as_ref()
    }

    pub(super) fn halt(&mut self, why: Str) {
        self.halted = Some(why);
    }

    pub(super) fn add_execution(&mut self, execution: Execution) -> ExecutionIndex {
        self.hold(weight::ROW);
        if let Some(t) = execution.parent {
            self.executions.row(self.tasks[t].execution).sub_executions += 1;
        }
        let (id, is_new) = (execution.row.id, execution.saved == Saved::New);
        let e = self.executions.push(execution);
        self.ids.insert(id, Entity::Execution(e));
        if is_new {
            self.dirty.push(Entity::Execution(e));
            self.execution_moved(e, None);
        }
        e
    }

    pub(super) fn add_task(&mut self, task: Task) -> TaskIndex {
        self.hold(weight::ROW);
        let t = TaskIndex(self.tasks.len());
        self.ids.insert(task.row.id, Entity::Task(t));
        let is_new = task.saved == Saved::New;
        if is_new {
            self.dirty.push(Entity::Task(t));
        }
        let execution = self.executions.row(task.execution);
        execution.tasks.push(t);
        execution.by_spec[task.spec.index].push(t);
        execution.open_tasks += usize::from(!task.row.state.is_completed());
        self.tasks.push(task);
        if is_new {
            self.task_made_or_moved(t, None);
        }
        self.tell_joins(t);
        t
    }

    /// Marks a task as to be looked at anew by the joins that it leads to directly.
    pub(super) fn tell_joins(&mut self, t: TaskIndex) {
        let task = &self.tasks[t];
        if !task.spec.leads_to_join {
            return;
        }
        let (spec, e) = (task.spec.clone(), task.execution);
        for to in &spec.outbound {
            let join = self.executions[e].by_spec[*to].last().map(|join| self.tasks.row(*join));
            if let Some(join) = join
                && let Some(arrivals) = &mut join.arrivals
                && let Ok(position) = join.spec.inbound.binary_search(&spec.index)
            {
                arrivals.mark(position);
            }
        }
    }

    pub(super) fn add_action(&mut self, action: Action) -> ActionIndex {
        self.hold(weight::ROW);
        let a = ActionIndex(self.actions.len());
        self.ids.insert(action.row.id, Entity::Action(a));
        let is_new = action.saved == Saved::New;
        if is_new {
            self.dirty.push(Entity::Action(a));
        }
        if let Some(t) = action.task {
            self.tasks.row(t).children.push(Child::Action(a));
        }
        self.actions.push(action);
        if is_new {
            self.action_moved(a, None);
        }
        a
    }

    /// State, item index and acceptance of a task's child.
    pub(super) fn child_state(&self, child: Child) -> (State, i64, bool) {
        match child {
            Child::Action(a) => {
                let a = &self.actions[a];
                (a.row.state, a.item, a.row.accepted)
            }
            Child::Workflow(e) => {
                let e = &self.executions[e];
                (e.row.state, e.item, e.row.accepted)
            }
        }
    }
}
