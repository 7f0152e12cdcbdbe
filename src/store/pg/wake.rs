//! Wake-ups between processes: NOTIFY, as hints. A lost hint costs the time until the next poll, nothing else.
//!
//! NOTIFY takes an instance-wide lock at commit, so it is sent from a connection of its own, never in a transaction that
//! writes, and at most once per [`PAUSE`] and channel: what happens meanwhile shares the next one.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use tokio_postgres::AsyncMessage;

use super::session::Session;
use super::{Database, Error, Purpose};
use crate::hint::{Channel, ShardSet, Wake};
use mistral_model::{Id, Shard};

/// The shortest time between two notifications on one channel.
pub const PAUSE: Duration = Duration::from_millis(10);

/// Hints that a listener has not taken yet; further ones are dropped.
const BACKLOG: usize = 256;

/// Nodes named by one notification: its payload is limited to 8,000 bytes.
const NODES: usize = 200;

const NOTIFY: &str = "SELECT pg_notify($1, $2)";

impl Channel {
    const ALL: [Channel; 5] = [
        Channel::Inbox,
        Channel::Queue,
        Channel::Replies,
        Channel::Definitions,
        Channel::Placement,
    ];

    fn name(self) -> &'static str {
        match self {
            Channel::Inbox => "mistral_inbox",
            Channel::Queue => "mistral_queue",
            Channel::Replies => "mistral_replies",
            Channel::Definitions => "mistral_definitions",
            Channel::Placement => "mistral_placement",
        }
    }
}

/// Sends hints. Cheap to clone; calls return at once. Sending stops when the last clone is gone.
#[derive(Clone)]
pub struct Waker {
    pending: Arc<Pending>,
    // Closed when the last clone is dropped.
    _alive: mpsc::Sender<()>,
}

#[derive(Default)]
struct Pending {
    hints: Mutex<Hints>,
    arrived: Notify,
}

#[derive(Default)]
struct Hints {
    inbox: ShardSet,
    queue: bool,
    replies: HashSet<Id>,
    definitions: bool,
    placement: bool,
}

impl Hints {
    /// The payload for a channel, if there is something to say.
    fn take(&mut self, channel: Channel) -> Option<String> {
        match channel {
            Channel::Inbox => {
                let shards = std::mem::take(&mut self.inbox);
                (!shards.is_empty()).then(|| shards.to_text())
            }
            Channel::Queue => std::mem::take(&mut self.queue).then(String::new),
            Channel::Replies => {
                let nodes: Vec<Id> = self.replies.iter().take(NODES).copied().collect();
                nodes.iter().for_each(|node| {
                    self.replies.remove(node);
                });
                let text = nodes
                    .iter()
                    .map(|node| format!("{:032x}", node.0))
                    .collect::<Vec<_>>()
                    .join(",");
                (!nodes.is_empty()).then_some(text)
            }
            Channel::Definitions => std::mem::take(&mut self.definitions).then(String::new),
            Channel::Placement => std::mem::take(&mut self.placement).then(String::new),
        }
    }

    fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Inbox => !self.inbox.is_empty(),
            Channel::Queue => self.queue,
            Channel::Replies => !self.replies.is_empty(),
            Channel::Definitions => self.definitions,
            Channel::Placement => self.placement,
        }
    }
}

impl Waker {
    /// Starts the sending task.
    pub fn start(database: &Database) -> Waker {
        let pending = Arc::new(Pending::default());
        let (alive, closed) = mpsc::channel(1);
        let session = Session::new(database.clone(), Purpose::Wake);
        tokio::spawn(send(session, pending.clone(), closed));
        Waker { pending, _alive: alive }
    }

    /// There is a message for the owner of this shard.
    pub fn inbox(&self, shard: Shard) {
        self.hint(|hints| hints.inbox.insert(shard));
    }

    /// There are actions to claim.
    pub fn queue(&self) {
        self.hint(|hints| hints.queue = true);
    }

    /// There is an answer for this node.
    pub fn replies(&self, node: Id) {
        self.hint(|hints| {
            hints.replies.insert(node);
        });
    }

    /// Definitions changed.
    pub fn definitions(&self) {
        self.hint(|hints| hints.definitions = true);
    }

    /// Nodes came or went, or shards are free.
    pub fn placement(&self) {
        self.hint(|hints| hints.placement = true);
    }

    fn hint(&self, note: impl FnOnce(&mut Hints)) {
        note(&mut self.pending.hints.lock());
        self.pending.arrived.notify_one();
    }
}

/// Sends what is pending: at once, then no more often than [`PAUSE`] allows on each channel.
async fn send(session: Session, pending: Arc<Pending>, mut closed: mpsc::Receiver<()>) {
    let mut next = [Instant::now(); Channel::ALL.len()];
    loop {
        // The earliest moment at which something pending may be sent; none while nothing is pending.
        let due = {
            let hints = pending.hints.lock();
            let waiting = Channel::ALL
                .iter()
                .zip(next)
                .filter(|(channel, _)| hints.has(**channel));
            waiting.map(|(_, moment)| moment).min()
        };
        let Some(due) = due else {
            tokio::select! {
                () = pending.arrived.notified() => continue,
                _ = closed.recv() => return,
            }
        };
        tokio::time::sleep_until(due).await;
        for (channel, moment) in Channel::ALL.iter().zip(&mut next) {
            if Instant::now() < *moment {
                continue;
            }
            let Some(payload) = pending.hints.lock().take(*channel) else {
                continue;
            };
            *moment = Instant::now() + PAUSE;
            if let Err(error) = session.query(NOTIFY, &[&channel.name(), &payload]).await {
                tracing::debug!(channel = channel.name(), %error, "hint not sent");
            }
        }
    }
}

/// Listens to these channels for `node`, on a connection of its own, until the receiver is dropped. After every
/// (re-)connection everything listened to is hinted at once, since hints may have been missed.
pub fn listen(database: &Database, node: Id, channels: &[Channel]) -> mpsc::Receiver<Wake> {
    let (hints, receiver) = mpsc::channel(BACKLOG);
    tokio::spawn(run(database.clone(), node, channels.to_vec(), hints));
    receiver
}

async fn run(database: Database, node: Id, channels: Vec<Channel>, hints: mpsc::Sender<Wake>) {
    let mut pause = Duration::from_millis(50);
    while !hints.is_closed() {
        let started = Instant::now();
        let listening = follow(&database, node, &channels, &hints);
        let outcome = tokio::select! {
            outcome = listening => outcome,
            () = hints.closed() => return,
        };
        if let Err(error) = outcome {
            tracing::debug!(%error, "listening for hints ended");
        }
        pause = if started.elapsed() > Duration::from_secs(10) {
            Duration::from_millis(50)
        } else {
            (pause * 2).min(Duration::from_secs(2))
        };
        tokio::time::sleep(pause).await;
    }
}

async fn follow(database: &Database, node: Id, channels: &[Channel], hints: &mpsc::Sender<Wake>) -> Result<(), Error> {
    let (client, mut connection) = database.connect(Purpose::Wake).await?;
    let listens: String = channels
        .iter()
        .map(|channel| format!("LISTEN {};", channel.name()))
        .collect();
    let start = async {
        client.batch_execute(&listens).await?;
        for channel in channels {
            deliver(hints, Channel::missed(*channel));
        }
        // The client stays: without it, the connection ends.
        std::future::pending::<Result<(), Error>>().await
    };
    let receive = async {
        loop {
            match std::future::poll_fn(|context| connection.poll_message(context)).await {
                Some(Ok(AsyncMessage::Notification(message))) => {
                    if let Some(wake) = read(message.channel(), message.payload(), node) {
                        deliver(hints, wake);
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(Error::from(error)),
                None => return Ok(()),
            }
        }
    };
    tokio::select! { outcome = start => outcome, outcome = receive => outcome }
}

fn deliver(hints: &mpsc::Sender<Wake>, wake: Wake) {
    // A full lane has enough to wake its reader with.
    let _ = hints.try_send(wake);
}

impl Channel {
    /// The hint that stands for all that may have been missed.
    fn missed(self) -> Wake {
        match self {
            Channel::Inbox => Wake::Inbox(ShardSet::all()),
            Channel::Queue => Wake::Queue,
            Channel::Replies => Wake::Replies,
            Channel::Definitions => Wake::Definitions,
            Channel::Placement => Wake::Placement,
        }
    }
}

fn read(channel: &str, payload: &str, node: Id) -> Option<Wake> {
    match Channel::ALL.into_iter().find(|own| own.name() == channel)? {
        Channel::Inbox => ShardSet::parse(payload).map(Wake::Inbox),
        Channel::Queue => Some(Wake::Queue),
        Channel::Replies => {
            let own = format!("{:032x}", node.0);
            payload.split(',').any(|named| named == own).then_some(Wake::Replies)
        }
        Channel::Definitions => Some(Wake::Definitions),
        Channel::Placement => Some(Wake::Placement),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shard_sets_travel_as_text() {
        let mut set = ShardSet::default();
        for n in [0, 63, 64, 200, 255] {
            set.insert(Shard(n));
        }
        let back = ShardSet::parse(&set.to_text()).unwrap();
        assert_eq!(back, set);
        assert!(back.contains(Shard(200)) && !back.contains(Shard(201)) && !back.is_empty());
        assert_eq!(ShardSet::parse("12"), None);
        assert_eq!(read("mistral_inbox", "x", Id(0)), None);
        assert_eq!(read("elsewhere", "", Id(0)), None);
    }

    #[test]
    fn hints_are_taken_once_and_answers_reach_their_node() {
        let mut hints = Hints::default();
        assert_eq!(hints.take(Channel::Queue), None);
        hints.queue = true;
        hints.replies.extend([Id(1), Id(2)]);
        assert!(hints.has(Channel::Queue) && !hints.has(Channel::Inbox));
        assert_eq!(hints.take(Channel::Queue), Some(String::new()));
        assert_eq!(hints.take(Channel::Queue), None);
        let payload = hints.take(Channel::Replies).unwrap();
        assert_eq!(read("mistral_replies", &payload, Id(2)), Some(Wake::Replies));
        assert_eq!(read("mistral_replies", &payload, Id(3)), None);
        assert_eq!(hints.take(Channel::Replies), None);
    }
}
