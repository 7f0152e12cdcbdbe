//! The language server as editors meet it: a process, spoken to in the protocol.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::process::{command, server_program};

/// Far above what an answer takes even in debug builds on a busy machine; `docs/editors.md` has figures.
const PATIENCE: Duration = Duration::from_secs(20);

/// An editor.
struct Editor {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    number: i64,
    /// Diagnostics as they came.
    published: Vec<Value>,
}

impl Editor {
    fn start() -> Editor {
        let mut process = command(&server_program())
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the language server starts");
        let (input, output) = (process.stdin.take(), process.stdout.take().expect("output"));
        let mut editor = Editor {
            process,
            input,
            output: BufReader::new(output),
            number: 0,
            published: Vec::new(),
        };
        let capabilities = editor.ask(
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": {}}),
        );
        assert_eq!(capabilities["capabilities"]["renameProvider"]["prepareProvider"], true);
        editor.tell("initialized", json!({}));
        editor
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        let input = self.input.as_mut().expect("an open input");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it can be written to");
        input.flush().expect("it can be written to");
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("a head") > 0, "it has ended");
            if line == "\r\n" {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        self.write(&json!({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}));
        loop {
            let mut message = self.read();
            if message["id"] == self.number {
                assert!(message.get("error").is_none(), "{message}");
                return message["result"].take();
            }
            self.published.push(message["params"].take());
        }
    }

    /// A request about a place.
    fn at(&mut self, method: &str, line: usize, character: usize) -> Value {
        let params = json!({
            "textDocument": {"uri": "file:///w.yaml"}, "position": {"line": line, "character": character}, "newName": "renamed",
        });
        self.ask(method, params)
    }

    fn open(&mut self, text: &str) {
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": "file:///w.yaml", "languageId": "yaml", "version": 1, "text": text}}),
        );
    }

    fn stop(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.input = None;
        let status = self.process.wait().expect("it ends");
        assert!(status.success());
    }
}

fn labels(completion: &Value) -> Vec<&str> {
    let items = completion["items"].as_array().expect("items");
    items.iter().filter_map(|item| item["label"].as_str()).collect()
}

#[test]
fn an_hour_of_editing() {
    let mut editor = Editor::start();
    let text = "version: '2.0'\nw:\n  input: [names]\n  tasks:\n    a:\n      action: std.echo output=<% $.names.len() %>\n      on-succes: b\n    b:\n      action: std.http\n      input:\n        \n";
    editor.open(text);
    let parameters = editor.at("textDocument/completion", 10, 8);
    assert!(labels(&parameters).contains(&"url"), "{parameters}");
    let diagnostics = editor.published.remove(0);
    let first = &diagnostics["diagnostics"][0];
    assert!(
        first["range"]["start"]["line"] == 6 && first["message"].to_string().contains("on-success"),
        "{diagnostics}"
    );

    // The mend that it offers, applied as an editor does.
    let range = first["range"].clone();
    let mends = editor.ask(
        "textDocument/codeAction",
        json!({"textDocument": {"uri": "file:///w.yaml"}, "range": range, "context": {"diagnostics": []}}),
    );
    let edit = mends[0]["edit"]["changes"]["file:///w.yaml"][0].clone();
    editor.tell(
        "textDocument/didChange",
        json!({
            "textDocument": {"uri": "file:///w.yaml", "version": 2},
            "contentChanges": [{"range": edit["range"], "text": edit["newText"]}],
        }),
    );
    let variables = editor.at("textDocument/completion", 5, 39);
    assert!(
        labels(&variables).contains(&"len") || labels(&variables).contains(&"names"),
        "{variables}"
    );
    let mended = editor.published.pop().expect("diagnostics after the change");
    assert!(!mended.to_string().contains("on-succes\""), "{mended}");

    let definition = editor.at("textDocument/definition", 6, 18);
    assert_eq!(
        definition["range"]["start"],
        json!({"line": 7, "character": 4}),
        "{definition}"
    );
    let renamed = editor.at("textDocument/rename", 7, 4);
    assert_eq!(
        renamed["changes"]["file:///w.yaml"].as_array().map(Vec::len),
        Some(2),
        "{renamed}"
    );
    let hover = editor.at("textDocument/hover", 8, 16);
    assert!(hover["contents"]["value"].to_string().contains("std.http"), "{hover}");
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": "file:///w.yaml"}}),
    );
    assert_eq!(symbols[0]["children"][1]["name"], "b");
    let tokens = editor.ask(
        "textDocument/semanticTokens/full",
        json!({"textDocument": {"uri": "file:///w.yaml"}}),
    );
    assert_eq!(
        tokens["data"].as_array().map(Vec::len),
        Some(3 * 5),
        "$, names, len: {tokens}"
    );
    editor.stop();
}

/// A thousand tasks: `LSP_FIGURES=1` prints how long answers take.
#[test]
fn large_documents() {
    let mut text = String::from("version: '2.0'\nlarge:\n  input: [n]\n  tasks:\n");
    for n in 0..1_000 {
        text.push_str(&format!(
            "    t{n}:\n      action: std.echo output=<% $.n + {n} %>\n      publish: {{v{n}: <% task().result %>}}\n"
        ));
        if n < 999 {
            text.push_str(&format!("      on-success: t{}\n", n + 1));
        }
    }
    let mut editor = Editor::start();
    let begun = Instant::now();
    editor.open(&text);
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": "file:///w.yaml"}}),
    );
    let opened = begun.elapsed();
    assert_eq!(symbols[0]["children"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(
        editor.published[0]["diagnostics"]
            .as_array()
            .map_or(0, |found| found.iter().filter(|d| d["severity"] == 1).count()),
        0
    );
    let mut slowest = Duration::ZERO;
    for (line, character) in [(5, 14), (5, 32), (7, 18), (2_000, 6)] {
        let begun = Instant::now();
        let completion = editor.at("textDocument/completion", line, character);
        slowest = slowest.max(begun.elapsed());
        assert!(!labels(&completion).is_empty(), "{line}");
    }
    assert!(opened < PATIENCE && slowest < PATIENCE);
    if std::env::var_os("LSP_FIGURES").is_some() {
        eprintln!("1,000 tasks: opened, linted and listed in {opened:?}; slowest completion {slowest:?}");
    }
    editor.stop();
}

/// Longest that a program of Python or Node may take here; they take 3 s.
const OTHERS: Duration = Duration::from_secs(90);
/// What an editor may wait for a completion in a document of 1,000 tasks: 20 ms, in programs that are not optimised and on busy
/// machines more. `docs/editors.md` has figures.
const COMPLETION: f64 = if cfg!(debug_assertions) { 400.0 } else { 20.0 };

/// What a program says; it must end well.
fn said_by(program: &mut std::process::Command) -> String {
    let log = tempfile::tempfile().expect("a file");
    let mut process = program
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("a file"))
        .stderr(log.try_clone().expect("a file"))
        .spawn()
        .expect("it starts");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = process.try_wait().expect("a status") {
            break Some(status);
        }
        if begun.elapsed() > OTHERS {
            process.kill().expect("it can be ended");
            process.wait().expect("a status");
            break None;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let (mut log, mut said) = (log, String::new());
    std::io::Seek::rewind(&mut log).expect("a file");
    log.read_to_string(&mut said).expect("text");
    assert!(status.is_some_and(|status| status.success()), "{status:?}\n{said}");
    said
}

/// pygls, a client that holds every message against the types of the protocol, edits as an editor does: `tests/lsp/client.py`.
#[test]
fn a_client_that_others_wrote() {
    let Some(venv) = std::env::var_os("MISTRAL_TEST_LSP") else {
        eprintln!(
            "NOT TESTED with pygls: MISTRAL_TEST_LSP names no virtual environment that has it; .ci/test makes one"
        );
        return;
    };
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let said = said_by(
        command(&std::path::Path::new(&venv).join("bin/python"))
            .arg(root.join("tests/lsp/client.py"))
            .arg(server_program())
            .arg(folder.path()),
    );
    println!("{said}");
    for step in ["mend", "complete", "navigate", "rename"] {
        assert!(said.contains(&format!("{step}: right")), "{said}");
    }
    let median = said.lines().find_map(|line| line.strip_prefix("median "));
    let median: f64 = median.and_then(|text| text.parse().ok()).expect("a figure");
    assert!(median < COMPLETION, "{median} ms");
}

/// The package of `sdk/vscode` as npm makes it: its files, its grammar, its commands, and its client with this language server.
#[test]
fn the_package_for_vs_code() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk/vscode");
    if !folder.join("node_modules/@vscode/vsce").exists() {
        eprintln!("NOT TESTED: the package for VS Code needs Node 20 and `cd sdk/vscode && npm ci --ignore-scripts`");
        return;
    }
    let said = said_by(
        command(std::path::Path::new("npm"))
            .args(["test", "--silent"])
            .current_dir(folder)
            .env("MISTRAL_SERVER", server_program()),
    );
    assert!(said.contains("# fail 0") || said.contains("\u{2139} fail 0"), "{said}");
}
