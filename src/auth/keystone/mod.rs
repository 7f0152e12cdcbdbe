//! OpenStack's identity service, Keystone v3.
//!
//! * `people`: tokens for people who sign in.
//! * `session`: the service's own token, addresses, repetition.
//! * `token`: what Keystone says about a token.
//! * `rules`: access rules of application credentials.
//! * `trust`: acting for users who are not there.

mod people;
mod rules;
mod session;
mod token;
mod trust;

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderMap, Method};
use jiff::Timestamp;
use moka::Expiry;
use moka::future::Cache;
use sha2::{Digest, Sha256};

pub use rules::Call;
pub use session::{Credentials, Failure, Options as SessionOptions, Scope, Session, Subject};
pub use token::Validated;
pub use trust::TrustToken;

use super::identity::{AdminRoles, Identity, Service};
use super::{Authentication, Authenticator, MAX_TOKEN, Refusal, Sent, SignIn, token_of};

/// Tokens that are remembered: with the catalog of a large cloud at most some 100 KB each, usually 5 KB.
const REMEMBERED: u64 = 10_000;

/// How long a token that is none is remembered as such.
const INVALID_FOR: Duration = Duration::from_secs(10);

/// How long nobody is sent to a Keystone that has just not answered.
const AWAY_FOR: Duration = Duration::from_secs(1);

/// How tokens are believed.
#[derive(Clone, Debug)]
pub struct Options {
    /// `www_authenticate_uri`: what clients are told, and actions.
    pub public_url: Option<String>,
    /// How long a token is believed without asking again; none: always ask.
    pub cache_time: Option<Duration>,
    /// Have the catalog told with tokens.
    pub with_catalog: bool,
    /// The type of this service in access rules of application credentials.
    pub service_type: Option<String>,
    /// Roles, one of which a service token must have.
    pub service_roles: Vec<String>,
    /// Whether service tokens without such a role mean nothing.
    pub service_roles_required: bool,
    pub admin_roles: AdminRoles,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            public_url: None,
            cache_time: Some(Duration::from_secs(300)),
            with_catalog: true,
            service_type: None,
            service_roles: vec!["service".to_owned()],
            service_roles_required: true,
            admin_roles: AdminRoles::default(),
        }
    }
}

/// What is remembered of a token: what it is worth, or that it is nothing.
type Known = Option<Arc<Validated>>;

/// Remembers tokens as long as they are worth it.
struct Lifetime(Duration);

impl Expiry<[u8; 32], Known> for Lifetime {
    fn expire_after_create(&self, _: &[u8; 32], known: &Known, _: Instant) -> Option<Duration> {
        Some(match known {
            None => INVALID_FOR.min(self.0),
            Some(_) => self.0,
        })
    }
}

/// Asks Keystone who a caller is, and remembers the answers.
pub struct Keystone {
    session: Session,
    options: Options,
    known: Option<Cache<[u8; 32], Known>>,
    away_until: parking_lot::Mutex<Option<Instant>>,
}

impl Keystone {
    pub fn new(session: Session, options: Options) -> Keystone {
        let known = options.cache_time.filter(|time| !time.is_zero()).map(|time| {
            Cache::builder()
                .max_capacity(REMEMBERED)
                .expire_after(Lifetime(time))
                .build()
        });
        Keystone {
            session,
            options,
            known,
            away_until: parking_lot::Mutex::new(None),
        }
    }

    /// The service's own session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// A token is good for nothing any more.
    async fn forget(&self, token: &str) {
        if let Some(cache) = &self.known {
            for even_expired in [false, true] {
                cache.invalidate(&key_of(token, even_expired)).await;
            }
        }
    }

    async fn find(&self, sent: Sent<'_>) -> Result<Arc<Identity>, Refusal> {
        let headers = sent.headers;
        let service = self.service(headers).await?;
        let token = match token_of(headers) {
            Ok(token) => token,
            // A service that speaks for itself.
            Err(refusal) => match service {
                Some(service) if refusal == Refusal::missing() => {
                    return Ok(Arc::new(Identity {
                        is_authenticated: true,
                        service: Some(service),
                        ..Identity::default()
                    }));
                }
                _ => return Err(refusal),
            },
        };
        // A service may finish what a user began before the token ended.
        let found = self
            .known(token, service.is_some())
            .await?
            .ok_or_else(Refusal::invalid)?;
        if service.is_none() && found.expires_at <= Timestamp::now() {
            return Err(Refusal::invalid());
        }
        if let Some(rules) = &found.access_rules
            && !self.may(rules, sent)
        {
            return Err(Refusal::invalid());
        }
        match service {
            None => Ok(found.identity.clone()),
            Some(service) => Ok(Arc::new(Identity {
                service: Some(service),
                ..(*found.identity).clone()
            })),
        }
    }

    /// Whether a token that is restricted to some calls may be used for this one.
    fn may(&self, rules: &[rules::AccessRule], sent: Sent<'_>) -> bool {
        let Some(service) = self.options.service_type.as_deref() else {
            tracing::warn!(
                "an application credential with access rules is refused: [keystone_authtoken] service_type is unset"
            );
            return false;
        };
        let call = Call {
            service,
            method: sent.method,
            path: sent.path,
        };
        rules.iter().any(|rule| rule.allows(call))
    }

    /// The service in `X-Service-Token`. One that is not valid means nothing, as in upstream's middleware.
    async fn service(&self, headers: &HeaderMap) -> Result<Option<Service>, Refusal> {
        let sent = headers.get("x-service-token").and_then(|value| value.to_str().ok());
        let Some(token) = sent
            .map(str::trim)
            .filter(|token| !token.is_empty() && token.len() <= MAX_TOKEN)
        else {
            return Ok(None);
        };
        let Some(found) = self.known(token, false).await? else {
            return Ok(None);
        };
        let identity = &found.identity;
        let trusted = identity
            .roles
            .iter()
            .any(|role| self.options.service_roles.iter().any(|known| **known == **role));
        if found.expires_at <= Timestamp::now() || !trusted && self.options.service_roles_required {
            return Ok(None);
        }
        Ok(Some(Service {
            user_id: identity.user_id.clone(),
            project_id: identity.project_id.clone(),
            roles: identity.roles.clone(),
        }))
    }

    /// What a token is worth: from memory, or from Keystone. Many at once with the same token ask once.
    async fn known(&self, token: &str, even_expired: bool) -> Result<Known, Refusal> {
        let Some(cache) = &self.known else {
            return self.ask(token, even_expired).await;
        };
        let key = key_of(token, even_expired);
        if let Some(known) = cache.get(&key).await {
            return Ok(known);
        }
        let asked = cache.try_get_with(key, self.ask(token, even_expired)).await;
        asked.map_err(|refusal| (*refusal).clone())
    }

    async fn ask(&self, token: &str, even_expired: bool) -> Result<Known, Refusal> {
        let unavailable = || Refusal::Unavailable { retry_after: AWAY_FOR };
        if self.away_until.lock().is_some_and(|end| Instant::now() < end) {
            return Err(unavailable());
        }
        let mut query = Vec::new();
        query.extend((!self.options.with_catalog).then_some("nocatalog"));
        query.extend(even_expired.then_some("allow_expired=1"));
        let path = match query.as_slice() {
            [] => "/auth/tokens".to_owned(),
            query => format!("/auth/tokens?{}", query.join("&")),
        };
        // Access rules are told only to those who know them.
        let headers = [("x-subject-token", token), ("openstack-identity-access-rules", "1.0")];
        let refused = |failure: &dyn std::fmt::Display| {
            tracing::error!("Keystone cannot be asked about a token: {failure}");
            *self.away_until.lock() = Some(Instant::now() + AWAY_FOR);
            unavailable()
        };
        let answer = match self.session.call(Method::GET, &path, &headers, None).await {
            Ok(answer) => answer,
            Err(failure) => return Err(refused(&failure)),
        };
        match answer.status.as_u16() {
            200 => match Validated::parse(&answer.body, token, &self.options.admin_roles) {
                Some(validated) => Ok(Some(Arc::new(validated))),
                None => Err(refused(&"the answer is no token")),
            },
            404 | 400 | 401 => Ok(None),
            status => Err(refused(&format!("status {status}"))),
        }
    }
}

/// What a token is remembered under.
fn key_of(token: &str, even_expired: bool) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update([u8::from(even_expired)]);
    hash.update(token.as_bytes());
    hash.finalize().into()
}

impl Authenticator for Keystone {
    fn authenticate<'a>(&'a self, sent: Sent<'a>) -> Authentication<'a> {
        Box::pin(self.find(sent))
    }

    fn challenge(&self) -> Option<String> {
        let url = self.options.public_url.as_deref().unwrap_or_else(|| self.session.url());
        Some(format!("Keystone uri=\"{url}\""))
    }

    fn people(&self) -> Option<&dyn SignIn> {
        Some(self)
    }
}

#[cfg(test)]
mod tests;
