//! What open rows mean, in words: reasons why an execution has not finished.

use super::gather::{Open, has_items};
use super::join::{Inbound, JoinStatus};
use mistral_model::action::queue_of_workers;
use mistral_model::{Id, State, Time, Value, json};
use mistral_store::diagnosis::{Children, FailedAction, Holder, OpenAction, OpenExecution, OpenTask, OpenTimer};
use mistral_store::rendezvous::placed_on;

/// Reasons that the summary tells in full.
const TOLD: usize = 3;

/// Names in one sentence.
const NAMED: usize = 5;

/// `state_info` of a task that its pause-before policy holds back.
const PAUSE_BEFORE: &str = "Set by 'pause-before' policy";

/// Why one execution has not finished.
pub struct Explanation<'a> {
    pub summary: String,
    pub reasons: Vec<Reason<'a>>,
}

/// One reason.
pub struct Reason<'a> {
    pub kind: &'static str,
    /// A sentence without its full stop.
    pub message: String,
    /// The task that it is about.
    pub task: Option<&'a OpenTask>,
    pub detail: Detail<'a>,
}

/// What there is to know about a reason beside its kind and its task.
pub enum Detail<'a> {
    None,
    Join(&'a JoinStatus),
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
pub fn explain(open: &Open) -> Explanation<'_> {
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
    let tasks = open.tasks.get(&execution.id).map_or(&[][..], Vec::as_slice);
    let is_paused = execution.state == State::Paused;
    if is_paused {
        reasons.push(paused(open, execution, tasks));
        let held = held_commands(&execution.runtime_context);
        if held > 0 {
            let message = format!("{held} steps are held back until the execution is resumed");
            reasons.push(reason("commands_held", message));
        }
    }
    if execution.state == State::Idle {
        reasons.push(reason("not_started", "the execution has not been started yet".into()));
    }
    for task in tasks.iter().filter(|task| !task.state.is_completed()) {
        of_task(open, task, is_paused, reasons);
    }
    let ended = tasks.iter().filter(|task| task.state.is_completed());
    if is_paused || reasons.is_empty() {
        reasons.extend(ended.map(|task| {
            let message = match is_paused {
                true => format!("what follows task '{}' starts when the execution is resumed", task.name),
                false => format!("the engine is working out what follows task '{}'", task.name),
            };
            Reason {
                task: Some(task),
                ..reason("continuation_pending", message)
            }
        }));
    }
    if reasons.is_empty() {
        let message = "no task is open; the engine is about to complete the execution";
        reasons.push(reason("completion_pending", message.into()));
    }
}

/// Who paused an execution, as far as the rows tell.
fn paused<'a>(open: &'a Open, execution: &'a OpenExecution, tasks: &'a [OpenTask]) -> Reason<'a> {
    let held = tasks
        .iter()
        .find(|task| task.state == State::Idle && task.state_info.as_deref() == Some(PAUSE_BEFORE));
    let paused_action = |task: &OpenTask| {
        let actions = open.actions.get(&task.id).map_or(&[][..], Vec::as_slice);
        actions.iter().any(|action| action.state == State::Paused)
    };
    let (by, task, message) = if let Some(task) = held {
        (
            "policy",
            Some(task),
            format!("the pause-before policy of task '{}' paused the execution", task.name),
        )
    } else if let Some(info) = &execution.state_info {
        (
            "command",
            None,
            format!("a pause command of the workflow paused the execution: {info}"),
        )
    } else if let Some(task) = tasks.iter().find(|task| paused_action(task)) {
        (
            "action",
            Some(task),
            format!(
                "an action of task '{}' was paused, and the execution with it",
                task.name
            ),
        )
    } else if let Some(task) = tasks.iter().find(|task| has_paused_execution(open, task)) {
        (
            "sub_execution",
            Some(task),
            format!(
                "a sub-workflow execution of task '{}' is paused, and the execution with it",
                task.name
            ),
        )
    } else if open.mode != "RUNNING" {
        let message = format!(
            "the service is in maintenance mode ({}), which pauses executions",
            open.mode
        );
        ("maintenance", None, message)
    } else if is_below_paused(open, execution) {
        (
            "parent_execution",
            None,
            "the execution above it is paused, and this one with it".into(),
        )
    } else {
        (
            "request",
            None,
            "a request (state PAUSED) or a pause command without a message paused the execution".into(),
        )
    };
    Reason {
        task,
        detail: Detail::Pause(by),
        ..reason("paused", message)
    }
}

fn has_paused_execution(open: &Open, task: &OpenTask) -> bool {
    let found = open.sub_executions.get(&task.id).map_or(&[][..], Vec::as_slice);
    found.iter().any(|execution| execution.state == State::Paused)
}

/// Whether the execution above is paused too. Below the one that was asked for it always is, when this one is.
fn is_below_paused(open: &Open, execution: &OpenExecution) -> bool {
    if execution.id != open.execution.id {
        return true;
    }
    open.parent.as_ref().is_some_and(|parent| parent.state == State::Paused)
}

/// Steps that were decided while the execution was paused.
fn held_commands(runtime_context: &str) -> usize {
    if !runtime_context.contains("\"backlog_commands\"") {
        return 0;
    }
    let context = json::parse(runtime_context.as_bytes()).unwrap_or_default();
    context
        .get("backlog_commands")
        .and_then(Value::as_list)
        .map_or(0, <[Value]>::len)
}

/// Why a task that has not ended has not.
fn of_task<'a>(open: &'a Open, task: &'a OpenTask, is_paused: bool, reasons: &mut Vec<Reason<'a>>) {
    let before = reasons.len();
    let about = |kind, message| Reason {
        task: Some(task),
        ..reason(kind, message)
    };
    let name = &task.name;
    match task.state {
        // The reason for the pause says it.
        State::Idle if task.state_info.as_deref() == Some(PAUSE_BEFORE) && is_paused => return,
        State::Idle => reasons.push(about(
            "task_not_started",
            format!("task '{name}' has not been started yet"),
        )),
        State::Delayed => reasons.push(delayed(open, task)),
        State::Waiting => reasons.push(waiting(open, task, is_paused)),
        _ => {}
    }
    if reasons.len() > before {
        return;
    }
    if has_items(task) {
        reasons.extend(items(open, task));
    }
    for action in open.actions.get(&task.id).map_or(&[][..], Vec::as_slice) {
        reasons.push(of_action(open, task, action));
    }
    for execution in open.sub_executions.get(&task.id).map_or(&[][..], Vec::as_slice) {
        reasons.push(of_sub_execution(open, task, execution));
    }
    if reasons.len() == before {
        let message = format!("task '{name}' is {}; the engine is working on it", task.state);
        reasons.push(about("task_in_progress", message));
    }
}

/// The next timer of a task, time limits apart.
fn delay<'a>(open: &'a Open, task: &OpenTask) -> Option<&'a OpenTimer> {
    open.timers.get(&task.id)?.iter().find(|timer| timer.kind != "timeout")
}

/// When a task's time limit ends.
pub fn time_limit(open: &Open, task: &OpenTask) -> Option<Time> {
    let timers = open.timers.get(&task.id)?;
    timers
        .iter()
        .find(|timer| timer.kind == "timeout")
        .map(|timer| timer.fire_at)
}

fn delayed<'a>(open: &'a Open, task: &'a OpenTask) -> Reason<'a> {
    let info = task.state_info.as_deref().unwrap_or_default();
    let policy = ["wait-before", "wait-after", "retry"]
        .into_iter()
        .find(|policy| info.contains(&format!("by '{policy}' policy")));
    let fire_at = delay(open, task).map(|timer| timer.fire_at);
    let until = fire_at.map_or_else(|| "for a moment".to_owned(), |at| format!("until {}", at.to_text()));
    let retry_no = (policy == Some("retry"))
        .then(|| retry_no(&task.runtime_context))
        .flatten();
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

fn retry_no(runtime_context: &str) -> Option<i64> {
    let context = json::parse(runtime_context.as_bytes()).ok()?;
    context
        .get("retry_task_policy")?
        .get("retry_no")
        .and_then(Value::as_i64)
}

fn waiting<'a>(open: &'a Open, task: &'a OpenTask, is_paused: bool) -> Reason<'a> {
    // A join that failed waits for the delay of its retry.
    if delay(open, task).is_some() {
        return delayed(open, task);
    }
    let name = &task.name;
    let Some(status) = open.joins.get(&task.id) else {
        return Reason {
            task: Some(task),
            ..reason("waiting_for_join", format!("task '{name}' waits for its inbound tasks"))
        };
    };
    let message = if status.triggered >= status.required {
        match is_paused {
            true => format!("task '{name}' is ready and starts when the execution is resumed"),
            false => format!("task '{name}' is ready; the engine is about to start it"),
        }
    } else {
        let missing: Vec<String> = status.missing.iter().take(NAMED).map(shown).collect();
        let more = if status.missing.len() > NAMED || status.has_more {
            ", …"
        } else {
            ""
        };
        format!(
            "task '{name}' waits for {} of {} inbound tasks, {} of which have led to it; missing: {}{more}",
            status.required,
            status.inbound,
            status.triggered,
            missing.join(", ")
        )
    };
    Reason {
        kind: "waiting_for_join",
        message,
        task: Some(task),
        detail: Detail::Join(status),
    }
}

/// An inbound task with what it is about.
fn shown(inbound: &Inbound) -> String {
    match inbound.run {
        None => format!("'{}' (not started)", inbound.name),
        Some((_, state)) if state.is_completed() => format!("'{}' ({state}, went elsewhere)", inbound.name),
        Some((_, state)) => format!("'{}' ({state})", inbound.name),
    }
}

fn items<'a>(open: &'a Open, task: &'a OpenTask) -> Option<Reason<'a>> {
    let children = *open.children.get(&task.id)?;
    let context = json::parse(task.runtime_context.as_bytes()).unwrap_or_default();
    let total = context.get("with_items")?.get("count").and_then(Value::as_i64)?;
    let message = format!(
        "task '{}' has finished {} of its {total} items, {} are under way",
        task.name, children.completed, children.open
    );
    Some(Reason {
        kind: "items_in_progress",
        message,
        task: Some(task),
        detail: Detail::Items { total, children },
    })
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
pub fn shown_id(execution: &OpenExecution) -> String {
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
            joins: HashMap::new(),
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
        open.execution.state_info = Some("break".into());
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
