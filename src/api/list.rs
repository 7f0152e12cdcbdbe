//! Collections: parameters of lists, filters, sorting, fields, pages and the links to the next ones. One implementation for
//! all resources, which describe themselves as a [`Resource`].

use std::borrow::Cow;
use std::fmt::Write as _;

use super::App;
use super::content::{Shared, Source};
use super::error::Error;
use super::json::{LARGE, Writer};
use super::query::{self, Params};
use super::reply::Reply;
use super::request::Request;
use super::scan::Scan;
use mistral_lang::document::workflow_interface;
use mistral_model::json;
use mistral_model::record::PUBLISHED_GLOBAL;
use mistral_model::{Id, Value};
use mistral_store::batch::Key;
use mistral_store::list::{self as store, Column, Comparison, Filter, Order, Query, Table, Test, Viewer};
use mistral_store::list::{Cell, Page, Records};

mod values;

use values::items;
pub(crate) use values::{like, read_test};

/// How a member of an object is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As its kind is everywhere.
    Plain,
    /// No tags are an empty list.
    Tags,
    /// A JSON column whose `null` is one.
    NullableJson,
    /// A JSON column that is an empty mapping until it is set.
    EmptyJson,
    /// An empty text, whatever the column holds.
    EmptyText,
    /// `runtime_context` of a task, without what is shown elsewhere.
    RuntimeContext,
    /// `interface` of a workflow, made from its spec.
    Interface,
    /// Known by name only: no list has it.
    Absent,
}

/// A member of a resource's objects.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub form: Form,
}

impl Field {
    pub const fn plain(name: &'static str) -> Field {
        Field {
            name,
            form: Form::Plain,
        }
    }

    pub const fn tags() -> Field {
        Field {
            name: "tags",
            form: Form::Tags,
        }
    }

    pub const fn runtime_context() -> Field {
        Field {
            name: "runtime_context",
            form: Form::RuntimeContext,
        }
    }

    pub const fn absent(name: &'static str) -> Field {
        Field {
            name,
            form: Form::Absent,
        }
    }

    /// The column that it is made from.
    pub fn column(self) -> &'static str {
        if self.form == Form::Interface {
            "spec"
        } else {
            self.name
        }
    }
}

/// How a filter's value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    Text,
    /// All of these tags, separated by commas.
    Tags,
    /// The same, lower case.
    LowerTags,
    Uuid,
    Json,
    Flag,
    Int,
    Date,
    State,
    Scope,
    /// The id of a project, which must look like a UUID.
    Project,
    /// Declared by upstream without a column behind it: it fails there.
    Unsupported,
}

/// A resource that can be listed.
#[derive(Debug)]
pub struct Resource {
    /// Name in the path and in the envelope.
    pub collection: &'static str,
    pub table: &'static Table,
    pub fields: &'static [Field],
    pub filters: &'static [(&'static str, FilterKind)],
    /// Parameters besides filters, paging and fields.
    pub flags: &'static [&'static str],
    /// Text for an id that is not there (an unknown marker).
    pub not_found: fn(&str) -> String,
}

/// Parameters of every list.
const COMMON: [&str; 5] = ["limit", "marker", "sort_keys", "sort_dirs", "fields"];

/// The flag of a list that can be filtered by members of inputs, and how such a parameter begins.
pub(crate) const INPUTS: &str = "input.<name>";
const INPUT: &str = "input.";

/// Values that a member of inputs may be compared with; the rows of each are merged.
const MAX_VALUES: usize = 32;

/// Columns that are nobody's business.
const INTERNAL: [&str; 5] = ["context", "source", "spec", "spec_hash", "root_id"];

/// A list request whose values could be read. What else is wrong with it is told when it is answered: after the caller's
/// rights, and whether there is what the path names, have been looked at.
#[derive(Debug)]
pub(crate) struct List {
    resource: &'static Resource,
    shape: Result<Shape, Error>,
}

/// What a page shows.
#[derive(Debug)]
pub(super) struct Shape {
    fields: Vec<Field>,
    columns: Vec<&'static Column>,
    pub(super) filters: Vec<Filter>,
    pub(super) order: Vec<Order>,
    limit: u32,
    pub(super) marker: Option<(Id, String)>,
    /// Filters as the next link shows them, each with a leading `&`.
    link_filters: String,
    /// Whether the client chose fields.
    chosen: bool,
    /// Fields that are shown but not part of the choice.
    extra: Vec<Field>,
}

/// A filter that the path implies: parameter and id.
pub(crate) type Implied = (&'static str, Id);

impl List {
    /// Reads the parameters. `hidden` are fields that this list shows only when asked for by name.
    ///
    /// # Errors
    /// A value that is not of its type, then a parameter that nobody knows: in upstream's order.
    pub(crate) fn parse(
        app: &App,
        resource: &'static Resource,
        params: &Params,
        implied: &[Implied],
        hidden: &[&str],
    ) -> Result<List, Error> {
        let marker = params.uuid("marker")?.map(|id| (id, query_value(params, "marker")));
        let limit = params.int("limit")?;
        check_values(resource, params, implied)?;
        params.known(|name| {
            COMMON.contains(&name)
                || resource.flags.contains(&name)
                || resource.filters.iter().any(|(filter, _)| *filter == name)
                || resource.flags.contains(&INPUTS) && name.starts_with(INPUT)
        })?;
        let shape = Shape::read(app, resource, params, (limit, marker), implied, hidden);
        Ok(List { resource, shape })
    }

    /// Shows a field even where the client chose others.
    pub(crate) fn always(&mut self, field: Field) {
        let Ok(shape) = &mut self.shape else { return };
        if !shape.fields.iter().any(|f| f.name == field.name) {
            shape.columns.extend(self.resource.table.column(field.name));
            shape.extra.push(field);
        }
    }

    /// Fetches the page and writes the answer.
    pub(crate) async fn answer(self, app: &App, request: &Request) -> Result<Reply, Error> {
        self.shape?.answer(self.resource, app, request, None).await
    }

    /// As [`List::answer`], but looks at so many rows at most, the newest first.
    pub(crate) async fn scan(self, app: &App, request: &Request, limit: i64) -> Result<Reply, Error> {
        let mut shape = self.shape?;
        let scan = Scan::begin(app, request, &mut shape, limit).await?;
        shape.answer(self.resource, app, request, Some(scan)).await
    }
}

impl Shape {
    fn read(
        app: &App,
        resource: &'static Resource,
        params: &Params,
        (limit, marker): (Option<i64>, Option<(Id, String)>),
        implied: &[Implied],
        hidden: &[&str],
    ) -> Result<Shape, Error> {
        let mut filters = Vec::new();
        let mut link_filters = String::new();
        let order = read_order(resource, params, limit)?;
        let (fields, chosen) = read_fields(resource, params, hidden)?;
        read_filters(resource, params, implied, &mut filters, &mut link_filters)?;
        if resource.flags.contains(&INPUTS) {
            read_inputs(app, resource, params, &mut filters, &mut link_filters)?;
        }
        for flag in resource.flags {
            if let Some(value) = params.get(flag).filter(|_| *flag != INPUTS) {
                let _ = write!(link_filters, "&{flag}={}", query::encode(value));
            }
        }
        let maximum = app.options.max_limit.max(1);
        let limit = limit.map_or(maximum, |n| u32::try_from(n).unwrap_or(u32::MAX).min(maximum));
        let columns = columns_of(resource, &fields);
        Ok(Shape {
            fields,
            columns,
            filters,
            order,
            limit,
            marker,
            link_filters,
            chosen,
            extra: Vec::new(),
        })
    }

    /// Fetches the page and writes the answer.
    async fn answer(
        &self,
        resource: &Resource,
        app: &App,
        request: &Request,
        scan: Option<Scan>,
    ) -> Result<Reply, Error> {
        let query = Query {
            table: resource.table,
            columns: &self.columns,
            viewer: viewer(request),
            filters: &self.filters,
            order: &self.order,
            limit: Some(self.limit),
        };
        let marker = self.marker.as_ref();
        let records = match app.reads.lists.list(&query, marker.map(|(id, _)| *id)).await? {
            Page::Records(records) => records,
            Page::UnknownMarker => {
                let text = marker.map_or("", |(_, text)| text);
                return Err(Error::not_found((resource.not_found)(text)));
            }
        };
        let mut w = Writer::with_capacity(64 + records.len() * 512);
        w.begin_object();
        w.key(resource.collection);
        w.begin_array();
        let mut plan = plan(&self.fields, &records);
        plan.extend(self::plan(&self.extra, &records));
        for row in 0..records.len() {
            w.begin_object();
            write_members(&mut w, &records, row, &plan)?;
            w.end_object();
        }
        w.end_array();
        let last = match records.len() == self.limit as usize {
            true => records.id(records.len() - 1, "id")?,
            false => scan.as_ref().and_then(|scan| scan.end).map(|(_, id)| id),
        };
        if let Some(last) = last {
            w.key("next");
            w.str(&self.next_link(resource, request, last));
        }
        if let Some(scan) = &scan {
            scan.write(&mut w);
        }
        w.end_object();
        Ok(Reply::ok(w))
    }

    /// The link to the page after the row `last`; it can be followed as it is.
    fn next_link(&self, resource: &Resource, request: &Request, last: Id) -> String {
        let mut link = format!("{}/v2/{}?sort_keys=", request.base_url(), resource.collection);
        for (i, order) in self.order.iter().enumerate() {
            let _ = write!(link, "{}{}", if i > 0 { "," } else { "" }, order.column.name);
        }
        link.push_str("&sort_dirs=");
        for (i, order) in self.order.iter().enumerate() {
            let direction = if order.descending { "desc" } else { "asc" };
            let _ = write!(link, "{}{direction}", if i > 0 { "," } else { "" });
        }
        let _ = write!(link, "{}&limit={}&marker={last}", self.link_filters, self.limit);
        if self.chosen {
            link.push_str("&fields=");
            for (i, field) in self.fields.iter().enumerate() {
                let _ = write!(link, "{}{}", if i > 0 { "," } else { "" }, field.name);
            }
        }
        link
    }
}

/// Whose rows the caller sees.
pub(crate) fn viewer(request: &Request) -> Viewer<'_> {
    if request.identity.is_admin {
        Viewer::Admin
    } else {
        Viewer::Project(request.identity.project_id.as_deref())
    }
}

fn query_value(params: &Params, name: &str) -> String {
    let text = params.get(name).unwrap_or_default();
    query::operator(text).map_or(text, |(_, rest)| rest).to_owned()
}

/// Fields of the answer, the id first, and whether the client chose them.
fn read_fields(resource: &Resource, params: &Params, hidden: &[&str]) -> Result<(Vec<Field>, bool), Error> {
    let chosen = params.unique_list("fields").unwrap_or_default();
    if chosen.is_empty() {
        return Ok((
            resource
                .fields
                .iter()
                .filter(|f| !hidden.contains(&f.name))
                .copied()
                .collect(),
            false,
        ));
    }
    let find = |name: &str| resource.fields.iter().find(|f| f.name == name).copied();
    let unknown: Vec<&str> = chosen
        .iter()
        .map(String::as_str)
        .filter(|name| find(name).is_none())
        .collect();
    if !unknown.is_empty() {
        let all: Vec<&str> = resource.fields.iter().map(|f| f.name).collect();
        return Err(Error::bad_request(format!(
            "Some fields do not exist  [{}], please choose from [{}]",
            unknown.join(", "),
            all.join(", ")
        )));
    }
    let mut fields: Vec<Field> = Vec::with_capacity(chosen.len() + 1);
    if !chosen.iter().any(|name| name == "id") {
        fields.push(Field::plain("id"));
    }
    fields.extend(chosen.iter().filter_map(|name| find(name)));
    Ok((with_interface(resource, fields), true))
}

/// The fields that a list's request chooses, the id first; all if it chooses none.
///
/// # Errors
/// Names that are no fields.
pub(crate) fn fields(resource: &'static Resource, params: &Params) -> Result<Vec<Field>, Error> {
    read_fields(resource, params, &[]).map(|(fields, _)| fields)
}

/// Fields of a single object: as in lists, but unknown names are left out instead of refused. The object's `interface`
/// comes with its `input`.
pub(crate) fn single_fields(resource: &'static Resource, params: &Params) -> Option<Vec<Field>> {
    let chosen = params.unique_list("fields").filter(|names| !names.is_empty())?;
    let mut fields = vec![Field::plain("id")];
    for name in &chosen {
        if let Some(field) = resource.fields.iter().find(|f| f.name == name && f.name != "id") {
            fields.push(*field);
        }
    }
    Some(with_interface(resource, fields))
}

/// `input` of a workflow brings its `interface` along; asked for alone, that is absent, as upstream has it.
fn with_interface(resource: &Resource, fields: Vec<Field>) -> Vec<Field> {
    let Some(interface) = resource.fields.iter().find(|f| f.form == Form::Interface) else {
        return fields;
    };
    let has_input = fields.iter().any(|f| f.name == "input");
    let mut fields: Vec<Field> = fields.into_iter().filter(|f| f.form != Form::Interface).collect();
    if has_input {
        fields.push(*interface);
    }
    fields
}

/// Columns that these fields are made from, always with the id.
pub(crate) fn columns_of(resource: &Resource, fields: &[Field]) -> Vec<&'static Column> {
    let table = resource.table;
    let mut columns: Vec<&'static Column> = fields
        .iter()
        .filter(|f| f.form != Form::Absent)
        .filter_map(|f| table.column(f.column()))
        .collect();
    if !columns.iter().any(|c| c.name == "id") {
        columns.extend(table.column("id"));
    }
    columns
}

fn read_order(resource: &Resource, params: &Params, limit: Option<i64>) -> Result<Vec<Order>, Error> {
    let keys = params
        .unique_list("sort_keys")
        .unwrap_or_else(|| vec!["created_at".into()]);
    let directions = params.list("sort_dirs").unwrap_or_else(|| vec!["asc".into()]);
    check_sorting(limit, &keys, &directions)?;
    let mut order = Vec::with_capacity(keys.len() + 1);
    for (i, key) in keys.iter().enumerate() {
        let column = sort_column(resource, key)
            .ok_or_else(|| Error::bad_request(format!("Sort key supplied is invalid: {key}")))?;
        order.push(Order {
            column,
            descending: directions.get(i).is_some_and(|d| d == "desc"),
        });
    }
    if !order.iter().any(|o| o.column.name == "id") {
        let id = resource.table.column("id");
        order.extend(id.map(|column| Order {
            column,
            descending: false,
        }));
    }
    Ok(order)
}

/// Checks that every list makes, in upstream's order.
pub(crate) fn check_sorting(limit: Option<i64>, keys: &[String], directions: &[String]) -> Result<(), Error> {
    if limit.is_some_and(|n| n <= 0) {
        return Err(Error::bad_request("Limit must be positive."));
    }
    if keys.len() < directions.len() {
        return Err(Error::bad_request(
            "Length of sort_keys must be equal or greater than sort_dirs.",
        ));
    }
    if directions.iter().any(|d| d != "asc" && d != "desc") {
        return Err(Error::bad_request("Unknown sort direction, must be 'desc' or 'asc'."));
    }
    Ok(())
}

fn sort_column(resource: &Resource, key: &str) -> Option<&'static Column> {
    let key = match (resource.collection, key) {
        ("executions", "name") => "workflow_name",
        (_, key) => key,
    };
    if INTERNAL.contains(&key) {
        return None;
    }
    resource.table.column(key)
}

/// Refuses values that are not of the type of their filter, in the order in which upstream declares them.
fn check_values(resource: &Resource, params: &Params, implied: &[Implied]) -> Result<(), Error> {
    for (name, kind) in resource.filters {
        let Some(value) = params.get(name) else { continue };
        match kind {
            // In nested lists upstream converts this one by itself.
            FilterKind::Uuid if implied.iter().any(|(implied, _)| implied == name) => {
                query::bare_uuid(value).map_err(Error::bad_request)?;
            }
            FilterKind::Uuid | FilterKind::Project => {
                params.once(name, query::not_a_uuid)?;
                query::uuid(name, value)?;
            }
            FilterKind::Json => {
                params.once(name, |_| query::not_json())?;
                query::json_forms(name, value)?;
            }
            FilterKind::Int => {
                params.once(name, |_| query::not_an_int("integer"))?;
                query::int(name, value, "integer")?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn read_filters(
    resource: &Resource,
    params: &Params,
    implied: &[Implied],
    filters: &mut Vec<Filter>,
    link: &mut String,
) -> Result<(), Error> {
    for (name, value) in params.iter() {
        let Some((name, kind)) = resource.filters.iter().find(|(filter, _)| *filter == name) else {
            continue;
        };
        let overrides = implied.iter().any(|(implied, _)| implied == name);
        let column = resource.table.column(name);
        let (Some(column), false) = (column, *kind == FilterKind::Unsupported) else {
            return Err(Error::bad_request(format!("Filtering by '{name}' is not supported.")));
        };
        let test = match kind {
            // In nested lists upstream converts this one by itself.
            FilterKind::Uuid if overrides => Test::Id(query::bare_uuid(value).map_err(Error::bad_request)?),
            kind => read_test(name, *kind, value)?,
        };
        if let Some(test) = test_or_all(test) {
            let _ = write!(link, "&{name}={}", link_value(*kind, value, &test));
            filters.push(Filter { column, test });
        }
    }
    for (name, id) in implied {
        if params.get(name).is_some() {
            continue;
        }
        let Some(column) = resource.table.column(name) else {
            continue;
        };
        let _ = write!(link, "&{name}=eq:{id}");
        filters.push(Filter {
            column,
            test: Test::Id(*id),
        });
    }
    read_nulls(resource, params, filters)
}

/// `input.<name>`: members of inputs that are indexed.
fn read_inputs(
    app: &App,
    resource: &Resource,
    params: &Params,
    filters: &mut Vec<Filter>,
    link: &mut String,
) -> Result<(), Error> {
    let Some(column) = resource.table.column("input") else {
        return Ok(());
    };
    for (name, value) in params.iter() {
        if let Some(test) = input_test(app, name, value)? {
            filters.push(Filter { column, test });
            let _ = write!(link, "&{}={}", query::encode(name), query::encode(value));
        }
    }
    Ok(())
}

/// The test that a parameter `input.<name>` makes; none: it is another parameter.
///
/// # Errors
/// The member is not indexed, or not in this way.
pub(crate) fn input_test(app: &App, parameter: &str, value: &str) -> Result<Option<Test>, Error> {
    let Some(name) = parameter.strip_prefix(INPUT) else {
        return Ok(None);
    };
    let indexed = &app.options.indexed_inputs;
    if !indexed.iter().any(|known| known == name) {
        let names = match indexed.as_slice() {
            [] => "none".to_owned(),
            names => names.join(", "),
        };
        return Err(Error::bad_request(format!(
            "'{parameter}' is not indexed; [api] indexed_inputs has {names}. Search step by step instead: input=has:… with scan_limit."
        )));
    }
    let (op, rest) = query::operator(value).unwrap_or(("eq", value));
    let values = match op {
        "eq" => vec![rest.to_owned()],
        "in" => items(rest),
        _ => return Err(Error::bad_request(format!("'{parameter}' knows 'eq' and 'in' only."))),
    };
    if values.len() > MAX_VALUES || values.iter().any(|value| value.len() > Key::LONGEST) {
        return Err(Error::bad_request(format!(
            "'{parameter}' takes {MAX_VALUES} values at most, of {} bytes at most: longer ones are not indexed.",
            Key::LONGEST
        )));
    }
    Ok(Some(Test::Input(name.to_owned(), values)))
}

/// The id of the object that a nested list belongs to: what the query says counts more than the path.
pub(crate) fn parent(request: &Request, (name, id): Implied) -> Result<Id, Error> {
    match request.query.get(name) {
        Some(text) => query::bare_uuid(text).map_err(Error::bad_request),
        None => Ok(id),
    }
}

/// An empty list of tags filters nothing.
fn test_or_all(test: Test) -> Option<Test> {
    match test {
        Test::Holds(members) if members.is_empty() => None,
        test => Some(test),
    }
}

/// `nulls`: columns that must be NULL.
fn read_nulls(resource: &Resource, params: &Params, filters: &mut Vec<Filter>) -> Result<(), Error> {
    if !resource.flags.contains(&"nulls") {
        return Ok(());
    }
    for name in params.list("nulls").unwrap_or_default() {
        let column = resource.table.column(&name).filter(|c| !INTERNAL.contains(&c.name));
        let Some(column) = column else {
            return Err(Error::bad_request(format!("'{name}' is not a valid field name.")));
        };
        if column.name == "id" {
            return Err(Error::bad_request(format!("The field '{name}' can't hold None value.")));
        }
        if resource.filters.iter().any(|(filter, _)| *filter == name) {
            filters.push(Filter {
                column,
                test: Test::IsNull,
            });
        }
    }
    Ok(())
}

/// How a filter looks in a link: with its operator, so that upstream's clients recognise it.
fn link_value(kind: FilterKind, value: &str, test: &Test) -> String {
    match (kind, test) {
        (FilterKind::Flag, Test::Bool(b)) => if *b { "true" } else { "" }.to_owned(),
        (FilterKind::Json | FilterKind::Tags | FilterKind::LowerTags | FilterKind::Int, _) => {
            query::encode(value).to_string()
        }
        (_, Test::Id(id)) => format!("eq:{id}"),
        _ => match query::operator(value) {
            Some((op, rest)) => format!("{op}:{}", query::encode(rest)),
            None => format!("eq:{}", query::encode(value)),
        },
    }
}

/// Fields with the positions of their columns.
pub(crate) type Plan = Vec<(Field, usize)>;

/// Where each field of the answer is found in `records`.
pub(crate) fn plan(fields: &[Field], records: &Records) -> Plan {
    fields
        .iter()
        .filter(|f| f.form != Form::Absent)
        .filter_map(|f| records.position(f.column()).map(|at| (*f, at)))
        .collect()
}

/// Writes the members of one object.
pub(crate) fn write_members(w: &mut Writer, records: &Records, row: usize, plan: &Plan) -> Result<(), Error> {
    for (field, column) in plan {
        w.key(field.name);
        match (field.form, records.cell(row, *column)?) {
            (Form::Plain | Form::EmptyJson, Cell::Json(text)) if text.len() >= LARGE => {
                w.shared_json_text(Shared::whole(Source::Stored(records.shared_text(row, *column))));
            }
            (Form::Plain, Cell::Text(text)) if text.len() >= LARGE => {
                w.shared_str(Shared::whole(Source::Stored(records.shared_text(row, *column))));
            }
            (form, cell) => write_cell(w, form, cell),
        }
    }
    Ok(())
}

/// Writes a cell in the form of its field.
pub(crate) fn write_cell(w: &mut Writer, form: Form, cell: Cell<'_>) {
    match (form, cell) {
        (Form::Tags, Cell::Null) => w.raw(b"[]"),
        (Form::EmptyJson, Cell::Null) => w.json_text("{}"),
        (Form::EmptyText, _) => w.str(""),
        (Form::NullableJson, Cell::Json("null")) => w.null(),
        (Form::Interface, Cell::Json(spec)) => {
            let spec = json::parse(spec.as_bytes()).unwrap_or_default();
            w.json_text(&json::to_string(&workflow_interface(&spec)));
        }
        (Form::RuntimeContext, Cell::Json(text)) => w.json_text(&visible_runtime_context(text)),
        (_, cell) => w.cell(cell),
    }
}

/// A task's `runtime_context` as clients see it.
pub(crate) fn visible_runtime_context(text: &str) -> Cow<'_, str> {
    if !text.contains(PUBLISHED_GLOBAL) {
        return Cow::Borrowed(text);
    }
    let mut members = json::parse(text.as_bytes())
        .ok()
        .and_then(Value::into_dict)
        .unwrap_or_default();
    members.shift_remove(PUBLISHED_GLOBAL);
    Cow::Owned(json::to_string(&Value::dict(members)))
}

/// One object of a resource, with all fields or those chosen.
pub(crate) fn single(records: &Records, fields: &[Field], w: &mut Writer) -> Result<(), Error> {
    w.begin_object();
    write_members(w, records, 0, &plan(fields, records))?;
    w.end_object();
    Ok(())
}

/// Rows of a resource that pass simple tests, without paging: for look-ups by name.
pub(crate) async fn find(
    app: &App,
    request: &Request,
    resource: &'static Resource,
    tests: Vec<(&str, Test)>,
    limit: u32,
) -> Result<Records, Error> {
    let columns = columns_of(resource, resource.fields);
    find_columns(app, viewer(request), resource.table, &columns, tests, limit).await
}

/// As [`find`], with these columns of a table.
pub(crate) async fn find_columns(
    app: &App,
    viewer: Viewer<'_>,
    table: &'static Table,
    columns: &[&'static Column],
    tests: Vec<(&str, Test)>,
    limit: u32,
) -> Result<Records, Error> {
    let filters: Vec<Filter> = tests
        .into_iter()
        .filter_map(|(name, test)| table.column(name).map(|column| Filter { column, test }))
        .collect();
    let order: Vec<Order> = ["created_at", "id"]
        .iter()
        .filter_map(|name| {
            table.column(name).map(|column| Order {
                column,
                descending: false,
            })
        })
        .collect();
    let query = Query {
        table,
        columns,
        viewer,
        filters: &filters,
        order: &order,
        limit: Some(limit),
    };
    match app.reads.lists.list(&query, None).await? {
        Page::Records(records) => Ok(records),
        Page::UnknownMarker => Err(Error::not_found("not found")),
    }
}

/// `text` equals, for [`find`].
pub(crate) fn equals(value: &str) -> store::Test {
    Test::Text(Comparison::Equal, value.to_owned())
}

#[cfg(test)]
mod tests;
