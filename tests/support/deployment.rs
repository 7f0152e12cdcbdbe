//! A service of one or several processes on one database.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::database::Database;
use super::http::Client;
use super::process::{self, Process, Workspace};

/// How long a service may take until it answers.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// Which processes make up a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One process with all roles.
    AllInOne,
    /// API, engine and executor as processes of their own.
    Separate,
}

impl Layout {
    /// Name and roles of each process.
    pub(crate) fn processes(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Layout::AllInOne => &[("all", "all")],
            Layout::Separate => &[("api", "api"), ("engine", "engine,periodic"), ("executor", "executor")],
        }
    }
}

/// A running service. Dropped, it is stopped.
pub(crate) struct Deployment {
    pub processes: Vec<Process>,
    /// One address per process with an API.
    pub addresses: Vec<SocketAddr>,
    /// Number of processes with an engine.
    engines: usize,
    /// Whether the APIs speak TLS.
    is_secure: bool,
    _workspace: Workspace,
}

impl Deployment {
    /// Creates the schema and starts the processes, given by name and roles, with one configuration file: the database and
    /// `settings` (further INI text). Returns when every process has joined and every API answers. Executors get their
    /// process' name as their host.
    pub(crate) fn start(database: &Database, processes: &[(&str, &str)], settings: &str) -> Deployment {
        Deployment::start_with(database, processes, settings, |_| Vec::new())
    }

    /// The same, where each process, by its name, has further settings of its own in its environment.
    pub(crate) fn start_with(
        database: &Database,
        processes: &[(&str, &str)],
        settings: &str,
        own: impl Fn(&str) -> Vec<(String, String)>,
    ) -> Deployment {
        let workspace = Workspace::create();
        // A cluster for tests accepts 100 connections, which all processes share.
        let text = format!(
            "[database]\nconnection = {}\nmax_pool_size = 8\n[pecan]\nauth_enable = false\n[api]\nhost = 127.0.0.1\n{settings}",
            database.url()
        );
        let file = workspace.write("mistral.conf", &text).display().to_string();
        let upgraded = process::run(&process::manage_program(), &["--config-file", &file, "upgrade", "head"]);
        assert!(
            upgraded.status.success(),
            "mistral-db-manage: {}",
            String::from_utf8_lossy(&upgraded.stderr)
        );

        let has_role = |roles: &str, wanted: &str| roles.split(',').any(|role| role == wanted || role == "all");
        let mut deployment = Deployment {
            processes: Vec::new(),
            addresses: Vec::new(),
            engines: processes.iter().filter(|(_, roles)| has_role(roles, "engine")).count(),
            is_secure: settings.contains("enable_ssl_api = true"),
            _workspace: workspace,
        };
        for (name, roles) in processes {
            let mut environment = own(name);
            environment.push(("OS_EXECUTOR__HOST".to_owned(), (*name).to_owned()));
            if has_role(roles, "api") {
                let port = free_port();
                environment.push(("OS_API__PORT".to_owned(), port.to_string()));
                deployment.addresses.push(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
            }
            let arguments = ["--config-file", &file, "--server", roles].map(str::to_owned).to_vec();
            let process = Process::start(&deployment._workspace, name, arguments, environment);
            deployment.processes.push(process);
        }
        deployment.await_start(database);
        deployment
    }

    /// A client of the first API.
    pub(crate) fn client(&self) -> Client {
        Client::new(self.addresses[0])
    }

    /// Waits until every API answers, after processes were started again.
    pub(crate) fn await_api(&self) {
        let deadline = Instant::now() + START_PATIENCE;
        while !self.addresses.iter().all(|address| self.does_answer(*address)) {
            assert!(Instant::now() < deadline, "no API within {START_PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn await_start(&mut self, database: &Database) {
        let deadline = Instant::now() + START_PATIENCE;
        while !(self.addresses.iter().all(|address| self.does_answer(*address)) && self.have_joined(database)) {
            for process in &mut self.processes {
                assert!(process.is_running(), "{} has ended", process.name());
            }
            assert!(
                Instant::now() < deadline,
                "the service has not started within {START_PATIENCE:?}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn does_answer(&self, address: SocketAddr) -> bool {
        match self.is_secure {
            // Who wants to speak TLS does so in the test.
            true => std::net::TcpStream::connect_timeout(&address, Duration::from_secs(5)).is_ok(),
            false => answers(address),
        }
    }

    /// Whether every process holds a lease, and every engine its share of the executions.
    fn have_joined(&self, database: &Database) -> bool {
        let count = |text: &str| database.query(text).map_or(0, |rows| rows.len());
        count("SELECT id FROM node WHERE lease_until > now()") >= self.processes.len()
            && count("SELECT DISTINCT owner FROM shard WHERE owner IS NOT NULL") >= self.engines
    }
}

/// Whether an API answers.
pub(crate) fn answers(address: SocketAddr) -> bool {
    let mut client = Client::new(address).with_timeout(Duration::from_secs(5));
    client.get("/v2/").is_ok_and(|answer| answer.status == 200)
}

/// A TCP port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    // Below those that the system gives to outgoing connections (32,768 and up): one of these could take the port before the server
    // listens.
    const FIRST: u16 = 12_000;
    const COUNT: u32 = 18_000;
    let start = std::process::id().wrapping_mul(97);
    let next = || start.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed)) % COUNT;
    (0..COUNT)
        .map(|_| FIRST + u16::try_from(next()).expect("it is below the count"))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("a port can be bound")
}

/// A server with the PostgreSQL it starts for itself. Dropped, it is stopped.
pub(crate) struct EmbeddedServer {
    pub process: Process,
    pub address: SocketAddr,
    workspace: Workspace,
}

impl EmbeddedServer {
    /// Starts it on a new data directory; returns when its API answers.
    pub(crate) fn start() -> EmbeddedServer {
        let workspace = Workspace::create();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
        let settings = format!(
            "[api]\nhost = 127.0.0.1\nport = {}\n[pecan]\nauth_enable = false\n",
            address.port()
        );
        workspace.write("mistral.conf", &settings);
        let arguments = arguments_of(&workspace);
        let process = Process::start(&workspace, "server", arguments, Vec::new());
        let mut server = EmbeddedServer {
            process,
            address,
            workspace,
        };
        server.await_api();
        server
    }

    /// Starts it again, after it has ended, on the same data.
    pub(crate) fn restart(&mut self) {
        self.process.restart();
        self.await_api();
    }

    /// Its arguments: configuration and data directory.
    pub(crate) fn arguments(&self) -> Vec<String> {
        arguments_of(&self.workspace)
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.address)
    }

    fn await_api(&mut self) {
        let deadline = Instant::now() + START_PATIENCE;
        while !answers(self.address) {
            assert!(self.process.is_running(), "the server has ended");
            assert!(Instant::now() < deadline, "no API within {START_PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn arguments_of(workspace: &Workspace) -> Vec<String> {
    let path = |name: &str| workspace.path(name).display().to_string();
    vec![
        "--config-file".to_owned(),
        path("mistral.conf"),
        "--data-dir".to_owned(),
        path("data"),
    ]
}
