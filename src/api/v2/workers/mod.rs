//! `/v2/workers`: programs that provide actions of their own. An addition of ours; `docs/workers.md` is the protocol.

mod exchange;

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::super::workers::{HELD, LEASE, MAX_WAIT};
use exchange::exchange;
use mistral_model::{Id, Value, json};
use mistral_store::workers::{Registration, Renewed};
use serde_json::json as example;
use sha2::{Digest, Sha256};

/// Actions that one worker may provide.
const MAX_ACTIONS: usize = 5_000;
/// Jobs that one exchange may ask for, and results that it may bring.
const MAX_JOBS: usize = 1_000;
/// Running jobs that an exchange may tell of: those, and those whose results have not been taken yet.
const MAX_RUNNING: usize = 10_000;
/// Workers in a list.
const MAX_LISTED: i64 = 10_000;
/// Longest name of a worker and of a target, in bytes.
const MAX_NAME: usize = 255;

/// What `/v2/workers` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "workers",
    about: "Programs that provide actions of their own.",
    rules: &[
        Rule::admins("workers:list", "See all workers."),
        Rule::admins(
            "workers:publicize",
            "Be a worker of all projects, or one that runs uploaded code: it sees the input of their jobs.",
        ),
        Rule::new(
            "workers:register",
            "rule:admin_only or role:worker",
            "Be a worker: provide actions for one's own project and take its jobs, with all that is in their input.",
        ),
        Rule::new(
            "workers:replace_standard",
            "!",
            "Be a worker that provides actions with names of those that come with the service.",
        ),
    ],
    operations: &[
        Operation::new(
            Verb::Get,
            "/v2/workers",
            handler!(list_workers),
            &["workers:list"],
            |_| {
                let worker = example!({"type": "object", "description": "A worker: `id`, `name`, `is_alive`, and what it said of itself."});
                let workers = example!({"type": "array", "items": worker});
                Description::new("List workers")
                    .described("Those that were seen within an hour, the newest first; at most 10,000.")
                    .answers(200, describe::object(vec![("workers", workers)], &["workers"]))
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/workers",
            handler!(register),
            &["workers:register", "workers:publicize", "workers:replace_standard"],
            |_| {
                let fields = vec![
                    ("id", describe::text("Id of the worker, for exchanges.")),
                    (
                        "lease_seconds",
                        example!({"type": "number", "description": "Exchange at least that often."}),
                    ),
                    (
                        "max_wait_seconds",
                        example!({"type": "number", "description": "Longest wait of an exchange."}),
                    ),
                ];
                Description::new("Register a worker")
                    .described(
                        "The body is an object with `name` and `actions`: objects with `name`, `description`, `input` (a list \
                         of names, or objects of a name and its default), `accepts_any`, `is_sync`, `class` and \
                         `needs_security_context`. Optional: `target`, `scope` (`private`: only the caller's project is served; \
                         `public`: all are), `runtime`, `capacity`, `dynamic` (it runs uploaded code).",
                    )
                    .answers(201, describe::object(fields, &["id", "lease_seconds", "max_wait_seconds"]))
                    .refuses(&[409])
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/workers/{id}/exchange",
            handler!(exchange),
            &["workers:register", "workers:publicize"],
            |_| {
                let jobs = example!({"type": "array", "items": {"type": "object"}, "description": "Work to do."});
                let texts = example!({"type": "array", "items": {"type": "string"}});
                let fields = vec![("jobs", jobs), ("cancelled", texts.clone()), ("dropped", texts)];
                Description::new("Deliver results and take jobs")
                    .described(
                        "The body is an object with `results`, `running`, `room`, `wait_seconds`, `resync` and `draining`, all \
                         optional. Results are durable when the answer comes. Each exchange makes the worker's lease last.",
                    )
                    .answers(200, describe::object(fields, &["jobs", "cancelled", "dropped"]))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Delete,
            "/v2/workers/{id}",
            handler!(leave),
            &["workers:register", "workers:publicize"],
            |_| {
                describe::delete("Take leave of a worker")
                    .described("What it still holds is run again if it may, else it fails.")
            },
        ),
    ],
    ..Declaration::BARE
};

/// Without authentication everybody who reaches the API may be a worker, as for the rest of it.
async fn admit(request: &Request, rule: &str) -> Result<(), Error> {
    if !request.identity.is_authenticated {
        return Ok(());
    }
    request.enforce(rule).await
}

/// Whether the caller may speak for a worker: it is of the same project, or may serve all.
async fn check_own(request: &Request, worker: &Renewed) -> Result<(), Error> {
    if !request.identity.is_authenticated {
        return Ok(());
    }
    match &worker.project {
        Some(project) if request.identity.project_id.as_deref() == Some(project) => Ok(()),
        // Of others it is not told whether they exist.
        Some(_) => Err(unknown(request)),
        None => request.enforce("workers:publicize").await,
    }
}

fn read_body(request: &Request, known: &[&str]) -> Result<Value, Error> {
    let text = request.take_body();
    let body = json::parse(&text).map_err(|_| Error::bad_request("Request is not in valid JSON format"))?;
    let Some(members) = body.as_dict() else {
        return Err(Error::bad_request("The request body must be a JSON object"));
    };
    let unknown = members.keys().find(|key| !known.contains(&&***key));
    match unknown {
        Some(key) => Err(Error::bad_request(format!("Unknown attribute: {key}"))),
        None => Ok(body),
    }
}

fn name<'a>(body: &'a Value, key: &str) -> Result<&'a str, Error> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(""),
        Some(Value::Str(text)) if text.len() <= MAX_NAME && !text.contains('\0') => Ok(text),
        Some(_) => Err(Error::bad_request(format!(
            "'{key}' must be a text up to {MAX_NAME} bytes"
        ))),
    }
}

fn list<'a>(body: &'a Value, key: &str, most: usize) -> Result<&'a [Value], Error> {
    let items = match body.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::List(items)) => items.as_slice(),
        Some(_) => return Err(Error::bad_request(format!("'{key}' must be a list"))),
    };
    if items.len() > most {
        return Err(Error::bad_request(format!("'{key}' has more than {most} items")));
    }
    Ok(items)
}

/// Whom a worker serves: `None` stands for all projects.
async fn project(request: &Request, body: &Value, is_dynamic: bool) -> Result<Option<String>, Error> {
    let identity = &request.identity;
    let is_public = match body.get("scope").map(|scope| scope.as_str().unwrap_or_default()) {
        None => !identity.is_authenticated,
        Some("public") => true,
        Some("private") => false,
        Some(_) => return Err(Error::bad_request("'scope' must be private or public")),
    };
    if is_dynamic && !is_public {
        return Err(Error::bad_request(
            "A worker that runs uploaded code serves all projects: 'scope' must be public",
        ));
    }
    if is_public {
        admit(request, "workers:publicize").await?;
        return Ok(None);
    }
    let own = identity.project_id.as_deref().map(str::to_owned);
    own.map(Some).ok_or_else(|| {
        Error::bad_request("Only a caller with a project can have a worker for it: 'scope' must be public")
    })
}

/// Names that come with the service are not for workers, unless the policy says so. Whether there are such among these.
async fn check_standard(app: &App, request: &Request, names: &[String]) -> Result<bool, Error> {
    let Some(taken) = names.iter().find(|name| app.workers.offers.is_standard(name)) else {
        return Ok(false);
    };
    if request.enforce("workers:replace_standard").await.is_ok() {
        return Ok(true);
    }
    Err(Error::conflict(format!(
        "Action '{taken}' comes with the service; workers cannot provide it (policy workers:replace_standard)"
    )))
}

const ATTRIBUTES: &[&str] = &["name", "target", "actions", "scope", "runtime", "capacity", "dynamic"];

/// `POST /v2/workers`.
pub(crate) async fn register(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    admit(request, "workers:register").await?;
    let body = read_body(request, ATTRIBUTES)?;
    let (name, target, runtime) = (name(&body, "name")?, name(&body, "target")?, name(&body, "runtime")?);
    if name.is_empty() {
        return Err(Error::bad_request("A worker must have a 'name'"));
    }
    let dynamic = flag(&body, "dynamic")?;
    let capacity = count(&body, "capacity")?;
    let actions = list(&body, "actions", MAX_ACTIONS)?;
    if actions.is_empty() && !dynamic {
        return Err(Error::bad_request("A worker must provide 'actions'"));
    }
    if dynamic && !app.workers.is_dynamic_allowed {
        return Err(Error::conflict(mistral_model::action::DYNAMIC_OFF));
    }
    let names = app.workers.offers.names(actions).map_err(Error::bad_request)?;
    let project = project(request, &body, dynamic).await?;
    let replaces = check_standard(app, request, &names).await?;
    let actions = json::to_string(&Value::list(actions.to_vec()));
    let id = app.engine.new_id();
    let identity = format!("{replaces} {} {actions}", project.as_deref().unwrap_or_default());
    app.workers
        .register(&Registration {
            id,
            name,
            target,
            digest: &hex::encode(Sha256::digest(identity)),
            actions: &actions,
            project: project.as_deref(),
            runtime,
            capacity: i32::try_from(capacity).unwrap_or(i32::MAX),
            dynamic,
            replaces,
            lease: HELD,
        })
        .await?;
    tracing::info!(worker = name, %id, actions = names.len(), dynamic, project, "a worker registered");
    let mut w = Writer::with_capacity(128);
    w.begin_object();
    w.key("id");
    w.id(id);
    w.key("lease_seconds");
    w.int(LEASE.as_secs().cast_signed());
    w.key("max_wait_seconds");
    w.int(MAX_WAIT.as_secs().cast_signed());
    w.end_object();
    Ok(Reply::created(w))
}

/// `GET /v2/workers`.
pub(crate) async fn list_workers(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    admit(request, "workers:list").await?;
    let workers = app.workers.rows.all(HELD, MAX_LISTED).await?;
    let mut w = Writer::with_capacity(64 + workers.len() * 256);
    w.begin_object();
    w.key("workers");
    w.begin_array();
    for worker in &workers {
        let offer = app.workers.offer(&worker.digest).await?;
        w.begin_object();
        w.key("id");
        w.id(worker.id);
        for (key, text) in [
            ("name", &worker.name),
            ("target", &worker.target),
            ("runtime", &worker.runtime),
        ] {
            w.key(key);
            w.str(text);
        }
        w.key("project_id");
        super::text(&mut w, worker.project.as_deref());
        w.key("capacity");
        w.int(i64::from(worker.capacity));
        for (key, flag) in [("dynamic", worker.dynamic), ("is_alive", worker.is_alive)] {
            w.key(key);
            w.bool(flag);
        }
        super::times(&mut w, worker.registered_at, None, false);
        w.key("seen_at");
        w.str(&worker.seen_at.to_text());
        w.key("actions");
        w.begin_array();
        for name in offer.iter().flat_map(|offer| &offer.names) {
            w.str(name);
        }
        w.end_array();
        w.end_object();
    }
    w.end_array();
    w.end_object();
    Ok(Reply::ok(w))
}

/// `DELETE /v2/workers/{id}`.
pub(crate) async fn leave(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    admit(request, "workers:register").await?;
    let id: Id = request.segment(0).parse().map_err(|_| unknown(request))?;
    let worker = app.workers.renew(id).await?.ok_or_else(|| unknown(request))?;
    check_own(request, &worker).await?;
    app.workers.forget(id);
    if app.workers.rows.leave(id).await? {
        Ok(Reply::gone())
    } else {
        Err(unknown(request))
    }
}

fn flag(body: &Value, key: &str) -> Result<bool, Error> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Error::bad_request(format!("'{key}' must be true or false"))),
    }
}

fn count(body: &Value, key: &str) -> Result<usize, Error> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(0),
        Some(Value::Int(n)) if *n >= 0 => Ok(usize::try_from(*n).unwrap_or(usize::MAX)),
        Some(_) => Err(Error::bad_request(format!("'{key}' must be a number from 0 on"))),
    }
}

fn unknown(request: &Request) -> Error {
    Error::not_found(format!(
        "There is no worker {}, or its lease is over: register again",
        request.segment(0)
    ))
}
