//! Random workflows with results in any order, one by one and in batches, operators that pause, resume, cancel and run
//! again, and owners that die at any point: the run always ends, and always the same way.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::plan::{Plan, steady, wild};
use super::world::World;
use crate::{Decision, ExecutionIndex, TaskIndex};
use mistral_model::action::Outcome;
use mistral_model::preview::Preview;
use mistral_model::request::{ActionChange, Rerun, UpdateAction, UpdateExecution};
use mistral_model::{State, Str, Value};

/// How a run ended: state, output without the message (it shows ids), and the last state of each task.
#[derive(Debug, PartialEq)]
struct End {
    state: State,
    output: Value,
    tasks: BTreeMap<(Str, Str), State>,
}

fn end(world: &World) -> End {
    let mut output = world.output().into_dict().unwrap();
    output.shift_remove("result");
    let rows = (0..world.tree.tasks.len()).map(|t| world.tree.task_row(TaskIndex(t)));
    End {
        state: world.root_state(),
        output: output.into(),
        tasks: rows
            .map(|row| ((row.origin.workflow_name.clone(), row.name), row.state))
            .collect(),
    }
}

/// What happens besides results and timers that are due.
#[derive(Clone, Copy, Default)]
pub(super) struct Disturbance {
    /// The owner dies now and then, also with work left.
    pub crashes: bool,
    /// Somebody pauses and resumes.
    pub pauses: bool,
    /// Somebody cancels, stops, skips and runs again.
    pub interventions: bool,
    /// Decisions have to ask for what they need, and are made again with the answers.
    pub late: bool,
    /// Somebody asks what a change would do, and it is held against what it does.
    pub previews: bool,
    /// What the tree is done with leaves memory.
    pub thrift: bool,
    /// Pauses and resumes go down the tree in pieces.
    pub pieces: bool,
}

/// How events are chosen.
pub(super) struct Order<'a> {
    /// Each choice is the next number modulo the number of possibilities; none: always the first.
    pub numbers: &'a [u8],
    /// Results and timers taken before what follows from them is worked off.
    pub batch: usize,
    pub disturbance: Disturbance,
}

/// Results as the jobs were sent, one by one, and timers when nothing else is left.
const FIRST: Order<'static> = Order {
    numbers: &[],
    batch: 1,
    disturbance: Disturbance {
        crashes: false,
        pauses: false,
        interventions: false,
        late: false,
        previews: false,
        thrift: false,
        pieces: false,
    },
};

struct Run<'a> {
    plan: &'a Plan,
    order: &'a Order<'a>,
    world: World,
    step: usize,
    /// Disturbances left, so that every run ends.
    patience: usize,
    /// What happened, for the report of a failure.
    story: Vec<String>,
}

/// What is left at the end.
pub(super) struct Ended {
    world: World,
    story: Vec<String>,
}

/// Executions of a run that somebody may act on.
const PATIENCE: usize = 25;

impl<'a> Run<'a> {
    fn new(plan: &'a Plan, order: &'a Order<'a>) -> Run<'a> {
        let mut world = World::new(&plan.definition());
        world.late = order.disturbance.late;
        world.is_thrifty = order.disturbance.thrift;
        world.options.items_per_piece = 1;
        if order.disturbance.pieces {
            world.options.rows_at_once = 0;
        }
        world.begin("{}", "{}").unwrap();
        Run {
            plan,
            order,
            world,
            step: 0,
            patience: PATIENCE,
            story: Vec::new(),
        }
    }

    fn draw(&mut self, limit: usize) -> usize {
        if self.order.numbers.is_empty() {
            return 0;
        }
        self.step += 1;
        // The position is mixed in, so that a short list of numbers is no short cycle.
        let number = usize::from(self.order.numbers[self.step % self.order.numbers.len()]) + self.step / 7;
        number % limit
    }

    fn chance(&mut self, allowed: bool, one_in: usize) -> bool {
        let happens = allowed && self.patience > 0 && self.draw(one_in) == one_in - 1;
        self.patience -= usize::from(happens);
        happens
    }

    fn tell(&mut self, what: String) {
        self.story.push(what);
    }

    fn finish(mut self) -> Ended {
        let disturbance = self.order.disturbance;
        for _ in 0..5_000 {
            // What follows from the last event, perhaps in several turns with a crash between them.
            let Disturbance {
                crashes,
                pauses,
                interventions,
                late: _,
                previews,
                thrift: _,
                pieces: _,
            } = disturbance;
            let budget = match crashes || pauses || interventions {
                true => 1 + self.draw(4),
                false => usize::MAX >> 1,
            };
            self.world.pieces = 0;
            let done = self.world.work(budget);
            if self.chance(crashes, 3) {
                self.tell("crash".into());
                self.world.crash();
                continue;
            }
            if done {
                self.world.save();
            }
            if done && previews {
                self.look_ahead();
            }
            if self.chance(pauses, 5) {
                self.pause_or_resume();
                continue;
            }
            if self.chance(interventions, 9) {
                self.intervene();
                continue;
            }
            if !done {
                continue;
            }
            let mut left = self.order.batch;
            while left > 0 && self.deliver() {
                left -= 1;
            }
            if left == self.order.batch && !self.resume() {
                if disturbance.thrift {
                    self.world.complete_tree();
                }
                return Ended {
                    world: self.world,
                    story: self.story,
                };
            }
        }
        panic!(
            "the run does not end: {:?}\n{}\n{:#?}",
            end(&self.world),
            self.plan.definition(),
            self.story
        );
    }

    /// A result or a timer. `false`: nothing is left that will come.
    fn deliver(&mut self) -> bool {
        let jobs: Vec<usize> = (0..self.world.jobs.len())
            .filter(|n| self.plan.outcome(&self.world, *n).is_some())
            .collect();
        let choices = jobs.len() + self.world.timers.len();
        if choices == 0 {
            return false;
        }
        match self.draw(choices) {
            n if n < jobs.len() => {
                let outcome = self.plan.outcome(&self.world, jobs[n]).unwrap();
                self.tell(format!("{} ends: {outcome:?}", self.world.job_task(jobs[n])));
                self.world.report(jobs[n], outcome);
            }
            n => {
                self.tell(format!("timer {:?}", self.world.timers[n - jobs.len()].event));
                self.world.fire_at(n - jobs.len());
            }
        }
        true
    }

    /// Resumes what is paused. `false`: nothing is.
    fn resume(&mut self) -> bool {
        let executions = self.world.tree.executions.iter();
        let paused: Vec<_> = executions
            .filter(|e| e.row.state == State::Paused)
            .map(|e| e.row.id)
            .collect();
        for id in &paused {
            self.tell(format!("resume {id}"));
            self.world.update_execution_later(*id, State::Running).unwrap();
        }
        if !paused.is_empty() {
            return true;
        }
        // What nobody completes: an asynchronous action whose task has timed out, or whose workflow has ended.
        if self.world.jobs.is_empty() {
            return false;
        }
        self.tell(format!("{} ends at last", self.world.job_task(0)));
        self.world.report(0, super::world::success("1"));
        true
    }

    /// What a change would do is told by a copy that is made of the rows, and is what it does.
    fn look_ahead(&mut self) {
        let e = self.draw(self.world.tree.executions.len());
        let t = self.draw(self.world.tree.tasks.len().max(1));
        let (is_rerun, state, reset, skip) = (self.draw(2) == 0, self.draw(5), self.draw(2) == 0, self.draw(3) == 0);
        let root_id = self.world.tree.root_id;
        let update = UpdateExecution {
            root_id,
            execution_id: self.world.tree.executions[ExecutionIndex(e)].row.id,
            description: None,
            state: Some(
                [
                    State::Paused,
                    State::Running,
                    State::Cancelled,
                    State::Error,
                    State::Success,
                ][state],
            ),
            state_info: None,
            env: None,
            security: None,
        };
        let task_id = (t < self.world.tree.tasks.len()).then(|| self.world.tree.tasks[TaskIndex(t)].row.id);
        let rerun = task_id.filter(|_| is_rerun).map(|task_id| Rerun {
            root_id,
            task_id,
            reset,
            skip,
            env: None,
            security: None,
        });
        let change = |d: &mut Decision<'_>| match &rerun {
            Some(rerun) => d.rerun(rerun).map(|_| ()),
            None => d.update_execution(&update).map(|_| ()),
        };
        let mut copy = self.world.copy();
        // What an owner that was stopped has left over, the next one ends first, and so does whoever looks ahead.
        if copy.read_anew() {
            return;
        }
        let told = copy.preview(change);
        let (tree, jobs, timers) = (
            self.world.tree.clone(),
            self.world.jobs.clone(),
            self.world.timers.clone(),
        );
        let done = self.world.preview(change);
        (self.world.tree, self.world.jobs, self.world.timers) = (tree, jobs, timers);
        assert_eq!(
            told.as_ref().map(comparable),
            done.as_ref().map(comparable),
            "{rerun:?} or {update:?}\n{}\n{:#?}",
            self.plan.definition(),
            self.story
        );
    }

    fn pause_or_resume(&mut self) {
        let e = self.draw(self.world.tree.executions.len());
        let row = self.world.nth_execution(e);
        let (id, state) = (row.id, row.state);
        self.tell(format!("pause or resume {e}: {state}"));
        match state {
            State::Paused => self.world.update_execution_later(id, State::Running).unwrap(),
            State::Running => self.world.update_execution_later(id, State::Paused).unwrap(),
            _ => {}
        }
    }

    fn intervene(&mut self) {
        match self.draw(6) {
            0 => {
                let e = self.draw(self.world.tree.executions.len());
                let id = self.world.nth_execution(e).id;
                let state = [State::Cancelled, State::Error, State::Success][self.draw(3)];
                self.tell(format!("execution {e} to {state}"));
                // May be refused, in what has ended.
                let _ = self.world.update_execution_later(id, state);
            }
            1 | 2 if !self.world.jobs.is_empty() => {
                let position = self.draw(self.world.jobs.len());
                let to = [State::Paused, State::Running, State::Idle][self.draw(3)];
                let change = match self.draw(4) {
                    0 => ActionChange::Complete(Outcome::Cancelled(Value::Null)),
                    1 => ActionChange::Complete(Outcome::Error("no".into())),
                    _ => ActionChange::State(to),
                };
                let update = UpdateAction {
                    root_id: self.world.tree.root_id,
                    action_id: self.world.jobs[position].action_id,
                    change,
                };
                self.tell(format!(
                    "action of {} to {:?}",
                    self.world.job_task(position),
                    update.change
                ));
                let _ = self.world.decide(|d| d.update_action(&update));
            }
            _ => {
                let t = self.draw(self.world.tree.tasks.len());
                let row = self.world.nth_task(t);
                let (reset, skip) = (self.draw(2) == 0, self.draw(3) == 0);
                self.tell(format!(
                    "rerun {} ({}), reset {reset}, skip {skip}",
                    row.name, row.state
                ));
                let _ = self.world.rerun_later(row.id, reset, skip);
            }
        }
    }
}

/// A preview without the ids that are made anew each time.
fn comparable(preview: &Preview) -> Vec<String> {
    let tasks = preview.tasks.iter();
    let tasks = tasks.map(|t| format!("task {:?} {} {:?} {:?} {}", t.task_id, t.name, t.change, t.from, t.to));
    let executions = preview.executions.iter();
    let executions = executions.map(|e| format!("{:?} {} {:?} {}", e.execution_id, e.workflow_name, e.from, e.to));
    let mut all: Vec<String> = tasks.chain(executions).collect();
    all.sort();
    all
}

pub(super) fn run(plan: &Plan, order: &Order<'_>) -> Ended {
    Run::new(plan, order).finish()
}

/// What holds at the end of every run, whatever happened to it.
fn check(ended: &Ended, plan: &Plan) -> Result<(), TestCaseError> {
    let world = &ended.world;
    let text = format!("{}\n{:#?}\n{:?}", plan.definition(), ended.story, end(world).tasks);
    prop_assert!(world.root_state().is_completed(), "{}: {text}", world.root_state());
    prop_assert!(world.tree.is_idle() && world.timers.is_empty(), "{text}");
    for execution in world.tree.executions.iter() {
        let row = &execution.row;
        prop_assert!(row.state.is_completed(), "{} is {}: {text}", row.id, row.state);
    }
    for (t, task) in world.tree.tasks.iter().enumerate() {
        if task.row.is_join {
            let siblings = &world.tree.executions[task.execution].by_spec[task.spec.index];
            prop_assert_eq!(siblings.as_slice(), &[TaskIndex(t)], "one row per join: {}", text);
        }
    }
    prop_assert_eq!(world.tree.execution(world.tree.root_id), Some(ExecutionIndex(0)));
    prop_assert_eq!(world.difference_from_stored(), None, "{}", text);
    Ok(())
}

/// What holds besides where nobody ended an execution before its tasks.
fn check_all_done(ended: &Ended, plan: &Plan) -> Result<(), TestCaseError> {
    check(ended, plan)?;
    let world = &ended.world;
    let text = format!("{}\n{:#?}", plan.definition(), ended.story);
    prop_assert!(world.tree.is_finished(), "{text}");
    // A join that failed early is looked at again with every late arrival, and what follows it runs again.
    let joins_failed = world.tree.tasks.iter().any(|task| {
        let info = task.row.state_info.as_deref();
        info.is_some_and(|info| info.starts_with("Failed by tasks"))
    });
    for task in world.tree.tasks.iter() {
        prop_assert!(task.row.state.is_completed(), "{}: {text}", task.row.name);
        prop_assert!(task.row.processed, "{}: {text}", task.row.name);
        if task.row.is_join && !joins_failed {
            let n: usize = task.row.name[1..].parse().unwrap();
            prop_assert!(
                task.children.len() <= plan.calls(n),
                "{} ran more than once: {text}",
                task.row.name
            );
        }
    }
    Ok(())
}

fn numbers() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 20..80)
}

/// Compares with the run in which everything comes in order.
fn same_end(plan: &Plan, order: &Order<'_>) -> Result<(), TestCaseError> {
    let expected = run(plan, &FIRST);
    check_all_done(&expected, plan)?;
    let ended = run(plan, order);
    check_all_done(&ended, plan)?;
    prop_assert_eq!(
        end(&ended.world),
        end(&expected.world),
        "{}\n{:#?}",
        plan.definition(),
        ended.story
    );
    Ok(())
}

/// `PROPTEST_CASES` sets another number of cases.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(250),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn runs_end_the_same_way_in_any_order(plan in steady(), numbers in numbers()) {
        same_end(&plan, &Order { numbers: &numbers, ..FIRST })?;
    }

    #[test]
    fn results_in_batches_mean_what_they_mean_one_by_one(plan in steady(), numbers in numbers(), batch in 2..12usize) {
        same_end(&plan, &Order { numbers: &numbers, batch, ..FIRST })?;
    }

    #[test]
    fn runs_end_the_same_way_whenever_the_owner_dies(plan in steady(), numbers in numbers(), batch in 1..4usize) {
        let disturbance = Disturbance { crashes: true, ..Disturbance::default() };
        same_end(&plan, &Order { numbers: &numbers, batch, disturbance })?;
    }

    #[test]
    fn answers_that_come_late_equal_answers_at_once(plan in steady(), numbers in numbers(), crashes in any::<bool>()) {
        let disturbance = Disturbance { crashes, late: true, ..Disturbance::default() };
        same_end(&plan, &Order { numbers: &numbers, batch: 1, disturbance })?;
    }

    #[test]
    fn runs_end_the_same_way_though_rows_leave_memory(
        plan in steady(),
        numbers in numbers(),
        (pauses, crashes, pieces) in any::<(bool, bool, bool)>(),
    ) {
        let disturbance = Disturbance { thrift: true, pauses, crashes, pieces, ..Disturbance::default() };
        same_end(&plan, &Order { numbers: &numbers, batch: 1, disturbance })?;
    }

    #[test]
    fn runs_end_the_same_way_with_pauses(
        plan in steady(),
        numbers in numbers(),
        (crashes, pieces) in any::<(bool, bool)>(),
    ) {
        let disturbance = Disturbance { crashes, pauses: true, pieces, ..Disturbance::default() };
        same_end(&plan, &Order { numbers: &numbers, batch: 1, disturbance })?;
    }

    #[test]
    fn what_a_change_would_do_is_what_it_does(
        plan in wild(),
        numbers in numbers(),
        (pauses, interventions, pieces) in any::<(bool, bool, bool)>(),
    ) {
        let disturbance = Disturbance { pauses, interventions, previews: true, pieces, ..Disturbance::default() };
        check(&run(&plan, &Order { numbers: &numbers, batch: 1, disturbance }), &plan)?;
    }

    #[test]
    fn runs_end_whatever_operators_do(
        plan in wild(),
        numbers in numbers(),
        batch in 1..4usize,
        (crashes, pauses, interventions, thrift, pieces) in any::<(bool, bool, bool, bool, bool)>(),
    ) {
        let disturbance = Disturbance { crashes, pauses, interventions, thrift, pieces, ..Disturbance::default() };
        check(&run(&plan, &Order { numbers: &numbers, batch, disturbance }), &plan)?;
    }
}
