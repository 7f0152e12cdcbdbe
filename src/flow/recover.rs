//! Finding out what a tree that was loaded still has to do: after a crash nothing but the rows is left, and everything that was
//! in flight follows from them.

use mistral_model::State;
use mistral_model::record::TaskKind;

use super::tree::{Child, TaskIndex, Work};
use super::{Decision, Failure};

impl Decision<'_> {
    /// Finds out from the rows what has still to be done. Idempotent; also the integrity check of a tree that is loaded.
    pub fn recover(&mut self) -> Result<(), Failure> {
        let delays = self.tree.delays();
        for t in self.tree.tasks.positions() {
            self.recount_items(t);
            self.recount_capacity(t);
            let task = &self.tree.tasks[t];
            let workflow = self.tree.executions[task.execution].row.state;
            let start = |first_run| Work::StartTask {
                task: t,
                first_run,
                rerun: false,
                reset: true,
            };
            match task.row.state {
                // What was created is started, whatever has become of the workflow. What `pause-before` holds
                // goes on with the workflow.
                State::Idle if !task.is_held => self.tree.work.push_back(start(true)),
                State::Idle if workflow == State::Running => self.tree.work.push_back(start(false)),
                State::Idle => {}
                State::Delayed if !delays.contains(&(task.row.id, State::Delayed)) => {
                    // A pause has held it back, and a cancel came that knew nothing of it.
                    match workflow == State::Cancelled && task.row.kind == TaskKind::Workflow {
                        true => self.leave_unstarted(t),
                        false => self.tree.work.push_back(start(false)),
                    }
                }
                // A retried join waits for its delay, not for its inbound tasks.
                State::Waiting if !delays.contains(&(task.row.id, State::Waiting)) => self.queue_refresh(t),
                // Also where the workflow has ended: it may be run again, and would wait for a child that ended unheard.
                // A paused task ends with its child, too.
                State::Running | State::Paused => self.recover_running(t)?,
                _ => {}
            }
        }
        for a in self.tree.actions.positions() {
            let action = &self.tree.actions[a];
            if action.row.state == State::Running && action.row.is_sync && !action.queued && action.inline.is_none() {
                self.resend(a)?;
            }
        }
        for e in self.tree.executions.positions() {
            match self.tree.executions[e].row.state {
                State::Running => self.queue_completion_check(e),
                State::Cancelled => self.cancel_below(e),
                _ => {}
            }
        }
        self.recover_spreads();
        Ok(())
    }

    /// A running or paused task whose calls have all ended, or were never made.
    fn recover_running(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let task = &self.tree.tasks[t];
        if !task.spec.with_items.is_empty() {
            let result = self.items_progress(t);
            self.or_fail(t, result, "Failed to handle action completion", Some("None"))?;
            self.after_change(t);
            self.recover_items(t);
            return Ok(());
        }
        let accepted = task.children.iter().copied().rev().find(|c| {
            let (state, _, accepted) = self.tree.child_state(*c);
            accepted && state.is_completed()
        });
        let running = task
            .children
            .iter()
            .any(|c| !self.tree.child_state(*c).0.is_completed());
        match accepted {
            _ if running => Ok(()),
            Some(Child::Workflow(e)) => self.child_done(e),
            Some(Child::Action(a)) => {
                let state = self.tree.actions[a].row.state;
                let result = super::host::child_result(self.tree, Child::Action(a));
                let name = self.tree.actions[a].row.name.clone();
                self.child_finished(t, state, || super::task::result_info(&result), &name)
            }
            None if self.tree.tasks[t].row.state == State::Paused => Ok(()),
            None => {
                self.tree.work.push_back(Work::StartTask {
                    task: t,
                    first_run: false,
                    rerun: false,
                    reset: true,
                });
                Ok(())
            }
        }
    }
}
