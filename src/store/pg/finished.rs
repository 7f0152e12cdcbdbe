//! Walking over executions in the order of their creation, for whoever looks for finished ones to delete. Short statements
//! along an index: no scan, no long transaction, however many rows there are.

use std::sync::Arc;

use super::session::Session;
use super::types::Reader;
use super::{Database, Error, Purpose};
use mistral_model::Time;
use mistral_store::backend::Calling;
use mistral_store::finished::{Key, Seen};

/// Plan: execution_created.
pub(super) const OLDEST: &str = "
    SELECT id, task_id IS NULL, state, created_at, coalesce(updated_at, created_at) FROM execution
    WHERE (created_at, id) > ($1, $2) AND created_at < $3 ORDER BY created_at, id LIMIT $4";

/// Plan: execution_created, backwards.
pub(super) const NEWEST: &str = "
    SELECT id, task_id IS NULL, state, created_at, coalesce(updated_at, created_at) FROM execution
    WHERE (created_at, id) < ($1, $2) AND (created_at, id) > ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5";

/// The reading side, on a connection of its own.
#[derive(Clone)]
pub struct Executions {
    session: Arc<Session>,
}

impl Executions {
    pub fn connect(database: &Database) -> Executions {
        Executions {
            session: Arc::new(Session::new(database.clone(), Purpose::Engine)),
        }
    }

    /// The oldest executions behind `after` that were created before `until`.
    pub async fn oldest(&self, after: Key, until: Time, limit: usize) -> Result<Vec<Seen>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .session
            .query(OLDEST, &[&after.created_at, &after.id, &until, &limit])
            .await?;
        rows.iter().map(read).collect()
    }

    /// The newest executions between `before` and `floor`, the newest first.
    pub async fn newest(&self, before: Key, floor: Key, limit: usize) -> Result<Vec<Seen>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .session
            .query(
                NEWEST,
                &[&before.created_at, &before.id, &floor.created_at, &floor.id, &limit],
            )
            .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &tokio_postgres::Row) -> Result<Seen, Error> {
    let mut row = Reader::new(row);
    let id = row.column()?;
    let is_root = row.column()?;
    let state = row.column()?;
    Ok(Seen {
        key: Key {
            created_at: row.column()?,
            id,
        },
        is_root,
        state,
        changed_at: row.column()?,
    })
}

impl mistral_store::finished::Executions for Executions {
    fn oldest(&self, after: Key, until: Time, limit: usize) -> Calling<'_, Vec<Seen>> {
        Box::pin(self.oldest(after, until, limit))
    }

    fn newest(&self, before: Key, floor: Key, limit: usize) -> Calling<'_, Vec<Seen>> {
        Box::pin(self.newest(before, floor, limit))
    }
}
