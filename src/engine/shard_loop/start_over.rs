//! What a loop forgets, and what it decides again: after a failed commit, a given-up decision, the loss of shards.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use tokio::sync::mpsc;

use mistral_model::{Id, Shard};

use super::super::batch::Decided;
use super::super::event::{Event, What};
use super::super::standalone;
use super::ShardLoop;

impl ShardLoop {
    /// After a failed commit: forgets all trees and decides again what was not committed, `earlier` events and those that are
    /// pending; `replaced` results come before others of the same actions. Events are idempotent by the ids they carry. Trees that had work left (`touched` among them) are looked at even
    /// if no event asks for it.
    pub(super) async fn start_over(&mut self, replaced: Vec<Event>, earlier: Vec<Decided>, touched: Vec<Id>) {
        let pending = std::mem::take(&mut self.pending);
        self.trees.clear();
        let unfinished: BTreeSet<Id> = self.ready.drain(..).chain(pending.touched).chain(touched).collect();
        self.batch += 1;
        self.drop_timers(pending.timers.iter().map(|timer| timer.id).collect());
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.after_commit.clear();
        let called_off = self.call_off(|_| true);
        // Callers that wait for the end of an action first: perhaps it was not begun after all.
        let waiting = standalone::events(std::mem::take(&mut self.waiting).into_values());
        let decided = earlier.into_iter().chain(pending.decided).map(|decided| decided.event);
        let parked = std::mem::take(&mut self.parked);
        let undecided = waiting
            .chain(replaced)
            .chain(decided)
            .chain(parked.into_values().flat_map(|parked| parked.events))
            .chain(called_off)
            .chain(std::mem::take(&mut self.backlog))
            .map(|event| Event { again: true, ..event });
        let undecided: VecDeque<Event> = undecided.collect();
        if self.one_by_one > 0 {
            self.backlog = undecided;
        } else {
            undecided.into_iter().for_each(|event| self.decide(event));
        }
        for root in unfinished {
            let is_ours = self.epochs.contains_key(&root.shard()) && !self.leaving.contains_key(&root.shard());
            if is_ours && !self.parked.contains_key(&root) {
                self.backlog.push_back(Event::new(What::Check(root)));
            }
        }
    }

    /// Timers whose rows were not committed.
    pub(super) fn drop_timers(&mut self, ids: Vec<Id>) {
        for id in ids {
            if let Some(timer) = self.timer_events.remove(&id) {
                self.timers.remove(&(timer.fire_at, timer.id));
            }
        }
    }

    /// Drops everything about shards that belong to somebody else now.
    pub(super) fn forget(&mut self, shards: &[Shard]) {
        for shard in shards {
            self.leaving.remove(shard);
            self.epochs.remove(shard);
            self.arming.remove(shard);
            self.shared.set_owner(*shard, None);
        }
        let gone = |id: &Id| shards.contains(&id.shard());
        self.lanes.forget(|shard| shards.contains(&shard));
        self.trees.retain(|id, _| !gone(id));
        self.ready.retain(|id| !gone(id));
        self.timers.retain(|(_, id)| !gone(id));
        self.timer_events.retain(|id, _| !gone(id));
        self.pending.touched.retain(|id| !gone(id));
        self.pending.timers.retain(|t| !gone(&t.id));
        self.pending.dropped_timers.retain(|(root, _)| !gone(root));
        self.pending.jobs.retain(|j| !gone(&j.action_id));
        self.pending.dropped_actions.retain(|(root, _)| !gone(root));
        self.pending.deleted_roots.retain(|id| !gone(id));
        let mut foreign = self.unpark(gone);
        // Their actions go on under the new owner, who tells them of the end.
        let waiting: Vec<Id> = self.waiting.keys().copied().filter(gone).collect();
        foreign.extend(standalone::events(
            waiting.iter().filter_map(|id| self.waiting.remove(id)),
        ));
        let (lost, kept) = std::mem::take(&mut self.pending.decided)
            .into_iter()
            .partition(|d| gone(&d.event.root_id()));
        self.pending.decided = kept;
        let lost: Vec<Decided> = lost;
        foreign.extend(lost.into_iter().map(|d| d.event));
        for event in foreign {
            self.refuse_foreign(event);
        }
    }

    /// Nothing new begins on these shards; each is handed over when nothing that is under way names it any more.
    pub(super) fn give_up(&mut self, shards: Vec<Shard>, done: mpsc::UnboundedSender<Shard>) {
        for shard in &shards {
            self.shared.set_owner(*shard, None);
            self.leaving.insert(*shard, done.clone());
        }
        let leaves = |id: &Id| shards.contains(&id.shard());
        // Work that is left in a tree follows from its rows.
        self.ready.retain(|id| !leaves(id));
        self.timers.retain(|(_, id)| !leaves(id));
        self.timer_events.retain(|id, _| !leaves(id));
        for event in self.unpark(leaves) {
            self.refuse_foreign(event);
        }
    }

    /// Hands over those of the leaving shards that neither the batch under way nor the next one names.
    pub(super) fn hand_over(&mut self) {
        if self.leaving.is_empty() {
            return;
        }
        let mut busy = self.pending.shards();
        busy.extend(self.commits.shards());
        let free: Vec<Shard> = self.leaving.keys().copied().filter(|s| !busy.contains(s)).collect();
        if free.is_empty() {
            return;
        }
        let told: Vec<_> = free
            .iter()
            .filter_map(|shard| self.leaving.get(shard).cloned())
            .collect();
        self.forget(&free);
        for (shard, done) in free.into_iter().zip(told) {
            // Placement may have ended.
            let _ = done.send(shard);
        }
    }
}
