//! Texts that say why an execution failed or was cancelled (§15.3).

use std::fmt::Write as _;

use mistral_model::record::TaskKind;
use mistral_model::{State, python};

use super::tree::{Child, ExecutionIndex, TaskIndex, Tree};

/// End of a message about a forced failure, where upstream appends a Python stack trace: the place, in the words of whoever wrote the
/// workflow, the innermost last. Clients cut messages at the first line, also where others quote them.
pub(super) fn trace(place: &[(&str, &str)]) -> String {
    let mut text = String::from(TRACE);
    for (what, name) in place {
        let _ = writeln!(text, "  {what} '{name}'");
    }
    text
}

/// How it begins.
pub(super) const TRACE: &str = "\nTraceback (most recent call last):\n";

/// Those that failed, or were cancelled.
fn tasks_in(tree: &Tree, e: ExecutionIndex, state: State) -> Vec<TaskIndex> {
    let mut tasks: Vec<TaskIndex> = tree.present(e).filter(|t| tree.tasks[*t].row.state == state).collect();
    tasks.sort_by(|a, b| tree.tasks[*a].row.name.cmp(&tree.tasks[*b].row.name));
    tasks
}

fn names(tree: &Tree, tasks: &[TaskIndex]) -> String {
    tasks
        .iter()
        .map(|t| &*tree.tasks[*t].row.name)
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn cancel_report(tree: &Tree, e: ExecutionIndex) -> String {
    format!("Cancelled tasks: {}", names(tree, &tasks_in(tree, e, State::Cancelled)))
}

/// Longest text of a sub-workflow that the report of its parent quotes, bytes. A report quotes each child twice, so that
/// without a bound 200 levels of nesting stored 103 MB of the same words.
const QUOTED: usize = 4_096;

/// A sub-workflow's text as its parent quotes it: the beginning says where, the end why.
fn quoted(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= QUOTED {
        return text.into();
    }
    let (mut head, mut tail) = (QUOTED / 2, text.len() - QUOTED / 2);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    format!(
        "{}\n... {} bytes left out ...\n{}",
        &text[..head],
        tail - head,
        &text[tail..]
    )
    .into()
}

/// Lists the failed tasks that have no `on-error` clause at all, with their failed children; where there are none, those
/// whose clause did not want the error.
pub(super) fn failure_report(tree: &Tree, e: ExecutionIndex) -> String {
    let mut failed = tasks_in(tree, e, State::Error);
    let has_no_handler = |t: &TaskIndex| tree.tasks[*t].spec.on_error.is_empty();
    if failed.iter().any(has_no_handler) {
        failed.retain(has_no_handler);
    } else {
        // Upstream would name none.
        failed.retain(|t| !tree.tasks[*t].row.error_handled);
    }
    let mut text = format!("Failure caused by error in tasks: {}\n", names(tree, &failed));
    for t in failed {
        let task = &tree.tasks[t];
        let info = task.row.state_info.as_deref().unwrap_or("None");
        let info = match task.row.kind {
            TaskKind::Workflow => quoted(info),
            TaskKind::Action => info.into(),
        };
        let _ = writeln!(text, "\n  {} [task_ex_id={}] -> {info}", task.row.name, task.row.id);
        let (mut actions, mut workflows) = (0, 0);
        for &child in &task.children {
            let (state, ..) = tree.child_state(child);
            let (kind, id, position) = match child {
                Child::Action(a) => ("action_ex_id", tree.actions[a].row.id.to_string(), &mut actions),
                Child::Workflow(c) => ("wf_ex_id", tree.executions[c].display_id().to_string(), &mut workflows),
            };
            let index = *position;
            *position += 1;
            if state == State::Error {
                let result = match child {
                    Child::Workflow(c) => {
                        let output = tree.executions[c].row.output.as_ref();
                        output.and_then(|o| o.get("result").cloned())
                    }
                    Child::Action(a) => tree.actions[a]
                        .row
                        .output
                        .as_ref()
                        .and_then(|o| o.get("result").cloned()),
                };
                let shown = result.map_or_else(|| "Unknown".to_owned(), |r| python::str(&r));
                let shown = match child {
                    Child::Workflow(_) => quoted(&shown),
                    Child::Action(_) => (&*shown).into(),
                };
                let _ = writeln!(text, "    [{kind}={id}, idx={index}]: {shown}");
            }
        }
    }
    text
}
