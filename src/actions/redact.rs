//! Values as the log may show them.

use mistral_model::mask::{HIDDEN, is_secret, mask};
use mistral_model::{Str, Value};

/// Nesting that is looked into.
const DEEPEST: usize = 50;

/// The value with `***` for everything under a key that names a secret, in mappings and in lists of pairs, and in texts such
/// as `password=…` and URLs.
pub(crate) fn redacted(value: &Value) -> Value {
    at_depth(value, 0)
}

fn at_depth(value: &Value, depth: usize) -> Value {
    if depth == DEEPEST {
        return Value::from(HIDDEN);
    }
    let next = |value: &Value| at_depth(value, depth + 1);
    match value {
        Value::Dict(members) => {
            let shown = members
                .iter()
                .map(|(key, value)| (key.clone(), member(key, value, next)));
            Value::dict(shown.collect())
        }
        Value::List(items) => match &items[..] {
            // A pair of a query or a form.
            [Value::Str(key), value] if depth > 0 && is_secret(key) => {
                Value::list(vec![Value::Str(key.clone()), member(key, value, next)])
            }
            items => Value::list(items.iter().map(next).collect()),
        },
        Value::Str(text) => Value::from(mask(text).as_ref()),
        other => other.clone(),
    }
}

fn member(key: &Str, value: &Value, next: impl Fn(&Value) -> Value) -> Value {
    if is_secret(key) && !value.is_null() {
        Value::from(HIDDEN)
    } else {
        next(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_model::json;

    #[test]
    fn what_is_under_secret_keys_is_hidden() {
        for (text, expected) in [
            (
                r#"{"user":"u","Password":"p","nested":[{"api-key":{"a":1},"x":1}],"token":null}"#,
                r#"{"user":"u","Password":"***","nested":[{"api-key":"***","x":1}],"token":null}"#,
            ),
            (r#"[["token","t"],["page","2"]]"#, r#"[["token","***"],["page","2"]]"#),
            (r#"["token","t"]"#, r#"["token","t"]"#),
            (r#""a=1&access_token=abc""#, r#""a=1&access_token=***""#),
            (
                r#"{"http":"http://u:pw@proxy:3128"}"#,
                r#"{"http":"http://u:***@proxy:3128"}"#,
            ),
            ("5", "5"),
        ] {
            let value = json::parse(text.as_bytes()).unwrap();
            assert_eq!(json::to_string(&redacted(&value)), expected);
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = (0..200).fold(Value::Int(1), |inner, _| Value::list(vec![inner]));
        assert!(json::to_string(&redacted(&deep)).contains(HIDDEN));
    }
}
