//! `lsp`: a language server over standard input and output, for every editor that speaks the protocol.

mod semantic;

use std::collections::HashMap;
use std::io::{BufRead, Read as _, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use mistral_lint::attributes::{self, COMMANDS, Owner};
use mistral_lint::document::{View, kind};
use mistral_lint::{Catalogue, Diagnostic, Settings, Severity, lint};
use pyyaml::{Located, Shape};
use serde_json::{Value, json};

use crate::remote::{self, ServerArguments};
use crate::{FINE, files};

/// Longest message that is read, in bytes.
const LONGEST: usize = 64 << 20;
/// Longest line of a message's head.
const LONGEST_HEAD: u64 = 1024;

/// Arguments of `lsp`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// JSON file with the actions and workflows that exist: {"actions": [{"name", "input"}], "workflows": […]}
    #[arg(long, value_name = "FILE")]
    catalogue: Vec<PathBuf>,

    #[command(flatten)]
    server: ServerArguments,
}

/// Serves until the editor says `exit` or goes away; the status to exit with.
pub fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    serve(input, output, catalogue(arguments)?)?;
    Ok(FINE)
}

/// The standard actions; others may be stored somewhere.
fn standard() -> Catalogue {
    Catalogue {
        elsewhere: true,
        ..Catalogue::of(&*mistral_actions::catalog())
    }
}

/// What can be called, as far as it is known.
fn catalogue(arguments: &Arguments) -> anyhow::Result<Catalogue> {
    let mut catalogue = standard();
    if arguments.server.server.is_some() {
        let service = arguments.server.open()?;
        match remote::block_on(remote::catalogue::of(&service)) {
            Ok(found) => catalogue = found,
            // Without its service an editor still helps.
            Err(error) => eprintln!("mistral-server lsp: {error:#}; going on with the standard actions"),
        }
    }
    for path in &arguments.catalogue {
        let text = files::read(path)?.text;
        let json: Value = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        let added = catalogue.add_document(&json);
        added.map_err(|problem| anyhow::anyhow!("{}: {problem}", path.display()))?;
    }
    Ok(catalogue)
}

/// Open documents and what is known beside them.
struct Server {
    settings: Settings,
    documents: HashMap<String, String>,
    /// The text of each document the last time that it was YAML.
    readable: HashMap<String, String>,
}

fn serve(mut input: impl BufRead, mut output: impl Write, catalogue: Catalogue) -> anyhow::Result<()> {
    let mut server = Server {
        settings: Settings {
            catalogue,
            ..Settings::default()
        },
        documents: HashMap::new(),
        readable: HashMap::new(),
    };
    while let Some(message) = read(&mut input)? {
        let method = message["method"].as_str().unwrap_or_default();
        if method == "exit" {
            break;
        }
        for answer in server.handle(method, &message) {
            write(&mut output, &answer)?;
        }
    }
    Ok(())
}

fn read(input: &mut impl BufRead) -> anyhow::Result<Option<Value>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.by_ref().take(LONGEST_HEAD).read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length:") {
            length = Some(value.trim().parse::<usize>().context("Content-Length")?);
        }
    }
    let Some(length) = length.filter(|length| *length <= LONGEST) else {
        bail!("a message without a sensible Content-Length");
    };
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(Some(
        serde_json::from_slice(&body).context("a message that is no JSON")?,
    ))
}

fn write(output: &mut impl Write, message: &Value) -> anyhow::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()?;
    Ok(())
}

/// A place in a document, as the protocol counts: from 0, columns in UTF-16.
fn offset(text: &str, position: &Value) -> usize {
    let (line, character) = (
        position["line"].as_u64().unwrap_or_default() as usize,
        position["character"].as_u64().unwrap_or_default() as usize,
    );
    let mut at = 0;
    for (n, content) in text.split_inclusive('\n').enumerate() {
        if n == line {
            let mut units = 0;
            for (i, c) in content.char_indices() {
                if units >= character || c == '\n' {
                    return at + i;
                }
                units += c.len_utf16();
            }
            return at + content.len();
        }
        at += content.len();
    }
    text.len()
}

fn position(text: &str, at: usize) -> Value {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    let units: usize = before[start..].chars().map(char::len_utf16).sum();
    json!({"line": before.matches('\n').count(), "character": units})
}

fn range(text: &str, from: usize, to: usize) -> Value {
    json!({"start": position(text, from), "end": position(text, to)})
}

impl Server {
    fn handle(&mut self, method: &str, message: &Value) -> Vec<Value> {
        let params = &message["params"];
        let uri = params["textDocument"]["uri"].as_str().unwrap_or_default().to_owned();
        match method {
            "textDocument/didOpen" => {
                let text = params["textDocument"]["text"].as_str().unwrap_or_default().to_owned();
                return vec![self.changed(uri, text)];
            }
            "textDocument/didChange" => {
                let mut text = self.documents.get(&uri).cloned().unwrap_or_default();
                for change in params["contentChanges"].as_array().into_iter().flatten() {
                    let new = change["text"].as_str().unwrap_or_default();
                    match change.get("range") {
                        Some(range) => {
                            let (from, to) = (offset(&text, &range["start"]), offset(&text, &range["end"]));
                            text.replace_range(from..to.max(from), new);
                        }
                        None => text = new.to_owned(),
                    }
                }
                return vec![self.changed(uri, text)];
            }
            "textDocument/didClose" => {
                self.documents.remove(&uri);
                self.readable.remove(&uri);
                return vec![published(&uri, json!([]))];
            }
            _ => {}
        }
        let Some(id) = message.get("id") else { return Vec::new() };
        let text = self.documents.get(&uri).cloned().unwrap_or_default();
        let at = offset(&text, &params["position"]);
        let result = match method {
            "initialize" => capabilities(),
            "shutdown" => Value::Null,
            "textDocument/completion" => self.completion(&uri, &text, at),
            "textDocument/hover" => self.hover(&uri, &text, at),
            "textDocument/definition" => self.definition(&uri, &text, at),
            "textDocument/references" => self.occurrences(&uri, &text, at).map_or(Value::Null, |places| {
                let each = places
                    .into_iter()
                    .map(|(from, to)| json!({"uri": uri, "range": range(&text, from, to)}));
                Value::Array(each.collect())
            }),
            "textDocument/rename" => {
                let new = params["newName"].as_str().unwrap_or_default();
                self.occurrences(&uri, &text, at).map_or(Value::Null, |places| {
                    let edits = places
                        .into_iter()
                        .map(|(from, to)| json!({"range": range(&text, from, to), "newText": new}));
                    json!({"changes": {(&uri): edits.collect::<Vec<_>>()}})
                })
            }
            "textDocument/documentSymbol" => symbols(&text),
            "textDocument/semanticTokens/full" => semantic::tokens(&text),
            "textDocument/codeAction" => self.mends(&uri, &text, &params["range"]),
            _ => {
                let error = json!({"code": -32601, "message": format!("{method} is not supported")});
                return vec![json!({"jsonrpc": "2.0", "id": id, "error": error})];
            }
        };
        vec![json!({"jsonrpc": "2.0", "id": id, "result": result})]
    }

    fn changed(&mut self, uri: String, text: String) -> Value {
        let report = lint(&text, &self.settings);
        let diagnostics = report.diagnostics.iter().map(|d| told(&text, d));
        let message = published(&uri, Value::Array(diagnostics.collect()));
        if pyyaml::locate(&text).is_ok() {
            self.readable.insert(uri.clone(), text.clone());
        }
        self.documents.insert(uri, text);
        message
    }

    /// The nodes of a document, of its last readable text if it is being written.
    fn root(&self, uri: &str) -> Option<(String, Located)> {
        let text = self.readable.get(uri)?.clone();
        let root = pyyaml::locate(&text).ok()??;
        Some((text, root))
    }

    fn completion(&self, uri: &str, text: &str, at: usize) -> Value {
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = &text[start..at];
        let known = self.root(uri);
        let view = known
            .as_ref()
            .map(|(text, root)| View::new(text, root, kind(Some(root)), &self.settings.expressions));
        let mut items = Vec::new();
        let mut add = |label: &str, kind: u8, detail: &str, doc: &str| {
            items.push(json!({"label": label, "kind": kind, "detail": detail, "documentation": doc}));
        };
        let in_yaql = line.rfind("<%").is_some_and(|open| !line[open..].contains("%>"));
        let in_jinja = line.rfind("{{").is_some_and(|open| !line[open..].contains("}}"));
        let (key, is_value) = match line.trim_start().trim_start_matches("- ").split_once(':') {
            Some((key, _)) => (key.trim(), true),
            None => ("", line.trim_start().starts_with("- ")),
        };
        let flows = view.as_ref().map(|view| &view.workflows[..]).unwrap_or_default();
        if in_yaql {
            if line.ends_with("$.")
                || line
                    .rsplit_once("$.")
                    .is_some_and(|(_, word)| word.chars().all(|c| c.is_alphanumeric() || c == '_'))
            {
                variables(flows).iter().for_each(|name| add(name, 6, "variable", ""));
            } else {
                let method = line.ends_with('.')
                    || line
                        .rsplit_once('.')
                        .is_some_and(|(_, word)| word.chars().all(char::is_alphanumeric));
                for s in yaql::signatures()
                    .into_iter()
                    .filter(|s| if method { s.method } else { s.function })
                {
                    add(s.name, 3, s.signature, s.doc);
                }
            }
        } else if in_jinja {
            if line
                .rsplit_once("_.")
                .is_some_and(|(_, word)| word.chars().all(|c| c.is_alphanumeric() || c == '_'))
            {
                variables(flows).iter().for_each(|name| add(name, 6, "variable", ""));
            } else if line.contains('|') {
                jinja::reference::FILTERS
                    .iter()
                    .for_each(|entry| add(entry.name, 3, "filter", entry.doc));
            } else {
                jinja::reference::GLOBALS
                    .iter()
                    .for_each(|entry| add(entry.name, 6, "name", entry.doc));
                mistral_expr::functions::NAMES
                    .iter()
                    .for_each(|name| add(name, 3, "function", ""));
            }
        } else if is_value && matches!(key, "action" | "base") {
            for (name, action) in &self.settings.catalogue.actions {
                let parameters: Vec<&str> = action.parameters.iter().map(|p| &*p.name).collect();
                add(name, 3, &parameters.join(", "), &action.description);
            }
            for (name, _, _) in view.iter().flat_map(|view| &view.actions) {
                add(name, 3, "", "");
            }
        } else if is_value && key == "workflow" {
            flows.iter().for_each(|flow| add(&flow.name, 9, "workflow", ""));
        } else if is_value && (key.starts_with("on-") || key == "requires" || key == "next" || key.is_empty()) {
            for flow in flows {
                flow.tasks.iter().for_each(|task| add(&task.name, 12, "task", ""));
            }
            COMMANDS.iter().for_each(|(name, doc)| add(name, 14, "command", doc));
        } else if !is_value {
            let owner = owner_above(text, start);
            for attribute in attributes::of(owner) {
                add(attribute.name, 10, attribute.takes, attribute.doc);
            }
            // Parameters of the action, inside its `input`.
            if let Some(action) = action_above(text, start) {
                for parameter in self
                    .settings
                    .catalogue
                    .actions
                    .get(&action)
                    .iter()
                    .flat_map(|a| &a.parameters)
                {
                    let detail = parameter.default.clone().unwrap_or_else(|| "required".to_owned());
                    add(&parameter.name, 5, &detail, "");
                }
            }
        }
        json!({"isIncomplete": false, "items": items})
    }

    fn hover(&self, uri: &str, text: &str, at: usize) -> Value {
        let (from, to) = word(text, at);
        let name = &text[from..to];
        let _ = uri;
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
            let parameters = action.parameters.iter().map(|p| match &p.default {
                Some(default) => format!("- `{}` = {default}\n", p.name),
                None => format!("- `{}` (required)\n", p.name),
            });
            format!(
                "**{name}**\n\n{}\n\n{}",
                action.description,
                parameters.collect::<String>()
            )
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
        json!({"contents": {"kind": "markdown", "value": shown}, "range": range(text, from, to)})
    }

    /// The definition of the task or workflow that is named here.
    fn definition(&self, uri: &str, text: &str, at: usize) -> Value {
        let Some((_, root)) = self.root(uri) else {
            return Value::Null;
        };
        let view = View::new(text, &root, kind(Some(&root)), &self.settings.expressions);
        let (from, to) = word(text, at);
        let name = &text[from..to];
        let inside = |flow: &&mistral_lint::document::Flow<'_>| (flow.key.span.from..=flow.node.span.to).contains(&at);
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
            Some(span) => json!({"uri": uri, "range": range(text, span.from, span.to)}),
            None => Value::Null,
        }
    }

    /// Everywhere that the task under the cursor is named, in its workflow.
    fn occurrences(&self, uri: &str, text: &str, at: usize) -> Option<Vec<(usize, usize)>> {
        let (_, root) = self.root(uri)?;
        let view = View::new(text, &root, kind(Some(&root)), &self.settings.expressions);
        let (from, to) = word(text, at);
        let name = &text[from..to];
        let inside = |flow: &&mistral_lint::document::Flow<'_>| (flow.key.span.from..=flow.node.span.to).contains(&at);
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

    /// Edits that mend what is wrong in a range.
    fn mends(&self, uri: &str, text: &str, wanted: &Value) -> Value {
        let (from, to) = (offset(text, &wanted["start"]), offset(text, &wanted["end"]));
        let report = lint(text, &self.settings);
        let near = report
            .diagnostics
            .iter()
            .filter(|d| d.range.from <= to && d.range.to >= from);
        let actions = near.filter_map(|d| {
            let new = d.replacement.as_ref()?;
            let edit = json!({"range": range(text, d.range.from, d.range.to), "newText": new});
            Some(json!({
                "title": format!("Write {new}"),
                "kind": "quickfix",
                "diagnostics": [told(text, d)],
                "edit": {"changes": {uri: [edit]}},
            }))
        });
        Value::Array(actions.collect())
    }
}

fn capabilities() -> Value {
    json!({
        "capabilities": {
            "textDocumentSync": {"openClose": true, "change": 2},
            "completionProvider": {"triggerCharacters": [".", "$", " ", "|"]},
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "renameProvider": true,
            "documentSymbolProvider": true,
            "codeActionProvider": true,
            "semanticTokensProvider": {
                "legend": {"tokenTypes": semantic::LEGEND, "tokenModifiers": []},
                "full": true,
            },
        },
        "serverInfo": {"name": "mistral-server", "version": env!("CARGO_PKG_VERSION")},
    })
}

fn published(uri: &str, diagnostics: Value) -> Value {
    let params = json!({"uri": uri, "diagnostics": diagnostics});
    json!({"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": params})
}

fn told(text: &str, d: &Diagnostic) -> Value {
    let message = match &d.help {
        Some(help) => format!("{}\n{help}", d.message),
        None => d.message.clone(),
    };
    json!({
        "range": range(text, d.range.from, d.range.to),
        "severity": if d.severity == Severity::Error { 1 } else { 2 },
        "code": d.code,
        "source": "mistral",
        "message": message,
    })
}

/// The word under the cursor.
fn word(text: &str, at: usize) -> (usize, usize) {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let from = text[..at]
        .rfind(|c| !part(c))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let to = text[at..].find(|c| !part(c)).map_or(text.len(), |i| at + i);
    (from, to)
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

/// Names that workflows set.
fn variables(flows: &[mistral_lint::document::Flow<'_>]) -> Vec<String> {
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
        }
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

/// The action whose `input` this line is in.
fn action_above(text: &str, start: usize) -> Option<String> {
    let keys = above(text, start);
    if !matches!(keys.first(), Some(&"input" | &"base-input")) {
        return None;
    }
    let line = text[..start].lines().rev().find(|line| {
        let line = line.trim();
        line.starts_with("action:") || line.starts_with("base:")
    })?;
    let (_, call) = line.split_once(':')?;
    call.split_whitespace().next().map(str::to_owned)
}

fn symbols(text: &str) -> Value {
    let Ok(Some(root)) = pyyaml::locate(text) else {
        return json!([]);
    };
    let view = View::new(text, &root, kind(Some(&root)), &Default::default());
    let symbol = |name: &str, symbol_kind: u8, key: &Located, node: &Located, children: Vec<Value>| {
        json!({
            "name": name,
            "kind": symbol_kind,
            "range": range(text, key.span.from, node.span.to.max(key.span.to)),
            "selectionRange": range(text, key.span.from, key.span.to),
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

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "version: '2.0'\nwf:\n  input: [name]\n  tasks:\n    one:\n      action: std.ehco output=<% $.name %>\n      on-success: two\n    two:\n      action: std.noop\n";

    /// Answers to requests, diagnostics among them.
    fn talk(messages: &[Value]) -> Vec<Value> {
        let mut input = Vec::new();
        for message in messages {
            write(&mut input, message).unwrap();
        }
        let mut output = Vec::new();
        serve(&input[..], &mut output, standard()).unwrap();
        let mut output = &output[..];
        std::iter::from_fn(|| read(&mut output).unwrap()).collect()
    }

    fn request(method: &str, line: u64, character: u64) -> Value {
        let params = json!({"textDocument": {"uri": "file:///a"}, "position": {"line": line, "character": character}, "newName": "zwei"});
        json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    }

    fn open(text: &str) -> Value {
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file:///a", "text": text}}})
    }

    /// The answer to one request about a text.
    fn ask(text: &str, request: Value) -> Value {
        talk(&[open(text), request]).remove(1)["result"].take()
    }

    fn labels(completion: &Value) -> Vec<&str> {
        completion["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["label"].as_str().unwrap())
            .collect()
    }

    #[test]
    fn diagnostics_follow_the_text() {
        let change = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": {"uri": "file:///a"},
            "contentChanges": [{"range": {"start": {"line": 5, "character": 18}, "end": {"line": 5, "character": 22}}, "text": "echo"}],
        }});
        let answers = talk(&[
            json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {}}),
            open(TEXT),
            change,
        ]);
        assert_eq!(answers[0]["result"]["capabilities"]["hoverProvider"], true);
        let found = &answers[1]["params"]["diagnostics"][0];
        assert_eq!(
            (found["code"].as_str(), &found["range"]["start"]["line"]),
            (Some("MW051"), &json!(5))
        );
        assert_eq!(answers[2]["params"]["diagnostics"], json!([]));
    }

    #[test]
    fn completion() {
        let attributes = format!("{TEXT}      ");
        assert!(labels(&ask(&attributes, request("textDocument/completion", 9, 6))).contains(&"retry"));
        let action = ask(TEXT, request("textDocument/completion", 5, 14));
        assert!(labels(&action).contains(&"std.http"));
        let task = ask(TEXT, request("textDocument/completion", 6, 18));
        assert!(labels(&task).contains(&"two") && labels(&task).contains(&"fail"));
        let variable = ask(TEXT, request("textDocument/completion", 5, 35));
        assert_eq!(labels(&variable), ["name"]);
        let parameters = "version: '2.0'\nwf:\n  tasks:\n    one:\n      action: std.http\n      input:\n        \n";
        assert!(labels(&ask(parameters, request("textDocument/completion", 6, 8))).contains(&"url"));
    }

    #[test]
    fn navigation() {
        let definition = ask(TEXT, request("textDocument/definition", 6, 19));
        assert_eq!(definition["range"]["start"], json!({"line": 7, "character": 4}));
        let renamed = ask(TEXT, request("textDocument/rename", 6, 19));
        assert_eq!(renamed["changes"]["file:///a"].as_array().unwrap().len(), 2);
        let hover = ask(TEXT, request("textDocument/hover", 6, 9));
        assert!(hover["contents"]["value"].as_str().unwrap().contains("on-success"));
        let symbols = ask(TEXT, request("textDocument/documentSymbol", 0, 0));
        assert_eq!(symbols[0]["children"][1]["name"], "two");
        let mut mend = request("textDocument/codeAction", 0, 0);
        mend["params"]["range"] = json!({"start": {"line": 5, "character": 15}, "end": {"line": 5, "character": 15}});
        assert_eq!(
            ask(TEXT, mend)[0]["edit"]["changes"]["file:///a"][0]["newText"],
            "std.echo"
        );
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let answers = talk(&[json!({"jsonrpc": "2.0", "id": 7, "method": "x/y", "params": {}})]);
        assert_eq!(answers[0]["error"]["code"], -32601);
        assert!(serve(&b"Content-Length: x\r\n\r\n"[..], Vec::new(), standard()).is_err());
    }
}
