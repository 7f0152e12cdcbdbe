//! Tokens to a tree: expressions.

use super::ast::{Args, BinOp, CompareOp, Expr, FilterCall, Literal, Slice, TestCall};
use super::filters::Filter;
use super::globals::Builtin;
use super::parser::{MAX_DEPTH, Parser, Result, quoted};
use super::predicates::Predicate;
use super::token::{Kind, Op};
use pyvalue::value::Str;

impl Parser {
    /// Notes that a node was built over parts of at most this depth.
    fn built(&mut self, deepest_part: usize, expr: Expr) -> Result<Expr> {
        self.depth = deepest_part + 1;
        if self.depth > MAX_DEPTH {
            return Err(self.failure("maximum recursion depth exceeded"));
        }
        Ok(expr)
    }

    pub(crate) fn expression(&mut self, with_condition: bool) -> Result<Expr> {
        self.nested(|parser| {
            if with_condition {
                parser.conditional()
            } else {
                parser.or()
            }
        })
    }

    fn conditional(&mut self) -> Result<Expr> {
        let mut line = self.current().line;
        let mut value = self.or()?;
        while self.at_name("if") {
            let mut depth = self.depth;
            self.next()?;
            let test = self.or()?;
            depth = depth.max(self.depth);
            let otherwise = if self.skip_name("else")? {
                let otherwise = self.nested(Parser::conditional)?;
                depth = depth.max(self.depth);
                Some(otherwise)
            } else {
                None
            };
            value = self.built(depth, Expr::Cond(Box::new((test, value, otherwise)), line))?;
            line = self.current().line;
        }
        Ok(value)
    }

    fn or(&mut self) -> Result<Expr> {
        let mut left = self.and()?;
        while self.at_name("or") {
            let depth = self.depth;
            self.next()?;
            let right = self.and()?;
            left = self.built(depth.max(self.depth), Expr::Or(Box::new((left, right))))?;
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expr> {
        let mut left = self.not()?;
        while self.at_name("and") {
            let depth = self.depth;
            self.next()?;
            let right = self.not()?;
            left = self.built(depth.max(self.depth), Expr::And(Box::new((left, right))))?;
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expr> {
        if !self.at_name("not") {
            return self.comparison();
        }
        self.next()?;
        let operand = self.nested(Parser::not)?;
        self.built(self.depth, Expr::Not(Box::new(operand)))
    }

    fn comparison(&mut self) -> Result<Expr> {
        let first = self.sum()?;
        let mut depth = self.depth;
        let mut operands = Vec::new();
        loop {
            let op = match self.current().kind {
                Kind::Op(Op::Eq) => CompareOp::Eq,
                Kind::Op(Op::Ne) => CompareOp::Ne,
                Kind::Op(Op::Lt) => CompareOp::Lt,
                Kind::Op(Op::LtEq) => CompareOp::LtEq,
                Kind::Op(Op::Gt) => CompareOp::Gt,
                Kind::Op(Op::GtEq) => CompareOp::GtEq,
                Kind::Name(ref name) if name == "in" => CompareOp::In,
                Kind::Name(ref name) if name == "not" && self.look()?.kind.is_name("in") => CompareOp::NotIn,
                _ => break,
            };
            if op == CompareOp::NotIn {
                self.next()?;
            }
            self.next()?;
            operands.push((op, self.sum()?));
            depth = depth.max(self.depth);
        }
        if operands.is_empty() {
            return Ok(first);
        }
        self.built(depth, Expr::Compare(Box::new(first), operands))
    }

    fn sum(&mut self) -> Result<Expr> {
        let mut left = self.concatenation()?;
        loop {
            let op = match self.current().kind {
                Kind::Op(Op::Add) => BinOp::Add,
                Kind::Op(Op::Sub) => BinOp::Sub,
                _ => return Ok(left),
            };
            left = self.binary(op, left, Parser::concatenation)?;
        }
    }

    fn binary(&mut self, op: BinOp, left: Expr, operand: impl FnOnce(&mut Parser) -> Result<Expr>) -> Result<Expr> {
        let depth = self.depth;
        self.next()?;
        let right = operand(self)?;
        self.built(depth.max(self.depth), Expr::Binary(op, Box::new((left, right))))
    }

    fn concatenation(&mut self) -> Result<Expr> {
        let first = self.product()?;
        if !self.at_op(Op::Tilde) {
            return Ok(first);
        }
        let mut depth = self.depth;
        let mut parts = vec![first];
        while self.skip_op(Op::Tilde)? {
            parts.push(self.product()?);
            depth = depth.max(self.depth);
        }
        self.built(depth, Expr::Concat(parts))
    }

    fn product(&mut self) -> Result<Expr> {
        let mut left = self.power()?;
        loop {
            let op = match self.current().kind {
                Kind::Op(Op::Mul) => BinOp::Mul,
                Kind::Op(Op::Div) => BinOp::Div,
                Kind::Op(Op::FloorDiv) => BinOp::FloorDiv,
                Kind::Op(Op::Mod) => BinOp::Mod,
                _ => return Ok(left),
            };
            left = self.binary(op, left, Parser::power)?;
        }
    }

    /// Left associative, and a sign binds tighter: both unlike Python.
    fn power(&mut self) -> Result<Expr> {
        let mut left = self.unary(true)?;
        while self.at_op(Op::Pow) {
            left = self.binary(BinOp::Pow, left, |parser| parser.unary(true))?;
        }
        Ok(left)
    }

    fn unary(&mut self, with_filters: bool) -> Result<Expr> {
        let sign = match self.current().kind {
            Kind::Op(Op::Sub) => Some(true),
            Kind::Op(Op::Add) => Some(false),
            _ => None,
        };
        let mut expr = match sign {
            Some(negative) => {
                self.next()?;
                let operand = Box::new(self.nested(|parser| parser.unary(false))?);
                self.built(
                    self.depth,
                    if negative {
                        Expr::Neg(operand)
                    } else {
                        Expr::Pos(operand)
                    },
                )?
            }
            None => self.primary()?,
        };
        expr = self.postfix(expr)?;
        if with_filters {
            self.filter_chain(expr)
        } else {
            Ok(expr)
        }
    }

    pub(crate) fn primary(&mut self) -> Result<Expr> {
        self.depth = 1;
        let literal = match &self.current().kind {
            Kind::Name(name) => match name.as_str() {
                "true" | "True" => Literal::Bool(true),
                "false" | "False" => Literal::Bool(false),
                "none" | "None" => Literal::None,
                name => {
                    let expr = Expr::Name(Str::from(name), Builtin::named(name));
                    self.names_read.push(Str::from(name));
                    self.next()?;
                    return Ok(expr);
                }
            },
            Kind::Str(text) => {
                let mut text = text.clone();
                self.next()?;
                while let Kind::Str(more) = &self.current().kind {
                    text.push_str(more);
                    self.next()?;
                }
                return Ok(Expr::Literal(Literal::Str(Str::from(text))));
            }
            Kind::Int(n) => Literal::Int(*n),
            Kind::Big(n) => Literal::Big(n.clone()),
            Kind::Float(f) => Literal::Float(*f),
            Kind::Op(Op::LParen) => {
                self.next()?;
                let expr = self.nested(|parser| parser.tuple(true, true))?;
                self.expect_op(Op::RParen)?;
                return Ok(expr);
            }
            Kind::Op(Op::LBracket) => return self.list(),
            Kind::Op(Op::LBrace) => return self.dict(),
            kind => return Err(self.failure(format!("unexpected {}", quoted(kind.describe())))),
        };
        self.next()?;
        Ok(Expr::Literal(literal))
    }

    /// One expression, or a tuple where commas follow. `in_parentheses` allows the empty tuple.
    pub(crate) fn tuple(&mut self, with_condition: bool, in_parentheses: bool) -> Result<Expr> {
        let mut items = Vec::new();
        let (mut is_tuple, mut depth) = (false, 0);
        loop {
            if !items.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            if self.at_tuple_end() {
                break;
            }
            items.push(self.expression(with_condition)?);
            depth = depth.max(self.depth);
            if !self.at_op(Op::Comma) {
                break;
            }
            is_tuple = true;
        }
        if !is_tuple {
            if let Some(item) = items.pop() {
                return Ok(item);
            }
            if !in_parentheses {
                let found = quoted(self.current().kind.describe());
                return Err(self.failure(format!("Expected an expression, got {found}")));
            }
        }
        self.built(depth, Expr::Tuple(items))
    }

    fn list(&mut self) -> Result<Expr> {
        self.next()?;
        let mut items = Vec::new();
        let mut depth = 0;
        while !self.at_op(Op::RBracket) {
            if !items.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            if self.at_op(Op::RBracket) {
                break;
            }
            items.push(self.expression(true)?);
            depth = depth.max(self.depth);
        }
        self.expect_op(Op::RBracket)?;
        self.built(depth, Expr::List(items))
    }

    fn dict(&mut self) -> Result<Expr> {
        self.next()?;
        let mut items = Vec::new();
        let mut depth = 0;
        while !self.at_op(Op::RBrace) {
            if !items.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            if self.at_op(Op::RBrace) {
                break;
            }
            let key = self.expression(true)?;
            depth = depth.max(self.depth);
            self.expect_op(Op::Colon)?;
            let value = self.expression(true)?;
            depth = depth.max(self.depth);
            items.push((key, value));
        }
        self.expect_op(Op::RBrace)?;
        self.built(depth, Expr::Dict(items))
    }

    fn postfix(&mut self, mut expr: Expr) -> Result<Expr> {
        loop {
            expr = match self.current().kind {
                Kind::Op(Op::Dot) => self.attribute(expr)?,
                Kind::Op(Op::LBracket) => self.subscript(expr)?,
                Kind::Op(Op::LParen) => self.call(expr)?,
                _ => return Ok(expr),
            };
        }
    }

    fn filter_chain(&mut self, mut expr: Expr) -> Result<Expr> {
        loop {
            expr = match self.current().kind {
                Kind::Op(Op::Pipe) => match self.filters(Some(expr), false)? {
                    Some(expr) => expr,
                    None => return Err(self.failure("expected token 'name'")),
                },
                Kind::Name(ref name) if name == "is" => self.test(expr)?,
                Kind::Op(Op::LParen) => self.call(expr)?,
                _ => return Ok(expr),
            };
        }
    }

    fn attribute(&mut self, object: Expr) -> Result<Expr> {
        let depth = self.depth;
        self.next()?;
        let index = match &self.current().kind {
            Kind::Name(name) => {
                let name = Str::from(name.as_str());
                self.note_attribute(&name);
                self.next()?;
                return self.built(depth, Expr::Attr(Box::new(object), name));
            }
            Kind::Int(n) => Literal::Int(*n),
            Kind::Big(n) => Literal::Big(n.clone()),
            _ => {
                let failure = self.failure("expected name or number");
                self.next()?;
                return Err(failure);
            }
        };
        self.next()?;
        self.built(depth, Expr::Item(Box::new((object, Expr::Literal(index)))))
    }

    fn subscript(&mut self, object: Expr) -> Result<Expr> {
        let mut depth = self.depth;
        self.next()?;
        let mut indices = Vec::new();
        while !self.at_op(Op::RBracket) {
            if !indices.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            indices.push(self.index()?);
            depth = depth.max(self.depth);
        }
        self.expect_op(Op::RBracket)?;
        let single = indices.len() == 1;
        let mut plain = Vec::new();
        for index in indices {
            match index {
                Index::Slice(slice) if single => {
                    return self.built(depth, Expr::Slice(Box::new((object, slice))));
                }
                // No object of ours takes a tuple of slices: an empty tuple fails the same way.
                Index::Slice(_) => plain.push(Expr::Tuple(Vec::new())),
                Index::Plain(expr) => plain.push(expr),
            }
        }
        let index = match plain.pop() {
            Some(index) if single => index,
            last => {
                plain.extend(last);
                Expr::Tuple(plain)
            }
        };
        if let Expr::Literal(Literal::Str(name)) = &index {
            self.note_attribute(name);
        }
        self.built(depth, Expr::Item(Box::new((object, index))))
    }

    fn index(&mut self) -> Result<Index> {
        let mut depth = 0;
        let start = if self.at_op(Op::Colon) {
            None
        } else {
            let expr = self.expression(true)?;
            if !self.at_op(Op::Colon) {
                return Ok(Index::Plain(expr));
            }
            depth = self.depth;
            Some(expr)
        };
        self.next()?;
        let at_end = |parser: &Parser| parser.at_op(Op::RBracket) || parser.at_op(Op::Comma);
        let mut stop = None;
        if !self.at_op(Op::Colon) && !at_end(self) {
            stop = Some(self.expression(true)?);
            depth = depth.max(self.depth);
        }
        let mut step = None;
        if self.skip_op(Op::Colon)? && !at_end(self) {
            step = Some(self.expression(true)?);
            depth = depth.max(self.depth);
        }
        self.depth = depth;
        Ok(Index::Slice(Slice { start, stop, step }))
    }

    fn call(&mut self, function: Expr) -> Result<Expr> {
        let depth = self.depth;
        let args = self.arguments()?;
        self.built(depth.max(self.depth), Expr::Call(Box::new(function), Box::new(args)))
    }

    /// Arguments in parentheses; leaves the deepest one's depth behind.
    fn arguments(&mut self) -> Result<Args> {
        let line = self.current().line;
        let invalid = || super::SyntaxError {
            message: "invalid syntax for function call expression".to_owned(),
            line,
        };
        self.expect_op(Op::LParen)?;
        let mut args = Args::default();
        let (mut depth, mut needs_comma) = (0, false);
        while !self.at_op(Op::RParen) {
            if needs_comma {
                self.expect_op(Op::Comma)?;
                if self.at_op(Op::RParen) {
                    break;
                }
            }
            needs_comma = true;
            if self.at_op(Op::Mul) {
                if args.more.is_some() || args.more_named.is_some() {
                    return Err(invalid());
                }
                self.next()?;
                args.more = Some(self.expression(true)?);
            } else if self.at_op(Op::Pow) {
                if args.more_named.is_some() {
                    return Err(invalid());
                }
                self.next()?;
                args.more_named = Some(self.expression(true)?);
            } else if let Some(name) = self.argument_name()? {
                if args.more_named.is_some() {
                    return Err(invalid());
                }
                self.next()?;
                self.next()?;
                let value = self.expression(true)?;
                args.named.push((name, value));
            } else {
                if args.more.is_some() || args.more_named.is_some() || !args.named.is_empty() {
                    return Err(invalid());
                }
                args.positional.push(self.expression(true)?);
            }
            depth = depth.max(self.depth);
        }
        self.expect_op(Op::RParen)?;
        self.depth = depth;
        Ok(args)
    }

    /// The name before a `=`, if that is what comes.
    fn argument_name(&self) -> Result<Option<Str>> {
        let Kind::Name(name) = &self.current().kind else {
            return Ok(None);
        };
        Ok(self.look()?.kind.is_op(Op::Assign).then(|| Str::from(name.as_str())))
    }

    /// `|name(…)|name…`; with `inline`, the first `|` has been left out.
    pub(crate) fn filters(&mut self, input: Option<Expr>, mut inline: bool) -> Result<Option<Expr>> {
        let mut expr = input;
        if expr.is_none() {
            self.depth = 0;
        }
        while inline || self.at_op(Op::Pipe) {
            let depth = self.depth;
            if !inline {
                self.next()?;
            }
            inline = false;
            let name = self.dotted_name()?;
            let args = if self.at_op(Op::LParen) {
                self.arguments()?
            } else {
                Args::default()
            };
            let deepest = if args.is_empty() { depth } else { depth.max(self.depth) };
            let filter = Filter::named(&name);
            let call = Expr::Filter(Box::new(FilterCall {
                input: expr.take(),
                name,
                filter,
                args,
            }));
            expr = Some(self.built(deepest, call)?);
        }
        Ok(expr)
    }

    fn dotted_name(&mut self) -> Result<String> {
        let mut name = self.expect_any_name()?;
        while self.skip_op(Op::Dot)? {
            name.push('.');
            name.push_str(&self.expect_any_name()?);
        }
        Ok(name)
    }

    fn test(&mut self, input: Expr) -> Result<Expr> {
        let mut depth = self.depth;
        self.next()?;
        let negated = self.skip_name("not")?;
        let name = self.dotted_name()?;
        let mut args = Args::default();
        let takes_argument = match &self.current().kind {
            Kind::Op(Op::LParen) => {
                args = self.arguments()?;
                depth = depth.max(self.depth);
                false
            }
            Kind::Name(name) => !matches!(name.as_str(), "else" | "or" | "and"),
            Kind::Str(_) | Kind::Int(_) | Kind::Big(_) | Kind::Float(_) => true,
            Kind::Op(op) => matches!(op, Op::LBracket | Op::LBrace),
            _ => false,
        };
        if takes_argument {
            if self.at_name("is") {
                return Err(self.failure("You cannot chain multiple tests with is"));
            }
            let argument = self.primary()?;
            args.positional.push(self.postfix(argument)?);
            depth = depth.max(self.depth);
        }
        let test = Predicate::named(&name);
        let call = self.built(
            depth,
            Expr::Test(Box::new(TestCall {
                input,
                name,
                test,
                args,
            })),
        )?;
        if negated {
            self.built(depth + 1, Expr::Not(Box::new(call)))
        } else {
            Ok(call)
        }
    }
}

/// What stands in `[…]`.
enum Index {
    Plain(Expr),
    Slice(Slice),
}
