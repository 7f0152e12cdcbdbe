//! The migrations runner: `migrations/NNNN_name.sql`, in order, each in a transaction of its own.
//!
//! Which ones were applied stands in the table `schema_migration`. Runs at the same time are safe: every step takes a lock
//! and looks again at what has been done.

use tokio_postgres::{Client, GenericClient, Transaction};

/// One step of the schema. Its SQL must be able to run in a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub version: i32,
    pub name: &'static str,
    pub sql: &'static str,
}

/// All steps, oldest first: the files of `migrations/`. A published one is never changed.
pub const MIGRATIONS: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// Serialises runs. Any number will do that nothing else in the database uses.
const LOCK: i64 = 0x6d69_7374_7261_6c00;

const CREATE_TABLE: &str = "\
CREATE TABLE IF NOT EXISTS schema_migration (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)";

/// Where an upgrade ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The newest version this program knows.
    Head,
    Version(i32),
}

impl Target {
    fn version(self) -> i32 {
        match self {
            Target::Head => head(),
            Target::Version(version) => version,
        }
    }
}

impl std::str::FromStr for Target {
    type Err = Error;

    /// `head`, or a version such as `1` or `0001`.
    fn from_str(text: &str) -> Result<Target, Error> {
        if text.eq_ignore_ascii_case("head") || text.eq_ignore_ascii_case("heads") {
            return Ok(Target::Head);
        }
        let version = text.parse().map_err(|_| Error::NotAVersion(text.to_owned()))?;
        if MIGRATIONS.iter().any(|migration| migration.version == version) {
            Ok(Target::Version(version))
        } else {
            Err(Error::UnknownVersion { version, head: head() })
        }
    }
}

/// Why the schema cannot be used or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("migration {version} ({name}) failed: {}", super::error::describe(source))]
    Failed {
        version: i32,
        name: &'static str,
        source: tokio_postgres::Error,
    },
    #[error("{}", super::error::describe(.0))]
    Database(#[from] tokio_postgres::Error),
    #[error("the database schema has version {found}, this program knows versions up to {head}: use a newer program")]
    Newer { found: i32, head: i32 },
    #[error("the database schema has version {found}, this program needs {head}: run `mistral-db-manage upgrade head`")]
    Older { found: i32, head: i32 },
    #[error("the database schema has version {found}, and there is no way back to {target}")]
    Downgrade { found: i32, target: i32 },
    #[error("there is no schema version {version}; the newest is {head}")]
    UnknownVersion { version: i32, head: i32 },
    #[error("'{0}' is no schema version; give a number or head")]
    NotAVersion(String),
}

/// The newest version this program knows.
pub fn head() -> i32 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

/// The version of the database; 0 when it has no schema of ours.
///
/// # Errors
/// [`Error::Database`].
pub async fn current(client: &impl GenericClient) -> Result<i32, Error> {
    let exists: bool = client
        .query_one("SELECT to_regclass('schema_migration') IS NOT NULL", &[])
        .await?
        .get(0);
    if !exists {
        return Ok(0);
    }
    let row = client
        .query_one("SELECT coalesce(max(version), 0) FROM schema_migration", &[])
        .await?;
    Ok(row.get(0))
}

/// Fails unless the database has the newest version.
///
/// # Errors
/// [`Error::Older`] or [`Error::Newer`].
pub async fn check(client: &impl GenericClient) -> Result<(), Error> {
    let (found, head) = (current(client).await?, head());
    match found.cmp(&head) {
        std::cmp::Ordering::Less => Err(Error::Older { found, head }),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(Error::Newer { found, head }),
    }
}

/// Applies what is missing up to the target; returns what it applied. May run in many processes at once.
///
/// # Errors
/// A failed migration leaves the database at the one before it. A database newer than this program is refused, and so is a
/// target older than the database.
pub async fn upgrade(client: &mut Client, target: Target) -> Result<Vec<&'static Migration>, Error> {
    let target = target.version();
    let mut applied = Vec::new();
    loop {
        let transaction = client.transaction().await?;
        let found = locked_version(&transaction).await?;
        if found > target {
            return Err(Error::Downgrade { found, target });
        }
        let next = MIGRATIONS
            .iter()
            .find(|migration| migration.version > found && migration.version <= target);
        let Some(migration) = next else {
            transaction.commit().await?;
            return Ok(applied);
        };
        apply(&transaction, migration).await?;
        transaction.commit().await?;
        tracing::info!(version = migration.version, name = migration.name, "migration applied");
        applied.push(migration);
    }
}

/// Records a version without running anything: for a schema that was made by other means.
///
/// # Errors
/// [`Error::Database`].
pub async fn stamp(client: &mut Client, target: Target) -> Result<(), Error> {
    let target = target.version();
    let transaction = client.transaction().await?;
    locked_version(&transaction).await?;
    transaction.execute("DELETE FROM schema_migration", &[]).await?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= target) {
        record(&transaction, migration).await?;
    }
    Ok(transaction.commit().await?)
}

/// The statements that an upgrade between two versions would run.
pub fn script(from: i32, target: Target) -> String {
    let target = target.version();
    let mut text = format!("{CREATE_TABLE};\n");
    for migration in MIGRATIONS
        .iter()
        .filter(|migration| migration.version > from && migration.version <= target)
    {
        text.push_str(&format!(
            "\n-- {:04} {}\nBEGIN;\n{}\nINSERT INTO schema_migration (version, name) VALUES ({}, '{}');\nCOMMIT;\n",
            migration.version,
            migration.name,
            migration.sql.trim_end(),
            migration.version,
            migration.name
        ));
    }
    text
}

/// Waits for other runs to end, then reads the version. The lock ends with the transaction.
async fn locked_version(transaction: &Transaction<'_>) -> Result<i32, Error> {
    transaction
        .execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])
        .await?;
    transaction
        .batch_execute(&format!("SET LOCAL client_min_messages = warning; {CREATE_TABLE}"))
        .await?;
    let (found, head) = (current(transaction).await?, head());
    if found > head {
        Err(Error::Newer { found, head })
    } else {
        Ok(found)
    }
}

async fn apply(transaction: &Transaction<'_>, migration: &'static Migration) -> Result<(), Error> {
    let failed = |source| Error::Failed {
        version: migration.version,
        name: migration.name,
        source,
    };
    transaction.batch_execute(migration.sql).await.map_err(failed)?;
    record(transaction, migration).await.map_err(failed)
}

async fn record(transaction: &Transaction<'_>, migration: &Migration) -> Result<(), tokio_postgres::Error> {
    let statement = "INSERT INTO schema_migration (version, name) VALUES ($1, $2)";
    transaction
        .execute(statement, &[&migration.version, &migration.name])
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use embedded_postgres::Cluster;
    use tokio_postgres::NoTls;

    #[test]
    fn targets() {
        assert_eq!("head".parse::<Target>().unwrap(), Target::Head);
        assert_eq!("0001".parse::<Target>().unwrap(), Target::Version(1));
        assert_eq!(
            "x".parse::<Target>().unwrap_err().to_string(),
            "'x' is no schema version; give a number or head"
        );
        assert!(matches!(
            "9999".parse::<Target>(),
            Err(Error::UnknownVersion { version: 9999, .. })
        ));
    }

    async fn connect(config: &tokio_postgres::Config) -> Client {
        let (client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn upgrades_run_once_however_many_there_are() {
        let cluster = Cluster::temporary().await.unwrap();
        let config = cluster.connection();
        let client = connect(&config).await;
        assert_eq!(current(&client).await.unwrap(), 0);
        assert!(matches!(check(&client).await, Err(Error::Older { found: 0, .. })));
        let runs = (0..4).map(|_| {
            let config = config.clone();
            tokio::spawn(async move { upgrade(&mut connect(&config).await, Target::Head).await.unwrap().len() })
        });
        let mut applied = 0;
        for run in runs.collect::<Vec<_>>() {
            applied += run.await.unwrap();
        }
        assert_eq!(applied, MIGRATIONS.len());
        check(&client).await.unwrap();

        let newer = head() + 1;
        client
            .execute(
                "INSERT INTO schema_migration (version, name) VALUES ($1, 'later')",
                &[&newer],
            )
            .await
            .unwrap();
        let mut other = connect(&config).await;
        assert!(matches!(
            upgrade(&mut other, Target::Head).await,
            Err(Error::Newer { .. })
        ));
        assert!(matches!(check(&client).await, Err(Error::Newer { .. })));
        stamp(&mut other, Target::Head).await.unwrap_err();
        client
            .execute("DELETE FROM schema_migration WHERE version = $1", &[&newer])
            .await
            .unwrap();
        stamp(&mut other, Target::Version(1)).await.unwrap();
        assert_eq!(current(&client).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn the_script_makes_the_same_schema() {
        let cluster = Cluster::temporary().await.unwrap();
        let client = connect(&cluster.connection()).await;
        client.batch_execute(&script(0, Target::Head)).await.unwrap();
        check(&client).await.unwrap();
        cluster.stop().await.unwrap();
    }
}
