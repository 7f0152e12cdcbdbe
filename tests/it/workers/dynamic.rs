//! Uploaded code, run in sandboxes of a worker.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{end_of, start};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;
use crate::support::program::{Program, await_dynamic, is_there, python};

const ON: &str = "[action_providers]\npython_runtime = worker\n[python_workers]\ndynamic_count = 0\n";
const ADMIN: &[(&str, &str)] = &[("X-Roles", "admin")];

/// A worker for uploaded code.
pub(crate) fn serve(address: SocketAddr) -> Program {
    let address = format!("http://{address}");
    let arguments = [
        "-m",
        "mistral_worker",
        "--dynamic",
        "--url",
        &address,
        "--dynamic-memory-mb",
        "300",
    ];
    Program::start(python(None).args(arguments))
}

fn create(client: &mut Client, name: &str, body: &str) {
    let source = format!(
        "from mistral_lib import actions\n\n\nclass A(actions.Action):\n    def __init__(self, x=1):\n        self.x = x\n\n    \
         def run(self, context):\n{}",
        body.lines().map(|line| format!("        {line}\n")).collect::<String>()
    );
    let path = format!("/v2/code_sources?name={name}");
    let created = client.send("POST", &path, ADMIN, Some(source.as_bytes())).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
    let action = json!({"name": name, "class_name": "A", "code_source_name": name}).to_string();
    let headers = [ADMIN[0], ("Content-Type", "application/json")];
    let created = client
        .send("POST", "/v2/dynamic_actions", &headers, Some(action.as_bytes()))
        .unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
}

fn run(client: &mut Client, name: &str, params: Value) -> (String, Value) {
    let mut params = params;
    params["run_sync"] = json!(true);
    let body = json!({"name": name, "params": params});
    let answer = client.send_json("POST", "/v2/action_executions", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    let answer = answer.json();
    let output: Value = serde_json::from_str(answer["output"].as_str().unwrap()).unwrap();
    (answer["state"].as_str().unwrap().to_owned(), output["result"].clone())
}

#[test]
fn uploaded_code_is_off_unless_the_operator_wants_it() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    create(&mut client, "mine", "return 1");
    let answer = client
        .send_json("POST", "/v2/action_executions", &json!({"name": "mine"}))
        .unwrap();
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert!(
        answer.text().contains("[action_providers] python_runtime"),
        "{}",
        answer.text()
    );
}

/// Whether this machine's kernel has landlock; without, workers refuse uploaded code.
fn can_contain() -> bool {
    let version = "import ctypes, sys; sys.exit(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) < 1)";
    let has = std::process::Command::new("python3").args(["-c", version]).status();
    let has = has.is_ok_and(|status| status.success());
    if !has {
        eprintln!("!!! SKIPPED, NOTHING WAS TESTED: this kernel has no landlock");
    }
    has
}

#[test]
fn uploaded_code_runs_and_is_contained() {
    if !is_there("python3") || !can_contain() {
        return;
    }
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), ON);
    let mut client = deployment.client();
    let _worker = serve(deployment.addresses[0]);
    await_dynamic(&mut client);
    create(
        &mut client,
        "fine",
        "return {'x': self.x, 'in': context.execution.workflow_name}",
    );
    let workflow = "version: '2.0'\nw:\n  output: {r: <% task(t).result %>}\n  tasks: {t: {action: fine x=5}}\n";
    assert_eq!(client.send_text("POST", "/v2/workflows", workflow).unwrap().status, 201);
    let id = start(&mut client, "w");
    let end = end_of(&mut client, &id);
    let output: Value = serde_json::from_str(end["output"].as_str().unwrap()).unwrap();
    assert_eq!(output["r"], json!({"x": 5, "in": "w"}), "{end}");

    // Another version counts from the next call on.
    let newer = "from mistral_lib import actions\nclass A(actions.Action):\n    def run(self, context):\n        return 'newer'\n";
    let updated = client
        .send("PUT", "/v2/code_sources?identifier=fine", ADMIN, Some(newer.as_bytes()))
        .unwrap();
    assert_eq!(updated.status, 200, "{}", updated.text());
    assert_eq!(
        run(&mut client, "fine", json!({})),
        ("SUCCESS".to_owned(), json!("newer"))
    );

    let port = database
        .url()
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or("5432")
        .to_owned();
    let server = deployment.processes[0].id();
    let hostile = [
        ("bomb", "import os\nwhile True: os.fork()".to_owned()),
        ("greedy", "x = []\nwhile True: x.append(bytearray(10 ** 7))".to_owned()),
        ("files", "return open('/etc/passwd').read()".to_owned()),
        ("variables", format!("return open('/proc/{server}/environ').read()")),
        (
            "parent",
            "import os\nreturn open(f'/proc/{os.getppid()}/environ').read()".to_owned(),
        ),
        (
            "database",
            format!("import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)\nreturn 'connected'"),
        ),
        ("killer", format!("import os\nos.kill({server}, 9)")),
    ];
    for (name, body) in &hostile {
        create(&mut client, name, body);
        let (state, result) = run(&mut client, name, json!({"timeout": 10}));
        assert_eq!(state, "ERROR", "{name}: {result}");
        assert!(
            !result.as_str().unwrap().contains("Timeout"),
            "{name} is refused, not only ended: {result}"
        );
    }
    create(&mut client, "endless", "while True: pass");
    let began = Instant::now();
    let (state, result) = run(&mut client, "endless", json!({"timeout": 1}));
    assert_eq!((state.as_str(), result), ("ERROR", json!("Timeout after 1 seconds")));
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(
        run(&mut client, "fine", json!({})).1,
        json!("newer"),
        "what was left works"
    );
}
