//! `lsp`: a language server over standard input and output, for every editor that speaks the protocol.

mod completion;
mod navigation;
mod semantic;

use std::collections::HashMap;
use std::io::{BufRead, Read as _, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use mistral_lint::{Catalogue, Diagnostic, Lines, Settings, Severity, lint};
use pyyaml::Located;
use serde_json::{Value, json};

use self::navigation::symbols;
use crate::remote::{self, ServerArguments};
use crate::{FINE, WRONG, files};

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
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    Ok(match serve(input, output, catalogue(arguments)?)? {
        true => FINE,
        false => WRONG,
    })
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
    /// The editor has asked for the end.
    shut_down: bool,
}

/// Serves until the end; whether that came in order.
fn serve(mut input: impl BufRead, mut output: impl Write, catalogue: Catalogue) -> anyhow::Result<bool> {
    let mut server = Server {
        settings: Settings {
            catalogue,
            ..Settings::default()
        },
        documents: HashMap::new(),
        readable: HashMap::new(),
        shut_down: false,
    };
    while let Some(message) = read(&mut input)? {
        let method = message["method"].as_str().unwrap_or_default();
        if method == "exit" {
            // Without `shutdown` before it, the protocol calls this an error.
            return Ok(server.shut_down);
        }
        for answer in server.handle(method, &message) {
            write(&mut output, &answer)?;
        }
    }
    Ok(true)
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

/// A text with its lines: places as the protocol counts them, from 0, columns in UTF-16.
struct Places<'t> {
    text: &'t str,
    lines: Lines<'t>,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Places<'t> {
        Places {
            text,
            lines: Lines::of(text),
        }
    }

    /// The byte of a place; the end of its line if that is shorter.
    fn offset(&self, position: &Value) -> usize {
        let number = |name: &str| position[name].as_u64().unwrap_or_default() as usize;
        let start = self.lines.start(number("line"));
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        let mut units = 0;
        for (at, c) in line.char_indices() {
            if units >= number("character") {
                return start + at;
            }
            units += c.len_utf16();
        }
        start + line.len()
    }

    fn position(&self, at: usize) -> Value {
        let (line, before) = self.lines.place(at);
        let units: usize = before.chars().map(char::len_utf16).sum();
        json!({"line": line, "character": units})
    }

    fn range(&self, from: usize, to: usize) -> Value {
        json!({"start": self.position(from), "end": self.position(to)})
    }
}

/// What is wrong with a request, for `error` of the answer.
struct Refusal {
    code: i64,
    message: String,
}

impl Refusal {
    fn new(code: i64, message: impl Into<String>) -> Refusal {
        Refusal {
            code,
            message: message.into(),
        }
    }
}

/// "Invalid params" of JSON-RPC.
const INVALID: i64 = -32602;
/// "Method not found".
const UNKNOWN: i64 = -32601;
/// "Request failed" of the protocol: the request was right, but cannot be answered now.
const FAILED: i64 = -32803;

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
                            let places = Places::of(&text);
                            let (from, to) = (places.offset(&range["start"]), places.offset(&range["end"]));
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
        vec![match self.answer(method, &uri, params) {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(Refusal { code, message }) => {
                json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
            }
        }]
    }

    /// The result of a request.
    fn answer(&mut self, method: &str, uri: &str, params: &Value) -> Result<Value, Refusal> {
        let text = self.documents.get(uri).map(String::as_str).unwrap_or_default();
        let places = Places::of(text);
        let at = places.offset(&params["position"]);
        Ok(match method {
            "initialize" => capabilities(),
            "shutdown" => {
                self.shut_down = true;
                Value::Null
            }
            "textDocument/completion" => self.completion(uri, &places, at),
            "textDocument/hover" => self.hover(&places, at),
            "textDocument/definition" => self.definition(uri, text, at),
            "textDocument/references" => self.occurrences(uri, text, at).map_or(Value::Null, |found| {
                let each = found
                    .into_iter()
                    .map(|(from, to)| json!({"uri": uri, "range": places.range(from, to)}));
                Value::Array(each.collect())
            }),
            "textDocument/prepareRename" => self.occurrences(uri, text, at).map_or(Value::Null, |_| {
                let (from, to) = word(text, at);
                json!({"range": places.range(from, to), "placeholder": &text[from..to]})
            }),
            "textDocument/rename" => self.rename(uri, &places, at, params)?,
            "textDocument/documentSymbol" => symbols(text),
            "textDocument/semanticTokens/full" => semantic::tokens(text),
            "textDocument/codeAction" => self.mends(uri, &places, &params["range"]),
            _ => return Err(Refusal::new(UNKNOWN, format!("{method} is not supported"))),
        })
    }

    fn changed(&mut self, uri: String, text: String) -> Value {
        let report = lint(&text, &self.settings);
        let places = Places::of(&text);
        let diagnostics = report.diagnostics.iter().map(|d| told(&places, d));
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

    /// Edits that mend what is wrong in a range.
    fn mends(&self, uri: &str, places: &Places<'_>, wanted: &Value) -> Value {
        let (from, to) = (places.offset(&wanted["start"]), places.offset(&wanted["end"]));
        let report = lint(places.text, &self.settings);
        let near = report
            .diagnostics
            .iter()
            .filter(|d| d.range.from <= to && d.range.to >= from);
        let actions = near.filter_map(|d| {
            let new = d.replacement.as_ref()?;
            let edit = json!({"range": places.range(d.range.from, d.range.to), "newText": new});
            Some(json!({
                "title": format!("Write {new}"),
                "kind": "quickfix",
                "diagnostics": [told(places, d)],
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
            "renameProvider": {"prepareProvider": true},
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

fn told(places: &Places<'_>, d: &Diagnostic) -> Value {
    let message = match &d.help {
        Some(help) => format!("{}\n{help}", d.message),
        None => d.message.clone(),
    };
    json!({
        "range": places.range(d.range.from, d.range.to),
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
