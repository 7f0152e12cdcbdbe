//! `graph`: a workflow as a picture, from its document.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use mistral_lang::spec::{Destination, Join, Kind, Workflow};
use mistral_lang::{compile_workflow, parse_workbook, parse_workflows};

use crate::{FINE, files};

/// Arguments of `graph`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// A document with workflows; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The workflow [default: the first one]
    #[arg(long, value_name = "NAME")]
    workflow: Option<String>,

    /// Language of the picture
    #[arg(long, value_enum, default_value = "mermaid")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Mermaid,
    Dot,
}

/// A way from one node to another.
struct Edge {
    from: String,
    to: String,
    label: String,
    /// After a failure.
    failure: bool,
}

/// A task or a command.
struct Node {
    name: String,
    label: String,
    is_command: bool,
}

/// Draws; the status to exit with.
pub fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let document = files::read(&arguments.file)?;
    let workflow = find(&document.text, arguments.workflow.as_deref())?;
    let (nodes, edges) = picture(&workflow);
    let text = match arguments.format {
        Format::Mermaid => mermaid(&nodes, &edges),
        Format::Dot => dot(&workflow.name, &nodes, &edges),
    };
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(FINE)
}

fn find(text: &str, name: Option<&str>) -> anyhow::Result<Workflow> {
    let options = mistral_expr::Options::default();
    let root = pyyaml::locate(text).map_err(|error| anyhow::anyhow!("{error}"))?;
    let documents = match mistral_lint::document::kind(root.as_ref()) {
        mistral_lang::DocumentKind::Workbook => parse_workbook(text, true, &options)?.workflows,
        _ => parse_workflows(text, true, &options)?,
    };
    let wanted = |full: &str| name.is_none_or(|name| full == name || full.ends_with(&format!(".{name}")));
    match documents.iter().find(|document| wanted(&document.name)) {
        Some(document) => Ok(compile_workflow(&document.raw, &options)?),
        None => {
            let names: Vec<&str> = documents.iter().map(|document| &*document.name).collect();
            bail!("there is no such workflow; there are {}", names.join(", "))
        }
    }
}

fn picture(workflow: &Workflow) -> (Vec<Node>, Vec<Edge>) {
    let mut nodes = Vec::new();
    let mut edges: Vec<Edge> = Vec::new();
    for task in workflow.tasks.values() {
        let call = match &task.call {
            mistral_lang::spec::Call::Action(name) => name.text.to_string(),
            mistral_lang::spec::Call::Workflow(name) => format!("workflow {}", name.text),
        };
        let mut label = format!("{}\n{call}", task.name);
        match task.join {
            Some(Join::All) => label.push_str("\njoin: all"),
            Some(Join::Count(count)) => {
                let _ = write!(label, "\njoin: {count}");
            }
            None => {}
        }
        nodes.push(Node {
            name: task.name.to_string(),
            label,
            is_command: false,
        });
        if workflow.kind == Kind::Reverse {
            edges.extend(task.requires.iter().map(|index| Edge {
                from: workflow.tasks[*index].name.to_string(),
                to: task.name.to_string(),
                label: String::new(),
                failure: false,
            }));
        }
        let clauses = [
            ("", false, &task.on_success),
            ("error", true, &task.on_error),
            ("complete", false, &task.on_complete),
            ("skip", false, &task.on_skip),
        ];
        for (name, failure, transitions) in clauses {
            for transition in transitions {
                let condition = transition
                    .condition
                    .as_ref()
                    .and_then(|c| c.source().as_str().map(str::to_owned));
                let label: Vec<String> = [name.to_owned(), condition.unwrap_or_default()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect();
                edges.push(Edge {
                    from: task.name.to_string(),
                    to: destination(workflow, &transition.to),
                    label: label.join(": "),
                    failure,
                });
            }
        }
    }
    for command in ["noop", "fail", "succeed", "pause"] {
        if edges.iter().any(|edge| edge.to == command) && !workflow.tasks.contains_key(command) {
            nodes.push(Node {
                name: command.to_owned(),
                label: command.to_owned(),
                is_command: true,
            });
        }
    }
    (nodes, edges)
}

fn destination(workflow: &Workflow, to: &Destination) -> String {
    match to {
        Destination::Task(index) => workflow.tasks[*index].name.to_string(),
        Destination::Noop => "noop".into(),
        Destination::Fail => "fail".into(),
        Destination::Succeed => "succeed".into(),
        Destination::Pause => "pause".into(),
        Destination::Unknown(name) => name.to_string(),
    }
}

fn mermaid(nodes: &[Node], edges: &[Edge]) -> String {
    let quoted = |text: &str| {
        let text = text
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        text.replace('\n', "<br>")
    };
    let id = |name: &str| nodes.iter().position(|node| node.name == name).unwrap_or(nodes.len());
    let mut out = String::from("graph TD\n");
    for (n, node) in nodes.iter().enumerate() {
        let _ = match node.is_command {
            true => writeln!(out, "  n{n}([\"{}\"])", quoted(&node.label)),
            false => writeln!(out, "  n{n}[\"{}\"]", quoted(&node.label)),
        };
    }
    for edge in edges {
        let arrow = if edge.failure { "-.->" } else { "-->" };
        let label = match edge.label.is_empty() {
            true => String::new(),
            false => format!("|\"{}\"|", quoted(&edge.label)),
        };
        let _ = writeln!(out, "  n{} {arrow}{label} n{}", id(&edge.from), id(&edge.to));
    }
    out
}

fn dot(name: &str, nodes: &[Node], edges: &[Edge]) -> String {
    let quoted = |text: &str| {
        format!(
            "\"{}\"",
            text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
        )
    };
    let mut out = format!("digraph {} {{\n", quoted(name));
    for node in nodes {
        let shape = if node.is_command { "oval" } else { "box" };
        let _ = writeln!(
            out,
            "  {} [shape={shape}, label={}];",
            quoted(&node.name),
            quoted(&node.label)
        );
    }
    for edge in edges {
        let style = if edge.failure { ", style=dashed" } else { "" };
        let _ = writeln!(
            out,
            "  {} -> {} [label={}{style}];",
            quoted(&edge.from),
            quoted(&edge.to),
            quoted(&edge.label)
        );
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures() {
        let text = "version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop, on-success: [b: <% \"x\" = 1 %>], on-error: fail}\n    b: {workflow: x, join: all}\n";
        let workflow = find(text, None).unwrap();
        let (nodes, edges) = picture(&workflow);
        assert_eq!(
            mermaid(&nodes, &edges),
            "graph TD\n  n0[\"a<br>std.noop\"]\n  n1[\"b<br>workflow x<br>join: all\"]\n  n2([\"fail\"])\n  \
             n0 -->|\"&lt;% &quot;x&quot; = 1 %&gt;\"| n1\n  n0 -.->|\"error\"| n2\n"
        );
        let dot = dot("w", &nodes, &edges);
        assert!(dot.contains("\"a\" -> \"b\" [label=\"<% \\\"x\\\" = 1 %>\"];") && dot.contains("style=dashed"));
        assert!(find(text, Some("no")).is_err());
    }
}
