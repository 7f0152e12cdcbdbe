//! `/v2/executions/{id}/timeline`: when which task of an execution was made, began and ended, and by what; in columns, so that
//! ten thousand tasks are one answer. An addition of ours; upstream has nothing like it.

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::reply::Reply;
use super::super::request::Request;
use super::executions;
use mistral_model::{Value, json};
use mistral_store::pg::list_tables::{EXECUTION, TASK};
use mistral_store::pg::read::{Cell, Records, columns};

/// Rows of one answer.
const MAX_ROWS: i64 = 20_000;

/// What each row says, in this order. Times are microseconds after the execution's creation.
const COLUMNS: [&str; 11] = [
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
];

pub async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    request.enforce("executions:get").await?;
    let wanted = columns(&EXECUTION, &["id", "state", "created_at", "updated_at"]);
    let execution = executions::find(app, request, request.segment(0), &wanted).await?;
    let id = execution.id(0, "id")?.ok_or_else(|| super::unexpected("an id"))?;
    let wanted = columns(
        &TASK,
        &[
            "id",
            "name",
            "type",
            "state",
            "runtime_context",
            "created_at",
            "started_at",
            "finished_at",
        ],
    );
    let parent = columns(&TASK, &["workflow_execution_id"])[0];
    // Plan: task_execution. One row more than is shown tells whether there are more.
    let tasks = app.reads.children(&TASK, &wanted, parent, &[id], MAX_ROWS + 1).await?;
    let base = time(&execution, 0, "created_at")?.unwrap_or_default();
    let shown = tasks.len().min(MAX_ROWS as usize);

    let mut w = Writer::with_capacity(512 + shown * 128);
    w.begin_object();
    w.key("execution");
    w.begin_object();
    w.key("id");
    w.id(id);
    w.key("state");
    w.cell(execution.get(0, "state")?);
    w.key("created_us");
    w.int(base);
    w.key("updated_us");
    integer(&mut w, time(&execution, 0, "updated_at")?);
    w.end_object();
    w.key("now_us");
    w.int(app.clock.now().0);
    w.key("columns");
    w.begin_array();
    for name in COLUMNS {
        w.str(name);
    }
    w.end_array();
    w.key("rows");
    w.begin_array();
    for number in 0..shown {
        row(&mut w, &tasks, number, base)?;
    }
    w.end_array();
    w.key("truncated");
    w.bool(tasks.len() > shown);
    w.end_object();
    Ok(Reply::ok(w))
}

fn row(w: &mut Writer, tasks: &Records, number: usize, base: i64) -> Result<(), Error> {
    w.begin_array();
    for name in ["id", "name", "type", "state"] {
        w.cell(tasks.get(number, name)?);
    }
    for name in ["created_at", "started_at", "finished_at"] {
        let after = time(tasks, number, name)?.map(|time| time.saturating_sub(base));
        integer(w, after);
    }
    let runtime = match tasks.get(number, "runtime_context")? {
        Cell::Json(text) => json::parse(text.as_bytes()).unwrap_or_default(),
        _ => Value::Null,
    };
    let first = runtime
        .get("triggered_by")
        .and_then(|list| list.as_list()?.first().cloned());
    let of_first = |name: &str| {
        first
            .as_ref()
            .and_then(|first| first.get(name)?.as_str().map(str::to_owned))
    };
    super::text(w, of_first("task_id").as_deref());
    super::text(w, of_first("event").as_deref());
    let number_in = |policy: &str, name: &str| runtime.get(policy).and_then(|policy| policy.get(name)?.as_i64());
    // Retries so far, and the call before them.
    w.int(1 + number_in("retry_task_policy", "retry_no").unwrap_or(0));
    integer(w, number_in("with_items", "count"));
    w.end_array();
    Ok(())
}

/// Microseconds since 1970.
fn time(records: &Records, row: usize, name: &str) -> Result<Option<i64>, Error> {
    Ok(match records.get(row, name)? {
        Cell::Time(time) => Some(time.0),
        _ => None,
    })
}

fn integer(w: &mut Writer, number: Option<i64>) {
    match number {
        Some(number) => w.int(number),
        None => w.null(),
    }
}
