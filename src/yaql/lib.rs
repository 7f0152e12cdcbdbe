//! YAQL: lexer, parser, evaluator and standard library.
//!
//! An [`Expression`] is parsed once and evaluated often. Values are shared with the data they come from; nothing is copied
//! before an expression changes it. Every evaluation has budgets of steps, bytes and depth ([`mistral_expr::Options`]).

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

/// The page of the crate, whose example is a test.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;

mod ast;
mod charnames;
mod compare;
mod convert;
mod datetime;
mod frame;
mod inspect;
mod item;
mod iter;
mod key;
mod lambda;
mod lexer;
mod library;
mod machine;
mod number;
mod parser;
mod python_re;
mod reference;
mod resolve;
mod set_order;
mod stdlib;
#[cfg(test)]
mod tests;
mod text;

use std::rc::Rc;
use std::sync::Arc;

pub use datetime::{DateTime, TimeSpan};
pub use inspect::{Signature, signatures};
pub use item::{Item, ListKind};
pub use python_re::Regex;
pub use reference::reference;

use ast::Node;
use item::Block;
use machine::Machine;
use mistral_expr::{Budget, Error, ErrorKind, Options, Scope};
use pyvalue::value::Value;

/// An error on its way up; boxed, so that results stay small.
type Failure = Box<Error>;

fn fail<T>(kind: ErrorKind, message: impl Into<String>) -> Result<T, Failure> {
    Err(Box::new(Error {
        kind,
        message: message.into(),
    }))
}

/// A tuple of items that are known to be shallow.
fn tuple_unchecked(items: Vec<Item>) -> Item {
    let depth = items.iter().map(Item::depth).max().unwrap_or(0) + 1;
    Item::List(ListKind::Tuple, Rc::new(Block { items, depth }))
}

/// A parsed expression; cheap to clone, usable from any thread.
#[derive(Clone, Debug)]
pub struct Expression(Arc<Node>);

impl Expression {
    /// Parses the text between the markers.
    ///
    /// # Errors
    /// Lexical and grammar errors with upstream's texts.
    pub fn parse(text: &str, options: &Options) -> Result<Expression, Error> {
        parser::parse(text, options)
            .map(|node| Expression(Arc::new(node)))
            .map_err(|e| *e)
    }

    /// The value as it ends up in Mistral's JSON storage.
    ///
    /// # Errors
    /// The bare cause, not wrapped in "Can not evaluate …".
    pub fn evaluate(&self, scope: &Scope<'_>) -> Result<Value, Error> {
        self.evaluate_raw(scope)?.to_value()
    }

    /// The value with the types JSON does not know.
    ///
    /// # Errors
    /// The bare cause, not wrapped in "Can not evaluate …".
    pub fn evaluate_raw(&self, scope: &Scope<'_>) -> Result<Item, Error> {
        self.evaluate_within(scope, &Budget::new(scope.options))
    }

    /// As [`Expression::evaluate_raw`], with the steps that are left.
    pub fn evaluate_within(&self, scope: &Scope<'_>, budget: &Budget) -> Result<Item, Error> {
        let machine = Machine::new(scope, budget.left());
        let result = machine.eval(&self.0, &None).and_then(|item| machine.finalize(item));
        budget.leave(machine.steps_left());
        result.map_err(|e| *e)
    }
}
