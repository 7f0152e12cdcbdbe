//! One connection to another process.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use mistral_model::action::Job;
use mistral_model::refusal::Refusal;
use mistral_model::request::{Request, Response};
use mistral_model::{Id, Shard};
use mistral_store::hint::{ShardSet, Wake};
use mistral_telemetry::metric;

use super::frame::{Answered, Frame, Hint, Packet, Takes};
use super::{Options, Wire};
use crate::event::{CallError, Event, Message, ReplyTo, What};
use crate::handle::{Handle, Shared};

/// What may wait to be sent over one connection: more, and the peer is too slow to talk to.
const OUTGOING: usize = 65_536;
/// Frames of one packet, at most.
const TOGETHER: usize = 1_024;
/// Jobs that only wait and may be on their way over one connection: what a loop writes in a commit or two. The executor has timers for
/// 200,000, but a connection is given up with [`OUTGOING`] things to send.
const TIMERS: u64 = 4_096;
/// Calls of a peer that wait for room in a mailbox; further ones go through the inbox.
const WAITING: usize = 1_024;

/// What others hold of a connection.
pub(crate) struct Link {
    pub peer: Id,
    /// The name of the peer, which a `target` may ask for.
    pub host: String,
    out: mpsc::Sender<Out>,
    /// Jobs that the peer takes, by what they take, and those that were promised to it: both counted from the beginning.
    granted: [AtomicU64; 2],
    promised: [AtomicU64; 2],
    /// When the last packet came, in milliseconds since `began`.
    heard: AtomicU64,
    began: Instant,
    doubt: Duration,
    closed: CancellationToken,
    /// Something is to be told that nobody has put into `out`.
    looks: Notify,
    /// Shards of the peer whose commits do not go through.
    stalled: [AtomicU64; 4],
}

enum Out {
    Call(Box<Call>),
    Frame(Frame),
    Job(Takes, Box<Job>),
}

struct Call {
    request: Request,
    request_id: Id,
    epoch: i64,
    answer: oneshot::Sender<Answered>,
}

/// How a call over a connection ended.
pub(crate) enum Called {
    Answered(Result<Response, Refusal>),
    /// It was not looked at.
    NotHere,
    /// The connection ended; it may have been carried out.
    Lost,
}

impl Link {
    /// Whether the peer has shown signs of life a moment ago.
    pub(crate) fn is_fresh(&self) -> bool {
        !self.closed.is_cancelled() && self.silence() < self.doubt
    }

    fn silence(&self) -> Duration {
        let heard = Duration::from_millis(self.heard.load(Ordering::Acquire));
        self.began.elapsed().saturating_sub(heard)
    }

    fn hears(&self) {
        let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.heard.store(now, Ordering::Release);
    }

    pub(crate) fn close(&self) {
        self.closed.cancel();
    }

    /// Whether the peer says that commits for this shard do not go through.
    pub(crate) fn is_stalled(&self, shard: Shard) -> bool {
        let words = std::array::from_fn(|n| self.stalled[n].load(Ordering::Acquire));
        ShardSet::from_words(words).contains(shard)
    }

    /// There may be something to tell.
    pub(crate) fn look(&self) {
        self.looks.notify_one();
    }

    /// False: it will not arrive.
    pub(crate) fn say(&self, frame: Frame) -> bool {
        !self.closed.is_cancelled() && self.push(Out::Frame(frame)).is_ok()
    }

    #[allow(clippy::result_large_err)]
    fn push(&self, out: Out) -> Result<(), Out> {
        match self.out.try_send(out) {
            Ok(()) => Ok(()),
            Err(mpsc::error::TrySendError::Closed(out)) => Err(out),
            Err(mpsc::error::TrySendError::Full(out)) => {
                tracing::warn!(peer = %self.peer, "a peer does not keep up; its connection is closed");
                self.close();
                Err(out)
            }
        }
    }

    /// Asks the peer as the owner of a tree.
    pub(crate) async fn call(&self, request: Request, request_id: Id, epoch: i64) -> Called {
        let (answer, answered) = oneshot::channel();
        let call = Call {
            request,
            request_id,
            epoch,
            answer,
        };
        if self.push(Out::Call(Box::new(call))).is_err() {
            return Called::NotHere;
        }
        match answered.await {
            Ok(Answered::Done(answer)) => Called::Answered(answer),
            Ok(Answered::NotHere) => Called::NotHere,
            Err(_) => Called::Lost,
        }
    }

    /// Jobs that the peer takes now, by what they take.
    pub(crate) fn room(&self) -> [u64; 2] {
        let room = |takes: Takes| {
            let granted = self.granted[takes as usize].load(Ordering::Acquire);
            granted.saturating_sub(self.promised[takes as usize].load(Ordering::Acquire))
        };
        match self.is_fresh() {
            true => Takes::ALL.map(room),
            false => [0; 2],
        }
    }

    /// Takes one place at the peer, if there is one: for a job whose row is not committed yet.
    pub(crate) fn promise(self: &Arc<Link>, takes: Takes) -> Option<Promise> {
        let granted = self.granted[takes as usize].load(Ordering::Acquire);
        let more = |promised| (promised < granted).then_some(promised + 1);
        let promised = self.promised[takes as usize].fetch_update(Ordering::AcqRel, Ordering::Acquire, more);
        promised.ok().map(|_| Promise {
            link: Some(self.clone()),
            takes,
        })
    }
}

/// A place at an executor of another process. Given up when it is dropped.
pub(crate) struct Promise {
    link: Option<Arc<Link>>,
    takes: Takes,
}

impl Promise {
    pub(crate) fn peer(&self) -> Id {
        self.link.as_ref().map(|link| link.peer).unwrap_or_default()
    }

    /// The row is committed. An error: the job will not arrive, and nobody has begun it.
    pub(crate) fn keep(mut self, job: Job) -> Result<(), Box<Job>> {
        let Some(link) = self.link.take() else {
            return Err(Box::new(job));
        };
        match link.push(Out::Job(self.takes, Box::new(job))) {
            Err(Out::Job(_, job)) => Err(job),
            _ => Ok(()),
        }
    }

    /// Nobody knows whether the row is committed: the peer has to look.
    pub(crate) fn doubt(self) {
        if let Some(link) = &self.link {
            link.say(Frame::Strays);
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if let Some(link) = self.link.take() {
            link.promised[self.takes as usize].fetch_sub(1, Ordering::AcqRel);
        }
    }
}

/// Who waits for the answer of a call: told NotHere when it is dropped, so that the peer asks elsewhere.
pub(crate) struct PeerCaller {
    link: Arc<Link>,
    call: u64,
    request_id: Id,
    answered: bool,
}

impl std::fmt::Debug for PeerCaller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PeerCaller({} of {})", self.call, self.link.peer)
    }
}

impl PeerCaller {
    pub(crate) fn request_id(&self) -> Id {
        self.request_id
    }

    /// Nobody waits any more.
    pub(crate) fn is_gone(&self) -> bool {
        self.link.closed.is_cancelled()
    }

    pub(crate) fn answer(mut self, answer: Result<Response, CallError>) {
        self.answered = true;
        self.tell(match answer {
            Ok(response) => Answered::Done(Ok(response)),
            Err(CallError::Refused(refusal)) => Answered::Done(Err(refusal)),
            Err(CallError::NotHere(_)) => Answered::NotHere,
        });
    }

    fn tell(&self, answer: Answered) {
        let call = self.call;
        // A connection that has ended tells its caller so.
        self.link.say(Frame::Answer { call, answer });
    }
}

impl Drop for PeerCaller {
    fn drop(&mut self) {
        if !self.answered {
            self.tell(Answered::NotHere);
        }
    }
}

/// Serves a connection until it ends, or `stop`.
pub(crate) async fn serve(shared: Arc<Shared>, peer: Id, host: String, wire: Wire, stop: CancellationToken) {
    let (out, outgoing) = mpsc::channel(OUTGOING);
    let options = shared.peers.options.clone();
    let link = Arc::new(Link {
        peer,
        host,
        out,
        granted: Default::default(),
        promised: Default::default(),
        heard: AtomicU64::new(0),
        began: Instant::now(),
        doubt: options.doubt,
        closed: stop.child_token(),
        looks: Notify::new(),
        stalled: Default::default(),
    });
    shared.peers.opened(link.clone());
    tracing::info!(peer = %peer, host = %link.host, "connected with a peer");
    let mut service = Service {
        shared: shared.clone(),
        link: link.clone(),
        wire,
        outgoing,
        options,
        calls: BTreeMap::new(),
        next_call: 0,
        sent: 0,
        received: 0,
        jobs: [0; 2],
        granted: [0; 2],
        told: None,
        told_stalled: [0; 4],
        waiting: Arc::new(Semaphore::new(WAITING)),
        spoke: Instant::now(),
    };
    let why = service.run().await;
    shared.peers.closed(&link);
    tracing::info!(peer = %peer, why, "the connection with a peer has ended");
}

struct Service {
    shared: Arc<Shared>,
    link: Arc<Link>,
    wire: Wire,
    outgoing: mpsc::Receiver<Out>,
    options: Options,
    /// Calls to the peer that wait for their answers; dropped, they count as lost.
    calls: BTreeMap<u64, oneshot::Sender<Answered>>,
    next_call: u64,
    /// Packets in each direction.
    sent: u64,
    received: u64,
    /// Jobs that came, and those that were granted, by what they take.
    jobs: [u64; 2],
    granted: [u64; 2],
    /// Which state of our shards the peer was told.
    told: Option<u64>,
    /// Which of them it was told to be stalled.
    told_stalled: [u64; 4],
    /// Room for calls that wait for mailboxes.
    waiting: Arc<Semaphore>,
    spoke: Instant,
}

impl Service {
    /// Why it ended.
    async fn run(&mut self) -> &'static str {
        let closed = self.link.closed.clone();
        let lane = self.shared.parts.lane.clone();
        let mut outs = Vec::new();
        loop {
            let frames = self.frames(&mut outs);
            let is_quiet = self.spoke.elapsed() >= self.options.ping;
            if !frames.is_empty() || is_quiet {
                self.spoke = Instant::now();
                metric::peer_sent(frames.len());
                let packet = Packet {
                    number: self.sent,
                    frames,
                };
                self.sent += 1;
                if self.wire.outgoing.try_send(packet).is_err() {
                    return "it takes nothing more";
                }
            }
            let silence = self.link.silence();
            if silence >= self.options.dead {
                return "no sign of life";
            }
            let until_ping = self.options.ping.saturating_sub(self.spoke.elapsed());
            let pause = until_ping
                .min(self.options.dead - silence)
                .max(Duration::from_millis(1));
            tokio::select! {
                biased;
                () = closed.cancelled() => return "closed here",
                packet = self.wire.incoming.recv() => match packet {
                    Some(packet) => {
                        if packet.number != self.received {
                            return "packets are missing";
                        }
                        self.received += 1;
                        self.link.hears();
                        for frame in packet.frames {
                            self.take(frame);
                        }
                    }
                    None => return "closed by the peer",
                },
                _ = self.outgoing.recv_many(&mut outs, TOGETHER) => {}
                () = self.link.looks.notified() => {}
                () = async {
                    match &lane {
                        Some(lane) => lane.progress().await,
                        None => std::future::pending().await,
                    }
                } => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// What there is to say.
    fn frames(&mut self, outs: &mut Vec<Out>) -> Vec<Frame> {
        let mut frames = Vec::new();
        let ownership = self.shared.peers.ownership();
        if self.told != Some(ownership) {
            self.told = Some(ownership);
            let mut shards = ShardSet::default();
            self.shared.owned().into_iter().for_each(|shard| shards.insert(shard));
            frames.push(Frame::Owns(shards.words()));
        }
        // Looked at with every packet, and so at least as often as there are signs of life.
        let stalled = self.shared.stalled().words();
        if self.told_stalled != stalled {
            self.told_stalled = stalled;
            frames.push(Frame::Stalled(stalled));
        }
        let mut jobs = Takes::ALL.map(|takes| (takes, Vec::new()));
        for out in outs.drain(..) {
            match out {
                Out::Job(takes, job) => jobs[takes as usize].1.push(*job),
                Out::Frame(frame) => frames.push(frame),
                Out::Call(call) => {
                    let number = self.next_call;
                    self.next_call += 1;
                    self.calls.insert(number, call.answer);
                    frames.push(Frame::Call {
                        call: number,
                        request_id: call.request_id,
                        epoch: call.epoch,
                        request: call.request,
                    });
                }
            }
        }
        for (takes, jobs) in jobs {
            if !jobs.is_empty() {
                metric::peer_jobs(jobs.len());
                frames.push(Frame::Jobs(takes, jobs));
            }
        }
        if let Some(lane) = self.shared.parts.lane.clone() {
            self.grant(Takes::Slot, lane.free() as u64, &mut frames);
            self.grant(Takes::Timer, (lane.free_to_wait() as u64).min(TIMERS), &mut frames);
        }
        frames
    }

    /// Tells the peer how many jobs may come, with `free` places for them.
    fn grant(&mut self, takes: Takes, free: u64, frames: &mut Vec<Frame>) {
        let (came, granted) = (self.jobs[takes as usize], &mut self.granted[takes as usize]);
        let may_come = came + free;
        // A small step is told with something else, or when the peer has little left.
        let is_large = may_come >= *granted + (free / 4).max(1) || *granted <= came;
        if may_come > *granted && (is_large || !frames.is_empty()) {
            *granted = may_come;
            frames.push(Frame::Grant(takes, may_come));
        }
    }

    fn take(&mut self, frame: Frame) {
        match frame {
            Frame::Call {
                call,
                request_id,
                epoch,
                request,
            } => {
                let caller = PeerCaller {
                    link: self.link.clone(),
                    call,
                    request_id,
                    answered: false,
                };
                self.called(request, epoch, caller);
            }
            Frame::Answer { call, answer } => {
                if let Some(caller) = self.calls.remove(&call) {
                    // It may have given up.
                    let _ = caller.send(answer);
                }
            }
            Frame::Jobs(takes, jobs) => self.take_jobs(takes, jobs),
            Frame::Grant(takes, granted) => {
                self.link.granted[takes as usize].fetch_max(granted, Ordering::AcqRel);
            }
            Frame::Owns(words) => self.shared.peers.owns(&self.link, ShardSet::from_words(words)),
            Frame::Hint(hint) => self.shared.woken(match hint {
                Hint::Inbox(words) => Wake::Inbox(ShardSet::from_words(words)),
                Hint::Queue => Wake::Queue,
                Hint::Replies => Wake::Replies,
                Hint::Placement => Wake::Placement,
            }),
            Frame::Strays => self.shared.peers.strays.notify_one(),
            Frame::Stalled(words) => {
                for (known, word) in self.link.stalled.iter().zip(words) {
                    known.store(word, Ordering::Release);
                }
            }
        }
    }

    /// A request for one of our loops. This task must not wait for room in a mailbox: signs of life would.
    fn called(&self, request: Request, epoch: i64, caller: PeerCaller) {
        metric::peer_called();
        let Some(mailbox) = self
            .shared
            .owner(request.routing_id().shard())
            .and_then(|number| self.shared.mailbox_for(number, &request))
        else {
            return drop(caller);
        };
        let is_behind = self.shared.parts.definitions.epoch() < epoch;
        let event = Event {
            reply: ReplyTo::Peer(caller),
            ..Event::new(What::Request(request))
        };
        let message = match is_behind {
            true => Message::Event(event),
            false => match mailbox.try_send(Message::Event(event)) {
                Ok(()) => return,
                Err(mpsc::error::TrySendError::Full(message)) => message,
                // The engine is stopping.
                Err(mpsc::error::TrySendError::Closed(_)) => return,
            },
        };
        // Without a permit the message is dropped, and the peer asks through the inbox.
        let Ok(permit) = self.waiting.clone().try_acquire_owned() else {
            return;
        };
        let shared = self.shared.clone();
        tokio::spawn(async move {
            let _permit = permit;
            if is_behind && let Err(error) = shared.parts.definitions.refresh().await {
                tracing::debug!(%error, "definitions not refreshed");
            }
            let _ = mailbox.send(message).await;
        });
    }

    /// Jobs that our rows say we have claimed. What finds no room is given back; what cannot be given back is found among the
    /// strays.
    fn take_jobs(&mut self, takes: Takes, jobs: Vec<Job>) {
        self.jobs[takes as usize] += jobs.len() as u64;
        let Some(lane) = &self.shared.parts.lane else { return };
        let waiting = match takes {
            Takes::Slot => 0,
            Takes::Timer => jobs.len(),
        };
        let engine = Handle {
            shared: self.shared.clone(),
        };
        let runtime = tokio::runtime::Handle::current();
        let refused = move |refused: Vec<Job>| {
            if refused.is_empty() {
                return;
            }
            metric::lane_overflowed(refused.len() as u64);
            let job = |job: Job| (job.root_id, job.action_id, job.attempt);
            let refused = refused.into_iter().map(job).collect();
            runtime.spawn(async move {
                if let Err(refusal) = engine.give_back(refused).await {
                    tracing::debug!(%refusal, "actions could not be given back yet");
                    engine.shared.peers.strays.notify_one();
                }
            });
        };
        lane.submit(jobs, waiting, Box::new(refused));
    }
}
