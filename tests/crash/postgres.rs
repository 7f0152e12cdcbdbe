//! PostgreSQL servers that are stopped, lost and replaced, as durable as they come, on TCP ports of this machine.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User, chown};

use crate::support::database::Database;
use crate::support::deployment::free_port;
use crate::support::process::Workspace;

/// Superuser and database.
const NAME: &str = "mistral";

/// A server with its data.
pub(crate) struct Server {
    directory: PathBuf,
    pub port: u16,
    _workspace: Workspace,
}

impl Server {
    /// Makes and starts a server that listens at the loopback interface and at these addresses.
    pub(crate) fn start(addresses: &[String], settings: &str) -> Server {
        let server = Server::empty();
        let data = server.directory.join("data");
        let mut initdb = server.command("initdb");
        initdb.args([
            "-A",
            "trust",
            "-U",
            NAME,
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
            "-D",
        ]);
        run(initdb.arg(&data));
        server.configure(addresses, settings);
        let mut rules = std::fs::read_to_string(data.join("pg_hba.conf")).expect("rules");
        rules.push_str("host all all 10.231.0.0/16 trust\n");
        std::fs::write(data.join("pg_hba.conf"), rules).expect("rules are written");
        server.begin();
        Database::at(&server.url_of("127.0.0.1", "postgres"))
            .query(&format!("CREATE DATABASE {NAME}"))
            .expect("SQL");
        server
    }

    /// A server that follows this one, whose commits wait for it from now on.
    pub(crate) fn standby(&self, addresses: &[String]) -> Server {
        let standby = Server::empty();
        let mut backup = standby.command("pg_basebackup");
        backup.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", NAME]);
        run(backup
            .args(["-R", "-X", "stream", "-c", "fast", "-D"])
            .arg(standby.directory.join("data")));
        standby.configure(addresses, "");
        standby.begin();
        let database = self.database();
        for sql in [
            "ALTER SYSTEM SET synchronous_standby_names = '*'",
            "SELECT pg_reload_conf()",
        ] {
            database.query(sql).expect("SQL");
        }
        standby
    }

    fn empty() -> Server {
        let workspace = Workspace::create();
        let directory = workspace.path("postgresql");
        std::fs::create_dir(&directory).expect("a directory");
        if let Some(user) = owner() {
            chown(&directory, Some(user.uid), Some(user.gid)).expect("it is given away");
        }
        Server {
            directory,
            port: free_port(),
            _workspace: workspace,
        }
    }

    fn configure(&self, addresses: &[String], settings: &str) {
        let file = self.directory.join("data/postgresql.conf");
        let mut text = std::fs::read_to_string(&file).expect("settings");
        let (port, directory) = (self.port, self.directory.display());
        let addresses = [&["127.0.0.1".to_owned()], addresses].concat().join(",");
        text.push_str(&format!(
            "port = {port}\nlisten_addresses = '{addresses}'\nunix_socket_directories = '{directory}'\nmax_connections = 200\n{settings}\n"
        ));
        std::fs::write(file, text).expect("settings are written");
    }

    /// Starts it, again after [`Server::stop`]; returns when it accepts connections.
    pub(crate) fn begin(&self) {
        self.control(&[
            "-w",
            "-t",
            "60",
            "-l",
            &self.directory.join("log").display().to_string(),
            "start",
        ]);
    }

    /// Stops it as its crash would.
    pub(crate) fn stop(&self) {
        self.control(&["-w", "-m", "immediate", "stop"]);
    }

    pub(crate) fn promote(&self) {
        self.control(&["-w", "promote"]);
    }

    fn control(&self, arguments: &[&str]) {
        let mut control = self.command("pg_ctl");
        run(control.arg("-D").arg(self.directory.join("data")).args(arguments));
    }

    fn url_of(&self, host: &str, database: &str) -> String {
        format!("postgresql://{NAME}@{host}:{}/{database}", self.port)
    }

    pub(crate) fn database(&self) -> Database {
        Database::at(&self.url_of("127.0.0.1", NAME))
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(program(name));
        command.current_dir(&self.directory);
        if let Some(user) = owner() {
            command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut control = self.command("pg_ctl");
        control.arg("-D").arg(self.directory.join("data"));
        // It may have been stopped.
        let _ = silent(control.args(["-w", "-m", "immediate", "stop"])).status();
    }
}

/// Whom PostgreSQL runs as: it refuses to be root.
fn owner() -> Option<User> {
    let users = ["postgres", "nobody"].map(|name| User::from_name(name).ok().flatten());
    users
        .into_iter()
        .flatten()
        .next()
        .filter(|_| Uid::effective().is_root())
}

fn program(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin").join(name)).collect();
    found.retain(|path| path.exists());
    found.sort();
    found.pop().unwrap_or_else(|| Path::new(name).to_owned())
}

fn silent(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

fn run(command: &mut Command) {
    // Servers inherit what they are started with: nothing here may wait for the end of a pipe.
    let status = silent(command).status().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(status.success(), "{command:?}: {status}");
}
