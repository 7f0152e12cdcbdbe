//! What follows from an event.

use super::{ActionIndex, ExecutionIndex, TaskIndex};

/// What follows from an event, worked off in order (upstream's post-transaction queue).
#[derive(Clone, Debug)]
pub(crate) enum Work {
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
    /// An execution below one that was cancelled.
    Cancel(ExecutionIndex),
    /// What an executor has, or would get, of an execution that was cancelled.
    EndAction(ActionIndex),
    /// End what is left of a tree that is beyond its budget, after so many of its rows.
    Sweep {
        done: usize,
    },
}
