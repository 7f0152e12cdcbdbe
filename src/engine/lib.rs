//! The owner of trees: shard loops that decide and commit in batches, leases that say which shards are ours, and the way
//! from a request to its loop, in this process or through the database.
//!
//! * [`Handle`]: what others hold. Every process has one, with or without loops of its own.
//! * `shard_loop`: one loop per writer connection; trees live in it and nowhere else.
//! * `decide`: from an event to the operation of the core it asks for.
//! * `batch`: what a loop has decided and not yet committed.
//! * `lease`: keeps the lease of this node; everybody else looks at it.
//! * `placement`: which shards are ours: take-over and hand-over.
//! * `take_over`: what is read after a take-over, a bounded number at a time.
//! * `orphans`: what dead executors left behind.
//! * `preview`: what a request would change, told and not done; `reading`: how a tree is read.
//! * `peer`: connections to other processes, past the store.
//! * `stall`: callers of loops whose commits do not go through.
//! * `messages`: requests, answers and hints of other processes.
//! * `definitions`: definitions as decisions need them.

mod batch;
mod decide;
mod definitions;
mod event;
pub mod executor;
mod handle;
mod lease;
mod lock;
mod map;
mod messages;
pub mod node;
mod orphans;
pub mod peer;
mod placement;
mod preview;
pub mod queue;
mod reading;
mod roots;
mod shard_loop;
#[cfg(test)]
#[allow(
    clippy::disallowed_types,
    reason = "the world around the engine is not what is counted"
)]
mod sim;
mod stall;
mod standalone;
mod take_over;
mod trace;
mod traffic;
mod turns;

pub use definitions::{CachedDefinitions, Definitions};
pub use handle::Handle;
pub use lease::{Lease, Standing};
pub use placement::Engine;

use std::sync::Arc;
use std::sync::atomic::AtomicI32;
use std::time::Duration;

use crate::queue::Lane;
use mistral_flow as flow;
use mistral_model::action::Catalog;
use mistral_model::time::Clock;
use mistral_model::{Id, Str};
use mistral_store::backend::Backend;
use mistral_store::tally::Tally;
use mistral_store::watch::Watch;

/// Settings of an engine.
#[derive(Clone)]
pub struct Options {
    pub node: Id,
    /// This process' name in the table of nodes.
    pub name: String,
    /// Roles this process has, as registered.
    pub roles: Vec<&'static str>,
    /// Shard loops, each with a writer connection, and one more once a tree grows; 0: this process owns no trees.
    pub loops: usize,
    /// How long a lease lasts after each renewal.
    pub lease: Duration,
    /// Whether another node is dead for certain, so that nobody need wait for the end of its lease.
    pub is_dead: Arc<dyn Fn(Id) -> bool + Send + Sync>,
    /// Events that may wait in a loop's mailbox before senders wait.
    pub mailbox: usize,
    /// Events a batch may hold before the loop waits for the commit that is under way.
    pub batch_events: usize,
    /// Rows a batch may hold, likewise.
    pub batch_rows: usize,
    /// Rows from which a tree, that writes them at once or without a pause, is committed beside the others. What is written before a tree
    /// is done with it is written again: with 128, `loadtest run -s join -n 100 -c 64` wrote each task 1.4 times more and fell from
    /// 26,000 tasks/s to 7,000.
    pub growing_rows: usize,
    /// What the trees of one loop may take in memory, in bytes, roughly. Those that only wait leave it first, and are read
    /// again when something happens to them.
    pub tree_memory: usize,
    /// From when on they let go what they are done with, likewise; below [`Options::tree_memory`].
    pub tree_thrift: usize,
    /// What they may take when none of them can leave, likewise: beyond it the largest that runs is paused. 0: no limit.
    pub tree_memory_ceiling: usize,
    /// How long a look-up of an expression (`tasks()`, `executions()`) may take.
    pub lookup: Duration,
    /// Longest time between two looks at the inbox when nothing hints at messages.
    pub poll: Duration,
    /// How long a caller waits for another process' answer.
    pub answer: Duration,
    /// Connections to other processes.
    pub peer: peer::Options,
    pub flow: flow::Options,
    /// Heavy decisions are made on threads of their own. Without: by tasks of the runtime, for simulations, whose time would pass
    /// while a thread works.
    pub threads: bool,
    /// Told what is committed, while somebody watches.
    pub watch: Watch,
    /// Counts what is committed.
    pub tally: Tally,
    /// Members of inputs by which executions are found (`[api] indexed_inputs`).
    pub indexed_inputs: Vec<Str>,
    /// Actions in the slots of this process, for others to see; negative: it runs none.
    pub slots_busy: Arc<AtomicI32>,
}

impl Options {
    /// Defaults for this node. Two loops share WAL flushes on the machine the figures were taken on; more did not help.
    pub fn new(node: Id, name: impl Into<String>) -> Options {
        Options {
            node,
            name: name.into(),
            roles: Vec::new(),
            loops: 2,
            lease: Duration::from_secs(6),
            is_dead: Arc::new(|_| false),
            mailbox: 4_096,
            batch_events: 512,
            batch_rows: 8_192,
            growing_rows: 1_024,
            tree_memory: 256 << 20,
            tree_thrift: 192 << 20,
            tree_memory_ceiling: 1 << 30,
            lookup: Duration::from_secs(30),
            poll: Duration::from_secs(1),
            answer: Duration::from_secs(60),
            peer: peer::Options::default(),
            flow: flow::Options::default(),
            threads: true,
            watch: Watch::default(),
            tally: Tally::default(),
            indexed_inputs: Vec::new(),
            slots_busy: Arc::new(AtomicI32::new(-1)),
        }
    }
}

/// What an engine works with.
#[derive(Clone)]
pub struct Parts {
    pub store: Arc<dyn Backend>,
    pub definitions: Arc<dyn Definitions>,
    pub catalog: Arc<dyn Catalog>,
    pub clock: Arc<dyn Clock>,
    /// The executor of this process, if it has one.
    pub lane: Option<Arc<dyn Lane>>,
    /// How other processes are reached; `None`: through the store only.
    pub network: Option<Arc<dyn peer::Network>>,
    /// The lease of this node, which the engine keeps.
    pub lease: Lease,
}
