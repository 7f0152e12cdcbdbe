//! Python's arithmetic: integers without bounds, floats, booleans as integers.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::{FromPrimitive as _, Signed as _, ToPrimitive as _, Zero as _};

use super::ast::BinOp;
use super::errors::{Result, failure, memory_error, value_error};
use super::value::Py;
use mistral_expr::ErrorKind;

/// A power or shift whose result would have more bits than this is refused.
const MAX_BITS: u64 = 4 << 20;

#[derive(Clone, Debug)]
pub(super) enum Number {
    Int(i64),
    Big(BigInt),
    Float(f64),
}

impl Number {
    pub fn of(value: &Py) -> Option<Number> {
        Some(match value {
            Py::Bool(b) => Number::Int(i64::from(*b)),
            Py::Int(n) => Number::Int(*n),
            Py::Big(n) => Number::Big((**n).clone()),
            Py::Float(f) => Number::Float(*f),
            _ => return None,
        })
    }

    /// An integer of any size; none for floats and what is no number.
    pub fn integer(value: &Py) -> Option<BigInt> {
        match Number::of(value)? {
            Number::Int(n) => Some(BigInt::from(n)),
            Number::Big(n) => Some(n),
            Number::Float(_) => None,
        }
    }

    fn to_big(&self) -> BigInt {
        match self {
            Number::Int(n) => BigInt::from(*n),
            Number::Big(n) => n.clone(),
            Number::Float(f) => BigInt::from_f64(*f).unwrap_or_default(),
        }
    }

    /// # Errors
    /// When an integer is too large for a float.
    pub fn to_float(&self) -> Result<f64> {
        match self {
            Number::Int(n) => Ok(*n as f64),
            Number::Float(f) => Ok(*f),
            Number::Big(n) => n
                .to_f64()
                .filter(|f| f.is_finite())
                .ok_or_else(|| failure(ErrorKind::Overflow, "int too large to convert to float")),
        }
    }
}

fn division_by_zero(message: &str) -> mistral_expr::Error {
    failure(ErrorKind::ZeroDivision, message)
}

/// `a op b` for two numbers.
pub(super) fn binary(op: BinOp, a: &Number, b: &Number) -> Result<Py> {
    if let (Number::Float(_), _) | (_, Number::Float(_)) = (a, b) {
        return float_binary(op, a.to_float()?, b.to_float()?);
    }
    if let (Number::Int(a), Number::Int(b)) = (a, b) {
        let small = match op {
            BinOp::Add => a.checked_add(*b),
            BinOp::Sub => a.checked_sub(*b),
            BinOp::Mul => a.checked_mul(*b),
            BinOp::FloorDiv if *b != 0 && (*a, *b) != (i64::MIN, -1) => Some(a.div_euclid(*b) - correction(*a, *b)),
            BinOp::Mod if *b != 0 && *b != -1 => {
                let rest = a % b;
                Some(if rest != 0 && (rest < 0) != (*b < 0) {
                    rest + b
                } else {
                    rest
                })
            }
            _ => None,
        };
        if let Some(n) = small {
            return Ok(Py::Int(n));
        }
    }
    let (a, b) = (a.to_big(), b.to_big());
    match op {
        BinOp::Add => Ok(Py::big(a + b)),
        BinOp::Sub => Ok(Py::big(a - b)),
        BinOp::Mul => {
            if a.bits() + b.bits() > MAX_BITS {
                return Err(memory_error());
            }
            Ok(Py::big(a * b))
        }
        BinOp::Div => true_division(&a, &b),
        BinOp::FloorDiv if b.is_zero() => Err(division_by_zero("integer division or modulo by zero")),
        BinOp::FloorDiv => Ok(Py::big(floor_div(&a, &b))),
        BinOp::Mod if b.is_zero() => Err(division_by_zero("integer modulo by zero")),
        BinOp::Mod => Ok(Py::big(&a - floor_div(&a, &b) * &b)),
        BinOp::Pow => integer_power(&a, &b),
    }
}

/// `div_euclid` rounds down for a positive divisor, up for a negative one.
fn correction(a: i64, b: i64) -> i64 {
    i64::from(b < 0 && a.rem_euclid(b) != 0)
}

fn floor_div(a: &BigInt, b: &BigInt) -> BigInt {
    let quotient = a / b;
    let rest = a - &quotient * b;
    if !rest.is_zero() && (rest.sign() == Sign::Minus) != (b.sign() == Sign::Minus) {
        quotient - 1
    } else {
        quotient
    }
}

fn true_division(a: &BigInt, b: &BigInt) -> Result<Py> {
    if b.is_zero() {
        return Err(division_by_zero("division by zero"));
    }
    let too_large = || failure(ErrorKind::Overflow, "integer division result too large for a float");
    if a.bits() <= 53 && b.bits() <= 53 {
        return Ok(Py::Float(a.to_f64().unwrap_or(0.0) / b.to_f64().unwrap_or(1.0)));
    }
    // Scaled so that the quotient has 64 significant bits or more; the last bit stands for all that is cut off.
    let shift = 66 + b.bits() as i64 - a.bits() as i64;
    let scaled = if shift >= 0 {
        a.abs() << shift as u64
    } else {
        a.abs() >> (-shift) as u64
    };
    let lost = shift < 0 && (&scaled << (-shift) as u64) != a.abs();
    let divisor = b.abs();
    let mut quotient = &scaled / &divisor;
    if lost || &quotient * &divisor != scaled {
        quotient = (quotient << 1u32) + 1;
    } else {
        quotient <<= 1u32;
    }
    let mantissa = quotient.to_f64().unwrap_or(f64::INFINITY);
    let exponent = i32::try_from(-(shift + 1)).map_err(|_| too_large())?;
    // Two steps: the power alone may be out of range where the product is not.
    let half = exponent / 2;
    let magnitude = mantissa * 2f64.powi(half) * 2f64.powi(exponent - half);
    if magnitude.is_infinite() {
        return Err(too_large());
    }
    Ok(Py::Float(if a.is_negative() != b.is_negative() {
        -magnitude
    } else {
        magnitude
    }))
}

fn integer_power(base: &BigInt, exponent: &BigInt) -> Result<Py> {
    if exponent.is_negative() {
        let base = Number::Big(base.clone()).to_float()?;
        return float_binary(BinOp::Pow, base, Number::Big(exponent.clone()).to_float()?);
    }
    let Some(exponent) = exponent
        .to_u64()
        .filter(|e| base.bits().saturating_mul(*e) <= MAX_BITS || base.bits() <= 1)
    else {
        return Err(memory_error());
    };
    if base.bits() <= 1 {
        // 0, 1 and -1: their powers are known whatever the exponent.
        let one = if base.is_negative() && exponent % 2 == 1 { -1 } else { 1 };
        return Ok(Py::Int(if exponent == 0 {
            1
        } else if base.is_zero() {
            0
        } else {
            one
        }));
    }
    Ok(Py::big(num_traits::pow::Pow::pow(base, exponent)))
}

fn float_binary(op: BinOp, a: f64, b: f64) -> Result<Py> {
    let result = match op {
        BinOp::Add => a + b,
        BinOp::Sub => a - b,
        BinOp::Mul => a * b,
        BinOp::Div if b == 0.0 => return Err(division_by_zero("float division by zero")),
        BinOp::Div => a / b,
        BinOp::FloorDiv if b == 0.0 => return Err(division_by_zero("float floor division by zero")),
        BinOp::FloorDiv => {
            let rest = float_mod(a, b);
            let quotient = (a - rest) / b;
            let floor = quotient.floor();
            if quotient == 0.0 {
                0f64.copysign(a / b)
            } else if quotient - floor > 0.5 {
                floor + 1.0
            } else {
                floor
            }
        }
        BinOp::Mod if b == 0.0 => return Err(division_by_zero("float modulo")),
        BinOp::Mod => float_mod(a, b),
        BinOp::Pow => return float_power(a, b),
    };
    Ok(Py::Float(result))
}

fn float_mod(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest == 0.0 {
        0f64.copysign(b)
    } else if (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    }
}

fn float_power(a: f64, b: f64) -> Result<Py> {
    if a == 0.0 && b < 0.0 {
        return Err(division_by_zero("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return Err(value_error("complex numbers are not supported"));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(failure(ErrorKind::Overflow, "(34, 'Numerical result out of range')"));
    }
    Ok(Py::Float(result))
}

pub(super) fn negate(n: Number) -> Py {
    match n {
        Number::Int(n) => n.checked_neg().map_or_else(|| Py::big(-BigInt::from(n)), Py::Int),
        Number::Big(n) => Py::big(-n),
        Number::Float(f) => Py::Float(-f),
    }
}

pub(super) fn plain(n: Number) -> Py {
    match n {
        Number::Int(n) => Py::Int(n),
        Number::Big(n) => Py::big(n),
        Number::Float(f) => Py::Float(f),
    }
}

/// Python's order of two numbers; none when one is NaN.
pub(super) fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => Some(a.cmp(b)),
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(b),
        (Number::Float(a), b) => compare_float(*a, b),
        (a, Number::Float(b)) => compare_float(*b, a).map(Ordering::reverse),
        (a, b) => Some(a.to_big().cmp(&b.to_big())),
    }
}

/// A float against an integer, exactly.
fn compare_float(f: f64, n: &Number) -> Option<Ordering> {
    if f.is_nan() {
        return None;
    }
    if f.is_infinite() {
        return Some(if f > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = f.trunc();
    let order = BigInt::from_f64(whole).unwrap_or_default().cmp(&n.to_big());
    Some(order.then(f.partial_cmp(&whole)?))
}

/// `int(f)`.
///
/// # Errors
/// For infinities (overflow) and NaN (value).
pub(super) fn truncate(f: f64) -> Result<Py> {
    if f.is_nan() {
        return Err(value_error("cannot convert float NaN to integer"));
    }
    match BigInt::from_f64(f.trunc()) {
        Some(n) => Ok(Py::big(n)),
        None => Err(failure(ErrorKind::Overflow, "cannot convert float infinity to integer")),
    }
}

/// Python's `round(f, digits)`: correctly rounded from the exact binary value, halves to even.
pub(super) fn round_float(f: f64, digits: i64) -> f64 {
    if !f.is_finite() || digits > 323 {
        return f;
    }
    if digits < -308 {
        return 0f64.copysign(f);
    }
    if digits >= 0 {
        // Formatting with a precision is exact and rounds halves to even.
        return format!("{f:.*}", digits as usize).parse().unwrap_or(f);
    }
    let unit = num_traits::pow::Pow::pow(BigInt::from(10), digits.unsigned_abs());
    let whole = BigInt::from_f64(f.trunc()).unwrap_or_default();
    let exact = f.fract() == 0.0;
    let lower = floor_div(&whole, &unit);
    let rest = &whole - &lower * &unit;
    let twice: BigInt = &rest * 2;
    let up = match twice.cmp(&unit) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => (!exact && f > 0.0) || (exact && (&lower % 2u32) != BigInt::ZERO),
    };
    let rounded = (if up { lower + 1 } else { lower }) * unit;
    rounded.to_f64().unwrap_or(f).copysign(f)
}

/// Python's `round(n, digits)` of an integer.
pub(super) fn round_integer(n: &BigInt, digits: i64) -> Py {
    if digits >= 0 {
        return Py::big(n.clone());
    }
    if digits.unsigned_abs() > n.bits() {
        return Py::Int(0);
    }
    let unit = num_traits::pow::Pow::pow(BigInt::from(10), digits.unsigned_abs());
    let lower = floor_div(n, &unit);
    let rest = n - &lower * &unit;
    let up = match (&rest * 2u32).cmp(&unit) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => (&lower % 2u32) != BigInt::ZERO,
    };
    Py::big((if up { lower + 1 } else { lower }) * unit)
}

/// Python's `int(text, base)`.
pub(super) fn parse_integer(text: &str, base: u32) -> Option<BigInt> {
    use num_traits::Num as _;
    let text = text.trim_matches(|c: char| c.is_whitespace());
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefix = |p: &str| body.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(p));
    let (radix, mut digits) = match base {
        16 if prefix("0x") => (16, &body[2..]),
        8 if prefix("0o") => (8, &body[2..]),
        2 if prefix("0b") => (2, &body[2..]),
        0 if prefix("0x") => (16, &body[2..]),
        0 if prefix("0o") => (8, &body[2..]),
        0 if prefix("0b") => (2, &body[2..]),
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
    if ascii.len() > 4300 && !radix.is_power_of_two() {
        return None;
    }
    if !ascii.bytes().all(|b| b.is_ascii_alphanumeric()) {
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

/// First digits of the scripts whose decimal digits Python accepts in numbers (Unicode category Nd, common ones).
const ZEROS: [u32; 24] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
    0x1040, 0x17e0, 0x1810, 0xa620, 0xa8d0, 0xa900, 0xff10, 0x1d7ce,
];

/// The value of a decimal digit of any of these scripts.
pub(super) fn digit_value(c: char) -> Option<u32> {
    let code = c as u32;
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .map(|zero| code - zero)
}

/// Python's `float(text)`.
pub(super) fn parse_float(text: &str) -> Option<f64> {
    let text = text.trim_matches(|c: char| c.is_whitespace());
    let ascii: String = text.chars().map(ascii_digit).collect();
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
    if !(word || digits) {
        return None;
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calculated(op: BinOp, a: Py, b: Py) -> String {
        match binary(op, &Number::of(&a).unwrap(), &Number::of(&b).unwrap()) {
            Ok(value) => super::super::text::repr(&value, usize::MAX).unwrap(),
            Err(error) => error.message,
        }
    }

    #[test]
    fn integers_round_down() {
        for (op, a, b, expected) in [
            (BinOp::FloorDiv, 7, -2, "-4"),
            (BinOp::FloorDiv, -7, 2, "-4"),
            (BinOp::FloorDiv, -7, -2, "3"),
            (BinOp::FloorDiv, 6, -2, "-3"),
            (BinOp::Mod, -7, 3, "2"),
            (BinOp::Mod, 7, -3, "-2"),
            (BinOp::FloorDiv, i64::MIN, -1, "9223372036854775808"),
            (BinOp::Mod, 5, -1, "0"),
            (BinOp::Mul, i64::MAX, 2, "18446744073709551614"),
            (BinOp::Pow, 2, 100, "1267650600228229401496703205376"),
            (BinOp::Pow, 2, -1, "0.5"),
            (BinOp::Div, 7, 2, "3.5"),
            (BinOp::Pow, -1, 3, "-1"),
            (BinOp::Mod, 1, 0, "integer modulo by zero"),
        ] {
            assert_eq!(calculated(op, Py::Int(a), Py::Int(b)), expected);
        }
    }

    #[test]
    fn large_quotients_are_rounded_once() {
        let big = |s: &str| Py::big(s.parse().unwrap());
        assert_eq!(
            calculated(BinOp::Div, big("123456789012345678901234567890"), Py::Int(7)),
            "1.763668414462081e+28"
        );
        assert_eq!(
            calculated(BinOp::Div, Py::Int(1), big("10000000000000000000000")),
            "1e-22"
        );
    }

    #[test]
    fn rounding_is_exact() {
        for (f, digits, expected) in [
            (42.55, 1, 42.5),
            (2.5, 0, 2.0),
            (0.5, 0, 0.0),
            (1.5, 0, 2.0),
            (1234.0, -2, 1200.0),
            (1250.0, -2, 1200.0),
        ] {
            assert_eq!(round_float(f, digits), expected, "{f}");
        }
    }

    #[test]
    fn texts_are_read_as_python_reads_them() {
        assert_eq!(parse_integer(" 4_2 ", 10), Some(42.into()));
        assert_eq!(parse_integer("0x1F", 16), Some(31.into()));
        assert_eq!(parse_integer("4.9", 10), None);
        assert_eq!(parse_integer("１２", 10), Some(12.into()));
        assert_eq!(parse_float(" 1_0.5e1 "), Some(105.0));
        assert_eq!(parse_float("1__0"), None);
        assert_eq!(parse_float("-inf"), Some(f64::NEG_INFINITY));
        assert_eq!(parse_float("0x10"), None);
    }
}
