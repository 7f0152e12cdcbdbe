//! Escaping of texts for JSON strings, in steps: a step stops when its room is used up and goes on where it stopped.

/// How far the escaping of a text has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    at: usize,
    /// In JSON text: inside a string literal.
    within: bool,
}

/// Longest escape of one character: two escaped surrogates.
const LONGEST: usize = 14;

/// Appends text as a JSON string holds it, until about `room` bytes are written. `true`: all of it is.
pub(crate) fn plain(text: &[u8], progress: &mut Progress, out: &mut Vec<u8>, room: usize) -> bool {
    let end = out.len().saturating_add(room);
    while progress.at < text.len() {
        if out.len() >= end {
            return false;
        }
        copy_run(text, progress, &PLAIN, out, end);
        let Some(&byte) = text.get(progress.at).filter(|b| !PLAIN[usize::from(**b)]) else {
            continue;
        };
        progress.at += 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            byte => {
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 15)]);
            }
        }
    }
    true
}

/// Appends JSON text as a JSON string holds it, in Python's spelling, until about `room` bytes are written. `true`: all of it
/// is. What is no JSON comes out as something that a string can hold all the same.
pub(crate) fn json(text: &[u8], progress: &mut Progress, out: &mut Vec<u8>, room: usize) -> bool {
    let end = out.len().saturating_add(room);
    while progress.at < text.len() {
        if out.len() >= end {
            return false;
        }
        if progress.within {
            string_within(text, progress, out, end);
            continue;
        }
        copy_run(text, progress, &PLAIN_BETWEEN, out, end);
        let Some(&byte) = text.get(progress.at).filter(|b| !PLAIN_BETWEEN[usize::from(**b)]) else {
            continue;
        };
        match byte {
            b'"' => {
                out.extend_from_slice(b"\\\"");
                progress.within = true;
                progress.at += 1;
            }
            b',' | b':' => {
                out.extend_from_slice(&[byte, b' ']);
                progress.at += 1;
            }
            b' ' | b'\t' | b'\n' | b'\r' => progress.at += 1,
            _ => progress.at += character(&text[progress.at..], out),
        }
    }
    true
}

/// Copies bytes that need nothing, no further than `end`.
#[inline]
fn copy_run(text: &[u8], progress: &mut Progress, needs_nothing: &[bool; 256], out: &mut Vec<u8>, end: usize) {
    let from = progress.at;
    let room = end - out.len();
    let rest = &text[from..from.saturating_add(room).min(text.len())];
    let length = rest
        .iter()
        .position(|byte| !needs_nothing[usize::from(*byte)])
        .unwrap_or(rest.len());
    out.extend_from_slice(&rest[..length]);
    progress.at = from + length;
}

/// A string literal inside JSON text, until its end or `end`.
fn string_within(text: &[u8], progress: &mut Progress, out: &mut Vec<u8>, end: usize) {
    while out.len() < end {
        copy_run(text, progress, &PLAIN_WITHIN, out, end);
        let at = progress.at;
        match text.get(at) {
            None => return,
            Some(b'"') => {
                out.extend_from_slice(b"\\\"");
                progress.within = false;
                progress.at = at + 1;
                return;
            }
            Some(b'\\') => {
                progress.at = at + 2;
                match text.get(at + 1) {
                    Some(b'/') => out.push(b'/'),
                    Some(b'"') => out.extend_from_slice(b"\\\\\\\""),
                    Some(b'\\') => out.extend_from_slice(b"\\\\\\\\"),
                    Some(&byte) if byte.is_ascii_graphic() => out.extend_from_slice(&[b'\\', b'\\', byte]),
                    _ => {
                        out.extend_from_slice(b"\\\\");
                        progress.at = at + 1;
                    }
                }
            }
            Some(byte) if PLAIN_WITHIN[usize::from(*byte)] => {}
            Some(_) => progress.at = at + character(&text[at..], out),
        }
    }
}

/// The first character of a text as `\\uXXXX`: an escape inside the inner text, whose backslash the outer string escapes. Gives
/// its length.
fn character(text: &[u8], out: &mut Vec<u8>) -> usize {
    let (character, length) = decode(text);
    out.reserve(LONGEST);
    for unit in character.encode_utf16(&mut [0; 2]) {
        out.extend_from_slice(b"\\\\u");
        for shift in [12, 8, 4, 0] {
            out.push(HEX[usize::from(*unit >> shift & 15)]);
        }
    }
    length
}

/// The first character of a text and its length; U+FFFD for a byte that begins none.
fn decode(text: &[u8]) -> (char, usize) {
    let length = match text.first() {
        Some(0xc0..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..) => 4,
        _ => 1,
    };
    let decoded = text.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    match decoded.and_then(|text| text.chars().next()) {
        Some(character) => (character, length),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

pub(crate) const HEX: &[u8; 16] = b"0123456789abcdef";

/// Bytes that a JSON string holds as they are.
static PLAIN: [bool; 256] = table(false, false);
/// Bytes of JSON text outside its strings that need nothing.
static PLAIN_BETWEEN: [bool; 256] = table(true, true);
/// Bytes inside its strings that need nothing.
static PLAIN_WITHIN: [bool; 256] = table(true, false);

const fn table(ascii: bool, structure: bool) -> [bool; 256] {
    let mut plain = [true; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        plain[b] = !(byte < 0x20
            || byte == b'"'
            || byte == b'\\'
            || (ascii && byte >= 0x80)
            || (structure && (byte == b',' || byte == b':' || byte == b' ')));
        b += 1;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 8] = [
        "{}",
        r#"{"a":[1,2.5,null,true],"b":{"c":"x,y: z"}}"#,
        r#"{"q":"\"\\ \n \u00fc / \/ é日😀"}"#,
        "\"open",
        "\"open\\",
        "é\u{1}",
        "\"a\\\u{1}\"\"\\é\"",
        "",
    ];

    type Step = fn(&[u8], &mut Progress, &mut Vec<u8>, usize) -> bool;

    #[test]
    fn steps_of_any_size_give_the_same() {
        for step in [plain as Step, json as Step] {
            for text in TEXTS {
                let mut whole = Vec::new();
                assert!(step(text.as_bytes(), &mut Progress::default(), &mut whole, usize::MAX));
                for room in 1..20 {
                    let (mut progress, mut out, mut steps) = (Progress::default(), Vec::new(), 0);
                    loop {
                        let before = out.len();
                        let done = step(text.as_bytes(), &mut progress, &mut out, room);
                        assert!(out.len() < before + room + LONGEST, "{text:?} {room}");
                        steps += 1;
                        assert!(steps < 1000, "{text:?} {room} does not end");
                        if done {
                            break;
                        }
                    }
                    assert_eq!(out, whole, "{text:?} {room}");
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        let mut out = Vec::new();
        assert!(json(b"\"\xff\xe9x\"", &mut Progress::default(), &mut out, usize::MAX));
        assert_eq!(out, b"\\\"\\\\ufffd\\\\ufffdx\\\"");
    }
}
