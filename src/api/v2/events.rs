//! `/v2/events`: changes as they happen, as server-sent events. An addition of ours; upstream has nothing like it.

use std::time::Duration;

use serde_json::json;

use super::super::App;
use super::super::error::Error;
use super::super::live::{MAX_ROWS, Subject};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::reply::{Body, Reply};
use super::super::request::Request;
use super::executions;
use super::statistics::project;
use http::{HeaderName, HeaderValue, StatusCode, header};
use mistral_auth::{Refusal, Sent};
use mistral_model::Id;
use mistral_store::list::columns;
use mistral_store::list::tables::EXECUTION;

/// What `/v2/events` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "events",
    about: "Changes as they happen.",
    operations: &[Operation::new(
        Verb::Get,
        "/v2/events",
        handler!(events),
        &["executions:get", "executions:list"],
        describe_events,
    )
    .any_accept()],
    ..Declaration::BARE
};

/// What one stream may be about.
const MAX_WATCHES: usize = 32;

/// How often it is asked whether readers of open streams are still let in.
const ASKED_ANEW: Duration = Duration::from_secs(5);

/// How much earlier than `since` is asked: clocks differ.
const OVERLAP: i64 = 5_000_000;

fn describe_events(_: &'static str) -> Description {
    let mut description = Description::new("Follow changes as they happen")
        .described(
            "Server-sent events. `tasks`: tasks of a watched execution that changed, in columns, times in microseconds since 1970; \
             `execution`: itself; `executions`: new executions, and changes of executions; `gap`: more changed than is told, fetch \
             `watch` again (all, if it is empty); `bye`: the server stops, or the token has ended. At most four messages a second \
             (fewer where more than 25 watch the same) and 500 rows a message of each watch; a line with a colon every 15 seconds. \
             Changes may come twice, the latest counts. 429 beyond 1,000 streams of a process.",
        )
        .query(vec![
            describe::parameter(
                "watch",
                json!({"type": "string"}),
                "`executions`, `execution:<id>`, or several with commas between them, 32 at most.",
            ),
            describe::parameter(
                "since",
                json!({"type": "integer"}),
                "Tasks that changed since then are told at once: the `id` of the last event, or `cursor` of a time line.",
            ),
        ])
        .refuses(&[404, 429]);
    description.success = Some((
        200,
        json!({"description": "The stream.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}),
    ));
    description
}

async fn events(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["watch", "since"])?;
    let wanted: Vec<&str> = request
        .query
        .get("watch")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    if wanted.is_empty() || wanted.len() > MAX_WATCHES {
        return Err(Error::bad_request(format!("'watch' names 1 to {MAX_WATCHES} things.")));
    }
    let since = request.query.int("since")?;
    let mut subjects = Vec::with_capacity(wanted.len());
    for text in wanted {
        subjects.push(subject(app, request, text).await?);
    }
    let shown = request.identity.is_authenticated.then(|| request.headers.clone());
    let Some(stream) = app.live.open(&subjects, project(request), shown) else {
        return Err(Error::new(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many streams are open at this process.",
        ));
    };
    // What changes from here on comes by the stream; what changed before is read.
    let mut first = b"retry: 2000\n\n".to_vec();
    if let Some(since) = since {
        for subject in &subjects {
            if let Subject::Execution { id, shown, .. } = subject {
                first.extend_from_slice(&missed(app, *id, shown, since).await?);
            }
        }
    }
    let mut reply = Reply::raw("text/event-stream", first);
    reply.body = Body::stream(reply.body, stream);
    reply
        .headers
        .push((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    let buffering = HeaderName::from_static("x-accel-buffering");
    reply.headers.push((buffering, HeaderValue::from_static("no")));
    Ok(reply)
}

async fn subject(app: &App, request: &Request, text: &str) -> Result<Subject, Error> {
    if text == "executions" {
        request.enforce("executions:list").await?;
        return Ok(Subject::Executions);
    }
    let Some(id) = text.strip_prefix("execution:") else {
        return Err(Error::bad_request(format!(
            "'{text}' cannot be watched: 'executions' and 'execution:<id>' can."
        )));
    };
    request.enforce("executions:get").await?;
    let records = executions::find(app, request, id, &columns(&EXECUTION, &["id", "root_id"])).await?;
    let missing = || super::unexpected("an id");
    Ok(Subject::Execution {
        id: records.id(0, "id")?.ok_or_else(missing)?,
        root: records.id(0, "root_id")?.ok_or_else(missing)?,
        shown: id.to_owned(),
    })
}

/// Tasks that changed before the stream began.
async fn missed(app: &App, id: Id, shown: &str, since: i64) -> Result<bytes::Bytes, Error> {
    let since = since.saturating_sub(OVERLAP);
    let tasks = app.reads.follow.tasks(id, Id(0), since, MAX_ROWS as i64 + 1).await?;
    Ok(app.live.missed(shown, tasks))
}

/// Ends streams whose readers' tokens have ended or were taken back; runs as long as the server. An identity service that does not answer
/// ends none.
pub(crate) async fn ask_anew(app: &App) {
    loop {
        tokio::time::sleep(ASKED_ANEW).await;
        for (number, headers) in app.live.readers() {
            let sent = Sent {
                method: "GET",
                path: "/v2/events",
                headers: &headers,
            };
            if let Err(Refusal::Unauthenticated(_)) = app.access.authenticator.authenticate(sent).await {
                app.live.close(number);
            }
        }
    }
}
