//! Lists and everything that can be iterated: building, indexing, changing.

use super::super::compare;
use super::super::item::{Item, Seq, ViewKind};
use super::super::iter::Cursor;
use super::super::library::Kind::{Extension, Function, Method};
use super::super::library::{Entry, entry};
use super::super::machine::{Machine, missing_key};
use super::super::number::saturating;
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use mistral_expr::ErrorKind;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "list(*args:any)",
        list,
        "A list of the arguments; lazy ones are expanded.",
        "list(1, range(2))",
    ),
    entry(
        Function,
        "#list(*args:any)",
        build_list,
        "A list of the items.",
        "[1, 2]",
    ),
    entry(
        Method,
        "toList(collection:iter)",
        to_list,
        "The items as a list.",
        "range(3).toList()",
    ),
    entry(
        Method,
        "flatten(collection:iter)",
        flatten,
        "The items with nested collections taken apart, at any depth.",
        "[1, [2, [3]]].flatten()",
    ),
    entry(
        Function,
        "#indexer(list:seq, index:int)",
        index,
        "The item at a position; negative ones count from the end.",
        "[1, 2, 3][-1]",
    ),
    entry(
        Function,
        "#operator_in(value:any, collection:iter)",
        in_,
        "Whether the collection has such an item.",
        "2 in [1, 2]",
    ),
    entry(
        Method,
        "contains(collection:iter, value:any)",
        contains,
        "Whether the collection has such an item.",
        "[1, 2].contains(2)",
    ),
    entry(
        Function,
        "#operator_+(left:iter, right:iter)",
        combine,
        "Both collections one after the other; of two sets, the union.",
        "[1] + [2]",
    ),
    entry(
        Function,
        "#operator_*(left:seq, right:int)",
        times,
        "The list repeated.",
        "[1, 2] * 2",
    ),
    entry(
        Function,
        "#operator_*(left:int, right:seq)",
        times_left,
        "The list repeated.",
        "2 * [1, 2]",
    ),
    entry(
        Function,
        "isList(arg:any)",
        is_list,
        "Whether the value is a list.",
        "isList([1])",
    ),
    entry(
        Extension,
        "len(sequence:seq)",
        len,
        "The number of items.",
        "len([1, 2])",
    ),
    entry(
        Extension,
        "len(collection:iterator)",
        count,
        "The number of items; they are used up.",
        "range(3).len()",
    ),
    entry(
        Method,
        "count(collection:iter)",
        count,
        "The number of items.",
        "[1, 2].count()",
    ),
    entry(
        Method,
        "delete(collection:iter, position:int, count:int=1)",
        delete,
        "Without `count` items from a position on; a negative count means all.",
        "[1, 2, 3].delete(1)",
    ),
    entry(
        Method,
        "replace(collection:iter, position:int, value:any, count:int=1)",
        replace,
        "With `count` items replaced by one value.",
        "[1, 2, 3].replace(1, 9)",
    ),
    entry(
        Method,
        "replaceMany(collection:iter, position:int, values:iter, count:int=1)",
        replace_many,
        "With `count` items replaced by several values.",
        "[1, 2, 3].replaceMany(1, [8, 9])",
    ),
    entry(
        Method,
        "insert(collection:iter!, position:int, value:any)",
        insert,
        "With a value put in at a position.",
        "range(2).insert(1, 9)",
    ),
    entry(
        Method,
        "insert(collection:seq, position:int, value:any)",
        insert_list,
        "With a value put in at a position; negative ones count from the end.",
        "[1, 2].insert(1, 9)",
    ),
    entry(
        Method,
        "insertMany(collection:iter, position:int, values:iter)",
        insert_many,
        "With several values put in at a position.",
        "[1, 2].insertMany(1, [8, 9])",
    ),
    entry(
        Function,
        "isIterable(value:any)",
        is_iterable,
        "Whether the value can be iterated (text and mappings do not count).",
        "isIterable([])",
    ),
];

/// Expands one-shot iterators among items, at any depth of iterators; held to `limit_iterators`.
pub(super) fn expand_iterators(m: &Machine<'_>, items: Vec<Item>) -> Result<Vec<Item>, Failure> {
    let mut out = Vec::with_capacity(items.len());
    let mut stack: Vec<Cursor> = Vec::new();
    for item in items {
        m.check_length(out.len())?;
        let Item::Iter(_) = item else {
            out.push(item);
            continue;
        };
        stack.push(m.cursor(&item)?);
        while let Some(top) = stack.last_mut() {
            match top.next(m)? {
                None => {
                    stack.pop();
                }
                Some(inner @ Item::Iter(_)) => stack.push(m.cursor(&inner)?),
                Some(inner) => {
                    m.check_length(out.len())?;
                    m.charge(std::mem::size_of::<Item>())?;
                    out.push(inner);
                }
            }
        }
    }
    Ok(out)
}

fn list(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let items = a.rest(0);
    let items = expand_iterators(m, items)?;
    m.tuple(items)
}

fn build_list(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let items = a.rest(0);
    m.tuple(items)
}

/// The collection as a tuple; a tuple stays the same object.
pub(super) fn as_tuple(m: &Machine<'_>, collection: Item) -> Returned {
    use super::super::item::ListKind::Tuple;
    match &collection {
        Item::Json(Tuple, _) | Item::List(Tuple, _) => Ok(collection),
        _ => m.tuple(m.cursor(&collection)?.collect(m)?),
    }
}

fn to_list(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    as_tuple(m, a.take(0))
}

fn flatten(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut stack = vec![m.cursor(&a.take(0))?];
    m.generate(stack[0].depth(), move |m| {
        while let Some(top) = stack.last_mut() {
            match top.next(m)? {
                None => {
                    stack.pop();
                }
                Some(item) if item.is_iterable() => stack.push(m.cursor(&item)?),
                Some(item) => return Ok(Some(item)),
            }
        }
        Ok(None)
    })
}

/// The item at a Python index.
pub(in super::super) fn item_at(seq: Seq<'_>, index: &Item) -> Returned {
    if let Item::Big(_) = index {
        return fail(ErrorKind::Index, "cannot fit 'int' into an index-sized integer");
    }
    let n = seq.len() as i64;
    let i = saturating(index);
    let at = if i < 0 { i.saturating_add(n) } else { i };
    match usize::try_from(at).ok().and_then(|at| seq.get(at)) {
        Some(item) => Ok(item),
        None => {
            let kind = if seq.kind() == super::super::item::ListKind::List {
                "list"
            } else {
                "tuple"
            };
            fail(ErrorKind::Index, format!("{kind} index out of range"))
        }
    }
}

/// The member of a mapping under any key.
pub(in super::super) fn member(m: &Machine<'_>, dict: &Item, key: Item) -> Returned {
    match super::dicts::lookup(m, dict, &key)? {
        Some(v) => Ok(v),
        None => missing_key(&key),
    }
}

fn index(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (list, index) = (a.take(0), a.take(1));
    match list.as_seq() {
        Some(seq) => item_at(seq, &index),
        None => fail(ErrorKind::Index, "tuple index out of range"),
    }
}

/// Python's `value in collection`.
fn has(m: &Machine<'_>, collection: &Item, value: Item) -> Result<bool, Failure> {
    match collection {
        Item::Set(s) => {
            let key = m.key(value)?;
            Ok(s.set.contains(&key))
        }
        Item::JsonDict(..) | Item::Dict(..) => Ok(super::dicts::lookup(m, collection, &value)?.is_some()),
        Item::View(ViewKind::Keys, of) => Ok(super::dicts::lookup(m, of, &value)?.is_some()),
        Item::View(ViewKind::Items, of) => {
            let frozen = matches!(**of, Item::JsonDict(true, _) | Item::Dict(true, _));
            let pair = match (frozen, &value) {
                (false, Item::List(super::super::item::ListKind::Tuple, l)) if l.items.len() == 2 => l.items.clone(),
                (false, _) => return Ok(false),
                (true, _) => unpack_pair(m, &value)?,
            };
            match super::dicts::lookup(m, of, &pair[0])? {
                Some(v) => m.equal(&v, &pair[1]),
                None => Ok(false),
            }
        }
        _ => {
            let mut cursor = m.cursor(collection)?;
            while let Some(item) = cursor.next(m)? {
                if m.equal(&item, &value)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}
/// `key, value = item` of Python.
fn unpack_pair(m: &Machine<'_>, item: &Item) -> Result<Vec<Item>, Failure> {
    let Ok(cursor) = m.cursor(item) else {
        return fail(
            ErrorKind::Type,
            format!("cannot unpack non-iterable {} object", item.type_name()),
        );
    };
    let items = cursor.collect(m)?;
    match items.len() {
        2 => Ok(items),
        n if n < 2 => fail(
            ErrorKind::Value,
            format!("not enough values to unpack (expected 2, got {n})"),
        ),
        _ => fail(ErrorKind::Value, "too many values to unpack (expected 2)"),
    }
}

fn in_(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (value, collection) = (a.take(0), a.take(1));
    has(m, &collection, value).map(Item::Bool)
}
fn contains(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, value) = (a.take(0), a.take(1));
    has(m, &collection, value).map(Item::Bool)
}

fn combine(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    use super::super::item::ListKind::Tuple;
    let (left, right) = (a.take(0), a.take(1));
    match (&left, &right) {
        (Item::Set(x), Item::Set(y)) if x.frozen && y.frozen => {
            m.steps((x.set.len() + y.set.len()) as u64)?;
            let mut all = x.set.clone();
            for key in y.set.iter() {
                all.insert(key.clone());
            }
            return m.set(all, true);
        }
        _ => {}
    }
    if let (Some(x), Some(y)) = (left.as_seq(), right.as_seq())
        && x.kind() == Tuple
        && y.kind() == Tuple
    {
        let total = x.len() + y.len();
        m.steps(total as u64)?;
        m.fits(total * std::mem::size_of::<Item>())?;
        return m.tuple(x.iter().chain(y.iter()).collect());
    }
    super::sequences::chain(m, vec![left, right])
}

fn repeat(m: &Machine<'_>, list: &Item, n: i64) -> Returned {
    let Some(seq) = list.as_seq() else {
        return Ok(Item::Null);
    };
    let times = usize::try_from(n).unwrap_or(0);
    let total = seq.len().saturating_mul(times);
    m.check_repetition(40 + 8 * seq.len(), times)?;
    m.fits(total.saturating_mul(std::mem::size_of::<Item>()))?;
    m.steps(total as u64)?;
    let items = seq.to_vec();
    let mut out = Vec::with_capacity(total);
    for _ in 0..if items.is_empty() { 0 } else { times } {
        out.extend_from_slice(&items);
    }
    m.of_kind(seq.kind(), out)
}
fn times(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (list, n) = (a.take(0), a.count(1)?);
    repeat(m, &list, n)
}
fn times_left(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (n, list) = (a.count(0)?, a.take(1));
    repeat(m, &list, n)
}

fn is_list(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(a.take(0).is_sequence()))
}
fn is_iterable(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(a.take(0).is_iterable()))
}

fn len(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Int(a.take(0).sized_len().unwrap_or(0) as i64))
}
fn count(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut cursor = m.cursor(&a.take(0))?;
    let mut n = 0;
    while cursor.next(m)?.is_some() {
        n += 1;
    }
    Ok(Item::Int(n))
}

/// Whether a position is in the range that `delete` and `replace` mean.
fn in_range(i: i64, position: i64, count: i64) -> bool {
    if count >= 0 {
        position <= i && i < position.saturating_add(count)
    } else {
        i >= position
    }
}

fn delete(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let (position, count) = (a.int(1), a.int(2));
    let mut i = -1;
    m.generate(source.depth(), move |m| {
        while let Some(item) = source.next(m)? {
            i += 1;
            if !in_range(i, position, count) {
                return Ok(Some(item));
            }
        }
        Ok(None)
    })
}

/// Items with a range replaced by what a cursor gives.
fn replaced(m: &Machine<'_>, mut source: Cursor, position: i64, count: i64, values: Item) -> Returned {
    let mut i = -1;
    let mut pending: Option<Cursor> = None;
    let mut done = false;
    let depth = source.depth().max(values.depth());
    m.generate(depth, move |m| {
        loop {
            if let Some(values) = &mut pending {
                if let Some(item) = values.next(m)? {
                    return Ok(Some(item));
                }
                pending = None;
            }
            let Some(item) = source.next(m)? else { return Ok(None) };
            i += 1;
            if !in_range(i, position, count) {
                return Ok(Some(item));
            }
            if !done {
                done = true;
                pending = Some(m.cursor(&values)?);
            }
        }
    })
}
fn replace(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let source = m.cursor(&a.take(0))?;
    let (position, value, count) = (a.int(1), a.take(2), a.int(3));
    let values = m.tuple(vec![value])?;
    replaced(m, source, position, count, values)
}
fn replace_many(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let source = m.cursor(&a.take(0))?;
    let (position, values, count) = (a.int(1), a.take(2), a.int(3));
    replaced(m, source, position, count, values)
}

/// Items with others put in at a position; beyond the end they are appended.
fn inserted(m: &Machine<'_>, mut source: Cursor, position: i64, values: Item, at_start: bool) -> Returned {
    let depth = source.depth().max(values.depth());
    let mut i = -1;
    let mut pending: Option<Cursor> = None;
    let mut held = None;
    let mut started = false;
    let mut ended = false;
    m.generate(depth, move |m| {
        loop {
            if !started {
                started = true;
                if at_start && position < 0 {
                    pending = Some(m.cursor(&values)?);
                }
            }
            if let Some(values) = &mut pending {
                if let Some(item) = values.next(m)? {
                    return Ok(Some(item));
                }
                pending = None;
            }
            if let Some(item) = held.take() {
                return Ok(Some(item));
            }
            if ended {
                return Ok(None);
            }
            match source.next(m)? {
                Some(item) => {
                    i += 1;
                    if i != position {
                        return Ok(Some(item));
                    }
                    held = Some(item);
                    pending = Some(m.cursor(&values)?);
                }
                None => {
                    ended = true;
                    if position > i {
                        pending = Some(m.cursor(&values)?);
                    }
                }
            }
        }
    })
}
fn insert(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let source = m.cursor(&a.take(0))?;
    let (position, value) = (a.int(1), a.take(2));
    let values = m.tuple(vec![value])?;
    inserted(m, source, position, values, false)
}
fn insert_many(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let source = m.cursor(&a.take(0))?;
    let (position, values) = (a.int(1), a.take(2));
    inserted(m, source, position, values, true)
}
fn insert_list(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (list, position, value) = (a.take(0), a.int(1), a.take(2));
    let mut items = list.as_seq().map(|s| s.to_vec()).unwrap_or_default();
    m.steps(items.len() as u64)?;
    let n = items.len() as i64;
    let at = if position < 0 {
        position.saturating_add(n).max(0)
    } else {
        position.min(n)
    };
    items.insert(at as usize, value);
    m.list(items)
}

/// Python's `==` of two items, for the other files.
pub(super) fn same(m: &Machine<'_>, a: &Item, b: &Item) -> Result<bool, Failure> {
    if a.depth() == 0 {
        Ok(compare::equal(a, b))
    } else {
        m.equal(a, b)
    }
}
