//! Data to text in block style, line for line what PyYAML's safe dumper writes (width 80, ASCII only).

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Yaml;
use super::resolver::{self, Tag};
use pyvalue::python;

/// Column after which text is folded.
const WIDTH: usize = 80;

/// Keys of this many characters (with their tag's name) are written after `? `.
const MAX_SIMPLE_KEY: usize = 128;

/// Data that PyYAML's safe dumper has no form for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("('cannot represent an object', {0})")]
pub struct RepresentError(pub String);

pub(super) struct Emitter {
    out: String,
    sort_keys: bool,
    column: usize,
    /// The last thing written was white space or an indicator that needs none after it.
    whitespace: bool,
    /// Only indentation (and block indicators) so far on this line.
    indention: bool,
    /// A plain scalar at the root is followed by `...`.
    open_ended: bool,
    /// Nothing is written behind so many bytes.
    limit: usize,
}

/// Where a node is written.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Root,
    Item,
    Value,
    /// A key on the line of its value.
    SimpleKey,
    /// A key after `? `.
    LongKey,
}

/// A scalar's text and what tag the text alone would resolve to.
struct Scalar<'a> {
    text: Cow<'a, str>,
    tag_name_length: usize,
    plain_resolves: bool,
}

impl Emitter {
    pub(crate) fn new(sort_keys: bool, limit: usize) -> Emitter {
        Emitter {
            out: String::new(),
            sort_keys,
            column: 0,
            whitespace: true,
            indention: true,
            open_ended: false,
            limit,
        }
    }

    /// The text; none when it is longer than the limit.
    pub(crate) fn document(mut self, root: &Yaml) -> Option<String> {
        self.node(root, Place::Root, None);
        self.write_indent(0);
        if self.open_ended {
            self.out.push_str("...\n");
        }
        (!self.is_full()).then_some(self.out)
    }

    fn is_full(&self) -> bool {
        self.out.len() > self.limit
    }

    /// `indent` is the column of the enclosing block; none at the root.
    fn node(&mut self, node: &Yaml, place: Place, indent: Option<usize>) {
        if self.is_full() {
            return;
        }
        match node {
            Yaml::List(items) => {
                self.sequence(items.iter().map(Cow::Borrowed), items.len(), place, indent);
            }
            Yaml::Pairs(pairs) => {
                let items = pairs
                    .iter()
                    .map(|(k, v)| Cow::Owned(Yaml::List(vec![k.clone(), v.clone()])));
                self.sequence(items, pairs.len(), place, indent);
            }
            Yaml::Map(members) => {
                let order = if self.sort_keys {
                    sorted(members)
                } else {
                    members.iter().collect()
                };
                self.mapping(&order, indent);
            }
            Yaml::Set(items) => {
                self.write_indicator("!!set", true, false, false);
                let members: Vec<(Yaml, Yaml)> = items.iter().map(|k| (k.clone(), Yaml::Null)).collect();
                let order = if self.sort_keys {
                    sorted(&members)
                } else {
                    members.iter().collect()
                };
                self.mapping(&order, indent);
            }
            Yaml::Bytes(bytes) => self.binary(bytes, indent),
            scalar => self.scalar(&scalar_text(scalar), place, indent.map_or(2, |i| i + 2)),
        }
    }

    fn sequence<'a>(
        &mut self,
        items: impl Iterator<Item = Cow<'a, Yaml>>,
        length: usize,
        place: Place,
        indent: Option<usize>,
    ) {
        if length == 0 {
            self.write_indicator("[", true, true, false);
            self.write_indicator("]", false, false, false);
            return;
        }
        // A list as a mapping's value is not indented further than its key.
        let indentless = matches!(place, Place::Value | Place::LongKey | Place::SimpleKey) && !self.indention;
        let column = if indentless {
            indent.unwrap_or(0)
        } else {
            deeper(indent)
        };
        for item in items {
            self.write_indent(column);
            self.write_indicator("-", true, false, true);
            self.node(&item, Place::Item, Some(column));
        }
    }

    fn mapping(&mut self, members: &[&(Yaml, Yaml)], indent: Option<usize>) {
        if members.is_empty() {
            self.write_indicator("{", true, true, false);
            self.write_indicator("}", false, false, false);
            return;
        }
        let column = deeper(indent);
        for (key, value) in members.iter().copied() {
            self.write_indent(column);
            if is_simple_key(key) {
                self.node(key, Place::SimpleKey, Some(column));
                self.write_indicator(":", false, false, false);
            } else {
                self.write_indicator("?", true, false, true);
                self.node(key, Place::LongKey, Some(column));
                self.write_indent(column);
                self.write_indicator(":", true, false, true);
            }
            self.node(value, Place::Value, Some(column));
        }
    }

    fn scalar(&mut self, scalar: &Scalar<'_>, place: Place, indent: usize) {
        let text: Vec<char> = scalar.text.chars().collect();
        let analysis = Analysis::of(&text);
        let in_key = place == Place::SimpleKey;
        let split = !in_key;
        if scalar.plain_resolves && analysis.allow_plain && !(in_key && analysis.empty) {
            if place == Place::Root {
                self.open_ended = true;
            }
            self.write_plain(&text, split, indent);
        } else if analysis.allow_single_quoted && !(in_key && analysis.multiline) {
            self.write_single_quoted(&text, split, indent);
        } else {
            self.write_double_quoted(&text, split, indent);
        }
    }

    fn binary(&mut self, bytes: &[u8], indent: Option<usize>) {
        use base64::Engine as _;
        self.write_indicator("!!binary", true, false, false);
        self.write_indicator("|", true, false, false);
        let text = base64::engine::general_purpose::STANDARD.encode(bytes);
        let column = deeper(indent).max(2);
        for line in text.as_bytes().chunks(76) {
            self.write_line_break();
            self.write_indent(column);
            self.push(std::str::from_utf8(line).unwrap_or(""));
        }
        self.write_line_break();
    }

    // Output.

    fn push(&mut self, text: &str) {
        if self.is_full() {
            return;
        }
        self.column += text.chars().count();
        self.out.push_str(text);
    }

    fn push_chars(&mut self, chars: &[char]) {
        if self.is_full() {
            return;
        }
        self.column += chars.len();
        self.out.extend(chars);
    }

    fn write_indicator(&mut self, indicator: &str, needs_whitespace: bool, whitespace: bool, indention: bool) {
        if !self.whitespace && needs_whitespace {
            self.push(" ");
        }
        self.whitespace = whitespace;
        self.indention &= indention;
        self.open_ended = false;
        self.push(indicator);
    }

    fn write_indent(&mut self, indent: usize) {
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.write_line_break();
        }
        if self.column < indent && !self.is_full() {
            self.whitespace = true;
            let blanks = " ".repeat(indent - self.column);
            self.push(&blanks);
        }
    }

    fn write_line_break(&mut self) {
        self.whitespace = true;
        self.indention = true;
        self.column = 0;
        self.out.push('\n');
    }

    fn write_plain(&mut self, text: &[char], split: bool, indent: usize) {
        if text.is_empty() {
            return;
        }
        if !self.whitespace {
            self.push(" ");
        }
        self.whitespace = false;
        self.indention = false;
        // Plain text has single blanks or runs of blanks inside, never a line break.
        let mut start = 0;
        while start < text.len() {
            let blank = text[start] == ' ';
            let length = text[start..].iter().take_while(|c| (**c == ' ') == blank).count();
            if blank && length == 1 && self.column > WIDTH && split {
                self.write_indent(indent);
                self.whitespace = false;
                self.indention = false;
            } else {
                self.push_chars(&text[start..start + length]);
            }
            start += length;
        }
    }

    fn write_single_quoted(&mut self, text: &[char], split: bool, indent: usize) {
        self.write_indicator("'", true, false, false);
        let mut start = 0;
        while start < text.len() {
            let class = |c: char| match c {
                ' ' => 0,
                '\n' => 1,
                '\'' => 2,
                _ => 3,
            };
            let kind = class(text[start]);
            let length = text[start..].iter().take_while(|c| class(**c) == kind).count();
            let end = start + length;
            match kind {
                0 if length == 1 && self.column > WIDTH && split && start != 0 && end != text.len() => {
                    self.write_indent(indent);
                }
                1 => {
                    self.write_line_break();
                    for _ in 0..length {
                        self.write_line_break();
                    }
                    self.write_indent(indent);
                }
                2 => {
                    for _ in 0..length {
                        self.push("''");
                    }
                }
                _ => self.push_chars(&text[start..end]),
            }
            start = end;
        }
        self.write_indicator("'", false, false, false);
    }

    fn write_double_quoted(&mut self, text: &[char], split: bool, indent: usize) {
        self.write_indicator("\"", true, false, false);
        let mut start = 0;
        for end in 0..=text.len() {
            let c = text.get(end).copied();
            if !c.is_some_and(|c| (' '..='~').contains(&c) && c != '"' && c != '\\') {
                if start < end {
                    self.push_chars(&text[start..end]);
                    start = end;
                }
                if let Some(c) = c {
                    self.push(&escape(c));
                    start = end + 1;
                }
            }
            let inside = end > 0 && end + 1 < text.len();
            if inside && (c == Some(' ') || start >= end) && split {
                // After an escape `start` is already one past `end`.
                if self.column + end > WIDTH + start {
                    if start < end {
                        self.push_chars(&text[start..end]);
                        start = end;
                    }
                    self.push("\\");
                    self.write_indent(indent);
                    self.whitespace = false;
                    self.indention = false;
                    if text.get(start) == Some(&' ') {
                        self.push("\\");
                    }
                }
            }
        }
        self.write_indicator("\"", false, false, false);
    }
}

/// Indentation of a block inside `indent`.
fn deeper(indent: Option<usize>) -> usize {
    indent.map_or(0, |i| i + 2)
}

fn escape(c: char) -> String {
    let short = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            let n = c as u32;
            return match n {
                0..=0xff => format!("\\x{n:02X}"),
                0x100..=0xffff => format!("\\u{n:04X}"),
                _ => format!("\\U{n:08X}"),
            };
        }
    };
    format!("\\{short}")
}

/// Members in the order of their keys, or as they are where Python could not compare them.
fn sorted(members: &[(Yaml, Yaml)]) -> Vec<&(Yaml, Yaml)> {
    let mut order: Vec<&(Yaml, Yaml)> = members.iter().collect();
    let number = |y: &Yaml| match y {
        Yaml::Bool(b) => Some(f64::from(u8::from(*b))),
        Yaml::Int(n) => Some(*n as f64),
        Yaml::Float(f) => Some(*f),
        _ => None,
    };
    if order.iter().all(|(k, _)| matches!(k, Yaml::Str(_))) {
        order.sort_by(|(a, _), (b, _)| match (a, b) {
            (Yaml::Str(a), Yaml::Str(b)) => a.cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
    } else if order.iter().all(|(k, _)| number(k).is_some()) {
        order.sort_by(|(a, _), (b, _)| number(a).partial_cmp(&number(b)).unwrap_or(std::cmp::Ordering::Equal));
    } else if order.iter().all(|(k, _)| matches!(k, Yaml::Date(_))) {
        order.sort_by(|(a, _), (b, _)| match (a, b) {
            (Yaml::Date(a), Yaml::Date(b)) => a.cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
    }
    order
}

fn is_simple_key(key: &Yaml) -> bool {
    match key {
        Yaml::List(items) | Yaml::Set(items) => items.is_empty(),
        Yaml::Map(members) | Yaml::Pairs(members) => members.is_empty(),
        Yaml::Bytes(_) => false,
        scalar => {
            let scalar = scalar_text(scalar);
            let length = scalar.text.chars().count();
            length > 0 && length + scalar.tag_name_length < MAX_SIMPLE_KEY && !scalar.text.contains(is_break)
        }
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn scalar_text(node: &Yaml) -> Scalar<'_> {
    let (text, tag): (Cow<'_, str>, Tag) = match node {
        Yaml::Null => ("null".into(), Tag::Null),
        Yaml::Bool(b) => (if *b { "true" } else { "false" }.into(), Tag::Bool),
        Yaml::Int(n) => (n.to_string().into(), Tag::Int),
        Yaml::Big(n) => (n.to_string().into(), Tag::Int),
        Yaml::Float(f) => (float_text(*f).into(), Tag::Float),
        Yaml::Str(s) => (Cow::Borrowed(s), Tag::Str),
        Yaml::Date(date) => (date.strftime("%Y-%m-%d").to_string().into(), Tag::Timestamp),
        Yaml::DateTime(time, offset) => (time_text(*time, *offset).into(), Tag::Timestamp),
        Yaml::Bytes(_) | Yaml::List(_) | Yaml::Map(_) | Yaml::Set(_) | Yaml::Pairs(_) => ("".into(), Tag::Str),
    };
    let tag_name_length = match tag {
        Tag::Null | Tag::Bool => 6,
        Tag::Float => 7,
        Tag::Timestamp => 11,
        _ => 5,
    };
    let plain_resolves = resolver::resolve(&text) == tag;
    Scalar {
        text,
        tag_name_length,
        plain_resolves,
    }
}

fn float_text(f: f64) -> String {
    if f.is_nan() {
        return ".nan".to_owned();
    }
    if f.is_infinite() {
        return if f > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let mut text = String::new();
    python::write_float(f, &mut text);
    // `1e+16` would be read back as text.
    if !text.contains('.') {
        text.replacen('e', ".0e", 1)
    } else {
        text
    }
}

/// Python's `isoformat(' ')`.
fn time_text(time: jiff::civil::DateTime, offset: Option<i32>) -> String {
    let mut text = time.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let micro = time.subsec_nanosecond() / 1000;
    if micro != 0 {
        let _ = write!(text, ".{micro:06}");
    }
    if let Some(minutes) = offset {
        let sign = if minutes < 0 { '-' } else { '+' };
        let _ = write!(text, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
    }
    text
}

/// What a scalar's characters allow.
struct Analysis {
    empty: bool,
    multiline: bool,
    allow_plain: bool,
    allow_single_quoted: bool,
}

impl Analysis {
    fn of(text: &[char]) -> Analysis {
        let (Some(&first), Some(&last)) = (text.first(), text.last()) else {
            return Analysis {
                empty: true,
                multiline: false,
                allow_plain: true,
                allow_single_quoted: true,
            };
        };
        let is_space = |c: char| matches!(c, '\0' | ' ' | '\t' | '\r') || is_break(c);
        let mut indicators = text.starts_with(&['-', '-', '-']) || text.starts_with(&['.', '.', '.']);
        let (mut multiline, mut special, mut space_break, mut break_space) = (false, false, false, false);
        for (i, &c) in text.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| text[i]);
            let space_follows = text.get(i + 1).is_none_or(|c| is_space(*c));
            if i == 0 {
                indicators |= "#,[]{}&*!|>'\"%@`".contains(c) || (matches!(c, '?' | ':' | '-') && space_follows);
            } else {
                indicators |= (c == ':' && space_follows) || (c == '#' && before.is_some_and(is_space));
            }
            multiline |= is_break(c);
            special |= !(c == '\n' || (' '..='~').contains(&c));
            space_break |= is_break(c) && before == Some(' ');
            break_space |= c == ' ' && before.is_some_and(is_break);
        }
        let edge = |c: char| c == ' ' || is_break(c);
        let fragile = edge(first) || edge(last) || break_space || space_break || special || multiline;
        Analysis {
            empty: false,
            multiline,
            allow_plain: !fragile && !indicators,
            allow_single_quoted: !break_space && !space_break && !special,
        }
    }
}
