//! Collections that come from nothing, or from several others.

use std::collections::VecDeque;

use super::super::item::Item;
use super::super::iter::Cursor;
use super::super::key::ItemSet;
use super::super::library::Kind::{Extension, Function, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::number::{Arithmetic, saturating, to_big};
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use mistral_expr::ErrorKind;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Extension,
        "append(collection:iter, *args:any)",
        append,
        "The collection with more items at its end.",
        "[1].append(2, 3)",
    ),
    entry(
        Extension,
        "concat(*collections:iter)",
        concat,
        "All collections one after the other.",
        "[1].concat([2], [3])",
    ),
    entry(
        Function,
        "range(stop:int)",
        range_to,
        "The integers from 0 up to, not including, `stop`.",
        "range(3)",
    ),
    entry(
        Function,
        "range(start:int, stop:int, step:int=1)",
        range,
        "The integers from `start` up to, not including, `stop`.",
        "range(1, 10, 3)",
    ),
    entry(
        Function,
        "sequence(start:int=0, step:int=1)",
        sequence,
        "Integers without end.",
        "sequence(5).take(2)",
    ),
    entry(
        Method,
        "repeat(value:any, times:int=-1)",
        repeat,
        "The value so many times; without end if negative.",
        "a.repeat(2)",
    ),
    entry(
        Method,
        "cycle(collection:iter)",
        cycle,
        "The items over and over again.",
        "[1, 2].cycle().take(3)",
    ),
    entry(
        Function,
        "generate(initial:any, predicate:λ, producer:λ, selector:λ=null, decycle:bool=false)",
        generate,
        "Values made one from the other as long as the predicate is true; with `decycle`, until one repeats.",
        "generate(1, $ < 20, $ * 2)",
    ),
    entry(
        Function,
        "generateMany(initial:any, producer:λ, selector:λ=null, decycle:bool=false, depthFirst:bool=false)",
        generate_many,
        "Walks a tree: the producer gives the children of each value.",
        "generateMany(1, [$ * 2, $ * 3].where($ < 7))",
    ),
];

/// Collections one after the other, lazily.
pub(super) fn chain(m: &Machine<'_>, collections: Vec<Item>) -> Returned {
    let depth = collections.iter().map(Item::depth).max().unwrap_or(0);
    let mut rest = collections.into_iter();
    let mut current: Option<Cursor> = None;
    m.generate(depth, move |m| {
        loop {
            if let Some(cursor) = &mut current
                && let Some(item) = cursor.next(m)?
            {
                return Ok(Some(item));
            }
            let Some(next) = rest.next() else { return Ok(None) };
            current = Some(m.cursor(&next)?);
        }
    })
}

fn append(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let first = a.take(0);
    let more = m.tuple(a.rest(1))?;
    chain(m, vec![first, more])
}
fn concat(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let all = a.rest(0);
    chain(m, all)
}

fn count(m: &Machine<'_>, start: &Item, stop: Option<&Item>, step: &Item) -> Returned {
    // 128 bits hold every range that could ever be walked to its end.
    let wide = |i: &Item| {
        to_big(i)
            .and_then(|n| i128::try_from(n).ok())
            .unwrap_or(i128::from(saturating(i)))
    };
    let (mut at, step) = (wide(start), wide(step));
    let stop = stop.map(wide);
    m.generate(0, move |m| {
        m.step()?;
        let more = stop.is_none_or(|stop| if step > 0 { at < stop } else { at > stop });
        if !more {
            return Ok(None);
        }
        let item = i64::try_from(at).map_or_else(|_| Item::big(at.into()), Item::Int);
        at = at.saturating_add(step);
        Ok(Some(item))
    })
}
fn range_to(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    count(m, &Item::Int(0), Some(&a.take(0)), &Item::Int(1))
}
fn range(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (start, stop, step) = (a.take(0), a.take(1), a.take(2));
    if saturating(&step) == 0 {
        return fail(ErrorKind::Value, "range() arg 3 must not be zero");
    }
    count(m, &start, Some(&stop), &step)
}
fn sequence(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (start, step) = (a.take(0), a.take(1));
    // With any other step Python hands the start out as it is, even a boolean.
    let mut at = if matches!(plain(&step), Item::Int(1)) {
        plain(&start)
    } else {
        start
    };
    let mut first = true;
    m.generate(0, move |m| {
        m.step()?;
        if !first {
            at = m.arithmetic(Arithmetic::Add, &plain(&at), &plain(&step))?;
        }
        first = false;
        Ok(Some(at.clone()))
    })
}

/// Booleans as the numbers they are in sums.
fn plain(item: &Item) -> Item {
    match item {
        Item::Bool(b) => Item::Int(i64::from(*b)),
        other => other.clone(),
    }
}

fn repeat(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (value, times) = (a.take(0), a.count(1)?);
    let mut left = times;
    m.generate(value.depth(), move |m| {
        m.step()?;
        if times >= 0 {
            if left == 0 {
                return Ok(None);
            }
            left -= 1;
        }
        Ok(Some(value.clone()))
    })
}

fn cycle(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let mut saved: Vec<Item> = Vec::new();
    let mut at = None;
    m.generate(source.depth(), move |m| {
        m.step()?;
        let i = match at {
            None => {
                if let Some(item) = source.next(m)? {
                    m.charge(std::mem::size_of::<Item>())?;
                    saved.push(item.clone());
                    return Ok(Some(item));
                }
                0
            }
            Some(i) => i,
        };
        if saved.is_empty() {
            return Ok(None);
        }
        at = Some((i + 1) % saved.len());
        Ok(Some(saved[i].clone()))
    })
}

/// Remembers values; tells whether one is new.
fn is_new(m: &Machine<'_>, past: &mut Option<ItemSet>, item: &Item) -> Result<bool, Failure> {
    match past {
        None => Ok(true),
        Some(past) => {
            m.charge(2 * std::mem::size_of::<Item>())?;
            Ok(past.insert(m.key(item.clone())?))
        }
    }
}

fn generate(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let initial = a.take(0);
    let (predicate, producer, selector) = (a.lambda(1)?, a.lambda(2)?, a.optional_lambda(3));
    let mut past = a.flag(4).then(ItemSet::default);
    let depth = initial.depth().max(predicate.depth()).max(producer.depth());
    let mut current = initial;
    let mut started = false;
    m.generate(depth, move |m| {
        m.step()?;
        if started {
            current = producer.call1(m, std::mem::take(&mut current))?;
        }
        started = true;
        if !predicate.call1(m, current.clone())?.is_truthy() || !is_new(m, &mut past, &current)? {
            return Ok(None);
        }
        match &selector {
            Some(selector) => selector.call1(m, current.clone()).map(Some),
            None => Ok(Some(current.clone())),
        }
    })
}

fn generate_many(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let initial = a.take(0);
    let (producer, selector) = (a.lambda(1)?, a.optional_lambda(2));
    let mut past = a.flag(3).then(ItemSet::default);
    let depth_first = a.flag(4);
    let depth = initial.depth().max(producer.depth());
    let mut queue = VecDeque::from([initial]);
    // The item that was given out last; its children are made when the next one is wanted.
    let mut parent: Option<Item> = None;
    m.generate(depth, move |m| {
        if let Some(item) = parent.take() {
            let produced = producer.call1(m, item)?;
            let children = m.cursor(&produced)?.collect(m)?;
            if depth_first {
                for child in children.into_iter().rev() {
                    queue.push_front(child);
                }
            } else {
                queue.extend(children);
            }
        }
        while let Some(item) = queue.pop_front() {
            m.step()?;
            if !is_new(m, &mut past, &item)? {
                continue;
            }
            parent = Some(item.clone());
            return match &selector {
                Some(selector) => selector.call1(m, item).map(Some),
                None => Ok(Some(item)),
            };
        }
        Ok(None)
    })
}
