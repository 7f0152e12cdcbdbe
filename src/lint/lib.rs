//! Mistakes in workflow documents, told with place and mend. Needs no server and no database: the rules are those of
//! [`mistral_lang`], and beyond them warnings about what would only be noticed when it runs.
//!
//! * `codes`: every kind of diagnostic, with the text of its help page;
//! * `syntax`: texts that are no YAML; `refusal`: what uploads refuse; `rules`: warnings;
//! * `attributes`: the language's attributes, for messages, completion and documentation;
//! * `render`: text with carets, JSON, SARIF, GitHub annotations.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod attributes;
pub mod catalogue;
pub mod codes;
pub mod document;
pub mod mutate;
mod near;
mod refusal;
pub mod render;
mod rules;
pub mod schema;
mod syntax;
#[cfg(test)]
mod tests;

use mistral_expr::Options;
use mistral_lang::DocumentKind;
use pyyaml::{Located, Read};

pub use catalogue::{Action, Catalogue, Parameter, WorkflowEntry};
pub use codes::{CODES, Code, Severity};
pub use near::nearest;

/// Longest list of diagnostics of one document; the rest is counted.
const MAX_DIAGNOSTICS: usize = 500;

/// A place in a text, from the first character to behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// Bytes.
    pub from: usize,
    /// Bytes.
    pub to: usize,
    /// One-based.
    pub line: usize,
    /// One-based, in characters.
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn of(text: &'t str) -> Lines<'t> {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines {
            text,
            starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect(),
        }
    }

    /// The nearest byte, this one or one before it, at which a character begins.
    pub fn clamp(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The line of a byte, from 0, and what of the line is before it.
    pub fn place(&self, at: usize) -> (usize, &'t str) {
        let at = self.clamp(at);
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        (line, &self.text[self.starts[line]..at])
    }

    /// The byte at which a line begins, from 0; the end of the text for lines that are not there.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// The place of these bytes.
    pub fn range(&self, from: usize, to: usize) -> Range {
        let (from, to) = (self.clamp(from), self.clamp(to.max(from)));
        let ((line, before), (end_line, before_end)) = (self.place(from), self.place(to));
        Range {
            from,
            to,
            line: line + 1,
            column: before.chars().count() + 1,
            end_line: end_line + 1,
            end_column: before_end.chars().count() + 1,
        }
    }
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A row of [`CODES`].
    pub code: &'static str,
    pub severity: Severity,
    pub range: Range,
    pub message: String,
    /// What would mend it, in words.
    pub help: Option<String>,
    /// The text that would mend it in place of `range`.
    pub replacement: Option<String>,
}

/// What was found in a document.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more there are.
    pub left_out: usize,
}

impl Report {
    /// Whether an upload would be refused.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// How to look at documents.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub expressions: Options,
    /// What can be called.
    pub catalogue: Catalogue,
    /// What the document holds; found out from its keys if nobody says.
    pub kind: Option<DocumentKind>,
}

/// Finds the mistakes of one document.
pub fn lint(text: &str, settings: &Settings) -> Report {
    let mut found = Findings {
        text,
        lines: Lines::of(text),
        diagnostics: Vec::new(),
    };
    match pyyaml::read(text) {
        Err(error) => syntax::explain(&mut found, &error),
        Ok(Read { yaml: Err(error), .. }) => syntax::explain(&mut found, &error),
        Ok(Read { root, yaml: Ok(yaml) }) => {
            let kind = settings.kind.unwrap_or_else(|| document::kind(root.as_ref()));
            let mut checked = mistral_lang::check_read(yaml, kind, &settings.expressions);
            let root = root.unwrap_or_else(empty);
            let mut view = document::View::new(text, &root, kind);
            view.compile(&mut checked, &settings.expressions);
            for error in &checked.errors {
                refusal::explain(&mut found, &view, error);
            }
            rules::check(&mut found, &view, settings);
        }
    }
    found.finish()
}

fn empty() -> Located {
    Located {
        span: pyyaml::Span {
            line: 1,
            column: 1,
            ..Default::default()
        },
        shape: pyyaml::Shape::Map(Vec::new()),
    }
}

/// Diagnostics on their way.
struct Findings<'t> {
    text: &'t str,
    lines: Lines<'t>,
    diagnostics: Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Notes a diagnostic about these bytes.
    fn add(&mut self, code: &'static str, (from, to): (usize, usize), message: impl Into<String>) -> &mut Diagnostic {
        let severity = codes::named(code).map_or(Severity::Error, |code| code.severity);
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            range: self.lines.range(from, to),
            message: message.into(),
            help: None,
            replacement: None,
        });
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    fn finish(mut self) -> Report {
        self.diagnostics
            .sort_by(|a, b| (a.range, a.severity, a.code).cmp(&(b.range, b.severity, b.code)));
        self.diagnostics
            .dedup_by(|a, b| a.range == b.range && a.code == b.code && a.message == b.message);
        let left_out = self.diagnostics.len().saturating_sub(MAX_DIAGNOSTICS);
        self.diagnostics.truncate(MAX_DIAGNOSTICS);
        Report {
            diagnostics: self.diagnostics,
            left_out,
        }
    }
}

impl Diagnostic {
    /// Adds what would mend it.
    fn help(&mut self, help: impl Into<String>) -> &mut Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds the name that was probably meant.
    fn did_you_mean(&mut self, name: Option<&str>) -> &mut Diagnostic {
        if let Some(name) = name {
            self.help = Some(format!("did you mean `{name}`?"));
            self.replacement = Some(name.to_owned());
        }
        self
    }
}
