//! The Python worker, against the service.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{end_of, start, upload};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;
use crate::support::process::Workspace;
use crate::support::program::{Program, await_action, is_there, python, sdk};

/// `action: NAME` with input, run by itself; the whole answer.
fn run(client: &mut Client, name: &str, input: Value) -> Value {
    let body = json!({"name": name, "input": input, "params": {"run_sync": true}});
    let answer = client.send_json("POST", "/v2/action_executions", &body).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

fn result(answer: &Value) -> Value {
    serde_json::from_str::<Value>(answer["output"].as_str().unwrap()).unwrap()["result"].clone()
}

/// The package's own tests.
#[test]
fn the_package_passes_its_own_tests() {
    if !is_there("python3") {
        return;
    }
    let output = python(None)
        .args(["-m", "unittest", "-q"])
        .current_dir(sdk("python"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    for line in told
        .lines()
        .filter(|line| line.contains("skipped") || line.contains("SKIPPED"))
    {
        eprintln!("!!! {line}");
    }
}

/// The worker of `docs/workers.md`.
#[test]
fn a_python_function_is_an_action() {
    if !is_there("python3") {
        return;
    }
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    upload(&mut client);
    let page = include_str!("../../../docs/workers.md");
    let script = page.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let address = format!("http://{}", deployment.client().address());
    let script = script.replace("http://127.0.0.1:8989", &address);
    let mut worker = Program::start(python(None).args(["-c", &script]));
    await_action(&mut client, "my.add");
    let id = start(&mut client, "add");
    let end = end_of(&mut client, &id);
    assert_eq!(
        (&end["state"], &end["output"]),
        (&json!("SUCCESS"), &json!("{\"sum\": 5}"))
    );
    let wrong = run(&mut client, "my.add", json!({"a": "x"}));
    assert_eq!(wrong["state"], "ERROR");
    assert_eq!(result(&wrong), "TypeError: parameter 'a' must be int, not str");
    worker.stop();
    let workers = client.get("/v2/workers").unwrap().json();
    assert_eq!(
        workers["workers"][0]["is_alive"], false,
        "it has taken leave: {workers}"
    );
}

const PACKAGE: &str = "
import os
import time

from mistral_lib import actions
from mistral_lib.actions import base


class Add(base.Action):
    'Adds two numbers.'

    def __init__(self, a, b=1):
        super().__init__()
        self.a, self.b = a, b

    def run(self, context):
        if self.a is None:
            return actions.Result(error={'code': 7})
        return {'sum': self.a + self.b, 'in': context.execution.workflow_name, 'of': context.security.project_id}


class Later(actions.Action):
    def is_sync(self):
        return False

    def run(self, context):
        pass


class Wait(actions.Action):
    def __init__(self, seconds=30):
        self.seconds = seconds

    async def run(self, context):
        import asyncio
        await asyncio.sleep(self.seconds)


class Made(actions.Action):
    def __init__(self, **kwargs):
        self.kwargs = kwargs

    def run(self, context):
        return self.kwargs


class Generator(object):
    @classmethod
    def create_actions(cls):
        return [{'class': Made, 'name': 'acme.made', 'description': 'Made.', 'arg_list': 'x, y=\"a,b\", **kwargs'}]


def generators():
    return [Generator]
";

const ENTRY_POINTS: &str = "[mistral.actions]
acme.add = acme_actions:Add
acme.later = acme_actions:Later
acme.wait = acme_actions:Wait
std.echo = acme_actions:Add
acme.broken = acme_actions:Nothing

[mistral.generators]
acme = acme_actions:generators
";

const WORKFLOWS: &str = "
version: '2.0'
adds:
  output: {r: <% task(t).result %>}
  tasks: {t: {action: acme.add a=2}}
waits:
  tasks: {t: {action: acme.wait, timeout: 1}}
later:
  tasks: {t: {action: acme.later}}
";

/// An installed package that was written for upstream.
fn install(workspace: &Workspace) {
    workspace.write("acme_actions.py", PACKAGE);
    let folder = workspace.path("acme_actions-1.0.dist-info");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("METADATA"),
        "Metadata-Version: 2.1\nName: acme-actions\nVersion: 1.0\n",
    )
    .unwrap();
    std::fs::write(folder.join("entry_points.txt"), ENTRY_POINTS).unwrap();
}

fn worker(workspace: &Workspace, address: &str, more: &[&str]) -> Command {
    let mut command = python(Some(&workspace.path("")));
    command
        .args(["-m", "mistral_worker", "--url", address, "--only", "acme.*"])
        .args(more);
    command
}

#[test]
fn packages_written_for_upstream_run_unchanged() {
    if !is_there("python3") {
        return;
    }
    let workspace = Workspace::create();
    install(&workspace);
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let created = client.send_text("POST", "/v2/workflows", WORKFLOWS).unwrap();
    assert_eq!(created.status, 201, "{}", created.text());
    let address = format!("http://{}", deployment.client().address());
    for more in [&[][..], &["--processes", "2"]] {
        let mut worker = Program::start(&mut worker(&workspace, &address, more));
        await_action(&mut client, "acme.add");
        check_actions(&mut client);
        worker.stop();
    }
}

fn check_actions(client: &mut Client) {
    let shown = client.get("/v2/actions/acme.made").unwrap().json();
    assert_eq!(
        (&shown["input"], &shown["description"]),
        (&json!("x, y=\"a,b\", **kwargs"), &json!("Made."))
    );
    let id = start(client, "adds");
    let end = end_of(client, &id);
    let output: Value = serde_json::from_str(end["output"].as_str().unwrap()).unwrap();
    assert_eq!(
        output["r"],
        json!({"sum": 3, "in": "adds", "of": "<default-project>"}),
        "{end}"
    );
    assert_eq!(
        result(&run(client, "acme.made", json!({"x": [1], "z": 2}))),
        json!({"x": [1], "z": 2})
    );
    assert_eq!(result(&run(client, "acme.add", json!({"a": null}))), json!({"code": 7}));
    let raised = run(client, "acme.add", json!({"a": "x"}));
    let text = result(&raised);
    let text = text.as_str().unwrap();
    assert!(
        text.starts_with("The action raised an exception [action=<acme_actions.Add object>, action_ex_id=None, msg='"),
        "{text}"
    );
    let body = json!({"name": "acme.add", "input": {"b": 1}});
    let wrong = client.send_json("POST", "/v2/action_executions", &body).unwrap();
    assert!(
        wrong
            .text()
            .contains("Invalid input [name=acme.add, class=acme_actions.Add, missing=['a']]"),
        "{}",
        wrong.text()
    );

    // Its time is over: the coroutine is cancelled, and the worker has room again.
    let began = Instant::now();
    let id = start(client, "waits");
    let end = end_of(client, &id);
    assert_eq!(end["state"], "ERROR", "{end}");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());

    // What is asynchronous is completed by somebody else.
    let id = start(client, "later");
    let task = client.get(&format!("/v2/executions/{id}/tasks")).unwrap().json();
    let task = task["tasks"][0]["id"].as_str().unwrap().to_owned();
    let deadline = Instant::now() + Duration::from_secs(10);
    let action = loop {
        let found = client
            .get(&format!("/v2/tasks/{task}/action_executions"))
            .unwrap()
            .json();
        if let Some(id) = found["action_executions"][0]["id"].as_str() {
            break id.to_owned();
        }
        assert!(Instant::now() < deadline);
    };
    let body = json!({"state": "SUCCESS", "output": {"r": 5}});
    let put = client
        .send_json("PUT", &format!("/v2/action_executions/{action}"), &body)
        .unwrap();
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(end_of(client, &id)["state"], "SUCCESS");
}
