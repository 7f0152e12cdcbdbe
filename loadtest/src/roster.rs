//! The server processes of a cluster: their configuration, their life and death, and what they used.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::ValueEnum;
use nix::sys::signal::Signal;

use crate::process::{Process, last_lines};
use crate::usage::{self, Usage, Watched};

/// How long a process may take to hand over its work when it is asked to stop.
const STOP_TIME: Duration = Duration::from_secs(30);

/// What a process is started as.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, ValueEnum)]
pub(crate) enum Role {
    Api,
    Engine,
    Executor,
    /// Everything in one process.
    All,
    /// The database. Only a private one can be killed.
    Postgres,
}

impl Role {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Engine => "engine",
            Self::Executor => "executor",
            Self::All => "all",
            Self::Postgres => "postgres",
        }
    }

    fn serves_requests(self) -> bool {
        matches!(self, Self::Api | Self::All)
    }
}

/// An option of the configuration file: `section.option=value`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Setting {
    pub section: String,
    pub option: String,
    pub value: String,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text
            .split_once('=')
            .and_then(|(name, value)| Some((name.split_once('.')?, value)));
        let Some(((section, option), value)) = parts.filter(|_| !text.contains('\n')) else {
            return Err("expected SECTION.OPTION=VALUE".to_owned());
        };
        Ok(Self {
            section: section.to_owned(),
            option: option.to_owned(),
            value: value.to_owned(),
        })
    }
}

/// The text of an INI file.
fn render(settings: &[Setting]) -> String {
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    for Setting { section, option, value } in settings {
        let _ = writeln!(sections.entry(section).or_default(), "{option} = {value}");
    }
    sections
        .iter()
        .map(|(section, options)| format!("[{section}]\n{options}\n"))
        .collect()
}

/// One process of the cluster.
pub(crate) struct Member {
    pub role: Role,
    pub name: String,
    /// Base URL of a process that serves requests.
    pub url: Option<String>,
    binary: PathBuf,
    configuration: PathBuf,
    log: PathBuf,
    process: Option<Process>,
    /// CPU time of the processes that were killed, at their end.
    past_cpu: Duration,
}

impl Member {
    /// Writes the configuration of a member; does not start it.
    ///
    /// # Errors
    /// When there is no free port or the file cannot be written.
    pub(crate) fn prepare(
        role: Role,
        number: usize,
        binary: &Path,
        directory: &Path,
        common: &[Setting],
    ) -> Result<Self> {
        let name = format!("{}-{number}", role.name());
        let setting = |section: &str, option: &str, value: String| Setting {
            section: section.to_owned(),
            option: option.to_owned(),
            value,
        };
        let mut settings = vec![setting("executor", "host", name.clone())];
        let mut url = None;
        if role.serves_requests() {
            let port = free_port()?;
            settings.push(setting("api", "host", "127.0.0.1".to_owned()));
            settings.push(setting("api", "port", port.to_string()));
            url = Some(format!("http://127.0.0.1:{port}/v2"));
        }
        settings.extend_from_slice(common);
        let configuration = directory.join(format!("{name}.conf"));
        std::fs::write(&configuration, render(&settings))?;
        Ok(Self {
            role,
            url,
            binary: binary.to_owned(),
            configuration,
            log: directory.join(format!("{name}.log")),
            process: None,
            past_cpu: Duration::ZERO,
            name,
        })
    }

    /// Starts the process.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(&mut self) -> Result<()> {
        let mut command = Command::new(&self.binary);
        command
            .args(["--server", self.role.name(), "--config-file"])
            .arg(&self.configuration);
        self.process = Some(Process::spawn(&self.name, command, &self.log)?);
        Ok(())
    }

    /// Sends a signal that is meant to end the process, and waits for its end.
    pub(crate) async fn end(&mut self, signal: Signal) {
        if let Some(mut process) = self.process.take() {
            self.past_cpu += usage::cpu_time(process.pid()).unwrap_or_default();
            process.stop(signal, STOP_TIME).await;
        }
    }

    /// How the process ended, if it did so although nobody asked for it.
    pub(crate) fn crash(&mut self) -> Option<String> {
        let status = self.process.as_mut()?.ended()?;
        self.process = None;
        Some(format!("{} ended with {status}: {}", self.name, last_lines(&self.log)))
    }

    /// Stops the process as an operator does; what was not clean about it, if anything.
    pub(crate) async fn stop(&mut self) -> Option<String> {
        let mut process = self.process.take()?;
        match process.stop(Signal::SIGTERM, STOP_TIME).await {
            Some(status) if status.success() => None,
            Some(status) => Some(format!(
                "{} stopped with {status}: {}",
                self.name,
                last_lines(&self.log)
            )),
            None => Some(format!("{} did not stop within {STOP_TIME:?}", self.name)),
        }
    }

    /// Lines of the log that tell of a panic.
    pub(crate) fn panics(&self) -> Vec<String> {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let panicked = text.lines().filter(|line| line.contains("panicked at"));
        panicked.map(|line| format!("{}: {line:.300}", self.name)).collect()
    }

    fn total_cpu(&self) -> Duration {
        let running = self.process.as_ref().and_then(|process| usage::cpu_time(process.pid()));
        self.past_cpu + running.unwrap_or_default()
    }
}

/// CPU time by name of the member, to be compared with a later look.
pub(crate) fn cpu_times(members: &[Member]) -> BTreeMap<String, Duration> {
    members
        .iter()
        .map(|member| (member.name.clone(), member.total_cpu()))
        .collect()
}

/// What the members used since `before`.
pub(crate) fn usage_since(members: &[Member], before: &BTreeMap<String, Duration>) -> BTreeMap<String, Usage> {
    let watched: Vec<Watched> = members
        .iter()
        .filter_map(|member| Some(Watched::pid(&member.name, member.process.as_ref()?.pid())))
        .collect();
    let mut usages = usage::difference(&BTreeMap::new(), &usage::sample(&watched));
    for member in members {
        if let Some(usage) = usages.get_mut(&member.name) {
            let used = member
                .total_cpu()
                .saturating_sub(before.get(&member.name).copied().unwrap_or_default());
            usage.cpu_s = crate::stats::round(used.as_secs_f64());
        }
    }
    usages
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_become_sections() {
        let settings: Vec<Setting> = ["b.x=1", "a.url=http://h?k=v", "b.y="]
            .iter()
            .map(|s| s.parse().unwrap())
            .collect();
        assert_eq!(render(&settings), "[a]\nurl = http://h?k=v\n\n[b]\nx = 1\ny = \n\n");
        for bad in ["x=1", "a.b", "a.b=1\n[c]"] {
            assert!(bad.parse::<Setting>().is_err());
        }
    }
}
