//! The example exchanges of `docs/workers.md`, replayed against the service in their order.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{end_of, start, upload};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::process::{run, server_program};

/// The JSON blocks of the page's section about the protocol.
fn examples() -> Vec<Value> {
    let page = include_str!("../../../docs/workers.md");
    let section = page.split("## The protocol").nth(1).unwrap();
    let blocks = section
        .split("```json\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    blocks
        .map(|text| serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}")))
        .collect()
}

/// Where the examples' answers differ from the service's. `<name>` stands for any text, the same everywhere but for ids.
fn differences(
    path: &str,
    expected: &Value,
    found: &Value,
    known: &mut HashMap<String, String>,
    told: &mut Vec<String>,
) {
    match (expected, found) {
        (Value::String(name), Value::String(text)) if name.starts_with('<') => {
            known.insert(name.clone(), text.clone());
        }
        (Value::Object(expected), Value::Object(found)) => {
            for key in expected.keys().chain(found.keys()) {
                let (expected, found) = (expected.get(key), found.get(key));
                match (expected, found) {
                    (Some(expected), Some(found)) => {
                        differences(&format!("{path}.{key}"), expected, found, known, told)
                    }
                    _ => told.push(format!(
                        "{path}.{key}: {expected:?} in the page, {found:?} in the answer"
                    )),
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (expected, found) in expected.iter().zip(found) {
                differences(&format!("{path}[]"), expected, found, known, told);
            }
        }
        _ if expected == found => {}
        _ => told.push(format!("{path}: {expected} in the page, {found} in the answer")),
    }
}

/// What stands for texts of earlier answers is filled in.
fn filled(value: &Value, known: &HashMap<String, String>) -> Value {
    let mut text = value.to_string();
    for (name, known) in known {
        text = text.replace(name, known);
    }
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_pages_exchanges_are_the_services() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    upload(&mut client);
    let examples = examples();
    let [registration, registered, asks, jobs, results, taken] = examples.as_slice() else {
        panic!("the page has {} examples", examples.len());
    };
    let (mut known, mut told) = (HashMap::new(), Vec::new());
    let answer = client.send_json("POST", "/v2/workers", registration).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    differences("registration", registered, &answer.json(), &mut known, &mut told);
    let path = format!("/v2/workers/{}/exchange", known["<id>"]);
    let id = start(&mut client, "add");
    let answer = client.send_json("POST", &path, asks).unwrap();
    differences("jobs", jobs, &answer.json(), &mut known, &mut told);
    let answer = client.send_json("POST", &path, &filled(results, &known)).unwrap();
    differences("results", taken, &answer.json(), &mut known, &mut told);
    assert!(told.is_empty(), "{}", told.join("\n"));
    let end = end_of(&mut client, &id);
    assert_eq!(
        (&end["state"], &end["output"]),
        (&json!("SUCCESS"), &json!("{\"sum\": 5}"))
    );
}

/// The kit that checks a server, played against this one. It is a program of another package of this workspace, which `.ci/test` builds too.
#[test]
fn the_kit_finds_nothing_wrong() {
    let kit = server_program().with_file_name("loadtest");
    if !kit.exists() {
        assert!(std::env::var_os("CI").is_none(), "there is no {}", kit.display());
        eprintln!("!!! SKIPPED, NOTHING WAS TESTED: cargo build -p loadtest makes the kit");
        return;
    }
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::Separate.processes(), "");
    let url = format!("http://{}/v2", deployment.addresses[0]);
    let output = run(&kit, &["worker", "check-server", "--url", &url]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("11 passed, 0 failed"),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
