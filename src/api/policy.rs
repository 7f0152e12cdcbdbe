//! The policy as resources declare it: all rules with their defaults, who asks them, and the sample file that shows them.

use std::fmt::Write;
use std::sync::OnceLock;

use mistral_auth::policy::{Rule, defaults};

use super::operation::Operation;
use super::router::routes;
use super::v2::RESOURCES;

/// All rules: those that others are made from first, then by what they protect, each resource's as it declares them.
pub fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let declared = RESOURCES.iter().flat_map(|resource| resource.rules);
        let mut rules: Vec<Rule> = defaults::RULES.iter().chain(declared).copied().collect();
        rules.sort_by_key(Rule::subject);
        rules
    })
}

/// The operations that may ask a rule, in the order of the OpenAPI document.
pub(crate) fn asking(rule: &Rule) -> impl Iterator<Item = &'static Operation> {
    let operations = routes().iter().flat_map(|route| &route.operations).copied();
    let name = rule.name;
    operations.filter(move |operation| operation.rules.contains(&name))
}

/// The text of `etc/policy.yaml.sample`.
pub fn sample() -> String {
    let mut text = String::from(
        "# Who may do what. Every rule is shown at its default; docs/identity.md explains the language.\n\
         # Generated from the declarations in src/api/v2: do not edit.\n",
    );
    for rule in rules() {
        let _ = writeln!(text, "\n# {}", rule.description);
        let mut asking: Vec<&Operation> = asking(rule).filter(|operation| operation.is_offered()).collect();
        // What it protects comes before what looks at that from elsewhere.
        let own = format!("/v2/{}", rule.subject().unwrap_or_default());
        asking.sort_by_key(|operation| !operation.path.starts_with(&own));
        for operation in asking {
            let _ = writeln!(text, "# {} {}", operation.verb.name(), operation.path);
        }
        let _ = writeln!(text, "#\"{}\": \"{}\"", rule.name, rule.check);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mistral_auth::policy::Rules;

    use super::*;

    /// Every rule that is asked is declared, by one resource, and every rule that a resource declares is asked.
    #[test]
    fn rules_and_operations_fit() {
        let names: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), rules().len(), "a rule is declared twice");
        for operation in routes().iter().flat_map(|route| &route.operations) {
            for rule in operation.rules {
                assert!(
                    names.contains(rule),
                    "{operation:?} asks {rule}, which nobody passes: no resource declares it"
                );
            }
        }
        for rule in RESOURCES.iter().flat_map(|resource| resource.rules) {
            assert!(asking(rule).next().is_some(), "no operation asks {}", rule.name);
            assert!(rule.subject().is_some(), "{} does not say what it protects", rule.name);
        }
        assert_eq!(Rules::builtin(rules(), "default").check_circles(), Ok(()));
    }

    #[test]
    fn the_committed_sample_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../etc/policy.yaml.sample");
        if std::env::var_os("UPDATE_SAMPLE").is_some() {
            std::fs::write(&path, sample()).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == sample(),
            "etc/policy.yaml.sample has drifted: run the test with UPDATE_SAMPLE=1"
        );
        // Uncommented it says what the rules are anyway.
        let lines: Vec<&str> = committed
            .lines()
            .filter_map(|line| line.strip_prefix("#\"").map(|_| &line[1..]))
            .collect();
        let read = pyyaml::load(&lines.join("\n")).unwrap();
        assert_eq!(read.as_dict().unwrap().len(), rules().len());
    }
}
