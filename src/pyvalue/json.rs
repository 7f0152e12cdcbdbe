//! JSON text to [`Value`] and back. Parsing is simd-json's; what it cannot say (integers past 64 bits, `NaN`) goes through
//! a slower reader with Python's rules.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use num_bigint::BigInt;
use simd_json::prelude::*;

use super::value::{Dict, Str, Value};

/// Nesting that a document may have. Python's own parser gives up near 1,000; a stack is worth more than such a document.
pub const MAX_DEPTH: usize = 500;

/// Text that is not JSON, or nests too deep.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Error(pub String);

/// Parses one JSON document.
///
/// # Errors
/// When the text is not JSON (Python's dialect: `NaN`, `Infinity` and big integers are accepted) or nests deeper than
/// [`MAX_DEPTH`].
///
/// An escaped half of a surrogate pair without the other half (`\ud800`), which is no character, becomes U+FFFD.
pub fn parse(text: &[u8]) -> Result<Value, Error> {
    let mended;
    let text = match check_depth(text)? {
        false => text,
        true => {
            mended = without_lone_surrogates(text);
            &mended[..]
        }
    };
    if text.len() > LARGEST_DRAFT {
        return parse_with(text, &mut Draft::default());
    }
    DRAFT.with(|draft| match draft.try_borrow_mut() {
        Ok(mut draft) => parse_with(text, &mut draft),
        Err(_) => parse_with(text, &mut Draft::default()),
    })
}

/// What the parser works in: ten allocations for the smallest document.
#[derive(Default)]
struct Draft {
    text: Vec<u8>,
    buffers: simd_json::Buffers,
}

thread_local! {
    static DRAFT: RefCell<Draft> = RefCell::default();
}

/// Larger documents get memory of their own, which is given back.
const LARGEST_DRAFT: usize = 64 << 10;

fn parse_with(text: &[u8], draft: &mut Draft) -> Result<Value, Error> {
    draft.text.clear();
    draft.text.extend_from_slice(text);
    match simd_json::to_tape_with_buffers(&mut draft.text, &mut draft.buffers) {
        Ok(tape) => Ok(from_tape(&mut tape.0.iter(), &mut Keys::default())),
        Err(_) => Reader { text, at: 0 }.document(),
    }
}

/// Counts brackets outside strings before anything recursive runs. Tells whether there are escaped surrogates.
fn check_depth(text: &[u8]) -> Result<bool, Error> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    let mut has_surrogates = false;
    for (at, &b) in text.iter().enumerate() {
        if in_string {
            match b {
                b'u' if escaped => {
                    escaped = false;
                    has_surrogates |= matches!(text.get(at + 1), Some(b'd' | b'D'));
                }
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match b {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Error(format!("nested deeper than {MAX_DEPTH} levels")));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(has_surrogates)
}

/// The text with `\ufffd` for each escaped surrogate that has no other half.
fn without_lone_surrogates(text: &[u8]) -> Vec<u8> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut mended = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let length = match (text[at], unit(at)) {
            (b'\\', Some(0xd800..=0xdbff)) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => 12,
            (b'\\', Some(0xd800..=0xdfff)) => {
                mended.extend(b"\\ufffd");
                at += 6;
                continue;
            }
            (b'\\', _) => 2.min(text.len() - at),
            _ => 1,
        };
        mended.extend(&text[at..at + length]);
        at += length;
    }
    mended
}

/// Where the value of a member lies in the text of an object, found without parsing anything; of several members of that name
/// the last counts. `None`: there is none, or the text is no object.
pub fn member_range(text: &[u8], name: &str) -> Option<std::ops::Range<usize>> {
    let mut at = skip_blanks(text, 0);
    if text.get(at) != Some(&b'{') {
        return None;
    }
    let mut found = None;
    at = skip_blanks(text, at + 1);
    while text.get(at) == Some(&b'"') {
        let key = at + 1;
        at = skip_string(text, at)?;
        let is_wanted = &text[key..at - 1] == name.as_bytes();
        at = skip_blanks(text, at);
        if text.get(at) != Some(&b':') {
            return None;
        }
        let from = skip_blanks(text, at + 1);
        at = skip_value(text, from)?;
        if is_wanted {
            found = Some(from..at);
        }
        at = skip_blanks(text, at);
        if text.get(at) == Some(&b',') {
            at = skip_blanks(text, at + 1);
        }
    }
    if text.get(at) == Some(&b'}') { found } else { None }
}

fn skip_blanks(text: &[u8], from: usize) -> usize {
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
    from + text
        .get(from..)
        .map_or(0, |rest| rest.iter().take_while(|b| blank(b)).count())
}

/// The place behind a string literal that begins at `from`.
fn skip_string(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The place behind a value that begins at `from`.
fn skip_value(text: &[u8], from: usize) -> Option<usize> {
    match text.get(from)? {
        b'"' => skip_string(text, from),
        b'{' | b'[' => {
            let (mut depth, mut at) = (0usize, from);
            loop {
                match text.get(at)? {
                    b'"' => {
                        at = skip_string(text, at)?;
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        _ => {
            let ends = |b: &u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
            let length = text[from..].iter().take_while(|b| !ends(b)).count();
            (length > 0).then_some(from + length)
        }
    }
}

/// Keys that were seen lately: objects of one kind share theirs instead of having copies.
#[derive(Default)]
struct Keys([Option<Str>; 32]);

impl Keys {
    fn share(&mut self, key: &str) -> Str {
        let bytes = key.as_bytes();
        let ends = bytes.first().zip(bytes.last()).map_or(0, |(first, last)| {
            usize::from(*first).wrapping_mul(5) ^ usize::from(*last)
        });
        let slot = &mut self.0[(ends ^ bytes.len().wrapping_mul(11)) % 32];
        match slot {
            Some(known) if **known == *key => known.clone(),
            _ => slot.insert(Str::from(key)).clone(),
        }
    }
}

/// Builds the value that the next nodes describe. The tape, unlike simd-json's own values, keeps the order of keys.
fn from_tape<'t>(nodes: &mut impl Iterator<Item = &'t simd_json::Node<'t>>, keys: &mut Keys) -> Value {
    use simd_json::{Node, StaticNode};
    match nodes.next() {
        Some(Node::Static(StaticNode::Bool(b))) => Value::Bool(*b),
        Some(Node::Static(StaticNode::I64(n))) => Value::Int(*n),
        Some(Node::Static(StaticNode::U64(n))) => Value::from_bigint(BigInt::from(*n)),
        Some(Node::Static(StaticNode::F64(f))) => Value::Float(*f),
        Some(Node::Static(StaticNode::Null)) | None => Value::Null,
        Some(Node::String(s)) => Value::Str(Arc::from(*s)),
        Some(Node::Array { len, .. }) => {
            let mut items = Vec::with_capacity(*len);
            for _ in 0..*len {
                items.push(from_tape(nodes, keys));
            }
            Value::list(items)
        }
        Some(Node::Object { len, .. }) => {
            let mut dict = Dict::with_capacity(*len);
            for _ in 0..*len {
                if let Some(Node::String(key)) = nodes.next() {
                    dict.insert(keys.share(key), from_tape(nodes, keys));
                }
            }
            Value::dict(dict)
        }
    }
}

/// Compact JSON text (UTF-8, no blanks), as it is stored and served.
pub fn to_string(v: &Value) -> String {
    let mut out = String::with_capacity(64);
    write(v, &mut out);
    out
}

/// Appends compact JSON.
pub fn write(v: &Value, out: &mut String) {
    write_with(
        v,
        out,
        &Style {
            item: ",",
            key: ":",
            ascii: false,
        },
    );
}

/// As Python's `json.dumps(v)` prints it: `{"a": [1, 2]}`, non-ASCII escaped.
pub fn dumps(v: &Value) -> String {
    let mut out = String::new();
    write_with(
        v,
        &mut out,
        &Style {
            item: ", ",
            key: ": ",
            ascii: true,
        },
    );
    out
}

/// Punctuation of the output.
struct Style {
    item: &'static str,
    key: &'static str,
    ascii: bool,
}

fn write_with(v: &Value, out: &mut String, style: &Style) {
    match v {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Int(n) => write_int(*n, out),
        Value::Big(n) => {
            let _ = write!(out, "{n}");
        }
        Value::Float(f) => write_float(*f, out),
        Value::Str(s) => write_str_with(s, out, style.ascii),
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push_str(style.item);
                }
                write_with(item, out, style);
            }
            out.push(']');
        }
        Value::Dict(members) => {
            out.push('{');
            for (i, (k, v)) in members.iter().enumerate() {
                if i > 0 {
                    out.push_str(style.item);
                }
                write_str_with(k, out, style.ascii);
                out.push_str(style.key);
                write_with(v, out, style);
            }
            out.push('}');
        }
    }
}

/// Decimal digits without the formatting machinery.
fn write_int(n: i64, out: &mut String) {
    let mut digits = [0u8; 20];
    let (mut at, mut rest) = (digits.len(), n.unsigned_abs());
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        out.push('-');
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

fn write_float(f: f64, out: &mut String) {
    if f.is_nan() {
        out.push_str("NaN");
    } else if f.is_infinite() {
        out.push_str(if f > 0.0 { "Infinity" } else { "-Infinity" });
    } else {
        super::python::write_float(f, out);
    }
}

/// Appends a JSON string literal.
pub fn write_str(s: &str, out: &mut String) {
    write_str_with(s, out, false);
}

fn write_str_with(s: &str, out: &mut String, ascii: bool) {
    // Nearly all text needs no escape; this test is one pass of vector instructions.
    let is_plain = s.as_bytes().iter().fold(true, |plain, &b| {
        plain & (b >= b' ') & (b != b'"') & (b != b'\\') & ((b < 0x80) | !ascii)
    });
    out.push('"');
    if is_plain {
        out.push_str(s);
        out.push('"');
        return;
    }
    let mut from = 0;
    for (i, c) in s.char_indices() {
        let plain = c >= ' ' && c != '"' && c != '\\' && (c.is_ascii() || !ascii) && c != '\u{7f}';
        if plain || (c == '\u{7f}' && !ascii) {
            continue;
        }
        out.push_str(&s[from..i]);
        from = i + c.len_utf8();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\u{7f}' => out.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push_str(&s[from..]);
    out.push('"');
}

/// Python's `json.loads`, character by character; only reached where simd-json gives up.
struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn document(mut self) -> Result<Value, Error> {
        let v = self.value()?;
        self.blanks();
        if self.at < self.text.len() {
            return Err(self.error("Extra data"));
        }
        Ok(v)
    }

    fn error(&self, what: &str) -> Error {
        let before = &self.text[..self.at.min(self.text.len())];
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|&&b| b != b'\n').count() + 1;
        Error(format!("{what}: line {line} column {column} (char {})", self.at))
    }

    fn blanks(&mut self) {
        while matches!(self.text.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &str, v: Value) -> Option<Value> {
        self.text[self.at..].starts_with(word.as_bytes()).then(|| {
            self.at += word.len();
            v
        })
    }

    fn value(&mut self) -> Result<Value, Error> {
        self.blanks();
        match self.text.get(self.at) {
            Some(b'"') => Ok(Value::from(self.string()?)),
            Some(b'[') => self.list(),
            Some(b'{') => self.dict(),
            Some(b'-' | b'0'..=b'9') => self
                .word("-Infinity", Value::Float(f64::NEG_INFINITY))
                .map_or_else(|| self.number(), Ok),
            Some(_) => self
                .word("null", Value::Null)
                .or_else(|| self.word("true", Value::Bool(true)))
                .or_else(|| self.word("false", Value::Bool(false)))
                .or_else(|| self.word("NaN", Value::Float(f64::NAN)))
                .or_else(|| self.word("Infinity", Value::Float(f64::INFINITY)))
                .ok_or_else(|| self.error("Expecting value")),
            None => Err(self.error("Expecting value")),
        }
    }

    fn list(&mut self) -> Result<Value, Error> {
        self.at += 1;
        let mut items = Vec::new();
        self.blanks();
        if self.text.get(self.at) == Some(&b']') {
            self.at += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value()?);
            self.blanks();
            match self.text.get(self.at) {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::list(items));
                }
                _ => return Err(self.error("Expecting ',' delimiter")),
            }
        }
    }

    fn dict(&mut self) -> Result<Value, Error> {
        self.at += 1;
        let mut members = Dict::default();
        self.blanks();
        if self.text.get(self.at) == Some(&b'}') {
            self.at += 1;
            return Ok(Value::dict(members));
        }
        loop {
            self.blanks();
            if self.text.get(self.at) != Some(&b'"') {
                return Err(self.error("Expecting property name enclosed in double quotes"));
            }
            let key = self.string()?;
            self.blanks();
            if self.text.get(self.at) != Some(&b':') {
                return Err(self.error("Expecting ':' delimiter"));
            }
            self.at += 1;
            let v = self.value()?;
            members.insert(Str::from(key), v);
            self.blanks();
            match self.text.get(self.at) {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::dict(members));
                }
                _ => return Err(self.error("Expecting ',' delimiter")),
            }
        }
    }

    fn string(&mut self) -> Result<String, Error> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.text.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(0..=0x1f) => return Err(self.error("Invalid control character at")),
                Some(_) => self.at += 1,
                None => {
                    self.at = start;
                    return Err(self.error("Unterminated string starting at"));
                }
            }
        }
        self.at += 1;
        // One string literal: serde_json knows the escapes.
        serde_json::from_slice(&self.text[start..self.at]).map_err(|_| {
            self.at = start;
            self.error("Invalid \\escape")
        })
    }

    fn number(&mut self) -> Result<Value, Error> {
        let start = self.at;
        let digits = |r: &mut Self| {
            let from = r.at;
            while matches!(r.text.get(r.at), Some(b'0'..=b'9')) {
                r.at += 1;
            }
            r.at > from
        };
        if self.text[self.at] == b'-' {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else if !digits(self) {
            self.at = start;
            return Err(self.error("Expecting value"));
        }
        let mut float = false;
        if self.text.get(self.at) == Some(&b'.') && matches!(self.text.get(self.at + 1), Some(b'0'..=b'9')) {
            self.at += 1;
            float = digits(self);
        }
        if matches!(self.text.get(self.at), Some(b'e' | b'E')) {
            let back = self.at;
            self.at += 1;
            if matches!(self.text.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if digits(self) {
                float = true;
            } else {
                self.at = back;
            }
        }
        let text = std::str::from_utf8(&self.text[start..self.at]).unwrap_or("0");
        if float {
            Ok(Value::Float(text.parse().unwrap_or(f64::NAN)))
        } else if text.len() > 4300 {
            // Python refuses longer ones too (quadratic conversion).
            Err(self.error("Exceeds the limit (4300 digits) for integer string conversion"))
        } else {
            text.parse::<BigInt>()
                .map(Value::from_bigint)
                .map_err(|_| self.error("Expecting value"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        for text in [
            r#"{"b":1,"a":[1.5,null,true,"x\n\"é"],"c":{}}"#,
            "123456789012345678901234567890",
            "[1.0,-0.0,1e+22,1e-07]",
            r#""\u0001""#,
        ] {
            assert_eq!(to_string(&parse(text.as_bytes()).unwrap()), text);
        }
    }

    #[test]
    fn keys_keep_their_order_however_many_there_are() {
        let members: Vec<String> = (0..100).map(|n| format!("\"k{}\":{n}", (n * 37) % 100)).collect();
        let text = format!("{{{}}}", members.join(","));
        assert_eq!(to_string(&parse(text.as_bytes()).unwrap()), text);
        // The last of equal keys counts, at the place of the first.
        let repeated = parse(br#"{"b":1,"a":2,"b":[3,{"z":1,"y":{}}]}"#).unwrap();
        assert_eq!(to_string(&repeated), r#"{"b":[3,{"z":1,"y":{}}],"a":2}"#);
    }

    #[test]
    fn lone_surrogates_are_no_characters() {
        for (text, expected) in [
            (r#""\ud800 x""#, "\u{fffd} x"),
            (r#""\uDC00""#, "\u{fffd}"),
            (r#""\ud83d\ude00\ud83d""#, "\u{1f600}\u{fffd}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\\ud800\u0000""#, "\\ud800\0"),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap(), Value::from(expected), "{text}");
        }
        assert_eq!(
            to_string(&parse(br#"{"\ud800":[NaN]}"#).unwrap()),
            "{\"\u{fffd}\":[NaN]}"
        );
        assert!(parse(br#""\ud8"#).is_err());
    }

    #[test]
    fn python_dialect() {
        assert_eq!(to_string(&parse(b"[NaN, -Infinity]").unwrap()), "[NaN,-Infinity]");
        assert_eq!(
            dumps(&parse("{\"k\":[1,\"é\"]}".as_bytes()).unwrap()),
            r#"{"k": [1, "\u00e9"]}"#
        );
    }

    #[test]
    fn refuses() {
        for text in ["", "{", "[1,]", "{\"a\" 1}", "\"\u{1}\"", "01", "nul", "[1] x", "'a'"] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
        assert!(parse(&[b'"', 0xff, b'"']).is_err());
    }

    #[test]
    fn objects_of_one_kind_share_their_keys() {
        let value = parse(br#"[{"name":1,"":2},{"name":3,"":4,"nome":5}]"#).unwrap();
        let keys: Vec<Vec<Str>> = value
            .as_list()
            .unwrap()
            .iter()
            .map(|item| item.as_dict().unwrap().keys().cloned().collect())
            .collect();
        assert!(Arc::ptr_eq(&keys[0][0], &keys[1][0]));
        assert_eq!(
            keys[1].iter().map(|key| &**key).collect::<Vec<_>>(),
            ["name", "", "nome"]
        );
    }

    #[test]
    fn members_are_found_without_parsing() {
        let member = |text: &'static str| {
            member_range(text.as_bytes(), "result").map(|range| std::str::from_utf8(&text.as_bytes()[range]).unwrap())
        };
        assert_eq!(member(r#"{"result":[1,{"a":"]}\""}]}"#), Some(r#"[1,{"a":"]}\""}]"#));
        assert_eq!(member(r#" { "x" : {"result": 1} , "result" : null } "#), Some("null"));
        assert_eq!(member(r#"{"result":"a\\","b":-1.5e3}"#), Some(r#""a\\""#));
        assert_eq!(member(r#"{"result":1,"result":2}"#), Some("2"));
        for text in [
            "",
            "{}",
            "[]",
            "null",
            r#"{"other":1}"#,
            r#"{"result":"#,
            r#"{"result":[1}"#,
            r#"{"result""#,
        ] {
            assert_eq!(member(text), None, "{text}");
        }
    }
}
