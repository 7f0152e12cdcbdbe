//! `/v2/workbooks`. Creating or updating one also stores its workflows and actions, under names that begin with its own.

use super::super::App;
use super::super::error::{Error, duplicate};
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, List, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Family, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::{actions, definitions, workflows};
use mistral_lang::DocumentKind;
use mistral_lang::document::{WorkbookDocument, check_name, parse_workbook};
use mistral_model::record::Scope;
use mistral_model::{Payload, Str};
use mistral_store::Error as StoreError;
use mistral_store::definitions::{ActionDefinition, Edit, Workbook, WorkflowDefinition};
use mistral_store::list::Viewer;
use mistral_store::list::tables::WORKBOOK;

/// What `/v2/workbooks` can do.
pub static DECLARATION: Declaration = Declaration {
    name: "workbooks",
    about: "Documents that hold several workflows and ad-hoc actions.",
    body: None,
    operations: &[
        Operation::missing(Verb::Delete, "/v2/workbooks", "name"),
        Operation::new(Verb::Get, "/v2/workbooks", handler!(list), &["workbooks:list"], |_| {
            describe::list("List workbooks", &WORKBOOKS, "Workbook", &[])
        }),
        Operation::new(
            Verb::Post,
            "/v2/workbooks",
            handler!(create),
            &["workbooks:create", "workbooks:publicize"],
            |path| {
                describe_upload(
                    describe::create(
                        "Create a workbook with what it contains",
                        describe::reference("Workbook"),
                    ),
                    path,
                )
            },
        )
        .family(Family::Definition),
        Operation::new(
            Verb::Put,
            "/v2/workbooks",
            handler!(update),
            &["workbooks:update", "workbooks:publicize"],
            |path| {
                describe_upload(
                    describe::update(
                        "Update a workbook with what it contains",
                        describe::reference("Workbook"),
                    ),
                    path,
                )
            },
        )
        .family(Family::Definition),
        Operation::new(Verb::Post, "/v2/workbooks/validate", handler!(validate), &[], |_| {
            describe::validate("Validate a workbook", DOCUMENT)
        })
        .family(Family::Validation),
        Operation::new(
            Verb::Delete,
            "/v2/workbooks/{name}",
            handler!(delete),
            &["workbooks:delete"],
            |path| {
                describe::delete("Delete a workbook; what it contained stays")
                    .query(vec![describe::namespace_beside(path)])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/workbooks/{name}",
            handler!(get),
            &["workbooks:get"],
            |path| {
                describe::get("Get a workbook", "Workbook")
                    .query(vec![describe::fields(), describe::namespace_beside(path)])
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/workbooks/{name}",
            handler!(create),
            &["workbooks:create", "workbooks:publicize"],
            |path| {
                describe_upload(
                    describe::create(
                        "Create a workbook with what it contains",
                        describe::reference("Workbook"),
                    ),
                    path,
                )
            },
        )
        .family(Family::Definition),
        Operation::new(
            Verb::Put,
            "/v2/workbooks/{name}",
            handler!(update),
            &["workbooks:update", "workbooks:publicize"],
            |path| {
                describe_upload(
                    describe::update(
                        "Update a workbook with what it contains",
                        describe::reference("Workbook"),
                    ),
                    path,
                )
            },
        )
        .family(Family::Definition),
    ],
};

/// Example in the description.
const DOCUMENT: &str = "\
---
version: '2.0'
name: greetings
workflows:
  greet:
    tasks:
      say: {action: std.echo output='Hello'}
";

fn describe_upload(operation: Description, path: &'static str) -> Description {
    operation
        .query(describe::upload_parameters(path.ends_with('}'), true))
        .text_body("The workbook.", DOCUMENT)
        .with_segment_as_namespace(path)
}

pub static WORKBOOKS: Resource = Resource {
    collection: "workbooks",
    table: &WORKBOOK,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("namespace"),
        Field::plain("definition"),
        Field::tags(),
        Field::plain("scope"),
        Field::plain("project_id"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("definition", FilterKind::Text),
        ("tags", FilterKind::Tags),
        ("scope", FilterKind::Scope),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("namespace", FilterKind::Text),
    ],
    flags: &[],
    not_found: |id| not_found(id, ""),
};

const ENTITY: &str = "WorkbookDefinition";

fn not_found(name: &str, namespace: &str) -> String {
    format!("Workbook not found [name={name}, namespace={namespace}]")
}

pub async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("workbooks:list").await?;
    List::parse(app, &WORKBOOKS, &request.query, &[], &[])?
        .answer(app, request)
        .await
}

pub async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace", "fields"])?;
    request.enforce("workbooks:get").await?;
    let (name, namespace) = (request.segment(0), namespace(request, 1));
    let fields = list::single_fields(&WORKBOOKS, &request.query);
    let fields = fields.as_deref().unwrap_or(WORKBOOKS.fields);
    let found = definitions::lookup(app, request, &WORKBOOKS, fields, name, Some(namespace)).await?;
    let records = found.ok_or_else(|| Error::not_found(not_found(name, namespace)))?;
    let mut w = Writer::with_capacity(1024);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
}

pub async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("workbooks:create").await?;
    let scope = definitions::scope(request, "workbooks:publicize").await?;
    let namespace = target_namespace(request)?;
    let document = parse(app, request).await?;
    check_names(&document)?;
    let row = Workbook {
        id: app.engine.new_id(),
        name: document.name.clone(),
        namespace: namespace.into(),
        project_id: request.identity.project_id.clone(),
        scope,
        definition: document.definition.as_str().into(),
        spec: Payload::from_value(document.raw.clone()),
        tags: definitions::tags(&document.tags),
        checksum: None,
        created_at: app.clock.now(),
        updated_at: None,
    };
    let mut edit = Edit::new();
    edit.insert(&row);
    derive(app, request, &document, namespace, scope, &mut edit).await?;
    edit.charge(request.identity.project_id.as_deref(), app.options.definitions);
    match app.definitions.commit(edit).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { constraint }) if constraint == "workbook_name" => {
            return Err(duplicate(
                ENTITY,
                &["name", "namespace", "project_id"],
                &[&row.name, namespace],
            ));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Reply::created(written(&row, false)))
}

pub async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("workbooks:update").await?;
    let scope = definitions::scope(request, "workbooks:publicize").await?;
    let namespace = target_namespace(request)?;
    let document = parse(app, request).await?;
    let stored = app
        .definitions
        .find(&document.name, namespace, list::viewer(request))
        .await?;
    let stored: Workbook = stored.ok_or_else(|| Error::not_found(not_found(&document.name, namespace)))?;
    check_names(&document)?;
    definitions::check_owner(
        request,
        "workbooks:update",
        "Workbook",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    let mut row = Workbook {
        scope,
        definition: document.definition.as_str().into(),
        spec: Payload::from_value(document.raw.clone()),
        tags: definitions::tags(&document.tags),
        ..stored.clone()
    };
    let unchanged = row.scope == stored.scope
        && row.definition == stored.definition
        && definitions::same(&row.spec, &stored.spec)
        && definitions::same_tags(&row.tags, &stored.tags);
    let mut edit = Edit::new();
    if !unchanged {
        row.updated_at = Some(app.clock.now());
        edit.update(&row);
    }
    derive(app, request, &document, namespace, scope, &mut edit).await?;
    edit.charge(request.identity.project_id.as_deref(), app.options.definitions);
    app.definitions.commit(edit).await?;
    Ok(Reply::ok(written(&row, true)))
}

pub async fn validate(app: &App, request: &Request) -> Result<Reply, Error> {
    definitions::validate(app, request, DocumentKind::Workbook).await
}

pub async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("workbooks:delete").await?;
    let (name, namespace) = (request.segment(0), namespace(request, 1));
    let missing = || {
        Error::not_found(format!(
            "Workbook not found [workbook_name={name}, namespace={namespace}]"
        ))
    };
    // Even admins delete only what they would see without being one.
    let viewer = Viewer::Project(request.identity.project_id.as_deref());
    let stored: Workbook = app
        .definitions
        .find(name, namespace, viewer)
        .await?
        .ok_or_else(missing)?;
    definitions::check_owner(
        request,
        "workbooks:delete",
        "Workbook",
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    let mut edit = Edit::new();
    edit.delete::<Workbook>(stored.id);
    match app.definitions.commit(edit).await {
        Err(StoreError::Missing { .. }) => Err(missing()),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
    }
}

/// The namespace in the query, or in a path segment behind the name.
fn namespace(request: &Request, segment: usize) -> &str {
    match request.segment(segment) {
        "" => request.query.get("namespace").unwrap_or_default(),
        namespace => namespace,
    }
}

/// The namespace that a document goes into; upstream takes a path segment for one.
fn target_namespace(request: &Request) -> Result<&str, Error> {
    let namespace = namespace(request, 0);
    definitions::check_length("namespace", namespace, 255)?;
    Ok(namespace)
}

async fn parse(app: &App, request: &Request) -> Result<WorkbookDocument, Error> {
    let validate = definitions::validates(app, request);
    let parse = move |text: &str, options: &_| parse_workbook(text, validate, options);
    definitions::upload(app, request, DocumentKind::Workbook, parse).await
}

/// Refuses names that nothing may have.
fn check_names(document: &WorkbookDocument) -> Result<(), Error> {
    check_name(&document.name)?;
    for name in document
        .workflows
        .iter()
        .map(|d| &d.name)
        .chain(document.actions.iter().map(|d| &d.name))
    {
        check_name(name)?;
    }
    Ok(())
}

/// Stores what a workbook contains. What exists under these names in the caller's project is taken over.
async fn derive(
    app: &App,
    request: &Request,
    document: &WorkbookDocument,
    namespace: &str,
    scope: Scope,
    edit: &mut Edit,
) -> Result<(), Error> {
    let own = Viewer::Project(request.identity.project_id.as_deref());
    let now = app.clock.now();
    let workbook: Option<&Str> = Some(&document.name);
    for action in &document.actions {
        let stored: Option<ActionDefinition> = app.definitions.find(&action.name, namespace, own).await?;
        match stored.filter(|row| row.project_id == request.identity.project_id) {
            None => {
                edit.insert(&actions::new_row(app, request, action, workbook, namespace, scope));
            }
            Some(stored) => {
                let stored = ActionDefinition {
                    workbook_name: workbook.cloned(),
                    ..stored
                };
                actions::updated(&stored, action, scope, now, edit);
            }
        }
    }
    for workflow in &document.workflows {
        let stored: Option<WorkflowDefinition> = app.definitions.find(&workflow.name, namespace, own).await?;
        match stored.filter(|row| row.project_id == request.identity.project_id) {
            None => {
                let row = workflows::new_row(app, request, workflow, workbook, namespace, scope, edit);
                edit.insert(&row);
            }
            Some(stored) => {
                let stored = WorkflowDefinition {
                    workbook_name: workbook.cloned(),
                    ..stored
                };
                workflows::updated(&stored, workflow, scope, now, edit);
            }
        }
    }
    Ok(())
}

fn written(row: &Workbook, with_update: bool) -> Writer {
    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    w.key("id");
    w.id(row.id);
    w.key("name");
    w.str(&row.name);
    w.key("namespace");
    w.str(&row.namespace);
    w.key("definition");
    w.str(&row.definition);
    w.key("tags");
    w.raw(row.tags.as_ref().map_or("[]", Payload::text).as_bytes());
    w.key("scope");
    w.scope(row.scope);
    w.key("project_id");
    super::text(&mut w, row.project_id.as_deref());
    super::times(&mut w, row.created_at, row.updated_at, with_update);
    w.end_object();
    w
}
