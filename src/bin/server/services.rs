//! The roles beside engine and executor: the REST API, and what happens by itself.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use deadpool_postgres::Pool;
use mistral::api::cors::Cors;
use mistral::api::engine::{Answer, Previewing};
use mistral::api::health::{Check, Health};
use mistral::api::profile::Profiler;
use mistral::api::server::{self, Server};
use mistral::api::strangers::Strangers;
use mistral::api::tls::{Files, Tls};
use mistral::api::{self, App, Hooks, Validation};
use mistral::config::{ClientCertificates, Config, ValidationMode};
use mistral::console::{Console, Place};
use mistral::engine::Handle;
use mistral::model::Id;
use mistral::model::action::Catalog;
use mistral::model::request::Request;
use mistral::model::time::Clock;
use mistral::postgres::Database;
use mistral::postgres::finished::Executions;
use mistral::postgres::read::Reads;
use mistral::postgres::removal::Removal;
use mistral::postgres::triggers::CronTriggers;
use mistral::postgres::usage::Usage;
use mistral::store::cache::DefinitionCache;
use mistral::store::tally::Tally;
use mistral::store::watch::Watch;
use mistral::telemetry;
use mistral::trigger::{cron, expiration};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::cli::{Role, Roles};

/// What the services are built on.
pub(crate) struct Parts<'a> {
    pub database: &'a Database,
    pub pool: Pool,
    pub cache: DefinitionCache,
    pub catalog: Arc<dyn Catalog>,
    pub workers: api::Workers,
    pub engine: Handle,
    pub clock: Arc<dyn Clock>,
    pub stop: CancellationToken,
    /// This process, and what its loops tell and count.
    pub node: Id,
    pub watch: Watch,
    pub tally: Tally,
}

/// The engine as the API sees it.
struct ApiEngine(Handle);

impl api::Engine for ApiEngine {
    fn call(&self, request: Request) -> Answer<'_> {
        Box::pin(self.0.call(request))
    }

    fn preview(&self, request: Request) -> Previewing<'_> {
        Box::pin(self.0.preview(request))
    }

    fn new_id(&self) -> Id {
        self.0.new_id()
    }
}

/// Starts what the roles ask for; the address of the API, if it is among that.
///
/// # Errors
/// A port that is taken; the text is for the user.
pub(crate) async fn start(
    config: &Arc<Config>,
    roles: &Roles,
    parts: Parts<'_>,
    tasks: &mut JoinSet<()>,
) -> anyhow::Result<Option<SocketAddr>> {
    let mut address = None;
    if roles.contains(Role::Api) {
        address = Some(start_api(config, &parts, tasks).await?);
    }
    if roles.contains(Role::Executor) {
        crate::local_workers::start(config, &parts, tasks).await?;
    }
    crate::metrics::start(&config.telemetry, &parts.stop, tasks).await?;
    let section = &config.cron_trigger;
    if section.enabled && (roles.contains(Role::Periodic) || section.run_in_api && roles.contains(Role::Api)) {
        let options = cron::Options {
            interval: Duration::from_secs(section.execution_interval),
            ..cron::Options::default()
        };
        let triggers = CronTriggers::new(parts.pool.clone());
        let service = cron::Service::new(parts.engine.clone(), triggers, parts.clock.clone(), options);
        tasks.spawn(service.run(parts.stop.clone()));
    }
    if roles.contains(Role::Engine) {
        let counts = crate::activity::Counts {
            pool: parts.pool.clone(),
            tally: parts.tally.clone(),
            node: parts.node,
            clock: parts.clock.clone(),
        };
        tasks.spawn(counts.run(parts.stop.clone()));
        let removal = Removal::new(parts.pool.clone());
        let stop = parts.stop.clone();
        tasks.spawn(async move {
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = removal.run() => {}
            }
        });
        start_expiration(config, &parts, tasks)?;
    }
    Ok(address)
}

/// Removes finished executions, if the operator says how many or how old ones are kept.
fn start_expiration(config: &Config, parts: &Parts<'_>, tasks: &mut JoinSet<()>) -> anyhow::Result<()> {
    let Some(policy) = expiration_policy(config)? else {
        return Ok(());
    };
    let executions = Executions::connect(parts.database);
    let service = expiration::Service::new(parts.engine.clone(), executions, parts.clock.clone(), policy);
    tasks.spawn(service.run(parts.stop.clone()));
    Ok(())
}

/// Which executions expire, if any do.
fn expiration_policy(config: &Config) -> anyhow::Result<Option<expiration::Policy>> {
    let section = &config.execution_expiration_policy;
    let Some(minutes) = section.evaluation_interval else {
        return Ok(None);
    };
    let mut policy = expiration::Policy::new(Duration::from_secs(60 * minutes), &section.ignored_states)
        .context("[execution_expiration_policy]")?;
    policy.older_than = section.older_than.map(|minutes| Duration::from_secs(60 * minutes));
    policy.max_finished = usize::try_from(section.max_finished_executions).unwrap_or(usize::MAX);
    policy.batch = section.batch_size as usize;
    Ok(Some(policy))
}

async fn start_api(config: &Config, parts: &Parts<'_>, tasks: &mut JoinSet<()>) -> anyhow::Result<SocketAddr> {
    let address = format!("{}:{}", config.api_host(), config.api.port);
    let address: SocketAddr = tokio::net::lookup_host(&address)
        .await
        .with_context(|| format!("[api] host: cannot resolve {address}"))?
        .next()
        .with_context(|| format!("[api] host: {address} has no address"))?;
    let options = server::Options {
        address,
        max_connections: config.api.max_connections as usize,
        head_timeout: Duration::from_secs_f64(config.api.keep_alive_timeout),
        ..server::Options::default()
    };
    if !config.auth_enabled() {
        warn_of_strangers(address);
    }
    let server = Server::bind(options)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let server = match tls(config)? {
        Some(tls) => server.with_tls(tls),
        None => server,
    };
    let hooks = Hooks {
        observer: Some(Arc::new(|method, route, status, seconds| {
            telemetry::metric::http_request(method, route, status, seconds);
        })),
        metrics: (config.telemetry.enabled && config.telemetry.metrics_on_api)
            .then(|| Arc::new(telemetry::render) as Arc<dyn Fn() -> String + Send + Sync>),
        console: config.console.enabled.then(|| {
            Arc::new(Console::new(Place {
                base_path: config.console.base_path.clone(),
                frame_ancestors: config.console.frame_ancestors(),
            }))
        }),
    };
    let app = App::new(api::Parts {
        options: api_options(config)?,
        hooks,
        ..app_parts(config, parts, crate::access::open(config)?)?
    });
    let stop = parts.stop.clone();
    let bound = server.local_addr()?;
    tracing::info!(address = %bound, "REST API is listening");
    if config.console.enabled {
        let scheme = if config.api.enable_ssl_api { "https" } else { "http" };
        let base = &config.console.base_path;
        tracing::info!("the web console is at {scheme}://{bound}{base}/console/");
    }
    tasks.spawn(async move { server.run(Arc::new(app), stop.cancelled_owned()).await });
    Ok(bound)
}

/// What an API works with, whoever may use it. Only the options that have to do with what is answered are set.
pub(crate) fn app_parts(config: &Config, parts: &Parts<'_>, access: api::Access) -> anyhow::Result<api::Parts> {
    let list_timeout = Duration::from_secs_f64(config.api.list_timeout);
    let mut reads = Reads::new(parts.database, parts.pool.clone(), list_timeout);
    if let Some(url) = &config.database.slave_connection {
        let replica = crate::database::connect_to(url, config)?;
        let pool = replica.pool(config.database.max_pool_size as usize)?;
        reads = reads.with_replica(&replica, pool, list_timeout);
    }
    Ok(api::Parts {
        reads: reads.into(),
        cache: parts.cache.clone(),
        engine: Arc::new(ApiEngine(parts.engine.clone())),
        catalog: parts.catalog.clone(),
        workers: parts.workers.clone(),
        clock: parts.clock.clone(),
        access,
        security: Arc::new(crate::security::open(config, parts.pool.clone(), parts.clock.clone())?),
        usage: Arc::new(Usage::new(parts.pool.clone())),
        options: api::Options {
            max_body: usize::try_from(config.api.max_request_body_size).unwrap_or(usize::MAX),
            engine_timeout: Duration::from_secs(config.default.rpc_response_timeout),
            expressions: crate::expressions::options(config),
            ..api::Options::default()
        },
        hooks: Hooks::default(),
        node: parts.node,
        watch: parts.watch.clone(),
    })
}

/// Says that everybody is trusted; where the network is among them, so that it cannot be missed wherever logs go.
fn warn_of_strangers(address: SocketAddr) {
    if address.ip().is_loopback() {
        tracing::warn!(
            "authentication is off: whoever reaches the API may do everything ([pecan] auth_enable, docs/identity.md)"
        );
        return;
    }
    tracing::error!(
        %address,
        "NO AUTHENTICATION: the API is open to the network, and whoever reaches it may do everything \
         ([pecan] auth_enable, [api] host, docs/identity.md)"
    );
    let rule = "!".repeat(100);
    eprintln!(
        "{rule}\n!! NO AUTHENTICATION: the API is open to the network on {address}.\n!! Whoever reaches it may run \
         commands and change everything. Close it: [api] host = 127.0.0.1,\n!! or tell callers apart: docs/identity.md\n{rule}"
    );
}

/// Who is answered. Where callers have to show who they are, the name they use does not matter.
fn strangers(config: &Config) -> Strangers {
    let hosts = || {
        let mut hosts = config.api.allowed_hosts.clone();
        hosts.push(config.api.host.clone());
        hosts
    };
    Strangers {
        hosts: (!config.auth_enabled()).then(hosts),
        origins: config.cors.allowed_origin.clone(),
        trusted: config.console.trusted_origins.clone(),
    }
}

fn cors(config: &Config) -> Cors {
    let section = &config.cors;
    Cors {
        origins: section.allowed_origin.clone(),
        credentials: section.allow_credentials,
        exposed: section.expose_headers.clone(),
        max_age: section.max_age,
        methods: section.allow_methods.clone(),
        headers: section.allow_headers.clone(),
    }
}

fn health(config: &Config) -> anyhow::Result<Health> {
    let section = &config.healthcheck;
    let has = |name: &str| section.backends.iter().any(|backend| backend == name);
    let mut checks = Vec::new();
    if has("disable_by_file") {
        checks.push(Check::DisabledBy(
            section.disable_by_file_path.iter().cloned().collect(),
        ));
    }
    if has("disable_by_files_ports") {
        // Each file is for the processes that listen on its port.
        let own = section.disable_by_file_paths.iter().filter_map(|entry| {
            let (port, path) = entry.split_once(':')?;
            (port.trim().parse() == Ok(config.api.port)).then(|| PathBuf::from(path.trim()))
        });
        checks.push(Check::DisabledBy(own.collect()));
    }
    if has("enable_by_files") {
        checks.push(Check::EnabledBy(
            section.enable_by_file_paths.iter().map(PathBuf::from).collect(),
        ));
    }
    let sources = section.allowed_source_ranges.iter().map(|text| text.parse());
    Ok(Health {
        enabled: section.enabled,
        checks,
        sources: sources
            .collect::<Result<_, _>>()
            .context("[healthcheck] allowed_source_ranges")?,
    })
}

fn profiler(config: &Config) -> Option<Profiler> {
    let keys = config.profiler.hmac_keys.expose().split(',').map(str::trim);
    config
        .profiler
        .enabled
        .then(|| Profiler::new(keys.filter(|key| !key.is_empty())))
}

/// The certificate of the API, if it has one.
fn tls(config: &Config) -> anyhow::Result<Option<Tls>> {
    let section = &config.ssl;
    let files = match (&section.cert_file, &section.key_file) {
        (Some(certificate), Some(key)) if config.api.enable_ssl_api => Files {
            certificate: certificate.clone(),
            key: key.clone(),
            authorities: section.ca_file.clone(),
            clients: match section.client_certificates {
                ClientCertificates::None => api::tls::ClientCertificates::None,
                ClientCertificates::Optional => api::tls::ClientCertificates::Optional,
                ClientCertificates::Required => api::tls::ClientCertificates::Required,
            },
        },
        _ => return Ok(None),
    };
    Tls::open(files).map(Some).map_err(anyhow::Error::msg).context("[ssl]")
}

fn api_options(config: &Config) -> anyhow::Result<api::Options> {
    let section = &config.api;
    Ok(api::Options {
        max_limit: section.max_limit,
        indexed_inputs: section.indexed_inputs.clone(),
        allow_action_execution_deletion: section.allow_action_execution_deletion,
        validation: match section.validation_mode {
            ValidationMode::Mandatory => Validation::Mandatory,
            ValidationMode::Enabled => Validation::Enabled,
            ValidationMode::Disabled => Validation::Disabled,
        },
        info_file: section
            .enable_info_endpoint
            .then(|| PathBuf::from(&section.info_json_file_path)),
        health: health(config)?,
        cors: cors(config),
        behind_proxy: config.oslo_middleware.enable_proxy_headers_parsing,
        max_body: usize::try_from(section.max_request_body_size).unwrap_or(usize::MAX),
        documents: mistral::lang::limits::Limits {
            bytes: usize::try_from(section.document_max_size).unwrap_or(usize::MAX),
            definitions: section.document_max_definitions as usize,
            tasks: section.document_max_tasks as usize,
            expressions: section.document_max_expressions as usize,
        },
        https: config.api.enable_ssl_api,
        requests_per_second: config.quota.requests_per_second,
        starts_per_second: config.quota.starts_per_second,
        open_executions: config.quota.open_executions,
        definitions: config.quota.definitions,
        engine_timeout: Duration::from_secs(config.default.rpc_response_timeout),
        strangers: strangers(config),
        expressions: crate::expressions::options(config),
        profiler: profiler(config),
        base_path: config.console.base_path.clone(),
        bulk_pause: Duration::from_secs(1) / config.console.bulk_rate,
        regions: config.console.regions(),
        read_only: api::ReadOnly {
            all: config.console.read_only,
            roles: config.console.read_only_roles.clone(),
        },
        ..api::Options::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(settings: &[(&str, &str, &str)]) -> Config {
        let mut config = Config::default();
        for (group, name, value) in settings {
            config.set(group, name, value, "--test").unwrap();
        }
        config
    }

    /// What such policies delete is tested with real executions in `tests/it/triggers`.
    #[test]
    fn executions_expire_as_the_operator_says() {
        let group = "execution_expiration_policy";
        assert!(
            expiration_policy(&set(&[(group, "older_than", "5")]))
                .unwrap()
                .is_none()
        );
        let every = (group, "evaluation_interval", "2");
        let policy = expiration_policy(&set(&[every])).unwrap().unwrap();
        assert!(!policy.is_active() && policy.older_than.is_none());
        assert_eq!(
            (policy.interval.as_secs(), policy.max_finished, policy.batch),
            (120, 0, 0)
        );
        let all = [
            every,
            (group, "older_than", "5"),
            (group, "max_finished_executions", "6"),
            (group, "batch_size", "7"),
        ];
        let policy = expiration_policy(&set(&all)).unwrap().unwrap();
        assert_eq!(policy.older_than, Some(Duration::from_secs(300)));
        assert_eq!((policy.max_finished, policy.batch), (6, 7));
        let nothing = (group, "ignored_states", "SUCCESS,ERROR,CANCELLED");
        let policy = expiration_policy(&set(&[all[0], all[1], nothing])).unwrap().unwrap();
        assert!(!policy.is_active());
    }

    /// Files by which processes are taken out of service, one by one.
    #[tokio::test]
    async fn a_file_is_for_the_process_at_its_port() {
        let folder = tempfile::tempdir().unwrap();
        let (own, other) = (folder.path().join("own"), folder.path().join("other"));
        let files = format!("8989:{},8990:{}", own.display(), other.display());
        let settings = [
            ("healthcheck", "enabled", "true"),
            ("healthcheck", "backends", "disable_by_files_ports"),
            ("healthcheck", "disable_by_file_paths", files.as_str()),
        ];
        let health = health(&set(&settings)).unwrap();
        let [check] = &health.checks[..] else {
            panic!("one check")
        };
        assert_eq!(check.reason().await, None);
        std::fs::write(&other, "").unwrap();
        assert_eq!(check.reason().await, None);
        std::fs::write(&own, "").unwrap();
        assert!(check.reason().await.is_some());
    }
}
