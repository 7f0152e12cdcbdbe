//! Tokens and policies.

use std::time::Duration;

use serde_json::json;

use super::support::Service;
use crate::support::process;

#[test]
fn bad_tokens_are_refused_and_never_shown() {
    let service = Service::start("");
    let mut caller = service.caller("a", &["member"]);
    service.settle(&mut caller);
    let good = caller.token.clone();
    for token in [
        "mst_wrong".to_owned(),
        "x".repeat(20_000),
        format!("{good}x"),
        "e30.e30.".to_owned(),
    ] {
        caller.token = token.clone();
        let answer = caller.get("/v2/executions");
        assert_eq!(answer.status, 401);
        let reason = "Failed to validate access token: Auth token is invalid";
        assert_eq!(answer.header("www-authenticate"), Some(reason));
        assert_eq!(answer.header("server-error-message"), Some(reason));
        let whole = format!("{:?}{}", answer.headers, answer.text());
        assert!(!whole.contains(&token), "{whole}");
    }
    // The head of a request may have 64 KB.
    caller.token = "x".repeat(64 << 10);
    assert!([401, 431].contains(&caller.get("/v2/executions").status));
    caller.token = good;
    assert_eq!(caller.get("/v2/executions").status, 200);
    // A large body of a stranger is not kept.
    caller.token = "mst_wrong".to_owned();
    let large = json!({"workflow_name": "x".repeat(1 << 20)});
    assert_eq!(caller.send("POST", "/v2/executions", Some(&large)).status, 401);
}

#[test]
fn tokens_are_made_listed_and_revoked_by_the_command() {
    let service = Service::start("");
    let file = service.workspace.write(
        "token.conf",
        &format!("[tokens]\nfile = {}\n", service.tokens.display()),
    );
    let file = file.display().to_string();
    let run = |arguments: &[&str]| {
        let mut all = vec!["--config-file", &file, "token"];
        all.extend_from_slice(arguments);
        let output = process::run(&process::manage_program(), &all);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let token = run(&[
        "create",
        "--project",
        "p",
        "--user",
        "ann",
        "--role",
        "reader",
        "--expires",
        "30",
    ]);
    let mut caller = service.caller("unused", &[]);
    caller.token = token.trim().to_owned();
    service.settle(&mut caller);
    let listed = run(&["list"]);
    let line = listed.lines().find(|line| line.contains("ann")).unwrap();
    assert!(line.contains("reader") && line.contains("ends 20") && !listed.contains(&caller.token));
    run(&["revoke", line.split_whitespace().next().unwrap()]);
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(caller.get("/v2/workflows").status, 401);
}

#[test]
fn policies_decide_and_are_read_again() {
    let policies = crate::support::process::Workspace::create();
    let file = policies.write(
        "policy.yaml",
        "executions:create: role:starter\nexecutions:delete: role:starter and project_id:%(project_id)s\n",
    );
    let service = Service::start(&format!("[oslo_policy]\npolicy_file = {}\n", file.display()));
    let (mut starter, mut member) = (service.caller("a", &["starter"]), service.caller("a", &["member"]));
    let mut admin = service.caller("z", &["admin", "starter"]);
    service.settle(&mut admin);
    starter.workflow("w", "");
    let start = json!({"workflow_name": "w"});
    assert_eq!(member.send("POST", "/v2/executions", Some(&start)).status, 403);
    let id = starter.must("POST", "/v2/executions", start.clone())["id"]
        .as_str()
        .unwrap()
        .to_owned();
    starter.await_end(&id);
    let path = format!("/v2/executions/{id}");
    assert_eq!(member.send("DELETE", &path, None).status, 403);
    // The rule is asked about the execution, which is not of this administrator's project.
    let refused = admin.send("DELETE", &path, None);
    assert_eq!(
        (refused.status, refused.json()["faultstring"].as_str()),
        (403, Some("Operation forbidden (insufficient permissions)"))
    );
    std::fs::write(&file, "executions:create: ''\n").unwrap();
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(member.send("POST", "/v2/executions", Some(&start)).status, 201);
    assert_eq!(admin.send("DELETE", &path, None).status, 204);
}

#[test]
fn a_project_that_asks_too_often_waits_and_the_log_says_who_changed_what() {
    let log = crate::support::process::Workspace::create();
    let file = log.path("mistral.log");
    let settings = format!(
        "[quota]\nstarts_per_second = 1\n[DEFAULT]\nlog_file = {}\n",
        file.display()
    );
    let service = Service::start(&settings);
    let (mut a, mut b) = (service.caller("a", &["member"]), service.caller("b", &["member"]));
    service.settle(&mut b);
    let id = a.workflow("w", "");
    b.workflow("w", "");
    let start = json!({"workflow_name": "w"});
    let first = a.send("POST", "/v2/executions", Some(&start));
    assert_eq!(first.status, 201);
    let second = a.send("POST", "/v2/executions", Some(&start));
    assert_eq!(
        (second.status, second.header("retry-after")),
        (429, Some("1")),
        "{}",
        second.text()
    );
    assert_eq!(
        b.send("POST", "/v2/executions", Some(&start)).status,
        201,
        "others are not touched"
    );
    assert_eq!(a.get("/v2/executions").status, 200);
    assert_eq!(b.send("DELETE", &format!("/v2/workflows/{id}"), None).status, 404);
    a.token = "mst_wrong".to_owned();
    a.send("DELETE", &format!("/v2/workflows/{id}"), None);

    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(" audit ")).collect();
    let has = |parts: &[&str]| lines.iter().any(|line| parts.iter().all(|part| line.contains(part)));
    let number = first.header("x-openstack-request-id").unwrap();
    assert!(number.starts_with("req-"));
    let made = first.json()["id"].as_str().unwrap().to_owned();
    assert!(
        has(&[
            number,
            "user",
            "\"a\"",
            "POST",
            "/v2/executions",
            &made,
            "201",
            "success"
        ]),
        "{lines:#?}"
    );
    assert!(has(&["\"b\"", "DELETE", &id, "404", "failure"]), "{lines:#?}");
    assert!(has(&["DELETE", &id, "401", "denied"]), "{lines:#?}");
    assert!(
        !lines.iter().any(|line| line.contains("GET")) && !text.contains(&b.token),
        "{lines:#?}"
    );
}

#[test]
fn a_project_has_no_more_than_its_quota() {
    let service = Service::start("[quota]\nopen_executions = 2\ndefinitions = 3\n");
    let (mut a, mut b) = (service.caller("a", &["member"]), service.caller("b", &["member"]));
    service.settle(&mut b);
    let held = "version: '2.0'\nheld:\n  tasks:\n    t: {action: std.async_noop}\n";
    a.must("POST", "/v2/workflows", json!(held));
    a.must("POST", "/v2/environments", json!({"name": "e", "variables": {}}));
    let two =
        json!("version: '2.0'\nx:\n  tasks:\n    t: {action: std.noop}\ny:\n  tasks:\n    t: {action: std.noop}\n");
    let refused = a.send("POST", "/v2/workflows", Some(&two));
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(refused.text().contains("the quota is 3"), "{}", refused.text());
    assert_eq!(a.get("/v2/workflows/x").status, 404, "all or nothing");
    b.must("POST", "/v2/workflows", two);
    // What is deleted counts no more.
    assert_eq!(a.send("DELETE", "/v2/environments/e", None).status, 204);
    a.workflow("z", "");
    a.workflow("last", "");
    let action = json!("version: '2.0'\nact: {base: std.noop}\n");
    assert_eq!(a.send("POST", "/v2/actions", Some(&action)).status, 403);
    let changed = json!(held.replace("t:", "u:"));
    a.must("PUT", "/v2/workflows", changed);

    let start = json!({"workflow_name": "held"});
    let first = a.must("POST", "/v2/executions", start.clone())["id"]
        .as_str()
        .unwrap()
        .to_owned();
    a.must("POST", "/v2/executions", start.clone());
    let refused = a.send("POST", "/v2/executions", Some(&start));
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (429, Some("1")),
        "{}",
        refused.text()
    );
    assert!(
        refused.text().contains("has 2 executions that have not ended"),
        "{}",
        refused.text()
    );
    b.must("POST", "/v2/executions", json!({"workflow_name": "x"}));
    // A start that is refused takes no place, one that ends gives it back.
    a.must("PUT", &format!("/v2/executions/{first}"), json!({"state": "CANCELLED"}));
    let wrong = json!({"workflow_name": "held", "input": {"no": 1}});
    let deadline = std::time::Instant::now() + Duration::from_secs(10);
    while a.send("POST", "/v2/executions", Some(&wrong)).status == 429 {
        assert!(std::time::Instant::now() < deadline, "the place is not given back");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(a.send("POST", "/v2/executions", Some(&wrong)).status, 400);
    a.must("POST", "/v2/executions", start.clone());
    assert_eq!(a.send("POST", "/v2/executions", Some(&start)).status, 429);
}
