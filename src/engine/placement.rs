//! Which shards this engine owns: takes those that it should have, and gives those away that others should have, a few at a
//! time and each as soon as nothing that is under way names it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use mistral_model::Shard;
use mistral_store::Error;
use mistral_store::backend::{LeaseHolder, Registration};
use mistral_telemetry::metric::{self, LeaseEvent};

use super::event::Message;
use super::handle::{Handle, Mailbox, Shared};
use super::lease::Keeper;
use super::messages;
use super::orphans::Orphans;
use super::peer::directory;
use super::shard_loop;
use super::take_over::TakeOver;
use super::{Options, Parts};

/// Shards that are given away at a time: the others are served meanwhile.
const STEP: usize = 16;
/// Pause before shards are tried again that an open transaction holds.
const LOCKED: Duration = Duration::from_millis(200);
/// How long after the end of a lease it is looked whether it was renewed.
const MOMENT: Duration = Duration::from_millis(5);

/// A running engine.
pub struct Engine {
    handle: Handle,
    leases: Arc<dyn LeaseHolder>,
    stop: CancellationToken,
    background: JoinSet<()>,
    keeper: JoinSet<()>,
    loops: JoinSet<()>,
}

impl Engine {
    /// Registers the node, starts its loops and everything that feeds them.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn start(options: Options, parts: Parts, seed: u64) -> Result<Engine, Error> {
        let store = parts.store.clone();
        let lease = parts.lease.clone();
        let registration = Registration {
            node: options.node,
            name: options.name.clone(),
            roles: options.roles.iter().map(|role| (*role).to_owned()).collect(),
            ttl: options.lease,
            address: parts
                .network
                .as_ref()
                .map(|network| network.address())
                .unwrap_or_default(),
            slots_busy: options.slots_busy.clone(),
        };
        let began = Instant::now();
        let leases = store.register(registration).await?;
        lease.renewed(began, leases.ttl());
        if let Err(error) = end_the_dead(leases.as_ref(), &options).await {
            tracing::debug!(%error, "nodes not looked at");
        }
        let mut keeper = JoinSet::new();
        keeper.spawn({
            let leases = leases.clone();
            Keeper { leases, lease }.run(CancellationToken::new())
        });
        let (shared, messages_done) = Shared::new(options, parts, seed);
        let shared = Arc::new(shared);
        let mut loops = JoinSet::new();
        let (mailboxes, ends): (Vec<Mailbox>, Vec<_>) = (0..shared.options.loops)
            .map(|_| Mailbox::new(shared.options.mailbox))
            .unzip();
        shared.set_mailboxes(mailboxes);
        for (number, ends) in ends.into_iter().enumerate() {
            let seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number as u64 + 1);
            let inputs = shard_loop::Inputs {
                mailbox: ends,
                number,
                seed,
            };
            shard_loop::start(&mut loops, shared.clone(), inputs).await?;
        }
        let stop = CancellationToken::new();
        let mut background = JoinSet::new();
        if shared.options.loops > 0 {
            let placement = Placement {
                shared: shared.clone(),
                leases: leases.clone(),
                take_over: TakeOver::new(shared.clone(), store.timers(), store.trees(), stop.clone()),
                owned: BTreeMap::new(),
                refused: Vec::new(),
            };
            background.spawn(placement.run(stop.clone()));
        }
        let orphans = Orphans {
            shared: shared.clone(),
            leases: leases.clone(),
            queue: store.action_queue(),
        };
        background.spawn(orphans.run(stop.clone()));
        background.spawn(messages::read_inbox(
            shared.clone(),
            store.inbox(),
            messages_done,
            stop.clone(),
        ));
        background.spawn(directory::run(shared.clone(), leases.clone(), stop.clone()));
        background.spawn(messages::read_answers(shared.clone(), store.inbox(), stop.clone()));
        background.spawn(messages::listen(shared.clone(), stop.clone()));
        background.spawn(messages::keep_definitions_fresh(shared.clone(), stop.clone()));
        // Those that have what this node should have give it away at once, and those that are older open a connection.
        shared.waker.placement();
        Ok(Engine {
            handle: Handle { shared },
            leases,
            stop,
            background,
            keeper,
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
        // Otherwise the others would take nothing before the lease is over.
        if let Err(error) = self.leases.retire().await {
            tracing::warn!(%error, "the others will take the shards when this node has left");
        }
        give_up(shared, self.leases.as_ref(), shared.owned()).await;
        self.keeper.shutdown().await;
        if let Err(error) = self.leases.leave().await {
            tracing::warn!(%error, "the lease could not be given back; it will run out");
        }
        shared.waker.placement();
        shared.set_mailboxes(Vec::new());
        while self.loops.join_next().await.is_some() {}
    }
}

/// Ends the leases of nodes whose processes are known to be gone: of this machine, most often the one before this.
async fn end_the_dead(leases: &dyn LeaseHolder, options: &Options) -> Result<(), Error> {
    let mut dead = leases.nodes().await?;
    dead.retain(|node| *node != options.node && (options.is_dead)(*node));
    if !dead.is_empty() {
        tracing::info!(
            nodes = dead.len(),
            "processes of this machine are gone; their leases are over"
        );
        leases.end(&dead).await?;
    }
    Ok(())
}

/// Has the loops finish with these shards, and gives each away as soon as it is free. What is not free after half a lease is
/// given away all the same: the fence keeps the loop's last batch out.
async fn give_up(shared: &Shared, leases: &dyn LeaseHolder, shards: Vec<Shard>) {
    let (done, mut finished) = mpsc::unbounded_channel();
    let mut left = shards.clone();
    for (number, shards) in shared.by_loop(shards, |shard| *shard) {
        shared.control(number, Message::GiveUp(shards, done.clone()));
    }
    drop(done);
    let deadline = Instant::now() + leases.ttl() / 2;
    while !left.is_empty() {
        let mut free = match tokio::time::timeout_at(deadline, finished.recv()).await {
            Ok(Some(shard)) => vec![shard],
            // Too late, or a loop that does not know them.
            Err(_) | Ok(None) => {
                for (number, shards) in shared.by_loop(left.clone(), |shard| *shard) {
                    shared.control(number, Message::Lost(shards));
                }
                left.clone()
            }
        };
        while let Ok(shard) = finished.try_recv() {
            free.push(shard);
        }
        left.retain(|shard| !free.contains(shard));
        if let Err(error) = leases.release(&free).await {
            tracing::warn!(%error, "shards not given away yet");
        }
        shared.waker.placement();
    }
}

struct Placement {
    shared: Arc<Shared>,
    leases: Arc<dyn LeaseHolder>,
    take_over: TakeOver,
    owned: BTreeMap<Shard, i64>,
    /// Shards that could not be given away yet.
    refused: Vec<Shard>,
}

impl Placement {
    async fn run(mut self, stop: CancellationToken) {
        let mut buried = Instant::now();
        while !stop.is_cancelled() {
            let pause = match self.round().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "shards not looked at");
                    LOCKED
                }
            };
            let ttl = self.leases.ttl();
            if buried.elapsed() > ttl * 20 {
                buried = Instant::now();
                if let Err(error) = self.leases.bury(ttl * 10).await {
                    tracing::warn!(%error, "dead nodes not forgotten");
                }
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = self.shared.placement_hint.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Looks once at what there is and what there should be. Returns when to look again, if nobody hints earlier.
    async fn round(&mut self) -> Result<Duration, Error> {
        let owned = self.leases.owned().await?;
        let unserved = self.compare(owned);
        if !unserved.is_empty() {
            self.owned.retain(|shard, _| !unserved.contains(shard));
            let released = self.leases.release(&unserved).await?;
            self.refused = unserved;
            self.refused.retain(|shard| !released.contains(shard));
        } else {
            self.refused.clear();
        }
        end_the_dead(self.leases.as_ref(), &self.shared.options).await?;
        let ttl = self.leases.ttl();
        // After an outage those that live need a moment to say so.
        let may_judge = self
            .shared
            .parts
            .lease
            .standing()
            .since_outage()
            .is_none_or(|since| since > ttl / 2);
        let balance = self.leases.balance(may_judge).await?;
        if !balance.acquired.is_empty() {
            self.take(balance.acquired).await;
        }
        let mut step: Vec<Shard> = balance.surplus;
        step.retain(|shard| self.owned.contains_key(shard));
        let is_more = step.len() > STEP;
        step.truncate(STEP);
        if !step.is_empty() {
            metric::lease(LeaseEvent::Released, step.len());
            self.owned.retain(|shard, _| !step.contains(shard));
            give_up(&self.shared, self.leases.as_ref(), step).await;
        }
        metric::shards_owned(self.owned.len());
        let pause = match () {
            () if is_more => Duration::ZERO,
            () if !self.refused.is_empty() => LOCKED,
            () if balance.missing > 0 => ttl / 12,
            () => ttl / 3,
        };
        // Who lives renews long before. What a dead engine had is taken as soon as its lease is over.
        Ok(balance.next_end.map_or(pause, |end| pause.min(end + MOMENT)))
    }

    /// What the store says we own against what we think. Returns shards of ours that no loop serves: the answer to a take-over
    /// was lost, they could not be given away, or a commit on them has no known outcome. They are given away and taken anew.
    fn compare(&mut self, owned: Vec<(Shard, i64)>) -> Vec<Shard> {
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
            for (number, shards) in self.shared.by_loop(lost, |shard| *shard) {
                self.shared.control(number, Message::Lost(shards));
            }
        }
        let is_served = |shard: &Shard| self.owned.contains_key(shard) && self.shared.owner(*shard).is_some();
        stored.into_keys().filter(|shard| !is_served(shard)).collect()
    }

    async fn take(&mut self, acquired: Vec<(Shard, i64)>) {
        tracing::info!(shards = acquired.len(), "shards acquired");
        metric::lease(LeaseEvent::Acquired, acquired.len());
        let mut answers = Vec::new();
        for (number, shards) in self.shared.by_loop(acquired.clone(), |(shard, _)| *shard) {
            let (done, answer) = oneshot::channel();
            self.shared.control(number, Message::Acquired(shards, done));
            answers.push(answer);
        }
        for answer in answers {
            // A loop that has ended; then the engine is ending.
            let _ = answer.await;
        }
        self.owned.extend(acquired.iter().copied());
        self.take_over.begin(acquired);
        self.shared.inbox_hint.notify_one();
    }
}
