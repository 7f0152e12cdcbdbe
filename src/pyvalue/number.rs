//! Python's numbers: integers without bounds with a fast path for 64 bits, floats, and what `int`, `float`, `round` and the operators make
//! of them. Knows nothing of who asks: values of a language become a [`Number`] and back, budgets come in as a [`Meter`].

use std::cmp::Ordering;
use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{FromPrimitive as _, One as _, Signed as _, ToPrimitive as _, Zero as _};

use crate::python;

pub use crate::numeral::{parse_float, parse_integer};

/// A number. A [`Number::Big`] does not fit 64 bits, unless it was made by hand.
#[derive(Clone, Debug)]
pub enum Number {
    Int(i64),
    Big(Arc<BigInt>),
    Float(f64),
}

/// Why there is no result, in Python's words.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    ZeroDivision(&'static str),
    #[error("{0}")]
    Overflow(&'static str),
    #[error("{0}")]
    Value(&'static str),
    #[error("{0}")]
    Type(&'static str),
    /// The result is complex: its real and imaginary part.
    #[error("complex numbers are not supported")]
    Complex(f64, f64),
}

/// What an evaluation may use up.
pub trait Meter {
    type Error: From<Fault>;

    /// An integer of so many bits is about to be made.
    ///
    /// # Errors
    /// When it is too large for whoever asked.
    fn integer(&self, bits: u64) -> Result<(), Self::Error>;

    /// Work that takes as long as so many steps is about to be done.
    ///
    /// # Errors
    /// When that is too much.
    fn work(&self, steps: u64) -> Result<(), Self::Error>;
}

/// The operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    /// `/` of Python 3.
    Divide,
    /// `//`.
    FloorDivide,
    Modulo,
    Power,
}

/// `a op b` of two small integers; none where the result is not small, not an integer, or an error: [`binary`] knows.
#[inline]
pub fn small(op: Operator, a: i64, b: i64) -> Option<i64> {
    match op {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::FloorDivide => {
            let quotient = a.checked_div(b)?;
            let rest = a % b;
            Some(if rest != 0 && ((rest < 0) != (b < 0)) {
                quotient - 1
            } else {
                quotient
            })
        }
        Operator::Modulo => {
            let rest = a.checked_rem(b)?;
            Some(if rest != 0 && ((rest < 0) != (b < 0)) {
                rest + b
            } else {
                rest
            })
        }
        Operator::Divide | Operator::Power => None,
    }
}

impl Number {
    /// An integer in its smallest form.
    pub fn integer(n: BigInt) -> Number {
        match i64::try_from(&n) {
            Ok(small) => Number::Int(small),
            Err(_) => Number::Big(Arc::new(n)),
        }
    }

    /// The integer, if it is one.
    pub fn to_integer(&self) -> Option<BigInt> {
        match self {
            Number::Int(n) => Some(BigInt::from(*n)),
            Number::Big(n) => Some((**n).clone()),
            Number::Float(_) => None,
        }
    }

    /// # Errors
    /// When an integer is too large for a float.
    pub fn to_float(&self) -> Result<f64, Fault> {
        match self {
            Number::Int(n) => Ok(*n as f64),
            Number::Float(f) => Ok(*f),
            Number::Big(n) => match n.to_f64().filter(|f| f.is_finite()) {
                Some(f) => Ok(f),
                None => Err(Fault::Overflow("int too large to convert to float")),
            },
        }
    }

    #[must_use]
    pub fn negated(&self) -> Number {
        match self {
            Number::Int(n) => n
                .checked_neg()
                .map_or_else(|| Number::integer(-BigInt::from(*n)), Number::Int),
            Number::Big(n) => Number::integer(-&**n),
            Number::Float(f) => Number::Float(-f),
        }
    }

    #[must_use]
    pub fn absolute(&self) -> Number {
        match self {
            Number::Int(n) if *n < 0 => self.negated(),
            Number::Big(n) if n.is_negative() => self.negated(),
            Number::Float(f) => Number::Float(f.abs()),
            _ => self.clone(),
        }
    }

    /// -1, 0 or 1; NaN is 0.
    pub fn sign(&self) -> i64 {
        match self {
            Number::Int(n) => n.signum(),
            Number::Big(n) => n.signum().to_i64().unwrap_or(0),
            Number::Float(f) => i64::from(*f > 0.0) - i64::from(*f < 0.0),
        }
    }

    /// Python's order; none when one is NaN. Exact, also between integers and floats.
    pub fn compare(&self, other: &Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => Some(a.cmp(b)),
            (Number::Float(a), Number::Float(b)) => a.partial_cmp(b),
            (Number::Big(a), Number::Big(b)) => Some(a.cmp(b)),
            (Number::Int(a), Number::Big(b)) => Some(BigInt::from(*a).cmp(b)),
            (Number::Big(a), Number::Int(b)) => Some((**a).cmp(&BigInt::from(*b))),
            (Number::Int(a), Number::Float(b)) => int_float(*a, *b),
            (Number::Float(a), Number::Int(b)) => int_float(*b, *a).map(Ordering::reverse),
            (Number::Big(a), Number::Float(b)) => big_float(a, *b),
            (Number::Float(a), Number::Big(b)) => big_float(b, *a).map(Ordering::reverse),
        }
    }
}

fn int_float(a: i64, b: f64) -> Option<Ordering> {
    // Up to 2^53 every integer is a float.
    if a.unsigned_abs() <= 1 << 53 {
        (a as f64).partial_cmp(&b)
    } else {
        big_float(&BigInt::from(a), b)
    }
}

fn big_float(a: &BigInt, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b.is_infinite() {
        return Some(if b > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = BigInt::from_f64(b.trunc())?;
    let fraction = 0.0.partial_cmp(&b.fract()).unwrap_or(Ordering::Equal);
    Some(a.cmp(&whole).then(fraction))
}

/// `a op b`.
///
/// # Errors
/// As in Python; those of the meter for integers that get too large.
pub fn binary<M: Meter>(op: Operator, a: &Number, b: &Number, meter: &M) -> Result<Number, M::Error> {
    if let (Number::Int(a), Number::Int(b)) = (a, b)
        && let Some(n) = small(op, *a, *b)
    {
        return Ok(Number::Int(n));
    }
    let (Some(x), Some(y)) = (a.to_integer(), b.to_integer()) else {
        return Ok(Number::Float(float_binary(op, a.to_float()?, b.to_float()?)?));
    };
    let by_zero = |text| M::Error::from(Fault::ZeroDivision(text));
    Ok(match op {
        Operator::Power => return power(a, b, meter),
        Operator::Divide => Number::Float(true_division(&x, &y)?),
        Operator::FloorDivide if y.is_zero() => return Err(by_zero("integer division or modulo by zero")),
        Operator::Modulo if y.is_zero() => return Err(by_zero("integer modulo by zero")),
        Operator::FloorDivide => Number::integer(div_mod_floor(&x, &y).0),
        Operator::Modulo => Number::integer(div_mod_floor(&x, &y).1),
        Operator::Multiply => {
            meter.integer(x.bits() + y.bits())?;
            Number::integer(x * y)
        }
        Operator::Add | Operator::Subtract => {
            meter.integer(x.bits().max(y.bits()) + 1)?;
            Number::integer(if op == Operator::Add { x + y } else { x - y })
        }
    })
}

/// `a // b` and `a % b`.
pub fn div_mod_floor(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (quotient, rest) = (a / b, a % b);
    if !rest.is_zero() && (rest.is_negative() != b.is_negative()) {
        (quotient - 1, rest + b)
    } else {
        (quotient, rest)
    }
}

fn true_division(a: &BigInt, b: &BigInt) -> Result<f64, Fault> {
    if b.is_zero() {
        return Err(Fault::ZeroDivision("division by zero"));
    }
    const TOO_LARGE: Fault = Fault::Overflow("integer division result too large for a float");
    if a.bits() <= 53 && b.bits() <= 53 {
        return Ok(a.to_f64().unwrap_or(0.0) / b.to_f64().unwrap_or(1.0));
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
    let inexact = lost || &quotient * &divisor != scaled;
    quotient <<= 1u32;
    if inexact {
        quotient += 1;
    }
    let mantissa = quotient.to_f64().unwrap_or(f64::INFINITY);
    let exponent = i32::try_from(-(shift + 1)).map_err(|_| TOO_LARGE)?;
    // Two steps: the power alone may be out of range where the product is not.
    let half = exponent / 2;
    let magnitude = mantissa * 2f64.powi(half) * 2f64.powi(exponent - half);
    if magnitude.is_infinite() {
        return Err(TOO_LARGE);
    }
    Ok(if a.is_negative() != b.is_negative() {
        -magnitude
    } else {
        magnitude
    })
}

fn float_binary(op: Operator, a: f64, b: f64) -> Result<f64, Fault> {
    let by_zero = |text| Err(Fault::ZeroDivision(text));
    Ok(match op {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide if b == 0.0 => return by_zero("float division by zero"),
        Operator::FloorDivide if b == 0.0 => return by_zero("float floor division by zero"),
        Operator::Modulo if b == 0.0 => return by_zero("float modulo"),
        Operator::Divide => a / b,
        Operator::Modulo => float_mod(a, b),
        Operator::Power => return float_power(a, b),
        Operator::FloorDivide => {
            let quotient = (a - float_mod(a, b)) / b;
            let floor = quotient.floor();
            if quotient == 0.0 {
                0f64.copysign(a / b)
            } else if quotient - floor > 0.5 {
                floor + 1.0
            } else {
                floor
            }
        }
    })
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

fn float_power(a: f64, b: f64) -> Result<f64, Fault> {
    if a == 0.0 && b < 0.0 {
        return Err(Fault::ZeroDivision("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        let (norm, angle) = ((-a).powf(b), std::f64::consts::PI * b);
        return Err(Fault::Complex(norm * angle.cos(), norm * angle.sin()));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(Fault::Overflow("(34, 'Numerical result out of range')"));
    }
    Ok(result)
}

/// `base ** exponent`.
///
/// # Errors
/// As [`binary`]; [`Fault::Complex`] for roots of negative numbers.
pub fn power<M: Meter>(base: &Number, exponent: &Number, meter: &M) -> Result<Number, M::Error> {
    let (a, b) = match (base.to_integer(), exponent.to_integer()) {
        (Some(a), Some(b)) if !b.is_negative() => (a, b),
        _ => return Ok(Number::Float(float_power(base.to_float()?, exponent.to_float()?)?)),
    };
    // -1, 0 and 1 to any power are small; everything else grows with the exponent.
    if a.bits() <= 1 {
        let one = b.is_zero() || (a.is_negative() && !b.bit(0));
        return Ok(Number::integer(if one { BigInt::one() } else { a }));
    }
    let exponent = b.to_u32();
    meter.integer(exponent.map_or(u64::MAX, |e| (a.bits() - 1).saturating_mul(u64::from(e))))?;
    // A meter that takes integers of more than 2^32 bits gets no further than this.
    Ok(Number::integer(a.pow(exponent.unwrap_or(u32::MAX))))
}

/// `pow(base, exponent, modulus)`.
///
/// # Errors
/// As in Python; those of the meter.
pub fn power_modulo<M: Meter>(
    base: &Number,
    exponent: &Number,
    modulus: &Number,
    meter: &M,
) -> Result<Number, M::Error> {
    let (Some(a), Some(b), Some(c)) = (base.to_integer(), exponent.to_integer(), modulus.to_integer()) else {
        return Err(Fault::Type("pow() 3rd argument not allowed unless all arguments are integers").into());
    };
    if c.is_zero() {
        return Err(Fault::Value("pow() 3rd argument cannot be 0").into());
    }
    meter.integer(c.bits() * 2)?;
    // Square and multiply: time grows with the product of these sizes.
    meter.work((b.bits() * (1 + c.bits() / 64)) / 16)?;
    let (a, b) = if b.is_negative() {
        match a.modinv(&c) {
            Some(inverse) => (inverse, -b),
            None => return Err(Fault::Value("base is not invertible for the given modulus").into()),
        }
    } else {
        (a, b)
    };
    Ok(Number::integer(a.modpow(&b, &c)))
}

/// `int(f)`.
///
/// # Errors
/// For infinities (overflow) and NaN (value).
pub fn truncate(f: f64) -> Result<Number, Fault> {
    if f.is_nan() {
        return Err(Fault::Value("cannot convert float NaN to integer"));
    }
    match BigInt::from_f64(f.trunc()) {
        Some(n) => Ok(Number::integer(n)),
        None => Err(Fault::Overflow("cannot convert float infinity to integer")),
    }
}

/// `round(n, digits)`: correctly rounded from the exact value, halves to even.
///
/// # Errors
/// When a rounded float is too large for a float.
pub fn round(n: &Number, digits: i64) -> Result<Number, Fault> {
    match n {
        Number::Float(f) => round_float(*f, digits).map(Number::Float),
        Number::Int(_) | Number::Big(_) if digits >= 0 => Ok(n.clone()),
        Number::Int(_) | Number::Big(_) => {
            let n = n.to_integer().unwrap_or_default();
            let places = digits.unsigned_abs();
            // More places than digits: everything rounds to zero.
            if places > n.bits() / 3 + 2 {
                return Ok(Number::Int(0));
            }
            Ok(Number::integer(round_to(
                &n,
                &BigInt::from(10u8).pow(places as u32),
                true,
            )))
        }
    }
}

/// The multiple of `unit` next to `n`, halves to even, or up when `n` had more behind its point.
fn round_to(n: &BigInt, unit: &BigInt, exact: bool) -> BigInt {
    let (lower, rest) = div_mod_floor(n, unit);
    let up = match (&rest * 2u8).cmp(unit) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => !exact || lower.bit(0),
    };
    (if up { lower + 1 } else { lower }) * unit
}

fn round_float(f: f64, digits: i64) -> Result<f64, Fault> {
    if !f.is_finite() || digits > 323 {
        return Ok(f);
    }
    if digits < -308 {
        return Ok(0f64.copysign(f));
    }
    if digits >= 0 {
        // Formatting with a precision is exact and rounds halves to even.
        return Ok(format!("{f:.*}", digits as usize).parse().unwrap_or(f));
    }
    let Some(whole) = BigInt::from_f64(f.abs().trunc()) else {
        return Ok(f);
    };
    let unit = BigInt::from(10u8).pow(digits.unsigned_abs() as u32);
    let rounded = round_to(&whole, &unit, f.fract() == 0.0);
    match rounded.to_f64().filter(|r| r.is_finite()) {
        Some(r) => Ok(r.copysign(f)),
        None => Err(Fault::Overflow("rounded value too large to represent")),
    }
}

/// A number as the key of a JSON mapping.
///
/// # Errors
/// When an integer has more digits than Python prints.
pub fn json_key(n: &Number) -> Result<String, Fault> {
    match n {
        Number::Int(n) => Ok(n.to_string()),
        Number::Big(n) => python::int_text(n).ok_or(Fault::Value(python::INT_TOO_LONG)),
        Number::Float(f) => {
            let mut text = String::new();
            python::write_float(*f, &mut text);
            Ok(text)
        }
    }
}

/// A number as hashes and keys see it: `1`, `1.0` and `True` are one, a float that is whole is that integer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    Int(i64),
    Big(Arc<BigInt>),
    /// The bits of a float that is no integer.
    Float(u64),
}

impl From<&Number> for Identity {
    fn from(n: &Number) -> Identity {
        match n {
            Number::Int(n) => Identity::Int(*n),
            Number::Big(n) => Identity::Big(n.clone()),
            Number::Float(f) if f.fract() != 0.0 || !f.is_finite() => Identity::Float(f.to_bits()),
            // Well inside the range: no integer of arbitrary size is needed.
            Number::Float(f) if f.abs() < 9.0e18 => Identity::Int(*f as i64),
            Number::Float(f) => match truncate(*f) {
                Ok(Number::Int(n)) => Identity::Int(n),
                Ok(Number::Big(n)) => Identity::Big(n),
                _ => Identity::Float(f.to_bits()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Integers of at most so many bits.
    struct Limit(u64);

    impl Meter for Limit {
        type Error = Fault;

        fn integer(&self, bits: u64) -> Result<(), Fault> {
            if bits > self.0 {
                Err(Fault::Value("too large"))
            } else {
                Ok(())
            }
        }

        fn work(&self, _: u64) -> Result<(), Fault> {
            Ok(())
        }
    }

    fn text(result: Result<Number, Fault>) -> String {
        match result {
            Ok(Number::Int(n)) => n.to_string(),
            Ok(Number::Big(n)) => n.to_string(),
            Ok(Number::Float(f)) => {
                let mut out = String::new();
                crate::python::write_float(f, &mut out);
                out
            }
            Err(fault) => fault.to_string(),
        }
    }

    fn calculated(op: Operator, a: &Number, b: &Number) -> String {
        text(binary(op, a, b, &Limit(1 << 20)))
    }

    fn big(digits: &str) -> Number {
        Number::integer(digits.parse().unwrap())
    }

    #[test]
    fn integers_round_down() {
        for (op, a, b, expected) in [
            (Operator::FloorDivide, 7, -2, "-4"),
            (Operator::FloorDivide, -7, 2, "-4"),
            (Operator::FloorDivide, -7, -2, "3"),
            (Operator::FloorDivide, 6, -2, "-3"),
            (Operator::Modulo, -7, 3, "2"),
            (Operator::Modulo, 7, -3, "-2"),
            (Operator::FloorDivide, i64::MIN, -1, "9223372036854775808"),
            (Operator::Modulo, i64::MIN, -1, "0"),
            (Operator::Modulo, 5, -1, "0"),
            (Operator::Multiply, i64::MAX, 2, "18446744073709551614"),
            (Operator::Power, 2, 100, "1267650600228229401496703205376"),
            (Operator::Power, 2, -1, "0.5"),
            (Operator::Divide, 7, 2, "3.5"),
            (Operator::Power, -1, 3, "-1"),
            (Operator::Power, 0, 0, "1"),
            (Operator::Modulo, 1, 0, "integer modulo by zero"),
            (Operator::Divide, 1, 0, "division by zero"),
            (Operator::Power, 2, 1 << 40, "too large"),
        ] {
            assert_eq!(
                calculated(op, &Number::Int(a), &Number::Int(b)),
                expected,
                "{a} {op:?} {b}"
            );
        }
    }

    #[test]
    fn floats_take_the_sign_of_the_divisor() {
        let float = |op, a, b| calculated(op, &Number::Float(a), &Number::Float(b));
        assert_eq!(float(Operator::Modulo, -7.5, 2.0), "0.5");
        assert_eq!(float(Operator::Modulo, 6.0, -3.0), "-0.0");
        assert_eq!(float(Operator::FloorDivide, -7.5, 2.0), "-4.0");
        assert_eq!(float(Operator::Modulo, 1.0, 0.0), "float modulo");
        assert_eq!(float(Operator::Power, -8.0, 0.5), "complex numbers are not supported");
        assert_eq!(
            float(Operator::Power, 1e200, 2.0),
            "(34, 'Numerical result out of range')"
        );
        assert_eq!(calculated(Operator::Add, &Number::Float(0.5), &Number::Int(1)), "1.5");
    }

    #[test]
    fn large_quotients_are_rounded_once() {
        let quotient = |a: &Number, b: &Number| calculated(Operator::Divide, a, b);
        assert_eq!(
            quotient(&big("123456789012345678901234567890"), &Number::Int(7)),
            "1.763668414462081e+28"
        );
        assert_eq!(quotient(&Number::Int(1), &big("10000000000000000000000")), "1e-22");
    }

    #[test]
    fn rounding_is_exact() {
        for (f, digits, expected) in [
            (42.55, 1, "42.5"),
            (2.5, 0, "2.0"),
            (0.5, 0, "0.0"),
            (1.5, 0, "2.0"),
            (1234.0, -2, "1200.0"),
            (1250.0, -2, "1200.0"),
            (-1250.0, -2, "-1200.0"),
            (1250.5, -2, "1300.0"),
            (1.7e308, -308, "rounded value too large to represent"),
            (1.0, -400, "0.0"),
        ] {
            assert_eq!(text(round(&Number::Float(f), digits)), expected, "round({f}, {digits})");
        }
        for (n, digits, expected) in [
            (15, -1, "20"),
            (25, -1, "20"),
            (-25, -1, "-20"),
            (7, -5, "0"),
            (7, 3, "7"),
        ] {
            assert_eq!(text(round(&Number::Int(n), digits)), expected, "round({n}, {digits})");
        }
    }

    #[test]
    fn order_is_exact_between_kinds() {
        let order = |a: &Number, b: &Number| a.compare(b);
        assert_eq!(
            order(&Number::Int((1 << 53) + 1), &Number::Float(9007199254740992.0)),
            Some(Ordering::Greater)
        );
        assert_eq!(
            order(&big("100000000000000000000000"), &Number::Float(1e23)),
            Some(Ordering::Greater)
        );
        assert_eq!(
            order(&Number::Float(f64::INFINITY), &big("1000000000000000000000")),
            Some(Ordering::Greater)
        );
        assert_eq!(order(&Number::Int(1), &Number::Float(f64::NAN)), None);
    }

    #[test]
    fn equal_numbers_are_one_key() {
        let identity = |n: Number| Identity::from(&n);
        assert_eq!(identity(Number::Float(3.0)), identity(Number::Int(3)));
        assert_eq!(identity(Number::Float(1e22)), identity(big("10000000000000000000000")));
        assert_eq!(
            identity(Number::Float(9.223_372_036_854_776e18)),
            identity(big("9223372036854775808"))
        );
        assert_eq!(identity(Number::Float(-0.0)), identity(Number::Int(0)));
        assert_ne!(identity(Number::Float(0.5)), identity(Number::Int(0)));
    }
}
