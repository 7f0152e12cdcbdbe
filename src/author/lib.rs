//! The tools of a workflow's author, as commands of the server program: there is nothing else to install, and no second
//! program called `mistral`, which is the name of the Python client that users of the service have on their path.
//!
//! * `lint`: mistakes in documents ([`mistral_lint`]);
//! * `graph`: a workflow as a picture; `lsp`: a language server for editors;
//! * `test`: workflows against cases, played by the engine's decisions ([`mistral_flow`]) in virtual time;
//! * `run`, `follow`, `why`: a workflow at a service, live in the terminal; `run` starts one of its own if it is given none.

mod files;
mod graph;
mod lint;
mod lsp;
mod remote;
mod testing;

use std::process::ExitCode;

pub use remote::run::{Launched, Launcher};

/// A tool.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Find mistakes in workflow documents, without a server
    Lint(lint::Arguments),
    /// Play cases of workflows: mocked actions, virtual time, no server
    Test(testing::Arguments),
    /// Run a workflow and follow it; without --server on a service that is started for it and ends with it
    Run(remote::run::Arguments),
    /// Follow an execution in the terminal until its end
    Follow(remote::follow::Arguments),
    /// Say why an execution has not finished, or why it failed
    Why(remote::why::Arguments),
    /// Draw a workflow or an execution: SVG, or for Mermaid or Graphviz
    Graph(graph::Arguments),
    /// Serve editors over standard input and output (Language Server Protocol)
    Lsp(lsp::Arguments),
}

/// All went well.
pub(crate) const FINE: u8 = 0;
/// Something is wrong with what was looked at.
pub(crate) const WRONG: u8 = 1;
/// The tool could not do its work.
pub(crate) const UNABLE: u8 = 2;
/// Ctrl-C, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// Runs a tool: 0 if all is well, 1 if something is wrong with the documents, 2 if the tool could not do its work.
/// `launch` starts a service for a run.
pub fn run(command: &Command, launch: Launcher<'_>) -> ExitCode {
    let outcome = match command {
        Command::Lint(arguments) => lint::run(arguments),
        Command::Test(arguments) => testing::run(arguments),
        Command::Run(arguments) => remote::run::run(arguments, launch),
        Command::Follow(arguments) => remote::follow::run(arguments),
        Command::Why(arguments) => remote::why::run(arguments),
        Command::Graph(arguments) => graph::run(arguments),
        Command::Lsp(arguments) => lsp::run(arguments),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("mistral-server: {error:#}");
            ExitCode::from(UNABLE)
        }
    }
}
