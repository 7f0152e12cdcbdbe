//! One job in a slot: time-out, cancellation, panics, and how each is worded.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use mistral_actions::{Call, Environment, Error, Registry, raised};
use mistral_model::action::{Descriptor, Job, Outcome};
use mistral_model::{Dict, Id, Str, Value, limit};
use mistral_telemetry::metric;

use super::cancelled;

/// Runs a job. `None`: there is nothing to report, because the result comes from elsewhere.
pub(super) async fn run(
    registry: &Registry,
    environment: &Environment,
    job: &Job,
    token: &CancellationToken,
) -> Option<Outcome> {
    let action = registry.action(&job.name)?;
    let descriptor = action.descriptor();
    let empty = Dict::default();
    let input = job.input.value().as_dict().unwrap_or(&empty);
    let raise = |text: &str| raised(descriptor, shown_id(job), text);
    if let Err(text) = (descriptor.check)(input) {
        return Some(raise(&text));
    }
    let limit = time_limit(job);
    let call = Call {
        input,
        context: &job.context,
        cancel: token,
        timeout: limit,
        environment,
    };
    let began = Instant::now();
    // The block also catches a panic while the future is being made.
    let body = AssertUnwindSafe(async { action.run(call).await }).catch_unwind();
    // What is pure and instant has nothing to tell.
    let span = match descriptor.inline {
        Some(_) => tracing::Span::none(),
        None => span(descriptor, job),
    };
    let body = body.instrument(span);
    let outcome = tokio::select! {
        biased;
        () = token.cancelled() => cancelled(),
        result = body => match result {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(Error::Raised(text))) => raise(&text),
            Ok(Err(Error::Cancelled)) => cancelled(),
            Err(panic) => {
                // The text may quote input, which is the user's; so it is for the log only.
                tracing::error!(action = descriptor.name, id = %job.action_id, panic = panic_text(&*panic), "action panicked");
                raise("Internal error in the action")
            }
        },
        Some(()) = expire(limit) => {
            // For work on other threads; what is asynchronous ends with the future.
            token.cancel();
            return timed_out(descriptor, job).map(|(_, outcome)| outcome);
        }
    };
    metric::action_ran(began.elapsed().as_secs_f64());
    reportable(outcome, job.is_sync)
}

/// The id that texts show. Actions that somebody waits for have none, as with upstream.
fn shown_id(job: &Job) -> Option<Id> {
    job.context.action_execution_id.as_ref().map(|_| job.action_id)
}

/// What the log says of every line about an action.
fn span(descriptor: &Descriptor, job: &Job) -> tracing::Span {
    let context = &job.context;
    tracing::info_span!(
        "action",
        action = descriptor.name,
        action_execution_id = %job.action_id,
        task_execution_id = context.task_execution_id.as_deref(),
        workflow_execution_id = context.workflow_execution_id.as_deref(),
        root_execution_id = %job.root_id,
        project_id = context.project_id.as_deref(),
    )
}

async fn expire(limit: Option<Duration>) -> Option<()> {
    tokio::time::sleep(limit?).await;
    Some(())
}

/// An asynchronous action that started well has no result yet; upstream ignores its value.
pub(super) fn reportable(outcome: Outcome, is_sync: bool) -> Option<Outcome> {
    match outcome {
        Outcome::Success(_) if !is_sync => None,
        outcome => Some(outcome),
    }
}

/// The outcome, unless it is too large to be stored: then only how large it was.
pub(super) fn limited(outcome: Outcome, limit_kb: Option<u64>) -> Outcome {
    let Some(limit_kb) = limit_kb else { return outcome };
    let data = match &outcome {
        Outcome::Success(data) | Outcome::Error(data) | Outcome::Cancelled(data) => data,
        Outcome::TooLarge { .. } => return outcome,
    };
    match limit::excess(&stored(data.clone()), limit_kb) {
        Some(size_kb) => Outcome::TooLarge { size_kb, limit_kb },
        None => outcome,
    }
}

/// As the result of an action is stored.
fn stored(data: Value) -> Value {
    Value::dict([(Str::from("result"), data)].into_iter().collect())
}

/// Zero means no limit, as upstream.
fn time_limit(job: &Job) -> Option<Duration> {
    job.timeout.filter(|limit| !limit.is_zero())
}

/// The time-out of a job, if it has one, and how it ends then.
pub(super) fn timed_out(descriptor: &Descriptor, job: &Job) -> Option<(Duration, Outcome)> {
    let limit = time_limit(job)?;
    let seconds = limit.as_secs_f64();
    Some((
        limit,
        raised(descriptor, shown_id(job), &format!("Timeout after {seconds} seconds")),
    ))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown")
}
