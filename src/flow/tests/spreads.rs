//! Pauses and resumes of large trees, which go down in pieces, and what is asked meanwhile.

use super::world::{World, error, success};
use crate::tree::ROOT;
use mistral_model::State;

/// A tree that grows until somebody stops it; what is paused and resumed in it goes in pieces.
fn growing(pieces: usize) -> World {
    let text = "{version: '2.0', wf: {tasks: {a: {workflow: wf}, b: {workflow: wf}, c: {workflow: wf}}}}";
    let mut world = World::new(text);
    world.options.rows_at_once = 0;
    world.begin("{}", "{}").unwrap();
    world.work(pieces);
    world
}

fn count(world: &World, state: State) -> usize {
    world.executions("wf").iter().filter(|run| run.state == state).count()
}

#[test]
fn a_pause_of_a_large_tree_goes_down_in_pieces() {
    let mut world = growing(60);
    let (all, size) = (world.executions("wf").len(), world.tree.size());
    assert!(all > 10);
    world.update_execution_later(world.tree.root_id, State::Paused).unwrap();
    assert_eq!((world.root_state(), count(&world, State::Paused)), (State::Paused, 1));
    // Each piece pauses one at most, nothing else happens before, and whoever reads the tree in between goes on with it.
    let mut paused = 1;
    for piece in 0.. {
        if [5, 17, 40].contains(&piece) {
            world.crash();
        }
        world.work(1);
        let now = count(&world, State::Paused);
        assert!(now - paused <= 1);
        paused = now;
        if paused == all {
            break;
        }
        assert!(piece < 20 * all, "it comes to an end");
    }
    world.settle();
    assert!(!world.tree.is_spreading());
    assert_eq!((count(&world, State::Paused), world.tree.size()), (all, size));
    let of_row = |world: &World| world.tree.execution_row(ROOT).runtime_context.text().to_owned();
    assert!(!of_row(&world).contains("spreads"), "{}", of_row(&world));
    assert_eq!(world.difference_from_stored(), None);

    // The same the other way round.
    world
        .update_execution_later(world.tree.root_id, State::Running)
        .unwrap();
    assert_eq!((world.root_state(), count(&world, State::Running)), (State::Running, 1));
    assert!(of_row(&world).contains("spreads"), "{}", of_row(&world));
    for piece in 0..20 * all {
        if piece % 5 == 4 {
            world.crash();
        }
        if count(&world, State::Paused) == 0 {
            break;
        }
        world.work(1);
    }
    assert_eq!((count(&world, State::Paused), world.tree.size()), (0, size));
    world.work(30);
    assert!(world.tree.size() > size, "it goes on");
    world.update(State::Cancelled).unwrap();
    assert!(world.executions("wf").iter().all(|run| run.state == State::Cancelled));
}

#[test]
fn of_a_pause_and_a_resume_the_last_one_counts() {
    for pieces in [0, 1, 4, 9, 30] {
        for crashes in [false, true] {
            let mut world = growing(60);
            let root = world.tree.root_id;
            let size = world.tree.size();
            for state in [State::Paused, State::Running, State::Paused, State::Paused] {
                world.update_execution_later(root, state).unwrap();
                for _ in 0..pieces {
                    if world.tree.is_spreading() {
                        world.work(1);
                    }
                }
                if crashes {
                    world.crash();
                }
            }
            while world.tree.is_spreading() {
                world.work(1);
            }
            assert_eq!(count(&world, State::Running), 0, "{pieces}, {crashes}");
            assert_eq!(world.tree.size(), size);
            world.update_execution_later(root, State::Running).unwrap();
            world.work(pieces);
            world.update_execution_later(root, State::Paused).unwrap();
            world.work(pieces);
            world.update_execution_later(root, State::Running).unwrap();
            while world.tree.is_spreading() {
                world.work(1);
            }
            assert_eq!(count(&world, State::Paused), 0, "{pieces}, {crashes}");
            world.update(State::Cancelled).unwrap();
        }
    }
}

const BESIDE: &str = "
version: '2.0'
wf:
  tasks:
    left: {workflow: child}
    right: {workflow: child}
child:
  tasks:
    one: {workflow: grandchild}
    two: {workflow: grandchild}
grandchild:
  tasks:
    work: {action: std.sleep}
";

/// Somebody resumes one of several before the pause has reached the others: it alone runs, and so it does after a crash.
#[test]
fn what_is_resumed_while_the_pause_goes_down_stays_resumed() {
    for crashes in [false, true] {
        let mut world = World::new(BESIDE);
        world.options.rows_at_once = 0;
        world.begin("{}", "{}").unwrap();
        world.settle();
        world.update_execution_later(world.tree.root_id, State::Paused).unwrap();
        let chosen = world.executions("grandchild")[0].id;
        world.update_execution_later(chosen, State::Running).unwrap();
        if crashes {
            world.crash();
        }
        world.settle();
        let running: Vec<_> = (world.executions("grandchild").iter())
            .filter(|run| run.state == State::Running)
            .map(|run| run.id)
            .collect();
        assert_eq!(running, [chosen], "{crashes}");
        assert_eq!((count(&world, State::Paused), world.root_state()), (1, State::Paused));
        assert!(world.executions("child").iter().all(|run| run.state == State::Paused));
        // Another pause reaches it again, past those that are paused already.
        world.update(State::Paused).unwrap();
        assert!(
            world
                .executions("grandchild")
                .iter()
                .all(|run| run.state == State::Paused)
        );
        world.update(State::Running).unwrap();
        while !world.jobs.is_empty() {
            world.complete("work", success("null"));
        }
        assert_eq!(world.root_state(), State::Success);
    }
}

/// The same pauses and resumes in one decision and in pieces, of every execution: they come to the same.
#[test]
fn pieces_come_to_the_same_as_one_decision() {
    let states = |rows_at_once: usize| {
        let mut all = Vec::new();
        for n in 0..7 {
            for m in 0..7 {
                let mut world = World::new(BESIDE);
                world.options.rows_at_once = rows_at_once;
                world.begin("{}", "{}").unwrap();
                world.settle();
                for (n, state) in [(n, State::Paused), (m, State::Running), (n, State::Running)] {
                    let id = world.nth_execution(n).id;
                    world.update_execution_later(id, state).unwrap();
                    world.settle();
                    let tasks = (0..world.tree.tasks.len()).map(|t| world.nth_task(t).state);
                    let executions = (0..7).map(|e| world.nth_execution(e).state);
                    all.push((n, m, executions.chain(tasks).collect::<Vec<_>>()));
                }
            }
        }
        all
    };
    assert_eq!(states(0), states(usize::MAX));
}

const WIDE: &str = "
version: '2.0'
wf:
  tasks:
    left: {workflow: child}
    each: {with-items: i in <% range(40) %>, workflow: child}
    right: {workflow: child}
child:
  tasks:
    work: {action: std.sleep}
";

fn wide(rows_at_once: usize) -> World {
    let mut world = World::new(WIDE);
    world.options.rows_at_once = rows_at_once;
    world.begin("{}", "{}").unwrap();
    world.settle();
    world
}

fn all_states(world: &World) -> Vec<State> {
    let executions = (0..world.tree.executions.len()).map(|e| world.nth_execution(e).state);
    let tasks = (0..world.tree.tasks.len()).map(|t| world.nth_task(t).state);
    executions.chain(tasks).collect()
}

/// However many are beside it, and also after a crash before the others are reached.
#[test]
fn what_is_asked_below_a_pause_on_its_way_does_not_wait_for_the_others() {
    for crashes in [false, true] {
        let mut world = wide(0);
        world.update_execution_later(world.tree.root_id, State::Paused).unwrap();
        let chosen = world.executions("child")[25].id;
        world.update_execution_later(chosen, State::Running).unwrap();
        let in_state = |world: &World, state| {
            let children = world.executions("child").into_iter();
            children
                .filter(|run| run.state == state)
                .map(|run| run.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(in_state(&world, State::Paused), [], "{crashes}");
        world.work(4);
        let paused = in_state(&world, State::Paused).len();
        assert!((1..10).contains(&paused), "{crashes}: {paused}");
        if crashes {
            world.crash();
        }
        world.settle();
        assert_eq!(in_state(&world, State::Running), [chosen], "{crashes}");
        assert_eq!(world.state("each"), State::Paused);
        for e in 0..world.tree.executions.len() {
            let runtime = world.nth_execution(e).runtime_context;
            assert_eq!(
                (runtime.get("spreads"), runtime.get("reached")),
                (None, None),
                "{crashes}, {e}"
            );
        }
        assert_eq!(world.difference_from_stored(), None);
    }
}

/// What is asked while a pause or a resume is on its way comes to the same as if it had reached all before.
#[test]
fn what_is_asked_on_the_way_comes_to_the_same() {
    let states = |rows_at_once: usize, crashes: bool, pieces: usize| {
        let mut all = Vec::new();
        for (first, second) in [(State::Paused, State::Running), (State::Running, State::Paused)] {
            for n in [1, 2, 20, 42] {
                let mut world = wide(rows_at_once);
                let root = world.tree.root_id;
                if first == State::Running {
                    world.update(State::Paused).unwrap();
                }
                world.update_execution_later(root, first).unwrap();
                if rows_at_once == 0 {
                    world.work(pieces);
                }
                world.update_execution_later(world.nth_execution(n).id, second).unwrap();
                if crashes {
                    world.crash();
                }
                world.settle();
                all.push((first, n, all_states(&world)));
                world.update(State::Cancelled).unwrap();
                assert!(
                    world
                        .executions("child")
                        .iter()
                        .all(|run| run.state == State::Cancelled)
                );
            }
        }
        all
    };
    let expected = states(usize::MAX, false, 0);
    for pieces in [0, 1, 3, 20, 60] {
        for crashes in [false, true] {
            assert_eq!(states(0, crashes, pieces), expected, "{pieces}, {crashes}");
        }
    }
}

/// A task that runs again opens what is above it, though that was just paused; what is beside it is paused all the same.
#[test]
fn a_rerun_on_the_way_of_a_pause_comes_to_the_same() {
    let states = |rows_at_once: usize, crashes: bool, pieces: usize| {
        let mut all = Vec::new();
        for n in [0, 7] {
            let mut world = wide(rows_at_once);
            world.report(n, error("no"));
            world.settle();
            let failed = world
                .tasks("work")
                .into_iter()
                .find(|task| task.state == State::Error)
                .unwrap();
            world.update_execution_later(world.tree.root_id, State::Paused).unwrap();
            if rows_at_once == 0 {
                world.work(pieces);
            }
            world.rerun_later(failed.id, true, false).unwrap();
            // The turn that accepts it begins it.
            world.work(1);
            if crashes {
                world.crash();
            }
            world.settle();
            all.push((n, all_states(&world)));
        }
        all
    };
    let expected = states(usize::MAX, false, 0);
    assert!(
        expected
            .iter()
            .all(|(_, states)| states[0] == State::Running && states[3] == State::Paused)
    );
    for pieces in [0, 1, 3, 20, 60] {
        for crashes in [false, true] {
            assert_eq!(states(0, crashes, pieces), expected, "{pieces}, {crashes}");
        }
    }
}

/// There is no way back in a large tree: what cannot go on fails, and the others go on.
#[test]
fn of_a_large_tree_what_cannot_be_resumed_fails() {
    let text = "
version: '2.0'
wf:
  tasks:
    bad: {workflow: child d=0, on-error: after}
    good: {workflow: child d=1}
    after: {action: std.noop}
child:
  input: [d]
  tasks:
    a: {action: std.sleep, on-success: [{b: <% 4 / $.d > 1 %>}]}
    b: {action: std.noop}
";
    let mut world = World::new(text);
    world.options.rows_at_once = 0;
    world.begin("{}", "{}").unwrap();
    world.settle();
    world.update(State::Paused).unwrap();
    world.complete("a", success("1"));
    world.complete("a", success("1"));
    world.update(State::Running).unwrap();
    let children = world.executions("child");
    assert_eq!((children[0].state, children[1].state), (State::Error, State::Success));
    assert!(
        children[0]
            .state_info
            .as_deref()
            .is_some_and(|info| info.contains("4 / $.d"))
    );
    assert_eq!(
        (world.state("after"), world.root_state()),
        (State::Success, State::Success)
    );
}
