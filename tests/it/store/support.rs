//! A migrated database, and rows to fill it with.

use std::sync::Arc;
use std::time::Duration;

use mistral::model::id::Generator;
use mistral::model::record::{Action, Execution, Origin, Task};
use mistral::model::{Id, Payload, Shard, State, Time};
use mistral::postgres::lease::Leases;
use mistral::postgres::removal::Removal;
use mistral::postgres::writer::{Options, Writer};
use mistral::postgres::{Database, Purpose};
use mistral::store::batch::{Batch, Queued, StateChange, TreeRows};

use crate::support::database::Database as Home;

pub(super) const NOW: Time = Time(1_800_000_000_000_000);
pub(super) const TTL: Duration = Duration::from_secs(60);

/// A migrated database of its own for a test.
pub(super) struct Store {
    /// Its cluster is stopped when the last one is dropped.
    _home: Home,
    pub database: Database,
    pub admin: tokio_postgres::Client,
    pub ids: Generator,
}

impl Store {
    pub(super) async fn new() -> Store {
        let home = Home::create_within().await;
        let database = Database::new(home.config());
        let admin = database.client(Purpose::Admin).await.expect("a connection");
        Store {
            _home: home,
            database,
            admin,
            ids: Generator::new(1),
        }
    }

    pub(super) fn id(&mut self, shard: u8) -> Id {
        self.ids.next(NOW.0, Shard(shard))
    }

    /// Drops the rows of what was deleted, all of them.
    pub(super) async fn drop_deleted(&self) {
        let removal = Removal::new(self.database.pool(1).unwrap());
        while removal.step().await.unwrap() {}
    }

    pub(super) async fn count(&self, table: &str) -> i64 {
        let row = self
            .admin
            .query_one(&format!("SELECT count(*) FROM {table}"), &[])
            .await
            .expect("counted");
        row.get(0)
    }

    pub(super) async fn node(&mut self, name: &str, roles: &[&str]) -> Leases {
        let node = self.id(0);
        Leases::register(&self.database, node, name, roles, TTL)
            .await
            .expect("registered")
    }

    /// A node that owns all shards.
    pub(super) async fn owner(&mut self) -> Leases {
        let leases = self.node("host", &["engine", "executor"]).await;
        assert_eq!(leases.balance(true).await.expect("balanced").acquired.len(), 256);
        leases
    }

    pub(super) fn writer(&self) -> Writer {
        Writer::new(self.database.clone(), Options::default())
    }

    /// A running execution with one task and one action.
    pub(super) fn tree(&mut self, shard: u8) -> TreeRows {
        let origin = Arc::new(Origin {
            workflow_name: "wf".into(),
            workflow_id: self.id(shard),
            project_id: Some("<default-project>".into()),
            ..Origin::default()
        });
        let execution = Execution {
            id: self.id(shard),
            origin: origin.clone(),
            spec_hash: Id(7),
            description: Some("what it is".into()),
            tags: Some(json(r#"["a","b"]"#)),
            state: State::Running,
            input: json(r#"{"x":1}"#),
            params: json("{}"),
            context: json(r#"{"__execution":{}}"#),
            runtime_context: json("{}"),
            created_at: NOW,
            ..Execution::default()
        };
        let root_id = execution.id;
        let execution = Execution { root_id, ..execution };
        let task = Task {
            id: self.id(shard),
            execution_id: root_id,
            root_id,
            name: "t1".into(),
            origin: origin.clone(),
            state: State::Running,
            runtime_context: json(r#"{"triggered_by":[]}"#),
            started_at: Some(NOW),
            created_at: NOW,
            ..Task::default()
        };
        let action = Action {
            id: self.id(shard),
            task_id: Some(task.id),
            execution_id: Some(root_id),
            root_id,
            name: "std.echo".into(),
            origin,
            state: State::Running,
            input: json(r#"{"output":"hi"}"#),
            runtime_context: json(r#"{"index":0}"#),
            is_sync: true,
            created_at: NOW,
            ..Action::default()
        };
        TreeRows {
            executions: vec![execution],
            tasks: vec![task],
            actions: vec![action],
            ..TreeRows::default()
        }
    }
}

pub(super) fn json(text: &'static str) -> Payload {
    Payload::from_json(text)
}

/// A batch that inserts a tree.
pub(super) fn insertion(tree: &TreeRows, epoch: i64) -> Batch {
    let root = &tree.executions[0];
    Batch {
        fence: vec![(root.id.shard(), epoch)],
        new_executions: tree.executions.clone(),
        new_tasks: tree.tasks.clone(),
        new_actions: tree.actions.clone(),
        state_changes: vec![StateChange {
            id: root.id,
            root_id: root.id,
            created_at: root.created_at,
            project_id: root.origin.project_id.clone(),
            before: None,
            after: root.state,
        }],
        ..Batch::default()
    }
}

pub(super) fn queued(tree: &TreeRows, claimed_by: Option<Id>) -> Queued {
    Queued {
        action_id: tree.actions[0].id,
        root_id: tree.actions[0].root_id,
        attempt: 1,
        target: None,
        claimed_by,
        safe_rerun: true,
        turn: 0,
        job: Some("{}".into()),
    }
}

pub(super) fn same_tree(a: &TreeRows, b: &TreeRows) {
    assert_eq!(format!("{:?}", shown(a)), format!("{:?}", shown(b)));
}

/// Payloads debug-print how they were made; parsing them makes both sides alike.
pub(super) fn shown(tree: &TreeRows) -> Vec<String> {
    let text = |p: &Payload| p.text().to_owned();
    let maybe = |p: &Option<Payload>| p.as_ref().map(text);
    let executions = tree.executions.iter().map(|e| {
        format!(
            "{} {} {:?} {:?} {:?} {} {:?} {:?} {} {:?} {} {:?} {} {} {} {} {:?} {:?}",
            e.id,
            e.root_id,
            e.alias,
            e.task_id,
            e.origin,
            e.spec_hash,
            e.description,
            maybe(&e.tags),
            e.state,
            e.state_info,
            text(&e.input),
            maybe(&e.output),
            text(&e.params),
            text(&e.context),
            text(&e.runtime_context),
            e.accepted,
            e.created_at,
            e.updated_at
        )
    });
    let tasks = tree.tasks.iter().map(|t| {
        format!(
            "{} {} {} {} {:?} {:?} {:?} {} {:?} {} {:?} {} {:?} {:?} {} {} {:?} {:?} {:?} {:?}",
            t.id,
            t.execution_id,
            t.root_id,
            t.name,
            t.origin,
            t.kind,
            maybe(&t.tags),
            t.state,
            t.state_info,
            t.processed,
            maybe(&t.next_tasks),
            t.error_handled,
            maybe(&t.in_context),
            maybe(&t.published),
            text(&t.runtime_context),
            t.is_join,
            t.started_at,
            t.finished_at,
            t.created_at,
            t.updated_at
        )
    });
    let actions = tree.actions.iter().map(|a| {
        format!(
            "{} {:?} {:?} {} {} {:?} {:?} {:?} {} {:?} {} {} {:?} {} {} {:?} {:?}",
            a.id,
            a.task_id,
            a.execution_id,
            a.root_id,
            a.name,
            a.origin,
            a.description,
            maybe(&a.tags),
            a.state,
            a.state_info,
            a.accepted,
            text(&a.input),
            maybe(&a.output),
            text(&a.runtime_context),
            a.is_sync,
            a.created_at,
            a.updated_at
        )
    });
    executions.chain(tasks).chain(actions).collect()
}
