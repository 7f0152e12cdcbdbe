//! `/v2/dynamic_actions`: actions that are classes of uploaded code.

use super::super::App;
use super::super::body::{Attribute, Body, Kind, SCOPES};
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, Form, List, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::{code_sources, definitions};
use mistral_model::Str;
use mistral_store::Error as StoreError;
use mistral_store::definitions::{CodeSource, DynamicAction, Edit};
use mistral_store::list::tables::DYNAMIC_ACTION;
use serde_json::json;

/// What `/v2/dynamic_actions` can do.
pub static DECLARATION: Declaration = Declaration {
    name: "dynamic_actions",
    about: "Actions that are classes of uploaded code.",
    body: None,
    operations: &[
        Operation::missing(Verb::Delete, "/v2/dynamic_actions", "identifier"),
        Operation::new(
            Verb::Get,
            "/v2/dynamic_actions",
            handler!(list),
            &["dynamic_actions:list"],
            |_| describe::list("List dynamic actions", &DYNAMIC_ACTIONS, "DynamicAction", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/dynamic_actions",
            handler!(create),
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
            handler!(update),
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
            handler!(delete),
            &["dynamic_actions:delete"],
            |_| describe::delete("Delete a dynamic action").query(vec![describe::namespace()]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/dynamic_actions/{identifier}",
            handler!(get),
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
};

/// Example in the description.
fn example() -> serde_json::Value {
    json!({"name": "greet", "class_name": "Greet", "code_source_name": "greetings"})
}

pub static DYNAMIC_ACTIONS: Resource = Resource {
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

pub const ATTRIBUTES: &[Attribute] = &[
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

const ARGUMENT: &str = "dyn_action";

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

pub async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    let mut list = List::parse(app, &DYNAMIC_ACTIONS, &request.query, &[], &[])?;
    request.enforce("dynamic_actions:list").await?;
    list.always(NAMESPACE_ALWAYS);
    list.answer(app, request).await
}

pub async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace", "fields"])?;
    request.enforce("dynamic_actions:get").await?;
    let (identifier, namespace) = (request.segment(0), request.query.get("namespace").unwrap_or_default());
    let mut fields = list::single_fields(&DYNAMIC_ACTIONS, &request.query);
    if let Some(fields) = fields
        .as_mut()
        .filter(|f| f.iter().all(|field| field.name != "namespace"))
    {
        fields.push(NAMESPACE_ALWAYS);
    }
    let fields = fields.as_deref().unwrap_or(DYNAMIC_ACTIONS.fields);
    let found = definitions::lookup(app, request, &DYNAMIC_ACTIONS, fields, identifier, Some(namespace)).await?;
    let records = found.ok_or_else(|| Error::not_found(not_found(identifier, namespace)))?;
    let mut w = Writer::with_capacity(512);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
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

pub async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("dynamic_actions:create").await?;
    let scope = definitions::body_scope(request, &body, "dynamic_actions:publicize")
        .await?
        .unwrap_or_default();
    let namespace = body.text("namespace").unwrap_or_default();
    if body.filled("code_source_id").is_none() && body.filled("code_source_name").is_none() {
        return Err(Error::bad_request(
            "Either 'code_source_id' or 'code_source_name' must be provided.",
        ));
    }
    let Some(source) = source(app, request, &body, namespace).await? else {
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
    let mut edit = Edit::new();
    edit.insert(&row);
    match app.definitions.commit(edit).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => {
            return Err(Error::conflict(format!(
                "Duplicate entry for dynamic action definition [name={name}, namespace={namespace}, project_id=None]"
            )));
        }
        Err(error) => return Err(error.into()),
    }
    let mut w = Writer::with_capacity(512);
    write(&mut w, &row, &source.name, false);
    Ok(Reply::created(w))
}

pub async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("dynamic_actions:update").await?;
    let scope = definitions::body_scope(request, &body, "dynamic_actions:publicize").await?;
    let namespace = body.text("namespace").unwrap_or_default();
    let Some(identifier) = body.filled("id").or_else(|| body.filled("name")) else {
        return Err(Error::bad_request("Either 'name' or 'id' must be provided."));
    };
    if let Some(class_name) = body.filled("class_name") {
        definitions::check_length("class_name", class_name, MAX_NAME)?;
    }
    let missing = || Error::not_found(not_found(identifier, namespace));
    let source = source(app, request, &body, namespace).await?;
    let stored: Option<DynamicAction> = app
        .definitions
        .resolve(identifier, namespace, list::viewer(request))
        .await?;
    let stored = stored.ok_or_else(missing)?;
    definitions::check_owner(
        request,
        "dynamic_actions:update",
        "DynamicActionDefinition",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    let source = match source {
        Some(source) => source,
        None => code_sources::find(app, request, &stored.code_source_id.to_string(), namespace).await?,
    };
    let mut row = DynamicAction {
        scope: scope.unwrap_or(stored.scope),
        class_name: body
            .filled("class_name")
            .map_or_else(|| stored.class_name.clone(), Str::from),
        code_source_id: source.id,
        ..stored.clone()
    };
    let unchanged =
        row.scope == stored.scope && row.class_name == stored.class_name && row.code_source_id == stored.code_source_id;
    if !unchanged {
        row.updated_at = Some(app.clock.now());
        let mut edit = Edit::new();
        edit.update(&row);
        match app.definitions.commit(edit).await {
            Ok(()) => {}
            Err(StoreError::Missing { .. }) => return Err(missing()),
            Err(error) => return Err(error.into()),
        }
    }
    let mut w = Writer::with_capacity(512);
    write(&mut w, &row, &source.name, true);
    Ok(Reply::ok(w))
}

pub async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("dynamic_actions:delete").await?;
    let (identifier, namespace) = (request.segment(0), request.query.get("namespace").unwrap_or_default());
    let missing = || Error::not_found(not_found(identifier, namespace));
    let stored: Option<DynamicAction> = app
        .definitions
        .resolve(identifier, namespace, list::viewer(request))
        .await?;
    let stored = stored.ok_or_else(missing)?;
    definitions::check_owner(
        request,
        "dynamic_actions:delete",
        "DynamicActionDefinition",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    let mut edit = Edit::new();
    edit.delete::<DynamicAction>(stored.id);
    match app.definitions.commit(edit).await {
        Err(StoreError::Missing { .. }) => Err(missing()),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
    }
}

fn write(w: &mut Writer, row: &DynamicAction, source_name: &str, with_update: bool) {
    w.begin_object();
    w.key("id");
    w.id(row.id);
    w.key("name");
    w.str(&row.name);
    w.key("namespace");
    w.str(&row.namespace);
    w.key("code_source_id");
    w.id(row.code_source_id);
    w.key("code_source_name");
    w.str(source_name);
    w.key("class_name");
    w.str(&row.class_name);
    w.key("project_id");
    super::text(w, row.project_id.as_deref());
    w.key("scope");
    w.scope(row.scope);
    super::times(w, row.created_at, row.updated_at, with_update);
    w.end_object();
}
