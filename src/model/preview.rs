//! What a request would change in a tree, as far as its first decision goes.

use crate::{Id, State, Str};

/// Changes that a preview tells: what is more is counted as cut off.
pub const MAX_CHANGES: usize = 500;

/// What would follow at once from a request. What follows from results of actions that would be started is not told: they are not
/// known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    pub tasks: Vec<TaskChange>,
    pub executions: Vec<ExecutionChange>,
    /// Actions that would be started, those that the decision itself runs among them.
    pub actions: u64,
    /// Actions whose results nobody would wait for any more.
    pub dropped_actions: u64,
    /// There is more than is told.
    pub truncated: bool,
}

/// What would become of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It runs, for the first time.
    Start,
    /// It had ended, and runs once more.
    RunAgain,
    /// It waits: for others, for a delay, for somebody who resumes it.
    Wait,
    /// It ends without having run.
    End,
}

impl Change {
    pub fn name(self) -> &'static str {
        match self {
            Change::Start => "start",
            Change::RunAgain => "run_again",
            Change::Wait => "wait",
            Change::End => "end",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskChange {
    /// Of a task that there is already.
    pub task_id: Option<Id>,
    pub execution_id: Id,
    pub name: Str,
    pub change: Change,
    /// None: it would be made.
    pub from: Option<State>,
    pub to: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecutionChange {
    /// Of an execution that there is already.
    pub execution_id: Option<Id>,
    pub workflow_name: Str,
    /// None: it would be made.
    pub from: Option<State>,
    pub to: State,
}
