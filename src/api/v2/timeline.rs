//! `/v2/executions/{id}/timeline` and `/v2/tasks/{id}/timeline`: when which task of an execution, or which action of a task, was
//! made, began and ended, and by what; in columns, so that ten thousand tasks are one answer. An addition of ours; upstream has
//! nothing like it.

use std::collections::HashMap;

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::openapi::describe;
use super::super::reply::Reply;
use super::super::request::Request;
use super::critical::{self, Step};
use super::{executions, tasks};
use mistral_model::record::TaskKind;
use mistral_model::{Id, State, Time, Value, json};
use mistral_store::follow::{ActionTimes, TaskTimes};
use mistral_store::list::tables::{EXECUTION, TASK};
use mistral_store::list::{Cell, Records, columns};
use serde_json::json;

/// Rows of one answer.
const MAX_ROWS: i64 = 20_000;

/// What each row says, in this order. Times are microseconds after the execution's creation.
const COLUMNS: [&str; 13] = [
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
    "child",
];

/// The same of actions. Times are microseconds after the task's creation.
const ACTION_COLUMNS: [&str; 6] = ["id", "name", "state", "created_us", "finished_us", "accepted"];

/// The parameters of a page, described.
pub(super) fn page_parameters() -> Vec<serde_json::Value> {
    let id = serde_json::json!({"type": "string", "format": "uuid"});
    vec![
        describe::parameter("marker", id, "`next` of the page before."),
        describe::parameter(
            "limit",
            serde_json::json!({"type": "integer", "minimum": 1}),
            "Rows, at most 20,000.",
        ),
    ]
}

/// What a page of rows is asked for.
struct Page {
    after: Id,
    since: i64,
    limit: i64,
}

impl Page {
    fn of(request: &Request) -> Result<Page, Error> {
        let limit = request.query.int("limit")?.unwrap_or(MAX_ROWS);
        if limit <= 0 {
            return Err(Error::bad_request("Limit must be positive."));
        }
        Ok(Page {
            after: request.query.uuid("marker")?.unwrap_or_default(),
            since: request.query.int("since")?.unwrap_or(i64::MIN),
            limit: limit.min(MAX_ROWS),
        })
    }
}

pub(super) async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
    request
        .query
        .only(&["since", "marker", "limit", "critical_path", "without", "columns"])?;
    request.enforce("executions:get").await?;
    let page = Page::of(request)?;
    let shown = shown(request)?;
    let without = request.query.uuid("without")?;
    let wanted = columns(&EXECUTION, &["id", "state", "created_at", "updated_at"]);
    let execution = executions::find(app, request, request.segment(0), &wanted).await?;
    let id = execution.id(0, "id")?.ok_or_else(|| super::unexpected("an id"))?;
    let (tasks, has_more) = read(app, id, &page, &shown).await?;
    let base = time(&execution, "created_at")?.unwrap_or_default();
    let now = app.clock.now().0;
    let cursor = tasks
        .iter()
        .map(|task| task.times.updated_at.unwrap_or(task.times.created_at).0)
        .max()
        .unwrap_or(page.since.max(base));

    let mut w = Writer::with_capacity(512 + tasks.len() * 128);
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
    integer(&mut w, time(&execution, "updated_at")?);
    w.end_object();
    w.key("now_us");
    w.int(now);
    w.key("cursor");
    w.int(cursor);
    names(&mut w, &shown.iter().map(|at| COLUMNS[*at]).collect::<Vec<_>>());
    w.key("rows");
    w.begin_array();
    for task in &tasks {
        row(&mut w, task, base, &shown);
    }
    w.end_array();
    w.key("truncated");
    w.bool(has_more);
    w.key("next");
    match tasks.last().filter(|_| has_more) {
        Some(last) => w.id(last.times.id),
        None => w.null(),
    }
    if request.query.flag("critical_path") || without.is_some() {
        critical_path(&mut w, &tasks, (base, now), without);
    }
    w.end_object();
    Ok(Reply::ok(w))
}

pub(super) async fn of_task(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["marker", "limit"])?;
    request.enforce("tasks:get").await?;
    let page = Page::of(request)?;
    let wanted = columns(&TASK, &["id", "state", "created_at", "finished_at"]);
    let task = tasks::find(app, request, request.segment(0), &wanted).await?;
    let id = task.id(0, "id")?.ok_or_else(|| super::unexpected("an id"))?;
    let mut actions = { app.reads.follow.actions(id, page.after, page.limit + 1).await? };
    let has_more = actions.len() as i64 > page.limit;
    actions.truncate(page.limit as usize);
    let base = time(&task, "created_at")?.unwrap_or_default();
    let mut w = Writer::with_capacity(512 + actions.len() * 96);
    w.begin_object();
    w.key("task");
    w.begin_object();
    w.key("id");
    w.id(id);
    w.key("state");
    w.cell(task.get(0, "state")?);
    w.key("created_us");
    w.int(base);
    w.key("finished_us");
    integer(&mut w, time(&task, "finished_at")?);
    w.end_object();
    w.key("now_us");
    w.int(app.clock.now().0);
    names(&mut w, &ACTION_COLUMNS);
    w.key("rows");
    w.begin_array();
    for action in &actions {
        action_row(&mut w, action, base);
    }
    w.end_array();
    w.key("truncated");
    w.bool(has_more);
    w.key("next");
    match actions.last().filter(|_| has_more) {
        Some(last) => w.id(last.id),
        None => w.null(),
    }
    w.end_object();
    Ok(Reply::ok(w))
}

fn names(w: &mut Writer, names: &[&str]) {
    w.key("columns");
    w.begin_array();
    for name in names {
        w.str(name);
    }
    w.end_array();
}

/// A task with what is said of it.
struct Shown {
    times: TaskTimes,
    runtime: Value,
    /// Of a task with items: how many have ended, if they were counted.
    items_done: Option<i64>,
    /// Of a task that runs a workflow once: that execution.
    child: Option<String>,
}

impl Shown {
    fn of(times: TaskTimes) -> Shown {
        let runtime = json::parse(times.runtime_context.as_bytes()).unwrap_or_default();
        Shown {
            times,
            runtime,
            items_done: None,
            child: None,
        }
    }

    fn items(&self) -> Option<i64> {
        self.runtime.get("with_items")?.get("count")?.as_i64()
    }
}

/// The tasks of a page, and whether there are more.
async fn read(app: &App, execution: Id, page: &Page, shown: &[usize]) -> Result<(Vec<Shown>, bool), Error> {
    let follow = &app.reads.follow;
    // One row more than is shown tells whether there are more.
    let mut found = follow.tasks(execution, page.after, page.since, page.limit + 1).await?;
    let has_more = found.len() as i64 > page.limit;
    found.truncate(page.limit as usize);
    let mut tasks: Vec<Shown> = found.into_iter().map(Shown::of).collect();
    let is_shown = |name: &str| shown.iter().any(|at| COLUMNS[*at] == name);
    if is_shown("items_done") {
        let open = tasks.iter().filter(|task| task.times.state != State::Success);
        let open: Vec<(Id, i64)> = open.filter_map(|task| Some((task.times.id, task.items()?))).collect();
        let done = follow.items_done(&open).await?;
        for task in &mut tasks {
            task.items_done = match task.times.state {
                // All of them, or it were another state.
                State::Success => task.items(),
                _ => done.get(&task.times.id).copied(),
            };
        }
    }
    if is_shown("child") {
        let calls = tasks
            .iter()
            .filter(|task| task.times.kind == TaskKind::Workflow && task.items().is_none());
        let calls: Vec<Id> = calls.map(|task| task.times.id).collect();
        let mut children = follow.sub_executions(&calls).await?;
        for task in &mut tasks {
            task.child = children.remove(&task.times.id);
        }
    }
    Ok((tasks, has_more))
}

/// The ids of the tasks that triggered this one.
fn triggers(runtime: &Value) -> impl Iterator<Item = Id> {
    let list = runtime.get("triggered_by").and_then(Value::as_list).unwrap_or_default();
    list.iter()
        .filter_map(|one| one.get("task_id")?.as_str()?.parse().ok())
        .collect::<Vec<Id>>()
        .into_iter()
}

/// Positions in [`COLUMNS`] of those that are asked for; all without a word about it.
fn shown(request: &Request) -> Result<Vec<usize>, Error> {
    let Some(names) = request.query.unique_list("columns").filter(|names| !names.is_empty()) else {
        return Ok((0..COLUMNS.len()).collect());
    };
    let place = |name: &String| {
        let place = COLUMNS.iter().position(|known| known == name);
        place.ok_or_else(|| Error::bad_request(format!("columns: {name} is none of {}", COLUMNS.join(", "))))
    };
    names.iter().map(place).collect()
}

fn row(w: &mut Writer, task: &Shown, base: i64, shown: &[usize]) {
    let Shown { times, runtime, .. } = task;
    let after = |time: Time| time.0.saturating_sub(base);
    let first = || {
        let list = runtime.get("triggered_by")?.as_list()?;
        list.first().cloned()
    };
    let number_in = |policy: &str, name: &str| runtime.get(policy).and_then(|policy| policy.get(name)?.as_i64());
    w.begin_array();
    for at in shown {
        match COLUMNS[*at] {
            "id" => w.id(times.id),
            "name" => w.str(&times.name),
            "kind" => w.str(times.kind.name()),
            "state" => w.str(times.state.name()),
            "created_us" => w.int(after(times.created_at)),
            "started_us" => integer(w, times.started_at.map(after)),
            "finished_us" => integer(w, times.finished_at.map(after)),
            "by" => super::text(w, first().as_ref().and_then(|first| first.get("task_id")?.as_str())),
            "event" => super::text(w, first().as_ref().and_then(|first| first.get("event")?.as_str())),
            // Retries so far, and the call before them.
            "attempts" => w.int(1 + number_in("retry_task_policy", "retry_no").unwrap_or(0)),
            "items" => integer(w, task.items()),
            "items_done" => integer(w, task.items_done),
            _ => super::text(w, task.child.as_deref()),
        }
    }
    w.end_array();
}

fn action_row(w: &mut Writer, action: &ActionTimes, base: i64) {
    let is_final = matches!(
        action.state,
        State::Success | State::Error | State::Cancelled | State::Skipped
    );
    w.begin_array();
    w.id(action.id);
    w.str(&action.name);
    w.str(action.state.name());
    w.int(action.created_at.0.saturating_sub(base));
    let ended = action.updated_at.unwrap_or(action.created_at).0.saturating_sub(base);
    integer(w, is_final.then_some(ended));
    w.bool(action.accepted);
    w.end_array();
}

fn critical_path(w: &mut Writer, tasks: &[Shown], (base, now): (i64, i64), without: Option<Id>) {
    let places: HashMap<Id, usize> = tasks.iter().enumerate().map(|(at, task)| (task.times.id, at)).collect();
    let steps: Vec<Step> = tasks
        .iter()
        .map(|Shown { times, runtime, .. }| Step {
            id: times.id,
            created: times.created_at.0 - base,
            started: times.started_at.unwrap_or(times.created_at).0 - base,
            ended: times.finished_at.map_or(now, |time| time.0) - base,
            by: triggers(runtime).filter_map(|id| places.get(&id).copied()).collect(),
        })
        .collect();
    let path = critical::path(&steps);
    w.key("critical_path");
    w.begin_object();
    w.key("tasks");
    w.begin_array();
    for at in &path.steps {
        w.id(steps[*at].id);
    }
    w.end_array();
    w.key("run_us");
    w.int(path.run_us);
    w.key("wait_us");
    w.int(path.wait_us);
    w.key("slack_us");
    w.begin_array();
    for slack in &path.slack_us {
        w.int(*slack);
    }
    w.end_array();
    if let Some(at) = without.and_then(|id| places.get(&id).copied()) {
        w.key("without_us");
        w.int(critical::without(&steps, at));
    }
    w.end_object();
}

/// Microseconds since 1970.
fn time(records: &Records, name: &str) -> Result<Option<i64>, Error> {
    Ok(match records.get(0, name)? {
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

/// The schema of the timeline of an execution.
pub(super) fn schema() -> serde_json::Value {
    let execution = describe::object(
        vec![
            ("id", describe::text("Id.")),
            ("state", describe::text("State.")),
            (
                "created_us",
                json!({"type": "integer", "description": "When it was made, microseconds since 1970."}),
            ),
            (
                "updated_us",
                json!({"type": ["integer", "null"], "description": "When it changed last; of an ended one, its end."}),
            ),
        ],
        &["id", "state", "created_us"],
    );
    describe::object(
        vec![
            ("execution", execution),
            (
                "now_us",
                json!({"type": "integer", "description": "The server's time, microseconds since 1970."}),
            ),
            (
                "columns",
                json!({"type": "array", "items": {"type": "string"}, "description": "What each row says."}),
            ),
            (
                "rows",
                json!({"type": "array", "items": {"type": "array"}, "description": "Tasks in the order of creation."}),
            ),
            (
                "truncated",
                json!({"type": "boolean", "description": "Whether there are more tasks."}),
            ),
            (
                "cursor",
                json!({"type": "integer", "description": "The latest change that is shown: `since` of the next question."}),
            ),
            (
                "next",
                json!({"type": ["string", "null"], "description": "`marker` of the next page, if there is one."}),
            ),
            (
                "critical_path",
                json!({
                    "type": "object",
                    "description": "If asked for: `tasks` (ids, the first first), `run_us` and `wait_us` of what the duration \
                                    consists of, `slack_us` of each row: how much later it could have ended; with `without`, \
                                    `without_us`: when the run would have ended had that task taken no time.",
                }),
            ),
        ],
        &["execution", "now_us", "cursor", "columns", "rows", "truncated", "next"],
    )
}

/// The schema of that of a task.
pub(super) fn schema_of_task() -> serde_json::Value {
    describe::object(
        vec![
            (
                "task",
                json!({"type": "object", "description": "`id`, `state`, `created_us`, `finished_us`."}),
            ),
            (
                "now_us",
                json!({"type": "integer", "description": "The server's time, microseconds since 1970."}),
            ),
            (
                "columns",
                json!({"type": "array", "items": {"type": "string"}, "description": "What each row says."}),
            ),
            (
                "rows",
                json!({"type": "array", "items": {"type": "array"}, "description": "Actions in the order of creation."}),
            ),
            (
                "truncated",
                json!({"type": "boolean", "description": "Whether there are more actions."}),
            ),
            (
                "next",
                json!({"type": ["string", "null"], "description": "`marker` of the next page, if there is one."}),
            ),
        ],
        &["task", "now_us", "columns", "rows", "truncated", "next"],
    )
}
