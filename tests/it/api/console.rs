//! The web console, and what the API adds for it: graphs of definitions and time lines of runs.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;

/// How long a run may take.
const PATIENCE: Duration = Duration::from_secs(30);

const WORKFLOWS: &str = r#"
version: '2.0'
shaped:
  tasks:
    first: {action: std.noop, on-success: [left, {right: <% 1 = 1 %>}], on-error: [fail]}
    left: {with-items: 'i in [1, 2]', action: std.echo output=<% $.i %>, on-complete: [both]}
    right: {action: std.noop, wait-before: 0, on-success: [both, never: <% false %>]}
    both: {join: all, action: std.noop, retry: {count: 1, delay: 1}}
    never: {workflow: backwards}
backwards:
  type: reverse
  tasks:
    goal: {action: std.noop, requires: [ground]}
    ground: {action: std.noop}
"#;

struct Site {
    client: Client,
    deployment: Deployment,
    _database: Database,
}

impl Site {
    fn start(settings: &str) -> Site {
        let database = Database::create();
        let deployment = Deployment::start(&database, Layout::AllInOne.processes(), settings);
        let mut client = deployment.client();
        let created = client.send_text("POST", "/v2/workflows", WORKFLOWS).unwrap();
        assert_eq!(created.status, 201, "{}", created.text());
        Site {
            client,
            deployment,
            _database: database,
        }
    }

    fn get(&mut self, path: &str) -> Value {
        let answer = self.client.get(path).unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// Runs the workflow `shaped` to its end.
    fn run(&mut self) -> String {
        let body = json!({"workflow_name": "shaped"});
        let started = self.client.send_json("POST", "/v2/executions", &body).unwrap();
        assert_eq!(started.status, 201, "{}", started.text());
        let id = started.json()["id"].as_str().unwrap().to_owned();
        let deadline = Instant::now() + PATIENCE;
        while self.get(&format!("/v2/executions/{id}"))["state"] != "SUCCESS" {
            assert!(Instant::now() < deadline, "it does not end");
            std::thread::sleep(Duration::from_millis(50));
        }
        id
    }
}

fn edges(graph: &Value) -> Vec<(String, i64, String, Value)> {
    let name = |edge: &Value| {
        let at = edge["from"].as_u64().unwrap() as usize;
        graph["nodes"][at]["name"].as_str().unwrap().to_owned()
    };
    let all = graph["edges"].as_array().unwrap().iter();
    all.map(|edge| {
        let on = edge["on"].as_str().unwrap().to_owned();
        (name(edge), edge["to"].as_i64().unwrap(), on, edge["condition"].clone())
    })
    .collect()
}

#[test]
fn graphs_and_time_lines() {
    let mut site = Site::start("");
    let graph = site.get("/v2/workflows/shaped/graph");
    let names: Vec<&str> = graph["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["first", "left", "right", "both", "never"]);
    let edge = |from: &str, to: i64, on: &str, condition: Value| (from.to_owned(), to, on.to_owned(), condition);
    let expected = [
        edge("first", 1, "success", Value::Null),
        edge("first", 2, "success", json!("<% 1 = 1 %>")),
        edge("first", -2, "error", Value::Null),
        edge("left", 3, "complete", Value::Null),
        edge("right", 3, "success", Value::Null),
    ];
    let found = edges(&graph);
    for wanted in expected {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }
    let nodes = &graph["nodes"];
    assert_eq!((&nodes[0]["start"], &nodes[3]["start"]), (&json!(true), &json!(false)));
    assert_eq!(
        (&nodes[1]["with_items"], &nodes[0]["with_items"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        (&nodes[3]["join"], &nodes[3]["policies"]),
        (&json!("all"), &json!(["retry"]))
    );
    assert_eq!(
        (&nodes[4]["kind"], &nodes[4]["calls"]),
        (&json!("workflow"), &json!("backwards"))
    );
    let reverse = site.get("/v2/workflows/backwards/graph");
    assert_eq!(reverse["kind"], "reverse");
    assert_eq!(edges(&reverse), [edge("ground", 0, "requires", Value::Null)]);

    // An execution keeps the definition it began with.
    let id = site.run();
    let changed = "version: '2.0'\nshaped:\n  tasks:\n    only: {action: std.noop}\n";
    let updated = site.client.send_text("PUT", "/v2/workflows", changed).unwrap();
    assert_eq!(updated.status, 200, "{}", updated.text());
    assert_eq!(
        site.get("/v2/workflows/shaped/graph")["nodes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(site.get(&format!("/v2/executions/{id}/graph")), graph);

    let line = site.get(&format!("/v2/executions/{id}/timeline"));
    let columns = line["columns"].as_array().unwrap();
    let of = |row: &Value, name: &str| row[columns.iter().position(|column| column == name).unwrap()].clone();
    let rows = line["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 4, "{line:#}");
    let row = |name: &str| rows.iter().find(|row| of(row, "name") == name).unwrap();
    assert_eq!(of(row("left"), "items"), 2);
    assert_eq!(of(row("left"), "by"), of(row("first"), "id"));
    assert_eq!(of(row("left"), "event"), "on-success");
    assert_eq!(of(row("first"), "by"), Value::Null);
    let first_end = of(row("first"), "finished_us").as_i64().unwrap();
    for row in rows {
        let times = ["created_us", "started_us", "finished_us"].map(|name| of(row, name).as_i64().unwrap());
        assert!(times[0] >= 0 && times[0] <= times[1] && times[1] <= times[2], "{row}");
        assert!(of(row, "name") == "first" || times[0] >= first_end, "{row}");
        assert_eq!(of(row, "attempts"), 1);
    }
    for path in [
        "/v2/workflows/nothing/graph",
        "/v2/executions/nothing/graph",
        "/v2/executions/nothing/timeline",
    ] {
        assert_eq!(site.client.get(path).unwrap().status, 404, "{path}");
    }
}

#[test]
fn the_console_is_served_unless_it_is_switched_off() {
    let mut site = Site::start("");
    let page = site.client.get("/console/executions/any.id").unwrap();
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains("default-src 'none'")
    );
    let text = page.text();
    let script = text.split('"').find(|text| text.ends_with("app.js")).unwrap();
    let headers = [("Accept-Encoding".to_owned(), "br, gzip".to_owned())];
    let script = site.client.send("GET", script, &headers, None).unwrap();
    assert_eq!((script.status, script.header("content-encoding")), (200, Some("gzip")));
    assert_eq!(
        site.client.get("/console").unwrap().header("location"),
        Some("/console/")
    );
    assert_eq!(
        site.client.send_json("POST", "/console/", &json!({})).unwrap().status,
        405
    );

    let mut without = Site::start("[console]\nenabled = False\n");
    assert_eq!(without.client.get("/console/").unwrap().status, 404);
}

/// The console in a browser. Without Node, its packages or chromium there is nothing to run it with.
#[test]
fn in_a_browser() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/console/web");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !web.join("node_modules/playwright-core").exists() || !Path::new(&chromium).exists() {
        let wanted = std::env::var("CONSOLE_TESTS").is_ok_and(|value| value == "require");
        assert!(
            !wanted,
            "install chromium, and type: cd src/console/web && npm ci --ignore-scripts"
        );
        eprintln!("not run: needs chromium, and `cd src/console/web && npm ci --ignore-scripts`");
        return;
    }
    let site = Site::start("");
    let output = Command::new("node")
        .args(["--test", "test/"])
        .current_dir(&web)
        .env("CONSOLE_URL", format!("http://{}", site.deployment.client().address()))
        .env("CHROMIUM", chromium)
        .output()
        .expect("node runs");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
