//! What filters, tests and names mean, for the page of the language and for editors, with examples that are evaluated.

use std::fmt::Write as _;

use super::Expression;
use mistral_expr::{Data, NoHost, Options, Scope};
use pyvalue::json;
use pyvalue::value::Value;

/// One thing that templates can use.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// As it is written.
    pub name: &'static str,
    pub doc: &'static str,
    /// An expression without its braces.
    pub example: &'static str,
}

const fn entry(name: &'static str, doc: &'static str, example: &'static str) -> Entry {
    Entry { name, doc, example }
}

/// The filters.
pub const FILTERS: [Entry; 54] = [
    entry("abs", "The number without its sign.", "(0 - 3) | abs"),
    entry(
        "attr",
        "A member by its name, as an attribute only.",
        "'a' | attr('upper')",
    ),
    entry(
        "batch",
        "Pieces of so many items; `fill` fills the last one.",
        "[1, 2, 3] | batch(2, 0) | list",
    ),
    entry(
        "capitalize",
        "First letter large, the others small.",
        "'heLLo' | capitalize",
    ),
    entry("center", "In the middle of a field.", "'a' | center(5)"),
    entry("count", "How many items; the same as `length`.", "[1, 2] | count"),
    entry("d", "Short for `default`.", "none | d('x', true)"),
    entry(
        "default",
        "Another value if this one is undefined; with `true` also if it is false.",
        "'' | default('none', true)",
    ),
    entry(
        "dictsort",
        "Pairs of a mapping, sorted by key or by value.",
        "{'b': 1, 'a': 2} | dictsort",
    ),
    entry("e", "Short for `escape`.", "'<a>' | e"),
    entry("escape", "With the signs of HTML replaced.", "'a & b' | escape"),
    entry(
        "filesizeformat",
        "A number of bytes for people.",
        "1500 | filesizeformat",
    ),
    entry("first", "The first item.", "[1, 2] | first"),
    entry("float", "A float; another value if it is none.", "'2.5' | float"),
    entry(
        "forceescape",
        "Escaped even if it was marked as safe.",
        "'<' | forceescape",
    ),
    entry("format", "Fills `%s` and its kin.", "'%s-%02d' | format('a', 3)"),
    entry(
        "groupby",
        "Groups by a member.",
        "[{'k': 1}, {'k': 2}, {'k': 1}] | groupby('k') | length",
    ),
    entry("indent", "All lines but the first indented.", "'a\\nb' | indent(2)"),
    entry(
        "int",
        "An integer; another value if it is none; of texts with a base.",
        "'1f' | int(0, 16)",
    ),
    entry("items", "Pairs of a mapping.", "{'a': 1} | items | list"),
    entry("join", "Items as one text.", "[1, 2] | join(', ')"),
    entry("last", "The last item.", "[1, 2] | last"),
    entry("length", "How many items or characters.", "'abc' | length"),
    entry("list", "All items as a list.", "'ab' | list"),
    entry("lower", "In small letters.", "'AB' | lower"),
    entry(
        "map",
        "Applies a filter to each item, or takes a member of each.",
        "[{'n': 1}, {'n': 2}] | map(attribute='n') | list",
    ),
    entry("max", "The largest item.", "[1, 3, 2] | max"),
    entry("min", "The smallest item.", "[1, 3, 2] | min"),
    entry(
        "pprint",
        "As Python prints it, over several lines if it is long.",
        "{'a': 1} | pprint",
    ),
    entry("random", "An item by chance.", "[7] | random"),
    entry(
        "reject",
        "The items that a test does not hold for.",
        "[1, 2, 3] | reject('odd') | list",
    ),
    entry(
        "rejectattr",
        "The items with a member that a test does not hold for.",
        "[{'on': true}, {'on': false}] | rejectattr('on') | list",
    ),
    entry(
        "replace",
        "With one text in place of another.",
        "'a-b' | replace('-', '+')",
    ),
    entry("reverse", "Backwards.", "'abc' | reverse"),
    entry(
        "round",
        "Rounded; `floor` and `ceil` as second argument.",
        "2.567 | round(1)",
    ),
    entry("safe", "Marked as needing no escape.", "'<' | safe"),
    entry(
        "select",
        "The items that a test holds for.",
        "[1, 2, 3] | select('odd') | list",
    ),
    entry(
        "selectattr",
        "The items with a member that a test holds for.",
        "[{'n': 1}, {'n': 2}] | selectattr('n', 'gt', 1) | list",
    ),
    entry(
        "slice",
        "So many columns of about equal length.",
        "[1, 2, 3] | slice(2) | list",
    ),
    entry("sort", "Sorted; `reverse`, `attribute`.", "[3, 1, 2] | sort"),
    entry("string", "As text.", "1 | string"),
    entry("striptags", "Without the tags of HTML.", "'<b>a</b>' | striptags"),
    entry("sum", "The sum; `attribute`, `start`.", "[1, 2, 3] | sum"),
    entry("title", "Each word with a large letter.", "'ab cd' | title"),
    entry("tojson", "As JSON, safe inside HTML.", "{'a': [1, none]} | tojson"),
    entry("trim", "Without blanks at both ends.", "' a ' | trim"),
    entry(
        "truncate",
        "At most so long, with dots.",
        "'one two three' | truncate(9)",
    ),
    entry("unique", "Each item once.", "[1, 1, 2] | unique | list"),
    entry("upper", "In large letters.", "'ab' | upper"),
    entry("urlencode", "For a URL.", "'a b' | urlencode"),
    entry("urlize", "Addresses as links of HTML.", "'x' | urlize"),
    entry("wordcount", "How many words.", "'one two' | wordcount"),
    entry("wordwrap", "In lines of so many characters.", "'one two' | wordwrap(4)"),
    entry("xmlattr", "A mapping as attributes of XML.", "{'a': 1} | xmlattr"),
];

/// The tests that are written as words.
pub const TESTS: [Entry; 33] = [
    entry("boolean", "True or false.", "true is boolean"),
    entry("callable", "Can be called.", "range is callable"),
    entry("defined", "There is such a name.", "nope is defined"),
    entry("divisibleby", "Divisible by a number.", "6 is divisibleby(3)"),
    entry("eq", "Equal.", "1 is eq(1)"),
    entry("equalto", "Equal.", "1 is equalto(1)"),
    entry("escaped", "Marked as safe.", "'a' is escaped"),
    entry("even", "An even number.", "2 is even"),
    entry("false", "False itself.", "0 is false"),
    entry("filter", "The name of a filter.", "'upper' is filter"),
    entry("float", "A float.", "1.0 is float"),
    entry("ge", "Greater or equal.", "2 is ge(2)"),
    entry("greaterthan", "Greater.", "2 is greaterthan(1)"),
    entry("gt", "Greater.", "2 is gt(1)"),
    entry("in", "An item of.", "1 is in([1, 2])"),
    entry("integer", "An integer.", "1 is integer"),
    entry("iterable", "Has items.", "'a' is iterable"),
    entry("le", "Less or equal.", "1 is le(2)"),
    entry("lessthan", "Less.", "1 is lessthan(2)"),
    entry("lower", "All letters small.", "'ab' is lower"),
    entry("lt", "Less.", "1 is lt(2)"),
    entry("mapping", "A mapping.", "{} is mapping"),
    entry("ne", "Not equal.", "1 is ne(2)"),
    entry("none", "Null.", "none is none"),
    entry("number", "An integer or a float.", "1.5 is number"),
    entry("odd", "An odd number.", "3 is odd"),
    entry("sameas", "The same object.", "none is sameas(none)"),
    entry("sequence", "Has a length and positions.", "[1] is sequence"),
    entry("string", "A text.", "'a' is string"),
    entry("test", "The name of a test.", "'odd' is test"),
    entry("true", "True itself.", "1 is true"),
    entry("undefined", "There is no such name.", "nope is undefined"),
    entry("upper", "All letters large.", "'AB' is upper"),
];

/// Names that are there without being set.
pub const GLOBALS: [Entry; 10] = [
    entry("_", "The data: `_.name` is a variable of the workflow.", ""),
    entry("__env", "The environment; `env()` is the way to ask for it.", ""),
    entry(
        "__execution",
        "The execution; `execution()` is the way to ask for it.",
        "",
    ),
    entry("__task_execution", "The task; `task()` is the way to ask for it.", ""),
    entry("range", "Numbers in a row.", "range(3) | list"),
    entry("dict", "A mapping of named arguments.", "dict(a=1)"),
    entry("lipsum", "Words that mean nothing.", ""),
    entry("cycler", "Goes round through its arguments.", "cycler(1, 2).next()"),
    entry("joiner", "Nothing the first time, its text after that.", ""),
    entry(
        "namespace",
        "Something whose members loops can set.",
        "namespace(a=1).a",
    ),
];

const HEAD: &str = "# Jinja2 reference

This page is generated from the tables in `src/jinja/reference.rs`; a test keeps both together
(`JINJA_REFERENCE=write cargo test -p jinja the_page` writes it anew).

An expression stands between `{{` and `}}`. `_` is the data: `{{ _.server.name }}`. A text that is one expression as a whole keeps the
type of its value; inside other text the value becomes text. In YAML a value that begins with `{` must be quoted:

```yaml
action: std.echo
input:
  output: \"{{ _.first + _.second }}\"
```

Statements work, too: `{% if _.debug %}…{% endif %}`, `{% for x in _.hosts %}…{% endfor %}`, `{% set x = 1 %}`. Templates are
evaluated in a sandbox, without loader and extensions, and a name that is not there is an error (`default` gives it another value).
[YAQL](yaql.md) and Jinja2 can do the same; one workflow may use both, one expression not.

## Workflow functions

`env()`, `execution()`, `executions(…)`, `global(name)`, `task(name)`, `tasks(…)`, `uuid()`, `json_parse(text)`, `json_dump(data)`,
`yaml_parse(text)`, `yaml_dump(data)` mean what they mean in [YAQL](yaql.md); those of data are filters as well:
`{{ _.text | json_parse }}`.
";

/// The text of `docs/jinja.md`.
pub fn reference() -> String {
    let mut out = String::from(HEAD);
    for (title, entries) in [
        ("Filters", &FILTERS[..]),
        ("Tests", &TESTS[..]),
        ("Names", &GLOBALS[..]),
    ] {
        let _ = write!(out, "\n## {title}\n\n| name | meaning | example |\n|---|---|---|\n");
        for entry in entries {
            let example = entry.example.replace('|', "\\|");
            let shown = match result_of(entry.example) {
                _ if example.is_empty() => String::new(),
                Some(result) => format!("`{example}` → `{}`", result.replace('|', "\\|")),
                None => format!("`{example}`"),
            };
            let _ = writeln!(out, "| `{}` | {} | {shown} |", entry.name, entry.doc);
        }
    }
    out
}

/// What an example gives, where that needs no workflow.
fn result_of(example: &str) -> Option<String> {
    let options = Options::default();
    let data = Value::empty_dict();
    let scope = Scope {
        data: Data::Value(&data),
        host: &NoHost,
        options: &options,
    };
    let value = Expression::parse(example)
        .ok()?
        .evaluate_raw(&scope)
        .ok()?
        .to_value()
        .ok()?;
    Some(json::dumps(&value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect;

    #[test]
    fn the_page_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/jinja.md");
        let page = reference();
        if std::env::var("JINJA_REFERENCE").is_ok_and(|v| v == "write") {
            std::fs::write(&path, &page).unwrap();
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stored == page,
            "{} has drifted; run with JINJA_REFERENCE=write",
            path.display()
        );
    }

    #[test]
    fn everything_is_described_and_every_example_works() {
        let names = |entries: &[Entry]| entries.iter().map(|entry| entry.name).collect::<Vec<_>>();
        assert_eq!(names(&FILTERS), inspect::FILTERS);
        assert_eq!(names(&TESTS), inspect::TESTS);
        assert_eq!(names(&GLOBALS), inspect::GLOBALS);
        for entry in FILTERS.iter().chain(&TESTS).chain(&GLOBALS) {
            if !entry.example.is_empty() {
                let shown = result_of(entry.example);
                // A method as a value has no JSON.
                assert!(
                    shown.is_some() || entry.name == "attr",
                    "{}: {}",
                    entry.name,
                    entry.example
                );
                let uses = entry.example.contains(entry.name);
                assert!(uses, "{}: {}", entry.name, entry.example);
            }
        }
    }
}
