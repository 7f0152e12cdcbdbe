//! What the server and the load generator cost: CPU time and memory of process trees, from `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::unistd::{SysconfVar, sysconf};
use serde::Serialize;

use crate::stats::round;

/// Deeper trees are cut: a server has two or three levels.
const MOST_PROCESSES: usize = 10_000;

/// A process tree to account for: `NAME=PID`, `NAME=FILE` (a pid file) or either without a name.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    name: String,
    root: Root,
}

#[derive(Clone, Debug)]
enum Root {
    Pid(u32),
    PidFile(PathBuf),
}

impl Watched {
    /// The tree below the process `pid`.
    pub(crate) fn pid(name: &str, pid: u32) -> Self {
        Self {
            name: name.to_owned(),
            root: Root::Pid(pid),
        }
    }

    fn root(&self) -> Option<u32> {
        match &self.root {
            Root::Pid(pid) => Some(*pid),
            Root::PidFile(path) => fs::read_to_string(path).ok()?.split_whitespace().next()?.parse().ok(),
        }
    }
}

impl FromStr for Watched {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, place) = text.split_once('=').unwrap_or(("server", text));
        if name.is_empty() || place.is_empty() {
            return Err("expected NAME=PID or NAME=PIDFILE".to_owned());
        }
        let root = place.parse().map_or_else(|_| Root::PidFile(place.into()), Root::Pid);
        let watched = Self {
            name: name.to_owned(),
            root,
        };
        match watched.root() {
            Some(_) => Ok(watched),
            None => Err(format!(
                "{place} is neither a process id nor a file that starts with one"
            )),
        }
    }
}

/// One look at a group of process trees.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sample {
    cpu: Duration,
    rss_kib: u64,
    pss_kib: u64,
    processes: u64,
}

/// What a group of process trees used during a run.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Usage {
    pub cpu_s: f64,
    /// Resident memory of the root process at the end.
    pub rss_mb: f64,
    /// Proportional memory of the whole tree at the end.
    pub tree_pss_mb: f64,
    pub processes: u64,
}

/// Looks at all watched trees; those of the same name are added up.
pub(crate) fn sample(watched: &[Watched]) -> BTreeMap<String, Sample> {
    let mut samples: BTreeMap<String, Sample> = BTreeMap::new();
    for watched in watched {
        let sample = samples.entry(watched.name.clone()).or_default();
        let Some(root) = watched.root() else { continue };
        sample.rss_kib += memory(root, "Rss:");
        for pid in tree(root) {
            let Some(cpu) = cpu_time(pid) else { continue };
            sample.cpu += cpu;
            sample.pss_kib += memory(pid, "Pss:");
            sample.processes += 1;
        }
    }
    samples
}

/// The difference between two looks at the same trees. Processes that came and went in between are not counted,
/// unless a parent in the tree has waited for them.
pub(crate) fn difference(
    before: &BTreeMap<String, Sample>,
    after: &BTreeMap<String, Sample>,
) -> BTreeMap<String, Usage> {
    let used = |(name, after): (&String, &Sample)| {
        let before = before.get(name).copied().unwrap_or_default();
        let usage = Usage {
            cpu_s: round(after.cpu.saturating_sub(before.cpu).as_secs_f64()),
            rss_mb: round(after.rss_kib as f64 / 1024.0),
            tree_pss_mb: round(after.pss_kib as f64 / 1024.0),
            processes: after.processes,
        };
        (name.clone(), usage)
    };
    after.iter().map(used).collect()
}

/// User and system time of this process.
pub(crate) fn own_cpu() -> Duration {
    let micros = |time: nix::sys::time::TimeVal| {
        Duration::from_secs(u64::try_from(time.tv_sec()).unwrap_or(0))
            + Duration::from_micros(u64::try_from(time.tv_usec()).unwrap_or(0))
    };
    getrusage(UsageWho::RUSAGE_SELF).map_or(Duration::ZERO, |usage| {
        micros(usage.user_time()) + micros(usage.system_time())
    })
}

fn tree(root: u32) -> Vec<u32> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(pid) = found.get(next).copied().filter(|_| found.len() < MOST_PROCESSES) {
        next += 1;
        let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else {
            continue;
        };
        for thread in threads.flatten() {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            found.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
        }
    }
    found
}

/// User and system time of a process and of its children that have ended.
pub(crate) fn cpu_time(pid: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The command name may contain anything but ends with the last parenthesis; the times are fields 14 to 17.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(4)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    let per_second = sysconf(SysconfVar::CLK_TCK)
        .ok()
        .flatten()
        .and_then(|ticks| u64::try_from(ticks).ok())?;
    Some(Duration::from_secs_f64(ticks as f64 / per_second.max(1) as f64))
}

fn memory(pid: u32, key: &str) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watches_by_pid_and_by_pid_file() {
        let own = std::process::id();
        let file = std::env::temp_dir().join(format!("loadtest-usage-{own}.pid"));
        fs::write(&file, format!("{own}\n/some/where\n")).unwrap();
        let watched: Vec<Watched> = [format!("{own}"), format!("postgres={}", file.display())]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        let before = sample(&watched);
        let mut child = std::process::Command::new("sleep").arg("5").spawn().unwrap();
        let usage = difference(&before, &sample(&watched));
        child.kill().unwrap();
        child.wait().unwrap();
        fs::remove_file(&file).unwrap();
        assert!(usage["server"].rss_mb > 1.0 && usage["postgres"].tree_pss_mb > 0.5);
        assert!(usage["server"].processes >= 2, "the child belongs to the tree");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "x=", "=1", "server=/no/such/file"] {
            assert!(text.parse::<Watched>().is_err(), "{text}");
        }
    }

    #[test]
    fn own_cpu_time_grows() {
        let before = own_cpu();
        let mut number = 1u64;
        while own_cpu() == before {
            number = std::hint::black_box(number.wrapping_mul(3));
        }
        assert!(cpu_time(std::process::id()).is_some());
    }
}
