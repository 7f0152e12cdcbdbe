//! Finding expressions in text, and data with expressions inside: compiled once, evaluated often.
//!
//! Upstream's rules: a text is tried as Jinja first, then as YAQL; the first language that recognises it evaluates it alone.
//! Markers count only when they close on their own line. A text that is one expression as a whole keeps the type of the
//! value; in any other text values are inserted as Python would print them.

use std::sync::Arc;

use mistral_expr::marker::next_match;
use mistral_expr::mention::Inspected;
use mistral_expr::{Budget, Data, Error, ErrorKind, Options, Scope};
use mistral_model::value::{Dict, Str, Value};

/// Bytes of text that are read in the time of an evaluation step.
const BYTES_PER_STEP: u64 = 64;

/// A JSON value with expressions inside, compiled. Cloning is a reference count.
///
/// Grammar errors surface when the text is evaluated, not before: definitions may be stored without validation.
#[derive(Clone, Debug)]
pub struct Template {
    source: Value,
    /// None: nothing to evaluate, the source is the value.
    node: Option<Arc<Node>>,
}

#[derive(Debug)]
enum Node {
    Constant(Value),
    Yaql(YaqlText),
    Jinja(jinja::Program),
    /// The language is switched off in the configuration.
    Disabled(&'static str),
    List(Vec<Node>),
    Dict(Vec<(Str, Node)>),
}

#[derive(Debug)]
struct YaqlText {
    source: Str,
    parts: Vec<YaqlPart>,
    /// Each expression is replaced where it stands and nowhere else, as long as what is inserted holds no `%`.
    is_plain: bool,
}

#[derive(Debug)]
struct YaqlPart {
    /// Where the expression with its markers stands in the source.
    from: usize,
    to: usize,
    expression: Result<yaql::Expression, Error>,
}

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Jinja,
    Yaql,
}

impl Language {
    /// In the order upstream tries them.
    const ALL: [Language; 2] = [Language::Jinja, Language::Yaql];

    fn name(self) -> &'static str {
        match self {
            Language::Jinja => "jinja",
            Language::Yaql => "yaql",
        }
    }

    fn recognises(self, text: &str) -> bool {
        match self {
            Language::Jinja => next_match(text, 0, "{{", "}}").is_some() || next_match(text, 0, "{%", "%}").is_some(),
            Language::Yaql => next_match(text, 0, "<%", "%>").is_some(),
        }
    }

    fn is_allowed(self, options: &Options) -> bool {
        match self {
            Language::Jinja => options.allow_jinja,
            Language::Yaql => options.allow_yaql,
        }
    }

    fn of(text: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.recognises(text))
    }
}

fn disabled(kind: ErrorKind, name: &str) -> Error {
    Error {
        kind,
        message: format!("The '{name}' expression language is disabled by the operator."),
    }
}

/// Byte ranges of all `<% … %>`, markers included.
fn yaql_matches(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = next_match(text, at, "<%", "%>")?;
        at = found.1;
        Some(found)
    })
}

/// The expression inside its markers: any run of the markers' characters goes, as upstream's `strip` does it.
fn without_markers(matched: &str) -> &str {
    matched.trim_matches(['<', '%', '>'])
}

/// Does any language find an expression in the text?
pub fn is_expression(text: &str) -> bool {
    Language::of(text).is_some()
}

/// What the expressions of a text mention. Those that don't follow the grammar mention nothing.
pub fn inspect(text: &str, options: &Options) -> Vec<Inspected> {
    match Language::of(text) {
        None => Vec::new(),
        Some(Language::Jinja) => vec![Inspected {
            from: 0,
            to: text.len(),
            mentions: jinja::inspect::mentions(text),
        }],
        Some(Language::Yaql) => yaql_matches(text)
            .map(|(from, to)| Inspected {
                from,
                to,
                mentions: yaql::Expression::parse(without_markers(&text[from..to]), options)
                    .map(|expression| expression.mentions())
                    .unwrap_or_default(),
            })
            .collect(),
    }
}

/// Whether a check that takes long is to go on.
fn go_on(options: &Options) -> Result<(), Error> {
    match options.is_interrupted() {
        false => Ok(()),
        true => Err(Error {
            kind: ErrorKind::Grammar,
            message: "The check was ended: nobody waits for it any more.".to_owned(),
        }),
    }
}

/// Upload-time check of a text: grammar, languages that are switched off, two languages in one text. Text without
/// expressions passes.
///
/// # Errors
/// Upstream's messages, as HTTP 400 shows them.
pub fn validate(text: &str, options: &Options) -> Result<(), Error> {
    go_on(options)?;
    let mut found: Option<Language> = None;
    for language in Language::ALL {
        if !language.recognises(text) {
            continue;
        }
        if !language.is_allowed(options) {
            return Err(disabled(ErrorKind::Grammar, language.name()));
        }
        if let Some(first) = found {
            return Err(Error {
                kind: ErrorKind::Grammar,
                message: format!(
                    "The line already contains an expression of type '{}'. Mixing expression types in a single line is not allowed.",
                    first.name()
                ),
            });
        }
        match language {
            Language::Jinja => jinja::validate(text)?,
            Language::Yaql => {
                for (from, to) in yaql_matches(text) {
                    go_on(options)?;
                    yaql::Expression::parse(without_markers(&text[from..to]), options)?;
                }
            }
        }
        found = Some(language);
    }
    Ok(())
}

impl Template {
    /// Compiles any JSON value. Keys of mappings are never expressions.
    pub fn compile(source: &Value, options: &Options) -> Template {
        let node = match Node::compile(source, options) {
            Node::Constant(_) => None,
            node => Some(Arc::new(node)),
        };
        Template {
            source: source.clone(),
            node,
        }
    }

    /// True when there is nothing to evaluate: the value is the source.
    pub fn is_constant(&self) -> bool {
        self.node.is_none()
    }

    /// What was compiled.
    pub fn source(&self) -> &Value {
        &self.source
    }

    /// Evaluates every expression. Results are not evaluated again.
    ///
    /// # Errors
    /// The first failing expression's error, with upstream's text around it.
    pub fn evaluate(&self, scope: &Scope<'_>) -> Result<Value, Error> {
        self.evaluate_counted(scope).0
    }

    /// As [`Template::evaluate`], with the steps that it took, of `max_steps`.
    pub fn evaluate_counted(&self, scope: &Scope<'_>) -> (Result<Value, Error>, u64) {
        let Some(node) = &self.node else {
            return (Ok(self.source.clone()), 0);
        };
        let budget = Budget::new(scope.options);
        let result = node.evaluate(scope, &budget);
        (result, scope.options.max_steps.saturating_sub(budget.left()))
    }

    /// As [`Template::evaluate`], but with data that are empty (`{}`, null, …) nothing is evaluated and the source comes
    /// back as it is: what upstream does wherever it evaluates recursively.
    ///
    /// # Errors
    /// As [`Template::evaluate`].
    pub fn evaluate_unless_empty(&self, scope: &Scope<'_>) -> Result<Value, Error> {
        let empty = match scope.data {
            Data::Layers(layers) => layers.iter().all(|layer| layer.is_empty()),
            Data::Value(value) => !value.is_truthy(),
        };
        if empty {
            Ok(self.source.clone())
        } else {
            self.evaluate(scope)
        }
    }
}

impl Node {
    fn compile(source: &Value, options: &Options) -> Node {
        match source {
            Value::Str(text) => Node::compile_text(text, options),
            Value::List(items) => {
                let nodes: Vec<Node> = items.iter().map(|item| Node::compile(item, options)).collect();
                if nodes.iter().all(Node::is_constant) {
                    Node::Constant(source.clone())
                } else {
                    Node::List(nodes)
                }
            }
            Value::Dict(members) => {
                let nodes: Vec<(Str, Node)> = members
                    .iter()
                    .map(|(key, member)| (key.clone(), Node::compile(member, options)))
                    .collect();
                if nodes.iter().all(|(_, node)| node.is_constant()) {
                    Node::Constant(source.clone())
                } else {
                    Node::Dict(nodes)
                }
            }
            _ => Node::Constant(source.clone()),
        }
    }

    fn compile_text(text: &Str, options: &Options) -> Node {
        match Language::of(text) {
            None => Node::Constant(Value::Str(text.clone())),
            Some(language) if !language.is_allowed(options) => Node::Disabled(language.name()),
            Some(Language::Jinja) => Node::Jinja(jinja::Program::compile(text)),
            Some(Language::Yaql) => Node::Yaql(YaqlText::compile(text, options)),
        }
    }

    fn is_constant(&self) -> bool {
        matches!(self, Node::Constant(_))
    }

    fn evaluate(&self, scope: &Scope<'_>, budget: &Budget) -> Result<Value, Error> {
        match self {
            Node::Constant(value) => Ok(value.clone()),
            Node::Yaql(text) => text.evaluate(scope, budget),
            Node::Jinja(program) => program.value_within(scope, budget),
            Node::Disabled(name) => Err(disabled(ErrorKind::Other, name)),
            Node::List(nodes) => {
                let items = nodes
                    .iter()
                    .map(|node| node.evaluate(scope, budget))
                    .collect::<Result<_, _>>()?;
                Ok(Value::list(items))
            }
            Node::Dict(nodes) => {
                let mut dict = Dict::with_capacity(nodes.len());
                for (key, node) in nodes {
                    dict.insert(key.clone(), node.evaluate(scope, budget)?);
                }
                Ok(Value::dict(dict))
            }
        }
    }
}

impl YaqlText {
    fn compile(source: &Str, options: &Options) -> YaqlText {
        let parts: Vec<YaqlPart> = yaql_matches(source)
            .map(|(from, to)| YaqlPart {
                from,
                to,
                expression: yaql::Expression::parse(without_markers(&source[from..to]).trim(), options),
            })
            .collect();
        YaqlText {
            is_plain: is_plain(source, &parts),
            source: source.clone(),
            parts,
        }
    }

    /// Upstream's way: one expression after the other is evaluated, and replaced wherever its text stands by then.
    fn evaluate(&self, scope: &Scope<'_>, budget: &Budget) -> Result<Value, Error> {
        // What is built so far, and how much of the source has been read for it.
        let mut plain = self.is_plain.then(|| (String::with_capacity(self.source.len()), 0));
        let mut result: Option<String> = None;
        for part in &self.parts {
            let matched = &self.source[part.from..part.to];
            let item = part
                .expression
                .as_ref()
                .map_err(Error::clone)
                .and_then(|expression| expression.evaluate_within(scope, budget))
                .map_err(|error| wrap_yaql(matched, &error))?;
            if matched.len() == self.source.len() {
                return item.to_value().map_err(|error| wrap_yaql(matched, &error));
            }
            let text = item.to_text();
            // The whole text is read for every expression in it.
            let read_for = |length: usize, occurrences: u64| {
                budget
                    .spend(length as u64 / BYTES_PER_STEP)
                    .and_then(|()| check_size(length, occurrences, &text, scope.options))
                    .map_err(|error| wrap_yaql(matched, &error))
            };
            if let Some((built, read)) = &mut plain {
                read_for(built.len() + self.source.len() - *read, 1)?;
                built.push_str(&self.source[*read..part.from]);
                built.push_str(&text);
                *read = part.to;
                if text.contains('%') {
                    built.push_str(&self.source[part.to..]);
                    result = plain.take().map(|(built, _)| built);
                }
                continue;
            }
            let before = result.as_deref().unwrap_or(&self.source);
            read_for(before.len(), before.matches(matched).count() as u64)?;
            result = Some(before.replace(matched, &text));
        }
        if let Some((mut built, read)) = plain {
            built.push_str(&self.source[read..]);
            return Ok(Value::from(built));
        }
        Ok(result.map_or_else(|| Value::Str(self.source.clone()), Value::from))
    }
}

/// Expressions of a text that are looked for in each other.
const FEW: usize = 16;

/// Whether the text of no expression stands elsewhere, too, nor can what stands between them become a part of one: they begin with `<%`.
fn is_plain(source: &str, parts: &[YaqlPart]) -> bool {
    let mut read = 0;
    let between = parts
        .iter()
        .map(|part| &source[std::mem::replace(&mut read, part.to)..part.from]);
    let is_between = parts.len() <= FEW && between.into_iter().all(|text| !text.contains('%'));
    is_between
        && !source[read..].contains('%')
        && parts.iter().all(|part| {
            let matched = &source[part.from..part.to];
            source.matches(matched).count() == 1 && source.find(matched) == Some(part.from)
        })
}

/// Inserted text may itself hold the next expression's text many times over: the result must not explode.
fn check_size(length: usize, occurrences: u64, inserted: &str, options: &Options) -> Result<(), Error> {
    let size = length as u64 + occurrences * inserted.len() as u64;
    if size > options.max_bytes {
        return Err(Error {
            kind: ErrorKind::Memory,
            message: "Expression consumed too much memory".to_owned(),
        });
    }
    Ok(())
}

fn wrap_yaql(matched: &str, error: &Error) -> Error {
    Error {
        kind: error.kind,
        message: format!(
            "Can not evaluate YAQL expression [expression={}, error={}]",
            without_markers(matched).trim(),
            error.message
        ),
    }
}

// Compiled expressions are shared by all loops: they must be usable from several threads.
const _: () = {
    const fn shared_between_threads<T: Send + Sync>() {}
    shared_between_threads::<Template>();
    shared_between_threads::<yaql::Expression>();
};

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_expr::marker::first_jinja_expression;

    #[test]
    fn markers_close_on_their_line() {
        for (text, expected) in [
            ("<% 1 %>", true),
            ("a {{ b }} c", true),
            ("{% if a %}", true),
            ("<% 1\n %>", false),
            ("<% a\n<% 1 %>", true),
            ("{{\n _.a }}", false),
            ("<%>", false),
            ("<%%>", true),
            ("{# c #}", false),
            ("plain", false),
            ("{{ a", false),
        ] {
            assert_eq!(is_expression(text), expected, "{text:?}");
        }
    }

    #[test]
    fn matches_are_the_shortest() {
        let text = "a <% '%>' %> <%%x%%>";
        let found: Vec<&str> = yaql_matches(text).map(|(from, to)| &text[from..to]).collect();
        assert_eq!(found, ["<% '%>", "<%%x%%>"]);
        assert_eq!(without_markers("<%%x%%>"), "x");
        assert_eq!(without_markers("<%'a' >%>"), "'a' ");
        assert_eq!(first_jinja_expression("{{ {'a': {'b': 1}}}}"), Some((0, 18)));
    }

    #[test]
    fn many_openings_cost_linear_time() {
        let text = "<%".repeat(200_000);
        assert!(!is_expression(&text));
        assert!(!is_expression(&"{{\n".repeat(100_000)));
    }

    #[test]
    fn templates_are_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Template>();
    }

    #[test]
    fn constants_are_shared() {
        let source = Value::list(vec![Value::from("plain"), Value::Int(1)]);
        let template = Template::compile(&source, &Options::default());
        assert!(template.is_constant());
        assert_eq!(template.source(), &source);
    }

    /// What is built piece by piece is what upstream gets by replacing each expression wherever it stands by then.
    #[test]
    fn expressions_are_replaced_wherever_they_stand() {
        let values = [
            ("a", "x"),
            ("b", "<% $.c %>"),
            ("c", "100 %"),
            ("d", "<"),
            ("e", ""),
            ("f", "% $.a %>"),
        ];
        let pieces = [
            "<% $.a %>",
            "<% $.b %>",
            "<% $.c %>",
            "<% $.d %>",
            "<% $.e %>",
            "<% $.f %>",
            " and ",
            "% ",
            "<",
            "%>",
            "<% ",
        ];
        let data: Dict = values.iter().map(|(k, v)| (Str::from(*k), Value::from(*v))).collect();
        let data = Value::dict(data);
        let options = Options::default();
        let scope = Scope {
            data: Data::Value(&data),
            host: &mistral_expr::NoHost,
            options: &options,
        };
        let (mut plain, mut all) = (0, 0);
        for n in 0..pieces.len().pow(4) {
            let digit = |place: u32| pieces[n / pieces.len().pow(place) % pieces.len()];
            let source: Str = [digit(0), digit(1), digit(2), digit(3)].concat().into();
            let text = YaqlText::compile(&source, &options);
            let is_whole = text
                .parts
                .first()
                .is_some_and(|part| part.to - part.from == source.len());
            if text.parts.iter().any(|part| part.expression.is_err()) || is_whole {
                continue;
            }
            let mut expected = source.to_string();
            for part in &text.parts {
                let matched = &source[part.from..part.to];
                let name = without_markers(matched).trim().trim_start_matches("$.");
                let value = values.iter().find(|(key, _)| *key == name);
                expected = expected.replace(matched, value.map_or("null", |(_, value)| value));
            }
            let found = text.evaluate(&scope, &Budget::new(&options));
            assert_eq!(found.ok(), Some(Value::from(expected)), "{source:?}");
            (plain, all) = (plain + usize::from(text.is_plain), all + 1);
        }
        assert!(plain > 500 && all > 2 * plain, "{plain} of {all}");
    }
}
