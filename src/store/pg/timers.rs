//! Timers of the shards that a loop owns; batches add and remove them.

use std::sync::Arc;

use super::session::Session;
use super::tree::read_timer;
use super::{Database, Error, Purpose};
use crate::batch::Timer;
use mistral_model::{Id, Shard, Time};

/// One page of a window, in order. Plan: timer_due, per shard; sorted.
pub(super) const WINDOW: &str = "
    SELECT id, root_id, fire_at, body FROM timer
    WHERE shard = ANY ($1::smallint[]) AND fire_at >= $2 AND fire_at < $3 AND (fire_at, id) > ($2, $4)
    ORDER BY fire_at, id LIMIT $5";

/// Timers of one answer, at most.
const PAGE: usize = 10_000;

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

    /// Timers of these shards with `from <= fire_at < until`, in order. Overdue ones are found from `Time(i64::MIN)` on.
    pub async fn window(&self, shards: &[Shard], from: Time, until: Time) -> Result<Vec<Timer>, Error> {
        let mut timers: Vec<Timer> = Vec::new();
        let (mut after, mut after_id) = (from, Id::default());
        let page = i64::try_from(PAGE).unwrap_or(i64::MAX);
        loop {
            let rows = self
                .session
                .query(WINDOW, &[&shards, &after, &until, &after_id, &page])
                .await?;
            for row in &rows {
                timers.push(read_timer(row)?);
            }
            match timers.last() {
                Some(last) if rows.len() == PAGE => (after, after_id) = (last.fire_at, last.id),
                _ => return Ok(timers),
            }
        }
    }
}
