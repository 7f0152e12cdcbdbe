//! Who runs, who waits, who is known. All changes are made here, by the one who owns it, and nothing waits.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use mistral_actions::Registry;
use mistral_model::action::{Job, Outcome, Report};
use mistral_model::{Dict, Id, Value};

use super::turns::Turns;
use super::{Load, Options, Reference, cancelled, run};

/// Timers that are fired in one turn.
const FIRED_AT_ONCE: usize = 1_000;

/// An attempt whose row is still there so long after its result was taken has begun anew, without this executor: its owner did not know
/// of the first time. Longer than results lie in the inbox of a shard whose owner has died.
const STALE: Duration = Duration::from_secs(60);

/// Jobs that came again whose rows are looked at together.
const LOOKED_AT: usize = 1_000;

#[derive(Default)]
pub(super) struct State {
    /// Everything known, by action.
    entries: HashMap<Id, Entry, foldhash::fast::RandomState>,
    /// Jobs in slots.
    running: usize,
    /// Accepted, waiting for a slot. May contain jobs that were cancelled or superseded meanwhile.
    backlog: VecDeque<Job>,
    /// How many of the backlog are still wanted.
    queued: usize,
    /// Actions that only wait, by when they end.
    timers: BTreeMap<(Instant, Id), Sleeper>,
    /// Results that nobody has taken.
    outbox: Turns<Finished>,
    /// Results that are being delivered.
    in_flight: usize,
    /// Delivered actions whose entries are still there, oldest first.
    remembered: VecDeque<(Id, u32)>,
    /// Jobs that came when their results had been taken, oldest first.
    again: VecDeque<Again>,
    /// How often the lease had been over when this executor last gave up what it had not begun.
    lapses: u64,
    pace: Pace,
    closed: bool,
    abandoned: bool,
}

/// How many slots become free in [`Options::ahead`], by the last such time that is over and the one that lasts.
#[derive(Default)]
struct Pace {
    began: Option<Instant>,
    ended: usize,
    before: usize,
}

impl Pace {
    fn note(&mut self, window: Duration) {
        if !window.is_zero() {
            self.turn(Instant::now(), window);
            self.ended += 1;
        }
    }

    fn turn(&mut self, now: Instant, window: Duration) {
        let lasts = self.began.map(|began| now.duration_since(began));
        if lasts.is_some_and(|lasts| lasts < window) {
            return;
        }
        // Whoever ended nothing for a while has no pace.
        let is_next = lasts.is_some_and(|lasts| lasts < window * 2);
        self.before = if is_next { self.ended } else { 0 };
        self.ended = 0;
        self.began = Some(now);
    }

    /// With the time until which it lasts.
    fn of(&mut self, now: Instant, window: Duration) -> (usize, Option<Instant>) {
        self.turn(now, window);
        (self.before.max(self.ended), self.began.map(|began| began + window))
    }
}

struct Entry {
    attempt: u32,
    /// It may run twice.
    safe_rerun: bool,
    stage: Stage,
}

enum Stage {
    Queued {
        root_id: Id,
    },
    Running {
        root_id: Id,
        token: CancellationToken,
    },
    Waiting {
        until: Instant,
    },
    /// Result in the outbox, or under way.
    Finished,
    /// Somebody has taken the result.
    Delivered {
        at: Instant,
    },
    /// It never came, was given back, and is ignored should it come late.
    Disowned,
}

impl Stage {
    fn is_over(&self) -> bool {
        matches!(self, Stage::Finished | Stage::Delivered { .. } | Stage::Disowned)
    }
}

/// A job that came when its result had been taken: a late copy, or its action was begun anew.
pub struct Again {
    pub job: Reference,
    /// It may run twice.
    pub safe_rerun: bool,
    came: Instant,
}

struct Sleeper {
    root_id: Id,
    attempt: u32,
    is_sync: bool,
    outcome: Outcome,
}

/// What there is to deliver.
#[derive(Clone, Debug)]
pub(super) enum Finished {
    Report(Report),
    HandedOver(Reference),
}

impl Finished {
    fn root_id(&self) -> Id {
        match self {
            Finished::Report(report) => report.root_id,
            Finished::HandedOver(job) => job.root_id,
        }
    }
}

/// A job that has a slot, and is to be started.
pub(super) type Started = (Job, CancellationToken);

/// Jobs that may be submitted.
pub(super) struct Room {
    pub slots: usize,
    /// Those that only wait, which take no slot.
    pub timers: usize,
    /// When there may be less of it if nothing happens.
    pub until: Option<Instant>,
}

impl State {
    /// Takes a job, or gives it back.
    // The error is the job itself; boxing it would cost more than it saves.
    #[allow(clippy::result_large_err)]
    pub(super) fn accept(&mut self, job: Job, options: &Options, registry: &Registry) -> Result<Option<Started>, Job> {
        if self.closed {
            return Err(job);
        }
        if let Some(known) = self.entries.get(&job.action_id)
            && known.attempt >= job.attempt
        {
            if known.attempt == job.attempt && matches!(known.stage, Stage::Delivered { .. }) {
                let came = Instant::now();
                let again = Again {
                    job: Reference::of(&job),
                    safe_rerun: job.safe_rerun,
                    came,
                };
                self.note_again([again], options);
            }
            return Ok(None);
        }
        if !self.may_begin(options) || self.outbox.len() + self.in_flight >= options.undelivered {
            return Err(job);
        }
        let Some(action) = registry.action(&job.name) else {
            self.supersede(job.action_id);
            let text = format!("Failed to find action [action_name={}]", job.name);
            self.keep(Reference::of(&job), Some(Outcome::Error(Value::from(text))));
            return Ok(None);
        };
        let empty = Dict::default();
        if let Some((delay, outcome)) = action.wait(job.input.value().as_dict().unwrap_or(&empty)) {
            if self.timers.len() >= options.waiting {
                return Err(job);
            }
            self.supersede(job.action_id);
            self.wait(&job, delay, outcome, run::timed_out(action.descriptor(), &job));
            return Ok(None);
        }
        if self.running < options.slots {
            self.supersede(job.action_id);
            let token = CancellationToken::new();
            self.running += 1;
            let stage = Stage::Running {
                root_id: job.root_id,
                token: token.clone(),
            };
            self.entries.insert(
                job.action_id,
                Entry {
                    attempt: job.attempt,
                    safe_rerun: job.safe_rerun,
                    stage,
                },
            );
            return Ok(Some((job, token)));
        }
        if self.queued >= options.backlog {
            return Err(job);
        }
        self.supersede(job.action_id);
        let stage = Stage::Queued { root_id: job.root_id };
        self.entries.insert(
            job.action_id,
            Entry {
                attempt: job.attempt,
                safe_rerun: job.safe_rerun,
                stage,
            },
        );
        self.queued += 1;
        self.backlog.push_back(job);
        Ok(None)
    }

    /// Ends an older attempt of the same action; its result would be dropped anyway.
    fn supersede(&mut self, action_id: Id) {
        match self.entries.remove(&action_id).map(|entry| entry.stage) {
            Some(Stage::Running { token, .. }) => token.cancel(),
            Some(Stage::Waiting { until }) => {
                self.timers.remove(&(until, action_id));
            }
            Some(Stage::Queued { .. }) => self.queued -= 1,
            Some(Stage::Finished | Stage::Delivered { .. } | Stage::Disowned) | None => {}
        }
    }

    /// Sets a timer; `timed_out` is how it ends if the time-out comes first.
    fn wait(&mut self, job: &Job, delay: Duration, outcome: Outcome, timed_out: Option<(Duration, Outcome)>) {
        let (delay, outcome) = match timed_out {
            Some((limit, timed_out)) if limit < delay => (limit, timed_out),
            _ => (delay, outcome),
        };
        let until = Instant::now() + delay;
        let entry = Entry {
            attempt: job.attempt,
            safe_rerun: job.safe_rerun,
            stage: Stage::Waiting { until },
        };
        self.entries.insert(job.action_id, entry);
        let sleeper = Sleeper {
            root_id: job.root_id,
            attempt: job.attempt,
            is_sync: job.is_sync,
            outcome,
        };
        self.timers.insert((until, job.action_id), sleeper);
    }

    /// Ends actions whose time is over; returns when the next one is due.
    pub(super) fn fire(&mut self, now: Instant, options: &Options) -> Option<Instant> {
        for _ in 0..FIRED_AT_ONCE {
            let Some(first) = self.timers.first_entry() else { break };
            if first.key().0 > now {
                break;
            }
            let ((_, action_id), sleeper) = first.remove_entry();
            let Sleeper {
                root_id,
                attempt,
                is_sync,
                outcome,
            } = sleeper;
            let reference = Reference {
                action_id,
                root_id,
                attempt,
            };
            let outcome = run::reportable(outcome, is_sync);
            self.keep(
                reference,
                outcome.map(|outcome| run::limited(outcome, options.result_limit_kb)),
            );
        }
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    /// Keeps what an action ended with until it is delivered.
    fn keep(&mut self, job: Reference, outcome: Option<Outcome>) {
        let entry = self.entries.entry(job.action_id).or_insert(Entry {
            attempt: job.attempt,
            safe_rerun: false,
            stage: Stage::Finished,
        });
        entry.attempt = job.attempt;
        entry.stage = Stage::Finished;
        let finished = match outcome {
            Some(outcome) => Finished::Report(job.report(outcome)),
            None => Finished::HandedOver(job),
        };
        self.outbox.push_back(job.root_id, finished);
    }

    /// A job has left its slot.
    pub(super) fn finish(&mut self, job: Reference, outcome: Option<Outcome>, options: &Options) {
        self.running -= 1;
        let is_current = self
            .entries
            .get(&job.action_id)
            .is_some_and(|entry| entry.attempt == job.attempt && matches!(entry.stage, Stage::Running { .. }));
        if is_current && !self.abandoned {
            self.keep(job, outcome);
        }
        self.pace.note(options.ahead);
    }

    /// A job leaves its slot without having begun, and is forgotten.
    pub(super) fn withdraw(&mut self, job: Reference) {
        self.running -= 1;
        let is_current = self
            .entries
            .get(&job.action_id)
            .is_some_and(|entry| entry.attempt == job.attempt && matches!(entry.stage, Stage::Running { .. }));
        if is_current {
            self.entries.remove(&job.action_id);
        }
    }

    /// Notes jobs that came again; without the oldest, if they are more than are remembered.
    pub(super) fn note_again(&mut self, jobs: impl IntoIterator<Item = Again>, options: &Options) {
        self.again.extend(jobs);
        let excess = self.again.len().saturating_sub(options.remembered);
        self.again.drain(..excess);
    }

    /// Takes some of those that came long ago.
    pub(super) fn take_again(&mut self) -> Vec<Again> {
        let old = self.again.iter().take(LOOKED_AT);
        let old = old.take_while(|again| again.came.elapsed() >= STALE).count();
        self.again.drain(..old).collect()
    }

    /// An action that has ended here, and must not run again, was begun anew: that is its result.
    pub(super) fn end_anew(&mut self, job: Reference) {
        if !self.knows(job.action_id, job.attempt) {
            tracing::warn!(action = %job.action_id, attempt = job.attempt, "an action that has ended here was begun anew; it fails");
            self.keep(job, Some(run_before(job.action_id)));
        }
    }

    /// Whether the attempt is here, or a later one, or its result may still be on the way.
    pub(super) fn knows(&self, action_id: Id, attempt: u32) -> bool {
        self.entries.get(&action_id).is_some_and(|known| {
            let is_here = match known.stage {
                Stage::Disowned => false,
                Stage::Delivered { at } => at.elapsed() < STALE,
                _ => true,
            };
            known.attempt > attempt || known.attempt == attempt && is_here
        })
    }

    /// From now on this attempt is ignored if it comes. False: it is here, or a later one; or it has been here, and may not run again,
    /// which is its result.
    pub(super) fn disown(&mut self, job: Reference, options: &Options) -> bool {
        let Reference { action_id, attempt, .. } = job;
        if self.knows(action_id, attempt) {
            return false;
        }
        let known = self.entries.get(&action_id).filter(|known| known.attempt >= attempt);
        match known.map(|known| (&known.stage, known.safe_rerun)) {
            Some((Stage::Delivered { .. }, false)) => {
                self.end_anew(job);
                false
            }
            // One that could not be given back is found, and disowned, again.
            Some((Stage::Disowned, _)) => true,
            _ => {
                self.supersede(action_id);
                let entry = Entry {
                    attempt,
                    safe_rerun: true,
                    stage: Stage::Disowned,
                };
                self.entries.insert(action_id, entry);
                self.remembered.push_back((action_id, attempt));
                self.forget_oldest(options);
                true
            }
        }
    }

    /// Actions that have not ended, in the order of their ids after `after`.
    pub(super) fn open(&self, after: Id, limit: usize) -> Vec<(Id, u32)> {
        let open = self
            .entries
            .iter()
            .filter(|(id, entry)| **id > after && !entry.stage.is_over())
            .map(|(id, entry)| (*id, entry.attempt));
        let mut open: Vec<(Id, u32)> = open.collect();
        if open.len() > limit {
            open.select_nth_unstable(limit);
            open.truncate(limit);
        }
        open.sort_unstable();
        open
    }

    /// The next job for a slot that has become free.
    pub(super) fn next_job(&mut self, options: &Options) -> Option<Started> {
        if !self.may_begin(options) {
            return None;
        }
        loop {
            let job = self.backlog.pop_front()?;
            let Some(entry) = self.entries.get_mut(&job.action_id) else {
                continue;
            };
            if entry.attempt != job.attempt || !matches!(entry.stage, Stage::Queued { .. }) {
                continue;
            }
            let token = CancellationToken::new();
            entry.stage = Stage::Running {
                root_id: job.root_id,
                token: token.clone(),
            };
            self.queued -= 1;
            self.running += 1;
            return Some((job, token));
        }
    }

    /// Jobs that may be submitted while the lease lasts: free slots, and what these will have ended within [`Options::ahead`], where they
    /// all become free at least once in that time.
    pub(super) fn room(&mut self, now: Instant, options: &Options) -> Room {
        if self.closed || self.outbox.len() + self.in_flight >= options.undelivered {
            return Room {
                slots: 0,
                timers: 0,
                until: None,
            };
        }
        let (pace, until) = match options.ahead.is_zero() {
            true => (0, None),
            false => self.pace.of(now, options.ahead),
        };
        let has_pace = pace >= options.slots.max(1);
        let ahead = if has_pace { pace.min(options.backlog) } else { 0 };
        Room {
            slots: (options.slots + ahead).saturating_sub(self.running + self.queued),
            timers: options.waiting.saturating_sub(self.timers.len()),
            until: until.filter(|_| has_pace),
        }
    }

    pub(super) fn cancel(&mut self, action_id: Id, attempt: u32) -> bool {
        let Some(entry) = self.entries.get(&action_id).filter(|entry| entry.attempt == attempt) else {
            return false;
        };
        let root_id = match &entry.stage {
            Stage::Finished | Stage::Delivered { .. } | Stage::Disowned => return false,
            Stage::Running { token, .. } => {
                token.cancel();
                return true;
            }
            Stage::Queued { root_id } => {
                self.queued -= 1;
                *root_id
            }
            Stage::Waiting { until } => match self.timers.remove(&(*until, action_id)) {
                Some(sleeper) => sleeper.root_id,
                None => return false,
            },
        };
        self.keep(
            Reference {
                action_id,
                root_id,
                attempt,
            },
            Some(cancelled()),
        );
        true
    }

    pub(super) fn load(&self) -> Load {
        Load {
            running: self.running,
            backlog: self.queued,
            waiting: self.timers.len(),
            undelivered: self.outbox.len() + self.in_flight,
        }
    }

    /// Actions that are remembered, in any stage.
    #[cfg(test)]
    pub(super) fn known(&self) -> usize {
        self.entries.len()
    }

    /// Takes results for a delivery; they count as undelivered until [`State::delivered`] or [`State::put_back`].
    pub(super) fn take_outbox(&mut self, most: usize) -> Vec<Finished> {
        let taken: Vec<Finished> = std::iter::from_fn(|| self.outbox.pop()).take(most).collect();
        self.in_flight += taken.len();
        taken
    }

    /// Somebody has taken these.
    pub(super) fn delivered(&mut self, batch: &[Finished], options: &Options) {
        self.in_flight -= batch.len().min(self.in_flight);
        let at = Instant::now();
        for finished in batch {
            let (action_id, attempt) = match finished {
                Finished::Report(report) => (report.action_id, report.attempt),
                Finished::HandedOver(job) => (job.action_id, job.attempt),
            };
            if let Some(entry) = self.entries.get_mut(&action_id)
                && entry.attempt == attempt
                && matches!(entry.stage, Stage::Finished)
            {
                entry.stage = Stage::Delivered { at };
            }
            self.remembered.push_back((action_id, attempt));
        }
        self.forget_oldest(options);
    }

    fn forget_oldest(&mut self, options: &Options) {
        while self.remembered.len() > options.remembered {
            let Some((action_id, attempt)) = self.remembered.pop_front() else {
                break;
            };
            let is_over = |entry: &Entry| entry.attempt == attempt && entry.stage.is_over();
            if self.entries.get(&action_id).is_some_and(is_over) {
                self.entries.remove(&action_id);
            }
        }
    }

    /// A delivery failed. With `last`, these go behind the others, so that one that is never taken holds up nobody.
    pub(super) fn put_back(&mut self, batch: Vec<Finished>, last: bool) {
        if self.abandoned {
            return;
        }
        self.in_flight -= batch.len().min(self.in_flight);
        if last {
            batch
                .into_iter()
                .for_each(|finished| self.outbox.push_back(finished.root_id(), finished));
        } else {
            batch
                .into_iter()
                .rev()
                .for_each(|finished| self.outbox.push_front(finished.root_id(), finished));
        }
    }

    /// Whether jobs may begin. Not while the lease is over, and not afterwards before [`State::resume`].
    fn may_begin(&self, options: &Options) -> bool {
        options.may_begin(self.lapses)
    }

    /// How often the lease had been over when jobs could last begin again.
    pub(super) fn lapses(&self) -> u64 {
        self.lapses
    }

    /// Forgets the jobs that wait for a slot, and returns them, if the lease was over since the last time.
    pub(super) fn resume(&mut self, options: &Options) -> Vec<Job> {
        let lapses = options.lease.as_ref().map(|lease| lease.standing().lapses);
        if lapses.is_none_or(|lapses| lapses == self.lapses) {
            return Vec::new();
        }
        self.lapses = lapses.unwrap_or_default();
        self.take_backlog()
    }

    fn take_backlog(&mut self) -> Vec<Job> {
        let mut backlog: Vec<Job> = std::mem::take(&mut self.backlog).into();
        backlog.retain(|job| {
            let is_wanted = |entry: &Entry| entry.attempt == job.attempt && matches!(entry.stage, Stage::Queued { .. });
            let is_wanted = self.entries.get(&job.action_id).is_some_and(is_wanted);
            if is_wanted {
                self.entries.remove(&job.action_id);
            }
            is_wanted
        });
        self.queued = 0;
        backlog
    }

    /// Takes no more jobs, and gives up those that have not begun.
    pub(super) fn close(&mut self) -> Vec<Reference> {
        self.closed = true;
        let mut released: Vec<Reference> = self.take_backlog().iter().map(Reference::of).collect();
        for ((_, action_id), sleeper) in std::mem::take(&mut self.timers) {
            self.entries.remove(&action_id);
            released.push(Reference {
                action_id,
                root_id: sleeper.root_id,
                attempt: sleeper.attempt,
            });
        }
        released
    }

    /// Nothing runs and nothing waits for delivery.
    pub(super) fn is_drained(&self) -> bool {
        self.running == 0 && self.outbox.is_empty() && self.in_flight == 0
    }

    /// What still ran was cut off: this is the end.
    pub(super) fn is_abandoned(&self) -> bool {
        self.abandoned
    }

    /// Cuts off what still runs; returns it, and the results that were not taken. A delivery that is under way at that
    /// moment may still succeed: its results are not among them.
    pub(super) fn abandon(&mut self) -> (Vec<Reference>, Vec<Report>) {
        self.abandoned = true;
        let mut cut_off = Vec::new();
        for (action_id, entry) in &self.entries {
            if let Stage::Running { root_id, token } = &entry.stage {
                token.cancel();
                cut_off.push(Reference {
                    action_id: *action_id,
                    root_id: *root_id,
                    attempt: entry.attempt,
                });
            }
        }
        let mut outbox = std::mem::take(&mut self.outbox);
        let undelivered = std::iter::from_fn(|| outbox.pop()).filter_map(|finished| match finished {
            Finished::Report(report) => Some(report),
            Finished::HandedOver(_) => None,
        });
        (cut_off, undelivered.collect())
    }
}

/// How an action fails that this executor is given anew, has ended before, and must not run again.
fn run_before(action_id: Id) -> Outcome {
    let text = format!(
        "The action has been carried out before, and it cannot be re-run safely. The only safe thing to do is fail it \
         [action_ex_id={action_id}]."
    );
    Outcome::Error(Value::from(text))
}
