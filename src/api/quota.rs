//! How many open executions a project may have. The numbers are kept by the store; this is who may add to them.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::App;
use super::error::Error;
use mistral_model::Id;
use mistral_store::usage::Usage;

/// Between two looks at what has ended.
const SWEEP: Duration = Duration::from_secs(1);

/// Looks after which open executions are sought that nobody has counted.
const CATCH_UP: u32 = 30;

/// What was noted so long ago and has not begun never will.
const LOST: Duration = Duration::from_secs(300);

/// What a client is told to wait.
const RETRY: Duration = Duration::from_secs(1);

/// `[quota] open_executions`.
pub(crate) struct Quota {
    pub usage: Arc<dyn Usage>,
    pub limit: u32,
}

/// An execution that counts from now on; if it is not started after all, it has to be given back.
pub(super) struct Place<'a>(Option<(&'a Quota, Id)>);

impl Place<'_> {
    /// The execution was refused: it does not count.
    pub(crate) async fn give_back(self) {
        if let Some((quota, id)) = self.0
            && let Err(error) = quota.usage.close(&[id]).await
        {
            tracing::debug!(%error, "a place of the quota is given back later");
        }
    }
}

impl App {
    /// Takes a place for an execution of this project.
    ///
    /// # Errors
    /// 429: all are taken.
    pub(super) async fn take_place(&self, project: Option<&str>, id: Id) -> Result<Place<'_>, Error> {
        let (Some(quota), Some(project)) = (&self.open_executions, project) else {
            return Ok(Place(None));
        };
        let open = quota.usage.open(id, project, self.clock.now()).await?;
        if open <= i64::from(quota.limit) {
            return Ok(Place(Some((quota, id))));
        }
        Place(Some((quota, id))).give_back().await;
        let message = format!(
            "The project has {} executions that have not ended, as many as it may have; the quota is {}.",
            open - 1,
            quota.limit
        );
        Err(Error::new(StatusCode::TOO_MANY_REQUESTS, message).retry_after(RETRY))
    }

    /// Keeps the numbers right, as long as the server runs.
    pub(super) async fn watch_quota(&self) {
        let Some(quota) = &self.open_executions else { return };
        let mut round = 0_u32;
        loop {
            let now = self.clock.now();
            let lost = now.plus_seconds(-LOST.as_secs_f64());
            let swept = async {
                quota.usage.sweep(lost).await?;
                match round.is_multiple_of(CATCH_UP) {
                    true => quota.usage.catch_up(now).await,
                    false => Ok(()),
                }
            };
            if let Err(error) = swept.await {
                tracing::debug!(%error, "open executions are not counted");
            }
            round = round.wrapping_add(1);
            tokio::time::sleep(SWEEP).await;
        }
    }
}
