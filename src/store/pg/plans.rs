//! Every statement of the data path runs as index look-ups, whatever the planner knows about its arrays and tables.

use super::embedded::Cluster;
use super::encode::Sql;
use super::{Database, Purpose, finished, inbox, migrate, queue, timers, tree};

/// Tables that grow with the work. The others have as many rows as there are shards or processes.
const LARGE: [&str; 9] = [
    "execution",
    "task",
    "action_execution",
    "execution_state",
    "task_state",
    "action_queue",
    "timer",
    "inbox",
    "reply",
];

/// Indexes that a statement is no good without.
const NEEDED: [(&str, &str); 11] = [
    ("load executions", "execution_root"),
    ("load tasks", "task_execution"),
    ("load actions", "action_execution_task"),
    ("claim", "action_queue_waiting"),
    ("orphans", "action_queue_claimed"),
    ("timers", "timer_due"),
    ("oldest executions", "execution_created"),
    ("newest executions", "execution_created"),
    ("DeleteRoot", "execution_root"),
    ("DeleteRoot", "action_execution_task"),
    ("Fence", "shard_pkey"),
];

fn statements() -> Vec<(String, &'static str)> {
    let batch = Sql::ALL.iter().filter(|sql| !matches!(sql, Sql::Begin | Sql::Commit));
    let mut all: Vec<(String, &'static str)> = batch.map(|sql| (format!("{sql:?}"), sql.text())).collect();
    let reads = [
        ("load executions", tree::LOAD_EXECUTIONS),
        ("load tasks", tree::LOAD_TASKS),
        ("load actions", tree::LOAD_ACTIONS),
        ("load timers", tree::LOAD_TIMERS),
        ("load queue", tree::LOAD_QUEUE),
        ("root of an execution", tree::ROOT_OF_EXECUTION),
        ("root of a task", tree::ROOT_OF_TASK),
        ("root of an action", tree::ROOT_OF_ACTION),
        ("claim", queue::CLAIM),
        ("orphans", queue::ORPHANS),
        ("release", queue::RELEASE),
        ("claims of", queue::CLAIMS_OF),
        ("depth", queue::DEPTH),
        ("inbox", inbox::READ),
        ("replies", inbox::TAKE_REPLIES),
        ("timers", timers::WINDOW),
        ("oldest executions", finished::OLDEST),
        ("newest executions", finished::NEWEST),
    ];
    all.extend(reads.map(|(name, sql)| (name.to_owned(), sql)));
    all
}

#[tokio::test]
async fn statements_run_as_index_look_ups() {
    let cluster = Cluster::temporary().await.unwrap();
    let database = Database::new(cluster.connection());
    let mut admin = database.client(Purpose::Admin).await.unwrap();
    migrate::upgrade(&mut admin, migrate::Target::Head).await.unwrap();
    let client = database.client(Purpose::Write).await.unwrap();
    for (name, sql) in statements() {
        let parameters = (1..).take_while(|n| sql.contains(&format!("${n}"))).count();
        client.batch_execute(&format!("PREPARE probe AS {sql}")).await.unwrap();
        let nulls = if parameters == 0 {
            String::new()
        } else {
            format!("({})", vec!["NULL"; parameters].join(", "))
        };
        let explained = client
            .simple_query(&format!("EXPLAIN EXECUTE probe{nulls}"))
            .await
            .unwrap();
        client.batch_execute("DEALLOCATE probe").await.unwrap();
        let lines: Vec<&str> = explained
            .iter()
            .filter_map(|message| match message {
                tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0),
                _ => None,
            })
            .collect();
        let plan = lines.join("\n");
        for table in LARGE {
            assert!(!plan.contains(&format!("Seq Scan on {table} ")), "{name}:\n{plan}");
        }
        for (_, index) in NEEDED.iter().filter(|(statement, _)| *statement == name) {
            assert!(plan.contains(index), "{name}:\n{plan}");
        }
        assert!(
            !plan.contains("Hash Join") && !plan.contains("Merge Join"),
            "{name}:\n{plan}"
        );
    }
}
