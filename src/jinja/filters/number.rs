//! Filters that make or change numbers.

use super::super::arguments::{CallArgs, Callee};
use super::super::ast::BinOp;
use super::super::errors::{Result, type_error, value_error};
use super::super::eval::Vm;
use super::super::methods::index_argument;
use super::super::number::{self, Number};
use super::super::ops;
use super::super::value::Py;
use super::filter_argument;

impl Vm<'_> {
    pub(super) fn abs(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::builtin("abs"))?;
        match number::of(input) {
            Some(n) => Ok(n.absolute().into()),
            None => Err(type_error(format!(
                "bad operand type for abs(): '{}'",
                input.type_name()
            ))),
        }
    }

    pub(super) fn int_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [default, base] = args.bind(Callee::python("do_int", &["value"]), ["default", "base"], 0)?;
        let default = default.unwrap_or(Py::Int(0));
        if let Some(text) = input.as_text() {
            // A base that is no number fails like a text that is none.
            let base = base
                .as_ref()
                .map_or(Ok(10), |b| index_argument(Some(b)))
                .ok()
                .and_then(|b| u32::try_from(b).ok());
            if let Some(n) = base.and_then(|base| number::parse_integer(text, base)) {
                return Ok(Py::big(n));
            }
        }
        let float = match input {
            Py::Float(f) if f.is_infinite() => return number::truncate(*f),
            Py::Undefined(undefined) => return Err(undefined.error()),
            Py::Str(text) | Py::Markup(text) => number::parse_float(text),
            other => match number::of(other) {
                Some(Number::Float(f)) => Some(f),
                Some(n) => return Ok(Py::from(n)),
                None => None,
            },
        };
        Ok(float.and_then(|f| number::truncate(f).ok()).unwrap_or(default))
    }

    pub(super) fn float_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [default] = args.bind(Callee::python("do_float", &["value"]), ["default"], 0)?;
        let default = default.unwrap_or(Py::Float(0.0));
        Ok(match input {
            Py::Undefined(undefined) => return Err(undefined.error()),
            Py::Str(text) | Py::Markup(text) => number::parse_float(text).map_or(default, Py::Float),
            other => match number::of(other) {
                Some(n) => Py::Float(n.to_float()?),
                None => default,
            },
        })
    }

    pub(super) fn round_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [precision, method] = args.bind(Callee::python("do_round", &["value"]), ["precision", "method"], 0)?;
        let method = method.as_ref().map_or(Some("common"), |m| m.as_text().map(|s| &**s));
        let Some(method @ ("common" | "ceil" | "floor")) = method else {
            return Err(filter_argument("method must be common, ceil or floor"));
        };
        let precision = precision.unwrap_or(Py::Int(0));
        if method == "common" {
            let value = match input {
                Py::Bool(_) | Py::Int(_) | Py::Big(_) | Py::Float(_) => number::of(input),
                _ => None,
            };
            let Some(value) = value else {
                return Err(type_error(format!(
                    "type {} doesn't define __round__ method",
                    input.type_name()
                )));
            };
            if matches!(precision, Py::None) {
                return match value {
                    Number::Float(f) => number::truncate(f.round_ties_even()),
                    n => Ok(Py::from(n)),
                };
            }
            let digits = index_argument(Some(&precision))?;
            return number::round(&value, digits);
        }
        let factor = self.binary(BinOp::Pow, &Py::Int(10), &precision)?;
        let scaled = self.binary(BinOp::Mul, input, &factor)?;
        let whole = match number::of(&scaled) {
            Some(Number::Float(f)) => number::truncate(if method == "ceil" { f.ceil() } else { f.floor() })?,
            Some(n) => Py::from(n),
            None => return Err(type_error(format!("must be real number, not {}", scaled.type_name()))),
        };
        self.binary(BinOp::Div, &whole, &factor)
    }

    pub(super) fn sum(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [attribute, start] = args.bind(
            Callee::python("sync_do_sum", &["environment", "iterable"]),
            ["attribute", "start"],
            0,
        )?;
        let mut total = start.unwrap_or(Py::Int(0));
        let items = self.iterate(input)?;
        if total.as_text().is_some() {
            return Err(type_error("sum() can't sum strings [use ''.join(seq) instead]"));
        }
        let getter = attribute
            .filter(|a| !matches!(a, Py::None))
            .map(|a| self.attribute_path(&a))
            .transpose()?;
        for item in items {
            let item = match &getter {
                Some(path) => self.follow(item, path, None)?,
                None => item,
            };
            total = self.binary(BinOp::Add, &total, &item)?;
        }
        Ok(total)
    }

    pub(super) fn file_size_format(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [binary] = args.bind(Callee::python("do_filesizeformat", &["value"]), ["binary"], 0)?;
        let binary = binary.as_ref().map_or(Ok(false), ops::truth)?;
        let bytes = match input {
            Py::Undefined(undefined) => return Err(undefined.error()),
            Py::Str(text) | Py::Markup(text) => number::parse_float(text).ok_or_else(|| {
                value_error(format!(
                    "could not convert string to float: {}",
                    super::super::parser::quoted(text)
                ))
            })?,
            other => match number::of(other) {
                Some(n) => n.to_float()?,
                None => {
                    return Err(type_error(format!(
                        "float() argument must be a string or a real number, not '{}'",
                        other.type_name()
                    )));
                }
            },
        };
        let base: f64 = if binary { 1024.0 } else { 1000.0 };
        let units = if binary {
            ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
        } else {
            ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
        };
        if bytes == 1.0 {
            return Ok(Py::str("1 Byte"));
        }
        if bytes < base {
            let whole = number::truncate(bytes)?;
            return Ok(Py::string(format!("{} Bytes", self.text(&whole)?)));
        }
        let mut text = String::new();
        for (i, name) in units.iter().enumerate() {
            let unit = base.powi(i as i32 + 2);
            text = format!("{:.1} {name}", base * bytes / unit);
            if bytes < unit {
                break;
            }
        }
        Ok(Py::string(text))
    }
}
