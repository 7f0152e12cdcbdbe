//! One loop: takes events from its mailbox, decides, and commits what was decided in one transaction at a time, and one more for trees
//! that grow (`commits`). While a commit is under way the loop goes on deciding; the next batch is whatever arrived meanwhile, so
//! batches grow by themselves under load and add no delay without it. Nothing that was decided is told to anybody before its commit.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;

use mistral_flow::{self as flow, Decision, Effects, Failure, Need, Ports, Stopped, Tree};
use mistral_model::action::Job;
use mistral_model::id::Generator;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::{Request, Response};
use mistral_model::{Id, Shard, State, Time};
use mistral_store::backend::{Committer, TreeReader};
use mistral_store::batch::Orphan;
use mistral_telemetry::metric;

use super::batch::{Decided, Pending};
use super::decide::{Answer, handle_event};
use super::event::{CallError, Event, Message, Part, ReplyTo, What};
use super::handle::{MailboxEnds, Shared};
use super::lease::Standing;
use super::standalone::{self, Mode, Waiting};
use super::turns::Turns;
use crate::map::{Map, Set};

mod beside;
mod callers;
mod commit;
mod commits;
pub(super) mod executors;
mod gate;
mod home;
pub(super) mod lanes;
mod memory;
mod parking;
mod requests;
#[cfg(test)]
pub(super) mod seen;
mod start_over;
mod take_over;
mod timers;
mod turn;

use beside::Away;
pub(super) use beside::Returned;
#[cfg(test)]
pub(super) use commits::beside;
use commits::{Commits, Side};
pub(super) use home::start;
use lanes::Lanes;
use memory::Thrift;
use parking::{Asked, Broken, Parked, Places};
use requests::Requests;
use turn::SHARE;
pub(super) use turn::Turn;

/// A tree in memory.
struct Live {
    tree: Tree,
    /// Number of the last batch that holds changes of it.
    batch: u64,
    /// Rows of it that batch has been told of.
    counted: usize,
    /// What the next batch has grown by because of it, in rows.
    load: usize,
    /// The same of those before, since it last had nothing left to do.
    burst: usize,
    deleted: bool,
    /// When it was last decided about, in events of the loop.
    used: u64,
    /// Rows of it are in the tables, or on the way there.
    stored: bool,
    /// What its decisions since the last commit had to ask for.
    asked: Option<Box<Asked>>,
    /// Time it may take before others get their turn, in microseconds; negative where it took more than its share.
    credit: i64,
    /// What it takes in memory, roughly, in bytes.
    weight: usize,
    /// It decides beside the loop.
    is_heavy: bool,
    /// What it has still to do has been found out.
    is_recovered: bool,
    /// It was read for a look only: it leaves as soon as nothing is left to do.
    is_looked_at: bool,
    /// It was read not long ago, and does not leave before this.
    stays_until: Option<Instant>,
    /// Something in it asks for what it was done with, and would do so again.
    looks_back: bool,
    /// It is not all of it.
    part: Option<Part>,
    /// Cancels of it are on their way to the store; whatever else happens to it waits, and has all of it read.
    is_ahead: bool,
}

impl Live {
    /// Whether it writes, and goes on to write, at least so many rows.
    fn grows(&self, least: usize) -> bool {
        let goes_on = || self.is_heavy || !self.tree.is_idle();
        !self.deleted && (self.load >= least || self.load + self.burst >= least && goes_on())
    }

    fn new(mut tree: Tree, used: u64) -> Box<Live> {
        tree.keep_moves(super::trace::is_wanted());
        Box::new(Live {
            tree,
            batch: 0,
            counted: 0,
            load: 0,
            burst: 0,
            deleted: false,
            used,
            stored: false,
            asked: None,
            credit: 0,
            weight: 0,
            is_heavy: false,
            is_recovered: true,
            is_looked_at: false,
            stays_until: None,
            looks_back: false,
            part: None,
            is_ahead: false,
        })
    }
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
    /// For what is done beside the loop.
    runtime: tokio::runtime::Handle,
    number: usize,
    mailbox: mpsc::Receiver<Message>,
    /// Results of actions: they come after what somebody waits for, and leave room for it in every batch.
    results: mpsc::Receiver<Message>,
    /// What concerns the shards of the loop, past a full mailbox.
    control: mpsc::UnboundedReceiver<Message>,
    /// Trees that were read come back this way, past a full mailbox.
    loaded: (mpsc::UnboundedSender<Message>, mpsc::UnboundedReceiver<Message>),
    trees_store: Arc<dyn TreeReader>,
    commits: Commits,
    ids: RefCell<Generator>,
    epochs: Map<Shard, i64>,
    trees: Map<Id, Box<Live>>,
    /// Trees that decide beside the loop just now, or will as soon as their changes are in a batch.
    away: BTreeMap<Id, Away>,
    departing: Vec<Id>,
    /// Options of decisions on the loop.
    brief: flow::Options,
    /// Rows that a commit takes in [`COMMIT`] or [`BRIEF_COMMIT`], by the last ones.
    commit_rows: f64,
    /// Events that wait for their trees. Ordered, so that what is decided again is decided in one order.
    parked: BTreeMap<Id, Parked>,
    /// Trees among them that wait for a commit.
    after_commit: Vec<Id>,
    broken: Broken,
    /// Trees that will be looked at after a panic.
    looks_again: Set<Id>,
    places: Places,
    readings: u64,
    /// Events to be decided before others: after a batch was refused, one at a time.
    backlog: VecDeque<Event>,
    /// Commits left that hold one event each: a batch was refused, and who is to blame must show.
    one_by_one: usize,
    /// Trees with work left over from their turn.
    ready: VecDeque<Id>,
    timers: BTreeSet<(Time, Id)>,
    timer_events: Map<Id, flow::Timer>,
    /// Shards whose stored timers are still being read, with those that are over meanwhile.
    arming: Map<Shard, Set<Id>>,
    pending: Pending,
    /// Somebody waits for what was decided since it was last settled.
    in_haste: bool,
    /// Number of the next batch.
    batch: u64,
    decisions: u64,
    /// Trees in memory, as the gauge shows them.
    trees_shown: i64,
    waiting: Waiting,
    /// What came from other processes.
    requests: Requests,
    turns: Turns,
    lanes: Lanes,
    /// Jobs that found no room in the lane after all.
    overflow: VecDeque<Job>,
    /// Jobs that were among them, and are being tried once more.
    tried: usize,
    /// Shards that are being handed over: nothing new begins on them.
    leaving: BTreeMap<Shard, mpsc::UnboundedSender<Shard>>,
    /// Bytes that trees have grown by since their memory was looked at.
    grown: usize,
    /// What trees are done with leaves memory.
    thrift: Thrift,
}

/// Steps between looks at the mailbox while trees have work left.
const MAILBOX_EVERY: usize = 64;
/// Time between them at most, but for the step that is under way.
const LOOK: Duration = Duration::from_micros(500);
/// Documents of so many bytes count as one row more of a batch: with the default of 16,384 rows a batch holds 16 MiB of them.
const BYTES_OF_A_ROW: usize = 1024;
/// A decision that takes longer is told to the log.
const LONG: Duration = Duration::from_millis(500);

/// What trees with much to do leave for one commit, in time: whoever comes meanwhile waits for that commit and its own.
const COMMIT: Duration = Duration::from_millis(8);
/// The same while trees grow and executions of others begin and end. Beside all attacks their p99 is 24 ms with 8 ms, 20 with 4 (see `REST`).
const BRIEF_COMMIT: Duration = Duration::from_millis(4);
/// Rows that a commit may take in any case.
const FEW_ROWS: f64 = 128.0;

impl ShardLoop {
    pub(crate) fn new(
        shared: Arc<Shared>,
        inputs: Inputs,
        writer: Box<dyn Committer>,
        trees: Arc<dyn TreeReader>,
        runtime: tokio::runtime::Handle,
    ) -> Self {
        let thrift = Thrift::of(0, &shared.options);
        ShardLoop {
            runtime,
            brief: beside::on_the_loop(&shared.options.flow),
            away: BTreeMap::new(),
            departing: Vec::new(),
            commit_rows: 1_000.0,
            shared,
            number: inputs.number,
            mailbox: inputs.mailbox.messages,
            results: inputs.mailbox.results,
            control: inputs.mailbox.control,
            loaded: mpsc::unbounded_channel(),
            trees_store: trees,
            commits: Commits::new(writer),
            ids: RefCell::new(Generator::new(inputs.seed)),
            epochs: Map::default(),
            trees: Map::default(),
            parked: BTreeMap::new(),
            after_commit: Vec::new(),
            broken: Broken::default(),
            looks_again: Set::default(),
            places: Places::default(),
            readings: 0,
            backlog: VecDeque::new(),
            one_by_one: 0,
            ready: VecDeque::new(),
            timers: BTreeSet::new(),
            timer_events: Map::default(),
            arming: Map::default(),
            pending: Pending::default(),
            in_haste: false,
            batch: 1,
            decisions: 0,
            trees_shown: 0,
            waiting: Waiting::new(),
            requests: Requests::default(),
            turns: Turns::default(),
            lanes: Lanes::default(),
            overflow: VecDeque::new(),
            tried: 0,
            leaving: BTreeMap::new(),
            grown: 0,
            thrift,
        }
    }

    /// Runs until the mailbox is closed and everything decided is committed.
    pub(crate) async fn run(mut self) {
        loop {
            let closed = self.wait().await;
            self.turn().await;
            self.settle().await;
            if closed && self.commits.is_idle() && self.pending.is_empty() {
                return;
            }
        }
    }

    fn now(&self) -> Time {
        self.shared.parts.clock.now()
    }

    fn is_full(&self) -> bool {
        if self.one_by_one > 0 {
            return !self.pending.is_empty();
        }
        let options = &self.shared.options;
        self.pending.decided.len() >= options.batch_events || self.pending.rows >= options.batch_rows
    }

    /// Whether trees with work left have done enough for the next batch: its commit takes as long as one may that nobody waits for.
    fn has_enough_rows(&self) -> bool {
        // What was taken back is still counted.
        self.pending.rows as f64 >= self.commit_rows && !self.pending.is_empty()
    }

    /// Rows that a tree with work left may change in one turn: with what is pending, what a commit may hold.
    fn rows_of_a_turn(&self) -> usize {
        (self.commit_rows as usize).saturating_sub(self.pending.rows).max(1)
    }

    /// Takes note of how long a commit took.
    fn learn_pace(&mut self, rows: usize, seconds: f64) {
        if rows as f64 >= FEW_ROWS / 2.0 && seconds > 0.0 {
            let target = match self.shared.traffic.is_growing() && self.shared.traffic.is_served() {
                true => BRIEF_COMMIT,
                false => COMMIT,
            };
            let now = rows as f64 * target.as_secs_f64() / seconds;
            let most = self.shared.options.batch_rows as f64;
            self.commit_rows = (0.7 * self.commit_rows + 0.3 * now).clamp(FEW_ROWS.min(most), most);
        }
    }

    /// Waits for something to do. `true`: nothing more will come.
    async fn wait(&mut self) -> bool {
        let lease = self.shared.parts.lease.clone();
        let is_lapsed = !lease.is_valid();
        let rests_until = self.rests_until();
        if !is_lapsed && self.commits.is_idle() && !self.pending.is_empty() && rests_until.is_none() {
            // The lease was over a moment ago.
            return false;
        }
        let must_wait = self.is_full() && (!self.commits.is_idle() || is_lapsed);
        let may_decide = !must_wait;
        let may_go_on = !self.ready.is_empty() && !self.has_enough_rows();
        // What is committed comes first: a turn does nothing before it has been released.
        if may_decide && !self.commits.has_ended() && (may_go_on || !self.backlog.is_empty()) {
            return false;
        }
        let next_timer = self.timers.first().filter(|_| may_decide).map(|(at, _)| *at);
        let until_timer = next_timer.map(|at| Duration::from_micros((at.0 - self.now().0).max(0) as u64));
        let overflow = !self.overflow.is_empty() && self.tried == 0;
        tokio::select! {
            biased;
            (side, done) = self.commits.ended() => {
                self.committed(side, done).await;
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
                    // Closed: only what is being committed is left to wait for.
                    if !self.commits.is_idle() {
                        let (side, done) = self.commits.ended().await;
                        self.committed(side, done).await;
                    }
                    true
                }
            },
            Some(message) = self.results.recv(), if may_decide && !self.has_enough_rows() => {
                self.receive(message);
                false
            }
            () = async {
                match until_timer {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => std::future::pending().await,
                }
            } => false,
            () = tokio::time::sleep_until(rests_until.unwrap_or_else(Instant::now)), if rests_until.is_some() => false,
            () = tokio::time::sleep(Duration::from_millis(20)), if overflow => {
                self.drain_overflow();
                false
            }
        }
    }

    /// Decides about what is there, until the batch is full.
    async fn turn(&mut self) {
        let (mut steps, mut results) = (0, 0);
        let began = Instant::now();
        let mut looked = began;
        self.fire_timers();
        while !self.is_full() {
            if !self.commits.is_idle() && self.commits.driven.elapsed() >= LOOK {
                self.drive_commit().await;
            }
            // Callers wait for the answers that it releases.
            if self.commits.has_ended() {
                return;
            }
            if let Ok(message) = self.control.try_recv() {
                self.receive(message);
                continue;
            }
            if let Ok(message) = self.loaded.1.try_recv() {
                self.receive(message);
                continue;
            }
            if let Some(event) = self.backlog.pop_front() {
                self.decide(event);
                continue;
            }
            let nothing_left = self.ready.is_empty() || self.has_enough_rows();
            if steps % MAILBOX_EVERY == 0 || nothing_left || looked.elapsed() >= LOOK {
                if let Ok(message) = self.mailbox.try_recv() {
                    self.receive(message);
                    continue;
                }
                // Trees with work left have their turns between the results of others.
                if (nothing_left || results < MAILBOX_EVERY)
                    && !self.has_enough_rows()
                    && let Ok(message) = self.results.try_recv()
                {
                    results += 1;
                    self.receive(message);
                    continue;
                }
                if nothing_left || self.callers_go_first() {
                    return;
                }
                (looked, results) = (Instant::now(), 0);
            }
            steps += 1;
            if let Some(root) = self.ready.pop_front() {
                self.go_on(root);
            }
            // A tree with much to do shares the turn with those that wait for the commit.
            if (steps >= MAILBOX_EVERY || began.elapsed() >= SHARE) && self.may_commit() {
                return;
            }
        }
    }

    /// Whether a commit of what was decided could begin.
    fn may_commit(&self) -> bool {
        self.may_begin(Side::Ordinary) || self.pending.may_grow && self.may_begin(Side::Growing)
    }

    /// Whether somebody waits for what was decided, and need not wait for trees that grow.
    fn callers_go_first(&self) -> bool {
        let some_grow = self.pending.may_grow || self.commits.is_busy(Side::Growing);
        some_grow && self.in_haste && !self.commits.is_busy(Side::Ordinary)
    }

    fn receive(&mut self, message: Message) {
        match message {
            Message::Event(event) => {
                let event = self.compared(event);
                self.decide(event);
            }
            Message::Loaded(root, number, outcome, _place) => self.take_loaded(root, number, outcome),
            Message::Answered(root, number, found) => self.take_answers(root, number, found),
            Message::LookAgain(root) => {
                self.looks_again.remove(&root);
                self.decide(Event::new(What::Check(root)));
            }
            Message::Returned(returned) => self.take_returned(*returned),
            Message::Acquired(shards, done) => {
                for (shard, _) in &shards {
                    self.shared.set_owner(*shard, Some(self.number));
                    self.arming.insert(*shard, Set::default());
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
                for orphan in orphans {
                    let Orphan {
                        root_id,
                        action_id,
                        attempt,
                        safe_rerun: may_repeat,
                        ..
                    } = orphan;
                    self.decide(Event::new(What::Lost {
                        root_id,
                        action_id,
                        attempt,
                        may_repeat,
                    }));
                }
            }
            Message::GiveUp(shards, done) => self.give_up(shards, done),
            Message::Lost(shards) => self.forget(&shards),
            Message::Overflow(jobs) => {
                metric::lane_overflowed(jobs.len() as u64);
                self.overflow.extend(jobs);
            }
            Message::OverflowAgain(jobs) => self.tried_again(jobs),
        }
    }

    /// An event that may be a copy of one that came before.
    fn compared(&mut self, mut event: Event) -> Event {
        match &event.reply {
            ReplyTo::Node { request_id, .. } => {
                self.requests.see(*request_id);
            }
            ReplyTo::Peer(caller) => event.again |= self.requests.see(caller.request_id()),
            ReplyTo::Caller(_) | ReplyTo::Nobody => {}
        }
        // Given back, it is not begun here any more.
        if let What::Request(Request::GiveBack { action_id, attempt, .. }) = &event.what {
            self.overflow
                .retain(|job| job.action_id != *action_id || job.attempt > *attempt);
        }
        event
    }

    /// Decides about one event, or has its tree read first.
    fn decide(&mut self, mut event: Event) {
        let root = event.root_id();
        if let ReplyTo::Node { request_id, .. } = event.reply
            && self.requests.is_done(request_id)
        {
            // A copy that waited while the first was carried out: only its row is to be removed.
            event.what = What::Check(root);
            event.reply = ReplyTo::Nobody;
        }
        if !self.epochs.contains_key(&root.shard()) || self.leaving.contains_key(&root.shard()) {
            return self.refuse_foreign(event);
        }
        let Some(event) = self.waits_for_return(root, event) else {
            return;
        };
        let rests = |live: &Live| live.deleted || live.is_ahead;
        if self.trees.get(&root).is_some_and(|live| rests(live)) || self.parked.contains_key(&root) {
            return self.park(root, event);
        }
        if !self.trees.contains_key(&root) {
            if event.deletes_its_tree() {
                return self.delete_unread(root, event);
            }
            if !event.makes_its_tree() {
                return self.park(root, event);
            }
            self.trees.insert(root, Live::new(Tree::new(root), self.decisions));
        }
        self.apply(root, event);
    }

    /// Deletes a tree that is not in memory, and may be too large for it.
    fn delete_unread(&mut self, root: Id, event: Event) {
        let mut live = Live::new(Tree::new(root), self.decisions);
        live.deleted = true;
        self.pending.deleted_roots.push(root);
        self.touch(root, &mut live);
        self.trees.insert(root, live);
        self.finish(event, Ok(Response::Done));
    }

    fn with_ports<R>(&self, asked: Option<&Asked>, run: impl FnOnce(&Ports<'_>) -> R) -> R {
        let parts = &self.shared.parts;
        let answered = asked.map(|asked| asked.answers.over(parts.definitions.as_ref()));
        run(&Ports {
            now: asked.map_or_else(|| self.now(), |asked| asked.at),
            ids: &self.ids,
            definitions: match &answered {
                Some(answered) => answered,
                None => parts.definitions.as_ref(),
            },
            catalog: parts.catalog.as_ref(),
            options: &self.brief,
        })
    }

    /// Takes over what a decision wants, and tells the log what nobody else would tell.
    fn absorb(&mut self, root: Id, live: &mut Live, mut effects: Effects) {
        for failure in effects.unseen.drain(..) {
            tracing::warn!(root = %root, failure, "a piece of work failed and changed nothing");
        }
        if let Some(why) = &effects.halted {
            tracing::warn!(root = %root, why = &**why, "an execution is beyond its budget");
        }
        self.count(live, effects.rows() + effects.bytes / BYTES_OF_A_ROW);
        self.pending.absorb(root, effects);
    }

    /// A decision is over: its time is measured and charged to its tree.
    fn charge(&self, root: Id, live: &mut Live, began: Instant) {
        let time = began.elapsed();
        metric::decided(time.as_secs_f64());
        live.credit -= i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        if time > LONG {
            tracing::warn!(root = %root, seconds = time.as_secs_f64(), rows = live.tree.size(), "a decision took long");
        }
    }

    /// Applies one event to its tree and works off what follows from it.
    fn apply(&mut self, root: Id, mut event: Event) {
        let lacks_rows = |live: &Live| live.part.as_ref().is_some_and(|part| !part.suffices(&event));
        if self.trees.get(&root).is_some_and(|live| lacks_rows(live)) {
            let live = self.trees.remove(&root);
            return live.map_or((), |live| self.redo(root, live, Some(event), Vec::new()));
        }
        let live = self.trees.get(&root);
        let is_heavy = live.is_some_and(|live| live.is_heavy);
        // A start is answered before its tasks begin, if that alone fits in here.
        let is_bare = event.is_a_start() && !event.is_expensive && live.is_some_and(|live| live.is_recovered);
        if is_heavy && !is_bare {
            return self.send_away(root, Some(event));
        }
        let (pieces, rows) = (
            if is_heavy { 0 } else { self.brief.turn_budget },
            self.commit_rows as usize,
        );
        tracing::trace!(root = %root, what = ?event.what, again = event.again, "decided");
        let began = Instant::now();
        self.decisions += 1;
        let Some(mut live) = self.trees.remove(&root) else {
            return;
        };
        live.used = self.decisions;
        live.is_looked_at &= event.is_a_look();
        let mut effects = Effects::default();
        let outcome = flow::attempt(|| {
            self.with_ports(live.asked.as_deref(), |ports| {
                let mut decision = Decision {
                    tree: &mut live.tree,
                    ports,
                    effects: &mut effects,
                };
                let turn = Turn::begins(began, pieces, decision.tree, rows);
                let answer = handle_event(&mut decision, &event.what, &turn);
                (answer, decision.tree.is_idle())
            })
        });
        self.charge(root, &mut live, began);
        match outcome {
            Ok((Err(Failure::Needs(needs)), _)) => {
                event.is_expensive |= is_heavy && needs.contains(&Need::Room);
                self.redo(root, live, Some(event), needs);
            }
            Ok((answer, is_idle)) => {
                self.absorb(root, &mut live, effects);
                self.record(root, live, event, answer, is_idle);
            }
            Err(Stopped::Absent) => self.redo(root, live, Some(event), Vec::new()),
            Err(Stopped::Panicked) => self.panicked(root, live, Some(event)),
        }
    }

    /// Finds out from the rows what a tree that was just read has still to do.
    ///
    /// # Errors
    /// What it needs for it; `None` after a panic.
    fn recover(&mut self, root: Id, live: &mut Live) -> Result<(), Option<Vec<Need>>> {
        let began = Instant::now();
        let mut effects = Effects::default();
        let outcome = flow::attempt(|| {
            self.with_ports(live.asked.as_deref(), |ports| {
                let mut decision = Decision {
                    tree: &mut live.tree,
                    ports,
                    effects: &mut effects,
                };
                decision.recover()
            })
        });
        self.charge(root, live, began);
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(Failure::Needs(needs))) => return Err(Some(needs)),
            Ok(Err(failure)) => {
                tracing::warn!(root = %root, ?failure, "what a tree has still to do is not all known");
            }
            Err(_) => {
                tracing::error!(root = %root, "the check of a tree panicked");
                return Err(None);
            }
        }
        #[cfg(test)]
        if live.tree.is_spreading() {
            seen::note(seen::Way::SpreadingWhenRead);
        }
        self.absorb(root, live, effects);
        if !live.tree.is_idle() {
            self.ready.push_back(root);
        }
        Ok(())
    }

    fn record(&mut self, root: Id, mut live: Box<Live>, event: Event, answer: Result<Answer, Failure>, is_idle: bool) {
        let answer = match answer {
            Ok(answer) => answer,
            // Handled by the caller.
            Err(Failure::Needs(needs)) => return self.redo(root, live, Some(event), needs),
            Err(Failure::Refused(refusal)) => {
                self.finish(event, Err(refusal));
                self.trees.insert(root, live);
                self.drop_if_done(root);
                return;
            }
            Err(Failure::Workflow(message) | Failure::Task(message)) => {
                self.finish(event, Err(Refusal::new(Kind::Invalid, message)));
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
    fn started_standalone(&mut self, root: Id, mut live: Box<Live>, event: Event, mode: Mode) {
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
            // What is refused leaves no row either.
            Mode::WaitUnsaved | Mode::WaitSaved if ended && (mode == Mode::WaitUnsaved || answer.is_err()) => {
                // The loop was started over, or another owner began it: there is a row that nobody wants.
                if live.stored {
                    self.delete_standalone(root, &mut live);
                    self.trees.insert(root, live);
                }
                self.finish(event, answer);
            }
            Mode::WaitSaved if ended => {
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                self.finish(event, answer);
            }
            Mode::WaitSaved | Mode::WaitUnsaved => {
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                self.waiting.entry(root).or_default().push((event, mode));
            }
        }
    }

    fn finish(&mut self, event: Event, answer: Result<Response, Refusal>) {
        if let What::Timer(timer) = &event.what {
            self.pending.dropped_timers.push((timer.root_id, timer.id));
        }
        if let (What::Request(Request::Start(start)), ReplyTo::Nobody, Err(refusal)) =
            (&event.what, &event.reply, &answer)
        {
            // A trigger asked for it, and nobody else will tell.
            let (workflow, description) = (&*start.workflow_name, start.description.as_deref().unwrap_or_default());
            tracing::warn!(workflow, description, error = %refusal, "execution refused");
        }
        self.in_haste |= event.has_caller();
        self.pending.decided.push(Decided { event, answer });
    }

    /// Another turn for a tree with work left.
    fn go_on(&mut self, root: Id) {
        if self.trees.get(&root).is_some_and(|live| live.is_heavy && !live.deleted) {
            return self.send_away(root, None);
        }
        let Some(mut live) = self.trees.remove(&root) else {
            return;
        };
        if live.deleted {
            self.trees.insert(root, live);
            return;
        }
        // Deficit round robin: who took more than its share lets the others go first for as many rounds.
        live.credit = (live.credit + SHARE.as_micros() as i64).min(SHARE.as_micros() as i64);
        if live.credit <= 0 && !self.ready.is_empty() {
            self.trees.insert(root, live);
            return self.ready.push_back(root);
        }
        let began = Instant::now();
        let mut effects = Effects::default();
        let turn = Turn::begins(
            began,
            self.shared.options.flow.turn_budget,
            &live.tree,
            self.rows_of_a_turn(),
        );
        let outcome = flow::attempt(|| {
            self.with_ports(live.asked.as_deref(), |ports| {
                let mut decision = Decision {
                    tree: &mut live.tree,
                    ports,
                    effects: &mut effects,
                };
                turn.work(&mut decision)
            })
        });
        self.charge(root, &mut live, began);
        match outcome {
            Ok(Ok(done)) => {
                #[cfg(test)]
                if live.tree.is_spreading() {
                    seen::note(seen::Way::Spreading);
                }
                self.absorb(root, &mut live, effects);
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                if !done {
                    self.ready.push_back(root);
                }
                self.standalone_ended(root);
            }
            Ok(Err(Failure::Needs(needs))) => self.redo(root, live, None, needs),
            Ok(Err(failure)) => {
                tracing::error!(root = %root, ?failure, "work cannot be done");
                self.panicked(root, live, None);
            }
            Err(Stopped::Absent) => self.redo(root, live, None, Vec::new()),
            Err(Stopped::Panicked) => self.panicked(root, live, None),
        }
    }

    fn refuse_foreign(&self, event: Event) {
        if let Some((_, id)) = event.message {
            self.shared.message_done(id);
        }
        // Rows of inbox, timer and queue stay for the owner.
        if let What::Request(mut request) = event.what {
            // A commit whose answer was lost may have carried it out: whoever owns the shard looks whether the execution is there.
            // A stand-alone action may have left nothing to look for.
            let mut may_have_run = false;
            match &mut request {
                Request::Start(start) => start.id_is_chosen |= event.again,
                Request::RunAction(_) => may_have_run = event.again,
                _ => {}
            }
            event.reply.answer(Err(match event.ended {
                // Its row may be gone: another owner would run it once more.
                true => CallError::Refused(Refusal::new(
                    Kind::Unavailable,
                    "The action has ended, but its result was lost with its owner",
                )),
                false if may_have_run => CallError::Refused(Refusal::new(
                    Kind::Unavailable,
                    "The owner of the action has changed; it may have been carried out",
                )),
                false => CallError::NotHere(Box::new(request)),
            }));
        }
    }
}
