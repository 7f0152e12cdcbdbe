//! A pooled connection for a read that must not take for ever: what is not finished in time, or nobody waits for any more, is
//! cancelled in the database, and its connection leaves the pool instead of making the next user wait.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use tokio::sync::Semaphore;

use super::{Database, Error};

/// Bounds of the reads whose length depends on what is asked for: lists.
#[derive(Clone)]
pub(super) struct Bounds {
    /// How long one may take.
    limit: Duration,
    /// Lists never get all connections: reads by id go on beside the slowest of them.
    places: Arc<Semaphore>,
    database: Database,
}

impl Bounds {
    pub(super) fn new(database: &Database, limit: Duration, pool: &Pool) -> Bounds {
        let size = pool.status().max_size;
        Bounds {
            limit,
            places: Arc::new(Semaphore::new((size - size / 4).max(1))),
            database: database.clone(),
        }
    }

    /// Carries a read out.
    ///
    /// # Errors
    /// Those of the read, and [`Error::TooSlow`].
    pub(super) async fn run<T, F>(&self, pool: &Pool, read: impl FnOnce(Arc<Object>) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let bounded = async {
            let _place = self
                .places
                .acquire()
                .await
                .map_err(|e| Error::Unavailable(e.to_string()))?;
            let mut guard = Guard {
                client: Some(Arc::new(pool.get().await?)),
                database: &self.database,
            };
            let Some(client) = guard.client.clone() else {
                return Err(Error::Unavailable("no connection".to_owned()));
            };
            let outcome = read(client).await;
            guard.client = None;
            outcome
        };
        match tokio::time::timeout(self.limit, bounded).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::TooSlow(self.limit)),
        }
    }
}

/// Holds a connection on which a statement may still run when it is dropped.
struct Guard<'a> {
    client: Option<Arc<Object>>,
    database: &'a Database,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        let token = client.cancel_token();
        // The read itself is gone by now, so this is the last hold on the connection.
        if let Ok(client) = Arc::try_unwrap(client) {
            drop(Object::take(client));
        }
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let database = self.database.clone();
            runtime.spawn(async move { database.cancel(token).await });
        }
    }
}
