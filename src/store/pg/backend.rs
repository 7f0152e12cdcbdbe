//! PostgreSQL as the store of engines and claimers: every part on a connection of its own.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::Database;
use super::inbox::{Inbox, Sender};
use super::lease::Leases;
use super::lookup::OpenRoots;
use super::queue::Queue;
use super::timers::Timers;
use super::tree::Trees;
use super::wake::{self, Waker};
use super::writer::{self, Writer};
use mistral_model::{Id, Shard, Time};
use mistral_store::backend::{
    ActionQueue, Backend, Balance, Calling, Committer, Hints, InboxReader, LeaseHolder, MessageSender, OpenExecution,
    Outgoing, Peer, Registration, TimerReader, TreeReader,
};
use mistral_store::batch::{Batch, Claimed, CommitError, Glance, Message, Orphan, Timer, TreeRows};
use mistral_store::hint::{Channel, Wake};
use mistral_store::low_water::LowWater;

impl Backend for Database {
    fn register(&self, registration: Registration) -> Calling<'_, Arc<dyn LeaseHolder>> {
        Box::pin(async move {
            let leases = Leases::enter(self, &registration).await?;
            Ok(Arc::new(leases) as Arc<dyn LeaseHolder>)
        })
    }

    fn committer(&self) -> Box<dyn Committer> {
        Box::new(Writer::new(self.clone(), writer::Options::default()))
    }

    fn trees(&self) -> Arc<dyn TreeReader> {
        Arc::new(TreesAndRoots {
            trees: Trees::connect(self),
            looks: Trees::connect(self),
            open: OpenRoots::connect(self),
        })
    }

    fn timers(&self) -> Arc<dyn TimerReader> {
        Arc::new(Timers::connect(self))
    }

    fn action_queue(&self) -> Arc<dyn ActionQueue> {
        Arc::new(Queue::connect(self))
    }

    fn inbox(&self) -> Arc<dyn InboxReader> {
        Arc::new(Inbox::connect(self))
    }

    fn sender(&self, patience: Duration) -> Arc<dyn MessageSender> {
        Arc::new(Sender::start(self, patience))
    }

    fn hints(&self) -> Arc<dyn Hints> {
        Arc::new(Waker::start(self))
    }

    fn listen(&self, node: Id, channels: &[Channel]) -> mpsc::Receiver<Wake> {
        wake::listen(self, node, channels)
    }
}

impl Committer for Writer {
    fn warm_up(&mut self) -> Calling<'_, ()> {
        Box::pin(Writer::warm_up(self))
    }

    fn commit<'a>(&'a mut self, batch: &'a Batch) -> Calling<'a, (), CommitError> {
        Box::pin(Writer::commit(self, batch))
    }
}

struct TreesAndRoots {
    trees: Trees,
    /// A look at few rows does not wait behind large trees.
    looks: Trees,
    open: OpenRoots,
}

impl TreeReader for TreesAndRoots {
    fn load(&self, root_id: Id) -> Calling<'_, Option<TreeRows>> {
        Box::pin(self.trees.load(root_id))
    }

    fn look<'a>(&'a self, root_id: Id, executions: &'a [Id], is_open: bool) -> Calling<'a, Option<Glance>> {
        Box::pin(self.looks.look(root_id, executions, is_open))
    }

    fn load_many<'a>(&'a self, shard: Shard, roots: &'a [Id]) -> Calling<'a, Vec<(Id, Option<TreeRows>)>> {
        Box::pin(self.trees.load_many(shard, roots))
    }

    fn open_roots<'a>(
        &'a self,
        shards: &'a [Shard],
        after: Option<OpenExecution>,
        limit: usize,
    ) -> Calling<'a, Vec<OpenExecution>> {
        Box::pin(self.open.open_roots(shards, after, limit))
    }
}

impl LeaseHolder for Leases {
    fn ttl(&self) -> Duration {
        Leases::ttl(self)
    }

    fn renew(&self) -> Calling<'_, ()> {
        Box::pin(Leases::renew(self))
    }

    fn owned(&self) -> Calling<'_, Vec<(Shard, i64)>> {
        Box::pin(Leases::owned(self))
    }

    fn balance(&self, from_dead: bool) -> Calling<'_, Balance> {
        Box::pin(Leases::balance(self, from_dead))
    }

    fn release<'a>(&'a self, shards: &'a [Shard]) -> Calling<'a, Vec<Shard>> {
        Box::pin(Leases::release(self, shards))
    }

    fn epochs<'a>(&'a self, shards: &'a [Shard]) -> Calling<'a, Vec<(Shard, i64)>> {
        Box::pin(Leases::epochs(self, shards))
    }

    fn nodes(&self) -> Calling<'_, Vec<Id>> {
        Box::pin(async move { Ok(self.live_nodes().await?.into_iter().map(|node| node.id).collect()) })
    }

    fn peers(&self) -> Calling<'_, Vec<Peer>> {
        Box::pin(async move {
            let peer = |node: super::lease::Node| Peer {
                id: node.id,
                name: node.name,
                roles: node.roles,
                address: node.address,
            };
            Ok(self.live_nodes().await?.into_iter().map(peer).collect())
        })
    }

    fn end<'a>(&'a self, nodes: &'a [Id]) -> Calling<'a, ()> {
        Box::pin(Leases::end(self, nodes))
    }

    fn retire(&self) -> Calling<'_, ()> {
        Box::pin(Leases::retire(self))
    }

    fn leave(&self) -> Calling<'_, ()> {
        Box::pin(Leases::leave(self))
    }

    fn bury(&self, after: Duration) -> Calling<'_, u64> {
        Box::pin(Leases::bury(self, after))
    }
}

impl TimerReader for Timers {
    fn page(&self, shard: Shard, after: (Time, Id), limit: usize) -> Calling<'_, Vec<Timer>> {
        Box::pin(Timers::page(self, shard, after, limit))
    }
}

impl ActionQueue for Queue {
    fn claim<'a>(
        &'a self,
        node: Id,
        targets: &'a [&'a str],
        limit: usize,
        low_water: &'a mut LowWater,
        now: Time,
    ) -> Calling<'a, Vec<Claimed>> {
        Box::pin(Queue::claim(self, node, targets, limit, low_water, now))
    }

    fn release<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, ()> {
        Box::pin(Queue::release(self, node, actions))
    }

    fn claims_of(&self, node: Id, after: Id, limit: usize) -> Calling<'_, Vec<Claimed>> {
        Box::pin(Queue::claims_of(self, node, after, limit))
    }

    fn lane_claims_of(&self, node: Id, after: Id, limit: usize) -> Calling<'_, Vec<(Id, Id, u32)>> {
        Box::pin(Queue::lane_claims_of(self, node, after, limit))
    }

    fn begin<'a>(&'a self, node: Id, actions: &'a [(Id, u32)]) -> Calling<'a, Vec<Id>> {
        Box::pin(Queue::begin(self, node, actions))
    }

    fn held<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32)>> {
        Box::pin(Queue::held(self, node, actions))
    }

    fn unbegun<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32)>> {
        Box::pin(Queue::unbegun(self, node, actions))
    }

    fn orphans<'a>(&'a self, shards: &'a [Shard], limit: usize, grace: Duration) -> Calling<'a, Vec<Orphan>> {
        Box::pin(Queue::orphans(self, shards, limit, grace))
    }
}

impl InboxReader for Inbox {
    fn read<'a>(&'a self, shards: &'a [Shard], limit: usize, in_flight: &'a [i64]) -> Calling<'a, Vec<Message>> {
        Box::pin(Inbox::read(self, shards, limit, in_flight))
    }

    fn take_replies(&self, node: Id) -> Calling<'_, Vec<(Id, String)>> {
        Box::pin(Inbox::take_replies(self, node))
    }
}

impl MessageSender for Sender {
    fn send(&self, message: Outgoing) -> Calling<'_, ()> {
        Box::pin(Sender::send(self, message))
    }
}

impl Hints for Waker {
    fn inbox(&self, shard: Shard) {
        Waker::inbox(self, shard);
    }

    fn queue(&self) {
        Waker::queue(self);
    }

    fn replies(&self, node: Id) {
        Waker::replies(self, node);
    }

    fn placement(&self) {
        Waker::placement(self);
    }
}
