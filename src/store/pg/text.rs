//! Text as PostgreSQL can store it: it has no NUL character. One such character in one row would fail a whole batch, so it
//! is replaced on the way in, whatever validation happened before.

use std::borrow::Cow;

/// What a row may hold, in bytes, in a column that an index covers: a B-tree entry is limited to a third of a page. The API
/// bounds names and descriptions to 255 characters, as upstream's columns do; the limit here keeps a row that got past it
/// from failing the others' batch.
const INDEXED_LIMIT: usize = 2_000;

/// Plain text: NUL becomes U+FFFD.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    replace(text, "\u{fffd}")
}

/// JSON text: valid JSON holds no raw NUL; a stray one becomes its escape.
pub(super) fn json(text: &str) -> Cow<'_, str> {
    replace(text, "\\u0000")
}

/// Plain text in an indexed column.
pub(super) fn indexed(text: &str) -> Cow<'_, str> {
    if text.len() <= INDEXED_LIMIT {
        return plain(text);
    }
    let mut end = INDEXED_LIMIT;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    plain(&text[..end])
}

fn replace<'a>(text: &'a str, with: &str) -> Cow<'a, str> {
    if text.as_bytes().contains(&0) {
        Cow::Owned(text.replace('\0', with))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_replaced() {
        assert_eq!(plain("a\0b"), "a\u{fffd}b");
        assert_eq!(json("\"a\0b\""), "\"a\\u0000b\"");
        assert!(matches!(plain("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn indexed_text_is_cut_between_characters() {
        let long = "é".repeat(1_001);
        assert_eq!(indexed(&long).len(), 2_000);
        let odd = format!("x{long}");
        assert_eq!(indexed(&odd).len(), 1_999);
        assert_eq!(indexed("short"), "short");
    }
}
