//! Commands: what should happen next in an execution (§6).

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use mistral_lang::spec;
use mistral_model::{Dict, Id, State, Str, Value};

use super::row::Trigger;
use super::{ExecutionIndex, TaskIndex, Tree};

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
    pub(crate) fn is_state_change(&self) -> bool {
        matches!(self, Command::SetState { .. })
    }

    /// Entry of `runtime_context.backlog_commands`.
    pub(in crate::tree) fn to_value(&self, tree: &Tree, e: ExecutionIndex) -> Value {
        let mut dict = Dict::default();
        let mut put = |key: &str, value: Value| dict.insert(key.into(), value);
        match self {
            Command::Run {
                task,
                context,
                triggered_by,
            } => {
                let spec = &tree.executions[e].spec.tasks[*task];
                put("cmd_name", "run_task".into());
                put("task_name", Value::Str(spec.name.clone()));
                put("ctx", Value::Dict(context.clone()));
                put("triggered_by", super::shown::triggers_to_value(triggered_by));
                put("wait", Value::Bool(spec.join.is_some()));
            }
            Command::RunExisting { task, rerun, reset } => {
                put("cmd_name", "run_existing_task".into());
                put("task_ex_id", Value::from(tree.tasks[*task].row.id.to_string()));
                put("rerun", Value::Bool(*rerun));
                put("reset", Value::Bool(*reset));
            }
            Command::Skip { task } => {
                put("cmd_name", "skip_task".into());
                put("task_ex_id", Value::from(tree.tasks[*task].row.id.to_string()));
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
    pub(in crate::tree) fn from_value(value: &Value, tree: &Tree, spec: &spec::Workflow) -> Option<Command> {
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
pub(in crate::tree) fn triggers_from_value(value: &Value) -> SmallVec<[Trigger; 1]> {
    let one = |v: &Value| {
        let task_id = v.get("task_id")?.as_str()?.parse().ok()?;
        Some(Trigger {
            task_id,
            event: v.get("event").and_then(Value::as_str).map(Str::from),
        })
    };
    value.as_list().unwrap_or_default().iter().filter_map(one).collect()
}

/// One trigger.
pub(crate) fn triggered(task_id: Id, event: Option<&str>) -> SmallVec<[Trigger; 1]> {
    smallvec![Trigger {
        task_id,
        event: event.map(Str::from)
    }]
}
