//! The postmaster process: started, watched, restarted when it dies, stopped.

// Everything here runs on threads of its own.
#![allow(clippy::disallowed_methods)]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use parking_lot::{Condvar, Mutex};

use super::layout::clean;
use super::{Error, io};

/// How often a living postmaster is looked at. Short enough for a restart that nobody notices, long enough for no CPU.
const WATCH: Duration = Duration::from_millis(200);

/// How often something that is about to happen is looked for.
const POLL: Duration = Duration::from_millis(5);

/// Lines of PostgreSQL's log that are kept for the text of an error.
const TAIL: usize = 30;

/// Longest line that is read from PostgreSQL's log; the rest of a longer one follows as another.
const MAX_LINE: u64 = 64 << 10;

/// How long processes of a killed postmaster are waited for.
const LEFTOVER_PATIENCE: Duration = Duration::from_secs(15);

/// Longest delay between attempts to restart.
const MAX_RESTART_DELAY: Duration = Duration::from_secs(10);

/// Waits for the end of its standard input, i.e. of the server, however it ended; then stops the postmaster, if it still is
/// the one it knows. Shell built-ins only.
const WATCHDOG: &str = r#"read -r _; read -r pid < postmaster.pid && [ "$pid" = "$1" ] && kill -INT "$1""#;

/// What is needed to start a postmaster.
#[derive(Debug)]
pub(crate) struct Launch {
    pub postgres: PathBuf,
    pub pgdata: PathBuf,
    /// User and group to run as.
    pub owner: Option<(u32, u32)>,
    pub start_timeout: Duration,
    pub stop_timeout: Duration,
}

/// How a postmaster is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Sessions are ended, a checkpoint is written.
    Fast,
    /// At once; the next start recovers.
    Immediate,
}

/// A running postmaster and the thread that watches it. Dropping it stops it at once.
pub(crate) struct Postmaster {
    shared: Arc<Shared>,
    supervisor: Option<JoinHandle<()>>,
}

struct Shared {
    launch: Launch,
    state: Mutex<State>,
    /// Signalled when the state changes.
    changed: Condvar,
    tail: Arc<Mutex<VecDeque<String>>>,
}

#[derive(Default)]
struct State {
    running: Option<Running>,
    stopping: bool,
}

struct Running {
    child: Child,
    watchdog: Option<Watchdog>,
}

struct Watchdog {
    child: Child,
    /// The watchdog acts when this is closed, which the system does when the server dies.
    _stdin: Option<ChildStdin>,
}

impl Postmaster {
    /// Starts the postmaster; returns when it accepts connections.
    pub(crate) fn start(launch: Launch) -> Result<Postmaster, Error> {
        let shared = Arc::new(Shared {
            launch,
            state: Mutex::new(State::default()),
            changed: Condvar::new(),
            tail: Arc::new(Mutex::new(VecDeque::new())),
        });
        let running = shared.start_patiently()?;
        shared.state.lock().running = Some(running);
        let watched = Arc::clone(&shared);
        let supervisor = std::thread::Builder::new()
            .name("pg-supervisor".to_owned())
            .spawn(move || watched.supervise())
            .map_err(io("cannot start a thread for", &shared.launch.postgres));
        let mut postmaster = Postmaster {
            shared,
            supervisor: None,
        };
        postmaster.supervisor = Some(supervisor?);
        Ok(postmaster)
    }

    /// Process id; `None` while it is being restarted.
    pub(crate) fn pid(&self) -> Option<u32> {
        self.shared
            .state
            .lock()
            .running
            .as_ref()
            .map(|running| running.child.id())
    }

    /// Stops it and waits until it is gone; force is used when it takes too long.
    pub(crate) fn stop(&mut self, how: Stop) -> Result<(), Error> {
        let steps = match how {
            Stop::Fast => vec![
                (Signal::SIGINT, self.shared.launch.stop_timeout),
                (Signal::SIGQUIT, Duration::from_secs(10)),
                (Signal::SIGKILL, Duration::from_secs(5)),
            ],
            Stop::Immediate => {
                vec![
                    (Signal::SIGQUIT, Duration::from_secs(10)),
                    (Signal::SIGKILL, Duration::from_secs(5)),
                ]
            }
        };
        let mut state = self.shared.state.lock();
        state.stopping = true;
        self.shared.changed.notify_all();
        for (signal, patience) in steps {
            let Some(running) = &mut state.running else { break };
            signal_child(&running.child, signal);
            let deadline = Instant::now() + patience;
            while Instant::now() < deadline {
                if !matches!(running.child.try_wait(), Ok(None)) {
                    break;
                }
                std::thread::sleep(POLL);
            }
            if !matches!(running.child.try_wait(), Ok(None)) {
                if let Some(running) = state.running.take() {
                    finish(running);
                }
            } else {
                tracing::warn!(%signal, "PostgreSQL does not stop");
            }
        }
        let left = state.running.as_ref().map(|running| running.child.id());
        drop(state);
        if let Some(supervisor) = self.supervisor.take() {
            // It sees `stopping` at its next look.
            let _ = supervisor.join();
        }
        left.map_or(Ok(()), |pid| Err(Error::Stop(pid)))
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        if let Err(error) = self.stop(Stop::Immediate) {
            tracing::error!(%error, "a private PostgreSQL is left running");
        }
    }
}

impl Shared {
    fn spawn(&self) -> Result<Running, Error> {
        let launch = &self.launch;
        self.tail.lock().clear();
        let mut command = Command::new(&launch.postgres);
        command.arg("-D").arg(&launch.pgdata).current_dir(&launch.pgdata);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        clean(&mut command, launch.owner);
        let mut child = command.spawn().map_err(io("cannot run", &launch.postgres))?;
        if let Some(stderr) = child.stderr.take() {
            let tail = Arc::clone(&self.tail);
            // The thread ends when PostgreSQL's last process closes its end.
            let copied = std::thread::Builder::new()
                .name("pg-log".to_owned())
                .spawn(move || copy_log(stderr, &tail));
            if let Err(error) = copied {
                tracing::warn!(%error, "PostgreSQL's log is not copied");
            }
        }
        let watchdog = match self.spawn_watchdog(child.id()) {
            Ok(watchdog) => Some(watchdog),
            Err(error) => {
                tracing::warn!(%error, "no watchdog: a PostgreSQL outlives this server if it is killed");
                None
            }
        };
        Ok(Running { child, watchdog })
    }

    fn spawn_watchdog(&self, pid: u32) -> std::io::Result<Watchdog> {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", WATCHDOG, "mistral-postgres-watchdog"])
            .arg(pid.to_string());
        command.current_dir(&self.launch.pgdata);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        clean(&mut command, self.launch.owner);
        let mut child = command.spawn()?;
        let stdin = child.stdin.take();
        Ok(Watchdog { child, _stdin: stdin })
    }

    /// Waits until the status line of `postmaster.pid` says that connections are accepted.
    fn await_ready(&self, child: &mut Child) -> Result<(), Error> {
        let begun = Instant::now();
        let deadline = begun + self.launch.start_timeout;
        let mut told = begun;
        loop {
            if is_ready(&self.launch.pgdata, child.id()) {
                return Ok(());
            }
            if let Ok(Some(status)) = child.try_wait() {
                // The log comes through a pipe: let its reader catch up.
                std::thread::sleep(Duration::from_millis(50));
                return Err(self.failure(format!("it ended with {status}")));
            }
            if self.state.lock().stopping {
                return Err(Error::Interrupted);
            }
            let now = Instant::now();
            if now > deadline {
                return Err(self.failure(format!("not ready after {} s", self.launch.start_timeout.as_secs())));
            }
            if now - told > Duration::from_secs(5) {
                told = now;
                tracing::info!(
                    seconds = (now - begun).as_secs(),
                    "waiting for PostgreSQL to be ready (crash recovery)"
                );
            }
            std::thread::sleep(POLL);
        }
    }

    /// Starts a postmaster and waits until it is ready.
    fn start(&self) -> Result<Running, Error> {
        let mut running = self.spawn()?;
        match self.await_ready(&mut running.child) {
            Ok(()) => Ok(running),
            Err(error) => {
                finish(running);
                Err(error)
            }
        }
    }

    /// The same, with patience for the last processes of a killed postmaster: they hold the shared memory until they notice.
    fn start_patiently(&self) -> Result<Running, Error> {
        let deadline = Instant::now() + LEFTOVER_PATIENCE;
        loop {
            match self.start() {
                Err(Error::Start { log, .. }) if is_leftover(&log) && Instant::now() < deadline => {
                    tracing::info!("waiting for processes of a killed PostgreSQL to end");
                    remove_stale_lock(&self.launch.pgdata);
                    std::thread::sleep(WATCH);
                }
                result => return result,
            }
        }
    }

    fn failure(&self, reason: String) -> Error {
        let tail = self.tail.lock();
        Error::Start {
            reason,
            log: tail.iter().map(String::as_str).collect::<Vec<_>>().join("\n"),
        }
    }

    /// Restarts the postmaster whenever it ends without having been stopped.
    fn supervise(&self) {
        let mut state = self.state.lock();
        let mut delay = Duration::from_millis(100);
        loop {
            if state.stopping {
                return;
            }
            match &mut state.running {
                Some(running) => {
                    if let Ok(Some(status)) = running.child.try_wait() {
                        tracing::error!(%status, "PostgreSQL ended unexpectedly; restarting it");
                        if let Some(running) = state.running.take() {
                            finish(running);
                        }
                        delay = Duration::from_millis(100);
                        continue;
                    }
                    self.changed.wait_for(&mut state, WATCH);
                }
                None => {
                    self.changed.wait_for(&mut state, delay);
                    if state.stopping {
                        return;
                    }
                    drop(state);
                    let restarted = self
                        .spawn()
                        .and_then(|mut running| match self.await_ready(&mut running.child) {
                            Ok(()) => Ok(running),
                            Err(error) => {
                                finish(running);
                                Err(error)
                            }
                        });
                    state = self.state.lock();
                    match restarted {
                        Ok(running) if !state.stopping => {
                            tracing::info!(pid = running.child.id(), "PostgreSQL runs again");
                            state.running = Some(running);
                        }
                        Ok(running) => finish(running),
                        Err(Error::Interrupted) => {}
                        Err(error) => {
                            // Right after a crash its old processes may still hold the shared memory.
                            delay = (delay * 2).min(MAX_RESTART_DELAY);
                            tracing::error!(%error, retry_seconds = delay.as_secs_f64(), "cannot restart PostgreSQL");
                        }
                    }
                }
            }
        }
    }
}

/// Ends what is left of a postmaster that has ended or must end, and its watchdog.
fn finish(mut running: Running) {
    if matches!(running.child.try_wait(), Ok(None)) {
        signal_child(&running.child, Signal::SIGQUIT);
        let deadline = Instant::now() + Duration::from_secs(10);
        while matches!(running.child.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                let _ = running.child.kill();
                let _ = running.child.wait();
                break;
            }
            std::thread::sleep(POLL);
        }
    }
    if let Some(mut watchdog) = running.watchdog.take() {
        let _ = watchdog.child.kill();
        let _ = watchdog.child.wait();
    }
}

fn signal_child(child: &Child, signal: Signal) {
    // A child that has not been waited for keeps its id: this can meet no other process.
    if let Ok(pid) = i32::try_from(child.id())
        && let Err(errno) = kill(Pid::from_raw(pid), signal)
    {
        tracing::debug!(%errno, %signal, "cannot signal PostgreSQL");
    }
}

fn is_ready(pgdata: &Path, pid: u32) -> bool {
    let Ok(text) = std::fs::read_to_string(pgdata.join("postmaster.pid")) else {
        return false;
    };
    let mut lines = text.lines();
    // Line 8 is the status; PostgreSQL pads it with blanks.
    lines.next() == Some(pid.to_string().as_str()) && lines.nth(6).is_some_and(|status| status.trim() == "ready")
}

/// What PostgreSQL says whenever a client goes without a word, or it is told to stop: nothing to be warned of.
fn is_farewell(line: &str) -> bool {
    const FAREWELLS: [&str; 6] = [
        "connection to client lost",
        "could not send data to client",
        "could not receive data from client",
        "unexpected EOF on client connection",
        "terminating connection due to administrator command",
        "the database system is shutting down",
    ];
    FAREWELLS.iter().any(|text| line.contains(text))
}

/// Copies PostgreSQL's log into ours.
fn copy_log(stderr: impl Read, tail: &Mutex<VecDeque<String>>) {
    let mut reader = BufReader::new(stderr);
    let mut line = Vec::new();
    loop {
        line.clear();
        match reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end();
        if text.is_empty() {
            continue;
        }
        if is_farewell(text) {
            tracing::debug!(target: "postgres", "{text}");
            continue;
        }
        // `LOG:  database system is ready`; continuation lines and details come without one of these severities.
        match text.split_once(":  ") {
            Some(("PANIC" | "FATAL" | "ERROR" | "WARNING", _)) => tracing::warn!(target: "postgres", "{text}"),
            Some(("LOG", message)) => tracing::info!(target: "postgres", "{message}"),
            _ => tracing::debug!(target: "postgres", "{text}"),
        }
        let mut tail = tail.lock();
        if tail.len() == TAIL {
            tail.pop_front();
        }
        tail.push_back(text.to_owned());
    }
}

/// Stops a postmaster that a killed server left on the data: with it running, nobody else can use them, and nobody watches
/// it. Its clients are gone, so an orderly stop is quick.
pub(crate) fn stop_leftover(pgdata: &Path, patience: Duration) -> Result<(), Error> {
    let path = pgdata.join("postmaster.pid");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(());
    };
    let Some(pid) = text
        .lines()
        .next()
        .and_then(|line| line.trim().parse::<i32>().ok())
        .filter(|pid| *pid > 1)
    else {
        return Ok(());
    };
    if !serves(pid, pgdata) {
        // Its id may belong to another process by now. PostgreSQL itself replaces the stale file.
        return Ok(());
    }
    tracing::warn!(pid, "stopping the PostgreSQL that a killed server left running");
    for (signal, patience) in [(Signal::SIGINT, patience), (Signal::SIGQUIT, Duration::from_secs(10))] {
        match kill(Pid::from_raw(pid), signal) {
            Ok(()) => {}
            Err(nix::errno::Errno::ESRCH) => return Ok(()),
            Err(errno) => return Err(io("cannot stop the PostgreSQL of", &path)(errno.into())),
        }
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if !serves(pid, pgdata) {
                return Ok(());
            }
            std::thread::sleep(POLL);
        }
    }
    Err(Error::Leftover {
        pid,
        pgdata: pgdata.to_owned(),
    })
}

/// The socket directory of a postmaster that runs on these data.
pub(crate) fn socket_dir_of_running(pgdata: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(pgdata.join("postmaster.pid")).ok()?;
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse().ok()?;
    // Line 5, after the data directory, the start time and the port.
    let directory = lines.nth(3).filter(|line| !line.is_empty())?;
    serves(pid, pgdata).then(|| PathBuf::from(directory))
}

/// Whether PostgreSQL did not start because of what a killed one left: processes that have not ended, or its lock file.
fn is_leftover(log: &str) -> bool {
    log.contains("shared memory block") || (log.contains("lock file") && log.contains("already exists"))
}

/// Removes the lock file of a postmaster that is dead, but that PostgreSQL takes for alive: one that nobody has waited for yet (a
/// zombie), or whose id another process has by now. Nothing is removed while a process works in the data directory, as all
/// processes of a PostgreSQL do: the file is how the next one finds out about them.
fn remove_stale_lock(pgdata: &Path) {
    let path = pgdata.join("postmaster.pid");
    let pid = std::fs::read_to_string(&path)
        .ok()
        .and_then(|text| text.lines().next()?.trim().parse::<i32>().ok());
    let Some(pid) = pid else { return };
    if serves(pid, pgdata) || works_in(pgdata) != Some(false) {
        return;
    }
    match std::fs::remove_file(&path) {
        Ok(()) => tracing::info!(pid, "removed the lock file of a PostgreSQL that has ended"),
        Err(error) => tracing::warn!(%error, path = %path.display(), "a stale lock file stays"),
    }
}

/// Whether a process has this directory for its own; none where the system does not tell.
fn works_in(directory: &Path) -> Option<bool> {
    let directory = std::fs::canonicalize(directory).ok()?;
    let processes = std::fs::read_dir("/proc").ok()?;
    let mut seen_own = false;
    for entry in processes.flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        seen_own |= pid == std::process::id();
        if std::fs::read_link(entry.path().join("cwd")).is_ok_and(|place| place == directory) {
            return Some(true);
        }
    }
    seen_own.then_some(false)
}

/// Whether a process is alive and a postmaster of these data.
fn serves(pid: i32, pgdata: &Path) -> bool {
    if kill(Pid::from_raw(pid), None).is_err_and(|errno| errno == nix::errno::Errno::ESRCH) {
        return false;
    }
    let proc = PathBuf::from(format!("/proc/{pid}"));
    if !Path::new("/proc/self").exists() {
        // No /proc on this system: ask ps.
        let output = Command::new("ps")
            .args(["-o", "command=", "-p", &pid.to_string()])
            .output();
        return output
            .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(pgdata.to_string_lossy().as_ref()));
    }
    let status = std::fs::read_to_string(proc.join("stat")).unwrap_or_default();
    // `pid (name) state …`: a zombie has ended, only nobody has waited for it.
    let state = status
        .rsplit_once(')')
        .and_then(|(_, rest)| rest.trim_start().chars().next());
    if matches!(state, None | Some('Z' | 'X')) {
        return false;
    }
    let arguments = std::fs::read(proc.join("cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&arguments).contains(pgdata.to_string_lossy().as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readiness_is_the_status_line_of_our_process() {
        let root = tempfile::tempdir().unwrap();
        let write = |status: &str| {
            let text = format!("77\n/data\n1700000000\n5432\n/run\n\n  1234  5\n{status}\n");
            std::fs::write(root.path().join("postmaster.pid"), text).unwrap();
        };
        assert!(!is_ready(root.path(), 77));
        write("starting");
        assert!(!is_ready(root.path(), 77));
        write("ready   ");
        assert!(is_ready(root.path(), 77) && !is_ready(root.path(), 78));
    }

    #[test]
    fn processes_of_others_are_left_alone() {
        let root = tempfile::tempdir().unwrap();
        stop_leftover(root.path(), Duration::from_secs(1)).unwrap();
        // Our own process is alive, and no postmaster.
        std::fs::write(root.path().join("postmaster.pid"), format!("{}\n", std::process::id())).unwrap();
        stop_leftover(root.path(), Duration::from_secs(1)).unwrap();
    }
}
