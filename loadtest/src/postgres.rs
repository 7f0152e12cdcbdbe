//! A private PostgreSQL for one cluster run: durability on, and everything else as the service's own private server has it.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use embedded_postgres::{Cluster, Options};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::usage::Watched;

const START_TIME: Duration = Duration::from_secs(60);

/// A running private PostgreSQL.
pub(crate) struct Postgres {
    cluster: Cluster,
}

impl Postgres {
    /// Creates a cluster in `directory` and starts it. With `statements`, `pg_stat_statements` counts statements
    /// (which costs some time in each).
    ///
    /// # Errors
    /// When there are no binaries, or they fail.
    pub(crate) async fn start(directory: &Path, statements: bool) -> Result<Self> {
        // Its log is kept with the rest of the directory.
        let mut settings = vec![("logging_collector", "on"), ("log_filename", "postgres.log")];
        if statements {
            settings.push(("shared_preload_libraries", "pg_stat_statements"));
            settings.push(("pg_stat_statements.save", "off"));
        }
        let settings = settings
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let cluster = Cluster::start(Options {
            max_connections: 300,
            settings: settings.collect(),
            start_timeout: START_TIME,
            stop_timeout: Duration::from_secs(30),
            ..Options::new(directory)
        });
        let postgres = Self {
            cluster: cluster.await?,
        };
        if statements {
            postgres
                .count_statements()
                .await
                .context("cannot install pg_stat_statements")?;
        }
        Ok(postgres)
    }

    async fn count_statements(&self) -> Result<(), tokio_postgres::Error> {
        let (client, connection) = self.cluster.connection().connect(tokio_postgres::NoTls).await?;
        let connection = tokio::spawn(connection);
        let created = client.batch_execute("CREATE EXTENSION pg_stat_statements").await;
        drop(client);
        let _ = connection.await;
        created
    }

    /// The URL of the database of the service.
    pub(crate) fn url(&self) -> String {
        self.cluster.url()
    }

    /// The CPU time of the server and its sessions, as one of the watched trees.
    pub(crate) fn watched(&self) -> Option<Watched> {
        Some(Watched::pid("postgres", self.cluster.pid()?))
    }

    /// Kills the server with SIGKILL, as a crash of the machine would, and waits until it has been started again.
    ///
    /// # Errors
    /// When it does not come back.
    pub(crate) async fn crash_and_recover(&self) -> Result<()> {
        let killed = self.cluster.pid().context("postgres does not run")?;
        kill(Pid::from_raw(i32::try_from(killed)?), Signal::SIGKILL)?;
        let began = Instant::now();
        while self.cluster.pid().is_none_or(|pid| pid == killed) {
            ensure!(
                began.elapsed() < START_TIME,
                "postgres is not ready after {START_TIME:?}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Ends all sessions and shuts down.
    pub(crate) async fn stop(self) {
        if let Err(error) = self.cluster.stop().await {
            eprintln!("{error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database;
    use crate::process::WorkDirectory;

    #[tokio::test]
    async fn a_private_cluster_survives_a_crash_and_counts() {
        let work = WorkDirectory::create(&std::env::temp_dir(), false).unwrap();
        let postgres = Postgres::start(&work.path().join("postgres"), false).await.unwrap();
        let sample = async || {
            Database::connect(&postgres.url())
                .await
                .unwrap()
                .sample()
                .await
                .unwrap()
        };
        let client = async || {
            let connected = tokio_postgres::connect(&postgres.url(), tokio_postgres::NoTls).await;
            let (client, connection) = connected.unwrap();
            tokio::spawn(connection);
            client
        };
        let before = sample().await;
        let table = "CREATE TABLE kept AS SELECT 1 AS number";
        client().await.batch_execute(table).await.unwrap();
        postgres.crash_and_recover().await.unwrap();
        assert!(format!("{before:?}") != format!("{:?}", sample().await));
        let kept = client().await.query_one("SELECT number FROM kept", &[]).await.unwrap();
        assert_eq!(kept.get::<_, i32>(0), 1);
        let pid = postgres.cluster.pid().unwrap();
        postgres.stop().await;
        assert!(!Path::new(&format!("/proc/{pid}")).exists());
    }
}
