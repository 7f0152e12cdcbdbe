//! Replacement templates of `re.sub`.

use super::{Found, Regex};
use crate::{Failure, fail};
use mistral_expr::ErrorKind;

/// A parsed template.
#[derive(Debug)]
pub(in super::super) struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Group(usize),
}

fn refuse<T>(text: String, at: usize) -> Result<T, Failure> {
    fail(ErrorKind::Regex, format!("{text} at position {at}"))
}

impl Template {
    /// # Errors
    /// Python's texts: bad escapes, groups that do not exist.
    pub(crate) fn parse(regex: &Regex, template: &str) -> Result<Template, Failure> {
        let chars: Vec<char> = template.chars().collect();
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut i = 0;
        while i < chars.len() {
            let here = i;
            let c = chars[i];
            i += 1;
            if c != '\\' {
                text.push(c);
                continue;
            }
            let Some(&e) = chars.get(i) else {
                return refuse("bad escape (end of pattern)".into(), here);
            };
            i += 1;
            let digit = |at: usize| chars.get(at).and_then(|c| c.to_digit(10));
            let group = match e {
                'g' => {
                    if chars.get(i) != Some(&'<') {
                        return refuse("missing <".into(), i);
                    }
                    let from = i + 1;
                    let Some(length) = chars[from..].iter().position(|c| *c == '>') else {
                        let what = if from == chars.len() {
                            "missing group name"
                        } else {
                            "missing >, unterminated name"
                        };
                        return refuse(what.into(), from);
                    };
                    let name: String = chars[from..from + length].iter().collect();
                    i = from + length + 1;
                    if name.is_empty() {
                        return refuse("missing group name".into(), from);
                    }
                    if name.chars().all(|c| c.is_ascii_digit()) {
                        match name.parse::<usize>() {
                            Ok(n) if n <= regex.groups() => n,
                            _ => return refuse(format!("invalid group reference {name}"), from),
                        }
                    } else {
                        match regex.names().iter().find(|(n, _)| *n == name) {
                            Some((_, n)) => *n,
                            None if !name.starts_with(|c: char| c == '_' || c.is_alphabetic()) => {
                                return refuse(format!("bad character in group name '{name}'"), from);
                            }
                            None => return fail(ErrorKind::Index, format!("unknown group name '{name}'")),
                        }
                    }
                }
                '0' => {
                    let mut code = 0;
                    for _ in 0..2 {
                        match chars.get(i).and_then(|c| c.to_digit(8)) {
                            Some(d) => code = code * 8 + d,
                            None => break,
                        }
                        i += 1;
                    }
                    text.extend(char::from_u32(code));
                    continue;
                }
                '1'..='9' => {
                    let first = e.to_digit(10).unwrap_or(0);
                    let mut number = first as usize;
                    if let Some(second) = digit(i) {
                        i += 1;
                        let third = chars.get(i).and_then(|c| c.to_digit(8));
                        if let (true, Some(third)) = (first < 8 && second < 8, third) {
                            i += 1;
                            let code = first * 64 + second * 8 + third;
                            if code > 0o377 {
                                let shown: String = chars[here..i].iter().collect();
                                return refuse(format!("octal escape value {shown} outside of range 0-0o377"), here);
                            }
                            text.extend(char::from_u32(code));
                            continue;
                        }
                        number = number * 10 + second as usize;
                    }
                    if number > regex.groups() {
                        return refuse(format!("invalid group reference {number}"), here + 1);
                    }
                    number
                }
                e => {
                    match e {
                        'a' => text.push('\u{7}'),
                        'b' => text.push('\u{8}'),
                        'f' => text.push('\u{c}'),
                        'n' => text.push('\n'),
                        'r' => text.push('\r'),
                        't' => text.push('\t'),
                        'v' => text.push('\u{b}'),
                        '\\' => text.push('\\'),
                        e if e.is_ascii_alphabetic() => return refuse(format!("bad escape \\{e}"), here),
                        e => {
                            text.push('\\');
                            text.push(e);
                        }
                    }
                    continue;
                }
            };
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(Part::Group(group));
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Template(parts))
    }

    /// Appends the replacement of one match.
    pub(crate) fn expand(&self, found: &Found, text: &str, out: &mut String) {
        for part in &self.0 {
            match part {
                Part::Text(t) => out.push_str(t),
                Part::Group(n) => {
                    if let Some((a, b)) = found.group(*n) {
                        out.push_str(&text[a..b]);
                    }
                }
            }
        }
    }
}
