//! Every route, as readers, members and administrators of other projects, against objects of project A: private ones, public ones, and
//! those that are shared, with each answer to the invitation. The routes are those of the table: a new one cannot be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use mistral::api::router;
use serde_json::{Value, json};

use super::support::{Caller, Service};

/// What project B is to project A's objects.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Relation {
    Private,
    Public,
    Pending,
    Accepted,
    Rejected,
}

impl Relation {
    const ALL: [Relation; 5] = [
        Relation::Private,
        Relation::Public,
        Relation::Pending,
        Relation::Accepted,
        Relation::Rejected,
    ];

    /// A part of names: A has objects for each relation.
    fn name(self) -> &'static str {
        match self {
            Relation::Private => "private",
            Relation::Public => "public",
            Relation::Pending => "pending",
            Relation::Accepted => "accepted",
            Relation::Rejected => "rejected",
        }
    }

    /// Text in the workflow, in other things that users define, and in executions. Not in names: who asks for a name knows it already.
    fn secrets(self) -> [String; 3] {
        ["workflow", "other", "run"].map(|what| format!("5ecret-{what}-of-{}", self.name()))
    }

    /// Those that B must not see.
    fn hidden(self) -> Vec<String> {
        let seen = match self {
            Relation::Public => 2,
            Relation::Accepted => 1,
            _ => 0,
        };
        self.secrets()[seen..].to_vec()
    }
}

/// Ids and names of A's objects by collection.
type Objects = BTreeMap<&'static str, Vec<String>>;

/// Makes one object of each kind; `admin` is an administrator of the same project, for what only these may make.
fn make(a: &mut Caller, admin: &mut Caller, relation: Relation) -> Objects {
    let mut objects = Objects::new();
    let [workflow_secret, secret, run] = relation.secrets();
    let suffix = relation.name();
    let is_public = relation == Relation::Public;
    let scope = if is_public { "public" } else { "private" };
    let maker = if is_public { &mut *admin } else { &mut *a };
    let text = format!(
        "version: '2.0'\nwf_{suffix}:\n  description: {workflow_secret}\n  input: [x: {workflow_secret}]\n  output: {{y: <% $.x %>}}\n  \
         tasks:\n    t:\n      action: std.echo output=<% $.x %>\n      on-success: fails\n    fails: {{action: std.fail}}\n"
    );
    let made = maker.must("POST", &format!("/v2/workflows?scope={scope}"), json!(text));
    let workflow = made["workflows"][0]["id"].as_str().unwrap().to_owned();
    objects.insert("workflows", vec![workflow.clone(), format!("wf_{suffix}")]);
    let text = format!(
        "version: '2.0'\nname: wb_{suffix}\ndescription: {secret}\nactions:\n  act: {{base: std.noop, description: {secret}}}\n"
    );
    maker.must("POST", &format!("/v2/workbooks?scope={scope}"), json!(text));
    objects.insert("workbooks", vec![format!("wb_{suffix}")]);
    let text = format!("version: '2.0'\nact_{suffix}: {{base: std.noop, description: {secret}}}\n");
    let made = maker.must("POST", &format!("/v2/actions?scope={scope}"), json!(text));
    let id = made["actions"][0]["id"].as_str().unwrap().to_owned();
    objects.insert("actions", vec![id, format!("act_{suffix}"), format!("wb_{suffix}.act")]);
    let environment = json!({"name": format!("env_{suffix}"), "scope": scope, "variables": {"v": secret}});
    maker.must("POST", "/v2/environments", environment);
    objects.insert("environments", vec![format!("env_{suffix}")]);
    let cron = json!({"name": format!("cron_{suffix}"), "workflow_id": workflow, "pattern": "0 0 1 1 *", "scope": scope,
        "workflow_input": {"x": secret}});
    let made = maker.must("POST", "/v2/cron_triggers", cron);
    let id = made["id"].as_str().unwrap().to_owned();
    objects.insert("cron_triggers", vec![id, format!("cron_{suffix}")]);
    let event = json!({"name": "event", "workflow_id": workflow, "exchange": secret, "topic": "t", "event": "e", "scope": scope});
    let made = maker.must("POST", "/v2/event_triggers", event);
    objects.insert("event_triggers", vec![made["id"].as_str().unwrap().to_owned()]);
    let path = format!("/v2/code_sources?name=code_{suffix}&scope={scope}");
    let made = admin.must("POST", &path, json!(format!("# {secret}")));
    let id = made["id"].as_str().unwrap().to_owned();
    objects.insert("code_sources", vec![id, format!("code_{suffix}")]);
    let dynamic = json!({"name": format!("dyn_{suffix}"), "class_name": secret, "code_source_name": format!("code_{suffix}"),
        "scope": scope});
    let made = admin.must("POST", "/v2/dynamic_actions", dynamic);
    let id = made["id"].as_str().unwrap().to_owned();
    objects.insert("dynamic_actions", vec![id, format!("dyn_{suffix}")]);

    let made = a.must(
        "POST",
        "/v2/executions",
        json!({"workflow_id": workflow, "description": run, "input": {"x": run}}),
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
        json!({"name": "std.echo", "input": {"output": run}, "params": {"save_result": true, "run_sync": true}});
    let made = a.must("POST", "/v2/action_executions", alone);
    actions.push(made["id"].as_str().unwrap().to_owned());
    let made = a.must(
        "POST",
        "/v2/bulk_operations",
        json!({"action": "delete", "ids": [execution], "reason": run}),
    );
    objects.insert("bulk_operations", vec![made["preview"].as_str().unwrap().to_owned()]);
    objects.insert("executions", vec![execution]);
    objects.insert("tasks", tasks);
    objects.insert("action_executions", actions);
    for (collection, example) in examples() {
        if objects.contains_key(collection) {
            continue;
        }
        let mut body = with_texts(example, &secret);
        body["name"] = json!(format!("{collection}_{suffix}"));
        body["scope"] = json!(scope);
        let maker = if is_public { &mut *admin } else { &mut *a };
        let made = maker.must("POST", &format!("/v2/{collection}"), body);
        let shown = ["id", "name"].map(|member| made[member].as_str().unwrap().to_owned());
        let named = match segment(collection) {
            "id" => &shown[..1],
            "name" => &shown[1..],
            _ => &shown[..],
        };
        objects.insert(collection, named.to_vec());
    }
    objects
}

/// The examples of bodies by collection that the description of the API has, of those that objects are made by: what nothing here knows
/// how to make is made by them.
fn examples() -> impl Iterator<Item = (&'static str, Value)> {
    router::routes().iter().filter_map(|route| {
        let collection = route.path.strip_prefix("/v2/").filter(|rest| !rest.contains('/'))?;
        let posted = route
            .operations
            .iter()
            .find(|operation| operation.verb.name() == "POST")?;
        let body = posted.describe?(route.path).body?;
        let example = body.pointer("/content/application~1json/example")?.clone();
        (!segment(collection).is_empty()).then_some((collection, example))
    })
}

/// How the paths of a collection name an object: `id`, `name` or `identifier`.
fn segment(collection: &str) -> &'static str {
    let named = router::routes().iter().filter_map(|route| {
        let rest = route.path.strip_prefix("/v2/")?.strip_prefix(collection)?;
        rest.strip_prefix("/{")?.strip_suffix('}')
    });
    named.into_iter().find(|name| !name.contains('/')).unwrap_or_default()
}

/// The same, with this for every text.
fn with_texts(mut value: Value, text: &str) -> Value {
    match &mut value {
        Value::String(old) => *old = text.to_owned(),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| *member = with_texts(member.take(), text)),
        Value::Array(items) => items.iter_mut().for_each(|item| *item = with_texts(item.take(), text)),
        _ => {}
    }
    value
}

/// Invites B's project to the workflow, which answers.
fn share(a: &mut Caller, b: &mut Caller, project: &str, objects: &Objects, status: &str) {
    let members = format!("/v2/workflows/{}/members", objects["workflows"][0]);
    a.must("POST", &members, json!({"member_id": project}));
    b.must("PUT", &format!("{members}/{project}"), json!({"status": status}));
}

/// The paths of a route with A's objects in it.
fn paths(route: &str, objects: &Objects, own: &str) -> Vec<String> {
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
            (_, "member_id") => vec![own.to_owned(), "a".to_owned()],
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
    let last = |kind: &str| objects[kind].last().unwrap().clone();
    let name = |kind: &str| objects[kind][if kind == "actions" { 1 } else { objects[kind].len() - 1 }].clone();
    if verb == "GET" || verb == "DELETE" {
        return vec![None];
    }
    let first = |kind: &str| objects[kind][0].clone();
    let documents = |name: &str| format!("version: '2.0'\n{name}:\n  tasks:\n    t: {{action: std.noop}}\n");
    let sent = match collection {
        "workflows" => vec![
            json!(documents(&name("workflows"))),
            json!({"member_id": "b"}),
            json!({"status": "accepted"}),
        ],
        "workbooks" => vec![json!(format!("version: '2.0'\nname: {}\n", name("workbooks")))],
        "actions" => vec![json!(format!(
            "version: '2.0'\n{}: {{base: std.noop}}\n",
            name("actions")
        ))],
        "executions" => vec![
            json!({"workflow_id": first("workflows")}),
            json!({"workflow_name": last("workflows")}),
            json!({"source_execution_id": first("executions")}),
            json!({"id": first("executions"), "workflow_name": last("workflows")}),
            json!({"description": "taken over"}),
            json!({"state": "CANCELLED"}),
        ],
        "tasks" => vec![json!({"state": "RUNNING", "reset": true}), json!({"state": "SKIPPED"})],
        "action_executions" => vec![
            json!({"state": "SUCCESS", "output": {}}),
            json!({"name": name("actions")}),
            json!({"name": last("actions")}),
        ],
        "cron_triggers" => vec![
            json!({"name": "b", "workflow_id": first("workflows"), "pattern": "* * * * *"}),
            json!({"name": "b", "workflow_name": last("workflows"), "pattern": "* * * * *"}),
        ],
        "event_triggers" => vec![
            json!({"name": "b", "workflow_id": first("workflows"), "exchange": "x", "topic": "t", "event": "e"}),
            json!({"name": "taken over"}),
        ],
        "environments" => vec![
            json!({"name": name("environments"), "variables": {"v": 1}}),
            json!({"name": name("environments"), "scope": "private"}),
        ],
        "code_sources" => vec![json!("# mine")],
        "dynamic_actions" => vec![
            json!({"name": name("dynamic_actions"), "class_name": "Mine"}),
            json!({"name": "b", "class_name": "Mine", "code_source_name": name("code_sources")}),
        ],
        "bulk_operations" => vec![
            json!({"preview": first("bulk_operations")}),
            json!({"action": "delete", "ids": [first("executions")]}),
            json!({"action": "delete", "filter": {"workflow_name": last("workflows")}}),
            json!({"state": "CANCELLED"}),
        ],
        collection => match examples().find(|(known, _)| *known == collection) {
            Some((_, mut example)) => {
                example["name"] = json!(name(collection));
                vec![
                    example,
                    json!({"name": name(collection), "scope": "private"}),
                    json!({}),
                ]
            }
            None => vec![json!({})],
        },
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
fn is_harmless(verb: &str, path: &str, text: &str, objects: &Objects, own: &str, relation: Relation) -> bool {
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
        // What may be seen is seen; the secrets say what that is.
        "GET" if matches!(relation, Relation::Public | Relation::Accepted) => true,
        // Who is invited sees the own invitation, and no other.
        "GET" if relation != Relation::Private && path.contains("/members") => {
            let all = answer["members"]
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![answer.clone()]);
            all.iter().all(|member| member["member_id"] == *own)
        }
        // A list with nothing of A's in it, or an object of B's own with the same name.
        "GET" => {
            let is_list = answer
                .as_object()
                .is_some_and(|answer| answer.values().next().is_some_and(Value::is_array));
            let is_own = !owners.is_empty() && owners.iter().all(|owner| owner == own);
            is_own && (is_list || !is_known(path)) || !is_known(text) && is_list
        }
        // An object of B's own with the same name.
        "DELETE" => !is_known(path),
        _ if path.ends_with("/validate") => true,
        // Who may see a public action may run it; what is not stored belongs to nobody.
        "POST" if relation == Relation::Public && path == "/v2/action_executions" => {
            owners.iter().all(|owner| owner == own || owner.is_empty())
        }
        // It would be done to the few that are shown, none of which is A's.
        "POST" if path == "/v2/bulk_operations" => {
            let shown = answer["sample"].as_array().map(Vec::len);
            shown.is_some_and(|shown| answer["count"] == shown) && !is_known(text)
        }
        // An answer to an invitation.
        "PUT" if relation == Relation::Accepted && path.ends_with(&format!("/members/{own}")) => true,
        _ => !owners.is_empty() && owners.iter().all(|owner| owner == own),
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

/// Somebody of another project, and what they are to A's objects.
struct Attacker<'a> {
    caller: &'a mut Caller,
    project: &'a str,
    relation: Relation,
    queries: &'a [&'a str],
}

fn attack(attacker: &mut Attacker<'_>, objects: &Objects) -> usize {
    let mut tried = 0;
    for route in router::routes() {
        for operation in &route.operations {
            let collection = route.path.split('/').nth(2).unwrap_or_default();
            let verb = operation.verb.name();
            if route.path == "/maintenance" && verb == "PUT" {
                let paused = json!({"status": "PAUSED"});
                assert_eq!(attacker.caller.send("PUT", "/maintenance", Some(&paused)).status, 403);
                continue;
            }
            for path in paths(route.path, objects, attacker.project) {
                // Who is invited may accept: that is no attack, and would change what the others are about.
                if verb == "PUT" && path.contains("/members/") && path.ends_with(attacker.project) {
                    continue;
                }
                for body in bodies(verb, collection, objects) {
                    tried += try_once(attacker, objects, verb, &path, body.as_ref());
                }
            }
        }
    }
    tried
}

fn try_once(attacker: &mut Attacker<'_>, objects: &Objects, verb: &str, path: &str, body: Option<&Value>) -> usize {
    let relation = attacker.relation;
    for query in attacker.queries {
        let target = format!("{path}{query}");
        let answer = attacker.caller.send(verb, &target, body);
        let text = answer.text();
        assert!(answer.status < 500, "{verb} {target}: {} {text}", answer.status);
        for secret in relation.hidden() {
            // What they have sent themselves comes back in refusals.
            assert!(
                !text.contains(&secret),
                "{relation:?}: {verb} {target} {body:?} shows what is A's: {text}"
            );
        }
        let succeeds = (200..300).contains(&answer.status) && path.starts_with("/v2/");
        assert!(
            !succeeds || is_harmless(verb, path, &text, objects, attacker.project, relation),
            "{relation:?}: {verb} {target} {body:?}: {} {text}",
            answer.status
        );
    }
    attacker.queries.len()
}

/// Deletes the triggers that others have made for workflows of A's that they see, which cannot be deleted before.
fn delete_triggers_of_others(admin: &mut Caller) {
    for collection in ["cron_triggers", "event_triggers"] {
        let path = format!("/v2/{collection}");
        let listed = admin.get(&format!("{path}?all_projects=true")).json();
        let mut owners = BTreeSet::new();
        for trigger in listed[collection].as_array().unwrap() {
            let project = trigger["project_id"].as_str().unwrap();
            owners.insert(project.to_owned());
            if project != "a" {
                let path = format!("{path}/{}", trigger["id"].as_str().unwrap());
                assert_eq!(admin.send("DELETE", &path, None).status, 204);
            }
        }
        // What the role "reader" may not do is for a policy to say.
        assert!(owners.iter().eq(["a", "b", "c"]), "{collection}: {owners:?}");
    }
}

/// Deletes everything of A's, in an order in which it can be done: an administrator of A's project, or one of another project. Those
/// find by name only what is public: every project may have that name.
fn delete_all(admin: &mut Caller, other: Option<&mut Caller>, objects: &Objects, relation: Relation) {
    let mut other = other;
    // What uses others goes before these; the rest in any order.
    let last = [
        "executions",
        "dynamic_actions",
        "code_sources",
        "actions",
        "workbooks",
        "workflows",
    ];
    let deletable = |collection: &&str| {
        let path = format!("/v2/{collection}/{{{}}}", segment(collection));
        let route = router::routes().iter().find(|route| route.path == path);
        let mut operations = route.into_iter().flat_map(|route| &route.operations);
        operations.any(|operation| operation.verb.name() == "DELETE")
    };
    let first = objects
        .keys()
        .copied()
        .filter(|collection| !last.contains(collection) && *collection != "action_executions");
    for collection in first.filter(deletable).chain(last) {
        let path = format!("/v2/{collection}/{}", objects[collection][0]);
        let is_hidden = segment(collection) == "name" && relation != Relation::Public;
        let answer = match other.as_deref_mut() {
            Some(other) if is_hidden => {
                assert_eq!(other.send("DELETE", &path, None).status, 404, "{path}");
                admin.send("DELETE", &path, None)
            }
            Some(other) => other.send("DELETE", &path, None),
            None => admin.send("DELETE", &path, None),
        };
        assert_eq!(answer.status, 204, "{path}: {}", answer.text());
    }
}

#[test]
fn nobody_reaches_what_belongs_to_another_project() {
    let service = Service::start("");
    let (mut a, mut admin) = (service.caller("a", &["member"]), service.caller("a", &["admin"]));
    let (mut b, mut reader) = (service.caller("b", &["member"]), service.caller("c", &["reader"]));
    let mut other = service.caller("d", &["admin"]);
    service.settle(&mut other);
    let mut tried = 0;
    let mut all = Vec::new();
    for relation in Relation::ALL {
        let objects = make(&mut a, &mut admin, relation);
        if matches!(relation, Relation::Pending | Relation::Accepted | Relation::Rejected) {
            share(&mut a, &mut b, "b", &objects, relation.name());
            share(&mut a, &mut reader, "c", &objects, relation.name());
        }
        all.push((relation, objects));
    }
    for (relation, objects) in &all {
        let before = snapshot(&mut admin, objects);
        for (caller, project) in [(&mut b, "b"), (&mut reader, "c")] {
            let queries: &[&str] = match (relation, project) {
                (Relation::Private, "b") => &[
                    "",
                    "?all_projects=true",
                    "?project_id=a",
                    "?namespace=",
                    "?scope=private&name=code_private",
                ],
                (_, "b") => &["", "?all_projects=true"],
                _ => &[""],
            };
            let mut attacker = Attacker {
                caller,
                project,
                relation: *relation,
                queries,
            };
            tried += attack(&mut attacker, objects);
        }
        let after = snapshot(&mut admin, objects);
        for (path, value) in &before {
            if !path.contains('?') {
                assert_eq!(value, &after[path], "{relation:?}: {path} has changed");
            }
        }
        let seen = |caller: &mut Caller| caller.get(&format!("/v2/workflows/{}", objects["workflows"][0])).status;
        let expected = match relation {
            Relation::Public | Relation::Accepted => 200,
            _ => 404,
        };
        assert_eq!((seen(&mut b), seen(&mut reader)), (expected, expected), "{relation:?}");
        // The attack means something: A itself is shown the secret, and so is an administrator of another project.
        for caller in [&mut a, &mut other] {
            let text = caller
                .get(&format!("/v2/executions/{}", objects["executions"][0]))
                .text();
            assert!(text.contains(&relation.secrets()[2]), "{text}");
        }
    }
    assert!(tried > 5_000, "{tried}");
    // Without a token nothing is answered but what is open.
    let mut stranger = service.caller("b", &[]);
    stranger.token = "mst_none".to_owned();
    for route in router::routes() {
        for operation in &route.operations {
            let path = paths(route.path, &all[0].1, "b").remove(0);
            let answer = stranger.send(operation.verb.name(), &path, None);
            let expected = match (operation.is_open, operation.is_accident()) {
                (true, _) => answer.status != 401,
                (false, true) => answer.status == 401 || answer.status == 404,
                (false, false) => answer.status == 401,
            };
            assert!(expected, "{} {path}: {}", operation.verb.name(), answer.status);
        }
    }
    // Owners and administrators may do it all.
    delete_triggers_of_others(&mut other);
    for (relation, objects) in &all {
        let is_admins = matches!(relation, Relation::Public | Relation::Pending);
        delete_all(&mut admin, is_admins.then_some(&mut other), objects, *relation);
    }
}
