//! Pause and resume, with everything below and above (§17).

use mistral_model::record::TaskKind;
use mistral_model::{Payload, State, Str};

use crate::transition::{ExecutionEvent, TaskEvent};
use crate::tree::{ExecutionIndex, ROOT, TaskIndex, Work};
use crate::{Decision, Failure};

impl Decision<'_> {
    /// Pauses the whole tree, if it runs.
    ///
    /// # Errors
    /// None but [`Failure::Needs`]: one that cannot be paused goes on.
    pub fn pause_all(&mut self, message: Str) -> Result<(), Failure> {
        if self.tree.executions.is_empty() || self.tree.executions[ROOT].row.state != State::Running {
            return Ok(());
        }
        match self.pause(ROOT, Some(message)) {
            Err(Failure::Needs(needs)) => Err(Failure::Needs(needs)),
            _ => Ok(()),
        }
    }

    /// Pauses a workflow with everything below it, then what is above it (§17).
    pub(crate) fn pause(&mut self, e: ExecutionIndex, message: Option<Str>) -> Result<(), Failure> {
        // Before anything changes.
        self.check_transition(e, State::Paused)?;
        if self.is_large() {
            self.pause_in_pieces(e, message);
            return Ok(());
        }
        for child in self.children_of(e) {
            if !self.tree.executions[child].row.state.is_completed() {
                self.pause_down(child)?;
            }
        }
        if self.tree.executions[e].row.state == State::Paused {
            return Ok(());
        }
        self.set_execution_state(e, ExecutionEvent::Pause, message);
        if let Some(t) = self.tree.executions[e].parent {
            self.update_task(t, TaskEvent::Pause);
            let parent = self.tree.tasks[t].execution;
            if !self.tree.executions[parent].row.state.is_completed() {
                return self.pause(parent, None);
            }
        }
        Ok(())
    }

    pub(super) fn pause_down(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        for child in self.children_of(e) {
            if !self.tree.executions[child].row.state.is_completed() {
                self.pause_down(child)?;
            }
        }
        if self.tree.executions[e].row.state == State::Paused {
            return Ok(());
        }
        self.check_transition(e, State::Paused)?;
        self.set_execution_state(e, ExecutionEvent::Pause, None);
        if let Some(t) = self.tree.executions[e].parent {
            self.update_task(t, TaskEvent::Pause);
        }
        Ok(())
    }

    /// Whether this task starts a sub-workflow, and its execution is paused: it waits for the resume. Upstream starts those that it has
    /// sent for; each is a part of a paused tree that runs, and one that starts itself would grow in spite of the pause.
    pub(crate) fn holds_back(&self, t: TaskIndex) -> bool {
        let task = &self.tree.tasks[t];
        task.row.kind == TaskKind::Workflow && self.tree.executions[task.execution].row.state == State::Paused
    }

    /// Starts the tasks that were to start while their execution was paused; they are cancelled if it is.
    pub(crate) fn start_held_back(&mut self, e: ExecutionIndex) {
        let calls = |t: &TaskIndex| self.tree.tasks[*t].row.kind == TaskKind::Workflow;
        if !self.tree.present(e).any(|t| calls(&t)) {
            return;
        }
        // All timers of the tree are looked through, for those alone that wait.
        let is_delayed = |t: TaskIndex| self.tree.tasks[t].row.state == State::Delayed;
        let delays = match self.tree.present(e).any(|t| calls(&t) && is_delayed(t)) {
            true => self.tree.delays(),
            false => Default::default(),
        };
        let tasks = self.tree.present(e);
        let held_back: Vec<TaskIndex> = tasks.filter(|t| self.tree.is_held_back(*t, &delays)).collect();
        for task in held_back {
            let first_run = self.tree.tasks[task].row.state == State::Idle;
            if self.tree.executions[e].row.state == State::Cancelled {
                self.leave_unstarted(task);
            // The first start of a task that has started meanwhile does nothing.
            } else if first_run || !self.starts_already(task) {
                self.tree.work.push_back(Work::StartTask {
                    task,
                    first_run,
                    rerun: false,
                    reset: true,
                });
            }
        }
    }

    /// Resumes a workflow with everything below it, then what is above it unless something there is still paused.
    pub(crate) fn resume(&mut self, e: ExecutionIndex, env: Option<&Payload>) -> Result<(), Failure> {
        if !matches!(self.tree.executions[e].row.state, State::Paused | State::Idle) {
            return Ok(());
        }
        if self.is_large() {
            return self.resume_in_pieces(e, env);
        }
        for child in self.children_of(e) {
            self.resume_one(child, None, true)?;
        }
        self.resume_one(e, env, false)?;
        self.resume_up(e)
    }

    pub(super) fn resume_one(&mut self, e: ExecutionIndex, env: Option<&Payload>, down: bool) -> Result<(), Failure> {
        if !matches!(self.tree.executions[e].row.state, State::Paused | State::Idle) {
            return Ok(());
        }
        if down {
            for child in self.children_of(e) {
                self.resume_one(child, None, true)?;
            }
        }
        if let Some(env) = env {
            self.update_environment(e, env)?;
        }
        self.set_execution_state(e, ExecutionEvent::Resume, None);
        let commands = self.commands_of_execution(e)?;
        self.go_on(e, commands)?;
        self.wake(e);
        if let Some(t) = self.tree.executions[e].parent {
            self.update_task(t, TaskEvent::Resume);
        }
        Ok(())
    }

    /// Looks at what nobody looks at while an execution is paused or over: joins whose inbound tasks end, tasks that
    /// `pause-before` holds, and items that did not begin any more.
    pub(super) fn wake(&mut self, e: ExecutionIndex) {
        let is_running = self.tree.executions[e].row.state == State::Running;
        if is_running {
            self.start_held_back(e);
        }
        let present: Vec<TaskIndex> = self.tree.present(e).collect();
        for t in present {
            let row = &self.tree.tasks[t].row;
            match row.state {
                State::Waiting => self.queue_refresh(t),
                State::Idle if is_running && self.tree.tasks[t].is_held && !self.starts_already(t) => {
                    self.tree.work.push_back(Work::StartTask {
                        task: t,
                        first_run: false,
                        rerun: false,
                        reset: true,
                    });
                }
                State::Running | State::Paused if is_running => self.recover_items(t),
                _ => {}
            }
        }
    }

    pub(super) fn resume_up(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let Some(t) = self.tree.executions[e].parent else {
            return Ok(());
        };
        let parent = self.tree.tasks[t].execution;
        let done = self.resume_unless_paused_inside(parent);
        let name = self.tree.executions[e].row.origin.workflow_name.clone();
        self.or_fail(t, done, "Failed to handle action update", Some(&name))
    }

    pub(super) fn resume_unless_paused_inside(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let is_paused = |t: TaskIndex| self.tree.tasks[t].row.state == State::Paused;
        if self.will_pause_below(e, None) || self.tree.present(e).any(is_paused) {
            return Ok(());
        }
        self.resume(e, None)
    }
}
