//! How filters of lists are read.

use super::values::{SECOND, date_test};
use super::*;
use mistral_model::{State, Time};

#[test]
fn like_patterns() {
    for (text, pattern, yes) in [
        ("RUNNING", "%N%", true),
        ("RUNNING", "%", true),
        ("RUNNING", "R_NN%", true),
        ("RUNNING", "R_N", false),
        ("", "%%", true),
        ("ERROR", "%r%", false),
    ] {
        assert_eq!(like(text, pattern), yes, "{text} {pattern}");
    }
}

#[test]
fn states_are_compared_as_texts() {
    let numbers = |value: &str| match read_test("state", FilterKind::State, value).unwrap() {
        Test::Numbers(numbers) => numbers,
        other => panic!("{other:?}"),
    };
    let [waiting, success, skipped] = [State::Waiting, State::Success, State::Skipped].map(|s| s as i16);
    assert_eq!(numbers("gt:RUNNING"), [waiting, success, skipped]);
    assert_eq!(numbers("in:SUCCESS,FOO"), [success]);
    assert!(numbers("FOO").is_empty());
}

#[test]
fn dates_count_by_seconds() {
    let t = Time::parse("2026-01-01 00:00:00").unwrap().0;
    let ranges = |op: &str, value: &str| match date_test("created_at", op, value).unwrap() {
        Test::Within { ranges, .. } => ranges,
        other => panic!("{other:?}"),
    };
    assert_eq!(ranges("eq", "2026-01-01T00:00:00"), [(Some(t), Some(t + SECOND))]);
    assert_eq!(ranges("gt", "2026-01-01 00:00:00"), [(Some(t + SECOND), None)]);
    assert_eq!(ranges("lte", "2026-01-01 00:00:00"), [(None, Some(t + SECOND))]);
    assert_eq!(ranges("gte", "2026-01-01 00:00:00.5"), [(Some(t + SECOND), None)]);
    assert_eq!(
        ranges("gte", "2026-01-01 00:00,lt:2026-01-01 00:01"),
        [(Some(t), Some(t + 60 * SECOND))]
    );
    assert_eq!(
        ranges("gt", "2026-01-01 00:00:00,lte:2026-01-01 00:00:01"),
        [(Some(t + SECOND), Some(t + 2 * SECOND))]
    );
    for (op, wrong) in [
        ("gt", "bad"),
        ("gte", "2026-01-01 00:00,2026-01-02 00:00"),
        ("gte", "2026-01-01 00:00,gt:2026-01-02 00:00"),
        ("lt", "2026-01-01 00:00,gte:2026-01-02 00:00"),
    ] {
        assert!(date_test("created_at", op, wrong).is_err(), "{op}:{wrong}");
    }
}
