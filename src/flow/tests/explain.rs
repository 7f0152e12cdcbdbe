//! Why an execution does not go on.

use super::world::{World, success};
use crate::explain::{Missing, Pause, Reason, Wait};
use crate::tree::ROOT;
use mistral_model::{Id, State};

/// The reasons, which a crash does not change.
fn explain(world: &mut World) -> Vec<Reason> {
    let reasons = world.tree.explain(ROOT);
    world.crash();
    assert_eq!(world.tree.explain(ROOT), reasons);
    reasons
}

fn id(world: &World, task: &str) -> Id {
    world.task(task).id
}

#[test]
fn a_join_waits_for_what_has_not_led_to_it() {
    let text = "
version: '2.0'
wf:
  tasks:
    done: {action: std.noop, on-success: [both]}
    hangs: {action: std.async_noop, on-success: [both]}
    elsewhere: {action: std.noop, on-success: [hangs], on-error: [both]}
    later: {action: std.noop, on-success: [both]}
    hangs_too: {action: std.async_noop, on-success: [later]}
    both: {join: 2, action: std.noop}
";
    let mut world = World::start(text, "{}");
    let reasons = explain(&mut world);
    let waits = |task: &str| {
        let id = id(&world, task);
        let of_task = reasons.iter().filter_map(move |reason| match reason {
            Reason::Task(of, wait) if *of == id => Some(wait),
            _ => None,
        });
        of_task.collect::<Vec<&Wait>>()
    };
    assert!(matches!(waits("hangs")[..], [Wait::Action(_), ..]));
    let [Wait::Join(arrived)] = waits("both")[..] else {
        panic!("{reasons:?}")
    };
    assert_eq!((arrived.required, arrived.inbound, arrived.triggered), (2, 4, 1));
    let missing = |name: &str, run| Missing { name: name.into(), run };
    let run = |task: &str| Some((id(&world, task), world.state(task)));
    let expected = [
        missing("hangs", run("hangs")),
        missing("elsewhere", run("elsewhere")),
        missing("later", None),
    ];
    assert_eq!(arrived.missing, expected);
}

#[test]
fn pauses_and_what_they_hold() {
    let text = "
version: '2.0'
wf:
  tasks:
    a: {action: std.noop, on-success: [\"pause(msg='a break')\", b]}
    b: {action: std.noop}
";
    let mut world = World::start(text, "{}");
    let reasons = explain(&mut world);
    assert_eq!(reasons[..2], [Reason::Paused(Pause::Command), Reason::Held(1)]);

    let text = "{version: '2.0', wf: {tasks: {careful: {action: std.noop, pause-before: true}}}}";
    let mut world = World::start(text, "{}");
    let by = Pause::Policy(id(&world, "careful"));
    assert_eq!(explain(&mut world), [Reason::Paused(by)]);

    let text = "{version: '2.0', wf: {tasks: {t: {action: std.async_noop, on-success: [u]}, u: {action: std.noop}}}}";
    let mut world = World::start(text, "{}");
    world.update(State::Paused).unwrap();
    let reasons = explain(&mut world);
    assert!(
        matches!(
            reasons[..],
            [Reason::Paused(Pause::Other), Reason::Task(_, Wait::Action(_))]
        ),
        "{reasons:?}"
    );
    world.complete("t", success("1"));
    let follow = Reason::Follow(id(&world, "t"));
    let reasons = explain(&mut world);
    assert_eq!(reasons.first(), Some(&Reason::Paused(Pause::Other)));
    assert!(
        reasons.contains(&follow) || reasons.contains(&Reason::Held(1)),
        "{reasons:?}"
    );
}

#[test]
fn delays_items_and_sub_workflows() {
    let text = "
version: '2.0'
wf:
  tasks:
    later: {action: std.noop, wait-before: 10}
    again: {action: std.fail, retry: {count: 2, delay: 5}}
    each: {with-items: 'i in [1, 2, 3]', action: std.async_noop, concurrency: 1}
    call: {workflow: child}
child:
  tasks:
    hangs: {action: std.async_noop}
";
    let mut world = World::start(text, "{}");
    let reasons = explain(&mut world);
    let delay = |policy, retry_no| Wait::Delay {
        policy: Some(policy),
        retry_no,
    };
    let task = |name: &str, wait| Reason::Task(id(&world, name), wait);
    assert!(
        reasons.contains(&task("later", delay("wait-before", None))),
        "{reasons:?}"
    );
    assert!(reasons.contains(&task("again", delay("retry", Some(1)))), "{reasons:?}");
    assert!(reasons.contains(&task("each", Wait::Items(3))), "{reasons:?}");
    let child = world.executions("child")[0].id;
    assert!(reasons.contains(&task("call", Wait::Execution(child))), "{reasons:?}");
    let below = world.tree.explain(world.tree.execution(child).unwrap());
    assert!(matches!(below[..], [Reason::Task(_, Wait::Action(_))]), "{below:?}");
}
