//! Cancel, with everything below (§17). The execution itself is cancelled at once; what is below it follows in pieces of work
//! that come before any other, so that a tree of any size is cancelled before anything else happens in it, and no decision is
//! longer for a larger tree. After a crash in between it goes on: [`Decision::recover`].

use mistral_model::action::Outcome;
use mistral_model::{State, Str, Value};

use crate::transition::TaskEvent;
use crate::tree::{ActionIndex, Child, ExecutionIndex, TaskIndex, Work};
use crate::{Decision, Failure};

impl Decision<'_> {
    pub(crate) fn cancel(&mut self, e: ExecutionIndex, message: Option<Str>) -> Result<(), Failure> {
        let was_paused = self.tree.executions[e].row.state == State::Paused;
        self.finish(e, State::Cancelled, message)?;
        if was_paused {
            self.start_held_back(e);
        }
        self.cancel_below(e);
        Ok(())
    }

    /// What executors have, or would get, ends with a cancelled execution: their slots are for others. (Upstream lets such
    /// actions run on.) Actions that somebody else completes stay open.
    pub(crate) fn cancel_below(&mut self, e: ExecutionIndex) {
        if self.tree.executions[e].row.state != State::Cancelled {
            return;
        }
        let tasks = self.tree.present(e);
        let children = tasks.flat_map(|t| self.tree.tasks[t].children.iter());
        let endings: Vec<Work> = children
            .filter_map(|child| match *child {
                Child::Action(a) => {
                    let action = &self.tree.actions[a];
                    (action.queued && !action.row.state.is_completed()).then_some(Work::EndAction(a))
                }
                Child::Workflow(e) => (!self.tree.executions[e].row.state.is_completed()).then_some(Work::Cancel(e)),
            })
            .collect();
        for work in endings.into_iter().rev() {
            self.tree.work.push_front(work);
        }
    }

    /// Works off a `Cancel`: with the message of the execution above.
    pub(crate) fn go_on_cancelling(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let execution = &self.tree.executions[e];
        if execution.row.state.is_completed() {
            return Ok(());
        }
        let above = execution.parent.map(|t| self.tree.tasks[t].execution);
        let message = above.and_then(|e| self.tree.executions[e].row.state_info.clone());
        self.cancel(e, message)
    }

    /// Works off an `EndAction`.
    pub(crate) fn end_action(&mut self, a: ActionIndex) -> Result<(), Failure> {
        let id = self.tree.actions[a].row.id;
        self.action_result(id, None, Outcome::Cancelled(Value::Null))
    }

    /// Whether the execution of this task was cancelled: nothing of it starts any more.
    pub(crate) fn is_cancelled(&self, t: TaskIndex) -> bool {
        self.tree.executions[self.tree.tasks[t].execution].row.state == State::Cancelled
    }

    /// A task that was to start when its execution was cancelled.
    pub(crate) fn leave_unstarted(&mut self, t: TaskIndex) {
        let task = &self.tree.tasks[t];
        let is_open = |child: &Child| !self.tree.child_state(*child).0.is_completed();
        if !task.row.state.is_completed() && !task.children.iter().any(is_open) {
            self.set_task_state(t, TaskEvent::Cancel, None);
        }
    }
}
