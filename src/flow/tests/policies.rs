//! Policies of tasks, on a clock that moves only when a timer fires.

use super::world::{World, error, success, value};
use mistral_model::{State, Value};

fn task(policies: &str) -> World {
    let text = format!(
        "
version: '2.0'
wf:
  tasks:
    t:
      action: std.sleep
      publish: {{got: <% task(t).result %>}}
      {}
",
        policies.replace('\n', "\n      ")
    );
    World::start(&text, "{}")
}

fn retry_no(world: &World) -> Option<i64> {
    let runtime = world.task("t").runtime_context;
    runtime
        .get("retry_task_policy")?
        .get("retry_no")
        .and_then(Value::as_i64)
}

#[test]
fn retries_are_counted_and_spaced() {
    let mut world = task("retry: {count: 2, delay: 5}");
    for attempt in 1..=2 {
        world.complete("t", error("no"));
        assert_eq!(world.state("t"), State::Delayed);
        assert_eq!(world.info("t"), "Delayed by 'retry' policy [delay=5]");
        assert_eq!(retry_no(&world), Some(attempt));
        assert!(world.jobs.is_empty());
        assert_eq!(world.fire(), 5.0);
        assert_eq!(world.state("t"), State::Running);
    }
    world.complete("t", error("the last"));
    assert_eq!(
        (world.state("t"), world.info("t")),
        (State::Error, "the last".to_owned())
    );
    assert_eq!(world.root_state(), State::Error);
    let accepted: Vec<bool> = world.actions("t").iter().map(|a| a.accepted).collect();
    assert_eq!(accepted, [false, false, true]);
}

#[test]
fn a_retry_that_succeeds_is_a_success() {
    let mut world = task("retry: {count: 3, delay: 1}");
    world.complete("t", error("no"));
    world.fire();
    world.complete("t", success("7"));
    assert_eq!((world.root_state(), retry_no(&world)), (State::Success, Some(1)));
    assert_eq!(world.output(), value(r#"{"got": 7}"#));
}

#[test]
fn retries_without_delay_need_no_timer() {
    let mut world = task("retry: {count: 1, delay: 0}");
    world.complete("t", error("no"));
    assert!(world.timers.is_empty());
    assert_eq!((world.state("t"), world.jobs.len()), (State::Running, 1));
    world.complete("t", error("no"));
    assert_eq!(world.root_state(), State::Error);
    assert_eq!(world.actions("t").len(), 2);
}

#[test]
fn break_on_and_continue_on() {
    let mut world = task("retry: {count: 5, delay: 1, break-on: <% true %>}");
    world.complete("t", error("no"));
    assert_eq!((world.state("t"), world.timers.len()), (State::Error, 0));

    let mut world = task("retry: {count: 5, delay: 1, continue-on: <% task(t).result < 3 %>}");
    for result in ["1", "2"] {
        world.complete("t", success(result));
        assert_eq!(world.state("t"), State::Delayed);
        world.fire();
    }
    world.complete("t", success("3"));
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.output(), value(r#"{"got": 3}"#));
}

#[test]
fn wait_before_delays_the_start() {
    let mut world = task("wait-before: 10");
    assert_eq!(world.state("t"), State::Delayed);
    assert_eq!(world.info("t"), "Delayed by 'wait-before' policy [delay=10]");
    assert!(world.actions("t").is_empty());
    assert_eq!(world.fire(), 10.0);
    assert_eq!((world.state("t"), world.jobs.len()), (State::Running, 1));
    world.complete("t", success("1"));
    assert_eq!(world.root_state(), State::Success);
    assert!(world.timers.is_empty() && world.tree.is_finished());
}

#[test]
fn wait_after_holds_the_state_back() {
    for (outcome, state) in [(success("1"), State::Success), (error("no"), State::Error)] {
        let mut world = task("wait-after: 4");
        world.complete("t", outcome);
        assert_eq!((world.state("t"), world.root_state()), (State::Delayed, State::Running));
        assert_eq!(world.fire(), 4.0);
        assert_eq!((world.state("t"), world.root_state()), (state, state));
    }
}

#[test]
fn a_timeout_fails_the_task() {
    let text = "
version: '2.0'
wf:
  tasks:
    t: {action: std.sleep, timeout: 3, on-error: after}
    after: {action: std.noop}
";
    let mut world = World::start(text, "{}");
    assert_eq!(world.fire(), 3.0);
    assert_eq!(
        (world.state("t"), world.info("t")),
        (State::Error, "Task timed out [timeout(s)=3].".to_owned())
    );
    assert_eq!(
        (world.state("after"), world.root_state()),
        (State::Success, State::Success)
    );
    // What the action says now is kept, but nobody waits for it.
    world.complete("t", success("1"));
    assert_eq!((world.state("t"), world.root_state()), (State::Error, State::Success));
}

#[test]
fn a_timeout_that_comes_too_late_does_nothing() {
    let mut world = task("timeout: 3");
    world.complete("t", success("1"));
    assert_eq!(world.root_state(), State::Success);
    while !world.timers.is_empty() {
        world.fire();
    }
    assert_eq!((world.state("t"), world.root_state()), (State::Success, State::Success));
}

#[test]
fn fail_on_turns_a_success_into_a_failure() {
    let mut world = task("fail-on: <% task(t).result = 2 %>");
    world.complete("t", success("2"));
    assert_eq!(
        (world.state("t"), world.info("t")),
        (State::Error, "Failed by 'fail-on' policy".to_owned())
    );
    let mut world = task("fail-on: <% task(t).result = 2 %>");
    world.complete("t", success("3"));
    assert_eq!(world.root_state(), State::Success);
}

#[test]
fn pause_before_waits_for_a_resume() {
    let mut world = task("pause-before: true");
    assert_eq!((world.state("t"), world.root_state()), (State::Idle, State::Paused));
    assert_eq!(world.info("t"), "Set by 'pause-before' policy");
    world.update(State::Running).unwrap();
    assert_eq!((world.state("t"), world.root_state()), (State::Running, State::Running));
    world.complete("t", success("1"));
    assert_eq!(world.root_state(), State::Success);
}

#[test]
fn a_delay_goes_on_after_a_crash() {
    let mut world = task("wait-before: 10\nretry: {count: 1, delay: 20}");
    world.crash();
    world.settle();
    assert_eq!((world.state("t"), world.jobs.len()), (State::Delayed, 0));
    assert_eq!(world.fire(), 10.0);
    world.complete("t", error("no"));
    world.crash();
    world.settle();
    assert_eq!(
        (world.state("t"), world.jobs.len(), retry_no(&world)),
        (State::Delayed, 0, Some(1))
    );
    assert_eq!(world.fire(), 20.0);
    world.crash();
    world.settle();
    world.complete("t", success("1"));
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.actions("t").len(), 2);
}

#[test]
fn a_time_limit_counts_anew_for_each_retry() {
    let mut world = task("timeout: 1\nretry: {count: 2, delay: 1}");
    for attempt in 1..=2 {
        assert_eq!(world.fire(), 1.0);
        assert_eq!((world.state("t"), retry_no(&world)), (State::Delayed, Some(attempt)));
        world.crash();
        world.settle();
        world.fire();
        assert_eq!((world.state("t"), world.timers.len()), (State::Running, 1));
    }
    world.fire();
    assert_eq!(world.root_state(), State::Error);
    assert_eq!(world.info("t"), "Task timed out [timeout(s)=1].");
}

#[test]
fn the_sub_workflow_of_a_task_that_timed_out_ends_with_it() {
    const TEXT: &str = "
version: '2.0'
wf:
  tasks:
    t:
      workflow: inner
      timeout: 5
      retry: {count: 1, delay: 1}
inner:
  tasks:
    slow: {action: std.sleep}
";
    let mut world = World::start(TEXT, "{}");
    assert_eq!(world.fire(), 5.0);
    assert_eq!(world.executions("inner")[0].state, State::Cancelled);
    assert_eq!((world.state("t"), world.root_state()), (State::Delayed, State::Running));
    assert_eq!(world.fire(), 1.0);
    // News of the first must not end the second.
    assert_eq!((world.state("t"), world.executions("inner").len()), (State::Running, 2));
    world.crash();
    world.settle();
    assert_eq!(world.state("t"), State::Running);
    world.fire();
    let states: Vec<State> = world.executions("inner").iter().map(|e| e.state).collect();
    assert_eq!(states, [State::Cancelled, State::Cancelled]);
    assert_eq!((world.state("t"), world.root_state()), (State::Error, State::Error));
    assert_eq!(world.info("t"), "Task timed out [timeout(s)=5].");
}

#[test]
fn an_inline_action_that_needs_an_executor_takes_its_time_limit_along() {
    let text = "
version: '2.0'
wf:
  tasks:
    t: {action: std.echo output=1 delay=4, timeout: 1}
";
    let world = World::start(text, "{}");
    assert_eq!(world.jobs.len(), 1);
    assert_eq!(world.jobs[0].timeout, Some(std::time::Duration::from_secs(1)));
}
