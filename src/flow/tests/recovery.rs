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

/// Rows are read in the order of their ids: what another node makes comes after what is there, also a second attempt.
#[test]
fn a_slower_clock_does_not_turn_the_order_of_rows() {
    let mut world = World::start(
        "
version: '2.0'
wf:
  tasks:
    begin: {action: std.noop, publish: {turns: 0}, on-success: turn}
    turn:
      action: std.async_noop
      retry: {count: 3, delay: 0}
      publish: {turns: '<% $.turns + 1 %>'}
      on-success:
        - turn: '<% $.turns < 3 %>'
",
        "{}",
    );
    for turn in 0..3 {
        world.crash_to_a_slower_clock(60.0);
        world.complete("turn", error("no"));
        world.crash_to_a_slower_clock(60.0);
        let attempts = world.actions("turn");
        assert!(attempts.len() > turn, "{attempts:?}");
        world.complete("turn", success("null"));
    }
    world.crash_to_a_slower_clock(60.0);
    world.settle();
    assert_eq!(world.root_state(), State::Success, "{}", world.root_info());
    let tasks = world.tasks("turn");
    assert_eq!(tasks.len(), 3);
    let ids: Vec<_> = world.actions("turn").into_iter().map(|action| action.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
}
