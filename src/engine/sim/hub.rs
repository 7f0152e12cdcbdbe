//! Hints between nodes: late, twice or never.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rand::Rng;
use tokio::sync::mpsc;

use super::world::{Control, World};
use mistral_model::{Id, Shard};
use mistral_store::backend::Hints;
use mistral_store::hint::{Channel, ShardSet, Wake};

struct Listener {
    node: Id,
    channels: Vec<Channel>,
    hints: mpsc::Sender<Wake>,
}

#[derive(Default)]
pub(super) struct Hub {
    listeners: Mutex<Vec<Listener>>,
}

impl Hub {
    pub(super) fn listen(&self, node: Id, channels: &[Channel]) -> mpsc::Receiver<Wake> {
        let (hints, receiver) = mpsc::channel(256);
        self.listeners.lock().push(Listener {
            node,
            channels: channels.to_vec(),
            hints,
        });
        receiver
    }

    fn deliver(&self, channel: Channel, only: Option<Id>, wake: &Wake) {
        let mut listeners = self.listeners.lock();
        listeners.retain(|listener| !listener.hints.is_closed());
        for listener in listeners.iter() {
            if listener.channels.contains(&channel) && only.is_none_or(|node| node == listener.node) {
                // A full lane has enough to wake its reader with.
                let _ = listener.hints.try_send(wake.clone());
            }
        }
    }
}

/// The sending side of one node.
pub(super) struct SimHints {
    pub world: Arc<World>,
    pub control: Arc<Control>,
}

impl SimHints {
    fn send(&self, channel: Channel, only: Option<Id>, wake: Wake) {
        let faults = self.world.faults();
        if self.world.chance(faults.hint_lost) {
            return;
        }
        let times = 1 + usize::from(self.world.chance(faults.hint_twice));
        for _ in 0..times {
            let (world, control, wake) = (self.world.clone(), self.control.clone(), wake.clone());
            let late = Duration::from_millis(world.random(|r| r.random_range(0..=faults.delay * 4)));
            tokio::spawn(async move {
                tokio::time::sleep(late).await;
                control.alive().await;
                world.hub.deliver(channel, only, &wake);
            });
        }
    }
}

impl Hints for SimHints {
    fn inbox(&self, shard: Shard) {
        let mut shards = ShardSet::default();
        shards.insert(shard);
        self.send(Channel::Inbox, None, Wake::Inbox(shards));
    }

    fn queue(&self) {
        self.send(Channel::Queue, None, Wake::Queue);
    }

    fn replies(&self, node: Id) {
        self.send(Channel::Replies, Some(node), Wake::Replies);
    }

    fn placement(&self) {
        self.send(Channel::Placement, None, Wake::Placement);
    }
}
