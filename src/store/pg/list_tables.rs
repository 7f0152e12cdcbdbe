//! The tables that REST lists: columns under the names that clients use.

use super::list::{ACTION_ID_SQL, Column, Kind, Names, ROOT_SQL, Sharing, States, Table};

macro_rules! columns {
    ($($name:literal $sql:expr, $kind:ident $(, $null:ident)?;)*) => {
        &[$(Column { name: $name, sql: $sql, kind: Kind::$kind, nullable: columns!(@ $($null)?) }),*]
    };
    (@ nullable) => { true };
    (@) => { false };
}

/// Rows of deleted executions that are still there are shown to nobody. The list of these is short. Read as an array it costs the
/// planner nothing; with `NOT IN` it would choose other plans for everything else.
const NOT_DELETED: &str = "t.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))";
const TASK_NOT_DELETED: &str = "t.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d)) \
     AND t.execution_id <> ALL (ARRAY(SELECT d.id FROM doomed d))";
/// Tasks without an action are none of these.
const ACTION_NOT_DELETED: &str = "t.state IS NOT NULL AND t.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d)) \
     AND coalesce(t.execution_id, t.root_id) <> ALL (ARRAY(SELECT d.id FROM doomed d))";

/// Executions in a state other than SUCCESS.
static EXECUTION_STATES: States = States {
    columns: "id, created_at",
    table: "execution_state",
    created_at: "created_at",
    running: None,
};

/// Tasks in a state other than SUCCESS; those whose first action runs from the queue are found there.
static TASK_STATES: States = States {
    columns: "id",
    table: "task_state",
    created_at: "id",
    running: Some("SELECT action_id AS id FROM action_queue WHERE of_task"),
};

/// Actions in a state other than SUCCESS; those that run from the queue are found there.
static ACTION_STATES: States = States {
    columns: "id",
    table: "action_state",
    created_at: "id",
    running: Some("SELECT action_id AS id FROM action_queue"),
};

pub static EXECUTION: Table = Table {
    from: "execution t",
    condition: NOT_DELETED,
    sharing: Sharing::Project,
    ids_are_times: false,
    states: Some(&EXECUTION_STATES),
    is_sharded: true,
    of_executions: None,
    names: Some(&Names {
        table: "execution",
        column: "workflow_name",
    }),
    columns: columns! {
        "id" "t.id", Id;
        "workflow_id" "t.workflow_id", Id;
        "workflow_name" "t.workflow_name", Text;
        "workflow_namespace" "t.workflow_namespace", Text;
        "description" "t.description", Text, nullable;
        "tags" "t.tags", Tags, nullable;
        "params" "t.params", Json;
        "task_execution_id" "t.task_id", Id, nullable;
        "root_execution_id" ROOT_SQL, Id, nullable;
        "state" "t.state", State;
        "state_info" "t.state_info", Text, nullable;
        "input" "t.input", Json;
        "output" "t.output", Json, nullable;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
        "project_id" "t.project_id", Text, nullable;
        "context" "t.context", Json;
        "spec_hash" "t.spec_hash", Id;
        "root_id" "t.root_id", Id;
        "scope" "t.scope", Scope;
    },
};

pub static TASK: Table = Table {
    from: "task t",
    condition: TASK_NOT_DELETED,
    sharing: Sharing::Project,
    ids_are_times: true,
    states: Some(&TASK_STATES),
    is_sharded: true,
    of_executions: Some("t.execution_id = ANY($ids)"),
    // An index of names would cost every task a tenth more write-ahead log.
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "type" "t.kind", TaskKind;
        "workflow_name" "coalesce(t.workflow_name, (SELECT e.workflow_name FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard))", Text;
        "workflow_namespace" "coalesce(t.workflow_namespace, (SELECT e.workflow_namespace FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard))", Text;
        "workflow_id" "coalesce(t.workflow_id, (SELECT e.workflow_id FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard))", Id;
        "workflow_execution_id" "t.execution_id", Id;
        "tags" "t.tags", Tags, nullable;
        "state" "t.state", State;
        "state_info" "t.state_info", Text, nullable;
        "project_id" "t.project_id", Text, nullable;
        "runtime_context" "task_runtime(t.runtime_context, t.trigger_id, t.trigger_event)", Json;
        "published" "t.published", Json, nullable;
        "processed" "t.processed", Bool;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
        "started_at" "t.started_at", Time, nullable;
        "finished_at" "t.finished_at", Time, nullable;
        "root_id" "t.root_id", Id;
    },
};

pub static ACTION_EXECUTION: Table = Table {
    from: "action_run t",
    condition: ACTION_NOT_DELETED,
    sharing: Sharing::Project,
    ids_are_times: true,
    states: Some(&ACTION_STATES),
    is_sharded: true,
    of_executions: Some("t.task_id IN (SELECT p.id FROM task p WHERE p.execution_id = ANY($ids))"),
    names: None,
    columns: columns! {
        "id" ACTION_ID_SQL, Id;
        "workflow_name" "t.workflow_name", Text, nullable;
        "workflow_namespace" "t.workflow_namespace", Text;
        "task_execution_id" "t.task_id", Id, nullable;
        "state" "t.state", State;
        "state_info" "t.state_info", Text, nullable;
        "tags" "t.tags", Tags, nullable;
        "name" "t.name", Text;
        "description" "t.description", Text, nullable;
        "project_id" "t.project_id", Text, nullable;
        "accepted" "t.accepted", Bool;
        "input" "t.input", Json;
        "output" "t.output", Json, nullable;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
        "root_id" "t.root_id", Id;
    },
};

pub static WORKFLOW: Table = Table {
    from: "workflow_definition t",
    condition: "true",
    sharing: Sharing::Members,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "namespace" "t.namespace", Text;
        "input" "t.input", Text;
        "spec" "(SELECT c.spec FROM definition_content c WHERE c.hash = t.spec_hash)", Json;
        "definition" "t.definition", Text;
        "checksum" "t.checksum", Text, nullable;
        "tags" "t.tags", Tags, nullable;
        "scope" "t.scope", Scope;
        "project_id" "t.project_id", Text, nullable;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
        "is_system" "t.is_system", Bool;
        "workbook_name" "t.workbook_name", Text, nullable;
        "spec_hash" "t.spec_hash", Id;
    },
};

pub static WORKBOOK: Table = Table {
    from: "workbook t",
    condition: "true",
    sharing: Sharing::Scope,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "namespace" "t.namespace", Text;
        "definition" "t.definition", Text;
        "tags" "t.tags", Tags, nullable;
        "scope" "t.scope", Scope;
        "project_id" "t.project_id", Text, nullable;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
    },
};

pub static ACTION: Table = Table {
    from: "action_definition t",
    condition: "true",
    sharing: Sharing::Scope,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "is_system" "t.is_system", Bool;
        "input" "t.input", Text;
        "description" "t.description", Text, nullable;
        "tags" "t.tags", Tags, nullable;
        "definition" "t.definition", Text;
        "scope" "t.scope", Scope;
        "project_id" "t.project_id", Text, nullable;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
        "namespace" "t.namespace", Text;
    },
};

pub static ENVIRONMENT: Table = Table {
    from: "environment t",
    condition: "true",
    sharing: Sharing::Scope,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "description" "t.description", Text, nullable;
        "variables" "t.variables", Json, nullable;
        "scope" "t.scope", Scope;
        "project_id" "t.project_id", Text, nullable;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
    },
};

pub static CRON_TRIGGER: Table = Table {
    from: "cron_trigger t",
    condition: "true",
    sharing: Sharing::Scope,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "workflow_name" "t.workflow_name", Text;
        "workflow_id" "t.workflow_id", Id;
        "workflow_input" "t.workflow_input", Json;
        "workflow_params" "t.workflow_params", Json;
        "project_id" "t.project_id", Text, nullable;
        "scope" "t.scope", Scope;
        "pattern" "t.pattern", Text, nullable;
        "remaining_executions" "t.remaining_executions", Int, nullable;
        "first_execution_time" "t.first_execution_time", Time, nullable;
        "next_execution_time" "t.next_execution_time", Time;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
    },
};

pub static EVENT_TRIGGER: Table = Table {
    from: "event_trigger t",
    condition: "true",
    sharing: Sharing::Scope,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
        "project_id" "t.project_id", Text, nullable;
        "name" "t.name", Text, nullable;
        "workflow_id" "t.workflow_id", Id;
        "workflow_input" "t.workflow_input", Json;
        "workflow_params" "t.workflow_params", Json;
        "exchange" "t.exchange", Text;
        "topic" "t.topic", Text;
        "event" "t.event", Text;
        "scope" "t.scope", Scope;
    },
};

pub static CODE_SOURCE: Table = Table {
    from: "code_source t",
    condition: "true",
    sharing: Sharing::Scope,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "namespace" "t.namespace", Text;
        "content" "t.content", Text;
        "version" "t.version", Int;
        "project_id" "t.project_id", Text, nullable;
        "scope" "t.scope", Scope;
        "tags" "t.tags", Tags, nullable;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
    },
};

pub static DYNAMIC_ACTION: Table = Table {
    from: "dynamic_action t",
    condition: "true",
    sharing: Sharing::Scope,
    ids_are_times: false,
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    columns: columns! {
        "id" "t.id", Id;
        "name" "t.name", Text;
        "namespace" "t.namespace", Text;
        "code_source_id" "t.code_source_id", Id;
        "code_source_name" "(SELECT c.name FROM code_source c WHERE c.id = t.code_source_id)", Text, nullable;
        "class_name" "t.class_name", Text;
        "source" "(SELECT c.content FROM code_source c WHERE c.id = t.code_source_id)", Text, nullable;
        "project_id" "t.project_id", Text, nullable;
        "scope" "t.scope", Scope;
        "created_at" "t.created_at", Time;
        "updated_at" "t.updated_at", Time, nullable;
    },
};
