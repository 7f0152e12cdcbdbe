//! What is measured. One function per event; each costs some atomic additions, no lock and no allocation, except those with
//! labels that only the caller knows (routes, pools).
//!
//! Names, help, units and buckets stand in [`table`].

pub mod page;
pub mod registry;
pub mod table;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use ::metrics::{Counter, Gauge, Histogram};

use registry::{counter, gauge, histogram};

/// Names of states, as clients see them.
const STATES: [&str; 9] = [
    "IDLE",
    "WAITING",
    "RUNNING",
    "DELAYED",
    "PAUSED",
    "SUCCESS",
    "CANCELLED",
    "ERROR",
    "SKIPPED",
];

/// One counter per state.
struct ByState([Counter; STATES.len()]);

impl ByState {
    fn new(name: &'static str) -> ByState {
        ByState(STATES.map(|state| counter(name, &[("state", state)])))
    }

    fn add(&self, state: &str, count: u64) {
        if let Some(index) = STATES.iter().position(|known| *known == state) {
            self.0[index].increment(count);
        }
    }
}

/// Handles of everything whose labels are known beforehand.
struct Handles {
    executions: ByState,
    tasks: ByState,
    actions: ByState,
    trees: Gauge,
    decisions: Histogram,
    decision_longest: Gauge,
    decision_waits: Counter,
    inline_actions: Counter,
    batch_events: Histogram,
    batch_rows: Histogram,
    batch_commit: Histogram,
    batches_committed: Counter,
    batches_failed: Counter,
    batches_fenced: Counter,
    action_run: Histogram,
    slots: Gauge,
    slots_busy: Gauge,
    lane_waiting: Gauge,
    lane_overflow: Counter,
    peers: Gauge,
    peer_frames: Counter,
    peer_calls: Counter,
    peer_jobs: Counter,
    peer_fallbacks: Counter,
    claimed: Counter,
    claim: Histogram,
    queue_wait: Histogram,
    timer_late: Histogram,
    shards: Gauge,
    lease_late: Histogram,
    hints: Counter,
    polls: Counter,
}

static HANDLES: LazyLock<Handles> = LazyLock::new(|| Handles {
    executions: ByState::new(table::EXECUTIONS),
    tasks: ByState::new(table::TASKS),
    actions: ByState::new(table::ACTIONS),
    trees: gauge(table::TREES, &[]),
    decisions: histogram(table::DECISION_SECONDS, &[]),
    decision_longest: gauge(table::DECISION_LONGEST, &[]),
    decision_waits: counter(table::DECISION_WAITS, &[]),
    inline_actions: counter(table::INLINE_ACTIONS, &[]),
    batch_events: histogram(table::BATCH_EVENTS, &[]),
    batch_rows: histogram(table::BATCH_ROWS, &[]),
    batch_commit: histogram(table::BATCH_COMMIT_SECONDS, &[]),
    batches_committed: counter(table::BATCHES, &[("outcome", "committed")]),
    batches_failed: counter(table::BATCHES, &[("outcome", "failed")]),
    batches_fenced: counter(table::BATCHES, &[("outcome", "fenced")]),
    action_run: histogram(table::ACTION_RUN_SECONDS, &[]),
    slots: gauge(table::SLOTS, &[]),
    slots_busy: gauge(table::SLOTS_BUSY, &[]),
    lane_waiting: gauge(table::LANE_WAITING, &[]),
    lane_overflow: counter(table::LANE_OVERFLOW, &[]),
    peers: gauge(table::PEERS, &[]),
    peer_frames: counter(table::PEER_FRAMES, &[]),
    peer_calls: counter(table::PEER_CALLS, &[]),
    peer_jobs: counter(table::PEER_JOBS, &[]),
    peer_fallbacks: counter(table::PEER_FALLBACKS, &[]),
    claimed: counter(table::CLAIMED, &[]),
    claim: histogram(table::CLAIM_SECONDS, &[]),
    queue_wait: histogram(table::QUEUE_WAIT_SECONDS, &[]),
    timer_late: histogram(table::TIMER_LATE_SECONDS, &[]),
    shards: gauge(table::SHARDS, &[]),
    lease_late: histogram(table::LEASE_LATE_SECONDS, &[]),
    hints: counter(table::WAKE_UPS, &[("source", "hint")]),
    polls: counter(table::WAKE_UPS, &[("source", "poll")]),
});

/// Executions entered a state (its name, e.g. `SUCCESS`).
pub fn executions(state: &str, count: u64) {
    HANDLES.executions.add(state, count);
}

/// Tasks entered a state.
pub fn tasks(state: &str, count: u64) {
    HANDLES.tasks.add(state, count);
}

/// Action executions entered a state.
pub fn actions(state: &str, count: u64) {
    HANDLES.actions.add(state, count);
}

/// Trees that this process has in memory: the change since the last call.
pub fn trees_changed(by: i64) {
    add(&HANDLES.trees, by);
}

/// A decision was made.
pub fn decided(seconds: f64) {
    HANDLES.decisions.record(seconds);
    // Non-negative numbers are ordered as their bits are.
    static LONGEST: AtomicU64 = AtomicU64::new(0);
    if LONGEST.fetch_max(seconds.to_bits(), Ordering::Relaxed) < seconds.to_bits() {
        HANDLES.decision_longest.set(seconds);
    }
}

/// A decision was put off until so many things that it needs are known.
pub fn decision_waits(needs: usize) {
    HANDLES.decision_waits.increment(needs as u64);
}

/// Instant actions ran inside decisions.
pub fn inline_actions(count: u64) {
    HANDLES.inline_actions.increment(count);
}

/// A batch is durable.
pub fn batch_committed(events: usize, rows: usize, seconds: f64) {
    HANDLES.batches_committed.increment(1);
    HANDLES.batch_events.record(events as f64);
    HANDLES.batch_rows.record(rows as f64);
    HANDLES.batch_commit.record(seconds);
}

/// A batch was not committed, or nobody knows whether it was.
pub fn batch_failed() {
    HANDLES.batches_failed.increment(1);
}

/// A batch was refused because another node owns one of its shards by now.
pub fn batch_fenced() {
    HANDLES.batches_fenced.increment(1);
}

/// The body of an action ran.
pub fn action_ran(seconds: f64) {
    HANDLES.action_run.record(seconds);
}

/// Slots of this process' executor.
pub fn slots(total: usize) {
    HANDLES.slots.set(total as f64);
}

/// Slots taken: the change since the last call.
pub fn slots_busy_changed(by: i64) {
    add(&HANDLES.slots_busy, by);
}

/// Actions that wait in the lane to the local executor.
pub fn lane_waiting(count: usize) {
    HANDLES.lane_waiting.set(count as f64);
}

/// Actions left to executors of other nodes because the lane was full.
pub fn lane_overflowed(count: u64) {
    HANDLES.lane_overflow.increment(count);
}

/// Processes that this one has a connection with.
pub fn peers_linked(count: usize) {
    HANDLES.peers.set(count as f64);
}

/// Messages left for another process over a connection.
pub fn peer_sent(frames: usize) {
    HANDLES.peer_frames.increment(frames as u64);
}

/// A request came from another process over a connection.
pub fn peer_called() {
    HANDLES.peer_calls.increment(1);
}

/// Actions left for an executor of another process over a connection.
pub fn peer_jobs(count: usize) {
    HANDLES.peer_jobs.increment(count as u64);
}

/// A connection did not carry a request or an action, which goes through the database instead.
pub fn peer_fell_back() {
    HANDLES.peer_fallbacks.increment(1);
}

/// One claim of queued actions: how many it got, and how long it took.
pub fn claimed(count: usize, seconds: f64) {
    HANDLES.claimed.increment(count as u64);
    HANDLES.claim.record(seconds);
}

/// How long an action waited in the queue before it was claimed.
pub fn queue_waited(seconds: f64) {
    HANDLES.queue_wait.record(seconds);
}

/// Rows in a queue: `action_queue`, `inbox`, `timer`.
pub fn queue_depth(queue: &'static str, rows: u64) {
    gauge(table::QUEUE_DEPTH, &[("queue", queue)]).set(rows as f64);
}

/// A timer fired that much after it was due.
pub fn timer_fired(late_seconds: f64) {
    HANDLES.timer_late.record(late_seconds.max(0.0));
}

/// Shards whose lease this process holds.
pub fn shards_owned(count: usize) {
    HANDLES.shards.set(count as f64);
}

/// What can happen to a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseEvent {
    /// A shard without an owner was taken.
    Acquired,
    /// A shard of a dead node was taken.
    TakenOver,
    /// A shard was given up, on shutdown or to another node.
    Released,
    /// The lease was over, or another node has the shard.
    Lost,
    /// A renewal did not reach the database in time.
    RenewalFailed,
}

/// Something happened to the leases of some shards.
pub fn lease(event: LeaseEvent, shards: usize) {
    let event = match event {
        LeaseEvent::Acquired => "acquired",
        LeaseEvent::TakenOver => "taken_over",
        LeaseEvent::Released => "released",
        LeaseEvent::Lost => "lost",
        LeaseEvent::RenewalFailed => "renewal_failed",
    };
    counter(table::LEASES, &[("event", event)]).increment(shards as u64);
}

/// The lease was renewed, that much after the renewal was due: what a round trip takes, and whatever held it up.
pub fn lease_renewed(late_seconds: f64) {
    HANDLES.lease_late.record(late_seconds.max(0.0));
}

/// A loop found work because of a hint (`true`) or because it looked by itself.
pub fn woken(by_hint: bool) {
    if by_hint {
        HANDLES.hints.increment(1)
    } else {
        HANDLES.polls.increment(1)
    }
}

/// Connections of a pool.
pub fn pool(pool: &'static str, idle: usize, busy: usize, waiting: usize) {
    for (state, count) in [("idle", idle), ("busy", busy), ("waiting", waiting)] {
        gauge(table::POOL_CONNECTIONS, &[("pool", pool), ("state", state)]).set(count as f64);
    }
}

/// An HTTP request was answered. `route` is the pattern of the route, never the path: the number of routes is bounded.
pub fn http_request(method: &str, route: &'static str, status: u16, seconds: f64) {
    // Clients choose methods freely.
    const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    let method = METHODS
        .iter()
        .copied()
        .find(|known| *known == method)
        .unwrap_or("other");
    let status = registry::status_text(status);
    /// What is counted of one kind of request, as this thread has found it: looking it up takes 2,500 instructions.
    type Found = HashMap<(&'static str, &'static str, &'static str), (Counter, Histogram)>;
    thread_local! {
        static FOUND: RefCell<Found> = RefCell::default();
    }
    FOUND.with_borrow_mut(|found| {
        let (requests, times) = found.entry((method, route, status)).or_insert_with(|| {
            let route_labels = [("method", method), ("route", route)];
            let labels = [route_labels[0], route_labels[1], ("status", status)];
            (
                counter(table::HTTP_REQUESTS, &labels),
                histogram(table::HTTP_SECONDS, &route_labels),
            )
        });
        requests.increment(1);
        times.record(seconds);
    });
}

fn add(gauge: &Gauge, by: i64) {
    if by >= 0 {
        gauge.increment(by as f64);
    } else {
        gauge.decrement(by.unsigned_abs() as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of one line of the text.
    fn value(text: &str, series: &str) -> f64 {
        let line = text
            .lines()
            .find(|line| line.strip_prefix(series).is_some_and(|rest| rest.starts_with(' ')));
        let line = line.unwrap_or_else(|| panic!("no {series} in\n{text}"));
        line.rsplit_once(' ').unwrap().1.parse().unwrap()
    }

    /// Metrics are those of a process, and other tests decide and commit: this one runs in a process of its own.
    #[test]
    fn every_event_shows_up_under_its_name() {
        const ALONE: &str = "METRICS_TEST_ALONE";
        if std::env::var_os(ALONE).is_none() {
            let name = "metric::tests::every_event_shows_up_under_its_name";
            let own = std::env::current_exe().unwrap();
            let run = std::process::Command::new(own)
                .args(["--exact", name])
                .env(ALONE, "1")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&run.stdout);
            assert!(run.status.success() && said.contains("1 passed"), "{said}");
            return;
        }
        executions("SUCCESS", 3);
        tasks("ERROR", 2);
        actions("RUNNING", 1);
        tasks("NO SUCH STATE", 7);
        batch_committed(20, 100, 0.002);
        batch_fenced();
        lease(LeaseEvent::TakenOver, 16);
        queue_depth("action_queue", 5);
        http_request("GET", "/v2/executions/{id}", 200, 0.01);
        http_request("BREW", "/v2/executions/{id}", 799, 0.01);
        pool("api", 3, 2, 1);
        trees_changed(5);
        trees_changed(-2);
        let text = crate::render();
        for (series, expected) in [
            ("mistral_executions_total{state=\"SUCCESS\"}", 3.0),
            ("mistral_tasks_total{state=\"ERROR\"}", 2.0),
            ("mistral_actions_total{state=\"RUNNING\"}", 1.0),
            ("mistral_batches_total{outcome=\"committed\"}", 1.0),
            ("mistral_batches_total{outcome=\"fenced\"}", 1.0),
            ("mistral_batch_rows_sum", 100.0),
            ("mistral_batch_commit_seconds_count", 1.0),
            ("mistral_batch_commit_seconds_bucket{le=\"0.002\"}", 1.0),
            ("mistral_batch_commit_seconds_bucket{le=\"0.001\"}", 0.0),
            ("mistral_lease_events_total{event=\"taken_over\"}", 16.0),
            ("mistral_queue_depth{queue=\"action_queue\"}", 5.0),
            (
                "mistral_http_requests_total{method=\"GET\",route=\"/v2/executions/{id}\",status=\"200\"}",
                1.0,
            ),
            (
                "mistral_http_requests_total{method=\"other\",route=\"/v2/executions/{id}\",status=\"other\"}",
                1.0,
            ),
            ("mistral_database_pool_connections{pool=\"api\",state=\"busy\"}", 2.0),
            ("mistral_live_trees", 3.0),
        ] {
            assert_eq!(value(&text, series), expected, "{series}");
        }
        assert!(text.contains("# HELP mistral_batch_commit_seconds "));
        assert!(text.contains("# TYPE mistral_batch_commit_seconds histogram"));
        assert!(value(&text, "process_resident_memory_bytes") > 1e6);
        assert!(!text.contains("NO SUCH STATE"));
    }

    #[test]
    fn names_follow_the_rules_of_prometheus() {
        for (index, definition) in table::ALL.iter().enumerate() {
            let name = definition.name;
            assert!(
                table::ALL[..index].iter().all(|other| other.name != name),
                "{name} twice"
            );
            assert!(name.starts_with("mistral_") || name.starts_with("process_"), "{name}");
            assert_eq!(
                name.ends_with("_total"),
                definition.kind == table::Kind::Counter,
                "{name}"
            );
            assert_eq!(
                definition.buckets.is_empty(),
                definition.kind != table::Kind::Histogram,
                "{name}"
            );
            assert!(definition.buckets.windows(2).all(|pair| pair[0] < pair[1]), "{name}");
            assert!(definition.help.ends_with('.'), "{name}");
        }
    }
}
