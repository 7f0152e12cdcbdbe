//! Definitions, edits and the cache.

use std::sync::Arc;
use std::time::Instant;

use mistral::model::Id;
use mistral::model::record::Scope;
use mistral::postgres;
use mistral::store::Error;
use mistral::store::cache::{KNOWN, Peek};
use mistral::store::definitions::{
    ActionDefinition, CodeSource, CronTrigger, Definitions, DynamicAction, Edit, Environment, EventTrigger,
    ResourceMember, Workbook, WorkflowDefinition,
};
use mistral::store::list::Viewer;

use crate::store::support::{NOW, Store, json};

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
    let definitions = postgres::definitions(store.database.pool(4).unwrap());
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
    let definitions = postgres::definitions(store.database.pool(2).unwrap());
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
    assert_eq!(definitions.triggers_of::<CronTrigger>(Id(9)).await.unwrap().len(), 1);
    assert_eq!(definitions.triggers_of::<EventTrigger>(Id(8)).await.unwrap().len(), 0);
}

#[tokio::test]
async fn the_cache_is_fresh_after_a_refresh() {
    let mut store = Store::new().await;
    let definitions = postgres::definitions(store.database.pool(4).unwrap());
    let cache = postgres::definition_cache(definitions.clone(), &store.database, 100);
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

/// Another process, which has compared epochs a moment ago, serves nothing that was changed before its maker was answered.
#[tokio::test]
async fn what_was_answered_is_served_everywhere() {
    let mut store = Store::new().await;
    let definitions = postgres::definitions(store.database.pool(4).unwrap());
    let elsewhere = postgres::definitions(store.database.pool(4).unwrap());
    let cache = postgres::definition_cache(elsewhere, &store.database, 100);
    let viewer = Viewer::Project(Some("p"));
    let mut row = workflow(store.id(0), "wf", "", "p");
    edit(&definitions, |e| {
        e.insert(&row);
    })
    .await
    .unwrap();
    // Keeps on comparing, so that each change comes while the last comparison is still good.
    let compared = {
        let cache = cache.clone();
        tokio::spawn(async move {
            loop {
                cache.freshen().await.unwrap();
                tokio::task::yield_now().await;
            }
        })
    };
    for n in 0..100 {
        row.spec_hash = Id(n + 1);
        let began = Instant::now();
        edit(&definitions, |e| {
            e.content(row.spec_hash, "{}").update(&row);
        })
        .await
        .unwrap();
        assert!(began.elapsed() >= KNOWN);
        cache.freshen().await.unwrap();
        let found = cache.find::<WorkflowDefinition>("wf", "", viewer).await.unwrap();
        assert_eq!(found.map(|found| found.spec_hash), Some(row.spec_hash));
    }
    compared.abort();
}
