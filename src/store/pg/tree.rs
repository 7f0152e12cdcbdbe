//! Reads whole trees, and finds the tree that an entity belongs to.

use std::sync::Arc;

use tokio_postgres::Row;

use super::session::Session;
use super::types::Reader;
use super::{Database, Error, Purpose};
use crate::batch::{Claim, Timer, TreeRows};
use mistral_model::record::{Action, Execution, Origin, Scope, Task};
use mistral_model::{Id, Str};

pub(super) const LOAD_EXECUTIONS: &str = include_str!("sql/load_executions.sql");
pub(super) const LOAD_TASKS: &str = include_str!("sql/load_tasks.sql");
pub(super) const LOAD_ACTIONS: &str = include_str!("sql/load_actions.sql");

/// Timers of a tree. Plan: timer_due by its shard, which holds few; the root is filtered.
pub(super) const LOAD_TIMERS: &str = "SELECT id, root_id, fire_at, body FROM timer WHERE shard = $2 AND root_id = $1";

/// Queue rows of these actions. Plan: action_queue_pkey.
pub(super) const LOAD_QUEUE: &str =
    "SELECT action_id, attempt, claimed_by FROM action_queue WHERE action_id = ANY ($1::uuid[]) AND shard = $2";

/// Plan of each: the primary key.
pub(super) const ROOT_OF_EXECUTION: &str = "SELECT root_id FROM execution WHERE id = $1 AND shard = $2";
pub(super) const ROOT_OF_TASK: &str = "SELECT root_id FROM task WHERE id = $1 AND shard = $2";
pub(super) const ROOT_OF_ACTION: &str = "SELECT root_id FROM action_execution WHERE id = $1 AND shard = $2";

/// What an id is the id of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    Execution,
    Task,
    Action,
}

/// Reads trees. Cheap to clone; calls are pipelined.
#[derive(Clone)]
pub struct Trees {
    session: Arc<Session>,
}

impl Trees {
    pub fn new(session: Arc<Session>) -> Trees {
        Trees { session }
    }

    /// With a connection of its own.
    pub fn connect(database: &Database) -> Trees {
        Trees::new(Arc::new(Session::new(database.clone(), Purpose::Engine)))
    }

    /// Everything stored about the tree of this root (an execution, or an action that was run by itself); `None` if there
    /// is no such root. Executions, tasks and actions are in order of creation, the root first.
    pub async fn load(&self, root_id: Id) -> Result<Option<TreeRows>, Error> {
        let shard = root_id.shard();
        let calls: [(&'static str, super::session::Params<'_>); 4] = [
            (LOAD_EXECUTIONS, &[&root_id, &shard]),
            (LOAD_TASKS, &[&root_id]),
            (LOAD_ACTIONS, &[&root_id, &shard]),
            (LOAD_TIMERS, &[&root_id, &shard]),
        ];
        let answers = self.session.query_all(&calls).await?;
        let [executions, tasks, actions, timers] = answers.as_slice() else {
            return Err(Error::Unreadable("a statement was not answered".into()));
        };

        let mut origins = Origins::default();
        let mut rows = TreeRows {
            executions: executions
                .iter()
                .map(|row| read_execution(row, &mut origins))
                .collect::<Result<_, _>>()?,
            tasks: tasks
                .iter()
                .map(|row| read_task(row, &mut origins))
                .collect::<Result<_, _>>()?,
            actions: actions
                .iter()
                .map(|row| read_action(row, &mut origins))
                .collect::<Result<_, _>>()?,
            timers: timers.iter().map(read_timer).collect::<Result<_, _>>()?,
            ..TreeRows::default()
        };
        let is_root = |id: Id| id == root_id;
        if !rows.executions.iter().any(|e| is_root(e.id)) && !rows.actions.iter().any(|a| is_root(a.id)) {
            return Ok(None);
        }
        rows.executions.sort_unstable_by_key(|e| (e.id != root_id, e.id));
        rows.tasks.sort_unstable_by_key(|t| t.id);
        rows.actions.sort_unstable_by_key(|a| a.id);

        let open: Vec<Id> = rows
            .actions
            .iter()
            .filter(|a| !a.state.is_completed())
            .map(|a| a.id)
            .collect();
        if !open.is_empty() {
            for row in self.session.query(LOAD_QUEUE, &[&open, &shard]).await? {
                let mut row = Reader::new(&row);
                let action_id = row.column()?;
                let attempt = u32::try_from(row.column::<i32>()?).unwrap_or_default();
                rows.queued.push(action_id);
                rows.claims.push(Claim {
                    action_id,
                    attempt,
                    claimed_by: row.column()?,
                });
            }
        }
        Ok(Some(rows))
    }

    /// The root of the tree that an entity belongs to; `None` if there is no such entity.
    pub async fn root_of(&self, entity: Entity, id: Id) -> Result<Option<Id>, Error> {
        let sql = match entity {
            Entity::Execution => ROOT_OF_EXECUTION,
            Entity::Task => ROOT_OF_TASK,
            Entity::Action => ROOT_OF_ACTION,
        };
        let rows = self.session.query(sql, &[&id, &id.shard()]).await?;
        Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
    }
}

/// Origins of a tree: rows of one execution share one.
#[derive(Default)]
pub(super) struct Origins {
    known: Vec<Arc<Origin>>,
}

impl Origins {
    fn shared(
        &mut self,
        workflow_id: Id,
        name: &str,
        namespace: &str,
        project_id: Option<&str>,
        scope: Scope,
    ) -> Arc<Origin> {
        let is_same = |origin: &&Arc<Origin>| {
            origin.workflow_id == workflow_id
                && &*origin.workflow_name == name
                && &*origin.workflow_namespace == namespace
                && origin.project_id.as_deref() == project_id
                && origin.scope == scope
        };
        if let Some(origin) = self.known.iter().rev().find(is_same) {
            return origin.clone();
        }
        let origin = Arc::new(Origin {
            workflow_name: name.into(),
            workflow_namespace: namespace.into(),
            workflow_id,
            project_id: project_id.map(Str::from),
            scope,
        });
        self.known.push(origin.clone());
        origin
    }
}

fn read_execution(row: &Row, origins: &mut Origins) -> Result<Execution, Error> {
    let origin = origins.shared(
        row.try_get(4)?,
        row.try_get(5)?,
        row.try_get(6)?,
        row.try_get(8)?,
        row.try_get(9)?,
    );
    Ok(Execution {
        id: row.try_get(0)?,
        root_id: row.try_get(1)?,
        alias: column(row, 2)?,
        task_id: row.try_get(3)?,
        origin,
        spec_hash: row.try_get(7)?,
        description: column(row, 10)?,
        tags: column(row, 11)?,
        state: row.try_get(12)?,
        state_info: column(row, 13)?,
        accepted: row.try_get(14)?,
        input: column(row, 15)?,
        output: column(row, 16)?,
        params: column(row, 17)?,
        context: column(row, 18)?,
        runtime_context: column(row, 19)?,
        created_at: row.try_get(20)?,
        updated_at: row.try_get(21)?,
    })
}

fn read_task(row: &Row, origins: &mut Origins) -> Result<Task, Error> {
    let origin = origins.shared(
        row.try_get(4)?,
        row.try_get(5)?,
        row.try_get(6)?,
        row.try_get(7)?,
        row.try_get(8)?,
    );
    Ok(Task {
        id: row.try_get(0)?,
        execution_id: row.try_get(1)?,
        root_id: row.try_get(2)?,
        name: column(row, 3)?,
        origin,
        kind: row.try_get(9)?,
        tags: column(row, 10)?,
        state: row.try_get(11)?,
        state_info: column(row, 12)?,
        processed: row.try_get(13)?,
        next_tasks: column(row, 14)?,
        error_handled: row.try_get(15)?,
        in_context: column(row, 16)?,
        published: column(row, 17)?,
        runtime_context: column(row, 18)?,
        is_join: row.try_get(19)?,
        started_at: row.try_get(20)?,
        finished_at: row.try_get(21)?,
        created_at: row.try_get(22)?,
        updated_at: row.try_get(23)?,
    })
}

fn read_action(row: &Row, origins: &mut Origins) -> Result<Action, Error> {
    let workflow_id: Option<Id> = row.try_get(5)?;
    let workflow_name: Option<&str> = row.try_get(6)?;
    let origin = origins.shared(
        workflow_id.unwrap_or_default(),
        workflow_name.unwrap_or_default(),
        row.try_get(7)?,
        row.try_get(8)?,
        row.try_get(9)?,
    );
    Ok(Action {
        id: row.try_get(0)?,
        task_id: row.try_get(1)?,
        execution_id: row.try_get(2)?,
        root_id: row.try_get(3)?,
        name: column(row, 4)?,
        origin,
        description: column(row, 10)?,
        tags: column(row, 11)?,
        state: row.try_get(12)?,
        state_info: column(row, 13)?,
        accepted: row.try_get(14)?,
        input: column(row, 15)?,
        output: column(row, 16)?,
        runtime_context: column(row, 17)?,
        is_sync: row.try_get(18)?,
        created_at: row.try_get(19)?,
        updated_at: row.try_get(20)?,
    })
}

/// `id, root_id, fire_at, body`.
pub(super) fn read_timer(row: &Row) -> Result<Timer, Error> {
    Ok(Timer {
        id: row.try_get(0)?,
        root_id: row.try_get(1)?,
        fire_at: row.try_get(2)?,
        body: row.try_get(3)?,
    })
}

fn column<T: super::types::Column>(row: &Row, index: usize) -> Result<T, Error> {
    Ok(T::read(row, index)?)
}
