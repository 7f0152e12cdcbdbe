//! Failures of an evaluation, in Python's words.

use super::value::Py;
use mistral_expr::{Error, ErrorKind};

pub(super) type Result<T> = std::result::Result<T, Error>;

pub(super) fn failure(kind: ErrorKind, message: impl Into<String>) -> Error {
    Error {
        kind,
        message: message.into(),
    }
}

pub(super) fn type_error(message: impl Into<String>) -> Error {
    failure(ErrorKind::Type, message)
}

pub(super) fn value_error(message: impl Into<String>) -> Error {
    failure(ErrorKind::Value, message)
}

pub(super) fn recursion_error() -> Error {
    failure(ErrorKind::Recursion, "maximum recursion depth exceeded")
}

/// Upstream's text for an evaluation that ran out of memory; [`super::Program::wrap`] adds the expression.
pub(super) fn memory_error() -> Error {
    failure(ErrorKind::Memory, "Expression evaluation exceeded the available memory")
}

pub(super) fn unsupported(op: &str, a: &Py, b: &Py) -> Error {
    type_error(format!(
        "unsupported operand type(s) for {op}: '{}' and '{}'",
        a.type_name(),
        b.type_name()
    ))
}

/// Something other than an integer is the factor of a sequence.
pub(super) fn not_repeatable(factor: &Py) -> Error {
    type_error(format!(
        "can't multiply sequence by non-int of type '{}'",
        factor.type_name()
    ))
}

pub(super) fn not_ordered(op: &str, a: &Py, b: &Py) -> Error {
    type_error(format!(
        "'{op}' not supported between instances of '{}' and '{}'",
        a.type_name(),
        b.type_name()
    ))
}
