//! Turns an answer into the form of the recordings.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use fancy_regex::{Captures, Regex};
use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

use crate::rest_contract::client::json_of;
use crate::rest_contract::transcript::{DATETIME, UUID, compared_parts, replace_at, tokens};
use crate::support::corpus;
use crate::support::http::Answer;
use crate::support::json::{self, member};

/// Response headers that are recorded.
const HEADERS: [&str; 4] = ["allow", "location", "server-error-message", "www-authenticate"];

/// Attributes that are served as text that holds JSON.
const JSON_TEXTS: [&str; 12] = [
    "input",
    "output",
    "params",
    "published",
    "published_global",
    "runtime_context",
    "result",
    "env",
    "variables",
    "workflow_input",
    "workflow_params",
    "interface",
];

/// Texts made by Python's libraries, which nobody else can be asked to reproduce.
static LIBRARY_TEXTS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"(?s)Traceback \(most recent call last\):.*", "<traceback>"),
        (r"<(?:class ')?[\w.]+ object at 0x[0-9a-f]+>", "<object>"),
        (r"\b0x[0-9a-f]{6,}\b", "<address>"),
        (r"(?s)(Invalid DSL: |Definition could not be parsed: )(?!<detail>).*", "${1}<detail>"),
        (
            r"(?s)(Parse error: |Syntax error |Failed to find a specification class to instantiate )(?!<detail>).*",
            "${1}<detail>",
        ),
        (r"(?s)(Value: ')([{\[].*)('\. )", "${1}<repr>${3}"),
        (
            concat!(
                r"(?:Expecting [^.\n]{3,60}|Extra data|Unterminated string[a-z ]*|Invalid (?:control character|.escape)[^\n]{0,20})",
                r": line \d+ column \d+ \(char \d+\)"
            ),
            "<json error>",
        ),
        (r"(class=)mistral[\w.]+", "${1}<class>"),
        (r"(?s)\[data=\{.*\}\]", "[data=<repr>]"),
    ]
    .map(|(pattern, replacement)| (regex(pattern), replacement))
    .into()
});
static PYTHON_SET: LazyLock<Regex> = LazyLock::new(|| regex(r"\{('[^']*'(?:, '[^']*')*)\}"));
static RUNNING_THINGS: LazyLock<Regex> = LazyLock::new(|| regex(r"/v2/(executions|tasks|action_executions)\b"));
static DIGIT: LazyLock<Regex> = LazyLock::new(|| regex(r"\d"));
static MD5_FORM: LazyLock<Regex> = LazyLock::new(|| regex(r"\A[0-9a-f]{32}\z"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"))
}

/// One per replay of a transcript: the numbers of ids run through all its steps.
pub(super) struct Normaliser<'t> {
    run: &'t str,
    url: &'t str,
    literals: &'t HashSet<String>,
    ids: HashMap<String, usize>,
    /// The year that times of the server are in, more or less.
    year: i64,
    /// Whether the answer is about things that change by themselves.
    is_running: bool,
}

impl<'t> Normaliser<'t> {
    pub(super) fn new(run: &'t str, url: &'t str, literals: &'t HashSet<String>, year: i64) -> Normaliser<'t> {
        Normaliser {
            run,
            url,
            literals,
            ids: HashMap::new(),
            year,
            is_running: false,
        }
    }

    /// An answer, in the form of the recordings.
    pub(super) fn answer(&mut self, answer: &Answer, step: &Value) -> Result<Value, String> {
        self.is_running = RUNNING_THINGS.is_match(json::text(step, "path")).unwrap_or(false);
        let content_type = answer.header("content-type").unwrap_or_default();
        let parts = compared_parts(step);
        let is_compared = parts.contains(&"body") || parts.contains(&"keys") || answer.status >= 400;
        let body = match json_of(answer) {
            _ if !is_compared => Value::Null,
            Some(body) => self.json_body(body, step)?,
            None if content_type.contains("html") || content_type.contains("xml") => {
                Value::from(if answer.body.is_empty() { "" } else { "<page>" })
            }
            None => Value::from(self.text(&answer.text())),
        };
        let mut headers = Map::new();
        for name in HEADERS {
            if let Some(value) = answer.header(name) {
                headers.insert(name.to_owned(), Value::from(self.text(value)));
            }
        }
        Ok(json!({"status": answer.status, "content_type": content_type, "headers": headers, "body": body}))
    }

    fn json_body(&mut self, mut body: Value, step: &Value) -> Result<Value, String> {
        for (pointer, key) in member(step, "unordered").as_object().into_iter().flatten() {
            let key = key.as_str().unwrap_or_default();
            replace_at(&mut body, &tokens(pointer), &mut |value| {
                if let Value::Array(items) = value {
                    items.sort_by_cached_key(|item| crate::rest_contract::transcript::display(member(item, key)));
                }
            });
        }
        let mut body = self.value(&body, true);
        let mut trouble = None;
        for pointer in strings(step, "as_yaml") {
            replace_at(&mut body, &tokens(pointer), &mut |value| {
                let text = value.as_str().unwrap_or_default();
                match corpus::parse_yaml(text) {
                    Ok(parsed) => *value = json!({"<yaml>": parsed}),
                    Err(error) => trouble = Some(format!("no YAML at {pointer}: {error}")),
                }
            });
        }
        for pointer in strings(step, "ignore") {
            replace_at(&mut body, &tokens(pointer), &mut |value| {
                *value = Value::from("<ignored>")
            });
        }
        trouble.map_or(Ok(body), Err)
    }

    fn text(&mut self, text: &str) -> String {
        let mut text = text.replace(self.url, "${url}").replace(self.run, "${run}");
        for (pattern, replacement) in LIBRARY_TEXTS.iter() {
            text = pattern.replace_all(&text, *replacement).into_owned();
        }
        let text = PYTHON_SET.replace_all(&text, |found: &Captures<'_>| {
            let mut members: Vec<&str> = found[1].split(", ").collect();
            members.sort_unstable();
            format!("{{{}}}", members.join(", "))
        });
        let text = UUID.replace_all(&text, |found: &regex::Captures<'_>| self.id(&found[0]));
        DATETIME
            .replace_all(&text, |found: &regex::Captures<'_>| self.time(found))
            .into_owned()
    }

    fn id(&mut self, id: &str) -> String {
        if self.literals.contains(id) {
            return id.to_owned();
        }
        let next = self.ids.len() + 1;
        format!("<uuid:{}>", self.ids.entry(id.to_owned()).or_insert(next))
    }

    fn time(&self, found: &regex::Captures<'_>) -> String {
        let year: i64 = found[1].parse().unwrap_or_default();
        if self.literals.contains(&found[0]) || !(self.year - 1..self.year + 3).contains(&year) {
            return found[0].to_owned();
        }
        if &found[2] == " " && found.get(3).is_none() && found.get(4).is_none() {
            return "<datetime>".to_owned();
        }
        format!("<datetime of another format: {}>", DIGIT.replace_all(&found[0], "9"))
    }

    fn value(&mut self, value: &Value, decode: bool) -> Value {
        match value {
            Value::String(text) => Value::from(self.text(text)),
            Value::Array(items) => items.iter().map(|item| self.value(item, decode)).collect(),
            Value::Object(members) => self.members(members, decode),
            other => other.clone(),
        }
    }

    fn members(&mut self, members: &Map<String, Value>, decode: bool) -> Value {
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        sorted.sort_by_key(|(key, _)| *key);
        let mut result = Map::new();
        for (key, value) in sorted {
            let name = self.text(key);
            let embedded = value.as_str().filter(|_| decode && JSON_TEXTS.contains(&key.as_str()));
            // The display text `input` of workflows is no JSON.
            let mut shown = match embedded.and_then(|text| json::parse(text.as_bytes())) {
                Some(document) => json!({"<json string>": self.value(&document, false)}),
                None if key == "checksum"
                    && value
                        .as_str()
                        .is_some_and(|text| MD5_FORM.is_match(text).unwrap_or(false)) =>
                {
                    Value::from(checksum(value, members.get("definition")))
                }
                None => self.value(value, decode),
            };
            if key == "updated_at" && self.is_running && (shown.is_null() || shown == "<datetime>") {
                shown = Value::from("<datetime or null>");
            }
            result.insert(name, shown);
        }
        Value::Object(result)
    }
}

/// What a checksum is shown as: whether it is that of the definition beside it.
fn checksum(value: &Value, definition: Option<&Value>) -> &'static str {
    let is_right = |text: &str| value == &Value::from(hex::encode(Md5::digest(text.as_bytes())));
    match definition.and_then(Value::as_str) {
        Some(text) if !is_right(text) => "<wrong checksum>",
        _ => "<md5 of definition>",
    }
}

fn strings<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    member(value, key)
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalised(value: &Value) -> Value {
        let literals = HashSet::from(["11111111-1111-1111-1111-111111111111".to_owned()]);
        let mut normaliser = Normaliser::new("qrun", "http://h:1", &literals, 2026);
        normaliser.is_running = true;
        normaliser.value(value, true)
    }

    #[test]
    fn ids_are_numbered_unless_the_transcript_has_them() {
        let value = json!([
            "22222222-1111-1111-1111-111111111111",
            "11111111-1111-1111-1111-111111111111",
            "22222222-1111-1111-1111-111111111111",
            "32222222-1111-1111-1111-111111111111"
        ]);
        assert_eq!(
            normalised(&value),
            json!([
                "<uuid:1>",
                "11111111-1111-1111-1111-111111111111",
                "<uuid:1>",
                "<uuid:2>"
            ])
        );
    }

    #[test]
    fn times_must_have_their_one_form() {
        let value = json!(["2026-11-23 06:28:05", "2026-11-23T06:28:05Z", "1999-01-01 00:00:00"]);
        let shown = json!([
            "<datetime>",
            "<datetime of another format: 9999-99-99T99:99:99Z>",
            "1999-01-01 00:00:00"
        ]);
        assert_eq!(normalised(&value), shown);
        assert_eq!(
            normalised(&json!({"updated_at": null})),
            json!({"updated_at": "<datetime or null>"})
        );
    }

    #[test]
    fn texts_with_json_are_read() {
        let value = json!({"input": "{\"output\": \"1\"}", "params": {"a": 1}, "name": "qrun at http://h:1/x"});
        let shown =
            json!({"input": {"<json string>": {"output": "1"}}, "params": {"a": 1}, "name": "${run} at ${url}/x"});
        assert_eq!(normalised(&value), shown);
    }

    #[test]
    fn checksums_are_checked() {
        let right = hex::encode(Md5::digest(b"text"));
        let shown = |definition: &str| normalised(&json!({"checksum": right.clone(), "definition": definition}));
        assert_eq!(shown("text")["checksum"], "<md5 of definition>");
        assert_eq!(shown("other")["checksum"], "<wrong checksum>");
    }

    #[test]
    fn texts_of_libraries_lose_their_details() {
        let value = json!("Invalid DSL: anything\nat all");
        assert_eq!(normalised(&value), json!("Invalid DSL: <detail>"));
        assert_eq!(normalised(&json!("one of {'b', 'a'}")), json!("one of {'a', 'b'}"));
    }
}
