//! The answer, in the style of the other resources.

use super::super::super::json::Writer;
use super::explain::{Detail, Explanation, Reason, shown_id, time_limit};
use super::gather::{MISSING, Open};
use mistral_flow::explain::Arrived;
use mistral_model::{Id, Time};
use mistral_store::diagnosis::{Holder, OpenAction, OpenExecution, OpenTask, ShardStatus};

/// Writes the explanation of the execution that was asked for.
pub(super) fn explanation(w: &mut Writer, open: &Open, explanation: &Explanation<'_>) {
    w.begin_object();
    execution(w, &open.execution);
    w.key("created_at");
    w.time(open.execution.created_at);
    w.key("updated_at");
    time(w, open.execution.updated_at);
    findings(w, open, explanation);
    w.key("shard");
    match &open.shard {
        Some(status) => shard(w, open, status),
        None => w.null(),
    }
    w.key("truncated");
    w.bool(open.truncated);
    w.end_object();
}

fn execution(w: &mut Writer, execution: &OpenExecution) {
    w.key("execution_id");
    w.str(&shown_id(execution));
    w.key("workflow_name");
    w.str(&execution.workflow_name);
    w.key("state");
    w.str(execution.state.name());
    w.key("state_info");
    text(w, execution.state_info.as_deref());
}

fn findings(w: &mut Writer, open: &Open, explanation: &Explanation<'_>) {
    w.key("summary");
    w.str(&explanation.summary);
    w.key("reasons");
    w.begin_array();
    for one in &explanation.reasons {
        reason(w, open, one);
    }
    w.end_array();
}

fn reason(w: &mut Writer, open: &Open, reason: &Reason<'_>) {
    w.begin_object();
    w.key("kind");
    w.str(reason.kind);
    w.key("message");
    w.str(&reason.message);
    if let Some(one) = reason.task {
        task(w, open, one);
    }
    match &reason.detail {
        Detail::None | Detail::Shard => {}
        Detail::Join(arrived) => join(w, arrived),
        Detail::Delay {
            policy,
            fire_at,
            retry_no,
        } => {
            w.key("policy");
            text(w, *policy);
            w.key("fire_at");
            time(w, *fire_at);
            if let Some(number) = retry_no {
                w.key("retry_no");
                w.int(*number);
            }
        }
        Detail::Action(one) => action(w, open, one),
        Detail::FailedAction(one) => {
            w.key("action_execution_id");
            w.id(one.id);
            w.key("action_name");
            w.str(&one.name);
        }
        Detail::Items { total, children } => {
            for (name, count) in [
                ("items_total", *total),
                ("items_completed", children.completed),
                ("items_open", children.open),
            ] {
                w.key(name);
                w.int(count);
            }
        }
        Detail::Execution(one, explained) => {
            execution(w, one);
            if let Some(explained) = explained {
                findings(w, open, explained);
            }
        }
        Detail::Pause(by) => {
            w.key("paused_by");
            w.str(by);
        }
    }
    w.end_object();
}

fn task(w: &mut Writer, open: &Open, task: &OpenTask) {
    w.key("task_execution_id");
    w.id(task.id);
    w.key("task_name");
    w.str(&task.name);
    w.key("task_state");
    w.str(task.state.name());
    w.key("task_state_info");
    text(w, task.state_info.as_deref());
    w.key("task_created_at");
    w.time(task.created_at);
    w.key("task_started_at");
    time(w, task.started_at);
    w.key("task_timeout_at");
    time(w, time_limit(open, task));
}

fn join(w: &mut Writer, arrived: &Arrived) {
    for (name, count) in [
        ("inbound_required", arrived.required),
        ("inbound_total", arrived.inbound),
        ("inbound_triggered", arrived.triggered),
    ] {
        w.key(name);
        w.int(i64::try_from(count).unwrap_or(i64::MAX));
    }
    w.key("inbound_missing");
    w.begin_array();
    for inbound in arrived.missing.iter().take(MISSING) {
        w.begin_object();
        w.key("task_name");
        w.str(&inbound.name);
        w.key("task_execution_id");
        id(w, inbound.run.map(|(id, _)| id));
        w.key("task_state");
        text(w, inbound.run.map(|(_, state)| state.name()));
        w.end_object();
    }
    w.end_array();
}

fn action(w: &mut Writer, open: &Open, action: &OpenAction) {
    w.key("action_execution_id");
    w.id(action.id);
    w.key("action_name");
    w.str(&action.name);
    w.key("action_state");
    w.str(action.state.name());
    w.key("action_created_at");
    w.time(action.created_at);
    if let Some(queued) = &action.queued {
        w.key("target");
        text(w, Some(queued.target.as_str()).filter(|target| !target.is_empty()));
        w.key("attempt");
        w.int(i64::from(queued.attempt));
        w.key("executor");
        match &queued.claimed_by {
            Some(node) => holder(w, open, node),
            None => w.null(),
        }
    }
}

fn shard(w: &mut Writer, open: &Open, status: &ShardStatus) {
    w.begin_object();
    w.key("shard");
    w.int(i64::from(status.shard.0));
    w.key("owner");
    match &status.owner {
        Some(node) => holder(w, open, node),
        None => w.null(),
    }
    w.key("lease_until");
    time(w, status.lease_until);
    w.key("pending_events");
    w.int(status.pending_events);
    w.end_object();
}

fn holder(w: &mut Writer, open: &Open, holder: &Holder) {
    w.begin_object();
    if open.shows_nodes {
        w.key("node_id");
        w.id(holder.node);
        w.key("node_name");
        text(w, holder.name.as_deref());
    }
    w.key("is_alive");
    w.bool(holder.is_alive);
    w.end_object();
}

fn text(w: &mut Writer, text: Option<&str>) {
    match text {
        Some(text) => w.str(text),
        None => w.null(),
    }
}

fn time(w: &mut Writer, time: Option<Time>) {
    match time {
        Some(time) => w.time(time),
        None => w.null(),
    }
}

fn id(w: &mut Writer, id: Option<Id>) {
    match id {
        Some(id) => w.id(id),
        None => w.null(),
    }
}
