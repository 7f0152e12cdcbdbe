//! `lint`: documents in, diagnostics out.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use mistral_lint::document::{View, kind};
use mistral_lint::render::{Format, Linted, render};
use mistral_lint::{Catalogue, Report, Settings, Severity, codes, lint};

use crate::files::{self, Document};
use crate::remote::{self, ServerArguments};
use crate::{FINE, WRONG};

/// Arguments of `lint`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Documents or folders of documents (*.yaml, *.yml); - is standard input
    #[arg(value_name = "FILE", required_unless_present = "explain")]
    files: Vec<PathBuf>,

    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: FormatName,

    /// JSON file with the actions and workflows that exist: {"actions": [{"name", "input"}], "workflows": […]}
    #[arg(long, value_name = "FILE")]
    catalogue: Vec<PathBuf>,

    #[command(flatten)]
    server: ServerArguments,

    /// Exit with 1 for warnings, too
    #[arg(long)]
    deny_warnings: bool,

    /// Show errors only
    #[arg(long, conflicts_with = "deny_warnings")]
    errors_only: bool,

    /// Print the help page of a code, and exit
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FormatName {
    Text,
    Json,
    Sarif,
    Github,
}

/// Lints; the status to exit with.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    if let Some(code) = &arguments.explain {
        return explain(code);
    }
    let paths = files::find(&arguments.files, &|name| files::is_yaml(name) && !files::is_test(name))?;
    let documents: Vec<Document> = paths.iter().map(|path| files::read(path)).collect::<Result<_, _>>()?;
    let mut settings = Settings {
        catalogue: Catalogue::of(&*mistral_actions::catalog()),
        ..Settings::default()
    };
    if arguments.server.server.is_some() {
        let service = arguments.server.open()?;
        settings.catalogue = remote::block_on(remote::catalogue::of(&service))?;
    }
    for path in &arguments.catalogue {
        let text = files::read(path)?.text;
        let json: serde_json::Value = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        let added = settings.catalogue.add_document(&json);
        added.map_err(|problem| anyhow::anyhow!("{}: {problem}", path.display()))?;
    }
    // What a document defines itself is known to the rules.
    if documents.len() > 1 {
        for document in &documents {
            define(&mut settings, document);
        }
    }
    let mut reports: Vec<Report> = documents
        .iter()
        .map(|document| lint(&document.text, &settings))
        .collect();
    if arguments.errors_only {
        for report in &mut reports {
            report.diagnostics.retain(|d| d.severity == Severity::Error);
        }
    }
    let linted: Vec<Linted<'_>> = documents
        .iter()
        .zip(&reports)
        .map(|(document, report)| Linted {
            name: &document.name,
            text: &document.text,
            report,
        })
        .collect();
    let format = match arguments.format {
        FormatName::Text => Format::Text,
        FormatName::Json => Format::Json,
        FormatName::Sarif => Format::Sarif,
        FormatName::Github => Format::Github,
    };
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // A reader that has seen enough (`| head`) is no error.
    let _ = std::io::stdout().write_all(render(&linted, format, colour).as_bytes());
    let wrong = reports.iter().any(|report| match arguments.deny_warnings {
        true => !report.diagnostics.is_empty(),
        false => report.has_errors(),
    });
    Ok(if wrong { WRONG } else { FINE })
}

/// Adds what a document defines to what can be called.
fn define(settings: &mut Settings, document: &Document) {
    let Ok(Some(root)) = pyyaml::locate(&document.text) else {
        return;
    };
    let view = View::new(&document.text, &root, kind(Some(&root)));
    view.define(&mut settings.catalogue);
}

fn explain(code: &str) -> anyhow::Result<u8> {
    let Some(row) = codes::named(&code.to_uppercase()) else {
        bail!("there is no code {code}; they go from {} to {}", first(), last());
    };
    let mut out = format!(
        "{} ({}): {}\n\n{}\n",
        row.code,
        row.severity.name(),
        row.title,
        row.text
    );
    if !row.wrong.is_empty() {
        out.push_str(&format!(
            "\nNot:\n\n{}\nBut:\n\n{}",
            codes::document(row.wrong),
            codes::document(row.right)
        ));
    }
    let _ = std::io::stdout().write_all(out.as_bytes());
    Ok(FINE)
}

fn first() -> &'static str {
    mistral_lint::CODES.first().map_or("", |row| row.code)
}

fn last() -> &'static str {
    mistral_lint::CODES.last().map_or("", |row| row.code)
}
