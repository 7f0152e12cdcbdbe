//! Every route, as somebody of project B, against objects of project A. The routes are those of the table: a new one cannot be
//! forgotten.

use std::collections::BTreeMap;

use mistral::api::router;
use serde_json::{Value, json};

use super::support::{Caller, Service};

/// In the contents of every private object of A, not in its name: who asks for a name knows it already.
const SECRET: &str = "5ecret-of-a";

/// Ids and names of A's objects by collection.
type Objects = BTreeMap<&'static str, Vec<String>>;

/// Makes one object of each kind; `admin` is an administrator of the same project, for what only these may make.
fn make(a: &mut Caller, admin: &mut Caller) -> Objects {
    let mut objects = Objects::new();
    let text = format!(
        "version: '2.0'\nwf_a:\n  description: {SECRET}\n  input: [x: {SECRET}]\n  output: {{y: <% $.x %>}}\n  tasks:\n    t:\n      \
         action: std.echo output=<% $.x %>\n      on-success: fails\n    fails: {{action: std.fail}}\n"
    );
    let made = a.must("POST", "/v2/workflows", json!(text));
    let workflow = made["workflows"][0]["id"].as_str().unwrap().to_owned();
    objects.insert("workflows", vec![workflow.clone(), "wf_a".to_owned()]);
    let text = format!(
        "version: '2.0'\nname: wb_a\ndescription: {SECRET}\nactions:\n  act: {{base: std.noop, description: {SECRET}}}\n"
    );
    a.must("POST", "/v2/workbooks", json!(text));
    objects.insert("workbooks", vec!["wb_a".to_owned()]);
    let text = format!("version: '2.0'\nact_a: {{base: std.noop, description: {SECRET}}}\n");
    let made = a.must("POST", "/v2/actions", json!(text));
    let id = made["actions"][0]["id"].as_str().unwrap().to_owned();
    objects.insert("actions", vec![id, "act_a".to_owned(), "wb_a.act".to_owned()]);
    a.must(
        "POST",
        "/v2/environments",
        json!({"name": "env_a", "variables": {"v": SECRET}}),
    );
    objects.insert("environments", vec!["env_a".to_owned()]);
    let cron =
        json!({"name": "cron_a", "workflow_id": workflow, "pattern": "0 0 1 1 *", "workflow_input": {"x": SECRET}});
    let made = a.must("POST", "/v2/cron_triggers", cron);
    objects.insert(
        "cron_triggers",
        vec![made["id"].as_str().unwrap().to_owned(), "cron_a".to_owned()],
    );
    let event = json!({"name": "event_a", "workflow_id": workflow, "exchange": SECRET, "topic": "t", "event": "e"});
    let made = a.must("POST", "/v2/event_triggers", event);
    objects.insert("event_triggers", vec![made["id"].as_str().unwrap().to_owned()]);
    let made = admin.must("POST", "/v2/code_sources?name=code_a", json!(format!("# {SECRET}")));
    objects.insert(
        "code_sources",
        vec![made["id"].as_str().unwrap().to_owned(), "code_a".to_owned()],
    );
    let dynamic = json!({"name": "dyn_a", "class_name": SECRET, "code_source_name": "code_a"});
    let made = admin.must("POST", "/v2/dynamic_actions", dynamic);
    objects.insert(
        "dynamic_actions",
        vec![made["id"].as_str().unwrap().to_owned(), "dyn_a".to_owned()],
    );

    let made = a.must(
        "POST",
        "/v2/executions",
        json!({"workflow_id": workflow, "description": SECRET}),
    );
    let execution = made["id"].as_str().unwrap().to_owned();
    a.await_end(&execution);
    let tasks = a.get(&format!("/v2/executions/{execution}/tasks")).json();
    let tasks: Vec<String> = tasks["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| task["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(tasks.len(), 2);
    let mut actions = Vec::new();
    for task in &tasks {
        let listed = a.get(&format!("/v2/tasks/{task}/action_executions")).json();
        actions.push(listed["action_executions"][0]["id"].as_str().unwrap().to_owned());
    }
    let alone =
        json!({"name": "std.echo", "input": {"output": SECRET}, "params": {"save_result": true, "run_sync": true}});
    let made = a.must("POST", "/v2/action_executions", alone);
    actions.push(made["id"].as_str().unwrap().to_owned());
    let made = a.must(
        "POST",
        "/v2/bulk_operations",
        json!({"action": "delete", "ids": [execution], "reason": SECRET}),
    );
    objects.insert("bulk_operations", vec![made["preview"].as_str().unwrap().to_owned()]);
    objects.insert("executions", vec![execution]);
    objects.insert("tasks", tasks);
    objects.insert("action_executions", actions);
    objects
}

/// The paths of a route with A's objects in it.
fn paths(route: &str, objects: &Objects) -> Vec<String> {
    let collection = route.split('/').nth(2).unwrap_or_default();
    let mut paths = vec![String::new()];
    for (position, segment) in route.split('/').enumerate().skip(1) {
        let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            paths.iter_mut().for_each(|path| path.push_str(&format!("/{segment}")));
            continue;
        };
        let values: Vec<String> = match (position, name) {
            // Workers belong to no project: whoever is no administrator is refused, whatever the id.
            (3, "id") if collection == "workers" => vec!["11111111-2222-4333-8444-555555555555".to_owned()],
            (3, "id" | "identifier" | "name") => objects
                .get(collection)
                .unwrap_or_else(|| panic!("{route}: no object of this kind is made by the test"))
                .clone(),
            (_, "action_execution_id") => objects["action_executions"].clone(),
            (_, "version") => vec!["1".to_owned()],
            (3, "operation") => objects["bulk_operations"].clone(),
            (_, "member_id") => vec!["b".to_owned(), "a".to_owned()],
            (_, "namespace") => vec![String::new()],
            (_, "fields") => vec!["id".to_owned(), "description".to_owned()],
            (_, "errors_only" | "max_depth" | "include_output" | "statistics_only") => vec!["true".to_owned()],
            (_, "surplus" | "*surplus") => vec!["more".to_owned()],
            // A worker's name and the like: whatever there is, B has not made it.
            (1 | 2, _) => vec!["x".to_owned()],
            _ => panic!("{route}: the test does not know what {name} stands for"),
        };
        paths = paths
            .iter()
            .flat_map(|path| values.iter().map(move |value| format!("{path}/{value}")))
            .collect();
    }
    paths
}

/// What B may try to send there.
fn bodies(verb: &str, collection: &str, objects: &Objects) -> Vec<Option<Value>> {
    if verb == "GET" || verb == "DELETE" {
        return vec![None];
    }
    let first = |kind: &str| objects[kind][0].clone();
    let documents = |name: &str| format!("version: '2.0'\n{name}:\n  tasks:\n    t: {{action: std.noop}}\n");
    let sent = match collection {
        "workflows" => vec![
            json!(documents("wf_a")),
            json!({"member_id": "b"}),
            json!({"status": "accepted"}),
        ],
        "workbooks" => vec![json!("version: '2.0'\nname: wb_a\n")],
        "actions" => vec![json!("version: '2.0'\nact_a: {base: std.noop}\n")],
        "executions" => vec![
            json!({"workflow_id": first("workflows")}),
            json!({"workflow_name": "wf_a"}),
            json!({"source_execution_id": first("executions")}),
            json!({"id": first("executions"), "workflow_name": "wf_a"}),
            json!({"description": "taken over"}),
            json!({"state": "CANCELLED"}),
        ],
        "tasks" => vec![json!({"state": "RUNNING", "reset": true}), json!({"state": "SKIPPED"})],
        "action_executions" => vec![
            json!({"state": "SUCCESS", "output": {}}),
            json!({"name": "act_a"}),
            json!({"name": "wb_a.act"}),
        ],
        "cron_triggers" => vec![
            json!({"name": "b", "workflow_id": first("workflows"), "pattern": "* * * * *"}),
            json!({"name": "b", "workflow_name": "wf_a", "pattern": "* * * * *"}),
        ],
        "event_triggers" => vec![
            json!({"name": "b", "workflow_id": first("workflows"), "exchange": "x", "topic": "t", "event": "e"}),
            json!({"name": "taken over"}),
        ],
        "environments" => vec![json!({"name": "env_a", "variables": {"v": 1}})],
        "code_sources" => vec![json!("# mine")],
        "dynamic_actions" => vec![
            json!({"name": "dyn_a", "class_name": "Mine"}),
            json!({"name": "b", "class_name": "Mine", "code_source_name": "code_a"}),
        ],
        _ => vec![json!({})],
    };
    sent.into_iter().map(Some).collect()
}

/// Everything that A has, as A sees it.
fn snapshot(a: &mut Caller, objects: &Objects) -> BTreeMap<String, Value> {
    let mut seen = BTreeMap::new();
    for (collection, names) in objects {
        for name in names {
            let path = format!("/v2/{collection}/{name}");
            let answer = a.get(&path);
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            seen.insert(path, answer.json());
        }
        let path = format!("/v2/{collection}?limit=1000");
        let listed = a.get(&path);
        let texts = listed.json()[*collection]
            .as_array()
            .unwrap_or_else(|| panic!("{path}: {}", listed.text()))
            .len();
        seen.insert(path, json!(texts));
    }
    seen
}

/// Whether a success tells or does nothing about A's objects. (That nothing of A's has changed is seen afterwards.)
fn is_harmless(verb: &str, path: &str, text: &str, objects: &Objects) -> bool {
    let is_known = |text: &str| {
        objects
            .values()
            .flatten()
            .any(|known| known.len() == 36 && text.contains(known))
    };
    let answer: Value = serde_json::from_str(text).unwrap_or_default();
    let mut owners = Vec::new();
    find_owners(&answer, &mut owners);
    match verb {
        // A list with nothing of A's in it, or an object of B's own with the same name.
        "GET" => {
            let is_list = answer
                .as_object()
                .is_some_and(|answer| answer.values().next().is_some_and(Value::is_array));
            let is_own = !owners.is_empty() && owners.iter().all(|owner| owner == "b");
            is_own && (is_list || !is_known(path)) || !is_known(text) && is_list
        }
        // An object of B's own with the same name.
        "DELETE" => !is_known(path),
        _ if path.ends_with("/validate") => true,
        _ => !owners.is_empty() && owners.iter().all(|owner| owner == "b"),
    }
}

/// Every `project_id` in an answer.
fn find_owners(value: &Value, owners: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            owners.extend(
                members
                    .get("project_id")
                    .map(|owner| owner.as_str().unwrap_or_default().to_owned()),
            );
            members.values().for_each(|member| find_owners(member, owners));
        }
        Value::Array(items) => items.iter().for_each(|item| find_owners(item, owners)),
        _ => {}
    }
}

fn attack(b: &mut Caller, objects: &Objects) -> usize {
    let mut tried = 0;
    for route in router::routes() {
        for operation in &route.operations {
            let collection = route.path.split('/').nth(2).unwrap_or_default();
            let verb = operation.verb.name();
            if route.path == "/maintenance" && verb == "PUT" {
                assert_eq!(
                    b.send("PUT", "/maintenance", Some(&json!({"status": "PAUSED"}))).status,
                    403
                );
                continue;
            }
            for path in paths(route.path, objects) {
                for body in bodies(verb, collection, objects) {
                    for query in [
                        "",
                        "?all_projects=true",
                        "?project_id=a",
                        "?namespace=",
                        "?scope=private&name=code_a",
                    ] {
                        let target = format!("{path}{query}");
                        let answer = b.send(verb, &target, body.as_ref());
                        let text = answer.text();
                        tried += 1;
                        assert!(answer.status < 500, "{verb} {target}: {} {text}", answer.status);
                        assert!(
                            !text.contains(SECRET),
                            "{verb} {target} {body:?} shows what is A's: {text}"
                        );
                        let succeeds = (200..300).contains(&answer.status) && path.starts_with("/v2/");
                        assert!(
                            !succeeds || is_harmless(verb, &path, &text, objects),
                            "{verb} {target} {body:?}: {} {text}",
                            answer.status
                        );
                    }
                }
            }
        }
    }
    tried
}

#[test]
fn nobody_reaches_what_belongs_to_another_project() {
    let service = Service::start("");
    let (mut a, mut admin) = (service.caller("a", &["member"]), service.caller("a", &["admin"]));
    let (mut b, mut nobody) = (service.caller("b", &["member"]), service.caller("b", &[]));
    service.settle(&mut nobody);
    let objects = make(&mut a, &mut admin);
    let before = snapshot(&mut admin, &objects);
    let tried = attack(&mut b, &objects) + attack(&mut nobody, &objects);
    assert!(tried > 1_000, "{tried}");
    let after = snapshot(&mut admin, &objects);
    for (path, value) in &before {
        if !path.contains('?') {
            assert_eq!(value, &after[path], "{path} has changed");
        }
    }
    // The attack means something: A itself is shown the secret, and so is an administrator of another project.
    let mut other = service.caller("c", &["admin"]);
    service.settle(&mut other);
    for caller in [&mut a, &mut other] {
        let text = caller
            .get(&format!("/v2/executions/{}", objects["executions"][0]))
            .text();
        assert!(text.contains(SECRET), "{text}");
    }
    // Without a token nothing is answered but what is open.
    let mut stranger = service.caller("b", &[]);
    stranger.token = "mst_none".to_owned();
    for route in router::routes() {
        for operation in &route.operations {
            let path = paths(route.path, &objects).remove(0);
            let answer = stranger.send(operation.verb.name(), &path, None);
            let expected = match (operation.is_open, operation.is_accident()) {
                (true, _) => answer.status != 401,
                (false, true) => answer.status == 401 || answer.status == 404,
                (false, false) => answer.status == 401,
            };
            assert!(expected, "{} {path}: {}", operation.verb.name(), answer.status);
        }
    }
}
