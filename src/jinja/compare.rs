//! Equality, order and membership. What is compared is charged: values may share parts, and a walk meets those many times.

use std::cmp::Ordering;
use std::rc::Rc;

use super::ast::CompareOp;
use super::errors::{Result, not_ordered, recursion_error, type_error};
use super::eval::Vm;
use super::key::Key;
use super::number;
use super::value::{Py, View};

/// Nesting of containers that can be compared.
const MAX_DEPTH: usize = 200;

/// The order of a number and something that should be one.
///
/// # Errors
/// As comparing fails in Python.
pub(super) fn order_numbers(op: &str, a: &Py, b: &Py) -> Result<Option<Ordering>> {
    match (number::of(a), number::of(b), b) {
        (Some(x), Some(y), _) => Ok(x.compare(&y)),
        (_, _, Py::Undefined(undefined)) => Err(undefined.error()),
        _ => Err(not_ordered(op, a, b)),
    }
}

impl Vm<'_> {
    pub(crate) fn compare(&mut self, op: CompareOp, a: &Py, b: &Py) -> Result<bool> {
        Ok(match op {
            CompareOp::Eq => self.equal(a, b)?,
            CompareOp::Ne => !self.equal(a, b)?,
            CompareOp::Lt => self.order("<", a, b)? == Some(Ordering::Less),
            CompareOp::Gt => self.order(">", a, b)? == Some(Ordering::Greater),
            CompareOp::LtEq => matches!(self.order("<=", a, b)?, Some(Ordering::Less | Ordering::Equal)),
            CompareOp::GtEq => matches!(self.order(">=", a, b)?, Some(Ordering::Greater | Ordering::Equal)),
            CompareOp::In => self.contains(b, a)?,
            CompareOp::NotIn => !self.contains(b, a)?,
        })
    }

    /// `item in container`.
    pub(crate) fn contains(&mut self, container: &Py, item: &Py) -> Result<bool> {
        match container {
            Py::Str(s) | Py::Markup(s) => match item {
                Py::Str(part) | Py::Markup(part) => {
                    self.read(s)?;
                    Ok(s.contains(&**part))
                }
                other => Err(type_error(format!(
                    "'in <string>' requires string as left operand, not {}",
                    other.type_name()
                ))),
            },
            Py::Dict(mapping) | Py::View(View::Keys, mapping) => {
                self.read(item.as_text().map_or("", |text| text))?;
                Ok(mapping.contains(&Key::new(item.clone())?))
            }
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
                        if self.equal(&Py::Int(n), other)? {
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
                    Some(found) => self.equal(&found, value),
                    None => Ok(false),
                }
            }
            Py::Undefined(undefined) if !undefined.lenient => Err(undefined.error()),
            Py::List(_) | Py::Tuple(_) | Py::View(..) | Py::Iter(_) | Py::Undefined(_) => {
                for candidate in self.iterate(container)? {
                    self.step()?;
                    if self.equal(&candidate, item)? {
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

    /// `a == b`.
    pub(crate) fn equal(&mut self, a: &Py, b: &Py) -> Result<bool> {
        self.equal_at(a, b, 0)
    }

    fn equal_at(&mut self, a: &Py, b: &Py, depth: usize) -> Result<bool> {
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
            self.read(if a.len() == b.len() { a } else { "" })?;
            return Ok(a == b);
        }
        if let (Some(a), Some(b)) = (number::of(a), number::of(b)) {
            return Ok(a.compare(&b) == Some(Ordering::Equal));
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
                self.equal_items(&x.items(), &y.items(), depth)?
            }
            (Py::Tuple(a), Py::Tuple(b)) => self.equal_items(&a.items, &b.items, depth)?,
            (Py::Range(a), Py::Range(b)) => a.len() == b.len() && a.iter().eq(b.iter()),
            (Py::Dict(x), Py::Dict(y)) => {
                if Rc::ptr_eq(x, y) {
                    return Ok(true);
                }
                if x.len() != y.len() {
                    return Ok(false);
                }
                for (key, value) in x.entries() {
                    self.step()?;
                    let Some(other) = y.get(&Key::new(key)?) else {
                        return Ok(false);
                    };
                    if !self.equal_at(&value, &other, depth + 1)? {
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

    fn equal_items(&mut self, a: &[Py], b: &[Py], depth: usize) -> Result<bool> {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (a, b) in a.iter().zip(b) {
            self.step()?;
            if !self.equal_at(a, b, depth + 1)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The order of two values; none when one is NaN. `op` is for the message.
    pub(crate) fn order(&mut self, op: &str, a: &Py, b: &Py) -> Result<Option<Ordering>> {
        self.order_at(op, a, b, 0)
    }

    fn order_at(&mut self, op: &str, a: &Py, b: &Py, depth: usize) -> Result<Option<Ordering>> {
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
            self.read(if a.len() < b.len() { a } else { b })?;
            return Ok(Some(a.cmp(b)));
        }
        if let (Some(a), Some(b)) = (number::of(a), number::of(b)) {
            return Ok(a.compare(&b));
        }
        match (a, b) {
            (Py::List(x), Py::List(y)) => self.order_items(op, &x.items(), &y.items(), depth),
            (Py::Tuple(x), Py::Tuple(y)) => self.order_items(op, &x.items, &y.items, depth),
            (Py::Bytes(a), Py::Bytes(b)) => Ok(Some(a.cmp(b))),
            (Py::Date(x), Py::Date(y)) => match (&**x, &**y) {
                (pyyaml::Yaml::Date(x), pyyaml::Yaml::Date(y)) => Ok(Some(x.cmp(y))),
                (pyyaml::Yaml::DateTime(x, None), pyyaml::Yaml::DateTime(y, None)) => Ok(Some(x.cmp(y))),
                (pyyaml::Yaml::DateTime(x, Some(p)), pyyaml::Yaml::DateTime(y, Some(q))) => {
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

    fn order_items(&mut self, op: &str, a: &[Py], b: &[Py], depth: usize) -> Result<Option<Ordering>> {
        for (a, b) in a.iter().zip(b) {
            self.step()?;
            if !self.equal_at(a, b, depth + 1)? {
                return self.order_at(op, a, b, depth + 1);
            }
        }
        Ok(Some(a.len().cmp(&b.len())))
    }
}
