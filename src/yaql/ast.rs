//! The compiled form of an expression. Overloads are narrowed down when it is built, so that evaluating only has to look
//! at the types of values.

use std::sync::Arc;

use smallvec::SmallVec;

use super::frame::Name;
use super::resolve::Site;
use pyvalue::value::{Str, Value};

/// Operators that evaluate both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    In,
    Match,
    NotMatch,
}

impl Binary {
    /// The name of the function behind the operator.
    pub fn function(self) -> &'static str {
        match self {
            Binary::Add => "#operator_+",
            Binary::Subtract => "#operator_-",
            Binary::Multiply => "#operator_*",
            Binary::Divide => "#operator_/",
            Binary::Modulo => "#operator_mod",
            Binary::Less => "#operator_<",
            Binary::LessEqual => "#operator_<=",
            Binary::Greater => "#operator_>",
            Binary::GreaterEqual => "#operator_>=",
            Binary::Equal => "*equal",
            Binary::NotEqual => "*not_equal",
            Binary::In => "#operator_in",
            Binary::Match => "#operator_=~",
            Binary::NotMatch => "#operator_!~",
        }
    }
}

/// Prefix operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    Plus,
    Minus,
    Not,
}

impl Unary {
    pub fn function(self) -> &'static str {
        match self {
            Unary::Plus => "#unary_operator_+",
            Unary::Minus => "#unary_operator_-",
            Unary::Not => "#unary_operator_not",
        }
    }
}

/// Arguments as written, with the resolution that could be done without values.
#[derive(Debug)]
pub struct Call {
    /// As written, for messages.
    pub name: Str,
    pub args: SmallVec<[Argument; 3]>,
    pub site: Site,
}

/// One written argument.
#[derive(Clone, Debug)]
pub enum Argument {
    /// Left out: `f(1,,2)`.
    Missing,
    Node(Arc<Node>),
    /// The value to the left of a method's dot or an indexer's bracket; known only when evaluating.
    Receiver,
}

/// An expression.
#[derive(Debug)]
pub enum Node {
    Const(Value),
    /// A bare word; as a value it is its own text.
    Keyword(Str),
    Variable(Name),
    /// Operators and postfixes applied from left to right to the first node. Keeps long chains flat.
    Chain(Box<Chain>),
    Prefix(Unary, Arc<Node>, Box<Site>),
    Call(Box<Call>),
    /// `(…)`
    Wrap(Arc<Node>),
    /// `key => value`
    Rule(Arc<Node>, Arc<Node>),
    /// `a -> b -> c`: every left side makes the scope of what follows.
    Arrow(Vec<Node>, Arc<Node>),
}

/// A value and what is applied to it.
#[derive(Debug)]
pub struct Chain {
    pub first: Node,
    pub steps: Vec<Step>,
    /// The outermost step that cannot work whatever the values are: it fails before anything is evaluated.
    pub impossible: Option<usize>,
}

/// One operation on the value so far.
#[derive(Debug)]
pub enum Step {
    Binary(Binary, Arc<Node>, Box<Site>),
    And(Arc<Node>),
    Or(Arc<Node>),
    /// `.word`; true for `?.`
    Member(bool, Str),
    /// `.f(…)`; true for `?.`
    Method(bool, Box<Call>),
    /// A dot with anything else on its right; true for `?.`
    BadDot(bool),
    /// `[…]`
    Index(Box<Call>),
    /// `(…)` after a value: upstream's `#call`, which workflows lack.
    Delegate,
}

impl Node {
    pub fn is_constant(&self) -> bool {
        matches!(self, Node::Const(_) | Node::Keyword(_))
    }
}
