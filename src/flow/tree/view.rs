//! What tools that play workflows see of a tree.

use std::sync::Arc;

use mistral_lang::spec;

use super::{ActionIndex, ExecutionIndex, TaskIndex, Tree};

impl Tree {
    /// Executions, the root first, in order of creation; without those that were removed.
    pub fn all_executions(&self) -> impl Iterator<Item = ExecutionIndex> + '_ {
        self.executions.positions().filter(|e| !self.removed.contains(e))
    }

    /// Tasks of all executions, in order of creation.
    pub fn all_tasks(&self) -> impl Iterator<Item = TaskIndex> + '_ {
        self.tasks
            .positions()
            .filter(|t| !self.removed.contains(&self.tasks[*t].execution))
    }

    /// Calls of all tasks, in order of creation.
    pub fn all_actions(&self) -> impl Iterator<Item = ActionIndex> + '_ {
        self.actions.positions()
    }

    /// What an execution runs.
    pub fn spec(&self, e: ExecutionIndex) -> &Arc<spec::Workflow> {
        &self.executions[e].spec
    }

    /// The execution that a task belongs to.
    pub fn execution_of(&self, t: TaskIndex) -> ExecutionIndex {
        self.tasks[t].execution
    }

    /// The task that an action is a call of, and the position of its item.
    pub fn call_of(&self, a: ActionIndex) -> (Option<TaskIndex>, i64) {
        let action = &self.actions[a];
        (action.task, action.item)
    }
}
