//! `POST /v2/workers/{id}/exchange`: results one way, jobs the other.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::super::App;
use super::super::super::error::Error;
use super::super::super::json::Writer;
use super::super::super::reply::Reply;
use super::super::super::request::Request;
use super::super::super::workers::hub::Woken;
use super::super::super::workers::{MAX_WAIT, MAX_WAIT_RUNNING};
use super::{MAX_JOBS, MAX_RUNNING, admit, check_own, count, flag, list, read_body, unknown};
use mistral_model::action::{Job, Outcome, Report};
use mistral_model::{Dict, Id, SecurityContext, Str, Value, json, limit};
use mistral_store::batch::Claimed;
use mistral_store::definitions::{CodeSource, DynamicAction};
use mistral_store::list::Viewer;
use mistral_store::workers::Renewed;

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
    /// No more jobs are wanted: whoever else waits for some in this worker's name is answered.
    draining: bool,
}

const MEMBERS: &[&str] = &["results", "running", "room", "wait_seconds", "resync", "draining"];

fn read_exchange(request: &Request, limit_kb: Option<u64>) -> Result<Brought, Error> {
    let body = read_body(request, MEMBERS)?;
    let results = list(&body, "results", MAX_JOBS)?
        .iter()
        .map(|result| read_result(result, limit_kb))
        .collect::<Result<_, Error>>()?;
    let running: Vec<_> = list(&body, "running", MAX_RUNNING)?
        .iter()
        .map(|job| Ticket::read(Some(job)))
        .collect::<Result<_, Error>>()?;
    let wait = match body.get("wait_seconds") {
        None | Some(Value::Null) => 0.0,
        Some(Value::Int(n)) => *n as f64,
        Some(Value::Float(n)) => *n,
        Some(_) => return Err(Error::bad_request("'wait_seconds' must be a number")),
    };
    let most = match running.is_empty() {
        true => MAX_WAIT.as_secs_f64(),
        false => MAX_WAIT_RUNNING.as_secs_f64(),
    };
    Ok(Brought {
        results,
        running,
        room: count(&body, "room")?.min(MAX_JOBS),
        wait: Duration::from_secs_f64(if wait.is_finite() { wait.clamp(0.0, most) } else { most }),
        resync: flag(&body, "resync")?,
        draining: flag(&body, "draining")?,
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
pub(super) async fn exchange(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    admit(request, "workers:register").await?;
    let began = Instant::now();
    let id: Id = request.segment(0).parse().map_err(|_| unknown(request))?;
    let brought = read_exchange(request, app.workers.result_limit_kb)?;
    let worker = app.workers.renew(id).await?.ok_or_else(|| unknown(request))?;
    check_own(request, &worker).await?;
    if brought.draining {
        app.workers.hub.drain(id);
    }
    let (dropped, mut cancelled) = deliver(app, id, &brought).await?;
    let mut claims = Vec::new();
    if brought.resync || app.workers.hub.is_doubtful(id) {
        claims = lost(app, id, &brought).await?;
    }
    // What has to be stopped is told at once.
    let patience = match cancelled.is_empty() && claims.is_empty() {
        true => brought.wait,
        false => Duration::ZERO,
    };
    let room = brought.room.saturating_sub(claims.len());
    let told = Told {
        worker: &worker,
        room,
        running: &brought.running,
        deadline: began + patience,
    };
    match wait(app, &told).await? {
        Waited::Jobs(more) => claims.extend(more),
        Waited::Cancelled => {
            let held = app.workers.queue.held(id, &ids_of(&brought.running)).await?;
            cancelled = not_held(&brought.running, &held);
        }
        Waited::Over => return Err(unknown(request)),
    }
    let jobs = prepare(app, &worker, claims).await?;

    let mut w = Writer::with_capacity(1024);
    w.begin_object();
    w.key("jobs");
    w.begin_array();
    for job in &jobs {
        write_job(&mut w, job);
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

fn ids_of(tickets: &[Ticket]) -> Vec<Id> {
    tickets.iter().map(|ticket| ticket.action_id).collect()
}

fn not_held(tickets: &[Ticket], held: &[(Id, u32)]) -> Vec<Ticket> {
    let held: HashSet<&(Id, u32)> = held.iter().collect();
    let is_lost = |ticket: &&Ticket| !held.contains(&(ticket.action_id, ticket.attempt));
    tickets.iter().filter(is_lost).copied().collect()
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
    let known: HashSet<&(Id, u32)> = held.iter().collect();
    let holds = |ticket: &Ticket| known.contains(&(ticket.action_id, ticket.attempt));
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
    Ok((dropped, not_held(&brought.running, &held)))
}

/// Jobs that the worker holds and does not know of: the answer that brought them was lost.
async fn lost(app: &App, worker: Id, brought: &Brought) -> Result<Vec<Claimed>, Error> {
    let mut claims = app.workers.queue.claims_of(worker, Id::default(), MAX_JOBS).await?;
    let told = brought.results.iter().map(|(ticket, _)| ticket);
    let known: HashSet<(Id, u32)> = told
        .chain(&brought.running)
        .map(|ticket| (ticket.action_id, ticket.attempt))
        .collect();
    claims.retain(|claimed| !known.contains(&(claimed.action_id, claimed.attempt)));
    Ok(claims)
}

/// What a worker waits for, and how long.
struct Told<'a> {
    worker: &'a Renewed,
    room: usize,
    running: &'a [Ticket],
    deadline: Instant,
}

/// How a wait ended.
enum Waited {
    /// These were claimed; perhaps none, when the time was over.
    Jobs(Vec<Claimed>),
    /// Something that runs is not wanted any more.
    Cancelled,
    /// The lease is over.
    Over,
}

/// Claims waiting jobs, of any of the worker's actions; waits for some until the deadline.
async fn wait(app: &App, told: &Told<'_>) -> Result<Waited, Error> {
    let workers = &app.workers;
    let queues = workers.queues_of(told.worker).await?;
    let mut wanted: Vec<String> = queues.to_vec();
    loop {
        let seen = workers.hub.hints();
        let left = told.deadline.saturating_duration_since(Instant::now());
        // Whoever waits is woken by what comes; who has waited in vain a moment ago need not look again.
        if told.room > 0 && (left.is_zero() || !workers.hub.are_empty(&queues, seen)) {
            let names: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let (low_water, now) = (&workers.hub.low_water, app.clock.now());
            let claims = workers
                .rows
                .claim(told.worker.id, &names, told.room, low_water, now)
                .await?;
            if !claims.is_empty() {
                return Ok(Waited::Jobs(claims));
            }
        }
        if left.is_zero() {
            return Ok(Waited::Jobs(Vec::new()));
        }
        let running = told.running.iter().map(|ticket| (ticket.action_id, ticket.attempt));
        let waiting = workers.wait(told.worker.id, &queues, told.room, running.collect(), seen, left);
        match waiting.await {
            Woken::Jobs(found) => wanted = found,
            Woken::Job(claimed) => return Ok(Waited::Jobs(vec![claimed])),
            Woken::Cancelled => return Ok(Waited::Cancelled),
            Woken::Over => return Ok(Waited::Over),
            Woken::Enough => return Ok(Waited::Jobs(Vec::new())),
        }
    }
}

/// A job with all that the worker has to know.
struct Prepared {
    job: Job,
    ticket: Ticket,
    code: Option<Code>,
    /// What it may act with, if it has asked for it.
    security: Option<Arc<SecurityContext>>,
}

/// Uploaded code that a job is about.
struct Code {
    source: Arc<CodeSource>,
    class_name: Str,
}

/// Reads claimed jobs. One whose code is gone ends with an error.
async fn prepare(app: &App, worker: &Renewed, claims: Vec<Claimed>) -> Result<Vec<Prepared>, Error> {
    let offer = app.workers.offer(&worker.digest).await?;
    let mut later = Vec::new();
    let mut prepared = Vec::with_capacity(claims.len());
    let mut failed = Vec::new();
    for claimed in claims {
        let job: Job = match serde_json::from_str(&claimed.job) {
            Ok(job) => job,
            Err(error) => {
                tracing::error!(action = %claimed.action_id, %error, "job cannot be read");
                continue;
            }
        };
        let ticket = Ticket {
            action_id: claimed.action_id,
            root_id: claimed.root_id,
            attempt: claimed.attempt,
        };
        let code = match job.code {
            None => None,
            Some(id) => match code(app, id).await? {
                Some(code) => Some(code),
                None => {
                    tracing::warn!(action = %job.action_id, worker = %worker.id, "the code of a dynamic action is gone");
                    failed.push(Report {
                        action_id: ticket.action_id,
                        root_id: ticket.root_id,
                        attempt: ticket.attempt,
                        outcome: Outcome::Error(format!("The dynamic action {} is gone", job.name).into()),
                    });
                    continue;
                }
            },
        };
        let is_trusted = offer.as_ref().is_some_and(|offer| offer.trusted.contains(&*job.name));
        let security = match job.context.security.as_ref().filter(|_| is_trusted && code.is_none()) {
            None => None,
            Some(security) => match app.security.find(security).await {
                Ok(found) => found,
                Err(error) => {
                    tracing::warn!(action = %job.action_id, %error, "what an action may act with cannot be had at the moment");
                    later.push(job.action_id);
                    continue;
                }
            },
        };
        prepared.push(Prepared {
            job,
            ticket,
            code,
            security,
        });
    }
    if !later.is_empty() {
        app.workers.rows.release(worker.id, &later).await?;
    }
    if !failed.is_empty() {
        app.workers.owners.report(failed).await.map_err(Error::from)?;
    }
    Ok(prepared)
}

/// The newest version of a dynamic action's code.
async fn code(app: &App, id: Id) -> Result<Option<Code>, Error> {
    app.cache.refresh().await?;
    let viewer = Viewer::Admin;
    let Some(action) = app.cache.find::<DynamicAction>(&id.to_string(), "", viewer).await? else {
        return Ok(None);
    };
    let source = action.code_source_id.to_string();
    let source = app.cache.find::<CodeSource>(&source, "", viewer).await?;
    Ok(source.map(|source| Code {
        source,
        class_name: action.class_name.clone(),
    }))
}

fn write_job(w: &mut Writer, prepared: &Prepared) {
    let Prepared {
        job,
        ticket,
        code,
        security,
    } = prepared;
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
    w.int(i64::from(ticket.attempt));
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
        super::super::text(w, value.as_deref());
    }
    if let Some(security) = security {
        w.key("security");
        w.raw(json::to_string(&security.to_value()).as_bytes());
    }
    w.end_object();
    if let Some(code) = code {
        w.key("code");
        w.begin_object();
        w.key("id");
        w.id(code.source.id);
        w.key("name");
        w.str(&code.source.name);
        w.key("version");
        w.int(i64::from(code.source.version));
        w.key("class_name");
        w.str(&code.class_name);
        w.key("source");
        w.str(&code.source.content);
        w.end_object();
    }
    w.end_object();
}
