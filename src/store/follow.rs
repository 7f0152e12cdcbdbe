//! What has changed in executions since a moment, for those who watch them; and how far a search has come.

use std::collections::HashMap;

use crate::backend::Calling;

use mistral_model::record::TaskKind;
use mistral_model::{Id, Shard, State, Time};

/// Items of one task that are counted, and of all tasks of one question.
pub const ITEMS_OF_TASK: i64 = 10_000;

pub const ITEMS_IN_ALL: i64 = 50_000;

/// A task as time lines show it.
#[derive(Clone, Debug)]
pub struct TaskTimes {
    pub id: Id,
    pub name: String,
    pub kind: TaskKind,
    pub state: State,
    /// JSON.
    pub runtime_context: String,
    pub created_at: Time,
    pub started_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub updated_at: Option<Time>,
}

/// An execution as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: Id,
    pub alias: Option<String>,
    pub root_id: Id,
    pub project_id: Option<String>,
    pub workflow_name: String,
    pub state: State,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

/// An action of a task.
#[derive(Clone, Debug)]
pub struct ActionTimes {
    pub id: Id,
    pub name: String,
    pub state: State,
    pub accepted: bool,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

/// Who decides about the trees of a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub shard: Shard,
    pub owner: Option<Id>,
    pub epoch: i64,
}

/// A task's own variables, JSON.
#[derive(Clone, Debug)]
pub struct Published {
    pub id: Id,
    /// Only joins keep theirs.
    pub in_context: Option<String>,
    pub published: Option<String>,
}

/// What has changed.
pub trait Follow: Send + Sync {
    /// The number of tasks of a tree, `most` at most.
    fn tasks_of_tree(&self, root: Id, most: i64) -> Calling<'_, i64>;
    /// The number of batches that there were, of all who write now: it moves with each.
    fn marks(&self) -> Calling<'_, i64>;
    /// Tasks of `execution` behind `after` that changed at `since` or later.
    fn tasks(&self, execution: Id, after: Id, since: i64, limit: i64) -> Calling<'_, Vec<TaskTimes>>;
    /// These tasks, each with its execution.
    fn tasks_by_id<'a>(&'a self, ids: &'a [Id]) -> Calling<'a, Vec<(Id, TaskTimes)>>;
    /// How many items of each of these tasks have ended; who has more than [`ITEMS_OF_TASK`] is left out, and those at the end
    /// whose items would make it more than [`ITEMS_IN_ALL`] together. `expected` are how many there should be.
    fn items_done<'a>(&'a self, expected: &'a [(Id, i64)]) -> Calling<'a, HashMap<Id, i64>>;
    /// The newest sub-workflow execution of each of these tasks, under the id that clients know.
    fn sub_executions<'a>(&'a self, tasks: &'a [Id]) -> Calling<'a, HashMap<Id, String>>;
    fn executions<'a>(&'a self, ids: &'a [Id]) -> Calling<'a, Vec<Seen>>;
    /// Executions created at `since` or later.
    fn created(&self, since: i64, limit: i64) -> Calling<'_, Vec<Seen>>;
    /// When the newest execution was created; 0 if there is none.
    fn newest(&self) -> Calling<'_, i64>;
    fn shards<'a>(&'a self, wanted: &'a [Shard]) -> Calling<'a, Vec<Progress>>;
    /// Actions of a task behind `after`.
    fn actions(&self, task: Id, after: Id, limit: i64) -> Calling<'_, Vec<ActionTimes>>;
    fn published<'a>(&'a self, tasks: &'a [Id]) -> Calling<'a, Vec<Published>>;
    /// The last of the `count` executions before the execution `before` (or of all), the newest first; none if there are fewer.
    fn scanned<'a>(
        &'a self,
        before: Option<Id>,
        count: i64,
        project: Option<&'a str>,
    ) -> Calling<'a, Option<(Time, Id)>>;
}
