//! What a task has come to, from the accepted executions of its action or sub-workflow: nothing yet is `[]`, one is its own
//! value, several (and those of with-items in any case) are a list. Nothing is parsed: the values are cut out of the stored
//! texts.

use super::super::App;
use super::super::content::{Shared, Source};
use super::super::error::Error;
use super::super::json::Writer;
use mistral_model::{Id, Value, json};
use mistral_store::list::TaskResult;

/// `result` of a task.
pub(super) struct TaskOutcome {
    /// `None`: null.
    values: Vec<Option<Shared>>,
    is_list: bool,
}

impl TaskOutcome {
    /// Reads what a task has come to.
    pub(super) async fn read(app: &App, task: Id, is_workflow: bool, with_items: bool) -> Result<TaskOutcome, Error> {
        let mut results = if is_workflow {
            app.reads.runs.workflow_results(task).await?
        } else {
            app.reads.runs.action_results(task).await?
        };
        if with_items {
            results.sort_by_cached_key(|result| {
                let context = json::parse(result.runtime_context.as_bytes()).unwrap_or_default();
                context.get("index").and_then(Value::as_i64).unwrap_or(0)
            });
        }
        Ok(TaskOutcome {
            is_list: with_items || results.len() != 1,
            values: results.into_iter().map(|result| value(result, is_workflow)).collect(),
        })
    }

    /// Writes it as JSON text.
    pub(super) fn write(&self, w: &mut Writer) {
        w.begin_json_text();
        if self.is_list {
            w.json_piece(b"[");
        }
        for (number, value) in self.values.iter().enumerate() {
            if number > 0 {
                w.json_piece(b",");
            }
            match value {
                Some(value) => w.shared_piece(value.clone()),
                None => w.json_piece(b"null"),
            }
        }
        if self.is_list {
            w.json_piece(b"]");
        }
        w.end_json_text();
    }
}

/// The output of a workflow, the `result` in that of an action.
fn value(result: TaskResult, is_workflow: bool) -> Option<Shared> {
    let output = result.output?;
    if is_workflow {
        return Some(Shared::whole(Source::Stored(output)));
    }
    let range = json::member_range(output.bytes(), "result")?;
    Some(Shared::part(Source::Stored(output), range))
}
