//! What came of a case against what was expected.

use mistral_flow::Tree;
use mistral_model::record::{Action, Task};
use mistral_model::{Value, json};

use super::file::{Case, ExpectTask, has};
use super::world::Played;

/// Everything that is not as expected; nothing if all is.
pub(super) fn check(case: &Case, played: &Played) -> Vec<String> {
    let expect = &case.expect;
    let mut wrong = Vec::new();
    // A refused start has no execution.
    let started = played.tree.all_executions().next().is_some();
    if let Some(problem) = &played.problem {
        let expected = !started && expect.state_info.as_ref().is_some_and(|info| problem.contains(&**info));
        if !expected {
            wrong.push(problem.clone());
        }
    }
    if !started {
        return wrong;
    }
    let own = case.mocks.iter().enumerate().filter(|(_, mock)| mock.own);
    for (_, mock) in own.filter(|(n, _)| !played.answered.contains(n)) {
        wrong.push(format!("the mock in line {} answered nothing", mock.line));
    }
    let root = played.tree.root();
    let info = root.state_info.as_deref().unwrap_or_default();
    if let Some(state) = &expect.state
        && state != root.state.name()
    {
        let because = if info.is_empty() {
            String::new()
        } else {
            format!(": {info}")
        };
        let waiting = waiting(&played.tree);
        wrong.push(format!(
            "state: expected {state}, got {}{because}{waiting}",
            root.state.name()
        ));
    }
    if let Some(text) = &expect.state_info
        && !info.contains(&**text)
    {
        wrong.push(format!("state_info: expected a text with `{text}`, got `{info}`"));
    }
    let output = root
        .output
        .as_ref()
        .map_or(Value::Null, |output| output.value().clone());
    if let Some(wanted) = &expect.output
        && !(has(&output, wanted) && has(wanted, &output))
    {
        wrong.push(format!("output: expected {}, got {}", shown(wanted), shown(&output)));
    }
    if let Some(wanted) = &expect.output_has
        && !has(&output, wanted)
    {
        wrong.push(format!(
            "output: expected at least {}, got {}",
            shown(wanted),
            shown(&output)
        ));
    }
    if let Some(seconds) = expect.duration
        && (played.duration - seconds).abs() > 0.001
    {
        wrong.push(format!("duration: expected {seconds} s, got {} s", played.duration));
    }
    wrong.extend(order(&played.tree, &expect.order));
    for name in &expect.not_run {
        if !runs(&played.tree, name).is_empty() {
            wrong.push(format!("task {name}: expected not to run, but it did"));
        }
    }
    for (name, task) in &expect.tasks {
        check_task(&played.tree, name, task, &mut wrong);
    }
    wrong
}

fn shown(value: &Value) -> String {
    const LONGEST: usize = 500;
    let text = json::to_string(value);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Tasks that an execution without end waits for.
fn waiting(tree: &Tree) -> String {
    if tree.root().state.is_completed() {
        return String::new();
    }
    let open = tree
        .all_tasks()
        .map(|t| tree.task_row(t))
        .filter(|row| !row.state.is_completed());
    let open: Vec<String> = open.map(|row| format!("{} {}", row.name, row.state.name())).collect();
    match open.is_empty() {
        true => String::new(),
        false => format!(" (open tasks: {})", open.join(", ")),
    }
}

/// Executions of a task; `workflow/task` names a task of a sub-workflow that has another of the same name.
fn runs(tree: &Tree, name: &str) -> Vec<Task> {
    let (workflow, name) = match name.split_once('/') {
        Some((workflow, task)) => (Some(workflow), task),
        None => (None, name),
    };
    let rows = tree.all_tasks().map(|t| tree.task_row(t));
    rows.filter(|row| &*row.name == name && workflow.is_none_or(|w| w == &*row.origin.workflow_name))
        .collect()
}

fn calls(tree: &Tree, runs: &[Task]) -> Vec<Action> {
    let rows = tree.all_actions().map(|a| tree.action_row(a));
    rows.filter(|row| row.task_id.is_some_and(|id| runs.iter().any(|run| run.id == id)))
        .collect()
}

fn order(tree: &Tree, wanted: &[String]) -> Option<String> {
    let started: Vec<String> = tree.all_tasks().map(|t| tree.task_row(t).name.to_string()).collect();
    let mut rest = started.iter();
    for name in wanted {
        if !rest.any(|started| started == name) {
            return Some(format!(
                "order: expected {}, got {}",
                wanted.join(", "),
                started.join(", ")
            ));
        }
    }
    None
}

fn check_task(tree: &Tree, name: &str, expect: &ExpectTask, wrong: &mut Vec<String>) {
    let runs = runs(tree, name);
    if let Some(wanted) = expect.runs
        && wanted != runs.len() as i64
    {
        wrong.push(format!("task {name}: expected {wanted} runs, got {}", runs.len()));
    }
    let calls = calls(tree, &runs);
    if let Some(wanted) = expect.calls
        && wanted != calls.len() as i64
    {
        wrong.push(format!("task {name}: expected {wanted} calls, got {}", calls.len()));
    }
    for (n, wanted) in expect.inputs.iter().enumerate() {
        match calls.get(n) {
            None => wrong.push(format!(
                "task {name}: expected an input of call {}, but there is none",
                n + 1
            )),
            Some(call) if !has(call.input.value(), wanted) => wrong.push(format!(
                "task {name}: input of call {}: expected at least {}, got {}",
                n + 1,
                shown(wanted),
                shown(call.input.value())
            )),
            Some(_) => {}
        }
    }
    let Some(last) = runs.last() else {
        if expect.state.is_some() || expect.published.is_some() || expect.state_info.is_some() {
            wrong.push(format!("task {name}: it did not run"));
        }
        return;
    };
    let info = last.state_info.as_deref().unwrap_or_default();
    if let Some(state) = &expect.state
        && state != last.state.name()
    {
        wrong.push(format!(
            "task {name}: expected {state}, got {} {info}",
            last.state.name()
        ));
    }
    if let Some(text) = &expect.state_info
        && !info.contains(&**text)
    {
        wrong.push(format!(
            "task {name}: expected a state_info with `{text}`, got `{info}`"
        ));
    }
    if let Some(wanted) = &expect.published {
        let published = last.published.as_ref().map_or(Value::Null, |p| p.value().clone());
        if !has(&published, wanted) {
            wrong.push(format!(
                "task {name}: expected to publish {}, got {}",
                shown(wanted),
                shown(&published)
            ));
        }
    }
}
