//! Executors and their rows: an action that must not run twice begins only when its row says so, and one whose row is gone is ended.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::executor::{Handle, Permits, Permitting, Reference};
use mistral_model::Id;
use mistral_store::backend::ActionQueue;

/// Permits that may be asked for at once; further ones wait.
const ASKED: usize = 1_024;
/// Permits of one statement.
const BATCH: usize = 500;
/// Pause after a statement that failed.
const RETRY: Duration = Duration::from_millis(100);

/// How often rows of running actions are looked at. What is cancelled or deleted ends within twice this time.
const LOOK: Duration = Duration::from_millis(400);
/// Actions per look; with more, each is looked at in turn.
const LOOKED_AT: usize = 2_000;

/// Asks for permits in batches: those that come while a statement is under way share the next one.
pub(super) struct Gate {
    asked: mpsc::Sender<(Reference, oneshot::Sender<bool>)>,
}

impl Gate {
    /// The gate, and what serves it until the gate is dropped or all is `over`. From `stop` on no statement is tried again.
    pub(super) fn new(
        node: Id,
        queue: Arc<dyn ActionQueue>,
        stop: CancellationToken,
        over: CancellationToken,
    ) -> (Arc<Gate>, impl Future<Output = ()> + Send) {
        let (asked, asking) = mpsc::channel(ASKED);
        (Arc::new(Gate { asked }), serve(node, queue, asking, stop, over))
    }
}

impl Permits for Gate {
    fn begin(&self, action: Reference) -> Permitting<'_> {
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            if self.asked.send((action, answer)).await.is_err() {
                return false;
            }
            answered.await.unwrap_or(false)
        })
    }
}

async fn serve(
    node: Id,
    queue: Arc<dyn ActionQueue>,
    mut asking: mpsc::Receiver<(Reference, oneshot::Sender<bool>)>,
    stop: CancellationToken,
    over: CancellationToken,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let asked = tokio::select! {
            asked = asking.recv_many(&mut batch, BATCH) => asked,
            // Whoever still holds the gate when nothing runs any more is not waited for.
            () = over.cancelled() => return,
        };
        if asked == 0 {
            return;
        }
        let actions: Vec<(Id, u32)> = batch.iter().map(|(job, _)| (job.action_id, job.attempt)).collect();
        let begun: HashSet<Id> = loop {
            match queue.begin(node, &actions).await {
                Ok(begun) => break begun.into_iter().collect(),
                Err(error) => tracing::debug!(%error, "the beginning of actions cannot be noted; trying again"),
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = tokio::time::sleep(RETRY) => {}
            }
        };
        for (job, answer) in batch.drain(..) {
            // Whoever asked may have been ended.
            let _ = answer.send(begun.contains(&job.action_id));
        }
    }
}

/// Ends actions that nobody wants any more: their rows are gone, because their execution was cancelled or deleted, or because another
/// node has them by now.
pub(super) async fn end_unwanted(node: Id, queue: Arc<dyn ActionQueue>, executor: Handle, stop: CancellationToken) {
    let mut before: HashSet<(Id, u32)> = HashSet::new();
    let mut after = Id::default();
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let open = executor.open(after, LOOKED_AT).await;
        let is_page = after != Id::default() || open.len() == LOOKED_AT;
        after = match open.last() {
            Some((id, _)) if open.len() == LOOKED_AT => *id,
            _ => Id::default(),
        };
        // What has come since the last look is left alone: most actions are short.
        let lasts = |job: &&(Id, u32)| is_page || before.contains(*job);
        let lasting: Vec<(Id, u32)> = open.iter().filter(lasts).copied().collect();
        before = open.iter().copied().collect();
        if lasting.is_empty() {
            continue;
        }
        let ids: Vec<Id> = lasting.iter().map(|(id, _)| *id).collect();
        match queue.held(node, &ids).await {
            Ok(held) => {
                let held: HashSet<(Id, u32)> = held.into_iter().collect();
                // A later attempt, whose row came after the look, is another matter.
                let unwanted: Vec<(Id, u32)> = lasting.into_iter().filter(|one| !held.contains(one)).collect();
                if unwanted.is_empty() {
                    continue;
                }
                for (action, attempt) in executor.cancel(unwanted).await {
                    tracing::debug!(%action, attempt, "ended: nobody wants it any more");
                }
            }
            Err(error) => tracing::debug!(%error, "rows of running actions cannot be read"),
        }
    }
}
