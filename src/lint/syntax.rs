//! Texts that are no YAML: what is wrong in the words of a workflow's author, and on the line that is wrong, which is not always
//! the one where the loader stops.

use std::collections::HashMap;

use crate::{Findings, near};

/// Lines before the loader's that may be at fault.
const LOOK_BACK: usize = 6;

/// Lines of a text of which every possible repair is not looked at closely.
const LARGE: usize = 1000;

/// Tells what is wrong with a text that the loader refuses.
pub(crate) fn explain(found: &mut Findings<'_>, error: &pyyaml::Error) {
    let lines: Vec<&str> = found.text.split('\n').collect();
    let at = error.line.saturating_sub(1).min(lines.len() - 1);
    if let Some(line) = tab_indented(&lines, at) {
        let (from, _) = extent(found.text, &lines, line);
        let tab = lines[line].find('\t').unwrap_or(0);
        found
            .add(
                "MW002",
                (from + tab, from + tab + 1),
                "a tab indents this line; YAML takes blanks only",
            )
            .help("write blanks instead of the tab");
        return;
    }
    if let Some((line, column, value, problem)) = needs_quotes(&lines, at, error) {
        let (from, _) = extent(found.text, &lines, line);
        let range = (from + column, from + column + value.len());
        let quoted = format!("'{}'", value.replace('\'', "''"));
        let diagnostic = found.add("MW004", range, problem);
        diagnostic.help(format!("write {quoted}"));
        diagnostic.replacement = Some(quoted);
        return;
    }
    let problem = plain_words(&error.message);
    if error.message.contains("could not find expected ':'")
        && let Some(line) = no_colon(&lines, at)
    {
        let (from, to) = extent(found.text, &lines, line);
        let key = lines[line].trim();
        found
            .add(
                "MW001",
                (from + indent_of(lines[line]), to),
                format!("`{key}` is neither a key nor a value here: {problem}"),
            )
            .help(format!("write `{}:` with a colon", near::first_word(key)));
        return;
    }
    if let Some((line, indent)) = wrong_indent(&lines, at) {
        let (from, to) = extent(found.text, &lines, line);
        let present = indent_of(lines[line]);
        found
            .add(
                "MW003",
                (from + present, to),
                format!("this line is indented by {present} blanks and does not fit the lines around it"),
            )
            .help(format!("indent it by {indent} blanks"));
        return;
    }
    let (from, to) = extent(found.text, &lines, at);
    let column = error.column.saturating_sub(1);
    let start = lines[at].char_indices().nth(column).map_or(to, |(i, _)| from + i);
    found.add("MW001", (start, to.max(start)), problem);
}

/// Bytes of a line without its break.
fn extent(text: &str, lines: &[&str], line: usize) -> (usize, usize) {
    let from: usize = lines[..line].iter().map(|l| l.len() + 1).sum();
    let from = from.min(text.len());
    (from, (from + lines[line].trim_end().len()).min(text.len()))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_content(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

/// The line with a tab in its indentation that the loader stumbled over: it stops at or behind it.
fn tab_indented(lines: &[&str], at: usize) -> Option<usize> {
    (at.saturating_sub(LOOK_BACK)..=at).rev().find(|&line| {
        let text = lines[line];
        let lead = &text[..text.len() - text.trim_start().len()];
        lead.contains('\t') && is_content(text)
    })
}

/// A value that must be quoted: its line, where it begins, itself and why.
fn needs_quotes<'t>(lines: &[&'t str], at: usize, error: &pyyaml::Error) -> Option<(usize, usize, &'t str, String)> {
    let message = &error.message;
    let (column, value) = value_of(lines[at])?;
    let shown = |value: &str, why: &str| (at, column, value.to_owned(), why.to_owned());
    let (line, column, _, why) = if value.starts_with("{{") || value.starts_with("{%") {
        shown(value, "`{{` without quotes begins a mapping, not an expression")
    } else if message.contains("mapping values are not allowed here") && value.contains(": ") {
        // Only where the colon is in the value, not where the line itself is in a wrong place.
        let colon = column + value.find(": ")?;
        (error.column == colon + 1).then(|| shown(value, "a value that contains `: ` must be quoted"))?
    } else if message.contains("cannot start any token") && value.starts_with(['%', '`', '@']) {
        shown(value, "a value must not begin with this character unless it is quoted")
    } else {
        return None;
    };
    Some((line, column, value, why))
}

/// The value behind the first `key: ` or `- ` of a line, and its column in bytes.
fn value_of(line: &str) -> Option<(usize, &str)> {
    let start = indent_of(line);
    let body = line[start..].trim_end();
    let (key, value) = match body.strip_prefix("- ") {
        Some(item) if !item.contains(": ") || item.trim_start().starts_with(['{', '%', '`', '@']) => (2, item),
        _ => {
            let colon = body.find(": ")?;
            (colon + 2, &body[colon + 2..])
        }
    };
    let blanks = value.len() - value.trim_start().len();
    let value = value.trim_start();
    (!value.is_empty()).then_some((start + key + blanks, value))
}

/// A line without colon where a key should be.
fn no_colon(lines: &[&str], at: usize) -> Option<usize> {
    (at.saturating_sub(1)..=at).rev().find(|&line| {
        let text = lines[line].trim();
        is_content(text) && !text.contains(':') && !text.starts_with('-') && !text.contains(['[', '{', '"', '\''])
    })
}

/// The line whose indentation is wrong and what it should be: the one change of a single line that makes the text YAML and puts
/// the line where most others of its kind are.
fn wrong_indent(lines: &[&str], at: usize) -> Option<(usize, usize)> {
    let mut usual: HashMap<usize, usize> = HashMap::new();
    for line in lines.iter().filter(|line| is_content(line)) {
        *usual.entry(indent_of(line)).or_default() += 1;
    }
    let step = [4, 2, 3, 1]
        .into_iter()
        .max_by_key(|step| {
            let fitting: usize = usual.iter().filter(|(i, _)| *i % step == 0).map(|(_, n)| n).sum();
            fitting * 8 + step
        })
        .unwrap_or(2);
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    let near = (at.saturating_sub(LOOK_BACK)..=(at + 1).min(lines.len() - 1)).rev();
    for line in near.filter(|&line| is_content(lines[line])) {
        let present = indent_of(lines[line]);
        let mut indents: Vec<usize> = lines[line.saturating_sub(4)..(line + 5).min(lines.len())]
            .iter()
            .filter(|other| is_content(other))
            .map(|other| indent_of(other))
            .filter(|indent| *indent != present && indent.abs_diff(present) <= 4)
            .collect();
        indents.sort_unstable();
        indents.dedup();
        for indent in indents {
            if is_yaml_with(lines, line, indent) {
                candidates.push((line, indent));
            }
        }
    }
    candidates.into_iter().max_by_key(|&(line, indent)| {
        let quiet = usize::MAX - complaints(lines, line, indent);
        let present = indent_of(lines[line]);
        let odd = !present.is_multiple_of(step);
        let rare = usize::MAX - usual.get(&present).copied().unwrap_or(0);
        (
            quiet,
            odd,
            usize::MAX - indent.abs_diff(present),
            rare,
            line == at,
            line,
        )
    })
}

fn with_indent(lines: &[&str], line: usize, indent: usize) -> String {
    let mended = format!("{:indent$}{}", "", lines[line].trim_start());
    let mut all = lines.to_vec();
    all[line] = &mended;
    all.join("\n")
}

fn is_yaml_with(lines: &[&str], line: usize, indent: usize) -> bool {
    pyyaml::parse(&with_indent(lines, line, indent)).is_ok()
}

/// How much there is to say about the text with one line indented otherwise.
fn complaints(lines: &[&str], line: usize, indent: usize) -> usize {
    if lines.len() > LARGE {
        return 0;
    }
    let report = crate::lint(&with_indent(lines, line, indent), &crate::Settings::default());
    let weight = |d: &crate::Diagnostic| if d.severity == crate::Severity::Error { 10 } else { 1 };
    report
        .diagnostics
        .iter()
        .filter(|d| !d.code.starts_with("MW05"))
        .map(weight)
        .sum()
}

/// The loader's problem in one line.
fn plain_words(message: &str) -> String {
    let lines: Vec<&str> = message
        .lines()
        .filter(|line| !line.starts_with("  in \"") && !line.starts_with("    "))
        .collect();
    lines.join(": ")
}
