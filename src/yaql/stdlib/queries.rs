//! Filtering, selecting, folding, ordering, grouping.

use std::cell::RefCell;
use std::cmp::Ordering as Order;
use std::rc::Rc;

use super::super::ast::Binary;
use super::super::frame::{Env, has_functions};
use super::super::item::{Block, Item};
use super::super::iter::{Cursor, Iter, Ordering};
use super::super::key::{ItemMap, ItemSet};
use super::super::lambda::Lambda;
use super::super::library::Kind::{Extension, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::number;
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use super::collections::same;
use mistral_expr::ErrorKind;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Method,
        "where(collection:iter, predicate:λ)",
        where_,
        "The items for which the predicate is true.",
        "[1, 2, 3].where($ > 1)",
    ),
    entry(
        Method,
        "filter(collection:iter, predicate:λ)",
        where_,
        "The same as `where`.",
        "[1, 2, 3].filter($ > 1)",
    ),
    entry(
        Method,
        "select(collection:iter, selector:λ)",
        select,
        "What the selector makes of every item.",
        "[1, 2].select($ * 10)",
    ),
    entry(
        Method,
        "map(collection:iter, selector:λ)",
        select,
        "The same as `select`.",
        "[1, 2].map($ * 10)",
    ),
    entry(
        Method,
        "selectMany(collection:iter, selector:λ)",
        select_many,
        "Like `select`, with the resulting collections joined.",
        "[1, 2].selectMany([$, $])",
    ),
    entry(
        Extension,
        "distinct(collection:iter, keySelector:λ=null)",
        distinct,
        "Only the first of equal items, or of items with equal keys.",
        "[1, 2, 1].distinct()",
    ),
    entry(
        Extension,
        "any(collection:iter, predicate:λ=null)",
        any,
        "Whether the predicate is true of some item; without one, whether there are items.",
        "[1, 2].any($ > 1)",
    ),
    entry(
        Extension,
        "all(collection:iter, predicate:λ=null)",
        all,
        "Whether the predicate is true of every item; without one, whether all items are true.",
        "[1, 2].all($ > 0)",
    ),
    entry(
        Method,
        "sum(collection:iter, initial:any=none)",
        sum,
        "All items added up.",
        "[1, 2, 3].sum()",
    ),
    entry(
        Method,
        "max(collection:iter, initial:any=none)",
        max,
        "The greatest item.",
        "[1, 3, 2].max()",
    ),
    entry(
        Method,
        "min(collection:iter, initial:any=none)",
        min,
        "The smallest item.",
        "[3, 1, 2].min()",
    ),
    entry(
        Method,
        "aggregate(collection:iter, selector:λ, seed:any=none)",
        aggregate,
        "The items folded: `$1` is the result so far, `$2` the next item.",
        "[1, 2, 3].aggregate($1 * $2)",
    ),
    entry(
        Method,
        "reduce(collection:iter, selector:λ, seed:any=none)",
        aggregate,
        "The same as `aggregate`.",
        "[1, 2, 3].reduce($1 + $2)",
    ),
    entry(
        Method,
        "accumulate(collection:iter, selector:λ, seed:any=none)",
        accumulate,
        "Like `aggregate`, with all intermediate results.",
        "[1, 2, 3].accumulate($1 + $2)",
    ),
    entry(
        Method,
        "orderBy(collection:iter, selector:λ)",
        order_by,
        "The items sorted by what the selector makes of them.",
        "[3, 1, 2].orderBy($)",
    ),
    entry(
        Method,
        "orderByDescending(collection:iter, selector:λ)",
        order_by_descending,
        "The same from the greatest to the smallest.",
        "[3, 1, 2].orderByDescending($)",
    ),
    entry(
        Method,
        "thenBy(collection:ordering, selector:λ)",
        then_by,
        "A further key for items that are equal so far.",
        "[[1, b], [1, a]].orderBy($[0]).thenBy($[1])",
    ),
    entry(
        Method,
        "thenByDescending(collection:ordering, selector:λ)",
        then_by_descending,
        "The same from the greatest to the smallest.",
        "[[1, a], [1, b]].orderBy($[0]).thenByDescending($[1])",
    ),
    entry(
        Method,
        "groupBy(collection:iter, keySelector:λ, valueSelector:λ=null, aggregator:λ=null)",
        group_by,
        "Pairs of a key and the list of values with it; the aggregator makes one value of each list.",
        "[1, 2, 3].groupBy($ mod 2)",
    ),
    entry(
        Method,
        "join(collection1:iter, collection2:iter, predicate:λ, selector:λ)",
        join,
        "What the selector makes of all pairs for which the predicate is true.",
        "[1, 2].join([2, 3], $1 < $2, [$1, $2])",
    ),
    entry(
        Method,
        "takeWhile(collection:iter, predicate:λ)",
        take_while,
        "The items up to the first one for which the predicate is false.",
        "[1, 2, 1].takeWhile($ < 2)",
    ),
    entry(
        Method,
        "skipWhile(collection:iter, predicate:λ)",
        skip_while,
        "The items from the first one for which the predicate is false.",
        "[1, 2, 1].skipWhile($ < 2)",
    ),
    entry(
        Method,
        "indexOf(collection:iter, item:any)",
        index_of,
        "The position of the first equal item, or -1.",
        "[5, 6].indexOf(6)",
    ),
    entry(
        Method,
        "lastIndexOf(collection:iter, item:any)",
        last_index_of,
        "The position of the last equal item, or -1.",
        "[5, 6, 5].lastIndexOf(5)",
    ),
    entry(
        Method,
        "indexWhere(collection:iter, predicate:λ)",
        index_where,
        "The position of the first item for which the predicate is true, or -1.",
        "[5, 6].indexWhere($ > 5)",
    ),
    entry(
        Method,
        "lastIndexWhere(collection:iter, predicate:λ)",
        last_index_where,
        "The position of the last such item, or -1.",
        "[5, 6, 5].lastIndexWhere($ = 5)",
    ),
];

fn where_(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let predicate = a.lambda(1)?;
    m.generate(source.depth().max(predicate.depth()), move |m| {
        while let Some(item) = source.next(m)? {
            if predicate.call1(m, item.clone())?.is_truthy() {
                return Ok(Some(item));
            }
        }
        Ok(None)
    })
}

fn select(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let selector = a.lambda(1)?;
    m.generate(source.depth().max(selector.depth()), move |m| match source.next(m)? {
        Some(item) => selector.call1(m, item).map(Some),
        None => Ok(None),
    })
}

fn select_many(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let selector = a.lambda(1)?;
    let mut inner: Option<Cursor> = None;
    m.generate(source.depth().max(selector.depth()), move |m| {
        loop {
            if let Some(items) = &mut inner {
                if let Some(item) = items.next(m)? {
                    return Ok(Some(item));
                }
                inner = None;
            }
            let Some(item) = source.next(m)? else { return Ok(None) };
            let made = selector.call1(m, item)?;
            if !made.is_iterable() {
                return Ok(Some(made));
            }
            inner = Some(m.cursor(&made)?);
        }
    })
}

fn distinct(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let selector = a.optional_lambda(1);
    let mut seen = ItemSet::default();
    let depth = source.depth().max(selector.as_ref().map_or(0, |s| s.depth()));
    m.generate(depth, move |m| {
        while let Some(item) = source.next(m)? {
            let key = match &selector {
                Some(selector) => selector.call1(m, item.clone())?,
                None => item.clone(),
            };
            m.charge(2 * std::mem::size_of::<Item>())?;
            if seen.insert(m.key(key)?) {
                return Ok(Some(item));
            }
        }
        Ok(None)
    })
}

/// Whether the predicate gives `wanted` for some item.
fn some(m: &Machine<'_>, a: &mut Args<'_>, wanted: bool) -> Result<bool, Failure> {
    let mut cursor = m.cursor(&a.take(0))?;
    let predicate = a.optional_lambda(1);
    while let Some(item) = cursor.next(m)? {
        let truth = match &predicate {
            Some(p) => p.call1(m, item)?.is_truthy(),
            None => wanted || item.is_truthy(),
        };
        if truth == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}
fn any(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    some(m, a, true).map(Item::Bool)
}
fn all(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    some(m, a, false).map(|failed| Item::Bool(!failed))
}

/// A left fold.
fn fold(m: &Machine<'_>, collection: &Item, seed: Item, step: impl Fn(Item, Item) -> Returned) -> Returned {
    let mut cursor = m.cursor(collection)?;
    let mut total = seed;
    if total.is_no_value() {
        total = match cursor.next(m)? {
            Some(first) => first,
            None => return fail(ErrorKind::Type, "reduce() of empty iterable with no initial value"),
        };
    }
    while let Some(item) = cursor.next(m)? {
        total = step(total, item)?;
    }
    Ok(total)
}
fn sum(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, seed, env) = (a.take(0), a.take(1), a.env);
    if has_functions(env) {
        return fold(m, &collection, seed, |x, y| {
            m.call_by_name("#operator_+", env, None, vec![x, y], Vec::new())
        });
    }
    fold(m, &collection, seed, |x, y| m.binary(Binary::Add, x, y, env))
}

/// Folds with the two-argument function `max` or `min`.
fn extreme(m: &Machine<'_>, a: &mut Args<'_>, name: &str) -> Returned {
    let (collection, seed, env) = (a.take(0), a.take(1), a.env);
    if has_functions(env) {
        return fold(m, &collection, seed, |x, y| {
            m.call_by_name(name, env, None, vec![x, y], Vec::new())
        });
    }
    let greatest = name == "max";
    fold(m, &collection, seed, |x, y| {
        let second = m.binary(Binary::Greater, y.clone(), x.clone(), env)?.is_truthy();
        Ok(if second == greatest { y } else { x })
    })
}
fn max(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    extreme(m, a, "max")
}
fn min(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    extreme(m, a, "min")
}

fn aggregate(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, selector, seed) = (a.take(0), a.lambda(1)?, a.take(2));
    fold(m, &collection, seed, |x, y| selector.call2(m, x, y))
}

fn accumulate(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let (selector, seed) = (a.lambda(1)?, a.take(2));
    let mut total: Option<Item> = None;
    let depth = source.depth().max(selector.depth()).max(seed.depth());
    m.generate(depth, move |m| {
        let next = match total.take() {
            None if !seed.is_no_value() => seed.clone(),
            None => match source.next(m)? {
                Some(first) => first,
                None => return fail(ErrorKind::Type, "accumulate() of empty sequence with no initial value"),
            },
            Some(total) => match source.next(m)? {
                Some(item) => selector.call2(m, total, item)?,
                None => return Ok(None),
            },
        };
        total = Some(next.clone());
        Ok(Some(next))
    })
}

fn ordering(a: &mut Args<'_>, ascending: bool) -> Returned {
    let (source, selector) = (a.take(0), a.lambda(1)?);
    Ok(Item::Ordering(Rc::new(Ordering {
        source,
        keys: RefCell::new(vec![(selector, ascending)]),
        sorted: RefCell::new(None),
        env: a.env.clone(),
    })))
}
fn order_by(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    ordering(a, true)
}
fn order_by_descending(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    ordering(a, false)
}

fn then(m: &Machine<'_>, a: &mut Args<'_>, ascending: bool) -> Returned {
    let (ordering, selector) = (a.take(0), a.lambda(1)?);
    if let Item::Ordering(o) = &ordering {
        m.check_depth(selector.depth())?;
        o.keys.borrow_mut().push((selector, ascending));
    }
    Ok(ordering)
}
fn then_by(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    then(m, a, true)
}
fn then_by_descending(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    then(m, a, false)
}

/// Order of two keys of a kind that needs no operator lookup.
fn plain_order(a: &Item, b: &Item) -> Option<Order> {
    match (a, b) {
        (Item::Int(x), Item::Int(y)) => Some(x.cmp(y)),
        (Item::Str(x), Item::Str(y)) => Some(x.cmp(y)),
        (Item::Null, Item::Null) => Some(Order::Equal),
        (Item::Null, _) => Some(Order::Less),
        (_, Item::Null) => Some(Order::Greater),
        (Item::Int(_) | Item::Float(_) | Item::Big(_), Item::Int(_) | Item::Float(_) | Item::Big(_)) => {
            // NaN is neither smaller nor greater.
            number::of(a)
                .zip(number::of(b))
                .map(|(x, y)| x.compare(&y).unwrap_or(Order::Equal))
        }
        _ => None,
    }
}

/// Order of two keys through `<` and `>`.
fn key_order(m: &Machine<'_>, env: &Env, a: &Item, b: &Item) -> Result<Order, Failure> {
    if let (Some(order), false) = (plain_order(a, b), has_functions(env)) {
        return Ok(order);
    }
    let test = |op: Binary| -> Result<bool, Failure> {
        if has_functions(env) {
            let items = vec![a.clone(), b.clone()];
            return Ok(m.call_by_name(op.function(), env, None, items, Vec::new())?.is_truthy());
        }
        Ok(m.binary(op, a.clone(), b.clone(), env)?.is_truthy())
    };
    Ok(if test(Binary::Less)? {
        Order::Less
    } else if test(Binary::Greater)? {
        Order::Greater
    } else {
        Order::Equal
    })
}

impl Machine<'_> {
    /// The items of an ordering object, sorted at the first call.
    pub(in super::super) fn sorted(&self, o: &Ordering) -> Result<Rc<Block>, Failure> {
        if let Some(sorted) = o.sorted.borrow().as_ref() {
            return Ok(sorted.clone());
        }
        let items = self.cursor(&o.source)?.collect(self)?;
        let selectors = o.keys.borrow().clone();
        let items = if items.len() < 2 {
            items
        } else {
            self.sort(items, &selectors, &o.env)?
        };
        let depth = items.iter().map(Item::depth).max().unwrap_or(0) + 1;
        self.check_depth(depth)?;
        let block = Rc::new(Block { items, depth });
        *o.sorted.borrow_mut() = Some(block.clone());
        Ok(block)
    }

    fn sort(&self, items: Vec<Item>, selectors: &[(Rc<Lambda>, bool)], env: &Env) -> Result<Vec<Item>, Failure> {
        let n = items.len();
        self.steps(n as u64 * u64::from(n.ilog2() + 1))?;
        self.charge(n * 4 * std::mem::size_of::<Item>())?;
        // Keys are computed when first compared; later ones only for ties.
        let mut keys: Vec<Vec<Item>> = (0..n).map(|_| Vec::with_capacity(selectors.len())).collect();
        if let ([(selector, ascending)], false) = (selectors, has_functions(env)) {
            for (item, keys) in items.iter().zip(&mut keys) {
                match selector.call1(self, item.clone()) {
                    Ok(key) => keys.push(key),
                    // Which error comes first depends on the comparisons: the long way finds out.
                    Err(_) => break,
                }
            }
            let kinds = keys.iter().fold(0u8, |acc, k| acc | k.first().map_or(8, kind_of));
            if matches!(kinds, NULLS | TEXTS | NUMBERS) || kinds == (NULLS | TEXTS) || kinds == (NULLS | NUMBERS) {
                let mut order: Vec<usize> = (0..n).collect();
                order.sort_by(|a, b| {
                    let o = plain_order(&keys[*a][0], &keys[*b][0]).unwrap_or(Order::Equal);
                    if *ascending { o } else { o.reverse() }
                });
                return Ok(order.into_iter().map(|i| items[i].clone()).collect());
            }
        }
        let mut less = |a: usize, b: usize| -> Result<bool, Failure> {
            self.step()?;
            for (level, (selector, ascending)) in selectors.iter().enumerate() {
                for i in [a, b] {
                    if keys[i].len() <= level {
                        let key = selector.call1(self, items[i].clone())?;
                        keys[i].push(key);
                    }
                }
                let order = key_order(self, env, &keys[a][level], &keys[b][level])?;
                if order != Order::Equal {
                    return Ok((order == Order::Less) == *ascending);
                }
            }
            Ok(false)
        };
        let order = if n < 64 {
            binary_sort(n, &mut less)?
        } else {
            merge_sort((0..n).collect(), &mut less)?
        };
        Ok(order.into_iter().map(|i| items[i].clone()).collect())
    }
}

const NULLS: u8 = 1;
const TEXTS: u8 = 2;
const NUMBERS: u8 = 4;

/// Kinds of keys that can be sorted without looking operators up, alone or together with nulls.
fn kind_of(key: &Item) -> u8 {
    match key {
        Item::Null => NULLS,
        Item::Str(_) => TEXTS,
        Item::Int(_) | Item::Big(_) => NUMBERS,
        Item::Float(f) if !f.is_nan() => NUMBERS,
        _ => 8,
    }
}

/// Sorts short lists with the comparisons that Python makes, so that the first error is the same one.
fn binary_sort(n: usize, less: &mut impl FnMut(usize, usize) -> Result<bool, Failure>) -> Result<Vec<usize>, Failure> {
    let mut list: Vec<usize> = (0..n).collect();
    // The run at the beginning that is in order already, or strictly backwards.
    let mut run = 2.min(n);
    if run == 2 {
        let backwards = less(1, 0)?;
        while run < n && less(run, run - 1)? == backwards {
            run += 1;
        }
        if backwards {
            list[..run].reverse();
        }
    }
    for start in run..n {
        let pivot = list[start];
        let (mut low, mut high) = (0, start);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(pivot, list[middle])? {
                high = middle
            } else {
                low = middle + 1
            }
        }
        list[low..=start].rotate_right(1);
    }
    Ok(list)
}

/// A stable sort whose comparison may fail.
fn merge_sort(
    list: Vec<usize>,
    less: &mut impl FnMut(usize, usize) -> Result<bool, Failure>,
) -> Result<Vec<usize>, Failure> {
    if list.len() < 2 {
        return Ok(list);
    }
    let mut left = list;
    let right = left.split_off(left.len() / 2);
    let left = merge_sort(left, less)?;
    let right = merge_sort(right, less)?;
    let mut out = Vec::with_capacity(left.len() + right.len());
    let (mut l, mut r) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (l.peek(), r.peek()) {
        if less(*b, *a)? {
            out.extend(r.next())
        } else {
            out.extend(l.next())
        }
    }
    out.extend(l);
    out.extend(r);
    Ok(out)
}

/// Upstream's guess whether an aggregator was written for pairs of key and values.
struct Aggregator {
    lambda: Rc<Lambda>,
    fallback: bool,
    failure: Option<Failure>,
}

impl Aggregator {
    fn apply(&mut self, m: &Machine<'_>, key: Item, values: Item) -> Returned {
        if self.failure.is_none() {
            match self.lambda.call1(m, values.clone()) {
                Ok(result) => {
                    let looks_old = match (values.as_seq(), result.as_seq()) {
                        (Some(v), Some(r)) if v.len() == 2 && r.len() == 2 => match (v.get(0), r.get(0)) {
                            (Some(x), Some(y)) => same(m, &x, &y)?,
                            _ => false,
                        },
                        _ => false,
                    };
                    self.fallback &= looks_old;
                    return m.tuple(vec![key, result]);
                }
                Err(e) if matches!(e.kind, ErrorKind::NoMatch | ErrorKind::Index) => self.failure = Some(e),
                Err(e) => return Err(e),
            }
        }
        if self.fallback {
            let pair = m.tuple(vec![key, values])?;
            if let Ok(result) = self.lambda.call1(m, pair) {
                let length = match &result {
                    Item::Str(s) => Some(s.chars().count()),
                    other => other.sized_len(),
                };
                if length == Some(2) {
                    return Ok(result);
                }
            }
        }
        match &self.failure {
            Some(e) => Err(e.clone()),
            None => Ok(Item::Null),
        }
    }
}

fn group_by(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut cursor = m.cursor(&a.take(0))?;
    let (key_selector, value_selector) = (a.lambda(1)?, a.optional_lambda(2));
    let mut aggregator = a.optional_lambda(3).map(|lambda| Aggregator {
        lambda,
        fallback: true,
        failure: None,
    });
    let mut places = ItemMap::default();
    let mut groups: Vec<(Item, Vec<Item>)> = Vec::new();
    while let Some(item) = cursor.next(m)? {
        let value = match &value_selector {
            Some(selector) => selector.call1(m, item.clone())?,
            None => item.clone(),
        };
        let key = m.key(key_selector.call1(m, item)?)?;
        m.charge(3 * std::mem::size_of::<Item>())?;
        match places.get(&key) {
            Some(Item::Int(at)) => {
                if let Some(group) = groups.get_mut(*at as usize) {
                    group.1.push(value);
                }
            }
            _ => {
                groups.push((key.item().clone(), vec![value]));
                places.insert(key, Item::Int(groups.len() as i64 - 1));
            }
        }
    }
    let mut made = Vec::with_capacity(groups.len());
    for (key, values) in groups {
        made.push((key, m.list(values)?));
    }
    let lambda_depth = aggregator.as_ref().map_or(0, |g| g.lambda.depth());
    let depth = made
        .iter()
        .map(|(k, v)| k.depth().max(v.depth()))
        .max()
        .unwrap_or(0)
        .max(lambda_depth);
    let mut groups = made.into_iter();
    m.generate(depth, move |m| {
        let Some((key, values)) = groups.next() else {
            return Ok(None);
        };
        m.step()?;
        match &mut aggregator {
            Some(aggregator) => aggregator.apply(m, key, values).map(Some),
            None => m.tuple(vec![key, values]).map(Some),
        }
    })
}

fn join(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut outer = m.cursor(&a.take(0))?;
    let second = match a.take(1) {
        Item::Iter(i) => Item::Iter(Iter::memorized(i)),
        other => other,
    };
    let (predicate, selector) = (a.lambda(2)?, a.lambda(3)?);
    let depth = outer
        .depth()
        .max(second.depth())
        .max(predicate.depth())
        .max(selector.depth());
    let mut current: Option<(Item, Cursor)> = None;
    m.generate(depth, move |m| {
        loop {
            let Some((left, inner)) = &mut current else {
                let Some(left) = outer.next(m)? else { return Ok(None) };
                current = Some((left, m.cursor(&second)?));
                continue;
            };
            match inner.next(m)? {
                Some(right) => {
                    if predicate.call2(m, left.clone(), right.clone())?.is_truthy() {
                        return selector.call2(m, left.clone(), right).map(Some);
                    }
                }
                None => current = None,
            }
        }
    })
}

fn take_while(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let predicate = a.lambda(1)?;
    m.generate(source.depth().max(predicate.depth()), move |m| {
        match source.next(m)? {
            Some(item) if predicate.call1(m, item.clone())?.is_truthy() => Ok(Some(item)),
            _ => Ok(None),
        }
    })
}

fn skip_while(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut source = m.cursor(&a.take(0))?;
    let predicate = a.lambda(1)?;
    let mut skipping = true;
    m.generate(source.depth().max(predicate.depth()), move |m| {
        while let Some(item) = source.next(m)? {
            if skipping && predicate.call1(m, item.clone())?.is_truthy() {
                continue;
            }
            skipping = false;
            return Ok(Some(item));
        }
        Ok(None)
    })
}

/// Position of the first or last item that fits.
fn position(m: &Machine<'_>, collection: &Item, last: bool, fits: impl Fn(Item) -> Result<bool, Failure>) -> Returned {
    let mut cursor = m.cursor(collection)?;
    let (mut i, mut found) = (0, -1);
    while let Some(item) = cursor.next(m)? {
        if fits(item)? {
            found = i;
            if !last {
                break;
            }
        }
        i += 1;
    }
    Ok(Item::Int(found))
}
fn index_of(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, wanted) = (a.take(0), a.take(1));
    position(m, &collection, false, |i| m.equal(&i, &wanted))
}
fn last_index_of(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, wanted) = (a.take(0), a.take(1));
    position(m, &collection, true, |i| m.equal(&i, &wanted))
}
fn index_where(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, predicate) = (a.take(0), a.lambda(1)?);
    position(m, &collection, false, |i| Ok(predicate.call1(m, i)?.is_truthy()))
}
fn last_index_where(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (collection, predicate) = (a.take(0), a.lambda(1)?);
    position(m, &collection, true, |i| Ok(predicate.call1(m, i)?.is_truthy()))
}
