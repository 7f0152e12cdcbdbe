//! Sequences, data passed along, sub-workflows, and failures of a workflow's own making.

use super::world::{FAILED, World, error, success, value};
use crate::Failure;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::{State, Value, json};

#[test]
fn a_sequence_hands_on_what_it_publishes() {
    let world = World::start(
        r#"
version: '2.0'
wf:
  input:
    - n
  output:
    total: <% $.c %>
  tasks:
    a:
      action: std.echo output=<% $.n + 1 %>
      publish:
        a: <% task(a).result %>
      on-success: b
    b:
      action: std.echo output=<% $.a * 10 %>
      publish:
        b: <% task(b).result %>
      on-success: c
    c:
      action: std.echo output=<% $.a + $.b %>
      publish:
        c: <% task(c).result %>
"#,
        r#"{"n": 4}"#,
    );
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.output(), value(r#"{"total": 55}"#));
    assert_eq!(world.published("b"), value(r#"{"b": 50}"#));
    for task in ["a", "b", "c"] {
        assert_eq!(world.state(task), State::Success);
        assert!(world.task(task).processed, "{task}");
        assert_eq!(world.actions(task).len(), 1, "{task}");
    }
    let trigger = world.task("b").runtime_context.get("triggered_by").cloned().unwrap();
    let expected = format!(r#"[{{"task_id": "{}", "event": "on-success"}}]"#, world.task("a").id);
    assert_eq!(trigger, value(&expected));
    assert_eq!(
        world.task("a").next_tasks.unwrap().value(),
        &value(r#"[["b", "on-success"]]"#)
    );
    // These two are written without a value: byte for byte as a value would be.
    for task in ["a", "b", "c"] {
        let task = world.task(task);
        for document in task.next_tasks.iter().chain([&task.runtime_context]) {
            assert_eq!(document.text(), json::to_string(document.value()));
        }
    }
    assert!(world.tree.is_finished());
}

#[test]
fn without_output_everything_published_is_the_output() {
    let world = World::start(
        r#"
version: '2.0'
wf:
  tasks:
    a:
      action: std.noop
      publish: {x: 1}
      on-success: [b, c]
    b:
      action: std.noop
      publish: {y: 2}
    c:
      action: std.noop
      publish: {z: 3}
"#,
        "{}",
    );
    assert_eq!(world.output(), value(r#"{"x": 1, "y": 2, "z": 3}"#));
}

#[test]
fn a_failure_goes_to_on_error_or_fails_the_workflow() {
    let handled = World::start(
        r#"
version: '2.0'
wf:
  tasks:
    a:
      action: std.fail
      publish-on-error:
        why: <% task(a).result %>
      on-error: b
      on-success: never
    b:
      action: std.noop
    never:
      action: std.noop
"#,
        "{}",
    );
    assert_eq!(handled.root_state(), State::Success);
    assert_eq!(
        (handled.state("a"), handled.info("a")),
        (State::Error, FAILED.to_owned())
    );
    assert!(handled.tasks("never").is_empty());
    assert_eq!(handled.output().get("why"), Some(&Value::from(FAILED)));

    let unhandled = World::start(
        "
version: '2.0'
wf:
  tasks:
    a: {action: std.fail}
    b: {action: std.sleep}
",
        "{}",
    );
    assert_eq!(unhandled.root_state(), State::Running, "b is still running");
    let mut unhandled = unhandled;
    unhandled.complete("b", success("null"));
    assert_eq!(unhandled.root_state(), State::Error);
    let task = unhandled.task("a").id;
    let action = unhandled.actions("a")[0].id;
    assert_eq!(
        unhandled.root_info(),
        format!(
            "Failure caused by error in tasks: a\n\n  a [task_ex_id={task}] -> {FAILED}\n    [action_ex_id={action}, \
             idx=0]: {FAILED}\n"
        )
    );
}

#[test]
fn late_and_repeated_results_change_nothing() {
    let mut world = World::start("{version: '2.0', wf: {tasks: {a: {action: std.sleep}}}}", "{}");
    let job = world.jobs[0].clone();
    world.event(|d| {
        d.action_result(job.action_id, Some(job.attempt + 1), error("of another delivery"))
            .unwrap()
    });
    assert_eq!(world.state("a"), State::Running);
    world.complete("a", success("1"));
    world.event(|d| {
        d.action_result(job.action_id, Some(job.attempt), error("again"))
            .unwrap()
    });
    assert_eq!((world.state("a"), world.root_state()), (State::Success, State::Success));
    assert_eq!(
        world.actions("a")[0].output.as_ref().unwrap().value(),
        &value(r#"{"result": 1}"#)
    );
}

#[test]
fn wrong_input_is_refused() {
    let mut world = World::new("{version: '2.0', wf: {input: [n], tasks: {a: {action: std.noop}}}}");
    let refusal = world.begin("{}", "{}").unwrap_err();
    assert!(
        matches!(&refusal, Failure::Refused(Refusal { kind: Kind::Invalid, message: text }) if text.contains("Invalid input") && text.contains("n")),
        "{refusal:?}"
    );
    assert!(world.tree.tasks.is_empty() && world.jobs.is_empty());
}

const PARENT: &str = r#"
version: '2.0'
wf:
  tasks:
    call:
      workflow: child
      input:
        n: 5
        extra: 6
      publish:
        got: <% task(call).result %>
child:
  input: [n]
  output:
    twice: <% $.n * 2 %>
  tasks:
    work:
      action: std.sleep
"#;

#[test]
fn undeclared_input_of_a_sub_workflow_becomes_parameters() {
    let mut world = World::start(PARENT, "{}");
    let child = &world.executions("child")[0];
    assert_eq!(child.input.value(), &value(r#"{"n": 5}"#));
    assert_eq!(child.params.get("extra"), Some(&Value::Int(6)));
    assert_eq!(
        child.params.get("root_execution_id").unwrap().as_str(),
        Some(&*world.tree.root_id.to_string())
    );
    assert_eq!(child.task_id, Some(world.task("call").id));
    assert_eq!(world.state("call"), State::Running);
    world.complete("work", success("null"));
    assert_eq!(world.executions("child")[0].state, State::Success);
    assert_eq!(world.output(), value(r#"{"got": {"twice": 10}}"#));
}

#[test]
fn a_failed_sub_workflow_fails_its_task() {
    let mut world = World::start(PARENT, "{}");
    world.complete("work", error("no"));
    assert_eq!(world.executions("child")[0].state, State::Error);
    assert_eq!((world.state("call"), world.root_state()), (State::Error, State::Error));
    assert!(
        world.info("call").contains("Failure caused by error in tasks: work"),
        "{}",
        world.info("call")
    );
}

/// Task and workflow fail with the same text, and `on-error` does not apply.
fn forced(task: &str) -> (State, String) {
    let text = format!(
        "
version: '2.0'
wf:
  input: [{{n: 5}}]
  tasks:
    a:
      {}
      on-error: b
    b: {{action: std.noop}}
",
        task.replace('\n', "\n      ")
    );
    let world = World::start(&text, "{}");
    assert_eq!(world.root_state(), State::Error);
    assert_eq!(world.root_info(), world.info("a"));
    assert!(world.tasks("b").is_empty());
    assert_eq!(world.output().get("result"), Some(&Value::from(world.root_info())));
    let info = world.info("a");
    let (text, place) = info
        .split_once(crate::report::TRACE)
        .expect("a place for the stack trace");
    assert!(place.contains("  task 'a'\n"), "{place}");
    (world.state("a"), text.to_owned())
}

#[test]
fn texts_of_forced_failures() {
    let (state, text) = forced("action: std.unknown");
    assert_eq!(state, State::Error);
    assert_eq!(
        text,
        "Failed to run task [error=Failed to find action [action_name=std.unknown, namespace=], wf=wf, task=a]:"
    );
    let (_, text) = forced("with-items: i in <% $.n %>\naction: std.noop");
    assert_eq!(
        text,
        "Failed to run task [error=Wrong input format for: {}. Iterable type is expected for each value., wf=wf, task=a]:"
    );
    let (_, text) = forced("with-items: ['i in [1, 2]', 'j in [1]']\naction: std.noop");
    assert_eq!(
        text,
        "Failed to run task [error=Wrong input format for: {'i': [1, 2], 'j': [1]}. All arrays must have the same \
         length., wf=wf, task=a]:"
    );
    let (_, text) = forced("action: std.noop\npublish:\n  x: <% $.n.unknown() %>");
    assert!(text.starts_with("Failed to handle action completion [error="), "{text}");
    assert!(text.ends_with(", wf=wf, task=a, action=std.noop]:"), "{text}");
    let (_, text) = forced("action: std.noop\nwait-before: <% $.n - 9 %>");
    assert!(
        text.starts_with(
            "Failed to run task [error=Invalid data type in WaitBeforePolicy: -4 is less than the minimum of 0"
        ),
        "{text}"
    );
}

#[test]
fn executions_of_this_tree_are_seen_before_they_are_stored() {
    let text = r#"
version: '2.0'
wf:
  output:
    below: <% executions(null, execution().id).len() %>
    ended: <% executions(null, execution().id, SUCCESS).len() %>
    failed: <% executions(null, execution().id, ERROR).len() %>
    none: <% executions(null, execution().id, NONSENSE).len() %>
    self: <% executions(execution().id).len() %>
    early: <% executions(null, execution().id, null, null, '2001-01-01').len() %>
  tasks:
    a: {workflow: child, on-success: b}
    b: {workflow: child, input: {fails: true}, on-error: noop}
child:
  input: [fails: false]
  tasks:
    c: {action: std.noop, on-success: [{fail: <% $.fails %>}]}
"#;
    let world = World::start(text, "{}");
    assert_eq!(
        world.output(),
        value(r#"{"below": 2, "ended": 1, "failed": 1, "none": 0, "self": 1, "early": 0}"#)
    );
}

#[test]
fn a_failure_names_the_task_whose_handler_did_not_want_it() {
    let text = "
version: '2.0'
wf:
  tasks:
    bad: {action: std.fail, on-error: [{mend: <% false %>}]}
    mend: {action: std.noop}
";
    let world = World::start(text, "{}");
    assert_eq!(world.root_state(), State::Error);
    let info = world.root_info();
    assert!(info.starts_with("Failure caused by error in tasks: bad\n"), "{info}");
    assert!(info.contains(super::world::FAILED), "{info}");
}

#[test]
fn a_failure_deep_below_is_told_at_each_level_in_bounded_words() {
    let text = "
version: '2.0'
wf:
  input: [n: 0]
  tasks:
    again:
      workflow: <% switch($.n < 200 => wf, true => missing) %>
      input: {n: <% $.n + 1 %>}
";
    let mut world = World::new(text);
    world.options.budgets.depth = 0;
    world.begin("{}", "{}").unwrap();
    world.settle();
    assert_eq!(world.root_state(), State::Error);
    let executions = world.executions("wf");
    assert_eq!(executions.len(), 201);
    let length = |text: &Option<mistral_model::Str>| text.as_deref().map_or(0, str::len);
    let told: usize = executions.iter().map(|e| length(&e.state_info)).sum();
    // 12.7 million before.
    assert!(told < 2_000_000, "{told} bytes");
    let info = world.root_info();
    assert!(info.contains("Failed to find workflow [name=missing]"), "{info}");
}
