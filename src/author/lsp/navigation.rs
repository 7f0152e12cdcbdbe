//! Hover, definitions, occurrences and names of tasks, symbols.

use mistral_lint::Parameter;
use mistral_lint::attributes::{self, COMMANDS, Owner};
use mistral_lint::document::{Flow, View, kind};
use pyyaml::{Located, Shape};
use serde_json::{Value, json};

use super::{FAILED, INVALID, Places, Refusal, Server, word};

impl Server {
    /// What is known about the word under the cursor.
    pub(super) fn hover(&self, places: &Places<'_>, at: usize) -> Value {
        let text = places.text;
        let (from, to) = word(text, at);
        let name = &text[from..to];
        let attribute = Owner::ALL.into_iter().find_map(|owner| attributes::find(owner, name));
        let after = text[to..].chars().next();
        let shown = if let (Some(attribute), Some(':')) = (attribute, after) {
            format!(
                "**{}** of {}\n\n{}\n\nTakes {}. Default: {}. Evaluated: {}.\n\n```yaml\n{}\n```",
                attribute.name,
                attribute.owner.name(),
                attribute.doc,
                attribute.takes,
                attribute.default,
                attribute.evaluated,
                attribute.example
            )
        } else if let Some(action) = self.settings.catalogue.actions.get(name) {
            format!(
                "**{name}**\n\n{}\n\n{}",
                action.description,
                parameters(&action.parameters)
            )
        } else if let Some(workflow) = self.settings.catalogue.workflows.get(name) {
            format!("workflow **{name}**\n\n{}", parameters(&workflow.parameters))
        } else if let Some(entry) = jinja::reference::FILTERS
            .iter()
            .filter(|_| text[..from].trim_end().ends_with('|'))
            .find(|entry| entry.name == name)
        {
            format!("**{name}** (filter)\n\n{}\n\n`{}`", entry.doc, entry.example)
        } else if let Some(s) = yaql::signatures().into_iter().find(|s| s.name == name) {
            format!("`{}`\n\n{}\n\n`{}`", s.signature, s.doc, s.example)
        } else {
            return Value::Null;
        };
        json!({"contents": {"kind": "markdown", "value": shown}, "range": places.range(from, to)})
    }

    /// The definition of the task or workflow that is named here.
    pub(super) fn definition(&self, uri: &str, text: &str, at: usize) -> Value {
        let Some((known, root)) = self.root(uri) else {
            return Value::Null;
        };
        let view = View::new(&known, &root, kind(Some(&root)));
        let (from, to) = word(text, at);
        let name = &text[from..to];
        let inside = |flow: &&Flow<'_>| (flow.key.span.from..=flow.node.span.to).contains(&at);
        let task = view
            .workflows
            .iter()
            .find(inside)
            .and_then(|flow| flow.task(name).map(|task| task.key.span));
        let workflow = view
            .workflows
            .iter()
            .find(|flow| &*flow.name == name)
            .map(|flow| flow.key.span);
        match task.or(workflow) {
            Some(span) => json!({"uri": uri, "range": Places::of(&known).range(span.from, span.to)}),
            None => Value::Null,
        }
    }

    /// Edits that give the task under the cursor another name.
    pub(super) fn rename(&self, uri: &str, places: &Places<'_>, at: usize, params: &Value) -> Result<Value, Refusal> {
        let new = params["newName"].as_str().unwrap_or_default();
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        if new.is_empty() || !new.chars().all(fits) {
            let message = format!("`{new}` cannot be the name of a task: letters, digits, `_`, `-` and `.` can");
            return Err(Refusal::new(INVALID, message));
        }
        if self.readable.get(uri).map(String::as_str) != Some(places.text) {
            return Err(Refusal::new(FAILED, "the document is no YAML now: mend that first"));
        }
        let Some(found) = self.occurrences(uri, places.text, at) else {
            return Ok(Value::Null);
        };
        if COMMANDS.iter().any(|(name, _)| *name == new) {
            return Err(Refusal::new(INVALID, format!("`{new}` is a command of the engine")));
        }
        let (from, to) = word(places.text, at);
        if self.names_task(uri, at, new) && &places.text[from..to] != new {
            return Err(Refusal::new(INVALID, format!("there is a task `{new}` already")));
        }
        let edits = found
            .into_iter()
            .map(|(from, to)| json!({"range": places.range(from, to), "newText": new}));
        Ok(json!({"changes": {uri: edits.collect::<Vec<_>>()}}))
    }

    /// Whether the workflow at this place has a task of this name.
    fn names_task(&self, uri: &str, at: usize, name: &str) -> bool {
        let Some((known, root)) = self.root(uri) else {
            return false;
        };
        let view = View::new(&known, &root, kind(Some(&root)));
        let inside = |flow: &&Flow<'_>| (flow.key.span.from..=flow.node.span.to).contains(&at);
        view.workflows
            .iter()
            .find(inside)
            .is_some_and(|flow| flow.task(name).is_some())
    }

    /// Everywhere that the task under the cursor is named, in its workflow.
    pub(super) fn occurrences(&self, uri: &str, text: &str, at: usize) -> Option<Vec<(usize, usize)>> {
        // Of a text that is no YAML now the places are not known.
        let (known, root) = self.root(uri).filter(|(known, _)| known == text)?;
        let view = View::new(&known, &root, kind(Some(&root)));
        let (from, to) = word(text, at);
        let name = &text[from..to];
        let inside = |flow: &&Flow<'_>| (flow.key.span.from..=flow.node.span.to).contains(&at);
        let flow = view.workflows.iter().find(inside)?;
        let task = flow.task(name)?;
        let mut places = vec![(task.key.span.from, task.key.span.to)];
        let owners = flow
            .tasks
            .iter()
            .map(|task| task.node)
            .chain(flow.node.get("task-defaults"));
        for (key, value) in owners.flat_map(|owner| owner.members()) {
            let clause = key.text().unwrap_or_default();
            if clause.starts_with("on-") || clause == "requires" {
                named(value, name, &mut places);
            }
        }
        // `task(name)` in expressions.
        let (start, end) = (flow.node.span.from, flow.node.span.to);
        for open in ["task(", "task('", "task(\""] {
            for (i, _) in text[start..end].match_indices(&format!("{open}{name}")) {
                let from = start + i + open.len();
                if !text[from + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-') {
                    places.push((from, from + name.len()));
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        Some(places)
    }
}

/// Parameters as a list in Markdown.
fn parameters(parameters: &[Parameter]) -> String {
    let line = |p: &Parameter| match &p.default {
        Some(default) => format!("- `{}` = {default}\n", p.name),
        None => format!("- `{}` (required)\n", p.name),
    };
    parameters.iter().map(line).collect()
}

fn named(node: &Located, name: &str, places: &mut Vec<(usize, usize)>) {
    match &node.shape {
        Shape::Scalar { text, plain, .. } if &**text == name => {
            let quote = usize::from(!plain);
            places.push((node.span.from + quote, node.span.to - quote));
        }
        Shape::Scalar { .. } => {}
        Shape::List(items) => items.iter().for_each(|item| named(item, name, places)),
        Shape::Map(members) => {
            for (key, value) in members {
                named(key, name, places);
                named(value, name, places);
            }
        }
    }
}

/// Workflows with their tasks, and actions.
pub(super) fn symbols(text: &str) -> Value {
    let Ok(Some(root)) = pyyaml::locate(text) else {
        return json!([]);
    };
    let places = Places::of(text);
    let view = View::new(text, &root, kind(Some(&root)));
    let symbol = |name: &str, symbol_kind: u8, key: &Located, node: &Located, children: Vec<Value>| {
        json!({
            "name": name,
            "kind": symbol_kind,
            "range": places.range(key.span.from, node.span.to.max(key.span.to)),
            "selectionRange": places.range(key.span.from, key.span.to),
            "children": children,
        })
    };
    let mut all = Vec::new();
    for flow in &view.workflows {
        let tasks = flow
            .tasks
            .iter()
            .map(|task| symbol(&task.name, 12, task.key, task.node, Vec::new()));
        all.push(symbol(&flow.name, 5, flow.key, flow.node, tasks.collect()));
    }
    for (name, key, node) in &view.actions {
        all.push(symbol(name, 12, key, node, Vec::new()));
    }
    Value::Array(all)
}
