//! Actions that this node has claimed without knowing: the owner of their tree made it their executor, and the job never came. Or it came
//! and was ignored, because the executor had ended the action before: a copy of the request for a stand-alone action can be read when the
//! action has ended and left no row, and begins it anew.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::Handle;
use crate::executor::{self, Again, Reference};
use mistral_model::Id;
use mistral_store::Error;
use mistral_store::backend::ActionQueue;

/// How often the rows are looked at when nothing says that jobs may have got lost.
const LOOK: Duration = Duration::from_secs(10);
/// A job that has not come for so long after its row will not come: a connection that is silent for longer is dead.
const PATIENCE: Duration = Duration::from_secs(3);
/// How much longer than a look the pause after it is.
const SPARING: u32 = 50;
/// The longest such pause: a look that took long may have waited for a lock or an outage, and the next one will not.
const LONGEST: Duration = Duration::from_secs(30);
/// Rows of one answer.
const PAGE: usize = 10_000;

/// Gives such actions back, so that they are sent once more. A job that comes late is ignored.
pub(super) async fn give_back(
    node: Id,
    queue: Arc<dyn ActionQueue>,
    executor: executor::Handle,
    engine: Handle,
    stop: CancellationToken,
) {
    let mut before: HashSet<(Id, u32)> = HashSet::new();
    let mut took = Duration::ZERO;
    loop {
        // Where many actions only wait, a look reads many rows.
        let pause = if before.is_empty() { LOOK } else { PATIENCE }.max((took * SPARING).min(LONGEST));
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = engine.strays_hint(), if before.is_empty() => {}
            () = tokio::time::sleep(pause) => {}
        }
        let anew = begun_anew(node, queue.as_ref(), &executor).await;
        let mut lost: Vec<_> = anew.iter().map(|again| again.job).map(of_job).collect();
        if engine.had_peers() {
            let began = Instant::now();
            let found = find(node, queue.as_ref(), &executor).await;
            took = began.elapsed();
            let found = found.unwrap_or_else(|error| {
                tracing::debug!(%error, "claims cannot be read");
                Vec::new()
            });
            let (still, new): (Vec<_>, Vec<_>) = found
                .into_iter()
                .partition(|(_, action_id, attempt)| before.contains(&(*action_id, *attempt)));
            before = new
                .into_iter()
                .map(|(_, action_id, attempt)| (action_id, attempt))
                .collect();
            lost.extend(still);
        }
        // Not those that have come since they were looked for.
        let lost = executor.disown(lost).await;
        if lost.is_empty() {
            continue;
        }
        tracing::warn!(actions = lost.len(), ?took, "jobs did not arrive; they are given back");
        if let Err(refusal) = engine.give_back(lost).await {
            tracing::debug!(%refusal, "actions could not be given back yet");
            // The others are found again by their rows.
            executor.put_again(anew).await;
        }
    }
}

/// Rows that say this node has what its executor does not know: root, action, attempt.
async fn find(node: Id, queue: &dyn ActionQueue, executor: &executor::Handle) -> Result<Vec<(Id, Id, u32)>, Error> {
    let (mut found, mut after) = (Vec::new(), Id::default());
    loop {
        let claims = queue.lane_claims_of(node, after, PAGE).await?;
        let is_last = claims.len() < PAGE;
        after = claims.last().map_or(after, |(_, action_id, _)| *action_id);
        found.extend(executor.unknown(claims).await);
        if is_last {
            return Ok(found);
        }
    }
}

fn of_job(job: Reference) -> (Id, Id, u32) {
    (job.root_id, job.action_id, job.attempt)
}

/// Of the jobs that came again when their results had been taken, those whose rows are this node's, and that may run again. Those that must
/// not, and have not begun by their rows, have begun in another life of the action: they fail.
async fn begun_anew(node: Id, queue: &dyn ActionQueue, executor: &executor::Handle) -> Vec<Again> {
    let mut again = executor.take_again().await;
    if again.is_empty() {
        return again;
    }
    let ids: Vec<Id> = again.iter().map(|again| again.job.action_id).collect();
    match queue.unbegun(node, &ids).await {
        Ok(unbegun) => {
            let unbegun: HashSet<(Id, u32)> = unbegun.into_iter().collect();
            again.retain(|again| unbegun.contains(&(again.job.action_id, again.job.attempt)));
            let (may_repeat, must_not): (Vec<Again>, Vec<Again>) =
                again.into_iter().partition(|again| again.safe_rerun);
            executor
                .end_anew(must_not.iter().map(|again| again.job).collect())
                .await;
            may_repeat
        }
        Err(error) => {
            tracing::debug!(%error, "rows of ended actions cannot be read");
            executor.put_again(again).await;
            Vec::new()
        }
    }
}
