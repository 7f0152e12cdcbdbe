//! Leases, placement, claims of the action queue, and what dead nodes leave behind.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use mistral::embedded_postgres::Cluster;
use mistral::model::{Id, Shard};
use mistral::postgres::lease::Leases;
use mistral::postgres::queue::Queue;
use mistral::postgres::session::Session;
use mistral::postgres::{Database, Purpose};
use mistral::store::backend::Balance;
use mistral::store::batch::{Batch, Queued};
use mistral::store::low_water::{LowWater, TURNS};

use crate::store::support::{NOW, Store, TTL};

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
        target: n.is_multiple_of(10).then(|| "special".into()),
        claimed_by: None,
        safe_rerun: n.is_multiple_of(2),
        turn: 0,
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
    assert_eq!(
        queue.claims_of(*node, Id::default(), 10_000).await.unwrap().len(),
        mine.len()
    );
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
    assert_eq!(first.owned().await.unwrap().len(), 256);
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
    let waits = second.balance(true).await.unwrap();
    let balance = first.balance(true).await.unwrap();
    assert!(balance.acquired.is_empty() && balance.surplus.len() > 64 && balance.surplus.len() < 192);
    assert!(waits.acquired.is_empty() && waits.missing == balance.surplus.len());
    assert_eq!(first.release(&balance.surplus).await.unwrap(), balance.surplus);
    let acquired = second.balance(true).await.unwrap().acquired;
    assert_eq!(
        acquired.iter().map(|(shard, _)| *shard).collect::<Vec<_>>(),
        balance.surplus
    );
    assert!(
        acquired.iter().all(|(_, epoch)| *epoch == 3),
        "a release and a take-over"
    );
    let settled = first.balance(true).await.unwrap();
    assert!(settled.next_end.is_some(), "the second engine's lease is watched");
    let but_for_its_end = |balance| Balance {
        next_end: None,
        ..balance
    };
    assert_eq!(but_for_its_end(settled), Balance::default());
    assert_eq!(
        but_for_its_end(executor.balance(true).await.unwrap()),
        Balance::default()
    );

    // A node that leaves in order is replaced while it gives its shards away; one that dies, when its lease ends and the others may judge.
    let moved: Vec<Shard> = acquired.iter().map(|(shard, _)| *shard).collect();
    second.retire().await.unwrap();
    second.renew().await.unwrap();
    assert_eq!(first.balance(true).await.unwrap().missing, moved.len());
    second.release(&moved[1..]).await.unwrap();
    assert_eq!(first.balance(true).await.unwrap().acquired.len(), moved.len() - 1);
    second.leave().await.unwrap();
    assert_eq!(
        first.balance(true).await.unwrap().acquired.len(),
        1,
        "left behind by a node that is gone"
    );
    end_lease(&store, &first).await;
    let third = store.node("d", &["engine"]).await;
    assert_eq!(third.balance(false).await.unwrap().missing, 256);
    assert_eq!(third.balance(true).await.unwrap().acquired.len(), 256);
    first.renew().await.unwrap();
    assert_eq!(first.owned().await.unwrap(), [], "it is alive again, and owns nothing");
    end_lease(&store, &first).await;
    assert_eq!(
        third.bury(Duration::from_secs(3600)).await.unwrap(),
        1,
        "the one that left"
    );
    assert_eq!(third.bury(Duration::from_secs(30)).await.unwrap(), 1);
    assert_eq!(third.live_nodes().await.unwrap().len(), 2);
}

async fn end_lease(store: &Store, leases: &Leases) {
    let sql = "UPDATE node SET lease_until = now() - interval '1 minute' WHERE id = $1";
    store.admin.execute(sql, &[&leases.node().to_uuid()]).await.unwrap();
}

/// A stuck batch or an operator's lock holds up what it concerns, and neither renewals nor the other shards.
#[tokio::test]
async fn nothing_about_leases_waits_for_locks_of_others() {
    let mut store = Store::new().await;
    let first = store.owner().await;
    let second = store.node("b", &["engine"]).await;
    let surplus = first.balance(true).await.unwrap().surplus;
    let (held, others) = (surplus[0], surplus[1..].to_vec());
    let begin = format!("BEGIN; UPDATE shard SET seq = seq + 1 WHERE shard = {}", held.0);
    store.admin.batch_execute(&begin).await.unwrap();

    let began = Instant::now();
    assert_eq!(first.release(&surplus).await.unwrap(), others, "the held one stays");
    let taken = second.balance(true).await.unwrap();
    assert_eq!((taken.acquired.len(), taken.missing), (others.len(), 1));
    end_lease_of(&store, &first).await;
    assert_eq!(second.balance(true).await.unwrap().acquired.len(), 256 - surplus.len());
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    store.admin.batch_execute("COMMIT").await.unwrap();
    assert_eq!(second.balance(true).await.unwrap().acquired, [(held, 2)]);

    // Even the whole table: the lease lasts, and the statement ends by itself.
    store.admin.batch_execute("BEGIN; LOCK TABLE shard").await.unwrap();
    let (looked, renewed) = tokio::join!(second.owned(), async {
        let began = Instant::now();
        for _ in 0..5 {
            second.renew().await.unwrap();
        }
        began.elapsed()
    });
    assert!(looked.is_err());
    assert!(renewed < Duration::from_secs(1), "{renewed:?}");
    store.admin.batch_execute("COMMIT").await.unwrap();
    assert_eq!(second.owned().await.unwrap().len(), 256);
}

/// Two loops commit beside each other: what was decided first may appear last. It is claimed at once all the same.
#[tokio::test]
async fn a_row_that_appears_behind_others_is_claimed_at_once() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let (mut one, mut other) = (store.writer(), store.writer());
    let batch = |shard: u8, id: Id| Batch {
        fence: vec![(Shard(shard), 1)],
        queued: vec![Queued {
            action_id: id,
            root_id: id,
            attempt: 1,
            target: None,
            claimed_by: None,
            safe_rerun: true,
            turn: 0,
            job: Some("{}".into()),
        }],
        ..Batch::default()
    };
    let (early, late) = (store.id(0), store.id(1));
    assert!(early < late);
    let queue = Queue::connect(&store.database);
    let mut low = LowWater::default();
    let mut claim = async || {
        let claimed = queue.claim(owner.node(), &[""], 10, &mut low, NOW).await.unwrap();
        claimed.into_iter().map(|c| c.action_id).collect::<Vec<_>>()
    };
    one.commit(&batch(1, late)).await.unwrap();
    assert_eq!(claim().await, [late]);
    other.commit(&batch(0, early)).await.unwrap();
    assert_eq!(claim().await, [early]);
}

/// Whoever has few actions under way does not wait behind those who have thousands, and nobody starves.
#[tokio::test]
async fn rows_are_claimed_in_their_turns() {
    let mut store = Store::new().await;
    let owner = store.owner().await;
    let mut writer = store.writer();
    // The older, the later its turn.
    let rows: Vec<Queued> = (0..40)
        .map(|n| Queued {
            action_id: store.id(n),
            root_id: Id(7),
            attempt: 1,
            target: None,
            claimed_by: None,
            safe_rerun: true,
            turn: TURNS - 1 - i16::from(n / 8),
            job: Some("{}".into()),
        })
        .collect();
    let ids: Vec<Id> = rows.iter().map(|row| row.action_id).collect();
    let batch = Batch {
        fence: (0..=255).map(|n| (Shard(n), 1)).collect(),
        queued: rows,
        ..Batch::default()
    };
    writer.commit(&batch).await.unwrap();
    let queue = Queue::connect(&store.database);
    let mut low = LowWater::default();
    let mut claimed = Vec::new();
    for _ in 0..20 {
        let claims = queue.claim(owner.node(), &[""], 2, &mut low, NOW).await.unwrap();
        claimed.extend(claims.into_iter().map(|claim| claim.action_id));
    }
    // By pairs: four of the first turn and three of the second, one of the last, the rest of the second, and so on.
    let pairs = |from: usize, count: usize| ids[from..from + 2 * count].to_vec();
    let expected = [
        pairs(32, 4),
        pairs(24, 3),
        pairs(0, 1),
        pairs(30, 1),
        pairs(16, 4),
        pairs(8, 2),
        pairs(2, 1),
        pairs(12, 2),
        pairs(4, 2),
    ];
    assert_eq!(claimed, expected.concat());
}

/// By another session: that of the test is in a transaction.
async fn end_lease_of(store: &Store, leases: &Leases) {
    let session = Session::new(store.database.clone(), Purpose::Engine);
    let sql = "UPDATE node SET lease_until = now() - interval '1 minute' WHERE id = $1";
    session.query(sql, &[&leases.node()]).await.unwrap();
}

#[tokio::test]
async fn a_session_survives_cuts() {
    let cluster = Cluster::temporary().await.unwrap();
    let database = Database::new(cluster.connection());
    let admin = database.client(Purpose::Admin).await.unwrap();
    let session = Session::new(database, Purpose::Engine);
    for _ in 0..3 {
        assert_eq!(session.query("SELECT 1", &[]).await.unwrap().len(), 1);
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mistral-engine'";
        assert_eq!(admin.execute(sql, &[]).await.unwrap(), 1);
    }
    cluster.stop().await.unwrap();
    assert!(session.query("SELECT 1", &[]).await.unwrap_err().is_retriable());
}
