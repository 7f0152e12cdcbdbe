//! Programs of this package as processes: started, killed, stopped, their logs shown when a test fails.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::database::children;

/// How long an orderly stop may take.
const STOP_PATIENCE: Duration = Duration::from_secs(30);

/// Lines of a log that are shown when a test fails.
const TAIL: usize = 40;

/// The server under test.
pub(crate) fn server_program() -> PathBuf {
    match std::env::var_os("MISTRAL_SERVER") {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(env!("CARGO_BIN_EXE_mistral-server")),
    }
}

/// The program for the schema that belongs to it.
pub(crate) fn manage_program() -> PathBuf {
    match std::env::var_os("MISTRAL_SERVER") {
        Some(path) => Path::new(&path).with_file_name("mistral-db-manage"),
        None => PathBuf::from(env!("CARGO_BIN_EXE_mistral-db-manage")),
    }
}

/// A command without the settings that the environment of the tests may have.
pub(crate) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("OS_")) {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// In the environment of a process: KiB of memory that it may have (`ulimit -d`).
pub(crate) const MEMORY_LIMIT: &str = "MEMORY_LIMIT_KB";

/// In the environment of a process: whatever it says, process ids are counted anew there, so that others take it for one on another
/// machine.
pub(crate) const ELSEWHERE: &str = "ELSEWHERE";

/// Runs a program to its end, at most for a minute.
pub(crate) fn run(program: &Path, arguments: &[&str]) -> Output {
    let mut command = command(program);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command
        .spawn()
        .unwrap_or_else(|e| panic!("cannot run {}: {e}", program.display()));
    let pid = child.id();
    let (sender, ended) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Its pipes are closed by then, so the process is waited for below.
            if ended.recv_timeout(Duration::from_secs(60)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                signal(pid, Signal::SIGKILL);
            }
        });
        let output = child.wait_with_output();
        drop(sender);
        output.unwrap_or_else(|e| panic!("{}: {e}", program.display()))
    })
}

/// A directory for configuration, logs and data. Others may enter it: PostgreSQL runs as a user of its own.
pub(crate) struct Workspace(PathBuf);

impl Workspace {
    pub(crate) fn create() -> Workspace {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mistral-test-{}-{number}", std::process::id()));
        // What a killed test with the same process id has left.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        Workspace(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        path
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if std::env::var_os("KEEP_LOGS").is_some() {
            eprintln!("kept: {}", self.0.display());
        } else {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// A server process, which can be started again. Dropped, it is stopped.
pub(crate) struct Process {
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    log: PathBuf,
    child: Child,
}

impl Process {
    /// Starts the server under test; its output goes to a file in the workspace.
    pub(crate) fn start(
        workspace: &Workspace,
        name: &str,
        arguments: Vec<String>,
        environment: Vec<(String, String)>,
    ) -> Process {
        Process::start_program(workspace, name, server_program(), arguments, environment)
    }

    /// The same in a network namespace.
    pub(crate) fn start_in(namespace: &str, workspace: &Workspace, name: &str, arguments: Vec<String>) -> Process {
        let server = server_program().display().to_string();
        let mut all = ["netns", "exec", namespace, server.as_str()]
            .map(str::to_owned)
            .to_vec();
        all.extend(arguments);
        Process::start_program(workspace, name, PathBuf::from("ip"), all, Vec::new())
    }

    fn start_program(
        workspace: &Workspace,
        name: &str,
        program: PathBuf,
        arguments: Vec<String>,
        environment: Vec<(String, String)>,
    ) -> Process {
        let log = workspace.path(&format!("{name}.log"));
        let child = spawn(&program, &arguments, &environment, &log);
        Process {
            name: name.to_owned(),
            program,
            arguments,
            environment,
            log,
            child,
        }
    }

    /// Starts it again, after it has ended.
    pub(crate) fn restart(&mut self) {
        assert!(!self.is_running(), "{} still runs", self.name);
        self.child = spawn(&self.program, &self.arguments, &self.environment, &self.log);
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Stops it in its tracks, as a machine without time for it does.
    pub(crate) fn freeze(&mut self) {
        signal(self.child.id(), Signal::SIGSTOP);
    }

    /// Lets it go on after [`Process::freeze`].
    pub(crate) fn thaw(&mut self) {
        signal(self.child.id(), Signal::SIGCONT);
    }

    /// SIGTERM, and SIGKILL when it takes too long (which the status then shows).
    pub(crate) fn terminate(&mut self) -> ExitStatus {
        if self.is_running() {
            // One that runs elsewhere has a parent that only waits for it.
            let is_elsewhere = self.environment.iter().any(|(name, _)| name == ELSEWHERE);
            let inner = is_elsewhere
                .then(|| children(self.child.id()).first().copied())
                .flatten();
            signal(inner.unwrap_or(self.child.id()), Signal::SIGTERM);
        }
        self.wait(STOP_PATIENCE)
    }

    /// What Ctrl-C does.
    pub(crate) fn interrupt(&mut self) {
        if self.is_running() {
            signal(self.child.id(), Signal::SIGINT);
        }
    }

    /// What the end of a terminal does.
    pub(crate) fn hang_up(&mut self) {
        if self.is_running() {
            signal(self.child.id(), Signal::SIGHUP);
        }
    }

    /// Waits for its end; kills it when it takes too long.
    pub(crate) fn wait(&mut self, patience: Duration) -> ExitStatus {
        let deadline = Instant::now() + patience;
        while self.is_running() {
            if Instant::now() > deadline {
                eprintln!("{} does not end within {patience:?}: killed", self.name);
                self.kill();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.child.wait().unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read(&self.log)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// The end of its log.
    pub(crate) fn log_tail(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(TAIL)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.terminate();
        if std::thread::panicking() {
            eprintln!("--- end of the log of {}:\n{}", self.name, self.log_tail());
        }
    }
}

fn spawn(program: &Path, arguments: &[String], environment: &[(String, String)], log: &Path) -> Child {
    let out: File = OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .unwrap_or_else(|e| panic!("{}: {e}", log.display()));
    let err = out.try_clone().unwrap_or_else(|e| panic!("{}: {e}", log.display()));
    let value = |wanted: &str| environment.iter().find(|(name, _)| name == wanted);
    let mut command = match value(MEMORY_LIMIT) {
        None if value(ELSEWHERE).is_some() => {
            let mut unshare = command(Path::new("unshare"));
            unshare.args(["--pid", "--fork", "--kill-child"]).arg(program);
            unshare
        }
        None => command(program),
        Some((_, kb)) => {
            let mut shell = command(Path::new("/bin/sh"));
            shell.args(["-c", &format!("ulimit -d {kb} && exec \"$0\" \"$@\"")]);
            shell.arg(program);
            shell
        }
    };
    command
        .args(arguments)
        .envs(environment.iter().map(|(name, value)| (name, value)));
    command.stdout(out).stderr(err);
    command
        .spawn()
        .unwrap_or_else(|e| panic!("cannot run {}: {e}", program.display()))
}

/// Signals a process that the caller has started and not yet waited for (so its id cannot belong to another one).
fn signal(pid: u32, signal: Signal) {
    if let Ok(pid) = i32::try_from(pid) {
        let _ = kill(Pid::from_raw(pid), signal);
    }
}
