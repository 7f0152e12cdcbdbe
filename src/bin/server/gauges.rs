//! Measurements that nobody makes in passing: how full queues, slots and pools are. Taken every few seconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use deadpool_postgres::Pool;
use mistral::executor;
use mistral::postgres::queue::Queue;
use mistral::telemetry::metric;
use tokio_util::sync::CancellationToken;

/// Time between two looks.
const INTERVAL: Duration = Duration::from_secs(1);
/// The same, of shared queues.
const QUEUES: u32 = 5;
/// A deeper queue is not counted to its end.
const DEEPEST: usize = 100_000;

/// What is looked at.
pub(crate) struct Gauges {
    pub queue: Queue,
    pub pool: Pool,
    /// The executor of this process with its slots.
    pub executor: Option<(executor::Handle, usize)>,
    /// Where others look how many of them are busy.
    pub slots_busy: Arc<AtomicI32>,
    /// The depth of shared queues is every engine's to tell.
    pub is_engine: bool,
}

impl Gauges {
    pub(crate) async fn run(self, stop: CancellationToken) {
        let mut busy = 0;
        for look in 0_u32.. {
            let status = self.pool.status();
            metric::pool(
                "api",
                status.available,
                status.size.saturating_sub(status.available),
                status.waiting,
            );
            if let Some((executor, slots)) = &self.executor {
                let load = executor.load();
                metric::slots(*slots);
                metric::slots_busy_changed(load.running as i64 - busy);
                busy = load.running as i64;
                self.slots_busy.store(load.running as i32, Ordering::Relaxed);
                metric::lane_waiting(load.backlog);
            }
            if self.is_engine && look.is_multiple_of(QUEUES) {
                match self.queue.depth(DEEPEST).await {
                    Ok(rows) => metric::queue_depth("action_queue", rows as u64),
                    Err(error) => tracing::debug!(%error, "the depth of the action queue is not known"),
                }
            }
            tokio::select! {
                () = tokio::time::sleep(INTERVAL) => {}
                () = stop.cancelled() => return,
            }
        }
    }
}
