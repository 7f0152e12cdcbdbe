//! `/v2/executions`.

use std::sync::Arc;

use super::super::App;
use super::super::body::{Attribute, Body, Kind};
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, Form, List, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::query;
use super::super::reply::Reply;
use super::super::request::Request;
use super::published::published_names;
use super::{definitions, rows, starts};
use mistral_model::record::Execution;
use mistral_model::request::{self as engine, Response, Start, UpdateExecution};
use mistral_model::{Dict, Id, Payload, State, Str, Value, json, python};
use mistral_store::list::tables::EXECUTION;
use mistral_store::list::{Cell, Records, Viewer, columns};
use serde_json::json;

/// What `/v2/executions` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "executions",
    about: "Runs of workflows.",
    body: Some((ARGUMENT, ATTRIBUTES)),
    rules: &[
        Rule::owners("executions:create", "Create an execution."),
        Rule::owners("executions:delete", "Delete an execution."),
        Rule::owners("executions:get", "Read an execution."),
        Rule::owners("executions:list", "List executions."),
        Rule::owners("executions:update", "Change an execution."),
        Rule::admins("executions:list:all_projects", "List executions of all projects."),
        Rule::owners("executions:snapshot", "Take an execution with its data as a file."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/executions", "id"),
        Operation::new(
            Verb::Get,
            "/v2/executions",
            handler!(list),
            &["executions:list", "executions:list:all_projects"],
            |_| describe::list("List executions", &EXECUTIONS, "Execution", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/executions",
            handler!(create),
            &["executions:create"],
            |_| {
                describe::create("Start a workflow", describe::reference("Execution"))
            .described(
                "By `workflow_id` (an id or a name), `workflow_name`, or as a copy of `source_execution_id`. With an `id` \
                 that is taken, the answer is the execution that has it: a start can be repeated. An addition to upstream's \
                 API: a list of at most 1,000 such objects, or lines of them (`application/x-ndjson`), starts all of them; the \
                 answer has status 200 and for each, in order, its own status, and its execution or why there is none.",
            )
            .json_body(
                ATTRIBUTES,
                &[],
                json!({"workflow_name": "greet", "input": {"name": "Mistral"}, "description": "a first try"}),
            )
            .or_body_list(starts::LINES)
            .or_answers(200, starts::answer_schema())
            .refuses(&[404])
            },
        ),
        Operation::missing(Verb::Put, "/v2/executions", "id"),
        Operation::new(
            Verb::Delete,
            "/v2/executions/{id}",
            handler!(delete),
            &["executions:delete"],
            |_| {
                describe::delete("Delete an execution with everything below it").query(vec![describe::parameter(
                    "force",
                    json!({"type": "string"}),
                    "Delete even if the execution has not finished. Any value but the empty one counts, also `false`.",
                )])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}",
            handler!(get),
            &["executions:get"],
            |_| describe::get("Get an execution", "Execution").query(vec![describe::fields()]),
        ),
        Operation::surplus(Verb::Post, "/v2/executions/{id}", "wf_ex", "Execution"),
        Operation::new(
            Verb::Put,
            "/v2/executions/{id}",
            handler!(update),
            &["executions:update"],
            |_| {
                describe::update("Pause, resume, stop or describe an execution", describe::reference("Execution"))
            .described(
                "`state` is one of RUNNING, PAUSED, SUCCESS, ERROR, CANCELLED; `params.env` may come with RUNNING, or \
                 alone; `description` alone.",
            )
            .json_body(ATTRIBUTES, &[], json!({"state": "PAUSED"}))
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/executions/{id}/preview",
            handler!(super::previews::of_execution),
            &["executions:get", "executions:update"],
            |_| super::previews::describe("execution", ATTRIBUTES, &[], json!({"state": "CANCELLED"})),
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/tasks",
            handler!(tasks),
            &["tasks:list"],
            |_| describe::list("List the tasks of an execution", &super::tasks::TASKS, "Task", &[]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/executions",
            handler!(super::report::of_execution),
            &["executions:get"],
            |_| {
                Description::new("List an execution with all sub-workflow executions")
                    .query(vec![
                        describe::max_depth(),
                        describe::flag("errors_only", describe::words::ERRORS_ONLY),
                        describe::flag("include_output", describe::words::INCLUDE_OUTPUT),
                    ])
                    .answers(200, describe::envelope("executions", "Execution"))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/report",
            handler!(super::report::report),
            &["executions:get"],
            |_| {
                Description::new("Report about an execution: statistics and its tree")
                    .query(vec![
                        describe::max_depth(),
                        describe::flag("errors_only", describe::words::ERRORS_ONLY),
                        describe::flag("statistics_only", "Leave the tree out."),
                    ])
                    .answers(200, describe::reference("Report"))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/graph",
            handler!(super::graph::of_execution),
            &["executions:get"],
            |_| {
                Description::new("Tasks of the definition that an execution runs, and what leads from one to another")
                    .described(
                        "Of the definition as it was when the execution began; tasks that have not run are there too.",
                    )
                    .answers(200, describe::reference("Graph"))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/timeline",
            handler!(super::timeline::of_execution),
            &["executions:get"],
            |_| {
                Description::new("When which task of an execution was made, began and ended")
                    .described("In columns, at most 20,000 rows, times in microseconds after the execution's creation.")
                    .query(super::timeline::page_parameters())
                    .query(vec![
                        describe::parameter(
                            "since",
                            json!({"type": "integer"}),
                            "Only tasks that changed at this time or later, microseconds since 1970: `cursor` of the answer before.",
                        ),
                        describe::flag("critical_path", "What the run's duration consists of, and the slack of each row."),
                        describe::parameter(
                            "without",
                            json!({"type": "string", "format": "uuid"}),
                            "A task: when the run would have ended had it taken no time (`without_us` of `critical_path`).",
                        ),
                        describe::parameter(
                            "columns",
                            json!({"type": "string"}),
                            "Names of columns, separated by commas; all without it.",
                        ),
                    ])
                    .answers(200, describe::reference("Timeline"))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/errors",
            handler!(super::errors::of_execution),
            &["executions:get"],
            super::errors::describe,
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/snapshot",
            handler!(super::snapshot::of_execution),
            &[
                "executions:get",
                "executions:snapshot",
                "tasks:get",
                "action_executions:list",
            ],
            super::snapshot::describe,
        ),
        Operation::new(
            Verb::Get,
            "/v2/executions/{id}/why",
            handler!(super::why::why),
            &["executions:get"],
            |_| {
                Description::new("Why an execution has not finished")
            .described(
                "Which tasks wait for which joins, delays and time limits with their times, actions that are queued or \
                 running and where, what paused the execution, sub-workflow executions with their own reasons, and \
                 whether an engine is there to decide. An addition to upstream's API.",
            )
            .query(vec![describe::parameter(
                "max_depth",
                json!({"type": "integer"}),
                "Levels of sub-workflow executions to explain, at most 10.",
            )])
            .answers(200, describe::reference("Explanation"))
            .refuses(&[404])
            },
        ),
    ],
    words: &[
        (
            "root_execution_id",
            "The execution at the top of the tree; null at the top.",
        ),
        ("source_execution_id", "An execution whose workflow is started again."),
        ("nulls", "Members that must be null, separated by commas."),
        (
            "scan_limit",
            "Looks at so many executions only, the newest first, at most 50,000; needs sort_keys=created_at and sort_dirs=desc. The \
             answer has `scanned`, `scanned_to_us` (null when nothing is left), and a `next` to go on.",
        ),
        (
            list::INPUTS,
            "The member of the input with this name, one of `[api] indexed_inputs`, is this text (or number, or `true`, `false`); `in:` \
             takes several with commas between them, 32 at most.",
        ),
    ],
    objects: &[
        ("Execution", schema),
        ("Timeline", super::timeline::schema),
        ("Preview", super::previews::schema),
        ("Report", super::report::schema),
        ("ReportedExecution", super::report::schema_of_execution),
        ("ReportedTask", super::report::schema_of_task),
        ("Explanation", super::why::schema::explanation),
        ("Reason", super::why::schema::reason),
        ("Node", super::why::schema::node),
    ],
};

const FIELDS: &[Field] = &[
    Field::plain("id"),
    Field::plain("workflow_id"),
    Field::plain("workflow_name"),
    Field::plain("workflow_namespace"),
    Field::plain("description"),
    Field::tags(),
    Field::plain("params"),
    Field::plain("task_execution_id"),
    Field::plain("root_execution_id"),
    Field::absent("source_execution_id"),
    Field::plain("state"),
    Field::plain("state_info"),
    Field::plain("input"),
    Field {
        name: "output",
        form: Form::EmptyJson,
    },
    Field::plain("created_at"),
    Field::plain("updated_at"),
    Field::plain("project_id"),
    Field::absent("published_global"),
];

pub(crate) static EXECUTIONS: Resource = Resource {
    collection: "executions",
    table: &EXECUTION,
    fields: FIELDS,
    filters: &[
        ("workflow_name", FilterKind::Text),
        ("workflow_id", FilterKind::Uuid),
        ("description", FilterKind::Text),
        ("tags", FilterKind::LowerTags),
        ("params", FilterKind::Json),
        ("task_execution_id", FilterKind::Uuid),
        ("root_execution_id", FilterKind::Uuid),
        ("state", FilterKind::State),
        ("state_info", FilterKind::Text),
        ("input", FilterKind::Json),
        ("output", FilterKind::Json),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("project_id", FilterKind::Project),
    ],
    flags: &["nulls", "include_output", "all_projects", "scan_limit", list::INPUTS],
    not_found,
};

/// Executions of a task, as `/v2/tasks/{id}/workflow_executions` lists them.
pub(crate) static OF_TASK: Resource = Resource {
    collection: "executions",
    table: &EXECUTION,
    fields: FIELDS,
    filters: &[
        ("workflow_name", FilterKind::Text),
        ("workflow_id", FilterKind::Uuid),
        ("description", FilterKind::Text),
        ("tags", FilterKind::LowerTags),
        ("params", FilterKind::Json),
        ("task_execution_id", FilterKind::Uuid),
        ("state", FilterKind::State),
        ("state_info", FilterKind::Text),
        ("input", FilterKind::Json),
        ("output", FilterKind::Json),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
    ],
    flags: &[],
    not_found,
};

pub(crate) const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("workflow_id", Kind::Text),
    ("workflow_name", Kind::Text),
    ("workflow_namespace", Kind::Text),
    ("description", Kind::Text),
    ("tags", Kind::Texts),
    ("params", Kind::Json),
    ("task_execution_id", Kind::Text),
    ("root_execution_id", Kind::Text),
    ("source_execution_id", Kind::Text),
    ("state", Kind::Text),
    ("state_info", Kind::Text),
    ("input", Kind::Json),
    ("output", Kind::Json),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
    ("project_id", Kind::ReadOnly),
    ("published_global", Kind::Json),
];

pub(crate) const ARGUMENT: &str = "wf_ex";

/// Rows that a search may look at (2,061 pages).
const MAX_SCAN: i64 = 50_000;

/// Longest id that a client may choose, in characters.
const MAX_ID: usize = 36;

pub(crate) fn not_found(id: &str) -> String {
    format!("WorkflowExecution not found [id={id}]")
}

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    let params = &request.query;
    let hidden: &[&str] = if params.flag("include_output") {
        &[]
    } else {
        &["output"]
    };
    let scan = match params.int("scan_limit")? {
        None => None,
        Some(limit) if (1..=MAX_SCAN).contains(&limit) => Some(limit),
        Some(_) => return Err(Error::bad_request(format!("'scan_limit' is 1 to {MAX_SCAN}."))),
    };
    let list = List::parse(app, &EXECUTIONS, params, &[], hidden)?;
    if params.flag("all_projects") || params.get("project_id").is_some_and(|p| !p.is_empty()) {
        request.enforce("executions:list:all_projects").await?;
    }
    request.enforce("executions:list").await?;
    match scan {
        Some(limit) => list.scan(app, request, limit).await,
        None => list.answer(app, request).await,
    }
}

pub(crate) async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["fields"])?;
    get_chosen(app, request, request.query.unique_list("fields")).await
}

/// `/v2/executions/{id}/{fields}`: the path stands in for a parameter that the query lacks.
pub(crate) async fn get_fields(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["fields"])?;
    let fields = match request.query.unique_list("fields") {
        None => query::unique_list(request.segment(1)),
        Some(fields) => fields,
    };
    get_chosen(app, request, Some(fields)).await
}

async fn get_chosen(app: &App, request: &Request, fields: Option<Vec<String>>) -> Result<Reply, Error> {
    request.enforce("executions:get").await?;
    let text = request.segment(0);
    let Some(fields) = fields.filter(|f| !f.is_empty()) else {
        return get_whole(app, request, text).await;
    };
    let mut chosen = vec![Field::plain("id")];
    for name in &fields {
        match EXECUTIONS.fields.iter().find(|f| f.name == name) {
            // Known by name only.
            Some(field) if field.form == Form::Absent => return Err(no_field(name)),
            Some(field) if field.name != "id" => chosen.push(*field),
            Some(_) => {}
            None => return Err(no_field(name)),
        }
    }
    let mut wanted = list::columns_of(&EXECUTIONS, &chosen);
    if !wanted.iter().any(|column| column.name == "project_id") {
        wanted.extend(columns(&EXECUTION, &["project_id"]));
    }
    let records = find(app, request, text, &wanted).await?;
    definitions::check_row(request, "executions:get", &records).await?;
    let mut w = Writer::with_capacity(512);
    list::single(&records, &chosen, &mut w)?;
    Ok(Reply::ok(w))
}

fn no_field(name: &str) -> Error {
    Error::bad_request(format!("Field '{name}' does not exist."))
}

/// The hot path: one row, one round trip, written straight into the answer.
async fn get_whole(app: &App, request: &Request, text: &str) -> Result<Reply, Error> {
    static COLUMNS: std::sync::OnceLock<Vec<&'static mistral_store::list::Column>> = std::sync::OnceLock::new();
    let all = COLUMNS.get_or_init(|| {
        let mut all = list::columns_of(&EXECUTIONS, EXECUTIONS.fields);
        all.extend(columns(&EXECUTION, &["context", "spec_hash"]));
        all
    });
    let records = find(app, request, text, all).await?;
    definitions::check_row(request, "executions:get", &records).await?;
    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    list::write_members(&mut w, &records, 0, &list::plan(EXECUTIONS.fields, &records))?;
    w.key("published_global");
    match global_variables(app, &records).await? {
        None => w.json_text("{}"),
        Some(variables) => w.json_text(&json::to_string(&variables)),
    }
    w.end_object();
    Ok(Reply::ok(w))
}

/// What a workflow has published globally: its context without what the engine keeps there and what `vars` declared.
async fn global_variables(app: &App, records: &Records) -> Result<Option<Value>, Error> {
    let Cell::Json(context) = records.get(0, "context")? else {
        return Ok(None);
    };
    let Some(published) = published_names(context) else {
        return Ok(None);
    };
    let Some(hash) = records.id(0, "spec_hash")? else {
        return Ok(None);
    };
    let spec = app.spec(hash).await?;
    let hidden = spec
        .as_deref()
        .and_then(|spec| spec.get("vars"))
        .and_then(Value::as_dict);
    let is_hidden = |name: &Str| hidden.is_some_and(|vars| vars.contains_key(name));
    let visible = published
        .into_iter()
        .filter(|(name, _)| !is_hidden(name))
        .collect::<Dict>();
    Ok(Some(Value::dict(visible)))
}

/// The row of an execution by the text that clients call it.
pub(crate) async fn find(
    app: &App,
    request: &Request,
    text: &str,
    columns: &[&'static mistral_store::list::Column],
) -> Result<Records, Error> {
    let id = Id::from_client_text(text);
    let found = app
        .reads
        .lists
        .get(&EXECUTION, columns, list::viewer(request), id)
        .await?;
    found.ok_or_else(|| Error::not_found(not_found(text)))
}

/// As [`find`], for routes that take only UUIDs.
pub(crate) async fn find_by_uuid(
    app: &App,
    request: &Request,
    id: Id,
    columns: &[&'static mistral_store::list::Column],
) -> Result<Records, Error> {
    let found = app
        .reads
        .lists
        .get(&EXECUTION, columns, list::viewer(request), id)
        .await?;
    // The id as it was sent, unless it is another one than the path's.
    let text = request.segment(0);
    found.ok_or_else(|| match text.parse::<Id>() {
        Ok(sent) if sent == id => Error::not_found(not_found(text)),
        _ => Error::not_found(not_found(&id.to_string())),
    })
}

pub(crate) async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    if let Some(form) = starts::form_of(request) {
        return starts::create_all(app, request, form).await;
    }
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("executions:create").await?;
    if let Some(text) = chosen_id(&body)?
        && let Some(existing) = existing(app, request, text).await?
    {
        return Ok(existing);
    }
    let mut w = Writer::with_capacity(1024);
    start(app, request, &body, &mut w).await?;
    Ok(Reply::created(w))
}

/// The id that the client wants.
pub(super) fn chosen_id(body: &Body) -> Result<Option<&str>, Error> {
    let text = body.filled("id");
    if let Some(text) = text {
        definitions::check_name("id", text, MAX_ID)?;
    }
    Ok(text)
}

/// Starts what a body describes, whose id nobody is known to have, and writes the execution. It is durable then.
pub(super) async fn start(app: &App, request: &Request, body: &Body, w: &mut Writer) -> Result<(), Error> {
    let (id, alias) = match chosen_id(body)? {
        None => (app.engine.new_id(), None),
        Some(text) => {
            let id = Id::from_client_text(text);
            (id, id.is_alias().then(|| Str::from(text)))
        }
    };
    let source = match body.filled("source_execution_id") {
        None => None,
        Some(text) => {
            let wanted = columns(&EXECUTION, &["id", "workflow_id", "workflow_namespace"]);
            Some((text, find(app, request, text, &wanted).await?))
        }
    };
    let source_workflow = match &source {
        Some((_, records)) => records.id(0, "workflow_id")?.map(|id| id.to_string()),
        None => None,
    };
    let identifier = body
        .filled("workflow_id")
        .map(str::to_owned)
        .or(source_workflow)
        .or_else(|| body.filled("workflow_name").map(str::to_owned));
    let Some(identifier) = identifier else {
        return Err(Error::bad_request(
            "Workflow ID or workflow name must be provided. Workflow ID is recommended.",
        ));
    };
    let namespace = match (&source, body.text("workflow_namespace")) {
        (_, Some(namespace)) => namespace.to_owned(),
        (Some((_, records)), None) => match records.get(0, "workflow_namespace")? {
            Cell::Text(namespace) => namespace.to_owned(),
            _ => String::new(),
        },
        (None, None) => String::new(),
    };
    let workflow = app.workflow(request, &identifier, &namespace).await?;
    let params = resolve_environment(app, request, body.dict_value("params")).await?;
    let acting = app.acting(request).await?;
    let start = Start {
        execution_id: id,
        id_is_chosen: body.filled("id").is_some(),
        alias,
        workflow_id: workflow.id,
        workflow_name: workflow.name,
        workflow_namespace: workflow.namespace,
        workbook_name: workflow.workbook_name,
        spec_hash: workflow.spec_hash,
        project_id: request.identity.project_id.clone(),
        scope: Default::default(),
        description: description(body, source.as_ref().map(|(id, _)| *id)),
        input: body.payload("input"),
        params: Payload::from_value(params),
        security: acting.security,
        openstack: acting.openstack,
    };
    let place = app.take_place(request.identity.project_id.as_deref(), id).await?;
    let started = app
        .call("start_workflow", engine::Request::Start(Box::new(start)))
        .await;
    let response = match started {
        Ok(response) => response,
        Err(refusal) => {
            if refusal.status.is_client_error() {
                place.give_back().await;
            }
            return Err(refusal);
        }
    };
    let Response::Execution(execution) = response else {
        return Err(super::unexpected("an execution"));
    };
    rows::execution(w, &execution, &app.aliases(&execution).await?, &[]);
    Ok(())
}

/// The answer for an id that is taken: the execution itself, if it may be seen.
async fn existing(app: &App, request: &Request, text: &str) -> Result<Option<Reply>, Error> {
    let id = Id::from_client_text(text);
    if let Some(reply) = visible(app, request, id).await? {
        return Ok(Some(reply));
    }
    if app.reads.runs.execution_project(id).await?.is_none() {
        return Ok(None);
    }
    // It is there; or it was stored between the two looks, by somebody who started the same id at the same moment.
    match visible(app, request, id).await? {
        Some(reply) => Ok(Some(reply)),
        None => Err(Error::not_found(not_found(text))),
    }
}

/// The stored execution as the answer to a start, if the caller may see it.
async fn visible(app: &App, request: &Request, id: Id) -> Result<Option<Reply>, Error> {
    let columns = list::columns_of(&EXECUTIONS, EXECUTIONS.fields);
    let found = app
        .reads
        .lists
        .get(&EXECUTION, &columns, list::viewer(request), id)
        .await?;
    let Some(records) = found else { return Ok(None) };
    let mut w = Writer::with_capacity(1024);
    list::single(&records, EXECUTIONS.fields, &mut w)?;
    Ok(Some(Reply::created(w)))
}

/// The description given; a copy also says what it is one of.
fn description(body: &Body, source: Option<&str>) -> Option<Str> {
    let given = match body.get("description") {
        None => Some(Str::from("")),
        Some(Value::Str(text)) => Some(text.clone()),
        Some(_) => None,
    };
    match source {
        None => given,
        Some(source) => {
            let given = given.unwrap_or_default();
            Some(Str::from(format!("{given} Based on the execution '{source}'").trim()))
        }
    }
}

/// `params.env`: a mapping, or the name of a stored environment, which is looked up. What Python takes for false is none.
async fn resolve_environment(app: &App, request: &Request, params: Value) -> Result<Value, Error> {
    let env = match params.get("env") {
        None | Some(Value::Dict(_)) => return Ok(params),
        Some(nothing) if !nothing.is_truthy() => return Ok(params),
        Some(Value::Str(name)) => {
            let variables = app.environment(request, name).await?;
            variables.ok_or_else(|| Error::bad_request(format!("Environment is not found: {name}")))?
        }
        Some(other) => {
            return Err(Error::bad_request(format!(
                "Unexpected value type for environment [env={}, type=<class '{}'>]",
                python::str(other),
                other.python_type()
            )));
        }
    };
    let mut members = params.into_dict().unwrap_or_default();
    members.insert("env".into(), env);
    Ok(Value::dict(members))
}

const STATES: &str = "RUNNING, PAUSED, SUCCESS, ERROR, CANCELLED";

/// What somebody wants of an execution, as far as its row allows it, and what the answer of the change leaves out.
pub(crate) struct Wanted {
    pub update: UpdateExecution,
    omitted: &'static [&'static str],
}

/// What the body of a change asks for: whoever may not make it learns nothing.
pub(crate) async fn wanted(app: &App, request: &Request, body: &Body) -> Result<Wanted, Error> {
    request.enforce("executions:update").await?;
    let text = request.segment(0);
    let records = find(
        app,
        request,
        text,
        &columns(&EXECUTION, &["id", "root_id", "state", "project_id"]),
    )
    .await?;
    definitions::check_row(request, "executions:update", &records).await?;
    let current = match records.get(0, "state")? {
        Cell::State(state) => state,
        _ => return Err(super::unexpected("a state")),
    };
    let root_id = records.id(0, "root_id")?.ok_or_else(|| super::unexpected("a root"))?;

    let description = body.filled("description");
    let state = body.filled("state");
    let env = body
        .dict("params")
        .and_then(|p| p.get("env"))
        .filter(|env| env.is_truthy());
    if description.is_none() && state.is_none() && env.is_none() {
        return Err(Error::bad_request(
            "The property state, description, or env is not provided for update.",
        ));
    }
    if description.is_some() && state.is_some() {
        return Err(Error::bad_request(
            "The property description must be updated separately from state.",
        ));
    }
    if env.is_some() && state.is_some_and(|s| s != "RUNNING") {
        return Err(Error::bad_request(
            "The property env can only be updated when workflow execution is not running or on resume from pause.",
        ));
    }
    let state = state.map(requested_state).transpose()?;
    if env.is_some() && state.is_none() && !matches!(current, State::Idle | State::Paused | State::Error) {
        return Err(Error::forbidden(
            "Updating env to workflow execution is only permitted if it is in IDLE, PAUSED, or ERROR state.",
        ));
    }
    if env.is_some_and(|env| env.as_dict().is_none()) {
        return Err(Error::bad_request("The property env must be a mapping."));
    }
    let security = match state {
        Some(State::Running) => {
            let project = definitions::project_of(&records)?;
            app.acting_on(request, project).await?
        }
        _ => None,
    };
    let update = UpdateExecution {
        root_id,
        execution_id: Id::from_client_text(text),
        description: description.map(Str::from),
        state,
        state_info: body.text("state_info").map(Str::from),
        env: env.cloned().map(Payload::from_value),
        security,
    };
    let omitted: &[&str] = match (state, env) {
        (None, None) => &["params", "input", "output"],
        (None, Some(_)) => &["input", "output"],
        _ => &[],
    };
    Ok(Wanted { update, omitted })
}

pub(crate) async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    let Wanted { update, omitted } = wanted(app, request, &body).await?;
    let response = app
        .call("update_workflow", engine::Request::UpdateExecution(update))
        .await?;
    let Response::Execution(execution) = response else {
        return Err(super::unexpected("an execution"));
    };
    let mut w = Writer::with_capacity(1024);
    rows::execution(&mut w, &execution, &app.aliases(&execution).await?, omitted);
    Ok(Reply::ok(w))
}

fn requested_state(text: &str) -> Result<State, Error> {
    match text {
        "RUNNING" => Ok(State::Running),
        "PAUSED" => Ok(State::Paused),
        "SUCCESS" => Ok(State::Success),
        "ERROR" => Ok(State::Error),
        "CANCELLED" => Ok(State::Cancelled),
        // The quote is not closed in the original either.
        _ => Err(Error::bad_request(format!(
            "Cannot change state to {text}. Allowed states are: '{STATES}"
        ))),
    }
}

pub(crate) async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["force"])?;
    request.enforce("executions:delete").await?;
    let text = request.segment(0);
    let records = find(
        app,
        request,
        text,
        &columns(&EXECUTION, &["id", "root_id", "state", "project_id"]),
    )
    .await?;
    definitions::check_row(request, "executions:delete", &records).await?;
    if let (Cell::State(state), false) = (records.get(0, "state")?, request.query.any_text("force"))
        && !state.is_completed()
    {
        return Err(Error::forbidden(format!(
            "Only completed executions can be deleted. Use --force to override this. Execution {text} is in {state} state"
        )));
    }
    let (root_id, execution_id) = (records.id(0, "root_id")?, records.id(0, "id")?);
    let (Some(root_id), Some(execution_id)) = (root_id, execution_id) else {
        return Err(super::unexpected("the ids of an execution"));
    };
    app.call(
        "delete_execution",
        engine::Request::DeleteExecution { root_id, execution_id },
    )
    .await?;
    Ok(Reply::gone())
}

/// `/v2/executions/{id}/tasks`.
pub(crate) async fn tasks(app: &App, request: &Request) -> Result<Reply, Error> {
    const PARENT: &str = "workflow_execution_id";
    let id = query::uuid(PARENT, request.segment(0))?;
    let list = List::parse(app, &super::tasks::TASKS, &request.query, &[(PARENT, id)], &[])?;
    request.enforce("tasks:list").await?;
    let id = list::parent(request, (PARENT, id))?;
    find_by_uuid(app, request, id, &columns(&EXECUTION, &["id"])).await?;
    list.answer(app, request).await
}

/// Who an execution is shown to in an answer of the engine: the ids in it that clients know under another name.
pub(crate) type Aliases = Arc<[(Id, Str)]>;

impl App {
    /// What clients call the execution and its root, where that is no UUID.
    pub async fn aliases(&self, execution: &Execution) -> Result<Aliases, Error> {
        let mut names: Vec<(Id, Str)> = Vec::new();
        if let Some(alias) = &execution.alias {
            names.push((execution.id, alias.clone()));
        }
        if execution.root_id != execution.id && execution.root_id.is_alias() {
            let found = self
                .reads
                .lists
                .get(
                    &EXECUTION,
                    &columns(&EXECUTION, &["id"]),
                    Viewer::Admin,
                    execution.root_id,
                )
                .await?;
            if let Some(records) = found
                && let Cell::Text(text) = records.get(0, "id")?
            {
                names.push((execution.root_id, text.into()));
            }
        }
        Ok(names.into())
    }
}

/// The schema of an execution: what lists show, and what one alone has.
fn schema() -> serde_json::Value {
    describe::resource(&EXECUTIONS, vec![("published_global", published_global())], &[])
}

/// That of a member which executions and tasks have.
pub(super) fn published_global() -> serde_json::Value {
    describe::text("Variables that were published globally, JSON text.")
}
