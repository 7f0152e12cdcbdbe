//! What is open in a tree, read for people who ask why an execution has not finished. Everything is read in one snapshot of
//! the database and bounded: of too many rows the first are given, and whether there are more.

use deadpool_postgres::{Object, Transaction};
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, Row};

use super::Error;
use super::types::Reader;
use mistral_model::{Id, Shard};
use mistral_store::backend::Calling;
use mistral_store::diagnosis::{
    Children, FailedAction, Holder, INBOX_LIMIT, LastRun, Limit, LiveNode, OpenAction, OpenExecution, OpenTask,
    OpenTimer, Queued, ShardStatus,
};

/// Tasks that ended in ERROR (7) and that nobody dealt with; of each execution the first ones. Plan: task_execution.
pub(super) const FAILED_TASKS: &str = "
    SELECT t.* FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT id, execution_id, name, kind, state, state_info, is_join, task_runtime(runtime_context, trigger_id, trigger_event),
            created_at, started_at
        FROM task WHERE execution_id = parent.id AND state = 7 AND NOT error_handled LIMIT $2
    ) t LIMIT $3";

/// Failed tasks whose failure was dealt with. Plan: task_execution.
pub(super) const HANDLED_TASKS: &str = "
    SELECT t.* FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT id, execution_id, name, kind, state, state_info, is_join, task_runtime(runtime_context, trigger_id, trigger_event),
            created_at, started_at
        FROM task WHERE execution_id = parent.id AND state = 7 AND error_handled LIMIT $2
    ) t LIMIT $3";

/// Failed actions of tasks. Plan: action_execution_task.
pub(super) const FAILED_ACTIONS: &str = "
    SELECT a.* FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT action_id(id, of_task), task_id, name, left(output, 2000)
        FROM action_run WHERE task_id = parent.id AND state = 7 AND accepted LIMIT $2
    ) a LIMIT $3";

/// Failed and cancelled (6) executions below tasks. Plan: execution_task.
pub(super) const FAILED_EXECUTIONS: &str = "
    SELECT e.* FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT id, root_id, alias, task_id, workflow_name, spec_hash, state, state_info, runtime_context, created_at,
               updated_at
        FROM execution WHERE task_id = parent.id AND state IN (6, 7) AND accepted LIMIT $2
    ) e LIMIT $3";

/// Plan: execution_pkey.
pub(super) const EXECUTION: &str = "
    SELECT id, root_id, alias, task_id, workflow_name, spec_hash, state, state_info, runtime_context, created_at, updated_at
    FROM execution WHERE id = $1 AND shard = $2";

/// Plan: per task an index scan of execution_task that stops at the limit. States from 5 on are final.
pub(super) const SUB_EXECUTIONS: &str = "
    SELECT e.* FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT id, root_id, alias, task_id, workflow_name, spec_hash, state, state_info, runtime_context, created_at,
               updated_at
        FROM execution WHERE task_id = parent.id AND state < 5 LIMIT $2
    ) e LIMIT $3";

/// Plan: task_pkey.
const EXECUTION_OF_TASK: &str = "SELECT execution_id FROM task WHERE id = $1 AND shard = $2";

/// Plan: per execution an index scan of task_execution that stops at the limit.
pub(super) const TASKS: &str = "
    SELECT t.* FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT id, execution_id, name, kind, state, state_info, is_join, task_runtime(runtime_context, trigger_id, trigger_event),
            created_at, started_at
        FROM task WHERE execution_id = parent.id AND (state < 5 OR NOT processed) LIMIT $2
    ) t LIMIT $3";

/// Plan: per task an index scan of action_execution_task that stops at the limit, then action_queue_pkey and node_pkey.
pub(super) const ACTIONS: &str = "
    SELECT action_id(a.id, a.of_task), a.task_id, a.name, a.state, a.is_sync, a.created_at,
           coalesce(q.target, l.target), coalesce(q.attempt, l.attempt), coalesce(q.claimed_by, l.holder), n.name,
           coalesce(n.lease_until > now(), false)
    FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT id, of_task, shard, task_id, name, state, is_sync, created_at
        FROM action_run WHERE task_id = parent.id AND state < 5 LIMIT $2
    ) a
    LEFT JOIN action_queue q ON q.action_id = ANY (ARRAY[a.id]) AND q.shard = a.shard
    LEFT JOIN LATERAL (
        SELECT '' AS target, 1 AS attempt, holder FROM lane
        WHERE q.action_id IS NULL AND a.of_task AND a.is_sync AND a.id = ANY (tasks)
          AND EXISTS (SELECT FROM task t WHERE t.id = a.id AND t.shard = a.shard AND t.a_lane)
        LIMIT 1
    ) l ON true
    LEFT JOIN node n ON n.id = coalesce(q.claimed_by, l.holder)
    LIMIT $3";

/// Plan: action_execution_task and execution_task.
pub(super) const COUNTS: &str = "
    SELECT parent.id, c.completed, c.open FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE accepted AND state >= 5) AS completed, count(*) FILTER (WHERE state < 5) AS open
        FROM (
            SELECT accepted, state FROM action_run WHERE task_id = parent.id AND state IS NOT NULL
            UNION ALL
            SELECT accepted, state FROM execution WHERE task_id = parent.id
        ) child
    ) c";

/// Plan: timer_due by its shard, which holds few; the rest is filtered.
pub(super) const TIMERS: &str = "
    SELECT (body::json ->> 'task')::uuid, coalesce(body::json ->> 'kind', ''), fire_at, id, body
    FROM timer WHERE shard = $2 AND root_id = $1 AND body::json ->> 'task' = ANY ($3::text[])
    ORDER BY fire_at LIMIT $4";

/// The newest run of each task of an execution. Plan: task_execution.
pub(super) const LAST_RUNS: &str = "
    SELECT DISTINCT ON (execution_id, name) id, execution_id, name, state, next_tasks
    FROM task WHERE execution_id = $1 AND name = ANY ($2::text[])
    ORDER BY execution_id, name, id DESC";

/// Plan: shard_pkey, node_pkey, inbox_pkey.
pub(super) const SHARD: &str = "
    SELECT s.shard, s.owner, n.name, coalesce(n.lease_until > now(), false),
           (extract(epoch FROM nullif(n.lease_until, '-infinity')) * 1000000)::bigint,
           (SELECT count(*) FROM (SELECT FROM inbox i WHERE i.shard = s.shard LIMIT $2) AS pending)
    FROM shard s LEFT JOIN node n ON n.id = s.owner WHERE s.shard = $1";

/// There are as many rows as there are processes.
const NODES: &str = "SELECT id, name, roles FROM node WHERE lease_until > now() ORDER BY id";

const SPEC: &str = "SELECT spec FROM definition_content WHERE hash = $1";

const MODE: &str = "SELECT status FROM maintenance";

/// The database at one moment, on a connection of its own.
pub(crate) struct Snapshot<'a> {
    transaction: Transaction<'a>,
}

impl<'a> Snapshot<'a> {
    /// Begins a snapshot. Dropped, it ends.
    pub(crate) async fn begin(client: &'a mut Object) -> Result<Snapshot<'a>, Error> {
        let transaction = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await?;
        Ok(Snapshot { transaction })
    }

    async fn query(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        let statement = self.transaction.prepare_cached(sql).await?;
        Ok(self.transaction.query(&statement, params).await?)
    }

    /// The execution with this id, whatever its state.
    pub(crate) async fn execution(&self, id: Id) -> Result<Option<OpenExecution>, Error> {
        let rows = self.query(EXECUTION, &[&id, &id.shard()]).await?;
        rows.first().map(read_execution).transpose()
    }

    /// Executions below these tasks that have not ended.
    pub(crate) async fn sub_executions(&self, tasks: &[Id], limit: Limit) -> Result<Vec<OpenExecution>, Error> {
        let rows = self
            .query(SUB_EXECUTIONS, &[&tasks, &limit.of_each, &limit.in_all])
            .await?;
        let mut found: Vec<OpenExecution> = rows.iter().map(read_execution).collect::<Result<_, _>>()?;
        found.sort_unstable_by_key(|execution| (execution.created_at, execution.id));
        Ok(found)
    }

    /// The execution that a task belongs to.
    pub(crate) async fn task_execution(&self, task: Id) -> Result<Option<Id>, Error> {
        let rows = self.query(EXECUTION_OF_TASK, &[&task, &task.shard()]).await?;
        Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
    }

    /// Tasks of these executions with something left to do.
    pub(crate) async fn tasks(&self, executions: &[Id], limit: Limit) -> Result<Vec<OpenTask>, Error> {
        let rows = self.query(TASKS, &[&executions, &limit.of_each, &limit.in_all]).await?;
        let mut found: Vec<OpenTask> = rows.iter().map(read_task).collect::<Result<_, _>>()?;
        found.sort_unstable_by_key(|task| task.id);
        Ok(found)
    }

    /// Actions of these tasks that have not ended.
    pub(crate) async fn actions(&self, tasks: &[Id], limit: Limit) -> Result<Vec<OpenAction>, Error> {
        let rows = self.query(ACTIONS, &[&tasks, &limit.of_each, &limit.in_all]).await?;
        let mut found: Vec<OpenAction> = rows.iter().map(read_action).collect::<Result<_, _>>()?;
        found.sort_unstable_by_key(|action| action.id);
        Ok(found)
    }

    /// Tasks of these executions that failed without being dealt with.
    pub(crate) async fn failed_tasks(&self, executions: &[Id], limit: Limit) -> Result<Vec<OpenTask>, Error> {
        self.failed(FAILED_TASKS, executions, limit).await
    }

    /// Tasks of these executions that failed and whose failure their `on-error` dealt with.
    pub(crate) async fn handled_tasks(&self, executions: &[Id], limit: Limit) -> Result<Vec<OpenTask>, Error> {
        self.failed(HANDLED_TASKS, executions, limit).await
    }

    async fn failed(&self, query: &str, executions: &[Id], limit: Limit) -> Result<Vec<OpenTask>, Error> {
        let rows = self.query(query, &[&executions, &limit.of_each, &limit.in_all]).await?;
        let mut found: Vec<OpenTask> = rows.iter().map(read_task).collect::<Result<_, _>>()?;
        found.sort_unstable_by_key(|task| task.id);
        Ok(found)
    }

    /// Actions of these tasks whose failure counts.
    pub(crate) async fn failed_actions(&self, tasks: &[Id], limit: Limit) -> Result<Vec<FailedAction>, Error> {
        let rows = self
            .query(FAILED_ACTIONS, &[&tasks, &limit.of_each, &limit.in_all])
            .await?;
        let mut found: Vec<FailedAction> = rows
            .iter()
            .map(|row| {
                let mut row = Reader::new(row);
                Ok(FailedAction {
                    id: row.column()?,
                    task_id: row.column()?,
                    name: row.column()?,
                    output: row.column()?,
                })
            })
            .collect::<Result<_, Error>>()?;
        found.sort_unstable_by_key(|action| action.id);
        Ok(found)
    }

    /// Executions below these tasks whose failure counts.
    pub(crate) async fn failed_executions(&self, tasks: &[Id], limit: Limit) -> Result<Vec<OpenExecution>, Error> {
        let rows = self
            .query(FAILED_EXECUTIONS, &[&tasks, &limit.of_each, &limit.in_all])
            .await?;
        let mut found: Vec<OpenExecution> = rows.iter().map(read_execution).collect::<Result<_, _>>()?;
        found.sort_unstable_by_key(|execution| (execution.created_at, execution.id));
        Ok(found)
    }

    /// How many children each of these tasks has.
    pub(crate) async fn children(&self, tasks: &[Id]) -> Result<Vec<(Id, Children)>, Error> {
        let rows = self.query(COUNTS, &[&tasks]).await?;
        rows.iter()
            .map(|row| {
                let mut row = Reader::new(row);
                let task = row.column()?;
                let (completed, open) = (row.column()?, row.column()?);
                Ok((task, Children { completed, open }))
            })
            .collect()
    }

    /// Timers of these tasks of a tree, the next to fire first.
    pub(crate) async fn timers(&self, root_id: Id, tasks: &[Id], limit: i64) -> Result<Vec<OpenTimer>, Error> {
        let tasks: Vec<String> = tasks.iter().map(Id::to_string).collect();
        let rows = self
            .query(TIMERS, &[&root_id, &root_id.shard(), &tasks, &limit])
            .await?;
        rows.iter()
            .map(|row| {
                let mut row = Reader::new(row);
                Ok(OpenTimer {
                    task_id: row.column()?,
                    kind: row.column()?,
                    fire_at: row.column()?,
                    id: row.column()?,
                    body: row.column()?,
                })
            })
            .collect()
    }

    /// The newest run of each of these tasks of an execution.
    pub(crate) async fn last_runs(&self, execution: Id, names: &[&str]) -> Result<Vec<LastRun>, Error> {
        let rows = self.query(LAST_RUNS, &[&execution, &names]).await?;
        rows.iter()
            .map(|row| {
                let mut row = Reader::new(row);
                Ok(LastRun {
                    id: row.column()?,
                    execution_id: row.column()?,
                    name: row.column()?,
                    state: row.column()?,
                    next_tasks: row.column()?,
                })
            })
            .collect()
    }

    /// Who has a shard.
    pub(crate) async fn shard(&self, shard: Shard) -> Result<Option<ShardStatus>, Error> {
        let rows = self.query(SHARD, &[&shard, &INBOX_LIMIT]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let mut row = Reader::new(row);
        let shard = row.column()?;
        let owner = read_holder(&mut row)?;
        Ok(Some(ShardStatus {
            shard,
            owner,
            lease_until: row.column()?,
            pending_events: row.column()?,
        }))
    }

    /// Processes with a valid lease.
    pub(crate) async fn nodes(&self) -> Result<Vec<LiveNode>, Error> {
        let rows = self.query(NODES, &[]).await?;
        rows.iter()
            .map(|row| {
                let mut row = Reader::new(row);
                Ok(LiveNode {
                    id: row.column()?,
                    name: row.column()?,
                    roles: row.column()?,
                })
            })
            .collect()
    }

    /// The spec with this hash, JSON.
    pub(crate) async fn spec(&self, hash: Id) -> Result<Option<String>, Error> {
        let rows = self.query(SPEC, &[&hash]).await?;
        Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
    }

    /// The service's mode.
    pub(crate) async fn maintenance(&self) -> Result<String, Error> {
        let rows = self.query(MODE, &[]).await?;
        Ok(rows.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
    }
}

fn read_execution(row: &Row) -> Result<OpenExecution, Error> {
    let mut row = Reader::new(row);
    Ok(OpenExecution {
        id: row.column()?,
        root_id: row.column()?,
        alias: row.column()?,
        task_id: row.column()?,
        workflow_name: row.column()?,
        spec_hash: row.column()?,
        state: row.column()?,
        state_info: row.column()?,
        runtime_context: row.column()?,
        created_at: row.column()?,
        updated_at: row.column()?,
    })
}

fn read_task(row: &Row) -> Result<OpenTask, Error> {
    let mut row = Reader::new(row);
    Ok(OpenTask {
        id: row.column()?,
        execution_id: row.column()?,
        name: row.column()?,
        kind: row.column()?,
        state: row.column()?,
        state_info: row.column()?,
        is_join: row.column()?,
        runtime_context: row.column()?,
        created_at: row.column()?,
        started_at: row.column()?,
    })
}

fn read_action(row: &Row) -> Result<OpenAction, Error> {
    let mut row = Reader::new(row);
    let (id, task_id, name) = (row.column()?, row.column()?, row.column()?);
    let (state, is_sync, created_at) = (row.column()?, row.column()?, row.column()?);
    let (target, attempt): (Option<String>, Option<i32>) = (row.column()?, row.column()?);
    let claimed_by = read_holder(&mut row)?;
    Ok(OpenAction {
        id,
        task_id,
        name,
        state,
        is_sync,
        created_at,
        queued: target.map(|target| Queued {
            target,
            attempt: attempt.unwrap_or(1),
            claimed_by,
        }),
    })
}

/// Id, name and whether the lease lasts, of a node that may be null.
fn read_holder(row: &mut Reader<'_>) -> Result<Option<Holder>, Error> {
    let node: Option<Id> = row.column()?;
    let (name, is_alive) = (row.column()?, row.column()?);
    Ok(node.map(|node| Holder { node, name, is_alive }))
}

impl mistral_store::diagnosis::Snapshot for Snapshot<'_> {
    fn execution(&self, id: Id) -> Calling<'_, Option<OpenExecution>> {
        Box::pin(self.execution(id))
    }

    fn sub_executions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenExecution>> {
        Box::pin(self.sub_executions(tasks, limit))
    }

    fn task_execution(&self, task: Id) -> Calling<'_, Option<Id>> {
        Box::pin(self.task_execution(task))
    }

    fn tasks<'a>(&'a self, executions: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenTask>> {
        Box::pin(self.tasks(executions, limit))
    }

    fn actions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenAction>> {
        Box::pin(self.actions(tasks, limit))
    }

    fn failed_tasks<'a>(&'a self, executions: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenTask>> {
        Box::pin(self.failed_tasks(executions, limit))
    }

    fn handled_tasks<'a>(&'a self, executions: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenTask>> {
        Box::pin(self.handled_tasks(executions, limit))
    }

    fn failed_actions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<FailedAction>> {
        Box::pin(self.failed_actions(tasks, limit))
    }

    fn failed_executions<'a>(&'a self, tasks: &'a [Id], limit: Limit) -> Calling<'a, Vec<OpenExecution>> {
        Box::pin(self.failed_executions(tasks, limit))
    }

    fn children<'a>(&'a self, tasks: &'a [Id]) -> Calling<'a, Vec<(Id, Children)>> {
        Box::pin(self.children(tasks))
    }

    fn timers<'a>(&'a self, root_id: Id, tasks: &'a [Id], limit: i64) -> Calling<'a, Vec<OpenTimer>> {
        Box::pin(self.timers(root_id, tasks, limit))
    }

    fn last_runs<'a>(&'a self, execution: Id, names: &'a [&'a str]) -> Calling<'a, Vec<LastRun>> {
        Box::pin(self.last_runs(execution, names))
    }

    fn shard(&self, shard: Shard) -> Calling<'_, Option<ShardStatus>> {
        Box::pin(self.shard(shard))
    }

    fn nodes(&self) -> Calling<'_, Vec<LiveNode>> {
        Box::pin(self.nodes())
    }

    fn spec(&self, hash: Id) -> Calling<'_, Option<String>> {
        Box::pin(self.spec(hash))
    }

    fn maintenance(&self) -> Calling<'_, String> {
        Box::pin(self.maintenance())
    }
}
