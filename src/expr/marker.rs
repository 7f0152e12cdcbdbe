//! Finding inline expressions in text by their markers.

/// The first stretch of text from `open` to the nearest `close` on the same line, as byte range.
pub fn next_match(text: &str, from: usize, open: &str, close: &str) -> Option<(usize, usize)> {
    let mut at = from;
    // The next closing marker: looked for once, so that many openings before it cost no more than one.
    let mut closing = None;
    loop {
        let start = at + text[at..].find(open)?;
        let inner = start + open.len();
        let end = match closing {
            Some(end) if end >= inner => end,
            _ => inner + text[inner..].find(close)?,
        };
        closing = Some(end);
        match text[inner..end].find('\n') {
            None => return Some((start, end + close.len())),
            // No marker closes on this line: none of the openings on it can match.
            Some(i) => at = inner + i,
        }
    }
}

/// The first `{{ … }}` of a text, as byte range with its braces.
pub fn first_jinja_expression(text: &str) -> Option<(usize, usize)> {
    next_match(text, 0, "{{", "}}")
}
