//! One loop: takes events from its mailbox, decides, and commits what was decided in one transaction at a time. While a
//! commit is under way the loop goes on deciding; the next batch is whatever arrived meanwhile, so batches grow by
//! themselves under load and add no delay without it. Nothing that was decided is told to anybody before its commit.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use mistral_flow::{self as flow, Decision, Effects, Failure, Ports, Tree};
use mistral_model::action::Job;
use mistral_model::id::Generator;
use mistral_model::request::{Refusal, Request, Response};
use mistral_model::{Id, Shard, State, Time};
use mistral_store::backend::{Committer, TreeReader};
use mistral_store::batch::{CommitError, Orphan, Timer, TreeRows};
use mistral_telemetry::metric;

use super::batch::{Decided, Pending, Released, count_states, row_count};
use super::decide::{Answer, handle_event};
use super::event::{CallError, Event, Message, ReplyTo, What};
use super::handle::{MailboxEnds, Shared};
use super::lease::Standing;
use super::standalone::{self, Mode, Waiting};

mod start_over;
mod take_over;

/// A tree in memory.
struct Live {
    tree: Tree,
    /// Number of the last batch that holds changes of it.
    batch: u64,
    deleted: bool,
    /// When it was last decided about, in events of the loop.
    used: u64,
}

/// The committer comes back with the outcome.
type Committed = (Box<dyn Committer>, Result<(), CommitError>);

struct InFlight {
    commit: JoinHandle<Committed>,
    released: Released,
    number: u64,
    rows: usize,
    /// What the batch writes to.
    shards: Vec<Shard>,
    /// Timers that it sets.
    timers: Vec<Id>,
    began: Instant,
}

/// What a loop gets at its start.
pub(super) struct Inputs {
    pub mailbox: MailboxEnds,
    /// Its number among the loops of this engine.
    pub number: usize,
    /// Of its ids.
    pub seed: u64,
}

pub(super) struct ShardLoop {
    shared: Arc<Shared>,
    number: usize,
    mailbox: mpsc::Receiver<Message>,
    /// What concerns the shards of the loop, past a full mailbox.
    control: mpsc::UnboundedReceiver<Message>,
    /// Trees that were read come back this way, past a full mailbox.
    loaded: (mpsc::UnboundedSender<Message>, mpsc::UnboundedReceiver<Message>),
    trees_store: Arc<dyn TreeReader>,
    writer: Option<Box<dyn Committer>>,
    ids: RefCell<Generator>,
    epochs: HashMap<Shard, i64>,
    trees: HashMap<Id, Live>,
    /// Events that wait for their trees, with the number of the reading whose answer counts: one that was begun before, for
    /// events that have been decided since, shows the tree as it was then. Ordered, so that what is decided again is
    /// decided in one order.
    loading: BTreeMap<Id, (u64, Vec<Event>)>,
    readings: u64,
    /// A decision about these trees panicked: they are not looked at again without an event.
    panicked: HashSet<Id>,
    /// Trees with work left over from their turn.
    ready: VecDeque<Id>,
    timers: BTreeSet<(Time, Id)>,
    timer_events: HashMap<Id, flow::Timer>,
    /// Shards whose stored timers are still being read, with those that are over meanwhile.
    arming: HashMap<Shard, HashSet<Id>>,
    pending: Pending,
    in_flight: Option<InFlight>,
    batch: u64,
    committed: u64,
    decisions: u64,
    /// Trees in memory, as the gauge shows them.
    trees_shown: i64,
    waiting: Waiting,
    /// Jobs that found no room in the lane after all.
    overflow: VecDeque<Job>,
    /// Shards that are being handed over: nothing new begins on them.
    leaving: BTreeMap<Shard, mpsc::UnboundedSender<Shard>>,
    /// What is in memory may not be what is stored: forget it before anything else is decided.
    poisoned: bool,
}

/// Steps between looks at the mailbox while trees have work left.
const MAILBOX_EVERY: usize = 64;

impl ShardLoop {
    pub fn new(shared: Arc<Shared>, inputs: Inputs, writer: Box<dyn Committer>, trees: Arc<dyn TreeReader>) -> Self {
        ShardLoop {
            shared,
            number: inputs.number,
            mailbox: inputs.mailbox.messages,
            control: inputs.mailbox.control,
            loaded: mpsc::unbounded_channel(),
            trees_store: trees,
            writer: Some(writer),
            ids: RefCell::new(Generator::new(inputs.seed)),
            epochs: HashMap::new(),
            trees: HashMap::new(),
            loading: BTreeMap::new(),
            readings: 0,
            panicked: HashSet::new(),
            ready: VecDeque::new(),
            timers: BTreeSet::new(),
            timer_events: HashMap::new(),
            arming: HashMap::new(),
            pending: Pending::default(),
            in_flight: None,
            batch: 1,
            committed: 0,
            decisions: 0,
            trees_shown: 0,
            waiting: Waiting::new(),
            overflow: VecDeque::new(),
            leaving: BTreeMap::new(),
            poisoned: false,
        }
    }

    /// Runs until the mailbox is closed and everything decided is committed.
    pub async fn run(mut self) {
        loop {
            let closed = self.wait().await;
            if !self.poisoned {
                self.turn();
            }
            self.settle().await;
            if closed && self.in_flight.is_none() && self.pending.is_empty() {
                return;
            }
        }
    }

    fn now(&self) -> Time {
        self.shared.parts.clock.now()
    }

    fn is_full(&self) -> bool {
        let options = &self.shared.options;
        self.pending.decided.len() >= options.batch_events || self.pending.rows >= options.batch_rows
    }

    /// Waits for something to do. `true`: nothing more will come.
    async fn wait(&mut self) -> bool {
        let lease = self.shared.parts.lease.clone();
        let is_lapsed = !lease.is_valid();
        if !is_lapsed && !self.poisoned && self.in_flight.is_none() && !self.pending.is_empty() {
            // The lease was over a moment ago.
            return false;
        }
        let must_wait = self.poisoned || self.is_full() && (self.in_flight.is_some() || is_lapsed);
        let may_decide = !must_wait;
        if may_decide && !self.ready.is_empty() {
            return false;
        }
        let next_timer = self.timers.first().filter(|_| may_decide).map(|(at, _)| *at);
        let until_timer = next_timer.map(|at| Duration::from_micros((at.0 - self.now().0).max(0) as u64));
        let overflow = !self.overflow.is_empty();
        tokio::select! {
            biased;
            done = async {
                match &mut self.in_flight {
                    Some(in_flight) => (&mut in_flight.commit).await,
                    None => std::future::pending().await,
                }
            } => {
                self.committed(done).await;
                false
            }
            Some(message) = self.control.recv() => {
                self.receive(message);
                false
            }
            () = lease.wait_until(Standing::is_valid), if is_lapsed => false,
            Some(message) = self.loaded.1.recv(), if may_decide => {
                self.receive(message);
                false
            }
            message = self.mailbox.recv(), if may_decide => match message {
                Some(message) => {
                    self.receive(message);
                    false
                }
                None => {
                    // Closed: only the commit under way is left to wait for.
                    if let Some(mut in_flight) = self.in_flight.take() {
                        let done = (&mut in_flight.commit).await;
                        self.in_flight = Some(in_flight);
                        self.committed(done).await;
                    }
                    true
                }
            },
            () = async {
                match until_timer {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => std::future::pending().await,
                }
            } => false,
            () = tokio::time::sleep(Duration::from_millis(20)), if overflow => {
                self.drain_overflow();
                false
            }
        }
    }

    /// Decides about what is there, until the batch is full.
    fn turn(&mut self) {
        let mut steps = 0;
        self.fire_timers();
        while !self.is_full() && !self.poisoned {
            if let Ok(message) = self.control.try_recv() {
                self.receive(message);
                continue;
            }
            if let Ok(message) = self.loaded.1.try_recv() {
                self.receive(message);
                continue;
            }
            if steps % MAILBOX_EVERY == 0 || self.ready.is_empty() {
                match self.mailbox.try_recv() {
                    Ok(message) => {
                        self.receive(message);
                        continue;
                    }
                    Err(_) if self.ready.is_empty() => return,
                    Err(_) => {}
                }
            }
            steps += 1;
            if let Some(root) = self.ready.pop_front() {
                self.go_on(root);
            }
            // A tree with much to do shares the turn with those that wait for the commit.
            if steps >= MAILBOX_EVERY && self.in_flight.is_none() {
                return;
            }
        }
    }

    fn receive(&mut self, message: Message) {
        match message {
            Message::Event(event) => self.decide(event),
            Message::Loaded(root, number, rows) => self.take_loaded(root, number, rows),
            Message::Acquired(shards, done) => {
                for (shard, _) in &shards {
                    self.shared.set_owner(*shard, Some(self.number));
                    self.arming.insert(*shard, HashSet::new());
                }
                self.epochs.extend(shards);
                // Placement may have ended.
                let _ = done.send(());
            }
            Message::Timers {
                shard,
                epoch,
                timers,
                is_last,
            } => self.arm(shard, epoch, timers, is_last),
            Message::Check(roots, done) => self.check(roots, done),
            Message::Checked(done, weight) => {
                // Who asked may have ended.
                let _ = done.send(weight);
            }
            Message::Orphans(orphans) => {
                for Orphan { root_id, action_id, .. } in orphans {
                    self.decide(Event::new(What::Lost { root_id, action_id }));
                }
            }
            Message::GiveUp(shards, done) => self.give_up(shards, done),
            Message::Lost(shards) => self.forget(&shards),
        }
    }

    fn take_timers(&mut self, timers: Vec<Timer>) {
        for timer in timers {
            let parsed = mistral_model::json::parse(timer.body.as_bytes()).ok();
            match parsed.and_then(|value| flow::TimerEvent::from_value(&value)) {
                Some(event) => self.set_timer(flow::Timer {
                    id: timer.id,
                    root_id: timer.root_id,
                    fire_at: timer.fire_at,
                    event,
                }),
                None => tracing::error!(timer = %timer.id, "timer cannot be read"),
            }
        }
    }

    fn set_timer(&mut self, timer: flow::Timer) {
        if self.epochs.contains_key(&timer.root_id.shard()) && self.timers.insert((timer.fire_at, timer.id)) {
            self.timer_events.insert(timer.id, timer);
        }
    }

    fn fire_timers(&mut self) {
        let now = self.now();
        while let Some(&(at, id)) = self.timers.first() {
            if at > now || self.is_full() || self.poisoned {
                return;
            }
            self.timers.pop_first();
            self.disarm(id);
            if let Some(timer) = self.timer_events.remove(&id) {
                metric::timer_fired((now.0 - at.0) as f64 / 1e6);
                self.decide(Event::new(What::Timer(timer)));
            }
        }
    }

    /// Decides about one event, or has its tree read first.
    fn decide(&mut self, event: Event) {
        let root = event.root_id();
        if !self.epochs.contains_key(&root.shard()) || self.leaving.contains_key(&root.shard()) {
            return self.refuse_foreign(event);
        }
        if let Some((_, parked)) = self.loading.get_mut(&root) {
            parked.push(event);
            return;
        }
        if !self.trees.contains_key(&root) {
            if event.makes_its_tree() {
                let live = Live {
                    tree: Tree::new(root),
                    batch: 0,
                    deleted: false,
                    used: self.decisions,
                };
                self.trees.insert(root, live);
            } else {
                self.read(root, vec![event], Duration::ZERO);
                return;
            }
        }
        self.apply(root, event);
    }

    /// Has a tree read, after a pause, for events that wait for it.
    fn read(&mut self, root: Id, events: Vec<Event>, pause: Duration) {
        self.readings += 1;
        let number = self.readings;
        self.loading.insert(root, (number, events));
        let (store, answer) = (self.trees_store.clone(), self.loaded.0.clone());
        tokio::spawn(async move {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            let rows = store.load(root).await.map_err(|e| e.to_string());
            // The loop may have ended.
            let _ = answer.send(Message::Loaded(root, number, rows));
        });
    }

    fn take_loaded(&mut self, root: Id, number: u64, rows: Result<Option<TreeRows>, String>) {
        if self.loading.get(&root).is_none_or(|(expected, _)| *expected != number) {
            return;
        }
        let Some((_, events)) = self.loading.remove(&root) else {
            return;
        };
        let tree = match rows {
            Ok(None) => Ok(Tree::new(root)),
            Ok(Some(rows)) => self.build(root, rows),
            Err(why) => Err(Failure::Unavailable(why)),
        };
        match tree {
            // All is as it should be: nothing but a look was wanted.
            Ok(tree) if tree.is_idle() && !tree.has_changes() && events.iter().all(Event::is_a_look) => {}
            Ok(tree) => {
                let live = Live {
                    tree,
                    batch: 0,
                    deleted: false,
                    used: self.decisions,
                };
                self.trees.insert(root, live);
                for event in events {
                    self.decide(event);
                }
                // Recovery may have changed rows that no event touched.
                if let Some(mut live) = self.trees.remove(&root) {
                    if live.tree.has_changes() {
                        self.touch(root, &mut live);
                    }
                    self.trees.insert(root, live);
                }
                self.drop_if_done(root);
            }
            Err(failure) => {
                tracing::warn!(root = %root, ?failure, "tree cannot be read; trying again");
                self.read(root, events, Duration::from_millis(500));
            }
        }
    }

    fn build(&mut self, root: Id, rows: TreeRows) -> Result<Tree, Failure> {
        let timer_task = |timer: &Timer| {
            let event = mistral_model::json::parse(timer.body.as_bytes()).ok();
            event
                .and_then(|v| flow::TimerEvent::from_value(&v))
                .map(|event| (timer.id, event))
        };
        let timers = rows.timers.iter().filter_map(timer_task).collect();
        self.take_timers(rows.timers);
        let rows = flow::Rows {
            executions: rows.executions,
            tasks: rows.tasks,
            actions: rows.actions,
            queued: rows.claims.iter().map(|c| (c.action_id, c.attempt)).collect(),
            timers,
        };
        let now = self.now();
        let mut tree = self.with_ports(now, |ports| Tree::load(root, rows, ports))?;
        let mut effects = Effects::default();
        self.with_ports(now, |ports| {
            Decision {
                tree: &mut tree,
                ports,
                effects: &mut effects,
            }
            .recover()
        })?;
        self.pending.absorb(effects);
        if !tree.is_idle() {
            self.ready.push_back(root);
        }
        Ok(tree)
    }

    fn with_ports<R>(&self, now: Time, run: impl FnOnce(&Ports<'_>) -> R) -> R {
        let parts = &self.shared.parts;
        run(&Ports {
            now,
            ids: &self.ids,
            definitions: parts.definitions.as_ref(),
            catalog: parts.catalog.as_ref(),
            options: &self.shared.options.flow,
        })
    }

    /// Applies one event to its tree and works off what follows from it.
    fn apply(&mut self, root: Id, event: Event) {
        tracing::trace!(root = %root, what = ?event.what, again = event.again, "decided");
        let began = Instant::now();
        self.decisions += 1;
        let now = self.now();
        let Some(mut live) = self.trees.remove(&root) else {
            return;
        };
        live.used = self.decisions;
        let mut effects = Effects::default();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            self.with_ports(now, |ports| {
                let tree = if live.deleted {
                    &mut Tree::new(root)
                } else {
                    &mut live.tree
                };
                let mut decision = Decision {
                    tree,
                    ports,
                    effects: &mut effects,
                };
                let answer = handle_event(&mut decision, &event.what, self.shared.options.flow.turn_budget);
                (answer, decision.tree.is_idle())
            })
        }));
        metric::decided(began.elapsed().as_secs_f64());
        match outcome {
            Ok((Err(Failure::Unavailable(why)), _)) => {
                tracing::warn!(root = %root, why, "decision given up; it will be made again");
                self.poison(event);
            }
            Ok((answer, is_idle)) => {
                self.pending.absorb(effects);
                self.record(root, live, event, answer, is_idle);
            }
            Err(_) => {
                // A defect of ours. The tree is read again; the request is not repeated.
                tracing::error!(root = %root, "a decision panicked");
                let refusal = Refusal::new(500, "Internal error while deciding; the request was not carried out");
                if let ReplyTo::Caller(caller) = event.reply {
                    let _ = caller.send(Err(CallError::Refused(refusal)));
                }
                self.panicked.insert(root);
                self.poisoned = true;
            }
        }
    }

    fn record(&mut self, root: Id, mut live: Live, event: Event, answer: Result<Answer, Failure>, is_idle: bool) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(Failure::Refused(status, message)) => {
                self.finish(event, Err(Refusal::new(status, message)));
                self.trees.insert(root, live);
                self.drop_if_done(root);
                return;
            }
            Err(Failure::Workflow(message) | Failure::Task(message) | Failure::Unavailable(message)) => {
                self.finish(event, Err(Refusal::new(400, message)));
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                return;
            }
        };
        if !is_idle && !live.deleted {
            self.ready.push_back(root);
        }
        match answer {
            Answer::Deleted => {
                live.deleted = true;
                self.pending.deleted_roots.push(root);
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                self.finish(event, Ok(Response::Done));
            }
            Answer::Ready(response) => {
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                self.finish(event, Ok(response));
                self.standalone_ended(root);
            }
            Answer::Started(mode) => self.started_standalone(root, live, event, mode),
        }
    }

    /// A stand-alone action was started; its caller may have to wait.
    fn started_standalone(&mut self, root: Id, mut live: Live, event: Event, mode: Mode) {
        let Some(a) = live.tree.action(root) else { return };
        let row = live.tree.action_row(a);
        let ended = row.state.is_completed();
        let answer = standalone::answer(&live.tree, a, mode);
        match mode {
            Mode::Saved => {
                let mut shown = row;
                if shown.is_sync {
                    // As the client of upstream sees it: scheduled, whatever happens next.
                    shown.state = State::Running;
                    shown.output = None;
                    shown.accepted = false;
                }
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                self.finish(event, Ok(Response::Action(Box::new(shown))));
            }
            Mode::WaitUnsaved if ended => self.finish(event, answer),
            // What is refused leaves no row.
            Mode::WaitSaved if ended && answer.is_err() => self.finish(event, answer),
            Mode::WaitSaved if ended => {
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                self.finish(event, answer);
            }
            Mode::WaitSaved | Mode::WaitUnsaved => {
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                self.waiting.insert(root, (event, mode));
            }
        }
    }

    /// Answers the caller of a stand-alone action that has ended.
    fn standalone_ended(&mut self, root: Id) {
        if !self.waiting.contains_key(&root) {
            return;
        }
        let Some(live) = self.trees.get_mut(&root) else { return };
        let Some(a) = live.tree.action(root) else { return };
        if !live.tree.action_row(a).state.is_completed() {
            return;
        }
        let Some((event, mode)) = self.waiting.remove(&root) else {
            return;
        };
        let answer = standalone::answer(&live.tree, a, mode);
        if mode == Mode::WaitUnsaved || answer.is_err() {
            let mut effects = Effects::default();
            let now = self.now();
            if let Some(mut live) = self.trees.remove(&root) {
                let _ = self.with_ports(now, |ports| {
                    Decision {
                        tree: &mut live.tree,
                        ports,
                        effects: &mut effects,
                    }
                    .delete_action(root)
                });
                self.trees.insert(root, live);
            }
            self.pending.absorb(effects);
        }
        self.finish(event, answer);
    }

    fn touch(&mut self, root: Id, live: &mut Live) {
        if live.batch != self.batch {
            live.batch = self.batch;
            self.pending.touched.push(root);
        }
        self.pending.rows += 2;
    }

    fn finish(&mut self, event: Event, answer: Result<Response, Refusal>) {
        if let What::Timer(timer) = &event.what {
            self.pending.dropped_timers.push(timer.id);
        }
        if let (What::Request(Request::Start(start)), ReplyTo::Nobody, Err(refusal)) =
            (&event.what, &event.reply, &answer)
        {
            // A trigger asked for it, and nobody else will tell.
            let (workflow, description) = (&*start.workflow_name, start.description.as_deref().unwrap_or_default());
            tracing::warn!(workflow, description, error = %refusal, "execution refused");
        }
        self.pending.decided.push(Decided { event, answer });
    }

    /// Another turn for a tree with work left.
    fn go_on(&mut self, root: Id) {
        let Some(mut live) = self.trees.remove(&root) else {
            return;
        };
        if live.deleted {
            self.trees.insert(root, live);
            return;
        }
        let now = self.now();
        let mut effects = Effects::default();
        let budget = self.shared.options.flow.turn_budget;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            self.with_ports(now, |ports| {
                Decision {
                    tree: &mut live.tree,
                    ports,
                    effects: &mut effects,
                }
                .work(budget)
            })
        }));
        match outcome {
            Ok(Ok(done)) => {
                self.pending.absorb(effects);
                self.pending.rows += budget;
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                if !done {
                    self.ready.push_back(root);
                }
                self.standalone_ended(root);
            }
            Ok(Err(failure)) => {
                tracing::warn!(root = %root, ?failure, "decision given up; the tree will be read again");
                self.pending.touched.push(root);
                self.poisoned = true;
            }
            Err(_) => {
                tracing::error!(root = %root, "a decision panicked");
                self.panicked.insert(root);
                self.poisoned = true;
            }
        }
    }

    fn refuse_foreign(&self, event: Event) {
        if let Some((_, id)) = event.message {
            self.shared.message_done(id);
        }
        // Rows of inbox, timer and queue stay for the owner.
        if let (What::Request(request), ReplyTo::Caller(caller)) = (event.what, event.reply) {
            let _ = caller.send(Err(CallError::NotHere(Box::new(request))));
        }
    }

    /// Begins a commit if none is under way, and forgets what must be forgotten.
    async fn settle(&mut self) {
        self.hand_over();
        if self.in_flight.is_some() {
            return;
        }
        if self.poisoned {
            self.start_over().await;
            return;
        }
        // A node whose lease is over begins nothing; what was decided waits, for it may still be the owner.
        let may_begin = self.shared.parts.lease.is_valid() || self.mailbox.is_closed();
        if self.pending.is_empty() || !may_begin {
            return;
        }
        let Some(mut writer) = self.writer.take() else { return };
        let pending = std::mem::take(&mut self.pending);
        let mut changes = Vec::with_capacity(pending.touched.len());
        for root in &pending.touched {
            if let Some(live) = self.trees.get_mut(root).filter(|live| !live.deleted) {
                changes.push(live.tree.take_changes());
            }
        }
        let shared = self.shared.clone();
        let mut room = shared
            .parts
            .lane
            .as_ref()
            .map_or(0, |lane| lane.free())
            .saturating_sub(self.overflow.len());
        let claims = |job: &Job| {
            let Some(lane) = &shared.parts.lane else { return false };
            let mine = job.target.as_deref().is_none_or(|target| target == lane.host());
            let taken = mine && room > 0;
            room -= usize::from(taken);
            taken
        };
        let timers = pending.timers.iter().map(|timer| timer.id).collect();
        for timer in &pending.timers {
            if !pending.dropped_timers.contains(&timer.id) {
                let timer = timer.clone();
                if self.timers.insert((timer.fire_at, timer.id)) {
                    self.timer_events.insert(timer.id, timer);
                }
            }
        }
        for id in &pending.dropped_timers {
            self.disarm(*id);
            if let Some(timer) = self.timer_events.remove(id) {
                self.timers.remove(&(timer.fire_at, timer.id));
            }
        }
        let (batch, released) = pending.into_batch(changes, &self.epochs, self.shared.options.node, self.now(), claims);
        count_states(&batch);
        let rows = row_count(&batch);
        let number = self.batch;
        self.batch += 1;
        let shards = batch.fence.iter().map(|(shard, _)| *shard).collect();
        let commit = tokio::spawn(async move {
            let result = writer.commit(&batch).await;
            (writer, result)
        });
        self.in_flight = Some(InFlight {
            commit,
            released,
            number,
            rows,
            shards,
            timers,
            began: Instant::now(),
        });
    }

    async fn committed(&mut self, done: Result<Committed, tokio::task::JoinError>) {
        let Some(mut in_flight) = self.in_flight.take() else {
            return;
        };
        let result = match done {
            Ok((writer, result)) => {
                self.writer = Some(writer);
                result
            }
            Err(error) => {
                self.writer = Some(self.shared.parts.store.committer());
                Err(CommitError::Unknown(error.to_string()))
            }
        };
        match result {
            Ok(()) => {
                let held = self.trees.len() as i64;
                metric::trees_changed(held - self.trees_shown);
                self.trees_shown = held;
                let seconds = in_flight.began.elapsed().as_secs_f64();
                metric::batch_committed(in_flight.released.decided.len(), in_flight.rows, seconds);
                self.committed = in_flight.number;
                self.release(in_flight.released);
            }
            Err(error) => {
                tracing::warn!(%error, "batch not committed; its events are decided again");
                match &error {
                    CommitError::Fenced(shards) => {
                        metric::batch_fenced();
                        self.forget(shards);
                    }
                    // The transaction may still be open in the server, so that nothing read now is certain. Placement takes
                    // the shards anew, under another epoch, which waits for that transaction.
                    CommitError::Unknown(_) => {
                        metric::batch_failed();
                        let jobs = std::mem::take(&mut in_flight.released.jobs).into_iter();
                        let epoch = |job: &Job| self.epochs.get(&job.action_id.shard()).copied().unwrap_or_default();
                        let doubtful: Vec<(Job, i64)> = jobs
                            .map(|job| {
                                let epoch = epoch(&job);
                                (job, epoch)
                            })
                            .collect();
                        self.shared.doubt(doubtful);
                        self.forget(&in_flight.shards);
                    }
                    CommitError::Failed(_) => metric::batch_failed(),
                }
                self.shared.placement_hint.notify_one();
                self.poisoned = true;
                self.drop_timers(in_flight.timers);
                self.start_over_with(in_flight.released.decided, in_flight.released.touched)
                    .await;
            }
        }
    }

    /// Everything that waited for the commit.
    fn release(&mut self, released: Released) {
        for Decided { event, answer } in released.decided {
            if let Some((_, id)) = event.message {
                self.shared.message_done(id);
            }
            match event.reply {
                // The caller may have gone.
                ReplyTo::Caller(caller) => drop(caller.send(answer.map_err(CallError::Refused))),
                ReplyTo::Node { request_id, .. } => self.shared.request_done(request_id),
                ReplyTo::Nobody => {}
            }
        }
        if let Some(lane) = &self.shared.parts.lane {
            for job in released.jobs {
                if let Err(job) = lane.submit(job) {
                    self.overflow.push_back(job);
                }
            }
        }
        if !self.overflow.is_empty() {
            metric::lane_overflowed(self.overflow.len() as u64);
            self.drain_overflow();
        }
        if released.queued {
            self.shared.waker.queue();
            self.shared.actions_wait();
        }
        for node in released.replies {
            self.shared.waker.replies(node);
        }
        for root in released.touched {
            self.drop_if_done(root);
        }
        if self.trees.len() > self.shared.options.idle_trees * 2 {
            self.evict();
        }
    }

    fn drain_overflow(&mut self) {
        let Some(lane) = &self.shared.parts.lane else { return };
        while let Some(job) = self.overflow.pop_front() {
            if let Err(job) = lane.submit(job) {
                self.overflow.push_front(job);
                return;
            }
        }
    }

    /// A finished tree leaves memory as soon as its last change is committed.
    fn drop_if_done(&mut self, root: Id) {
        if let Some(live) = self.trees.get(&root)
            && live.batch <= self.committed
            && (live.deleted || live.tree.is_finished())
        {
            self.trees.remove(&root);
        }
    }

    /// Idle trees beyond the limit leave memory, those first that were used longest ago.
    fn evict(&mut self) {
        let committed = self.committed;
        let mut idle: Vec<(u64, Id)> = self
            .trees
            .iter()
            .filter(|(id, live)| live.tree.is_idle() && live.batch <= committed && !self.waiting.contains_key(id))
            .map(|(id, live)| (live.used, *id))
            .collect();
        let keep = self.shared.options.idle_trees;
        if idle.len() <= keep {
            return;
        }
        let excess = idle.len() - keep;
        idle.select_nth_unstable(excess);
        for (_, id) in idle.into_iter().take(excess) {
            self.trees.remove(&id);
        }
    }
}
