//! Python's arithmetic: unbounded integers with a fast path for 64 bits, and floats.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

use super::compare::{Number, number, to_float};
use super::item::Item;
use super::machine::Machine;
use super::{Failure, fail};
use mistral_expr::ErrorKind;

/// Integers larger than this (in bits) are refused: their text could not be shown anyway, and products get slow.
const MAX_BITS: u64 = 1 << 20;

/// Arithmetic operators on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// An integer item as a big integer; booleans count.
pub(super) fn to_big(item: &Item) -> Option<BigInt> {
    Some(match item {
        Item::Int(n) => BigInt::from(*n),
        Item::Bool(b) => BigInt::from(u8::from(*b)),
        Item::Big(n) => (**n).clone(),
        _ => return None,
    })
}

/// An integer as `i64`, saturating: for counts and positions, where anything larger means "all".
pub(super) fn saturating(item: &Item) -> i64 {
    match item {
        Item::Int(n) => *n,
        Item::Bool(b) => i64::from(*b),
        Item::Big(n) if n.is_negative() => i64::MIN,
        Item::Big(_) => i64::MAX,
        _ => 0,
    }
}

pub(super) fn float_of(item: &Item) -> Result<f64, Failure> {
    match number(item).as_ref().and_then(to_float) {
        Some(f) => Ok(f),
        None => fail(ErrorKind::Overflow, "int too large to convert to float"),
    }
}

/// `a // b` and `a % b` of Python.
pub(super) fn div_mod_floor(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (q, r) = (a / b, a % b);
    if !r.is_zero() && (r.is_negative() != b.is_negative()) {
        (q - BigInt::one(), r + b)
    } else {
        (q, r)
    }
}

fn float_mod(a: f64, b: f64) -> f64 {
    let mut r = a % b;
    if r != 0.0 {
        if (b < 0.0) != (r < 0.0) {
            r += b;
        }
    } else {
        r = 0f64.copysign(b);
    }
    r
}

impl Machine<'_> {
    /// `left op right` on numbers (no booleans here).
    pub(super) fn arithmetic(&self, op: Arithmetic, left: &Item, right: &Item) -> Result<Item, Failure> {
        use Arithmetic::*;
        if let (Item::Int(a), Item::Int(b)) = (left, right) {
            let fast = match op {
                Add => a.checked_add(*b),
                Subtract => a.checked_sub(*b),
                Multiply => a.checked_mul(*b),
                Divide if *b == 0 => return fail(ErrorKind::ZeroDivision, "integer division or modulo by zero"),
                Modulo if *b == 0 => return fail(ErrorKind::ZeroDivision, "integer modulo by zero"),
                Divide => a.checked_div_euclid(*b).map(|_| {
                    let q = a.wrapping_div(*b);
                    if a % b != 0 && ((*a < 0) != (*b < 0)) { q - 1 } else { q }
                }),
                Modulo => a
                    .checked_rem(*b)
                    .map(|r| if r != 0 && ((r < 0) != (*b < 0)) { r + b } else { r }),
            };
            if let Some(n) = fast {
                return Ok(Item::Int(n));
            }
        }
        if matches!(left, Item::Float(_)) || matches!(right, Item::Float(_)) {
            let (a, b) = (float_of(left)?, float_of(right)?);
            return Ok(Item::Float(match op {
                Add => a + b,
                Subtract => a - b,
                Multiply => a * b,
                Divide if b == 0.0 => return fail(ErrorKind::ZeroDivision, "float division by zero"),
                Modulo if b == 0.0 => return fail(ErrorKind::ZeroDivision, "float modulo"),
                Divide => a / b,
                Modulo => float_mod(a, b),
            }));
        }
        let (Some(a), Some(b)) = (to_big(left), to_big(right)) else {
            return Ok(Item::Null);
        };
        self.big_size(match op {
            Multiply => a.bits() + b.bits(),
            _ => a.bits().max(b.bits()) + 1,
        })?;
        Ok(Item::big(match op {
            Add => a + b,
            Subtract => a - b,
            Multiply => a * b,
            Divide if b.is_zero() => return fail(ErrorKind::ZeroDivision, "integer division or modulo by zero"),
            Modulo if b.is_zero() => return fail(ErrorKind::ZeroDivision, "integer modulo by zero"),
            Divide => div_mod_floor(&a, &b).0,
            Modulo => div_mod_floor(&a, &b).1,
        }))
    }

    /// Charges an integer of this many bits.
    pub(super) fn big_size(&self, bits: u64) -> Result<(), Failure> {
        if bits > MAX_BITS {
            return fail(ErrorKind::Memory, "Expression consumed too much memory");
        }
        self.charge(bits as usize / 8)
    }

    /// `pow(base, exponent)`.
    pub(super) fn power(&self, base: &Item, exponent: &Item) -> Result<Item, Failure> {
        if let (Some(a), Some(b)) = (to_big(base), to_big(exponent))
            && !b.is_negative()
        {
            // -1, 0 and 1 to any power are small; everything else grows with the exponent.
            if a.bits() <= 1 {
                let one = b.is_zero() || (a.is_negative() && !b.bit(0));
                return Ok(Item::big(if one { BigInt::one() } else { a }));
            }
            let Some(e) = b.to_u32() else {
                self.big_size(u64::MAX)?;
                return Ok(Item::Null);
            };
            self.big_size((a.bits() - 1).saturating_mul(u64::from(e)))?;
            return Ok(Item::big(a.pow(e)));
        }
        let (a, b) = (float_of(base)?, float_of(exponent)?);
        if a == 0.0 && b < 0.0 {
            return fail(ErrorKind::ZeroDivision, "0.0 cannot be raised to a negative power");
        }
        if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
            let (norm, angle) = ((-a).powf(b), std::f64::consts::PI * b);
            return Ok(Item::Complex(std::rc::Rc::new((
                norm * angle.cos(),
                norm * angle.sin(),
            ))));
        }
        let r = a.powf(b);
        if r.is_infinite() && a.is_finite() && b.is_finite() {
            return fail(ErrorKind::Overflow, "(34, 'Numerical result out of range')");
        }
        Ok(Item::Float(r))
    }

    /// `pow(base, exponent, modulus)`.
    pub(super) fn power_modulo(&self, base: &Item, exponent: &Item, modulus: &Item) -> Result<Item, Failure> {
        let (Some(a), Some(b), Some(c)) = (to_big(base), to_big(exponent), to_big(modulus)) else {
            return fail(
                ErrorKind::Type,
                "pow() 3rd argument not allowed unless all arguments are integers",
            );
        };
        if c.is_zero() {
            return fail(ErrorKind::Value, "pow() 3rd argument cannot be 0");
        }
        self.big_size(c.bits() * 2)?;
        // Square and multiply: time grows with the product of these sizes.
        self.steps((b.bits() * (1 + c.bits() / 64)) / 16)?;
        let (a, b) = if b.is_negative() {
            match a.modinv(&c) {
                Some(inverse) => (inverse, -b),
                None => return fail(ErrorKind::Value, "base is not invertible for the given modulus"),
            }
        } else {
            (a, b)
        };
        Ok(Item::big(a.modpow(&b, &c)))
    }

    /// Python's `int()` of a float.
    pub(super) fn truncate(&self, f: f64) -> Result<Item, Failure> {
        if f.is_nan() {
            return fail(ErrorKind::Value, "cannot convert float NaN to integer");
        }
        match BigInt::from_f64(f.trunc()) {
            Some(n) => Ok(Item::big(n)),
            None => fail(ErrorKind::Overflow, "cannot convert float infinity to integer"),
        }
    }

    /// Python's `round(number, digits)`.
    pub(super) fn round(&self, n: &Item, digits: i64) -> Result<Item, Failure> {
        match n {
            Item::Float(f) => round_float(*f, digits).map(Item::Float),
            n => {
                if digits >= 0 {
                    return Ok(n.clone());
                }
                let Some(a) = to_big(n) else { return Ok(Item::Null) };
                let places = digits.unsigned_abs();
                // More places than digits: everything rounds to zero.
                if places > a.bits() / 3 + 2 {
                    return Ok(Item::Int(0));
                }
                let unit = BigInt::from(10u8).pow(places as u32);
                let (q, r) = div_mod_floor(&a, &unit);
                let twice = &r * 2u8;
                let up = twice > unit || (twice == unit && q.bit(0));
                Ok(Item::big(if up { (q + BigInt::one()) * unit } else { q * unit }))
            }
        }
    }
}

/// Correctly rounded, ties to even on the exact binary value.
fn round_float(f: f64, digits: i64) -> Result<f64, Failure> {
    if !f.is_finite() || digits > 323 {
        return Ok(f);
    }
    if digits < -308 {
        return Ok(0f64.copysign(f));
    }
    if digits >= 0 {
        // Formatting rounds the exact value half to even, as Python does.
        let text = format!("{f:.*}", digits as usize);
        return Ok(text.parse().unwrap_or(f));
    }
    let unit = BigInt::from(10u8).pow(digits.unsigned_abs() as u32);
    let Some(whole) = BigInt::from_f64(f.abs().trunc()) else {
        return Ok(f);
    };
    let (q, r) = div_mod_floor(&whole, &unit);
    let twice = &r * 2u8;
    let above = f.fract() != 0.0;
    let up = twice > unit || (twice == unit && (above || q.bit(0)));
    let rounded = if up { (q + BigInt::one()) * unit } else { q * unit };
    match rounded.to_f64().filter(|r| r.is_finite()) {
        Some(r) => Ok(r.copysign(f)),
        None => fail(ErrorKind::Overflow, "rounded value too large to represent"),
    }
}

/// `-n`.
pub(super) fn negate(n: &Item) -> Item {
    match n {
        Item::Int(i) => i.checked_neg().map_or_else(|| Item::big(-BigInt::from(*i)), Item::Int),
        Item::Float(f) => Item::Float(-f),
        Item::Big(b) => Item::big(-&**b),
        other => other.clone(),
    }
}

/// Text of digits to an integer: `None` when it is none. `digits` holds ASCII digits only.
pub(super) fn parse_digits(digits: &str) -> Option<Item> {
    match digits.parse::<i64>() {
        Ok(n) => Some(Item::Int(n)),
        Err(_) => digits.parse::<BigInt>().ok().map(Item::big),
    }
}

/// The number behind an item, borrowed; used where only real numbers (no booleans) can be.
pub(super) fn is_number(item: &Item) -> bool {
    matches!(item, Item::Int(_) | Item::Big(_) | Item::Float(_))
}

/// Absolute value.
pub(super) fn absolute(item: &Item) -> Item {
    match item {
        Item::Float(f) => Item::Float(f.abs()),
        Item::Int(n) if *n < 0 => negate(item),
        Item::Big(n) => Item::Big(Arc::new(n.abs())),
        other => other.clone(),
    }
}

/// -1, 0 or 1; NaN is 0.
pub(super) fn sign(item: &Item) -> i64 {
    match number(item) {
        Some(Number::Int(n)) => n.signum(),
        Some(Number::Big(n)) => {
            if n.is_negative() {
                -1
            } else {
                1
            }
        }
        Some(Number::Float(f)) if f > 0.0 => 1,
        Some(Number::Float(f)) if f < 0.0 => -1,
        _ => 0,
    }
}
