//! Reads of executions and tasks beside their lists.

use crate::backend::Calling;
use crate::list::TaskResult;
use mistral_model::Id;

pub trait Runs: Send + Sync {
    /// Accepted action executions of a task in order of creation.
    fn action_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>>;
    /// Accepted sub-workflow executions of a task in order of creation.
    fn workflow_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>>;
    /// How long the last `limit` successful runs of a workflow, given by id and name, took, in seconds.
    fn durations<'a>(&'a self, workflow: (Id, &'a str), limit: i64) -> Calling<'a, Vec<f64>>;
    /// The spec with this hash, JSON.
    fn spec(&self, hash: Id) -> Calling<'_, Option<String>>;
    /// The execution with this id, whoever owns it: its project.
    fn execution_project(&self, id: Id) -> Calling<'_, Option<Option<String>>>;
}
