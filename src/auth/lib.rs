//! Who the caller is and what they may do.
//!
//! * [`Authenticator`]: from the headers of a request to an [`Identity`]; one implementation for each kind of identity service.
//! * `keystone`: OpenStack's identity service.
//! * `oidc`: Keycloak, and providers of OpenID Connect.
//! * `policy`: the rules.
//! * `seal`: secrets in the database.
//! * `sign_in`: how people get a token through this service.
//! * `tokens`: tokens in a file, for teams without an identity service.
//! * `client`: HTTP for identity services.

pub mod client;
mod identity;
pub mod keystone;
pub mod oidc;
pub mod policy;
pub mod seal;
pub mod sign_in;
pub mod tokens;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

pub use identity::{AdminRoles, Identity, Secret, Service, Token};
pub use sign_in::SignIn;

/// The project that owns everything when authentication is off.
pub const DEFAULT_PROJECT: &str = "<default-project>";

/// Longest token that is looked at, bytes. Keystone's are below 300 bytes, tokens of OpenID Connect with many roles a few KB.
pub const MAX_TOKEN: usize = 16 << 10;

/// Why somebody is not let in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 401; the text never has the token in it.
    #[error("Failed to validate access token: {0}")]
    Unauthenticated(String),
    /// 503: who could tell does not answer.
    #[error("The identity service is not available at the moment.")]
    Unavailable { retry_after: Duration },
}

impl Refusal {
    /// No token was sent.
    pub fn missing() -> Refusal {
        Refusal::Unauthenticated("Authentication required".to_owned())
    }

    /// A token was sent, but it is none, or none any more.
    pub fn invalid() -> Refusal {
        Refusal::Unauthenticated("Auth token is invalid".to_owned())
    }
}

/// What [`Authenticator::authenticate`] gives.
pub type Authentication<'a> = Pin<Box<dyn Future<Output = Result<Arc<Identity>, Refusal>> + Send + 'a>>;

/// What was sent, as far as it tells who sent it.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: &'a HeaderMap,
}

/// Tells who a caller is.
pub trait Authenticator: Send + Sync {
    /// Who sent a request. Headers of identity that a client sends itself mean nothing.
    fn authenticate<'a>(&'a self, sent: Sent<'a>) -> Authentication<'a>;

    /// `WWW-Authenticate` of refusals: where to get a token.
    fn challenge(&self) -> Option<String> {
        None
    }

    /// How people get a token through this service, if they can.
    fn people(&self) -> Option<&dyn SignIn> {
        None
    }
}

/// The token in `X-Auth-Token`, `X-Storage-Token`, or `Authorization: Bearer`.
///
/// # Errors
/// No token, and texts that can be none.
pub fn token_of(headers: &HeaderMap) -> Result<&str, Refusal> {
    let sent = |name: &str| headers.get(name).filter(|value| !value.is_empty());
    let token = match sent("x-auth-token").or_else(|| sent("x-storage-token")) {
        Some(value) => value.to_str().map_err(|_| Refusal::invalid())?.trim(),
        None => {
            let value = sent("authorization").ok_or_else(Refusal::missing)?;
            let value = value.to_str().map_err(|_| Refusal::invalid())?;
            match value.split_once(' ') {
                Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
                _ => return Err(Refusal::missing()),
            }
        }
    };
    let is_possible = !token.is_empty() && token.len() <= MAX_TOKEN && token.bytes().all(|b| b.is_ascii_graphic());
    is_possible.then_some(token).ok_or_else(Refusal::invalid)
}

/// Everybody is let in: authentication is off.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// Roles of everybody; none: those in `X-Roles`.
    pub roles: Option<Vec<String>>,
    pub admin_roles: AdminRoles,
}

impl Authenticator for Open {
    fn authenticate<'a>(&'a self, sent: Sent<'a>) -> Authentication<'a> {
        let identity = match &self.roles {
            Some(roles) => Identity::without_authentication(Some(&roles.join(",")), &self.admin_roles),
            None => {
                let claimed = sent.headers.get("x-roles").and_then(|roles| roles.to_str().ok());
                Identity::without_authentication(claimed, &self.admin_roles)
            }
        };
        Box::pin(std::future::ready(Ok(Arc::new(identity))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn tokens_are_found_where_clients_put_them() {
        assert_eq!(token_of(&headers(&[("x-auth-token", "t")])).unwrap(), "t");
        assert_eq!(token_of(&headers(&[("x-storage-token", "s")])).unwrap(), "s");
        assert_eq!(token_of(&headers(&[("authorization", "bearer b")])).unwrap(), "b");
        assert_eq!(token_of(&headers(&[])), Err(Refusal::missing()));
        assert_eq!(
            token_of(&headers(&[("authorization", "Basic b")])),
            Err(Refusal::missing())
        );
        assert_eq!(token_of(&headers(&[("x-auth-token", "a b")])), Err(Refusal::invalid()));
        let long = "x".repeat(MAX_TOKEN + 1);
        assert_eq!(token_of(&headers(&[("x-auth-token", &long)])), Err(Refusal::invalid()));
    }

    #[tokio::test]
    async fn roles_are_believed_only_where_nothing_else_is_said() {
        let headers = headers(&[("x-roles", "admin")]);
        let sent = Sent {
            method: "GET",
            path: "/v2/workflows",
            headers: &headers,
        };
        assert!(Open::default().authenticate(sent).await.unwrap().is_admin);
        let fixed = Open {
            roles: Some(vec!["member".to_owned()]),
            ..Open::default()
        };
        assert!(!fixed.authenticate(sent).await.unwrap().is_admin);
    }
}
