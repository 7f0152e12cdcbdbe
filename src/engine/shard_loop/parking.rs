//! Events that wait for their tree: until it is read, until what its decisions need is known, or until a commit that holds
//! earlier changes of it is over. And decisions that are given up: [`ShardLoop::redo`] takes back what one tree has decided
//! since the last commit began, and leaves its neighbours alone.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::map::{Map, Set};
use mistral_flow::{Answers, Effects, Found, Need, Tree};
use mistral_model::action::Outcome;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::Request;
use mistral_model::{Id, Shard, Time};
use mistral_store::batch::Timer;
use mistral_telemetry::metric;

use super::super::event::{Event, Extent, Loaded, Message, Part, ReadError, ReplyTo, What};
use super::super::reading::{Reading, Recovery, Wanted, find, is_lookup};
use super::super::standalone;
use super::{Live, ShardLoop, beside, memory};

/// Trees that are read at the same time, their rows in memory.
const READINGS: usize = 32;
/// The same for trees that nobody waits for: the check after a take-over.
const CHECKS: usize = 4;
/// Definitions asked for at the same time.
const DEFINITIONS: usize = 64;
/// Decisions whose look-ups (`tasks()`, `executions()`) run at the same time.
const LOOKUPS: usize = 8;
/// Needs of one decision that are asked for at the same time.
const AT_ONCE: usize = 8;
/// Events that wait for one tree. Executors repeat what is refused.
pub(super) const EVENTS: usize = 10_000;
/// Room for cancels beyond that.
const CANCELS: usize = 64;
/// Executions of one tree whose cancels come before a reading of all of it, which they make worthless.
const AHEAD: usize = 8;
/// How long a tree that cannot be read is not tried again.
const BROKEN: Duration = Duration::from_secs(10);
/// After a panic: when a tree is looked at again that nobody else asks for, and when results that stayed in the inbox come again.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// Trees that cannot be read that are remembered.
const MANY_BROKEN: usize = 1_000;

/// What bounds the readings of one loop.
pub(super) struct Places {
    readings: Arc<Semaphore>,
    checks: Arc<Semaphore>,
    definitions: Arc<Semaphore>,
    lookups: Arc<Semaphore>,
}

impl Default for Places {
    fn default() -> Places {
        let places = |n| Arc::new(Semaphore::new(n));
        Places {
            readings: places(READINGS),
            checks: places(CHECKS),
            definitions: places(DEFINITIONS),
            lookups: places(LOOKUPS),
        }
    }
}

/// What was found for the decisions of one tree that are not on their way to the store yet.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub answers: Answers,
    /// When it was first asked: those decisions keep that time, so that a question that names it stays the same.
    pub at: Time,
}

/// Events of one tree that wait, in order.
pub(super) struct Parked {
    pub events: Vec<Event>,
    /// Nothing of the tree is in the tables, nor on the way there.
    is_new: bool,
    waits: Waits,
    asked: Option<Box<Asked>>,
    /// Readings that failed.
    failures: u32,
    /// It decides beside the loop.
    is_heavy: bool,
    /// It asked for rows that had left memory.
    looks_back: bool,
    /// What was read of it is not enough.
    needs_all: bool,
    /// Only the executions that are asked for are being read, or were.
    is_part: bool,
    part: Option<Part>,
    /// Of what the tree that was read has still to do.
    effects: Option<Box<Effects>>,
    /// Executions whose cancels were decided before all of it was read.
    cancelled: Vec<Id>,
}

/// Answers that carry another number are outdated: they show the tree as it was before.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Waits {
    Commit(u64),
    Answers(u64),
    Reading(u64),
}

/// Trees that nobody tries for a while.
pub(super) type Broken = Map<Id, BrokenTree>;

pub(super) struct BrokenTree {
    since: Instant,
    why: Arc<str>,
    /// The defect is one of this program, not of its rows: results of its actions are kept for a later attempt, or a better program.
    is_ours: bool,
}

/// What callers are told whose event panicked.
const PANICKED: &str = "Internal error while deciding; the request was not carried out";

impl ShardLoop {
    /// Lets an event wait, for a tree whose events wait already or that has to be read.
    pub(super) fn park(&mut self, root: Id, event: Event) {
        if let Some(parked) = self.parked.get_mut(&root) {
            if event.deletes_its_tree() && parked.waits_long() {
                return self.delete_ahead(root, event);
            }
            let most = match event.cancels() {
                Some(_) => EVENTS + CANCELS,
                None => EVENTS,
            };
            if parked.events.len() >= most {
                parked.events.retain(|event| !event.is_given_up());
            }
            if parked.events.len() >= most {
                return self.turn_away(event);
            }
            let goes_ahead = event.cancels().is_some_and(|id| parked.lets_ahead(id)) && parked.waits_long();
            parked.events.push(event);
            if goes_ahead
                && self.one_by_one == 0
                && let Some(parked) = self.parked.remove(&root)
            {
                self.proceed(root, parked);
            }
            return;
        }
        if let Some(broken) = self.broken.get(&root) {
            if broken.since.elapsed() < BROKEN {
                let why = broken.why.clone();
                return match broken.is_ours {
                    true => self.put_off(event, &why),
                    false => self.refuse(event, Refusal::new(Kind::Internal, &*why)),
                };
            }
            self.broken.remove(&root);
        }
        self.proceed(root, Parked::new(vec![event], false));
    }

    /// Too many wait: who can come again is told to.
    pub(super) fn turn_away(&mut self, event: Event) {
        tracing::warn!(root = %event.root_id(), "too many events wait for one tree");
        match (event.message, event.reply) {
            (None, reply) => {
                let refusal = Refusal::new(Kind::Unavailable, "Too many requests wait for this execution");
                reply.answer(Err(super::CallError::Refused(refusal)));
            }
            // It stays in the inbox.
            (Some((_, id)), _) => self.shared.message_done(id),
        }
    }

    /// Gives up what a tree has decided since the last commit began, and decides it again: with what it needs, out of its rows. Where
    /// that is nothing, rows of it had left memory.
    pub(super) fn redo(
        &mut self,
        root: Id,
        live: Box<Live>,
        undecided: impl IntoIterator<Item = Event>,
        needs: Vec<Need>,
    ) {
        tracing::trace!(root = %root, ?needs, "decided again");
        let mut events = self.take_back(root);
        events.extend(undecided);
        let is_foreign = !self.epochs.contains_key(&root.shard()) || self.leaving.contains_key(&root.shard());
        if is_foreign {
            return events.into_iter().for_each(|event| self.refuse_foreign(event));
        }
        if events.is_empty() {
            // Work was left; it follows from the rows.
            events.push(Event::new(What::Check(root)));
        }
        let (needs, wants_room) = beside::without_room(needs);
        let needs_all = live.part.is_some();
        #[cfg(test)]
        if needs_all {
            super::seen::note(super::seen::Way::PartNotEnough);
        }
        let parked = Parked {
            asked: live.asked,
            looks_back: live.looks_back || needs.is_empty() && !wants_room && !needs_all,
            needs_all,
            is_heavy: live.is_heavy || wants_room,
            ..Parked::new(events, !live.stored)
        };
        match needs.is_empty() {
            true => self.proceed(root, parked),
            false => self.ask(root, parked, needs),
        }
    }

    /// A decision panicked: a defect of ours. The tree is read again, for the other events only: a result becomes a failure of its
    /// action, once, anything else is refused. Where it is not known who is to blame (`event` is `None`), all that is not
    /// committed is decided once more before that.
    pub(super) fn panicked(&mut self, root: Id, live: Box<Live>, event: Option<Event>) {
        tracing::error!(root = %root, event = ?event, "a decision panicked");
        let mut events = self.take_back(root);
        let to_blame = match event {
            Some(event) => vec![event],
            None => {
                events.retain(|event| !event.is_a_look());
                let (suspects, others) = events.into_iter().partition(|event: &Event| event.has_panicked);
                events = others;
                events.iter_mut().for_each(|event| event.has_panicked = true);
                suspects
            }
        };
        for event in to_blame {
            match event.with_failure(PANICKED) {
                Ok(event) => events.push(event),
                Err(event) => self.put_off(*event, PANICKED),
            }
        }
        match events.is_empty() {
            // Work may be left that follows from its rows, or a timer that fired.
            true => self.look_again(root, LOOK_AGAIN),
            false => self.proceed(root, Parked::new(events, !live.stored)),
        }
    }

    /// Refuses an event because of a defect of ours. A result does not count as delivered by that: its executor keeps it, or it
    /// stays in the inbox, and it comes again.
    fn put_off(&mut self, event: Event, why: &str) {
        let is_result = matches!(event.what, What::Request(Request::Report(_)));
        match (is_result, event.message) {
            (false, _) => self.refuse(event, Refusal::new(Kind::Internal, why)),
            (true, Some((_, id))) => {
                let shared = self.shared.clone();
                self.runtime.spawn(async move {
                    tokio::time::sleep(LOOK_AGAIN).await;
                    shared.message_done(id);
                });
            }
            (true, None) => {
                let refusal = Refusal::new(Kind::Unavailable, why);
                event.reply.answer(Err(super::CallError::Refused(refusal)));
            }
        }
    }

    /// Has a tree looked at after a while.
    fn look_again(&mut self, root: Id, after: Duration) {
        if self.looks_again.insert(root) {
            let answer = self.loaded.0.clone();
            self.runtime.spawn(async move {
                tokio::time::sleep(after).await;
                // The loop may have ended.
                let _ = answer.send(Message::LookAgain(root));
            });
        }
    }

    /// Takes everything back that a tree has decided and that is in no batch yet. Returns the events, in order.
    fn take_back(&mut self, root: Id) -> Vec<Event> {
        self.trees.remove(&root);
        self.ready.retain(|id| *id != root);
        let mut events: Vec<Event> = standalone::events(self.waiting.remove(&root)).collect();
        events.extend(self.pending.take_back(root));
        for event in &mut events {
            event.again = true;
        }
        events
    }

    /// Does what has to be done next before the events of this tree can be decided.
    fn proceed(&mut self, root: Id, mut parked: Parked) {
        let rests = self.trees.get(&root).filter(|live| live.deleted || live.is_ahead);
        if let Some(number) = rests.map(|live| live.batch).or_else(|| self.commits.of_tree(root)) {
            parked.waits = Waits::Commit(number);
            self.after_commit.push(root);
            self.parked.insert(root, parked);
        } else if parked.is_new {
            self.settle_in(root, Tree::new(root), false, parked);
        } else {
            self.read(root, parked);
        }
    }

    /// After a commit: trees whose changes it held are read now.
    pub(super) fn proceed_after_commit(&mut self) {
        for root in std::mem::take(&mut self.after_commit) {
            match self.parked.get(&root).map(|parked| parked.waits) {
                Some(Waits::Commit(number)) if self.is_committed(number) => {
                    if let Some(parked) = self.parked.remove(&root) {
                        self.proceed(root, parked);
                    }
                }
                Some(Waits::Commit(_)) => self.after_commit.push(root),
                _ => {}
            }
        }
    }

    /// Asks for what decisions of this tree need.
    fn ask(&mut self, root: Id, mut parked: Parked, needs: Vec<Need>) {
        self.readings += 1;
        let number = self.readings;
        parked.waits = Waits::Answers(number);
        if parked.asked.is_none() {
            parked.asked = Some(Box::new(Asked {
                answers: Answers::default(),
                at: self.now(),
            }));
        }
        self.parked.insert(root, parked);
        let mut known = Set::default();
        let needs: Vec<Need> = needs.into_iter().filter(|need| known.insert(need.clone())).collect();
        metric::decision_waits(needs.len());
        let places = match needs.iter().any(is_lookup) {
            true => self.places.lookups.clone(),
            false => self.places.definitions.clone(),
        };
        let (definitions, limit) = (self.shared.parts.definitions.clone(), self.shared.options.lookup);
        let answer = self.loaded.0.clone();
        self.runtime.spawn(async move {
            // Never closed.
            let _place = places.acquire_owned().await;
            let mut found = Vec::with_capacity(needs.len());
            for some in needs.chunks(AT_ONCE) {
                let asked = some.iter().map(|need| find(definitions.as_ref(), need, limit));
                let answers = futures_util::future::join_all(asked).await;
                found.extend(some.iter().cloned().zip(answers));
            }
            // The loop may have ended.
            let _ = answer.send(Message::Answered(root, number, found));
        });
    }

    pub(super) fn take_answers(&mut self, root: Id, number: u64, found: Vec<(Need, Found)>) {
        if self
            .parked
            .get(&root)
            .is_none_or(|parked| parked.waits != Waits::Answers(number))
        {
            return;
        }
        if let Some(mut parked) = self.parked.remove(&root) {
            if let Some(asked) = &mut parked.asked {
                asked.answers.add(found);
            }
            self.proceed(root, parked);
        }
    }

    /// Has a tree read, and built beside the loop.
    fn read(&mut self, root: Id, mut parked: Parked) {
        self.readings += 1;
        let number = self.readings;
        let places = match parked.events.iter().all(Event::is_a_look) {
            true => self.places.checks.clone(),
            false => self.places.readings.clone(),
        };
        let pause = match parked.failures {
            0 => Duration::ZERO,
            n => Duration::from_millis(250 << n.min(4)),
        };
        parked.waits = Waits::Reading(number);
        let answers = parked
            .asked
            .as_ref()
            .map(|asked| asked.answers.clone())
            .unwrap_or_default();
        let (is_heavy, at) = (parked.is_heavy, parked.asked.as_ref().map(|asked| asked.at));
        let wanted = parked.wanted(self.one_by_one > 0);
        parked.is_part = wanted.is_some();
        self.parked.insert(root, parked);
        let mut reading = self.reading(answers);
        match &mut reading.recovery {
            Some(recovery) if !is_heavy => recovery.at = at,
            recovery => *recovery = None,
        }
        let answer = self.loaded.0.clone();
        self.runtime.spawn(async move {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            // Held until the loop has taken the tree: this bounds what is in memory.
            let place = places.acquire_owned().await.ok();
            let outcome = match wanted {
                Some(wanted) => reading.look(root, wanted).await,
                None => reading.run(root).await,
            };
            // The loop may have ended.
            let _ = answer.send(Message::Loaded(root, number, outcome, place));
        });
    }

    pub(super) fn reading(&self, answers: Answers) -> Reading {
        let parts = &self.shared.parts;
        let seed = self.ids.borrow_mut().next(self.now().0, Shard(0)).0 as u64;
        Reading {
            recovery: Some(Recovery {
                catalog: parts.catalog.clone(),
                clock: parts.clock.clone(),
                at: None,
                options: self.brief.clone(),
                seed,
            }),
            store: self.trees_store.clone(),
            definitions: self.shared.parts.definitions.clone(),
            options: self.shared.options.flow.clone(),
            limit: self.shared.options.lookup,
            answers,
        }
    }

    /// Lets an event wait for a reading that somebody else does, under the next number.
    pub(super) fn park_reading(&mut self, root: Id, event: Event) {
        self.readings += 1;
        let parked = Parked {
            waits: Waits::Reading(self.readings),
            ..Parked::new(vec![event], false)
        };
        self.parked.insert(root, parked);
    }

    pub(super) fn take_loaded(&mut self, root: Id, number: u64, outcome: Result<Option<Box<Loaded>>, ReadError>) {
        if self
            .parked
            .get(&root)
            .is_none_or(|parked| parked.waits != Waits::Reading(number))
        {
            return;
        }
        let Some(mut parked) = self.parked.remove(&root) else {
            return;
        };
        match outcome {
            Ok(None) => self.settle_in(root, Tree::new(root), false, parked),
            // Something else happened to it meanwhile.
            Ok(Some(loaded))
                if loaded
                    .part
                    .as_ref()
                    .is_some_and(|part| !parked.is_content_with(part) || part.is_ahead() && self.one_by_one > 0) =>
            {
                #[cfg(test)]
                super::seen::note(super::seen::Way::PartNotEnough);
                parked.needs_all = true;
                self.read(root, parked);
            }
            Ok(Some(loaded)) => {
                #[cfg(test)]
                if loaded.part.is_some() {
                    super::seen::note(super::seen::Way::Part);
                }
                parked.part = loaded.part;
                // One that has fired waits here for its tree: it must not fire again.
                let has_fired = |timer: &Timer| parked.events.iter().any(|event| event.is_of_timer(timer.id));
                self.take_timers(loaded.timers.into_iter().filter(|timer| !has_fired(timer)).collect());
                self.grown += loaded.weight;
                parked.effects = loaded.effects;
                self.settle_in(root, loaded.tree, true, parked);
                if let Some(live) = self.trees.get_mut(&root) {
                    live.weight += loaded.weight;
                    live.stays_until = Some(Instant::now() + loaded.took * memory::STAYS);
                }
            }
            Err(ReadError::Passing(why)) => {
                tracing::warn!(root = %root, why, "tree cannot be read; trying again");
                parked.failures += 1;
                parked.events.retain(|event| !event.is_given_up());
                match parked.events.is_empty() {
                    // Its timers and the next event ask for it.
                    true => {}
                    false => self.read(root, parked),
                }
            }
            Err(ReadError::Doomed) => {
                let (starts, others) = parked.events.into_iter().partition(Event::is_a_start);
                self.settle_in(root, Tree::new(root), false, Parked::new(others, false));
                self.trees.remove(&root);
                // Its id is free when the last row is gone.
                parked.events = starts;
                parked.failures += 1;
                if !parked.events.is_empty() {
                    self.read(root, parked);
                }
            }
            Err(ReadError::Lasting(why)) => {
                tracing::error!(root = %root, why, events = parked.events.len(), "tree can never be read");
                let why: Arc<str> = format!("The execution cannot be read: {why}").into();
                self.remember_broken(root, why.clone(), false);
                for event in parked.events {
                    self.refuse(event, Refusal::new(Kind::Internal, &*why));
                }
            }
        }
    }

    /// This tree cannot be worked with: nobody tries for a while.
    pub(super) fn remember_broken(&mut self, root: Id, why: Arc<str>, is_ours: bool) {
        if self.broken.len() >= MANY_BROKEN {
            self.broken.clear();
        }
        let since = Instant::now();
        self.broken.insert(root, BrokenTree { since, why, is_ours });
    }

    /// Decides the events that waited for this tree.
    fn settle_in(&mut self, root: Id, tree: Tree, stored: bool, parked: Parked) {
        tracing::trace!(root = %root, stored, events = ?parked.events, "tree is there");
        let mut live = Live::new(tree, self.decisions);
        live.stored = stored;
        live.part.clone_from(&parked.part);
        if live.part.as_ref().is_some_and(Part::is_ahead) {
            return self.go_ahead(root, live, parked);
        }
        live.asked = parked.asked;
        live.is_heavy = parked.is_heavy;
        live.looks_back = parked.looks_back;
        live.is_recovered = !(stored && live.is_heavy);
        live.is_looked_at = stored && parked.events.iter().all(Event::is_a_look);
        if let Some(effects) = parked.effects {
            #[cfg(test)]
            if live.tree.is_spreading() {
                super::seen::note(super::seen::Way::SpreadingWhenRead);
            }
            self.absorb(root, &mut live, *effects);
            if !live.tree.is_idle() {
                self.ready.push_back(root);
            }
        } else if stored
            && !live.is_heavy
            && let Err(needs) = self.recover(root, &mut live)
        {
            self.pending.touched.retain(|id| *id != root);
            let mut parked = Parked {
                asked: live.asked,
                looks_back: live.looks_back,
                ..Parked::new(parked.events, false)
            };
            return match needs.map(beside::without_room) {
                Some((needs, false)) => self.ask(root, parked, needs),
                Some((needs, true)) => {
                    parked.is_heavy = true;
                    match needs.is_empty() {
                        true => self.proceed(root, parked),
                        false => self.ask(root, parked, needs),
                    }
                }
                None => {
                    let why = "Internal error while reading the execution";
                    self.remember_broken(root, why.into(), true);
                    parked.events.into_iter().for_each(|event| self.put_off(event, why));
                    self.look_again(root, BROKEN);
                }
            };
        }
        // All is as it should be: nothing but a look was wanted.
        if stored
            && live.is_recovered
            && live.tree.is_idle()
            && !live.tree.has_changes()
            && parked.events.iter().all(Event::is_a_look)
        {
            return;
        }
        self.trees.insert(root, live);
        if self.one_by_one > 0 {
            // It must not leave memory before its events have had their turn.
            self.backlog.extend(parked.events);
        } else {
            for event in parked.events {
                self.decide(event);
            }
        }
        // Recovery may have changed rows that no event touched.
        if let Some(mut live) = self.trees.remove(&root) {
            if live.tree.has_changes() {
                self.touch(root, &mut live);
            }
            self.trees.insert(root, live);
        }
        if self.one_by_one == 0 {
            self.drop_if_done(root);
        }
    }

    /// Decides cancels on the rows of their executions. What else waits for the tree comes when they are committed, on all of it as it is
    /// then; and what follows from them is found out, as after a crash in between.
    fn go_ahead(&mut self, root: Id, live: Box<Live>, parked: Parked) {
        #[cfg(test)]
        super::seen::note(super::seen::Way::Ahead);
        let part = live.part.clone();
        let is_first = |event: &Event| part.as_ref().is_some_and(|part| part.suffices(event));
        let (cancels, mut others): (Vec<Event>, Vec<Event>) = parked.events.into_iter().partition(is_first);
        let mut cancelled = parked.cancelled;
        cancelled.extend(cancels.iter().filter_map(Event::cancels));
        self.trees.insert(root, live);
        for event in cancels {
            self.decide(event);
        }
        match self.trees.get_mut(&root) {
            Some(live) if live.batch == self.batch => {
                live.is_ahead = true;
                others.push(Event::new(What::Check(root)));
            }
            // All were refused, or are decided again.
            _ => drop(self.trees.remove(&root)),
        }
        if self.parked.contains_key(&root) {
            return others.into_iter().for_each(|event| self.park(root, event));
        }
        if others.is_empty() {
            return;
        }
        let behind = Parked {
            cancelled,
            ..Parked::new(others, false)
        };
        self.proceed(root, behind);
    }

    /// Deletes a tree that is being read. What waits for it finds nothing.
    fn delete_ahead(&mut self, root: Id, event: Event) {
        #[cfg(test)]
        super::seen::note(super::seen::Way::DeletedAhead);
        if let Some(parked) = self.parked.remove(&root) {
            self.delete_unread(root, event);
            self.proceed(root, parked);
        }
    }

    /// Whether no more than some executions of it are in memory, or on the way there: it was not found out what it has still to do.
    pub(super) fn is_partly_here(&self, root: Id) -> bool {
        let is_read = self.trees.get(&root).is_some_and(|live| live.part.is_some());
        is_read || self.parked.get(&root).is_some_and(|parked| parked.is_part)
    }

    /// Takes an event out that cannot be decided. Timers and checks come again by themselves.
    pub(super) fn refuse(&mut self, event: Event, refusal: Refusal) {
        let comes_again = matches!(
            event.what,
            What::Timer(_) | What::Check(_) | What::Lost { .. } | What::Relieve(_)
        );
        if !comes_again || event.message.is_some() {
            self.finish(event, Err(refusal));
        }
    }

    /// Takes the events out that wait for trees of some shards.
    pub(super) fn unpark(&mut self, is_meant: impl Fn(&Id) -> bool) -> Vec<Event> {
        let roots: Vec<Id> = self.parked.keys().copied().filter(&is_meant).collect();
        let mut events: Vec<Event> = Vec::new();
        for root in roots {
            events.extend(
                self.parked
                    .remove(&root)
                    .map(|parked| parked.events)
                    .into_iter()
                    .flatten(),
            );
        }
        let backlog = std::mem::take(&mut self.backlog);
        let (meant, kept): (Vec<Event>, Vec<Event>) = backlog.into_iter().partition(|event| is_meant(&event.root_id()));
        self.backlog = kept.into();
        events.extend(meant);
        events.extend(self.call_off(is_meant));
        events
    }
}

impl Parked {
    fn new(events: Vec<Event>, is_new: bool) -> Parked {
        Parked {
            events,
            is_new,
            waits: Waits::Reading(0),
            asked: None,
            failures: 0,
            is_heavy: false,
            looks_back: false,
            needs_all: false,
            is_part: false,
            part: None,
            effects: None,
            cancelled: Vec::new(),
        }
    }

    /// What it takes to read of the tree; `None`: all of it. Cancels come first, and need nothing but their executions.
    fn wanted(&self, one_by_one: bool) -> Option<Wanted> {
        if self.needs_all {
            return None;
        }
        let is_simple = !(self.looks_back || self.is_heavy || self.asked.is_some());
        let each: Option<Vec<(Id, bool)>> = self.events.iter().map(Event::concerns).collect();
        let meant = self.events.iter().filter_map(Event::cancels);
        let cancelled: Vec<Id> = meant.filter(|id| self.lets_ahead(*id)).collect();
        let goes_ahead = !cancelled.is_empty() && !one_by_one;
        match each.filter(|_| is_simple) {
            Some(each) => {
                let cancels_only = goes_ahead && cancelled.len() == each.len();
                let (executions, closed): (Vec<Id>, Vec<bool>) = each.into_iter().unzip();
                let extent = match closed.contains(&true) {
                    true => Extent::AllEnded,
                    false => Extent::Ended,
                };
                Some(Wanted {
                    executions,
                    extent,
                    cancels_only,
                })
            }
            None => goes_ahead.then_some(Wanted {
                executions: cancelled,
                extent: Extent::Ahead,
                cancels_only: true,
            }),
        }
    }

    /// Whether a cancel of this execution may come before a reading of all.
    fn lets_ahead(&self, id: Id) -> bool {
        !self.is_new && self.cancelled.len() < AHEAD && !self.cancelled.contains(&id)
    }

    /// Whether it may take long until its events are decided, and nothing of it is in memory.
    fn waits_long(&self) -> bool {
        !self.is_new && !self.is_part && !matches!(self.waits, Waits::Commit(_))
    }

    fn is_content_with(&self, part: &Part) -> bool {
        let mut events = self.events.iter();
        match part.is_ahead() {
            true => events.any(|event| part.suffices(event)),
            false => events.all(|event| part.suffices(event)),
        }
    }
}

impl Event {
    /// Nobody waits for the answer any more, and whoever sent it sends it again.
    fn is_given_up(&self) -> bool {
        let is_repeated = matches!(
            self.what,
            What::Request(Request::Report(_) | Request::GiveBack { .. } | Request::HandOver { .. })
        );
        match &self.reply {
            ReplyTo::Caller(caller) => is_repeated && self.message.is_none() && caller.is_closed(),
            ReplyTo::Peer(caller) => is_repeated && caller.is_gone(),
            _ => false,
        }
    }

    /// A result that cannot be decided about becomes a failure of its action, once; else the action would run for ever.
    pub(super) fn with_failure(mut self, why: &str) -> Result<Event, Box<Event>> {
        match &mut self.what {
            What::Request(Request::Report(report)) if !self.replaced => {
                report.outcome = Outcome::Error(why.into());
                self.replaced = true;
                Ok(self)
            }
            _ => Err(Box::new(self)),
        }
    }
}
