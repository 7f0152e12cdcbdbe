//! What has changed in executions since a moment, for those who watch them; and how far a search has come.

use std::collections::HashMap;

use deadpool_postgres::Object;
use tokio_postgres::Row;

use super::Error;
use super::types::Reader;
use mistral_model::{Id, Shard, Time};
use mistral_store::follow::{ActionTimes, ITEMS_IN_ALL, ITEMS_OF_TASK, Progress, Published, Seen, TaskTimes};

/// Tasks of an execution that changed since a moment, behind a task. Plan: task_execution, sorted (fenced off, so that it is not a
/// walk over the tasks of all executions in the order of their ids).
pub(super) const TASKS: &str = "
    SELECT id, name, kind, state, task_runtime(runtime_context, trigger_id, trigger_event), created_at, started_at,
           finished_at, updated_at
    FROM (SELECT * FROM task WHERE execution_id = $1 AND coalesce(updated_at, created_at) >= $3 OFFSET 0) AS t
    WHERE id > $2 ORDER BY id LIMIT $4";

/// How many tasks a tree has, as far as they are counted. Plan: execution_root, then task_execution, the indexes alone.
pub(super) const TASKS_OF_TREE: &str = "
    SELECT count(*) FROM (
        SELECT FROM (
            SELECT $1::uuid AS id
            UNION ALL
            (SELECT id FROM execution WHERE root_id BETWEEN $1 AND $1 AND task_id IS NOT NULL ORDER BY root_id LIMIT $2)
        ) AS one CROSS JOIN LATERAL (SELECT FROM task WHERE execution_id = one.id OFFSET 0) AS t LIMIT $2
    ) AS seen";

/// The same tasks by their ids, with their executions. Plan: task_pkey.
pub(super) const TASKS_BY_ID: &str = "
    SELECT t.execution_id, t.id, name, kind, state, task_runtime(runtime_context, trigger_id, trigger_event), created_at, started_at,
           finished_at, updated_at
    FROM unnest($1::uuid[]) AS wanted (wanted_id)
    CROSS JOIN LATERAL (SELECT * FROM task WHERE id = wanted_id OFFSET 0) t";

/// How many items of tasks there are, as far as they are counted, and how many of them have ended. Plan: action_execution_task and
/// execution_task.
pub(super) const ITEMS: &str = "
    SELECT w.id, c.seen, c.done FROM unnest($1::uuid[]) AS w (id) CROSS JOIN LATERAL (
        SELECT count(*) AS seen, count(*) FILTER (WHERE accepted AND state >= 5) AS done FROM (
            (SELECT accepted, state FROM action_execution WHERE task_id BETWEEN w.id AND w.id ORDER BY task_id LIMIT $2)
            UNION ALL
            (SELECT accepted, state FROM execution WHERE task_id BETWEEN w.id AND w.id ORDER BY task_id LIMIT $2)
        ) AS item
    ) c";

/// The newest sub-workflow execution of each of these tasks, which have few. Plan: execution_task.
pub(super) const CHILDREN: &str = "
    SELECT w.id, coalesce(c.alias, c.id::text) FROM unnest($1::uuid[]) AS w (id) CROSS JOIN LATERAL (
        SELECT id, alias FROM (
            SELECT id, alias, created_at FROM execution WHERE task_id BETWEEN w.id AND w.id ORDER BY task_id LIMIT $2
        ) AS child ORDER BY created_at DESC, id DESC LIMIT 1
    ) c";

/// Sub-workflow executions of a task without items that are looked at: one for each of its attempts.
const ATTEMPTS: i64 = 100;

/// Executions by id. Plan: execution_pkey.
pub(super) const EXECUTIONS: &str = "
    SELECT id, alias, root_id, project_id, workflow_name, state, created_at, updated_at
    FROM unnest($1::uuid[]) AS wanted (wanted_id)
    CROSS JOIN LATERAL (SELECT * FROM execution WHERE id = wanted_id OFFSET 0) e";

/// Executions created since a moment. Plan: execution_created, a range.
pub(super) const CREATED: &str = "
    SELECT id, alias, root_id, project_id, workflow_name, state, created_at, updated_at
    FROM execution WHERE created_at >= $1 ORDER BY created_at, id LIMIT $2";

/// Who owns shards. Plan: shard_pkey.
pub(super) const SHARDS: &str = "SELECT shard, owner, epoch FROM shard WHERE shard = ANY ($1::smallint[])";

/// Whether anybody has committed a batch. There are as many rows as there are connections that write.
const MARKS: &str = "SELECT coalesce(sum(batch), 0)::bigint FROM writer_mark";

/// Actions of a task, by their ids as clients know them. Plan: task_pkey, action_execution_task.
pub(super) const ACTIONS: &str = "
    SELECT action_id(id, of_task) AS shown, name, state, coalesce(accepted, false), created_at, updated_at FROM action_run
    WHERE task_id = $1 AND state IS NOT NULL AND action_id(id, of_task) > $2 ORDER BY 1 LIMIT $3";

/// The number of tasks of a tree, `most` at most.
pub(crate) async fn tasks_of_tree(client: &Object, root: Id, most: i64) -> Result<i64, Error> {
    let statement = client.prepare_cached(TASKS_OF_TREE).await?;
    Ok(client.query_one(&statement, &[&root, &most]).await?.try_get(0)?)
}

/// The number of batches that there were, of all who write now: it moves with each.
pub(crate) async fn marks(client: &Object) -> Result<i64, Error> {
    let statement = client.prepare_cached(MARKS).await?;
    Ok(client.query_one(&statement, &[]).await?.try_get(0)?)
}

/// Tasks of `execution` behind `after` that changed at `since` or later.
pub(crate) async fn tasks(
    client: &Object,
    execution: Id,
    after: Id,
    since: i64,
    limit: i64,
) -> Result<Vec<TaskTimes>, Error> {
    let statement = client.prepare_cached(TASKS).await?;
    let rows = client.query(&statement, &[&execution, &after, &since, &limit]).await?;
    rows.iter().map(|row| task_times(&mut Reader::new(row))).collect()
}

fn task_times(row: &mut Reader<'_>) -> Result<TaskTimes, Error> {
    Ok(TaskTimes {
        id: row.column()?,
        name: row.column()?,
        kind: row.column()?,
        state: row.column()?,
        runtime_context: row.column()?,
        created_at: row.column()?,
        started_at: row.column()?,
        finished_at: row.column()?,
        updated_at: row.column()?,
    })
}

/// These tasks, each with its execution.
pub(crate) async fn tasks_by_id(client: &Object, ids: &[Id]) -> Result<Vec<(Id, TaskTimes)>, Error> {
    let statement = client.prepare_cached(TASKS_BY_ID).await?;
    let rows = client.query(&statement, &[&ids]).await?;
    rows.iter()
        .map(|row| {
            let mut row = Reader::new(row);
            Ok((row.column()?, task_times(&mut row)?))
        })
        .collect()
}

/// How many items of each of these tasks have ended; who has more than [`ITEMS_OF_TASK`] is left out, and those at the end whose items
/// would make it more than [`ITEMS_IN_ALL`] together. `expected` are how many there should be.
pub(crate) async fn items_done(client: &Object, expected: &[(Id, i64)]) -> Result<HashMap<Id, i64>, Error> {
    let mut left = ITEMS_IN_ALL;
    let counted = expected.iter().take_while(|(_, count)| {
        left -= (*count).clamp(1, ITEMS_OF_TASK);
        left >= 0
    });
    let counted: Vec<Id> = counted.map(|(id, _)| *id).collect();
    if counted.is_empty() {
        return Ok(HashMap::new());
    }
    let statement = client.prepare_cached(ITEMS).await?;
    let rows = client.query(&statement, &[&counted, &(ITEMS_OF_TASK + 1)]).await?;
    let mut done = HashMap::with_capacity(rows.len());
    for row in rows {
        if row.try_get::<_, i64>(1)? <= ITEMS_OF_TASK {
            done.insert(row.try_get(0)?, row.try_get(2)?);
        }
    }
    Ok(done)
}

/// The newest sub-workflow execution of each of these tasks, under the id that clients know.
pub(crate) async fn children(client: &Object, tasks: &[Id]) -> Result<HashMap<Id, String>, Error> {
    if tasks.is_empty() {
        return Ok(HashMap::new());
    }
    let statement = client.prepare_cached(CHILDREN).await?;
    let rows = client.query(&statement, &[&tasks, &ATTEMPTS]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn seen(row: &Row) -> Result<Seen, Error> {
    let mut row = Reader::new(row);
    Ok(Seen {
        id: row.column()?,
        alias: row.column()?,
        root_id: row.column()?,
        project_id: row.column()?,
        workflow_name: row.column()?,
        state: row.column()?,
        created_at: row.column()?,
        updated_at: row.column()?,
    })
}

pub(crate) async fn executions(client: &Object, ids: &[Id]) -> Result<Vec<Seen>, Error> {
    let statement = client.prepare_cached(EXECUTIONS).await?;
    client.query(&statement, &[&ids]).await?.iter().map(seen).collect()
}

pub(crate) async fn created(client: &Object, since: i64, limit: i64) -> Result<Vec<Seen>, Error> {
    let statement = client.prepare_cached(CREATED).await?;
    client
        .query(&statement, &[&since, &limit])
        .await?
        .iter()
        .map(seen)
        .collect()
}

/// Plan: execution_created, its end.
pub(super) const NEWEST: &str = "SELECT created_at FROM execution ORDER BY created_at DESC, id DESC LIMIT 1";

/// When the newest execution was created; 0 if there is none.
pub(crate) async fn newest(client: &Object) -> Result<i64, Error> {
    let statement = client.prepare_cached(NEWEST).await?;
    let row = client.query_opt(&statement, &[]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
}

pub(crate) async fn shards(client: &Object, wanted: &[Shard]) -> Result<Vec<Progress>, Error> {
    let statement = client.prepare_cached(SHARDS).await?;
    let rows = client.query(&statement, &[&wanted]).await?;
    rows.iter()
        .map(|row| {
            Ok(Progress {
                shard: row.try_get(0)?,
                owner: row.try_get(1)?,
                epoch: row.try_get(2)?,
            })
        })
        .collect()
}

/// Actions of a task behind `after`.
pub(crate) async fn actions(client: &Object, task: Id, after: Id, limit: i64) -> Result<Vec<ActionTimes>, Error> {
    let statement = client.prepare_cached(ACTIONS).await?;
    let rows = client.query(&statement, &[&task, &after, &limit]).await?;
    rows.iter()
        .map(|row| {
            let mut row = Reader::new(row);
            Ok(ActionTimes {
                id: row.column()?,
                name: row.column()?,
                state: row.column()?,
                accepted: row.column()?,
                created_at: row.column()?,
                updated_at: row.column()?,
            })
        })
        .collect()
}

/// What tasks brought along and published. Plan: task_pkey.
pub(super) const PUBLISHED: &str = "
    SELECT t.id, t.in_context, t.published FROM unnest($1::uuid[]) AS wanted (wanted_id)
    CROSS JOIN LATERAL (SELECT id, in_context, published FROM task WHERE id = wanted_id OFFSET 0) t";

pub(crate) async fn published(client: &Object, tasks: &[Id]) -> Result<Vec<Published>, Error> {
    let statement = client.prepare_cached(PUBLISHED).await?;
    let rows = client.query(&statement, &[&tasks]).await?;
    rows.iter()
        .map(|row| {
            Ok(Published {
                id: row.try_get(0)?,
                in_context: row.try_get(1)?,
                published: row.try_get(2)?,
            })
        })
        .collect()
}

/// Where a search stops that looks at so many executions, backwards from a place. Plan: execution_created or execution_project.
pub(super) const SCANNED: &str = "
    SELECT created_at, id FROM execution
    WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC OFFSET $3 LIMIT 1";

/// The same among those of a project. Plan: execution_project.
pub(super) const SCANNED_OF_PROJECT: &str = "
    SELECT created_at, id FROM execution
    WHERE project_id = $4 AND (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC OFFSET $3 LIMIT 1";

/// Plan: execution_pkey.
const PLACE: &str = "SELECT created_at FROM execution WHERE id = $1 AND shard = $2";

/// The last of the `count` executions before the execution `before` (or of all), the newest first; none if there are fewer.
pub(crate) async fn scanned(
    client: &Object,
    before: Option<Id>,
    count: i64,
    project: Option<&str>,
) -> Result<Option<(Time, Id)>, Error> {
    let begin = match before {
        None => (i64::MAX, Id(u128::MAX)),
        Some(id) => {
            let statement = client.prepare_cached(PLACE).await?;
            match client.query_opt(&statement, &[&id, &id.shard()]).await? {
                Some(row) => (row.try_get(0)?, id),
                None => return Ok(None),
            }
        }
    };
    let skipped = count - 1;
    let row = match project {
        None => {
            let statement = client.prepare_cached(SCANNED).await?;
            client.query_opt(&statement, &[&begin.0, &begin.1, &skipped]).await?
        }
        Some(project) => {
            let statement = client.prepare_cached(SCANNED_OF_PROJECT).await?;
            client
                .query_opt(&statement, &[&begin.0, &begin.1, &skipped, &project])
                .await?
        }
    };
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
}
