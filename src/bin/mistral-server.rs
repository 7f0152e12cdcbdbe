//! `mistral-server`: the workflow service.

#[path = "server/access.rs"]
mod access;
#[path = "server/actions.rs"]
mod actions;
#[path = "server/activity.rs"]
mod activity;
#[path = "server/alone.rs"]
mod alone;
#[path = "server/banner.rs"]
mod banner;
#[path = "server/cli.rs"]
mod cli;
#[path = "startup/configuration.rs"]
mod configuration;
#[path = "startup/database.rs"]
mod database;
#[path = "startup/expressions.rs"]
mod expressions;
#[path = "server/gauges.rs"]
mod gauges;
#[path = "server/keystone.rs"]
mod keystone;
#[path = "server/local_workers.rs"]
mod local_workers;
#[path = "server/metrics.rs"]
mod metrics;
#[path = "server/node.rs"]
mod node;
#[path = "server/oidc.rs"]
mod oidc;
#[path = "server/policy.rs"]
mod policy;
#[path = "startup/populate.rs"]
mod populate;
#[path = "server/process.rs"]
mod process;
#[path = "server/security.rs"]
mod security;
#[path = "server/services.rs"]
mod services;
#[path = "server/signal.rs"]
mod signal;
#[path = "server/workers.rs"]
mod workers;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use mistral::config::Config;
use tokio_util::sync::CancellationToken;

use cli::{Arguments, Roles};
use node::Node;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PROGRAM: &str = "mistral-server";

/// Whether the log has been opened and goes to standard error.
static LOGS_TO_STDERR: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    let arguments = Arguments::read();
    if let Some(cli::Command::Author(tool)) = &arguments.command {
        return mistral::author::run(tool, &|| alone::launch(&arguments.config, PROGRAM));
    }
    let outcome = match &arguments.command {
        Some(cli::Command::Docs { output }) => write_manual(output),
        _ => start(arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Once: in the log, and on standard error where the log goes elsewhere.
            tracing::error!("{error:#}");
            if !LOGS_TO_STDERR.load(Ordering::Relaxed) {
                eprintln!("{PROGRAM}: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

fn write_manual(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let files = mistral::manual::files();
    for file in &files {
        let path = folder.join(&file.name);
        std::fs::write(&path, &file.content).with_context(|| path.display().to_string())?;
    }
    for (name, content) in mistral::manual::images() {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(|| path.display().to_string())?;
        std::fs::write(&path, content).with_context(|| path.display().to_string())?;
    }
    println!(
        "{} files; begin with {}",
        files.len(),
        folder.join("index.html").display()
    );
    Ok(())
}

fn start(arguments: Arguments) -> anyhow::Result<()> {
    let (config, warnings) = arguments.config.load(PROGRAM)?;
    if arguments.show_config {
        for setting in config.effective() {
            let origin = setting
                .origin
                .map_or_else(|| "default".to_owned(), |origin| origin.to_string());
            // Where nobody has decided who may connect, only this machine may.
            let value = match (setting.group, setting.name) {
                ("api", "host") => config.api_host().to_owned(),
                _ => mistral::model::mask::mask(&setting.value).into_owned(),
            };
            println!("[{}] {} = {value}  ({origin})", setting.group, setting.name);
        }
        return Ok(());
    }
    if let Some(cli::Command::Policy { command }) = &arguments.command {
        return policy::run(&config, command);
    }
    LOGS_TO_STDERR.store(
        configuration::start_log(PROGRAM, &config, &warnings)?,
        Ordering::Relaxed,
    );
    if arguments.config.data_dir.is_some() && config.database.connection.is_some() {
        let origin = config
            .origin("database", "connection")
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::warn!("--data-dir has no effect: [database] connection is set ({origin})");
    }
    let roles = match arguments.server {
        Some(roles) => roles,
        None => Roles::from_names(&config.default.server).map_err(|e| anyhow::anyhow!("[DEFAULT] server: {e}"))?,
    };
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if let Some(threads) = config.api.api_workers {
        runtime.worker_threads(threads as usize);
    }
    let runtime = runtime.enable_all().build()?;
    let files = arguments.config.files(PROGRAM)?;
    let outcome = runtime.block_on(run(Arc::new(config), roles, files));
    // Name look-ups and the like that nobody waits for any more.
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome
}

/// Starts the node, again where the database went away meanwhile. `None`: told to stop first.
async fn start_node(
    config: &Arc<Config>,
    roles: &Roles,
    open: &database::OpenDatabase,
    stop: &CancellationToken,
) -> anyhow::Result<Option<Node>> {
    let mut attempt: i64 = 0;
    loop {
        let error = match Node::start(config, roles, open).await {
            Ok(node) => return Ok(Some(node)),
            Err(error) => error,
        };
        let may_retry = error.chain().any(|cause| {
            cause
                .downcast_ref::<mistral::store::Error>()
                .is_some_and(mistral::store::Error::is_retriable)
        });
        let retries = config.database.max_retries;
        if !may_retry || retries >= 0 && attempt >= retries {
            return Err(error);
        }
        attempt += 1;
        tracing::warn!(error = format!("{error:#}"), attempt, "not started; trying again");
        let pause = Duration::from_secs_f64(config.database.retry_interval.min(5.0));
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return Ok(None),
        }
    }
}

/// Stops the node, whatever hangs in it: after `limit` seconds (0: none) what is left is what a crash would leave, and others take
/// it over.
async fn stop_in_time(node: Node, limit: u64) {
    if limit == 0 {
        return node.stop().await;
    }
    let stopped = tokio::time::timeout(Duration::from_secs(limit), node.stop()).await;
    if stopped.is_err() {
        tracing::warn!("not stopped within [DEFAULT] graceful_shutdown_timeout ({limit} s); ended all the same");
    }
}

async fn run(config: Arc<Config>, roles: Roles, files: Vec<PathBuf>) -> anyhow::Result<()> {
    let stop = signal::shutdown_token()?;
    let threads = tokio::runtime::Handle::current().metrics().num_workers();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), roles = %roles, threads, "starting");
    let open = tokio::select! {
        open = database::open(&config) => open?,
        () = stop.cancelled() => return Ok(()),
    };
    let started = start_node(&config, &roles, &open, &stop).await;
    let outcome = match started {
        Ok(None) => Ok(()),
        Ok(Some(node)) => {
            banner::show(&config, &files, &roles, open.cluster.is_some());
            stop.cancelled().await;
            stop_in_time(node, config.default.graceful_shutdown_timeout).await;
            Ok(())
        }
        Err(error) => Err(error),
    };
    if let Some(cluster) = open.cluster {
        cluster.stop().await?;
    }
    tracing::info!("stopped");
    outcome
}

#[cfg(test)]
#[path = "server/tests.rs"]
mod tests;
