//! Runs a corpus of expressions with the answers of the real evaluators and reports how many are reproduced.
//!
//! `EXPR_CORPUS=FILE` runs another corpus of the same form, `EXPR_SHOW=KIND` (or `all`) lists the cases that differ.
//! The report ends with the lines `successes: NN.NN% (n/m)` and `errors: NN.NN% (n/m)`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mistral::expr::{Data, Error, ErrorKind, ExecutionsQuery, Host, NoHost, Options, Scope, TasksQuery};
use mistral::lang::template::{self, Template};
use mistral::model::json;
use mistral::model::value::Value;
use mistral::{jinja, yaql};

/// Required of every kind, in per cent.
const MIN_SUCCESSES: f64 = 99.0;
const MIN_ERRORS: f64 = 97.0;

/// Python objects that cannot leave an expression: upstream cannot store them either.
const CORNERS: [&str; 6] = ["callable", "object", "undefined", "novalue", "complex", "bytes"];

/// Categories whose messages are upstream's own; those of the others are texts of Python's library.
const EXACT_MESSAGES: [ErrorKind; 16] = [
    ErrorKind::Lex,
    ErrorKind::Grammar,
    ErrorKind::UnknownFunction,
    ErrorKind::UnknownMethod,
    ErrorKind::NoMatch,
    ErrorKind::Ambiguous,
    ErrorKind::Mapping,
    ErrorKind::Limit,
    ErrorKind::Memory,
    ErrorKind::Key,
    ErrorKind::Index,
    ErrorKind::ZeroDivision,
    ErrorKind::Assertion,
    ErrorKind::Undefined,
    ErrorKind::Security,
    ErrorKind::UnknownFilter,
];

/// Right answers and cases of one kind or group.
#[derive(Clone, Copy, Default)]
struct Tally {
    successes: (usize, usize),
    errors: (usize, usize),
    messages: (usize, usize),
    corners: (usize, usize),
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        for (mine, theirs) in [
            (&mut self.successes, other.successes),
            (&mut self.errors, other.errors),
            (&mut self.messages, other.messages),
            (&mut self.corners, other.corners),
        ] {
            mine.0 += theirs.0;
            mine.1 += theirs.1;
        }
    }

    fn line(&self) -> String {
        let part = |(right, all): (usize, usize)| {
            if all == 0 {
                format!("{:>20}", "-")
            } else {
                format!("{:>20}", format!("{} ({right}/{all})", rate((right, all))))
            }
        };
        format!(
            "{} {} {} {}",
            part(self.successes),
            part(self.errors),
            part(self.messages),
            part(self.corners)
        )
    }
}

fn percent((right, all): (usize, usize)) -> f64 {
    if all == 0 {
        100.0
    } else {
        right as f64 * 100.0 / all as f64
    }
}

fn rate(counts: (usize, usize)) -> String {
    format!("{:.2}%", percent(counts))
}

fn text<'a>(record: &'a Value, key: &str) -> &'a str {
    record.get(key).and_then(Value::as_str).unwrap_or("")
}

fn options(record: &Value) -> Options {
    let mut options = Options::default();
    let Some(given) = record.get("options").and_then(Value::as_dict) else {
        return options;
    };
    for (name, value) in given {
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
            "keyword_operator" => options.keyword_operator = value.as_str().unwrap_or("").to_owned(),
            "allowed_languages" => {
                let allowed = |name: &str| {
                    value
                        .as_list()
                        .is_some_and(|l| l.iter().any(|v| v.as_str() == Some(name)))
                };
                options.allow_yaql = allowed("yaql");
                options.allow_jinja = allowed("jinja");
            }
            other => panic!("unknown option {other}"),
        }
    }
    options
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

/// Upstream's text around a cause, as the records of the kind `yaql` have it.
fn wrapped(expression: &str, error: Error) -> Error {
    let message = format!(
        "Can not evaluate YAQL expression [expression={expression}, error={}]",
        error.message
    );
    Error {
        kind: error.kind,
        message,
    }
}

/// Our answer; none where the interface cannot be asked (something that is no text, where only text can be given).
fn answer(record: &Value, options: &Options) -> Option<Result<Value, Error>> {
    let null = Value::Null;
    let expr = record.get("expr").unwrap_or(&null);
    let context = record.get("context").unwrap_or(&null);
    let scope = Scope {
        data: Data::Value(context),
        host: &Clock,
        options,
    };
    Some(match text(record, "kind") {
        "yaql" => {
            let expression = expr.as_str()?.trim();
            yaql::Expression::parse(expression, options)
                .and_then(|parsed| parsed.evaluate_raw(&scope))
                .map_err(|error| wrapped(expression, error))
                .and_then(|item| item.to_value().map_err(storage_error))
        }
        "jinja" => jinja::Expression::parse(expr.as_str()?)
            .and_then(|parsed| parsed.evaluate_raw(&scope))
            .and_then(|item| item.to_value().map_err(storage_error)),
        "inline" if expr.as_str().is_none() => Ok(expr.clone()),
        "inline" => Template::compile(expr, options).evaluate(&scope),
        "recursive" => Template::compile(expr, options).evaluate_unless_empty(&scope),
        "validate" => match expr.as_str() {
            Some(text) => template::validate(text, options).map(|()| Value::Null),
            None => Ok(Value::Null),
        },
        "validate_yaql" => yaql::Expression::parse(expr.as_str()?, options).map(|_| Value::Null),
        "validate_jinja" => jinja::validate_expression(expr.as_str()?).map(|()| Value::Null),
        other => panic!("unknown kind {other}"),
    })
}

/// Marks errors of storing a value: the evaluation itself was fine.
fn storage_error(error: Error) -> Error {
    Error {
        message: format!("STORAGE {}", error.message),
        ..error
    }
}

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

fn tag(value: &Value) -> Option<&str> {
    value.get("$type").and_then(Value::as_str)
}

/// Does the value hold a Python object that JSON has no form for?
fn has_corner(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(has_corner),
        Value::Dict(members) => tag(value).is_some_and(|t| CORNERS.contains(&t)) || members.values().any(has_corner),
        _ => false,
    }
}

/// The recorded value against ours. Tagged values stand for what JSON cannot say.
fn same(expected: &Value, ours: &Value, ulp: bool) -> bool {
    match (tag(expected), expected) {
        (Some("int"), _) => *ours == number(text(expected, "value")),
        (Some("float"), _) => match ours {
            Value::Float(f) => match text(expected, "value") {
                "nan" => f.is_nan(),
                "inf" => *f == f64::INFINITY,
                _ => *f == f64::NEG_INFINITY,
            },
            _ => false,
        },
        (Some("set"), _) => {
            same_unordered(list(expected, "items"), ours.as_list().unwrap_or_default(), ulp) && is_list(ours)
        }
        (Some("tuple" | "iterator"), _) => same_items(list(expected, "items"), ours, ulp),
        (Some("dict"), _) => {
            let Some(ours) = ours.as_dict() else { return false };
            let pairs = list(expected, "items");
            pairs.len() == ours.len()
                && pairs.iter().all(|pair| {
                    let [key, value] = pair.as_list().unwrap_or_default() else {
                        return false;
                    };
                    let key = key.as_str().map_or_else(|| json::to_string(key), str::to_owned);
                    ours.get(key.as_str()).is_some_and(|v| same(value, v, ulp))
                })
        }
        (Some("datetime" | "date"), _) => {
            // Stored without the offset, with microseconds.
            let expected = text(expected, "value");
            ours.as_str()
                .is_some_and(|ours| ours.get(..19).is_none_or(|o| expected.starts_with(o)))
        }
        (Some(_), _) => true,
        (None, Value::List(items)) => same_items(items, ours, ulp),
        (None, Value::Dict(members)) => ours.as_dict().is_some_and(|ours| {
            members.len() == ours.len()
                && members
                    .iter()
                    .all(|(k, v)| ours.get(k).is_some_and(|o| same(v, o, ulp)))
        }),
        (None, Value::Float(a)) => match ours {
            Value::Float(b) => a == b || (a.is_nan() && b.is_nan()) || (ulp && (a - b).abs() <= a.abs() * f64::EPSILON),
            _ => false,
        },
        (None, other) => other == ours,
    }
}

fn is_list(value: &Value) -> bool {
    value.as_list().is_some()
}

fn number(text: &str) -> Value {
    json::parse(text.as_bytes()).unwrap_or(Value::Null)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_list).unwrap_or_default()
}

fn same_items(expected: &[Value], ours: &Value, ulp: bool) -> bool {
    ours.as_list()
        .is_some_and(|ours| expected.len() == ours.len() && expected.iter().zip(ours).all(|(e, o)| same(e, o, ulp)))
}

fn same_unordered(expected: &[Value], ours: &[Value], ulp: bool) -> bool {
    let mut left: Vec<&Value> = ours.iter().collect();
    expected.len() == ours.len()
        && expected
            .iter()
            .all(|e| match left.iter().position(|o| same(e, o, ulp)) {
                Some(at) => {
                    left.swap_remove(at);
                    true
                }
                None => false,
            })
}

/// The outcome of one case: its tally and, if something differs, what.
fn judge(record: &Value, ours: &Result<Value, Error>) -> (Tally, Option<String>) {
    let mut tally = Tally::default();
    let shown = |ours: &Result<Value, Error>| match ours {
        Ok(value) => json::to_string(value),
        Err(error) => format!("{}: {}", category(error.kind), error.message),
    };
    if let Some(expected) = record.get("error") {
        tally.errors.1 = 1;
        let Err(error) = ours else {
            return (tally, Some(format!("{} | should fail", shown(ours))));
        };
        if category(error.kind) != text(expected, "category") {
            return (
                tally,
                Some(format!("{} | category is {}", shown(ours), text(expected, "category"))),
            );
        }
        tally.errors.0 = 1;
        let message = expected
            .get("message")
            .and_then(Value::as_str)
            .filter(|_| EXACT_MESSAGES.contains(&error.kind));
        let Some(message) = message else { return (tally, None) };
        tally.messages = (usize::from(message == error.message), 1);
        let difference = (message != error.message).then(|| format!("{} | message is {message}", shown(ours)));
        return (tally, difference);
    }
    let null = Value::Null;
    let expected = record.get("result").unwrap_or(&null);
    let ulp = text(record, "expr").contains("**") || text(record, "expr").contains("pow(");
    if has_corner(expected) {
        tally.corners.1 = 1;
        let refused =
            matches!(ours, Err(error) if error.message.starts_with("STORAGE ") || error.kind == ErrorKind::Undefined);
        let right = refused || ours.is_ok();
        tally.corners.0 = usize::from(right);
        return (
            tally,
            (!right).then(|| format!("{} | corner {}", shown(ours), json::to_string(expected))),
        );
    }
    tally.successes.1 = 1;
    let right = match ours {
        // Upstream's encoder refuses the value as well.
        Err(error) => record.get("json_error").is_some() && error.message.contains("STORAGE "),
        Ok(_) if record.get("json_error").is_some() => false,
        Ok(value) => match (record.get("json"), record.get("json_text").and_then(Value::as_str)) {
            (Some(stored), _) if !json::to_string(expected).contains(r#""$type":"set""#) => same(stored, value, ulp),
            (_, Some(stored)) => json::parse(stored.as_bytes()).is_ok_and(|stored| same(&stored, value, ulp)),
            _ => same(expected, value, ulp),
        },
    };
    tally.successes.0 = usize::from(right);
    (
        tally,
        (!right).then(|| format!("{} | is {}", shown(ours), json::to_string(expected))),
    )
}

#[test]
fn corpus() {
    let path = std::env::var("EXPR_CORPUS")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/expressions/recorded.jsonl").to_owned());
    let show = std::env::var("EXPR_SHOW").unwrap_or_default();
    let corpus = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));

    let mut groups: BTreeMap<(String, String), Tally> = BTreeMap::new();
    let mut skipped = 0;
    let mut differences = String::new();
    for line in corpus.lines().filter(|line| !line.trim().is_empty()) {
        let record = json::parse(line.as_bytes()).unwrap_or_else(|e| panic!("{e}: {line}"));
        let Some(ours) = answer(&record, &options(&record)) else {
            skipped += 1;
            continue;
        };
        let (tally, difference) = judge(&record, &ours);
        let kind = text(&record, "kind").to_owned();
        if let Some(difference) = difference.filter(|_| show == "all" || show == kind) {
            let expr = record.get("expr").map(json::to_string).unwrap_or_default();
            let _ = writeln!(differences, "{} {expr}\n    {difference}", text(&record, "id"));
        }
        groups
            .entry((kind, text(&record, "group").to_owned()))
            .or_default()
            .add(&tally);
    }

    let mut kinds: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut total = Tally::default();
    for ((kind, _), tally) in &groups {
        kinds.entry(kind).or_default().add(tally);
        total.add(tally);
    }
    print!("{differences}");
    println!(
        "{:<42} {:>20} {:>20} {:>20} {:>20}",
        "kind / group", "successes", "errors", "messages", "corners"
    );
    for (kind, tally) in &kinds {
        println!("{kind:<42} {}", tally.line());
        for ((_, group), tally) in groups.iter().filter(|((k, _), _)| k == kind) {
            println!("  {group:<40} {}", tally.line());
        }
    }
    println!("not asked (no text where the interface takes text): {skipped}");
    println!(
        "messages: {} ({}/{})",
        rate(total.messages),
        total.messages.0,
        total.messages.1
    );
    println!(
        "successes: {} ({}/{})",
        rate(total.successes),
        total.successes.0,
        total.successes.1
    );
    println!("errors: {} ({}/{})", rate(total.errors), total.errors.0, total.errors.1);

    for (kind, tally) in &kinds {
        assert!(
            percent(tally.successes) >= MIN_SUCCESSES,
            "{kind}: {} of the successes",
            rate(tally.successes)
        );
        assert!(
            percent(tally.errors) >= MIN_ERRORS,
            "{kind}: {} of the errors",
            rate(tally.errors)
        );
    }
}
