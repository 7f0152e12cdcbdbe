//! What a check says about a caller and a target.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use super::Rules;
use super::parse::{Check, Left, Piece, Template};
use mistral_model::{Dict, Str, Value, python};

/// What is known about a caller, as rules name it.
pub trait Credentials: Send + Sync {
    /// The value of a name; none if there is no such thing.
    fn get(&self, key: &str) -> Option<Value>;
    /// Names of roles.
    fn has_role(&self, name: &str) -> bool;
    /// Everything, for checks by other servers.
    fn all(&self) -> Dict;
}

impl Credentials for Dict {
    fn get(&self, key: &str) -> Option<Value> {
        self.get(key).cloned()
    }

    fn has_role(&self, name: &str) -> bool {
        let roles = self.get("roles").and_then(Value::as_list).unwrap_or_default();
        let name = name.to_lowercase();
        roles
            .iter()
            .filter_map(Value::as_str)
            .any(|role| role.to_lowercase() == name)
    }

    fn all(&self) -> Dict {
        self.clone()
    }
}

/// What something is to be done to: its `project_id`, `id`, `name`, …
#[derive(Clone, Debug, Default)]
pub struct Target(pub Dict);

impl Target {
    /// With one more member.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Target {
        self.0.insert(key.into(), value.into());
        self
    }

    /// A text that may be absent, which Python shows as `None`.
    pub fn with_text(self, key: &str, value: Option<&str>) -> Target {
        self.with(key, value.map_or(Value::Null, Value::from))
    }
}

/// Answers of other servers by URL.
pub(super) type Answers = HashMap<String, bool>;

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Yes,
    No,
    /// The server at this URL has to be asked first.
    Ask(String),
}

impl From<bool> for Decision {
    fn from(yes: bool) -> Decision {
        if yes { Decision::Yes } else { Decision::No }
    }
}

/// Rules may refer to rules: deeper chains say no. (Circles are refused when the rules are read.)
const MAX_DEPTH: usize = 100;

/// One question to a set of rules.
pub(super) struct Question<'a> {
    pub rules: &'a Rules,
    pub target: &'a Target,
    pub caller: &'a dyn Credentials,
    pub answers: &'a Answers,
}

impl Question<'_> {
    /// What the rule of this name says; no rule says no.
    pub(super) fn rule(&self, name: &str) -> Decision {
        self.named(name, 0)
    }

    fn named(&self, name: &str, depth: usize) -> Decision {
        match self.rules.get(name) {
            Some(check) if depth < MAX_DEPTH => self.check(check, depth + 1),
            _ => Decision::No,
        }
    }

    pub(super) fn check(&self, check: &Check, depth: usize) -> Decision {
        match check {
            Check::True => Decision::Yes,
            Check::False => Decision::No,
            Check::Not(inner) => match self.check(inner, depth) {
                Decision::Yes => Decision::No,
                Decision::No => Decision::Yes,
                ask @ Decision::Ask(_) => ask,
            },
            Check::And(parts) => self.first(parts, &Decision::Yes, depth),
            Check::Or(parts) => self.first(parts, &Decision::No, depth),
            Check::Rule(name) => self.named(name, depth),
            Check::Role(name) => fill(name, self.target)
                .is_some_and(|name| self.caller.has_role(&name))
                .into(),
            Check::Generic { left, right } => self.compare(left, right).into(),
            Check::Remote(url) => match fill(url, self.target) {
                None => Decision::No,
                Some(url) => match self.answers.get(&*url) {
                    Some(answer) => (*answer).into(),
                    None => Decision::Ask(url.into_owned()),
                },
            },
        }
    }

    /// The first answer that is not `neutral`, or that.
    fn first(&self, parts: &[Check], neutral: &Decision, depth: usize) -> Decision {
        parts
            .iter()
            .map(|part| self.check(part, depth))
            .find(|decision| decision != neutral)
            .unwrap_or_else(|| neutral.clone())
    }

    fn compare(&self, left: &Left, right: &Template) -> bool {
        let Some(wanted) = fill(right, self.target) else {
            return false;
        };
        match left {
            Left::Literal(text) => *text == *wanted,
            Left::Nothing => false,
            Left::Path(path) => match path.split_first() {
                Some((first, rest)) => self
                    .caller
                    .get(first)
                    .is_some_and(|value| matches(&value, rest, &wanted)),
                None => false,
            },
        }
    }

    /// The check with what each part says, one line a part.
    pub(super) fn explain(&self, check: &Check, depth: usize, text: &mut String) {
        let verdict = match self.check(check, 0) {
            Decision::Yes => "yes",
            Decision::No => "no",
            Decision::Ask(_) => "asks another server",
        };
        let indent = "  ".repeat(depth);
        let _ = writeln!(text, "{indent}{}: {verdict}", title(check));
        match check {
            Check::Not(inner) => self.explain(inner, depth + 1, text),
            Check::And(parts) | Check::Or(parts) => {
                for part in parts {
                    self.explain(part, depth + 1, text);
                }
            }
            Check::Rule(name) if depth < MAX_DEPTH => {
                if let Some(check) = self.rules.get(name) {
                    self.explain(check, depth + 1, text);
                }
            }
            _ => {}
        }
    }
}

/// Whether a member of something about the caller, or what lies at the path inside it, is shown as `wanted`. Of a list, any
/// item counts.
fn matches(member: &Value, path: &[Str], wanted: &str) -> bool {
    match member {
        Value::List(items) => items.iter().any(|item| inside(item, path, wanted)),
        _ => inside(member, path, wanted),
    }
}

fn inside(value: &Value, path: &[Str], wanted: &str) -> bool {
    match path.split_first() {
        None => match value {
            Value::Str(text) => **text == *wanted,
            Value::Bool(flag) => wanted == if *flag { "True" } else { "False" },
            value => python::str(value) == wanted,
        },
        Some((key, rest)) => value
            .as_dict()
            .and_then(|members| members.get(key))
            .is_some_and(|member| matches(member, rest, wanted)),
    }
}

fn fill<'a>(template: &'a Template, target: &'a Target) -> Option<Cow<'a, str>> {
    match template.0.as_slice() {
        [Piece::Text(plain)] => return Some(plain.into()),
        [Piece::Key(key)] => {
            if let Value::Str(value) = target.0.get(key)? {
                return Some((&**value).into());
            }
        }
        _ => {}
    }
    let mut text = String::new();
    for piece in &template.0 {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Key(key) => match target.0.get(key)? {
                Value::Str(value) => text.push_str(value),
                value => text.push_str(&python::str(value)),
            },
            Piece::Broken => return None,
        }
    }
    Some(text.into())
}

/// What a check is called.
fn title(check: &Check) -> String {
    match check {
        Check::True => "@ (everybody)".to_owned(),
        Check::False => "! (nobody)".to_owned(),
        Check::Not(_) => "not".to_owned(),
        Check::And(_) => "all of".to_owned(),
        Check::Or(_) => "any of".to_owned(),
        Check::Rule(name) => format!("rule:{name}"),
        Check::Role(name) => format!("role:{}", shown(name)),
        Check::Remote(url) => shown(url),
        Check::Generic { left, right } => {
            let left = match left {
                Left::Literal(text) => format!("'{text}'"),
                Left::Path(path) => path.iter().map(|part| &**part).collect::<Vec<_>>().join("."),
                Left::Nothing => "?".to_owned(),
            };
            format!("{left}:{}", shown(right))
        }
    }
}

fn shown(template: &Template) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Key(key) => format!("%({key})s"),
        Piece::Broken => "(unreadable)".to_owned(),
    };
    template.0.iter().map(piece).collect()
}
