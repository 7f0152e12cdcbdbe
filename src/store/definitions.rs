//! Everything that users define: workflows, actions, workbooks, environments, triggers, code, sharing. One struct per row, reads by
//! id and by name, and [`Edit`]: changes that happen together. A store sees rows as lists of [`Value`]s ([`DefinitionRows`]);
//! [`Definitions`] is that with types.
//!
//! Lists for REST are in [`crate::list`]; rows that the engine needs all the time are in [`crate::cache`].

use std::sync::Arc;

use crate::Error;
use crate::backend::Calling;
use crate::cache::KNOWN;
use crate::list::{Column, Kind, Viewer};
use mistral_model::record::Scope;
use mistral_model::{Id, Payload, Str, Time};

mod edit;

pub use edit::{Change, Edit, Row};

/// A field as stores keep it; `None`: NULL.
#[derive(Clone, Debug)]
pub enum Value {
    Id(Id),
    Text(Option<Str>),
    Json(Option<Payload>),
    Time(Option<Time>),
    Scope(Scope),
    Bool(bool),
    Int(Option<i32>),
}

/// The type of a field.
pub trait Field: Sized {
    const KIND: Kind;
    const NULLABLE: bool;

    fn stored(&self) -> Value;

    /// `None`: the value is of another kind, or NULL where there is none.
    fn read(value: Value) -> Option<Self>;
}

macro_rules! fields {
    ($($type:ty: $kind:ident $($null:ident)?, |$own:ident| $stored:expr, $pattern:pat => $read:expr;)*) => {$(
        impl Field for $type {
            const KIND: Kind = Kind::$kind;
            const NULLABLE: bool = $crate::columns!(@ $($null)?);

            fn stored(&self) -> Value {
                let $own = self;
                Value::$kind($stored)
            }

            fn read(value: Value) -> Option<Self> {
                match value {
                    $pattern => $read,
                    _ => None,
                }
            }
        }
    )*};
}

fields! {
    Id: Id, |own| *own, Value::Id(id) => Some(id);
    Str: Text, |own| Some(own.clone()), Value::Text(text) => text;
    Option<Str>: Text nullable, |own| own.clone(), Value::Text(text) => Some(text);
    Payload: Json, |own| Some(own.clone()), Value::Json(json) => json;
    Option<Payload>: Json nullable, |own| own.clone(), Value::Json(json) => Some(json);
    Time: Time, |own| Some(*own), Value::Time(time) => time;
    Option<Time>: Time nullable, |own| *own, Value::Time(time) => Some(time);
    Scope: Scope, |own| *own, Value::Scope(scope) => Some(scope);
    bool: Bool, |own| *own, Value::Bool(flag) => Some(flag);
    i32: Int, |own| Some(*own), Value::Int(number) => number;
    Option<i32>: Int nullable, |own| *own, Value::Int(number) => Some(number);
}

/// What a table is like.
#[derive(Debug)]
pub struct Shape {
    pub name: &'static str,
    /// The id first.
    pub columns: &'static [Column],
    /// Whether caches must hear of changes.
    pub cached: bool,
    /// Whether names are unique within a namespace; otherwise within a project alone.
    pub namespaced: bool,
    /// Whether projects can be invited to see a row.
    pub shared: bool,
    /// Whether rows count for `[quota] definitions`.
    pub charged: bool,
    /// Columns that are unique together, where it is not the name.
    pub unique: &'static [&'static str],
}

impl Shape {
    /// Where a column stands.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// A table whose rows are read and written as wholes.
pub trait Table: Sized + Send + Sync + 'static {
    const SHAPE: &'static Shape;

    fn id(&self) -> Id;

    /// Reads a row whose values are those of [`Shape::columns`].
    ///
    /// # Errors
    /// [`Error::Unreadable`] if a column holds what it cannot.
    fn read(values: Vec<Value>) -> Result<Self, Error>;

    /// The values to store, in the order of [`Shape::columns`].
    fn values(&self) -> Vec<Value>;
}

/// A table whose rows belong to projects, private or public.
pub trait Owned: Table {
    fn project(&self) -> Option<&str>;

    /// It was changed just now.
    fn touch(&mut self, now: Time);
}

/// Declares a table and the struct of its rows: `Name = "table" [cached, namespaced, shared, charged] unique(a, b) { id: Id, … }`, with
/// those of the words that hold (see [`Shape`]). Without `scope` among its fields it is not [`Owned`].
#[macro_export]
macro_rules! definition {
    (
        $(#[$doc:meta])*
        $name:ident = $table:literal [$($word:ident),*] $(unique($($unique:ident),*))? {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::definitions::Table for $name {
            const SHAPE: &'static $crate::definitions::Shape = &$crate::definitions::Shape {
                $($word: true,)*
                $(unique: &[$(stringify!($unique)),*],)?
                ..$crate::definitions::Shape::plain(
                    $table,
                    &[$($crate::list::Column {
                        name: stringify!($field),
                        kind: <$type as $crate::definitions::Field>::KIND,
                        nullable: <$type as $crate::definitions::Field>::NULLABLE,
                    }),*],
                )
            };

            fn id(&self) -> mistral_model::Id {
                self.id
            }

            fn read(values: Vec<$crate::definitions::Value>) -> Result<Self, $crate::Error> {
                let mut values = values.into_iter();
                Ok($name {
                    $($field: $crate::definitions::field(&mut values, concat!($table, ".", stringify!($field)))?),*
                })
            }

            fn values(&self) -> Vec<$crate::definitions::Value> {
                vec![$($crate::definitions::Field::stored(&self.$field)),*]
            }
        }

        $($crate::definition!(@owned $name $field);)*
    };
    (@owned $name:ident scope) => {
        impl $crate::definitions::Owned for $name {
            fn project(&self) -> Option<&str> {
                self.project_id.as_deref()
            }

            fn touch(&mut self, now: mistral_model::Time) {
                self.updated_at = Some(now);
            }
        }
    };
    (@owned $name:ident $field:ident) => {};
}

impl Shape {
    /// A table with none of the particulars.
    pub const fn plain(name: &'static str, columns: &'static [Column]) -> Shape {
        Shape {
            name,
            columns,
            cached: false,
            namespaced: false,
            shared: false,
            charged: false,
            unique: &[],
        }
    }
}

/// The next field of a row.
#[doc(hidden)]
pub fn field<T: Field>(values: &mut impl Iterator<Item = Value>, name: &str) -> Result<T, Error> {
    let value = values.next().and_then(T::read);
    value.ok_or_else(|| Error::Unreadable(format!("{name} does not hold what it should")))
}

definition! {
    /// A workflow. Its spec lies in `definition_content`.
    WorkflowDefinition = "workflow_definition" [cached, namespaced, shared, charged] {
        id: Id,
        name: Str,
        namespace: Str,
        project_id: Option<Str>,
        scope: Scope,
        is_system: bool,
        workbook_name: Option<Str>,
        /// The document as it was uploaded.
        definition: Str,
        spec_hash: Id,
        /// As lists show it: `a, b=2`.
        input: Str,
        tags: Option<Payload>,
        checksum: Option<Str>,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    /// An ad-hoc action.
    ActionDefinition = "action_definition" [cached, namespaced, charged] {
        id: Id,
        name: Str,
        namespace: Str,
        project_id: Option<Str>,
        scope: Scope,
        is_system: bool,
        workbook_name: Option<Str>,
        description: Option<Str>,
        definition: Str,
        spec: Payload,
        input: Str,
        tags: Option<Payload>,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    Workbook = "workbook" [namespaced, shared, charged] {
        id: Id,
        name: Str,
        namespace: Str,
        project_id: Option<Str>,
        scope: Scope,
        definition: Str,
        spec: Payload,
        tags: Option<Payload>,
        checksum: Option<Str>,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    Environment = "environment" [charged] {
        id: Id,
        name: Str,
        project_id: Option<Str>,
        scope: Scope,
        description: Option<Str>,
        variables: Payload,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    CronTrigger = "cron_trigger" [] {
        id: Id,
        name: Str,
        project_id: Option<Str>,
        scope: Scope,
        pattern: Option<Str>,
        first_execution_time: Option<Time>,
        next_execution_time: Time,
        remaining_executions: Option<i32>,
        workflow_id: Id,
        workflow_name: Str,
        workflow_input: Payload,
        workflow_input_hash: Str,
        workflow_params: Payload,
        workflow_params_hash: Str,
        trust_id: Option<Str>,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    EventTrigger = "event_trigger" [] unique(exchange, topic, event, workflow_id, project_id) {
        id: Id,
        name: Option<Str>,
        project_id: Option<Str>,
        scope: Scope,
        exchange: Str,
        topic: Str,
        event: Str,
        workflow_id: Id,
        workflow_input: Payload,
        workflow_params: Payload,
        trust_id: Option<Str>,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    CodeSource = "code_source" [cached, namespaced] {
        id: Id,
        name: Str,
        namespace: Str,
        project_id: Option<Str>,
        scope: Scope,
        content: Str,
        version: i32,
        tags: Option<Payload>,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    DynamicAction = "dynamic_action" [cached, namespaced] {
        id: Id,
        name: Str,
        namespace: Str,
        project_id: Option<Str>,
        scope: Scope,
        class_name: Str,
        code_source_id: Id,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

definition! {
    /// An invitation of a project to a workflow or workbook.
    ResourceMember = "resource_member" [cached] unique(resource_id, resource_type, member_id) {
        id: Id,
        resource_id: Id,
        resource_type: Str,
        project_id: Option<Str>,
        member_id: Str,
        /// `pending`, `accepted` or `rejected`.
        status: Str,
        created_at: Time,
        updated_at: Option<Time>,
    }
}

/// What users have defined, as rows of values.
pub trait DefinitionRows: Send + Sync {
    /// Makes all changes of an edit, or none. What caches hold is out of date from then on.
    fn commit(&self, edit: Edit) -> Calling<'_, ()>;
    /// The row with this id, if the viewer may see it.
    fn get<'a>(&'a self, shape: &'static Shape, id: Id, viewer: Viewer<'a>) -> Calling<'a, Option<Vec<Value>>>;
    /// The row with this name that the viewer may see, the viewer's own project first. The namespace counts only where names
    /// have one.
    fn find<'a>(
        &'a self,
        shape: &'static Shape,
        name: (&'a str, &'a str),
        viewer: Viewer<'a>,
    ) -> Calling<'a, Option<Vec<Value>>>;
    /// Rows of all projects by id, at most `limit` past `after`.
    fn page(&self, shape: &'static Shape, after: Id, limit: usize) -> Calling<'_, Vec<Vec<Value>>>;
    /// Rows of all projects that name a workflow, the oldest first.
    fn triggers_of(&self, shape: &'static Shape, workflow: Id) -> Calling<'_, Vec<Vec<Value>>>;
    /// Invitations to a resource, the oldest first.
    fn members<'a>(&'a self, resource: Id, resource_type: &'a str) -> Calling<'a, Vec<Vec<Value>>>;
    /// The spec with this hash, JSON.
    fn content(&self, hash: Id) -> Calling<'_, Option<Str>>;
    /// The epoch of definitions: grows with every edit that caches must hear of.
    fn epoch(&self) -> Calling<'_, i64>;
    /// The service's mode: `RUNNING`, `PAUSED`, `PAUSING`.
    fn maintenance(&self) -> Calling<'_, String>;
    fn set_maintenance<'a>(&'a self, status: &'a str) -> Calling<'a, ()>;
}

/// Reads and edits definitions. Cheap to clone.
#[derive(Clone)]
pub struct Definitions {
    rows: Arc<dyn DefinitionRows>,
}

impl Definitions {
    pub fn new(rows: Arc<dyn DefinitionRows>) -> Definitions {
        Definitions { rows }
    }

    /// Makes all changes of an edit, or none. What caches hold is out of date from then on.
    ///
    /// Returns when nobody serves what was before (see `cache`).
    ///
    /// # Errors
    /// [`Error::Duplicate`], [`Error::Missing`], [`Error::Quota`], or what the store says.
    pub async fn commit(&self, edit: Edit) -> Result<(), Error> {
        if edit.is_empty() {
            return Ok(());
        }
        let moves_epoch = edit.moves_epoch();
        self.rows.commit(edit).await?;
        if moves_epoch {
            tokio::time::sleep(KNOWN).await;
        }
        Ok(())
    }

    /// The row with this id, if the viewer may see it.
    pub async fn get<T: Owned>(&self, id: Id, viewer: Viewer<'_>) -> Result<Option<T>, Error> {
        self.rows.get(T::SHAPE, id, viewer).await?.map(T::read).transpose()
    }

    /// The row with this name that the viewer may see, the viewer's own project first. `namespace` counts only where names
    /// have one.
    pub async fn find<T: Owned>(&self, name: &str, namespace: &str, viewer: Viewer<'_>) -> Result<Option<T>, Error> {
        let row = self.rows.find(T::SHAPE, (name, namespace), viewer).await?;
        row.map(T::read).transpose()
    }

    /// The row with this id or name: an id in any namespace, a name in this one.
    pub async fn resolve<T: Owned>(
        &self,
        identifier: &str,
        namespace: &str,
        viewer: Viewer<'_>,
    ) -> Result<Option<T>, Error> {
        if let Ok(id) = identifier.parse() {
            let row = self.get(id, viewer).await?;
            if row.is_some() {
                return Ok(row);
            }
        }
        self.find(identifier, namespace, viewer).await
    }

    /// Rows of all projects by id, at most `limit` past `after`.
    pub async fn page<T: Table>(&self, after: Option<Id>, limit: usize) -> Result<Vec<T>, Error> {
        read(self.rows.page(T::SHAPE, after.unwrap_or_default(), limit).await?)
    }

    /// Triggers that start a workflow, of all projects; `T` is [`CronTrigger`] or [`EventTrigger`].
    pub async fn triggers_of<T: Table>(&self, workflow: Id) -> Result<Vec<T>, Error> {
        read(self.rows.triggers_of(T::SHAPE, workflow).await?)
    }

    /// Invitations to a resource.
    pub async fn members(&self, resource: Id, resource_type: &str) -> Result<Vec<ResourceMember>, Error> {
        read(self.rows.members(resource, resource_type).await?)
    }

    /// The spec with this hash, JSON.
    pub async fn content(&self, hash: Id) -> Result<Option<Str>, Error> {
        self.rows.content(hash).await
    }

    /// The epoch of definitions: grows with every edit that caches must hear of.
    pub async fn epoch(&self) -> Result<i64, Error> {
        self.rows.epoch().await
    }

    /// The service's mode: `RUNNING`, `PAUSED`, `PAUSING`.
    pub async fn maintenance(&self) -> Result<String, Error> {
        self.rows.maintenance().await
    }

    pub async fn set_maintenance(&self, status: &str) -> Result<(), Error> {
        self.rows.set_maintenance(status).await
    }
}

fn read<T: Table>(rows: Vec<Vec<Value>>) -> Result<Vec<T>, Error> {
    rows.into_iter().map(T::read).collect()
}
