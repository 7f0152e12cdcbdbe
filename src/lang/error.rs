//! Errors of the language: a class, which decides how a client sees the error, and upstream's text.

use mistral_expr as expr;
use mistral_model::python;
use mistral_model::value::{Str, Value};
use pyyaml::Step;

/// Upstream's exception class. All of them are the client's fault (400).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The text is no YAML, or has no meaning as a whole (version, type, start tasks).
    DslParsing,
    /// A schema or integrity rule is violated.
    InvalidModel,
    YaqlGrammar,
    JinjaGrammar,
    /// Mixed or disabled expression languages.
    ExpressionGrammar,
    /// Supplied parameters don't fit the declared ones.
    Input,
}

impl Class {
    /// Name of upstream's exception.
    pub fn name(self) -> &'static str {
        match self {
            Class::DslParsing => "DSLParsingException",
            Class::InvalidModel => "InvalidModelException",
            Class::YaqlGrammar => "YaqlGrammarException",
            Class::JinjaGrammar => "JinjaGrammarException",
            Class::ExpressionGrammar => "ExpressionGrammarException",
            Class::Input => "InputException",
        }
    }
}

/// A document or input that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub class: Class,
    /// What the client sees.
    pub message: String,
    /// Which rule it is and where: for tools. Boxed, since hardly anybody asks.
    pub place: Box<Place>,
}

/// Where in the document an error is, and of what kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From the root of what was checked.
    pub path: Vec<Step>,
    pub rule: Rule,
    /// The text that holds the problem, where it is part of a node: an expression, a task's name.
    pub text: Option<Str>,
}

/// Kinds of errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    #[default]
    Other,
    /// Not YAML.
    Syntax {
        line: usize,
        column: usize,
    },
    UnknownKeys(Vec<Str>),
    MissingKey(Str),
    /// A value of the wrong type, or that no alternative accepts.
    Value,
    /// Both an action and a workflow.
    TwoCalls,
    /// A workflow or a task that is no mapping.
    NotAMapping,
    /// `type` of a workflow.
    Kind,
    NoItems,
    NoTasks,
    NoStartTask,
    UnknownTask,
    Join,
    Call,
    WithItems,
    Expression,
    Name,
    Version,
}

impl Error {
    pub(crate) fn dsl(message: impl Into<String>) -> Error {
        Error {
            class: Class::DslParsing,
            message: message.into(),
            place: Box::default(),
        }
    }

    pub(crate) fn model(message: impl Into<String>) -> Error {
        Error {
            class: Class::InvalidModel,
            message: message.into(),
            place: Box::default(),
        }
    }

    /// A schema violation; `first_line` is what the JSON schema library says first.
    pub(crate) fn schema(first_line: &str) -> Error {
        Error::model(format!("Invalid DSL: {first_line}"))
    }

    /// With the kind of the error.
    pub(crate) fn of(mut self, rule: Rule) -> Error {
        if self.place.rule == Rule::Other {
            self.place.rule = rule;
        }
        self
    }

    /// With the text that holds the problem.
    pub(crate) fn in_text(mut self, text: &str) -> Error {
        self.place.text.get_or_insert_with(|| Str::from(text));
        self
    }

    /// As seen from the parent of what was checked.
    pub(crate) fn within(mut self, path: &[Step]) -> Error {
        self.place.path.splice(0..0, path.iter().cloned());
        self
    }

    /// A value of a type that only an unvalidated document can have. Upstream fails here with an error of its own (500).
    pub(crate) fn wrong_type(value: &Value, expected: &str) -> Error {
        Error::schema(&format!("{} is not of type '{expected}'", python::repr(value))).of(Rule::Value)
    }
}

impl From<expr::Error> for Error {
    /// A grammar error found by a check of a text. Which language it was, only upstream's text tells.
    fn from(error: expr::Error) -> Error {
        let class = match &error.message {
            m if m.starts_with("Syntax error '") => Class::JinjaGrammar,
            m if m.starts_with("The ") => Class::ExpressionGrammar,
            _ => Class::YaqlGrammar,
        };
        Error {
            class,
            message: error.message,
            place: Box::new(Place {
                rule: Rule::Expression,
                ..Place::default()
            }),
        }
    }
}
