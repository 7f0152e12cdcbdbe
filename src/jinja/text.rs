//! Python's `str` and `repr` of values.

use std::fmt::Write as _;

use super::errors::{Result, memory_error, recursion_error, value_error};
use super::object::Object;
use super::value::{Py, View};
use pyvalue::python;
use pyvalue::value::Str;
use pyyaml::Yaml;

/// Nesting of containers that can be printed.
pub(super) const MAX_DEPTH: usize = 200;

/// `str(value)`, at most `limit` bytes.
///
/// # Errors
/// An undefined value's own error; too deep or too long a text.
pub(super) fn str(value: &Py, limit: usize) -> Result<Str> {
    if let Py::Str(text) | Py::Markup(text) = value {
        return Ok(text.clone());
    }
    let mut out = String::new();
    write_str(value, limit, &mut out)?;
    Ok(Str::from(out))
}

/// Appends `str(value)`.
pub(super) fn write_str(value: &Py, limit: usize, out: &mut String) -> Result<()> {
    match value {
        Py::Str(text) | Py::Markup(text) => {
            out.push_str(text);
            check(out, limit)
        }
        Py::Undefined(undefined) if undefined.lenient => Ok(()),
        Py::Undefined(undefined) => Err(undefined.error()),
        Py::Date(yaml) => {
            write_date(yaml, out);
            Ok(())
        }
        other => write_repr(other, limit, 0, out),
    }
}

/// `repr(value)`.
///
/// # Errors
/// As [`str`], save that undefined values print as `Undefined`.
pub(super) fn repr(value: &Py, limit: usize) -> Result<String> {
    let mut out = String::new();
    write_repr(value, limit, 0, &mut out)?;
    Ok(out)
}

/// Decimal text of a large integer.
///
/// # Errors
/// Past 4,300 digits, as in Python.
pub(super) fn big_text(n: &num_bigint::BigInt) -> Result<String> {
    python::int_text(n).ok_or_else(|| value_error(python::INT_TOO_LONG))
}

fn check(out: &str, limit: usize) -> Result<()> {
    if out.len() > limit { Err(memory_error()) } else { Ok(()) }
}

fn write_repr(value: &Py, limit: usize, depth: usize, out: &mut String) -> Result<()> {
    if depth > MAX_DEPTH {
        return Err(recursion_error());
    }
    match value {
        Py::Undefined(_) => out.push_str("Undefined"),
        Py::None => out.push_str("None"),
        Py::Bool(b) => out.push_str(if *b { "True" } else { "False" }),
        Py::Int(n) => {
            let _ = write!(out, "{n}");
        }
        Py::Big(n) => out.push_str(&big_text(n)?),
        Py::Float(f) => python::write_float(*f, out),
        Py::Str(s) => python::write_repr_str(s, out),
        Py::Markup(s) => {
            out.push_str("Markup(");
            python::write_repr_str(s, out);
            out.push(')');
        }
        Py::Bytes(bytes) => write_bytes(bytes, out),
        Py::List(list) => write_items(&list.items(), ("[", "]"), limit, depth, out)?,
        Py::Tuple(tuple) if tuple.items.len() == 1 => write_items(&tuple.items, ("(", ",)"), limit, depth, out)?,
        Py::Tuple(tuple) => write_items(&tuple.items, ("(", ")"), limit, depth, out)?,
        Py::Dict(mapping) => {
            out.push('{');
            for (i, (key, value)) in mapping.entries().iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_repr(key, limit, depth + 1, out)?;
                out.push_str(": ");
                write_repr(value, limit, depth + 1, out)?;
            }
            out.push('}');
        }
        Py::View(View::Keys, mapping) => write_items(&mapping.keys(), ("dict_keys([", "])"), limit, depth, out)?,
        Py::View(View::Values, mapping) => write_items(&mapping.values(), ("dict_values([", "])"), limit, depth, out)?,
        Py::View(View::Items, mapping) => {
            let items: Vec<Py> = mapping
                .entries()
                .into_iter()
                .map(|(k, v)| Py::tuple(vec![k, v]))
                .collect();
            write_items(&items, ("dict_items([", "])"), limit, depth, out)?;
        }
        Py::Range(range) if range.step == 1 => {
            let _ = write!(out, "range({}, {})", range.start, range.stop);
        }
        Py::Range(range) => {
            let _ = write!(out, "range({}, {}, {})", range.start, range.stop, range.step);
        }
        Py::Date(yaml) => write_date_repr(yaml, out),
        Py::Object(object) => match &**object {
            Object::Namespace(members) => {
                out.push_str("<Namespace {");
                for (i, (name, value)) in members.borrow().iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    python::write_repr_str(name, out);
                    out.push_str(": ");
                    write_repr(value, limit, depth + 1, out)?;
                }
                out.push_str("}>");
            }
            Object::Loop(state) => {
                let _ = write!(out, "<LoopContext {}/{}>", state.index0.get() + 1, state.items.len());
            }
            Object::Blocks => out.push_str("<TemplateReference None>"),
            other => {
                let _ = write!(out, "<{} object>", other.qualified_type_name());
            }
        },
        // Python prints addresses here; ours is as good as any.
        Py::Iter(generator) => {
            let _ = write!(out, "<{} object>", generator.type_name);
        }
        Py::Func(func) => {
            let _ = match func.class_name() {
                Some(name) => write!(out, "<class '{name}'>"),
                None => write!(out, "<{}>", func.type_name()),
            };
        }
    }
    check(out, limit)
}

fn write_items(items: &[Py], brackets: (&str, &str), limit: usize, depth: usize, out: &mut String) -> Result<()> {
    out.push_str(brackets.0);
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_repr(item, limit, depth + 1, out)?;
    }
    out.push_str(brackets.1);
    Ok(())
}

fn write_bytes(bytes: &[u8], out: &mut String) {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    out.push('b');
    out.push(quote);
    for b in bytes {
        match b {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b if char::from(*b) == quote => {
                out.push('\\');
                out.push(quote);
            }
            b' '..=b'~' => out.push(char::from(*b)),
            b => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push(quote);
}

fn write_date(yaml: &Yaml, out: &mut String) {
    match yaml {
        Yaml::Date(date) => {
            let _ = write!(out, "{}", date.strftime("%Y-%m-%d"));
        }
        Yaml::DateTime(time, offset) => {
            let _ = write!(out, "{}", time.strftime("%Y-%m-%d %H:%M:%S"));
            let micro = time.subsec_nanosecond() / 1000;
            if micro != 0 {
                let _ = write!(out, ".{micro:06}");
            }
            if let Some(minutes) = offset {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let _ = write!(out, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
            }
        }
        _ => {}
    }
}

fn write_date_repr(yaml: &Yaml, out: &mut String) {
    match yaml {
        Yaml::Date(date) => {
            let _ = write!(out, "datetime.date({}, {}, {})", date.year(), date.month(), date.day());
        }
        Yaml::DateTime(time, offset) => {
            let _ = write!(
                out,
                "datetime.datetime({}, {}, {}, {}, {}",
                time.year(),
                time.month(),
                time.day(),
                time.hour(),
                time.minute()
            );
            let micro = time.subsec_nanosecond() / 1000;
            if time.second() != 0 || micro != 0 {
                let _ = write!(out, ", {}", time.second());
            }
            if micro != 0 {
                let _ = write!(out, ", {micro}");
            }
            match offset {
                Some(0) => out.push_str(", tzinfo=datetime.timezone.utc"),
                Some(minutes) => {
                    let seconds = minutes.rem_euclid(24 * 60) * 60;
                    let days = if *minutes < 0 { "days=-1, " } else { "" };
                    let _ = write!(
                        out,
                        ", tzinfo=datetime.timezone(datetime.timedelta({days}seconds={seconds}))"
                    );
                }
                None => {}
            }
            out.push(')');
        }
        _ => {}
    }
}

/// Appends text with `& < > ' "` escaped as markupsafe does it.
pub(super) fn write_escaped(text: &str, out: &mut String) {
    let mut from = 0;
    for (i, b) in text.bytes().enumerate() {
        let entity = match b {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\'' => "&#39;",
            b'"' => "&#34;",
            _ => continue,
        };
        out.push_str(&text[from..i]);
        out.push_str(entity);
        from = i + 1;
    }
    out.push_str(&text[from..]);
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    write_escaped(text, &mut out);
    out
}
