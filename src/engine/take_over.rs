//! What is read after a take-over, while the shards are served already: their timers, those first that are due first, and
//! their open trees, once each: what was in flight follows from the rows of a tree. Both in pages, a bounded number at a time,
//! so that neither memory nor the database notices how many there are. A tree to which something happens is read at once.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio_util::sync::CancellationToken;

use mistral_model::{Id, Shard, Time};
use mistral_store::backend::{OpenExecution, TimerReader, TreeReader};

use super::event::Message;
use super::handle::Shared;

/// Timers per page of a shard. The first pages of 256 shards are read within 0.1 s.
const TIMERS: usize = 500;
/// Pages that are asked for at once, on one connection.
const PAGES: usize = 16;
/// Open executions per listing: 16 KiB of ids each time, and some tens of trees of every shard.
const LISTED: usize = 8_192;
/// Trees read in one go, at most: then a loop has about 5 ms of work with them.
const TREES: usize = 64;
/// Bytes of rows that are read in one go, about.
const BYTES: usize = 4 << 20;
/// Pause after a read that failed.
pub(super) const AGAIN: Duration = Duration::from_millis(500);

/// Begins the reading for shards that were taken over.
pub(super) struct TakeOver {
    shared: Arc<Shared>,
    timers: Arc<dyn TimerReader>,
    trees: Arc<dyn TreeReader>,
    /// One reading of trees at a time, whatever was taken over meanwhile.
    places: Arc<Semaphore>,
    stop: CancellationToken,
}

impl TakeOver {
    pub(crate) fn new(
        shared: Arc<Shared>,
        timers: Arc<dyn TimerReader>,
        trees: Arc<dyn TreeReader>,
        stop: CancellationToken,
    ) -> TakeOver {
        TakeOver {
            shared,
            timers,
            trees,
            places: Arc::new(Semaphore::new(1)),
            stop,
        }
    }

    pub(crate) fn begin(&self, acquired: Vec<(Shard, i64)>) {
        let shards = acquired.iter().map(|(shard, _)| *shard).collect();
        let timers = arm_timers(self.shared.clone(), self.timers.clone(), acquired);
        let trees = check_open_trees(self.shared.clone(), self.trees.clone(), self.places.clone(), shards);
        let stop = self.stop.clone();
        tokio::spawn(async move {
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                _ = async { tokio::join!(timers, trees) } => {}
            }
        });
    }
}

/// Gives the loops the timers of these shards: the first page of each shard, then the second of each, and so on.
async fn arm_timers(shared: Arc<Shared>, timers: Arc<dyn TimerReader>, acquired: Vec<(Shard, i64)>) {
    let first = (Time(i64::MIN), Id::default());
    let mut left: VecDeque<_> = acquired
        .into_iter()
        .map(|(shard, epoch)| (shard, epoch, first))
        .collect();
    while !left.is_empty() {
        let group: Vec<_> = left.drain(..left.len().min(PAGES)).collect();
        let reads = group
            .iter()
            .map(|(shard, _, after)| timers.page(*shard, *after, TIMERS));
        let pages = futures_util::future::join_all(reads).await;
        let mut failed = None;
        for ((shard, epoch, after), page) in group.into_iter().zip(pages) {
            let Some(mailbox) = shared.owner(shard).and_then(|number| shared.mailbox(number)) else {
                continue;
            };
            match page {
                Ok(timers) => {
                    let next = timers.last().map(|timer| (timer.fire_at, timer.id));
                    let is_last = timers.len() < TIMERS;
                    if let (Some(next), false) = (next, is_last) {
                        left.push_back((shard, epoch, next));
                    }
                    let message = Message::Timers {
                        shard,
                        epoch,
                        timers,
                        is_last,
                    };
                    let _ = mailbox.send(message).await;
                }
                Err(error) => {
                    failed = Some(error);
                    left.push_back((shard, epoch, after));
                }
            }
        }
        if let Some(error) = failed {
            tracing::warn!(%error, "timers cannot be read; trying again");
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// Has every open tree of these shards read once.
async fn check_open_trees(
    shared: Arc<Shared>,
    trees: Arc<dyn TreeReader>,
    places: Arc<Semaphore>,
    mut shards: Vec<Shard>,
) {
    let mut after: Option<OpenExecution> = None;
    let mut seen = HashSet::new();
    let mut size = TREES / 4;
    loop {
        shards.retain(|shard| shared.owner(*shard).is_some());
        if shards.is_empty() {
            return;
        }
        let page = match trees.open_roots(&shards, after, LISTED).await {
            Ok(page) => page,
            Err(error) => {
                tracing::warn!(%error, "open trees cannot be listed; trying again");
                tokio::time::sleep(AGAIN).await;
                continue;
            }
        };
        let Some(last) = page.last() else { return };
        after = Some(*last);
        let mut by_shard: BTreeMap<Shard, VecDeque<Id>> = BTreeMap::new();
        for open in page {
            // A root is listed once; trees with open sub-workflows are met again and again.
            if open.id == open.root_id || seen.insert(open.root_id) {
                by_shard
                    .entry(open.root_id.shard())
                    .or_default()
                    .push_back(open.root_id);
            }
        }
        while !by_shard.is_empty() {
            for (shard, roots) in &mut by_shard {
                let Ok(_place) = places.acquire().await else { return };
                let group: Vec<Id> = roots.drain(..roots.len().min(size)).collect();
                let Some(mailbox) = shared.owner(*shard).and_then(|number| shared.mailbox(number)) else {
                    continue;
                };
                let (done, checked) = oneshot::channel();
                let count = group.len();
                if mailbox.send(Message::Check(group, done)).await.is_err() {
                    return;
                }
                // An error: the loop has forgotten the shard.
                if let Ok(weight) = checked.await
                    && weight > 0
                {
                    size = (BYTES / (weight / count).max(1)).clamp(1, TREES);
                }
            }
            by_shard.retain(|_, roots| !roots.is_empty());
        }
    }
}
