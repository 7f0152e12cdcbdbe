//! Properties of the readers of users' texts: whatever comes in, there is an answer, soon, and no panic.
//!
//! `EXPR_PROPERTY_CASES=N` runs N cases of each property instead of the few that every build runs.

use std::time::{Duration, Instant};

use mistral::expr::{Budget, Data, NoHost, Options, Scope};
use mistral::jinja;
use mistral::lang::template::{self, Template};
use mistral::model::json;
use mistral::model::value::Value;
use mistral::yaml;
use proptest::prelude::*;

/// More than any case needs; a hang or a quadratic loop takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

fn config() -> ProptestConfig {
    let cases = std::env::var("EXPR_PROPERTY_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(200);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

fn timely<T>(run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    result
}

/// Pieces glued together at random: more of them mean something than random characters would.
fn glued(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..most).prop_map(|parts| parts.concat())
}

const YAML: &[&str] = &[
    "a",
    "b: ",
    "- ",
    "  ",
    "\n",
    "\n  ",
    ": ",
    ":",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    "\"",
    "|\n",
    ">-\n",
    "|2",
    " #",
    "&x",
    "*x",
    "@y",
    "!",
    "!!str ",
    "!!int ",
    "!!binary ",
    "!!set ",
    "!!omap ",
    "!x!",
    "%TAG ! x\n",
    "%YAML 1.1\n",
    "---\n",
    "...\n",
    "\t",
    "010",
    "0x1f",
    "1:30",
    "1.5e+3",
    "yes",
    "~",
    "<<: ",
    "=",
    "2020-01-01",
    "2020-13-45 10:00:00",
    "\\x4",
    "\\u263a",
    "é",
    "\u{2028}",
    "\u{85}",
    "\r\n",
    "\r",
    "\u{feff}",
    "key: value\n",
    "list:\n- 1\n",
    "<% $.x %>",
    "{{ _.x }}",
    "\u{0}",
    "\u{7f}",
    "_",
    "0b_",
    "99999999999999999999:59",
    "-",
];

const JINJA: &[&str] = &[
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "{%- ",
    " -%}",
    "{# ",
    " #}",
    "for ",
    "in ",
    "if ",
    "else ",
    "endif ",
    "endfor ",
    "set ",
    "endset ",
    "macro ",
    "endmacro ",
    "call ",
    "endcall ",
    "filter ",
    "endfilter ",
    "raw ",
    "endraw ",
    "with ",
    "block ",
    "x ",
    "_.a ",
    "_.l ",
    "_.d ",
    "_.s ",
    "loop",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ".",
    ",",
    ":",
    "|",
    "~",
    "+",
    "-",
    "*",
    "**",
    "//",
    "/",
    "%",
    "==",
    "<",
    "not ",
    "and ",
    "is ",
    "odd ",
    "'a'",
    "\"b\"",
    "'%s'",
    "'{:>9}'",
    "1",
    "0",
    "99999999999",
    "1.5",
    "1e400",
    "true ",
    "none ",
    "append",
    "update",
    "format",
    "join",
    "map",
    "sort",
    "tojson",
    "replace",
    "range",
    "'",
    "\\",
    "\n",
    "\r",
    "é",
    "\u{2028}",
    "=",
    ";",
    "!",
    "@",
    "0x",
    "_",
    "namespace",
    "cycler",
    "dict",
    "caller",
    "self",
];

const INLINE: &[&str] = &[
    "<%", "%>", "<% ", " %>", "{{", "}}", "{%", "%}", "$.a", "_.a", "<", "%", ">", "\n", "text", "'", "é", " ", "{",
    "}",
];

fn context() -> Value {
    json::parse(br#"{"a": 1, "l": [3, 1, 2], "d": {"k": [1, {"x": null}]}, "s": "hello", "__env": {"r": 1}}"#).unwrap()
}

/// Small budgets: what would take long must be stopped, not waited for.
fn tight() -> Options {
    Options {
        max_steps: 100_000,
        max_bytes: 4 << 20,
        ..Options::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn yaml_of_any_text(text in any::<String>()) {
        let _ = timely(|| yaml::load(&text));
    }

    #[test]
    fn yaml_of_pieces(text in glued(YAML, 40)) {
        if let Ok(document) = timely(|| yaml::parse(&text)) {
            timely(|| document.dump(true));
            timely(|| document.into_json());
        }
    }

    #[test]
    fn yaml_errors_have_a_place(text in glued(YAML, 20)) {
        if let Err(error) = yaml::load(&text) {
            prop_assert!(!error.message.is_empty());
            prop_assert!(error.line <= text.chars().count() + 1);
        }
    }

    #[test]
    fn templates_of_pieces(text in glued(INLINE, 30)) {
        let options = tight();
        let data = context();
        let scope = Scope { data: Data::Value(&data), host: &NoHost, options: &options };
        let recognised = template::is_expression(&text);
        let _ = timely(|| template::validate(&text, &options));
        let compiled = Template::compile(&Value::from(text.as_str()), &options);
        prop_assert_eq!(compiled.is_constant(), !recognised);
        let result = timely(|| compiled.evaluate(&scope));
        if !recognised {
            prop_assert_eq!(result.unwrap(), Value::from(text));
        }
    }

    #[test]
    fn jinja_of_pieces(text in glued(JINJA, 40)) {
        let options = tight();
        let data = context();
        let scope = Scope { data: Data::Value(&data), host: &NoHost, options: &options };
        let _ = timely(|| jinja::validate(&text));
        let _ = timely(|| jinja::validate_expression(&text));
        let _ = timely(|| jinja::Program::compile(&text).value_within(&scope, &Budget::new(&options)));
        let with_one = format!("{text}{{{{ 1 }}}}");
        let _ = timely(|| jinja::Program::compile(&with_one).value_within(&scope, &Budget::new(&options)));
        if let Ok(expression) = jinja::Expression::parse(&text) {
            let _ = timely(|| expression.evaluate_raw(&scope).map(|item| item.to_value()));
        }
    }

    #[test]
    fn jinja_of_any_text(text in any::<String>()) {
        let options = tight();
        let data = context();
        let scope = Scope { data: Data::Value(&data), host: &NoHost, options: &options };
        let _ = timely(|| jinja::Program::compile(&text).value_within(&scope, &Budget::new(&options)));
    }

    /// What the dumper writes, the loader reads back as it was.
    #[test]
    fn yaml_round_trip(value in json_value()) {
        let text = yaml::dump(&value);
        prop_assert_eq!(&yaml::load(&text).unwrap_or_else(|e| panic!("{e}\n{text}")), &value);
        prop_assert_eq!(yaml::load(&yaml::Yaml::from(&value).dump(false)).unwrap(), value);
    }
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-1e300..1e300f64).prop_map(Value::Float),
        "[ -~\n\té猫]{0,100}".prop_map(Value::from),
        prop::sample::select(YAML).prop_map(|s| Value::from(s.replace(['\u{0}', '\u{7f}'], ""))),
    ];
    leaf.prop_recursive(4, 30, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::list),
            prop::collection::vec(("[ -~é]{0,12}", inner), 0..5)
                .prop_map(|members| { Value::dict(members.into_iter().map(|(k, v)| (k.into(), v)).collect()) }),
        ]
    })
}

#[test]
fn hostile_templates_are_stopped() {
    let options = Options::default();
    let data = context();
    let scope = Scope {
        data: Data::Value(&data),
        host: &NoHost,
        options: &options,
    };
    let nested = |open: &str, close: &str, n: usize| format!("{{{{ {}1{} }}}}", open.repeat(n), close.repeat(n));
    let loops = "{% for a in range(100000) %}{% for b in range(100000) %}{{ a }}{% endfor %}{% endfor %}";
    for text in [
        "{{ [0] * 2000000000 }}".to_owned(),
        "{{ 'x' * 20000000000 }}".to_owned(),
        "{{ 9 ** 99999999 }}".to_owned(),
        "{{ 9 ** 9999 ** 9999 }}".to_owned(),
        "{{ '%999999999d' % 1 }}".to_owned(),
        "{{ '{:999999999}'.format(1) }}".to_owned(),
        "{{ 'a'.center(99999999999) }}".to_owned(),
        "{{ ('x' * 1000000)|replace('x', 'y' * 1000000) }}".to_owned(),
        "{{ _.l.append(_.l) }}".to_owned(),
        "{{ _.d.update({'me': _.d}) }}".to_owned(),
        format!("{loops}{{{{ 1 }}}}"),
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}".to_owned(),
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}{{ 1 }}".to_owned(),
        nested("(", ")", 100_000),
        nested("[", "]", 100_000),
        nested("-", "", 100_000),
        nested("not ", "", 100_000),
        format!("{{{{ 1{} }}}}", "+1".repeat(100_000)),
        format!("{{{{ x{} }}}}", ".x".repeat(100_000)),
        format!("{{{{ 'x'{} }}}}", "|upper".repeat(100_000)),
        format!("{{{{ 1 }}}}{}", "{% if 1 %}".repeat(100_000)),
        "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}"
            .to_owned(),
    ] {
        let result = timely(|| Template::compile(&Value::from(text.as_str()), &options).evaluate(&scope));
        assert!(result.is_err(), "{}", &text[..text.len().min(80)]);
    }
}
