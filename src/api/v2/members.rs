//! `/v2/workflows/{id}/members`: sharing a workflow with other projects. The owner invites and withdraws; the invited
//! project accepts or rejects.

use http::Method;

use super::super::App;
use super::super::body::{Attribute, Body, Kind};
use super::super::error::{Error, duplicate};
use super::super::json::Writer;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::{definitions, workflows};
use mistral_model::Id;
use mistral_model::record::Scope;
use mistral_store::Error as StoreError;
use mistral_store::definitions::{Edit, ResourceMember, WorkflowDefinition};
use mistral_store::list::Viewer;
use serde_json::json;

/// What `/v2/members` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "workflows",
    about: "",
    rules: &[
        Rule::owners("members:create", "Create a member of a workflow."),
        Rule::owners("members:delete", "Delete a member of a workflow."),
        Rule::owners("members:get", "Read a member of a workflow."),
        Rule::owners("members:list", "List members of a workflow."),
        Rule::owners("members:update", "Change a member of a workflow."),
    ],
    operations: &[
        Operation::new(
            Verb::Delete,
            "/v2/workflows/{identifier}/members",
            handler!(incomplete),
            &["members:delete"],
            |_| Description::new("Refused: the path lacks an id").deprecated(),
        ),
        Operation::new(
            Verb::Get,
            "/v2/workflows/{identifier}/members",
            handler!(list),
            &["members:list"],
            |_| {
                let members = json!({"type": "array", "items": describe::reference("Member")});
                Description::new("List those whom a workflow is shared with")
                    .answers(200, describe::object(vec![("members", members)], &["members"]))
            },
        ),
        Operation::new(
            Verb::Post,
            "/v2/workflows/{identifier}/members",
            handler!(create),
            &["members:create"],
            |_| {
                describe::create("Share a workflow with a project", describe::reference("Member"))
                    .described("Needs authentication to be on.")
                    .json_body(
                        ATTRIBUTES,
                        &["member_id"],
                        json!({"member_id": "3b3b1f0e2f7d4bb5a5ac3a3c6a9a1d2e"}),
                    )
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Put,
            "/v2/workflows/{identifier}/members",
            handler!(incomplete),
            &["members:update"],
            |_| Description::new("Refused: the path lacks an id").deprecated(),
        ),
        Operation::new(
            Verb::Delete,
            "/v2/workflows/{identifier}/members/{member_id}",
            handler!(delete),
            &["members:delete"],
            |_| describe::delete("Withdraw an invitation"),
        ),
        Operation::new(
            Verb::Get,
            "/v2/workflows/{identifier}/members/{member_id}",
            handler!(get),
            &["members:get"],
            |_| describe::get("Get an invitation", "Member"),
        ),
        Operation::new(
            Verb::Post,
            "/v2/workflows/{identifier}/members/{member_id}",
            handler!(incomplete),
            &["members:delete"],
            |_| Description::new("Refused: the path has an id too many").deprecated(),
        ),
        Operation::new(
            Verb::Put,
            "/v2/workflows/{identifier}/members/{member_id}",
            handler!(update),
            &["members:update"],
            |_| {
                describe::update("Accept or reject an invitation", describe::reference("Member")).json_body(
                    ATTRIBUTES,
                    &["status"],
                    json!({"status": "accepted"}),
                )
            },
        ),
    ],
    words: &[("member_id", "Project to share with.")],
    objects: &[("Member", schema)],
    ..Declaration::BARE
};

pub(crate) const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("resource_id", Kind::Text),
    ("resource_type", Kind::Text),
    ("project_id", Kind::ReadOnly),
    ("member_id", Kind::Text),
    ("status", Kind::Choice(&["pending", "accepted", "rejected"])),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
];

const ARGUMENT: &str = "member_info";

/// What is shared here.
const RESOURCE: &str = "workflow";

/// Longest id of a project, in characters.
const MAX_PROJECT: usize = 80;

/// Sharing needs to know who is who.
async fn begin(request: &Request, rule: &str) -> Result<Id, Error> {
    let resource = workflows::member_resource(request.segment(0)).map_err(Error::bare)?;
    if !request.identity.is_authenticated {
        let message = "Resource sharing feature can only be supported with authentication enabled.";
        return Err(Error::bad_request(message).bare());
    }
    request.enforce(rule).await?;
    Ok(resource)
}

/// What to say where a method needs a member that the path does not name.
async fn incomplete(_: &App, request: &Request) -> Result<Reply, Error> {
    let rule = if request.method == Method::PUT {
        "members:update"
    } else {
        "members:delete"
    };
    begin(request, rule).await?;
    Err(Error::missing_argument("member_id"))
}

/// Whether the caller's project owns the resource or is invited by this record.
fn concerns(request: &Request, member: &ResourceMember) -> bool {
    let own = request.identity.project_id.as_deref();
    member.project_id.as_deref() == own || Some(&*member.member_id) == own
}

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, Error> {
    let resource = begin(request, "members:list").await?;
    request.query.only(&[])?;
    let mut w = Writer::with_capacity(512);
    w.begin_object();
    w.key("members");
    w.begin_array();
    for member in app
        .definitions
        .members(resource, RESOURCE)
        .await?
        .iter()
        .filter(|m| concerns(request, m))
    {
        write(&mut w, member, true);
    }
    w.end_array();
    w.end_object();
    Ok(Reply::ok(w))
}

pub(crate) async fn get(app: &App, request: &Request) -> Result<Reply, Error> {
    let resource = begin(request, "members:get").await?;
    request.query.only(&[])?;
    let member = find(app, resource, request.segment(1), |m| concerns(request, m)).await?;
    let mut w = Writer::with_capacity(256);
    write(&mut w, &member, true);
    Ok(Reply::ok(w))
}

async fn find(
    app: &App,
    resource: Id,
    project: &str,
    visible: impl Fn(&ResourceMember) -> bool,
) -> Result<ResourceMember, Error> {
    let members = app.definitions.members(resource, RESOURCE).await?;
    members
        .into_iter()
        .find(|m| &*m.member_id == project && visible(m))
        .ok_or_else(|| not_found(resource, project))
}

fn not_found(resource: Id, project: &str) -> Error {
    Error::not_found(format!(
        "Resource member not found [resource_id={resource}, member_id={project}]"
    ))
}

pub(crate) async fn create(app: &App, request: &Request) -> Result<Reply, Error> {
    let resource = begin(request, "members:create").await?;
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    let Some(project) = body.filled("member_id") else {
        return Err(Error::bad_request("Member id must be provided."));
    };
    definitions::check_length("member_id", project, MAX_PROJECT)?;
    let own = Viewer::Project(request.identity.project_id.as_deref());
    let workflow: Option<WorkflowDefinition> = app.definitions.get(resource, own).await?;
    let workflow = workflow.filter(|row| row.project_id == request.identity.project_id || row.scope == Scope::Public);
    let Some(workflow) = workflow else {
        return Err(Error::not_found(definitions::workflow_not_found(
            &resource.to_string(),
            "",
        )));
    };
    if workflow.scope != Scope::Private {
        return Err(Error::bad_request("Only private resource could be shared."));
    }
    let row = ResourceMember {
        id: app.engine.new_id(),
        resource_id: resource,
        resource_type: RESOURCE.into(),
        project_id: request.identity.project_id.clone(),
        member_id: project.into(),
        status: "pending".into(),
        created_at: app.clock.now(),
        updated_at: None,
    };
    let mut edit = Edit::new();
    edit.insert(&row);
    match app.definitions.commit(edit).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => return Err(taken(resource, project)),
        Err(error) => return Err(error.into()),
    }
    let mut w = Writer::with_capacity(256);
    write(&mut w, &row, false);
    Ok(Reply::created(w))
}

fn taken(resource: Id, project: &str) -> Error {
    // Unlike others, this message ends with a value of the key instead of a project.
    let mut error = duplicate(
        "ResourceMember",
        &["resource_id", "resource_type", "member_id"],
        &[&resource.to_string(), RESOURCE, project],
    );
    error.message = error.message.trim_end_matches(", None").to_owned();
    error
}

pub(crate) async fn update(app: &App, request: &Request) -> Result<Reply, Error> {
    let resource = begin(request, "members:update").await?;
    request.query.only(&[])?;
    let body = Body::read(request, ARGUMENT, ATTRIBUTES).await?;
    let Some(status) = body.filled("status") else {
        return Err(Error::bad_request("Status must be provided."));
    };
    let own = request.identity.project_id.as_deref();
    let stored = find(app, resource, request.segment(1), |m| Some(&*m.member_id) == own).await?;
    let mut row = stored.clone();
    if *row.status != *status {
        row.status = status.into();
        row.updated_at = Some(app.clock.now());
        let mut edit = Edit::new();
        edit.update(&row);
        match app.definitions.commit(edit).await {
            Ok(()) => {}
            Err(StoreError::Missing { .. }) => return Err(not_found(resource, request.segment(1))),
            Err(error) => return Err(error.into()),
        }
    }
    let mut w = Writer::with_capacity(256);
    write(&mut w, &row, true);
    Ok(Reply::ok(w))
}

pub(crate) async fn delete(app: &App, request: &Request) -> Result<Reply, Error> {
    let resource = begin(request, "members:delete").await?;
    request.query.only(&[])?;
    let own = &request.identity.project_id;
    let stored = find(app, resource, request.segment(1), |m| m.project_id == *own).await?;
    let mut edit = Edit::new();
    edit.delete::<ResourceMember>(stored.id);
    match app.definitions.commit(edit).await {
        Err(StoreError::Missing { .. }) => Err(not_found(resource, request.segment(1))),
        outcome => outcome.map(|()| Reply::gone()).map_err(Error::from),
    }
}

fn write(w: &mut Writer, row: &ResourceMember, with_update: bool) {
    w.begin_object();
    w.key("id");
    w.id(row.id);
    w.key("resource_id");
    w.id(row.resource_id);
    w.key("resource_type");
    w.str(&row.resource_type);
    w.key("project_id");
    super::text(w, row.project_id.as_deref());
    w.key("member_id");
    w.str(&row.member_id);
    w.key("status");
    w.str(&row.status);
    super::times(w, row.created_at, row.updated_at, with_update);
    w.end_object();
}

/// The schema of a member.
fn schema() -> serde_json::Value {
    describe::object(
        vec![
            ("id", describe::text("Id of the invitation.")),
            ("resource_id", describe::text("What is shared.")),
            (
                "resource_type",
                json!({"const": "workflow", "description": "Kind of what is shared."}),
            ),
            ("project_id", describe::nullable(describe::text("Project that shares."))),
            ("member_id", describe::text("Project that it is shared with.")),
            (
                "status",
                json!({"enum": ["pending", "accepted", "rejected"], "description": "What became of the invitation."}),
            ),
            ("created_at", describe::date("When it was sent.")),
            (
                "updated_at",
                describe::nullable(describe::date("When it was answered.")),
            ),
        ],
        &["id", "resource_id", "member_id", "status"],
    )
}
