//! `/v2/environments`.

use super::super::App;
use super::super::body::{Attribute, Body, Kind, SCOPES};
use super::super::error::{Error, duplicate};
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, Form, List, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::definitions;
use mistral_model::{Payload, Str, Value, python};
use mistral_store::Error as StoreError;
use mistral_store::definitions::{Edit, Environment};
use mistral_store::list::Viewer;
use mistral_store::list::tables::ENVIRONMENT;
use serde_json::json;

/// What `/v2/environments` can do.
pub static DECLARATION: Declaration = Declaration {
    name: "environments",
    about: "Named sets of variables.",
    body: None,
    operations: &[
        Operation::missing(Verb::Delete, "/v2/environments", "name"),
        Operation::new(
            Verb::Get,
            "/v2/environments",
            handler!(list),
            &["environments:list"],
            |_| describe::list("List environments", &ENVIRONMENTS, "Environment", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/environments",
            handler!(create),
            &["environments:create", "environments:publicize"],
            |_| {
                describe::create("Create an environment", describe::reference("Environment")).json_body(
                    ATTRIBUTES,
                    &["name"],
                    example(),
                )
            },
        ),
        Operation::new(
            Verb::Put,
            "/v2/environments",
            handler!(update),
            &["environments:update", "environments:publicize"],
            |_| {
                describe::update("Update an environment", describe::reference("Environment")).json_body(
                    ATTRIBUTES,
                    &["name"],
                    example(),
                )
            },
        ),
        Operation::new(
            Verb::Delete,
            "/v2/environments/{name}",
            handler!(delete),
            &["environments:delete"],
            |_| describe::delete("Delete an environment"),
        ),
        Operation::new(
            Verb::Get,
            "/v2/environments/{name}",
            handler!(get),
            &["environments:get"],
            |_| describe::get("Get an environment", "Environment").query(vec![describe::fields()]),
        ),
        Operation::surplus(Verb::Post, "/v2/environments/{name}", "env", "Environment"),
        Operation::surplus(Verb::Put, "/v2/environments/{name}", "env", "Environment"),
    ],
};

/// Example in the description.
fn example() -> serde_json::Value {
    json!({"name": "staging", "description": "for tests", "variables": {"region": "one"}})
}

pub static ENVIRONMENTS: Resource = Resource {
    collection: "environments",
    table: &ENVIRONMENT,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("description"),
        Field {
            name: "variables",
            form: Form::NullableJson,
        },
        Field::plain("scope"),
        Field::plain("project_id"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("description", FilterKind::Text),
        ("variables", FilterKind::Json),
        ("scope", FilterKind::Scope),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
    ],
    flags: &[],
    not_found,
};

pub const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("name", Kind::Text),
    ("description", Kind::Text),
    ("variables", Kind::Json),
    ("scope", SCOPES),
    ("project_id", Kind::ReadOnly),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
];

const ARGUMENT: &str = "env";

/// Longest name, in characters.
const MAX_NAME: usize = 200;

/// Longest description, in characters.
const MAX_DESCRIPTION: usize = 65_535;

fn not_found(name: &str) -> String {
    format!("Environment not found [name={name}]")
}

pub async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("environments:list").await?;
    List::parse(app, &ENVIRONMENTS, &request.query, &[], &[])?
        .answer(app, request)
        .await
}

pub async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["fields"])?;
    request.enforce("environments:get").await?;
    let name = request.segment(0);
    let fields = list::single_fields(&ENVIRONMENTS, &request.query);
    let fields = fields.as_deref().unwrap_or(ENVIRONMENTS.fields);
    let found = definitions::lookup(app, request, &ENVIRONMENTS, fields, name, None).await?;
    let records = found.ok_or_else(|| Error::not_found(not_found(name)))?;
    let mut w = Writer::with_capacity(512);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
}

/// Only these keys may define an environment.
fn check_keys(body: &Body, legal: &[&str], shown: &[&str]) -> Result<(), Error> {
    if body.names().all(|name| legal.contains(&name)) {
        return Ok(());
    }
    Err(Error::bad_request(format!(
        "Please, check your environment definition. Only: {} are allowed as definition keys.",
        python::repr_list(shown.iter().copied())
    )))
}

pub async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("environments:create").await?;
    let legal = ["name", "description", "variables", "scope"];
    check_keys(&body, &legal, &legal)?;
    let scope = definitions::body_scope(request, &body, "environments:publicize")
        .await?
        .unwrap_or_default();
    let Some(name) = body.filled("name") else {
        return Err(Error::bad_request("Name of the environment is not provided."));
    };
    definitions::check_name("name", name, MAX_NAME)?;
    check_description(&body)?;
    let row = Environment {
        id: app.engine.new_id(),
        name: name.into(),
        project_id: request.identity.project_id.clone(),
        scope,
        description: body.text("description").map(Str::from),
        variables: Payload::from_value(body.get("variables").cloned().unwrap_or_default()),
        created_at: app.clock.now(),
        updated_at: None,
    };
    let mut edit = Edit::new();
    edit.insert(&row);
    edit.charge(request.identity.project_id.as_deref(), app.options.definitions);
    match app.definitions.commit(edit).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => {
            return Err(duplicate("Environment", &["name", "project_id"], &[name]));
        }
        Err(error) => return Err(error.into()),
    }
    let mut w = Writer::with_capacity(512);
    write(&mut w, &row, body.has("description"), body.has("variables"), false);
    Ok(Reply::created(w))
}

fn check_description(body: &Body) -> Result<(), Error> {
    match body.text("description") {
        Some(text) => definitions::check_length("description", text, MAX_DESCRIPTION),
        None => Ok(()),
    }
}

pub async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    request.enforce("environments:update").await?;
    let Some(name) = body.filled("name") else {
        return Err(Error::bad_request("Name of the environment is not provided."));
    };
    check_keys(
        &body,
        &["name", "description", "variables", "scope"],
        &["description", "variables", "scope"],
    )?;
    let scope = definitions::body_scope(request, &body, "environments:publicize").await?;
    check_description(&body)?;
    let stored = find(app, request, "environments:update", name).await?;
    let mut row = Environment {
        scope: scope.unwrap_or(stored.scope),
        description: match body.get("description") {
            None => stored.description.clone(),
            Some(Value::Str(text)) => Some(text.clone()),
            Some(_) => None,
        },
        variables: match body.get("variables") {
            None => stored.variables.clone(),
            Some(variables) => Payload::from_value(variables.clone()),
        },
        ..stored.clone()
    };
    let unchanged = row.scope == stored.scope
        && row.description == stored.description
        && definitions::same(&row.variables, &stored.variables);
    if !unchanged {
        row.updated_at = Some(app.clock.now());
        let mut edit = Edit::new();
        edit.update(&row);
        match app.definitions.commit(edit).await {
            Ok(()) => {}
            Err(StoreError::Missing { .. }) => return Err(Error::not_found(not_found(name))),
            Err(error) => return Err(error.into()),
        }
    }
    let mut w = Writer::with_capacity(512);
    write(&mut w, &row, true, true, true);
    Ok(Reply::ok(w))
}

pub async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    request.enforce("environments:delete").await?;
    let name = request.segment(0);
    let stored = find(app, request, "environments:delete", name).await?;
    let mut edit = Edit::new();
    edit.delete::<Environment>(stored.id);
    match app.definitions.commit(edit).await {
        Err(StoreError::Missing { .. }) => Err(Error::not_found(not_found(name))),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
    }
}

/// The environment to change, which must be the caller's.
async fn find(app: &App, request: &Request, rule: &str, name: &str) -> Result<Environment, Error> {
    let viewer = Viewer::Project(request.identity.project_id.as_deref());
    let stored: Option<Environment> = app.definitions.find(name, "", viewer).await?;
    let stored = stored.ok_or_else(|| Error::not_found(not_found(name)))?;
    definitions::check_owner(
        request,
        rule,
        "Environment",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    Ok(stored)
}

fn write(w: &mut Writer, row: &Environment, description: bool, variables: bool, with_update: bool) {
    w.begin_object();
    w.key("id");
    w.id(row.id);
    w.key("name");
    w.str(&row.name);
    if description {
        w.key("description");
        super::text(w, row.description.as_deref());
    }
    if variables {
        w.key("variables");
        match row.variables.value() {
            Value::Null => w.null(),
            _ => w.json_text(row.variables.text()),
        }
    }
    w.key("scope");
    w.scope(row.scope);
    w.key("project_id");
    super::text(w, row.project_id.as_deref());
    super::times(w, row.created_at, row.updated_at, with_update);
    w.end_object();
}
