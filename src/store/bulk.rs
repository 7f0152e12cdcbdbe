//! Work on many executions: which ids were shown, and how far the work has come.

use crate::backend::Calling;

use mistral_model::{Id, Time};

/// A row of `bulk_operation`.
#[derive(Clone, Debug)]
pub struct Operation {
    pub id: Id,
    pub project_id: Option<String>,
    pub user_id: Option<String>,
    pub is_admin: bool,
    /// JSON.
    pub roles: String,
    pub resource: String,
    pub action: String,
    /// JSON.
    pub filter: String,
    pub reason: Option<String>,
    pub state: String,
    pub total: i32,
    pub done: i32,
    pub failed: i32,
    /// JSON.
    pub failures: String,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

pub trait BulkOperations: Send + Sync {
    /// Stores what was shown; nothing is done yet.
    fn insert<'a>(&'a self, operation: &'a Operation, ids: &'a [Id]) -> Calling<'a, ()>;
    /// The newest operations of a project, or of all.
    fn list<'a>(&'a self, project: Option<&'a str>, limit: i64) -> Calling<'a, Vec<Operation>>;
    fn get<'a>(&'a self, project: Option<&'a str>, id: Id) -> Calling<'a, Option<Operation>>;
    /// Whether it was a preview that is no older than `since` and runs from now on.
    fn begin<'a>(
        &'a self,
        of: (Option<&'a str>, Id),
        reason: Option<&'a str>,
        now: Time,
        since: Time,
    ) -> Calling<'a, bool>;
    /// Whether it ran and is stopped.
    fn stop<'a>(&'a self, of: (Option<&'a str>, Id), now: Time) -> Calling<'a, bool>;
    /// Takes an operation that is to be worked on, if there is one.
    fn claim(&self, worker: Id) -> Calling<'_, Option<Operation>>;
    /// The next ids to work on; none when it is no longer ours, or over.
    fn next(&self, worker: Id, id: Id, count: i32) -> Calling<'_, Vec<Id>>;
    /// Notes how far it has come; whether it goes on.
    fn advance<'a>(&'a self, of: (Id, Id), progress: (i32, i32), failures: &'a str, now: Time) -> Calling<'a, bool>;
    /// Forgets previews from before `previews`, and what was over before `operations`.
    fn forget(&self, previews: Time, operations: Time) -> Calling<'_, ()>;
}
