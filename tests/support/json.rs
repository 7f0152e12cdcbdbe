//! JSON as the recordings have it: written and compared the way Python's `json` does.

use mistral::model::python;
use serde_json::{Map, Number, Value};

/// Reads JSON text. Floats get their shortest form, so that `1e2` equals `100.0`, but not `100`.
pub(crate) fn parse(text: &[u8]) -> Option<Value> {
    Some(with_plain_floats(serde_json::from_slice(text).ok()?))
}

fn with_plain_floats(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(plain(number)),
        Value::Array(items) => items.into_iter().map(with_plain_floats).collect(),
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(key, value)| (key, with_plain_floats(value)))
                .collect(),
        ),
        other => other,
    }
}

fn plain(number: Number) -> Number {
    if is_integer(&number) {
        return number;
    }
    number.as_f64().and_then(Number::from_f64).unwrap_or(number)
}

fn is_integer(number: &Number) -> bool {
    !number.as_str().contains(['.', 'e', 'E'])
}

/// A text that holds JSON, decoded; everything else as it is.
pub(crate) fn decode(value: Value) -> Value {
    match value {
        Value::String(text) => parse(text.as_bytes()).unwrap_or(Value::String(text)),
        other => other,
    }
}

/// The value with a function applied to every text, keys included.
pub(crate) fn map_text(value: &Value, change: &mut impl FnMut(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(text)),
        Value::Array(items) => items.iter().map(|item| map_text(item, change)).collect(),
        Value::Object(members) => {
            let mut mapped = Map::new();
            for (key, value) in members {
                mapped.insert(change(key), map_text(value, change));
            }
            Value::Object(mapped)
        }
        other => other.clone(),
    }
}

/// One line, keys sorted: `json.dumps(value, sort_keys=True, ensure_ascii=False)`. Recordings are ordered by it.
pub(crate) fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, None, &mut out);
    out
}

/// Many lines, keys sorted, indented by one blank.
pub(crate) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, Some(0), &mut out);
    out
}

fn write(value: &Value, indent: Option<usize>, out: &mut String) {
    match value {
        Value::Number(number) => match number.as_f64().filter(|_| !is_integer(number)) {
            Some(float) => python::write_float(float, out),
            None => out.push_str(number.as_str()),
        },
        Value::Array(items) => write_items(('[', ']'), items.iter(), indent, out, |item, indent, out| {
            write(item, indent, out);
        }),
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            write_items(
                ('{', '}'),
                members.into_iter(),
                indent,
                out,
                |(key, value), indent, out| {
                    out.push_str(&Value::from(key.as_str()).to_string());
                    out.push_str(": ");
                    write(value, indent, out);
                },
            );
        }
        other => out.push_str(&other.to_string()),
    }
}

fn write_items<T>(
    (open, close): (char, char),
    items: impl ExactSizeIterator<Item = T>,
    indent: Option<usize>,
    out: &mut String,
    mut write_item: impl FnMut(T, Option<usize>, &mut String),
) {
    out.push(open);
    let is_empty = items.len() == 0;
    let inner = indent.map(|indent| indent + 1);
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(if inner.is_some() { "," } else { ", " });
        }
        new_line(inner, out);
        write_item(item, inner, out);
    }
    if !is_empty {
        new_line(indent, out);
    }
    out.push(close);
}

fn new_line(indent: Option<usize>, out: &mut String) {
    if let Some(indent) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// A member of an object; null when there is none.
pub(crate) fn member<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.get(key).unwrap_or(&Value::Null)
}

/// A member that is text; empty when there is none.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    member(value, key).as_str().unwrap_or_default()
}
