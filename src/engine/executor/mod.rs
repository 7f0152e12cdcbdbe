//! Runs actions: slots, time-outs, cancellation, and delivery of results that is repeated until somebody took them.
//!
//! A [`Service`] owns the loops, others hold a [`Handle`]. Where jobs come from and where reports go is not its business:
//! they are submitted, and given to a [`Deliver`].

mod delivery;
mod run;
mod state;
#[cfg(test)]
mod tests;
mod turns;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::lease::Lease;
use mistral_actions::{Environment, Registry};
use mistral_model::action::{Job, Outcome, Report};
use mistral_model::{Id, Value};

use state::{Accepted, State};

/// Settings of an executor.
#[derive(Clone, Debug)]
pub struct Options {
    /// Actions that run at the same time (`[DEFAULT] executor_thread_pool_size`). Actions that only wait take no slot. One that
    /// waits for an HTTP response takes 39 KB (measured with 10,000, `tests/executor_load.rs`) and no processor time.
    pub slots: usize,
    /// Accepted actions that may wait for a slot.
    pub backlog: usize,
    /// An executor whose slots all become free at least once in this time takes as many jobs ahead of them as it ended in it. It is
    /// about what a large commit takes: with none, a batch of 1,000 short actions leaves all but 64 in the table, which costs a
    /// second version of their rows. One with longer actions takes nothing ahead, so that others may have it. Zero: never.
    pub ahead: Duration,
    /// Actions that may wait for nothing but time (`std.sleep`); about 450 bytes each.
    pub waiting: usize,
    /// Results that may wait for delivery before no more jobs are accepted.
    pub undelivered: usize,
    /// Size of a result in KiB (`[engine] execution_field_size_limit_kb`); `None`: no limit.
    pub result_limit_kb: Option<u64>,
    /// Reports per delivery.
    pub batch: usize,
    /// First pause after a failed delivery; it doubles up to `longest_retry_delay`.
    pub retry_delay: Duration,
    pub longest_retry_delay: Duration,
    /// Seed of the random part of pauses: executors must not all come back at the same moment.
    pub seed: u64,
    /// Delivered actions that are remembered, to ignore late duplicates of their jobs.
    pub remembered: usize,
    /// The lease of this node: nothing begins while it is over. `None`: nobody else could take the jobs.
    pub lease: Option<Lease>,
    /// Who is asked before an action begins that must not run twice. `None`: nobody else could run it.
    pub permits: Option<Arc<dyn Permits>>,
}

/// Jobs that are accepted under one hold of the lock: some 50 µs.
const ACCEPTED_AT_ONCE: usize = 64;

/// A permit under way.
pub type Permitting<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// Notes durably that actions begin, so that what a dead executor had not begun can be given to another.
pub trait Permits: Send + Sync {
    /// Waits until it is noted that the action begins. False: it is not this executor's any more.
    fn begin(&self, action: Reference) -> Permitting<'_>;
}

impl std::fmt::Debug for dyn Permits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Permits")
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            slots: 64,
            backlog: 4_096,
            ahead: Duration::from_millis(100),
            waiting: 200_000,
            undelivered: 10_000,
            result_limit_kb: Some(1024),
            batch: 500,
            retry_delay: Duration::from_millis(50),
            longest_retry_delay: Duration::from_secs(5),
            seed: 0,
            remembered: 16_384,
            lease: None,
            permits: None,
        }
    }
}

/// A delivery that did not happen. It is tried again.
pub type DeliveryError = Box<dyn std::error::Error + Send + Sync>;

/// A delivery under way.
pub type Delivering<'a, T = ()> = Pin<Box<dyn Future<Output = Result<T, DeliveryError>> + Send + 'a>>;

/// Takes what actions result in. Everything may be delivered more than once.
pub trait Deliver: Send + Sync + 'static {
    /// Takes results. The executor keeps them until this succeeded. Returns those that it could not take now.
    fn deliver(&self, reports: Vec<Report>) -> Delivering<'_, Vec<Report>>;

    /// Learns of asynchronous actions that were started without an error: this executor has nothing more to do with them,
    /// their results come from elsewhere. Called, and repeated, like [`Deliver::deliver`].
    fn hand_over(&self, actions: Vec<Reference>) -> Delivering<'_> {
        let _ = actions;
        Box::pin(std::future::ready(Ok(())))
    }
}

/// One delivery of one action to an executor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    pub action_id: Id,
    pub root_id: Id,
    pub attempt: u32,
}

impl Reference {
    pub fn of(job: &Job) -> Reference {
        Reference {
            action_id: job.action_id,
            root_id: job.root_id,
            attempt: job.attempt,
        }
    }

    /// Its report.
    pub fn report(self, outcome: Outcome) -> Report {
        Report {
            action_id: self.action_id,
            root_id: self.root_id,
            attempt: self.attempt,
            outcome,
        }
    }
}

/// What an executor is busy with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Actions in slots.
    pub running: usize,
    /// Actions that wait for a slot.
    pub backlog: usize,
    /// Actions that wait for time.
    pub waiting: usize,
    /// Results that wait for delivery.
    pub undelivered: usize,
}

/// What was left when an executor shut down.
#[derive(Clone, Debug, Default)]
pub struct Leftovers {
    /// Never begun, or only waiting: may run elsewhere, from the beginning.
    pub released: Vec<Reference>,
    /// Cut off in the middle: whether they may run again is for their tasks to say.
    pub abandoned: Vec<Reference>,
    /// Finished, but nobody took the results.
    pub undelivered: Vec<Report>,
}

/// What all parts of an executor share.
struct Shared {
    options: Options,
    registry: Arc<Registry>,
    environment: Arc<Environment>,
    state: Mutex<State>,
    /// The earliest timer may have changed.
    timers_changed: Notify,
    /// There is something to deliver.
    outbox_filled: Notify,
    /// A slot, the outbox or the backlog has become emptier.
    progress: Notify,
    /// Ends the loops.
    stop: CancellationToken,
    runtime: tokio::runtime::Handle,
}

/// The loops of an executor: timers and delivery.
pub struct Service {
    shared: Arc<Shared>,
    deliver: Arc<dyn Deliver>,
}

/// Access to an executor. Cheap to clone.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

impl Service {
    /// An executor, whose actions run on the current runtime.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn new(
        options: Options,
        registry: Arc<Registry>,
        environment: Arc<Environment>,
        deliver: Arc<dyn Deliver>,
    ) -> (Service, Handle) {
        let shared = Arc::new(Shared {
            state: Mutex::new(State::default()),
            options,
            registry,
            environment,
            timers_changed: Notify::new(),
            outbox_filled: Notify::new(),
            progress: Notify::new(),
            stop: CancellationToken::new(),
            runtime: tokio::runtime::Handle::current(),
        });
        (
            Service {
                shared: shared.clone(),
                deliver,
            },
            Handle { shared },
        )
    }

    /// Runs the loops until the executor was shut down.
    pub async fn run(self) {
        tokio::join!(
            self.shared.run_timers(),
            delivery::run(&self.shared, self.deliver.as_ref())
        );
    }
}

impl Handle {
    /// Takes a job, unless everything is full or shutting down: then it is given back. A job that is known already (the
    /// same action and attempt, or an older attempt) is taken and ignored.
    ///
    /// # Errors
    /// The job itself, if it is refused.
    // The error is the caller's own job; boxing it would cost more than it saves.
    #[allow(clippy::result_large_err)]
    pub fn submit(&self, job: Job) -> Result<(), Job> {
        self.submit_all(vec![job]).pop().map_or(Ok(()), Err)
    }

    /// The same of several, in order; gives back those that are refused. What came together ends together where that is possible, and
    /// is decided about together: one by one, a batch of a chain on executors held half as much.
    #[must_use]
    pub fn submit_all(&self, jobs: Vec<Job>) -> Vec<Job> {
        let shared = &self.shared;
        let mut refused = Vec::new();
        let (mut timers, mut results) = (false, false);
        let mut jobs = jobs.into_iter().peekable();
        while jobs.peek().is_some() {
            let mut started = Vec::new();
            {
                let mut state = shared.state.lock();
                for job in jobs.by_ref().take(ACCEPTED_AT_ONCE) {
                    match state.accept(job, &shared.options, &shared.registry) {
                        Ok(Accepted::Ignored | Accepted::Queued) => {}
                        Ok(Accepted::Start(job, token)) => started.push((job, token)),
                        Ok(Accepted::Waits { is_first }) => timers |= is_first,
                        Ok(Accepted::Finished) => results = true,
                        Err(job) => refused.push(job),
                    }
                }
            }
            for (job, token) in started {
                shared.start(job, token);
            }
        }
        if timers {
            shared.timers_changed.notify_one();
        }
        if results {
            shared.outbox_filled.notify_one();
        }
        refused
    }

    /// Of the jobs that only wait, those that may be submitted now, past [`Handle::room`].
    pub fn room_to_wait(&self) -> usize {
        self.shared.state.lock().room_to_wait(&self.shared.options)
    }

    /// Jobs that may be submitted now. None while too many results wait for delivery.
    pub fn room(&self) -> usize {
        self.shared.state.lock().room(&self.shared.options)
    }

    /// Waits until there is room; returns how much.
    pub async fn slots_freed(&self) -> usize {
        loop {
            let progress = self.shared.progress.notified();
            match self.room() {
                0 => progress.await,
                free => return free,
            }
        }
    }

    /// Returns when jobs have ended, or their results were taken, since this call.
    pub fn progress(&self) -> tokio::sync::futures::Notified<'_> {
        self.shared.progress.notified()
    }

    /// Whether a job was accepted, or a later attempt of its action.
    pub fn knows(&self, action_id: Id, attempt: u32) -> bool {
        self.shared.state.lock().knows(action_id, attempt)
    }

    /// Refuses a job that is not here, should it still come: its action can then be given to somebody else. False: it has come.
    pub fn disown(&self, action_id: Id, attempt: u32) -> bool {
        self.shared
            .state
            .lock()
            .disown(action_id, attempt, &self.shared.options)
    }

    /// After the lease was over and is valid again: gives up what has not begun, which others may have begun meanwhile, and
    /// may begin jobs again. The caller finds out which of these jobs are still this node's.
    pub fn resume(&self) -> Vec<Job> {
        let unbegun = self.shared.state.lock().resume(&self.shared.options);
        self.shared.progress.notify_waiters();
        unbegun
    }

    /// Ends this attempt of an action, which then reports that it was cancelled. False if it is not here, has finished, or was replaced by
    /// another.
    pub fn cancel(&self, action_id: Id, attempt: u32) -> bool {
        let cancelled = self.shared.state.lock().cancel(action_id, attempt);
        self.shared.outbox_filled.notify_one();
        cancelled
    }

    pub fn load(&self) -> Load {
        self.shared.state.lock().load()
    }

    /// Actions that have not ended, in the order of their ids after `after`, at most `limit`: for looking whether anybody still wants
    /// them.
    pub fn open(&self, after: Id, limit: usize) -> Vec<(Id, u32)> {
        self.shared.state.lock().open(after, limit)
    }

    /// Stops: takes no more jobs, gives back those that have not begun, waits up to `deadline` for running actions and for
    /// the delivery of their results, then cuts off the rest.
    pub async fn shutdown(&self, deadline: Duration) -> Leftovers {
        let released = self.shared.state.lock().close();
        let drained = async {
            loop {
                let progress = self.shared.progress.notified();
                if self.shared.state.lock().is_drained() {
                    return;
                }
                progress.await;
            }
        };
        let _ = tokio::time::timeout(deadline, drained).await;
        let (abandoned, undelivered) = self.shared.state.lock().abandon();
        self.shared.stop.cancel();
        Leftovers {
            released,
            abandoned,
            undelivered,
        }
    }
}

impl Shared {
    /// Runs a job that has a slot.
    fn start(self: &Arc<Self>, job: Job, token: CancellationToken) {
        let shared = self.clone();
        self.runtime.spawn(async move {
            if let Some(permits) = shared.options.permits.as_ref().filter(|_| !job.safe_rerun)
                && !permits.begin(Reference::of(&job)).await
            {
                shared.withdraw(Reference::of(&job));
                return;
            }
            let outcome = run::run(&shared.registry, &shared.environment, &job, &token).await;
            let outcome = outcome.map(|outcome| run::limited(outcome, shared.options.result_limit_kb));
            shared.finish(Reference::of(&job), outcome);
        });
    }

    /// Frees the slot of a job that is somebody else's by now, and starts the next.
    fn withdraw(self: &Arc<Self>, job: Reference) {
        let next = {
            let mut state = self.state.lock();
            state.withdraw(job);
            state.next_job(&self.options)
        };
        self.progress.notify_waiters();
        if let Some((job, token)) = next {
            self.start(job, token);
        }
    }

    /// Frees the slot of a job, keeps its outcome (`None`: handed over), and starts the next.
    fn finish(self: &Arc<Self>, job: Reference, outcome: Option<Outcome>) {
        let next = {
            let mut state = self.state.lock();
            state.finish(job, outcome, &self.options);
            state.next_job(&self.options)
        };
        self.outbox_filled.notify_one();
        self.progress.notify_waiters();
        if let Some((job, token)) = next {
            self.start(job, token);
        }
    }

    async fn run_timers(&self) {
        loop {
            let next = self.state.lock().fire(tokio::time::Instant::now(), &self.options);
            if next.fired > 0 {
                self.outbox_filled.notify_one();
            }
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return,
                () = self.timers_changed.notified() => {}
                () = sleep_until(next.at) => {}
            }
        }
    }
}

async fn sleep_until(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Null result of a cancelled action.
fn cancelled() -> Outcome {
    Outcome::Cancelled(Value::Null)
}
