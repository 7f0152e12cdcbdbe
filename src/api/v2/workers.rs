//! `/v2/workers`: programs that provide actions of their own. An addition of ours; `docs/workers.md` is the protocol.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::super::workers::{LEASE, MAX_WAIT, Offer, POLL};
use mistral_model::action::{Job, Outcome, Report, worker_queue};
use mistral_model::{Dict, Id, SecurityContext, Str, Value, json, limit};
use mistral_store::batch::Claimed;
use mistral_store::low_water::LowWater;
use mistral_store::pg::workers::Registration;
use serde_json::json as example;
use sha2::{Digest, Sha256};

/// Actions that one worker may provide.
const MAX_ACTIONS: usize = 5_000;
/// Jobs that one exchange may ask for, results and running jobs that it may tell of.
const MAX_JOBS: usize = 1_000;
/// Longest name of a worker and of a target, in bytes.
const MAX_NAME: usize = 255;

/// What `/v2/workers` can do.
pub static DECLARATION: Declaration = Declaration {
    name: "workers",
    about: "Programs that provide actions of their own.",
    body: None,
    operations: &[
        Operation::new(
            Verb::Post,
            "/v2/workers",
            handler!(register),
            &["workers:register"],
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
                        "The body is an object with `name`, `target` (optional) and `actions`: objects with `name`, \
                         `description`, `input` (a list of names, or objects of a name and its default), `accepts_any` and \
                         `is_sync`.",
                    )
                    .answers(201, describe::object(fields, &["id", "lease_seconds", "max_wait_seconds"]))
                    .refuses(&[409])
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/workers/{id}/exchange",
            handler!(exchange),
            &["workers:register"],
            |_| {
                let jobs = example!({"type": "array", "items": {"type": "object"}, "description": "Work to do."});
                let texts = example!({"type": "array", "items": {"type": "string"}});
                let fields = vec![("jobs", jobs), ("cancelled", texts.clone()), ("dropped", texts)];
                Description::new("Deliver results and take jobs")
                    .described(
                        "The body is an object with `results`, `running`, `room`, `wait_seconds` and `resync`, all optional. \
                         Results are durable when the answer comes. Each exchange makes the worker's lease last.",
                    )
                    .answers(200, describe::object(fields, &["jobs", "cancelled", "dropped"]))
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Delete,
            "/v2/workers/{id}",
            handler!(leave),
            &["workers:register"],
            |_| {
                describe::delete("Take leave of a worker")
                    .described("What it still holds is run again if it may, else it fails.")
            },
        ),
    ],
};

/// Without authentication everybody who reaches the API may be a worker, as for the rest of it.
async fn admit(request: &Request) -> Result<(), Error> {
    if !request.identity.is_authenticated {
        return Ok(());
    }
    request.enforce("workers:register").await
}

fn read_body(request: &Request, known: &[&str]) -> Result<Value, Error> {
    let text = request.take_body();
    let body = json::parse(&text).map_err(|_| Error::bad_request("Request is not in valid JSON format"))?;
    let Some(members) = body.as_dict() else {
        return Err(Error::bad_request("The request body must be a JSON object"));
    };
    match members.keys().find(|key| !known.contains(&&***key)) {
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

/// `POST /v2/workers`.
pub async fn register(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    admit(request).await?;
    let body = read_body(request, &["name", "target", "actions"])?;
    let (name, target) = (name(&body, "name")?, name(&body, "target")?);
    if name.is_empty() {
        return Err(Error::bad_request("A worker must have a 'name'"));
    }
    let actions = list(&body, "actions", MAX_ACTIONS)?;
    if actions.is_empty() {
        return Err(Error::bad_request("A worker must provide 'actions'"));
    }
    let names = app.workers.offers.names(actions).map_err(Error::bad_request)?;
    if let Some(taken) = names.iter().find(|name| app.workers.offers.is_standard(name)) {
        return Err(Error::conflict(format!(
            "Action '{taken}' comes with the service; workers cannot provide it"
        )));
    }
    let actions = json::to_string(&Value::list(actions.to_vec()));
    let id = app.engine.new_id();
    app.workers
        .register(&Registration {
            id,
            name,
            target,
            digest: &hex::encode(Sha256::digest(&actions)),
            actions: &actions,
            lease: LEASE,
        })
        .await?;
    tracing::info!(worker = name, %id, actions = names.len(), "a worker registered");
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

/// `DELETE /v2/workers/{id}`.
pub async fn leave(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    admit(request).await?;
    let gone = match request.segment(0).parse() {
        Ok(id) => app.workers.rows.leave(id).await?,
        Err(_) => false,
    };
    if gone { Ok(Reply::gone()) } else { Err(unknown(request)) }
}

fn unknown(request: &Request) -> Error {
    Error::not_found(format!(
        "There is no worker {}, or its lease is over: register again",
        request.segment(0)
    ))
}

/// A job as a worker names it: `<action>.<root>.<attempt>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ticket {
    action_id: Id,
    root_id: Id,
    attempt: u32,
}

impl Ticket {
    fn read(value: Option<&Value>) -> Result<Ticket, Error> {
        let parse = |text: &str| {
            let mut parts = text.split('.');
            let ticket = Ticket {
                action_id: parts.next()?.parse().ok()?,
                root_id: parts.next()?.parse().ok()?,
                attempt: parts.next()?.parse().ok()?,
            };
            parts.next().is_none().then_some(ticket)
        };
        value
            .and_then(Value::as_str)
            .and_then(parse)
            .ok_or_else(|| Error::bad_request("'job' must be the text that came with the job"))
    }

    fn text(self) -> String {
        format!("{}.{}.{}", self.action_id, self.root_id, self.attempt)
    }
}

/// What an exchange brings.
struct Brought {
    results: Vec<(Ticket, Option<Outcome>)>,
    running: Vec<Ticket>,
    room: usize,
    wait: Duration,
    resync: bool,
}

fn read_exchange(request: &Request, limit_kb: Option<u64>) -> Result<Brought, Error> {
    let body = read_body(request, &["results", "running", "room", "wait_seconds", "resync"])?;
    let results = list(&body, "results", MAX_JOBS)?
        .iter()
        .map(|result| read_result(result, limit_kb))
        .collect::<Result<_, Error>>()?;
    let running = list(&body, "running", MAX_JOBS)?
        .iter()
        .map(|job| Ticket::read(Some(job)))
        .collect::<Result<_, Error>>()?;
    let room = match body.get("room") {
        None => 0,
        Some(value) => value
            .as_i64()
            .and_then(|room| usize::try_from(room).ok())
            .ok_or_else(|| Error::bad_request("'room' must be a number from 0 on"))?,
    };
    let wait = match body.get("wait_seconds") {
        None => 0.0,
        Some(Value::Int(n)) => *n as f64,
        Some(Value::Float(n)) => *n,
        Some(_) => return Err(Error::bad_request("'wait_seconds' must be a number")),
    };
    let most = MAX_WAIT.as_secs_f64();
    Ok(Brought {
        results,
        running,
        room: room.min(MAX_JOBS),
        wait: Duration::from_secs_f64(if wait.is_finite() { wait.clamp(0.0, most) } else { most }),
        resync: body.get("resync").and_then(Value::as_bool).unwrap_or_default(),
    })
}

/// `{"job", …}` with one of `data`, `error`, `cancel`, and `started` for an asynchronous action that goes on elsewhere.
fn read_result(result: &Value, limit_kb: Option<u64>) -> Result<(Ticket, Option<Outcome>), Error> {
    let wrong = || Error::bad_request("A result must have 'job' and one of 'data', 'error', 'cancel', 'started'");
    let members: &Dict = result.as_dict().ok_or_else(wrong)?;
    let ticket = Ticket::read(result.get("job"))?;
    let mut rest = members.iter().filter(|(key, _)| &***key != "job");
    let (Some((key, value)), None) = (rest.next(), rest.next()) else {
        return Err(wrong());
    };
    let outcome = match &**key {
        "data" => Outcome::Success(value.clone()),
        "error" => Outcome::Error(value.clone()),
        "cancel" => Outcome::Cancelled(value.clone()),
        "started" => return Ok((ticket, None)),
        _ => return Err(wrong()),
    };
    let stored = Value::dict([(Str::from("result"), value.clone())].into_iter().collect());
    Ok(
        match limit_kb.and_then(|limit_kb| Some((limit::excess(&stored, limit_kb)?, limit_kb))) {
            Some((size_kb, limit_kb)) => (ticket, Some(Outcome::TooLarge { size_kb, limit_kb })),
            None => (ticket, Some(outcome)),
        },
    )
}

/// `POST /v2/workers/{id}/exchange`.
pub async fn exchange(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    admit(request).await?;
    let began = Instant::now();
    let worker: Id = request.segment(0).parse().map_err(|_| unknown(request))?;
    let brought = read_exchange(request, app.workers.result_limit_kb)?;
    let renewed = app.workers.rows.renew(worker, LEASE).await?;
    let renewed = renewed.ok_or_else(|| unknown(request))?;
    let (dropped, cancelled) = deliver(app, worker, &brought).await?;
    let mut claims = Vec::new();
    if brought.resync {
        claims = lost(app, worker, &brought).await?;
    }
    // What has to be stopped is told at once.
    let patience = match cancelled.is_empty() && claims.is_empty() {
        true => brought.wait,
        false => Duration::ZERO,
    };
    let room = brought.room.saturating_sub(claims.len());
    let offer = app.workers.offer(&renewed.digest).await?;
    let target = &renewed.target;
    claims.extend(claim(app, worker, offer.as_deref(), target, room, began + patience).await?);
    let acting = acting(app, worker, &offer, &mut claims).await?;
    // What a worker has been told of counts as begun: if it dies, it runs again only where that is safe.
    let told: Vec<(Id, u32)> = claims
        .iter()
        .map(|claimed| (claimed.action_id, claimed.attempt))
        .collect();
    if !told.is_empty() {
        let begun = app.workers.queue.begin(worker, &told).await?;
        claims.retain(|claimed| begun.contains(&claimed.action_id));
    }

    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    w.key("jobs");
    w.begin_array();
    for claimed in &claims {
        match serde_json::from_str::<Job>(&claimed.job) {
            Ok(job) => write_job(&mut w, &job, claimed, acting.get(&claimed.action_id)),
            Err(error) => tracing::error!(action = %claimed.action_id, %error, "job cannot be read"),
        }
    }
    w.end_array();
    for (key, tickets) in [("cancelled", cancelled), ("dropped", dropped)] {
        w.key(key);
        w.begin_array();
        for ticket in tickets {
            w.str(&ticket.text());
        }
        w.end_array();
    }
    w.end_object();
    Ok(Reply::ok(w))
}

/// Hands results to their owners, and finds out what the worker does not hold any more: results that came too late, and running
/// jobs that are not wanted.
async fn deliver(app: &App, worker: Id, brought: &Brought) -> Result<(Vec<Ticket>, Vec<Ticket>), Error> {
    let told = brought.results.iter().map(|(ticket, _)| ticket);
    let ids: Vec<Id> = told.chain(&brought.running).map(|ticket| ticket.action_id).collect();
    if ids.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let held = app.workers.queue.held(worker, &ids).await?;
    let holds = |ticket: &Ticket| held.contains(&(ticket.action_id, ticket.attempt));
    let (mut reports, mut started, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
    for (ticket, outcome) in &brought.results {
        let Ticket {
            action_id,
            root_id,
            attempt,
        } = *ticket;
        match outcome {
            _ if !holds(ticket) => dropped.push(*ticket),
            None => started.push((root_id, action_id)),
            Some(outcome) => reports.push(Report {
                action_id,
                root_id,
                attempt,
                outcome: outcome.clone(),
            }),
        }
    }
    let owners = &app.workers.owners;
    if !reports.is_empty() {
        owners.report(reports).await.map_err(Error::from)?;
    }
    if !started.is_empty() {
        owners.hand_over(started).await.map_err(Error::from)?;
    }
    let cancelled = brought
        .running
        .iter()
        .filter(|ticket| !holds(ticket))
        .copied()
        .collect();
    Ok((dropped, cancelled))
}

/// Jobs that the worker holds and does not know of: the answer that brought them was lost.
async fn lost(app: &App, worker: Id, brought: &Brought) -> Result<Vec<Claimed>, Error> {
    let mut claims = app.workers.queue.claims_of(worker, Id::default(), MAX_JOBS).await?;
    let told = brought.results.iter().map(|(ticket, _)| ticket);
    let known: Vec<(Id, u32)> = told
        .chain(&brought.running)
        .map(|ticket| (ticket.action_id, ticket.attempt))
        .collect();
    claims.retain(|claimed| !known.contains(&(claimed.action_id, claimed.attempt)));
    Ok(claims)
}

/// Claims waiting jobs, of any of the worker's actions; waits for some until `deadline`.
async fn claim(
    app: &App,
    worker: Id,
    offer: Option<&Offer>,
    target: &str,
    room: usize,
    deadline: Instant,
) -> Result<Vec<Claimed>, Error> {
    let mut names: Vec<String> = Vec::new();
    for name in offer.iter().flat_map(|offer| &offer.names) {
        if !target.is_empty() {
            names.push(worker_queue(name, Some(target)));
        }
        names.push(worker_queue(name, None));
    }
    let targets: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut low_water = LowWater::default();
    let hint = app.workers.owners.hint();
    loop {
        // Made before the look, so that no hint is missed.
        let hinted = hint.notified();
        if room > 0 {
            let claims = app
                .workers
                .queue
                .claim(worker, &targets, room, &mut low_water, app.clock.now())
                .await?;
            if !claims.is_empty() {
                return Ok(claims);
            }
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Vec::new());
        }
        if room == 0 {
            tokio::time::sleep(left).await;
        } else {
            let _ = tokio::time::timeout(left.min(POLL), hinted).await;
        }
    }
}

/// What the actions that ask for it act with. Jobs whose secrets cannot be had at the moment are given back.
async fn acting(
    app: &App,
    worker: Id,
    offer: &Option<Arc<Offer>>,
    claims: &mut Vec<Claimed>,
) -> Result<HashMap<Id, Arc<SecurityContext>>, Error> {
    let mut acting = HashMap::new();
    let mut later = Vec::new();
    for claimed in claims
        .iter()
        .filter(|_| offer.as_ref().is_some_and(|offer| !offer.trusted.is_empty()))
    {
        let Ok(job) = serde_json::from_str::<Job>(&claimed.job) else {
            continue;
        };
        let Some(security) = &job.context.security else {
            continue;
        };
        if !offer.as_ref().is_some_and(|offer| offer.trusted.contains(&*job.name)) {
            continue;
        }
        match app.security.find(security).await {
            Ok(Some(context)) => drop(acting.insert(claimed.action_id, context)),
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(action = %claimed.action_id, %error, "what an action may act with cannot be had at the moment");
                later.push(claimed.action_id);
            }
        }
    }
    if !later.is_empty() {
        app.workers.queue.release(worker, &later).await?;
        claims.retain(|claimed| !later.contains(&claimed.action_id));
    }
    Ok(acting)
}

fn write_job(w: &mut Writer, job: &Job, claimed: &Claimed, acting: Option<&Arc<SecurityContext>>) {
    let ticket = Ticket {
        action_id: claimed.action_id,
        root_id: claimed.root_id,
        attempt: claimed.attempt,
    };
    w.begin_object();
    w.key("job");
    w.str(&ticket.text());
    w.key("action");
    w.str(&job.name);
    w.key("input");
    w.raw(job.input.json());
    w.key("is_sync");
    w.bool(job.is_sync);
    w.key("safe_rerun");
    w.bool(job.safe_rerun);
    w.key("attempt");
    w.int(i64::from(claimed.attempt));
    w.key("timeout_seconds");
    match job.timeout {
        Some(timeout) if !timeout.is_zero() => w.raw(timeout.as_secs_f64().to_string().as_bytes()),
        _ => w.null(),
    }
    w.key("context");
    w.begin_object();
    for (key, value) in [
        ("workflow_name", &job.context.workflow_name),
        ("workflow_execution_id", &job.context.workflow_execution_id),
        ("task_execution_id", &job.context.task_execution_id),
        ("action_execution_id", &job.context.action_execution_id),
        ("callback_url", &job.context.callback_url),
        ("project_id", &job.context.project_id),
    ] {
        w.key(key);
        super::text(w, value.as_deref());
    }
    if let Some(security) = acting {
        w.key("security");
        w.raw(json::to_string(&security.to_value()).as_bytes());
    }
    w.end_object();
    w.end_object();
}
