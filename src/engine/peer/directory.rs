//! Who is there, and who opens the connection to whom: of two processes the one with the smaller id, which is the older one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use mistral_model::Id;
use mistral_store::backend::{LeaseHolder, Peer};

use super::{Network, Wire, link};
use crate::handle::Shared;

/// Longest time that opening a connection may take.
const CONNECT: Duration = Duration::from_secs(2);
/// Pause after a failed attempt; it doubles up to [`LONGEST`].
const AGAIN: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(5);

/// Keeps connections with all who can be reached, until `stop`.
pub(crate) async fn run(shared: Arc<Shared>, leases: Arc<dyn LeaseHolder>, stop: CancellationToken) {
    let Some(network) = shared.peers.network() else { return };
    let mut links = JoinSet::new();
    let mut dials: JoinSet<(Id, std::io::Result<Wire>)> = JoinSet::new();
    let mut dialing: BTreeMap<Id, Dial> = BTreeMap::new();
    let mut looked: Option<Instant> = None;
    loop {
        let options = &shared.peers.options;
        if looked.is_none_or(|at| at.elapsed() >= options.look) {
            looked = Some(Instant::now());
            match leases.peers().await {
                Ok(mut live) => {
                    live.retain(|peer| peer.id != shared.options.node);
                    dialing.retain(|id, _| live.iter().any(|peer| peer.id == *id));
                    shared.peers.know(live);
                }
                Err(error) => tracing::debug!(%error, "peers cannot be looked up"),
            }
        }
        for peer in shared.peers.strangers() {
            let is_ours_to_open = shared.options.node < peer.id && !peer.address.is_empty();
            let dial = dialing.entry(peer.id).or_default();
            if is_ours_to_open && dial.may_begin() {
                dial.busy = true;
                dials.spawn(open(network.clone(), peer));
            }
        }
        let next = dialing.values().filter_map(Dial::next).min();
        let until_look = options
            .look
            .saturating_sub(looked.map(|at| at.elapsed()).unwrap_or_default());
        let pause = next.map_or(until_look, |next| {
            next.saturating_duration_since(Instant::now()).min(until_look)
        });
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            accepted = network.accept() => match accepted {
                Ok((peer, wire)) => begin(&shared, &mut links, peer, wire, &stop),
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            },
            Some(dialled) = dials.join_next() => if let Ok((peer, outcome)) = dialled {
                let dial = dialing.entry(peer).or_default();
                dial.busy = false;
                match outcome {
                    Ok(wire) => {
                        *dial = Dial::default();
                        dial.not_before = Some(Instant::now() + AGAIN);
                        begin(&shared, &mut links, peer, wire, &stop);
                    }
                    Err(error) => {
                        tracing::debug!(peer = %peer, %error, "a peer cannot be reached; the tables are the way to it");
                        dial.failed();
                    }
                }
            },
            Some(_) = links.join_next(), if !links.is_empty() => {}
            () = shared.peers.look.notified() => looked = None,
            () = tokio::time::sleep(pause.max(Duration::from_millis(5))) => {}
        }
    }
    while links.join_next().await.is_some() {}
}

async fn open(network: Arc<dyn Network>, peer: Peer) -> (Id, std::io::Result<Wire>) {
    let late = std::io::Error::from(std::io::ErrorKind::TimedOut);
    let opened = tokio::time::timeout(CONNECT, network.connect(peer.id, &peer.address)).await;
    (peer.id, opened.unwrap_or(Err(late)))
}

fn begin(shared: &Arc<Shared>, links: &mut JoinSet<()>, peer: Id, wire: Wire, stop: &CancellationToken) {
    // One that is not known yet has just come: it is looked up.
    let host = shared.peers.find(peer).map(|peer| peer.name);
    if host.is_none() {
        shared.peers.look.notify_one();
    }
    let host = host.unwrap_or_default();
    links.spawn(link::serve(shared.clone(), peer, host, wire, stop.clone()));
}

/// Attempts to reach one peer.
#[derive(Default)]
struct Dial {
    busy: bool,
    not_before: Option<Instant>,
    pause: Duration,
}

impl Dial {
    fn may_begin(&self) -> bool {
        !self.busy && self.not_before.is_none_or(|at| at <= Instant::now())
    }

    fn next(&self) -> Option<Instant> {
        self.not_before.filter(|at| !self.busy && *at > Instant::now())
    }

    fn failed(&mut self) {
        self.pause = (self.pause * 2).clamp(AGAIN, LONGEST);
        self.not_before = Some(Instant::now() + self.pause);
    }
}
