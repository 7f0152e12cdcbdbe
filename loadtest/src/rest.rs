//! Plain requests to the REST API, in a closed or an open loop.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::api::Api;
use crate::client::Request;
use crate::drive::random_tag;
use crate::pacer::{Arrivals, Pacer, Schedule};
use crate::progress;
use crate::report::{ClientCost, RestRecord};
use crate::scenario::{Setting, upload};
use crate::shapes::{Kind, Lane, Shape};
use crate::stats::{Latency, per_second, round};
use crate::usage;

const MOST_ERROR_SAMPLES: usize = 3;
/// How long the executions that were started are waited for.
const DRAIN: Duration = Duration::from_secs(120);

/// A kind of request.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Operation {
    /// GET workflows: every definition in full.
    Workflows,
    /// GET workflows?fields=id,name
    WorkflowNames,
    /// GET workflows/NAME
    Workflow,
    /// GET executions/ID
    Execution,
    /// GET executions?limit=50, three fields.
    Executions,
    /// GET executions/ID/tasks
    Tasks,
    /// POST executions: one task without data.
    Start,
}

/// How much load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RestOptions {
    pub connections: usize,
    /// Ends each operation after this many requests.
    pub requests: u64,
    pub duration: Option<Duration>,
    /// Requests a second of an open loop; without it each connection sends its next request at once.
    pub rate: Option<(f64, Arrivals, u64)>,
}

/// Measures the operations one after the other.
///
/// # Errors
/// When the workflow cannot be uploaded, no execution can be started, or the rate is impossible.
pub(crate) async fn run(setting: &Setting, operations: &[Operation], options: RestOptions) -> Result<Vec<RestRecord>> {
    let shape = Shape::new(Kind::Single, 1, 1, Lane::Inline)?;
    upload(&setting.api, &shape).await?;
    let tag = random_tag();
    let body = json!({ "workflow_name": shape.workflow_name(), "description": tag }).to_string();
    let (first, _) = setting
        .api
        .start(body.as_bytes())
        .await
        .context("cannot start an execution")?;
    let mut records = Vec::new();
    for operation in operations {
        if setting.stop.is_requested() {
            break;
        }
        let (name, path) = match operation {
            Operation::Workflows => ("GET workflows", "/workflows".to_owned()),
            Operation::WorkflowNames => ("GET workflows fields=id,name", "/workflows?fields=id,name".to_owned()),
            Operation::Workflow => ("GET workflow by name", format!("/workflows/{}", shape.workflow_name())),
            Operation::Execution => ("GET execution by id", format!("/executions/{first}")),
            Operation::Executions => (
                "GET executions limit=50",
                "/executions?limit=50&fields=id,state,workflow_name".to_owned(),
            ),
            Operation::Tasks => ("GET tasks of an execution", format!("/executions/{first}/tasks")),
            Operation::Start => ("POST execution", "/executions".to_owned()),
        };
        let call = if *operation == Operation::Start {
            Call {
                method: "POST",
                path,
                body: body.clone(),
            }
        } else {
            Call {
                method: "GET",
                path,
                body: String::new(),
            }
        };
        records.push(measure(setting, name, call, options).await?);
    }
    drain(&setting.api, &tag, setting).await;
    Ok(records)
}

/// A request that owns its text.
struct Call {
    method: &'static str,
    path: String,
    body: String,
}

struct Shared {
    api: Rc<Api>,
    call: Call,
    options: RestOptions,
    started: Instant,
    begun: Cell<u64>,
    /// Of an open loop: one worker at a time waits for the next moment.
    arrivals: Option<Mutex<(Pacer, Schedule)>>,
    latency: RefCell<Latency>,
    answered: Cell<u64>,
    errors: Cell<u64>,
    error_samples: RefCell<Vec<String>>,
    body_bytes: Cell<usize>,
    stop: crate::stop::Stop,
    bar: indicatif::ProgressBar,
}

async fn measure(setting: &Setting, name: &str, call: Call, options: RestOptions) -> Result<RestRecord> {
    let arrivals = match options.rate {
        Some((rate, arrivals, seed)) => Some(Mutex::new((Pacer::new()?, Schedule::new(rate, arrivals, seed)?))),
        None => None,
    };
    let api = &setting.api;
    let usage_before = usage::sample(&setting.watched);
    let (cpu_before, (requests_before, connections_before)) = (usage::own_cpu(), api.client().counters());
    let shared = Rc::new(Shared {
        api: Rc::clone(api),
        call,
        options,
        started: Instant::now(),
        begun: Cell::new(0),
        arrivals,
        latency: RefCell::new(Latency::new()),
        answered: Cell::new(0),
        errors: Cell::new(0),
        error_samples: RefCell::default(),
        body_bytes: Cell::new(0),
        stop: setting.stop.clone(),
        bar: progress::bar(name, options.duration.is_none().then_some(options.requests)),
    });
    let mut workers = JoinSet::new();
    for _ in 0..options.connections {
        workers.spawn_local(worker(Rc::clone(&shared)));
    }
    while let Some(worker) = workers.join_next().await {
        worker.context("a worker has failed")??;
    }
    let span = shared.started.elapsed();
    let (cpu, (requests, connections)) = (usage::own_cpu() - cpu_before, api.client().counters());
    let server = usage::difference(&usage_before, &usage::sample(&setting.watched));
    shared.bar.finish_and_clear();
    let latency = shared.latency.borrow().summary();
    Ok(RestRecord {
        operation: name.to_owned(),
        load: match options.rate {
            Some((rate, ..)) => format!("open {rate}/s, {} connections", options.connections),
            None => format!("closed {}", options.connections),
        },
        requests: shared.begun.get(),
        errors: shared.errors.get(),
        error_samples: shared.error_samples.take(),
        seconds: round(span.as_secs_f64()),
        requests_per_s: round(per_second(shared.answered.get(), span)),
        latency,
        body_bytes: shared.body_bytes.get() as u64,
        client: ClientCost {
            cpu_s: round(cpu.as_secs_f64()),
            requests: requests - requests_before,
            connections: connections - connections_before,
        },
        server,
    })
}

/// Sends requests over one connection until the limit is reached.
async fn worker(shared: Rc<Shared>) -> Result<()> {
    let Call { method, path, body } = &shared.call;
    let request = Request {
        method,
        path,
        body: body.as_bytes(),
        content_type: "application/json",
    };
    loop {
        let due = match &shared.arrivals {
            None => Instant::now(),
            Some(arrivals) => {
                let mut arrivals = arrivals.lock().await;
                let (pacer, schedule) = &mut *arrivals;
                let due = shared.started + schedule.next_offset();
                tokio::select! {
                    waited = pacer.wait_until(due) => waited?,
                    () = shared.stop.requested() => {}
                }
                due
            }
        };
        if shared.begun.get() >= shared.options.requests
            || shared.stop.is_requested()
            || shared
                .options
                .duration
                .is_some_and(|duration| shared.started.elapsed() >= duration)
        {
            return Ok(());
        }
        shared.begun.set(shared.begun.get() + 1);
        match shared.api.call(request).await {
            Ok(response) => {
                shared.latency.borrow_mut().record(due.elapsed());
                shared.answered.set(shared.answered.get() + 1);
                shared.body_bytes.set(response.body.len());
            }
            Err(error) => {
                shared.errors.set(shared.errors.get() + 1);
                let mut samples = shared.error_samples.borrow_mut();
                if samples.len() < MOST_ERROR_SAMPLES {
                    samples.push(error.to_string());
                }
            }
        }
        shared.bar.inc(1);
    }
}

/// Leaves the service as quiet as it was.
async fn drain(api: &Api, tag: &str, setting: &Setting) {
    let started = Instant::now();
    while started.elapsed() < DRAIN && !setting.stop.is_requested() {
        match api.running(tag).await {
            Ok(running) if !running.is_empty() => tokio::time::sleep(Duration::from_millis(50)).await,
            _ => return,
        }
    }
}
