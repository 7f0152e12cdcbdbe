//! The tools of the black-box tests, tested.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::corpus::{Glob, data, difference, files, load_yaml, parse_declined, play_all, verdict};
use crate::support::json::{canonical, map_text, parse, pretty};

#[test]
fn numbers_compare_as_python_reads_them() {
    let same = |a: &str, b: &str| parse(a.as_bytes()).unwrap() == parse(b.as_bytes()).unwrap();
    assert!(same("[1e2, 0.50]", "[100.0, 5e-1]"));
    assert!(!same("1", "1.0"));
    assert!(same("123456789012345678901234567890", "123456789012345678901234567890"));
}

#[test]
fn text_forms_are_python_s() {
    let value = parse(r#"{"b": [1.0, 1e16, "ä\n\u0007"], "a": {}, "c": []}"#.as_bytes()).unwrap();
    assert_eq!(
        canonical(&value),
        r#"{"a": {}, "b": [1.0, 1e+16, "ä\n\u0007"], "c": []}"#
    );
    assert_eq!(
        pretty(&value),
        "{\n \"a\": {},\n \"b\": [\n  1.0,\n  1e+16,\n  \"ä\\n\\u0007\"\n ],\n \"c\": []\n}"
    );
}

#[test]
fn texts_and_keys_are_mapped() {
    let value = parse(br#"{"a": ["a", 1]}"#).unwrap();
    assert_eq!(
        map_text(&value, &mut |text| text.to_uppercase()),
        parse(br#"{"A": ["A", 1]}"#).unwrap()
    );
}

#[test]
fn globs() {
    let matches = |pattern: &str, name: &str| Glob::new(pattern).matches(name);
    assert!(matches("joins/*", "joins/a") && matches("*", "a/b") && matches("a?c", "abc"));
    assert!(matches("[ab]x", "bx") && matches("[!ab]x", "cx") && !matches("[!ab]x", "ax"));
    assert!(!matches("joins", "joins/a") && matches("a.[", "a.[") && !matches("a.b", "axb"));
}

#[test]
fn declined_cases_have_reasons() {
    let found = parse_declined("# why\n\na/b: one\n  two\nc: three\n");
    assert_eq!(found["a/b"], "one two");
    assert_eq!(found["c"], "three");
}

#[test]
fn verdicts_mind_what_is_declined() {
    let declined = parse_declined("a: reason\n");
    assert!(verdict("a", Some("x".to_owned()), &declined).is_none() && verdict("b", None, &declined).is_none());
    assert!(verdict("a", None, &declined).is_some_and(|text| text.contains("reason")));
    assert_eq!(
        verdict("b", Some("x\ny".to_owned()), &declined).unwrap(),
        "FAILED b\n    x\n    y"
    );
}

#[test]
fn differences_are_shown_with_their_surroundings() {
    let value = |text: &str| parse(text.as_bytes()).unwrap();
    assert!(difference(&value(r#"{"a": 1, "b": 2}"#), &value(r#"{"b": 2, "a": 1}"#)).is_none());
    let shown = difference(&value(r#"{"a": 1, "b": 2}"#), &value(r#"{"a": 1, "b": 3}"#)).unwrap();
    assert!(shown.contains("\n- \"b\": 2\n+ \"b\": 3"), "{shown}");
}

#[test]
fn all_cases_are_played_once() {
    let cases: Vec<usize> = (0..100).collect();
    let played = AtomicUsize::new(0);
    let failed = play_all(&cases, 7, |case| {
        played.fetch_add(1, Ordering::Relaxed);
        (*case == 1000).then(String::new)
    });
    assert_eq!((played.into_inner(), failed.len()), (100, 0));
}

#[test]
fn every_recorded_case_can_be_read() {
    for corpus in ["engine", "rest"] {
        let cases = files(&data(corpus));
        assert!(cases.len() > 100, "{corpus}: {} cases", cases.len());
        for case in cases {
            let steps = load_yaml(&case)["steps"].as_array().map_or(0, Vec::len);
            assert!(steps > 0, "{} has no steps", case.display());
            crate::support::corpus::load_expected(&case);
        }
    }
}
