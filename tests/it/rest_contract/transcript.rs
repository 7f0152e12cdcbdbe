//! A transcript: its steps, the variables in them, pointers into answers.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;

use crate::support::corpus;
use crate::support::json;

pub(super) static UUID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").expect("a valid pattern")
});
pub(super) static DATETIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(\d{4})-\d\d-\d\d([ T])\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?").expect("a valid pattern")
});
static VARIABLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\$\{(\w+)\}").expect("a valid pattern"));

/// A recorded conversation.
pub(super) struct Transcript {
    pub steps: Vec<Value>,
    /// The answers of the real server, one per step.
    pub expected: Vec<Value>,
    /// Ids and times that the transcript itself contains: they are data, not the server's.
    pub literals: HashSet<String>,
}

impl Transcript {
    pub(super) fn load(path: &Path) -> Result<Transcript, String> {
        let source = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let document = corpus::parse_yaml(&source)?;
        corpus::check_origin(&document)?;
        let mut literals: HashSet<String> = UUID.find_iter(&source).map(|found| found.as_str().to_owned()).collect();
        literals.extend(DATETIME.find_iter(&source).map(|found| found.as_str().to_owned()));
        let list = |value: &Value| json::member(value, "steps").as_array().cloned().unwrap_or_default();
        let (steps, expected) = (list(&document), list(&corpus::load_expected(path)));
        if steps.len() != expected.len() || steps.is_empty() {
            return Err(format!(
                "the recording has {} steps, the transcript {}",
                expected.len(),
                steps.len()
            ));
        }
        Ok(Transcript {
            steps,
            expected,
            literals,
        })
    }
}

/// Replaces `${name}` in every text of a step.
pub(super) fn substitute(value: &Value, variables: &HashMap<String, String>) -> Result<Value, String> {
    let mut unknown = None;
    let replaced = json::map_text(value, &mut |text| {
        let replaced = VARIABLE.replace_all(text, |found: &Captures<'_>| match variables.get(&found[1]) {
            Some(value) => value.clone(),
            None => {
                unknown = Some(format!("unknown variable {}", &found[0]));
                String::new()
            }
        });
        replaced.into_owned()
    });
    unknown.map_or(Ok(replaced), Err)
}

/// The tokens of a JSON pointer.
pub(super) fn tokens(pointer: &str) -> Vec<&str> {
    pointer.split('/').filter(|token| !token.is_empty()).collect()
}

/// The value a pointer names. It enters text that holds JSON, and a token `key=value` picks the first such list member.
pub(super) fn resolve(document: &Value, pointer: &str) -> Option<Value> {
    let mut value = document.clone();
    for token in tokens(pointer) {
        if let Value::String(text) = &value {
            value = json::parse(text.as_bytes())?;
        }
        value = match (&value, token.split_once('=')) {
            (Value::Array(items), Some((key, wanted))) => items
                .iter()
                .find(|item| item.get(key).map(display).as_deref() == Some(wanted))?
                .clone(),
            (Value::Array(items), None) => items.get(token.parse::<usize>().ok()?)?.clone(),
            (Value::Object(members), _) => members.get(token)?.clone(),
            _ => return None,
        };
    }
    Some(value)
}

/// A value as it is put into a step.
pub(super) fn display(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        other => json::canonical(other),
    }
}

/// Changes the values at the place that the tokens name (`*` = every member), where there are any.
pub(super) fn replace_at(document: &mut Value, tokens: &[&str], change: &mut impl FnMut(&mut Value)) {
    let Some((head, rest)) = tokens.split_first() else {
        return change(document);
    };
    match document {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                if *head == "*" || *head == index.to_string() {
                    replace_at(item, rest, change);
                }
            }
        }
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                if *head == "*" || head == key {
                    replace_at(value, rest, change);
                }
            }
        }
        _ => {}
    }
}

/// The parts of an answer that a step compares.
pub(super) fn compared_parts(step: &Value) -> Vec<&str> {
    match json::member(step, "check").as_array() {
        Some(parts) if !parts.is_empty() => parts.iter().filter_map(Value::as_str).collect(),
        _ => vec!["status", "content-type", "body"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pointers_enter_texts_and_pick_members() {
        let document = json!({"list": [{"name": "a", "x": 1}, {"name": "b", "input": "{\"k\": [5, 6]}"}]});
        assert_eq!(resolve(&document, "/list/name=b/input/k/1"), Some(json!(6)));
        assert_eq!(resolve(&document, "/list/0/x"), Some(json!(1)));
        assert_eq!(resolve(&document, "/list/x=1/name"), Some(json!("a")));
        assert_eq!(resolve(&document, "/list/7"), None);
        assert_eq!(resolve(&document, "/list/name=c"), None);
    }

    #[test]
    fn variables_must_be_known() {
        let variables = HashMap::from([("a".to_owned(), "1".to_owned())]);
        assert_eq!(
            substitute(&json!({"${a}": ["x${a}y"]}), &variables),
            Ok(json!({"1": ["x1y"]}))
        );
        assert!(substitute(&json!("${b}"), &variables).is_err());
    }

    #[test]
    fn every_member_can_be_changed() {
        let mut document = json!({"a": [{"b": 1}, {"b": 2}, {}]});
        replace_at(&mut document, &tokens("/a/*/b"), &mut |value| {
            *value = json!("<ignored>")
        });
        assert_eq!(document, json!({"a": [{"b": "<ignored>"}, {"b": "<ignored>"}, {}]}));
    }
}
