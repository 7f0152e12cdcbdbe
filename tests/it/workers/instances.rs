//! The workflows that `mistral-db-manage populate` makes, with a worker in the place of mistral-extra and its Nova.

use serde_json::{Value, json};

use super::{end_of, exchange};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::{Client, NO_HEADERS};
use crate::support::process::{Workspace, manage_program, run};

const ADMIN: &[(&str, &str)] = &[("X-Roles", "admin")];

fn populate(database: &Database) -> String {
    let workspace = Workspace::create();
    let file = workspace.write("manage.conf", &format!("[database]\nconnection = {}\n", database.url()));
    let output = run(
        &manage_program(),
        &["--config-file", &file.display().to_string(), "populate"],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn names(client: &mut Client) -> Vec<String> {
    let listed = client.get("/v2/workflows?sort_keys=name").unwrap().json();
    let rows = listed["workflows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

/// What Nova is asked for, with its answers, until the execution has ended.
fn play(client: &mut Client, worker: &str, id: &str, status: &str) -> Vec<(String, Value)> {
    let mut asked = Vec::new();
    while client.get(&format!("/v2/executions/{id}")).unwrap().json()["state"] == "RUNNING" {
        let answer = exchange(client, worker, &json!({"room": 8, "wait_seconds": 0.2}));
        let results = answer["jobs"].as_array().unwrap().iter().map(|job| {
            let action = job["action"].as_str().unwrap();
            asked.push((action.to_owned(), job["input"].clone()));
            let data = match action {
                "nova.servers_create" => json!({"id": "vm-1", "status": "BUILD"}),
                "nova.servers_get" => {
                    json!({"id": "vm-1", "status": status, "addresses": {"private": [{"addr": "10.0.0.5", "version": 4}]}})
                }
                "nova.servers_findall" => json!([]),
                _ => Value::Null,
            };
            json!({"job": job["job"], "data": data})
        });
        let results: Vec<Value> = results.collect();
        if !results.is_empty() {
            exchange(client, worker, &json!({"results": results}));
        }
    }
    asked
}

#[test]
fn populate_brings_the_workflows_for_machines() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    assert_eq!(names(&mut client), [""; 0], "servers do not make them");
    let told = populate(&database);
    assert!(
        told.contains("workflows: std.create_instance, std.delete_instance"),
        "{told}"
    );
    assert!(populate(&database).contains("workflows: nothing to do"));
    assert_eq!(names(&mut client), ["std.create_instance", "std.delete_instance"]);
    let shown = client.get("/v2/workflows/std.create_instance").unwrap().json();
    assert_eq!(shown["scope"], "public");
    assert!(
        shown["input"]
            .as_str()
            .unwrap()
            .starts_with("name, image_id, flavor_id, "),
        "{shown}"
    );
    let refused = client
        .send("DELETE", "/v2/workflows/std.create_instance", NO_HEADERS, None)
        .unwrap();
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(refused.text().contains("Can not modify a system"), "{}", refused.text());

    let names = ["create", "get", "findall", "delete"];
    let actions: Vec<Value> = names
        .iter()
        .map(|name| json!({"name": format!("nova.servers_{name}"), "accepts_any": true}))
        .collect();
    let made = client
        .send_json("POST", "/v2/workers", &json!({"name": "nova", "actions": actions}))
        .unwrap();
    assert_eq!(made.status, 201, "{}", made.text());
    let worker = made.json()["id"].as_str().unwrap().to_owned();
    let body = json!({"workflow_name": "std.create_instance",
        "input": {"name": "vm", "image_id": "i", "flavor_id": "f", "nics": [{"net-id": "n"}]}});
    let start = |client: &mut Client| {
        let answer = client.send_json("POST", "/v2/executions", &body).unwrap();
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["id"].as_str().unwrap().to_owned()
    };

    let id = start(&mut client);
    let asked = play(&mut client, &worker, &id, "ACTIVE");
    let end = end_of(&mut client, &id);
    let output: Value = serde_json::from_str(end["output"].as_str().unwrap()).unwrap();
    assert_eq!(
        output,
        json!({"id": "vm-1", "name": "vm", "ip": "10.0.0.5", "status": "ACTIVE"}),
        "{end}"
    );
    assert_eq!(asked[0].0, "nova.servers_create");
    assert_eq!(asked[0].1["nics"], json!([{"net-id": "n"}]), "{asked:?}");
    assert_eq!(asked.len(), 2, "{asked:?}");

    // A machine that does not come up is deleted.
    let id = start(&mut client);
    let asked = play(&mut client, &worker, &id, "ERROR");
    assert_eq!(end_of(&mut client, &id)["state"], "ERROR");
    let asked: Vec<&str> = asked.iter().map(|(name, _)| name.as_str()).collect();
    let wanted = names.map(|name| format!("nova.servers_{name}"));
    assert_eq!(asked, [&wanted[0], &wanted[1], &wanted[3], &wanted[2]]);

    // Administrators may change them; the next populate brings them back.
    let changed = include_str!("../../../etc/workflows/delete_instance.yaml").replace("count: 60", "count: 6");
    let headers = [ADMIN[0], ("Content-Type", "text/plain")];
    let put = client
        .send("PUT", "/v2/workflows?scope=public", &headers, Some(changed.as_bytes()))
        .unwrap();
    assert_eq!(put.status, 200, "{}", put.text());
    assert!(populate(&database).contains("workflows: std.delete_instance\n"));
}
