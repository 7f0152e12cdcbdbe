//! A service for one run of a workflow (`mistral-server run`): all roles in this process, a free port of this machine, and a
//! private PostgreSQL whose data go with it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use mistral::author::Launched;
use mistral::config::Config;
use mistral::embedded_postgres::Cluster;
use mistral::postgres::Database;
use tokio::runtime::Runtime;

use crate::cli::Roles;
use crate::configuration::{self, ConfigArguments};
use crate::database::{self, OpenDatabase};
use crate::node::Node;

/// How long threads are waited for that nobody needs any more.
const PATIENCE: Duration = Duration::from_secs(1);

/// Starts it. Of the usual configuration files none is read: they describe a service that others use. Files that are named
/// are; their database, address and identity service are left alone.
///
/// # Errors
/// The text is for the user.
pub(crate) fn launch(arguments: &ConfigArguments, program: &str) -> anyhow::Result<Launched> {
    let begun = Instant::now();
    let config = configure(arguments, program)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (node, cluster) = runtime.block_on(start(&config, arguments.data_dir.is_some()))?;
    let address = node.api.context("the API has no address")?;
    eprintln!(
        "a service of its own, ready after {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    Ok(Launched {
        url: format!("http://{address}"),
        stop: Box::new(move || stop(runtime, node, cluster)),
    })
}

fn configure(arguments: &ConfigArguments, program: &str) -> anyhow::Result<Arc<Config>> {
    let named = !arguments.config_file.is_empty() || !arguments.config_dir.is_empty();
    let files = if named { arguments.files(program)? } else { Vec::new() };
    let (mut config, warnings) = arguments.load_files(&files)?;
    config.database.connection = None;
    config.database.slave_connection = None;
    for (group, name, value) in [
        ("api", "host", "127.0.0.1"),
        ("api", "port", "0"),
        ("api", "enable_ssl_api", "false"),
        ("pecan", "auth_enable", "false"),
        ("telemetry", "metrics_port", "0"),
    ] {
        config.set(group, name, value, "run")?;
    }
    if !arguments.debug && arguments.log_file.is_none() {
        // What the run does is shown by itself.
        config.telemetry.log_filter = Some("error".to_owned());
    }
    configuration::start_log(program, &config, &warnings)?;
    Ok(Arc::new(config))
}

async fn start(config: &Arc<Config>, keeps_data: bool) -> anyhow::Result<(Node, Cluster)> {
    let options = database::embedded_options(config);
    let cluster = match keeps_data {
        true => Cluster::start(options).await?,
        false => Cluster::temporary_with(options).await?,
    };
    let mut open = OpenDatabase {
        database: Database::new(cluster.connection()).with_pooling(database::pooling(config)),
        cluster: Some(cluster),
    };
    let roles = Roles::from_names(&["all".to_owned()]).map_err(anyhow::Error::msg)?;
    let node = Node::start(config, &roles, &open).await;
    let cluster = open.cluster.take().context("a private PostgreSQL")?;
    match node {
        Ok(node) => Ok((node, cluster)),
        Err(error) => {
            cluster.stop().await?;
            Err(error)
        }
    }
}

fn stop(runtime: Runtime, node: Node, cluster: Cluster) -> anyhow::Result<()> {
    let outcome = runtime.block_on(async {
        node.stop().await;
        cluster.stop().await
    });
    runtime.shutdown_timeout(PATIENCE);
    outcome.map_err(anyhow::Error::from)
}
