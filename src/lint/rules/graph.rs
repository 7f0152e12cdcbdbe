//! The ways through a direct workflow.

use std::collections::HashSet;

use mistral_lang::spec::{Destination, Join, Kind, Task, Transition, Workflow};
use mistral_model::Value;
use pyyaml::{Located, Shape};

use crate::Findings;
use crate::document::Flow;
use crate::refusal::bytes;

pub(super) fn check(found: &mut Findings<'_>, flow: &Flow<'_>, spec: &Workflow) {
    retries(found, flow);
    if spec.kind == Kind::Reverse || spec.start_tasks.is_empty() {
        return;
    }
    unreachable(found, flow, spec);
    joins(found, flow, spec);
    loops(found, flow, spec);
}

/// Transitions with the outcome of the task that they need; none for either.
fn transitions(task: &Task) -> impl Iterator<Item = (Option<bool>, &Transition)> {
    let all = [
        (Some(true), &task.on_success),
        (Some(false), &task.on_error),
        (None, &task.on_complete),
    ];
    all.into_iter()
        .flat_map(|(outcome, list)| list.iter().map(move |transition| (outcome, transition)))
}

fn key_of<'f>(flow: &'f Flow<'_>, name: &str) -> Option<&'f Located> {
    flow.task(name).map(|task| task.key)
}

fn unreachable(found: &mut Findings<'_>, flow: &Flow<'_>, spec: &Workflow) {
    let mut seen: HashSet<usize> = spec.start_tasks.iter().copied().collect();
    for start in &spec.start_tasks {
        if !spec.tasks[*start].outbound.iter().all(|to| seen.contains(to)) {
            seen.extend(reach(*start, |task| &task.outbound, spec));
        }
    }
    for task in spec.tasks.values().filter(|task| !seen.contains(&task.index)) {
        if let Some(key) = key_of(flow, &task.name) {
            found
                .add(
                    "MW059",
                    bytes(key.span),
                    format!("no way leads from a first task to `{}`", task.name),
                )
                .help("let one of the other tasks lead to it");
        }
    }
}

/// What must have happened when a task runs: outcomes of tasks that all ways to it have in common. A set of bits, two for each
/// task: of 1,000 tasks that follow each other the last needs 999 things.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Needs(Vec<u64>);

impl Needs {
    fn none(spec: &Workflow) -> Needs {
        Needs(vec![0; (spec.tasks.len() * 2).div_ceil(64)])
    }

    fn place(task: usize, outcome: bool) -> (usize, u64) {
        let bit = task * 2 + usize::from(outcome);
        (bit / 64, 1 << (bit % 64))
    }

    fn add(&mut self, task: usize, outcome: bool) {
        let (word, bit) = Needs::place(task, outcome);
        self.0[word] |= bit;
    }

    fn has(&self, task: usize, outcome: bool) -> bool {
        let (word, bit) = Needs::place(task, outcome);
        self.0[word] & bit != 0
    }

    fn add_all(&mut self, other: &Needs) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn keep_common(&mut self, other: &Needs) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

fn joins(found: &mut Findings<'_>, flow: &Flow<'_>, spec: &Workflow) {
    if !spec.tasks.values().any(|task| task.join == Some(Join::All)) {
        return;
    }
    let needs = needs(spec);
    for task in spec.tasks.values().filter(|task| task.join == Some(Join::All)) {
        // Each task that leads here must come, by whichever of its transitions.
        let mut all = Needs::none(spec);
        for from in &task.inbound {
            if let Some(needed) = way(spec, &needs, *from, task.index) {
                all.add_all(&needed);
            }
        }
        if let Some(torn) = spec
            .tasks
            .values()
            .find(|t| all.has(t.index, true) && all.has(t.index, false))
        {
            let range = flow
                .task(&task.name)
                .and_then(|task| task.node.member("join").map(|(_, value)| bytes(value.span)))
                .or_else(|| key_of(flow, &task.name).map(|key| bytes(key.span)));
            if let Some(range) = range {
                let torn = &torn.name;
                found
                    .add("MW060", range, format!("this join waits for tasks that run only if `{torn}` succeeds and for others that run only if it fails"))
                    .help("write `join: one`");
            }
        }
    }
}

/// What all transitions from one task to another need in common; none where there are none.
fn way(spec: &Workflow, needs: &[Option<Needs>], from: usize, to: usize) -> Option<Needs> {
    let mut common: Option<Needs> = None;
    for (outcome, transition) in transitions(&spec.tasks[from]) {
        if transition.to != Destination::Task(to) {
            continue;
        }
        let mut needed = needs[from].clone().unwrap_or_else(|| Needs::none(spec));
        if let Some(outcome) = outcome {
            needed.add(from, outcome);
        }
        match &mut common {
            None => common = Some(needed),
            Some(known) => known.keep_common(&needed),
        }
    }
    common
}

fn needs(spec: &Workflow) -> Vec<Option<Needs>> {
    let mut needs: Vec<Option<Needs>> = vec![None; spec.tasks.len()];
    let mut work: Vec<usize> = spec.start_tasks.clone();
    for start in &spec.start_tasks {
        needs[*start] = Some(Needs::none(spec));
    }
    while let Some(index) = work.pop() {
        for to in &spec.tasks[index].outbound {
            let to = *to;
            let Some(mut merged) = way(spec, &needs, index, to) else {
                continue;
            };
            match &needs[to] {
                None => {}
                // Every task that leads to a join adds what it needs; of others one is enough.
                Some(known) if spec.tasks[to].join == Some(Join::All) => merged.add_all(known),
                Some(known) => merged.keep_common(known),
            }
            if needs[to].as_ref() != Some(&merged) {
                // Sets only grow at joins of all and only shrink elsewhere; loops through joins are cut off here.
                let grows = needs[to].as_ref().is_some_and(|known| merged.len() > known.len());
                if grows
                    && needs[to]
                        .as_ref()
                        .is_some_and(|known| known.len() > spec.tasks.len() * 2)
                {
                    continue;
                }
                needs[to] = Some(merged);
                if work.len() < 10_000 {
                    work.push(to);
                }
            }
        }
    }
    needs
}

fn loops(found: &mut Findings<'_>, flow: &Flow<'_>, spec: &Workflow) {
    for group in circles(spec) {
        let leaves = group.iter().any(|index| {
            transitions(&spec.tasks[*index]).any(|(outcome, transition)| match &transition.to {
                Destination::Task(to) => match group.contains(to) {
                    true => transition.condition.is_some(),
                    // Leaving after an error is a way out of the loop only if it can fail.
                    false => outcome != Some(false) || transition.condition.is_none(),
                },
                _ => true,
            })
        });
        let first = group.iter().min().map(|index| &spec.tasks[*index]);
        // What only a failure leads round is left by a success.
        let kept_up = group.iter().all(|index| {
            transitions(&spec.tasks[*index]).any(|(outcome, transition)| {
                outcome != Some(false) && matches!(transition.to, Destination::Task(to) if group.contains(&to))
            })
        });
        if let (false, true, Some(first)) = (leaves, kept_up, first)
            && let Some(key) = key_of(flow, &first.name)
        {
            let names: Vec<String> = group
                .iter()
                .map(|index| format!("`{}`", spec.tasks[*index].name))
                .collect();
            found
                .add(
                    "MW061",
                    bytes(key.span),
                    format!(
                        "{} go round for ever: no transition has a condition, none leads out",
                        names.join(", ")
                    ),
                )
                .help("give a transition inside the loop a condition, or add one that leads out");
        }
    }
}

/// Groups of tasks of which each leads to each other, and tasks that lead to themselves.
fn circles(spec: &Workflow) -> Vec<Vec<usize>> {
    let mut grouped: HashSet<usize> = HashSet::new();
    let mut groups = Vec::new();
    for index in in_or_between_circles(spec) {
        if grouped.contains(&index) {
            continue;
        }
        let reached = reach(index, |task| &task.outbound, spec);
        if !reached.contains(&index) {
            continue;
        }
        let reaching = reach(index, |task| &task.inbound, spec);
        let mut group: Vec<usize> = reached.intersection(&reaching).copied().collect();
        group.sort_unstable();
        grouped.extend(&group);
        groups.push(group);
    }
    groups
}

/// All tasks that can be reached from one by steps.
fn reach(from: usize, steps: impl Fn(&Task) -> &Vec<usize>, spec: &Workflow) -> HashSet<usize> {
    let mut seen: HashSet<usize> = HashSet::new();
    let mut work = vec![from];
    while let Some(index) = work.pop() {
        for to in steps(&spec.tasks[index]) {
            if seen.insert(*to) {
                work.push(*to);
            }
        }
    }
    seen
}

/// What is left when tasks that nothing leads to, or that lead nowhere, are taken away again and again: mostly nothing.
fn in_or_between_circles(spec: &Workflow) -> Vec<usize> {
    let mut gone = vec![false; spec.tasks.len()];
    take_away(spec, &mut gone, |task| &task.inbound, |task| &task.outbound);
    take_away(spec, &mut gone, |task| &task.outbound, |task| &task.inbound);
    (0..gone.len()).filter(|index| !gone[*index]).collect()
}

fn take_away(
    spec: &Workflow,
    gone: &mut [bool],
    held_by: impl Fn(&Task) -> &Vec<usize>,
    holds: impl Fn(&Task) -> &Vec<usize>,
) {
    let count = |task: &Task| held_by(task).iter().filter(|other| !gone[**other]).count();
    let mut held: Vec<usize> = spec.tasks.values().map(|task| count(task)).collect();
    let mut work: Vec<usize> = (0..held.len())
        .filter(|index| held[*index] == 0 && !gone[*index])
        .collect();
    while let Some(index) = work.pop() {
        gone[index] = true;
        for other in holds(&spec.tasks[index]) {
            held[*other] = held[*other].saturating_sub(1);
            if held[*other] == 0 && !gone[*other] {
                work.push(*other);
            }
        }
    }
}

fn retries(found: &mut Findings<'_>, flow: &Flow<'_>) {
    let owners = flow
        .tasks
        .iter()
        .map(|task| task.node)
        .chain(flow.node.get("task-defaults"));
    for node in owners.filter_map(|owner| owner.get("retry")) {
        let delay = match &node.shape {
            Shape::Map(_) => node.get("delay").map(|delay| (delay.to_value(), delay.span)),
            _ => node.text().and_then(|text| {
                let (_, parameters) = mistral_lang::inline::parse(text).ok()?;
                Some((parameters.get("delay")?.clone(), node.span))
            }),
        };
        if let Some((Value::Int(0), span)) = delay {
            found
                .add("MW062", bytes(span), "the attempts follow each other without delay")
                .help("write a `delay` of some seconds");
        }
    }
}
