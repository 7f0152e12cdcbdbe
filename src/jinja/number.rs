//! Jinja's values as Python's numbers.

use num_bigint::BigInt;
use pyvalue::number::{self, Fault, Meter, Operator};

use super::ast::BinOp;
use super::errors::{Result, memory_error};
use super::value::Py;
use mistral_expr::Error;

pub(super) use pyvalue::number::{Number, parse_float, parse_integer};

/// A result that would have more bits than this is refused.
const MAX_BITS: u64 = 4 << 20;

/// What arithmetic may use up in one operation.
struct Limit;

impl Meter for Limit {
    type Error = Error;

    fn integer(&self, bits: u64) -> Result<()> {
        if bits > MAX_BITS { Err(memory_error()) } else { Ok(()) }
    }

    // The operators do nothing whose time does not follow from the size of what they make.
    fn work(&self, _: u64) -> Result<()> {
        Ok(())
    }
}

impl From<Number> for Py {
    fn from(n: Number) -> Py {
        match n {
            Number::Int(n) => Py::Int(n),
            Number::Big(n) => Py::Big(n),
            Number::Float(f) => Py::Float(f),
        }
    }
}

/// The number a value is; booleans count.
pub(super) fn of(value: &Py) -> Option<Number> {
    Some(match value {
        Py::Bool(b) => Number::Int(i64::from(*b)),
        Py::Int(n) => Number::Int(*n),
        Py::Big(n) => Number::Big(n.clone()),
        Py::Float(f) => Number::Float(*f),
        _ => return None,
    })
}

/// An integer of any size; none for floats and what is no number.
pub(super) fn integer(value: &Py) -> Option<BigInt> {
    of(value)?.to_integer()
}

/// `a op b` for two numbers.
///
/// # Errors
/// As in Python.
pub(super) fn binary(op: BinOp, a: &Number, b: &Number) -> Result<Py> {
    let op = match op {
        BinOp::Add => Operator::Add,
        BinOp::Sub => Operator::Subtract,
        BinOp::Mul => Operator::Multiply,
        BinOp::Div => Operator::Divide,
        BinOp::FloorDiv => Operator::FloorDivide,
        BinOp::Mod => Operator::Modulo,
        BinOp::Pow => Operator::Power,
    };
    number::binary(op, a, b, &Limit).map(Py::from)
}

/// `int(f)`.
///
/// # Errors
/// For infinities and NaN.
pub(super) fn truncate(f: f64) -> Result<Py> {
    plain_or_fault(number::truncate(f))
}

/// `round(n, digits)`.
///
/// # Errors
/// When a rounded float is too large for a float.
pub(super) fn round(n: &Number, digits: i64) -> Result<Py> {
    plain_or_fault(number::round(n, digits))
}

fn plain_or_fault(result: std::result::Result<Number, Fault>) -> Result<Py> {
    Ok(result?.into())
}
