//! Truth.

use super::super::item::Item;
use super::super::library::Kind::Function;
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::resolve::Args;
use super::Returned;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "#operator_and(left:λ, right:λ)",
        and,
        "The left operand if it is false, else the right one.",
        "1 and 2",
    ),
    entry(
        Function,
        "#operator_or(left:λ, right:λ)",
        or,
        "The left operand if it is true, else the right one.",
        "0 or 'x'",
    ),
    entry(
        Function,
        "#unary_operator_not(arg:any)",
        not,
        "Whether the operand is false.",
        "not []",
    ),
    entry(
        Function,
        "bool(value:any)",
        bool,
        "The truth value: false for null, zero, empty text and empty collections.",
        "bool([1])",
    ),
    entry(
        Function,
        "isBoolean(value:any)",
        is_boolean,
        "Whether the value is `true` or `false`.",
        "isBoolean(0)",
    ),
];

fn and(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let left = a.lambda(0)?.call0(m)?;
    if left.is_truthy() {
        a.lambda(1)?.call0(m)
    } else {
        Ok(left)
    }
}

fn or(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let left = a.lambda(0)?.call0(m)?;
    if left.is_truthy() {
        Ok(left)
    } else {
        a.lambda(1)?.call0(m)
    }
}

fn not(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(!a.flag(0)))
}

fn bool(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(a.flag(0)))
}

fn is_boolean(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(matches!(a.take(0), Item::Bool(_))))
}
