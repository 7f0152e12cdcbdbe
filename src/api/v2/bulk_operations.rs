//! `/v2/bulk_operations`: the same done to many executions. First a preview, which stores the ids of what matches and does nothing;
//! then it is carried out on exactly those, a hundred at a time, each by the ordinary request with the rights of who asked. An
//! addition of ours; upstream has nothing like it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::super::App;
use super::super::body::{Attribute, Body, Kind};
use super::super::error::Error;
use super::super::list::{self, Resource};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::query::{self, Params};
use super::super::reply::Reply;
use super::super::request::Request;
use super::executions::EXECUTIONS;
use super::statistics::project;
use super::tasks::TASKS;
use http::{Method, StatusCode, header};
use mistral_auth::Identity;
use mistral_model::{Id, State, Str, Time, Value, json as model_json};
use mistral_store::bulk::Operation as Stored;
use mistral_store::diagnosis::Limit;
use mistral_store::list::{Cell, Column, Filter, Order, Page, Query, Records, Test, Viewer, columns};

/// What `/v2/bulk_operations` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "bulk_operations",
    about: "The same done to many executions, after a look at which.",
    rules: &[
        Rule::owners(
            "bulk_operations:create",
            "Prepare and carry out work on many executions; each step asks the rule of its own request too.",
        ),
        Rule::owners("bulk_operations:get", "Read work on many executions."),
        Rule::owners("bulk_operations:update", "Stop work on many executions."),
    ],
    operations: &[
        Operation::new(
            Verb::Get,
            "/v2/bulk_operations",
            handler!(list_all),
            &["bulk_operations:get"],
            describe_list,
        ),
        Operation::new(
            Verb::Post,
            "/v2/bulk_operations",
            handler!(create),
            &["bulk_operations:create", "executions:list", "tasks:list"],
            describe_create,
        ),
        Operation::new(
            Verb::Get,
            "/v2/bulk_operations/{operation}",
            handler!(get),
            &["bulk_operations:get"],
            describe_get,
        ),
        Operation::new(
            Verb::Put,
            "/v2/bulk_operations/{operation}",
            handler!(update),
            &["bulk_operations:update"],
            describe_update,
        ),
    ],
    words: &[
        ("operation", "Id of the bulk operation: its preview."),
        ("action", "What is done to each."),
        ("filter", "Filters of the list of executions, by name."),
        ("ids", "Executions, instead of a filter."),
        ("preview", "Carries out what this preview has shown."),
        ("reason", "Why, in words; it becomes `state_info` of what is cancelled."),
        ("resource", "To what: `executions` (also without it) or `tasks`."),
    ],
    objects: &[("BulkOperation", schema)],
    ..Declaration::BARE
};

const ATTRIBUTES: &[Attribute] = &[
    ("action", Kind::Text),
    ("filter", Kind::Json),
    ("ids", Kind::Texts),
    ("preview", Kind::Text),
    ("reason", Kind::Text),
    ("resource", Kind::Text),
];
const CHANGES: &[Attribute] = &[("state", Kind::Text)];

/// What is done to, how it is found, and what can be done to it.
struct Target {
    /// In the path.
    name: &'static str,
    resource: &'static Resource,
    /// The column of the name that it is shown by.
    called: &'static str,
    /// The rule that lets somebody list it.
    rule: &'static str,
    actions: &'static [Action],
    /// Filters by which an index finds it.
    indexed: &'static [&'static str],
}

static TARGETS: [Target; 2] = [
    Target {
        name: "executions",
        resource: &EXECUTIONS,
        called: "workflow_name",
        rule: "executions:list",
        actions: &ACTIONS,
        indexed: &INDEXED,
    },
    Target {
        name: "tasks",
        resource: &TASKS,
        called: "name",
        rule: "tasks:list",
        actions: &TASK_ACTIONS,
        indexed: &["state", "workflow_execution_id", "created_at"],
    },
];

impl Target {
    /// # Errors
    /// There is no such resource.
    fn of(name: &str) -> Result<&'static Target, Error> {
        let found = TARGETS.iter().find(|target| target.name == name);
        found.ok_or_else(|| Error::bad_request("'resource' is executions or tasks."))
    }

    fn columns(&self) -> Vec<&'static Column> {
        columns(self.resource.table, &["id", self.called, "state", "created_at"])
    }

    fn states(&self, action: &str) -> Option<(&'static str, &'static [State])> {
        self.actions.iter().copied().find(|(name, _)| *name == action)
    }
}

/// An action, and in which states it fits.
type Action = (&'static str, &'static [State]);

/// The same of tasks.
static TASK_ACTIONS: [Action; 2] = [("rerun_failed", &[State::Error]), ("skip_failed", &[State::Error])];

/// What can be done, and to executions in which states; an empty list: in all that have ended.
static ACTIONS: [Action; 6] = [
    ("pause", &[State::Running]),
    ("resume", &[State::Paused]),
    ("cancel", &[State::Running, State::Paused]),
    ("rerun_failed", &[State::Error]),
    ("skip_failed", &[State::Error]),
    ("delete", &[]),
];

/// Whether something that is done in these states can be done in this one.
fn fits(states: &[State], state: State) -> bool {
    match states {
        [] => state.is_completed(),
        states => states.contains(&state),
    }
}

/// Filters by which an index finds executions.
static INDEXED: [&str; 7] = [
    "state",
    "workflow_name",
    "created_at",
    "description",
    "tags",
    "root_execution_id",
    "task_execution_id",
];

/// Ids given by the caller, and found by a filter.
const MAX_IDS: usize = 1_000;
const MAX_FOUND: u32 = 10_000;

/// Ids worked on before it is noted how far the work has come, and failures that are told.
const STEP: i32 = 100;
const TOLD: usize = 100;

/// How long a preview can be carried out, and how long what was done is kept, microseconds.
const PREVIEW: i64 = 600_000_000;
const KEPT: i64 = 30 * 86_400 * 1_000_000;

/// How often it is looked whether there is something to do.
const LOOK: Duration = Duration::from_secs(1);

/// The object, for the document.
fn schema() -> Json {
    let text = |about: &str| json!({"type": "string", "description": about});
    let number = |about: &str| json!({"type": "integer", "description": about});
    describe::object(
        vec![
            ("id", text("Id.")),
            ("resource", text("To what: `executions` or `tasks`.")),
            ("action", text("What is done.")),
            ("state", text("`PREVIEW`, `RUNNING`, `SUCCESS`, `CANCELLED`.")),
            ("total", number("Executions that it is about.")),
            ("done", number("Those that it has come to.")),
            (
                "failed",
                number("Those of them that were refused or no longer in a fitting state."),
            ),
            (
                "failures",
                json!({"type": "array", "items": {"type": "object"}, "description": "The first 100 of them: `id`, `message`."}),
            ),
            (
                "filter",
                json!({"type": "object", "description": "What was asked for."}),
            ),
            (
                "reason",
                json!({"type": ["string", "null"], "description": "Why, in words."}),
            ),
            (
                "user_id",
                json!({"type": ["string", "null"], "description": "Who asked."}),
            ),
            ("created_at", text("When the preview was made.")),
            (
                "updated_at",
                json!({"type": ["string", "null"], "description": "When it came on."}),
            ),
        ],
        &[
            "id",
            "resource",
            "action",
            "state",
            "total",
            "done",
            "failed",
            "failures",
            "filter",
            "created_at",
        ],
    )
}

fn describe_list(_: &'static str) -> Description {
    let limit = json!({"type": "integer", "minimum": 1, "maximum": 1000});
    let description = Description::new("List bulk operations").query(vec![describe::parameter(
        "limit",
        limit,
        "How many; 100 without it.",
    )]);
    description.answers(
        200,
        describe::object(
            vec![(
                "bulk_operations",
                json!({"type": "array", "items": describe::reference("BulkOperation"), "description": "The newest first."}),
            )],
            &["bulk_operations"],
        ),
    )
}

fn describe_create(_: &'static str) -> Description {
    let preview = describe::object(
        vec![
            (
                "preview",
                json!({"type": "string", "description": "Carries it out, for ten minutes."}),
            ),
            (
                "count",
                json!({"type": "integer", "description": "Executions that match."}),
            ),
            (
                "capped",
                json!({"type": "boolean", "description": "Whether more match than are taken."}),
            ),
            (
                "by_state",
                json!({"type": "object", "description": "How many in which state."}),
            ),
            (
                "sample",
                json!({"type": "array", "items": {"type": "object"}, "description": "The newest ten."}),
            ),
            (
                "expires_at_us",
                json!({"type": "integer", "description": "Until when it can be carried out."}),
            ),
        ],
        &["preview", "count", "capped", "by_state", "sample", "expires_at_us"],
    );
    Description::new("Look at what would be done to many executions, or do it")
        .described(
            "With `action` and either `ids` (1,000 at most) or `filter` (filters of the list that an index knows, indexed members of \
             inputs among them, 10,000 at most): stores what matches and answers with a preview; nothing is done. With `preview`: \
             does it, to exactly those. Actions on executions: pause, resume, cancel, rerun_failed, skip_failed, delete (of ended \
             ones); on tasks (`resource`): rerun_failed, skip_failed.",
        )
        .json_body(
            ATTRIBUTES,
            &[],
            json!({"action": "cancel", "filter": {"state": "RUNNING", "workflow_name": "greet"}, "reason": "a bad day"}),
        )
        .answers(201, json!({"anyOf": [preview, describe::reference("BulkOperation")]}))
        .refuses(&[404, 409])
}

fn describe_get(_: &'static str) -> Description {
    describe::get("Get a bulk operation", "BulkOperation")
}

fn describe_update(_: &'static str) -> Description {
    describe::update("Stop a bulk operation", describe::reference("BulkOperation"))
        .described("`state` is CANCELLED. What has been done stays done.")
        .json_body(CHANGES, &["state"], json!({"state": "CANCELLED"}))
}

fn missing(id: &str) -> Error {
    Error::not_found(format!("Bulk operation not found [id={id}]"))
}

fn json_of(stored: &Stored) -> Json {
    let parsed = |text: &str| serde_json::from_str::<Json>(text).unwrap_or_default();
    json!({
        "id": stored.id.to_string(), "resource": stored.resource, "action": stored.action, "state": stored.state, "total": stored.total,
        "done": stored.done, "failed": stored.failed, "failures": parsed(&stored.failures),
        "filter": parsed(&stored.filter), "reason": stored.reason, "user_id": stored.user_id,
        "created_at": stored.created_at.to_text(), "updated_at": stored.updated_at.map(|time| time.to_text()),
    })
}

async fn list_all(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["limit"])?;
    request.enforce("bulk_operations:get").await?;
    let limit = request.query.int("limit")?.unwrap_or(100).clamp(1, 1000);
    let all = app.reads.bulk.list(project(request), limit).await?;
    let shown: Vec<Json> = all.iter().map(json_of).collect();
    Ok(Reply::raw(
        "application/json",
        json!({"bulk_operations": shown}).to_string(),
    ))
}

async fn find(app: &App, request: &Request, text: &str) -> Result<Stored, Error> {
    let id = text.parse().map_err(|_| missing(text))?;
    let found = app.reads.bulk.get(project(request), id).await?;
    found.ok_or_else(|| missing(text))
}

async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    request.enforce("bulk_operations:get").await?;
    let stored = find(app, request, request.segment(0)).await?;
    Ok(Reply::raw("application/json", json_of(&stored).to_string()))
}

async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, "bulk_operation", CHANGES).await?;
    request.enforce("bulk_operations:update").await?;
    if body.text("state") != Some("CANCELLED") {
        return Err(Error::bad_request("A bulk operation can only become CANCELLED."));
    }
    let stored = find(app, request, request.segment(0)).await?;
    let of = (project(request), stored.id);
    app.reads.bulk.stop(of, app.clock.now()).await?;
    let stored = find(app, request, request.segment(0)).await?;
    Ok(Reply::raw("application/json", json_of(&stored).to_string()))
}

async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, "bulk_operation", ATTRIBUTES).await?;
    request.enforce("bulk_operations:create").await?;
    match body.filled("preview") {
        Some(text) => begin(app, request, text, body.filled("reason")).await,
        None => preview(app, request, &body).await,
    }
}

/// Carries out what was shown.
async fn begin(app: &App, request: &Request, text: &str, reason: Option<&str>) -> Result<Reply, Error> {
    let stored = find(app, request, text).await?;
    if stored.state != "PREVIEW" {
        return Err(Error::conflict("This preview has been carried out already."));
    }
    let now = app.clock.now();
    let of = (project(request), stored.id);
    let begun = app.reads.bulk.begin(of, reason, now, Time(now.0 - PREVIEW)).await?;
    if !begun {
        return Err(missing(text));
    }
    let stored = find(app, request, text).await?;
    let mut reply = Reply::raw("application/json", json_of(&stored).to_string());
    reply.status = StatusCode::CREATED;
    Ok(reply)
}

/// What the caller has chosen, and the executions that this is.
async fn chosen(app: &App, request: &Request, target: &Target, body: &Body) -> Result<(Json, Vec<Found>), Error> {
    Ok(match (body.get("ids"), body.dict("filter")) {
        (Some(Value::List(ids)), None) => {
            let ids: Vec<String> = ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect();
            if ids.is_empty() || ids.len() > MAX_IDS {
                return Err(Error::bad_request(format!("'ids' are 1 to {MAX_IDS}.")));
            }
            let found = by_ids(app, request, target, &ids).await?;
            (json!({"ids": ids.len()}), found)
        }
        (None | Some(Value::Null), Some(filter)) => {
            let mut params = Params::default();
            for (name, value) in filter {
                let text = value
                    .as_str()
                    .ok_or_else(|| Error::bad_request("Filters are texts, as in the address."))?;
                params.set(name, text.to_owned());
            }
            let shown = serde_json::from_str(&model_json::to_string(&Value::dict(filter.clone()))).unwrap_or_default();
            (shown, by_filter(app, request, target, &params).await?)
        }
        _ => return Err(Error::bad_request("Either 'filter' or 'ids' is needed.")),
    })
}

/// Stores what matches, and shows it.
async fn preview(app: &App, request: &Request, body: &Body) -> Result<Reply, Error> {
    let target = Target::of(body.filled("resource").unwrap_or("executions"))?;
    request.enforce(target.rule).await?;
    let action = body.filled("action").unwrap_or_default();
    let Some((action, states)) = target.states(action) else {
        let names: Vec<&str> = target.actions.iter().map(|(name, _)| *name).collect();
        return Err(Error::bad_request(format!("'action' is one of {}.", names.join(", "))));
    };
    let (filter, found) = chosen(app, request, target, body).await?;
    let capped = found.len() > MAX_FOUND as usize;
    let fitting: Vec<&Found> = found
        .iter()
        .take(MAX_FOUND as usize)
        .filter(|one| fits(states, one.state))
        .collect();
    let mut by_state = serde_json::Map::new();
    for one in &fitting {
        let count = by_state.get(one.state.name()).and_then(Json::as_i64).unwrap_or(0);
        by_state.insert(one.state.name().to_owned(), json!(count + 1));
    }
    let now = app.clock.now();
    let identity = &request.identity;
    let roles: Vec<&str> = identity.roles.iter().map(|role| &**role).collect();
    let stored = Stored {
        id: app.engine.new_id(),
        project_id: identity.project_id.as_deref().map(str::to_owned),
        user_id: identity.user_id.as_deref().map(str::to_owned),
        is_admin: identity.is_admin,
        roles: json!({"roles": roles, "is_authenticated": identity.is_authenticated}).to_string(),
        resource: target.name.to_owned(),
        action: action.to_owned(),
        filter: filter.to_string(),
        reason: body.filled("reason").map(str::to_owned),
        state: "PREVIEW".to_owned(),
        total: 0,
        done: 0,
        failed: 0,
        failures: "[]".to_owned(),
        created_at: now,
        updated_at: None,
    };
    let ids: Vec<Id> = fitting.iter().map(|one| one.id).collect();
    let bulk = &app.reads.bulk;
    bulk.forget(Time(now.0 - PREVIEW), Time(now.0 - KEPT)).await?;
    bulk.insert(&stored, &ids).await?;
    let sample = fitting.iter().take(10).map(|one| {
        json!({"id": one.shown, target.called: one.called, "state": one.state.name(), "created_at": one.created_at.to_text()})
    });
    let answer = json!({
        "preview": stored.id.to_string(), "resource": target.name, "action": action, "count": ids.len(), "capped": capped, "by_state": by_state,
        "sample": sample.collect::<Vec<_>>(), "expires_at_us": now.0 + PREVIEW,
    });
    let mut reply = Reply::raw("application/json", answer.to_string());
    reply.status = StatusCode::CREATED;
    Ok(reply)
}

/// An execution or a task that matches.
struct Found {
    id: Id,
    shown: String,
    /// Its name, or that of its workflow.
    called: String,
    state: State,
    created_at: Time,
}

fn found(target: &Target, records: &Records, row: usize) -> Result<Found, Error> {
    let text = |name: &str| {
        Ok::<String, Error>(match records.get(row, name)? {
            Cell::Text(text) => text.to_owned(),
            Cell::Id(id) => id.to_string(),
            _ => String::new(),
        })
    };
    Ok(Found {
        id: records.id(row, "id")?.unwrap_or_default(),
        shown: text("id")?,
        called: text(target.called)?,
        state: match records.get(row, "state")? {
            Cell::State(state) => state,
            _ => return Err(super::unexpected("a state")),
        },
        created_at: match records.get(row, "created_at")? {
            Cell::Time(time) => time,
            _ => return Err(super::unexpected("a time")),
        },
    })
}

async fn by_ids(app: &App, request: &Request, target: &Target, ids: &[String]) -> Result<Vec<Found>, Error> {
    let (table, wanted) = (target.resource.table, target.columns());
    let mut all = Vec::with_capacity(ids.len());
    for text in ids {
        let id = Id::from_client_text(text);
        if let Some(records) = app.reads.lists.get(table, &wanted, list::viewer(request), id).await? {
            all.push(found(target, &records, 0)?);
        }
    }
    Ok(all)
}

/// What matches the filters of a list, the newest first; one more than is taken tells whether there are more.
async fn by_filter(app: &App, request: &Request, target: &Target, params: &Params) -> Result<Vec<Found>, Error> {
    let table = target.resource.table;
    let mut filters = Vec::new();
    for (name, value) in params.iter() {
        if let Some(test) = list::input_test(app, name, value)?.filter(|_| target.name == "executions") {
            filters.extend(table.column("input").map(|column| Filter { column, test }));
            continue;
        }
        let known = target.resource.filters.iter().find(|(filter, _)| *filter == name);
        let (Some((name, kind)), true) = (known, target.indexed.contains(&name)) else {
            return Err(Error::bad_request(format!(
                "'{name}' is no filter that an index knows; {} are. Search for the others first, and give their ids.",
                target.indexed.join(", ")
            )));
        };
        let test = match kind {
            list::FilterKind::Uuid => Test::Id(query::bare_uuid(value).map_err(Error::bad_request)?),
            kind => list::read_test(name, *kind, value)?,
        };
        filters.extend(table.column(name).map(|column| Filter { column, test }));
    }
    if filters.is_empty() {
        return Err(Error::bad_request("A filter is needed."));
    }
    let order: Vec<Order> = ["created_at", "id"]
        .iter()
        .filter_map(|name| table.column(name))
        .map(|column| Order {
            column,
            descending: true,
        })
        .collect();
    let wanted = target.columns();
    let query = Query {
        table,
        columns: &wanted,
        viewer: list::viewer(request),
        filters: &filters,
        order: &order,
        limit: Some(MAX_FOUND + 1),
    };
    let Page::Records(records) = app.reads.lists.list(&query, None).await? else {
        return Err(super::unexpected("a page"));
    };
    (0..records.len()).map(|row| found(target, &records, row)).collect()
}

/// Works off what is to be done, one operation after the other; runs as long as the server.
pub(crate) async fn work_off(app: &App) {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Err(error) = work_off_one(app).await {
            tracing::warn!(%error, "bulk operations wait");
        }
    }
}

async fn work_off_one(app: &App) -> Result<(), Error> {
    let bulk = &app.reads.bulk;
    let Some(operation) = bulk.claim(app.node).await? else {
        return Ok(());
    };
    let identity = Arc::new(identity_of(&operation));
    let mut failures: Vec<Json> = serde_json::from_str(&operation.failures).unwrap_or_default();
    loop {
        let ids = bulk.next(app.node, operation.id, STEP).await?;
        if ids.is_empty() && operation.total > 0 {
            return Ok(());
        }
        let mut failed = 0;
        for id in &ids {
            if let Err(error) = step(app, &operation, &identity, *id).await {
                failed += 1;
                if failures.len() < TOLD {
                    failures.push(json!({"id": id.to_string(), "message": error.message}));
                }
            }
            tokio::time::sleep(app.options.bulk_pause).await;
        }
        let told = Json::Array(failures.clone()).to_string();
        let (of, progress) = ((app.node, operation.id), (ids.len() as i32, failed));
        let goes_on = bulk.advance(of, progress, &told, app.clock.now()).await?;
        if !goes_on {
            return Ok(());
        }
    }
}

/// Who asked for it, as far as rights go.
fn identity_of(operation: &Stored) -> Identity {
    let caller: Json = serde_json::from_str(&operation.roles).unwrap_or_default();
    let roles = caller["roles"].as_array().into_iter().flatten();
    Identity {
        project_id: operation.project_id.as_deref().map(Str::from),
        user_id: operation.user_id.as_deref().map(Str::from),
        is_admin: operation.is_admin,
        is_authenticated: caller["is_authenticated"].as_bool().unwrap_or_default(),
        roles: roles.filter_map(Json::as_str).map(Str::from).collect(),
        ..Identity::default()
    }
}

/// One of them, by the ordinary requests.
async fn step(app: &App, operation: &Stored, identity: &Arc<Identity>, id: Id) -> Result<(), Error> {
    let target = Target::of(&operation.resource)?;
    check_state(app, target, operation, identity, id).await?;
    let path = format!("/v2/{}/{id}", target.name);
    let change = |state: &str| json!({"state": state, "state_info": operation.reason});
    let (again, skip) = (json!({"state": "RUNNING", "reset": true}), json!({"state": "SKIPPED"}));
    match (operation.action.as_str(), target.name) {
        ("rerun_failed", "tasks") => app.perform(identity, Method::PUT, &path, Some(again)).await,
        ("skip_failed", "tasks") => app.perform(identity, Method::PUT, &path, Some(skip)).await,
        ("pause", _) => {
            app.perform(identity, Method::PUT, &path, Some(json!({"state": "PAUSED"})))
                .await
        }
        ("resume", _) => {
            app.perform(identity, Method::PUT, &path, Some(json!({"state": "RUNNING"})))
                .await
        }
        ("cancel", _) => {
            app.perform(identity, Method::PUT, &path, Some(change("CANCELLED")))
                .await
        }
        ("delete", _) => app.perform(identity, Method::DELETE, &path, None).await,
        ("rerun_failed", _) => of_failed_tasks(app, identity, id, &again).await,
        ("skip_failed", _) => of_failed_tasks(app, identity, id, &skip).await,
        (other, _) => Err(Error::bad_request(format!("Nobody knows how to '{other}'."))),
    }
}

/// What the ordinary requests take for done already, as upstream has it (to cancel what has ended), is a failure here: somebody
/// chose this execution in another state.
async fn check_state(app: &App, target: &Target, operation: &Stored, identity: &Identity, id: Id) -> Result<(), Error> {
    let viewer = if identity.is_admin {
        Viewer::Admin
    } else {
        Viewer::Project(identity.project_id.as_deref())
    };
    let records = app
        .reads
        .lists
        .get(target.resource.table, &target.columns(), viewer, id)
        .await?;
    let records = records.ok_or_else(|| Error::not_found((target.resource.not_found)(&id.to_string())))?;
    let state = found(target, &records, 0)?.state;
    if target
        .states(&operation.action)
        .is_some_and(|(_, states)| !fits(states, state))
    {
        return Err(Error::conflict(format!("It is in {} by now.", state.name())));
    }
    Ok(())
}

/// Asks the same of each task of an execution whose failure nobody dealt with.
async fn of_failed_tasks(app: &App, identity: &Arc<Identity>, id: Id, body: &Json) -> Result<(), Error> {
    let failed = {
        let mut connection = app.reads.diagnosis.connection().await?;
        let snapshot = connection.begin().await?;
        let limit = Limit {
            of_each: 1_000,
            in_all: 1_000,
        };
        snapshot.failed_tasks(&[id], limit).await?
    };
    if failed.is_empty() {
        return Err(Error::conflict("It has no failed task."));
    }
    for task in failed {
        let path = format!("/v2/tasks/{}", task.id);
        app.perform(identity, Method::PUT, &path, Some(body.clone())).await?;
    }
    Ok(())
}

impl App {
    /// Carries out a request of somebody who is not there any more, as if it came over the network.
    async fn perform(
        &self,
        identity: &Arc<Identity>,
        method: Method,
        path: &str,
        body: Option<Json>,
    ) -> Result<(), Error> {
        let found = super::super::router::find(path)?;
        let operation = found.route.operation(&method)?;
        let mut request = http::Request::new(());
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().map_err(|_| super::unexpected("a path"))?;
        if body.is_some() {
            let json = http::HeaderValue::from_static("application/json");
            request.headers_mut().insert(header::CONTENT_TYPE, json);
        }
        let (parts, ()) = request.into_parts();
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let policies = self.access.policies.clone();
        let mut request = Request::new(parts, body.into(), identity.clone(), policies);
        request.rules = operation.rules;
        request.path = found.segments;
        self.check_mode(&request).await?;
        super::handle(self, operation, &request).await.map(|_| ())
    }
}
