//! Messages of streams, in the form of server-sent events.

use bytes::Bytes;
use mistral_model::{State, Time, Value, json};
use serde_json::{Value as Json, json};

use super::{ExecutionRow, TaskRow};

/// What a row of a `tasks` message says, in this order. Times are microseconds since 1970.
pub(super) const TASK_COLUMNS: [&str; 12] = [
    "id",
    "name",
    "kind",
    "state",
    "created_us",
    "started_us",
    "finished_us",
    "by",
    "event",
    "attempts",
    "items",
    "items_done",
];

/// The same of an `executions` message.
pub(super) const EXECUTION_COLUMNS: [&str; 5] = ["id", "workflow_name", "state", "created_us", "updated_us"];

fn message(event: &str, data: &Json, cursor: Option<i64>) -> Bytes {
    let id = cursor.map(|cursor| format!("id: {cursor}\n")).unwrap_or_default();
    Bytes::from(format!("event: {event}\n{id}data: {data}\n\n"))
}

/// Fetch what is watched again; an empty name: all of it.
pub(super) fn gap(watch: &str) -> Bytes {
    message("gap", &json!({"watch": watch}), None)
}

/// The server stops.
pub(super) fn bye() -> Bytes {
    message("bye", &json!({}), None)
}

fn micros(time: Option<Time>) -> Option<i64> {
    time.map(|time| time.0)
}

pub(super) fn tasks<'a>(execution: &str, rows: impl Iterator<Item = &'a TaskRow>) -> Bytes {
    let mut cursor = 0;
    let shown: Vec<Json> = rows
        .map(|row| {
            cursor = cursor.max(row.updated_at.unwrap_or(row.created_at).0);
            task(row)
        })
        .collect();
    let data = json!({"execution": execution, "columns": TASK_COLUMNS, "rows": shown, "cursor": cursor});
    message("tasks", &data, Some(cursor))
}

fn task(row: &TaskRow) -> Json {
    let runtime = json::parse(row.runtime_context.as_bytes()).unwrap_or_default();
    let first = runtime
        .get("triggered_by")
        .and_then(|list| list.as_list()?.first().cloned());
    let text = |name: &str| {
        first
            .as_ref()
            .and_then(|first| first.get(name)?.as_str().map(str::to_owned))
    };
    let number = |policy: &str, name: &str| {
        runtime
            .get(policy)
            .and_then(|policy: &Value| policy.get(name)?.as_i64())
    };
    json!([
        row.id.to_string(),
        row.name,
        row.kind,
        row.state.name(),
        row.created_at.0,
        micros(row.started_at),
        micros(row.finished_at),
        text("task_id"),
        text("event"),
        1 + number("retry_task_policy", "retry_no").unwrap_or(0),
        number("with_items", "count"),
        row.items_done
            .or_else(|| number("with_items", "count").filter(|_| row.state == State::Success)),
    ])
}

fn row(row: &ExecutionRow) -> Json {
    json!([
        row.shown,
        row.workflow_name,
        row.state.name(),
        row.created_at.0,
        micros(row.updated_at)
    ])
}

pub(super) fn execution(one: &ExecutionRow) -> Bytes {
    let data = json!({"columns": EXECUTION_COLUMNS, "row": row(one)});
    message("execution", &data, None)
}

pub(super) fn executions(rows: &[&ExecutionRow]) -> Bytes {
    let shown: Vec<Json> = rows.iter().map(|one| row(one)).collect();
    let cursor = rows.iter().map(|one| one.updated_at.unwrap_or(one.created_at).0).max();
    message(
        "executions",
        &json!({"columns": EXECUTION_COLUMNS, "rows": shown}),
        cursor,
    )
}
