//! Puts one process together: database, engine, executor, API, as its roles say; and takes it apart again in order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use mistral::actions;
use mistral::config::{Config, MergeStrategy, PythonRuntime};
use mistral::engine::peer::tcp::Tcp;
use mistral::engine::{self, CachedDefinitions};
use mistral::executor;
use mistral::flow;
use mistral::model::time::Clock;
use mistral::model::{Id, Time};
use mistral::node;
use mistral::postgres::lookup::Lookup;
use mistral::postgres::queue::Queue;
use mistral::postgres::{self, Database, Purpose, migrate};
use mistral::queue::claimer;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::actions::options as action_options;
use crate::cli::{Role, Roles};
use crate::database::OpenDatabase;
use crate::gauges::Gauges;
use crate::process;

/// How much longer the engine waits for another node than the API waits for the engine.
const ANSWER_MARGIN: Duration = Duration::from_secs(5);

/// Definitions kept in memory per kind.
const DEFINITIONS: usize = 10_000;

/// The wall clock.
struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// A running process.
pub(crate) struct Node {
    node: node::Node,
    tasks: JoinSet<()>,
    stop: CancellationToken,
    patience: Duration,
    /// Where the API listens.
    pub api: Option<SocketAddr>,
}

impl Node {
    /// Migrates the schema where it is ours, and starts what the roles ask for.
    ///
    /// # Errors
    /// The text is for the user.
    pub(crate) async fn start(config: &Arc<Config>, roles: &Roles, open: &OpenDatabase) -> anyhow::Result<Node> {
        let database = &open.database;
        prepare_schema(database, config, open.cluster.is_some()).await?;
        if open.cluster.is_some() {
            let names = crate::populate::populate(database, false).await?;
            if !names.is_empty() {
                tracing::info!(
                    actions = names.join(","),
                    "actions that come with the service are loaded"
                );
            }
        }
        let clock: Arc<dyn Clock> = Arc::new(WallClock);
        let node_id = process::node_id((clock.now().0 / 1000) as u64);
        let host = host_name(&config.executor.host);
        let pool = database.pool(config.database.max_pool_size as usize)?;
        let cache = postgres::definition_cache(postgres::definitions(pool.clone()), database, DEFINITIONS);
        let expressions = crate::expressions::options(config);
        let cached = CachedDefinitions::new(cache.clone(), Lookup::connect(database)?, expressions.clone())
            .with_uploaded_code(config.action_providers.python_runtime == PythonRuntime::Worker);
        let lists = &config.legacy_action_provider;
        let filter = actions::Filter {
            allow: lists.allowlist.clone(),
            deny: lists.denylist.clone(),
        };
        let registry = Arc::new(actions::Registry::standard().filtered(&filter));
        let catalog = Arc::new(actions::Offered::new(registry.clone()));
        let executing = roles.contains(Role::Executor).then(|| node::ExecutorOptions {
            executor: executor_options(config),
            claimer: claimer::Options {
                batch: config.executor.claim_batch as usize,
                poll: Duration::from_secs_f64(config.executor.poll_interval),
            },
            host: host.clone(),
        });
        let network = network(config, database, node_id, &host).await?;
        let parts = node::Parts {
            store: Arc::new(database.clone()),
            definitions: Arc::new(cached),
            actions: registry,
            catalog: catalog.clone(),
            environment: Arc::new(actions::Environment::new(action_options(config, |name| {
                std::env::var(name).ok()
            }))),
            clock: clock.clone(),
            network,
        };
        let options = engine_options(config, node_id, &host, roles, expressions);
        let (watch, tally) = (options.watch.clone(), options.tally.clone());
        let slots_busy = options.slots_busy.clone();
        let node = node::Node::start(options, executing, parts, rand::random()).await?;
        let mut tasks = JoinSet::new();
        let stop = CancellationToken::new();
        let gauges = Gauges {
            queue: Queue::connect(database),
            pool: pool.clone(),
            executor: node
                .executor()
                .map(|handle| (handle.clone(), executor_options(config).slots)),
            slots_busy,
            is_engine: roles.contains(Role::Engine),
        };
        tasks.spawn(gauges.run(stop.clone()));
        let slots = node.executor().map(|_| executor_options(config).slots as i32);
        crate::activity::introduce(&pool, node_id, slots).await;
        let workers = crate::workers::open(config, database, &node.engine(), &catalog);
        workers.refresh().await.context("what workers provide cannot be read")?;
        // Not the workers themselves, which know the engine, which knows the cache.
        let provided = workers.provided().clone();
        cache.follow(Box::new(move || {
            let provided = provided.clone();
            Box::pin(async move { provided.refresh().await })
        }));
        let refreshing = workers.clone().keep_fresh();
        let until = stop.clone();
        tasks.spawn(async move { until.run_until_cancelled(refreshing).await.unwrap_or_default() });
        if roles.contains(Role::Api) || roles.contains(Role::Executor) {
            node.engine()
                .serve(Arc::new(crate::workers::Waiting(workers.hub.clone())));
            let (until, now) = (stop.clone(), clock.clone());
            let serving = workers.clone().serve_waiting(move || now.now());
            tasks.spawn(async move { until.run_until_cancelled(serving).await.unwrap_or_default() });
        }
        if roles.contains(Role::Engine) {
            let (until, now) = (stop.clone(), clock.clone());
            let providing = workers.clone().keep_provided(move || now.now());
            tasks.spawn(async move { until.run_until_cancelled(providing).await.unwrap_or_default() });
        }
        let api = crate::services::start(
            config,
            roles,
            crate::services::Parts {
                database,
                pool,
                cache,
                catalog,
                workers,
                engine: node.engine(),
                clock,
                stop: stop.clone(),
                node: node_id,
                watch,
                tally,
            },
            &mut tasks,
        )
        .await?;
        let patience = match config.default.graceful_shutdown_timeout {
            0 => Duration::MAX,
            seconds => Duration::from_secs(seconds),
        };
        Ok(Node {
            node,
            tasks,
            stop,
            patience,
            api,
        })
    }

    /// Stops accepting, finishes or hands over, and leaves the cluster.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.node.stop(self.patience).await;
        node::finish(self.tasks, self.patience).await;
    }
}

/// The way to other processes, if the configuration wants one.
async fn network(
    config: &Config,
    database: &Database,
    node: Id,
    host: &str,
) -> anyhow::Result<Option<Arc<dyn engine::peer::Network>>> {
    let section = &config.peer;
    if !section.enabled {
        return Ok(None);
    }
    let secret = match section.secret.as_deref().filter(|secret| !secret.is_empty()) {
        Some(secret) => secret.to_owned(),
        None => postgres::lease::peer_secret(database)
            .await
            .context("the secret of the cluster cannot be read")?,
    };
    let listen = &section.listen;
    let tcp = Tcp::listen(node, listen, section.address.as_deref(), host, secret.as_bytes())
        .await
        .with_context(|| format!("[peer] listen = {listen}: cannot be listened on"))?;
    tracing::info!(
        address = engine::peer::Network::address(&tcp),
        "other processes may connect"
    );
    Ok(Some(Arc::new(tcp)))
}

/// A private database is kept at the newest schema; one of the user's is only changed if the user says so.
async fn prepare_schema(database: &Database, config: &Config, is_private: bool) -> anyhow::Result<()> {
    let mut client = database.client(Purpose::Admin).await?;
    if is_private || config.database.migrate_on_start {
        let applied = migrate::upgrade(&mut client, migrate::Target::Head)
            .await
            .context("cannot upgrade the schema")?;
        if !applied.is_empty() {
            tracing::info!(migrations = applied.len(), "schema upgraded");
        }
    }
    if is_private {
        // Nobody else can have used the private cluster while it was down: what was leased is free.
        client
            .batch_execute("UPDATE node SET lease_until = '-infinity'")
            .await?;
    }
    migrate::check(&client)
        .await
        .context("the schema does not fit; run mistral-db-manage upgrade head")
}

fn host_name(configured: &str) -> String {
    if configured != "0.0.0.0" && !configured.is_empty() {
        return configured.to_owned();
    }
    nix::unistd::gethostname()
        .ok()
        .and_then(|name| name.into_string().ok())
        .unwrap_or_else(|| "localhost".to_owned())
}

fn executor_options(config: &Config) -> executor::Options {
    let slots = config
        .executor
        .slots
        .unwrap_or(config.default.executor_thread_pool_size) as usize;
    let limit = config.engine.execution_field_size_limit_kb;
    executor::Options {
        slots,
        backlog: slots.max(4_096),
        result_limit_kb: u64::try_from(limit).ok(),
        seed: rand::random(),
        ..executor::Options::default()
    }
}

fn budgets(section: &mistral::config::TreeBudget) -> flow::Budgets {
    let count = |most: u64| usize::try_from(most).unwrap_or(usize::MAX);
    flow::Budgets {
        executions: count(section.executions),
        tasks: count(section.tasks),
        actions: count(section.actions),
        tasks_per_execution: count(section.tasks_per_execution),
        bytes: count(section.size_mb) << 20,
        depth: count(section.depth),
        breadth: count(section.breadth),
        age_seconds: section.age,
    }
}

fn engine_options(
    config: &Config,
    node: Id,
    host: &str,
    roles: &Roles,
    expressions: mistral::expr::Options,
) -> engine::Options {
    let section = &config.engine;
    let is_engine = roles.contains(Role::Engine);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let loops = match section.shard_loops {
        0 => cores.min(4),
        n => n as usize,
    };
    engine::Options {
        roles: Role::ALL
            .into_iter()
            .filter(|role| roles.contains(*role))
            .map(Role::name)
            .collect(),
        loops: if is_engine { loops } else { 0 },
        lease: Duration::from_secs_f64(section.lease_seconds),
        is_dead: Arc::new(process::is_dead),
        batch_events: section.batch_max_events as usize,
        batch_rows: section.batch_max_rows as usize,
        tree_memory: (section.tree_memory_mb as usize) * (1 << 20) / loops.max(1),
        tree_thrift: (section.tree_memory_mb as usize) * (3 << 18) / loops.max(1),
        tree_memory_ceiling: (section.tree_memory_ceiling_mb as usize) * (1 << 20) / loops.max(1),
        lookup: Duration::from_secs_f64(section.expression_lookup_timeout),
        poll: Duration::from_secs_f64(section.poll_interval),
        // The API has its own word for it when the time is over.
        answer: Duration::from_secs(config.default.rpc_response_timeout) + ANSWER_MARGIN,
        flow: flow::Options {
            expressions,
            merge_strategy: match section.merge_strategy {
                MergeStrategy::Replace => flow::MergeStrategy::Replace,
                MergeStrategy::Merge => flow::MergeStrategy::Merge,
            },
            context_versioning: config.context_versioning.enabled,
            hash_version_keys: config.context_versioning.hash_version_keys,
            field_size_limit_kb: section.execution_field_size_limit_kb,
            inline_actions: section.inline_actions,
            turn_budget: section.inline_actions_per_turn as usize,
            budgets: budgets(&config.tree_budget),
            ..flow::Options::default()
        },
        indexed_inputs: config
            .api
            .indexed_inputs
            .iter()
            .map(|name| name.as_str().into())
            .collect(),
        ..engine::Options::new(node, host)
    }
}
