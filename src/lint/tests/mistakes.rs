//! Documents with a typical mistake each.

use super::*;

/// File, and what must be said of it: line, code, and the help if there must be one.
const EXPECTED: &[(&str, usize, &str, &str)] = &[
    ("01_misspelt_key", 6, "MW010", "did you mean `on-success`?"),
    ("02_wrong_indent", 6, "MW003", "indent it by 6 blanks"),
    ("03_unknown_task", 6, "MW017", "did you mean `two`?"),
    ("04_bad_yaql_syntax", 5, "MW021", ""),
    ("06_wrong_join", 11, "MW012", ""),
    ("06b_join_toomany", 8, "MW018", ""),
    ("07_tab", 5, "MW002", "write blanks instead of the tab"),
    ("08_unknown_action", 5, "MW051", "did you mean `std.echo`?"),
    ("09_missing_action_param", 7, "MW052", "did you mean `url`?"),
    ("10_no_version", 1, "MW011", "add `version: '2.0'` as the first line"),
    ("11_unquoted_yaql", 4, "MW004", "write '{{ _.x }}'"),
    ("12_unknown_var", 5, "MW057", ""),
    ("13_tasks_as_list", 3, "MW014", ""),
    ("14_action_and_workflow", 6, "MW013", ""),
    ("15_bad_retry", 7, "MW012", ""),
    ("16_bad_with_items", 5, "MW020", "write `item in <% $.list %>`"),
    ("17_dup_task", 6, "MW050", ""),
    ("18_no_tasks", 2, "MW011", ""),
    ("19_yaql_func", 5, "MW054", "did you mean `toUpper`?"),
    ("20_colon", 6, "MW004", "write 'note: this has a colon'"),
    ("21_jinja", 7, "MW055", "did you mean `upper`?"),
    ("22_type", 3, "MW015", "did you mean `reverse`?"),
    ("23_publish_str", 6, "MW012", ""),
    ("24_unclosed", 5, "MW056", ""),
    ("25_cycle", 3, "MW016", ""),
    ("26_sub_unknown", 5, "MW068", ""),
];

/// Nothing is wrong with this one: whoever starts it must give the input, and the service says so.
const CORRECT: &str = "05_missing_input";

#[test]
fn typical_mistakes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let report = lint(&std::fs::read_to_string(&path).unwrap(), &settings());
        if name == CORRECT {
            assert_eq!(report.diagnostics, [], "{name}");
            continue;
        }
        let (_, line, code, help) = EXPECTED
            .iter()
            .find(|row| row.0 == name)
            .unwrap_or_else(|| panic!("{name}"));
        let hit = report.diagnostics.iter().any(|d| {
            let helps = help.is_empty() || d.help.as_deref() == Some(*help);
            d.range.line == *line && d.code == *code && helps
        });
        if !hit {
            failures.push(format!(
                "{name}: expected {line} {code} {help}, found {:#?}",
                report.diagnostics
            ));
        }
        // Each of them is refused when it is uploaded exactly if an error is told.
        let text = std::fs::read_to_string(&path).unwrap();
        let refused = mistral_lang::parse_workflows(&text, true, &Default::default()).is_err();
        assert_eq!(report.has_errors(), refused, "{name}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
