//! The Node worker, against the service.

use std::process::Command;

use serde_json::json;

use super::{end_of, start, upload};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::process::Workspace;
use crate::support::program::{Program, await_action, is_there, sdk};

/// The package's own tests.
#[test]
fn the_package_passes_its_own_tests() {
    if !is_there("node") {
        return;
    }
    let output = Command::new("node")
        .args(["--test", "test/worker.test.js"])
        .current_dir(sdk("node"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// The worker of `docs/workers.md`.
#[test]
fn a_function_in_javascript_is_an_action() {
    if !is_there("node") {
        return;
    }
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    upload(&mut client);
    let page = include_str!("../../../docs/workers.md");
    let script = page.split("```js\n").nth(1).unwrap().split("```").next().unwrap();
    let address = format!("http://{}", deployment.client().address());
    let module = sdk("node").join("dist/index.js");
    let script = script
        .replace("http://127.0.0.1:8989", &address)
        .replace("\"mistral-worker\"", &format!("\"{}\"", module.display()));
    let workspace = Workspace::create();
    let file = workspace.write("worker.mjs", &script);
    let mut worker = Program::start(Command::new("node").arg(&file));
    await_action(&mut client, "my.add");
    let id = start(&mut client, "add");
    let end = end_of(&mut client, &id);
    assert_eq!(
        (&end["state"], &end["output"]),
        (&json!("SUCCESS"), &json!("{\"sum\": 5}"))
    );
    worker.stop();
    let workers = client.get("/v2/workers").unwrap().json();
    assert_eq!(
        workers["workers"][0]["is_alive"], false,
        "it has taken leave: {workers}"
    );
}
