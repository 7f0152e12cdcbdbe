//! Reading numbers as Python's `int(text)` and `float(text)` do.

use num_bigint::BigInt;
use num_traits::Num as _;

use crate::chars::{digit_value, is_space};
use crate::python::MAX_INT_DIGITS;

/// `int(text, base)`; none when the text is no such number, or a longer one than Python reads.
pub fn parse_integer(text: &str, base: u32) -> Option<BigInt> {
    let text = text.trim_matches(is_space);
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefix = |p: &str| body.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(p));
    let (radix, mut digits) = match base {
        0 | 16 if prefix("0x") => (16, &body[2..]),
        0 | 8 if prefix("0o") => (8, &body[2..]),
        0 | 2 if prefix("0b") => (2, &body[2..]),
        0 if body.len() > 1 && body.starts_with('0') && body.bytes().any(|b| b != b'0' && b != b'_') => return None,
        0 => (10, body),
        base if (2..=36).contains(&base) => (base, body),
        _ => return None,
    };
    if digits.len() < body.len() {
        digits = digits.strip_prefix('_').unwrap_or(digits);
    }
    if digits.is_empty() || digits.starts_with('_') || digits.ends_with('_') || digits.contains("__") {
        return None;
    }
    let ascii: String = digits.chars().filter(|c| *c != '_').map(ascii_digit).collect();
    let too_long = ascii.len() > MAX_INT_DIGITS && !radix.is_power_of_two();
    if too_long || !ascii.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let n = BigInt::from_str_radix(&ascii, radix).ok()?;
    Some(if negative { -n } else { n })
}

/// Decimal digits of other scripts count as their values.
fn ascii_digit(c: char) -> char {
    match digit_value(c) {
        Some(digit) if !c.is_ascii() => char::from_digit(digit, 10).unwrap_or(c),
        _ => c,
    }
}

/// `float(text)`.
pub fn parse_float(text: &str) -> Option<f64> {
    let ascii: String = text.trim_matches(is_space).chars().map(ascii_digit).collect();
    let bytes = ascii.as_bytes();
    // Underscores only between digits.
    for (i, b) in bytes.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        if *b == b'_' && !(digit(i.checked_sub(1)) && digit(Some(i + 1))) {
            return None;
        }
    }
    let plain = ascii.replace('_', "");
    let unsigned = plain.strip_prefix(['-', '+']).unwrap_or(&plain).to_ascii_lowercase();
    let word = matches!(unsigned.as_str(), "inf" | "infinity" | "nan");
    let digits = unsigned
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'+' | b'-'));
    if word || digits { plain.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_python_reads_them() {
        assert_eq!(parse_integer(" 4_2 ", 10), Some(42.into()));
        assert_eq!(parse_integer("\u{1c}42\u{2003}", 10), Some(42.into()));
        assert_eq!(parse_integer("0x1F", 16), Some(31.into()));
        assert_eq!(parse_integer("0b101", 0), Some(5.into()));
        assert_eq!(parse_integer("010", 0), None);
        assert_eq!(parse_integer("4.9", 10), None);
        assert_eq!(parse_integer("１２", 10), Some(12.into()));
        assert_eq!(parse_integer("𝟙𝟚", 10), Some(12.into()));
        assert_eq!(parse_integer("1__0", 10), None);
        assert_eq!(parse_integer(&"9".repeat(4301), 10), None);
        assert_eq!(parse_float(" 1_0.5e1 "), Some(105.0));
        assert_eq!(parse_float("1__0"), None);
        assert_eq!(parse_float("-inf"), Some(f64::NEG_INFINITY));
        assert_eq!(parse_float("0x10"), None);
        assert_eq!(parse_float("١.٥"), Some(1.5));
        assert_eq!(parse_float("e5"), None);
    }
}
