//! The private PostgreSQL of a test program, started by the code that starts the server's own.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use mistral::embedded_postgres::{Cluster, Options};
use mistral::postgres::{self, Purpose, migrate};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio_postgres::{NoTls, SimpleQueryMessage};

/// The cluster that the tests of one program share. The last database that is dropped stops it.
static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());

/// What databases of tests are copies of: making the schema anew costs four times as much.
const MIGRATED: &str = "migrated";

/// A database, most often in a private cluster.
pub(crate) struct Database {
    cluster: Option<Arc<Cluster>>,
    config: tokio_postgres::Config,
    url: String,
}

impl Database {
    /// A database in the cluster that is shared by the tests of this program, with the schema, without a row.
    pub(crate) fn create() -> Database {
        Database::create_in(shared_cluster(), Some(MIGRATED))
    }

    /// The same, for those who have a runtime already.
    #[allow(dead_code, reason = "not every test program has such tests")]
    pub(crate) async fn create_within() -> Database {
        tokio::task::spawn_blocking(Database::create).await.expect("a database")
    }

    /// A database without a schema.
    #[allow(dead_code, reason = "not every test program wants one")]
    pub(crate) fn create_empty() -> Database {
        Database::create_in(shared_cluster(), None)
    }

    /// A database without a schema in a cluster of its own, which may be treated badly.
    pub(crate) fn create_alone() -> Database {
        Database::create_in(Arc::new(start_cluster()), None)
    }

    fn create_in(cluster: Arc<Cluster>, template: Option<&str>) -> Database {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNTER.fetch_add(1, Ordering::Relaxed));
        block_on(cluster.create_database(&name, template)).unwrap_or_else(|e| panic!("cannot create {name}: {e}"));
        Database {
            config: cluster.connection_to(&name),
            url: cluster.url_of(&name),
            cluster: Some(cluster),
        }
    }

    /// A database of a server that somebody else runs.
    pub(crate) fn at(url: &str) -> Database {
        Database {
            cluster: None,
            config: url.parse().expect("an URL"),
            url: url.to_owned(),
        }
    }

    /// How to connect to it.
    #[allow(dead_code, reason = "most tests go by the address")]
    pub(crate) fn config(&self) -> tokio_postgres::Config {
        self.config.clone()
    }

    /// For `[database] connection`.
    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// Process id of the postmaster of a private cluster; `None` while it is being restarted.
    pub(crate) fn postmaster(&self) -> Option<u32> {
        self.cluster.as_ref()?.pid()
    }

    /// All its processes stand still until what is returned is dropped.
    pub(crate) fn freeze(&self) -> Frozen {
        let postmaster = self.postmaster().expect("a running database");
        let mut processes = vec![postmaster];
        processes.extend(children(postmaster));
        let frozen = Frozen(processes);
        frozen.signal(Signal::SIGSTOP);
        frozen
    }

    /// Runs SQL text and gives the rows of its last answers.
    ///
    /// # Errors
    /// What PostgreSQL says, e.g. while it is being restarted.
    pub(crate) fn query(&self, text: &str) -> Result<Vec<Vec<Option<String>>>, tokio_postgres::Error> {
        let config = self.config.clone();
        block_on(async move {
            let (client, connection) = config.connect(NoTls).await?;
            let work = async move {
                let messages = client.simple_query(text).await?;
                Ok(messages.into_iter().filter_map(row_of).collect())
            };
            tokio::join!(work, connection).0
        })
    }
}

/// Processes that stand still.
pub(crate) struct Frozen(Vec<u32>);

impl Frozen {
    fn signal(&self, signal: Signal) {
        for pid in self.0.iter().filter_map(|pid| i32::try_from(*pid).ok()) {
            // One may have ended.
            let _ = kill(Pid::from_raw(pid), signal);
        }
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.signal(Signal::SIGCONT);
    }
}

/// The processes that this one has started.
pub(crate) fn children(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parent_of = |pid: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name of the program, in brackets, may hold anything.
        stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse::<u32>().ok()
    };
    ids.filter(|pid| parent_of(pid) == Some(parent)).collect()
}

fn row_of(message: SimpleQueryMessage) -> Option<Vec<Option<String>>> {
    match message {
        SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|index| row.get(index).map(str::to_owned)).collect()),
        _ => None,
    }
}

fn shared_cluster() -> Arc<Cluster> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = shared.upgrade() {
        return cluster;
    }
    let cluster = Arc::new(start_cluster());
    block_on(async {
        let template = cluster.create_database(MIGRATED, None).await.expect("a database");
        let mut admin = postgres::Database::new(template)
            .client(Purpose::Admin)
            .await
            .expect("a connection");
        migrate::upgrade(&mut admin, migrate::Target::Head)
            .await
            .expect("migrated");
    });
    *shared = Arc::downgrade(&cluster);
    cluster
}

fn start_cluster() -> Cluster {
    let mut options = Options::new("");
    // Several tests run at once, each with up to five processes of about 15 connections.
    options.max_connections = 400;
    block_on(Cluster::temporary_with(options)).unwrap_or_else(|e| panic!("no PostgreSQL for the tests: {e}"))
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be built").block_on(future)
}
