//! Who may come in and what they may do, as the configuration says.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use mistral::api::Access;
use mistral::auth::policy::{Locations, Policies, Remote, RemoteOptions};
use mistral::auth::tokens::TokenFile;
use mistral::auth::{AdminRoles, Authenticator, Open};
use mistral::config::{AuthType, Config, RemoteContentType};

/// # Errors
/// What is missing or cannot be used, by the names of its options.
pub(crate) fn open(config: &Config) -> anyhow::Result<Access> {
    Ok(Access {
        authenticator: authenticator(config)?,
        policies: Arc::new(policies(config)?),
    })
}

fn authenticator(config: &Config) -> anyhow::Result<Arc<dyn Authenticator>> {
    let admin_roles = AdminRoles(config.pecan.admin_roles.clone());
    if !config.auth_enabled() {
        let roles = config.pecan.anonymous_roles.as_deref();
        return Ok(Arc::new(Open {
            roles: roles.map(|roles| roles.split(',').map(|role| role.trim().to_owned()).collect()),
            admin_roles,
        }));
    }
    match config.auth_type() {
        AuthType::Tokens => {
            let file = config.tokens.file.as_ref();
            let file = file.context("[tokens] file: needed because [DEFAULT] auth_type is tokens")?;
            let tokens = TokenFile::open(file, admin_roles).context("[tokens] file")?;
            Ok(Arc::new(tokens))
        }
        AuthType::Keystone => {
            let keystone = crate::keystone::open(&config.keystone_authtoken, admin_roles);
            Ok(Arc::new(keystone.context("[keystone_authtoken]")?))
        }
        AuthType::KeycloakOidc => {
            let oidc = crate::oidc::keycloak(&config.keycloak_oidc, &config.console, admin_roles);
            Ok(Arc::new(oidc.context("[keycloak_oidc]")?))
        }
        AuthType::Oidc => Ok(Arc::new(
            crate::oidc::issuer(&config.oidc, &config.console, admin_roles).context("[oidc]")?,
        )),
    }
}

/// The rules in force.
///
/// # Errors
/// Files that cannot be used.
pub(crate) fn policies(config: &Config) -> anyhow::Result<Policies> {
    let section = &config.oslo_policy;
    let remote = Remote::new(&RemoteOptions {
        json: section.remote_content_type == RemoteContentType::Json,
        verify: section.remote_ssl_verify_server_crt,
        ca_file: section.remote_ssl_ca_crt_file.clone(),
        certificate: section
            .remote_ssl_client_crt_file
            .clone()
            .zip(section.remote_ssl_client_key_file.clone()),
        timeout: Duration::from_secs_f64(section.remote_timeout.max(0.001)),
    });
    let remote = remote
        .map_err(anyhow::Error::msg)
        .context("[oslo_policy] remote_ssl_*")?;
    let locations = Locations {
        file: located(config, &section.policy_file),
        directories: section
            .policy_dirs
            .0
            .iter()
            .map(|name| located(config, Path::new(name)))
            .collect(),
    };
    if config.origin("oslo_policy", "policy_file").is_some() && !locations.file.exists() {
        let file = locations.file.display();
        tracing::warn!("[oslo_policy] policy_file: {file} does not exist; the built-in rules are in force");
    }
    Policies::load(
        locations,
        mistral::api::policy::rules(),
        &section.policy_default_rule,
        remote,
    )
    .context("[oslo_policy]")
}

/// A relative path lies beside one of the configuration files, else in /etc/mistral.
fn located(config: &Config, path: &Path) -> PathBuf {
    if path.is_absolute() {
        return path.to_owned();
    }
    let mut directories = config.directories().into_iter();
    let found = directories.find(|directory| directory.join(path).exists());
    found.unwrap_or_else(|| PathBuf::from("/etc/mistral")).join(path)
}
