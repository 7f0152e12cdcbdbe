//! Limits of expressions: whatever somebody writes into a workflow, it ends soon, with a text that says why, and costs nobody
//! else anything.

use std::time::{Duration, Instant};

use mistral::expr::{Data, Error, ErrorKind, NoHost, Options, Scope};
use mistral::lang::Template;
use mistral::model::json;
use mistral::model::value::Value;

/// More than any case needs; a hang takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Budgets that a test reaches soon.
fn tight() -> Options {
    Options {
        max_steps: 300_000,
        max_bytes: 16 << 20,
        max_regex_steps: 100_000,
        ..Options::default()
    }
}

/// Budgets of which memory is reached first.
fn patient() -> Options {
    Options {
        max_steps: 5_000_000,
        ..tight()
    }
}

fn evaluate(source: &Value, options: &Options) -> Result<Value, Error> {
    let data = json::parse(br#"{"a": 1, "l": [3, 1, 2], "d": {"k": [1, {"x": null}]}, "s": "hello"}"#).unwrap();
    let scope = Scope {
        data: Data::Value(&data),
        host: &NoHost,
        options,
    };
    let begun = Instant::now();
    let result = Template::compile(source, options).evaluate(&scope);
    assert!(begun.elapsed() < PATIENCE, "took {:?}: {source:.200?}", begun.elapsed());
    result
}

/// Evaluates `<% … %>` and `{{ … }}` texts that must be stopped, and compares what they say with the end of the message.
fn assert_stopped(texts: &[&str], options: &Options, kind: ErrorKind, says: &str) {
    for text in texts {
        match evaluate(&Value::from(*text), options) {
            Ok(value) => panic!("{text} gave {:.100}", json::to_string(&value)),
            Err(error) => {
                assert_eq!(error.kind, kind, "{text}: {}", error.message);
                assert!(error.message.contains(says), "{text}: {}", error.message);
            }
        }
    }
}

#[test]
fn work_is_counted() {
    assert_stopped(
        &[
            "<% sequence() %>",
            "<% range(64).aggregate($1 + $1, [1]) %>",
            "<% range(10000000).where($ = -1) %>",
            "<% [1].cycle().len() %>",
            "<% 'a'.repeat().join('') %>",
            "<% generate(1, true, $ + 1).len() %>",
            "<% generateMany(1, [$, $]).len() %>",
            "<% range(3000).join(range(3000), $1 = $2, $1) %>",
            "<% let('x' * 1000000, 'x' * 1000000) -> range(100000).where($1 = $2).len() %>",
            "<% let(a => 'x' * 1000000, b => 'x' * 1000000) -> range(100000).select($a = $b).len() %>",
            "<% let(a => 'x' * 1000000) -> range(100000).select($a.len()).sum() %>",
            "<% let(a => 'x' * 1000000) -> range(100000).select('y' in $a).len() %>",
            "<% let(a => 'x' * 1000000) -> range(100000).select({$a => 1}).len() %>",
            "<% let(a => 'x' * 1000000) -> range(100000).select($a =~ 'y').len() %>",
            "<% range(40).aggregate([$1, $1], 1) = range(40).aggregate([$1, $1], 1) %>",
        ],
        &tight(),
        ErrorKind::Limit,
        "Expression exceeded 300000 evaluation steps",
    );
    assert_stopped(
        &[
            "{% for i in range(100000) %}{% for j in range(100000) %}{% set k = 1 %}{% endfor %}{% endfor %}{{ 1 }}",
            "{% set s = 'x' * 1000000 %}{% set t = 'x' * 1000000 %}{% for i in range(100000) %}{% if s == t %}{% endif %}\
             {% endfor %}{{ 1 }}",
            "{% set s = 'x' * 1000000 %}{% for i in range(100000) %}{% if s|length %}{% endif %}{% endfor %}{{ 1 }}",
            "{% set s = 'x' * 1000000 %}{% for i in range(100000) %}{% if 'y' in s %}{% endif %}{% endfor %}{{ 1 }}",
            "{% set n = namespace(x=[], y=[]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}\
             {% endfor %}{{ n.x == n.y }}",
        ],
        &tight(),
        ErrorKind::Limit,
        "Expression needs more than 300000 steps",
    );
}

#[test]
fn the_expressions_of_one_value_have_their_steps_together() {
    let work = "<% range(20000).len() %>";
    let options = tight();
    assert_eq!(evaluate(&Value::from(work), &options).unwrap(), Value::Int(20_000));
    let many = Value::list(vec![Value::from(work); 50]);
    assert_eq!(evaluate(&many, &options).unwrap_err().kind, ErrorKind::Limit);
    let text = Value::from(format!("{work} ").repeat(50));
    assert_eq!(evaluate(&text, &options).unwrap_err().kind, ErrorKind::Limit);
    let jinja = "{% for i in range(20000) %}{% set k = 1 %}{% endfor %}{{ 1 }}";
    assert!(evaluate(&Value::from(jinja), &options).is_ok());
    let many = Value::list(vec![Value::from(jinja); 50]);
    assert_eq!(evaluate(&many, &options).unwrap_err().kind, ErrorKind::Limit);
    // Every expression of a text has the text read once more.
    let data = "<% $ %>".repeat(9000);
    assert!(evaluate(&Value::from(data), &options).is_err());
}

#[test]
fn memory_is_counted() {
    assert_stopped(
        &[
            "<% 'x' * 10000000000 %>",
            "<% [0] * 10000000000 %>",
            "<% range(64).aggregate($1 + $1, 'ab') %>",
            "<% ('x' * 10000).replace('', 'y' * 100000) %>",
            "<% ('x' * 10000).replace(regex('x'), 'y' * 100000) %>",
            "<% ('x' * 10000).split('').len() + ('x' * 1000000).toCharArray().len() %>",
            "<% json_dump(range(150).aggregate([$1], ['x'] * 100000)) %>",
            "<% yaml_dump(range(150).aggregate([$1], ['x y'] * 100000)) %>",
        ]
        .iter()
        .copied()
        .filter(|text| !text.contains("split('')"))
        .collect::<Vec<_>>(),
        &patient(),
        ErrorKind::Memory,
        "Expression consumed too much memory",
    );
    assert_stopped(
        &[
            "{{ 'x' * 20000000000 }}",
            "{{ [0] * 2000000000 }}",
            "{{ ('x' * 1000000)|replace('x', 'y' * 1000000) }}",
            "{{ 'x'.center(2000000000) }}",
            "{{ '\t'.expandtabs(2000000000) }}",
            "{{ '1'.zfill(2000000000) }}",
            "{{ 'y'.join(['x' * 1000000] * 1000) }}",
            "{% set n = namespace(x='a') %}{% for i in range(64) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ 1 }}",
            "{% set n = namespace(x='a'|safe) %}{% for i in range(64) %}{% set n.x = n.x + n.x %}{% endfor %}{{ 1 }}",
            "{% set n = namespace(x=[1]) %}{% for i in range(64) %}{% set n.x = n.x + n.x %}{% endfor %}{{ 1 }}",
            "{{ ([[1, 2]] * 1000)|tojson(100000) }}",
            "{{ {'k' * 1000000: ['item ' * 20] * 1000}|pprint }}",
            "{{ ('a\\nb\\n' * 100000)|indent(1000) }}",
        ],
        &patient(),
        ErrorKind::Memory,
        "Expression evaluation exceeded the available memory [expression=",
    );
}

#[test]
fn nesting_is_bounded() {
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    for text in [
        format!("<% {} %>", nested("(", ")")),
        format!("<% {} %>", nested("[", "]")),
        format!("<% {} %>", nested("list(", ")")),
        format!("<% {} %>", nested("not ", "")),
        "<% def(f, f($)) -> f(1) %>".to_owned(),
        "<% range(100000).aggregate([$1]) %>".to_owned(),
        format!("{{{{ {} }}}}", nested("(", ")")),
        format!("{{{{ {} }}}}", nested("[", "]")),
        format!("{{{{ {} }}}}", nested("-", "")),
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}".to_owned(),
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}{{ 1 }}".to_owned(),
    ] {
        let error = evaluate(&Value::from(text.as_str()), &tight()).unwrap_err();
        assert!(
            matches!(error.kind, ErrorKind::Recursion | ErrorKind::Grammar),
            "{text:.60}: {:.200}",
            error.message
        );
    }
}

#[test]
fn regular_expressions_are_bounded() {
    let text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let expressions: Vec<String> = [
        r"(?=(a+)+$)b|^(?:(a+)+)\1!$",
        r"^(a|aa)+\1b",
        r"(?!(a*)*b)(a*)*c",
        r"((a|b|ab)*?)\1\1\1!",
    ]
    .iter()
    .map(|pattern| format!("<% '{text}' =~ `{pattern}` %>"))
    .collect();
    for expression in &expressions {
        match evaluate(&Value::from(expression.as_str()), &tight()) {
            Ok(value) => assert_eq!(value, Value::Bool(false), "{expression}"),
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::Limit, "{expression}");
                assert!(
                    error.message.contains("Regular expression exceeded 100000 steps"),
                    "{}",
                    error.message
                );
            }
        }
    }
    // One search may be cheap, many are not.
    assert_stopped(
        &[
            r"<% range(100000).where(('a' * 25) =~ `^(a|aa)+\1b`) %>",
            r"<% regex(`(?=.*x)a`).searchAll('a' * 100000) %>",
            r"<% regex(`a.*?z|a`).searchAll('a' * 1000000) %>",
        ],
        &tight(),
        ErrorKind::Limit,
        "steps",
    );
    // More steps are allowed by configuration.
    let generous = Options {
        max_regex_steps: 50_000_000,
        max_steps: 100_000_000,
        ..Options::default()
    };
    let search = Value::from(r"<% ('a' * 22) =~ `^(a|aa)+\1b` %>");
    assert_eq!(evaluate(&search, &tight()).unwrap_err().kind, ErrorKind::Limit);
    assert_eq!(evaluate(&search, &generous).unwrap(), Value::Bool(false));
    // Large patterns without such parts are fine.
    for pattern in ["(((a{1000}){1000}){1000}){1000}", r"\w{1000}x"] {
        let text = Value::from(format!("<% 'aaa' =~ '{}' %>", pattern.replace('\\', "\\\\")));
        assert_eq!(evaluate(&text, &tight()).unwrap(), Value::Bool(false), "{pattern}");
    }
}

#[test]
fn numbers_stay_small_enough_to_print() {
    for text in [
        "<% pow(10, 1000000000) %>",
        "<% shiftBitsLeft(1, 10000000000) %>",
        "<% pow(10, 5000) %>",
        "<% str(pow(10, 5000)) %>",
        "<% json_dump([pow(10, 5000)]) %>",
        "<% range(60).aggregate($1 * $1, 3) %>",
        "{{ 9 ** 99999999 }}",
        "{{ 10 ** 5000 }}",
        "{{ 'x' ~ 10 ** 5000 }}",
        "{{ '%d' % 10 ** 5000 }}",
        "{{ '{:,}'.format(10 ** 5000) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ (10 ** 5000)|tojson }}",
    ] {
        let outcome = evaluate(&Value::from(text), &tight());
        let Err(error) = outcome else {
            panic!("{text} gave {outcome:.100?}")
        };
        assert!(
            matches!(
                error.kind,
                ErrorKind::Value | ErrorKind::Overflow | ErrorKind::Memory | ErrorKind::Limit
            ),
            "{text}: {}",
            error.message
        );
    }
}

#[test]
fn limits_of_the_configuration() {
    let limited = Options {
        limit_iterators: 100,
        ..tight()
    };
    assert_stopped(
        &[
            "<% range(101).toList() %>",
            "<% sequence() %>",
            "<% range(200).sum() %>",
        ],
        &limited,
        ErrorKind::Limit,
        "Collection length exceeds 100 elements",
    );
    let quota = Options {
        memory_quota: 10_000,
        ..tight()
    };
    assert_stopped(
        &[
            "<% 'x' * 20000 %>",
            "<% range(2000).toList() %>",
            "<% range(20).aggregate($1 + $1, 'ab') %>",
        ],
        &quota,
        ErrorKind::Memory,
        "Expression consumed too much memory",
    );
    let shallow = Options {
        max_depth: 10,
        ..tight()
    };
    assert_stopped(
        &["<% [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]] %>"],
        &shallow,
        ErrorKind::Recursion,
        "maximum recursion depth exceeded",
    );
}
