//! What a change would do, by examples; that it is what then happens is a property (`properties.rs`).

use super::world::{World, error};
use crate::{Decision, Failure};
use mistral_model::State;
use mistral_model::preview::{Change, Preview};
use mistral_model::request::{Rerun, UpdateExecution};

const TEXT: &str = "
version: '2.0'
wf:
  tasks:
    a: {action: std.sleep, on-success: [b], on-error: [mend]}
    b: {action: std.noop, on-success: [c]}
    c: {action: std.sleep, wait-before: 5}
    mend: {action: std.sleep, on-success: [both]}
    other: {action: std.sleep, on-success: [both]}
    both: {join: all}
";

fn preview<R>(world: &mut World, change: impl Fn(&mut Decision<'_>) -> Result<R, Failure>) -> Result<Preview, Failure> {
    let mut copy = world.copy();
    assert!(!copy.read_anew());
    copy.preview(change)
}

fn told(preview: &Preview) -> Vec<(&str, Change, Option<State>, State)> {
    let mut all: Vec<_> = (preview.tasks.iter())
        .map(|task| (&*task.name, task.change, task.from, task.to))
        .collect();
    all.sort_by_key(|(name, ..)| *name);
    all
}

fn rerun(world: &World, task: &str, skip: bool) -> Rerun {
    Rerun {
        root_id: world.tree.root_id,
        task_id: world.task(task).id,
        reset: true,
        skip,
        env: None,
        security: None,
    }
}

#[test]
fn what_a_rerun_would_do() {
    let mut world = World::start(TEXT, "{}");
    world.complete("a", error("no"));
    world.complete("mend", super::world::success("1"));
    world.complete("other", super::world::success("1"));
    assert_eq!(world.root_state(), State::Success);
    let again = rerun(&world, "a", false);
    let refused = preview(&mut world, |d| d.rerun(&again)).unwrap_err();
    assert!(
        matches!(refused, Failure::Refused(..) | Failure::Workflow(_)),
        "{refused:?}"
    );
}

#[test]
fn what_a_skip_and_a_stop_would_do() {
    let plain = "
version: '2.0'
wf:
  tasks:
    a: {action: std.sleep, on-success: [b], on-skip: [c, d]}
    b: {action: std.noop}
    c: {action: std.noop, on-success: [e]}
    d: {action: std.sleep, wait-before: 5}
    e: {action: std.sleep}
";
    let mut world = World::start(plain, "{}");
    world.complete("a", error("no"));
    let skip = rerun(&world, "a", true);
    let told_of = preview(&mut world, |d| d.rerun(&skip)).unwrap();
    assert_eq!(
        told(&told_of),
        [
            ("a", Change::End, Some(State::Error), State::Skipped),
            ("c", Change::Start, None, State::Success),
            ("d", Change::Wait, None, State::Delayed),
            ("e", Change::Start, None, State::Running),
        ]
    );
    assert_eq!(told_of.executions.len(), 1, "{told_of:?}");
    // Nothing of it has happened.
    assert_eq!((world.root_state(), world.state("a")), (State::Error, State::Error));
    let again = rerun(&world, "a", false);
    let told_of = preview(&mut world, |d| d.rerun(&again)).unwrap();
    assert_eq!(
        told(&told_of),
        [("a", Change::RunAgain, Some(State::Error), State::Running)]
    );

    let mut world = World::start(TEXT, "{}");
    let stop = UpdateExecution {
        root_id: world.tree.root_id,
        execution_id: world.tree.root_id,
        description: None,
        state: Some(State::Cancelled),
        state_info: None,
        env: None,
        security: None,
    };
    let told_of = preview(&mut world, |d| d.update_execution(&stop)).unwrap();
    let ended: Vec<_> = told_of.executions.iter().map(|one| (one.from, one.to)).collect();
    assert_eq!(ended, [(Some(State::Running), State::Cancelled)]);
    assert_eq!(world.root_state(), State::Running);
}
