//! The tree of a template. Shared between threads: nothing in it belongs to one evaluation.

use std::sync::Arc;

use num_bigint::BigInt;

use super::filters::Filter as FilterId;
use super::globals::Builtin;
use super::predicates::Predicate;
use pyvalue::value::Str;

#[derive(Clone, Debug)]
pub(super) enum Literal {
    None,
    Bool(bool),
    Int(i64),
    Big(Arc<BigInt>),
    Float(f64),
    Str(Str),
    /// Text marked as safe HTML: the result of folding `safe` or `escape`.
    Markup(Str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    Pow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CompareOp {
    Eq,
    Ne,
    Lt,
    LtEq,
    Gt,
    GtEq,
    In,
    NotIn,
}

#[derive(Debug)]
pub(super) enum Expr {
    Literal(Literal),
    /// A name and what it means where no template variable hides it.
    Name(Str, Option<Builtin>),
    Tuple(Vec<Expr>),
    List(Vec<Expr>),
    Dict(Vec<(Expr, Expr)>),
    /// Test, value, value otherwise, line.
    Cond(Box<(Expr, Expr, Option<Expr>)>, usize),
    Or(Box<(Expr, Expr)>),
    And(Box<(Expr, Expr)>),
    Not(Box<Expr>),
    Neg(Box<Expr>),
    Pos(Box<Expr>),
    Binary(BinOp, Box<(Expr, Expr)>),
    Concat(Vec<Expr>),
    Compare(Box<Expr>, Vec<(CompareOp, Expr)>),
    Attr(Box<Expr>, Str),
    Item(Box<(Expr, Expr)>),
    Slice(Box<(Expr, Slice)>),
    Call(Box<Expr>, Box<Args>),
    Filter(Box<FilterCall>),
    Test(Box<TestCall>),
}

/// `[start:stop:step]`
#[derive(Debug)]
pub(super) struct Slice {
    pub start: Option<Expr>,
    pub stop: Option<Expr>,
    pub step: Option<Expr>,
}

#[derive(Debug, Default)]
pub(super) struct Args {
    pub positional: Vec<Expr>,
    pub named: Vec<(Str, Expr)>,
    /// `*args`
    pub more: Option<Expr>,
    /// `**kwargs`
    pub more_named: Option<Expr>,
}

#[derive(Debug)]
pub(super) struct FilterCall {
    /// None in `{% filter … %}` and `{% set … %}`, where the body is the value.
    pub input: Option<Expr>,
    pub name: String,
    pub filter: Option<FilterId>,
    pub args: Args,
}

#[derive(Debug)]
pub(super) struct TestCall {
    pub input: Expr,
    pub name: String,
    pub test: Option<Predicate>,
    pub args: Args,
}

/// What can be assigned to.
#[derive(Debug)]
pub(super) enum Target {
    Name(Str),
    /// `namespace.attribute`
    Attribute(Str, Str),
    Tuple(Vec<Target>),
}

#[derive(Debug)]
pub(super) enum Output {
    Text(Str),
    Expr(Expr),
}

#[derive(Debug)]
pub(super) enum Statement {
    Output(Vec<Output>),
    For(Arc<For>),
    If(Box<If>),
    Set(Target, Expr),
    SetBlock(Target, Option<Expr>, Vec<Statement>),
    With(Vec<(Target, Expr)>, Vec<Statement>),
    Filter(Expr, Vec<Statement>),
    Macro(Arc<Macro>),
    CallBlock(Expr, Arc<Macro>),
    Block(Str),
    Autoescape(Expr, Vec<Statement>),
    /// `include`, `import`, `from`, `extends`: there is no loader, evaluating one fails.
    NeedsLoader,
}

#[derive(Debug)]
pub(super) struct For {
    pub target: Target,
    pub iterable: Expr,
    pub test: Option<Expr>,
    pub recursive: bool,
    pub body: Vec<Statement>,
    pub otherwise: Vec<Statement>,
}

#[derive(Debug)]
pub(super) struct If {
    pub branches: Vec<(Expr, Vec<Statement>)>,
    pub otherwise: Vec<Statement>,
}

#[derive(Debug)]
pub(super) struct Macro {
    pub name: Option<Str>,
    pub parameters: Vec<Str>,
    /// Defaults of the last parameters.
    pub defaults: Vec<Expr>,
    pub body: Vec<Statement>,
    /// The body mentions `varargs`, `kwargs`, `caller`: only then are they accepted.
    pub takes_varargs: bool,
    pub takes_kwargs: bool,
    pub takes_caller: bool,
}

/// A whole template.
#[derive(Debug)]
pub(super) struct Template {
    pub body: Vec<Statement>,
    pub blocks: Vec<(Str, Vec<Statement>)>,
    /// Some method that changes a list or mapping in place is mentioned.
    pub may_mutate: bool,
}
