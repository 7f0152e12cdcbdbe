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
