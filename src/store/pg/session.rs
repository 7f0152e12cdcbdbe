//! One connection that several parts share: their calls are pipelined on it, statements are prepared once per connection,
//! and it is made anew when it breaks.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
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

/// A connection with the statements that were prepared on it.
struct Live {
    client: Client,
    statements: Mutex<HashMap<&'static str, Statement>>,
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
            Err(Error::Unavailable(reason)) => {
                tracing::debug!(purpose = ?self.purpose, reason, "database call tried again");
                self.attempt(calls).await
            }
            answers => answers,
        }
    }

    /// Like [`Session::query`], but never tried twice.
    pub async fn query_once(&self, sql: &'static str, params: Params<'_>) -> Result<Vec<Row>, Error> {
        let mut answers = self.attempt(&[(sql, params)]).await?;
        Ok(answers.pop().unwrap_or_default())
    }

    async fn attempt(&self, calls: &[(&'static str, Params<'_>)]) -> Result<Vec<Vec<Row>>, Error> {
        let late = |_| Error::Unavailable(format!("no answer within {:?}", self.limit));
        let deadline = tokio::time::Instant::now() + self.limit;
        let live = tokio::time::timeout_at(deadline, self.live()).await.map_err(late)??;
        let answers = match tokio::time::timeout_at(deadline, live.run(calls)).await {
            Ok(answers) => answers,
            Err(elapsed) => Err(late(elapsed)),
        };
        if let Err(Error::Unavailable(_)) = answers {
            self.forget(&live).await;
        }
        answers
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
        if let Some(statement) = self.statements.lock().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).await?;
        self.statements.lock().insert(sql, statement.clone());
        Ok(statement)
    }
}
