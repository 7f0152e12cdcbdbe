//! Tests of the language as a whole; scanners and caches have theirs beside the code.

mod compiled;
mod documents;
mod messages;
mod verdicts;

use crate::spec::Workflow;
use crate::{Error, compile_workflow, parse_workflows};
use mistral_expr::Options;

/// Uploads a document of one workflow and compiles what is stored.
fn workflow(text: &str) -> Workflow {
    let documents = parse_workflows(text, true, &Options::default()).unwrap_or_else(|e| panic!("{e}\n{text}"));
    compile_workflow(&documents[0].raw, &Options::default()).unwrap()
}

/// Uploads a workflow with these lines as its members.
fn members(lines: &str) -> Result<(), Error> {
    let indented: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    parse_workflows(&format!("version: '2.0'\nwf:\n{indented}"), true, &Options::default()).map(drop)
}

/// Uploads a direct workflow whose first task has these members (a flow mapping without its braces); tasks `email`, `echo`,
/// `t2` and `t3` exist beside it.
fn task(attributes: &str) -> Result<(), Error> {
    members(&format!(
        "tasks:\n  t1: {{{attributes}}}\n  email: {{action: std.noop}}\n  echo: {{action: std.noop}}\n  \
         t2: {{action: std.noop}}\n  t3: {{action: std.noop}}\n"
    ))
}
