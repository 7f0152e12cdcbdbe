//! The resources of `/v2`, one module each.

mod accidents;
pub(crate) mod action_executions;
pub(crate) mod actions;
mod bulk_operations;
mod cluster;
pub(crate) mod code_sources;
mod critical;
mod cron_previews;
pub(crate) mod cron_triggers;
mod crud;
pub(crate) mod definitions;
pub(crate) mod dynamic_actions;
pub(crate) mod environments;
mod errors;
pub(crate) mod event_triggers;
mod events;
pub(crate) mod executions;
mod expressions;
mod graph;
pub(crate) mod identity;
pub(crate) mod members;
mod outcome;
mod previews;
mod published;
mod report;
mod rows;
mod search;
mod snapshot;
mod starts;
mod statistics;
pub(crate) mod tasks;
mod timeline;
mod versions;
mod why;
pub(crate) mod workbooks;
pub(crate) mod workers;
pub(crate) mod workflows;

use http::Method;

use super::App;
use super::body::Body;
use super::error::Error;
use super::json::Writer;
use super::operation::{Declaration, Operation, Run};
use super::reply::Reply;
use super::request::Request;
use super::service;
use mistral_lang as lang;
use mistral_model::{Dict, Time, Value};
use mistral_store::definitions::WorkflowDefinition;
use mistral_store::list::Cell;

/// All resources, in the order of the OpenAPI document. A new one is a module and a line here.
pub(crate) static RESOURCES: &[&Declaration] = &[
    &service::DECLARATION,
    &workflows::DECLARATION,
    &members::DECLARATION,
    &workbooks::DECLARATION,
    &actions::DECLARATION,
    &executions::DECLARATION,
    &tasks::DECLARATION,
    &action_executions::DECLARATION,
    &cron_triggers::DECLARATION,
    &event_triggers::DECLARATION,
    &environments::DECLARATION,
    &code_sources::DECLARATION,
    &dynamic_actions::DECLARATION,
    &workers::DECLARATION,
    &graph::DECLARATION,
    &statistics::DECLARATION,
    &search::DECLARATION,
    &events::DECLARATION,
    &bulk_operations::DECLARATION,
    &cron_previews::DECLARATION,
    &expressions::DECLARATION,
    &cluster::DECLARATION,
    &identity::DECLARATION,
    &accidents::DECLARATION,
];

pub(crate) use bulk_operations::work_off as work_off_bulk;
pub(crate) use events::ask_anew as ask_readers_anew;

/// Carries a request out.
pub(crate) async fn handle(app: &App, operation: &Operation, request: &Request) -> Result<Reply, Error> {
    match operation.run {
        Run::Handler(handler) => handler(app, request).await,
        Run::Missing(argument) => Err(missing(request, argument).await),
        Run::Surplus(argument, class) => Err(surplus(request, argument, class)),
        Run::Nowhere => Err(Error::router(http::StatusCode::NOT_FOUND, Some(""))),
    }
}

/// A path that lacks the segment that names the object. What is wrong with the body comes first, as upstream has it.
async fn missing(request: &Request, argument: &str) -> Error {
    let collection = request.uri.path().trim_end_matches('/').rsplit('/').next();
    let declared = RESOURCES.iter().find(|resource| Some(resource.name) == collection);
    if let (Some((name, attributes)), true) = (
        declared.and_then(|resource| resource.body),
        request.method == Method::PUT && !request.has_no_body(),
    ) && let Err(error) = Body::read(request, name, attributes).await
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
pub(crate) fn unexpected(missing: &str) -> Error {
    tracing::error!("an internal answer lacks {missing}");
    Error::new(
        http::StatusCode::INTERNAL_SERVER_ERROR,
        format!("Internal error: {missing} is missing."),
    )
}
