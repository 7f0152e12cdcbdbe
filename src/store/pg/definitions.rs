//! What users define, in SQL: one statement per change of an edit, reads by id and by name.

use deadpool_postgres::{Object, Pool};
use tokio_postgres::Row;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::Error;
use super::pipeline::Pipeline;
use super::text;
use super::types::Column;
use super::usage;
use mistral_model::record::Scope;
use mistral_model::{Id, Str};
use mistral_store::backend::Calling;
use mistral_store::definitions::{Change, DefinitionRows, Definitions, Edit, ResourceMember, Shape, Table, Value};
use mistral_store::list::{self, Kind, Viewer};

/// Definitions on pooled connections.
pub fn definitions(pool: Pool) -> Definitions {
    Definitions::new(std::sync::Arc::new(Rows { pool }))
}

/// A value as a parameter.
#[derive(Debug)]
struct Stored<'a>(&'a Value);

impl ToSql for Stored<'_> {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Value::Id(id) => id.to_sql(ty, out),
            Value::Text(text) => text.as_deref().map(text::plain).to_sql(ty, out),
            Value::Json(json) => json.as_ref().map(|json| text::json(json.text())).to_sql(ty, out),
            Value::Time(time) => time.to_sql(ty, out),
            Value::Scope(scope) => scope.to_sql(ty, out),
            Value::Bool(flag) => flag.to_sql(ty, out),
            Value::Int(number) => number.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Reads a row whose columns from `first` on are those of the shape.
pub(super) fn read(row: &Row, shape: &Shape, first: usize) -> Result<Vec<Value>, Error> {
    let value = |(index, column): (usize, &list::Column)| -> Result<Value, tokio_postgres::Error> {
        let index = first + index;
        Ok(match column.kind {
            Kind::Id => Value::Id(row.try_get(index)?),
            Kind::Text | Kind::Tags => Value::Text(Column::read(row, index)?),
            Kind::Json => Value::Json(Column::read(row, index)?),
            Kind::Time => Value::Time(row.try_get(index)?),
            Kind::Bool => Value::Bool(row.try_get(index)?),
            Kind::Int => Value::Int(row.try_get(index)?),
            Kind::Scope | Kind::State | Kind::TaskKind => Value::Scope(row.try_get::<_, Scope>(index)?),
        })
    };
    let columns = shape.columns.iter().enumerate();
    Ok(columns.map(value).collect::<Result<_, _>>()?)
}

/// The names of a table's columns, with `before` before each.
pub(super) fn names(shape: &Shape, before: &str) -> String {
    let names: Vec<String> = shape
        .columns
        .iter()
        .map(|column| format!("{before}{}", column.name))
        .collect();
    names.join(", ")
}

/// One statement of an edit.
struct Step<'a> {
    table: &'static str,
    sql: String,
    values: Vec<Box<dyn ToSql + Sync + Send + 'a>>,
    /// Fails as [`Error::Missing`] unless it finds its row.
    needs_row: bool,
}

impl<'a> Step<'a> {
    fn of(change: &'a Change) -> Step<'a> {
        let all = |values: &'a [Value]| -> Vec<Box<dyn ToSql + Sync + Send + 'a>> {
            values.iter().map(|value| Box::new(Stored(value)) as _).collect()
        };
        let step = |table, sql: String, values, needs_row| Step {
            table,
            sql,
            values,
            needs_row,
        };
        match change {
            Change::Content { hash, spec } => step(
                "definition_content",
                "INSERT INTO definition_content (hash, spec) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING".to_owned(),
                vec![Box::new(*hash), Box::new(text::json(spec))],
                false,
            ),
            Change::Insert(row) => {
                let places: Vec<String> = (1..=row.values.len()).map(|n| format!("${n}")).collect();
                let (table, columns, places) = (row.shape.name, names(row.shape, ""), places.join(", "));
                let sql = format!("INSERT INTO {table} ({columns}) VALUES ({places})");
                step(table, sql, all(&row.values), false)
            }
            Change::Update(row) => {
                let changes = row.shape.columns.iter().enumerate().skip(1);
                let changes: Vec<String> = changes
                    .map(|(n, column)| format!("{} = ${}", column.name, n + 1))
                    .collect();
                let (table, changes) = (row.shape.name, changes.join(", "));
                let sql = format!("UPDATE {table} SET {changes} WHERE id = $1");
                step(table, sql, all(&row.values), true)
            }
            Change::Delete { shape, id } => step(
                shape.name,
                format!("DELETE FROM {} WHERE id = $1", shape.name),
                vec![Box::new(*id)],
                true,
            ),
            Change::NoteTrust(id) => step(
                "trust",
                "INSERT INTO trust (id) VALUES ($1) ON CONFLICT (id) DO NOTHING".to_owned(),
                vec![Box::new(id)],
                false,
            ),
            Change::ReleaseTrust(id) => step(
                "trust",
                "WITH used AS (DELETE FROM trust_use WHERE trust_id = $1)
                   INSERT INTO trust (id, is_over) VALUES ($1, true) ON CONFLICT (id) DO UPDATE SET is_over = true"
                    .to_owned(),
                vec![Box::new(id)],
                false,
            ),
        }
    }
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

struct Rows {
    pool: Pool,
}

impl Rows {
    async fn make(&self, edit: &Edit) -> Result<(), Error> {
        let steps: Vec<Step<'_>> = edit.changes().iter().map(Step::of).collect();
        let mut client = self.pool.get().await?;
        let transaction = client.transaction().await?;
        let mut statements = Vec::with_capacity(steps.len());
        for step in &steps {
            statements.push(transaction.prepare_cached(&step.sql).await?);
        }
        let mut pipeline = Pipeline::new();
        for (step, statement) in steps.iter().zip(&statements) {
            let values: Vec<&(dyn ToSql + Sync)> = step.values.iter().map(|value| &**value as _).collect();
            let run = async {
                let values = values;
                transaction.execute(statement, &values).await
            };
            pipeline.push(run);
        }
        let changed = pipeline.await.map_err(|broken| broken.error)?;
        for (step, rows) in steps.iter().zip(changed) {
            if step.needs_row && rows == 0 {
                return Err(Error::Missing { table: step.table });
            }
        }
        if let Some((project, limit)) = edit.charged() {
            let statement = transaction.prepare_cached(usage::USED).await?;
            let row = transaction
                .query_one(&statement, &[&project, &usage::DEFINITIONS])
                .await?;
            if row.try_get::<_, i64>(0)? > i64::from(limit) {
                return Err(Error::Quota(limit));
            }
        }
        if edit.moves_epoch() {
            // Last, for it serializes all edits.
            transaction
                .execute("UPDATE definition_epoch SET value = value + 1", &[])
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn rows(&self, shape: &Shape, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Vec<Value>>, Error> {
        let client: Object = self.pool.get().await?;
        let statement = client.prepare_cached(sql).await?;
        let rows = client.query(&statement, values).await?;
        rows.iter().map(|row| read(row, shape, 0)).collect()
    }
}

impl DefinitionRows for Rows {
    fn commit(&self, edit: Edit) -> Calling<'_, ()> {
        Box::pin(async move { self.make(&edit).await })
    }

    /// Plan: primary key.
    fn get<'a>(&'a self, shape: &'static Shape, id: Id, viewer: Viewer<'a>) -> Calling<'a, Option<Vec<Value>>> {
        Box::pin(async move {
            let visibility = Visibility::from(viewer);
            let (columns, table, visible) = (names(shape, ""), shape.name, visible(shape));
            let sql = format!("SELECT {columns} FROM {table} t WHERE t.id = $3 AND {visible}");
            let rows = self
                .rows(shape, &sql, &[&visibility.project, &visibility.is_admin, &id])
                .await?;
            Ok(rows.into_iter().next())
        })
    }

    /// Plan: the unique index of names.
    fn find<'a>(
        &'a self,
        shape: &'static Shape,
        (name, namespace): (&'a str, &'a str),
        viewer: Viewer<'a>,
    ) -> Calling<'a, Option<Vec<Value>>> {
        Box::pin(async move {
            let visibility = Visibility::from(viewer);
            let namespace_test = if shape.namespaced {
                "t.namespace = $4"
            } else {
                "$4::text IS NOT NULL"
            };
            let (columns, table, visible) = (names(shape, ""), shape.name, visible(shape));
            let sql = format!(
                "SELECT {columns} FROM {table} t WHERE t.name = $3 AND {namespace_test} AND {visible} \
                 ORDER BY (t.project_id IS NOT DISTINCT FROM $1) DESC, t.created_at, t.id LIMIT 1"
            );
            let (name, namespace) = (text::plain(name), text::plain(namespace));
            let values: &[&(dyn ToSql + Sync)] = &[&visibility.project, &visibility.is_admin, &name, &namespace];
            let rows = self.rows(shape, &sql, values).await?;
            Ok(rows.into_iter().next())
        })
    }

    fn page(&self, shape: &'static Shape, after: Id, limit: usize) -> Calling<'_, Vec<Vec<Value>>> {
        Box::pin(async move {
            let (columns, table) = (names(shape, ""), shape.name);
            let sql = format!("SELECT {columns} FROM {table} t WHERE t.id > $1 ORDER BY t.id LIMIT $2");
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            self.rows(shape, &sql, &[&after, &limit]).await
        })
    }

    /// Plan: sequential.
    fn triggers_of(&self, shape: &'static Shape, workflow: Id) -> Calling<'_, Vec<Vec<Value>>> {
        Box::pin(async move {
            let (columns, table) = (names(shape, ""), shape.name);
            let sql = format!("SELECT {columns} FROM {table} t WHERE t.workflow_id = $1 ORDER BY t.created_at, t.id");
            self.rows(shape, &sql, &[&workflow]).await
        })
    }

    /// Plan: resource_member_what.
    fn members<'a>(&'a self, resource: Id, resource_type: &'a str) -> Calling<'a, Vec<Vec<Value>>> {
        Box::pin(async move {
            let columns = names(ResourceMember::SHAPE, "");
            let sql = format!(
                "SELECT {columns} FROM resource_member WHERE resource_id = $1 AND resource_type = $2 \
                 ORDER BY created_at, id"
            );
            self.rows(ResourceMember::SHAPE, &sql, &[&resource, &resource_type])
                .await
        })
    }

    /// Plan: primary key.
    fn content(&self, hash: Id) -> Calling<'_, Option<Str>> {
        Box::pin(async move {
            let client = self.pool.get().await?;
            let statement = client
                .prepare_cached("SELECT spec FROM definition_content WHERE hash = $1")
                .await?;
            let row = client.query_opt(&statement, &[&hash]).await?;
            Ok(row.map(|row| Str::read(&row, 0)).transpose()?)
        })
    }

    fn epoch(&self) -> Calling<'_, i64> {
        Box::pin(async move {
            let client = self.pool.get().await?;
            let statement = client.prepare_cached(super::cache::EPOCH).await?;
            Ok(client.query_one(&statement, &[]).await?.try_get(0)?)
        })
    }

    fn maintenance(&self) -> Calling<'_, String> {
        Box::pin(async move {
            let client = self.pool.get().await?;
            let statement = client.prepare_cached("SELECT status FROM maintenance").await?;
            Ok(client.query_one(&statement, &[]).await?.try_get(0)?)
        })
    }

    fn set_maintenance<'a>(&'a self, status: &'a str) -> Calling<'a, ()> {
        Box::pin(async move {
            let client = self.pool.get().await?;
            let statement = client.prepare_cached("UPDATE maintenance SET status = $1").await?;
            client.execute(&statement, &[&text::plain(status)]).await?;
            Ok(())
        })
    }
}

/// Whether a row (alias `t`) is visible to project `$1`, or to an admin (`$2`).
fn visible(shape: &Shape) -> String {
    let shared = if shape.shared {
        " OR EXISTS (SELECT FROM resource_member m \
         WHERE m.resource_id = t.id AND m.member_id = $1 AND m.status = 'accepted')"
    } else {
        ""
    };
    format!("($2 OR t.project_id IS NOT DISTINCT FROM $1::text OR t.scope = 1{shared})")
}
