//! One request as handlers see it.

use bytes::Bytes;
use http::{HeaderMap, Method, Uri, header};
use parking_lot::Mutex;
use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use super::error::Error;
use super::proxy::Outside;
use super::query::Params;
use super::work::turns::Client;
use mistral_auth::Identity;
use mistral_auth::policy::{Policies, Target};
use mistral_model::Id;

/// Address of the other end of the connection that a request came on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub IpAddr);

/// A request whose body has been read.
pub struct Request {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub query: Params,
    /// Decoded segments of the path that the route leaves open, in order.
    pub path: Vec<String>,
    pub identity: Arc<Identity>,
    policies: Arc<Policies>,
    /// `http`, or `https` where the server itself speaks TLS.
    pub scheme: &'static str,
    /// Where the client called, as far as it is not what this server sees.
    pub outside: Outside,
    /// The client's address, or that of the last proxy.
    pub peer: Option<IpAddr>,
    /// The rules that the operation has declared.
    pub rules: &'static [&'static str],
    body: Mutex<Bytes>,
}

impl Request {
    pub fn new(parts: http::request::Parts, body: Bytes, identity: Arc<Identity>, policies: Arc<Policies>) -> Request {
        Request {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            query: Params::default(),
            path: Vec::new(),
            identity,
            policies,
            scheme: "http",
            outside: Outside::default(),
            peer: parts.extensions.get::<Peer>().map(|peer| peer.0),
            rules: &[],
            body: Mutex::new(body),
        }
    }

    /// Another request of the same caller, without a body, under the rules of this one.
    ///
    /// # Errors
    /// A query that cannot be read.
    pub fn asking(&self, path: &[&str], query: &str) -> Result<Request, Error> {
        Ok(Request {
            method: Method::GET,
            uri: self.uri.clone(),
            headers: self.headers.clone(),
            query: Params::parse_text(query.as_bytes())?,
            path: path.iter().map(|&segment| segment.to_owned()).collect(),
            identity: self.identity.clone(),
            policies: self.policies.clone(),
            scheme: self.scheme,
            outside: self.outside.clone(),
            peer: self.peer,
            rules: self.rules,
            body: Mutex::new(Bytes::new()),
        })
    }

    /// Whose work it is.
    pub fn client(&self) -> Client {
        Client::of(Some(&self.identity), self.peer)
    }

    /// The body. It is handed out once, so that it does not stay in memory beside what is made from it.
    pub fn take_body(&self) -> Bytes {
        std::mem::take(&mut self.body.lock())
    }

    /// Looks at the body without taking it.
    pub fn body<T>(&self, look: impl FnOnce(&[u8]) -> T) -> T {
        look(&self.body.lock())
    }

    /// Whether there is no body, or none any more.
    pub fn has_no_body(&self) -> bool {
        self.body(<[u8]>::is_empty)
    }

    /// A path segment by position; empty if the route has none there.
    pub fn segment(&self, index: usize) -> &str {
        self.path.get(index).map_or("", String::as_str)
    }

    /// Media type without parameters, lower case.
    pub fn media_type(&self) -> Cow<'_, str> {
        media_type(&self.headers)
    }

    /// `http://host` as the client calls this server, with the proxy's prefix.
    pub fn base_url(&self) -> String {
        let host = self.outside.host.as_deref();
        let host = host
            .or_else(|| self.headers.get(header::HOST).and_then(|h| h.to_str().ok()))
            .or_else(|| self.uri.authority().map(|a| a.as_str()))
            .unwrap_or("localhost");
        let scheme = self.outside.scheme.as_deref().unwrap_or(self.scheme);
        format!("{scheme}://{host}{}", self.outside.prefix)
    }

    /// The body as text, in the charset that the client names. Takes it.
    pub fn take_text(&self) -> Result<String, Error> {
        let content_type = self
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|h| h.to_str().ok())
            .unwrap_or_default();
        let charset = content_type
            .split(';')
            .skip(1)
            .filter_map(|p| p.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim().trim_matches('"').to_ascii_lowercase());
        match charset.as_deref() {
            None | Some("" | "utf-8" | "utf8" | "us-ascii" | "ascii") => {
                String::from_utf8(self.take_body().into()).map_err(|_| Error::undecodable())
            }
            Some("iso-8859-1" | "iso8859-1" | "latin-1" | "latin1") => {
                Ok(self.take_body().iter().map(|&b| char::from(b)).collect())
            }
            Some(_) => Err(Error::undecodable()),
        }
    }

    /// Refuses the request unless the caller passes `rule`, whatever it is about: as upstream, the rule is asked about the
    /// caller's own project. Before anything is looked at.
    pub async fn enforce(&self, rule: &str) -> Result<(), Error> {
        self.ask(rule, &self.identity.own_target()).await
    }

    /// Refuses the request unless `rule` lets the caller do it to this object, which belongs to `project`.
    pub async fn enforce_on(&self, rule: &str, id: Id, project: Option<&str>) -> Result<(), Error> {
        let shown = project.filter(|_| self.identity.is_authenticated);
        let target = Target::default()
            .with("id", id.to_string())
            .with_text("project_id", shown)
            .with_text("user_id", self.identity.user_id.as_deref());
        self.ask(rule, &target).await
    }

    async fn ask(&self, rule: &str, target: &Target) -> Result<(), Error> {
        debug_assert!(
            self.rules.contains(&rule),
            "{} does not declare the rule {rule}",
            self.uri
        );
        if self.policies.allows(rule, target, &*self.identity).await {
            Ok(())
        } else {
            Err(Error::policy())
        }
    }
}

/// Media type in `Content-Type`, without parameters, lower case; empty if there is none.
pub(crate) fn media_type(headers: &HeaderMap) -> Cow<'_, str> {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|h| h.to_str().ok())
        .unwrap_or_default();
    let name = value.split(';').next().unwrap_or_default().trim();
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    }
}
