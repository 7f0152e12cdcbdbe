//! Runs actions: slots, time-outs, cancellation, and delivery of results that is repeated until somebody took them.
//!
//! A [`Service`] owns all of its state, in one task; others hold a [`Handle`], and send messages. Where jobs come from and where
//! reports go is not its business: they are submitted, and given to a [`Deliver`].

mod delivery;
mod owner;
mod run;
mod shown;
mod state;
#[cfg(test)]
mod tests;
mod turns;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};

use crate::lease::Lease;
use crate::queue::Refused;
use mistral_actions::{Environment, Registry};
use mistral_model::action::{Job, Outcome, Report};
use mistral_model::{Id, Value};

use owner::{Message, Owner};
use shown::{Arrivals, Shown};
use state::State;

pub use state::Again;

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
    /// Actions that may wait for nothing but time (`std.sleep`); about 1.1 KB each (`tests/executor_load.rs`).
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

impl Options {
    /// Whether jobs may begin, for who may begin them again after so many lapses of the lease.
    fn may_begin(&self, lapses: u64) -> bool {
        let standing = self.lease.as_ref().map(Lease::standing);
        standing.is_none_or(|standing| standing.is_valid() && standing.lapses == lapses)
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
    /// To the owner. Bounded by what others may send: jobs by the room that was granted, one end for each slot, and who asks waits for
    /// the answer.
    messages: mpsc::UnboundedSender<Message>,
    shown: Shown,
    /// A slot, the outbox or the backlog has become emptier.
    progress: Notify,
}

/// The owner of an executor's state.
pub struct Service {
    owner: Owner,
    deliver: Arc<dyn Deliver>,
}

/// Access to an executor. Cheap to clone.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

impl Service {
    /// An executor, whose actions run on the runtime that [`Service::run`] runs on.
    pub fn new(
        options: Options,
        registry: Arc<Registry>,
        environment: Arc<Environment>,
        deliver: Arc<dyn Deliver>,
    ) -> (Service, Handle) {
        let (messages, incoming) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            options,
            registry,
            environment,
            messages,
            shown: Shown::default(),
            progress: Notify::new(),
        });
        let owner = Owner::new(shared.clone(), incoming);
        (Service { owner, deliver }, Handle { shared })
    }

    /// Runs until the executor was shut down.
    pub async fn run(self) {
        self.owner.run(self.deliver).await;
    }
}

impl Shared {
    fn tell(&self, message: Message) {
        // The executor may have ended.
        let _ = self.messages.send(message);
    }

    /// Whether the executor takes anything, as far as its lease and its end are concerned.
    fn may_take(&self) -> bool {
        !self.messages.is_closed() && self.options.may_begin(self.shown.lapses())
    }
}

impl Handle {
    /// Gives jobs to the executor, of which so many are known to be `waiting` only. It takes them in order; what came together ends
    /// together where that is possible, and is decided about together: one by one, a batch of a chain on executors held half as much.
    /// `refused` is always told of those that are not taken, perhaps none, because everything is full or shutting down. A job that is
    /// known already (the same action and attempt, or an older attempt) is taken and ignored.
    pub fn submit_all(&self, jobs: Vec<Job>, waiting: usize, refused: Refused) {
        if jobs.is_empty() {
            return refused(jobs);
        }
        let timers = waiting.min(jobs.len());
        let slots = jobs.len() - timers;
        self.shared.shown.slots.arrive(slots);
        self.shared.shown.timers.arrive(timers);
        let submit = Message::Submit {
            jobs,
            arrivals: Arrivals { slots, timers },
            refused,
        };
        if let Err(mpsc::error::SendError(Message::Submit { jobs, refused, .. })) = self.shared.messages.send(submit) {
            refused(jobs);
        }
    }

    /// Of the jobs that only wait, those that may be submitted now, past [`Handle::room`].
    pub fn room_to_wait(&self) -> usize {
        match self.shared.may_take() {
            true => self.shared.shown.timers.left(),
            false => 0,
        }
    }

    /// Jobs that may be submitted now, besides those that are on their way. None while too many results wait for delivery.
    pub fn room(&self) -> usize {
        match self.shared.may_take() {
            true => self.shared.shown.slots.left(),
            false => 0,
        }
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

    /// Asks the owner, who has seen all that was submitted before. `None`: the executor has ended.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut State, &Options) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.shared.tell(Message::Question(Box::new(move |state, options| {
            // Who asked may have gone.
            let _ = answer.send(question(state, options));
        })));
        answered.await.ok()
    }

    /// Of these jobs (root, action, attempt) those that were not accepted, nor later attempts of their actions, or that have ended long
    /// ago. None are unknown to an executor that has ended.
    pub async fn unknown(&self, mut jobs: Vec<(Id, Id, u32)>) -> Vec<(Id, Id, u32)> {
        let unknown = self.ask(move |state, _| {
            jobs.retain(|(_, action_id, attempt)| !state.knows(*action_id, *attempt));
            jobs
        });
        unknown.await.unwrap_or_default()
    }

    /// Refuses jobs that are not here, should they still come: their actions can then be given to somebody else. Returns them, without
    /// those that have come. One that has ended here long ago, and must not run twice, is reported as failed.
    pub async fn disown(&self, mut jobs: Vec<(Id, Id, u32)>) -> Vec<(Id, Id, u32)> {
        let disowned = self.ask(move |state, options| {
            jobs.retain(|(root_id, action_id, attempt)| {
                let job = Reference {
                    action_id: *action_id,
                    root_id: *root_id,
                    attempt: *attempt,
                };
                state.disown(job, options)
            });
            jobs
        });
        disowned.await.unwrap_or_default()
    }

    /// Takes jobs that came again, long ago, when their results had been taken. Mostly they were late copies; where the row is still there,
    /// the action was begun anew.
    pub async fn take_again(&self) -> Vec<Again> {
        self.ask(|state, _| state.take_again()).await.unwrap_or_default()
    }

    /// They are to be taken once more.
    pub async fn put_again(&self, jobs: Vec<Again>) {
        self.ask(move |state, options| state.note_again(jobs, options)).await;
    }

    /// These actions have ended here, must not run again, and were begun anew: they are reported as failed.
    pub async fn end_anew(&self, jobs: Vec<Reference>) {
        self.ask(move |state, _| jobs.into_iter().for_each(|job| state.end_anew(job)))
            .await;
    }

    /// After the lease was over and is valid again: gives up what has not begun, which others may have begun meanwhile, and
    /// may begin jobs again. The caller finds out which of these jobs are still this node's.
    pub async fn resume(&self) -> Vec<Job> {
        self.ask(State::resume).await.unwrap_or_default()
    }

    /// Ends these attempts of actions, which then report that they were cancelled. Returns them, without those that are not here, have
    /// finished, or were replaced by others.
    pub async fn cancel(&self, mut actions: Vec<(Id, u32)>) -> Vec<(Id, u32)> {
        let cancelled = self.ask(move |state, _| {
            actions.retain(|(action_id, attempt)| state.cancel(*action_id, *attempt));
            actions
        });
        cancelled.await.unwrap_or_default()
    }

    /// As it was a moment ago.
    pub fn load(&self) -> Load {
        self.shared.shown.load()
    }

    /// Actions that have not ended, in the order of their ids after `after`, at most `limit`: for looking whether anybody still wants
    /// them.
    pub async fn open(&self, after: Id, limit: usize) -> Vec<(Id, u32)> {
        let open = self.ask(move |state, _| state.open(after, limit));
        open.await.unwrap_or_default()
    }

    /// Stops: takes no more jobs, gives back those that have not begun, waits up to `deadline` for running actions and for
    /// the delivery of their results, then cuts off the rest.
    pub async fn shutdown(&self, deadline: Duration) -> Leftovers {
        let released = self.ask(|state, _| state.close()).await.unwrap_or_default();
        let drained = async {
            loop {
                let progress = self.shared.progress.notified();
                if self.ask(|state, _| state.is_drained()).await != Some(false) {
                    return;
                }
                progress.await;
            }
        };
        let _ = tokio::time::timeout(deadline, drained).await;
        let (abandoned, undelivered) = self.ask(|state, _| state.abandon()).await.unwrap_or_default();
        Leftovers {
            released,
            abandoned,
            undelivered,
        }
    }
}

/// Null result of a cancelled action.
fn cancelled() -> Outcome {
    Outcome::Cancelled(Value::Null)
}
