//! Workflows of a document, and one of them as a picture.

use std::fmt::Write as _;

use anyhow::bail;
use mistral_lang::DocumentKind;
use mistral_lang::spec::{Call, Destination, Join, Kind, Workflow};
use mistral_lang::{compile_workflow, parse_workbook, parse_workflows};

use super::{Edge, Node, Picture, edge_label};

/// What a document holds.
///
/// # Errors
/// It is no YAML.
pub(crate) fn kind(text: &str) -> anyhow::Result<DocumentKind> {
    let root = pyyaml::locate(text).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(mistral_lint::document::kind(root.as_ref()))
}

/// A workflow of a document with its full name: the first one, or the one with this name.
///
/// # Errors
/// The document is refused, or there is no such workflow.
pub(crate) fn find(text: &str, name: Option<&str>) -> anyhow::Result<(String, Workflow)> {
    let options = mistral_expr::Options::default();
    let documents = match kind(text)? {
        DocumentKind::Workbook => parse_workbook(text, true, &options)?.workflows,
        DocumentKind::Workflows => parse_workflows(text, true, &options)?,
        DocumentKind::Actions => bail!("the document holds actions, no workflow"),
    };
    let wanted = |full: &str| name.is_none_or(|name| full == name || full.ends_with(&format!(".{name}")));
    match documents.iter().find(|document| wanted(&document.name)) {
        Some(document) => Ok((document.name.to_string(), compile_workflow(&document.raw, &options)?)),
        None => {
            let names: Vec<&str> = documents.iter().map(|document| &*document.name).collect();
            bail!("there is no such workflow; there are {}", names.join(", "))
        }
    }
}

/// Draws a workflow.
pub(crate) fn picture(workflow: &Workflow) -> Picture {
    let mut picture = Picture {
        title: workflow.name.to_string(),
        ..Picture::default()
    };
    for task in workflow.tasks.values() {
        let call = match &task.call {
            Call::Action(name) => name.text.to_string(),
            Call::Workflow(name) => format!("workflow {}", name.text),
        };
        let mut label = format!("{}\n{call}", task.name);
        match task.join {
            Some(Join::All) => label.push_str("\njoin: all"),
            Some(Join::Count(count)) => {
                let _ = write!(label, "\njoin: {count}");
            }
            None => {}
        }
        picture.nodes.push(Node {
            name: task.name.to_string(),
            label,
            ..Node::default()
        });
    }
    for task in workflow.tasks.values() {
        if workflow.kind == Kind::Reverse {
            picture.edges.extend(task.requires.iter().map(|required| Edge {
                from: *required,
                to: task.index,
                label: String::new(),
                failure: false,
            }));
        }
        let clauses = [
            ("success", &task.on_success),
            ("error", &task.on_error),
            ("complete", &task.on_complete),
            ("skip", &task.on_skip),
        ];
        for (event, transitions) in clauses {
            for transition in transitions {
                let condition = transition
                    .condition
                    .as_ref()
                    .and_then(|condition| condition.source().as_str());
                let to = match &transition.to {
                    Destination::Task(index) => *index,
                    Destination::Noop => picture.command("noop"),
                    Destination::Fail => picture.command("fail"),
                    Destination::Succeed => picture.command("succeed"),
                    Destination::Pause => picture.command("pause"),
                    Destination::Unknown(name) => picture.command(name),
                };
                picture.edges.push(Edge {
                    from: task.index,
                    to,
                    label: edge_label(event, condition),
                    failure: event == "error",
                });
            }
        }
    }
    picture
}
