//! What actions may act with: sealed security contexts, and trusts that have to be ended some day.

use deadpool_postgres::Pool;

use super::Error;
use mistral_model::{Id, Time};
use mistral_store::backend::Calling;

/// Plan: security_context_pkey. One that is there already lasts as long as the longer of the two.
const KEEP: &str = "
    INSERT INTO security_context AS c (id, sealed, ends_at) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET ends_at = excluded.ends_at WHERE c.ends_at < excluded.ends_at";
/// Plan: security_context_pkey.
const FIND: &str = "SELECT sealed FROM security_context WHERE id = $1";
/// Plan: security_context_end.
const FORGET: &str = "
    DELETE FROM security_context WHERE id IN (SELECT id FROM security_context WHERE ends_at < $1 ORDER BY ends_at LIMIT $2)";

/// Uses whose execution has ended. One that has no row was refused, or deleted: it may still wait to be started for a while.
/// Plan: trust_use in the order of its key, execution_pkey.
pub(super) const END_USES: &str = "
    DELETE FROM trust_use WHERE (trust_id, execution_id) IN (
        SELECT u.trust_id, u.execution_id FROM trust_use u LEFT JOIN execution e ON e.id = u.execution_id
        WHERE e.state IN (5, 6, 7) OR e.id IS NULL AND u.began_at < $1 LIMIT $2)";
/// Trusts that nothing needs any more, each for one process for a while. Plan: trust_over, trust_use_pkey.
pub(super) const CLAIM: &str = "
    UPDATE trust SET try_at = $2 WHERE id IN (
        SELECT t.id FROM trust t
        WHERE t.is_over AND t.try_at < $1 AND NOT EXISTS (SELECT FROM trust_use u WHERE u.trust_id = t.id)
        ORDER BY t.try_at LIMIT $3 FOR UPDATE SKIP LOCKED)
    RETURNING id";
const GONE: &str = "WITH gone AS (DELETE FROM trust_use WHERE trust_id = $1) DELETE FROM trust WHERE id = $1";

/// Rows of one statement, at most.
const BATCH: i64 = 1_000;

/// Reads and writes both on pooled connections. Cheap to clone.
#[derive(Clone)]
pub struct SecurityContexts {
    pool: Pool,
}

impl SecurityContexts {
    pub fn new(pool: Pool) -> SecurityContexts {
        SecurityContexts { pool }
    }

    /// Keeps a sealed context until `ends_at`.
    pub async fn keep(&self, id: Id, sealed: &[u8], ends_at: Time) -> Result<(), Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(KEEP).await?;
        client.execute(&statement, &[&id, &sealed, &ends_at]).await?;
        Ok(())
    }

    /// The sealed context with this id.
    pub async fn find(&self, id: Id) -> Result<Option<Vec<u8>>, Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(FIND).await?;
        let row = client.query_opt(&statement, &[&id]).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Forgets what ended before this. Short statements, however much it is.
    pub async fn forget(&self, before: Time) -> Result<(), Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(FORGET).await?;
        while client.execute(&statement, &[&before, &BATCH]).await? >= BATCH as u64 {}
        Ok(())
    }

    /// Trusts to end now, which nobody else is told of before `again`. Executions that were to begin before `lost` and do not
    /// exist don't count as uses.
    pub async fn claim_trusts(&self, now: Time, again: Time, lost: Time, limit: i64) -> Result<Vec<String>, Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(END_USES).await?;
        while client.execute(&statement, &[&lost, &BATCH]).await? >= BATCH as u64 {}
        let statement = client.prepare_cached(CLAIM).await?;
        let rows = client.query(&statement, &[&now, &again, &limit]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The identity service has no such trust any more.
    pub async fn trust_is_gone(&self, id: &str) -> Result<(), Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(GONE).await?;
        client.execute(&statement, &[&id]).await?;
        Ok(())
    }
}

impl mistral_store::security::SecurityContexts for SecurityContexts {
    fn keep<'a>(&'a self, id: Id, sealed: &'a [u8], ends_at: Time) -> Calling<'a, ()> {
        Box::pin(self.keep(id, sealed, ends_at))
    }

    fn find(&self, id: Id) -> Calling<'_, Option<Vec<u8>>> {
        Box::pin(self.find(id))
    }

    fn forget(&self, before: Time) -> Calling<'_, ()> {
        Box::pin(self.forget(before))
    }

    fn claim_trusts(&self, now: Time, again: Time, lost: Time, limit: i64) -> Calling<'_, Vec<String>> {
        Box::pin(self.claim_trusts(now, again, lost, limit))
    }

    fn trust_is_gone<'a>(&'a self, id: &'a str) -> Calling<'a, ()> {
        Box::pin(self.trust_is_gone(id))
    }
}
