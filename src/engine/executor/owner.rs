//! The owner of an executor's state: one task, to which everybody else sends messages. A turn takes a bounded number of what has come,
//! ends the waits that are over, begins deliveries, and shows what is free now.

use std::sync::Arc;

use futures_util::FutureExt;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use mistral_model::action::{Job, Outcome};

use super::delivery::Delivery;
use super::shown::Arrivals;
use super::state::State;
use super::{Deliver, Options, Reference, Shared, run};
use crate::queue::Refused;

/// Messages of one turn.
const TAKEN_AT_ONCE: usize = 64;

pub(super) enum Message {
    /// Jobs that come together, by what they take, and who learns of those that are refused.
    Submit {
        jobs: Vec<Job>,
        arrivals: Arrivals,
        refused: Refused,
    },
    /// A job has left its slot with this outcome (`None`: handed over).
    Ended { job: Reference, outcome: Option<Outcome> },
    /// A job has left its slot without having begun: it is somebody else's by now.
    Withdrawn(Reference),
    /// Whatever is rare.
    Question(Question),
}

pub(super) type Question = Box<dyn FnOnce(&mut State, &Options) + Send>;

pub(super) struct Owner {
    shared: Arc<Shared>,
    state: State,
    messages: mpsc::UnboundedReceiver<Message>,
    /// Jobs that came in this turn.
    arrived: Arrivals,
    /// Jobs have ended, or results were taken, in this turn.
    has_progress: bool,
}

impl Owner {
    pub(super) fn new(shared: Arc<Shared>, messages: mpsc::UnboundedReceiver<Message>) -> Owner {
        let mut owner = Owner {
            shared,
            state: State::default(),
            messages,
            arrived: Arrivals::default(),
            has_progress: false,
        };
        owner.show();
        owner
    }

    /// Runs until the executor was shut down, and nothing is being delivered any more.
    pub(super) async fn run(mut self, deliver: Arc<dyn Deliver>) {
        let shared = self.shared.clone();
        let mut delivery = Delivery::new(deliver.as_ref(), &shared.options);
        let mut came = Vec::with_capacity(TAKEN_AT_ONCE);
        // One for the whole life: most turns leave it as it is.
        let mut timer = std::pin::pin!(tokio::time::sleep_until(Instant::now()));
        loop {
            came.drain(..).for_each(|message| self.take(message));
            let due = self.state.fire(Instant::now(), &shared.options);
            delivery.begin(&mut self.state);
            let fewer = self.show();
            if self.state.is_abandoned() && delivery.may_end() {
                break;
            }
            let next = due.into_iter().chain(fewer).min();
            if let Some(at) = next.filter(|at| *at != timer.deadline() || timer.is_elapsed()) {
                timer.as_mut().reset(at);
            }
            tokio::select! {
                biased;
                step = delivery.next() => self.has_progress |= delivery.take(step, &mut self.state),
                _ = self.messages.recv_many(&mut came, TAKEN_AT_ONCE) => {}
                () = timer.as_mut(), if next.is_some() => {}
            }
            if came.is_empty() {
                // No message waits for deliveries and waits that never cease to end.
                let _ = self.messages.recv_many(&mut came, TAKEN_AT_ONCE).now_or_never();
            }
        }
        self.end().await;
    }

    fn take(&mut self, message: Message) {
        let options = &self.shared.options;
        match message {
            Message::Submit {
                jobs,
                arrivals,
                refused,
            } => {
                self.arrived.slots += arrivals.slots;
                self.arrived.timers += arrivals.timers;
                let mut left = Vec::new();
                for job in jobs {
                    match self.state.accept(job, options, &self.shared.registry) {
                        Ok(Some((job, token))) => start(&self.shared, job, token),
                        Ok(None) => {}
                        Err(job) => left.push(job),
                    }
                }
                refused(left);
            }
            Message::Ended { job, outcome } => {
                self.state.finish(job, outcome, options);
                self.start_next();
            }
            Message::Withdrawn(job) => {
                self.state.withdraw(job);
                self.start_next();
            }
            Message::Question(question) => question(&mut self.state, options),
        }
    }

    /// A slot has become free.
    fn start_next(&mut self) {
        self.has_progress = true;
        if let Some((job, token)) = self.state.next_job(&self.shared.options) {
            start(&self.shared, job, token);
        }
    }

    /// Shows how things stand, and wakes who waits for that; returns until when it is true if nothing happens.
    fn show(&mut self) -> Option<Instant> {
        let room = self.state.room(Instant::now(), &self.shared.options);
        let arrived = std::mem::take(&mut self.arrived);
        let has_room = self
            .shared
            .shown
            .show(&room, arrived, self.state.lapses(), self.state.load());
        if std::mem::take(&mut self.has_progress) || has_room {
            self.shared.progress.notify_waiters();
        }
        room.until
    }

    /// Refuses what still comes, and answers nobody.
    async fn end(&mut self) {
        self.messages.close();
        while let Some(message) = self.messages.recv().await {
            if let Message::Submit { jobs, refused, .. } = message {
                refused(jobs);
            }
        }
    }
}

/// Runs a job that has a slot.
fn start(shared: &Arc<Shared>, job: Job, token: CancellationToken) {
    let shared = shared.clone();
    tokio::spawn(async move {
        let reference = Reference::of(&job);
        if let Some(permits) = shared.options.permits.as_ref().filter(|_| !job.safe_rerun)
            && !permits.begin(reference).await
        {
            return shared.tell(Message::Withdrawn(reference));
        }
        let outcome = run::run(&shared.registry, &shared.environment, &job, &token).await;
        let outcome = outcome.map(|outcome| run::limited(outcome, shared.options.result_limit_kb));
        shared.tell(Message::Ended {
            job: reference,
            outcome,
        });
    });
}
