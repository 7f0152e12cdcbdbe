//! Actions that wait for a worker and that nobody provides: they fail in the end, with words that say why.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::{HELD, Workers};
use mistral_model::Time;
use mistral_model::action::{Job, Outcome, Report, queue_of_workers};
use mistral_store::Error as StoreError;

/// Between two looks.
pub(super) const LOOK: Duration = Duration::from_secs(5);
/// Actions that are failed in one step.
const STEP: i64 = 500;
/// Workers that are looked at.
const WORKERS: i64 = 100_000;

impl Workers {
    /// Fails what has waited for longer than `patience` without anybody who provides it. How much it was.
    pub async fn fail_unprovided(&self, patience: Duration, now: Time) -> Result<usize, StoreError> {
        let queues = self.rows.queues().await?;
        let waiting: Vec<(&String, String)> = queues
            .iter()
            .filter_map(|queue| Some((queue, queue_of_workers(queue)?)))
            .collect();
        if waiting.is_empty() {
            return Ok(0);
        }
        let mut provided: HashSet<String> = HashSet::new();
        let mut last_seen: HashMap<String, Time> = HashMap::new();
        for worker in self.rows.all(HELD, WORKERS).await? {
            let queues = self.queues_for(
                &worker.digest,
                &worker.target,
                worker.project.as_deref(),
                worker.dynamic,
            );
            for queue in queues.await?.iter() {
                if worker.is_alive {
                    provided.insert(queue.clone());
                }
                let seen = last_seen.entry(queue.clone()).or_default();
                *seen = (*seen).max(worker.seen_at);
            }
        }
        let oldest = Time(now.0 - i64::try_from(patience.as_micros()).unwrap_or(i64::MAX / 4));
        let mut failed = 0;
        for (queue, what) in waiting {
            let was_there = last_seen.get(queue).is_some_and(|seen| *seen > oldest);
            if !provided.contains(queue) && !was_there {
                failed += self.fail_queue(queue, &what, oldest, patience).await?;
            }
        }
        Ok(failed)
    }

    async fn fail_queue(&self, queue: &str, what: &str, oldest: Time, patience: Duration) -> Result<usize, StoreError> {
        let mut reports = Vec::new();
        for claimed in self.rows.oldest(queue, STEP).await? {
            let Ok(job) = serde_json::from_str::<Job>(&claimed.job) else {
                continue;
            };
            if job.created_at > oldest {
                continue;
            }
            let text = format!(
                "The action has waited for {what} for longer than {} seconds, and there is none ([workers] unprovided_timeout)",
                patience.as_secs()
            );
            reports.push(Report {
                action_id: claimed.action_id,
                root_id: claimed.root_id,
                attempt: claimed.attempt,
                outcome: Outcome::Error(text.into()),
            });
        }
        let count = reports.len();
        if count > 0 {
            tracing::warn!(queue, count, "actions fail that nobody provides");
            if let Err(refusal) = self.owners.report(reports).await {
                tracing::warn!(%refusal, "actions that nobody provides cannot be failed");
                return Ok(0);
            }
        }
        Ok(count)
    }
}
