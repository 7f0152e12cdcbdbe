//! Every code has a page, and its examples are true.

use super::*;
use crate::codes::{document, reference};

#[test]
fn examples_of_the_pages() {
    for code in CODES {
        let right = shown(&document(code.right));
        assert!(right.is_empty(), "{}: {right:#?}", code.code);
        if !code.wrong.is_empty() {
            let wrong = lint(&document(code.wrong), &settings());
            let own = wrong
                .diagnostics
                .iter()
                .any(|d| d.code == code.code && d.severity == code.severity);
            assert!(own, "{}: {:#?}", code.code, wrong.diagnostics);
        }
    }
}

#[test]
fn codes_are_in_order_and_the_page_is_theirs() {
    assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lint.md");
    let page = reference();
    if std::env::var_os("LINT_REFERENCE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        page,
        "LINT_REFERENCE=write writes it anew"
    );
}

#[test]
fn the_language_has_a_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/language.md");
    let page = crate::attributes::reference();
    if std::env::var_os("LINT_REFERENCE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        page,
        "LINT_REFERENCE=write writes it anew"
    );
}

/// The table of attributes and the validator agree: what has a row is accepted with the example of the row.
#[test]
fn attributes_are_those_of_the_validator() {
    use crate::attributes::{ATTRIBUTES, Owner};
    let indented = |text: &str, by: usize| {
        text.lines()
            .map(|line| format!("{:by$}{line}\n", ""))
            .collect::<String>()
    };
    for a in ATTRIBUTES {
        let requires = a.name == "requires";
        let head = "version: '2.0'\nw:\n";
        let others = "    hello: {action: std.noop}\n";
        let text = match a.owner {
            Owner::Task if a.name == "action" || a.name == "workflow" => {
                format!("{head}  tasks:\n    t:\n{}", indented(a.example, 6))
            }
            Owner::Task => format!(
                "{head}  tasks:\n    t:\n      action: std.noop\n{}",
                indented(a.example, 6)
            ),
            Owner::Retry => {
                let other = if a.name == "count" { "delay: 1" } else { "count: 1" };
                let more = if a.name == "count" || a.name == "delay" {
                    ""
                } else {
                    "        delay: 1\n"
                };
                format!(
                    "{head}  tasks:\n    t:\n      retry:\n        {other}\n{more}{}",
                    indented(a.example, 8)
                )
            }
            Owner::Clause => format!("{head}  tasks:\n    t:\n      on-success:\n{}", indented(a.example, 8)),
            Owner::Publish => {
                format!(
                    "{head}  tasks:\n    t:\n      on-success:\n        publish:\n{}",
                    indented(a.example, 10)
                )
            }
            Owner::Workflow if a.name == "tasks" => format!("{head}{}", indented(a.example, 2)),
            Owner::Workflow => format!("{head}{}  tasks:\n{others}", indented(a.example, 2)),
            Owner::TaskDefaults => format!("{head}  task-defaults:\n{}  tasks:\n{others}", indented(a.example, 4)),
            Owner::Document | Owner::Action | Owner::Workbook => continue,
        };
        // Tasks that the example names.
        let names = [
            "notify", "clean_up", "repair", "report", "build", "check", "done", "prepare", "two",
        ];
        let mut text = text;
        if requires {
            text = text.replace("\nw:\n", "\nw:\n  type: reverse\n");
        }
        for name in names.iter().filter(|name| a.example.contains(*name)) {
            text.push_str(&format!("    {name}: {{action: std.noop}}\n"));
        }
        if a.name == "join" {
            text.push_str("    first: {action: std.noop, on-success: t}\n");
        }
        let errors = mistral_lang::check_document(&text, mistral_lang::DocumentKind::Workflows, &Default::default());
        assert!(errors.is_empty(), "{} of {:?}: {errors:?}\n{text}", a.name, a.owner);
    }
}

/// What has no example of its own.
#[test]
fn other_codes() {
    for (text, expected) in [
        ("", "1:1 MW005 the document is empty"),
        (
            "- a\n",
            "1:1 MW005 a document is a mapping: `version: '2.0'` and names with their definitions",
        ),
        (
            "version: '2.0'\n",
            "1:1 MW005 the document holds no definition, only `version`",
        ),
        (
            "version: '2.0'\na b:\n  tasks:\n    one: {action: std.noop}\n",
            "2:1 MW024 name 'a b' must not contain spaces",
        ),
    ] {
        assert_eq!(shown(text).first().map(String::as_str), Some(expected), "{text:?}");
    }
}
