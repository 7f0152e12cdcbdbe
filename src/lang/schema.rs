//! Checks of a value's shape, with the messages of Python's `jsonschema`, which clients see.
//!
//! A schema is a list of keywords in upstream's order. That order and the library's choice of the "best" of several errors
//! decide which message is shown, so both are reproduced: see [`best_match`].

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::error::{Error, Rule};
use super::inline;
use mistral_model::python;
use mistral_model::value::{Dict, Str, Value};

/// Keywords, applied in order.
pub(crate) type Schema = Arc<[Keyword]>;

pub(crate) enum Keyword {
    Type(Type),
    /// `minLength: 1`, `minItems: 1` or `minProperties: 1`, each for its own type.
    NonEmpty(Type),
    /// `maxProperties: 1`.
    AtMostOneProperty,
    UniqueItems,
    /// `minimum: 0`, with the zero as the message shows it.
    Minimum(&'static str),
    Enum(&'static [Constant]),
    Pattern(Pattern),
    Items(Schema),
    Properties(Vec<(&'static str, Schema)>),
    PatternProperties(Vec<(Pattern, Schema)>),
    /// Keys that neither `Properties` nor `PatternProperties` of the same schema know.
    AdditionalProperties(Additional),
    Required(&'static [&'static str]),
    AnyOf(Vec<Schema>),
    OneOf(Vec<Schema>),
    Not(Schema),
}

pub(crate) enum Additional {
    Forbidden,
    Each(Schema),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Null,
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Type::Null => "null",
            Type::Array => "array",
            Type::Boolean => "boolean",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::Object => "object",
            Type::String => "string",
        }
    }

    /// Booleans are no numbers; a float without a fraction is an integer.
    fn holds(self, value: &Value) -> bool {
        match value {
            Value::Null => self == Type::Null,
            Value::Bool(_) => self == Type::Boolean,
            Value::Int(_) | Value::Big(_) => matches!(self, Type::Integer | Type::Number),
            Value::Float(f) => self == Type::Number || (self == Type::Integer && f.is_finite() && f.fract() == 0.0),
            Value::Str(_) => self == Type::String,
            Value::List(_) => self == Type::Array,
            Value::Dict(_) => self == Type::Object,
        }
    }
}

/// A member of an `enum`.
#[derive(Clone, Copy)]
pub(crate) enum Constant {
    Text(&'static str),
    Two,
}

impl Constant {
    fn equals(self, value: &Value) -> bool {
        match (self, value) {
            (Constant::Text(text), Value::Str(s)) => text == &**s,
            (Constant::Two, Value::Int(n)) => *n == 2,
            (Constant::Two, Value::Float(f)) => *f == 2.0,
            _ => false,
        }
    }

    fn repr(self) -> String {
        match self {
            Constant::Text(text) => format!("'{text}'"),
            Constant::Two => "2.0".into(),
        }
    }
}

/// The regular expressions of upstream's schemas.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pattern {
    Word,
    NextTask,
    CommandWithBlank,
    CommandWithParentheses,
    JinjaExpression,
    YaqlExpression,
    WorkbookItem,
    Version,
}

impl Pattern {
    /// As Python spells it.
    fn source(self) -> &'static str {
        match self {
            Pattern::Word => r"^\w+$",
            Pattern::NextTask => r"^\S+$",
            Pattern::CommandWithBlank => r"^\w+ \w+=(.*)$",
            Pattern::CommandWithParentheses => r"^\w+\(\w+=(.*)\)$",
            Pattern::JinjaExpression => r"^({{(.*?)}})\s*$",
            Pattern::YaqlExpression => r"^<%.*?%>\s*$",
            Pattern::WorkbookItem => r"^(?!version$)[\w-]+$",
            Pattern::Version => "^version$",
        }
    }

    fn matches(self, text: &str) -> bool {
        // Python's `$` also matches before a line feed at the end.
        let line = text.strip_suffix('\n').unwrap_or(text);
        match self {
            Pattern::Word => is_word(line),
            Pattern::NextTask => !line.is_empty() && !line.contains(pyvalue::chars::is_space),
            Pattern::CommandWithBlank => line.split_once(' ').is_some_and(|(name, rest)| {
                is_word(name)
                    && rest
                        .split_once('=')
                        .is_some_and(|(key, value)| is_word(key) && !value.contains('\n'))
            }),
            Pattern::CommandWithParentheses => line.strip_suffix(')').is_some_and(|line| {
                line.split_once('(').is_some_and(|(name, rest)| {
                    is_word(name)
                        && rest
                            .split_once('=')
                            .is_some_and(|(key, value)| is_word(key) && !value.contains('\n'))
                })
            }),
            Pattern::JinjaExpression => inline::is_jinja(text),
            Pattern::YaqlExpression => inline::is_yaql(text),
            Pattern::WorkbookItem => {
                line != "version" && !line.is_empty() && line.chars().all(|c| c == '-' || pyvalue::chars::is_word(c))
            }
            Pattern::Version => line == "version",
        }
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(pyvalue::chars::is_word)
}

/// What a document says beyond JSON: values that have none of the schema's types (dates, bytes, sets), and keys that are
/// not text, which no pattern can be applied to. Both are known by the address of what they became, with Python's `repr`
/// of what they were.
#[derive(Default)]
pub(crate) struct Marks {
    values: HashMap<*const u8, String>,
    keys: HashMap<*const u8, String>,
}

/// Where the text or list that a value holds lies in memory.
fn address(value: &Value) -> Option<*const u8> {
    match value {
        Value::Str(text) => Some(text.as_ptr()),
        Value::List(items) => Some(Arc::as_ptr(items).cast()),
        _ => None,
    }
}

impl Marks {
    pub(crate) fn mark_value(&mut self, value: &Value, repr: String) {
        if let Some(address) = address(value) {
            self.values.insert(address, repr);
        }
    }

    pub(crate) fn mark_key(&mut self, key: &Str, repr: String) {
        self.keys.insert(key.as_ptr(), repr);
    }

    fn odd_value(&self, value: &Value) -> Option<&str> {
        if self.values.is_empty() {
            return None;
        }
        self.values.get(&address(value)?).map(String::as_str)
    }

    fn is_odd(&self, value: &Value) -> bool {
        self.odd_value(value).is_some()
    }

    fn odd_key(&self, key: &str) -> Option<&str> {
        self.keys.get(&key.as_ptr()).map(String::as_str)
    }

    pub(crate) fn is_odd_key(&self, key: &Str) -> bool {
        self.odd_key(key).is_some()
    }

    /// Python's `repr` of a value of the document.
    pub(crate) fn repr(&self, value: &Value) -> String {
        if self.values.is_empty() && self.keys.is_empty() {
            return python::repr(value);
        }
        let mut out = String::new();
        self.write_repr(value, &mut out);
        out
    }

    /// Python's `str`: a text at the top is shown as it is.
    pub(crate) fn str(&self, value: &Value) -> String {
        match value {
            Value::Str(text) if !self.is_odd(value) => text.to_string(),
            other => self.repr(other),
        }
    }

    fn write_repr(&self, value: &Value, out: &mut String) {
        if let Some(repr) = self.odd_value(value) {
            return out.push_str(repr);
        }
        match value {
            Value::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    self.write_repr(item, out);
                }
                out.push(']');
            }
            Value::Dict(members) => {
                out.push('{');
                for (i, (key, member)) in members.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    match self.odd_key(key) {
                        Some(repr) => out.push_str(repr),
                        None => python::write_repr_str(key, out),
                    }
                    out.push_str(": ");
                    self.write_repr(member, out);
                }
                out.push('}');
            }
            other => python::write_repr(other, out),
        }
    }
}

/// Checks a value.
///
/// # Errors
/// The first line of the message that `jsonschema.validate` would give, and where.
pub(crate) fn check(value: &Value, schema: &[Keyword], marks: &Marks) -> Result<(), Error> {
    match best_match(violations(value, schema, marks)) {
        None => Ok(()),
        Some(best) => Err(best.into_error(marks)),
    }
}

/// Checks a value and tells all that is wrong with it, for tools.
pub(crate) fn check_all(value: &Value, schema: &[Keyword], marks: &Marks) -> Vec<Error> {
    violations(value, schema, marks)
        .into_iter()
        .filter_map(|violation| best_match(vec![violation]))
        .map(|violation| violation.into_error(marks))
        .collect()
}

fn violations<'a>(value: &'a Value, schema: &'a [Keyword], marks: &Marks) -> Vec<Violation<'a>> {
    // Most values are right, and to see that costs a quarter of telling what is wrong. Under test both checks must agree.
    let fits = fits(value, schema, marks);
    if fits && !cfg!(debug_assertions) {
        return Vec::new();
    }
    let mut checker = Checker {
        marks,
        violations: Vec::new(),
        path: Vec::new(),
    };
    checker.check(value, schema);
    debug_assert_eq!(fits, checker.violations.is_empty(), "the two checks differ: {value:?}");
    checker.violations
}

/// Whether a value has no violation at all: what [`Checker::check`] finds, without the words.
fn fits(value: &Value, schema: &[Keyword], marks: &Marks) -> bool {
    schema.iter().all(|keyword| keyword_fits(value, schema, keyword, marks))
}

fn keyword_fits(value: &Value, schema: &[Keyword], keyword: &Keyword, marks: &Marks) -> bool {
    let is = |expected: Type| expected.holds(value) && !marks.is_odd(value);
    match keyword {
        Keyword::Type(expected) => is(*expected),
        Keyword::NonEmpty(of) => !is(*of) || value.is_truthy(),
        Keyword::AtMostOneProperty => value.as_dict().is_none_or(|d| d.len() <= 1),
        Keyword::UniqueItems => value.as_list().is_none_or(unique),
        Keyword::Minimum(_) => !is_negative(value),
        Keyword::Enum(constants) => !marks.is_odd(value) && constants.iter().any(|c| c.equals(value)),
        Keyword::Pattern(pattern) => match value {
            Value::Str(text) => pattern.matches(text) || marks.is_odd(value),
            _ => true,
        },
        Keyword::Items(each) => {
            let mut items = value.as_list().unwrap_or_default().iter();
            items.all(|item| fits(item, each, marks))
        }
        Keyword::Properties(properties) => value.as_dict().is_none_or(|members| {
            let known = |key: &str| properties.iter().find(|(name, _)| *name == key);
            members
                .iter()
                .all(|(key, member)| known(key).is_none_or(|(_, property)| fits(member, property, marks)))
        }),
        Keyword::PatternProperties(patterns) => value.as_dict().is_none_or(|members| {
            members.iter().all(|(key, member)| {
                let mut all = patterns.iter();
                all.all(|(pattern, property)| {
                    !marks.is_odd_key(key) && (!pattern.matches(key) || fits(member, property, marks))
                })
            })
        }),
        Keyword::AdditionalProperties(additional) => value.as_dict().is_none_or(|members| match additional {
            Additional::Forbidden => members.keys().all(|key| knows(schema, key)),
            Additional::Each(each) => members
                .iter()
                .all(|(key, member)| knows(schema, key) || fits(member, each, marks)),
        }),
        Keyword::Required(names) => value
            .as_dict()
            .is_none_or(|members| names.iter().all(|name| members.contains_key(*name))),
        Keyword::AnyOf(alternatives) => alternatives.iter().any(|alternative| fits(value, alternative, marks)),
        Keyword::OneOf(alternatives) => {
            let mut fitting = alternatives
                .iter()
                .filter(|alternative| fits(value, alternative, marks));
            fitting.next().is_some() && fitting.next().is_none()
        }
        Keyword::Not(unwanted) => !fits(value, unwanted, marks),
    }
}

fn is_negative(value: &Value) -> bool {
    match value {
        Value::Int(n) => *n < 0,
        Value::Big(n) => n.sign() == num_bigint::Sign::Minus,
        Value::Float(f) => *f < 0.0,
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step<'a> {
    Index(usize),
    Key(&'a str),
}

impl Step<'_> {
    fn owned(&self) -> pyyaml::Step {
        match self {
            Step::Index(at) => pyyaml::Step::Index(*at),
            Step::Key(key) => pyyaml::Step::Key(Str::from(*key)),
        }
    }
}

/// One failed keyword.
struct Violation<'a> {
    value: &'a Value,
    /// The schema that the keyword belongs to.
    schema: &'a [Keyword],
    keyword: &'a Keyword,
    problem: Problem<'a>,
    path: Vec<Step<'a>>,
    matches_type: bool,
    /// What failed in each alternative of `anyOf` and `oneOf`; paths start at `value`.
    context: Vec<Violation<'a>>,
}

enum Problem<'a> {
    /// The keyword says it all.
    Plain,
    Missing(&'a str),
    Extra(Vec<&'a str>),
    /// A key that is no text. Upstream fails with an error of its own (500).
    OddKey(&'a str),
    NoAlternative,
    /// Indexes of alternatives, the first valid one last.
    SeveralAlternatives(Vec<usize>),
}

struct Checker<'a, 'd> {
    marks: &'d Marks,
    violations: Vec<Violation<'a>>,
    path: Vec<Step<'a>>,
}

impl<'a> Checker<'a, '_> {
    fn is(&self, value: &Value, expected: Type) -> bool {
        expected.holds(value) && !self.marks.is_odd(value)
    }

    fn is_valid(&self, value: &'a Value, schema: &'a [Keyword]) -> bool {
        fits(value, schema, self.marks)
    }

    /// Violations of a schema on its own, with paths from `value` on.
    fn inner(&self, value: &'a Value, schema: &'a [Keyword]) -> Vec<Violation<'a>> {
        let mut checker = Checker {
            marks: self.marks,
            violations: Vec::new(),
            path: Vec::new(),
        };
        checker.check(value, schema);
        checker.violations
    }

    fn check(&mut self, value: &'a Value, schema: &'a [Keyword]) {
        for keyword in schema {
            self.keyword(value, schema, keyword);
        }
    }

    fn descend(&mut self, step: Step<'a>, value: &'a Value, schema: &'a [Keyword]) {
        self.path.push(step);
        self.check(value, schema);
        self.path.pop();
    }

    fn keyword(&mut self, value: &'a Value, schema: &'a [Keyword], keyword: &'a Keyword) {
        match keyword {
            Keyword::Type(expected) => {
                if !self.is(value, *expected) {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
            Keyword::NonEmpty(of) => {
                if self.is(value, *of) && !value.is_truthy() {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
            Keyword::AtMostOneProperty => {
                if value.as_dict().is_some_and(|d| d.len() > 1) {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
            Keyword::UniqueItems => {
                if value.as_list().is_some_and(|items| !unique(items)) {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
            Keyword::Minimum(_) => {
                if is_negative(value) {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
            Keyword::Enum(constants) => {
                if self.marks.is_odd(value) || !constants.iter().any(|c| c.equals(value)) {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
            Keyword::Pattern(pattern) => {
                let Value::Str(text) = value else { return };
                if !pattern.matches(text) && !self.marks.is_odd(value) {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
            Keyword::Items(each) => {
                for (index, item) in value.as_list().unwrap_or_default().iter().enumerate() {
                    self.descend(Step::Index(index), item, each);
                }
            }
            Keyword::Properties(properties) => {
                let Some(members) = value.as_dict() else { return };
                for (name, property) in properties {
                    if let Some(member) = members.get(*name) {
                        self.descend(Step::Key(name), member, property);
                    }
                }
            }
            Keyword::PatternProperties(patterns) => {
                let Some(members) = value.as_dict() else { return };
                for (pattern, property) in patterns {
                    for (key, member) in members {
                        if self.marks.is_odd_key(key) {
                            self.report(value, schema, keyword, Problem::OddKey(key), Vec::new());
                        } else if pattern.matches(key) {
                            self.descend(Step::Key(key), member, property);
                        }
                    }
                }
            }
            Keyword::AdditionalProperties(additional) => {
                let Some(members) = value.as_dict() else { return };
                let mut extra = extra_keys(members, schema);
                match additional {
                    Additional::Each(each) => {
                        for key in extra {
                            if let Some(member) = members.get(key) {
                                self.descend(Step::Key(key), member, each);
                            }
                        }
                    }
                    Additional::Forbidden if extra.is_empty() => {}
                    Additional::Forbidden => {
                        extra.sort_unstable();
                        self.report(value, schema, keyword, Problem::Extra(extra), Vec::new());
                    }
                }
            }
            Keyword::Required(names) => {
                let Some(members) = value.as_dict() else { return };
                for name in names.iter().filter(|name| !members.contains_key(**name)) {
                    self.report(value, schema, keyword, Problem::Missing(name), Vec::new());
                }
            }
            Keyword::AnyOf(alternatives) => {
                self.alternatives(value, schema, keyword, alternatives);
            }
            Keyword::OneOf(alternatives) => {
                let Some(first) = self.alternatives(value, schema, keyword, alternatives) else {
                    return;
                };
                let mut valid: Vec<usize> = (first + 1..alternatives.len())
                    .filter(|&index| self.is_valid(value, &alternatives[index]))
                    .collect();
                if !valid.is_empty() {
                    valid.push(first);
                    self.report(value, schema, keyword, Problem::SeveralAlternatives(valid), Vec::new());
                }
            }
            Keyword::Not(unwanted) => {
                if self.is_valid(value, unwanted) {
                    self.report(value, schema, keyword, Problem::Plain, Vec::new());
                }
            }
        }
    }

    /// The first valid alternative; reports when there is none.
    fn alternatives(
        &mut self,
        value: &'a Value,
        schema: &'a [Keyword],
        keyword: &'a Keyword,
        alternatives: &'a [Schema],
    ) -> Option<usize> {
        let fitting = alternatives
            .iter()
            .position(|alternative| fits(value, alternative, self.marks));
        debug_assert_eq!(
            fitting,
            alternatives.iter().position(|a| self.inner(value, a).is_empty()),
            "the two checks differ: {value:?}"
        );
        if fitting.is_some() {
            return fitting;
        }
        let mut context = Vec::new();
        for alternative in alternatives {
            context.extend(self.inner(value, alternative));
        }
        self.report(value, schema, keyword, Problem::NoAlternative, context);
        None
    }

    fn report(
        &mut self,
        value: &'a Value,
        schema: &'a [Keyword],
        keyword: &'a Keyword,
        problem: Problem<'a>,
        context: Vec<Violation<'a>>,
    ) {
        let matches_type = schema
            .iter()
            .any(|k| matches!(k, Keyword::Type(t) if self.is(value, *t)));
        let path = self.path.clone();
        self.violations.push(Violation {
            value,
            schema,
            keyword,
            problem,
            path,
            matches_type,
            context,
        });
    }
}

/// Keys that the schema's other keywords don't know.
fn extra_keys<'a>(members: &'a Dict, schema: &[Keyword]) -> Vec<&'a str> {
    members
        .keys()
        .map(|key| &**key)
        .filter(|key| !knows(schema, key))
        .collect()
}

fn knows(schema: &[Keyword], key: &str) -> bool {
    schema.iter().any(|keyword| match keyword {
        Keyword::Properties(properties) => properties.iter().any(|(name, _)| *name == key),
        Keyword::PatternProperties(patterns) => patterns.iter().any(|(pattern, _)| pattern.matches(key)),
        _ => false,
    })
}

/// Whether no two items are equal. Compares only items of the same hash: lists can be long.
fn unique(items: &[Value]) -> bool {
    if items.len() < 2 {
        return true;
    }
    let mut seen: HashMap<u64, Vec<&Value>> = HashMap::with_capacity(items.len());
    items.iter().all(|item| {
        let mut hasher = DefaultHasher::new();
        hash(item, &mut hasher);
        let alike = seen.entry(hasher.finish()).or_default();
        let is_new = !alike.iter().any(|earlier| equal(earlier, item));
        alike.push(item);
        is_new
    })
}

/// Feeds the hasher the same for equal values. Members of mappings, whose order doesn't count, are summed up.
fn hash(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Null | Value::Big(_) => {}
        Value::Bool(b) => b.hash(hasher),
        // Zero has two signs.
        Value::Int(n) => (*n as f64 + 0.0).to_bits().hash(hasher),
        Value::Float(f) => (f + 0.0).to_bits().hash(hasher),
        Value::Str(text) => text.hash(hasher),
        Value::List(items) => items.iter().for_each(|item| hash(item, hasher)),
        Value::Dict(members) => {
            let sum = members.iter().fold(0u64, |sum, (key, member)| {
                let mut inner = DefaultHasher::new();
                key.hash(&mut inner);
                hash(member, &mut inner);
                sum.wrapping_add(inner.finish())
            });
            sum.hash(hasher);
        }
    }
}

/// Equality of the library: numbers by value, booleans only to themselves.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Int(n), Value::Float(f)) | (Value::Float(f), Value::Int(n)) => *n as f64 == *f,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b)),
        (Value::Dict(a), Value::Dict(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        (a, b) => a == b,
    }
}

/// The library's heuristic: of the errors the one nearest to the root, then the last by path, real keywords before
/// alternatives; inside alternatives the deepest error, the first by path, unless two are equally good.
fn best_match(violations: Vec<Violation<'_>>) -> Option<Violation<'_>> {
    let mut best = violations
        .into_iter()
        .reduce(|best, next| match relevance(&next, &best) {
            Ordering::Greater => next,
            _ => best,
        })?;
    loop {
        let mut order: Vec<usize> = (0..best.context.len()).collect();
        order.sort_by(|&a, &b| relevance(&best.context[a], &best.context[b]));
        match order[..] {
            [] => return Some(best),
            [first, second, ..] if relevance(&best.context[first], &best.context[second]).is_eq() => return Some(best),
            [first, ..] => {
                let mut inner = best.context.swap_remove(first);
                inner.path.splice(0..0, best.path);
                best = inner;
            }
        }
    }
}

/// Order by relevance, least relevant first.
fn relevance(a: &Violation<'_>, b: &Violation<'_>) -> Ordering {
    let strong = |v: &Violation<'_>| !matches!(v.keyword, Keyword::AnyOf(_) | Keyword::OneOf(_));
    b.path
        .len()
        .cmp(&a.path.len())
        .then_with(|| a.path.cmp(&b.path))
        .then_with(|| strong(a).cmp(&strong(b)))
        .then_with(|| (!a.matches_type).cmp(&!b.matches_type))
}

impl Violation<'_> {
    fn into_error(self, marks: &Marks) -> Error {
        let rule = match (self.keyword, &self.problem) {
            (_, Problem::Missing(name)) => Rule::MissingKey(Str::from(*name)),
            (_, Problem::Extra(keys)) => Rule::UnknownKeys(keys.iter().map(|key| Str::from(*key)).collect()),
            (_, Problem::OddKey(key)) => Rule::UnknownKeys(vec![Str::from(*key)]),
            // Only tasks have alternatives of required attributes.
            (Keyword::AnyOf(alternatives), Problem::NoAlternative)
                if matches!(alternatives.first().map(|a| &a[..]), Some([Keyword::Not(_)])) =>
            {
                Rule::TwoCalls
            }
            (Keyword::OneOf(alternatives), Problem::SeveralAlternatives(_))
                if matches!(alternatives.first().map(|a| &a[..]), Some([_, Keyword::Required(_)])) =>
            {
                Rule::TwoCalls
            }
            (Keyword::Not(_), _) => Rule::TwoCalls,
            _ => Rule::Value,
        };
        let path: Vec<pyyaml::Step> = self.path.iter().map(Step::owned).collect();
        Error::schema(&self.message(marks)).of(rule).within(&path)
    }

    fn message(&self, marks: &Marks) -> String {
        let shown = marks.repr(self.value);
        match (self.keyword, &self.problem) {
            (_, Problem::Missing(name)) => format!("'{name}' is a required property"),
            (_, Problem::OddKey(key)) => format!("{} is not of type 'string'", marks.odd_key(key).unwrap_or(key)),
            (_, Problem::Extra(keys)) => self.extra_message(keys),
            (_, Problem::NoAlternative) => format!("{shown} is not valid under any of the given schemas"),
            (Keyword::OneOf(alternatives), Problem::SeveralAlternatives(valid)) => {
                let list: Vec<String> = valid.iter().map(|&index| repr_schema(&alternatives[index])).collect();
                format!("{shown} is valid under each of {}", list.join(", "))
            }
            (Keyword::Type(expected), _) => format!("{shown} is not of type '{}'", expected.name()),
            (Keyword::NonEmpty(_), _) => format!("{shown} should be non-empty"),
            (Keyword::AtMostOneProperty, _) => format!("{shown} has too many properties"),
            (Keyword::UniqueItems, _) => format!("{shown} has non-unique elements"),
            (Keyword::Minimum(zero), _) => format!("{shown} is less than the minimum of {zero}"),
            (Keyword::Enum(constants), _) => format!("{shown} is not one of {}", repr_constants(constants)),
            (Keyword::Pattern(pattern), _) => format!("{shown} does not match {}", repr_text(pattern.source())),
            (Keyword::Not(unwanted), _) => format!("{shown} should not be valid under {}", repr_schema(unwanted)),
            _ => format!("{shown} is not valid"),
        }
    }

    fn extra_message(&self, keys: &[&str]) -> String {
        let list: Vec<String> = keys.iter().map(|key| repr_text(key)).collect();
        let list = list.join(", ");
        let patterns = self.schema.iter().find_map(|keyword| match keyword {
            Keyword::PatternProperties(patterns) => Some(patterns),
            _ => None,
        });
        match patterns {
            Some(patterns) => {
                let mut sources: Vec<&str> = patterns.iter().map(|(pattern, _)| pattern.source()).collect();
                sources.sort_unstable();
                let sources: Vec<String> = sources.into_iter().map(repr_text).collect();
                let verb = if keys.len() == 1 { "does" } else { "do" };
                format!("{list} {verb} not match any of the regexes: {}", sources.join(", "))
            }
            None => {
                let verb = if keys.len() == 1 { "was" } else { "were" };
                format!("Additional properties are not allowed ({list} {verb} unexpected)")
            }
        }
    }
}

fn repr_text(text: &str) -> String {
    let mut out = String::new();
    python::write_repr_str(text, &mut out);
    out
}

fn repr_constants(constants: &[Constant]) -> String {
    let list: Vec<String> = constants.iter().map(|c| c.repr()).collect();
    format!("[{}]", list.join(", "))
}

/// A schema as Python prints it.
fn repr_schema(schema: &[Keyword]) -> String {
    let list = |schemas: &[Schema]| {
        let list: Vec<String> = schemas.iter().map(|s| repr_schema(s)).collect();
        format!("[{}]", list.join(", "))
    };
    let members: Vec<String> = schema
        .iter()
        .map(|keyword| match keyword {
            Keyword::Type(expected) => format!("'type': '{}'", expected.name()),
            Keyword::NonEmpty(Type::String) => "'minLength': 1".into(),
            Keyword::NonEmpty(Type::Array) => "'minItems': 1".into(),
            Keyword::NonEmpty(_) => "'minProperties': 1".into(),
            Keyword::AtMostOneProperty => "'maxProperties': 1".into(),
            Keyword::UniqueItems => "'uniqueItems': True".into(),
            Keyword::Minimum(zero) => format!("'minimum': {zero}"),
            Keyword::Enum(constants) => format!("'enum': {}", repr_constants(constants)),
            Keyword::Pattern(pattern) => format!("'pattern': {}", repr_text(pattern.source())),
            Keyword::Items(each) => format!("'items': {}", repr_schema(each)),
            Keyword::Properties(properties) => {
                let list: Vec<String> = properties
                    .iter()
                    .map(|(name, schema)| format!("'{name}': {}", repr_schema(schema)))
                    .collect();
                format!("'properties': {{{}}}", list.join(", "))
            }
            Keyword::PatternProperties(patterns) => {
                let list: Vec<String> = patterns
                    .iter()
                    .map(|(pattern, schema)| format!("{}: {}", repr_text(pattern.source()), repr_schema(schema)))
                    .collect();
                format!("'patternProperties': {{{}}}", list.join(", "))
            }
            Keyword::AdditionalProperties(Additional::Forbidden) => "'additionalProperties': False".into(),
            Keyword::AdditionalProperties(Additional::Each(each)) => {
                format!("'additionalProperties': {}", repr_schema(each))
            }
            Keyword::Required(names) => format!("'required': {}", python::repr_list(names.iter().copied())),
            Keyword::AnyOf(schemas) => format!("'anyOf': {}", list(schemas)),
            Keyword::OneOf(schemas) => format!("'oneOf': {}", list(schemas)),
            Keyword::Not(unwanted) => format!("'not': {}", repr_schema(unwanted)),
        })
        .collect();
    format!("{{{}}}", members.join(", "))
}
