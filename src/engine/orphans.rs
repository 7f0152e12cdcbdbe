//! What dead executors left behind, and jobs of which this node does not know whether they are its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use mistral_model::action::Job;
use mistral_model::{Id, Shard};
use mistral_store::Error;
use mistral_store::backend::{ActionQueue, LeaseHolder};

use super::event::Message;
use super::handle::Shared;

/// Orphaned actions per look.
const ORPHANS: usize = 1_000;

/// Who has been dead for this long is known to be dead: it left, or somebody saw that its process is gone.
const CERTAIN: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// Leases that an executor may be away beyond the end of its own. One that is cut off for less than lease and grace may have renewed a
/// third of a lease before, and needs as much again until it is back: cuts of 10 s failed what ran, with one.
const GRACE: u32 = 2;

/// Finds orphans and settles doubts, until it is stopped.
pub(super) struct Orphans {
    pub shared: Arc<Shared>,
    pub leases: Arc<dyn LeaseHolder>,
    pub queue: Arc<dyn ActionQueue>,
}

impl Orphans {
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.settle_doubts().await {
                tracing::debug!(%error, "claims cannot be read; trying again");
            }
            match self.find_orphans().await {
                Ok(ORPHANS..) => continue,
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "actions of dead executors cannot be read"),
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = self.shared.doubts.notified() => {}
                () = tokio::time::sleep(self.leases.ttl() / 3) => {}
            }
        }
    }

    /// Jobs of commits whose outcome was not known, and jobs that were not begun when the lease of this node was over: where
    /// the rows say that this node holds the job, its executor must get it; an executor ignores jobs that it knows.
    async fn settle_doubts(&self) -> Result<(), Error> {
        let (Some(lane), doubtful) = (&self.shared.parts.lane, self.shared.doubtful.lock().clone()) else {
            return Ok(());
        };
        if doubtful.is_empty() {
            return Ok(());
        }
        // In this order: under a newer epoch the commit is over, so that what is not held then never will be.
        let shards: Vec<Shard> = doubtful.iter().map(|(job, _)| job.action_id.shard()).collect();
        let epochs: BTreeMap<Shard, i64> = self.leases.epochs(&shards).await?.into_iter().collect();
        let actions: Vec<Id> = doubtful.iter().map(|(job, _)| job.action_id).collect();
        let held = self.queue.held(self.shared.options.node, &actions).await?;
        let (mut settled, mut ours) = (BTreeSet::new(), Vec::new());
        for (job, epoch) in doubtful {
            // The same job may have been tried under several epochs: what is settled for one is not for the next.
            let key = (job.action_id, job.attempt, epoch);
            if held.contains(&(job.action_id, job.attempt)) {
                settled.insert(key);
                ours.push(job);
            } else if epochs.get(&job.action_id.shard()).is_some_and(|now| *now > epoch) {
                settled.insert(key);
            }
        }
        let refused: BTreeSet<Id> = lane.offer(ours).await.into_iter().collect();
        let is_open = |(job, epoch): &(Job, i64)| {
            refused.contains(&job.action_id) || !settled.contains(&(job.action_id, job.attempt, *epoch))
        };
        self.shared.doubtful.lock().retain(is_open);
        Ok(())
    }

    /// Tells owned trees of actions whose executor is dead: its process is known to be gone, or its lease has been over for
    /// [`GRACE`] leases, and this node could have seen it return for the time of one at least. Returns how many there were.
    async fn find_orphans(&self) -> Result<usize, Error> {
        let owned = self.shared.owned();
        if owned.is_empty() {
            return Ok(0);
        }
        let ttl = self.leases.ttl();
        let may_judge = || self.shared.parts.lease.standing().in_touch() >= ttl;
        let judges = may_judge();
        let grace = if judges { ttl * GRACE } else { CERTAIN };
        let orphans = self.queue.orphans(&owned, ORPHANS, grace).await?;
        let found = orphans.len();
        // The answer may have come through an outage.
        if found == 0 || judges && !may_judge() {
            return Ok(0);
        }
        tracing::warn!(actions = found, "actions of dead executors");
        for (number, orphans) in self.shared.by_loop(orphans, |orphan| orphan.root_id.shard()) {
            if let Some(mailbox) = self.shared.mailbox(number) {
                let _ = mailbox.send(Message::Orphans(orphans)).await;
            }
        }
        // The same ones are found until their trees have decided; that takes a moment.
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(found)
    }
}
