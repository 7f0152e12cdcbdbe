//! Whole-expression tests: what users rely on, and what hostile text must not do.

use super::*;
use mistral_expr::{Data, ExecutionsQuery, Host, TasksQuery};
use pyvalue::json;
use pyvalue::python;

/// A host with one task.
struct OneTask;

impl Host for OneTask {
    fn task(&self, name: Option<&str>) -> Result<Option<Value>, String> {
        match name {
            None | Some("build") => json::parse(br#"{"name": "build", "state": "SUCCESS", "result": {"id": [1, 2]}}"#)
                .map(Some)
                .map_err(|e| e.0),
            Some(_) => Ok(None),
        }
    }
    fn tasks(&self, query: &TasksQuery) -> Result<Value, String> {
        Ok(Value::list(vec![
            Value::from(query.recursive),
            Value::from(query.state.clone()),
        ]))
    }
    fn execution(&self) -> Result<Value, String> {
        json::parse(br#"{"id": "e1"}"#).map_err(|e| e.0)
    }
    fn executions(&self, query: &ExecutionsQuery) -> Result<Value, String> {
        Ok(Value::list(vec![Value::from(query.state.clone())]))
    }
    fn global(&self, name: &str) -> Result<Value, String> {
        if name == "boom" {
            Err("no such thing".into())
        } else {
            Ok(Value::from(name))
        }
    }
    fn uuid(&self) -> String {
        "6f2c1c1e-0000-4000-8000-000000000000".into()
    }
    fn now_micros(&self) -> i64 {
        1_600_000_000_000_000
    }
    fn random(&self) -> f64 {
        0.75
    }
}

const DATA: &str = r#"{"a": 1, "s": "text", "l": [3, 1, 2], "d": {"x": {"y": null}},
    "vms": [{"id": "v1", "cpu": 2}, {"id": "v2", "cpu": 8}], "__env": {"region": "r1"},
    "__execution": {"id": "e1"}}"#;

fn evaluate_with(text: &str, options: &Options) -> Result<Value, Error> {
    let data = json::parse(DATA.as_bytes()).unwrap().into_dict().unwrap();
    let layers = [&data];
    let scope = Scope {
        data: Data::Layers(&layers),
        host: &OneTask,
        options,
    };
    Expression::parse(text, options)?.evaluate(&scope)
}

fn evaluate(text: &str) -> Result<Value, Error> {
    evaluate_with(text, &Options::default())
}

fn assert_is(text: &str, expected: &str) {
    let shown = match evaluate(text) {
        Ok(v) => json::dumps(&v),
        Err(e) => format!("{:?}: {}", e.kind, e.message),
    };
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn paths_and_operators() {
    for (text, expected) in [
        ("$.d.x.y", "null"),
        ("$.d.x.y?.z", "null"),
        ("$.missing", "Key: 'missing'"),
        ("$.vms.id", r#"["v1", "v2"]"#),
        ("$.vms.where($.cpu > 2).select($.id)", r#"["v2"]"#),
        ("$.l.orderByDescending($)", "[3, 2, 1]"),
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("9223372036854775807 + 1", "9223372036854775808"),
        ("-7 mod 3", "2"),
        (
            "'a' + 1",
            "NoMatch: No function \"#operator_+\" matches supplied arguments",
        ),
        ("let(x => 5) -> $x + $.a", "6"),
        ("def(f, switch($ < 2 => 1, true => $ * f($ - 1))) -> f(5)", "120"),
        (
            "[1, 2].foo()",
            "UnknownMethod: Unknown method \"foo\" for receiver (1, 2)",
        ),
        ("$.get(a)", "1"),
        ("$.get(nope, 5)", "5"),
        ("$['s']", "\"text\""),
        ("$[nope]", "Key: 'nope'"),
        (
            "{1 => {a => datetime(2020, 1, 2)}}",
            r#"{"1": {"a": "2020-01-02T00:00:00.000000"}}"#,
        ),
        (
            "timespan(1)",
            "Value: Cannot convert datetime.timedelta(days=1) to primitive",
        ),
        ("'aXbX'.replace(regex('(X)'), '<\\g<1>>')", "\"a<X>b<X>\""),
        ("[3, 1, 2].toSet()", "[1, 2, 3]"),
    ] {
        assert_is(text, expected);
    }
}

#[test]
fn workflow_functions() {
    for (text, expected) in [
        ("task(build).state", "\"SUCCESS\""),
        ("task('build').result.id.sum()", "3"),
        ("task().name", "\"build\""),
        ("task(other)", "null"),
        (
            "task(other).result",
            "UnknownFunction: Unknown function \"#property#result\"",
        ),
        ("task(other)?.result", "null"),
        ("task(build).nonsense", "Key: 'nonsense'"),
        ("task(taskName => build).state", "\"SUCCESS\""),
        ("task(1, 2)", "NoMatch: No function \"task\" matches supplied arguments"),
        ("tasks(recursive => true, state => ERROR)", r#"[true, "ERROR"]"#),
        ("execution().id", "\"e1\""),
        ("executions(state => ERROR)", r#"["ERROR"]"#),
        ("executions().id", "UnknownFunction: Unknown function \"#property#id\""),
        ("global(x)", "\"x\""),
        ("global(boom)", "Other: no such thing"),
        ("env().region", "\"r1\""),
        ("$__env.region", "\"r1\""),
        ("uuid().len()", "36"),
        ("json_parse(json_dump({a => [1, null]}))", r#"{"a": [1, null]}"#),
        ("yaml_parse('a: [1, x]')", r#"{"a": [1, "x"]}"#),
        ("now().year", "2020"),
        ("random(1, 4)", "4"),
    ] {
        assert_is(text, expected);
    }
}

#[test]
fn text_forms() {
    let options = Options::default();
    let scope = Scope {
        data: Data::Value(&Value::Null),
        host: &OneTask,
        options: &options,
    };
    for (text, expected) in [
        ("null", "None"),
        ("[1, 'x', true, 2.0]", "[1, 'x', True, 2.0]"),
        ("set()", "set()"),
        ("set(2, 1)", "{1, 2}"),
        ("datetime(2020, 1, 2)", "2020-01-02 00:00:00+00:00"),
        ("timespan(1, 2)", "1 day, 2:00:00"),
        ("regex('a', true)", "re.compile('a', re.IGNORECASE)"),
        ("{a => null}", "{'a': None}"),
    ] {
        let item = Expression::parse(text, &options).unwrap().evaluate_raw(&scope).unwrap();
        assert_eq!(item.to_text(), expected, "{text}");
    }
}

/// A worker thread's stack.
fn stack() -> usize {
    ::std::env::var("YAQL_TEST_STACK")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(2 << 20)
}

/// Runs hostile text on a small stack, with budgets that end it soon.
fn hostile(text: String) -> Result<Value, Error> {
    let run = move || {
        let options = Options {
            max_steps: 200_000,
            max_bytes: 64 << 20,
            ..Options::default()
        };
        evaluate_with(&text, &options)
    };
    ::std::thread::Builder::new()
        .stack_size(stack())
        .spawn(run)
        .unwrap()
        .join()
        .expect("no panic, no overflow")
}

#[test]
fn deep_nesting_is_refused() {
    let n = 100_000;
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{a => ", "1", "}"),
        ("len(", "1", ")"),
        ("-", "1", ""),
        ("not ", "1", ""),
        ("$.a[", "1", "]"),
        ("1 + (", "1", ")"),
        ("[1].select(", "1", ")"),
        ("let(1) -> (", "1", ")"),
        ("(", "", ""),
        ("[", "", ""),
    ] {
        let error = hostile(format!("{}{middle}{}", open.repeat(n), close.repeat(n))).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Recursion, "{open}");
    }
}

#[test]
fn the_deepest_nesting_that_is_allowed_fits_the_stack() {
    let n = 190;
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{a => ", "1", "}"),
        ("list(", "1", ")"),
        ("-", "1", ""),
        ("1 + (", "1", ")"),
        ("true and (", "1", ")"),
        ("[1].select(", "1", ").toList()"),
        ("let(1) -> (", "1", ")"),
        ("switch(true => ", "1", ")"),
    ] {
        let result = hostile(format!("{}{middle}{}", open.repeat(n), close.repeat(n)));
        if let Err(e) = result {
            assert_eq!(e.kind, ErrorKind::Recursion, "{open}: {}", e.message);
        }
    }
}

#[test]
fn long_chains_are_no_nesting() {
    let n = 20_000;
    assert_eq!(
        hostile(format!("1{}", " + 1".repeat(n))).unwrap(),
        Value::Int(n as i64 + 1)
    );
    assert_eq!(hostile(format!("1{}", " and 1".repeat(n))).unwrap(), Value::Int(1));
    assert_eq!(
        hostile(format!("{}1", "let(1) -> ".repeat(700))).unwrap(),
        Value::Int(1)
    );
    assert_eq!(
        hostile(format!("$.d{}", ".x".repeat(n))).unwrap_err().kind,
        ErrorKind::Key
    );
    assert_eq!(
        hostile(format!("[1]{}.sum()", ".toList()".repeat(n))).unwrap(),
        Value::Int(1)
    );
}

#[test]
fn budgets_end_what_would_not_end() {
    for text in [
        "sequence()",
        "sequence().len()",
        "[1].cycle()",
        "[1].cycle().toList()",
        "1.repeat()",
        "'a'.repeat().join('')",
        "range(1000000000).sum()",
        "range(1000000000).toSet()",
        "generate(1, true, 1)",
        "generateMany(1, [$, $])",
        "[1].cycle().orderBy($)",
        "[1].cycle().groupBy($)",
        "[1].cycle().memorize().len()",
        "sequence().zip(sequence())",
        "set([1].cycle())",
        "dict([[1, 2]].cycle())",
        "let(sequence()) -> $ + $",
        "range(10000).join(range(10000), false, 1)",
        "def(f, f($)) -> f(1)",
        "range(50).aggregate([$1, $1], 1)",
        "let(range(50).aggregate([$1, $1], 1)) -> $ = $ + [1]",
        "let(range(50).aggregate([$1, $1], 1), range(50).aggregate([$1, $1], 1)) -> $1 = $2",
        "str(range(50).aggregate([$1, $1], 1))",
        "set(range(50).aggregate([$1, $1], 1))",
        "range(50).aggregate({a => $1, b => $1}, 1)",
        "range(100000).aggregate([$1])",
        "range(100000).aggregate({a => $1})",
        "range(100000).aggregate($1.select($), [1])",
        "range(100000).aggregate($1.append($2), [1])",
        "range(100000).aggregate(with($1), 1)",
        "range(100000).aggregate($1.memorize(), range(2))",
        "range(100000).aggregate($1.defaultIfEmpty([1]), range(2))",
        "range(100000).aggregate(let($1) -> [3].where($), 1)",
        "range(100000).aggregate($1.orderBy($), [1])",
        "'a' * 10000000000",
        "[0] * 10000000000",
        "[0] * 100000 * 100000",
        "'abcdefgh' * 1000 * 1000 * 1000",
        "pow(10, 1000000000)",
        "pow(pow(10, 300), pow(10, 300))",
        "range(60).aggregate($1 * $1, 3)",
        "shiftBitsLeft(1, 10000000000)",
        "('x' * 10000).replace('', 'y' * 100000)",
        "range(64).aggregate($1 + $1, 'ab')",
        "range(64).aggregate($1 + $1, [1])",
        "range(64).aggregate($1.concat($1).toList(), [1])",
        "range(64).aggregate($1.mergeWith({k => $1, l => $1}), {a => 1})",
        "('a' * 40000) =~ '(a+)+\\\\1b'",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ `^(?:(a+)+)\\1!$`",
        "datetime(2020, 1, 1).format('%999999999d' * 100000)",
    ] {
        match hostile(text.into()) {
            Ok(v) => panic!("{text} gave {}", python::repr(&v).chars().take(80).collect::<String>()),
            Err(e) => assert!(
                matches!(
                    e.kind,
                    ErrorKind::Limit
                        | ErrorKind::Memory
                        | ErrorKind::Recursion
                        | ErrorKind::Regex
                        | ErrorKind::Overflow
                ),
                "{text}: {:?} {}",
                e.kind,
                e.message
            ),
        }
    }
}

#[test]
fn odd_arguments_are_errors() {
    for text in [
        "round(1.5, -99999999999)",
        "round(123, -99999999999999999999)",
        "timespan(days => 1000000000000000000000000)",
        "datetime(100000000000000000000)",
        "datetime(1e1)",
        "int('9' * 5000)",
        "'x'.substring(-9223372036854775807, 9223372036854775807)",
        "'x'.indexOf('x', 9223372036854775807)",
        "[1][99999999999999999999]",
        "[1].delete(-9223372036854775807, 9223372036854775807)",
        "range(-9223372036854775807, 9223372036854775807, 9223372036854775807)",
        "datetime('9' * 900)",
        "datetime('1.' * 400)",
        "'(' * 5000 =~ ('(' * 5000)",
        "datetime('2020', '%' * 1000)",
        "-9223372036854775807 - 1 / -1",
        "(-9223372036854775807 - 1) / -1",
        "(-9223372036854775807 - 1) mod -1",
        "abs(-9223372036854775807 - 1)",
        "[1].slice(99999999999999999999)",
        "'\u{1F408}'.substring(0, 1)",
        "regex('').split('\u{1F408}x')",
        "regex('(?<=\u{e9})x').searchAll('\u{e9}x')",
        "1.5 * timespan(999999999)",
    ] {
        // Any answer will do, as long as there is one.
        let _ = hostile(text.into());
    }
}

#[test]
fn expressions_cross_threads() {
    fn shareable<T: Send + Sync + Clone>(_: &T) {}
    shareable(&Expression::parse("[1].select($)", &Options::default()).unwrap());
}

#[test]
fn signatures_of_the_tables_are_well_formed() {
    for (level, _, table) in stdlib::TABLES {
        for entry in *table {
            assert!(library::parse(entry, *level).is_some(), "{}", entry.signature);
        }
    }
}

#[test]
fn examples_of_the_tables_work() {
    for (_, _, table) in stdlib::TABLES {
        for entry in *table {
            if let Err(e) = evaluate(entry.example) {
                let unshowable = ErrorKind::Value;
                assert_eq!(e.kind, unshowable, "{}: {}", entry.example, e.message);
            }
        }
    }
}
