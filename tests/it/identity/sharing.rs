//! What other projects see of an object: private, public, invited, accepted, rejected.

use serde_json::{Value, json};

use super::support::{Caller, Service};

/// Statuses of get, update, delete and start of a workflow, and whether a list has it.
#[derive(Debug, PartialEq)]
struct Seen {
    get: u16,
    listed: bool,
    update: u16,
    delete: u16,
    start: u16,
}

fn look(caller: &mut Caller, name: &str, id: &str) -> Seen {
    let listed = caller.get("/v2/workflows?fields=id").json();
    let listed = listed["workflows"]
        .as_array()
        .unwrap()
        .iter()
        .any(|row| row["id"] == id);
    let text = format!("version: '2.0'\n{name}:\n  tasks:\n    t: {{action: std.echo output=changed}}\n");
    Seen {
        get: caller.get(&format!("/v2/workflows/{id}")).status,
        listed,
        update: caller
            .send("PUT", &format!("/v2/workflows/{id}"), Some(&json!(text)))
            .status,
        delete: caller.send("DELETE", &format!("/v2/workflows/{id}"), None).status,
        start: caller
            .send("POST", "/v2/executions", Some(&json!({"workflow_id": id})))
            .status,
    }
}

fn is_denied(status: u16) -> bool {
    status == 403 || status == 404
}

#[test]
fn a_workflow_is_seen_by_whom_it_is_shared_with_and_changed_by_its_owner() {
    let service = Service::start("");
    let mut a = service.caller("a", &["member"]);
    let (mut admin, mut b, mut c) = (
        service.caller("z", &["admin"]),
        service.caller("b", &["member"]),
        service.caller("c", &[]),
    );
    service.settle(&mut c);

    let private = a.workflow("private_wf", "");
    let seen = look(&mut b, "private_wf", &private);
    assert!(
        !seen.listed && [seen.get, seen.update, seen.delete, seen.start] == [404; 4],
        "{seen:?}"
    );

    // Publishing is for administrators.
    let text = "version: '2.0'\npublic_wf:\n  tasks:\n    t: {action: std.noop}\n";
    assert_eq!(
        a.send("POST", "/v2/workflows?scope=public", Some(&json!(text))).status,
        403
    );
    let public = admin.workflow("public_wf", "?scope=public");
    for caller in [&mut b, &mut c] {
        let seen = look(caller, "public_wf", &public);
        assert!(seen.listed && seen.get == 200 && seen.start == 201, "{seen:?}");
        assert!(is_denied(seen.update) && is_denied(seen.delete), "{seen:?}");
    }
    // The execution of another project's workflow belongs to who started it.
    let runs = |caller: &mut Caller| {
        caller.get("/v2/executions").json()["executions"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((runs(&mut b), runs(&mut c), runs(&mut a)), (1, 1, 0));

    let members = format!("/v2/workflows/{private}/members");
    assert_eq!(b.send("POST", &members, Some(&json!({"member_id": "b"}))).status, 404);
    a.must("POST", &members, json!({"member_id": "b"}));
    assert_eq!(c.get(&members).json()["members"], json!([]));
    for (status, sees) in [("pending", false), ("rejected", false), ("accepted", true)] {
        let of_b = format!("{members}/b");
        assert_eq!(c.send("PUT", &of_b, Some(&json!({"status": status}))).status, 404);
        assert_eq!(a.send("PUT", &of_b, Some(&json!({"status": status}))).status, 404);
        let answer: Value = b.must("PUT", &of_b, json!({"status": status}));
        assert_eq!(answer["status"], status);
        let seen = look(&mut b, "private_wf", &private);
        assert_eq!(
            (seen.listed, seen.get == 200, seen.start == 201),
            (sees, sees, sees),
            "{status}: {seen:?}"
        );
        assert!(is_denied(seen.update) && is_denied(seen.delete), "{status}: {seen:?}");
        assert_eq!(look(&mut c, "private_wf", &private).get, 404);
    }
    assert_eq!(b.send("DELETE", &format!("{members}/b"), None).status, 404);
    assert_eq!(a.send("DELETE", &format!("{members}/b"), None).status, 204);
    assert_eq!(b.get(&format!("/v2/workflows/{private}")).status, 404);
    // Administrators see and change everything.
    let seen = look(&mut admin, "private_wf", &private);
    assert!(
        seen.listed && seen.get == 200 && (seen.delete == 204 || seen.delete == 200),
        "{seen:?}"
    );
}

#[test]
fn a_shared_workflow_runs_in_the_project_that_starts_it() {
    let service = Service::start("");
    let (mut a, mut b) = (service.caller("a", &["admin"]), service.caller("b", &["member"]));
    service.settle(&mut b);
    // B has a sub-workflow and an action of the names that A's public workflow calls; A's own must not be taken for them.
    let child = |text: &str| {
        format!("version: '2.0'\nchild:\n  output: {{who: {text}}}\n  tasks:\n    t: {{action: std.noop}}\n")
    };
    let act = |text: &str| format!("version: '2.0'\nact: {{base: std.echo, base-input: {{output: {text}}}}}\n");
    a.must("POST", "/v2/workflows", json!(child("a")));
    b.must("POST", "/v2/workflows", json!(child("b")));
    a.must("POST", "/v2/actions", json!(act("a")));
    b.must("POST", "/v2/actions", json!(act("b")));
    a.must(
        "POST",
        "/v2/environments",
        json!({"name": "env_a", "variables": {"v": "a"}}),
    );
    let parent = "version: '2.0'\nparent:\n  output: {child: <% task(c).result %>, act: <% $.act %>, seen: <% executions().len() %>}\n  \
                  tasks:\n    c: {workflow: child}\n    a: {action: act, publish: {act: <% task().result %>}}\n    \
                  last: {join: all, action: std.noop}\n";
    let parent = parent
        .replace("c: {workflow: child}", "c: {workflow: child, on-success: last}")
        .replace(
            "publish: {act: <% task().result %>}}",
            "publish: {act: <% task().result %>}, on-success: last}",
        );
    a.must("POST", "/v2/workflows?scope=public", json!(parent));
    // Executions of A that B's expressions must not count.
    for _ in 0..3 {
        let id = a.must("POST", "/v2/executions", json!({"workflow_name": "child"}))["id"].clone();
        a.await_end(id.as_str().unwrap());
    }
    let started = b.must("POST", "/v2/executions", json!({"workflow_name": "parent"}));
    let id = started["id"].as_str().unwrap().to_owned();
    b.await_end(&id);
    let ended = b.get(&format!("/v2/executions/{id}")).json();
    assert_eq!(ended["project_id"], "b");
    let output: Value = ended["output"]
        .as_str()
        .map_or_else(|| ended["output"].clone(), |text| serde_json::from_str(text).unwrap());
    assert_eq!(
        (&output["child"]["who"], &output["act"], &output["seen"]),
        (&json!("b"), &json!("b"), &json!(2)),
        "{ended}"
    );
    let refused = b.send(
        "POST",
        "/v2/executions",
        Some(&json!({"workflow_name": "parent", "params": {"env": "env_a"}})),
    );
    assert_eq!(refused.status, 400, "{}", refused.text());
}
