//! `/v2/workflows/{identifier}/graph` and `/v2/executions/{id}/graph`: the tasks of a definition and what leads from one to
//! another, what has not run included. An addition of ours; upstream has nothing like it.

use std::sync::Arc;

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::reply::Reply;
use super::super::request::Request;
use super::executions;
use mistral_lang::spec::{Call, Destination, Join, Kind, Task, Transition, Workflow};
use mistral_model::Id;
use mistral_store::pg::list_tables::EXECUTION;
use mistral_store::pg::read::{Cell, columns};

/// Bounds of an answer.
const MAX_NODES: usize = 10_000;
const MAX_EDGES: usize = 100_000;

/// The graph of a stored workflow.
pub async fn of_workflow(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("workflows:get").await?;
    let namespace = request.query.get("namespace").unwrap_or_default();
    let workflow = app.workflow(request, request.segment(0), namespace).await?;
    answer(app, workflow.spec_hash, workflow.project_id.as_deref()).await
}

/// The graph of the definition that an execution runs, whatever has become of it since.
pub async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    request.enforce("executions:get").await?;
    let records = executions::find(
        app,
        request,
        request.segment(0),
        &columns(&EXECUTION, &["spec_hash", "project_id"]),
    )
    .await?;
    let hash = records.id(0, "spec_hash")?.ok_or_else(|| super::unexpected("a spec"))?;
    let project = match records.get(0, "project_id")? {
        Cell::Text(project) => Some(project),
        _ => None,
    };
    answer(app, hash, project).await
}

async fn answer(app: &App, hash: Id, project: Option<&str>) -> Result<Reply, Error> {
    let workflow: Arc<Workflow> = app
        .compiled(hash, app.reads.spec(hash))
        .await?
        .ok_or_else(|| super::unexpected("a spec"))?;
    let mut w = Writer::with_capacity(256 + workflow.tasks.len() * 256);
    w.begin_object();
    w.key("spec_hash");
    w.id(hash);
    w.key("name");
    w.str(&workflow.name);
    w.key("project_id");
    super::text(&mut w, project);
    w.key("kind");
    w.str(match workflow.kind {
        Kind::Direct => "direct",
        Kind::Reverse => "reverse",
    });
    w.key("nodes");
    w.begin_array();
    for task in workflow.tasks.values().take(MAX_NODES) {
        let is_start = workflow.start_tasks.contains(&task.index);
        node(&mut w, task, is_start);
    }
    w.end_array();
    w.key("edges");
    w.begin_array();
    let mut left = MAX_EDGES;
    for task in workflow.tasks.values().take(MAX_NODES) {
        edges(&mut w, task, &mut left);
    }
    w.end_array();
    w.key("truncated");
    w.bool(workflow.tasks.len() > MAX_NODES || left == 0);
    w.end_object();
    Ok(Reply::ok(w))
}

fn node(w: &mut Writer, task: &Task, is_start: bool) {
    let (kind, calls) = match &task.call {
        Call::Action(name) => ("action", &name.text),
        Call::Workflow(name) => ("workflow", &name.text),
    };
    w.begin_object();
    w.key("name");
    w.str(&task.name);
    w.key("kind");
    w.str(kind);
    w.key("calls");
    w.str(calls);
    w.key("join");
    match task.join {
        None => w.null(),
        Some(Join::All) => w.str("all"),
        Some(Join::Count(count)) => w.int(i64::from(count)),
    }
    w.key("with_items");
    w.bool(!task.with_items.is_empty());
    w.key("start");
    w.bool(is_start);
    w.key("policies");
    w.begin_array();
    let policies = &task.policies;
    let all = [
        ("pause-before", policies.pause_before.is_some()),
        ("wait-before", policies.wait_before.is_some()),
        ("wait-after", policies.wait_after.is_some()),
        ("fail-on", policies.fail_on.is_some()),
        ("retry", policies.retry.is_some()),
        ("timeout", policies.timeout.is_some()),
        ("concurrency", policies.concurrency.is_some()),
    ];
    for (name, _) in all.into_iter().filter(|(_, is_set)| *is_set) {
        w.str(name);
    }
    w.end_array();
    w.end_object();
}

/// What leads away from a task; of reverse workflows, what its requirements lead to.
fn edges(w: &mut Writer, task: &Task, left: &mut usize) {
    let clauses: [(&str, &[Transition]); 4] = [
        ("success", &task.on_success),
        ("error", &task.on_error),
        ("complete", &task.on_complete),
        ("skip", &task.on_skip),
    ];
    for (on, transitions) in clauses {
        for transition in transitions {
            let to = match transition.to {
                Destination::Task(index) if index < MAX_NODES => index as i64,
                Destination::Noop => -1,
                Destination::Fail => -2,
                Destination::Succeed => -3,
                Destination::Pause => -4,
                Destination::Task(_) | Destination::Unknown(_) => continue,
            };
            let condition = transition
                .condition
                .as_ref()
                .and_then(|template| template.source().as_str());
            edge(w, (task.index as i64, to), on, condition, left);
        }
    }
    for required in task.requires.iter().filter(|index| **index < MAX_NODES) {
        edge(w, (*required as i64, task.index as i64), "requires", None, left);
    }
}

fn edge(w: &mut Writer, (from, to): (i64, i64), on: &str, condition: Option<&str>, left: &mut usize) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    w.begin_object();
    w.key("from");
    w.int(from);
    w.key("to");
    w.int(to);
    w.key("on");
    w.str(on);
    w.key("condition");
    super::text(w, condition);
    w.end_object();
}
