//! Actions that this node has claimed without knowing: the owner of their tree made it their executor, and the job never came.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::Handle;
use crate::executor;
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
        if !engine.had_peers() {
            continue;
        }
        let began = Instant::now();
        let found = find(node, queue.as_ref(), &executor).await;
        took = began.elapsed();
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                tracing::debug!(%error, "claims cannot be read");
                before.clear();
                continue;
            }
        };
        let (lost, new): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|(_, action_id, attempt)| before.contains(&(*action_id, *attempt)));
        before = new
            .into_iter()
            .map(|(_, action_id, attempt)| (action_id, attempt))
            .collect();
        // Not those that have come since they were looked for.
        let lost = executor.disown(lost).await;
        if lost.is_empty() {
            continue;
        }
        tracing::warn!(actions = lost.len(), ?took, "jobs did not arrive; they are given back");
        if let Err(refusal) = engine.give_back(lost).await {
            tracing::debug!(%refusal, "actions could not be given back yet");
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
