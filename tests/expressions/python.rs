//! One Python under two languages: what both have gives the same result or the same error.

use mistral::expr::{Data, NoHost, Options, Scope};
use mistral::lang::Template;
use mistral::model::value::Value;
use mistral::model::{json, value::Dict};

/// The result as JSON, or the error's last part, which is Python's own message.
fn evaluated(text: &str) -> String {
    let options = Options::default();
    let scope = Scope {
        data: Data::Layers(&[&Dict::default()]),
        host: &NoHost,
        options: &options,
    };
    match Template::compile(&Value::from(text), &options).evaluate(&scope) {
        Ok(value) => json::to_string(&value),
        Err(error) => error
            .message
            .rsplit("error=")
            .next()
            .unwrap_or_default()
            .trim_matches([']', '\'', '"'])
            .to_owned(),
    }
}

#[test]
fn both_languages_have_one_python() {
    for (yaql, jinja, expected) in [
        (
            "round(float('1.7e308'), -308)",
            "1.7e308|round(-308)",
            "rounded value too large to represent",
        ),
        ("round(1250.5, -2)", "1250.5|round(-2)", "1300.0"),
        ("round(-25, -1)", "(-25)|round(-1)", "-20"),
        ("round(2.5, 0)", "2.5|round(0)", "2.0"),
        ("-7 mod 3", "-7 % 3", "2"),
        ("-7.5 mod 2", "-7.5 % 2", "0.5"),
        ("7 / -2", "7 // -2", "-4"),
        ("7.0 / 0", "7.0 / 0", "float division by zero"),
        ("7 mod 0", "7 % 0", "integer modulo by zero"),
        ("pow(2, 100)", "2 ** 100", "1267650600228229401496703205376"),
        ("pow(10.0, 400)", "10.0 ** 400", "(34, 'Numerical result out of range')"),
        ("float('١.٥')", "'١.٥'|float", "1.5"),
        ("int('４２')", "'４２'|int", "42"),
        (
            "9007199254740993 > 9007199254740992.0",
            "9007199254740993 > 9007199254740992.0",
            "true",
        ),
        ("{1 => a, 1.0 => b}.len()", "{1: 'a', 1.0: 'b'}|length", "1"),
        (
            "'\u{1c}a\u{2003}b '.split().len()",
            "'\u{1c}a\u{2003}b '.split()|length",
            "2",
        ),
        (
            "'a b  c'.rightSplit(null, 1).first()",
            "'a b  c'.rsplit(none, 1)|first",
            "\"a b\"",
        ),
    ] {
        assert_eq!(evaluated(&format!("<% {yaql} %>")), expected, "{yaql}");
        assert_eq!(evaluated(&format!("{{{{ {jinja} }}}}")), expected, "{jinja}");
    }
}
