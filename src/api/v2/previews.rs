//! `/v2/executions/{id}/preview` and `/v2/tasks/{id}/preview`: what a change would do, told without doing it. An addition of ours.

use http::StatusCode;
use serde_json::{Value as Json, json};

use super::super::App;
use super::super::body::{Attribute, Body};
use super::super::error::Error;
use super::super::openapi::{Description, describe};
use super::super::reply::Reply;
use super::super::request::Request;
use super::{executions, tasks};
use mistral_model::preview::Preview;
use mistral_model::request as engine;

/// Tasks of a tree that is looked at: it is read as a whole.
const MAX_TASKS: i64 = 20_000;

/// How a preview of a change is described.
pub(super) fn describe(
    what: &str,
    attributes: &'static [Attribute],
    required: &'static [&'static str],
    example: Json,
) -> Description {
    let summary = match what {
        "task" => "What running a task again, or skipping it, would do",
        _ => "What pausing, resuming or stopping an execution would do",
    };
    Description::new(summary)
        .described(
            "With the body of the `PUT`, of which nothing is done: the same decision is made on a copy of the tree as it is stored. It tells \
             what would follow at once; what comes of the results of actions that would be started is not known. At most 500 changes, \
             of trees of at most 20,000 tasks (409 for larger ones).",
        )
        .json_body(attributes, required, example)
        .answers(200, describe::reference("Preview"))
        .refuses(&[404, 409])
}

/// The object that is answered.
pub(super) fn schema() -> Json {
    let text = |about: &str| json!({"type": "string", "description": about});
    let or_null = |about: &str| json!({"type": ["string", "null"], "description": about});
    let number = |about: &str| json!({"type": "integer", "description": about});
    let task = describe::object(
        vec![
            ("task_id", or_null("The task; null: it would be made.")),
            ("workflow_execution_id", text("The execution that it belongs to.")),
            ("task_name", text("Its name.")),
            (
                "change",
                json!({"type": "string", "enum": ["start", "run_again", "wait", "end"], "description": "`start`: it runs for the first time; `run_again`: it had ended; `wait`: for others, a delay or somebody; `end`: it ends without having run."}),
            ),
            ("from", or_null("Its state now.")),
            ("to", text("Its state afterwards, as far as that is known.")),
        ],
        &["task_id", "workflow_execution_id", "task_name", "change", "from", "to"],
    );
    let execution = describe::object(
        vec![
            ("id", or_null("The execution; null: it would be made.")),
            ("workflow_name", text("Its workflow.")),
            ("from", or_null("Its state now.")),
            ("to", text("Its state afterwards.")),
        ],
        &["id", "workflow_name", "from", "to"],
    );
    describe::object(
        vec![
            (
                "allowed",
                json!({"type": "boolean", "description": "Whether the change would be accepted."}),
            ),
            ("message", or_null("Why not.")),
            (
                "would",
                json!({"type": "array", "items": task, "description": "Tasks that would change."}),
            ),
            (
                "executions",
                json!({"type": "array", "items": execution, "description": "Executions that would change."}),
            ),
            ("actions", number("Actions that would be started.")),
            (
                "dropped_actions",
                number("Running actions whose results nobody would wait for."),
            ),
            (
                "truncated",
                json!({"type": "boolean", "description": "Whether more would change than is told."}),
            ),
        ],
        &[
            "allowed",
            "message",
            "would",
            "executions",
            "actions",
            "dropped_actions",
            "truncated",
        ],
    )
}

pub(super) async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, executions::ARGUMENT, executions::ATTRIBUTES).await?;
    request.enforce("executions:get").await?;
    let wanted = executions::wanted(app, request, &body).await;
    answer(
        app,
        wanted.map(|wanted| engine::Request::UpdateExecution(wanted.update)),
    )
    .await
}

pub(super) async fn of_task(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, tasks::ARGUMENT, tasks::ATTRIBUTES).await?;
    request.enforce("tasks:get").await?;
    let wanted = tasks::wanted(app, request, &body).await;
    answer(app, wanted.map(|(rerun, _)| engine::Request::Rerun(rerun))).await
}

async fn answer(app: &App, wanted: Result<engine::Request, Error>) -> Result<Reply, Error> {
    let looked = match wanted {
        Ok(wanted) => look(app, wanted).await,
        Err(error) => Err(error),
    };
    match looked {
        Ok(preview) => Ok(reply(true, None, &preview)),
        // What the change itself would be refused with.
        Err(error) if error.status == StatusCode::BAD_REQUEST => {
            Ok(reply(false, Some(&error.message), &Preview::default()))
        }
        Err(error) => Err(error),
    }
}

async fn look(app: &App, wanted: engine::Request) -> Result<Preview, Error> {
    let follow = &app.reads.follow;
    let size = follow.tasks_of_tree(wanted.routing_id(), MAX_TASKS + 1).await?;
    if size > MAX_TASKS {
        return Err(Error::conflict(format!(
            "The tree of this execution has more than {MAX_TASKS} tasks: too many to look ahead."
        )));
    }
    let limit = app.options.engine_timeout;
    match tokio::time::timeout(limit, app.engine.preview(wanted)).await {
        Ok(preview) => Ok(preview?),
        Err(_) => Err(Error::engine_timeout("preview", limit)),
    }
}

fn reply(allowed: bool, message: Option<&str>, preview: &Preview) -> Reply {
    let tasks: Vec<Json> = (preview.tasks.iter())
        .map(|task| {
            json!({
                "task_id": task.task_id.map(|id| id.to_string()), "workflow_execution_id": task.execution_id.to_string(),
                "task_name": &*task.name, "change": task.change.name(),
                "from": task.from.map(|state| state.to_string()), "to": task.to.to_string(),
            })
        })
        .collect();
    let executions: Vec<Json> = (preview.executions.iter())
        .map(|one| {
            json!({
                "id": one.execution_id.map(|id| id.to_string()), "workflow_name": &*one.workflow_name,
                "from": one.from.map(|state| state.to_string()), "to": one.to.to_string(),
            })
        })
        .collect();
    let answer = json!({
        "allowed": allowed, "message": message, "would": tasks, "executions": executions,
        "actions": preview.actions, "dropped_actions": preview.dropped_actions, "truncated": preview.truncated,
    });
    Reply::raw("application/json", answer.to_string())
}
