//! Sets.

use super::super::compare::{is_subset, set_members};
use super::super::item::Item;
use super::super::key::ItemSet;
use super::super::library::Kind::{Extension, Function, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use super::collections::expand_iterators;
use mistral_expr::ErrorKind;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "set(*args:any)",
        set,
        "A set of the arguments; lazy ones are expanded, lists are single members.",
        "set(1, 2, 1).len()",
    ),
    entry(
        Method,
        "toSet(collection:iter)",
        to_set,
        "The items as a set.",
        "[1, 1].toSet()",
    ),
    entry(
        Function,
        "isSet(arg:any)",
        is_set,
        "Whether the value is a set (keys and items of a mapping are).",
        "isSet(set(1))",
    ),
    entry(
        Extension,
        "len(set:set)",
        len,
        "The number of members.",
        "set(1, 2).len()",
    ),
    entry(
        Function,
        "#operator_<(left:set, right:set)",
        less,
        "Whether left is a part of right and smaller.",
        "set(1) < set(1, 2)",
    ),
    entry(
        Function,
        "#operator_<=(left:set, right:set)",
        less_equal,
        "Whether left is a part of right.",
        "set(1) <= set(1)",
    ),
    entry(
        Function,
        "#operator_>=(left:set, right:set)",
        greater_equal,
        "Whether right is a part of left.",
        "set(1) >= set(1)",
    ),
    entry(
        Function,
        "#operator_>(left:set, right:set)",
        greater,
        "Whether right is a part of left and smaller.",
        "set(1, 2) > set(1)",
    ),
    entry(
        Function,
        "#operator_-(left:set, right:set)",
        difference,
        "The members of left that are not in right.",
        "set(1, 2) - set(1)",
    ),
    entry(
        Method,
        "union(left:set, right:set)",
        union,
        "The members of both.",
        "set(1).union(set(2))",
    ),
    entry(
        Method,
        "intersect(left:set, right:set)",
        intersect,
        "The members that both have.",
        "set(1, 2).intersect(set(2))",
    ),
    entry(
        Method,
        "difference(left:set, right:set)",
        difference,
        "The members of left that are not in right.",
        "set(1, 2).difference(set(1))",
    ),
    entry(
        Method,
        "symmetricDifference(left:set, right:set)",
        symmetric_difference,
        "The members that only one of them has.",
        "set(1, 2).symmetricDifference(set(2, 3))",
    ),
    entry(
        Method,
        "add(set:set, *values:any)",
        add,
        "The set with more members.",
        "set(1).add(2)",
    ),
    entry(
        Method,
        "remove(set:set, *values:any)",
        remove,
        "The set without these members.",
        "set(1, 2).remove(2)",
    ),
];

fn collect(m: &Machine<'_>, items: Vec<Item>) -> Returned {
    let mut set = ItemSet::default();
    for item in items {
        set.insert(m.key(item)?);
    }
    m.set(set, true)
}

fn set(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let items = a.rest(0);
    let items = expand_iterators(m, items)?;
    collect(m, items)
}
fn to_set(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let items = m.cursor(&a.take(0))?.collect(m)?;
    collect(m, items)
}
fn is_set(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(a.take(0).is_set()))
}
fn len(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Int(a.take(0).sized_len().unwrap_or(0) as i64))
}

/// Whether left is a subset of right, and a proper one if so wanted.
fn subset(m: &Machine<'_>, left: &Item, right: &Item, proper: bool) -> Returned {
    let (x, y) = (left.sized_len().unwrap_or(0), right.sized_len().unwrap_or(0));
    // Views are compared member by member.
    let cost = if matches!((left, right), (Item::Set(_), Item::Set(_))) {
        x + y
    } else {
        x.saturating_mul(y)
    };
    m.steps(cost as u64)?;
    Ok(Item::Bool(
        (if proper { x < y } else { x <= y }) && is_subset(left, right),
    ))
}
fn less(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    subset(m, &a.take(0), &a.take(1), true)
}
fn less_equal(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    subset(m, &a.take(0), &a.take(1), false)
}
fn greater_equal(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    subset(m, &a.take(1), &a.take(0), false)
}
fn greater(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    subset(m, &a.take(1), &a.take(0), true)
}

/// The set behind an item; views lack the methods of sets.
fn own(item: &Item, method: &str) -> Result<ItemSet, Failure> {
    match item {
        Item::Set(s) => Ok(s.set.clone()),
        other => fail(
            ErrorKind::Attribute,
            format!("'{}' object has no attribute '{method}'", other.type_name()),
        ),
    }
}

fn members(m: &Machine<'_>, item: &Item) -> Result<ItemSet, Failure> {
    if let Item::Set(s) = item {
        m.steps(s.set.len() as u64)?;
        return Ok(s.set.clone());
    }
    let mut set = ItemSet::default();
    for member in set_members(item) {
        set.insert(m.key(member)?);
    }
    Ok(set)
}

fn union_of(m: &Machine<'_>, left: &Item, right: &ItemSet) -> Returned {
    let mut all = own(left, "union")?;
    for key in right.iter() {
        m.step()?;
        all.insert(key.clone());
    }
    m.set(all, true)
}
fn union(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    own(&left, "union")?;
    union_of(m, &left, &members(m, &right)?)
}

fn kept(m: &Machine<'_>, from: &ItemSet, keep: impl Fn(&super::super::key::Key) -> bool) -> Result<ItemSet, Failure> {
    let mut out = ItemSet::default();
    for key in from.iter() {
        m.step()?;
        if keep(key) {
            out.insert(key.clone());
        }
    }
    Ok(out)
}

fn intersect(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    let left = own(&left, "intersection")?;
    let right = members(m, &right)?;
    // Python keeps the members of the smaller set: equal ones need not be the same (`1` and `true`).
    let both = if left.len() < right.len() {
        kept(m, &left, |k| right.contains(k))?
    } else {
        kept(m, &right, |k| left.contains(k))?
    };
    m.set(both, true)
}
fn difference(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    let left = own(&left, "difference")?;
    let right = members(m, &right)?;
    let rest = kept(m, &left, |k| !right.contains(k))?;
    m.set(rest, true)
}
fn symmetric_difference(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    let left = own(&left, "symmetric_difference")?;
    let right = members(m, &right)?;
    let mut out = kept(m, &left, |k| !right.contains(k))?;
    for key in kept(m, &right, |k| !left.contains(k))?.iter() {
        out.insert(key.clone());
    }
    m.set(out, true)
}
fn add(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let left = a.take(0);
    let mut more = ItemSet::default();
    own(&left, "union")?;
    for value in a.rest(1) {
        more.insert(m.key(value)?);
    }
    union_of(m, &left, &more)
}
fn remove(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let left = a.take(0);
    let mut gone = ItemSet::default();
    let own = own(&left, "difference")?;
    for value in a.rest(1) {
        gone.insert(m.key(value)?);
    }
    let rest = kept(m, &own, |k| !gone.contains(k))?;
    m.set(rest, true)
}
