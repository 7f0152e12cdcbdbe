//! Reads for REST, on pooled connections. Rows are handed out as they came from the database: cells borrow from the bytes
//! that were received.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, ToSql, Type, accepts};

use super::bounded::Bounds;
use super::list::{Found, Param, Position, Statement, key_kind};
use super::names;
use super::sources::source;
use super::{Database, Error};
use mistral_model::{Id, State};
use mistral_store::list::{Cell, Column, Kind, Page, Query, Records, Rows, StoredText, Table, TaskResult, Viewer};

/// Statements kept prepared per connection. Lists come in endless shapes; those past this number are sent unprepared.
const PREPARED_LIMIT: usize = 256;

/// Rows as they came from the database.
struct Received(Vec<Row>);

impl Rows for Received {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: usize, kind: Kind) -> Result<Cell<'_>, Error> {
        cell(&self.0[row], column, kind)
    }

    fn text(&self, row: usize, column: usize) -> &[u8] {
        let row = self.0.get(row);
        let raw = row.and_then(|row| row.try_get::<_, Option<RawText<'_>>>(column).ok().flatten());
        raw.map_or(&[], |raw| raw.0)
    }
}

/// A text that is not looked at.
struct RawText<'a>(&'a [u8]);

impl<'a> FromSql<'a> for RawText<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<RawText<'a>, Box<dyn std::error::Error + Sync + Send>> {
        Ok(RawText(raw))
    }

    accepts!(TEXT);
}

fn cell(row: &Row, index: usize, kind: Kind) -> Result<Cell<'_>, Error> {
    fn of<'a, T: tokio_postgres::types::FromSql<'a>>(
        row: &'a Row,
        index: usize,
        wrap: impl FnOnce(T) -> Cell<'a>,
    ) -> Result<Cell<'a>, Error> {
        Ok(row.try_get::<_, Option<T>>(index)?.map_or(Cell::Null, wrap))
    }
    match kind {
        Kind::Id => of(row, index, Cell::Id),
        Kind::Text => of(row, index, Cell::Text),
        Kind::Json => of(row, index, Cell::Json),
        Kind::Tags => of(row, index, Cell::Tags),
        Kind::Time => of(row, index, Cell::Time),
        Kind::State => of(row, index, Cell::State),
        Kind::Scope => of(row, index, Cell::Scope),
        Kind::TaskKind => of(row, index, Cell::TaskKind),
        Kind::Bool => of(row, index, Cell::Bool),
        Kind::Int => of(row, index, |n: i32| Cell::Int(i64::from(n))),
    }
}

/// Reads on a pool of connections. Cheap to clone.
#[derive(Clone)]
pub struct Reads {
    pool: Pool,
    bounds: Bounds,
    /// Where lists are read: the pool itself, or that of a replica.
    lists: Pool,
}

impl Reads {
    /// `list_limit`: how long a list may take in the database.
    pub fn new(database: &Database, pool: Pool, list_limit: Duration) -> Reads {
        Reads {
            bounds: Bounds::new(database, list_limit, &pool),
            lists: pool.clone(),
            pool,
        }
    }

    /// Lists are read from a replica, which may be a little behind; everything else is not.
    #[must_use]
    pub fn with_replica(self, database: &Database, pool: Pool, list_limit: Duration) -> Reads {
        Reads {
            bounds: Bounds::new(database, list_limit, &pool),
            lists: pool,
            ..self
        }
    }

    /// A connection, for [`super::diagnosis::Snapshot::begin`].
    pub async fn connection(&self) -> Result<Object, Error> {
        Ok(self.pool.get().await?)
    }

    /// A read on a connection for lists, which is cancelled in the database when it takes too long or nobody waits for it.
    ///
    /// # Errors
    /// Those of the read, and [`Error::TooSlow`].
    pub async fn bounded<T, F>(&self, read: impl FnOnce(Arc<Object>) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        self.bounds.run(&self.lists, read).await
    }

    /// One page of a table, after the row `marker` if one is given.
    pub async fn list(&self, query: &Query<'_>, marker: Option<Id>) -> Result<Page, Error> {
        self.bounds
            .run(&self.lists, |client| async move { page(&client, query, marker).await })
            .await
    }

    /// The row `id` if the viewer may see it.
    pub async fn get(
        &self,
        table: &'static Table,
        columns: &[&'static Column],
        viewer: Viewer<'_>,
        id: Id,
    ) -> Result<Option<Records>, Error> {
        let client = self.pool.get().await?;
        let rows = run(&client, &Statement::by_id(table, columns, viewer, id)).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        records(&client, rows, columns).await.map(Some)
    }

    /// Accepted action executions of a task in order of creation.
    pub async fn action_results(&self, task: Id) -> Result<Vec<TaskResult>, Error> {
        self.results(
            "SELECT output, runtime_context FROM action_run WHERE task_id = $1 AND accepted ORDER BY id",
            task,
        )
        .await
    }

    /// Accepted sub-workflow executions of a task in order of creation.
    pub async fn workflow_results(&self, task: Id) -> Result<Vec<TaskResult>, Error> {
        self.results(
            "SELECT output, runtime_context FROM execution WHERE task_id = $1 AND accepted ORDER BY created_at, id",
            task,
        )
        .await
    }

    async fn results(&self, sql: &str, task: Id) -> Result<Vec<TaskResult>, Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached(sql).await?;
        let rows = Arc::new(Received(client.query(&statement, &[&task]).await?));
        let result = |(number, row): (usize, &Row)| {
            let output: Option<RawText<'_>> = row.try_get(0)?;
            Ok(TaskResult {
                output: output.map(|_| StoredText::new(rows.clone(), number, 0)),
                runtime_context: row.try_get(1)?,
            })
        };
        rows.0.iter().enumerate().map(result).collect()
    }

    /// Rows of a table in a column of ids: everything that belongs to several parents, in order of creation.
    pub async fn children(
        &self,
        table: &'static Table,
        columns: &[&'static Column],
        parent_column: &'static Column,
        parents: &[Id],
        limit: i64,
    ) -> Result<Records, Error> {
        let client = self.pool.get().await?;
        let source = source(table);
        let mut statement = Statement::default();
        statement.select(columns.iter().map(|column| source.column(column)));
        let (from, condition, parent) = (source.from(table), source.condition, source.column(parent_column));
        let order = if table.ids_are_times {
            "t.id"
        } else {
            "t.created_at, t.id"
        };
        statement.sql.push_str(&format!(
            " FROM {from} WHERE {condition} AND {parent} = ANY($1) ORDER BY {order} LIMIT $2"
        ));
        statement.params = vec![Param::Ids(parents.to_vec()), Param::BigInt(limit)];
        let rows = run(&client, &statement).await?;
        records(&client, rows, columns).await
    }

    /// How long the last `limit` successful runs of a workflow took, in seconds. Plan: execution_workflow_name, as nothing is
    /// indexed by the workflow's id.
    pub async fn durations(&self, (workflow, name): (Id, &str), limit: i64) -> Result<Vec<f64>, Error> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached(
                "SELECT created_at, coalesce(updated_at, created_at) FROM execution \
                 WHERE workflow_name = $2 AND workflow_id = $1 AND state = 5 ORDER BY created_at DESC LIMIT $3",
            )
            .await?;
        let rows = client.query(&statement, &[&workflow, &name, &limit]).await?;
        rows.iter()
            .map(|row| Ok((row.try_get::<_, i64>(1)? - row.try_get::<_, i64>(0)?) as f64 / 1e6))
            .collect()
    }

    /// The spec with this hash, JSON.
    pub async fn spec(&self, hash: Id) -> Result<Option<String>, Error> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached("SELECT spec FROM definition_content WHERE hash = $1")
            .await?;
        Ok(client
            .query_opt(&statement, &[&hash])
            .await?
            .map(|row| row.try_get(0))
            .transpose()?)
    }

    /// The execution with this id, whoever owns it: its project.
    pub async fn execution_project(&self, id: Id) -> Result<Option<Option<String>>, Error> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached("SELECT project_id FROM execution WHERE id = $1 AND shard = $2")
            .await?;
        Ok(client
            .query_opt(&statement, &[&id, &id.shard()])
            .await?
            .map(|row| row.try_get(0))
            .transpose()?)
    }

    /// The service's mode.
    pub async fn maintenance(&self) -> Result<String, Error> {
        let client = self.pool.get().await?;
        let statement = client.prepare_cached("SELECT status FROM maintenance").await?;
        Ok(client.query_one(&statement, &[]).await?.try_get(0)?)
    }

    /// Sets the service's mode if it still is `from`; says whether it was.
    pub async fn set_maintenance(&self, from: &str, to: &str) -> Result<bool, Error> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached("UPDATE maintenance SET status = $2 WHERE status = $1")
            .await?;
        Ok(client.execute(&statement, &[&from, &to]).await? > 0)
    }

    /// Some root executions in a state, oldest first, without as many of the oldest as `skipped` says. Plan: execution_state_list.
    pub async fn roots_in(&self, state: State, limit: usize, skipped: usize) -> Result<Vec<Id>, Error> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached(
                "SELECT id FROM execution_state WHERE state = $1 AND id = root_id \
                 ORDER BY created_at, id LIMIT $2 OFFSET $3",
            )
            .await?;
        let (limit, skipped) = (
            limit.try_into().unwrap_or(i64::MAX),
            skipped.try_into().unwrap_or(i64::MAX),
        );
        let rows = client.query(&statement, &[&state, &limit, &skipped]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Whether any task of an execution that is not finished well runs now.
    pub async fn has_running_tasks(&self) -> Result<bool, Error> {
        let client = self.pool.get().await?;
        let statement = client
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM execution_state s JOIN task t ON t.execution_id = s.id \
                 WHERE s.state < 5 AND t.state IN (2, 3))",
            )
            .await?;
        Ok(client.query_one(&statement, &[]).await?.try_get(0)?)
    }
}

async fn page(client: &Object, query: &Query<'_>, marker: Option<Id>) -> Result<Page, Error> {
    let position = match marker {
        None => None,
        Some(id) => match find_position(client, query, id).await? {
            Some(position) => Some(position),
            None => return Ok(Page::UnknownMarker),
        },
    };
    let rows = match find_out(client, query).await? {
        Some(found) => run(client, &Statement::page(query, position.as_ref(), found)).await?,
        None => Vec::new(),
    };
    records(client, rows, query.columns).await.map(Page::Records)
}

/// What is worth knowing before the rows of a page are looked for; nothing if there cannot be any.
async fn find_out(client: &Object, query: &Query<'_>) -> Result<Option<Found>, Error> {
    let mut found = Found::default();
    if let Some(names) = names::of_query(client, query).await? {
        if names.is_empty() {
            return Ok(None);
        }
        found.names = names;
    }
    if let Some(workflows) = names::of_workflows(client, query).await? {
        found.executions = few_executions(client, &workflows).await?;
    }
    Ok(Some(found).filter(|found| found.executions.as_ref().is_none_or(|ids| !ids.is_empty())))
}

pub(super) async fn run(client: &Object, statement: &Statement) -> Result<Vec<Row>, Error> {
    let Statement { sql, params, .. } = statement;
    if client.statement_cache.size() < PREPARED_LIMIT {
        let prepared = client.prepare_cached(sql).await?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        Ok(client.query(&prepared, &params).await?)
    } else {
        let params: Vec<(&(dyn ToSql + Sync), _)> = params.iter().map(|p| (p as _, p.type_of())).collect();
        Ok(client.query_typed(sql, &params).await?)
    }
}

async fn records(client: &Object, rows: Vec<Row>, columns: &[&'static Column]) -> Result<Records, Error> {
    let mut unnamed = Vec::new();
    for (index, column) in columns.iter().enumerate().filter(|(_, c)| c.kind == Kind::Id) {
        if !names_executions(column) {
            continue;
        }
        for row in &rows {
            if let Some(id) = row.try_get::<_, Option<Id>>(index)?
                && id.is_alias()
                && !unnamed.contains(&id)
            {
                unnamed.push(id);
            }
        }
    }
    let aliases = if unnamed.is_empty() {
        HashMap::new()
    } else {
        names(client, &unnamed).await?
    };
    Ok(Records::new(Arc::new(Received(rows)), columns, aliases))
}

/// Whether a column may hold the id of an execution, which clients may choose.
fn names_executions(column: &Column) -> bool {
    matches!(column.name, "id" | "workflow_execution_id" | "root_execution_id")
}

/// What clients call these executions.
async fn names(client: &Object, ids: &[Id]) -> Result<HashMap<Id, String>, Error> {
    let statement = client
        .prepare_cached("SELECT id, alias FROM execution WHERE id = ANY($1) AND alias IS NOT NULL")
        .await?;
    let rows = client.query(&statement, &[&ids]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Executions of workflows up to which their tasks are fetched and sorted. Of a workflow with more, a page of tasks is
/// found soon enough by walking all tasks in order.
const FEW: usize = 1_000;

/// The executions of these workflows, if they are few. Plan: execution_workflow_name.
async fn few_executions(client: &Object, workflow_names: &[String]) -> Result<Option<Vec<Id>>, Error> {
    let statement = client
        .prepare_cached("SELECT id FROM execution WHERE workflow_name = ANY($1) LIMIT $2")
        .await?;
    let rows = client.query(&statement, &[&workflow_names, &(FEW as i64 + 1)]).await?;
    if rows.len() > FEW {
        return Ok(None);
    }
    rows.iter()
        .map(|row| Ok(row.try_get(0)?))
        .collect::<Result<_, Error>>()
        .map(Some)
}

async fn find_position(client: &Object, query: &Query<'_>, id: Id) -> Result<Option<Position>, Error> {
    let rows = run(client, &Statement::position(query, id)).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let mut values = Vec::with_capacity(query.order.len());
    for (index, order) in query.order.iter().enumerate() {
        values.push(match cell(row, index, key_kind(query.table, order.column))? {
            Cell::Null => Param::Null,
            Cell::Id(id) => Param::Id(id),
            Cell::Text(text) | Cell::Json(text) | Cell::Tags(text) => Param::Text(text.to_owned()),
            Cell::Time(time) => Param::BigInt(time.0),
            Cell::State(state) => Param::Small(state as i16),
            Cell::Scope(scope) => Param::Small(scope as i16),
            Cell::TaskKind(kind) => Param::Small(kind as i16),
            Cell::Bool(b) => Param::Bool(b),
            Cell::Int(n) => Param::Int(i32::try_from(n).unwrap_or(i32::MAX)),
        });
    }
    Ok(Some(Position(values)))
}
