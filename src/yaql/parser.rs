//! Tokens to nodes: operator precedence as upstream's grammar has it, errors at the same token.

use std::sync::Arc;

use smallvec::SmallVec;

use super::ast::{Argument, Binary, Call, Chain, Node, Step, Unary};
use super::frame::Name;
use super::lexer::{Lexer, Spanned, Token, shown};
use super::resolve::Site;
use super::{Failure, fail};
use mistral_expr::{ErrorKind, Options};
use pyvalue::value::Str;

/// How tightly an operator binds; larger is tighter. Levels of the specification, turned round.
mod level {
    pub(super) const DELEGATE: u8 = 1;
    pub(super) const ARROW: u8 = 2;
    pub(super) const OR: u8 = 3;
    pub(super) const AND: u8 = 4;
    pub(super) const NOT: u8 = 5;
    pub(super) const COMPARE: u8 = 6;
    pub(super) const SUM: u8 = 7;
    pub(super) const PRODUCT: u8 = 8;
    pub(super) const MATCH: u8 = 9;
    pub(super) const SIGN: u8 = 10;
    pub(super) const INDEX: u8 = 11;
    pub(super) const DOT: u8 = 12;
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
    let mut parser = Parser {
        lexer,
        text,
        options,
        ahead,
        depth: 0,
    };
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
            Some(Spanned {
                token: Token::Symbol(s),
                ..
            }) => Some(s),
            _ => None,
        }
    }

    fn expect(&mut self, symbol: &str) -> Result<(), Failure> {
        if self.symbol() == Some(symbol) {
            self.advance().map(|_| ())
        } else {
            self.unexpected()
        }
    }

    /// A value whose operators bind at least as tightly as `min`.
    fn value(&mut self, min: u8) -> Result<Node, Failure> {
        self.depth += 1;
        if self.depth > self.options.max_depth {
            return fail(
                ErrorKind::Recursion,
                "maximum recursion depth exceeded while parsing an expression",
            );
        }
        let mut left = self.primary()?;
        let mut arrows = Vec::new();
        while let Some(symbol) = self.symbol() {
            let Some((binds, operator)) = infix(symbol, self.options.allow_delegates) else {
                break;
            };
            if binds < min {
                break;
            }
            self.advance()?;
            left = self.infix(left, operator, binds, &mut arrows)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// What an operator makes of the value to its left and what follows. Apart from [`Parser::value`], as everything here,
    /// to keep the frames of nested calls small.
    fn infix(&mut self, left: Node, operator: Infix, binds: u8, arrows: &mut Vec<Node>) -> Result<Node, Failure> {
        let step = match operator {
            Infix::Binary(op) => {
                let right = Arc::new(self.value(binds + 1)?);
                binary(op, &left, right)
            }
            Infix::And => Step::And(Arc::new(self.value(binds + 1)?)),
            Infix::Or => Step::Or(Arc::new(self.value(binds + 1)?)),
            Infix::Dot(elvis) => dot(elvis, self.value(binds + 1)?),
            Infix::Index => {
                let args = self.arguments("]", Some(Argument::Receiver))?;
                index(&left, args)
            }
            Infix::Delegate => {
                self.arguments(")", None)?;
                Step::Delegate
            }
            Infix::Arrow => {
                // Right associative: what is left of an arrow is complete, the rest follows in the caller's loop.
                arrows.push(left);
                let right = self.value(binds + 1)?;
                if self.symbol() == Some("->") {
                    return Ok(right);
                }
                return Ok(Node::Arrow(std::mem::take(arrows), Arc::new(right)));
            }
        };
        Ok(push(left, step))
    }

    fn primary(&mut self) -> Result<Node, Failure> {
        let starts = match &self.ahead {
            None
            | Some(Spanned {
                token: Token::Mapping, ..
            }) => false,
            Some(Spanned {
                token: Token::Symbol(s),
                ..
            }) => matches!(*s, "(" | "[" | "{" | "+" | "-" | "not"),
            Some(_) => true,
        };
        if !starts {
            return self.unexpected();
        }
        match self.advance()? {
            Some(Token::Const(v)) => Ok(Node::Const(v)),
            Some(Token::Word(w)) => Ok(Node::Keyword(w)),
            Some(Token::Dollar(name)) => Ok(Node::Variable(Name::new(&name))),
            Some(Token::Function(name)) => Ok(call(name, self.arguments(")", None)?)),
            Some(Token::Symbol("(")) => {
                let inner = self.value(0)?;
                self.expect(")")?;
                Ok(wrap(inner))
            }
            Some(Token::Symbol("[")) => Ok(call(Str::from("#list"), self.arguments("]", None)?)),
            Some(Token::Symbol("{")) => Ok(call(Str::from("#map"), self.arguments("}", None)?)),
            Some(Token::Symbol("+")) => Ok(prefix(Unary::Plus, self.value(level::SIGN)?)),
            Some(Token::Symbol("-")) => Ok(prefix(Unary::Minus, self.value(level::SIGN)?)),
            Some(Token::Symbol("not")) => Ok(prefix(Unary::Not, self.value(level::NOT)?)),
            _ => self.unexpected(),
        }
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
            if named_allowed
                && matches!(
                    self.ahead,
                    Some(Spanned {
                        token: Token::Mapping,
                        ..
                    })
                )
            {
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
            if !matches!(
                self.ahead,
                Some(Spanned {
                    token: Token::Mapping,
                    ..
                })
            ) {
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

#[inline(never)]
fn binary(op: Binary, left: &Node, right: Arc<Node>) -> Step {
    let site = Box::new(Site::binary(op.function(), left, &right));
    Step::Binary(op, right, site)
}

#[inline(never)]
fn index(left: &Node, args: SmallVec<[Argument; 3]>) -> Step {
    let site = Site::index(left, &args);
    Step::Index(Box::new(Call {
        name: Str::from("#indexer"),
        args,
        site,
    }))
}

#[inline(never)]
fn prefix(op: Unary, operand: Node) -> Node {
    let operand = Arc::new(operand);
    let site = Box::new(Site::unary(op.function(), &operand));
    Node::Prefix(op, operand, site)
}

fn wrap(inner: Node) -> Node {
    match inner {
        Node::Wrap(inner) => Node::Wrap(inner),
        inner => Node::Wrap(Arc::new(inner)),
    }
}

/// Appends an operation, keeping chains flat.
#[inline(never)]
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
        first => Box::new(Chain {
            first,
            steps: Vec::new(),
            impossible: None,
        }),
    };
    if bad {
        chain.impossible = Some(chain.steps.len());
    }
    chain.steps.push(step);
    Node::Chain(chain)
}

#[inline(never)]
fn dot(elvis: bool, right: Node) -> Step {
    match right {
        Node::Keyword(name) => Step::Member(elvis, name),
        Node::Call(call) if !call.name.starts_with('#') => {
            let Call { name, args, .. } = *call;
            let mut with_receiver: SmallVec<[Argument; 3]> = SmallVec::with_capacity(args.len() + 1);
            with_receiver.push(Argument::Receiver);
            with_receiver.extend(args);
            let site = Site::method(&name, &with_receiver);
            Step::Method(
                elvis,
                Box::new(Call {
                    name,
                    args: with_receiver,
                    site,
                }),
            )
        }
        _ => Step::BadDot(elvis),
    }
}

#[inline(never)]
fn call(name: Str, args: SmallVec<[Argument; 3]>) -> Node {
    let site = Site::function(&name, &args);
    Node::Call(Box::new(Call { name, args, site }))
}
