//! Random texts from the grammars in `tests/data/grammars` (their README explains the form).

use std::collections::HashMap;
use std::sync::Arc;

use super::random::Random;

/// Bytes after which only alternatives without references are taken.
const SOFT_LIMIT: usize = 4000;
/// Per cent of the references to a loose rule that become `any`.
const CONFUSION: usize = 4;

enum Part {
    Text(String),
    Rule(usize),
    /// The start of another grammar.
    Foreign(Arc<Grammar>),
}

#[derive(Default)]
struct Rule {
    alternatives: Vec<Vec<Part>>,
    /// Alternatives without references.
    leaves: Vec<usize>,
    loose: bool,
}

pub(crate) struct Grammar {
    rules: Vec<Rule>,
    any: Option<usize>,
}

impl Grammar {
    /// Reads a grammar; `foreign` are the grammars that it may refer to by name.
    pub(crate) fn load(name: &str, foreign: &[(&str, Arc<Grammar>)]) -> Grammar {
        let path = format!("{}/tests/data/grammars/{name}.grammar", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut lines: Vec<(usize, &str)> = Vec::new();
        let mut names: HashMap<&str, usize> = HashMap::new();
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
            if let Some(alternative) = line.strip_prefix("  ") {
                assert!(!rules.is_empty(), "{path}: an alternative before the first rule");
                lines.push((rules.len() - 1, alternative));
                continue;
            }
            let name = line
                .strip_suffix(':')
                .unwrap_or_else(|| panic!("{path}: not a rule: {line}"));
            let plain = name.trim_end_matches('~');
            assert!(
                names.insert(plain, rules.len()).is_none(),
                "{path}: {plain} is there twice"
            );
            rules.push(Rule {
                loose: plain != name,
                ..Rule::default()
            });
        }
        for (rule, alternative) in lines {
            let (times, text) = match alternative.split_once("| ") {
                Some((times, text)) if times.parse::<usize>().is_ok() => (times.parse().unwrap_or(1), text),
                _ => (1, alternative),
            };
            let text = text.replace('⏎', "\n").replace('␣', " ").replace('∅', "");
            for _ in 0..times {
                let parts = parts(&text, &names, foreign);
                let rule = &mut rules[rule];
                if parts.iter().all(|part| matches!(part, Part::Text(_))) {
                    rule.leaves.push(rule.alternatives.len());
                }
                rule.alternatives.push(parts);
            }
        }
        Grammar {
            any: names.get("any").copied(),
            rules,
        }
    }

    /// A random text, nested about `depth` levels.
    pub(crate) fn generate(&self, random: &mut Random, depth: usize) -> String {
        let mut out = String::new();
        self.expand(0, random, depth, &mut out);
        out
    }

    /// The words and signs of the language, as the alternatives without references have them.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let leaves = self
            .rules
            .iter()
            .flat_map(|rule| rule.leaves.iter().map(|at| &rule.alternatives[*at]));
        leaves.flatten().filter_map(|part| match part {
            Part::Text(text) if text.len() < 40 => Some(text.as_str()),
            _ => None,
        })
    }

    fn expand(&self, rule: usize, random: &mut Random, depth: usize, out: &mut String) {
        let rule = &self.rules[rule];
        let alternative = if depth == 0 || out.len() > SOFT_LIMIT {
            match rule.leaves.len() {
                0 => 0,
                n => rule.leaves[random.below(n)],
            }
        } else {
            random.below(rule.alternatives.len())
        };
        for part in &rule.alternatives[alternative] {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Rule(inner) => {
                    let inner = match self.any {
                        Some(any) if self.rules[*inner].loose && random.below(100) < CONFUSION => any,
                        _ => *inner,
                    };
                    self.expand(inner, random, depth.saturating_sub(1), out);
                }
                Part::Foreign(grammar) => grammar.expand(0, random, depth.saturating_sub(1).min(3), out),
            }
        }
    }
}

/// Splits an alternative at its references. What is no rule's name stays text.
fn parts(text: &str, names: &HashMap<&str, usize>, foreign: &[(&str, Arc<Grammar>)]) -> Vec<Part> {
    let mut found = Vec::new();
    let mut pending = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let inner = &rest[open + 1..];
        let name = inner.find('>').map(|close| &inner[..close]);
        let part = name.and_then(|name| match names.get(name) {
            Some(rule) => Some(Part::Rule(*rule)),
            None => foreign
                .iter()
                .find(|(other, _)| *other == name)
                .map(|(_, grammar)| Part::Foreign(grammar.clone())),
        });
        match (part, name) {
            (Some(part), Some(name)) => {
                pending.push_str(&rest[..open]);
                if !pending.is_empty() {
                    found.push(Part::Text(std::mem::take(&mut pending)));
                }
                found.push(part);
                rest = &inner[name.len() + 1..];
            }
            _ => {
                pending.push_str(&rest[..=open]);
                rest = inner;
            }
        }
    }
    pending.push_str(rest);
    if !pending.is_empty() || found.is_empty() {
        found.push(Part::Text(pending));
    }
    found
}
