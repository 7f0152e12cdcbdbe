//! Equality, and order where null takes part: null is smaller than everything else.

use super::super::item::Item;
use super::super::library::Kind::Function;
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::resolve::Args;
use super::Returned;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "*equal(left:any, right:any)",
        equal,
        "Whether both are equal. Never fails.",
        "1 = 1.0",
    ),
    entry(
        Function,
        "*not_equal(left:any, right:any)",
        not_equal,
        "Whether both differ. Never fails.",
        "1 != '1'",
    ),
    entry(
        Function,
        "#operator_<(left:any!, right:null)",
        no,
        "Nothing is smaller than null.",
        "1 < null",
    ),
    entry(
        Function,
        "#operator_<=(left:any!, right:null)",
        no,
        "Only null is not greater than null.",
        "1 <= null",
    ),
    entry(
        Function,
        "#operator_>(left:any!, right:null)",
        yes,
        "Everything is greater than null.",
        "1 > null",
    ),
    entry(
        Function,
        "#operator_>=(left:any!, right:null)",
        yes,
        "Everything is greater than null.",
        "1 >= null",
    ),
    entry(
        Function,
        "#operator_<(left:null, right:any!)",
        yes,
        "Null is smaller than everything.",
        "null < 1",
    ),
    entry(
        Function,
        "#operator_<=(left:null, right:any!)",
        yes,
        "Null is smaller than everything.",
        "null <= 1",
    ),
    entry(
        Function,
        "#operator_>(left:null, right:any!)",
        no,
        "Null is greater than nothing.",
        "null > 1",
    ),
    entry(
        Function,
        "#operator_>=(left:null, right:any!)",
        no,
        "Null is greater than nothing.",
        "null >= 1",
    ),
    entry(
        Function,
        "#operator_<(left:null, right:null)",
        no,
        "Null equals null.",
        "null < null",
    ),
    entry(
        Function,
        "#operator_<=(left:null, right:null)",
        yes,
        "Null equals null.",
        "null <= null",
    ),
    entry(
        Function,
        "#operator_>(left:null, right:null)",
        no,
        "Null equals null.",
        "null > null",
    ),
    entry(
        Function,
        "#operator_>=(left:null, right:null)",
        yes,
        "Null equals null.",
        "null >= null",
    ),
];

fn equal(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    m.equal(&left, &right).map(Item::Bool)
}

fn not_equal(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    m.equal(&left, &right).map(|e| Item::Bool(!e))
}

fn yes(_: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(true))
}

fn no(_: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(false))
}
