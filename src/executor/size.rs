//! Results that are too large to be stored are replaced by an error that says so.

use crate::model::action::Outcome;
use crate::model::{Value, json};

/// `{"result":}`, in which the result is stored.
const WRAPPER: u64 = 11;

/// The outcome, or the error of one that is too large. Upstream counts whole KiB, so the limit itself is still allowed.
pub fn limited(outcome: Outcome, limit_kb: Option<u64>) -> Outcome {
    let Some(limit) = limit_kb else { return outcome };
    let (Outcome::Success(value) | Outcome::Error(value) | Outcome::Cancelled(value)) = &outcome;
    let kb = (json_size(value) + WRAPPER) / 1024;
    if kb <= limit {
        return outcome;
    }
    Outcome::Error(Value::from(format!(
        "Field size limit exceeded [class=ActionExecution, field=output, size={kb}KB, limit={limit}KB]"
    )))
}

/// Bytes of the compact JSON text, without making it.
fn json_size(v: &Value) -> u64 {
    match v {
        Value::Null => 4,
        Value::Bool(b) => 5 - u64::from(*b),
        Value::Str(s) => text_size(s),
        Value::List(items) => 2 + (items.len() as u64).saturating_sub(1) + items.iter().map(json_size).sum::<u64>(),
        Value::Dict(members) => {
            let inner: u64 = members.iter().map(|(k, v)| text_size(k) + 1 + json_size(v)).sum();
            2 + (members.len() as u64).saturating_sub(1) + inner
        }
        number => json::to_string(number).len() as u64,
    }
}

fn text_size(s: &str) -> u64 {
    let escaped = |b: u8| match b {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 8 | 12 => 1,
        0..0x20 => 5,
        _ => 0,
    };
    2 + s.len() as u64 + s.bytes().map(escaped).sum::<u64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_written() {
        for text in [
            "null",
            "[true,false,1,-2.5,\"a\\\"b\\n\\u0001é\"]",
            "{\"k\":{},\"l\":[],\"\\t\":[1]}",
            "123456789012345678901",
        ] {
            let value = json::parse(text.as_bytes()).unwrap();
            assert_eq!(json_size(&value), json::to_string(&value).len() as u64, "{text}");
        }
    }

    #[test]
    fn limit() {
        let of = |bytes: usize| Outcome::Success(Value::from("x".repeat(bytes)));
        assert_eq!(limited(of(2000), Some(1)), of(2000));
        assert_eq!(
            limited(of(4096), Some(3)),
            Outcome::Error(
                "Field size limit exceeded [class=ActionExecution, field=output, size=4KB, limit=3KB]".into()
            )
        );
        assert_eq!(limited(of(1 << 20), None), of(1 << 20));
    }
}
