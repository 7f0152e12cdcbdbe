//! Python's methods of texts, as far as they need no more than the text.

use crate::chars::{digit_value, is_space};
use crate::python;

/// Code points.
pub fn length(s: &str) -> usize {
    if s.is_ascii() { s.len() } else { s.chars().count() }
}

/// Byte offset of a code point, or the end.
pub fn byte_at(s: &str, position: usize) -> usize {
    if s.is_ascii() {
        return position.min(s.len());
    }
    s.char_indices().nth(position).map_or(s.len(), |(i, _)| i)
}

/// `s.expandtabs(size)`.
pub fn expand_tabs(s: &str, size: usize) -> String {
    let mut out = String::with_capacity(s.len());
    let mut column = 0;
    for c in s.chars() {
        match c {
            '\t' => {
                let blanks = if size == 0 { 0 } else { size - column % size };
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            c => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

/// `s.split(None, most)` and `s.rsplit(None, most)`: at runs of white space; empty parts do not count.
pub fn split_space(s: &str, most: usize, from_right: bool) -> Vec<&str> {
    let mut parts = Vec::new();
    if from_right {
        let mut rest = s.trim_end_matches(is_space);
        while !rest.is_empty() {
            if parts.len() == most {
                parts.push(rest);
                break;
            }
            let start = rest
                .char_indices()
                .rev()
                .find(|(_, c)| is_space(*c))
                .map_or(0, |(i, c)| i + c.len_utf8());
            parts.push(&rest[start..]);
            rest = rest[..start].trim_end_matches(is_space);
        }
        parts.reverse();
    } else {
        let mut rest = s.trim_start_matches(is_space);
        while !rest.is_empty() {
            if parts.len() == most {
                parts.push(rest);
                break;
            }
            let end = rest.find(is_space).unwrap_or(rest.len());
            parts.push(&rest[..end]);
            rest = rest[end..].trim_start_matches(is_space);
        }
    }
    parts
}

/// `s.splitlines(keep)`.
pub fn split_lines(s: &str, keep: bool) -> Vec<&str> {
    let is_break = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    let mut lines = Vec::new();
    let mut rest = s;
    while !rest.is_empty() {
        let Some(at) = rest.find(is_break) else {
            lines.push(rest);
            break;
        };
        let length = if rest[at..].starts_with("\r\n") {
            2
        } else {
            rest[at..].chars().next().map_or(1, char::len_utf8)
        };
        lines.push(if keep { &rest[..at + length] } else { &rest[..at] });
        rest = &rest[at + length..];
    }
    lines
}

/// Title case of one character.
fn push_title(c: char, out: &mut String) {
    let digraph = match c {
        'Ǆ'..='ǆ' => Some('ǅ'),
        'Ǉ'..='ǉ' => Some('ǈ'),
        'Ǌ'..='ǌ' => Some('ǋ'),
        'Ǳ'..='ǳ' => Some('ǲ'),
        _ => None,
    };
    if let Some(c) = digraph {
        out.push(c);
        return;
    }
    let mut upper = c.to_uppercase();
    out.extend(upper.next());
    // `ß` becomes `Ss`, not `SS`.
    for more in upper {
        out.extend(more.to_lowercase());
    }
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ')
}

/// `s.capitalize()`.
pub fn capitalize(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut chars = s.chars();
    if let Some(first) = chars.next() {
        push_title(first, &mut out);
    }
    out.push_str(&chars.as_str().to_lowercase());
    out
}

/// Text with its case changed, if the method does that.
pub fn change_case(s: &str, method: &str) -> Option<String> {
    Some(match method {
        "lower" => s.to_lowercase(),
        "upper" => s.to_uppercase(),
        "capitalize" => capitalize(s),
        "title" => {
            let mut out = String::with_capacity(s.len());
            let mut inside = false;
            for c in s.chars() {
                if inside {
                    out.extend(c.to_lowercase());
                } else {
                    push_title(c, &mut out);
                }
                inside = is_cased(c);
            }
            out
        }
        "swapcase" => {
            let mut out = String::with_capacity(s.len());
            for c in s.chars() {
                if c.is_uppercase() {
                    out.extend(c.to_lowercase());
                } else if c.is_lowercase() {
                    out.extend(c.to_uppercase());
                } else {
                    out.push(c);
                }
            }
            out
        }
        "casefold" => {
            let mut out = String::with_capacity(s.len());
            for c in s.chars() {
                match c {
                    'ß' | 'ẞ' => out.push_str("ss"),
                    'ſ' => out.push('s'),
                    'ς' => out.push('σ'),
                    // Ligatures and their like fold to what their capitals are made of.
                    c if c.to_uppercase().count() > 1 => {
                        c.to_uppercase().for_each(|u| out.extend(u.to_lowercase()));
                    }
                    c => out.extend(c.to_lowercase()),
                }
            }
            out
        }
        _ => return None,
    })
}

/// The `is…` methods.
pub fn check(s: &str, method: &str) -> bool {
    let all = |wanted: &dyn Fn(char) -> bool| !s.is_empty() && s.chars().all(wanted);
    match method {
        "isascii" => s.is_ascii(),
        "isspace" => all(&is_space),
        "isalpha" => all(&is_letter),
        "isalnum" => all(&|c| is_letter(c) || is_numeric(c)),
        "isdecimal" => all(&|c| digit_value(c).is_some()),
        "isdigit" => all(&is_digit),
        "isnumeric" => all(&is_numeric),
        "isprintable" => s.chars().all(is_printable),
        "isidentifier" => is_identifier(s),
        "islower" => is_lower(s),
        "isupper" => is_upper(s),
        "istitle" => {
            let (mut any, mut inside) = (false, false);
            for c in s.chars() {
                let starts = c.is_uppercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ');
                if (starts && inside) || (c.is_lowercase() && !inside) {
                    return false;
                }
                inside = is_cased(c);
                any |= inside;
            }
            any
        }
        _ => false,
    }
}

/// `s.islower()`.
pub fn is_lower(s: &str) -> bool {
    s.chars().any(char::is_lowercase) && !s.chars().any(|c| is_cased(c) && !c.is_lowercase())
}

/// `s.isupper()`.
pub fn is_upper(s: &str) -> bool {
    s.chars().any(char::is_uppercase) && !s.chars().any(|c| is_cased(c) && !c.is_uppercase())
}

fn is_letter(c: char) -> bool {
    // Rust counts letter-like numbers and dependent vowels as alphabetic, Python does not.
    c.is_alphabetic()
        && !c.is_numeric()
        && !matches!(c, '\u{2160}'..='\u{2188}' | '\u{345}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{93b}' | '\u{93e}'..='\u{94c}')
}

fn is_digit(c: char) -> bool {
    digit_value(c).is_some()
        || matches!(c, '²' | '³' | '¹' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '\u{2460}'..='\u{2468}')
}

fn is_numeric(c: char) -> bool {
    c.is_numeric()
        || matches!(
            c,
            '一' | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '百'
                | '千'
                | '万'
                | '億'
                | '兆'
                | '〇'
        )
}

fn is_printable(c: char) -> bool {
    if c == '\'' || c == '\\' {
        return true;
    }
    let mut shown = String::new();
    python::write_repr_str(c.encode_utf8(&mut [0; 4]), &mut shown);
    shown.chars().count() == 3
}

/// `s.isidentifier()`.
pub fn is_identifier(s: &str) -> bool {
    let mut chars = s.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(|c| c == '_' || c.is_alphanumeric())
}
