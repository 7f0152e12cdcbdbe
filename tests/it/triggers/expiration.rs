use std::time::Duration;

use futures_util::StreamExt;
use mistral::engine::Handle;
use mistral::model::Id;
use mistral::postgres::finished::Executions;
use mistral::postgres::removal::Removal;
use mistral::store::definitions::WorkflowDefinition;
use mistral::trigger::expiration::{Policy, Service};
use tokio_util::sync::CancellationToken;

use super::support::{ManualClock, Site, eventually, owned_shards, start, wall_time};

const CHILD: &str = "
version: '2.0'
child:
  tasks:
    t:
      action: std.noop
";

const PARENT: &str = "
version: '2.0'
parent:
  tasks:
    t:
      workflow: child
      on-success: u
    u:
      action: std.noop
";

const FAILING: &str = "
version: '2.0'
failing:
  tasks:
    t:
      action: std.fail
";

const WAITING: &str = "
version: '2.0'
waiting:
  tasks:
    t:
      action: std.noop
      wait-before: 3600
";

const HOUR: Duration = Duration::from_secs(3600);
const ALL: &str = "SELECT id::text FROM execution ORDER BY id";

fn policy(older_than: Option<Duration>, max_finished: usize, ignored: &[&str]) -> Policy {
    let mut policy = Policy::new(Duration::from_millis(50), ignored).unwrap();
    policy.older_than = older_than;
    policy.max_finished = max_finished;
    policy
}

async fn starts(engine: &Handle, workflow: &WorkflowDefinition, count: usize) -> Vec<Id> {
    futures_util::stream::iter(0..count)
        .map(|_| start(engine, workflow))
        .buffered(64)
        .collect()
        .await
}

async fn settled(site: &Site, open: i64) {
    let is_settled = || async { (site.count("execution_state WHERE state < 5", &[]).await == open).then_some(()) };
    eventually("executions end", is_settled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_executions_are_deleted_with_all_that_is_below_them() {
    let mut site = Site::new().await;
    site.workflow(CHILD).await;
    let parent = site.workflow(PARENT).await;
    let failing = site.workflow(FAILING).await;
    let waiting = site.workflow(WAITING).await;
    let engine = site.engine(2).await;
    let handle = engine.handle();
    // More than two pages.
    starts(&handle, &parent, 1_100).await;
    let mut stay = starts(&handle, &failing, 3).await;
    stay.extend(starts(&handle, &waiting, 2).await);
    settled(&site, 2).await;

    let clock = ManualClock::at(wall_time());
    let policy = policy(Some(HOUR), 0, &["ERROR"]);
    let service = Service::new(
        handle.clone(),
        Executions::connect(&site.database),
        clock.clone(),
        policy,
    );
    assert_eq!(service.run_once().await.unwrap(), 0);
    clock.advance(HOUR + Duration::from_secs(60));
    assert_eq!(service.run_once().await.unwrap(), 1_100);
    let mut stay: Vec<String> = stay.iter().map(Id::to_string).collect();
    stay.sort();
    // What is below them goes in pieces.
    let removal = Removal::new(site.database.pool(1).unwrap());
    while removal.step().await.unwrap() {}
    assert_eq!(site.column(ALL).await, stay);
    assert_eq!(site.count("task", &[]).await, 5);
    assert_eq!(service.run_once().await.unwrap(), 0);
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_executions_that_ended_last_are_kept() {
    let mut site = Site::new().await;
    let child = site.workflow(CHILD).await;
    let waiting = site.workflow(WAITING).await;
    let engine = site.engine(1).await;
    let handle = engine.handle();
    let early = start(&handle, &child).await;
    let open = start(&handle, &waiting).await;
    let mut rest = starts(&handle, &child, 30).await;
    settled(&site, 1).await;
    // What was created first has ended last.
    site.execute(&format!(
        "UPDATE execution SET updated_at = updated_at + 60000000 WHERE id = '{early}'"
    ))
    .await;
    // The order of the ends of the others.
    let by_end = "SELECT id::text FROM execution WHERE state = 5 ORDER BY updated_at DESC, id DESC LIMIT 5";
    let mut kept = site.column(by_end).await;
    assert_eq!(kept[0], early.to_string());
    rest.clear();

    let clock = ManualClock::at(wall_time());
    let policy = policy(None, 5, &[]);
    let service = Service::new(handle.clone(), Executions::connect(&site.database), clock, policy);
    assert_eq!(service.run_once().await.unwrap(), 26);
    kept.push(open.to_string());
    kept.sort();
    assert_eq!(site.column(ALL).await, kept);
    assert_eq!(service.run_once().await.unwrap(), 0);
    engine.stop().await;
}

/// Two engines share the shards; each deletes its own, and the loop goes on until it is stopped.
#[tokio::test(flavor = "multi_thread")]
async fn engines_share_the_work() {
    let mut site = Site::new().await;
    let child = site.workflow(CHILD).await;
    let (first, second) = (site.engine(1).await, site.engine(1).await);
    let is_shared = || async {
        let (one, other) = (owned_shards(&first.handle()), owned_shards(&second.handle()));
        (one > 0 && other > 0 && one + other == 256).then_some(())
    };
    eventually("both engines own shards", is_shared).await;
    // Shards are handed over one by one: until none moves any more.
    let mut before = (0, 0);
    loop {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        let now = (owned_shards(&first.handle()), owned_shards(&second.handle()));
        if now == before && now.0 + now.1 == 256 {
            break;
        }
        before = now;
    }
    starts(&first.handle(), &child, 40).await;
    starts(&second.handle(), &child, 40).await;
    settled(&site, 0).await;
    let clock = ManualClock::at(wall_time());
    clock.advance(2 * HOUR);
    let service = |handle: Handle| {
        let policy = policy(Some(HOUR), 0, &[]);
        Service::new(handle, Executions::connect(&site.database), clock.clone(), policy)
    };
    assert_eq!(service(first.handle()).run_once().await.unwrap(), 40);
    let stop = CancellationToken::new();
    let running = [
        tokio::spawn(service(first.handle()).run(stop.clone())),
        tokio::spawn(service(second.handle()).run(stop.clone())),
    ];
    eventually("all are deleted", || async {
        (site.count("execution", &[]).await == 0).then_some(())
    })
    .await;
    // The loops see what ends later, too.
    starts(&second.handle(), &child, 10).await;
    eventually("the new ones are deleted", || async {
        (site.count("execution", &[]).await == 0).then_some(())
    })
    .await;
    stop.cancel();
    for task in running {
        tokio::time::timeout(Duration::from_secs(5), task)
            .await
            .expect("stopped")
            .unwrap();
    }
    first.stop().await;
    second.stop().await;
}
