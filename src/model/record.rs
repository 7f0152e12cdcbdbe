//! Rows of executions, tasks and action executions, as the engine keeps them in memory and the store writes them.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::payload::Payload;
use super::state::State;
use super::time::Time;
use super::value::Str;

/// Member of a task's `runtime_context` that holds what the task published globally. Clients see it as a member of the
/// task.
pub const PUBLISHED_GLOBAL: &str = "__published_global";

/// Member of the `runtime_context` of a root execution, and of an action that is run by itself: where what its actions may act with is
/// found ([`Security::to_text`](super::Security::to_text)). No secret.
pub const SECURITY: &str = "security";

/// Member of the `runtime_context` of an execution that a pause (`PAUSED`) or a resume (`RUNNING`) is on its way from: it has not
/// reached all that is below. Clients do not see it.
pub const SPREADS: &str = "spreads";
/// Key of an execution's `runtime_context`: what is on its way from the one above has reached it.
pub const REACHED: &str = "reached";

/// `runtime_context` of a task that one other triggered, in parts: what most say.
pub const TRIGGERED: [&str; 3] = [r#"{"triggered_by":[{"task_id":""#, r#"","event":"#, "}]}"];

/// `runtime_context` of a task that one other triggered, as [`super::json::to_string`] would write it.
pub fn triggered(task_id: Id, event: &str) -> String {
    use std::fmt::Write as _;
    let [begin, middle, end] = TRIGGERED;
    let mut text = String::with_capacity(begin.len() + 36 + middle.len() + event.len() + 2 + end.len());
    text.push_str(begin);
    // Writing to a text does not fail.
    let _ = write!(text, "{task_id}");
    text.push_str(middle);
    super::json::write_str(event, &mut text);
    text.push_str(end);
    text
}

/// Who may see a row besides its project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    #[default]
    Private,
    Public,
}

impl Scope {
    pub fn name(self) -> &'static str {
        match self {
            Scope::Private => "private",
            Scope::Public => "public",
        }
    }
}

/// What the rows of one run share: which definition it runs and whose it is. One allocation per execution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Full name of the definition, with the workbook's prefix.
    pub workflow_name: Str,
    pub workflow_namespace: Str,
    pub workflow_id: Id,
    pub project_id: Option<Str>,
    pub scope: Scope,
}

/// One run of a workflow. Field meanings: engine semantics §3.1.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Execution {
    pub id: Id,
    /// The execution at the top of the tree; itself for a root.
    pub root_id: Id,
    /// What clients call this execution if they chose a text that is no UUID.
    pub alias: Option<Str>,
    /// The task of the parent execution that runs this one.
    pub task_id: Option<Id>,
    pub origin: std::sync::Arc<Origin>,
    /// Content hash of the definition that this run is pinned to (`definition_content`).
    pub spec_hash: Id,
    pub description: Option<Str>,
    /// JSON list of text, or null.
    pub tags: Option<Payload>,
    pub state: State,
    pub state_info: Option<Str>,
    pub input: Payload,
    pub output: Option<Payload>,
    pub params: Payload,
    /// `__execution`, evaluated `vars`, globally published variables.
    pub context: Payload,
    /// `index`, `wb_name`, `backlog_commands`, and what only the engine reads.
    pub runtime_context: Payload,
    pub accepted: bool,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

/// What a task runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskKind {
    #[default]
    Action,
    Workflow,
}

impl TaskKind {
    pub fn name(self) -> &'static str {
        match self {
            TaskKind::Action => "ACTION",
            TaskKind::Workflow => "WORKFLOW",
        }
    }
}

/// One run of one task of a workflow. Field meanings: engine semantics §3.2.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Task {
    pub id: Id,
    pub execution_id: Id,
    pub root_id: Id,
    pub name: Str,
    pub origin: std::sync::Arc<Origin>,
    pub kind: TaskKind,
    /// JSON list of text, or null.
    pub tags: Option<Payload>,
    pub state: State,
    pub state_info: Option<Str>,
    pub processed: bool,
    /// JSON list of `[task name, event]`; null until completion.
    pub next_tasks: Option<Payload>,
    pub error_handled: bool,
    /// Only joins keep theirs; others are rebuilt from the task that triggered them.
    pub in_context: Option<Payload>,
    pub published: Option<Payload>,
    /// `triggered_by`, `with_items`, `retry_task_policy`, …
    pub runtime_context: Payload,
    pub is_join: bool,
    pub started_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

/// One call of an action. Field meanings: engine semantics §3.3.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Action {
    pub id: Id,
    /// Null for an action that was run by itself (REST `POST /action_executions`).
    pub task_id: Option<Id>,
    pub execution_id: Option<Id>,
    /// The tree it belongs to; its own id if it was run by itself.
    pub root_id: Id,
    /// Name of the descriptor that was found (`wb.act`).
    pub name: Str,
    pub origin: std::sync::Arc<Origin>,
    pub description: Option<Str>,
    /// JSON list of text, or null.
    pub tags: Option<Payload>,
    pub state: State,
    pub state_info: Option<Str>,
    /// Whether the result counts for the task.
    pub accepted: bool,
    pub input: Payload,
    /// `{"result": …}` once completed.
    pub output: Option<Payload>,
    /// `index`, `safe_rerun`.
    pub runtime_context: Payload,
    pub is_sync: bool,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}
