//! The tables that REST lists: columns under the names that clients use.

use super::{Sharing, Table};
use crate::columns;
use crate::definitions::Environment;

pub static EXECUTION: Table = Table {
    name: "execution",
    sharing: Sharing::Project,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "workflow_id" Id;
        "workflow_name" Text;
        "workflow_namespace" Text;
        "description" Text, nullable;
        "tags" Tags, nullable;
        "params" Json;
        "task_execution_id" Id, nullable;
        "root_execution_id" Id, nullable;
        "state" State;
        "state_info" Text, nullable;
        "input" Json;
        "output" Json, nullable;
        "created_at" Time;
        "updated_at" Time, nullable;
        "project_id" Text, nullable;
        "context" Json;
        "spec_hash" Id;
        "root_id" Id;
        "scope" Scope;
    },
};

pub static TASK: Table = Table {
    name: "task",
    sharing: Sharing::Project,
    ids_are_times: true,
    columns: columns! {
        "id" Id;
        "name" Text;
        "type" TaskKind;
        "workflow_name" Text;
        "workflow_namespace" Text;
        "workflow_id" Id;
        "workflow_execution_id" Id;
        "tags" Tags, nullable;
        "state" State;
        "state_info" Text, nullable;
        "project_id" Text, nullable;
        "runtime_context" Json;
        "published" Json, nullable;
        "processed" Bool;
        "created_at" Time;
        "updated_at" Time, nullable;
        "started_at" Time, nullable;
        "finished_at" Time, nullable;
        "root_id" Id;
    },
};

pub static ACTION_EXECUTION: Table = Table {
    name: "action_execution",
    sharing: Sharing::Project,
    ids_are_times: true,
    columns: columns! {
        "id" Id;
        "workflow_name" Text, nullable;
        "workflow_namespace" Text;
        "task_execution_id" Id, nullable;
        "state" State;
        "state_info" Text, nullable;
        "tags" Tags, nullable;
        "name" Text;
        "description" Text, nullable;
        "project_id" Text, nullable;
        "accepted" Bool;
        "input" Json;
        "output" Json, nullable;
        "created_at" Time;
        "updated_at" Time, nullable;
        "root_id" Id;
    },
};

pub static WORKFLOW: Table = Table {
    name: "workflow_definition",
    sharing: Sharing::Members,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "name" Text;
        "namespace" Text;
        "input" Text;
        "spec" Json;
        "definition" Text;
        "checksum" Text, nullable;
        "tags" Tags, nullable;
        "scope" Scope;
        "project_id" Text, nullable;
        "created_at" Time;
        "updated_at" Time, nullable;
        "is_system" Bool;
        "workbook_name" Text, nullable;
        "spec_hash" Id;
    },
};

pub static WORKBOOK: Table = Table {
    name: "workbook",
    sharing: Sharing::Scope,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "name" Text;
        "namespace" Text;
        "definition" Text;
        "tags" Tags, nullable;
        "scope" Scope;
        "project_id" Text, nullable;
        "created_at" Time;
        "updated_at" Time, nullable;
    },
};

pub static ACTION: Table = Table {
    name: "action_definition",
    sharing: Sharing::Scope,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "name" Text;
        "is_system" Bool;
        "input" Text;
        "description" Text, nullable;
        "tags" Tags, nullable;
        "definition" Text;
        "scope" Scope;
        "project_id" Text, nullable;
        "created_at" Time;
        "updated_at" Time, nullable;
        "namespace" Text;
    },
};

pub static ENVIRONMENT: Table = Table::of::<Environment>();

pub static CRON_TRIGGER: Table = Table {
    name: "cron_trigger",
    sharing: Sharing::Scope,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "name" Text;
        "workflow_name" Text;
        "workflow_id" Id;
        "workflow_input" Json;
        "workflow_params" Json;
        "project_id" Text, nullable;
        "scope" Scope;
        "pattern" Text, nullable;
        "remaining_executions" Int, nullable;
        "first_execution_time" Time, nullable;
        "next_execution_time" Time;
        "created_at" Time;
        "updated_at" Time, nullable;
    },
};

pub static EVENT_TRIGGER: Table = Table {
    name: "event_trigger",
    sharing: Sharing::Scope,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "created_at" Time;
        "updated_at" Time, nullable;
        "project_id" Text, nullable;
        "name" Text, nullable;
        "workflow_id" Id;
        "workflow_input" Json;
        "workflow_params" Json;
        "exchange" Text;
        "topic" Text;
        "event" Text;
        "scope" Scope;
    },
};

pub static CODE_SOURCE: Table = Table {
    name: "code_source",
    sharing: Sharing::Scope,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "name" Text;
        "namespace" Text;
        "content" Text;
        "version" Int;
        "project_id" Text, nullable;
        "scope" Scope;
        "tags" Tags, nullable;
        "created_at" Time;
        "updated_at" Time, nullable;
    },
};

pub static DYNAMIC_ACTION: Table = Table {
    name: "dynamic_action",
    sharing: Sharing::Scope,
    ids_are_times: false,
    columns: columns! {
        "id" Id;
        "name" Text;
        "namespace" Text;
        "code_source_id" Id;
        "code_source_name" Text, nullable;
        "class_name" Text;
        "source" Text, nullable;
        "project_id" Text, nullable;
        "scope" Scope;
        "created_at" Time;
        "updated_at" Time, nullable;
    },
};
