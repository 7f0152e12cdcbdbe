//! The tools of a workflow's author, as commands of the server program: there is nothing else to install, and no second
//! program called `mistral`, which is the name of the Python client that users of the service have on their path.
//!
//! * `lint`: mistakes in documents ([`mistral_lint`]);
//! * `graph`: a workflow as a picture; `lsp`: a language server for editors;
//! * `test`: workflows against cases, played by the engine's decisions ([`mistral_flow`]) in virtual time.

mod files;
mod graph;
mod lint;
mod lsp;
mod testing;

use std::process::ExitCode;

/// A tool.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Find mistakes in workflow documents, without a server
    Lint(lint::Arguments),
    /// Play cases of workflows: mocked actions, virtual time, no server
    Test(testing::Arguments),
    /// Draw a workflow, for Mermaid or Graphviz
    Graph(graph::Arguments),
    /// Serve editors over standard input and output (Language Server Protocol)
    Lsp,
}

/// All went well.
pub(crate) const FINE: u8 = 0;
/// Something is wrong with what was looked at.
pub(crate) const WRONG: u8 = 1;
/// The tool could not do its work.
pub(crate) const UNABLE: u8 = 2;

/// Runs a tool: 0 if all is well, 1 if something is wrong with the documents, 2 if the tool could not do its work.
pub fn run(command: &Command) -> ExitCode {
    let outcome = match command {
        Command::Lint(arguments) => lint::run(arguments),
        Command::Test(arguments) => testing::run(arguments),
        Command::Graph(arguments) => graph::run(arguments),
        Command::Lsp => lsp::run(),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("mistral-server: {error:#}");
            ExitCode::from(UNABLE)
        }
    }
}
