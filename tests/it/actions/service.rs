//! Actions in a whole service of several processes: options have their effect, results come back, other services complete
//! actions, and secrets stay out of the log.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::actions::{http, smtp, sshd};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::{Answer, Client};
use crate::support::json::decode;
use crate::support::process::Workspace;

const PATIENCE: Duration = Duration::from_secs(30);

/// A row, whose values are JSON in texts.
fn row(answer: &Answer) -> Value {
    let mut row = answer.json();
    for key in ["input", "output"] {
        row[key] = decode(row[key].take());
    }
    row
}

/// Runs an action by itself; its state and result.
fn run(client: &mut Client, name: &str, input: Value) -> (String, Value) {
    let body = json!({"name": name, "input": input});
    let answer = client.send_json("POST", "/v2/action_executions", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    let row = row(&answer);
    (
        row["state"].as_str().unwrap().to_owned(),
        row["output"]["result"].clone(),
    )
}

/// The text of a run that failed.
fn failure(client: &mut Client, name: &str, input: Value) -> String {
    let (state, result) = run(client, name, input);
    assert_eq!(state, "ERROR", "{result}");
    result
        .as_str()
        .unwrap_or_else(|| panic!("no text: {result}"))
        .to_owned()
}

/// Runs a workflow to its end; its execution.
fn execute(client: &mut Client, definition: &str, input: &Value) -> Value {
    let created = client.send_text("POST", "/v2/workflows", definition).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
    let name = created.json()["workflows"][0]["name"].clone();
    let body = json!({"workflow_name": name, "input": input});
    let started = client.send_json("POST", "/v2/executions", &body).unwrap();
    assert_eq!(started.status, 201, "{}", started.text());
    let id = started.json()["id"].as_str().unwrap().to_owned();
    until(|| {
        let row = row(&client.get(&format!("/v2/executions/{id}")).unwrap());
        (row["state"] != "RUNNING").then_some(row)
    })
}

fn until<T>(mut test: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = test() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "nothing happens");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn actions_in_a_service() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (http, mail, ssh) = runtime.block_on(async {
        (
            http::Server::start().await,
            smtp::Server::start(smtp::Behaviour::default()).await,
            sshd::Server::start("").await,
        )
    });
    let database = Database::create();
    let workspace = Workspace::create();
    let log = workspace.path("service.log");
    let (key_directory, ssh_port) = match &ssh {
        Some(server) => (server.directory().display().to_string(), server.port),
        None => ("/nonexistent".to_owned(), 22),
    };
    let settings = format!(
        "[DEFAULT]\ndebug = true\nlog_file = {}\n\
         [engine]\nexecution_field_size_limit_kb = 16\n\
         [legacy_action_provider]\ndenylist = std.sl*\n\
         [action_std_http]\ndenied_cidrs = 169.254.0.0/16\nmax_response_size_bytes = 50000\n\
         callback_base_url = https://mistral.example/api/\n\
         [action_std_email]\ndefault_smtp_server = {}\nmax_message_size_bytes = 3000\n\
         [action_std_javascript]\ntime_limit = 0.2\nmemory_limit_mb = 1\n\
         [action_std_ssh]\nkey_directory = {key_directory}\nport = {ssh_port}\nmax_output_size_bytes = 100\n\
         [action_logging]\nsensitive_headers = X-Session\n",
        log.display(),
        mail.address()
    );
    let service = Deployment::start(&database, Layout::Separate.processes(), &settings);
    let mut client = service.client();

    limits(&mut client, &http.url());
    mails(&mut client, &mail);
    if ssh.is_some() {
        commands(&mut client);
    }
    completion_by_others(&mut client, &http);
    too_large_results(&mut client, &http.url());
    secrets(&mut client, &http.url());

    drop(service);
    let text = std::fs::read_to_string(&log).unwrap();
    assert!(
        text.contains("sending an HTTP request") && text.contains("action_execution_id="),
        "{text}"
    );
    for line in text.lines() {
        assert!(!line.contains("sesame"), "{line}");
    }
}

fn limits(client: &mut Client, url: &str) {
    let (state, result) = run(client, "std.http", json!({"url": format!("{url}/nowhere")}));
    assert_eq!((state.as_str(), &result["status"]), ("ERROR", &json!(404)));
    let flood = failure(client, "std.http", json!({"url": format!("{url}/flood")}));
    assert!(
        flood.contains("HTTP response is too large") && flood.contains("limit=50000 bytes"),
        "{flood}"
    );
    let denied = failure(client, "std.http", json!({"url": "http://169.254.169.254/latest"}));
    assert!(
        denied.contains("resolves to a blocked address (169.254.169.254)"),
        "{denied}"
    );
    let endless = failure(client, "std.js", json!({"script": "while (true);"}));
    assert!(
        endless.contains("JavaScriptAction failed: the script ran longer than 0.2 seconds"),
        "{endless}"
    );
    let hungry = failure(client, "std.js", json!({"script": "return 'x'.repeat(4000000).length"}));
    assert!(hungry.contains("out of memory"), "{hungry}");
    let body = json!({"name": "std.sleep"});
    let hidden = client.send_json("POST", "/v2/action_executions", &body).unwrap();
    assert_eq!(hidden.status, 400);
    assert!(hidden.text().contains("Failed to find action [action_name=std.sleep]"));
    assert_eq!(client.get("/v2/actions/std.sleep").unwrap().status, 404);
    assert_eq!(client.get("/v2/actions/std.echo").unwrap().status, 200);
}

fn mails(client: &mut Client, server: &smtp::Server) {
    let mut input = json!({"from_addr": "m@x.org", "to_addrs": ["a@x.org"], "smtp_server": null, "body": "Hello"});
    let (state, result) = run(client, "std.email", input.clone());
    assert_eq!((state.as_str(), result), ("SUCCESS", Value::Null));
    assert_eq!(server.mails()[0].to, ["a@x.org"]);
    input["body"] = json!("x".repeat(3_000));
    assert!(failure(client, "std.email", input).contains("larger than the limit of 3000 bytes"));
}

fn commands(client: &mut Client) {
    let input = |command: &str| json!({"cmd": command, "host": "127.0.0.1", "username": sshd::user(), "private_key_filename": "id"});
    let (state, result) = run(client, "std.ssh", input("echo $((6*7))"));
    assert_eq!((state.as_str(), result), ("SUCCESS", json!("42\n")));
    assert!(failure(client, "std.ssh", input("seq 1000")).contains("output larger than 100 bytes"));
}

/// Another service gets the request, and completes the action over the REST API.
fn completion_by_others(client: &mut Client, server: &http::Server) {
    let definition = format!(
        "version: '2.0'\nasks_others:\n  output: {{got: <% task(t).result %>}}\n  tasks:\n    t:\n      \
         action: std.mistral_http\n      input: {{url: '{}/echo', method: POST, body: x}}\n",
        server.url()
    );
    let other = std::thread::scope(|scope| {
        let address = client.address();
        let completion = scope.spawn(move || {
            let callback = until(|| server.callbacks().pop());
            let path = callback
                .strip_prefix("https://mistral.example/api")
                .unwrap_or_else(|| panic!("{callback}"));
            let body = json!({"state": "SUCCESS", "output": {"answer": 42}});
            Client::new(address).send_json("PUT", path, &body).unwrap()
        });
        let execution = execute(client, &definition, &json!({}));
        assert_eq!(execution["state"], "SUCCESS", "{execution}");
        assert_eq!(execution["output"]["got"], json!({"answer": 42}));
        completion.join().unwrap()
    });
    assert_eq!((other.status, &other.json()["state"]), (200, &json!("SUCCESS")));
}

/// What is too large fails by force, wherever it comes from; who waits for it is refused.
fn too_large_results(client: &mut Client, url: &str) {
    for (name, action) in [
        ("large_response", format!("std.http url=\"{url}/large\"")),
        ("large_dict", "std.test_dict size=3000".to_owned()),
    ] {
        let definition = format!(
            "version: '2.0'\n{name}:\n  tasks:\n    t:\n      action: {action}\n      retry: {{count: 3, delay: 1}}\n      \
             on-error: [handler]\n    handler:\n      action: std.noop\n"
        );
        let execution = execute(client, &definition, &json!({}));
        assert_eq!(execution["state"], "ERROR", "{execution}");
        let info = execution["state_info"].as_str().unwrap();
        assert!(
            info.contains("Field size limit exceeded [class=TaskExecution, field=output, size="),
            "{info}"
        );
        let id = execution["id"].as_str().unwrap();
        let tasks = client.get(&format!("/v2/executions/{id}/tasks")).unwrap().json();
        assert_eq!(tasks["tasks"].as_array().unwrap().len(), 1, "{tasks}");
    }
    for params in [json!({}), json!({"run_sync": true, "save_result": true})] {
        let body = json!({"name": "std.http", "input": {"url": format!("{url}/large")}, "params": params});
        let refused = client.send_json("POST", "/v2/action_executions", &body).unwrap();
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(
            refused.text().contains("field=output, size=39KB, limit=16KB]"),
            "{}",
            refused.text()
        );
    }
    let stored = client
        .get("/v2/action_executions?name=std.http&task_execution_id=")
        .unwrap();
    assert!(!stored.text().contains("/large"), "{}", stored.text());
}

/// Everything here that is secret is marked `sesame`.
fn secrets(client: &mut Client, url: &str) {
    let definition = format!(
        "version: '2.0'\nsecretive:\n  input: [password]\n  tasks:\n    t:\n      action: std.http\n      input:\n        \
         url: {url}/secretive\n        method: POST\n        auth: reader:sesame1\n        headers:\n          \
         X-Auth-Token: <% $.password %>\n          X-Session: sesame2\n        json: {{secret: sesame3}}\n      publish:\n        \
         token: <% task(t).result.content.access_token %>\n      on-success: [fails]\n    fails:\n      \
         action: std.ssh\n      input: {{cmd: x, host: 127.0.0.1, username: u, password: sesame4}}\n"
    );
    let execution = execute(client, &definition, &json!({"password": "sesame5"}));
    assert_eq!(execution["state"], "ERROR");
    // The owner sees what is the owner's, but no failure repeats it.
    assert_eq!(execution["input"]["password"], "sesame5");
    assert!(
        !execution["state_info"].as_str().unwrap().contains("sesame"),
        "{execution}"
    );
}
