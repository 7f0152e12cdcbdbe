//! What a recorded outcome leaves out: times, ids, the texts only Python's libraries can make.

use std::collections::HashMap;
use std::sync::LazyLock;

use fancy_regex::{Captures, Regex, RegexBuilder};
use serde_json::Value;

use crate::support::json;

/// Stands in scenarios for the prefix that makes names unique to one run.
pub(super) const PREFIX: &str = "W_";

fn regex(pattern: &str) -> Regex {
    let mut builder = RegexBuilder::new(pattern);
    // Texts with a whole definition in them are long.
    builder.backtrack_limit(50_000_000);
    builder.build().unwrap_or_else(|e| panic!("{pattern}: {e}"))
}

static SUBSTITUTIONS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        // Stack traces, wherever they start.
        (r"(?s)\n?\s*Traceback \(most recent call last\).*", ""),
        // Memory addresses, Python's object representations.
        (r" at 0x[0-9a-f]+", " at <addr>"),
        (
            r"(?s)\[action=(?:(?!\[action=).)*?, action_ex_id=",
            "[action=<repr>, action_ex_id=",
        ),
        (r"(?s)\[wf_spec=.*, task_name=", "[wf_spec=<spec>, task_name="),
        (r"(?s)\[action_desc=.*", "[action_desc=<desc>]"),
        // The tail of schema errors; only the first line means something.
        (
            r"(?s)\s*Failed validating '.*?On instance.*?(?=\. Value\(s\) can be shown|\n?\z)",
            "",
        ),
        (r"(?s)is valid under each of .*", "is valid under each of <schemas>"),
        (
            r"(?s)does not match any of the regexes: .*",
            "does not match any of the regexes: <regexes>",
        ),
        (r"(?s)(Definition could not be parsed: ).*", "${1}<yaml error>"),
        // Times of the clock; dates before 2024 are data.
        (
            r"\b20(?:2[4-9]|[3-9]\d)-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?",
            "<time>",
        ),
    ]
    .map(|(pattern, replacement)| (regex(pattern), replacement))
    .into()
});

static UUID: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"));
static REPORT_LINE: LazyLock<Regex> = LazyLock::new(|| regex(r"\A +\[(?:action|wf)_ex_id="));
static INDEX: LazyLock<Regex> = LazyLock::new(|| regex(r"idx=\d+"));

/// Normalises the answers about one run of one scenario.
pub(super) struct Normaliser {
    pub prefix: String,
    /// What known ids are shown as.
    pub labels: HashMap<String, String>,
}

impl Normaliser {
    pub(super) fn new(prefix: String) -> Normaliser {
        Normaliser {
            prefix,
            labels: HashMap::new(),
        }
    }

    pub(super) fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (pattern, replacement) in SUBSTITUTIONS.iter() {
            text = pattern.replace_all(&text, *replacement).into_owned();
        }
        let labelled = UUID.replace_all(&text, |found: &Captures<'_>| self.label(&found[0]));
        let text = labelled.replace(&self.prefix, PREFIX);
        if text.contains("_ex_id=") {
            order_report(&text)
        } else {
            text
        }
    }

    pub(super) fn label(&self, id: &str) -> String {
        self.labels.get(id).cloned().unwrap_or_else(|| "<uuid>".to_owned())
    }

    pub(super) fn data(&self, value: &Value) -> Value {
        json::map_text(value, &mut |text| self.text(text))
    }

    /// A `state_info`: text without the blanks that a missing stack trace leaves at its end.
    pub(super) fn info(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::from(self.text(text).trim_end()),
            other => other.clone(),
        }
    }
}

/// Lines of the failure report about several executions of one task come in no fixed order.
fn order_report(text: &str) -> String {
    let is_match = |pattern: &Regex, line: &str| pattern.is_match(line).unwrap_or(false);
    let (mut lines, mut block) = (Vec::new(), Vec::new());
    for line in text.split('\n') {
        if is_match(&REPORT_LINE, line) {
            block.push(INDEX.replace_all(line, "idx=<n>").into_owned());
            continue;
        }
        block.sort();
        lines.append(&mut block);
        lines.push(line.to_owned());
    }
    block.sort();
    lines.append(&mut block);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normaliser() -> Normaliser {
        let mut normaliser = Normaliser::new("kab_".to_owned());
        let id = "11111111-2222-3333-4444-555555555555";
        normaliser.labels.insert(id.to_owned(), "<task kab_t>".to_owned());
        normaliser
    }

    #[test]
    fn ids_names_and_times() {
        let text = "kab_x 11111111-2222-3333-4444-555555555555 91111111-2222-3333-4444-555555555555 at 0x7f3a";
        assert_eq!(normaliser().text(text), "W_x <task W_t> <uuid> at <addr>");
        let times = "2026-11-23 06:28:05, 2031-01-01T00:00:00.123Z, 2001-01-01 00:00:00";
        assert_eq!(normaliser().text(times), "<time>, <time>, 2001-01-01 00:00:00");
    }

    #[test]
    fn python_s_texts() {
        let text = |text: &str| normaliser().text(text);
        assert_eq!(text("failed:\n Traceback (most recent call last):\n  File"), "failed:");
        assert_eq!(
            text("a [action=X, action_ex_id=1 b [action=Y\nZ, action_ex_id=2"),
            "a [action=<repr>, action_ex_id=1 b [action=<repr>, action_ex_id=2"
        );
        assert_eq!(
            text("wrong\n\nFailed validating 'type' in x\n\nOn instance:\n  1. Value(s) can be shown later"),
            "wrong. Value(s) can be shown later"
        );
        assert_eq!(
            text("Definition could not be parsed: x\ny"),
            "Definition could not be parsed: <yaml error>"
        );
    }

    #[test]
    fn report_lines_are_sorted_within_their_block() {
        let text = "head\n  [action_ex_id=b, idx=0]: x\n  [action_ex_id=a, idx=1]: y\n\n  [wf_ex_id=c, idx=2]";
        let ordered = "head\n  [action_ex_id=a, idx=<n>]: y\n  [action_ex_id=b, idx=<n>]: x\n\n  [wf_ex_id=c, idx=<n>]";
        assert_eq!(normaliser().text(text), ordered);
    }

    #[test]
    fn infos_lose_their_end() {
        assert_eq!(normaliser().info(&Value::from("a \n ")), Value::from("a"));
        assert_eq!(normaliser().info(&Value::Null), Value::Null);
    }
}
