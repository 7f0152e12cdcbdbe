//! `graph`: a workflow or a run as a picture.

pub(crate) mod document;
mod layout;
mod stored;
mod svg;
mod text;

use std::io::Write as _;
use std::path::PathBuf;

use crate::remote::ServerArguments;
use crate::{FINE, files};

/// Arguments of `graph`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// A document with workflows, or the id of an execution; - is standard input
    #[arg(value_name = "FILE|ID")]
    what: String,

    /// The workflow of the document [default: the first one]
    #[arg(long, value_name = "NAME")]
    workflow: Option<String>,

    /// Language of the picture [default: svg for --output NAME.svg, else mermaid]
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write it to a file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    server: ServerArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Mermaid,
    Dot,
    Svg,
}

/// A task or a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Node {
    pub name: String,
    /// What is shown, line by line.
    pub label: String,
    pub is_command: bool,
    /// Of an execution.
    pub state: Option<String>,
}

/// A way from one node to another, by their positions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edge {
    pub from: usize,
    pub to: usize,
    pub label: String,
    /// After a failure.
    pub failure: bool,
}

/// A graph to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Picture {
    pub title: String,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
}

impl Picture {
    /// The node of a command, which is made when it is needed.
    fn command(&mut self, name: &str) -> usize {
        let found = self.nodes.iter().position(|node| node.is_command && node.name == name);
        found.unwrap_or_else(|| {
            self.nodes.push(Node {
                name: name.to_owned(),
                label: name.to_owned(),
                is_command: true,
                state: None,
            });
            self.nodes.len() - 1
        })
    }
}

/// What stands at an edge: the event unless it is success, and the condition.
fn edge_label(event: &str, condition: Option<&str>) -> String {
    let event = if matches!(event, "success" | "requires") {
        ""
    } else {
        event
    };
    let parts = [event, condition.unwrap_or_default()];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(": ")
}

/// Draws; the status to exit with.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let path = PathBuf::from(&arguments.what);
    let picture = match arguments.what != "-" && !path.exists() && is_id(&arguments.what) {
        true => {
            let service = arguments.server.open()?;
            crate::remote::block_on(stored::picture(&service, &arguments.what))?
        }
        false => {
            let text = files::read(&path)?.text;
            document::picture(&document::find(&text, arguments.workflow.as_deref())?.1)
        }
    };
    let by_name = arguments
        .output
        .as_ref()
        .and_then(|path| match path.extension()?.to_str()? {
            "svg" => Some(Format::Svg),
            "dot" | "gv" => Some(Format::Dot),
            _ => None,
        });
    let text = match arguments.format.or(by_name).unwrap_or(Format::Mermaid) {
        Format::Mermaid => text::mermaid(&picture),
        Format::Dot => text::dot(&picture),
        Format::Svg => svg::draw(&picture),
    };
    match &arguments.output {
        Some(path) => std::fs::write(path, text).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?,
        None => {
            let _ = std::io::stdout().write_all(text.as_bytes());
        }
    }
    Ok(FINE)
}

/// Whether a text looks like the id of an execution.
fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(n, c)| {
            if [8, 13, 18, 23].contains(&n) {
                c == b'-'
            } else {
                c.is_ascii_hexdigit()
            }
        })
}
