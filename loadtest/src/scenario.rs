//! One measured run of a shape: upload, warm up, drive, verify, account.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;

use crate::api::Api;
use crate::database::Meter;
use crate::drive::{Detect, Load, Options, drive, random_tag};
use crate::effects::Effects;
use crate::progress;
use crate::report::{ClientCost, LoadRecord};
use crate::shapes::Shape;
use crate::stats::{per_second, round};
use crate::stop::Stop;
use crate::usage::{self, Watched};
use crate::verify::{Extent, Findings, Tolerance, verify};

/// Time for the last executions to become final after the drive has seen them leave RUNNING.
const FINAL_STATES: Duration = Duration::from_secs(10);

/// Where and how runs are measured.
pub(crate) struct Setting {
    pub api: Rc<Api>,
    pub watched: Vec<Watched>,
    /// URL of the service's database, and how long its counters take to settle.
    pub database: Option<(String, Duration)>,
    pub extent: Extent,
    /// Executions that run before the measurement.
    pub warmup: u64,
    pub stop: Stop,
    /// Set while the measured load runs: neither before nor in the checks after it.
    pub under_load: Rc<Cell<bool>>,
}

/// The body of POST `/executions` without an id.
fn start_body(shape: &Shape, tag: &str) -> String {
    json!({ "workflow_name": shape.workflow_name(), "input": shape.input(), "description": tag }).to_string()
}

/// Creates the workflow of a shape on the server.
///
/// # Errors
/// When the server refuses it or cannot be reached.
pub(crate) async fn upload(api: &Api, shape: &Shape) -> Result<()> {
    let name = shape.workflow_name();
    api.upload(&name, &shape.plan().definition)
        .await
        .with_context(|| format!("cannot upload workflow {name}"))
}

/// Runs `count` executions one at a time, unmeasured.
///
/// # Errors
/// When not all of them finish.
pub(crate) async fn warm_up(setting: &Setting, shape: &Shape, count: u64, timeout: Duration) -> Result<()> {
    let tag = random_tag();
    let options = Options {
        load: Load::Closed { concurrency: 1 },
        executions: count,
        duration: None,
        timeout,
        connections: 1,
        detect: Detect::Id,
        own_ids: false,
        list: 1,
        poll_pause: (Duration::from_millis(1), Duration::from_secs(1)),
    };
    let bar = progress::bar("warm-up", Some(count));
    let body = start_body(shape, &tag);
    let outcome = drive(Rc::clone(&setting.api), &body, &tag, options, &setting.stop, &bar).await?;
    bar.finish_and_clear();
    if outcome.failed + outcome.unknown > 0 || !outcome.complete {
        let reason = outcome.error_samples.first().cloned();
        anyhow::bail!(
            "the warm-up failed: {}",
            reason.unwrap_or_else(|| format!("not finished after {timeout:?}"))
        );
    }
    Ok(())
}

/// Measures one run.
///
/// # Errors
/// When the workflow cannot be uploaded, or the database's counters cannot be read. Wrong results are no error: they
/// are in the record.
pub(crate) async fn run(
    setting: &Setting,
    shape: &Shape,
    options: &Options,
    tolerate_errors: bool,
    effects: Option<(&Effects, bool)>,
) -> Result<LoadRecord> {
    let (api, stop) = (&setting.api, &setting.stop);
    let plan = Rc::new(shape.plan());
    upload(api, shape).await?;
    if setting.warmup > 0 {
        warm_up(setting, shape, setting.warmup, options.timeout).await?;
    }
    let meter = match &setting.database {
        Some((url, settle)) => Some((url, Meter::start(url, *settle, stop).await?)),
        None => None,
    };
    let tag = random_tag();
    let bar = progress::bar(&shape.label(), options.duration.is_none().then_some(options.executions));
    let usage_before = usage::sample(&setting.watched);
    let (cpu_before, (requests_before, connections_before)) = (usage::own_cpu(), api.client().counters());
    let body = start_body(shape, &tag);
    setting.under_load.set(true);
    let outcome = drive(Rc::clone(api), &body, &tag, options.clone(), stop, &bar).await;
    setting.under_load.set(false);
    let outcome = outcome?;
    let (cpu, (requests, connections)) = (usage::own_cpu() - cpu_before, api.client().counters());
    let server = usage::difference(&usage_before, &usage::sample(&setting.watched));
    bar.finish_and_clear();

    let mut makespan = outcome.makespan;
    if outcome.complete {
        makespan += wait_for_final_states(api, &tag, stop).await;
    }
    let accepted = outcome.accepted.len() as u64;
    let database = match meter {
        Some((url, meter)) => Some(meter.finish(url, accepted, accepted * plan.task_count(), stop).await?),
        None => None,
    };
    let tolerance = Tolerance {
        errors: tolerate_errors,
        unknown: outcome.unknown,
    };
    let mut findings = verify(api, &plan, &tag, &outcome.accepted, setting.extent, tolerance, stop)
        .await
        .unwrap_or_else(|error| {
            let mut findings = Findings::default();
            findings.problem(format!("the executions cannot be listed: {error}"));
            findings
        });
    let effects = effects.map(|(effects, safe_rerun)| effects.check(&plan, safe_rerun, &mut findings));
    let success = findings.success;
    Ok(LoadRecord {
        label: shape.label(),
        load: load_label(options),
        detect: options.detect,
        tasks_per_execution: plan.task_count(),
        actions_per_execution: plan.action_count(),
        accepted,
        failed: outcome.failed,
        unknown: outcome.unknown,
        complete: outcome.complete,
        interrupted: outcome.interrupted,
        makespan_s: round(makespan.as_secs_f64()),
        executions_per_s: round(per_second(success, makespan)),
        tasks_per_s: round(per_second(success * plan.task_count(), makespan)),
        actions_per_s: round(per_second(success * plan.action_count(), makespan)),
        latency: outcome.latency.summary(),
        post: outcome.post.summary(),
        polls: outcome.polls,
        poll_distance_ms: (outcome.polls > 0)
            .then(|| round(outcome.makespan.as_secs_f64() * 1000.0 / outcome.polls as f64)),
        findings,
        error_samples: outcome.error_samples,
        client: ClientCost {
            cpu_s: round(cpu.as_secs_f64()),
            requests: requests - requests_before,
            connections: connections - connections_before,
        },
        server,
        database,
        effects,
        cluster: None,
    })
}

fn load_label(options: &Options) -> String {
    match options.load {
        Load::Closed { concurrency } => format!("closed {concurrency}"),
        Load::Open {
            rate,
            arrivals: crate::pacer::Arrivals::Uniform,
            ..
        } => format!("open {rate}/s"),
        Load::Open {
            rate,
            arrivals: crate::pacer::Arrivals::Poisson,
            ..
        } => format!("open {rate}/s poisson"),
    }
}

/// An execution that is not RUNNING may still be on its way (IDLE, PAUSED): it belongs to the makespan until it is
/// final. Returns the time that this took, without the first look.
async fn wait_for_final_states(api: &Api, tag: &str, stop: &Stop) -> Duration {
    let mut since: Option<Instant> = None;
    loop {
        let open = match api.executions(tag).await {
            Ok(rows) => rows
                .iter()
                .any(|row| !row.state.as_deref().is_some_and(crate::api::is_terminal)),
            Err(_) => return Duration::ZERO,
        };
        let waited = since.map_or(Duration::ZERO, |since| since.elapsed());
        if !open || waited > FINAL_STATES || stop.is_requested() {
            return waited;
        }
        since.get_or_insert_with(Instant::now);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
