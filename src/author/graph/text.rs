//! Pictures as texts that other programs draw: Mermaid and Graphviz.

use std::fmt::Write as _;

use super::{Node, Picture};

/// Fill colours of states, readable on light and dark grounds.
pub(super) fn fill(state: &str) -> Option<&'static str> {
    Some(match state {
        "SUCCESS" => "#9fd8a4",
        "ERROR" => "#f2a3a0",
        "RUNNING" | "DELAYED" | "WAITING" => "#a9cdf2",
        "PAUSED" | "CANCELLED" | "SKIPPED" => "#f0d58a",
        _ => return None,
    })
}

/// The lines of a node, with its state.
pub(super) fn lines(node: &Node) -> Vec<&str> {
    node.label.lines().chain(node.state.as_deref()).collect()
}

pub(super) fn mermaid(picture: &Picture) -> String {
    let quoted = |text: &str| {
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let mut out = String::from("graph TD\n");
    for (n, node) in picture.nodes.iter().enumerate() {
        let label: Vec<String> = lines(node).into_iter().map(quoted).collect();
        let label = label.join("<br>");
        let _ = match node.is_command {
            true => writeln!(out, "  n{n}([\"{label}\"])"),
            false => writeln!(out, "  n{n}[\"{label}\"]"),
        };
        if let Some(fill) = node.state.as_deref().and_then(fill) {
            let _ = writeln!(out, "  style n{n} fill:{fill},color:#111");
        }
    }
    for edge in &picture.edges {
        let arrow = if edge.failure { "-.->" } else { "-->" };
        let label = match edge.label.is_empty() {
            true => String::new(),
            false => format!("|\"{}\"|", quoted(&edge.label.replace('\n', " "))),
        };
        let _ = writeln!(out, "  n{} {arrow}{label} n{}", edge.from, edge.to);
    }
    out
}

pub(super) fn dot(picture: &Picture) -> String {
    let quoted = |text: &str| {
        format!(
            "\"{}\"",
            text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
        )
    };
    let mut out = format!("digraph {} {{\n", quoted(&picture.title));
    for (n, node) in picture.nodes.iter().enumerate() {
        let shape = if node.is_command { "oval" } else { "box" };
        let fill = node.state.as_deref().and_then(fill);
        let fill = fill.map_or(String::new(), |fill| format!(", style=filled, fillcolor=\"{fill}\""));
        let _ = writeln!(
            out,
            "  n{n} [shape={shape}, label={}{fill}];",
            quoted(&lines(node).join("\n"))
        );
    }
    for edge in &picture.edges {
        let style = if edge.failure { ", style=dashed" } else { "" };
        let _ = writeln!(
            out,
            "  n{} -> n{} [label={}{style}];",
            edge.from,
            edge.to,
            quoted(&edge.label)
        );
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::super::document::{find, picture};
    use super::*;

    #[test]
    fn pictures() {
        let text = "version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop, on-success: [b: <% \"x\" = 1 %>], on-error: fail}\n    b: {workflow: x, join: all}\n";
        let (name, workflow) = find(text, None).unwrap();
        assert_eq!(name, "w");
        let mut picture = picture(&workflow);
        assert_eq!(
            mermaid(&picture),
            "graph TD\n  n0[\"a<br>std.noop\"]\n  n1[\"b<br>workflow x<br>join: all\"]\n  n2([\"fail\"])\n  \
             n0 -->|\"&lt;% &quot;x&quot; = 1 %&gt;\"| n1\n  n0 -.->|\"error\"| n2\n"
        );
        picture.nodes[0].state = Some("ERROR".into());
        let dot = dot(&picture);
        assert!(
            dot.contains("n0 -> n1 [label=\"<% \\\"x\\\" = 1 %>\"];") && dot.contains("style=dashed"),
            "{dot}"
        );
        assert!(dot.contains("label=\"a\\nstd.noop\\nERROR\", style=filled"), "{dot}");
        assert!(find(text, Some("no")).is_err());
    }
}
