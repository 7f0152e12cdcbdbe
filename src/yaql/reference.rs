//! The reference page of the language, made from the tables of the standard library.

use std::fmt::Write as _;

use super::Expression;
use super::library::{Entry, Kind};
use super::stdlib::{TABLES, datetime};
use mistral_expr::{Data, NoHost, Options, Scope};
use pyvalue::json;
use pyvalue::value::Value;

const HEAD: &str = "# YAQL reference

This page is generated from the tables in `src/expr/yaql/stdlib`; a test keeps both together
(`YAQL_REFERENCE=write cargo test yaql` writes it anew).

An expression stands between `<%` and `%>`. `$` is the data: `<% $.server.name %>`. Inside an argument that is
evaluated later (type λ), `$` is the current item, and `$1`, `$2`, … are all arguments.

## Syntax

| form | meaning |
|---|---|
| `1`, `2.5`, `'text'`, `\"text\"`, `` `verbatim` ``, `true`, `false`, `null` | literals; a bare word is the text of itself |
| `$`, `$name` | data, variables |
| `[1, 2]`, `{key => value}` | lists, mappings |
| `a.b`, `a.f(x)` | member or property, method; of a list, the member of every item |
| `a?.b` | null if `a` is null |
| `a[i]`, `a[key]`, `a[key, default]` | item, member |
| `f(x, name => y)`, `f(, x)` | call with a named argument, with one left out |
| `a -> b` | `b` with the variables that `a` sets |

Operators from the tightest to the loosest: `.` `?.`, `[]`, unary `+` `-`, `=~` `!~`, `*` `/` `mod`, `+` `-`,
`>` `<` `>=` `<=` `!=` `=` `in`, `not`, `and`, `or`, `->`.

## Types of parameters

`any` everything, `any!` everything but null, `str` text, `int` integer or boolean, `int!` integer, `num` integer or float,
`bool`, `iter` whatever can be iterated except text and mappings, `iter!` the same without sets, `iterator` lazy collections,
`seq` lists, `dict` mappings, `set`, `regex`, `datetime`, `timespan`, `ordering` what `orderBy` gives, `context` what `let`
gives, `rule` and `case` stand for `key => value`, `λ` is evaluated later. A `?` allows null. `none` means: can be left out.
";

/// The text of `docs/yaql.md`.
pub fn reference() -> String {
    let mut out = String::from(HEAD);
    for (_, title, table) in TABLES {
        let _ = write!(out, "\n## {title}\n\n| call | meaning | example |\n|---|---|---|\n");
        for entry in *table {
            let example = match result_of(entry.example) {
                Some(result) => format!("`{}` → `{result}`", entry.example),
                None => format!("`{}`", entry.example),
            };
            let row = format!("{} | {} | {example}", call_of(entry), entry.doc);
            let _ = writeln!(out, "| {row} |");
        }
    }
    let list = |names: &[&str]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    let _ = write!(
        out,
        "\n## Properties\n\nOf date-times: {}.\n\nOf timespans: {} (all but the first are floats and mean the whole \
         length).\n",
        list(&datetime::DATETIME_PROPERTIES),
        list(&datetime::TIMESPAN_PROPERTIES)
    );
    out
}

/// How a function is called.
fn call_of(entry: &Entry) -> String {
    let (name, params) = entry.signature.split_once('(').unwrap_or((entry.signature, ")"));
    let params = params.strip_suffix(')').unwrap_or(params);
    let plain: Vec<&str> = params.split(", ").collect();
    let operator = name.strip_prefix("#operator_").or(match name {
        "*equal" => Some("="),
        "*not_equal" => Some("!="),
        _ => None,
    });
    if let Some(operator) = operator {
        return match plain[..] {
            [left, right] if operator.ends_with('.') => format!("`{left}{operator}{right}`"),
            [left, right] => format!("`{left} {operator} {right}`"),
            _ => format!("`str {operator} str`"),
        };
    }
    if let Some(operator) = name.strip_prefix("#unary_operator_") {
        let gap = if operator == "not" { " " } else { "" };
        return format!("`{operator}{gap}{params}`");
    }
    match name {
        "#list" => return format!("`[{params}]`"),
        "#map" => return format!("`{{{params}}}`"),
        "#get_context_data" => return "`$name`".into(),
        "#indexer" => return format!("`{}[{}]`", plain[0], plain[1..].join(", ")),
        _ => {}
    }
    let function = format!("`{name}({params})`");
    let method = || format!("`{}.{name}({})`", plain[0], plain[1..].join(", "));
    match entry.kind {
        Kind::Function | Kind::FunctionOfRules => function,
        Kind::Method | Kind::MethodOfRules => method(),
        Kind::Extension => format!("{}, {function}", method()),
    }
}

/// What an example gives, where that needs no workflow and does not change.
fn result_of(example: &str) -> Option<String> {
    let options = Options::default();
    let data = Value::empty_dict();
    let scope = Scope {
        data: Data::Value(&data),
        host: &NoHost,
        options: &options,
    };
    let value = Expression::parse(example, &options).ok()?.evaluate(&scope).ok()?;
    if value.is_null() && !example.contains("null") {
        return None;
    }
    Some(json::dumps(&value).replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/yaql.md");
        let page = reference();
        if std::env::var("YAQL_REFERENCE").is_ok_and(|v| v == "write") {
            std::fs::write(&path, &page).unwrap();
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stored == page,
            "{} has drifted; run with YAQL_REFERENCE=write",
            path.display()
        );
    }

    #[test]
    fn every_function_of_upstream_is_there() {
        let names: std::collections::BTreeSet<&str> = TABLES
            .iter()
            .flat_map(|(_, _, table)| table.iter())
            .filter_map(|e| e.signature.split_once('(').map(|s| s.0))
            .filter(|n| !n.starts_with(['#', '*']))
            .collect();
        assert_eq!(names.len(), 155);
    }
}
