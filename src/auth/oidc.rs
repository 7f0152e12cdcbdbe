//! OpenID Connect: tokens that their issuer has signed. Keycloak as upstream means it (a realm is a project), and any other
//! provider, with claims of the operator's choice.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Method;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use mistral_model::Str;
use moka::future::Cache;
use parking_lot::RwLock;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::client::Client;
use super::identity::{AdminRoles, Identity, Secret, Token};
use super::{Authentication, Authenticator, Refusal, Sent, SignIn, token_of};

mod login;

/// How far clocks may be apart, in seconds.
const LEEWAY: u64 = 30;

/// Age at which keys are fetched again.
const KEYS_AGE: Duration = Duration::from_secs(600);

/// Time between two attempts to fetch keys, whatever tokens name.
const KEYS_PAUSE: Duration = Duration::from_secs(10);

/// Issuers whose keys are remembered: Keycloak has one for each realm.
const MAX_ISSUERS: usize = 32;

/// How long the answer about a token is believed where Keycloak is asked about each.
const USER_INFO_AGE: Duration = Duration::from_secs(30);

/// Who issues tokens.
#[derive(Clone, Debug)]
pub enum Provider {
    /// One issuer, which tells where its keys are unless that is said here.
    Issuer { issuer: String, keys_url: Option<String> },
    /// All realms of a Keycloak; `%s` stands for the realm.
    Keycloak {
        /// Its URL, without a slash at the end.
        url: String,
        keys_path: String,
        /// The issuer that tokens must name; none: the realm below the URL.
        issuer: Option<String>,
        /// Asked about every token instead of checking its signature here.
        user_info_url: Option<String>,
    },
}

/// Where in a token it says what; names of members, joined by dots.
#[derive(Clone, Debug)]
pub struct Claims {
    pub project: String,
    pub user_id: String,
    pub user_name: String,
    /// A list, or names separated by spaces.
    pub roles: String,
}

/// How tokens are believed.
#[derive(Clone, Debug)]
pub struct Options {
    pub provider: Provider,
    /// Whom tokens must be meant for; empty: anybody.
    pub audience: Vec<String>,
    /// Names of signature algorithms.
    pub algorithms: Vec<String>,
    pub claims: Claims,
    pub admin_roles: AdminRoles,
    /// How people sign in through this service; none: they bring their token.
    pub login: Option<Login>,
}

/// This service as a client of the provider.
#[derive(Clone, Debug)]
pub struct Login {
    pub client_id: String,
    /// Of confidential clients.
    pub client_secret: Option<Secret>,
    /// Names separated by spaces.
    pub scopes: String,
}

/// Names of the algorithms that can be used: signatures with a key pair, never a shared secret.
pub const ALGORITHMS: [&str; 9] = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA",
];

/// The keys of an issuer.
struct Keys {
    fetched: Instant,
    keys: Vec<(Option<String>, DecodingKey)>,
}

/// Tells callers by tokens of OpenID Connect.
pub struct Oidc {
    options: Options,
    algorithms: Vec<Algorithm>,
    client: Client,
    keys: RwLock<HashMap<String, Arc<Keys>>>,
    /// When keys were last looked for, by issuer; held by whoever is looking.
    looking: tokio::sync::Mutex<HashMap<String, Instant>>,
    asked: Cache<[u8; 32], bool>,
}

impl Oidc {
    /// # Errors
    /// An algorithm that cannot be used.
    pub fn new(options: Options, client: Client) -> Result<Oidc, String> {
        let algorithm = |name: &String| {
            let known = ALGORITHMS.contains(&name.as_str());
            let parsed = name.parse::<Algorithm>().ok().filter(|_| known);
            parsed.ok_or_else(|| format!("algorithms: {name} is none of {}", ALGORITHMS.join(", ")))
        };
        Ok(Oidc {
            algorithms: options.algorithms.iter().map(algorithm).collect::<Result<_, _>>()?,
            client,
            keys: RwLock::new(HashMap::new()),
            looking: tokio::sync::Mutex::new(HashMap::new()),
            asked: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(USER_INFO_AGE)
                .build(),
            options,
        })
    }

    async fn find(&self, sent: Sent<'_>) -> Result<Arc<Identity>, Refusal> {
        let token = match (token_of(sent.headers), &self.options.provider) {
            (Err(refusal), Provider::Keycloak { .. }) if refusal == Refusal::missing() => {
                let text = "Auth token must be provided in 'X-Auth-Token' header.";
                return Err(Refusal::Unauthenticated(text.to_owned()));
            }
            (token, _) => token?,
        };
        match &self.options.provider {
            Provider::Issuer { issuer, .. } => {
                let claims = self.verified(token, issuer).await?;
                self.identity(token, &claims, None)
            }
            Provider::Keycloak {
                url,
                issuer,
                user_info_url,
                ..
            } => {
                let claims = unverified(token).ok_or_else(Refusal::invalid)?;
                let named = claims["iss"].as_str().unwrap_or_default().to_owned();
                let realm = named
                    .rsplit_once("/realms/")
                    .map(|(_, realm)| realm)
                    .filter(|realm| is_name(realm));
                let realm = realm.ok_or_else(Refusal::invalid)?;
                // A token does not choose whom we ask about it.
                let expected = match issuer {
                    Some(template) => template.replace("%s", realm),
                    None => format!("{url}/realms/{realm}"),
                };
                if named != expected {
                    return Err(Refusal::invalid());
                }
                let claims = match user_info_url {
                    Some(template) => {
                        self.ask(token, &template.replace("%s", realm)).await?;
                        claims
                    }
                    None => self.verified(token, &named).await?,
                };
                self.identity(token, &claims, Some(realm))
            }
        }
    }

    /// Has Keycloak say whether a token is good.
    async fn ask(&self, token: &str, url: &str) -> Result<(), Refusal> {
        let key: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let asked = self.asked.try_get_with(key, async {
            let bearer = format!("Bearer {token}");
            let headers = [("authorization", bearer.as_str()), ("accept", "application/json")];
            match self.client.send(Method::GET, url, &headers, Bytes::new()).await {
                Ok(answer) if answer.status.is_server_error() => Err(unavailable(&answer.status)),
                Ok(answer) => Ok(answer.status.is_success()),
                Err(error) => Err(unavailable(&error)),
            }
        });
        match asked.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Refusal::invalid()),
            Err(refusal) => Err((*refusal).clone()),
        }
    }

    /// The claims of a token whose signature, issuer, audience and times are right.
    async fn verified(&self, token: &str, issuer: &str) -> Result<Value, Refusal> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::invalid())?;
        if !self.algorithms.contains(&header.alg) {
            return Err(Refusal::invalid());
        }
        let mut validation = Validation::new(header.alg);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        validation.set_required_spec_claims(&["exp", "iss"]);
        validation.set_issuer(&[issuer]);
        match self.options.audience.as_slice() {
            [] => validation.validate_aud = false,
            audience => {
                validation.set_required_spec_claims(&["exp", "iss", "aud"]);
                validation.set_audience(audience);
            }
        }
        let keys = self.keys(issuer, header.kid.as_deref()).await?;
        let fitting = keys
            .keys
            .iter()
            .filter(|(kid, _)| header.kid.is_none() || *kid == header.kid);
        for (_, key) in fitting {
            if let Ok(data) = jsonwebtoken::decode::<Value>(token, key, &validation) {
                return Ok(data.claims);
            }
        }
        Err(Refusal::invalid())
    }

    /// The keys of an issuer: those known, unless they are old or lack the one that a token names.
    async fn keys(&self, issuer: &str, kid: Option<&str>) -> Result<Arc<Keys>, Refusal> {
        let fits = |keys: &Arc<Keys>| {
            let has = kid.is_none_or(|kid| keys.keys.iter().any(|(known, _)| known.as_deref() == Some(kid)));
            has && keys.fetched.elapsed() < KEYS_AGE
        };
        let known = self.keys.read().get(issuer).cloned();
        if let Some(keys) = known.as_ref().filter(|keys| fits(keys)) {
            return Ok(keys.clone());
        }
        let mut looking = self.looking.lock().await;
        let known = self.keys.read().get(issuer).cloned();
        if let Some(keys) = known.as_ref().filter(|keys| fits(keys)) {
            return Ok(keys.clone());
        }
        if looking.get(issuer).is_some_and(|last| last.elapsed() < KEYS_PAUSE) {
            return known.ok_or_else(|| unavailable(&"keys could not be fetched just before"));
        }
        if looking.len() >= MAX_ISSUERS {
            looking.clear();
            self.keys.write().clear();
        }
        looking.insert(issuer.to_owned(), Instant::now());
        match self.fetch(issuer).await {
            Ok(keys) => {
                let keys = Arc::new(keys);
                self.keys.write().insert(issuer.to_owned(), keys.clone());
                Ok(keys)
            }
            // Old keys are better than none.
            Err(error) => {
                tracing::error!(issuer, "keys of tokens cannot be fetched: {error}");
                known.ok_or_else(|| unavailable(&error))
            }
        }
    }

    async fn fetch(&self, issuer: &str) -> Result<Keys, String> {
        let url = match &self.options.provider {
            Provider::Issuer {
                keys_url: Some(url), ..
            } => url.clone(),
            Provider::Issuer { .. } => {
                let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
                let found = self.get(&url).await?;
                if found["issuer"].as_str() != Some(issuer) {
                    return Err(format!("{url} speaks for another issuer: {}", found["issuer"]));
                }
                let keys = found["jwks_uri"].as_str();
                keys.ok_or_else(|| format!("{url} names no jwks_uri"))?.to_owned()
            }
            Provider::Keycloak { url, keys_path, .. } => {
                let realm = issuer.rsplit_once("/realms/").map_or("", |(_, realm)| realm);
                let path = keys_path.replace("%s", realm);
                if path.starts_with("http") {
                    path
                } else {
                    format!("{url}{path}")
                }
            }
        };
        let mut found = self.get(&url).await?;
        // A key of a kind that is not known here must not hide the others.
        let keys = found["keys"].as_array_mut().map(std::mem::take).unwrap_or_default();
        let keys = keys
            .into_iter()
            .filter_map(|key| serde_json::from_value::<Jwk>(key).ok())
            .collect();
        let keys = usable(&JwkSet { keys });
        if keys.is_empty() {
            return Err(format!("{url} has no usable key"));
        }
        Ok(Keys {
            fetched: Instant::now(),
            keys,
        })
    }

    async fn get(&self, url: &str) -> Result<Value, String> {
        let headers = [("accept", "application/json")];
        let answer = self.client.send(Method::GET, url, &headers, Bytes::new()).await;
        let answer = answer.map_err(|error| error.to_string())?;
        match answer.json().filter(|_| answer.status.is_success()) {
            Some(json) => Ok(json),
            None => Err(format!("{url}: status {}", answer.status.as_u16())),
        }
    }

    fn identity(&self, token: &str, claims: &Value, realm: Option<&str>) -> Result<Arc<Identity>, Refusal> {
        let names = &self.options.claims;
        let text = |name: &str| member(claims, name).and_then(Value::as_str).map(Str::from);
        let project = match realm {
            Some(realm) => Some(Str::from(realm)),
            None => text(&names.project),
        };
        let roles = roles_in(member(claims, &names.roles));
        Ok(Arc::new(Identity {
            project_id: project.clone(),
            project_name: project,
            user_id: text(&names.user_id),
            user_name: text(&names.user_name),
            is_admin: self.options.admin_roles.include(&roles),
            roles,
            is_authenticated: true,
            token: Some(Token {
                text: Secret::new(token),
                expires_at: claims["exp"].as_i64().map(|end| end.to_string().into()),
                body: None,
                trust_id: None,
            }),
            ..Identity::default()
        }))
    }
}

fn unavailable(why: &dyn std::fmt::Display) -> Refusal {
    tracing::error!("the provider of identities cannot be asked: {why}");
    Refusal::Unavailable {
        retry_after: Duration::from_secs(5),
    }
}

fn usable(set: &JwkSet) -> Vec<(Option<String>, DecodingKey)> {
    let keys = set.keys.iter();
    keys.filter_map(|key| Some((key.common.key_id.clone(), DecodingKey::from_jwk(key).ok()?)))
        .collect()
}

/// The claims of a token that nobody has checked yet.
fn unverified(token: &str) -> Option<Value> {
    use base64::Engine as _;
    let middle = token.split('.').nth(1)?;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(middle).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Whether a text can be the name of a realm: it becomes part of URLs.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 128 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// A member by its path. A name with dots of its own is tried first.
fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    if let Some(found) = value.get(path) {
        return Some(found);
    }
    path.split('.').try_fold(value, |value, name| value.get(name))
}

fn roles_in(claim: Option<&Value>) -> Vec<Str> {
    match claim {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(Str::from).collect(),
        Some(Value::String(names)) => names
            .split([' ', ','])
            .filter(|name| !name.is_empty())
            .map(Str::from)
            .collect(),
        _ => Vec::new(),
    }
}

impl Authenticator for Oidc {
    fn authenticate<'a>(&'a self, sent: Sent<'a>) -> Authentication<'a> {
        Box::pin(self.find(sent))
    }

    fn challenge(&self) -> Option<String> {
        Some("Bearer realm=\"mistral\"".to_owned())
    }

    fn people(&self) -> Option<&dyn SignIn> {
        self.options.login.is_some().then_some(self as &dyn SignIn)
    }
}

#[cfg(test)]
mod tests;
