//! From what was decided to the store, and what follows when it is there, or is not.

use tokio::time::Instant;

use std::time::Duration;

use mistral_model::action::{Job, Outcome, Report};
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::Request;
use mistral_model::{Id, Shard};
use mistral_store::batch::{Claimed, CommitError, Key};
use mistral_store::tally::Added;
use mistral_telemetry::metric;

use super::super::batch::{Counts, Decided, Pending, Released, count_states, row_count};
use super::super::event::{CallError, Event, Message, ReplyTo, What};
use super::super::peer::frame::Takes;
use super::commits::{Committed, InFlight, Side};
use super::executors::{Destination, Executors};
use super::{Live, ShardLoop, memory};
use crate::map::Set;

/// While others are served, trees that grow rest after each of their commits for so many times as long as it took: a quarter of the
/// time is theirs. `ABUSE_SECONDS=10 it abuse::beside`, two processors, a workflow of one task beside all attacks: p99 57 ms without a
/// rest, 21 ms with one of once as long, 12 to 16 with two, 13 with three; beside an endless loop the median 5.6, 3.7, 3.6 and 2.6 ms.
const REST: u32 = 3;
/// And no longer than this.
const LONGEST_REST: Duration = Duration::from_millis(50);

/// Jobs that are tried at a time where those before found no room.
const OVERFLOW_AT_ONCE: usize = 256;

/// Events that the database refuses.
#[derive(Default)]
struct Culprits {
    /// Results in whose place a failure is decided about.
    replaced: Vec<Event>,
    /// The others, with what their callers are told.
    refused: Vec<(Event, Refusal)>,
}

impl ShardLoop {
    /// Rows of this tree have changed: they are part of the next batch.
    pub(super) fn touch(&mut self, root: Id, live: &mut Live) {
        if live.batch != self.batch {
            live.batch = self.batch;
            live.counted = 0;
            self.pending.touched.push(root);
        }
        // What it has changed since the batch before, which is all that is in this one.
        let rows = live.tree.changed_rows();
        self.count(live, 1 + rows.saturating_sub(live.counted));
        live.counted = rows;
    }

    /// The next batch grows by so many rows, because of this tree.
    pub(super) fn count(&mut self, live: &mut Live, rows: usize) {
        self.pending.rows += rows;
        live.load += rows;
        self.pending.may_grow |= live.burst + live.load >= self.shared.options.growing_rows;
    }

    /// Whether the batch of this number is in the store.
    pub(super) fn is_committed(&self, number: u64) -> bool {
        number < self.batch && !self.commits.holds(number)
    }

    /// Begins a commit of what may be committed now, and forgets what must be forgotten.
    pub(super) async fn settle(&mut self) {
        self.in_haste = false;
        self.hand_over();
        if self.pending.is_empty() {
            if self.commits.is_idle() && self.parked.is_empty() && self.backlog.is_empty() {
                self.shared.stalls[self.number].ends();
            }
            return;
        }
        if !Side::ALL.into_iter().any(|side| self.may_begin(side)) {
            return;
        }
        self.shared.stalls[self.number].begins();
        // A node whose lease is over begins nothing; what was decided waits, for it may still be the owner.
        let may_begin = self.shared.parts.lease.is_valid() || self.mailbox.is_closed();
        if !may_begin {
            return;
        }
        if self.one_by_one > 0 {
            if self.commits.is_idle() {
                let all = std::mem::take(&mut self.pending);
                self.begin_commit(Side::Ordinary, all);
                self.drive_commit().await;
            }
            return;
        }
        let growing = self.growing_shards();
        for side in Side::ALL {
            if self.may_begin(side)
                && let Some(part) = self.part_of(side, &growing)
            {
                self.begin_commit(side, part);
            }
        }
        self.drive_commit().await;
    }

    /// Whether a commit of this side may begin.
    pub(super) fn may_begin(&self, side: Side) -> bool {
        !self.commits.is_busy(side) && (side == Side::Ordinary || self.rests_until().is_none())
    }

    /// Until when trees that grow commit nothing, unless there is no other way on, or somebody waits for one of them: after a request of
    /// its own it does not rest.
    pub(super) fn rests_until(&self) -> Option<Instant> {
        let until = self.commits.rests_until()?;
        let has_callers = || self.pending.decided.iter().any(|decided| decided.event.has_caller());
        let must_go_on = self.one_by_one > 0 || self.is_full() || self.mailbox.is_closed() || has_callers();
        (!must_go_on).then_some(until)
    }

    /// The shards of trees that grow.
    fn growing_shards(&self) -> Set<Shard> {
        if !self.pending.may_grow {
            return Set::default();
        }
        let least = self.shared.options.growing_rows;
        let grows = |root: &&Id| self.trees.get(root).is_some_and(|live| live.grows(least));
        self.pending
            .touched
            .iter()
            .filter(grows)
            .map(|root| root.shard())
            .collect()
    }

    /// Takes out of what was decided what this side commits now: nothing of shards that the other side writes to.
    fn part_of(&mut self, side: Side, growing: &Set<Shard>) -> Option<Pending> {
        let beside = self.commits.shards_beside(side);
        let part = match (side, beside) {
            (Side::Ordinary, None) if growing.is_empty() => std::mem::take(&mut self.pending),
            (Side::Growing, _) if growing.is_empty() => return None,
            _ => {
                let is_meant = |shard: Shard| {
                    growing.contains(&shard) == (side == Side::Growing)
                        && beside.is_none_or(|beside| !beside.contains(&shard))
                };
                let trees = &self.trees;
                let load = |root: &Id| trees.get(root).map_or(0, |live| live.load);
                self.pending.split(is_meant, load)
            }
        };
        (!part.is_empty()).then_some(part)
    }

    fn begin_commit(&mut self, side: Side, pending: Pending) {
        let store = &self.shared.parts.store;
        let mut writer = self.commits.writer(side, || store.committer());
        let counted = pending.rows;
        self.shared.traffic.commits(self.number, pending.decided.len());
        let mut changes = Vec::with_capacity(pending.touched.len());
        for root in &pending.touched {
            if let Some(live) = self.trees.get_mut(root) {
                live.burst += std::mem::take(&mut live.load);
                if live.tree.is_idle() {
                    live.burst = 0;
                }
                if live.deleted {
                    continue;
                }
                live.stored = true;
                // What they asked for is in the batch; whatever is decided next asks anew.
                live.asked = None;
                let rows = live.tree.take_changes();
                if !live.tree.is_finished() {
                    let grown = rows.weight();
                    live.weight += grown;
                    self.grown += grown;
                    let gone = self.thrift.relieve(live);
                    if gone.len() >= memory::MANY && self.shared.options.threads {
                        self.runtime.spawn_blocking(move || drop(gone));
                    }
                }
                changes.push(rows);
            }
        }
        let mut executors = Executors::look(&self.shared, self.overflow.len() + self.tried);
        let claims = |job: &Job| executors.place(job);
        let now = self.now();
        self.turns.forget(now);
        let timers = pending.timers.iter().map(|timer| timer.id).collect();
        let dropped: Set<Id> = pending.dropped_timers.iter().map(|(_, id)| *id).collect();
        for timer in &pending.timers {
            if !dropped.contains(&timer.id) {
                let timer = timer.clone();
                if self.timers.insert((timer.fire_at, timer.id)) {
                    self.timer_events.insert(timer.id, timer);
                }
            }
        }
        for id in &dropped {
            self.disarm(*id);
            if let Some(timer) = self.timer_events.remove(id) {
                self.timers.remove(&(timer.fire_at, timer.id));
            }
        }
        let (mut batch, released) = pending.into_batch(
            changes,
            &self.epochs,
            self.shared.options.node,
            now,
            Counts {
                turns: &mut self.turns,
                lanes: &mut self.lanes,
            },
            claims,
        );
        let indexed = &self.shared.options.indexed_inputs;
        if !indexed.is_empty() {
            let new = batch.new_executions.iter();
            batch.keys = new.flat_map(|execution| Key::of(execution, indexed)).collect();
        }
        count_states(&batch);
        let news = self.shared.options.watch.news_of(&batch);
        let added = Added::of(&batch);
        let rows = row_count(&batch);
        let number = self.batch;
        self.batch += 1;
        // What stays behind comes with the next.
        for root in &self.pending.touched {
            if let Some(live) = self.trees.get_mut(root) {
                live.batch = self.batch;
            }
        }
        self.depart();
        let shards: Set<Shard> = batch.fence.iter().map(|(shard, _)| *shard).collect();
        if side == Side::Growing {
            self.shared.traffic.grows(&shards, self.number);
        }
        let commit = tokio::spawn(async move {
            let result = writer.commit(&batch).await;
            (writer, result)
        });
        self.commits.begin(
            side,
            InFlight {
                commit,
                released,
                number,
                rows,
                counted,
                shards,
                timers,
                began: Instant::now(),
                news,
                added,
            },
        );
    }

    /// Lets the commits under way go on. Where the loop has a thread of its own, nobody else does.
    pub(super) async fn drive_commit(&mut self) {
        if !self.commits.is_idle() && self.shared.options.threads {
            // What the server has answered is read after the first, and taken before the end of the second.
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
            self.commits.driven = Instant::now();
        }
    }

    pub(super) async fn committed(&mut self, side: Side, done: Committed) {
        let Some((batch, result)) = self.commits.take(side, done) else {
            return;
        };
        let Err(error) = result else {
            return self.succeeded(side, batch);
        };
        let mut failed = vec![(batch, error)];
        // All trees will be read anew: by then it must be known what the other one has written.
        while !self.commits.is_idle() {
            let (side, done) = self.commits.ended().await;
            match self.commits.take(side, done) {
                Some((batch, Ok(()))) => self.succeeded(side, batch),
                Some((batch, Err(error))) => failed.push((batch, error)),
                None => {}
            }
        }
        self.failed(failed).await;
    }

    fn succeeded(&mut self, side: Side, batch: InFlight) {
        // What has been under way for longer may hang.
        if !self.commits.has_older(batch.began) {
            let stall = &self.shared.stalls[self.number];
            stall.ends();
            if !self.commits.is_idle() {
                stall.begins();
            }
        }
        let held = self.trees.len() as i64;
        metric::trees_changed(held - self.trees_shown);
        self.trees_shown = held;
        let seconds = batch.began.elapsed().as_secs_f64();
        metric::batch_committed(batch.released.decided.len(), batch.rows, seconds);
        self.learn_pace(batch.counted, seconds);
        if side == Side::Growing && self.shared.traffic.is_served() {
            #[cfg(test)]
            super::seen::note(super::seen::Way::Resting);
            self.commits.rest((batch.began.elapsed() * REST).min(LONGEST_REST));
        }
        self.one_by_one = self.one_by_one.saturating_sub(1);
        self.shared.options.tally.add(batch.added);
        if let Some(news) = batch.news {
            self.shared.options.watch.tell(news);
        }
        self.release(batch.released);
        self.proceed_after_commit();
    }

    async fn failed(&mut self, batches: Vec<(InFlight, CommitError)>) {
        let mut culprits = Culprits::default();
        let (mut decided, mut touched) = (Vec::new(), Vec::new());
        let (was_alone, mut is_refused) = (self.one_by_one > 0, false);
        for (mut batch, error) in batches {
            tracing::warn!(%error, "batch not committed; its events are decided again");
            match &error {
                CommitError::Fenced(shards) => {
                    metric::batch_fenced();
                    self.forget(shards);
                }
                // The transaction may still be open in the server, so that nothing read now is certain. Placement takes
                // the shards anew, under another epoch, which waits for that transaction.
                CommitError::Unknown(_) => {
                    metric::batch_failed();
                    self.doubt_jobs(&mut batch.released);
                    let shards: Vec<Shard> = batch.shards.iter().copied().collect();
                    self.forget(&shards);
                }
                CommitError::Failed(_) => metric::batch_failed(),
                CommitError::Refused(why) => {
                    metric::batch_failed();
                    // One event by itself is to blame; of several, or of two batches, it must show.
                    if was_alone {
                        culprits = self.find_culprits(&mut batch.released, why);
                    } else {
                        is_refused = true;
                    }
                }
            }
            self.drop_timers(batch.timers);
            decided.extend(batch.released.decided);
            touched.extend(batch.released.touched);
        }
        if is_refused {
            let events = decided.len() + self.pending.decided.len() + self.parked.len();
            self.one_by_one = events + touched.len() + self.ready.len();
        }
        self.shared.placement_hint.notify_one();
        self.start_over(culprits.replaced, decided, touched).await;
        for (event, refusal) in culprits.refused {
            self.refuse(event, refusal);
        }
    }

    /// Whether the rows of these jobs were committed is not known.
    fn doubt_jobs(&self, released: &mut Released) {
        let mut doubtful: Vec<(Job, i64)> = Vec::new();
        for (job, destination) in std::mem::take(&mut released.jobs) {
            match destination {
                Destination::Lane(_) => {
                    let epoch = self.epochs.get(&job.action_id.shard()).copied().unwrap_or_default();
                    doubtful.push((job, epoch));
                }
                // It finds the row, if there is one, and gives the action back.
                Destination::Peer(promise) => promise.doubt(),
                Destination::Worker(worker, _) => worker.doubt(),
            }
        }
        self.shared.doubt(doubtful);
    }

    /// Everything that waited for the commit.
    fn release(&mut self, released: Released) {
        crate::trace::write(&released.moves);
        for Decided { event, answer } in released.decided {
            if let Some((_, id)) = event.message {
                self.shared.message_done(id);
            }
            match event.reply {
                ReplyTo::Node { request_id, .. } => self.requests.done(request_id),
                reply => reply.answer(answer.map_err(CallError::Refused)),
            }
        }
        self.drain_overflow();
        self.lanes.placed(released.lanes);
        self.send_jobs(released.jobs);
        if released.queued {
            self.shared.waker.queue();
            self.shared.actions_wait();
        }
        for node in released.replies {
            self.shared.waker.replies(node);
        }
        for (job, why) in released.unwritable {
            tracing::error!(root = %job.root_id, action = %job.action_id, why, "a job cannot be stored");
            let report = Report {
                action_id: job.action_id,
                root_id: job.root_id,
                attempt: job.attempt,
                outcome: Outcome::Error(format!("The action cannot be given to an executor: {why}").into()),
            };
            self.backlog
                .push_back(Event::new(What::Request(Request::Report(report))));
        }
        for root in released.touched {
            self.drop_if_done(root);
        }
        self.bound_memory();
    }

    /// The rows of jobs are committed: they go where the rows say.
    fn send_jobs(&mut self, jobs: Vec<(Job, Destination)>) {
        let (mut own, mut waiting) = (Vec::new(), 0);
        for (job, destination) in jobs {
            match destination {
                Destination::Lane(takes) => {
                    waiting += usize::from(takes == Takes::Timer);
                    own.push(job);
                }
                Destination::Peer(promise) => {
                    if let Err(job) = promise.keep(job) {
                        // The connection has ended meanwhile: nobody has begun it.
                        metric::peer_fell_back();
                        self.give_back(job.root_id, job.action_id, job.attempt);
                    }
                }
                Destination::Worker(worker, text) => {
                    let claimed = Claimed {
                        action_id: job.action_id,
                        root_id: job.root_id,
                        attempt: job.attempt,
                        job: text,
                    };
                    if !worker.keep(claimed) {
                        self.give_back(job.root_id, job.action_id, job.attempt);
                    }
                }
            }
        }
        let Some(lane) = self.shared.parts.lane.as_ref().filter(|_| !own.is_empty()) else {
            return;
        };
        let (shared, number) = (self.shared.clone(), self.number);
        let refused = move |refused: Vec<Job>| {
            if !refused.is_empty() {
                shared.control(number, Message::Overflow(refused));
            }
        };
        lane.submit(own, waiting, Box::new(refused));
    }

    fn give_back(&mut self, root_id: Id, action_id: Id, attempt: u32) {
        self.backlog.push_back(Event::new(What::Request(Request::GiveBack {
            root_id,
            action_id,
            attempt,
        })));
    }

    /// The database will never take this batch, which was the only one and held one event: that is the culprit.
    fn find_culprits(&mut self, released: &mut Released, why: &str) -> Culprits {
        let decided = std::mem::take(&mut released.decided);
        let roots = std::mem::take(&mut released.touched);
        tracing::error!(why, ?roots, events = ?decided, "the database refuses what follows from this; it is given up");
        let text = format!("The database does not take what follows from this: {why}");
        if decided.is_empty() {
            // Work of a tree that nobody asked for just now.
            for root in roots {
                self.ready.retain(|id| *id != root);
                self.remember_broken(root, text.as_str().into(), false);
            }
        }
        let mut culprits = Culprits::default();
        for Decided { event, .. } in decided {
            match event.with_failure(&text) {
                Ok(event) => culprits.replaced.push(event),
                Err(event) => culprits.refused.push((*event, Refusal::new(Kind::Internal, &*text))),
            }
        }
        culprits
    }

    /// Tries the first of the jobs that found no room once more, unless that is under way.
    pub(super) fn drain_overflow(&mut self) {
        let Some(lane) = self.shared.parts.lane.as_ref().filter(|_| self.tried == 0) else {
            return;
        };
        self.tried = self.overflow.len().min(OVERFLOW_AT_ONCE);
        if self.tried == 0 {
            return;
        }
        let (shared, number) = (self.shared.clone(), self.number);
        let refused = move |refused: Vec<Job>| shared.control(number, Message::OverflowAgain(refused));
        lane.submit(self.overflow.drain(..self.tried).collect(), 0, Box::new(refused));
    }

    /// What became of that: where all were taken, the next may be.
    pub(super) fn tried_again(&mut self, refused: Vec<Job>) {
        self.tried = 0;
        match refused.is_empty() {
            true => self.drain_overflow(),
            false => refused.into_iter().rev().for_each(|job| self.overflow.push_front(job)),
        }
    }
}
