//! Workflow functions that both languages share, and the pieces of them that need no execution data.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Data, Error, ErrorKind, ExecutionsQuery, Host, NoHost, TasksQuery};
use pyvalue::json;
use pyvalue::python;
use pyvalue::value::Value;
use pyyaml as yaml;

/// Names under which the functions are registered, in both languages.
pub const NAMES: [&str; 11] = [
    "env",
    "execution",
    "executions",
    "global",
    "json_dump",
    "json_parse",
    "task",
    "tasks",
    "uuid",
    "yaml_dump",
    "yaml_parse",
];

/// `json_dump(data)`: four blanks of indentation, order of insertion, ASCII only. None when the text would be longer than so
/// many bytes.
pub fn json_dump(data: &Value, limit: usize) -> Option<String> {
    json_text(
        data,
        Layout {
            indent: Some(4),
            sort_keys: false,
        },
        limit,
    )
}

/// `json_parse(text)`.
///
/// # Errors
/// Python's decoder texts, e.g. `Expecting value: line 1 column 1 (char 0)`.
pub fn json_parse(text: &str) -> Result<Value, Error> {
    json::parse(text.as_bytes()).map_err(|error| Error {
        kind: ErrorKind::Value,
        message: error.0,
    })
}

/// What `json_parse` says about an argument that is not text: `<class 'int'> can't be decoded`.
pub fn json_parse_type_error(python_type: &str) -> Error {
    Error {
        kind: ErrorKind::Type,
        message: format!("<class '{python_type}'> can't be decoded"),
    }
}

/// `yaml_parse(text)`. Dates stay dates until JSON storage; [`yaml::Yaml::into_json`] flattens them.
///
/// # Errors
/// PyYAML's texts.
pub fn yaml_parse(text: &str) -> Result<yaml::Yaml, Error> {
    yaml::parse(text).map_err(|error| Error {
        kind: ErrorKind::Other,
        message: error.message,
    })
}

impl<'a> Data<'a> {
    /// A top-level member, if the data are a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        match self {
            Data::Layers(layers) => layers.iter().find_map(|layer| layer.get(key)),
            Data::Value(value) => value.get(key),
        }
    }

    /// True for mappings: only they bring `__env`, `__execution` and `__task_execution` along.
    pub fn is_mapping(&self) -> bool {
        match self {
            Data::Layers(_) => true,
            Data::Value(value) => matches!(value, Value::Dict(_)),
        }
    }

    /// The data as one value. Layers are merged into a new mapping; members stay shared.
    pub fn to_value(&self) -> Value {
        match self {
            Data::Value(value) => (*value).clone(),
            Data::Layers(layers) => {
                let mut merged = pyvalue::value::Dict::default();
                for layer in layers.iter() {
                    for (key, value) in layer.iter() {
                        if !merged.contains_key(key) {
                            merged.insert(key.clone(), value.clone());
                        }
                    }
                }
                Value::dict(merged)
            }
        }
    }

    /// Python's `data[key]` with a text key.
    ///
    /// # Errors
    /// A missing member (the message is the key's `repr`), or data that cannot be subscripted with text.
    pub fn subscript(&self, key: &str) -> Result<Value, Error> {
        if let Some(value) = self.get(key) {
            return Ok(value.clone());
        }
        let type_error = |message: String| {
            Err(Error {
                kind: ErrorKind::Type,
                message,
            })
        };
        match self {
            Data::Value(Value::Str(_)) => type_error("string indices must be integers, not 'str'".to_owned()),
            Data::Value(Value::List(_)) => type_error("list indices must be integers or slices, not str".to_owned()),
            Data::Layers(_) | Data::Value(Value::Dict(_)) => Err(missing(key)),
            Data::Value(other) => type_error(format!("'{}' object is not subscriptable", other.python_type())),
        }
    }
}

fn missing(key: &str) -> Error {
    Error {
        kind: ErrorKind::Key,
        message: python::repr(&Value::from(key)),
    }
}

/// How JSON text is laid out.
#[derive(Clone, Copy)]
pub struct Layout {
    /// Blanks per level; none: one line.
    pub indent: Option<usize>,
    pub sort_keys: bool,
}

/// JSON text as Python's `json.dumps` lays it out, ASCII only; none when it would be longer than so many bytes.
pub fn json_text(data: &Value, layout: Layout, limit: usize) -> Option<String> {
    let mut out = String::new();
    write_indented(data, layout, 0, limit, &mut out)?;
    Some(out)
}

fn write_indented(data: &Value, layout: Layout, level: usize, limit: usize, out: &mut String) -> Option<()> {
    let separate = |first: bool, level: usize, out: &mut String| {
        if !first {
            out.push_str(if layout.indent.is_some() { "," } else { ", " });
        }
        new_line(layout, level, out);
    };
    match data {
        Value::List(items) if !items.is_empty() => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                separate(i == 0, level + 1, out);
                write_indented(item, layout, level + 1, limit, out)?;
            }
            new_line(layout, level, out);
            out.push(']');
        }
        Value::Dict(members) if !members.is_empty() => {
            out.push('{');
            let mut order: Vec<_> = members.iter().collect();
            if layout.sort_keys {
                order.sort_by_key(|(key, _)| *key);
            }
            for (i, (key, member)) in order.into_iter().enumerate() {
                separate(i == 0, level + 1, out);
                out.push_str(&json::dumps(&Value::Str(key.clone())));
                out.push_str(": ");
                write_indented(member, layout, level + 1, limit, out)?;
            }
            new_line(layout, level, out);
            out.push('}');
        }
        scalar => out.push_str(&json::dumps(scalar)),
    }
    (out.len() <= limit).then_some(())
}

fn new_line(layout: Layout, level: usize, out: &mut String) {
    if let Some(indent) = layout.indent {
        let _ = write!(out, "\n{:width$}", "", width = indent * level);
    }
}

/// Numbers for [`NoHost`]: it has no source of randomness, only a counter.
static COUNTER: AtomicU64 = AtomicU64::new(1);

fn next_number() -> u64 {
    // The finaliser of splitmix64 spreads consecutive numbers.
    let mut z = COUNTER
        .fetch_add(1, Ordering::Relaxed)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Outside a workflow upstream's functions find no `__execution` in the data and fail with that key.
impl Host for NoHost {
    fn task(&self, _name: Option<&str>) -> Result<Option<Value>, String> {
        Err("'__task_execution'".to_owned())
    }

    fn tasks(&self, _query: &TasksQuery) -> Result<Value, String> {
        Ok(Value::list(Vec::new()))
    }

    fn execution(&self) -> Result<Value, String> {
        Err("'__execution'".to_owned())
    }

    fn executions(&self, _query: &ExecutionsQuery) -> Result<Value, String> {
        Ok(Value::list(Vec::new()))
    }

    fn global(&self, _name: &str) -> Result<Value, String> {
        Err("'__execution'".to_owned())
    }

    fn uuid(&self) -> String {
        uuid::Builder::from_random_bytes((u128::from(next_number()) << 64 | u128::from(next_number())).to_be_bytes())
            .into_uuid()
            .to_string()
    }

    fn now_micros(&self) -> i64 {
        0
    }

    fn random(&self) -> f64 {
        (next_number() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pyvalue::value::Dict;

    #[test]
    fn dumps_as_python_does() {
        let data = json_parse(r#"{"b": [1, "é", [], {}], "a": null}"#).unwrap();
        assert_eq!(
            json_dump(&data, 1000).unwrap(),
            "{\n    \"b\": [\n        1,\n        \"\\u00e9\",\n        [],\n        {}\n    ],\n    \"a\": null\n}"
        );
        let layout = Layout {
            indent: None,
            sort_keys: true,
        };
        assert_eq!(
            json_text(&data, layout, 1000).unwrap(),
            r#"{"a": null, "b": [1, "\u00e9", [], {}]}"#
        );
        assert_eq!(json_dump(&data, 20), None);
    }

    #[test]
    fn subscription_needs_a_mapping() {
        let data = json_parse(r#"{"__env": {"x": 1}}"#).unwrap();
        assert_eq!(
            Data::Value(&data).subscript("__env").unwrap(),
            json_parse(r#"{"x": 1}"#).unwrap()
        );
        for (data, expected) in [
            (Value::empty_dict(), "'__env'"),
            (Value::from("x"), "string indices must be integers, not 'str'"),
            (
                Value::list(Vec::new()),
                "list indices must be integers or slices, not str",
            ),
            (Value::Null, "'NoneType' object is not subscriptable"),
        ] {
            assert_eq!(Data::Value(&data).subscript("__env").unwrap_err().message, expected);
        }
    }

    #[test]
    fn layers_hide_one_another() {
        let layer = |text: &str| json_parse(text).unwrap().into_dict().unwrap();
        let (top, bottom): (Dict, Dict) = (layer(r#"{"a": 1}"#), layer(r#"{"a": 2, "b": 3}"#));
        let layers = [&top, &bottom];
        let data = Data::Layers(&layers);
        assert_eq!(data.get("a"), Some(&Value::Int(1)));
        assert_eq!(data.to_value(), json_parse(r#"{"a": 1, "b": 3}"#).unwrap());
    }

    #[test]
    fn ids_differ() {
        assert_ne!(NoHost.uuid(), NoHost.uuid());
        assert_eq!(NoHost.uuid().len(), 36);
        assert!((0.0..1.0).contains(&NoHost.random()));
    }
}
