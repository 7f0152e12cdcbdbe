//! `/v2/code_sources`: Python modules that dynamic actions come from.

use super::super::App;
use super::super::body::Body;
use super::super::error::{Error, duplicate};
use super::super::list::{self, Field, FilterKind, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Family, Operation, Rule, Verb, handler};
use super::super::request::Request;
use super::crud::{self, Changed, Create, Crud, Key, Made, Named, Update};
use super::definitions;
use mistral_model::{Id, Str};
use mistral_store::definitions::{CodeSource, DynamicAction, Edit};
use mistral_store::list::tables::{CODE_SOURCE, DYNAMIC_ACTION};
use mistral_store::list::{Test, Viewer, columns};
use serde_json::json;

/// What `/v2/code_sources` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "code_sources",
    about: "Source code of dynamic actions.",
    rules: &[
        Rule::admins("code_sources:create", "Create a code source."),
        Rule::admins("code_sources:delete", "Delete a code source."),
        Rule::admins("code_sources:get", "Read a code source."),
        Rule::admins("code_sources:list", "List code sources."),
        Rule::admins("code_sources:update", "Change a code source."),
        Rule::admins("code_sources:publicize", "Make a code source public."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/code_sources", "identifier"),
        Operation::new(
            Verb::Get,
            "/v2/code_sources",
            handler!(crud::list::<CodeSource>),
            &["code_sources:list"],
            |_| describe::list("List code sources", &CODE_SOURCES, "CodeSource", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/code_sources",
            handler!(crud::create::<CodeSource>),
            &["code_sources:create", "code_sources:publicize"],
            |path| {
                describe_upload(
                    describe::create("Upload source code", describe::reference("CodeSource")),
                    path,
                    "name",
                )
            },
        )
        .family(Family::Source),
        Operation::new(
            Verb::Put,
            "/v2/code_sources",
            handler!(crud::update::<CodeSource>),
            &["code_sources:update", "code_sources:publicize"],
            |path| {
                describe_upload(
                    describe::update(
                        "Upload another version of source code",
                        describe::reference("CodeSource"),
                    ),
                    path,
                    "identifier",
                )
            },
        )
        .family(Family::Source),
        Operation::new(
            Verb::Delete,
            "/v2/code_sources/{identifier}",
            handler!(crud::delete::<CodeSource>),
            &["code_sources:delete"],
            |_| describe::delete("Delete a code source with its dynamic actions").query(vec![describe::namespace()]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/code_sources/{identifier}",
            handler!(crud::get::<CodeSource>),
            &["code_sources:get"],
            |_| describe::get("Get a code source", "CodeSource").query(vec![describe::namespace(), describe::fields()]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/code_sources/{identifier}",
            handler!(crud::create::<CodeSource>),
            &["code_sources:create", "code_sources:publicize"],
            |path| {
                describe_upload(
                    describe::create("Upload source code", describe::reference("CodeSource")),
                    path,
                    "name",
                )
            },
        )
        .family(Family::Source),
        Operation::new(
            Verb::Put,
            "/v2/code_sources/{identifier}",
            handler!(crud::update::<CodeSource>),
            &["code_sources:update", "code_sources:publicize"],
            |path| {
                describe_upload(
                    describe::update(
                        "Upload another version of source code",
                        describe::reference("CodeSource"),
                    ),
                    path,
                    "identifier",
                )
            },
        )
        .family(Family::Source),
    ],
    words: &[("content", "Source code."), ("version", "Counts the uploads.")],
    ..Declaration::BARE
};

/// Example in the description.
const CODE: &str = "\
from mistral_lib import actions


class Greet(actions.Action):
    def run(self, context):
        return 'Hello'
";

fn describe_upload(operation: Description, path: &'static str, name: &'static str) -> Description {
    let mut operation = operation
        .described("`Accept` must allow `text/plain`, though the answer is JSON, as upstream has it.")
        .query(describe::upload_parameters(false, false))
        .text_body("Source code.", CODE);
    if !path.ends_with('}') {
        let schema = json!({"type": "string", "minLength": 1, "maxLength": 255});
        let mut parameter = describe::parameter(name, schema, "Name of the code source.");
        parameter["required"] = true.into();
        operation.parameters.push(parameter);
    }
    operation
}

pub(crate) static CODE_SOURCES: Resource = Resource {
    collection: "code_sources",
    table: &CODE_SOURCE,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("namespace"),
        Field::plain("content"),
        Field::plain("version"),
        Field::plain("project_id"),
        Field::plain("scope"),
        Field::absent("actions"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("tags", FilterKind::Tags),
        ("scope", FilterKind::Scope),
        ("project_id", FilterKind::Project),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("namespace", FilterKind::Text),
    ],
    flags: &["all_projects"],
    not_found: |id| not_found(id, ""),
};

/// Longest name, in characters.
const MAX_NAME: usize = 255;

pub(crate) fn not_found(name: &str, namespace: &str) -> String {
    format!("Code Source not found [name={name},namespace={namespace}]")
}

impl Crud for CodeSource {
    const RESOURCE: &'static Resource = &CODE_SOURCES;
    const ENTITY: &'static str = "CodeSource";
    const KEY: Key = Key::NameOrId;

    type Beside = ();

    fn not_found(named: Named<'_>) -> String {
        not_found(named.identifier, named.namespace)
    }

    fn duplicate(&self, _: &str) -> Option<Error> {
        let keys = ["name", "namespace", "project_id"];
        Some(duplicate("CodeSource", &keys, &[&self.name, &self.namespace]))
    }

    async fn dependents(&self, app: &App, edit: &mut Edit) -> Result<(), Error> {
        for id in dependent_actions(app, self.id).await? {
            edit.delete::<DynamicAction>(id);
        }
        Ok(())
    }
}

impl Create for CodeSource {
    async fn make(app: &App, request: &Request, _: &Body) -> Result<Made<CodeSource>, Error> {
        let scope = crud::scope_of_query(request).await?;
        let namespace = definitions::namespace(request)?;
        let name = named(request, "name")?;
        definitions::check_name("name", name, MAX_NAME)?;
        let row = CodeSource {
            id: app.engine.new_id(),
            name: name.into(),
            namespace: namespace.into(),
            project_id: request.identity.project_id.clone(),
            scope,
            content: request.take_text()?.into(),
            version: 1,
            tags: None,
            created_at: app.clock.now(),
            updated_at: None,
        };
        Ok(Made { row, beside: () })
    }
}

impl Update for CodeSource {
    async fn change(app: &App, request: &Request, _: &Body) -> Result<Changed<CodeSource>, Error> {
        let scope = crud::scope_of_query(request).await?;
        let namespace = definitions::namespace(request)?;
        let identifier = named(request, "identifier")?;
        let content: Str = request.take_text()?.into();
        let named = Named { identifier, namespace };
        let stored: CodeSource = crud::own(app, request, named).await?;
        let row = CodeSource {
            scope,
            content,
            version: stored.version.saturating_add(1),
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

/// What the path calls a source, or else a parameter of this name.
fn named<'a>(request: &'a Request, parameter: &str) -> Result<&'a str, Error> {
    let name = match request.segment(0) {
        "" => request.query.get(parameter).unwrap_or_default(),
        segment => segment,
    };
    match name {
        "" => Err(Error::missing_argument(parameter)),
        name => Ok(name),
    }
}

/// Dynamic actions, of whatever project, that come from a source.
async fn dependent_actions(app: &App, source: Id) -> Result<Vec<Id>, Error> {
    const LIMIT: u32 = 100_000;
    let tests = vec![("code_source_id", Test::Id(source))];
    let wanted = columns(&DYNAMIC_ACTION, &["id"]);
    let records = list::find_columns(app, Viewer::Admin, &DYNAMIC_ACTION, &wanted, tests, LIMIT).await?;
    let mut ids = Vec::with_capacity(records.len());
    for row in 0..records.len() {
        ids.extend(records.id(row, "id")?);
    }
    Ok(ids)
}

/// The source with this id or name.
pub(crate) async fn find(app: &App, request: &Request, identifier: &str, namespace: &str) -> Result<CodeSource, Error> {
    let found = app
        .definitions
        .resolve(identifier, namespace, list::viewer(request))
        .await?;
    found.ok_or_else(|| Error::not_found(not_found(identifier, namespace)))
}
