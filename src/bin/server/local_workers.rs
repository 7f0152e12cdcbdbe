//! Python workers beside an executor: started, watched, started again. They reach nothing of the service but `/v2/workers`, on a
//! port of their own that only who has the key may use, and know nothing else that is secret.

use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use mistral::api::server::{self, Server};
use mistral::api::{Access, App};
use mistral::auth::{Authentication, Authenticator, DEFAULT_PROJECT, Identity, Refusal, Sent};
use mistral::config::{Config, PythonRuntime};
use nix::unistd::{Uid, User};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::services::Parts;

/// First and longest pause before a worker that ended is started again.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));
/// A worker that ran so long was fine.
const FINE: Duration = Duration::from_secs(60);
/// What a worker gets to end its jobs when the executor stops.
const GRACE: Duration = Duration::from_secs(8);
/// Longest line of a worker's that is logged, in bytes.
const MAX_LINE: u64 = 4_096;
/// Header with the key.
const KEY: &str = "x-worker-key";

/// Starts what `[python_workers]` asks for.
///
/// # Errors
/// The text is for the user.
pub(crate) async fn start(config: &Arc<Config>, parts: &Parts<'_>, tasks: &mut JoinSet<()>) -> anyhow::Result<()> {
    let section = &config.python_workers;
    let runs_code = config.action_providers.python_runtime == PythonRuntime::Worker;
    let dynamic = if runs_code { section.dynamic_count } else { 0 };
    if section.count + dynamic == 0 {
        return Ok(());
    }
    let key = format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
    let options = server::Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ..server::Options::default()
    };
    let server = Server::bind(options).await.context("no port for workers")?;
    let address = server.local_addr()?;
    let access = Access {
        authenticator: Arc::new(OnlyWorkers { key: key.clone() }),
        policies: Arc::new(crate::access::policies(config)?),
    };
    let app = App::new(crate::services::app_parts(config, parts, access)?);
    let stop = parts.stop.clone();
    tasks.spawn(async move { server.run(Arc::new(app), stop.cancelled_owned()).await });
    let settings = settings_file(config)?;
    let kinds = (0..section.count).map(|_| false).chain((0..dynamic).map(|_| true));
    for (number, is_dynamic) in kinds.enumerate() {
        let plan = Plan::new(config, address, number, is_dynamic, settings.clone(), key.clone())?;
        let stop = parts.stop.clone();
        tasks.spawn(async move { plan.keep_running(stop).await });
    }
    tracing::info!(
        workers = section.count,
        dynamic,
        "Python workers start beside the executor"
    );
    Ok(())
}

/// Lets in who has the key, to the workers' paths and no others.
struct OnlyWorkers {
    key: String,
}

impl Authenticator for OnlyWorkers {
    fn authenticate<'a>(&'a self, sent: Sent<'a>) -> Authentication<'a> {
        let given = sent.headers.get(KEY).map(|value| value.as_bytes()).unwrap_or_default();
        // In the same time wherever they differ.
        let differs = given.len() != self.key.len()
            || given
                .iter()
                .zip(self.key.as_bytes())
                .fold(0, |all, (a, b)| all | (a ^ b))
                != 0;
        let is_theirs = sent.path == "/v2/workers" || sent.path.starts_with("/v2/workers/");
        let outcome = match differs || !is_theirs {
            true => Err(Refusal::invalid()),
            false => Ok(Arc::new(Identity {
                project_id: Some(DEFAULT_PROJECT.into()),
                is_admin: true,
                ..Identity::default()
            })),
        };
        Box::pin(std::future::ready(outcome))
    }
}

/// A file with the options that packages of actions read, and nothing else of the configuration.
struct SettingsFile(PathBuf);

impl Drop for SettingsFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn settings_file(config: &Config) -> anyhow::Result<Arc<SettingsFile>> {
    let path = std::env::temp_dir().join(format!("mistral-workers-{}.conf", std::process::id()));
    let section = &config.openstack_actions;
    let mapping = &config.default.openstack_actions_mapping_path;
    let mut text = format!(
        "[DEFAULT]\nopenstack_actions_mapping_path = {}\n[openstack_actions]\nos_actions_endpoint_type = {}\nmodules_support_region = {}\n",
        mapping.display(),
        section.os_actions_endpoint_type,
        section.modules_support_region.join(",")
    );
    if let Some(region) = &section.default_region {
        text.push_str(&format!("default_region = {region}\n"));
    }
    // What was there before is not followed: anybody may write in that folder.
    let _ = std::fs::remove_file(&path);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    Ok(Arc::new(SettingsFile(path)))
}

/// How one worker is started.
struct Plan {
    python: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    /// User and group, for a service that is root.
    user: Option<(u32, u32)>,
    key: String,
    name: String,
    _settings: Arc<SettingsFile>,
}

impl Plan {
    fn new(
        config: &Config,
        address: SocketAddr,
        number: usize,
        is_dynamic: bool,
        settings: Arc<SettingsFile>,
        key: String,
    ) -> anyhow::Result<Plan> {
        let section = &config.python_workers;
        let kind = if is_dynamic { "dynamic" } else { "python" };
        let name = format!("{}-{kind}-{number}", config.executor.host);
        let mut arguments: Vec<String> = ["-m", "mistral_worker", "--supervised", "--url"]
            .map(str::to_owned)
            .to_vec();
        let mut add = |name: &str, value: &str| arguments.extend([name.to_owned(), value.to_owned()]);
        arguments_of(config, is_dynamic, &settings.0, &mut add);
        arguments.insert(4, format!("http://{address}"));
        arguments.extend(["--name".to_owned(), name.clone()]);
        for flag in flags_of(config, is_dynamic) {
            arguments.push(flag.to_owned());
        }
        if !is_dynamic {
            arguments.extend(section.modules.iter().cloned());
        }
        let mut environment = vec![("PYTHONUNBUFFERED".to_owned(), "1".to_owned())];
        if let Some(path) = &section.path {
            environment.push(("PYTHONPATH".to_owned(), path.display().to_string()));
            environment.push(("PYTHONDONTWRITEBYTECODE".to_owned(), "1".to_owned()));
        }
        let passed = ["PATH", "LANG", "LC_ALL", "TZ"].map(str::to_owned);
        for variable in passed.iter().chain(&section.environment) {
            if let Ok(value) = std::env::var(variable) {
                environment.push((variable.clone(), value));
            }
        }
        Ok(Plan {
            python: section.python.clone(),
            arguments,
            environment,
            user: user(&section.user)?,
            key,
            name,
            _settings: settings,
        })
    }

    /// Starts the worker again and again.
    async fn keep_running(self, stop: CancellationToken) {
        let mut pause = PAUSES.0;
        while !stop.is_cancelled() {
            let began = Instant::now();
            match self.spawn().await {
                Ok(child) => self.watch(child, &stop).await,
                Err(error) => tracing::error!(worker = self.name, %error, "a Python worker cannot be started"),
            }
            if stop.is_cancelled() {
                return;
            }
            pause = if began.elapsed() > FINE { PAUSES.0 } else { pause };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(PAUSES.1);
        }
    }

    async fn spawn(&self) -> std::io::Result<Child> {
        let mut command = std::process::Command::new(&self.python);
        command
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0);
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        let mut child = Command::from(command).kill_on_drop(true).spawn()?;
        // The key is the first line that it hears. It ends when nobody holds the other end any more.
        if let Some(input) = &mut child.stdin {
            input.write_all(format!("{}\n", self.key).as_bytes()).await?;
        }
        Ok(child)
    }

    /// Passes on what the worker says, until it ends or has to.
    async fn watch(&self, mut child: Child, stop: &CancellationToken) {
        // Held until the worker has ended: to wait for it would close it.
        let _input = child.stdin.take();
        let errors = child.stderr.take();
        let name = self.name.clone();
        let telling = tokio::spawn(async move {
            let Some(errors) = errors else { return };
            let mut reader = BufReader::new(errors);
            loop {
                let mut line = Vec::new();
                let mut limited = tokio::io::AsyncReadExt::take(&mut reader, MAX_LINE);
                match limited.read_until(b'\n', &mut line).await {
                    Ok(0) | Err(_) => return,
                    Ok(_) => tracing::info!(worker = name, "{}", String::from_utf8_lossy(&line).trim_end()),
                }
            }
        });
        tokio::select! {
            ended = child.wait() => match ended {
                Ok(status) => tracing::warn!(worker = self.name, %status, "a Python worker has ended"),
                Err(error) => tracing::warn!(worker = self.name, %error, "a Python worker is lost"),
            },
            () = stop.cancelled() => end(&mut child).await,
        }
        telling.abort();
    }
}

/// Asks a worker to end, and kills it when it does not.
async fn end(child: &mut Child) {
    let pid = child.id().and_then(|pid| i32::try_from(pid).ok());
    if let Some(pid) = pid {
        let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGTERM);
    }
    if tokio::time::timeout(GRACE, child.wait()).await.is_err() {
        let _ = child.kill().await;
    }
}

/// Options of the worker's program that have values.
fn arguments_of(config: &Config, is_dynamic: bool, settings: &Path, add: &mut impl FnMut(&str, &str)) {
    let section = &config.python_workers;
    add("--capacity", &section.capacity.to_string());
    add("--grace", &(GRACE.as_secs() - 1).to_string());
    if is_dynamic {
        add("--dynamic-seconds", &section.dynamic_time_limit.to_string());
        add("--dynamic-memory-mb", &section.dynamic_memory_limit_mb.to_string());
        add("--dynamic-processes", &section.dynamic_processes.to_string());
        return;
    }
    if section.memory_limit_mb > 0 {
        add("--memory-mb", &section.memory_limit_mb.to_string());
    }
    if section.time_limit > 0.0 {
        add("--seconds", &section.time_limit.to_string());
    }
    if section.processes > 0 {
        add("--processes", &section.processes.to_string());
    }
    add("--config-file", &settings.display().to_string());
    for file in &section.config_files {
        add("--config-file", file);
    }
    for pattern in &config.legacy_action_provider.allowlist {
        add("--only", pattern);
    }
    for pattern in &config.legacy_action_provider.denylist {
        add("--exclude", pattern);
    }
}

/// Options of the worker's program without values.
fn flags_of(config: &Config, is_dynamic: bool) -> Vec<&'static str> {
    let (section, actions) = (&config.python_workers, &config.legacy_action_provider);
    let mut flags = Vec::new();
    if is_dynamic {
        flags.push("--dynamic");
        flags.extend(section.dynamic_network.then_some("--dynamic-network"));
        flags.extend((!section.dynamic_strict).then_some("--dynamic-lax"));
        return flags;
    }
    let only_own = actions.only_builtin_actions;
    flags.extend((only_own || !actions.load_action_plugins).then_some("--no-plugins"));
    flags.extend((only_own || !actions.load_action_generators).then_some("--no-generators"));
    flags
}

/// Whom the workers run as. Root's own rights are for nobody's actions.
fn user(name: &Option<String>) -> anyhow::Result<Option<(u32, u32)>> {
    if !Uid::effective().is_root() {
        return Ok(None);
    }
    let name = name.as_deref().unwrap_or("nobody");
    let user = User::from_name(name)
        .with_context(|| format!("[python_workers] user: {name}"))?
        .with_context(|| format!("[python_workers] user: there is no {name}"))?;
    Ok(Some((user.uid.as_raw(), user.gid.as_raw())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(settings: &[(&str, &str, &str)], is_dynamic: bool) -> String {
        let mut config = Config::default();
        for (group, name, value) in settings {
            config.set(group, name, value, "--test").unwrap();
        }
        let mut all = Vec::new();
        arguments_of(&config, is_dynamic, Path::new("/settings"), &mut |name, value| {
            all.push(format!("{name} {value}"));
        });
        all.extend(flags_of(&config, is_dynamic).into_iter().map(str::to_owned));
        all.join(" ")
    }

    /// What the worker's program is told; what it does with that is tested with it.
    #[test]
    fn every_option_arrives() {
        let own = "--config-file /settings";
        for (group, name, value, is_dynamic, expected) in [
            ("python_workers", "capacity", "7", false, "--capacity 7"),
            ("python_workers", "time_limit", "2.5", false, "--seconds 2.5"),
            ("python_workers", "processes", "3", false, "--processes 3"),
            ("python_workers", "memory_limit_mb", "9", false, "--memory-mb 9"),
            ("python_workers", "config_files", "/more", false, "--config-file /more"),
            ("python_workers", "dynamic_time_limit", "2", true, "--dynamic-seconds 2"),
            (
                "python_workers",
                "dynamic_memory_limit_mb",
                "99",
                true,
                "--dynamic-memory-mb 99",
            ),
            (
                "python_workers",
                "dynamic_processes",
                "4",
                true,
                "--dynamic-processes 4",
            ),
            ("python_workers", "dynamic_network", "true", true, "--dynamic-network"),
            ("python_workers", "dynamic_strict", "false", true, "--dynamic-lax"),
            (
                "legacy_action_provider",
                "load_action_plugins",
                "false",
                false,
                "--no-plugins",
            ),
            (
                "legacy_action_provider",
                "load_action_generators",
                "false",
                false,
                "--no-generators",
            ),
            (
                "legacy_action_provider",
                "only_builtin_actions",
                "true",
                false,
                "--no-plugins --no-generators",
            ),
            ("legacy_action_provider", "allowlist", "a.*", false, "--only a.*"),
            ("legacy_action_provider", "denylist", "b.*", false, "--exclude b.*"),
        ] {
            let without = said(&[], is_dynamic);
            let with = said(&[(group, name, value)], is_dynamic);
            assert!(with.contains(expected) && !without.contains(expected), "{name}: {with}");
            assert_eq!(with.contains(own), !is_dynamic, "{with}");
        }
    }

    /// `[openstack_actions]` reaches the packages that read it by a file of its own.
    #[test]
    fn packages_get_their_options() {
        let mut config = Config::default();
        for (group, name, value) in [
            ("DEFAULT", "openstack_actions_mapping_path", "/mapping.json"),
            ("openstack_actions", "os_actions_endpoint_type", "internal"),
            ("openstack_actions", "modules_support_region", "nova,heat"),
            ("openstack_actions", "default_region", "north"),
        ] {
            config.set(group, name, value, "--test").unwrap();
        }
        let file = settings_file(&config).unwrap();
        assert_eq!(
            std::fs::read_to_string(&file.0).unwrap(),
            "[DEFAULT]\nopenstack_actions_mapping_path = /mapping.json\n[openstack_actions]\nos_actions_endpoint_type = internal\n\
             modules_support_region = nova,heat\ndefault_region = north\n"
        );
        let path = file.0.clone();
        drop(file);
        assert!(!path.exists());
    }
}
