//! The private PostgreSQL cluster: what the server uses when no database is configured, and what the tests use.
//!
//! The programs of the system's PostgreSQL run on a data directory of ours, reachable over a Unix socket only, in a
//! directory that nobody else may enter. The cluster lives as long as its [`Cluster`]: it is stopped with it, restarted when
//! it crashes, and stopped by a watchdog when the server itself is killed. What a killed server left behind is recovered by
//! the next start.
//!
//! ```text
//! <data_dir>/lock        locked by the server that uses the directory; holds its process id
//! <data_dir>/postgres/   PostgreSQL's data directory
//! <data_dir>/run/        the socket, unless the path is too long for one (then a directory under /run or the like)
//! ```

mod binaries;
mod layout;
mod postmaster;
mod settings;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tokio_postgres::NoTls;

pub use binaries::MIN_VERSION;
pub use layout::default_data_dir;

use binaries::Binaries;
use layout::Layout;
use postmaster::{Launch, Postmaster};

/// Superuser and database of the cluster.
const NAME: &str = "mistral";

/// How a cluster is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Directory of everything the cluster keeps; created when missing.
    pub data_dir: PathBuf,
    /// Directory of the PostgreSQL programs; `None`: looked for.
    pub bin_dir: Option<PathBuf>,
    /// System user that PostgreSQL runs as when this process is root's; `None`: `mistral` or `postgres`.
    pub user: Option<String>,
    /// Whether root may install missing PostgreSQL programs.
    pub install_packages: bool,
    /// Further settings, by name.
    pub settings: BTreeMap<String, String>,
    pub max_connections: u32,
    /// Off: commits survive the death of processes, not that of the machine. For throw-away data only.
    pub durable: bool,
    /// Limit for a start, crash recovery included.
    pub start_timeout: Duration,
    /// Limit for an orderly stop.
    pub stop_timeout: Duration,
}

impl Options {
    /// A durable cluster in a directory, everything else at its default.
    pub fn new(data_dir: impl Into<PathBuf>) -> Options {
        Options {
            data_dir: data_dir.into(),
            bin_dir: None,
            user: None,
            install_packages: true,
            settings: BTreeMap::new(),
            max_connections: 100,
            durable: true,
            start_timeout: Duration::from_secs(300),
            stop_timeout: Duration::from_secs(60),
        }
    }
}

/// Why a cluster did not start or stop. The texts tell the user what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{action} {}: {source}", path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(
        "the data directory {} is in use by another server{}; stop it, or choose another directory with --data-dir",
        data_dir.display(),
        pid.as_ref().map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    Busy { data_dir: PathBuf, pid: Option<String> },
    #[error(
        "the PostgreSQL server programs were not found ({looked}). Install them: {command}\n\
         or name their directory with [embedded] bin_dir, or use a PostgreSQL of your own with [database] connection"
    )]
    NoBinaries { looked: String, command: String },
    #[error("installing PostgreSQL failed ({command}): {reason}")]
    Install { command: String, reason: String },
    #[error("{} is PostgreSQL {found}, at least {MIN_VERSION} is needed", bin_dir.display())]
    TooOld { bin_dir: PathBuf, found: u32 },
    #[error(
        "the data in {} was written by PostgreSQL {data}, but only PostgreSQL {found} is installed; install version {data}, \
         or convert the data with pg_upgrade",
        pgdata.display()
    )]
    OtherVersion {
        pgdata: PathBuf,
        data: String,
        found: String,
    },
    #[error(
        "PostgreSQL must not run as root, and there is no user {wanted} to run it as; create one, or name another with \
         [embedded] user"
    )]
    NoUser { wanted: String },
    #[error(
        "PostgreSQL runs as user {user}, who may not enter {}; choose another directory with --data-dir, e.g. \
         /var/lib/mistral",
        directory.display()
    )]
    Unreachable { user: String, directory: PathBuf },
    #[error("{} does not belong to user {user}, or others may enter it; remove it or set its owner and mode 0700", directory.display())]
    Insecure { user: String, directory: PathBuf },
    #[error("[embedded] settings: '{0}' is not the name of a PostgreSQL setting")]
    SettingName(String),
    #[error("initdb failed:\n{0}")]
    Initdb(String),
    #[error("PostgreSQL did not start: {reason}{}", if log.is_empty() { String::new() } else { format!("\n{log}") })]
    Start { reason: String, log: String },
    #[error("another PostgreSQL (process {pid}) still runs on {} and does not stop", pgdata.display())]
    Leftover { pid: i32, pgdata: PathBuf },
    #[error("PostgreSQL (process {0}) does not stop")]
    Stop(u32),
    #[error("the private PostgreSQL refused a connection: {0}")]
    Connection(#[from] tokio_postgres::Error),
    #[error("the start was interrupted")]
    Interrupted,
}

/// `Error::Io` of an action on a path, for `map_err`.
fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    move |source| Error::Io {
        action,
        path: path.to_owned(),
        source,
    }
}

/// A running private cluster. Dropping it stops it at once, which is safe but leaves the next start some recovery to do;
/// [`Cluster::stop`] is the orderly way.
pub struct Cluster {
    postmaster: Postmaster,
    layout: Layout,
    binaries: Binaries,
    /// Held for as long as the cluster is ours, and released after the postmaster is gone (fields drop in this order).
    _lock: layout::Lock,
    temporary: Option<TemporaryDirectory>,
}

impl Cluster {
    /// Starts the cluster in `options.data_dir`, and creates it when there is none.
    ///
    /// Returns when it accepts connections. A PostgreSQL that a killed server left running there is stopped first.
    ///
    /// # Errors
    /// See [`Error`]; nothing keeps running after one.
    pub async fn start(options: Options) -> Result<Cluster, Error> {
        Cluster::launch(options, None).await
    }

    /// Starts a throw-away cluster in a directory of its own under the system's temporary directory, without flushes to disk.
    /// Everything is removed when it is dropped. Works as root too.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn temporary() -> Result<Cluster, Error> {
        Cluster::temporary_with(Options::new("")).await
    }

    /// The same with these options, but for the directory and the flushes.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn temporary_with(options: Options) -> Result<Cluster, Error> {
        let directory = TemporaryDirectory::create()?;
        let options = Options {
            durable: false,
            data_dir: directory.0.clone(),
            ..options
        };
        Cluster::launch(options, Some(directory)).await
    }

    async fn launch(options: Options, temporary: Option<TemporaryDirectory>) -> Result<Cluster, Error> {
        let cluster = tokio::task::spawn_blocking(move || Cluster::launch_blocking(&options, temporary))
            .await
            .map_err(|_| Error::Interrupted)??;
        cluster.ensure_database(NAME).await?;
        Ok(cluster)
    }

    /// How to connect to the cluster that another process runs in a data directory; `None` when none runs there. For tools:
    /// the cluster may stop at any time.
    pub fn running_in(data_dir: &Path) -> Option<tokio_postgres::Config> {
        let pgdata = data_dir.canonicalize().ok()?.join("postgres");
        let socket_dir = postmaster::socket_dir_of_running(&pgdata)?;
        Some(address(&socket_dir, NAME))
    }

    fn launch_blocking(options: &Options, temporary: Option<TemporaryDirectory>) -> Result<Cluster, Error> {
        let begun = Instant::now();
        let mut layout = Layout::prepare(&options.data_dir)?;
        let lock = layout.lock()?;
        // The programs come first: installing them creates the user that PostgreSQL runs as.
        let binaries = binaries::find(options, layout.data_version()?.as_deref(), &layout.pgdata)?;
        layout.adopt(options.user.as_deref())?;
        postmaster::stop_leftover(&layout.pgdata, options.stop_timeout)?;
        if layout.data_version()?.is_none() {
            layout.initialize(&binaries, options.durable)?;
        }
        let text = settings::render(options, &layout.socket_dir)?;
        layout.write(settings::FILE, &text)?;
        let launch = Launch {
            postgres: binaries.postgres(),
            pgdata: layout.pgdata.clone(),
            owner: layout.owner.as_ref().map(|owner| (owner.uid, owner.gid)),
            start_timeout: options.start_timeout,
            stop_timeout: options.stop_timeout,
        };
        let postmaster = Postmaster::start(launch)?;
        tracing::info!(
            version = binaries.version,
            bin_dir = %binaries.bin_dir.display(),
            data_dir = %layout.data_dir.display(),
            user = layout.owner.as_ref().map(|owner| owner.name.as_str()),
            seconds = begun.elapsed().as_secs_f64(),
            "private PostgreSQL started"
        );
        Ok(Cluster {
            postmaster,
            layout,
            binaries,
            _lock: lock,
            temporary,
        })
    }

    /// How to connect to the cluster's database.
    pub fn connection(&self) -> tokio_postgres::Config {
        self.connection_to(NAME)
    }

    /// How to connect to one of its databases.
    pub fn connection_to(&self, database: &str) -> tokio_postgres::Config {
        address(&self.layout.socket_dir, database)
    }

    /// URL of the cluster's database, for other processes on this machine (of this user, or root).
    pub fn url(&self) -> String {
        self.url_of(NAME)
    }

    /// URL of one of its databases.
    pub fn url_of(&self, database: &str) -> String {
        let directory = self.layout.socket_dir.to_string_lossy();
        let host = percent_encoding::utf8_percent_encode(&directory, percent_encoding::NON_ALPHANUMERIC);
        format!("postgresql://{NAME}@/{database}?host={host}&port={}", settings::PORT)
    }

    /// Creates a database unless it exists, as a copy of `template` when one is given: the quick way to a migrated database
    /// per test.
    ///
    /// # Errors
    /// [`Error::Connection`], e.g. when somebody is connected to the template.
    pub async fn create_database(&self, name: &str, template: Option<&str>) -> Result<tokio_postgres::Config, Error> {
        self.ensure_database_from(name, template).await?;
        Ok(self.connection_to(name))
    }

    async fn ensure_database(&self, name: &str) -> Result<(), Error> {
        self.ensure_database_from(name, None).await
    }

    async fn ensure_database_from(&self, name: &str, template: Option<&str>) -> Result<(), Error> {
        let (client, connection) = self.connection_to("postgres").connect(NoTls).await?;
        let work = async move {
            let exists = client
                .query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name])
                .await?
                .is_some();
            if !exists {
                let mut statement = format!("CREATE DATABASE {}", quote(name));
                if let Some(template) = template {
                    statement.push_str(&format!(" TEMPLATE {}", quote(template)));
                }
                client.batch_execute(&statement).await?;
            }
            Ok::<(), tokio_postgres::Error>(())
        };
        // The connection ends when the client inside `work` is dropped.
        let (done, _) = tokio::join!(work, connection);
        Ok(done?)
    }

    /// The directory that was given.
    pub fn data_dir(&self) -> &Path {
        &self.layout.data_dir
    }

    /// The directory of the socket.
    pub fn socket_dir(&self) -> &Path {
        &self.layout.socket_dir
    }

    /// Major version of the programs.
    pub fn version(&self) -> u32 {
        self.binaries.version
    }

    /// Process id of the postmaster; `None` while it is being restarted.
    pub fn pid(&self) -> Option<u32> {
        self.postmaster.pid()
    }

    /// Stops the cluster in order: sessions are ended, a checkpoint is written, the next start has nothing to recover.
    ///
    /// # Errors
    /// [`Error::Stop`] when even force does not end it.
    pub async fn stop(mut self) -> Result<(), Error> {
        tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            let how = if self.temporary.is_some() {
                postmaster::Stop::Immediate
            } else {
                postmaster::Stop::Fast
            };
            let result = self.postmaster.stop(how);
            if result.is_ok() {
                tracing::info!(seconds = begun.elapsed().as_secs_f64(), "private PostgreSQL stopped");
            }
            result
        })
        .await
        .map_err(|_| Error::Interrupted)?
    }
}

fn address(socket_dir: &Path, database: &str) -> tokio_postgres::Config {
    let mut config = tokio_postgres::Config::new();
    config
        .host_path(socket_dir)
        .port(settings::PORT)
        .user(NAME)
        .dbname(database);
    config.connect_timeout(Duration::from_secs(10));
    config
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names of temporary directories: this, the process id, a number.
const TEMPORARY_PREFIX: &str = "mistral-pg-";

/// Removes temporary directories of processes that ended without doing so: killed ones, and tests that keep a cluster in a
/// static variable.
fn remove_abandoned(base: &Path) {
    let Ok(entries) = std::fs::read_dir(base) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let pid = name
            .to_str()
            .and_then(|name| name.strip_prefix(TEMPORARY_PREFIX)?.split('-').next()?.parse().ok());
        let Some(pid) = pid.filter(|pid: &i32| *pid > 0).map(nix::unistd::Pid::from_raw) else {
            continue;
        };
        let ended = nix::sys::signal::kill(pid, None) == Err(nix::errno::Errno::ESRCH);
        if ended && Cluster::running_in(&entry.path()).is_none() && std::fs::remove_dir_all(entry.path()).is_ok() {
            tracing::debug!(path = %entry.path().display(), "removed the temporary cluster of a process that has ended");
        }
    }
}

/// A directory that is removed with everything in it when dropped.
struct TemporaryDirectory(PathBuf);

impl TemporaryDirectory {
    fn create() -> Result<TemporaryDirectory, Error> {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let base = std::env::temp_dir();
        remove_abandoned(&base);
        loop {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let path = base.join(format!("{TEMPORARY_PREFIX}{}-{number}", std::process::id()));
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(TemporaryDirectory(path)),
                // Left by a killed process that had this id.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(io("cannot create", &path)(error)),
            }
        }
    }
}

impl Drop for TemporaryDirectory {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "cannot remove a temporary directory");
        }
    }
}

#[cfg(test)]
mod tests;
