//! What must hold at the end of a run.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use mistral_model::{Id, State, Value};
use mistral_store::mem::Tables;

static ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").expect("a valid pattern"));

/// Rows of a kind that are shown.
const SHOWN: usize = 5;

/// Nothing is open, and nothing is left that somebody would have to work off.
pub(super) fn is_quiet(tables: &Tables) -> bool {
    tables.executions.values().all(|e| e.state.is_completed())
        && (tables.actions.values().filter(|a| a.task_id.is_none())).all(|a| a.state.is_completed())
        && tables.queue.is_empty()
        && tables.timers.is_empty()
        && tables.inbox.is_empty()
}

/// Rows that the membership tables show wrongly.
pub(super) fn wrongly_listed(tables: &Tables) -> Vec<String> {
    let executions = tables
        .executions
        .values()
        .map(|e| (e.id, e.state, tables.open.get(&e.id).map(|(_, state)| *state)));
    let tasks = tables
        .tasks
        .values()
        .map(|t| (t.id, t.state, tables.task_states.get(&t.id).copied()));
    // The queue is empty, so that no action is shown by it.
    let actions = tables
        .actions
        .values()
        .map(|a| (a.id, a.state, tables.action_states.get(&a.id).copied()));
    let listed = executions.chain(tasks).chain(actions).filter(|(_, state, shown)| {
        let wanted = (*state != State::Success).then_some(*state);
        *shown != wanted
    });
    let extra = tables.open.len() + tables.task_states.len() + tables.action_states.len();
    let rows = tables.executions.values().filter(|e| e.state != State::Success).count()
        + tables.tasks.values().filter(|t| t.state != State::Success).count()
        + tables.actions.values().filter(|a| a.state != State::Success).count();
    let mut wrong: Vec<String> = listed
        .map(|(id, state, shown)| format!("{id} is {state:?} and listed as {shown:?}"))
        .collect();
    if extra != rows {
        wrong.push(format!("{extra} rows listed, {rows} are not SUCCESS"));
    }
    wrong
}

/// What is left, for people.
pub(super) fn leftovers(tables: &mut Tables) -> String {
    let mut text = String::new();
    for e in tables.executions.values().filter(|e| !e.state.is_completed()) {
        text += &format!("\n  execution {} of {} is {:?}", e.id, e.origin.workflow_name, e.state);
        for task in tables.tasks.values().filter(|t| t.execution_id == e.id) {
            text += &format!(
                "\n    task {} {} is {:?} {}",
                task.name,
                task.id,
                task.state,
                task.runtime_context.text()
            );
            for action in tables.actions.values().filter(|a| a.task_id == Some(task.id)) {
                text += &format!(
                    "\n      action {} is {:?} accepted {}",
                    action.id, action.state, action.accepted
                );
            }
        }
    }
    for a in tables
        .actions
        .values()
        .filter(|a| a.task_id.is_none() && !a.state.is_completed())
    {
        text += &format!("\n  action {} of nobody is {:?}", a.id, a.state);
    }
    text += &format!(
        "\n  {} queued, {} rows of lanes, {} timers, {} messages",
        tables.queue.len(),
        tables.lanes.len(),
        tables.timers.len(),
        tables.inbox.len()
    );
    for row in tables.queue.values().take(SHOWN) {
        text += &format!(
            "\n  queued {} attempt {} claimed by {:?}",
            row.action_id, row.attempt, row.claimed_by
        );
    }
    for timer in tables.timers.values().take(SHOWN) {
        text += &format!(
            "\n  timer {} of {} at {:?}: {}",
            timer.id, timer.root_id, timer.fire_at, timer.body
        );
    }
    for message in tables.inbox.values().take(SHOWN) {
        text += &format!(
            "\n  message {} for {:?}: {:.200}",
            message.id, message.shard, message.body
        );
    }
    text
}

/// The tree below an execution as text, without ids, times and order. `None`: there is no such execution.
pub(super) fn shape(tables: &Tables, id: Id) -> Option<String> {
    let execution = tables.executions.get(&id)?;
    let mut tasks: Vec<String> = tables
        .tasks
        .values()
        .filter(|task| task.execution_id == id)
        .map(|task| {
            let mut parts: Vec<String> = tables
                .actions
                .values()
                .filter(|action| action.task_id == Some(task.id))
                .map(|a| format!("{}={:?}/{}", a.name, a.state, a.accepted))
                .collect();
            let children = tables.executions.values().filter(|e| e.task_id == Some(task.id));
            parts.extend(children.filter_map(|child| shape(tables, child.id)));
            parts.sort();
            let published = task.published.as_ref().map(|p| canonical(p.value()));
            format!("{}:{:?}{published:?}[{}]", task.name, task.state, parts.join(";"))
        })
        .collect();
    tasks.sort();
    let output = execution.output.as_ref().map(|output| canonical(output.value()));
    Some(format!(
        "{}:{:?} {output:?} {{{}}}",
        execution.origin.workflow_name,
        execution.state,
        tasks.join(", ")
    ))
}

pub(super) fn without_ids(text: &str) -> String {
    ID.replace_all(text, "ID").into_owned()
}

/// JSON with sorted keys, ids blanked out.
fn canonical(value: &Value) -> String {
    let text = mistral_model::json::to_string(value);
    let parsed: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    ID.replace_all(&sorted(&parsed), "ID").into_owned()
}

fn sorted(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(map) => {
            let ordered: BTreeMap<&String, String> = map.iter().map(|(key, value)| (key, sorted(value))).collect();
            let pairs: Vec<String> = ordered
                .into_iter()
                .map(|(key, value)| format!("{key}: {value}"))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
        serde_json::Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}
