//! The route table: every path, its methods and what they lead to.

use std::sync::OnceLock;

use http::Method;

use super::error::Error;

/// What a route leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    Versions,
    Info,
    MaintenanceGet,
    MaintenancePut,
    Healthcheck,
    OpenApi,

    WorkflowList,
    WorkflowCreate,
    WorkflowUpdate,
    WorkflowGet,
    WorkflowDelete,
    WorkflowValidate,

    MemberList,
    MemberCreate,
    MemberGet,
    MemberUpdate,
    MemberDelete,

    WorkbookList,
    WorkbookCreate,
    WorkbookUpdate,
    WorkbookGet,
    WorkbookDelete,
    WorkbookValidate,

    ActionList,
    ActionCreate,
    ActionUpdate,
    ActionGet,
    ActionDelete,
    ActionValidate,

    ExecutionList,
    ExecutionCreate,
    ExecutionGet,
    ExecutionUpdate,
    ExecutionDelete,
    ExecutionTasks,
    ExecutionExecutions,
    ExecutionReport,
    /// Ours, not upstream's.
    ExecutionWhy,
    ExecutionField,

    TaskList,
    TaskGet,
    TaskUpdate,
    TaskActions,
    TaskAction,
    TaskWorkflowExecutions,
    TaskExecutions,

    ActionExecutionList,
    ActionExecutionCreate,
    ActionExecutionGet,
    ActionExecutionUpdate,
    ActionExecutionDelete,

    CronTriggerList,
    CronTriggerCreate,
    CronTriggerGet,
    CronTriggerDelete,

    EventTriggerList,
    EventTriggerCreate,
    EventTriggerGet,
    EventTriggerUpdate,
    EventTriggerDelete,

    EnvironmentList,
    EnvironmentCreate,
    EnvironmentUpdate,
    EnvironmentGet,
    EnvironmentDelete,

    CodeSourceList,
    CodeSourceCreate,
    CodeSourceUpdate,
    CodeSourceGet,
    CodeSourceDelete,

    DynamicActionList,
    DynamicActionCreate,
    DynamicActionUpdate,
    DynamicActionGet,
    DynamicActionDelete,

    /// The method exists but needs a path segment, which upstream calls so.
    Missing(&'static str),
    /// The path has a segment where the body's object belongs: argument and class in upstream's message.
    Surplus(&'static str, &'static str),
    /// The path has more segments than the method takes.
    Nowhere,
}

/// How an endpoint takes its body and words its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// JSON in, JSON out.
    Json,
    /// The same, about the service itself.
    Service,
    /// The body is a document of the workflow language.
    Definition,
    /// The same, only to be checked.
    Validation,
    /// The body is source code.
    Source,
}

impl Family {
    pub fn is_text(self) -> bool {
        !matches!(self, Family::Json | Family::Service)
    }
}

impl Endpoint {
    /// Whether everybody may ask, without saying who they are.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Endpoint::Versions | Endpoint::Info | Endpoint::Healthcheck | Endpoint::OpenApi
        )
    }

    pub fn family(self) -> Family {
        use Endpoint::*;
        match self {
            WorkflowCreate | WorkflowUpdate | WorkbookCreate | WorkbookUpdate | ActionCreate | ActionUpdate => {
                Family::Definition
            }
            WorkflowValidate | WorkbookValidate | ActionValidate => Family::Validation,
            Info | MaintenanceGet | MaintenancePut => Family::Service,
            CodeSourceCreate | CodeSourceUpdate => Family::Source,
            _ => Family::Json,
        }
    }
}

/// Methods that resources know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Delete,
    Get,
    Post,
    Put,
}

impl Verb {
    pub fn name(self) -> &'static str {
        match self {
            Verb::Delete => "DELETE",
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
        }
    }
}

const HEALTH: &str = "/healthcheck";

/// A path and what its methods lead to, in the order of `Allow`.
#[derive(Debug)]
pub struct Route {
    /// With `{parameters}`, without a trailing slash.
    pub path: &'static str,
    pub methods: &'static [(Verb, Endpoint)],
    /// `Allow` of paths that exist without any method of their own.
    allow: Option<&'static str>,
}

impl Route {
    /// What the method leads to.
    pub fn endpoint(&self, method: &Method) -> Result<Endpoint, Error> {
        // Load balancers ask for the health with HEAD; upstream's page of versions answers to every method.
        let name = if self.path == "/" || *method == Method::HEAD && self.path == HEALTH {
            Verb::Get.name()
        } else {
            method.as_str()
        };
        let found = self.methods.iter().find(|(verb, _)| verb.name() == name);
        found
            .map(|(_, endpoint)| *endpoint)
            .ok_or_else(|| Error::method_not_allowed(self.allow()))
    }

    fn allow(&self) -> String {
        match self.allow {
            Some(allow) => allow.to_owned(),
            None => self
                .methods
                .iter()
                .map(|(verb, _)| verb.name())
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}

macro_rules! routes {
    ($($path:literal $(($allow:literal))? $($verb:ident $endpoint:expr),*;)*) => {
        &[$(Route {
            path: $path,
            methods: &[$((Verb::$verb, $endpoint)),*],
            allow: routes!(@ $($allow)?),
        }),*]
    };
    (@ $allow:literal) => { Some($allow) };
    (@) => { None };
}

use Endpoint::*;

/// All routes.
pub static ROUTES: &[Route] = routes! {
    "/" Get Versions;
    "/info" Get Info;
    "/maintenance" Get MaintenanceGet, Put MaintenancePut;
    "/healthcheck" Get Healthcheck;
    "/openapi.json" Get OpenApi;

    "/v2/workflows" Delete Missing("identifier"), Get WorkflowList, Post WorkflowCreate, Put WorkflowUpdate;
    "/v2/workflows/validate" Post WorkflowValidate;
    "/v2/workflows/{identifier}" Delete WorkflowDelete, Get WorkflowGet, Post WorkflowCreate, Put WorkflowUpdate;
    "/v2/workflows/{identifier}/members"
        Delete Missing("member_id"), Get MemberList, Post MemberCreate, Put Missing("member_id");
    "/v2/workflows/{identifier}/members/{member_id}"
        Delete MemberDelete, Get MemberGet, Post Surplus("member_info", "Member"), Put MemberUpdate;

    "/v2/workbooks" Delete Missing("name"), Get WorkbookList, Post WorkbookCreate, Put WorkbookUpdate;
    "/v2/workbooks/validate" Post WorkbookValidate;
    "/v2/workbooks/{name}" Delete WorkbookDelete, Get WorkbookGet, Post WorkbookCreate, Put WorkbookUpdate;

    "/v2/actions" Delete Missing("identifier"), Get ActionList, Post ActionCreate, Put ActionUpdate;
    "/v2/actions/validate" Post ActionValidate;
    "/v2/actions/{identifier}" Delete ActionDelete, Get ActionGet, Post ActionCreate, Put ActionUpdate;
    "/v2/actions/{identifier}/{namespace}" Delete ActionDelete, Get ActionGet, Put ActionUpdate;

    "/v2/executions" Delete Missing("id"), Get ExecutionList, Post ExecutionCreate, Put Missing("id");
    "/v2/executions/{id}"
        Delete ExecutionDelete, Get ExecutionGet, Post Surplus("wf_ex", "Execution"), Put ExecutionUpdate;
    "/v2/executions/{id}/tasks" Get ExecutionTasks;
    "/v2/executions/{id}/tasks/{surplus}" ("GET");
    "/v2/executions/{id}/executions" Get ExecutionExecutions;
    "/v2/executions/{id}/report" Get ExecutionReport;
    "/v2/executions/{id}/why" Get ExecutionWhy;

    "/v2/tasks" Get TaskList, Put Missing("id");
    "/v2/tasks/{id}" Get TaskGet, Put TaskUpdate;
    "/v2/tasks/{id}/action_executions" Get TaskActions;
    "/v2/tasks/{id}/action_executions/{action_execution_id}" Get TaskAction;
    "/v2/tasks/{id}/workflow_executions" Get TaskWorkflowExecutions;
    "/v2/tasks/{id}/workflow_executions/{surplus}" ("GET");
    "/v2/tasks/{id}/executions" Get TaskExecutions;

    "/v2/action_executions"
        Delete Missing("id"), Get ActionExecutionList, Post ActionExecutionCreate, Put Missing("id");
    "/v2/action_executions/{id}"
        Delete ActionExecutionDelete, Get ActionExecutionGet, Post Surplus("action_ex", "ActionExecution"),
        Put ActionExecutionUpdate;

    "/v2/cron_triggers" Delete Missing("identifier"), Get CronTriggerList, Post CronTriggerCreate;
    "/v2/cron_triggers/{identifier}"
        Delete CronTriggerDelete, Get CronTriggerGet, Post Surplus("cron_trigger", "CronTrigger");

    "/v2/event_triggers" Delete Missing("id"), Get EventTriggerList, Post EventTriggerCreate, Put Missing("id");
    "/v2/event_triggers/{id}"
        Delete EventTriggerDelete, Get EventTriggerGet, Post Surplus("event_trigger", "EventTrigger"),
        Put EventTriggerUpdate;

    "/v2/environments" Delete Missing("name"), Get EnvironmentList, Post EnvironmentCreate, Put EnvironmentUpdate;
    "/v2/environments/{name}"
        Delete EnvironmentDelete, Get EnvironmentGet, Post Surplus("env", "Environment"),
        Put Surplus("env", "Environment");

    "/v2/code_sources" Delete Missing("identifier"), Get CodeSourceList, Post CodeSourceCreate, Put CodeSourceUpdate;
    "/v2/code_sources/{identifier}"
        Delete CodeSourceDelete, Get CodeSourceGet, Post CodeSourceCreate, Put CodeSourceUpdate;

    "/v2/dynamic_actions"
        Delete Missing("identifier"), Get DynamicActionList, Post DynamicActionCreate, Put DynamicActionUpdate;
    "/v2/dynamic_actions/{identifier}"
        Delete DynamicActionDelete, Get DynamicActionGet, Post Surplus("dyn_action", "DynamicAction"),
        Put Surplus("dyn_action", "DynamicAction");
};

/// Paths that upstream's dispatch serves by accident: a segment behind an object stands in for the next parameter of the
/// method, and whatever follows leads nowhere. They are no part of the documented API.
static BY_ACCIDENT: &[Route] = routes! {
    "/info/{*surplus}" Get Nowhere;
    "/maintenance/{*surplus}" Get Nowhere, Put Nowhere;
    "/v2/workbooks/{name}/{namespace}" Delete WorkbookDelete, Get WorkbookGet, Post Nowhere, Put Nowhere;
    "/v2/workbooks/{name}/{namespace}/{fields}" Delete Nowhere, Get WorkbookGet, Post Nowhere, Put Nowhere;
    "/v2/workbooks/{name}/{namespace}/{fields}/{*surplus}" Delete Nowhere, Get Nowhere, Post Nowhere, Put Nowhere;
    "/v2/actions/{identifier}/{namespace}/{*surplus}" Delete Nowhere, Get Nowhere, Post Nowhere, Put Nowhere;
    "/v2/executions/{id}/executions/{errors_only}" Get ExecutionExecutions;
    "/v2/executions/{id}/executions/{errors_only}/{max_depth}" Get ExecutionExecutions;
    "/v2/executions/{id}/executions/{errors_only}/{max_depth}/{include_output}" Get ExecutionExecutions;
    "/v2/executions/{id}/report/{errors_only}" Get ExecutionReport;
    "/v2/executions/{id}/report/{errors_only}/{max_depth}" Get ExecutionReport;
    "/v2/executions/{id}/report/{errors_only}/{max_depth}/{statistics_only}" Get ExecutionReport;
    "/v2/tasks/{id}/executions/{errors_only}" Get TaskExecutions;
    "/v2/tasks/{id}/executions/{errors_only}/{max_depth}" Get TaskExecutions;
    "/v2/tasks/{id}/executions/{errors_only}/{max_depth}/{include_output}" Get TaskExecutions;
    "/v2/executions/{id}/{fields}"
        Delete ExecutionDelete, Get ExecutionField, Post Nowhere, Put Surplus("wf_ex", "Execution");
    "/v2/executions/{id}/{fields}/{*surplus}" Delete Nowhere, Get Nowhere, Post Nowhere, Put Nowhere;
    "/v2/tasks/{id}/{fields}" Get TaskGet, Put Surplus("task", "Task");
    "/v2/tasks/{id}/{fields}/{*surplus}" Get Nowhere, Put Nowhere;
    "/v2/action_executions/{id}/{surplus}"
        Delete Nowhere, Get ActionExecutionGet, Post Nowhere, Put Surplus("action_ex", "ActionExecution");
    "/v2/cron_triggers/{identifier}/{fields}" Delete Nowhere, Get CronTriggerGet, Post Nowhere;
    "/v2/cron_triggers/{identifier}/{fields}/{*surplus}" Delete Nowhere, Get Nowhere, Post Nowhere;
    "/v2/event_triggers/{id}/{fields}"
        Delete Nowhere, Get EventTriggerGet, Post Nowhere, Put Surplus("event_trigger", "EventTrigger");
    "/v2/event_triggers/{id}/{fields}/{*surplus}" Delete Nowhere, Get Nowhere, Post Nowhere, Put Nowhere;
    "/v2/environments/{name}/{fields}" Delete Nowhere, Get EnvironmentGet, Post Nowhere, Put Nowhere;
    "/v2/environments/{name}/{fields}/{*surplus}" Delete Nowhere, Get Nowhere, Post Nowhere, Put Nowhere;
    "/v2/code_sources/{identifier}/{namespace}" Delete CodeSourceDelete, Get CodeSourceGet, Post Nowhere, Put Nowhere;
    "/v2/code_sources/{identifier}/{namespace}/{fields}" Delete Nowhere, Get CodeSourceGet, Post Nowhere, Put Nowhere;
    "/v2/code_sources/{identifier}/{namespace}/{fields}/{*surplus}"
        Delete Nowhere, Get Nowhere, Post Nowhere, Put Nowhere;
    "/v2/dynamic_actions/{identifier}/{namespace}"
        Delete DynamicActionDelete, Get DynamicActionGet, Post Nowhere, Put Nowhere;
    "/v2/dynamic_actions/{identifier}/{namespace}/{fields}"
        Delete Nowhere, Get DynamicActionGet, Post Nowhere, Put Nowhere;
    "/v2/dynamic_actions/{identifier}/{namespace}/{fields}/{*surplus}"
        Delete Nowhere, Get Nowhere, Post Nowhere, Put Nowhere;
};

/// Both tables.
fn all_routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().chain(BY_ACCIDENT)
}

/// A route found, with the open segments of the path.
#[derive(Debug)]
pub struct Match {
    pub route: &'static Route,
    pub segments: Vec<String>,
}

/// Parameters that segments of a path stand in for.
const STAND_INS: [&str; 6] = [
    "fields",
    "namespace",
    "errors_only",
    "max_depth",
    "include_output",
    "statistics_only",
];

impl Match {
    /// Parameters whose place a segment of the path takes by accident.
    pub fn accidental_parameters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let is_accident = BY_ACCIDENT.iter().any(|route| std::ptr::eq(route, self.route));
        let names = self
            .route
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        names
            .zip(&self.segments)
            .filter(move |(name, _)| is_accident && STAND_INS.contains(name))
            .map(|(name, segment)| (name, segment.as_str()))
    }
}

/// Finds the route of a path. One trailing slash does not count.
///
/// # Errors
/// 404 for unknown paths, 400 for segments that are no UTF-8.
pub fn find(path: &str) -> Result<Match, Error> {
    let trimmed = match path.strip_suffix('/') {
        Some("") => "/",
        Some(trimmed) if !trimmed.ends_with('/') => trimmed,
        _ => path,
    };
    let found = matcher().at(trimmed).map_err(|_| not_found())?;
    let segments = found
        .params
        .iter()
        .map(|(_, raw)| decode_segment(raw))
        .collect::<Result<_, _>>()?;
    Ok(Match {
        route: found.value,
        segments,
    })
}

/// The answer for a path that leads nowhere.
pub fn not_found() -> Error {
    Error::router(http::StatusCode::NOT_FOUND, None)
}

fn matcher() -> &'static matchit::Router<&'static Route> {
    static MATCHER: OnceLock<matchit::Router<&'static Route>> = OnceLock::new();
    MATCHER.get_or_init(|| {
        let mut router = matchit::Router::new();
        for route in all_routes() {
            if let Err(error) = router.insert(route.path, route) {
                // Only a mistake in the table above can lead here; a test looks up every route.
                tracing::error!("route {} is unreachable: {error}", route.path);
            }
        }
        router
    })
}

/// Percent-decoding of one segment. An encoded slash stays as it is: it is no part of a name.
fn decode_segment(raw: &str) -> Result<String, Error> {
    let bytes = raw.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |i: usize| bytes.get(i).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(2), Some(15)) => decoded.push(b'%'),
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 2;
            }
            (b, _, _) => decoded.push(b),
        }
        at += 1;
    }
    let text = String::from_utf8(decoded).map_err(|_| Error::undecodable())?;
    if text.contains('\0') {
        Err(Error::undecodable())
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_can_be_reached() {
        for route in all_routes() {
            let path = route.path.replace('*', "").replace('{', "a").replace('}', "b");
            let found = find(&path).unwrap();
            assert_eq!(found.route.path, route.path);
            assert_eq!(found.segments.len(), route.path.matches('{').count());
            let sorted = route.methods.windows(2).all(|w| w[0].0.name() < w[1].0.name());
            assert!(sorted, "{} is not in the order of Allow", route.path);
        }
    }

    #[test]
    fn segments_are_decoded() {
        assert_eq!(find("/v2/workflows/a%20b").unwrap().segments, ["a b"]);
        assert_eq!(find("/v2/workflows/a%2Fb").unwrap().segments, ["a%2Fb"]);
        assert_eq!(find("/v2/actions/std.echo/").unwrap().segments, ["std.echo"]);
        assert_eq!(find("/v2/workflows/%ff").unwrap_err().status, 400);
        for path in [
            "/v2/foo",
            "/v2/workflows.json",
            "/v2/services",
            "/v2/workflows/a/b/c",
            "//",
            "/v3",
        ] {
            assert_eq!(find(path).unwrap_err().status, 404, "{path}");
        }
    }

    #[test]
    fn allow_lists_what_the_resource_has() {
        let route = find("/v2/tasks/x").unwrap().route;
        let error = route.endpoint(&Method::PATCH).unwrap_err();
        assert!(matches!(error.shape, crate::error::Shape::Router { allow: Some(a), .. } if a == "GET, PUT"));
        assert_eq!(
            find("/v2/workflows").unwrap().route.endpoint(&Method::DELETE).unwrap(),
            Missing("identifier")
        );
    }
}
