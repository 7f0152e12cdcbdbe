//! What the outside asks the owner of a tree to do, and what it answers. Requests are idempotent by their ids: a request
//! that is delivered twice has the effect of one.

use serde::{Deserialize, Serialize};

use super::action::{Outcome, Report};
use super::id::Id;
use super::payload::Payload;
use super::record::{Action, Execution, Scope, Task};
use super::security::Security;
use super::state::State;
use super::value::Str;

/// A request to the owner of a tree.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    Start(Box<Start>),
    UpdateExecution(UpdateExecution),
    /// `PUT /tasks/<id>`: rerun or skip.
    Rerun(Rerun),
    /// `PUT /action_executions/<id>`, or an external completion.
    UpdateAction(UpdateAction),
    /// `POST /action_executions`.
    RunAction(Box<RunAction>),
    /// Removes an execution with everything below it (rows included).
    DeleteExecution {
        root_id: Id,
        execution_id: Id,
    },
    DeleteAction {
        root_id: Id,
        action_id: Id,
    },
    /// An executor's result.
    Report(Report),
    /// An executor has started an asynchronous action and has nothing more to do with it.
    HandOver {
        root_id: Id,
        action_id: Id,
    },
    /// An executor that stops gives back an action that it has not begun: it may run elsewhere.
    GiveBack {
        root_id: Id,
        action_id: Id,
        attempt: u32,
    },
}

impl Request {
    /// An id whose shard says who must handle this.
    pub fn routing_id(&self) -> Id {
        match self {
            Request::Start(start) => start.root_id(),
            Request::UpdateExecution(update) => update.root_id,
            Request::Rerun(rerun) => rerun.root_id,
            Request::UpdateAction(update) => update.root_id,
            Request::RunAction(run) => run.action_id,
            Request::DeleteExecution { root_id, .. }
            | Request::DeleteAction { root_id, .. }
            | Request::HandOver { root_id, .. }
            | Request::GiveBack { root_id, .. } => *root_id,
            Request::Report(report) => report.root_id,
        }
    }
}

/// Starts a root execution. The API has resolved the definition; the engine checks the input.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    pub execution_id: Id,
    /// The execution may exist already: the client chose the id, or an owner was asked before whose answer got lost.
    pub id_is_chosen: bool,
    /// The client's own text, if it is no UUID.
    pub alias: Option<Str>,
    pub workflow_id: Id,
    pub workflow_name: Str,
    pub workflow_namespace: Str,
    /// Workbook the definition came from.
    pub workbook_name: Option<Str>,
    pub spec_hash: Id,
    pub project_id: Option<Str>,
    pub scope: Scope,
    pub description: Option<Str>,
    /// A JSON mapping.
    pub input: Payload,
    /// A JSON mapping; `env` already resolved to a mapping where it named a stored environment.
    pub params: Payload,
    /// What its actions may act with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
    /// What its expressions see of that, without secrets (`$.openstack`): a JSON mapping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openstack: Option<Payload>,
}

impl Start {
    pub fn root_id(&self) -> Id {
        self.execution_id
    }
}

/// `PUT /executions/<id>`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UpdateExecution {
    pub root_id: Id,
    pub execution_id: Id,
    pub description: Option<Str>,
    pub state: Option<State>,
    pub state_info: Option<Str>,
    /// `params.env`: merged into the environment.
    pub env: Option<Payload>,
    /// What the tree's actions may act with from now on; none: as before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rerun {
    pub root_id: Id,
    pub task_id: Id,
    pub reset: bool,
    /// Skip instead of running again.
    pub skip: bool,
    pub env: Option<Payload>,
    /// As for [`UpdateExecution`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UpdateAction {
    pub root_id: Id,
    pub action_id: Id,
    pub change: ActionChange,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ActionChange {
    Complete(Outcome),
    /// PAUSED, RUNNING or whatever else the client asked for; refused unless the table allows it.
    State(State),
}

/// A stand-alone action run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunAction {
    pub action_id: Id,
    pub name: Str,
    pub namespace: Str,
    pub input: Payload,
    pub description: Option<Str>,
    pub project_id: Option<Str>,
    pub save_result: bool,
    pub run_sync: bool,
    pub target: Option<Str>,
    /// Seconds.
    pub timeout: Option<f64>,
    /// What it may act with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
}

/// The answer to a [`Request`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Response {
    Execution(Box<Execution>),
    Task(Box<Task>),
    Action(Box<Action>),
    Done,
}
