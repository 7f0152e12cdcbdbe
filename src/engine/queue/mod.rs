//! How work gets from owners to executors: the lane inside a process, and the claimer of the `action_queue` table that
//! every executor process runs (`SKIP LOCKED`, batches as large as the free slots).

pub mod claimer;
pub mod wire;

use std::pin::Pin;

use mistral_model::action::Job;

/// A wait under way.
pub type Waiting<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The way into the executor of this process. Taking a job never waits.
pub trait Lane: Send + Sync {
    /// Jobs that may be submitted now.
    fn free(&self) -> usize;

    /// Whether this job may be submitted past [`Lane::free`], because it only waits.
    fn only_waits(&self, job: &Job) -> bool;

    /// Returns when jobs have ended since this call.
    fn progress(&self) -> Waiting<'_>;

    /// Returns when there is room.
    fn freed(&self) -> Waiting<'_>;

    /// # Errors
    /// Gives the job back when there is no room.
    #[expect(
        clippy::result_large_err,
        reason = "what comes back is what was handed over, and moved on"
    )]
    fn submit(&self, job: Job) -> Result<(), Job>;

    /// The executor's own name, which `target` may ask for.
    fn host(&self) -> &str;
}
