//! What the simple resources have in common: listing, reading, creating, updating and deleting rows that users define. A resource
//! declares what its rows are ([`Crud`]) and reads its own bodies; the order of the checks is upstream's.

use super::super::App;
use super::super::body::{Attribute, Body};
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list::{self, Field, List, Resource};
use super::super::query;
use super::super::reply::Reply;
use super::super::request::Request;
use super::definitions;
use mistral_model::Id;
use mistral_model::record::Scope;
use mistral_store::Error as StoreError;
use mistral_store::definitions::{Edit, Owned, Value};
use mistral_store::list::{Cell, Kind, Viewer};

/// How requests name a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// By its name. Even admins change only what they would see without being one.
    Name,
    NameOrId,
    Id,
}

/// A row as a request names it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'a> {
    pub identifier: &'a str,
    /// Empty where names have none.
    pub namespace: &'a str,
}

/// A row that is to be stored, with what else its request brought.
pub(super) struct Made<T: Crud> {
    pub row: T,
    pub beside: T::Beside,
}

/// A row that is to be changed.
pub(super) struct Changed<T: Crud> {
    /// The refusal if somebody deletes it meanwhile.
    pub gone: String,
    pub stored: T,
    /// As it shall be, but for `updated_at`.
    pub row: T,
    pub beside: T::Beside,
}

/// A resource whose objects are rows that users define.
pub(super) trait Crud: Owned + Clone {
    /// What lists and answers show.
    const RESOURCE: &'static Resource;
    /// What refusals about other projects' rows call it.
    const ENTITY: &'static str;
    const KEY: Key;
    /// Argument and attributes of the object in bodies; none: the body is a document.
    const BODY: Option<(&'static str, &'static [Attribute])> = None;
    /// Whether lists ask for the caller's rights before they look at parameters.
    const RIGHTS_FIRST: bool = false;
    /// A member that is shown whatever fields are chosen.
    const ALWAYS: Option<Field> = None;

    /// What a request brings along that is no part of the row.
    type Beside: Sync + Send;

    fn not_found(named: Named<'_>) -> String;

    /// The same for a row that should be deleted.
    fn not_there(named: Named<'_>) -> String {
        Self::not_found(named)
    }

    /// The refusal of a second row with the same key; `None`: it is another table's.
    fn duplicate(&self, _constraint: &str) -> Option<Error>;

    /// The namespace that a request for one row names.
    fn namespace(request: &Request) -> &str {
        request.query.get("namespace").unwrap_or_default()
    }

    /// The trust that it acts under.
    fn trust(&self) -> Option<&str> {
        None
    }

    /// Whether an answer about a new row (or one that was changed) shows this member.
    fn shows(_beside: &Self::Beside, member: &str, is_new: bool) -> bool {
        !(is_new && member == "updated_at")
    }

    /// A member that is no column of the row.
    fn member<'a>(_beside: &'a Self::Beside, _name: &str) -> Option<Cell<'a>> {
        None
    }

    /// What is stored together with it.
    async fn along(
        &self,
        _app: &App,
        _request: &Request,
        _beside: &Self::Beside,
        _edit: &mut Edit,
    ) -> Result<(), Error> {
        Ok(())
    }

    /// What is deleted before it.
    async fn dependents(&self, _app: &App, _edit: &mut Edit) -> Result<(), Error> {
        Ok(())
    }
}

/// A resource whose rows requests make. The rights have been asked for.
pub(super) trait Create: Crud {
    async fn make(app: &App, request: &Request, body: &Body) -> Result<Made<Self>, Error>;
}

/// A resource whose rows requests change. The rights have been asked for.
pub(super) trait Update: Crud {
    async fn change(app: &App, request: &Request, body: &Body) -> Result<Changed<Self>, Error>;
}

/// The rule that a request asks first, of those that its operation declares.
fn rule(request: &Request) -> &'static str {
    request.rules.first().copied().unwrap_or_default()
}

/// The rule behind it: who may publish a row, or list those of all projects.
fn wider_rule(request: &Request) -> Option<&'static str> {
    request.rules.get(1).copied()
}

/// The scope in a body, if it was sent, and whether the caller may publish.
pub(super) async fn scope(request: &Request, body: &Body) -> Result<Option<Scope>, Error> {
    definitions::body_scope(request, body, wider_rule(request).unwrap_or_default()).await
}

/// The same in the query string.
pub(super) async fn scope_of_query(request: &Request) -> Result<Scope, Error> {
    definitions::scope(request, wider_rule(request).unwrap_or_default()).await
}

fn named<T: Crud>(request: &Request) -> Named<'_> {
    Named {
        identifier: request.segment(0),
        namespace: if T::SHAPE.namespaced { T::namespace(request) } else { "" },
    }
}

fn check_id<T: Crud>(request: &Request) -> Result<(), Error> {
    match T::KEY {
        Key::Id => query::uuid("id", request.segment(0)).map(|_| ()),
        Key::Name | Key::NameOrId => Ok(()),
    }
}

pub(super) async fn list<T: Crud>(app: &App, request: &Request) -> Result<Reply, Error> {
    if T::RIGHTS_FIRST {
        request.enforce(rule(request)).await?;
    }
    let mut list = List::parse(app, T::RESOURCE, &request.query, &[], &[])?;
    if !T::RIGHTS_FIRST {
        request.enforce(rule(request)).await?;
    }
    if let Some(wider) = wider_rule(request).filter(|_| request.query.flag("all_projects")) {
        request.enforce(wider).await?;
    }
    if let Some(field) = T::ALWAYS {
        list.always(field);
    }
    list.answer(app, request).await
}

pub(super) async fn get<T: Crud>(app: &App, request: &Request) -> Result<Reply, Error> {
    check_id::<T>(request)?;
    request.query.only(match T::SHAPE.namespaced {
        true => &["namespace", "fields"],
        false => &["fields"],
    })?;
    request.enforce(rule(request)).await?;
    let named = named::<T>(request);
    let mut fields = list::single_fields(T::RESOURCE, &request.query);
    if let (Some(fields), Some(always)) = (&mut fields, T::ALWAYS)
        && fields.iter().all(|field| field.name != always.name)
    {
        fields.push(always);
    }
    let fields = fields.as_deref().unwrap_or(T::RESOURCE.fields);
    let found = match T::KEY {
        Key::Id => {
            let columns = list::columns_of(T::RESOURCE, fields);
            let id = query::uuid("id", named.identifier)?;
            let lists = &app.reads.lists;
            lists
                .get(T::RESOURCE.table, &columns, list::viewer(request), id)
                .await?
        }
        Key::Name | Key::NameOrId => {
            let namespace = T::SHAPE.namespaced.then_some(named.namespace);
            definitions::lookup(app, request, T::RESOURCE, fields, named.identifier, namespace).await?
        }
    };
    let records = found.ok_or_else(|| Error::not_found(T::not_found(named)))?;
    let mut w = Writer::with_capacity(1024);
    list::single(&records, fields, &mut w)?;
    Ok(Reply::ok(w))
}

pub(super) async fn create<T: Create>(app: &App, request: &Request) -> Result<Reply, Error> {
    let body = read_body::<T>(request, false).await?;
    request.enforce(rule(request)).await?;
    let Made { row, beside } = T::make(app, request, &body).await?;
    let mut edit = Edit::new();
    edit.insert(&row);
    row.along(app, request, &beside, &mut edit).await?;
    if let Some(trust) = row.trust() {
        edit.note_trust(trust);
    }
    charge::<T>(app, request, &mut edit);
    if let Err(error) = app.definitions.commit(edit).await {
        if let Some(trust) = row.trust() {
            app.security.end_trust(trust).await;
        }
        let refusal = match &error {
            StoreError::Duplicate { constraint } => row.duplicate(constraint),
            _ => None,
        };
        return Err(refusal.unwrap_or_else(|| error.into()));
    }
    Ok(Reply::created(written(&row, &beside, true)))
}

pub(super) async fn update<T: Update>(app: &App, request: &Request) -> Result<Reply, Error> {
    let body = read_body::<T>(request, true).await?;
    request.enforce(rule(request)).await?;
    let Changed {
        gone,
        stored,
        mut row,
        beside,
    } = T::change(app, request, &body).await?;
    let mut edit = Edit::new();
    if !same(&stored, &row) {
        row.touch(app.clock.now());
        edit.update(&row);
    }
    row.along(app, request, &beside, &mut edit).await?;
    charge::<T>(app, request, &mut edit);
    if let Err(error) = app.definitions.commit(edit).await {
        return Err(match &error {
            StoreError::Duplicate { constraint } => row.duplicate(constraint).unwrap_or_else(|| error.into()),
            StoreError::Missing { table } if *table == T::SHAPE.name => Error::not_found(gone),
            _ => error.into(),
        });
    }
    Ok(Reply::ok(written(&row, &beside, false)))
}

pub(super) async fn delete<T: Crud>(app: &App, request: &Request) -> Result<Reply, Error> {
    request
        .query
        .only(if T::SHAPE.namespaced { &["namespace"] } else { &[] })?;
    check_id::<T>(request)?;
    request.enforce(rule(request)).await?;
    let named = named::<T>(request);
    let stored: Option<T> = find(app, request, named).await?;
    let missing = || Error::not_found(T::not_there(named));
    let stored = stored.ok_or_else(missing)?;
    check_owner(request, &stored).await?;
    let mut edit = Edit::new();
    stored.dependents(app, &mut edit).await?;
    edit.delete::<T>(stored.id());
    if let Some(trust) = stored.trust() {
        edit.release_trust(trust);
    }
    match app.definitions.commit(edit).await {
        Ok(()) => {}
        Err(StoreError::Missing { .. }) => return Err(missing()),
        Err(error) => return Err(error.into()),
    }
    if let Some(trust) = stored.trust() {
        app.security.end_trust(trust).await;
    }
    Ok(Reply::gone())
}

/// The row to change, which must be the caller's.
pub(super) async fn own<T: Crud>(app: &App, request: &Request, named: Named<'_>) -> Result<T, Error> {
    let stored: Option<T> = find(app, request, named).await?;
    let stored = stored.ok_or_else(|| Error::not_found(T::not_found(named)))?;
    check_owner(request, &stored).await?;
    Ok(stored)
}

async fn find<T: Crud>(app: &App, request: &Request, named: Named<'_>) -> Result<Option<T>, StoreError> {
    let Named { identifier, namespace } = named;
    let viewer = list::viewer(request);
    match (T::KEY, identifier.parse::<Id>()) {
        (Key::Name, _) => {
            let own = Viewer::Project(request.identity.project_id.as_deref());
            app.definitions.find(identifier, namespace, own).await
        }
        (Key::NameOrId, _) => app.definitions.resolve(identifier, namespace, viewer).await,
        (Key::Id, Ok(id)) => app.definitions.get(id, viewer).await,
        (Key::Id, Err(_)) => Ok(None),
    }
}

/// Refuses changes of what belongs to another project.
pub(super) async fn check_owner<T: Crud>(request: &Request, stored: &T) -> Result<(), Error> {
    definitions::check_owner(request, rule(request), T::ENTITY, stored.id(), stored.project(), false).await
}

/// The body that describes the object; empty where it is a document.
async fn read_body<T: Crud>(request: &Request, is_update: bool) -> Result<Body, Error> {
    let Some((argument, attributes)) = T::BODY else {
        return Ok(Body::default());
    };
    request.query.only(&[])?;
    if is_update {
        check_id::<T>(request)?;
    }
    Body::read(request, argument, attributes).await
}

fn charge<T: Crud>(app: &App, request: &Request, edit: &mut Edit) {
    if T::SHAPE.charged {
        edit.charge(request.identity.project_id.as_deref(), app.options.definitions);
    }
}

/// Whether two rows say the same.
fn same<T: Crud>(a: &T, b: &T) -> bool {
    a.values().iter().zip(&b.values()).all(|pair| match pair {
        (Value::Id(a), Value::Id(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Json(a), Value::Json(b)) => definitions::same_json(a, b),
        (Value::Time(a), Value::Time(b)) => a == b,
        (Value::Scope(a), Value::Scope(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        _ => false,
    })
}

/// The answer about a row that was just stored.
fn written<T: Crud>(row: &T, beside: &T::Beside, is_new: bool) -> Writer {
    let values = row.values();
    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    for field in T::RESOURCE.fields {
        let column = T::RESOURCE.table.column(field.column());
        let (Some(column), true) = (column, T::shows(beside, field.name, is_new)) else {
            continue;
        };
        let value = T::SHAPE.place(column.name).and_then(|place| values.get(place));
        let cell = match value {
            Some(value) => cell(value, column.kind),
            None => T::member(beside, field.name).unwrap_or(Cell::Null),
        };
        w.key(field.name);
        list::write_cell(&mut w, field.form, cell);
    }
    w.end_object();
    w
}

fn cell(value: &Value, kind: Kind) -> Cell<'_> {
    match value {
        Value::Id(id) => Cell::Id(*id),
        Value::Text(text) => text.as_deref().map_or(Cell::Null, Cell::Text),
        Value::Json(json) => json.as_ref().map_or(Cell::Null, |json| match kind {
            Kind::Tags => Cell::Tags(json.text()),
            _ => Cell::Json(json.text()),
        }),
        Value::Time(time) => time.map_or(Cell::Null, Cell::Time),
        Value::Scope(scope) => Cell::Scope(*scope),
        Value::Bool(flag) => Cell::Bool(*flag),
        Value::Int(number) => number.map_or(Cell::Null, |number| Cell::Int(i64::from(number))),
    }
}
