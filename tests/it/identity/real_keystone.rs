//! With a real Keystone: the checks of `tests/identity/with_keystone.py`, where `.ci/test` has installed one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::deployment::free_port;
use crate::support::process::{self, Workspace};

/// A running Keystone. Dropped, it is stopped.
struct Keystone {
    workspace: Workspace,
    venv: PathBuf,
    port: u16,
    mistral_port: u16,
}

impl Keystone {
    fn command(&self, program: &Path) -> Command {
        let mut command = process::command(program);
        command
            .env("DIR", self.workspace.path("keystone"))
            .env("VENV", &self.venv)
            .env("PORT", self.port.to_string())
            .env("MISTRAL_PORT", self.mistral_port.to_string())
            .env("MISTRAL_URL", format!("http://127.0.0.1:{}/v2", self.mistral_port));
        command
    }

    fn script(&self, argument: &str) -> std::process::Output {
        let script = directory().join("keystone.sh");
        self.command(&script).arg(argument).output().expect("keystone.sh runs")
    }
}

impl Drop for Keystone {
    fn drop(&mut self) {
        self.script("down");
    }
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identity")
}

#[test]
fn everything_with_a_real_keystone() {
    let venv = std::env::var_os("MISTRAL_TEST_KEYSTONE").map(PathBuf::from);
    let Some(venv) = venv.filter(|venv| venv.join("bin/gunicorn").exists()) else {
        eprintln!("NOT TESTED with a real Keystone: MISTRAL_TEST_KEYSTONE names no virtual environment that has one");
        return;
    };
    let keystone = Keystone {
        workspace: Workspace::create(),
        venv,
        port: free_port(),
        mistral_port: free_port(),
    };
    let started = keystone.script("up");
    assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
    let python = keystone.venv.join("bin/python");
    let checks = keystone
        .command(&python)
        .arg(directory().join("with_keystone.py"))
        .arg(process::server_program())
        .stdin(Stdio::null())
        .output()
        .expect("the checks run");
    let text = String::from_utf8_lossy(&checks.stdout);
    let is_done = checks.status.success() && text.trim_end().ends_with("all checks");
    assert!(is_done, "{text}\n{}", String::from_utf8_lossy(&checks.stderr));
}
