//! The effects of many decisions, committed in one transaction.

use mistral_model::record::{Action, Execution, Task};
use mistral_model::{Id, Payload, Shard, State, Str, Time, Value, json};

/// One transaction of a shard loop. Nothing in it becomes visible unless all of it does, and none of it unless every shard
/// is still owned under the epoch given.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The fence: the shards this batch writes to, and the epoch under which the writer owns each.
    pub fence: Vec<(Shard, i64)>,
    pub new_executions: Vec<Execution>,
    pub changed_executions: Vec<Execution>,
    /// Members of their inputs by which new executions are found.
    pub keys: Vec<Key>,
    /// Changes of the membership table of executions that are not SUCCESS.
    pub state_changes: Vec<StateChange>,
    /// Changes of the membership table of tasks that are not SUCCESS.
    pub task_states: Vec<ListedState>,
    /// Changes of the membership table of actions that are neither SUCCESS nor RUNNING with a row in the action queue.
    pub action_states: Vec<ListedState>,
    pub new_tasks: Vec<Task>,
    pub changed_tasks: Vec<Task>,
    pub new_actions: Vec<Action>,
    pub changed_actions: Vec<Action>,
    pub queued: Vec<Queued>,
    /// Queue rows whose action is done (or will never run).
    pub dequeued: Vec<Id>,
    /// What executors get without a queue row for each.
    pub lanes: Vec<Lane>,
    /// Rows of these whose actions are all done.
    pub closed_lanes: Vec<LaneKey>,
    pub new_timers: Vec<Timer>,
    pub removed_timers: Vec<Id>,
    /// Inbox rows that this batch has dealt with.
    pub consumed: Vec<(Shard, i64)>,
    pub replies: Vec<Reply>,
    /// Trees to remove: all rows whose `root_id` is one of these. Children of a removed execution that are no roots are
    /// listed in `deleted_executions`.
    pub deleted_roots: Vec<Id>,
    /// Single executions (with their tasks and actions) to remove.
    pub deleted_executions: Vec<Id>,
    pub deleted_actions: Vec<Id>,
}

/// A member of an execution's input by which it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: Str,
    pub value: String,
    pub created_at: Time,
    pub id: Id,
}

impl Key {
    /// Longest value that is indexed, bytes.
    pub const LONGEST: usize = 128;

    /// Those of an execution among the members with these names. Lists, mappings, null and long texts are no keys.
    pub fn of(execution: &Execution, names: &[Str]) -> Vec<Key> {
        let member = |name: &Str| {
            let value = match execution.input.value().get(name)? {
                Value::Str(text) => text.to_string(),
                value @ (Value::Int(_) | Value::Float(_) | Value::Bool(_)) => json::to_string(value),
                _ => return None,
            };
            (value.len() <= Key::LONGEST).then(|| Key {
                name: name.clone(),
                value,
                created_at: execution.created_at,
                id: execution.id,
            })
        };
        names.iter().filter_map(member).collect()
    }
}

/// An execution's state as the membership table must show it.
#[derive(Clone, Debug)]
pub struct StateChange {
    pub id: Id,
    pub root_id: Id,
    pub created_at: Time,
    pub project_id: Option<Str>,
    /// What the table holds now; `None` or SUCCESS: no row.
    pub before: Option<State>,
    pub after: State,
}

/// The state of a task or an action as its membership table must show it; `None`: no row.
#[derive(Clone, Copy, Debug)]
pub struct ListedState {
    pub id: Id,
    /// What the table shows now.
    pub before: Option<State>,
    pub after: Option<State>,
}

/// A new row of the action queue.
#[derive(Clone, Debug)]
pub struct Queued {
    pub action_id: Id,
    pub root_id: Id,
    pub attempt: u32,
    pub target: Option<Str>,
    /// The node whose lane, or the worker that takes it right after the commit; `None`: whoever claims it first.
    pub claimed_by: Option<Id>,
    pub safe_rerun: bool,
    /// In which turn it comes while it waits: see `engine::turns`.
    pub turn: i16,
    /// JSON of the job. With `claimed_by` only for a worker: what it is told of counts as begun.
    pub job: Option<String>,
}

/// Actions that one executor gets straight from the owner: a row for many in the place of a queue row for each, which took a fourth of
/// the log and a sixth of PostgreSQL's time on executors. The executor holds each of them until it has ended, or has a queue row after
/// all, because it is given to somebody once more.
///
/// Only the first delivery of a new task's first action lies here, if the action is synchronous and may run again: what must not run twice
/// has a mark in its queue row from when it begins, and what ends elsewhere has none from when it has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub key: LaneKey,
    /// At most [`Lane::MOST`].
    pub actions: Vec<Id>,
}

/// By what a row of `lane` is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneKey {
    /// The node of the executor.
    pub holder: Id,
    /// The first of the actions.
    pub id: Id,
}

impl Lane {
    /// Actions of one row: 1.6 KB, which PostgreSQL stores in the row. From 2 KB on it would store them elsewhere.
    pub const MOST: usize = 100;
}

/// A row of `timer`.
#[derive(Clone, Debug)]
pub struct Timer {
    pub id: Id,
    pub root_id: Id,
    pub fire_at: Time,
    /// JSON of the event.
    pub body: String,
}

/// An answer for a process that waits for it.
#[derive(Clone, Debug)]
pub struct Reply {
    pub node: Id,
    pub request_id: Id,
    pub body: String,
    pub created_at: Time,
}

/// A row of `inbox`.
#[derive(Clone, Debug)]
pub struct Message {
    pub shard: Shard,
    pub id: i64,
    pub body: String,
    pub reply_to: Option<Id>,
    pub request_id: Option<Id>,
}

/// Some executions of a tree, by themselves.
#[derive(Clone, Debug, Default)]
pub struct Glance {
    /// Those that are there.
    pub executions: Vec<Execution>,
    /// The tree is deleted, and its rows, which are not shown here, are being dropped.
    pub is_doomed: bool,
    /// Something below the root is open. Only if that was asked for.
    pub is_open: bool,
}

/// A claimed row of the action queue.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub action_id: Id,
    pub root_id: Id,
    pub attempt: u32,
    pub job: String,
}

/// A row that a dead node holds; the owner of its tree decides what becomes of it.
#[derive(Clone, Debug)]
pub struct Orphan {
    pub action_id: Id,
    pub root_id: Id,
    pub attempt: u32,
    /// May run again: it does no harm, or it had not begun.
    pub safe_rerun: bool,
    pub claimed_by: Id,
    /// JSON of the job; `None` if it was in the dead owner's lane.
    pub job: Option<String>,
}

/// Everything stored about one tree.
#[derive(Debug, Default)]
pub struct TreeRows {
    pub executions: Vec<Execution>,
    pub tasks: Vec<Task>,
    pub actions: Vec<Action>,
    pub queued: Vec<Id>,
    /// The same rows with who has them.
    pub claims: Vec<Claim>,
    pub timers: Vec<Timer>,
    /// It is deleted, and its rows, which are not shown here, are being dropped.
    pub is_doomed: bool,
}

impl TreeRows {
    /// A tree that is being dropped.
    pub fn doomed() -> TreeRows {
        TreeRows {
            is_doomed: true,
            ..TreeRows::default()
        }
    }

    /// Bytes that this takes, roughly: what its documents are long, and something for each row.
    pub fn weight(&self) -> usize {
        const ROW: usize = 512;
        let text = |payload: &Payload| payload.json().len();
        let given = |payload: &Option<Payload>| payload.as_ref().map_or(0, text);
        let executions = self.executions.iter().map(|e| {
            let documents = [&e.input, &e.params, &e.context, &e.runtime_context];
            documents.into_iter().map(text).sum::<usize>() + given(&e.output)
        });
        let tasks = self
            .tasks
            .iter()
            .map(|t| given(&t.in_context) + given(&t.published) + text(&t.runtime_context));
        let actions = self.actions.iter().map(|a| text(&a.input) + given(&a.output));
        let rows = self.executions.len() + self.tasks.len() + self.actions.len() + self.timers.len();
        executions.chain(tasks).chain(actions).sum::<usize>() + rows * ROW
    }
}

/// What the action queue says about an action of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub action_id: Id,
    pub attempt: u32,
    /// `None`: it waits for an executor, or one has it by a lane.
    pub claimed_by: Option<Id>,
}

/// Why a batch was not committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Another node owns these shards now; nothing was written.
    #[error("fenced off shards {0:?}")]
    Fenced(Vec<Shard>),
    /// The connection broke before the answer to COMMIT: it may or may not have happened.
    #[error("outcome of the commit unknown: {0}")]
    Unknown(String),
    /// The database could not be reached or had no room; nothing was written. The same batch may succeed later.
    #[error("not committed: {0}")]
    Failed(String),
    /// The database refused what the batch holds, and will again; nothing was written.
    #[error("refused: {0}")]
    Refused(String),
}
