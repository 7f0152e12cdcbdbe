//! Writes down once a minute what this process has committed (`/v2/statistics/activity`), and sums older slices up.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Pool;
use mistral::model::Id;
use mistral::model::time::Clock;
use mistral::postgres::{cluster, statistics};
use mistral::store::tally::Tally;
use tokio_util::sync::CancellationToken;

/// Microseconds of a slice.
const MINUTE: i64 = 60_000_000;

/// Minutes between two summings-up.
const SUM_UP: u32 = 5;

/// What is counted, and where it is written.
pub(crate) struct Counts {
    pub pool: Pool,
    pub tally: Tally,
    pub node: Id,
    pub clock: Arc<dyn Clock>,
}

impl Counts {
    /// Runs until the process stops; then what was counted last is written too.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let mut minutes = 0;
        loop {
            let now = self.clock.now().0;
            let begun = now - now.rem_euclid(MINUTE);
            let left = Duration::from_micros((begun + MINUTE - now).unsigned_abs());
            let is_over = stop.run_until_cancelled(tokio::time::sleep(left)).await.is_none();
            self.write(begun).await;
            if is_over {
                return;
            }
            minutes += 1;
            if minutes % SUM_UP == 1 {
                self.sum_up().await;
            }
        }
    }

    async fn write(&self, at: i64) {
        let counted = self.tally.take();
        if counted.is_empty() {
            return;
        }
        let written = async {
            let client = self.pool.get().await?;
            statistics::count(&client, self.node, at, &counted).await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "what was counted is written later");
            self.tally.give_back(counted);
        }
    }

    async fn sum_up(&self) {
        let summed = async {
            let client = self.pool.get().await?;
            statistics::sum_up(&client, self.clock.now().0).await
        };
        if let Err(error) = summed.await {
            tracing::warn!(%error, "counts are not summed up now");
        }
    }
}

/// Notes beside the lease what this process is.
pub(crate) async fn introduce(pool: &Pool, node: Id, slots: Option<i32>) {
    let told = async {
        let client = pool.get().await?;
        cluster::tell(&client, node, env!("CARGO_PKG_VERSION"), slots).await
    };
    if let Err(error) = told.await {
        tracing::warn!(%error, "other processes do not learn this one's version");
    }
}
