//! Methods of text, as Python has them.

use super::arguments::{CallArgs, Callee};
use super::errors::{Result, failure, type_error, value_error};
use super::eval::Vm;
use super::key::{Key, Map};
use super::methods::index_argument;
use super::number;
use super::ops;
use super::text;
use super::value::Py;
use mistral_expr::ErrorKind;
use pyvalue::chars::is_space;
use pyvalue::text::{byte_at, change_case, check, expand_tabs, split_lines, split_space};
use pyvalue::value::Str;

pub(super) const METHODS: [&str; 47] = [
    "capitalize",
    "casefold",
    "center",
    "count",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "format",
    "format_map",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isprintable",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "maketrans",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
];

impl Vm<'_> {
    pub(crate) fn string_method(&mut self, s: &Str, markup: bool, name: &str, args: CallArgs) -> Result<Py> {
        let same = |text: String| {
            if markup {
                Py::Markup(Str::from(text))
            } else {
                Py::string(text)
            }
        };
        self.charge(s.len())?;
        match name {
            "format" => self.format_text(s, &args, markup).map(same),
            "format_map" => self.format_map(s, args, markup).map(same),
            "join" => {
                let [items] = args.bind(Callee::method("str", "join"), [""], 1)?;
                self.join_method(s, markup, &items.unwrap_or(Py::None))
            }
            "split" | "rsplit" => self.split(s, name == "rsplit", args, &same),
            "splitlines" => {
                let [keep] = args.bind(Callee::keywords(name), ["keepends"], 0)?;
                let keep = index_argument(keep.as_ref())? != 0;
                Ok(Py::list(
                    split_lines(s, keep).into_iter().map(|l| same(l.to_owned())).collect(),
                ))
            }
            "partition" | "rpartition" => {
                let [separator] = args.bind(Callee::method("str", name), [""], 1)?;
                let separator = text_argument(separator)?;
                if separator.is_empty() {
                    return Err(value_error("empty separator"));
                }
                let found = if name == "partition" {
                    s.find(&*separator)
                } else {
                    s.rfind(&*separator)
                };
                let parts = match found {
                    Some(at) => [&s[..at], &*separator, &s[at + separator.len()..]],
                    None if name == "partition" => [&**s, "", ""],
                    None => ["", "", &**s],
                };
                Ok(Py::tuple(parts.into_iter().map(|p| same(p.to_owned())).collect()))
            }
            "find" | "rfind" | "index" | "rindex" | "count" | "startswith" | "endswith" => self.search(s, name, args),
            "replace" => {
                let [old, new, count] = args.bind(Callee::positional("str", "replace"), ["", "", ""], 2)?;
                let refused =
                    |place: u8| move |other: &str| format!("replace() argument {place} must be str, not {other}");
                let (mut old, mut new) = (text_or(old, refused(1))?, text_or(new, refused(2))?);
                if markup {
                    old = Str::from(text::escaped(&old));
                    new = Str::from(text::escaped(&new));
                }
                let count = count.as_ref().map_or(Ok(-1), |c| index_argument(Some(c)))?;
                self.replace(s, &old, &new, count).map(same)
            }
            "encode" => {
                let [encoding, errors] = args.bind(Callee::keywords("encode"), ["encoding", "errors"], 0)?;
                let refused = |name: &'static str| {
                    move |other: &str| format!("encode() argument '{name}' must be str, not {other}")
                };
                let encoding = encoding.map_or(Ok(Str::from("utf-8")), |e| text_or(Some(e), refused("encoding")))?;
                let errors = errors.map_or(Ok(Str::from("strict")), |e| text_or(Some(e), refused("errors")))?;
                encode(s, &encoding, &errors).map(|bytes| Py::Bytes(bytes.into()))
            }
            "strip" | "lstrip" | "rstrip" => {
                let [chars] = args.bind(Callee::positional("str", name), [""], 0)?;
                let chars = match chars {
                    None | Some(Py::None) => None,
                    Some(chars) => Some(text_or(Some(chars), |_| format!("{name} arg must be None or str"))?),
                };
                let strips = |c: char| chars.as_ref().map_or_else(|| is_space(c), |set| set.contains(c));
                let stripped = match name {
                    "strip" => s.trim_matches(strips),
                    "lstrip" => s.trim_start_matches(strips),
                    _ => s.trim_end_matches(strips),
                };
                Ok(same(stripped.to_owned()))
            }
            "center" | "ljust" | "rjust" => {
                let [width, fill] = args.bind(Callee::positional("str", name), ["", ""], 1)?;
                let width = index_argument(width.as_ref())?.max(0) as usize;
                let refused = |other: &str| format!("The fill character must be a unicode character, not {other}");
                let fill = fill.map_or(Ok(Str::from(" ")), |f| text_or(Some(f), refused))?;
                let mut chars = fill.chars();
                let (Some(fill), None) = (chars.next(), chars.next()) else {
                    return Err(type_error("The fill character must be exactly one character long"));
                };
                self.charge(width.saturating_mul(fill.len_utf8()))?;
                Ok(same(pad(s, name, width, fill)))
            }
            "zfill" => {
                let [width] = args.bind(Callee::method("str", name), [""], 1)?;
                let width = index_argument(width.as_ref())?.max(0) as usize;
                self.charge(width)?;
                let missing = width.saturating_sub(ops::char_count(s));
                let sign = usize::from(s.starts_with(['+', '-']));
                Ok(same(format!("{}{}{}", &s[..sign], "0".repeat(missing), &s[sign..])))
            }
            "expandtabs" => {
                let [size] = args.bind(Callee::keywords(name), ["tabsize"], 0)?;
                let size = size.as_ref().map_or(Ok(8), |s| index_argument(Some(s)))?.max(0) as usize;
                self.charge(size.saturating_mul(s.matches('\t').count()))?;
                Ok(same(expand_tabs(s, size)))
            }
            "removeprefix" | "removesuffix" => {
                let [part] = args.bind(Callee::method("str", name), [""], 1)?;
                let part = text_or(part, |other| format!("{name}() argument must be str, not {other}"))?;
                let cut = if name == "removeprefix" {
                    s.strip_prefix(&*part)
                } else {
                    s.strip_suffix(&*part)
                };
                Ok(same(cut.unwrap_or(s).to_owned()))
            }
            "maketrans" => self.make_translation(args),
            "translate" => {
                let [table] = args.bind(Callee::method("str", name), [""], 1)?;
                self.translate(s, &table.unwrap_or(Py::None)).map(same)
            }
            "striptags" => {
                args.none(Callee::method("str", name))?;
                Ok(Py::string(strip_tags(s)))
            }
            "unescape" => {
                args.none(Callee::method("str", name))?;
                Ok(Py::string(unescape(s)))
            }
            _ => {
                args.none(Callee::method("str", name))?;
                if let Some(changed) = change_case(s, name) {
                    return Ok(same(changed));
                }
                Ok(Py::Bool(check(s, name)))
            }
        }
    }

    fn format_map(&mut self, s: &str, args: CallArgs, markup: bool) -> Result<String> {
        if !args.named.is_empty() {
            return Err(type_error("format_map() takes no keyword arguments"));
        }
        let given = args.positional.len();
        let [mapping] = <[Py; 1]>::try_from(args.positional)
            .map_err(|_| type_error(format!("format_map() takes exactly one argument ({given} given)")))?;
        let named = match &mapping {
            Py::Dict(mapping) => mapping
                .entries()
                .into_iter()
                .filter_map(|(k, v)| Some((k.as_text()?.clone(), v)))
                .collect(),
            Py::Undefined(undefined) => return Err(undefined.error()),
            _ => Vec::new(),
        };
        self.format_text(
            s,
            &CallArgs {
                positional: Vec::new(),
                named,
            },
            markup,
        )
    }

    fn join_method(&mut self, s: &str, markup: bool, items: &Py) -> Result<Py> {
        let items = self.iterate(items).map_err(|error| match items {
            Py::Undefined(_) | Py::Iter(_) => error,
            _ => type_error("can only join an iterable"),
        })?;
        let mut out = String::new();
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.push_str(s);
            }
            match item {
                Py::Markup(part) => out.push_str(part),
                Py::Str(part) if markup => text::write_escaped(part, &mut out),
                Py::Str(part) => out.push_str(part),
                other if markup => {
                    let plain = self.text(other)?;
                    text::write_escaped(&plain, &mut out);
                }
                other => {
                    return Err(type_error(format!(
                        "sequence item {i}: expected str instance, {} found",
                        other.type_name()
                    )));
                }
            }
            self.charge(s.len() + 1)?;
            if out.len() > self.remaining() {
                return Err(super::errors::memory_error());
            }
        }
        self.charge(out.len())?;
        Ok(if markup {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }

    fn split(&mut self, s: &str, from_right: bool, args: CallArgs, same: &dyn Fn(String) -> Py) -> Result<Py> {
        let [separator, most] = args.bind(
            Callee::keywords(if from_right { "rsplit" } else { "split" }),
            ["sep", "maxsplit"],
            0,
        )?;
        let most = most.as_ref().map_or(Ok(-1), |m| index_argument(Some(m)))?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let parts = match separator {
            None | Some(Py::None) => split_space(s, most, from_right),
            Some(separator) => {
                let separator = text_or(Some(separator), |other| format!("must be str or None, not {other}"))?;
                if separator.is_empty() {
                    return Err(value_error("empty separator"));
                }
                let pieces = most.saturating_add(1);
                let mut parts: Vec<&str> = if from_right {
                    s.rsplitn(pieces, &*separator).collect()
                } else {
                    s.splitn(pieces, &*separator).collect()
                };
                if from_right {
                    parts.reverse();
                }
                parts
            }
        };
        self.charge(parts.len() * 40)?;
        Ok(Py::list(parts.into_iter().map(|p| same(p.to_owned())).collect()))
    }

    /// Methods that look for text between two positions.
    fn search(&mut self, s: &str, name: &str, args: CallArgs) -> Result<Py> {
        let [wanted, start, stop] = args.bind(Callee::variadic(name), ["", "", ""], 1)?;
        let length = ops::char_count(s) as i64;
        let clip = |value: Option<Py>, default: i64| -> Result<i64> {
            let at = match value {
                None | Some(Py::None) => default,
                Some(value) => index_argument(Some(&value))?,
            };
            Ok(if at < 0 { (at + length).max(0) } else { at })
        };
        let (start, stop) = (clip(start, 0)?, clip(stop, length)?.min(length));
        let empty_range = start > stop || start > length;
        let (from, to) = if empty_range {
            (0, 0)
        } else {
            (byte_at(s, start as usize), byte_at(s, stop as usize))
        };
        let part = &s[from..to];
        if matches!(name, "startswith" | "endswith") {
            let candidates = match wanted {
                Some(Py::Tuple(tuple)) => tuple.items.clone(),
                Some(other) => vec![other],
                None => Vec::new(),
            };
            for candidate in candidates {
                let candidate = match candidate {
                    Py::Str(s) | Py::Markup(s) => s,
                    other => {
                        return Err(type_error(format!(
                            "{name} first arg must be str or a tuple of str, not {}",
                            other.type_name()
                        )));
                    }
                };
                let found = if name == "startswith" {
                    part.starts_with(&*candidate)
                } else {
                    part.ends_with(&*candidate)
                };
                if found && !empty_range {
                    return Ok(Py::Bool(true));
                }
            }
            return Ok(Py::Bool(false));
        }
        let wanted = text_argument(wanted)?;
        if name == "count" {
            let count = if empty_range {
                0
            } else if wanted.is_empty() {
                ops::char_count(part) + 1
            } else {
                part.matches(&*wanted).count()
            };
            return Ok(Py::Int(count as i64));
        }
        let found = if empty_range {
            None
        } else if name.starts_with('r') {
            part.rfind(&*wanted)
        } else {
            part.find(&*wanted)
        };
        match found {
            Some(at) => Ok(Py::Int(ops::char_count(&s[..from + at]) as i64)),
            None if name.ends_with("index") => Err(value_error("substring not found")),
            None => Ok(Py::Int(-1)),
        }
    }

    /// `s.replace(old, new, count)`; a negative count replaces all.
    pub(crate) fn replace(&mut self, s: &str, old: &str, new: &str, count: i64) -> Result<String> {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let occurrences = if old.is_empty() {
            s.len() + 1
        } else {
            s.matches(old).count()
        };
        self.charge(s.len().saturating_add(occurrences.min(count).saturating_mul(new.len())))?;
        Ok(s.replacen(old, new, count))
    }

    fn make_translation(&mut self, args: CallArgs) -> Result<Py> {
        let [from, to, delete] = args.bind(Callee::positional("str", "maketrans"), ["", "", ""], 1)?;
        let mut map = Map::default();
        let code = |c: char| Key::new(Py::Int(i64::from(u32::from(c))));
        match (from, to) {
            (Some(Py::Dict(mapping)), None) => {
                for (key, value) in mapping.entries() {
                    let key = match key.as_text() {
                        Some(text) => match text.chars().next().filter(|_| text.chars().count() == 1) {
                            Some(c) => code(c)?,
                            None => return Err(value_error("string keys in translate table must be of length 1")),
                        },
                        None => Key::new(key)?,
                    };
                    map.insert(key, value);
                }
            }
            (Some(from), Some(to)) => {
                let (from, to) = (text_argument(Some(from))?, text_argument(Some(to))?);
                if from.chars().count() != to.chars().count() {
                    return Err(value_error("the first two maketrans arguments must have equal length"));
                }
                for (a, b) in from.chars().zip(to.chars()) {
                    map.insert(code(a)?, Py::Int(i64::from(u32::from(b))));
                }
                if let Some(delete) = delete {
                    for c in text_argument(Some(delete))?.chars() {
                        map.insert(code(c)?, Py::None);
                    }
                }
            }
            _ => {
                return Err(type_error(
                    "if you give only one argument to maketrans it must be a dict",
                ));
            }
        }
        Ok(Py::dict(map))
    }

    fn translate(&mut self, s: &str, table: &Py) -> Result<String> {
        let mut out = String::with_capacity(s.len());
        for c in s.chars() {
            let index = Py::Int(i64::from(u32::from(c)));
            let replacement = match table {
                Py::Dict(mapping) => mapping.get(&Key::new(index)?),
                Py::Undefined(undefined) => return Err(undefined.error()),
                Py::Str(_) | Py::Markup(_) | Py::Bytes(_) | Py::List(_) | Py::Tuple(_) | Py::Range(_) => {
                    let item = self.item(table, &index)?;
                    if item.is_undefined() { None } else { Some(item) }
                }
                other => {
                    return Err(type_error(format!(
                        "'{}' object is not subscriptable",
                        other.type_name()
                    )));
                }
            };
            match replacement {
                None => out.push(c),
                Some(Py::None) => {}
                Some(Py::Str(text) | Py::Markup(text)) => {
                    self.charge(text.len())?;
                    out.push_str(&text);
                }
                Some(other) => match number::integer(&other)
                    .and_then(|n| u32::try_from(n).ok())
                    .and_then(char::from_u32)
                {
                    Some(c) => out.push(c),
                    None => return Err(type_error("character mapping must return integer, None or str")),
                },
            }
        }
        Ok(out)
    }
}

fn text_argument(value: Option<Py>) -> Result<Str> {
    text_or(value, |other| format!("must be str, not {other}"))
}

/// A text; what else comes is refused in the method's own words, to which the type's name is given. Undefined values are no
/// text either: methods of Python do not know them.
fn text_or(value: Option<Py>, complaint: impl Fn(&str) -> String) -> Result<Str> {
    match value {
        Some(Py::Str(s) | Py::Markup(s)) => Ok(s),
        Some(other) => Err(type_error(complaint(other.type_name()))),
        None => Err(type_error(complaint("NoneType"))),
    }
}

pub(super) fn pad(s: &str, method: &str, width: usize, fill: char) -> String {
    let length = ops::char_count(s);
    let missing = width.saturating_sub(length);
    let left = match method {
        "ljust" => 0,
        "rjust" => missing,
        // Python's rounding: the odd blank goes left when the width is odd.
        _ => missing / 2 + (missing & width & 1),
    };
    let run = |n: usize| std::iter::repeat_n(fill, n).collect::<String>();
    format!("{}{s}{}", run(left), run(missing - left))
}

fn unknown_encoding(name: &str) -> mistral_expr::Error {
    failure(ErrorKind::Other, format!("unknown encoding: {name}"))
}

#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
}

fn encoding(name: &str) -> Result<Encoding> {
    match name.to_ascii_lowercase().replace('_', "-").as_str() {
        "utf-8" | "utf8" | "u8" => Ok(Encoding::Utf8),
        "ascii" | "us-ascii" => Ok(Encoding::Ascii),
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" => Ok(Encoding::Latin1),
        _ => Err(unknown_encoding(name)),
    }
}

fn encode(s: &str, name: &str, errors: &str) -> Result<Vec<u8>> {
    let (limit, shown) = match encoding(name)? {
        Encoding::Utf8 => return Ok(s.as_bytes().to_vec()),
        Encoding::Ascii => (0x80, "ascii"),
        Encoding::Latin1 => (0x100, "latin-1"),
    };
    let mut out = Vec::with_capacity(s.len());
    for (i, c) in s.chars().enumerate() {
        let n = u32::from(c);
        match errors {
            _ if n < limit => out.push(n as u8),
            "ignore" => {}
            "replace" => out.push(b'?'),
            "xmlcharrefreplace" => out.extend(format!("&#{n};").bytes()),
            "backslashreplace" => out.extend(c.escape_unicode().to_string().bytes()),
            _ => {
                return Err(value_error(format!(
                    "'{shown}' codec can't encode character '\\x{n:02x}' in position {i}: ordinal not in range({limit})"
                )));
            }
        }
    }
    Ok(out)
}

pub(super) fn decode(bytes: &[u8], name: &str, lossy: bool) -> Result<String> {
    match encoding(name)? {
        Encoding::Latin1 => Ok(bytes.iter().map(|b| char::from(*b)).collect()),
        Encoding::Ascii if !bytes.is_ascii() && !lossy => Err(value_error(
            "'ascii' codec can't decode byte: ordinal not in range(128)",
        )),
        _ if lossy => Ok(String::from_utf8_lossy(bytes).into_owned()),
        _ => String::from_utf8(bytes.to_vec())
            .map_err(|_| value_error("'utf-8' codec can't decode bytes: invalid start byte")),
    }
}

/// HTML tags and comments removed, entities resolved, white space collapsed: markupsafe's `striptags`.
pub(super) fn strip_tags(s: &str) -> String {
    let mut plain = String::new();
    let mut rest = s;
    while let Some(at) = rest.find("<!--") {
        match rest[at..].find("-->") {
            Some(end) => {
                plain.push_str(&rest[..at]);
                rest = &rest[at + end + 3..];
            }
            None => break,
        }
    }
    plain.push_str(rest);
    let mut out = String::new();
    let mut rest = plain.as_str();
    while let Some(at) = rest.find('<') {
        match rest[at..].find('>') {
            Some(end) => {
                out.push_str(&rest[..at]);
                rest = &rest[at + end + 1..];
            }
            None => break,
        }
    }
    out.push_str(rest);
    let collapsed = out
        .split(is_space)
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    unescape(&collapsed)
}

/// Resolves the entities that templates meet.
fn unescape(s: &str) -> String {
    const NAMED: [(&str, &str); 9] = [
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", "\u{a0}"),
        ("copy", "©"),
        ("reg", "®"),
        ("hellip", "…"),
    ];
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(';').filter(|end| *end <= 10);
        let resolved = end.and_then(|end| {
            let name = &after[..end];
            if let Some(number) = name.strip_prefix('#') {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                return char::from_u32(code).map(|c| (c.to_string(), end));
            }
            NAMED
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, text)| ((*text).to_owned(), end))
        });
        match resolved {
            Some((text, end)) => {
                out.push_str(&text);
                rest = &after[end + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
