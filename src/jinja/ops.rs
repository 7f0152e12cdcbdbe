//! Operators on values of any type: truth, equality, order, membership, arithmetic on sequences, slices, iteration.

use std::rc::Rc;

use num_traits::ToPrimitive as _;

use super::ast::BinOp;
use super::errors::{Result, failure, memory_error, not_repeatable, type_error, unsupported, value_error};
use super::eval::Vm;
use super::number::{self, Number};
use super::object::Object;
use super::text;
use super::value::{Py, Range, View};
use mistral_expr::ErrorKind;
pub(super) use pyvalue::text::length as char_count;
use pyvalue::value::Str;

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

impl Vm<'_> {
    /// What a loop over the value sees.
    pub(crate) fn iterate(&mut self, value: &Py) -> Result<Vec<Py>> {
        let items = match value {
            Py::Undefined(undefined) if undefined.lenient => Vec::new(),
            Py::Undefined(undefined) => return Err(undefined.error()),
            // The characters of safe text are no safe text.
            Py::Str(s) | Py::Markup(s) => {
                self.charge(s.len() * 24)?;
                s.chars().map(|c| Py::str(c.encode_utf8(&mut [0; 4]))).collect()
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

    pub(crate) fn binary(&mut self, op: BinOp, a: &Py, b: &Py) -> Result<Py> {
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
        if let (Some(x), Some(y)) = (number::of(a), number::of(b)) {
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
            (Py::Str(x) | Py::Markup(x), Py::Str(y) | Py::Markup(y)) => {
                // Escaping makes text up to five times as long.
                self.charge((x.len() + y.len()).saturating_mul(5))?;
                let part = |value: &Py, text: &Str| match value {
                    Py::Markup(_) => text.to_string(),
                    _ => text::escaped(text),
                };
                Ok(Py::Markup(Str::from(part(a, x) + &part(b, y))))
            }
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
            (Py::Bytes(x), Py::Bytes(y)) => {
                self.charge(x.len() + y.len())?;
                Ok(Py::Bytes([&**x, &**y].concat().into()))
            }
            (Py::Str(_) | Py::List(_) | Py::Tuple(_), other) => Err(type_error(format!(
                "can only concatenate {0} (not \"{1}\") to {0}",
                a.type_name(),
                other.type_name()
            ))),
            _ => Err(unsupported("+", a, b)),
        }
    }

    fn repeat(&mut self, a: &Py, b: &Py) -> Result<Py> {
        let (sequence, count) = match (number::integer(a), number::integer(b)) {
            (None, Some(count)) => (a, count),
            (Some(count), None) => (b, count),
            (None, None) => {
                let sequence = |value: &Py| {
                    matches!(
                        value,
                        Py::Str(_) | Py::Markup(_) | Py::List(_) | Py::Tuple(_) | Py::Bytes(_)
                    )
                };
                return Err(match (sequence(a), sequence(b)) {
                    (true, _) => not_repeatable(b),
                    (false, true) => not_repeatable(a),
                    _ => unsupported("*", a, b),
                });
            }
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
    pub(crate) fn slice(&mut self, value: &Py, bounds: [Option<Py>; 3]) -> Result<Py> {
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
        Some(value) => match number::integer(&value) {
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
