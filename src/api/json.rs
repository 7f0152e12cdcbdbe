//! JSON answers, written by hand straight from what the database sent.
//!
//! Payloads (`input`, `output`, …) are served as JSON *text inside a string*, spelled as Python's `json.dumps` spells it:
//! one blank after each comma and colon, everything beyond ASCII escaped (`escape`). Large ones stay where they are until the
//! answer is sent (`content`).

use super::content::{Deferred, Form, Part, Shared, Source};
use super::escape::{self, HEX, Progress};
use mistral_model::record::Scope;
use mistral_model::{Id, Payload, Time};
use mistral_store::list::Cell;

/// Texts from this length on are not copied into the document but escaped piece by piece while it is sent.
pub(crate) const LARGE: usize = 64 << 10;

/// A JSON document under construction.
#[derive(Debug, Default)]
pub struct Writer {
    /// What comes before `out`.
    parts: Vec<Part>,
    out: Vec<u8>,
    /// The next member or item needs no comma.
    first: bool,
}

impl Writer {
    pub fn with_capacity(bytes: usize) -> Writer {
        Writer {
            parts: Vec::new(),
            out: Vec::with_capacity(bytes),
            first: true,
        }
    }

    /// The document, ready to be sent.
    pub fn into_parts(mut self) -> Vec<Part> {
        self.parts.push(Part::Bytes(self.out.into()));
        self.parts
    }

    fn comma(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
    }

    pub fn begin_object(&mut self) {
        self.comma();
        self.out.push(b'{');
        self.first = true;
    }

    pub fn end_object(&mut self) {
        self.out.push(b'}');
        self.first = false;
    }

    pub fn begin_array(&mut self) {
        self.comma();
        self.out.push(b'[');
        self.first = true;
    }

    pub fn end_array(&mut self) {
        self.out.push(b']');
        self.first = false;
    }

    /// Begins a member; its value follows. `name` must need no escapes.
    pub fn key(&mut self, name: &str) {
        self.comma();
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\": ");
        self.first = true;
    }

    pub fn null(&mut self) {
        self.raw(b"null");
    }

    pub fn bool(&mut self, b: bool) {
        self.raw(if b { b"true" } else { b"false" });
    }

    pub fn int(&mut self, n: i64) {
        self.comma();
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        let mut rest = n.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if n < 0 {
            self.out.push(b'-');
        }
        self.out.extend_from_slice(&digits[at..]);
    }

    /// A value that is JSON already.
    pub fn raw(&mut self, json: &[u8]) {
        self.comma();
        self.out.extend_from_slice(json);
    }

    /// A document as a value.
    pub fn append(&mut self, document: Writer) {
        self.comma();
        self.parts.push(Part::Bytes(std::mem::take(&mut self.out).into()));
        self.parts.extend(document.into_parts());
    }

    /// Ends a line; the next document follows, without a comma.
    pub fn end_line(&mut self) {
        self.out.push(b'\n');
        self.first = true;
    }

    /// A text.
    pub fn str(&mut self, text: &str) {
        self.comma();
        self.out.push(b'"');
        escape::plain(text.as_bytes(), &mut Progress::default(), &mut self.out, usize::MAX);
        self.out.push(b'"');
    }

    /// JSON text as a string, in Python's spelling. What is no JSON comes out as some valid string all the same.
    pub fn json_text(&mut self, json: &str) {
        self.begin_json_text();
        self.json_piece(json.as_bytes());
        self.end_json_text();
    }

    /// Begins a string that holds JSON text, of which the pieces follow.
    pub fn begin_json_text(&mut self) {
        self.comma();
        self.out.push(b'"');
    }

    pub fn end_json_text(&mut self) {
        self.out.push(b'"');
    }

    /// A piece of JSON text that is complete in itself: it begins and ends outside strings.
    pub fn json_piece(&mut self, json: &[u8]) {
        self.out.reserve(json.len() + json.len() / 8 + 16);
        escape::json(json, &mut Progress::default(), &mut self.out, usize::MAX);
    }

    /// As [`Writer::json_piece`], of a shared text: a large one is escaped when it is sent.
    pub fn shared_piece(&mut self, text: Shared) {
        if text.bytes().len() < LARGE {
            self.json_piece(text.bytes());
        } else {
            self.defer(Deferred::new(text, Form::Json));
        }
    }

    /// As [`Writer::json_text`], of a shared text.
    pub fn shared_json_text(&mut self, text: Shared) {
        self.begin_json_text();
        self.shared_piece(text);
        self.end_json_text();
    }

    /// JSON text of a payload.
    pub fn payload(&mut self, payload: &Payload) {
        self.shared_json_text(Shared::whole(Source::Payload(payload.clone())));
    }

    /// As [`Writer::str`], of a shared text.
    pub fn shared_str(&mut self, text: Shared) {
        self.comma();
        self.out.push(b'"');
        if text.bytes().len() < LARGE {
            escape::plain(text.bytes(), &mut Progress::default(), &mut self.out, usize::MAX);
        } else {
            self.defer(Deferred::new(text, Form::Plain));
        }
        self.out.push(b'"');
    }

    fn defer(&mut self, text: Deferred) {
        let before = std::mem::take(&mut self.out);
        self.parts.push(Part::Bytes(before.into()));
        self.parts.push(Part::Deferred(text));
    }

    pub fn id(&mut self, id: Id) {
        self.comma();
        let mut text = [0u8; 38];
        text[0] = b'"';
        text[37] = b'"';
        let mut at = 1;
        for (i, byte) in id.0.to_be_bytes().into_iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                text[at] = b'-';
                at += 1;
            }
            text[at] = HEX[usize::from(byte >> 4)];
            text[at + 1] = HEX[usize::from(byte & 15)];
            at += 2;
        }
        self.out.extend_from_slice(&text);
    }

    /// `2026-11-23 06:28:05`.
    pub fn time(&mut self, time: Time) {
        self.comma();
        self.out.push(b'"');
        let seconds = time.0.div_euclid(1_000_000);
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        let year = year.clamp(0, 9999) as u64;
        self.two_digits(year / 100);
        self.two_digits(year % 100);
        self.out.push(b'-');
        self.two_digits(month);
        self.out.push(b'-');
        self.two_digits(day);
        self.out.push(b' ');
        let second = second as u64;
        self.two_digits(second / 3600);
        self.out.push(b':');
        self.two_digits(second / 60 % 60);
        self.out.push(b':');
        self.two_digits(second % 60);
        self.out.push(b'"');
    }

    fn two_digits(&mut self, n: u64) {
        self.out
            .extend_from_slice(&[b'0' + (n / 10) as u8, b'0' + (n % 10) as u8]);
    }

    /// A cell in the form that its kind has everywhere.
    pub fn cell(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Null => self.null(),
            Cell::Id(id) => self.id(id),
            Cell::Text(text) => self.str(text),
            Cell::Json(text) => self.json_text(text),
            Cell::Tags(text) => self.raw(text.as_bytes()),
            Cell::Time(time) => self.time(time),
            Cell::State(state) => self.str(state.name()),
            Cell::Scope(scope) => self.scope(scope),
            Cell::TaskKind(kind) => self.str(kind.name()),
            Cell::Bool(b) => self.bool(b),
            Cell::Int(n) => self.int(n),
        }
    }

    pub fn scope(&mut self, scope: Scope) {
        self.str(scope.name());
    }
}

/// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant's algorithm).
fn civil(days: i64) -> (i64, u64, u64) {
    let z = days.saturating_add(719_468);
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u64;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u64;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_model::json;

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut w = Writer::with_capacity(16);
        write(&mut w);
        let [Part::Bytes(bytes)] = &w.into_parts()[..] else {
            panic!("small documents are whole");
        };
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn json_text_is_what_python_would_print() {
        for text in [
            "{}",
            r#"{"a":[1,2.5,null,true],"b":{"c":"x,y: z"}}"#,
            "{ \"a\" : 1 ,\n\t\"b\":2 }",
            r#"{"q":"\"\\ \n \u00fc / \/ é日😀"}"#,
            "\"plain\"",
            "[]",
            "null",
        ] {
            let value = json::parse(text.as_bytes()).unwrap();
            let mut expected = String::new();
            json::write_str(&json::dumps(&value), &mut expected);
            let mut outer = written(|w| w.json_text(text));
            // `dumps` re-encodes escapes that it could leave; compare what both mean.
            outer = json::parse(outer.as_bytes()).unwrap().as_str().unwrap().to_owned();
            assert_eq!(outer, json::dumps(&value), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_still_gives_a_string() {
        for text in ["\"open", "\"open\\", "\\", "é", "\u{1}", "\"a\\\u{1}\"", "\"\\é\""] {
            let outer = written(|w| w.json_text(text));
            assert!(json::parse(outer.as_bytes()).is_ok(), "{text:?} gave {outer}");
        }
    }

    #[test]
    fn times_and_ids() {
        for text in [
            "1970-01-01 00:00:00",
            "2026-11-23 06:28:05",
            "2000-02-29 23:59:59",
            "4242-12-25 13:37:00",
        ] {
            let time = Time::parse(text).unwrap();
            assert_eq!(written(|w| w.time(Time(time.0 + 999_999))), format!("\"{text}\""));
        }
        assert_eq!(written(|w| w.time(Time(-1))), "\"1969-12-31 23:59:59\"");
        let id: Id = "0f8fad5b-d9cb-469f-a165-70867728950e".parse().unwrap();
        assert_eq!(written(|w| w.id(id)), "\"0f8fad5b-d9cb-469f-a165-70867728950e\"");
    }

    #[test]
    fn structure() {
        let text = written(|w| {
            w.begin_object();
            w.key("a");
            w.begin_array();
            w.int(i64::MIN);
            w.int(0);
            w.str("\"\u{1}é");
            w.end_array();
            w.key("b");
            w.null();
            w.end_object();
        });
        assert_eq!(text, r#"{"a": [-9223372036854775808,0,"\"\u0001é"],"b": null}"#);
    }
}
