//! The service's own account with Keystone: a token that is renewed before it ends, several addresses, repetition.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Method;
use jiff::Timestamp;
use parking_lot::RwLock;
use serde_json::{Value, json};

use super::super::client::{self, Answer, Client};
use super::super::identity::Secret;

/// How long before its end the own token is renewed.
const RENEW_BEFORE: Duration = Duration::from_secs(120);

/// Pause before the addresses are tried again.
const PAUSE: Duration = Duration::from_millis(200);

/// A user or a project: by id, or by name within a domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    pub id: Option<String>,
    pub name: Option<String>,
    pub domain_id: Option<String>,
    pub domain_name: Option<String>,
}

impl Subject {
    fn to_json(&self) -> Value {
        if let Some(id) = &self.id {
            return json!({"id": id});
        }
        let domain = match (&self.domain_id, &self.domain_name) {
            (Some(id), _) => json!({"id": id}),
            (None, Some(name)) => json!({"name": name}),
            (None, None) => json!({"id": "default"}),
        };
        json!({"name": self.name, "domain": domain})
    }
}

/// What a token is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Whatever the account has by default.
    #[default]
    Unset,
    Project(Subject),
    System,
    /// Acting for the user who made the trust.
    Trust(String),
}

impl Scope {
    fn to_json(&self) -> Option<Value> {
        match self {
            Scope::Unset => None,
            Scope::Project(project) => Some(json!({"project": project.to_json()})),
            Scope::System => Some(json!({"system": {"all": true}})),
            Scope::Trust(id) => Some(json!({"OS-TRUST:trust": {"id": id}})),
        }
    }
}

/// How the service says who it is.
#[derive(Clone, Debug)]
pub enum Credentials {
    Password {
        user: Subject,
        password: Secret,
        scope: Scope,
    },
    /// By id, or by name with the user it belongs to.
    Application {
        id: Option<String>,
        name: Option<String>,
        user: Subject,
        secret: Secret,
    },
}

impl Credentials {
    /// The body of a request for a token, for another scope than the own if one is given.
    pub(super) fn request(&self, scope: Option<&Scope>) -> Value {
        match self {
            Credentials::Password {
                user,
                password,
                scope: own,
            } => {
                let mut user = user.to_json();
                user["password"] = json!(password.expose());
                let identity = json!({"methods": ["password"], "password": {"user": user}});
                match scope.unwrap_or(own).to_json() {
                    Some(scope) => json!({"auth": {"identity": identity, "scope": scope}}),
                    None => json!({"auth": {"identity": identity}}),
                }
            }
            Credentials::Application { id, name, user, secret } => {
                let credential = match id {
                    Some(id) => json!({"id": id, "secret": secret.expose()}),
                    None => json!({"name": name, "secret": secret.expose(), "user": user.to_json()}),
                };
                let identity = json!({"methods": ["application_credential"], "application_credential": credential});
                json!({"auth": {"identity": identity}})
            }
        }
    }
}

/// Where Keystone is and who the service is there.
#[derive(Clone, Debug)]
pub struct Options {
    /// Addresses, tried in turn; the one that answered last comes first. `/v3` is added where it lacks.
    pub urls: Vec<String>,
    pub credentials: Credentials,
    /// Rounds through the addresses.
    pub attempts: u32,
    pub http: client::Options,
}

/// Why Keystone did not do something.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    #[error("no answer: {0}")]
    Away(String),
    #[error("the service's own credentials are refused: {0}")]
    Credentials(String),
    #[error("refused with status {status}: {text}")]
    Refused { status: u16, text: String },
}

/// A token of the service.
#[derive(Clone, Debug)]
struct Own {
    token: Secret,
    renew_at: Instant,
    user_id: Option<String>,
}

/// Talks to Keystone.
pub struct Session {
    client: Client,
    urls: Vec<String>,
    /// The address that answered last: one that hangs costs its time once, not with each call.
    preferred: AtomicUsize,
    credentials: Credentials,
    attempts: u32,
    own: RwLock<Option<Own>>,
    renewing: tokio::sync::Mutex<()>,
}

impl Session {
    /// # Errors
    /// TLS files that cannot be used, or no address; the text is for the user.
    pub fn new(options: Options) -> Result<Session, String> {
        if options.urls.is_empty() {
            return Err("no address of Keystone".to_owned());
        }
        Ok(Session {
            client: Client::new(&options.http)?,
            urls: options.urls.iter().map(|url| with_version(url)).collect(),
            preferred: AtomicUsize::new(0),
            credentials: options.credentials,
            attempts: options.attempts.max(1),
            own: RwLock::new(None),
            renewing: tokio::sync::Mutex::new(()),
        })
    }

    /// The first address, with `/v3`.
    pub fn url(&self) -> &str {
        &self.urls[0]
    }

    /// Calls Keystone with the own token; a refused token is renewed once.
    ///
    /// # Errors
    /// No answer, or an own account that is refused. Other statuses are for the caller.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let own = self.own(None).await?;
        let answer = self.send_as(&own, &method, path, headers, body).await?;
        if answer.status.as_u16() != 401 {
            return Ok(answer);
        }
        // Once: a token that was made just now and is refused too tells nothing new.
        let fresh = self.own(Some(&own.token)).await?;
        let answer = self.send_as(&fresh, &method, path, headers, body).await?;
        if answer.status.as_u16() == 401 {
            let user = fresh.user_id.unwrap_or_default();
            return Err(Failure::Credentials(format!("a new token of {user} is refused")));
        }
        Ok(answer)
    }

    async fn send_as(
        &self,
        own: &Own,
        method: &Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let mut all = vec![("x-auth-token", own.token.expose())];
        all.extend_from_slice(headers);
        self.send(method, path, &all, body).await
    }

    /// The id of the service's user.
    pub async fn user_id(&self) -> Result<String, Failure> {
        let own = self.own(None).await?;
        own.user_id
            .ok_or_else(|| Failure::Credentials("the own token names no user".to_owned()))
    }

    /// A token for another scope with the own credentials: the token and what Keystone says about it.
    pub async fn token_for(&self, scope: &Scope) -> Result<(Secret, Value), Failure> {
        let answer = self
            .send(
                &Method::POST,
                "/auth/tokens",
                &[],
                Some(&self.credentials.request(Some(scope))),
            )
            .await?;
        token_in(&answer)
    }

    /// A call with whatever token the headers have.
    pub async fn send(
        &self,
        method: &Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let bytes = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let mut all = vec![("accept", "application/json"), ("user-agent", "mistral")];
        if body.is_some() {
            all.push(("content-type", "application/json"));
        }
        all.extend_from_slice(headers);
        let mut last = String::new();
        for attempt in 0..self.attempts {
            if attempt > 0 {
                tokio::time::sleep(PAUSE * attempt).await;
            }
            let first = self.preferred.load(Ordering::Relaxed);
            for number in (0..self.urls.len()).map(|n| (first + n) % self.urls.len()) {
                let url = &self.urls[number];
                match self
                    .client
                    .send(method.clone(), &format!("{url}{path}"), &all, bytes.clone())
                    .await
                {
                    Ok(answer) if answer.status.is_server_error() || answer.status.as_u16() == 429 => {
                        last = format!("{url}: status {}", answer.status.as_u16());
                    }
                    Ok(answer) => {
                        self.preferred.store(number, Ordering::Relaxed);
                        return Ok(answer);
                    }
                    Err(error) => last = error.to_string(),
                }
            }
        }
        Err(Failure::Away(last))
    }

    /// The own token; another one than `refused`.
    async fn own(&self, refused: Option<&Secret>) -> Result<Own, Failure> {
        let usable = |own: &Own| Instant::now() < own.renew_at && Some(&own.token) != refused;
        if let Some(own) = self.own.read().clone().filter(usable) {
            return Ok(own);
        }
        let _one_at_a_time = self.renewing.lock().await;
        if let Some(own) = self.own.read().clone().filter(usable) {
            return Ok(own);
        }
        let answer = self
            .send(
                &Method::POST,
                "/auth/tokens",
                &[],
                Some(&self.credentials.request(None)),
            )
            .await?;
        let (token, body) = token_in(&answer)?;
        let own = Own {
            token,
            renew_at: renewal(body["expires_at"].as_str()),
            user_id: body["user"]["id"].as_str().map(str::to_owned),
        };
        *self.own.write() = Some(own.clone());
        Ok(own)
    }
}

/// The token in an answer to a request for one.
pub(super) fn token_in(answer: &Answer) -> Result<(Secret, Value), Failure> {
    let token = answer
        .headers
        .get("x-subject-token")
        .and_then(|value| value.to_str().ok());
    let body = answer.json().map(|mut body| body["token"].take());
    match (answer.status.is_success(), token, body) {
        (true, Some(token), Some(body)) => Ok((Secret::new(token), body)),
        _ if answer.status.as_u16() == 401 => Err(Failure::Credentials(text_of(answer))),
        _ => Err(Failure::Refused {
            status: answer.status.as_u16(),
            text: text_of(answer),
        }),
    }
}

/// What Keystone says went wrong.
pub(super) fn text_of(answer: &Answer) -> String {
    let message = answer
        .json()
        .and_then(|body| Some(body["error"]["message"].as_str()?.to_owned()));
    message.unwrap_or_else(|| format!("status {}", answer.status.as_u16()))
}

/// When a token that ends then is replaced: some time before, or after half its life if that is short.
fn renewal(expires_at: Option<&str>) -> Instant {
    let end: Option<Timestamp> = expires_at.and_then(|text| text.parse().ok());
    let left = end.map_or(0, |end| end.as_second() - Timestamp::now().as_second());
    let left = Duration::from_secs(u64::try_from(left).unwrap_or(0));
    Instant::now() + left.saturating_sub(RENEW_BEFORE).max(left / 2)
}

/// An address with the version of the API that is spoken here.
fn with_version(url: &str) -> String {
    let url = url.trim().trim_end_matches('/');
    let base = url
        .strip_suffix("/v2.0")
        .or_else(|| url.strip_suffix("/v3"))
        .unwrap_or(url);
    format!("{base}/v3")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_get_the_version_that_is_spoken() {
        for url in [
            "http://k:5000",
            "http://k:5000/",
            "http://k:5000/v3",
            "http://k:5000/v3/",
            "http://k:5000/v2.0",
        ] {
            assert_eq!(with_version(url), "http://k:5000/v3");
        }
        assert_eq!(with_version(" https://k/identity "), "https://k/identity/v3");
    }

    #[test]
    fn tokens_are_renewed_in_time() {
        let left = |seconds: i64| {
            let end = Timestamp::from_second(Timestamp::now().as_second() + seconds).unwrap();
            renewal(Some(&end.to_string()))
                .saturating_duration_since(Instant::now())
                .as_secs()
        };
        assert!((3_478..=3_480).contains(&left(3_600)));
        assert!((28..=30).contains(&left(60)));
        assert_eq!(left(-60), 0);
    }

    #[test]
    fn credentials_are_not_shown() {
        let credentials = Credentials::Password {
            user: Subject::default(),
            password: Secret::new("hidden"),
            scope: Scope::Unset,
        };
        assert!(!format!("{credentials:?}").contains("hidden"));
        assert_eq!(
            credentials.request(None)["auth"]["identity"]["password"]["user"]["password"],
            "hidden"
        );
    }
}
