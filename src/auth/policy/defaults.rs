//! The rules that exist, with upstream's names and defaults, and the sample file that shows them.

use std::fmt::Write;

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub name: &'static str,
    /// The check, unless a file replaces it.
    pub check: &'static str,
    pub description: &'static str,
    /// Methods and paths that ask this rule.
    pub operations: &'static [(&'static str, &'static str)],
}

const ADMIN_ONLY: &str = "rule:admin_only";
const ADMIN_OR_OWNER: &str = "rule:admin_or_owner";

const fn rule(
    name: &'static str,
    check: &'static str,
    description: &'static str,
    operations: &'static [(&'static str, &'static str)],
) -> Rule {
    Rule {
        name,
        check,
        description,
        operations,
    }
}

/// All rules.
pub const RULES: &[Rule] = &[
    rule(
        "admin_only",
        "is_admin:True",
        "Callers with an administrator's role.",
        &[],
    ),
    rule(
        "admin_or_owner",
        "is_admin:True or project_id:%(project_id)s",
        "Administrators, and the project that owns the object.",
        &[],
    ),
    rule(
        "action_executions:create",
        ADMIN_OR_OWNER,
        "Create an action execution.",
        &[("POST", "/v2/action_executions")],
    ),
    rule(
        "action_executions:delete",
        ADMIN_OR_OWNER,
        "Delete an action execution.",
        &[("DELETE", "/v2/action_executions/{id}")],
    ),
    rule(
        "action_executions:get",
        ADMIN_OR_OWNER,
        "Read an action execution.",
        &[
            ("GET", "/v2/action_executions/{id}"),
            ("GET", "/v2/tasks/{id}/action_executions/{action_execution_id}"),
        ],
    ),
    rule(
        "action_executions:list",
        ADMIN_OR_OWNER,
        "List action executions.",
        &[
            ("GET", "/v2/action_executions"),
            ("GET", "/v2/tasks/{id}/action_executions"),
        ],
    ),
    rule(
        "action_executions:update",
        ADMIN_OR_OWNER,
        "Change an action execution.",
        &[("PUT", "/v2/action_executions/{id}")],
    ),
    rule(
        "actions:create",
        ADMIN_OR_OWNER,
        "Create an action.",
        &[("POST", "/v2/actions")],
    ),
    rule(
        "actions:delete",
        ADMIN_OR_OWNER,
        "Delete an action.",
        &[("DELETE", "/v2/actions/{identifier}")],
    ),
    rule(
        "actions:get",
        ADMIN_OR_OWNER,
        "Read an action.",
        &[("GET", "/v2/actions/{identifier}")],
    ),
    rule(
        "actions:list",
        ADMIN_OR_OWNER,
        "List actions.",
        &[("GET", "/v2/actions")],
    ),
    rule(
        "actions:update",
        ADMIN_OR_OWNER,
        "Change an action.",
        &[("PUT", "/v2/actions")],
    ),
    rule(
        "actions:publicize",
        ADMIN_ONLY,
        "Make an action public.",
        &[("POST", "/v2/actions"), ("PUT", "/v2/actions")],
    ),
    rule(
        "code_sources:create",
        ADMIN_ONLY,
        "Create a code source.",
        &[("POST", "/v2/code_sources")],
    ),
    rule(
        "code_sources:delete",
        ADMIN_ONLY,
        "Delete a code source.",
        &[("DELETE", "/v2/code_sources/{identifier}")],
    ),
    rule(
        "code_sources:get",
        ADMIN_ONLY,
        "Read a code source.",
        &[("GET", "/v2/code_sources/{identifier}")],
    ),
    rule(
        "code_sources:list",
        ADMIN_ONLY,
        "List code sources.",
        &[("GET", "/v2/code_sources")],
    ),
    rule(
        "code_sources:update",
        ADMIN_ONLY,
        "Change a code source.",
        &[("PUT", "/v2/code_sources")],
    ),
    rule(
        "code_sources:publicize",
        ADMIN_ONLY,
        "Make a code source public.",
        &[("POST", "/v2/code_sources"), ("PUT", "/v2/code_sources")],
    ),
    rule(
        "cron_triggers:create",
        ADMIN_OR_OWNER,
        "Create a cron trigger.",
        &[("POST", "/v2/cron_triggers")],
    ),
    rule(
        "cron_triggers:delete",
        ADMIN_OR_OWNER,
        "Delete a cron trigger.",
        &[("DELETE", "/v2/cron_triggers/{identifier}")],
    ),
    rule(
        "cron_triggers:get",
        ADMIN_OR_OWNER,
        "Read a cron trigger.",
        &[("GET", "/v2/cron_triggers/{identifier}")],
    ),
    rule(
        "cron_triggers:list",
        ADMIN_OR_OWNER,
        "List cron triggers.",
        &[("GET", "/v2/cron_triggers")],
    ),
    rule(
        "cron_triggers:publicize",
        ADMIN_ONLY,
        "Make a cron trigger public.",
        &[("POST", "/v2/cron_triggers")],
    ),
    rule(
        "cron_triggers:list:all_projects",
        ADMIN_ONLY,
        "List cron triggers of all projects.",
        &[("GET", "/v2/cron_triggers")],
    ),
    rule(
        "dynamic_actions:create",
        ADMIN_ONLY,
        "Create a dynamic action.",
        &[("POST", "/v2/dynamic_actions")],
    ),
    rule(
        "dynamic_actions:delete",
        ADMIN_ONLY,
        "Delete a dynamic action.",
        &[("DELETE", "/v2/dynamic_actions/{identifier}")],
    ),
    rule(
        "dynamic_actions:get",
        ADMIN_ONLY,
        "Read a dynamic action.",
        &[("GET", "/v2/dynamic_actions/{identifier}")],
    ),
    rule(
        "dynamic_actions:list",
        ADMIN_ONLY,
        "List dynamic actions.",
        &[("GET", "/v2/dynamic_actions")],
    ),
    rule(
        "dynamic_actions:update",
        ADMIN_ONLY,
        "Change a dynamic action.",
        &[("PUT", "/v2/dynamic_actions")],
    ),
    rule(
        "dynamic_actions:publicize",
        ADMIN_ONLY,
        "Make a dynamic action public.",
        &[("POST", "/v2/dynamic_actions"), ("PUT", "/v2/dynamic_actions")],
    ),
    rule(
        "environments:create",
        ADMIN_OR_OWNER,
        "Create an environment.",
        &[("POST", "/v2/environments")],
    ),
    rule(
        "environments:delete",
        ADMIN_OR_OWNER,
        "Delete an environment.",
        &[("DELETE", "/v2/environments/{name}")],
    ),
    rule(
        "environments:get",
        ADMIN_OR_OWNER,
        "Read an environment.",
        &[("GET", "/v2/environments/{name}")],
    ),
    rule(
        "environments:list",
        ADMIN_OR_OWNER,
        "List environments.",
        &[("GET", "/v2/environments")],
    ),
    rule(
        "environments:update",
        ADMIN_OR_OWNER,
        "Change an environment.",
        &[("PUT", "/v2/environments")],
    ),
    rule(
        "environments:publicize",
        ADMIN_ONLY,
        "Make an environment public.",
        &[("POST", "/v2/environments"), ("PUT", "/v2/environments")],
    ),
    rule(
        "event_triggers:create",
        ADMIN_OR_OWNER,
        "Create an event trigger.",
        &[("POST", "/v2/event_triggers")],
    ),
    rule(
        "event_triggers:delete",
        ADMIN_OR_OWNER,
        "Delete an event trigger.",
        &[("DELETE", "/v2/event_triggers/{id}")],
    ),
    rule(
        "event_triggers:get",
        ADMIN_OR_OWNER,
        "Read an event trigger.",
        &[("GET", "/v2/event_triggers/{id}")],
    ),
    rule(
        "event_triggers:list",
        ADMIN_OR_OWNER,
        "List event triggers.",
        &[("GET", "/v2/event_triggers")],
    ),
    rule(
        "event_triggers:update",
        ADMIN_OR_OWNER,
        "Change an event trigger.",
        &[("PUT", "/v2/event_triggers/{id}")],
    ),
    rule(
        "event_triggers:publicize",
        ADMIN_ONLY,
        "Make an event trigger public.",
        &[("POST", "/v2/event_triggers"), ("PUT", "/v2/event_triggers/{id}")],
    ),
    rule(
        "event_triggers:list:all_projects",
        ADMIN_ONLY,
        "List event triggers of all projects.",
        &[("GET", "/v2/event_triggers")],
    ),
    rule(
        "bulk_operations:create",
        ADMIN_OR_OWNER,
        "Prepare and carry out work on many executions; each step asks the rule of its own request too.",
        &[("POST", "/v2/bulk_operations")],
    ),
    rule(
        "bulk_operations:get",
        ADMIN_OR_OWNER,
        "Read work on many executions.",
        &[
            ("GET", "/v2/bulk_operations"),
            ("GET", "/v2/bulk_operations/{operation}"),
        ],
    ),
    rule(
        "bulk_operations:update",
        ADMIN_OR_OWNER,
        "Stop work on many executions.",
        &[("PUT", "/v2/bulk_operations/{operation}")],
    ),
    rule(
        "cluster:get",
        ADMIN_ONLY,
        "See the service's processes, shards and queues.",
        &[("GET", "/v2/cluster")],
    ),
    rule(
        "expressions:evaluate",
        ADMIN_OR_OWNER,
        "Evaluate an expression on the data of a task.",
        &[("POST", "/v2/expressions")],
    ),
    rule(
        "executions:snapshot",
        ADMIN_OR_OWNER,
        "Take an execution with its data as a file.",
        &[("GET", "/v2/executions/{id}/snapshot")],
    ),
    rule(
        "executions:create",
        ADMIN_OR_OWNER,
        "Create an execution.",
        &[("POST", "/v2/executions")],
    ),
    rule(
        "executions:delete",
        ADMIN_OR_OWNER,
        "Delete an execution.",
        &[("DELETE", "/v2/executions/{id}")],
    ),
    rule(
        "executions:get",
        ADMIN_OR_OWNER,
        "Read an execution.",
        &[
            ("GET", "/v2/executions/{id}"),
            ("GET", "/v2/executions/{id}/report"),
            ("GET", "/v2/executions/{id}/executions"),
            ("GET", "/v2/tasks/{id}/executions"),
        ],
    ),
    rule(
        "executions:list",
        ADMIN_OR_OWNER,
        "List executions.",
        &[("GET", "/v2/executions"), ("GET", "/v2/tasks/{id}/workflow_executions")],
    ),
    rule(
        "executions:update",
        ADMIN_OR_OWNER,
        "Change an execution.",
        &[("PUT", "/v2/executions/{id}")],
    ),
    rule(
        "executions:list:all_projects",
        ADMIN_ONLY,
        "List executions of all projects.",
        &[("GET", "/v2/executions")],
    ),
    rule(
        "maintenance:update",
        ADMIN_ONLY,
        "Pause the whole service and resume it. Asked of authenticated callers only. Not a rule of upstream.",
        &[("PUT", "/maintenance")],
    ),
    rule(
        "members:create",
        ADMIN_OR_OWNER,
        "Create a member of a workflow.",
        &[("POST", "/v2/workflows/{identifier}/members")],
    ),
    rule(
        "members:delete",
        ADMIN_OR_OWNER,
        "Delete a member of a workflow.",
        &[("DELETE", "/v2/workflows/{identifier}/members/{member_id}")],
    ),
    rule(
        "members:get",
        ADMIN_OR_OWNER,
        "Read a member of a workflow.",
        &[("GET", "/v2/workflows/{identifier}/members/{member_id}")],
    ),
    rule(
        "members:list",
        ADMIN_OR_OWNER,
        "List members of a workflow.",
        &[("GET", "/v2/workflows/{identifier}/members")],
    ),
    rule(
        "members:update",
        ADMIN_OR_OWNER,
        "Change a member of a workflow.",
        &[("PUT", "/v2/workflows/{identifier}/members/{member_id}")],
    ),
    rule("services:list", ADMIN_OR_OWNER, "Not used any more.", &[]),
    rule(
        "tasks:get",
        ADMIN_OR_OWNER,
        "Read a task.",
        &[("GET", "/v2/tasks/{id}")],
    ),
    rule(
        "tasks:list",
        ADMIN_OR_OWNER,
        "List tasks.",
        &[("GET", "/v2/tasks"), ("GET", "/v2/executions/{id}/tasks")],
    ),
    rule(
        "tasks:update",
        ADMIN_OR_OWNER,
        "Change a task.",
        &[("PUT", "/v2/tasks/{id}")],
    ),
    rule(
        "workbooks:create",
        ADMIN_OR_OWNER,
        "Create a workbook.",
        &[("POST", "/v2/workbooks")],
    ),
    rule(
        "workbooks:delete",
        ADMIN_OR_OWNER,
        "Delete a workbook.",
        &[("DELETE", "/v2/workbooks/{name}")],
    ),
    rule(
        "workbooks:get",
        ADMIN_OR_OWNER,
        "Read a workbook.",
        &[("GET", "/v2/workbooks/{name}")],
    ),
    rule(
        "workbooks:list",
        ADMIN_OR_OWNER,
        "List workbooks.",
        &[("GET", "/v2/workbooks")],
    ),
    rule(
        "workbooks:update",
        ADMIN_OR_OWNER,
        "Change a workbook.",
        &[("PUT", "/v2/workbooks")],
    ),
    rule(
        "workbooks:publicize",
        ADMIN_ONLY,
        "Make a workbook public.",
        &[("POST", "/v2/workbooks"), ("PUT", "/v2/workbooks")],
    ),
    rule(
        "workers:list",
        ADMIN_ONLY,
        "See all workers.",
        &[("GET", "/v2/workers")],
    ),
    rule(
        "workers:publicize",
        ADMIN_ONLY,
        "Be a worker of all projects, or one that runs uploaded code: it sees the input of their jobs.",
        &[
            ("POST", "/v2/workers"),
            ("POST", "/v2/workers/{id}/exchange"),
            ("DELETE", "/v2/workers/{id}"),
        ],
    ),
    rule(
        "workers:register",
        "rule:admin_only or role:worker",
        "Be a worker: provide actions for one's own project and take its jobs, with all that is in their input.",
        &[
            ("POST", "/v2/workers"),
            ("POST", "/v2/workers/{id}/exchange"),
            ("DELETE", "/v2/workers/{id}"),
        ],
    ),
    rule(
        "workers:replace_standard",
        "!",
        "Be a worker that provides actions with names of those that come with the service.",
        &[("POST", "/v2/workers")],
    ),
    rule(
        "workflows:create",
        ADMIN_OR_OWNER,
        "Create a workflow.",
        &[("POST", "/v2/workflows")],
    ),
    rule(
        "workflows:delete",
        ADMIN_OR_OWNER,
        "Delete a workflow.",
        &[("DELETE", "/v2/workflows/{identifier}")],
    ),
    rule(
        "workflows:get",
        ADMIN_OR_OWNER,
        "Read a workflow.",
        &[("GET", "/v2/workflows/{identifier}")],
    ),
    rule(
        "workflows:list",
        ADMIN_OR_OWNER,
        "List workflows.",
        &[("GET", "/v2/workflows")],
    ),
    rule(
        "workflows:update",
        ADMIN_OR_OWNER,
        "Change a workflow.",
        &[("PUT", "/v2/workflows")],
    ),
    rule(
        "workflows:publicize",
        ADMIN_ONLY,
        "Make a workflow public.",
        &[("POST", "/v2/workflows"), ("PUT", "/v2/workflows")],
    ),
    rule(
        "workflows:list:all_projects",
        ADMIN_ONLY,
        "List workflows of all projects.",
        &[("GET", "/v2/workflows")],
    ),
];

/// The text of `etc/policy.yaml.sample`.
pub fn sample() -> String {
    let mut text = String::from(
        "# Who may do what. Every rule is shown at its default; docs/identity.md explains the language.\n\
         # Generated from src/auth/policy/defaults.rs: do not edit.\n",
    );
    for rule in RULES {
        let _ = writeln!(text, "\n# {}", rule.description);
        for (method, path) in rule.operations {
            let _ = writeln!(text, "# {method} {path}");
        }
        let _ = writeln!(text, "#\"{}\": \"{}\"", rule.name, rule.check);
    }
    text
}
