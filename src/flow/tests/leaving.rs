//! What leaves memory before its tree does, and what happens when somebody asks for it.

use super::world::{World, error, success};
use mistral_model::{State, Str};

/// Works off what is left in small turns, each saved. The most that the tree took in memory, in bytes.
fn run(world: &mut World) -> usize {
    let mut most = 0;
    loop {
        let done = world.work(8);
        world.save();
        most = most.max(world.tree.weight());
        if done {
            return most;
        }
    }
}

fn thrifty(definitions: &str, input: &str) -> World {
    let mut world = World::new(definitions);
    world.is_thrifty = true;
    world.begin(input, "{}").unwrap();
    world
}

const LOOP: &str = r#"
version: '2.0'
w:
  input: [n]
  output: {i: <% $.i %>}
  tasks:
    s: {action: std.noop, publish: {i: 0}, on-success: a}
    a:
      action: std.noop
      publish: {i: <% $.i + 1 %>, x: "<% 'x' * 50000 %>"}
      on-success: [{a: <% $.i < $.n %>}]
"#;

#[test]
fn a_long_loop_takes_no_more_memory_than_a_short_one() {
    let mut short = thrifty(LOOP, r#"{"n": 20}"#);
    let little = run(&mut short);
    let mut long = thrifty(LOOP, r#"{"n": 400}"#);
    let much = run(&mut long);
    assert!(much <= little * 2, "{little} and {much} bytes");
    assert_eq!(long.root_state(), State::Success);
    assert_eq!(long.output(), super::world::value(r#"{"i": 400}"#));
    assert_eq!(long.readings, 0, "nothing asked for what had left");
    assert!(long.gone > 700, "{} rows", long.gone);
    long.complete_tree();
    assert_eq!(long.tasks("a").len(), 400);
    assert_eq!(long.difference_from_stored(), None);
}

#[test]
fn inner_executions_leave_with_their_tasks() {
    let text = r#"
version: '2.0'
w:
  tasks:
    s: {action: std.noop, publish: {i: 0}, on-success: a}
    a:
      workflow: inner
      publish: {i: <% $.i + 1 %>}
      on-success: [{a: <% $.i < 50 %>}, {b: <% $.i = 50 %>}]
    b: {action: std.async_noop}
inner:
  tasks:
    t: {action: std.noop, on-success: u}
    u: {action: std.noop}
"#;
    let mut world = thrifty(text, "{}");
    run(&mut world);
    assert_eq!(world.tree.executions.len(), 51);
    let present = world.tree.executions.iter().count();
    assert!(present < 5, "{present} executions are in memory");
    assert_eq!(world.readings, 0);
    world.complete("b", success("1"));
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.readings, 0);
}

#[test]
fn what_has_left_is_read_again_for_whoever_asks() {
    let text = r#"
version: '2.0'
w:
  output: {found: <% $.found %>, all: <% $.all %>}
  tasks:
    s: {action: std.echo output="hello", publish: {i: 0}, on-success: a}
    a:
      action: std.noop
      publish: {i: <% $.i + 1 %>}
      on-success: [{a: <% $.i < 30 %>}, {b: <% $.i = 30 %>}]
    b:
      action: std.async_noop
      publish: {found: <% task(s).result %>, all: <% tasks(execution().id).len() %>}
"#;
    let mut world = thrifty(text, "{}");
    run(&mut world);
    let gone = world.gone;
    assert!(gone > 50, "{gone} rows");
    world.complete("b", success("1"));
    assert_eq!(world.root_state(), State::Success, "{}", world.root_info());
    assert_eq!(world.output(), super::world::value(r#"{"found": "hello", "all": 32}"#));
    assert_eq!(world.readings, 1);
}

/// After a rerun it is not known any more which task triggered it: all that may have are looked at.
#[test]
fn a_task_is_run_again_with_what_came_before_it() {
    let text = r#"
version: '2.0'
w:
  output: {y: <% $.y %>}
  tasks:
    s: {action: std.noop, publish: {x: 5}, on-success: a}
    a: {action: std.noop, on-success: b}
    b: {action: std.async_noop, publish: {y: <% $.x %>}}
"#;
    let mut world = thrifty(text, "{}");
    run(&mut world);
    let present: Vec<Str> = world.tree.tasks.iter().map(|task| task.row.name.clone()).collect();
    assert_eq!(present, ["b".into()]);
    world.complete("b", error("no"));
    assert_eq!((world.root_state(), world.readings), (State::Error, 0));
    let id = world.nth_task(2).id;
    world.rerun_later(id, true, false).unwrap();
    run(&mut world);
    assert_eq!(world.readings, 1);
    world.complete("b", success("1"));
    assert_eq!(
        world.output(),
        super::world::value(r#"{"y": 5}"#),
        "{}",
        world.root_info()
    );
}

/// Cancel and deletion have no time to read what has ended.
#[test]
fn cancel_and_deletion_need_nothing_that_has_left() {
    let mut world = thrifty(&LOOP.replace("$.i < $.n", "true"), r#"{"n": 0}"#);
    for _ in 0..50 {
        world.work(8);
        world.save();
    }
    assert!(world.gone > 200, "{} rows", world.gone);
    let root = world.tree.root_id;
    world.update_execution(root, State::Paused).unwrap();
    world.update_execution(root, State::Cancelled).unwrap();
    assert_eq!(world.root_state(), State::Cancelled);
    assert_eq!(world.decide(|d| d.delete_execution(root)), Ok(true));
    assert_eq!(world.readings, 0);
}
