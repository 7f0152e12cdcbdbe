//! What actions may act with: sealed security contexts, and trusts that have to be ended some day.

use crate::backend::Calling;
use mistral_model::{Id, Time};

pub trait SecurityContexts: Send + Sync {
    /// Keeps a sealed context until `ends_at`.
    fn keep<'a>(&'a self, id: Id, sealed: &'a [u8], ends_at: Time) -> Calling<'a, ()>;
    /// The sealed context with this id.
    fn find(&self, id: Id) -> Calling<'_, Option<Vec<u8>>>;
    /// Forgets what ended before this.
    fn forget(&self, before: Time) -> Calling<'_, ()>;
    /// Trusts to end now, which nobody else is told of before `again`. Executions that were to begin before `lost` and do not
    /// exist don't count as uses.
    fn claim_trusts(&self, now: Time, again: Time, lost: Time, limit: i64) -> Calling<'_, Vec<String>>;
    /// The identity service has no such trust any more.
    fn trust_is_gone<'a>(&'a self, id: &'a str) -> Calling<'a, ()>;
}
