//! `/v2/code_sources`: Python modules that dynamic actions come from.

use super::super::App;
use super::super::error::{Error, duplicate};
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, List, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Family, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::definitions;
use mistral_model::{Id, Str};
use mistral_store::Error as StoreError;
use mistral_store::definitions::{CodeSource, DynamicAction, Edit};
use mistral_store::list::tables::{CODE_SOURCE, DYNAMIC_ACTION};
use mistral_store::list::{Test, Viewer, columns};
use serde_json::json;

/// What `/v2/code_sources` can do.
pub static DECLARATION: Declaration = Declaration {
    name: "code_sources",
    about: "Source code of dynamic actions.",
    body: None,
    operations: &[
        Operation::missing(Verb::Delete, "/v2/code_sources", "identifier"),
        Operation::new(
            Verb::Get,
            "/v2/code_sources",
            handler!(list),
            &["code_sources:list"],
            |_| describe::list("List code sources", &CODE_SOURCES, "CodeSource", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/code_sources",
            handler!(create),
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
            handler!(update),
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
            handler!(delete),
            &["code_sources:delete"],
            |_| describe::delete("Delete a code source with its dynamic actions").query(vec![describe::namespace()]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/code_sources/{identifier}",
            handler!(get),
            &["code_sources:get"],
            |_| describe::get("Get a code source", "CodeSource").query(vec![describe::namespace(), describe::fields()]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/code_sources/{identifier}",
            handler!(create),
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
            handler!(update),
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

pub static CODE_SOURCES: Resource = Resource {
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

pub fn not_found(name: &str, namespace: &str) -> String {
    format!("Code Source not found [name={name},namespace={namespace}]")
}

pub async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    let list = List::parse(app, &CODE_SOURCES, &request.query, &[], &[])?;
    request.enforce("code_sources:list").await?;
    list.answer(app, request).await
}

pub async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace", "fields"])?;
    request.enforce("code_sources:get").await?;
    let (identifier, namespace) = (request.segment(0), request.query.get("namespace").unwrap_or_default());
    let fields = list::single_fields(&CODE_SOURCES, &request.query);
    let fields = fields.as_deref().unwrap_or(CODE_SOURCES.fields);
    let found = definitions::lookup(app, request, &CODE_SOURCES, fields, identifier, Some(namespace)).await?;
    let records = found.ok_or_else(|| Error::not_found(not_found(identifier, namespace)))?;
    let mut w = Writer::with_capacity(1024);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
}

pub async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("code_sources:create").await?;
    let scope = definitions::scope(request, "code_sources:publicize").await?;
    let namespace = definitions::namespace(request)?;
    let name = match request.segment(0) {
        "" => request.query.get("name").unwrap_or_default(),
        segment => segment,
    };
    if name.is_empty() {
        return Err(Error::missing_argument("name"));
    }
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
    let mut edit = Edit::new();
    edit.insert(&row);
    match app.definitions.commit(edit).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => {
            return Err(duplicate(
                "CodeSource",
                &["name", "namespace", "project_id"],
                &[name, namespace],
            ));
        }
        Err(error) => return Err(error.into()),
    }
    let mut w = Writer::with_capacity(1024);
    write(&mut w, &row, false);
    Ok(Reply::created(w))
}

pub async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("code_sources:update").await?;
    let scope = definitions::scope(request, "code_sources:publicize").await?;
    let namespace = definitions::namespace(request)?;
    let identifier = match request.segment(0) {
        "" => request.query.get("identifier").unwrap_or_default(),
        segment => segment,
    };
    if identifier.is_empty() {
        return Err(Error::missing_argument("identifier"));
    }
    let content: Str = request.take_text()?.into();
    let stored = find(app, request, identifier, namespace).await?;
    definitions::check_owner(
        request,
        "code_sources:update",
        "CodeSource",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    let row = CodeSource {
        scope,
        content,
        version: stored.version.saturating_add(1),
        updated_at: Some(app.clock.now()),
        ..stored
    };
    let mut edit = Edit::new();
    edit.update(&row);
    match app.definitions.commit(edit).await {
        Ok(()) => {}
        Err(StoreError::Missing { .. }) => return Err(Error::not_found(not_found(identifier, namespace))),
        Err(error) => return Err(error.into()),
    }
    let mut w = Writer::with_capacity(1024);
    write(&mut w, &row, true);
    Ok(Reply::ok(w))
}

pub async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("code_sources:delete").await?;
    let (identifier, namespace) = (request.segment(0), request.query.get("namespace").unwrap_or_default());
    let stored = find(app, request, identifier, namespace).await?;
    definitions::check_owner(
        request,
        "code_sources:delete",
        "CodeSource",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    let mut edit = Edit::new();
    for id in dependent_actions(app, stored.id).await? {
        edit.delete::<DynamicAction>(id);
    }
    edit.delete::<CodeSource>(stored.id);
    match app.definitions.commit(edit).await {
        Err(StoreError::Missing { .. }) => Err(Error::not_found(not_found(identifier, namespace))),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
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
pub async fn find(app: &App, request: &Request, identifier: &str, namespace: &str) -> Result<CodeSource, Error> {
    let found = app
        .definitions
        .resolve(identifier, namespace, list::viewer(request))
        .await?;
    found.ok_or_else(|| Error::not_found(not_found(identifier, namespace)))
}

fn write(w: &mut Writer, row: &CodeSource, with_update: bool) {
    w.begin_object();
    w.key("id");
    w.id(row.id);
    w.key("name");
    w.str(&row.name);
    w.key("namespace");
    w.str(&row.namespace);
    w.key("content");
    w.str(&row.content);
    w.key("version");
    w.int(i64::from(row.version));
    w.key("project_id");
    super::text(w, row.project_id.as_deref());
    w.key("scope");
    w.scope(row.scope);
    super::times(w, row.created_at, row.updated_at, with_update);
    w.end_object();
}
