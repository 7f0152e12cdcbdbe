//! `/v2/search`: things by a few characters. An addition of ours.

use std::time::Duration;

use parking_lot::Mutex;
use serde_json::json;

use super::super::App;
use super::super::error::Error;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::statistics::project;
use mistral_store::search::{Hit, Viewer};

/// What `/v2/search` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "search",
    about: "Finding things by a few characters.",
    operations: &[Operation::new(
        Verb::Get,
        "/v2/search",
        handler!(search),
        &["executions:list"],
        describe_search,
    )],
    ..Declaration::BARE
};

/// How long is looked.
const PATIENCE: Duration = Duration::from_millis(200);

/// Hits of one kind.
const MOST: i64 = 50;

fn describe_search(_: &'static str) -> Description {
    let text = |about: &str| json!({"type": "string", "description": about});
    let hit = describe::object(
        vec![
            (
                "type",
                text("`execution`, `task`, `action_execution`, `workflow`, `workbook`, `action`, `environment`, …"),
            ),
            ("id", text("Its id.")),
            ("name", text("Its name; of an execution, that of its workflow.")),
            (
                "state",
                json!({"type": ["string", "null"], "description": "Its state, if it has one."}),
            ),
            (
                "matched",
                text("What was found: `id` (its beginning), `alias`, `name`, `description` (the whole), `tag`."),
            ),
        ],
        &["type", "id", "name", "state", "matched"],
    );
    Description::new("Find things by a few characters")
        .described("Looks for 200 ms at most; `partial` says that it did not come to an end.")
        .query(vec![
            describe::parameter(
                "q",
                json!({"type": "string", "minLength": 2}),
                "Two characters at least.",
            ),
            describe::parameter(
                "limit",
                json!({"type": "integer"}),
                "Hits of each kind, at most 50; 5 without it.",
            ),
        ])
        .answers(
            200,
            describe::object(
                vec![
                    ("results", json!({"type": "array", "items": hit})),
                    (
                        "partial",
                        json!({"type": "boolean", "description": "Whether time ran out."}),
                    ),
                ],
                &["results", "partial"],
            ),
        )
}

async fn search(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["q", "limit"])?;
    request.enforce("executions:list").await?;
    let text = request.query.get("q").unwrap_or_default().trim();
    if text.chars().count() < 2 || text.len() > 255 {
        return Err(Error::bad_request("'q' has to have 2 to 255 characters."));
    }
    let limit = request.query.int("limit")?.unwrap_or(5).clamp(1, MOST);
    let found = Mutex::new(Vec::new());
    let viewer = Viewer {
        project: project(request),
    };
    let looking = app.reads.search.search(text, viewer, limit, &found);
    // Given up, the read is cancelled in the database.
    let partial = match tokio::time::timeout(PATIENCE, looking).await {
        Ok(outcome) => {
            outcome?;
            false
        }
        Err(_) => true,
    };
    let shown = |hit: &Hit| {
        json!({
            "type": hit.kind, "id": hit.alias.clone().unwrap_or_else(|| hit.id.to_string()), "name": hit.name,
            "state": hit.state.map(|state| state.name()), "matched": hit.matched,
        })
    };
    let results: Vec<_> = found.lock().iter().map(shown).collect();
    let answer = json!({"results": results, "partial": partial});
    Ok(Reply::raw("application/json", answer.to_string()))
}
