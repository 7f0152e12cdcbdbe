use super::*;
use mistral_expr::{Data, NoHost};
use pyvalue::json;

fn context() -> Value {
    json::parse(
        br#"{"a": 1, "b": 2.5, "s": "hello", "n": null, "l": [3, 1, 2], "d": {"x": 1, "y": {"z": [10, 20]}},
            "users": [{"name": "Ann", "age": 34}, {"name": "bob", "age": 19}], "items": 5, "__env": {"r": "r1"}}"#,
    )
    .unwrap()
}

/// The value as JSON, or the error's message after `! `.
fn evaluated(text: &str) -> String {
    let (options, data) = (Options::default(), context());
    let scope = Scope {
        data: Data::Value(&data),
        host: &NoHost,
        options: &options,
    };
    match Program::compile(text).value_within(&scope, &Budget::new(&options)) {
        Ok(value) => json::to_string(&value),
        Err(error) => {
            let before = format!("Can not evaluate Jinja expression [expression={text}, error=");
            let cause = error.message.strip_prefix(&before).and_then(|m| m.strip_suffix(']'));
            format!("! {}", cause.unwrap_or(&error.message))
        }
    }
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(evaluated(text), *expected, "{text}");
    }
}

#[test]
fn one_expression_keeps_its_type() {
    check(&[
        ("{{ _.a }}", "1"),
        (" {{ _.a }}", r#"" 1""#),
        ("{{ _.d }}", r#"{"x":1,"y":{"z":[10,20]}}"#),
        ("d: {{ _.d }}", r#""d: {'x': 1, 'y': {'z': [10, 20]}}""#),
        ("{{ _.n }}{{ _.b }}", r#""None2.5""#),
        ("{{- _.a -}}", "! unexpected 'end of template'"),
        ("{{ {'a': {'b': 1}}}}", r#""{'a': {'b': 1}}""#),
        ("{% if _.a %}x{% endif %}", "! list index out of range"),
        ("{% if _.a %}x{% endif %}{{ '' }}", r#""x""#),
    ]);
}

#[test]
fn python_shows_through() {
    check(&[
        ("{{ 7 // -2 }}", "-4"),
        ("{{ -2 ** 2 }}", "4"),
        ("{{ 2 ** 100 }}", "1267650600228229401496703205376"),
        ("{{ '%05.1f|%s' % (3.14159, _.l) }}", r#""003.1|[3, 1, 2]""#),
        (
            "{{ '{:>5}|{0!r}'.format('a') }}",
            "! cannot switch from automatic field numbering to manual field specification",
        ),
        ("{{ '{0:>5}|{0!r}'.format('a') }}", r#""    a|'a'""#),
        (
            "{{ 1 < 'a' }}",
            "! '<' not supported between instances of 'int' and 'str'",
        ),
        ("{{ 1 / 0 }}", "! division by zero"),
        ("{{ 1e22 }} x", r#""1e+22 x""#),
        ("{{ 1e400 }}", "! name 'inf' is not defined"),
        ("{{ 1e400 }} x", r#""inf x""#),
        ("{{ _.items }} x", r#""<builtin_function_or_method> x""#),
        ("{{ _['items'] }}", "5"),
        ("{{ {1: 2, true: 3} }}", r#"{"1":3}"#),
        ("{{ range(3) }} {{ range(3)|list }}", r#""range(0, 3) [0, 1, 2]""#),
    ]);
}

#[test]
fn undefined_is_strict() {
    check(&[
        ("{{ _.x }}", "! 'dict object' has no attribute 'x'"),
        ("{{ x }}", "! 'x' is undefined"),
        ("{{ _.x|default('d') }}", r#""d""#),
        ("{{ _.x.y|default('d') }}", "! 'dict object' has no attribute 'x'"),
        ("{{ _.x is defined }}", "false"),
        ("{{ [_.x] }}", "! 'dict object' has no attribute 'x'"),
        ("{{ _.l[5] }}", "! list object has no element 5"),
        (
            "{{ ''.__class__ }}",
            "! access to attribute '__class__' of 'str' object is unsafe.",
        ),
        ("{{ _.a|nosuch }}", "! No filter named 'nosuch'."),
    ]);
}

#[test]
fn objects_change_in_place() {
    check(&[
        ("{% if _.l.append(4) %}{% endif %}{{ _.l }}", r#""[3, 1, 2, 4]""#),
        (
            "{% set x = _.d.y %}{{ _.d.y.update({'k': 1}) or '' }}{{ x }}",
            r#""{'z': [10, 20], 'k': 1}""#,
        ),
        (
            "{% set l = [] %}{% for i in _.l %}{{ l.append(i * 2) or '' }}{% endfor %}{{ l|sort }}",
            r#""[2, 4, 6]""#,
        ),
        ("{{ _.l.append(_.l) }}", "! Circular reference detected"),
    ]);
    // The caller's data stay as they are.
    let data = context();
    let options = Options::default();
    let scope = Scope {
        data: Data::Value(&data),
        host: &NoHost,
        options: &options,
    };
    let sorting = Program::compile("{{ _.l.sort() }}");
    sorting.value_within(&scope, &Budget::new(&options)).unwrap();
    assert_eq!(data, context());
}

#[test]
fn statements() {
    check(&[
        (
            "{% for u in _.users if u.age > 18 %}{{ loop.index }}{{ u.name }}{{ ', ' if not loop.last }}{% else %}-{% endfor %}",
            r#""1Ann, 2bob""#,
        ),
        (
            "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{% endmacro %}{{ m(1) }}{{ m(1, 3, 4) }}",
            r#""12()13(4,)""#,
        ),
        (
            "{% macro m() %}<{{ caller(1) }}>{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}{{ '' }}",
            r#""<1>""#,
        ),
        (
            "{% set ns = namespace(n=0) %}{% for i in _.l %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
            r#""6""#,
        ),
        (
            "{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}",
            r#""1""#,
        ),
        (
            "{% for i in [[1, [2]]] recursive %}{{ i if i is number else loop(i) }}{% endfor %}{{ '' }}",
            r#""12""#,
        ),
        ("{% raw %}{{ x }}{% endraw %}{{ 1 }}", r#""{{ x }}1""#),
        ("  {% if true %}\n  {{ 1 }}\n  {% endif %}\nz\n", r#""  1\nz""#),
        ("{% include 'x' %}{{ 1 }}", "! no loader for this environment specified"),
        ("{% nosuch %}{{ 1 }}", "! Encountered unknown tag 'nosuch'."),
        (
            "{% if 1 %}{{ 1 }}",
            "! Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. \
             The innermost block that needs to be closed is 'if'.",
        ),
    ]);
}

#[test]
fn filters() {
    check(&[
        (
            "{{ _.users|selectattr('age', 'gt', 20)|map(attribute='name')|join(',') }}",
            r#""Ann""#,
        ),
        (
            "{{ {'b': 'é<', 'a': 1}|tojson }}",
            r#""{\"a\": 1, \"b\": \"\\u00e9\\u003c\"}""#,
        ),
        ("{{ '42 '|int + '4.9'|int + 'x'|int(7) }}", "53"),
        ("{{ 42.55|round(1) }}", "42.5"),
        ("{{ ['b', 'A', 'c']|sort }}", r#"["A","b","c"]"#),
        (
            "{{ [1, 'a']|sort }}",
            "! '<' not supported between instances of 'str' and 'int'",
        ),
        ("{{ \"they're A,b\"|title }}", r#""They're A,b""#),
        ("{{ '<\"'|e }}", r#""&lt;&#34;""#),
        ("{{ _.users|groupby('age')|map('first')|list }}", "[19,34]"),
        (
            "{{ json_dump({'a': [1]}) }}",
            r#""{\n    \"a\": [\n        1\n    ]\n}""#,
        ),
        ("{{ yaml_parse('a: 010').a + 1 }}", "9"),
        ("{{ env().r }}{{ __env.r }}{{ (_|env).r }}", r#""r1r1r1""#),
    ]);
}

/// However large: a product that wraps around would let them through.
#[test]
fn numbers_of_users_are_charged_as_they_are() {
    for n in [1 << 40, 461_168_601_842_738_791, 1 << 60, 1 << 62, i64::MAX] {
        for text in [
            format!("{{{{ []|slice({n})|list }}}}"),
            format!("{{{{ [1]|batch({n}, 0)|list }}}}"),
        ] {
            let found = evaluated(&text);
            assert!(found.starts_with("! Expression "), "{text}: {found}");
        }
    }
}

#[test]
fn validation_only_parses() {
    assert!(validate("{{ x|nosuch }}").is_ok());
    assert_eq!(
        validate("{{ * }}").unwrap_err().message,
        "Syntax error 'unexpected '*''."
    );
    assert_eq!(
        validate_expression("_.").unwrap_err().message,
        "Syntax error 'expected name or number\n  line 1'."
    );
    assert!(validate_expression("a b").is_ok());
}
