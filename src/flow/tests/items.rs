//! With-items: order, concurrency, failures, and costs that grow with the number of items only.

use std::time::{Duration, Instant};

use super::world::{World, error, success, value};
use mistral_model::action::Outcome;
use mistral_model::{State, Value};

fn items(list: &str, more: &str) -> String {
    format!(
        "
version: '2.0'
wf:
  tasks:
    t:
      with-items: i in {list}
      action: std.sleep seconds=<% $.i %>
      publish: {{got: <% task(t).result %>}}
      {}
",
        more.replace('\n', "\n      ")
    )
}

/// Items whose actions are open, in the order in which they were started.
fn open(world: &World) -> Vec<i64> {
    let seconds = |job: &mistral_model::action::Job| job.input.get("seconds").and_then(Value::as_i64);
    world.jobs.iter().filter_map(seconds).collect()
}

#[test]
fn all_items_start_in_order_and_results_keep_it() {
    let mut world = World::start(&items("[5, 6, 7]", ""), "{}");
    assert_eq!(open(&world), [5, 6, 7]);
    for (position, result) in [(2, "70"), (0, "50")] {
        world.report(position, success(result));
        world.settle();
        assert_eq!(world.state("t"), State::Running);
    }
    world.complete("t", success("60"));
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.output(), value(r#"{"got": [50, 60, 70]}"#));
    let index = |a: &mistral_model::record::Action| a.runtime_context.get("index").and_then(Value::as_i64);
    let indexes: Vec<_> = world.actions("t").iter().filter_map(index).collect();
    assert_eq!(indexes, [0, 1, 2]);
}

#[test]
fn concurrency_limits_what_runs_at_once() {
    let mut world = World::start(&items("[0, 1, 2, 3, 4]", "concurrency: 2"), "{}");
    assert_eq!(open(&world), [0, 1]);
    let mut started = Vec::new();
    for expected in [vec![0, 2], vec![0, 3], vec![0, 4], vec![0]] {
        world.report(1, success("null"));
        world.settle();
        assert_eq!(open(&world), expected);
        started.push(expected);
    }
    let runtime = world.task("t").runtime_context;
    assert_eq!(
        runtime.get("with_items"),
        Some(&value(r#"{"count": 5, "capacity": 1}"#))
    );
    world.complete("t", success("null"));
    assert_eq!((world.state("t"), world.root_state()), (State::Success, State::Success));
    assert_eq!(world.actions("t").len(), 5);
}

#[test]
fn one_failed_item_fails_the_task_after_all_have_ended() {
    let mut world = World::start(&items("[0, 1, 2]", ""), "{}");
    world.report(0, error("no"));
    world.settle();
    assert_eq!(world.state("t"), State::Running);
    world.complete("t", success("1"));
    world.complete("t", success("2"));
    assert_eq!(
        (world.state("t"), world.info("t")),
        (State::Error, "One or more actions had failed.".to_owned())
    );
    assert_eq!(world.root_state(), State::Error);
}

#[test]
fn a_cancelled_item_cancels_the_task() {
    let mut world = World::start(&items("[0, 1]", ""), "{}");
    world.complete("t", Outcome::Cancelled(Value::Null));
    assert_eq!(
        (world.state("t"), world.info("t")),
        (State::Cancelled, "One or more actions was cancelled.".to_owned())
    );
    assert_eq!(
        (world.root_state(), world.root_info()),
        (State::Cancelled, "Cancelled tasks: t".to_owned())
    );
}

#[test]
fn an_empty_list_succeeds_without_actions() {
    let world = World::start(&items("<% [] %>", ""), "{}");
    assert_eq!((world.state("t"), world.root_state()), (State::Success, State::Success));
    assert!(world.actions("t").is_empty());
    assert_eq!(world.output(), value(r#"{"got": []}"#));
}

#[test]
fn a_rerun_without_reset_repeats_failed_items_only() {
    let mut world = World::start(&items("[0, 1, 2]", ""), "{}");
    for outcome in [success("0"), error("no"), success("2")] {
        world.complete("t", outcome);
    }
    assert_eq!(world.root_state(), State::Error);
    world.rerun("t", false, false).unwrap();
    assert_eq!(open(&world), [1]);
    world.complete("t", success("1"));
    assert_eq!(world.root_state(), State::Success);
    assert_eq!(world.output(), value(r#"{"got": [0, 1, 2]}"#));

    let mut world = World::start(&items("[0, 1, 2]", ""), "{}");
    for outcome in [success("0"), error("no"), success("2")] {
        world.complete("t", outcome);
    }
    world.rerun("t", true, false).unwrap();
    assert_eq!(open(&world), [0, 1, 2]);
}

#[test]
fn a_retry_repeats_the_items() {
    let mut world = World::start(&items("[0, 1]", "retry:\n  count: 1\n  delay: 3"), "{}");
    world.complete("t", success("0"));
    world.complete("t", error("no"));
    assert_eq!(world.state("t"), State::Delayed);
    assert_eq!(world.fire(), 3.0);
    assert_eq!(open(&world), [0, 1]);
    world.complete("t", success("10"));
    world.complete("t", success("11"));
    assert_eq!(world.output(), value(r#"{"got": [10, 11]}"#));
}

#[test]
fn a_load_neither_ends_nor_overfills_a_task_with_all_places_taken() {
    let mut world = World::start(&items("[0, 1, 2]", "concurrency: 2"), "{}");
    world.crash();
    world.settle();
    assert_eq!((world.state("t"), open(&world)), (State::Running, vec![0, 1]));
    world.complete("t", success("0"));
    world.crash();
    world.settle();
    assert_eq!(open(&world), [1, 2]);
    world.complete("t", success("1"));
    world.complete("t", success("2"));
    assert_eq!(world.output(), value(r#"{"got": [0, 1, 2]}"#));
}

/// Ten thousand inline items, at most `concurrency` of them at once.
fn many(concurrency: &str) -> World {
    let text = format!(
        "
version: '2.0'
wf:
  tasks:
    t:
      with-items: i in <% range(0, 10000) %>
      {concurrency}
      action: std.echo output=<% $.i %>
      publish: {{last: <% task(t).result.last() %>}}
"
    );
    World::start(&text, "{}")
}

#[test]
fn ten_thousand_items_cost_ten_thousand_pieces_of_work() {
    for concurrency in ["", "concurrency: 1", "concurrency: 100"] {
        let began = Instant::now();
        let world = many(concurrency);
        let took = began.elapsed();
        assert_eq!(world.root_state(), State::Success);
        assert_eq!(world.output(), value(r#"{"last": 9999}"#));
        assert_eq!(world.actions("t").len(), 10_000);
        assert!(world.pieces < 10_100, "{concurrency}: {} pieces of work", world.pieces);
        // Costs that grow with the square would take minutes.
        assert!(took < Duration::from_secs(10), "{concurrency}: {took:?}");
    }
}
