//! Running a target in processes of its own, under limits, for some time.
//!
//! The worker writes the number of each case to a file before it runs it. When it dies, or stays with one case for too long, that
//! case is a finding; the next worker goes on behind it.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, setrlimit};
use nix::time::{ClockId, clock_gettime};

use super::targets::Target;

/// Address space of a worker, bytes. Budgets of a case are far below.
const MEMORY: u64 = 1 << 30;
/// CPU time that a case may take.
const CASE_TIME: Duration = if cfg!(debug_assertions) {
    Duration::from_secs(20)
} else {
    Duration::from_secs(2)
};
/// Time that a case may take before its worker is killed; other programs may be busy on the same machine.
const PATIENCE: Duration = Duration::from_secs(90);
/// The stack of the service's worker threads, bytes.
const STACK: usize = 2 << 20;
/// No case yet.
const NONE: i64 = i64::MAX;
/// A campaign ends after so many findings.
const ENOUGH: usize = 25;

/// How long, from which seed, from which case.
struct Plan {
    seconds: f64,
    seed: u64,
    first: Option<i64>,
}

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

impl Plan {
    /// Short runs repeat the same cases, so that a build does not fail by chance; long ones find new ones.
    fn from_environment() -> Plan {
        let seconds = variable("FUZZ_SECONDS");
        let new = || {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            now.map_or(1, |d| d.as_millis() as u64)
        };
        Plan {
            seed: variable("FUZZ_SEED").unwrap_or_else(|| if seconds.is_some() { new() } else { 1 }),
            seconds: seconds.unwrap_or(3.0),
            first: variable("FUZZ_CASE"),
        }
    }
}

/// Runs a target's regression cases, then new ones.
///
/// # Panics
/// When there are findings.
pub(crate) fn run(target: &Target) {
    let plan = Plan::from_environment();
    println!("{}: FUZZ_SEED={} for {} s", target.name, plan.seed, plan.seconds);
    let until = Instant::now() + Duration::from_secs_f64(plan.seconds);
    let mut findings = Vec::new();
    let mut next = plan.first.unwrap_or(target.first());
    while findings.len() < ENOUGH {
        let left = until.saturating_duration_since(Instant::now());
        let worker = Worker::start(target.name, plan.seed, next, left);
        match worker.wait() {
            Ok(done) => {
                println!("{}: {done} cases", target.name);
                break;
            }
            Err((case, what)) => {
                let text = target.case(plan.seed, case);
                let finding = describe(target.name, plan.seed, case, &text, &what);
                println!("{finding}");
                findings.push(finding);
                next = case + 1;
            }
        }
    }
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        findings.join("\n")
    );
}

/// What to do about a finding.
fn describe(target: &str, seed: u64, case: i64, text: &str, what: &str) -> String {
    let file = std::env::temp_dir().join(format!("fuzz-{target}-{seed}-{case}.txt"));
    let kept = match std::fs::write(&file, text) {
        Ok(()) => file.display().to_string(),
        Err(e) => format!("not kept: {e}"),
    };
    let shown: String = text.chars().take(300).collect();
    format!(
        "FINDING in {target}: {what}\n    replay: FUZZ_SEED={seed} FUZZ_CASE={case} cargo test --test fuzz {target}\n    input ({} \
         bytes): {kept}\n    {shown:?}",
        text.len()
    )
}

struct Worker {
    process: Child,
    progress: File,
    path: PathBuf,
}

impl Worker {
    fn start(target: &str, seed: u64, first: i64, time: Duration) -> Worker {
        let path = std::env::temp_dir().join(format!("fuzz-{target}-{}-{first}.progress", std::process::id()));
        let progress = File::options()
            .create(true)
            .truncate(true)
            .read(true)
            .write(true)
            .open(&path)
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        // A worker that dies before its first case is no finding of that case; `NONE` tells.
        progress
            .write_all_at(&NONE.to_le_bytes(), 0)
            .expect("a file that can be written");
        let process = Command::new(std::env::current_exe().expect("the path of this program"))
            .args(["--exact", "worker", "--ignored", "--nocapture", "--test-threads=1"])
            .env("FUZZ_WORKER", format!("{target} {seed} {first} {}", time.as_secs_f64()))
            .env("FUZZ_PROGRESS", &path)
            .env("RUST_BACKTRACE", "0")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a process that can be started");
        Worker {
            process,
            progress,
            path,
        }
    }

    fn case(&self) -> i64 {
        let mut number = [0; 8];
        match self.progress.read_exact_at(&mut number, 0) {
            Ok(()) => i64::from_le_bytes(number),
            Err(_) => NONE,
        }
    }

    /// The number of cases that were run, or the case that ended the worker and how.
    fn wait(mut self) -> Result<i64, (i64, String)> {
        let mut at = (self.case(), Instant::now());
        let mut killed = false;
        let status = loop {
            if let Some(status) = self.process.try_wait().expect("a process that can be waited for") {
                break status;
            }
            std::thread::sleep(Duration::from_millis(20));
            let case = self.case();
            if case != at.0 {
                at = (case, Instant::now());
            } else if at.1.elapsed() > PATIENCE {
                killed = true;
                self.process.kill().expect("a process that can be killed");
            }
        };
        let case = self.case();
        let mut errors = String::new();
        if let Some(stderr) = &mut self.process.stderr {
            // Bytes of an input may be in a panic's message.
            let mut bytes = Vec::new();
            let _ = stderr.read_to_end(&mut bytes);
            errors = String::from_utf8_lossy(&bytes).trim().chars().take(2000).collect();
        }
        let _ = std::fs::remove_file(&self.path);
        if status.success() {
            return Ok(if case == NONE { 0 } else { case + 1 });
        }
        assert!(case != NONE, "the worker did not come to its first case: {errors}");
        let what = match (killed, status.signal()) {
            (true, _) => format!("more than {} s", PATIENCE.as_secs()),
            (false, Some(signal)) => format!("signal {signal}: {errors}"),
            (false, None) => errors,
        };
        Err((case, what))
    }
}

/// The worker's side: runs cases until the time is over.
///
/// # Panics
/// With the first finding.
pub(crate) fn work() {
    let Ok(task) = std::env::var("FUZZ_WORKER") else {
        println!("The other tests start this one.");
        return;
    };
    let words: Vec<&str> = task.split(' ').collect();
    let [name, seed, first, seconds] = words[..] else {
        panic!("not a task: {task}");
    };
    let seed: u64 = seed.parse().expect("a number");
    let first: i64 = first.parse().expect("a number");
    let until = Instant::now() + Duration::from_secs_f64(seconds.parse().expect("a number"));
    let progress = File::options()
        .write(true)
        .open(std::env::var("FUZZ_PROGRESS").expect("a path"))
        .expect("a file that can be opened");
    let target = Target::named(name);
    setrlimit(Resource::RLIMIT_AS, MEMORY, MEMORY).expect("a limit that can be set");
    let run = move || {
        let mut case = first;
        // Former findings are run in any case.
        while case < 0 || Instant::now() < until {
            progress
                .write_all_at(&case.to_le_bytes(), 0)
                .expect("a file that can be written");
            let text = target.case(seed, case);
            let begun = cpu_time();
            (target.check)(&text);
            let taken = cpu_time().saturating_sub(begun);
            assert!(taken < CASE_TIME, "took {taken:?}");
            case += 1;
        }
    };
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(run)
        .expect("a thread that can be started")
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// CPU time of this thread.
fn cpu_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}
