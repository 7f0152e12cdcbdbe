//! What executors hold without a queue row for each.

use std::time::Duration;

use mistral::model::{Id, Shard, State};
use mistral::postgres::queue::Queue;
use mistral::postgres::read::Reads;
use mistral::postgres::tree::Trees;
use mistral::store::batch::{Batch, Lane, LaneKey, TreeRows};
use mistral::store::list::tables::{ACTION_EXECUTION, TASK};
use mistral::store::list::{Filter, Order, Page, Query, Table, Test, Viewer};

use crate::store::support::{Store, insertion, json, queued};

/// A tree of one task with its first action, which an executor has.
fn tree(store: &mut Store) -> (TreeRows, Id) {
    let mut tree = store.tree(5);
    let id = tree.tasks[0].id.of_first_action().unwrap();
    tree.actions[0].id = id;
    tree.actions[0].runtime_context = json(r#"{"index":0,"safe_rerun":true}"#);
    (tree, id)
}

fn lane(holder: Id, actions: &[Id]) -> Lane {
    let key = LaneKey { holder, id: actions[0] };
    Lane {
        key,
        actions: actions.to_vec(),
    }
}

fn batch() -> Batch {
    Batch {
        fence: vec![(Shard(5), 1)],
        ..Batch::default()
    }
}

/// All of some trees in one transaction.
fn insertions(trees: &[&TreeRows]) -> Batch {
    let mut all = batch();
    for tree in trees {
        let one = insertion(tree, 1);
        all.new_executions.extend(one.new_executions);
        all.new_tasks.extend(one.new_tasks);
        all.new_actions.extend(one.new_actions);
        all.state_changes.extend(one.state_changes);
    }
    all
}

async fn running(reads: &Reads, table: &'static Table) -> usize {
    let columns = mistral::store::list::columns(table, &["id"]);
    let filters = [Filter {
        column: table.column("state").unwrap(),
        test: Test::Numbers(vec![State::Running as i16]),
    }];
    let order = [Order {
        column: table.column("created_at").unwrap(),
        descending: false,
    }];
    let query = Query {
        table,
        columns: &columns,
        viewer: Viewer::Admin,
        filters: &filters,
        order: &order,
        limit: Some(10),
    };
    match reads.list(&query, None).await.unwrap() {
        Page::Records(rows) => rows.len(),
        _ => panic!("no page"),
    }
}

#[tokio::test]
async fn an_executor_holds_what_has_not_ended() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let executor = store.node("executor", &["executor"]).await;
    let node = executor.node();
    let mut writer = store.writer();
    let queue = Queue::connect(&store.database);
    let reads = Reads::new(&store.database, store.database.pool(2).unwrap(), Duration::from_secs(5));
    let trees = Trees::connect(&store.database);
    let ((first, a), (second, b), (third, c)) = (tree(&mut store), tree(&mut store), tree(&mut store));
    let mut new = insertions(&[&first, &second, &third]);
    new.lanes = vec![lane(node, &[a, b]), lane(node, &[c])];
    writer.commit(&new).await.unwrap();
    assert_eq!(store.count("action_queue").await, 0);
    assert_eq!(store.count("lane").await, 2);

    let all = [a, b, c];
    let held = async || {
        let mut held = queue.held(node, &all).await.unwrap();
        held.sort_unstable();
        held
    };
    let named = async || -> Vec<Id> {
        let claims = queue.lane_claims_of(node, Id(0), 10).await.unwrap();
        claims.into_iter().map(|(_, action, _)| action).collect()
    };
    assert_eq!(held().await, [(a, 1), (b, 1), (c, 1)]);
    assert_eq!(named().await, all);
    let claims = queue.lane_claims_of(node, a, 1).await.unwrap();
    assert_eq!(claims, [(second.executions[0].id, b, 1)], "from page to page");
    assert_eq!(
        (running(&reads, &TASK).await, running(&reads, &ACTION_EXECUTION).await),
        (3, 3)
    );
    let loaded = trees.load(first.executions[0].id).await.unwrap().unwrap();
    assert_eq!(loaded.queued, [a]);
    assert_eq!((loaded.claims[0].attempt, loaded.claims[0].claimed_by), (1, None));

    // One ends, with its task.
    let mut done = batch();
    done.changed_tasks = first.tasks.clone();
    done.changed_tasks[0].state = State::Success;
    done.changed_actions = first.actions.clone();
    done.changed_actions[0].state = State::Success;
    writer.commit(&done).await.unwrap();
    assert_eq!(held().await, [(b, 1), (c, 1)]);
    assert_eq!(named().await, [b, c]);
    assert_eq!(
        (running(&reads, &TASK).await, running(&reads, &ACTION_EXECUTION).await),
        (2, 2)
    );
    let loaded = trees.load(first.executions[0].id).await.unwrap().unwrap();
    assert!(loaded.queued.is_empty());

    // One is given to somebody once more: its row tells.
    let other = Id(77);
    let mut again = batch();
    let mut row = queued(&second, Some(other));
    (row.attempt, row.job) = (2, None);
    again.queued.push(row);
    writer.commit(&again).await.unwrap();
    assert_eq!(held().await, [(c, 1)]);
    assert_eq!(named().await, [c]);
    assert_eq!(queue.held(other, &[a, b]).await.unwrap(), [(b, 2)]);
    assert_eq!(running(&reads, &ACTION_EXECUTION).await, 2, "once");
    let loaded = trees.load(second.executions[0].id).await.unwrap().unwrap();
    assert_eq!((loaded.queued, loaded.claims[0].attempt), (vec![b], 2));

    // A tree that is deleted is nobody's.
    let mut deletion = batch();
    deletion.deleted_roots.push(third.executions[0].id);
    writer.commit(&deletion).await.unwrap();
    assert!(held().await.is_empty());
    store.drop_deleted().await;
    assert!(named().await.is_empty());

    // What its owner counts goes at once, the rest is swept.
    let mut closing = batch();
    closing.closed_lanes.push(LaneKey { holder: node, id: c });
    writer.commit(&closing).await.unwrap();
    assert_eq!(store.count("lane").await, 1);
    executor.bury(Duration::from_secs(1)).await.unwrap();
    assert_eq!(store.count("lane").await, 0);
}

#[tokio::test]
async fn what_a_dead_executor_holds_is_found() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let executor = store.node("executor", &["executor"]).await;
    let mut writer = store.writer();
    let queue = Queue::connect(&store.database);
    let (rows, action) = tree(&mut store);
    let mut new = insertion(&rows, 1);
    new.lanes.push(lane(executor.node(), &[action]));
    writer.commit(&new).await.unwrap();
    let shards: Vec<Shard> = (0..=255).map(Shard).collect();
    let found = async |shards: &[Shard]| queue.orphans(shards, 10, Duration::ZERO).await.unwrap();
    assert!(found(&shards).await.is_empty());
    executor.leave().await.unwrap();
    assert!(found(&[Shard(4)]).await.is_empty(), "of other shards");
    for _ in 0..2 {
        let orphans = found(&shards).await;
        assert_eq!(orphans.len(), 1);
        let orphan = &orphans[0];
        assert_eq!((orphan.action_id, orphan.root_id), (action, rows.executions[0].id));
        assert_eq!(
            (orphan.attempt, orphan.safe_rerun, orphan.claimed_by),
            (1, true, executor.node())
        );
        assert_eq!(orphan.job, None);
    }
    // Its row stays as long as somebody has to find this.
    assert_eq!(owner.bury(Duration::from_secs(1)).await.unwrap(), 0);
    assert_eq!(found(&shards).await.len(), 1);
    // Its action goes to somebody else.
    let mut again = batch();
    let mut row = queued(&rows, None);
    row.attempt = 2;
    again.queued.push(row);
    writer.commit(&again).await.unwrap();
    assert!(found(&shards).await.is_empty());
    assert_eq!(owner.bury(Duration::from_secs(1)).await.unwrap(), 1);
    assert_eq!(store.count("lane").await, 0);
}

/// A holder without a row is dead as well; it is looked for now and then.
#[tokio::test]
async fn what_a_forgotten_executor_holds_is_found() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let (rows, action) = tree(&mut store);
    let mut new = insertion(&rows, 1);
    new.lanes.push(lane(Id(77), &[action]));
    store.writer().commit(&new).await.unwrap();
    let queue = Queue::connect(&store.database);
    let orphans = queue.orphans(&[Shard(5)], 10, Duration::ZERO).await.unwrap();
    assert_eq!(orphans.iter().map(|o| o.action_id).collect::<Vec<_>>(), [action]);
}

/// Rows as long as they may be lie in their table, not beside it, and many go in one statement.
#[tokio::test]
async fn full_rows_are_stored_as_they_are() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let trees: Vec<(TreeRows, Id)> = (0..250).map(|_| tree(&mut store)).collect();
    let mut new = insertions(&trees.iter().map(|(tree, _)| tree).collect::<Vec<_>>());
    let ids: Vec<Id> = trees.iter().map(|(_, id)| *id).collect();
    new.lanes = ids.chunks(Lane::MOST).map(|part| lane(Id(7), part)).collect();
    store.writer().commit(&new).await.unwrap();
    let sizes = "SELECT cardinality(tasks)::bigint, pg_column_size(tasks)::bigint FROM lane ORDER BY 1";
    let rows = store.admin.query(sizes, &[]).await.unwrap();
    let sizes: Vec<(i64, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(
        sizes.iter().map(|(actions, _)| *actions).collect::<Vec<_>>(),
        [50, 100, 100]
    );
    // 24 of the array itself.
    assert!(
        sizes.iter().all(|(actions, bytes)| *bytes == actions * 16 + 24),
        "{sizes:?}"
    );
    let beside = "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'lane'::regclass";
    let beside: i64 = store.admin.query_one(beside, &[]).await.unwrap().get(0);
    assert_eq!(beside, 0);
    let queue = Queue::connect(&store.database);
    assert_eq!(queue.lane_claims_of(Id(7), Id(0), 1_000).await.unwrap().len(), 250);
}
