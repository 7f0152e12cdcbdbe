//! `object.name` and `object[index]`, with the sandbox's rules.

use std::rc::Rc;

use num_traits::ToPrimitive as _;

use super::callable::Func;
use super::errors::{Result, failure};
use super::eval::Vm;
use super::globals::Global;
use super::key::Key;
use super::methods;
use super::number;
use super::object::Object;
use super::ops;
use super::value::{Py, Undefined};
use mistral_expr::ErrorKind;
use pyvalue::value::Str;
use pyyaml::Yaml;

/// Special attributes that every Python object has.
const COMMON: [&str; 24] = [
    "__class__",
    "__delattr__",
    "__dir__",
    "__doc__",
    "__eq__",
    "__format__",
    "__ge__",
    "__getattribute__",
    "__getstate__",
    "__gt__",
    "__hash__",
    "__init__",
    "__init_subclass__",
    "__le__",
    "__lt__",
    "__ne__",
    "__new__",
    "__reduce__",
    "__reduce_ex__",
    "__repr__",
    "__setattr__",
    "__sizeof__",
    "__str__",
    "__subclasshook__",
];

/// Special attributes of a type, on top of the common ones.
fn special(value: &Py) -> &'static [&'static str] {
    match value {
        Py::Str(_) | Py::Markup(_) => &[
            "__add__",
            "__contains__",
            "__getitem__",
            "__getnewargs__",
            "__iter__",
            "__len__",
            "__mod__",
            "__mul__",
            "__rmod__",
            "__rmul__",
        ],
        Py::List(_) => &[
            "__add__",
            "__class_getitem__",
            "__contains__",
            "__delitem__",
            "__getitem__",
            "__iadd__",
            "__imul__",
            "__iter__",
            "__len__",
            "__mul__",
            "__reversed__",
            "__rmul__",
            "__setitem__",
        ],
        Py::Tuple(_) => &[
            "__add__",
            "__class_getitem__",
            "__contains__",
            "__getitem__",
            "__getnewargs__",
            "__iter__",
            "__len__",
            "__mul__",
            "__rmul__",
        ],
        Py::Dict(_) => &[
            "__class_getitem__",
            "__contains__",
            "__delitem__",
            "__getitem__",
            "__ior__",
            "__iter__",
            "__len__",
            "__or__",
            "__reversed__",
            "__ror__",
            "__setitem__",
        ],
        Py::Bool(_) | Py::Int(_) | Py::Big(_) => &[
            "__abs__",
            "__add__",
            "__and__",
            "__bool__",
            "__ceil__",
            "__divmod__",
            "__float__",
            "__floor__",
            "__floordiv__",
            "__getnewargs__",
            "__index__",
            "__int__",
            "__invert__",
            "__lshift__",
            "__mod__",
            "__mul__",
            "__neg__",
            "__or__",
            "__pos__",
            "__pow__",
            "__radd__",
            "__round__",
            "__rshift__",
            "__sub__",
            "__truediv__",
            "__trunc__",
            "__xor__",
        ],
        Py::Float(_) => &[
            "__abs__",
            "__add__",
            "__bool__",
            "__ceil__",
            "__divmod__",
            "__float__",
            "__floor__",
            "__floordiv__",
            "__getformat__",
            "__getnewargs__",
            "__int__",
            "__mod__",
            "__mul__",
            "__neg__",
            "__pos__",
            "__pow__",
            "__radd__",
            "__round__",
            "__sub__",
            "__truediv__",
            "__trunc__",
        ],
        Py::None => &["__bool__"],
        Py::Undefined(_) => &[
            "__add__",
            "__aiter__",
            "__bool__",
            "__call__",
            "__complex__",
            "__contains__",
            "__float__",
            "__floordiv__",
            "__getattr__",
            "__getitem__",
            "__int__",
            "__iter__",
            "__len__",
            "__mod__",
            "__module__",
            "__mul__",
            "__neg__",
            "__pos__",
            "__pow__",
            "__radd__",
            "__rmul__",
            "__rsub__",
            "__slots__",
            "__sub__",
            "__truediv__",
        ],
        Py::View(..) => &["__contains__", "__iter__", "__len__", "__reversed__"],
        Py::Range(_) => &[
            "__bool__",
            "__contains__",
            "__getitem__",
            "__iter__",
            "__len__",
            "__reversed__",
        ],
        Py::Iter(_) => &["__iter__", "__next__"],
        Py::Func(func) => match &**func {
            Func::Global(Global::Range | Global::Lipsum) => &[
                "__annotations__",
                "__builtins__",
                "__call__",
                "__closure__",
                "__code__",
                "__defaults__",
                "__dict__",
                "__get__",
                "__globals__",
                "__kwdefaults__",
                "__module__",
                "__name__",
                "__qualname__",
            ],
            Func::Global(_) => &[
                "__base__",
                "__bases__",
                "__basicsize__",
                "__call__",
                "__dict__",
                "__mro__",
                "__module__",
                "__name__",
                "__qualname__",
                "__subclasses__",
                "__instancecheck__",
                "__subclasscheck__",
                "__prepare__",
            ],
            Func::Method(..) => &[
                "__call__",
                "__module__",
                "__name__",
                "__qualname__",
                "__self__",
                "__text_signature__",
            ],
            Func::Workflow(_) => &[
                "__call__",
                "__dict__",
                "__module__",
                "__class_getitem__",
                "__setstate__",
                "__vectorcalloffset__",
            ],
            Func::Macro(_) | Func::Block(_) => &["__call__", "__dict__", "__module__", "__weakref__"],
        },
        Py::Object(_) => &["__dict__", "__module__", "__weakref__"],
        _ => &[],
    }
}

fn is_special(value: &Py, name: &str) -> bool {
    COMMON.contains(&name) || special(value).contains(&name)
}

/// An attribute the sandbox hides: using it is a security error.
fn unsafe_attribute(value: &Py, name: &str) -> Py {
    let type_name = match value {
        Py::Func(func) => func.type_name(),
        other => other.type_name(),
    };
    Py::Undefined(Rc::new(Undefined {
        kind: ErrorKind::Security,
        message: format!(
            "access to attribute {} of {} object is unsafe.",
            super::parser::quoted(name),
            super::parser::quoted(type_name)
        ),
        lenient: false,
    }))
}

impl Vm<'_> {
    fn missing_attribute(&self, value: &Py, name: &str) -> Py {
        // Inside a workflow `_` is a view of several mappings.
        let object = match self.is_view(value) {
            true => "mistral.workflow.data_flow.ContextView object".to_owned(),
            false => value.object_name(),
        };
        Py::undefined(format!(
            "{} has no attribute {}",
            super::parser::quoted(&object),
            super::parser::quoted(name)
        ))
    }

    /// `object.name`: the Python attribute first, then the item.
    pub(crate) fn attribute(&mut self, object: &Py, name: &str) -> Result<Py> {
        if let Some(value) = self.python_attribute(object, name)? {
            return Ok(value);
        }
        if let Some(value) = text_item(object, name) {
            return Ok(value);
        }
        if let (Py::Object(inner), false) = (object, name.starts_with("__"))
            && matches!(**inner, Object::Blocks)
            && self.blocks.iter().any(|(n, _)| **n == *name)
        {
            return Ok(Py::Func(Rc::new(Func::Block(Str::from(name)))));
        }
        Ok(self.missing_attribute(object, name))
    }

    /// `object[index]`: the item first, then the Python attribute.
    pub(crate) fn item(&mut self, object: &Py, index: &Py) -> Result<Py> {
        if let Py::Undefined(undefined) = object {
            return Err(undefined.error());
        }
        for text in [object, index].into_iter().filter_map(Py::as_text) {
            self.read(text)?;
        }
        if let Some(value) = python_item(object, index)? {
            return Ok(value);
        }
        if let Some(name) = index.as_text().cloned() {
            if let Some(value) = self.python_attribute(object, &name)? {
                return Ok(value);
            }
            if let Py::Object(inner) = object
                && matches!(**inner, Object::Blocks)
            {
                return self.attribute(object, &name);
            }
            return Ok(self.missing_attribute(object, &name));
        }
        Ok(Py::undefined(format!(
            "{} has no element {}",
            object.object_name(),
            self.repr(index)?
        )))
    }

    fn python_attribute(&mut self, object: &Py, name: &str) -> Result<Option<Py>> {
        if name.starts_with('_') && is_special(object, name) {
            return Ok(Some(unsafe_attribute(object, name)));
        }
        if let Py::Undefined(undefined) = object {
            return Err(undefined.error());
        }
        if name.starts_with('_') {
            return Ok(None);
        }
        if methods::exists(object, name) {
            return Ok(Some(Py::Func(Rc::new(Func::Method(object.clone(), Str::from(name))))));
        }
        Ok(match object {
            Py::Bool(_) | Py::Int(_) | Py::Big(_) => match name {
                "real" | "numerator" => number::of(object).map(Py::from),
                "imag" => Some(Py::Int(0)),
                "denominator" => Some(Py::Int(1)),
                _ => None,
            },
            Py::Float(f) => match name {
                "real" => Some(Py::Float(*f)),
                "imag" => Some(Py::Float(0.0)),
                _ => None,
            },
            Py::Range(range) => match name {
                "start" => Some(Py::Int(range.start)),
                "stop" => Some(Py::Int(range.stop)),
                "step" => Some(Py::Int(range.step)),
                _ => None,
            },
            Py::Tuple(tuple) if tuple.group => match name {
                "grouper" => tuple.items.first().cloned(),
                "list" => tuple.items.get(1).cloned(),
                _ => None,
            },
            Py::Date(yaml) => date_attribute(yaml, name),
            Py::Object(inner) => self.object_attribute(inner, name),
            Py::Func(func) => func_attribute(object, func, name),
            _ => None,
        })
    }

    fn object_attribute(&mut self, object: &Rc<Object>, name: &str) -> Option<Py> {
        match &**object {
            Object::Namespace(members) => members
                .borrow()
                .iter()
                .find(|(n, _)| **n == *name)
                .map(|(_, v)| v.clone()),
            Object::Cycler { items, at } => match name {
                "current" => items.get(at.get()).cloned(),
                "items" => Some(Py::tuple(items.clone())),
                "pos" => Some(Py::Int(at.get() as i64)),
                _ => None,
            },
            Object::Joiner { separator, used } => match name {
                "sep" => Some(separator.clone()),
                "used" => Some(Py::Bool(used.get())),
                _ => None,
            },
            Object::Loop(state) => {
                let (index, length) = (state.index0.get(), state.items.len());
                let int = |n: usize| Some(Py::Int(n as i64));
                match name {
                    "index0" => int(index),
                    "index" => int(index + 1),
                    "length" => int(length),
                    "revindex" => int(length - index),
                    "revindex0" => int(length - index - 1),
                    "first" => Some(Py::Bool(index == 0)),
                    "last" => Some(Py::Bool(index + 1 == length)),
                    "depth" => int(state.depth0 + 1),
                    "depth0" => int(state.depth0),
                    "previtem" => Some(match index.checked_sub(1) {
                        Some(before) => state.items[before].clone(),
                        None => Py::undefined("there is no previous item".to_owned()),
                    }),
                    "nextitem" => Some(match state.items.get(index + 1) {
                        Some(next) => next.clone(),
                        None => Py::undefined("there is no next item".to_owned()),
                    }),
                    _ => None,
                }
            }
            Object::Blocks => None,
        }
    }
}

/// `object['name']` for what can be indexed with text.
fn text_item(object: &Py, name: &str) -> Option<Py> {
    match object {
        Py::Dict(mapping) => mapping.get_text(name),
        _ => None,
    }
}

/// `object[index]` in Python; none where it raises a lookup or type error.
fn python_item(object: &Py, index: &Py) -> Result<Option<Py>> {
    if let Py::Dict(mapping) = object {
        return match Key::new(index.clone()) {
            Ok(key) => Ok(mapping.get(&key)),
            Err(error) if error.kind == ErrorKind::Type => Ok(None),
            Err(error) => Err(error),
        };
    }
    let Some(index) = number::integer(index) else {
        return Ok(None);
    };
    let Some(length) = ops::length(object).filter(|_| !matches!(object, Py::View(..) | Py::Object(_))) else {
        return Ok(None);
    };
    let Some(mut at) = index.to_i64() else { return Ok(None) };
    if at < 0 {
        at += length as i64;
    }
    let Some(at) = usize::try_from(at).ok().filter(|at| *at < length) else {
        return Ok(None);
    };
    Ok(match object {
        Py::List(list) => list.get(at),
        Py::Tuple(tuple) => tuple.items.get(at).cloned(),
        Py::Range(range) => Some(Py::Int(range.get(at))),
        Py::Bytes(bytes) => Some(Py::Int(i64::from(bytes[at]))),
        Py::Str(s) | Py::Markup(s) => s.chars().nth(at).map(|c| {
            let text = Str::from(&*c.encode_utf8(&mut [0; 4]));
            if matches!(object, Py::Markup(_)) {
                Py::Markup(text)
            } else {
                Py::Str(text)
            }
        }),
        _ => None,
    })
}

fn date_attribute(yaml: &Yaml, name: &str) -> Option<Py> {
    let (date, time) = match yaml {
        Yaml::Date(date) => (*date, None),
        Yaml::DateTime(time, _) => (time.date(), Some(*time)),
        _ => return None,
    };
    let int = |n: i64| Some(Py::Int(n));
    match (name, time) {
        ("year", _) => int(i64::from(date.year())),
        ("month", _) => int(i64::from(date.month())),
        ("day", _) => int(i64::from(date.day())),
        ("hour", Some(time)) => int(i64::from(time.hour())),
        ("minute", Some(time)) => int(i64::from(time.minute())),
        ("second", Some(time)) => int(i64::from(time.second())),
        ("microsecond", Some(time)) => int(i64::from(time.subsec_nanosecond() / 1000)),
        _ => None,
    }
}

fn func_attribute(object: &Py, func: &Func, name: &str) -> Option<Py> {
    match (func, name) {
        // The function behind a partial is a plain Python function, whose internals the sandbox hides.
        (Func::Workflow(_), "func") => Some(Py::Func(Rc::new(Func::Global(Global::Range)))),
        (Func::Workflow(_), "args") => Some(Py::tuple(Vec::new())),
        (Func::Workflow(_), "keywords") => Some(Py::dict(Default::default())),
        (Func::Macro(value), "name") => Some(value.code.name.clone().map_or(Py::None, Py::Str)),
        (Func::Macro(value), "arguments") => Some(Py::tuple(
            value.code.parameters.iter().map(|p| Py::Str(p.clone())).collect(),
        )),
        (Func::Macro(value), "catch_kwargs") => Some(Py::Bool(value.code.takes_kwargs)),
        (Func::Macro(value), "catch_varargs") => Some(Py::Bool(value.code.takes_varargs)),
        (Func::Macro(value), "caller") => Some(Py::Bool(value.code.takes_caller)),
        (Func::Global(Global::Dict | Global::Cycler | Global::Joiner | Global::Namespace), "mro") => {
            Some(unsafe_attribute(object, name))
        }
        (Func::Block(name), "super") => Some(Py::undefined(format!("there is no parent block called '{name}'."))),
        _ => None,
    }
}

/// What calling something that cannot be called says.
pub(super) fn not_callable(value: &Py) -> mistral_expr::Error {
    match value {
        Py::Undefined(undefined) => undefined.error(),
        other => failure(
            ErrorKind::Type,
            format!("'{}' object is not callable", other.type_name()),
        ),
    }
}
