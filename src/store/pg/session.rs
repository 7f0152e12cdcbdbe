//! One connection that several parts share: their calls are pipelined on it, statements are prepared once per connection,
//! and it is made anew when it breaks.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::OnceCell;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

use super::pipeline::Pipeline;
use super::{Database, Error, Purpose};

/// No call of a session may take longer, unless it has a limit of its own: then the connection is taken for dead.
const CALL_LIMIT: Duration = Duration::from_secs(60);

/// Parameters of a statement.
pub type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A shared connection. Use it behind an `Arc`.
pub struct Session {
    database: Database,
    purpose: Purpose,
    limit: Duration,
    live: tokio::sync::Mutex<Option<Arc<Live>>>,
}

/// Why there is no answer.
struct Broken {
    error: Error,
    /// The statement was still running when its time was over: the same again would not help.
    timed_out: bool,
}

impl From<Error> for Broken {
    fn from(error: Error) -> Broken {
        Broken {
            error,
            timed_out: false,
        }
    }
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        broken.error
    }
}

/// A connection with the statements that were prepared on it.
struct Live {
    client: Client,
    /// Each is prepared once: who comes second waits for the first.
    statements: Mutex<HashMap<&'static str, Arc<OnceCell<Statement>>>>,
}

impl Session {
    /// Connects at the first call.
    pub fn new(database: Database, purpose: Purpose) -> Session {
        Session {
            database,
            purpose,
            limit: CALL_LIMIT,
            live: tokio::sync::Mutex::new(None),
        }
    }

    /// Each attempt of a call, with the connection it may need, takes no longer than this.
    pub fn with_limit(self, limit: Duration) -> Session {
        Session { limit, ..self }
    }

    /// Runs a statement. A connection that broke is made anew, and the statement tried once more: only for statements that
    /// do no harm when they are run twice.
    pub async fn query(&self, sql: &'static str, params: Params<'_>) -> Result<Vec<Row>, Error> {
        let mut answers = self.query_all(&[(sql, params)]).await?;
        Ok(answers.pop().unwrap_or_default())
    }

    /// Runs statements in one round trip; like [`Session::query`]. They are no transaction.
    pub async fn query_all(&self, calls: &[(&'static str, Params<'_>)]) -> Result<Vec<Vec<Row>>, Error> {
        match self.attempt(calls).await {
            Err(Broken {
                error,
                timed_out: false,
            }) if matches!(error, Error::Unavailable(_)) => {
                tracing::debug!(purpose = ?self.purpose, %error, "database call tried again");
                Ok(self.attempt(calls).await?)
            }
            answers => Ok(answers?),
        }
    }

    /// Like [`Session::query`], but never tried twice.
    pub async fn query_once(&self, sql: &'static str, params: Params<'_>) -> Result<Vec<Row>, Error> {
        let mut answers = self.attempt(&[(sql, params)]).await?;
        Ok(answers.pop().unwrap_or_default())
    }

    async fn attempt(&self, calls: &[(&'static str, Params<'_>)]) -> Result<Vec<Vec<Row>>, Broken> {
        let late = || Error::Unavailable(format!("no answer within {:?}", self.limit));
        let deadline = tokio::time::Instant::now() + self.limit;
        let live = tokio::time::timeout_at(deadline, self.live())
            .await
            .map_err(|_| late())??;
        let (answers, timed_out) = match tokio::time::timeout_at(deadline, live.run(calls)).await {
            Ok(answers) => (answers, false),
            Err(_) => {
                // Nobody waits for it any more: it must not go on in the server, holding locks and a place.
                let (database, token) = (self.database.clone(), live.client.cancel_token());
                tokio::spawn(async move { database.cancel(token).await });
                (Err(late()), true)
            }
        };
        if let Err(Error::Unavailable(_)) = answers {
            self.forget(&live).await;
        }
        answers.map_err(|error| Broken { error, timed_out })
    }

    async fn live(&self) -> Result<Arc<Live>, Error> {
        let mut live = self.live.lock().await;
        if let Some(usable) = live.as_ref().filter(|live| !live.client.is_closed()) {
            return Ok(usable.clone());
        }
        let client = self.database.client(self.purpose).await?;
        let fresh = Arc::new(Live {
            client,
            statements: Mutex::default(),
        });
        *live = Some(fresh.clone());
        Ok(fresh)
    }

    async fn forget(&self, broken: &Arc<Live>) {
        let mut live = self.live.lock().await;
        if live.as_ref().is_some_and(|live| Arc::ptr_eq(live, broken)) {
            *live = None;
        }
    }
}

impl Live {
    async fn run(&self, calls: &[(&'static str, Params<'_>)]) -> Result<Vec<Vec<Row>>, Error> {
        let mut statements = Vec::with_capacity(calls.len());
        for (sql, _) in calls {
            statements.push(self.prepare(sql).await?);
        }
        let mut pipeline = Pipeline::new();
        for ((_, params), statement) in calls.iter().zip(&statements) {
            pipeline.push(self.client.query(statement, params));
        }
        pipeline.await.map_err(|broken| broken.error.into())
    }

    async fn prepare(&self, sql: &'static str) -> Result<Statement, Error> {
        let cell = self.statements.lock().entry(sql).or_default().clone();
        let statement = cell.get_or_try_init(|| self.client.prepare(sql)).await?;
        Ok(statement.clone())
    }
}
