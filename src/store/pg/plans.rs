//! Every statement of the data path runs as index look-ups, whatever the planner knows about its arrays and tables.

use std::borrow::Cow;
use std::time::Duration;

use super::bounded::Bounds;
use super::combined::Combination;
use super::encode::Sql;
use super::list::{Found, Param, Position, Statement};
use super::{
    Database, Error, Purpose, diagnosis, finished, inbox, lease, lookup, migrate, names, queue, removal, timers, tree,
    workers,
};
use super::{bulk, cluster, follow, search, statistics, versions};
use embedded_postgres::Cluster;
use mistral_model::{Id, Time};
use mistral_store::list::tables::{ACTION_EXECUTION, EXECUTION, TASK};
use mistral_store::list::{Column, Comparison, Filter, Order, Query, Table, Test, Viewer};
use mistral_store::low_water::TURNS;

/// Tables that grow with the work. The others have as many rows as there are shards, processes, or operations that people asked for
/// lately (`bulk_operation`, forgotten in time).
const LARGE: [&str; 13] = [
    "execution",
    "task",
    "action_execution",
    "execution_state",
    "task_state",
    "action_state",
    "action_queue",
    "timer",
    "inbox",
    "reply",
    "activity",
    "workflow_version",
    "execution_key",
];

/// Indexes that a statement is no good without.
const NEEDED: [(&str, &str); 68] = [
    ("UnlistTasks", "task_state_pkey"),
    ("UnlistActions", "action_state_pkey"),
    ("load executions", "execution_root"),
    ("open below", "execution_root"),
    ("load tasks", "task_execution"),
    ("load actions", "action_execution_task"),
    ("claim", "action_queue_waiting"),
    ("worker claim", "action_queue_waiting"),
    ("worker waiting", "action_queue_waiting"),
    ("orphans", "action_queue_claimed"),
    ("timers", "timer_due"),
    ("open trees", "execution_state_list"),
    ("oldest executions", "execution_created"),
    ("newest executions", "execution_created"),
    ("DeleteRoot", "execution_pkey"),
    ("DeleteExecution", "execution_pkey"),
    ("load timers", "timer_root"),
    ("removal: below", "execution_root"),
    ("removal: tasks", "task_execution"),
    ("removal: actions", "action_execution_task"),
    ("removal: timers", "timer_root"),
    ("removal: drop tasks", "task_pkey"),
    ("removal: drop actions", "action_execution_pkey"),
    ("removal: drop keys", "execution_key_pkey"),
    ("Fence", "shard_pkey"),
    ("Fence", "writer_mark_pkey"),
    ("ReadMark", "writer_mark_pkey"),
    ("open sub-executions", "execution_task"),
    ("open tasks", "task_execution"),
    ("open actions", "action_execution_task"),
    ("last runs", "task_execution"),
    ("count a state", "execution_state_list"),
    ("count a state of a project", "execution_state_list"),
    ("count the newest", "execution_created"),
    ("count the newest of a project", "execution_project"),
    ("count a workflow", "execution_workflow_name"),
    ("a state by workflow", "execution_state_list"),
    ("a state by workflow", "execution_pkey"),
    ("by workflow", "execution_created"),
    ("by workflow of a project", "execution_project"),
    ("activity", "activity_pkey"),
    ("sum up activity", "activity_pkey"),
    ("forget activity", "activity_pkey"),
    ("find executions", "execution_pkey"),
    ("find tasks", "task_pkey"),
    ("find actions", "action_execution_pkey"),
    ("find first actions", "task_pkey"),
    ("find descriptions", "execution_description"),
    ("find tags", "execution_tags"),
    ("find names", "execution_workflow_name"),
    ("claimed by nodes", "action_queue_claimed"),
    ("targets", "action_queue_waiting"),
    ("waiting for a target", "action_queue_waiting"),
    ("timers due", "timer_due"),
    ("bulk operations", "bulk_operation_created"),
    ("claim a bulk operation", "bulk_operation_running"),
    ("changed tasks", "task_execution"),
    ("tasks by id", "task_pkey"),
    ("items of tasks", "action_execution_task"),
    ("items of tasks", "execution_task"),
    ("sub-workflows of tasks", "execution_task"),
    ("watched executions", "execution_pkey"),
    ("new executions", "execution_created"),
    ("published by tasks", "task_pkey"),
    ("newest execution", "execution_created"),
    ("actions of a task", "action_execution_task"),
    ("end of a scan", "execution_created"),
    ("end of a scan of a project", "execution_project"),
];

fn statements() -> Vec<(String, Cow<'static, str>)> {
    let batch = Sql::ALL.iter().filter(|sql| !matches!(sql, Sql::Begin | Sql::Commit));
    let mut all: Vec<(String, Cow<'static, str>)> = batch.map(|sql| (format!("{sql:?}"), sql.text().into())).collect();
    all.push(("all in one".to_owned(), Combination::all().text().into()));
    let reads = [
        ("load executions", tree::LOAD_EXECUTIONS),
        ("look at executions", tree::LOOK),
        ("an action alone", tree::ALONE),
        ("open below", tree::OPEN_BELOW),
        ("load tasks", tree::LOAD_TASKS),
        ("load actions", tree::LOAD_ACTIONS),
        ("load timers", tree::LOAD_TIMERS),
        ("load queue", tree::LOAD_QUEUE),
        ("claim", queue::CLAIM),
        ("orphans", queue::ORPHANS),
        ("release", queue::RELEASE),
        ("claims of", queue::CLAIMS_OF),
        ("lane claims of", queue::LANE_CLAIMS_OF),
        ("begin", queue::BEGIN),
        ("held", queue::HELD),
        ("unbegun", queue::UNBEGUN),
        ("sweep lanes", lease::SWEEP_LANES),
        ("bury", lease::BURY),
        ("depth", queue::DEPTH),
        ("worker claim", workers::CLAIM),
        ("worker release", workers::RELEASE),
        ("worker waiting", workers::WAITING),
        ("worker holders", workers::HOLDERS),
        ("worker queues", workers::QUEUES),
        ("worker oldest", workers::OLDEST),
        ("inbox", inbox::READ),
        ("replies", inbox::TAKE_REPLIES),
        ("timers", timers::PAGE),
        ("oldest executions", finished::OLDEST),
        ("newest executions", finished::NEWEST),
        ("open trees", lookup::OPEN_ROOTS),
        ("an execution", diagnosis::EXECUTION),
        ("open sub-executions", diagnosis::SUB_EXECUTIONS),
        ("open tasks", diagnosis::TASKS),
        ("open actions", diagnosis::ACTIONS),
        ("failed tasks", diagnosis::FAILED_TASKS),
        ("handled tasks", diagnosis::HANDLED_TASKS),
        ("failed actions", diagnosis::FAILED_ACTIONS),
        ("failed sub-executions", diagnosis::FAILED_EXECUTIONS),
        ("children of tasks", diagnosis::COUNTS),
        ("timers of tasks", diagnosis::TIMERS),
        ("last runs", diagnosis::LAST_RUNS),
        ("a shard", diagnosis::SHARD),
        ("count a state", statistics::STATE),
        ("count a state of a project", statistics::STATE_OF_PROJECT),
        ("count the newest", statistics::NEWEST),
        ("count the newest of a project", statistics::NEWEST_OF_PROJECT),
        ("count a workflow", statistics::OF_WORKFLOW),
        ("a state by workflow", statistics::STATE_BY_WORKFLOW),
        ("by workflow", statistics::BY_WORKFLOW),
        ("by workflow of a project", statistics::BY_WORKFLOW_OF_PROJECT),
        ("activity", statistics::ACTIVITY),
        ("count activity", statistics::COUNT),
        ("sum up activity", statistics::SUM_UP),
        ("forget activity", statistics::FORGET),
        ("find executions", search::EXECUTIONS),
        ("find tasks", search::TASKS),
        ("find actions", search::ACTIONS),
        ("find first actions", search::CALLS),
        ("find descriptions", search::DESCRIBED),
        ("find tags", search::TAGGED),
        ("find names", search::RAN),
        ("claimed by nodes", cluster::NODES),
        ("shards", cluster::SHARDS),
        ("targets", cluster::TARGETS_WAITING),
        ("waiting for a target", cluster::WAITING),
        ("timers due", cluster::DUE),
        ("note a version", versions::NOTE),
        ("versions", versions::LIST),
        ("a version", versions::ONE),
        ("bulk operations", bulk::LIST),
        ("a bulk operation", bulk::ONE),
        ("begin a bulk operation", bulk::BEGIN),
        ("stop a bulk operation", bulk::STOP),
        ("claim a bulk operation", bulk::CLAIM),
        ("next of a bulk operation", bulk::NEXT),
        ("advance a bulk operation", bulk::ADVANCE),
        ("forget bulk operations", bulk::FORGET),
        ("changed tasks", follow::TASKS),
        ("tasks by id", follow::TASKS_BY_ID),
        ("items of tasks", follow::ITEMS),
        ("sub-workflows of tasks", follow::CHILDREN),
        ("size of a tree", follow::TASKS_OF_TREE),
        ("watched executions", follow::EXECUTIONS),
        ("new executions", follow::CREATED),
        ("progress of shards", follow::SHARDS),
        ("newest execution", follow::NEWEST),
        ("published by tasks", follow::PUBLISHED),
        ("actions of a task", follow::ACTIONS),
        ("doomed roots", tree::DOOMED),
        ("removal: doomed", removal::DOOMED),
        ("removal: below", removal::BELOW),
        ("removal: tasks", removal::TASKS),
        ("removal: actions", removal::ACTIONS),
        ("removal: timers", removal::TIMERS),
        ("removal: drop timers", removal::DROP_TIMERS),
        ("removal: drop queue", removal::DROP_QUEUE),
        ("removal: drop actions", removal::DROP_ACTIONS),
        ("removal: drop tasks", removal::DROP_TASKS),
        ("removal: drop states", removal::DROP_STATES),
        ("removal: drop executions", removal::DROP_EXECUTIONS),
        ("removal: drop keys", removal::DROP_KEYS),
        ("removal: drop doomed", removal::DROP_DOOMED),
        ("end of a scan", follow::SCANNED),
        ("end of a scan of a project", follow::SCANNED_OF_PROJECT),
    ];
    all.extend(reads.map(|(name, sql)| (name.to_owned(), sql.into())));
    all
}

/// These two name the turns.
#[test]
fn all_turns_are_looked_at() {
    let turns = format!("generate_series(0, {}) AS t (turn)", TURNS - 1);
    assert!(workers::OLDEST.contains(&turns) && cluster::WAITING.contains(&turns));
}

#[tokio::test]
async fn statements_run_as_index_look_ups() {
    let cluster = Cluster::temporary().await.unwrap();
    let database = Database::new(cluster.connection());
    let mut admin = database.client(Purpose::Admin).await.unwrap();
    migrate::upgrade(&mut admin, migrate::Target::Head).await.unwrap();
    let client = database.client(Purpose::Write).await.unwrap();
    all_look_ups(&client).await;
    admin
        .batch_execute("ALTER TABLE task_state SET (autovacuum_enabled = false); ALTER TABLE action_state SET (autovacuum_enabled = false)")
        .await
        .unwrap();
    admin.batch_execute(YOUNG_ROWS).await.unwrap();
    all_look_ups(&client).await;
    admin
        .batch_execute("DELETE FROM task_state; DELETE FROM action_state")
        .await
        .unwrap();
    // As after VACUUM of tables that are all but empty: what queues look like most of the time, and all tables in their youth.
    for statement in FEW_ROWS.split(';').filter(|text| !text.trim().is_empty()) {
        admin.batch_execute(statement).await.unwrap();
    }
    admin.batch_execute("VACUUM ANALYZE").await.unwrap();
    let mut wrong = Vec::new();
    for (name, sql) in statements().iter().filter(|(name, _)| !WALKS.contains(&name.as_str())) {
        let plan = plan_of(&client, sql).await;
        for table in LARGE {
            let lines: Vec<&str> = plan.lines().collect();
            for (at, scan) in lines.iter().enumerate() {
                if !(scan.contains(&format!(" on {table} ")) && scan.contains("Scan")) {
                    continue;
                }
                let condition = lines.get(at + 1).unwrap_or(&"");
                let is_look_up = ["Index Cond: ", "TID Cond: "]
                    .iter()
                    .any(|cond| condition.contains(cond))
                    || scan.contains("Bitmap Heap Scan");
                if !is_look_up {
                    wrong.push(format!("{name} reads all of {table}:\n{plan}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Statements that may begin at the end of an index and stop at a limit, and those that people ask for, which are planned anew every
/// few minutes and end at a time limit.
const WALKS: [&str; 11] = [
    "depth",
    "orphans",
    "open sub-executions",
    "failed sub-executions",
    "children of tasks",
    "items of tasks",
    "sub-workflows of tasks",
    "worker queues",
    "targets",
    "find tags",
    "newest execution",
];

const FEW_ROWS: &str = "
    INSERT INTO execution (shard, id, root_id, workflow_id, workflow_name, workflow_namespace, spec_hash, scope,
        state, accepted, input, params, context, runtime_context, created_at)
    SELECT n, id, id, id, 'wf', '', id, 0, 2, false, '{}', '{}', '{}', '{}', n
    FROM (SELECT n, lpad(to_hex(n), 32, '0')::uuid AS id FROM generate_series(1, 2) n) rows;
    INSERT INTO task (shard, id, execution_id, root_id, name, workflow_id, workflow_name, workflow_namespace,
        scope, kind, state, processed, error_handled, runtime_context, is_join, created_at)
    SELECT shard, id, id, id, 't', id, 'wf', '', 0, 0, 2, true, false, '{}', false, created_at FROM execution;
    INSERT INTO action_execution (shard, id, task_id, execution_id, root_id, name, workflow_namespace, scope, state,
        accepted, input, runtime_context, is_sync, created_at)
    SELECT shard, id, id, id, id, 'std.echo', '', 0, 2, false, '{}', '{}', true, created_at FROM execution;
    INSERT INTO action_queue (shard, action_id, root_id, attempt, safe_rerun) SELECT shard, id, id, 1, false FROM execution;
    INSERT INTO lane (holder, id, tasks) SELECT id, id, ARRAY[id] FROM execution;
    INSERT INTO timer (shard, id, root_id, fire_at, body) SELECT shard, id, id, 1, '' FROM execution;
    INSERT INTO inbox (shard, body) SELECT shard, '' FROM execution;
    INSERT INTO reply (node, request_id, body, created_at) SELECT id, id, '', 1 FROM execution;
    INSERT INTO execution_state (shard, id, root_id, state, created_at) SELECT shard, id, id, 2, 1 FROM execution;
    INSERT INTO task_state (shard, id, state) SELECT shard, id, 2 FROM execution;
    INSERT INTO action_state (shard, id, state) SELECT shard, id, 7 FROM execution";

async fn plan_of(client: &tokio_postgres::Client, sql: &str) -> String {
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
    lines.join("\n")
}

async fn all_look_ups(client: &tokio_postgres::Client) {
    for (name, sql) in statements() {
        let plan = plan_of(client, &sql).await;
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
        // An array in a filter is looked for in all rows that the rest of the condition finds, the dead ones among them.
        let filters = plan.lines().filter(|line| line.trim_start().starts_with("Filter:"));
        for filter in filters {
            assert!(!filter.contains("id = ANY ($"), "{name}:\n{plan}");
        }
    }
}

/// As in the first minutes of a service that is busy at once: nobody has analysed anything.
const YOUNG_ROWS: &str = "
    INSERT INTO task_state (shard, id, state)
    SELECT n % 256, lpad(to_hex(n), 32, '0')::uuid, 2 FROM generate_series(1, 20000) n;
    INSERT INTO action_state (shard, id, state) SELECT shard, id, state FROM task_state";

/// Executions, tasks and actions of which few are in any state but SUCCESS, of a project of its own, or tagged.
const MANY_ROWS: &str = "
    INSERT INTO execution (shard, id, root_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id, scope,
        tags, state, accepted, input, params, context, runtime_context, created_at)
    SELECT n % 256, id, id, id, 'wf' || n % 200, '', id, 'p' || n % 10, 0, CASE WHEN n % 1000 = 0 THEN '[\"t\"]' ELSE '[]' END,
        CASE WHEN n % 100 = 0 THEN 7 ELSE 5 END, false, '{}', '{}', '{}', '{}', n
    FROM (SELECT n, lpad(to_hex(n), 32, '0')::uuid AS id FROM generate_series(1, 30000) n) rows;
    INSERT INTO execution_state (shard, id, root_id, state, created_at)
    SELECT shard, id, root_id, state, created_at FROM execution WHERE state <> 5;
    INSERT INTO task (shard, id, execution_id, root_id, name, workflow_id, workflow_name, workflow_namespace, project_id,
        scope, kind, tags, state, processed, error_handled, runtime_context, is_join, created_at)
    SELECT e.shard, lpad(to_hex(e.created_at * 16 + n), 32, '0')::uuid, e.id, e.id, 't' || n, e.id, e.workflow_name, '',
        e.project_id, 0, 0, '[]', CASE WHEN n = 1 THEN e.state ELSE 5 END, true, false, '{}', false, e.created_at
    FROM execution e, generate_series(0, 1) n;
    INSERT INTO task_state (shard, id, state) SELECT shard, id, state FROM task WHERE state <> 5;
    INSERT INTO action_execution (shard, id, task_id, execution_id, root_id, name, workflow_namespace, project_id, scope, state,
        accepted, input, runtime_context, is_sync, created_at)
    SELECT shard, id, id, execution_id, root_id, 'std.echo', '', project_id, 0, state, true, '{}', '{}', true, created_at FROM task;
    UPDATE action_execution SET state = 2 WHERE created_at % 100 = 50;
    INSERT INTO action_queue (shard, action_id, root_id, attempt, safe_rerun)
    SELECT shard, id, root_id, 1, false FROM action_execution WHERE state = 2;
    INSERT INTO action_state (shard, id, state) SELECT shard, id, state FROM action_execution WHERE state NOT IN (2, 5);
    UPDATE task SET a_name = 'std.echo', a_state = state, a_accepted = true, a_is_sync = true WHERE created_at % 4 <> 0;
    DELETE FROM action_execution a USING task t WHERE t.id = a.id AND t.a_name IS NOT NULL;
    UPDATE task SET a_state = 2, state = 2 WHERE created_at % 100 = 50 AND a_name IS NOT NULL;
    UPDATE action_queue q SET of_task = true FROM task t WHERE t.id = q.action_id AND t.a_name IS NOT NULL;
    INSERT INTO execution_key (name, value, created_at, id) SELECT 'vm', 'v' || n % 200, created_at, id
    FROM (SELECT created_at AS n, created_at, id FROM execution) AS e;
    VACUUM ANALYZE execution, execution_state, execution_key, task, task_state, action_execution, action_state, action_queue;";

/// Pages that a list of 50 rows may touch: 50 rows and their way through an index, some visits more; an action is looked for in two
/// tables. Reading either table as a whole takes more than 600.
const PAGES: i64 = 450;

fn is(table: &'static Table, name: &str, value: &str) -> Filter {
    Filter {
        column: column(table, name),
        test: Test::Text(Comparison::Equal, value.to_owned()),
    }
}

fn states(table: &'static Table, numbers: &[i16]) -> Filter {
    Filter {
        column: column(table, "state"),
        test: Test::Numbers(numbers.to_vec()),
    }
}

fn input(name: &str, values: &[&str]) -> Filter {
    Filter {
        column: column(&EXECUTION, "input"),
        test: Test::Input(
            name.to_owned(),
            values.iter().map(|value| (*value).to_owned()).collect(),
        ),
    }
}

fn column(table: &'static Table, name: &str) -> &'static Column {
    table.column(name).unwrap()
}

#[tokio::test]
async fn common_lists_touch_few_pages() {
    let (_cluster, database) = filled_database().await;
    let client = database.client(Purpose::Api).await.unwrap();
    let recent = |table| Filter {
        column: column(table, "created_at"),
        test: Test::Within {
            ranges: vec![(Some(29_000), None)],
            negated: false,
        },
    };
    let behind = Filter {
        column: column(&EXECUTION, "created_at"),
        test: Test::From(Time(29_000), Id(0)),
    };
    let cases: Vec<(&'static Table, Vec<Filter>)> = vec![
        (&EXECUTION, vec![]),
        (&EXECUTION, vec![states(&EXECUTION, &[7])]),
        (&EXECUTION, vec![states(&EXECUTION, &[2])]),
        (&EXECUTION, vec![states(&EXECUTION, &[5])]),
        (&EXECUTION, vec![states(&EXECUTION, &[0, 1, 2, 3, 4, 6, 7, 8])]),
        (&EXECUTION, vec![is(&EXECUTION, "workflow_name", "wf7")]),
        (&EXECUTION, vec![is(&EXECUTION, "workflow_name", "nobody's")]),
        (&EXECUTION, vec![input("vm", &["v7"])]),
        (&EXECUTION, vec![input("vm", &["v7", "v8", "v199"])]),
        (&EXECUTION, vec![input("vm", &["v7"]), states(&EXECUTION, &[5])]),
        (&EXECUTION, vec![input("vm", &["nobody's"])]),
        (&EXECUTION, vec![is(&EXECUTION, "project_id", "p3")]),
        (&EXECUTION, vec![recent(&EXECUTION)]),
        (&EXECUTION, vec![behind]),
        (&TASK, vec![]),
        (&TASK, vec![states(&TASK, &[7])]),
        (&TASK, vec![states(&TASK, &[2])]),
        (&TASK, vec![states(&TASK, &[5])]),
        (&TASK, vec![states(&TASK, &[0, 1, 2, 3, 4, 6, 7, 8])]),
        (&TASK, vec![is(&TASK, "name", "t1")]),
        (&ACTION_EXECUTION, vec![]),
        (&ACTION_EXECUTION, vec![states(&ACTION_EXECUTION, &[7])]),
        (&ACTION_EXECUTION, vec![states(&ACTION_EXECUTION, &[2])]),
        (&ACTION_EXECUTION, vec![states(&ACTION_EXECUTION, &[5])]),
        (&ACTION_EXECUTION, vec![states(&ACTION_EXECUTION, &[4, 6, 7])]),
        (
            &ACTION_EXECUTION,
            vec![states(&ACTION_EXECUTION, &[0, 1, 2, 3, 4, 6, 7, 8])],
        ),
    ];
    for (table, filters) in &cases {
        for descending in [false, true] {
            let order = ["created_at", "id"].map(|name| Order {
                column: column(table, name),
                descending,
            });
            let query = Query {
                table,
                columns: &[column(table, "id"), column(table, "state")],
                viewer: Viewer::Admin,
                filters,
                order: &order,
                limit: Some(50),
            };
            let deep = Position(match table.ids_are_times {
                true => vec![Param::Id(Id(15_000 * 16)), Param::Id(Id(15_000 * 16))],
                false => vec![Param::BigInt(15_000), Param::Id(Id(15_000))],
            });
            for after in [None, Some(&deep)] {
                assert_touches_few(&client, Statement::page(&query, after, Found::default())).await;
            }
        }
    }
}

/// A planner that knows nothing of the tables takes every filter for one that few rows pass.
#[tokio::test]
async fn lists_of_unknown_tables_do_not_compare_all_with_all() {
    let cluster = Cluster::temporary().await.unwrap();
    let database = Database::new(cluster.connection());
    let mut admin = database.client(Purpose::Admin).await.unwrap();
    migrate::upgrade(&mut admin, migrate::Target::Head).await.unwrap();
    admin
        .batch_execute("ALTER TABLE execution SET (autovacuum_enabled = false); ALTER TABLE execution_state SET (autovacuum_enabled = false)")
        .await
        .unwrap();
    for statement in DESCRIBED_ROWS.split(';').filter(|text| !text.trim().is_empty()) {
        admin.batch_execute(statement).await.unwrap();
    }
    let client = database.client(Purpose::Api).await.unwrap();
    for states in [vec![2], vec![2, 7], vec![0, 1, 2, 3, 4, 6, 7, 8]] {
        let filters = [
            self::states(&EXECUTION, &states),
            is(&EXECUTION, "description", "of one run"),
        ];
        let query = Query {
            table: &EXECUTION,
            columns: &[column(&EXECUTION, "id")],
            viewer: Viewer::Project(Some("p")),
            filters: &filters,
            order: &["created_at", "id"].map(|name| Order {
                column: column(&EXECUTION, name),
                descending: false,
            }),
            limit: Some(1_000),
        };
        let page = Statement::page(&query, None, Found::default());
        let typed: Vec<_> = page
            .params
            .iter()
            .map(|p| (p as &(dyn tokio_postgres::types::ToSql + Sync), p.type_of()))
            .collect();
        let explain = format!("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {}", page.sql);
        let rows = client.query_typed(&explain, &typed).await.unwrap();
        let plan = rows
            .iter()
            .map(|row| row.get::<_, String>(0))
            .collect::<Vec<_>>()
            .join("\n");
        assert!(!plan.contains("Join Filter"), "{}\n{plan}", page.sql);
        assert!(plan.contains("rows=1000 loops=1"), "{}\n{plan}", page.sql);
    }
}

/// Executions of one description, every third of them running; nobody has analysed the tables.
const DESCRIBED_ROWS: &str = "
    INSERT INTO execution (shard, id, root_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id, scope,
        description, tags, state, accepted, input, params, context, runtime_context, created_at)
    SELECT n % 256, id, id, id, 'wf', '', id, 'p', 0, 'of one run', '[]', CASE WHEN n % 3 = 0 THEN 2 ELSE 5 END, false, '{}', '{}',
        '{}', '{}', n
    FROM (SELECT n, lpad(to_hex(n), 32, '0')::uuid AS id FROM generate_series(1, 6000) n) rows;
    INSERT INTO execution_state (shard, id, root_id, state, created_at)
    SELECT shard, id, root_id, state, created_at FROM execution WHERE state <> 5";

async fn assert_touches_few(client: &tokio_postgres::Client, Statement { sql, params, .. }: Statement) {
    let typed: Vec<_> = params
        .iter()
        .map(|p| (p as &(dyn tokio_postgres::types::ToSql + Sync), p.type_of()))
        .collect();
    let explain = format!("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) {sql}");
    let rows = client.query_typed(&explain, &typed).await.unwrap();
    let plan: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let plan = plan.join("\n");
    assert!((1..=PAGES).contains(&pages(&plan)), "{sql}\n{plan}");
}

async fn filled_database() -> (Cluster, Database) {
    let cluster = Cluster::temporary().await.unwrap();
    let database = Database::new(cluster.connection());
    let mut admin = database.client(Purpose::Admin).await.unwrap();
    migrate::upgrade(&mut admin, migrate::Target::Head).await.unwrap();
    for statement in MANY_ROWS.split(';').filter(|text| !text.trim().is_empty()) {
        admin.batch_execute(statement).await.unwrap();
    }
    (cluster, database)
}

#[tokio::test]
async fn names_lead_to_their_rows() {
    let (_cluster, database) = filled_database().await;
    let client = database.client(Purpose::Api).await.unwrap();
    let pool = database.pool(1).unwrap();
    let connection = pool.get().await.unwrap();
    let order = ["created_at", "id"].map(|name| Order {
        column: column(&EXECUTION, name),
        descending: true,
    });
    let wf = |from: i32, until: i32| (from..until).map(|n| format!("wf{n}")).collect::<Vec<_>>();
    for (test, expected) in [
        (
            Test::Like("%wf19%".to_owned()),
            Some(wf(190, 200).into_iter().chain(["wf19".to_owned()]).collect()),
        ),
        (Test::Like("%nobody's%".to_owned()), Some(Vec::new())),
        (
            Test::OneOf(vec!["wf7".to_owned(), "nobody's".to_owned()]),
            Some(vec!["wf7".to_owned()]),
        ),
        (
            Test::Text(Comparison::GreaterOrEqual, "wf98".to_owned()),
            Some(wf(98, 100)),
        ),
        // Too many to be merged.
        (Test::Like("%wf%".to_owned()), None::<Vec<String>>),
        // Equality needs nobody's help.
        (Test::Text(Comparison::Equal, "wf7".to_owned()), None),
    ] {
        let filters = [Filter {
            column: column(&EXECUTION, "workflow_name"),
            test,
        }];
        let query = Query {
            table: &EXECUTION,
            columns: &[column(&EXECUTION, "id"), column(&EXECUTION, "state")],
            viewer: Viewer::Admin,
            filters: &filters,
            order: &order,
            limit: Some(50),
        };
        let names = names::of_query(&connection, &query).await.unwrap();
        let sorted = |names: Vec<String>| {
            let mut names = names;
            names.sort();
            names
        };
        assert_eq!(names.clone().map(sorted), expected.map(sorted), "{:?}", filters[0].test);
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            let found = Found {
                names,
                executions: None,
            };
            assert_touches_few(&client, Statement::page(&query, None, found)).await;
        }
    }
}

#[tokio::test]
async fn a_slow_list_is_cancelled_and_leaves_room_for_others() {
    let (_cluster, database) = filled_database().await;
    let pool = database.pool(2).unwrap();
    let bounds = Bounds::new(&database, Duration::from_millis(200), &pool);
    let slow = || {
        bounds.run(&pool, |client| async move {
            client.batch_execute("SELECT pg_sleep(30)").await.map_err(Error::from)
        })
    };
    let started = std::time::Instant::now();
    let outcomes = tokio::join!(slow(), slow(), slow(), slow());
    for outcome in [outcomes.0, outcomes.1, outcomes.2, outcomes.3] {
        assert!(matches!(outcome, Err(Error::TooSlow(_))), "{outcome:?}");
    }
    // One that nobody waits for any more.
    drop(tokio::time::timeout(Duration::from_millis(50), slow()).await);
    let client = pool.get().await.unwrap();
    client.batch_execute("SELECT 1").await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(5));
    let running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(30)%' \
                   AND pid <> pg_backend_pid()";
    for _ in 0..50 {
        if client.query_one(running, &[]).await.unwrap().get::<_, i64>(0) == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("statements that nobody waits for still run");
}

/// Pages that a plan's topmost node touched: the first line about buffers.
fn pages(plan: &str) -> i64 {
    let line = plan
        .lines()
        .find(|line| line.contains("Buffers: shared"))
        .unwrap_or_default();
    let counts = line
        .split_whitespace()
        .filter(|word| word.starts_with("hit=") || word.starts_with("read="));
    counts
        .filter_map(|word| word.split('=').nth(1)?.parse::<i64>().ok())
        .sum()
}
