//! The store against a real PostgreSQL: fences, ambiguous commits, claims, round trips.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use mistral::model::id::Generator;
use mistral::model::record::{Action, Execution, Origin, Scope, Task, TaskKind};
use mistral::model::{Id, Payload, Shard, State, Time};
use mistral::store::batch::{Batch, CommitError, Queued, Reply, StateChange, Timer, TreeRows};
use mistral::store::pg::cache::{DefinitionCache, Peek};
use mistral::store::pg::definitions::{
    ActionDefinition, CodeSource, CronTrigger, Definitions, DynamicAction, Edit, Environment, EventTrigger,
    ResourceMember, Workbook, WorkflowDefinition,
};
use mistral::store::pg::embedded::Cluster;
use mistral::store::pg::inbox::{Inbox, Outgoing, Sender};
use mistral::store::pg::lease::Leases;
use mistral::store::pg::list::Viewer;
use mistral::store::pg::queue::{LowWater, Queue};
use mistral::store::pg::session::Session;
use mistral::store::pg::timers::Timers;
use mistral::store::pg::tree::{Entity, Trees};
use mistral::store::pg::wake::{self, Channel, ShardSet, Wake, Waker};
use mistral::store::pg::writer::{Options, Writer};
use mistral::store::pg::{Database, Error, Purpose, migrate};

const NOW: Time = Time(1_800_000_000_000_000);
const TTL: Duration = Duration::from_secs(60);

/// A migrated database of its own for a test.
struct Store {
    cluster: Cluster,
    database: Database,
    admin: tokio_postgres::Client,
    ids: Generator,
}

impl Store {
    async fn new() -> Store {
        let cluster = Cluster::temporary().await.expect("a cluster");
        let database = Database::new(cluster.connection());
        let mut admin = database.client(Purpose::Admin).await.expect("a connection");
        migrate::upgrade(&mut admin, migrate::Target::Head)
            .await
            .expect("migrated");
        Store {
            cluster,
            database,
            admin,
            ids: Generator::new(1),
        }
    }

    fn id(&mut self, shard: u8) -> Id {
        self.ids.next(NOW.0, Shard(shard))
    }

    async fn count(&self, table: &str) -> i64 {
        let row = self
            .admin
            .query_one(&format!("SELECT count(*) FROM {table}"), &[])
            .await
            .expect("counted");
        row.get(0)
    }

    async fn node(&mut self, name: &str, roles: &[&str]) -> Leases {
        let node = self.id(0);
        Leases::register(&self.database, node, name, roles, TTL)
            .await
            .expect("registered")
    }

    /// A node that owns all shards.
    async fn owner(&mut self) -> Leases {
        let leases = self.node("host", &["engine", "executor"]).await;
        assert_eq!(leases.balance().await.expect("balanced").acquired.len(), 256);
        leases
    }

    fn writer(&self) -> Writer {
        Writer::new(self.database.clone(), Options::default())
    }

    /// A running execution with one task and one action.
    fn tree(&mut self, shard: u8) -> TreeRows {
        let origin = Arc::new(Origin {
            workflow_name: "wf".into(),
            workflow_namespace: "".into(),
            workflow_id: self.id(shard),
            project_id: Some("<default-project>".into()),
            scope: Scope::Private,
        });
        let execution = Execution {
            id: self.id(shard),
            root_id: Id(0),
            alias: None,
            task_id: None,
            origin: origin.clone(),
            spec_hash: Id(7),
            description: Some("what it is".into()),
            tags: Some(json(r#"["a","b"]"#)),
            state: State::Running,
            state_info: None,
            input: json(r#"{"x":1}"#),
            output: None,
            params: json("{}"),
            context: json(r#"{"__execution":{}}"#),
            runtime_context: json("{}"),
            accepted: false,
            created_at: NOW,
            updated_at: None,
        };
        let root_id = execution.id;
        let execution = Execution { root_id, ..execution };
        let task = Task {
            id: self.id(shard),
            execution_id: root_id,
            root_id,
            name: "t1".into(),
            origin: origin.clone(),
            kind: TaskKind::Action,
            tags: None,
            state: State::Running,
            state_info: None,
            processed: false,
            next_tasks: None,
            error_handled: false,
            in_context: None,
            published: None,
            runtime_context: json(r#"{"triggered_by":[]}"#),
            is_join: false,
            started_at: Some(NOW),
            finished_at: None,
            created_at: NOW,
            updated_at: None,
        };
        let action = Action {
            id: self.id(shard),
            task_id: Some(task.id),
            execution_id: Some(root_id),
            root_id,
            name: "std.echo".into(),
            origin,
            description: None,
            tags: None,
            state: State::Running,
            state_info: None,
            accepted: false,
            input: json(r#"{"output":"hi"}"#),
            output: None,
            runtime_context: json(r#"{"index":0}"#),
            is_sync: true,
            created_at: NOW,
            updated_at: None,
        };
        TreeRows {
            executions: vec![execution],
            tasks: vec![task],
            actions: vec![action],
            ..TreeRows::default()
        }
    }
}

fn json(text: &'static str) -> Payload {
    Payload::from_json(text)
}

/// A batch that inserts a tree.
fn insertion(tree: &TreeRows, epoch: i64) -> Batch {
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
            before: None,
            after: root.state,
        }],
        ..Batch::default()
    }
}

fn queued(tree: &TreeRows, claimed_by: Option<Id>) -> Queued {
    Queued {
        action_id: tree.actions[0].id,
        root_id: tree.actions[0].root_id,
        attempt: 1,
        target: None,
        claimed_by,
        safe_rerun: true,
        job: Some("{}".into()),
    }
}

fn same_tree(a: &TreeRows, b: &TreeRows) {
    assert_eq!(format!("{:?}", shown(a)), format!("{:?}", shown(b)));
}

/// Payloads debug-print how they were made; parsing them makes both sides alike.
fn shown(tree: &TreeRows) -> Vec<String> {
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

#[tokio::test]
async fn a_tree_is_read_back_as_it_was_written() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let mut writer = store.writer();
    let trees = Trees::connect(&store.database);

    let mut tree = store.tree(5);
    let parent = tree.executions[0].clone();
    // A sub-workflow of another project's public workflow, under the first task.
    let mut child = store.tree(5);
    child.executions[0].root_id = parent.id;
    child.executions[0].task_id = Some(tree.tasks[0].id);
    child.executions[0].origin = Arc::new(Origin {
        project_id: None,
        scope: Scope::Public,
        ..(*parent.origin).clone()
    });
    child.tasks[0].root_id = parent.id;
    child.tasks[0].kind = TaskKind::Workflow;
    child.tasks[0].in_context = Some(json(r#"{"b":2,"a":1}"#));
    child.tasks[0].next_tasks = Some(json(r#"[["t2","on-success"]]"#));
    child.actions[0].root_id = parent.id;
    child.actions[0].origin = Arc::new(Origin {
        workflow_name: "".into(),
        workflow_id: Id(0),
        ..(*parent.origin).clone()
    });
    tree.executions.append(&mut child.executions);
    tree.tasks.append(&mut child.tasks);
    tree.actions.append(&mut child.actions);
    let timer = Timer {
        id: store.id(5),
        root_id: parent.id,
        fire_at: Time(NOW.0 + 9),
        body: r#"{"kind":"delay"}"#.into(),
    };
    let mut batch = insertion(&tree, 1);
    batch.queued.push(queued(&tree, Some(owner.node())));
    batch.new_timers.push(timer.clone());
    writer.commit(&batch).await.unwrap();

    let loaded = trees.load(parent.id).await.unwrap().unwrap();
    same_tree(&tree, &loaded);
    assert!(
        Arc::ptr_eq(&loaded.executions[0].origin, &loaded.tasks[0].origin),
        "rows of one run share their origin"
    );
    assert_eq!(loaded.queued, [tree.actions[0].id]);
    assert_eq!(loaded.claims[0].claimed_by, Some(owner.node()));
    assert_eq!(
        loaded
            .timers
            .iter()
            .map(|t| (t.id, t.fire_at, t.body.clone()))
            .collect::<Vec<_>>(),
        [(timer.id, timer.fire_at, timer.body.clone())]
    );
    assert!(trees.load(Id(1)).await.unwrap().is_none());
    assert!(trees.load(tree.tasks[0].id).await.unwrap().is_none());
    for (entity, id) in [
        (Entity::Execution, tree.executions[1].id),
        (Entity::Task, tree.tasks[1].id),
        (Entity::Action, tree.actions[1].id),
    ] {
        assert_eq!(trees.root_of(entity, id).await.unwrap(), Some(parent.id));
        assert_eq!(trees.root_of(entity, Id(1)).await.unwrap(), None);
    }

    // Changes: everything ends; of two changes of one row the last one counts.
    let mut halfway = tree.tasks[0].clone();
    halfway.state_info = Some("halfway".into());
    for task in &mut tree.tasks {
        task.state = State::Error;
        task.state_info = Some("it failed".into());
        task.processed = true;
        task.error_handled = true;
        task.published = Some(json(r#"{"p":null}"#));
        task.finished_at = Some(Time(NOW.0 + 1));
        task.updated_at = Some(Time(NOW.0 + 2));
    }
    for action in &mut tree.actions {
        action.state = State::Success;
        action.accepted = true;
        action.output = Some(json(r#"{"result":[1,2]}"#));
        action.updated_at = Some(Time(NOW.0 + 3));
    }
    for execution in &mut tree.executions {
        execution.state = State::Success;
        execution.output = Some(json("{}"));
        execution.description = Some("changed".into());
        execution.updated_at = Some(Time(NOW.0 + 4));
    }
    let mut changed_tasks = vec![halfway];
    changed_tasks.extend(tree.tasks.iter().cloned());
    let batch = Batch {
        fence: vec![(Shard(5), 1)],
        changed_executions: tree.executions.clone(),
        changed_tasks,
        changed_actions: tree.actions.clone(),
        state_changes: vec![StateChange {
            id: parent.id,
            root_id: parent.id,
            created_at: NOW,
            before: Some(State::Running),
            after: State::Success,
        }],
        dequeued: vec![tree.actions[0].id],
        removed_timers: vec![timer.id],
        ..Batch::default()
    };
    assert_eq!(store.count("execution_state").await, 1);
    writer.commit(&batch).await.unwrap();
    let loaded = trees.load(parent.id).await.unwrap().unwrap();
    same_tree(&tree, &loaded);
    assert!(loaded.queued.is_empty() && loaded.timers.is_empty());
    for table in ["execution_state", "action_queue", "timer"] {
        assert_eq!(store.count(table).await, 0, "{table}");
    }

    // Deletion of the tree leaves nothing, and other trees alone.
    let other = store.tree(5);
    let mut lone = store.tree(5).actions.remove(0);
    (lone.task_id, lone.execution_id, lone.root_id) = (None, None, lone.id);
    let mut batch = insertion(&other, 1);
    batch.new_actions.push(lone.clone());
    batch.queued.push(queued(&other, None));
    writer.commit(&batch).await.unwrap();
    assert_eq!(trees.load(lone.id).await.unwrap().unwrap().actions.len(), 1);
    let batch = Batch {
        fence: vec![(Shard(5), 1)],
        deleted_roots: vec![parent.id, lone.id],
        ..Batch::default()
    };
    writer.commit(&batch).await.unwrap();
    assert!(trees.load(parent.id).await.unwrap().is_none() && trees.load(lone.id).await.unwrap().is_none());
    for table in [
        "execution",
        "task",
        "action_execution",
        "action_queue",
        "execution_state",
    ] {
        assert_eq!(store.count(table).await, 1, "{table}");
    }
    let batch = Batch {
        fence: vec![(Shard(5), 1)],
        deleted_executions: vec![other.executions[0].id],
        ..Batch::default()
    };
    writer.commit(&batch).await.unwrap();
    for table in [
        "execution",
        "task",
        "action_execution",
        "action_queue",
        "execution_state",
    ] {
        assert_eq!(store.count(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_stale_epoch_writes_nothing() {
    let mut store = Store::new().await;
    let first = store.owner().await;
    let mut stale = store.writer();
    let before = store.tree(1);
    stale.commit(&insertion(&before, 1)).await.unwrap();

    // The first node's lease ends; a second one takes over.
    store
        .admin
        .execute("UPDATE node SET lease_until = now() - interval '1 second'", &[])
        .await
        .unwrap();
    let second = store.node("other", &["engine"]).await;
    let acquired = second.balance().await.unwrap().acquired;
    assert_eq!((acquired.len(), acquired[1]), (256, (Shard(1), 2)));

    let tree = store.tree(1);
    let mut batch = insertion(&tree, 1);
    batch.fence.push((Shard(9), 2));
    match stale.commit(&batch).await {
        Err(CommitError::Fenced(shards)) => assert_eq!(shards, [Shard(1)]),
        other => panic!("{other:?}"),
    }
    // A writer that never wrote before finds out as well.
    assert!(matches!(
        store.writer().commit(&insertion(&tree, 1)).await,
        Err(CommitError::Fenced(_))
    ));
    assert_eq!(store.count("execution").await, 1);
    assert_eq!(first.renew().await.unwrap(), []);
    // The stale connection is of use again.
    stale.commit(&insertion(&tree, 2)).await.unwrap();
    assert_eq!(store.count("execution").await, 2);

    // A release fences off what the holder forgot about.
    second.release(&[Shard(1)]).await.unwrap();
    assert!(matches!(
        stale.commit(&insertion(&store.tree(1), 2)).await,
        Err(CommitError::Fenced(_))
    ));
    let no_fence = Batch {
        fence: Vec::new(),
        ..insertion(&tree, 2)
    };
    assert!(matches!(stale.commit(&no_fence).await, Err(CommitError::Failed(_))));
}

#[tokio::test]
async fn a_take_over_waits_for_the_open_batch() {
    let mut store = Store::new().await;
    let _first = store.owner().await;
    store
        .admin
        .execute("UPDATE node SET lease_until = now() - interval '1 second'", &[])
        .await
        .unwrap();
    let second = store.node("other", &["engine"]).await;

    let mut open = store.database.client(Purpose::Write).await.unwrap();
    let transaction = open.transaction().await.unwrap();
    transaction
        .execute("UPDATE shard SET seq = seq + 1 WHERE shard = 3 AND epoch = 1", &[])
        .await
        .unwrap();
    let taking = tokio::spawn(async move { second.acquire(&[Shard(3)]).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!taking.is_finished());
    transaction.commit().await.unwrap();
    assert_eq!(taking.await.unwrap().unwrap(), [(Shard(3), 2)]);
    let row = store
        .admin
        .query_one("SELECT seq FROM shard WHERE shard = 3", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), 1);
}

/// Ends the sessions of writers; returns how many there were.
async fn cut(store: &Store) -> u64 {
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mistral-write'";
    store.admin.execute(sql, &[]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_lost_takes_effect_once() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    // A row for every effect of a batch, whatever keys say.
    let trigger = "
        CREATE TABLE effect (request uuid);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO effect VALUES (new.request_id); RETURN new; END $$;
        CREATE TRIGGER note BEFORE INSERT ON reply FOR EACH ROW EXECUTE FUNCTION note();";
    store.admin.batch_execute(trigger).await.unwrap();
    let mut writer = store.writer();
    writer.warm_up().await.unwrap();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let killer_store = store.database.client(Purpose::Admin).await.unwrap();
    let killer = tokio::spawn(async move {
        let mut pauses = Generator::new(9);
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mistral-write'";
        let mut cuts = 0;
        while stopped.try_recv().is_err() {
            cuts += killer_store.execute(sql, &[]).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5 + pauses.random() % 60)).await;
        }
        cuts
    });
    let mut committed = 0;
    let started = std::time::Instant::now();
    while started.elapsed() < Duration::from_secs(4) {
        let reply = Reply {
            node: store.id(2),
            request_id: Id(committed as u128),
            body: "{}".into(),
            created_at: NOW,
        };
        let timers = (0..20).map(|_| Timer {
            id: store.id(2),
            root_id: Id(0),
            fire_at: NOW,
            body: "{}".into(),
        });
        let batch = Batch {
            fence: vec![(Shard(2), 1)],
            new_timers: timers.map(|t| Timer { root_id: t.id, ..t }).collect(),
            replies: vec![reply],
            ..Batch::default()
        };
        writer.commit(&batch).await.unwrap();
        committed += 1;
    }
    stop.send(()).unwrap();
    let cuts = killer.await.unwrap();
    assert!(cuts > 20, "{cuts} cuts");
    assert_eq!(store.count("reply").await, committed);
    assert_eq!(store.count("effect").await, committed);
    assert_eq!(store.count("timer").await, committed * 20);
    let row = store
        .admin
        .query_one("SELECT seq FROM shard WHERE shard = 2", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), committed, "one step of the fence per batch");
}

#[tokio::test]
async fn doubt_about_a_commit_is_settled_by_the_sequence() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let mut writer = store.writer();
    let trees = Trees::connect(&store.database);

    // Committed, and the connection is cut before the writer hears of it: a future that is dropped halfway.
    let tree = store.tree(4);
    let batch = insertion(&tree, 1);
    {
        let commit = writer.commit(&batch);
        tokio::pin!(commit);
        let lock = store.admin.query("SELECT 1", &[]);
        tokio::select! { biased; _ = &mut commit => panic!("too fast"), row = lock => drop(row.unwrap()) }
    }
    // Whatever became of it, the same batch and the next one can be committed.
    writer.commit(&batch).await.unwrap();
    assert_eq!(trees.load(tree.executions[0].id).await.unwrap().unwrap().tasks.len(), 1);

    // A dead connection that was not noticed.
    assert!(cut(&store).await > 0);
    let next = store.tree(4);
    writer.commit(&insertion(&next, 1)).await.unwrap();
    assert_eq!(store.count("execution").await, 2);

    // While the database is away, patience decides.
    let mut impatient = Writer::new(
        Database::parse("postgresql://nobody@127.0.0.1:1/none").unwrap(),
        Options {
            patience: Duration::from_millis(50),
            ..Options::default()
        },
    );
    assert!(matches!(impatient.commit(&batch).await, Err(CommitError::Failed(_))));
}

#[tokio::test]
async fn a_batch_may_be_sent_again() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let mut writer = store.writer();
    let tree = store.tree(6);
    let mut batch = insertion(&tree, 1);
    batch.queued.push(queued(&tree, None));
    batch.new_timers.push(Timer {
        id: store.id(6),
        root_id: tree.executions[0].id,
        fire_at: NOW,
        body: "{}".into(),
    });
    batch.replies.push(Reply {
        node: owner.node(),
        request_id: Id(3),
        body: "{}".into(),
        created_at: NOW,
    });
    for _ in 0..3 {
        writer.commit(&batch).await.unwrap();
    }
    for table in [
        "execution",
        "task",
        "action_execution",
        "execution_state",
        "action_queue",
        "timer",
        "reply",
    ] {
        assert_eq!(store.count(table).await, 1, "{table}");
    }
    // Queued again under a new attempt.
    let again = Queued {
        attempt: 2,
        ..queued(&tree, Some(owner.node()))
    };
    let batch = Batch {
        fence: vec![(Shard(6), 1)],
        dequeued: vec![tree.actions[0].id],
        queued: vec![again],
        ..Batch::default()
    };
    writer.commit(&batch).await.unwrap();
    let loaded = Trees::connect(&store.database)
        .load(tree.executions[0].id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((loaded.claims.len(), loaded.claims[0].attempt), (1, 2));
}

#[tokio::test]
async fn nul_characters_hurt_nobody() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let mut writer = store.writer();
    let mut tree = store.tree(8);
    let fine = store.tree(8);
    tree.executions[0].description = Some("a\0b".into());
    tree.executions[0].input = json(r#"{"x":"\u0000"}"#);
    tree.tasks[0].state_info = Some("\0".into());
    tree.tasks[0].name = "t\0".into();
    tree.actions[0].output = Some(Payload::from_json("{\"result\":\"raw \0\"}"));
    tree.actions[0].tags = Some(json("[\"\\u0000\"]"));
    let mut batch = insertion(&tree, 1);
    let other = insertion(&fine, 1);
    batch.new_executions.extend(other.new_executions);
    batch.queued.push(Queued {
        target: Some("h\0".into()),
        job: Some("{\0}".into()),
        ..queued(&tree, None)
    });
    // Longer than an index entry may be, and it does not compress.
    let mut random = Generator::new(3);
    let long: String = (0..8_000)
        .map(|_| char::from(b' ' + (random.random() % 90) as u8))
        .collect();
    let mut wide = store.tree(8);
    wide.executions[0].description = Some(long.as_str().into());
    batch.new_executions.extend(insertion(&wide, 1).new_executions);
    writer.commit(&batch).await.unwrap();

    let trees = Trees::connect(&store.database);
    let loaded = trees.load(tree.executions[0].id).await.unwrap().unwrap();
    assert_eq!(loaded.executions[0].description.as_deref(), Some("a\u{fffd}b"));
    assert_eq!(loaded.executions[0].input.text(), r#"{"x":"\u0000"}"#);
    assert_eq!(loaded.executions[0].input.get("x").unwrap().as_str(), Some("\0"));
    assert_eq!(loaded.tasks[0].state_info.as_deref(), Some("\u{fffd}"));
    assert_eq!(
        loaded.actions[0]
            .output
            .as_ref()
            .unwrap()
            .get("result")
            .unwrap()
            .as_str(),
        Some("raw \0")
    );
    assert!(trees.load(fine.executions[0].id).await.unwrap().is_some());
    assert_eq!(
        trees.load(wide.executions[0].id).await.unwrap().unwrap().executions[0]
            .description
            .as_deref(),
        Some(&long[..2_000])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_action_is_claimed_twice() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let mut writer = store.writer();
    const ACTIONS: usize = 3_000;
    let queue_row = |id: Id, n: usize| Queued {
        action_id: id,
        root_id: id,
        attempt: 1,
        target: (n % 10 == 0).then(|| "special".into()),
        claimed_by: None,
        safe_rerun: n % 2 == 0,
        job: Some(format!("{{\"n\":{n}}}")),
    };
    let rows: Vec<Queued> = (0..ACTIONS).map(|n| queue_row(store.id(n as u8), n)).collect();
    let fence = (0..=255).map(|n| (Shard(n), 1)).collect();
    writer
        .commit(&Batch {
            fence,
            queued: rows,
            ..Batch::default()
        })
        .await
        .unwrap();

    let mut claimers = Vec::new();
    for n in 0..8u8 {
        let node = store.id(0);
        Leases::register(&store.database, node, "x", &["executor"], TTL)
            .await
            .unwrap();
        let queue = Queue::connect(&store.database);
        let targets: &[&str] = if n == 0 { &["special", ""] } else { &[""] };
        claimers.push(tokio::spawn(async move {
            let (mut low, mut mine, mut idle) = (LowWater::default(), Vec::new(), 0);
            while idle < 3 {
                let claimed = queue
                    .claim(node, targets, 7 + usize::from(n), &mut low, NOW)
                    .await
                    .unwrap();
                assert!(claimed.len() <= 7 + usize::from(n));
                idle = if claimed.is_empty() { idle + 1 } else { 0 };
                mine.extend(claimed.into_iter().map(|c| c.action_id));
            }
            (node, mine)
        }));
    }
    let mut all = Vec::new();
    let mut by_node = Vec::new();
    for claimer in claimers {
        let (node, mine) = claimer.await.unwrap();
        all.extend(mine.iter().copied());
        by_node.push((node, mine));
    }
    assert_eq!(all.len(), ACTIONS);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), ACTIONS);

    let queue = Queue::connect(&store.database);
    assert_eq!(queue.depth(10).await.unwrap(), 0);
    // Given back, they can be claimed again; by nobody else while they are held.
    let (node, mine) = by_node.iter().find(|(_, mine)| mine.len() > 10).unwrap();
    assert_eq!(queue.claims_of(*node, 10_000).await.unwrap().len(), mine.len());
    queue.release(*node, &mine[..5]).await.unwrap();
    queue.release(Id(1), &mine[5..]).await.unwrap();
    assert_eq!((queue.depth(100).await.unwrap(), queue.depth(3).await.unwrap()), (5, 3));

    // The lease of one node ends: what it holds is found, what others hold is not.
    let shards: Vec<Shard> = (0..=255).map(Shard).collect();
    assert!(queue.orphans(&shards, 10_000, Duration::ZERO).await.unwrap().is_empty());
    store
        .admin
        .execute(
            "UPDATE node SET lease_until = now() - interval '1 second' WHERE id = $1",
            &[&node.to_uuid()],
        )
        .await
        .unwrap();
    let orphans = queue.orphans(&shards, 10_000, Duration::ZERO).await.unwrap();
    let found: HashSet<Id> = orphans.iter().map(|orphan| orphan.action_id).collect();
    assert_eq!(found, mine[5..].iter().copied().collect());
    assert!(
        orphans
            .iter()
            .all(|orphan| orphan.claimed_by == *node && orphan.job.is_some())
    );
    assert!(
        queue
            .orphans(&shards, 10_000, Duration::from_secs(30))
            .await
            .unwrap()
            .is_empty()
    );
    let one = queue.orphans(&[mine[5].shard()], 10_000, Duration::ZERO).await.unwrap();
    assert!(!one.is_empty() && one.iter().all(|orphan| orphan.action_id.shard() == mine[5].shard()));
}

#[tokio::test]
async fn shards_follow_the_nodes() {
    let mut store = Store::new().await;
    let first = store.owner().await;
    assert_eq!(first.renew().await.unwrap().len(), 256);
    let second = store.node("b", &["engine"]).await;
    let executor = store.node("c", &["executor"]).await;
    let nodes = first.live_nodes().await.unwrap();
    assert_eq!(nodes.len(), 3);
    assert!(
        nodes
            .iter()
            .any(|node| node.name == "host" && node.has_role("executor") && node.has_role("engine"))
    );

    // A node that joins gets its share when the holder gives it away.
    assert!(second.balance().await.unwrap().acquired.is_empty());
    let balance = first.balance().await.unwrap();
    assert!(balance.acquired.is_empty() && balance.surplus.len() > 64 && balance.surplus.len() < 192);
    first.release(&balance.surplus).await.unwrap();
    let acquired = second.balance().await.unwrap().acquired;
    assert_eq!(
        acquired.iter().map(|(shard, _)| *shard).collect::<Vec<_>>(),
        balance.surplus
    );
    assert!(
        acquired.iter().all(|(_, epoch)| *epoch == 3),
        "a release and a take-over"
    );
    assert_eq!(first.balance().await.unwrap(), Default::default());
    assert_eq!(executor.balance().await.unwrap(), Default::default());

    // A node that leaves in order is replaced at once; one that dies, when its lease ends.
    second.release_all().await.unwrap();
    assert_eq!(first.balance().await.unwrap().acquired.len(), balance.surplus.len());
    store
        .admin
        .execute(
            "UPDATE node SET lease_until = now() - interval '1 minute' WHERE id = $1",
            &[&first.node().to_uuid()],
        )
        .await
        .unwrap();
    let third = store.node("d", &["engine"]).await;
    assert_eq!(third.balance().await.unwrap().acquired.len(), 256);
    assert_eq!(first.renew().await.unwrap(), [], "it is alive again, and owns nothing");
    store
        .admin
        .execute(
            "UPDATE node SET lease_until = now() - interval '1 minute' WHERE id = $1",
            &[&first.node().to_uuid()],
        )
        .await
        .unwrap();
    assert_eq!(third.bury(Duration::from_secs(3600)).await.unwrap(), 0);
    assert_eq!(third.bury(Duration::from_secs(30)).await.unwrap(), 1);
    assert_eq!(third.live_nodes().await.unwrap().len(), 2);
}

#[tokio::test]
async fn messages_arrive_and_stay_until_they_are_consumed() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let inbox = Inbox::connect(&store.database);
    let sender = Sender::start(&store.database, Duration::from_secs(5));
    let message = |n: u8| Outgoing {
        shard: Shard(n % 4),
        body: format!("{{\"n\":{n}}}"),
        reply_to: Some(owner.node()),
        request_id: Some(Id(u128::from(n))),
    };
    let sends = futures_util::future::join_all((0..100).map(|n| sender.send(message(n)))).await;
    assert!(sends.into_iter().all(|sent| sent.is_ok()));
    let shards = [Shard(0), Shard(1)];
    let read = inbox.read(&shards, 1_000, &[]).await.unwrap();
    assert_eq!(read.len(), 50);
    assert!(
        read.iter()
            .all(|m| shards.contains(&m.shard) && m.reply_to == Some(owner.node()) && m.request_id.is_some())
    );
    let in_flight: Vec<i64> = read[..20].iter().map(|m| m.id).collect();
    let rest = inbox.read(&shards, 10, &in_flight).await.unwrap();
    assert_eq!(
        rest.iter().map(|m| m.id).collect::<Vec<_>>(),
        read[20..30].iter().map(|m| m.id).collect::<Vec<_>>()
    );

    let reply = |n| Reply {
        node: owner.node(),
        request_id: Id(n),
        body: format!("{n}"),
        created_at: NOW,
    };
    let batch = Batch {
        fence: vec![(Shard(0), 1), (Shard(1), 1)],
        consumed: read.iter().map(|m| (m.shard, m.id)).collect(),
        replies: vec![reply(1), reply(2)],
        ..Batch::default()
    };
    store.writer().commit(&batch).await.unwrap();
    assert!(inbox.read(&shards, 1_000, &[]).await.unwrap().is_empty());
    assert_eq!(store.count("inbox").await, 50);
    assert!(inbox.take_replies(Id(1)).await.unwrap().is_empty());
    let mut replies = inbox.take_replies(owner.node()).await.unwrap();
    replies.sort();
    assert_eq!(replies, [(Id(1), "1".to_owned()), (Id(2), "2".to_owned())]);
    assert!(inbox.take_replies(owner.node()).await.unwrap().is_empty());
}

#[tokio::test]
async fn timers_come_in_windows() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let fire_at = |n: i64| Time(NOW.0 + n % 100);
    let new_timers: Vec<Timer> = (0..25_000)
        .map(|n| {
            let id = store.id((n % 3) as u8);
            Timer {
                id,
                root_id: id,
                fire_at: fire_at(n),
                body: "{}".into(),
            }
        })
        .collect();
    let fence = (0..3).map(|n| (Shard(n), 1)).collect();
    store
        .writer()
        .commit(&Batch {
            fence,
            new_timers: new_timers.clone(),
            ..Batch::default()
        })
        .await
        .unwrap();
    let timers = Timers::connect(&store.database);
    let shards: Vec<Shard> = (0..3).map(Shard).collect();
    let all = timers.window(&shards, Time(i64::MIN), Time(i64::MAX)).await.unwrap();
    assert_eq!(all.len(), new_timers.len());
    assert!(
        all.windows(2)
            .all(|w| (w[0].fire_at, w[0].id) < (w[1].fire_at, w[1].id))
    );
    let expected = |shard: u8, from: i64, until: i64| {
        new_timers
            .iter()
            .filter(|t| t.id.shard() == Shard(shard) && t.fire_at >= fire_at(from) && t.fire_at < fire_at(until))
            .count()
    };
    let window = timers.window(&[Shard(1)], fire_at(10), fire_at(20)).await.unwrap();
    assert_eq!(window.len(), expected(1, 10, 20));
    assert!(
        timers
            .window(&[Shard(9)], Time(0), Time(i64::MAX))
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_session_survives_cuts() {
    let store = Store::new().await;
    let session = Session::new(store.database.clone(), Purpose::Engine);
    for _ in 0..3 {
        assert_eq!(session.query("SELECT 1", &[]).await.unwrap().len(), 1);
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mistral-engine'";
        assert_eq!(store.admin.execute(sql, &[]).await.unwrap(), 1);
    }
    store.cluster.stop().await.unwrap();
    assert!(session.query("SELECT 1", &[]).await.unwrap_err().is_retriable());
}

fn workflow(id: Id, name: &str, namespace: &str, project: &str) -> WorkflowDefinition {
    WorkflowDefinition {
        id,
        name: name.into(),
        namespace: namespace.into(),
        project_id: Some(project.into()),
        scope: Scope::Private,
        is_system: false,
        workbook_name: None,
        definition: "version: '2.0'".into(),
        spec_hash: Id(5),
        input: "a, b=2".into(),
        tags: Some(json(r#"["x"]"#)),
        checksum: None,
        created_at: NOW,
        updated_at: None,
    }
}

async fn edit(definitions: &Definitions, change: impl FnOnce(&mut Edit)) -> Result<(), Error> {
    let mut edit = Edit::new();
    change(&mut edit);
    definitions.commit(edit).await
}

#[tokio::test]
async fn definitions_are_edited_together_or_not_at_all() {
    let mut store = Store::new().await;
    let definitions = Definitions::new(store.database.pool(4).unwrap());
    let (mine, theirs) = (Viewer::Project(Some("mine")), Viewer::Project(Some("theirs")));
    let first = workflow(store.id(0), "wf", "", "mine");
    let epoch = definitions.epoch().await.unwrap();
    edit(&definitions, |e| {
        e.content(Id(5), "{}").content(Id(5), "{}").insert(&first);
    })
    .await
    .unwrap();
    assert_eq!(definitions.epoch().await.unwrap(), epoch + 1);
    assert_eq!(definitions.content(Id(5)).await.unwrap().as_deref(), Some("{}"));
    assert_eq!(definitions.content(Id(6)).await.unwrap(), None);

    // A second workflow together with one whose name is taken: neither.
    let second = workflow(store.id(0), "second", "", "mine");
    let taken = workflow(store.id(0), "wf", "", "mine");
    let refused = edit(&definitions, |e| {
        e.insert(&second).insert(&taken);
    })
    .await;
    assert!(matches!(refused, Err(Error::Duplicate { constraint }) if constraint == "workflow_definition_name"));
    let missing = edit(&definitions, |e| {
        e.insert(&second).update(&taken);
    })
    .await;
    assert!(matches!(
        missing,
        Err(Error::Missing {
            table: "workflow_definition"
        })
    ));
    assert_eq!(store.count("workflow_definition").await, 1);
    assert_eq!(definitions.epoch().await.unwrap(), epoch + 1);

    // What a project sees: its own, what is public, what it was invited to; its own first.
    let find = |name: &'static str, viewer| {
        let definitions = definitions.clone();
        async move {
            definitions
                .find::<WorkflowDefinition>(name, "", viewer)
                .await
                .unwrap()
                .map(|row| row.id)
        }
    };
    assert_eq!(
        (find("wf", mine).await, find("wf", theirs).await),
        (Some(first.id), None)
    );
    assert_eq!(find("wf", Viewer::Admin).await, Some(first.id));
    let public = WorkflowDefinition {
        scope: Scope::Public,
        ..workflow(store.id(0), "wf", "", "other")
    };
    let member = ResourceMember {
        id: store.id(0),
        resource_id: first.id,
        resource_type: "workflow".into(),
        project_id: Some("mine".into()),
        member_id: "theirs".into(),
        status: "pending".into(),
        created_at: NOW,
        updated_at: None,
    };
    edit(&definitions, |e| {
        e.insert(&public).insert(&member);
    })
    .await
    .unwrap();
    assert_eq!(
        (find("wf", mine).await, find("wf", theirs).await),
        (Some(first.id), Some(public.id))
    );
    assert!(
        definitions
            .get::<WorkflowDefinition>(first.id, theirs)
            .await
            .unwrap()
            .is_none()
    );
    let accepted = ResourceMember {
        status: "accepted".into(),
        ..member
    };
    edit(&definitions, |e| {
        e.update(&accepted);
    })
    .await
    .unwrap();
    let shared = definitions
        .get::<WorkflowDefinition>(first.id, theirs)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((&*shared.input, shared.tags.unwrap().text()), ("a, b=2", r#"["x"]"#));
    assert_eq!(definitions.members(first.id, "workflow").await.unwrap().len(), 1);
    let by_id = definitions
        .resolve::<WorkflowDefinition>(&first.id.to_string(), "elsewhere", mine)
        .await
        .unwrap();
    assert_eq!(by_id.unwrap().id, first.id);
    assert_eq!(
        definitions.page::<WorkflowDefinition>(None, 1).await.unwrap()[0].id,
        first.id
    );
    assert_eq!(
        definitions.page::<WorkflowDefinition>(Some(first.id), 9).await.unwrap()[0].id,
        public.id
    );

    edit(&definitions, |e| {
        e.delete::<WorkflowDefinition>(public.id);
    })
    .await
    .unwrap();
    assert!(
        edit(&definitions, |e| {
            e.delete::<WorkflowDefinition>(public.id);
        })
        .await
        .is_err()
    );
    assert_eq!(definitions.maintenance().await.unwrap(), "RUNNING");
    definitions.set_maintenance("PAUSED").await.unwrap();
    assert_eq!(definitions.maintenance().await.unwrap(), "PAUSED");
}

#[tokio::test]
async fn every_definition_table_takes_its_rows() {
    let mut store = Store::new().await;
    let definitions = Definitions::new(store.database.pool(2).unwrap());
    let viewer = Viewer::Project(None);
    let (scope, created_at) = (Scope::Private, NOW);
    let action = ActionDefinition {
        id: store.id(0),
        name: "act".into(),
        namespace: "".into(),
        project_id: None,
        scope,
        is_system: false,
        workbook_name: Some("wb".into()),
        description: Some("d".into()),
        definition: "x".into(),
        spec: json("{}"),
        input: "".into(),
        tags: None,
        created_at,
        updated_at: Some(NOW),
    };
    let workbook = Workbook {
        id: store.id(0),
        name: "wb".into(),
        namespace: "".into(),
        project_id: None,
        scope,
        definition: "x".into(),
        spec: json("{}"),
        tags: None,
        checksum: None,
        created_at,
        updated_at: None,
    };
    let environment = Environment {
        id: store.id(0),
        name: "env".into(),
        project_id: None,
        scope,
        description: Some("\0".into()),
        variables: json("{\"a\":\"\\u0000\"}"),
        created_at,
        updated_at: None,
    };
    let cron = CronTrigger {
        id: store.id(0),
        name: "cron".into(),
        project_id: None,
        scope,
        pattern: Some("* * * * *".into()),
        first_execution_time: None,
        next_execution_time: NOW,
        remaining_executions: Some(2),
        workflow_id: Id(9),
        workflow_name: "wf".into(),
        workflow_input: json("{}"),
        workflow_input_hash: "h".into(),
        workflow_params: json("{}"),
        workflow_params_hash: "h".into(),
        trust_id: None,
        created_at,
        updated_at: None,
    };
    let event = EventTrigger {
        id: store.id(0),
        name: None,
        project_id: None,
        scope,
        exchange: "e".into(),
        topic: "t".into(),
        event: "v".into(),
        workflow_id: Id(9),
        workflow_input: json("{}"),
        workflow_params: json("{}"),
        trust_id: None,
        created_at,
        updated_at: None,
    };
    let code = CodeSource {
        id: store.id(0),
        name: "code".into(),
        namespace: "".into(),
        project_id: None,
        scope,
        content: "1".into(),
        version: 1,
        tags: None,
        created_at,
        updated_at: None,
    };
    let dynamic = DynamicAction {
        id: store.id(0),
        name: "dyn".into(),
        namespace: "".into(),
        project_id: None,
        scope,
        class_name: "C".into(),
        code_source_id: code.id,
        created_at,
        updated_at: None,
    };
    edit(&definitions, |e| {
        e.insert(&action)
            .insert(&workbook)
            .insert(&environment)
            .insert(&cron)
            .insert(&event);
        e.insert(&code).insert(&dynamic);
    })
    .await
    .unwrap();
    edit(&definitions, |e| {
        e.update(&action)
            .update(&workbook)
            .update(&environment)
            .update(&cron)
            .update(&event);
        e.update(&code).update(&dynamic);
    })
    .await
    .unwrap();
    assert_eq!(
        definitions
            .find::<ActionDefinition>("act", "", viewer)
            .await
            .unwrap()
            .unwrap()
            .updated_at,
        Some(NOW)
    );
    assert_eq!(
        definitions
            .find::<Workbook>("wb", "", viewer)
            .await
            .unwrap()
            .unwrap()
            .id,
        workbook.id
    );
    let read = definitions
        .find::<Environment>("env", "ignored", viewer)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (read.description.as_deref(), read.variables.text()),
        (Some("\u{fffd}"), environment.variables.text())
    );
    assert_eq!(
        definitions
            .find::<CodeSource>("code", "", viewer)
            .await
            .unwrap()
            .unwrap()
            .version,
        1
    );
    assert_eq!(
        definitions
            .find::<DynamicAction>("dyn", "", viewer)
            .await
            .unwrap()
            .unwrap()
            .code_source_id,
        code.id
    );
    assert_eq!(
        definitions
            .of_workbook::<ActionDefinition>("wb", "", None)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(definitions.triggers_of::<CronTrigger>(Id(9)).await.unwrap().len(), 1);
    assert_eq!(definitions.triggers_of::<EventTrigger>(Id(8)).await.unwrap().len(), 0);
    assert_eq!(definitions.listening("e", "t", "v").await.unwrap().len(), 1);
    assert_eq!(definitions.listening("e", "t", "w").await.unwrap().len(), 0);

    // Two processes see the trigger due; one moves it on.
    assert!(definitions.due_cron_triggers(NOW, 10).await.unwrap().is_empty());
    let due = definitions
        .due_cron_triggers(Time(NOW.0 + 1), 10)
        .await
        .unwrap()
        .remove(0);
    let next = Time(NOW.0 + 60);
    assert!(
        definitions
            .advance_cron_trigger(&due, Some(next), Some(1))
            .await
            .unwrap()
    );
    assert!(
        !definitions
            .advance_cron_trigger(&due, Some(next), Some(1))
            .await
            .unwrap()
    );
    let due = definitions
        .due_cron_triggers(Time(NOW.0 + 61), 10)
        .await
        .unwrap()
        .remove(0);
    assert_eq!((due.next_execution_time, due.remaining_executions), (next, Some(1)));
    assert!(definitions.advance_cron_trigger(&due, None, None).await.unwrap());
    assert_eq!(store.count("cron_trigger").await, 0);
}

#[tokio::test]
async fn the_cache_is_fresh_after_a_refresh() {
    let mut store = Store::new().await;
    let definitions = Definitions::new(store.database.pool(4).unwrap());
    let cache = DefinitionCache::new(definitions.clone(), &store.database, 100);
    let viewer = Viewer::Project(Some("p"));
    let row = workflow(store.id(0), "sub", "", "p");
    edit(&definitions, |e| {
        e.insert(&row);
    })
    .await
    .unwrap();
    cache.refresh().await.unwrap();
    let peek = || cache.peek::<WorkflowDefinition>("sub", &["ns", ""], viewer);
    assert!(matches!(peek(), Peek::Unknown));
    let found = cache
        .find_in::<WorkflowDefinition>("sub", &["ns", ""], viewer)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, row.id);
    assert!(matches!(peek(), Peek::Found(cached) if Arc::ptr_eq(&cached, &found)));
    assert!(
        cache
            .find::<WorkflowDefinition>("nope", "", viewer)
            .await
            .unwrap()
            .is_none()
    );
    assert!(matches!(
        cache.peek::<WorkflowDefinition>("nope", &["", ""], viewer),
        Peek::Absent
    ));
    assert!(matches!(
        cache.peek::<ActionDefinition>("sub", &[""], viewer),
        Peek::Unknown
    ));

    // A change is seen after the next refresh, and by everybody who refreshes at once.
    let closer = workflow(store.id(0), "sub", "ns", "p");
    edit(&definitions, |e| {
        e.insert(&closer);
    })
    .await
    .unwrap();
    assert!(matches!(peek(), Peek::Found(_)));
    let outcomes = futures_util::future::join_all((0..50).map(|_| cache.refresh())).await;
    assert!(outcomes.into_iter().all(|outcome| outcome.is_ok()));
    assert!(matches!(peek(), Peek::Unknown));
    let found = cache
        .find_in::<WorkflowDefinition>("sub", &["ns", ""], viewer)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, closer.id);
    // 50 callers: those who asked before it was sent share a statement.
    cache.refresh().await.unwrap();
    assert!(matches!(peek(), Peek::Found(_)), "nothing changed, nothing is dropped");
}

#[tokio::test]
async fn hints_arrive_coalesced() {
    let mut store = Store::new().await;
    let node = store.id(0);
    let mut hints = wake::listen(
        &store.database,
        node,
        &[Channel::Inbox, Channel::Queue, Channel::Replies],
    );
    let mut next = async || {
        tokio::time::timeout(Duration::from_secs(5), hints.recv())
            .await
            .expect("a hint in time")
            .expect("listening")
    };
    // Whatever was missed before.
    assert_eq!(
        [next().await, next().await, next().await],
        [Wake::Inbox(ShardSet::all()), Wake::Queue, Wake::Replies]
    );
    let waker = Waker::start(&store.database);
    waker.replies(store.id(0));
    waker.definitions();
    waker.replies(node);
    assert_eq!(next().await, Wake::Replies);

    let mut seen = ShardSet::default();
    let mut count = 0;
    for n in 0..=255 {
        waker.inbox(Shard(n));
        if n % 16 == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    while seen != ShardSet::all() {
        match next().await {
            Wake::Inbox(shards) => (0..=255)
                .map(Shard)
                .filter(|s| shards.contains(*s))
                .for_each(|s| seen.insert(s)),
            other => panic!("{other:?}"),
        }
        count += 1;
    }
    assert!(count < 16, "{count} notifications for 256 hints");

    // The connection is cut: everything is hinted again.
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mistral-wake'";
    store.admin.execute(sql, &[]).await.unwrap();
    assert_eq!(next().await, Wake::Inbox(ShardSet::all()));
    assert_eq!((next().await, next().await), (Wake::Queue, Wake::Replies));
    waker.queue();
    assert_eq!(next().await, Wake::Queue);
}
