//! How work gets from owners to executors: the lane inside a process, and the claimer of the `action_queue` table that
//! every executor process runs (`SKIP LOCKED`, batches as large as the free slots).

pub mod claimer;
pub mod wire;

use std::pin::Pin;

use tokio::sync::oneshot;

use mistral_model::Id;
use mistral_model::action::Job;
use mistral_store::batch::Claimed;

/// A wait under way.
pub type Waiting<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Learns which of the jobs that were submitted together are refused, in order, perhaps none.
pub type Refused = Box<dyn FnOnce(Vec<Job>) + Send>;

/// The way into the executor of this process. Nobody waits to give it a job.
pub trait Lane: Send + Sync {
    /// Jobs that may be submitted now, besides those that are on their way.
    fn free(&self) -> usize;

    /// Jobs that only wait and may be submitted now.
    fn free_to_wait(&self) -> usize;

    /// Returns when jobs have ended since this call.
    fn progress(&self) -> Waiting<'_>;

    /// Returns when there is room.
    fn freed(&self) -> Waiting<'_>;

    /// Gives it jobs, in order, of which so many are known to be `waiting` only. It always tells which of them it has no room for.
    fn submit(&self, jobs: Vec<Job>, waiting: usize, refused: Refused);

    /// The executor's own name, which `target` may ask for.
    fn host(&self) -> &str;
}

impl dyn Lane {
    /// Submits jobs and waits for the answer: the actions of those that are refused, which are all if the executor has ended.
    pub async fn offer(&self, jobs: Vec<Job>) -> Vec<Id> {
        let actions = |jobs: &[Job]| -> Vec<Id> { jobs.iter().map(|job| job.action_id).collect() };
        let all = actions(&jobs);
        let (answer, answered) = oneshot::channel();
        let refused = move |jobs: Vec<Job>| {
            // Who asked may have gone.
            let _ = answer.send(actions(&jobs));
        };
        self.submit(jobs, 0, Box::new(refused));
        answered.await.unwrap_or(all)
    }
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
