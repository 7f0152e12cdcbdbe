//! Sending requests: pooled connections, time-outs, redirects, and bodies that are cut off while they come in.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body as _, Incoming};
use tokio::time::{Instant, timeout};
use url::Url;

use crate::egress::{self, Policy, Resolver, host_text, system_resolver};

use super::body::Decoder;
use super::connect::{Dialer, EnvironmentProxies, Route};
use super::cookie::{add_cookies, set_cookies};
use super::log::Logging;
use super::pool::{Connection, Limits, Pool};
use super::request::{Request, Timeout};
use super::tls::Settings;

/// A body that is not wanted is read up to here, to keep the connection.
const CHEAP_TO_READ: u64 = 64 * 1024;

/// Why there is no response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The egress policy forbids it.
    #[error("{0}")]
    Denied(#[from] egress::Error),
    #[error("Failed to send HTTP request: {0}")]
    Send(String),
    #[error("HTTP response is too large (Content-Length={size}, limit={limit} bytes).")]
    TooLarge { size: u64, limit: u64 },
}

impl Error {
    pub(super) fn send(cause: impl Into<String>) -> Error {
        Error::Send(cause.into())
    }
}

/// Settings of [`Client`].
#[derive(Clone, Debug)]
pub struct Options {
    pub policy: Policy,
    /// `[action_std_http] default_timeout`; `None` (upstream's 0): wait without end.
    pub default_timeout: Option<Duration>,
    /// `[action_std_http] max_response_size_bytes`, of the decoded body; `None` (upstream's 0): no limit.
    pub response_limit: Option<u64>,
    /// Longest life of a whole exchange, however steadily it trickles.
    pub longest_exchange: Duration,
    /// Redirects that are followed; `requests`, which upstream uses, has 30 as well.
    pub most_redirects: usize,
    /// Certificates instead of the system's (`REQUESTS_CA_BUNDLE`).
    pub ca_bundle: Option<PathBuf>,
    /// Directories in which the file that a call's `verify` names may lie.
    pub ca_directories: Vec<PathBuf>,
    pub environment_proxies: EnvironmentProxies,
    /// Put before the path in `Mistral-Callback-URL`, which upstream sends without a host.
    pub callback_base_url: Option<String>,
    /// What of requests and responses the log shows.
    pub logging: Logging,
    /// Idle connections kept per server.
    pub idle_per_host: usize,
    /// Idle connections kept in all.
    pub idle_total: usize,
    /// How long idle connections are kept.
    pub idle_time: Duration,
}

/// Where systems keep certificates.
const CA_DIRECTORIES: [&str; 4] = [
    "/etc/ssl",
    "/etc/pki",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
];

impl Default for Options {
    fn default() -> Options {
        Options {
            policy: Policy::default(),
            default_timeout: Some(Duration::from_secs(60)),
            response_limit: Some(5 * 1024 * 1024),
            longest_exchange: Duration::from_secs(86_400),
            most_redirects: 30,
            ca_bundle: None,
            ca_directories: CA_DIRECTORIES.iter().map(PathBuf::from).collect(),
            environment_proxies: EnvironmentProxies::default(),
            callback_base_url: None,
            logging: Logging::default(),
            idle_per_host: 64,
            idle_total: 1024,
            // Servers commonly close after 60 s or more, so a taken connection is most likely still open.
            idle_time: Duration::from_secs(30),
        }
    }
}

impl Options {
    /// With the proxies and the certificates that the environment of the process names, which upstream honours:
    /// `HTTP_PROXY` and its like, `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE`.
    pub fn with_environment(mut self, variable: impl Fn(&str) -> Option<String>) -> Options {
        let bundle = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"].into_iter().find_map(&variable);
        self.ca_bundle = bundle
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
            .or(self.ca_bundle);
        self.environment_proxies = EnvironmentProxies::from_variables(variable);
        self
    }
}

/// A complete response.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: StatusCode,
    pub reason: String,
    /// In the order and with the names (of the first of several) that the server sent.
    pub headers: Vec<(String, HeaderValue)>,
    /// Decoded.
    pub body: Vec<u8>,
    /// The last one requested.
    pub url: Url,
    pub redirects: usize,
    /// Until the head of the last response.
    pub elapsed: Duration,
}

/// The HTTP client of an executor. One is enough: it pools connections.
pub struct Client {
    dialer: Dialer,
    pool: Pool,
    options: Options,
}

/// A response whose body is still to come.
struct Opened {
    head: http::response::Parts,
    names: std::collections::HashMap<String, String>,
    body: Incoming,
    connection: Connection,
    route: Route,
    elapsed: Duration,
}

impl Client {
    pub fn new(options: Options) -> Client {
        Client::with_resolver(options, system_resolver())
    }

    /// With a name resolution of one's own.
    pub fn with_resolver(options: Options, resolver: Resolver) -> Client {
        Client {
            dialer: Dialer {
                policy: options.policy.clone(),
                resolver,
                tls: Arc::new(Settings::new(options.ca_bundle.clone(), options.ca_directories.clone())),
                environment_proxies: options.environment_proxies.clone(),
            },
            pool: Pool::new(Limits {
                per_host: options.idle_per_host,
                total: options.idle_total,
                idle: options.idle_time,
            }),
            options,
        }
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Sends a request and reads the response. Dropping the future closes the connection.
    ///
    /// # Errors
    /// When the policy forbids the URL, one of its addresses or a redirect, the network fails or is too slow, or the
    /// response is larger than the limit. A response of any status is no error.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        match timeout(self.options.longest_exchange, self.follow(request)).await {
            Ok(result) => result,
            Err(_) => Err(Error::send("the exchange took too long")),
        }
    }

    async fn follow(&self, mut request: Request) -> Result<Response, Error> {
        let patience = match request.timeout {
            Timeout::Default => self.options.default_timeout,
            Timeout::After(limit) => Some(limit),
        };
        let mut redirects = 0;
        let mut own_cookies: Vec<(String, String)> = Vec::new();
        loop {
            let opened = self.open(&request, patience).await?;
            let location = request
                .follow_redirects
                .then(|| redirect_target(&request.url, &opened.head))
                .flatten();
            let Some(location) = location else {
                return self.finish(opened, &request, redirects, patience).await;
            };
            if redirects == self.options.most_redirects {
                return Err(Error::send(format!("Exceeded {redirects} redirects.")));
            }
            redirects += 1;
            // The policy, before anything is sent there.
            self.dialer.policy.check(&location)?;
            for (name, value) in set_cookies(&opened.head.headers, &host_text(&request.url).unwrap_or_default()) {
                own_cookies.retain(|(known, _)| *known != name);
                own_cookies.push((name, value));
            }
            redirect(&mut request, opened.head.status, location, &mut own_cookies);
            self.discard(opened, patience).await;
        }
    }

    /// Sends and waits for the head of the response.
    async fn open(&self, request: &Request, patience: Option<Duration>) -> Result<Opened, Error> {
        let route = self.dialer.route(request)?;
        let mut message = message(request, &route)?;
        let may_repeat = matches!(
            request.method,
            Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE
        );
        loop {
            let mut connection = self.connection(&route, request.connect_timeout.or(patience)).await?;
            let reused = connection.reused;
            let copy = if reused && may_repeat {
                Some(message.clone())
            } else {
                None
            };
            let started = Instant::now();
            let sent = limited(patience, connection.sender.try_send_request(message)).await;
            match sent {
                Some(Ok(response)) => {
                    let elapsed = started.elapsed();
                    let names = connection.recorder.take_names();
                    let (head, body) = response.into_parts();
                    return Ok(Opened {
                        head,
                        names,
                        body,
                        connection,
                        route,
                        elapsed,
                    });
                }
                Some(Err(mut failure)) => {
                    // The server may have closed a kept connection just now; then nobody has seen the request.
                    match (reused, failure.take_message().or(copy)) {
                        (true, Some(again)) => message = again,
                        _ => return Err(Error::Send(cause(failure.error()))),
                    }
                }
                None => return Err(read_timed_out(patience)),
            }
        }
    }

    async fn connection(&self, route: &Route, patience: Option<Duration>) -> Result<Connection, Error> {
        while let Some(mut connection) = self.pool.take(&route.key) {
            if matches!(
                timeout(Duration::from_secs(1), connection.sender.ready()).await,
                Ok(Ok(()))
            ) {
                return Ok(connection);
            }
        }
        limited(patience, self.dialer.connect(route)).await.unwrap_or_else(|| {
            Err(Error::send(format!(
                "Connection to {} timed out. (connect timeout={})",
                route.key.host,
                seconds_text(patience)
            )))
        })
    }

    async fn finish(
        &self,
        opened: Opened,
        request: &Request,
        redirects: usize,
        patience: Option<Duration>,
    ) -> Result<Response, Error> {
        let Opened {
            head,
            names,
            body,
            connection,
            route,
            elapsed,
        } = opened;
        let body = self.read(body, &head.headers, &request.method, patience).await?;
        self.pool.give_back(&route.key, connection);
        let reason = match head.extensions.get::<hyper::ext::ReasonPhrase>() {
            Some(phrase) => String::from_utf8_lossy(phrase.as_bytes()).into_owned(),
            None => head.status.canonical_reason().unwrap_or_default().to_owned(),
        };
        let headers = head
            .headers
            .iter()
            .map(|(name, value)| {
                let written = names
                    .get(name.as_str())
                    .cloned()
                    .unwrap_or_else(|| name.as_str().to_owned());
                (written, value.clone())
            })
            .collect();
        Ok(Response {
            status: head.status,
            reason,
            headers,
            body,
            url: request.url.clone(),
            redirects,
            elapsed,
        })
    }

    /// Reads a body, never more of it than the limit.
    async fn read(
        &self,
        mut body: Incoming,
        headers: &HeaderMap,
        method: &Method,
        patience: Option<Duration>,
    ) -> Result<Vec<u8>, Error> {
        let limit = self.options.response_limit.unwrap_or(u64::MAX);
        let declared = headers
            .get(header::CONTENT_LENGTH)
            .and_then(|v| v.to_str().ok()?.trim().parse::<u64>().ok());
        if let Some(size) = declared.filter(|size| *size > limit && method != Method::HEAD) {
            return Err(Error::TooLarge { size, limit });
        }
        let expected = body.size_hint().exact().unwrap_or(0).min(limit);
        let coding = headers
            .get(header::CONTENT_ENCODING)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let mut decoder = Decoder::new(coding, usize::try_from(expected).unwrap_or(0), limit);
        loop {
            match limited(patience, body.frame()).await {
                Some(Some(Ok(frame))) => {
                    if let Ok(chunk) = frame.into_data() {
                        decoder.write(&chunk)?;
                    }
                }
                Some(Some(Err(e))) => return Err(Error::Send(cause(&e))),
                Some(None) => return decoder.finish(),
                None => return Err(read_timed_out(patience)),
            }
        }
    }

    /// Keeps the connection of a response that is not wanted, if that is cheap.
    async fn discard(&self, opened: Opened, patience: Option<Duration>) {
        let Opened {
            mut body,
            connection,
            route,
            ..
        } = opened;
        if body.size_hint().upper().is_none_or(|size| size > CHEAP_TO_READ) {
            return;
        }
        while let Some(frame) = limited(patience, body.frame()).await {
            match frame {
                Some(Ok(_)) => {}
                Some(Err(_)) => return,
                None => {
                    self.pool.give_back(&route.key, connection);
                    return;
                }
            }
        }
    }
}

/// `None`: the time is over.
async fn limited<F: Future>(patience: Option<Duration>, future: F) -> Option<F::Output> {
    match patience {
        Some(limit) => timeout(limit, future).await.ok(),
        None => Some(future.await),
    }
}

fn seconds_text(patience: Option<Duration>) -> String {
    patience.map_or_else(|| "None".to_owned(), |limit| limit.as_secs_f64().to_string())
}

fn read_timed_out(patience: Option<Duration>) -> Error {
    Error::send(format!("Read timed out. (read timeout={})", seconds_text(patience)))
}

/// hyper's error with the reason below it.
fn cause(error: &hyper::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// The request as it is written.
fn message(request: &Request, route: &Route) -> Result<http::Request<Full<Bytes>>, Error> {
    let mut url = request.url.clone();
    url.set_fragment(None);
    let path = &url[url::Position::BeforePath..];
    let target = if route.is_forwarded() { url.as_str() } else { path };
    let uri = target.parse::<Uri>().map_err(|e| Error::send(e.to_string()))?;
    let mut message = http::Request::new(Full::new(request.body.clone()));
    *message.method_mut() = request.method.clone();
    *message.uri_mut() = uri;
    let headers = message.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).map_err(|e| Error::send(e.to_string()));
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    headers.insert(header::HOST, value(authority)?);
    // Over the one above, if the user names another host.
    for (name, value) in &request.headers {
        headers.insert(name, value.clone());
    }
    if !request.body.is_empty() || !matches!(request.method, Method::GET | Method::HEAD) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(request.body.len()));
    }
    if let Some(authorization) = route.proxy_authorization() {
        headers.insert(header::PROXY_AUTHORIZATION, value(&authorization)?);
    }
    Ok(message)
}

/// Where a response sends us, if it does.
fn redirect_target(url: &Url, head: &http::response::Parts) -> Option<Url> {
    if !matches!(head.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = head.headers.get(header::LOCATION)?;
    url.join(&String::from_utf8_lossy(location.as_bytes())).ok()
}

/// Makes the next request out of the last one.
fn redirect(request: &mut Request, status: StatusCode, location: Url, own_cookies: &mut Vec<(String, String)>) {
    let becomes_get = match status.as_u16() {
        303 | 302 => request.method != Method::HEAD,
        301 => request.method == Method::POST,
        _ => false,
    };
    if becomes_get {
        request.method = Method::GET;
    }
    if !matches!(status.as_u16(), 307 | 308) {
        request.body = Bytes::new();
        request.headers.remove(header::CONTENT_TYPE);
    }
    // Secrets for one server are not for another.
    let same_server = |a: &Url, b: &Url| {
        a.host_str() == b.host_str()
            && (a.port_or_known_default() == b.port_or_known_default()
                || (a.scheme() == "http" && b.scheme() == "https" && a.port().is_none() && b.port().is_none()))
            && (a.scheme() == b.scheme() || b.scheme() == "https")
    };
    if same_server(&request.url, &location) {
        add_cookies(&mut request.headers, own_cookies);
    } else {
        own_cookies.clear();
        request.headers.remove(header::AUTHORIZATION);
        request.headers.remove(header::COOKIE);
        request.headers.remove(header::HOST);
    }
    request.url = location;
    let _ = request.url.set_username("");
    let _ = request.url.set_password(None);
}
