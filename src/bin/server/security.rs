//! What actions may act with, as the configuration says.

use std::sync::Arc;

use anyhow::Context;
use deadpool_postgres::Pool;
use mistral::api::security::{Keeper, Surroundings};
use mistral::auth::seal::Seal;
use mistral::config::{AuthType, Config};
use mistral::model::time::Clock;
use mistral::postgres::security::SecurityContexts;

/// # Errors
/// Keys that are none; what `[keystone]` names and cannot be used.
pub(crate) fn open(config: &Config, pool: Pool, clock: Arc<dyn Clock>) -> anyhow::Result<Keeper> {
    let seal = match &config.security_context.keys {
        Some(keys) => Seal::from_text(keys.expose()),
        None => {
            if config.auth_enabled() {
                tracing::warn!(
                    "[security_context] keys is unset: tokens that actions of workers act with are known to this process \
                     alone, and lost when it ends"
                );
            }
            Seal::ephemeral()
        }
    };
    let seal = seal.context("[security_context] keys")?;
    let has_trusts = config.auth_enabled() && config.auth_type() == AuthType::Keystone;
    let section = &config.keystone_authtoken;
    let trusts = has_trusts.then(|| crate::keystone::trusts(section, &config.keystone));
    let surroundings = Surroundings {
        auth_uri: section.www_authenticate_uri.as_deref().map(Into::into),
        auth_cacert: section.cafile.as_ref().map(|file| file.display().to_string().into()),
    };
    let trusts = trusts.transpose().context("[keystone]")?;
    Ok(Keeper::new(
        seal,
        SecurityContexts::new(pool),
        trusts,
        surroundings,
        clock,
    ))
}
