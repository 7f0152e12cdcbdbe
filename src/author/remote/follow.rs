//! `follow`: an execution, live until its end. What it does is asked for again and again: there is nothing that must be
//! running beside a service.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::Value;

use super::client::encode;
use super::failure::{self, text};
use super::show::{View, duration};
use super::{ServerArguments, Service, block_on, plain};
use crate::{FINE, WRONG};

/// Time between two looks: from the first to the second while nothing changes.
const SOON: Duration = Duration::from_millis(80);
const LATE: Duration = Duration::from_millis(1_000);
/// Without a change for so long, it is asked what is waited for.
const IDLE: Duration = Duration::from_millis(1_500);
/// Deepest sub-workflow that is looked into, and how many executions at most in one look.
const DEEPEST: usize = 6;
const MOST_EXECUTIONS: usize = 40;
/// Failed tasks whose cause is asked for.
const MOST_CAUSES: usize = 50;
/// Longest cause in a line, in characters.
const LONGEST_CAUSE: usize = 300;

/// Arguments of `follow`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Id of an execution
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    server: ServerArguments,
}

/// Follows; the status to exit with.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let service = arguments.server.open()?;
    block_on(async {
        let ended = tokio::select! {
            ended = to_the_end(&service, &arguments.id) => ended?,
            () = interrupted() => {
                eprintln!("no longer followed; the execution goes on");
                return Ok(crate::INTERRUPTED);
            }
        };
        Ok(conclude(&service, &ended).await)
    })
}

/// Waits for Ctrl-C, SIGTERM or the end of the terminal.
pub(crate) async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let wait = async |kind: SignalKind| match signal(kind) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    };
    tokio::select! {
        () = wait(SignalKind::interrupt()) => {}
        () = wait(SignalKind::terminate()) => {}
        () = wait(SignalKind::hangup()) => {}
    }
}

/// A task at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Task {
    pub id: String,
    /// Its name, behind those of the tasks that its workflow was called by.
    pub path: String,
    pub state: String,
    /// Microseconds since 1970.
    pub begun: Option<i64>,
    pub finished: Option<i64>,
    pub attempts: i64,
    pub items: Option<i64>,
    calls_workflow: bool,
}

impl Task {
    pub(crate) fn is_over(&self) -> bool {
        is_over(&self.state)
    }

    /// How long it has been running, or ran.
    pub(crate) fn seconds(&self, now: i64) -> Option<f64> {
        let end = self.finished.unwrap_or(now);
        self.begun.map(|begun| end.saturating_sub(begun) as f64 / 1e6)
    }
}

fn is_over(state: &str) -> bool {
    matches!(state, "SUCCESS" | "ERROR" | "CANCELLED" | "SKIPPED")
}

/// An execution and what is below it, at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    pub state: String,
    /// The service's time, microseconds since 1970.
    pub now: i64,
    /// Parents before their children.
    pub tasks: Vec<Task>,
}

/// Shows an execution until its end, and gives it.
///
/// # Errors
/// The service does not know it, or went away.
pub(crate) async fn to_the_end(service: &Service, id: &str) -> anyhow::Result<Value> {
    let mut watch = Watch::new(service, id);
    let mut pause = SOON;
    let mut changed = Instant::now();
    let mut why: Option<Value> = None;
    let mut asked = Instant::now();
    loop {
        let look = watch.look().await?;
        if watch.show(&look).await {
            (pause, changed) = (SOON, Instant::now());
        }
        if is_over(&look.state) {
            watch.view.end();
            let ended = service.get(&format!("/v2/executions/{}", encode(id))).await?;
            if is_over(text(&ended, "state")) {
                return Ok(ended);
            }
        }
        let is_idle = changed.elapsed() > IDLE;
        let has_items = look.tasks.iter().any(|task| !task.is_over() && task.items.is_some());
        if watch.view.is_live() && (is_idle || has_items) && (why.is_none() || asked.elapsed() > LATE) {
            why = service.get(&format!("/v2/executions/{}/why", encode(id))).await.ok();
            asked = Instant::now();
        }
        let progress = |task: &Task| why.as_ref().and_then(|why| progress_of(why, &task.id));
        let summary = why.as_ref().filter(|_| is_idle).map(|why| text(why, "summary"));
        watch.view.under_way(&look, &progress, summary);
        tokio::time::sleep(pause).await;
        pause = (pause * 5 / 4).min(LATE);
    }
}

/// How many items of a task are done.
fn progress_of(why: &Value, id: &str) -> Option<String> {
    for reason in why.get("reasons").and_then(Value::as_array)? {
        if text(reason, "task_execution_id") == id && text(reason, "kind") == "items_in_progress" {
            let count = |name: &str| reason.get(name).and_then(Value::as_i64).unwrap_or_default();
            return Some(format!(
                "{} of {} items",
                count("items_completed"),
                count("items_total")
            ));
        }
        if let Some(found) = progress_of(reason, id) {
            return Some(found);
        }
    }
    None
}

struct Watch<'a> {
    service: &'a Service,
    id: String,
    view: View,
    /// What was shown of tasks last.
    shown: HashMap<String, (String, i64)>,
    /// Executions below that were shown to their end, by the task that called them.
    settled: HashMap<String, Vec<Task>>,
    state: String,
    causes: usize,
}

impl Watch<'_> {
    fn new<'a>(service: &'a Service, id: &str) -> Watch<'a> {
        Watch {
            service,
            id: id.to_owned(),
            view: View::new(),
            shown: HashMap::new(),
            settled: HashMap::new(),
            state: String::new(),
            causes: 0,
        }
    }

    async fn look(&mut self) -> anyhow::Result<Look> {
        let mut look = timeline(self.service, &self.id, "").await?;
        let mut open: Vec<(Task, usize)> = look.tasks.iter().map(|task| (task.clone(), 1)).collect();
        open.reverse();
        look.tasks.clear();
        let mut left = MOST_EXECUTIONS;
        // Depth first, so that children follow their parents.
        while let Some((task, depth)) = open.pop() {
            look.tasks.push(task.clone());
            if !task.calls_workflow || depth > DEEPEST {
                continue;
            }
            if let Some(known) = self.settled.get(&task.id) {
                look.tasks.extend(known.iter().cloned());
                continue;
            }
            let mut below = Vec::new();
            let mut is_whole = task.is_over();
            for execution in self.called_by(&task).await? {
                if left == 0 {
                    is_whole = false;
                    break;
                }
                left -= 1;
                let inner = timeline(self.service, text(&execution, "id"), &format!("{}/", task.path)).await?;
                is_whole &= is_over(&inner.state);
                below.extend(inner.tasks);
            }
            if is_whole && !below.iter().any(|task| task.calls_workflow) {
                self.settled.insert(task.id.clone(), below.clone());
                look.tasks.extend(below);
            } else {
                open.extend(below.into_iter().rev().map(|task| (task, depth + 1)));
            }
        }
        Ok(look)
    }

    async fn called_by(&self, task: &Task) -> anyhow::Result<Vec<Value>> {
        let path = format!(
            "/v2/executions?task_execution_id={}&fields=id,state&limit={MOST_EXECUTIONS}&sort_keys=created_at",
            encode(&task.id)
        );
        let answer = self.service.get(&path).await?;
        Ok(answer
            .get("executions")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default())
    }

    /// Shows what has changed; whether anything has.
    async fn show(&mut self, look: &Look) -> bool {
        let mut changed = false;
        for task in &look.tasks {
            let now = (task.state.clone(), task.attempts);
            if self.shown.get(&task.id) == Some(&now) {
                continue;
            }
            changed = true;
            self.shown.insert(task.id.clone(), now);
            // On a terminal the block below tells what has not ended.
            if !task.is_over() && self.view.is_live() {
                continue;
            }
            let cause = match task.state == "ERROR" {
                true => self.cause(task).await,
                false => None,
            };
            self.view.task(task, look.now, cause.as_deref());
        }
        if look.state != self.state {
            changed = true;
            self.state = look.state.clone();
            if look.state == "PAUSED" {
                self.paused().await;
            }
        }
        changed
    }

    /// Says who paused it and how it goes on.
    async fn paused(&mut self) {
        let path = format!("/v2/executions/{}", encode(&self.id));
        let why = self.service.get(&format!("{path}/why")).await.ok();
        let summary = why.as_ref().map_or("PAUSED", |why| text(why, "summary"));
        self.view.line(&plain(summary));
        self.view.line(&format!(
            "it goes on with: curl -X PUT -H 'Content-Type: application/json' {}{path} -d '{{\"state\": \"RUNNING\"}}'",
            self.service.url()
        ));
    }

    /// Why a task failed, in one line.
    async fn cause(&mut self, task: &Task) -> Option<String> {
        if self.causes == MOST_CAUSES {
            return None;
        }
        self.causes += 1;
        let found = self
            .service
            .get(&format!("/v2/tasks/{}", encode(&task.id)))
            .await
            .ok()?;
        let cause = Some(text(&found, "state_info")).filter(|info| !info.is_empty());
        let cause = cause.or_else(|| Some(text(&found, "result")).filter(|result| !matches!(*result, "" | "null")))?;
        // A result is JSON in a text.
        let cause = serde_json::from_str::<String>(cause).unwrap_or_else(|_| cause.to_owned());
        let cause = cause
            .split("\nTraceback")
            .next()
            .unwrap_or_default()
            .trim_end_matches([':', '\n']);
        Some(match cause.char_indices().nth(LONGEST_CAUSE) {
            Some((at, _)) => format!("{}…", &cause[..at]),
            None => cause.to_owned(),
        })
    }
}

/// The tasks of one execution.
async fn timeline(service: &Service, id: &str, prefix: &str) -> anyhow::Result<Look> {
    let answer = service.get(&format!("/v2/executions/{}/timeline", encode(id))).await?;
    read(&answer, prefix)
        .context("the time line of the execution is not what this program knows; are both of one version?")
}

fn read(answer: &Value, prefix: &str) -> Option<Look> {
    let execution = answer.get("execution")?;
    let base = execution.get("created_us")?.as_i64()?;
    let columns: HashMap<&str, usize> = answer
        .get("columns")?
        .as_array()?
        .iter()
        .enumerate()
        .filter_map(|(n, name)| Some((name.as_str()?, n)))
        .collect();
    let mut tasks = Vec::new();
    let mut ids = HashSet::new();
    for row in answer.get("rows")?.as_array()? {
        let cell = |name: &str| columns.get(name).and_then(|n| row.get(*n));
        let string = |name: &str| cell(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let time = |name: &str| cell(name).and_then(Value::as_i64).map(|after| base + after);
        let task = Task {
            id: string("id"),
            path: format!("{prefix}{}", string("name")),
            state: string("state"),
            begun: time("started_us").or_else(|| time("created_us")),
            finished: time("finished_us"),
            attempts: cell("attempts").and_then(Value::as_i64).unwrap_or(1),
            items: cell("items").and_then(Value::as_i64),
            calls_workflow: string("kind") == "WORKFLOW",
        };
        if ids.insert(task.id.clone()) {
            tasks.push(task);
        }
    }
    Some(Look {
        state: text(execution, "state").to_owned(),
        now: answer.get("now_us")?.as_i64()?,
        tasks,
    })
}

/// Says how an execution ended, and prints its output; the status to exit with.
pub(crate) async fn conclude(service: &Service, ended: &Value) -> u8 {
    let mut view = View::new();
    let state = text(ended, "state");
    let took = took(ended)
        .map(|seconds| format!(" after {}", duration(seconds)))
        .unwrap_or_default();
    view.line(&format!(
        "{}{took}: {}",
        view.state(state).trim_end(),
        plain(text(ended, "workflow_name"))
    ));
    if state != "SUCCESS" {
        let why = service
            .get(&format!("/v2/executions/{}/why", encode(text(ended, "id"))))
            .await;
        let causes = why.as_ref().map(failure::causes).unwrap_or_default();
        match causes.is_empty() {
            true => view.line(&format!("  {}", plain(text(ended, "state_info")))),
            false => causes.iter().for_each(|cause| view.line(&format!("  {cause}"))),
        }
    }
    let output = text(ended, "output");
    let output = serde_json::from_str(output).unwrap_or_else(|_| Value::String(output.to_owned()));
    use std::io::Write as _;
    let _ = std::io::stdout().write_all(format!("{output:#}\n").as_bytes());
    if state == "SUCCESS" { FINE } else { WRONG }
}

/// Seconds from its creation to its last change, which is its end.
fn took(ended: &Value) -> Option<f64> {
    let time = |name: &str| {
        let (date, clock) = text(ended, name).split_once([' ', 'T'])?;
        let mut day = date.split('-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (day.next()??, day.next()??, day.next()??);
        let mut parts = clock
            .trim_end_matches('Z')
            .split(':')
            .map(|part| part.parse::<f64>().ok());
        let seconds = parts.next()?? * 3600.0 + parts.next()?? * 60.0 + parts.next()??;
        // Days since some day: only differences count.
        let (y, m) = if month > 2 {
            (year, month)
        } else {
            (year - 1, month + 12)
        };
        let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * (m - 3) + 2) / 5 + day;
        Some(days as f64 * 86_400.0 + seconds)
    };
    let begun = time("created_at")?;
    time("updated_at").map(|end| end - begun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn time_lines_are_read() {
        let answer = json!({
            "execution": {"id": "e", "state": "RUNNING", "created_us": 1_000_000}, "now_us": 3_500_000,
            "columns": ["id", "name", "kind", "state", "created_us", "started_us", "finished_us", "by", "event", "attempts", "items"],
            "rows": [["t", "a", "ACTION", "RUNNING", 0, 500_000, null, null, null, 2, 3],
                     ["u", "b", "WORKFLOW", "SUCCESS", 0, null, 1_000_000, null, null, 1, null]],
            "truncated": false,
        });
        let look = read(&answer, "p/").unwrap();
        assert_eq!(
            (look.state.as_str(), look.now, look.tasks.len()),
            ("RUNNING", 3_500_000, 2)
        );
        assert_eq!(
            (look.tasks[0].path.as_str(), look.tasks[0].seconds(look.now)),
            ("p/a", Some(2.0))
        );
        assert_eq!((look.tasks[0].items, look.tasks[0].attempts), (Some(3), 2));
        assert!(look.tasks[1].calls_workflow && look.tasks[1].is_over() && look.tasks[1].seconds(0) == Some(1.0));
        assert!(read(&json!({}), "").is_none());
    }

    #[test]
    fn how_long_it_took() {
        let ended = json!({"created_at": "2024-02-29 23:59:59", "updated_at": "2024-03-01 00:00:01"});
        assert_eq!(took(&ended), Some(2.0));
        assert_eq!(took(&json!({})), None);
    }
}
