//! What a run costs in the database: transactions, statements and write-ahead log, from PostgreSQL's own counters.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Serialize;
use tokio_postgres::{Client, NoTls};

use crate::stats::{per, round};
use crate::stop::Stop;

/// A connection that only looks at counters.
pub(crate) struct Database {
    client: Client,
    has_statements: bool,
}

/// The counters at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    at: Instant,
    commits: i64,
    transaction_ids: i64,
    rollbacks: i64,
    wal_bytes: i64,
    statements: Option<i64>,
}

/// What happened in the database during a run.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Cost {
    /// Transactions that wrote (that were given a transaction id), without the idle rate.
    pub writing_transactions: f64,
    /// Committed transactions of `pg_stat_database`, without the idle rate: reads of the REST API count as well,
    /// those of the load generator's polls among them.
    pub commits: f64,
    pub rollbacks: i64,
    /// Statements, without the idle rate; only where `pg_stat_statements` is installed.
    pub statements: Option<f64>,
    pub wal_bytes: i64,
    /// Commits a second while nothing ran (lease renewal, polls); already subtracted above.
    pub idle_commits_per_s: f64,
    pub writing_transactions_per_workflow: Option<f64>,
    pub commits_per_workflow: Option<f64>,
    pub statements_per_task: Option<f64>,
    pub wal_bytes_per_workflow: Option<f64>,
    pub wal_bytes_per_task: Option<f64>,
    /// The dearest first; only where `pg_stat_statements` is installed.
    pub dearest: Vec<Dear>,
}

/// What one statement took since the database was made.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Dear {
    pub milliseconds: f64,
    pub calls: i64,
    pub rows: i64,
    pub wal_bytes: i64,
    /// Its first characters, without comments.
    pub text: String,
}

impl Database {
    /// Connects by URL (`postgresql://…`), without TLS.
    ///
    /// # Errors
    /// When the database cannot be reached or lacks the counters.
    pub(crate) async fn connect(url: &str) -> Result<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls)
            .await
            .context("cannot connect to the database")?;
        tokio::spawn(async move {
            // The end of the connection shows as an error of the next query.
            let _ = connection.await;
        });
        let query = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements')";
        let installed: bool = client.query_one(query, &[]).await?.get(0);
        let mut database = Self {
            client,
            has_statements: installed,
        };
        if installed && database.statements().await.is_err() {
            // Installed but not loaded, or not ours to read.
            database.has_statements = false;
        }
        Ok(database)
    }

    async fn statements(&self) -> Result<i64> {
        let query = "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
                     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())";
        Ok(self.client.query_one(query, &[]).await?.get(0))
    }

    async fn dearest(&self) -> Result<Vec<Dear>> {
        let query = r"
            SELECT total_exec_time, calls, rows, wal_bytes::bigint,
                left(btrim(regexp_replace(regexp_replace(query, '--[^\n]*\n', '', 'g'), '\s+', ' ', 'g')), 100)
            FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            ORDER BY total_exec_time DESC LIMIT 12";
        let rows = self.client.query(query, &[]).await?;
        Ok(rows
            .iter()
            .map(|row| Dear {
                milliseconds: round(row.get(0)),
                calls: row.get(1),
                rows: row.get(2),
                wal_bytes: row.get(3),
                text: row.get(4),
            })
            .collect())
    }

    /// Reads the counters.
    ///
    /// # Errors
    /// When the connection is lost.
    pub(crate) async fn sample(&self) -> Result<Sample> {
        let query = "SELECT xact_commit, xact_rollback, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint,
                            txid_snapshot_xmax(txid_current_snapshot())
                     FROM pg_stat_database WHERE datname = current_database()";
        let row = self
            .client
            .query_one(query, &[])
            .await
            .context("cannot read the counters of the database")?;
        let statements = if self.has_statements {
            Some(self.statements().await?)
        } else {
            None
        };
        Ok(Sample {
            at: Instant::now(),
            commits: row.get(0),
            rollbacks: row.get(1),
            wal_bytes: row.get(2),
            transaction_ids: row.get(3),
            statements,
        })
    }
}

/// Measures one run: an idle stretch before it gives the rate of what the service does anyway.
pub(crate) struct Meter {
    database: Database,
    settle: Duration,
    idle: (Sample, Sample),
}

impl Meter {
    /// Looks at the idle service for the time `settle`. Sessions hand their counters over when they go idle, at most
    /// once a second, or after ten idle seconds (PostgreSQL 15 and later): eleven seconds give exact figures.
    ///
    /// # Errors
    /// When the counters cannot be read.
    pub(crate) async fn start(url: &str, settle: Duration, stop: &Stop) -> Result<Self> {
        let database = Database::connect(url).await?;
        pause(settle, stop).await;
        let first = database.sample().await?;
        pause(settle, stop).await;
        let second = database.sample().await?;
        Ok(Self {
            database,
            settle,
            idle: (first, second),
        })
    }

    /// The cost of what ran since the start; `workflows` and `tasks` are the numbers to divide by.
    ///
    /// # Errors
    /// When the counters cannot be read.
    pub(crate) async fn finish(mut self, url: &str, workflows: u64, tasks: u64, stop: &Stop) -> Result<Cost> {
        // Read before the wait: the position in the log is exact at once, and idle writes must not count.
        let wal_bytes = match self.database.sample().await {
            Ok(sample) => sample.wal_bytes,
            Err(_) => {
                // The database was restarted while the load ran.
                self.database = Database::connect(url).await?;
                self.database.sample().await?.wal_bytes
            }
        };
        pause(self.settle, stop).await;
        let last = self.database.sample().await?;
        let mut cost = cost(self.idle, Sample { wal_bytes, ..last }, workflows, tasks);
        if last.statements.is_some() {
            cost.dearest = self.database.dearest().await?;
        }
        Ok(cost)
    }
}

async fn pause(time: Duration, stop: &Stop) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = stop.requested() => {}
    }
}

fn cost((first, second): (Sample, Sample), last: Sample, workflows: u64, tasks: u64) -> Cost {
    let idle = second.at.duration_since(first.at).as_secs_f64();
    let span = last.at.duration_since(second.at).as_secs_f64();
    let idle_rate = |first: i64, second: i64| {
        if idle > 0.5 {
            (second - first).max(0) as f64 / idle
        } else {
            0.0
        }
    };
    let net = |first: i64, second: i64, last: i64| ((last - second) as f64 - idle_rate(first, second) * span).max(0.0);
    let commits = round(net(first.commits, second.commits, last.commits));
    let writing = round(net(first.transaction_ids, second.transaction_ids, last.transaction_ids));
    let statements = match (first.statements, second.statements, last.statements) {
        (Some(first), Some(second), Some(last)) => Some(round(net(first, second, last))),
        _ => None,
    };
    let wal_bytes = last.wal_bytes - second.wal_bytes;
    Cost {
        writing_transactions: writing,
        commits,
        rollbacks: last.rollbacks - second.rollbacks,
        statements,
        wal_bytes,
        idle_commits_per_s: round(idle_rate(first.commits, second.commits)),
        writing_transactions_per_workflow: per(writing, workflows),
        commits_per_workflow: per(commits, workflows),
        statements_per_task: statements.and_then(|statements| per(statements, tasks)),
        wal_bytes_per_workflow: per(wal_bytes as f64, workflows),
        wal_bytes_per_task: per(wal_bytes as f64, tasks),
        dearest: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_idle_rate_is_taken_off() {
        let start = Instant::now();
        let sample = |seconds, commits, wal_bytes| Sample {
            at: start + Duration::from_secs(seconds),
            commits,
            transaction_ids: commits / 2,
            rollbacks: 0,
            wal_bytes,
            statements: Some(commits * 2),
        };
        let cost = cost(
            (sample(0, 100, 0), sample(10, 120, 500)),
            sample(30, 1160, 20_500),
            100,
            1000,
        );
        assert_eq!(cost.idle_commits_per_s, 2.0);
        assert_eq!(cost.commits, 1000.0);
        assert_eq!(cost.statements, Some(2000.0));
        assert_eq!(cost.commits_per_workflow, Some(10.0));
        assert_eq!(cost.writing_transactions_per_workflow, Some(5.0));
        assert_eq!(cost.wal_bytes_per_task, Some(20.0));
    }

    #[test]
    fn no_idle_stretch_and_no_tasks_give_no_nonsense() {
        let sample = Sample {
            at: Instant::now(),
            commits: 5,
            transaction_ids: 5,
            rollbacks: 0,
            wal_bytes: 9,
            statements: None,
        };
        let cost = cost((sample, sample), sample, 0, 0);
        assert_eq!(
            (cost.commits, cost.commits_per_workflow, cost.idle_commits_per_s),
            (0.0, None, 0.0)
        );
    }
}
