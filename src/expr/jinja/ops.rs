//! Operators on values of any type: truth, equality, order, membership, arithmetic on sequences, slices, iteration.

use std::cmp::Ordering;
use std::rc::Rc;

use num_traits::ToPrimitive as _;

use super::ast::{BinOp, CompareOp};
use super::errors::{
    Result, failure, memory_error, not_ordered, recursion_error, type_error, unsupported, value_error,
};
use super::eval::Vm;
use super::key::Key;
use super::number::{self, Number};
use super::object::Object;
use super::text;
use super::value::{Py, Range, View};
use crate::expr::ErrorKind;
use crate::model::value::Str;

/// Nesting of containers that can be compared.
const MAX_DEPTH: usize = 200;

/// Python's truth value.
pub(super) fn truth(value: &Py) -> Result<bool> {
    Ok(match value {
        Py::Undefined(undefined) if undefined.lenient => false,
        Py::Undefined(undefined) => return Err(undefined.error()),
        Py::None => false,
        Py::Bool(b) => *b,
        Py::Int(n) => *n != 0,
        Py::Float(f) => *f != 0.0,
        other => length(other).is_none_or(|n| n > 0),
    })
}

/// `len(value)`, for what has one. Text is counted in characters.
pub(super) fn length(value: &Py) -> Option<usize> {
    match value {
        Py::Str(s) | Py::Markup(s) => Some(char_count(s)),
        Py::Bytes(bytes) => Some(bytes.len()),
        Py::List(list) => Some(list.len()),
        Py::Tuple(tuple) => Some(tuple.items.len()),
        Py::Dict(mapping) | Py::View(_, mapping) => Some(mapping.len()),
        Py::Range(range) => Some(range.len()),
        Py::Object(object) => match &**object {
            Object::Loop(state) => Some(state.items.len()),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn char_count(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// `a == b`.
pub(super) fn equal(a: &Py, b: &Py) -> Result<bool> {
    equal_at(a, b, 0)
}

fn equal_at(a: &Py, b: &Py, depth: usize) -> Result<bool> {
    if depth > MAX_DEPTH {
        return Err(recursion_error());
    }
    for side in [a, b] {
        if let Py::Undefined(undefined) = side
            && !undefined.lenient
        {
            return Err(undefined.error());
        }
    }
    if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
        return Ok(a == b);
    }
    if let (Some(a), Some(b)) = (Number::of(a), Number::of(b)) {
        return Ok(number::compare(&a, &b) == Some(Ordering::Equal));
    }
    Ok(match (a, b) {
        (Py::None, Py::None) => true,
        (Py::Undefined(a), Py::Undefined(b)) => a.lenient == b.lenient,
        (Py::Bytes(a), Py::Bytes(b)) => a == b,
        (Py::Date(a), Py::Date(b)) => a == b,
        (Py::List(x), Py::List(y)) => {
            if Rc::ptr_eq(x, y) {
                return Ok(true);
            }
            if let (Some(x), Some(y)) = (x.shared(), y.shared())
                && std::sync::Arc::ptr_eq(&x, &y)
            {
                return Ok(true);
            }
            equal_items(&x.items(), &y.items(), depth)?
        }
        (Py::Tuple(a), Py::Tuple(b)) => equal_items(&a.items, &b.items, depth)?,
        (Py::Range(a), Py::Range(b)) => a.len() == b.len() && a.iter().eq(b.iter()),
        (Py::Dict(x), Py::Dict(y)) => {
            if Rc::ptr_eq(x, y) {
                return Ok(true);
            }
            if x.len() != y.len() {
                return Ok(false);
            }
            for (key, value) in x.entries() {
                let Some(other) = y.get(&Key::new(key)?) else {
                    return Ok(false);
                };
                if !equal_at(&value, &other, depth + 1)? {
                    return Ok(false);
                }
            }
            true
        }
        (Py::View(View::Keys, x), Py::View(View::Keys, y)) => {
            x.len() == y.len()
                && x.keys()
                    .into_iter()
                    .all(|key| Key::new(key).is_ok_and(|key| y.contains(&key)))
        }
        (Py::Func(a), Py::Func(b)) => Rc::ptr_eq(a, b),
        (Py::Object(a), Py::Object(b)) => Rc::ptr_eq(a, b),
        (Py::Iter(a), Py::Iter(b)) => Rc::ptr_eq(a, b),
        _ => false,
    })
}

fn equal_items(a: &[Py], b: &[Py], depth: usize) -> Result<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(b) {
        if !equal_at(a, b, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The order of two values; none when one is NaN. `op` is for the message.
pub(super) fn order(op: &str, a: &Py, b: &Py) -> Result<Option<Ordering>> {
    order_at(op, a, b, 0)
}

fn order_at(op: &str, a: &Py, b: &Py, depth: usize) -> Result<Option<Ordering>> {
    if depth > MAX_DEPTH {
        return Err(recursion_error());
    }
    for side in [a, b] {
        if let Py::Undefined(undefined) = side {
            return Err(undefined.error());
        }
    }
    if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
        // UTF-8 keeps the order of code points.
        return Ok(Some(a.cmp(b)));
    }
    if let (Some(a), Some(b)) = (Number::of(a), Number::of(b)) {
        return Ok(number::compare(&a, &b));
    }
    match (a, b) {
        (Py::List(x), Py::List(y)) => order_items(op, &x.items(), &y.items(), depth),
        (Py::Tuple(x), Py::Tuple(y)) => order_items(op, &x.items, &y.items, depth),
        (Py::Bytes(a), Py::Bytes(b)) => Ok(Some(a.cmp(b))),
        (Py::Date(x), Py::Date(y)) => match (&**x, &**y) {
            (crate::yaml::Yaml::Date(x), crate::yaml::Yaml::Date(y)) => Ok(Some(x.cmp(y))),
            (crate::yaml::Yaml::DateTime(x, None), crate::yaml::Yaml::DateTime(y, None)) => Ok(Some(x.cmp(y))),
            (crate::yaml::Yaml::DateTime(x, Some(p)), crate::yaml::Yaml::DateTime(y, Some(q))) => {
                let instant = |t: &jiff::civil::DateTime, offset: i32| {
                    t.checked_sub(jiff::Span::new().minutes(offset)).unwrap_or(*t)
                };
                Ok(Some(instant(x, *p).cmp(&instant(y, *q))))
            }
            _ => Err(not_ordered(op, a, b)),
        },
        _ => Err(not_ordered(op, a, b)),
    }
}

fn order_items(op: &str, a: &[Py], b: &[Py], depth: usize) -> Result<Option<Ordering>> {
    for (a, b) in a.iter().zip(b) {
        if !equal_at(a, b, depth + 1)? {
            return order_at(op, a, b, depth + 1);
        }
    }
    Ok(Some(a.len().cmp(&b.len())))
}

impl Vm<'_> {
    pub fn compare(&mut self, op: CompareOp, a: &Py, b: &Py) -> Result<bool> {
        Ok(match op {
            CompareOp::Eq => equal(a, b)?,
            CompareOp::Ne => !equal(a, b)?,
            CompareOp::Lt => order("<", a, b)? == Some(Ordering::Less),
            CompareOp::Gt => order(">", a, b)? == Some(Ordering::Greater),
            CompareOp::LtEq => matches!(order("<=", a, b)?, Some(Ordering::Less | Ordering::Equal)),
            CompareOp::GtEq => matches!(order(">=", a, b)?, Some(Ordering::Greater | Ordering::Equal)),
            CompareOp::In => self.contains(b, a)?,
            CompareOp::NotIn => !self.contains(b, a)?,
        })
    }

    /// `item in container`.
    pub fn contains(&mut self, container: &Py, item: &Py) -> Result<bool> {
        match container {
            Py::Str(s) | Py::Markup(s) => match item {
                Py::Str(part) | Py::Markup(part) => Ok(s.contains(&**part)),
                other => Err(type_error(format!(
                    "'in <string>' requires string as left operand, not {}",
                    other.type_name()
                ))),
            },
            Py::Dict(mapping) | Py::View(View::Keys, mapping) => Ok(mapping.contains(&Key::new(item.clone())?)),
            Py::Range(range) => match item {
                Py::Int(n) => {
                    let (low, high) = if range.step > 0 {
                        (range.start, range.stop)
                    } else {
                        (range.stop + 1, range.start + 1)
                    };
                    Ok((low..high).contains(n) && (n - range.start) % range.step == 0)
                }
                other => {
                    for n in range.iter() {
                        if equal(&Py::Int(n), other)? {
                            return Ok(true);
                        }
                    }
                    Ok(false)
                }
            },
            Py::Bytes(bytes) => match item {
                Py::Int(n) => Ok(u8::try_from(*n).is_ok_and(|b| bytes.contains(&b))),
                Py::Bytes(part) => Ok(part.is_empty() || bytes.windows(part.len()).any(|w| w == &**part)),
                other => Err(type_error(format!(
                    "a bytes-like object is required, not '{}'",
                    other.type_name()
                ))),
            },
            Py::View(View::Items, mapping) => {
                let Py::Tuple(pair) = item else { return Ok(false) };
                let [key, value] = &pair.items[..] else {
                    return Ok(false);
                };
                match mapping.get(&Key::new(key.clone())?) {
                    Some(found) => equal(&found, value),
                    None => Ok(false),
                }
            }
            Py::Undefined(undefined) if !undefined.lenient => Err(undefined.error()),
            Py::List(_) | Py::Tuple(_) | Py::View(..) | Py::Iter(_) | Py::Undefined(_) => {
                for candidate in self.iterate(container)? {
                    self.step()?;
                    if equal(&candidate, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            other => Err(type_error(format!(
                "argument of type '{}' is not iterable",
                other.type_name()
            ))),
        }
    }

    /// What a loop over the value sees.
    pub fn iterate(&mut self, value: &Py) -> Result<Vec<Py>> {
        let items = match value {
            Py::Undefined(undefined) if undefined.lenient => Vec::new(),
            Py::Undefined(undefined) => return Err(undefined.error()),
            Py::Str(s) | Py::Markup(s) => {
                let markup = matches!(value, Py::Markup(_));
                self.charge(s.len() * 24)?;
                s.chars()
                    .map(|c| {
                        let text = Str::from(&*c.encode_utf8(&mut [0; 4]));
                        if markup { Py::Markup(text) } else { Py::Str(text) }
                    })
                    .collect()
            }
            Py::Bytes(bytes) => bytes.iter().map(|b| Py::Int(i64::from(*b))).collect(),
            Py::List(list) => list.items(),
            Py::Tuple(tuple) => tuple.items.clone(),
            Py::Dict(mapping) | Py::View(View::Keys, mapping) => mapping.keys(),
            Py::View(View::Values, mapping) => mapping.values(),
            Py::View(View::Items, mapping) => mapping
                .entries()
                .into_iter()
                .map(|(k, v)| Py::tuple(vec![k, v]))
                .collect(),
            Py::Range(range) => range.iter().map(Py::Int).collect(),
            Py::Iter(generator) => {
                let items: Vec<Py> = generator.items.take().into();
                match generator.failure.take() {
                    Some(error) => return Err(error),
                    None => items,
                }
            }
            other => return Err(type_error(format!("'{}' object is not iterable", other.type_name()))),
        };
        self.charge(items.len() * 24)?;
        Ok(items)
    }

    pub fn binary(&mut self, op: BinOp, a: &Py, b: &Py) -> Result<Py> {
        if let (Py::Int(x), Py::Int(y)) = (a, b) {
            return number::binary(op, &Number::Int(*x), &Number::Int(*y));
        }
        for side in [a, b] {
            // Python asks the left side first; formatting with `%` is the only operation that would not fail there.
            if let Py::Undefined(undefined) = side
                && !(op == BinOp::Mod && a.as_text().is_some())
            {
                return Err(undefined.error());
            }
        }
        if let (Some(x), Some(y)) = (Number::of(a), Number::of(b)) {
            return number::binary(op, &x, &y);
        }
        match op {
            BinOp::Add => self.add(a, b),
            BinOp::Mul => self.repeat(a, b),
            BinOp::Mod if a.as_text().is_some() => self.percent_format(a, b),
            BinOp::Sub => Err(unsupported("-", a, b)),
            BinOp::Div => Err(unsupported("/", a, b)),
            BinOp::FloorDiv => Err(unsupported("//", a, b)),
            BinOp::Mod => Err(unsupported("%", a, b)),
            BinOp::Pow => Err(unsupported("** or pow()", a, b)),
        }
    }

    fn add(&mut self, a: &Py, b: &Py) -> Result<Py> {
        match (a, b) {
            (Py::Str(x), Py::Str(y)) => {
                self.charge(x.len() + y.len())?;
                Ok(Py::string([&**x, &**y].concat()))
            }
            (Py::Markup(x), Py::Str(y)) => Ok(Py::Markup(Str::from([&**x, &text::escaped(y)].concat()))),
            (Py::Str(x), Py::Markup(y)) => Ok(Py::Markup(Str::from([&text::escaped(x), &**y].concat()))),
            (Py::Markup(x), Py::Markup(y)) => Ok(Py::Markup(Str::from([&**x, &**y].concat()))),
            (Py::List(x), Py::List(y)) => {
                self.charge((x.len() + y.len()) * 24)?;
                let mut items = x.items();
                items.extend(y.items());
                Ok(Py::list(items))
            }
            (Py::Tuple(x), Py::Tuple(y)) => {
                self.charge((x.items.len() + y.items.len()) * 24)?;
                Ok(Py::tuple(x.items.iter().chain(&y.items).cloned().collect()))
            }
            (Py::Bytes(x), Py::Bytes(y)) => Ok(Py::Bytes([&**x, &**y].concat().into())),
            (Py::Str(_) | Py::List(_) | Py::Tuple(_), other) => Err(type_error(format!(
                "can only concatenate {0} (not \"{1}\") to {0}",
                a.type_name(),
                other.type_name()
            ))),
            _ => Err(unsupported("+", a, b)),
        }
    }

    fn repeat(&mut self, a: &Py, b: &Py) -> Result<Py> {
        let (sequence, count) = match (Number::integer(a), Number::integer(b)) {
            (None, Some(count)) => (a, count),
            (Some(count), None) => (b, count),
            _ => return Err(unsupported("*", a, b)),
        };
        let count = match count.to_i64() {
            Some(n) => n.max(0) as usize,
            None if count.sign() == num_bigint::Sign::Minus => 0,
            None => {
                return Err(failure(
                    ErrorKind::Overflow,
                    "cannot fit 'int' into an index-sized integer",
                ));
            }
        };
        let size = |length: usize, each: usize| length.saturating_mul(count).saturating_mul(each);
        match sequence {
            Py::Str(s) | Py::Markup(s) => {
                self.charge(size(s.len(), 1))?;
                let repeated = Str::from(s.repeat(count));
                Ok(if matches!(sequence, Py::Markup(_)) {
                    Py::Markup(repeated)
                } else {
                    Py::Str(repeated)
                })
            }
            Py::List(list) => {
                self.charge(size(list.len(), 24))?;
                Ok(Py::list(repeat_items(&list.items(), count)))
            }
            Py::Tuple(tuple) => {
                self.charge(size(tuple.items.len(), 24))?;
                Ok(Py::tuple(repeat_items(&tuple.items, count)))
            }
            Py::Bytes(bytes) => {
                self.charge(size(bytes.len(), 1))?;
                Ok(Py::Bytes(bytes.repeat(count).into()))
            }
            _ => Err(unsupported("*", a, b)),
        }
    }

    /// `value[start:stop:step]`.
    pub fn slice(&mut self, value: &Py, bounds: [Option<Py>; 3]) -> Result<Py> {
        if let Py::Undefined(undefined) = value {
            return Err(undefined.error());
        }
        let length = match value {
            Py::Dict(_) => return Err(type_error("unhashable type: 'slice'")),
            Py::List(_) | Py::Tuple(_) | Py::Str(_) | Py::Markup(_) | Py::Bytes(_) | Py::Range(_) => {
                length(value).unwrap_or(0)
            }
            other => {
                return Err(type_error(format!(
                    "'{}' object is not subscriptable",
                    other.type_name()
                )));
            }
        };
        let [start, stop, step] = bounds;
        let step = bound(step)?.unwrap_or(1);
        if step == 0 {
            return Err(value_error("slice step cannot be zero"));
        }
        let (start, stop) = (bound(start)?, bound(stop)?);
        let indices = slice_indices(length as i64, start, stop, step);
        self.charge(indices.len() * 24)?;
        Ok(match value {
            Py::List(list) => {
                let items = list.items();
                Py::list(indices.into_iter().map(|i| items[i].clone()).collect())
            }
            Py::Tuple(tuple) => Py::tuple(indices.into_iter().map(|i| tuple.items[i].clone()).collect()),
            Py::Bytes(bytes) => Py::Bytes(indices.into_iter().map(|i| bytes[i]).collect::<Vec<u8>>().into()),
            Py::Range(range) => {
                let start = indices.first().map_or(range.start, |i| range.get(*i));
                let step = range.step.saturating_mul(step);
                let stop = start.saturating_add(step.saturating_mul(indices.len() as i64));
                Py::Range(Rc::new(Range { start, stop, step }))
            }
            Py::Str(s) | Py::Markup(s) => {
                let part: String = if s.is_ascii() {
                    indices.into_iter().map(|i| char::from(s.as_bytes()[i])).collect()
                } else {
                    let chars: Vec<char> = s.chars().collect();
                    indices.into_iter().map(|i| chars[i]).collect()
                };
                if matches!(value, Py::Markup(_)) {
                    Py::Markup(Str::from(part))
                } else {
                    Py::string(part)
                }
            }
            _ => return Err(memory_error()),
        })
    }
}

fn repeat_items(items: &[Py], count: usize) -> Vec<Py> {
    let mut repeated = Vec::with_capacity(items.len() * count);
    for _ in 0..count {
        repeated.extend_from_slice(items);
    }
    repeated
}

fn bound(value: Option<Py>) -> Result<Option<i64>> {
    match value {
        None | Some(Py::None) => Ok(None),
        Some(value) => match Number::integer(&value) {
            Some(n) => Ok(Some(n.to_i64().unwrap_or(if n.sign() == num_bigint::Sign::Minus {
                i64::MIN
            } else {
                i64::MAX
            }))),
            None => Err(type_error(
                "slice indices must be integers or None or have an __index__ method",
            )),
        },
    }
}

/// The indices a slice selects, as Python clips them.
pub(super) fn slice_indices(length: i64, start: Option<i64>, stop: Option<i64>, step: i64) -> Vec<usize> {
    let clip = |index: i64| {
        let index = if index < 0 { index.saturating_add(length) } else { index };
        if step > 0 {
            index.clamp(0, length)
        } else {
            index.clamp(-1, length - 1)
        }
    };
    let (first, end) = if step > 0 {
        (start.map_or(0, clip), stop.map_or(length, clip))
    } else {
        (start.map_or(length - 1, clip), stop.map_or(-1, clip))
    };
    let mut indices = Vec::new();
    let mut at = first;
    while (step > 0 && at < end) || (step < 0 && at > end) {
        indices.push(at as usize);
        match at.checked_add(step) {
            Some(next) => at = next,
            None => break,
        }
    }
    indices
}

/// The integer a value equals, if it equals one.
pub(super) fn equal_integer(value: &Py) -> Option<i64> {
    match value {
        Py::Bool(b) => Some(i64::from(*b)),
        Py::Int(n) => Some(*n),
        Py::Float(f) if f.fract() == 0.0 => f.to_i64(),
        _ => None,
    }
}
