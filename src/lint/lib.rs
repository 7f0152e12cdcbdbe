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
use pyyaml::Located;

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

impl Range {
    /// The place of these bytes.
    pub fn of(text: &str, from: usize, to: usize) -> Range {
        let position = |at: usize| {
            let before = &text[..at];
            let start = before.rfind('\n').map_or(0, |i| i + 1);
            (
                before.bytes().filter(|b| *b == b'\n').count() + 1,
                before[start..].chars().count() + 1,
            )
        };
        let clamp = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) = (clamp(from), clamp(to.max(from)));
        let ((line, column), (end_line, end_column)) = (position(from), position(to));
        Range {
            from,
            to,
            line,
            column,
            end_line,
            end_column,
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
        diagnostics: Vec::new(),
    };
    match pyyaml::locate(text) {
        Err(error) => syntax::explain(&mut found, &error),
        Ok(root) => {
            let kind = settings.kind.unwrap_or_else(|| document::kind(root.as_ref()));
            let errors = mistral_lang::check_document(text, kind, &settings.expressions);
            // Some YAML can be read but has no value. What has been checked without an error has one.
            if !errors.is_empty()
                && let Err(error) = pyyaml::parse(text)
            {
                syntax::explain(&mut found, &error);
                return found.finish();
            }
            let root = root.unwrap_or_else(empty);
            let view = document::View::new(text, &root, kind, &settings.expressions);
            for error in &errors {
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
    diagnostics: Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Notes a diagnostic about these bytes.
    fn add(&mut self, code: &'static str, (from, to): (usize, usize), message: impl Into<String>) -> &mut Diagnostic {
        let severity = codes::named(code).map_or(Severity::Error, |code| code.severity);
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            range: Range::of(self.text, from, to),
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
