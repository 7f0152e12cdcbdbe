//! Due cron triggers: claimed, moved on and turned into messages for the engine in one transaction, so that every run is
//! started exactly once, however many processes look for them and whichever of them dies.

use deadpool_postgres::Pool;
use tokio_postgres::Row;

use super::definitions;
use super::inbox::APPEND;
use super::types::Column;
use super::{Error, text};
use mistral_model::{Id, Shard, Str, Time};
use mistral_store::backend::Calling;
use mistral_store::definitions::{CronTrigger, Table};
use mistral_store::triggers::{Decide, Due, Firing, Workflow};

/// Locks due triggers that nobody else is dealing with, oldest first, and reads their workflows. A trigger of a project may
/// start what the project may see. Those that fired with this very look have had their turn. None are due during
/// maintenance. Plan: cron_trigger_due, primary keys.
fn claim() -> String {
    let columns = definitions::names(CronTrigger::SHAPE, "t.");
    format!(
        "SELECT {columns}, w.name, w.namespace, w.workbook_name, w.spec_hash
         FROM cron_trigger t
         LEFT JOIN workflow_definition w ON w.id = t.workflow_id AND (
             w.project_id IS NOT DISTINCT FROM t.project_id OR w.scope = 1 OR EXISTS (
                 SELECT FROM resource_member m
                 WHERE m.resource_id = w.id AND m.member_id = t.project_id AND m.status = 'accepted'))
         WHERE t.next_execution_time < $1 AND t.updated_at IS DISTINCT FROM $3 AND (SELECT status FROM maintenance) = 'RUNNING'
         ORDER BY t.next_execution_time, t.id LIMIT $2
         FOR UPDATE OF t SKIP LOCKED"
    )
}

/// Moves triggers on. Uniqueness compares triggers as they are created, and one that counts its runs is no longer that: it
/// must not collide with another on its way down, so it takes itself out of the comparison.
const ADVANCE: &str = "
    UPDATE cron_trigger t SET
        next_execution_time = n.next, remaining_executions = n.remaining, updated_at = $4,
        workflow_params_hash = CASE WHEN n.remaining IS NULL THEN t.workflow_params_hash ELSE t.id::text END
    FROM unnest($1::uuid[], $2::bigint[], $3::integer[]) AS n (id, next, remaining)
    WHERE t.id = n.id";

/// Their trusts are over: each is ended when the last execution is that uses it.
const DELETE: &str = "
    WITH gone AS (DELETE FROM cron_trigger WHERE id = ANY ($1::uuid[]) RETURNING trust_id)
    UPDATE trust SET is_over = true WHERE id IN (SELECT trust_id FROM gone)";

/// Executions that act under trusts.
const USE: &str = "
    INSERT INTO trust_use (trust_id, execution_id, began_at)
    SELECT trust, execution, $3 FROM unnest($1::text[], $2::uuid[]) AS n (trust, execution) ON CONFLICT DO NOTHING";

/// Claims cron triggers on pooled connections. Cheap to clone.
#[derive(Clone)]
pub struct CronTriggers {
    pool: Pool,
}

impl CronTriggers {
    pub fn new(pool: Pool) -> CronTriggers {
        CronTriggers { pool }
    }

    /// Claims at most `limit` triggers that are due before `until`, and does with each what `decide` says. Calls with one
    /// `now` claim each trigger once. Returns the number of claimed triggers and the shards that messages were written for.
    ///
    /// # Errors
    /// Either everything happened or nothing, also when the connection breaks during the commit: calling again is safe.
    pub async fn fire(
        &self,
        until: Time,
        limit: usize,
        now: Time,
        decide: Decide<'_>,
    ) -> Result<(usize, Vec<Shard>), Error> {
        let mut client = self.pool.get().await?;
        let transaction = client.transaction().await?;
        let statement = transaction.prepare_cached(&claim()).await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = transaction.query(&statement, &[&until, &limit, &now]).await?;
        if rows.is_empty() {
            transaction.rollback().await?;
            return Ok((0, Vec::new()));
        }
        let mut changes = Changes::default();
        for row in &rows {
            let due = read(row)?;
            let firing = decide(&due);
            changes.add(due.trigger.id, firing);
        }
        let Changes {
            advanced,
            next,
            remaining,
            deleted,
            shards,
            bodies,
            trusts,
            acting,
        } = changes;
        if !advanced.is_empty() {
            let statement = transaction.prepare_cached(ADVANCE).await?;
            transaction
                .execute(&statement, &[&advanced, &next, &remaining, &now])
                .await?;
        }
        if !trusts.is_empty() {
            let statement = transaction.prepare_cached(USE).await?;
            transaction.execute(&statement, &[&trusts, &acting, &now]).await?;
        }
        if !deleted.is_empty() {
            let statement = transaction.prepare_cached(DELETE).await?;
            transaction.execute(&statement, &[&deleted]).await?;
        }
        if !shards.is_empty() {
            let nobody: Vec<Option<Id>> = vec![None; shards.len()];
            let statement = transaction.prepare_cached(APPEND).await?;
            transaction
                .execute(&statement, &[&shards, &bodies, &nobody, &nobody])
                .await?;
        }
        transaction.commit().await?;
        Ok((rows.len(), shards))
    }
}

fn read(row: &Row) -> Result<Due, Error> {
    let trigger = CronTrigger::read(definitions::read(row, CronTrigger::SHAPE, 0)?)?;
    let first = CronTrigger::SHAPE.columns.len();
    let workflow = match Option::<Str>::read(row, first)? {
        None => None,
        Some(name) => Some(Workflow {
            name,
            namespace: Str::read(row, first + 1)?,
            workbook_name: Column::read(row, first + 2)?,
            spec_hash: Id::read(row, first + 3)?,
        }),
    };
    Ok(Due { trigger, workflow })
}

/// Firings, column by column.
#[derive(Default)]
struct Changes {
    advanced: Vec<Id>,
    next: Vec<Time>,
    remaining: Vec<Option<i32>>,
    deleted: Vec<Id>,
    shards: Vec<Shard>,
    bodies: Vec<String>,
    trusts: Vec<String>,
    /// Beside each of `trusts`.
    acting: Vec<Id>,
}

impl Changes {
    fn add(&mut self, id: Id, firing: Firing) {
        match firing.next {
            Some((next, remaining)) => {
                self.advanced.push(id);
                self.next.push(next);
                self.remaining.push(remaining);
            }
            None => self.deleted.push(id),
        }
        if let Some((trust, execution)) = firing.acts_under {
            self.trusts.push(trust.to_string());
            self.acting.push(execution);
        }
        if let Some(start) = firing.start {
            self.shards.push(start.shard);
            self.bodies.push(text::json(&start.body).into_owned());
        }
    }
}

impl mistral_store::triggers::CronTriggers for CronTriggers {
    fn fire<'a>(
        &'a self,
        until: Time,
        limit: usize,
        now: Time,
        decide: Decide<'a>,
    ) -> Calling<'a, (usize, Vec<Shard>)> {
        Box::pin(self.fire(until, limit, now, decide))
    }
}
