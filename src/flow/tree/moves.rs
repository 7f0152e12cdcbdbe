//! Changes of states, for the workflow trace: kept only where somebody wants to read them.

use mistral_model::{Id, State, Str};

use super::{ActionIndex, ExecutionIndex, TaskIndex, Tree};

/// A change of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// `execution`, `task` or `action`.
    pub entity: &'static str,
    pub id: Id,
    /// The execution that it is, or belongs to; none of an action that runs by itself.
    pub execution: Option<Id>,
    /// Of the workflow, the task, the action.
    pub name: Str,
    /// None: it was made.
    pub from: Option<State>,
    pub to: State,
    pub info: Option<Str>,
}

impl Tree {
    /// Whether changes of states are kept for [`super::Changes::moves`].
    pub fn keep_moves(&mut self, keep: bool) {
        self.keeps_moves = keep;
    }

    pub(crate) fn execution_moved(&mut self, e: ExecutionIndex, from: Option<State>) {
        if self.keeps_moves {
            let row = &self.executions[e].row;
            self.moves.push(Move {
                entity: "execution",
                id: row.id,
                execution: Some(row.id),
                name: row.origin.workflow_name.clone(),
                from,
                to: row.state,
                info: row.state_info.clone(),
            });
        }
    }

    pub(crate) fn task_made_or_moved(&mut self, t: TaskIndex, from: Option<State>) {
        if self.keeps_moves {
            let task = &self.tasks[t];
            self.moves.push(Move {
                entity: "task",
                id: task.row.id,
                execution: Some(self.executions[task.execution].row.id),
                name: task.row.name.clone(),
                from,
                to: task.row.state,
                info: task.row.state_info.clone(),
            });
        }
    }

    pub(crate) fn action_moved(&mut self, a: ActionIndex, from: Option<State>) {
        if self.keeps_moves {
            let action = &self.actions[a];
            let execution = action.task.map(|t| self.executions[self.tasks[t].execution].row.id);
            self.moves.push(Move {
                entity: "action",
                id: action.row.id,
                execution,
                name: action.row.name.clone(),
                from,
                to: action.row.state,
                info: None,
            });
        }
    }
}
