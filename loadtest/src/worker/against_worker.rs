//! Plays a server and checks that a worker keeps the protocol. The worker is started by a command with the address in `MISTRAL_URL`
//! and has to provide four actions:
//!
//! * `conformance.echo` returns its input `value`,
//! * `conformance.fail` fails with the error `{"code": 7}`,
//! * `conformance.sleep` takes `seconds`, and ends at once when it is cancelled, if it can,
//! * `conformance.start` has begun something that ends elsewhere.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::process::Stdio;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::Checks;

const LARGEST_REQUEST: usize = 16 << 20;
const MAX_WAIT: u64 = 2;
const ACTIONS: [&str; 4] = [
    "conformance.echo",
    "conformance.fail",
    "conformance.sleep",
    "conformance.start",
];

/// What the server does with the next exchanges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// Does what it should, and closes the connection without an answer.
    NoAnswer,
    Status(u16),
}

#[derive(Default)]
struct State {
    registered: Vec<Value>,
    waiting: VecDeque<Value>,
    /// Jobs that the worker was told of: those whose answer got lost too.
    told: HashMap<String, Value>,
    results: HashMap<String, Vec<Value>>,
    running: HashSet<String>,
    cancelled: HashSet<String>,
    most_held: usize,
    troubles: VecDeque<Trouble>,
    drained: bool,
    left: u32,
    wrong: Vec<String>,
}

#[derive(Default)]
struct Server {
    state: RefCell<State>,
    changed: Notify,
}

/// Starts the worker and checks it. Whether all was right. Needs a `LocalSet`.
///
/// # Errors
/// When the command cannot be run.
pub(crate) async fn run(command: &[String]) -> Result<bool> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = Rc::new(Server::default());
    let accepting = server.clone();
    tokio::task::spawn_local(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let server = accepting.clone();
            tokio::task::spawn_local(async move { server.serve(stream).await });
        }
    });
    let (program, arguments) = command.split_first().context("there is no command")?;
    let mut child = std::process::Command::new(program)
        .args(arguments)
        .env("MISTRAL_URL", &url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("{program} cannot be run"))?;
    let mut checks = Checks::default();
    let registers = server.registers(&mut child).await;
    let is_there = registers.is_ok();
    checks.note("it registers what it provides", registers);
    if !is_there {
        let _ = child.kill();
        let _ = child.wait();
        return Ok(checks.close());
    }
    checks.note("results have the right form", server.results().await);
    checks.note(
        "it takes no more than it has room for, and does many at once",
        server.room().await,
    );
    checks.note(
        "it asks again for jobs whose answer was lost",
        server.lost_answer().await,
    );
    checks.note("it tells results again until they are taken", server.told_again().await);
    checks.note("it keeps the time of a job", server.deadline().await);
    checks.note(
        "it tells what it runs, and stops what is not wanted",
        server.cancelled().await,
    );
    checks.note("it registers again when its lease is over", server.lease_over().await);
    checks.note(
        "it ends in order: what runs is finished, and it takes leave",
        server.leave(&mut child).await,
    );
    let wrong = std::mem::take(&mut server.state.borrow_mut().wrong);
    checks.note(
        "it sends nothing that the protocol does not know",
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(anyhow::anyhow!("{}", wrong.join("; "))),
        },
    );
    let _ = child.kill();
    let _ = child.wait();
    Ok(checks.close())
}

impl Server {
    fn give(&self, number: u64, action: &str, input: Value, timeout: Option<f64>) -> String {
        let id = format!("00000000-0000-4000-8000-{number:012}");
        let job = format!("{id}.{id}.1");
        self.state.borrow_mut().waiting.push_back(json!({
            "job": job, "action": action, "input": input, "is_sync": action != "conformance.start", "safe_rerun": false, "attempt": 1,
            "timeout_seconds": timeout,
            "context": {"workflow_name": "w", "workflow_execution_id": id, "task_execution_id": id, "action_execution_id": id,
                "callback_url": null, "project_id": "p"},
        }));
        self.changed.notify_waiters();
        job
    }

    async fn until(&self, what: &str, seconds: u64, check: impl Fn(&State) -> bool) -> Result<()> {
        let began = Instant::now();
        while !check(&self.state.borrow()) {
            ensure!(
                began.elapsed() < Duration::from_secs(seconds),
                "{what} does not happen within {seconds} s"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    async fn result(&self, job: &str) -> Result<Value> {
        self.until("a result", 20, |state| state.results.contains_key(job))
            .await?;
        Ok(self.state.borrow().results[job][0].clone())
    }

    async fn registers(&self, child: &mut std::process::Child) -> Result<()> {
        let began = Instant::now();
        while self.state.borrow().registered.is_empty() {
            ensure!(child.try_wait()?.is_none(), "the command has ended");
            ensure!(
                began.elapsed() < Duration::from_secs(20),
                "no registration comes within 20 s"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let body = self.state.borrow().registered[0].clone();
        ensure!(
            body["name"].as_str().is_some_and(|name| !name.is_empty()),
            "it has no name: {body}"
        );
        for wanted in ACTIONS {
            let actions = body["actions"].as_array().context("there are no actions")?;
            ensure!(
                actions.iter().any(|action| action["name"] == wanted),
                "it does not provide {wanted}"
            );
        }
        Ok(())
    }

    async fn results(&self) -> Result<()> {
        let values = [
            json!(null),
            json!(1.5),
            json!("é\n\"\\ 𝄞"),
            json!([1, {"a": []}]),
            json!({"": {"b": true}}),
        ];
        for (number, value) in values.iter().enumerate() {
            let job = self.give(10 + number as u64, "conformance.echo", json!({"value": value}), None);
            let result = self.result(&job).await?;
            ensure!(result["data"] == *value, "{value} comes back as {result}");
        }
        let failed = self.give(20, "conformance.fail", json!({}), None);
        let failed = self.result(&failed).await?;
        ensure!(failed["error"] == json!({"code": 7}), "{failed}");
        let unknown = self.give(21, "conformance.none", json!({}), None);
        let unknown = self.result(&unknown).await?;
        ensure!(unknown["error"].is_string(), "an unknown action: {unknown}");
        let started = self.give(22, "conformance.start", json!({}), None);
        let started = self.result(&started).await?;
        ensure!(started.get("started").is_some(), "{started}");
        Ok(())
    }

    async fn room(&self) -> Result<()> {
        let began = Instant::now();
        let jobs: Vec<String> = (100..104)
            .map(|number| self.give(number, "conformance.sleep", json!({"seconds": 1}), None))
            .collect();
        for job in &jobs {
            self.result(job).await?;
        }
        ensure!(
            began.elapsed() < Duration::from_millis(3_500),
            "four jobs of a second take {:?}",
            began.elapsed()
        );
        let jobs: Vec<String> = (1_000..3_000)
            .map(|number| self.give(number, "conformance.echo", json!({"value": number}), None))
            .collect();
        for job in &jobs {
            self.result(job).await?;
        }
        let state = self.state.borrow();
        let repeated = jobs.iter().filter(|job| state.results[*job].len() > 1).count();
        ensure!(repeated == 0, "{repeated} results came twice though they were taken");
        Ok(())
    }

    async fn lost_answer(&self) -> Result<()> {
        self.state.borrow_mut().troubles.push_back(Trouble::NoAnswer);
        let job = self.give(200, "conformance.echo", json!({"value": 200}), None);
        let result = self.result(&job).await?;
        ensure!(result["data"] == 200, "{result}");
        self.state.borrow_mut().troubles.clear();
        Ok(())
    }

    async fn told_again(&self) -> Result<()> {
        let job = self.give(210, "conformance.sleep", json!({"seconds": 0.5}), None);
        self.until("a start", 10, |state| state.told.contains_key(&job)).await?;
        self.state
            .borrow_mut()
            .troubles
            .extend([Trouble::Status(503), Trouble::NoAnswer, Trouble::Status(503)]);
        self.until("a result", 30, |state| {
            state.results.contains_key(&job) && state.troubles.is_empty()
        })
        .await
    }

    async fn deadline(&self) -> Result<()> {
        let began = Instant::now();
        let job = self.give(220, "conformance.sleep", json!({"seconds": 8}), Some(0.5));
        let result = self.result(&job).await?;
        ensure!(
            result.get("error").is_some() && began.elapsed() < Duration::from_secs(5),
            "{result} after {:?}",
            began.elapsed()
        );
        Ok(())
    }

    async fn cancelled(&self) -> Result<()> {
        let job = self.give(230, "conformance.sleep", json!({"seconds": 6}), None);
        self.until("that it says what it runs", 10, |state| state.running.contains(&job))
            .await?;
        self.state.borrow_mut().cancelled.insert(job.clone());
        self.changed.notify_waiters();
        tokio::time::sleep(Duration::from_secs(3)).await;
        self.state.borrow_mut().running.clear();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let state = self.state.borrow();
        ensure!(!state.running.contains(&job), "it still says that it runs it");
        ensure!(!state.results.contains_key(&job), "there is a result");
        Ok(())
    }

    async fn lease_over(&self) -> Result<()> {
        let before = self.state.borrow().registered.len();
        self.state.borrow_mut().troubles.push_back(Trouble::Status(404));
        self.changed.notify_waiters();
        self.until("another registration", 15, |state| state.registered.len() > before)
            .await?;
        let job = self.give(240, "conformance.echo", json!({"value": 1}), None);
        self.result(&job).await?;
        Ok(())
    }

    async fn leave(&self, child: &mut std::process::Child) -> Result<()> {
        let job = self.give(250, "conformance.sleep", json!({"seconds": 1}), None);
        self.until("a start", 10, |state| state.told.contains_key(&job)).await?;
        let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id())?);
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM)?;
        let began = Instant::now();
        while child.try_wait()?.is_none() {
            ensure!(began.elapsed() < Duration::from_secs(10), "it does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let state = self.state.borrow();
        ensure!(state.results.contains_key(&job), "what ran had no result");
        ensure!(state.left == 1, "it took leave {} times", state.left);
        Ok(())
    }

    async fn serve(&self, mut stream: TcpStream) {
        let mut input = Vec::new();
        loop {
            if let Some((head, body, rest)) = request(&input) {
                let Some((status, text)) = self.answer(&head, &body).await else {
                    return;
                };
                let answer = format!(
                    "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
                    text.len()
                );
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    return;
                }
                input.drain(..rest);
                continue;
            }
            if input.len() > LARGEST_REQUEST || !stream.read_buf(&mut input).await.is_ok_and(|count| count > 0) {
                return;
            }
        }
    }

    /// Status and body; `None`: the connection is closed.
    async fn answer(&self, head: &str, body: &str) -> Option<(u16, String)> {
        let mut words = head.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let body: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        match (method, path) {
            ("POST", "/v2/workers") => {
                self.known(
                    &body,
                    &["name", "target", "scope", "runtime", "capacity", "dynamic", "actions"],
                );
                let mut state = self.state.borrow_mut();
                state.registered.push(body);
                let id = state.registered.len();
                Some((
                    201,
                    json!({"id": format!("w{id}"), "lease_seconds": 10, "max_wait_seconds": MAX_WAIT}).to_string(),
                ))
            }
            ("DELETE", _) => {
                self.state.borrow_mut().left += 1;
                Some((204, String::new()))
            }
            ("POST", path) if path.ends_with("/exchange") => self.exchange(&body).await,
            _ => {
                self.state.borrow_mut().wrong.push(format!("{method} {path}"));
                Some((404, "{}".to_owned()))
            }
        }
    }

    fn known(&self, body: &Value, members: &[&str]) {
        let mut keys = body.as_object().into_iter().flat_map(|object| object.keys());
        if let Some(key) = keys.find(|key| !members.contains(&key.as_str())) {
            self.state.borrow_mut().wrong.push(format!("the member '{key}'"));
        }
    }

    async fn exchange(&self, body: &Value) -> Option<(u16, String)> {
        self.known(
            body,
            &["results", "running", "room", "wait_seconds", "resync", "draining"],
        );
        let trouble = self.state.borrow_mut().troubles.pop_front();
        if let Some(Trouble::Status(status)) = trouble {
            return Some((status, json!({"faultstring": "on purpose"}).to_string()));
        }
        let texts = |key: &str| -> Vec<String> {
            let list = body[key].as_array().into_iter().flatten();
            list.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let running = texts("running");
        let (mut jobs, cancelled) = {
            let mut state = self.state.borrow_mut();
            for result in body["results"].as_array().into_iter().flatten() {
                let job = result["job"].as_str().unwrap_or_default().to_owned();
                state.results.entry(job).or_default().push(result.clone());
            }
            if !running.is_empty() {
                state.running.extend(running.iter().cloned());
                state.most_held = state.most_held.max(running.len());
            }
            if body["draining"] == true {
                state.drained = true;
                self.changed.notify_waiters();
            }
            let cancelled: Vec<String> = running
                .iter()
                .filter(|job| state.cancelled.contains(*job))
                .cloned()
                .collect();
            let mut again = Vec::new();
            if body["resync"] == true {
                let is_lost = |job: &&String| !running.contains(job) && !state.results.contains_key(*job);
                again = state
                    .told
                    .keys()
                    .filter(is_lost)
                    .map(|job| state.told[job].clone())
                    .collect();
            }
            (again, cancelled)
        };
        let room = usize::try_from(body["room"].as_u64().unwrap_or_default()).unwrap_or_default();
        let wait = Duration::from_secs_f64(
            body["wait_seconds"]
                .as_f64()
                .unwrap_or_default()
                .clamp(0.0, MAX_WAIT as f64),
        );
        let began = Instant::now();
        loop {
            let changed = self.changed.notified();
            {
                let mut state = self.state.borrow_mut();
                while jobs.len() < room
                    && let Some(job) = state.waiting.pop_front()
                {
                    state
                        .told
                        .insert(job["job"].as_str().unwrap_or_default().to_owned(), job.clone());
                    jobs.push(job);
                }
                let is_over =
                    state.drained || !cancelled.is_empty() || state.troubles.front() == Some(&Trouble::Status(404));
                if !jobs.is_empty() || is_over || began.elapsed() >= wait {
                    break;
                }
            }
            let _ = tokio::time::timeout(wait.saturating_sub(began.elapsed()), changed).await;
        }
        if trouble == Some(Trouble::NoAnswer) {
            return None;
        }
        Some((
            200,
            json!({"jobs": jobs, "cancelled": cancelled, "dropped": []}).to_string(),
        ))
    }
}

/// Head, body, and where the next request begins, once all of it is there.
fn request(input: &[u8]) -> Option<(String, String, usize)> {
    let end = input.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&input[..end]).into_owned();
    let length: usize = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")
                .map(|rest| rest.trim().to_owned())
        })
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    let body = input.get(end + 4..end + 4 + length)?;
    Some((head, String::from_utf8_lossy(body).into_owned(), end + 4 + length))
}
