//! Cancel, with everything below (§17).

use mistral_model::action::Outcome;
use mistral_model::{Id, State, Str, Value};

use crate::tree::{ExecutionIndex, TaskIndex};
use crate::{Decision, Failure};

impl Decision<'_> {
    pub(crate) fn cancel(&mut self, e: ExecutionIndex, message: Option<Str>) -> Result<(), Failure> {
        self.finish(e, State::Cancelled, message.clone())?;
        self.end_actions(e)?;
        for child in self.children_of(e) {
            if !self.tree.executions[child].row.state.is_completed() {
                self.cancel(child, message.clone())?;
            }
        }
        Ok(())
    }

    /// What executors have, or would get, ends with a cancelled execution: their slots are for others. (Upstream lets such actions run
    /// on.) Actions that somebody else completes stay open.
    pub(super) fn end_actions(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let inside = |t: Option<TaskIndex>| t.is_some_and(|t| self.tree.tasks[t].execution == e);
        let ended: Vec<Id> = self
            .tree
            .actions
            .iter()
            .filter(|action| action.queued && inside(action.task) && !action.row.state.is_completed())
            .map(|action| action.row.id)
            .collect();
        for id in ended {
            self.action_result(id, None, Outcome::Cancelled(Value::Null))?;
        }
        Ok(())
    }
}
