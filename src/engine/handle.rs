//! What others hold of the engine: requests go to the loop that owns the tree, or to the node that does.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arc_swap::ArcSwap;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

use crate::queue::{Counter, wire};
use mistral_model::action::{Job, Report};
use mistral_model::id::{SHARDS, SharedGenerator};
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::{Request, Response};
use mistral_model::{Id, Shard};
use mistral_store::backend::{Hints, MessageSender, Outgoing, TreeReader};
use mistral_store::hint::{ShardSet, Wake};
use mistral_telemetry::metric;

use super::event::{CallError, Event, Message, ReplyTo, What};
use super::lock::Mutex;
use super::peer::Peers;
use super::peer::hints::PeerHints;
use super::peer::link::Called;
use super::roots::Roots;
use super::stall::{self, Stall};
use super::traffic::Traffic;
use super::{Options, Parts};

/// The senders' end of a loop's inputs.
pub(super) struct Mailbox {
    messages: mpsc::Sender<Message>,
    /// What executors tell of actions, which may be many, and which nobody waits for as callers do.
    results: mpsc::Sender<Message>,
    /// What concerns the loop's shards, in order. Few: placement waits for the answers.
    control: mpsc::UnboundedSender<Message>,
}

/// The loop's end of its inputs.
pub(super) struct MailboxEnds {
    pub messages: mpsc::Receiver<Message>,
    pub results: mpsc::Receiver<Message>,
    pub control: mpsc::UnboundedReceiver<Message>,
}

impl Mailbox {
    /// Messages in it, but for results.
    fn waiting(&self) -> usize {
        self.messages.max_capacity() - self.messages.capacity()
    }

    /// With room for this many messages, and as many results, before senders wait.
    pub(crate) fn new(room: usize) -> (Mailbox, MailboxEnds) {
        let (messages, incoming) = mpsc::channel(room);
        let (results, incoming_results) = mpsc::channel(room);
        let (control, controls) = mpsc::unbounded_channel();
        let ends = MailboxEnds {
            messages: incoming,
            results: incoming_results,
            control: controls,
        };
        let mailbox = Mailbox {
            messages,
            results,
            control,
        };
        (mailbox, ends)
    }
}

/// State that the parts of an engine share. The loops' own state is not here.
pub(super) struct Shared {
    pub options: Options,
    pub parts: Parts,
    /// Of the loops; none before the start and after the end.
    mailboxes: ArcSwap<Vec<Mailbox>>,
    /// One of each loop.
    pub stalls: Vec<Stall>,
    pub traffic: Traffic,
    /// 0: not owned by this node; n: loop n − 1.
    owners: Vec<AtomicU8>,
    pub waker: Arc<dyn Hints>,
    pub sender: Arc<dyn MessageSender>,
    /// Actions wait for a claim, perhaps by the executor of this process.
    pub claim_hint: Arc<Notify>,
    /// The same for those who serve workers, all of them.
    pub workers_hint: Arc<Notify>,
    /// Callers that wait for another process.
    pub counter: OnceLock<Arc<dyn Counter>>,
    pub answers: Mutex<HashMap<Id, oneshot::Sender<Result<Response, Refusal>>>>,
    pub answers_hint: Notify,
    pub inbox_hint: Notify,
    pub definitions_hint: Notify,
    /// Nodes came or went, shards are free, or a loop forgot shards that this node owns all the same.
    pub placement_hint: Notify,
    /// Jobs for the lane of this process of which only the rows know whether they are its own: with the epoch that a commit
    /// without a known outcome was tried under.
    pub doubtful: Mutex<Vec<(Job, i64)>>,
    /// There are more of them.
    pub doubts: Notify,
    /// Inbox rows that a loop is done with: to whoever reads the inbox.
    messages_done: mpsc::UnboundedSender<i64>,
    pub ids: SharedGenerator,
    /// Other processes.
    pub peers: Arc<Peers>,
    pub roots: Roots,
    /// For previews: made when somebody asks for the first.
    trees: OnceLock<Arc<dyn TreeReader>>,
}

/// How long results wait for their trees.
const REPORT: Duration = Duration::from_secs(5);
/// How long they wait once half of their batch is through, besides as long as that half took.
const LAG: Duration = Duration::from_millis(250);

impl Shared {
    /// Somebody said that actions wait to be claimed.
    pub(crate) fn actions_wait(&self) {
        self.claim_hint.notify_one();
        self.workers_hint.notify_waiters();
    }

    /// With the receiver of inbox rows that loops are done with.
    pub(crate) fn new(options: Options, parts: Parts, seed: u64) -> (Shared, mpsc::UnboundedReceiver<i64>) {
        let (store, sender) = (parts.store.hints(), parts.store.sender(options.answer));
        let peers = Arc::new(Peers::new(parts.network.clone(), options.peer.clone()));
        let waker = Arc::new(PeerHints {
            peers: peers.clone(),
            store,
        });
        let (messages_done, done) = mpsc::unbounded_channel();
        let stalls = (0..options.loops).map(|_| Stall::default()).collect();
        let traffic = Traffic::new(options.loops);
        let shared = Shared {
            options,
            parts,
            mailboxes: ArcSwap::default(),
            stalls,
            traffic,
            owners: (0..SHARDS).map(|_| AtomicU8::new(0)).collect(),
            waker,
            sender,
            claim_hint: Arc::new(Notify::new()),
            workers_hint: Arc::new(Notify::new()),
            answers: Mutex::default(),
            answers_hint: Notify::new(),
            inbox_hint: Notify::new(),
            definitions_hint: Notify::new(),
            placement_hint: Notify::new(),
            counter: OnceLock::new(),
            doubtful: Mutex::default(),
            doubts: Notify::new(),
            messages_done,
            ids: SharedGenerator::new(seed),
            peers,
            roots: Roots::default(),
            trees: OnceLock::new(),
        };
        (shared, done)
    }

    /// Reads trees for whoever asks, beside the loops.
    pub(crate) fn trees(&self) -> Arc<dyn TreeReader> {
        self.trees.get_or_init(|| self.parts.store.trees()).clone()
    }

    /// The loops' mailboxes, once; none at the end, which ends the loops.
    pub(crate) fn set_mailboxes(&self, mailboxes: Vec<Mailbox>) {
        self.mailboxes.store(Arc::new(mailboxes));
    }

    /// Passes a hint on to whom it concerns.
    pub(crate) fn woken(&self, wake: Wake) {
        match wake {
            Wake::Inbox(shards) => {
                if self.owned().iter().any(|shard| shards.contains(*shard)) {
                    self.inbox_hint.notify_one();
                }
            }
            Wake::Queue => self.actions_wait(),
            Wake::Replies => self.answers_hint.notify_one(),
            Wake::Definitions => self.definitions_hint.notify_one(),
            Wake::Placement => {
                self.placement_hint.notify_one();
                self.peers.look.notify_one();
            }
        }
    }

    /// Messages in the mailbox of a loop.
    pub(crate) fn waiting(&self, number: usize) -> Option<usize> {
        Some(self.mailboxes.load().get(number)?.waiting())
    }

    pub(crate) fn set_owner(&self, shard: Shard, owner: Option<usize>) {
        let value = owner.and_then(|n| u8::try_from(n + 1).ok()).unwrap_or(0);
        self.owners[usize::from(shard.0)].store(value, Ordering::Release);
        self.peers.ownership_changed();
    }

    /// The loop of this node that owns a shard.
    pub(crate) fn owner(&self, shard: Shard) -> Option<usize> {
        usize::from(self.owners[usize::from(shard.0)].load(Ordering::Acquire)).checked_sub(1)
    }

    pub(crate) fn owned(&self) -> Vec<Shard> {
        (0..=255).map(Shard).filter(|s| self.owner(*s).is_some()).collect()
    }

    /// Shards of this process whose commits do not go through.
    pub(crate) fn stalled(&self) -> ShardSet {
        let mut shards = ShardSet::default();
        if self.stalls.iter().any(Stall::is_long) {
            let is_stalled = |number: usize| self.stalls.get(number).is_some_and(Stall::is_long);
            for shard in (0..=255).map(Shard) {
                if self.owner(shard).is_some_and(is_stalled) {
                    shards.insert(shard);
                }
            }
        }
        shards
    }

    /// Whether the owner of a shard, another process, says that its commits do not go through.
    fn is_stalled_elsewhere(&self, shard: Shard) -> bool {
        self.peers.route(shard).is_some_and(|link| link.is_stalled(shard))
    }

    /// Returns when that is so, or when nobody has owned the shard for longer than it takes to inherit it: engines that do not know
    /// whether their last commit went through have let it go, and cannot take it as long as that transaction is open.
    async fn stalls_elsewhere(&self, shard: Shard) {
        let patience = self.options.lease + stall::PATIENCE;
        let mut unowned: Option<Instant> = None;
        while !self.is_stalled_elsewhere(shard) {
            if !self.peers.is_enabled() || self.owner(shard).is_some() || self.peers.route(shard).is_some() {
                unowned = None;
            } else if unowned.get_or_insert_with(Instant::now).elapsed() >= patience {
                return;
            }
            tokio::time::sleep(stall::LOOK).await;
        }
    }

    pub(crate) fn mailbox(&self, number: usize) -> Option<mpsc::Sender<Message>> {
        self.mailboxes
            .load()
            .get(number)
            .map(|mailbox| mailbox.messages.clone())
    }

    /// Where a request of this kind goes.
    pub(crate) fn mailbox_for(&self, number: usize, request: &Request) -> Option<mpsc::Sender<Message>> {
        let mailboxes = self.mailboxes.load();
        let mailbox = mailboxes.get(number)?;
        Some(match request {
            Request::Report(_) | Request::HandOver { .. } => mailbox.results.clone(),
            _ => mailbox.messages.clone(),
        })
    }

    /// Tells a loop something about its shards, past a full mailbox.
    pub(crate) fn control(&self, number: usize, message: Message) {
        if let Some(mailbox) = self.mailboxes.load().get(number) {
            // The loop may have ended.
            let _ = mailbox.control.send(message);
        }
    }

    /// Sorts things by the loop that their shard belongs to.
    pub(crate) fn by_loop<T>(&self, items: Vec<T>, shard: impl Fn(&T) -> Shard) -> BTreeMap<usize, Vec<T>> {
        let mut grouped: BTreeMap<usize, Vec<T>> = BTreeMap::new();
        for item in items {
            let number = usize::from(shard(&item).0) % self.options.loops.max(1);
            grouped.entry(number).or_default().push(item);
        }
        grouped
    }

    /// Has the rows say which of these jobs this node still holds, before its executor begins them.
    pub(crate) fn doubt(&self, jobs: impl IntoIterator<Item = (Job, i64)>) {
        self.doubtful.lock().extend(jobs);
        self.doubts.notify_one();
    }

    pub(crate) fn message_done(&self, id: i64) {
        // Nobody reads the inbox any more at the end.
        let _ = self.messages_done.send(id);
    }
}

/// The engine as others see it. Cheap to clone.
#[derive(Clone)]
pub struct Handle {
    pub(super) shared: Arc<Shared>,
}

impl Handle {
    /// Hands a request to the owner of its tree and waits for the answer, which comes after the commit.
    ///
    /// # Errors
    /// The refusal in upstream's words; [`Kind::Unavailable`] when no engine answers in time, or when the database has taken no change for some
    /// seconds.
    pub async fn call(&self, request: Request) -> Result<Response, Refusal> {
        let owner = self.shared.owner(request.routing_id().shard());
        let Some(stall) = owner.and_then(|number| self.shared.stalls.get(number)) else {
            return self.call_remote(request).await;
        };
        if stall.is_long() {
            return Err(stalled());
        }
        tokio::select! {
            biased;
            answer = self.ask(request) => answer,
            () = stall.lasts() => Err(undecided()),
        }
    }

    /// The same, as long as it takes.
    async fn ask(&self, request: Request) -> Result<Response, Refusal> {
        let mut request = request;
        if let Some(number) = self.shared.owner(request.routing_id().shard())
            && let Some(mailbox) = self.shared.mailbox_for(number, &request)
        {
            let (caller, answer) = oneshot::channel();
            let event = Event {
                reply: ReplyTo::Caller(caller),
                ..Event::new(What::Request(request))
            };
            if mailbox.send(Message::Event(event)).await.is_err() {
                return Err(stopping());
            }
            match tokio::time::timeout(self.shared.options.answer, answer).await {
                Ok(Ok(Ok(response))) => return Ok(response),
                Ok(Ok(Err(CallError::Refused(refusal)))) => return Err(refusal),
                Ok(Ok(Err(CallError::NotHere(returned)))) => request = *returned,
                Ok(Err(_)) => return Err(stopping()),
                Err(_) => return Err(too_late()),
            }
        }
        self.call_remote(request).await
    }

    /// Over a connection to the owner, or through the inbox.
    async fn call_remote(&self, mut request: Request) -> Result<Response, Refusal> {
        let shared = &self.shared;
        let shard = request.routing_id().shard();
        if shared.is_stalled_elsewhere(shard) {
            return Err(stalled());
        }
        let request_id = self.new_id();
        let began = Instant::now();
        if let Some(answer) = self.call_peer(&mut request, request_id).await {
            return answer;
        }
        let (caller, answer) = oneshot::channel();
        shared.answers.lock().insert(request_id, caller);
        let sent = tokio::time::timeout(stall::PATIENCE, self.send(&request, Some(request_id))).await;
        let outcome = match sent.unwrap_or_else(|_| Err(undecided())) {
            Ok(()) => {
                shared.answers_hint.notify_one();
                let left = shared.options.answer.saturating_sub(began.elapsed());
                tokio::select! {
                    biased;
                    answer = tokio::time::timeout(left, answer) => answer,
                    () = shared.stalls_elsewhere(shard) => Ok(Ok(Err(undecided()))),
                }
            }
            Err(refusal) => Ok(Ok(Err(refusal))),
        };
        shared.answers.lock().remove(&request_id);
        match outcome {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(stopping()),
            Err(_) => Err(too_late()),
        }
    }

    /// Asks the owner over a connection. `None`: there is none, it does not own the tree, or the connection ended; then the
    /// inbox is the way. What must not be carried out twice always goes that way, where each message counts once.
    async fn call_peer(&self, request: &mut Request, request_id: Id) -> Option<Result<Response, Refusal>> {
        let shared = &self.shared;
        if !matches!(
            request,
            Request::Start(_) | Request::Report(_) | Request::HandOver { .. } | Request::GiveBack { .. }
        ) {
            return None;
        }
        let shard = request.routing_id().shard();
        let link = shared.peers.route(shard)?;
        let epoch = shared.parts.definitions.epoch();
        let called = link.call(request.clone(), request_id, epoch);
        let called = tokio::select! {
            biased;
            called = tokio::time::timeout(shared.options.answer, called) => called,
            () = shared.stalls_elsewhere(shard) => return Some(Err(undecided())),
        };
        match called {
            Ok(Called::Answered(answer)) => Some(answer),
            Ok(Called::NotHere | Called::Lost) => {
                metric::peer_fell_back();
                // It may have been carried out, and the shard may have another owner by now, who does not know that: it looks
                // whether the execution is there.
                if let Request::Start(start) = request {
                    start.id_is_chosen = true;
                }
                None
            }
            Err(_) => Some(Err(too_late())),
        }
    }

    async fn send(&self, request: &Request, request_id: Option<Id>) -> Result<(), Refusal> {
        let shard = request.routing_id().shard();
        let body = wire::write_request(request).map_err(|e| Refusal::new(Kind::Internal, e.to_string()))?;
        let reply_to = request_id.map(|_| self.shared.options.node);
        let sent = self
            .shared
            .sender
            .send(Outgoing {
                shard,
                body,
                reply_to,
                request_id,
            })
            .await;
        sent.map_err(|e| Refusal::new(Kind::Unavailable, format!("The database is not available: {e}")))?;
        self.announce(shard);
        Ok(())
    }

    /// Tells the owner of a shard that a message for it lies in `inbox`. Only a hint: it would look by itself, later.
    pub fn announce(&self, shard: Shard) {
        self.shared.waker.inbox(shard);
        if self.owns(shard) {
            self.shared.inbox_hint.notify_one();
        }
    }

    /// Whether this process owns a shard at the moment.
    pub fn owns(&self, shard: Shard) -> bool {
        self.shared.owner(shard).is_some()
    }

    /// Gives results to the owners of their trees: durable, committed or in an owner's inbox. Returns those that could not be
    /// handed over in time, with the last reason; they may be given again. One tree that does not answer holds up no other.
    pub async fn report(&self, reports: Vec<Report>) -> (Vec<Report>, Option<Refusal>) {
        let began = Instant::now();
        let half = reports.len() / 2;
        let (mut deadline, mut done, mut last) = (began + REPORT, 0, None);
        let mut left: BTreeMap<usize, Report> = reports.into_iter().enumerate().collect();
        let tell = |(n, report): (&usize, &Report)| {
            let (n, request) = (*n, Request::Report(report.clone()));
            async move { (n, self.tell_one(request).await) }
        };
        let mut told: FuturesUnordered<_> = left.iter().map(tell).collect();
        let mut delivered = Vec::with_capacity(half * 2);
        while let Ok(Some((n, outcome))) = tokio::time::timeout_at(deadline, told.next()).await {
            match outcome {
                Ok(()) => delivered.push(n),
                Err(refusal) => last = Some(refusal),
            }
            done += 1;
            if done == half {
                deadline = deadline.min(Instant::now() + began.elapsed() + LAG);
            }
        }
        drop(told);
        for n in delivered {
            left.remove(&n);
        }
        if !left.is_empty() && last.is_none() {
            last = Some(too_late());
        }
        (left.into_values().collect(), last)
    }

    /// Tells owners that asynchronous actions were started.
    ///
    /// # Errors
    /// As [`Handle::report`].
    pub async fn hand_over(&self, actions: Vec<(Id, Id)>) -> Result<(), Refusal> {
        let request = |(root_id, action_id)| Request::HandOver { root_id, action_id };
        self.tell(actions.into_iter().map(request).collect()).await
    }

    /// Gives back actions that this process' executor has not begun: root, action, attempt of each.
    ///
    /// # Errors
    /// As [`Handle::report`].
    pub async fn give_back(&self, actions: Vec<(Id, Id, u32)>) -> Result<(), Refusal> {
        let request = |(root_id, action_id, attempt)| Request::GiveBack {
            root_id,
            action_id,
            attempt,
        };
        self.tell(actions.into_iter().map(request).collect()).await
    }

    async fn tell(&self, requests: Vec<Request>) -> Result<(), Refusal> {
        let calls = requests.into_iter().map(|request| self.tell_one(request));
        futures_util::future::join_all(calls).await.into_iter().collect()
    }

    async fn tell_one(&self, mut request: Request) -> Result<(), Refusal> {
        let answer = if self.shared.owner(request.routing_id().shard()).is_some() {
            self.ask(request).await
        } else {
            match self.call_peer(&mut request, self.new_id()).await {
                Some(answer) => answer,
                None => return self.send(&request, None).await,
            }
        };
        match answer {
            // A refusal is an answer too; only what may succeed later is given again.
            Err(refusal) if refusal.kind == Kind::Unavailable => Err(refusal),
            _ => Ok(()),
        }
    }

    /// An id for a new root, in a shard of this process if it owns any, so that a start needs no other process.
    pub fn new_id(&self) -> Id {
        let now = self.shared.parts.clock.now();
        self.shared.ids.next(now.0, self.shared.shard_of_next())
    }

    /// Gives jobs to workers that wait in this process, from now on.
    pub fn serve(&self, counter: Arc<dyn Counter>) {
        // There is one such place in a process.
        let _ = self.shared.counter.set(counter);
    }

    /// Jobs that the executor of this process has not begun, and may no longer begin: it gets those that it still holds.
    pub fn doubt(&self, jobs: Vec<Job>) {
        self.shared.doubt(jobs.into_iter().map(|job| (job, i64::MIN)));
    }

    /// Whether there may be actions that this process has claimed without knowing: an owner in another process says so, and the
    /// connection to it ended. Returns when it is worth a look.
    pub(crate) async fn strays_hint(&self) {
        loop {
            self.shared.peers.strays.notified().await;
            if self.shared.peers.had_links() {
                return;
            }
        }
    }

    pub(crate) fn had_peers(&self) -> bool {
        self.shared.peers.had_links()
    }

    /// Signalled when actions wait to be claimed.
    pub fn claim_hint(&self) -> Arc<Notify> {
        self.shared.claim_hint.clone()
    }

    /// Wakes all who wait on it when actions wait to be claimed.
    pub fn workers_hint(&self) -> Arc<Notify> {
        self.shared.workers_hint.clone()
    }
}

fn too_late() -> Refusal {
    Refusal::new(
        Kind::Unavailable,
        "No engine has answered in time; the request may still be carried out",
    )
}

/// Nothing of the request was begun.
fn stalled() -> Refusal {
    Refusal::new(Kind::Unavailable, "The database takes no changes at the moment")
}

fn undecided() -> Refusal {
    Refusal::new(
        Kind::Unavailable,
        "The database takes no changes at the moment; the request may still be carried out",
    )
}

fn stopping() -> Refusal {
    Refusal::new(Kind::Unavailable, "The engine is stopping")
}
