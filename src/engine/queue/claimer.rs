//! Fetches waiting actions for the executor of this process.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Lane, wire};
use mistral_model::time::Clock;
use mistral_model::{Id, Time};
use mistral_store::Error;
use mistral_store::backend::ActionQueue;
use mistral_store::batch::Claimed;
use mistral_store::low_water::LowWater;
use mistral_telemetry::metric;

/// Settings of a claimer.
#[derive(Clone, Debug)]
pub struct Options {
    /// Actions per claim at most.
    pub batch: usize,
    /// Longest time between two looks at the table when nothing hints at new actions.
    pub poll: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            batch: 500,
            poll: Duration::from_secs(1),
        }
    }
}

/// How long a full executor gathers free slots before it claims for them.
const GATHER: Duration = Duration::from_millis(1);

/// Claims of one answer when all that a node holds is read.
const CLAIMS_PAGE: usize = 10_000;

/// When to look for claims whose answer was lost: soon, and again, for the database may still have been busy with them.
#[derive(Default)]
struct Doubt(Vec<Instant>);

impl Doubt {
    fn new() -> Doubt {
        let now = Instant::now();
        Doubt([30, 5, 0].map(|seconds| now + Duration::from_secs(seconds)).to_vec())
    }

    fn is_due(&mut self) -> bool {
        let is_due = self.0.last().is_some_and(|at| *at <= Instant::now());
        if is_due {
            self.0.pop();
        }
        is_due
    }
}

/// Claims for one node until it is told to stop.
pub struct Claimer {
    pub node: Id,
    pub queue: Arc<dyn ActionQueue>,
    pub lane: Arc<dyn Lane>,
    pub clock: Arc<dyn Clock>,
    pub options: Options,
    /// Somebody hinted at new actions.
    pub hint: Arc<Notify>,
}

impl Claimer {
    pub async fn run(self, stop: CancellationToken) {
        let host = self.lane.host().to_owned();
        let targets: Vec<&str> = if host.is_empty() { vec![""] } else { vec![&host, ""] };
        let mut low_water = LowWater::default();
        let mut doubt = Doubt::default();
        while !stop.is_cancelled() {
            let limit = self.lane.free().min(self.options.batch);
            let mut found = 0;
            if limit > 0 {
                if doubt.is_due()
                    && let Err(error) = self.begin_unanswered().await
                {
                    tracing::warn!(%error, "claims cannot be read");
                    doubt = Doubt::new();
                }
                let started = Instant::now();
                match self
                    .queue
                    .claim(self.node, &targets, limit, &mut low_water, self.clock.now())
                    .await
                {
                    Ok(claims) => {
                        found = claims.len();
                        metric::claimed(found, started.elapsed().as_secs_f64());
                        self.submit(claims).await;
                    }
                    Err(error) => {
                        tracing::warn!(%error, "actions cannot be claimed");
                        doubt = Doubt::new();
                    }
                }
            }
            if found > 0 && found == limit {
                continue;
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                // Without room a hint would only spin.
                () = self.hint.notified(), if limit > 0 => metric::woken(true),
                // Those that become free together are filled by one claim.
                () = async { self.lane.freed().await; tokio::time::sleep(GATHER).await }, if limit == 0 => {}
                () = tokio::time::sleep(self.options.poll) => metric::woken(false),
            }
        }
    }

    /// The answer to a claim may have been lost: what this node holds is begun, unless its executor knows it already.
    async fn begin_unanswered(&self) -> Result<(), Error> {
        let mut after = Id::default();
        loop {
            let claims = self.queue.claims_of(self.node, after, CLAIMS_PAGE).await?;
            let Some(last) = claims.last() else { return Ok(()) };
            after = last.action_id;
            self.submit(claims).await;
        }
    }

    async fn submit(&self, claims: Vec<Claimed>) {
        let now: Time = self.clock.now();
        let mut jobs = Vec::with_capacity(claims.len());
        for claim in claims {
            match wire::read_job(&claim.job) {
                Ok(mut job) => {
                    job.attempt = claim.attempt;
                    metric::queue_waited((now.0 - job.created_at.0).max(0) as f64 / 1e6);
                    jobs.push(job);
                }
                Err(error) => tracing::error!(action = %claim.action_id, %error, "job cannot be read"),
            }
        }
        let refused = self.lane.offer(jobs).await;
        if !refused.is_empty()
            && let Err(error) = self.queue.release(self.node, &refused).await
        {
            tracing::warn!(%error, "claims cannot be given back");
        }
    }
}
