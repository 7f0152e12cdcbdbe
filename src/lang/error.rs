//! Errors of the language: a class, which decides how a client sees the error, and upstream's text.

use mistral_expr as expr;
use mistral_model::python;
use mistral_model::value::Value;

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
}

impl Error {
    pub(crate) fn dsl(message: impl Into<String>) -> Error {
        Error {
            class: Class::DslParsing,
            message: message.into(),
        }
    }

    pub(crate) fn model(message: impl Into<String>) -> Error {
        Error {
            class: Class::InvalidModel,
            message: message.into(),
        }
    }

    /// A schema violation; `first_line` is what the JSON schema library says first.
    pub(crate) fn schema(first_line: &str) -> Error {
        Error::model(format!("Invalid DSL: {first_line}"))
    }

    /// A value of a type that only an unvalidated document can have. Upstream fails here with an error of its own (500).
    pub(crate) fn wrong_type(value: &Value, expected: &str) -> Error {
        Error::schema(&format!("{} is not of type '{expected}'", python::repr(value)))
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
        }
    }
}
