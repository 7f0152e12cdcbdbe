//! A migrated database with engines on it, and a clock that is set by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use deadpool_postgres::Pool;
use mistral::engine::{CachedDefinitions, Engine, Handle, Lease, Options, Parts};
use mistral::model::id::Generator;
use mistral::model::record::Scope;
use mistral::model::request::{Request, Response, Start};
use mistral::model::time::Clock;
use mistral::model::{Id, Payload, Shard, Time, json};
use mistral::postgres::lookup::Lookup;
use mistral::postgres::{self, Database, Purpose};
use mistral::store::definitions::{Definitions, Edit, WorkflowDefinition};
use mistral::{actions, expr, lang};
use tokio_postgres::types::ToSql;

use crate::support::database::Database as Home;

pub(super) const PROJECT: &str = "<default-project>";

pub(super) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(super) fn at(time: Time) -> Arc<ManualClock> {
        Arc::new(ManualClock(AtomicI64::new(time.0)))
    }

    pub(super) fn advance(&self, by: Duration) {
        self.0
            .fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}

struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Time {
        wall_time()
    }
}

pub(super) fn wall_time() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Time(i64::try_from(since.as_micros()).unwrap())
}

/// A database of its own for a test.
pub(super) struct Site {
    // Stopped when the last one is dropped.
    _home: Home,
    pub database: Database,
    pub pool: Pool,
    pub definitions: Definitions,
    admin: tokio_postgres::Client,
    ids: Generator,
}

impl Site {
    pub(super) async fn new() -> Site {
        let home = Home::create_within().await;
        let database = Database::new(home.config());
        let admin = database.client(Purpose::Admin).await.expect("a connection");
        let pool = database.pool(8).expect("a pool");
        let definitions = postgres::definitions(pool.clone());
        Site {
            _home: home,
            database,
            pool,
            definitions,
            admin,
            ids: Generator::new(1),
        }
    }

    pub(super) fn id(&mut self) -> Id {
        self.ids.next(wall_time().0, Shard(0))
    }

    /// An engine with this many loops: without loops it owns no trees.
    pub(super) async fn engine(&mut self, loops: usize) -> Engine {
        let expressions = expr::Options::default();
        let cache = postgres::definition_cache(self.definitions.clone(), &self.database, 1_000);
        let parts = Parts {
            store: Arc::new(self.database.clone()),
            definitions: Arc::new(CachedDefinitions::new(
                cache,
                Lookup::connect(&self.database).expect("a pool"),
                expressions,
            )),
            catalog: actions::catalog(),
            clock: Arc::new(WallClock),
            lane: None,
            network: None,
            lease: Lease::default(),
        };
        let node = self.id();
        let options = Options {
            loops,
            roles: if loops > 0 { vec!["engine"] } else { vec!["api"] },
            ..Options::new(node, "host")
        };
        let engine = Engine::start(options, parts, node.0 as u64).await.expect("an engine");
        let handle = engine.handle();
        let is_placed = || async { (loops == 0 || owned_shards(&handle) > 0).then_some(()) };
        eventually("the engine owns shards", is_placed).await;
        engine
    }

    /// Stores the workflow of a document.
    pub(super) async fn workflow(&mut self, text: &str) -> WorkflowDefinition {
        let document = lang::parse_workflows(text, true, &expr::Options::default())
            .expect("valid")
            .remove(0);
        let row = WorkflowDefinition {
            id: self.id(),
            name: document.name.clone(),
            namespace: "".into(),
            project_id: Some(PROJECT.into()),
            scope: Scope::Private,
            is_system: false,
            workbook_name: None,
            definition: document.definition.as_str().into(),
            spec_hash: self.id(),
            input: document.input_text().into(),
            tags: None,
            checksum: None,
            created_at: wall_time(),
            updated_at: None,
        };
        let mut edit = Edit::new();
        edit.content(row.spec_hash, &json::to_string(&document.raw))
            .insert(&row);
        self.definitions.commit(edit).await.expect("stored");
        row
    }

    pub(super) async fn count(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> i64 {
        self.admin
            .query_one(&format!("SELECT count(*) FROM {sql}"), values)
            .await
            .expect("counted")
            .get(0)
    }

    /// One column of text, in order.
    pub(super) async fn column(&self, sql: &str) -> Vec<String> {
        let rows = self.admin.query(sql, &[]).await.expect("read");
        rows.iter().map(|row| row.get(0)).collect()
    }

    pub(super) async fn execute(&self, sql: &str) {
        self.admin.batch_execute(sql).await.expect("executed");
    }
}

/// Starts an execution.
pub(super) async fn start(engine: &Handle, workflow: &WorkflowDefinition) -> Id {
    let start = Start {
        execution_id: engine.new_id(),
        id_is_chosen: false,
        alias: None,
        workflow_id: workflow.id,
        workflow_name: workflow.name.clone(),
        workflow_namespace: workflow.namespace.clone(),
        workbook_name: None,
        spec_hash: workflow.spec_hash,
        project_id: workflow.project_id.clone(),
        scope: Scope::Private,
        description: None,
        input: Payload::empty_dict(),
        params: Payload::empty_dict(),
        security: None,
        openstack: None,
    };
    match engine.call(Request::Start(Box::new(start))).await.expect("started") {
        Response::Execution(execution) => execution.id,
        other => panic!("{other:?}"),
    }
}

/// Waits until there is an answer.
pub(super) async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    for _ in 0..3_000 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never: {what}");
}

/// How many shards an engine owns.
pub(super) fn owned_shards(handle: &Handle) -> usize {
    (0..=255).filter(|shard| handle.owns(Shard(*shard))).count()
}
