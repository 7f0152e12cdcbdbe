//! One entry per endpoint: what it does, takes and answers.

use serde_json::{Value, json};

use super::super::body::Attribute;
use super::super::list::Resource;
use super::super::router::{Endpoint, Verb};
use super::super::service;
use super::super::v2::{
    action_executions, actions, code_sources, cron_triggers, dynamic_actions, environments, event_triggers, executions,
    members, tasks, workbooks, workflows,
};
use super::schema::{self, fields_parameter, list_parameters, object, parameter, reference, text};
use super::words;

/// One operation, as far as tables do not say it.
#[derive(Default)]
pub struct Operation {
    pub summary: &'static str,
    pub description: String,
    pub parameters: Vec<Value>,
    pub body: Option<Value>,
    /// Status and response when all goes well; operations that only refuse have none.
    pub success: Option<(u16, Value)>,
    /// Further statuses that are no refusals.
    pub others: Vec<(u16, Value)>,
    /// Statuses of refusals.
    pub refusals: Vec<u16>,
    pub is_deprecated: bool,
}

const WORKFLOW_DOCUMENT: &str = "\
---
version: '2.0'
greet:
  input: [name]
  output:
    greeting: <% task(say).result %>
  tasks:
    say:
      action: std.echo output=<% 'Hello ' + $.name %>
";

const WORKBOOK_DOCUMENT: &str = "\
---
version: '2.0'
name: greetings
workflows:
  greet:
    tasks:
      say: {action: std.echo output='Hello'}
";

const ACTION_DOCUMENT: &str = "\
---
version: '2.0'
greet:
  base: std.echo
  base-input: {output: <% 'Hello ' + $.name %>}
  input: [name]
";

const CODE: &str = "\
from mistral_lib import actions


class Greet(actions.Action):
    def run(self, context):
        return 'Hello'
";

impl Operation {
    fn new(summary: &'static str) -> Operation {
        Operation {
            summary,
            ..Operation::default()
        }
    }

    fn described(mut self, text: &str) -> Operation {
        self.description = text.to_owned();
        self
    }

    fn query(mut self, parameters: Vec<Value>) -> Operation {
        self.parameters.extend(parameters);
        self
    }

    fn json_body(mut self, attributes: &[Attribute], required: &[&str], example: Value) -> Operation {
        let schema = schema::body(attributes, required);
        self.body = Some(json!({"required": true, "content": {"application/json": {
            "schema": schema, "example": example,
        }}}));
        self
    }

    fn text_body(mut self, text: &str, example: &str) -> Operation {
        self.body = Some(
            json!({"required": true, "description": text, "content": {"text/plain": {
                "schema": {"type": "string"}, "example": example,
            }}}),
        );
        self
    }

    fn answers(mut self, status: u16, schema: Value) -> Operation {
        let description = if status == 201 { "Created." } else { "The answer." };
        let content = json!({"application/json": {"schema": schema}});
        self.success = Some((status, json!({"description": description, "content": content})));
        self
    }

    fn answers_nothing(mut self) -> Operation {
        self.success = Some((204, json!({"description": "Deleted."})));
        self
    }

    fn refuses(mut self, statuses: &[u16]) -> Operation {
        self.refusals.extend(statuses);
        self
    }

    fn deprecated(mut self) -> Operation {
        self.is_deprecated = true;
        self
    }

    /// What can go wrong with any operation of a resource.
    fn of_resource(mut self, verb: Verb) -> Operation {
        self.refusals.extend([400, 403, 408, 413, 415, 500, 503]);
        if verb != Verb::Delete {
            self.refusals.push(406);
        }
        if verb != Verb::Get {
            self.refusals.push(423);
        }
        self.refusals.sort_unstable();
        self.refusals.dedup();
        self
    }

    /// A path beside the route table.
    pub fn beside_the_table(path: &str) -> Operation {
        let operation = match path {
            "/v2" => {
                let mut operation = Operation::new("Redirect to the root of the API");
                let location =
                    json!({"Location": {"schema": {"type": "string"}, "description": "`/v2/` of this server."}});
                operation.success = Some((302, json!({"description": "Go there.", "headers": location})));
                operation
            }
            "/v2/" => Operation::new("Root of the API")
                .answers(200, object(vec![("uri", text("Where the API is."))], &["uri"])),
            _ => {
                let mut operation = Operation::new("Metrics of this process").described("In the format of Prometheus.");
                let content = json!({"text/plain": {"schema": {"type": "string"}}});
                operation.success = Some((200, json!({"description": "All measurements.", "content": content})));
                operation.refuses(&[404])
            }
        };
        operation.of_service()
    }

    /// What can go wrong with any request.
    fn of_service(self) -> Operation {
        let mut operation = self.refuses(&[400, 408, 413, 415, 500]);
        operation.refusals.sort_unstable();
        operation
    }

    /// The operation behind a method of a route.
    pub fn of(endpoint: Endpoint, path: &str, verb: Verb) -> Operation {
        use Endpoint::*;
        let operation = match endpoint {
            Versions | Info | Healthcheck | MaintenanceGet | MaintenancePut | OpenApi => return of_service(endpoint),
            WorkflowList | WorkflowCreate | WorkflowUpdate | WorkflowGet | WorkflowDelete | WorkflowValidate => {
                of_workflows(endpoint, path)
            }
            MemberList | MemberCreate | MemberGet | MemberUpdate | MemberDelete => of_members(endpoint),
            WorkbookList | WorkbookCreate | WorkbookUpdate | WorkbookGet | WorkbookDelete | WorkbookValidate => {
                of_workbooks(endpoint, path)
            }
            ActionList | ActionCreate | ActionUpdate | ActionGet | ActionDelete | ActionValidate => {
                of_actions(endpoint, path)
            }
            ExecutionList | ExecutionCreate | ExecutionGet | ExecutionUpdate | ExecutionDelete | ExecutionTasks
            | ExecutionExecutions | ExecutionReport | ExecutionWhy | ExecutionField => of_executions(endpoint),
            TaskList | TaskGet | TaskUpdate | TaskActions | TaskAction | TaskWorkflowExecutions | TaskExecutions => {
                of_tasks(endpoint)
            }
            ActionExecutionList
            | ActionExecutionCreate
            | ActionExecutionGet
            | ActionExecutionUpdate
            | ActionExecutionDelete => of_action_executions(endpoint),
            CronTriggerList | CronTriggerCreate | CronTriggerGet | CronTriggerDelete => of_cron_triggers(endpoint),
            EventTriggerList | EventTriggerCreate | EventTriggerGet | EventTriggerUpdate | EventTriggerDelete => {
                of_event_triggers(endpoint)
            }
            EnvironmentList | EnvironmentCreate | EnvironmentUpdate | EnvironmentGet | EnvironmentDelete => {
                of_environments(endpoint)
            }
            CodeSourceList | CodeSourceCreate | CodeSourceUpdate | CodeSourceGet | CodeSourceDelete => {
                of_code_sources(endpoint, path)
            }
            DynamicActionList | DynamicActionCreate | DynamicActionUpdate | DynamicActionGet | DynamicActionDelete => {
                of_dynamic_actions(endpoint)
            }
            Missing(_) => Operation::new("Refused: the path lacks an id").deprecated(),
            Surplus(..) => Operation::new("Refused: the path has an id too many").deprecated(),
            Nowhere => Operation::new("Refused: the path is too long").deprecated(),
        };
        operation.of_resource(verb)
    }
}

/// A page of objects.
fn list(summary: &'static str, resource: &Resource, schema: &str, implied: &[&str]) -> Operation {
    Operation::new(summary)
        .query(list_parameters(resource, implied))
        .answers(200, envelope(resource.collection, schema))
        .refuses(&[404])
}

/// `{"<collection>": [object, …], "next": link}`.
fn envelope(collection: &'static str, schema: &str) -> Value {
    object(
        vec![
            (collection, json!({"type": "array", "items": reference(schema)})),
            ("next", text("Link to the next page, if this one is full.")),
        ],
        &[collection],
    )
}

fn get(summary: &'static str, schema: &str) -> Operation {
    Operation::new(summary).answers(200, reference(schema)).refuses(&[404])
}

fn create(summary: &'static str, schema: Value) -> Operation {
    Operation::new(summary).answers(201, schema).refuses(&[409])
}

fn update(summary: &'static str, schema: Value) -> Operation {
    Operation::new(summary).answers(200, schema).refuses(&[404, 409])
}

fn delete(summary: &'static str) -> Operation {
    Operation::new(summary).answers_nothing().refuses(&[404])
}

fn validate(summary: &'static str, example: &str) -> Operation {
    Operation::new(summary)
        .text_body("The document.", example)
        .answers(200, reference("Validity"))
}

fn namespace() -> Value {
    parameter(
        "namespace",
        json!({"type": "string", "maxLength": 255}),
        words::NAMESPACE,
    )
}

/// What uploads of documents take besides the document.
fn upload_parameters(in_path: bool, validated: bool) -> Vec<Value> {
    let mut parameters = vec![parameter("scope", json!({"enum": ["private", "public"]}), words::SCOPE)];
    if !in_path {
        let mut namespace = namespace();
        namespace["schema"]["maxLength"] = 255.into();
        parameters.push(namespace);
    }
    if validated {
        let schema = json!({"type": "string"});
        parameters.push(parameter("skip_validation", schema, words::SKIP_VALIDATION));
    }
    parameters
}

fn flag(name: &str, text: &str) -> Value {
    parameter(name, json!({"type": "boolean"}), text)
}

fn max_depth() -> Value {
    parameter("max_depth", json!({"type": "integer"}), words::MAX_DEPTH)
}

/// Upstream takes an id behind a collection for a namespace, in uploads.
const SEGMENT_IS_NAMESPACE: &str = "The id in the path is taken for the namespace, as upstream does it.";

fn of_service(endpoint: Endpoint) -> Operation {
    let operation = match endpoint {
        Endpoint::Versions => {
            let link = object(
                vec![
                    ("href", text("Where the version is.")),
                    ("target", text("Its name in the path.")),
                    ("rel", text("Always `self`.")),
                ],
                &["href"],
            );
            let version = object(
                vec![
                    ("id", text("Version.")),
                    ("status", text("Whether it is the current one.")),
                    ("links", json!({"type": "array", "items": link})),
                ],
                &["id", "status"],
            );
            let versions = json!({"type": "array", "items": version});
            Operation::new("Versions of the API").answers(200, object(vec![("versions", versions)], &["versions"]))
        }
        Endpoint::Info => Operation::new("Information about the service")
            .described("The operator's JSON file, as it is. 400 if there is none.")
            .answers(200, json!({})),
        Endpoint::Healthcheck => {
            let schema = object(
                vec![
                    ("detailed", json!({"type": "boolean", "description": "Always false."})),
                    ("reasons", json!({"type": "array", "items": {"type": "string"}})),
                ],
                &["reasons"],
            );
            let content = json!({"application/json": {"schema": schema}, "text/plain": {"schema": {"type": "string"}}});
            let mut operation = Operation::new("Whether the service can work")
                .described("Asks the database. 404 unless `[healthcheck] enabled`. HEAD answers 204.")
                .refuses(&[404]);
            operation.success = Some((200, json!({"description": "It can.", "content": content})));
            operation
                .others
                .push((503, json!({"description": "It cannot.", "content": content})));
            operation
        }
        Endpoint::OpenApi => {
            let headers = json!({
                "ETag": {"schema": {"type": "string"}, "description": "Changes with the document."},
                "Cache-Control": {"schema": {"type": "string"}, "description": "How long it may be kept."},
            });
            let mut operation = Operation::new("This document");
            let content = json!({"application/json": {"schema": {"type": "object"}}});
            operation.success = Some((
                200,
                json!({"description": "The document.", "headers": headers, "content": content}),
            ));
            operation.others.push((
                304,
                json!({"description": "The client has it already.", "headers": headers}),
            ));
            operation
        }
        Endpoint::MaintenanceGet => Operation::new("Mode of the service")
            .answers(200, reference("Mode"))
            .refuses(&[503]),
        _ => Operation::new("Change the mode of the service")
            .described("PAUSED pauses all executions (over PAUSING), RUNNING resumes them. Needs the role `admin`.")
            .json_body(service::MODE_ATTRIBUTES, &["status"], json!({"status": "RUNNING"}))
            .answers(200, reference("Mode"))
            .refuses(&[403, 503]),
    };
    operation.refuses(&[406]).of_service()
}

fn of_workflows(endpoint: Endpoint, path: &str) -> Operation {
    let in_path = path.ends_with('}');
    let many = || envelope("workflows", "Workflow");
    match endpoint {
        Endpoint::WorkflowList => list("List workflows", &workflows::WORKFLOWS, "Workflow", &[]),
        Endpoint::WorkflowCreate => {
            let operation = create("Create workflows", many())
                .query(upload_parameters(in_path, true))
                .text_body("A document with one or more workflows.", WORKFLOW_DOCUMENT);
            if in_path {
                operation.described(SEGMENT_IS_NAMESPACE).deprecated()
            } else {
                operation
            }
        }
        Endpoint::WorkflowUpdate => {
            let schema = if in_path { reference("Workflow") } else { many() };
            update("Update workflows", schema)
                .query(upload_parameters(false, true))
                .text_body("A document with the workflows, which must exist.", WORKFLOW_DOCUMENT)
        }
        Endpoint::WorkflowGet => get("Get a workflow", "Workflow").query(vec![namespace(), fields_parameter()]),
        Endpoint::WorkflowDelete => delete("Delete a workflow").query(vec![namespace()]),
        _ => validate("Validate a document with workflows", WORKFLOW_DOCUMENT),
    }
}

fn of_members(endpoint: Endpoint) -> Operation {
    let example = || json!({"member_id": "3b3b1f0e2f7d4bb5a5ac3a3c6a9a1d2e"});
    match endpoint {
        Endpoint::MemberList => Operation::new("List those whom a workflow is shared with").answers(
            200,
            object(
                vec![("members", json!({"type": "array", "items": reference("Member")}))],
                &["members"],
            ),
        ),
        Endpoint::MemberCreate => create("Share a workflow with a project", reference("Member"))
            .described("Needs authentication to be on.")
            .json_body(members::ATTRIBUTES, &["member_id"], example())
            .refuses(&[404]),
        Endpoint::MemberGet => get("Get an invitation", "Member"),
        Endpoint::MemberUpdate => update("Accept or reject an invitation", reference("Member")).json_body(
            members::ATTRIBUTES,
            &["status"],
            json!({"status": "accepted"}),
        ),
        _ => delete("Withdraw an invitation"),
    }
}

fn of_workbooks(endpoint: Endpoint, path: &str) -> Operation {
    let in_path = path.ends_with('}');
    match endpoint {
        Endpoint::WorkbookList => list("List workbooks", &workbooks::WORKBOOKS, "Workbook", &[]),
        Endpoint::WorkbookCreate | Endpoint::WorkbookUpdate => {
            let operation = if endpoint == Endpoint::WorkbookCreate {
                create("Create a workbook with what it contains", reference("Workbook"))
            } else {
                update("Update a workbook with what it contains", reference("Workbook"))
            };
            let operation = operation
                .query(upload_parameters(in_path, true))
                .text_body("The workbook.", WORKBOOK_DOCUMENT);
            if in_path {
                operation.described(SEGMENT_IS_NAMESPACE).deprecated()
            } else {
                operation
            }
        }
        Endpoint::WorkbookGet => {
            let mut operation = get("Get a workbook", "Workbook").query(vec![fields_parameter()]);
            operation.parameters.push(namespace_of_query(path));
            operation
        }
        Endpoint::WorkbookDelete => {
            delete("Delete a workbook; what it contained stays").query(vec![namespace_of_query(path)])
        }
        _ => validate("Validate a workbook", WORKBOOK_DOCUMENT),
    }
}

/// The namespace in the query, which one in the path overrules.
fn namespace_of_query(path: &str) -> Value {
    let mut parameter = namespace();
    if path.ends_with("/{namespace}") {
        parameter["description"] = "Overruled by the one in the path.".into();
    }
    parameter
}

fn of_actions(endpoint: Endpoint, path: &str) -> Operation {
    let in_path = path.ends_with('}');
    let many = || envelope("actions", "Action");
    match endpoint {
        Endpoint::ActionList => list(
            "List actions: ad-hoc, dynamic and built-in ones",
            &actions::ACTIONS,
            "Action",
            &[],
        )
        .described("Without a `namespace`, only those of the default one."),
        Endpoint::ActionCreate => {
            let operation = create("Create ad-hoc actions", many())
                .query(upload_parameters(in_path, false))
                .text_body("A document with one or more ad-hoc actions.", ACTION_DOCUMENT);
            if in_path {
                operation.described(SEGMENT_IS_NAMESPACE).deprecated()
            } else {
                operation
            }
        }
        Endpoint::ActionUpdate => update("Update ad-hoc actions", many())
            .query(upload_parameters(path.ends_with("/{namespace}"), false))
            .text_body("A document with the actions, which must exist.", ACTION_DOCUMENT),
        Endpoint::ActionGet => get("Get an action", "Action").query(vec![namespace_of_query(path)]),
        Endpoint::ActionDelete => delete("Delete an ad-hoc action").query(vec![namespace_of_query(path)]),
        _ => validate("Validate a document with ad-hoc actions", ACTION_DOCUMENT),
    }
}

fn of_executions(endpoint: Endpoint) -> Operation {
    let flat = || envelope("executions", "Execution");
    match endpoint {
        Endpoint::ExecutionList => list("List executions", &executions::EXECUTIONS, "Execution", &[]),
        Endpoint::ExecutionCreate => create("Start a workflow", reference("Execution"))
            .described(
                "By `workflow_id` (an id or a name), `workflow_name`, or as a copy of `source_execution_id`. With an `id` \
                 that is taken, the answer is the execution that has it: a start can be repeated.",
            )
            .json_body(
                executions::ATTRIBUTES,
                &[],
                json!({"workflow_name": "greet", "input": {"name": "Mistral"}, "description": "a first try"}),
            )
            .refuses(&[404]),
        Endpoint::ExecutionGet => get("Get an execution", "Execution").query(vec![fields_parameter()]),
        Endpoint::ExecutionField => get("Get some members of an execution", "Execution")
            .query(vec![fields_parameter()])
            .deprecated(),
        Endpoint::ExecutionUpdate => update("Pause, resume, stop or describe an execution", reference("Execution"))
            .described(
                "`state` is one of RUNNING, PAUSED, SUCCESS, ERROR, CANCELLED; `params.env` may come with RUNNING, or \
                 alone; `description` alone.",
            )
            .json_body(executions::ATTRIBUTES, &[], json!({"state": "PAUSED"})),
        Endpoint::ExecutionDelete => delete("Delete an execution with everything below it")
            .query(vec![parameter("force", json!({"type": "string"}), words::FORCE)]),
        Endpoint::ExecutionTasks => list("List the tasks of an execution", &tasks::TASKS, "Task", &[]),
        Endpoint::ExecutionExecutions => Operation::new("List an execution with all sub-workflow executions")
            .query(vec![
                max_depth(),
                flag("errors_only", words::ERRORS_ONLY),
                flag("include_output", words::INCLUDE_OUTPUT),
            ])
            .answers(200, flat())
            .refuses(&[404]),
        Endpoint::ExecutionReport => Operation::new("Report about an execution: statistics and its tree")
            .query(vec![
                max_depth(),
                flag("errors_only", words::ERRORS_ONLY),
                flag("statistics_only", words::STATISTICS_ONLY),
            ])
            .answers(200, reference("Report"))
            .refuses(&[404]),
        _ => Operation::new("Why an execution has not finished")
            .described(
                "Which tasks wait for which joins, delays and time limits with their times, actions that are queued or \
                 running and where, what paused the execution, sub-workflow executions with their own reasons, and \
                 whether an engine is there to decide. An addition to upstream's API.",
            )
            .query(vec![parameter(
                "max_depth",
                json!({"type": "integer"}),
                "Levels of sub-workflow executions to explain, at most 10.",
            )])
            .answers(200, reference("Explanation"))
            .refuses(&[404]),
    }
}

fn of_tasks(endpoint: Endpoint) -> Operation {
    match endpoint {
        Endpoint::TaskList => list("List tasks", &tasks::TASKS, "Task", &[]),
        Endpoint::TaskGet => get("Get a task with its result", "Task").query(vec![fields_parameter()]),
        Endpoint::TaskUpdate => update("Run a failed task again, or skip it", reference("Task"))
            .described("`state` is RUNNING (with `reset`) or SKIPPED.")
            .json_body(
                tasks::ATTRIBUTES,
                &["state"],
                json!({"state": "RUNNING", "reset": true}),
            ),
        Endpoint::TaskActions => {
            let resource = &action_executions::OF_TASK;
            list("List the action executions of a task", resource, "ActionExecution", &[])
        }
        Endpoint::TaskAction => get("Get an action execution", "ActionExecution").query(vec![fields_parameter()]),
        Endpoint::TaskWorkflowExecutions => list(
            "List the executions that a task has started",
            &executions::OF_TASK,
            "Execution",
            &[],
        ),
        _ => Operation::new("List the executions below a task, on all levels")
            .query(vec![
                max_depth(),
                flag("errors_only", words::ERRORS_ONLY),
                flag("include_output", words::INCLUDE_OUTPUT),
            ])
            .answers(200, envelope("executions", "Execution"))
            .refuses(&[404]),
    }
}

fn of_action_executions(endpoint: Endpoint) -> Operation {
    let attributes = action_executions::ATTRIBUTES;
    match endpoint {
        Endpoint::ActionExecutionList => {
            let resource = &action_executions::ACTION_EXECUTIONS;
            list("List action executions", resource, "ActionExecution", &[])
        }
        Endpoint::ActionExecutionCreate => create("Run an action by itself", reference("ActionExecution"))
            .described(
                "`params`: `save_result` stores the execution, `run_sync` waits for the result, `target` names an \
                 executor, `timeout` limits the run (seconds). A failed action is a 201 too.",
            )
            .json_body(
                attributes,
                &["name"],
                json!({"name": "std.echo", "input": {"output": "Hello"}, "params": {"save_result": true}}),
            ),
        Endpoint::ActionExecutionGet => {
            get("Get an action execution", "ActionExecution").query(vec![fields_parameter()])
        }
        Endpoint::ActionExecutionUpdate => update(
            "Complete, pause or resume an asynchronous action",
            reference("ActionExecution"),
        )
        .described("`state` is one of SUCCESS, ERROR, CANCELLED (with `output`), PAUSED, RUNNING.")
        .json_body(
            attributes,
            &["state"],
            json!({"state": "SUCCESS", "output": {"answer": 42}}),
        ),
        _ => delete("Delete an action that was run by itself")
            .described("Refused unless `[api] allow_action_execution_deletion`."),
    }
}

fn of_cron_triggers(endpoint: Endpoint) -> Operation {
    match endpoint {
        Endpoint::CronTriggerList => list("List cron triggers", &cron_triggers::CRON_TRIGGERS, "CronTrigger", &[]),
        Endpoint::CronTriggerCreate => create("Create a cron trigger", reference("CronTrigger"))
            .described("At least one of `pattern` and `first_execution_time` is needed.")
            .json_body(
                cron_triggers::ATTRIBUTES,
                &["name"],
                json!({
                    "name": "nightly", "workflow_name": "greet", "workflow_input": {"name": "Mistral"},
                    "pattern": "0 3 * * *",
                }),
            )
            .refuses(&[404]),
        Endpoint::CronTriggerGet => get("Get a cron trigger", "CronTrigger").query(vec![fields_parameter()]),
        _ => delete("Delete a cron trigger"),
    }
}

fn of_event_triggers(endpoint: Endpoint) -> Operation {
    let attributes = event_triggers::ATTRIBUTES;
    match endpoint {
        Endpoint::EventTriggerList => list(
            "List event triggers",
            &event_triggers::EVENT_TRIGGERS,
            "EventTrigger",
            &[],
        ),
        Endpoint::EventTriggerCreate => create("Create an event trigger", reference("EventTrigger"))
            .json_body(
                attributes,
                &["workflow_id", "exchange", "topic", "event"],
                json!({
                    "name": "on boot", "workflow_id": "123e4567-e89b-12d3-a456-426655441414", "exchange": "nova",
                    "topic": "notifications", "event": "compute.instance.create.end",
                }),
            )
            .refuses(&[404]),
        Endpoint::EventTriggerGet => get("Get an event trigger", "EventTrigger").query(vec![fields_parameter()]),
        Endpoint::EventTriggerUpdate => update("Update an event trigger", reference("EventTrigger"))
            .described("`exchange`, `topic` and `event` cannot be changed.")
            .json_body(attributes, &[], json!({"name": "on boot", "scope": "private"})),
        _ => delete("Delete an event trigger"),
    }
}

fn of_environments(endpoint: Endpoint) -> Operation {
    let attributes = environments::ATTRIBUTES;
    let example = || json!({"name": "staging", "description": "for tests", "variables": {"region": "one"}});
    match endpoint {
        Endpoint::EnvironmentList => list("List environments", &environments::ENVIRONMENTS, "Environment", &[]),
        Endpoint::EnvironmentCreate => {
            create("Create an environment", reference("Environment")).json_body(attributes, &["name"], example())
        }
        Endpoint::EnvironmentUpdate => {
            update("Update an environment", reference("Environment")).json_body(attributes, &["name"], example())
        }
        Endpoint::EnvironmentGet => get("Get an environment", "Environment").query(vec![fields_parameter()]),
        _ => delete("Delete an environment"),
    }
}

fn of_code_sources(endpoint: Endpoint, path: &str) -> Operation {
    let in_path = path.ends_with('}');
    let named = |name: &str| {
        let schema = json!({"type": "string", "minLength": 1, "maxLength": 255});
        let mut parameter = parameter(name, schema, "Name of the code source.");
        parameter["required"] = true.into();
        parameter
    };
    match endpoint {
        Endpoint::CodeSourceList => list("List code sources", &code_sources::CODE_SOURCES, "CodeSource", &[]),
        Endpoint::CodeSourceCreate | Endpoint::CodeSourceUpdate => {
            let (operation, name) = if endpoint == Endpoint::CodeSourceCreate {
                (create("Upload source code", reference("CodeSource")), "name")
            } else {
                (
                    update("Upload another version of source code", reference("CodeSource")),
                    "identifier",
                )
            };
            let mut operation = operation
                .described("`Accept` must allow `text/plain`, though the answer is JSON, as upstream has it.")
                .query(upload_parameters(false, false))
                .text_body("Source code.", CODE);
            if !in_path {
                operation.parameters.push(named(name));
            }
            operation
        }
        Endpoint::CodeSourceGet => get("Get a code source", "CodeSource").query(vec![namespace(), fields_parameter()]),
        _ => delete("Delete a code source with its dynamic actions").query(vec![namespace()]),
    }
}

fn of_dynamic_actions(endpoint: Endpoint) -> Operation {
    let attributes = dynamic_actions::ATTRIBUTES;
    let example = || json!({"name": "greet", "class_name": "Greet", "code_source_name": "greetings"});
    match endpoint {
        Endpoint::DynamicActionList => list(
            "List dynamic actions",
            &dynamic_actions::DYNAMIC_ACTIONS,
            "DynamicAction",
            &[],
        ),
        Endpoint::DynamicActionCreate => create("Create a dynamic action", reference("DynamicAction"))
            .described("From a class in a code source, by `code_source_id` or `code_source_name`.")
            .json_body(attributes, &["name", "class_name"], example())
            .refuses(&[404]),
        Endpoint::DynamicActionUpdate => update("Update a dynamic action", reference("DynamicAction"))
            .described("By `id` or `name`.")
            .json_body(attributes, &[], example()),
        Endpoint::DynamicActionGet => {
            get("Get a dynamic action", "DynamicAction").query(vec![namespace(), fields_parameter()])
        }
        _ => delete("Delete a dynamic action").query(vec![namespace()]),
    }
}
