//! Compares recorded answers with actual ones.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use crate::rest_contract::client::json_of;
use crate::rest_contract::transcript::compared_parts;
use crate::support::http::Answer;
use crate::support::json::{canonical, member, text};

static ID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<uuid:\d+>").expect("a valid pattern"));

/// Longest value that is shown.
const SHOWN: usize = 600;

/// Finds differences; the ids of both sides must correspond one to one throughout a transcript.
#[derive(Default)]
pub(super) struct Comparison {
    forth: HashMap<String, String>,
    back: HashMap<String, String>,
}

impl Comparison {
    /// The differences between two answers in the parts that a step compares.
    pub(super) fn answers(&mut self, expected: &Value, actual: &Value, step: &Value) -> Vec<String> {
        let parts = compared_parts(step);
        let mut found = Vec::new();
        if parts.contains(&"status") && expected["status"] != actual["status"] {
            // The rest would only be noise.
            let (wanted, got) = (&expected["status"], &actual["status"]);
            return vec![format!(
                "status: expected {wanted}, got {got} {}",
                abridged(&actual["body"])
            )];
        }
        if parts.contains(&"content-type") && media_type(expected) != media_type(actual) {
            let (wanted, got) = (&expected["content_type"], &actual["content_type"]);
            found.push(format!("content-type: expected {wanted}, got {got}"));
        }
        if parts.contains(&"headers") {
            self.values(&expected["headers"], &actual["headers"], "headers", &mut found);
        }
        if parts.contains(&"body") {
            self.values(&expected["body"], &actual["body"], "body", &mut found);
        }
        if parts.contains(&"keys") {
            self.values(&keys(&expected["body"]), &keys(&actual["body"]), "keys", &mut found);
        }
        found
    }

    fn values(&mut self, expected: &Value, actual: &Value, place: &str, found: &mut Vec<String>) {
        match (expected, actual) {
            (Value::Object(expected), Value::Object(actual)) => self.members(expected, actual, place, found),
            (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
                for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                    self.values(expected, actual, &format!("{place}/{index}"), found);
                }
            }
            (Value::Array(expected), Value::Array(members)) => {
                let (wanted, got) = (expected.len(), members.len());
                found.push(format!(
                    "{place}: {wanted} members expected, got {got}: {}",
                    abridged(actual)
                ));
            }
            (Value::String(expected), Value::String(actual)) if self.is_same_text(expected, actual) => {}
            (expected, actual) if expected == actual && !expected.is_string() => {}
            _ => found.push(format!(
                "{place}:\n  expected {}\n  got      {}",
                abridged(expected),
                abridged(actual)
            )),
        }
    }

    fn members(
        &mut self,
        expected: &Map<String, Value>,
        actual: &Map<String, Value>,
        place: &str,
        found: &mut Vec<String>,
    ) {
        for (key, wanted) in expected {
            match actual.get(key) {
                Some(got) => self.values(wanted, got, &format!("{place}/{key}"), found),
                None => found.push(format!("{place}/{key}: missing, expected {}", abridged(wanted))),
            }
        }
        for (key, got) in actual.iter().filter(|(key, _)| !expected.contains_key(*key)) {
            found.push(format!("{place}/{key}: unexpected, got {}", abridged(got)));
        }
    }

    fn is_same_text(&mut self, expected: &str, actual: &str) -> bool {
        if ID.replace_all(expected, "<uuid>") != ID.replace_all(actual, "<uuid>") {
            return false;
        }
        ID.find_iter(expected)
            .zip(ID.find_iter(actual))
            .all(|(expected, actual)| {
                let (expected, actual) = (expected.as_str().to_owned(), actual.as_str().to_owned());
                *self.forth.entry(expected.clone()).or_insert_with(|| actual.clone()) == actual
                    && *self.back.entry(actual).or_insert_with(|| expected.clone()) == expected
            })
    }
}

/// Whether an answer to a step that marks a defect of upstream's is the repair: one of the statuses the step names, or else
/// a 4xx that tells the client what is wrong.
pub(super) fn is_repaired(step: &Value, answer: &Answer) -> bool {
    match member(step, "fixed_status").as_array() {
        Some(statuses) => statuses
            .iter()
            .any(|status| status.as_u64() == Some(answer.status.into())),
        None => is_proper_refusal(answer),
    }
}

fn is_proper_refusal(answer: &Answer) -> bool {
    let body = json_of(answer).unwrap_or_default();
    let says_why = !text(&body, "faultstring").is_empty() || !text(&body, "title").is_empty();
    (400..500).contains(&answer.status) && says_why && !answer.text().contains("Traceback")
}

fn keys(body: &Value) -> Value {
    let mut keys: Vec<&str> = body
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .collect();
    keys.sort_unstable();
    keys.into_iter().map(Value::from).collect()
}

fn media_type(answer: &Value) -> String {
    let content_type = text(answer, "content_type");
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn abridged(value: &Value) -> String {
    let text = canonical(value);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn differences(expected: &Value, actual: &Value) -> Vec<String> {
        let mut found = Vec::new();
        Comparison::default().values(expected, actual, "body", &mut found);
        found
    }

    #[test]
    fn ids_correspond_one_to_one() {
        assert!(
            differences(
                &json!(["<uuid:1>", "<uuid:1>", "<uuid:2>"]),
                &json!(["<uuid:7>", "<uuid:7>", "<uuid:1>"])
            )
            .is_empty()
        );
        assert_eq!(
            differences(&json!(["<uuid:1>", "<uuid:1>"]), &json!(["<uuid:1>", "<uuid:2>"])).len(),
            1
        );
        assert_eq!(
            differences(&json!(["<uuid:1>", "<uuid:2>"]), &json!(["<uuid:1>", "<uuid:1>"])).len(),
            1
        );
    }

    #[test]
    fn every_difference_is_named() {
        let found = differences(
            &json!({"a": 1, "b": [1], "c": null}),
            &json!({"a": "1", "b": [1, 2], "d": 0}),
        );
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().any(|text| text.starts_with("body/c: missing")));
        assert!(found.iter().any(|text| text.starts_with("body/d: unexpected")));
    }

    #[test]
    fn defects_must_be_repaired() {
        let answer = |status: u16, body: &str| Answer {
            status,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.as_bytes().to_vec(),
        };
        let step = json!({"upstream_defect": true});
        assert!(is_repaired(&step, &answer(400, r#"{"faultstring": "wrong"}"#)));
        assert!(
            !is_repaired(&step, &answer(400, "{}")) && !is_repaired(&step, &answer(500, r#"{"faultstring": "x"}"#))
        );
        let step = json!({"upstream_defect": true, "fixed_status": [204]});
        assert!(is_repaired(&step, &answer(204, "")) && !is_repaired(&step, &answer(400, r#"{"faultstring": "x"}"#)));
    }
}
