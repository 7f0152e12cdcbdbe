//! Finding inline expressions in text by their markers.

/// The first stretch of text from `open` to the nearest `close` on the same line, as byte range.
pub fn next_match(text: &str, from: usize, open: &str, close: &str) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let start = at + text[at..].find(open)?;
        let inner = start + open.len();
        let line = text[inner..].find('\n').map_or(text.len(), |i| inner + i);
        match text[inner..line].find(close) {
            Some(i) => return Some((start, inner + i + close.len())),
            // No marker closes on this line: none of the openings on it can match.
            None => at = line,
        }
    }
}

/// The first `{{ … }}` of a text, as byte range with its braces.
pub fn first_jinja_expression(text: &str) -> Option<(usize, usize)> {
    next_match(text, 0, "{{", "}}")
}
