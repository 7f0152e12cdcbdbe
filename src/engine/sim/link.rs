//! The way from one node to the tables, and all that can go wrong on it.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rand::Rng;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::hub::SimHints;
use super::world::{Control, World};
use mistral_model::{Id, Shard, Time};
use mistral_store::Error;
use mistral_store::backend::{
    ActionQueue, Backend, Balance, Calling, Committer, Hints, InboxReader, LeaseHolder, MessageSender, OpenExecution,
    Outgoing, Peer, Registration, TimerReader, TreeReader,
};
use mistral_store::batch::{Batch, Claimed, CommitError, Glance, Message, Orphan, Timer, TreeRows};
use mistral_store::hint::{Channel, Wake};
use mistral_store::low_water::LowWater;
use mistral_store::mem::{Mark, Rollback, Tables};

/// One node's access to the tables. Cheap to clone.
#[derive(Clone)]
pub(super) struct Link {
    pub world: Arc<World>,
    pub control: Arc<Control>,
}

impl Link {
    /// A call or an answer is on its way.
    async fn travel(&self) -> Result<(), Error> {
        let time = self.world.travel_time();
        if !time.is_zero() {
            tokio::time::sleep(time).await;
        }
        self.control.alive().await;
        if self.world.is_cut_off() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            return Err(Error::Unavailable("the store is away".into()));
        }
        Ok(())
    }

    pub(super) async fn call<T>(
        &self,
        what: &'static str,
        effect: impl FnOnce(&mut Tables, Time) -> T,
    ) -> Result<T, Error> {
        self.travel().await?;
        let faults = self.world.faults();
        if self.world.chance(faults.refused) {
            return Err(Error::Unavailable("refused".into()));
        }
        let now = self.world.now();
        let result = self.world.tables(|tables| effect(tables, now));
        self.world.note(what, self.control.node);
        self.travel().await?;
        if self.world.chance(faults.unanswered) {
            return Err(Error::Unavailable("the answer was lost".into()));
        }
        Ok(result)
    }
}

impl Backend for Link {
    fn register(&self, registration: Registration) -> Calling<'_, Arc<dyn LeaseHolder>> {
        Box::pin(async move {
            let entered = registration.clone();
            self.call("register", move |tables, now| tables.register(&entered, now))
                .await?;
            Ok(Arc::new(SimLease {
                link: self.clone(),
                registration,
            }) as Arc<dyn LeaseHolder>)
        })
    }

    fn committer(&self) -> Box<dyn Committer> {
        Box::new(SimCommitter {
            link: self.clone(),
            mark: None,
        })
    }

    fn trees(&self) -> Arc<dyn TreeReader> {
        Arc::new(self.clone())
    }

    fn timers(&self) -> Arc<dyn TimerReader> {
        Arc::new(self.clone())
    }

    fn action_queue(&self) -> Arc<dyn ActionQueue> {
        Arc::new(self.clone())
    }

    fn inbox(&self) -> Arc<dyn InboxReader> {
        Arc::new(self.clone())
    }

    fn sender(&self, patience: Duration) -> Arc<dyn MessageSender> {
        Arc::new(SimSender {
            link: self.clone(),
            patience,
        })
    }

    fn hints(&self) -> Arc<dyn Hints> {
        Arc::new(SimHints {
            world: self.world.clone(),
            control: self.control.clone(),
        })
    }

    fn listen(&self, node: Id, channels: &[Channel]) -> mpsc::Receiver<Wake> {
        self.world.hub.listen(node, channels)
    }
}

struct SimCommitter {
    link: Link,
    /// Where it stands, as far as that is certain.
    mark: Option<Mark>,
}

impl SimCommitter {
    async fn attempt(&mut self, batch: &Batch) -> Result<(), CommitError> {
        let world = self.link.world.clone();
        let failed = |error: Error| CommitError::Failed(error.to_string());
        self.link.travel().await.map_err(failed)?;
        let mark = *self.mark.get_or_insert_with(|| world.tables(Tables::begin_mark));
        while batch.fence.iter().any(|(shard, _)| world.is_locked(*shard)) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.link.control.alive().await;
        let faults = world.faults();
        if world.chance(faults.refused) {
            return Err(CommitError::Failed("refused".into()));
        }
        // A value that the tables do not take, whatever it is.
        let outputs = batch.new_actions.iter().chain(&batch.changed_actions);
        if outputs
            .filter_map(|row| row.output.as_ref())
            .any(|output| output.text().contains("unstorable"))
        {
            return Err(CommitError::Refused("a row that is not taken".into()));
        }
        if world.chance(faults.lingering) {
            return self.linger(batch, mark).await;
        }
        let outcome = self.hold(batch, faults.commit, || {
            world.commit(self.link.control.node, batch, mark)
        });
        let outcome = outcome.await;
        let unanswered = self.link.travel().await.is_err() || world.chance(faults.unanswered);
        match outcome {
            _ if unanswered => Err(CommitError::Unknown("the answer was lost".into())),
            Ok(()) => Ok(()),
            Err(Rollback::Fence(lost)) => Err(CommitError::Fenced(lost)),
            // Somebody moved the mark: to be on the safe side, these shards are not ours.
            Err(Rollback::Mark) => Err(CommitError::Fenced(
                batch.fence.iter().map(|(shard, _)| *shard).collect(),
            )),
        }
    }

    /// A transaction that takes its time: it holds the rows of its shards meanwhile.
    async fn hold<T>(&self, batch: &Batch, millis: u64, carry_out: impl FnOnce() -> T) -> T {
        if millis == 0 {
            return carry_out();
        }
        let world = &self.link.world;
        let shards = || batch.fence.iter().map(|(shard, _)| *shard);
        world.lock(shards());
        tokio::time::sleep(Duration::from_millis(millis)).await;
        let outcome = carry_out();
        world.unlock(shards());
        outcome
    }

    /// The connection broke, and the transaction is still open in the server: it holds its rows and ends when it ends.
    async fn linger(&self, batch: &Batch, mark: Mark) -> Result<(), CommitError> {
        let (world, node) = (self.link.world.clone(), self.link.control.node);
        let shards: Vec<Shard> = batch.fence.iter().map(|(shard, _)| *shard).collect();
        world.note("linger", node);
        world.lock(shards.iter().copied());
        let batch = batch.clone();
        let (late, told) = world.random(|r| (r.random_range(1..3_000), r.random_range(1..1_500)));
        tokio::spawn({
            let world = world.clone();
            async move {
                tokio::time::sleep(Duration::from_millis(late)).await;
                // Rolled back or committed: nobody is told.
                if world.random(|r| r.random_bool(0.6)) {
                    let _ = world.commit(node, &batch, mark);
                }
                world.unlock(shards.into_iter());
            }
        });
        tokio::time::sleep(Duration::from_millis(told)).await;
        self.link.control.alive().await;
        Err(CommitError::Unknown("the connection broke".into()))
    }
}

impl Committer for SimCommitter {
    fn warm_up(&mut self) -> Calling<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn commit<'a>(&'a mut self, batch: &'a Batch) -> Calling<'a, (), CommitError> {
        Box::pin(async move {
            let outcome = self.attempt(batch).await;
            match (&outcome, &mut self.mark) {
                (Ok(()), Some(mark)) => mark.batch += 1,
                _ => self.mark = None,
            }
            outcome
        })
    }
}

impl TreeReader for Link {
    fn load(&self, root_id: Id) -> Calling<'_, Option<TreeRows>> {
        Box::pin(self.call("load", move |tables, _| tables.load(root_id)))
    }

    fn look<'a>(&'a self, root_id: Id, executions: &'a [Id], is_open: bool) -> Calling<'a, Option<Glance>> {
        let reads_all = self.world.reads_all.load(Ordering::Relaxed);
        Box::pin(self.call("look", move |tables, _| {
            let glance = tables.look(root_id, executions, is_open);
            glance.map(|glance| match reads_all {
                true => Glance {
                    executions: Vec::new(),
                    is_open: true,
                    ..glance
                },
                false => glance,
            })
        }))
    }

    fn load_many<'a>(&'a self, _: Shard, roots: &'a [Id]) -> Calling<'a, Vec<(Id, Option<TreeRows>)>> {
        Box::pin(self.call("load many", move |tables, _| {
            // As the database's: a tree that is named twice is found once.
            let mut met = HashSet::new();
            let mut load = |root: Id| met.insert(root).then(|| tables.load(root)).flatten();
            roots.iter().map(|root| (*root, load(*root))).collect()
        }))
    }

    fn open_roots<'a>(
        &'a self,
        shards: &'a [Shard],
        after: Option<OpenExecution>,
        limit: usize,
    ) -> Calling<'a, Vec<OpenExecution>> {
        Box::pin(self.call("open roots", move |tables, _| tables.open_roots(shards, after, limit)))
    }
}

struct SimLease {
    link: Link,
    registration: Registration,
}

impl LeaseHolder for SimLease {
    fn ttl(&self) -> Duration {
        self.registration.ttl
    }

    fn renew(&self) -> Calling<'_, ()> {
        Box::pin(
            self.link
                .call("renew", |tables, now| tables.register(&self.registration, now)),
        )
    }

    fn owned(&self) -> Calling<'_, Vec<(Shard, i64)>> {
        let node = self.registration.node;
        Box::pin(self.link.call("owned", move |tables, _| tables.owned(node)))
    }

    fn balance(&self, from_dead: bool) -> Calling<'_, Balance> {
        let (world, node) = (self.link.world.clone(), self.registration.node);
        Box::pin(self.link.call("balance", move |tables, now| {
            tables.balance(node, from_dead, now, |shard| world.is_locked(shard))
        }))
    }

    fn release<'a>(&'a self, shards: &'a [Shard]) -> Calling<'a, Vec<Shard>> {
        let (world, node) = (self.link.world.clone(), self.registration.node);
        Box::pin(self.link.call("release", move |tables, _| {
            tables.release(node, shards, |shard| world.is_locked(shard))
        }))
    }

    fn epochs<'a>(&'a self, shards: &'a [Shard]) -> Calling<'a, Vec<(Shard, i64)>> {
        Box::pin(self.link.call("epochs", move |tables, _| {
            shards
                .iter()
                .map(|shard| (*shard, tables.shard(*shard).epoch))
                .collect()
        }))
    }

    fn nodes(&self) -> Calling<'_, Vec<Id>> {
        Box::pin(self.link.call("nodes", |tables, now| tables.live_nodes(now)))
    }

    fn peers(&self) -> Calling<'_, Vec<Peer>> {
        Box::pin(self.link.call("peers", |tables, now| tables.peers(now)))
    }

    fn end<'a>(&'a self, nodes: &'a [Id]) -> Calling<'a, ()> {
        Box::pin(self.link.call("end", move |tables, _| tables.end(nodes)))
    }

    fn retire(&self) -> Calling<'_, ()> {
        let node = self.registration.node;
        Box::pin(self.link.call("retire", move |tables, _| tables.retire(node)))
    }

    fn leave(&self) -> Calling<'_, ()> {
        let node = self.registration.node;
        Box::pin(self.link.call("leave", move |tables, _| tables.leave(node)))
    }

    fn bury(&self, after: Duration) -> Calling<'_, u64> {
        Box::pin(self.link.call("bury", move |tables, now| {
            tables.bury(now.plus_seconds(-after.as_secs_f64()))
        }))
    }
}

impl TimerReader for Link {
    fn page(&self, shard: Shard, after: (Time, Id), limit: usize) -> Calling<'_, Vec<Timer>> {
        Box::pin(self.call("timers", move |tables, _| tables.timers(shard, after, limit)))
    }
}

impl ActionQueue for Link {
    fn claim<'a>(
        &'a self,
        node: Id,
        targets: &'a [&'a str],
        limit: usize,
        _: &'a mut LowWater,
        _: Time,
    ) -> Calling<'a, Vec<Claimed>> {
        Box::pin(self.call("claim", move |tables, _| tables.claim(node, targets, limit)))
    }

    fn release<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, ()> {
        Box::pin(self.call("give up claims", move |tables, _| tables.release_claims(node, actions)))
    }

    fn claims_of(&self, node: Id, after: Id, limit: usize) -> Calling<'_, Vec<Claimed>> {
        Box::pin(self.call("claims", move |tables, _| tables.claims_of(node, after, limit)))
    }

    fn lane_claims_of(&self, node: Id, after: Id, limit: usize) -> Calling<'_, Vec<(Id, Id, u32)>> {
        Box::pin(self.call("lane claims", move |tables, _| {
            tables.lane_claims_of(node, after, limit)
        }))
    }

    fn begin<'a>(&'a self, node: Id, actions: &'a [(Id, u32)]) -> Calling<'a, Vec<Id>> {
        Box::pin(self.call("begin", move |tables, _| tables.begin(node, actions)))
    }

    fn held<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32)>> {
        Box::pin(self.call("held", move |tables, _| tables.held(node, actions)))
    }

    fn unbegun<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32)>> {
        Box::pin(self.call("unbegun", move |tables, _| tables.unbegun(node, actions)))
    }

    fn orphans<'a>(&'a self, shards: &'a [Shard], limit: usize, grace: Duration) -> Calling<'a, Vec<Orphan>> {
        Box::pin(self.call("orphans", move |tables, now| {
            tables.orphans(shards, limit, now.plus_seconds(-grace.as_secs_f64()))
        }))
    }
}

impl InboxReader for Link {
    fn read<'a>(&'a self, shards: &'a [Shard], limit: usize, in_flight: &'a [i64]) -> Calling<'a, Vec<Message>> {
        Box::pin(self.call("inbox", move |tables, _| tables.read_inbox(shards, limit, in_flight)))
    }

    fn take_replies(&self, node: Id) -> Calling<'_, Vec<(Id, String)>> {
        Box::pin(self.call("replies", move |tables, _| tables.take_replies(node)))
    }
}

struct SimSender {
    link: Link,
    patience: Duration,
}

impl MessageSender for SimSender {
    fn send(&self, message: Outgoing) -> Calling<'_, ()> {
        Box::pin(async move {
            let deadline = Instant::now() + self.patience;
            loop {
                let sent = self.link.call("send", |tables, _| tables.send(&message)).await;
                // What was sent without an answer is sent again: it arrives twice.
                match sent {
                    Err(error) if error.is_retriable() && Instant::now() < deadline => {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    outcome => return outcome,
                }
            }
        })
    }
}
