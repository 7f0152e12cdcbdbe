//! Tables in memory as the REST API asks them: what users define and what ran, with filters, orders and pages. For the tests of the
//! API; PostgreSQL's own rules (NULL, order of NULLs, unique names) hold here too.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::Error;
use crate::backend::Calling;
use crate::cache::Epochs;
use crate::definitions::{Change, DefinitionRows, Edit, Row as NewRow, Shape, Value};
use crate::list::{
    Cell, Column, Filter, Kind, Lists, Order, Page, Query, Records, Rows, Sharing, StoredText, Table, TaskResult, Test,
    Viewer,
};
use crate::maintenance::Maintenance;
use crate::runs::Runs;
use crate::versions::{Said, Version, Versions};
use mistral_model::record::{Action, Execution, Origin, Scope, Task, TaskKind};
use mistral_model::{Id, Payload, State, Str, Time, json};

/// All of it. Clones share the tables.
#[derive(Clone)]
pub struct Desk {
    inside: Arc<Mutex<Inside>>,
}

struct Inside {
    /// By table, then by id.
    defined: BTreeMap<&'static str, BTreeMap<Id, Stored>>,
    content: HashMap<Id, String>,
    versions: Vec<(Id, Version)>,
    epoch: i64,
    mode: String,
    executions: BTreeMap<Id, Execution>,
    tasks: BTreeMap<Id, Task>,
    actions: BTreeMap<Id, Action>,
}

#[derive(Clone)]
struct Stored {
    shape: &'static Shape,
    values: Vec<Value>,
}

/// A value of a row, held.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    Null,
    Id(Id),
    Text(String),
    Json(String),
    Tags(String),
    Time(Time),
    State(State),
    Scope(Scope),
    TaskKind(TaskKind),
    Bool(bool),
    Int(i64),
}

/// A row by the names of its columns.
type Row = HashMap<&'static str, Held>;

impl Default for Desk {
    fn default() -> Desk {
        let inside = Inside {
            defined: BTreeMap::new(),
            content: HashMap::new(),
            versions: Vec::new(),
            epoch: 1,
            mode: "RUNNING".to_owned(),
            executions: BTreeMap::new(),
            tasks: BTreeMap::new(),
            actions: BTreeMap::new(),
        };
        Desk {
            inside: Arc::new(Mutex::new(inside)),
        }
    }
}

impl Desk {
    /// Puts down what ran.
    pub fn put_execution(&self, execution: Execution) {
        self.inside.lock().executions.insert(execution.id, execution);
    }

    pub fn put_task(&self, task: Task) {
        self.inside.lock().tasks.insert(task.id, task);
    }

    pub fn put_action(&self, action: Action) {
        self.inside.lock().actions.insert(action.id, action);
    }
}

// Cells --------------------------------------------------------------------------------------------------------------

impl Held {
    fn of(value: &Value, kind: Kind) -> Held {
        match value {
            Value::Id(id) => Held::Id(*id),
            Value::Text(text) => Held::text(text.as_deref()),
            Value::Json(None) | Value::Time(None) | Value::Int(None) => Held::Null,
            Value::Json(Some(json)) if kind == Kind::Tags => Held::Tags(json.text().to_owned()),
            Value::Json(Some(json)) => Held::Json(json.text().to_owned()),
            Value::Time(Some(time)) => Held::Time(*time),
            Value::Scope(scope) => Held::Scope(*scope),
            Value::Bool(flag) => Held::Bool(*flag),
            Value::Int(Some(number)) => Held::Int(i64::from(*number)),
        }
    }

    fn text(text: Option<&str>) -> Held {
        text.map_or(Held::Null, |text| Held::Text(text.to_owned()))
    }

    fn json(payload: Option<&Payload>) -> Held {
        payload.map_or(Held::Null, |payload| Held::Json(payload.text().to_owned()))
    }

    fn tags(payload: Option<&Payload>) -> Held {
        payload.map_or(Held::Null, |payload| Held::Tags(payload.text().to_owned()))
    }

    fn time(time: Option<Time>) -> Held {
        time.map_or(Held::Null, Held::Time)
    }

    fn id(id: Option<Id>) -> Held {
        id.map_or(Held::Null, Held::Id)
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Held::Text(text) | Held::Json(text) | Held::Tags(text) => Some(text),
            _ => None,
        }
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Held::Null => Cell::Null,
            Held::Id(id) => Cell::Id(*id),
            Held::Text(text) => Cell::Text(text),
            Held::Json(text) => Cell::Json(text),
            Held::Tags(text) => Cell::Tags(text),
            Held::Time(time) => Cell::Time(*time),
            Held::State(state) => Cell::State(*state),
            Held::Scope(scope) => Cell::Scope(*scope),
            Held::TaskKind(kind) => Cell::TaskKind(*kind),
            Held::Bool(flag) => Cell::Bool(*flag),
            Held::Int(number) => Cell::Int(*number),
        }
    }

    /// The number of a member of an enumeration.
    fn number(&self) -> Option<i16> {
        match self {
            Held::State(state) => Some(*state as i16),
            Held::Scope(scope) => Some(*scope as i16),
            Held::TaskKind(kind) => Some(*kind as i16),
            _ => None,
        }
    }

    /// As lists are sorted by it; states by their names.
    fn compare(&self, other: &Held) -> Ordering {
        match (self, other) {
            (Held::Id(a), Held::Id(b)) => a.cmp(b),
            (Held::Time(a), Held::Time(b)) => a.cmp(b),
            (Held::State(a), Held::State(b)) => a.name().cmp(b.name()),
            (Held::Bool(a), Held::Bool(b)) => a.cmp(b),
            (Held::Int(a), Held::Int(b)) => a.cmp(b),
            (a, b) => match (a.number(), b.number()) {
                (Some(a), Some(b)) => a.cmp(&b),
                _ => a.as_text().cmp(&b.as_text()),
            },
        }
    }
}

/// Rows that were read.
struct Read(Vec<Vec<Held>>);

impl Rows for Read {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: usize, _: Kind) -> Result<Cell<'_>, Error> {
        Ok(self.0[row][column].cell())
    }

    fn text(&self, row: usize, column: usize) -> &[u8] {
        self.0[row][column].as_text().unwrap_or_default().as_bytes()
    }
}

// Rows ---------------------------------------------------------------------------------------------------------------

impl Inside {
    /// All rows of a table that lists show.
    fn rows(&self, table: &Table) -> Vec<Row> {
        match table.name {
            "execution" => self.executions.values().map(execution_row).collect(),
            "task" => self.tasks.values().map(task_row).collect(),
            "action_execution" => self.actions.values().map(action_row).collect(),
            name => {
                let stored = self.defined.get(name).into_iter().flat_map(BTreeMap::values);
                stored.map(|stored| self.defined_row(table, stored)).collect()
            }
        }
    }

    fn defined_row(&self, table: &Table, stored: &Stored) -> Row {
        let columns = stored.shape.columns.iter().zip(&stored.values);
        let held = |((name, kind), value): (&(&'static str, Kind), &Value)| {
            let kind = table.column(name).map_or(*kind, |column| column.kind);
            (*name, Held::of(value, kind))
        };
        let mut row: Row = columns.map(held).collect();
        if let Some(Held::Id(hash)) = row.get("spec_hash") {
            let spec = self.content.get(hash).cloned();
            row.insert("spec", spec.map_or(Held::Null, Held::Json));
        }
        if let Some(Held::Id(source)) = row.get("code_source_id") {
            let source = self.defined.get("code_source").and_then(|rows| rows.get(source));
            let part = |name: &str| source.map_or(Held::Null, |source| source.held(name));
            let (name, content) = (part("name"), part("content"));
            row.insert("code_source_name", name);
            row.insert("source", content);
        }
        row
    }

    fn sees(&self, viewer: Viewer<'_>, sharing: Sharing, row: &Row) -> bool {
        let Viewer::Project(project) = viewer else { return true };
        let is_own = row.get("project_id").and_then(Held::as_text) == project;
        match sharing {
            Sharing::Project => is_own,
            Sharing::Scope => is_own || is_public(row),
            Sharing::Members => is_own || is_public(row) || self.is_member(project, row.get("id")),
        }
    }

    /// Whether a project has accepted an invitation to a row.
    fn is_member(&self, project: Option<&str>, id: Option<&Held>) -> bool {
        let Some(project) = project else { return false };
        let members = self
            .defined
            .get("resource_member")
            .into_iter()
            .flat_map(BTreeMap::values);
        let mut members = members.filter(|row| row.held("member_id").as_text() == Some(project));
        members.any(|row| Some(&row.held("resource_id")) == id && row.held("status").as_text() == Some("accepted"))
    }

    /// The rows of a page, whole.
    fn page(&self, query: &Query<'_>, marker: Option<Id>) -> Option<Vec<Row>> {
        let table = query.table;
        let mut rows = self.rows(table);
        rows.retain(|row| self.sees(query.viewer, table.sharing, row));
        let behind = match marker {
            None => None,
            Some(id) => Some(rows.iter().find(|row| row.get("id") == Some(&Held::Id(id)))?.clone()),
        };
        rows.retain(|row| query.filters.iter().all(|filter| passes(row, filter)));
        rows.sort_by(|a, b| in_order(query.order, a, b));
        if let Some(behind) = behind {
            rows.retain(|row| in_order(query.order, row, &behind) == Ordering::Greater);
        }
        rows.truncate(query.limit.map_or(usize::MAX, |limit| limit as usize));
        Some(rows)
    }

    fn records(&self, rows: &[Row], columns: &[&'static Column]) -> Records {
        let cells = |row: &Row| -> Vec<Held> {
            let held = |column: &&Column| row.get(column.name).cloned().unwrap_or(Held::Null);
            columns.iter().map(held).collect()
        };
        let aliases = self.executions.values().filter_map(|execution| {
            let alias = execution.alias.as_deref()?;
            Some((execution.id, alias.to_owned()))
        });
        Records::new(
            Arc::new(Read(rows.iter().map(cells).collect())),
            columns,
            aliases.collect(),
        )
    }
}

fn is_public(row: &Row) -> bool {
    row.get("scope") == Some(&Held::Scope(Scope::Public))
}

impl Stored {
    fn held(&self, column: &str) -> Held {
        let place = self.shape.place(column);
        place.map_or(Held::Null, |place| {
            Held::of(&self.values[place], self.shape.columns[place].1)
        })
    }
}

fn origin_row(origin: &Origin) -> Row {
    Row::from([
        ("workflow_name", Held::text(Some(&origin.workflow_name))),
        ("workflow_namespace", Held::text(Some(&origin.workflow_namespace))),
        ("workflow_id", Held::Id(origin.workflow_id)),
        ("project_id", Held::text(origin.project_id.as_deref())),
        ("scope", Held::Scope(origin.scope)),
    ])
}

fn execution_row(e: &Execution) -> Row {
    let mut row = origin_row(&e.origin);
    row.extend([
        ("id", Held::Id(e.id)),
        ("description", Held::text(e.description.as_deref())),
        ("tags", Held::tags(e.tags.as_ref())),
        ("params", Held::json(Some(&e.params))),
        ("task_execution_id", Held::id(e.task_id)),
        ("root_execution_id", Held::id(e.task_id.map(|_| e.root_id))),
        ("state", Held::State(e.state)),
        ("state_info", Held::text(e.state_info.as_deref())),
        ("input", Held::json(Some(&e.input))),
        ("output", Held::json(e.output.as_ref())),
        ("created_at", Held::Time(e.created_at)),
        ("updated_at", Held::time(e.updated_at)),
        ("context", Held::json(Some(&e.context))),
        ("spec_hash", Held::Id(e.spec_hash)),
        ("root_id", Held::Id(e.root_id)),
    ]);
    row
}

fn task_row(t: &Task) -> Row {
    let mut row = origin_row(&t.origin);
    row.extend([
        ("id", Held::Id(t.id)),
        ("name", Held::text(Some(&t.name))),
        ("type", Held::TaskKind(t.kind)),
        ("workflow_execution_id", Held::Id(t.execution_id)),
        ("tags", Held::tags(t.tags.as_ref())),
        ("state", Held::State(t.state)),
        ("state_info", Held::text(t.state_info.as_deref())),
        ("runtime_context", Held::json(Some(&t.runtime_context))),
        ("published", Held::json(t.published.as_ref())),
        ("processed", Held::Bool(t.processed)),
        ("created_at", Held::Time(t.created_at)),
        ("updated_at", Held::time(t.updated_at)),
        ("started_at", Held::time(t.started_at)),
        ("finished_at", Held::time(t.finished_at)),
        ("root_id", Held::Id(t.root_id)),
    ]);
    row
}

fn action_row(a: &Action) -> Row {
    let mut row = origin_row(&a.origin);
    row.extend([
        ("id", Held::Id(a.id)),
        ("task_execution_id", Held::id(a.task_id)),
        ("state", Held::State(a.state)),
        ("state_info", Held::text(a.state_info.as_deref())),
        ("tags", Held::tags(a.tags.as_ref())),
        ("name", Held::text(Some(&a.name))),
        ("description", Held::text(a.description.as_deref())),
        ("accepted", Held::Bool(a.accepted)),
        ("input", Held::json(Some(&a.input))),
        ("output", Held::json(a.output.as_ref())),
        ("created_at", Held::Time(a.created_at)),
        ("updated_at", Held::time(a.updated_at)),
        ("root_id", Held::Id(a.root_id)),
    ]);
    row
}

// Tests and orders ---------------------------------------------------------------------------------------------------

fn passes(row: &Row, filter: &Filter) -> bool {
    let held = row.get(filter.column.name).unwrap_or(&Held::Null);
    match &filter.test {
        Test::IsNull => *held == Held::Null,
        Test::Never => false,
        _ if *held == Held::Null => false,
        Test::Text(comparison, value) => held.as_text().is_some_and(|text| comparison.holds(text, value)),
        Test::OneOf(values) => held
            .as_text()
            .is_some_and(|text| values.iter().any(|value| value == text)),
        Test::NoneOf(values) => held
            .as_text()
            .is_some_and(|text| values.iter().all(|value| value != text)),
        Test::Like(pattern) => held.as_text().is_some_and(|text| is_like(text, pattern)),
        Test::Id(id) => *held == Held::Id(*id),
        Test::Numbers(numbers) => held.number().is_some_and(|number| numbers.contains(&number)),
        Test::Int(number) => *held == Held::Int(i64::from(*number)),
        Test::Bool(flag) => *held == Held::Bool(*flag),
        Test::Within { ranges, negated } => {
            let Held::Time(time) = held else { return false };
            let within = |(from, until): &(Option<i64>, Option<i64>)| {
                from.is_none_or(|from| time.0 >= from) && until.is_none_or(|until| time.0 < until)
            };
            ranges.iter().any(within) != *negated
        }
        Test::From(time, id) => match (held, row.get("id")) {
            (Held::Time(own), Some(Held::Id(own_id))) => (*own, *own_id) >= (*time, *id),
            _ => false,
        },
        Test::Holds(members) => {
            let text = held.as_text().unwrap_or_default();
            text != "[]" && members.iter().all(|member| text.contains(member.as_str()))
        }
        Test::Input(name, values) => {
            let input = json::parse(held.as_text().unwrap_or_default().as_bytes()).unwrap_or_default();
            let member = input.get(name).map(|value| match value.as_str() {
                Some(text) => text.to_owned(),
                None => json::to_string(value),
            });
            member.is_some_and(|member| values.contains(&member))
        }
    }
}

/// SQL's LIKE without an escape character.
fn is_like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    // What of the text each beginning of the pattern can match.
    let mut matched = vec![false; text.len() + 1];
    matched[0] = true;
    for c in pattern {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            next[at] = match c {
                '%' => matched[at] || at > 0 && next[at - 1],
                '_' => at > 0 && matched[at - 1],
                c => at > 0 && matched[at - 1] && text[at - 1] == c,
            };
        }
        matched = next;
    }
    matched[text.len()]
}

/// NULL is last when ascending and first when descending.
fn in_order(order: &[Order], a: &Row, b: &Row) -> Ordering {
    for Order { column, descending } in order {
        let (a, b) = (
            a.get(column.name).unwrap_or(&Held::Null),
            b.get(column.name).unwrap_or(&Held::Null),
        );
        let ordering = match (a, b) {
            (Held::Null, Held::Null) => Ordering::Equal,
            (Held::Null, _) => Ordering::Greater,
            (_, Held::Null) => Ordering::Less,
            (a, b) => a.compare(b),
        };
        let ordering = if *descending { ordering.reverse() } else { ordering };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

// Edits --------------------------------------------------------------------------------------------------------------

/// Columns that are unique together, and the name of their index.
fn key(shape: &Shape) -> (&'static [&'static str], String) {
    let columns: &[&str] = match shape.name {
        "event_trigger" => &["exchange", "topic", "event", "workflow_id", "project_id"],
        "resource_member" => &["resource_id", "resource_type", "member_id"],
        _ if shape.namespaced => &["name", "namespace", "project_id"],
        _ => &["name", "project_id"],
    };
    (columns, format!("{}_name", shape.name))
}

impl Inside {
    fn insert(&mut self, row: &NewRow) -> Result<(), Error> {
        let new = Stored {
            shape: row.shape,
            values: row.values.clone(),
        };
        self.check_key(row.id, &new)?;
        self.defined.entry(row.shape.name).or_default().insert(row.id, new);
        Ok(())
    }

    fn check_key(&self, id: Id, new: &Stored) -> Result<(), Error> {
        let (columns, constraint) = key(new.shape);
        let is_same = |other: &Stored| columns.iter().all(|column| other.held(column) == new.held(column));
        let mut rows = self.defined.get(new.shape.name).into_iter().flatten();
        match rows.any(|(other, row)| *other != id && is_same(row)) {
            true => Err(Error::Duplicate { constraint }),
            false => Ok(()),
        }
    }

    fn make(&mut self, edit: &Edit) -> Result<(), Error> {
        for change in edit.changes() {
            match change {
                Change::Content { hash, spec } => {
                    self.content.entry(*hash).or_insert_with(|| spec.clone());
                }
                Change::Insert(row) => self.insert(row)?,
                Change::Update(row) => {
                    let (shape, values) = (row.shape, row.values.clone());
                    let new = Stored { shape, values };
                    self.check_key(row.id, &new)?;
                    let missing = Error::Missing { table: shape.name };
                    let rows = self.defined.entry(shape.name).or_default();
                    *rows.get_mut(&row.id).ok_or(missing)? = new;
                }
                Change::Delete { shape, id } => {
                    let gone = self.defined.get_mut(shape.name).and_then(|rows| rows.remove(id));
                    gone.ok_or(Error::Missing { table: shape.name })?;
                }
                // Nobody has trusts here.
                Change::NoteTrust(_) | Change::ReleaseTrust(_) => {}
            }
        }
        if let Some((project, limit)) = edit.charged() {
            let counted = ["workflow_definition", "workbook", "action_definition", "environment"];
            let rows = counted.iter().filter_map(|table| self.defined.get(table));
            let own = rows
                .flat_map(BTreeMap::values)
                .filter(|row| row.held("project_id").as_text() == Some(project));
            if own.count() > limit as usize {
                return Err(Error::Quota(limit));
            }
        }
        self.epoch += i64::from(edit.moves_epoch());
        Ok(())
    }

    /// Rows of a table in the order of their creation.
    fn created(&self, shape: &Shape, wanted: impl Fn(&Stored) -> bool) -> Vec<Vec<Value>> {
        let rows = self.defined.get(shape.name).into_iter().flat_map(BTreeMap::values);
        let mut rows: Vec<&Stored> = rows.filter(|row| wanted(row)).collect();
        rows.sort_by(|a, b| a.held("created_at").compare(&b.held("created_at")));
        rows.into_iter().map(|row| row.values.clone()).collect()
    }

    fn is_visible(&self, stored: &Stored, viewer: Viewer<'_>) -> bool {
        let row = Row::from([
            ("id", stored.held("id")),
            ("project_id", stored.held("project_id")),
            ("scope", stored.held("scope")),
        ]);
        let sharing = if stored.shape.shared {
            Sharing::Members
        } else {
            Sharing::Scope
        };
        self.sees(viewer, sharing, &row)
    }
}

/// An answer that is there at once.
fn at_once<'a, T: Send + 'a>(answer: Result<T, Error>) -> Calling<'a, T> {
    Box::pin(std::future::ready(answer))
}

impl DefinitionRows for Desk {
    fn commit(&self, edit: Edit) -> Calling<'_, ()> {
        let mut inside = self.inside.lock();
        let before = (inside.defined.clone(), inside.content.clone());
        let outcome = inside.make(&edit);
        if outcome.is_err() {
            (inside.defined, inside.content) = before;
        }
        at_once(outcome)
    }

    fn get<'a>(&'a self, shape: &'static Shape, id: Id, viewer: Viewer<'a>) -> Calling<'a, Option<Vec<Value>>> {
        let inside = self.inside.lock();
        let row = inside.defined.get(shape.name).and_then(|rows| rows.get(&id));
        let row = row.filter(|row| inside.is_visible(row, viewer));
        at_once(Ok(row.map(|row| row.values.clone())))
    }

    fn find<'a>(
        &'a self,
        shape: &'static Shape,
        (name, namespace): (&'a str, &'a str),
        viewer: Viewer<'a>,
    ) -> Calling<'a, Option<Vec<Value>>> {
        let inside = self.inside.lock();
        let is_named = |row: &Stored| {
            row.held("name").as_text() == Some(name)
                && (!shape.namespaced || row.held("namespace").as_text() == Some(namespace))
        };
        let found = inside.created(shape, |row| is_named(row) && inside.is_visible(row, viewer));
        let project = match viewer {
            Viewer::Admin => None,
            Viewer::Project(project) => project,
        };
        let is_own = |values: &Vec<Value>| {
            let stored = Stored {
                shape,
                values: values.clone(),
            };
            stored.held("project_id").as_text() == project
        };
        let own = found.iter().find(|values| is_own(values)).cloned();
        at_once(Ok(own.or_else(|| found.into_iter().next())))
    }

    fn page(&self, shape: &'static Shape, after: Id, limit: usize) -> Calling<'_, Vec<Vec<Value>>> {
        let inside = self.inside.lock();
        let rows = inside.defined.get(shape.name).into_iter().flatten();
        let rows = rows.filter(|(id, _)| **id > after).take(limit);
        at_once(Ok(rows.map(|(_, row)| row.values.clone()).collect()))
    }

    fn triggers_of(&self, shape: &'static Shape, workflow: Id) -> Calling<'_, Vec<Vec<Value>>> {
        let of = |row: &Stored| row.held("workflow_id") == Held::Id(workflow);
        at_once(Ok(self.inside.lock().created(shape, of)))
    }

    fn members<'a>(&'a self, resource: Id, resource_type: &'a str) -> Calling<'a, Vec<Vec<Value>>> {
        let of = |row: &Stored| {
            row.held("resource_id") == Held::Id(resource) && row.held("resource_type").as_text() == Some(resource_type)
        };
        let shape = <crate::definitions::ResourceMember as crate::definitions::Table>::SHAPE;
        at_once(Ok(self.inside.lock().created(shape, of)))
    }

    fn content(&self, hash: Id) -> Calling<'_, Option<Str>> {
        at_once(Ok(self
            .inside
            .lock()
            .content
            .get(&hash)
            .map(|spec| spec.as_str().into())))
    }

    fn epoch(&self) -> Calling<'_, i64> {
        at_once(Ok(self.inside.lock().epoch))
    }

    fn maintenance(&self) -> Calling<'_, String> {
        at_once(Ok(self.inside.lock().mode.clone()))
    }

    fn set_maintenance<'a>(&'a self, status: &'a str) -> Calling<'a, ()> {
        status.clone_into(&mut self.inside.lock().mode);
        at_once(Ok(()))
    }
}

impl Epochs for Desk {
    fn epoch(&self) -> Calling<'_, i64> {
        DefinitionRows::epoch(self)
    }
}

// Reads --------------------------------------------------------------------------------------------------------------

impl Lists for Desk {
    fn list<'a>(&'a self, query: &'a Query<'a>, marker: Option<Id>) -> Calling<'a, Page> {
        let inside = self.inside.lock();
        at_once(Ok(match inside.page(query, marker) {
            Some(rows) => Page::Records(inside.records(&rows, query.columns)),
            None => Page::UnknownMarker,
        }))
    }

    fn get<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        viewer: Viewer<'a>,
        id: Id,
    ) -> Calling<'a, Option<Records>> {
        let inside = self.inside.lock();
        let mut rows = inside.rows(table);
        rows.retain(|row| row.get("id") == Some(&Held::Id(id)) && inside.sees(viewer, table.sharing, row));
        at_once(Ok((!rows.is_empty()).then(|| inside.records(&rows, columns))))
    }

    fn children<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        parent_column: &'static Column,
        parents: &'a [Id],
        limit: i64,
    ) -> Calling<'a, Records> {
        let inside = self.inside.lock();
        let mut rows = inside.rows(table);
        rows.retain(|row| matches!(row.get(parent_column.name), Some(Held::Id(id)) if parents.contains(id)));
        let order = ["created_at", "id"].map(|name| {
            table.column(name).map(|column| Order {
                column,
                descending: false,
            })
        });
        let order: Vec<Order> = order.into_iter().flatten().collect();
        rows.sort_by(|a, b| in_order(&order, a, b));
        rows.truncate(usize::try_from(limit).unwrap_or_default());
        at_once(Ok(inside.records(&rows, columns)))
    }
}

/// Results as they are read: text and runtime context.
fn results(found: Vec<(Option<&Payload>, &Payload)>) -> Vec<TaskResult> {
    let cells = found.iter().map(|(output, _)| vec![Held::json(*output)]);
    let rows: Arc<dyn Rows> = Arc::new(Read(cells.collect()));
    let result = |(place, (output, context)): (usize, &(Option<&Payload>, &Payload))| TaskResult {
        output: output.map(|_| StoredText::new(rows.clone(), place, 0)),
        runtime_context: context.text().to_owned(),
    };
    found.iter().enumerate().map(result).collect()
}

impl Runs for Desk {
    fn action_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>> {
        let inside = self.inside.lock();
        let actions = inside
            .actions
            .values()
            .filter(|a| a.task_id == Some(task) && a.accepted);
        at_once(Ok(results(
            actions.map(|a| (a.output.as_ref(), &a.runtime_context)).collect(),
        )))
    }

    fn workflow_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>> {
        let inside = self.inside.lock();
        let executions = inside
            .executions
            .values()
            .filter(|e| e.task_id == Some(task) && e.accepted);
        let mut executions: Vec<&Execution> = executions.collect();
        executions.sort_by_key(|e| (e.created_at, e.id));
        let found = executions.into_iter().map(|e| (e.output.as_ref(), &e.runtime_context));
        at_once(Ok(results(found.collect())))
    }

    fn durations<'a>(&'a self, (workflow, _): (Id, &'a str), limit: i64) -> Calling<'a, Vec<f64>> {
        let inside = self.inside.lock();
        let executions = inside.executions.values();
        let mut done: Vec<&Execution> = executions
            .filter(|e| e.origin.workflow_id == workflow && e.state == State::Success)
            .collect();
        done.sort_by_key(|e| std::cmp::Reverse(e.created_at));
        done.truncate(usize::try_from(limit).unwrap_or_default());
        let seconds = |e: &&Execution| (e.updated_at.unwrap_or(e.created_at).0 - e.created_at.0) as f64 / 1e6;
        at_once(Ok(done.iter().map(seconds).collect()))
    }

    fn spec(&self, hash: Id) -> Calling<'_, Option<String>> {
        at_once(Ok(self.inside.lock().content.get(&hash).cloned()))
    }

    fn execution_project(&self, id: Id) -> Calling<'_, Option<Option<String>>> {
        let inside = self.inside.lock();
        let project = |e: &Execution| e.origin.project_id.as_deref().map(str::to_owned);
        at_once(Ok(inside.executions.get(&id).map(project)))
    }
}

impl Maintenance for Desk {
    fn mode(&self) -> Calling<'_, String> {
        self.maintenance()
    }

    fn set_mode<'a>(&'a self, from: &'a str, to: &'a str) -> Calling<'a, bool> {
        let mut inside = self.inside.lock();
        let was = inside.mode == from;
        if was {
            to.clone_into(&mut inside.mode);
        }
        at_once(Ok(was))
    }

    fn roots_in(&self, state: State, limit: usize, skipped: usize) -> Calling<'_, Vec<Id>> {
        let inside = self.inside.lock();
        let roots = inside
            .executions
            .values()
            .filter(|e| e.id == e.root_id && e.state == state);
        let mut roots: Vec<&Execution> = roots.collect();
        roots.sort_by_key(|e| (e.created_at, e.id));
        at_once(Ok(roots.into_iter().skip(skipped).take(limit).map(|e| e.id).collect()))
    }

    fn has_running_tasks(&self) -> Calling<'_, bool> {
        let inside = self.inside.lock();
        let runs = |task: &Task| matches!(task.state, State::Running | State::Delayed);
        at_once(Ok(inside.tasks.values().any(runs)))
    }
}

impl Versions for Desk {
    fn note<'a>(&'a self, said: &'a [Said<'a>]) -> Calling<'a, ()> {
        let mut inside = self.inside.lock();
        for one in said {
            let own = inside.versions.iter().filter(|(workflow, _)| *workflow == one.workflow);
            let newest = own.map(|(_, version)| version).next_back().cloned();
            if newest.as_ref().is_some_and(|newest| newest.spec_hash == one.spec_hash) {
                continue;
            }
            let version = Version {
                version: newest.map_or(0, |newest| newest.version) + 1,
                spec_hash: one.spec_hash,
                checksum: one.checksum.map(str::to_owned),
                user_id: one.user_id.map(str::to_owned),
                created_at: one.at,
                definition: Some(one.definition.to_owned()),
            };
            inside.versions.push((one.workflow, version));
        }
        at_once(Ok(()))
    }

    fn list(&self, workflow: Id) -> Calling<'_, Vec<Version>> {
        let inside = self.inside.lock();
        let own = inside.versions.iter().rev().filter(|(of, _)| *of == workflow);
        let shown = own.map(|(_, version)| Version {
            definition: None,
            ..version.clone()
        });
        at_once(Ok(shown.collect()))
    }

    fn get(&self, workflow: Id, version: i32) -> Calling<'_, Option<Version>> {
        let inside = self.inside.lock();
        let mut versions = inside.versions.iter();
        let found = versions.find(|(of, own)| *of == workflow && own.version == version);
        at_once(Ok(found.map(|(_, version)| version.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (text, pattern, expected) in [
            ("abc", "%b%", true),
            ("abc", "a_c", true),
            ("abc", "b%", false),
            ("", "%", true),
            ("a%c", "a%", true),
            ("abc", "abc_", false),
        ] {
            assert_eq!(is_like(text, pattern), expected, "{text} LIKE {pattern}");
        }
    }
}
