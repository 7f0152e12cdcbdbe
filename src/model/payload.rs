//! A JSON document that is kept as the bytes it arrived in, as a parsed value, or both; each form is made at most once.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::json;
use super::value::Value;

/// Shared, immutable JSON.
#[derive(Clone, Debug, Default)]
pub struct Payload(Arc<Forms>);

thread_local! {
    /// Where texts are written before their length is known: one allocation each, however long it gets.
    static DRAFT: RefCell<String> = const { RefCell::new(String::new()) };
    /// What every task has at first. One for each thread: all loops counting one reference would pass its memory around.
    static EMPTY_DICT: Payload = {
        let payload = Payload::from_value(Value::empty_dict());
        payload.json();
        payload
    };
}

/// A draft that grew larger is given back.
const LARGEST_DRAFT: usize = 64 << 10;

/// The JSON text of a value.
fn written(value: &Value) -> Bytes {
    DRAFT.with_borrow_mut(|draft| {
        draft.clear();
        json::write(value, draft);
        if draft.capacity() > LARGEST_DRAFT {
            return Bytes::from(std::mem::take(draft));
        }
        Bytes::copy_from_slice(draft.as_bytes())
    })
}

#[derive(Debug, Default)]
struct Forms {
    json: OnceLock<Bytes>,
    value: OnceLock<Value>,
}

impl Payload {
    /// From text that is known to be JSON (it was validated when it came in, or it is the database's).
    pub fn from_json(json: impl Into<Bytes>) -> Payload {
        let forms = Forms::default();
        let _ = forms.json.set(json.into());
        Payload(Arc::new(forms))
    }

    pub fn from_value(value: Value) -> Payload {
        let forms = Forms::default();
        let _ = forms.value.set(value);
        Payload(Arc::new(forms))
    }

    /// `{}`.
    pub fn empty_dict() -> Payload {
        EMPTY_DICT.with(Payload::clone)
    }

    /// The JSON text.
    pub fn json(&self) -> &Bytes {
        self.0.json.get_or_init(|| match self.0.value.get() {
            Some(v) => written(v),
            None => Bytes::from_static(b"null"),
        })
    }

    /// Length of the JSON text, if it was made already.
    pub fn encoded_len(&self) -> Option<usize> {
        self.0.json.get().map(Bytes::len)
    }

    /// The JSON text; always UTF-8, since it was either validated or written by us.
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.json()).unwrap_or("null")
    }

    /// The parsed value; null for bytes that turn out not to be JSON.
    pub fn value(&self) -> &Value {
        self.0
            .value
            .get_or_init(|| self.0.json.get().and_then(|j| json::parse(j).ok()).unwrap_or_default())
    }

    /// Member of a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.value().get(key)
    }
}

impl From<Value> for Payload {
    fn from(v: Value) -> Payload {
        Payload::from_value(v)
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Payload) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.value() == other.value()
    }
}

/// Between processes a document travels as a text: that keeps what other JSON writers can't say (`NaN`).
impl serde::Serialize for Payload {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl<'de> serde::Deserialize<'de> for Payload {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Payload, D::Error> {
        Ok(Payload::from_json(String::deserialize(deserializer)?))
    }
}
