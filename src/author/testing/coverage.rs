//! Which tasks, transitions and conditions the cases have been through.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use mistral_flow::Tree;
use mistral_lang::spec::{Destination, Transition, Workflow};
use mistral_model::record::Task;
use mistral_model::{State, Value};
use serde_json::json;

use super::library::Library;

/// A transition: task, clause, position.
type Way = (String, &'static str, usize);

/// What happened in one workflow, over all cases.
#[derive(Default)]
struct Seen {
    tasks: BTreeSet<String>,
    taken: BTreeSet<Way>,
    /// Transitions with a condition that was false.
    left: BTreeSet<Way>,
}

/// What happened, by the full names of workflows.
#[derive(Default)]
pub(super) struct Coverage {
    seen: BTreeMap<String, Seen>,
}

/// What there is of something, and what was seen of it.
#[derive(Default)]
struct Share {
    all: usize,
    missing: Vec<String>,
}

impl Share {
    fn count(&mut self, seen: bool, what: impl FnOnce() -> String) {
        self.all += 1;
        if !seen {
            self.missing.push(what());
        }
    }

    fn text(&self) -> String {
        format!("{}/{}", self.all - self.missing.len(), self.all)
    }
}

fn clauses(task: &mistral_lang::spec::Task) -> [(&'static str, &Vec<Transition>); 4] {
    [
        ("on-success", &task.on_success),
        ("on-error", &task.on_error),
        ("on-complete", &task.on_complete),
        ("on-skip", &task.on_skip),
    ]
}

/// The clauses that a task in this state goes through.
fn applies(clause: &str, state: State) -> bool {
    match clause {
        "on-success" => state == State::Success,
        "on-error" => state == State::Error,
        "on-complete" => matches!(state, State::Success | State::Error),
        _ => state == State::Skipped,
    }
}

impl Coverage {
    /// Adds what a case went through.
    pub(super) fn add(&mut self, tree: &Tree) {
        for t in tree.all_tasks() {
            let row = tree.task_row(t);
            let e = tree.execution_of(t);
            let ended = tree.execution_row(e).state;
            let spec = tree.spec(e);
            let seen = self.seen.entry(row.origin.workflow_name.to_string()).or_default();
            seen.tasks.insert(row.name.to_string());
            let Some(task) = spec.tasks.get(&row.name) else {
                continue;
            };
            for (clause, transitions) in clauses(task) {
                if !applies(clause, row.state) {
                    continue;
                }
                for (n, transition) in transitions.iter().enumerate() {
                    let way = (row.name.to_string(), clause, n);
                    if was_taken(&row, clause, transition, spec, ended) {
                        seen.taken.insert(way);
                    } else if transition.condition.is_some() {
                        seen.left.insert(way);
                    }
                }
            }
        }
    }

    /// A report over the workflows of a library.
    pub(super) fn text(&self, libraries: &[&Library]) -> String {
        let mut out = String::new();
        for (name, shares) in self.shares(libraries) {
            let [tasks, transitions, conditions] = &shares;
            let _ = writeln!(
                out,
                "coverage of {name}: tasks {}, transitions {}, conditions {}",
                tasks.text(),
                transitions.text(),
                conditions.text()
            );
            for missing in shares.iter().flat_map(|share| &share.missing) {
                let _ = writeln!(out, "  not seen: {missing}");
            }
        }
        out
    }

    /// The report as data.
    pub(super) fn json(&self, libraries: &[&Library]) -> serde_json::Value {
        let part = |share: &Share| json!({"all": share.all, "seen": share.all - share.missing.len(), "missing": share.missing});
        let each = self
            .shares(libraries)
            .into_iter()
            .map(|(name, [tasks, transitions, conditions])| {
                let report = json!({
                    "tasks": part(&tasks),
                    "transitions": part(&transitions),
                    "conditions": part(&conditions),
                });
                (name, report)
            });
        serde_json::Value::Object(each.collect())
    }

    fn shares(&self, libraries: &[&Library]) -> BTreeMap<String, [Share; 3]> {
        let mut all = BTreeMap::new();
        for workflow in libraries.iter().flat_map(|library| &library.workflows) {
            let nothing = Seen::default();
            let seen = self.seen.get(&*workflow.name).unwrap_or(&nothing);
            all.insert(workflow.name.to_string(), shares_of(&workflow.spec, seen));
        }
        all
    }
}

fn shares_of(spec: &Workflow, seen: &Seen) -> [Share; 3] {
    let mut shares = <[Share; 3]>::default();
    for task in spec.tasks.values() {
        let name = task.name.to_string();
        shares[0].count(seen.tasks.contains(&name), || format!("task {name}"));
        for (clause, transitions) in clauses(task) {
            for (n, transition) in transitions.iter().enumerate() {
                let way = (name.clone(), clause, n);
                let to = destination(spec, &transition.to);
                let taken = seen.taken.contains(&way);
                shares[1].count(taken, || format!("{name} {clause} to {to}"));
                if transition.condition.is_some() {
                    shares[2].count(taken && seen.left.contains(&way), || {
                        let missing = if taken { "false" } else { "true" };
                        format!("{name} {clause} to {to}: the condition was never {missing}")
                    });
                }
            }
        }
    }
    shares
}

fn destination(spec: &Workflow, to: &Destination) -> String {
    match to {
        Destination::Task(index) => spec.tasks[*index].name.to_string(),
        Destination::Noop => "noop".into(),
        Destination::Fail => "fail".into(),
        Destination::Succeed => "succeed".into(),
        Destination::Pause => "pause".into(),
        Destination::Unknown(name) => name.to_string(),
    }
}

/// Whether a transition was taken. Rows tell it of tasks; of commands it shows in how the execution ended.
fn was_taken(row: &Task, clause: &str, transition: &Transition, spec: &Workflow, ended: State) -> bool {
    match &transition.to {
        Destination::Task(index) => {
            let name = &spec.tasks[*index].name;
            let next = row.next_tasks.as_ref().map(|next| next.value().clone());
            let next = next.as_ref().and_then(Value::as_list).unwrap_or_default();
            next.iter().any(|entry| {
                let entry = entry.as_list().unwrap_or_default();
                entry.first().and_then(Value::as_str) == Some(name)
                    && entry.get(1).and_then(Value::as_str) == Some(clause)
            })
        }
        _ if transition.condition.is_none() => true,
        Destination::Fail => ended == State::Error,
        Destination::Succeed => ended == State::Success,
        Destination::Pause => ended == State::Paused,
        Destination::Noop | Destination::Unknown(_) => false,
    }
}
