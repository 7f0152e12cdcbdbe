//! What an action is to everybody but itself: a description, a job to run, a result.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::payload::Payload;
use super::security::Security;
use super::time::Time;
use super::value::{Dict, Str, Value};

/// A declared parameter of a built-in action.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub name: &'static str,
    /// JSON text of the default; `None`: the parameter is required.
    pub default: Option<&'static str>,
}

/// A built-in action, as the engine and the REST API need to know it.
#[derive(Clone, Debug)]
pub struct Descriptor {
    /// `std.echo`.
    pub name: &'static str,
    /// Upstream's class path, which its messages show: `mistral.actions.std_actions.EchoAction`. Empty: workers provide the
    /// action.
    pub class: &'static str,
    pub description: &'static str,
    pub parameters: &'static [Parameter],
    /// Takes any parameter (`**kwargs`).
    pub accepts_any: bool,
    /// The `input` text that `GET /v2/actions` shows.
    pub input_text: &'static str,
    /// Completed by the executor; otherwise by somebody else over the API.
    pub is_sync: bool,
    /// Refuses input that the action could not even be made with (upstream: an exception in the constructor).
    pub check: fn(&Dict) -> Result<(), String>,
    /// Does nothing outside of itself: it may be run again whenever its executor died, whatever its task says.
    pub is_repeatable: bool,
    /// For actions that are pure and instant: the action itself, run inside the engine's decision loop instead of on an
    /// executor. The id is that of the action execution, which error texts show. `None` from the function: this input
    /// needs an executor after all.
    pub inline: Option<Inline>,
}

impl Descriptor {
    /// Whether workers run the action, not executors.
    pub fn is_remote(&self) -> bool {
        self.class.is_empty()
    }
}

/// What actions of workers wait for in the action queue begins so.
const WORKER_QUEUE: &str = "action:";

/// What the jobs of a worker's action wait for in the queue, where executors' names stand otherwise: any worker that provides it,
/// or those with this target.
pub fn worker_queue(action: &str, target: Option<&str>) -> String {
    match target {
        None | Some("") => format!("{WORKER_QUEUE}{action}"),
        Some(target) => format!("{WORKER_QUEUE}{action}@{target}"),
    }
}

/// The action, with its target if there is one, that a queue's name of [`worker_queue`] is about.
pub fn queue_of_workers(name: &str) -> Option<&str> {
    name.strip_prefix(WORKER_QUEUE)
}

/// An action as a function of its input; `None`: this input needs an executor.
pub type Inline = fn(&Dict, Option<Id>) -> Option<Outcome>;

/// Where descriptors of built-in actions come from.
pub trait Catalog: Send + Sync {
    fn find(&self, name: &str) -> Option<&Descriptor>;
    /// All, ordered by name.
    fn all(&self) -> Vec<&Descriptor>;
}

/// How an action ended. Upstream's `Result(data, error, cancel)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    Success(Value),
    Error(Value),
    Cancelled(Value),
    /// There was a result, but it is larger than what may be stored. The executor has dropped it.
    TooLarge {
        size_kb: u64,
        limit_kb: u64,
    },
}

/// What an action is told about where it runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    pub workflow_name: Option<Str>,
    pub workflow_execution_id: Option<Str>,
    pub task_execution_id: Option<Str>,
    pub action_execution_id: Option<Str>,
    /// `/v2/action_executions/<id>`.
    pub callback_url: Option<Str>,
    pub project_id: Option<Str>,
    /// What it may act with, if anything is known of that: only for actions of workers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
}

/// An action to run on an executor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    pub action_id: Id,
    /// The tree whose owner wants the result.
    pub root_id: Id,
    /// Counts deliveries, from 1; a result of an older delivery is dropped.
    pub attempt: u32,
    /// Built-in action (ad-hoc actions are resolved by the engine).
    pub name: Str,
    pub input: Payload,
    pub is_sync: bool,
    /// May be run again if its executor dies.
    pub safe_rerun: bool,
    /// Executor that must run it (`[executor] host`); any if absent.
    pub target: Option<Str>,
    pub timeout: Option<Duration>,
    pub context: Arc<Context>,
    pub created_at: Time,
}

/// What an executor reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    pub action_id: Id,
    pub root_id: Id,
    pub attempt: u32,
    pub outcome: Outcome,
}
