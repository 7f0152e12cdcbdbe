//! The six simple resources: made, read, changed, found taken, hidden from others, deleted.

use serde_json::json;

use super::Service;

const WORKFLOW: &str =
    "---\nversion: '2.0'\ngreet:\n  input: [name]\n  tasks:\n    say: {action: std.echo output='Hello'}\n";

#[tokio::test]
async fn environments() {
    let service = Service::new();
    let body = json!({"name": "one", "variables": {"a": [1]}, "description": "first"});
    let made = service.json("p", "POST", "/v2/environments", body.clone()).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert!(made.body.get("updated_at").is_none(), "{made:?}");
    let taken = service.json("p", "POST", "/v2/environments", body).await;
    assert_eq!(
        (taken.status, taken.text("faultstring")),
        (409, "Duplicate entry for Environment ['name', 'project_id']: one, None")
    );
    let read = service.get("p", "/v2/environments/one").await;
    assert_eq!(
        (read.text("variables"), read.text("scope")),
        (r#"{"a": [1]}"#, "private")
    );
    assert!(read.body["updated_at"].is_null());
    let same = json!({"name": "one", "variables": {"a": [1]}});
    let same = service.json("p", "PUT", "/v2/environments", same).await;
    assert_eq!(
        (same.status, same.body["updated_at"].is_null()),
        (200, true),
        "nothing changed"
    );
    let change = json!({"name": "one", "variables": {"a": [2]}});
    let changed = service.json("p", "PUT", "/v2/environments", change).await;
    assert_eq!((changed.status, changed.text("variables")), (200, r#"{"a": [2]}"#));
    assert!(!changed.body["updated_at"].is_null());
    assert_eq!(service.get("p", "/v2/environments/one").await.body, changed.body);
    assert_eq!(service.delete("p", "/v2/environments/one").await.status, 204);
    assert_eq!(
        service.delete("p", "/v2/environments/one").await.text("faultstring"),
        "Environment not found [name=one]"
    );
}

#[tokio::test]
async fn workbooks() {
    let service = Service::new();
    let book = "---\nversion: '2.0'\nname: book\nworkflows:\n  greet:\n    tasks:\n      say: {action: std.noop}\nactions:\n  shout:\n    base: std.echo\n    base-input: {output: Hey}\n";
    let made = service.text("p", "POST", "/v2/workbooks?namespace=n", book).await;
    assert_eq!(
        (made.status, made.text("name"), made.text("namespace")),
        (201, "book", "n")
    );
    assert_eq!(made.body["tags"], json!([]));
    let held = service.get("p", "/v2/workflows?namespace=n").await;
    assert_eq!(held.names("workflows"), ["book.greet"]);
    let taken = service.text("p", "POST", "/v2/workbooks?namespace=n", book).await;
    assert_eq!(taken.status, 409, "{taken:?}");
    let changed = book.replace("std.noop", "std.fail");
    let changed = service.text("p", "PUT", "/v2/workbooks?namespace=n", &changed).await;
    assert_eq!((changed.status, changed.body["updated_at"].is_null()), (200, false));
    let flow = service.get("p", "/v2/workflows/book.greet?namespace=n").await;
    assert!(flow.text("definition").contains("std.fail"), "{flow:?}");
    let missing = service.get("p", "/v2/workbooks/book").await;
    assert_eq!(
        missing.text("faultstring"),
        "Workbook not found [name=book, namespace=]"
    );
    assert_eq!(service.delete("p", "/v2/workbooks/book?namespace=n").await.status, 204);
    let gone = service.delete("p", "/v2/workbooks/book?namespace=n").await;
    assert_eq!(
        gone.text("faultstring"),
        "Workbook not found [workbook_name=book, namespace=n]"
    );
}

/// Only administrators bring code.
#[tokio::test]
async fn code_and_its_actions() {
    let service = Service::new();
    let source = service
        .text("p+admin", "POST", "/v2/code_sources?name=code", "class A: pass")
        .await;
    assert_eq!((source.status, &source.body["version"]), (201, &json!(1)), "{source:?}");
    let body = json!({"name": "a", "class_name": "A", "code_source_name": "code"});
    let made = service
        .json("p+admin", "POST", "/v2/dynamic_actions", body.clone())
        .await;
    assert_eq!((made.status, made.text("code_source_name")), (201, "code"));
    assert_eq!(made.text("code_source_id"), source.text("id"));
    let taken = service.json("p+admin", "POST", "/v2/dynamic_actions", body).await;
    assert_eq!(taken.status, 409, "{taken:?}");
    let named = service.get("p+admin", "/v2/dynamic_actions/a?fields=class_name").await;
    assert_eq!(
        named.body,
        json!({"id": made.text("id"), "class_name": "A", "namespace": ""})
    );
    let change = json!({"id": made.text("id"), "class_name": "B"});
    let changed = service.json("p+admin", "PUT", "/v2/dynamic_actions", change).await;
    assert_eq!((changed.status, changed.text("class_name")), (200, "B"));
    let uploaded = service
        .text("p+admin", "PUT", "/v2/code_sources/code", "class B: pass")
        .await;
    assert_eq!((uploaded.status, &uploaded.body["version"]), (200, &json!(2)));
    assert_eq!(service.delete("p+admin", "/v2/code_sources/code").await.status, 204);
    let gone = service.get("p+admin", "/v2/dynamic_actions/a").await;
    assert_eq!(gone.status, 404, "it goes with its source: {gone:?}");
}

#[tokio::test]
async fn triggers() {
    let service = Service::new();
    let flows = service.text("p", "POST", "/v2/workflows", WORKFLOW).await;
    assert_eq!(flows.status, 201, "{flows:?}");
    let id = flows.body["workflows"][0]["id"].clone();
    let body =
        json!({"name": "nightly", "workflow_name": "greet", "workflow_input": {"name": "M"}, "pattern": "0 3 * * *"});
    let cron = service.json("p", "POST", "/v2/cron_triggers", body.clone()).await;
    assert_eq!((cron.status, &cron.body["workflow_id"]), (201, &id), "{cron:?}");
    assert!(cron.body["first_execution_time"].is_null() && cron.body.get("updated_at").is_none());
    let taken = service.json("p", "POST", "/v2/cron_triggers", body).await;
    assert_eq!(
        taken.text("faultstring"),
        "Duplicate entry for cron trigger ['name', 'project_id']: nightly, None"
    );
    let lacks = json!({"name": "other", "workflow_name": "greet", "pattern": "0 3 * * *"});
    assert_eq!(service.json("p", "POST", "/v2/cron_triggers", lacks).await.status, 400);
    assert_eq!(
        service.get("p", "/v2/cron_triggers/nightly").await.text("pattern"),
        "0 3 * * *"
    );
    assert_eq!(service.delete("p", "/v2/cron_triggers/nightly").await.status, 204);

    let body = json!({"workflow_id": id, "workflow_input": {"name": "M"}, "exchange": "x", "topic": "t", "event": "e"});
    let event = service.json("p", "POST", "/v2/event_triggers", body).await;
    assert_eq!((event.status, event.text("name")), (201, ""), "{event:?}");
    let path = format!("/v2/event_triggers/{}", event.text("id"));
    let fixed = service.json("p", "PUT", &path, json!({"topic": "u"})).await;
    assert_eq!(fixed.status, 400, "{fixed:?}");
    let changed = service.json("p", "PUT", &path, json!({"name": "on event"})).await;
    assert_eq!((changed.status, changed.text("name")), (200, "on event"));
    assert_eq!(service.get("p", &path).await.body, changed.body);
    assert_eq!(service.delete("p", &path).await.status, 204);
    assert_eq!(service.get("p", &path).await.status, 404);
}

#[tokio::test]
async fn others_see_what_is_public_and_change_nothing() {
    let service = Service::new();
    for (name, scope) in [("own", "private"), ("shown", "public")] {
        let body = json!({"name": name, "variables": {}, "scope": scope});
        let made = service.json("p", "POST", "/v2/environments", body).await;
        assert_eq!(made.status, if scope == "public" { 403 } else { 201 }, "{made:?}");
        if made.status == 403 {
            let body = json!({"name": name, "variables": {}, "scope": scope});
            let made = service.json("p+admin", "POST", "/v2/environments", body).await;
            assert_eq!(made.status, 201, "{made:?}");
        }
    }
    assert_eq!(
        service.get("q", "/v2/environments").await.names("environments"),
        ["shown"]
    );
    assert_eq!(service.get("q", "/v2/environments/own").await.status, 404);
    assert_eq!(service.delete("q", "/v2/environments/own").await.status, 404);
    let refused = service.delete("q", "/v2/environments/shown").await;
    assert!(
        refused.status == 403
            && refused
                .text("faultstring")
                .starts_with("Can not access Environment resource"),
        "{refused:?}"
    );
    let all = service.get("q+admin", "/v2/environments").await;
    assert_eq!(all.names("environments"), ["own", "shown"]);
}
