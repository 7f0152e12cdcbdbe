//! Opening the database: the one that is configured, or the private one.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use mistral::config::Config;
use mistral::config::database_url::DatabaseUrl;
use mistral::embedded_postgres::{self as embedded, Cluster};
use mistral::postgres::tls::{Mode, Tls};
use mistral::postgres::{Database, Pooling, Purpose};

/// A reachable database, and the private cluster it belongs to.
pub(crate) struct OpenDatabase {
    pub database: Database,
    /// `None`: a database of the user's. Else it must be stopped when nothing uses it any more.
    pub cluster: Option<Cluster>,
}

/// Connects to `[database] connection`, or starts the private PostgreSQL. Does not touch the schema.
///
/// # Errors
/// The database stays unreachable, or the private PostgreSQL does not start; the text is for the user.
pub(crate) async fn open(config: &Config) -> anyhow::Result<OpenDatabase> {
    if let Some(url) = &config.database.connection {
        let database = connect_to(url, config)?;
        tracing::info!(database = url.masked(), "using the configured PostgreSQL");
        await_reachable(&database, config)
            .await
            .with_context(|| format!("cannot reach {}", url.masked()))?;
        return Ok(OpenDatabase {
            database,
            cluster: None,
        });
    }
    let cluster = Cluster::start(embedded_options(config)).await?;
    Ok(OpenDatabase {
        database: Database::new(cluster.connection()).with_pooling(pooling(config)),
        cluster: Some(cluster),
    })
}

/// The database of a URL, with its TLS and the settings of `[database]` for the pool.
///
/// # Errors
/// A file for TLS cannot be read.
pub(crate) fn connect_to(url: &DatabaseUrl, config: &Config) -> anyhow::Result<Database> {
    let parameters = url.tls();
    let tls = Tls {
        mode: match parameters.sslmode.as_deref() {
            Some("disable") => Mode::Disable,
            Some("require") => Mode::Require,
            Some("verify-ca") => Mode::VerifyCa,
            Some("verify-full") => Mode::VerifyFull,
            _ => Mode::Prefer,
        },
        roots: parameters.sslrootcert.clone(),
        certificate: parameters.sslcert.clone(),
        key: parameters.sslkey.clone(),
    };
    let database = Database::with_tls(url.postgres().clone(), &tls).context("[database] connection")?;
    Ok(database.with_pooling(pooling(config)))
}

/// How connections of the pool are waited for and renewed.
pub(crate) fn pooling(config: &Config) -> Pooling {
    let section = &config.database;
    Pooling {
        wait: Duration::from_secs_f64(section.pool_timeout),
        recycle: u64::try_from(section.connection_recycle_time)
            .ok()
            .map(Duration::from_secs),
    }
}

/// Tries until the database answers, as often as `[database] max_retries` says.
async fn await_reachable(database: &Database, config: &Config) -> anyhow::Result<()> {
    let section = &config.database;
    let mut attempt: i64 = 0;
    loop {
        match database.client(Purpose::Admin).await {
            Ok(_) => return Ok(()),
            Err(error) if section.max_retries >= 0 && attempt >= section.max_retries || !error.is_retriable() => {
                return Err(error.into());
            }
            Err(error) => {
                if let Some(refusal) = database.refuses_login().await {
                    anyhow::bail!("the server refuses the login: {refusal}");
                }
                attempt += 1;
                tracing::warn!(%error, attempt, "the database does not answer; trying again");
                tokio::time::sleep(Duration::from_secs_f64(section.retry_interval)).await;
            }
        }
    }
}

/// Where the private cluster is.
pub(crate) fn data_dir(config: &Config) -> PathBuf {
    config
        .embedded
        .data_dir
        .clone()
        .unwrap_or_else(embedded::default_data_dir)
}

/// What `[embedded]` says.
pub(crate) fn embedded_options(config: &Config) -> embedded::Options {
    let section = &config.embedded;
    embedded::Options {
        bin_dir: section.bin_dir.clone(),
        user: section.user.clone(),
        install_packages: section.install_packages,
        settings: section.settings.clone(),
        max_connections: section.max_connections,
        start_timeout: Duration::from_secs(section.start_timeout),
        stop_timeout: Duration::from_secs(section.stop_timeout),
        ..embedded::Options::new(data_dir(config))
    }
}
