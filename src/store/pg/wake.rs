//! Wake-ups between processes: NOTIFY, as hints. A lost hint costs the time until the next poll, nothing else.
//!
//! NOTIFY takes an instance-wide lock at commit, so it is sent from a connection of its own, never in a transaction that
//! writes. A hint that comes alone is sent at once; what comes while a notification is under way shares the next one, and the
//! more hints one carried, the longer the pause after it: up to [`PAUSE`]. One statement serves all channels, and its commit
//! waits for no flush of the log.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use tokio_postgres::AsyncMessage;

use super::session::Session;
use super::{Database, Error, Purpose};
use mistral_model::{Id, Shard};
use mistral_store::hint::{Channel, ShardSet, Wake};

/// The longest pause between two notifications.
pub const PAUSE: Duration = Duration::from_millis(10);
/// Pause for each hint of a notification after its first: twenty hints and more make the longest one. A notification takes
/// about 0.1 ms of the server, so that hints never take more than a hundredth of it.
const PAUSE_PER_HINT: Duration = Duration::from_micros(500);

/// Hints that a listener has not taken yet; further ones wait in the connection.
const BACKLOG: usize = 256;

/// Nodes with answers that wait for a notification; with more, all nodes are told.
const ANSWERED: usize = 1_024;
/// The payload that means all nodes.
const EVERYBODY: &str = "*";

/// Nodes named by one notification: its payload is limited to 8,000 bytes.
const NODES: usize = 200;

const NOTIFY: &str =
    "SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS hint (channel, payload)";

const CHANNELS: [Channel; 5] = [
    Channel::Inbox,
    Channel::Queue,
    Channel::Replies,
    Channel::Definitions,
    Channel::Placement,
];

fn name(channel: Channel) -> &'static str {
    match channel {
        Channel::Inbox => "mistral_inbox",
        Channel::Queue => "mistral_queue",
        Channel::Replies => "mistral_replies",
        Channel::Definitions => "mistral_definitions",
        Channel::Placement => "mistral_placement",
    }
}

/// What is to be told. Hints are noted without a lock: they come from the loops.
#[derive(Default)]
struct Pending {
    inbox: [AtomicU64; 4],
    queue: AtomicBool,
    definitions: AtomicBool,
    placement: AtomicBool,
    /// More nodes have answers than can be named.
    everybody: AtomicBool,
    /// How many hints there were since the last notification.
    count: AtomicU32,
    arrived: Notify,
}

/// What one notification says.
#[derive(Default)]
struct Notification {
    channels: Vec<&'static str>,
    payloads: Vec<String>,
    hints: u32,
}

impl Notification {
    fn says(&mut self, channel: Channel, payload: String) {
        self.channels.push(name(channel));
        self.payloads.push(payload);
    }

    /// How long the next one waits after this.
    fn pause(&self) -> Duration {
        (PAUSE_PER_HINT * self.hints.saturating_sub(1)).min(PAUSE)
    }
}

impl Pending {
    /// `nodes` have answers, besides those that come out of the channel.
    fn take(&self, mut nodes: BTreeSet<Id>, answered: &mut mpsc::Receiver<Id>) -> Notification {
        let mut notification = Notification {
            // Before the hints themselves: one that comes between is counted twice, and none is forgotten.
            hints: self.count.swap(0, Ordering::AcqRel),
            ..Notification::default()
        };
        let shards = ShardSet::from_words(self.inbox.each_ref().map(|word| word.swap(0, Ordering::AcqRel)));
        if !shards.is_empty() {
            notification.says(Channel::Inbox, shards.to_text());
        }
        for (flag, channel) in [
            (&self.queue, Channel::Queue),
            (&self.definitions, Channel::Definitions),
            (&self.placement, Channel::Placement),
        ] {
            if flag.swap(false, Ordering::AcqRel) {
                notification.says(channel, String::new());
            }
        }
        while nodes.len() < NODES
            && let Ok(node) = answered.try_recv()
        {
            nodes.insert(node);
        }
        if self.everybody.swap(false, Ordering::AcqRel) {
            notification.says(Channel::Replies, EVERYBODY.to_owned());
        } else if !nodes.is_empty() {
            let names: Vec<String> = nodes.iter().map(|node| format!("{:032x}", node.0)).collect();
            notification.says(Channel::Replies, names.join(","));
        }
        notification
    }
}

/// Sends hints. Cheap to clone; calls return at once. Sending stops when the last clone is gone.
#[derive(Clone)]
pub struct Waker {
    pending: Arc<Pending>,
    /// Nodes that have answers. Closed when the last clone is dropped, which ends the sending.
    answered: mpsc::Sender<Id>,
}

impl Waker {
    /// Starts the sending task.
    pub fn start(database: &Database) -> Waker {
        let pending = Arc::new(Pending::default());
        let (answered, answers) = mpsc::channel(ANSWERED);
        let session = Session::new(database.clone(), Purpose::Wake);
        tokio::spawn(send(session, pending.clone(), answers));
        Waker { pending, answered }
    }

    /// There is a message for the owner of this shard.
    pub fn inbox(&self, shard: Shard) {
        self.pending.inbox[usize::from(shard.0 / 64)].fetch_or(1 << (shard.0 % 64), Ordering::AcqRel);
        self.arrived();
    }

    /// There are actions to claim.
    pub fn queue(&self) {
        self.hint(&self.pending.queue);
    }

    /// There is an answer for this node.
    pub fn replies(&self, node: Id) {
        match self.answered.try_send(node) {
            Ok(()) => self.arrived(),
            Err(_) => self.hint(&self.pending.everybody),
        }
    }

    /// Definitions changed.
    pub fn definitions(&self) {
        self.hint(&self.pending.definitions);
    }

    /// Nodes came or went, or shards are free.
    pub fn placement(&self) {
        self.hint(&self.pending.placement);
    }

    fn hint(&self, flag: &AtomicBool) {
        flag.store(true, Ordering::Release);
        self.arrived();
    }

    fn arrived(&self) {
        self.pending.count.fetch_add(1, Ordering::AcqRel);
        self.pending.arrived.notify_one();
    }
}

/// Sends what is pending until the last [`Waker`] is gone.
async fn send(session: Session, pending: Arc<Pending>, mut answered: mpsc::Receiver<Id>) {
    let mut nodes = BTreeSet::new();
    loop {
        let notification = pending.take(std::mem::take(&mut nodes), &mut answered);
        if notification.channels.is_empty() {
            tokio::select! {
                () = pending.arrived.notified() => {}
                node = answered.recv() => match node {
                    Some(node) => {
                        nodes.insert(node);
                    }
                    // The last one may have left a hint.
                    None if pending.count.load(Ordering::Acquire) == 0 => return,
                    None => {}
                },
            }
            continue;
        }
        if let Err(error) = session
            .query(NOTIFY, &[&notification.channels, &notification.payloads])
            .await
        {
            tracing::debug!(channels = ?notification.channels, %error, "hint not sent");
        }
        let pause = notification.pause();
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
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
        .map(|channel| format!("LISTEN {};", name(*channel)))
        .collect();
    let start = async {
        client.batch_execute(&listens).await?;
        for channel in channels {
            deliver(hints, missed(*channel)).await;
        }
        // The client stays: without it, the connection ends.
        std::future::pending::<Result<(), Error>>().await
    };
    let receive = async {
        loop {
            match std::future::poll_fn(|context| connection.poll_message(context)).await {
                Some(Ok(AsyncMessage::Notification(message))) => {
                    if let Some(wake) = read(message.channel(), message.payload(), node) {
                        deliver(hints, wake).await;
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

/// Waits while the listener is behind: one hint must not get lost behind others of another kind.
async fn deliver(hints: &mpsc::Sender<Wake>, wake: Wake) {
    // Nobody may be listening any more.
    let _ = hints.send(wake).await;
}

/// The hint that stands for all that may have been missed.
fn missed(channel: Channel) -> Wake {
    match channel {
        Channel::Inbox => Wake::Inbox(ShardSet::all()),
        Channel::Queue => Wake::Queue,
        Channel::Replies => Wake::Replies,
        Channel::Definitions => Wake::Definitions,
        Channel::Placement => Wake::Placement,
    }
}

fn read(channel: &str, payload: &str, node: Id) -> Option<Wake> {
    match CHANNELS.into_iter().find(|own| name(*own) == channel)? {
        Channel::Inbox => ShardSet::parse(payload).map(Wake::Inbox),
        Channel::Queue => Some(Wake::Queue),
        Channel::Replies => {
            let own = format!("{:032x}", node.0);
            let is_named = payload == EVERYBODY || payload.split(',').any(|named| named == own);
            is_named.then_some(Wake::Replies)
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

    #[tokio::test]
    async fn hints_are_taken_once_and_answers_reach_their_node() {
        let pending = Arc::new(Pending::default());
        let (answered, mut answers) = mpsc::channel(2);
        let waker = Waker {
            pending: pending.clone(),
            answered,
        };
        let mut take = || pending.take(BTreeSet::new(), &mut answers);
        assert!(take().channels.is_empty());
        waker.queue();
        waker.queue();
        let told = take();
        assert_eq!((told.channels, told.hints), (vec!["mistral_queue"], 2));
        waker.replies(Id(1));
        waker.inbox(Shard(200));
        waker.replies(Id(2));
        let told = take();
        assert_eq!(told.channels, ["mistral_inbox", "mistral_replies"]);
        assert_eq!(read("mistral_replies", &told.payloads[1], Id(2)), Some(Wake::Replies));
        assert_eq!(read("mistral_replies", &told.payloads[1], Id(3)), None);
        // More than can be named: all are told.
        for n in 1..=3 {
            waker.replies(Id(n));
        }
        let told = take();
        assert_eq!(read("mistral_replies", &told.payloads[0], Id(9)), Some(Wake::Replies));
        assert!(take().channels.is_empty());
    }

    #[test]
    fn a_hint_alone_makes_nobody_wait_and_many_do() {
        let pause = |hints| {
            Notification {
                hints,
                ..Notification::default()
            }
            .pause()
        };
        assert_eq!([pause(0), pause(1)], [Duration::ZERO; 2]);
        assert_eq!(pause(3), Duration::from_millis(1));
        assert_eq!(pause(1_000), PAUSE);
    }
}
