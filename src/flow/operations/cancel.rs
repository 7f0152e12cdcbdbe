//! Cancel, with everything below (§17).

use mistral_model::action::Outcome;
use mistral_model::{Id, State, Str, Value};

use crate::tree::{Child, ExecutionIndex, Work};
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
    /// on.) Actions that somebody else completes stay open. Of many actions some end now, the others in later turns.
    pub(crate) fn end_actions(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let execution = &self.tree.executions[e];
        if execution.row.state != State::Cancelled {
            // It was run again meanwhile.
            return Ok(());
        }
        let piece = self.ports.options.items_per_piece.max(1);
        let children = execution.tasks.iter().flat_map(|t| &self.tree.tasks[*t].children);
        let open = children.filter_map(|child| match child {
            Child::Action(a) => {
                let action = &self.tree.actions[*a];
                (action.queued && !action.row.state.is_completed()).then_some(action.row.id)
            }
            Child::Workflow(_) => None,
        });
        let mut ended: Vec<Id> = open.take(piece + 1).collect();
        if ended.len() > piece {
            ended.pop();
            self.tree.work.push_back(Work::EndActions(e));
        }
        for id in ended {
            self.action_result(id, None, Outcome::Cancelled(Value::Null))?;
        }
        Ok(())
    }
}
