//! Sizes of stored fields, as `[engine] execution_field_size_limit_kb` counts them: upstream takes the memory that Python
//! needs for the text of the value, in whole KiB, and so do clients who compare the texts of refusals.

use super::python;
use super::value::Value;

/// Object header of a Python text, and bytes per character, by the widest character.
const ASCII: (usize, usize) = (49, 1);
const LATIN: (usize, usize) = (73, 1);
const WIDE: (usize, usize) = (74, 2);
const WIDEST: (usize, usize) = (76, 4);

/// The size in KiB if it is more than `limit_kb`. Falsy values are never too large.
pub fn excess(value: &Value, limit_kb: u64) -> Option<u64> {
    let limit = usize::try_from(limit_kb).ok()?.checked_add(1)?.checked_mul(1024)?;
    // Escapes make at most ten characters of one, of at most four bytes each.
    let is_surely_small = WIDEST.0 + WIDEST.1 * 10 * rough_size(value, limit) < limit;
    if is_surely_small || !value.is_truthy() {
        return None;
    }
    let size = object_size(&python::str(value));
    (size >= limit).then_some((size / 1024) as u64)
}

/// The text of a refusal. Upstream names this class whatever was refused, and clients compare it.
pub fn refusal(field: &str, size_kb: u64, limit_kb: u64) -> String {
    format!("Field size limit exceeded [class=TaskExecution, field={field}, size={size_kb}KB, limit={limit_kb}KB]")
}

/// Bytes of a value's parts; the text of each, escapes aside, is no longer. Looks no further than `enough`.
fn rough_size(value: &Value, enough: usize) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 5,
        Value::Int(_) => 20,
        Value::Float(_) => 25,
        Value::Big(n) => n.bits() as usize / 3 + 2,
        Value::Str(text) => text.len() + 2,
        Value::List(items) => {
            let mut size = 2;
            for item in items.iter() {
                size += rough_size(item, enough) + 2;
                if size > enough {
                    break;
                }
            }
            size
        }
        Value::Dict(members) => {
            let mut size = 2;
            for (key, member) in members.iter() {
                size += key.len() + 2 + rough_size(member, enough) + 4;
                if size > enough {
                    break;
                }
            }
            size
        }
    }
}

/// Bytes that CPython takes for a text.
fn object_size(text: &str) -> usize {
    let widest = text.chars().max().unwrap_or('\0');
    let (header, width) = match widest {
        '\0'..='\u{7f}' => ASCII,
        '\u{80}'..='\u{ff}' => LATIN,
        '\u{100}'..='\u{ffff}' => WIDE,
        _ => WIDEST,
    };
    header + width * text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn parsed(text: &str) -> Value {
        json::parse(text.as_bytes()).unwrap()
    }

    /// Figures of `sys.getsizeof(str(value))`.
    #[test]
    fn sizes_are_cpython_s() {
        for (text, size) in [
            (r#"{"result": "abc"}"#, 49 + 17),
            (r#"{"a": [1, true, null, 1.5], "b": {}}"#, 49 + 36),
            ("\"abc\"", 52),
            ("\"é\"", 74),
            ("[\"é\"]", 73 + 5),
            ("\"€\"", 76),
            ("\"😀\"", 80),
            (r#"["\u0001"]"#, 49 + 8),
        ] {
            assert_eq!(object_size(&python::str(&parsed(text))), size, "{text}");
        }
    }

    #[test]
    fn whole_kib_count() {
        let text = |length: usize| Value::from("x".repeat(length));
        assert_eq!(excess(&text(2 * 1024 - 50), 1), None);
        assert_eq!(excess(&text(2 * 1024 - 49), 1), Some(2));
        assert_eq!(excess(&text(100), 0), None);
        assert_eq!(excess(&text(1024 - 49), 0), Some(1));
        assert_eq!(excess(&Value::list(vec![text(400), text(600)]), 0), Some(1));
        assert_eq!(excess(&Value::from("\u{1}".repeat(300)), 0), None);
        assert_eq!(excess(&Value::list(vec![Value::from("\u{1}".repeat(300))]), 0), Some(1));
        assert_eq!(excess(&text(1 << 20), u64::MAX), None);
        assert_eq!(excess(&Value::Null, 0), None);
        assert_eq!(
            refusal("output", 2, 1),
            "Field size limit exceeded [class=TaskExecution, field=output, size=2KB, limit=1KB]"
        );
    }
}
