//! The grammar of rules.
//!
//! ```text
//! rule  := "" (true) | list | expr
//! expr  := checks joined by `and`, `or`, `not` and parentheses; `not` binds to one check, `and` before `or`
//! check := "@" (true) | "!" (false) | kind ":" match
//! list  := [[a, b], [c]] = (a and b) or c
//! ```
//!
//! Words end at white space, and parentheses stick to words. What cannot be read is false.

use mistral_model::{Str, Value};

/// A rule, parsed.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    True,
    False,
    Not(Box<Check>),
    And(Vec<Check>),
    Or(Vec<Check>),
    /// Another rule.
    Rule(Str),
    /// A role that the caller has.
    Role(Template),
    /// Something about the caller that equals a text.
    Generic {
        left: Left,
        right: Template,
    },
    /// Another server decides; the URL with its scheme.
    Remote(Template),
}

/// The left side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Left {
    /// A literal, as text.
    Literal(String),
    /// A path into what is known about the caller.
    Path(Vec<Str>),
    /// No Python literal and no path: equals nothing.
    Nothing,
}

/// A text with `%(key)s` in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Template(pub Vec<Piece>);

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String),
    Key(Str),
    /// A conversion that does not exist: the whole text cannot be made.
    Broken,
}

/// Deepest nesting of parentheses and negations.
const MAX_DEPTH: usize = 200;

impl Check {
    /// Adds the names of rules that this one refers to.
    pub fn references(&self, names: &mut Vec<String>) {
        match self {
            Check::Rule(name) => names.push(name.to_string()),
            Check::Not(inner) => inner.references(names),
            Check::And(parts) | Check::Or(parts) => parts.iter().for_each(|part| part.references(names)),
            _ => {}
        }
    }
}

/// Parses a rule as a file has it.
pub(super) fn parse(written: &Value) -> Check {
    match written {
        Value::Str(text) => parse_rule(text),
        Value::List(items) => parse_list(items),
        // An empty rule in YAML: nothing is asked.
        Value::Null => Check::True,
        _ => Check::False,
    }
}

/// Parses the list form.
pub fn parse_list(items: &[Value]) -> Check {
    if items.is_empty() {
        return Check::True;
    }
    let mut any = Vec::new();
    for item in items.iter().filter(|item| item.is_truthy()) {
        let all: Vec<Check> = match item {
            Value::Str(text) => vec![parse_check(text)],
            Value::List(parts) => parts
                .iter()
                .map(|part| part.as_str().map_or(Check::False, parse_check))
                .collect(),
            _ => vec![Check::False],
        };
        any.push(single_or(all, Check::And));
    }
    match any.len() {
        0 => Check::False,
        _ => single_or(any, Check::Or),
    }
}

fn single_or(mut checks: Vec<Check>, wrap: impl FnOnce(Vec<Check>) -> Check) -> Check {
    if checks.len() == 1 {
        checks.remove(0)
    } else {
        wrap(checks)
    }
}

/// Parses the text form. What cannot be parsed is false, and said in the log.
pub fn parse_rule(text: &str) -> Check {
    if text.is_empty() {
        return Check::True;
    }
    let mut stack = Stack::default();
    for token in tokens(text) {
        stack.shift(token);
    }
    stack.result().unwrap_or_else(|| {
        tracing::error!(rule = text, "a policy rule cannot be understood; it lets nobody pass");
        Check::False
    })
}

/// What a text is made of.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A quoted word, which has no meaning anywhere.
    Quoted,
    Check(Check),
    /// Checks joined by `and`, that may grow.
    AndExpr(Vec<Check>),
    /// Checks joined by `or`, that may grow.
    OrExpr(Vec<Check>),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let inner = word.trim_start_matches('(');
        found.extend((0..word.len() - inner.len()).map(|_| Token::Open));
        if inner.is_empty() {
            continue;
        }
        let clean = inner.trim_end_matches(')');
        match clean.to_lowercase().as_str() {
            "and" => found.push(Token::And),
            "or" => found.push(Token::Or),
            "not" => found.push(Token::Not),
            "" => {}
            _ if is_quoted(inner) => found.push(Token::Quoted),
            _ => found.push(Token::Check(parse_check(clean))),
        }
        found.extend((0..inner.len() - clean.len()).map(|_| Token::Close));
    }
    found
}

fn is_quoted(word: &str) -> bool {
    word.chars().count() >= 2
        && ['"', '\'']
            .iter()
            .any(|quote| word.starts_with(*quote) && word.ends_with(*quote))
}

/// One check.
fn parse_check(text: &str) -> Check {
    match text {
        "!" => return Check::False,
        "@" => return Check::True,
        _ => {}
    }
    let Some((kind, matched)) = text.split_once(':') else {
        tracing::error!(check = text, "a policy check has no colon; it lets nobody pass");
        return Check::False;
    };
    match kind {
        "rule" => Check::Rule(matched.into()),
        "role" => Check::Role(template(matched)),
        "http" | "https" => Check::Remote(template(text)),
        _ => Check::Generic {
            left: left(kind),
            right: template(matched),
        },
    }
}

/// The left side: a Python literal, or a path.
fn left(text: &str) -> Left {
    match text {
        "None" | "True" | "False" => return Left::Literal(text.to_owned()),
        _ => {}
    }
    let first = text.chars().next().unwrap_or(' ');
    if let Some(inner) = quoted(text) {
        return Left::Literal(inner.to_owned());
    }
    if first.is_ascii_digit() || matches!(first, '-' | '+' | '.') {
        return number(text).map_or(Left::Nothing, Left::Literal);
    }
    if text.is_empty() || matches!(first, '[' | '{' | '\'' | '"') {
        return Left::Nothing;
    }
    Left::Path(text.split('.').map(Str::from).collect())
}

/// The inside of a plain quoted text.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote) && !inner.contains('\\')).then_some(inner)
}

/// A number as Python shows it.
fn number(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(['-', '+']);
    let sign = if (text.len() - digits.len()) > 0 && text[..text.len() - digits.len()].matches('-').count() % 2 == 1 {
        "-"
    } else {
        ""
    };
    let plain = digits.replace('_', "");
    if plain.bytes().all(|b| b.is_ascii_digit()) && !plain.is_empty() {
        let trimmed = plain.trim_start_matches('0');
        // Python has no decimal numbers with leading zeros.
        if trimmed.is_empty() {
            return Some("0".to_owned());
        }
        return (trimmed.len() == plain.len()).then(|| format!("{sign}{plain}"));
    }
    if !plain
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'))
    {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    let value = if sign.is_empty() { value } else { -value };
    Some(mistral_model::python::str(&Value::Float(value)))
}

/// A text with keys in it, by the rules of Python's `%` with a mapping.
fn template(text: &str) -> Template {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(tail) = rest.strip_prefix('%') {
            plain.push('%');
            rest = tail;
            continue;
        }
        let key = rest.strip_prefix('(').and_then(|tail| tail.split_once(")s"));
        match key {
            Some((key, tail)) if !key.contains(['(', ')']) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Key(key.into()));
                rest = tail;
            }
            _ => return Template(vec![Piece::Broken]),
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Template(pieces)
}

/// The parser: shifts words, and joins what it can at once.
#[derive(Default)]
struct Stack {
    tokens: Vec<Token>,
    is_too_deep: bool,
}

impl Stack {
    fn shift(&mut self, token: Token) {
        self.is_too_deep |= self.tokens.len() > MAX_DEPTH;
        if self.is_too_deep {
            return;
        }
        self.tokens.push(token);
        while self.reduce() {}
    }

    /// Joins the last words if they belong together; says whether it did.
    fn reduce(&mut self) -> bool {
        use Token::{And, AndExpr, Check as One, Close, Not, Open, Or, OrExpr};
        let count = self.tokens.len();
        if let [.., Not, One(_)] = &self.tokens[..] {
            if let Some(One(check)) = self.tokens.pop() {
                self.tokens[count - 2] = One(Check::Not(Box::new(check)));
            }
            return true;
        }
        let [.., a, op, b] = &mut self.tokens[..] else {
            return false;
        };
        let (a, op, b) = (
            std::mem::replace(a, Open),
            std::mem::replace(op, Open),
            std::mem::replace(b, Open),
        );
        let joined = match (a, op, b) {
            (Open, One(check), Close) => One(check),
            (Open, AndExpr(checks), Close) => One(Check::And(checks)),
            (Open, OrExpr(checks), Close) => One(Check::Or(checks)),
            (One(a), And, One(b)) => AndExpr(vec![a, b]),
            (AndExpr(mut checks), And, One(b)) => {
                checks.push(b);
                AndExpr(checks)
            }
            // `a or b and c`: the last of the alternatives takes the new condition.
            (OrExpr(mut checks), And, One(b)) => {
                match checks.pop() {
                    Some(Check::And(mut all)) => {
                        all.push(b);
                        checks.push(Check::And(all));
                    }
                    Some(last) => checks.push(Check::And(vec![last, b])),
                    None => checks.push(b),
                }
                OrExpr(checks)
            }
            (One(a), Or, One(b)) => OrExpr(vec![a, b]),
            (AndExpr(all), Or, One(b)) => OrExpr(vec![Check::And(all), b]),
            (OrExpr(mut checks), Or, One(b)) => {
                checks.push(b);
                OrExpr(checks)
            }
            (a, op, b) => {
                self.tokens.truncate(count - 3);
                self.tokens.extend([a, op, b]);
                return false;
            }
        };
        self.tokens.truncate(count - 3);
        self.tokens.push(joined);
        true
    }

    fn result(mut self) -> Option<Check> {
        if self.tokens.len() != 1 || self.is_too_deep {
            return None;
        }
        match self.tokens.pop()? {
            Token::Check(check) => Some(check),
            Token::AndExpr(checks) => Some(Check::And(checks)),
            Token::OrExpr(checks) => Some(Check::Or(checks)),
            _ => None,
        }
    }
}
