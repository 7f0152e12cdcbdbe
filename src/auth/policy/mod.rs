//! Policies: which caller passes which rule. The language is oslo.policy's, with its corners. The rules themselves are declared where
//! what they protect is, and handed over.
//!
//! * `parse`: texts and lists to checks.
//! * `check`: what a check says about a caller and a target.
//! * `defaults`: what a rule is, and those that others are made from.
//! * `files`: rules from `policy.yaml` and `policy.d`, read again when they change.
//! * `remote`: checks that ask another server.

mod check;
pub mod defaults;
mod files;
mod parse;
mod remote;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use check::{Credentials, Decision, Target};
pub use defaults::Rule;
pub use files::{Locations, Policies};
pub use parse::{Check, parse_list, parse_rule};
pub use remote::{Remote, RemoteOptions};

use mistral_model::{Str, Value};

/// What keeps a set of rules from being used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("{file}: {reason}")]
    File { file: String, reason: String },
    #[error("the rules {} refer to each other in a circle", .0.join(" -> "))]
    Circle(Vec<String>),
}

/// Rules by name: the defaults, and what files put in their place.
#[derive(Clone, Debug)]
pub struct Rules {
    rules: HashMap<Str, Arc<Check>>,
    /// As they were written, for people.
    texts: BTreeMap<Str, String>,
    /// The rule for names that have none.
    default: Str,
}

impl Rules {
    /// The rules as they are declared. `default` names the rule for what has none (`[oslo_policy] policy_default_rule`).
    pub fn builtin(declared: &[Rule], default: &str) -> Rules {
        let mut rules = Rules {
            rules: HashMap::new(),
            texts: BTreeMap::new(),
            default: default.into(),
        };
        for rule in declared {
            rules.put(rule.name, &Value::from(rule.check));
        }
        rules
    }

    /// Sets a rule; `written` is a text or a list, as a file has it.
    pub fn put(&mut self, name: &str, written: &Value) {
        let name = Str::from(name);
        let text = match written {
            Value::Str(text) => text.to_string(),
            other => mistral_model::json::to_string(other),
        };
        self.texts.insert(name.clone(), text);
        self.rules.insert(name, Arc::new(parse::parse(written)));
    }

    /// The check of a rule, or of the default rule.
    pub fn get(&self, name: &str) -> Option<&Arc<Check>> {
        self.rules.get(name).or_else(|| self.rules.get(&self.default))
    }

    /// Whether a rule has a check of its own.
    pub fn has(&self, name: &str) -> bool {
        self.rules.contains_key(name)
    }

    /// A rule as it is written.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// Names of all rules, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(|name| &**name)
    }

    /// Refuses rules that refer to each other in a circle.
    ///
    /// # Errors
    /// [`Error::Circle`].
    pub fn check_circles(&self) -> Result<(), Error> {
        let mut done = std::collections::HashSet::new();
        for name in self.rules.keys() {
            self.walk(name, &mut Vec::new(), &mut done)?;
        }
        Ok(())
    }

    fn walk(
        &self,
        name: &str,
        path: &mut Vec<String>,
        done: &mut std::collections::HashSet<String>,
    ) -> Result<(), Error> {
        if let Some(start) = path.iter().position(|known| known == name) {
            let mut circle = path.split_off(start);
            circle.push(name.to_owned());
            return Err(Error::Circle(circle));
        }
        if done.contains(name) {
            return Ok(());
        }
        path.push(name.to_owned());
        if let Some(check) = self.get(name) {
            let mut named = Vec::new();
            check.references(&mut named);
            for next in named {
                // An unknown rule is the default one; a default rule that names unknown rules names itself.
                let next = if self.has(&next) {
                    next
                } else {
                    self.default.to_string()
                };
                if self.has(&next) {
                    self.walk(&next, path, done)?;
                }
            }
        }
        path.pop();
        done.insert(name.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests;
