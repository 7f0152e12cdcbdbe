//! Drops the rows of deleted executions (`doomed`), in pieces: short transactions with pauses between them, whatever a tree holds.
//! A process that ends in between leaves the rest to the next one.

use std::time::{Duration, Instant};

use deadpool_postgres::{Pool, Transaction};
use tokio_postgres::types::ToSql;

use super::Error;
use super::encode::Sql;
use super::types::Reader;
use mistral_model::{Id, State};

/// Whose rows are dropped next; each for one process at a time. Plan: doomed_pkey.
pub(super) const DOOMED: &str = "SELECT id, is_root FROM doomed ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED";

/// Executions below these roots. Plan: execution_root.
pub(super) const BELOW: &str = "
    SELECT e.id FROM unnest($1::uuid[]) AS r (id) CROSS JOIN LATERAL (
        SELECT id FROM execution WHERE root_id BETWEEN r.id AND r.id AND task_id IS NOT NULL ORDER BY root_id LIMIT $2
    ) e LIMIT $2";

/// Tasks of these executions. Plan: task_execution.
pub(super) const TASKS: &str = "
    SELECT t.id, t.state, t.a_state FROM unnest($1::uuid[]) AS e (id) CROSS JOIN LATERAL (
        SELECT id, state, a_state FROM task WHERE execution_id BETWEEN e.id AND e.id ORDER BY execution_id LIMIT $2
    ) t LIMIT $2";

/// Actions of these tasks that have rows of their own. Plan: action_execution_task.
pub(super) const ACTIONS: &str = "
    SELECT a.id, a.state FROM unnest($1::uuid[]) AS t (id) CROSS JOIN LATERAL (
        SELECT id, state FROM action_execution WHERE task_id BETWEEN t.id AND t.id ORDER BY task_id LIMIT $2
    ) a LIMIT $2";

/// Timers of these trees. Plan: timer_root.
pub(super) const TIMERS: &str = "
    SELECT t.id FROM unnest($1::uuid[]) AS r (id) CROSS JOIN LATERAL (
        SELECT id FROM timer WHERE root_id BETWEEN r.id AND r.id ORDER BY root_id LIMIT $2
    ) t LIMIT $2";

/// Plan of each: the primary key, one descent per id.
pub(super) const DROP_TIMERS: &str = "DELETE FROM timer WHERE id = ANY ($1::uuid[])";
pub(super) const DROP_QUEUE: &str = "DELETE FROM action_queue WHERE action_id = ANY ($1::uuid[])";
pub(super) const DROP_ACTIONS: &str = "DELETE FROM action_execution WHERE id = ANY ($1::uuid[])";
pub(super) const DROP_TASKS: &str = "DELETE FROM task WHERE id = ANY ($1::uuid[])";
pub(super) const DROP_STATES: &str = "DELETE FROM execution_state WHERE id = ANY ($1::uuid[])";
pub(super) const DROP_KEYS: &str = "DELETE FROM execution_key WHERE id = ANY ($1::uuid[])";
pub(super) const DROP_EXECUTIONS: &str = "DELETE FROM execution WHERE id = ANY ($1::uuid[])";
pub(super) const DROP_DOOMED: &str = "DELETE FROM doomed WHERE id = ANY ($1::uuid[])";
/// Deleted executions that one piece deals with.
const TREES: i64 = 50;
/// Executions below them.
const EXECUTIONS: i64 = 200;
/// Tasks, actions and timers, each: a piece takes some 20 ms.
const ROWS: i64 = 500;
/// Time between two looks when nothing is to be done.
const LOOK: Duration = Duration::from_millis(500);
/// The same after an error.
const AGAIN: Duration = Duration::from_secs(2);

/// Drops rows on a pooled connection.
#[derive(Clone)]
pub struct Removal {
    pool: Pool,
}

impl Removal {
    pub fn new(pool: Pool) -> Removal {
        Removal { pool }
    }

    /// Drops for ever, at most half of the time.
    pub async fn run(self) {
        loop {
            let began = Instant::now();
            let pause = match self.step().await {
                Ok(true) => began.elapsed(),
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "rows of deleted executions are not dropped; trying again");
                    AGAIN
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Drops the next piece. `false`: nothing is left, or others are at it.
    pub async fn step(&self) -> Result<bool, Error> {
        let mut client = self.pool.get().await?;
        let transaction = client.transaction().await?;
        let doomed = query(&transaction, DOOMED, &[&TREES]).await?;
        if doomed.is_empty() {
            return Ok(false);
        }
        let (mut all, mut roots) = (Vec::new(), Vec::new());
        for row in &doomed {
            let mut row = Reader::new(row);
            let id: Id = row.column()?;
            all.push(id);
            if row.column::<bool>()? {
                roots.push(id);
            }
        }
        let below = ids(&transaction, BELOW, &roots, EXECUTIONS).await?;
        let is_last = below.len() < EXECUTIONS as usize;
        let mut executions = below.clone();
        if is_last {
            executions.extend(&all);
        }
        let timers = ids(&transaction, TIMERS, &roots, ROWS).await?;
        drop_rows(&transaction, DROP_TIMERS, &timers).await?;
        if drop_tasks(&transaction, &executions).await? {
            drop_rows(&transaction, DROP_STATES, &below).await?;
            drop_rows(&transaction, DROP_KEYS, &executions).await?;
            drop_rows(&transaction, DROP_EXECUTIONS, &below).await?;
            if is_last && timers.len() < ROWS as usize {
                drop_rows(&transaction, DROP_DOOMED, &all).await?;
            }
        }
        transaction.commit().await?;
        Ok(true)
    }
}

/// Drops tasks of these executions with all that belongs to them. `true`: these were the last.
async fn drop_tasks(transaction: &Transaction<'_>, executions: &[Id]) -> Result<bool, Error> {
    let (mut tasks, mut task_states) = (Vec::new(), Vec::new());
    let (mut calls, mut call_states) = (Vec::new(), Vec::new());
    for row in query(transaction, TASKS, &[&executions, &ROWS]).await? {
        let id: Id = row.try_get(0)?;
        tasks.push(id);
        task_states.push(row.try_get::<_, State>(1)?);
        if let Some(state) = row.try_get::<_, Option<State>>(2)? {
            calls.push(id);
            call_states.push(state);
        }
    }
    let (mut actions, mut action_states) = (Vec::new(), Vec::new());
    for row in query(transaction, ACTIONS, &[&tasks, &ROWS]).await? {
        actions.push(row.try_get::<_, Id>(0)?);
        action_states.push(row.try_get::<_, State>(1)?);
    }
    drop_rows(transaction, DROP_QUEUE, &actions).await?;
    unlist(transaction, Sql::UnlistActions, &actions, &action_states).await?;
    drop_rows(transaction, DROP_ACTIONS, &actions).await?;
    if actions.len() >= ROWS as usize {
        return Ok(false);
    }
    drop_rows(transaction, DROP_QUEUE, &calls).await?;
    unlist(transaction, Sql::UnlistActions, &calls, &call_states).await?;
    unlist(transaction, Sql::UnlistTasks, &tasks, &task_states).await?;
    drop_rows(transaction, DROP_TASKS, &tasks).await?;
    Ok(tasks.len() < ROWS as usize)
}

async fn query(
    transaction: &Transaction<'_>,
    sql: &str,
    params: &[&(dyn ToSql + Sync)],
) -> Result<Vec<tokio_postgres::Row>, Error> {
    let statement = transaction.prepare_cached(sql).await?;
    Ok(transaction.query(&statement, params).await?)
}

async fn ids(transaction: &Transaction<'_>, sql: &str, of: &[Id], limit: i64) -> Result<Vec<Id>, Error> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let rows = query(transaction, sql, &[&of, &limit]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

async fn drop_rows(transaction: &Transaction<'_>, sql: &str, ids: &[Id]) -> Result<(), Error> {
    if !ids.is_empty() {
        let statement = transaction.prepare_cached(sql).await?;
        transaction.execute(&statement, &[&ids]).await?;
    }
    Ok(())
}

/// Rows of a membership table; SUCCESS has none.
/// `states` are those that the membership table shows, one for each id.
async fn unlist(transaction: &Transaction<'_>, sql: Sql, ids: &[Id], states: &[State]) -> Result<(), Error> {
    if !ids.is_empty() {
        let statement = transaction.prepare_cached(sql.text()).await?;
        transaction.execute(&statement, &[&ids, &states]).await?;
    }
    Ok(())
}
