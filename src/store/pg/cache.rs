//! The definitions in memory of a process whose database this is.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::seen::SeenEpoch;
use super::session::Session;
use super::{Database, Error, Purpose};
use mistral_store::backend::Calling;
use mistral_store::cache::{DefinitionCache, Epochs};
use mistral_store::definitions::Definitions;

/// Plan: the only row, in one page.
pub(super) const EPOCH: &str = "SELECT value FROM definition_epoch";

/// A comparison of epochs that takes longer has got stuck with its connection: another is made.
const LIMIT: Duration = Duration::from_secs(5);

/// A cache of at most about `capacity` look-ups of each kind. Epochs are compared on a connection of its own.
pub fn definition_cache(definitions: Definitions, database: &Database, capacity: usize) -> DefinitionCache {
    let session = Session::new(database.clone(), Purpose::Engine).with_limit(LIMIT);
    let seen = database.seen_epoch().clone();
    DefinitionCache::new(definitions, Arc::new(Epoch { session, seen }), capacity)
}

struct Epoch {
    session: Session,
    seen: Arc<SeenEpoch>,
}

impl Epochs for Epoch {
    fn epoch(&self) -> Calling<'_, i64> {
        Box::pin(async move {
            let rows = self.session.query(EPOCH, &[]).await?;
            let row = rows
                .first()
                .ok_or_else(|| Error::Unreadable("definition_epoch is empty".into()))?;
            Ok(row.try_get(0)?)
        })
    }

    fn seen(&self) -> Option<(Instant, i64)> {
        self.seen.last()
    }
}
