//! What projects have, for quotas: numbers that are kept as things change. Asking for one reads at most [`SLOTS`] rows of an index.

use deadpool_postgres::Pool;

use super::Error;
use mistral_model::{Id, Time};
use mistral_store::backend::Calling;

/// Rows that a number is spread over.
pub const SLOTS: u32 = 16;

/// `project_usage.what`.
pub(super) const DEFINITIONS: i16 = 1;

/// Plan: project_usage_pkey.
pub(super) const USED: &str =
    "SELECT coalesce(sum(used), 0)::bigint FROM project_usage WHERE project_id = $1 AND what = $2";

/// Notes an execution, and tells how many are open with it, as far as others have committed. One that is noted already costs nothing.
/// Plan: primary keys.
const OPEN: &str = "
    WITH noted AS (
        INSERT INTO open_execution (execution_id, project_id, slot, began_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (execution_id) DO NOTHING RETURNING project_id, slot
    ), counted AS (
        INSERT INTO project_usage AS u (project_id, what, slot, used) SELECT project_id, 0, slot, 1 FROM noted
        ON CONFLICT (project_id, what, slot) DO UPDATE SET used = u.used + 1
    )
    SELECT coalesce(sum(used), 0)::bigint + (SELECT count(*) FROM noted) FROM project_usage WHERE project_id = $2 AND what = 0";

/// Takes executions out of the count. Plan: primary keys.
const CLOSE: &str = "
    WITH gone AS (
        DELETE FROM open_execution WHERE execution_id = ANY ($1::uuid[]) RETURNING project_id, slot
    ), sums AS (
        SELECT project_id, slot, count(*) AS n FROM gone GROUP BY project_id, slot ORDER BY project_id, slot
    )
    UPDATE project_usage u SET used = u.used - s.n FROM sums s
    WHERE u.project_id = s.project_id AND u.what = 0 AND u.slot = s.slot";

/// Those that count and should not: ended, or never begun. Plan: open_execution in the order of its key from `$1`, execution_pkey.
const ENDED: &str = "
    WITH page AS (SELECT * FROM open_execution WHERE execution_id > $1 ORDER BY execution_id LIMIT $3)
    SELECT p.execution_id, e.state IN (5, 6, 7) OR e.id IS NULL AND p.began_at < $2
    FROM page p LEFT JOIN execution e ON e.id = p.execution_id ORDER BY p.execution_id";

/// Open roots that do not count yet: started by triggers, run again, or older than the quota. Plan: execution_state_list.
const UNCOUNTED: &str = "
    SELECT s.id, e.project_id FROM execution_state s JOIN execution e ON e.id = s.id AND e.shard = s.shard
    WHERE s.state IN (0, 2, 3, 4) AND s.id = s.root_id AND e.project_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM open_execution o WHERE o.execution_id = s.id) LIMIT $1";

/// Rows of one statement, at most.
const PAGE: i64 = 1_000;

/// Reads and writes the numbers on pooled connections. Cheap to clone.
#[derive(Clone)]
pub struct Usage {
    pool: Pool,
}

impl Usage {
    pub fn new(pool: Pool) -> Usage {
        Usage { pool }
    }

    /// Counts an execution as open; how many the project has with it.
    pub async fn open(&self, id: Id, project: &str, now: Time) -> Result<i64, Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(OPEN).await?;
        // Ids differ in their last bits, whoever made them.
        let slot = i16::try_from(id.0 as u32 % SLOTS).unwrap_or_default();
        let row = client.query_one(&statement, &[&id, &project, &slot, &now]).await?;
        Ok(row.try_get(0)?)
    }

    /// These count no more.
    pub async fn close(&self, ids: &[Id]) -> Result<(), Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(CLOSE).await?;
        client.execute(&statement, &[&ids]).await?;
        Ok(())
    }

    /// Takes out what has ended. What was noted before `lost` and has not begun never will.
    pub async fn sweep(&self, lost: Time) -> Result<(), Error> {
        let mut after = Id(0);
        loop {
            let client = self.pool.get().await?;
            let statement = client.prepare_cached(ENDED).await?;
            let rows = client.query(&statement, &[&after, &lost, &PAGE]).await?;
            drop(client);
            let mut ended = Vec::new();
            for row in &rows {
                after = row.try_get(0)?;
                if row.try_get::<_, Option<bool>>(1)?.unwrap_or_default() {
                    ended.push(after);
                }
            }
            if !ended.is_empty() {
                self.close(&ended).await?;
            }
            if (rows.len() as i64) < PAGE {
                return Ok(());
            }
        }
    }

    /// Counts open executions that nobody has counted.
    pub async fn catch_up(&self, now: Time) -> Result<(), Error> {
        loop {
            let client = self.pool.get().await?;
            let statement = client.prepare_cached(UNCOUNTED).await?;
            let rows = client.query(&statement, &[&PAGE]).await?;
            drop(client);
            for row in &rows {
                let project: String = row.try_get(1)?;
                self.open(row.try_get(0)?, &project, now).await?;
            }
            if (rows.len() as i64) < PAGE {
                return Ok(());
            }
        }
    }
}

impl mistral_store::usage::Usage for Usage {
    fn open<'a>(&'a self, id: Id, project: &'a str, now: Time) -> Calling<'a, i64> {
        Box::pin(self.open(id, project, now))
    }

    fn close<'a>(&'a self, ids: &'a [Id]) -> Calling<'a, ()> {
        Box::pin(self.close(ids))
    }

    fn sweep(&self, lost: Time) -> Calling<'_, ()> {
        Box::pin(self.sweep(lost))
    }

    fn catch_up(&self, now: Time) -> Calling<'_, ()> {
        Box::pin(self.catch_up(now))
    }
}
