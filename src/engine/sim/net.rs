//! Connections between nodes, and all that can go wrong on them: packets that are late, lost, out of order or come twice, cuts in
//! one direction, connections whose other end has gone without a word, addresses of processes that are no more.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rand::Rng;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::world::{Control, World};
use crate::peer::frame::Packet;
use crate::peer::{Network, Wire};
use mistral_model::Id;
use mistral_store::backend::Calling;

/// Who listens, and what is cut.
#[derive(Default)]
pub(super) struct Net {
    /// By address.
    listeners: Mutex<BTreeMap<String, Listener>>,
    /// From one slot to another, until then.
    cuts: Mutex<BTreeMap<(String, String), Instant>>,
}

#[derive(Clone)]
struct Listener {
    control: Arc<Control>,
    opened: mpsc::Sender<(Id, Wire)>,
}

impl Net {
    /// What goes from one address to another vanishes for a while.
    pub(super) fn cut(&self, from: &str, to: &str, pause: Duration) {
        let until = Instant::now() + pause;
        self.cuts.lock().insert((from.to_owned(), to.to_owned()), until);
    }

    fn is_cut(&self, from: &str, to: &str) -> bool {
        let cuts = self.cuts.lock();
        let until = cuts.get(&(from.to_owned(), to.to_owned()));
        until.is_some_and(|until| *until > Instant::now())
    }
}

/// One node's end of the network.
pub(super) struct SimNetwork {
    world: Arc<World>,
    control: Arc<Control>,
    address: String,
    accepted: tokio::sync::Mutex<mpsc::Receiver<(Id, Wire)>>,
}

impl SimNetwork {
    /// Whoever listened at this address before does so no more.
    pub(super) fn listen(world: &Arc<World>, control: &Arc<Control>, address: String) -> Arc<SimNetwork> {
        let (opened, accepted) = mpsc::channel(64);
        let listener = Listener {
            control: control.clone(),
            opened,
        };
        world.net.listeners.lock().insert(address.clone(), listener);
        Arc::new(SimNetwork {
            world: world.clone(),
            control: control.clone(),
            address,
            accepted: tokio::sync::Mutex::new(accepted),
        })
    }

    async fn travel(&self, to: &str, listener: &Listener) {
        let time = self.world.travel_time();
        tokio::time::sleep(time).await;
        self.control.alive().await;
        listener.control.alive().await;
        let net = &self.world.net;
        if net.is_cut(&self.address, to) || net.is_cut(to, &self.address) {
            std::future::pending::<()>().await;
        }
    }
}

impl Network for SimNetwork {
    fn address(&self) -> String {
        self.address.clone()
    }

    fn connect<'a>(&'a self, peer: Id, address: &'a str) -> Calling<'a, Wire, io::Error> {
        Box::pin(async move {
            let listener = self.world.net.listeners.lock().get(address).cloned();
            let listener = listener.ok_or(io::ErrorKind::ConnectionRefused)?;
            self.travel(address, &listener).await;
            if listener.control.node != peer || self.world.chance(self.world.faults().refused) {
                return Err(io::ErrorKind::ConnectionRefused.into());
            }
            let (near, far) = (
                End::new(&self.control, &self.address),
                End::new(&listener.control, address),
            );
            let (outgoing, one) = pipe(&self.world, near.clone(), far.clone());
            let (answers, other) = pipe(&self.world, far, near);
            let theirs = Wire {
                outgoing: answers,
                incoming: one,
            };
            listener
                .opened
                .try_send((self.control.node, theirs))
                .map_err(|_| io::ErrorKind::ConnectionRefused)?;
            self.world
                .note("connected", format_args!("{} with {peer}", self.control.node));
            Ok(Wire {
                outgoing,
                incoming: other,
            })
        })
    }

    fn accept(&self) -> Calling<'_, (Id, Wire), io::Error> {
        Box::pin(async move {
            let accepted = self.accepted.lock().await.recv().await;
            accepted.ok_or_else(|| io::ErrorKind::NotConnected.into())
        })
    }
}

#[derive(Clone)]
struct End {
    control: Arc<Control>,
    address: String,
}

impl End {
    fn new(control: &Arc<Control>, address: &str) -> End {
        End {
            control: control.clone(),
            address: address.to_owned(),
        }
    }
}

/// One direction of a connection.
fn pipe(world: &Arc<World>, from: End, to: End) -> (mpsc::Sender<Packet>, mpsc::Receiver<Packet>) {
    let (sender, packets) = mpsc::channel(4_096);
    let (done, receiver) = mpsc::channel(4_096);
    // Whether the end of the sender is noticed, if it is killed.
    let is_told = world.chance(0.5);
    tokio::spawn(carry(world.clone(), from, to, packets, done, is_told));
    (sender, receiver)
}

async fn carry(
    world: Arc<World>,
    from: End,
    to: End,
    mut packets: mpsc::Receiver<Packet>,
    done: mpsc::Sender<Packet>,
    is_told: bool,
) {
    let mut held: Option<Packet> = None;
    loop {
        let packet = tokio::select! {
            biased;
            () = from.control.gone() => {
                if !is_told {
                    done.closed().await;
                }
                return;
            }
            () = done.closed() => return,
            packet = packets.recv() => packet,
        };
        let Some(packet) = packet else { return };
        let faults = world.faults();
        let late = Duration::from_millis(world.random(|r| r.random_range(0..=faults.delay)));
        if !late.is_zero() {
            tokio::time::sleep(late).await;
        }
        tokio::select! {
            biased;
            () = from.control.gone() => continue,
            () = from.control.alive() => {}
        }
        tokio::select! {
            biased;
            () = done.closed() => return,
            () = to.control.alive() => {}
        }
        if world.net.is_cut(&from.address, &to.address) || world.chance(faults.packet_lost) {
            continue;
        }
        if held.is_none() && world.chance(faults.packet_moved) {
            held = Some(packet);
            continue;
        }
        let twice = world.chance(faults.packet_twice).then(|| packet.clone());
        for packet in std::iter::once(packet).chain(twice).chain(held.take()) {
            if done.try_send(packet).is_err() {
                return;
            }
        }
    }
}
