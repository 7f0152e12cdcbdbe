//! Diagnostics as text for people and as data for tools.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{CODES, Diagnostic, Report, Severity};

/// Where the pages of the codes are, seen from the repository.
const PAGE: &str = "docs/lint.md";
/// Longest line that is shown whole, in characters.
const WIDTH: usize = 160;

/// A document that was linted.
pub struct Linted<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub report: &'a Report,
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

/// All diagnostics in a form; `colour` is for terminals.
pub fn render(documents: &[Linted<'_>], format: Format, colour: bool) -> String {
    match format {
        Format::Text => text(documents, colour),
        Format::Json => pretty(&json(documents)),
        Format::Sarif => pretty(&sarif(documents)),
        Format::Github => github(documents),
    }
}

fn pretty(value: &Value) -> String {
    let mut out = serde_json::to_string_pretty(value).unwrap_or_default();
    out.push('\n');
    out
}

fn text(documents: &[Linted<'_>], colour: bool) -> String {
    let paint = |code: &str, text: &str| match colour {
        true => format!("\x1b[{code}m{text}\x1b[0m"),
        false => text.to_owned(),
    };
    let mut out = String::new();
    for document in documents {
        let lines: Vec<&str> = document.text.split('\n').collect();
        for d in &document.report.diagnostics {
            let severity = match d.severity {
                Severity::Error => paint("1;31", "error"),
                Severity::Warning => paint("1;33", "warning"),
            };
            let place = format!("{}:{}:{}", document.name, d.range.line, d.range.column);
            let _ = writeln!(out, "{place}: {severity} {}: {}", d.code, d.message);
            let line = lines.get(d.range.line - 1).copied().unwrap_or_default().trim_end();
            excerpt(&mut out, line, d, &paint("1;36", "^"));
            if let Some(help) = &d.help {
                let _ = writeln!(out, "      = {help}");
            }
            out.push('\n');
        }
        if document.report.left_out > 0 {
            let _ = writeln!(out, "{}: and {} more\n", document.name, document.report.left_out);
        }
    }
    let count = |severity| {
        let all = documents.iter().flat_map(|d| &d.report.diagnostics);
        all.filter(|d| d.severity == severity).count()
    };
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let _ = writeln!(
        out,
        "{} and {} in {}",
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        plural(documents.len(), "document")
    );
    out
}

fn excerpt(out: &mut String, line: &str, d: &Diagnostic, caret: &str) {
    let number = d.range.line.to_string();
    let letters: Vec<char> = line.chars().collect();
    let skip = (d.range.column.saturating_sub(1)).saturating_sub(WIDTH / 2);
    let shown: String = letters.iter().skip(skip).take(WIDTH).collect();
    let _ = writeln!(out, "  {number:>4} | {shown}");
    let lead: String = letters
        .iter()
        .take(d.range.column - 1)
        .skip(skip)
        .map(|c| if *c == '\t' { '\t' } else { ' ' })
        .collect();
    let width = match d.range.end_line == d.range.line {
        true => d.range.end_column.saturating_sub(d.range.column),
        false => letters.len().saturating_sub(d.range.column - 1),
    };
    let _ = writeln!(out, "       | {lead}{}", caret.repeat(width.clamp(1, WIDTH)));
}

/// One diagnostic as data: what the REST API answers, too.
pub fn diagnostic(d: &Diagnostic) -> Value {
    let mut value = json!({
        "code": d.code,
        "severity": d.severity.name(),
        "line": d.range.line,
        "column": d.range.column,
        "end_line": d.range.end_line,
        "end_column": d.range.end_column,
        "message": d.message,
    });
    if let Some(help) = &d.help {
        value["help"] = json!(help);
    }
    if let Some(replacement) = &d.replacement {
        value["replacement"] = json!(replacement);
    }
    value
}

fn json(documents: &[Linted<'_>]) -> Value {
    let each = documents.iter().map(|document| {
        json!({
            "file": document.name,
            "diagnostics": document.report.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
            "left_out": document.report.left_out,
        })
    });
    json!({ "documents": each.collect::<Vec<_>>() })
}

/// SARIF 2.1.0, as code scanning services read it.
fn sarif(documents: &[Linted<'_>]) -> Value {
    let level = |severity: Severity| severity.name();
    let rules = CODES.iter().map(|code| {
        json!({
            "id": code.code,
            "shortDescription": { "text": code.title },
            "fullDescription": { "text": code.text },
            "helpUri": format!("{PAGE}#{}", code.code.to_lowercase()),
            "defaultConfiguration": { "level": level(code.severity) },
        })
    });
    let mut results = Vec::new();
    for document in documents {
        for d in &document.report.diagnostics {
            let text = match &d.help {
                Some(help) => format!("{} ({help})", d.message),
                None => d.message.clone(),
            };
            results.push(json!({
                "ruleId": d.code,
                "ruleIndex": CODES.iter().position(|code| code.code == d.code),
                "level": level(d.severity),
                "message": { "text": text },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": document.name },
                    "region": {
                        "startLine": d.range.line,
                        "startColumn": d.range.column,
                        "endLine": d.range.end_line,
                        "endColumn": d.range.end_column,
                    },
                }}],
            }));
        }
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "mistral-server lint",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// Workflow commands that GitHub turns into annotations.
fn github(documents: &[Linted<'_>]) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for document in documents {
        for d in &document.report.diagnostics {
            let message = match &d.help {
                Some(help) => format!("{}\n{help}", d.message),
                None => d.message.clone(),
            };
            let _ = writeln!(
                out,
                "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                d.severity.name(),
                property(document.name),
                d.range.line,
                d.range.column,
                d.range.end_line,
                d.range.end_column,
                property(d.code),
                data(&message)
            );
        }
    }
    out
}
