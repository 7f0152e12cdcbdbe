//! The schemas of an explanation.

use serde_json::{Value as Json, json};

use super::super::super::openapi::describe;

/// An explanation.
pub(in super::super) fn explanation() -> Json {
    describe::object(
        vec![
            ("execution_id", describe::text("Id.")),
            ("workflow_name", describe::text("Name of the workflow.")),
            ("state", describe::text("State.")),
            (
                "state_info",
                describe::nullable(describe::text("Why it is in this state.")),
            ),
            ("created_at", describe::date("When it was created.")),
            (
                "updated_at",
                describe::nullable(describe::date("When it was changed last.")),
            ),
            ("summary", describe::text("The main reasons in a sentence.")),
            (
                "reasons",
                json!({"type": "array", "items": describe::reference("Reason"), "description": "All reasons."}),
            ),
            (
                "shard",
                describe::nullable(json!({
                    "type": "object",
                    "description": "Who decides about the execution.",
                    "properties": {
                        "shard": {"type": "integer", "description": "Number of the shard."},
                        "owner": {"anyOf": [describe::reference("Node"), {"type": "null"}]},
                        "lease_until": describe::nullable(describe::date("How long the owner may decide without renewing its lease.")),
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

/// A reason.
pub(in super::super) fn reason() -> Json {
    let id = |text: &str| json!({"type": ["string", "null"], "description": text});
    let count = |text: &str| json!({"type": "integer", "description": text});
    let missing = describe::object(
        vec![
            ("task_name", describe::text("Name of the inbound task.")),
            ("task_execution_id", id("Its last run; null: not started.")),
            ("task_state", id("State of that run.")),
        ],
        &["task_name"],
    );
    describe::object(
        vec![
            (
                "kind",
                json!({"enum": REASONS, "description": "What kind of reason it is."}),
            ),
            ("message", describe::text("The reason in words.")),
            ("task_execution_id", describe::text("The task that it is about.")),
            ("task_name", describe::text("Its name.")),
            ("task_state", describe::text("Its state.")),
            (
                "task_state_info",
                describe::nullable(describe::text("Why it is in this state.")),
            ),
            ("task_created_at", describe::date("When it was created.")),
            (
                "task_started_at",
                describe::nullable(describe::date("When it started to run.")),
            ),
            (
                "task_timeout_at",
                describe::nullable(describe::date("When its time limit ends.")),
            ),
            ("inbound_required", count("Inbound tasks that have to lead to a join.")),
            ("inbound_total", count("Inbound tasks that a join has.")),
            ("inbound_triggered", count("Those that have led to it.")),
            (
                "inbound_missing",
                json!({"type": "array", "items": missing, "description": "Those that have not."}),
            ),
            (
                "policy",
                describe::nullable(describe::text("Policy that delays the task.")),
            ),
            ("fire_at", describe::nullable(describe::date("When the delay ends."))),
            ("retry_no", count("Number of the retry that is waited for.")),
            ("items_total", count("Items of a with-items task.")),
            ("items_completed", count("Those with a result.")),
            ("items_open", count("Those under way.")),
            ("action_execution_id", describe::text("The action that it is about.")),
            ("action_name", describe::text("Its name.")),
            ("action_state", describe::text("Its state.")),
            ("action_created_at", describe::date("When it was created.")),
            (
                "target",
                describe::nullable(describe::text("Executor that has to run it; null: any.")),
            ),
            ("attempt", count("How often it was handed out.")),
            (
                "executor",
                json!({"anyOf": [describe::reference("Node"), {"type": "null"}]}),
            ),
            (
                "paused_by",
                json!({
                    "enum": ["policy", "command", "action", "sub_execution", "maintenance", "parent_execution", "request"],
                    "description": "What paused the execution.",
                }),
            ),
            (
                "execution_id",
                describe::text("The sub-workflow execution that is waited for."),
            ),
            ("workflow_name", describe::text("Its workflow.")),
            ("state", describe::text("Its state.")),
            (
                "state_info",
                describe::nullable(describe::text("Why it is in this state.")),
            ),
            ("summary", describe::text("Why it has not finished.")),
            (
                "reasons",
                json!({"type": "array", "items": describe::reference("Reason"), "description": "Why it has not finished."}),
            ),
        ],
        &["kind", "message"],
    )
}

/// A process.
pub(in super::super) fn node() -> Json {
    describe::object(
        vec![
            ("node_id", describe::text("Id of the process. Only operators see it.")),
            (
                "node_name",
                describe::nullable(describe::text("Name of its host. Only operators see it.")),
            ),
            (
                "is_alive",
                json!({"type": "boolean", "description": "Whether its lease lasts."}),
            ),
        ],
        &["is_alive"],
    )
}
