//! Classes of characters as Python sees them.

use std::sync::LazyLock;

static WORD: LazyLock<Option<regex::Regex>> = LazyLock::new(|| regex::Regex::new(r"^[\p{L}\p{N}]$").ok());
static DIGIT: LazyLock<Option<regex::Regex>> = LazyLock::new(|| regex::Regex::new(r"^\p{Nd}$").ok());

fn matches(class: &Option<regex::Regex>, c: char) -> bool {
    class.as_ref().is_some_and(|r| r.is_match(c.encode_utf8(&mut [0; 4])))
}

/// White space: `str.isspace`, `\s`.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// `\w`.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        matches(&WORD, c)
    }
}

/// `\d`: a decimal digit of any script.
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_digit()
    } else {
        matches(&DIGIT, c)
    }
}

/// The value of a decimal digit of any script.
pub fn digit_value(c: char) -> Option<u32> {
    if let Some(d) = c.to_digit(10) {
        return Some(d);
    }
    if !is_digit(c) {
        return None;
    }
    let n = c as u32;
    // Mathematical digits: five runs of ten without a gap.
    if (0x1d7ce..=0x1d7ff).contains(&n) {
        return Some((n - 0x1d7ce) % 10);
    }
    let mut start = n;
    while n - start < 9 && char::from_u32(start - 1).is_some_and(is_digit) {
        start -= 1;
    }
    Some(n - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_all_scripts_have_values() {
        for (c, value) in [
            ('7', Some(7)),
            ('٣', Some(3)),
            ('９', Some(9)),
            ('𝟡', Some(9)),
            ('²', None),
            ('x', None),
        ] {
            assert_eq!(digit_value(c), value, "{c}");
        }
    }
}
