//! Work on many executions: which ids were shown, and how far the work has come.

use deadpool_postgres::Object;

use super::Error;
use mistral_model::{Id, Time};
use mistral_store::bulk::Operation;

macro_rules! columns {
    () => {
        "id, project_id, user_id, is_admin, roles, resource, action, filter, reason, state, cardinality(ids), done, failed, \
         failures, created_at, updated_at"
    };
}

const INSERT: &str = "
    INSERT INTO bulk_operation (id, project_id, user_id, is_admin, roles, resource, action, filter, reason, ids, state, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'PREVIEW', $11)";

/// Plan: bulk_operation_created, backwards. Previews that nobody carried out are not shown.
pub(super) const LIST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM bulk_operation WHERE state <> 'PREVIEW' AND ($1::text IS NULL OR project_id = $1) \
     ORDER BY created_at DESC, id DESC LIMIT $2"
);

/// Plan: bulk_operation_pkey.
pub(super) const ONE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM bulk_operation WHERE id = $1 AND ($2::text IS NULL OR project_id = $2)"
);

/// Begins what was shown, once. Plan: bulk_operation_pkey.
pub(super) const BEGIN: &str = "
    UPDATE bulk_operation SET state = 'RUNNING', reason = coalesce($3, reason), updated_at = $4
    WHERE id = $1 AND ($2::text IS NULL OR project_id = $2) AND state = 'PREVIEW' AND created_at >= $5";

/// Plan: bulk_operation_pkey.
pub(super) const STOP: &str = "
    UPDATE bulk_operation SET state = 'CANCELLED', updated_at = $3
    WHERE id = $1 AND ($2::text IS NULL OR project_id = $2) AND state = 'RUNNING'";

/// Takes an operation that nobody is at. Plan: bulk_operation_running.
pub(super) const CLAIM: &str = concat!(
    "UPDATE bulk_operation SET worker = $1, worker_until = now() + interval '15 seconds' WHERE id = (\
         SELECT id FROM bulk_operation WHERE state = 'RUNNING' AND (worker IS NULL OR worker_until < now()) \
         ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ",
    columns!()
);

/// The next ids. Plan: bulk_operation_pkey.
pub(super) const NEXT: &str = "
    SELECT ids[done + 1 : done + $3] FROM bulk_operation WHERE id = $1 AND worker = $2 AND state = 'RUNNING'";

/// Notes how far it has come. Plan: bulk_operation_pkey.
pub(super) const ADVANCE: &str = "
    UPDATE bulk_operation SET done = done + $3, failed = failed + $4, failures = $5, updated_at = $6,
        worker_until = now() + interval '15 seconds',
        state = CASE WHEN state = 'RUNNING' AND done + $3 >= cardinality(ids) THEN 'SUCCESS' ELSE state END
    WHERE id = $1 AND worker = $2 RETURNING state";

/// Forgets previews that have expired, and what was done long ago. Plan: bulk_operation_created.
pub(super) const FORGET: &str = "
    DELETE FROM bulk_operation
    WHERE created_at < $1 AND state = 'PREVIEW' OR created_at < $2 AND state NOT IN ('PREVIEW', 'RUNNING')";

fn read(row: &tokio_postgres::Row) -> Result<Operation, Error> {
    Ok(Operation {
        id: row.try_get(0)?,
        project_id: row.try_get(1)?,
        user_id: row.try_get(2)?,
        is_admin: row.try_get(3)?,
        roles: row.try_get(4)?,
        resource: row.try_get(5)?,
        action: row.try_get(6)?,
        filter: row.try_get(7)?,
        reason: row.try_get(8)?,
        state: row.try_get(9)?,
        total: row.try_get(10)?,
        done: row.try_get(11)?,
        failed: row.try_get(12)?,
        failures: row.try_get(13)?,
        created_at: row.try_get(14)?,
        updated_at: row.try_get(15)?,
    })
}

/// Stores what was shown; nothing is done yet.
pub(crate) async fn insert(client: &Object, operation: &Operation, ids: &[Id]) -> Result<(), Error> {
    let o = operation;
    let params: &[&(dyn tokio_postgres::types::ToSql + Sync)] = &[
        &o.id,
        &o.project_id,
        &o.user_id,
        &o.is_admin,
        &o.roles,
        &o.resource,
        &o.action,
        &o.filter,
        &o.reason,
        &ids,
        &o.created_at,
    ];
    client.execute(INSERT, params).await?;
    Ok(())
}

/// The newest operations of a project, or of all.
pub(crate) async fn list(client: &Object, project: Option<&str>, limit: i64) -> Result<Vec<Operation>, Error> {
    let statement = client.prepare_cached(LIST).await?;
    let rows = client.query(&statement, &[&project, &limit]).await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn get(client: &Object, project: Option<&str>, id: Id) -> Result<Option<Operation>, Error> {
    let statement = client.prepare_cached(ONE).await?;
    let row = client.query_opt(&statement, &[&id, &project]).await?;
    row.as_ref().map(read).transpose()
}

/// Whether it was a preview that is no older than `since` and runs from now on.
pub(crate) async fn begin(
    client: &Object,
    (project, id): (Option<&str>, Id),
    reason: Option<&str>,
    now: Time,
    since: Time,
) -> Result<bool, Error> {
    let begun = client.execute(BEGIN, &[&id, &project, &reason, &now, &since]).await?;
    Ok(begun > 0)
}

/// Whether it ran and is stopped.
pub(crate) async fn stop(client: &Object, (project, id): (Option<&str>, Id), now: Time) -> Result<bool, Error> {
    Ok(client.execute(STOP, &[&id, &project, &now]).await? > 0)
}

/// Takes an operation that is to be worked on, if there is one.
pub(crate) async fn claim(client: &Object, worker: Id) -> Result<Option<Operation>, Error> {
    let statement = client.prepare_cached(CLAIM).await?;
    let row = client.query_opt(&statement, &[&worker]).await?;
    row.as_ref().map(read).transpose()
}

/// The next ids to work on; none when it is no longer ours, or over.
pub(crate) async fn next(client: &Object, worker: Id, id: Id, count: i32) -> Result<Vec<Id>, Error> {
    let statement = client.prepare_cached(NEXT).await?;
    let row = client.query_opt(&statement, &[&id, &worker, &count]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
}

/// Notes how far it has come; whether it goes on.
pub(crate) async fn advance(
    client: &Object,
    (worker, id): (Id, Id),
    (done, failed): (i32, i32),
    failures: &str,
    now: Time,
) -> Result<bool, Error> {
    let statement = client.prepare_cached(ADVANCE).await?;
    let row = client
        .query_opt(&statement, &[&id, &worker, &done, &failed, &failures, &now])
        .await?;
    Ok(row.map(|row| row.try_get::<_, String>(0)).transpose()?.as_deref() == Some("RUNNING"))
}

/// Forgets previews from before `previews`, and what was over before `operations`.
pub(crate) async fn forget(client: &Object, previews: Time, operations: Time) -> Result<(), Error> {
    client.execute(FORGET, &[&previews, &operations]).await?;
    Ok(())
}
