//! Kills whatever can be killed while executions run, and checks that none is lost, none is stuck, nothing is done twice and
//! every output is right. With real processes and `kill -9`.
//!
//! `CRASH_SEED` repeats the random choices of a run (not the timing), `CRASH_SECONDS` makes it longer.

// Tests have threads of their own.
#![allow(clippy::disallowed_methods)]

mod cuts;
mod failover;
mod leave;
mod load;
mod net;
mod postgres;
mod restart;
mod shapes;
mod snapshot;
mod stalls;
mod standby;
#[path = "../support/mod.rs"]
mod support;
mod workers;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use load::Checked;
use shapes::Shape;
use support::corpus::tell;
use support::database::Database;
use support::deployment::{Deployment, EmbeddedServer, free_port};
use support::process::Process;
use support::proxy::Proxy;

/// Two engines, two executors, two APIs: one process has engine and executor, and with them the lane between the two.
const PROCESSES: [(&str, &str); 5] = [
    ("api-1", "api"),
    ("api-2", "api"),
    ("engine", "engine,periodic"),
    ("executor", "executor"),
    ("both", "engine,executor"),
];

/// A database that is away comes back soon, and what a dead engine leaves is taken over soon.
const SETTINGS: &str = "[engine]\nlease_seconds = 2\n[database]\nmax_retries = -1\nretry_interval = 0.3\n";

/// Longer than a lease.
const FROZEN: Duration = Duration::from_millis(3500);

/// Executions that are started at most, per second.
const PER_SECOND: u64 = 20;

#[test]
fn killed_processes_lose_nothing() {
    let database = Database::create();
    let mut deployment = Deployment::start(&database, &PROCESSES, SETTINGS);
    let addresses = deployment.addresses.clone();
    under_fire("processes", &addresses, |random| {
        let victim = random.random_range(0..deployment.processes.len());
        let process = &mut deployment.processes[victim];
        if random.random_bool(0.25) {
            // It comes back with work that others have taken over meanwhile, and must not commit it.
            process.freeze();
            std::thread::sleep(FROZEN);
            process.thaw();
        } else {
            process.kill();
            std::thread::sleep(Duration::from_millis(random.random_range(0..2000)));
            process.restart();
        }
        std::thread::sleep(Duration::from_millis(random.random_range(200..1500)));
    });
    assert_all_run(&mut deployment.processes);
}

/// The connections between processes are cut, in one direction or both, and closed; processes are killed meanwhile.
#[test]
fn cut_connections_lose_nothing() {
    let database = Database::create();
    let ways: Vec<(u16, Proxy)> = PROCESSES
        .iter()
        .map(|_| free_port())
        .map(|port| (port, Proxy::to(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))))
        .collect();
    let own = |name: &str| {
        let place = PROCESSES
            .iter()
            .position(|(known, _)| *known == name)
            .unwrap_or_default();
        let (port, proxy) = &ways[place];
        vec![
            ("OS_PEER__LISTEN".to_owned(), format!("127.0.0.1:{port}")),
            ("OS_PEER__ADDRESS".to_owned(), proxy.address.to_string()),
        ]
    };
    let mut deployment = Deployment::start_with(&database, &PROCESSES, SETTINGS, own);
    let addresses = deployment.addresses.clone();
    under_fire("connections", &addresses, |random| {
        let (_, proxy) = &ways[random.random_range(0..ways.len())];
        match random.random_range(0..4) {
            0 => proxy.reset(),
            1 => {
                let process = &mut deployment.processes[random.random_range(0..PROCESSES.len())];
                process.kill();
                process.restart();
            }
            _ => {
                let forth = random.random_bool(0.5);
                proxy.cut(forth, !forth || random.random_bool(0.3));
                // Shorter and longer than it takes to notice.
                std::thread::sleep(Duration::from_millis(random.random_range(100..3500)));
                proxy.mend();
            }
        }
        std::thread::sleep(Duration::from_millis(random.random_range(100..800)));
    });
    assert_all_run(&mut deployment.processes);
}

#[test]
fn a_lost_database_loses_nothing() {
    let database = Database::create_alone();
    let mut deployment = Deployment::start(&database, &PROCESSES, SETTINGS);
    let addresses = deployment.addresses.clone();
    let mut round = 0;
    under_fire("database", &addresses, |random| {
        round += 1;
        if round % 5 == 0 {
            kill_postmaster(&database);
        } else {
            // Its own session ends too; a database that is just being restarted has none.
            let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";
            let _ = database.query(others);
        }
        std::thread::sleep(Duration::from_millis(random.random_range(100..1500)));
    });
    // Losing the database is no reason to end.
    assert_all_run(&mut deployment.processes);
}

#[test]
fn a_killed_server_with_its_own_database_loses_nothing() {
    let mut server = EmbeddedServer::start();
    let addresses = [server.address];
    under_fire("embedded", &addresses, |random| {
        std::thread::sleep(Duration::from_millis(random.random_range(500..3000)));
        server.process.kill();
        server.restart();
    });
    assert!(server.process.terminate().success());
}

/// What runs while things die.
struct Load<'s> {
    title: &'s str,
    document: &'s str,
    shapes: &'s [Shape],
    duration: Duration,
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// How long faults happen, if nothing else is asked for.
fn duration(seconds: u64) -> Duration {
    Duration::from_secs(number("CRASH_SECONDS").unwrap_or(seconds))
}

/// Runs executions of all shapes for a while, with fault after fault; then all must be as if nothing had happened.
fn under_fire(title: &str, addresses: &[SocketAddr], fault: impl FnMut(&mut StdRng)) {
    let load = Load {
        title,
        document: shapes::DOCUMENT,
        shapes: &shapes::all(),
        duration: duration(20),
    };
    under_load(&load, addresses, fault);
}

/// The same for any workflows; what was started.
fn under_load<'s>(
    load: &Load<'s>,
    addresses: &[SocketAddr],
    mut fault: impl FnMut(&mut StdRng),
) -> Vec<load::Accepted<'s>> {
    let Load {
        title,
        document,
        shapes,
        duration,
    } = *load;
    let seed = number("CRASH_SEED").unwrap_or_else(rand::random);
    tell(&format!("{title}: CRASH_SEED={seed}"));
    load::upload(addresses[0], document);
    let total = usize::try_from(duration.as_secs() * PER_SECOND).unwrap_or(usize::MAX);
    let stop = AtomicBool::new(false);
    let mut random = StdRng::seed_from_u64(seed);
    let (mut faults, begun) = (0, Instant::now());
    let accepted = std::thread::scope(|scope| {
        let load = scope.spawn(|| load::start(addresses, shapes, seed, total, Duration::ZERO, &stop));
        while begun.elapsed() < duration {
            fault(&mut random);
            faults += 1;
        }
        stop.store(true, Ordering::Relaxed);
        load.join().expect("every start is accepted in the end")
    });
    assert!(
        accepted.len() >= 20,
        "{title}: only {} executions were started",
        accepted.len()
    );
    let Checked { wrong, failed } = load::check(addresses[0], &accepted);
    tell(&format!(
        "{title}: {} executions, {faults} faults, {failed} failed as they may, {} wrong, {:.1} s",
        accepted.len(),
        wrong.len(),
        begun.elapsed().as_secs_f64()
    ));
    assert!(wrong.is_empty(), "{title}, CRASH_SEED={seed}:\n{}", wrong.join("\n"));
    accepted
}

fn kill_postmaster(database: &Database) {
    // It is a child of this process that nobody has waited for: the id cannot belong to another one.
    if let Some(pid) = database.postmaster().and_then(|pid| i32::try_from(pid).ok()) {
        let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
    }
}

fn assert_all_run(processes: &mut [Process]) {
    for process in processes {
        assert!(process.is_running(), "{} has ended by itself", process.name());
    }
}
