//! Attacks of a workflow's author: trees that grow without end stop at their budget, as a whole, with a text that names the
//! option; and cancel and delete win whatever the size.

use super::world::{World, success};
use crate::{Budgets, Failure, Need};
use mistral_model::State;
use mistral_model::request::{Rerun, UpdateExecution};

const NONE: Budgets = Budgets {
    executions: 0,
    tasks: 0,
    actions: 0,
    tasks_per_execution: 0,
    bytes: 0,
    depth: 0,
    breadth: 0,
    age_seconds: 0,
};

fn world(text: &str, budgets: Budgets) -> World {
    let mut world = World::new(text);
    world.options.budgets = budgets;
    world.begin("{}", "{}").unwrap();
    world
}

fn run(text: &str, budgets: Budgets) -> World {
    let mut world = world(text, budgets);
    world.settle();
    world
}

/// Everything has ended, and every open row says why.
fn is_stopped(world: &World, option: &str) {
    assert_eq!(world.root_state(), State::Error);
    let info = world.root_info();
    assert!(info.contains(&format!("[tree_budget] {option} ")), "{info}");
    assert!(world.tree.is_finished());
    assert!(world.jobs.is_empty() && world.timers.is_empty());
    assert!(world.tree.tasks.iter().all(|task| task.row.state.is_completed()));
    assert_eq!(world.difference_from_stored(), None);
}

const FORK_BOMB: &str = "
version: '2.0'
rec:
  tasks:
    a: {workflow: rec}
    b: {workflow: rec}
    c: {workflow: rec}
";

#[test]
fn a_workflow_that_calls_itself_three_times() {
    let world = run(
        FORK_BOMB,
        Budgets {
            executions: 500,
            ..NONE
        },
    );
    is_stopped(&world, "executions");
    assert!((501..=502).contains(&world.tree.executions.len()));
}

#[test]
fn loops_of_tasks() {
    let one = "
version: '2.0'
wf:
  tasks:
    s: {action: std.noop, on-success: [a]}
    a: {action: std.noop, on-success: [a]}
";
    let world = run(one, Budgets { tasks: 1_000, ..NONE });
    is_stopped(&world, "tasks");
    assert!(world.tree.tasks.len() <= 1_002, "{}", world.tree.tasks.len());
    let doubled = "
version: '2.0'
wf:
  tasks:
    s: {action: std.noop, on-success: [a]}
    a: {action: std.noop, on-success: [b, c]}
    b: {action: std.noop, on-success: [a]}
    c: {action: std.noop, on-success: [a]}
";
    let world = run(
        doubled,
        Budgets {
            tasks_per_execution: 1_000,
            ..NONE
        },
    );
    is_stopped(&world, "tasks_per_execution");
    assert!(world.tree.tasks.len() <= 1_002, "{}", world.tree.tasks.len());
}

#[test]
fn repeated_actions() {
    let retried = "
version: '2.0'
wf:
  tasks:
    t: {action: std.fail, retry: {count: 1000000000, delay: 0}}
";
    is_stopped(&run(retried, Budgets { actions: 100, ..NONE }), "actions");
    let items = "
version: '2.0'
wf:
  tasks:
    t: {action: std.sleep, with-items: i in <% range(100000) %>}
";
    let world = run(items, Budgets { actions: 1_000, ..NONE });
    is_stopped(&world, "actions");
    assert!(world.tree.actions.len() <= 1_256, "{}", world.tree.actions.len());
}

#[test]
fn depth_and_breadth() {
    let deep = "
version: '2.0'
wf:
  tasks:
    a: {workflow: wf, on-error: [handled]}
    handled: {action: std.noop}
";
    let world = run(deep, Budgets { depth: 10, ..NONE });
    is_stopped(&world, "depth");
    assert_eq!(world.tree.executions.len(), 11);
    let broad = "
version: '2.0'
wf:
  tasks:
    a: {workflow: one, with-items: i in <% range(1000) %>, on-error: [handled]}
    handled: {action: std.noop}
one:
  tasks:
    t: {action: std.sleep}
";
    let world = run(broad, Budgets { breadth: 50, ..NONE });
    is_stopped(&world, "breadth");
    assert_eq!(world.tree.executions.len(), 51);
}

#[test]
fn documents_that_grow() {
    let text = "
version: '2.0'
wf:
  tasks:
    s: {action: std.noop, on-success: [a]}
    a: {action: std.noop, publish: {x: \"<% 'x' * 100000 %>\"}, on-success: [a]}
";
    let world = run(text, Budgets { bytes: 5 << 20, ..NONE });
    is_stopped(&world, "size_mb");
    assert!(world.tree.tasks.len() < 60, "{}", world.tree.tasks.len());
}

#[test]
fn age() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.sleep, on-success: [b]}
    b: {action: std.sleep}
";
    let mut world = run(
        text,
        Budgets {
            age_seconds: 60,
            ..NONE
        },
    );
    world.now.0 += 61_000_000;
    world.complete("a", success("null"));
    is_stopped(&world, "age");
    assert!(world.tasks("b").is_empty() || world.state("b") == State::Error);
}

#[test]
fn a_crash_while_a_tree_is_being_stopped() {
    let mut world = world(
        FORK_BOMB,
        Budgets {
            executions: 500,
            ..NONE
        },
    );
    while world.root_state() == State::Running {
        world.work(1);
    }
    assert!(!world.tree.is_finished());
    world.crash();
    world.settle();
    is_stopped(&world, "executions");
}

#[test]
fn nothing_of_a_stopped_tree_runs_again() {
    let text = "
version: '2.0'
wf:
  tasks:
    t: {action: std.sleep, with-items: i in <% range(20) %>}
";
    let mut world = run(text, Budgets { actions: 10, ..NONE });
    is_stopped(&world, "actions");
    let rerun = Rerun {
        root_id: world.tree.root_id,
        task_id: world.task("t").id,
        reset: true,
        env: None,
        skip: false,
        security: None,
    };
    for crashed in [false, true] {
        if crashed {
            world.crash();
        }
        let refused = world.event(|decision| decision.rerun(&rerun)).unwrap_err();
        let text = format!("{refused:?}");
        assert!(
            text.contains("Forbidden") && text.contains("[tree_budget] actions"),
            "{text}"
        );
        is_stopped(&world, "actions");
    }
    // Its owner may allow more.
    world.options.budgets.actions = 100;
    world.crash();
    world.event(|decision| decision.rerun(&rerun)).unwrap();
    assert_eq!((world.root_state(), world.jobs.len()), (State::Running, 20));
}

fn cancel(world: &mut World) {
    let update = UpdateExecution {
        root_id: world.tree.root_id,
        execution_id: world.tree.root_id,
        description: None,
        state: Some(State::Cancelled),
        state_info: None,
        env: None,
        security: None,
    };
    world.decide(|decision| decision.update_execution(&update)).unwrap();
}

#[test]
fn a_growing_tree_is_cancelled_at_once() {
    for crashes in [false, true] {
        let mut world = world(FORK_BOMB, NONE);
        while world.tree.executions.len() < 1_000 {
            world.work(1);
        }
        let size = world.tree.executions.len();
        cancel(&mut world);
        assert_eq!(world.root_state(), State::Cancelled);
        if crashes {
            world.work(100);
            world.crash();
        }
        world.settle();
        assert_eq!(world.tree.executions.len(), size);
        assert!(world.tree.is_finished());
        assert!(world.tree.tasks.iter().all(|task| task.row.state.is_completed()));
        assert_eq!(world.difference_from_stored(), None);
    }
}

#[test]
fn cancel_ends_what_executors_have() {
    let text = "
version: '2.0'
wf:
  tasks:
    t: {action: std.sleep, with-items: i in <% range(2000) %>}
";
    let mut world = run(text, NONE);
    assert_eq!(world.jobs.len(), 2_000);
    cancel(&mut world);
    world.settle();
    assert!(world.jobs.is_empty() && world.tree.is_finished());
    assert!(world.actions("t").iter().all(|action| action.state == State::Cancelled));
}

#[test]
fn what_costs_too_much_for_a_brief_decision_asks_for_room() {
    for expression in [
        "<% range(5000).len() %>",
        "{% for i in range(5000) %}{{ i }}{% endfor %}",
    ] {
        let text = format!(
            "
version: '2.0'
wf:
  tasks:
    t: {{action: std.noop, publish: {{x: '{expression}'}}}}
"
        );
        let mut world = World::new(&text);
        world.begin("{}", "{}").unwrap();
        world.options.expressions.max_steps = 1_000;
        world.options.is_brief = true;
        let outcome = world.decide(|decision| decision.work(10));
        assert_eq!(outcome, Err(Failure::Needs(vec![Need::Room])), "{expression}");
        // Where there is room, it is the limit of the expression.
        let mut world = World::new(&text);
        world.begin("{}", "{}").unwrap();
        world.options.expressions.max_steps = 1_000;
        world.settle();
        assert_eq!(world.root_state(), State::Error);
        assert!(world.root_info().contains("steps"), "{}", world.root_info());
    }
}
