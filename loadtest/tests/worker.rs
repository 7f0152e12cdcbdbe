//! The kit for the worker protocol against the workers of this repository.

use std::path::Path;
use std::process::Command;

fn is_there(program: &str) -> bool {
    let there = Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    if !there {
        eprintln!("!!! SKIPPED, NOTHING WAS TESTED: there is no {program} on this machine");
    }
    there
}

fn check(program: &str, script: &str) {
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk");
    let output = Command::new(env!("CARGO_BIN_EXE_loadtest"))
        .args(["worker", "check-worker", program])
        .arg(sdk.join(script))
        .env("PYTHONPATH", sdk.join("python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(told.contains("10 passed, 0 failed"), "{told}");
}

#[test]
fn the_python_worker_keeps_the_protocol() {
    if is_there("python3") {
        check("python3", "python/tests/conformance.py");
    }
}

#[test]
fn the_node_worker_keeps_the_protocol() {
    if is_there("node") {
        check("node", "node/test/conformance.mjs");
    }
}

/// A worker that does nothing is found out.
#[test]
fn a_program_that_is_no_worker_fails() {
    let output = Command::new(env!("CARGO_BIN_EXE_loadtest"))
        .args(["worker", "check-worker", "false"])
        .output()
        .unwrap();
    assert!(!output.status.success());
}
