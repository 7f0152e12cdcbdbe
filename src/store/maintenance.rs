//! The service's mode, and what has to be known to change it.

use crate::backend::Calling;
use mistral_model::{Id, State};

pub trait Maintenance: Send + Sync {
    /// The service's mode: `RUNNING`, `PAUSED`, `PAUSING`.
    fn mode(&self) -> Calling<'_, String>;
    /// Sets the service's mode if it still is `from`; says whether it was.
    fn set_mode<'a>(&'a self, from: &'a str, to: &'a str) -> Calling<'a, bool>;
    /// Some root executions in a state, oldest first, without as many of the oldest as `skipped` says.
    fn roots_in(&self, state: State, limit: usize, skipped: usize) -> Calling<'_, Vec<Id>>;
    /// Whether any task of an execution that is not finished well runs now.
    fn has_running_tasks(&self) -> Calling<'_, bool>;
}
