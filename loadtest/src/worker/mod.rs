//! The worker protocol: plays a worker to measure and to check a server, and plays a server to check a worker.

pub(crate) mod against_server;
pub(crate) mod against_worker;
pub(crate) mod bench;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::client::{Client, Request};

/// A JSON request; the status and the answer's value.
pub(crate) async fn ask(client: &Client, method: &'static str, path: &str, body: &Value) -> Result<(u16, Value)> {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let request = Request {
        method,
        path,
        body: text.as_bytes(),
        content_type: "application/json",
    };
    let answer = client.send(request).await.with_context(|| format!("{method} {path}"))?;
    let value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    Ok((answer.status, value))
}

/// The same, where one status is right.
pub(crate) async fn expect(
    client: &Client,
    method: &'static str,
    path: &str,
    body: &Value,
    status: u16,
) -> Result<Value> {
    let (found, value) = ask(client, method, path, body).await?;
    ensure!(
        found == status,
        "{method} {path}: {found} in place of {status}: {value}"
    );
    Ok(value)
}

/// Registers a worker; its id.
pub(crate) async fn register(client: &Client, name: &str, actions: &Value) -> Result<String> {
    let answer = expect(
        client,
        "POST",
        "/workers",
        &json!({"name": name, "actions": actions}),
        201,
    )
    .await?;
    let id = answer["id"].as_str().context("POST /workers: there is no id")?;
    Ok(id.to_owned())
}

/// What was checked, as it is printed.
#[derive(Default)]
pub(crate) struct Checks {
    passed: usize,
    failed: usize,
}

impl Checks {
    pub(crate) fn note(&mut self, what: &str, outcome: Result<()>) {
        match outcome {
            Ok(()) => {
                self.passed += 1;
                println!("ok    {what}");
            }
            Err(error) => {
                self.failed += 1;
                println!("WRONG {what}: {error:#}");
            }
        }
    }

    /// Whether all was right.
    pub(crate) fn close(&self) -> bool {
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0
    }
}
