//! Trusts: a user lets the service act for them later, as triggers must.

use http::Method;
use serde_json::{Value, json};

use super::super::identity::{Identity, Secret};
use super::session::{Failure, Scope, Session, text_of};

/// A token made from a trust.
#[derive(Debug)]
pub struct TrustToken {
    pub token: Secret,
    /// What Keystone says about it.
    pub body: Value,
}

impl Session {
    /// Has the caller trust the service with their roles in their project, until it is deleted. Gives the trust's id.
    ///
    /// # Errors
    /// A Keystone that is away or refuses: tokens that came from a trust cannot make another.
    pub async fn create_trust(&self, caller: &Identity) -> Result<String, Failure> {
        let token = caller.token.as_ref().map_or("", |token| token.text.expose());
        let roles: Vec<Value> = caller.roles.iter().map(|role| json!({"name": &**role})).collect();
        let trust = json!({"trust": {
            "trustor_user_id": caller.user_id.as_deref(),
            "trustee_user_id": self.user_id().await?,
            "project_id": caller.project_id.as_deref(),
            "impersonation": true,
            "roles": roles,
        }});
        let headers = [("x-auth-token", token)];
        let answer = self
            .send(&Method::POST, "/OS-TRUST/trusts", &headers, Some(&trust))
            .await?;
        let id = answer
            .json()
            .and_then(|body| Some(body["trust"]["id"].as_str()?.to_owned()));
        match (answer.status.is_success(), id) {
            (true, Some(id)) => Ok(id),
            _ => Err(Failure::Refused {
                status: answer.status.as_u16(),
                text: text_of(&answer),
            }),
        }
    }

    /// A token to act with for the user who made the trust.
    ///
    /// # Errors
    /// A trust that is gone, or whose user or roles are; a Keystone that is away.
    pub async fn trust_token(&self, trust_id: &str) -> Result<TrustToken, Failure> {
        let (token, body) = self.token_for(&Scope::Trust(trust_id.to_owned())).await?;
        Ok(TrustToken { token, body })
    }

    /// Ends a trust. One that is gone is as good.
    ///
    /// # Errors
    /// As for [`Session::trust_token`].
    pub async fn delete_trust(&self, trust_id: &str) -> Result<(), Failure> {
        // Only who made a trust may end it: the service does it in their name.
        let acting = self.trust_token(trust_id).await?;
        let headers = [("x-auth-token", acting.token.expose())];
        let path = format!("/OS-TRUST/trusts/{trust_id}");
        let answer = self.send(&Method::DELETE, &path, &headers, None).await?;
        match answer.status.as_u16() {
            200..=299 | 404 => Ok(()),
            status => Err(Failure::Refused {
                status,
                text: text_of(&answer),
            }),
        }
    }
}
