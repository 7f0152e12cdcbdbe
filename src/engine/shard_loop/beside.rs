//! Decisions that cost too much for the loop are made beside it. An expression on the loop may take [`STEPS`] steps; one that needs
//! more ([`Need::Room`]) gives its decision up, and the tree goes away to a thread, with all its steps, and does so from then on.
//! Meanwhile the loop decides about others, and events of that tree wait. There are [`places`] such threads for the whole
//! process, for projects in turn, within each in the order in which trees ask for one; each tree has it for [`SHARE`] and the piece
//! of work begun, and asks again. What somebody asks of an execution (to stop, mostly) waits for nothing: the expression that is under
//! way is given up, to be evaluated again if it is still wanted, and the request comes first; until it is decided its tree takes
//! events only, and has [`URGENT`] threads for that. Nor does the answer to a start wait for what its first tasks have to evaluate.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use mistral_flow::{self as flow, Decision, Effects, Failure, Need, Ports, Stopped};
use mistral_model::id::Generator;
use mistral_model::request::Request;
use mistral_model::{Id, Str};
use mistral_telemetry::metric;

use super::super::decide::{Answer, handle_event};
use super::super::event::{Event, Message, What};
use super::super::handle::Shared;
use super::gate::{Gate, Place};
use super::parking::EVENTS;
use super::{Live, ShardLoop, Turn};

/// Steps that one evaluation may take on the loop: 0.3 ms of items, up to 2 ms of calls.
const STEPS: u64 = 10_000;
/// What a tree may take of a thread before others get theirs.
const SHARE: Duration = Duration::from_millis(20);
/// Results, and what else executors tell, that one errand decides about at most; it ends before when its time is over, or with a batch that
/// is large enough. One errand for each made 250 results a second of 3,000 (`tests/it/abuse/neighbours.rs`), and a cancel wait 4 s behind the
/// hand-overs of 20,000 asynchronous items.
const RESULTS: usize = 1_024;
/// Threads for trees of which somebody asks something.
const URGENT: usize = 2;
/// What these threads are nicer to others than the rest of the process, unless somebody waits for what they do: where all processors
/// are busy, the loops and the database come first. A thread shares a processor with one that is not nice one to three.
const NICE: i32 = 5;
/// Pause of a decision for which the machine has no thread.
const NO_THREAD: Duration = Duration::from_millis(200);
/// Expressions nest calls up to 200 deep.
const STACK: usize = 8 << 20;

/// Threads beside the loops: one processor stays for the loops themselves.
fn places() -> Arc<Gate> {
    static PLACES: OnceLock<Arc<Gate>> = OnceLock::new();
    let threads = || std::thread::available_parallelism().map_or(1, |n| n.get().saturating_sub(1).max(1));
    PLACES.get_or_init(|| Gate::new(threads())).clone()
}

/// The same for what is urgent.
fn urgent_places() -> Arc<Gate> {
    static PLACES: OnceLock<Arc<Gate>> = OnceLock::new();
    PLACES.get_or_init(|| Gate::new(URGENT)).clone()
}

/// From now on this thread leaves more to others.
fn be_nice() {
    // Of Linux: none is the calling thread. Where it is not possible, the thread does as others do.
    if cfg!(target_os = "linux")
        && let Err(error) = rustix::process::setpriority_process(None, NICE)
    {
        tracing::debug!(%error, "a thread cannot be made nice");
    }
}

/// Somebody wants the execution to stop or to go on, or to be gone.
fn is_urgent(event: &Event) -> bool {
    matches!(
        event.what,
        What::Request(Request::UpdateExecution(_) | Request::DeleteExecution { .. }) | What::Relieve(_)
    )
}

/// Options of decisions on the loop.
pub(super) fn on_the_loop(options: &flow::Options) -> flow::Options {
    let mut options = options.clone();
    options.is_brief = options.expressions.max_steps > STEPS;
    options.expressions.max_steps = options.expressions.max_steps.min(STEPS);
    options
}

/// A tree that is not in the loop's hands.
#[derive(Default)]
pub(super) struct Away {
    /// What it takes in memory.
    pub weight: usize,
    /// It was told to pause because of that.
    pub is_relieved: bool,
    /// The errand that it is on; none: it waits for the batch with its changes to begin.
    errand: Option<u64>,
    /// What happened to it meanwhile.
    events: Vec<Event>,
    /// The errand decides about what somebody wants of the execution.
    is_urgent: bool,
    /// Tells the errand that it has become urgent, if it has not begun.
    hurry: Arc<Notify>,
    /// Ends the expression that is under way.
    interrupt: Arc<AtomicBool>,
}

/// One turn of one tree, beside the loop.
struct Errand {
    root: Id,
    number: u64,
    live: Box<Live>,
    /// One event of any kind, or several results.
    events: VecDeque<Event>,
    /// Rows that it may change.
    rows: usize,
    /// Only the event is decided.
    is_urgent: bool,
    interrupt: Arc<AtomicBool>,
    shared: Arc<Shared>,
    ids: RefCell<Generator>,
}

/// It comes back.
pub(in super::super) struct Returned {
    root: Id,
    number: u64,
    live: Box<Live>,
    /// What has been decided.
    decided: Vec<(Event, Result<Answer, Failure>)>,
    /// What was being decided when it failed.
    event: Option<Event>,
    /// What it had no time for.
    left: VecDeque<Event>,
    effects: Effects,
    /// How it failed, if it did.
    failure: Option<Broken>,
    took: Duration,
}

/// Why an errand comes to nothing: all of its events are decided again.
enum Broken {
    Panicked,
    Needs(Vec<Need>),
    /// Of work that no event is to blame for.
    Failed(Failure),
}

impl std::fmt::Debug for Returned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Returned")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl ShardLoop {
    /// Has a tree decide about this event, or go on, beside the loop.
    pub(super) fn send_away(&mut self, root: Id, event: Option<Event>) {
        self.ready.retain(|id| *id != root);
        let away = self.away.entry(root).or_default();
        away.events.extend(event);
        self.departing.push(root);
        self.depart();
    }

    /// Whether the tree is away; then its event waits for it.
    pub(super) fn waits_for_return(&mut self, root: Id, event: Event) -> Option<Event> {
        match self.away.get_mut(&root) {
            None => Some(event),
            Some(away) if away.events.len() < EVENTS => {
                if is_urgent(&event) {
                    away.hurry.notify_one();
                    // Of those that come together each has its turn.
                    away.interrupt.store(!away.is_urgent, Ordering::Relaxed);
                }
                away.events.push(event);
                None
            }
            Some(_) => {
                self.turn_away(event);
                None
            }
        }
    }

    /// Trees go whose changes are all in a batch that has begun: what is decided beside the loop comes after them.
    pub(super) fn depart(&mut self) {
        for root in std::mem::take(&mut self.departing) {
            match self.trees.get(&root) {
                Some(live) if live.batch == self.batch && self.pending.touched.contains(&root) => {
                    self.departing.push(root);
                }
                Some(_) => self.set_out(root),
                // It was forgotten meanwhile.
                None => {
                    let events = self.away.remove(&root).map(|away| away.events);
                    events.into_iter().flatten().for_each(|event| self.decide(event));
                }
            }
        }
    }

    fn set_out(&mut self, root: Id) {
        let seed = self.ids.borrow_mut().next(self.now().0, root.shard()).0 as u64;
        let (Some(live), Some(away)) = (self.trees.remove(&root), self.away.get_mut(&root)) else {
            return;
        };
        self.readings += 1;
        away.errand = Some(self.readings);
        let (hurry, interrupt) = (away.hurry.clone(), away.interrupt.clone());
        // What was asked of it before it left has been decided about first.
        interrupt.store(false, Ordering::Relaxed);
        let hurries = away.events.iter().any(is_urgent);
        let events = first_events(&mut away.events);
        away.is_urgent = events.front().is_some_and(is_urgent);
        away.weight = live.weight;
        let project = project_of(&live, events.front());
        let rows = self.commit_rows as usize;
        let mut errand = Errand {
            root,
            number: self.readings,
            live,
            events,
            rows,
            is_urgent: hurries,
            interrupt,
            shared: self.shared.clone(),
            ids: RefCell::new(Generator::new(seed)),
        };
        let (answer, threads) = (self.loaded.0.clone(), self.shared.options.threads);
        self.runtime.spawn(async move {
            // Never closed. Without threads nothing is waited for: other simulations of this process have the places too.
            let mut place = None;
            if threads && !errand.is_urgent {
                tokio::select! {
                    biased;
                    free = places().enter(project.clone()) => place = Some(free),
                    () = hurry.notified() => errand.is_urgent = true,
                }
            }
            if threads && place.is_none() {
                place = Some(urgent_places().enter(project).await);
            }
            let run = move |(errand, place): (Errand, Option<Place>)| {
                if threads && !errand.is_urgent {
                    be_nice();
                }
                let returned = errand.run();
                drop(place);
                // The loop may have ended.
                let _ = answer.send(Message::Returned(Box::new(returned)));
            };
            if !threads {
                return run((errand, place));
            }
            // A thread of its own: whatever blocks elsewhere does not keep trees waiting.
            let thread = || std::thread::Builder::new().name("decision".into()).stack_size(STACK);
            loop {
                // It gets the errand when it is there: one that cannot be made would lose it.
                let (given, errands) = oneshot::channel();
                let run = run.clone();
                match thread().spawn(move || errands.blocking_recv().map(run)) {
                    Ok(_) => {
                        // It waits for nothing else.
                        let _ = given.send((errand, place));
                        return;
                    }
                    Err(error) => {
                        tracing::warn!(%error, "no thread for a decision; trying again");
                        tokio::time::sleep(NO_THREAD).await;
                    }
                }
            }
        });
    }

    /// A tree is back: what it decided is recorded as if the loop had.
    pub(super) fn take_returned(&mut self, returned: Returned) {
        let Returned {
            root,
            number,
            mut live,
            mut decided,
            event,
            left,
            effects,
            failure,
            took,
        } = returned;
        metric::decided(took.as_secs_f64());
        let is_current = self.away.get(&root).is_some_and(|away| away.errand == Some(number));
        if !is_current {
            // The loop was started over, or the shard went: it is decided again, or refused.
            let decided = decided.into_iter().map(|(event, _)| event);
            return decided.chain(event).chain(left).for_each(|event| {
                self.decide(Event { again: true, ..event });
            });
        }
        let away = self.away.remove(&root).unwrap_or_default();
        let mut waiting = away.events;
        match failure {
            None if decided.is_empty() => {
                let is_idle = live.tree.is_idle();
                self.absorb(root, &mut live, effects);
                self.touch(root, &mut live);
                self.trees.insert(root, live);
                if !is_idle {
                    self.ready.push_back(root);
                }
                self.standalone_ended(root);
            }
            None => {
                self.absorb(root, &mut live, effects);
                self.trees.insert(root, live);
                self.record_all(root, decided);
            }
            Some(Broken::Needs(needs)) => {
                let mut events: Vec<Event> = decided.into_iter().map(|(event, _)| event).collect();
                if away.interrupt.load(Ordering::Relaxed) {
                    let urgent;
                    (urgent, waiting) = waiting.into_iter().partition(is_urgent);
                    events.extend(urgent);
                }
                events.extend(event);
                self.redo(root, live, events, needs);
            }
            Some(broken) => {
                if let Broken::Failed(failure) = broken {
                    tracing::error!(root = %root, ?failure, "work cannot be done");
                }
                // Of work that follows from several results, somebody has to be.
                let event = event.or_else(|| decided.pop().map(|(event, _)| event));
                self.panicked(root, live, event);
                // These are not to blame.
                decided.into_iter().for_each(|(event, _)| self.decide(event));
            }
        }
        // Recovery may have changed rows that no event touched.
        if let Some(mut live) = self.trees.remove(&root) {
            if live.tree.has_changes() {
                self.touch(root, &mut live);
            }
            self.trees.insert(root, live);
            self.drop_if_done(root);
        }
        for event in left.into_iter().chain(waiting) {
            self.decide(event);
        }
    }

    /// Records what was decided about several events of one tree.
    fn record_all(&mut self, root: Id, decided: Vec<(Event, Result<Answer, Failure>)>) {
        for (event, answer) in decided {
            match self.trees.remove(&root) {
                Some(live) => self.record(root, live, event, answer, true),
                None => self.decide(Event { again: true, ..event }),
            }
        }
        let is_left = |live: &Live| !live.tree.is_idle() && !live.deleted;
        if self.trees.get(&root).is_some_and(|live| is_left(live)) {
            self.ready.push_back(root);
        }
    }

    /// Takes the events out that wait for trees which are away. What is under way comes back outdated.
    pub(super) fn call_off(&mut self, is_meant: impl Fn(&Id) -> bool) -> Vec<Event> {
        let roots: Vec<Id> = self.away.keys().copied().filter(|root| is_meant(root)).collect();
        self.departing.retain(|root| !is_meant(root));
        let calls = roots.iter().filter_map(|root| self.away.remove(root));
        calls.flat_map(|away| away.events).collect()
    }
}

/// What executors tell.
fn is_told(event: &Event) -> bool {
    matches!(
        event.what,
        What::Request(Request::Report(_) | Request::HandOver { .. } | Request::GiveBack { .. })
    )
}

/// The events of one errand: what executors tell comes by the thousand, and is decided together; everything else alone, and what is urgent
/// before all that they tell.
fn first_events(waiting: &mut Vec<Event>) -> VecDeque<Event> {
    let told = waiting.iter().take_while(|event| is_told(event)).count();
    if waiting.get(told).is_some_and(is_urgent) {
        return VecDeque::from([waiting.remove(told)]);
    }
    waiting.drain(..told.clamp(1, RESULTS).min(waiting.len())).collect()
}

impl Errand {
    fn run(self) -> Returned {
        let Errand {
            root,
            number,
            mut live,
            mut events,
            rows,
            is_urgent,
            interrupt,
            shared,
            ids,
        } = self;
        let began = Instant::now();
        let mut effects = Effects::default();
        let parts = &shared.parts;
        let asked = live.asked.clone();
        let answered = asked
            .as_ref()
            .map(|asked| asked.answers.over(parts.definitions.as_ref()));
        let mut options = shared.options.flow.clone();
        options.expressions.interrupt = Some(interrupt);
        let ports = Ports {
            now: asked.as_ref().map_or_else(|| parts.clock.now(), |asked| asked.at),
            ids: &ids,
            definitions: match &answered {
                Some(answered) => answered,
                None => parts.definitions.as_ref(),
            },
            catalog: parts.catalog.as_ref(),
            options: &options,
        };
        let is_recovered = std::mem::replace(&mut live.is_recovered, true);
        let (mut decided, mut event) = (Vec::with_capacity(events.len()), None);
        let outcome = flow::attempt(|| {
            let mut decision = Decision {
                tree: &mut live.tree,
                ports: &ports,
                effects: &mut effects,
            };
            if !is_recovered {
                match decision.recover() {
                    Err(Failure::Needs(needs)) => return Err(Failure::Needs(needs)),
                    Err(failure) => {
                        tracing::warn!(root = %root, ?failure, "what a tree has still to do is not all known");
                    }
                    Ok(()) => {}
                }
            }
            let pieces = if is_urgent { 0 } else { ports.options.turn_budget };
            let turn = Turn::lasting(began, pieces, SHARE, decision.tree, rows);
            if events.is_empty() {
                return turn.work(&mut decision).map(drop);
            }
            // What follows from several results comes after all of them.
            let several = events.len() > 1;
            let each = match several {
                true => &Turn::lasting(began, 0, SHARE, decision.tree, rows),
                false => &turn,
            };
            while decided.is_empty() || !turn.is_over(&decision) {
                event = events.pop_front();
                let Some(under_way) = &event else { break };
                let answer = match handle_event(&mut decision, &under_way.what, each) {
                    Err(Failure::Needs(needs)) => return Err(Failure::Needs(needs)),
                    answer => answer,
                };
                decided.extend(event.take().map(|event| (event, answer)));
            }
            if several && !turn.is_over(&decision) {
                turn.work(&mut decision)?;
            }
            Ok(())
        });
        Returned {
            root,
            number,
            live,
            decided,
            event,
            left: events,
            effects,
            failure: match outcome {
                Ok(Ok(())) => None,
                Ok(Err(Failure::Needs(needs))) => Some(Broken::Needs(needs)),
                Ok(Err(failure)) => Some(Broken::Failed(failure)),
                Err(Stopped::Absent) => Some(Broken::Needs(Vec::new())),
                Err(Stopped::Panicked) => Some(Broken::Panicked),
            },
            took: began.elapsed(),
        }
    }
}

/// Whose turn a decision of this tree takes.
fn project_of(live: &Live, event: Option<&Event>) -> Str {
    let project = match event.map(|event| &event.what) {
        Some(What::Request(Request::Start(start))) => start.project_id.clone(),
        _ => live.tree.project(),
    };
    project.unwrap_or_default()
}

/// Takes the wish for more room out of what a decision needs.
pub(super) fn without_room(needs: Vec<Need>) -> (Vec<Need>, bool) {
    let all = needs.len();
    let needs: Vec<Need> = needs.into_iter().filter(|need| *need != Need::Room).collect();
    let wants_room = needs.len() < all;
    (needs, wants_room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_model::action::{Outcome, Report};
    use mistral_model::request::UpdateExecution;
    use mistral_model::{State, Value};

    #[test]
    fn who_wants_something_stopped_does_not_wait_for_what_executors_tell() {
        let root_id = Id(1);
        let report = || {
            Event::new(What::Request(Request::Report(Report {
                action_id: Id(2),
                root_id,
                attempt: 1,
                outcome: Outcome::Success(Value::Null),
            })))
        };
        let hand_over = || {
            Event::new(What::Request(Request::HandOver {
                root_id,
                action_id: Id(2),
            }))
        };
        let cancel = || {
            Event::new(What::Request(Request::UpdateExecution(UpdateExecution {
                root_id,
                execution_id: root_id,
                description: None,
                state: Some(State::Cancelled),
                state_info: None,
                env: None,
                security: None,
            })))
        };
        let check = || Event::new(What::Check(root_id));
        let told = |n: usize| (0..n).map(|n| if n % 2 == 0 { report() } else { hand_over() });
        let mut waiting: Vec<Event> = told(1_500)
            .chain([cancel(), cancel(), report(), check(), cancel()])
            .collect();
        let mut taken = Vec::new();
        while !waiting.is_empty() {
            let first = first_events(&mut waiting);
            taken.push((first.len(), first.front().is_some_and(is_urgent)));
        }
        // What is decided alone keeps its place among its like.
        let all = [
            (1, true),
            (1, true),
            (1_024, false),
            (477, false),
            (1, false),
            (1, true),
        ];
        assert_eq!(taken, all);
    }
}
