//! The input of a dynamic action: the parameters of its class's constructor, read from the uploaded source. Nothing of it is
//! run, and what cannot be read has no input to show.

use std::fmt::Write as _;

/// The parameters of `class` as lists of actions show them, `x, y=5`; defaults in the spelling of JSON.
pub fn input_text(source: &str, class: &str) -> String {
    let mut text = String::new();
    for (name, default) in parameters(source, class) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&name);
        if let Some(default) = default {
            let _ = write!(text, "={default}");
        }
    }
    text
}

/// The parameters of `class`, each with its default in the spelling of JSON; `**rest` as it is written.
pub fn parameters(source: &str, class: &str) -> Vec<(String, Option<String>)> {
    let written = class_body(source, class).and_then(parentheses);
    let mut parameters = Vec::new();
    // The first one is the object itself.
    for parameter in written.map(split).unwrap_or_default().into_iter().skip(1) {
        let (name, default) = match find_outside(parameter, '=') {
            Some(at) => (&parameter[..at], Some(&parameter[at + 1..])),
            None => (parameter, None),
        };
        let name: String = name
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim())
            .collect();
        let name = name.split(':').next().unwrap_or_default().trim();
        if name.is_empty() || matches!(name, "*" | "/") {
            continue;
        }
        let default = default.map(|default| {
            let literal = find_outside(default, '#').map_or(default, |at| &default[..at]);
            json_spelling(literal.trim())
        });
        parameters.push((name.to_owned(), default));
    }
    parameters
}

/// What is indented below `class NAME`.
fn class_body<'s>(source: &'s str, class: &str) -> Option<&'s str> {
    let mut at = 0;
    let mut start = None;
    let mut indentation = 0;
    for line in source.split_inclusive('\n') {
        let end = at + line.len();
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        match start {
            None => {
                let named = text.strip_prefix("class ").map(str::trim_start);
                let rest = named.and_then(|rest| rest.strip_prefix(class));
                if rest.is_some_and(|rest| rest.trim_start().starts_with(['(', ':'])) {
                    start = Some(end);
                    indentation = indent;
                }
            }
            Some(start) if !text.is_empty() && !text.starts_with('#') && indent <= indentation => {
                return source.get(start..at);
            }
            Some(_) => {}
        }
        at = end;
    }
    source.get(start?..)
}

/// What stands between the parentheses of `def __init__(`.
fn parentheses(body: &str) -> Option<&str> {
    let before = body
        .split_inclusive('\n')
        .take_while(|line| !line.trim_start().starts_with("def __init__"));
    let at: usize = before.map(str::len).sum();
    let open = at + body.get(at..)?.find('(')?;
    let inside = body.get(open + 1..)?;
    let mut depth = 0_u32;
    scan(inside, |at, c| match c {
        '(' | '[' | '{' => {
            depth += 1;
            None
        }
        ')' | ']' | '}' if depth > 0 => {
            depth -= 1;
            None
        }
        ')' => Some(at),
        _ => None,
    })
    .map(|end| &inside[..end])
}

/// The pieces between the commas that no bracket and no text holds.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = find_outside(rest, ',') {
        pieces.push(&rest[..at]);
        rest = &rest[at + 1..];
    }
    pieces.push(rest);
    pieces
}

/// Where a character stands outside of brackets and texts.
fn find_outside(text: &str, wanted: char) -> Option<usize> {
    let mut depth = 0_i32;
    scan(text, |at, c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        (depth == 0 && c == wanted).then_some(at)
    })
}

/// Shows the characters that are neither in a text nor in a comment (but what opens one), until one is taken.
fn scan(text: &str, mut take: impl FnMut(usize, char) -> Option<usize>) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut in_comment = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            _ if in_comment => in_comment = c != '\n',
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => {
                match c {
                    '#' => in_comment = true,
                    '\'' | '"' => quote = Some(c),
                    _ => {}
                }
                if let Some(found) = take(at, c) {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// A literal of Python's in the spelling of JSON, as far as the two differ in words and quotes.
fn json_spelling(literal: &str) -> String {
    match literal {
        "None" => return "null".to_owned(),
        "True" => return "true".to_owned(),
        "False" => return "false".to_owned(),
        _ => {}
    }
    let quoted = literal.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    match quoted {
        Some(text) if !text.contains(['\'', '\\', '"']) => format!("\"{text}\""),
        _ => literal.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_constructors() {
        let source = "
from mistral_lib import actions

class Other(actions.Action):
    def __init__(self, z):
        pass

class A(actions.Action):
    '''Text: def __init__ is not here.'''

    def run(self, context):
        return 1

class B(
    actions.Action):
    def __init__(
        self,
        x,            # a comment, with (brackets
        y=5, text='a, b', *,
        flag: bool = False, items=[1, (2, 3)], nothing=None, **rest
    ):
        pass
";
        assert_eq!(input_text(source, "Other"), "z");
        assert_eq!(
            input_text(source, "B"),
            "x, y=5, text=\"a, b\", flag=false, items=[1, (2, 3)], nothing=null, **rest"
        );
        for (source, class) in [
            (source, "C"),
            ("class A(", "A"),
            ("class A:\n def __init__(self", "A"),
            ("", ""),
        ] {
            assert_eq!(input_text(source, class), "");
        }
    }
}
