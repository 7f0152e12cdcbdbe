//! Case-insensitive comparison as Python's `re` does it: characters are equal when their lower-case forms are, or when those
//! have the same upper-case form.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters that are equal to each other, by their upper-case form; only sets of more than one.
static EQUAL: LazyLock<HashMap<String, Vec<char>>> = LazyLock::new(|| {
    let mut sets: HashMap<String, Vec<char>> = HashMap::new();
    for c in ('\0'..=char::MAX).filter(|c| c.is_alphabetic() || lower(*c) != *c || c.to_uppercase().ne([*c])) {
        sets.entry(upper(lower(c))).or_default().push(c);
    }
    sets.retain(|_, set| set.len() > 1);
    sets
});

fn upper(c: char) -> String {
    c.to_uppercase().collect()
}

/// Lower case as one character.
pub(super) fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    // The only one with a longer form.
    if c == 'İ' {
        'i'
    } else {
        c.to_lowercase().next().unwrap_or(c)
    }
}

/// Whether both are the same but for their case.
pub(super) fn equal(a: char, b: char, ascii: bool) -> bool {
    if a == b || a.eq_ignore_ascii_case(&b) {
        return true;
    }
    if ascii || (a.is_ascii() && b.is_ascii()) {
        return false;
    }
    let (a, b) = (lower(a), lower(b));
    a == b || a.to_uppercase().eq(b.to_uppercase())
}

/// Whether a character between both ends is the same as this one but for its case.
pub(super) fn in_range(c: char, from: char, to: char, ascii: bool) -> bool {
    let within = |c: char| from <= c && c <= to;
    if within(c) || within(c.to_ascii_lowercase()) || within(c.to_ascii_uppercase()) {
        return true;
    }
    if ascii {
        return false;
    }
    EQUAL
        .get(&upper(lower(c)))
        .is_some_and(|set| set.iter().any(|other| within(*other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_python_knows() {
        for (a, b) in [
            ('k', '\u{212a}'),
            ('s', 'ſ'),
            ('i', 'ı'),
            ('I', 'İ'),
            ('µ', 'μ'),
            ('ς', 'Σ'),
            ('ß', 'ẞ'),
            ('ﬅ', 'ﬆ'),
            ('ǆ', 'ǅ'),
            ('é', 'É'),
        ] {
            assert!(equal(a, b, false) && in_range(a, b, b, false), "{a} {b}");
            assert!(!equal(a, b, true), "{a} {b}");
        }
        assert!(equal('a', 'A', true) && !equal('a', 'b', false) && !in_range('é', 'a', 'z', false));
    }
}
