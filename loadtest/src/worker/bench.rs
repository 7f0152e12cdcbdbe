//! Throughput and latency of actions on workers: our own, or one that is already there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use hdrhistogram::Histogram;
use serde_json::{Value, json};

use super::{ask, expect, register};
use crate::client::{Client, Request};

/// Settings.
pub(crate) struct Options {
    /// An action that somebody provides; `None`: we do.
    pub action: Option<String>,
    pub executions: u64,
    pub items: u64,
    /// Single actions, one after the other.
    pub singles: u64,
    /// Exchanges of our own worker at the same time.
    pub exchanges: usize,
    /// Workers that only wait.
    pub idle: u64,
    pub timeout: Duration,
}

const NAME: &str = "loadtest.noop";

/// Runs the benchmark and prints its figures. Needs a `LocalSet`.
///
/// # Errors
/// When the service does not do its part.
pub(crate) async fn run(client: Rc<Client>, options: &Options) -> Result<bool> {
    let stopped = Rc::new(Cell::new(false));
    let mut tasks = Vec::new();
    let mut own = None;
    let action = match &options.action {
        Some(action) => action.clone(),
        None => {
            let id = register(&client, "loadtest", &json!([{"name": NAME, "accepts_any": true}])).await?;
            for _ in 0..options.exchanges.max(1) {
                let (client, id, stopped) = (client.clone(), id.clone(), stopped.clone());
                tasks.push(tokio::task::spawn_local(
                    async move { serve(&client, &id, &stopped).await },
                ));
            }
            own = Some(id);
            NAME.to_owned()
        }
    };
    for number in 0..options.idle {
        let actions = json!([{"name": format!("loadtest.idle_{}", number % 10)}]);
        let id = register(&client, "idle", &actions).await?;
        let (client, stopped) = (client.clone(), stopped.clone());
        tasks.push(tokio::task::spawn_local(async move {
            while !stopped.get() {
                exchange(&client, &id, "{\"room\":1,\"wait_seconds\":45}".into()).await?;
            }
            Ok(())
        }));
    }
    if options.idle > 0 {
        println!("{} idle workers wait", options.idle);
    }
    let outcome = measure(&client, &action, options).await;
    stopped.set(true);
    for task in tasks {
        task.abort();
    }
    if let Some(id) = own {
        let _ = ask(&client, "DELETE", &format!("/workers/{id}"), &Value::Null).await;
    }
    outcome.map(|()| true)
}

async fn measure(client: &Rc<Client>, action: &str, options: &Options) -> Result<()> {
    if options.executions > 0 {
        let name = format!("loadtest_worker_{}", std::process::id());
        let text = format!(
            "version: '2.0'\n{name}:\n  tasks:\n    t:\n      with-items: i in <% range({}) %>\n      action: {action}\n      keep-result: false\n",
            options.items
        );
        let created = client
            .send(Request::text("POST", "/workflows", text.as_bytes()))
            .await?;
        ensure!(
            created.status == 201,
            "POST /workflows: {}: {}",
            created.status,
            String::from_utf8_lossy(&created.body)
        );
        let took = items(client, &name, options).await?;
        let actions = options.executions * options.items;
        println!(
            "{actions} actions in {:.2} s: {:.0} actions/s",
            took.as_secs_f64(),
            actions as f64 / took.as_secs_f64()
        );
    }
    if options.singles > 0 {
        singles(client, action, options.singles).await?;
    }
    if options.executions == 0 && options.singles == 0 {
        tokio::time::sleep(options.timeout).await;
    }
    Ok(())
}

/// Starts all executions and waits for their ends.
async fn items(client: &Client, workflow: &str, options: &Options) -> Result<Duration> {
    let began = Instant::now();
    let mut open = Vec::new();
    for _ in 0..options.executions {
        let body = json!({"workflow_name": workflow});
        let answer = expect(client, "POST", "/executions", &body, 201).await?;
        open.push(answer["id"].as_str().context("an execution without id")?.to_owned());
    }
    while let Some(id) = open.last() {
        let row = expect(
            client,
            "GET",
            &format!("/executions/{id}?fields=state,state_info"),
            &Value::Null,
            200,
        )
        .await?;
        match row["state"].as_str() {
            Some("SUCCESS") => drop(open.pop()),
            Some("RUNNING") if began.elapsed() < options.timeout => tokio::time::sleep(Duration::from_millis(20)).await,
            _ => bail!("execution {id}: {row}"),
        }
    }
    Ok(began.elapsed())
}

async fn singles(client: &Client, action: &str, count: u64) -> Result<()> {
    let mut times = Histogram::<u64>::new(3)?;
    let body = json!({"name": action, "params": {"run_sync": true}});
    for number in 0..count + 20 {
        let began = Instant::now();
        let answer = expect(client, "POST", "/action_executions", &body, 201).await?;
        ensure!(answer["state"] == "SUCCESS", "{answer}");
        if number >= 20 {
            times.record(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX))?;
        }
    }
    let shown = |quantile: f64| times.value_at_quantile(quantile) as f64 / 1000.0;
    println!(
        "single actions: p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms",
        shown(0.5),
        shown(0.99),
        times.max() as f64 / 1000.0
    );
    Ok(())
}

/// One of our worker's exchanges, again and again: the results of the jobs that the last one brought.
async fn serve(client: &Client, id: &str, stopped: &Cell<bool>) -> Result<()> {
    let body = RefCell::new(String::new());
    while !stopped.get() {
        let results = std::mem::take(&mut *body.borrow_mut());
        let wait = if results.is_empty() { 10 } else { 0 };
        let text = format!("{{\"results\":[{results}],\"room\":1000,\"wait_seconds\":{wait}}}");
        let answer = exchange(client, id, text).await?;
        for job in answer["jobs"].as_array().into_iter().flatten() {
            let mut body = body.borrow_mut();
            if !body.is_empty() {
                body.push(',');
            }
            body.push_str(&format!("{{\"job\":{},\"data\":null}}", job["job"]));
        }
    }
    Ok(())
}

async fn exchange(client: &Client, id: &str, body: String) -> Result<Value> {
    let path = format!("/workers/{id}/exchange");
    let answer = client.send(Request::post_json(&path, body.as_bytes())).await?;
    ensure!(
        answer.status == 200,
        "{path}: {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    Ok(serde_json::from_slice(&answer.body)?)
}
