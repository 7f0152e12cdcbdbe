//! Jinja2 as upstream sets it up: sandboxed, with strict undefined values, `trim_blocks` and `lstrip_blocks`, no loader and
//! no extensions; a text that is one expression as a whole keeps the type of its value.
//!
//! The language is evaluated here and not by a general template engine, because templates show Python through: `%` formats
//! text, `//` rounds down, integers have no bounds, `1 < 'a'` is an error, lists and mappings have methods and can be
//! changed in place, containers print as Python prints them. None of that can be plugged into an engine with values and
//! operators of its own.
//!
//! * `lexer`, `parser`, `expressions`, `ast`: text to a tree, shared between threads;
//! * `eval`, `render`, `call`, `attributes`: one evaluation;
//! * `value`, `key`, `object`, `callable`: what values are; `ops`, `compare`, `number`, `text`, `format`, `convert`: what they
//!   do;
//! * `filters`, `predicates`, `methods`, `strings`, `globals`: what templates can call.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

mod arguments;
mod ast;
mod attributes;
mod call;
mod callable;
mod compare;
mod convert;
mod errors;
mod eval;
mod expressions;
mod filters;
mod fold;
mod format;
mod globals;
pub mod inspect;
mod key;
mod lexer;
mod methods;
mod number;
mod object;
mod ops;
mod parser;
mod predicates;
pub mod reference;
mod render;
mod strings;
mod text;
mod token;
mod value;

use errors::recursion_error;
use eval::Vm;
use parser::ExpressionError;
use value::Py;

use mistral_expr::marker::first_jinja_expression;
use mistral_expr::{Budget, Error, ErrorKind, Options, Scope};
use pyvalue::value::{Str, Value};

/// A template or expression that does not follow the grammar.
#[derive(Clone, Debug)]
struct SyntaxError {
    message: String,
    line: usize,
}

impl SyntaxError {
    fn into_error(self) -> Error {
        Error {
            kind: ErrorKind::Grammar,
            message: self.message,
        }
    }

    /// Where upstream does not rewrite the error, it names the line.
    fn into_error_with_line(self) -> Error {
        Error {
            kind: ErrorKind::Grammar,
            message: format!("{}\n  line {}", self.message, self.line),
        }
    }
}

/// A bare expression, compiled.
#[derive(Debug)]
pub struct Expression {
    expr: ast::Expr,
    may_mutate: bool,
}

/// A text with Jinja in it, compiled. What is wrong with it is reported when it is evaluated.
#[derive(Debug)]
pub struct Program {
    source: Str,
    code: Code,
}

#[derive(Debug)]
enum Code {
    /// The text is one `{{ … }}`: its value keeps its type.
    Whole(Expression),
    Template(ast::Template),
    Broken(Error),
}

/// The outcome of an evaluation.
#[derive(Clone, Debug)]
pub struct Item {
    value: Py,
    limits: Options,
}

/// Checks a text against the grammar, as upstream does at upload.
///
/// # Errors
/// `Syntax error '…'.`
pub fn validate(text: &str) -> Result<(), Error> {
    match parser::template(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(syntax_error(error.into_error())),
    }
}

/// Checks a bare expression against the grammar. Something may follow the expression.
///
/// # Errors
/// `Syntax error '…'.`
pub fn validate_expression(text: &str) -> Result<(), Error> {
    match parser::expression(text, false) {
        Ok(_) => Ok(()),
        Err(ExpressionError::First(error) | ExpressionError::Later(error)) => {
            Err(syntax_error(error.into_error_with_line()))
        }
    }
}

fn syntax_error(error: Error) -> Error {
    Error {
        message: format!("Syntax error '{}'.", error.message),
        ..error
    }
}

impl Expression {
    /// Compiles a bare expression.
    ///
    /// # Errors
    /// Jinja's message.
    pub fn parse(text: &str) -> Result<Expression, Error> {
        match parser::expression(text, true) {
            Ok((mut expr, may_mutate)) => {
                check_filters(&expr)?;
                fold::expression(&mut expr);
                Ok(Expression { expr, may_mutate })
            }
            Err(ExpressionError::First(error)) => Err(error.into_error_with_line()),
            Err(ExpressionError::Later(error)) => Err(error.into_error()),
        }
    }

    /// Evaluates, with errors in Jinja's and Python's own words.
    ///
    /// # Errors
    /// Whatever upstream's evaluation raises; an undefined result is an error as well.
    pub fn evaluate_raw(&self, scope: &Scope<'_>) -> Result<Item, Error> {
        self.evaluate_within(scope, &Budget::new(scope.options))
    }

    fn evaluate_within(&self, scope: &Scope<'_>, budget: &Budget) -> Result<Item, Error> {
        let mut vm = Vm::new(scope, self.may_mutate, &[]);
        let value = vm.within(budget, |vm| vm.eval(&self.expr))?;
        // Upstream prints the result once, to make a missing value show itself; nothing else can fail then.
        if let Py::Undefined(undefined) = &value
            && !undefined.lenient
        {
            return Err(undefined.error());
        }
        Ok(Item {
            value,
            limits: scope.options.clone(),
        })
    }
}

impl Program {
    /// Compiles a text that holds Jinja.
    pub fn compile(text: &str) -> Program {
        Program {
            source: Str::from(text),
            code: Program::code(text),
        }
    }

    fn code(text: &str) -> Code {
        match first_jinja_expression(text) {
            // Upstream takes the first `{{ … }}` before it looks at anything else.
            None => Code::Broken(Error {
                kind: ErrorKind::Index,
                message: "list index out of range".to_owned(),
            }),
            Some((from, to)) if to - from == text.len() => match Expression::parse(&text[2..text.len() - 2]) {
                Ok(expression) => Code::Whole(expression),
                Err(error) => Code::Broken(error),
            },
            Some(_) => match parser::template(text) {
                Ok(mut template) => match fold::check_template(&template) {
                    Ok(()) => {
                        fold::template(&mut template);
                        Code::Template(template)
                    }
                    Err(error) => Code::Broken(error),
                },
                Err(error) => Code::Broken(error.into_error()),
            },
        }
    }

    /// The text that was compiled.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The value as the service stores it, with the steps that are left.
    ///
    /// # Errors
    /// `Can not evaluate Jinja expression [expression=…, error=…]`.
    pub fn value_within(&self, scope: &Scope<'_>, budget: &Budget) -> Result<Value, Error> {
        let item = self.evaluate_within(scope, budget)?;
        item.value_within(budget).map_err(|error| self.wrap(error))
    }

    fn evaluate_within(&self, scope: &Scope<'_>, budget: &Budget) -> Result<Item, Error> {
        let result = match &self.code {
            Code::Broken(error) => Err(error.clone()),
            Code::Whole(expression) => expression.evaluate_within(scope, budget),
            Code::Template(template) => {
                let mut vm = Vm::new(scope, template.may_mutate, &template.blocks);
                let mut out = String::new();
                vm.within(budget, |vm| vm.render(&template.body, &mut out))
                    .and_then(|()| vm.joined())
                    .map(|()| Item {
                        value: Py::string(out),
                        limits: scope.options.clone(),
                    })
            }
        };
        result.map_err(|error| self.wrap(error))
    }

    /// Puts upstream's text around an error.
    pub fn wrap(&self, error: Error) -> Error {
        let message = match error.kind {
            ErrorKind::Memory => {
                let inner = if matches!(self.code, Code::Whole(_)) {
                    &self.source[2..self.source.len() - 2]
                } else {
                    &self.source
                };
                format!("{} [expression={inner}]", error.message)
            }
            _ => format!(
                "Can not evaluate Jinja expression [expression={}, error={}]",
                self.source, error.message
            ),
        };
        Error {
            kind: error.kind,
            message,
        }
    }
}

/// Unknown filters and tests are noticed when upstream compiles, except in branches that may not be taken.
fn check_filters(expr: &ast::Expr) -> Result<(), Error> {
    fold::check_expression(expr)
}

impl Item {
    /// The value as the service stores it.
    ///
    /// # Errors
    /// Undefined values inside the result, and data too deep or too large to store.
    pub fn to_value(&self) -> Result<Value, Error> {
        self.value_within(&Budget::new(&self.limits))
    }

    fn value_within(&self, budget: &Budget) -> Result<Value, Error> {
        let scope = Scope {
            data: mistral_expr::Data::Layers(&[]),
            host: &mistral_expr::NoHost,
            options: &self.limits,
        };
        Vm::new(&scope, false, &[]).within(budget, |vm| vm.json_value(&self.value))
    }

    /// Python's `str` of the value.
    ///
    /// # Errors
    /// As printing it fails.
    pub fn to_text(&self) -> Result<String, Error> {
        text::str(
            &self.value,
            usize::try_from(self.limits.max_bytes).unwrap_or(usize::MAX),
        )
        .map(|text| text.to_string())
    }

    /// Python's name of the value's type.
    pub fn type_name(&self) -> &'static str {
        self.value.type_name()
    }
}

#[cfg(test)]
mod tests;
