//! `/v2/actions`: ad-hoc actions from the database, dynamic ones, and those built in, in one list.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::super::App;
use super::super::error::{Error, duplicate};
use super::super::json::Writer;
use super::super::list::{self, Field, FilterKind, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Family, Operation, Rule, Verb, handler};
use super::super::query;
use super::super::reply::Reply;
use super::super::request::Request;
use super::definitions;
use super::dynamic_actions::DYNAMIC_ACTIONS;
use mistral_lang::DocumentKind;
use mistral_lang::document::{ActionDocument, check_name, parse_actions};
use mistral_model::action::Descriptor;
use mistral_model::record::Scope;
use mistral_model::{Payload, Str, Time};
use mistral_store::Error as StoreError;
use mistral_store::definitions::{ActionDefinition, Edit};
use mistral_store::list::tables::ACTION;
use mistral_store::list::{Cell, Records, Test};

/// What `/v2/actions` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "actions",
    about: "Action definitions: ad-hoc ones, dynamic ones, and those built in.",
    rules: &[
        Rule::owners("actions:create", "Create an action."),
        Rule::owners("actions:delete", "Delete an action."),
        Rule::owners("actions:get", "Read an action."),
        Rule::owners("actions:list", "List actions."),
        Rule::owners("actions:update", "Change an action."),
        Rule::admins("actions:publicize", "Make an action public."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/actions", "identifier"),
        Operation::new(Verb::Get, "/v2/actions", handler!(list), &["actions:list"], |_| {
            describe::list(
                "List actions: ad-hoc, dynamic and built-in ones",
                &ACTIONS,
                "Action",
                &[],
            )
            .described("Without a `namespace`, only those of the default one.")
        }),
        Operation::new(
            Verb::Post,
            "/v2/actions",
            handler!(create),
            &["actions:create", "actions:publicize"],
            |path| {
                let operation = describe::create("Create ad-hoc actions", describe::envelope("actions", "Action"))
                    .query(describe::upload_parameters(path.ends_with('}'), false))
                    .text_body("A document with one or more ad-hoc actions.", DOCUMENT);
                operation.with_segment_as_namespace(path)
            },
        )
        .family(Family::Definition),
        Operation::new(
            Verb::Put,
            "/v2/actions",
            handler!(update),
            &["actions:update", "actions:publicize"],
            |path| {
                describe::update("Update ad-hoc actions", describe::envelope("actions", "Action"))
                    .query(describe::upload_parameters(path.ends_with("/{namespace}"), false))
                    .text_body("A document with the actions, which must exist.", DOCUMENT)
            },
        )
        .family(Family::Definition),
        Operation::new(Verb::Post, "/v2/actions/validate", handler!(validate), &[], |_| {
            describe::validate("Validate a document with ad-hoc actions", DOCUMENT)
        })
        .family(Family::Validation)
        .only_asks(),
        Operation::new(
            Verb::Delete,
            "/v2/actions/{identifier}",
            handler!(delete),
            &["actions:delete"],
            |path| describe::delete("Delete an ad-hoc action").query(vec![describe::namespace_beside(path)]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/actions/{identifier}",
            handler!(get),
            &["actions:get"],
            |path| describe::get("Get an action", "Action").query(vec![describe::namespace_beside(path)]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/actions/{identifier}",
            handler!(create),
            &["actions:create", "actions:publicize"],
            |path| {
                let operation = describe::create("Create ad-hoc actions", describe::envelope("actions", "Action"))
                    .query(describe::upload_parameters(path.ends_with('}'), false))
                    .text_body("A document with one or more ad-hoc actions.", DOCUMENT);
                operation.with_segment_as_namespace(path)
            },
        )
        .family(Family::Definition),
        Operation::new(
            Verb::Put,
            "/v2/actions/{identifier}",
            handler!(update),
            &["actions:update", "actions:publicize"],
            |path| {
                describe::update("Update ad-hoc actions", describe::envelope("actions", "Action"))
                    .query(describe::upload_parameters(path.ends_with("/{namespace}"), false))
                    .text_body("A document with the actions, which must exist.", DOCUMENT)
            },
        )
        .family(Family::Definition),
        Operation::new(
            Verb::Delete,
            "/v2/actions/{identifier}/{namespace}",
            handler!(delete),
            &["actions:delete"],
            |path| describe::delete("Delete an ad-hoc action").query(vec![describe::namespace_beside(path)]),
        ),
        Operation::new(
            Verb::Get,
            "/v2/actions/{identifier}/{namespace}",
            handler!(get),
            &["actions:get"],
            |path| describe::get("Get an action", "Action").query(vec![describe::namespace_beside(path)]),
        ),
        Operation::new(
            Verb::Put,
            "/v2/actions/{identifier}/{namespace}",
            handler!(update),
            &["actions:update", "actions:publicize"],
            |path| {
                describe::update("Update ad-hoc actions", describe::envelope("actions", "Action"))
                    .query(describe::upload_parameters(path.ends_with("/{namespace}"), false))
                    .text_body("A document with the actions, which must exist.", DOCUMENT)
            },
        )
        .family(Family::Definition),
    ],
    words: &[("is_system", "Whether it came with the service.")],
    objects: &[("Action", schema)],
    ..Declaration::BARE
};

/// Example in the description.
const DOCUMENT: &str = "\
---
version: '2.0'
greet:
  base: std.echo
  base-input: {output: <% 'Hello ' + $.name %>}
  input: [name]
";

pub(crate) static ACTIONS: Resource = Resource {
    collection: "actions",
    table: &ACTION,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("is_system"),
        Field::plain("input"),
        Field::plain("description"),
        Field::tags(),
        Field::plain("definition"),
        Field::plain("scope"),
        Field::plain("project_id"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
        Field::plain("namespace"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("tags", FilterKind::Unsupported),
        ("is_system", FilterKind::Unsupported),
        ("definition", FilterKind::Unsupported),
        ("input", FilterKind::Unsupported),
        ("description", FilterKind::Unsupported),
        ("scope", FilterKind::Scope),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("namespace", FilterKind::Text),
    ],
    flags: &[],
    not_found: |id| not_found(id, ""),
};

const ENTITY: &str = "ActionDefinition";

fn not_found(name: &str, namespace: &str) -> String {
    format!("Action not found [name={name}, namespace={namespace}]")
}

fn definition_not_found(name: &str, namespace: &str) -> String {
    format!("Action definition not found [action_name={name}, namespace={namespace}]")
}

/// One action of the merged list.
struct Item<'a> {
    /// The name of actions that are not in the database of ad-hoc ones.
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    scope: Option<Scope>,
    namespace: Cow<'a, str>,
    created_at: Option<Time>,
    updated_at: Option<Time>,
    source: Source<'a>,
}

enum Source<'a> {
    AdHoc(&'a Records, usize),
    Dynamic(&'a Records, usize),
    BuiltIn(&'a Descriptor),
}

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("actions:list").await?;
    let params = &request.query;
    let limit = params.int("limit")?;
    let keys = params.unique_list("sort_keys").unwrap_or_else(|| vec!["name".into()]);
    let directions = params.list("sort_dirs").unwrap_or_else(|| vec!["asc".into()]);
    let declared = ["limit", "marker", "sort_keys", "sort_dirs", "fields"];
    let unknown = params
        .iter()
        .find(|(name, _)| !declared.contains(name) && !ACTIONS.filters.iter().any(|(filter, _)| filter == name));
    if let Some((name, _)) = unknown {
        return Err(Error::unknown_argument(name));
    }
    let fields = list::fields(&ACTIONS, params)?;
    list::check_sorting(limit, &keys, &directions)?;
    if let Some(key) = keys.iter().find(|key| !ACTIONS.fields.iter().any(|f| f.name == *key)) {
        return Err(Error::bad_request(format!("Sort key supplied is invalid: {key}")));
    }
    let mut filters: Vec<(&str, Test)> = Vec::new();
    for (name, kind) in ACTIONS.filters {
        if let Some(value) = params.get(name) {
            if *kind == FilterKind::Unsupported {
                return Err(Error::bad_request(format!("Filtering by '{name}' is not supported.")));
            }
            filters.push((name, list::read_test(name, *kind, value)?));
        }
    }
    if params.get("namespace").is_none() {
        filters.push(("namespace", list::equals("")));
    }

    let stored = list::find(app, request, &ACTIONS, filters.clone(), MAX_STORED).await?;
    let dynamic = find_dynamic(app, request, filters.clone(), MAX_STORED).await?;
    let mut items = merge(app, request.identity.project_id.as_deref(), &stored, &dynamic, &filters)?;
    sort(&mut items, &keys, &directions);
    let start = match params.get("marker") {
        None => 0,
        Some(marker) => items
            .iter()
            .position(|item| item.id == marker || item.name == marker)
            .map_or(0, |at| at + 1),
    };
    let limit = limit.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let end = limit.map_or(items.len(), |n| start.saturating_add(n).min(items.len()));
    let page = &items[start.min(items.len())..end];

    let mut w = Writer::with_capacity(1024 + page.len() * 512);
    w.begin_object();
    w.key("actions");
    w.begin_array();
    for item in page {
        write_item(&mut w, item, &fields)?;
    }
    w.end_array();
    if let (Some(limit), Some(last)) = (limit, page.last())
        && page.len() == limit
    {
        w.key("next");
        w.str(&next_link(request, &keys, &directions, limit, &last.id));
    }
    w.end_object();
    Ok(Reply::ok(w))
}

/// Definitions of one kind that a list may be merged from.
const MAX_STORED: u32 = 100_000;

fn merge<'a>(
    app: &'a App,
    project: Option<&str>,
    stored: &'a Records,
    dynamic: &'a Records,
    filters: &[(&str, Test)],
) -> Result<Vec<Item<'a>>, Error> {
    let mut items = Vec::new();
    let text = |cell: Cell<'a>| match cell {
        Cell::Text(text) => text,
        _ => "",
    };
    let time = |cell: Cell<'a>| match cell {
        Cell::Time(time) => Some(time),
        _ => None,
    };
    let scope = |cell: Cell<'a>| match cell {
        Cell::Scope(scope) => Some(scope),
        _ => None,
    };
    for row in 0..stored.len() {
        items.push(Item {
            id: super::shown_id(stored.get(row, "id")?).into(),
            name: text(stored.get(row, "name")?).into(),
            scope: scope(stored.get(row, "scope")?),
            namespace: text(stored.get(row, "namespace")?).into(),
            created_at: time(stored.get(row, "created_at")?),
            updated_at: time(stored.get(row, "updated_at")?),
            source: Source::AdHoc(stored, row),
        });
    }
    for row in 0..dynamic.len() {
        let name = text(dynamic.get(row, "name")?);
        items.push(Item {
            id: name.into(),
            name: name.into(),
            scope: scope(dynamic.get(row, "scope")?),
            namespace: text(dynamic.get(row, "namespace")?).into(),
            created_at: None,
            updated_at: None,
            source: Source::Dynamic(dynamic, row),
        });
    }
    items.extend(
        app.catalog
            .all_for(project)
            .into_iter()
            .filter(|d| passes(d, filters))
            .map(built_in),
    );
    Ok(items)
}

fn built_in(descriptor: &Descriptor) -> Item<'_> {
    Item {
        id: descriptor.name.into(),
        name: descriptor.name.into(),
        scope: None,
        namespace: "".into(),
        created_at: None,
        updated_at: None,
        source: Source::BuiltIn(descriptor),
    }
}

/// Whether a built-in action passes: attributes that it lacks never exclude it.
fn passes(descriptor: &Descriptor, filters: &[(&str, Test)]) -> bool {
    filters.iter().all(|(column, test)| {
        let value = match *column {
            "name" => descriptor.name,
            "namespace" => "",
            _ => return true,
        };
        match test {
            Test::Text(comparison, other) => comparison.holds(value, other),
            Test::OneOf(items) => items.iter().any(|i| i == value),
            Test::NoneOf(items) => items.iter().all(|i| i != value),
            Test::Like(pattern) => list::like(value, pattern),
            _ => true,
        }
    })
}

fn sort(items: &mut [Item<'_>], keys: &[String], directions: &[String]) {
    items.sort_by(|a, b| {
        for (i, key) in keys.iter().enumerate() {
            let ordering = match key.as_str() {
                "name" => a.name.cmp(&b.name),
                "id" => a.id.cmp(&b.id),
                "namespace" => a.namespace.cmp(&b.namespace),
                "scope" => a.scope.map(Scope::name).cmp(&b.scope.map(Scope::name)),
                "created_at" => a.created_at.cmp(&b.created_at),
                "updated_at" => a.updated_at.cmp(&b.updated_at),
                _ => std::cmp::Ordering::Equal,
            };
            let descending = directions.get(i).is_some_and(|d| d == "desc");
            let ordering = if descending { ordering.reverse() } else { ordering };
            if ordering.is_ne() {
                return ordering;
            }
        }
        a.id.cmp(&b.id)
    });
}

fn next_link(request: &Request, keys: &[String], directions: &[String], limit: usize, last: &str) -> String {
    let mut keys = keys.to_vec();
    let mut directions = directions.to_vec();
    if !keys.iter().any(|k| k == "id") {
        keys.push("id".into());
    }
    directions.resize(keys.len(), "asc".into());
    let base = request.base_url();
    let mut link = format!(
        "{base}/v2/actions?sort_keys={}&sort_dirs={}",
        keys.join(","),
        directions.join(",")
    );
    for (name, value) in request
        .query
        .iter()
        .filter(|(name, _)| ACTIONS.filters.iter().any(|(f, _)| f == name))
    {
        let (op, rest) = query::operator(value).unwrap_or(("eq", value));
        let _ = write!(link, "&{name}={op}:{}", query::encode(rest));
    }
    if request.query.get("namespace").is_none() {
        link.push_str("&namespace=eq:");
    }
    let _ = write!(link, "&limit={limit}&marker={}", query::encode(last));
    if let Some(fields) = request.query.get("fields").filter(|f| !f.is_empty()) {
        let _ = write!(link, "&fields={}", query::encode(fields));
    }
    link
}

/// Dynamic actions with the source that they come from.
async fn find_dynamic(app: &App, request: &Request, tests: Vec<(&str, Test)>, limit: u32) -> Result<Records, Error> {
    let mut columns = list::columns_of(&DYNAMIC_ACTIONS, DYNAMIC_ACTIONS.fields);
    columns.extend(DYNAMIC_ACTIONS.table.column("source"));
    list::find_columns(
        app,
        list::viewer(request),
        DYNAMIC_ACTIONS.table,
        &columns,
        tests,
        limit,
    )
    .await
}

fn write_item(w: &mut Writer, item: &Item<'_>, fields: &[Field]) -> Result<(), Error> {
    match &item.source {
        Source::AdHoc(records, row) => {
            w.begin_object();
            for (field, column) in list::plan(fields, records) {
                w.key(field.name);
                match field.name {
                    // Clients learn from nobody what came with the service.
                    "is_system" => w.bool(false),
                    _ => list::write_cell(w, field.form, records.cell(*row, column)?),
                }
            }
            w.end_object();
            Ok(())
        }
        Source::Dynamic(records, row) => {
            let text = |name: &str| -> Result<Option<&str>, Error> {
                Ok(match records.get(*row, name)? {
                    Cell::Text(text) => Some(text),
                    _ => None,
                })
            };
            let source = text("source")?.unwrap_or_default();
            let class = text("class_name")?.unwrap_or_default();
            let plain = Plain {
                name: &item.name,
                input: &mistral_lang::constructor::input_text(source, class),
                description: None,
                scope: item.scope,
                project_id: text("project_id")?,
                namespace: &item.namespace,
            };
            plain.write(w, fields);
            Ok(())
        }
        Source::BuiltIn(d) => {
            let plain = Plain {
                name: d.name,
                input: d.input_text,
                description: Some(d.description),
                ..Plain::default()
            };
            plain.write(w, fields);
            Ok(())
        }
    }
}

/// An action that is not in the database of ad-hoc ones: its id is its name, and it has no dates.
#[derive(Default)]
struct Plain<'a> {
    name: &'a str,
    input: &'a str,
    description: Option<&'a str>,
    scope: Option<Scope>,
    project_id: Option<&'a str>,
    namespace: &'a str,
}

impl Plain<'_> {
    fn write(&self, w: &mut Writer, fields: &[Field]) {
        w.begin_object();
        for field in fields {
            w.key(field.name);
            match field.name {
                "id" | "name" => w.str(self.name),
                "is_system" => w.bool(false),
                "input" => w.str(self.input),
                "description" => super::text(w, self.description),
                "scope" => super::text(w, self.scope.map(Scope::name)),
                "project_id" => super::text(w, self.project_id),
                "namespace" => w.str(self.namespace),
                "tags" => w.null(),
                _ => w.str(""),
            }
        }
        w.end_object();
    }
}

pub(crate) async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("actions:get").await?;
    let (identifier, namespace) = (request.segment(0), namespace(request));
    let mut namespaces = vec![namespace];
    if !namespace.is_empty() {
        namespaces.push("");
    }
    let mut w = Writer::with_capacity(1024);
    for namespace in &namespaces {
        let found = definitions::lookup(app, request, &ACTIONS, ACTIONS.fields, identifier, Some(namespace)).await?;
        if let Some(records) = found {
            let item = merge_one(&records, Source::AdHoc(&records, 0));
            write_item(&mut w, &item, ACTIONS.fields)?;
            return Ok(Reply::ok(w));
        }
    }
    for namespace in &namespaces {
        let tests = vec![
            ("name", list::equals(identifier)),
            ("namespace", list::equals(namespace)),
        ];
        let records = find_dynamic(app, request, tests, 1).await?;
        if !records.is_empty() {
            let mut item = merge_one(&records, Source::Dynamic(&records, 0));
            item.name = identifier.into();
            item.namespace = (*namespace).into();
            if let Cell::Scope(scope) = records.get(0, "scope")? {
                item.scope = Some(scope);
            }
            write_item(&mut w, &item, ACTIONS.fields)?;
            return Ok(Reply::ok(w));
        }
    }
    match app.catalog.find_for(identifier, request.identity.project_id.as_deref()) {
        Some(descriptor) => {
            write_item(&mut w, &built_in(descriptor), ACTIONS.fields)?;
            Ok(Reply::ok(w))
        }
        None => Err(Error::not_found(not_found(identifier, namespace))),
    }
}

fn merge_one<'a>(_: &'a Records, source: Source<'a>) -> Item<'a> {
    Item {
        id: "".into(),
        name: "".into(),
        scope: None,
        namespace: "".into(),
        created_at: None,
        updated_at: None,
        source,
    }
}

pub(crate) async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("actions:create").await?;
    let scope = definitions::scope(request, "actions:publicize").await?;
    let namespace = match request.segment(0) {
        "" => definitions::namespace(request)?,
        segment => segment,
    };
    definitions::check_length("namespace", namespace, 255)?;
    let documents = parse(app, request).await?;
    let mut edit = Edit::new();
    let mut rows = Vec::with_capacity(documents.len());
    for document in &documents {
        check_name(&document.name)?;
        let row = new_row(app, request, document, None, namespace, scope);
        edit.insert(&row);
        rows.push(row);
    }
    edit.charge(request.identity.project_id.as_deref(), app.options.definitions);
    if let Err(error) = app.definitions.commit(edit).await {
        return Err(refused(app, request, error, &documents, namespace).await);
    }
    Ok(Reply::created(envelope(&rows, false)))
}

pub(crate) async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.enforce("actions:update").await?;
    let scope = definitions::scope(request, "actions:publicize").await?;
    let namespace = namespace(request);
    definitions::check_length("namespace", namespace, 255)?;
    let documents = parse(app, request).await?;
    let identifier = Some(request.segment(0)).filter(|text| !text.is_empty());
    if let (Some(identifier), true) = (identifier, documents.len() > 1) {
        return Err(Error::bad_request(format!(
            "More than one actions are not supported for update with identifier. [identifier: {identifier}]"
        )));
    }
    let now = app.clock.now();
    let mut edit = Edit::new();
    let mut rows = Vec::with_capacity(documents.len());
    for document in &documents {
        let wanted = identifier.unwrap_or(&document.name);
        let stored = find(app, request, wanted, namespace).await?;
        check_name(&document.name)?;
        definitions::check_owner(
            request,
            "actions:update",
            ENTITY,
            stored.id,
            stored.project_id.as_deref(),
            stored.is_system,
        )
        .await?;
        rows.push(updated(&stored, document, scope, now, &mut edit));
    }
    if let Err(error) = app.definitions.commit(edit).await {
        return Err(refused(app, request, error, &documents, namespace).await);
    }
    Ok(Reply::ok(envelope(&rows, true)))
}

pub(crate) async fn validate(app: &App, request: &Request) -> Result<Reply, Error> {
    definitions::validate(app, request, DocumentKind::Actions).await
}

pub(crate) async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("actions:delete").await?;
    let (identifier, namespace) = (request.segment(0), namespace(request));
    let stored = find(app, request, identifier, namespace).await?;
    if stored.is_system {
        return Err(Error::bad_request(format!(
            "Attempt to delete a system action: {}",
            stored.name
        )));
    }
    definitions::check_owner(
        request,
        "actions:delete",
        ENTITY,
        stored.id,
        stored.project_id.as_deref(),
        false,
    )
    .await?;
    let mut edit = Edit::new();
    edit.delete::<ActionDefinition>(stored.id);
    match app.definitions.commit(edit).await {
        Err(StoreError::Missing { .. }) => Err(Error::not_found(definition_not_found(identifier, namespace))),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
    }
}

/// The namespace behind the name in the path, or in the query.
fn namespace(request: &Request) -> &str {
    match request.segment(1) {
        "" => request.query.get("namespace").unwrap_or_default(),
        segment => segment,
    }
}

/// The ad-hoc action with this id or name, in the namespace or the default one.
async fn find(app: &App, request: &Request, identifier: &str, namespace: &str) -> Result<ActionDefinition, Error> {
    let viewer = list::viewer(request);
    for namespace in [namespace, ""] {
        if let Some(row) = app.definitions.resolve(identifier, namespace, viewer).await? {
            return Ok(row);
        }
    }
    Err(Error::not_found(definition_not_found(identifier, namespace)))
}

async fn parse(app: &App, request: &Request) -> Result<Vec<ActionDocument>, Error> {
    definitions::upload(app, request, DocumentKind::Actions, parse_actions).await
}

async fn refused(
    app: &App,
    request: &Request,
    error: StoreError,
    documents: &[ActionDocument],
    namespace: &str,
) -> Error {
    let StoreError::Duplicate { .. } = error else {
        return error.into();
    };
    let names: Vec<&str> = documents.iter().map(|d| &*d.name).collect();
    let project = |row: &ActionDefinition| row.project_id.clone();
    match definitions::taken(app, request, &names, namespace, project).await {
        Ok(name) => duplicate("Action", &["name", "namespace", "project_id"], &[&name, namespace]),
        Err(error) => error,
    }
}

/// The row for a new action.
pub(crate) fn new_row(
    app: &App,
    request: &Request,
    document: &ActionDocument,
    workbook: Option<&Str>,
    namespace: &str,
    scope: Scope,
) -> ActionDefinition {
    ActionDefinition {
        id: app.engine.new_id(),
        name: document.name.clone(),
        namespace: namespace.into(),
        project_id: request.identity.project_id.clone(),
        scope,
        is_system: false,
        workbook_name: workbook.cloned(),
        description: document.description.clone(),
        definition: document.definition.as_str().into(),
        spec: Payload::from_value(document.raw.clone()),
        input: document.input.as_deref().unwrap_or_default().into(),
        tags: definitions::tags(&document.tags),
        created_at: app.clock.now(),
        updated_at: None,
    }
}

/// The row after an update; one that changes nothing is left alone. It keeps its namespace.
pub(crate) fn updated(
    stored: &ActionDefinition,
    document: &ActionDocument,
    scope: Scope,
    now: Time,
    edit: &mut Edit,
) -> ActionDefinition {
    let mut row = ActionDefinition {
        name: document.name.clone(),
        scope,
        description: document.description.clone(),
        definition: document.definition.as_str().into(),
        spec: Payload::from_value(document.raw.clone()),
        input: document.input.as_deref().unwrap_or_default().into(),
        tags: definitions::tags(&document.tags),
        ..stored.clone()
    };
    let unchanged = row.name == stored.name
        && row.scope == stored.scope
        && row.definition == stored.definition
        && row.description == stored.description
        && definitions::same(&row.spec, &stored.spec)
        && definitions::same_json(&row.tags, &stored.tags);
    if !unchanged {
        row.updated_at = Some(now);
        edit.update(&row);
    }
    row
}

fn envelope(rows: &[ActionDefinition], with_update: bool) -> Writer {
    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    w.key("actions");
    w.begin_array();
    for row in rows {
        write(&mut w, row, with_update);
    }
    w.end_array();
    w.end_object();
    w
}

/// Writes an action as answers to changes show it: no input is null there.
fn write(w: &mut Writer, row: &ActionDefinition, with_update: bool) {
    w.begin_object();
    w.key("id");
    w.id(row.id);
    w.key("name");
    w.str(&row.name);
    w.key("is_system");
    w.bool(row.is_system);
    w.key("input");
    super::text(w, Some(&*row.input).filter(|text| !text.is_empty()));
    w.key("description");
    super::text(w, row.description.as_deref());
    w.key("tags");
    w.raw(row.tags.as_ref().map_or("[]", Payload::text).as_bytes());
    w.key("definition");
    w.str(&row.definition);
    w.key("scope");
    w.scope(row.scope);
    w.key("project_id");
    super::text(w, row.project_id.as_deref());
    super::times(w, row.created_at, row.updated_at, with_update);
    w.key("namespace");
    w.str(&row.namespace);
    w.end_object();
}

/// The schema of an action. Those of one kind only have all members.
fn schema() -> serde_json::Value {
    let mut schema = describe::resource(&ACTIONS, vec![], &["input", "tags", "scope"]);
    for member in ["created_at", "updated_at"] {
        // Built-in and dynamic actions have an empty text there.
        let date = &mut schema["properties"][member];
        if let Some(members) = date.as_object_mut() {
            members.remove("pattern");
        }
    }
    schema
}
