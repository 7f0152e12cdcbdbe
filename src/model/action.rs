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
    /// Upstream's class path, which its messages show: `mistral.actions.std_actions.EchoAction`; of an action of workers what they
    /// call it.
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
    /// Workers run the action, not executors.
    pub remote: Option<Remote>,
}

/// Which workers run an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remote {
    /// Those that provide it for everybody.
    Public,
    /// Those of one project, for that project.
    Project(&'static str),
    /// Those that run uploaded code: the id of the dynamic action.
    Dynamic(Id),
}

/// What actions of workers wait for in the action queue begins so: `action:my.add`, `action:my.add@target`,
/// `action@project:my.add`.
const WORKER_QUEUE: &str = "action";
/// What dynamic actions wait for in the action queue, before the target if there is one.
const DYNAMIC_QUEUE: &str = "dynamic:";

/// What the jobs of a worker's action wait for in the queue, where executors' names stand otherwise: any worker that provides it,
/// or those with this target.
pub fn worker_queue(remote: Remote, action: &str, target: Option<&str>) -> String {
    let mut name = match remote {
        Remote::Public => format!("{WORKER_QUEUE}:{action}"),
        Remote::Project(project) => return project_queue(project, action, target),
        Remote::Dynamic(_) => DYNAMIC_QUEUE.to_owned(),
    };
    push_target(&mut name, target);
    name
}

/// The same for workers of a project. No name of an action has an '@' or a space in it; what projects are called is not ours to say.
pub fn project_queue(project: &str, action: &str, target: Option<&str>) -> String {
    let mut name = format!("{WORKER_QUEUE}@{project}:{action}");
    push_target(&mut name, target);
    name
}

fn push_target(name: &mut String, target: Option<&str>) {
    if let Some(target) = target.filter(|target| !target.is_empty()) {
        name.push('@');
        name.push_str(target);
    }
}

/// What is said where uploaded code may not run.
pub const DYNAMIC_OFF: &str = "Uploaded code does not run in this service: the operator would have to set [action_providers] \
     python_runtime to worker";

/// Whether a queue's name is one of [`worker_queue`], not an executor's.
pub fn is_for_workers(name: &str) -> bool {
    let rest = name.strip_prefix(WORKER_QUEUE);
    name.starts_with(DYNAMIC_QUEUE) || rest.is_some_and(|rest| rest.starts_with([':', '@']))
}

/// What a queue's name of [`worker_queue`] is about, for people; `None`: it is an executor's.
pub fn queue_of_workers(name: &str) -> Option<String> {
    if let Some(target) = name.strip_prefix(DYNAMIC_QUEUE) {
        let target = target
            .strip_prefix('@')
            .map(|target| format!(" with the target '{target}'"));
        return Some(format!(
            "a worker that runs uploaded code{}",
            target.unwrap_or_default()
        ));
    }
    let rest = name.strip_prefix(WORKER_QUEUE)?;
    if let Some(action) = rest.strip_prefix(':') {
        return Some(format!("a worker that provides '{action}'"));
    }
    let (_, action) = rest.strip_prefix('@')?.rsplit_once(':')?;
    Some(format!("a worker of the project that provides '{action}'"))
}

/// An action as a function of its input; `None`: this input needs an executor.
pub type Inline = fn(&Dict, Option<Id>) -> Option<Outcome>;

/// Where descriptors of built-in actions come from.
pub trait Catalog: Send + Sync {
    fn find(&self, name: &str) -> Option<&Descriptor>;
    /// The same for a project, which may have workers of its own: those come first.
    fn find_for(&self, name: &str, project: Option<&str>) -> Option<&Descriptor> {
        let _ = project;
        self.find(name)
    }
    /// All that everybody has, ordered by name.
    fn all(&self) -> Vec<&Descriptor>;
    /// All that a project has, ordered by name.
    fn all_for(&self, project: Option<&str>) -> Vec<&Descriptor> {
        let _ = project;
        self.all()
    }
    /// Whether a call only waits: it takes a timer of an executor, and none of its slots. What workers run never does.
    fn only_waits(&self, name: &str, input: &Dict, project: Option<&str>) -> bool {
        let _ = (name, input, project);
        false
    }
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
    /// The dynamic action that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Id>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_of_workers_are_told_apart() {
        for (remote, target, name, text) in [
            (Remote::Public, None, "action:a.b", Some("a worker that provides 'a.b'")),
            (
                Remote::Public,
                Some("x"),
                "action:a.b@x",
                Some("a worker that provides 'a.b@x'"),
            ),
            (
                Remote::Project("p:1"),
                None,
                "action@p:1:a.b",
                Some("a worker of the project that provides 'a.b'"),
            ),
            (
                Remote::Dynamic(Id(1)),
                Some("x"),
                "dynamic:@x",
                Some("a worker that runs uploaded code with the target 'x'"),
            ),
        ] {
            assert_eq!(worker_queue(remote, "a.b", target), name);
            assert_eq!(queue_of_workers(name).as_deref(), text);
        }
        assert_eq!(queue_of_workers("host"), None);
        assert_eq!(queue_of_workers("actionhost"), None);
    }
}
