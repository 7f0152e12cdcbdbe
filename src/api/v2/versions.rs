//! `/v2/workflows/{identifier}/versions`: what earlier uploads of a workflow said. An addition of ours.

use serde_json::{Value as Json, json};

use super::super::App;
use super::super::error::Error;
use super::super::openapi::{self, Description};
use super::super::reply::Reply;
use super::super::request::Request;
use mistral_model::Id;
use mistral_store::definitions::WorkflowDefinition;
use mistral_store::versions::{Said, Version};

pub(super) fn describe_list(_: &'static str) -> Description {
    use openapi::describe;
    Description::new("List the versions of a workflow")
        .described("The newest first, at most 100; older ones are forgotten. The first change after an upgrade begins the list.")
        .query(vec![describe::namespace()])
        .answers(
            200,
            describe::object(
                vec![(
                    "versions",
                    json!({"type": "array", "items": describe::reference("WorkflowVersion")}),
                )],
                &["versions"],
            ),
        )
        .refuses(&[404])
}

pub(super) fn describe_get(_: &'static str) -> Description {
    use openapi::describe;
    Description::new("Get a version of a workflow with its text")
        .query(vec![describe::namespace()])
        .answers(200, describe::reference("WorkflowVersion"))
        .refuses(&[404])
}

/// The object, for the document.
pub(super) fn schema() -> Json {
    use openapi::describe;
    let text = |about: &str| json!({"type": "string", "description": about});
    describe::object(
        vec![
            (
                "version",
                json!({"type": "integer", "description": "Number, from 1 on."}),
            ),
            (
                "spec_hash",
                text("What it says, as a hash; executions are pinned to it."),
            ),
            (
                "checksum",
                json!({"type": ["string", "null"], "description": "Checksum of its text."}),
            ),
            (
                "user_id",
                json!({"type": ["string", "null"], "description": "Who uploaded it."}),
            ),
            ("created_at", text("When.")),
            ("definition", text("Its text; of a single one.")),
        ],
        &["version", "spec_hash", "created_at"],
    )
}

pub(super) async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("workflows:get").await?;
    let id = workflow(app, request).await?;
    let versions = app.reads.versions.list(id).await?;
    let shown: Vec<Json> = versions.iter().map(json_of).collect();
    Ok(Reply::raw("application/json", json!({"versions": shown}).to_string()))
}

pub(super) async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("workflows:get").await?;
    let id = workflow(app, request).await?;
    let text = request.segment(1);
    let missing = || Error::not_found(format!("There is no version {text} of the workflow."));
    let number = text.parse().map_err(|_| missing())?;
    let version = app.reads.versions.get(id, number).await?.ok_or_else(missing)?;
    Ok(Reply::raw("application/json", json_of(&version).to_string()))
}

async fn workflow(app: &App, request: &Request) -> Result<Id, Error> {
    let namespace = request.query.get("namespace").unwrap_or_default();
    Ok(app.workflow(request, request.segment(0), namespace).await?.id)
}

fn json_of(version: &Version) -> Json {
    let mut shown = json!({
        "version": version.version, "spec_hash": version.spec_hash.to_string(), "checksum": version.checksum,
        "user_id": version.user_id, "created_at": version.created_at.to_text(),
    });
    if let Some(definition) = &version.definition {
        shown["definition"] = definition.as_str().into();
    }
    shown
}

/// Notes what workflows say. Their upload has succeeded, whatever becomes of the notes.
pub(super) async fn note<'a>(
    app: &App,
    user: Option<&str>,
    workflows: impl Iterator<Item = &'a WorkflowDefinition> + Send,
) {
    let said = workflows.map(|workflow| Said {
        workflow: workflow.id,
        spec_hash: workflow.spec_hash,
        checksum: workflow.checksum.as_deref(),
        definition: &workflow.definition,
        user_id: user,
        at: workflow.updated_at.unwrap_or(workflow.created_at),
    });
    let said: Vec<Said<'_>> = said.collect();
    if let Err(error) = app.reads.versions.note(&said).await {
        tracing::warn!(%error, "versions of workflows are not noted");
    }
}
