//! Results as JUnit XML, which every CI service reads.

use std::fmt::Write as _;

/// One case that was played.
pub(super) struct Outcome {
    pub file: String,
    pub line: usize,
    pub name: String,
    /// Real seconds.
    pub seconds: f64,
    /// What went wrong.
    pub wrong: Vec<String>,
}

/// JUnit XML: a test suite per file.
pub(super) fn junit(outcomes: &[Outcome]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    let mut files: Vec<&str> = outcomes.iter().map(|outcome| &*outcome.file).collect();
    files.dedup();
    for file in files {
        let cases: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.file == file).collect();
        let failures = cases.iter().filter(|case| !case.wrong.is_empty()).count();
        let seconds: f64 = cases.iter().map(|case| case.seconds).sum();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" time=\"{seconds:.6}\">",
            escaped(file),
            cases.len()
        );
        for case in cases {
            let _ = write!(
                out,
                "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"{:.6}\"",
                escaped(file),
                escaped(&case.name),
                escaped(file),
                case.line,
                case.seconds
            );
            if case.wrong.is_empty() {
                out.push_str("/>\n");
                continue;
            }
            let first = case.wrong.first().map(String::as_str).unwrap_or_default();
            let _ = writeln!(
                out,
                ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
                escaped(first),
                escaped(&case.wrong.join("\n"))
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Text inside XML; characters that XML does not have become question marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push(c),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => out.push('?'),
            c => out.push(c),
        }
    }
    out
}
