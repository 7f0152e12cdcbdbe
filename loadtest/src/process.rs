//! Child processes that never outlive the load generator's own end.

use std::fs::File;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A running program whose output goes to a file.
pub(crate) struct Process {
    name: String,
    child: Child,
}

impl Process {
    /// Starts `command` in a process group of its own, so that Ctrl-C reaches it through us only. Its output is
    /// appended to `log`.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(crate) fn spawn(name: &str, mut command: Command, log: &Path) -> Result<Self> {
        use std::os::unix::process::CommandExt as _;
        let open = || File::options().create(true).append(true).open(log);
        let output = open().and_then(|file| Ok((file.try_clone()?, file)));
        let (output, errors) = output.with_context(|| format!("cannot write {}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name} ({})", command.get_program().to_string_lossy()))?;
        Ok(Self {
            name: name.to_owned(),
            child,
        })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The status, once the program has ended.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Sends a signal, unless the program has ended.
    pub(crate) fn signal(&mut self, signal: Signal) {
        if self.ended().is_some() {
            return;
        }
        if let Ok(pid) = i32::try_from(self.child.id()) {
            // It may end between the check and the call, but its id stays taken until we wait for it.
            let _ = kill(Pid::from_raw(pid), signal);
        }
    }

    /// Waits for the end for at most `time`.
    pub(crate) async fn wait(&mut self, time: Duration) -> Option<ExitStatus> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return Some(status);
            }
            if started.elapsed() >= time {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Asks the program to end by `signal`; after `grace` it is killed. The status is the one it ended with by itself.
    pub(crate) async fn stop(&mut self, signal: Signal, grace: Duration) -> Option<ExitStatus> {
        self.signal(signal);
        let status = self.wait(grace).await;
        if status.is_none() {
            eprintln!("{} does not stop: killed", self.name);
            self.signal(Signal::SIGKILL);
            self.wait(Duration::from_secs(10)).await;
        }
        status
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.ended().is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be started, fails, or is not done in time; the end of its output is part of the message.
pub(crate) async fn run_to_end(name: &str, command: Command, log: &Path, time: Duration) -> Result<()> {
    let mut process = Process::spawn(name, command, log)?;
    let status = process
        .wait(time)
        .await
        .with_context(|| format!("{name} is not done after {time:?}"))?;
    anyhow::ensure!(status.success(), "{name} failed with {status}: {}", last_lines(log));
    Ok(())
}

/// The end of a log file.
pub(crate) fn last_lines(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}

/// A directory for logs, configuration and data that is removed at the end.
pub(crate) struct WorkDirectory {
    path: PathBuf,
    keep: bool,
}

impl WorkDirectory {
    /// Creates `parent`/loadtest-PID-NUMBER.
    ///
    /// # Errors
    /// When it cannot be created.
    pub(crate) fn create(parent: &Path, keep: bool) -> Result<Self> {
        let parent = std::path::absolute(parent)?;
        for number in 0..1000 {
            let path = parent.join(format!("loadtest-{}-{number}", std::process::id()));
            match std::fs::create_dir(&path) {
                Ok(()) => {
                    let directory = Self { path, keep };
                    // The database's own user has to pass through.
                    std::fs::set_permissions(&directory.path, std::fs::Permissions::from_mode(0o755))?;
                    return Ok(directory);
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).with_context(|| format!("cannot create {}", path.display())),
            }
        }
        anyhow::bail!("cannot find a free name for a directory in {}", parent.display())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Does not remove it.
    pub(crate) fn keep(&mut self) {
        self.keep = true;
    }

    pub(crate) fn is_kept(&self) -> bool {
        self.keep
    }
}

impl Drop for WorkDirectory {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[tokio::test]
    async fn a_process_is_stopped_and_its_directory_removed() {
        let directory = WorkDirectory::create(&std::env::temp_dir(), false).unwrap();
        let path = directory.path().to_owned();
        let log = path.join("log");
        // Ready only once the trap is set.
        let script = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.01; done";
        let mut process = Process::spawn("shell", shell(script), &log).unwrap();
        while !last_lines(&log).contains("ready") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(process.ended().is_none());
        let status = process.stop(Signal::SIGTERM, Duration::from_secs(5)).await.unwrap();
        assert!(status.success());
        assert_eq!(last_lines(&log), "ready\nbye");
        drop(directory);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_failure_shows_the_end_of_the_output() {
        let directory = WorkDirectory::create(&std::env::temp_dir(), false).unwrap();
        let log = directory.path().join("log");
        let result = run_to_end("step", shell("echo reason >&2; exit 3"), &log, Duration::from_secs(5)).await;
        assert!(result.unwrap_err().to_string().contains("reason"));
        let missing = Process::spawn("nothing", Command::new("/no/such/program"), &log);
        assert!(missing.is_err());
    }

    #[tokio::test]
    async fn a_dropped_process_is_gone() {
        let directory = WorkDirectory::create(&std::env::temp_dir(), false).unwrap();
        let process = Process::spawn("sleep", shell("exec sleep 60"), &directory.path().join("log")).unwrap();
        let pid = process.pid();
        drop(process);
        assert!(!Path::new(&format!("/proc/{pid}")).exists());
    }
}
