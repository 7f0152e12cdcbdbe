//! The way between processes past the database: one connection for each two of them, over which goes what goes over mailboxes
//! and lanes inside a process. The tables stay the durable transport; what a connection cannot do goes that way.
//!
//! * `frame`: what peers say to each other.
//! * `link`: one connection: calls with their answers, jobs against grants, hints, and signs of life.
//! * `directory`: who is there, and who opens the connection.
//! * `hints`: wake-ups by connections where there are some, else by the store.
//! * `tcp`: connections over TCP, proven by a secret of the cluster and sealed.
//!
//! What holds whatever happens to a connection:
//! * A request is asked again through the inbox when its connection ends without an answer. Only requests that may be carried
//!   out twice go over connections; the others lie in the inbox, and go fast by hints.
//! * A job is sent after the commit of the row that says who has claimed it. If it does not arrive, its executor finds the row
//!   among its own and gives it back (`node/strays.rs`). An action that must not run twice begins only when its row, with its
//!   attempt, still says so.
//! * A result is kept by its executor until the owner has answered that it is committed, or until it lies in the inbox.

pub(crate) mod directory;
pub mod frame;
pub(crate) mod hints;
pub(crate) mod link;
pub mod tcp;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::{Notify, mpsc};

use mistral_model::id::SHARDS;
use mistral_model::{Id, Shard};
use mistral_store::backend::{Calling, Peer};
use mistral_store::hint::ShardSet;
use mistral_telemetry::metric;

use crate::lock::Mutex;
use frame::Packet;
use link::Link;

/// Settings of connections between processes.
#[derive(Clone, Debug)]
pub struct Options {
    /// A connection that had nothing to say for so long gives a sign of life.
    pub ping: Duration,
    /// After so long without a sign of life nothing new is sent: it goes through the tables.
    pub doubt: Duration,
    /// After so long the connection is taken for dead.
    pub dead: Duration,
    /// Longest time between two looks at who is there.
    pub look: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            ping: Duration::from_millis(250),
            doubt: Duration::from_millis(750),
            dead: Duration::from_secs(2),
            look: Duration::from_secs(2),
        }
    }
}

/// The two ends of a connection: packets arrive in order, or the connection ends.
pub struct Wire {
    pub outgoing: mpsc::Sender<Packet>,
    pub incoming: mpsc::Receiver<Packet>,
}

/// Opens and accepts connections. Both ends know for certain who the other one is.
pub trait Network: Send + Sync {
    /// Where others reach this process.
    fn address(&self) -> String;
    /// Opens a connection to the process that has this id; fails if another one answers.
    fn connect<'a>(&'a self, peer: Id, address: &'a str) -> Calling<'a, Wire, std::io::Error>;
    /// The next connection that another process has opened.
    fn accept(&self) -> Calling<'_, (Id, Wire), std::io::Error>;
}

/// Whether hints about the action queue are for a process.
fn serves_queue(peer: &Peer) -> bool {
    peer.roles.iter().any(|role| role == "executor" || role == "api")
}

/// The connections as senders look at them: replaced as a whole, read without a lock.
pub(crate) struct Routes {
    pub links: Vec<Arc<Link>>,
    /// For each shard: 0, or one more than the place of its owner's link.
    owners: [u16; SHARDS as usize],
    /// Whether every live process that hints about the queue are for has a link.
    reaches_all: bool,
}

impl Routes {
    fn empty() -> Routes {
        Routes {
            links: Vec::new(),
            owners: [0; SHARDS as usize],
            reaches_all: false,
        }
    }
}

/// All connections of this process.
pub(crate) struct Peers {
    network: Option<Arc<dyn Network>>,
    pub options: Options,
    routes: ArcSwap<Routes>,
    /// Changes with connections and take-overs only.
    state: Mutex<State>,
    /// Grows whenever this process gets or loses shards.
    ownership: AtomicU64,
    /// Who is there may have changed.
    pub look: Notify,
    /// A connection ended, or somebody says that jobs may have got lost.
    pub strays: Notify,
    /// There has been a connection, so that there may be strays.
    had_links: AtomicBool,
}

#[derive(Default)]
struct State {
    links: BTreeMap<Id, (Arc<Link>, ShardSet)>,
    live: Vec<Peer>,
}

impl Peers {
    pub(crate) fn new(network: Option<Arc<dyn Network>>, options: Options) -> Peers {
        Peers {
            network,
            options,
            routes: ArcSwap::from_pointee(Routes::empty()),
            state: Mutex::default(),
            ownership: AtomicU64::new(0),
            look: Notify::new(),
            strays: Notify::new(),
            had_links: AtomicBool::new(false),
        }
    }

    pub(crate) fn network(&self) -> Option<Arc<dyn Network>> {
        self.network.clone()
    }

    pub(crate) fn routes(&self) -> arc_swap::Guard<Arc<Routes>> {
        self.routes.load()
    }

    /// Whether this process connects with others at all.
    pub(crate) fn is_enabled(&self) -> bool {
        self.network.is_some()
    }

    /// The connection to the process that says it owns the shard, if it shows signs of life.
    pub(crate) fn route(&self, shard: Shard) -> Option<Arc<Link>> {
        let routes = self.routes.load();
        let place = usize::from(routes.owners[usize::from(shard.0)]).checked_sub(1)?;
        routes.links.get(place).filter(|link| link.is_fresh()).cloned()
    }

    /// The connection to a process.
    pub(crate) fn to(&self, node: Id) -> Option<Arc<Link>> {
        let routes = self.routes.load();
        routes
            .links
            .iter()
            .find(|link| link.peer == node && link.is_fresh())
            .cloned()
    }

    /// Whether hints about the queue need no store.
    pub(crate) fn reaches_all(&self) -> bool {
        let routes = self.routes.load();
        routes.reaches_all && routes.links.iter().all(|link| link.is_fresh())
    }

    pub(crate) fn had_links(&self) -> bool {
        self.had_links.load(Ordering::Acquire)
    }

    /// This process got or lost shards.
    pub(crate) fn ownership_changed(&self) {
        self.ownership.fetch_add(1, Ordering::AcqRel);
        for link in &self.routes.load().links {
            link.look();
        }
    }

    pub(crate) fn ownership(&self) -> u64 {
        self.ownership.load(Ordering::Acquire)
    }

    /// Who is there, as the store says.
    pub(crate) fn know(&self, live: Vec<Peer>) {
        let mut state = self.state.lock();
        state.live = live;
        self.publish(&state);
    }

    /// What is known of a process.
    pub(crate) fn find(&self, node: Id) -> Option<Peer> {
        self.state.lock().live.iter().find(|peer| peer.id == node).cloned()
    }

    /// Live processes without a connection.
    pub(crate) fn strangers(&self) -> Vec<Peer> {
        let state = self.state.lock();
        let is_strange = |peer: &&Peer| !state.links.contains_key(&peer.id);
        state.live.iter().filter(is_strange).cloned().collect()
    }

    pub(crate) fn opened(&self, link: Arc<Link>) {
        self.had_links.store(true, Ordering::Release);
        let mut state = self.state.lock();
        // The newer one is the one that works.
        if let Some((old, _)) = state.links.insert(link.peer, (link, ShardSet::default())) {
            old.close();
        }
        self.publish(&state);
    }

    pub(crate) fn closed(&self, link: &Arc<Link>) {
        link.close();
        let mut state = self.state.lock();
        if state
            .links
            .get(&link.peer)
            .is_some_and(|(own, _)| Arc::ptr_eq(own, link))
        {
            state.links.remove(&link.peer);
        }
        self.publish(&state);
        drop(state);
        self.look.notify_one();
        self.strays.notify_one();
    }

    /// A peer says what it owns.
    pub(crate) fn owns(&self, link: &Arc<Link>, shards: ShardSet) {
        let mut state = self.state.lock();
        if let Some((own, known)) = state.links.get_mut(&link.peer)
            && Arc::ptr_eq(own, link)
        {
            *known = shards;
        }
        self.publish(&state);
    }

    fn publish(&self, state: &State) {
        let mut routes = Routes::empty();
        for (link, shards) in state.links.values() {
            routes.links.push(link.clone());
            let place = u16::try_from(routes.links.len()).unwrap_or_default();
            for shard in (0..=255).map(Shard).filter(|shard| shards.contains(*shard)) {
                routes.owners[usize::from(shard.0)] = place;
            }
        }
        let queue: Vec<&Peer> = state.live.iter().filter(|peer| serves_queue(peer)).collect();
        routes.reaches_all = !state.live.is_empty() && queue.iter().all(|peer| state.links.contains_key(&peer.id));
        metric::peers_linked(routes.links.len());
        self.routes.store(Arc::new(routes));
    }
}
