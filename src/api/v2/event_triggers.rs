//! `/v2/event_triggers`.

use super::super::App;
use super::super::body::{Attribute, Body, Kind, SCOPES};
use super::super::error::{Error, duplicate};
use super::super::list::{self, Field, FilterKind, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::query;
use super::super::request::Request;
use super::crud::{self, Changed, Create, Crud, Key, Made, Named, Update};
use super::definitions;
use mistral_model::{Id, Payload, Str};
use mistral_store::definitions::{EventTrigger, WorkflowDefinition};
use mistral_store::list::tables::EVENT_TRIGGER;
use serde_json::json;

/// What `/v2/event_triggers` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "event_triggers",
    about: "Workflows that start with events.",
    body: Some((ARGUMENT, ATTRIBUTES)),
    rules: &[
        Rule::owners("event_triggers:create", "Create an event trigger."),
        Rule::owners("event_triggers:delete", "Delete an event trigger."),
        Rule::owners("event_triggers:get", "Read an event trigger."),
        Rule::owners("event_triggers:list", "List event triggers."),
        Rule::owners("event_triggers:update", "Change an event trigger."),
        Rule::admins("event_triggers:publicize", "Make an event trigger public."),
        Rule::admins(
            "event_triggers:list:all_projects",
            "List event triggers of all projects.",
        ),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/event_triggers", "id"),
        Operation::new(
            Verb::Get,
            "/v2/event_triggers",
            handler!(crud::list::<EventTrigger>),
            &["event_triggers:list", "event_triggers:list:all_projects"],
            |_| describe::list("List event triggers", &EVENT_TRIGGERS, "EventTrigger", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/event_triggers",
            handler!(crud::create::<EventTrigger>),
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
            handler!(crud::delete::<EventTrigger>),
            &["event_triggers:delete"],
            |_| describe::delete("Delete an event trigger"),
        ),
        Operation::new(
            Verb::Get,
            "/v2/event_triggers/{id}",
            handler!(crud::get::<EventTrigger>),
            &["event_triggers:get"],
            |_| describe::get("Get an event trigger", "EventTrigger").query(vec![describe::fields()]),
        ),
        Operation::surplus(Verb::Post, "/v2/event_triggers/{id}", "event_trigger", "EventTrigger"),
        Operation::new(
            Verb::Put,
            "/v2/event_triggers/{id}",
            handler!(crud::update::<EventTrigger>),
            &["event_triggers:update", "event_triggers:publicize"],
            |_| {
                describe::update("Update an event trigger", describe::reference("EventTrigger"))
                    .described("`exchange`, `topic` and `event` cannot be changed.")
                    .json_body(ATTRIBUTES, &[], json!({"name": "on boot", "scope": "private"}))
            },
        ),
    ],
    words: &[
        ("exchange", "Exchange that the event comes from."),
        ("topic", "Topic that the event comes from."),
        ("event", "Type of the event."),
    ],
    ..Declaration::BARE
};

pub(crate) static EVENT_TRIGGERS: Resource = Resource {
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

pub(crate) const ATTRIBUTES: &[Attribute] = &[
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

pub(crate) const ARGUMENT: &str = "event_trigger";

/// What makes a trigger: where it listens and for what. It cannot be changed later.
const ROUTE: [&str; 3] = ["exchange", "topic", "event"];

/// Longest name of a trigger, exchange, topic or event, in characters.
const MAX_NAME: usize = 255;

fn not_found(id: &str) -> String {
    format!("Event trigger not found [id={id}].")
}

impl Crud for EventTrigger {
    const RESOURCE: &'static Resource = &EVENT_TRIGGERS;
    const ENTITY: &'static str = "EventTrigger";
    const KEY: Key = Key::Id;
    const BODY: Option<(&'static str, &'static [Attribute])> = Some((ARGUMENT, ATTRIBUTES));

    type Beside = ();

    fn not_found(named: Named<'_>) -> String {
        not_found(named.identifier)
    }

    fn duplicate(&self, _: &str) -> Option<Error> {
        Some(duplicate(
            "EventTrigger",
            &["exchange", "topic", "event", "workflow_id", "project_id"],
            &[&self.exchange, &self.topic, &self.event, &self.workflow_id.to_string()],
        ))
    }

    fn trust(&self) -> Option<&str> {
        self.trust_id.as_deref()
    }

    fn shows((): &(), _: &str, _: bool) -> bool {
        true
    }
}

impl Create for EventTrigger {
    async fn make(app: &App, request: &Request, body: &Body) -> Result<Made<EventTrigger>, Error> {
        let workflow_id = body.text("workflow_id").map(uuid).transpose()?;
        let scope = crud::scope(request, body).await?.unwrap_or_default();
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
        Ok(Made { row, beside: () })
    }
}

impl Update for EventTrigger {
    async fn change(app: &App, request: &Request, body: &Body) -> Result<Changed<EventTrigger>, Error> {
        if ROUTE.iter().any(|field| body.filled(field).is_some()) {
            return Err(Error::bad_request(
                "Can not update fields ['exchange', 'topic', 'event'] of event trigger.",
            ));
        }
        let workflow_id = body.text("workflow_id").map(uuid).transpose()?;
        let scope = crud::scope(request, body).await?;
        let named = Named {
            identifier: request.segment(0),
            namespace: "",
        };
        let stored: EventTrigger = crud::own(app, request, named).await?;
        if let Some(name) = body.text("name") {
            definitions::check_name("name", name, MAX_NAME)?;
        }
        let input = body.dict("workflow_input").map(|_| body.dict_value("workflow_input"));
        // As upstream, which checks the input of a new trigger only.
        if let Some(id) = workflow_id {
            workflow(app, request, id).await?;
        }
        let row = EventTrigger {
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
        Ok(Changed {
            gone: Self::not_found(named),
            stored,
            row,
            beside: (),
        })
    }
}

fn uuid(text: &str) -> Result<Id, Error> {
    query::bare_uuid(text).map_err(Error::bad_request)
}

async fn workflow(app: &App, request: &Request, id: Id) -> Result<WorkflowDefinition, Error> {
    let found: Option<WorkflowDefinition> = app.definitions.get(id, list::viewer(request)).await?;
    found.ok_or_else(|| Error::not_found(format!("Workflow not found [workflow_id={id}]")))
}
