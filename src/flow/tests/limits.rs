//! `[engine] execution_field_size_limit_kb`: what is too large fails the task and its workflow at once, whatever handles
//! errors (§15.2, §25); only the input of an action is an ordinary error of its task.

use super::world::{World, error, success, value};
use crate::Failure;
use mistral_model::action::Outcome;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::{ActionChange, UpdateAction};
use mistral_model::{State, Value};

/// A task with everything that would hide an error of its action.
const HIDING: &str = "
version: '2.0'
wf:
  input: [text: '']
  task-defaults:
    on-error: [handler]
  tasks:
    t:
      action: ACTION
      retry: {count: 3, delay: 0}
      keep-result: false
      on-complete: [after]
    handler:
      action: std.noop
      on-error: [fail]
    after:
      action: std.noop
      on-error: [fail]
";

fn world(action: &str) -> World {
    let mut world = World::new(&HIDING.replace("ACTION", action));
    world.options.field_size_limit_kb = 1;
    world.begin("{}", "{}").unwrap();
    world.settle();
    world
}

fn large() -> Value {
    Value::from("x".repeat(3_000))
}

/// The size of `{'result': '…'}` with a text of 3,000 characters.
const REFUSAL: &str = "Field size limit exceeded [class=TaskExecution, field=output, size=2KB, limit=1KB]";

fn is_failed_by_force(world: &World, text: &str) {
    assert_eq!((world.state("t"), world.root_state()), (State::Error, State::Error));
    for info in [world.info("t"), world.root_info()] {
        assert!(info.contains(text), "{info}");
    }
    assert!(world.tasks("handler").is_empty() && world.tasks("after").is_empty());
    assert!(world.jobs.is_empty() && world.timers.is_empty());
}

#[test]
fn results_of_executors() {
    for outcome in [
        Outcome::Success(large()),
        Outcome::Error(large()),
        // What the executor has measured and dropped.
        Outcome::TooLarge {
            size_kb: 2,
            limit_kb: 1,
        },
    ] {
        let mut world = world("std.sleep");
        world.complete("t", outcome);
        is_failed_by_force(
            &world,
            &format!("Failed to complete action [error={REFUSAL}, action=std.sleep, task=t]:"),
        );
        let actions = world.actions("t");
        assert_eq!(actions.len(), 1);
        assert_eq!((actions[0].state, actions[0].accepted), (State::Error, false));
        let output = actions[0].output.as_ref().unwrap();
        let shown = output.get("result").and_then(Value::as_str).unwrap();
        assert!(shown.contains(REFUSAL), "{shown}");
    }
    // An error that is not too large is retried and handled.
    let mut world = world("std.sleep");
    world.complete("t", error("no"));
    assert_eq!((world.state("t"), world.actions("t").len()), (State::Running, 2));
}

#[test]
fn results_over_the_api() {
    let mut world = world("std.async_noop");
    let id = world.actions("t")[0].id;
    let update = UpdateAction {
        root_id: world.tree.root_id,
        action_id: id,
        change: ActionChange::Complete(Outcome::Success(large())),
    };
    world.event(|decision| decision.update_action(&update)).unwrap();
    is_failed_by_force(&world, REFUSAL);
}

#[test]
fn inputs_of_actions() {
    let text = HIDING.replace("ACTION", "std.echo output=<% $.text %>");
    // The limit of 1 KiB lets through what makes less than 2 KiB.
    for (length, state) in [(1_970, State::Success), (2_100, State::Error)] {
        let mut world = World::new(&text);
        let input = format!(r#"{{"text":"{}"}}"#, "x".repeat(length));
        world.begin(&input, "{}").unwrap();
        world.options.field_size_limit_kb = 1;
        world.settle();
        assert_eq!((world.state("t"), world.root_state()), (state, State::Success));
        assert_eq!(world.tasks("handler").len(), usize::from(state == State::Error));
    }
    let mut world = World::new(&HIDING.replace("ACTION", "std.echo output=<% $.text %>"));
    let input = format!(r#"{{"text":"{}"}}"#, "x".repeat(2_100));
    world.begin(&input, "{}").unwrap();
    world.options.field_size_limit_kb = 1;
    world.settle();
    assert_eq!(
        world.info("t"),
        "Field size limit exceeded [class=TaskExecution, field=input, size=2KB, limit=1KB]"
    );
    assert!(world.actions("t").is_empty());
    assert_eq!(
        world.task("t").runtime_context.get("retry_task_policy"),
        Some(&value(r#"{"retry_no": 3}"#))
    );
}

#[test]
fn an_execution_with_too_much_output_ends() {
    let text = "
version: '2.0'
wf:
  input: [text: '']
  tasks:
    a: {action: std.noop, publish: {a: <% $.text %>}}
    b: {action: std.ACTION, publish: {b: <% $.text %>}, publish-on-error: {b: <% $.text %>}}
";
    for (action, expected) in [
        ("noop", "Failed to check and complete [wf_ex_id="),
        ("fail", "Failure caused by error in tasks: b\n"),
    ] {
        let mut world = World::new(&text.replace("ACTION", action));
        let input = format!(r#"{{"text":"{}"}}"#, "x".repeat(1_200));
        world.begin(&input, "{}").unwrap();
        world.options.field_size_limit_kb = 1;
        world.settle();
        assert_eq!(world.root_state(), State::Error);
        assert!(world.root_info().starts_with(expected), "{}", world.root_info());
        let output = world.output();
        let shown = output.get("result").and_then(Value::as_str).unwrap();
        assert!(shown.starts_with(expected), "{shown}");
        assert!(output.get("a").is_none() && output.get("b").is_none());
    }
}

#[test]
fn published_values_and_output() {
    let text = "
version: '2.0'
wf:
  output: {all: <% task(t).result + task(t).result %>}
  tasks:
    t:
      action: std.sleep
      on-error: [handler]
      publish: PUBLISHED
    handler:
      action: std.noop
";
    for (published, result, expected) in [
        (
            "{p: <% task(t).result + task(t).result %>}",
            1_200,
            "Failed to handle action completion [error=Field size limit exceeded [class=TaskExecution, field=published, \
             size=2KB, limit=1KB], wf=wf, task=t, action=std.sleep]:",
        ),
        (
            "{p: 1}",
            1_200,
            "Field size limit exceeded [class=TaskExecution, field=output, size=2KB, limit=1KB]",
        ),
    ] {
        let mut world = World::new(&text.replace("PUBLISHED", published));
        world.options.field_size_limit_kb = 1;
        world.begin("{}", "{}").unwrap();
        world.settle();
        world.complete("t", success(&format!("\"{}\"", "x".repeat(result))));
        assert_eq!(world.root_state(), State::Error);
        assert!(world.root_info().contains(expected), "{}", world.root_info());
        assert!(world.tasks("handler").is_empty());
    }
}

#[test]
fn input_and_parameters_of_a_workflow() {
    let text = HIDING.replace("ACTION", "std.noop");
    for (input, params, field) in [
        (
            format!(r#"{{"text":"{}"}}"#, "x".repeat(2_500)),
            "{}".to_owned(),
            "input",
        ),
        (
            "{}".to_owned(),
            format!(r#"{{"env":{{"e":"{}"}}}}"#, "x".repeat(2_500)),
            "params",
        ),
    ] {
        let mut world = World::new(&text);
        world.options.field_size_limit_kb = 1;
        let refused = world.begin(&input, &params);
        let expected = format!("Field size limit exceeded [class=TaskExecution, field={field}, size=2KB, limit=1KB]");
        assert!(
            matches!(&refused, Err(Failure::Refused(Refusal { kind: Kind::Invalid, message: text })) if *text == expected),
            "{refused:?}"
        );
        // No limit.
        let mut world = World::new(&text);
        world.options.field_size_limit_kb = -1;
        assert!(world.begin(&input, &params).is_ok());
    }
}
