//! What actions may act with: the way from a request to where it is kept, and from there to an action.
//!
//! A caller's token outlives the request, for actions run later, in other processes, and after a crash. It is kept in the database,
//! once for each token, encrypted with a key that only the configuration has; rows, queues and messages hold a reference. A trust needs
//! no such thing: its token is made anew from the identity service. Only an action that asks for it gets the secret, in the
//! moment it is handed over. `docs/identity.md` says why.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use http::{HeaderMap, HeaderName};
use moka::Expiry;
use moka::future::Cache;

use super::App;
use super::error::Error;
use super::request::Request;
use mistral_auth::Identity;
use mistral_auth::keystone::{Failure, Session};
use mistral_auth::seal::Seal;
use mistral_model::security::{Security, SecurityContext};
use mistral_model::time::Clock;
use mistral_model::{Dict, Id, Payload, Str, Time, Value, json};
use mistral_store::security::SecurityContexts;

// Names of headers, made once: each request is asked for some.
static REGION_NAME: HeaderName = HeaderName::from_static("x-region-name");
static TARGET_AUTH_URI: HeaderName = HeaderName::from_static("x-target-auth-uri");
static TARGET_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-target-auth-token");
static TARGET_INSECURE: HeaderName = HeaderName::from_static("x-target-insecure");
static TARGET_SERVICE_CATALOG: HeaderName = HeaderName::from_static("x-target-service-catalog");
static TARGET_PROJECT_ID: HeaderName = HeaderName::from_static("x-target-project-id");
static TARGET_USER_NAME: HeaderName = HeaderName::from_static("x-target-user-name");
static TARGET_REGION_NAME: HeaderName = HeaderName::from_static("x-target-region-name");

/// How long a context is kept whose token does not say when it ends.
const KEPT: Duration = Duration::from_secs(24 * 3_600);

/// How long one is kept when its token has ended: a service may finish what a user began.
const KEPT_AFTER: Duration = Duration::from_secs(24 * 3_600);

/// References that are remembered, and contexts: with the catalog of a large cloud some 100 KB each, usually 5 KB.
const REMEMBERED: u64 = 10_000;
const OPENED: u64 = 1_000;

/// How long a context that was found, or made from a trust, is used without looking again.
const OPENED_FOR: Duration = Duration::from_secs(300);

/// Between two looks for trusts that are over; also between two attempts to end one.
const SWEEP: Duration = Duration::from_secs(5);
const RETRY: Duration = Duration::from_secs(15);

/// An execution that has not begun by then never will.
const LOST: Duration = Duration::from_secs(3_600);

/// Trusts that are ended in one sweep.
const TRUSTS: i64 = 100;

/// What every context says of the identity service.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `[keystone_authtoken] www_authenticate_uri`.
    pub auth_uri: Option<Str>,
    /// `[keystone_authtoken] cafile`.
    pub auth_cacert: Option<Str>,
}

/// What a start hands on of its caller.
#[derive(Clone, Debug, Default)]
pub struct Acting {
    pub security: Option<Security>,
    /// `$.openstack`.
    pub openstack: Option<Payload>,
}

/// Why there is no context at the moment.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotNow(pub String);

/// Keeps contexts and finds them again.
pub struct Keeper {
    seal: Seal,
    rows: Arc<dyn SecurityContexts>,
    /// Makes, uses and ends trusts; none: the identity service has no such thing.
    trusts: Option<Session>,
    surroundings: Surroundings,
    clock: Arc<dyn Clock>,
    /// References that are in the database for certain.
    kept: Cache<Id, ()>,
    opened: Cache<String, Option<Arc<SecurityContext>>>,
}

/// Contexts are remembered for a while, tokens of trusts no longer than half their life.
struct Lifetime(Arc<dyn Clock>);

impl Expiry<String, Option<Arc<SecurityContext>>> for Lifetime {
    fn expire_after_create(&self, _: &String, context: &Option<Arc<SecurityContext>>, _: Instant) -> Option<Duration> {
        let Some(context) = context else {
            // Another process may have kept it meanwhile.
            return Some(Duration::ZERO);
        };
        if !context.is_trust_scoped {
            return Some(OPENED_FOR);
        }
        let end = context.expires_at.as_deref().and_then(end_of);
        let left = end.map_or(0, |end| end.0 - self.0.now().0);
        Some(OPENED_FOR.min(Duration::from_micros(u64::try_from(left / 2).unwrap_or(0))))
    }
}

impl Keeper {
    pub fn new(
        seal: Seal,
        rows: impl SecurityContexts + 'static,
        trusts: Option<Session>,
        surroundings: Surroundings,
        clock: Arc<dyn Clock>,
    ) -> Keeper {
        let opened = Cache::builder().max_capacity(OPENED);
        Keeper {
            seal,
            rows: Arc::new(rows),
            trusts,
            surroundings,
            kept: Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(OPENED_FOR)
                .build(),
            opened: opened.expire_after(Lifetime(clock.clone())).build(),
            clock,
        }
    }

    /// Keeps what the caller's actions may act with, and tells where.
    async fn keep(&self, identity: &Identity, headers: &HeaderMap) -> Result<Acting, Error> {
        let target = Target::read(headers)?;
        let Some(context) = self.context(identity, headers, target) else {
            return Ok(Acting::default());
        };
        let openstack = identity
            .is_authenticated
            .then(|| Payload::from_value(visible(&context, identity)));
        let security = Some(Security::Kept(self.put(&context).await?));
        Ok(Acting { security, openstack })
    }

    /// What the caller may act with; none: neither token nor identity.
    fn context(&self, identity: &Identity, headers: &HeaderMap, target: Option<Target>) -> Option<SecurityContext> {
        if let Some(target) = target {
            return Some(target.into_context());
        }
        if !identity.is_authenticated {
            return None;
        }
        let token = identity.token.as_ref();
        Some(SecurityContext {
            auth_uri: self.surroundings.auth_uri.clone(),
            auth_cacert: self.surroundings.auth_cacert.clone(),
            auth_token: token.map(|token| token.text.expose().into()),
            service_catalog: token.and_then(|token| token.body.clone()),
            region_name: text(headers, &REGION_NAME),
            is_trust_scoped: token.is_some_and(|token| token.trust_id.is_some()),
            trust_id: token.and_then(|token| token.trust_id.clone()),
            expires_at: token.and_then(|token| token.expires_at.clone()),
            project_id: identity.project_id.clone(),
            project_name: identity.project_name.clone(),
            user_name: identity.user_name.clone(),
            ..SecurityContext::default()
        })
    }

    /// The name of a context in the database, once it is there.
    async fn put(&self, context: &SecurityContext) -> Result<Id, Error> {
        // What tells two contexts apart; the rest follows from the token.
        let what = [
            &context.auth_token,
            &context.project_id,
            &context.region_name,
            &context.user_name,
            &context.auth_uri,
        ];
        let mut key = String::with_capacity(512);
        for part in what {
            key.push_str(part.as_deref().unwrap_or_default());
            key.push('\0');
        }
        if context.is_target {
            key.push_str(context.service_catalog.as_deref().unwrap_or_default());
            key.push(if context.insecure { '1' } else { '0' });
        }
        let id = self.seal.name(key.as_bytes());
        if self.kept.contains_key(&id) {
            return Ok(id);
        }
        let plain = serde_json::to_vec(context).map_err(|_| super::v2::unexpected("a security context"))?;
        let sealed = self.seal.close(id, &plain);
        let sealed = sealed.ok_or_else(|| super::v2::unexpected("a random number"))?;
        let now = self.clock.now();
        let end = context.expires_at.as_deref().and_then(end_of);
        let end = end.map_or(now.plus_seconds(KEPT.as_secs_f64()), |end| {
            end.plus_seconds(KEPT_AFTER.as_secs_f64())
        });
        self.rows.keep(id, &sealed, end).await?;
        self.kept.insert(id, ()).await;
        Ok(id)
    }

    /// What a reference leads to. `None`: it is gone, or was kept with a key that this process does not have.
    ///
    /// # Errors
    /// Who could tell does not answer.
    pub async fn find(&self, security: &Security) -> Result<Option<Arc<SecurityContext>>, NotNow> {
        let found = self.opened.try_get_with(security.to_text(), self.look(security)).await;
        found.map_err(|error: Arc<NotNow>| (*error).clone())
    }

    async fn look(&self, security: &Security) -> Result<Option<Arc<SecurityContext>>, NotNow> {
        match security {
            Security::Kept(id) => {
                let sealed = self.rows.find(*id).await.map_err(|error| NotNow(error.to_string()))?;
                let Some(sealed) = sealed else { return Ok(None) };
                let opened = self.seal.open(*id, &sealed);
                if opened.is_none() {
                    tracing::warn!(
                        context = %id,
                        "what an action may act with was kept with a key that is not in [security_context] keys"
                    );
                }
                Ok(opened.and_then(|text| serde_json::from_slice(&text).ok()).map(Arc::new))
            }
            Security::Trust(trust) => self.of_trust(trust).await,
        }
    }

    async fn of_trust(&self, trust: &Str) -> Result<Option<Arc<SecurityContext>>, NotNow> {
        let Some(session) = &self.trusts else { return Ok(None) };
        let made = match session.trust_token(trust).await {
            Ok(made) => made,
            Err(Failure::Away(why)) => return Err(NotNow(why)),
            Err(failure) => {
                tracing::warn!(trust = %trust, "no token from a trust: {failure}");
                return Ok(None);
            }
        };
        let body = &made.body;
        let text = |value: &serde_json::Value| value.as_str().map(Str::from);
        Ok(Some(Arc::new(SecurityContext {
            auth_uri: self.surroundings.auth_uri.clone(),
            auth_cacert: self.surroundings.auth_cacert.clone(),
            auth_token: Some(made.token.expose().into()),
            service_catalog: Some(body.to_string().into()),
            is_trust_scoped: true,
            trust_id: Some(trust.clone()),
            expires_at: text(&body["expires_at"]),
            project_id: text(&body["project"]["id"]),
            project_name: text(&body["project"]["name"]),
            user_name: text(&body["user"]["name"]),
            ..SecurityContext::default()
        })))
    }

    /// Has the caller trust the service, so that a trigger can act for them later. `None`: there are no trusts here.
    ///
    /// # Errors
    /// 403 if the caller may not make one, 503 while the identity service is away.
    pub async fn create_trust(&self, identity: &Identity) -> Result<Option<String>, Error> {
        let (Some(session), true) = (&self.trusts, identity.is_authenticated && identity.project_id.is_some()) else {
            return Ok(None);
        };
        session
            .create_trust(identity)
            .await
            .map(Some)
            .map_err(|failure| match failure {
                Failure::Refused { status, text } if status < 500 => Error::forbidden(format!(
                    "The identity service does not let the trigger act for you (a trust was refused): {text}"
                )),
                other => {
                    tracing::error!("a trust cannot be made: {other}");
                    let refusal = mistral_auth::Refusal::Unavailable {
                        retry_after: Duration::from_secs(1),
                    };
                    Error::refused(&refusal, None)
                }
            })
    }

    /// Ends a trust that nothing needs any more. What fails is tried again by [`Keeper::sweep`], if the database knows that the trust
    /// is over.
    pub async fn end_trust(&self, trust: &str) {
        let Some(session) = &self.trusts else { return };
        match session.delete_trust(trust).await {
            Ok(()) => {
                self.opened.invalidate(&Security::Trust(trust.into()).to_text()).await;
                if let Err(error) = self.rows.trust_is_gone(trust).await {
                    tracing::debug!(trust, %error, "an ended trust is still noted");
                }
            }
            Err(failure) => tracing::warn!(trust, "a trust cannot be ended at the moment: {failure}"),
        }
    }

    /// Ends trusts that are over and forgets contexts whose tokens have ended; as long as the server runs.
    pub(super) async fn sweep(&self) {
        loop {
            tokio::time::sleep(SWEEP).await;
            let now = self.clock.now();
            let swept = async {
                self.rows.forget(now).await?;
                if self.trusts.is_none() {
                    return Ok(Vec::new());
                }
                let again = now.plus_seconds(RETRY.as_secs_f64());
                let lost = now.plus_seconds(-LOST.as_secs_f64());
                self.rows.claim_trusts(now, again, lost, TRUSTS).await
            };
            match swept.await {
                Ok(trusts) => {
                    for trust in trusts {
                        self.end_trust(&trust).await;
                    }
                }
                Err(error) => tracing::debug!(%error, "no look at trusts and contexts of actions"),
            }
        }
    }
}

impl App {
    /// Keeps what the actions of this request may act with.
    pub(super) async fn acting(&self, request: &Request) -> Result<Acting, Error> {
        self.security.keep(&request.identity, &request.headers).await
    }

    /// The same for a request that has an execution of `project` go on: actions of others get nothing of the caller's.
    pub(super) async fn acting_on(&self, request: &Request, project: Option<&str>) -> Result<Option<Security>, Error> {
        if request.identity.project_id.as_deref() != project {
            return Ok(None);
        }
        Ok(self.acting(request).await?.security)
    }
}

/// Headers of a client whose actions are for another cloud. They say nothing about who the caller is here.
#[derive(Clone, Debug)]
pub struct Target {
    auth_uri: Str,
    auth_token: Str,
    project_id: Option<Str>,
    user_name: Option<Str>,
    region_name: Option<Str>,
    insecure: bool,
    catalog: Option<Str>,
}

impl Target {
    /// # Errors
    /// 400: something is missing or malformed.
    pub fn read(headers: &HeaderMap) -> Result<Option<Target>, Error> {
        let Some(auth_uri) = text(headers, &TARGET_AUTH_URI) else {
            return Ok(None);
        };
        let Some(auth_token) = text(headers, &TARGET_AUTH_TOKEN) else {
            return Err(Error::bad_request(
                "Target auth URI (X-Target-Auth-Uri) target auth token (X-Target-Auth-Token) must be present",
            ));
        };
        let insecure = match text(headers, &TARGET_INSECURE).as_deref() {
            None | Some("False") => false,
            Some("True") => true,
            Some(_) => {
                return Err(Error::bad_request(
                    "X-Target-Insecure must be either \"True\", \"False\" or not provided. The default is \"False\".",
                ));
            }
        };
        let catalog = text(headers, &TARGET_SERVICE_CATALOG)
            .map(|encoded| catalog(&encoded))
            .transpose()?;
        Ok(Some(Target {
            auth_uri,
            auth_token,
            project_id: text(headers, &TARGET_PROJECT_ID),
            user_name: text(headers, &TARGET_USER_NAME),
            region_name: text(headers, &TARGET_REGION_NAME),
            insecure,
            catalog,
        }))
    }

    fn into_context(self) -> SecurityContext {
        SecurityContext {
            auth_uri: Some(self.auth_uri),
            auth_token: Some(self.auth_token),
            service_catalog: self.catalog,
            region_name: self.region_name,
            insecure: self.insecure,
            is_target: true,
            project_id: self.project_id,
            user_name: self.user_name,
            ..SecurityContext::default()
        }
    }
}

/// The catalog of another cloud: JSON in Base64.
fn catalog(encoded: &str) -> Result<Str, Error> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(encoded).ok();
    let catalog = bytes.and_then(|bytes| json::parse(&bytes).ok());
    let catalog = catalog.filter(|catalog| catalog.as_dict().is_some() || catalog.as_list().is_some());
    match catalog {
        Some(catalog) => Ok(json::to_string(&catalog).into()),
        None => Err(Error::bad_request(
            "X-Target-Service-Catalog must be a JSON object or list in Base64.",
        )),
    }
}

/// A header with a text in it.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<Str> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.into())
}

/// What workflows see of their caller.
fn visible(context: &SecurityContext, identity: &Identity) -> Value {
    let mut members: Dict = context.to_visible().into_dict().unwrap_or_default();
    let names = identity.roles.iter().map(|role| Value::Str(role.clone())).collect();
    members.insert("roles".into(), Value::list(names));
    members.insert("is_admin".into(), Value::Bool(identity.is_admin));
    let user = identity.user_id.clone().filter(|_| !context.is_target);
    members.insert("user_id".into(), user.map_or(Value::Null, Value::Str));
    Value::dict(members)
}

/// When a token ends: as Keystone writes it, or the seconds of OpenID Connect.
fn end_of(text: &str) -> Option<Time> {
    match text.parse::<i64>() {
        Ok(seconds) => seconds.checked_mul(1_000_000).map(Time),
        Err(_) => {
            let end: jiff::Timestamp = text.parse().ok()?;
            Some(Time(end.as_microsecond()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn targets_are_whole_or_refused() {
        assert!(
            Target::read(&headers(&[("x-target-auth-token", "t")]))
                .unwrap()
                .is_none()
        );
        let uri = ("x-target-auth-uri", "http://k/v3");
        let message = |pairs: &[(&'static str, &str)]| Target::read(&headers(pairs)).unwrap_err().message;
        assert!(message(&[uri]).contains("must be present"));
        let token = ("x-target-auth-token", "t");
        assert!(message(&[uri, token, ("x-target-insecure", "true")]).starts_with("X-Target-Insecure must be"));
        for wrong in ["nonsense!", "e30", "MQ=="] {
            assert!(
                message(&[uri, token, ("x-target-service-catalog", wrong)]).contains("Base64"),
                "{wrong}"
            );
        }
        let whole = Target::read(&headers(&[
            uri,
            token,
            ("x-target-project-id", "there"),
            ("x-target-user-name", "ann"),
            ("x-target-region-name", "two"),
            ("x-target-insecure", "True"),
            ("x-target-service-catalog", "eyJhIjogW119"),
        ]));
        let context = whole.unwrap().unwrap().into_context();
        assert!(context.is_target && context.insecure && !context.is_trust_scoped);
        assert_eq!(context.project_id.as_deref(), Some("there"));
        assert_eq!(context.service_catalog.as_deref(), Some(r#"{"a":[]}"#));
        assert_eq!(context.region_name.as_deref(), Some("two"));
    }

    #[test]
    fn ends_of_tokens() {
        assert_eq!(end_of("1"), Some(Time(1_000_000)));
        assert_eq!(end_of("1970-01-01T00:00:02.000000Z"), Some(Time(2_000_000)));
        assert_eq!(end_of("never"), None);
    }
}
