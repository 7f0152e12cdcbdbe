//! How work gets from owners to executors: the lane inside a process, and the claimer of the `action_queue` table that
//! every executor process runs (`SKIP LOCKED`, batches as large as the free slots).

pub mod claimer;
pub mod wire;

use std::pin::Pin;

use mistral_model::Id;
use mistral_model::action::Job;
use mistral_store::batch::Claimed;

/// A wait under way.
pub type Waiting<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The way into the executor of this process. Taking a job never waits.
pub trait Lane: Send + Sync {
    /// Jobs that may be submitted now.
    fn free(&self) -> usize;

    /// Jobs that only wait and may be submitted now.
    fn free_to_wait(&self) -> usize;

    /// Returns when jobs have ended since this call.
    fn progress(&self) -> Waiting<'_>;

    /// Returns when there is room.
    fn freed(&self) -> Waiting<'_>;

    /// Takes jobs, in order. Gives back those for which there is no room.
    #[must_use]
    fn submit(&self, jobs: Vec<Job>) -> Vec<Job>;

    /// The executor's own name, which `target` may ask for.
    fn host(&self) -> &str;
}

/// Workers that wait in this process. What one of them can take at once is written as its own: a commit less than a row that waits
/// to be claimed.
pub trait Counter: Send + Sync {
    /// A worker that waits for jobs of this queue. Until the promise is kept or dropped, it waits for that one alone.
    fn promise(&self, queue: &str) -> Option<Box<dyn Awaited>>;
}

/// A worker that waits for one job.
pub trait Awaited: Send {
    fn worker(&self) -> Id;

    /// The row is committed, as the worker's and as begun. `false`: the worker waits no more, and has not begun it.
    fn keep(self: Box<Self>, job: Claimed) -> bool;

    /// Nobody knows whether the row is committed: the worker has to look what it holds.
    fn doubt(self: Box<Self>);
}
