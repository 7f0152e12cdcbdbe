//! Earlier versions of workflows: what each upload that changed something said.

use deadpool_postgres::Object;

use super::Error;
use mistral_model::Id;
use mistral_store::versions::{KEPT, Said, Version};

/// Notes what a workflow says now, unless the newest note says the same; forgets the oldest. Plan: workflow_version_pkey.
pub(super) const NOTE: &str = "
    WITH newest AS (
        SELECT version, spec_hash, checksum FROM workflow_version WHERE workflow_id = $1 ORDER BY version DESC LIMIT 1
    ), noted AS (
        INSERT INTO workflow_version (workflow_id, version, spec_hash, checksum, definition, user_id, created_at)
        SELECT $1, coalesce((SELECT version FROM newest), 0) + 1, $2, $3, $4, $5, $6
        WHERE NOT EXISTS (SELECT FROM newest WHERE spec_hash = $2 AND checksum IS NOT DISTINCT FROM $3)
        ON CONFLICT DO NOTHING RETURNING version
    )
    DELETE FROM workflow_version WHERE workflow_id = $1 AND version <= (SELECT version FROM noted) - $7";

/// Plan: workflow_version_pkey, backwards.
pub(super) const LIST: &str = "
    SELECT version, spec_hash, checksum, user_id, created_at, NULL::text FROM workflow_version WHERE workflow_id = $1
    ORDER BY version DESC LIMIT 100";

/// Plan: workflow_version_pkey.
pub(super) const ONE: &str = "
    SELECT version, spec_hash, checksum, user_id, created_at, definition FROM workflow_version
    WHERE workflow_id = $1 AND version = $2";

pub(crate) async fn note(client: &Object, said: &Said<'_>) -> Result<(), Error> {
    let statement = client.prepare_cached(NOTE).await?;
    client
        .execute(
            &statement,
            &[
                &said.workflow,
                &said.spec_hash,
                &said.checksum,
                &said.definition,
                &said.user_id,
                &said.at,
                &KEPT,
            ],
        )
        .await?;
    Ok(())
}

fn read(row: &tokio_postgres::Row) -> Result<Version, Error> {
    Ok(Version {
        version: row.try_get(0)?,
        spec_hash: row.try_get(1)?,
        checksum: row.try_get(2)?,
        user_id: row.try_get(3)?,
        created_at: row.try_get(4)?,
        definition: row.try_get(5)?,
    })
}

/// The newest first.
pub(crate) async fn list(client: &Object, workflow: Id) -> Result<Vec<Version>, Error> {
    let statement = client.prepare_cached(LIST).await?;
    client.query(&statement, &[&workflow]).await?.iter().map(read).collect()
}

pub(crate) async fn get(client: &Object, workflow: Id, version: i32) -> Result<Option<Version>, Error> {
    let statement = client.prepare_cached(ONE).await?;
    client
        .query_opt(&statement, &[&workflow, &version])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}
