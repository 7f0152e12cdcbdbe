//! Python's equality and the orders that YAQL's operators use.

use std::cmp::Ordering;

use super::item::{Item, Seq, ViewKind};
use super::number;
use pyvalue::value::Value;

/// Python's `==`. Never fails; walks no deeper than values can nest.
pub(crate) fn equal(a: &Item, b: &Item) -> bool {
    if let (Some(x), Some(y)) = (number::of(a), number::of(b)) {
        return x.compare(&y) == Some(Ordering::Equal);
    }
    match (a, b) {
        (Item::Null, Item::Null) | (Item::NoValue, Item::NoValue) => true,
        (Item::Str(x), Item::Str(y)) => x == y,
        (Item::TimeSpan(x), Item::TimeSpan(y)) => x == y,
        (Item::DateTime(x), Item::DateTime(y)) | (Item::Date(x), Item::Date(y)) => x.instant() == y.instant(),
        (Item::Regex(x), Item::Regex(y)) => x == y,
        (Item::Iter(x), Item::Iter(y)) => x.address() == y.address(),
        (Item::Ordering(x), Item::Ordering(y)) => std::rc::Rc::ptr_eq(x, y),
        (Item::Context(x), Item::Context(y)) => std::rc::Rc::ptr_eq(x, y),
        (Item::Complex(x), Item::Complex(y)) => x == y,
        (Item::Complex(x), other) | (other, Item::Complex(x)) => {
            x.1 == 0.0 && number::of(other).is_some() && equal(&Item::Float(x.0), other)
        }
        (Item::View(ViewKind::Values, x), Item::View(ViewKind::Values, y)) => std::rc::Rc::ptr_eq(x, y),
        (Item::Opaque(x), Item::Opaque(y)) => std::sync::Arc::ptr_eq(x, y),
        _ => {
            if let (Some(x), Some(y)) = (a.as_seq(), b.as_seq()) {
                return equal_sequences(x, y);
            }
            if let (Some(x), Some(y)) = (a.as_map(), b.as_map()) {
                return x.len() == y.len()
                    && x.iter().all(|(k, v)| match &k {
                        Item::Str(s) => y.get_str(s).is_some_and(|w| equal(&v, &w)),
                        k => y.iter().any(|(other, w)| equal(k, &other) && equal(&v, &w)),
                    });
            }
            if a.is_set() && b.is_set() {
                return equal_sets(a, b);
            }
            false
        }
    }
}

fn equal_sequences(x: Seq<'_>, y: Seq<'_>) -> bool {
    if x.kind() != y.kind() || x.len() != y.len() {
        return false;
    }
    match (x, y) {
        (Seq::Json(_, x), Seq::Json(_, y)) if std::ptr::eq(x, y) => true,
        (Seq::Items(_, x), Seq::Items(_, y)) if std::ptr::eq(x, y) => true,
        (Seq::Json(_, x), Seq::Json(_, y)) => x.iter().zip(y).all(|(a, b)| equal_json(a, b)),
        _ => x.iter().zip(y.iter()).all(|(a, b)| equal(&a, &b)),
    }
}

fn equal_json(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        _ => equal(&Item::from_value(a), &Item::from_value(b)),
    }
}

/// Members of a set or set-like view.
pub(super) fn set_members(item: &Item) -> Vec<Item> {
    match item {
        Item::Set(s) => s.set.iter().map(|k| k.item().clone()).collect(),
        Item::View(kind, of) => match of.as_map() {
            Some(map) => map.iter().map(|(k, v)| view_member(*kind, k, v)).collect(),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What a view shows of one member of its mapping.
pub(super) fn view_member(kind: ViewKind, key: Item, value: Item) -> Item {
    match kind {
        ViewKind::Keys => key,
        ViewKind::Values => value,
        ViewKind::Items => super::tuple_unchecked(vec![key, value]),
    }
}

/// Whether every member of `a` is in `b`.
pub(super) fn is_subset(a: &Item, b: &Item) -> bool {
    if let (Item::Set(x), Item::Set(y)) = (a, b) {
        return x.set.iter().all(|k| y.set.contains(k));
    }
    let other = set_members(b);
    set_members(a).iter().all(|x| other.iter().any(|y| equal(x, y)))
}

fn equal_sets(a: &Item, b: &Item) -> bool {
    a.sized_len() == b.sized_len() && is_subset(a, b)
}
