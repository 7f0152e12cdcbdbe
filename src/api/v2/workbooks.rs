//! `/v2/workbooks`. Creating or updating one also stores its workflows and actions, under names that begin with its own.

use super::super::App;
use super::super::body::Body;
use super::super::error::{Error, duplicate};
use super::super::list::{self, Field, FilterKind, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Family, Operation, Rule, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::crud::{self, Changed, Create, Crud, Key, Made, Named, Update};
use super::{actions, definitions, workflows};
use mistral_lang::DocumentKind;
use mistral_lang::document::{WorkbookDocument, check_name, parse_workbook};
use mistral_model::record::Scope;
use mistral_model::{Payload, Str};
use mistral_store::definitions::{ActionDefinition, Edit, Workbook, WorkflowDefinition};
use mistral_store::list::Viewer;
use mistral_store::list::tables::WORKBOOK;

/// What `/v2/workbooks` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "workbooks",
    about: "Documents that hold several workflows and ad-hoc actions.",
    rules: &[
        Rule::owners("workbooks:create", "Create a workbook."),
        Rule::owners("workbooks:delete", "Delete a workbook."),
        Rule::owners("workbooks:get", "Read a workbook."),
        Rule::owners("workbooks:list", "List workbooks."),
        Rule::owners("workbooks:update", "Change a workbook."),
        Rule::admins("workbooks:publicize", "Make a workbook public."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/workbooks", "name"),
        Operation::new(
            Verb::Get,
            "/v2/workbooks",
            handler!(crud::list::<Workbook>),
            &["workbooks:list"],
            |_| describe::list("List workbooks", &WORKBOOKS, "Workbook", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/workbooks",
            handler!(crud::create::<Workbook>),
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
            handler!(crud::update::<Workbook>),
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
        .family(Family::Validation)
        .only_asks(),
        Operation::new(
            Verb::Delete,
            "/v2/workbooks/{name}",
            handler!(crud::delete::<Workbook>),
            &["workbooks:delete"],
            |path| {
                describe::delete("Delete a workbook; what it contained stays")
                    .query(vec![describe::namespace_beside(path)])
            },
        ),
        Operation::new(
            Verb::Get,
            "/v2/workbooks/{name}",
            handler!(crud::get::<Workbook>),
            &["workbooks:get"],
            |path| {
                describe::get("Get a workbook", "Workbook")
                    .query(vec![describe::fields(), describe::namespace_beside(path)])
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/workbooks/{name}",
            handler!(crud::create::<Workbook>),
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
            handler!(crud::update::<Workbook>),
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
    ..Declaration::BARE
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

pub(crate) static WORKBOOKS: Resource = Resource {
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

fn not_found(name: &str, namespace: &str) -> String {
    format!("Workbook not found [name={name}, namespace={namespace}]")
}

impl Crud for Workbook {
    const RESOURCE: &'static Resource = &WORKBOOKS;
    const ENTITY: &'static str = "Workbook";
    const KEY: Key = Key::Name;
    const RIGHTS_FIRST: bool = true;

    type Beside = WorkbookDocument;

    fn not_found(named: Named<'_>) -> String {
        not_found(named.identifier, named.namespace)
    }

    fn not_there(named: Named<'_>) -> String {
        let Named { identifier, namespace } = named;
        format!("Workbook not found [workbook_name={identifier}, namespace={namespace}]")
    }

    fn duplicate(&self, constraint: &str) -> Option<Error> {
        let keys = ["name", "namespace", "project_id"];
        let refusal = || duplicate("WorkbookDefinition", &keys, &[&self.name, &self.namespace]);
        (constraint == "workbook_name").then(refusal)
    }

    fn namespace(request: &Request) -> &str {
        namespace(request, 1)
    }

    async fn along(
        &self,
        app: &App,
        request: &Request,
        document: &WorkbookDocument,
        edit: &mut Edit,
    ) -> Result<(), Error> {
        derive(app, request, document, &self.namespace, self.scope, edit).await
    }
}

impl Create for Workbook {
    async fn make(app: &App, request: &Request, _: &Body) -> Result<Made<Workbook>, Error> {
        let scope = crud::scope_of_query(request).await?;
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
        let beside = document;
        Ok(Made { row, beside })
    }
}

impl Update for Workbook {
    async fn change(app: &App, request: &Request, _: &Body) -> Result<Changed<Workbook>, Error> {
        let scope = crud::scope_of_query(request).await?;
        let namespace = target_namespace(request)?;
        let document = parse(app, request).await?;
        let stored = app
            .definitions
            .find(&document.name, namespace, list::viewer(request))
            .await?;
        let stored: Workbook = stored.ok_or_else(|| Error::not_found(not_found(&document.name, namespace)))?;
        check_names(&document)?;
        crud::check_owner(request, &stored).await?;
        let row = Workbook {
            scope,
            definition: document.definition.as_str().into(),
            spec: Payload::from_value(document.raw.clone()),
            tags: definitions::tags(&document.tags),
            ..stored.clone()
        };
        Ok(Changed {
            gone: not_found(&document.name, namespace),
            stored,
            row,
            beside: document,
        })
    }
}

pub(crate) async fn validate(app: &App, request: &Request) -> Result<Reply, Error> {
    definitions::validate(app, request, DocumentKind::Workbook).await
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
