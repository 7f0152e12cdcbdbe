//! Batches: round trips, fences, commits whose answer is lost, rows that cannot be stored as they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use mistral::model::id::Generator;
use mistral::model::record::{Origin, Scope, TaskKind};
use mistral::model::{Id, Payload, Shard, State, Time};
use mistral::postgres::tree::Trees;
use mistral::postgres::writer::{Options, Writer};
use mistral::postgres::{Database, Purpose};
use mistral::store::batch::{Batch, CommitError, Queued, Reply, StateChange, Timer};

use crate::store::support::{NOW, Store, insertion, json, queued, same_tree};

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
    // What an execution says is not stored with its tasks and actions.
    child.tasks[0].origin = child.executions[0].origin.clone();
    child.actions[0].origin = child.executions[0].origin.clone();
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

    // Executions by themselves: those that are of the tree.
    let below = tree.executions[1].id;
    let glance = trees.look(parent.id, &[below, Id(1)], true).await.unwrap().unwrap();
    assert_eq!(
        format!("{:?}", glance.executions),
        format!("{:?}", [&loaded.executions[1]])
    );
    assert!(!glance.is_doomed && glance.is_open != loaded.executions[1].state.is_completed());
    let all = trees
        .look(parent.id, &[below, parent.id], false)
        .await
        .unwrap()
        .unwrap();
    assert!(all.executions.len() == 2 && !all.is_open);
    assert!(trees.look(Id(1), &[below], true).await.unwrap().is_none());
    assert!(trees.look(below, &[below], true).await.unwrap().is_none());

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
            project_id: parent.origin.project_id.clone(),
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
    // Run by itself, and without a workflow.
    let mut lone = store.tree(5).actions.remove(0);
    lone.origin = Arc::new(Origin {
        workflow_name: "".into(),
        workflow_id: Id(0),
        ..(*parent.origin).clone()
    });
    (lone.task_id, lone.execution_id, lone.root_id) = (None, None, lone.id);
    let mut batch = insertion(&other, 1);
    batch.new_actions.push(lone.clone());
    batch.queued.push(queued(&other, None));
    writer.commit(&batch).await.unwrap();
    let stored = trees.load(lone.id).await.unwrap().unwrap();
    assert_eq!((stored.actions.len(), &stored.actions[0].origin), (1, &lone.origin));
    let glance = trees.look(lone.id, &[lone.id], true).await.unwrap();
    assert!(glance.is_some_and(|glance| glance.executions.is_empty() && !glance.is_open));
    let batch = Batch {
        fence: vec![(Shard(5), 1)],
        deleted_roots: vec![parent.id],
        deleted_actions: vec![lone.id],
        ..Batch::default()
    };
    writer.commit(&batch).await.unwrap();
    // Gone for readers at once; its rows are dropped behind that.
    let doomed = trees.load(parent.id).await.unwrap();
    assert!(doomed.is_some_and(|rows| rows.is_doomed && rows.tasks.is_empty()));
    let doomed = trees.look(parent.id, &[parent.id], false).await.unwrap();
    assert!(doomed.is_some_and(|glance| glance.is_doomed && glance.executions.is_empty()));
    store.drop_deleted().await;
    assert!(trees.load(parent.id).await.unwrap().is_none());
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
    store.drop_deleted().await;
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
    let acquired = second.balance(true).await.unwrap().acquired;
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
    assert_eq!(first.owned().await.unwrap(), []);
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
async fn a_take_over_comes_after_the_open_batch() {
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
        .execute("SELECT FROM shard WHERE shard = 3 AND epoch = 1 FOR NO KEY UPDATE", &[])
        .await
        .unwrap();
    assert_eq!(second.acquire(&[Shard(3)], true).await.unwrap(), []);
    transaction.commit().await.unwrap();
    assert_eq!(second.acquire(&[Shard(3)], true).await.unwrap(), [(Shard(3), 2)]);
}

/// Whoever holds an old snapshot keeps every version of a row since: there is none of the rows that all batches of a shard meet.
#[tokio::test]
async fn a_held_snapshot_does_not_slow_the_fence() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let holder = store.database.client(Purpose::Admin).await.unwrap();
    let hold = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM shard";
    holder.batch_execute(hold).await.unwrap();
    let size = "SELECT pg_relation_size('shard') + pg_indexes_size('shard')";
    let before: i64 = store.admin.query_one(size, &[]).await.unwrap().get(0);
    let mut writer = store.writer();
    for n in 0..300 {
        let batch = Batch {
            fence: (0..16).map(|shard| (Shard(shard), 1)).collect(),
            removed_timers: vec![Id(n)],
            ..Batch::default()
        };
        writer.commit(&batch).await.unwrap();
    }
    let after: i64 = store.admin.query_one(size, &[]).await.unwrap().get(0);
    assert_eq!(after, before);
    let rows = store.admin.query("SELECT batch FROM writer_mark", &[]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.get::<_, i64>(0)).collect::<Vec<_>>(), [300]);
    holder.batch_execute("ROLLBACK").await.unwrap();
}

/// Ends the sessions of writers.
const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mistral-write' AND datname = current_database()";

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
    // The writer's session is cut again and again, in every phase of a commit.
    let killer = store.database.client(Purpose::Admin).await.unwrap();
    let cuts = Arc::new(AtomicU64::new(0));
    let made = cuts.clone();
    let progress = Arc::new(AtomicU64::new(0));
    let seen = progress.clone();
    let killing = tokio::spawn(async move {
        let mut pauses = Generator::new(9);
        let (mut before, mut in_a_row) = (0, 0);
        loop {
            made.fetch_add(killer.execute(CUT, &[]).await.unwrap(), Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(5 + pauses.random() % 60)).await;
            // A slow machine gets through now and then too: the patience of a commit has an end.
            in_a_row += 1;
            while in_a_row >= 5 && seen.load(Ordering::Relaxed) == before {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let now = seen.load(Ordering::Relaxed);
            if now != before {
                (before, in_a_row) = (now, 0);
            }
        }
    });
    let mut committed = 0i64;
    while cuts.load(Ordering::Relaxed) < 40 {
        let request_id = Id(u128::from(committed.unsigned_abs()));
        let reply = Reply {
            node: store.id(2),
            request_id,
            body: "{}".into(),
            created_at: NOW,
        };
        let timers = (0..20).map(|_| store.id(2));
        let batch = Batch {
            fence: vec![(Shard(2), 1)],
            new_timers: timers
                .map(|id| Timer {
                    id,
                    root_id: id,
                    fire_at: NOW,
                    body: "{}".into(),
                })
                .collect(),
            replies: vec![reply],
            ..Batch::default()
        };
        writer.commit(&batch).await.unwrap();
        committed += 1;
        progress.fetch_add(1, Ordering::Relaxed);
    }
    killing.abort();
    assert_eq!(store.count("reply").await, committed);
    assert_eq!(store.count("effect").await, committed);
    assert_eq!(store.count("timer").await, committed * 20);
    let row = store
        .admin
        .query_one("SELECT sum(batch)::bigint FROM writer_mark", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), committed, "one step of the mark per batch");
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
    assert!(store.admin.execute(CUT, &[]).await.unwrap() > 0);
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

#[tokio::test]
async fn a_row_that_is_there_does_not_fail_the_rows_beside_it() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let mut writer = store.writer();
    let first = store.tree(3);
    writer.commit(&insertion(&first, 1)).await.unwrap();
    // Large enough for several statements, and one of its executions has an id that is taken.
    let mut batch = insertion(&first, 1);
    batch.new_executions[0].description = Some("an impostor".into());
    for _ in 0..1_500 {
        let other = insertion(&store.tree(3), 1);
        batch.new_executions.extend(other.new_executions);
        batch.new_tasks.extend(other.new_tasks);
    }
    let large = Payload::from_json(format!("\"{}\"", "x".repeat(3 << 20)));
    batch.new_executions[5].input = large.clone();
    writer.commit(&batch).await.unwrap();
    assert_eq!(
        (store.count("execution").await, store.count("task").await),
        (1_501, 1_501)
    );
    let trees = Trees::connect(&store.database);
    let kept = trees.load(first.executions[0].id).await.unwrap().unwrap();
    assert_eq!(kept.executions[0].description.as_deref(), Some("what it is"));
    let loaded = trees.load(batch.new_executions[5].id).await.unwrap().unwrap();
    assert_eq!(loaded.executions[0].input.text(), large.text());
}

/// An error can arrive while the batch is still being sent (see `pg/pipeline.rs`): its COMMIT is never sent then, and the connection
/// would stay in an aborted transaction for ever. Rare: what is held here is that whatever comes first, the next batch goes through.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_while_a_batch_is_being_sent_does_not_spoil_the_connection() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let trigger = "
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON timer FOR EACH STATEMENT EXECUTE FUNCTION refuse();";
    store.admin.batch_execute(trigger).await.unwrap();
    let mut writer = store.writer();
    // The refused statement comes before hundreds of others with large parameters.
    let mut batch = insertion(&store.tree(3), 1);
    batch.new_timers = (0..2)
        .map(|_| Timer {
            id: store.id(3),
            root_id: batch.new_executions[0].id,
            fire_at: NOW,
            body: "{}".into(),
        })
        .collect();
    let body: mistral::model::Str = format!("\"{}\"", "x".repeat(200_000)).as_str().into();
    batch.replies = (0..400)
        .map(|_| Reply {
            node: store.id(3),
            request_id: store.id(3),
            body: body.to_string(),
            created_at: NOW,
        })
        .collect();
    for _ in 0..6 {
        let refused = writer.commit(&batch).await;
        let is_refusal = matches!(refused, Err(CommitError::Refused(_) | CommitError::Failed(_)));
        assert!(is_refusal, "{refused:?}");
        // What comes next is not refused for what came before.
        let good = insertion(&store.tree(3), 1);
        writer.commit(&good).await.unwrap();
    }
    assert_eq!(store.count("execution").await, 6);
}

/// PostgreSQL may refuse at COMMIT itself, and then nobody knows what has become of the transaction.
#[tokio::test]
async fn a_refused_commit_is_no_known_outcome() {
    let mut store = Store::new().await;
    let _owner = store.owner().await;
    let trigger = "
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
        CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON execution DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION refuse();";
    store.admin.batch_execute(trigger).await.unwrap();
    let mut writer = Writer::new(
        store.database.clone(),
        Options {
            patience: Duration::from_millis(200),
            ..Options::default()
        },
    );
    let outcome = writer.commit(&insertion(&store.tree(3), 1)).await;
    assert!(matches!(outcome, Err(CommitError::Unknown(_))), "{outcome:?}");
    store
        .admin
        .batch_execute("DROP TRIGGER refuse ON execution")
        .await
        .unwrap();
    writer.commit(&insertion(&store.tree(3), 1)).await.unwrap();
    assert_eq!(store.count("execution").await, 1);
}
