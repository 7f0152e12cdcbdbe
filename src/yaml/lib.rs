//! YAML as users' documents rely on it: YAML 1.1 with the scalar rules and the messages of PyYAML's safe loader, and the
//! service's own overrides: anchors and aliases do not exist, `&`, `*` and `@` start plain text.
//!
//! * [`load`]: text to a [`Value`], as it would come back from JSON storage (dates become ISO text, keys text).
//! * [`parse`]: text to [`Yaml`], which keeps what JSON cannot say.
//! * [`locate`]: text to nodes with their places, for tools that point at them; [`read`]: these and the data.
//! * [`dump`]: block style, as PyYAML's safe dumper writes it.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

/// The page of the crate, whose example is a test.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;

mod construct;
mod emitter;
mod located;
mod parser;
mod reader;
mod resolver;
mod scanner;
mod token;

use std::sync::Arc;

use num_bigint::BigInt;

use pyvalue::python;
use pyvalue::value::{Dict, Str, Value};

pub use emitter::RepresentError;
pub use located::{Located, Read, Shape, Span, locate, read};

/// Nesting that a document may have.
pub const MAX_DEPTH: usize = 100;

/// A document that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The text PyYAML would give, with its excerpt of the line.
    pub message: String,
    /// One-based line of the problem; 0 when it has no place.
    pub line: usize,
    /// One-based column of the problem, in characters; 0 when it has no place.
    pub column: usize,
}

/// What a document says, before JSON storage flattens it.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml {
    Null,
    Bool(bool),
    Int(i64),
    Big(Arc<BigInt>),
    Float(f64),
    Str(Str),
    Bytes(Arc<[u8]>),
    Date(jiff::civil::Date),
    /// Date, time and the offset from UTC in minutes (none: no zone given).
    DateTime(jiff::civil::DateTime, Option<i32>),
    List(Vec<Yaml>),
    Map(Vec<(Yaml, Yaml)>),
    Set(Vec<Yaml>),
    /// `!!omap` and `!!pairs`: a list of tuples.
    Pairs(Vec<(Yaml, Yaml)>),
}

/// One step of a path into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(Str),
    Index(usize),
}

/// Reads the only document of a text. An empty text is null.
///
/// # Errors
/// When the text is not YAML 1.1, holds unknown tags or more than one document, or nests deeper than [`MAX_DEPTH`].
pub fn load(text: &str) -> Result<Value, Error> {
    Ok(parse(text)?.into_json())
}

/// Reads the only document of a text, keeping dates, bytes, sets and keys that are not text.
///
/// # Errors
/// As [`load`].
pub fn parse(text: &str) -> Result<Yaml, Error> {
    let mut parser = parser::Parser::new(text)?;
    match parser.single_document()? {
        Some(root) => construct::Constructor {
            reader: &parser.scanner.reader,
        }
        .construct(root),
        None => Ok(Yaml::Null),
    }
}

/// Block-style text with sorted keys: `yaml.safe_dump(…, default_flow_style=False)`.
pub fn dump(value: &Value) -> String {
    Yaml::from(value).dump(true)
}

fn repr(text: &str) -> String {
    let mut out = String::new();
    python::write_repr_str(text, &mut out);
    out
}

impl Yaml {
    /// An integer of any size, in its smallest form.
    pub fn from_bigint(n: BigInt) -> Yaml {
        match i64::try_from(&n) {
            Ok(small) => Yaml::Int(small),
            Err(_) => Yaml::Big(Arc::new(n)),
        }
    }

    /// Text in block style.
    pub fn dump(&self, sort_keys: bool) -> String {
        self.dump_within(sort_keys, usize::MAX).unwrap_or_default()
    }

    /// Text in block style, if it takes no more than so many bytes: deep values are written with much indentation.
    pub fn dump_within(&self, sort_keys: bool, limit: usize) -> Option<String> {
        emitter::Emitter::new(sort_keys, limit).document(self)
    }

    /// What is left after JSON storage: dates as ISO text (times lose their zone), bytes as text, sets and tuples as
    /// lists, keys as the text a JSON encoder gives them.
    pub fn into_json(self) -> Value {
        match self {
            Yaml::Null => Value::Null,
            Yaml::Bool(b) => Value::Bool(b),
            Yaml::Int(n) => Value::Int(n),
            Yaml::Big(n) => Value::Big(n),
            Yaml::Float(f) => Value::Float(f),
            Yaml::Str(s) => Value::Str(s),
            Yaml::Bytes(bytes) => Value::from(String::from_utf8_lossy(&bytes).into_owned()),
            Yaml::Date(date) => Value::from(date.strftime("%Y-%m-%d").to_string()),
            Yaml::DateTime(time, _) => Value::from(time.strftime("%Y-%m-%dT%H:%M:%S.%6f").to_string()),
            Yaml::List(items) | Yaml::Set(items) => Value::list(items.into_iter().map(Yaml::into_json).collect()),
            Yaml::Map(members) => {
                let mut dict = Dict::with_capacity(members.len());
                for (key, value) in members {
                    dict.insert(key.into_key(), value.into_json());
                }
                Value::dict(dict)
            }
            Yaml::Pairs(pairs) => Value::list(
                pairs
                    .into_iter()
                    .map(|(k, v)| Value::list(vec![k.into_json(), v.into_json()]))
                    .collect(),
            ),
        }
    }

    /// A mapping's key as JSON text.
    pub fn into_key(self) -> Str {
        match self {
            Yaml::Str(s) => s,
            Yaml::Null => "null".into(),
            Yaml::Bool(b) => if b { "true" } else { "false" }.into(),
            other => {
                let value = other.into_json();
                match value {
                    Value::Str(s) => s,
                    value => pyvalue::json::to_string(&value).into(),
                }
            }
        }
    }
}

impl From<&Value> for Yaml {
    fn from(value: &Value) -> Yaml {
        match value {
            Value::Null => Yaml::Null,
            Value::Bool(b) => Yaml::Bool(*b),
            Value::Int(n) => Yaml::Int(*n),
            Value::Big(n) => Yaml::Big(n.clone()),
            Value::Float(f) => Yaml::Float(*f),
            Value::Str(s) => Yaml::Str(s.clone()),
            Value::List(items) => Yaml::List(items.iter().map(Yaml::from).collect()),
            Value::Dict(members) => Yaml::Map(
                members
                    .iter()
                    .map(|(k, v)| (Yaml::Str(k.clone()), Yaml::from(v)))
                    .collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests;
