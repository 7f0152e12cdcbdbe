//! `/v2/expressions`: tries an expression on data, its own or those of a task of any run; `/v2/expressions/functions`: what can be
//! called; `/v2/tasks/{id}/context`: what the expressions of a task saw. Additions of ours.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use std::time::Instant;

use serde_json::json;
use tokio::sync::Semaphore;

use super::super::App;
use super::super::body::{Attribute, Body, Kind};
use super::super::error::Error;
use super::super::json::Writer;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::{executions, tasks};
use mistral_expr::{Data, NoHost, Options, Scope};
use mistral_lang::Template;
use mistral_model::{Dict, Id, Value, json as model_json};
use mistral_store::follow;
use mistral_store::list::tables::{EXECUTION, TASK};
use mistral_store::list::{Cell, Records, columns};

/// What `/v2/expressions` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "expressions",
    about: "Trying expressions.",
    rules: &[Rule::owners(
        "expressions:evaluate",
        "Evaluate an expression on the data of a task.",
    )],
    operations: &[
        Operation::new(
            Verb::Post,
            "/v2/expressions",
            handler!(evaluate),
            &["expressions:evaluate", "tasks:get"],
            describe_evaluate,
        )
        .only_asks(),
        Operation::new(
            Verb::Get,
            "/v2/expressions/functions",
            handler!(functions),
            &[],
            describe_functions,
        ),
    ],
    words: &[
        ("expression", "A text with `<% … %>` or `{{ … }}`."),
        ("context", "Data that it sees."),
    ],
    ..Declaration::BARE
};

const ATTRIBUTES: &[Attribute] = &[
    ("expression", Kind::Text),
    ("task_execution_id", Kind::Text),
    ("context", Kind::Json),
];

/// Evaluations at a time in this process, so that they never take all its threads.
static PLACES: Semaphore = Semaphore::const_new(2);

/// Of the steps that an expression of a workflow may take, the part that a trial may.
const PART: u64 = 10;

/// Tasks of an execution among which the way to a task is looked for.
const MAX_TASKS: i64 = 10_000;

fn describe_evaluate(_: &'static str) -> Description {
    Description::new("Try an expression")
        .described(
            "`expression` is a text with `<% … %>` or `{{ … }}`; it sees `context`, or what the expressions of the task \
             `task_execution_id` saw. Functions that ask for executions (`task`, `execution`, …) have none here. A tenth of the \
             steps that an expression of a workflow may take.",
        )
        .json_body(
            ATTRIBUTES,
            &["expression"],
            json!({"expression": "<% $.name.toUpper() %>", "context": {"name": "Mistral"}}),
        )
        .answers(
            200,
            describe::object(
                vec![
                    ("result", json!({"description": "What it comes to, if it does."})),
                    ("error", json!({"type": "string", "description": "Why it does not."})),
                    (
                        "steps",
                        json!({"type": "integer", "description": "Steps it took: calls, items that were made."}),
                    ),
                    ("took_us", json!({"type": "integer", "description": "Time it took, microseconds."})),
                ],
                &["steps", "took_us"],
            ),
        )
        .refuses(&[404])
}

fn describe_functions(_: &'static str) -> Description {
    let text = |about: &str| json!({"type": "string", "description": about});
    let function = describe::object(
        vec![
            ("name", text("Name.")),
            ("language", text("`yaql`.")),
            ("signature", text("With the types of its parameters.")),
            (
                "function",
                json!({"type": "boolean", "description": "Called as `f(x)`."}),
            ),
            (
                "method",
                json!({"type": "boolean", "description": "Called as `x.f()`."}),
            ),
            ("text", text("What it does.")),
            ("example", text("An example.")),
        ],
        &["name", "language", "signature", "text", "example"],
    );
    Description::new("List the functions of expressions").answers(
        200,
        describe::object(
            vec![("functions", json!({"type": "array", "items": function}))],
            &["functions"],
        ),
    )
}

pub(super) fn describe_context(_: &'static str) -> Description {
    Description::new("What the expressions of a task saw")
        .described(
            "The execution's input and variables and what the tasks before it published, rebuilt from what is stored; 10,000 tasks \
             at most.",
        )
        .answers(
            200,
            describe::object(
                vec![("context", json!({"type": "object", "description": "By name."}))],
                &["context"],
            ),
        )
        .refuses(&[404])
}

async fn functions(_: &App, request: &Request) -> Result<Reply, Error> {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let all = yaql::signatures().into_iter().map(|function| {
            json!({
                "name": function.name, "language": "yaql", "signature": function.signature, "function": function.function,
                "method": function.method, "text": function.doc, "example": function.example,
            })
        });
        json!({"functions": all.collect::<Vec<_>>()}).to_string()
    });
    request.query.only(&[])?;
    Ok(Reply::raw("application/json", TEXT.clone()))
}

async fn evaluate(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, "expression", ATTRIBUTES).await?;
    request.enforce("expressions:evaluate").await?;
    let Some(expression) = body.filled("expression").map(str::to_owned) else {
        return Err(Error::bad_request("'expression' is missing."));
    };
    let context = match (body.filled("task_execution_id"), body.get("context")) {
        (Some(task), None | Some(Value::Null)) => {
            request.enforce("tasks:get").await?;
            context_of(app, request, task).await?
        }
        (None, _) => body.dict("context").cloned().unwrap_or_default(),
        (Some(_), Some(_)) => {
            return Err(Error::bad_request("Either 'context' or 'task_execution_id', not both."));
        }
    };
    let options = Options {
        max_steps: (app.options.expressions.max_steps / PART).max(1),
        ..app.options.expressions.clone()
    };
    let _place = PLACES.acquire().await.map_err(|_| super::unexpected("a place"))?;
    let outcome = super::super::work::run(request.client(), true, move || {
        let begun = Instant::now();
        let template = Template::compile(&Value::from(expression.as_str()), &options);
        let layers = [&context];
        let scope = Scope {
            data: Data::Layers(&layers),
            host: &NoHost,
            options: &options,
        };
        let (result, steps) = match mistral_lang::template::validate(&expression, &options) {
            Ok(()) => template.evaluate_counted(&scope),
            Err(error) => (Err(error), 0),
        };
        (result.map_err(|error| error.to_string()), steps, begun.elapsed())
    });
    let (result, steps, took) = outcome.await?;
    let mut w = Writer::with_capacity(256);
    w.begin_object();
    match result {
        Ok(value) => {
            w.key("result");
            w.raw(model_json::to_string(&value).as_bytes());
        }
        Err(message) => {
            w.key("error");
            w.str(&message);
        }
    }
    w.key("steps");
    w.int(i64::try_from(steps).unwrap_or(i64::MAX));
    w.key("took_us");
    w.int(took.as_micros() as i64);
    w.end_object();
    Ok(Reply::ok(w))
}

pub(super) async fn context(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    request.enforce("tasks:get").await?;
    let context = context_of(app, request, request.segment(0)).await?;
    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    w.key("context");
    w.raw(model_json::to_string(&Value::dict(context)).as_bytes());
    w.end_object();
    Ok(Reply::ok(w))
}

fn mapping(records: &Records, name: &str) -> Result<Dict, Error> {
    Ok(match records.get(0, name)? {
        Cell::Json(text) => parsed(text),
        _ => Dict::default(),
    })
}

fn parsed(text: &str) -> Dict {
    model_json::parse(text.as_bytes())
        .ok()
        .and_then(Value::into_dict)
        .unwrap_or_default()
}

/// What the expressions of a task saw: the nearest context that is stored on the way to it (joins keep theirs), else what the
/// execution began with, and upon it what the tasks on that way published.
async fn context_of(app: &App, request: &Request, task: &str) -> Result<Dict, Error> {
    let found = tasks::find(app, request, task, &columns(&TASK, &["id", "workflow_execution_id"])).await?;
    let missing = || super::unexpected("an id");
    let id = found.id(0, "id")?.ok_or_else(missing)?;
    let execution = found.id(0, "workflow_execution_id")?.ok_or_else(missing)?;
    let wanted = columns(&EXECUTION, &["id", "root_id", "input", "params", "context"]);
    let records = executions::find_by_uuid(app, request, execution, &wanted).await?;
    let root = records.id(0, "root_id")?.ok_or_else(missing)?;
    let all = app
        .reads
        .follow
        .tasks(execution, Id(0), i64::MIN, MAX_TASKS + 1)
        .await?;
    if all.len() as i64 > MAX_TASKS {
        return Err(Error::bad_request(format!(
            "The execution has more than {MAX_TASKS} tasks: its contexts are not rebuilt."
        )));
    }
    let way = way_to(id, &all);
    let stored: HashMap<Id, follow::Published> = app
        .reads
        .follow
        .published(&way)
        .await?
        .into_iter()
        .map(|one| (one.id, one))
        .collect();
    let mut begin = None;
    let mut context = Dict::default();
    for (place, task) in way.iter().enumerate() {
        if let Some(text) = stored.get(task).and_then(|one| one.in_context.as_deref()) {
            begin = Some(place);
            context = parsed(text);
            break;
        }
    }
    if begin.is_none() {
        context = mapping(&records, "input")?;
        context.extend(mapping(&records, "context")?);
    }
    let environment = environment_of(app, request, &records, (execution, root)).await?;
    context.insert("__env".into(), environment);
    // The way leads back; what was published last counts. The task's own comes after its expressions.
    let until = begin.unwrap_or(way.len().saturating_sub(1));
    for task in way[..=until].iter().skip(1).rev() {
        if let Some(text) = stored.get(task).and_then(|one| one.published.as_deref()) {
            context.extend(parsed(text));
        }
    }
    // What the engine keeps there.
    context.retain(|name, _| !matches!(&**name, "__execution" | "__versions" | "openstack"));
    Ok(context)
}

/// The environment of a tree, which the expressions of all its executions see: that of its root.
async fn environment_of(
    app: &App,
    request: &Request,
    records: &Records,
    (execution, root): (Id, Id),
) -> Result<Value, Error> {
    let params = if execution == root {
        mapping(records, "params")?
    } else {
        let of_root = executions::find_by_uuid(app, request, root, &columns(&EXECUTION, &["id", "params"])).await?;
        mapping(&of_root, "params")?
    };
    Ok(params.get("env").cloned().unwrap_or_else(Value::empty_dict))
}

/// A task and those that led to it, back to the first.
fn way_to(task: Id, all: &[follow::TaskTimes]) -> Vec<Id> {
    let by: HashMap<Id, Id> = all
        .iter()
        .filter_map(|one| {
            let runtime = model_json::parse(one.runtime_context.as_bytes()).ok()?;
            let first = runtime
                .get("triggered_by")?
                .as_list()?
                .first()?
                .get("task_id")?
                .as_str()?
                .parse()
                .ok()?;
            Some((one.id, first))
        })
        .collect();
    let (mut way, mut seen, mut at) = (vec![task], HashSet::from([task]), task);
    while let Some(before) = by.get(&at).filter(|before| seen.insert(**before)) {
        way.push(*before);
        at = *before;
    }
    way
}
