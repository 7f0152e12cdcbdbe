//! `/v2/dynamic_actions`: actions that are classes of uploaded code.

use super::super::App;
use super::super::body::{Attribute, Body, Kind, SCOPES};
use super::super::error::Error;
use super::super::list::{Field, FilterKind, Form, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::request::Request;
use super::crud::{self, Changed, Create, Crud, Key, Made, Named, Update};
use super::{code_sources, definitions};
use mistral_model::Str;
use mistral_store::definitions::{CodeSource, DynamicAction};
use mistral_store::list::Cell;
use mistral_store::list::tables::DYNAMIC_ACTION;
use serde_json::json;

/// What `/v2/dynamic_actions` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "dynamic_actions",
    about: "Actions that are classes of uploaded code.",
    rules: &[
        Rule::admins("dynamic_actions:create", "Create a dynamic action."),
        Rule::admins("dynamic_actions:delete", "Delete a dynamic action."),
        Rule::admins("dynamic_actions:get", "Read a dynamic action."),
        Rule::admins("dynamic_actions:list", "List dynamic actions."),
        Rule::admins("dynamic_actions:update", "Change a dynamic action."),
        Rule::admins("dynamic_actions:publicize", "Make a dynamic action public."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/dynamic_actions", "identifier"),
        Operation::new(
            Verb::Get,
            "/v2/dynamic_actions",
            handler!(crud::list::<DynamicAction>),
            &["dynamic_actions:list"],
            |_| describe::list("List dynamic actions", &DYNAMIC_ACTIONS, "DynamicAction", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/dynamic_actions",
            handler!(crud::create::<DynamicAction>),
            &["dynamic_actions:create", "dynamic_actions:publicize"],
            |_| {
                describe::create("Create a dynamic action", describe::reference("DynamicAction"))
                    .described("From a class in a code source, by `code_source_id` or `code_source_name`.")
                    .json_body(ATTRIBUTES, &["name", "class_name"], example())
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Put,
            "/v2/dynamic_actions",
            handler!(crud::update::<DynamicAction>),
            &["dynamic_actions:update", "dynamic_actions:publicize"],
            |_| {
                describe::update("Update a dynamic action", describe::reference("DynamicAction"))
                    .described("By `id` or `name`.")
                    .json_body(ATTRIBUTES, &[], example())
            },
        ),
        Operation::new(
            Verb::Delete,
            "/v2/dynamic_actions/{identifier}",
            handler!(crud::delete::<DynamicAction>),
            &["dynamic_actions:delete"],
            |_| describe::delete("Delete a dynamic action").query(vec![describe::namespace()]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/dynamic_actions/{identifier}",
            handler!(crud::get::<DynamicAction>),
            &["dynamic_actions:get"],
            |_| {
                describe::get("Get a dynamic action", "DynamicAction")
                    .query(vec![describe::namespace(), describe::fields()])
            },
        ),
        Operation::surplus(
            Verb::Post,
            "/v2/dynamic_actions/{identifier}",
            "dyn_action",
            "DynamicAction",
        ),
        Operation::surplus(
            Verb::Put,
            "/v2/dynamic_actions/{identifier}",
            "dyn_action",
            "DynamicAction",
        ),
    ],
    words: &[
        ("code_source_id", "Code source with the class."),
        ("code_source_name", "Name of that code source."),
        ("class_name", "Name of the class."),
    ],
    ..Declaration::BARE
};

/// Example in the description.
fn example() -> serde_json::Value {
    json!({"name": "greet", "class_name": "Greet", "code_source_name": "greetings"})
}

pub(crate) static DYNAMIC_ACTIONS: Resource = Resource {
    collection: "dynamic_actions",
    table: &DYNAMIC_ACTION,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("namespace"),
        Field::plain("code_source_id"),
        Field::plain("code_source_name"),
        Field::plain("class_name"),
        Field::plain("project_id"),
        Field::plain("scope"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("scope", FilterKind::Scope),
        ("project_id", FilterKind::Project),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("namespace", FilterKind::Text),
    ],
    flags: &["all_projects"],
    not_found: |id| not_found(id, ""),
};

pub(crate) const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("name", Kind::Text),
    ("namespace", Kind::Text),
    ("code_source_id", Kind::Text),
    ("code_source_name", Kind::Text),
    ("class_name", Kind::Text),
    ("project_id", Kind::ReadOnly),
    ("scope", SCOPES),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
];

/// Longest name, in characters.
const MAX_NAME: usize = 255;

/// An artefact of upstream that clients see: chosen or not, there is a namespace, then the default one.
const NAMESPACE_ALWAYS: Field = Field {
    name: "namespace",
    form: Form::EmptyText,
};

fn not_found(name: &str, namespace: &str) -> String {
    format!("Dynamic Action not found [name={name},namespace={namespace}]")
}

impl Crud for DynamicAction {
    const RESOURCE: &'static Resource = &DYNAMIC_ACTIONS;
    const ENTITY: &'static str = "DynamicActionDefinition";
    const KEY: Key = Key::NameOrId;
    const BODY: Option<(&'static str, &'static [Attribute])> = Some(("dyn_action", ATTRIBUTES));
    const ALWAYS: Option<Field> = Some(NAMESPACE_ALWAYS);

    /// Where its class comes from.
    type Beside = CodeSource;

    fn not_found(named: Named<'_>) -> String {
        not_found(named.identifier, named.namespace)
    }

    fn duplicate(&self, _: &str) -> Option<Error> {
        let (name, namespace) = (&self.name, &self.namespace);
        Some(Error::conflict(format!(
            "Duplicate entry for dynamic action definition [name={name}, namespace={namespace}, project_id=None]"
        )))
    }

    fn member<'a>(source: &'a CodeSource, _: &str) -> Option<Cell<'a>> {
        Some(Cell::Text(&source.name))
    }
}

/// The code source that a body names, if it names one.
async fn source(app: &App, request: &Request, body: &Body, namespace: &str) -> Result<Option<CodeSource>, Error> {
    match body
        .filled("code_source_id")
        .or_else(|| body.filled("code_source_name"))
    {
        None => Ok(None),
        Some(identifier) => code_sources::find(app, request, identifier, namespace).await.map(Some),
    }
}

impl Create for DynamicAction {
    async fn make(app: &App, request: &Request, body: &Body) -> Result<Made<DynamicAction>, Error> {
        let scope = crud::scope(request, body).await?.unwrap_or_default();
        let namespace = body.text("namespace").unwrap_or_default();
        if body.filled("code_source_id").is_none() && body.filled("code_source_name").is_none() {
            return Err(Error::bad_request(
                "Either 'code_source_id' or 'code_source_name' must be provided.",
            ));
        }
        let Some(source) = source(app, request, body, namespace).await? else {
            return Err(Error::bad_request(
                "Either 'code_source_id' or 'code_source_name' must be provided.",
            ));
        };
        let Some(name) = body.filled("name") else {
            return Err(Error::bad_request("The name of the dynamic action must be provided."));
        };
        let Some(class_name) = body.filled("class_name") else {
            return Err(Error::bad_request(
                "The class name of the dynamic action must be provided.",
            ));
        };
        for (field, text) in [("name", name), ("namespace", namespace), ("class_name", class_name)] {
            definitions::check_length(field, text, MAX_NAME)?;
        }
        let row = DynamicAction {
            id: app.engine.new_id(),
            name: name.into(),
            namespace: namespace.into(),
            project_id: request.identity.project_id.clone(),
            scope,
            class_name: class_name.into(),
            code_source_id: source.id,
            created_at: app.clock.now(),
            updated_at: None,
        };
        Ok(Made { row, beside: source })
    }
}

impl Update for DynamicAction {
    async fn change(app: &App, request: &Request, body: &Body) -> Result<Changed<DynamicAction>, Error> {
        let scope = crud::scope(request, body).await?;
        let namespace = body.text("namespace").unwrap_or_default();
        let Some(identifier) = body.filled("id").or_else(|| body.filled("name")) else {
            return Err(Error::bad_request("Either 'name' or 'id' must be provided."));
        };
        if let Some(class_name) = body.filled("class_name") {
            definitions::check_length("class_name", class_name, MAX_NAME)?;
        }
        let source = source(app, request, body, namespace).await?;
        let named = Named { identifier, namespace };
        let stored: DynamicAction = crud::own(app, request, named).await?;
        let source = match source {
            Some(source) => source,
            None => code_sources::find(app, request, &stored.code_source_id.to_string(), namespace).await?,
        };
        let row = DynamicAction {
            scope: scope.unwrap_or(stored.scope),
            class_name: body
                .filled("class_name")
                .map_or_else(|| stored.class_name.clone(), Str::from),
            code_source_id: source.id,
            ..stored.clone()
        };
        Ok(Changed {
            gone: Self::not_found(named),
            stored,
            row,
            beside: source,
        })
    }
}
