//! Jinja's tests: what may follow `is`.

use super::arguments::{CallArgs, Callee};
use super::ast::{BinOp, CompareOp};
use super::errors::{Result, type_error};
use super::eval::Vm;
use super::filters::Filter;
use super::number;
use super::object::Object;
use super::ops;
use super::value::Py;

/// Every test there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Predicate {
    Boolean,
    Callable,
    Compare(CompareOp),
    Defined,
    DivisibleBy,
    Escaped,
    Even,
    False,
    Filter,
    Float,
    In,
    Integer,
    Iterable,
    Lower,
    Mapping,
    None,
    Number,
    Odd,
    SameAs,
    Sequence,
    String,
    Test,
    True,
    Undefined,
    Upper,
}

impl Predicate {
    pub(crate) fn named(name: &str) -> Option<Predicate> {
        Some(match name {
            "boolean" => Predicate::Boolean,
            "callable" => Predicate::Callable,
            "==" | "eq" | "equalto" => Predicate::Compare(CompareOp::Eq),
            "!=" | "ne" => Predicate::Compare(CompareOp::Ne),
            ">" | "gt" | "greaterthan" => Predicate::Compare(CompareOp::Gt),
            ">=" | "ge" => Predicate::Compare(CompareOp::GtEq),
            "<" | "lt" | "lessthan" => Predicate::Compare(CompareOp::Lt),
            "<=" | "le" => Predicate::Compare(CompareOp::LtEq),
            "defined" => Predicate::Defined,
            "divisibleby" => Predicate::DivisibleBy,
            "escaped" => Predicate::Escaped,
            "even" => Predicate::Even,
            "false" => Predicate::False,
            "filter" => Predicate::Filter,
            "float" => Predicate::Float,
            "in" => Predicate::In,
            "integer" => Predicate::Integer,
            "iterable" => Predicate::Iterable,
            "lower" => Predicate::Lower,
            "mapping" => Predicate::Mapping,
            "none" => Predicate::None,
            "number" => Predicate::Number,
            "odd" => Predicate::Odd,
            "sameas" => Predicate::SameAs,
            "sequence" => Predicate::Sequence,
            "string" => Predicate::String,
            "test" => Predicate::Test,
            "true" => Predicate::True,
            "undefined" => Predicate::Undefined,
            "upper" => Predicate::Upper,
            _ => return None,
        })
    }

    /// The function behind the test.
    fn callee(self) -> Callee<'static> {
        let name = match self {
            Predicate::Callable => return Callee::builtin("callable"),
            Predicate::Compare(op) => {
                return Callee::operator(match op {
                    CompareOp::Eq => "eq",
                    CompareOp::Ne => "ne",
                    CompareOp::Gt => "gt",
                    CompareOp::GtEq => "ge",
                    CompareOp::Lt => "lt",
                    _ => "le",
                });
            }
            Predicate::Filter => return Callee::python("test_filter", &["env", "value"]),
            Predicate::Test => return Callee::python("test_test", &["env", "value"]),
            Predicate::Boolean => "test_boolean",
            Predicate::Defined => "test_defined",
            Predicate::DivisibleBy => "test_divisibleby",
            Predicate::Escaped => "test_escaped",
            Predicate::Even => "test_even",
            Predicate::False => "test_false",
            Predicate::Float => "test_float",
            Predicate::In => "test_in",
            Predicate::Integer => "test_integer",
            Predicate::Iterable => "test_iterable",
            Predicate::Lower => "test_lower",
            Predicate::Mapping => "test_mapping",
            Predicate::None => "test_none",
            Predicate::Number => "test_number",
            Predicate::Odd => "test_odd",
            Predicate::SameAs => "test_sameas",
            Predicate::Sequence => "test_sequence",
            Predicate::String => "test_string",
            Predicate::True => "test_true",
            Predicate::Undefined => "test_undefined",
            Predicate::Upper => "test_upper",
        };
        Callee::python(name, &["value"])
    }
}

impl Vm<'_> {
    pub(crate) fn test(&mut self, test: Predicate, value: &Py, args: CallArgs) -> Result<bool> {
        self.step()?;
        match test {
            Predicate::Compare(op) => {
                let [other] = args.bind(test.callee(), [""], 1)?;
                return self.compare(op, value, &other.unwrap_or(Py::None));
            }
            Predicate::In => {
                let [seq] = args.bind(test.callee(), ["seq"], 1)?;
                return self.contains(&seq.unwrap_or(Py::None), value);
            }
            Predicate::DivisibleBy => {
                let [num] = args.bind(test.callee(), ["num"], 1)?;
                let rest = self.binary(BinOp::Mod, value, &num.unwrap_or(Py::None))?;
                return self.equal(&rest, &Py::Int(0));
            }
            Predicate::SameAs => {
                let [other] = args.bind(test.callee(), ["other"], 1)?;
                return Ok(same_object(value, &other.unwrap_or(Py::None)));
            }
            _ => {}
        }
        args.none(test.callee())?;
        Ok(match test {
            Predicate::Boolean => matches!(value, Py::Bool(_)),
            Predicate::True => matches!(value, Py::Bool(true)),
            Predicate::False => matches!(value, Py::Bool(false)),
            Predicate::None => matches!(value, Py::None),
            Predicate::Defined => !value.is_undefined(),
            Predicate::Undefined => value.is_undefined(),
            Predicate::Integer => matches!(value, Py::Int(_) | Py::Big(_)),
            Predicate::Float => matches!(value, Py::Float(_)),
            Predicate::Number => number::of(value).is_some(),
            Predicate::String => value.as_text().is_some(),
            Predicate::Mapping => matches!(value, Py::Dict(_)),
            Predicate::Escaped => matches!(value, Py::Markup(_)),
            Predicate::Callable => match value {
                // Python only looks for a `__call__`, which undefined values have.
                Py::Func(_) | Py::Undefined(_) => true,
                Py::Object(object) => matches!(**object, Object::Joiner { .. } | Object::Loop(_)),
                _ => false,
            },
            Predicate::Sequence => {
                matches!(
                    value,
                    Py::Str(_) | Py::Markup(_) | Py::Bytes(_) | Py::List(_) | Py::Tuple(_) | Py::Dict(_) | Py::Range(_)
                )
            }
            Predicate::Iterable => match value {
                Py::Undefined(undefined) if !undefined.lenient => return Err(undefined.error()),
                Py::Undefined(_) | Py::View(..) | Py::Iter(_) => true,
                Py::Object(object) => matches!(**object, Object::Loop(_)),
                other => ops::length(other).is_some(),
            },
            Predicate::Odd | Predicate::Even => {
                let rest = self.binary(BinOp::Mod, value, &Py::Int(2))?;
                self.equal(&rest, &Py::Int(i64::from(test == Predicate::Odd)))?
            }
            Predicate::Lower => pyvalue::text::is_lower(&self.text(value)?),
            Predicate::Upper => pyvalue::text::is_upper(&self.text(value)?),
            Predicate::Filter => self.registered(value, |name| Filter::named(name).is_some())?,
            _ => self.registered(value, |name| Predicate::named(name).is_some())?,
        })
    }

    fn registered(&mut self, value: &Py, known: impl Fn(&str) -> bool) -> Result<bool> {
        match value {
            Py::Str(name) | Py::Markup(name) => Ok(known(name)),
            Py::Undefined(undefined) => Err(undefined.error()),
            Py::List(_) | Py::Dict(_) => Err(type_error(format!("unhashable type: '{}'", value.type_name()))),
            _ => Ok(false),
        }
    }
}

/// Python's `is`. Small values have no identity of their own here; equal ones of one type count as the same.
fn same_object(a: &Py, b: &Py) -> bool {
    use std::rc::Rc;
    match (a, b) {
        (Py::None, Py::None) => true,
        (Py::Bool(a), Py::Bool(b)) => a == b,
        (Py::Int(a), Py::Int(b)) => a == b,
        (Py::Str(a), Py::Str(b)) => a == b,
        (Py::Float(_), Py::Float(_)) => false,
        (Py::List(a), Py::List(b)) => Rc::ptr_eq(a, b) || same_source(a.shared(), b.shared()),
        (Py::Dict(a), Py::Dict(b)) => Rc::ptr_eq(a, b) || same_source(a.shared(), b.shared()),
        (Py::Tuple(a), Py::Tuple(b)) => Rc::ptr_eq(a, b) || (a.items.is_empty() && b.items.is_empty()),
        (Py::Func(a), Py::Func(b)) => Rc::ptr_eq(a, b),
        (Py::Object(a), Py::Object(b)) => Rc::ptr_eq(a, b),
        (Py::Undefined(a), Py::Undefined(b)) => Rc::ptr_eq(a, b),
        _ => false,
    }
}

/// Two views onto the same data of the caller.
fn same_source<T>(a: Option<std::sync::Arc<T>>, b: Option<std::sync::Arc<T>>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if std::sync::Arc::ptr_eq(&a, &b))
}
