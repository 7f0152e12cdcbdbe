//! What is open in a tree, for people who ask why an execution has not finished.

use crate::backend::Calling;

use mistral_model::record::TaskKind;
use mistral_model::{Id, Shard, State, Time};

/// An execution, as far as its progress is concerned.
#[derive(Clone, Debug)]
pub struct OpenExecution {
    pub id: Id,
    pub root_id: Id,
    /// What clients call it, where that is no UUID.
    pub alias: Option<String>,
    /// The task that waits for it.
    pub task_id: Option<Id>,
    pub workflow_name: String,
    pub spec_hash: Id,
    pub state: State,
    pub state_info: Option<String>,
    /// JSON.
    pub runtime_context: String,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

/// A task that has not ended, or whose end has not been followed up yet.
#[derive(Clone, Debug)]
pub struct OpenTask {
    pub id: Id,
    pub execution_id: Id,
    pub name: String,
    pub kind: TaskKind,
    pub state: State,
    pub state_info: Option<String>,
    pub is_join: bool,
    /// JSON.
    pub runtime_context: String,
    pub created_at: Time,
    pub started_at: Option<Time>,
}

/// An action that has not ended.
#[derive(Clone, Debug)]
pub struct OpenAction {
    pub id: Id,
    pub task_id: Id,
    pub name: String,
    pub state: State,
    /// Ends with its run; others are completed by a request.
    pub is_sync: bool,
    pub created_at: Time,
    /// Its row in the action queue, while an executor has it or should get it.
    pub queued: Option<Queued>,
}

/// A row of the action queue.
#[derive(Clone, Debug)]
pub struct Queued {
    /// Executor by name; empty: any.
    pub target: String,
    pub attempt: i32,
    /// The node that took it.
    pub claimed_by: Option<Holder>,
}

/// A node that holds something.
#[derive(Clone, Debug)]
pub struct Holder {
    pub node: Id,
    /// `None`: a node that is gone altogether.
    pub name: Option<String>,
    /// Its lease lasts.
    pub is_alive: bool,
}

/// An action that failed, with the beginning of its result.
#[derive(Clone, Debug)]
pub struct FailedAction {
    pub id: Id,
    pub task_id: Id,
    pub name: String,
    /// The first 2,000 characters of its JSON.
    pub output: Option<String>,
}

/// The children of a task, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Children {
    /// Ended, and part of the task's result.
    pub completed: i64,
    pub open: i64,
}

/// A timer of a task.
#[derive(Clone, Debug)]
pub struct OpenTimer {
    pub task_id: Id,
    /// As stored: `continue`, `complete`, `timeout`, `refresh`.
    pub kind: String,
    pub fire_at: Time,
    pub id: Id,
    /// JSON.
    pub body: String,
}

/// The last run of a task, and what it led to.
#[derive(Clone, Debug)]
pub struct LastRun {
    pub id: Id,
    pub execution_id: Id,
    pub name: String,
    pub state: State,
    /// JSON; `None` before the end.
    pub next_tasks: Option<String>,
}

/// A shard and who has it.
#[derive(Clone, Debug)]
pub struct ShardStatus {
    pub shard: Shard,
    pub owner: Option<Holder>,
    pub lease_until: Option<Time>,
    /// Messages for the owner that it has not taken yet, counted up to [`INBOX_LIMIT`].
    pub pending_events: i64,
}

/// A process with a valid lease.
#[derive(Clone, Debug)]
pub struct LiveNode {
    pub id: Id,
    pub name: String,
    /// Comma-separated.
    pub roles: String,
}

impl LiveNode {
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.split(',').any(|own| own == role)
    }
}

/// How many rows are read: of each parent, and in all.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub of_each: i64,
    pub in_all: i64,
}

/// How far the messages in an inbox are counted.
pub const INBOX_LIMIT: i64 = 1_000;

/// Everything is read in one snapshot of the store and bounded: of too many rows the first are given, and whether there are more.
pub trait Diagnosis: Send + Sync {
    /// A way to the store, on which a snapshot can be begun.
    fn connection(&self) -> Calling<'_, Box<dyn Connection>>;
}

pub trait Connection: Send + Sync {
    /// Begins a snapshot. Dropped, it ends.
    fn begin(&mut self) -> Calling<'_, Box<dyn Snapshot + '_>>;
}

/// The store at one moment.
pub trait Snapshot: Send + Sync {
    /// The execution with this id, whatever its state.
    fn execution(&self, id: Id) -> Calling<'_, Option<OpenExecution>>;
    /// Executions below these tasks that have not ended.
    fn sub_executions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenExecution>>;
    /// The execution that a task belongs to.
    fn task_execution(&self, task: Id) -> Calling<'_, Option<Id>>;
    /// Tasks of these executions with something left to do.
    fn tasks<'a>(&'a self, executions: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenTask>>;
    /// Actions of these tasks that have not ended.
    fn actions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenAction>>;
    /// Tasks of these executions that failed without being dealt with.
    fn failed_tasks<'a>(&'a self, executions: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenTask>>;
    /// Tasks of these executions that failed and whose failure their `on-error` dealt with.
    fn handled_tasks<'a>(&'a self, executions: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenTask>>;
    /// Actions of these tasks whose failure counts.
    fn failed_actions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<FailedAction>>;
    /// Executions below these tasks whose failure counts.
    fn failed_executions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenExecution>>;
    /// How many children each of these tasks has.
    fn children<'a>(&'a self, tasks: &'a [Id]) -> Calling<'a, Vec<(Id, Children)>>;
    /// Timers of these tasks of a tree, the next to fire first.
    fn timers<'a>(&'a self, root_id: Id, tasks: &'a [Id], limit: i64) -> Calling<'a, Vec<OpenTimer>>;
    /// The newest run of each of these tasks of an execution.
    fn last_runs<'a>(&'a self, execution: Id, names: &'a [&'a str]) -> Calling<'a, Vec<LastRun>>;
    /// Who has a shard.
    fn shard(&self, shard: Shard) -> Calling<'_, Option<ShardStatus>>;
    /// Processes with a valid lease.
    fn nodes(&self) -> Calling<'_, Vec<LiveNode>>;
    /// The spec with this hash, JSON.
    fn spec(&self, hash: Id) -> Calling<'_, Option<String>>;
    /// The service's mode.
    fn maintenance(&self) -> Calling<'_, String>;
}
