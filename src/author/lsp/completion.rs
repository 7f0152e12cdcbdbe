//! Completion: what can stand at a place.

use mistral_lint::attributes::{self, COMMANDS, Owner};
use mistral_lint::document::{Flow, View, kind};
use mistral_lint::{Catalogue, Parameter};
use pyyaml::Located;
use serde_json::{Value, json};

use super::{Places, Server};

/// Kinds of items in the protocol.
const FUNCTION: u8 = 3;
const PARAMETER: u8 = 5;
const VARIABLE: u8 = 6;
const WORKFLOW: u8 = 9;
const ATTRIBUTE: u8 = 10;
const TASK: u8 = 12;
const COMMAND: u8 = 14;

/// Items on their way, each of which takes the place of the word before the cursor.
struct Items {
    range: Value,
    found: Vec<Value>,
}

impl Items {
    fn add(&mut self, label: &str, kind: u8, detail: &str, doc: &str) {
        self.found.push(json!({
            "label": label, "kind": kind, "detail": detail, "documentation": doc,
            "textEdit": {"range": self.range, "newText": label},
        }));
    }

    fn add_parameters(&mut self, parameters: &[Parameter]) {
        for parameter in parameters {
            let detail = parameter.default.as_deref().unwrap_or("required");
            self.add(&parameter.name, PARAMETER, detail, "");
        }
    }
}

impl Server {
    pub(super) fn completion(&self, uri: &str, places: &Places<'_>, at: usize) -> Value {
        let text = places.text;
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = &text[start..at];
        let in_yaql = line.rfind("<%").is_some_and(|open| !line[open..].contains("%>"));
        let in_jinja = line.rfind("{{").is_some_and(|open| !line[open..].contains("}}"));
        let (key, is_value) = match line.trim_start().trim_start_matches("- ").split_once(':') {
            Some((key, _)) => (key.trim(), true),
            None => ("", line.trim_start().starts_with("- ")),
        };
        let known = self.root(uri);
        let view = known
            .as_ref()
            .map(|(text, root)| View::new(text, root, kind(Some(root))));
        let flows = view.as_ref().map(|view| &view.workflows[..]).unwrap_or_default();
        let expression = in_yaql || in_jinja;
        let mut items = Items {
            range: places.range(at - written(line, expression).len(), at),
            found: Vec::new(),
        };
        if in_yaql {
            yaql_items(&mut items, line, flows);
        } else if in_jinja {
            jinja_items(&mut items, line, flows);
        } else if is_value && matches!(key, "action" | "base") {
            for (name, action) in &self.settings.catalogue.actions {
                let parameters: Vec<&str> = action.parameters.iter().map(|p| &*p.name).collect();
                items.add(name, FUNCTION, &parameters.join(", "), &action.description);
            }
            for (name, _, _) in view.iter().flat_map(|view| &view.actions) {
                items.add(name, FUNCTION, "", "");
            }
        } else if is_value && key == "workflow" {
            let own = flows.iter().map(|flow| &*flow.name);
            let stored = self.settings.catalogue.workflows.keys().map(String::as_str);
            let names: std::collections::BTreeSet<&str> = own.chain(stored).collect();
            names.iter().for_each(|name| items.add(name, WORKFLOW, "workflow", ""));
        } else if is_value && (key.starts_with("on-") || key == "requires" || key == "next" || key.is_empty()) {
            for flow in flows {
                let tasks = flow.tasks.iter();
                tasks.for_each(|task| items.add(&task.name, TASK, "task", ""));
            }
            COMMANDS
                .iter()
                .for_each(|(name, doc)| items.add(name, COMMAND, "command", doc));
        } else if !is_value {
            match call_above(text, start) {
                // Inside `input` nothing but parameters of what is called.
                Some((call, name)) => self.call_items(&mut items, view.as_ref(), call, &name),
                None => {
                    for attribute in attributes::of(owner_above(text, start)) {
                        items.add(attribute.name, ATTRIBUTE, attribute.takes, attribute.doc);
                    }
                }
            }
        }
        json!({"isIncomplete": false, "items": items.found})
    }

    /// Parameters of an action or workflow, the document's own ones first.
    fn call_items(&self, items: &mut Items, view: Option<&View<'_>>, call: Called, name: &str) {
        let mut own = Catalogue::default();
        if let Some(view) = view {
            view.define(&mut own);
        }
        for catalogue in [&own, &self.settings.catalogue] {
            let parameters = match call {
                Called::Action => catalogue.actions.get(name).map(|action| &action.parameters),
                Called::Workflow => catalogue.workflows.get(name).map(|workflow| &workflow.parameters),
            };
            if let Some(parameters) = parameters {
                return items.add_parameters(parameters);
            }
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The part of a name that is written before the cursor.
fn written(line: &str, expression: bool) -> &str {
    let part = |c: char| is_word(c) || !expression && matches!(c, '-' | '.');
    let from = line.rfind(|c| !part(c)).map_or(0, |i| {
        let width = line[i..].chars().next().map_or(1, char::len_utf8);
        i + width
    });
    // The dash of a list's item is no part of a name.
    match line[from..].strip_prefix('-') {
        Some(rest) if line[..from].trim().is_empty() => rest,
        _ => &line[from..],
    }
}

/// Whether a line ends with a name that begins behind this.
fn ends_in_name_behind(line: &str, lead: &str) -> bool {
    line.rsplit_once(lead)
        .is_some_and(|(_, word)| word.chars().all(is_word))
}

fn yaql_items(items: &mut Items, line: &str, flows: &[Flow<'_>]) {
    if ends_in_name_behind(line, "$.") {
        variables(flows)
            .iter()
            .for_each(|name| items.add(name, VARIABLE, "variable", ""));
        return;
    }
    let method = ends_in_name_behind(line, ".");
    let fitting = |s: &yaql::Signature| if method { s.method } else { s.function };
    for s in yaql::signatures().into_iter().filter(fitting) {
        items.add(s.name, FUNCTION, s.signature, s.doc);
    }
}

fn jinja_items(items: &mut Items, line: &str, flows: &[Flow<'_>]) {
    if ends_in_name_behind(line, "_.") {
        variables(flows)
            .iter()
            .for_each(|name| items.add(name, VARIABLE, "variable", ""));
    } else if ends_in_name_behind(line.trim_end(), "|")
        || line
            .trim_end()
            .rsplit_once("| ")
            .is_some_and(|(_, w)| w.chars().all(is_word))
    {
        for entry in jinja::reference::FILTERS {
            items.add(entry.name, FUNCTION, "filter", entry.doc);
        }
    } else {
        for entry in jinja::reference::GLOBALS {
            items.add(entry.name, VARIABLE, "name", entry.doc);
        }
        for name in mistral_expr::functions::NAMES {
            items.add(name, FUNCTION, "function", "");
        }
    }
}

/// Names that workflows set.
fn variables(flows: &[Flow<'_>]) -> Vec<String> {
    let mut names = std::collections::BTreeSet::new();
    let mut keys = |node: Option<&Located>| {
        for (key, _) in node.map(Located::members).unwrap_or_default() {
            names.extend(key.key().map(|key| key.to_string()));
        }
    };
    for flow in flows {
        keys(flow.node.get("vars"));
        for task in &flow.tasks {
            keys(task.node.get("publish"));
            keys(task.node.get("publish-on-error"));
            for (clause, value) in task.node.members() {
                let publish = value
                    .get("publish")
                    .filter(|_| clause.text().is_some_and(|key| key.starts_with("on-")));
                publish
                    .iter()
                    .flat_map(|p| p.members())
                    .for_each(|(_, scope)| keys(Some(scope)));
            }
        }
    }
    for lists in flows
        .iter()
        .flat_map(|flow| &flow.tasks)
        .filter_map(|task| task.node.get("with-items"))
    {
        let all = std::iter::once(lists).chain(lists.items());
        let items = all.filter_map(|list| mistral_lang::inline::parse_with_items(list.text()?));
        names.extend(items.map(|(name, _)| name.to_owned()));
    }
    for flow in flows {
        for item in flow.node.get("input").map(Located::items).unwrap_or_default() {
            names.extend(item.text().map(str::to_owned));
            names.extend(
                item.members()
                    .iter()
                    .filter_map(|(key, _)| key.text().map(str::to_owned)),
            );
        }
    }
    names.into_iter().collect()
}

/// Keys of the lines that the line at `start` is indented below, the nearest first.
fn above(text: &str, start: usize) -> Vec<&str> {
    let indent_of = |line: &str| line.len() - line.trim_start().len();
    let line = text[start..].split('\n').next().unwrap_or_default();
    let mut indent = match line.trim().is_empty() {
        true => line.len(),
        false => indent_of(line),
    };
    let mut keys = Vec::new();
    for line in text[..start].lines().rev() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') || indent_of(line) >= indent {
            continue;
        }
        indent = indent_of(line);
        keys.push(line.trim().split(':').next().unwrap_or_default());
    }
    keys
}

/// What has the attributes that are written at this line.
fn owner_above(text: &str, start: usize) -> Owner {
    let keys = above(text, start);
    match keys[..] {
        [] => Owner::Document,
        ["retry", ..] => Owner::Retry,
        ["task-defaults", ..] => Owner::TaskDefaults,
        ["publish", clause, ..] if clause.starts_with("on-") => Owner::Publish,
        [clause, ..] if clause.starts_with("on-") => Owner::Clause,
        [_, "tasks", ..] => Owner::Task,
        [_, "actions", ..] => Owner::Action,
        _ => Owner::Workflow,
    }
}

/// What a task calls.
#[derive(Clone, Copy)]
enum Called {
    Action,
    Workflow,
}

/// What is called by the task or action whose `input` this line is in, whether that stands before or behind it.
fn call_above(text: &str, start: usize) -> Option<(Called, String)> {
    let keys = above(text, start);
    if !matches!(keys.first(), Some(&"input" | &"base-input")) {
        return None;
    }
    let indent_of = |line: &str| line.len() - line.trim_start().len();
    let is_input = |line: &str| line.trim_start().split(':').next() == keys.first().copied();
    let indent = text[..start].lines().rev().find(|line| is_input(line)).map(indent_of)?;
    // Its siblings: as far as no line is indented less.
    let near = |line: &&str| line.trim().is_empty() || indent_of(line) >= indent;
    let before = text[..start].lines().rev().take_while(near);
    let behind = text[start..].lines().take_while(near);
    let siblings = before.chain(behind).filter(|line| indent_of(line) == indent);
    siblings
        .filter_map(|line| line.trim().split_once(':'))
        .find_map(|(key, call)| {
            let called = match key {
                "action" | "base" => Called::Action,
                "workflow" => Called::Workflow,
                _ => return None,
            };
            Some((called, call.split_whitespace().next()?.to_owned()))
        })
}
