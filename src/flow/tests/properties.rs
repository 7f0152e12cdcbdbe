//! Random workflows without cycles, with results in any order and owners that die at any point: the run always ends, and
//! always the same way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::world::{World, error, success};
use crate::flow::{ExecutionIndex, TaskIndex};
use crate::model::{State, Str, Value};

/// What a task does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Work {
    Echo,
    Fail,
    /// On an executor, with the result that it will have.
    External {
        succeeds: bool,
    },
    /// The same after a delay.
    Delayed {
        succeeds: bool,
    },
    /// On an executor; fails and is tried once more.
    Retried {
        succeeds: bool,
    },
    /// Three items, two at once; the last one has this result.
    Items {
        succeeds: bool,
    },
}

#[derive(Clone, Debug)]
struct Plan {
    tasks: Vec<Work>,
    /// Later task, earlier task, by which clause.
    edges: BTreeMap<(usize, usize), Clause>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Clause {
    Success,
    Error,
    Complete,
}

fn work() -> impl Strategy<Value = Work> {
    prop_oneof![
        3 => Just(Work::Echo),
        1 => Just(Work::Fail),
        4 => any::<bool>().prop_map(|succeeds| Work::External { succeeds }),
        1 => any::<bool>().prop_map(|succeeds| Work::Delayed { succeeds }),
        1 => any::<bool>().prop_map(|succeeds| Work::Retried { succeeds }),
        1 => any::<bool>().prop_map(|succeeds| Work::Items { succeeds }),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let clause = prop_oneof![3 => Just(Clause::Success), 2 => Just(Clause::Error), 2 => Just(Clause::Complete)];
    let edge = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), clause);
    (prop::collection::vec(work(), 2..9), prop::collection::vec(edge, 0..14)).prop_map(|(tasks, drawn)| {
        let mut edges = BTreeMap::new();
        for (to, from, clause) in drawn {
            let to = 1 + to.index(tasks.len() - 1);
            edges.insert((to, from.index(to)), clause);
        }
        Plan { tasks, edges }
    })
}

impl Plan {
    fn definition(&self) -> String {
        let mut text = "version: '2.0'\nwf:\n  tasks:\n".to_owned();
        for (n, work) in self.tasks.iter().enumerate() {
            let inbound = self.edges.keys().filter(|(to, _)| *to == n).count();
            let action = match work {
                Work::Echo => format!("action: std.echo output={n}"),
                Work::Fail => "action: std.fail".to_owned(),
                Work::External { .. } => "action: std.sleep".to_owned(),
                Work::Delayed { .. } => "action: std.sleep\n      wait-before: 2".to_owned(),
                Work::Retried { .. } => "action: std.sleep\n      retry: {count: 1, delay: 3}".to_owned(),
                Work::Items { .. } => {
                    "with-items: i in [0, 1, 2]\n      concurrency: 2\n      action: std.sleep seconds=<% $.i %>"
                        .to_owned()
                }
            };
            let _ = writeln!(text, "    t{n}:\n      {action}");
            // A join that runs again has a list of results, so that its result depends on the order.
            let published = if inbound > 1 {
                n.to_string()
            } else {
                format!("<% task(t{n}).result %>")
            };
            let _ = writeln!(text, "      publish: {{v{n}: {published}}}");
            let _ = writeln!(text, "      publish-on-error: {{e{n}: {n}}}");
            if inbound > 1 {
                text.push_str("      join: all\n");
            }
            for (clause, name) in [
                (Clause::Success, "on-success"),
                (Clause::Error, "on-error"),
                (Clause::Complete, "on-complete"),
            ] {
                let to: Vec<String> = (self.edges.iter())
                    .filter(|((_, from), by)| *from == n && **by == clause)
                    .map(|((to, _), _)| format!("t{to}"))
                    .collect();
                if !to.is_empty() {
                    let _ = writeln!(text, "      {name}: [{}]", to.join(", "));
                }
            }
        }
        text
    }
}

/// How a run ended: state, output without the message (it shows ids), and the last state of each task.
#[derive(Debug, PartialEq)]
struct End {
    state: State,
    output: Value,
    tasks: BTreeMap<Str, State>,
}

fn end(world: &World) -> End {
    let mut output = world.output().into_dict().unwrap();
    output.shift_remove("result");
    let rows = (0..world.tree.tasks.len()).map(|t| world.tree.task_row(TaskIndex(t)));
    End {
        state: world.root_state(),
        output: output.into(),
        tasks: rows.map(|row| (row.name, row.state)).collect(),
    }
}

/// Delivers the result of one job.
fn deliver(world: &mut World, plan: &Plan, position: usize) {
    let task: usize = world.job_task(position)[1..].parse().unwrap();
    let succeeds = match plan.tasks[task] {
        Work::External { succeeds } | Work::Delayed { succeeds } => succeeds,
        Work::Retried { succeeds } => {
            let t = world.tree.task(
                world.jobs[position]
                    .context
                    .task_execution_id
                    .as_deref()
                    .unwrap()
                    .parse()
                    .unwrap(),
            );
            succeeds && world.tree.tasks[t.unwrap().0].retry_no.is_some()
        }
        Work::Items { succeeds } => {
            succeeds || world.jobs[position].input.get("seconds").and_then(Value::as_i64) != Some(2)
        }
        Work::Echo | Work::Fail => unreachable!("runs inline"),
    };
    let outcome = if succeeds {
        success(&format!("{task}"))
    } else {
        error("no")
    };
    world.report(position, outcome);
}

/// How events are chosen.
enum Order<'a> {
    /// Results as the jobs were sent, and timers when nothing else is left.
    First,
    /// By these numbers; `crashes`: the owner dies now and then, also with work left.
    Drawn { numbers: &'a [u8], crashes: bool },
}

fn run(plan: &Plan, order: &Order<'_>) -> World {
    let mut world = World::new(&plan.definition());
    world.begin("{}", "{}").unwrap();
    let mut step = 0;
    let mut draw = |limit: usize| match order {
        Order::First => 0,
        Order::Drawn { numbers, .. } => {
            step += 1;
            usize::from(numbers[step % numbers.len()]) % limit
        }
    };
    let crashes = matches!(order, Order::Drawn { crashes: true, .. });
    let mut crashes_left = 25;
    for _ in 0..5_000 {
        // What follows from the last event, perhaps in several turns with a crash between them.
        let budget = if crashes { 1 + draw(4) } else { usize::MAX >> 1 };
        world.pieces = 0;
        let done = world.work(budget);
        if crashes && crashes_left > 0 && draw(3) == 0 {
            crashes_left -= 1;
            world.crash();
            continue;
        }
        if !done {
            continue;
        }
        world.save();
        let choices = world.jobs.len() + world.timers.len();
        if choices == 0 {
            return world;
        }
        match draw(choices) {
            n if n < world.jobs.len() => deliver(&mut world, plan, n),
            n => world.fire_at(n - world.jobs.len()),
        }
    }
    panic!("the run does not end: {:?}", end(&world));
}

/// What holds at the end of every run.
fn check(world: &World, plan: &Plan) -> Result<(), TestCaseError> {
    let text = plan.definition();
    prop_assert!(world.root_state().is_completed(), "{}: {text}", world.root_state());
    prop_assert!(world.tree.is_finished(), "{text}");
    let joins_failed = (0..world.tree.tasks.len()).any(|t| {
        let info = world.tree.tasks[t].row.state_info.as_deref();
        info.is_some_and(|info| info.starts_with("Failed by tasks"))
    });
    for (t, task) in world.tree.tasks.iter().enumerate() {
        prop_assert!(task.row.state.is_completed(), "{}: {text}", task.row.name);
        prop_assert!(task.row.processed, "{}: {text}", task.row.name);
        if !task.row.is_join {
            continue;
        }
        let siblings = &world.tree.executions[task.execution.0].by_spec[task.spec.index];
        prop_assert_eq!(siblings.as_slice(), &[TaskIndex(t)], "one row per join: {}", text);
        // A join that failed early is looked at again with every late arrival, and what follows it runs again.
        let wanted = match plan.tasks[task.spec.index] {
            Work::Retried { .. } => 2,
            Work::Items { .. } => 3,
            _ => 1,
        };
        if !joins_failed {
            prop_assert!(
                task.children.len() <= wanted,
                "{} ran more than once: {text}",
                task.row.name
            );
        }
    }
    prop_assert_eq!(world.tree.execution(world.tree.root_id), Some(ExecutionIndex(0)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn runs_end_the_same_way_in_any_order(plan in plan(), numbers in prop::collection::vec(any::<u8>(), 1..40)) {
        let expected = run(&plan, &Order::First);
        check(&expected, &plan)?;
        let world = run(&plan, &Order::Drawn { numbers: &numbers, crashes: false });
        check(&world, &plan)?;
        prop_assert_eq!(end(&world), end(&expected), "{}", plan.definition());
    }

    #[test]
    fn runs_end_the_same_way_whenever_the_owner_dies(
        plan in plan(),
        numbers in prop::collection::vec(any::<u8>(), 20..80),
    ) {
        let expected = run(&plan, &Order::First);
        let world = run(&plan, &Order::Drawn { numbers: &numbers, crashes: true });
        check(&world, &plan)?;
        prop_assert_eq!(end(&world), end(&expected), "{}", plan.definition());
    }
}
