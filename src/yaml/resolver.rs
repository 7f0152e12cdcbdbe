//! Which type a plain scalar has: the implicit rules of YAML 1.1 as PyYAML applies them.

/// Prefix of the standard tags.
pub(super) const PREFIX: &str = "tag:yaml.org,2002:";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    Str,
    Binary,
    /// `<<`
    Merge,
    /// `=`
    Value,
    Seq,
    Map,
    Set,
    Omap,
    Pairs,
    Other(String),
}

impl Tag {
    pub(crate) fn from_uri(uri: &str) -> Tag {
        match uri.strip_prefix(PREFIX) {
            Some("null") => Tag::Null,
            Some("bool") => Tag::Bool,
            Some("int") => Tag::Int,
            Some("float") => Tag::Float,
            Some("timestamp") => Tag::Timestamp,
            Some("str") => Tag::Str,
            Some("binary") => Tag::Binary,
            Some("merge") => Tag::Merge,
            Some("value") => Tag::Value,
            Some("seq") => Tag::Seq,
            Some("map") => Tag::Map,
            Some("set") => Tag::Set,
            Some("omap") => Tag::Omap,
            Some("pairs") => Tag::Pairs,
            _ => Tag::Other(uri.to_owned()),
        }
    }

    /// The tag's full name, for messages about tags that cannot be constructed.
    pub(crate) fn uri(&self) -> String {
        match self {
            Tag::Merge => format!("{PREFIX}merge"),
            Tag::Value => format!("{PREFIX}value"),
            Tag::Other(uri) => uri.clone(),
            standard => format!("{PREFIX}{}", format!("{standard:?}").to_lowercase()),
        }
    }
}

/// The tag of a plain scalar.
pub(super) fn resolve(text: &str) -> Tag {
    let Some(&first) = text.as_bytes().first() else {
        return Tag::Null;
    };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        b'<' if text == "<<" => Tag::Merge,
        b'=' if text == "=" => Tag::Value,
        // Nothing can be constructed from these: they are indicators everywhere else.
        b'!' | b'&' | b'*' if text.len() == 1 => Tag::Other(format!("{PREFIX}yaml")),
        b'-' | b'+' | b'.' | b'0'..=b'9' => number(text),
        _ => Tag::Str,
    }
}

fn word(text: &str) -> Tag {
    match text {
        "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE" | "on"
        | "On" | "ON" | "off" | "Off" | "OFF" => Tag::Bool,
        "~" | "null" | "Null" | "NULL" => Tag::Null,
        _ => Tag::Str,
    }
}

fn number(text: &str) -> Tag {
    if is_float(text) {
        Tag::Float
    } else if is_int(text) {
        Tag::Int
    } else if is_timestamp(text) {
        Tag::Timestamp
    } else {
        Tag::Str
    }
}

fn digits(text: &str, wanted: impl Fn(u8) -> bool) -> (&str, &str) {
    text.split_at(text.bytes().position(|b| !wanted(b)).unwrap_or(text.len()))
}

fn is_digit_or_underscore(b: u8) -> bool {
    b.is_ascii_digit() || b == b'_'
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// `e+3`, `E-03` or nothing; the sign is required.
fn is_exponent(text: &str) -> bool {
    match text.strip_prefix(['e', 'E']) {
        Some(rest) => rest.starts_with(['-', '+']) && rest.len() > 1 && rest[1..].bytes().all(|b| b.is_ascii_digit()),
        None => text.is_empty(),
    }
}

/// One or more `:` with one or two digits below 60; tells what follows.
fn sexagesimal(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(after) = rest.strip_prefix(':') {
        let (digits, _) = digits(after, |b| b.is_ascii_digit());
        let length = match digits.as_bytes() {
            [b'0'..=b'5', _, ..] => 2,
            [_, ..] => 1,
            [] => return None,
        };
        rest = &after[length..];
    }
    (rest.len() < text.len()).then_some(rest)
}

fn is_float(text: &str) -> bool {
    if matches!(unsigned(text), ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    if let Some(fraction) = text.strip_prefix('.') {
        let (digits, rest) = digits(fraction, is_digit_or_underscore);
        return digits.starts_with(|c: char| c.is_ascii_digit()) && is_exponent(rest);
    }
    let (whole, rest) = digits(unsigned(text), is_digit_or_underscore);
    if !whole.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        return is_exponent(digits(fraction, is_digit_or_underscore).1);
    }
    let fraction = sexagesimal(rest).and_then(|rest| rest.strip_prefix('.'));
    fraction.is_some_and(|f| f.bytes().all(is_digit_or_underscore))
}

fn is_int(text: &str) -> bool {
    let body = unsigned(text);
    let all = |t: &str, wanted: fn(u8) -> bool| !t.is_empty() && t.bytes().all(wanted);
    match body.as_bytes() {
        [b'0', b'b', ..] => all(&body[2..], |b| matches!(b, b'0' | b'1' | b'_')),
        [b'0', b'x', ..] => all(&body[2..], |b| b.is_ascii_hexdigit() || b == b'_'),
        [b'0', ..] => body[1..].bytes().all(|b| matches!(b, b'0'..=b'7' | b'_')),
        [b'1'..=b'9', ..] => {
            let (_, rest) = digits(body, is_digit_or_underscore);
            rest.is_empty() || sexagesimal(rest) == Some("")
        }
        _ => false,
    }
}

/// A date, or a date with a time: one may have short fields, the other not.
fn is_timestamp(text: &str) -> bool {
    let Some(stamp) = Stamp::parse(text) else { return false };
    stamp.time.is_some() || text.len() == "2001-12-14".len()
}

/// The fields of a timestamp, not yet checked against the calendar.
#[derive(Debug, PartialEq)]
pub(super) struct Stamp {
    pub year: u32,
    pub month: u32,
    pub day: u32,
    pub time: Option<StampTime>,
}

#[derive(Debug, PartialEq)]
pub(super) struct StampTime {
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub micro: u32,
    /// Offset from UTC in minutes; none for a time without a zone.
    pub offset: Option<i32>,
}

impl Stamp {
    pub(crate) fn parse(text: &str) -> Option<Stamp> {
        let mut fields = Fields(text);
        let year = fields.number(4, 4)?;
        fields.literal('-')?;
        let month = fields.number(1, 2)?;
        fields.literal('-')?;
        let day = fields.number(1, 2)?;
        if fields.0.is_empty() {
            return Some(Stamp {
                year,
                month,
                day,
                time: None,
            });
        }
        if fields.literal('T').or_else(|| fields.literal('t')).is_none() {
            let rest = fields.0.trim_start_matches([' ', '\t']);
            if rest.len() == fields.0.len() {
                return None;
            }
            fields.0 = rest;
        }
        let hour = fields.number(1, 2)?;
        fields.literal(':')?;
        let minute = fields.number(2, 2)?;
        fields.literal(':')?;
        let second = fields.number(2, 2)?;
        let mut micro = 0;
        if fields.literal('.').is_some() {
            let (fraction, rest) = digits(fields.0, |b| b.is_ascii_digit());
            fields.0 = rest;
            let six: String = fraction.chars().chain("000000".chars()).take(6).collect();
            micro = six.parse().ok()?;
        }
        let offset = fields.zone()?;
        fields.0.is_empty().then_some(Stamp {
            year,
            month,
            day,
            time: Some(StampTime {
                hour,
                minute,
                second,
                micro,
                offset,
            }),
        })
    }
}

struct Fields<'a>(&'a str);

impl Fields<'_> {
    fn literal(&mut self, c: char) -> Option<()> {
        self.0 = self.0.strip_prefix(c)?;
        Some(())
    }

    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let available = digits(self.0, |b| b.is_ascii_digit()).0.len().min(most);
        if available < least {
            return None;
        }
        let (number, rest) = self.0.split_at(available);
        self.0 = rest;
        number.parse().ok()
    }

    /// `None`: malformed. `Some(None)`: no zone.
    fn zone(&mut self) -> Option<Option<i32>> {
        if self.0.is_empty() {
            return Some(None);
        }
        self.0 = self.0.trim_start_matches([' ', '\t']);
        if self.literal('Z').is_some() {
            return Some(Some(0));
        }
        let sign = if self.literal('-').is_some() {
            -1
        } else {
            self.literal('+')?;
            1
        };
        let hours = self.number(1, 2)?;
        let minutes = if self.literal(':').is_some() {
            self.number(2, 2)?
        } else {
            0
        };
        Some(Some(sign * (hours * 60 + minutes) as i32))
    }
}
