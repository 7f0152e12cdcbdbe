//! Actions that are run by themselves while no executor is there for them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};

/// Time that the engine is given, in seconds.
const PATIENCE: u64 = 2;

#[test]
fn nobody_waits_for_ever() {
    let database = Database::create();
    let settings = format!("[DEFAULT]\nrpc_response_timeout = {PATIENCE}\n");
    let deployment = Deployment::start(&database, Layout::Separate.processes(), &settings);
    let mut client = deployment.client();
    let mut run = |params: Value| {
        let body = json!({"name": "std.noop", "params": params});
        let began = Instant::now();
        let answer = client.send_json("POST", "/v2/action_executions", &body).unwrap();
        (answer, began.elapsed())
    };
    for params in [
        json!({"run_sync": true, "target": "no-such-host"}),
        json!({"run_sync": true, "save_result": true, "target": "no-such-host"}),
    ] {
        let (answer, took) = run(params);
        assert_eq!(answer.status, 500, "{}", answer.text());
        let expected = format!("This rpc call \"start_action\" took longer than configured {PATIENCE} seconds.");
        assert_eq!(answer.json()["faultstring"], expected);
        assert!(took < Duration::from_secs(PATIENCE + 5), "{took:?}");
    }
    let (answer, _) = run(json!({"run_sync": true, "target": "executor"}));
    assert_eq!((answer.status, &answer.json()["state"]), (201, &json!("SUCCESS")));

    // Nothing is left that would be run later; what was to be stored says why it was not run.
    let waiting = database.query("SELECT action_id FROM action_queue").unwrap();
    assert!(waiting.is_empty(), "{waiting:?}");
    let stored = client.get("/v2/action_executions?include_output=true").unwrap().json();
    let stored = stored["action_executions"].as_array().unwrap();
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert_eq!(stored[0]["state"], "ERROR");
    let output = stored[0]["output"].as_str().unwrap();
    assert!(output.contains("was not run within 2 seconds"), "{output}");
}
