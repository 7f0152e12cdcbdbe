//! Carrying out commands (§6).

use mistral_model::{State, Str, Value};

use super::tree::{Command, ExecutionIndex, Work};
use super::{Decision, Failure};

impl Decision<'_> {
    /// Carries out commands, those saved while the execution was paused first.
    pub(super) fn dispatch(&mut self, e: ExecutionIndex, commands: Vec<Command>) -> Result<(), Failure> {
        if self.tree.executions[e].row.state != State::Paused && !self.tree.executions[e].backlog.is_empty() {
            let backlog = std::mem::take(&mut self.tree.execution_mut(e, self.ports.now).backlog);
            let backlog = self.rearrange(e, backlog);
            self.process(e, backlog)?;
        }
        let commands = self.rearrange(e, commands);
        self.process(e, commands)
    }

    /// §6 (1): what follows a state change is dropped (kept after `pause`), joins go last.
    fn rearrange(&self, e: ExecutionIndex, mut commands: Vec<Command>) -> Vec<Command> {
        commands.retain(|c| !matches!(c, Command::Noop));
        let spec = &self.tree.executions[e].spec;
        let is_join = |c: &Command| matches!(c, Command::Run { task, .. } if spec.tasks[*task].join.is_some());
        let sort = |commands: &mut Vec<Command>| {
            if commands.iter().any(is_join) {
                // Stable: plain commands keep their order, joins follow by name.
                commands.sort_by_cached_key(|c| match c {
                    Command::Run { task, .. } if is_join(c) => Some(spec.tasks[*task].name.clone()),
                    _ => None,
                });
            }
        };
        let Some(at) = commands.iter().position(Command::is_state_change) else {
            sort(&mut commands);
            return commands;
        };
        let tail = commands.split_off(at + 1);
        let change = commands.pop();
        let pauses = matches!(
            change,
            Some(Command::SetState {
                state: State::Paused,
                ..
            })
        );
        sort(&mut commands);
        commands.extend(change);
        if pauses {
            commands.extend(tail);
        }
        commands
    }

    fn process(&mut self, e: ExecutionIndex, commands: Vec<Command>) -> Result<(), Failure> {
        for command in commands {
            match self.tree.executions[e].row.state {
                state if state.is_completed() => return Ok(()),
                State::Paused => {
                    self.tree.execution_mut(e, self.ports.now).backlog.push(command);
                }
                _ => self.carry_out(e, command)?,
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, e: ExecutionIndex, command: Command) -> Result<(), Failure> {
        match command {
            Command::Noop => Ok(()),
            Command::Run {
                task,
                context,
                triggered_by,
            } => {
                let spec = self.tree.executions[e].spec.tasks[task].clone();
                if spec.join.is_some() {
                    self.defer_join(e, spec, context, triggered_by);
                } else {
                    let t = self.create_task(e, spec, State::Idle, None, context, triggered_by);
                    self.tree.work.push_back(Work::StartTask {
                        task: t,
                        first_run: true,
                        rerun: false,
                        reset: false,
                    });
                }
                Ok(())
            }
            Command::RunExisting { task, rerun, reset } => {
                self.tree.work.push_back(Work::StartTask {
                    task,
                    first_run: false,
                    rerun,
                    reset,
                });
                Ok(())
            }
            Command::Skip { task } => self.complete_task(task, State::Skipped, Some("Task was skipped.".into())),
            Command::SetState {
                state: State::Paused,
                message,
            } => self.pause(e, command_message(&message)),
            Command::SetState {
                state: State::Error,
                message,
            } => {
                let shown = match message.is_truthy() {
                    true => Value::from(mistral_model::python::str(&message)),
                    false => message.clone(),
                };
                self.fail(e, command_message(&message), shown)
            }
            Command::SetState { state, message } => self.stop(e, state, command_message(&message)),
        }
    }
}

/// A message of an engine command as `state_info` holds it: mappings and lists as JSON, anything else as Python's text,
/// except for `false`, which upstream leaves to its database.
fn command_message(value: &Value) -> Option<Str> {
    match value {
        Value::Null => None,
        Value::Str(text) => Some(text.clone()),
        Value::Dict(_) | Value::List(_) | Value::Bool(false) => Some(mistral_model::json::dumps(value).into()),
        other => Some(mistral_model::python::str(other).into()),
    }
}
