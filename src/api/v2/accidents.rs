//! Paths that upstream's dispatch serves by accident: a segment behind an object stands in for the next parameter of the method,
//! and whatever follows leads nowhere. They are no part of the documented API.

use super::super::operation::{Declaration, Operation, Run, Verb, handler};
use super::{action_executions, crud, executions, report, tasks};
use mistral_store::definitions::{CodeSource, CronTrigger, DynamicAction, Environment, EventTrigger, Workbook};

pub(super) static DECLARATION: Declaration = Declaration {
    operations: &[
        Operation::accident(Verb::Get, "/info/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Get, "/maintenance/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Put, "/maintenance/{*surplus}", Run::Nowhere),
        Operation::accident(
            Verb::Delete,
            "/v2/workbooks/{name}/{namespace}",
            Run::Handler(handler!(crud::delete::<Workbook>)),
        )
        .rules(&["workbooks:delete"]),
        Operation::accident(
            Verb::Get,
            "/v2/workbooks/{name}/{namespace}",
            Run::Handler(handler!(crud::get::<Workbook>)),
        )
        .rules(&["workbooks:get"]),
        Operation::accident(Verb::Post, "/v2/workbooks/{name}/{namespace}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/workbooks/{name}/{namespace}", Run::Nowhere),
        Operation::accident(Verb::Delete, "/v2/workbooks/{name}/{namespace}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Get,
            "/v2/workbooks/{name}/{namespace}/{fields}",
            Run::Handler(handler!(crud::get::<Workbook>)),
        )
        .rules(&["workbooks:get"]),
        Operation::accident(Verb::Post, "/v2/workbooks/{name}/{namespace}/{fields}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/workbooks/{name}/{namespace}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Delete,
            "/v2/workbooks/{name}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/workbooks/{name}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Post,
            "/v2/workbooks/{name}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Put,
            "/v2/workbooks/{name}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Delete,
            "/v2/actions/{identifier}/{namespace}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/actions/{identifier}/{namespace}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Post,
            "/v2/actions/{identifier}/{namespace}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Put,
            "/v2/actions/{identifier}/{namespace}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/executions/{id}/executions/{errors_only}",
            Run::Handler(handler!(report::of_execution)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Get,
            "/v2/executions/{id}/executions/{errors_only}/{max_depth}",
            Run::Handler(handler!(report::of_execution)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Get,
            "/v2/executions/{id}/executions/{errors_only}/{max_depth}/{include_output}",
            Run::Handler(handler!(report::of_execution)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Get,
            "/v2/executions/{id}/report/{errors_only}",
            Run::Handler(handler!(report::report)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Get,
            "/v2/executions/{id}/report/{errors_only}/{max_depth}",
            Run::Handler(handler!(report::report)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Get,
            "/v2/executions/{id}/report/{errors_only}/{max_depth}/{statistics_only}",
            Run::Handler(handler!(report::report)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Delete,
            "/v2/executions/{id}/{fields}",
            Run::Handler(handler!(executions::delete)),
        )
        .rules(&["executions:delete"]),
        Operation::accident(
            Verb::Get,
            "/v2/executions/{id}/{fields}",
            Run::Handler(handler!(executions::get_fields)),
        )
        .rules(&["executions:get"]),
        Operation::accident(Verb::Post, "/v2/executions/{id}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Put,
            "/v2/executions/{id}/{fields}",
            Run::Surplus("wf_ex", "Execution"),
        ),
        Operation::accident(Verb::Delete, "/v2/executions/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Get, "/v2/executions/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Post, "/v2/executions/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/executions/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(
            Verb::Get,
            "/v2/tasks/{id}/executions/{errors_only}",
            Run::Handler(handler!(report::of_task)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Get,
            "/v2/tasks/{id}/executions/{errors_only}/{max_depth}",
            Run::Handler(handler!(report::of_task)),
        )
        .rules(&["executions:get"]),
        Operation::accident(
            Verb::Get,
            "/v2/tasks/{id}/executions/{errors_only}/{max_depth}/{include_output}",
            Run::Handler(handler!(report::of_task)),
        )
        .rules(&["executions:get"]),
        Operation::accident(Verb::Get, "/v2/tasks/{id}/{fields}", Run::Handler(handler!(tasks::get)))
            .rules(&["tasks:get"]),
        Operation::accident(Verb::Put, "/v2/tasks/{id}/{fields}", Run::Surplus("task", "Task")),
        Operation::accident(Verb::Get, "/v2/tasks/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/tasks/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Delete, "/v2/action_executions/{id}/{surplus}", Run::Nowhere),
        Operation::accident(
            Verb::Get,
            "/v2/action_executions/{id}/{surplus}",
            Run::Handler(handler!(action_executions::get)),
        )
        .rules(&["action_executions:get"]),
        Operation::accident(Verb::Post, "/v2/action_executions/{id}/{surplus}", Run::Nowhere),
        Operation::accident(
            Verb::Put,
            "/v2/action_executions/{id}/{surplus}",
            Run::Surplus("action_ex", "ActionExecution"),
        ),
        Operation::accident(Verb::Delete, "/v2/cron_triggers/{identifier}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Get,
            "/v2/cron_triggers/{identifier}/{fields}",
            Run::Handler(handler!(crud::get::<CronTrigger>)),
        )
        .rules(&["cron_triggers:get"]),
        Operation::accident(Verb::Post, "/v2/cron_triggers/{identifier}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Delete,
            "/v2/cron_triggers/{identifier}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/cron_triggers/{identifier}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Post,
            "/v2/cron_triggers/{identifier}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(Verb::Delete, "/v2/event_triggers/{id}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Get,
            "/v2/event_triggers/{id}/{fields}",
            Run::Handler(handler!(crud::get::<EventTrigger>)),
        )
        .rules(&["event_triggers:get"]),
        Operation::accident(Verb::Post, "/v2/event_triggers/{id}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Put,
            "/v2/event_triggers/{id}/{fields}",
            Run::Surplus("event_trigger", "EventTrigger"),
        ),
        Operation::accident(
            Verb::Delete,
            "/v2/event_triggers/{id}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(Verb::Get, "/v2/event_triggers/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Post, "/v2/event_triggers/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/event_triggers/{id}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Delete, "/v2/environments/{name}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Get,
            "/v2/environments/{name}/{fields}",
            Run::Handler(handler!(crud::get::<Environment>)),
        )
        .rules(&["environments:get"]),
        Operation::accident(Verb::Post, "/v2/environments/{name}/{fields}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/environments/{name}/{fields}", Run::Nowhere),
        Operation::accident(
            Verb::Delete,
            "/v2/environments/{name}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(Verb::Get, "/v2/environments/{name}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Post, "/v2/environments/{name}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/environments/{name}/{fields}/{*surplus}", Run::Nowhere),
        Operation::accident(
            Verb::Delete,
            "/v2/code_sources/{identifier}/{namespace}",
            Run::Handler(handler!(crud::delete::<CodeSource>)),
        )
        .rules(&["code_sources:delete"]),
        Operation::accident(
            Verb::Get,
            "/v2/code_sources/{identifier}/{namespace}",
            Run::Handler(handler!(crud::get::<CodeSource>)),
        )
        .rules(&["code_sources:get"]),
        Operation::accident(Verb::Post, "/v2/code_sources/{identifier}/{namespace}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/code_sources/{identifier}/{namespace}", Run::Nowhere),
        Operation::accident(
            Verb::Delete,
            "/v2/code_sources/{identifier}/{namespace}/{fields}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/code_sources/{identifier}/{namespace}/{fields}",
            Run::Handler(handler!(crud::get::<CodeSource>)),
        )
        .rules(&["code_sources:get"]),
        Operation::accident(
            Verb::Post,
            "/v2/code_sources/{identifier}/{namespace}/{fields}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Put,
            "/v2/code_sources/{identifier}/{namespace}/{fields}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Delete,
            "/v2/code_sources/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/code_sources/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Post,
            "/v2/code_sources/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Put,
            "/v2/code_sources/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Delete,
            "/v2/dynamic_actions/{identifier}/{namespace}",
            Run::Handler(handler!(crud::delete::<DynamicAction>)),
        )
        .rules(&["dynamic_actions:delete"]),
        Operation::accident(
            Verb::Get,
            "/v2/dynamic_actions/{identifier}/{namespace}",
            Run::Handler(handler!(crud::get::<DynamicAction>)),
        )
        .rules(&["dynamic_actions:get"]),
        Operation::accident(Verb::Post, "/v2/dynamic_actions/{identifier}/{namespace}", Run::Nowhere),
        Operation::accident(Verb::Put, "/v2/dynamic_actions/{identifier}/{namespace}", Run::Nowhere),
        Operation::accident(
            Verb::Delete,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}",
            Run::Handler(handler!(crud::get::<DynamicAction>)),
        )
        .rules(&["dynamic_actions:get"]),
        Operation::accident(
            Verb::Post,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Put,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Delete,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Get,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Post,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
        Operation::accident(
            Verb::Put,
            "/v2/dynamic_actions/{identifier}/{namespace}/{fields}/{*surplus}",
            Run::Nowhere,
        ),
    ],
    ..Declaration::BARE
};
