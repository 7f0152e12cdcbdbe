//! Texts that Python would print: upstream's messages and interpolated values show them, so clients see them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use num_bigint::BigInt;

use super::value::Value;

/// Decimal digits that an integer may have: Python neither prints nor reads longer ones.
pub const MAX_INT_DIGITS: usize = 4300;

/// What Python says about an integer that is too long to print.
pub const INT_TOO_LONG: &str = "Exceeds the limit (4300 digits) for integer string conversion; \
                                use sys.set_int_max_str_digits() to increase the limit";

/// Decimal text of a large integer; none when it has more than [`MAX_INT_DIGITS`].
pub fn int_text(n: &BigInt) -> Option<String> {
    // 3.32 bits a digit: far too long ones are refused before the costly conversion.
    if n.bits() > 4 * MAX_INT_DIGITS as u64 {
        return None;
    }
    let text = n.to_string();
    (text.trim_start_matches('-').len() <= MAX_INT_DIGITS).then_some(text)
}

/// Whether [`int_text`] would give a text.
pub fn is_printable(n: &BigInt) -> bool {
    // 4,300 digits need 14,281 to 14,285 bits.
    n.bits() < 14_281 || int_text(n).is_some()
}

/// Python's `str(v)`: top-level text unchanged, everything else as [`repr`].
pub fn str(v: &Value) -> String {
    match v {
        Value::Str(s) => s.to_string(),
        other => repr(other),
    }
}

/// Python's `repr(v)`: `{'a': [1, 'x', None]}`.
pub fn repr(v: &Value) -> String {
    let mut out = String::new();
    write_repr(v, &mut out);
    out
}

/// Appends `repr(v)`.
pub fn write_repr(v: &Value, out: &mut String) {
    match v {
        Value::Null => out.push_str("None"),
        Value::Bool(b) => out.push_str(if *b { "True" } else { "False" }),
        Value::Int(n) => {
            let _ = write!(out, "{n}");
        }
        Value::Big(n) => {
            let _ = write!(out, "{n}");
        }
        Value::Float(f) => write_float(*f, out),
        Value::Str(s) => write_repr_str(s, out),
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_repr(item, out);
            }
            out.push(']');
        }
        Value::Dict(members) => {
            out.push('{');
            for (i, (k, v)) in members.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_repr_str(k, out);
                out.push_str(": ");
                write_repr(v, out);
            }
            out.push('}');
        }
    }
}

/// Appends Python's `repr` of a text: single quotes unless it holds one and no double quote.
pub fn write_repr_str(s: &str, out: &mut String) {
    let quote = if s.contains('\'') && !s.contains('"') {
        '"'
    } else {
        '\''
    };
    out.push(quote);
    for c in s.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 || c == '\u{7f}' => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c if is_unprintable(c) => {
                let n = c as u32;
                let _ = match n {
                    0..=0xff => write!(out, "\\x{n:02x}"),
                    0x100..=0xffff => write!(out, "\\u{n:04x}"),
                    _ => write!(out, "\\U{n:08x}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push(quote);
}

/// Controls, separators, format, private and unassigned characters.
static UNPRINTABLE: LazyLock<Option<regex::Regex>> = LazyLock::new(|| regex::Regex::new(r"^[\p{C}\p{Z}]$").ok());

/// Characters that Python's `repr` escapes: everything of the categories C and Z but the blank.
fn is_unprintable(c: char) -> bool {
    // Letters and digits, the usual case, need no look at the table.
    !c.is_ascii()
        && !c.is_alphanumeric()
        && UNPRINTABLE
            .as_ref()
            .is_some_and(|r| r.is_match(c.encode_utf8(&mut [0; 4])))
}

/// A list of names as Python prints it: `['a', 'b']`.
pub fn repr_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::from("[");
    for (i, name) in names.into_iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_repr_str(name, &mut out);
    }
    out.push(']');
    out
}

/// Appends Python's `repr` of a float: shortest form that reads back, exponent form outside 1e-4 … 1e16.
pub fn write_float(f: f64, out: &mut String) {
    if f.is_nan() {
        out.push_str("nan");
        return;
    }
    if f.is_infinite() {
        out.push_str(if f > 0.0 { "inf" } else { "-inf" });
        return;
    }
    let magnitude = f.abs();
    if magnitude != 0.0 && !(1e-4..1e16).contains(&magnitude) {
        let text = format!("{f:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |d| ('-', d));
        let _ = write!(out, "{mantissa}e{sign}{digits:0>2}");
    } else {
        let _ = write!(out, "{f:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_python() {
        for (f, text) in [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e22, "1e+22"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (-0.0, "-0.0"),
            (f64::INFINITY, "inf"),
        ] {
            let mut out = String::new();
            write_float(f, &mut out);
            assert_eq!(out, text);
        }
    }

    #[test]
    fn texts_are_quoted_as_in_python() {
        for (s, text) in [
            ("it's", r#""it's""#),
            ("a\"b", "'a\"b'"),
            ("'\"", "'\\'\"'"),
            ("é\n", "'é\\n'"),
        ] {
            assert_eq!(repr(&Value::from(s)), text);
        }
    }
}
