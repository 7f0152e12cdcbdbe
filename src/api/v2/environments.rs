//! `/v2/environments`.

use super::super::App;
use super::super::body::{Attribute, Body, Kind, SCOPES};
use super::super::error::{Error, duplicate};
use super::super::list::{Field, FilterKind, Form, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::request::Request;
use super::crud::{self, Changed, Create, Crud, Key, Made, Named, Update};
use super::definitions;
use mistral_model::{Payload, Str, Value, python};
use mistral_store::definitions::Environment;
use mistral_store::list::tables::ENVIRONMENT;
use serde_json::json;

/// What `/v2/environments` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "environments",
    about: "Named sets of variables.",
    rules: &[
        Rule::owners("environments:create", "Create an environment."),
        Rule::owners("environments:delete", "Delete an environment."),
        Rule::owners("environments:get", "Read an environment."),
        Rule::owners("environments:list", "List environments."),
        Rule::owners("environments:update", "Change an environment."),
        Rule::admins("environments:publicize", "Make an environment public."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/environments", "name"),
        Operation::new(
            Verb::Get,
            "/v2/environments",
            handler!(crud::list::<Environment>),
            &["environments:list"],
            |_| describe::list("List environments", &ENVIRONMENTS, "Environment", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/environments",
            handler!(crud::create::<Environment>),
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
            handler!(crud::update::<Environment>),
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
            handler!(crud::delete::<Environment>),
            &["environments:delete"],
            |_| describe::delete("Delete an environment"),
        ),
        Operation::new(
            Verb::Get,
            "/v2/environments/{name}",
            handler!(crud::get::<Environment>),
            &["environments:get"],
            |_| describe::get("Get an environment", "Environment").query(vec![describe::fields()]),
        ),
        Operation::surplus(Verb::Post, "/v2/environments/{name}", "env", "Environment"),
        Operation::surplus(Verb::Put, "/v2/environments/{name}", "env", "Environment"),
    ],
    words: &[("variables", "The variables.")],
    ..Declaration::BARE
};

/// Example in the description.
fn example() -> serde_json::Value {
    json!({"name": "staging", "description": "for tests", "variables": {"region": "one"}})
}

pub(crate) static ENVIRONMENTS: Resource = Resource {
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

pub(crate) const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("name", Kind::Text),
    ("description", Kind::Text),
    ("variables", Kind::Json),
    ("scope", SCOPES),
    ("project_id", Kind::ReadOnly),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
];

/// Longest name, in characters.
const MAX_NAME: usize = 200;

/// Longest description, in characters.
const MAX_DESCRIPTION: usize = 65_535;

fn not_found(name: &str) -> String {
    format!("Environment not found [name={name}]")
}

impl Crud for Environment {
    const RESOURCE: &'static Resource = &ENVIRONMENTS;
    const ENTITY: &'static str = "Environment";
    const KEY: Key = Key::Name;
    const BODY: Option<(&'static str, &'static [Attribute])> = Some(("env", ATTRIBUTES));
    const RIGHTS_FIRST: bool = true;

    type Beside = Sent;

    fn not_found(named: Named<'_>) -> String {
        not_found(named.identifier)
    }

    fn duplicate(&self, _: &str) -> Option<Error> {
        Some(duplicate("Environment", &["name", "project_id"], &[&self.name]))
    }

    fn shows(sent: &Sent, member: &str, is_new: bool) -> bool {
        match member {
            "description" => !is_new || sent.description,
            "variables" => !is_new || sent.variables,
            member => !(is_new && member == "updated_at"),
        }
    }
}

/// What a body says of a new environment, which its answer repeats.
pub(crate) struct Sent {
    description: bool,
    variables: bool,
}

impl Sent {
    fn of(body: &Body) -> Sent {
        Sent {
            description: body.has("description"),
            variables: body.has("variables"),
        }
    }
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

impl Create for Environment {
    async fn make(app: &App, request: &Request, body: &Body) -> Result<Made<Environment>, Error> {
        let legal = ["name", "description", "variables", "scope"];
        check_keys(body, &legal, &legal)?;
        let scope = crud::scope(request, body).await?.unwrap_or_default();
        let Some(name) = body.filled("name") else {
            return Err(Error::bad_request("Name of the environment is not provided."));
        };
        definitions::check_name("name", name, MAX_NAME)?;
        check_description(body)?;
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
        let beside = Sent::of(body);
        Ok(Made { row, beside })
    }
}

fn check_description(body: &Body) -> Result<(), Error> {
    match body.text("description") {
        Some(text) => definitions::check_length("description", text, MAX_DESCRIPTION),
        None => Ok(()),
    }
}

impl Update for Environment {
    async fn change(app: &App, request: &Request, body: &Body) -> Result<Changed<Environment>, Error> {
        let Some(name) = body.filled("name") else {
            return Err(Error::bad_request("Name of the environment is not provided."));
        };
        check_keys(
            body,
            &["name", "description", "variables", "scope"],
            &["description", "variables", "scope"],
        )?;
        let scope = crud::scope(request, body).await?;
        check_description(body)?;
        let named = Named {
            identifier: name,
            namespace: "",
        };
        let stored: Environment = crud::own(app, request, named).await?;
        let row = Environment {
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
        Ok(Changed {
            gone: Self::not_found(named),
            stored,
            row,
            beside: Sent::of(body),
        })
    }
}
