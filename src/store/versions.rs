//! Earlier versions of workflows: what each upload that changed something said.

use crate::backend::Calling;

use mistral_model::{Id, Time};

/// Versions that are kept of each workflow.
pub const KEPT: i32 = 100;

#[derive(Clone, Debug)]
pub struct Version {
    pub version: i32,
    pub spec_hash: Id,
    pub checksum: Option<String>,
    pub user_id: Option<String>,
    pub created_at: Time,
    /// Only of one that was asked for.
    pub definition: Option<String>,
}

/// What a workflow says.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    pub workflow: Id,
    pub spec_hash: Id,
    pub checksum: Option<&'a str>,
    pub definition: &'a str,
    pub user_id: Option<&'a str>,
    pub at: Time,
}

pub trait Versions: Send + Sync {
    /// Notes what workflows say now.
    fn note<'a>(&'a self, said: &'a [Said<'a>]) -> Calling<'a, ()>;
    /// The newest first.
    fn list(&self, workflow: Id) -> Calling<'_, Vec<Version>>;
    fn get(&self, workflow: Id, version: i32) -> Calling<'_, Option<Version>>;
}
