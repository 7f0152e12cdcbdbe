//! What travels between processes: the inbox, answers, timers, hints.

use std::time::Duration;

use mistral::model::{Id, Shard, Time};
use mistral::postgres::inbox::{Inbox, Sender};
use mistral::postgres::timers::Timers;
use mistral::postgres::wake::{self, Waker};
use mistral::store::backend::Outgoing;
use mistral::store::batch::{Batch, Reply, Timer};
use mistral::store::hint::{Channel, ShardSet, Wake};

use crate::store::support::{NOW, Store};

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
async fn timers_come_in_pages_in_order() {
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
    let (mut all, mut after) = (Vec::new(), (Time(i64::MIN), Id::default()));
    loop {
        let page = timers.page(Shard(1), after, 1_000).await.unwrap();
        let Some(last) = page.last() else { break };
        after = (last.fire_at, last.id);
        all.extend(page.into_iter().map(|timer| (timer.fire_at, timer.id)));
    }
    let in_shard = new_timers.iter().filter(|timer| timer.id.shard() == Shard(1));
    let mut expected: Vec<(Time, Id)> = in_shard.map(|timer| (timer.fire_at, timer.id)).collect();
    expected.sort_unstable();
    assert_eq!(all, expected);
    let none = timers.page(Shard(9), (Time(0), Id::default()), 10).await.unwrap();
    assert!(none.is_empty());
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
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mistral-wake' AND datname = current_database()";
    store.admin.execute(sql, &[]).await.unwrap();
    assert_eq!(next().await, Wake::Inbox(ShardSet::all()));
    assert_eq!((next().await, next().await), (Wake::Queue, Wake::Replies));
    waker.queue();
    assert_eq!(next().await, Wake::Queue);
}

/// Each as soon as it is sent, however short ago the one before was: a request, its job, the result and the answer of one small
/// workflow follow each other within milliseconds.
#[tokio::test]
async fn hints_that_come_alone_do_not_wait() {
    let mut store = Store::new().await;
    let node = store.id(0);
    let mut hints = wake::listen(&store.database, node, &[Channel::Queue]);
    assert_eq!(hints.recv().await, Some(Wake::Queue));
    let waker = Waker::start(&store.database);
    let mut times = Vec::new();
    for _ in 0..40 {
        let sent = std::time::Instant::now();
        waker.queue();
        assert_eq!(hints.recv().await, Some(Wake::Queue));
        times.push(sent.elapsed());
    }
    times.sort();
    // About 0.5 ms on a machine with nothing else to do; a pause between any two would be 10 ms.
    assert!(times[20] < wake::PAUSE / 2, "{:?}", times[20]);
}
