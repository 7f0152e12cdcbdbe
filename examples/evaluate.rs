//! Evaluates expressions and YAML texts, one JSON record a line, for comparisons with other implementations
//! (`tests/differential`).
//!
//! A record has `kind`, `text` and for expressions `context`:
//!
//! | kind | what is done |
//! |---|---|
//! | `yaql` | a bare YAQL expression |
//! | `jinja` | a bare Jinja2 expression |
//! | `template` | a text with expressions inside |
//! | `recursive` | any JSON with expressions inside |
//! | `validate` | the check at upload |
//! | `yaml` | the loader and the dumper |
//!
//! The answer is `{"value": …, "shown": …}` or `{"category": …, "message": …}`; `"stored": false` marks values that JSON
//! cannot say.

use std::io::{self, BufRead, Write};

use mistral::expr::template::{self, Template};
use mistral::expr::{Data, Error, ErrorKind, NoHost, Options, Scope, jinja, yaql};
use mistral::model::json;
use mistral::model::value::{Dict, Value};
use mistral::yaml;

/// A value: as JSON, and as Python would print it.
struct Answer {
    value: Result<Value, Error>,
    shown: Option<String>,
}

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let record = json::parse(line?.as_bytes()).map_err(|e| io::Error::other(e.0))?;
        let answer = match answer(&record) {
            Ok(answer) => describe(answer),
            Err(error) => failure(&error),
        };
        writeln!(out, "{}", json::dumps(&answer))?;
        // The reader may wait for this answer before it asks again.
        out.flush()?;
    }
    Ok(())
}

fn answer(record: &Value) -> Result<Answer, Error> {
    let null = Value::Null;
    let text = record.get("text").unwrap_or(&null);
    let options = Options::default();
    let scope = Scope {
        data: Data::Value(record.get("context").unwrap_or(&null)),
        host: &NoHost,
        options: &options,
    };
    let plain = |value: Value| Answer {
        value: Ok(value),
        shown: None,
    };
    let source = text.as_str().unwrap_or_default();
    match record.get("kind").and_then(Value::as_str).unwrap_or_default() {
        "yaql" => {
            let item = yaql::Expression::parse(source.trim(), &options)?.evaluate_raw(&scope)?;
            Ok(Answer {
                shown: Some(item.to_text()),
                value: item.to_value(),
            })
        }
        "jinja" => {
            let item = jinja::Expression::parse(source)?.evaluate_raw(&scope)?;
            Ok(Answer {
                shown: item.to_text().ok(),
                value: item.to_value(),
            })
        }
        "template" => Template::compile(text, &options).evaluate(&scope).map(plain),
        "recursive" => Template::compile(text, &options)
            .evaluate_unless_empty(&scope)
            .map(plain),
        "validate" => template::validate(source, &options).map(|()| plain(Value::Null)),
        "yaml" => match yaml::parse(source) {
            Ok(document) => Ok(Answer {
                shown: Some(document.dump(true)),
                value: Ok(document.into_json()),
            }),
            Err(error) => Err(Error {
                kind: ErrorKind::Other,
                message: error.message,
            }),
        },
        other => Err(Error {
            kind: ErrorKind::Other,
            message: format!("unknown kind {other}"),
        }),
    }
}

fn describe(answer: Answer) -> Value {
    let mut members = Dict::default();
    match answer.value {
        Ok(value) => members.insert("value".into(), value),
        Err(error) => {
            members.insert("message".into(), Value::from(error.message));
            members.insert("stored".into(), Value::Bool(false))
        }
    };
    if let Some(shown) = answer.shown {
        members.insert("shown".into(), Value::from(shown));
    }
    Value::dict(members)
}

fn failure(error: &Error) -> Value {
    let mut members = Dict::default();
    members.insert("category".into(), Value::from(category(error.kind)));
    members.insert("message".into(), Value::from(error.message.as_str()));
    Value::dict(members)
}

/// `ZeroDivision` is `zero_division`.
fn category(kind: ErrorKind) -> String {
    let mut name = String::new();
    for c in format!("{kind:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}
