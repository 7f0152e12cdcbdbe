//! Starts executions while things die, and checks all of them afterwards.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::shapes::{self, Shape};
use crate::support::http::Client;
use crate::support::json::{decode, member, text};

/// Limit for one request: a server that is killed answers nothing, one without a database waits.
const REQUEST_PATIENCE: Duration = Duration::from_secs(20);

/// How long a start is tried beyond the time that nobody can be reached, and how long accepted executions may take after the last
/// fault.
const PATIENCE: Duration = Duration::from_secs(60);

/// An execution that the service has accepted.
pub(crate) struct Accepted<'s> {
    pub id: String,
    pub shape: &'s Shape,
}

/// What has become of the accepted executions.
#[derive(Default)]
pub(crate) struct Checked {
    /// What is not as it should be.
    pub wrong: Vec<String>,
    /// How many failed because their action's executor died.
    pub failed: usize,
}

/// Uploads workflows.
pub(crate) fn upload(address: SocketAddr, document: &str) {
    let answer = Client::new(address).send_text("POST", "/v2/workflows", document);
    let answer = answer.expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
}

/// Starts executions of random shapes, `total` at most, until `stop`. Every start has an id of its own and is repeated until
/// it is acknowledged, at any API: a repeated one must not make a second execution. For as long as `outage` nobody can be
/// reached.
pub(crate) fn start<'s>(
    addresses: &[SocketAddr],
    shapes: &'s [Shape],
    seed: u64,
    total: usize,
    outage: Duration,
    stop: &AtomicBool,
) -> Vec<Accepted<'s>> {
    let started = AtomicUsize::new(0);
    let mut accepted = Vec::new();
    std::thread::scope(|scope| {
        let starters: Vec<_> = (0..4)
            .map(|number| {
                let started = &started;
                scope.spawn(move || {
                    let mut random = StdRng::seed_from_u64(seed.wrapping_add(number));
                    let mut mine = Vec::new();
                    while !stop.load(Ordering::Relaxed) && started.fetch_add(1, Ordering::Relaxed) < total {
                        let shape = &shapes[random.random_range(0..shapes.len())];
                        let id = uuid::Builder::from_random_bytes(random.random())
                            .into_uuid()
                            .to_string();
                        start_one(addresses, shape, &id, outage + PATIENCE, &mut random);
                        mine.push(Accepted { id, shape });
                        std::thread::sleep(Duration::from_millis(random.random_range(0..400)));
                    }
                    mine
                })
            })
            .collect();
        for starter in starters {
            accepted.extend(starter.join().expect("every start is accepted in the end"));
        }
    });
    accepted
}

fn start_one(addresses: &[SocketAddr], shape: &Shape, id: &str, patience: Duration, random: &mut StdRng) {
    let body = json!({"workflow_name": shape.workflow, "id": id});
    let deadline = Instant::now() + patience;
    loop {
        let address = addresses[random.random_range(0..addresses.len())];
        let mut client = Client::new(address).with_timeout(REQUEST_PATIENCE);
        let trouble = match client.send_json("POST", "/v2/executions", &body) {
            Ok(answer) if answer.status == 201 => {
                assert_eq!(answer.json()["id"], id, "{}", answer.text());
                return;
            }
            Ok(answer) if answer.status < 500 => {
                panic!("{} refused: {} {}", shape.workflow, answer.status, answer.text())
            }
            Ok(answer) => format!("{} {}", answer.status, answer.text()),
            Err(error) => error.to_string(),
        };
        assert!(
            Instant::now() < deadline,
            "no start of {} within {patience:?}: {trouble}",
            shape.workflow
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Waits for the end of all executions and checks each.
pub(crate) fn check(address: SocketAddr, accepted: &[Accepted<'_>]) -> Checked {
    let mut client = Client::new(address).with_timeout(REQUEST_PATIENCE);
    let deadline = Instant::now() + PATIENCE;
    let mut checked = Checked::default();
    for execution in accepted {
        let name = format!("{} {}", execution.shape.workflow, execution.id);
        match await_end(&mut client, &execution.id, deadline) {
            Ok(seen) => {
                let found = check_one(&mut client, execution.shape, &seen);
                checked.failed += usize::from(found.is_empty() && text(&seen, "state") == "ERROR");
                checked
                    .wrong
                    .extend(found.into_iter().map(|text| format!("{name}: {text}")));
            }
            Err(text) => checked
                .wrong
                .push(format!("{name}: {text}{}", tasks_of(&mut client, &execution.id))),
        }
    }
    checked
}

fn await_end(client: &mut Client, id: &str, deadline: Instant) -> Result<Value, String> {
    loop {
        let trouble = match client.get(&format!("/v2/executions/{id}")) {
            Ok(answer) if answer.status == 200 => {
                let seen = answer.json();
                if matches!(text(&seen, "state"), "SUCCESS" | "ERROR" | "CANCELLED") {
                    return Ok(seen);
                }
                format!("still {}", text(&seen, "state"))
            }
            Ok(answer) if answer.status == 404 => return Err("was accepted, and is gone".to_owned()),
            Ok(answer) => format!("{} {}", answer.status, answer.text()),
            Err(error) => error.to_string(),
        };
        if Instant::now() > deadline {
            return Err(trouble);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The states of an execution's tasks, for a message.
fn tasks_of(client: &mut Client, id: &str) -> String {
    let listed = list(client, &format!("/v2/tasks?workflow_execution_id={id}"), "tasks");
    let states = listed
        .iter()
        .map(|task| format!(" {}={}", text(task, "name"), text(task, "state")));
    format!(", tasks:{}", states.collect::<String>())
}

fn check_one(client: &mut Client, shape: &Shape, execution: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let id = text(execution, "id");
    match text(execution, "state") {
        "SUCCESS" => {
            let output = decode(member(execution, "output").clone());
            if output != shape.output {
                wrong.push(format!("output {output}, expected {}", shape.output));
            }
        }
        "ERROR" if shape.may_fail && says_why(execution) => {}
        state => wrong.push(format!("{state}: {}", text(execution, "state_info"))),
    }
    wrong.extend(check_tasks(client, id, shape.tasks, text(execution, "state")));
    wrong
}

/// Whether the failure of an action that must not be run twice tells that its executor died.
fn says_why(execution: &Value) -> bool {
    let info = text(execution, "state_info");
    info.contains("executor") && info.contains("re-run")
}

/// Every task and every action is there once.
fn check_tasks(client: &mut Client, id: &str, expected: &[(&str, usize)], state: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let tasks = list(client, &format!("/v2/tasks?workflow_execution_id={id}"), "tasks");
    let mut found = Vec::new();
    for task in &tasks {
        let task_id = text(task, "id");
        let is_workflow = text(task, "type") == "WORKFLOW";
        let (collection, key) = if is_workflow {
            ("workflow_executions", "executions")
        } else {
            ("action_executions", "action_executions")
        };
        let parts = list(client, &format!("/v2/tasks/{task_id}/{collection}"), key);
        found.push((text(task, "name"), parts.len()));
        for part in &parts {
            let part_state = text(part, "state");
            // The action of a task whose time is over stays as it was.
            if part_state == "RUNNING" && text(part, "name") != "std.async_noop" {
                wrong.push(format!("a part of {} is {part_state}", text(task, "name")));
            }
            if is_workflow {
                wrong.extend(check_tasks(client, text(part, "id"), shapes::CHILD, part_state));
            }
        }
    }
    found.sort_unstable();
    if found != expected {
        wrong.push(format!(
            "tasks with their actions are {found:?} in state {state}, expected {expected:?}"
        ));
    }
    wrong
}

fn list(client: &mut Client, path: &str, key: &str) -> Vec<Value> {
    let body = client.get(path).map(|answer| answer.json()).unwrap_or_default();
    member(&body, key).as_array().cloned().unwrap_or_default()
}
