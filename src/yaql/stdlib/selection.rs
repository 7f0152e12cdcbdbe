//! Parts of collections: first and last items, slices, pairs.

use super::super::item::Item;
use super::super::iter::{Cursor, Iter};
use super::super::library::Kind::{Extension, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::number::saturating;
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use super::collections::{as_tuple, same};
use mistral_expr::ErrorKind;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Method,
        "skip(collection:iter, count:int)",
        skip,
        "Without the first `count` items.",
        "[1, 2, 3].skip(1)",
    ),
    entry(
        Method,
        "limit(collection:iter, count:int)",
        limit,
        "Only the first `count` items.",
        "[1, 2, 3].limit(2)",
    ),
    entry(
        Method,
        "take(collection:iter, count:int)",
        limit,
        "The same as `limit`.",
        "[1, 2, 3].take(2)",
    ),
    entry(
        Method,
        "first(collection:iter, default:any=none)",
        first,
        "The first item, or the default when there is none.",
        "[1, 2].first()",
    ),
    entry(
        Method,
        "last(collection:iter, default:any=none)",
        last,
        "The last item, or the default when there is none.",
        "[1, 2].last()",
    ),
    entry(
        Method,
        "single(collection:iter)",
        single,
        "The only item; an error when there are more or none.",
        "[1].single()",
    ),
    entry(
        Extension,
        "enumerate(collection:iter, start:int?=0)",
        enumerate,
        "Pairs of position and item.",
        "[a, b].enumerate(1)",
    ),
    entry(
        Method,
        "memorize(collection:iter)",
        memorize,
        "A lazy collection that can be iterated more than once.",
        "let(range(3).memorize()) -> [$.sum(), $.len()]",
    ),
    entry(
        Method,
        "slice(collection:iter, length:int)",
        slice,
        "Lists of `length` items each.",
        "range(5).slice(2)",
    ),
    entry(
        Method,
        "splitWhere(collection:iter, predicate:λ)",
        split_where,
        "Lists between the items for which the predicate is true.",
        "[1, 0, 2].splitWhere($ = 0)",
    ),
    entry(
        Method,
        "sliceWhere(collection:iter, predicate:λ)",
        slice_where,
        "Lists of neighbours for which the predicate gives the same.",
        "[1, 3, 2].sliceWhere($ mod 2)",
    ),
    entry(
        Method,
        "splitAt(collection:iter, index:int)",
        split_at,
        "Two lists: the items before a position and the rest.",
        "[1, 2, 3].splitAt(1)",
    ),
    entry(
        Method,
        "reverse(collection:iter)",
        reverse,
        "The items backwards.",
        "[1, 2].reverse()",
    ),
    entry(
        Method,
        "zip(*collections:iter)",
        zip,
        "Lists of the first items, the second items, …; as many as the shortest has.",
        "[1, 2].zip([3, 4])",
    ),
    entry(
        Method,
        "zipLongest(*collections:iter, **kwargs:any)",
        zip_longest,
        "Like `zip`, as many as the longest has, with `default` filled in.",
        "[1, 2].zipLongest([3], default => 0)",
    ),
    entry(
        Method,
        "defaultIfEmpty(collection:iter, default:iter)",
        default_if_empty,
        "The collection, or the other one when it is empty.",
        "[].defaultIfEmpty([1])",
    ),
];

/// A count that Python's `islice` accepts.
fn count_of(item: &Item, message: &str) -> Result<u64, Failure> {
    let out_of_range = matches!(item, Item::Big(_));
    match u64::try_from(saturating(item)) {
        Ok(n) if !out_of_range => Ok(n),
        // Only -1 and what does not fit are known to be the stop.
        Err(_) if !out_of_range && saturating(item) != -1 => fail(ErrorKind::Value, BAD_INDEX),
        _ => fail(ErrorKind::Value, message),
    }
}
const BAD_INDEX: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
const BAD_STOP: &str = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";

fn skip(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let mut left = count_of(&a.take(1), BAD_INDEX)?;
    m.generate(source.depth(), move |m| {
        while left > 0 {
            left -= 1;
            if source.next(m)?.is_none() {
                left = 0;
                return Ok(None);
            }
        }
        source.next(m)
    })
}

/// At most so many items of a cursor.
fn limited(m: &Machine<'_>, mut source: Cursor, mut left: u64) -> Returned {
    m.generate(source.depth(), move |m| {
        if left == 0 {
            return Ok(None);
        }
        left -= 1;
        source.next(m)
    })
}
fn limit(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let source = m.cursor(&a.take(0))?;
    limited(m, source, count_of(&a.take(1), BAD_STOP)?)
}

fn first(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let next = m.cursor(&a.take(0))?.next(m)?;
    match (next, a.take(1)) {
        (Some(item), _) => Ok(item),
        (None, Item::NoValue) => fail(ErrorKind::Empty, ""),
        (None, default) => Ok(default),
    }
}

fn last(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, default) = (a.take(0), a.take(1));
    let last = match collection.as_seq() {
        Some(seq) => seq.len().checked_sub(1).and_then(|i| seq.get(i)),
        None => {
            let mut cursor = m.cursor(&collection)?;
            let mut last = None;
            while let Some(item) = cursor.next(m)? {
                last = Some(item);
            }
            last
        }
    };
    match (last, default) {
        (Some(item), _) => Ok(item),
        (None, Item::NoValue) => fail(ErrorKind::Empty, ""),
        (None, default) => Ok(default),
    }
}

fn single(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut cursor = m.cursor(&a.take(0))?;
    let Some(item) = cursor.next(m)? else {
        return fail(ErrorKind::Empty, "");
    };
    match cursor.next(m)? {
        None => Ok(item),
        Some(_) => fail(ErrorKind::Empty, "Collection contains more than one item"),
    }
}

fn enumerate(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let mut at = a.take(1);
    if let Item::Bool(b) = at {
        at = Item::Int(i64::from(b));
    }
    m.generate(source.depth() + 1, move |m| {
        if at.is_null() {
            return fail(ErrorKind::Type, "'NoneType' object cannot be interpreted as an integer");
        }
        let Some(item) = source.next(m)? else { return Ok(None) };
        let next = m.arithmetic(super::super::number::Arithmetic::Add, &at, &Item::Int(1))?;
        let here = std::mem::replace(&mut at, next);
        m.list(vec![here, item]).map(Some)
    })
}

fn memorize(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(match a.take(0) {
        Item::Iter(i) => {
            m.check_depth(i.depth() + 1)?;
            Item::Iter(Iter::memorized(i))
        }
        other => other,
    })
}

fn slice(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let length = a.take(1);
    m.generate(source.depth() + 1, move |m| {
        let mut left = count_of(&length, BAD_STOP)?;
        let mut items = Vec::new();
        while left > 0 {
            left -= 1;
            match source.next(m)? {
                Some(item) => items.push(item),
                None => break,
            }
        }
        if items.is_empty() {
            Ok(None)
        } else {
            m.tuple(items).map(Some)
        }
    })
}

/// What remains of a collection that is read when first pulled.
enum Pending {
    Source(Item),
    Items(std::vec::IntoIter<Item>),
}

impl Pending {
    fn next(&mut self, m: &Machine<'_>) -> Result<Option<Item>, Failure> {
        if let Pending::Source(item) = self {
            let items = m.cursor(item)?.collect(m)?;
            *self = Pending::Items(items.into_iter());
        }
        match self {
            Pending::Items(items) => Ok(items.next()),
            Pending::Source(_) => Ok(None),
        }
    }
}

fn split_where(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (source, predicate) = (a.take(0), a.lambda(1)?);
    let depth = source.depth().max(predicate.depth()) + 1;
    let mut source = Pending::Source(source);
    m.generate(depth, move |m| {
        let mut part = Vec::new();
        while let Some(item) = source.next(m)? {
            m.step()?;
            if predicate.call1(m, item.clone())?.is_truthy() {
                return m.tuple(part).map(Some);
            }
            part.push(item);
        }
        if part.is_empty() {
            Ok(None)
        } else {
            m.tuple(part).map(Some)
        }
    })
}

fn slice_where(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (source, predicate) = (a.take(0), a.lambda(1)?);
    let depth = source.depth().max(predicate.depth()) + 1;
    let mut source = Pending::Source(source);
    // The item that began the next part, and the predicate's value there.
    let mut held: Option<(Item, Item)> = None;
    m.generate(depth, move |m| {
        let mut part = Vec::new();
        let mut current = None;
        if let Some((item, value)) = held.take() {
            part.push(item);
            current = Some(value);
        }
        while let Some(item) = source.next(m)? {
            m.step()?;
            let value = predicate.call1(m, item.clone())?;
            if let Some(current) = &current
                && !same(m, current, &value)?
            {
                held = Some((item, value));
                return m.tuple(part).map(Some);
            }
            current = Some(value);
            part.push(item);
        }
        if part.is_empty() {
            Ok(None)
        } else {
            m.tuple(part).map(Some)
        }
    })
}

fn split_at(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let items = m.cursor(&a.take(0))?.collect(m)?;
    let (at, n) = (a.int(1), items.len() as i64);
    let at = if at < 0 { at.saturating_add(n).max(0) } else { at.min(n) } as usize;
    let second = m.tuple(items[at..].to_vec())?;
    let mut items = items;
    items.truncate(at);
    let first = m.tuple(items)?;
    m.list(vec![first, second])
}

fn reverse(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let tuple = as_tuple(m, a.take(0))?;
    let mut left = tuple.sized_len().unwrap_or(0);
    m.generate(tuple.depth(), move |m| {
        m.step()?;
        if left == 0 {
            return Ok(None);
        }
        left -= 1;
        Ok(tuple.as_seq().and_then(|s| s.get(left)))
    })
}

fn cursors(m: &Machine<'_>, a: &mut Args<'_>) -> Result<(Vec<Cursor>, u32), Failure> {
    let sources = a.rest(0).iter().map(|i| m.cursor(i)).collect::<Result<Vec<_>, _>>()?;
    let depth = sources.iter().map(Cursor::depth).max().unwrap_or(0) + 1;
    Ok((sources, depth))
}

fn zip(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (mut sources, depth) = cursors(m, a)?;
    m.generate(depth, move |m| {
        let mut items = Vec::with_capacity(sources.len());
        for source in &mut sources {
            match source.next(m)? {
                Some(item) => items.push(item),
                None => return Ok(None),
            }
        }
        m.tuple(items).map(Some)
    })
}

fn zip_longest(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (mut sources, depth) = cursors(m, a)?;
    let filler = a
        .keywords
        .iter()
        .find(|(n, _)| **n == *"default")
        .map_or(Item::Null, |(_, v)| v.clone());
    let mut open = vec![true; sources.len()];
    m.generate(depth.max(filler.depth() + 1), move |m| {
        let mut items = Vec::with_capacity(sources.len());
        for (source, open) in sources.iter_mut().zip(&mut open) {
            let next = if *open { source.next(m)? } else { None };
            *open = next.is_some();
            items.push(next.unwrap_or_else(|| filler.clone()));
        }
        if open.iter().any(|o| *o) {
            m.tuple(items).map(Some)
        } else {
            Ok(None)
        }
    })
}

fn default_if_empty(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, default) = (a.take(0), a.take(1));
    if collection.is_sequence() || collection.is_set() {
        return Ok(if collection.sized_len() == Some(0) {
            default
        } else {
            collection
        });
    }
    let collection = match collection {
        Item::Iter(i) => Item::Iter(Iter::memorized(i)),
        other => other,
    };
    let first = m.cursor(&collection)?.next(m)?;
    Ok(if first.is_some() { collection } else { default })
}
