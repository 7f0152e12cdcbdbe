//! What is open in a tree, level by level, bounded.

use std::collections::{HashMap, HashSet};

use super::super::super::App;
use super::super::super::error::Error;
use super::excerpt;
use mistral_flow::explain::{Reason, Wait};
use mistral_model::record::TaskKind;
use mistral_model::{Id, State};
use mistral_store::diagnosis::{
    Children, FailedAction, LastRun, Limit, LiveNode, OpenAction, OpenExecution, OpenTask, OpenTimer, ShardStatus,
    Snapshot,
};

/// Rows that are read on each level. One more than is shown is asked for, to learn whether there are more.
const TASKS: Limit = Limit {
    of_each: 100,
    in_all: 200,
};
const ACTIONS: Limit = Limit {
    of_each: 20,
    in_all: 400,
};
const SUB_EXECUTIONS: Limit = Limit {
    of_each: 10,
    in_all: 50,
};
const TIMERS: i64 = 500;

/// Joins that are looked into, in all.
const JOINS: usize = 100;

/// Missing inbound tasks of one join that are shown.
pub(super) const MISSING: usize = 50;

/// Rows after which no further level is read.
const MAX_ROWS: usize = 2_000;

/// Everything that the explanation is made from.
pub(super) struct Open {
    pub execution: OpenExecution,
    /// The execution that waits for this one, if there is one.
    pub parent: Option<OpenExecution>,
    pub shard: Option<ShardStatus>,
    pub nodes: Vec<LiveNode>,
    /// Whether the caller may know the nodes' names: those of a cloud are its operators' business.
    pub shows_nodes: bool,
    /// The service's mode: `RUNNING`, `PAUSING`, `PAUSED`.
    pub mode: String,
    /// By execution.
    pub tasks: HashMap<Id, Vec<OpenTask>>,
    /// By task, like all that follow.
    pub actions: HashMap<Id, Vec<OpenAction>>,
    pub sub_executions: HashMap<Id, Vec<OpenExecution>>,
    /// Executions that failed though all failures of their tasks were dealt with; those are in `tasks`.
    pub commanded: HashSet<Id>,
    /// Of an execution that failed.
    pub failed_actions: HashMap<Id, Vec<FailedAction>>,
    /// Of tasks with items.
    pub children: HashMap<Id, Children>,
    pub timers: HashMap<Id, Vec<OpenTimer>>,
    /// Joins that were looked into.
    pub joins: HashSet<Id>,
    /// By execution: why it does not go on.
    pub reasons: HashMap<Id, Vec<Reason>>,
    /// Executions that lie too deep, or for which there was no room.
    pub unexplained: Vec<Id>,
    /// Something is left out.
    pub truncated: bool,
}

/// Reads what is open in an execution and `depth` levels below it; `None` if there is no such execution.
pub(super) async fn gather(app: &App, id: Id, depth: usize, shows_nodes: bool) -> Result<Option<Open>, Error> {
    let mut connection = app.reads.diagnosis.connection().await?;
    let snapshot = connection.begin().await?;
    let Some(execution) = snapshot.execution(id).await? else {
        return Ok(None);
    };
    let parent = match execution.task_id {
        Some(task) => match snapshot.task_execution(task).await? {
            Some(parent) => snapshot.execution(parent).await?,
            None => None,
        },
        None => None,
    };
    let shard = snapshot.shard(execution.root_id.shard()).await?;
    let mut open = Open {
        parent,
        shard,
        nodes: snapshot.nodes().await?,
        shows_nodes,
        mode: snapshot.maintenance().await?,
        tasks: HashMap::new(),
        actions: HashMap::new(),
        sub_executions: HashMap::new(),
        commanded: HashSet::new(),
        failed_actions: HashMap::new(),
        children: HashMap::new(),
        timers: HashMap::new(),
        joins: HashSet::new(),
        reasons: HashMap::new(),
        unexplained: Vec::new(),
        truncated: false,
        execution,
    };
    let mut level = vec![open.execution.clone()];
    let mut rows = 0;
    let mut runs = Vec::new();
    let failed = open.execution.state == State::Error;
    if open.execution.state.is_completed() && !failed {
        return Ok(Some(open));
    }
    for below in 0.. {
        if level.is_empty() {
            break;
        }
        if below > depth || rows > MAX_ROWS {
            open.unexplained.extend(level.iter().map(|execution| execution.id));
            open.truncated = true;
            break;
        }
        let (count, next) = match failed {
            true => open.read_failures(&*snapshot, &level).await?,
            false => open.read_level(app, &*snapshot, &level, &mut runs).await?,
        };
        rows += count;
        level = next;
    }
    if !failed {
        open.reasons = excerpt::reasons(app, &*snapshot, &open, runs).await?;
        open.truncated |= open.reasons.values().flatten().any(is_long);
    }
    Ok(Some(open))
}

impl Open {
    /// Reads what is open in these executions; returns the number of rows, and the executions below.
    async fn read_level(
        &mut self,
        app: &App,
        snapshot: &dyn Snapshot,
        level: &[OpenExecution],
        runs: &mut Vec<LastRun>,
    ) -> Result<(usize, Vec<OpenExecution>), Error> {
        let executions: Vec<Id> = level.iter().map(|execution| execution.id).collect();
        let tasks = snapshot.tasks(&executions, one_more(TASKS)).await?;
        let tasks = self.keep(tasks, TASKS, |task| task.execution_id);
        let ids = |wanted: &dyn Fn(&OpenTask) -> bool| -> Vec<Id> {
            let chosen = tasks.iter().filter(|task| !task.state.is_completed() && wanted(task));
            chosen.map(|task| task.id).collect()
        };
        let running = |task: &OpenTask| matches!(task.state, State::Running | State::Paused);
        let with_actions = ids(&|task| running(task) && task.kind == TaskKind::Action);
        let with_executions = ids(&|task| running(task) && task.kind == TaskKind::Workflow);
        let with_items = ids(&has_items);
        let all = ids(&|_| true);

        let mut rows = tasks.len();
        if !all.is_empty() {
            let timers = snapshot.timers(self.execution.root_id, &all, TIMERS + 1).await?;
            self.truncated |= timers.len() as i64 > TIMERS;
            rows += timers.len();
            group(&mut self.timers, timers, |timer| timer.task_id);
        }
        if !with_actions.is_empty() {
            let actions = snapshot.actions(&with_actions, one_more(ACTIONS)).await?;
            let actions = self.keep(actions, ACTIONS, |action| action.task_id);
            rows += actions.len();
            group(&mut self.actions, actions, |action| action.task_id);
        }
        let mut below = Vec::new();
        if !with_executions.is_empty() {
            let found = snapshot
                .sub_executions(&with_executions, one_more(SUB_EXECUTIONS))
                .await?;
            below = self.keep(found, SUB_EXECUTIONS, |execution| execution.task_id.unwrap_or_default());
            rows += below.len();
            group(&mut self.sub_executions, below.clone(), |execution| {
                execution.task_id.unwrap_or_default()
            });
        }
        if !with_items.is_empty() {
            self.children.extend(snapshot.children(&with_items).await?);
        }
        for task in tasks.iter().filter(|task| task.is_join && task.state == State::Waiting) {
            let Some(execution) = level.iter().find(|execution| execution.id == task.execution_id) else {
                continue;
            };
            if self.joins.len() == JOINS {
                self.truncated = true;
                break;
            }
            if let Some(found) = excerpt::last_runs(app, snapshot, execution, task).await? {
                rows += found.len().min(MISSING);
                runs.extend(found);
                self.joins.insert(task.id);
            }
        }
        group(&mut self.tasks, tasks, |task| task.execution_id);
        Ok((rows, below))
    }

    /// Reads what failed in these executions; returns the number of rows, and the executions below.
    async fn read_failures(
        &mut self,
        snapshot: &dyn Snapshot,
        level: &[OpenExecution],
    ) -> Result<(usize, Vec<OpenExecution>), Error> {
        let executions: Vec<Id> = level.iter().map(|execution| execution.id).collect();
        let tasks = snapshot.failed_tasks(&executions, one_more(TASKS)).await?;
        let mut tasks = self.keep(tasks, TASKS, |task| task.execution_id);
        // Where nothing went unheeded, a `fail` ended it: what it was the answer to is what people want to know.
        let heeded: Vec<Id> = executions
            .into_iter()
            .filter(|id| !tasks.iter().any(|task| task.execution_id == *id))
            .collect();
        if !heeded.is_empty() {
            let handled = snapshot.handled_tasks(&heeded, one_more(TASKS)).await?;
            tasks.extend(self.keep(handled, TASKS, |task| task.execution_id));
            self.commanded.extend(heeded);
        }
        let ids: Vec<Id> = tasks.iter().map(|task| task.id).collect();
        let mut rows = tasks.len();
        let mut below = Vec::new();
        if !ids.is_empty() {
            let actions = snapshot.failed_actions(&ids, one_more(ACTIONS)).await?;
            let actions = self.keep(actions, ACTIONS, |action| action.task_id);
            let found = snapshot.failed_executions(&ids, one_more(SUB_EXECUTIONS)).await?;
            below = self.keep(found, SUB_EXECUTIONS, |execution| execution.task_id.unwrap_or_default());
            rows += actions.len() + below.len();
            group(&mut self.failed_actions, actions, |action| action.task_id);
            group(&mut self.sub_executions, below.clone(), |execution| {
                execution.task_id.unwrap_or_default()
            });
        }
        group(&mut self.tasks, tasks, |task| task.execution_id);
        Ok((rows, below))
    }

    /// The rows within the limit; notes whether there were more.
    fn keep<T>(&mut self, rows: Vec<T>, limit: Limit, parent: impl Fn(&T) -> Id) -> Vec<T> {
        let mut counts: HashMap<Id, i64> = HashMap::new();
        let before = rows.len();
        let mut kept = Vec::with_capacity(before);
        for row in rows {
            let count = counts.entry(parent(&row)).or_default();
            *count += 1;
            if *count <= limit.of_each && (kept.len() as i64) < limit.in_all {
                kept.push(row);
            }
        }
        self.truncated |= kept.len() < before;
        kept
    }
}

/// Whether a reason names more tasks than are shown.
fn is_long(reason: &Reason) -> bool {
    matches!(reason, Reason::Task(_, Wait::Join(arrived)) if arrived.missing.len() > MISSING)
}

/// Whether a task runs once per item.
pub(super) fn has_items(task: &OpenTask) -> bool {
    task.runtime_context.contains("\"with_items\"")
}

fn one_more(limit: Limit) -> Limit {
    Limit {
        of_each: limit.of_each + 1,
        in_all: limit.in_all + 1,
    }
}

fn group<T>(groups: &mut HashMap<Id, Vec<T>>, rows: Vec<T>, key: impl Fn(&T) -> Id) {
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
}
