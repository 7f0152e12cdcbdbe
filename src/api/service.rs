//! What is not a resource: discovery, `/info`, maintenance, health.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::App;
use super::body::{Attribute, Body, Kind};
use super::error::Error;
use super::health;
use super::json::Writer;
use super::openapi::{self, Description, describe};
use super::operation::{Declaration, Family, Operation, Rule, Verb, handler};
use super::reply::Reply;
use super::request::Request;
use mistral_model::request::{Request as EngineRequest, UpdateExecution};
use mistral_model::{Id, State, json};
use serde_json::json;

/// What the service says about itself.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "service",
    about: "Discovery, health, maintenance, metrics.",
    rules: &[Rule::admins(
        "maintenance:update",
        "Pause the whole service and resume it. Asked of authenticated callers only. Not a rule of upstream.",
    )],
    operations: &[
        Operation::new(Verb::Get, "/", handler!(versions_page), &[], describe_versions).open(),
        Operation::new(Verb::Get, "/info", handler!(info_page), &[], describe_info)
            .family(Family::Service)
            .open(),
        Operation::new(Verb::Get, "/maintenance", handler!(mode_page), &[], describe_mode).family(Family::Service),
        Operation::new(
            Verb::Put,
            "/maintenance",
            handler!(set_maintenance),
            &["maintenance:update"],
            describe_set_mode,
        )
        .family(Family::Service),
        Operation::new(
            Verb::Get,
            "/healthcheck",
            handler!(health::healthcheck),
            &[],
            describe_healthcheck,
        )
        .any_accept()
        .open(),
        Operation::new(
            Verb::Get,
            "/openapi.json",
            handler!(openapi_page),
            &[],
            describe_openapi,
        )
        .any_accept()
        .open(),
    ],
    objects: &[("Mode", mode_schema)],
    ..Declaration::BARE
};

fn describe_versions(_: &'static str) -> Description {
    let link = describe::object(
        vec![
            ("href", describe::text("Where the version is.")),
            ("target", describe::text("Its name in the path.")),
            ("rel", describe::text("Always `self`.")),
        ],
        &["href"],
    );
    let version = describe::object(
        vec![
            ("id", describe::text("Version.")),
            ("status", describe::text("Whether it is the current one.")),
            ("links", json!({"type": "array", "items": link})),
        ],
        &["id", "status"],
    );
    let versions = json!({"type": "array", "items": version});
    describe::service("Versions of the API").answers(200, describe::object(vec![("versions", versions)], &["versions"]))
}

fn describe_info(_: &'static str) -> Description {
    describe::service("Information about the service")
        .described("The operator's JSON file, as it is. 400 if there is none.")
        .answers(200, json!({}))
}

fn describe_healthcheck(_: &'static str) -> Description {
    let schema = describe::object(
        vec![
            ("detailed", json!({"type": "boolean", "description": "Always false."})),
            ("reasons", json!({"type": "array", "items": {"type": "string"}})),
        ],
        &["reasons"],
    );
    let content = json!({"application/json": {"schema": schema}, "text/plain": {"schema": {"type": "string"}}});
    let mut operation = describe::service("Whether the service can work")
        .described("Asks the database, and looks for the files of `[healthcheck]`. 404 unless `[healthcheck] enabled`, and for clients outside its `allowed_source_ranges`. HEAD answers 204.")
        .refuses(&[404]);
    operation.success = Some((200, json!({"description": "It can.", "content": content})));
    operation
        .others
        .push((503, json!({"description": "It cannot.", "content": content})));
    operation
}

fn describe_openapi(_: &'static str) -> Description {
    let headers = json!({
        "ETag": {"schema": {"type": "string"}, "description": "Changes with the document."},
        "Cache-Control": {"schema": {"type": "string"}, "description": "How long it may be kept."},
    });
    let mut operation = describe::service("This document");
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

fn describe_mode(_: &'static str) -> Description {
    describe::service("Mode of the service")
        .answers(200, describe::reference("Mode"))
        .refuses(&[503])
}

fn describe_set_mode(_: &'static str) -> Description {
    describe::service("Change the mode of the service")
        .described("PAUSED pauses all executions (over PAUSING), RUNNING resumes them. Needs the role `admin`.")
        .json_body(MODE_ATTRIBUTES, &["status"], json!({"status": "RUNNING"}))
        .answers(200, describe::reference("Mode"))
        .refuses(&[403, 503])
}

async fn versions_page(_: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    Ok(versions(request))
}

async fn info_page(app: &App, _: &Request) -> Result<Reply, Error> {
    info(app).await
}

async fn mode_page(app: &App, _: &Request) -> Result<Reply, Error> {
    maintenance(app).await
}

async fn openapi_page(_: &App, request: &Request) -> Result<Reply, Error> {
    Ok(openapi::serve(&request.headers))
}

/// `GET /`.
pub(crate) fn versions(request: &Request) -> Reply {
    let mut w = Writer::with_capacity(192);
    w.begin_object();
    w.key("versions");
    w.begin_array();
    w.begin_object();
    w.key("id");
    w.str("v2.0");
    w.key("status");
    w.str("CURRENT");
    w.key("links");
    w.begin_array();
    w.begin_object();
    w.key("href");
    w.str(&format!("{}/v2", request.base_url()));
    w.key("target");
    w.str("v2");
    w.key("rel");
    w.str("self");
    w.end_object();
    w.end_array();
    w.end_object();
    w.end_array();
    w.end_object();
    Reply::ok(w)
}

/// `GET /v2/`.
pub(crate) fn root(request: &Request) -> Reply {
    let mut w = Writer::with_capacity(64);
    w.begin_object();
    w.key("uri");
    w.str(&format!("{}/v2", request.base_url()));
    w.end_object();
    Reply::ok(w)
}

/// `GET /info`: the operator's JSON file, as it is.
pub(crate) async fn info(app: &App) -> Result<Reply, Error> {
    let Some(path) = &app.options.info_file else {
        return Err(Error::bad_request("Info endpoint disabled.").bare());
    };
    match tokio::fs::read(path).await {
        Ok(text) => Ok(Reply::raw("application/json", text)),
        Err(error) => {
            tracing::warn!("{}: {error}", path.display());
            Err(Error::bad_request("Incorrect path to info json file.").bare())
        }
    }
}

/// The service's mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Running,
    /// Executions are being paused.
    Pausing,
    /// Nothing runs.
    Paused,
}

impl Mode {
    pub fn name(self) -> &'static str {
        match self {
            Mode::Running => "RUNNING",
            Mode::Pausing => "PAUSING",
            Mode::Paused => "PAUSED",
        }
    }

    fn from_name(name: &str) -> Option<Mode> {
        [Mode::Running, Mode::Pausing, Mode::Paused]
            .into_iter()
            .find(|mode| mode.name() == name)
    }
}

/// How long a process may believe in the mode it has read.
const MODE_AGE_MICROS: i64 = 500_000;

/// Time between looks at an unfinished pause.
const PAUSE_INTERVAL: Duration = Duration::from_millis(500);

/// Executions per page while all are paused or resumed, and how many of them are asked at the same time: they share commits.
const ROOTS: usize = 500;
const AT_ONCE: usize = 32;

impl App {
    /// The service's mode, at most half a second old.
    pub async fn mode(&self) -> Result<Mode, Error> {
        let now = self.clock.now().0;
        if let Some((read_at, mode)) = *self.mode.lock()
            && (0..MODE_AGE_MICROS).contains(&(now - read_at))
        {
            return Ok(mode);
        }
        self.read_mode().await
    }

    async fn read_mode(&self) -> Result<Mode, Error> {
        let mode = Mode::from_name(&self.reads.maintenance.mode().await?).unwrap_or(Mode::Running);
        *self.mode.lock() = Some((self.clock.now().0, mode));
        Ok(mode)
    }

    async fn change_mode(&self, from: Mode, to: Mode) -> Result<bool, Error> {
        let changed = self.reads.maintenance.set_mode(from.name(), to.name()).await?;
        if changed {
            *self.mode.lock() = Some((self.clock.now().0, to));
        }
        Ok(changed)
    }

    /// Whether the service's mode lets a request through; what may pass is upstream's choice.
    pub(super) async fn check_mode(&self, request: &Request) -> Result<(), Error> {
        let (method, path) = (&request.method, request.uri.path());
        if *method == Method::GET || matches!(path, "/" | "/healthcheck" | "/maintenance") {
            return Ok(());
        }
        let mode = self.mode().await?;
        if mode == Mode::Running {
            return Ok(());
        }
        if *method == Method::PUT {
            // Asynchronous actions must be able to finish, or the pause never does.
            if mode == Mode::Pausing && path.starts_with("/v2/action_executions/") {
                return Ok(());
            }
            if path.starts_with("/v2/executions/") && request.body(asks_to_cancel) {
                return Ok(());
            }
        }
        Err(Error::hook(
            StatusCode::LOCKED,
            format!("Current Mistral state is {}. Method is not allowed", mode.name()),
        ))
    }

    /// Completes pauses that were asked for, here or in another process: pauses what runs, and says so when nothing does.
    /// Runs as long as the server.
    pub(super) async fn watch_maintenance(&self) {
        loop {
            tokio::time::sleep(PAUSE_INTERVAL).await;
            match self.mode().await {
                Ok(Mode::Pausing) => {}
                _ => continue,
            }
            if let Err(error) = self.pause_step().await {
                tracing::warn!("pausing for maintenance: {error}");
            }
        }
    }

    async fn pause_step(&self) -> Result<(), Error> {
        self.steer_all(State::Running, State::Paused).await?;
        if !self.reads.maintenance.has_running_tasks().await? {
            self.change_mode(Mode::Pausing, Mode::Paused).await?;
        }
        Ok(())
    }

    async fn resume(&self) -> Result<(), Error> {
        self.steer_all(State::Paused, State::Running).await
    }

    /// Asks for a state of all root executions that are in another, some at a time: those that were asked leave the list, or are
    /// skipped. Every process of the API does this; whoever comes second to a page finds the next one.
    async fn steer_all(&self, from: State, to: State) -> Result<(), Error> {
        let mut refused = 0;
        loop {
            let roots = self.reads.maintenance.roots_in(from, ROOTS, refused).await?;
            for some in roots.chunks(AT_ONCE) {
                let answers = futures_util::future::join_all(some.iter().map(|root| self.steer(*root, to))).await;
                refused += answers.iter().filter(|took| !**took).count();
            }
            if roots.len() < ROOTS {
                return Ok(());
            }
        }
    }

    /// Asks for a state of a root execution; one that cannot take it (it has just finished) is left alone. Whether it took it.
    async fn steer(&self, root_id: Id, state: State) -> bool {
        let update = UpdateExecution {
            root_id,
            execution_id: root_id,
            description: None,
            state: Some(state),
            state_info: None,
            env: None,
            security: None,
        };
        let answer = self.call("maintenance", EngineRequest::UpdateExecution(update)).await;
        if let Err(error) = &answer {
            tracing::info!(execution_id = %root_id, "not {state} for maintenance: {error}");
        }
        answer.is_ok()
    }
}

fn asks_to_cancel(body: &[u8]) -> bool {
    let parsed = json::parse(body).unwrap_or_default();
    parsed.get("state").and_then(|s| s.as_str()) == Some("CANCELLED")
}

fn mode_reply(mode: Mode) -> Reply {
    let mut w = Writer::with_capacity(32);
    w.begin_object();
    w.key("status");
    w.str(mode.name());
    w.end_object();
    Reply::ok(w)
}

pub(crate) async fn maintenance(app: &App) -> Result<Reply, Error> {
    Ok(mode_reply(app.read_mode().await?))
}

/// The body of `PUT /maintenance`.
pub(crate) const MODE_ATTRIBUTES: &[Attribute] = &[("status", Kind::Text)];

pub(crate) async fn set_maintenance(app: &App, request: &Request) -> Result<Reply, Error> {
    if request.identity.is_authenticated {
        request.enforce("maintenance:update").await?;
    }
    let body = Body::read(request, "new_maintenance_status", MODE_ATTRIBUTES).await?;
    let wanted = match body.text("status") {
        Some("RUNNING") => Mode::Running,
        Some("PAUSED") => Mode::Paused,
        Some("PAUSING") => {
            return Err(Error::bad_request(
                "PAUSING is intermediate state. Consider PAUSED, RUNNING as new state",
            ));
        }
        other => {
            let shown = other.unwrap_or(if body.has("status") { "None" } else { "Unset" });
            return Err(Error::bad_request(format!(
                "Not found {shown} maintenance state. List of states: ['PAUSING', 'PAUSED', 'RUNNING']"
            )));
        }
    };
    let current = app.read_mode().await?;
    let resulting = match (current, wanted) {
        (Mode::Running, Mode::Paused) => {
            app.change_mode(current, Mode::Pausing).await?;
            Mode::Pausing
        }
        (Mode::Pausing | Mode::Paused, Mode::Running) => {
            app.change_mode(current, Mode::Running).await?;
            app.resume().await?;
            Mode::Running
        }
        (current, _) => current,
    };
    Ok(mode_reply(resulting))
}

/// Whether a request's media type is XML, which nobody here reads.
pub(crate) fn is_xml(headers: &HeaderMap) -> bool {
    let media_type = super::request::media_type(headers);
    matches!(&*media_type, "application/xml" | "text/xml") || media_type.ends_with("+xml")
}

/// The schema of the mode.
fn mode_schema() -> serde_json::Value {
    describe::object(
        vec![(
            "status",
            json!({"enum": ["RUNNING", "PAUSING", "PAUSED"], "description": "Mode of the service."}),
        )],
        &["status"],
    )
}
