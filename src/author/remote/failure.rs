//! What `/why` answers, for people.

use std::fmt::Write as _;

use serde_json::Value;

use super::plain;

/// Deepest sub-workflow that is shown.
const DEEPEST: usize = 20;

/// A member that is a text; empty if it is not.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The explanation: a line for the execution, one for each reason, those of sub-workflows below theirs.
pub(super) fn explained(why: &Value) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} {}: {}",
        text(why, "workflow_name"),
        text(why, "execution_id"),
        plain(text(why, "summary"))
    );
    reasons(&mut out, why, 1);
    if why.get("truncated").and_then(Value::as_bool) == Some(true) {
        out.push_str("  … there is more than is shown here\n");
    }
    out
}

fn reasons(out: &mut String, why: &Value, depth: usize) {
    for reason in why.get("reasons").and_then(Value::as_array).into_iter().flatten() {
        let _ = writeln!(out, "{}- {}", "  ".repeat(depth), plain(text(reason, "message")));
        for (name, label) in [
            ("task_execution_id", "task"),
            ("action_execution_id", "action"),
            ("execution_id", "execution"),
            ("fire_at", "goes on at"),
            ("task_timeout_at", "time limit at"),
        ] {
            if !text(reason, name).is_empty() {
                let _ = writeln!(out, "{}  {label} {}", "  ".repeat(depth), plain(text(reason, name)));
            }
        }
        if depth < DEEPEST {
            reasons(out, reason, depth + 1);
        }
    }
}

/// The messages alone, deepest first: what a person wants to know when a run has failed.
pub(super) fn causes(why: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for reason in why.get("reasons").and_then(Value::as_array).into_iter().flatten() {
        let below = causes(reason);
        match below.is_empty() {
            true => found.push(plain(text(reason, "message"))),
            false => found.extend(
                below
                    .into_iter()
                    .map(|cause| format!("{cause} (in task '{}')", plain(text(reason, "task_name")))),
            ),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn from_the_action_up() {
        let why = json!({
            "workflow_name": "outer", "execution_id": "1", "summary": "ERROR: x", "truncated": false,
            "reasons": [{
                "kind": "sub_execution_failed", "message": "workflow 'inner' of task 'call' failed: y", "task_name": "call",
                "execution_id": "2",
                "reasons": [{"kind": "action_failed", "message": "action 'std.fail' of task 'a' failed: z", "task_name": "a",
                             "action_execution_id": "3"}],
            }],
        });
        assert_eq!(
            causes(&why),
            ["action 'std.fail' of task 'a' failed: z (in task 'call')"]
        );
        assert_eq!(
            explained(&why),
            "outer 1: ERROR: x\n  - workflow 'inner' of task 'call' failed: y\n    execution 2\n    - action 'std.fail' of task \
             'a' failed: z\n      action 3\n"
        );
    }
}
