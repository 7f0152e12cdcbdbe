//! Tokens for people who show a password or an application credential, and for another project.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use super::session::token_in;
use super::{Credentials, Failure, Keystone, Scope, Subject};
use crate::identity::Secret;
use crate::sign_in::{self, Project, Shown, SignIn, SignedIn, SigningIn};

/// Projects that are told.
const MOST: usize = 200;

const AWAY_FOR: Duration = Duration::from_secs(5);

impl SignIn for Keystone {
    fn ways(&self) -> &'static [&'static str] {
        &["password", "application_credential"]
    }

    fn sign_in(&self, shown: Shown) -> SigningIn<'_> {
        Box::pin(async move {
            let (token, mut body) = self.show(&shown).await?;
            let projects = self.projects(&token).await;
            if body["project"].is_null()
                && let [only] = projects.as_slice()
            {
                let again = Shown::Token {
                    token: token.clone(),
                    project: only.id.clone(),
                };
                let (token, of_project) = self.show(&again).await?;
                body = of_project;
                return Ok(signed_in(token, &body, projects));
            }
            Ok(signed_in(token, &body, projects))
        })
    }

    fn leave(&self, token: Secret) -> SigningIn<'_, ()> {
        Box::pin(async move {
            let headers = [("x-auth-token", token.expose()), ("x-subject-token", token.expose())];
            let gone = self.session.send(&Method::DELETE, "/auth/tokens", &headers, None).await;
            self.forget(token.expose()).await;
            gone.map(|_| ()).map_err(failure)
        })
    }
}

impl Keystone {
    async fn show(&self, shown: &Shown) -> Result<(Secret, Value), sign_in::Failure> {
        let request = request(shown);
        let answer = self
            .session
            .send(&Method::POST, "/auth/tokens", &[], Some(&request))
            .await;
        token_in(&answer.map_err(failure)?).map_err(failure)
    }

    /// What the owner of a token may act in; none where Keystone does not say.
    async fn projects(&self, token: &Secret) -> Vec<Project> {
        let headers = [("x-auth-token", token.expose())];
        let answer = self.session.send(&Method::GET, "/auth/projects", &headers, None).await;
        let found = answer.ok().filter(|answer| answer.status.is_success());
        let body = found.and_then(|answer| answer.json()).unwrap_or_default();
        let listed = body["projects"].as_array().map_or(&[][..], Vec::as_slice);
        listed.iter().filter_map(project_in).take(MOST).collect()
    }
}

fn request(shown: &Shown) -> Value {
    match shown {
        Shown::Password {
            user,
            domain,
            password,
            project,
        } => {
            let named = |name: &str| Subject {
                name: Some(name.to_owned()),
                domain_name: Some(domain.clone().unwrap_or_else(|| "Default".to_owned())),
                ..Subject::default()
            };
            let scope = project
                .as_deref()
                .map_or(Scope::Unset, |name| Scope::Project(named(name)));
            let credentials = Credentials::Password {
                user: named(user),
                password: password.clone(),
                scope,
            };
            credentials.request(None)
        }
        Shown::Application { id, secret } => {
            let credentials = Credentials::Application {
                id: Some(id.clone()),
                name: None,
                user: Subject::default(),
                secret: secret.clone(),
            };
            credentials.request(None)
        }
        Shown::Token { token, project } => json!({"auth": {
            "identity": {"methods": ["token"], "token": {"id": token.expose()}},
            "scope": {"project": {"id": project}},
        }}),
    }
}

fn project_in(value: &Value) -> Option<Project> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let id = text("id")?;
    Some(Project {
        name: text("name").unwrap_or_else(|| id.clone()),
        id,
    })
}

fn signed_in(token: Secret, body: &Value, projects: Vec<Project>) -> SignedIn {
    SignedIn {
        token,
        expires_at: body["expires_at"].as_str().map(str::to_owned),
        project: project_in(&body["project"]),
        projects,
    }
}

fn failure(failure: Failure) -> sign_in::Failure {
    match failure {
        Failure::Away(why) => {
            tracing::error!("Keystone cannot be asked: {why}");
            sign_in::Failure::Away { retry_after: AWAY_FOR }
        }
        // Keystone's own words tell nobody which of user and password was wrong.
        Failure::Credentials(text) | Failure::Refused { text, .. } => sign_in::Failure::Refused(text),
    }
}
