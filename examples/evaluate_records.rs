//! Evaluates expressions and YAML texts, one JSON record a line, for comparisons with other implementations
//! (`tests/differential`).
//!
//! A record has `kind`, `text`, for expressions `context`, and if wanted `options` of `[yaql]`:
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

use mistral::expr::{Data, Error, ErrorKind, ExecutionsQuery, Host, NoHost, Options, Scope, TasksQuery};
use mistral::lang::template::{self, Template};
use mistral::model::json;
use mistral::model::value::{Dict, Value};
use mistral::yaml;
use mistral::{jinja, yaql};

/// A value: as JSON, and as Python would print it.
struct Answer {
    value: Result<Value, Error>,
    shown: Option<String>,
}

/// [`NoHost`] with a clock.
struct Clock;

impl Host for Clock {
    fn task(&self, name: Option<&str>) -> Result<Option<Value>, String> {
        NoHost.task(name)
    }

    fn tasks(&self, query: &TasksQuery) -> Result<Value, String> {
        NoHost.tasks(query)
    }

    fn execution(&self) -> Result<Value, String> {
        NoHost.execution()
    }

    fn executions(&self, query: &ExecutionsQuery) -> Result<Value, String> {
        NoHost.executions(query)
    }

    fn global(&self, name: &str) -> Result<Value, String> {
        NoHost.global(name)
    }

    fn uuid(&self) -> String {
        NoHost.uuid()
    }

    fn now_micros(&self) -> i64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.map_or(0, |since| since.as_micros() as i64)
    }

    fn random(&self) -> f64 {
        NoHost.random()
    }
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
    let options = options(record.get("options"));
    let scope = Scope {
        data: Data::Value(record.get("context").unwrap_or(&null)),
        host: &Clock,
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

/// The defaults with some options of `[yaql]` changed.
fn options(changes: Option<&Value>) -> Options {
    let mut options = Options::default();
    for (name, value) in changes.and_then(Value::as_dict).into_iter().flatten() {
        let flag = value.as_bool().unwrap_or(false);
        match &**name {
            "limit_iterators" => options.limit_iterators = value.as_i64().unwrap_or(-1),
            "memory_quota" => options.memory_quota = value.as_i64().unwrap_or(-1),
            "convert_input_data" => options.convert_input_data = flag,
            "convert_output_data" => options.convert_output_data = flag,
            "convert_tuples_to_lists" => options.convert_tuples_to_lists = flag,
            "convert_sets_to_lists" => options.convert_sets_to_lists = flag,
            "iterable_dicts" => options.iterable_dicts = flag,
            "allow_delegates" => options.allow_delegates = flag,
            "keyword_operator" => options.keyword_operator = value.as_str().unwrap_or_default().to_owned(),
            _ => {}
        }
    }
    options
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
