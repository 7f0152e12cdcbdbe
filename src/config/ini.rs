//! Reader of the INI dialect of oslo.config.
//!
//! `key = value` or `key: value`; a line that starts with white space continues the value before it; `#` and `;` start a
//! comment line; an empty line ends a value; one pair of quotes round a value is dropped. A key may repeat: options that
//! take several values use all of them, the others the last.

use std::path::Path;

/// Files above this size are refused: a configuration is read whole into memory.
const MAX_FILE_BYTES: u64 = 4 << 20;

/// One assignment of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// `DEFAULT`, or the section in lower case.
    pub group: String,
    /// Option name in lower case, `-` replaced by `_`.
    pub name: String,
    pub value: String,
    /// Line of the key, from 1.
    pub line: usize,
}

/// Why a text is no configuration file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub(crate) struct SyntaxError {
    pub line: usize,
    pub reason: String,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Syntax(#[from] SyntaxError),
    #[error("the file has {0} bytes, more than the {MAX_FILE_BYTES} a configuration may have")]
    TooLarge(u64),
}

/// Reads and parses one file.
pub(crate) fn read(path: &Path) -> Result<Vec<Entry>, ReadError> {
    let size = std::fs::metadata(path)?.len();
    if size > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge(size));
    }
    Ok(parse(&std::fs::read_to_string(path)?)?)
}

/// Parses the text of one file.
pub(crate) fn parse(text: &str) -> Result<Vec<Entry>, SyntaxError> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut group = "DEFAULT".to_owned();
    // Whether the next indented line continues the last entry.
    let mut open = false;
    for (index, raw) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = index + 1;
        let fail = |reason: String| SyntaxError { line, reason };
        let content = raw.trim_end();
        let Some(first) = content.chars().next() else {
            open = false;
            continue;
        };
        if first == ' ' || first == '\t' {
            let rest = content.trim_start();
            match entries.last_mut().filter(|_| open) {
                Some(entry) => {
                    entry.value.push('\n');
                    entry.value.push_str(rest);
                }
                // oslo refuses an indented comment here; nobody is helped by that.
                None if rest.starts_with(['#', ';']) => {}
                None => {
                    return Err(fail(format!(
                        "unexpected indented line '{rest}': there is no value it could continue"
                    )));
                }
            }
            continue;
        }
        open = false;
        match first {
            '#' | ';' => {}
            '[' => {
                let name = content[1..]
                    .strip_suffix(']')
                    .ok_or_else(|| fail(format!("section header '{content}' does not end with ']'")))?
                    .trim();
                if name.is_empty() {
                    return Err(fail("section header without a name".to_owned()));
                }
                group = group_name(name);
            }
            _ => {
                let at = content
                    .find(['=', ':'])
                    .ok_or_else(|| fail(format!("'{content}' is neither a section nor 'option = value'")))?;
                let name = content[..at].trim();
                if name.is_empty() {
                    return Err(fail(format!("no option name before '{}'", &content[at..])));
                }
                let value = unquote(content[at + 1..].trim()).to_owned();
                entries.push(Entry {
                    group: group.clone(),
                    name: option_name(name),
                    value,
                    line,
                });
                open = true;
            }
        }
    }
    Ok(entries)
}

/// Groups are compared in lower case, all but `DEFAULT`.
pub(crate) fn group_name(name: &str) -> String {
    if name.eq_ignore_ascii_case("default") {
        "DEFAULT".to_owned()
    } else {
        name.to_lowercase()
    }
}

/// `-` and `_` are the same in option names.
pub(crate) fn option_name(name: &str) -> String {
    name.replace('-', "_").to_lowercase()
}

/// Drops one pair of equal quotes round a text.
pub(crate) fn unquote(text: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triples(text: &str) -> Vec<(String, String, String)> {
        parse(text)
            .unwrap()
            .into_iter()
            .map(|e| (e.group, e.name, e.value))
            .collect()
    }

    #[test]
    fn sections_comments_colons_and_quotes() {
        let text = "debug = true\n# c\n; c\n[API]\nhost: ::1\nInfo-Json-File-Path='a b'\n[Default]\nx=\"1\n";
        let expected = [
            ("DEFAULT", "debug", "true"),
            ("api", "host", "::1"),
            ("api", "info_json_file_path", "a b"),
            ("DEFAULT", "x", "\"1"),
        ];
        let found = triples(text);
        assert_eq!(
            found.iter().map(|(a, b, c)| (&**a, &**b, &**c)).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn indented_lines_continue_until_an_empty_one() {
        let found =
            triples("[notifier]\nnotify = [\n  {\"type\": \"noop\"}\n  ]\n\n  # indented comment\n[api]\nhost=x");
        assert_eq!(found[0].2, "[\n{\"type\": \"noop\"}\n]");
        assert_eq!(found[1].1, "host");
    }

    #[test]
    fn errors_name_the_line() {
        let message = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(message("[api"), "line 1: section header '[api' does not end with ']'");
        assert_eq!(message("\n[ ]"), "line 2: section header without a name");
        assert_eq!(
            message("[api]\nfoo"),
            "line 2: 'foo' is neither a section nor 'option = value'"
        );
        assert_eq!(message("= 3"), "line 1: no option name before '= 3'");
        assert_eq!(
            message("  x = 3"),
            "line 1: unexpected indented line 'x = 3': there is no value it could continue"
        );
    }
}
