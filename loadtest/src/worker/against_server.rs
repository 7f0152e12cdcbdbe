//! Plays a worker and checks that a server keeps the protocol.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Checks, ask, expect, register};
use crate::client::{Client, Request};

/// Checks a server; what it does is left behind under names of its own. Whether all was right.
///
/// # Errors
/// When the server cannot be reached at all.
pub(crate) async fn run(client: &Client) -> Result<bool> {
    let name = format!("conformance.a{}", std::process::id());
    let text = format!(
        "version: '2.0'\nconformance_{0}:\n  tasks: {{t: {{action: {name} x=1}}}}\n",
        std::process::id()
    );
    let created = client
        .send(Request::text("POST", "/workflows", text.as_bytes()))
        .await?;
    ensure!(
        created.status == 201,
        "POST /workflows: {}",
        String::from_utf8_lossy(&created.body)
    );
    let kit = Kit {
        client,
        workflow: format!("conformance_{}", std::process::id()),
        action: name,
    };
    let mut checks = Checks::default();
    checks.note(
        "wrong registrations are refused with 4xx",
        kit.wrong_registrations().await,
    );
    checks.note("wrong exchanges are refused with 4xx", kit.wrong_exchanges().await);
    checks.note("an action is offered once a worker provides it", kit.offered().await);
    checks.note(
        "a job comes while an exchange waits, with all its members",
        kit.job_comes().await,
    );
    checks.note("no more jobs than there is room for", kit.room().await);
    checks.note(
        "a job whose answer was lost is told again to whoever asks",
        kit.resync().await,
    );
    checks.note(
        "results are taken once, and only from who holds the job",
        kit.once().await,
    );
    checks.note("errors and cancellations arrive", kit.outcomes().await);
    checks.note(
        "what nobody wants any more is told to an exchange that waits",
        kit.cancelled().await,
    );
    checks.note(
        "an exchange that waits is answered when no more jobs are wanted",
        kit.draining().await,
    );
    checks.note("who has left must register again", kit.left().await);
    Ok(checks.close())
}

struct Kit<'a> {
    client: &'a Client,
    workflow: String,
    action: String,
}

impl Kit<'_> {
    async fn worker(&self) -> Result<String> {
        register(
            self.client,
            "conformance",
            &json!([{"name": self.action, "input": ["x", {"y": 2}]}]),
        )
        .await
    }

    async fn exchange(&self, worker: &str, body: Value) -> Result<Value> {
        expect(self.client, "POST", &format!("/workers/{worker}/exchange"), &body, 200).await
    }

    async fn leave(&self, worker: &str) -> Result<()> {
        expect(self.client, "DELETE", &format!("/workers/{worker}"), &Value::Null, 204).await?;
        Ok(())
    }

    async fn start(&self) -> Result<String> {
        let body = json!({"workflow_name": self.workflow});
        let answer = expect(self.client, "POST", "/executions", &body, 201).await?;
        Ok(answer["id"].as_str().context("no id")?.to_owned())
    }

    async fn take(&self, worker: &str) -> Result<Value> {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(15) {
            let answer = self.exchange(worker, json!({"room": 1, "wait_seconds": 5})).await?;
            if let Some(job) = answer["jobs"].get(0) {
                return Ok(job.clone());
            }
        }
        anyhow::bail!("no job comes")
    }

    async fn end_of(&self, id: &str) -> Result<String> {
        let began = Instant::now();
        loop {
            let row = expect(self.client, "GET", &format!("/executions/{id}"), &Value::Null, 200).await?;
            if row["state"] != "RUNNING" || began.elapsed() > Duration::from_secs(15) {
                return Ok(row["state"].as_str().unwrap_or_default().to_owned());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn wrong_registrations(&self) -> Result<()> {
        for body in [
            json!([]),
            json!({}),
            json!({"name": "x"}),
            json!({"name": "x", "actions": []}),
            json!({"name": "x", "actions": [{}]}),
            json!({"name": "x", "actions": [{"name": "a b"}]}),
            json!({"name": "x", "actions": [{"name": "a"}, {"name": "a"}]}),
            json!({"name": "x", "actions": [{"name": "std.echo"}]}),
            json!({"name": 5, "actions": [{"name": "a"}]}),
            json!({"name": "x", "actions": [{"name": "a", "input": [1]}]}),
            json!({"name": "x", "misspelt": 1, "actions": [{"name": "a"}]}),
        ] {
            let (status, _) = ask(self.client, "POST", "/workers", &body).await?;
            ensure!((400..500).contains(&status), "{body}: {status}");
        }
        Ok(())
    }

    async fn wrong_exchanges(&self) -> Result<()> {
        let worker = self.worker().await?;
        let path = format!("/workers/{worker}/exchange");
        for body in [
            json!([]),
            json!({"room": -1}),
            json!({"room": "x"}),
            json!({"results": {}}),
            json!({"results": [{"data": 1}]}),
            json!({"results": [{"job": "x", "data": 1, "error": 2}]}),
            json!({"running": [1]}),
            json!({"misspelt": 1}),
        ] {
            let (status, _) = ask(self.client, "POST", &path, &body).await?;
            ensure!((400..500).contains(&status), "{body}: {status}");
        }
        let (status, _) = ask(self.client, "POST", "/workers/nobody/exchange", &json!({})).await?;
        ensure!(status == 404, "an unknown worker: {status}");
        self.leave(&worker).await
    }

    async fn offered(&self) -> Result<()> {
        let worker = self.worker().await?;
        let shown = expect(
            self.client,
            "GET",
            &format!("/actions/{}", self.action),
            &Value::Null,
            200,
        )
        .await?;
        ensure!(shown["input"] == "x, y=2", "input: {shown}");
        self.leave(&worker).await
    }

    async fn job_comes(&self) -> Result<()> {
        let worker = self.worker().await?;
        let began = Instant::now();
        let (answer, id) = tokio::join!(self.exchange(&worker, json!({"room": 1, "wait_seconds": 10})), async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            self.start().await
        });
        let (answer, id) = (answer?, id?);
        ensure!(
            began.elapsed() < Duration::from_secs(5),
            "it took {:?}",
            began.elapsed()
        );
        let job = &answer["jobs"][0];
        ensure!(
            job["action"] == self.action.as_str() && job["input"]["x"] == 1 && job["attempt"] == 1,
            "{job}"
        );
        ensure!(job["context"]["workflow_execution_id"] == id.as_str(), "{job}");
        self.exchange(&worker, json!({"results": [{"job": job["job"], "data": null}]}))
            .await?;
        let state = self.end_of(&id).await?;
        ensure!(state == "SUCCESS", "{state}");
        self.leave(&worker).await
    }

    async fn room(&self) -> Result<()> {
        let worker = self.worker().await?;
        for _ in 0..5 {
            self.start().await?;
        }
        let mut jobs = Vec::new();
        while jobs.len() < 5 {
            let answer = self.exchange(&worker, json!({"room": 2, "wait_seconds": 5})).await?;
            let more = answer["jobs"].as_array().context("no jobs")?;
            ensure!((1..=2).contains(&more.len()), "{} jobs for a room of 2", more.len());
            jobs.extend(more.iter().map(|job| json!({"job": job["job"], "data": 1})));
        }
        let none = self.exchange(&worker, json!({"results": jobs})).await?;
        ensure!(none["jobs"] == json!([]) && none["dropped"] == json!([]), "{none}");
        self.leave(&worker).await
    }

    async fn resync(&self) -> Result<()> {
        let worker = self.worker().await?;
        self.start().await?;
        let job = self.take(&worker).await?;
        let again = self.exchange(&worker, json!({"resync": true})).await?;
        ensure!(again["jobs"][0]["job"] == job["job"], "{again}");
        let known = self
            .exchange(&worker, json!({"resync": true, "running": [job["job"]]}))
            .await?;
        ensure!(known["jobs"] == json!([]) && known["cancelled"] == json!([]), "{known}");
        self.exchange(&worker, json!({"results": [{"job": job["job"], "data": 1}]}))
            .await?;
        self.leave(&worker).await
    }

    async fn once(&self) -> Result<()> {
        let (worker, other) = (self.worker().await?, self.worker().await?);
        self.start().await?;
        let job = self.take(&worker).await?["job"].clone();
        let result = json!({"results": [{"job": job, "data": 1}]});
        let stolen = self.exchange(&other, result.clone()).await?;
        ensure!(stolen["dropped"] == json!([job]), "{stolen}");
        let taken = self.exchange(&worker, result.clone()).await?;
        ensure!(taken["dropped"] == json!([]), "{taken}");
        let late = self.exchange(&worker, result).await?;
        ensure!(late["dropped"] == json!([job]), "{late}");
        self.leave(&worker).await?;
        self.leave(&other).await
    }

    async fn outcomes(&self) -> Result<()> {
        let worker = self.worker().await?;
        for (key, value, expected) in [
            ("error", json!({"code": 7}), "ERROR"),
            ("cancel", Value::Null, "CANCELLED"),
        ] {
            let id = self.start().await?;
            let job = self.take(&worker).await?["job"].clone();
            let mut result = json!({"job": job});
            result[key] = value;
            self.exchange(&worker, json!({"results": [result]})).await?;
            let state = self.end_of(&id).await?;
            ensure!(state == expected, "{key}: {state}");
        }
        self.leave(&worker).await
    }

    async fn cancelled(&self) -> Result<()> {
        let worker = self.worker().await?;
        let id = self.start().await?;
        let job = self.take(&worker).await?["job"].clone();
        let waits = self.exchange(&worker, json!({"room": 1, "wait_seconds": 15, "running": [job]}));
        let (answer, cancelled) = tokio::join!(waits, async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            ask(
                self.client,
                "PUT",
                &format!("/executions/{id}"),
                &json!({"state": "CANCELLED"}),
            )
            .await
        });
        let (answer, (status, _)) = (answer?, cancelled?);
        ensure!(status == 200 && answer["cancelled"] == json!([job]), "{answer}");
        self.leave(&worker).await
    }

    async fn draining(&self) -> Result<()> {
        let worker = self.worker().await?;
        let began = Instant::now();
        let waits = self.exchange(&worker, json!({"room": 1, "wait_seconds": 15}));
        let (answer, told) = tokio::join!(waits, async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            self.exchange(&worker, json!({"draining": true})).await
        });
        told?;
        ensure!(
            answer?["jobs"] == json!([]) && began.elapsed() < Duration::from_secs(5),
            "{:?}",
            began.elapsed()
        );
        self.leave(&worker).await
    }

    async fn left(&self) -> Result<()> {
        let worker = self.worker().await?;
        self.leave(&worker).await?;
        let (status, _) = ask(self.client, "POST", &format!("/workers/{worker}/exchange"), &json!({})).await?;
        ensure!(status == 404, "{status}");
        Ok(())
    }
}
