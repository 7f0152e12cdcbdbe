//! What projects have, for quotas: numbers that are kept as things change.

use crate::backend::Calling;
use mistral_model::{Id, Time};

pub trait Usage: Send + Sync {
    /// Counts an execution as open; how many the project has with it.
    fn open<'a>(&'a self, id: Id, project: &'a str, now: Time) -> Calling<'a, i64>;
    /// These count no more.
    fn close<'a>(&'a self, ids: &'a [Id]) -> Calling<'a, ()>;
    /// Takes out what has ended. What was noted before `lost` and has not begun never will.
    fn sweep(&self, lost: Time) -> Calling<'_, ()>;
    /// Counts open executions that nobody has counted.
    fn catch_up(&self, now: Time) -> Calling<'_, ()>;
}
