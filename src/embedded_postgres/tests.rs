//! Tests with a real PostgreSQL.

// Tests have threads of their own.
#![allow(clippy::disallowed_methods)]

use super::*;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A durable cluster's directory under the temporary directory, open to the user PostgreSQL runs as.
fn directory() -> TemporaryDirectory {
    TemporaryDirectory::create().unwrap()
}

async fn query(config: &tokio_postgres::Config, text: &str) -> Result<Vec<String>, tokio_postgres::Error> {
    let (client, connection) = config.connect(NoTls).await?;
    let work = async move {
        let rows = client.simple_query(text).await?;
        Ok(rows
            .into_iter()
            .filter_map(|message| match message {
                tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            })
            .collect())
    };
    tokio::join!(work, connection).0
}

fn alive(pid: u32) -> bool {
    // A zombie that its parent has not waited for yet counts as ended.
    let status = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    status
        .rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

async fn until(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < deadline, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn data_survive_a_stop_and_a_second_server_is_refused() {
    let directory = directory();
    let cluster = Cluster::start(Options::new(&directory.0)).await.unwrap();
    let config = cluster.connection();
    let setting = |name: &'static str| {
        let config = config.clone();
        async move { query(&config, &format!("SHOW {name}")).await.unwrap().remove(0) }
    };
    assert_eq!(setting("fsync").await, "on");
    assert_eq!(setting("synchronous_commit").await, "on");
    assert_eq!(setting("full_page_writes").await, "on");
    assert_eq!(setting("listen_addresses").await, "");
    assert_eq!(setting("server_encoding").await, "UTF8");
    assert_eq!(setting("lc_collate").await, "C");
    query(&config, "CREATE TABLE t AS SELECT 'kept' AS x").await.unwrap();
    let url: tokio_postgres::Config = cluster.url().parse().unwrap();
    assert_eq!(query(&url, "SELECT x FROM t").await.unwrap(), ["kept"]);

    let error = Cluster::start(Options::new(&directory.0))
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains(&format!("in use by another server (process {})", std::process::id())),
        "{error}"
    );

    let pid = cluster.pid().unwrap();
    cluster.stop().await.unwrap();
    assert!(!alive(pid) && Cluster::running_in(&directory.0).is_none());
    let cluster = Cluster::start(Options::new(&directory.0)).await.unwrap();
    assert_eq!(query(&cluster.connection(), "SELECT x FROM t").await.unwrap(), ["kept"]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_postgresql_is_restarted() {
    let cluster = Cluster::temporary().await.unwrap();
    let config = cluster.connection();
    query(&config, "CREATE TABLE t AS SELECT 1 AS x").await.unwrap();
    let first = cluster.pid().unwrap();
    kill(Pid::from_raw(i32::try_from(first).unwrap()), Signal::SIGKILL).unwrap();
    until("a restart", || cluster.pid().is_some_and(|pid| pid != first)).await;
    assert_eq!(query(&config, "SELECT x FROM t").await.unwrap(), ["1"]);
    let second = cluster.pid().unwrap();
    drop(cluster);
    assert!(!alive(second));
}

/// What a killed server leaves: a postmaster that nobody watches, here also without a watchdog.
#[tokio::test]
async fn what_a_killed_server_left_is_stopped_and_recovered() {
    let directory = directory();
    let cluster = Cluster::start(Options::new(&directory.0)).await.unwrap();
    query(&cluster.connection(), "CREATE TABLE t AS SELECT 2 AS x")
        .await
        .unwrap();
    let (binaries, layout) = (cluster.binaries.clone(), Layout::prepare(&directory.0).unwrap());
    cluster.stop().await.unwrap();

    let mut command = std::process::Command::new(binaries.postgres());
    command
        .arg("-D")
        .arg(&layout.pgdata)
        .stderr(std::process::Stdio::null());
    let mut adopted = Layout::prepare(&directory.0).unwrap();
    adopted.adopt(None).unwrap();
    layout::clean(&mut command, adopted.owner.as_ref().map(|owner| (owner.uid, owner.gid)));
    let mut stray = command.spawn().unwrap();
    until("the stray start", || {
        std::fs::read_to_string(layout.pgdata.join("postmaster.pid")).is_ok_and(|text| text.contains("ready"))
    })
    .await;

    let cluster = Cluster::start(Options::new(&directory.0)).await.unwrap();
    assert_ne!(cluster.pid(), Some(stray.id()));
    assert!(stray.try_wait().unwrap().is_some());
    assert_eq!(query(&cluster.connection(), "SELECT x FROM t").await.unwrap(), ["2"]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_half_made_cluster_is_made_anew() {
    let directory = directory();
    std::fs::create_dir_all(directory.0.join("postgres.new/base")).unwrap();
    let cluster = Cluster::start(Options::new(&directory.0)).await.unwrap();
    let databases = query(&cluster.connection(), "SELECT current_database()").await.unwrap();
    assert_eq!(databases, ["mistral"]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn errors_of_postgresql_are_shown() {
    let directory = directory();
    let mut options = Options::new(&directory.0);
    options.settings.insert("no_such_setting".to_owned(), "1".to_owned());
    let error = Cluster::start(options).await.err().unwrap().to_string();
    assert!(
        error.contains("PostgreSQL did not start") && error.contains("no_such_setting"),
        "{error}"
    );
}

#[test]
fn directories_of_ended_processes_are_removed() {
    let base = tempfile::tempdir().unwrap();
    let mut ended = std::process::Command::new("/bin/true").spawn().unwrap();
    ended.wait().unwrap();
    let path = |pid: u32| base.path().join(format!("{TEMPORARY_PREFIX}{pid}-0"));
    let other = base.path().join("other");
    for path in [path(ended.id()), path(std::process::id()), other.clone()] {
        std::fs::create_dir(path).unwrap();
    }
    remove_abandoned(base.path());
    assert!(!path(ended.id()).exists() && path(std::process::id()).exists() && other.exists());
}

#[tokio::test]
async fn long_paths_work() {
    let directory = directory();
    let long = directory.0.join("d".repeat(120));
    let cluster = Cluster::start(Options {
        durable: false,
        ..Options::new(&long)
    })
    .await
    .unwrap();
    assert_eq!(query(&cluster.connection(), "SELECT 1").await.unwrap(), ["1"]);
    let socket_dir = cluster.socket_dir().to_owned();
    assert!(!socket_dir.starts_with(&long));
    cluster.stop().await.unwrap();
    std::fs::remove_dir_all(socket_dir).unwrap();
}

#[tokio::test]
async fn databases_are_copied_from_templates() {
    let cluster = Cluster::temporary().await.unwrap();
    query(&cluster.connection_to("template1"), "CREATE TABLE t AS SELECT 3 AS x")
        .await
        .unwrap();
    let config = cluster.create_database("a \"b\"", None).await.unwrap();
    assert_eq!(query(&config, "SELECT x FROM t").await.unwrap(), ["3"]);
    let copy = cluster.create_database("c", Some("a \"b\"")).await.unwrap();
    assert_eq!(query(&copy, "SELECT x FROM t").await.unwrap(), ["3"]);
    let directory = cluster.data_dir().to_owned();
    drop(cluster);
    assert!(!directory.exists());
}

/// A server that was killed with its PostgreSQL and started again at once: the old postmaster may be dead without anybody having waited
/// for it, and PostgreSQL takes such a process for alive.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_dead_postmaster_that_nobody_has_waited_for_is_no_hindrance() {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;

    let directory = directory();
    Cluster::start(Options::new(&directory.0))
        .await
        .unwrap()
        .stop()
        .await
        .unwrap();
    let pgdata = directory.0.join("postgres");
    let owner = std::fs::metadata(&pgdata).unwrap();
    let mut command = std::process::Command::new("/bin/true");
    if nix::unistd::geteuid().is_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    let mut zombie = command.spawn().unwrap();
    let state = || std::fs::read_to_string(format!("/proc/{}/stat", zombie.id())).unwrap_or_default();
    while !state().contains(") Z ") {
        std::thread::sleep(Duration::from_millis(5));
    }
    let lock = pgdata.join("postmaster.pid");
    let text = format!(
        "{}\n{}\n1700000000\n5432\n\n\n  1234567  7654321\n",
        zombie.id(),
        pgdata.display()
    );
    std::fs::write(&lock, text).unwrap();
    nix::unistd::chown(&lock, Some(owner.uid().into()), Some(owner.gid().into())).unwrap();

    let begun = Instant::now();
    let cluster = Cluster::start(Options::new(&directory.0)).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(query(&cluster.connection(), "SELECT 1").await.unwrap(), ["1"]);
    cluster.stop().await.unwrap();
    zombie.wait().unwrap();
}

/// `[embedded] start_timeout`: programs that run, and are never ready.
#[tokio::test]
async fn a_start_is_not_waited_for_for_ever() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = directory();
    let programs = directory.0.join("programs");
    std::fs::create_dir_all(&programs).unwrap();
    let postgres = "case $1 in --version) echo 'postgres (PostgreSQL) 15.1';; *) exec sleep 60;; esac";
    // It is called in the directory that it fills.
    let initdb = "echo 15 > PG_VERSION; : > postgresql.conf";
    for (name, text) in [("postgres", postgres), ("initdb", initdb)] {
        let path = programs.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let options = Options {
        bin_dir: Some(programs),
        durable: false,
        start_timeout: Duration::from_secs(1),
        ..Options::new(directory.0.join("data"))
    };
    let begun = Instant::now();
    let error = Cluster::start(options).await.err().unwrap().to_string();
    assert!(error.contains("not ready after 1 s"), "{error}");
    // Others start clusters at the same time; the program itself would run for a minute.
    let took = begun.elapsed();
    assert!(
        took >= Duration::from_secs(1) && took < Duration::from_secs(40),
        "{took:?}"
    );
}

/// `[embedded] stop_timeout`: a session whose process stands still keeps PostgreSQL from an orderly stop.
#[tokio::test]
async fn a_stop_is_not_waited_for_for_ever() {
    let directory = directory();
    let options = Options {
        durable: false,
        stop_timeout: Duration::from_secs(1),
        ..Options::new(&directory.0)
    };
    let cluster = Cluster::start(options).await.unwrap();
    let (client, connection) = cluster.connection().connect(NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    let row = client.query_one("SELECT pg_backend_pid()", &[]).await.unwrap();
    let backend = Pid::from_raw(row.get(0));
    kill(backend, Signal::SIGSTOP).unwrap();
    let postmaster = cluster.pid().unwrap();
    let begun = Instant::now();
    let stopping = tokio::spawn(cluster.stop());
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(alive(postmaster), "its time is not over");
    // Told the hard way, it does not wait for the session to end its work.
    tokio::time::sleep(Duration::from_millis(800)).await;
    kill(backend, Signal::SIGCONT).unwrap();
    stopping.await.unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    let _ = connection.await;
    // What was stopped in order has nothing to recover.
    let state = std::fs::read(directory.0.join("postgres/global/pg_control")).unwrap();
    let state = u32::from_ne_bytes(state[16..20].try_into().unwrap());
    const SHUTDOWNED: u32 = 1;
    assert_ne!(state, SHUTDOWNED);
}
