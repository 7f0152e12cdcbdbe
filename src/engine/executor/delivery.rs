//! Delivers results in batches, and again after a while if nobody took them.

use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use super::state::Finished;
use super::{Deliver, DeliveryError, Shared};

/// Runs until the executor stops.
pub async fn run(shared: &Shared, deliver: &dyn Deliver) {
    let mut size = shared.options.batch.max(1);
    let mut pause = shared.options.retry_delay;
    let mut random = SmallRng::seed_from_u64(shared.options.seed);
    loop {
        let batch = shared.state.lock().take_outbox(size);
        if batch.is_empty() {
            tokio::select! {
            biased;
                            () = shared.stop.cancelled() => return,
                            () = shared.outbox_filled.notified() => continue,
                        }
        }
        match deliver_batch(deliver, &batch).await {
            Ok(()) => {
                shared.state.lock().delivered(&batch, &shared.options);
                shared.progress.notify_waiters();
                size = (size * 2).min(shared.options.batch.max(1));
                pause = shared.options.retry_delay;
            }
            Err(error) => {
                tracing::warn!(%error, results = batch.len(), "cannot deliver results, will try again");
                // Smaller batches find one that is refused; it then waits behind the others.
                shared.state.lock().put_back(batch, size == 1);
                size = (size / 2).max(1);
                tokio::select! {
                biased;
                                    () = shared.stop.cancelled() => return,
                                    () = tokio::time::sleep(pause) => {}
                                }
                pause = longer(pause, shared.options.longest_retry_delay, &mut random);
            }
        }
    }
}

/// Doubled, with a random part, so that executors do not all come back at the same moment.
fn longer(pause: Duration, longest: Duration, random: &mut SmallRng) -> Duration {
    pause.mul_f64(random.random_range(1.5..2.5)).min(longest)
}

async fn deliver_batch(deliver: &dyn Deliver, batch: &[Finished]) -> Result<(), DeliveryError> {
    let mut reports = Vec::with_capacity(batch.len());
    let mut handed_over = Vec::new();
    for finished in batch {
        match finished {
            Finished::Report(report) => reports.push(report.clone()),
            Finished::HandedOver(job) => handed_over.push(*job),
        }
    }
    if !reports.is_empty() {
        deliver.deliver(reports).await?;
    }
    if !handed_over.is_empty() {
        deliver.hand_over(handed_over).await?;
    }
    Ok(())
}
