//! Timers of the shards that a loop owns; batches add and remove them.

use std::sync::Arc;

use super::session::Session;
use super::tree::read_timer;
use super::{Database, Error, Purpose};
use mistral_model::{Id, Shard, Time};
use mistral_store::batch::Timer;

/// One page of a shard's timers, in order. Plan: timer_due; those due at one moment are sorted.
pub(super) const PAGE: &str = "
    SELECT id, root_id, fire_at, body FROM timer
    WHERE shard = $1 AND fire_at >= $2 AND (fire_at, id) > ($2, $3)
    ORDER BY fire_at, id LIMIT $4";

/// Reads timers. Cheap to clone.
#[derive(Clone)]
pub struct Timers {
    session: Arc<Session>,
}

impl Timers {
    pub fn new(session: Arc<Session>) -> Timers {
        Timers { session }
    }

    /// With a connection of its own.
    pub fn connect(database: &Database) -> Timers {
        Timers::new(Arc::new(Session::new(database.clone(), Purpose::Engine)))
    }

    /// The first timers of a shard that come after this one, in order; all of them from `(Time(i64::MIN), Id(0))` on.
    pub async fn page(&self, shard: Shard, after: (Time, Id), limit: usize) -> Result<Vec<Timer>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.session.query(PAGE, &[&shard, &after.0, &after.1, &limit]).await?;
        rows.iter().map(read_timer).collect()
    }
}
