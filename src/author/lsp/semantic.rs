//! Semantic tokens: what stands inside expressions, which for an editor is only text of YAML.

use serde_json::{Value, json};

/// Kinds of tokens, by their numbers.
pub(super) const LEGEND: [&str; 6] = ["variable", "function", "string", "number", "keyword", "operator"];
const VARIABLE: u32 = 0;
const FUNCTION: u32 = 1;
const STRING: u32 = 2;
const NUMBER: u32 = 3;
const KEYWORD: u32 = 4;
const OPERATOR: u32 = 5;

const KEYWORDS: [&str; 20] = [
    "and", "or", "not", "in", "is", "mod", "if", "else", "elif", "endif", "for", "endfor", "set", "true", "false",
    "null", "none", "True", "False", "None",
];

/// The tokens of a document, in the protocol's form: five numbers each, places relative to the one before.
pub(super) fn tokens(text: &str) -> Value {
    let mut data: Vec<u32> = Vec::new();
    let (mut last_line, mut last_column) = (0, 0);
    let mut open: Option<&str> = None;
    let mut next = 0;
    for (number, line) in (0_u32..).zip(text.split_inclusive('\n')) {
        next += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if open.is_none() && line.trim_start().starts_with('#') {
            continue;
        }
        let mut column = Columns {
            line,
            byte: 0,
            units: 0,
        };
        for (from, to, kind) in of_line(line, &mut open) {
            let (start, end) = (column.of(from), column.of(to));
            let shift = number - last_line;
            let along = if shift == 0 { start - last_column } else { start };
            data.extend([shift, along, end - start, kind, 0]);
            (last_line, last_column) = (number, start);
        }
        // An expression that is being written has no end: it must not swallow the lines below.
        if open.is_some_and(|end| !goes_on(&text[next..], end)) {
            open = None;
        }
    }
    json!({ "data": data })
}

/// How far the end of an expression may be, in lines: folded texts have expressions of several.
const FOLDED: usize = 20;

/// Whether an expression that is open ends in the lines that follow, before another one begins.
fn goes_on(rest: &str, end: &str) -> bool {
    let begin = match end {
        "%>" => "<%",
        "}}" => "{{",
        _ => "{%",
    };
    for line in rest.lines().take(FOLDED) {
        match (line.find(end), line.find(begin)) {
            (Some(end), begin) => return begin.is_none_or(|begin| end < begin),
            (None, Some(_)) => return false,
            (None, None) => {}
        }
    }
    false
}

/// Columns in UTF-16, for bytes that only grow.
struct Columns<'a> {
    line: &'a str,
    byte: usize,
    units: u32,
}

impl Columns<'_> {
    fn of(&mut self, byte: usize) -> u32 {
        let passed = &self.line[self.byte..byte];
        self.units += passed.chars().map(|c| c.len_utf16() as u32).sum::<u32>();
        self.byte = byte;
        self.units
    }
}

/// Tokens of one line: from, to, kind. `open` is how the expression that is open ends.
fn of_line(line: &str, open: &mut Option<&'static str>) -> Vec<(usize, usize, u32)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let Some(end) = *open else {
            let begins = [("<%", "%>"), ("{{", "}}"), ("{%", "%}")];
            let next = begins
                .into_iter()
                .filter_map(|(begin, end)| Some((rest.find(begin)?, end)))
                .min();
            let Some((skip, end)) = next else { break };
            *open = Some(end);
            at += skip + 2;
            continue;
        };
        if rest.starts_with(end) {
            *open = None;
            at += end.len();
            continue;
        }
        let (length, kind) = token(rest);
        if let Some(kind) = kind {
            found.push((at, at + length, kind));
        }
        at += length;
    }
    found
}

/// Length and kind of what a text begins with.
fn token(rest: &str) -> (usize, Option<u32>) {
    let first = rest.chars().next().unwrap_or(' ');
    let while_of = |holds: &dyn Fn(char) -> bool| rest.find(|c: char| !holds(c)).unwrap_or(rest.len());
    match first {
        '\'' | '"' | '`' => {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, c)| {
                let ends = *c == first && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            });
            (end.map_or(rest.len(), |(at, c)| at + c.len_utf8()), Some(STRING))
        }
        c if c.is_ascii_digit() => (while_of(&|c| c.is_ascii_alphanumeric() || c == '.'), Some(NUMBER)),
        '$' => (
            1 + rest[1..].find(|c: char| !is_word(c)).unwrap_or(rest.len() - 1),
            Some(VARIABLE),
        ),
        c if is_word(c) => {
            let length = while_of(&is_word);
            let word = &rest[..length];
            let kind = match rest[length..].trim_start().starts_with('(') {
                _ if KEYWORDS.contains(&word) => KEYWORD,
                true => FUNCTION,
                false => VARIABLE,
            };
            (length, Some(kind))
        }
        c if "+-*/<>=!~|?:".contains(c) => (1, Some(OPERATOR)),
        c => (c.len_utf8(), None),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(line, column, text)` and kind, absolute again.
    fn absolute(text: &str) -> Vec<(u32, u32, String, &'static str)> {
        let lines: Vec<Vec<u16>> = text.lines().map(|line| line.encode_utf16().collect()).collect();
        let (mut line, mut column) = (0, 0);
        let data: Vec<u32> = serde_json::from_value(tokens(text)["data"].clone()).unwrap();
        data.chunks(5)
            .map(|t| {
                column = if t[0] == 0 { column + t[1] } else { t[1] };
                line += t[0];
                let units = &lines[line as usize][column as usize..(column + t[2]) as usize];
                (line, column, String::from_utf16(units).unwrap(), LEGEND[t[3] as usize])
            })
            .collect()
    }

    #[test]
    fn inside_expressions_only() {
        let text = "# <% $.no %>\na: <% $.names.len() > 1 and 'é' in $.x %> rest\nb: \"{{ _.n | int }}\"\n";
        let found: Vec<(String, &str)> = absolute(text)
            .into_iter()
            .map(|(_, _, text, kind)| (text, kind))
            .collect();
        let expected = [
            ("$", "variable"),
            ("names", "variable"),
            ("len", "function"),
            (">", "operator"),
            ("1", "number"),
            ("and", "keyword"),
            ("'é'", "string"),
            ("in", "keyword"),
            ("$", "variable"),
            ("x", "variable"),
            ("_", "variable"),
            ("n", "variable"),
            ("|", "operator"),
            ("int", "variable"),
        ];
        let expected: Vec<(String, &str)> = expected.map(|(text, kind)| (text.to_owned(), kind)).to_vec();
        assert_eq!(found, expected);
    }

    #[test]
    fn over_lines_and_without_an_end() {
        let text = "a: |\n  {% if _.x %}\n  🦀{{ _.y\n  }} text\nb: <% 'open";
        let found: Vec<String> = absolute(text).into_iter().map(|(_, _, text, _)| text).collect();
        assert_eq!(found, ["if", "_", "x", "_", "y", "'open"]);
    }
}
