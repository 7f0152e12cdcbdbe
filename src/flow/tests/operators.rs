//! What operators do to a run: pause, resume, cancel, stop, rerun, skip.

use super::world::{World, error, success, value};
use crate::{Failure, TaskIndex};
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::UpdateExecution;
use mistral_model::{Payload, State};

const SEQUENCE: &str = "
version: '2.0'
wf:
  tasks:
    a: {action: std.sleep, publish: {x: <% task(a).result %>}, on-success: b}
    b: {action: std.echo output=<% $.x %>, publish: {y: <% task(b).result %>}}
";

#[test]
fn results_during_a_pause_go_on_after_the_resume() {
    let mut world = World::start(SEQUENCE, "{}");
    world.update(State::Paused).unwrap();
    world.complete("a", success("7"));
    assert_eq!((world.state("a"), world.root_state()), (State::Success, State::Paused));
    assert!(world.tasks("b").is_empty() && !world.task("a").processed);
    world.crash();
    world.settle();
    assert_eq!(world.root_state(), State::Paused, "a crash is no resume");
    world.update(State::Running).unwrap();
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.output(), value(r#"{"x": 7, "y": 7}"#));
}

#[test]
fn what_follows_a_pause_command_waits_in_the_backlog() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, publish: {x: 3}, on-success: [b, pause, c]}
    b: {action: std.noop}
    c: {action: std.echo output=<% $.x %>, publish: {y: <% task(c).result %>}}
";
    let mut world = World::start(text, "{}");
    assert_eq!((world.root_state(), world.state("a")), (State::Paused, State::Success));
    assert!(world.tasks("c").is_empty());
    let runtime = world.tree.execution_row(crate::ExecutionIndex(0)).runtime_context;
    let backlog = runtime.get("backlog_commands").unwrap().as_list().unwrap();
    assert_eq!(backlog.len(), 1);
    assert_eq!(backlog[0].get("task_name").unwrap().as_str(), Some("c"));
    world.crash();
    world.settle();
    world.update(State::Running).unwrap();
    assert_eq!((world.state("c"), world.root_state()), (State::Success, State::Success));
    assert_eq!(world.output(), value(r#"{"x": 3, "y": 3}"#));
    assert_eq!((world.actions("b").len(), world.actions("c").len()), (1, 1));
}

const NESTED: &str = "
version: '2.0'
wf:
  tasks:
    call: {workflow: child, on-success: after}
    after: {action: std.noop}
child:
  tasks:
    work: {action: std.sleep, on-success: more}
    more: {action: std.noop}
";

#[test]
fn pause_and_resume_reach_children() {
    let mut world = World::start(NESTED, "{}");
    world.update(State::Paused).unwrap();
    assert_eq!(
        (world.executions("child")[0].state, world.state("call")),
        (State::Paused, State::Paused)
    );
    world.complete("work", success("null"));
    assert!(world.tasks("more").is_empty());
    world.update(State::Running).unwrap();
    assert_eq!(
        (world.executions("child")[0].state, world.state("more")),
        (State::Success, State::Success)
    );
    assert_eq!(
        (world.state("call"), world.state("after")),
        (State::Success, State::Success)
    );
    assert_eq!(world.root_state(), State::Success);
}

#[test]
fn a_paused_tree_does_not_grow() {
    let text = "{version: '2.0', wf: {tasks: {a: {workflow: wf}, b: {workflow: wf}, c: {workflow: wf}}}}";
    let mut world = World::new(text);
    world.begin("{}", "{}").unwrap();
    world.work(60);
    world.update_execution_later(world.tree.root_id, State::Paused).unwrap();
    let size = world.tree.size();
    world.settle();
    assert_eq!(world.tree.size(), size);
    world.crash();
    world.settle();
    assert_eq!(world.tree.size(), size, "nor after a crash");
    let runs = world.executions("wf");
    assert!(runs.len() > 10 && runs.iter().all(|run| run.state == State::Paused));
    world
        .update_execution_later(world.tree.root_id, State::Running)
        .unwrap();
    world.work(30);
    assert!(world.tree.size() > size, "it goes on");
    world.update_execution_later(world.tree.root_id, State::Paused).unwrap();
    while !world.work(1) {}
    world.update(State::Cancelled).unwrap();
    for name in ["a", "b", "c"] {
        assert!(world.tasks(name).iter().all(|task| task.state == State::Cancelled));
    }
    assert!(world.executions("wf").iter().all(|run| run.state == State::Cancelled));
}

const ONE_AT_A_TIME: &str = "
version: '2.0'
wf:
  tasks:
    items:
      with-items: i in [0, 1, 2]
      concurrency: 1
      workflow: child
child:
  tasks:
    work: {action: std.sleep}
";

/// An item that is told to end as it has ended is not counted once more, in the place of another that runs.
#[test]
fn an_item_ends_once_however_often_it_is_told_to() {
    for state in [State::Success, State::Error] {
        let mut world = World::start(ONE_AT_A_TIME, "{}");
        let first = world.executions("child")[0].id;
        let ends = if state == State::Success {
            success("1")
        } else {
            error("no")
        };
        world.complete("work", ends);
        assert_eq!(world.executions("child").len(), 2);
        for _ in 0..3 {
            world.update_execution(first, state).unwrap();
        }
        assert_eq!((world.executions("child").len(), world.jobs.len()), (2, 1));
        world.complete("work", success("1"));
        world.complete("work", success("1"));
        assert_eq!((world.state("items"), world.root_state()), (state, state));
    }
}

/// One item is run again before the task has heard of the end of the other.
#[test]
fn the_end_of_an_item_is_counted_once_beside_a_rerun() {
    let text = ONE_AT_A_TIME
        .replace("[0, 1, 2]", "[0, 1]")
        .replace("concurrency: 1", "concurrency: 2");
    let mut world = World::start(&text, "{}");
    world.complete("work", error("no"));
    let open = world
        .executions("child")
        .into_iter()
        .find(|run| run.state == State::Running);
    let failed = world.tasks("work").into_iter().find(|task| task.state == State::Error);
    // The news of this end is not told yet when the other one begins again.
    world.update_execution_later(open.unwrap().id, State::Error).unwrap();
    world.rerun_later(failed.unwrap().id, true, false).unwrap();
    world.settle();
    assert_eq!(
        (world.state("items"), world.root_state()),
        (State::Running, State::Running)
    );
    while !world.jobs.is_empty() {
        world.complete("work", success("1"));
    }
    assert_eq!((world.state("items"), world.root_state()), (State::Error, State::Error));
}

#[test]
fn sub_workflows_that_were_to_start_during_a_pause_start_after_it() {
    let text = "
version: '2.0'
wf:
  tasks:
    late: {workflow: child, wait-before: 3}
    each: {workflow: child, with-items: 'i in <% [1, 2, 3] %>', concurrency: 1}
child:
  tasks:
    work: {action: std.sleep}
";
    let mut world = World::start(text, "{}");
    world.update(State::Paused).unwrap();
    world.fire();
    world.complete("work", success("null"));
    assert_eq!(world.executions("child").len(), 1);
    assert_eq!(
        (world.state("late"), world.root_state()),
        (State::Delayed, State::Paused)
    );
    world.crash();
    world.settle();
    assert_eq!(world.executions("child").len(), 1);
    world.update(State::Running).unwrap();
    assert_eq!(world.executions("child").len(), 3);
    while !world.jobs.is_empty() {
        world.complete("work", success("null"));
    }
    assert_eq!(
        (world.root_state(), world.executions("child").len()),
        (State::Success, 4)
    );
}

#[test]
fn a_pause_of_a_child_pauses_its_parents() {
    let mut world = World::start(NESTED, "{}");
    let child = world.executions("child")[0].id;
    world.update_execution(child, State::Paused).unwrap();
    assert_eq!(
        (world.root_state(), world.state("call")),
        (State::Paused, State::Paused)
    );
    world.update_execution(child, State::Running).unwrap();
    assert_eq!(
        (world.root_state(), world.state("call")),
        (State::Running, State::Running)
    );
    world.complete("work", success("null"));
    assert_eq!(world.root_state(), State::Success);
}

#[test]
fn cancelling_reaches_children_and_is_final() {
    let mut world = World::start(NESTED, "{}");
    world.update(State::Cancelled).unwrap();
    assert_eq!(
        (world.root_state(), world.executions("child")[0].state),
        (State::Cancelled, State::Cancelled)
    );
    assert_eq!(world.state("call"), State::Cancelled);
    // What an executor has ends with it.
    assert_eq!(world.state("work"), State::Cancelled);
    assert_eq!(world.actions("work")[0].state, State::Cancelled);
    assert!(world.tasks("more").is_empty() && world.tasks("after").is_empty());
    assert_eq!(
        (world.root_state(), world.executions("child")[0].state),
        (State::Cancelled, State::Cancelled)
    );
}

#[test]
fn a_finished_run_cannot_be_paused() {
    let mut world = World::start("{version: '2.0', wf: {tasks: {a: {action: std.noop}}}}", "{}");
    let refusal = world.update(State::Paused).unwrap_err();
    assert!(
        matches!(&refusal, Failure::Refused(Refusal { kind: Kind::Invalid, message: text })
            if text.starts_with("Can't change workflow execution state from SUCCESS to PAUSED.")),
        "{refusal:?}"
    );
    assert_eq!(world.root_state(), State::Success);
}

#[test]
fn a_rerun_goes_on_from_the_failed_task() {
    let mut world = World::start(SEQUENCE, "{}");
    world.complete("a", error("no"));
    assert_eq!(world.root_state(), State::Error);
    world.rerun("a", true, false).unwrap();
    assert_eq!((world.state("a"), world.root_state()), (State::Running, State::Running));
    world.complete("a", success("9"));
    assert_eq!((world.state("b"), world.root_state()), (State::Success, State::Success));
    assert_eq!(world.output(), value(r#"{"x": 9, "y": 9}"#));
    assert_eq!(world.actions("a").len(), 2);
}

#[test]
fn a_rerun_in_a_child_opens_its_parents_again() {
    let mut world = World::start(NESTED, "{}");
    world.complete("work", error("no"));
    assert_eq!(world.root_state(), State::Error);
    world.rerun("work", true, false).unwrap();
    assert_eq!(
        (world.root_state(), world.state("call")),
        (State::Running, State::Running)
    );
    assert_eq!(world.executions("child")[0].state, State::Running);
    world.complete("work", success("null"));
    assert_eq!(
        (world.state("call"), world.state("after")),
        (State::Success, State::Success)
    );
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.executions("child").len(), 1);
}

#[test]
fn a_skipped_task_hands_on_to_on_skip() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.sleep, publish-on-skip: {x: 1}, on-success: b, on-skip: c}
    b: {action: std.noop}
    c: {action: std.noop}
";
    let mut world = World::start(text, "{}");
    world.complete("a", error("no"));
    world.rerun("a", false, true).unwrap();
    assert_eq!(
        (world.state("a"), world.info("a")),
        (State::Skipped, "Task was skipped.".to_owned())
    );
    assert!(world.tasks("b").is_empty());
    assert_eq!((world.state("c"), world.root_state()), (State::Success, State::Success));
    assert_eq!(world.output(), value(r#"{"x": 1}"#));
}

#[test]
fn without_on_skip_a_skipped_task_counts_as_a_success() {
    let mut world = World::start(SEQUENCE.replace("<% $.x %>", "5").as_str(), "{}");
    world.complete("a", error("no"));
    world.rerun("a", false, true).unwrap();
    assert_eq!((world.state("b"), world.root_state()), (State::Success, State::Success));
}

#[test]
fn a_succeeded_task_cannot_be_skipped() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, on-success: b}
    b: {action: std.fail}
";
    let mut world = World::start(text, "{}");
    let refusal = world.rerun("a", false, true).unwrap_err();
    assert_eq!(
        refusal,
        Failure::refused(Kind::Invalid, "Invalid state transition from SUCCESS to SKIPPED.")
    );
    assert_eq!((world.state("a"), world.root_state()), (State::Success, State::Error));
}

/// What clients see of a run.
fn picture(world: &World) -> String {
    let tasks: Vec<_> = (0..world.tree.tasks.len())
        .map(|t| world.tree.task_row(TaskIndex(t)))
        .collect();
    serde_json::to_string(&(world.tree.root(), tasks)).unwrap()
}

fn resume_with(world: &mut World, env: &str) -> Result<(), Failure> {
    let update = UpdateExecution {
        root_id: world.tree.root_id,
        execution_id: world.tree.root_id,
        description: None,
        state: Some(State::Running),
        state_info: None,
        env: Some(Payload::from_value(value(env))),
        security: None,
    };
    world.event(|decision| decision.update_execution(&update)).map(|_| ())
}

#[test]
fn a_skip_that_fails_changes_nothing() {
    for clause in [
        "publish-on-skip: {x: <% 4 / env().d %>}",
        "on-skip: [{b: <% 4 / env().d > 1 %>}]",
        "on-skip: ['fail msg=<% 4 / env().d %>']",
    ] {
        let text = format!(
            "
version: '2.0'
wf:
  tasks:
    a: {{action: std.sleep, {clause}}}
    b: {{action: std.noop}}
    c: {{action: std.noop, on-error: b}}
"
        );
        let mut world = World::new(&text);
        world.begin("{}", r#"{"env": {"d": 0}}"#).unwrap();
        world.settle();
        world.complete("a", error("no"));
        let before = picture(&world);
        let refusal = world.rerun("a", false, true).unwrap_err();
        assert!(
            matches!(&refusal, Failure::Refused(Refusal { kind: Kind::Invalid, message: text }) if text.contains("4 / env().d")),
            "{refusal:?}"
        );
        world.settle();
        assert_eq!(picture(&world), before);
        assert_eq!(world.difference_from_stored(), None);
    }
}

/// What it costs to take a request back goes by what it changed, however large the tree is.
#[test]
fn a_skip_that_fails_leaves_the_rest_where_it_is() {
    let text = "
version: '2.0'
wf:
  tasks:
    many: {with-items: i in <% range(500) %>, workflow: low}
    a: {action: std.sleep, publish-on-skip: {x: 1}, on-skip: [c, {b: <% 4 / env().d > 1 %>}]}
    b: {action: std.noop}
    c: {action: std.noop}
low:
  tasks:
    w: {action: std.async_noop}
";
    let mut world = World::new(text);
    world.begin("{}", r#"{"env": {"d": 0}}"#).unwrap();
    world.settle();
    world.complete("a", error("no"));
    let place = |world: &World| {
        let tasks = world.tree.tasks.iter().filter(|task| *task.row.name == *"w");
        tasks.map(std::ptr::from_ref).collect::<Vec<_>>()
    };
    let (before, places) = (picture(&world), place(&world));
    assert_eq!(places.len(), 500);
    world.rerun("a", false, true).unwrap_err();
    assert_eq!(place(&world), places, "no row was copied that nothing had changed");
    world.settle();
    assert_eq!(picture(&world), before);
    assert_eq!(world.difference_from_stored(), None);
}

#[test]
fn a_resume_that_fails_changes_nothing() {
    let text = "
version: '2.0'
wf:
  output: {o: <% 4 / env().d %>}
  tasks:
    a: {action: std.sleep, on-success: [{b: <% 4 / env().d > 1 %>}]}
    b: {action: std.sleep}
";
    let mut world = World::new(text);
    world.begin("{}", r#"{"env": {"d": 1}}"#).unwrap();
    world.settle();
    world.update(State::Paused).unwrap();
    world.complete("a", success("1"));
    let before = picture(&world);
    for env in [r#"{"d": 0}"#, r#"{"d": "x"}"#] {
        let refusal = resume_with(&mut world, env).unwrap_err();
        assert!(
            matches!(
                refusal,
                Failure::Refused(Refusal {
                    kind: Kind::Invalid,
                    ..
                })
            ),
            "{refusal:?}"
        );
        world.settle();
        assert_eq!(picture(&world), before);
        assert_eq!(world.difference_from_stored(), None);
    }
    resume_with(&mut world, r#"{"d": 2}"#).unwrap();
    world.settle();
    world.complete("b", success("1"));
    assert_eq!(world.output(), value(r#"{"o": 2}"#));
}

#[test]
fn a_resume_refuses_an_output_that_fails() {
    let text = "
version: '2.0'
wf:
  output: {o: <% 4 / env().d %>}
  tasks:
    a: {action: std.sleep}
";
    let mut world = World::new(text);
    world.begin("{}", r#"{"env": {"d": 0}}"#).unwrap();
    world.settle();
    world.update(State::Paused).unwrap();
    world.complete("a", success("1"));
    let refusal = world.update(State::Running).unwrap_err();
    assert!(
        matches!(
            refusal,
            Failure::Refused(Refusal {
                kind: Kind::Invalid,
                ..
            })
        ),
        "{refusal:?}"
    );
    assert_eq!(world.root_state(), State::Paused);
    resume_with(&mut world, r#"{"d": 4}"#).unwrap();
    world.settle();
    assert_eq!(
        (world.root_state(), world.output()),
        (State::Success, value(r#"{"o": 1}"#))
    );
}

#[test]
fn a_join_that_runs_again_shows_no_triggers() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, on-success: j}
    j: {join: all, action: std.sleep}
";
    let mut world = World::start(text, "{}");
    assert!(world.task("j").runtime_context.get("triggered_by").is_some());
    world.complete("j", error("no"));
    world.rerun("j", true, false).unwrap();
    assert_eq!(world.task("j").runtime_context.get("triggered_by"), None);
    world.save();
    world.crash();
    assert_eq!(world.task("j").runtime_context.get("triggered_by"), None);
    world.complete("j", success("1"));
    assert_eq!(world.root_state(), State::Success);
}

/// The fate of an action whose executor has died: again if it had not begun, an error if it had; old news is no news.
#[test]
fn what_a_dead_executor_had_not_begun_runs_elsewhere() {
    let mut world = World::start(SEQUENCE, "{}");
    let action = world.actions("a")[0].id;
    let lost = |world: &mut World, attempt, may_repeat| {
        world
            .decide(|decision| decision.executor_lost(action, attempt, may_repeat))
            .unwrap();
        world.settle();
    };
    lost(&mut world, 1, true);
    assert_eq!(world.state("a"), State::Running);
    assert_eq!(
        world.jobs.last().map(|job| (job.action_id, job.attempt)),
        Some((action, 2))
    );
    // The same news again, and news of the first attempt whatever it says, change nothing.
    lost(&mut world, 1, true);
    lost(&mut world, 1, false);
    assert_eq!(world.jobs.last().map(|job| job.attempt), Some(2));
    assert_eq!(world.state("a"), State::Running);
    lost(&mut world, 2, false);
    assert_eq!((world.state("a"), world.root_state()), (State::Error, State::Error));
}
