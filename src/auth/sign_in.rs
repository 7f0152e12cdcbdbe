//! How people get a token through this service, where they have none yet: the browser talks to nobody else.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use super::identity::Secret;

/// A project that somebody may act in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    pub id: String,
    pub name: String,
}

/// What a sign-in gives.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub token: Secret,
    /// As the identity service says it.
    pub expires_at: Option<String>,
    /// What the token is for; none: a project has to be chosen.
    pub project: Option<Project>,
    /// What else it could be for, as far as the service tells.
    pub projects: Vec<Project>,
}

/// What somebody shows.
#[derive(Clone, Debug)]
pub enum Shown {
    Password {
        user: String,
        /// Name of the user's domain; none: `Default`.
        domain: Option<String>,
        password: Secret,
        /// Name or id of a project of that domain.
        project: Option<String>,
    },
    Application {
        id: String,
        secret: Secret,
    },
    /// A token that is good, to be changed for one of another project.
    Token {
        token: Secret,
        project: String,
    },
}

/// A sign-in that goes over the pages of the provider (the code flow of OpenID Connect, with PKCE).
#[derive(Clone, Debug)]
pub struct Journey {
    /// Where the provider sends the browser back.
    pub redirect_uri: String,
    pub state: String,
    pub nonce: String,
    /// Of PKCE; its hash goes first, itself with the code.
    pub verifier: String,
    /// Of Keycloak, where a realm is a project.
    pub realm: Option<String>,
}

/// Why somebody is not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// 401.
    #[error("{0}")]
    Refused(String),
    /// 400: there is no such way here.
    #[error("{0}")]
    Impossible(String),
    /// 503.
    #[error("The identity service is not available at the moment.")]
    Away { retry_after: Duration },
}

pub type SigningIn<'a, T = SignedIn> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// What an identity service offers to people. Everything that it does not offer is impossible.
pub trait SignIn: Send + Sync {
    /// Names of what may be shown: `password`, `application_credential`, `oidc`.
    fn ways(&self) -> &'static [&'static str];

    fn sign_in(&self, _: Shown) -> SigningIn<'_> {
        Box::pin(std::future::ready(Err(impossible())))
    }

    /// The token is given back: it is good for nothing any more, where that can be.
    fn leave(&self, _: Secret) -> SigningIn<'_, ()> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// The address at the provider to send the browser to.
    fn begin<'a>(&'a self, _: &'a Journey) -> SigningIn<'a, String> {
        Box::pin(std::future::ready(Err(impossible())))
    }

    /// The browser is back, with a code.
    fn finish<'a>(&'a self, _: &'a Journey, _code: &'a str) -> SigningIn<'a> {
        Box::pin(std::future::ready(Err(impossible())))
    }
}

fn impossible() -> Failure {
    Failure::Impossible("Nobody can sign in here in this way.".to_owned())
}
