//! Everything that users define: workflows, actions, workbooks, environments, triggers, code, sharing. One struct per row,
//! reads by id and by name, and [`Edit`]: changes that happen together.
//!
//! Lists for REST are in [`super::list`]; rows that the engine needs all the time are in [`super::cache`].

use deadpool_postgres::{Object, Pool};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::Error;
use super::list::Viewer;
use super::pipeline::Pipeline;
use super::text;
use super::types::{Column, Reader};
use super::usage;
use mistral_model::record::Scope;
use mistral_model::{Id, Payload, Str, Time};

type Value = Box<dyn ToSql + Sync + Send>;

/// A table whose rows are read and written as wholes.
pub trait Table: Sized + Send + Sync + 'static {
    const NAME: &'static str;
    /// Column names, in the order of [`Table::values`]; the id first.
    const COLUMNS: &'static [&'static str];
    /// Whether caches must hear of changes.
    const CACHED: bool;

    fn id(&self) -> Id;

    /// Reads a row whose columns are [`Table::COLUMNS`].
    ///
    /// # Errors
    /// [`Error::Unreadable`] if a column holds what it cannot.
    fn read(row: &Row) -> Result<Self, Error>;

    /// The values to store.
    fn values(&self) -> Vec<Value>;
}

/// A table whose rows belong to projects, private or public.
pub trait Owned: Table {
    /// Whether names are unique within a namespace; otherwise within a project alone.
    const NAMESPACED: bool;
    /// Whether projects can be invited to see a row.
    const SHARED: bool;
}

/// A field as it is stored.
trait Field: Column {
    fn stored(&self) -> Value;
}

macro_rules! plain_fields {
    ($($type:ty),*) => {$(
        impl Field for $type {
            fn stored(&self) -> Value {
                Box::new(*self)
            }
        }
    )*};
}

plain_fields!(Id, Time, Option<Time>, Scope, bool, i32, Option<i32>);

impl Field for Str {
    fn stored(&self) -> Value {
        Box::new(text::plain(self).into_owned())
    }
}

impl Field for Option<Str> {
    fn stored(&self) -> Value {
        Box::new(self.as_deref().map(|own| text::plain(own).into_owned()))
    }
}

impl Field for Payload {
    fn stored(&self) -> Value {
        Box::new(text::json(self.text()).into_owned())
    }
}

impl Field for Option<Payload> {
    fn stored(&self) -> Value {
        Box::new(self.as_ref().map(|own| text::json(own.text()).into_owned()))
    }
}

macro_rules! table {
    (
        $(#[$doc:meta])*
        $name:ident = $table:literal, cached: $cached:literal {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl Table for $name {
            const NAME: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
            const CACHED: bool = $cached;

            fn id(&self) -> Id {
                self.id
            }

            fn read(row: &Row) -> Result<Self, Error> {
                let mut row = Reader::new(row);
                Ok($name { $($field: row.column()?),* })
            }

            fn values(&self) -> Vec<Value> {
                vec![$(self.$field.stored()),*]
            }
        }
    };
}

table! {
    /// A workflow. Its spec lies in `definition_content`.
    WorkflowDefinition = "workflow_definition", cached: true {
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

table! {
    /// An ad-hoc action.
    ActionDefinition = "action_definition", cached: true {
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

table! {
    Workbook = "workbook", cached: false {
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

table! {
    Environment = "environment", cached: false {
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

table! {
    CronTrigger = "cron_trigger", cached: false {
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

table! {
    EventTrigger = "event_trigger", cached: false {
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

table! {
    CodeSource = "code_source", cached: true {
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

table! {
    DynamicAction = "dynamic_action", cached: true {
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

table! {
    /// An invitation of a project to a workflow or workbook.
    ResourceMember = "resource_member", cached: true {
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

macro_rules! owned {
    ($($table:ty: namespaced $namespaced:literal, shared $shared:literal;)*) => {$(
        impl Owned for $table {
            const NAMESPACED: bool = $namespaced;
            const SHARED: bool = $shared;
        }
    )*};
}

owned! {
    WorkflowDefinition: namespaced true, shared true;
    ActionDefinition: namespaced true, shared false;
    Workbook: namespaced true, shared true;
    Environment: namespaced false, shared false;
    CronTrigger: namespaced false, shared false;
    EventTrigger: namespaced false, shared false;
    CodeSource: namespaced true, shared false;
    DynamicAction: namespaced true, shared false;
}

/// Changes that are made in one transaction, in their order.
#[derive(Default)]
pub struct Edit {
    steps: Vec<Step>,
    moves_epoch: bool,
    /// Rows that come, less those that go.
    growth: i32,
    /// A project, and how many definitions it may have afterwards.
    charged: Option<(String, u32)>,
}

struct Step {
    table: &'static str,
    sql: String,
    values: Vec<Value>,
    /// Fails as [`Error::Missing`] unless it finds its row.
    needs_row: bool,
}

impl Edit {
    pub fn new() -> Edit {
        Edit::default()
    }

    /// Stores a spec under its hash, unless it is there.
    pub fn content(&mut self, hash: Id, spec: &str) -> &mut Edit {
        let sql = "INSERT INTO definition_content (hash, spec) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
        let values: Vec<Value> = vec![Box::new(hash), Box::new(text::json(spec).into_owned())];
        self.step("definition_content", sql.to_owned(), values, false)
    }

    /// A new row. A row with the same key makes the edit fail as [`Error::Duplicate`].
    pub fn insert<T: Table>(&mut self, row: &T) -> &mut Edit {
        let places: Vec<String> = (1..=T::COLUMNS.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            T::NAME,
            T::COLUMNS.join(", "),
            places.join(", ")
        );
        self.moves_epoch |= T::CACHED;
        self.growth += 1;
        self.step(T::NAME, sql, row.values(), false)
    }

    /// Replaces the row with this id. Fails as [`Error::Missing`] if there is none.
    pub fn update<T: Table>(&mut self, row: &T) -> &mut Edit {
        let changes: Vec<String> = T::COLUMNS
            .iter()
            .enumerate()
            .skip(1)
            .map(|(n, column)| format!("{column} = ${}", n + 1))
            .collect();
        let sql = format!("UPDATE {} SET {} WHERE id = $1", T::NAME, changes.join(", "));
        self.moves_epoch |= T::CACHED;
        self.step(T::NAME, sql, row.values(), true)
    }

    /// Deletes the row with this id. Fails as [`Error::Missing`] if there is none.
    pub fn delete<T: Table>(&mut self, id: Id) -> &mut Edit {
        self.moves_epoch |= T::CACHED;
        self.growth -= 1;
        self.step(
            T::NAME,
            format!("DELETE FROM {} WHERE id = $1", T::NAME),
            vec![Box::new(id)],
            true,
        )
    }

    /// Fails as [`Error::Quota`] if this adds rows and the project has more than `limit` definitions afterwards.
    pub fn charge(&mut self, project: Option<&str>, limit: Option<u32>) -> &mut Edit {
        self.charged = project.map(str::to_owned).zip(limit);
        self
    }

    /// Notes a trust that a trigger of this edit was given.
    pub fn note_trust(&mut self, id: &str) -> &mut Edit {
        let sql = "INSERT INTO trust (id) VALUES ($1) ON CONFLICT (id) DO NOTHING";
        self.step("trust", sql.to_owned(), vec![Box::new(id.to_owned())], false)
    }

    /// A trust is over, whoever uses it.
    pub fn release_trust(&mut self, id: &str) -> &mut Edit {
        let sql = "WITH used AS (DELETE FROM trust_use WHERE trust_id = $1)
                   INSERT INTO trust (id, is_over) VALUES ($1, true) ON CONFLICT (id) DO UPDATE SET is_over = true";
        self.step("trust", sql.to_owned(), vec![Box::new(id.to_owned())], false)
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    fn step(&mut self, table: &'static str, sql: String, values: Vec<Value>, needs_row: bool) -> &mut Edit {
        self.steps.push(Step {
            table,
            sql,
            values,
            needs_row,
        });
        self
    }
}

/// Reads and edits definitions on pooled connections. Cheap to clone.
#[derive(Clone)]
pub struct Definitions {
    pool: Pool,
}

/// Who a row must be visible to, as parameters of [`visible`].
struct Visibility<'a> {
    project: Option<&'a str>,
    is_admin: bool,
}

impl<'a> From<Viewer<'a>> for Visibility<'a> {
    fn from(viewer: Viewer<'a>) -> Visibility<'a> {
        match viewer {
            Viewer::Admin => Visibility {
                project: None,
                is_admin: true,
            },
            Viewer::Project(project) => Visibility {
                project,
                is_admin: false,
            },
        }
    }
}

impl Definitions {
    pub fn new(pool: Pool) -> Definitions {
        Definitions { pool }
    }

    /// Makes all changes of an edit, or none. What caches hold is out of date from then on.
    ///
    /// # Errors
    /// [`Error::Duplicate`], [`Error::Missing`], or what the database says.
    pub async fn commit(&self, edit: Edit) -> Result<(), Error> {
        if edit.is_empty() {
            return Ok(());
        }
        let mut client = self.pool.get().await?;
        let transaction = client.transaction().await?;
        let mut statements = Vec::with_capacity(edit.steps.len());
        for step in &edit.steps {
            statements.push(transaction.prepare_cached(&step.sql).await?);
        }
        let mut pipeline = Pipeline::new();
        for (step, statement) in edit.steps.iter().zip(&statements) {
            let values: Vec<&(dyn ToSql + Sync)> = step.values.iter().map(|value| &**value as _).collect();
            let run = async {
                let values = values;
                transaction.execute(statement, &values).await
            };
            pipeline.push(run);
        }
        let changed = pipeline.await.map_err(|broken| broken.error)?;
        for (step, rows) in edit.steps.iter().zip(changed) {
            if step.needs_row && rows == 0 {
                return Err(Error::Missing { table: step.table });
            }
        }
        // Who has more already, since the quota was lowered, may still change what there is.
        if let Some((project, limit)) = edit.charged.as_ref().filter(|_| edit.growth > 0) {
            let statement = transaction.prepare_cached(usage::USED).await?;
            let row = transaction
                .query_one(&statement, &[project, &usage::DEFINITIONS])
                .await?;
            if row.try_get::<_, i64>(0)? > i64::from(*limit) {
                return Err(Error::Quota(*limit));
            }
        }
        if edit.moves_epoch {
            // Last, for it serializes all edits.
            transaction
                .execute("UPDATE definition_epoch SET value = value + 1", &[])
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// The row with this id, if the viewer may see it. Plan: primary key.
    pub async fn get<T: Owned>(&self, id: Id, viewer: Viewer<'_>) -> Result<Option<T>, Error> {
        let visibility = Visibility::from(viewer);
        let sql = format!(
            "SELECT {} FROM {} t WHERE t.id = $3 AND {}",
            T::COLUMNS.join(", "),
            T::NAME,
            visible::<T>()
        );
        self.first(&sql, &[&visibility.project, &visibility.is_admin, &id])
            .await
    }

    /// The row with this name that the viewer may see, the viewer's own project first. `namespace` counts only where names
    /// have one. Plan: the unique index of names.
    pub async fn find<T: Owned>(&self, name: &str, namespace: &str, viewer: Viewer<'_>) -> Result<Option<T>, Error> {
        let visibility = Visibility::from(viewer);
        let namespace_test = if T::NAMESPACED {
            "t.namespace = $4"
        } else {
            "$4::text IS NOT NULL"
        };
        let sql = format!(
            "SELECT {} FROM {} t WHERE t.name = $3 AND {namespace_test} AND {} \
             ORDER BY (t.project_id IS NOT DISTINCT FROM $1) DESC, t.created_at, t.id LIMIT 1",
            T::COLUMNS.join(", "),
            T::NAME,
            visible::<T>(),
        );
        let (name, namespace) = (text::plain(name), text::plain(namespace));
        self.first(&sql, &[&visibility.project, &visibility.is_admin, &name, &namespace])
            .await
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
        let sql = format!(
            "SELECT {} FROM {} t WHERE t.id > $1 ORDER BY t.id LIMIT $2",
            T::COLUMNS.join(", "),
            T::NAME,
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows(&sql, &[&after.unwrap_or_default(), &limit]).await
    }

    /// Triggers that start a workflow, of all projects; `T` is [`CronTrigger`] or [`EventTrigger`]. Plan: sequential.
    pub async fn triggers_of<T: Table>(&self, workflow: Id) -> Result<Vec<T>, Error> {
        let sql = format!(
            "SELECT {} FROM {} t WHERE t.workflow_id = $1 ORDER BY t.created_at, t.id",
            T::COLUMNS.join(", "),
            T::NAME,
        );
        self.rows(&sql, &[&workflow]).await
    }

    /// Invitations to a resource. Plan: resource_member_what.
    pub async fn members(&self, resource: Id, resource_type: &str) -> Result<Vec<ResourceMember>, Error> {
        let sql = format!(
            "SELECT {} FROM resource_member WHERE resource_id = $1 AND resource_type = $2 ORDER BY created_at, id",
            ResourceMember::COLUMNS.join(", "),
        );
        self.rows(&sql, &[&resource, &resource_type]).await
    }

    /// The spec with this hash, JSON. Plan: primary key.
    pub async fn content(&self, hash: Id) -> Result<Option<Str>, Error> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached("SELECT spec FROM definition_content WHERE hash = $1")
            .await?;
        let row = client.query_opt(&statement, &[&hash]).await?;
        Ok(row.map(|row| Str::read(&row, 0)).transpose()?)
    }

    /// The epoch of definitions: grows with every edit that caches must hear of.
    pub async fn epoch(&self) -> Result<i64, Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(super::cache::EPOCH).await?;
        Ok(client.query_one(&statement, &[]).await?.try_get(0)?)
    }

    /// The service's mode: `RUNNING`, `PAUSED`, `PAUSING`.
    pub async fn maintenance(&self) -> Result<String, Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached("SELECT status FROM maintenance").await?;
        Ok(client.query_one(&statement, &[]).await?.try_get(0)?)
    }

    pub async fn set_maintenance(&self, status: &str) -> Result<(), Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached("UPDATE maintenance SET status = $1").await?;
        client.execute(&statement, &[&text::plain(status)]).await?;
        Ok(())
    }

    async fn first<T: Table>(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Option<T>, Error> {
        let client: Object = self.pool.get().await?;
        let statement = client.prepare_cached(sql).await?;
        let rows = client.query(&statement, values).await?;
        rows.first().map(T::read).transpose()
    }

    async fn rows<T: Table>(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<T>, Error> {
        let client: Object = self.pool.get().await?;
        let statement = client.prepare_cached(sql).await?;
        client.query(&statement, values).await?.iter().map(T::read).collect()
    }
}

/// Whether a row (alias `t`) is visible to project `$1`, or to an admin (`$2`).
fn visible<T: Owned>() -> String {
    let shared = if T::SHARED {
        " OR EXISTS (SELECT FROM resource_member m \
         WHERE m.resource_id = t.id AND m.member_id = $1 AND m.status = 'accepted')"
    } else {
        ""
    };
    format!("($2 OR t.project_id IS NOT DISTINCT FROM $1::text OR t.scope = 1{shared})")
}
