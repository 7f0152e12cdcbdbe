//! What Keystone says about a token.

use std::sync::Arc;

use jiff::Timestamp;
use mistral_model::Str;
use serde::Deserialize;

use super::super::identity::{AdminRoles, Identity, Secret, Token};
use super::rules::AccessRule;

/// A valid token.
#[derive(Debug)]
pub struct Validated {
    pub identity: Arc<Identity>,
    pub expires_at: Timestamp,
    /// What the token may be used for; none: everything.
    pub access_rules: Option<Vec<AccessRule>>,
}

#[derive(Deserialize)]
struct Body {
    user: Named,
    project: Option<Named>,
    domain: Option<Id>,
    system: Option<System>,
    #[serde(default)]
    roles: Vec<Role>,
    expires_at: Timed,
    is_admin_project: Option<bool>,
    #[serde(rename = "OS-TRUST:trust")]
    trust: Option<Id>,
    application_credential: Option<ApplicationCredential>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: Option<String>,
    domain: Option<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Deserialize)]
struct Role {
    name: String,
}

#[derive(Deserialize)]
struct System {
    #[serde(default)]
    all: bool,
}

#[derive(Deserialize)]
struct ApplicationCredential {
    access_rules: Option<Vec<AccessRule>>,
}

/// A time, as it was written and as it was meant.
struct Timed(String, Timestamp);

impl<'de> Deserialize<'de> for Timed {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Timed, D::Error> {
        let text = String::deserialize(from)?;
        let time = text.parse().map_err(serde::de::Error::custom)?;
        Ok(Timed(text, time))
    }
}

impl Validated {
    /// Reads the answer to a question about `token`.
    pub fn parse(answer: &[u8], token: &str, admin_roles: &AdminRoles) -> Option<Validated> {
        let mut answer: serde_json::Value = serde_json::from_slice(answer).ok()?;
        let whole = answer.get_mut("token")?.take();
        let body = Body::deserialize(&whole).ok()?;
        let text = |text: &Option<String>| text.as_deref().map(Str::from);
        let domain = |named: &Named| named.domain.as_ref().map(|domain| Str::from(domain.id.as_str()));
        let roles: Vec<Str> = body.roles.iter().map(|role| role.name.as_str().into()).collect();
        let identity = Identity {
            project_id: body.project.as_ref().map(|project| project.id.as_str().into()),
            project_name: body.project.as_ref().and_then(|project| text(&project.name)),
            project_domain_id: body.project.as_ref().and_then(domain),
            user_id: Some(body.user.id.as_str().into()),
            user_name: text(&body.user.name),
            user_domain_id: domain(&body.user),
            domain_id: body.domain.as_ref().map(|domain| domain.id.as_str().into()),
            system_scope: body.system.filter(|system| system.all).map(|_| "all".into()),
            is_admin: admin_roles.include(&roles),
            roles,
            is_admin_project: body.is_admin_project,
            is_authenticated: true,
            service: None,
            token: Some(Token {
                text: Secret::new(token),
                expires_at: Some(body.expires_at.0.as_str().into()),
                body: Some(whole.to_string().into()),
                trust_id: body.trust.map(|trust| trust.id.as_str().into()),
            }),
        };
        Some(Validated {
            identity: Arc::new(identity),
            expires_at: body.expires_at.1,
            access_rules: body
                .application_credential
                .and_then(|credential| credential.access_rules),
        })
    }
}
