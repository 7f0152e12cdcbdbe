//! Keycloak and providers of OpenID Connect, as `[keycloak_oidc]` and `[oidc]` describe them.

use anyhow::{Context, bail};
use mistral::auth::client::{self, Client};
use mistral::auth::oidc::{ALGORITHMS, Claims, Login, Options, Provider};
use mistral::auth::{AdminRoles, Secret, oidc};
use mistral::config::{Console, KeycloakOidc, Oidc};

/// Any provider.
///
/// # Errors
/// What is missing, by the name of its option, and files that cannot be used.
pub(crate) fn issuer(section: &Oidc, console: &Console, admin_roles: AdminRoles) -> anyhow::Result<oidc::Oidc> {
    let issuer = section
        .issuer
        .clone()
        .context("issuer: needed, the URL of the provider")?;
    if section.audience.is_empty() {
        bail!("audience: needed; without it tokens for other services of the provider would be accepted");
    }
    let options = Options {
        provider: Provider::Issuer {
            issuer,
            keys_url: section.jwks_uri.clone(),
        },
        audience: section.audience.clone(),
        algorithms: section.algorithms.clone(),
        claims: Claims {
            project: section.project_claim.clone(),
            user_id: section.user_claim.clone(),
            user_name: section.user_name_claim.clone(),
            roles: section.roles_claim.clone(),
        },
        admin_roles,
        login: login(console),
    };
    let http = client::Options {
        ca_file: section.cafile.clone(),
        certificate: section.certfile.clone().zip(section.keyfile.clone()),
        insecure: section.insecure,
        ..client::Options::default()
    };
    open(options, &http)
}

/// Keycloak as upstream means it: a realm is a project.
///
/// # Errors
/// As for [`issuer`].
pub(crate) fn keycloak(
    section: &KeycloakOidc,
    console: &Console,
    admin_roles: AdminRoles,
) -> anyhow::Result<oidc::Oidc> {
    let url = section
        .auth_url
        .as_deref()
        .context("auth_url: needed, the URL of Keycloak")?;
    let user_info = &section.user_info_endpoint_url;
    let options = Options {
        provider: Provider::Keycloak {
            url: url.trim_end_matches('/').to_owned(),
            keys_path: section.public_cert_url.clone(),
            issuer: section.keycloak_iss.clone(),
            user_info_url: Some(user_info.clone()).filter(|url| url.starts_with("http")),
        },
        audience: section.audience.clone(),
        algorithms: ALGORITHMS.map(str::to_owned).to_vec(),
        claims: Claims {
            project: String::new(),
            user_id: "sub".to_owned(),
            user_name: "preferred_username".to_owned(),
            roles: "realm_access.roles".to_owned(),
        },
        admin_roles,
        login: login(console),
    };
    let http = client::Options {
        ca_file: section.cafile.clone(),
        certificate: section.certfile.clone().zip(section.keyfile.clone()),
        insecure: section.insecure,
        ..client::Options::default()
    };
    open(options, &http)
}

/// The console as a client of the provider.
fn login(section: &Console) -> Option<Login> {
    Some(Login {
        client_id: section.oidc_client_id.clone()?,
        client_secret: (section.oidc_client_secret.as_ref()).map(|secret| Secret::new(secret.expose())),
        scopes: section.oidc_scopes.clone(),
    })
}

fn open(options: Options, http: &client::Options) -> anyhow::Result<oidc::Oidc> {
    let client = Client::new(http).map_err(anyhow::Error::msg)?;
    oidc::Oidc::new(options, client).map_err(anyhow::Error::msg)
}
