//! The processes, shards and queues as they are now, for operators. Counts stop at a bound.

use crate::backend::Calling;

use mistral_model::{Id, Shard};

/// Messages of one shard, and timers of all, that are counted.
pub const COUNTED: i64 = 1_000;

/// Waiting actions of one target that are counted.
pub const QUEUED: i64 = 10_000;

/// Targets that are told apart.
pub const TARGETS: usize = 100;

#[derive(Clone, Debug)]
pub struct NodeStatus {
    pub id: Id,
    pub name: String,
    pub roles: String,
    pub version: String,
    pub slots: Option<i32>,
    pub started_us: i64,
    pub lease_until_us: i64,
    pub is_alive: bool,
    pub shards: i64,
    pub actions: i64,
    /// None: it runs no actions, or is not there any more.
    pub slots_busy: Option<i32>,
}

#[derive(Clone, Debug)]
pub struct ShardStatus {
    pub shard: Shard,
    pub owner: Option<Id>,
    pub epoch: i64,
    pub inbox: i64,
}

#[derive(Clone, Debug)]
pub struct Waiting {
    pub target: String,
    pub count: i64,
    /// Ids are times.
    pub oldest: Option<Id>,
}

/// All of it.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub nodes: Vec<NodeStatus>,
    pub shards: Vec<ShardStatus>,
    pub queues: Vec<Waiting>,
    pub due: i64,
    pub oldest_due_us: Option<i64>,
    pub sizes: Vec<(String, i64)>,
}

/// A look at all of it.
pub trait Overview: Send + Sync {
    fn cluster(&self, now_us: i64) -> Calling<'_, Cluster>;
}
