//! Joins (§9): deferred until enough inbound tasks have fired, failed when they no longer can.

use std::sync::Arc;

use smallvec::SmallVec;

use mistral_lang::spec::{self, Join};
use mistral_model::python;
use mistral_model::{Dict, State, Str};

use super::transition::TaskEvent;
use super::tree::{Arrivals, ExecutionIndex, Seen, TaskIndex, Trigger};
use super::{Decision, Failure};

/// What an inbound task means for a join (§9.2).
enum Induced {
    Waiting,
    Running(Trigger),
    /// With the execution that did not fire, if there is one.
    Error(Option<Trigger>),
}

/// What the join as a whole should become (§9.3).
enum Logical {
    Waiting,
    Running(SmallVec<[Trigger; 1]>),
    Error(String, SmallVec<[Trigger; 1]>),
}

/// How many inbound tasks have to lead to a join.
pub(super) fn required(join: &spec::Task) -> usize {
    match join.join {
        Some(Join::Count(wanted)) => wanted as usize,
        Some(Join::All) | None => join.inbound.len(),
    }
}

impl Decision<'_> {
    /// The first arrival creates the row; a later one sets a join that is not waiting back to waiting (§9.1, §9.4).
    pub(super) fn defer_join(
        &mut self,
        e: ExecutionIndex,
        spec: Arc<spec::Task>,
        context: Arc<Dict>,
        triggered_by: SmallVec<[Trigger; 1]>,
    ) {
        let waiting = || Some(Str::from("Task is waiting."));
        match self.tree.executions[e].by_spec[spec.index].last().copied() {
            None => {
                self.create_task(e, spec, State::Waiting, waiting(), context, triggered_by);
            }
            Some(t) => {
                if self.tree.tasks[t].row.state != State::Waiting {
                    self.set_task_state(t, TaskEvent::Defer, waiting());
                }
                self.queue_refresh(t);
            }
        }
    }

    /// Looks at a join again; the only thing that starts or fails one.
    pub(super) fn refresh_join(&mut self, t: TaskIndex) -> Result<(), Failure> {
        self.tree.set_refresh_queued(t, false);
        let task = &self.tree.tasks[t];
        let e = task.execution;
        let state = task.row.state;
        let workflow = self.tree.executions[e].row.state;
        // A join whose inbound tasks finish while the workflow is paused waits for the resume.
        if workflow.is_completed() || workflow == State::Paused {
            return Ok(());
        }
        // One that a policy holds or whose child is paused has begun.
        if state != State::Waiting || !self.tree.tasks[t].row.is_join {
            return Ok(());
        }
        let logical = match self.is_undecided(t) {
            true => Logical::Waiting,
            false => self.logical_state(t),
        };
        match logical {
            Logical::Waiting => {
                let task = &self.tree.tasks[t];
                if !task.triggered_by.is_empty() || task.triggers_forgotten {
                    self.set_triggers(t, SmallVec::new());
                }
                Ok(())
            }
            Logical::Running(triggers) => {
                self.set_triggers(t, triggers);
                self.set_task_state(t, TaskEvent::Join, None);
                self.start_task(t, false, false, false)
            }
            Logical::Error(message, triggers) => {
                self.set_triggers(t, triggers);
                let result = self.complete_task(t, State::Error, Some(message.into()));
                self.or_fail(t, result, "Failed to complete task", None)?;
                self.after_change(t);
                Ok(())
            }
        }
    }

    /// Whether a join has to go on waiting, by what has changed since it was last looked at. `false` decides nothing.
    fn is_undecided(&mut self, t: TaskIndex) -> bool {
        let task = &self.tree.tasks[t];
        let (spec, e) = (task.spec.clone(), task.execution);
        let total = spec.inbound.len();
        let mut arrivals = self
            .tree
            .take_arrivals(t)
            .unwrap_or_else(|| Box::new(Arrivals::new(total)));
        for position in arrivals.take_marked() {
            let inbound = spec.inbound[position];
            let seen = match self.tree.executions[e].by_spec[inbound].last() {
                None => Seen::Absent,
                Some(_) => match self.induced(e, inbound, spec.index) {
                    Induced::Waiting => Seen::Open,
                    Induced::Running(_) => Seen::Fired,
                    Induced::Error(_) => Seen::Failed,
                },
            };
            arrivals.set(position, seen);
        }
        let is_lost = |position: &&usize| {
            let inbound = spec.inbound[**position];
            matches!(self.induced(e, inbound, spec.index), Induced::Error(_))
        };
        let failed = arrivals.failed() + arrivals.absent().iter().filter(is_lost).count();
        let undecided =
            total > 0 && arrivals.fired() < required(&spec) && failed <= total.saturating_sub(required(&spec));
        debug_assert_eq!(undecided, matches!(self.logical_state(t), Logical::Waiting));
        self.tree.keep_arrivals(t, arrivals);
        undecided
    }

    fn set_triggers(&mut self, t: TaskIndex, triggers: SmallVec<[Trigger; 1]>) {
        let task = self.tree.task_mut(t, self.ports.now);
        task.triggered_by = triggers;
        task.triggers_forgotten = false;
    }

    fn logical_state(&self, t: TaskIndex) -> Logical {
        let task = &self.tree.tasks[t];
        let spec = &task.spec;
        let total = spec.inbound.len();
        if total == 0 {
            return Logical::Running(SmallVec::new());
        }
        let execution = &self.tree.executions[task.execution];
        let mut running: SmallVec<[Trigger; 1]> = SmallVec::new();
        let mut failed: Vec<(usize, Option<Trigger>)> = Vec::new();
        for &inbound in &spec.inbound {
            match self.induced(task.execution, inbound, spec.index) {
                Induced::Waiting => {}
                Induced::Running(trigger) => running.push(trigger),
                Induced::Error(trigger) => failed.push((inbound, trigger)),
            }
        }
        let failure = |failed: Vec<(usize, Option<Trigger>)>, with_triggers: bool| {
            let names = failed.iter().map(|(i, _)| &*execution.spec.tasks[*i].name);
            let message = format!("Failed by tasks: {}", python::repr_list(names));
            let triggers = failed
                .into_iter()
                .filter_map(|(_, t)| t)
                .filter(|_| with_triggers)
                .collect();
            Logical::Error(message, triggers)
        };
        match spec.join {
            _ if running.len() >= required(spec) => Logical::Running(running),
            _ if failed.len() <= total.saturating_sub(required(spec)) => Logical::Waiting,
            Some(Join::Count(_)) => failure(failed, false),
            Some(Join::All) | None => failure(failed, true),
        }
    }

    fn induced(&self, e: ExecutionIndex, inbound: usize, join: usize) -> Induced {
        let execution = &self.tree.executions[e];
        let Some(task) = self.tree.last_run(e, inbound) else {
            let mut seen = vec![false; execution.spec.tasks.len()];
            return if self.possible(e, inbound, &mut seen) {
                Induced::Waiting
            } else {
                Induced::Error(None)
            };
        };
        if !task.row.state.is_completed() {
            return Induced::Waiting;
        }
        let trigger = |event: Str| Trigger {
            task_id: task.row.id,
            event: Some(event),
        };
        match task.led_to(join) {
            Some(next) => Induced::Running(trigger(next.event.map_or("", |e| e.name()).into())),
            None => Induced::Error(Some(trigger("not triggered".into()))),
        }
    }

    /// Whether a task that has not run may still be reached. A task seen before is not possible by this path, so cycles
    /// that never ran end here (upstream has no such guard and hangs).
    fn possible(&self, e: ExecutionIndex, task: usize, seen: &mut [bool]) -> bool {
        let execution = &self.tree.executions[e];
        let mut todo = vec![task];
        seen[task] = true;
        while let Some(index) = todo.pop() {
            let spec = &execution.spec.tasks[index];
            if spec.inbound.is_empty() {
                return true;
            }
            for &before in &spec.inbound {
                match execution.by_spec[before].last() {
                    None => {
                        if !std::mem::replace(&mut seen[before], true) {
                            todo.push(before);
                        }
                    }
                    Some(t) => {
                        let task = &self.tree.tasks[*t];
                        let leads_here = |next: &smallvec::SmallVec<[super::tree::NextTask; 2]>| {
                            next.iter().any(|n| n.index == index)
                        };
                        if !task.row.state.is_completed() || task.next_tasks.as_ref().is_some_and(leads_here) {
                            return true;
                        }
                    }
                }
            }
        }
        false
    }
}
