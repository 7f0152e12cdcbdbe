//! The code flow of OpenID Connect, with PKCE: the browser goes to the provider's pages and comes back with a code, for which this
//! service gets the token.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;
use url::form_urlencoded::Serializer;

use super::{Login, Oidc, Provider, is_name, unverified};
use crate::identity::Secret;
use crate::sign_in::{Failure, Journey, SignIn, SignedIn, SigningIn};

const AWAY_FOR: Duration = Duration::from_secs(5);

impl SignIn for Oidc {
    fn ways(&self) -> &'static [&'static str] {
        match self.options.provider {
            Provider::Issuer { .. } => &["oidc"],
            Provider::Keycloak { .. } => &["oidc", "oidc_realm"],
        }
    }

    fn begin<'a>(&'a self, journey: &'a Journey) -> SigningIn<'a, String> {
        Box::pin(async move {
            let login = self.login()?;
            let found = self.discovered(journey).await?;
            let mut url = endpoint(&found, "authorization_endpoint")?;
            let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(journey.verifier.as_bytes()));
            url.query_pairs_mut()
                .append_pair("response_type", "code")
                .append_pair("client_id", &login.client_id)
                .append_pair("redirect_uri", &journey.redirect_uri)
                .append_pair("scope", &login.scopes)
                .append_pair("state", &journey.state)
                .append_pair("nonce", &journey.nonce)
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
            Ok(url.into())
        })
    }

    fn finish<'a>(&'a self, journey: &'a Journey, code: &'a str) -> SigningIn<'a> {
        Box::pin(async move {
            let login = self.login()?;
            let found = self.discovered(journey).await?;
            let url = endpoint(&found, "token_endpoint")?;
            let body = Bytes::from(form(login, journey, code));
            let headers = [
                ("content-type", "application/x-www-form-urlencoded"),
                ("accept", "application/json"),
            ];
            let answer = self.client.send(Method::POST, url.as_str(), &headers, body).await;
            let answer = answer.map_err(away)?;
            let found = answer.json().unwrap_or_default();
            if !answer.status.is_success() {
                let why = found["error_description"].as_str().or(found["error"].as_str());
                return Err(Failure::Refused(
                    why.unwrap_or("The provider refuses the code.").to_owned(),
                ));
            }
            signed_in(journey, &found)
        })
    }
}

impl Oidc {
    fn login(&self) -> Result<&Login, Failure> {
        let none = || Failure::Impossible("[console] oidc_client_id is unset.".to_owned());
        self.options.login.as_ref().ok_or_else(none)
    }

    /// What the provider says of itself.
    async fn discovered(&self, journey: &Journey) -> Result<Value, Failure> {
        let issuer = match &self.options.provider {
            Provider::Issuer { issuer, .. } => issuer.clone(),
            Provider::Keycloak { url, .. } => {
                let realm = journey.realm.as_deref().filter(|realm| is_name(realm));
                let realm = realm.ok_or_else(|| Failure::Impossible("Say which realm to sign in to.".to_owned()))?;
                format!("{url}/realms/{realm}")
            }
        };
        let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        self.get(&url).await.map_err(away)
    }
}

/// What is asked for the code.
fn form(login: &Login, journey: &Journey, code: &str) -> String {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", &journey.redirect_uri)
        .append_pair("client_id", &login.client_id)
        .append_pair("code_verifier", &journey.verifier);
    if let Some(secret) = &login.client_secret {
        form.append_pair("client_secret", secret.expose());
    }
    form.finish()
}

fn away(why: impl std::fmt::Display) -> Failure {
    tracing::error!("the provider of identities cannot be asked: {why}");
    Failure::Away { retry_after: AWAY_FOR }
}

fn endpoint(found: &Value, name: &str) -> Result<Url, Failure> {
    let text = found[name].as_str().unwrap_or_default();
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| away(format!("it names no {name}")))
}

/// The token in the provider's answer. Its text came from the provider itself over a connection of ours, so the id token beside it needs
/// no check of its signature; it shows that the answer is to our question.
fn signed_in(journey: &Journey, found: &Value) -> Result<SignedIn, Failure> {
    let refused = |text: &str| Failure::Refused(text.to_owned());
    if let Some(id) = found["id_token"].as_str() {
        let claims = unverified(id).ok_or_else(|| refused("The provider's id token cannot be read."))?;
        if claims["nonce"].as_str() != Some(&journey.nonce) {
            return Err(refused("The provider answers another question."));
        }
    }
    let token = found["access_token"].as_str().filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| refused("The provider gives no access token."))?;
    Ok(SignedIn {
        token: Secret::new(token),
        expires_at: None,
        project: None,
        projects: Vec::new(),
    })
}
