//! Starts executions and watches them finish: in a closed loop (a fixed number is open at any time) or an open loop
//! (a fixed rate of arrivals, whatever the service does).

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;
use indicatif::ProgressBar;
use rand::Rng;
use serde::Serialize;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use crate::api::{Api, id_number};
use crate::pacer::{Arrivals, Pacer, Schedule};
use crate::stats::Latency;
use crate::stop::Stop;

/// How long open executions are waited for after the first Ctrl-C.
const GRACE: Duration = Duration::from_secs(10);
/// Pause before a start is repeated under the same id.
const RETRY_PAUSE: Duration = Duration::from_millis(20);
/// Until then an execution that is watched by its id is asked for without a pause.
const EAGER: Duration = Duration::from_millis(20);
const MOST_ERROR_SAMPLES: usize = 5;

/// Who decides when the next execution starts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Load {
    /// The next one starts when one of `concurrency` open ones has finished.
    Closed { concurrency: usize },
    /// The next one starts when it is due. Latencies count from that moment, so that a stalled service cannot hide
    /// behind requests that were not sent meanwhile. At most `most_open` are open; beyond it arrivals queue up.
    Open {
        rate: f64,
        arrivals: Arrivals,
        most_open: usize,
        seed: u64,
    },
}

/// How the end of an execution is noticed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Detect {
    /// One list request for all that are running: cheap, as exact as the distance of the requests.
    List,
    /// Each execution is asked for by its id, without a pause at first: exact, and costs a request each time.
    Id,
}

/// How much load, and how it is applied.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub load: Load,
    /// Ends the submission after this many executions.
    pub executions: u64,
    /// Ends the submission after this time.
    pub duration: Option<Duration>,
    /// Ends the run, finished or not, this long after its start.
    pub timeout: Duration,
    /// Connections that submit.
    pub connections: usize,
    pub detect: Detect,
    /// Executions get ids from us, and a start that failed is repeated under the same id until it is answered.
    pub own_ids: bool,
    /// Closed loop: starts in one request.
    pub list: usize,
    /// Pauses between list requests are at least and at most this long.
    pub poll_pause: (Duration, Duration),
}

/// What happened.
pub(crate) struct Outcome {
    /// Ids of the executions that the server has accepted, in this order.
    pub accepted: Vec<String>,
    /// Starts that failed for sure.
    pub failed: u64,
    /// Starts without an answer: the execution may exist.
    pub unknown: u64,
    pub error_samples: Vec<String>,
    /// From the start (closed loop: the request; open loop: when it was due) to the observed end.
    pub latency: Latency,
    /// From the start to the answer of the server.
    pub post: Latency,
    /// From the start of the run to the last observed end.
    pub makespan: Duration,
    /// Requests that looked for finished executions.
    pub polls: u64,
    /// Every accepted execution was seen to finish.
    pub complete: bool,
    pub interrupted: bool,
}

/// Runs the load to its end, its time-out, or Ctrl-C. Needs a `LocalSet`.
///
/// # Errors
/// When the schedule of an open loop is impossible; failures of requests are part of the outcome.
pub(crate) async fn drive(
    api: Rc<Api>,
    body: &str,
    tag: &str,
    options: Options,
    stop: &Stop,
    bar: &ProgressBar,
) -> Result<Outcome> {
    let slots = match options.load {
        Load::Closed { concurrency } => concurrency,
        Load::Open { most_open, .. } => most_open,
    };
    let run = Rc::new(Run {
        api,
        // The closing brace is added with the id.
        body: body.strip_suffix('}').unwrap_or(body).to_owned(),
        tag: tag.to_owned(),
        slots: Semaphore::new(slots),
        connections: Semaphore::new(options.connections),
        started: Instant::now(),
        options,
        stop: stop.clone(),
        bar: bar.clone(),
        changed: Notify::new(),
        state: RefCell::new(State::new()),
    });
    let mut submitters = JoinSet::new();
    match run.options.load {
        Load::Closed { concurrency } => {
            let count = match run.options.detect {
                Detect::List => concurrency.min(run.options.connections),
                Detect::Id => concurrency,
            };
            run.state.borrow_mut().submitters = count;
            for _ in 0..count {
                submitters.spawn_local(Rc::clone(&run).submit_closed());
            }
        }
        Load::Open {
            rate, arrivals, seed, ..
        } => {
            let (pacer, schedule) = (Pacer::new()?, Schedule::new(rate, arrivals, seed)?);
            run.state.borrow_mut().submitters = 1;
            submitters.spawn_local(Rc::clone(&run).submit_open(pacer, schedule));
        }
    }
    let complete = run.watch().await;
    let interrupted = run.stop.is_requested();
    submitters.shutdown().await;
    let state = run.state.replace(State::new());
    // The others; those that are still on their way are given up.
    let unknown = state.begun - state.accepted.len() as u64 - state.failed;
    Ok(Outcome {
        accepted: state.accepted,
        failed: state.failed,
        unknown,
        error_samples: state.error_samples,
        latency: state.latency,
        post: state.post,
        makespan: state.last_end.filter(|_| complete).unwrap_or_else(Instant::now) - run.started,
        polls: state.polls,
        complete,
        interrupted,
    })
}

struct Run {
    api: Rc<Api>,
    body: String,
    tag: String,
    options: Options,
    stop: Stop,
    bar: ProgressBar,
    slots: Semaphore,
    connections: Semaphore,
    started: Instant,
    changed: Notify,
    state: RefCell<State>,
}

struct State {
    /// Executions that were begun to be submitted.
    begun: u64,
    submitters: usize,
    /// Submissions of an open loop that are on their way.
    in_flight: usize,
    open: HashMap<u128, Open>,
    accepted: Vec<String>,
    failed: u64,
    error_samples: Vec<String>,
    latency: Latency,
    post: Latency,
    last_latency: Duration,
    last_end: Option<Instant>,
    polls: u64,
}

impl State {
    fn new() -> Self {
        Self {
            begun: 0,
            submitters: 0,
            in_flight: 0,
            open: HashMap::new(),
            accepted: Vec::new(),
            failed: 0,
            error_samples: Vec::new(),
            latency: Latency::new(),
            post: Latency::new(),
            last_latency: Duration::ZERO,
            last_end: None,
            polls: 0,
        }
    }

    fn finish(&mut self, started: Instant, end: Instant) {
        let latency = end - started;
        self.latency.record(latency);
        self.last_latency = latency;
        self.last_end = Some(end);
    }

    fn note_error(&mut self, error: String) {
        if self.error_samples.len() < MOST_ERROR_SAMPLES {
            self.error_samples.push(error);
        }
    }
}

/// An accepted execution that was not seen to finish.
#[derive(Clone, Copy)]
struct Open {
    started: Instant,
    accepted: Instant,
}

impl Run {
    fn may_begin(&self) -> bool {
        self.state.borrow().begun < self.options.executions
            && !self.stop.is_requested()
            && self
                .options
                .duration
                .is_none_or(|duration| self.started.elapsed() < duration)
    }

    /// No more waiting: the time is over or the user insists.
    fn is_over(&self) -> bool {
        self.started.elapsed() >= self.options.timeout || self.stop.is_urgent(GRACE)
    }

    fn is_finished(&self) -> bool {
        let state = self.state.borrow();
        state.submitters == 0 && state.in_flight == 0 && state.open.is_empty()
    }

    /// Takes a slot that is given back when the execution has finished.
    async fn take_slot(&self) -> bool {
        tokio::select! {
            biased;
            permit = self.slots.acquire() => match permit {
                Ok(permit) => {
                    permit.forget();
                    true
                }
                Err(_) => false,
            },
            () = self.stop.requested() => false,
        }
    }

    fn release_slot(&self) {
        self.slots.add_permits(1);
        self.changed.notify_one();
    }

    async fn submit_closed(self: Rc<Self>) {
        while self.may_begin() && self.take_slot().await {
            if !self.may_begin() {
                break;
            }
            self.state.borrow_mut().begun += 1;
            match self.take_more() {
                0 => self.submit(Instant::now()).await,
                more => self.submit_list(more + 1).await,
            }
        }
        self.state.borrow_mut().submitters -= 1;
        self.changed.notify_one();
    }

    /// Takes further slots that are free for the same request; returns how many.
    fn take_more(&self) -> usize {
        let mut more = 0;
        while more + 1 < self.options.list && self.may_begin() {
            let Ok(slot) = self.slots.try_acquire() else { break };
            slot.forget();
            self.state.borrow_mut().begun += 1;
            more += 1;
        }
        more
    }

    /// Starts some executions by one request.
    async fn submit_list(&self, count: usize) {
        let started = Instant::now();
        let bodies: Vec<String> = (0..count).map(|_| self.one_body()).collect();
        let body = format!("[{}]", bodies.join(","));
        let answers = self.start(|api| api.start_list(body.as_bytes(), count)).await;
        let answered = Instant::now();
        let answers = match answers {
            Ok(answers) => answers,
            Err(error) => {
                for _ in 0..count {
                    self.note_refusal(&error);
                }
                return;
            }
        };
        let mut watched = Vec::new();
        for answer in answers {
            match answer {
                Ok((id, finished)) => {
                    self.note_start(&id, finished, started, answered);
                    if !finished && self.options.detect == Detect::Id {
                        watched.push(id);
                    }
                }
                Err(error) => self.note_refusal(&error),
            }
        }
        futures_util::future::join_all(watched.iter().map(|id| self.watch_one(id, started))).await;
    }

    async fn submit_open(self: Rc<Self>, pacer: Pacer, mut schedule: Schedule) {
        let mut submissions = JoinSet::new();
        while self.may_begin() {
            let due = self.started + schedule.next_offset();
            let waited = tokio::select! {
                waited = pacer.wait_until(due) => waited,
                () = self.stop.requested() => break,
            };
            if let Err(error) = waited {
                self.state.borrow_mut().note_error(error.to_string());
                break;
            }
            if !self.take_slot().await {
                break;
            }
            {
                let mut state = self.state.borrow_mut();
                state.begun += 1;
                state.in_flight += 1;
            }
            let run = Rc::clone(&self);
            submissions.spawn_local(async move {
                run.submit(due).await;
                run.state.borrow_mut().in_flight -= 1;
                run.changed.notify_one();
            });
            while submissions.try_join_next().is_some() {}
        }
        self.state.borrow_mut().submitters -= 1;
        self.changed.notify_one();
        // The set aborts what it holds when it is dropped.
        while submissions.join_next().await.is_some() {}
    }

    fn one_body(&self) -> String {
        let mut body = self.body.clone();
        if self.options.own_ids {
            if !body.ends_with('{') {
                body.push(',');
            }
            body.push_str("\"id\":\"");
            body.push_str(&random_id());
            body.push('"');
        }
        body.push('}');
        body
    }

    /// Starts one execution; when ends are watched by id, also waits for its end.
    async fn submit(&self, started: Instant) {
        let body = self.one_body();
        let result = self.start(|api| api.start(body.as_bytes())).await;
        let answered = Instant::now();
        match result {
            Ok((id, finished)) => {
                self.note_start(&id, finished, started, answered);
                if !finished && self.options.detect == Detect::Id {
                    self.watch_one(&id, started).await;
                }
            }
            Err(error) => self.note_refusal(&error),
        }
    }

    fn note_refusal(&self, error: &crate::api::Error) {
        let mut state = self.state.borrow_mut();
        if !error.is_ambiguous() {
            state.failed += 1;
        }
        state.note_error(format!("POST executions: {error}"));
        drop(state);
        self.bar.inc(1);
        self.release_slot();
    }

    fn note_start(&self, id: &str, finished: bool, started: Instant, answered: Instant) {
        let mut state = self.state.borrow_mut();
        state.post.record(answered - started);
        state.accepted.push(id.to_owned());
        if !finished {
            state.open.insert(
                id_number(id),
                Open {
                    started,
                    accepted: answered,
                },
            );
            return;
        }
        state.finish(started, answered);
        drop(state);
        self.bar.inc(1);
        self.release_slot();
    }

    async fn start<'a, T, F>(&'a self, send: impl Fn(&'a Api) -> F) -> Result<T, crate::api::Error>
    where
        F: Future<Output = Result<T, crate::api::Error>>,
    {
        loop {
            let result = {
                // Never closed, so a permit always comes.
                let _permit = self.connections.acquire().await;
                send(&self.api).await
            };
            match result {
                Err(error) if self.options.own_ids && error.is_transient() && !self.is_over() => {
                    tokio::time::sleep(RETRY_PAUSE).await;
                }
                other => return other,
            }
        }
    }

    async fn watch_one(&self, id: &str, started: Instant) {
        while !self.is_over() {
            let result = self.api.is_finished(id).await;
            let now = Instant::now();
            self.state.borrow_mut().polls += 1;
            match result {
                Ok(true) => {
                    let mut state = self.state.borrow_mut();
                    state.open.remove(&id_number(id));
                    state.finish(started, now);
                    drop(state);
                    self.bar.inc(1);
                    self.release_slot();
                    return;
                }
                Ok(false) => {}
                Err(error) => self.state.borrow_mut().note_error(format!("GET execution: {error}")),
            }
            let elapsed = now - started;
            if elapsed > EAGER {
                // A twentieth of the latency is exact enough, and leaves the server alone.
                tokio::time::sleep((elapsed / 20).clamp(Duration::from_millis(1), self.options.poll_pause.1)).await;
            }
        }
    }

    /// Returns when everything has finished (`true`) or there is no more time.
    async fn watch(&self) -> bool {
        loop {
            if self.is_finished() {
                return true;
            }
            if self.is_over() {
                return false;
            }
            let nothing_to_ask = self.options.detect == Detect::Id || self.state.borrow().open.is_empty();
            if nothing_to_ask {
                let _ = tokio::time::timeout(Duration::from_millis(20), self.changed.notified()).await;
                continue;
            }
            let begun = Instant::now();
            let running = self.api.running(&self.tag).await;
            let now = Instant::now();
            match running {
                Ok(running) => self.close_all_but(&running, begun, now),
                Err(error) => self.state.borrow_mut().note_error(format!("GET executions: {error}")),
            }
            tokio::time::sleep(self.poll_pause(now - begun)).await;
        }
    }

    /// Ends every open execution that is not running, if it was accepted before the list was asked for.
    fn close_all_but(&self, running: &std::collections::HashSet<u128>, begun: Instant, now: Instant) {
        let mut closed = 0;
        {
            let mut state = self.state.borrow_mut();
            state.polls += 1;
            let mut open = std::mem::take(&mut state.open);
            open.retain(|id, execution| {
                let keep = execution.accepted > begun || running.contains(id);
                if !keep {
                    state.finish(execution.started, now);
                    closed += 1;
                }
                keep
            });
            state.open = open;
        }
        if closed > 0 {
            self.bar.inc(closed);
            self.slots.add_permits(usize::try_from(closed).unwrap_or(0));
        }
    }

    /// Stays light: a few times what a request costs, or a twentieth of the latency that is being measured.
    fn poll_pause(&self, cost: Duration) -> Duration {
        let (shortest, longest) = self.options.poll_pause;
        (cost * 4)
            .max(self.state.borrow().last_latency / 20)
            .clamp(shortest, longest)
    }
}

/// A random UUID of version 4.
fn random_id() -> String {
    let bits: u128 = rand::rng().random();
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// A random text that marks the executions of one run: their description.
pub(crate) fn random_tag() -> String {
    format!("loadtest-{}", random_id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_version_4() {
        let id = random_id();
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(&id[14..15], "4");
        assert!("89ab".contains(&id[19..20]));
        assert_ne!(id, random_id());
    }
}
