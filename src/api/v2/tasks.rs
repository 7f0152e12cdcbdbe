//! `/v2/tasks`.

use super::super::App;
use super::super::body::{Attribute, Body, Kind};
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, List, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::query;
use super::super::reply::Reply;
use super::super::request::Request;
use super::outcome::TaskOutcome;
use super::{action_executions, definitions, executions, rows};
use mistral_model::record::{PUBLISHED_GLOBAL, TaskKind};
use mistral_model::request::{self as engine, Rerun, Response};
use mistral_model::{Id, Payload, State, Value, json};
use mistral_store::list::tables::TASK;
use mistral_store::list::{Cell, Column, Records, columns};
use serde_json::json;

/// What `/v2/tasks` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "tasks",
    about: "Runs of tasks.",
    body: Some((ARGUMENT, ATTRIBUTES)),
    rules: &[
        Rule::owners("tasks:get", "Read a task."),
        Rule::owners("tasks:list", "List tasks."),
        Rule::owners("tasks:update", "Change a task."),
    ],
    operations: &[
        Operation::new(Verb::Get, "/v2/tasks", handler!(list), &["tasks:list"], |_| {
            describe::list("List tasks", &TASKS, "Task", &[])
        }),
        Operation::missing(Verb::Put, "/v2/tasks", "id"),
        Operation::new(Verb::Get, "/v2/tasks/{id}", handler!(get), &["tasks:get"], |_| {
            describe::get("Get a task with its result", "Task").query(vec![describe::fields()])
        }),
        Operation::new(Verb::Put, "/v2/tasks/{id}", handler!(update), &["tasks:update"], |_| {
            describe::update("Run a failed task again, or skip it", describe::reference("Task"))
                .described("`state` is RUNNING (with `reset`) or SKIPPED.")
                .json_body(ATTRIBUTES, &["state"], json!({"state": "RUNNING", "reset": true}))
        }),
        Operation::new(
            Verb::Post,
            "/v2/tasks/{id}/preview",
            handler!(super::previews::of_task),
            &["tasks:get", "tasks:update"],
            |_| {
                super::previews::describe(
                    "task",
                    ATTRIBUTES,
                    &["state"],
                    json!({"state": "RUNNING", "reset": true}),
                )
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/tasks/{id}/action_executions",
            handler!(actions),
            &["action_executions:list"],
            |_| {
                let resource = &action_executions::OF_TASK;
                describe::list("List the action executions of a task", resource, "ActionExecution", &[])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/tasks/{id}/action_executions/{action_execution_id}",
            handler!(action),
            &["action_executions:get"],
            |_| describe::get("Get an action execution", "ActionExecution").query(vec![describe::fields()]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/tasks/{id}/workflow_executions",
            handler!(workflow_executions),
            &["executions:list"],
            |_| {
                describe::list(
                    "List the executions that a task has started",
                    &executions::OF_TASK,
                    "Execution",
                    &[],
                )
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/tasks/{id}/context",
            handler!(super::expressions::context),
            &["tasks:get"],
            super::expressions::describe_context,
        ),
        Operation::new(
            Verb::Get,
            "/v2/tasks/{id}/timeline",
            handler!(super::timeline::of_task),
            &["tasks:get"],
            |_| {
                Description::new("When which action of a task was made and ended")
                    .described("In columns, at most 20,000 rows, times in microseconds after the task's creation.")
                    .query(super::timeline::page_parameters())
                    .answers(200, describe::reference("ActionTimeline"))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/tasks/{id}/executions",
            handler!(super::report::of_task),
            &["executions:get"],
            |_| {
                Description::new("List the executions below a task, on all levels")
                    .query(vec![
                        describe::max_depth(),
                        describe::flag("errors_only", describe::words::ERRORS_ONLY),
                        describe::flag("include_output", describe::words::INCLUDE_OUTPUT),
                    ])
                    .answers(200, describe::envelope("executions", "Execution"))
                    .refuses(&[404])
            },
        ),
    ],
    words: &[
        ("type", "Whether the task calls an action or a workflow."),
        (
            "runtime_context",
            "What the engine remembers about the task: retries, items, what triggered it.",
        ),
        ("published", "Variables that the task has published in its branch."),
        ("processed", "Whether what follows the task has been worked out."),
        ("started_at", "When it started to run."),
        ("finished_at", "When it ended."),
        ("env", "Variables that are merged into the environment."),
        (
            "reset",
            "Whether succeeded items run again too. A with-items task may be rerun without.",
        ),
    ],
    objects: &[("Task", schema), ("ActionTimeline", super::timeline::schema_of_task)],
};

pub(crate) static TASKS: Resource = Resource {
    collection: "tasks",
    table: &TASK,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("type"),
        Field::plain("workflow_name"),
        Field::plain("workflow_namespace"),
        Field::plain("workflow_id"),
        Field::plain("workflow_execution_id"),
        Field::tags(),
        Field::plain("state"),
        Field::plain("state_info"),
        Field::plain("project_id"),
        Field::runtime_context(),
        Field::absent("result"),
        Field::plain("published"),
        Field::absent("published_global"),
        Field::plain("processed"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
        Field::plain("started_at"),
        Field::plain("finished_at"),
        Field::absent("reset"),
        Field::absent("env"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("workflow_name", FilterKind::Text),
        ("workflow_id", FilterKind::Uuid),
        ("workflow_execution_id", FilterKind::Uuid),
        ("tags", FilterKind::LowerTags),
        ("state", FilterKind::State),
        ("state_info", FilterKind::Text),
        ("result", FilterKind::Unsupported),
        ("published", FilterKind::Json),
        ("processed", FilterKind::Flag),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("reset", FilterKind::Unsupported),
        ("env", FilterKind::Unsupported),
    ],
    flags: &[],
    not_found,
};

pub(crate) const ARGUMENT: &str = "task";

pub(crate) const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("name", Kind::Text),
    ("type", Kind::Text),
    ("workflow_name", Kind::Text),
    ("workflow_namespace", Kind::Text),
    ("workflow_id", Kind::Text),
    ("workflow_execution_id", Kind::Text),
    ("tags", Kind::Texts),
    ("state", Kind::Text),
    ("state_info", Kind::Text),
    ("project_id", Kind::ReadOnly),
    ("runtime_context", Kind::Json),
    ("result", Kind::Text),
    ("published", Kind::Json),
    ("published_global", Kind::Json),
    ("processed", Kind::Bool),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
    ("started_at", Kind::Text),
    ("finished_at", Kind::Text),
    ("reset", Kind::Bool),
    ("env", Kind::Json),
];

pub(crate) fn not_found(id: &str) -> String {
    format!("Task execution not found [id={id}]")
}

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("tasks:list").await?;
    List::parse(app, &TASKS, &request.query, &[], &[])?
        .answer(app, request)
        .await
}

pub(crate) async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["fields"])?;
    request.enforce("tasks:get").await?;
    let chosen = request.query.unique_list("fields").filter(|names| !names.is_empty());
    let wants = |name: &str| chosen.as_ref().is_none_or(|names| names.iter().any(|n| n == name));
    let records = find(app, request, request.segment(0), &all_columns()).await?;
    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    let listed: Vec<Field> = TASKS
        .fields
        .iter()
        .filter(|f| f.name == "id" || wants(f.name))
        .copied()
        .collect();
    list::write_members(&mut w, &records, 0, &list::plan(&listed, &records))?;
    if wants("result") {
        w.key("result");
        outcome_of(app, &records).await?.write(&mut w);
    }
    if wants("published_global")
        && let Some(published) = global_variables(&records)?
    {
        w.key("published_global");
        w.json_text(&json::to_string(&published));
    }
    w.end_object();
    Ok(Reply::ok(w))
}

fn all_columns() -> Vec<&'static Column> {
    let mut all = list::columns_of(&TASKS, TASKS.fields);
    all.extend(columns(&TASK, &["root_id"]));
    all
}

/// The row of a task by the text that clients call it.
pub(crate) async fn find(
    app: &App,
    request: &Request,
    text: &str,
    columns: &[&'static Column],
) -> Result<Records, Error> {
    let missing = || Error::not_found(not_found(text));
    let id = task_id(text).ok_or_else(missing)?;
    app.reads
        .lists
        .get(&TASK, columns, list::viewer(request), id)
        .await?
        .ok_or_else(missing)
}

/// Ids of tasks and actions are always UUIDs in the usual form.
pub(crate) fn task_id(text: &str) -> Option<Id> {
    let id: Id = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
}

/// `result` of a task.
async fn outcome_of(app: &App, records: &Records) -> Result<TaskOutcome, Error> {
    let id = records.id(0, "id")?.ok_or_else(|| super::unexpected("an id"))?;
    let is_workflow = records.get(0, "type")? == Cell::TaskKind(TaskKind::Workflow);
    let runtime_context = match records.get(0, "runtime_context")? {
        Cell::Json(text) => text,
        _ => "{}",
    };
    TaskOutcome::read(app, id, is_workflow, runtime_context.contains("\"with_items\"")).await
}

/// Variables that a finished task has published globally.
fn global_variables(records: &Records) -> Result<Option<Value>, Error> {
    if !matches!(records.get(0, "state")?, Cell::State(State::Success | State::Error)) {
        return Ok(None);
    }
    let Cell::Json(runtime_context) = records.get(0, "runtime_context")? else {
        return Ok(None);
    };
    if !runtime_context.contains(PUBLISHED_GLOBAL) {
        return Ok(None);
    }
    let runtime_context = json::parse(runtime_context.as_bytes()).unwrap_or_default();
    let published = runtime_context.get(PUBLISHED_GLOBAL).cloned();
    Ok(published.filter(Value::is_truthy))
}

/// Reads what somebody wants of a task, as far as its row allows it, and that row.
pub(crate) async fn wanted(app: &App, request: &Request, body: &Body) -> Result<(Rerun, Records), Error> {
    request.enforce("tasks:update").await?;
    let records = find(app, request, request.segment(0), &all_columns()).await?;
    definitions::check_row(request, "tasks:update", &records).await?;
    let refused = |message: &str| Err(Error::bad_request(message));
    let is = |name: &str, text: &str| -> Result<bool, Error> { Ok(records.get(0, name)? == Cell::Text(text)) };
    if let Some(name) = body.filled("name")
        && !is("name", name)?
    {
        return refused("Task name does not match.");
    }
    if let Some(name) = body.filled("workflow_name")
        && !is("workflow_name", name)?
    {
        return refused("Workflow name does not match.");
    }
    let skip = match body.text("state") {
        Some("RUNNING") => false,
        Some("SKIPPED") => true,
        _ => return refused("Invalid task state. Only updating task to RUNNING or SKIPPED is supported."),
    };
    if records.get(0, "state")? != Cell::State(State::Error) {
        return refused(
            "The current task execution must be in ERROR for rerun. Only updating task to rerun is supported.",
        );
    }
    let reset = body.get("reset").and_then(Value::as_bool);
    if !skip {
        let runtime_context = records.get(0, "runtime_context")?;
        let with_items = matches!(runtime_context, Cell::Json(text) if text.contains("\"with_items\""));
        match reset {
            None => return refused("Reset field is mandatory to rerun task."),
            Some(false) if !with_items => return refused("Only with-items task has the option to not reset."),
            Some(_) => {}
        }
    }
    let task_id = records.id(0, "id")?.ok_or_else(|| super::unexpected("an id"))?;
    let rerun = Rerun {
        root_id: records.id(0, "root_id")?.ok_or_else(|| super::unexpected("a root"))?,
        task_id,
        reset: reset.unwrap_or(true),
        skip,
        env: body
            .get("env")
            .filter(|env| env.is_truthy())
            .cloned()
            .map(Payload::from_value),
        security: app.acting_on(request, definitions::project_of(&records)?).await?,
    };
    Ok((rerun, records))
}

pub(crate) async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    let (rerun, records) = wanted(app, request, &body).await?;
    let task_id = rerun.task_id;
    let execution = super::shown_id(records.get(0, "workflow_execution_id")?);
    let response = app.call("rerun_workflow", engine::Request::Rerun(rerun)).await?;
    let mut w = Writer::with_capacity(1024);
    match response {
        Response::Task(task) => {
            let with_items = task.runtime_context.get("with_items").is_some();
            let is_workflow = task.kind == TaskKind::Workflow;
            let outcome = TaskOutcome::read(app, task_id, is_workflow, with_items).await?;
            rows::task(&mut w, &task, &execution, &outcome);
        }
        // A rerun in a paused workflow does nothing.
        _ => {
            let records = find(app, request, request.segment(0), &all_columns()).await?;
            w.begin_object();
            list::write_members(&mut w, &records, 0, &list::plan(TASKS.fields, &records))?;
            w.key("result");
            outcome_of(app, &records).await?.write(&mut w);
            w.end_object();
        }
    }
    Ok(Reply::ok(w))
}

/// `/v2/tasks/{id}/action_executions`.
pub(crate) async fn actions(app: &App, request: &Request) -> Result<Reply, Error> {
    let id = query::uuid("task_execution_id", request.segment(0))?;
    let hidden: &[&str] = if request.query.flag("include_output") {
        &[]
    } else {
        &["output"]
    };
    let implied = [("task_execution_id", id)];
    let list = List::parse(app, &action_executions::OF_TASK, &request.query, &implied, hidden)?;
    request.enforce("action_executions:list").await?;
    list.answer(app, request).await
}

/// `/v2/tasks/{id}/action_executions/{id}`: the task is not looked at.
pub(crate) async fn action(app: &App, request: &Request) -> Result<Reply, Error> {
    action_executions::get_by_text(app, request, request.segment(1)).await
}

/// `/v2/tasks/{id}/workflow_executions`.
pub(crate) async fn workflow_executions(app: &App, request: &Request) -> Result<Reply, Error> {
    let id = query::uuid("task_execution_id", request.segment(0))?;
    let implied = [("task_execution_id", id)];
    let list = List::parse(
        app,
        &executions::OF_TASK,
        &request.query,
        &implied,
        &["input", "params", "output"],
    )?;
    request.enforce("executions:list").await?;
    list::parent(request, implied[0])?;
    list.answer(app, request).await
}

/// The row of a task in a route that takes only UUIDs.
pub(crate) async fn find_by_uuid(app: &App, request: &Request, id: Id) -> Result<Id, Error> {
    match app
        .reads
        .lists
        .get(&TASK, &columns(&TASK, &["id"]), list::viewer(request), id)
        .await?
    {
        Some(_) => Ok(id),
        None => Err(Error::not_found(not_found(request.segment(0)))),
    }
}

/// The schema of a task: what lists show, and what one alone has.
fn schema() -> serde_json::Value {
    let members = vec![
        ("result", describe::text("What the task has come to, JSON text.")),
        ("published_global", super::executions::published_global()),
    ];
    describe::resource(&TASKS, members, &[])
}
