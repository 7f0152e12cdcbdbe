//! `/v2/event_triggers`.

use super::super::App;
use super::super::body::{Attribute, Body, Kind, SCOPES};
use super::super::error::{Error, duplicate};
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, List, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::query;
use super::super::reply::Reply;
use super::super::request::Request;
use super::definitions;
use mistral_model::{Id, Payload, Str};
use mistral_store::Error as StoreError;
use mistral_store::definitions::{Edit, EventTrigger, WorkflowDefinition};
use mistral_store::list::tables::EVENT_TRIGGER;
use serde_json::json;

/// What `/v2/event_triggers` can do.
pub static DECLARATION: Declaration = Declaration {
    name: "event_triggers",
    about: "Workflows that start with events.",
    body: Some((ARGUMENT, ATTRIBUTES)),
    operations: &[
        Operation::missing(Verb::Delete, "/v2/event_triggers", "id"),
        Operation::new(
            Verb::Get,
            "/v2/event_triggers",
            handler!(list),
            &["event_triggers:list", "event_triggers:list:all_projects"],
            |_| describe::list("List event triggers", &EVENT_TRIGGERS, "EventTrigger", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/event_triggers",
            handler!(create),
            &["event_triggers:create", "event_triggers:publicize"],
            |_| {
                describe::create("Create an event trigger", describe::reference("EventTrigger"))
            .json_body(
                ATTRIBUTES,
                &["workflow_id", "exchange", "topic", "event"],
                json!({
                    "name": "on boot", "workflow_id": "123e4567-e89b-12d3-a456-426655441414", "exchange": "nova",
                    "topic": "notifications", "event": "compute.instance.create.end",
                }),
            )
            .refuses(&[404])
            },
        ),
        Operation::missing(Verb::Put, "/v2/event_triggers", "id"),
        Operation::new(
            Verb::Delete,
            "/v2/event_triggers/{id}",
            handler!(delete),
            &["event_triggers:delete"],
            |_| describe::delete("Delete an event trigger"),
        ),
        Operation::new(
            Verb::Get,
            "/v2/event_triggers/{id}",
            handler!(get),
            &["event_triggers:get"],
            |_| describe::get("Get an event trigger", "EventTrigger").query(vec![describe::fields()]),
        ),
        Operation::surplus(Verb::Post, "/v2/event_triggers/{id}", "event_trigger", "EventTrigger"),
        Operation::new(
            Verb::Put,
            "/v2/event_triggers/{id}",
            handler!(update),
            &["event_triggers:update", "event_triggers:publicize"],
            |_| {
                describe::update("Update an event trigger", describe::reference("EventTrigger"))
                    .described("`exchange`, `topic` and `event` cannot be changed.")
                    .json_body(ATTRIBUTES, &[], json!({"name": "on boot", "scope": "private"}))
            },
        ),
    ],
};

pub static EVENT_TRIGGERS: Resource = Resource {
    collection: "event_triggers",
    table: &EVENT_TRIGGER,
    fields: &[
        Field::plain("id"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
        Field::plain("project_id"),
        Field::plain("name"),
        Field::plain("workflow_id"),
        Field::plain("workflow_input"),
        Field::plain("workflow_params"),
        Field::plain("exchange"),
        Field::plain("topic"),
        Field::plain("event"),
        Field::plain("scope"),
    ],
    filters: &[
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("project_id", FilterKind::Text),
        ("name", FilterKind::Text),
        ("workflow_id", FilterKind::Uuid),
        ("workflow_input", FilterKind::Json),
        ("workflow_params", FilterKind::Json),
        ("exchange", FilterKind::Text),
        ("topic", FilterKind::Text),
        ("event", FilterKind::Text),
        ("scope", FilterKind::Scope),
    ],
    flags: &["all_projects"],
    not_found,
};

pub const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::ReadOnly),
    ("created_at", Kind::ReadOnly),
    ("updated_at", Kind::ReadOnly),
    ("project_id", Kind::ReadOnly),
    ("name", Kind::Text),
    ("workflow_id", Kind::Uuid),
    ("workflow_input", Kind::Json),
    ("workflow_params", Kind::Json),
    ("exchange", Kind::Text),
    ("topic", Kind::Text),
    ("event", Kind::Text),
    ("scope", SCOPES),
];

pub const ARGUMENT: &str = "event_trigger";

/// What makes a trigger: where it listens and for what. It cannot be changed later.
const ROUTE: [&str; 3] = ["exchange", "topic", "event"];

/// Longest name of a trigger, exchange, topic or event, in characters.
const MAX_NAME: usize = 255;

fn not_found(id: &str) -> String {
    format!("Event trigger not found [id={id}].")
}

pub async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    let list = List::parse(app, &EVENT_TRIGGERS, &request.query, &[], &[])?;
    request.enforce("event_triggers:list").await?;
    if request.query.flag("all_projects") {
        request.enforce("event_triggers:list:all_projects").await?;
    }
    list.answer(app, request).await
}

pub async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    let id = query::uuid("id", request.segment(0))?;
    request.query.only(&["fields"])?;
    request.enforce("event_triggers:get").await?;
    let fields = list::single_fields(&EVENT_TRIGGERS, &request.query);
    let fields = fields.as_deref().unwrap_or(EVENT_TRIGGERS.fields);
    let columns = list::columns_of(&EVENT_TRIGGERS, fields);
    let found = app
        .reads
        .lists
        .get(&EVENT_TRIGGER, &columns, list::viewer(request), id)
        .await?;
    let records = found.ok_or_else(|| Error::not_found(not_found(request.segment(0))))?;
    let mut w = Writer::with_capacity(512);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
}

pub async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("event_triggers:create").await?;
    let workflow_id = body.text("workflow_id").map(uuid).transpose()?;
    let scope = definitions::body_scope(request, &body, "event_triggers:publicize")
        .await?
        .unwrap_or_default();
    let (Some(exchange), Some(topic), Some(event), Some(workflow_id)) = (
        body.filled("exchange"),
        body.filled("topic"),
        body.filled("event"),
        workflow_id,
    ) else {
        return Err(Error::bad_request(
            "Params {'event', 'exchange', 'topic', 'workflow_id'} must be provided for creating event trigger.",
        ));
    };
    let name = body.text("name").unwrap_or_default();
    for (field, text) in [
        ("name", name),
        ("exchange", exchange),
        ("topic", topic),
        ("event", event),
    ] {
        definitions::check_length(field, text, MAX_NAME)?;
    }
    let workflow = workflow(app, request, workflow_id).await?;
    let input = body.dict_value("workflow_input");
    super::check_workflow_input(app, &workflow, &input).await?;
    let trust = app.security.create_trust(&request.identity).await?;
    let row = EventTrigger {
        id: app.engine.new_id(),
        name: Some(name.into()),
        project_id: request.identity.project_id.clone(),
        scope,
        exchange: exchange.into(),
        topic: topic.into(),
        event: event.into(),
        workflow_id,
        workflow_input: Payload::from_value(input),
        workflow_params: Payload::from_value(body.dict_value("workflow_params")),
        trust_id: trust.as_deref().map(Str::from),
        created_at: app.clock.now(),
        updated_at: None,
    };
    let mut edit = Edit::new();
    edit.insert(&row);
    if let Some(trust) = &trust {
        edit.note_trust(trust);
    }
    if let Err(error) = commit(app, edit, &row).await {
        if let Some(trust) = &trust {
            app.security.end_trust(trust).await;
        }
        return Err(error);
    }
    let mut w = Writer::with_capacity(512);
    write(&mut w, &row);
    Ok(Reply::created(w))
}

pub async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let id = query::uuid("id", request.segment(0))?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("event_triggers:update").await?;
    if ROUTE.iter().any(|field| body.filled(field).is_some()) {
        return Err(Error::bad_request(
            "Can not update fields ['exchange', 'topic', 'event'] of event trigger.",
        ));
    }
    let workflow_id = body.text("workflow_id").map(uuid).transpose()?;
    let scope = definitions::body_scope(request, &body, "event_triggers:publicize").await?;
    let stored = find(app, request, "event_triggers:update", id).await?;
    if let Some(name) = body.text("name") {
        definitions::check_name("name", name, MAX_NAME)?;
    }
    let input = body.dict("workflow_input").map(|_| body.dict_value("workflow_input"));
    // As upstream, which checks the input of a new trigger only.
    if let Some(id) = workflow_id {
        workflow(app, request, id).await?;
    }
    let mut row = EventTrigger {
        name: body.text("name").map(Str::from).or_else(|| stored.name.clone()),
        scope: scope.unwrap_or(stored.scope),
        workflow_id: workflow_id.unwrap_or(stored.workflow_id),
        workflow_input: input.map_or_else(|| stored.workflow_input.clone(), Payload::from_value),
        workflow_params: match body.dict("workflow_params") {
            Some(_) => Payload::from_value(body.dict_value("workflow_params")),
            None => stored.workflow_params.clone(),
        },
        ..stored.clone()
    };
    let unchanged = row.name == stored.name
        && row.scope == stored.scope
        && row.workflow_id == stored.workflow_id
        && definitions::same(&row.workflow_input, &stored.workflow_input)
        && definitions::same(&row.workflow_params, &stored.workflow_params);
    if !unchanged {
        row.updated_at = Some(app.clock.now());
        let mut edit = Edit::new();
        edit.update(&row);
        commit(app, edit, &row).await?;
    }
    let mut w = Writer::with_capacity(512);
    write(&mut w, &row);
    Ok(Reply::ok(w))
}

pub async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let id = query::uuid("id", request.segment(0))?;
    request.enforce("event_triggers:delete").await?;
    let stored = find(app, request, "event_triggers:delete", id).await?;
    match definitions::delete_trigger::<EventTrigger>(app, stored.id, stored.trust_id.as_deref()).await {
        Err(StoreError::Missing { .. }) => Err(Error::not_found(not_found(request.segment(0)))),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
    }
}

fn uuid(text: &str) -> Result<Id, Error> {
    query::bare_uuid(text).map_err(Error::bad_request)
}

async fn workflow(app: &App, request: &Request, id: Id) -> Result<WorkflowDefinition, Error> {
    let found: Option<WorkflowDefinition> = app.definitions.get(id, list::viewer(request)).await?;
    found.ok_or_else(|| Error::not_found(format!("Workflow not found [workflow_id={id}]")))
}

/// The trigger to change, which must be the caller's.
async fn find(app: &App, request: &Request, rule: &str, id: Id) -> Result<EventTrigger, Error> {
    let found: Option<EventTrigger> = app.definitions.get(id, list::viewer(request)).await?;
    let stored = found.ok_or_else(|| Error::not_found(not_found(request.segment(0))))?;
    definitions::check_owner(
        request,
        rule,
        "EventTrigger",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    Ok(stored)
}

async fn commit(app: &App, edit: Edit, row: &EventTrigger) -> Result<(), Error> {
    match app.definitions.commit(edit).await {
        Err(StoreError::Duplicate { .. }) => Err(duplicate(
            "EventTrigger",
            &["exchange", "topic", "event", "workflow_id", "project_id"],
            &[&row.exchange, &row.topic, &row.event, &row.workflow_id.to_string()],
        )),
        Err(StoreError::Missing { .. }) => Err(Error::not_found(not_found(&row.id.to_string()))),
        outcome => Ok(outcome?),
    }
}

fn write(w: &mut Writer, row: &EventTrigger) {
    w.begin_object();
    w.key("id");
    w.id(row.id);
    super::times(w, row.created_at, row.updated_at, true);
    w.key("project_id");
    super::text(w, row.project_id.as_deref());
    w.key("name");
    super::text(w, row.name.as_deref());
    w.key("workflow_id");
    w.id(row.workflow_id);
    w.key("workflow_input");
    w.json_text(row.workflow_input.text());
    w.key("workflow_params");
    w.json_text(row.workflow_params.text());
    w.key("exchange");
    w.str(&row.exchange);
    w.key("topic");
    w.str(&row.topic);
    w.key("event");
    w.str(&row.event);
    w.key("scope");
    w.scope(row.scope);
    w.end_object();
}
