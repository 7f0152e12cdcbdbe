//! Delivers results in batches, and again after a while if nobody took them.

use std::collections::HashSet;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc;

use mistral_model::Id;

use super::state::Finished;
use super::{Deliver, DeliveryError, Shared};

/// Results that are delivered at the same time, in batches as small as they come: eight full ones. With eight of any size, what came one
/// by one waited for an answer, and so for the commit of those before.
const AT_ONCE: usize = 4_000;

/// Runs until the executor stops.
pub(super) async fn run(shared: &Shared, deliver: &dyn Deliver) {
    let (late, rest) = mpsc::unbounded_channel();
    tokio::join!(deliver_all(shared, deliver, late), deliver_late(shared, deliver, rest));
}

/// Batches go out as results come, some beside each other: a result that waited for the answer to the batch before it would come
/// one commit later.
async fn deliver_all(shared: &Shared, deliver: &dyn Deliver, late: mpsc::UnboundedSender<Vec<Finished>>) {
    let mut size = shared.options.batch.max(1);
    let mut pauses = Pauses::new(shared);
    let (mut results, mut most) = (0, AT_ONCE);
    let mut under_way = FuturesUnordered::new();
    loop {
        let may_send = results < most;
        let batch = match may_send {
            true => shared.state.lock().take_outbox(size),
            false => Vec::new(),
        };
        if !batch.is_empty() {
            let may_be_more = batch.len() == size;
            results += batch.len();
            under_way.push(async move {
                let outcome = deliver_batch(deliver, &batch).await;
                (batch, outcome)
            });
            if may_be_more {
                continue;
            }
        }
        let (batch, outcome) = tokio::select! {
            biased;
            Some(done) = under_way.next() => done,
            () = shared.stop.cancelled(), if under_way.is_empty() => return,
            () = shared.outbox_filled.notified(), if may_send => continue,
        };
        results -= batch.len();
        match outcome {
            Ok(left) => {
                let left = taken(shared, batch, &left);
                if !left.is_empty() {
                    tracing::warn!(results = left.len(), "executions do not answer, their results wait");
                    // Bounded by `Options::undelivered`.
                    let _ = late.send(left);
                }
                size = (size * 2).min(shared.options.batch.max(1));
                pauses = Pauses::new(shared);
                most = AT_ONCE;
            }
            Err(error) => {
                tracing::warn!(%error, results = batch.len(), "cannot deliver results, will try again");
                // Smaller batches, one at a time, find one that is refused; it then waits behind the others.
                shared.state.lock().put_back(batch, size == 1);
                size = (size / 2).max(1);
                most = 1;
                if pauses.is_over(shared).await {
                    return;
                }
            }
        }
    }
}

/// Results whose executions do not answer: again and again, beside the others.
async fn deliver_late(shared: &Shared, deliver: &dyn Deliver, mut late: mpsc::UnboundedReceiver<Vec<Finished>>) {
    let mut waiting: Vec<Finished> = Vec::new();
    let mut pauses = Pauses::new(shared);
    loop {
        if waiting.is_empty() {
            pauses = Pauses::new(shared);
            match late.recv().await {
                Some(results) => waiting = results,
                None => return,
            }
        }
        if pauses.is_over(shared).await {
            return;
        }
        while let Ok(results) = late.try_recv() {
            waiting.extend(results);
        }
        let batch: Vec<Finished> = waiting
            .drain(..waiting.len().min(shared.options.batch.max(1)))
            .collect();
        match deliver_batch(deliver, &batch).await {
            Ok(left) => waiting.extend(taken(shared, batch, &left)),
            Err(_) => waiting.extend(batch),
        }
    }
}

/// Returns those that were left.
fn taken(shared: &Shared, batch: Vec<Finished>, left: &HashSet<(Id, u32)>) -> Vec<Finished> {
    let is_left = |finished: &Finished| match finished {
        Finished::Report(report) => left.contains(&(report.action_id, report.attempt)),
        Finished::HandedOver(_) => false,
    };
    let (left, taken): (Vec<Finished>, Vec<Finished>) = batch.into_iter().partition(is_left);
    shared.state.lock().delivered(&taken, &shared.options);
    shared.progress.notify_waiters();
    left
}

/// Pauses between attempts, longer each time.
struct Pauses {
    next: Duration,
    random: SmallRng,
}

impl Pauses {
    fn new(shared: &Shared) -> Pauses {
        Pauses {
            next: shared.options.retry_delay,
            random: SmallRng::seed_from_u64(shared.options.seed),
        }
    }

    /// Returns after the pause. `true`: the executor stops.
    async fn is_over(&mut self, shared: &Shared) -> bool {
        let pause = self.next;
        self.next = longer(pause, shared.options.longest_retry_delay, &mut self.random);
        tokio::select! {
            biased;
            () = shared.stop.cancelled() => true,
            () = tokio::time::sleep(pause) => false,
        }
    }
}

/// Doubled, with a random part, so that executors do not all come back at the same moment.
fn longer(pause: Duration, longest: Duration, random: &mut SmallRng) -> Duration {
    pause.mul_f64(random.random_range(1.5..2.5)).min(longest)
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
