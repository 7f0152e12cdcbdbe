//! Tokens of a Jinja template.

use std::sync::Arc;

use num_bigint::BigInt;

use super::SyntaxError;

/// Operators and punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Add,
    Sub,
    Div,
    FloorDiv,
    Mul,
    Mod,
    Pow,
    Tilde,
    LBracket,
    RBracket,
    LParen,
    RParen,
    LBrace,
    RBrace,
    Eq,
    Ne,
    Gt,
    GtEq,
    Lt,
    LtEq,
    Assign,
    Dot,
    Colon,
    Pipe,
    Comma,
    Semicolon,
}

/// Texts of the operators; longer ones first, as the lexer tries them.
pub(super) const OPERATORS: [(&str, Op); 26] = [
    ("//", Op::FloorDiv),
    ("**", Op::Pow),
    ("==", Op::Eq),
    ("!=", Op::Ne),
    (">=", Op::GtEq),
    ("<=", Op::LtEq),
    ("+", Op::Add),
    ("-", Op::Sub),
    ("/", Op::Div),
    ("*", Op::Mul),
    ("%", Op::Mod),
    ("~", Op::Tilde),
    ("[", Op::LBracket),
    ("]", Op::RBracket),
    ("(", Op::LParen),
    (")", Op::RParen),
    ("{", Op::LBrace),
    ("}", Op::RBrace),
    (">", Op::Gt),
    ("<", Op::Lt),
    ("=", Op::Assign),
    (".", Op::Dot),
    (":", Op::Colon),
    ("|", Op::Pipe),
    (",", Op::Comma),
    (";", Op::Semicolon),
];

impl Op {
    pub(crate) fn text(self) -> &'static str {
        OPERATORS
            .iter()
            .find(|(_, op)| *op == self)
            .map_or("", |(text, _)| text)
    }
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Data(String),
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name(String),
    Str(String),
    Int(i64),
    Big(Arc<BigInt>),
    Float(f64),
    Op(Op),
    Eof,
    /// The lexer could not go on here; reported when the parser gets here.
    Failed(SyntaxError),
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub line: usize,
    pub kind: Kind,
}

impl Kind {
    pub(crate) fn is_name(&self, name: &str) -> bool {
        matches!(self, Kind::Name(n) if n == name)
    }

    pub(crate) fn is_op(&self, op: Op) -> bool {
        matches!(self, Kind::Op(o) if *o == op)
    }

    /// What messages call the token.
    pub(crate) fn describe(&self) -> &str {
        match self {
            Kind::Data(_) => "template data / text",
            Kind::VariableBegin => "begin of print statement",
            Kind::VariableEnd => "end of print statement",
            Kind::BlockBegin => "begin of statement block",
            Kind::BlockEnd => "end of statement block",
            Kind::Name(name) => name,
            Kind::Str(_) => "string",
            Kind::Int(_) | Kind::Big(_) => "integer",
            Kind::Float(_) => "float",
            Kind::Op(op) => op.text(),
            Kind::Eof | Kind::Failed(_) => "end of template",
        }
    }
}
