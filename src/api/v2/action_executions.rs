//! `/v2/action_executions`.

use std::time::Duration;

use super::super::App;
use super::super::body::{Attribute, Body, Kind};
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, List, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::tasks::task_id;
use super::{definitions, rows};
use mistral_model::action::Outcome;
use mistral_model::request::{self as engine, ActionChange, Response, RunAction, UpdateAction};
use mistral_model::{State, Str, Value};
use mistral_store::list::tables::ACTION_EXECUTION;
use mistral_store::list::{Cell, Column, Records, Viewer, columns};
use serde_json::json;

/// What `/v2/action_executions` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "action_executions",
    about: "Runs of actions.",
    body: Some((ARGUMENT, ATTRIBUTES)),
    rules: &[
        Rule::owners("action_executions:create", "Create an action execution."),
        Rule::owners("action_executions:delete", "Delete an action execution."),
        Rule::owners("action_executions:get", "Read an action execution."),
        Rule::owners("action_executions:list", "List action executions."),
        Rule::owners("action_executions:update", "Change an action execution."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/action_executions", "id"),
        Operation::new(
            Verb::Get,
            "/v2/action_executions",
            handler!(list),
            &["action_executions:list"],
            |_| {
                let resource = &ACTION_EXECUTIONS;
                describe::list("List action executions", resource, "ActionExecution", &[])
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/action_executions",
            handler!(create),
            &["action_executions:create"],
            |_| {
                describe::create("Run an action by itself", describe::reference("ActionExecution"))
            .described(
                "`params`: `save_result` stores the execution, `run_sync` waits for the result, `target` names an \
                 executor, `timeout` limits the run (seconds). A failed action is a 201 too.",
            )
            .json_body(
                ATTRIBUTES,
                &["name"],
                json!({"name": "std.echo", "input": {"output": "Hello"}, "params": {"save_result": true}}),
            )
            },
        ),
        Operation::missing(Verb::Put, "/v2/action_executions", "id"),
        Operation::new(
            Verb::Delete,
            "/v2/action_executions/{id}",
            handler!(delete),
            &["action_executions:delete"],
            |_| {
                describe::delete("Delete an action that was run by itself")
                    .described("Refused unless `[api] allow_action_execution_deletion`.")
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/action_executions/{id}",
            handler!(get),
            &["action_executions:get"],
            |_| describe::get("Get an action execution", "ActionExecution").query(vec![describe::fields()]),
        ),
        Operation::surplus(Verb::Post, "/v2/action_executions/{id}", "action_ex", "ActionExecution"),
        Operation::new(
            Verb::Put,
            "/v2/action_executions/{id}",
            handler!(update),
            &["action_executions:update"],
            |_| {
                describe::update(
                    "Complete, pause or resume an asynchronous action",
                    describe::reference("ActionExecution"),
                )
                .described("`state` is one of SUCCESS, ERROR, CANCELLED (with `output`), PAUSED, RUNNING.")
                .json_body(
                    ATTRIBUTES,
                    &["state"],
                    json!({"state": "SUCCESS", "output": {"answer": 42}}),
                )
            },
        ),
    ],
    words: &[("accepted", "Whether the result counts for the task.")],
    objects: &[("ActionExecution", schema)],
};

const FIELDS: &[Field] = &[
    Field::plain("id"),
    Field::plain("workflow_name"),
    Field::plain("workflow_namespace"),
    Field::absent("task_name"),
    Field::plain("task_execution_id"),
    Field::plain("state"),
    Field::plain("state_info"),
    Field::plain("tags"),
    Field::plain("name"),
    Field::plain("description"),
    Field::plain("project_id"),
    Field::plain("accepted"),
    Field::plain("input"),
    Field::plain("output"),
    Field::plain("created_at"),
    Field::plain("updated_at"),
    Field::absent("params"),
];

pub(crate) static ACTION_EXECUTIONS: Resource = Resource {
    collection: "action_executions",
    table: &ACTION_EXECUTION,
    fields: FIELDS,
    filters: &[
        ("name", FilterKind::Text),
        ("tags", FilterKind::Tags),
        ("workflow_name", FilterKind::Text),
        ("task_name", FilterKind::Unsupported),
        ("task_execution_id", FilterKind::Uuid),
        ("state", FilterKind::State),
        ("state_info", FilterKind::Text),
        ("accepted", FilterKind::Flag),
        ("input", FilterKind::Json),
        ("output", FilterKind::Json),
        ("params", FilterKind::Unsupported),
        ("description", FilterKind::Text),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
    ],
    flags: &["include_output"],
    not_found,
};

/// Action executions of a task. Upstream cannot filter these by name.
pub(crate) static OF_TASK: Resource = Resource {
    collection: "action_executions",
    table: &ACTION_EXECUTION,
    fields: FIELDS,
    filters: &[
        ("name", FilterKind::Unsupported),
        ("tags", FilterKind::Tags),
        ("workflow_name", FilterKind::Text),
        ("task_name", FilterKind::Unsupported),
        ("task_execution_id", FilterKind::Uuid),
        ("state", FilterKind::State),
        ("state_info", FilterKind::Text),
        ("accepted", FilterKind::Flag),
        ("input", FilterKind::Json),
        ("output", FilterKind::Json),
        ("params", FilterKind::Unsupported),
        ("description", FilterKind::Text),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
    ],
    flags: &["include_output"],
    not_found,
};

pub(crate) const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("workflow_name", Kind::Text),
    ("workflow_namespace", Kind::Text),
    ("task_name", Kind::Text),
    ("task_execution_id", Kind::Text),
    ("state", Kind::Text),
    ("state_info", Kind::Text),
    ("tags", Kind::Texts),
    ("name", Kind::Text),
    ("description", Kind::Text),
    ("project_id", Kind::ReadOnly),
    ("accepted", Kind::Bool),
    ("input", Kind::Json),
    ("output", Kind::Json),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
    ("params", Kind::Json),
];

pub(crate) const ARGUMENT: &str = "action_ex";

fn not_found(id: &str) -> String {
    format!("ActionExecution not found [id={id}]")
}

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("action_executions:list").await?;
    let hidden: &[&str] = if request.query.flag("include_output") {
        &[]
    } else {
        &["output"]
    };
    List::parse(app, &ACTION_EXECUTIONS, &request.query, &[], hidden)?
        .answer(app, request)
        .await
}

pub(crate) async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    get_by_text(app, request, request.segment(0)).await
}

/// One action execution; `fields` selects, though upstream ignores it.
pub(crate) async fn get_by_text(app: &App, request: &Request, text: &str) -> Result<Reply, Error> {
    request.query.only(&["fields"])?;
    request.enforce("action_executions:get").await?;
    let fields = list::single_fields(&ACTION_EXECUTIONS, &request.query);
    let fields = fields.as_deref().unwrap_or(ACTION_EXECUTIONS.fields);
    let records = find(
        app,
        list::viewer(request),
        text,
        &list::columns_of(&ACTION_EXECUTIONS, fields),
    )
    .await?;
    let mut w = Writer::with_capacity(768);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
}

async fn find(app: &App, viewer: Viewer<'_>, text: &str, columns: &[&'static Column]) -> Result<Records, Error> {
    let missing = || Error::not_found(not_found(text));
    let id = task_id(text).ok_or_else(missing)?;
    app.reads
        .lists
        .get(&ACTION_EXECUTION, columns, viewer, id)
        .await?
        .ok_or_else(missing)
}

pub(crate) async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("action_executions:create").await?;
    let Some(name) = body.filled("name") else {
        return Err(Error::bad_request("Please provide at least action name to run action."));
    };
    let params = body.dict_value("params");
    let flag = |name: &str| params.get(name).is_some_and(Value::is_truthy);
    let timeout = match params.get("timeout") {
        Some(Value::Int(n)) => Some(*n as f64),
        Some(Value::Float(f)) => Some(*f),
        Some(Value::Str(text)) => text.trim().parse().ok(),
        _ => None,
    };
    if let (None, Some(given)) = (timeout, params.get("timeout").filter(|v| !v.is_null())) {
        let shown = mistral_model::python::repr(given);
        return Err(Error::bad_request(format!(
            "The timeout must be a number of seconds, actual: {shown}"
        )));
    }
    // What was just updated or deleted runs no more. Engines of other processes hear of it by a hint.
    app.cache.refresh().await?;
    let save_result = flag("save_result");
    let description = body.text("description");
    let run = RunAction {
        action_id: app.engine.new_id(),
        name: name.into(),
        namespace: body.text("workflow_namespace").unwrap_or_default().into(),
        input: body.payload("input"),
        description: description.map(Str::from),
        project_id: request.identity.project_id.clone(),
        save_result,
        run_sync: flag("run_sync"),
        target: params
            .get("target")
            .and_then(Value::as_str)
            .filter(|t| !t.is_empty())
            .map(Str::from),
        timeout: timeout.filter(|t| t.is_finite() && *t >= 0.0),
        security: app.acting(request).await?.security,
    };
    let Response::Action(action) = start(app, run).await? else {
        return Err(super::unexpected("an action execution"));
    };
    let mut w = Writer::with_capacity(768);
    // An action that others complete is always stored: they need its id.
    let stored = save_result || !action.is_sync;
    rows::action(
        &mut w,
        &action,
        (!stored).then_some(description.filter(|text| !text.is_empty())),
    );
    Ok(Reply::created(w))
}

/// Has the engine start an action. Whoever waits for the result does so no longer than the action may take, and no longer than
/// for any answer: no executor may be there that would run it. Then it is given up, and never run later.
async fn start(app: &App, run: RunAction) -> Result<Response, Error> {
    const NAME: &str = "start_action";
    let action_id = run.action_id;
    let patience = match run.timeout.filter(|seconds| *seconds > 0.0) {
        Some(seconds) if run.run_sync => Duration::from_secs_f64(seconds.min(MAX_PATIENCE)) + REPORT_TIME,
        _ => app.options.engine_timeout,
    }
    .min(app.options.engine_timeout);
    let engine = app.engine.clone();
    // A task of its own: it goes on when the client hangs up.
    let call = tokio::spawn(async move {
        let started = engine.call(engine::Request::RunAction(Box::new(run)));
        if let Ok(answer) = tokio::time::timeout(patience, started).await {
            return Ok(answer?);
        }
        let why = format!("The action was not run within {} seconds.", patience.as_secs());
        let give_up = engine::Request::UpdateAction(UpdateAction {
            root_id: action_id,
            action_id,
            change: ActionChange::Complete(Outcome::Error(why.into())),
        });
        match tokio::time::timeout(GIVE_UP_TIME, engine.call(give_up)).await {
            Ok(Ok(_)) => {}
            Ok(Err(refusal)) => tracing::warn!(%action_id, "an action that nobody waits for stays: {refusal}"),
            Err(_) => tracing::warn!(%action_id, "an action that nobody waits for stays: no answer"),
        }
        Err(Error::engine_timeout(NAME, patience))
    });
    call.await.map_err(|error| {
        tracing::error!(%action_id, "starting an action: {error}");
        super::unexpected("an action execution")
    })?
}

/// Longest time limit of an action that is believed, in seconds.
const MAX_PATIENCE: f64 = 1e9;

/// Time that an executor gets to report that an action has run out of time.
const REPORT_TIME: Duration = Duration::from_secs(2);

/// Time that the engine gets to give up an action.
const GIVE_UP_TIME: Duration = Duration::from_secs(30);

const STATES: &str = "['SUCCESS', 'ERROR', 'CANCELLED', 'PAUSED', 'RUNNING']";

pub(crate) async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("action_executions:update").await?;
    let output = || body.get("output").filter(|v| !v.is_null()).cloned();
    let change = match body.text("state") {
        Some("SUCCESS") => {
            let absent = if body.has("output") {
                Value::Null
            } else {
                Value::empty_dict()
            };
            ActionChange::Complete(Outcome::Success(output().unwrap_or(absent)))
        }
        Some("ERROR") => {
            let given = output().filter(Value::is_truthy);
            ActionChange::Complete(Outcome::Error(given.unwrap_or_else(|| "Unknown error".into())))
        }
        Some("CANCELLED") => ActionChange::Complete(Outcome::Cancelled(Value::Null)),
        Some("PAUSED") => ActionChange::State(State::Paused),
        Some("RUNNING") => ActionChange::State(State::Running),
        other => {
            let actual = other.unwrap_or(if body.has("state") { "None" } else { "Unset" });
            return Err(Error::bad_request(format!(
                "Error. Expected one of {STATES}, actual: {actual}"
            )));
        }
    };
    let text = request.segment(0);
    let records = find(
        app,
        list::viewer(request),
        text,
        &columns(&ACTION_EXECUTION, &["id", "root_id", "project_id"]),
    )
    .await?;
    definitions::check_row(request, "action_executions:update", &records).await?;
    let id = |name: &str| -> Result<_, Error> { records.id(0, name)?.ok_or_else(|| super::unexpected("an id")) };
    let update = UpdateAction {
        root_id: id("root_id")?,
        action_id: id("id")?,
        change,
    };
    let response = app
        .call("on_action_complete", engine::Request::UpdateAction(update))
        .await?;
    let Response::Action(action) = response else {
        return Err(super::unexpected("an action execution"));
    };
    let mut w = Writer::with_capacity(768);
    rows::action(&mut w, &action, None);
    Ok(Reply::ok(w))
}

pub(crate) async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    request.enforce("action_executions:delete").await?;
    if !app.options.allow_action_execution_deletion {
        return Err(Error::forbidden("Action execution deletion is not allowed."));
    }
    let own = Viewer::Project(request.identity.project_id.as_deref());
    let wanted = columns(
        &ACTION_EXECUTION,
        &["id", "root_id", "task_execution_id", "state", "project_id"],
    );
    let records = find(app, own, request.segment(0), &wanted).await?;
    definitions::check_row(request, "action_executions:delete", &records).await?;
    if records.id(0, "task_execution_id")?.is_some() {
        return Err(Error::forbidden("Only ad-hoc action execution can be deleted."));
    }
    if matches!(records.get(0, "state")?, Cell::State(state) if !state.is_completed()) {
        return Err(Error::forbidden("Only completed action execution can be deleted."));
    }
    let id = |name: &str| -> Result<_, Error> { records.id(0, name)?.ok_or_else(|| super::unexpected("an id")) };
    let deletion = engine::Request::DeleteAction {
        root_id: id("root_id")?,
        action_id: id("id")?,
    };
    app.call("delete_action_execution", deletion).await?;
    Ok(Reply::gone())
}

/// The schema of an action execution. What is not stored has no id, no owner and no dates.
fn schema() -> serde_json::Value {
    let loose = ["id", "project_id", "accepted", "created_at", "state_info"];
    describe::resource(&ACTION_EXECUTIONS, Vec::new(), &loose)
}
