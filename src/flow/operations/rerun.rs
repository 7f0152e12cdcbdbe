//! Running a task again, or skipping it (§19).

use mistral_model::State;
use mistral_model::refusal::Kind;
use mistral_model::request::Rerun;

use crate::transition::{ExecutionEvent, TaskEvent};
use crate::tree::{Command, ExecutionIndex, TaskIndex};
use crate::{Decision, Failure};

impl Decision<'_> {
    /// `PUT /tasks/<id>` (§19.1, §19.2).
    ///
    /// # Errors
    /// A refusal, after which nothing has changed. What goes wrong when a task runs again is its own failure; what a
    /// skipped task publishes and starts belongs to the request.
    pub fn rerun(&mut self, rerun: &Rerun) -> Result<TaskIndex, Failure> {
        let done = match rerun.skip {
            true => self.atomically(|decision| decision.run_again(rerun)),
            false => self.run_again(rerun),
        };
        done.map_err(Failure::of_request)
    }

    pub(super) fn run_again(&mut self, rerun: &Rerun) -> Result<TaskIndex, Failure> {
        self.check_within_budget()?;
        let t = self.tree.task(rerun.task_id);
        let t = t.ok_or_else(|| {
            Failure::refused(
                Kind::NotFound,
                format!("TaskExecution not found [id={}]", rerun.task_id),
            )
        })?;
        let e = self.tree.tasks[t].execution;
        self.settle(e)?;
        if self.tree.executions[e].row.state == State::Paused {
            return Ok(t);
        }
        let state = self.tree.tasks[t].row.state;
        // Clients are told so before they get here; two of them at once are not.
        if !rerun.skip && !matches!(state, State::Error | State::Cancelled) {
            return Err(Failure::refused(
                Kind::Invalid,
                "The current task execution must be in ERROR for rerun. Only updating task to rerun is supported.",
            ));
        }
        if rerun.skip && state != State::Error {
            return Err(Failure::refused(
                Kind::Invalid,
                format!("Invalid state transition from {state} to SKIPPED."),
            ));
        }
        let env = rerun.env.as_ref().filter(|env| env.value().is_truthy());
        if env.is_some() {
            self.check_environment_may_change(e)?;
        }
        let mut above = Some(e);
        let mut chain = Vec::new();
        while let Some(e) = above {
            self.check_transition(e, State::Running)?;
            chain.push(e);
            above = self.tree.executions[e].parent.map(|t| self.tree.tasks[t].execution);
        }
        if let Some(env) = env {
            self.update_environment(e, env)?;
        }
        self.tree.act_with(rerun.security.as_ref(), self.ports.now);
        self.insist(&chain);
        for &e in chain.iter().rev() {
            self.set_execution_state(e, ExecutionEvent::Rerun, None);
            if let Some(parent) = self.tree.executions[e].parent {
                self.set_task_state(parent, TaskEvent::RerunBelow, None);
                self.tree.task_mut(parent, self.ports.now).row.processed = false;
                // The child counts among those that run again.
                self.recount_items(parent);
                self.recount_capacity(parent);
            }
        }
        let task = self.tree.task_mut(t, self.ports.now);
        task.triggered_by.clear();
        task.triggers_forgotten = true;
        task.items = None;
        task.concurrency = None;
        task.retry_no = None;
        task.retry_seen = false;
        task.wait_before_done = false;
        task.wait_before_seen = false;
        task.wait_after_done = false;
        let task_id = self.tree.tasks[t].row.id;
        self.drop_timers(|id| id == task_id);
        let command = match rerun.skip {
            true => Command::Skip { task: t },
            false => Command::RunExisting {
                task: t,
                rerun: true,
                reset: rerun.reset,
            },
        };
        let mut commands = vec![command];
        commands.extend(self.undispatched(e, t)?);
        self.go_on(e, commands)?;
        for &above in &chain[1..] {
            let commands = self.undispatched(above, t)?;
            if !commands.is_empty() {
                self.go_on(above, commands)?;
            }
        }
        for &e in &chain {
            self.wake(e);
        }
        if rerun.skip {
            self.after_change(t);
        } else {
            self.start_next(t);
        }
        Ok(t)
    }

    /// What was to follow tasks that ended while their execution was paused, if it ended before it was resumed. Upstream
    /// forgets it, and joins wait for it without end.
    pub(super) fn undispatched(&mut self, e: ExecutionIndex, except: TaskIndex) -> Result<Vec<Command>, Failure> {
        let ended = |t: &TaskIndex| {
            let task = &self.tree.tasks[*t];
            let has_next = task.next_tasks.as_ref().is_some_and(|next| !next.is_empty());
            *t != except && task.row.state.is_completed() && !task.row.processed && has_next
        };
        let ended: Vec<TaskIndex> = self.tree.present(e).filter(ended).collect();
        let mut commands = Vec::new();
        for t in ended {
            commands.extend(self.following(t)?.commands);
        }
        Ok(commands)
    }

    /// Puts the start of a task before all other work, so that the turn that accepted it also carries it out: a crash must
    /// not find an accepted rerun without a trace in the rows.
    pub(super) fn start_next(&mut self, t: TaskIndex) {
        self.tree.work.start_next(t);
    }
}
