//! Keeps an engine in touch with the cluster: its lease, which shards are its own, what dead nodes left behind, messages
//! and answers of other processes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::queue::wire;
use mistral_model::action::Job;
use mistral_model::{Id, Shard, Time};
use mistral_store::Error;
use mistral_store::backend::{ActionQueue, InboxReader, LeaseHolder, Registration, TimerReader, TreeReader};
use mistral_store::hint::{Channel, Wake};
use mistral_telemetry::metric::{self, LeaseEvent};

use super::event::{Event, Message, ReplyTo, What};
use super::handle::{Handle, Shared};
use super::shard_loop::ShardLoop;
use super::{Options, Parts};

/// Events that may wait in a loop's mailbox before senders wait.
const MAILBOX: usize = 4_096;
/// Inbox rows per read.
const INBOX_BATCH: usize = 1_000;
/// Open trees per page of the check after a take-over.
const CHECK_BATCH: usize = 200;
/// Orphaned actions per look.
const ORPHANS: usize = 1_000;

/// A running engine.
pub struct Engine {
    handle: Handle,
    leases: Arc<dyn LeaseHolder>,
    stop: CancellationToken,
    background: JoinSet<()>,
    loops: JoinSet<()>,
}

impl Engine {
    /// Registers the node, starts its loops and everything that feeds them.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn start(options: Options, parts: Parts, seed: u64) -> Result<Engine, Error> {
        let store = parts.store.clone();
        let registration = Registration {
            node: options.node,
            name: options.name.clone(),
            roles: options.roles.clone(),
            ttl: options.lease,
        };
        let leases = store.register(registration).await?;
        let shared = Arc::new(Shared::new(options, parts, seed));
        let mut loops = JoinSet::new();
        for number in 0..shared.options.loops {
            let (mailbox, messages) = mpsc::channel(MAILBOX);
            shared.mailboxes.lock().push(mailbox);
            let mut writer = store.committer();
            writer.warm_up().await?;
            let seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number as u64 + 1);
            loops.spawn(ShardLoop::new(shared.clone(), messages, writer, store.trees(), seed).run());
        }
        let stop = CancellationToken::new();
        let mut background = JoinSet::new();
        let placement = Placement {
            shared: shared.clone(),
            leases: leases.clone(),
            queue: store.action_queue(),
            timers: store.timers(),
            trees: store.trees(),
            owned: BTreeMap::new(),
            renewed: Instant::now(),
        };
        background.spawn(placement.run(stop.clone()));
        background.spawn(read_inbox(shared.clone(), store.inbox(), stop.clone()));
        background.spawn(read_answers(shared.clone(), store.inbox(), stop.clone()));
        background.spawn(listen(shared.clone(), stop.clone()));
        Ok(Engine {
            handle: Handle { shared },
            leases,
            stop,
            background,
            loops,
        })
    }

    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Commits what was decided, gives the shards away and leaves the cluster.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.background.join_next().await.is_some() {}
        let shared = &self.handle.shared;
        give_up(shared, shared.owned()).await;
        if let Err(error) = self.leases.release_all().await {
            tracing::warn!(%error, "leases could not be given back; they will run out");
        }
        shared.mailboxes.lock().clear();
        while self.loops.join_next().await.is_some() {}
    }
}

/// Asks the loops to finish with these shards, and waits for it.
async fn give_up(shared: &Shared, shards: Vec<Shard>) {
    let mut by_loop: BTreeMap<usize, Vec<Shard>> = BTreeMap::new();
    for shard in shards {
        if let Some(number) = shared.owner(shard) {
            by_loop.entry(number).or_default().push(shard);
        }
    }
    let mut waiting = Vec::new();
    for (number, shards) in by_loop {
        let (done, finished) = oneshot::channel();
        if let Some(mailbox) = shared.mailbox(number)
            && mailbox.send(Message::GiveUp(shards, done)).await.is_ok()
        {
            waiting.push(finished);
        }
    }
    for finished in waiting {
        let _ = finished.await;
    }
}

struct Placement {
    shared: Arc<Shared>,
    leases: Arc<dyn LeaseHolder>,
    queue: Arc<dyn ActionQueue>,
    timers: Arc<dyn TimerReader>,
    trees: Arc<dyn TreeReader>,
    owned: BTreeMap<Shard, i64>,
    renewed: Instant,
}

impl Placement {
    async fn run(mut self, stop: CancellationToken) {
        let mut rounds = 0u32;
        while !stop.is_cancelled() {
            if let Err(error) = self.round(rounds).await {
                tracing::warn!(%error, "lease not renewed");
            }
            rounds = rounds.wrapping_add(1);
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = self.shared.shards_forgotten.notified() => {}
                () = tokio::time::sleep(self.leases.ttl() / 3) => {}
            }
        }
    }

    async fn round(&mut self, rounds: u32) -> Result<(), Error> {
        let began = Instant::now();
        let owned = match self.leases.renew().await {
            Ok(owned) => owned,
            Err(error) => {
                // A courtesy to whoever takes over; the fence is what keeps the data safe.
                let margin = Duration::from_secs(1).min(self.leases.ttl() / 4);
                if self.renewed.elapsed() + margin > self.leases.ttl() && !self.owned.is_empty() {
                    let all: Vec<Shard> = std::mem::take(&mut self.owned).into_keys().collect();
                    metric::lease(LeaseEvent::Lost, all.len());
                    self.lose(all).await;
                }
                return Err(error);
            }
        };
        self.renewed = began;
        if self.shared.options.loops == 0 {
            return Ok(());
        }
        let unserved = self.compare(owned).await;
        if !unserved.is_empty() {
            self.owned.retain(|shard, _| !unserved.contains(shard));
            self.leases.release(&unserved).await?;
        }
        let balance = self.leases.balance().await?;
        if !balance.acquired.is_empty() {
            self.take(balance.acquired).await?;
        }
        if !balance.surplus.is_empty() {
            metric::lease(LeaseEvent::Released, balance.surplus.len());
            give_up(&self.shared, balance.surplus.clone()).await;
            self.owned.retain(|shard, _| !balance.surplus.contains(shard));
            self.leases.release(&balance.surplus).await?;
        }
        metric::shards_owned(self.owned.len());
        self.settle_doubts().await?;
        self.find_orphans().await?;
        if rounds % 64 == 63 {
            self.leases.bury(self.leases.ttl() * 10).await?;
        }
        if let Err(error) = self.shared.parts.definitions.refresh().await {
            tracing::debug!(%error, "definitions not refreshed");
        }
        Ok(())
    }

    /// What the store says we own against what we think. Returns shards of ours that no loop serves: the answer to a take-over
    /// was lost, they could not be given away, or a commit on them has no known outcome. They are given away and taken anew.
    async fn compare(&mut self, owned: Vec<(Shard, i64)>) -> Vec<Shard> {
        let stored: BTreeMap<Shard, i64> = owned.into_iter().collect();
        let lost: Vec<Shard> = self
            .owned
            .iter()
            .filter(|(shard, epoch)| stored.get(shard) != Some(epoch))
            .map(|(shard, _)| *shard)
            .collect();
        if !lost.is_empty() {
            tracing::warn!(shards = lost.len(), "shards lost to another node");
            metric::lease(LeaseEvent::Lost, lost.len());
            self.owned.retain(|shard, _| !lost.contains(shard));
            self.lose(lost).await;
        }
        let is_served = |shard: &Shard| self.owned.contains_key(shard) && self.shared.owner(*shard).is_some();
        stored.into_keys().filter(|shard| !is_served(shard)).collect()
    }

    async fn lose(&self, shards: Vec<Shard>) {
        for (number, shards) in self.by_loop(shards, |shard| *shard) {
            if let Some(mailbox) = self.shared.mailbox(number) {
                let _ = mailbox.send(Message::Lost(shards)).await;
            }
        }
    }

    fn by_loop<T>(&self, items: Vec<T>, shard: impl Fn(&T) -> Shard) -> BTreeMap<usize, Vec<T>> {
        let mut grouped: BTreeMap<usize, Vec<T>> = BTreeMap::new();
        for item in items {
            grouped
                .entry(usize::from(shard(&item).0) % self.shared.options.loops)
                .or_default()
                .push(item);
        }
        grouped
    }

    async fn take(&mut self, acquired: Vec<(Shard, i64)>) -> Result<(), Error> {
        tracing::info!(shards = acquired.len(), "shards acquired");
        metric::lease(LeaseEvent::Acquired, acquired.len());
        let shards: Vec<Shard> = acquired.iter().map(|(shard, _)| *shard).collect();
        let timers = match self.timers.window(&shards, Time(i64::MIN), Time(i64::MAX)).await {
            Ok(timers) => timers,
            Err(error) => {
                // Without their timers the shards are of no use; another round takes them.
                self.leases.release(&shards).await?;
                return Err(error);
            }
        };
        self.owned.extend(acquired.iter().copied());
        for (number, shards) in self.by_loop(acquired, |(shard, _)| *shard) {
            let Some(mailbox) = self.shared.mailbox(number) else {
                continue;
            };
            let owned: Vec<Shard> = shards.iter().map(|(shard, _)| *shard).collect();
            let _ = mailbox.send(Message::Acquired(shards)).await;
            for shard in owned {
                self.shared.set_owner(shard, Some(number));
            }
        }
        for (number, timers) in self.by_loop(timers, |timer| timer.root_id.shard()) {
            if let Some(mailbox) = self.shared.mailbox(number) {
                let _ = mailbox.send(Message::Timers(timers)).await;
            }
        }
        self.shared.inbox_hint.notify_one();
        tokio::spawn(check_open_trees(self.shared.clone(), self.trees.clone(), shards));
        Ok(())
    }

    /// Jobs of commits whose outcome was not known: where the commit turns out to have happened, this node holds the job, and
    /// its executor must get it; an executor ignores jobs that it knows.
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
        let mut settled = BTreeSet::new();
        for (job, epoch) in doubtful {
            let key = (job.action_id, job.attempt);
            if held.contains(&key) {
                if lane.submit(job).is_ok() {
                    settled.insert(key);
                }
            } else if epochs.get(&job.action_id.shard()).is_some_and(|now| *now > epoch) {
                settled.insert(key);
            }
        }
        let is_open = |(job, _): &(Job, i64)| !settled.contains(&(job.action_id, job.attempt));
        self.shared.doubtful.lock().retain(is_open);
        Ok(())
    }

    async fn find_orphans(&self) -> Result<(), Error> {
        let owned: Vec<Shard> = self.owned.keys().copied().collect();
        let orphans = self.queue.orphans(&owned, ORPHANS, Duration::ZERO).await?;
        if orphans.is_empty() {
            return Ok(());
        }
        tracing::warn!(actions = orphans.len(), "actions of dead executors");
        for (number, orphans) in self.by_loop(orphans, |orphan| orphan.root_id.shard()) {
            if let Some(mailbox) = self.shared.mailbox(number) {
                let _ = mailbox.send(Message::Orphans(orphans)).await;
            }
        }
        Ok(())
    }
}

/// After a take-over every open tree is read once: what was in flight follows from its rows.
async fn check_open_trees(shared: Arc<Shared>, trees: Arc<dyn TreeReader>, shards: Vec<Shard>) {
    let mut after = Id::default();
    loop {
        let page = match trees.open_roots(&shards, after, CHECK_BATCH).await {
            Ok(page) => page,
            Err(error) => {
                tracing::warn!(%error, "open trees cannot be listed; trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let Some((last, _)) = page.last() else { return };
        after = *last;
        let mut roots: Vec<Id> = page.into_iter().map(|(_, root)| root).collect();
        roots.sort_unstable();
        roots.dedup();
        for root in roots {
            let Some(mailbox) = shared.owner(root.shard()).and_then(|number| shared.mailbox(number)) else {
                continue;
            };
            if mailbox
                .send(Message::Event(Event::new(What::Check(root))))
                .await
                .is_err()
            {
                return;
            }
        }
    }
}

/// Messages of other processes for the shards of this one.
async fn read_inbox(shared: Arc<Shared>, inbox: Arc<dyn InboxReader>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let owned = shared.owned();
        let mut found = 0;
        if !owned.is_empty() {
            let in_flight: Vec<i64> = shared.messages.lock().iter().copied().collect();
            match inbox.read(&owned, INBOX_BATCH, &in_flight).await {
                Ok(messages) => {
                    found = messages.len();
                    if found > 0
                        && let Err(error) = shared.parts.definitions.refresh().await
                    {
                        tracing::debug!(%error, "definitions not refreshed");
                    }
                    for message in messages {
                        route(&shared, message).await;
                    }
                }
                Err(error) => tracing::warn!(%error, "inbox cannot be read"),
            }
        }
        if found == INBOX_BATCH {
            continue;
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = shared.inbox_hint.notified() => {}
            () = tokio::time::sleep(shared.options.poll) => {}
        }
    }
}

async fn route(shared: &Shared, message: mistral_store::batch::Message) {
    let Some(mailbox) = shared.owner(message.shard).and_then(|number| shared.mailbox(number)) else {
        return;
    };
    if !shared.messages.lock().insert(message.id) {
        return;
    }
    match wire::read_request(&message.body) {
        Ok(request) => {
            let reply = match (message.reply_to, message.request_id) {
                (Some(node), Some(request_id)) => ReplyTo::Node { node, request_id },
                _ => ReplyTo::Nobody,
            };
            let is_copy = message.request_id.is_some_and(|id| shared.is_request_done(id));
            let (what, reply) = match is_copy {
                // Only to remove the row.
                true => (What::Check(request.routing_id()), ReplyTo::Nobody),
                false => (What::Request(request), reply),
            };
            let event = Event {
                what,
                reply,
                message: Some((message.shard, message.id)),
                // It may have been carried out before its row was deleted.
                again: true,
            };
            let _ = mailbox.send(Message::Event(event)).await;
        }
        // It stays in the table, for a version that can read it.
        Err(error) => tracing::error!(id = message.id, %error, "message cannot be read"),
    }
}

/// Answers of other processes for callers of this one.
async fn read_answers(shared: Arc<Shared>, inbox: Arc<dyn InboxReader>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let waiting = !shared.answers.lock().is_empty();
        if waiting {
            match inbox.take_replies(shared.options.node).await {
                Ok(replies) => {
                    for (request_id, body) in replies {
                        let caller = shared.answers.lock().remove(&request_id);
                        match (caller, wire::read_answer(&body)) {
                            (Some(caller), Ok(answer)) => {
                                let _ = caller.send(answer);
                            }
                            (_, Err(error)) => tracing::error!(%error, "answer cannot be read"),
                            // The caller gave up.
                            (None, Ok(_)) => {}
                        }
                    }
                }
                Err(error) => tracing::warn!(%error, "answers cannot be read"),
            }
        }
        // A hint may get lost while somebody waits; nobody waiting costs nothing.
        let pause = if waiting {
            Duration::from_millis(100)
        } else {
            Duration::from_secs(3600)
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = shared.answers_hint.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn listen(shared: Arc<Shared>, stop: CancellationToken) {
    let channels = [Channel::Inbox, Channel::Queue, Channel::Replies, Channel::Definitions];
    let mut hints = shared.parts.store.listen(shared.options.node, &channels);
    loop {
        let hint = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            hint = hints.recv() => hint,
        };
        match hint {
            Some(Wake::Inbox(shards)) => {
                if shared.owned().iter().any(|shard| shards.contains(*shard)) {
                    shared.inbox_hint.notify_one();
                }
            }
            Some(Wake::Queue) => shared.claim_hint.notify_one(),
            Some(Wake::Replies) => shared.answers_hint.notify_one(),
            Some(Wake::Definitions) => {
                if let Err(error) = shared.parts.definitions.refresh().await {
                    tracing::debug!(%error, "definitions not refreshed");
                }
            }
            None => return,
        }
    }
}
