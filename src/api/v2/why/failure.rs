//! Why an execution failed: from its failed tasks down, through sub-workflows, to the action and its message.

use super::explain::{Detail, Explanation, Reason, reason, summed_up};
use super::gather::Open;
use mistral_model::{State, Value, json, python};
use mistral_store::diagnosis::{FailedAction, OpenExecution, OpenTask};

/// Longest message that is told, in characters.
const TOLD: usize = 400;

/// Explains an execution that ended in ERROR.
pub(super) fn explain<'a>(open: &'a Open, execution: &'a OpenExecution) -> Explanation<'a> {
    let mut reasons = Vec::new();
    let tasks = open.tasks.get(&execution.id).map_or(&[][..], Vec::as_slice);
    if tasks.is_empty() || open.commanded.contains(&execution.id) {
        let message = match execution.state_info.as_deref().filter(|info| !info.is_empty()) {
            Some(info) => format!("the execution itself failed: {}", shortened(info)),
            None if tasks.is_empty() => {
                "a `fail` command of the workflow, without a message, or a request ended it; no \
                                         task failed"
                    .to_owned()
            }
            None => {
                "a `fail` command of the workflow, without a message, or a request ended it, after this had failed and \
                     been dealt with"
                    .to_owned()
            }
        };
        reasons.push(reason("execution_failed", message));
    }
    for task in tasks {
        of_task(open, task, &mut reasons);
    }
    summed_up(execution, reasons)
}

fn of_task<'a>(open: &'a Open, task: &'a OpenTask, reasons: &mut Vec<Reason<'a>>) {
    let before = reasons.len();
    for action in open.failed_actions.get(&task.id).map_or(&[][..], Vec::as_slice) {
        reasons.push(Reason {
            task: Some(task),
            detail: Detail::FailedAction(action),
            ..reason(
                "action_failed",
                format!(
                    "action '{}' of task '{}' failed: {}",
                    action.name,
                    task.name,
                    message_of(action)
                ),
            )
        });
    }
    for execution in open.sub_executions.get(&task.id).map_or(&[][..], Vec::as_slice) {
        let explained = (!open.unexplained.contains(&execution.id) && execution.state == State::Error)
            .then(|| explain(open, execution));
        let because = match &explained {
            Some(explained) => explained
                .summary
                .trim_start_matches("ERROR: ")
                .trim_end_matches('.')
                .to_owned(),
            None => shortened(execution.state_info.as_deref().unwrap_or("no more is known")),
        };
        let verb = if execution.state == State::Error {
            "failed"
        } else {
            "was cancelled"
        };
        let message = format!(
            "workflow '{}' of task '{}' {verb}: {because}",
            execution.workflow_name, task.name
        );
        reasons.push(Reason {
            task: Some(task),
            detail: Detail::Execution(execution, explained),
            ..reason("sub_execution_failed", message)
        });
    }
    if reasons.len() == before {
        let info = task.state_info.as_deref().filter(|info| !info.is_empty());
        let message = match info {
            Some(info) => format!("task '{}' failed: {}", task.name, shortened(info)),
            None => format!("task '{}' failed without a message", task.name),
        };
        reasons.push(Reason {
            task: Some(task),
            ..reason("task_failed", message)
        });
    }
}

/// The result of a failed action as text.
fn message_of(action: &FailedAction) -> String {
    let Some(output) = action.output.as_deref() else {
        return "no message".to_owned();
    };
    let result = json::parse(output.as_bytes())
        .ok()
        .and_then(|output| output.get("result").cloned());
    match result {
        Some(Value::Null) => "no message".to_owned(),
        Some(result) => shortened(&python::str(&result)),
        // It was cut.
        None => shortened(
            output
                .trim_start_matches("{\"result\": ")
                .trim_start_matches("{\"result\":"),
        ),
    }
}

/// What of a text is told: its beginning, on one line, without the place where upstream has a trace.
fn shortened(text: &str) -> String {
    let text = text
        .split("\nTraceback")
        .next()
        .unwrap_or(text)
        .trim_end_matches([':', '\n']);
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(TOLD) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_short_and_plain() {
        let action = |output: &str| FailedAction {
            id: Default::default(),
            task_id: Default::default(),
            name: "std.fail".into(),
            output: Some(output.into()),
        };
        assert_eq!(
            message_of(&action("{\"result\": \"no route\\n to host\"}")),
            "no route to host"
        );
        assert_eq!(
            message_of(&action("{\"result\": {\"status\": 404}}")),
            "{'status': 404}"
        );
        assert!(message_of(&action("{\"result\": \"cut off")).starts_with("\"cut off"));
        assert_eq!(shortened("x]:\nTraceback (most recent call last):\n  none"), "x]");
        assert_eq!(shortened(&"é".repeat(500)).chars().count(), TOLD + 1);
    }
}
