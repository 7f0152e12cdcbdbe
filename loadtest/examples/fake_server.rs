//! The tests' server as a program with the command line of `mistral-server` (and, for `upgrade`, of
//! `mistral-db-manage`). Only the roles `api` and `all` serve anything; the others wait to be stopped. The option
//! `die_after` (milliseconds, section `fake`) lets executors crash.

// Tests have threads of their own.
#![allow(clippy::disallowed_methods)]

#[path = "../tests/fake/mod.rs"]
mod fake;

use std::net::TcpListener;
use std::time::Duration;

use fake::{Behaviour, Fault};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == "upgrade") {
        return;
    }
    let value = |name: &str| {
        arguments
            .iter()
            .position(|argument| argument == name)
            .map(|at| arguments[at + 1].clone())
    };
    let role = value("--server").unwrap();
    let configuration = std::fs::read_to_string(value("--config-file").unwrap()).unwrap();
    let option = |name: &str| {
        let value = configuration
            .lines()
            .find_map(|line| line.strip_prefix(name)?.trim().strip_prefix('='));
        value.map(|value| value.trim().to_owned())
    };
    assert!(option("connection").is_some_and(|url| url.starts_with("postgresql://")));
    std::thread::spawn(stop_cleanly);
    if let Some(millis) = option("die_after").filter(|_| role == "executor") {
        std::thread::sleep(Duration::from_millis(millis.parse().unwrap()));
        std::process::exit(7);
    }
    if role != "api" && role != "all" {
        std::thread::sleep(Duration::from_secs(3600));
    }
    let listener = TcpListener::bind(format!("127.0.0.1:{}", option("port").unwrap())).unwrap();
    let run_time = Duration::from_millis(5);
    fake::serve(
        listener,
        Behaviour {
            fault: Fault::None,
            run_time,
            stall: None,
        },
    );
}

fn stop_cleanly() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut signals = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap();
        signals.recv().await;
    });
    std::process::exit(0);
}
