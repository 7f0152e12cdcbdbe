//! The transition tables: every row is needed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;

use super::plan::wild;
use super::properties::{Disturbance, Order, run};
use super::world::{World, error, success};
use crate::transition::{ANY, ActionEvent, Event, ExecutionEvent, TaskEvent, seen};
use mistral_model::action::{Job, Outcome};
use mistral_model::request::{ActionChange, UpdateAction};
use mistral_model::{State, Value};

/// Random runs, the same ones each time. `TRANSITION_RUNS` sets another number.
const RUNS: usize = 1_500;

/// Entity, state (`None`: any) and event.
type Rows = BTreeSet<(&'static str, Option<State>, String)>;

fn add_rows<E: Event>(rows: &mut Rows) {
    for row in E::TABLE {
        let event = format!("{:?}", row.event);
        if row.from == ANY {
            rows.insert((E::ENTITY, None, event));
        } else {
            rows.extend(row.from.iter().map(|from| (E::ENTITY, Some(*from), event.clone())));
        }
    }
}

fn update(world: &mut World, job: &Job, change: ActionChange) {
    let update = UpdateAction {
        root_id: world.tree.root_id,
        action_id: job.action_id,
        change,
    };
    world.decide(|d| d.update_action(&update)).unwrap();
}

fn cancelled() -> ActionChange {
    ActionChange::Complete(Outcome::Cancelled(Value::Null))
}

fn succeeded() -> ActionChange {
    ActionChange::Complete(success("1"))
}

/// A task that `pause-before` holds for the second time, while the action of its first run goes on.
fn held_again(change: ActionChange) {
    let mut world = World::start(
        "
version: '2.0'
wf:
  tasks:
    t: {action: std.async_noop, pause-before: true, timeout: 4}
",
        "{}",
    );
    world.update(State::Running).unwrap();
    let first = world.jobs[0].clone();
    world.fire();
    world.rerun("t", true, false).unwrap();
    assert_eq!((world.state("t"), world.root_state()), (State::Idle, State::Paused));
    update(&mut world, &first, change);
}

/// A partial join whose second inbound task fires while the action of its first run goes on.
const PARTIAL: &str = "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, on-success: j}
    b: {action: std.sleep, on-success: j}
    j: {join: 1, action: std.async_noop}
";

fn reached_again(change: ActionChange) {
    let mut world = World::start(PARTIAL, "{}");
    let position = (0..2).find(|n| world.job_task(*n) == "b").unwrap();
    world.report(position, success("1"));
    assert_eq!(world.state("j"), State::Waiting);
    let job = world.jobs[0].clone();
    update(&mut world, &job, change);
}

fn paused_action_of_a_join_that_is_reached_again() {
    let mut world = World::start(PARTIAL, "{}");
    let position = (0..2).find(|n| world.job_task(*n) == "j").unwrap();
    let job = world.jobs[position].clone();
    update(&mut world, &job, ActionChange::State(State::Paused));
    update(&mut world, &job, ActionChange::State(State::Paused));
    world.update(State::Running).unwrap();
    assert_eq!(world.state("j"), State::Paused);
    world.complete("b", success("1"));
}

fn action_that_goes_on_after_a_pause(change: ActionChange) {
    let mut world = World::start("version: '2.0'\nwf: {tasks: {t: {action: std.async_noop}}}", "{}");
    let job = world.jobs[0].clone();
    update(&mut world, &job, ActionChange::State(State::Paused));
    assert_eq!((world.state("t"), world.root_state()), (State::Paused, State::Paused));
    update(&mut world, &job, change);
}

fn join_that_is_held_and_reached_again() {
    let text = PARTIAL.replace("std.async_noop", "std.async_noop, pause-before: true");
    let mut world = World::start(&text, "{}");
    let position = (0..2).find(|n| world.job_task(*n) == "j").unwrap();
    world.report(position, error("no"));
    world.settle();
    world.rerun("j", true, false).unwrap();
    assert_eq!((world.state("j"), world.root_state()), (State::Idle, State::Paused));
    world.complete("b", success("1"));
    world.update(State::Running).unwrap();
}

fn skipped_join_that_is_reached_again() {
    let mut world = World::start(PARTIAL, "{}");
    world.complete("j", error("no"));
    world.rerun("j", true, true).unwrap();
    assert_eq!((world.state("j"), world.root_state()), (State::Skipped, State::Running));
    world.complete("b", success("1"));
}

fn action_that_goes_on_while_its_task_waits_for_a_retry() {
    let mut world = World::start(
        "
version: '2.0'
wf:
  tasks:
    t: {action: std.async_noop, timeout: 4, retry: {count: 1, delay: 9}}
",
        "{}",
    );
    let job = world.jobs[0].clone();
    world.fire();
    assert_eq!(world.state("t"), State::Delayed);
    update(&mut world, &job, ActionChange::State(State::Running));
}

fn rerun_below_a_paused_workflow() {
    let mut world = World::start(
        "
version: '2.0'
wf:
  tasks:
    call: {workflow: child}
    other: {action: std.async_noop}
child:
  tasks:
    t: {action: std.sleep}
",
        "{}",
    );
    world.complete("t", error("no"));
    world.update(State::Paused).unwrap();
    world.rerun("t", true, false).unwrap();
    assert_eq!(world.root_state(), State::Running);
}

/// What takes several coincidences.
fn rare() {
    held_again(cancelled());
    held_again(succeeded());
    held_again(ActionChange::State(State::Running));
    reached_again(cancelled());
    reached_again(succeeded());
    reached_again(ActionChange::State(State::Running));
    for change in [cancelled(), succeeded(), ActionChange::State(State::Running)] {
        action_that_goes_on_after_a_pause(change);
    }
    paused_action_of_a_join_that_is_reached_again();
    join_that_is_held_and_reached_again();
    skipped_join_that_is_reached_again();
    action_that_goes_on_while_its_task_waits_for_a_retry();
    rerun_below_a_paused_workflow();
    success_upon_success();
}

fn success_upon_success() {
    let mut world = World::start("{version: '2.0', wf: {tasks: {a: {action: std.noop}}}}", "{}");
    assert_eq!(world.root_state(), State::Success);
    world.update(State::Success).unwrap();
}

#[test]
fn every_transition_is_exercised() {
    let mut left = Rows::new();
    add_rows::<ExecutionEvent>(&mut left);
    add_rows::<TaskEvent>(&mut left);
    add_rows::<ActionEvent>(&mut left);
    let mut runner = TestRunner::deterministic();
    let numbers = proptest::collection::vec(proptest::num::u8::ANY, 20..80);
    seen::start();
    rare();
    let runs = std::env::var("TRANSITION_RUNS").map_or(RUNS, |text| text.parse().unwrap());
    for turn in 0..runs {
        let plan = wild().new_tree(&mut runner).unwrap().current();
        let numbers = numbers.new_tree(&mut runner).unwrap().current();
        let disturbance = Disturbance {
            crashes: turn % 3 == 0,
            pauses: turn % 2 == 0,
            interventions: true,
            late: false,
            previews: false,
            thrift: false,
            pieces: turn % 4 < 2,
        };
        let order = Order {
            numbers: &numbers,
            batch: 1 + turn % 3,
            disturbance,
        };
        run(&plan, &order);
    }
    for (entity, from, event) in seen::take() {
        left.remove(&(entity, Some(from), event.clone()));
        left.remove(&(entity, None, event));
    }
    let never: Vec<String> = (left.iter())
        .map(|(entity, from, event)| format!("{entity}: {} --({event})-->", from.map_or("any", State::name)))
        .collect();
    assert!(never.is_empty(), "never used:\n{}", never.join("\n"));
}

fn draw<E: Event>(text: &mut String) {
    let _ = write!(text, "\n## {}\n\n```mermaid\nstateDiagram-v2\n", E::TITLE);
    for state in E::INITIAL {
        let _ = writeln!(text, "    [*] --> {state}");
    }
    for row in E::TABLE.iter().filter(|row| row.from != ANY) {
        for from in row.from {
            let _ = writeln!(text, "    {from} --> {}: {:?}", row.to, row.event);
        }
    }
    text.push_str("```\n\n| event | from | to | when |\n|---|---|---|---|\n");
    for row in E::TABLE {
        let from: Vec<&str> = row.from.iter().map(|state| state.name()).collect();
        let from = if row.from == ANY {
            "any".to_owned()
        } else {
            from.join(", ")
        };
        let _ = writeln!(
            text,
            "| {:?} | {from} | {} | {} |",
            row.event,
            row.to,
            row.event.meaning()
        );
    }
}

/// `UPDATE_STATES=1 cargo test -p mistral-flow the_drawing_of_states` draws it anew.
#[test]
fn the_drawing_of_states_is_up_to_date() {
    let mut text = "# States\n\nDrawn from the tables in `src/flow/transition.rs`; a test holds the two together. Events that do not depend on \
                    the\nstate (`any`) are left out of the pictures. What clients may ask for is upstream's coarser table,\n\
                    `src/model/state.rs`.\n"
        .to_owned();
    draw::<ExecutionEvent>(&mut text);
    draw::<TaskEvent>(&mut text);
    draw::<ActionEvent>(&mut text);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/states.md");
    if std::env::var_os("UPDATE_STATES").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        text,
        "docs/states.md has drifted: run the test with UPDATE_STATES=1"
    );
}
