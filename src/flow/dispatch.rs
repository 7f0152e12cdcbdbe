//! Commands: what should happen next in an execution, and carrying it out (§6).

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use mistral_lang::spec;
use mistral_model::{Dict, Id, State, Str, Value};

use super::tree::{ExecutionIndex, TaskIndex, Tree, Trigger, Work};
use super::{Decision, Failure};

/// One thing to do in an execution.
#[derive(Clone, Debug)]
pub enum Command {
    /// Start a task of the spec; a join is deferred until its inbound tasks allow it.
    Run {
        task: spec::TaskIndex,
        context: Arc<Dict>,
        triggered_by: SmallVec<[Trigger; 1]>,
    },
    /// Start a task execution that exists.
    RunExisting {
        task: TaskIndex,
        rerun: bool,
        reset: bool,
    },
    Skip {
        task: TaskIndex,
    },
    Noop,
    /// `fail`, `succeed`, `pause` with their message.
    SetState {
        state: State,
        message: Value,
    },
}

impl Command {
    fn is_state_change(&self) -> bool {
        matches!(self, Command::SetState { .. })
    }

    /// Entry of `runtime_context.backlog_commands`.
    pub(super) fn to_value(&self, tree: &Tree, e: ExecutionIndex) -> Value {
        let mut dict = Dict::default();
        let mut put = |key: &str, value: Value| dict.insert(key.into(), value);
        match self {
            Command::Run {
                task,
                context,
                triggered_by,
            } => {
                let spec = &tree.executions[e.0].spec.tasks[*task];
                put("cmd_name", "run_task".into());
                put("task_name", Value::Str(spec.name.clone()));
                put("ctx", Value::Dict(context.clone()));
                put("triggered_by", super::tree::triggers_to_value(triggered_by));
                put("wait", Value::Bool(spec.join.is_some()));
            }
            Command::RunExisting { task, rerun, reset } => {
                put("cmd_name", "run_existing_task".into());
                put("task_ex_id", Value::from(tree.tasks[task.0].row.id.to_string()));
                put("rerun", Value::Bool(*rerun));
                put("reset", Value::Bool(*reset));
            }
            Command::Skip { task } => {
                put("cmd_name", "skip_task".into());
                put("task_ex_id", Value::from(tree.tasks[task.0].row.id.to_string()));
            }
            Command::Noop => {
                put("cmd_name", "noop".into());
            }
            Command::SetState { state, message } => {
                put("cmd_name", "set_workflow_state".into());
                put("new_state", state.name().into());
                put("msg", message.clone());
            }
        }
        Value::dict(dict)
    }

    /// Reads such an entry back; `None` for one that makes no sense any more.
    pub(super) fn from_value(value: &Value, tree: &Tree, spec: &spec::Workflow) -> Option<Command> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let task = || {
            text("task_ex_id")
                .and_then(|id| id.parse().ok())
                .and_then(|id: Id| tree.task(id))
        };
        let flag = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or(false);
        Some(match text("cmd_name")? {
            "run_task" => Command::Run {
                task: spec.tasks.get_index_of(text("task_name")?)?,
                context: match value.get("ctx") {
                    Some(Value::Dict(context)) => context.clone(),
                    _ => Arc::default(),
                },
                triggered_by: value.get("triggered_by").map(triggers_from_value).unwrap_or_default(),
            },
            "run_existing_task" => Command::RunExisting {
                task: task()?,
                rerun: flag("rerun"),
                reset: flag("reset"),
            },
            "skip_task" => Command::Skip { task: task()? },
            "set_workflow_state" => Command::SetState {
                state: text("new_state")?.parse().ok()?,
                message: value.get("msg").cloned().unwrap_or_default(),
            },
            _ => Command::Noop,
        })
    }
}

/// Reads `[{task_id, event}]`.
pub(super) fn triggers_from_value(value: &Value) -> SmallVec<[Trigger; 1]> {
    let one = |v: &Value| {
        let task_id = v.get("task_id")?.as_str()?.parse().ok()?;
        Some(Trigger {
            task_id,
            event: v.get("event").and_then(Value::as_str).map(Str::from),
        })
    };
    value.as_list().unwrap_or_default().iter().filter_map(one).collect()
}

impl Decision<'_> {
    /// Carries out commands, those saved while the execution was paused first.
    pub(super) fn dispatch(&mut self, e: ExecutionIndex, commands: Vec<Command>) -> Result<(), Failure> {
        if self.tree.executions[e.0].row.state != State::Paused && !self.tree.executions[e.0].backlog.is_empty() {
            let backlog = std::mem::take(&mut self.tree.executions[e.0].backlog);
            self.tree.touch_execution(e, self.ports.now);
            let backlog = self.rearrange(e, backlog);
            self.process(e, backlog)?;
        }
        let commands = self.rearrange(e, commands);
        self.process(e, commands)
    }

    /// §6 (1): what follows a state change is dropped (kept after `pause`), joins go last.
    fn rearrange(&self, e: ExecutionIndex, mut commands: Vec<Command>) -> Vec<Command> {
        commands.retain(|c| !matches!(c, Command::Noop));
        let spec = &self.tree.executions[e.0].spec;
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
            match self.tree.executions[e.0].row.state {
                state if state.is_completed() => return Ok(()),
                State::Paused => {
                    self.tree.executions[e.0].backlog.push(command);
                    self.tree.touch_execution(e, self.ports.now);
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
                let spec = self.tree.executions[e.0].spec.tasks[task].clone();
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

/// One trigger.
pub(super) fn triggered(task_id: Id, event: Option<&str>) -> SmallVec<[Trigger; 1]> {
    smallvec![Trigger {
        task_id,
        event: event.map(Str::from)
    }]
}
