//! The picture of an execution: what its definition says, with the states of what has run.

use std::collections::HashMap;

use serde_json::Value;

use super::{Edge, Node, Picture, edge_label};
use crate::remote::Service;

/// Asks a service for an execution and draws it.
///
/// # Errors
/// What the service says.
pub(super) async fn picture(service: &Service, id: &str) -> anyhow::Result<Picture> {
    let graph = service.get(&format!("/v2/executions/{id}/graph")).await?;
    let time_line = service.get(&format!("/v2/executions/{id}/timeline")).await?;
    Ok(draw(&graph, &states(&time_line)))
}

/// The last state of each task that has run, and how often it has.
fn states(time_line: &Value) -> HashMap<String, (String, usize)> {
    let list = |name: &str| {
        time_line
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let column = |name: &str| list("columns").iter().position(|column| column == name);
    let (Some(name), Some(state)) = (column("name"), column("state")) else {
        return HashMap::new();
    };
    let mut found: HashMap<String, (String, usize)> = HashMap::new();
    for row in list("rows") {
        let cell = |n: usize| row.get(n).and_then(Value::as_str).unwrap_or_default().to_owned();
        let entry = found.entry(cell(name)).or_default();
        *entry = (cell(state), entry.1 + 1);
    }
    found
}

fn draw(graph: &Value, states: &HashMap<String, (String, usize)>) -> Picture {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |name: &str| graph.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut picture = Picture {
        title: text(graph, "name"),
        ..Picture::default()
    };
    for node in list("nodes") {
        let name = text(node, "name");
        let call = match text(node, "kind").as_str() {
            "workflow" => format!("workflow {}", text(node, "calls")),
            _ => text(node, "calls"),
        };
        let mut label = format!("{name}\n{call}");
        match node.get("join") {
            None | Some(Value::Null) => {}
            Some(Value::String(join)) => label.push_str(&format!("\njoin: {join}")),
            Some(join) => label.push_str(&format!("\njoin: {join}")),
        }
        let state = states.get(&name).map(|(state, runs)| match runs {
            1 => state.clone(),
            runs => format!("{state} ({runs} runs)"),
        });
        picture.nodes.push(Node {
            name,
            label,
            is_command: false,
            state,
        });
    }
    for edge in list("edges") {
        let number = |name: &str| edge.get(name).and_then(Value::as_i64).unwrap_or_default();
        let to = match number("to") {
            -1 => picture.command("noop"),
            -2 => picture.command("fail"),
            -3 => picture.command("succeed"),
            -4 => picture.command("pause"),
            n => usize::try_from(n).unwrap_or_default(),
        };
        let event = text(edge, "on");
        picture.edges.push(Edge {
            from: usize::try_from(number("from")).unwrap_or_default(),
            to,
            label: edge_label(&event, edge.get("condition").and_then(Value::as_str)),
            failure: event == "error",
        });
    }
    // A service whose answer does not fit together is not drawn over the edge.
    let count = picture.nodes.len();
    picture.edges.retain(|edge| edge.from < count && edge.to < count);
    picture
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn states_are_on_the_nodes() {
        let graph = json!({
            "name": "w",
            "nodes": [{"name": "a", "kind": "action", "calls": "std.noop", "join": null},
                      {"name": "b", "kind": "workflow", "calls": "x", "join": "all"}],
            "edges": [{"from": 0, "to": 1, "on": "success", "condition": null}, {"from": 0, "to": -2, "on": "error", "condition": null},
                      {"from": 0, "to": 99, "on": "success", "condition": null}],
        });
        let time_line =
            json!({"columns": ["id", "name", "state"], "rows": [["1", "a", "ERROR"], ["2", "a", "SUCCESS"]]});
        let picture = draw(&graph, &states(&time_line));
        let labels: Vec<&str> = picture.nodes.iter().map(|node| node.label.as_str()).collect();
        assert_eq!(labels, ["a\nstd.noop", "b\nworkflow x\njoin: all", "fail"]);
        assert_eq!(picture.nodes[0].state.as_deref(), Some("SUCCESS (2 runs)"));
        assert_eq!(picture.nodes[1].state, None);
        assert_eq!(picture.edges.len(), 2);
    }
}
