//! The linter against mistakes: those that people make, those that the mutator makes, and none.

use std::path::{Path, PathBuf};

use super::*;
use crate::render::{Format, Linted, render};

mod codes;
mod mistakes;
mod mutants;

/// Settings as the program has them without a server.
fn settings() -> Settings {
    Settings {
        catalogue: Catalogue::of(&*mistral_actions::catalog()),
        ..Settings::default()
    }
}

/// `line:column code message`, one per diagnostic.
fn shown(text: &str) -> Vec<String> {
    let report = lint(text, &settings());
    let line = |d: &Diagnostic| format!("{}:{} {} {}", d.range.line, d.range.column, d.code, d.message);
    report.diagnostics.iter().map(line).collect()
}

/// Paths and texts of the example workflows of the repository.
fn examples() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../etc/examples");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".yaml") && !name.ends_with(".test.yaml") {
            found.push((path.clone(), std::fs::read_to_string(path).unwrap()));
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

#[test]
fn examples_are_clean() {
    for (path, text) in examples() {
        let found = shown(&text);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

#[test]
fn forms_of_output() {
    let text = "version: '2.0'\nwf:\n  tasks:\n    one:\n      action: std.noop\n      on-sucess: two\n    two:\n      action: std.noop\n";
    let report = lint(text, &settings());
    let documents = [Linted {
        name: "a, b.yaml",
        text,
        report: &report,
    }];
    let plain = render(&documents, Format::Text, false);
    assert_eq!(
        plain,
        "a, b.yaml:6:7: error MW010: a task has no attribute `on-sucess`\n     6 |       on-sucess: two\n       |       ^^^^^^^^^\n      \
         = did you mean `on-success`?\n\n1 error and 0 warnings in 1 document\n"
    );
    let github = render(&documents, Format::Github, false);
    assert_eq!(
        github,
        "::error file=a%2C b.yaml,line=6,col=7,endLine=6,endColumn=16,title=MW010::a task has no attribute `on-sucess`%0Adid \
         you mean `on-success`?\n"
    );
    let json: serde_json::Value = serde_json::from_str(&render(&documents, Format::Json, false)).unwrap();
    assert_eq!(json["documents"][0]["diagnostics"][0]["replacement"], "on-success");
    let sarif: serde_json::Value = serde_json::from_str(&render(&documents, Format::Sarif, false)).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 6);
    let rule = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][rule]["id"], "MW010");
}

/// A thousand tasks that follow each other, the shortest that do something.
fn chain() -> String {
    let mut text = "version: '2.0'\nbig:\n  input: [x]\n  tasks:\n".to_owned();
    for n in 0..1000 {
        text.push_str(&format!(
            "    t{n}:\n      action: std.echo output=<% $.x + {n} %>\n      publish:\n        v{n}: <% task().result %>\n      on-success: t{}\n",
            n + 1
        ));
    }
    text.push_str("    t1000:\n      action: std.noop\n");
    text
}

/// A thousand tasks as people write them: inputs, retries, conditions, branches that join again. 15,000 lines.
fn branches() -> String {
    let mut text = "version: '2.0'\nbig:\n  description: d\n  input:\n    - host\n    - port: 80\n  output:\n    last: <% $.v999 %>\n  \
                    task-defaults:\n    on-error:\n      - fail msg=\"bad\"\n  tasks:\n"
        .to_owned();
    for n in 0..1000 {
        text.push_str(&format!(
            "    t{n}:\n      description: Step {n} of the work\n      action: std.http\n      input:\n        \
             url: \"http://<% $.host %>:<% $.port %>/{n}\"\n        method: GET\n        headers:\n          A: '{{{{ _.host }}}}'\n      \
             retry:\n        count: 3\n        delay: 5\n      publish:\n        v{n}: <% task().result.content %>\n"
        ));
        if n % 10 == 0 && n > 0 {
            text.push_str("      join: all\n");
        }
        // Nine after each tenth, and the next tenth waits for all of them.
        let next: Vec<usize> = match n % 10 {
            0 => (n + 1..n + 10).collect(),
            _ => vec![n / 10 * 10 + 10],
        };
        let next: Vec<usize> = next.into_iter().filter(|to| *to < 1000).collect();
        if !next.is_empty() {
            text.push_str("      on-success:\n");
        }
        for to in next {
            text.push_str(&format!("        - t{to}: <% $.v{n} != null %>\n"));
        }
    }
    text
}

/// A workflow of a thousand tasks is linted while the author blinks, the best of five looks on a machine that does other
/// things. Limits are for optimised programs and others: `cargo test --release -p mistral-lint large -- --nocapture` prints 15
/// and 35 ms.
#[test]
fn large_documents() {
    for (name, text, limits) in [("a chain", chain(), (35, 1500)), ("branches", branches(), (80, 4000))] {
        let looks = (0..if cfg!(debug_assertions) { 2 } else { 5 }).map(|_| {
            let start = std::time::Instant::now();
            let found = shown(&text);
            let time = start.elapsed();
            // What the last tasks publish is read by nobody, and nothing else is wrong.
            assert!(found.iter().all(|line| line.contains("MW058")), "{found:#?}");
            time
        });
        let best = looks.min().unwrap();
        println!("1,000 tasks, {name}, {} kB: {best:?}", text.len() / 1000);
        let limit = if cfg!(debug_assertions) { limits.1 } else { limits.0 };
        assert!(best.as_millis() < limit, "{name}: {best:?}");
    }
}

/// Workflows of other workbooks may be stored somewhere; those of this one would be here.
#[test]
fn workflows_of_other_workbooks() {
    let text = "version: '2.0'\nname: own\nworkflows:\n  w:\n    tasks:\n      a: {workflow: other.v1.send}\n      b: {workflow: own.x}\n      c: {workflow: near}\n";
    let found = shown(text);
    let expected = [
        "7:21 MW068 there is no workflow `own.x`",
        "8:21 MW068 there is no workflow `near`",
    ];
    assert_eq!(found, expected);
    let complete = Settings {
        catalogue: Catalogue {
            knows_workflows: true,
            ..settings().catalogue
        },
        ..settings()
    };
    assert_eq!(lint(text, &complete).diagnostics.len(), 3);
}
