//! Filters, orders, fields and pages.

use serde_json::json;

use super::Service;

/// Environments `a` to `e`; `c` has no description.
async fn with_environments() -> Service {
    let service = Service::new();
    for (name, description) in [
        ("c", None),
        ("a", Some("x y")),
        ("e", Some("z")),
        ("b", Some("x")),
        ("d", Some("y")),
    ] {
        let body = match description {
            Some(description) => json!({"name": name, "description": description, "variables": {"n": name}}),
            None => json!({"name": name, "variables": {"n": name}}),
        };
        let made = service.json("p", "POST", "/v2/environments", body).await;
        assert_eq!(made.status, 201, "{made:?}");
    }
    service
}

#[tokio::test]
async fn filters() {
    let service = with_environments().await;
    for (query, expected) in [
        ("", "c a e b d"),
        ("name=a", "a"),
        ("name=eq:a", "a"),
        ("name=neq:a", "c e b d"),
        ("name=in:a,b", "a b"),
        ("name=nin:a,b", "c e d"),
        ("name=gt:c", "e d"),
        ("name=lte:b", "a b"),
        ("description=has:x", "a b"),
        ("description=x", "b"),
        ("scope=public", ""),
        ("created_at=gt:2000-01-01%2000:00:00", "c a e b d"),
        ("created_at=lt:2000-01-01%2000:00:00", ""),
    ] {
        let told = service.get("p", &format!("/v2/environments?{query}")).await;
        assert_eq!(told.names("environments").join(" "), expected, "{query}: {told:?}");
    }
    let unknown = service.get("p", "/v2/environments?colour=red").await;
    assert_eq!(
        (unknown.status, unknown.text("faultstring")),
        (400, "Unknown argument: \"colour\"")
    );
}

#[tokio::test]
async fn orders() {
    let service = with_environments().await;
    for (query, expected) in [
        ("sort_keys=name", "a b c d e"),
        ("sort_keys=name&sort_dirs=desc", "e d c b a"),
        ("sort_keys=created_at&sort_dirs=desc", "d b e a c"),
        ("sort_keys=description", "b a d e c"),
        ("sort_keys=description&sort_dirs=desc", "c e d a b"),
    ] {
        let told = service.get("p", &format!("/v2/environments?{query}")).await;
        assert_eq!(told.names("environments").join(" "), expected, "{query}");
    }
    assert_eq!(service.get("p", "/v2/environments?sort_keys=colour").await.status, 400);
}

/// Following `next` shows each row once, whatever the order.
#[tokio::test]
async fn pages() {
    let service = with_environments().await;
    for (query, expected) in [
        ("limit=2", "c a|e b|d"),
        ("limit=2&sort_keys=name&sort_dirs=desc", "e d|c b|a"),
        ("limit=3&sort_keys=description", "b a d|e c"),
        ("limit=1&name=in:a,b", "a|b|"),
    ] {
        let (mut path, mut pages) = (format!("/v2/environments?{query}"), Vec::new());
        loop {
            let told = service.get("p", &path).await;
            pages.push(told.names("environments").join(" "));
            let Some(next) = told.body["next"].as_str() else { break };
            path = next
                .strip_prefix("http://here")
                .expect("a link to this server")
                .to_owned();
            assert!(pages.len() < 10, "{path}");
        }
        assert_eq!(pages.join("|"), expected, "{query}");
    }
    let unknown = "/v2/environments?marker=123e4567-e89b-12d3-a456-426655441414";
    assert_eq!(service.get("p", unknown).await.status, 404);
}

#[tokio::test]
async fn fields() {
    let service = with_environments().await;
    let told = service.get("p", "/v2/environments?fields=name,scope&name=a").await;
    let row = told.body["environments"][0].as_object().expect("a row");
    assert_eq!(row.keys().collect::<Vec<_>>(), ["id", "name", "scope"]);
    let one = service.get("p", "/v2/environments/a?fields=description").await;
    assert_eq!(
        (one.text("description"), one.body.as_object().map(|own| own.len())),
        ("x y", Some(2))
    );
    assert_eq!(service.get("p", "/v2/environments?fields=colour").await.status, 400);
}
