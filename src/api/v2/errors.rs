//! `/v2/executions/{id}/errors`: what failed at the bottom of a failed run, through its sub-workflows, equal messages together. An
//! addition of ours; upstream has nothing like it.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::super::App;
use super::super::error::Error;
use super::super::openapi::{self, Description};
use super::super::reply::Reply;
use super::super::request::Request;
use super::executions;
use mistral_model::record::TaskKind;
use mistral_model::{Id, State, Value, json as model_json, python};
use mistral_store::diagnosis::{Limit, OpenExecution, OpenTask, Snapshot};
use mistral_store::list::columns;
use mistral_store::list::tables::EXECUTION;

/// Bounds: levels of sub-workflows, rows of one level, groups, characters of a message.
const MAX_DEPTH: usize = 10;
const ROWS: Limit = Limit {
    of_each: 2_000,
    in_all: 20_000,
};
const MAX_GROUPS: usize = 100;
const MAX_MESSAGE: usize = 2_000;

pub(super) fn describe(_: &'static str) -> Description {
    use openapi::describe;
    let text = |about: &str| json!({"type": "string", "description": about});
    let number = |about: &str| json!({"type": "integer", "description": about});
    let step = describe::object(
        vec![
            ("execution_id", text("Execution.")),
            ("workflow_name", text("Its workflow.")),
            ("task_id", text("The task in it that failed.")),
            ("task_name", text("Its name.")),
        ],
        &["execution_id", "workflow_name", "task_id", "task_name"],
    );
    let group = describe::object(
        vec![
            (
                "count",
                number("Failures with this message, but for numbers and ids in it."),
            ),
            ("message", text("The message of the first.")),
            ("first_us", number("When the first was made, microseconds since 1970.")),
            ("last_us", number("When the last was made.")),
            (
                "path",
                json!({"type": "array", "items": step, "description": "Where the first is, from the execution asked for down."}),
            ),
            (
                "action_execution_id",
                json!({"type": ["string", "null"], "description": "Its action; null: the task itself failed."}),
            ),
        ],
        &["count", "message", "first_us", "last_us", "path", "action_execution_id"],
    );
    Description::new("What failed at the bottom of a failed execution")
        .described(
            "Follows failed tasks through sub-workflows, 10 levels and 20,000 rows at most, and puts equal messages together; the \
             most frequent first, 100 at most.",
        )
        .answers(
            200,
            describe::object(
                vec![
                    ("groups", json!({"type": "array", "items": group})),
                    ("truncated", json!({"type": "boolean", "description": "Whether something was left out."})),
                ],
                &["groups", "truncated"],
            ),
        )
        .refuses(&[404])
}

/// One failure with no other below it.
struct Leaf {
    at_us: i64,
    message: String,
    task: Id,
    action: Option<Id>,
}

/// What was read on the way down.
#[derive(Default)]
struct Seen {
    executions: HashMap<Id, OpenExecution>,
    tasks: HashMap<Id, OpenTask>,
    leaves: Vec<Leaf>,
    truncated: bool,
}

pub(super) async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    request.enforce("executions:get").await?;
    let records = executions::find(app, request, request.segment(0), &columns(&EXECUTION, &["id"])).await?;
    let id = records.id(0, "id")?.ok_or_else(|| super::unexpected("an id"))?;
    let answer = json_of(app, id).await?;
    Ok(Reply::raw("application/json", answer.to_string()))
}

/// The answer about an execution.
pub(super) async fn json_of(app: &App, id: Id) -> Result<Json, Error> {
    let mut connection = app.reads.diagnosis.connection().await?;
    let snapshot = connection.begin().await?;
    let mut seen = Seen::default();
    let mut level: Vec<Id> = Vec::new();
    if let Some(execution) = snapshot.execution(id).await? {
        if execution.state == State::Error {
            level.push(id);
        }
        seen.executions.insert(id, execution);
    }
    for depth in 0.. {
        if level.is_empty() {
            break;
        }
        if depth > MAX_DEPTH || seen.tasks.len() >= ROWS.in_all as usize {
            seen.truncated = true;
            break;
        }
        level = seen.descend(&*snapshot, &level).await?;
    }
    Ok(seen.grouped())
}

impl Seen {
    /// Reads what failed in these executions; returns the failed ones below.
    async fn descend(&mut self, snapshot: &dyn Snapshot, level: &[Id]) -> Result<Vec<Id>, Error> {
        let tasks = snapshot.failed_tasks(level, ROWS).await?;
        self.truncated |= tasks.len() as i64 >= ROWS.in_all;
        let of_kind = |kind: TaskKind| tasks.iter().filter(move |task| task.kind == kind).map(|task| task.id);
        let with_actions: Vec<Id> = of_kind(TaskKind::Action).collect();
        let with_executions: Vec<Id> = of_kind(TaskKind::Workflow).collect();
        let actions = snapshot.failed_actions(&with_actions, ROWS).await?;
        let below = snapshot.failed_executions(&with_executions, ROWS).await?;
        let mut explained: std::collections::HashSet<Id> = std::collections::HashSet::new();
        for action in actions {
            explained.insert(action.task_id);
            self.leaves.push(Leaf {
                at_us: micros(action.id),
                message: message_of(action.output.as_deref()),
                task: action.task_id,
                action: Some(action.id),
            });
        }
        let mut next = Vec::new();
        for execution in below {
            let Some(task) = execution.task_id else { continue };
            if execution.state == State::Error {
                explained.insert(task);
                next.push(execution.id);
            }
            self.executions.insert(execution.id, execution);
        }
        for task in tasks {
            if !explained.contains(&task.id) {
                self.leaves.push(Leaf {
                    at_us: micros(task.id),
                    message: cut(task
                        .state_info
                        .as_deref()
                        .unwrap_or("The task failed without a message.")),
                    task: task.id,
                    action: None,
                });
            }
            self.tasks.insert(task.id, task);
        }
        Ok(next)
    }

    fn grouped(mut self) -> Json {
        self.leaves.sort_by_key(|leaf| leaf.at_us);
        let mut order: Vec<String> = Vec::new();
        let mut groups: HashMap<String, (i64, usize, i64)> = HashMap::new();
        for (at, leaf) in self.leaves.iter().enumerate() {
            let key = masked(&leaf.message);
            let group = groups.entry(key.clone()).or_insert_with(|| {
                order.push(key);
                (0, at, leaf.at_us)
            });
            group.0 += 1;
            group.2 = leaf.at_us;
        }
        order.sort_by_key(|key| std::cmp::Reverse(groups[key].0));
        let truncated = self.truncated || order.len() > MAX_GROUPS;
        order.truncate(MAX_GROUPS);
        let shown = order.iter().map(|key| {
            let (count, first, last_us) = groups[key];
            let leaf = &self.leaves[first];
            json!({
                "count": count, "message": leaf.message, "first_us": leaf.at_us, "last_us": last_us,
                "path": self.way_to(leaf.task), "action_execution_id": leaf.action.map(|id| id.to_string()),
            })
        });
        json!({"groups": shown.collect::<Vec<_>>(), "truncated": truncated})
    }

    /// From the execution that was asked for down to a task.
    fn way_to(&self, task: Id) -> Vec<Json> {
        let mut way = Vec::new();
        let mut at = Some(task);
        while let Some(task) = at.and_then(|id| self.tasks.get(&id)) {
            let execution = self.executions.get(&task.execution_id);
            let shown = execution.and_then(|execution| execution.alias.as_deref().map(str::to_owned));
            way.push(json!({
                "execution_id": shown.unwrap_or_else(|| task.execution_id.to_string()),
                "workflow_name": execution.map(|execution| &*execution.workflow_name),
                "task_id": task.id.to_string(), "task_name": &*task.name,
            }));
            at = execution.and_then(|execution| execution.task_id);
            if way.len() > MAX_DEPTH + 1 {
                break;
            }
        }
        way.reverse();
        way
    }
}

/// Ids of tasks and actions begin with their time in milliseconds.
fn micros(id: Id) -> i64 {
    (id.0 >> 80) as i64 * 1000
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_MESSAGE) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The result of a failed action as text; of a long one its beginning.
fn message_of(output: Option<&str>) -> String {
    let Some(output) = output else {
        return "The action failed without a message.".to_owned();
    };
    let parsed = model_json::parse(output.as_bytes()).ok();
    match parsed.as_ref().map(|output| output.get("result")) {
        Some(Some(Value::Null) | None) => "The action failed without a message.".to_owned(),
        Some(Some(result)) => cut(&python::str(result)),
        None => cut(output
            .trim_start_matches("{\"result\": ")
            .trim_start_matches("{\"result\":")),
    }
}

/// A message without what differs from one failure to the next: numbers, and words that look like ids.
fn masked(message: &str) -> String {
    let is_part = |c: char| c.is_ascii_hexdigit() || c == '-';
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(c) = rest.chars().next() {
        let word: usize = rest.chars().take_while(|c| is_part(*c)).map(char::len_utf8).sum();
        let text = &rest[..word];
        if word > 0
            && text.bytes().any(|b| b.is_ascii_digit())
            && (word >= 8 || text.bytes().all(|b| b.is_ascii_digit()))
        {
            out.push('#');
            rest = &rest[word..];
        } else if c.is_ascii_digit() {
            out.push('#');
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_differ_by_more_than_numbers() {
        assert_eq!(
            masked("No host for vm-17 after 3.5 s"),
            masked("No host for vm-9 after 12.25 s")
        );
        assert_eq!(
            masked("id 01a2c3d4-0000-8000-8000-00000000000a gone"),
            masked("id 01a2ffff-1111-8000-8000-0000000000bb gone")
        );
        assert_ne!(masked("No host"), masked("No route"));
        assert_eq!(message_of(Some("{\"result\": {\"status\": 404}}")), "{'status': 404}");
        assert_eq!(message_of(Some("{\"result\": \"cut off")), "\"cut off");
    }
}
