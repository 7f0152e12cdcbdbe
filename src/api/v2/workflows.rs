//! `/v2/workflows`.

use super::super::App;
use super::super::error::{Error, duplicate};
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, Form, List, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Family, Operation, Rule, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::definitions::{self, workflow_not_found};
use mistral_lang::DocumentKind;
use mistral_lang::document::{WorkflowDocument, check_name, parse_workflows, workflow_interface};
use mistral_model::record::Scope;
use mistral_model::{Id, Payload, Str, Time, Value, json};
use mistral_store::Error as StoreError;
use mistral_store::definitions::{CronTrigger, Edit, EventTrigger, ResourceMember, WorkflowDefinition};
use mistral_store::list::tables::WORKFLOW;

/// What `/v2/workflows` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "workflows",
    about: "Workflow definitions and whom they are shared with.",
    rules: &[
        Rule::owners("workflows:create", "Create a workflow."),
        Rule::owners("workflows:delete", "Delete a workflow."),
        Rule::owners("workflows:get", "Read a workflow."),
        Rule::owners("workflows:list", "List workflows."),
        Rule::owners("workflows:update", "Change a workflow."),
        Rule::admins("workflows:publicize", "Make a workflow public."),
        Rule::admins("workflows:list:all_projects", "List workflows of all projects."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/workflows", "identifier"),
        Operation::new(
            Verb::Get,
            "/v2/workflows",
            handler!(list),
            &["workflows:list", "workflows:list:all_projects"],
            |_| describe::list("List workflows", &WORKFLOWS, "Workflow", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/workflows",
            handler!(create),
            &["workflows:create", "workflows:publicize"],
            describe_create,
        )
        .family(Family::Definition),
        Operation::new(
            Verb::Put,
            "/v2/workflows",
            handler!(update),
            &["workflows:update", "workflows:publicize"],
            describe_update,
        )
        .family(Family::Definition),
        Operation::new(Verb::Post, "/v2/workflows/validate", handler!(validate), &[], |_| {
            describe::validate("Validate a document with workflows", DOCUMENT)
        })
        .family(Family::Validation)
        .only_asks(),
        Operation::new(
            Verb::Delete,
            "/v2/workflows/{identifier}",
            handler!(delete),
            &["workflows:delete"],
            |_| describe::delete("Delete a workflow").query(vec![describe::namespace()]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/workflows/{identifier}",
            handler!(get),
            &["workflows:get"],
            |_| describe::get("Get a workflow", "Workflow").query(vec![describe::namespace(), describe::fields()]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/workflows/{identifier}/graph",
            handler!(super::graph::of_workflow),
            &["workflows:get"],
            |_| {
                Description::new("Tasks of a workflow, and what leads from one to another")
                    .query(vec![describe::namespace()])
                    .answers(200, describe::reference("Graph"))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/workflows/{identifier}/versions",
            handler!(super::versions::list),
            &["workflows:get"],
            super::versions::describe_list,
        ),
        Operation::new(
            Verb::Get,
            "/v2/workflows/{identifier}/versions/{version}",
            handler!(super::versions::get),
            &["workflows:get"],
            super::versions::describe_get,
        ),
        Operation::new(
            Verb::Post,
            "/v2/workflows/{identifier}",
            handler!(create),
            &["workflows:create", "workflows:publicize"],
            describe_create,
        )
        .family(Family::Definition),
        Operation::new(
            Verb::Put,
            "/v2/workflows/{identifier}",
            handler!(update),
            &["workflows:update", "workflows:publicize"],
            describe_update,
        )
        .family(Family::Definition),
    ],
    words: &[
        ("version", "Number of the version."),
        (
            "interface",
            "Parameters and output of a workflow; JSON text when read, an object right after a change.",
        ),
        ("checksum", "MD5 of the document."),
    ],
    objects: &[("WorkflowVersion", super::versions::schema)],
    ..Declaration::BARE
};

/// Example in the description.
const DOCUMENT: &str = "\
---
version: '2.0'
greet:
  input: [name]
  output:
    greeting: <% task(say).result %>
  tasks:
    say:
      action: std.echo output=<% 'Hello ' + $.name %>
";

fn describe_create(path: &'static str) -> Description {
    describe::create("Create workflows", describe::envelope("workflows", "Workflow"))
        .query(describe::upload_parameters(path.ends_with('}'), true))
        .text_body("A document with one or more workflows.", DOCUMENT)
        .with_segment_as_namespace(path)
}

fn describe_update(path: &'static str) -> Description {
    let schema = if path.ends_with('}') {
        describe::reference("Workflow")
    } else {
        describe::envelope("workflows", "Workflow")
    };
    describe::update("Update workflows", schema)
        .query(describe::upload_parameters(false, true))
        .text_body("A document with the workflows, which must exist.", DOCUMENT)
}

pub(crate) static WORKFLOWS: Resource = Resource {
    collection: "workflows",
    table: &WORKFLOW,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("namespace"),
        Field::plain("input"),
        Field {
            name: "interface",
            form: Form::Interface,
        },
        Field::plain("definition"),
        Field::plain("checksum"),
        Field::tags(),
        Field::plain("scope"),
        Field::plain("project_id"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("input", FilterKind::Unsupported),
        ("definition", FilterKind::Text),
        ("tags", FilterKind::Tags),
        ("scope", FilterKind::Scope),
        ("project_id", FilterKind::Project),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("namespace", FilterKind::Text),
    ],
    flags: &["all_projects"],
    not_found: |id| format!("Workflow not found [workflow_id={id}]"),
};

/// What upstream's messages call a workflow.
const ENTITY: &str = "WorkflowDefinition";

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    let list = List::parse(app, &WORKFLOWS, &request.query, &[], &[])?;
    request.enforce("workflows:list").await?;
    if request.query.flag("all_projects") {
        request.enforce("workflows:list:all_projects").await?;
    }
    list.answer(app, request).await
}

pub(crate) async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace", "fields"])?;
    request.enforce("workflows:get").await?;
    let (identifier, namespace) = (request.segment(0), request.query.get("namespace").unwrap_or_default());
    let fields = list::single_fields(&WORKFLOWS, &request.query);
    let fields = fields.as_deref().unwrap_or(WORKFLOWS.fields);
    let found = definitions::lookup(app, request, &WORKFLOWS, fields, identifier, Some(namespace)).await?;
    let records = found.ok_or_else(|| Error::not_found(workflow_not_found(identifier, namespace)))?;
    let mut w = Writer::with_capacity(1024);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
}

pub(crate) async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("workflows:create").await?;
    let scope = definitions::scope(request, "workflows:publicize").await?;
    let namespace = namespace(request)?;
    let documents = parse(app, request).await?;
    let mut edit = Edit::new();
    let mut rows = Vec::with_capacity(documents.len());
    for document in &documents {
        check_name(&document.name)?;
        rows.push(new_row(app, request, document, None, namespace, scope, &mut edit));
    }
    rows.iter().for_each(|row| {
        edit.insert(row);
    });
    edit.charge(request.identity.project_id.as_deref(), app.options.definitions);
    if let Err(error) = app.definitions.commit(edit).await {
        return Err(refused(app, request, error, &documents, namespace).await);
    }
    super::versions::note(app, request.identity.user_id.as_deref(), rows.iter()).await;
    Ok(Reply::created(envelope(&rows, &documents, false)))
}

pub(crate) async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("workflows:update").await?;
    let scope = definitions::scope(request, "workflows:publicize").await?;
    let namespace = definitions::namespace(request)?;
    let documents = parse(app, request).await?;
    let identifier = Some(request.segment(0)).filter(|text| !text.is_empty());
    if let (Some(identifier), true) = (identifier, documents.len() > 1) {
        return Err(Error::bad_request(format!(
            "More than one workflows are not supported for update with identifier. [identifier: {identifier}]"
        )));
    }
    let now = app.clock.now();
    let mut edit = Edit::new();
    let mut rows = Vec::with_capacity(documents.len());
    let mut before: Vec<WorkflowDefinition> = Vec::with_capacity(documents.len());
    for document in &documents {
        let wanted = identifier.unwrap_or(&document.name);
        let stored = app
            .definitions
            .resolve(wanted, namespace, list::viewer(request))
            .await?;
        let stored: WorkflowDefinition =
            stored.ok_or_else(|| Error::not_found(workflow_not_found(wanted, namespace)))?;
        check_name(&document.name)?;
        definitions::check_owner(
            request,
            "workflows:update",
            ENTITY,
            stored.id,
            stored.project_id.as_deref(),
            stored.is_system,
        )
        .await?;
        if stored.scope == Scope::Public && scope == Scope::Private {
            check_private(app, &stored, wanted, namespace).await?;
        }
        check_unchanged(request, &stored)?;
        rows.push(updated(&stored, document, scope, now, &mut edit));
        before.push(stored);
    }
    if let Err(error) = app.definitions.commit(edit).await {
        return Err(refused(app, request, error, &documents, namespace).await);
    }
    let changed: Vec<&WorkflowDefinition> = rows.iter().filter(|row| row.updated_at == Some(now)).collect();
    let replaced = before.iter().filter(|old| changed.iter().any(|row| row.id == old.id));
    super::versions::note(app, None, replaced).await;
    super::versions::note(app, request.identity.user_id.as_deref(), changed.into_iter()).await;
    if identifier.is_none() {
        return Ok(Reply::ok(envelope(&rows, &documents, true)));
    }
    let mut w = Writer::with_capacity(1024);
    if let (Some(row), Some(document)) = (rows.first(), documents.first()) {
        write(&mut w, row, &document.raw, true);
    }
    Ok(Reply::ok(w))
}

pub(crate) async fn validate(app: &App, request: &Request) -> Result<Reply, Error> {
    definitions::validate(app, request, DocumentKind::Workflows).await
}

pub(crate) async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("workflows:delete").await?;
    let (identifier, namespace) = (request.segment(0), request.query.get("namespace").unwrap_or_default());
    let stored = app
        .definitions
        .resolve(identifier, namespace, list::viewer(request))
        .await?;
    let stored: WorkflowDefinition =
        stored.ok_or_else(|| Error::not_found(workflow_not_found(identifier, namespace)))?;
    definitions::check_owner(
        request,
        "workflows:delete",
        ENTITY,
        stored.id,
        stored.project_id.as_deref(),
        stored.is_system,
    )
    .await?;
    let crons: Vec<CronTrigger> = app.definitions.triggers_of(stored.id).await?;
    if !crons.is_empty() {
        let ids = definitions::joined(crons.iter().map(|t| t.id));
        return Err(Error::bad_request(format!(
            "Can't delete workflow that has cron triggers associated. [workflow_identifier={identifier}, \
             namespace={namespace}], [cron_trigger_id(s)={ids}]"
        )));
    }
    let events: Vec<EventTrigger> = app.definitions.triggers_of(stored.id).await?;
    if !events.is_empty() {
        let ids = definitions::joined(events.iter().map(|t| t.id));
        return Err(Error::bad_request(format!(
            "Can't delete workflow that has event triggers associated. [workflow_identifier={identifier}], \
             [event_trigger_id(s)={ids}]"
        )));
    }
    let mut edit = Edit::new();
    for member in app.definitions.members(stored.id, "workflow").await? {
        edit.delete::<ResourceMember>(member.id);
    }
    edit.delete::<WorkflowDefinition>(stored.id);
    match app.definitions.commit(edit).await {
        Err(StoreError::Missing { .. }) => Err(Error::not_found(workflow_not_found(identifier, namespace))),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
    }
}

/// The namespace of new workflows: the query's, or a path segment that upstream takes for one.
fn namespace(request: &Request) -> Result<&str, Error> {
    let segment = request.segment(0);
    if segment.is_empty() {
        return definitions::namespace(request);
    }
    definitions::check_length("namespace", segment, 255)?;
    Ok(segment)
}

async fn parse(app: &App, request: &Request) -> Result<Vec<WorkflowDocument>, Error> {
    let validate = definitions::validates(app, request);
    let parse = move |text: &str, options: &_| parse_workflows(text, validate, options);
    definitions::upload(app, request, DocumentKind::Workflows, parse).await
}

/// The row for a new workflow; its spec goes into `edit`.
pub(crate) fn new_row(
    app: &App,
    request: &Request,
    document: &WorkflowDocument,
    workbook: Option<&Str>,
    namespace: &str,
    scope: Scope,
    edit: &mut Edit,
) -> WorkflowDefinition {
    let (spec_hash, spec) = definitions::content(&document.raw);
    edit.content(spec_hash, &spec);
    WorkflowDefinition {
        id: app.engine.new_id(),
        name: document.name.clone(),
        namespace: namespace.into(),
        project_id: request.identity.project_id.clone(),
        scope,
        is_system: false,
        workbook_name: workbook.cloned(),
        definition: document.definition.as_str().into(),
        spec_hash,
        input: document.input_text().into(),
        tags: definitions::tags(&document.tags),
        checksum: document.checksum.as_deref().map(Str::from),
        created_at: app.clock.now(),
        updated_at: None,
    }
}

/// The row after an update; one that changes nothing is left alone.
pub(crate) fn updated(
    stored: &WorkflowDefinition,
    document: &WorkflowDocument,
    scope: Scope,
    now: Time,
    edit: &mut Edit,
) -> WorkflowDefinition {
    let (spec_hash, spec) = definitions::content(&document.raw);
    let mut row = WorkflowDefinition {
        name: document.name.clone(),
        scope,
        definition: document.definition.as_str().into(),
        spec_hash,
        input: document.input_text().into(),
        tags: definitions::tags(&document.tags),
        // Workflows of a workbook have none; one that was taken over keeps what it had.
        checksum: document
            .checksum
            .as_deref()
            .map(Str::from)
            .or_else(|| stored.checksum.clone()),
        ..stored.clone()
    };
    let unchanged = row.name == stored.name
        && row.scope == stored.scope
        && row.definition == stored.definition
        && row.spec_hash == stored.spec_hash
        && row.checksum == stored.checksum
        && definitions::same_json(&row.tags, &stored.tags);
    if !unchanged {
        row.updated_at = Some(now);
        edit.content(spec_hash, &spec);
        edit.update(&row);
    }
    row
}

/// Refuses to overwrite what the caller has not seen: `If-Match` names the checksum that it has.
fn check_unchanged(request: &Request, stored: &WorkflowDefinition) -> Result<(), Error> {
    let Some(wanted) = request
        .headers
        .get(http::header::IF_MATCH)
        .and_then(|value| value.to_str().ok())
    else {
        return Ok(());
    };
    let wanted = wanted.trim().trim_matches('"');
    if wanted == "*" || stored.checksum.as_deref() == Some(wanted) {
        return Ok(());
    }
    Err(Error::new(
        http::StatusCode::PRECONDITION_FAILED,
        format!("The workflow '{}' has been changed by somebody else.", stored.name),
    ))
}

/// Refuses to hide a workflow that triggers of other projects start.
async fn check_private(app: &App, stored: &WorkflowDefinition, identifier: &str, namespace: &str) -> Result<(), Error> {
    let crons: Vec<CronTrigger> = app.definitions.triggers_of(stored.id).await?;
    let events: Vec<EventTrigger> = app.definitions.triggers_of(stored.id).await?;
    let kind = if crons.iter().any(|t| t.project_id != stored.project_id) {
        "cron triggers"
    } else if events.iter().any(|t| t.project_id != stored.project_id) {
        "event triggers"
    } else {
        return Ok(());
    };
    Err(Error::forbidden(format!(
        "Can not update scope of workflow that has {kind} associated in other tenants. \
         [workflow_identifier={identifier}, namespace={namespace}]"
    )))
}

async fn refused(
    app: &App,
    request: &Request,
    error: StoreError,
    documents: &[WorkflowDocument],
    namespace: &str,
) -> Error {
    let StoreError::Duplicate { .. } = error else {
        return error.into();
    };
    let names: Vec<&str> = documents.iter().map(|d| &*d.name).collect();
    let project = |row: &WorkflowDefinition| row.project_id.clone();
    match definitions::taken(app, request, &names, namespace, project).await {
        Ok(name) => duplicate(ENTITY, &["name", "namespace", "project_id"], &[&name, namespace]),
        Err(error) => error,
    }
}

fn envelope(rows: &[WorkflowDefinition], documents: &[WorkflowDocument], with_update: bool) -> Writer {
    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    w.key("workflows");
    w.begin_array();
    for (row, document) in rows.iter().zip(documents) {
        write(&mut w, row, &document.raw, with_update);
    }
    w.end_array();
    w.end_object();
    w
}

/// Writes a workflow as answers to changes show it: the interface as an object, no time of change right after creation.
fn write(w: &mut Writer, row: &WorkflowDefinition, raw: &Value, with_update: bool) {
    w.begin_object();
    w.key("id");
    w.id(row.id);
    w.key("name");
    w.str(&row.name);
    w.key("namespace");
    w.str(&row.namespace);
    w.key("input");
    w.str(&row.input);
    w.key("interface");
    w.raw(json::to_string(&workflow_interface(raw)).as_bytes());
    w.key("definition");
    w.str(&row.definition);
    w.key("checksum");
    super::text(w, row.checksum.as_deref());
    w.key("tags");
    w.raw(row.tags.as_ref().map_or("[]", Payload::text).as_bytes());
    w.key("scope");
    w.scope(row.scope);
    w.key("project_id");
    super::text(w, row.project_id.as_deref());
    super::times(w, row.created_at, row.updated_at, with_update);
    w.end_object();
}

/// The id under which a workflow's members are found: only UUIDs are taken.
pub(crate) fn member_resource(text: &str) -> Result<Id, Error> {
    text.parse()
        .map_err(|_| Error::bad_request("Only support UUID as resource identifier in resource sharing feature."))
}
