//! A loop's side of a take-over: timers that are read while the shard is served, and trees that are looked at once.

use tokio::sync::oneshot;

use crate::map::Set;
use mistral_flow::Answers;
use mistral_model::{Id, Shard};
use mistral_store::batch::{Timer, TreeRows};

use super::super::event::{Event, Message, ReadError, What};
use super::super::take_over::AGAIN;
use super::ShardLoop;

/// How often a reading of several trees is tried before each is read by itself.
const ATTEMPTS: usize = 20;

impl ShardLoop {
    /// A page of the timers of a shard that was taken over. What fired or was dropped since the take-over stays so.
    pub(super) fn arm(&mut self, shard: Shard, epoch: i64, timers: Vec<Timer>, is_last: bool) {
        if self.epochs.get(&shard) != Some(&epoch) || self.leaving.contains_key(&shard) {
            return;
        }
        let gone = self.arming.remove(&shard).unwrap_or_default();
        self.take_timers(timers.into_iter().filter(|timer| !gone.contains(&timer.id)).collect());
        if !is_last {
            self.arming.insert(shard, gone);
        }
    }

    /// This timer is over, whatever a page says that was read before.
    pub(super) fn disarm(&mut self, id: Id) {
        if let Some(gone) = self.arming.get_mut(&id.shard()) {
            gone.insert(id);
        }
    }

    /// Has those of these trees of one shard read that are not in memory, all in one go. `done` is told what they weigh when
    /// they have been looked at.
    pub(super) fn check(&mut self, roots: Vec<Id>, done: oneshot::Sender<usize>) {
        for root in &roots {
            if self.is_partly_here(*root) {
                self.decide(Event::new(What::Check(*root)));
            }
        }
        let is_wanted = |root: &Id| {
            let (shard, loop_) = (root.shard(), &*self);
            loop_.epochs.contains_key(&shard)
                && !loop_.leaving.contains_key(&shard)
                && !loop_.trees.contains_key(root)
                && !loop_.parked.contains_key(root)
        };
        // A tree is listed as itself and for its sub-workflows. Each is read once: of two readings the second would find nothing, and
        // whatever waits for the tree would be told that there is none.
        let mut met = Set::default();
        let roots: Vec<Id> = roots
            .into_iter()
            .filter(|root| is_wanted(root) && met.insert(*root))
            .collect();
        let Some(shard) = roots.first().map(|root| root.shard()) else {
            let _ = done.send(0);
            return;
        };
        let first = self.readings + 1;
        for root in &roots {
            self.park_reading(*root, Event::new(What::Check(*root)));
        }
        let (store, answer) = (self.trees_store.clone(), self.loaded.0.clone());
        let reading = self.reading(Answers::default());
        self.runtime.spawn(async move {
            let mut rows = store.load_many(shard, &roots).await;
            for _ in 1..ATTEMPTS {
                if !rows.as_ref().is_err_and(|error| error.is_retriable()) || answer.is_closed() {
                    break;
                }
                tokio::time::sleep(AGAIN).await;
                rows = store.load_many(shard, &roots).await;
            }
            let all = rows.iter().flatten().flat_map(|(_, rows)| rows);
            let weight = all.map(TreeRows::weight).sum();
            // The loop may have ended.
            match rows {
                Ok(rows) => {
                    for (number, (root, rows)) in (first..).zip(rows) {
                        let outcome = match rows {
                            Some(rows) if rows.is_doomed => Err(ReadError::Doomed),
                            Some(rows) => reading.clone().finish(root, rows).await.map(Some),
                            None => Ok(None),
                        };
                        let _ = answer.send(Message::Loaded(root, number, outcome, None));
                    }
                }
                Err(error) => {
                    for (number, root) in (first..).zip(roots) {
                        let outcome = Err(ReadError::Passing(error.to_string()));
                        let _ = answer.send(Message::Loaded(root, number, outcome, None));
                    }
                }
            }
            let _ = answer.send(Message::Checked(done, weight));
        });
    }
}
