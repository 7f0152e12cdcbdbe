//! Cron triggers: a loop that turns due ones into starts of executions (services of upstream: `periodic`).
//!
//! Claiming a trigger, moving it on and writing the start into the engine's inbox is one transaction, so a run can neither
//! be lost nor happen twice. Runs that were missed while nobody looked are made up for by one.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use mistral_engine::Handle;
use mistral_engine::queue::wire;
use mistral_model::record::Scope;
use mistral_model::request::{Request, Start};
use mistral_model::time::Clock;
use mistral_model::{Dict, Id, Payload, Security, SecurityContext, Str, Time, Value, json};
use mistral_store::Error;
use mistral_store::backend::Outgoing;
use mistral_store::definitions::CronTrigger;
use mistral_store::triggers::{CronTriggers, Due, Firing};
use pycron::Schedule;

/// Triggers claimed in one transaction: their inputs are in memory together.
const BATCH: usize = 50;

/// Settings of [`Service`].
#[derive(Clone, Debug)]
pub struct Options {
    /// `[cron_trigger] execution_interval`: time between two looks. A trigger fires at most once per look.
    pub interval: Duration,
    /// How long before its time a trigger may fire. Upstream rather starts a second or two early than late.
    pub early: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            interval: Duration::from_secs(1),
            early: Duration::from_secs(2),
        }
    }
}

/// The loop.
pub struct Service {
    engine: Handle,
    triggers: Arc<dyn CronTriggers>,
    clock: Arc<dyn Clock>,
    options: Options,
}

impl Service {
    pub fn new(
        engine: Handle,
        triggers: impl CronTriggers + 'static,
        clock: Arc<dyn Clock>,
        options: Options,
    ) -> Service {
        Service {
            engine,
            triggers: Arc::new(triggers),
            clock,
            options,
        }
    }

    /// Looks for due triggers until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(self.options.interval.max(Duration::from_millis(10)));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            // Not cancelled in the middle: a commit whose outcome nobody waits for is safe, but a connection is lost.
            match self.look().await {
                Ok(0) => {}
                Ok(fired) => tracing::debug!(fired, "cron triggers fired"),
                Err(error) => tracing::warn!(%error, "cron triggers not looked at"),
            }
        }
    }

    /// One look: fires everything that is due, each trigger once. Returns their number.
    ///
    /// # Errors
    /// What the database says; what was not fired stays due.
    pub async fn look(&self) -> Result<usize, Error> {
        let now = self.clock.now();
        let until = now.plus_seconds(self.options.early.as_secs_f64());
        let mut fired = 0;
        loop {
            let mut decide = |due: &Due| fire(due, now, self.engine.new_id());
            let (claimed, shards) = self.triggers.fire(until, BATCH, now, &mut decide).await?;
            for shard in shards {
                self.engine.announce(shard);
            }
            fired += claimed;
            if claimed < BATCH {
                return Ok(fired);
            }
        }
    }
}

/// What becomes of a due trigger; `id` is for the execution.
fn fire(due: &Due, now: Time, id: Id) -> Firing {
    let trigger = &due.trigger;
    let remaining = trigger.remaining_executions.map(|n| n.saturating_sub(1).max(0));
    let next = if remaining == Some(0) {
        None
    } else {
        next_time(due, now).map(|next| (next, remaining))
    };
    let start = start(due, id);
    Firing {
        next,
        acts_under: trigger
            .trust_id
            .clone()
            .filter(|_| start.is_some())
            .map(|trust| (trust, id)),
        start,
    }
}

/// The next match after now, and after the time that was due: what was missed between is skipped.
fn next_time(due: &Due, now: Time) -> Option<Time> {
    let trigger = &due.trigger;
    let pattern = trigger.pattern.as_deref().unwrap_or_default();
    let next = match Schedule::parse(pattern) {
        Ok(schedule) => schedule.next_after(now.max(trigger.next_execution_time).0),
        Err(_) => None,
    };
    if next.is_none() {
        tracing::warn!(trigger = %trigger.id, pattern, "cron trigger has no next time; this was its last run");
    }
    next.map(Time)
}

fn start(due: &Due, id: Id) -> Option<Outgoing> {
    let trigger = &due.trigger;
    let Some(workflow) = &due.workflow else {
        tracing::error!(
            trigger = %trigger.id, workflow = %trigger.workflow_name,
            "cron trigger starts nothing: its workflow is gone, or not visible to its project"
        );
        return None;
    };
    let start = Start {
        execution_id: id,
        id_is_chosen: false,
        alias: None,
        workflow_id: trigger.workflow_id,
        workflow_name: workflow.name.clone(),
        workflow_namespace: workflow.namespace.clone(),
        workbook_name: workflow.workbook_name.clone(),
        spec_hash: workflow.spec_hash,
        project_id: trigger.project_id.clone(),
        scope: Scope::Private,
        description: Some(description(trigger.id).into()),
        input: mapping(&trigger.workflow_input),
        // An environment that is named here is looked up by the decision.
        params: mapping(&trigger.workflow_params),
        security: trigger.trust_id.clone().map(Security::Trust),
        openstack: trigger.trust_id.as_ref().map(|trust| openstack(trigger, trust)),
    };
    match wire::write_request(&Request::Start(Box::new(start))) {
        Ok(body) => Some(Outgoing {
            shard: id.shard(),
            body,
            reply_to: None,
            request_id: None,
        }),
        Err(error) => {
            tracing::error!(trigger = %trigger.id, %error, "cron trigger starts nothing");
            None
        }
    }
}

/// What its expressions see of whom it acts for. More is known only when a token is made from the trust.
fn openstack(trigger: &CronTrigger, trust: &Str) -> Payload {
    let context = SecurityContext {
        auth_token: Some("".into()),
        service_catalog: Some("".into()),
        is_trust_scoped: true,
        trust_id: Some(trust.clone()),
        project_id: trigger.project_id.clone(),
        ..SecurityContext::default()
    };
    Payload::from_value(context.to_visible())
}

fn mapping(payload: &Payload) -> Payload {
    if payload.value().as_dict().is_some() {
        payload.clone()
    } else {
        Payload::empty_dict()
    }
}

/// How clients recognize executions of a trigger.
fn description(trigger: Id) -> String {
    let mut origin = Dict::default();
    origin.insert("type".into(), "cron_trigger".into());
    origin.insert("id".into(), trigger.to_string().into());
    let mut description = Dict::default();
    let text = format!("Workflow execution created by cron trigger '({trigger})'.");
    description.insert("description".into(), text.into());
    description.insert("triggered_by".into(), Value::dict(origin));
    json::dumps(&Value::dict(description))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_model::Shard;
    use mistral_store::triggers::Workflow;

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn due(pattern: &str, next: &str, remaining: Option<i32>) -> Due {
        let trigger = CronTrigger {
            id: Id(5),
            name: "t".into(),
            project_id: Some("p".into()),
            scope: Scope::Public,
            pattern: Some(pattern.into()),
            first_execution_time: None,
            next_execution_time: at(next),
            remaining_executions: remaining,
            workflow_id: Id(6),
            workflow_name: "wf".into(),
            workflow_input: Payload::from_json(r#"{"x":1}"#),
            workflow_input_hash: "".into(),
            workflow_params: Payload::from_json(r#"{"env":"e"}"#),
            workflow_params_hash: "".into(),
            trust_id: None,
            created_at: Time(0),
            updated_at: None,
        };
        let workflow = Workflow {
            name: "wf".into(),
            namespace: "ns".into(),
            workbook_name: None,
            spec_hash: Id(7),
        };
        Due {
            trigger,
            workflow: Some(workflow),
        }
    }

    fn next(due: &Due, now: &str) -> Option<(String, Option<i32>)> {
        fire(due, at(now), Id(1))
            .next
            .map(|(time, remaining)| (time.to_text(), remaining))
    }

    #[test]
    fn missed_runs_become_one() {
        let hourly = due("0 * * * *", "2026-11-23 05:00:00", None);
        assert_eq!(
            next(&hourly, "2026-11-23 09:30:00"),
            Some(("2026-11-23 10:00:00".into(), None))
        );
        // Early: the run of 05:00 has been had.
        assert_eq!(
            next(&hourly, "2026-11-23 04:59:58"),
            Some(("2026-11-23 06:00:00".into(), None))
        );
    }

    #[test]
    fn counted_runs() {
        let now = "2026-11-23 05:00:00";
        let with = |remaining| next(&due("0 * * * *", now, remaining), now);
        assert_eq!(with(Some(3)), Some(("2026-11-23 06:00:00".into(), Some(2))));
        assert_eq!(with(Some(1)), None);
        assert_eq!(with(Some(0)), None);
    }

    #[test]
    fn a_pattern_that_has_no_next_time_ends_the_trigger() {
        let now = "2026-12-31 23:00:00";
        for pattern in ["0 23 31 12 * 0 2026", "nonsense", "0 0 31 2 *"] {
            let firing = fire(&due(pattern, now, None), at(now), Id(1));
            assert!(firing.next.is_none() && firing.start.is_some(), "{pattern}");
        }
    }

    #[test]
    fn the_start_is_that_of_upstream() {
        let id = Id::new(1, 2, Shard(77), 3);
        let message = fire(
            &due("* * * * *", "2026-11-23 05:00:00", None),
            at("2026-11-23 05:00:00"),
            id,
        )
        .start
        .unwrap();
        assert_eq!((message.shard, message.reply_to), (Shard(77), None));
        let Ok(Request::Start(start)) = wire::read_request(&message.body) else {
            panic!("{}", message.body)
        };
        assert_eq!(
            (start.execution_id, start.workflow_id, start.spec_hash),
            (id, Id(6), Id(7))
        );
        assert_eq!((start.project_id.as_deref(), start.scope), (Some("p"), Scope::Private));
        assert_eq!((&*start.workflow_name, &*start.workflow_namespace), ("wf", "ns"));
        assert_eq!(
            (start.input.text(), start.params.text()),
            (r#"{"x":1}"#, r#"{"env":"e"}"#)
        );
        assert_eq!(
            start.description.as_deref(),
            Some(
                "{\"description\": \"Workflow execution created by cron trigger \
                 '(00000000-0000-0000-0000-000000000005)'.\", \"triggered_by\": {\"type\": \"cron_trigger\", \
                 \"id\": \"00000000-0000-0000-0000-000000000005\"}}"
            )
        );
    }

    #[test]
    fn without_a_workflow_nothing_starts_and_the_trigger_moves_on() {
        let mut due = due("* * * * *", "2026-11-23 05:00:00", None);
        due.workflow = None;
        let firing = fire(&due, at("2026-11-23 05:00:00"), Id(1));
        assert!(firing.start.is_none() && firing.next.is_some());
    }
}
