//! Filters that make or change text.

use std::fmt::Write as _;

use super::super::arguments::{CallArgs, Callee};
use super::super::convert::json_key;
use super::super::errors::{
    Result, failure, memory_error, not_ordered, not_repeatable, recursion_error, type_error, value_error,
};
use super::super::eval::Vm;
use super::super::methods::index_argument;
use super::super::number;
use super::super::ops;
use super::super::strings;
use super::super::text;
use super::super::value::Py;
use super::{Filter, filter_argument};
use mistral_expr::ErrorKind;
use pyvalue::chars::is_space;
use pyvalue::json;
use pyvalue::value::{Str, Value};

impl Vm<'_> {
    pub(super) fn text_filter(&mut self, filter: Filter, input: Py, args: CallArgs) -> Result<Py> {
        match filter {
            Filter::Escape => {
                args.none(Callee::python("escape", &["s"]))?;
                if matches!(input, Py::Markup(_)) {
                    return Ok(input);
                }
                let plain = self.text(&input)?;
                Ok(Py::Markup(Str::from(text::escaped(&plain))))
            }
            Filter::ForceEscape => {
                args.none(Callee::python("do_forceescape", &["value"]))?;
                let plain = self.text(&input)?;
                Ok(Py::Markup(Str::from(text::escaped(&plain))))
            }
            Filter::Safe => {
                args.none(Callee::python("do_mark_safe", &["value"]))?;
                Ok(Py::Markup(self.text(&input)?))
            }
            Filter::String => {
                args.none(Callee::python("soft_str", &["s"]))?;
                if input.as_text().is_some() {
                    Ok(input)
                } else {
                    Ok(Py::Str(self.text(&input)?))
                }
            }
            Filter::Lower | Filter::Upper | Filter::Capitalize => {
                let (function, method) = match filter {
                    Filter::Lower => ("do_lower", "lower"),
                    Filter::Upper => ("do_upper", "upper"),
                    _ => ("do_capitalize", "capitalize"),
                };
                args.none(Callee::python(function, &["s"]))?;
                self.on_text(&input, method, CallArgs::default())
            }
            Filter::Title => {
                args.none(Callee::python("do_title", &["s"]))?;
                let plain = self.text(&input)?;
                Ok(Py::string(title(&plain)))
            }
            Filter::Center => {
                let [width] = args.bind(Callee::python("do_center", &["value"]), ["width"], 0)?;
                self.on_text(&input, "center", CallArgs::of(vec![width.unwrap_or(Py::Int(80))]))
            }
            Filter::Trim => {
                let [chars] = args.bind(Callee::python("do_trim", &["value"]), ["chars"], 0)?;
                self.on_text(&input, "strip", CallArgs::of(vec![chars.unwrap_or(Py::None)]))
            }
            Filter::Replace => self.replace_filter(&input, args),
            Filter::Format => {
                if !args.positional.is_empty() && !args.named.is_empty() {
                    return Err(filter_argument(
                        "can't handle positional and keyword arguments at the same time",
                    ));
                }
                let template = if input.as_text().is_some() {
                    input
                } else {
                    Py::Str(self.text(&input)?)
                };
                let argument = if args.named.is_empty() {
                    Py::tuple(args.positional)
                } else {
                    Py::dict(
                        args.named
                            .into_iter()
                            .map(|(n, v)| (super::super::key::Key::text(n), v))
                            .collect(),
                    )
                };
                self.percent_format(&template, &argument)
            }
            Filter::Indent => self.indent(&input, args),
            Filter::Truncate => self.truncate(&input, args),
            Filter::WordWrap => self.word_wrap(&input, args),
            Filter::WordCount => {
                args.none(Callee::python("do_wordcount", &["s"]))?;
                let plain = self.text(&input)?;
                let word = |c: char| c == '_' || c.is_alphanumeric();
                Ok(Py::Int(
                    plain.split(|c| !word(c)).filter(|w| !w.is_empty()).count() as i64
                ))
            }
            Filter::StripTags => {
                args.none(Callee::python("do_striptags", &["value"]))?;
                let plain = self.text(&input)?;
                Ok(Py::string(strings::strip_tags(&plain)))
            }
            Filter::UrlEncode => self.url_encode(&input, args),
            Filter::Urlize => self.urlize(&input, args),
            Filter::XmlAttr => self.xml_attributes(&input, args),
            Filter::ToJson => self.tojson(&input, args),
            Filter::PPrint => {
                args.none(Callee::python("do_pprint", &["value"]))?;
                let mut out = String::new();
                self.pretty(&input, 0, 0, 0, &mut out)?;
                Ok(Py::string(out))
            }
            _ => Err(failure(ErrorKind::Other, "unknown filter")),
        }
    }

    /// A method of text, called on `str(input)`.
    fn on_text(&mut self, input: &Py, method: &str, args: CallArgs) -> Result<Py> {
        let plain = self.text(input)?;
        self.string_method(&plain, matches!(input, Py::Markup(_)), method, args)
    }

    fn replace_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [old, new, count] = args.bind(
            Callee::python("do_replace", &["eval_ctx", "s"]),
            ["old", "new", "count"],
            2,
        )?;
        let (old, new) = (old.unwrap_or(Py::None), new.unwrap_or(Py::None));
        let plain = self.text(input)?;
        let count = match count {
            None | Some(Py::None) => -1,
            Some(count) => index_argument(Some(&count))?,
        };
        if self.autoescape
            && (matches!(input, Py::Markup(_)) || matches!(old, Py::Markup(_)) || matches!(new, Py::Markup(_)))
        {
            let safe = match input {
                Py::Markup(text) => text.clone(),
                _ => Str::from(text::escaped(&plain)),
            };
            return self.string_method(&safe, true, "replace", CallArgs::of(vec![old, new, Py::Int(count)]));
        }
        let (old, new) = (self.text(&old)?, self.text(&new)?);
        self.replace(&plain, &old, &new, count).map(Py::string)
    }

    fn indent(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [width, first, blank] = args.bind(Callee::python("do_indent", &["s"]), ["width", "first", "blank"], 0)?;
        let first = first.as_ref().map_or(Ok(false), ops::truth)?;
        let blank = blank.as_ref().map_or(Ok(false), ops::truth)?;
        let indention = match width {
            Some(Py::Str(text) | Py::Markup(text)) => text.to_string(),
            Some(Py::Undefined(undefined)) => return Err(undefined.error()),
            Some(other) if number::integer(&other).is_none() => return Err(not_repeatable(&other)),
            other => {
                let width = other.as_ref().map_or(Ok(4), |w| index_argument(Some(w)))?.max(0) as usize;
                self.charge(width)?;
                " ".repeat(width)
            }
        };
        let Some(plain) = input.as_text().cloned() else {
            return Err(match input {
                Py::Undefined(undefined) => undefined.error(),
                // A list takes the characters, and only then turns out to be no text.
                Py::List(_) => failure(ErrorKind::Attribute, "'list' object has no attribute 'splitlines'"),
                Py::Tuple(_) => type_error("can only concatenate tuple (not \"str\") to tuple"),
                other => type_error(format!(
                    "unsupported operand type(s) for +=: '{}' and 'str'",
                    other.type_name()
                )),
            });
        };
        // One more line break, so that a trailing one counts as a line.
        let whole = format!("{plain}\n");
        let lines = pyvalue::text::split_lines(&whole, false);
        self.charge(plain.len().saturating_add(lines.len().saturating_mul(indention.len())))?;
        let mut out = String::new();
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                out.push('\n');
            }
            if (i > 0 && (blank || !line.is_empty())) || (i == 0 && first) {
                out.push_str(&indention);
            }
            out.push_str(line);
        }
        Ok(if matches!(input, Py::Markup(_)) {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }

    fn truncate(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [length, kill_words, end, leeway] = args.bind(
            Callee::python("do_truncate", &["env", "s"]),
            ["length", "killwords", "end", "leeway"],
            0,
        )?;
        let shown = length.as_ref().map_or(Ok("255".to_owned()), |l| self.repr(l))?;
        let end = match end {
            Some(Py::Undefined(undefined)) => return Err(undefined.error()),
            Some(end) => match end.as_text() {
                Some(end) => end.clone(),
                None => return Err(type_error(format!("object of type '{}' has no len()", end.type_name()))),
            },
            None => Str::from("..."),
        };
        let leeway = match leeway {
            None | Some(Py::None) => 5,
            Some(leeway) => index_argument(Some(&leeway))?,
        };
        let end_length = ops::char_count(&end) as i64;
        let length = match &length {
            None => 255,
            Some(Py::Undefined(undefined)) => return Err(undefined.error()),
            Some(length) if number::of(length).is_none() => return Err(not_ordered(">=", length, &Py::Int(0))),
            Some(length) => index_argument(Some(length))?,
        };
        if length < end_length {
            let message = format!("expected length >= {end_length}, got {shown}");
            return Err(failure(ErrorKind::Assertion, message));
        }
        if leeway < 0 {
            return Err(failure(
                ErrorKind::Assertion,
                format!("expected leeway >= 0, got {leeway}"),
            ));
        }
        let Some(plain) = input.as_text() else {
            return match ops::length(input) {
                Some(n) if n as i64 <= length + leeway => Ok(input.clone()),
                Some(_) => Err(type_error(format!(
                    "can only concatenate {0} to {0}",
                    input.type_name()
                ))),
                None => Err(match input {
                    Py::Undefined(undefined) => undefined.error(),
                    other => type_error(format!("object of type '{}' has no len()", other.type_name())),
                }),
            };
        };
        if ops::char_count(plain) as i64 <= length + leeway {
            return Ok(input.clone());
        }
        let cut: String = plain.chars().take((length - end_length) as usize).collect();
        let kept = if kill_words.as_ref().map_or(Ok(false), ops::truth)? {
            cut.as_str()
        } else {
            cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head)
        };
        let out = Str::from([kept, &*end].concat());
        Ok(if matches!(input, Py::Markup(_)) {
            Py::Markup(out)
        } else {
            Py::Str(out)
        })
    }

    fn word_wrap(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [width, break_long, wrap, break_hyphens] = args.bind(
            Callee::python("do_wordwrap", &["environment", "s"]),
            ["width", "break_long_words", "wrapstring", "break_on_hyphens"],
            0,
        )?;
        let break_long = break_long.as_ref().map_or(Ok(true), ops::truth)?;
        let break_hyphens = break_hyphens.as_ref().map_or(Ok(true), ops::truth)?;
        let wrap = match wrap {
            None | Some(Py::None) => Str::from("\n"),
            Some(wrap) => self.text(&wrap)?,
        };
        let Some(plain) = input.as_text().cloned() else {
            return Err(match input {
                Py::Undefined(undefined) => undefined.error(),
                other => failure(
                    ErrorKind::Attribute,
                    format!("'{}' object has no attribute 'splitlines'", other.type_name()),
                ),
            });
        };
        if plain.is_empty() {
            return Ok(Py::str(""));
        }
        let width = width.as_ref().map_or(Ok(79), |w| index_argument(Some(w)))?;
        if width <= 0 {
            return Err(value_error(format!("invalid width {width} (must be > 0)")));
        }
        let width = width as usize;
        self.charge(plain.len().saturating_mul(2))?;
        let mut lines = Vec::new();
        for line in pyvalue::text::split_lines(&plain, false) {
            lines.push(wrap_line(line, width, break_long, break_hyphens).join(&wrap));
        }
        let out = lines.join(&wrap);
        self.charge(out.len())?;
        Ok(Py::string(out))
    }

    fn url_encode(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::python("do_urlencode", &["value"]))?;
        let pairs = match input {
            Py::Undefined(undefined) if !undefined.lenient => return Err(undefined.error()),
            Py::Dict(mapping) => mapping.entries(),
            Py::List(_) | Py::Tuple(_) | Py::View(..) | Py::Iter(_) | Py::Range(_) => {
                let mut pairs = Vec::new();
                for item in self.iterate(input)? {
                    let parts = self.iterate(&item).map_err(|error| match item {
                        Py::Undefined(_) => error,
                        _ => type_error(format!("cannot unpack non-iterable {} object", item.type_name())),
                    })?;
                    let [key, value] = <[Py; 2]>::try_from(parts).map_err(|parts| {
                        value_error(format!("not enough values to unpack (expected 2, got {})", parts.len()))
                    })?;
                    pairs.push((key, value));
                }
                pairs
            }
            other => {
                let quoted = self.url_quote(other, false)?;
                return Ok(Py::string(quoted));
            }
        };
        let mut out = String::new();
        for (key, value) in pairs {
            if !out.is_empty() {
                out.push('&');
            }
            let (key, value) = (self.url_quote(&key, true)?, self.url_quote(&value, true)?);
            let _ = write!(out, "{key}={value}");
        }
        self.charge(out.len())?;
        Ok(Py::string(out))
    }

    /// Percent-encodes all but letters, digits, `_.-~` (and `/` outside of query strings, where blanks become `+`).
    fn url_quote(&mut self, value: &Py, in_query: bool) -> Result<String> {
        let text;
        let bytes: &[u8] = match value {
            Py::Bytes(bytes) => bytes,
            other => {
                text = self.text(other)?;
                text.as_bytes()
            }
        };
        let mut out = String::with_capacity(bytes.len());
        for b in bytes {
            match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => out.push(char::from(*b)),
                b'/' if !in_query => out.push('/'),
                b' ' if in_query => out.push('+'),
                b => {
                    let _ = write!(out, "%{b:02X}");
                }
            }
        }
        self.charge(out.len())?;
        Ok(out)
    }

    fn xml_attributes(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [autospace] = args.bind(Callee::python("do_xmlattr", &["eval_ctx", "d"]), ["autospace"], 0)?;
        let autospace = autospace.as_ref().map_or(Ok(true), ops::truth)?;
        let Py::Dict(mapping) = input else {
            return Err(match input {
                Py::Undefined(undefined) => undefined.error(),
                other => failure(
                    ErrorKind::Attribute,
                    format!("'{}' object has no attribute 'items'", other.type_name()),
                ),
            });
        };
        let mut out = String::new();
        for (key, value) in mapping.entries() {
            if matches!(value, Py::None | Py::Undefined(_)) {
                continue;
            }
            let Some(name) = key.as_text() else {
                return Err(type_error(format!(
                    "expected string or bytes-like object, got '{}'",
                    key.type_name()
                )));
            };
            if name.contains([' ', '\t', '\n', '\r', '\u{b}', '\u{c}', '/', '>', '=']) {
                let name = super::super::parser::quoted(name);
                return Err(value_error(format!("Invalid character in attribute name: {name}")));
            }
            if autospace || !out.is_empty() {
                out.push(' ');
            }
            text::write_escaped(name, &mut out);
            out.push_str("=\"");
            let shown = self.text(&value)?;
            if matches!(value, Py::Markup(_)) {
                out.push_str(&shown);
            } else {
                text::write_escaped(&shown, &mut out);
            }
            out.push('"');
        }
        self.charge(out.len())?;
        Ok(if self.autoescape {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }

    // JSON.

    fn tojson(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [indent] = args.bind(Callee::python("do_tojson", &["eval_ctx", "value"]), ["indent"], 0)?;
        let indent = match indent {
            None | Some(Py::None) => None,
            Some(Py::Str(text) | Py::Markup(text)) => Some(text.to_string()),
            Some(other) => {
                let width = index_argument(Some(&other))?.max(0) as usize;
                self.charge(width)?;
                Some(" ".repeat(width))
            }
        };
        let mut out = String::new();
        self.write_json(input, indent.as_deref(), 0, &mut out)?;
        let safe = out
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
            .replace('\'', "\\u0027");
        self.charge(safe.len())?;
        Ok(Py::Markup(Str::from(safe)))
    }

    fn write_json(&mut self, value: &Py, indent: Option<&str>, level: usize, out: &mut String) -> Result<()> {
        if level > text::MAX_DEPTH {
            return Err(recursion_error());
        }
        self.step()?;
        let indentation = indent.map_or(0, |indent| indent.len().saturating_mul(level + 1));
        if out.len().saturating_add(indentation) > self.remaining() {
            return Err(memory_error());
        }
        let new_line = |level: usize, out: &mut String| {
            if let Some(indent) = indent {
                out.push('\n');
                (0..level).for_each(|_| out.push_str(indent));
            }
        };
        let separate = |first: bool, out: &mut String| {
            if !first {
                out.push_str(if indent.is_some() { "," } else { ", " });
            }
            new_line(level + 1, out);
        };
        match value {
            Py::None => out.push_str("null"),
            Py::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Py::Int(n) => {
                let _ = write!(out, "{n}");
            }
            Py::Big(n) => out.push_str(&text::big_text(n)?),
            Py::Float(f) => out.push_str(&json::dumps(&Value::Float(*f))),
            Py::Str(s) | Py::Markup(s) => out.push_str(&json::dumps(&Value::Str(s.clone()))),
            Py::List(_) | Py::Tuple(_) => {
                let items = self.iterate(value)?;
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    separate(i == 0, out);
                    self.write_json(item, indent, level + 1, out)?;
                }
                if !items.is_empty() {
                    new_line(level, out);
                }
                out.push(']');
            }
            Py::Dict(mapping) => {
                let pairs = mapping
                    .entries()
                    .into_iter()
                    .map(|(k, v)| Py::tuple(vec![k, v]))
                    .collect();
                // Keys are compared as they are: text and numbers together fail.
                let pairs = self.sort_by(pairs, false, |_, pair| match pair {
                    Py::Tuple(pair) => Ok(pair.items[0].clone()),
                    _ => Ok(Py::None),
                })?;
                out.push('{');
                for (i, pair) in pairs.iter().enumerate() {
                    let Py::Tuple(pair) = pair else { continue };
                    separate(i == 0, out);
                    let key = json_key(&pair.items[0])?;
                    out.push_str(&json::dumps(&Value::Str(key)));
                    out.push_str(": ");
                    self.write_json(&pair.items[1], indent, level + 1, out)?;
                }
                if !pairs.is_empty() {
                    new_line(level, out);
                }
                out.push('}');
            }
            other => {
                return Err(type_error(format!(
                    "Object of type {} is not JSON serializable",
                    other.type_name()
                )));
            }
        }
        if out.len() > self.remaining() {
            return Err(super::super::errors::memory_error());
        }
        Ok(())
    }

    /// Python's `pprint`: one line where it fits into 80 columns, else one item per line.
    fn pretty(&mut self, value: &Py, indent: usize, allowance: usize, depth: usize, out: &mut String) -> Result<()> {
        if depth > text::MAX_DEPTH {
            return Err(recursion_error());
        }
        let plain = self.pretty_line(value, depth)?;
        if ops::char_count(&plain) + indent + allowance <= 80 {
            out.push_str(&plain);
            return Ok(());
        }
        let (open, close, items): (&str, &str, Vec<(Option<Py>, Py)>) = match value {
            Py::Dict(mapping) => (
                "{",
                "}",
                sorted_entries(mapping.entries())
                    .into_iter()
                    .map(|(k, v)| (Some(k), v))
                    .collect(),
            ),
            Py::List(list) => ("[", "]", list.items().into_iter().map(|v| (None, v)).collect()),
            Py::Tuple(tuple) => {
                let close = if tuple.items.len() == 1 { ",)" } else { ")" };
                ("(", close, tuple.items.iter().map(|v| (None, v.clone())).collect())
            }
            _ => {
                out.push_str(&plain);
                return Ok(());
            }
        };
        out.push_str(open);
        let last = items.len().saturating_sub(1);
        for (i, (key, item)) in items.into_iter().enumerate() {
            if i > 0 {
                out.push_str(",\n");
                if out.len() + indent > self.remaining() {
                    return Err(memory_error());
                }
                out.extend(std::iter::repeat_n(' ', indent + 1));
            }
            let mut column = indent + 1;
            if let Some(key) = key {
                let key = self.repr(&key)?;
                column += ops::char_count(&key) + 2;
                out.push_str(&key);
                out.push_str(": ");
            }
            let allowance = if i == last { allowance + close.len() } else { 1 };
            self.pretty(&item, column, allowance, depth + 1, out)?;
        }
        out.push_str(close);
        Ok(())
    }

    /// As `repr`, with the keys of mappings sorted.
    fn pretty_line(&mut self, value: &Py, depth: usize) -> Result<String> {
        if depth > text::MAX_DEPTH {
            return Err(recursion_error());
        }
        let (open, close, items) = match value {
            Py::Dict(mapping) => {
                let mut parts = Vec::new();
                for (key, item) in sorted_entries(mapping.entries()) {
                    parts.push(format!("{}: {}", self.repr(&key)?, self.pretty_line(&item, depth + 1)?));
                }
                ("{", "}", parts)
            }
            Py::List(list) => {
                let parts = list
                    .items()
                    .iter()
                    .map(|item| self.pretty_line(item, depth + 1))
                    .collect::<Result<_>>()?;
                ("[", "]", parts)
            }
            Py::Tuple(tuple) => {
                let parts = tuple
                    .items
                    .iter()
                    .map(|item| self.pretty_line(item, depth + 1))
                    .collect::<Result<_>>()?;
                ("(", if tuple.items.len() == 1 { ",)" } else { ")" }, parts)
            }
            other => return self.repr(other),
        };
        let line = format!("{open}{}{close}", items.join(", "));
        self.charge(line.len())?;
        Ok(line)
    }
}

/// Entries in the order of their keys; keys of different types by the name of their type.
fn sorted_entries(mut entries: Vec<(Py, Py)>) -> Vec<(Py, Py)> {
    let rank = |key: &Py| key.as_text().map(|s| s.to_string());
    if entries.iter().all(|(k, _)| k.as_text().is_some()) {
        entries.sort_by_key(|(k, _)| rank(k));
    }
    entries
}

/// Capital letters at the start of the text and after `-`, white space and opening brackets.
fn title(text: &str) -> String {
    let splits = |c: char| c == '-' || is_space(c) || matches!(c, '(' | '{' | '[' | '<');
    let mut out = String::with_capacity(text.len());
    let mut at_start = true;
    for c in text.chars() {
        if splits(c) {
            out.push(c);
            at_start = true;
        } else if at_start {
            out.extend(c.to_uppercase());
            at_start = false;
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Python's `textwrap.wrap` of one line: white space is dropped at the edges of lines only.
fn wrap_line(line: &str, width: usize, break_long: bool, break_hyphens: bool) -> Vec<String> {
    let mut chunks: Vec<String> = split_chunks(line, break_hyphens);
    chunks.reverse();
    let blank = |chunk: &String| chunk.chars().all(is_space);
    let mut lines: Vec<String> = Vec::new();
    while !chunks.is_empty() {
        if chunks.last().is_some_and(&blank) && !lines.is_empty() {
            chunks.pop();
        }
        let (mut current, mut length): (Vec<String>, usize) = (Vec::new(), 0);
        while let Some(chunk) = chunks.pop() {
            let size = chunk.chars().count();
            if length + size <= width {
                length += size;
                current.push(chunk);
            } else {
                chunks.push(chunk);
                break;
            }
        }
        if let Some(chunk) = chunks.pop() {
            if chunk.chars().count() <= width {
                chunks.push(chunk);
            } else if break_long {
                // At least one character moves, or the loop would not end.
                let mut room = width.saturating_sub(length);
                if width < 1 {
                    room = 1;
                }
                if room == 0 {
                    // The empty piece saves a blank before it from being dropped.
                    chunks.push(chunk);
                    current.push(String::new());
                } else {
                    let mut at = chunk.char_indices().nth(room).map_or(chunk.len(), |(i, _)| i);
                    if break_hyphens {
                        let head = &chunk[..at];
                        if let Some(hyphen) = head
                            .rfind('-')
                            .filter(|h| *h > 0 && head[..*h].chars().any(|c| c != '-'))
                        {
                            at = hyphen + 1;
                        }
                    }
                    current.push(chunk[..at].to_owned());
                    chunks.push(chunk[at..].to_owned());
                }
            } else if current.is_empty() {
                current.push(chunk);
            } else {
                chunks.push(chunk);
            }
        }
        if current.last().is_some_and(&blank) {
            current.pop();
        }
        if !current.is_empty() {
            lines.push(current.concat());
        }
    }
    lines
}

/// Words, runs of white space, and parts of words after hyphens between letters or around dashes.
fn split_chunks(line: &str, break_hyphens: bool) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(|c| c.is_alphabetic() || *c == '_');
    let mut chunks = Vec::new();
    let mut current = String::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        let starts_space = is_space(c);
        let was_space = current.chars().next().is_some_and(is_space);
        if !current.is_empty() && starts_space != was_space {
            chunks.push(std::mem::take(&mut current));
        }
        if break_hyphens && c == '-' && chars.get(i + 1) == Some(&'-') {
            let run = chars[i..].iter().take_while(|c| **c == '-').count();
            let word = |i: usize| {
                chars
                    .get(i)
                    .is_some_and(|c| c.is_alphanumeric() || "_!\"'&.,?".contains(*c))
            };
            if i > 0 && word(i - 1) && chars.get(i + run).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                if !current.is_empty() {
                    chunks.push(std::mem::take(&mut current));
                }
                chunks.push("-".repeat(run));
            } else {
                current.extend(std::iter::repeat_n('-', run));
            }
            i += run;
            continue;
        }
        current.push(c);
        if break_hyphens && c == '-' && i > 0 {
            let before = (i >= 2 && letter(i - 1) && letter(i - 2))
                || (i >= 3 && letter(i - 1) && chars[i - 2] == '-' && letter(i - 3));
            let after = letter(i + 1) && (letter(i + 2) || (chars.get(i + 2) == Some(&'-') && letter(i + 3)));
            if before && after {
                chunks.push(std::mem::take(&mut current));
            }
        }
        i += 1;
    }
    if !current.is_empty() {
        chunks.push(current);
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_wrap_as_in_python() {
        let wrapped = |text: &str, width| wrap_line(text, width, true, true);
        assert_eq!(wrapped("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrapped("abcdefghijkl mn", 5), ["abcde", "fghij", "kl mn"]);
        assert_eq!(wrapped("well-known state", 7), ["well-", "known", "state"]);
        assert_eq!(wrap_line("abcdefgh ij", 5, false, true), ["abcdefgh", "ij"]);
    }

    #[test]
    fn titles() {
        assert_eq!(title("hello wORLD (foo)-bar"), "Hello World (Foo)-Bar");
        assert_eq!(title("they're A,b"), "They're A,b");
    }
}
