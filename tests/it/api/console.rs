//! The web console, and what the API adds for it: graphs of definitions and time lines of runs.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::{PoisonError, RwLock};

use mistral::auth::tokens;
use serde_json::{Value, json};

use crate::api::site::{PATIENCE, Site};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::process::Workspace;

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
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "");
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
        (&json!("all"), &json!({"retry": {"count": 1, "delay": 1}}))
    );
    assert_eq!(
        (&nodes[4]["kind"], &nodes[4]["calls"]),
        (&json!("workflow"), &json!("backwards"))
    );
    let reverse = site.get("/v2/workflows/backwards/graph");
    assert_eq!(reverse["kind"], "reverse");
    assert_eq!(edges(&reverse), [edge("ground", 0, "requires", Value::Null)]);

    // An execution keeps the definition it began with.
    let id = site.run("shaped", "SUCCESS");
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
    // Its text is not kept, so there are no lines.
    let mut kept = graph.clone();
    for node in kept["nodes"].as_array_mut().unwrap() {
        assert!(node["line"].is_u64(), "{node:#}");
        node["line"] = Value::Null;
    }
    assert_eq!(site.get(&format!("/v2/executions/{id}/graph")), kept);

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
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "");
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

    let mut below = Site::start(WORKFLOWS, Layout::AllInOne, "[console]\nbase_path = /mistral\n");
    // What the proxy leaves there is cut off, what it has cut off is known.
    for path in ["/mistral/console", "/console"] {
        let moved = below.client.get(path).unwrap();
        assert_eq!(moved.header("location"), Some("/mistral/console/"), "{path}");
    }
    assert_eq!(below.client.get("/mistral/docs/").unwrap().status, 200);
    let list = below.get("/mistral/v2/workflows?limit=1");
    assert!(
        list["next"].as_str().unwrap().contains("/mistral/v2/workflows"),
        "{list}"
    );
    let list = below.get("/v2/workflows?limit=1");
    assert!(!list["next"].as_str().unwrap().contains("/mistral/"), "{list}");
    assert_eq!(below.client.get("/mistralx/v2/workflows").unwrap().status, 404);

    let mut without = Site::start(WORKFLOWS, Layout::AllInOne, "[console]\nenabled = False\n");
    assert_eq!(without.client.get("/console/").unwrap().status, 404);
}

/// What browser tests need, or what to type for it: Node 20 or newer, the packages, chromium.
pub(crate) fn browser(needs_chromium: bool) -> Option<(std::path::PathBuf, String)> {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/console/web");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let has_packages = web.join("node_modules/playwright-core").exists() && web.join("node_modules/esbuild").exists();
    if has_packages && (!needs_chromium || Path::new(&chromium).exists()) {
        return Some((web, chromium));
    }
    let wanted = std::env::var("CONSOLE_TESTS").is_ok_and(|value| value == "require");
    assert!(
        !wanted,
        "install chromium and Node 20, and type: cd src/console/web && npm ci --ignore-scripts"
    );
    eprintln!("not run: needs chromium, Node 20, and `cd src/console/web && npm ci --ignore-scripts`");
    None
}

pub(crate) fn node(web: &Path, arguments: &[&str], variables: &[(&str, &str)]) {
    let output = Command::new("node")
        .args(arguments)
        .current_dir(web)
        .envs(variables.iter().copied())
        .output()
        .expect("node runs");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Written to by who measures: another browser on the same cores would be measured too.
pub(crate) static BROWSERS: RwLock<()> = RwLock::new(());

/// Runs files of tests in chromium, one after the other, against a server of their own.
pub(crate) fn in_a_browser(files: &[&str], prepare: impl FnOnce(&mut Site)) {
    let Some((web, chromium)) = browser(true) else { return };
    // Values of 10 MB are among what is shown.
    let mut site = Site::start(
        WORKFLOWS,
        Layout::AllInOne,
        "[engine]\nexecution_field_size_limit_kb = 32768\n",
    );
    prepare(&mut site);
    let url = format!("http://{}", site.deployment.client().address());
    let rows = rows().to_string();
    node(
        &web,
        &[&["--test", "--test-concurrency=1"], files].concat(),
        &[("CONSOLE_URL", &url), ("CHROMIUM", &chromium), ("CONSOLE_ROWS", &rows)],
    );
}

/// Pages of trusted sites bring readers with their tokens, others do not; and a stream lasts no longer than the token that opened it.
#[test]
fn readers_are_handed_over_and_their_streams_end_with_their_tokens() {
    let (database, workspace) = (Database::create(), Workspace::create());
    let file = workspace.path("tokens");
    let (token, _) = tokens::create(&file, "p", "vera", &["member".to_owned()], None).unwrap();
    let settings = format!(
        "[pecan]\nauth_enable = true\n[DEFAULT]\nauth_type = tokens\n[tokens]\nfile = {}\n\
         [console]\ntrusted_origins = https://horizon.example\nregions = one=https://one.example/, two=https://two.example\n",
        file.display()
    );
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), &settings);
    let mut client = deployment.client();
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let form = format!("token={token}&next=%2Fexecutions%3Fstate%3DERROR");
    let mut hand_over = |origin: &str| {
        let headers = [
            header("Content-Type", "application/x-www-form-urlencoded"),
            header("Origin", origin),
            header("Sec-Fetch-Site", "cross-site"),
        ];
        let sent = client.send("POST", "/console/login/token", &headers, Some(form.as_bytes()));
        sent.unwrap()
    };
    assert_eq!(hand_over("https://evil.example").status, 403);
    let handed = hand_over("https://horizon.example");
    assert_eq!(handed.status, 302, "{}", handed.text());
    assert_eq!(
        handed.header("location"),
        Some("/console/executions?state=ERROR#handed=1")
    );
    let cookie = handed.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let mut fetch = |headers: &[(String, String)]| {
        let body = br#"{"method": "handed"}"#;
        client.send("POST", "/console/session", headers, Some(body)).unwrap()
    };
    let own = header("X-Mistral-Console", "1");
    assert_eq!(fetch(&[header("Cookie", &cookie)]).status, 403);
    assert_eq!(fetch(std::slice::from_ref(&own)).status, 401);
    let fetched = fetch(&[own, header("Cookie", &cookie)]);
    assert_eq!(fetched.json()["token"], token.as_str());
    assert!(fetched.header("set-cookie").unwrap().contains("Max-Age=0"));

    let shown = [header("X-Auth-Token", &token)];
    let identity = client.send("GET", "/v2/identity", &shown, None).unwrap().json();
    assert_eq!(
        identity["regions"],
        json!([{"name": "one", "url": "https://one.example"}, {"name": "two", "url": "https://two.example"}])
    );
    let address = client.address().to_string();
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(
        stream,
        "GET /v2/events?watch=executions HTTP/1.1\r\nHost: {address}\r\nX-Auth-Token: {token}\r\n\r\n"
    )
    .unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.starts_with("retry: ")));
    std::fs::write(&file, "").unwrap();
    // It says so and ends.
    assert!(lines.by_ref().any(|line| line == "event: bye"));
    assert!(lines.any(|line| line == "0"), "the answer ends");
}

/// How many executions the lists are measured with: `CONSOLE_ROWS=1000000` for the figures of `docs/console.md`.
fn rows() -> u32 {
    std::env::var("CONSOLE_ROWS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000)
}

#[test]
fn figures_in_a_browser() {
    let _alone = BROWSERS.write().unwrap_or_else(PoisonError::into_inner);
    in_a_browser(&["test/figures.test.mjs", "test/pace.test.mjs"], |site| {
        let rows = rows();
        let made = site.database.query(&format!(
            "INSERT INTO execution (shard, id, root_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id,
                 scope, tags, state, accepted, input, params, context, runtime_context, created_at, updated_at)
             SELECT n % 256, id, id, id, 'wf' || n % 200, '', id, '<default-project>', 0, '[]',
                 CASE WHEN n % 100 = 0 THEN 7 ELSE 5 END, false, '{{}}', '{{}}', '{{}}', '{{}}', 1600000000000000 + n, 1600000000000000 + n
             FROM (SELECT n, lpad(to_hex(n), 32, '0')::uuid AS id FROM generate_series(1, {rows}) n) numbered;
             INSERT INTO execution_state (shard, id, root_id, state, created_at, project_id)
             SELECT shard, id, root_id, state, created_at, project_id FROM execution WHERE state = 7;
             ANALYZE execution, execution_state;"
        ));
        made.expect("rows are inserted");
    });
}

#[test]
fn what_needs_no_browser() {
    if let Some((web, _)) = browser(false) {
        node(&web, &["--test", "test/units.test.mjs"], &[]);
    }
}

/// The committed bundle is what the build makes of its sources, byte for byte.
#[test]
fn the_bundle_is_what_the_build_makes() {
    let Some((web, _)) = browser(false) else { return };
    let made = tempfile::tempdir().unwrap();
    node(&web, &["build.mjs", made.path().to_str().unwrap()], &[]);
    let list = |folder: &Path| {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let committed = web.join("dist");
    assert_eq!(list(&committed), list(made.path()));
    for name in list(&committed) {
        assert!(
            std::fs::read(committed.join(&name)).unwrap() == std::fs::read(made.path().join(&name)).unwrap(),
            "{name} differs: cd src/console/web && npm run build"
        );
    }
    node(&web, &["node_modules/typescript/bin/tsc", "--noEmit"], &[]);
}
