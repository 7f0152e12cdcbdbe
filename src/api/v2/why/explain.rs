//! What open rows mean, in words: reasons why an execution has not finished.

use super::gather::Open;
use mistral_flow::explain::{self as flow, Arrived, Missing, Pause, Wait};
use mistral_model::action::queue_of_workers;
use mistral_model::{Id, State, Time};
use mistral_store::diagnosis::{Children, FailedAction, Holder, OpenAction, OpenExecution, OpenTask};
use mistral_store::rendezvous::placed_on;

/// Reasons that the summary tells in full.
const TOLD: usize = 3;

/// Names in one sentence.
const NAMED: usize = 5;

/// Why one execution has not finished.
pub(super) struct Explanation<'a> {
    pub summary: String,
    pub reasons: Vec<Reason<'a>>,
}

/// One reason.
pub(super) struct Reason<'a> {
    pub kind: &'static str,
    /// A sentence without its full stop.
    pub message: String,
    /// The task that it is about.
    pub task: Option<&'a OpenTask>,
    pub detail: Detail<'a>,
}

/// What there is to know about a reason beside its kind and its task.
pub(super) enum Detail<'a> {
    None,
    Join(&'a Arrived),
    Delay {
        policy: Option<&'static str>,
        fire_at: Option<Time>,
        retry_no: Option<i64>,
    },
    Action(&'a OpenAction),
    FailedAction(&'a FailedAction),
    Items {
        total: i64,
        children: Children,
    },
    /// With its own explanation, unless it lies too deep.
    Execution(&'a OpenExecution, Option<Explanation<'a>>),
    Pause(&'static str),
    Shard,
}

/// Explains the execution that was asked for.
pub(super) fn explain(open: &Open) -> Explanation<'_> {
    let execution = &open.execution;
    if execution.state == State::Error {
        return super::failure::explain(open, execution);
    }
    if execution.state.is_completed() {
        let at = execution.updated_at.unwrap_or(execution.created_at).to_text();
        let reason = reason(
            "finished",
            format!("the execution has ended in {} at {at}", execution.state),
        );
        return Explanation {
            summary: sentence(&reason.message),
            reasons: vec![reason],
        };
    }
    let mut reasons: Vec<Reason<'_>> = shard(open).into_iter().collect();
    below(open, execution, &mut reasons);
    summed_up(execution, reasons)
}

pub(super) fn summed_up<'a>(execution: &OpenExecution, reasons: Vec<Reason<'a>>) -> Explanation<'a> {
    let told: Vec<&str> = reasons
        .iter()
        .take(TOLD)
        .map(|reason| reason.message.as_str())
        .collect();
    let mut summary = format!("{}: {}", execution.state, told.join("; "));
    if reasons.len() > TOLD {
        summary.push_str(&format!("; and {} more", reasons.len() - TOLD));
    }
    summary.push('.');
    Explanation { summary, reasons }
}

fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

pub(super) fn reason(kind: &'static str, message: String) -> Reason<'static> {
    Reason {
        kind,
        message,
        task: None,
        detail: Detail::None,
    }
}

/// What keeps the whole tree from going on: nobody decides about it.
fn shard(open: &Open) -> Option<Reason<'static>> {
    let shard = open.shard.as_ref()?;
    let engines: Vec<Id> = open
        .nodes
        .iter()
        .filter(|node| node.has_role("engine"))
        .map(|node| node.id)
        .collect();
    let number = shard.shard.0;
    let (kind, message) = match &shard.owner {
        _ if engines.is_empty() => ("no_engine", "no engine is running".to_owned()),
        None => (
            "shard_without_owner",
            format!("no engine holds shard {number} at the moment; one of the running engines takes it within seconds"),
        ),
        Some(owner) if !owner.is_alive => (
            "shard_owner_lost",
            format!(
                "the engine that held shard {number} has not renewed its lease; another one takes it over within seconds"
            ),
        ),
        Some(owner) if placed_on(shard.shard, &engines).is_some_and(|node| node != owner.node) => (
            "shard_hand_over",
            format!("shard {number} is about to be handed over to another engine"),
        ),
        Some(_) => return None,
    };
    Some(Reason {
        detail: Detail::Shard,
        ..reason(kind, message)
    })
}

/// Why an execution that has not ended has not.
fn below<'a>(open: &'a Open, execution: &'a OpenExecution, reasons: &mut Vec<Reason<'a>>) {
    let is_paused = execution.state == State::Paused;
    let tasks = open.tasks.get(&execution.id).map_or(&[][..], Vec::as_slice);
    let find = |id: &Id| tasks.iter().find(|task| task.id == *id);
    for why in open.reasons.get(&execution.id).map_or(&[][..], Vec::as_slice) {
        match why {
            flow::Reason::Paused(by) => reasons.push(paused(open, execution, by, find)),
            flow::Reason::Held(count) => {
                let message = format!("{count} steps are held back until the execution is resumed");
                reasons.push(reason("commands_held", message));
            }
            flow::Reason::NotStarted => {
                reasons.push(reason("not_started", "the execution has not been started yet".into()));
            }
            flow::Reason::Task(id, wait) => {
                let task = find(id);
                reasons.extend(task.and_then(|task| of_task(open, task, wait, is_paused)));
            }
            flow::Reason::Follow(id) => reasons.extend(find(id).map(|task| Reason {
                task: Some(task),
                ..reason("continuation_pending", follow(task, is_paused))
            })),
            flow::Reason::Complete => {
                let message = "no task is open; the engine is about to complete the execution";
                reasons.push(reason("completion_pending", message.into()));
            }
        }
    }
}

fn follow(task: &OpenTask, is_paused: bool) -> String {
    match is_paused {
        true => format!("what follows task '{}' starts when the execution is resumed", task.name),
        false => format!("the engine is working out what follows task '{}'", task.name),
    }
}

/// Who paused an execution: by its tree, else by what is around it.
fn paused<'a>(
    open: &'a Open,
    execution: &'a OpenExecution,
    by: &Pause,
    find: impl Fn(&Id) -> Option<&'a OpenTask>,
) -> Reason<'a> {
    let task = match by {
        Pause::Policy(id) | Pause::Action(id) | Pause::Execution(id) => find(id),
        Pause::Command | Pause::Parent | Pause::Other => None,
    };
    let name = task.map_or("", |task| task.name.as_str());
    let is_below_paused = || {
        let parent = open.parent.as_ref().filter(|_| execution.id == open.execution.id);
        parent.is_some_and(|parent| parent.state == State::Paused)
    };
    let (by, message) = match by {
        Pause::Policy(_) => (
            "policy",
            format!("the pause-before policy of task '{name}' paused the execution"),
        ),
        Pause::Command => {
            let info = execution.state_info.as_deref().unwrap_or_default();
            let message = format!("a pause command of the workflow paused the execution: {info}");
            ("command", message)
        }
        Pause::Action(_) => (
            "action",
            format!("an action of task '{name}' was paused, and the execution with it"),
        ),
        Pause::Execution(_) => (
            "sub_execution",
            format!("a sub-workflow execution of task '{name}' is paused, and the execution with it"),
        ),
        Pause::Parent | Pause::Other if open.mode != "RUNNING" => (
            "maintenance",
            format!(
                "the service is in maintenance mode ({}), which pauses executions",
                open.mode
            ),
        ),
        Pause::Other if !is_below_paused() => (
            "request",
            "a request (state PAUSED) or a pause command without a message paused the execution".into(),
        ),
        Pause::Parent | Pause::Other => (
            "parent_execution",
            "the execution above it is paused, and this one with it".into(),
        ),
    };
    Reason {
        task,
        detail: Detail::Pause(by),
        ..reason("paused", message)
    }
}

/// Why a task that has not ended has not; `None` where what it waits for is not told, for there is too much of it.
fn of_task<'a>(open: &'a Open, task: &'a OpenTask, wait: &'a Wait, is_paused: bool) -> Option<Reason<'a>> {
    let name = &task.name;
    let about = |kind, message| Reason {
        task: Some(task),
        ..reason(kind, message)
    };
    Some(match wait {
        Wait::Start => about("task_not_started", format!("task '{name}' has not been started yet")),
        Wait::Delay { policy, retry_no } => delayed(open, task, *policy, *retry_no),
        Wait::Join(arrived) if open.joins.contains(&task.id) => waiting(task, arrived, is_paused),
        Wait::Join(_) => about("waiting_for_join", format!("task '{name}' waits for its inbound tasks")),
        Wait::Items(total) => items(task, *total, *open.children.get(&task.id)?),
        Wait::Action(id) => {
            let action = open.actions.get(&task.id)?.iter().find(|action| action.id == *id)?;
            of_action(open, task, action)
        }
        Wait::Execution(id) => {
            let executions = open.sub_executions.get(&task.id)?;
            let execution = executions.iter().find(|execution| execution.id == *id)?;
            of_sub_execution(open, task, execution)
        }
        Wait::Engine => {
            let message = format!("task '{name}' is {}; the engine is working on it", task.state);
            about("task_in_progress", message)
        }
    })
}

/// When a task's time limit ends.
pub(super) fn time_limit(open: &Open, task: &OpenTask) -> Option<Time> {
    let timers = open.timers.get(&task.id)?;
    timers
        .iter()
        .find(|timer| timer.kind == "timeout")
        .map(|timer| timer.fire_at)
}

fn delayed<'a>(open: &Open, task: &'a OpenTask, policy: Option<&'static str>, retry_no: Option<i64>) -> Reason<'a> {
    let timers = open.timers.get(&task.id).map_or(&[][..], Vec::as_slice);
    let delay = timers.iter().find(|timer| timer.kind != "timeout");
    let fire_at = delay.map(|timer| timer.fire_at);
    let until = fire_at.map_or_else(|| "for a moment".to_owned(), |at| format!("until {}", at.to_text()));
    let name = &task.name;
    let message = match (policy, retry_no) {
        (Some("retry"), Some(number)) => format!("task '{name}' waits {until} for its retry number {number}"),
        (Some(policy), _) => format!("task '{name}' is delayed by its {policy} policy {until}"),
        (None, _) => format!("task '{name}' is delayed {until}"),
    };
    Reason {
        kind: "delayed",
        message,
        task: Some(task),
        detail: Detail::Delay {
            policy,
            fire_at,
            retry_no,
        },
    }
}

fn waiting<'a>(task: &'a OpenTask, arrived: &'a Arrived, is_paused: bool) -> Reason<'a> {
    let name = &task.name;
    let message = if arrived.triggered >= arrived.required {
        match is_paused {
            true => format!("task '{name}' is ready and starts when the execution is resumed"),
            false => format!("task '{name}' is ready; the engine is about to start it"),
        }
    } else {
        let missing: Vec<String> = arrived.missing.iter().take(NAMED).map(shown).collect();
        let more = if arrived.missing.len() > NAMED { ", …" } else { "" };
        format!(
            "task '{name}' waits for {} of {} inbound tasks, {} of which have led to it; missing: {}{more}",
            arrived.required,
            arrived.inbound,
            arrived.triggered,
            missing.join(", ")
        )
    };
    Reason {
        kind: "waiting_for_join",
        message,
        task: Some(task),
        detail: Detail::Join(arrived),
    }
}

/// An inbound task with what it is about.
fn shown(inbound: &Missing) -> String {
    match inbound.run {
        None => format!("'{}' (not started)", inbound.name),
        Some((_, state)) if state.is_completed() => format!("'{}' ({state}, went elsewhere)", inbound.name),
        Some((_, state)) => format!("'{}' ({state})", inbound.name),
    }
}

fn items(task: &OpenTask, total: i64, children: Children) -> Reason<'_> {
    let message = format!(
        "task '{}' has finished {} of its {total} items, {} are under way",
        task.name, children.completed, children.open
    );
    Reason {
        kind: "items_in_progress",
        message,
        task: Some(task),
        detail: Detail::Items { total, children },
    }
}

fn of_action<'a>(open: &'a Open, task: &'a OpenTask, action: &'a OpenAction) -> Reason<'a> {
    let what = format!("action '{}' of task '{}'", action.name, task.name);
    let since = action.created_at.to_text();
    let holder = action.queued.as_ref().and_then(|queued| queued.claimed_by.as_ref());
    let (kind, message) = match (&action.queued, holder) {
        _ if action.state == State::Paused => ("action_paused", format!("{what} is paused until a request resumes it")),
        (_, Some(holder)) if !holder.is_alive => (
            "executor_lost",
            format!("{what} was on an executor that is gone; the engine fails it or runs it again"),
        ),
        (_, Some(holder)) => (
            "action_running",
            format!("{what} is on {} since {since}", called(open, holder)),
        ),
        (Some(queued), None) => (
            "action_queued",
            format!("{what} is queued since {since}{}", nobody(open, &queued.target)),
        ),
        (None, None) if !action.is_sync => (
            "action_waiting_for_completion",
            format!("{what} waits since {since} for a request that completes it"),
        ),
        (None, None) => (
            "result_pending",
            format!("{what} has been run; its result is being taken up"),
        ),
    };
    Reason {
        kind,
        message,
        task: Some(task),
        detail: Detail::Action(action),
    }
}

fn called(open: &Open, holder: &Holder) -> String {
    match &holder.name {
        Some(name) if open.shows_nodes => format!("executor '{name}'"),
        _ => "an executor".into(),
    }
}

/// Whether no executor is there that would take a job for this target.
fn nobody(open: &Open, target: &str) -> String {
    if let Some(worker) = queue_of_workers(target) {
        return format!(" for {worker}");
    }
    let mut executors = open.nodes.iter().filter(|node| node.has_role("executor"));
    match target {
        "" if executors.next().is_none() => ": no executor is running".into(),
        "" => String::new(),
        name if executors.any(|node| node.name == name) => format!(" for executor '{name}'"),
        name => format!(" for executor '{name}', which is not running"),
    }
}

fn of_sub_execution<'a>(open: &'a Open, task: &'a OpenTask, execution: &'a OpenExecution) -> Reason<'a> {
    let explanation = (!open.unexplained.contains(&execution.id)).then(|| {
        let mut reasons = Vec::new();
        below(open, execution, &mut reasons);
        summed_up(execution, reasons)
    });
    let message = format!(
        "task '{}' waits for execution {} of workflow '{}' ({})",
        task.name,
        shown_id(execution),
        execution.workflow_name,
        execution.state
    );
    Reason {
        kind: "waiting_for_execution",
        message,
        task: Some(task),
        detail: Detail::Execution(execution, explanation),
    }
}

/// The id that clients know.
pub(super) fn shown_id(execution: &OpenExecution) -> String {
    execution.alias.clone().unwrap_or_else(|| execution.id.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use mistral_model::Shard;
    use mistral_store::diagnosis::{LiveNode, ShardStatus};

    /// An execution in shard 7, of which nothing is open.
    fn open(state: State, engines: &[Id], owner: Option<(Id, bool)>) -> Open {
        let id = Id(1);
        let why = match state {
            State::Paused => flow::Reason::Paused(Pause::Other),
            _ => flow::Reason::Complete,
        };
        let node = |id: &Id| LiveNode {
            id: *id,
            name: "host".into(),
            roles: "api,engine".into(),
        };
        let holder = |(node, is_alive)| Holder {
            node,
            name: None,
            is_alive,
        };
        Open {
            execution: OpenExecution {
                id,
                root_id: id,
                alias: None,
                task_id: None,
                workflow_name: "w".into(),
                spec_hash: Id(2),
                state,
                state_info: None,
                runtime_context: "{}".into(),
                created_at: Time(0),
                updated_at: None,
            },
            parent: None,
            shard: Some(ShardStatus {
                shard: Shard(7),
                owner: owner.map(holder),
                lease_until: None,
                pending_events: 0,
            }),
            nodes: engines.iter().map(node).collect(),
            shows_nodes: true,
            mode: "RUNNING".into(),
            tasks: HashMap::new(),
            actions: HashMap::new(),
            sub_executions: HashMap::new(),
            commanded: Default::default(),
            failed_actions: HashMap::new(),
            children: HashMap::new(),
            timers: HashMap::new(),
            joins: Default::default(),
            reasons: HashMap::from([(id, vec![why])]),
            unexplained: Vec::new(),
            truncated: false,
        }
    }

    fn kinds(open: &Open) -> Vec<&'static str> {
        explain(open).reasons.iter().map(|reason| reason.kind).collect()
    }

    #[test]
    fn shards_without_a_sound_owner_are_a_reason() {
        let engines = [Id(10), Id(11)];
        let placed = placed_on(Shard(7), &engines).unwrap();
        let other = if placed == engines[0] { engines[1] } else { engines[0] };
        let first = |owner, engines: &[Id]| kinds(&open(State::Running, engines, owner))[0];
        assert_eq!(first(Some((placed, true)), &engines), "completion_pending");
        assert_eq!(first(Some((other, true)), &engines), "shard_hand_over");
        assert_eq!(first(Some((placed, false)), &engines), "shard_owner_lost");
        assert_eq!(first(None, &engines), "shard_without_owner");
        assert_eq!(first(None, &[]), "no_engine");
    }

    #[test]
    fn maintenance_and_parents_pause() {
        let engines = [Id(10)];
        let mut open = open(State::Paused, &engines, Some((engines[0], true)));
        let by = |open: &Open| match explain(open).reasons[0].detail {
            Detail::Pause(by) => by,
            _ => "nobody",
        };
        assert_eq!(by(&open), "request");
        open.parent = Some(open.execution.clone());
        assert_eq!(by(&open), "parent_execution");
        open.mode = "PAUSED".into();
        assert_eq!(by(&open), "maintenance");
        open.reasons
            .insert(open.execution.id, vec![flow::Reason::Paused(Pause::Command)]);
        assert_eq!(by(&open), "command");
    }

    #[test]
    fn ends_are_told() {
        let ended = open(State::Cancelled, &[], None);
        assert_eq!(kinds(&ended), ["finished"]);
        assert_eq!(
            explain(&ended).summary,
            "The execution has ended in CANCELLED at 1970-01-01 00:00:00."
        );
        assert_eq!(kinds(&open(State::Error, &[], None)), ["execution_failed"]);
    }
}
