//! What all nodes of a simulation share: tables, time, chance, and the record of what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use parking_lot::Mutex;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::hub::Hub;
use super::net::Net;
use mistral_model::time::Clock;
use mistral_model::{Id, Shard, State, Time};
use mistral_store::batch::Batch;
use mistral_store::mem::{Mark, Rollback, Tables};

/// Where virtual time begins.
const BEGIN: i64 = 1_800_000_000_000_000;

/// How often things go wrong between nodes and tables, each as a chance per call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Faults {
    /// Longest time that a call or an answer travels, in milliseconds.
    pub delay: u64,
    /// A call or an answer takes up to some seconds.
    pub slow: f64,
    /// A call fails and has no effect.
    pub refused: f64,
    /// A call has its effect, and its caller is told that it failed.
    pub unanswered: f64,
    /// A commit is reported as of unknown outcome and takes effect later, unless it is fenced off then.
    pub lingering: f64,
    /// A hint gets lost.
    pub hint_lost: f64,
    /// A hint comes twice.
    pub hint_twice: f64,
    /// A packet between two nodes gets lost.
    pub packet_lost: f64,
    /// It comes after the next one.
    pub packet_moved: f64,
    /// It comes twice.
    pub packet_twice: f64,
    /// How long each commit takes, in milliseconds: slow ones fill the mailboxes.
    pub commit: u64,
}

/// What one node's surroundings do to it.
pub(super) struct Control {
    pub node: Id,
    /// The process was killed: whatever is left of it in memory has no effect any more.
    dead: CancellationToken,
    /// The process stands still, or is cut off, until then.
    frozen: Mutex<Instant>,
    /// How far its clock is off, in microseconds.
    skew: i64,
}

impl Control {
    pub(super) fn new(node: Id, skew: i64) -> Control {
        Control {
            node,
            dead: CancellationToken::new(),
            frozen: Mutex::new(Instant::now()),
            skew,
        }
    }

    pub(super) fn kill(&self) {
        self.dead.cancel();
    }

    pub(super) fn freeze(&self, pause: Duration) {
        *self.frozen.lock() = Instant::now() + pause;
    }

    /// Returns when the process is gone.
    pub(super) async fn gone(&self) {
        self.dead.cancelled().await;
    }

    /// Returns when the node may go on; never, if it was killed.
    pub(super) async fn alive(&self) {
        loop {
            let until = *self.frozen.lock();
            if until <= Instant::now() {
                break;
            }
            tokio::time::sleep_until(until).await;
        }
        if self.dead.is_cancelled() {
            std::future::pending::<()>().await;
        }
    }
}

pub(super) struct World {
    tables: Mutex<Tables>,
    random: Mutex<SmallRng>,
    faults: Mutex<Faults>,
    /// The store cannot be reached until then.
    outage: Mutex<Instant>,
    /// Shards that an open transaction holds whose client has gone.
    locked: Mutex<BTreeSet<Shard>>,
    /// Processes that were killed, with the slot that they ran in.
    killed: Mutex<BTreeSet<(usize, Id)>>,
    /// How often each action that must not run twice was begun.
    begun: Mutex<BTreeMap<Id, u32>>,
    /// How often each defect has shown.
    defects: Mutex<BTreeMap<String, u32>>,
    violations: Mutex<Vec<String>>,
    /// A part of a tree is never enough.
    pub reads_all: AtomicBool,
    trace: Mutex<Trace>,
    pub hub: Hub,
    pub net: Net,
    begin: Instant,
}

/// A running hash of all that happened, and the last of it as text.
#[derive(Default)]
struct Trace {
    hash: u64,
    lines: Option<Vec<String>>,
}

impl World {
    pub(super) fn new(seed: u64, keep_lines: bool) -> World {
        World {
            tables: Mutex::default(),
            random: Mutex::new(SmallRng::seed_from_u64(seed)),
            faults: Mutex::default(),
            outage: Mutex::new(Instant::now()),
            locked: Mutex::default(),
            killed: Mutex::default(),
            begun: Mutex::default(),
            defects: Mutex::default(),
            violations: Mutex::default(),
            reads_all: AtomicBool::new(false),
            trace: Mutex::new(Trace {
                hash: 0,
                lines: keep_lines.then(Vec::new),
            }),
            hub: Hub::default(),
            net: Net::default(),
            begin: Instant::now(),
        }
    }

    pub(super) fn now(&self) -> Time {
        let since = self.begin.elapsed().as_micros();
        Time(BEGIN + i64::try_from(since).unwrap_or(i64::MAX / 2))
    }

    pub(super) fn tables<R>(&self, look: impl FnOnce(&mut Tables) -> R) -> R {
        look(&mut self.tables.lock())
    }

    pub(super) fn random<R>(&self, draw: impl FnOnce(&mut SmallRng) -> R) -> R {
        draw(&mut self.random.lock())
    }

    pub(super) fn chance(&self, probability: f64) -> bool {
        probability > 0.0 && self.random(|r| r.random_bool(probability))
    }

    pub(super) fn faults(&self) -> Faults {
        *self.faults.lock()
    }

    pub(super) fn set_faults(&self, faults: Faults) {
        *self.faults.lock() = faults;
    }

    pub(super) fn cut_off(&self, pause: Duration) {
        self.note("outage", pause.as_millis());
        *self.outage.lock() = Instant::now() + pause;
    }

    pub(super) fn is_cut_off(&self) -> bool {
        *self.outage.lock() > Instant::now()
    }

    /// How long a call or an answer travels.
    pub(super) fn travel_time(&self) -> Duration {
        let faults = self.faults();
        if self.chance(faults.slow) {
            return Duration::from_millis(self.random(|r| r.random_range(50..4_000)));
        }
        Duration::from_millis(self.random(|r| r.random_range(0..=faults.delay)))
    }

    pub(super) fn is_locked(&self, shard: Shard) -> bool {
        self.locked.lock().contains(&shard)
    }

    pub(super) fn lock(&self, shards: impl Iterator<Item = Shard>) {
        self.locked.lock().extend(shards);
    }

    pub(super) fn unlock(&self, shards: impl Iterator<Item = Shard>) {
        let mut locked = self.locked.lock();
        shards.for_each(|shard| {
            locked.remove(&shard);
        });
    }

    /// Adds to the record.
    pub(super) fn note(&self, what: &'static str, detail: impl std::fmt::Display) {
        let mut trace = self.trace.lock();
        let line = format!("{:>12} {what} {detail}", self.begin.elapsed().as_millis());
        let mut hasher = std::collections::hash_map::DefaultHasher::new();
        (trace.hash, &line).hash(&mut hasher);
        trace.hash = hasher.finish();
        if let Some(lines) = &mut trace.lines {
            lines.push(line);
        }
    }

    /// The record's hash, and its lines if they were kept.
    pub(super) fn record(&self) -> (u64, Vec<String>) {
        let trace = self.trace.lock();
        (trace.hash, trace.lines.clone().unwrap_or_default())
    }

    pub(super) fn violation(&self, text: String) {
        self.note("VIOLATION", &text);
        self.violations.lock().push(text);
    }

    pub(super) fn violations(&self) -> Vec<String> {
        self.violations.lock().clone()
    }

    pub(super) fn killed(&self, slot: usize, node: Id) {
        self.killed.lock().insert((slot, node));
    }

    pub(super) fn was_killed(&self, slot: usize, node: Id) -> bool {
        self.killed.lock().contains(&(slot, node))
    }

    /// An action that must not run twice begins.
    pub(super) fn begins(&self, action: Id) {
        let times = *self.begun.lock().entry(action).and_modify(|n| *n += 1).or_insert(1);
        if times > 1 {
            self.violation(format!("action {action} was begun {times} times"));
        }
    }

    /// Whether a defect has shown so many times; else it shows once more.
    pub(super) fn is_over(&self, defect: &str, times: u32) -> bool {
        let mut defects = self.defects.lock();
        let shown = defects.entry(defect.to_owned()).or_default();
        *shown += 1;
        *shown > times
    }

    /// Carries out a transaction, and looks whether it may do what it does.
    pub(super) fn commit(&self, node: Id, batch: &Batch, mark: Mark) -> Result<(), Rollback> {
        let mut wrong = Vec::new();
        let outcome = self.tables(|tables| {
            let completed = |state: Option<State>| state.filter(|state| state.is_completed());
            for row in &batch.changed_executions {
                let before = completed(tables.executions.get(&row.id).map(|e| e.state));
                if before.is_some_and(|before| before != row.state) {
                    wrong.push(format!("execution {} goes from {before:?} to {:?}", row.id, row.state));
                }
            }
            for row in &batch.changed_tasks {
                let before = completed(tables.tasks.get(&row.id).map(|t| t.state));
                if before.is_some_and(|before| before != row.state) {
                    wrong.push(format!("task {} goes from {before:?} to {:?}", row.name, row.state));
                }
            }
            for row in &batch.changed_actions {
                let before = completed(tables.actions.get(&row.id).map(|a| a.state));
                if before.is_some_and(|before| before != row.state) {
                    wrong.push(format!("action {} goes from {before:?} to {:?}", row.id, row.state));
                }
            }
            let outcome = tables.commit(batch, mark);
            if outcome.is_ok() && !tables.duplicates.is_empty() {
                wrong.push(format!(
                    "rows inserted twice: {:?}",
                    std::mem::take(&mut tables.duplicates)
                ));
            }
            outcome
        });
        let rows = batch.new_executions.len() + batch.new_tasks.len() + batch.new_actions.len();
        self.note(
            "commit",
            format_args!("{node} {:?} {rows} new: {outcome:?}", batch.fence),
        );
        if outcome.is_ok() {
            wrong.into_iter().for_each(|text| self.violation(text));
        }
        outcome
    }
}

/// The clock of one node.
pub(super) struct NodeClock {
    pub world: Arc<World>,
    pub control: Arc<Control>,
}

impl Clock for NodeClock {
    fn now(&self) -> Time {
        Time(self.world.now().0 + self.control.skew)
    }
}
