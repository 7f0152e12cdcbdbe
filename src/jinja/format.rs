//! Python's two ways of formatting: `%` and `str.format` with its format specifications.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _};

use super::arguments::CallArgs;
use super::errors::{Result, failure, memory_error, type_error, value_error};
use super::eval::Vm;
use super::key::Key;
use super::number::{self, Number};
use super::text;
use super::value::Py;
use mistral_expr::ErrorKind;
use pyvalue::python;
use pyvalue::value::Str;

/// Widths and precisions past this are refused: nobody means them.
const MAX_WIDTH: usize = 100_000;

/// A parsed `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
#[derive(Clone, Debug, Default)]
struct Spec {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

impl Spec {
    fn parse(text: &str) -> Result<Spec> {
        let chars: Vec<char> = text.chars().collect();
        let is_align = |c: char| matches!(c, '<' | '>' | '=' | '^');
        let mut spec = Spec::default();
        let mut at = 0;
        if chars.len() > 1 && is_align(chars[1]) {
            spec.fill = Some(chars[0]);
            spec.align = Some(chars[1]);
            at = 2;
        } else if chars.first().is_some_and(|c| is_align(*c)) {
            spec.align = Some(chars[0]);
            at = 1;
        }
        if let Some(c @ ('+' | '-' | ' ')) = chars.get(at) {
            spec.sign = Some(*c);
            at += 1;
        }
        if chars.get(at) == Some(&'z') {
            at += 1;
        }
        if chars.get(at) == Some(&'#') {
            spec.alternate = true;
            at += 1;
        }
        if chars.get(at) == Some(&'0') && spec.fill.is_none() {
            spec.zero = true;
            at += 1;
        }
        spec.width = digits(&chars, &mut at)?.unwrap_or(0);
        if let Some(c @ (',' | '_')) = chars.get(at) {
            spec.grouping = Some(*c);
            at += 1;
        }
        if chars.get(at) == Some(&'.') {
            at += 1;
            spec.precision =
                Some(digits(&chars, &mut at)?.ok_or_else(|| value_error("Format specifier missing precision"))?);
        }
        if let Some(c) = chars.get(at) {
            spec.kind = Some(*c);
            at += 1;
        }
        if at < chars.len() {
            return Err(value_error("Invalid format specifier"));
        }
        Ok(spec)
    }

    /// Pads to the width. `=` pads between the sign and the digits.
    fn pad(&self, sign: &str, body: &str, default: char) -> String {
        let zero_align = self.zero && self.align.is_none();
        let align = self
            .align
            .unwrap_or(if zero_align && default == '>' { '=' } else { default });
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        let length = sign.chars().count() + body.chars().count();
        let missing = self.width.saturating_sub(length);
        let run = |n: usize| std::iter::repeat_n(fill, n).collect::<String>();
        match align {
            '<' => format!("{sign}{body}{}", run(missing)),
            '^' => format!("{}{sign}{body}{}", run(missing / 2), run(missing - missing / 2)),
            '=' => format!("{sign}{}{body}", run(missing)),
            _ => format!("{}{sign}{body}", run(missing)),
        }
    }

    fn sign_of(&self, negative: bool) -> &'static str {
        match (negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            _ => "",
        }
    }
}

fn digits(chars: &[char], at: &mut usize) -> Result<Option<usize>> {
    let start = *at;
    let mut number = 0usize;
    while let Some(digit) = chars.get(*at).and_then(|c| c.to_digit(10)) {
        number = number.saturating_mul(10).saturating_add(digit as usize);
        *at += 1;
    }
    if number > MAX_WIDTH {
        return Err(value_error("Too many decimal digits in format string"));
    }
    Ok((*at > start).then_some(number))
}

/// Digits in groups, from the right; padded with zeros to the width where asked for.
fn grouped(digits: &str, separator: char, size: usize, width: usize) -> String {
    let mut padded = digits.to_owned();
    let grouped_length = |n: usize| n + (n.max(1) - 1) / size;
    while grouped_length(padded.len()) < width {
        padded.insert(0, '0');
    }
    let mut out = String::new();
    for (i, c) in padded.chars().enumerate() {
        if i > 0 && (padded.len() - i).is_multiple_of(size) {
            out.push(separator);
        }
        out.push(c);
    }
    out
}

impl Vm<'_> {
    /// `format(value, spec)`.
    fn format_value(&mut self, value: &Py, spec: &str) -> Result<String> {
        if spec.is_empty() {
            return Ok(self.text(value)?.to_string());
        }
        match value {
            Py::Str(s) | Py::Markup(s) => format_text(s, &Spec::parse(spec)?),
            Py::Bool(_) | Py::Int(_) | Py::Big(_) => {
                format_integer(&number::integer(value).unwrap_or_default(), &Spec::parse(spec)?)
            }
            Py::Float(f) => format_float(*f, &Spec::parse(spec)?),
            other => Err(type_error(format!(
                "unsupported format string passed to {}.__format__",
                other.type_name()
            ))),
        }
    }

    /// `text.format(*args, **named)` with the sandbox's attribute access.
    pub(crate) fn format_text(&mut self, template: &str, args: &CallArgs, escape: bool) -> Result<String> {
        let mut automatic = Some(0);
        self.format_fields(template, args, &mut automatic, escape, 2)
    }

    fn format_fields(
        &mut self,
        template: &str,
        args: &CallArgs,
        automatic: &mut Option<usize>,
        escape: bool,
        depth: usize,
    ) -> Result<String> {
        if depth == 0 {
            return Err(value_error("Max string recursion exceeded"));
        }
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            let after = &rest[at + 1..];
            if let Some(doubled) = after.strip_prefix(brace) {
                out.push_str(brace);
                rest = doubled;
                continue;
            }
            if brace == "}" {
                return Err(value_error("Single '}' encountered in format string"));
            }
            if after.is_empty() {
                return Err(value_error("Single '{' encountered in format string"));
            }
            let end = field_end(after).ok_or_else(|| value_error("expected '}' before end of string"))?;
            let field = Field::parse(&after[..end])?;
            rest = &after[end + 1..];
            let value = self.field_value(field.name, args, automatic)?;
            let value = match field.conversion {
                None => value,
                Some("s") => Py::Str(self.text(&value)?),
                Some("r") => Py::string(self.repr(&value)?),
                Some("a") => Py::string(ascii(&self.repr(&value)?)),
                Some(other) => return Err(value_error(format!("Unknown conversion specifier {other}"))),
            };
            let spec = if field.spec.contains('{') {
                self.format_fields(field.spec, args, automatic, false, depth - 1)?
            } else {
                field.spec.to_owned()
            };
            let text = self.format_value(&value, &spec)?;
            self.charge(text.len())?;
            if escape && !matches!(value, Py::Markup(_)) {
                text::write_escaped(&text, &mut out);
            } else {
                out.push_str(&text);
            }
        }
        out.push_str(rest);
        self.charge(out.len())?;
        Ok(out)
    }

    fn field_value(&mut self, name: &str, args: &CallArgs, automatic: &mut Option<usize>) -> Result<Py> {
        let first_end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(first_end);
        let index = if first.is_empty() {
            let Some(next) = automatic.as_mut() else {
                return Err(value_error(
                    "cannot switch from manual field specification to automatic field numbering",
                ));
            };
            *next += 1;
            Some(*next - 1)
        } else if first.bytes().all(|b| b.is_ascii_digit()) {
            if automatic.is_some_and(|n| n > 0) {
                return Err(value_error(
                    "cannot switch from automatic field numbering to manual field specification",
                ));
            }
            *automatic = None;
            Some(
                first
                    .parse()
                    .map_err(|_| value_error("Too many decimal digits in format string"))?,
            )
        } else {
            None
        };
        let mut value = match index {
            Some(index) => (args.positional.get(index).cloned())
                .ok_or_else(|| failure(ErrorKind::Index, "tuple index out of range"))?,
            None => match args.named.iter().find(|(n, _)| **n == *first) {
                Some((_, value)) => value.clone(),
                None => return Err(failure(ErrorKind::Key, super::parser::quoted(first))),
            },
        };
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                if end == 0 {
                    return Err(value_error("Empty attribute in format string"));
                }
                value = self.attribute(&value, &after[..end])?;
                rest = &after[end..];
            } else if let Some(after) = rest.strip_prefix('[') {
                let Some(end) = after.find(']') else {
                    return Err(value_error("Missing ']' in format string"));
                };
                let index = &after[..end];
                let index = match index.parse::<i64>() {
                    Ok(n) if index.bytes().all(|b| b.is_ascii_digit()) => Py::Int(n),
                    _ if index.is_empty() => return Err(value_error("Empty attribute in format string")),
                    _ => Py::str(index),
                };
                value = self.item(&value, &index)?;
                rest = &after[end + 1..];
            } else {
                return Err(value_error("Only '.' or '[' may follow ']' in format field specifier"));
            }
        }
        Ok(value)
    }

    /// `template % argument`.
    pub(crate) fn percent_format(&mut self, template: &Py, argument: &Py) -> Result<Py> {
        let escape = matches!(template, Py::Markup(_));
        let Some(text) = template.as_text().cloned() else {
            return Err(memory_error());
        };
        let tuple = match argument {
            Py::Tuple(tuple) => Some(tuple.items.clone()),
            _ => None,
        };
        let single = [argument.clone()];
        let values: &[Py] = tuple.as_deref().unwrap_or(&single);
        let mut used = 0;
        let mut out = String::new();
        let chars: Vec<char> = text.chars().collect();
        self.charge(chars.len() * 4)?;
        let mut at = 0;
        while at < chars.len() {
            if chars[at] != '%' {
                out.push(chars[at]);
                at += 1;
                continue;
            }
            at += 1;
            if chars.get(at) == Some(&'%') {
                out.push('%');
                at += 1;
                continue;
            }
            let directive = Directive::parse(&chars, &mut at, values, &mut used)?;
            let value = match &directive.key {
                Some(key) => {
                    let mapping = match argument {
                        Py::Dict(mapping) => mapping,
                        Py::Undefined(undefined) => return Err(undefined.error()),
                        _ => return Err(type_error("format requires a mapping")),
                    };
                    used = values.len();
                    match mapping.get(&Key::text(Str::from(key.as_str()))) {
                        Some(value) => value,
                        None => return Err(failure(ErrorKind::Key, super::parser::quoted(key))),
                    }
                }
                None => {
                    let value = values
                        .get(used)
                        .cloned()
                        .ok_or_else(|| type_error("not enough arguments for format string"))?;
                    used += 1;
                    value
                }
            };
            let text = self.percent_directive(&directive, &value, escape)?;
            self.charge(text.len())?;
            out.push_str(&text);
        }
        // What can be subscripted passes for a mapping, whose members need not all be used.
        let mapping = matches!(
            argument,
            Py::Dict(_) | Py::List(_) | Py::Range(_) | Py::Bytes(_) | Py::Undefined(_)
        );
        if used < values.len() && (tuple.is_some() || !mapping) {
            return Err(type_error("not all arguments converted during string formatting"));
        }
        Ok(if escape {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }

    fn percent_directive(&mut self, directive: &Directive, value: &Py, escape: bool) -> Result<String> {
        let spec = Spec {
            fill: None,
            align: if directive.left { Some('<') } else { None },
            sign: directive.sign,
            alternate: directive.alternate,
            zero: directive.zero && !directive.left,
            width: directive.width,
            grouping: None,
            precision: directive.precision,
            kind: None,
        };
        match directive.kind {
            's' | 'r' | 'a' => {
                let shown = match directive.kind {
                    's' => self.text(value)?.to_string(),
                    'r' => self.repr(value)?,
                    _ => ascii(&self.repr(value)?),
                };
                let shown = if escape && !matches!(value, Py::Markup(_)) {
                    text::escaped(&shown)
                } else {
                    shown
                };
                let cut: String = match directive.precision {
                    Some(n) => shown.chars().take(n).collect(),
                    None => shown,
                };
                Ok(Spec { zero: false, ..spec }.pad("", &cut, '>'))
            }
            'c' => {
                let c = match value {
                    Py::Str(s) if s.chars().count() == 1 => s.chars().next(),
                    other => match number::integer(other) {
                        Some(n) => Some(
                            n.to_u32()
                                .and_then(char::from_u32)
                                .ok_or_else(|| failure(ErrorKind::Overflow, "%c arg not in range(0x110000)"))?,
                        ),
                        None => None,
                    },
                };
                match c {
                    Some(c) => Ok(Spec { zero: false, ..spec }.pad("", c.encode_utf8(&mut [0; 4]), '>')),
                    None => Err(type_error("%c requires int or char")),
                }
            }
            'd' | 'i' | 'u' => {
                let n = match value {
                    Py::Float(f) => number::integer(&number::truncate(*f)?),
                    other => number::integer(other),
                };
                let Some(n) = n else {
                    return Err(match value {
                        Py::Undefined(undefined) => undefined.error(),
                        other => number_required(directive.kind, other, "a real number"),
                    });
                };
                integer_digits(&n, 10, false, &spec, "")
            }
            'x' | 'X' | 'o' => {
                let Some(n) = number::integer(value) else {
                    return Err(number_required(directive.kind, value, "an integer"));
                };
                let (radix, prefix) = match directive.kind {
                    'x' => (16, "0x"),
                    'X' => (16, "0X"),
                    _ => (8, "0o"),
                };
                let prefix = if spec.alternate { prefix } else { "" };
                integer_digits(&n, radix, directive.kind == 'X', &spec, prefix)
            }
            kind if !"eEfFgG".contains(kind) => Err(value_error(format!(
                "unsupported format character '{kind}' ({:#x}) at index {}",
                kind as u32, directive.at
            ))),
            kind => {
                if let Py::Undefined(undefined) = value {
                    return Err(undefined.error());
                }
                let Some(n) = number::of(value) else {
                    return Err(type_error(format!("must be real number, not {}", value.type_name())));
                };
                format_float(
                    n.to_float()?,
                    &Spec {
                        kind: Some(kind),
                        precision: spec.precision.or(Some(6)),
                        ..spec
                    },
                )
            }
        }
    }
}

fn number_required(kind: char, value: &Py, what: &str) -> mistral_expr::Error {
    type_error(format!("%{kind} format: {what} is required, not {}", value.type_name()))
}

/// One `%…` directive.
struct Directive {
    key: Option<String>,
    left: bool,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
    kind: char,
    /// Where the type stands in the template.
    at: usize,
}

impl Directive {
    fn parse(chars: &[char], at: &mut usize, values: &[Py], used: &mut usize) -> Result<Directive> {
        let incomplete = || value_error("incomplete format");
        let mut directive = Directive {
            key: None,
            left: false,
            sign: None,
            alternate: false,
            zero: false,
            width: 0,
            precision: None,
            kind: 's',
            at: 0,
        };
        if chars.get(*at) == Some(&'(') {
            let mut depth = 0;
            let start = *at + 1;
            loop {
                match chars.get(*at) {
                    Some('(') => depth += 1,
                    Some(')') => depth -= 1,
                    Some(_) => {}
                    None => return Err(value_error("incomplete format key")),
                }
                *at += 1;
                if depth == 0 {
                    break;
                }
            }
            directive.key = Some(chars[start..*at - 1].iter().collect());
        }
        while let Some(c) = chars.get(*at) {
            match c {
                '-' => directive.left = true,
                '+' => directive.sign = Some('+'),
                ' ' if directive.sign.is_none() => directive.sign = Some(' '),
                ' ' => {}
                '#' => directive.alternate = true,
                '0' => directive.zero = true,
                _ => break,
            }
            *at += 1;
        }
        let mut star = |at: &mut usize| -> Result<Option<i64>> {
            if chars.get(*at) != Some(&'*') {
                return Ok(None);
            }
            *at += 1;
            let value = values
                .get(*used)
                .ok_or_else(|| type_error("not enough arguments for format string"))?;
            *used += 1;
            match value {
                Py::Int(n) if n.unsigned_abs() <= MAX_WIDTH as u64 => Ok(Some(*n)),
                Py::Int(_) | Py::Big(_) => Err(failure(
                    ErrorKind::Overflow,
                    "Python int too large to convert to C ssize_t",
                )),
                _ => Err(type_error("* wants int")),
            }
        };
        match star(at)? {
            Some(width) => {
                directive.left |= width < 0;
                directive.width = width.unsigned_abs() as usize;
            }
            None => directive.width = digits(chars, at)?.unwrap_or(0),
        }
        if chars.get(*at) == Some(&'.') {
            *at += 1;
            directive.precision = Some(match star(at)? {
                Some(precision) => precision.max(0) as usize,
                None => digits(chars, at)?.unwrap_or(0),
            });
        }
        while matches!(chars.get(*at), Some('h' | 'l' | 'L')) {
            *at += 1;
        }
        let kind = *chars.get(*at).ok_or_else(incomplete)?;
        directive.kind = kind;
        directive.at = *at;
        *at += 1;
        Ok(directive)
    }
}

/// Where a replacement field ends: braces nest inside its format specification.
fn field_end(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut in_index = false;
    for (i, c) in text.char_indices() {
        match c {
            '[' => in_index = true,
            ']' => in_index = false,
            '{' if !in_index => depth += 1,
            '}' if !in_index && depth == 0 => return Some(i),
            '}' if !in_index => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `name!conversion:spec`
struct Field<'a> {
    name: &'a str,
    conversion: Option<&'a str>,
    spec: &'a str,
}

impl Field<'_> {
    fn parse(text: &str) -> Result<Field<'_>> {
        let mut in_index = false;
        let end = text.char_indices().find(|(_, c)| {
            match c {
                '[' => in_index = true,
                ']' => in_index = false,
                _ => {}
            }
            !in_index && matches!(c, '!' | ':')
        });
        let Some((at, mark)) = end else {
            return Ok(Field {
                name: text,
                conversion: None,
                spec: "",
            });
        };
        let (name, after) = (&text[..at], &text[at + 1..]);
        if name.contains('{') {
            return Err(value_error("unexpected '{' in field name"));
        }
        if mark == ':' {
            return Ok(Field {
                name,
                conversion: None,
                spec: after,
            });
        }
        let length = after.chars().next().map_or(0, char::len_utf8);
        let (conversion, rest) = after.split_at(length);
        if conversion.is_empty() {
            return Err(value_error("end of string while looking for conversion specifier"));
        }
        match rest.strip_prefix(':') {
            Some(spec) => Ok(Field {
                name,
                conversion: Some(conversion),
                spec,
            }),
            None if rest.is_empty() => Ok(Field {
                name,
                conversion: Some(conversion),
                spec: "",
            }),
            None => Err(value_error("expected ':' after conversion specifier")),
        }
    }
}

fn format_text(s: &str, spec: &Spec) -> Result<String> {
    if let Some(kind) = spec.kind.filter(|k| *k != 's') {
        return Err(value_error(format!(
            "Unknown format code '{kind}' for object of type 'str'"
        )));
    }
    if spec.sign.is_some() {
        return Err(value_error("Sign not allowed in string format specifier"));
    }
    if spec.align == Some('=') {
        return Err(value_error("'=' alignment not allowed in string format specifier"));
    }
    if let Some(separator) = spec.grouping {
        return Err(value_error(format!("Cannot specify '{separator}' with 's'.")));
    }
    let cut: String = match spec.precision {
        Some(n) => s.chars().take(n).collect(),
        None => s.to_owned(),
    };
    Ok(spec.pad("", &cut, '<'))
}

fn format_integer(n: &BigInt, spec: &Spec) -> Result<String> {
    let prefix = |p: &'static str| if spec.alternate { p } else { "" };
    if spec.precision.is_some() && !matches!(spec.kind, Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%')) {
        return Err(value_error("Precision not allowed in integer format specifier"));
    }
    Ok(match spec.kind {
        None | Some('d' | 'n') => integer_digits(n, 10, false, spec, "")?,
        Some('b') => integer_digits(n, 2, false, spec, prefix("0b"))?,
        Some('o') => integer_digits(n, 8, false, spec, prefix("0o"))?,
        Some('x') => integer_digits(n, 16, false, spec, prefix("0x"))?,
        Some('X') => integer_digits(n, 16, true, spec, prefix("0X"))?,
        Some('c') => {
            let c = n.to_u32().and_then(char::from_u32);
            let c = c.ok_or_else(|| failure(ErrorKind::Overflow, "%c arg not in range(0x110000)"))?;
            spec.pad("", c.encode_utf8(&mut [0; 4]), '<')
        }
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => {
            return format_float(Number::integer(n.clone()).to_float()?, spec);
        }
        Some(kind) => {
            return Err(value_error(format!(
                "Unknown format code '{kind}' for object of type 'int'"
            )));
        }
    })
}

fn integer_digits(n: &BigInt, radix: u32, upper: bool, spec: &Spec, prefix: &str) -> Result<String> {
    let mut digits = if radix == 10 {
        text::big_text(&n.abs())?
    } else {
        n.abs().to_str_radix(radix)
    };
    if upper {
        digits = digits.to_uppercase();
    }
    // `%.5d` pads with zeros.
    if let Some(precision) = spec.precision {
        digits = format!("{digits:0>precision$}");
    }
    let sign = format!("{}{prefix}", spec.sign_of(n.is_negative()));
    if let Some(separator) = spec.grouping {
        let size = if radix == 10 { 3 } else { 4 };
        let width = if spec.zero {
            spec.width.saturating_sub(sign.len())
        } else {
            0
        };
        digits = grouped(&digits, separator, size, width);
    }
    Ok(spec.pad(&sign, &digits, '>'))
}

fn format_float(f: f64, spec: &Spec) -> Result<String> {
    let kind = spec.kind.unwrap_or('\0');
    if !matches!(kind, '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') {
        return Err(value_error(format!(
            "Unknown format code '{kind}' for object of type 'float'"
        )));
    }
    let sign = spec.sign_of(f.is_sign_negative() && !f.is_nan());
    let magnitude = f.abs();
    if !f.is_finite() {
        let mut word = if f.is_nan() { "nan" } else { "inf" }.to_owned();
        if kind.is_ascii_uppercase() {
            word = word.to_uppercase();
        }
        if kind == '%' {
            word.push('%');
        }
        return Ok(Spec {
            zero: false,
            ..spec.clone()
        }
        .pad(sign, &word, '>'));
    }
    let precision = spec.precision.unwrap_or(6);
    let body = match kind.to_ascii_lowercase() {
        'f' => fixed(magnitude, precision, spec.alternate),
        'e' => exponent(magnitude, precision, spec.alternate),
        'g' | 'n' => general(magnitude, precision, spec.alternate, false),
        '%' => format!("{}%", fixed(magnitude * 100.0, precision, spec.alternate)),
        _ => match spec.precision {
            Some(precision) => general(magnitude, precision, spec.alternate, true),
            None => {
                let mut text = String::new();
                python::write_float(magnitude, &mut text);
                text
            }
        },
    };
    let mut body = if kind.is_ascii_uppercase() {
        body.to_uppercase()
    } else {
        body
    };
    if let Some(separator) = spec.grouping {
        let end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
        let tail = body.split_off(end);
        let width = if spec.zero {
            spec.width.saturating_sub(sign.len() + tail.len())
        } else {
            0
        };
        body = grouped(&body, separator, 3, width) + &tail;
    }
    Ok(spec.pad(sign, &body, '>'))
}

fn fixed(f: f64, precision: usize, alternate: bool) -> String {
    let mut text = format!("{f:.precision$}");
    if alternate && precision == 0 {
        text.push('.');
    }
    text
}

/// `1.5e+03`
fn exponent(f: f64, precision: usize, alternate: bool) -> String {
    let text = format!("{f:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |d| ('-', d));
    let dot = if alternate && precision == 0 { "." } else { "" };
    format!("{mantissa}{dot}e{sign}{digits:0>2}")
}

/// `%g`: fixed or exponent, whichever is shorter. `keep_float`: a fixed form gets at least one decimal.
fn general(f: f64, precision: usize, alternate: bool, keep_float: bool) -> String {
    let precision = precision.max(1);
    let scientific = exponent(f, precision - 1, false);
    let (mantissa, power) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i64 = power.parse().unwrap_or(0);
    let limit = if keep_float {
        precision as i64 - 1
    } else {
        precision as i64
    };
    let strip = |text: &str| {
        if alternate || !text.contains('.') {
            text.to_owned()
        } else {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    };
    if (-4..limit).contains(&power) {
        let decimals = (precision as i64 - 1 - power).max(0) as usize;
        let text = strip(&format!("{f:.decimals$}"));
        return if keep_float && !text.contains('.') {
            format!("{text}.0")
        } else {
            text
        };
    }
    let sign = if power < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", strip(mantissa), power.abs())
}

/// Python's `ascii()`: everything past ASCII escaped.
fn ascii(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let n = c as u32;
        let _ = match n {
            0..=0x7f => out.write_char(c),
            0x80..=0xff => write!(out, "\\x{n:02x}"),
            0x100..=0xffff => write!(out, "\\u{n:04x}"),
            _ => write!(out, "\\U{n:08x}"),
        };
    }
    out
}
