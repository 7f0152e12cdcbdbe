//! Direct workflows: which commands follow a completed task, or a start (§5).

use std::sync::Arc;

use mistral_lang::spec::{Destination, Kind, Transition};
use mistral_model::{Dict, State, Value};

use super::context::evaluate;
use super::tree::{Command, Event, ExecutionIndex, NextTask, TaskIndex, triggered};
use super::{Decision, Failure};

/// Commands that follow one task, and what its row remembers of them.
#[derive(Default)]
pub(super) struct Following {
    pub commands: Vec<Command>,
    pub next_tasks: smallvec::SmallVec<[NextTask; 2]>,
    /// An `on-error` entry fired.
    pub error_handled: bool,
}

impl Decision<'_> {
    /// Commands of an execution as a whole: at its start, and when it is resumed.
    pub(super) fn commands_of_execution(&mut self, e: ExecutionIndex) -> Result<Vec<Command>, Failure> {
        let execution = &self.tree.executions[e];
        if execution.row.state.is_completed() {
            return Ok(Vec::new());
        }
        if execution.spec.kind == Kind::Reverse {
            return self.reverse_commands(e);
        }
        let idle = self
            .tree
            .present(e)
            .filter(|t| self.tree.tasks[*t].row.state == State::Idle && !self.starts_already(*t));
        let again = |task| Command::RunExisting {
            task,
            rerun: false,
            reset: true,
        };
        let mut commands: Vec<Command> = idle.map(again).collect();
        if execution.tasks.is_empty() {
            commands.extend(execution.spec.start_tasks.iter().map(|&task| Command::Run {
                task,
                context: Arc::default(),
                triggered_by: Default::default(),
            }));
            return Ok(commands);
        }
        let is_unprocessed = |t: &TaskIndex| {
            let row = &self.tree.tasks[*t].row;
            row.state.is_completed() && !row.processed
        };
        let unprocessed: Vec<TaskIndex> = self.tree.present(e).filter(is_unprocessed).collect();
        for t in unprocessed {
            commands.extend(self.following(t)?.commands);
        }
        Ok(commands)
    }

    /// Commands that follow a task in its present state.
    pub(super) fn following(&mut self, t: TaskIndex) -> Result<Following, Failure> {
        let task = &self.tree.tasks[t];
        let execution = &self.tree.executions[task.execution];
        if execution.row.state.is_completed() {
            return Ok(Following::default());
        }
        if execution.spec.kind == Kind::Reverse {
            return self.following_reverse(t);
        }
        let state = task.row.state;
        let spec = task.spec.clone();
        let mut found = Following::default();
        if state == State::Waiting || !state.is_completed() {
            return Ok(found);
        }
        let outbound = self.tree.outbound(t, self.ports.options);
        if state == State::Error {
            self.fire(t, &spec.on_error, Event::Error, &outbound, &mut found)?;
        }
        let mut succeeded = state == State::Success;
        if state == State::Skipped {
            let before = found.commands.len();
            self.fire(t, &spec.on_skip, Event::Skip, &outbound, &mut found)?;
            succeeded = found.commands.len() == before;
        }
        if succeeded {
            self.fire(t, &spec.on_success, Event::Success, &outbound, &mut found)?;
        }
        if matches!(state, State::Success | State::Error) {
            self.fire(t, &spec.on_complete, Event::Complete, &outbound, &mut found)?;
        }
        Ok(found)
    }

    fn fire(
        &self,
        t: TaskIndex,
        transitions: &[Transition],
        event: Event,
        outbound: &Arc<Dict>,
        found: &mut Following,
    ) -> Result<(), Failure> {
        let task = &self.tree.tasks[t];
        for transition in transitions {
            let evaluated = |template| {
                let layers = self.tree.transition_layers(t, outbound);
                evaluate(self.tree, self.ports, template, &layers, task.execution, Some(t))
            };
            if let Some(condition) = &transition.condition
                && !evaluated(condition)?.is_truthy()
            {
                continue;
            }
            let message = match &transition.parameters {
                Some(parameters) => evaluated(parameters)?.get("msg").cloned().unwrap_or(Value::Null),
                None => Value::Null,
            };
            found.error_handled |= event == Event::Error;
            found.commands.push(match &transition.to {
                Destination::Task(index) => {
                    found.next_tasks.push(NextTask {
                        index: *index,
                        event: Some(event),
                    });
                    Command::Run {
                        task: *index,
                        context: outbound.clone(),
                        triggered_by: triggered(task.row.id, Some(event.name())),
                    }
                }
                Destination::Noop => Command::Noop,
                Destination::Fail => Command::SetState {
                    state: State::Error,
                    message,
                },
                Destination::Succeed => Command::SetState {
                    state: State::Success,
                    message,
                },
                Destination::Pause => Command::SetState {
                    state: State::Paused,
                    message,
                },
                Destination::Unknown(name) => {
                    return Err(Failure::Workflow(format!("Task '{name}' not found.")));
                }
            });
        }
        Ok(())
    }
}
