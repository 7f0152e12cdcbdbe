//! Reads for the engine beside whole trees: what `tasks()` and `executions()` of expressions show, and which trees of a
//! shard are open.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::bounded::Bounds;
use super::session::Session;
use super::types::Reader;
use super::{Database, Error, Purpose};
use mistral_model::record::TaskKind;
use mistral_model::{Dict, Id, Payload, Shard, State, Str, Time, Value, json};
use mistral_store::backend::{Calling, OPEN_STATES, OpenExecution};
use mistral_store::lookup::Wanted;

/// Rows that one call of an expression function may get.
const LIMIT: i64 = 10_000;

/// The newest executions of a state. Plan: execution_state_list, backwards: those that failed are not looked at.
pub(super) const OPEN_ROOTS: &str = "
    SELECT created_at, id, root_id FROM execution_state
    WHERE state = $1 AND created_at <= $2 AND (created_at, id) < ($2, $3) AND shard = ANY ($4::smallint[])
    ORDER BY created_at DESC, id DESC LIMIT $5";

/// Plan: execution_pkey or execution_created.
const EXECUTIONS: &str = "
    SELECT e.id, e.alias, e.workflow_name, e.input, e.params, e.created_at, e.updated_at, e.root_id, e.task_id, c.spec
    FROM execution e JOIN definition_content c ON c.hash = e.spec_hash
    WHERE ($1::uuid IS NULL OR e.id = $1) AND ($2::uuid IS NULL OR e.root_id = $2 AND e.task_id IS NOT NULL)
      AND ($3::smallint IS NULL OR e.state = $3) AND ($4::bigint IS NULL OR e.created_at >= $4)
      AND ($5::bigint IS NULL OR e.created_at < $5)
      AND (e.project_id IS NOT DISTINCT FROM $6::text OR e.scope = 1)
      AND e.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))
    ORDER BY e.created_at, e.id LIMIT $7";

/// Plan: task_execution for the executions asked for, else task_pkey.
const TASKS: &str = "
    WITH RECURSIVE wanted AS (
        SELECT $1::uuid AS id
        UNION ALL
        SELECT e.id FROM wanted w JOIN task p ON p.execution_id = w.id JOIN execution e ON e.task_id = p.id WHERE $2::boolean
    )
    SELECT t.id, t.name, t.state, t.state_info, t.published, t.kind, t.execution_id, t.created_at, t.updated_at, c.spec,
           coalesce((SELECT json_agg(json_build_object('a', a.accepted, 's', a.state, 'o', a.output) ORDER BY a.id)::text
                     FROM action_run a WHERE a.task_id = t.id AND a.state IS NOT NULL), '[]'),
           coalesce((SELECT json_agg(json_build_object('a', x.accepted, 's', x.state, 'o', x.output) ORDER BY x.id)::text
                     FROM execution x WHERE x.task_id = t.id), '[]')
    FROM task t JOIN execution e ON e.id = t.execution_id JOIN definition_content c ON c.hash = e.spec_hash
    WHERE ($1::uuid IS NULL OR t.execution_id IN (SELECT id FROM wanted))
      AND ($3::smallint IS NULL OR t.state = $3)
      AND (t.project_id IS NOT DISTINCT FROM $4::text OR e.scope = 1)
      AND e.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))
    ORDER BY t.id LIMIT $5";

/// Connections for look-ups of expressions. They are made when they are needed; users may ask for anything, and what is slow
/// must hold up nothing else.
const CONNECTIONS: usize = 4;
/// Longest time of a look-up, if its caller is more patient.
const LONGEST: Duration = Duration::from_secs(600);

/// Which trees are open. Calls are pipelined on one connection.
#[derive(Clone)]
pub struct OpenRoots {
    session: Arc<Session>,
}

impl OpenRoots {
    pub fn connect(database: &Database) -> OpenRoots {
        OpenRoots {
            session: Arc::new(Session::new(database.clone(), Purpose::Engine)),
        }
    }

    /// Executions that are not completed, those first that are likely to be busy: by state, then the newest. They begin
    /// after `after`, the last of the page before.
    pub async fn open_roots(
        &self,
        shards: &[Shard],
        after: Option<OpenExecution>,
        limit: usize,
    ) -> Result<Vec<OpenExecution>, Error> {
        let mut found = Vec::new();
        let states = OPEN_STATES.into_iter();
        for state in states.skip_while(|state| after.is_some_and(|after| after.state != *state)) {
            let (created_at, id) = match after.filter(|after| after.state == state) {
                Some(after) => (after.created_at, after.id),
                None => (Time(i64::MAX), Id(u128::MAX)),
            };
            let left = i64::try_from(limit - found.len()).unwrap_or(i64::MAX);
            let number = state as i16;
            let rows = self
                .session
                .query(OPEN_ROOTS, &[&number, &created_at, &id, &shards, &left])
                .await?;
            for row in &rows {
                found.push(OpenExecution {
                    state,
                    created_at: row.try_get(0)?,
                    id: row.try_get(1)?,
                    root_id: row.try_get(2)?,
                });
            }
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }
}

/// Look-ups of expressions. They are cancelled in the database when nobody waits for them any more.
#[derive(Clone)]
pub struct Lookup {
    pool: Pool,
    bounds: Bounds,
}

impl Lookup {
    /// # Errors
    /// When the address of the database makes no sense.
    pub fn connect(database: &Database) -> Result<Lookup, Error> {
        let pool = database.pool(CONNECTIONS)?;
        Ok(Lookup {
            bounds: Bounds::new(database, LONGEST, &pool),
            pool,
        })
    }

    async fn query(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        let read = |client: Arc<Object>| async move {
            let statement = client.prepare_cached(sql).await?;
            Ok(client.query(&statement, params).await?)
        };
        self.bounds.run(&self.pool, read).await
    }

    /// The mappings that `executions(…)` gives.
    pub async fn executions(&self, wanted: &Wanted<'_>) -> Result<Vec<Value>, Error> {
        let state = wanted.state.map(|s| s as i16);
        let (from, until) = (wanted.from.map(|t| t.0), wanted.until.map(|t| t.0));
        let rows = self
            .query(
                EXECUTIONS,
                &[
                    &wanted.execution_id,
                    &wanted.root_id,
                    &state,
                    &from,
                    &until,
                    &wanted.project,
                    &LIMIT,
                ],
            )
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut row = Reader::new(row);
            let (id, alias): (Id, Option<Str>) = (row.column()?, row.column()?);
            let name: Str = row.column()?;
            let (input, params): (Payload, Payload) = (row.column()?, row.column()?);
            let (created, updated): (Time, Option<Time>) = (row.column()?, row.column()?);
            let (root, task): (Id, Option<Id>) = (row.column()?, row.column()?);
            let spec: Payload = row.column()?;
            let mut dict = Dict::default();
            dict.insert("id".into(), alias.map_or_else(|| id.to_string().into(), Value::Str));
            dict.insert("name".into(), Value::Str(name));
            dict.insert("spec".into(), spec.value().clone());
            dict.insert("input".into(), input.value().clone());
            dict.insert("params".into(), params.value().clone());
            dict.insert("created_at".into(), created.to_text().into());
            dict.insert("updated_at".into(), updated.map(Time::to_text).into());
            dict.insert("root_execution_id".into(), task.map(|_| root.to_string()).into());
            found.push(Value::dict(dict));
        }
        Ok(found)
    }

    /// The mappings that `tasks(…)` gives.
    pub async fn tasks(&self, wanted: &Wanted<'_>) -> Result<Vec<Value>, Error> {
        let state = wanted.state.map(|s| s as i16);
        let rows = self
            .query(
                TASKS,
                &[&wanted.execution_id, &wanted.recursive, &state, &wanted.project, &LIMIT],
            )
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut row = Reader::new(row);
            let (id, name): (Id, Str) = (row.column()?, row.column()?);
            let (state, info): (State, Option<Str>) = (row.column()?, row.column()?);
            let published: Option<Payload> = row.column()?;
            let kind: TaskKind = row.column()?;
            let execution: Id = row.column()?;
            let (created, updated): (Time, Option<Time>) = (row.column()?, row.column()?);
            let spec: Payload = row.column()?;
            let (actions, workflows): (Payload, Payload) = (row.column()?, row.column()?);
            let is_workflow = kind == TaskKind::Workflow;
            let children = if is_workflow { &workflows } else { &actions };
            let in_same_state = |c: &Value| c.get("s").and_then(Value::as_i64) == Some(state as i64);
            if wanted.flat && is_workflow && children.value().as_list().unwrap_or_default().iter().any(in_same_state) {
                continue;
            }
            let task_spec = spec
                .get("tasks")
                .and_then(|tasks| tasks.get(&name))
                .cloned()
                .unwrap_or_default();
            let mut dict = Dict::default();
            dict.insert("id".into(), id.to_string().into());
            dict.insert("name".into(), Value::Str(name));
            dict.insert(
                "result".into(),
                result(children.value(), is_workflow, task_spec.get("with-items").is_some()),
            );
            dict.insert("spec".into(), task_spec);
            dict.insert("state".into(), state.name().into());
            dict.insert("state_info".into(), info.into());
            dict.insert("published".into(), published.map_or(Value::Null, |p| p.value().clone()));
            dict.insert("type".into(), if is_workflow { "WORKFLOW" } else { "ACTION" }.into());
            dict.insert("workflow_execution_id".into(), execution.to_string().into());
            dict.insert("created_at".into(), created.to_text().into());
            dict.insert("updated_at".into(), updated.map(Time::to_text).into());
            found.push(Value::dict(dict));
        }
        Ok(found)
    }
}

/// A task's result out of its accepted children.
fn result(children: &Value, is_workflow: bool, is_list: bool) -> Value {
    let output = |child: &Value| {
        let text = child.get("o").and_then(Value::as_str).unwrap_or("null");
        let output = json::parse(text.as_bytes()).unwrap_or_default();
        if is_workflow {
            output
        } else {
            output.get("result").cloned().unwrap_or_default()
        }
    };
    let accepted = |child: &&Value| child.get("a").and_then(Value::as_bool) == Some(true);
    let mut results: Vec<Value> = children
        .as_list()
        .unwrap_or_default()
        .iter()
        .filter(accepted)
        .map(output)
        .collect();
    match results.len() {
        1 if !is_list => results.remove(0),
        _ => Value::list(results),
    }
}

impl mistral_store::lookup::Lookups for Lookup {
    fn executions<'a>(&'a self, wanted: &'a Wanted<'a>) -> Calling<'a, Vec<Value>> {
        Box::pin(self.executions(wanted))
    }

    fn tasks<'a>(&'a self, wanted: &'a Wanted<'a>) -> Calling<'a, Vec<Value>> {
        Box::pin(self.tasks(wanted))
    }
}
