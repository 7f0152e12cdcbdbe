//! The REST API: routes, resources, and the server that carries them.
//!
//! * `server`: connections, limits, shutdown.
//! * `router`: the route table.
//! * `v2`: one module per resource.
//! * `list`, `query`, `body`: what all resources read in the same way.
//! * `policy`: the rules that resources declare; `security`: what actions may act with.
//! * `sign_in`: how people at the console get a token.
//! * `strangers`: who is not answered at all.
//! * `work`: what takes long; `live`: streams of changes; `kept`: answers that are given out again.
//! * `json`, `escape`, `content`, `reply`, `error`, `gzip`: what they answer.
//! * `openapi`: the description of all this that clients get.
//! * `engine`: what the API needs of the engine.

mod accept;
mod audit;
mod body;
mod content;
pub mod cors;
pub mod engine;
pub mod error;
mod escape;
mod gzip;
pub mod health;
mod incoming;
mod json;
mod kept;
mod list;
mod live;
mod openapi;
mod operation;
pub mod policy;
pub mod profile;
mod proxy;
mod pulse;
mod query;
mod quota;
mod rate;
mod reply;
mod request;
pub mod router;
mod scan;
pub mod security;
pub mod server;
mod service;
mod sign_in;
pub mod strangers;
#[cfg(test)]
mod tests;
pub mod tls;
mod v2;
mod work;
pub mod workers;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Method, StatusCode, Version, header};
use hyper::body::Body as HttpBody;
use parking_lot::Mutex;

pub use engine::Engine;
pub use error::Error;
pub use server::Server;
pub use workers::Workers;

use mistral_auth::policy::Policies;
use mistral_auth::{Authenticator, Identity, Sent};
use mistral_expr as expr;
use mistral_lang as lang;
use mistral_model::action::Catalog;
use mistral_model::request::{Request as EngineRequest, Response as EngineResponse};
use mistral_model::time::Clock;
use mistral_model::{Id, Value, json as model_json};
use mistral_store::cache::DefinitionCache;
use mistral_store::definitions::Definitions;
use mistral_store::reads::Reads;
use mistral_store::usage::Usage;
use operation::{Family, Operation};
use query::Params;
use reply::Reply;
use request::Request;
pub use v2::definitions::content as spec_content;
pub use v2::identity::ReadOnly;
use work::turns::Client;

/// `[api] validation_mode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validation {
    #[default]
    Mandatory,
    /// Unless the client says `skip_validation`.
    Enabled,
    Disabled,
}

impl Validation {
    /// Whether a document is validated.
    pub fn applies(self, skip: bool) -> bool {
        match self {
            Validation::Mandatory => true,
            Validation::Enabled => !skip,
            Validation::Disabled => false,
        }
    }
}

/// What changes the API's behaviour.
#[derive(Clone, Debug)]
pub struct Options {
    /// `[api] max_limit`: largest page, and the page without a limit.
    pub max_limit: u32,
    /// `[api] indexed_inputs`: members of inputs by which executions are found.
    pub indexed_inputs: Vec<String>,
    /// `[api] allow_action_execution_deletion`.
    pub allow_action_execution_deletion: bool,
    /// `[api] validation_mode`.
    pub validation: Validation,
    /// `[api] info_json_file_path`, if the endpoint is enabled.
    pub info_file: Option<PathBuf>,
    /// `[healthcheck]`.
    pub health: health::Health,
    /// Largest request body, bytes.
    pub max_body: usize,
    /// Bounds of uploaded documents.
    pub documents: mistral_lang::limits::Limits,
    /// Time a client may take to send a body.
    pub body_timeout: Duration,
    /// `rpc_response_timeout`: time the engine may take for an answer.
    pub engine_timeout: Duration,
    /// Whether the server itself speaks TLS: what links say.
    pub https: bool,
    /// `[quota] requests_per_second`, per project and process.
    pub requests_per_second: Option<f64>,
    /// `[quota] starts_per_second`: executions and single actions, per project and process.
    pub starts_per_second: Option<f64>,
    /// `[quota] open_executions`.
    pub open_executions: Option<u32>,
    /// `[quota] definitions`.
    pub definitions: Option<u32>,
    /// What scripts of other origins may do.
    pub cors: cors::Cors,
    /// Who may have requests traced.
    pub profiler: Option<profile::Profiler>,
    /// Whether links are those that a proxy in front names.
    pub behind_proxy: bool,
    /// Whose requests are refused before anything else.
    pub strangers: strangers::Strangers,
    /// How expressions in documents are checked.
    pub expressions: expr::Options,
    /// `[console] base_path`: what browsers have before the path of the console and of what it asks; empty: nothing.
    pub base_path: String,
    /// `[console] bulk_rate`: pause between two steps of a bulk operation.
    pub bulk_pause: Duration,
    /// `[console] regions`: names and addresses of consoles elsewhere.
    pub regions: Vec<(String, String)>,
    /// `[console] read_only` and `read_only_roles`.
    pub read_only: ReadOnly,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            max_limit: 1000,
            indexed_inputs: Vec::new(),
            allow_action_execution_deletion: false,
            validation: Validation::Mandatory,
            info_file: None,
            health: health::Health::default(),
            max_body: 16 << 20,
            documents: mistral_lang::limits::Limits::default(),
            body_timeout: Duration::from_secs(60),
            engine_timeout: Duration::from_secs(60),
            https: false,
            requests_per_second: None,
            starts_per_second: None,
            open_executions: None,
            definitions: None,
            cors: cors::Cors::default(),
            profiler: None,
            behind_proxy: false,
            strangers: strangers::Strangers::default(),
            expressions: expr::Options::default(),
            base_path: String::new(),
            bulk_pause: Duration::from_millis(2),
            regions: Vec::new(),
            read_only: ReadOnly::default(),
        }
    }
}

/// Told of a request: its method, its route, the status, seconds.
pub type Observer = dyn Fn(&str, &'static str, u16, f64) + Send + Sync;

/// Who wants to know of requests, and of measurements to show.
#[derive(Clone, Default)]
pub struct Hooks {
    /// Told of every request.
    pub observer: Option<Arc<Observer>>,
    /// The text of `GET /metrics`.
    pub metrics: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    /// The web console, if it is served.
    pub console: Option<Arc<mistral_console::Console>>,
}

/// What the handlers of requests share.
pub struct App {
    reads: Reads,
    definitions: Definitions,
    cache: DefinitionCache,
    engine: Arc<dyn Engine>,
    catalog: Arc<dyn Catalog>,
    workers: Workers,
    clock: Arc<dyn Clock>,
    access: Access,
    security: Arc<security::Keeper>,
    requests: Option<rate::Rate>,
    starts: Option<rate::Rate>,
    open_executions: Option<quota::Quota>,
    options: Options,
    hooks: Hooks,
    specs: lang::cache::Cache<Value>,
    /// The same, compiled, where somebody has asked why an execution waits.
    workflows: lang::cache::Workflows,
    /// The service's mode and when it was read.
    mode: Mutex<Option<(i64, service::Mode)>>,
    kept: kept::Kept,
    live: live::Live,
    node: Id,
    pulse: pulse::Pulse,
    waits: sign_in::Waits,
}

/// What an [`App`] is made of.
pub struct Parts {
    pub reads: Reads,
    pub cache: DefinitionCache,
    pub engine: Arc<dyn Engine>,
    pub catalog: Arc<dyn Catalog>,
    pub workers: Workers,
    pub clock: Arc<dyn Clock>,
    pub access: Access,
    pub security: Arc<security::Keeper>,
    pub usage: Arc<dyn Usage>,
    pub options: Options,
    pub hooks: Hooks,
    /// This process.
    pub node: Id,
    /// What its loops tell of their commits.
    pub watch: mistral_store::watch::Watch,
}

/// Who may come in, and what they may do.
#[derive(Clone)]
pub struct Access {
    pub authenticator: Arc<dyn Authenticator>,
    pub policies: Arc<Policies>,
}

/// Bytes of a body that are read of somebody who is not let in, only to keep the connection.
const STRANGERS_BODY: usize = 64 << 10;

type Answer = http::Response<reply::Body>;

impl App {
    pub fn new(parts: Parts) -> App {
        App {
            definitions: parts.cache.definitions().clone(),
            reads: parts.reads,
            cache: parts.cache,
            engine: parts.engine,
            catalog: parts.catalog,
            workers: parts.workers,
            clock: parts.clock,
            access: parts.access,
            security: parts.security,
            requests: parts.options.requests_per_second.map(rate::Rate::per_second),
            starts: parts.options.starts_per_second.map(rate::Rate::per_second),
            open_executions: parts.options.open_executions.map(|limit| quota::Quota {
                usage: parts.usage,
                limit,
            }),
            options: parts.options,
            hooks: parts.hooks,
            specs: lang::cache::Cache::new(lang::cache::Limits {
                entries: 1_000,
                bytes: 16 << 20,
            }),
            workflows: lang::cache::Cache::new(lang::cache::Limits {
                entries: 100,
                bytes: 4 << 20,
            }),
            mode: Mutex::new(None),
            kept: kept::Kept::default(),
            live: live::Live::new(parts.node, parts.watch),
            node: parts.node,
            pulse: pulse::Pulse::new(),
            waits: sign_in::Waits::default(),
        }
    }

    /// Answers one HTTP request. Never fails: whatever goes wrong is an answer too.
    pub async fn respond<B>(&self, request: http::Request<B>) -> Answer
    where
        B: HttpBody<Data = Bytes> + Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let started = Instant::now();
        let (mut parts, body) = request.into_parts();
        if let Some(cut) = proxy::cut(&parts.uri, &self.options.base_path) {
            parts.uri = cut;
            parts.extensions.insert(proxy::Below);
        }
        let mut trace = Trace {
            route: "unknown",
            family: Family::Json,
            identity: None,
        };
        let span = self
            .options
            .profiler
            .as_ref()
            .and_then(|profiler| profiler.begin(&parts.headers));
        let ids = audit::Ids::of(&parts.headers);
        let path = parts.uri.path().to_owned();
        let headers = parts.headers.clone();
        let method = parts.method.clone();
        let peer = parts.extensions.get::<request::Peer>().map(|peer| peer.0);
        let outcome = tokio::select! {
            biased;
            outcome = self.carry_out(parts, body, &mut trace) => outcome,
            () = self.pulse.lost() => Err(Error::database_is_away()),
        };
        let created = match &outcome {
            // For the log of changes, which names nobody where nobody is asked who he is.
            Ok(reply) if method == Method::POST && trace.identity.is_some() => reply.object_id(),
            _ => None,
        };
        let mut answer = match outcome {
            Ok(reply) => reply.into_response(trace.family),
            Err(error) => reply::refusal(error, trace.family, &method, &headers),
        };
        let client = Client::of(trace.identity.as_deref(), peer);
        // Without authentication there is nobody to name.
        if let Some(identity) = trace
            .identity
            .filter(|_| !matches!(method, Method::GET | Method::HEAD | Method::OPTIONS))
        {
            audit::Change {
                ids: &ids,
                identity: &identity,
                method: &method,
                path: &path,
                route: trace.route,
                created,
                status: answer.status().as_u16(),
            }
            .write();
        }
        answer.headers_mut().insert(&audit::REQUEST_ID, ids.own);
        if method == Method::GET && accept::takes_gzip(&headers) {
            answer = gzip::compressed(client, answer).await;
        }
        self.options.cors.mark(&method, &headers, answer.headers_mut());
        if let Some(span) = span {
            span.end();
        }
        if let Some(observer) = &self.hooks.observer {
            observer(
                method.as_str(),
                trace.route,
                answer.status().as_u16(),
                started.elapsed().as_secs_f64(),
            );
        }
        answer
    }

    async fn carry_out<B>(&self, parts: http::request::Parts, body: B, trace: &mut Trace) -> Result<Reply, Error>
    where
        B: HttpBody<Data = Bytes> + Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        if let Err(refusal) = self.options.strangers.check(&parts) {
            // A connection can be used again only when the body has been read.
            let _ = self.read_body(&parts, body, STRANGERS_BODY).await;
            return Err(refusal);
        }
        // Who calls is known before anything is kept for them.
        let sent = Sent {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            headers: &parts.headers,
        };
        let caller = self.access.authenticator.authenticate(sent).await;
        let limit = if caller.is_ok() {
            self.options.max_body
        } else {
            STRANGERS_BODY
        };
        // A connection can be used again only when the body has been read.
        let body = self.read_body(&parts, body, limit).await;
        let signs_in = matches!(parts.uri.path(), sign_in::SESSION | sign_in::HAND_OVER);
        let body = match (&caller, body) {
            (Err(_), _) if !signs_in => Bytes::new(),
            (_, body) => body?,
        };
        // Pages of discovery answer to every method.
        if parts.method == Method::OPTIONS && !matches!(parts.uri.path(), "/" | "/v2/") {
            return Ok(Reply::empty());
        }
        trace.identity = match &caller {
            Ok(identity) => Some(identity.clone()).filter(|identity| identity.is_authenticated),
            Err(_) => Some(Arc::new(Identity::default())),
        };
        let (identity, refusal) = match caller {
            Ok(identity) => (identity, None),
            Err(refusal) => (Arc::new(Identity::default()), Some(refusal)),
        };
        let is_below = parts.extensions.get::<proxy::Below>().is_some();
        let mut request = Request::new(parts, body, identity, self.access.policies.clone());
        request.scheme = if self.options.https { "https" } else { "http" };
        if self.options.behind_proxy {
            request.outside = proxy::Outside::of(&request.headers);
        }
        // A proxy may have cut it off; to the browser all of the console is below it.
        let is_consoles = mistral_console::Console::owns(request.uri.path());
        if is_below || (is_consoles && request.outside.prefix.is_empty()) {
            request.outside.prefix.clone_from(&self.options.base_path);
        }
        if let Some(answer) = self.sign_in(&request).await {
            trace.route = mistral_console::ROOT;
            return answer;
        }
        if let Some(reply) = self.console(&request, trace)? {
            return Ok(reply);
        }
        if let Some(reply) = self.beside_the_table(&request, trace)? {
            return Ok(reply);
        }
        // In upstream's order: the path, the method, what the client accepts, then the layers around the resources.
        let found = router::find(request.uri.path())?;
        trace.route = found.route.path;
        let operation = found.route.operation(&request.method)?;
        trace.family = operation.family;
        request.rules = operation.rules;
        check_accept(&request, operation)?;
        if service::is_xml(&request.headers) {
            return Err(Error::hook(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "XML request bodies are not supported.",
            ));
        }
        if let Some(refusal) = refusal.filter(|_| !operation.is_open) {
            return Err(Error::refused(&refusal, self.access.authenticator.challenge()));
        }
        // Rows of no project are the service's own: who has none may look after all of them, or see nothing.
        if request.identity.project_id.is_none() && !request.identity.is_admin && !operation.is_open {
            return Err(Error::policy());
        }
        // Actions for another cloud: malformed headers of that kind are told at once, whatever is asked for.
        security::Target::read(&request.headers)?;
        v2::identity::check_console(&self.options.read_only, &request, operation)?;
        self.check_rates(&request, operation)?;
        self.check_mode(&request).await?;
        request.query = Params::parse(&request.uri)?;
        for (name, value) in found.accidental_parameters() {
            if request.query.get(name).is_none() {
                request.query.set(name, value.to_owned());
            }
        }
        request.path = found.segments;
        v2::handle(self, operation, &request).await
    }

    /// Files of the web console. They hold nothing that is secret: what pages show comes from the API, by its rules.
    fn console(&self, request: &Request, trace: &mut Trace) -> Result<Option<Reply>, Error> {
        let Some(console) = &self.hooks.console else {
            return Ok(None);
        };
        let takes_gzip = accept::takes_gzip(&request.headers);
        let Some(answer) = console.answer(request.uri.path(), &request.outside.prefix, takes_gzip) else {
            return Ok(None);
        };
        trace.route = mistral_console::ROOT;
        if request.method != Method::GET && request.method != Method::HEAD {
            return Err(Error::method_not_allowed("GET, HEAD"));
        }
        Ok(Some(Reply::console(answer)))
    }

    /// Whether the caller's project may ask, and start something, so soon again.
    fn check_rates(&self, request: &Request, operation: &Operation) -> Result<(), Error> {
        let project = request.identity.project_id.as_deref().unwrap_or_default();
        let starts =
            operation.verb.name() == "POST" && matches!(operation.path, "/v2/executions" | "/v2/action_executions");
        for (rate, what) in [
            (&self.requests, "requests"),
            (&self.starts, "starts of executions and actions"),
        ] {
            let applies = !operation.is_open && (what == "requests" || starts);
            if let Some(rate) = rate.as_ref().filter(|_| applies)
                && let Err(wait) = rate.take(project)
            {
                let message = format!("The project has used up its {what} for the moment.");
                return Err(Error::new(StatusCode::TOO_MANY_REQUESTS, message).retry_after(wait));
            }
        }
        Ok(())
    }

    /// Uses the allowance for one more start of a request that starts many; its first one was counted with the request.
    pub(crate) fn count_start(&self, request: &Request) -> Result<(), Error> {
        let project = request.identity.project_id.as_deref().unwrap_or_default();
        match self.starts.as_ref().map(|rate| rate.take(project)) {
            Some(Err(wait)) => {
                let message = "The project has used up its starts of executions and actions for the moment.";
                Err(Error::new(StatusCode::TOO_MANY_REQUESTS, message).retry_after(wait))
            }
            _ => Ok(()),
        }
    }

    /// Paths that the table cannot tell apart, or that are not the API's.
    fn beside_the_table(&self, request: &Request, trace: &mut Trace) -> Result<Option<Reply>, Error> {
        let route = match request.uri.path() {
            "/v2" => "/v2",
            "/v2/" => "/v2/",
            "/metrics" if self.hooks.metrics.is_some() => "/metrics",
            _ => return Ok(None),
        };
        trace.route = route;
        // Upstream's pages of discovery answer to every method, and load balancers ask with HEAD.
        if request.method != Method::GET && (route == "/metrics" || request.method == Method::POST && route == "/v2") {
            return Err(Error::method_not_allowed("GET"));
        }
        if route == "/v2/" && !accept::accepts(&request.headers, Family::Json) {
            return Err(Error::router(StatusCode::NOT_ACCEPTABLE, None));
        }
        Ok(Some(match (route, &self.hooks.metrics) {
            ("/v2", _) => Reply::redirect(&format!("{}/v2/", request.base_url()), &request.headers),
            ("/metrics", Some(metrics)) => Reply::raw("text/plain; version=0.0.4", metrics()),
            _ => {
                Params::parse(&request.uri)?.only(&[])?;
                service::root(request)
            }
        }))
    }

    async fn read_body<B>(&self, parts: &http::request::Parts, body: B, limit: usize) -> Result<Bytes, Error>
    where
        B: HttpBody<Data = Bytes> + Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        if body.is_end_stream() {
            return Ok(Bytes::new());
        }
        let announced: Option<usize> = parts
            .headers
            .get(header::CONTENT_LENGTH)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.parse().ok());
        let mut body = std::pin::pin!(body);
        let outcome = if announced.is_some_and(|length| length > limit) {
            Err(incoming::Error::TooLarge)
        } else {
            let read = incoming::collect(body.as_mut(), announced, limit);
            match tokio::time::timeout(self.options.body_timeout, read).await {
                Ok(outcome) => outcome,
                Err(_) => {
                    return Err(Error::new(
                        StatusCode::REQUEST_TIMEOUT,
                        "The request body did not arrive in time.",
                    ));
                }
            }
        };
        match outcome {
            Ok(body) => Ok(body),
            Err(incoming::Error::TooLarge) => {
                if parts.version == Version::HTTP_2 {
                    incoming::discard(body).await;
                }
                Err(Error::new(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    format!("The request body is larger than {limit} bytes."),
                ))
            }
            Err(incoming::Error::Broken(error)) => {
                let error = error.into();
                Err(Error::bad_request(format!("The request body cannot be read: {error}")))
            }
        }
    }

    /// Hands a request to the engine. `name` is what upstream's message calls it when time runs out.
    async fn call(&self, name: &str, request: EngineRequest) -> Result<EngineResponse, Error> {
        let limit = self.options.engine_timeout;
        match tokio::time::timeout(limit, self.engine.call(request)).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Error::engine_timeout(name, limit)),
        }
    }

    /// The spec with this hash, as a document: nothing here runs it, so it is not compiled.
    async fn spec(&self, hash: Id) -> Result<Option<Arc<Value>>, Error> {
        let key = spec_key(hash);
        if let Some(known) = self.specs.get(&key) {
            return Ok(Some(known));
        }
        let Some(text) = self.definitions.content(hash).await? else {
            return Ok(None);
        };
        let parse = || Ok(model_json::parse(text.as_bytes()).unwrap_or_default());
        Ok(Some(self.specs.get_or_compile(key, text.len(), parse)?))
    }

    /// The compiled workflow of a spec whose text `text` gives if need be.
    async fn compiled<F>(&self, hash: Id, text: F) -> Result<Option<Arc<lang::spec::Workflow>>, Error>
    where
        F: Future<Output = Result<Option<String>, mistral_store::Error>>,
    {
        let key = spec_key(hash);
        if let Some(known) = self.workflows.get(&key) {
            return Ok(Some(known));
        }
        let Some(text) = text.await? else {
            return Ok(None);
        };
        let compile = || {
            let raw = model_json::parse(text.as_bytes()).unwrap_or_default();
            lang::compile_workflow(&raw, &self.options.expressions)
        };
        Ok(Some(self.workflows.get_or_compile(key, text.len(), compile)?))
    }

    /// Work beside requests; runs as long as the server.
    async fn background(&self) {
        tokio::join!(
            self.watch_maintenance(),
            self.pulse.keep(&self.cache),
            self.live.run(&self.reads),
            v2::work_off_bulk(self),
            v2::ask_readers_anew(self),
            self.security.sweep(),
            self.watch_quota(),
        );
    }
}

/// Specs have a hash already.
fn spec_key(hash: Id) -> lang::cache::Key {
    let mut bytes = [0u8; 32];
    bytes[..16].copy_from_slice(&hash.0.to_be_bytes());
    lang::cache::Key(bytes)
}

/// What is known about a request, however far it came.
struct Trace {
    route: &'static str,
    family: Family,
    /// Who asks, if that is known; nobody in particular if it should be and is not.
    identity: Option<Arc<Identity>>,
}

/// Whether the client takes what this operation answers.
fn check_accept(request: &Request, operation: &Operation) -> Result<(), Error> {
    // A deletion has no body that could be unacceptable.
    let is_exempt = request.method == Method::DELETE || operation.any_accept;
    if is_exempt || accept::accepts(&request.headers, operation.family) {
        return Ok(());
    }
    Err(Error::router(StatusCode::NOT_ACCEPTABLE, None))
}
