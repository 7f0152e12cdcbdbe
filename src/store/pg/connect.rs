//! Where the database is, and how connections to it are set up.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Hook, HookError};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::task::JoinHandle;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::Error;
use super::seen::SeenEpoch;
use super::tls::Tls;

/// The address of a database, and how it is spoken to. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    config: Arc<Config>,
    /// One configuration for each host that is named, tried at once.
    hosts: Arc<[Config]>,
    tls: MakeRustlsConnect,
    pooling: Pooling,
    seen: Arc<SeenEpoch>,
}

/// How the pool for REST is run.
#[derive(Clone, Copy, Debug)]
pub struct Pooling {
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// Connections that are older are replaced.
    pub recycle: Option<Duration>,
}

impl Default for Pooling {
    fn default() -> Pooling {
        Pooling {
            wait: Duration::from_secs(4),
            recycle: Some(Duration::from_secs(3_600)),
        }
    }
}

/// The connection's half that does the I/O.
pub type Driver = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// Pause between attempts at a host while another one has not answered yet.
const AGAIN: Duration = Duration::from_millis(250);

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
    /// Claims of actions, and fetched answers: what does no harm when a crash of the server undoes it.
    Claim,
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
            Purpose::Claim => "mistral-claim",
            Purpose::Admin => "mistral-admin",
        }
    }

    /// Settings of the session.
    ///
    /// Statements of the engine are prepared once, with arrays whose length the planner cannot know, against tables whose
    /// statistics are always behind: all of them are meant to run as index look-ups, so the alternatives are switched off.
    /// A transaction that its client abandoned must not keep the locks of a shard. What leases need is small: it never waits
    /// long for a lock of others, and a statement whose client gave up ends by itself. Clients of the API are told soon that a table
    /// is locked.
    fn options(self) -> String {
        let own = match self {
            Purpose::Lease | Purpose::Placement => {
                "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off \
                 -c enable_mergejoin=off -c idle_in_transaction_session_timeout=10000 -c lock_timeout=2000 \
                 -c statement_timeout=5000"
            }
            Purpose::Write | Purpose::Engine => {
                "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off \
                 -c enable_mergejoin=off -c idle_in_transaction_session_timeout=10000"
            }
            Purpose::Api => {
                "-c max_parallel_workers_per_gather=0 -c statement_timeout=60000 -c lock_timeout=4000 \
                 -c idle_in_transaction_session_timeout=30000"
            }
            // No commit waits for a flush of the log (1 to 4 ms). A claim that a crash undoes is made again, and what must not run
            // twice has noted its beginning after it, durably.
            Purpose::Claim => {
                "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off \
                 -c enable_mergejoin=off -c idle_in_transaction_session_timeout=10000 -c synchronous_commit=off"
            }
            Purpose::Wake => "-c synchronous_commit=off",
            Purpose::Admin => "",
        };
        format!("{SERVER_SIDE} {own}")
    }
}

/// For every session. The server's own defaults keep the session of a client that vanished, with its locks and its place among
/// `max_connections`, for two hours: these end it within 11 seconds, whether the server waits for the client or sends to it.
const SERVER_SIDE: &str = "-c jit=off -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 \
                           -c tcp_user_timeout=10000";

/// The same while a statement runs, or waits for a lock; from PostgreSQL 14 on, where the server's system can.
const WATCH_CLIENT: &str = "
    SELECT set_config('client_connection_check_interval', '2000', false)
    WHERE current_setting('client_connection_check_interval', true) IS NOT NULL";

impl Database {
    /// The database that this configuration names, by plain connections, or by TLS without verification where the server has it.
    pub fn new(config: Config) -> Database {
        match Database::with_tls(config, &Tls::default()) {
            Ok(database) => database,
            // Without files to read, nothing can fail.
            Err(error) => unreachable!("a connector without files: {error}"),
        }
    }

    /// The database that this configuration names. Times that bound a dead connection are set where they are not given: a server
    /// that vanished without a word is noticed within 5 seconds, by connections that wait and by those that send.
    ///
    /// With several hosts, the one that takes writes is wanted, unless `target_session_attrs` says otherwise.
    ///
    /// # Errors
    /// [`Error::Configuration`]: a file for TLS cannot be read.
    pub fn with_tls(mut config: Config, tls: &Tls) -> Result<Database, Error> {
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(Duration::from_secs(5));
        }
        config.keepalives(true).keepalives_idle(Duration::from_secs(2));
        config.keepalives_interval(Duration::from_secs(1)).keepalives_retries(3);
        let by_socket = config.get_hosts().iter().all(|host| !matches!(host, Host::Tcp(_)));
        config.ssl_mode(if by_socket && config.get_hostaddrs().is_empty() {
            SslMode::Disable
        } else {
            tls.driver_mode()
        });
        if config.get_hosts().len() > 1 && config.get_target_session_attrs() == TargetSessionAttrs::Any {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        Ok(Database {
            hosts: each_host(&config).into(),
            config: Arc::new(config),
            tls: tls.connector()?,
            pooling: Pooling::default(),
            seen: Arc::new(SeenEpoch::new()),
        })
    }

    /// The epoch of definitions as commits see it.
    pub(crate) fn seen_epoch(&self) -> &Arc<SeenEpoch> {
        &self.seen
    }

    /// With other settings of the pool.
    #[must_use]
    pub fn with_pooling(self, pooling: Pooling) -> Database {
        Database { pooling, ..self }
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

    /// A new connection; the caller runs the second half, which does the I/O. All hosts are tried at once; while one of them has
    /// not answered, the others are tried again, so that a standby that has just been promoted is found.
    pub async fn connect(&self, purpose: Purpose) -> Result<(Client, Driver), Error> {
        Ok(self.open(purpose).await?)
    }

    async fn open(&self, purpose: Purpose) -> Result<(Client, Driver), tokio_postgres::Error> {
        let attempts = self.hosts.iter().map(|host| self.open_host(host, purpose));
        let mut attempts: FuturesUnordered<_> = attempts.collect();
        let mut outcome = attempts.next().await;
        while let Some(Err(_)) = outcome {
            match attempts.next().await {
                None => break,
                next => outcome = next,
            }
        }
        match outcome {
            Some(outcome) => outcome,
            // No host is named: the driver says so.
            None => self.configured(&self.config, purpose).connect(self.tls.clone()).await,
        }
    }

    async fn open_host(&self, host: &Config, purpose: Purpose) -> Result<(Client, Driver), tokio_postgres::Error> {
        let config = self.configured(host, purpose);
        let budget = config.get_connect_timeout().copied().unwrap_or_default();
        let deadline = tokio::time::Instant::now() + budget;
        loop {
            match config.connect(self.tls.clone()).await {
                Err(_) if self.hosts.len() > 1 && tokio::time::Instant::now() + AGAIN < deadline => {
                    tokio::time::sleep(AGAIN).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// A new connection whose I/O runs in a task of its own, which ends with the client.
    pub async fn client(&self, purpose: Purpose) -> Result<Client, Error> {
        Ok(self.spawned(purpose).await?.0)
    }

    /// What the server says if it refuses this user or database for good: no use in trying again.
    pub async fn refuses_login(&self) -> Option<String> {
        let error = self.open(Purpose::Admin).await.err()?;
        let code = error.code()?.code();
        // Class 28: wrong user or password; 3D000: no such database.
        (code.starts_with("28") || code == "3D000").then(|| super::error::describe(&error))
    }

    async fn spawned(&self, purpose: Purpose) -> Result<(Client, JoinHandle<()>), tokio_postgres::Error> {
        let (client, connection) = self.open(purpose).await?;
        let driver = tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(
                    ?purpose,
                    "database connection ended: {}",
                    super::error::describe(&error)
                );
            }
        });
        // A server that cannot watch its clients says so, which is no reason to go without it.
        if let Err(error) = client.batch_execute(WATCH_CLIENT).await {
            if error.as_db_error().is_none() {
                return Err(error);
            }
            tracing::debug!(
                "the server does not watch its clients: {}",
                super::error::describe(&error)
            );
        }
        Ok((client, driver))
    }

    /// Asks the server to end the statement that a connection waits for.
    pub async fn cancel(&self, token: tokio_postgres::CancelToken) {
        let cancelling = tokio::time::timeout(Duration::from_secs(5), token.cancel_query(self.tls.clone()));
        if let Ok(Err(error)) = cancelling.await {
            tracing::debug!("a statement was not cancelled: {}", super::error::describe(&error));
        }
    }

    /// A pool of at most `size` connections for REST.
    pub fn pool(&self, size: usize) -> Result<deadpool_postgres::Pool, Error> {
        let manager = deadpool_postgres::Manager::from_connect(
            (*self.config).clone(),
            Opener(self.clone()),
            deadpool_postgres::ManagerConfig {
                recycling_method: deadpool_postgres::RecyclingMethod::Fast,
            },
        );
        let mut builder = deadpool_postgres::Pool::builder(manager)
            .max_size(size)
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .wait_timeout(Some(self.pooling.wait))
            .create_timeout(Some(Duration::from_secs(10)));
        if let Some(age) = self.pooling.recycle {
            builder = builder.pre_recycle(Hook::sync_fn(move |_, metrics| {
                if metrics.created.elapsed() > age {
                    return Err(HookError::message("older than [database] connection_recycle_time"));
                }
                Ok(())
            }));
        }
        builder.build().map_err(|e| Error::Configuration(e.to_string()))
    }

    fn configured(&self, base: &Config, purpose: Purpose) -> Config {
        let mut config = base.clone();
        if config.get_application_name().is_none() {
            config.application_name(purpose.application_name());
        }
        let given = config.get_options().unwrap_or_default();
        let options = format!("{} {given}", purpose.options());
        config.options(options.trim_end());
        config
    }
}

/// Connections of the pool are made as all others.
struct Opener(Database);

impl deadpool_postgres::Connect for Opener {
    fn connect(
        &self,
        _: &Config,
    ) -> Pin<Box<dyn Future<Output = Result<(Client, JoinHandle<()>), tokio_postgres::Error>> + Send + '_>> {
        Box::pin(self.0.spawned(Purpose::Api))
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.config.fmt(f)
    }
}

/// The configuration once for each host.
fn each_host(config: &Config) -> Vec<Config> {
    let (hosts, addresses, ports) = (config.get_hosts(), config.get_hostaddrs(), config.get_ports());
    let count = hosts.len().max(addresses.len());
    if count < 2 {
        return vec![config.clone()];
    }
    (0..count)
        .map(|n| {
            let mut one = bare(config);
            match hosts.get(n) {
                Some(Host::Tcp(name)) => drop(one.host(name)),
                #[cfg(unix)]
                Some(Host::Unix(path)) => drop(one.host_path(path)),
                None => {}
            }
            if let Some(address) = addresses.get(n) {
                one.hostaddr(*address);
            }
            if let Some(port) = ports.get(n).or(ports.first()) {
                one.port(*port);
            }
            one
        })
        .collect()
}

/// Everything but the hosts.
fn bare(config: &Config) -> Config {
    let mut one = Config::new();
    if let Some(user) = config.get_user() {
        one.user(user);
    }
    if let Some(password) = config.get_password() {
        one.password(password);
    }
    if let Some(name) = config.get_dbname() {
        one.dbname(name);
    }
    if let Some(options) = config.get_options() {
        one.options(options);
    }
    if let Some(name) = config.get_application_name() {
        one.application_name(name);
    }
    if let Some(limit) = config.get_connect_timeout() {
        one.connect_timeout(*limit);
    }
    if let Some(limit) = config.get_tcp_user_timeout() {
        one.tcp_user_timeout(*limit);
    }
    if let Some(interval) = config.get_keepalives_interval() {
        one.keepalives_interval(interval);
    }
    if let Some(retries) = config.get_keepalives_retries() {
        one.keepalives_retries(retries);
    }
    one.keepalives(config.get_keepalives())
        .keepalives_idle(config.get_keepalives_idle())
        .ssl_mode(config.get_ssl_mode())
        .ssl_negotiation(config.get_ssl_negotiation())
        .channel_binding(config.get_channel_binding())
        .target_session_attrs(config.get_target_session_attrs());
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_a_configuration_of_its_own() {
        let database = Database::parse("postgresql://u:p@one:5433,two:5434/d?connect_timeout=3").unwrap();
        let hosts: Vec<_> = database
            .hosts
            .iter()
            .map(|host| (host.get_hosts().to_vec(), host.get_ports().to_vec(), host.get_dbname()))
            .collect();
        assert_eq!(
            hosts,
            [
                (vec![Host::Tcp("one".into())], vec![5433], Some("d")),
                (vec![Host::Tcp("two".into())], vec![5434], Some("d")),
            ]
        );
        // Of several, the one that takes writes is meant.
        let wanted = database.hosts.iter().map(Config::get_target_session_attrs);
        assert!(wanted.into_iter().all(|attrs| attrs == TargetSessionAttrs::ReadWrite));
        assert_eq!(Database::parse("postgresql://u@one/d").unwrap().hosts.len(), 1);
    }
}
