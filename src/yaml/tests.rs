use super::*;
use pyvalue::json;

fn loaded(text: &str) -> String {
    match load(text) {
        Ok(value) => json::to_string(&value),
        Err(error) => format!("! {}", error.message.lines().next().unwrap_or("")),
    }
}

/// The scalar rules that documents rely on; every right side was observed in the reference.
#[test]
fn scalars_follow_yaml_1_1() {
    for (text, expected) in [
        ("yes", "true"),
        ("OFF", "false"),
        ("y", r#""y""#),
        ("tRue", r#""tRue""#),
        ("~", "null"),
        ("", "null"),
        ("010", "8"),
        ("0777", "511"),
        ("0o777", r#""0o777""#),
        ("08", r#""08""#),
        ("0b101", "5"),
        ("0x1F", "31"),
        ("1_000", "1000"),
        ("-0", "0"),
        ("+12", "12"),
        ("1:30", "90"),
        ("12:30:45", "45045"),
        ("190:20", "11420"),
        ("190:20:30.15", "685230.15"),
        ("1e3", r#""1e3""#),
        ("1.0e5", r#""1.0e5""#),
        ("+.5", r#""+.5""#),
        ("1.5e+3", "1500.0"),
        ("12.e+03", "12000.0"),
        (".5", "0.5"),
        ("1.", "1.0"),
        (".inf", "Infinity"),
        ("-.INF", "-Infinity"),
        (".nan", "NaN"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("2015-01-01", r#""2015-01-01""#),
        ("2001-12-14t21:59:43.10-05:00", r#""2001-12-14T21:59:43.100000""#),
        ("2001-12-14 21:59:43", r#""2001-12-14T21:59:43.000000""#),
        ("2001-1-1", r#""2001-1-1""#),
        ("2001-13-45", "! month must be in 1..12"),
        ("2001-02-30", "! day is out of range for month"),
        ("&x 1", r#""&x 1""#),
        ("*x", r#""*x""#),
        ("@x", r#""@x""#),
        ("'1'", r#""1""#),
        ("!!str 5", r#""5""#),
        ("!!int '5'", "5"),
        ("! 5", "5"),
    ] {
        assert_eq!(loaded(text), expected, "{text}");
    }
}

#[test]
fn structures() {
    for (text, expected) in [
        ("on: 1\nyes: no", r#"{"true":false}"#),
        ("1: x\ntrue: t", r#"{"1":"t"}"#),
        ("a: 1\nb: 3\na: 2", r#"{"a":2,"b":3}"#),
        ("<<: {b: 1, a: 0}\na: 2", r#"{"b":1,"a":2}"#),
        ("<<: [{b: 1}, {c: 2}]", r#"{"c":2,"b":1}"#),
        ("<<: [{a: 1}, {a: 2, c: 3}]\nb: 4", r#"{"a":1,"c":3,"b":4}"#),
        ("a:\n- 1\n- b: 2\n  c:\n-", r#"{"a":[1,{"b":2,"c":null},null]}"#),
        ("[a, b: c, {d: [], e}]", r#"["a",{"b":"c"},{"d":[],"e":null}]"#),
        (
            "a: |\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z\n",
            r#"{"a":"x\n y\n","b":"x y\nz"}"#,
        ),
        (
            "a: |+\n  x\n\nb: 'it''s'\nc: \"a\\n\\x41\\\n  b\"",
            r#"{"a":"x\n\n","b":"it's","c":"a\nAb"}"#,
        ),
        ("a: b\n  c\n\n  d", r#"{"a":"b c\nd"}"#),
        ("--- # c\na: 1 # d\n...\n", r#"{"a":1}"#),
        ("? a\n: b\n? c", r#"{"a":"b","c":null}"#),
        ("null: 1\n1.5: 2", r#"{"null":1,"1.5":2}"#),
        ("!!set {a, b}", r#"["a","b"]"#),
        ("!!omap [a: 1]", r#"[["a",1]]"#),
        ("!!binary aGk=", r#""hi""#),
    ] {
        assert_eq!(loaded(text), expected, "{text}");
    }
}

#[test]
fn refusals_have_the_words_of_the_reference() {
    for (text, expected) in [
        ("a: &x {k: v}", "! mapping values are not allowed here"),
        (
            "a: *",
            "! could not determine a constructor for the tag 'tag:yaml.org,2002:yaml'",
        ),
        ("<<: *b", "! while constructing a mapping"),
        ("a: {{ _.x }}", "! while constructing a mapping"),
        (
            "x: =",
            "! could not determine a constructor for the tag 'tag:yaml.org,2002:value'",
        ),
        ("!custom x", "! could not determine a constructor for the tag '!custom'"),
        (
            "!!python/object:a.b x",
            "! could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:a.b'",
        ),
        ("a: 1\n---\nb: 2", "! expected a single document in the stream"),
        ("\ta: 1", "! while scanning for the next token"),
        ("a: `b`", "! while scanning for the next token"),
        ("[1, 2", "! while parsing a flow sequence"),
        ("a: 'x", "! while scanning a quoted scalar"),
        ("a:\n  b: 1\n c: 2", "! while parsing a block mapping"),
        ("? [1, 2]\n: x", "! while constructing a mapping"),
        (
            "a\u{0}",
            "! unacceptable character #x0000: special characters are not allowed",
        ),
    ] {
        assert_eq!(loaded(text), expected, "{text}");
    }
}

#[test]
fn messages_show_the_place() {
    let error = load("a: 1\nb: &x {k: v}\n").unwrap_err();
    assert_eq!((error.line, error.column), (2, 9));
    assert_eq!(
        error.message,
        "mapping values are not allowed here\n  in \"<unicode string>\", line 2, column 9:\n    b: &x {k: v}\n            ^"
    );
    let error = load("a:\n  b: [1, 2\n").unwrap_err();
    assert_eq!(
        error.message,
        "while parsing a flow sequence\n  in \"<unicode string>\", line 2, column 6:\n      b: [1, 2\n         ^\n\
         expected ',' or ']', but got '<stream end>'\n  in \"<unicode string>\", line 3, column 1:\n    \n    ^"
    );
}

#[test]
fn nesting_is_bounded() {
    assert!(load(&"[".repeat(100_000)).is_err());
    assert!(load(&"- ".repeat(100_000)).is_err());
    assert!(load(&"{a: ".repeat(1_000)).is_err());
    let deep = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    assert!(load(&deep).is_ok());
}

#[test]
fn dumps_in_block_style() {
    let value = json::parse(
        r#"{"b":[1,[2,{"x":null}],[]],"a":{"yes":true,"t":"it's: x","e":"","n":"5","d":"2020-01-01","f":1e22},"u":"é","m":"a\nb","s":" x"}"#
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(
        dump(&value),
        "a:\n  d: '2020-01-01'\n  e: ''\n  f: 1.0e+22\n  n: '5'\n  t: 'it''s: x'\n  'yes': true\n\
         b:\n- 1\n- - 2\n  - x: null\n- []\nm: 'a\n\n  b'\ns: ' x'\nu: \"\\xE9\"\n"
    );
    assert_eq!(dump(&Value::Int(1)), "1\n...\n");
    assert_eq!(dump(&Value::from("a: b")), "'a: b'\n");
    assert_eq!(dump(&Value::empty_dict()), "{}\n");
    assert!(Yaml::from(&value).dump(false).starts_with("b:\n- 1\n"));
}
