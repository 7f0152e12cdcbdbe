//! What a load must not change: delays that run, delays that are none, reruns that were accepted.

use super::world::{World, error, success};
use mistral_model::State;
use mistral_model::action::Outcome;
use mistral_model::request::Rerun;

#[test]
fn a_retried_join_keeps_its_delay_over_a_load() {
    let mut world = World::start(
        "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, on-success: j}
    j: {join: all, action: std.sleep, retry: {count: 1, delay: 60}}
",
        "{}",
    );
    world.complete("j", error("no"));
    assert_eq!(world.state("j"), State::Waiting);
    world.crash();
    world.settle();
    assert_eq!((world.state("j"), world.jobs.len()), (State::Waiting, 0));
    assert_eq!(world.fire(), 60.0);
    assert_eq!((world.state("j"), world.jobs.len()), (State::Running, 1));
}

#[test]
fn a_time_limit_is_no_delay() {
    let mut world = World::start(
        "
version: '2.0'
wf:
  tasks:
    t: {action: std.sleep, timeout: 100, retry: {count: 1, delay: 0}}
",
        "{}",
    );
    // The turn ends before the retry starts, and so does the process.
    let job = world.jobs.remove(0);
    world
        .decide(|d| d.action_result(job.action_id, Some(job.attempt), Outcome::Error("no".into())))
        .unwrap();
    world.save();
    assert_eq!(world.state("t"), State::Delayed);
    world.crash();
    world.settle();
    assert_eq!((world.state("t"), world.jobs.len()), (State::Running, 1));
}

#[test]
fn an_accepted_rerun_is_carried_out_in_its_own_turn() {
    let mut world = World::start(
        "
version: '2.0'
wf:
  tasks:
    t: {action: std.sleep}
",
        "{}",
    );
    world.complete("t", error("no"));
    let task = world.task("t");
    let rerun = Rerun {
        root_id: task.root_id,
        task_id: task.id,
        reset: true,
        skip: false,
        env: None,
        security: None,
    };
    world.decide(|d| d.rerun(&rerun)).unwrap();
    world.work(1);
    world.save();
    world.crash();
    world.settle();
    assert_eq!((world.state("t"), world.jobs.len()), (State::Running, 1));
    world.complete("t", success("1"));
    assert_eq!(world.state("t"), State::Success);
}
