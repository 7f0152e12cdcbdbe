//! Inline syntax, `name param1=value1 param2=value2` (§6), and the texts of `with-items` (§7).
//!
//! Upstream uses regular expressions; the scanner here gives the same results, backtracking and character classes
//! (Python's Unicode `\w`, `\s`, `\d`) included.

use pyvalue::chars::{is_digit, is_space, is_word};
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::error::{Error, Rule};
use mistral_model::json;
use mistral_model::value::{Dict, Str, Value};

/// Splits an inline call into name and parameters.
///
/// Without a blank (0x20) the whole text is the name. Whatever is no parameter is skipped silently; the last of several
/// parameters of one name wins.
///
/// # Errors
/// When the text has a blank but doesn't start with something that can be a name.
pub fn parse(text: &str) -> Result<(&str, Dict), Error> {
    if !text.contains(' ') {
        return Ok((text, Dict::default()));
    }
    let name = leading_name(text).ok_or_else(|| {
        Error::model(format!("Invalid action/workflow task property: {text}"))
            .of(Rule::Call)
            .in_text(text)
    })?;
    Ok((name, parameters(text)))
}

/// The match of `^([\w\.]+[^=\(\s\"]*|<%.*?%>|{{.*}}|{%.*%})`.
fn leading_name(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    if first == '.' || is_word(first) {
        let end = text
            .find(|c| matches!(c, '=' | '(' | '"') || is_space(c))
            .unwrap_or(text.len());
        return Some(&text[..end]);
    }
    let line = &text[..text.find('\n').unwrap_or(text.len())];
    let closed = |open: &str, close: &str, greedy: bool| {
        let rest = line.strip_prefix(open)?;
        let at = if greedy { rest.rfind(close)? } else { rest.find(close)? };
        Some(&line[..open.len() + at + close.len()])
    };
    closed("<%", "%>", false)
        .or_else(|| closed("{{", "}}", true))
        .or_else(|| closed("{%", "%}", true))
}

/// All matches of `([-_\w]+)=(value)`, left to right.
fn parameters(text: &str) -> Dict {
    let mut found = Dict::default();
    // Where the search for the next parameter starts: nothing before it can be part of a key.
    let mut from = 0;
    let mut look = 0;
    while let Some(at) = text[look..].find('=').map(|i| look + i) {
        look = at + 1;
        let key_length: usize = text[from..at]
            .chars()
            .rev()
            .take_while(|&c| c == '-' || is_word(c))
            .map(char::len_utf8)
            .sum();
        if key_length == 0 {
            continue;
        }
        let Some(length) = value_length(&text[look..]) else {
            continue;
        };
        let value = text[look..look + length].trim_matches(is_space);
        found.insert(Str::from(&text[at - key_length..at]), convert(value));
        look += length;
        from = look;
    }
    found
}

/// Length of the value that `text` starts with, trailing white space of quoted and bracketed values included. The
/// alternatives are tried in upstream's order.
fn value_length(text: &str) -> Option<usize> {
    let with_blanks = |end: usize| {
        end + text[end..]
            .chars()
            .take_while(|&c| is_space(c))
            .map(char::len_utf8)
            .sum::<usize>()
    };
    // Not the whole line for each of many values on it.
    let closed = |open: &str, close: &str| {
        let at = open.len() + text.strip_prefix(open)?.find(close)?;
        (!text[..at].contains('\n')).then_some(at + close.len())
    };
    let first = text.chars().next()?;
    match first {
        '"' | '\'' => text[1..].find(first).map(|at| with_blanks(at + 2)),
        '{' => closed("{{", "}}"),
        '<' => closed("<%", "%>"),
        '[' => {
            let line = &text[..text.find('\n').unwrap_or(text.len())];
            line.rfind(']').map(|at| with_blanks(at + 1))
        }
        't' | 'f' | 'n' => ["true", "false", "null"]
            .iter()
            .find(|w| text.starts_with(**w))
            .map(|w| w.len()),
        c if is_digit(c) => Some(text.chars().take_while(|&c| is_digit(c)).map(char::len_utf8).sum()),
        _ => None,
    }
}

/// Quoted values are text without escapes, others JSON where they can be.
fn convert(value: &str) -> Value {
    match value.as_bytes() {
        [b'"' | b'\'', ..] => Value::from(&value[1..value.len() - 1]),
        // Expressions are never JSON.
        [b'{' | b'<', ..] => Value::from(value),
        b"true" => Value::Bool(true),
        b"false" => Value::Bool(false),
        b"null" => Value::Null,
        // Leading zeros are no JSON either; what is too long for 64 bits is left to the parser.
        [b'1'..=b'9', ..] | b"0" if value.len() <= 18 && value.is_ascii() => {
            value.parse().map_or_else(|_| Value::from(value), Value::Int)
        }
        _ => json::parse(value.as_bytes()).unwrap_or_else(|_| Value::from(value)),
    }
}

/// Splits `var in <values>` into variable and values. Whatever follows the values is ignored.
pub fn parse_with_items(text: &str) -> Option<(&str, &str)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\s\x1c-\x1f]*([\p{L}\p{N}_\-]+)[\s\x1c-\x1f]*in[\s\x1c-\x1f]*(\[.+\]|\{\{.*?\}\}|<%.*?%>)")
            .expect("a constant pattern")
    });
    let found = FORM.captures(text)?;
    Some((found.get(1)?.as_str(), found.get(2)?.as_str()))
}

/// Whether a text is one expression that may be followed by white space only: `^<%.*?%>\s*$` or `^({{(.*?)}})\s*$`.
pub(crate) fn is_yaql(text: &str) -> bool {
    is_enclosed(text, "<%", "%>")
}

/// See [`is_yaql`].
pub(crate) fn is_jinja(text: &str) -> bool {
    is_enclosed(text, "{{", "}}")
}

fn is_enclosed(text: &str, open: &str, close: &str) -> bool {
    let text = text.trim_end_matches(is_space);
    text.len() >= open.len() + close.len() && text.starts_with(open) && text.ends_with(close) && !text.contains('\n')
}

/// Upstream's `merge_dicts`: members of `right` go into `left`, mappings recursively, everything else replacing.
pub(crate) fn merge(left: &mut Dict, right: &Dict) {
    for (key, value) in right {
        match left.get_mut(key) {
            Some(Value::Dict(present)) if matches!(value, Value::Dict(_)) => {
                if let Value::Dict(added) = value {
                    merge(Arc::make_mut(present), added);
                }
            }
            Some(present) => *present = value.clone(),
            None => {
                left.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match parse(text) {
            Ok((name, parameters)) => format!("{name} {}", json::dumps(&Value::dict(parameters))),
            Err(error) => error.message,
        }
    }

    #[test]
    fn upstream_examples() {
        for (text, expected) in [
            ("std.echo output=Hello", "std.echo {}"),
            (
                r#"std.echo output="Hello world" x=1"#,
                r#"std.echo {"output": "Hello world", "x": 1}"#,
            ),
            (
                r#"std.echo a=[1, "b"] c=true d=null e=1.5 f=-1 g={"a":1}"#,
                r#"std.echo {"a": [1, "b"], "c": true, "d": null, "e": 1}"#,
            ),
            ("std.echo x=trueish", r#"std.echo {"x": true}"#),
            ("std.echo x=12abc", r#"std.echo {"x": 12}"#),
            ("std.echo x=[1,2] y=[3]", r#"std.echo {"x": "[1,2] y=[3]"}"#),
            (r#"std.echo x=[1] y="]""#, r#"std.echo {"x": "[1] y=\"]"}"#),
            ("std.echo x=[a b]", r#"std.echo {"x": "[a b]"}"#),
            (r#"std.echo x="a\"b""#, r#"std.echo {"x": "a\\"}"#),
            ("std.echo x=''", r#"std.echo {"x": ""}"#),
            (r#"std.echo x="""#, r#"std.echo {"x": ""}"#),
            ("std.echo x=<% $.a %><% $.b %>", r#"std.echo {"x": "<% $.a %>"}"#),
            (
                r#"std.echo x="<% $.a %>-<% $.b %>""#,
                r#"std.echo {"x": "<% $.a %>-<% $.b %>"}"#,
            ),
            (
                "std.echo x={{ a }} y={{ b }} z",
                r#"std.echo {"x": "{{ a }}", "y": "{{ b }}"}"#,
            ),
            (r#"std.http url="http://h/?a=1&b=2""#, "std.http url"),
            ("<% $.name %> a=1", r#"<% $.name %> {"a": 1}"#),
            ("{{ _.name }} a=1", r#"{{ _.name }} {"a": 1}"#),
            ("{{ _.a }}{{ _.b }} a=1", r#"{{ _.a }}{{ _.b }} {"a": 1}"#),
            ("{% if a %}b{% endif %} x=2", r#"{% if a %}b{% endif %} {"x": 2}"#),
            ("std.echo x = 1", "std.echo {}"),
            (r#"fail(msg="x y")"#, r#"fail {"msg": "x y"}"#),
            (
                "count=3 delay=1 break-on=<% $.x %>",
                r#"count {"count": 3, "delay": 1, "break-on": "<% $.x %>"}"#,
            ),
            ("no-blank=1", "no-blank=1 {}"),
            ("std.echo\tx=1", "std.echo\tx=1 {}"),
            (" a b", "Invalid action/workflow task property:  a b"),
            ("-a b", "Invalid action/workflow task property: -a b"),
            ("<% a b", "Invalid action/workflow task property: <% a b"),
        ] {
            if text.starts_with("std.http ") {
                assert_eq!(shown(text), r#"std.http {"url": "http://h/?a=1&b=2"}"#);
            } else {
                assert_eq!(shown(text), expected, "{text}");
            }
        }
    }

    #[test]
    fn corners_of_the_regular_expressions() {
        for (text, expected) in [
            // The first alternative of a value decides: an unclosed quote is no value at all.
            (r#"a x="1 y=2"#, r#"a {"y": 2}"#),
            // Keys may hold dashes and any letter; a key needs at least one character.
            ("a é-b=1 =2", r#"a {"\u00e9-b": 1}"#),
            // A key doesn't reach back into the value before it.
            ("a x=1y=2", r#"a {"x": 1, "y": 2}"#),
            ("a x=1=2", r#"a {"x": 1}"#),
            ("a x==2", "a {}"),
            // Quoted values may span lines, expressions and brackets may not.
            ("a x=\"1\n2\"", r#"a {"x": "1\n2"}"#),
            ("a x=<% 1\n %> y=[1,\n2]", "a {}"),
            ("a x=[1,\n2] y=[3]", r#"a {"y": [3]}"#),
            // Leading zeros are no JSON.
            ("a x=007", r#"a {"x": "007"}"#),
            ("a x=٣", r#"a {"x": "\u0663"}"#),
            ("a x=1 x=2", r#"a {"x": 2}"#),
            ("a.b-c/d:e f", "a.b-c/d:e {}"),
            (".a b", ".a {}"),
            ("é b", "é {}"),
            ("a x='<% 1 %>' ", r#"a {"x": "<% 1 %>"}"#),
            ("a x={{ a", "a {}"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn with_items_texts() {
        for (text, expected) in [
            ("x in <% $.y %>", Some(("x", "<% $.y %>"))),
            ("xin <% $.a %>", Some(("x", "<% $.a %>"))),
            ("x in <% $.a %> + <% $.b %>", Some(("x", "<% $.a %>"))),
            (" a-b in{{ _.y }}", Some(("a-b", "{{ _.y }}"))),
            ("x in [1, [2]] z", Some(("x", "[1, [2]]"))),
            ("in in [1]", Some(("in", "[1]"))),
            ("x in []", None),
            ("x in y", None),
            ("<% $.y %>", None),
            ("x.y in [1]", None),
            ("x in\n[1]", Some(("x", "[1]"))),
            ("x in [1,\n2]", None),
        ] {
            assert_eq!(parse_with_items(text), expected, "{text}");
        }
    }

    #[test]
    fn whole_expressions() {
        for (text, yaql, jinja) in [
            ("<% 1 %>", true, false),
            ("<% 1 %> \n", true, false),
            (" <% 1 %>", false, false),
            ("<% $.a %> <% $.b %>", true, false),
            ("<%%>", true, false),
            ("<%>", false, false),
            ("<% 1\n %>", false, false),
            ("{{ a }}", false, true),
            ("{{}", false, false),
            ("{% a %}", false, false),
            ("a <% 1 %>", false, false),
        ] {
            assert_eq!((is_yaql(text), is_jinja(text)), (yaql, jinja), "{text}");
        }
    }
}
