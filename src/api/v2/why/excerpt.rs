//! What was read, as the tree that the engine would make of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use http::StatusCode;

use super::super::super::App;
use super::super::super::error::Error;
use super::gather::Open;
use mistral_flow::explain::Reason;
use mistral_flow::{ActionDefinition, Definitions, Failure, Lack, Options, Rows, TimerEvent, Tree, WorkflowDefinition};
use mistral_lang::spec::Workflow;
use mistral_model::{Id, Payload, record};
use mistral_store::diagnosis::{LastRun, OpenAction, OpenExecution, OpenTask, OpenTimer, Snapshot};

/// The last runs of the tasks that a join waits for; `None` if its definition is gone.
pub(super) async fn last_runs(
    app: &App,
    snapshot: &dyn Snapshot,
    execution: &OpenExecution,
    task: &OpenTask,
) -> Result<Option<Vec<LastRun>>, Error> {
    let hash = execution.spec_hash;
    let Some(workflow) = app.compiled(hash, snapshot.spec(hash)).await? else {
        return Ok(None);
    };
    let Some(spec) = workflow.tasks.get(task.name.as_str()) else {
        return Ok(None);
    };
    let inbound = spec.inbound.iter().filter_map(|index| workflow.tasks.get_index(*index));
    let names: Vec<&str> = inbound.map(|(name, _)| &**name).collect();
    Ok(Some(snapshot.last_runs(execution.id, &names).await?))
}

/// Why each of the executions that are explained does not go on: the engine's own answer.
pub(super) async fn reasons(
    app: &App,
    snapshot: &dyn Snapshot,
    open: &Open,
    runs: Vec<LastRun>,
) -> Result<HashMap<Id, Vec<Reason>>, Error> {
    let executions: Vec<&OpenExecution> = std::iter::once(&open.execution)
        .chain(open.sub_executions.values().flatten())
        .collect();
    let mut specs = Specs::default();
    for hash in executions.iter().map(|execution| execution.spec_hash) {
        if !specs.0.contains_key(&hash)
            && let Some(workflow) = app.compiled(hash, snapshot.spec(hash)).await?
        {
            specs.0.insert(hash, workflow);
        }
    }
    let rows = Rows {
        executions: executions.iter().map(|execution| execution_row(execution)).collect(),
        tasks: task_rows(open, runs),
        actions: open.actions.values().flatten().map(action_row).collect(),
        queued: Vec::new(),
        timers: open.timers.values().flatten().filter_map(timer).collect(),
    };
    let tree = Tree::load(open.execution.id, rows, &specs, &Options::default()).map_err(unreadable)?;
    let unexplained: HashSet<&Id> = open.unexplained.iter().collect();
    let explained = executions
        .iter()
        .filter(|execution| !unexplained.contains(&execution.id));
    let reasons = explained.filter_map(|execution| Some((execution.id, tree.explain(tree.execution(execution.id)?))));
    Ok(reasons.collect())
}

fn unreadable(failure: Failure) -> Error {
    let why = match failure {
        Failure::Workflow(why) | Failure::Task(why) => why,
        Failure::Refused(refusal) => refusal.message,
        Failure::Needs(needs) => format!("{needs:?}"),
    };
    Error::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        format!("The execution cannot be read: {why}"),
    )
}

fn execution_row(open: &OpenExecution) -> record::Execution {
    record::Execution {
        id: open.id,
        root_id: open.root_id,
        task_id: open.task_id,
        spec_hash: open.spec_hash,
        state: open.state,
        state_info: open.state_info.as_deref().map(Into::into),
        runtime_context: Payload::from_json(open.runtime_context.clone()),
        created_at: open.created_at,
        ..record::Execution::default()
    }
}

/// Open tasks, with those that joins wait for.
fn task_rows(open: &Open, runs: Vec<LastRun>) -> Vec<record::Task> {
    let root_id = open.execution.root_id;
    let mut rows: HashMap<Id, record::Task> = HashMap::new();
    for task in open.tasks.values().flatten() {
        let row = record::Task {
            id: task.id,
            execution_id: task.execution_id,
            root_id,
            name: task.name.as_str().into(),
            kind: task.kind,
            state: task.state,
            state_info: task.state_info.as_deref().map(Into::into),
            runtime_context: Payload::from_json(task.runtime_context.clone()),
            is_join: task.is_join,
            created_at: task.created_at,
            ..record::Task::default()
        };
        rows.insert(task.id, row);
    }
    for run in runs {
        let row = rows.entry(run.id).or_insert_with(|| record::Task {
            id: run.id,
            execution_id: run.execution_id,
            root_id,
            name: run.name.as_str().into(),
            state: run.state,
            // Else it would be among the open ones.
            processed: true,
            ..record::Task::default()
        });
        row.next_tasks = run.next_tasks.map(Payload::from_json);
    }
    rows.into_values().collect()
}

fn action_row(open: &OpenAction) -> record::Action {
    record::Action {
        id: open.id,
        task_id: Some(open.task_id),
        name: open.name.as_str().into(),
        state: open.state,
        is_sync: open.is_sync,
        created_at: open.created_at,
        ..record::Action::default()
    }
}

fn timer(open: &OpenTimer) -> Option<(Id, TimerEvent)> {
    let body = mistral_model::json::parse(open.body.as_bytes()).ok()?;
    Some((open.id, TimerEvent::from_value(&body)?))
}

/// The definitions of the executions; nothing else has to be known.
#[derive(Default)]
struct Specs(HashMap<Id, Arc<Workflow>>);

impl Definitions for Specs {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<Workflow>>, Lack> {
        Ok(self.0.get(&hash).cloned())
    }

    fn workflow(&self, _: &str, _: &str, _: Option<&str>) -> Result<Option<WorkflowDefinition>, Lack> {
        Ok(None)
    }

    fn action(&self, _: &str, _: &str, _: Option<&str>) -> Result<Option<Arc<ActionDefinition>>, Lack> {
        Ok(None)
    }
}
