//! Delivers results in batches, and again after a while if nobody took them.

use std::collections::HashSet;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;

use mistral_model::Id;

use super::state::{Finished, State};
use super::{Deliver, DeliveryError, Options};

/// Results that are delivered at the same time, in batches as small as they come: eight full ones. With eight of any size, what came one
/// by one waited for an answer, and so for the commit of those before.
const AT_ONCE: usize = 4_000;

/// Deliveries that are under way. Batches go out as results come, some beside each other: a result that waited for the answer to the
/// batch before it would come one commit later.
pub(super) struct Delivery<'a> {
    deliver: &'a dyn Deliver,
    options: &'a Options,
    under_way: FuturesUnordered<BoxFuture<'a, Tried>>,
    /// Results in them.
    results: usize,
    /// As many may be.
    most: usize,
    /// Results of a batch.
    size: usize,
    pauses: Pauses<'a>,
    /// After a failure: nothing else happens before it is over.
    pause: Option<BoxFuture<'a, ()>>,
    late: Late<'a>,
}

/// A batch, and what became of it.
struct Tried {
    batch: Vec<Finished>,
    /// Those that were left.
    outcome: Result<HashSet<(Id, u32)>, DeliveryError>,
}

/// Something that has ended.
pub(super) struct Step(Ended);

enum Ended {
    Pause,
    Batch(Tried),
    LatePause,
    LateBatch(Tried),
}

impl<'a> Delivery<'a> {
    pub(super) fn new(deliver: &'a dyn Deliver, options: &'a Options) -> Delivery<'a> {
        Delivery {
            deliver,
            options,
            under_way: FuturesUnordered::new(),
            results: 0,
            most: AT_ONCE,
            size: options.batch.max(1),
            pauses: Pauses::new(options),
            pause: None,
            late: Late {
                deliver,
                options,
                waiting: Vec::new(),
                pauses: Pauses::new(options),
                step: None,
                is_under_way: false,
            },
        }
    }

    /// Begins what may be under way beside the others.
    pub(super) fn begin(&mut self, state: &mut State) {
        while self.pause.is_none() && self.results < self.most {
            let batch = state.take_outbox(self.size);
            if batch.is_empty() {
                return;
            }
            self.results += batch.len();
            let is_last = batch.len() < self.size;
            self.under_way.push(Box::pin(attempt(self.deliver, batch)));
            if is_last {
                return;
            }
        }
    }

    /// Returns when something has ended; loses nothing if it is dropped before.
    pub(super) async fn next(&mut self) -> Step {
        Step(tokio::select! {
            biased;
            () = of(&mut self.pause), if self.pause.is_some() => Ended::Pause,
            Some(tried) = self.under_way.next(), if self.pause.is_none() => Ended::Batch(tried),
            ended = of(&mut self.late.step) => ended,
        })
    }

    /// What follows from it. `true`: results were taken.
    pub(super) fn take(&mut self, Step(ended): Step, state: &mut State) -> bool {
        let Tried { batch, outcome } = match ended {
            Ended::Batch(tried) => tried,
            Ended::Pause => {
                self.pause = None;
                return false;
            }
            Ended::LatePause => {
                self.late.begin();
                return false;
            }
            Ended::LateBatch(tried) => return self.late.take(tried, state),
        };
        self.results -= batch.len();
        match outcome {
            Ok(left) => {
                let left = taken(batch, &left, state, self.options);
                if !left.is_empty() {
                    tracing::warn!(results = left.len(), "executions do not answer, their results wait");
                    self.late.add(left);
                }
                self.size = (self.size * 2).min(self.options.batch.max(1));
                self.pauses = Pauses::new(self.options);
                self.most = AT_ONCE;
                true
            }
            Err(error) => {
                tracing::warn!(%error, results = batch.len(), "cannot deliver results, will try again");
                // Smaller batches, one at a time, find one that is refused; it then waits behind the others.
                state.put_back(batch, self.size == 1);
                self.size = (self.size / 2).max(1);
                self.most = 1;
                self.pause = Some(Box::pin(tokio::time::sleep(self.pauses.next())));
                false
            }
        }
    }

    /// Whether an executor that stops waits for nothing here.
    pub(super) fn may_end(&self) -> bool {
        (self.under_way.is_empty() || self.pause.is_some()) && !self.late.is_under_way
    }
}

/// Results whose executions do not answer: again and again, beside the others.
struct Late<'a> {
    deliver: &'a dyn Deliver,
    options: &'a Options,
    /// Bounded by [`Options::undelivered`].
    waiting: Vec<Finished>,
    pauses: Pauses<'a>,
    /// A pause, or a batch after it; none: nothing waits.
    step: Option<BoxFuture<'a, Ended>>,
    /// It is a batch.
    is_under_way: bool,
}

impl<'a> Late<'a> {
    fn add(&mut self, results: Vec<Finished>) {
        self.waiting.extend(results);
        if self.step.is_none() {
            self.rest();
        }
    }

    fn rest(&mut self) {
        let pause = self.pauses.next();
        self.is_under_way = false;
        self.step = Some(Box::pin(async move {
            tokio::time::sleep(pause).await;
            Ended::LatePause
        }));
    }

    fn begin(&mut self) {
        let some = self.waiting.len().min(self.options.batch.max(1));
        let batch = attempt(self.deliver, self.waiting.drain(..some).collect());
        self.is_under_way = true;
        self.step = Some(Box::pin(async move { Ended::LateBatch(batch.await) }));
    }

    fn take(&mut self, Tried { batch, outcome }: Tried, state: &mut State) -> bool {
        let has_answer = outcome.is_ok();
        self.waiting.extend(match outcome {
            Ok(left) => taken(batch, &left, state, self.options),
            Err(_) => batch,
        });
        if self.waiting.is_empty() {
            self.pauses = Pauses::new(self.options);
            (self.step, self.is_under_way) = (None, false);
        } else {
            self.rest();
        }
        has_answer
    }
}

/// What a future gives that may not be there.
async fn of<T>(future: &mut Option<BoxFuture<'_, T>>) -> T {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

/// Returns those that were left.
fn taken(batch: Vec<Finished>, left: &HashSet<(Id, u32)>, state: &mut State, options: &Options) -> Vec<Finished> {
    let is_left = |finished: &Finished| match finished {
        Finished::Report(report) => left.contains(&(report.action_id, report.attempt)),
        Finished::HandedOver(_) => false,
    };
    let (left, taken): (Vec<Finished>, Vec<Finished>) = batch.into_iter().partition(is_left);
    state.delivered(&taken, options);
    left
}

/// Pauses between attempts, longer each time.
struct Pauses<'a> {
    next: Duration,
    options: &'a Options,
    random: SmallRng,
}

impl<'a> Pauses<'a> {
    fn new(options: &'a Options) -> Pauses<'a> {
        Pauses {
            next: options.retry_delay,
            options,
            random: SmallRng::seed_from_u64(options.seed),
        }
    }

    fn next(&mut self) -> Duration {
        let longer = longer(self.next, self.options.longest_retry_delay, &mut self.random);
        std::mem::replace(&mut self.next, longer)
    }
}

/// Doubled, with a random part, so that executors do not all come back at the same moment.
fn longer(pause: Duration, longest: Duration, random: &mut SmallRng) -> Duration {
    pause.mul_f64(random.random_range(1.5..2.5)).min(longest)
}

async fn attempt(deliver: &dyn Deliver, batch: Vec<Finished>) -> Tried {
    let outcome = deliver_batch(deliver, &batch).await;
    Tried { batch, outcome }
}

/// Returns what was not taken.
async fn deliver_batch(deliver: &dyn Deliver, batch: &[Finished]) -> Result<HashSet<(Id, u32)>, DeliveryError> {
    let mut reports = Vec::with_capacity(batch.len());
    let mut handed_over = Vec::new();
    for finished in batch {
        match finished {
            Finished::Report(report) => reports.push(report.clone()),
            Finished::HandedOver(job) => handed_over.push(*job),
        }
    }
    let mut left = Vec::new();
    if !reports.is_empty() {
        left = deliver.deliver(reports).await?;
    }
    if !handed_over.is_empty() {
        deliver.hand_over(handed_over).await?;
    }
    Ok(left.iter().map(|report| (report.action_id, report.attempt)).collect())
}
