//! The table of all metrics.

/// What kind of number a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
}

/// One metric.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    pub name: &'static str,
    pub kind: Kind,
    pub help: &'static str,
    /// Upper bounds of a histogram's buckets, in the unit that the name ends with.
    pub buckets: &'static [f64],
}

/// Work in memory.
const MICROSECONDS: &[f64] = &[5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3, 2e-2, 0.1, 0.5];
/// Round trips to the database, HTTP requests.
const MILLISECONDS: &[f64] = &[
    2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0,
];
/// Waiting and running.
const SECONDS: &[f64] = &[
    1e-3, 5e-3, 2e-2, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0,
];
/// Sizes of batches.
const SIZES: &[f64] = &[
    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4,
];

macro_rules! metrics {
    ($($constant:ident = $kind:ident $name:literal $help:literal $([$buckets:expr])?;)+) => {
        $(
            #[doc = $help]
            pub const $constant: &str = $name;
        )+

        /// All metrics, in the order of the page in `docs/`.
        pub const ALL: &[Definition] = &[$(
            Definition { name: $name, kind: Kind::$kind, help: $help, buckets: metrics!(@buckets $($buckets)?) },
        )+];
    };
    (@buckets) => { &[] };
    (@buckets $buckets:expr) => { $buckets };
}

metrics! {
    EXECUTIONS = Counter "mistral_executions_total" "Executions that entered a state.";
    TASKS = Counter "mistral_tasks_total" "Tasks that entered a state.";
    ACTIONS = Counter "mistral_actions_total" "Action executions that entered a state.";
    TREES = Gauge "mistral_live_trees" "Execution trees in the memory of this process.";

    DECISION_SECONDS = Histogram "mistral_decision_seconds" "Time of one decision." [MICROSECONDS];
    DECISION_LONGEST = Gauge "mistral_decision_longest_seconds" "Time of the longest decision since the start.";
    DECISION_WAITS = Counter "mistral_decision_needs_total"
        "Definitions and look-ups that decisions had to be put off for.";
    INLINE_ACTIONS = Counter "mistral_inline_actions_total" "Instant actions that ran inside decisions.";

    BATCHES = Counter "mistral_batches_total" "Batches by outcome: committed, failed, fenced.";
    BATCH_EVENTS = Histogram "mistral_batch_events" "Events in one committed batch." [SIZES];
    BATCH_ROWS = Histogram "mistral_batch_rows" "Row writes in one committed batch." [SIZES];
    BATCH_COMMIT_SECONDS = Histogram "mistral_batch_commit_seconds"
        "Time from sending a batch until it is durable." [MILLISECONDS];

    ACTION_RUN_SECONDS = Histogram "mistral_action_run_seconds" "Run time of action bodies in this executor." [SECONDS];
    SLOTS = Gauge "mistral_executor_slots" "Slots of this executor.";
    SLOTS_BUSY = Gauge "mistral_executor_slots_busy" "Slots taken.";
    LANE_WAITING = Gauge "mistral_lane_waiting" "Actions waiting in the lane to the local executor.";
    LANE_OVERFLOW = Counter "mistral_lane_overflow_total" "Actions left to other nodes because the lane was full.";

    PEERS = Gauge "mistral_peers" "Processes that this one has a connection with.";
    PEER_FRAMES = Counter "mistral_peer_frames_total" "Messages sent to other processes over connections.";
    PEER_CALLS = Counter "mistral_peer_calls_total" "Requests that came from other processes over connections.";
    PEER_JOBS = Counter "mistral_peer_jobs_total" "Actions sent to executors of other processes over connections.";
    PEER_FALLBACKS = Counter "mistral_peer_fallbacks_total" "Requests and actions that a connection did not carry, and that went through the database instead.";

    QUEUE_DEPTH = Gauge "mistral_queue_depth" "Rows in a queue: action_queue, inbox, timer.";
    CLAIMED = Counter "mistral_queue_claimed_total" "Actions claimed from the queue by this executor.";
    CLAIM_SECONDS = Histogram "mistral_queue_claim_seconds" "Time of one claim." [MILLISECONDS];
    QUEUE_WAIT_SECONDS = Histogram "mistral_queue_wait_seconds" "Time from queueing an action to its claim." [SECONDS];
    TIMER_LATE_SECONDS = Histogram "mistral_timer_late_seconds" "Time between when a timer was due and when it fired." [SECONDS];
    WAKE_UPS = Counter "mistral_wake_ups_total" "Times a loop found work, by source: hint or poll.";

    SHARDS = Gauge "mistral_shards_owned" "Shards whose lease this process holds.";
    LEASES = Counter "mistral_lease_events_total"
        "Lease events by kind, counted in shards: acquired, taken_over, released, lost, renewal_failed.";
    LEASE_LATE_SECONDS = Histogram "mistral_lease_renewal_late_seconds"
        "Time between when a renewal of this node's lease was due and when the database had accepted it." [MILLISECONDS];

    POOL_CONNECTIONS = Gauge "mistral_database_pool_connections"
        "Connections of a pool by state: idle, busy; waiting counts who waits for one.";

    HTTP_REQUESTS = Counter "mistral_http_requests_total" "HTTP requests by method, route and status.";
    HTTP_SECONDS = Histogram "mistral_http_request_seconds" "Time from the head of a request to its answer." [MILLISECONDS];


    BUILD = Gauge "mistral_build_info" "1; the version is a label.";
    PROCESS_MEMORY = Gauge "process_resident_memory_bytes" "Resident memory.";
    PROCESS_CPU = Counter "process_cpu_seconds_total" "Processor time, user and system, in whole seconds.";
    PROCESS_FILES = Gauge "process_open_fds" "Open file descriptors.";
    PROCESS_START = Gauge "process_start_time_seconds" "Start of the process, seconds since the epoch.";
}
