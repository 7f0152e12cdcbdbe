//! What engines and claimers need of a durable store, as traits: PostgreSQL serves in production (`mistral-postgres`), memory in
//! simulations. Each part may have a connection of its own.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicI32;
use std::time::Duration;

use tokio::sync::mpsc;

use super::Error;
use super::batch::{Batch, Claimed, CommitError, Glance, Message, Orphan, Timer, TreeRows};
use super::hint::{Channel, Wake};
use super::low_water::LowWater;
use mistral_model::{Id, Shard, State, Time};

/// A call under way.
pub type Calling<'a, T, E = Error> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// A process as it enters the cluster.
#[derive(Clone, Debug)]
pub struct Registration {
    pub node: Id,
    pub name: String,
    /// `engine` among them: it owns shards.
    pub roles: Vec<String>,
    /// How long the lease lasts from each renewal.
    pub ttl: Duration,
    /// Where other processes reach it; empty: nowhere.
    pub address: String,
    /// Actions in its slots, which others learn with each renewal; negative: it runs none.
    pub slots_busy: Arc<AtomicI32>,
}

/// A live process, as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    pub id: Id,
    /// The name that a `target` may ask for.
    pub name: String,
    pub roles: Vec<String>,
    /// Where it is reached; empty: nowhere.
    pub address: String,
}

/// A store; hands out its parts.
pub trait Backend: Send + Sync {
    /// Enters a node and gives it its lease.
    fn register(&self, registration: Registration) -> Calling<'_, Arc<dyn LeaseHolder>>;
    fn committer(&self) -> Box<dyn Committer>;
    fn trees(&self) -> Arc<dyn TreeReader>;
    fn timers(&self) -> Arc<dyn TimerReader>;
    fn action_queue(&self) -> Arc<dyn ActionQueue>;
    fn inbox(&self) -> Arc<dyn InboxReader>;
    /// A message is tried for `patience` while the store is away.
    fn sender(&self, patience: Duration) -> Arc<dyn MessageSender>;
    fn hints(&self) -> Arc<dyn Hints>;
    /// Hints for a node, until the receiver is dropped. Hints may get lost, come twice or late.
    fn listen(&self, node: Id, channels: &[Channel]) -> mpsc::Receiver<Wake>;
}

/// The committing end of one shard loop. No other may write to the same shards under the same epochs.
pub trait Committer: Send {
    /// Connects, so that the first commit does not pay for it.
    fn warm_up(&mut self) -> Calling<'_, ()>;
    /// Commits a batch, or tells why not. After an error the caller drops what it holds in memory about these shards.
    fn commit<'a>(&'a mut self, batch: &'a Batch) -> Calling<'a, (), CommitError>;
}

pub trait TreeReader: Send + Sync {
    /// Everything stored about the tree of this root; `None` if there is no such root.
    fn load(&self, root_id: Id) -> Calling<'_, Option<TreeRows>>;
    /// These executions of the tree of this root, without anything else of it, and whether executions below the root are open, if that
    /// is asked for; `None` if there is no such root.
    fn look<'a>(&'a self, root_id: Id, executions: &'a [Id], is_open: bool) -> Calling<'a, Option<Glance>>;
    /// What [`TreeReader::load`] gives, for several trees of one shard, in the order of the roots.
    fn load_many<'a>(&'a self, shard: Shard, roots: &'a [Id]) -> Calling<'a, Vec<(Id, Option<TreeRows>)>>;
    /// Executions of these shards that are not completed, those first that are likely to be busy: in the order of
    /// [`OPEN_STATES`], then the newest. They begin after `after`, the last of the page before.
    fn open_roots<'a>(
        &'a self,
        shards: &'a [Shard],
        after: Option<OpenExecution>,
        limit: usize,
    ) -> Calling<'a, Vec<OpenExecution>>;
}

/// States of executions that are not completed, the busiest first.
pub const OPEN_STATES: [State; 5] = [
    State::Running,
    State::Idle,
    State::Delayed,
    State::Waiting,
    State::Paused,
];

/// An execution that is not completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenExecution {
    pub state: State,
    pub created_at: Time,
    pub id: Id,
    pub root_id: Id,
}

/// What a look at the placement of shards did and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Newly owned, with the epochs under which to write.
    pub acquired: Vec<(Shard, i64)>,
    /// Owned, but another live node should have them: finish, then [`LeaseHolder::release`].
    pub surplus: Vec<Shard>,
    /// Shards that this node should have and that others hold: a live node, or a transaction that is still open.
    pub missing: usize,
    /// When the first lease of another engine ends if it is not renewed, as of now.
    pub next_end: Option<Duration>,
}

/// The lease of one node. Only the store's clock counts. No call waits for a row that a transaction of somebody else holds.
pub trait LeaseHolder: Send + Sync {
    fn ttl(&self) -> Duration;
    /// Makes the lease last. On a way of its own: it waits for no other call.
    fn renew(&self) -> Calling<'_, ()>;
    /// The shards owned now, each with its epoch.
    fn owned(&self) -> Calling<'_, Vec<(Shard, i64)>>;
    /// Takes the shards that this node should have and that nobody holds, and names those that it should give away.
    /// `from_dead`: also those that a node held whose lease is over.
    fn balance(&self, from_dead: bool) -> Calling<'_, Balance>;
    /// Gives shards away; whoever should have them takes them at once. Returns those that are given away; the others are
    /// held by a transaction that is still open.
    fn release<'a>(&'a self, shards: &'a [Shard]) -> Calling<'a, Vec<Shard>>;
    /// The epochs of these shards, whoever owns them.
    fn epochs<'a>(&'a self, shards: &'a [Shard]) -> Calling<'a, Vec<(Shard, i64)>>;
    /// Nodes whose lease lasts, in order.
    fn nodes(&self) -> Calling<'_, Vec<Id>>;
    /// The same nodes, with what is known of them.
    fn peers(&self) -> Calling<'_, Vec<Peer>>;
    /// These other nodes are dead for certain: their leases are over, and have been for ever.
    fn end<'a>(&'a self, nodes: &'a [Id]) -> Calling<'a, ()>;
    /// Says that this node should own no shards any more, so that others take what it gives away.
    fn retire(&self) -> Calling<'_, ()>;
    /// Ends the lease; what is still owned is free: the last thing a node does.
    fn leave(&self) -> Calling<'_, ()>;
    /// Forgets nodes that have been dead for `after`; returns how many.
    fn bury(&self, after: Duration) -> Calling<'_, u64>;
}

pub trait TimerReader: Send + Sync {
    /// The first timers of a shard that come after this one, in order.
    fn page(&self, shard: Shard, after: (Time, Id), limit: usize) -> Calling<'_, Vec<Timer>>;
}

pub trait ActionQueue: Send + Sync {
    /// Claims at most `limit` waiting actions for `node`, for these targets in order of preference. No two calls get the
    /// same action. If the answer is lost, the actions stay claimed.
    fn claim<'a>(
        &'a self,
        node: Id,
        targets: &'a [&'a str],
        limit: usize,
        low_water: &'a mut LowWater,
        now: Time,
    ) -> Calling<'a, Vec<Claimed>>;
    /// Gives actions back that `node` claimed and did not begin.
    fn release<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, ()>;
    /// What `node` holds, as far as it can be run from its row; in the order of ids after `after`.
    fn claims_of(&self, node: Id, after: Id, limit: usize) -> Calling<'_, Vec<Claimed>>;
    /// What `node` holds, has not begun, and cannot run from the row: root, action and attempt, in the order of the actions after
    /// `after`.
    fn lane_claims_of(&self, node: Id, after: Id, limit: usize) -> Calling<'_, Vec<(Id, Id, u32)>>;
    /// Notes durably that `node` begins these actions, given with their attempts; returns those that are still its own.
    fn begin<'a>(&'a self, node: Id, actions: &'a [(Id, u32)]) -> Calling<'a, Vec<Id>>;
    /// Those of these actions that `node` holds, with their attempts.
    fn held<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32)>>;
    /// Those of these actions that have queue rows which `node` holds and has not begun, with their attempts. What may run again is begun
    /// without a word.
    fn unbegun<'a>(&'a self, node: Id, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32)>>;
    /// Actions in these shards that are held by nodes whose lease has been over for `grace`.
    fn orphans<'a>(&'a self, shards: &'a [Shard], limit: usize, grace: Duration) -> Calling<'a, Vec<Orphan>>;
}

pub trait InboxReader: Send + Sync {
    /// The oldest messages of these shards, without those whose ids are `in_flight`. They stay until a batch consumes them.
    fn read<'a>(&'a self, shards: &'a [Shard], limit: usize, in_flight: &'a [i64]) -> Calling<'a, Vec<Message>>;
    /// Takes the answers that wait for a node: `(request, body)`. They may get lost; who waits for one asks again.
    fn take_replies(&self, node: Id) -> Calling<'_, Vec<(Id, String)>>;
}

/// A message to send.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub shard: Shard,
    /// JSON of the request.
    pub body: String,
    /// The node that waits for an answer.
    pub reply_to: Option<Id>,
    pub request_id: Option<Id>,
}

pub trait MessageSender: Send + Sync {
    /// Sends a message; it is durable when this returns. It may arrive twice: requests are idempotent.
    fn send(&self, message: Outgoing) -> Calling<'_, ()>;
}

/// Sends hints; calls return at once.
pub trait Hints: Send + Sync {
    /// There is a message for the owner of this shard.
    fn inbox(&self, shard: Shard);
    /// There are actions to claim.
    fn queue(&self);
    /// There is an answer for this node.
    fn replies(&self, node: Id);
    /// Nodes came or went, or shards are free: engines look at the placement.
    fn placement(&self);
}
