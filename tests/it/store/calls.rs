//! First actions of tasks, which lie in the rows of these, and databases in which they did not.

use std::time::Duration;

use mistral::embedded_postgres::Cluster;
use mistral::model::record::{Action, Task};
use mistral::model::{Id, Payload, Shard, State, Time};
use mistral::postgres::queue::Queue;
use mistral::postgres::read::Reads;
use mistral::postgres::tree::Trees;
use mistral::postgres::{Database, Purpose, migrate};
use mistral::store::batch::{Batch, ListedState, TreeRows};
use mistral::store::list::tables::{ACTION_EXECUTION, TASK};
use mistral::store::list::{Cell, Order, Page, Query, Viewer};
use mistral::store::low_water::LowWater;

use crate::store::support::{NOW, Store, insertion, json, queued, same_tree};

/// A tree whose action is the first of its task, as decisions make it, and one more of the same task.
fn with_first_action(store: &mut Store, shard: u8) -> TreeRows {
    let mut tree = store.tree(shard);
    let first = Action {
        id: tree.tasks[0].id.of_first_action().unwrap(),
        description: Some("".into()),
        input: json("{}"),
        runtime_context: json(r#"{"index":0,"safe_rerun":false}"#),
        ..tree.actions[0].clone()
    };
    tree.actions.insert(0, first);
    tree.actions.sort_by_key(|a| a.id);
    tree
}

fn first(tree: &mut TreeRows) -> &mut Action {
    let mut actions = tree.actions.iter_mut();
    actions.find(|a| a.id.task_of_first_action().is_some()).unwrap()
}

fn changes(tasks: &[Task], actions: Vec<Action>) -> Batch {
    Batch {
        fence: vec![(Shard(5), 1)],
        changed_tasks: tasks.to_vec(),
        changed_actions: actions,
        ..Batch::default()
    }
}

#[tokio::test]
async fn the_first_action_shares_the_row_of_its_task() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let mut writer = store.writer();
    let trees = Trees::connect(&store.database);
    let mut tree = with_first_action(&mut store, 5);
    let root = tree.executions[0].id;
    writer.commit(&insertion(&tree, 1)).await.unwrap();
    same_tree(&tree, &trees.load(root).await.unwrap().unwrap());
    assert_eq!(
        (store.count("task").await, store.count("action_execution").await),
        (1, 1)
    );
    let id = first(&mut tree).id;

    // The action alone, the task alone, both together, and the other one.
    let action = first(&mut tree);
    (action.state, action.state_info) = (State::Error, Some("it failed".into()));
    action.output = Some(Payload::from_json(r#"{"result":[1]}"#));
    let alone = action.clone();
    writer.commit(&changes(&[], vec![alone])).await.unwrap();
    same_tree(&tree, &trees.load(root).await.unwrap().unwrap());
    tree.tasks[0].state = State::Delayed;
    writer.commit(&changes(&tree.tasks, vec![])).await.unwrap();
    same_tree(&tree, &trees.load(root).await.unwrap().unwrap());
    tree.tasks[0].state = State::Success;
    for action in &mut tree.actions {
        (action.state, action.accepted, action.state_info) = (State::Success, true, None);
        action.updated_at = Some(Time(NOW.0 + 3));
    }
    writer
        .commit(&changes(&tree.tasks, tree.actions.clone()))
        .await
        .unwrap();
    same_tree(&tree, &trees.load(root).await.unwrap().unwrap());

    // Deleted, and made again while the task stays.
    let gone = Batch {
        fence: vec![(Shard(5), 1)],
        deleted_actions: vec![id],
        ..Batch::default()
    };
    writer.commit(&gone).await.unwrap();
    assert_eq!(trees.load(root).await.unwrap().unwrap().actions.len(), 1);
    let again = Batch {
        fence: vec![(Shard(5), 1)],
        new_actions: vec![first(&mut tree).clone()],
        ..Batch::default()
    };
    writer.commit(&again).await.unwrap();
    same_tree(&tree, &trees.load(root).await.unwrap().unwrap());
}

#[tokio::test]
async fn what_an_executor_should_have_got_is_named_as_it_knows_it() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let mut writer = store.writer();
    let mut tree = with_first_action(&mut store, 5);
    let id = first(&mut tree).id;
    let mut batch = insertion(&tree, 1);
    let mut sent = queued(&tree, Some(owner.node()));
    sent.action_id = id;
    sent.job = None;
    batch.queued.push(sent);
    writer.commit(&batch).await.unwrap();

    let queue = Queue::connect(&store.database);
    let held = queue.lane_claims_of(owner.node(), Id(0), 10).await.unwrap();
    assert_eq!(held, [(tree.executions[0].id, id, 1)]);
    assert!(queue.lane_claims_of(owner.node(), id, 10).await.unwrap().is_empty());
    assert_eq!(queue.begin(owner.node(), &[(id, 1)]).await.unwrap(), [id]);
    assert!(queue.lane_claims_of(owner.node(), Id(0), 10).await.unwrap().is_empty());
}

/// Rows of the queue outlive the deletion of their tree for a while; nobody runs them.
#[tokio::test]
async fn actions_of_a_deleted_tree_are_nobody_s() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let mut writer = store.writer();
    let (waits, held) = (store.tree(5), store.tree(5));
    for (tree, claimed_by) in [(&waits, None), (&held, Some(owner.node()))] {
        let mut batch = insertion(tree, 1);
        batch.queued.push(queued(tree, claimed_by));
        writer.commit(&batch).await.unwrap();
    }
    let queue = Queue::connect(&store.database);
    let (node, id) = (owner.node(), held.actions[0].id);
    assert_eq!(queue.held(node, &[id]).await.unwrap(), [(id, 1)]);
    let deletion = Batch {
        fence: vec![(Shard(5), 1)],
        deleted_roots: vec![waits.executions[0].id, held.executions[0].id],
        ..Batch::default()
    };
    writer.commit(&deletion).await.unwrap();
    assert_eq!(store.count("action_queue").await, 2);
    let mut low_water = LowWater::default();
    assert!(
        queue
            .claim(node, &[""], 10, &mut low_water, NOW)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(queue.held(node, &[id]).await.unwrap().is_empty());
    assert!(queue.begin(node, &[(id, 1)]).await.unwrap().is_empty());
    store.drop_deleted().await;
    assert_eq!(store.count("action_queue").await, 0);
}

#[tokio::test]
async fn the_queue_and_the_membership_table_name_first_actions() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let mut writer = store.writer();
    let mut tree = with_first_action(&mut store, 5);
    first(&mut tree).state = State::Paused;
    let id = first(&mut tree).id;
    let mut batch = insertion(&tree, 1);
    let mut waiting = queued(&tree, None);
    waiting.action_id = id;
    batch.queued.push(waiting);
    batch.action_states.push(ListedState {
        id,
        before: None,
        after: Some(State::Paused),
    });
    writer.commit(&batch).await.unwrap();

    let queue = Queue::connect(&store.database);
    let mut low_water = LowWater::default();
    let node = owner.node();
    let claimed = queue.claim(node, &[""], 10, &mut low_water, NOW).await.unwrap();
    assert_eq!(claimed.iter().map(|c| c.action_id).collect::<Vec<_>>(), [id]);
    assert_eq!(queue.held(node, &[id]).await.unwrap(), [(id, 1)]);
    assert_eq!(queue.unbegun(node, &[id]).await.unwrap(), [(id, 1)]);
    assert!(queue.unbegun(Id(1), &[id]).await.unwrap().is_empty(), "somebody else's");
    assert_eq!(queue.begin(node, &[(id, 1)]).await.unwrap(), [id]);
    assert!(queue.unbegun(node, &[id]).await.unwrap().is_empty());
    assert_eq!(queue.claims_of(node, Id(0), 10).await.unwrap()[0].action_id, id);
    assert!(queue.claims_of(node, id, 10).await.unwrap().is_empty());
    let loaded = Trees::connect(&store.database)
        .load(tree.executions[0].id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((loaded.queued, loaded.claims[0].action_id), (vec![id], id));
    owner.leave().await.unwrap();
    let shards: Vec<Shard> = (0..=255).map(Shard).collect();
    let orphans = queue.orphans(&shards, 10, Duration::ZERO).await.unwrap();
    assert_eq!(orphans.iter().map(|o| o.action_id).collect::<Vec<_>>(), [id]);
    queue.release(node, &[id]).await.unwrap();
    assert!(queue.held(node, &[id]).await.unwrap().is_empty());

    let deletion = Batch {
        fence: vec![(Shard(5), 1)],
        deleted_executions: vec![tree.executions[0].id],
        ..Batch::default()
    };
    writer.commit(&deletion).await.unwrap();
    store.drop_deleted().await;
    for table in ["task", "action_execution", "action_state", "action_queue"] {
        assert_eq!(store.count(table).await, 0, "{table}");
    }
}

/// What most tasks say of their trigger takes an id and a number; everything else is kept as it is, and all of it comes back.
#[tokio::test]
async fn triggers_are_stored_short() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let mut tree = store.tree(5);
    let other = store.id(5);
    let texts = [
        format!(r#"{{"triggered_by":[{{"task_id":"{other}","event":"on-success"}}]}}"#),
        format!(r#"{{"triggered_by":[{{"task_id":"{other}","event":"on-complete"}}]}}"#),
        format!(r#"{{"triggered_by":[{{"task_id":"{other}","event":null}}]}}"#),
        format!(
            r#"{{"triggered_by":[{{"task_id":"{other}","event":"on-error"}}],"retry_task_policy":{{"retry_no":1}}}}"#
        ),
        "{}".to_owned(),
    ];
    let task = tree.tasks.remove(0);
    for text in &texts {
        tree.tasks.push(Task {
            id: store.id(5),
            runtime_context: Payload::from_json(text.clone()),
            ..task.clone()
        });
    }
    tree.actions.clear();
    let mut writer = store.writer();
    writer.commit(&insertion(&tree, 1)).await.unwrap();
    writer.commit(&changes(&tree.tasks, vec![])).await.unwrap();
    same_tree(
        &tree,
        &Trees::connect(&store.database)
            .load(tree.executions[0].id)
            .await
            .unwrap()
            .unwrap(),
    );
    let rows = "SELECT task_runtime(runtime_context, trigger_id, trigger_event), runtime_context FROM task ORDER BY id";
    for (row, text) in store.admin.query(rows, &[]).await.unwrap().iter().zip(&texts) {
        assert_eq!(row.get::<_, &str>(0), text);
        let is_short = text.ends_with(r#""on-success"}]}"#) || text.ends_with(r#""on-complete"}]}"#) || text == "{}";
        assert_eq!(row.get::<_, Option<&str>>(1).is_none(), is_short, "{text}");
    }
}

/// A node that left holds nothing that nobody would look for: its row stays as long as it holds something.
#[tokio::test]
async fn nodes_are_buried_when_they_hold_nothing() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let left = store.node("other", &["executor"]).await;
    let tree = store.tree(5);
    let mut batch = insertion(&tree, 1);
    batch.queued.push(queued(&tree, Some(left.node())));
    store.writer().commit(&batch).await.unwrap();
    left.leave().await.unwrap();
    assert_eq!(owner.bury(Duration::from_secs(1)).await.unwrap(), 0);
    let queue = Queue::connect(&store.database);
    for _ in 0..2 {
        let orphans = queue.orphans(&[Shard(5)], 10, Duration::from_secs(1)).await.unwrap();
        assert_eq!(orphans.len(), 1, "the second look is no thorough one");
    }
    store.admin.execute("DELETE FROM action_queue", &[]).await.unwrap();
    assert_eq!(owner.bury(Duration::from_secs(1)).await.unwrap(), 1);
}

/// What a server of the version before has left.
const OLD: &str = "
    INSERT INTO execution (shard, id, root_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id, scope,
        state, accepted, input, params, context, runtime_context, created_at)
    VALUES (5, '00000000-0000-8000-8005-000000000001', '00000000-0000-8000-8005-000000000001',
        '00000000-0000-8000-8005-000000000009', 'wf', 'ns', '00000000-0000-8000-8005-000000000009', 'p', 1, 2, false,
        '{}', '{}', '{}', '{}', 1);
    INSERT INTO task (shard, id, execution_id, root_id, name, workflow_id, workflow_name, workflow_namespace, project_id, scope,
        kind, state, processed, error_handled, runtime_context, is_join, created_at)
    SELECT 5, '00000000-0000-8000-8005-000000000002', id, id, 't1', workflow_id, 'wf', 'ns', 'p', 1, 0, 2, false, false, '{}',
        false, 2 FROM execution;
    INSERT INTO action_execution (shard, id, task_id, execution_id, root_id, name, workflow_id, workflow_name,
        workflow_namespace, project_id, scope, description, state, accepted, input, runtime_context, is_sync, created_at)
    SELECT 5, '00000000-0000-8000-8005-000000000003', id, execution_id, root_id, 'std.echo', workflow_id, 'wf', 'ns', 'p', 1, '', 2,
        false, '{\"output\":1}', '{\"index\":0,\"safe_rerun\":false}', true, 3 FROM task;
    INSERT INTO action_queue (shard, action_id, root_id, attempt, safe_rerun) SELECT shard, id, root_id, 1, true FROM action_execution;
    INSERT INTO task_state (shard, id, state) SELECT shard, id, state FROM task";

async fn listed(reads: &Reads, table: &'static mistral::store::list::Table) -> Vec<String> {
    let columns = mistral::store::list::columns(table, &["id", "workflow_name", "workflow_namespace", "name"]);
    let order = [Order {
        column: table.column("created_at").unwrap(),
        descending: false,
    }];
    let query = Query {
        table,
        columns: &columns,
        viewer: Viewer::Project(Some("p")),
        filters: &[],
        order: &order,
        limit: Some(10),
    };
    let Page::Records(rows) = reads.list(&query, None).await.unwrap() else {
        panic!("no page")
    };
    let cell = |row, column| match rows.cell(row, column).unwrap() {
        Cell::Id(id) => id.to_string(),
        Cell::Text(text) => text.to_owned(),
        other => format!("{other:?}"),
    };
    (0..rows.len())
        .map(|row| (0..4).map(|column| cell(row, column)).collect::<Vec<_>>().join(" "))
        .collect()
}

#[tokio::test]
async fn rows_of_the_version_before_live_on() {
    let cluster = Cluster::temporary().await.unwrap();
    let database = Database::new(cluster.connection());
    let mut admin = database.client(Purpose::Admin).await.unwrap();
    migrate::upgrade(&mut admin, migrate::Target::Version(5)).await.unwrap();
    admin.batch_execute(OLD).await.unwrap();
    migrate::upgrade(&mut admin, migrate::Target::Head).await.unwrap();

    let root: Id = "00000000-0000-8000-8005-000000000001".parse().unwrap();
    let trees = Trees::connect(&database);
    let tree = trees.load(root).await.unwrap().unwrap();
    let (task, action) = (&tree.tasks[0], &tree.actions[0]);
    assert_eq!((&*task.origin.workflow_namespace, &*action.name), ("ns", "std.echo"));
    assert_eq!((tree.actions.len(), &tree.queued), (1, &vec![action.id]));
    // A second call of the same task, by this version, beside a new task with its first action.
    let later = Task {
        id: Id(task.id.0 + (1 << 90)),
        name: "t2".into(),
        ..task.clone()
    };
    let call = Action {
        id: later.id.of_first_action().unwrap(),
        task_id: Some(later.id),
        ..action.clone()
    };
    let batch = Batch {
        fence: vec![(Shard(5), 0)],
        new_tasks: vec![later.clone()],
        new_actions: vec![call.clone()],
        ..Batch::default()
    };
    let mut writer = mistral::postgres::writer::Writer::new(database.clone(), Default::default());
    writer.commit(&batch).await.unwrap();
    let reads = Reads::new(&database, database.pool(2).unwrap(), Duration::from_secs(5));
    let expected = |rows: [(Id, &str); 2]| rows.map(|(id, name)| format!("{id} wf ns {name}"));
    assert_eq!(
        listed(&reads, &TASK).await,
        expected([(task.id, "t1"), (later.id, "t2")])
    );
    assert_eq!(
        listed(&reads, &ACTION_EXECUTION).await,
        expected([(action.id, "std.echo"), (call.id, "std.echo")])
    );
}
