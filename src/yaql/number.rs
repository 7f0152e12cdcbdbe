//! YAQL's items as Python's numbers.

use num_bigint::BigInt;
use num_traits::Signed as _;
use pyvalue::number::{self, Fault, Meter, Number, Operator};

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

impl From<Number> for Item {
    fn from(n: Number) -> Item {
        match n {
            Number::Int(n) => Item::Int(n),
            Number::Big(n) => Item::Big(n),
            Number::Float(f) => Item::Float(f),
        }
    }
}

/// The number in an item; booleans count as 0 and 1 here (they do for equality, not for order).
pub(super) fn of(item: &Item) -> Option<Number> {
    Some(match item {
        Item::Int(n) => Number::Int(*n),
        Item::Bool(b) => Number::Int(i64::from(*b)),
        Item::Big(n) => Number::Big(n.clone()),
        Item::Float(f) => Number::Float(*f),
        _ => return None,
    })
}

/// An integer item as a big integer; booleans count.
pub(super) fn to_big(item: &Item) -> Option<BigInt> {
    of(item)?.to_integer()
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
    Ok(of(item).unwrap_or(Number::Float(f64::NAN)).to_float()?)
}

impl Meter for Machine<'_> {
    type Error = Failure;

    fn integer(&self, bits: u64) -> Result<(), Failure> {
        if bits > MAX_BITS {
            return fail(ErrorKind::Memory, "Expression consumed too much memory");
        }
        self.charge(bits as usize / 8)
    }

    fn work(&self, steps: u64) -> Result<(), Failure> {
        self.steps(steps)
    }
}

impl Machine<'_> {
    /// `left op right` on numbers (no booleans here). The quotient of two integers is rounded down, as YAQL has it.
    pub(super) fn arithmetic(&self, op: Arithmetic, left: &Item, right: &Item) -> Result<Item, Failure> {
        let is_float = matches!(left, Item::Float(_)) || matches!(right, Item::Float(_));
        let op = match op {
            Arithmetic::Add => Operator::Add,
            Arithmetic::Subtract => Operator::Subtract,
            Arithmetic::Multiply => Operator::Multiply,
            Arithmetic::Divide if is_float => Operator::Divide,
            Arithmetic::Divide => Operator::FloorDivide,
            Arithmetic::Modulo => Operator::Modulo,
        };
        if let (Item::Int(a), Item::Int(b)) = (left, right)
            && let Some(n) = number::small(op, *a, *b)
        {
            return Ok(Item::Int(n));
        }
        let (Some(a), Some(b)) = (of(left), of(right)) else {
            return Ok(Item::Null);
        };
        number::binary(op, &a, &b, self).map(Item::from)
    }

    /// `pow(base, exponent)`; complex for roots of negative numbers.
    pub(super) fn power(&self, base: &Item, exponent: &Item) -> Result<Item, Failure> {
        let (Some(a), Some(b)) = (of(base), of(exponent)) else {
            return Ok(Item::Null);
        };
        let fractional = matches!(a, Number::Float(_)) || matches!(b, Number::Float(_)) || b.sign() < 0;
        if fractional {
            // Nothing of arbitrary size is made here.
            return match number::power(&a, &b, &Unmetered) {
                Err(Fault::Complex(real, imaginary)) => Ok(Item::Complex(std::rc::Rc::new((real, imaginary)))),
                result => Ok(result?.into()),
            };
        }
        number::power(&a, &b, self).map(Item::from)
    }

    /// `pow(base, exponent, modulus)`.
    pub(super) fn power_modulo(&self, base: &Item, exponent: &Item, modulus: &Item) -> Result<Item, Failure> {
        let float = || Number::Float(f64::NAN);
        let [a, b, c] = [base, exponent, modulus].map(|item| of(item).unwrap_or_else(float));
        number::power_modulo(&a, &b, &c, self).map(Item::from)
    }

    /// Python's `int()` of a float.
    pub(super) fn truncate(&self, f: f64) -> Result<Item, Failure> {
        Ok(number::truncate(f)?.into())
    }

    /// Python's `round(number, digits)`.
    pub(super) fn round(&self, n: &Item, digits: i64) -> Result<Item, Failure> {
        match of(n) {
            Some(number) => Ok(number::round(&number, digits)?.into()),
            None => Ok(Item::Null),
        }
    }
}

/// For powers of floats.
struct Unmetered;

impl Meter for Unmetered {
    type Error = Fault;

    fn integer(&self, _: u64) -> Result<(), Fault> {
        Ok(())
    }

    fn work(&self, _: u64) -> Result<(), Fault> {
        Ok(())
    }
}

/// `-n`.
pub(super) fn negate(n: &Item) -> Item {
    of(n).map_or_else(|| n.clone(), |number| number.negated().into())
}

/// Text of digits to an integer: `None` when it is none. `digits` holds ASCII digits only.
pub(super) fn parse_digits(digits: &str) -> Option<Item> {
    match digits.parse::<i64>() {
        Ok(n) => Some(Item::Int(n)),
        Err(_) => digits.parse::<BigInt>().ok().map(Item::big),
    }
}

/// Whether this is a number; booleans are none.
pub(super) fn is_number(item: &Item) -> bool {
    matches!(item, Item::Int(_) | Item::Big(_) | Item::Float(_))
}

/// Absolute value.
pub(super) fn absolute(item: &Item) -> Item {
    of(item).map_or_else(|| item.clone(), |number| number.absolute().into())
}

/// -1, 0 or 1; NaN is 0.
pub(super) fn sign(item: &Item) -> i64 {
    of(item).map_or(0, |number| number.sign())
}
