//! `/v2/executions/{id}/snapshot`: a run as one file, which the console opens again without a server. One JSON object a line, each
//! with the path that it answers: `{"path", "body"}`. An addition of ours; upstream has nothing like it.

use serde_json::{Value as Json, json};

use super::super::App;
use super::super::error::Error;
use super::super::openapi::{self, Description};
use super::super::reply::{Body, Reply};
use super::super::request::Request;
use super::{errors, executions, graph, tasks, timeline, why};
use mistral_model::Id;
use mistral_store::list::columns;
use mistral_store::list::tables::EXECUTION;

/// Largest file, bytes, and tasks that are in it with their payloads.
const MAX_BYTES: usize = 64 << 20;
const MAX_TASKS: usize = 2_000;

pub(super) fn describe(_: &'static str) -> Description {
    use openapi::describe;
    let mut description = Description::new("An execution as one file")
        .described(
            "Newline-delimited JSON: a line per answer of this API about the execution, `{\"path\", \"body\"}`: itself, its graph, \
             time line, reasons and errors, and its tasks with their results. 64 MB and 2,000 tasks at most; the last line says \
             whether something was left out.",
        )
        .query(vec![describe::parameter(
            "payloads",
            json!({"enum": ["all", "keys", "none"]}),
            "`keys` shows the names of what inputs, outputs and results hold, and the kinds of their values; `none` leaves them out.",
        )])
        .refuses(&[404]);
    description.success = Some((
        200,
        json!({"description": "The file.", "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}),
    ));
    description
}

pub(super) async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["payloads"])?;
    request.enforce("executions:snapshot").await?;
    let payloads = match request.query.get("payloads") {
        None | Some("all") => Payloads::All,
        Some("keys") => Payloads::Keys,
        Some("none") => Payloads::None,
        Some(other) => {
            return Err(Error::bad_request(format!(
                "'{other}' is none of 'all', 'keys', 'none'."
            )));
        }
    };
    let with_payloads = payloads != Payloads::None;
    let text = request.segment(0).to_owned();
    let records = executions::find(app, request, &text, &columns(&EXECUTION, &["id"])).await?;
    let id = records.id(0, "id")?.ok_or_else(|| super::unexpected("an id"))?;
    let base = format!("/v2/executions/{text}");
    let now = app.clock.now().0;
    let mut file = File {
        payloads,
        ..File::default()
    };
    file.add(
        "",
        json!({"kind": "mistral-execution", "version": 1, "execution": text, "taken_us": now})
            .to_string()
            .as_bytes(),
    );
    let fields = "id,workflow_id,workflow_name,workflow_namespace,description,task_execution_id,root_execution_id,state,\
                  state_info,created_at,updated_at,project_id,tags";
    let itself = match with_payloads {
        true => executions::get(app, &request.asking(&[&text], "")?).await?,
        false => executions::get(app, &request.asking(&[&text], &format!("fields={fields}"))?).await?,
    };
    file.add_object(&base, itself.body.collect());
    let asked = request.asking(&[&text], "")?;
    file.add(
        &format!("{base}/graph"),
        &graph::of_execution(app, &asked).await?.body.collect(),
    );
    file.add(
        &format!("{base}/timeline"),
        &timeline::of_execution(app, &asked).await?.body.collect(),
    );
    file.add(&format!("{base}/why"), &why::why(app, &asked).await?.body.collect());
    file.add(
        &format!("{base}/errors"),
        errors::json_of(app, id).await?.to_string().as_bytes(),
    );
    let mut truncated = false;
    if with_payloads {
        truncated = add_tasks(app, request, id, &mut file).await?;
    }
    file.add(
        "",
        json!({"truncated": truncated || file.is_full}).to_string().as_bytes(),
    );
    let mut reply = Reply::raw("application/x-ndjson", file.text);
    let name = format!("attachment; filename=\"execution-{id}.ndjson\"");
    if let Ok(value) = http::HeaderValue::from_str(&name) {
        reply.headers.push((http::header::CONTENT_DISPOSITION, value));
    }
    Ok(reply)
}

/// Each task with its result and actions; whether some were left out.
async fn add_tasks(app: &App, request: &Request, id: Id, file: &mut File) -> Result<bool, Error> {
    let found = {
        let follow = &app.reads.follow;
        follow.tasks(id, Id(0), i64::MIN, MAX_TASKS as i64 + 1).await?
    };
    for task in found.iter().take(MAX_TASKS) {
        if file.is_full {
            return Ok(true);
        }
        let id = task.id.to_string();
        let whole = tasks::get(app, &request.asking(&[&id], "")?).await?;
        file.add_object(&format!("/v2/tasks/{id}"), whole.body.collect());
        let actions = tasks::actions(app, &request.asking(&[&id], "limit=50&include_output=true")?).await?;
        file.add_object(&format!("/v2/tasks/{id}/action_executions"), actions.body.collect());
    }
    Ok(found.len() > MAX_TASKS)
}

/// How much of inputs, outputs and results a file shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Payloads {
    #[default]
    All,
    /// The names in them, and the kinds of their values.
    Keys,
    None,
}

/// Members that hold what is somebody's own.
const OWN: [&str; 6] = ["input", "output", "params", "result", "published", "runtime_context"];

/// Members of a list whose kinds are shown.
const SHOWN: usize = 20;

/// Replaces the values in what is somebody's own by their kinds.
fn hide(object: &mut Json) {
    match object {
        Json::Object(members) => {
            for (name, value) in members {
                match value {
                    _ if !OWN.contains(&name.as_str()) => hide(value),
                    // JSON inside a text, as the API has it.
                    Json::String(text) => {
                        let inner = serde_json::from_str(text).map_or(json!("string"), kinds);
                        *value = json!(inner.to_string());
                    }
                    value => *value = kinds(value.take()),
                }
            }
        }
        Json::Array(all) => all.iter_mut().for_each(hide),
        _ => {}
    }
}

/// A value with its names and without what they hold.
fn kinds(value: Json) -> Json {
    match value {
        Json::Object(members) => members.into_iter().map(|(name, value)| (name, kinds(value))).collect(),
        Json::Array(all) => all.into_iter().take(SHOWN).map(kinds).collect(),
        Json::String(_) => json!("string"),
        Json::Number(_) => json!("number"),
        Json::Bool(_) => json!("boolean"),
        Json::Null => Json::Null,
    }
}

#[derive(Default)]
struct File {
    text: Vec<u8>,
    is_full: bool,
    payloads: Payloads,
}

impl File {
    /// As [`File::add`], with as much of the payloads as is wanted.
    fn add_object(&mut self, path: &str, body: Vec<u8>) {
        if self.payloads != Payloads::Keys {
            return self.add(path, &body);
        }
        let mut object: Json = serde_json::from_slice(&body).unwrap_or_default();
        hide(&mut object);
        self.add(path, object.to_string().as_bytes());
    }

    fn add(&mut self, path: &str, body: &[u8]) {
        if self.text.len() + body.len() > MAX_BYTES {
            self.is_full = true;
            return;
        }
        self.text.extend_from_slice(b"{\"path\": ");
        self.text.extend_from_slice(json!(path).to_string().as_bytes());
        self.text.extend_from_slice(b", \"body\": ");
        self.text.extend_from_slice(body);
        self.text.extend_from_slice(b"}\n");
    }
}

impl Body {
    /// All of a body at once.
    fn collect(mut self) -> Vec<u8> {
        let mut all = Vec::new();
        while let Some(piece) = self.piece() {
            all.extend_from_slice(&piece);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_and_values_are_not() {
        let mut body = json!({
            "id": "1", "state": "ERROR", "input": "{\"vm\": {\"name\": \"web\", \"ports\": [80, true, null]}}",
            "output": "no JSON", "action_executions": [{"name": "std.echo", "output": {"result": "secret"}}],
        });
        hide(&mut body);
        assert_eq!(
            body,
            json!({
                "id": "1", "state": "ERROR", "input": "{\"vm\":{\"name\":\"string\",\"ports\":[\"number\",\"boolean\",null]}}",
                "output": "\"string\"", "action_executions": [{"name": "std.echo", "output": {"result": "string"}}],
            })
        );
    }
}
