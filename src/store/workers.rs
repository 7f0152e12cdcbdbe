//! Workers: programs that provide actions of their own. Each is a node with a lease, so that what it held is found as the actions
//! of a dead executor are.

use std::time::Duration;

use crate::backend::Calling;
use crate::batch::Claimed;
use crate::low_water::LowWater;
use mistral_model::{Id, Time};
use parking_lot::Mutex;

/// Role of a worker's row in `node`.
pub const ROLE: &str = "worker";

/// A worker as it enters.
#[derive(Clone, Debug)]
pub struct Registration<'a> {
    pub id: Id,
    pub name: &'a str,
    /// What a task's `target` may ask for; empty: nothing.
    pub target: &'a str,
    /// Identifies `actions`, whom they are for, and what they may replace.
    pub digest: &'a str,
    /// What it provides, as JSON.
    pub actions: &'a str,
    /// The project that alone is served; `None`: all are.
    pub project: Option<&'a str>,
    pub runtime: &'a str,
    pub capacity: i32,
    /// It runs uploaded code.
    pub dynamic: bool,
    /// It may provide names of standard actions.
    pub replaces: bool,
    pub lease: Duration,
}

/// What a renewal tells about the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    pub id: Id,
    pub digest: String,
    pub target: String,
    pub project: Option<String>,
    pub dynamic: bool,
}

/// Actions behind a digest.
#[derive(Clone, Debug)]
pub struct Actions {
    pub text: String,
    pub project: Option<String>,
    pub replaces: bool,
}

/// A worker as operators see it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub id: Id,
    pub name: String,
    pub target: String,
    pub project: Option<String>,
    pub runtime: String,
    pub capacity: i32,
    pub dynamic: bool,
    pub digest: String,
    /// Whether its lease lasts.
    pub is_alive: bool,
    pub registered_at: Time,
    /// When its last exchange began, to the minute at least.
    pub seen_at: Time,
}

/// Reads and writes workers.
pub trait WorkerRows: Send + Sync {
    /// Enters a worker; `kept`: as for [`WorkerRows::digests`].
    fn register<'a>(&'a self, new: &'a Registration<'a>, kept: Duration) -> Calling<'a, ()>;
    /// Makes these leases last from now. Those that are missing in the answer are over, or there is no such worker.
    fn renew<'a>(&'a self, ids: &'a [Id], lease: Duration) -> Calling<'a, Vec<Renewed>>;
    /// As [`WorkerRows::renew`]; answers whose leases last.
    fn keep<'a>(&'a self, ids: &'a [Id], lease: Duration) -> Calling<'a, Vec<Id>>;
    /// Makes a lease end within `left`, unless it is renewed before. One that lasts for more than `most` was renewed elsewhere just
    /// now, and stays.
    fn shorten(&self, id: Id, left: Duration, most: Duration) -> Calling<'_, ()>;
    /// Ends the lease. What the worker still holds is then run again or failed. Whether there was one.
    fn leave(&self, id: Id) -> Calling<'_, bool>;
    /// When the last of them registered that are known.
    fn newest(&self) -> Calling<'_, Option<Time>>;
    /// What has been provided within `kept`, the newest last: see [`WorkerRows::actions`].
    fn digests(&self, kept: Duration) -> Calling<'_, Vec<String>>;
    /// The actions behind a digest.
    fn actions<'a>(&'a self, digest: &'a str) -> Calling<'a, Option<Actions>>;
    /// Forgets workers that were not seen for `kept`.
    fn forget(&self, kept: Duration) -> Calling<'_, ()>;
    /// All that are known, the newest first; `lease` as leases are made.
    fn all(&self, lease: Duration, limit: i64) -> Calling<'_, Vec<Seen>>;
    /// Claims at most `limit` actions that wait in these queues. No two calls get the same. If the answer is lost, they stay claimed.
    fn claim<'a>(
        &'a self,
        worker: Id,
        queues: &'a [&'a str],
        limit: usize,
        low_water: &'a Mutex<LowWater>,
        now: Time,
    ) -> Calling<'a, Vec<Claimed>>;
    /// Gives actions back of which the worker was not told.
    fn release<'a>(&'a self, worker: Id, actions: &'a [Id]) -> Calling<'a, ()>;
    /// The queues among these in which something waits, with how much, counted up to `limit`.
    fn waiting<'a>(
        &'a self,
        queues: &'a [&'a str],
        limit: usize,
        low_water: &'a Mutex<LowWater>,
        now: Time,
    ) -> Calling<'a, Vec<(String, usize)>>;
    /// Those of these actions that somebody holds: with the attempt, and who it is.
    fn holders<'a>(&'a self, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32, Id)>>;
    /// The names of all queues in which something waits, executors' among them.
    fn queues(&self) -> Calling<'_, Vec<String>>;
    /// The oldest that wait in a queue.
    fn oldest<'a>(&'a self, queue: &'a str, limit: i64) -> Calling<'a, Vec<Claimed>>;
}
