//! A private PostgreSQL for one cluster run: system binaries, a data directory of its own, a Unix socket, durability on.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::Signal;
use nix::unistd::{Gid, Uid, User, chown};

use crate::process::{Process, last_lines, run_to_end};
use crate::usage::Watched;

/// Names the socket file; nobody listens on this port.
const SOCKET_PORT: u16 = 5432;
const START_TIME: Duration = Duration::from_secs(60);
const STOP_TIME: Duration = Duration::from_secs(30);
/// Kernels limit the path of a Unix socket to 107 bytes; the file's name takes the rest.
const LONGEST_SOCKET_DIRECTORY: usize = 90;
/// Where distributions put the server's programs, which are seldom on the PATH.
const PLACES: [&str; 3] = [
    "/usr/lib/postgresql",
    "/usr/local/pgsql",
    "/opt/homebrew/opt/postgresql",
];

/// A running private PostgreSQL.
pub struct Postgres {
    binaries: PathBuf,
    directory: PathBuf,
    owner: Option<(Uid, Gid)>,
    statements: bool,
    process: Process,
}

impl Postgres {
    /// Creates a cluster below `directory` and starts it. With `statements`, `pg_stat_statements` counts statements
    /// (which costs some time in each).
    ///
    /// # Errors
    /// When there are no binaries, or they fail.
    pub async fn start(directory: &Path, statements: bool) -> Result<Self> {
        ensure!(
            directory.as_os_str().len() <= LONGEST_SOCKET_DIRECTORY,
            "{} is too long for a Unix socket: use a shorter --work-directory",
            directory.display()
        );
        let binaries = find_binaries()?;
        let owner = unprivileged_user()?;
        std::fs::create_dir(directory).with_context(|| format!("cannot create {}", directory.display()))?;
        // Anybody who reaches the socket is trusted, so only the owner (and root) may reach it.
        std::fs::set_permissions(directory, std::fs::Permissions::from_mode(0o700))?;
        if let Some((user, group)) = owner {
            chown(directory, Some(user), Some(group))?;
        }
        let mut initdb = program(&binaries, "initdb", owner);
        initdb.args([
            "--username=mistral",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--pgdata",
        ]);
        initdb.arg(directory.join("data")).current_dir(directory);
        run_to_end("initdb", initdb, &log_file(directory), Duration::from_secs(120)).await?;
        let process = launch(&binaries, directory, owner, statements)?;
        let mut postgres = Self {
            binaries,
            directory: directory.to_owned(),
            owner,
            statements,
            process,
        };
        postgres.wait_until_ready().await?;
        postgres.create_database().await?;
        Ok(postgres)
    }

    /// The URL of the database of the service.
    pub fn url(&self) -> String {
        url(&self.directory, "mistral")
    }

    /// The CPU time of the server and its sessions, as one of the watched trees.
    pub fn watched(&self) -> Watched {
        Watched::pid("postgres", self.process.pid())
    }

    async fn create_database(&self) -> Result<()> {
        let run = |database: &str, statement: &str| {
            let (url, statement) = (url(&self.directory, database), statement.to_owned());
            async move {
                let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
                let connection = tokio::spawn(connection);
                let result = client.batch_execute(&statement).await;
                drop(client);
                let _ = connection.await;
                result
            }
        };
        run("postgres", "CREATE DATABASE mistral")
            .await
            .context("cannot create the database")?;
        if self.statements {
            let statement = "CREATE EXTENSION pg_stat_statements";
            run("mistral", statement)
                .await
                .context("cannot install pg_stat_statements")?;
        }
        Ok(())
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        let url = url(&self.directory, "postgres");
        loop {
            if let Ok((_, connection)) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await {
                drop(connection);
                return Ok(());
            }
            if let Some(status) = self.process.ended() {
                bail!(
                    "postgres ended with {status}: {}",
                    last_lines(&log_file(&self.directory))
                );
            }
            ensure!(
                started.elapsed() < START_TIME,
                "postgres is not ready after {START_TIME:?}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Kills the server with SIGKILL, as a crash of the machine would, and starts it again.
    ///
    /// # Errors
    /// When it does not come back.
    pub async fn crash_and_recover(&mut self) -> Result<()> {
        self.process.signal(Signal::SIGKILL);
        self.process.wait(STOP_TIME).await;
        let started = Instant::now();
        loop {
            self.process = launch(&self.binaries, &self.directory, self.owner, self.statements)?;
            match self.wait_until_ready().await {
                Ok(()) => return Ok(()),
                // Sessions of the killed server hold its shared memory until they notice.
                Err(_) if started.elapsed() < START_TIME => tokio::time::sleep(Duration::from_millis(100)).await,
                Err(error) => return Err(error),
            }
        }
    }

    /// Ends all sessions and shuts down.
    pub async fn stop(mut self) {
        self.process.stop(Signal::SIGINT, STOP_TIME).await;
    }
}

fn url(directory: &Path, database: &str) -> String {
    let mut host = String::new();
    for byte in directory.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => host.push(char::from(*byte)),
            other => {
                let _ = write!(host, "%{other:02X}");
            }
        }
    }
    format!("postgresql://mistral@{host}:{SOCKET_PORT}/{database}")
}

fn log_file(directory: &Path) -> PathBuf {
    // Beside the directory: ours to write, whoever owns the directory.
    directory.with_extension("log")
}

fn launch(binaries: &Path, directory: &Path, owner: Option<(Uid, Gid)>, statements: bool) -> Result<Process> {
    let mut command = program(binaries, "postgres", owner);
    command
        .arg("-D")
        .arg(directory.join("data"))
        .arg("-k")
        .arg(directory)
        .current_dir(directory);
    command.args([
        "-p",
        &SOCKET_PORT.to_string(),
        "-c",
        "listen_addresses=",
        "-c",
        "max_connections=300",
    ]);
    if statements {
        command.args([
            "-c",
            "shared_preload_libraries=pg_stat_statements",
            "-c",
            "pg_stat_statements.save=off",
        ]);
    }
    Process::spawn("postgres", command, &log_file(directory))
}

fn program(binaries: &Path, name: &str, owner: Option<(Uid, Gid)>) -> Command {
    let mut command = Command::new(binaries.join(name));
    if let Some((user, group)) = owner {
        command.uid(user.as_raw()).gid(group.as_raw());
    }
    command
}

/// PostgreSQL refuses to run as root: then it runs as its own system user, else as `nobody`.
fn unprivileged_user() -> Result<Option<(Uid, Gid)>> {
    if !Uid::effective().is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let Some(user) = User::from_name(name)? {
            return Ok(Some((user.uid, user.gid)));
        }
    }
    bail!("PostgreSQL cannot run as root, and there is neither a user postgres nor a user nobody")
}

/// The directory of `initdb` and `postgres`: of the PATH, else the newest of the usual places.
fn find_binaries() -> Result<PathBuf> {
    let complete = |directory: &PathBuf| ["initdb", "postgres"].iter().all(|name| directory.join(name).is_file());
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(directory) = std::env::split_paths(&path).find(complete) {
        return Ok(directory);
    }
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for place in PLACES {
        let versions = std::fs::read_dir(place).into_iter().flatten().flatten();
        let version = |name: &std::ffi::OsStr| name.to_str().and_then(|name| name.parse().ok()).unwrap_or(0);
        found.extend(versions.map(|entry| (version(&entry.file_name()), entry.path().join("bin"))));
        found.push((0, Path::new(place).join("bin")));
    }
    found.retain(|(_, directory)| complete(directory));
    found.sort();
    let (_, newest) = found
        .pop()
        .context("PostgreSQL's programs initdb and postgres are not installed")?;
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database;
    use crate::process::WorkDirectory;

    #[tokio::test]
    async fn a_private_cluster_survives_a_crash_and_counts() {
        if find_binaries().is_err() {
            eprintln!("skipped: PostgreSQL is not installed");
            return;
        }
        let work = WorkDirectory::create(&std::env::temp_dir(), false).unwrap();
        let mut postgres = Postgres::start(&work.path().join("postgres"), false).await.unwrap();
        let before = Database::connect(&postgres.url())
            .await
            .unwrap()
            .sample()
            .await
            .unwrap();
        let (client, connection) = tokio_postgres::connect(&postgres.url(), tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        client
            .batch_execute("CREATE TABLE kept AS SELECT 1 AS number")
            .await
            .unwrap();
        drop(client);
        postgres.crash_and_recover().await.unwrap();
        let database = Database::connect(&postgres.url()).await.unwrap();
        let after = database.sample().await.unwrap();
        assert!(format!("{before:?}") != format!("{after:?}"));
        let (client, connection) = tokio_postgres::connect(&postgres.url(), tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        assert_eq!(
            client
                .query_one("SELECT number FROM kept", &[])
                .await
                .unwrap()
                .get::<_, i32>(0),
            1
        );
        let pid = postgres.process.pid();
        postgres.stop().await;
        assert!(!Path::new(&format!("/proc/{pid}")).exists());
    }

    #[test]
    fn paths_are_encoded_in_urls() {
        assert_eq!(
            url(Path::new("/tmp/a b"), "mistral"),
            "postgresql://mistral@%2Ftmp%2Fa%20b:5432/mistral"
        );
    }
}
