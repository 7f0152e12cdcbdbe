//! Reads whole trees, and finds the tree that an entity belongs to.

use std::collections::HashMap;
use std::sync::Arc;

use tokio_postgres::Row;

use super::encode::stored;
use super::record::{EMPTY, PLAIN_CALL, triggered};
use super::session::Session;
use super::types::Reader;
use super::{Database, Error, Purpose};
use mistral_model::record::{Action, Execution, Origin, Scope, Task};
use mistral_model::{Id, Payload, Shard, Str, Time};
use mistral_store::backend::OPEN_STATES;
use mistral_store::batch::{Claim, Glance, Timer, TreeRows};

pub(super) const LOAD_EXECUTIONS: &str = include_str!("sql/load_executions.sql");
pub(super) const LOAD_TASKS: &str = include_str!("sql/load_tasks.sql");
pub(super) const LOAD_ACTIONS: &str = include_str!("sql/load_actions.sql");

/// Timers of some trees of one shard. Plan: timer_root.
pub(super) const LOAD_TIMERS: &str =
    "SELECT t.id, t.root_id, t.fire_at, t.body FROM unnest($1::uuid[]) AS r (id) CROSS JOIN LATERAL (
         SELECT id, root_id, fire_at, body FROM timer WHERE root_id BETWEEN r.id AND r.id ORDER BY root_id OFFSET 0
     ) t";

/// Those of these roots whose trees are deleted, but not dropped yet. Plan: doomed_pkey.
pub(super) const DOOMED: &str = "SELECT id FROM doomed WHERE id = ANY ($1::uuid[])";

/// Queue rows of these actions. Plan: action_queue_pkey.
pub(super) const LOAD_QUEUE: &str = "SELECT action_id, of_task, attempt, claimed_by FROM action_queue WHERE action_id = ANY ($1::uuid[]) AND shard = $2";

/// Some executions of one shard. Plan: execution_pkey.
pub(super) const LOOK: &str = "SELECT id, root_id, alias, task_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id, scope,
            description, tags, state, state_info, accepted, input, output, params, context, runtime_context, created_at, updated_at
     FROM execution WHERE id = ANY ($1::uuid[]) AND shard = $2";

/// Whether an action was run by itself under this id. Plan: action_execution_pkey.
pub(super) const ALONE: &str =
    "SELECT 1 FROM action_execution WHERE id = ANY (ARRAY[$1::uuid]) AND shard = $2 AND root_id = $1";

/// Whether an execution below a root has one of these states. Plan: execution_root.
pub(super) const OPEN_BELOW: &str =
    "SELECT 1 FROM execution WHERE root_id BETWEEN $1::uuid AND $1::uuid AND task_id IS NOT NULL AND state = ANY ($2::smallint[])
     ORDER BY root_id LIMIT 1";

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
        let mut found = self.load_many(root_id.shard(), &[root_id]).await?;
        Ok(found.pop().and_then(|(_, rows)| rows))
    }

    /// These executions of the tree of this root, without anything else of it, and whether executions below the root are open, if that
    /// is asked for; `None` if there is no such root.
    pub async fn look(&self, root_id: Id, executions: &[Id], is_open: bool) -> Result<Option<Glance>, Error> {
        let shard = root_id.shard();
        let roots = [root_id];
        let (roots, mut ids) = (roots.as_slice(), executions.to_vec());
        ids.push(root_id);
        let open: Vec<i16> = OPEN_STATES.iter().map(|state| *state as i16).collect();
        let calls: [(&'static str, super::session::Params<'_>); 4] = [
            (DOOMED, &[&roots]),
            (LOOK, &[&ids, &shard]),
            (ALONE, &[&root_id, &shard]),
            (OPEN_BELOW, &[&root_id, &open]),
        ];
        let asked = if is_open { &calls[..] } else { &calls[..3] };
        let answers = self.session.query_all(asked).await?;
        let [doomed, rows, alone, below @ ..] = answers.as_slice() else {
            return Err(Error::Unreadable("a statement was not answered".into()));
        };
        if !doomed.is_empty() {
            return Ok(Some(Glance {
                is_doomed: true,
                ..Glance::default()
            }));
        }
        let mut origins = Origins::default();
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let execution = read_execution(row, &mut origins)?;
            if execution.root_id == root_id {
                found.push(execution);
            }
        }
        if alone.is_empty() && !found.iter().any(|execution| execution.id == root_id) {
            return Ok(None);
        }
        found.retain(|execution| executions.contains(&execution.id));
        Ok(Some(Glance {
            executions: found,
            is_doomed: false,
            is_open: below.iter().any(|rows| !rows.is_empty()),
        }))
    }

    /// What [`Trees::load`] gives, for several trees of one shard, in the order of the roots.
    pub async fn load_many(&self, shard: Shard, roots: &[Id]) -> Result<Vec<(Id, Option<TreeRows>)>, Error> {
        let rows = self.session.query(DOOMED, &[&roots]).await?;
        let doomed: Vec<Id> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        let all = roots;
        let left: Vec<Id> = all.iter().copied().filter(|root| !doomed.contains(root)).collect();
        let roots = left.as_slice();
        let calls: [(&'static str, super::session::Params<'_>); 4] = [
            (LOAD_EXECUTIONS, &[&roots, &shard]),
            (LOAD_TASKS, &[&roots]),
            (LOAD_ACTIONS, &[&roots, &shard]),
            (LOAD_TIMERS, &[&roots]),
        ];
        let answers = self.session.query_all(&calls).await?;
        let [executions, tasks, actions, timers] = answers.as_slice() else {
            return Err(Error::Unreadable("a statement was not answered".into()));
        };
        let mut trees = Sorted::new(roots);
        let mut origins = Origins::default();
        for row in executions {
            let execution = read_execution(row, &mut origins)?;
            origins.by_execution.insert(execution.id, execution.origin.clone());
            trees.of(execution.root_id).executions.push(execution);
        }
        let mut all_actions = Vec::with_capacity(actions.len() + tasks.len());
        let mut in_lane: Vec<Id> = Vec::new();
        for row in tasks {
            let task = read_task(row, &mut origins)?;
            let call = read_call(row, &task)?;
            if row.try_get::<_, Option<bool>>(36)? == Some(true) {
                in_lane.extend(call.iter().filter(|a| a.is_sync).map(|a| a.id));
            }
            all_actions.extend(call);
            trees.of(task.root_id).tasks.push(task);
        }
        for row in actions {
            all_actions.push(read_action(row, &mut origins)?);
        }
        let mut open: Vec<(Id, Id)> = Vec::new();
        for action in all_actions {
            if !action.state.is_completed() {
                open.push((action.id, action.root_id));
            }
            trees.of(action.root_id).actions.push(action);
        }
        for row in timers {
            let timer = read_timer(row)?;
            trees.of(timer.root_id).timers.push(timer);
        }
        if !open.is_empty() {
            open.sort_unstable();
            let actions: Vec<Id> = open.iter().map(|(action, _)| stored(*action)).collect();
            let mut has_row = vec![false; open.len()];
            for row in self.session.query(LOAD_QUEUE, &[&actions, &shard]).await? {
                let mut row = Reader::new(&row);
                let action_id = row.column::<Id>()?.of_action(row.column()?);
                let attempt = u32::try_from(row.column::<i32>()?).unwrap_or_default();
                let claimed_by = row.column()?;
                if let Ok(at) = open.binary_search_by_key(&action_id, |(action, _)| *action) {
                    let rows = trees.of(open[at].1);
                    rows.queued.push(action_id);
                    rows.claims.push(Claim {
                        action_id,
                        attempt,
                        claimed_by,
                    });
                    has_row[at] = true;
                }
            }
            // Those that executors have by lanes, if they have not got a queue row since.
            in_lane.sort_unstable();
            for ((action_id, root_id), has_row) in open.into_iter().zip(has_row) {
                if !has_row && in_lane.binary_search(&action_id).is_ok() {
                    let rows = trees.of(root_id);
                    rows.queued.push(action_id);
                    rows.claims.push(Claim {
                        action_id,
                        attempt: 1,
                        claimed_by: None,
                    });
                }
            }
        }
        let mut rows = |root: Id| match doomed.contains(&root) {
            true => Some(TreeRows::doomed()),
            false => trees.take(root),
        };
        Ok(all.iter().map(|root| (*root, rows(*root))).collect())
    }
}

/// Rows by the tree that they belong to.
struct Sorted(HashMap<Id, TreeRows>);

impl Sorted {
    fn new(roots: &[Id]) -> Sorted {
        Sorted(roots.iter().map(|root| (*root, TreeRows::default())).collect())
    }

    fn of(&mut self, root: Id) -> &mut TreeRows {
        self.0.entry(root).or_default()
    }

    /// A tree, in order; `None` if its root is not stored.
    fn take(&mut self, root: Id) -> Option<TreeRows> {
        let mut rows = self.0.remove(&root)?;
        if !rows.executions.iter().any(|e| e.id == root) && !rows.actions.iter().any(|a| a.id == root) {
            return None;
        }
        rows.executions.sort_unstable_by_key(|e| (e.id != root, e.id));
        rows.tasks.sort_unstable_by_key(|t| t.id);
        rows.actions.sort_unstable_by_key(|a| a.id);
        Some(rows)
    }
}

/// Origins of a tree: rows of one execution share one.
#[derive(Default)]
pub(super) struct Origins {
    known: Vec<Arc<Origin>>,
    by_execution: HashMap<Id, Arc<Origin>>,
}

impl Origins {
    /// The origin that the row of an execution's task or action has from there, or, if it is an older one, says itself: workflow, its
    /// name, namespace, project, scope from column `at` on.
    fn of_row(&mut self, row: &Row, execution: Option<Id>, at: usize) -> Result<Arc<Origin>, Error> {
        let namespace: Option<&str> = row.try_get(at + 2)?;
        if let (None, Some(origin)) = (namespace, execution.and_then(|id| self.by_execution.get(&id))) {
            return Ok(origin.clone());
        }
        let workflow_id: Option<Id> = row.try_get(at)?;
        let workflow_name: Option<&str> = row.try_get(at + 1)?;
        let scope: Option<Scope> = row.try_get(at + 4)?;
        Ok(self.shared(
            workflow_id.unwrap_or_default(),
            workflow_name.unwrap_or_default(),
            namespace.unwrap_or_default(),
            row.try_get(at + 3)?,
            scope.unwrap_or_default(),
        ))
    }

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
    let origin = origins.of_row(row, row.try_get(1)?, 4)?;
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
        runtime_context: task_runtime(row)?,
        is_join: row.try_get(19)?,
        started_at: row.try_get(20)?,
        finished_at: row.try_get(21)?,
        created_at: row.try_get(22)?,
        updated_at: row.try_get(23)?,
    })
}

fn task_runtime(row: &Row) -> Result<Payload, Error> {
    let trigger: Option<Id> = row.try_get(34)?;
    let event: Option<i16> = row.try_get(35)?;
    if let Some(text) = trigger.and_then(|id| triggered(id, event.unwrap_or_default())) {
        return Ok(Payload::from_json(text));
    }
    let stored: Option<Payload> = column(row, 18)?;
    Ok(stored.unwrap_or_else(|| Payload::from_json(EMPTY)))
}

/// The first action of a task, which lies in its row from column 24 on.
fn read_call(row: &Row, task: &Task) -> Result<Option<Action>, Error> {
    let (Some(id), Some(name)) = (task.id.of_first_action(), column(row, 29)?) else {
        return Ok(None);
    };
    let document = |at: usize, nothing: &'static str| -> Result<Payload, Error> {
        let stored: Option<Payload> = column(row, at)?;
        Ok(stored.unwrap_or_else(|| Payload::from_json(nothing)))
    };
    Ok(Some(Action {
        id,
        task_id: Some(task.id),
        execution_id: Some(task.execution_id),
        root_id: task.root_id,
        name,
        origin: task.origin.clone(),
        description: Some("".into()),
        tags: None,
        state: row.try_get(24)?,
        state_info: column(row, 26)?,
        accepted: row.try_get(25)?,
        input: document(32, EMPTY)?,
        output: column(row, 27)?,
        runtime_context: document(33, PLAIN_CALL)?,
        is_sync: row.try_get(30)?,
        created_at: row.try_get::<_, Option<Time>>(31)?.unwrap_or(task.created_at),
        updated_at: row.try_get(28)?,
    }))
}

fn read_action(row: &Row, origins: &mut Origins) -> Result<Action, Error> {
    let origin = origins.of_row(row, row.try_get(2)?, 5)?;
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
