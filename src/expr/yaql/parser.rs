//! Tokens to nodes: operator precedence as upstream's grammar has it, errors at the same token.

use std::sync::Arc;

use smallvec::SmallVec;

use super::ast::{Argument, Binary, Call, Chain, Node, Step, Unary};
use super::frame::Name;
use super::lexer::{Lexer, Spanned, Token, shown};
use super::resolve::Site;
use super::{Failure, fail};
use crate::expr::{ErrorKind, Options};
use crate::model::value::Str;

/// How tightly an operator binds; larger is tighter. Levels of the specification, turned round.
mod level {
    pub const DELEGATE: u8 = 1;
    pub const ARROW: u8 = 2;
    pub const OR: u8 = 3;
    pub const AND: u8 = 4;
    pub const NOT: u8 = 5;
    pub const COMPARE: u8 = 6;
    pub const SUM: u8 = 7;
    pub const PRODUCT: u8 = 8;
    pub const MATCH: u8 = 9;
    pub const SIGN: u8 = 10;
    pub const INDEX: u8 = 11;
    pub const DOT: u8 = 12;
}

pub(super) struct Parser<'a> {
    lexer: Lexer<'a>,
    text: &'a str,
    options: &'a Options,
    ahead: Option<Spanned>,
    depth: u32,
}

/// Parses a whole expression.
///
/// # Errors
/// Lexical and grammar errors with upstream's texts; nesting beyond `max_depth`.
pub(super) fn parse(text: &str, options: &Options) -> Result<Node, Failure> {
    let mut lexer = Lexer::new(text, &options.keyword_operator);
    let ahead = lexer.next()?;
    let mut parser = Parser { lexer, text, options, ahead, depth: 0 };
    let node = parser.value(0)?;
    match parser.ahead {
        None => Ok(node),
        Some(_) => parser.unexpected(),
    }
}

impl Parser<'_> {
    fn unexpected<T>(&self) -> Result<T, Failure> {
        match &self.ahead {
            None => fail(ErrorKind::Grammar, "Parse error: unexpected end of statement"),
            Some(t) => fail(
                ErrorKind::Grammar,
                format!(
                    "Parse error: unexpected '{}' at position {} of expression '{}'",
                    shown(&t.token, &self.options.keyword_operator),
                    t.position,
                    self.text
                ),
            ),
        }
    }

    fn advance(&mut self) -> Result<Option<Token>, Failure> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.ahead, next).map(|t| t.token))
    }

    fn symbol(&self) -> Option<&'static str> {
        match &self.ahead {
            Some(Spanned { token: Token::Symbol(s), .. }) => Some(s),
            _ => None,
        }
    }

    fn expect(&mut self, symbol: &str) -> Result<(), Failure> {
        if self.symbol() == Some(symbol) { self.advance().map(|_| ()) } else { self.unexpected() }
    }

    /// A value whose operators bind at least as tightly as `min`.
    fn value(&mut self, min: u8) -> Result<Node, Failure> {
        self.depth += 1;
        if self.depth > self.options.max_depth {
            return fail(ErrorKind::Recursion, "maximum recursion depth exceeded while parsing an expression");
        }
        let mut left = self.primary()?;
        let mut arrows = Vec::new();
        while let Some(symbol) = self.symbol() {
            let Some((binds, operator)) = infix(symbol, self.options.allow_delegates) else { break };
            if binds < min {
                break;
            }
            self.advance()?;
            left = match operator {
                Infix::Binary(op) => {
                    let right = Arc::new(self.value(binds + 1)?);
                    let site = Site::binary(op.function(), &left, &right);
                    push(left, Step::Binary(op, right, Box::new(site)))
                }
                Infix::And => {
                    let right = Arc::new(self.value(binds + 1)?);
                    push(left, Step::And(right))
                }
                Infix::Or => {
                    let right = Arc::new(self.value(binds + 1)?);
                    push(left, Step::Or(right))
                }
                Infix::Dot(elvis) => {
                    let right = self.value(binds + 1)?;
                    push(left, dot(elvis, right))
                }
                Infix::Index => {
                    let args = self.arguments("]", Some(Argument::Receiver))?;
                    let site = Site::index(&left, &args);
                    push(left, Step::Index(Box::new(Call { name: Str::from("#indexer"), args, site })))
                }
                Infix::Delegate => {
                    self.arguments(")", None)?;
                    push(left, Step::Delegate)
                }
                Infix::Arrow => {
                    // Right associative: what is left of an arrow is complete, the rest follows in this same loop.
                    arrows.push(left);
                    let right = self.value(binds + 1)?;
                    if self.symbol() != Some("->") {
                        Node::Arrow(std::mem::take(&mut arrows), Arc::new(right))
                    } else {
                        right
                    }
                }
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn primary(&mut self) -> Result<Node, Failure> {
        match &self.ahead {
            None => return self.unexpected(),
            Some(Spanned { token: Token::Mapping, .. }) => return self.unexpected(),
            Some(Spanned { token: Token::Symbol(s), .. }) if !matches!(*s, "(" | "[" | "{" | "+" | "-" | "not") => {
                return self.unexpected();
            }
            Some(_) => {}
        }
        let Some(token) = self.advance()? else { return self.unexpected() };
        Ok(match token {
            Token::Const(v) => Node::Const(v),
            Token::Word(w) => Node::Keyword(w),
            Token::Dollar(name) => Node::Variable(Name::new(&name)),
            Token::Function(name) => {
                let args = self.arguments(")", None)?;
                call(name, args)
            }
            Token::Symbol("(") => {
                let inner = self.value(0)?;
                self.expect(")")?;
                match inner {
                    Node::Wrap(inner) => Node::Wrap(inner),
                    inner => Node::Wrap(Arc::new(inner)),
                }
            }
            Token::Symbol("[") => {
                let args = self.arguments("]", None)?;
                call(Str::from("#list"), args)
            }
            Token::Symbol("{") => {
                let args = self.arguments("}", None)?;
                call(Str::from("#map"), args)
            }
            Token::Symbol(s) => {
                let (op, binds) = match s {
                    "+" => (Unary::Plus, level::SIGN),
                    "-" => (Unary::Minus, level::SIGN),
                    _ => (Unary::Not, level::NOT),
                };
                let operand = Arc::new(self.value(binds)?);
                let site = Site::unary(op.function(), &operand);
                Node::Prefix(op, operand, site)
            }
            Token::Mapping => return self.unexpected(),
        })
    }

    /// Arguments up to the closing bracket, which is consumed.
    fn arguments(&mut self, close: &str, first: Option<Argument>) -> Result<SmallVec<[Argument; 3]>, Failure> {
        let mut args: SmallVec<[Argument; 3]> = first.into_iter().collect();
        if self.symbol() == Some(close) {
            self.advance()?;
            return Ok(args);
        }
        // A keyword argument may come first, after a comma, or after one gap that follows a value.
        let mut named_allowed = true;
        let mut after_value = false;
        loop {
            if self.symbol() == Some(",") {
                // A comma where a value could be: an omitted argument.
                args.push(Argument::Missing);
                named_allowed = after_value;
                after_value = false;
                self.advance()?;
                continue;
            }
            let value = self.value(0)?;
            if named_allowed && matches!(self.ahead, Some(Spanned { token: Token::Mapping, .. })) {
                return self.named(close, args, value);
            }
            args.push(Argument::Node(Arc::new(value)));
            if self.symbol() == Some(close) {
                self.advance()?;
                return Ok(args);
            }
            self.expect(",")?;
            named_allowed = true;
            after_value = true;
        }
    }

    /// The rest of the arguments once the first keyword argument has begun.
    fn named(
        &mut self,
        close: &str,
        mut args: SmallVec<[Argument; 3]>,
        mut key: Node,
    ) -> Result<SmallVec<[Argument; 3]>, Failure> {
        loop {
            self.advance()?;
            let value = self.value(0)?;
            args.push(Argument::Node(Arc::new(Node::Rule(Arc::new(key), Arc::new(value)))));
            if self.symbol() == Some(close) {
                self.advance()?;
                return Ok(args);
            }
            self.expect(",")?;
            key = self.value(0)?;
            if !matches!(self.ahead, Some(Spanned { token: Token::Mapping, .. })) {
                return self.unexpected();
            }
        }
    }
}

/// Operators between or after values.
enum Infix {
    Binary(Binary),
    And,
    Or,
    Dot(bool),
    Index,
    Delegate,
    Arrow,
}

fn infix(symbol: &str, delegates: bool) -> Option<(u8, Infix)> {
    use Infix::Binary as B;
    Some(match symbol {
        "." => (level::DOT, Infix::Dot(false)),
        "?." => (level::DOT, Infix::Dot(true)),
        "[" => (level::INDEX, Infix::Index),
        "=~" => (level::MATCH, B(Binary::Match)),
        "!~" => (level::MATCH, B(Binary::NotMatch)),
        "*" => (level::PRODUCT, B(Binary::Multiply)),
        "/" => (level::PRODUCT, B(Binary::Divide)),
        "mod" => (level::PRODUCT, B(Binary::Modulo)),
        "+" => (level::SUM, B(Binary::Add)),
        "-" => (level::SUM, B(Binary::Subtract)),
        ">" => (level::COMPARE, B(Binary::Greater)),
        "<" => (level::COMPARE, B(Binary::Less)),
        ">=" => (level::COMPARE, B(Binary::GreaterEqual)),
        "<=" => (level::COMPARE, B(Binary::LessEqual)),
        "!=" => (level::COMPARE, B(Binary::NotEqual)),
        "=" => (level::COMPARE, B(Binary::Equal)),
        "in" => (level::COMPARE, B(Binary::In)),
        "and" => (level::AND, Infix::And),
        "or" => (level::OR, Infix::Or),
        "->" => (level::ARROW, Infix::Arrow),
        "(" if delegates => (level::DELEGATE, Infix::Delegate),
        _ => return None,
    })
}

/// Appends an operation, keeping chains flat.
fn push(left: Node, step: Step) -> Node {
    let bad = match &step {
        Step::Binary(_, _, site) => !site.is_possible(),
        Step::Index(call) => !call.site.is_possible(),
        Step::BadDot(elvis) => !elvis,
        Step::Delegate => true,
        Step::And(_) | Step::Or(_) | Step::Member(..) | Step::Method(..) => false,
    };
    let mut chain = match left {
        Node::Chain(chain) => chain,
        first => Box::new(Chain { first, steps: Vec::new(), impossible: None }),
    };
    if bad {
        chain.impossible = Some(chain.steps.len());
    }
    chain.steps.push(step);
    Node::Chain(chain)
}

fn dot(elvis: bool, right: Node) -> Step {
    match right {
        Node::Keyword(name) => Step::Member(elvis, name),
        Node::Call(call) if !call.name.starts_with('#') => {
            let Call { name, args, .. } = *call;
            let mut with_receiver: SmallVec<[Argument; 3]> = SmallVec::with_capacity(args.len() + 1);
            with_receiver.push(Argument::Receiver);
            with_receiver.extend(args);
            let site = Site::method(&name, &with_receiver);
            Step::Method(elvis, Box::new(Call { name, args: with_receiver, site }))
        }
        _ => Step::BadDot(elvis),
    }
}

fn call(name: Str, args: SmallVec<[Argument; 3]>) -> Node {
    let site = Site::function(&name, &args);
    Node::Call(Box::new(Call { name, args, site }))
}
