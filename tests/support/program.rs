//! Worker programs as processes of their own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::http::Client;

/// Whether a program is there. Where tests run for all, it has to be.
pub(crate) fn is_there(program: &str) -> bool {
    let there = Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    if !there {
        eprintln!("!!! SKIPPED, NOTHING WAS TESTED: there is no {program} on this machine");
    }
    there
}

pub(crate) fn sdk(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk").join(name)
}

/// A running worker. Dropped, it is killed with all that it started.
pub(crate) struct Program(Child);

impl Program {
    pub(crate) fn start(command: &mut Command) -> Program {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        Program(child.unwrap_or_else(|e| panic!("{command:?}: {e}")))
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    fn signal(&self, signal: Signal) {
        let pid = nix::unistd::Pid::from_raw(i32::try_from(self.0.id()).unwrap());
        nix::sys::signal::kill(pid, signal).unwrap();
    }

    /// Stops it in its tracks.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::SIGSTOP);
    }

    /// Lets it go on after [`Program::freeze`].
    pub(crate) fn thaw(&self) {
        self.signal(Signal::SIGCONT);
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(&mut self) {
        self.signal(Signal::SIGTERM);
        let deadline = Instant::now() + Duration::from_secs(15);
        while self.0.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the worker does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// `python3` that finds the package, and whatever lies in `more`.
pub(crate) fn python(more: Option<&Path>) -> Command {
    let mut command = Command::new("python3");
    let mut path = sdk("python").into_os_string();
    if let Some(more) = more {
        path.push(":");
        path.push(more);
    }
    command.env("PYTHONPATH", path).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// Waits until an action is offered.
pub(crate) fn await_action(client: &mut Client, name: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while client.get(&format!("/v2/actions/{name}")).unwrap().status != 200 {
        assert!(Instant::now() < deadline, "nobody provides {name}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// Waits until somebody runs uploaded code.
pub(crate) fn await_dynamic(client: &mut Client) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let workers = client.get("/v2/workers").unwrap().json();
        let mut all = workers["workers"].as_array().unwrap().iter();
        if all.any(|worker| worker["dynamic"] == true && worker["is_alive"] == true) {
            return;
        }
        assert!(Instant::now() < deadline, "no worker comes");
        std::thread::sleep(Duration::from_millis(30));
    }
}
