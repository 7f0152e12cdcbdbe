//! Commits batches: one fenced transaction, one round trip.
//!
//! A writer owns its connection. Most batches are one statement ([`super::combined`]). The others are several, which are all sent, from
//! BEGIN to COMMIT, before the first answer is waited for. When the fence or any other statement fails, the transaction is aborted in
//! the server, and the COMMIT that is already under way rolls it back.
//!
//! **Commits whose answer was lost.** Each writer has a mark, and a batch moves it from a number that the writer knows to the
//! next, so a batch that is sent again can take effect only if it did not before, even if the old transaction still lingers in the
//! server: the second sending waits for it at the rows that the fence holds. When the fence of the second sending fails, the mark
//! tells whether the first one was committed.

use std::collections::HashMap;
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::combined::Combination;
use super::encode::{Run, Sql, encode};
use super::error::{closes_connection, describe};
use super::pipeline::{Broken, Pipeline};
use super::{Database, Error, Purpose};
use mistral_model::{Id, Shard};
use mistral_store::batch::{Batch, CommitError};
use mistral_store::is_transient;

/// How patient a writer is.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long a commit is tried while the database is away, deadlocks or is out of resources.
    pub patience: Duration,
    /// How long an answer may take before the connection is taken for dead.
    pub answer: Duration,
    /// The first pause between attempts; doubles up to a second.
    pub pause: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            patience: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            pause: Duration::from_millis(10),
        }
    }
}

/// The committing end of one shard loop. No other writer may write to the same shards under the same epochs.
pub struct Writer {
    database: Database,
    options: Options,
    connection: Option<Connection>,
    /// Its mark, and the number of its last batch that was committed.
    mark: Option<(Id, i64)>,
    /// A commit is under way, or its future was dropped halfway: what the database holds is not known.
    unsettled: bool,
}

struct Connection {
    client: Client,
    statements: Vec<Statement>,
    /// The inserts once more, leaving alone what is there.
    tolerant: Vec<(Sql, Statement)>,
    /// Batches in one statement.
    combined: HashMap<Combination, Statement>,
}

/// Combinations that are prepared on one connection. Workloads have a dozen or two; a plan takes some 100 KB of the server's memory.
const COMBINED: usize = 48;

/// Statements that may meet a row that is there already. Checking for it costs the server a fifth of an insert, and hardly
/// ever finds one, so it is done only when a plain insert failed.
const INSERTS: [Sql; 4] = [
    Sql::InsertExecution,
    Sql::InsertTask,
    Sql::InsertAction,
    Sql::InsertQueue,
];

/// An action that is queued again replaces its older row.
const REPLACE: &str = "
    ON CONFLICT (action_id, shard) DO UPDATE SET
        attempt = excluded.attempt, target = excluded.target, claimed_by = excluded.claimed_by,
        safe_rerun = excluded.safe_rerun, begun = false, job = excluded.job";

/// Payloads of more than some 2 KB are compressed by the server, and `pglz` was half of PostgreSQL's CPU where 20 KB documents are
/// passed along (`perf`, wfbench dataflow). `lz4` takes its place where the server has it.
const COMPRESSION: &str = "
    SELECT set_config('default_toast_compression', 'lz4', false)
    WHERE EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals))";

/// How one attempt ended, when it did not commit.
enum Failure {
    /// The fence did not match.
    Fence,
    /// Rolled back: a new row is there already.
    Duplicate,
    /// Rolled back, for a reason that may pass.
    Transient(String),
    /// Rolled back, and will be again.
    Refused(String),
    /// A statement cannot be sent at all; COMMIT was not sent either, the transaction hangs in the air.
    Unsendable(String),
    /// The connection broke: it may have been committed.
    Lost(String),
}

impl Writer {
    /// A writer that connects when it is first used.
    pub fn new(database: Database, options: Options) -> Writer {
        Writer {
            database,
            options,
            connection: None,
            mark: None,
            unsettled: false,
        }
    }

    /// Connects and prepares, so that the first commit does not pay for it.
    pub async fn warm_up(&mut self) -> Result<(), Error> {
        if self
            .connection
            .as_ref()
            .is_none_or(|connection| connection.client.is_closed())
        {
            self.connection = Some(Connection::open(&self.database).await?);
        }
        if let (None, Some(connection)) = (self.mark, &self.connection) {
            let row = connection
                .client
                .query_one(connection.statement(Sql::BeginMark), &[])
                .await?;
            self.mark = Some((row.try_get(0)?, 0));
        }
        Ok(())
    }

    /// Commits the batch, or tells why not. Tries again by itself where that can help; see [`Options::patience`]. After an
    /// error the caller drops what it holds in memory about these shards and reads it again.
    pub async fn commit(&mut self, batch: &Batch) -> Result<(), CommitError> {
        let runs = encode(batch);
        if batch.fence.is_empty() {
            return if runs.is_empty() {
                Ok(())
            } else {
                Err(CommitError::Failed("a batch that names no shard to write to".into()))
            };
        }
        let mut fence = batch.fence.clone();
        fence.sort_unstable();
        fence.dedup();

        if self.unsettled {
            self.connection = None;
            self.mark = None;
        }
        self.unsettled = true;
        let combination = Combination::of(batch, &runs);
        let outcome = self.settle(&fence, &runs, combination).await;
        self.unsettled = false;
        match (&outcome, &mut self.mark) {
            (Ok(()), Some((_, batch))) => *batch += 1,
            // Whatever becomes of this batch, it was under the old mark.
            _ => self.mark = None,
        }
        outcome
    }

    /// Attempts until the outcome is certain or patience ends.
    async fn settle(
        &mut self,
        fence: &[(Shard, i64)],
        runs: &[Run<'_>],
        mut combination: Option<Combination>,
    ) -> Result<(), CommitError> {
        let deadline = Instant::now() + self.options.patience;
        let mut pause = self.options.pause;
        // Why an earlier attempt may have been committed all the same.
        let mut doubt: Option<String> = None;
        let mut tolerant = false;
        loop {
            let reason = match self.attempt(fence, runs, tolerant, combination).await {
                Ok(()) => return Ok(()),
                Err(Failure::Duplicate) => {
                    tolerant = true;
                    combination = None;
                    continue;
                }
                Err(Failure::Fence) => match self.read_standing(fence).await {
                    Ok(standing) => match self.judge(fence, &standing, doubt.as_deref()) {
                        Some(outcome) => return outcome,
                        None => {
                            self.mark = None;
                            continue;
                        }
                    },
                    Err(error) => error.to_string(),
                },
                Err(Failure::Refused(reason)) => {
                    return Err(match doubt {
                        Some(doubt) => CommitError::Unknown(doubt),
                        None => CommitError::Refused(reason),
                    });
                }
                Err(Failure::Unsendable(reason)) => {
                    self.connection = None;
                    return Err(CommitError::Failed(reason));
                }
                Err(Failure::Transient(reason)) => reason,
                Err(Failure::Lost(reason)) => {
                    self.connection = None;
                    doubt = Some(reason.clone());
                    reason
                }
            };
            if Instant::now() + pause >= deadline {
                return Err(match doubt {
                    Some(doubt) => CommitError::Unknown(doubt),
                    None => CommitError::Failed(reason),
                });
            }
            tracing::warn!(reason, in_doubt = doubt.is_some(), "commit is tried again");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(1));
        }
    }

    /// What a fence that did not match means, given where shards and mark stand now. `None`: only the mark is gone, which lay there
    /// for days; nothing else speaks against this batch.
    fn judge(
        &self,
        fence: &[(Shard, i64)],
        standing: &Standing,
        doubt: Option<&str>,
    ) -> Option<Result<(), CommitError>> {
        let lost = lost(fence, &standing.epochs);
        let before = self.mark.map(|(_, batch)| batch);
        let Some(doubt) = doubt else {
            return match (lost.is_empty(), standing.mark) {
                (true, None) => None,
                // The epochs are ours, yet the fence does not match: to be on the safe side, these shards are not.
                (true, Some(_)) => Some(Err(CommitError::Fenced(
                    fence.iter().map(|(shard, _)| *shard).collect(),
                ))),
                (false, _) => Some(Err(CommitError::Fenced(lost))),
            };
        };
        Some(match (standing.mark, before) {
            (Some(stands), Some(before)) if stands == before + 1 => Ok(()),
            // The old transaction is over, or its fence will fail: while it held the shards, nobody could take them.
            (Some(stands), Some(before)) if stands == before && !lost.is_empty() => Err(CommitError::Fenced(lost)),
            _ => Err(CommitError::Unknown(doubt.to_owned())),
        })
    }

    async fn attempt(
        &mut self,
        fence: &[(Shard, i64)],
        runs: &[Run<'_>],
        tolerant: bool,
        combination: Option<Combination>,
    ) -> Result<(), Failure> {
        self.warm_up()
            .await
            .map_err(|error| Failure::Transient(error.to_string()))?;
        let shards: Vec<Shard> = fence.iter().map(|(shard, _)| *shard).collect();
        let epochs: Vec<i64> = fence.iter().map(|(_, epoch)| *epoch).collect();
        let (Some(connection), Some((writer, last))) = (&mut self.connection, self.mark) else {
            return Err(Failure::Transient("not connected".into()));
        };
        let batch = last + 1;
        let fence_params: [&(dyn ToSql + Sync); 4] = [&shards, &epochs, &writer, &batch];

        if let Some(combination) = combination {
            // Nothing has been sent yet.
            let statement = connection.combined(combination).await;
            let statement = statement.map_err(|error| Failure::Transient(error.to_string()))?;
            if let Some(statement) = statement {
                let own = runs.iter().flat_map(|run| &run.params);
                let own = own.map(|param| &**param as &(dyn ToSql + Sync));
                let params: Vec<&(dyn ToSql + Sync)> = fence_params.into_iter().chain(own).collect();
                let mut pipeline = Pipeline::new();
                pipeline.push(run_combined(&connection.client, &statement, params));
                let sent = tokio::time::Instant::now();
                return match tokio::time::timeout(self.options.answer, pipeline).await {
                    Ok(Ok(epochs)) => {
                        for epoch in epochs.into_iter().flatten() {
                            self.database.seen_epoch().note(sent, epoch);
                        }
                        Ok(())
                    }
                    Ok(Err(broken)) => Err(combined_verdict(&broken)),
                    Err(_) => Err(Failure::Lost(format!("no answer within {:?}", self.options.answer))),
                };
            }
        }
        let connection = &*connection;
        let mut pipeline = Pipeline::new();
        pipeline.push(connection.run(Sql::Begin, Vec::new(), false));
        pipeline.push(connection.run(Sql::Fence, fence_params.to_vec(), false));
        for run in runs {
            let params = run.params.iter().map(|param| &**param as &(dyn ToSql + Sync)).collect();
            pipeline.push(connection.run(run.sql, params, tolerant));
        }
        pipeline.push(connection.run(Sql::Commit, Vec::new(), false));
        match tokio::time::timeout(self.options.answer, pipeline).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(broken)) => {
                if !broken.all_sent {
                    // COMMIT was not sent: the transaction would stay open, aborted, and every later batch fail in it.
                    self.connection = None;
                }
                Err(verdict(broken))
            }
            Err(_) => Err(Failure::Lost(format!("no answer within {:?}", self.options.answer))),
        }
    }

    async fn read_standing(&mut self, fence: &[(Shard, i64)]) -> Result<Standing, Error> {
        self.warm_up().await?;
        let shards: Vec<Shard> = fence.iter().map(|(shard, _)| *shard).collect();
        let (Some(connection), Some((writer, _))) = (&self.connection, self.mark) else {
            return Err(Error::Unavailable("not connected".into()));
        };
        // In this order: who has an epoch now had it before the mark was read.
        let rows = connection
            .client
            .query(connection.statement(Sql::Epochs), &[&shards])
            .await?;
        let epochs = rows
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect::<Result<_, Error>>()?;
        let mark = connection
            .client
            .query_opt(connection.statement(Sql::ReadMark), &[&writer])
            .await?;
        Ok(Standing {
            epochs,
            mark: mark.map(|row| row.try_get(0)).transpose()?,
        })
    }
}

/// Where the shards of a fence and the writer's mark stand.
struct Standing {
    epochs: HashMap<Shard, i64>,
    mark: Option<i64>,
}

impl Connection {
    async fn open(database: &Database) -> Result<Connection, Error> {
        let client = database.client(Purpose::Write).await?;
        client.batch_execute(COMPRESSION).await?;
        let tolerant = INSERTS.map(|sql| match sql {
            Sql::InsertQueue => format!("{}{REPLACE}", sql.text()),
            _ => format!("{}\nON CONFLICT DO NOTHING", sql.text()),
        });
        let mut pipeline = Pipeline::new();
        for sql in Sql::ALL {
            pipeline.push(client.prepare(sql.text()));
        }
        for sql in &tolerant {
            pipeline.push(client.prepare(sql));
        }
        let mut statements = pipeline.await.map_err(|broken| broken.error)?;
        let tolerant = INSERTS.into_iter().zip(statements.split_off(Sql::ALL.len())).collect();
        Ok(Connection {
            client,
            statements,
            tolerant,
            combined: HashMap::new(),
        })
    }

    /// `None`: there are enough of them.
    async fn combined(&mut self, combination: Combination) -> Result<Option<Statement>, tokio_postgres::Error> {
        if let Some(statement) = self.combined.get(&combination) {
            return Ok(Some(statement.clone()));
        }
        if self.combined.len() >= COMBINED {
            return Ok(None);
        }
        let statement = self.client.prepare(&combination.text()).await?;
        self.combined.insert(combination, statement.clone());
        Ok(Some(statement))
    }

    fn statement(&self, sql: Sql) -> &Statement {
        &self.statements[sql as usize]
    }

    async fn run(
        &self,
        sql: Sql,
        params: Vec<&(dyn ToSql + Sync)>,
        tolerant: bool,
    ) -> Result<(), (Sql, tokio_postgres::Error)> {
        let plain = self.statement(sql);
        let statement = match self.tolerant.iter().find(|(insert, _)| tolerant && *insert == sql) {
            Some((_, statement)) => statement,
            None => plain,
        };
        self.client
            .execute(statement, &params)
            .await
            .map(drop)
            .map_err(|error| (sql, error))
    }
}

/// What the first error of a transaction means. An error that the server raises before COMMIT aborts the transaction.
fn verdict(broken: Broken<(Sql, tokio_postgres::Error)>) -> Failure {
    let (sql, error) = broken.error;
    let reason = describe(&error);
    match error.as_db_error() {
        // What the server was doing when it refused to commit is not known.
        Some(_) if sql == Sql::Commit => Failure::Lost(reason),
        Some(refusal) if closes_connection(refusal) => Failure::Lost(reason),
        Some(refusal) if sql == Sql::Fence && refusal.code() == &SqlState::DIVISION_BY_ZERO => Failure::Fence,
        Some(refusal) if INSERTS.contains(&sql) && refusal.code() == &SqlState::UNIQUE_VIOLATION => Failure::Duplicate,
        Some(refusal) if is_transient(refusal.code().code()) => Failure::Transient(reason),
        Some(_) => Failure::Refused(format!("{sql:?}: {reason}")),
        None if broken.all_sent || error.is_closed() => Failure::Lost(reason),
        None => Failure::Unsendable(format!("{sql:?}: {reason}")),
    }
}

/// Runs a statement in a transaction of its own, and returns the epoch of definitions that it saw. An error comes with whether the
/// statement had been carried out, and the server was committing.
async fn run_combined(
    client: &Client,
    statement: &Statement,
    params: Vec<&(dyn ToSql + Sync)>,
) -> Result<Option<i64>, (bool, tokio_postgres::Error)> {
    let rows = client
        .query_raw(statement, params)
        .await
        .map_err(|error| (false, error))?;
    let mut rows = pin!(rows);
    let mut epoch = None;
    while let Some(row) = rows.next().await {
        match row {
            // Nobody depends on it.
            Ok(row) => epoch = row.try_get(1).ok(),
            Err(error) => return Err((rows.rows_affected().is_some(), error)),
        }
    }
    Ok(epoch)
}

/// What the error of a batch in one statement means.
fn combined_verdict(broken: &Broken<(bool, tokio_postgres::Error)>) -> Failure {
    let (commits, error) = &broken.error;
    let reason = describe(error);
    match error.as_db_error() {
        // What the server was doing when it refused to commit is not known.
        Some(_) if *commits => Failure::Lost(reason),
        Some(refusal) if closes_connection(refusal) => Failure::Lost(reason),
        // Nothing but the fence divides.
        Some(refusal) if refusal.code() == &SqlState::DIVISION_BY_ZERO => Failure::Fence,
        // Nothing but the inserts that can be tolerant meets a row that is there.
        Some(refusal) if refusal.code() == &SqlState::UNIQUE_VIOLATION => Failure::Duplicate,
        Some(refusal) if is_transient(refusal.code().code()) => Failure::Transient(reason),
        Some(_) => Failure::Refused(reason),
        None if broken.all_sent || error.is_closed() => Failure::Lost(reason),
        None => Failure::Unsendable(reason),
    }
}

/// The shards that somebody else owns now.
fn lost(fence: &[(Shard, i64)], now: &HashMap<Shard, i64>) -> Vec<Shard> {
    let lost = fence.iter().filter(|(shard, epoch)| now.get(shard) != Some(epoch));
    lost.map(|(shard, _)| *shard).collect()
}
