//! Where the database is, and how connections to it are set up.

use std::sync::Arc;
use std::time::Duration;

use tokio_postgres::{Client, Config, Connection, NoTls, Socket, tls::NoTlsStream};

use super::Error;

/// The address of a database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    config: Arc<Config>,
}

/// What a connection is for: it is named after it (`pg_stat_activity`), and planned for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Batches of a shard loop.
    Write,
    /// The engine's own reads and queues.
    Engine,
    /// Renewals of this node's lease, nothing else.
    Lease,
    /// Which node owns which shard.
    Placement,
    /// REST.
    Api,
    /// LISTEN and NOTIFY.
    Wake,
    /// Migrations and other one-off work.
    Admin,
}

impl Purpose {
    fn application_name(self) -> &'static str {
        match self {
            Purpose::Write => "mistral-write",
            Purpose::Engine => "mistral-engine",
            Purpose::Lease => "mistral-lease",
            Purpose::Placement => "mistral-placement",
            Purpose::Api => "mistral-api",
            Purpose::Wake => "mistral-wake",
            Purpose::Admin => "mistral-admin",
        }
    }

    /// Settings of the session.
    ///
    /// Statements of the engine are prepared once, with arrays whose length the planner cannot know, against tables whose
    /// statistics are always behind: all of them are meant to run as index look-ups, so the alternatives are switched off.
    /// A transaction that its client abandoned must not keep the locks of a shard. What leases need is small: it never waits
    /// long for a lock of others, and a statement whose client gave up ends by itself.
    fn options(self) -> &'static str {
        match self {
            Purpose::Lease | Purpose::Placement => {
                "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off \
                 -c enable_mergejoin=off -c idle_in_transaction_session_timeout=10000 -c lock_timeout=2000 \
                 -c statement_timeout=5000"
            }
            Purpose::Write | Purpose::Engine => {
                "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off \
                 -c enable_mergejoin=off -c idle_in_transaction_session_timeout=10000"
            }
            Purpose::Api => {
                "-c jit=off -c max_parallel_workers_per_gather=0 -c statement_timeout=60000 \
                 -c idle_in_transaction_session_timeout=30000"
            }
            Purpose::Wake | Purpose::Admin => "-c jit=off",
        }
    }
}

impl Database {
    /// The database that this configuration names. Times that bound a dead connection are set where they are not given.
    pub fn new(mut config: Config) -> Database {
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(Duration::from_secs(10));
        }
        config.keepalives(true).keepalives_idle(Duration::from_secs(5));
        config.keepalives_interval(Duration::from_secs(2)).keepalives_retries(3);
        Database {
            config: Arc::new(config),
        }
    }

    /// Reads `postgresql://user:password@host:port/name`, also with SQLAlchemy's driver suffix (`postgresql+psycopg2://`).
    pub fn parse(url: &str) -> Result<Database, Error> {
        let plain = match url.split_once("://") {
            Some((scheme, rest)) if scheme.starts_with("postgresql+") || scheme.starts_with("postgres+") => {
                format!("postgresql://{rest}")
            }
            _ => url.to_owned(),
        };
        let config = plain
            .parse::<Config>()
            .map_err(|e| Error::Configuration(super::error::describe(&e)))?;
        Ok(Database::new(config))
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A new connection; the caller runs the second half, which does the I/O.
    pub async fn connect(&self, purpose: Purpose) -> Result<(Client, Connection<Socket, NoTlsStream>), Error> {
        Ok(self.configured(purpose).connect(NoTls).await?)
    }

    /// A new connection whose I/O runs in a task of its own, which ends with the client.
    pub async fn client(&self, purpose: Purpose) -> Result<Client, Error> {
        let (client, connection) = self.connect(purpose).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(
                    ?purpose,
                    "database connection ended: {}",
                    super::error::describe(&error)
                );
            }
        });
        Ok(client)
    }

    /// A pool of at most `size` connections for REST.
    pub fn pool(&self, size: usize) -> Result<deadpool_postgres::Pool, Error> {
        let manager = deadpool_postgres::Manager::from_config(
            self.configured(Purpose::Api),
            NoTls,
            deadpool_postgres::ManagerConfig {
                recycling_method: deadpool_postgres::RecyclingMethod::Fast,
            },
        );
        deadpool_postgres::Pool::builder(manager)
            .max_size(size)
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .wait_timeout(Some(Duration::from_secs(30)))
            .create_timeout(Some(Duration::from_secs(10)))
            .build()
            .map_err(|e| Error::Configuration(e.to_string()))
    }

    fn configured(&self, purpose: Purpose) -> Config {
        let mut config = (*self.config).clone();
        if config.get_application_name().is_none() {
            config.application_name(purpose.application_name());
        }
        let given = config.get_options().unwrap_or_default();
        let options = format!("{} {given}", purpose.options());
        config.options(options.trim_end());
        config
    }
}
