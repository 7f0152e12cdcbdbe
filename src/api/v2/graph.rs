//! `/v2/workflows/{identifier}/graph`, `/v2/executions/{id}/graph` and `/v2/graphs`: the tasks of a definition and what leads from
//! one to another, what has not run included. An addition of ours; upstream has nothing like it.

use std::sync::Arc;

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Family, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::super::work;
use super::executions;
use http::header;
use mistral_lang as lang;
use mistral_lang::spec::{Call, Destination, Join, Kind, Policies, Task, Transition, Workflow};
use mistral_lang::template::Template;
use mistral_model::{Id, json as model_json};
use mistral_store::list::tables::EXECUTION;
use mistral_store::list::{Cell, columns};
use pyyaml::Located;
use serde_json::json;

/// What `/v2/graphs` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "graphs",
    about: "Graphs of documents that are not stored.",
    operations: &[
        Operation::new(Verb::Post, "/v2/graphs", handler!(of_text), &[], describe_of_text)
            .family(Family::Validation)
            .only_asks(),
    ],
    objects: &[("Graph", schema)],
    ..Declaration::BARE
};

fn describe_of_text(_: &'static str) -> Description {
    Description::new("Tasks of a document that is not stored, and what leads from one to another")
        .described(
            "Of the first workflow, or the one that is named. A document that is not valid is shown as far as it can be read; \
             `notes` say what could not. 400 if it is no YAML, or no workflow can be read.",
        )
        .text_body("The document.", "version: '2.0'\ngreet:\n  tasks:\n    say: {action: std.noop}\n")
        .query(vec![describe::parameter(
            "name",
            serde_json::json!({"type": "string"}),
            "The workflow to show.",
        )])
        .answers(200, describe::reference("Graph"))
}

/// The graph of a document as it stands in an editor.
pub(super) async fn of_text(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["name"])?;
    let text = request.take_text()?;
    let name = request.query.get("name").map(str::to_owned);
    let options = app.options.expressions.clone();
    let drawn = work::run(request.client(), text.len() >= work::LARGE_DOCUMENT, move || {
        // Refused, it may still be read.
        let notes: Vec<Note> = match lang::parse_workflows(&text, true, &options) {
            Ok(_) => Vec::new(),
            Err(error) => vec![Note::invalid(error.message)],
        };
        let documents = lang::parse_workflows(&text, false, &options).map_err(Error::from)?;
        let wanted =
            |document: &&lang::document::WorkflowDocument| name.as_deref().is_none_or(|name| &*document.name == name);
        let document = documents
            .iter()
            .find(wanted)
            .ok_or_else(|| Error::bad_request("There is no such workflow in the document."))?;
        let workflow = lang::compile_workflow(&document.raw, &options).map_err(Error::from)?;
        let (hash, _) = super::definitions::content(&document.raw);
        let lines = Lines::of(&text, &workflow.name);
        Ok::<Writer, Error>(written(hash, &workflow, None, &lines, &notes))
    });
    Ok(Reply::ok(drawn.await??))
}

/// What of a document cannot be shown, or is wrong with it.
struct Note {
    code: &'static str,
    /// Position of the task that it is about.
    node: Option<usize>,
    message: String,
}

impl Note {
    fn invalid(message: String) -> Note {
        Note {
            code: "invalid",
            node: None,
            message,
        }
    }

    /// What of a compiled workflow leads nowhere.
    fn of(workflow: &Workflow) -> Vec<Note> {
        let mut notes = Vec::new();
        for task in workflow.tasks.values().take(MAX_NODES) {
            let clauses = [&task.on_success, &task.on_error, &task.on_complete, &task.on_skip];
            for transition in clauses.into_iter().flatten() {
                if let Destination::Unknown(name) = &transition.to {
                    notes.push(Note {
                        code: "unknown_task",
                        node: Some(task.index),
                        message: format!("Task '{}' leads to '{name}', which is not there.", task.name),
                    });
                }
            }
        }
        notes.truncate(MAX_NOTES);
        notes
    }
}

/// On which line of a document each task begins.
#[derive(Default)]
struct Lines(std::collections::HashMap<String, usize>);

impl Lines {
    fn of(text: &str, workflow: &str) -> Lines {
        let Ok(Some(root)) = pyyaml::locate(text) else {
            return Lines::default();
        };
        let member = |node: &Located, name: &str| -> Option<Located> {
            let mut members = node.members().iter();
            members
                .find(|(key, _)| key_of(key) == Some(name))
                .map(|(_, value)| value.clone())
        };
        let Some(tasks) = member(&root, workflow).and_then(|workflow| member(&workflow, "tasks")) else {
            return Lines::default();
        };
        let lines = tasks.members().iter();
        Lines(
            lines
                .filter_map(|(key, _)| Some((key_of(key)?.to_owned(), key.span.line)))
                .collect(),
        )
    }
}

fn key_of(node: &Located) -> Option<&str> {
    match &node.shape {
        pyyaml::Shape::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// Bounds of an answer.
const MAX_NODES: usize = 10_000;
const MAX_EDGES: usize = 100_000;
const MAX_NOTES: usize = 100;

/// The graph of a stored workflow.
pub(super) async fn of_workflow(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["namespace"])?;
    request.enforce("workflows:get").await?;
    let namespace = request.query.get("namespace").unwrap_or_default();
    let workflow = app.workflow(request, request.segment(0), namespace).await?;
    let lines = Lines::of(&workflow.definition, &workflow.name);
    answer(app, request, workflow.spec_hash, workflow.project_id.as_deref(), &lines).await
}

/// The graph of the definition that an execution runs, whatever has become of it since.
pub(super) async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
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
    answer(app, request, hash, project, &Lines::default()).await
}

async fn answer(app: &App, request: &Request, hash: Id, project: Option<&str>, lines: &Lines) -> Result<Reply, Error> {
    // What a definition says is told by its hash, and where its tasks stand in the text by their lines.
    let places: usize = lines.0.values().sum();
    let etag = http::HeaderValue::from_str(&format!("\"{hash}-{places}\"")).ok();
    if etag.is_some() && request.headers.get(header::IF_NONE_MATCH) == etag.as_ref() {
        return Ok(Reply {
            status: http::StatusCode::NOT_MODIFIED,
            headers: etag.map(|etag| (header::ETAG, etag)).into_iter().collect(),
            ..Reply::empty()
        });
    }
    let workflow: Arc<Workflow> = app
        .compiled(hash, app.reads.runs.spec(hash))
        .await?
        .ok_or_else(|| super::unexpected("a spec"))?;
    let mut reply = Reply::ok(written(hash, &workflow, project, lines, &[]));
    reply.headers.extend(etag.map(|etag| (header::ETAG, etag)));
    Ok(reply)
}

fn written(hash: Id, workflow: &Workflow, project: Option<&str>, lines: &Lines, notes: &[Note]) -> Writer {
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
        node(&mut w, task, is_start, lines.0.get(&*task.name).copied());
    }
    w.end_array();
    w.key("edges");
    w.begin_array();
    let mut left = MAX_EDGES;
    for task in workflow.tasks.values().take(MAX_NODES) {
        edges(&mut w, task, &mut left);
    }
    w.end_array();
    w.key("notes");
    w.begin_array();
    for note in notes.iter().chain(&Note::of(workflow)) {
        w.begin_object();
        w.key("code");
        w.str(note.code);
        w.key("node");
        match note.node {
            Some(node) => w.int(node as i64),
            None => w.null(),
        }
        w.key("message");
        w.str(&note.message);
        w.end_object();
    }
    w.end_array();
    w.key("truncated");
    w.bool(workflow.tasks.len() > MAX_NODES || left == 0);
    w.end_object();
    w
}

fn node(w: &mut Writer, task: &Task, is_start: bool, line: Option<usize>) {
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
    w.key("line");
    match line {
        Some(line) => w.int(line as i64),
        None => w.null(),
    }
    w.key("concurrency");
    match &task.policies.concurrency {
        Some(template) => value(w, template),
        None => w.null(),
    }
    w.key("policies");
    policies(w, &task.policies);
    w.end_object();
}

/// Policies by name, with what the document says of them.
fn policies(w: &mut Writer, policies: &Policies) {
    w.begin_object();
    for (name, template) in policies.plain() {
        if let Some(template) = template {
            w.key(name);
            value(w, template);
        }
    }
    if let Some(retry) = &policies.retry {
        w.key("retry");
        w.begin_object();
        w.key("count");
        value(w, &retry.count);
        w.key("delay");
        value(w, &retry.delay);
        for (name, template) in [("break-on", &retry.break_on), ("continue-on", &retry.continue_on)] {
            if let Some(template) = template {
                w.key(name);
                value(w, template);
            }
        }
        w.end_object();
    }
    w.end_object();
}

/// What was written, expressions as texts.
fn value(w: &mut Writer, template: &Template) {
    w.raw(model_json::to_string(template.source()).as_bytes());
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

/// The schema of a graph.
fn schema() -> serde_json::Value {
    let flag = |about: &str| json!({"type": "boolean", "description": about});
    let number = |about: &str| json!({"type": "integer", "description": about});
    let node = describe::object(
        vec![
            ("name", describe::text("Name of the task.")),
            ("kind", describe::text("`action` or `workflow`.")),
            ("calls", describe::text("Name of what it calls, as written.")),
            (
                "join",
                json!({"type": ["string", "integer", "null"], "description": "`all`, or how many branches it waits for."}),
            ),
            ("with_items", flag("Whether it runs once per item.")),
            ("start", flag("Whether the workflow begins with it.")),
            (
                "concurrency",
                json!({"type": ["integer", "string", "null"], "description": "How many items run at a time, as written."}),
            ),
            (
                "policies",
                json!({"type": "object", "description": "Its policies by name (`retry`, `timeout`, …), as written."}),
            ),
        ],
        &[
            "name",
            "kind",
            "calls",
            "join",
            "with_items",
            "start",
            "line",
            "concurrency",
            "policies",
        ],
    );
    let note = describe::object(
        vec![
            ("code", describe::text("`invalid` or `unknown_task`.")),
            (
                "node",
                json!({"type": ["integer", "null"], "description": "Position of the task that it is about."}),
            ),
            ("message", describe::text("In words.")),
        ],
        &["code", "node", "message"],
    );
    let edge = describe::object(
        vec![
            ("from", number("Position of the task it leads away from.")),
            (
                "to",
                number("Position of the task it leads to; -1: noop, -2: fail, -3: succeed, -4: pause."),
            ),
            (
                "on",
                describe::text("`success`, `error`, `complete`, `skip` or `requires`."),
            ),
            (
                "condition",
                describe::nullable(describe::text("Its condition, as written.")),
            ),
        ],
        &["from", "to", "on", "condition"],
    );
    describe::object(
        vec![
            ("spec_hash", describe::text("What the definition says, as a hash.")),
            ("name", describe::text("Name of the workflow.")),
            (
                "project_id",
                describe::nullable(describe::text("Project that it belongs to.")),
            ),
            ("kind", describe::text("`direct` or `reverse`.")),
            (
                "nodes",
                json!({"type": "array", "items": node, "description": "Tasks in the order of the document, at most 10,000."}),
            ),
            (
                "edges",
                json!({"type": "array", "items": edge, "description": "Transitions, at most 100,000."}),
            ),
            (
                "notes",
                json!({"type": "array", "items": note, "description": "What of it could not be read or leads nowhere, at most 100."}),
            ),
            ("truncated", flag("Whether something was left out.")),
        ],
        &[
            "spec_hash",
            "name",
            "project_id",
            "kind",
            "nodes",
            "edges",
            "notes",
            "truncated",
        ],
    )
}
