//! Joins: when they start, when they fail, and which routes count as impossible.

use super::world::{World, error, success, value};
use mistral_model::State;

/// `a`, `b` and `c` run on an executor and lead to `j`.
fn fan(join: &str) -> World {
    let branch = |name: &str| format!("    {name}: {{action: std.sleep, publish: {{{name}: 1}}, on-success: j}}\n");
    let text = format!(
        "version: '2.0'\nwf:\n  tasks:\n{}{}{}    j: {{join: {join}, action: std.echo output=<% $ %>, publish: {{seen: <% task(j).result %>}}}}\n",
        branch("a"),
        branch("b"),
        branch("c"),
    );
    World::start(&text, "{}")
}

#[test]
fn all_waits_for_all() {
    let mut world = fan("all");
    assert!(world.tasks("j").is_empty());
    world.complete("b", success("null"));
    assert_eq!(
        (world.state("j"), world.info("j")),
        (State::Waiting, "Task is waiting.".to_owned())
    );
    world.complete("a", success("null"));
    assert_eq!(world.state("j"), State::Waiting);
    world.complete("c", success("null"));
    assert_eq!((world.state("j"), world.root_state()), (State::Success, State::Success));
    assert_eq!(world.actions("j").len(), 1);
    let triggers = world
        .task("j")
        .runtime_context
        .get("triggered_by")
        .unwrap()
        .as_list()
        .unwrap()
        .len();
    assert_eq!(triggers, 3);
    let seen = world.output();
    for name in ["a", "b", "c"] {
        assert_eq!(seen.get("seen").unwrap().get(name), Some(&value("1")), "{name}");
    }
}

#[test]
fn all_fails_with_the_first_inbound_that_does_not_fire() {
    let mut world = fan("all");
    world.complete("a", success("null"));
    world.complete("b", error("no"));
    assert_eq!(
        (world.state("j"), world.info("j")),
        (State::Error, "Failed by tasks: ['b']".to_owned())
    );
    assert_eq!(world.root_state(), State::Running, "c is still running");
    let trigger = format!(r#"[{{"task_id": "{}", "event": "not triggered"}}]"#, world.task("b").id);
    assert_eq!(
        world.task("j").runtime_context.get("triggered_by"),
        Some(&value(&trigger))
    );
    world.complete("c", error("no"));
    assert_eq!(world.root_state(), State::Error);
    assert!(world.actions("j").is_empty());
    assert!(
        world
            .root_info()
            .starts_with("Failure caused by error in tasks: b, c, j\n"),
        "{}",
        world.root_info()
    );
}

#[test]
fn one_starts_with_the_first() {
    let mut world = fan("one");
    world.complete("c", success("null"));
    assert_eq!((world.state("j"), world.actions("j").len()), (State::Success, 1));
    assert_eq!(world.root_state(), State::Running);
    world.complete("a", error("no"));
    world.complete("b", error("no"));
    assert_eq!(world.actions("j").len(), 1);
}

#[test]
fn one_fails_when_none_can_fire_any_more() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.sleep, on-success: j}
    b: {action: std.sleep, on-success: [j, d]}
    d: {action: std.noop, on-success: j}
    j: {join: 2, action: std.noop, on-error: after}
    after: {action: std.noop}
";
    let mut world = World::start(text, "{}");
    world.complete("a", success("null"));
    assert_eq!(world.state("j"), State::Waiting);
    world.complete("b", error("no"));
    assert_eq!(
        (world.state("j"), world.info("j")),
        (State::Error, "Failed by tasks: ['b', 'd']".to_owned())
    );
    assert_eq!(
        world.state("after"),
        State::Success,
        "a failed join has its own on-error"
    );
}

#[test]
fn a_number_is_enough() {
    let mut world = fan("2");
    world.complete("a", success("null"));
    assert_eq!(world.state("j"), State::Waiting);
    world.complete("b", error("no"));
    assert_eq!(world.state("j"), State::Waiting, "c may still come");
    world.complete("c", success("null"));
    assert_eq!(world.state("j"), State::Success);
}

#[test]
fn a_late_arrival_runs_a_partial_join_again() {
    let mut world = fan("one");
    world.complete("a", success("null"));
    assert_eq!(world.actions("j").len(), 1);
    world.complete("b", success("null"));
    assert_eq!((world.state("j"), world.actions("j").len()), (State::Success, 2));
    assert_eq!(world.tasks("j").len(), 1, "one row");
}

#[test]
fn a_route_is_impossible_once_a_task_before_it_went_another_way() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, on-success: j}
    b: {action: std.sleep, on-success: b1, on-error: other}
    b1: {action: std.noop, on-success: b2}
    b2: {action: std.noop, on-success: j}
    other: {action: std.noop}
    j: {join: all, action: std.noop}
";
    let mut world = World::start(text, "{}");
    assert_eq!(world.state("j"), State::Waiting);
    world.complete("b", error("no"));
    assert_eq!(
        (world.state("j"), world.info("j")),
        (State::Error, "Failed by tasks: ['b2']".to_owned())
    );
    assert_eq!(world.root_state(), State::Error);

    let mut world = World::start(text, "{}");
    world.complete("b", success("null"));
    assert_eq!((world.state("j"), world.root_state()), (State::Success, State::Success));
}

#[test]
fn a_cycle_that_never_ran_is_no_route() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, on-success: j}
    b: {action: std.fail, on-success: x, on-error: noop}
    x: {action: std.noop, on-success: y}
    y: {action: std.noop, on-success: [x, j]}
    j: {join: all, action: std.noop}
";
    let world = World::start(text, "{}");
    assert_eq!(
        (world.state("j"), world.info("j")),
        (State::Error, "Failed by tasks: ['y']".to_owned())
    );
    assert_eq!(world.root_state(), State::Error);
}
