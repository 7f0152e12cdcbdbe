//! Python workers that an executor starts beside it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;
use crate::support::process::Workspace;
use crate::support::program::{await_action, is_there, sdk};

const MODULE: &str = "
import os
from mistral_worker import action

@action('own.look')
def look():
    return {'pid': os.getpid(), 'uid': os.getuid(), 'environment': dict(os.environ), 'parent': os.getppid()}
";

fn look(client: &mut Client) -> Value {
    let body = json!({"name": "own.look", "params": {"run_sync": true}});
    let answer = client.send_json("POST", "/v2/action_executions", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    let output: Value = serde_json::from_str(answer.json()["output"].as_str().unwrap()).unwrap();
    output["result"].clone()
}

#[test]
fn an_executor_has_workers_of_its_own() {
    if !is_there("python3") {
        return;
    }
    let workspace = Workspace::create();
    let module = workspace.write("own.py", MODULE);
    let database = Database::create();
    // Python may lie where only root comes.
    let settings = format!(
        "[action_providers]\npython_runtime = worker\n[python_workers]\ncount = 1\npath = {}\nmodules = {}\nuser = root\nmemory_limit_mb = 4000\n",
        sdk("python").display(),
        module.display()
    );
    let deployment = Deployment::start(&database, Layout::Separate.processes(), &settings);
    let mut client = deployment.client();
    await_action(&mut client, "own.look");
    let seen = look(&mut client);
    let text = seen["environment"].to_string();
    assert!(
        !text.contains("OS_") && !text.contains("postgres"),
        "its environment is clean: {text}"
    );
    // Both kinds, whichever comes first.
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let workers = client.get("/v2/workers").unwrap().json();
        let kinds: Vec<&Value> = workers["workers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|worker| &worker["dynamic"])
            .collect();
        if kinds.contains(&&json!(true)) && kinds.contains(&&json!(false)) {
            break;
        }
        assert!(Instant::now() < deadline, "{workers}");
        std::thread::sleep(Duration::from_millis(50));
    }

    let pid = i32::try_from(seen["pid"].as_i64().unwrap()).unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGKILL).unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let again = look(&mut client);
        if again["pid"] != seen["pid"] {
            break;
        }
        assert!(Instant::now() < deadline);
    }
    // With the executor its workers end, whatever became of it.
    let last = i32::try_from(look(&mut client)["pid"].as_i64().unwrap()).unwrap();
    let mut deployment = deployment;
    deployment.processes[2].kill();
    let deadline = Instant::now() + Duration::from_secs(10);
    while nix::sys::signal::kill(nix::unistd::Pid::from_raw(last), None).is_ok() {
        assert!(Instant::now() < deadline, "a worker outlives its executor");
        std::thread::sleep(Duration::from_millis(50));
    }
}
