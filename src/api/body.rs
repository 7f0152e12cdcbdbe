//! JSON bodies: which attributes a resource has, and how their values are read (upstream's type layer).

use http::{Method, StatusCode, header};

use super::error::Error;
use super::query::Params;
use super::request::Request;
use super::work;
use mistral_model::Payload;
use mistral_model::json;
use mistral_model::python;
use mistral_model::value::{Dict, Str, Value};

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A UUID, as a text.
    Uuid,
    /// A JSON object, or a text that holds one.
    Json,
    Bool,
    /// An integer from 1.
    Count,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// May be sent by nobody.
    ReadOnly,
}

/// `private` and `public`.
pub(crate) const SCOPES: Kind = Kind::Choice(&["private", "public"]);

/// An attribute of a resource.
pub(crate) type Attribute = (&'static str, Kind);

/// A checked body. Attributes that were not sent are absent; null is a value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    values: Dict,
    /// JSON texts of large mappings, made in advance.
    encoded: Vec<(&'static str, Payload)>,
}

impl Body {
    /// Reads the body of `request`; `argument` is what upstream's messages call it. A large one is parsed beside the threads
    /// that serve requests.
    pub(crate) async fn read(
        request: &Request,
        argument: &'static str,
        attributes: &'static [Attribute],
    ) -> Result<Body, Error> {
        let text = request.take_body();
        if !text.is_empty() {
            check_type(request, &text, argument)?;
        }
        let (client, is_large) = (request.client(), text.len() >= work::LARGE_JSON);
        let read = move || {
            if text.iter().all(u8::is_ascii_whitespace) {
                return Err(Error::missing_argument(argument));
            }
            let body = json::parse(&text).map_err(|_| Error::bad_request("Request is not in valid JSON format"))?;
            drop(text);
            let mut body = Body::convert(body, argument, attributes)?;
            if is_large {
                body.encode(attributes);
            }
            Ok(body)
        };
        work::run(client, is_large, read).await?
    }

    /// Checks one object of a list of bodies.
    ///
    /// # Errors
    /// As [`Body::read`], after parsing.
    pub(crate) fn of_value(value: Value, argument: &str, attributes: &[Attribute]) -> Result<Body, Error> {
        if value.is_null() {
            return Err(Error::missing_argument(argument));
        }
        Body::convert(value, argument, attributes)
    }

    fn convert(body: Value, argument: &str, attributes: &[Attribute]) -> Result<Body, Error> {
        let sent = match &body {
            Value::Dict(members) => members,
            Value::Null => return Ok(Body::default()),
            other => {
                let kind = other.python_type();
                return Err(Error::bad_request(format!(
                    "The request body must be a JSON object, not {kind}."
                )));
            }
        };
        let unknown: Vec<&str> = sent
            .keys()
            .map(|k| &**k)
            .filter(|k| !attributes.iter().any(|(name, _)| name == k))
            .collect();
        match unknown.as_slice() {
            [] => {}
            [one] => {
                return Err(Error::bad_request(format!(
                    "Unknown attribute for argument {argument}: {one}"
                )));
            }
            many => {
                let names = many.join(", ");
                return Err(Error::bad_request(format!(
                    "Unknown attributes for argument {argument}: {names}"
                )));
            }
        }
        let mut values = Dict::default();
        for (name, kind) in attributes {
            let Some(value) = sent.get(*name) else { continue };
            let whole = || python::repr(&body);
            values.insert(Str::from(*name), attribute(name, *kind, value, argument, whole)?);
        }
        Ok(Body {
            values,
            encoded: Vec::new(),
        })
    }

    /// Makes the JSON texts that will be stored.
    fn encode(&mut self, attributes: &[Attribute]) {
        for (name, _) in attributes.iter().filter(|(_, kind)| *kind == Kind::Json) {
            if let Some(value @ Value::Dict(_)) = self.values.get(*name) {
                let payload = Payload::from_value(value.clone());
                payload.json();
                self.encoded.push((*name, payload));
            }
        }
    }

    /// Whether the attribute was sent, null or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// A text that is neither absent nor null.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// A text that is neither absent, null nor empty.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// A mapping that is neither absent nor null.
    pub(crate) fn dict(&self, name: &str) -> Option<&Dict> {
        self.get(name).and_then(Value::as_dict)
    }

    /// The mapping, or an empty one.
    pub(crate) fn dict_value(&self, name: &str) -> Value {
        self.get(name)
            .filter(|v| v.as_dict().is_some())
            .cloned()
            .unwrap_or_else(Value::empty_dict)
    }

    /// The mapping, or an empty one, as it is stored.
    pub(crate) fn payload(&self, name: &str) -> Payload {
        match self.encoded.iter().find(|(known, _)| *known == name) {
            Some((_, payload)) => payload.clone(),
            None => Payload::from_value(self.dict_value(name)),
        }
    }

    /// Names that were sent.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(|k| &**k)
    }
}

/// The media type must be JSON. Without one, upstream takes the body of a POST for a form.
fn check_type(request: &Request, body: &[u8], argument: &str) -> Result<(), Error> {
    let media_type = request.media_type();
    match &*media_type {
        "application/json" => return Ok(()),
        "" if request.headers.contains_key(header::CONTENT_TYPE) => {
            // Sent and empty: upstream takes it for a type that it does not know.
            return Err(Error::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unknown mimetype: "));
        }
        "" | "application/x-www-form-urlencoded" if request.method == Method::POST => {}
        other => {
            return Err(Error::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("Unknown mimetype: {other}"),
            ));
        }
    }
    let form = Params::parse_text(body)?;
    let first = form.iter().next().map(|(name, _)| name.to_owned());
    match first {
        Some(name) if name != argument => Err(Error::unknown_argument(&name)),
        Some(_) => Err(Error::bad_request("Request is not in valid JSON format")),
        None => Err(Error::missing_argument(argument)),
    }
}

fn attribute(
    name: &str,
    kind: Kind,
    value: &Value,
    argument: &str,
    whole: impl Fn() -> String,
) -> Result<Value, Error> {
    match kind {
        Kind::ReadOnly => Err(Error::invalid(name, &python::str(value), "Cannot set read only field.")),
        _ if value.is_null() => Ok(Value::Null),
        Kind::Text => match value {
            Value::Str(_) => Ok(value.clone()),
            other => {
                let why = format!(
                    "Wrong type. Expected '<class 'str'>', got '<class '{}'>'",
                    other.python_type()
                );
                Err(Error::invalid(name, &python::str(other), &why))
            }
        },
        Kind::Uuid => match value {
            Value::Str(text) => super::query::bare_uuid(text)
                .map(|_| value.clone())
                .map_err(Error::bad_request),
            other => Err(Error::bad_request(format!(
                "Expected a uuid but received {}.",
                python::str(other)
            ))),
        },
        Kind::Json => mapping(value, argument, whole),
        Kind::Bool => boolean(value)
            .map_err(|why| Error::invalid(argument, &whole(), &why))
            .map(Value::Bool),
        Kind::Count => {
            let n = integer(value).map_err(|why| Error::invalid(argument, &whole(), &why))?;
            if n < 1 {
                return Err(Error::invalid(
                    name,
                    &n.to_string(),
                    "Value should be greater or equal to 1",
                ));
            }
            Ok(Value::Int(n))
        }
        Kind::Choice(choices) => match value {
            Value::Str(text) if choices.contains(&&**text) => Ok(value.clone()),
            // Upstream keeps the choices in a set of Python's, in which lists and mappings cannot be looked for.
            other @ (Value::List(_) | Value::Dict(_)) => {
                let why = format!("unhashable type: '{}'", other.python_type());
                Err(Error::invalid(name, &python::str(other), &why))
            }
            other => {
                let why = format!("Value should be one of: {}", choices.join(", "));
                Err(Error::invalid(name, &python::str(other), &why))
            }
        },
        Kind::Texts => match value {
            Value::List(items) => match items.iter().find(|i| !matches!(i, Value::Str(_) | Value::Null)) {
                None => Ok(value.clone()),
                Some(item) => {
                    let kind = item.python_type();
                    let why = format!("Wrong type. Expected '<class 'str'>', got '<class '{kind}'>'");
                    Err(Error::invalid(name, &python::str(value), &why))
                }
            },
            other => {
                let why = format!("Value not a valid list: {}", python::str(other));
                Err(Error::invalid(argument, &whole(), &why))
            }
        },
    }
}

/// A mapping, given as one or as text. Empty values of any type count as empty mappings, except null.
fn mapping(value: &Value, argument: &str, whole: impl Fn() -> String) -> Result<Value, Error> {
    let parsed = match value {
        Value::Dict(_) => return Ok(value.clone()),
        Value::Str(text) => {
            json::parse(text.as_bytes()).map_err(|e| Error::invalid(argument, &whole(), &e.to_string()))?
        }
        other => {
            let why = format!(
                "the JSON object must be str, bytes or bytearray, not {}",
                other.python_type()
            );
            return Err(Error::invalid(argument, &whole(), &why));
        }
    };
    match parsed {
        Value::Dict(_) | Value::Null => Ok(parsed),
        other if !other.is_truthy() => Ok(Value::empty_dict()),
        other => Err(Error::bad_request(format!(
            "JsonType field value must be a dictionary [actual={}]",
            python::str(&other)
        ))),
    }
}

fn boolean(value: &Value) -> Result<bool, String> {
    match value {
        Value::Bool(b) => Ok(*b),
        Value::Int(n) => Ok(*n != 0),
        Value::Str(text) => match text.trim().to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
            _ => Err(format!("Value not an unambiguous boolean: {text}")),
        },
        other => Err(format!("Value not an unambiguous boolean: {}", python::str(other))),
    }
}

/// Python's `int(value)`.
fn integer(value: &Value) -> Result<i64, String> {
    match value {
        Value::Int(n) => Ok(*n),
        Value::Bool(b) => Ok(i64::from(*b)),
        Value::Float(f) if f.is_finite() => Ok(*f as i64),
        Value::Big(_) => Ok(i64::MAX),
        Value::Str(text) => super::query::python_int(text)
            .ok_or_else(|| format!("invalid literal for int() with base 10: {}", python::repr(value))),
        other => Err(format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            other.python_type()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTRIBUTES: &[Attribute] = &[
        ("name", Kind::Text),
        ("input", Kind::Json),
        ("reset", Kind::Bool),
        ("count", Kind::Count),
        ("scope", SCOPES),
        ("tags", Kind::Texts),
        ("project_id", Kind::ReadOnly),
    ];

    fn read(text: &str) -> Result<Body, String> {
        Body::convert(json::parse(text.as_bytes()).unwrap(), "arg", ATTRIBUTES).map_err(|e| e.message)
    }

    #[test]
    fn values() {
        let body =
            read(r#"{"name": null, "input": "{\"a\": 1}", "reset": 5, "count": "7", "scope": "public"}"#).unwrap();
        assert!(body.has("name") && body.text("name").is_none());
        assert_eq!(body.dict("input").unwrap().len(), 1);
        assert_eq!(
            (body.get("reset"), body.get("count")),
            (Some(&Value::Bool(true)), Some(&Value::Int(7)))
        );
        assert_eq!(
            read(r#"{"input": "[]"}"#).unwrap().get("input"),
            Some(&Value::empty_dict())
        );
        assert_eq!(read(r#"{"input": "null"}"#).unwrap().get("input"), Some(&Value::Null));
    }

    #[test]
    fn refusals() {
        for (text, message) in [
            (r#"{"a": 1, "b": 2}"#, "Unknown attributes for argument arg: a, b"),
            (r#"{"a": 1}"#, "Unknown attribute for argument arg: a"),
            (
                r#"{"name": 5}"#,
                "Invalid input for field/attribute name. Value: '5'. Wrong type. Expected '<class 'str'>', got '<class 'int'>'",
            ),
            (
                r#"{"input": "[1]"}"#,
                "JsonType field value must be a dictionary [actual=[1]]",
            ),
            (
                r#"{"input": [1]}"#,
                "Invalid input for field/attribute arg. Value: '{'input': [1]}'. the JSON object must be str, bytes or bytearray, not list",
            ),
            (
                r#"{"count": 0}"#,
                "Invalid input for field/attribute count. Value: '0'. Value should be greater or equal to 1",
            ),
            (
                r#"{"scope": "x"}"#,
                "Invalid input for field/attribute scope. Value: 'x'. Value should be one of: private, public",
            ),
            (
                r#"{"project_id": "x"}"#,
                "Invalid input for field/attribute project_id. Value: 'x'. Cannot set read only field.",
            ),
            (
                r#"{"tags": 5}"#,
                "Invalid input for field/attribute arg. Value: '{'tags': 5}'. Value not a valid list: 5",
            ),
            (r#"[]"#, "The request body must be a JSON object, not list."),
        ] {
            assert_eq!(read(text).unwrap_err(), message);
        }
    }
}
