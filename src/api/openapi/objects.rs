//! The objects that are answered, and the bodies of refusals.

use serde_json::{Map, Value, json};

use super::super::v2::{action_executions, actions, executions, tasks};
use super::schema::{date, nullable, object, reference, resource, text};

/// All schemas by name: those of what is `listed`, with what is said of them besides, and the others.
pub(super) fn schemas(mut listed: Map<String, Value>) -> Value {
    let published = || text("Variables that were published globally, JSON text.");
    let others = [
        ("Action", action()),
        (
            "Execution",
            resource(&executions::EXECUTIONS, vec![("published_global", published())], &[]),
        ),
        (
            "Task",
            resource(
                &tasks::TASKS,
                vec![
                    ("result", text("What the task has come to, JSON text.")),
                    ("published_global", published()),
                ],
                &[],
            ),
        ),
        (
            "ActionExecution",
            // What is not stored has no id, no owner and no dates.
            resource(
                &action_executions::ACTION_EXECUTIONS,
                vec![],
                &["id", "project_id", "accepted", "created_at", "state_info"],
            ),
        ),
        ("Member", member()),
        ("Graph", graph()),
        ("Timeline", timeline()),
        ("ActionTimeline", action_timeline()),
        ("WorkflowVersion", super::super::v2::workflow_version_schema()),
        ("BulkOperation", super::super::v2::bulk_operation_schema()),
        ("Preview", super::super::v2::preview_schema()),
        ("Report", report()),
        ("ReportedExecution", reported_execution()),
        ("ReportedTask", reported_task()),
        ("Explanation", explanation()),
        ("Reason", reason()),
        ("Node", node()),
        ("Validity", validity()),
        ("Mode", mode()),
        ("Fault", fault()),
        ("RouterError", router_error()),
    ]
    .map(|(name, schema)| (name.to_owned(), schema));
    listed.extend(others);
    Value::Object(listed)
}

/// Actions are of three kinds, and only those of one kind have all members.
fn action() -> Value {
    let mut schema = resource(&actions::ACTIONS, vec![], &["input", "tags", "scope"]);
    for member in ["created_at", "updated_at"] {
        // Built-in and dynamic actions have an empty text there.
        let date = &mut schema["properties"][member];
        if let Some(members) = date.as_object_mut() {
            members.remove("pattern");
        }
    }
    schema
}

fn member() -> Value {
    object(
        vec![
            ("id", text("Id of the invitation.")),
            ("resource_id", text("What is shared.")),
            (
                "resource_type",
                json!({"const": "workflow", "description": "Kind of what is shared."}),
            ),
            ("project_id", nullable(text("Project that shares."))),
            ("member_id", text("Project that it is shared with.")),
            (
                "status",
                json!({"enum": ["pending", "accepted", "rejected"], "description": "What became of the invitation."}),
            ),
            ("created_at", date("When it was sent.")),
            ("updated_at", nullable(date("When it was answered."))),
        ],
        &["id", "resource_id", "member_id", "status"],
    )
}

/// Members that every entry of a report has.
fn entry() -> Vec<(&'static str, Value)> {
    vec![
        ("id", text("Id.")),
        ("name", text("Name of the workflow, task or action.")),
        ("created_at", date("When it was created.")),
        ("updated_at", nullable(date("When it was changed last."))),
        ("state", text("State.")),
        ("state_info", nullable(text("Why it is in this state."))),
    ]
}

fn report() -> Value {
    let count = |text: &str| json!({"type": "integer", "description": text});
    let statistics = object(
        vec![
            ("total_tasks_count", count("Tasks in the states below.")),
            ("running_tasks_count", count("Tasks in RUNNING.")),
            ("success_tasks_count", count("Tasks in SUCCESS.")),
            ("error_tasks_count", count("Tasks in ERROR.")),
            ("idle_tasks_count", count("Tasks in IDLE.")),
            ("paused_tasks_count", count("Tasks in PAUSED.")),
            (
                "estimated_time",
                count("Seconds that a running execution probably still needs; -1: unknown."),
            ),
        ],
        &["total_tasks_count"],
    );
    object(
        vec![
            ("statistics", statistics),
            ("root_workflow_execution", reference("ReportedExecution")),
        ],
        &["statistics"],
    )
}

fn graph() -> Value {
    let flag = |about: &str| json!({"type": "boolean", "description": about});
    let number = |about: &str| json!({"type": "integer", "description": about});
    let node = object(
        vec![
            ("name", text("Name of the task.")),
            ("kind", text("`action` or `workflow`.")),
            ("calls", text("Name of what it calls, as written.")),
            (
                "join",
                json!({"type": ["string", "integer", "null"], "description": "`all`, or how many branches it waits for."}),
            ),
            ("with_items", flag("Whether it runs once per item.")),
            ("start", flag("Whether the workflow begins with it.")),
            (
                "concurrency",
                json!({"type": ["integer", "string", "null"], "description": "How many items run at a time, as written."}),
            ),
            (
                "policies",
                json!({"type": "object", "description": "Its policies by name (`retry`, `timeout`, …), as written."}),
            ),
        ],
        &[
            "name",
            "kind",
            "calls",
            "join",
            "with_items",
            "start",
            "line",
            "concurrency",
            "policies",
        ],
    );
    let note = object(
        vec![
            ("code", text("`invalid` or `unknown_task`.")),
            (
                "node",
                json!({"type": ["integer", "null"], "description": "Position of the task that it is about."}),
            ),
            ("message", text("In words.")),
        ],
        &["code", "node", "message"],
    );
    let edge = object(
        vec![
            ("from", number("Position of the task it leads away from.")),
            (
                "to",
                number("Position of the task it leads to; -1: noop, -2: fail, -3: succeed, -4: pause."),
            ),
            ("on", text("`success`, `error`, `complete`, `skip` or `requires`.")),
            ("condition", nullable(text("Its condition, as written."))),
        ],
        &["from", "to", "on", "condition"],
    );
    object(
        vec![
            ("spec_hash", text("What the definition says, as a hash.")),
            ("name", text("Name of the workflow.")),
            ("project_id", nullable(text("Project that it belongs to."))),
            ("kind", text("`direct` or `reverse`.")),
            (
                "nodes",
                json!({"type": "array", "items": node, "description": "Tasks in the order of the document, at most 10,000."}),
            ),
            (
                "edges",
                json!({"type": "array", "items": edge, "description": "Transitions, at most 100,000."}),
            ),
            (
                "notes",
                json!({"type": "array", "items": note, "description": "What of it could not be read or leads nowhere, at most 100."}),
            ),
            ("truncated", flag("Whether something was left out.")),
        ],
        &[
            "spec_hash",
            "name",
            "project_id",
            "kind",
            "nodes",
            "edges",
            "notes",
            "truncated",
        ],
    )
}

fn timeline() -> Value {
    let execution = object(
        vec![
            ("id", text("Id.")),
            ("state", text("State.")),
            (
                "created_us",
                json!({"type": "integer", "description": "When it was made, microseconds since 1970."}),
            ),
            (
                "updated_us",
                json!({"type": ["integer", "null"], "description": "When it changed last; of an ended one, its end."}),
            ),
        ],
        &["id", "state", "created_us"],
    );
    object(
        vec![
            ("execution", execution),
            (
                "now_us",
                json!({"type": "integer", "description": "The server's time, microseconds since 1970."}),
            ),
            (
                "columns",
                json!({"type": "array", "items": {"type": "string"}, "description": "What each row says."}),
            ),
            (
                "rows",
                json!({"type": "array", "items": {"type": "array"}, "description": "Tasks in the order of creation."}),
            ),
            (
                "truncated",
                json!({"type": "boolean", "description": "Whether there are more tasks."}),
            ),
            (
                "cursor",
                json!({"type": "integer", "description": "The latest change that is shown: `since` of the next question."}),
            ),
            (
                "next",
                json!({"type": ["string", "null"], "description": "`marker` of the next page, if there is one."}),
            ),
            (
                "critical_path",
                json!({
                    "type": "object",
                    "description": "If asked for: `tasks` (ids, the first first), `run_us` and `wait_us` of what the duration \
                                    consists of, `slack_us` of each row: how much later it could have ended; with `without`, \
                                    `without_us`: when the run would have ended had that task taken no time.",
                }),
            ),
        ],
        &["execution", "now_us", "cursor", "columns", "rows", "truncated", "next"],
    )
}

fn action_timeline() -> Value {
    object(
        vec![
            (
                "task",
                json!({"type": "object", "description": "`id`, `state`, `created_us`, `finished_us`."}),
            ),
            (
                "now_us",
                json!({"type": "integer", "description": "The server's time, microseconds since 1970."}),
            ),
            (
                "columns",
                json!({"type": "array", "items": {"type": "string"}, "description": "What each row says."}),
            ),
            (
                "rows",
                json!({"type": "array", "items": {"type": "array"}, "description": "Actions in the order of creation."}),
            ),
            (
                "truncated",
                json!({"type": "boolean", "description": "Whether there are more actions."}),
            ),
            (
                "next",
                json!({"type": ["string", "null"], "description": "`marker` of the next page, if there is one."}),
            ),
        ],
        &["task", "now_us", "columns", "rows", "truncated", "next"],
    )
}

fn reported_execution() -> Value {
    let mut members = entry();
    members.push((
        "task_executions",
        json!({"type": "array", "items": reference("ReportedTask"), "description": "Its tasks."}),
    ));
    object(members, &["id", "state"])
}

fn reported_task() -> Value {
    let mut action = entry();
    action.push((
        "accepted",
        json!({"type": "boolean", "description": "Whether its result counts."}),
    ));
    action.push(("last_heartbeat", date("Last sign of life.")));
    let mut members = entry();
    members.extend([
        (
            "retry_count",
            json!({"type": "integer", "description": "Retries so far."}),
        ),
        (
            "action_executions",
            json!({"type": "array", "items": object(action, &["id", "state"]), "description": "Its actions."}),
        ),
        (
            "workflow_executions",
            json!({"type": "array", "items": reference("ReportedExecution"), "description": "Its sub-workflows."}),
        ),
    ]);
    object(members, &["id", "state"])
}

fn explanation() -> Value {
    object(
        vec![
            ("execution_id", text("Id.")),
            ("workflow_name", text("Name of the workflow.")),
            ("state", text("State.")),
            ("state_info", nullable(text("Why it is in this state."))),
            ("created_at", date("When it was created.")),
            ("updated_at", nullable(date("When it was changed last."))),
            ("summary", text("The main reasons in a sentence.")),
            (
                "reasons",
                json!({"type": "array", "items": reference("Reason"), "description": "All reasons."}),
            ),
            (
                "shard",
                nullable(json!({
                    "type": "object",
                    "description": "Who decides about the execution.",
                    "properties": {
                        "shard": {"type": "integer", "description": "Number of the shard."},
                        "owner": {"anyOf": [reference("Node"), {"type": "null"}]},
                        "lease_until": nullable(date("How long the owner may decide without renewing its lease.")),
                        "pending_events": {
                            "type": "integer",
                            "description": "Messages that wait for the owner, for all executions of the shard.",
                        },
                    },
                })),
            ),
            (
                "truncated",
                json!({"type": "boolean", "description": "Whether something was left out."}),
            ),
        ],
        &["execution_id", "state", "summary", "reasons", "truncated"],
    )
}

/// Kinds of reasons.
const REASONS: [&str; 22] = [
    "finished",
    "no_engine",
    "shard_without_owner",
    "shard_owner_lost",
    "shard_hand_over",
    "not_started",
    "paused",
    "commands_held",
    "task_not_started",
    "task_in_progress",
    "delayed",
    "waiting_for_join",
    "waiting_for_execution",
    "items_in_progress",
    "action_queued",
    "action_running",
    "action_paused",
    "action_waiting_for_completion",
    "executor_lost",
    "result_pending",
    "continuation_pending",
    "completion_pending",
];

fn reason() -> Value {
    let id = |text: &str| json!({"type": ["string", "null"], "description": text});
    let count = |text: &str| json!({"type": "integer", "description": text});
    let missing = object(
        vec![
            ("task_name", text("Name of the inbound task.")),
            ("task_execution_id", id("Its last run; null: not started.")),
            ("task_state", id("State of that run.")),
        ],
        &["task_name"],
    );
    object(
        vec![
            (
                "kind",
                json!({"enum": REASONS, "description": "What kind of reason it is."}),
            ),
            ("message", text("The reason in words.")),
            ("task_execution_id", text("The task that it is about.")),
            ("task_name", text("Its name.")),
            ("task_state", text("Its state.")),
            ("task_state_info", nullable(text("Why it is in this state."))),
            ("task_created_at", date("When it was created.")),
            ("task_started_at", nullable(date("When it started to run."))),
            ("task_timeout_at", nullable(date("When its time limit ends."))),
            ("inbound_required", count("Inbound tasks that have to lead to a join.")),
            ("inbound_total", count("Inbound tasks that a join has.")),
            ("inbound_triggered", count("Those that have led to it.")),
            (
                "inbound_missing",
                json!({"type": "array", "items": missing, "description": "Those that have not."}),
            ),
            ("policy", nullable(text("Policy that delays the task."))),
            ("fire_at", nullable(date("When the delay ends."))),
            ("retry_no", count("Number of the retry that is waited for.")),
            ("items_total", count("Items of a with-items task.")),
            ("items_completed", count("Those with a result.")),
            ("items_open", count("Those under way.")),
            ("action_execution_id", text("The action that it is about.")),
            ("action_name", text("Its name.")),
            ("action_state", text("Its state.")),
            ("action_created_at", date("When it was created.")),
            ("target", nullable(text("Executor that has to run it; null: any."))),
            ("attempt", count("How often it was handed out.")),
            ("executor", json!({"anyOf": [reference("Node"), {"type": "null"}]})),
            (
                "paused_by",
                json!({
                    "enum": ["policy", "command", "action", "sub_execution", "maintenance", "parent_execution", "request"],
                    "description": "What paused the execution.",
                }),
            ),
            ("execution_id", text("The sub-workflow execution that is waited for.")),
            ("workflow_name", text("Its workflow.")),
            ("state", text("Its state.")),
            ("state_info", nullable(text("Why it is in this state."))),
            ("summary", text("Why it has not finished.")),
            (
                "reasons",
                json!({"type": "array", "items": reference("Reason"), "description": "Why it has not finished."}),
            ),
        ],
        &["kind", "message"],
    )
}

fn node() -> Value {
    object(
        vec![
            ("node_id", text("Id of the process. Only operators see it.")),
            ("node_name", nullable(text("Name of its host. Only operators see it."))),
            (
                "is_alive",
                json!({"type": "boolean", "description": "Whether its lease lasts."}),
            ),
        ],
        &["is_alive"],
    )
}

fn validity() -> Value {
    object(
        vec![
            (
                "valid",
                json!({"type": "boolean", "description": "Whether the document could be stored."}),
            ),
            ("error", text("What is wrong with it.")),
            (
                "diagnostics",
                json!({
                    "type": "array",
                    "description": "All mistakes, warnings included, in the order of the document. Only if the request asks for them.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "code": {"type": "string", "description": "Code of the diagnostic; `docs/lint.md` has a page for each."},
                            "severity": {"enum": ["error", "warning"]},
                            "line": {"type": "integer"},
                            "column": {"type": "integer"},
                            "end_line": {"type": "integer"},
                            "end_column": {"type": "integer"},
                            "message": {"type": "string"},
                            "help": {"type": "string"},
                            "replacement": {"type": "string"}
                        },
                        "required": ["code", "severity", "line", "column", "end_line", "end_column", "message"]
                    }
                }),
            ),
        ],
        &["valid"],
    )
}

fn mode() -> Value {
    object(
        vec![(
            "status",
            json!({"enum": ["RUNNING", "PAUSING", "PAUSED"], "description": "Mode of the service."}),
        )],
        &["status"],
    )
}

fn fault() -> Value {
    let mut schema = object(
        vec![
            (
                "faultcode",
                json!({"enum": ["Client", "Server"], "description": "Whose mistake it is."}),
            ),
            ("faultstring", text("What went wrong.")),
            ("debuginfo", json!({"type": "null", "description": "Always null."})),
        ],
        &["faultstring"],
    );
    schema["description"] = "A refusal by a resource.".into();
    schema
}

fn router_error() -> Value {
    let mut schema = object(
        vec![
            ("code", json!({"type": "integer", "description": "The status."})),
            ("title", text("Name of the status.")),
            ("description", nullable(text("What went wrong."))),
        ],
        &["code", "title"],
    );
    schema["description"] = "A refusal by the routing layer.".into();
    schema
}

/// Statuses of refusals, with the name of the component and what they mean.
const REFUSALS: [(u16, &str, &str); 12] = [
    (
        400,
        "BadRequest",
        "The request cannot be understood, or asks for something that is impossible.",
    ),
    (
        403,
        "Forbidden",
        "The caller may not do this, or the object's state forbids it.",
    ),
    (
        404,
        "NotFound",
        "There is no such object, or the caller may not see it.",
    ),
    (
        405,
        "MethodNotAllowed",
        "The path lacks this method; `Allow` names those that it has.",
    ),
    (
        406,
        "NotAcceptable",
        "The answer would be JSON, which `Accept` excludes.",
    ),
    (408, "RequestTimeout", "The body did not arrive in time."),
    (409, "Conflict", "An object with the same key exists."),
    (413, "ContentTooLarge", "The body is larger than the service takes."),
    (
        415,
        "UnsupportedMediaType",
        "The body has a media type that the operation does not read.",
    ),
    (423, "Locked", "The service is in maintenance mode."),
    (
        500,
        "ServerError",
        "The service failed, or the engine did not answer in time.",
    ),
    (503, "Unavailable", "The database is not available at the moment."),
];

/// The name under which a refusal is described.
pub(super) fn refusal_name(status: u16) -> &'static str {
    let found = REFUSALS.iter().find(|(known, _, _)| *known == status);
    found.map_or("BadRequest", |(_, name, _)| name)
}

/// Responses of refusals by name.
pub(super) fn refusals() -> Value {
    let all: Map<String, Value> = REFUSALS
        .iter()
        .filter(|(status, _, _)| *status != 405)
        .map(|(_, name, text)| {
            let response = json!({
                "description": text,
                "content": {
                    "application/json": {"schema": {"anyOf": [reference("Fault"), reference("RouterError")]}},
                    "text/html": {"schema": {"type": "string"}},
                    "text/plain": {"schema": {"type": "string"}},
                },
            });
            ((*name).to_owned(), response)
        })
        .collect();
    Value::Object(all)
}
