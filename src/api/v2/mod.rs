//! The resources of `/v2`, one module each.

pub mod action_executions;
pub mod actions;
pub mod code_sources;
mod constructor;
pub mod cron_triggers;
mod definitions;
pub mod dynamic_actions;
pub mod environments;
pub mod event_triggers;
pub mod executions;
pub mod members;
mod outcome;
mod report;
mod rows;
pub mod tasks;
mod why;
pub mod workbooks;
pub mod workflows;

use http::Method;

use super::App;
use super::body::{Attribute, Body};
use super::error::Error;
use super::json::Writer;
use super::openapi;
use super::reply::Reply;
use super::request::Request;
use super::router::Endpoint;
use super::service;
use mistral_lang as lang;
use mistral_model::{Dict, Time, Value};
use mistral_store::pg::definitions::WorkflowDefinition;
use mistral_store::pg::read::Cell;

/// Carries a request out.
pub async fn handle(app: &App, endpoint: Endpoint, request: &Request) -> Result<Reply, Error> {
    use Endpoint::*;
    match endpoint {
        ExecutionGet => executions::get(app, request).await,
        ExecutionList => executions::list(app, request).await,
        ExecutionCreate => executions::create(app, request).await,
        ExecutionUpdate => executions::update(app, request).await,
        ExecutionDelete => executions::delete(app, request).await,
        ExecutionTasks => executions::tasks(app, request).await,
        ExecutionExecutions => report::of_execution(app, request).await,
        ExecutionReport => report::report(app, request).await,
        ExecutionWhy => why::why(app, request).await,
        ExecutionField => executions::get_fields(app, request).await,

        TaskList => tasks::list(app, request).await,
        TaskGet => tasks::get(app, request).await,
        TaskUpdate => tasks::update(app, request).await,
        TaskActions => tasks::actions(app, request).await,
        TaskAction => tasks::action(app, request).await,
        TaskWorkflowExecutions => tasks::workflow_executions(app, request).await,
        TaskExecutions => report::of_task(app, request).await,

        ActionExecutionList => action_executions::list(app, request).await,
        ActionExecutionCreate => action_executions::create(app, request).await,
        ActionExecutionGet => action_executions::get(app, request).await,
        ActionExecutionUpdate => action_executions::update(app, request).await,
        ActionExecutionDelete => action_executions::delete(app, request).await,

        WorkflowList => workflows::list(app, request).await,
        WorkflowCreate => workflows::create(app, request).await,
        WorkflowUpdate => workflows::update(app, request).await,
        WorkflowGet => workflows::get(app, request).await,
        WorkflowDelete => workflows::delete(app, request).await,
        WorkflowValidate => workflows::validate(app, request).await,

        MemberList => members::list(app, request).await,
        MemberCreate => members::create(app, request).await,
        MemberGet => members::get(app, request).await,
        MemberUpdate => members::update(app, request).await,
        MemberDelete => members::delete(app, request).await,

        WorkbookList => workbooks::list(app, request).await,
        WorkbookCreate => workbooks::create(app, request).await,
        WorkbookUpdate => workbooks::update(app, request).await,
        WorkbookGet => workbooks::get(app, request).await,
        WorkbookDelete => workbooks::delete(app, request).await,
        WorkbookValidate => workbooks::validate(app, request).await,

        ActionList => actions::list(app, request).await,
        ActionCreate => actions::create(app, request).await,
        ActionUpdate => actions::update(app, request).await,
        ActionGet => actions::get(app, request).await,
        ActionDelete => actions::delete(app, request).await,
        ActionValidate => actions::validate(app, request).await,

        CronTriggerList => cron_triggers::list(app, request).await,
        CronTriggerCreate => cron_triggers::create(app, request).await,
        CronTriggerGet => cron_triggers::get(app, request).await,
        CronTriggerDelete => cron_triggers::delete(app, request).await,

        EventTriggerList => event_triggers::list(app, request).await,
        EventTriggerCreate => event_triggers::create(app, request).await,
        EventTriggerGet => event_triggers::get(app, request).await,
        EventTriggerUpdate => event_triggers::update(app, request).await,
        EventTriggerDelete => event_triggers::delete(app, request).await,

        EnvironmentList => environments::list(app, request).await,
        EnvironmentCreate => environments::create(app, request).await,
        EnvironmentUpdate => environments::update(app, request).await,
        EnvironmentGet => environments::get(app, request).await,
        EnvironmentDelete => environments::delete(app, request).await,

        CodeSourceList => code_sources::list(app, request).await,
        CodeSourceCreate => code_sources::create(app, request).await,
        CodeSourceUpdate => code_sources::update(app, request).await,
        CodeSourceGet => code_sources::get(app, request).await,
        CodeSourceDelete => code_sources::delete(app, request).await,

        DynamicActionList => dynamic_actions::list(app, request).await,
        DynamicActionCreate => dynamic_actions::create(app, request).await,
        DynamicActionUpdate => dynamic_actions::update(app, request).await,
        DynamicActionGet => dynamic_actions::get(app, request).await,
        DynamicActionDelete => dynamic_actions::delete(app, request).await,

        Versions => Ok(service::versions(request)),
        Info => service::info(app).await,
        MaintenanceGet => service::maintenance(app).await,
        MaintenancePut => service::set_maintenance(app, request).await,
        Healthcheck => service::healthcheck(app, request).await,
        OpenApi => Ok(openapi::serve(&request.headers)),

        Missing("member_id") => Err(members::incomplete(request)),
        Missing(argument) => Err(missing(request, argument).await),
        Surplus("member_info", _) => Err(members::incomplete(request)),
        Surplus(argument, class) => Err(surplus(request, argument, class)),
        Nowhere => Err(Error::router(http::StatusCode::NOT_FOUND, Some(""))),
    }
}

/// A path that lacks the segment that names the object. What is wrong with the body comes first, as upstream has it.
async fn missing(request: &Request, argument: &str) -> Error {
    let body: Option<(&'static str, &'static [Attribute])> = match request.uri.path().trim_end_matches('/') {
        "/v2/executions" => Some((executions::ARGUMENT, executions::ATTRIBUTES)),
        "/v2/tasks" => Some((tasks::ARGUMENT, tasks::ATTRIBUTES)),
        "/v2/action_executions" => Some((action_executions::ARGUMENT, action_executions::ATTRIBUTES)),
        "/v2/event_triggers" => Some((event_triggers::ARGUMENT, event_triggers::ATTRIBUTES)),
        _ => None,
    };
    if let (Some((name, attributes)), true) = (body, request.method == Method::PUT && !request.has_no_body())
        && let Err(error) = Body::read(request, name, attributes).await
    {
        return error;
    }
    Error::missing_argument(argument)
}

/// A path segment where the object itself belongs: upstream takes the one for the other.
fn surplus(request: &Request, argument: &str, class: &str) -> Error {
    let value = request.path.last().map_or("", String::as_str);
    let why =
        format!("unable to convert to {class}. Error: Base.__init__() takes 1 positional argument but 2 were given");
    Error::invalid(argument, value, &why)
}

/// Refuses input that a workflow would not start with.
async fn check_workflow_input(app: &App, workflow: &WorkflowDefinition, input: &Value) -> Result<(), Error> {
    let Some(raw) = app.spec(workflow.spec_hash).await? else {
        return Err(unexpected("a spec"));
    };
    let spec = lang::compile_workflow(&raw, &app.options.expressions)?;
    let empty = Dict::default();
    Ok(lang::input::check_workflow_input(
        &spec,
        input.as_dict().unwrap_or(&empty),
    )?)
}

fn text(w: &mut Writer, text: Option<&str>) {
    match text {
        Some(text) => w.str(text),
        None => w.null(),
    }
}

/// Writes when a row was made and, unless it was made just now, when it was changed.
fn times(w: &mut Writer, created_at: Time, updated_at: Option<Time>, with_update: bool) {
    w.key("created_at");
    w.time(created_at);
    if with_update {
        w.key("updated_at");
        match updated_at {
            Some(time) => w.time(time),
            None => w.null(),
        }
    }
}

/// An id as clients see it.
fn shown_id(cell: Cell<'_>) -> String {
    match cell {
        Cell::Id(id) => id.to_string(),
        Cell::Text(text) => text.to_owned(),
        _ => String::new(),
    }
}

/// Something that cannot be: an answer without what was asked for.
fn unexpected(missing: &str) -> Error {
    tracing::error!("an internal answer lacks {missing}");
    Error::new(
        http::StatusCode::INTERNAL_SERVER_ERROR,
        format!("Internal error: {missing} is missing."),
    )
}
