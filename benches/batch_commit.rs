//! One batch of N inline tasks, each with its action: encoding and committing it, on a throw-away cluster (which does not
//! flush to disk: this measures the work, not the disk).

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use mistral::embedded_postgres::Cluster;
use mistral::model::id::Generator;
use mistral::model::record::{Action, Execution, Origin, Task};
use mistral::model::{Id, Payload, Shard, State, Time};
use mistral::postgres::lease::Leases;
use mistral::postgres::migrate;
use mistral::postgres::writer::{Options, Writer};
use mistral::postgres::{Database, Purpose};
use mistral::store::batch::Batch;

const NOW: Time = Time(1_800_000_000_000_000);
const SHARD: Shard = Shard(7);
/// Tasks of one execution.
const TASKS: usize = 10;

fn json(text: &'static str) -> Payload {
    Payload::from_json(text)
}

/// Finished executions with `tasks` finished tasks in all.
fn batch(ids: &mut Generator, tasks: usize) -> Batch {
    let mut id = || ids.next(NOW.0, SHARD);
    let origin = Arc::new(Origin {
        workflow_name: "sequence".into(),
        workflow_id: Id(1),
        project_id: Some("<default-project>".into()),
        ..Origin::default()
    });
    let mut batch = Batch {
        fence: vec![(SHARD, 1)],
        ..Batch::default()
    };
    let mut root_id = Id(0);
    for n in 0..tasks {
        if n % TASKS == 0 {
            root_id = id();
            batch.new_executions.push(Execution {
                id: root_id,
                root_id,
                origin: origin.clone(),
                spec_hash: Id(2),
                description: Some("".into()),
                state: State::Success,
                input: json("{}"),
                output: Some(json("{}")),
                params: json(r#"{"namespace":"","env":{}}"#),
                context: json(r#"{"__execution":{"name":"sequence"}}"#),
                runtime_context: json(r#"{"index":0}"#),
                accepted: true,
                created_at: NOW,
                updated_at: Some(NOW),
                ..Execution::default()
            });
        }
        let task_id = id();
        batch.new_tasks.push(Task {
            id: task_id,
            execution_id: root_id,
            root_id,
            name: "t1".into(),
            origin: origin.clone(),
            state: State::Success,
            processed: true,
            next_tasks: Some(json(r#"[["t2","on-success"]]"#)),
            published: Some(json("{}")),
            runtime_context: json(r#"{"triggered_by":[{"task_id":"t0","event":"on-success"}]}"#),
            started_at: Some(NOW),
            finished_at: Some(NOW),
            created_at: NOW,
            updated_at: Some(NOW),
            ..Task::default()
        });
        batch.new_actions.push(Action {
            id: id(),
            task_id: Some(task_id),
            execution_id: Some(root_id),
            root_id,
            name: "std.noop".into(),
            origin: origin.clone(),
            state: State::Success,
            accepted: true,
            input: json("{}"),
            output: Some(json(r#"{"result":null}"#)),
            runtime_context: json(r#"{"index":0,"safe_rerun":false}"#),
            is_sync: true,
            created_at: NOW,
            updated_at: Some(NOW),
            ..Action::default()
        });
    }
    batch
}

async fn open() -> (Cluster, Writer) {
    let cluster = Cluster::temporary().await.expect("a cluster");
    let database = Database::new(cluster.connection());
    let mut admin = database.client(Purpose::Admin).await.expect("a connection");
    migrate::upgrade(&mut admin, migrate::Target::Head)
        .await
        .expect("migrated");
    let leases = Leases::register(&database, Id(1), "bench", &["engine"], Duration::from_secs(3600))
        .await
        .expect("registered");
    leases.balance(true).await.expect("shards");
    let mut writer = Writer::new(database, Options::default());
    writer.warm_up().await.expect("connected");
    (cluster, writer)
}

fn batch_commit(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (cluster, mut writer) = runtime.block_on(open());
    let mut ids = Generator::new(1);
    let mut group = criterion.benchmark_group("batch_commit");
    for tasks in [1, 10, 100, 1_000] {
        group.throughput(Throughput::Elements(tasks as u64));
        group.bench_with_input(BenchmarkId::from_parameter(tasks), &tasks, |bencher, &tasks| {
            bencher.iter_custom(|rounds| {
                let mut took = Duration::ZERO;
                for _ in 0..rounds {
                    let batch = batch(&mut ids, tasks);
                    let begun = Instant::now();
                    runtime.block_on(writer.commit(&batch)).expect("committed");
                    took += begun.elapsed();
                }
                took
            });
        });
    }
    group.finish();
    drop(cluster);
}

criterion_group!(benches, batch_commit);
criterion_main!(benches);
