//! Tokens to a tree: statements. Expressions are in [`super::expressions`].

use std::collections::HashSet;
use std::sync::Arc;

use super::SyntaxError;
use super::ast::{Args, BinOp, Expr, For, If, Macro, Output, Statement, Target, Template};
use super::lexer::{Start, tokenize};
use super::token::{Kind, Op, Token};
use pyvalue::python;
use pyvalue::value::Str;

/// Nesting of an expression's tree, and of statements. Python's recursion limit ends both not much later.
pub(super) const MAX_DEPTH: usize = 100;

/// Methods that change their object: a template that mentions none may share the data it is given.
const MUTATORS: [&str; 12] = [
    "append",
    "clear",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
    "__setitem__",
];

pub(super) struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// Open statements, for messages.
    tags: Vec<String>,
    /// End tags that the enclosing statements wait for.
    ends: Vec<&'static [&'static str]>,
    blocks: Vec<(Str, Vec<Statement>)>,
    block_names: HashSet<Str>,
    pub may_mutate: bool,
    /// Names read while parsing, for what a macro's body mentions.
    pub names_read: Vec<Str>,
    /// Depth of the last expression built.
    pub depth: usize,
    /// Calls of the parser inside one another.
    pub nesting: usize,
}

pub(super) type Result<T> = std::result::Result<T, SyntaxError>;

/// Parses a template.
pub(super) fn template(text: &str) -> Result<Template> {
    let mut parser = Parser::new(text, Start::Template)?;
    let body = parser.body(None)?;
    Ok(Template {
        body,
        blocks: parser.blocks,
        may_mutate: parser.may_mutate,
    })
}

/// Where parsing an expression failed: upstream's message differs.
pub(super) enum ExpressionError {
    /// At the first token, or when only validating.
    First(SyntaxError),
    Later(SyntaxError),
}

/// Parses a bare expression. With `whole`, nothing may follow it.
pub(super) fn expression(text: &str, whole: bool) -> std::result::Result<(Expr, bool), ExpressionError> {
    let mut parser = Parser::new(text, Start::Expression).map_err(ExpressionError::First)?;
    let expr = parser.expression(true).map_err(ExpressionError::Later)?;
    if whole && !matches!(parser.current().kind, Kind::Eof) {
        return Err(ExpressionError::Later(parser.failure("chunk after expression")));
    }
    Ok((expr, parser.may_mutate))
}

impl Parser {
    fn new(text: &str, start: Start) -> Result<Parser> {
        let tokens = tokenize(text, start);
        if let Some(Token {
            kind: Kind::Failed(error),
            ..
        }) = tokens.first()
        {
            return Err(error.clone());
        }
        Ok(Parser {
            tokens,
            at: 0,
            tags: Vec::new(),
            ends: Vec::new(),
            blocks: Vec::new(),
            block_names: HashSet::new(),
            may_mutate: false,
            names_read: Vec::new(),
            depth: 0,
            nesting: 0,
        })
    }

    // Token stream.

    pub(crate) fn current(&self) -> &Token {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    /// Takes the current token; fails when the lexer could not make out the one after it.
    pub(crate) fn next(&mut self) -> Result<Token> {
        let token = self.current().clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        match &self.current().kind {
            Kind::Failed(error) => Err(error.clone()),
            _ => Ok(token),
        }
    }

    /// The token after the current one.
    pub(crate) fn look(&self) -> Result<&Token> {
        let token = &self.tokens[(self.at + 1).min(self.tokens.len() - 1)];
        match &token.kind {
            Kind::Failed(error) => Err(error.clone()),
            _ => Ok(token),
        }
    }

    pub(crate) fn at_op(&self, op: Op) -> bool {
        self.current().kind.is_op(op)
    }

    pub(crate) fn at_name(&self, name: &str) -> bool {
        self.current().kind.is_name(name)
    }

    pub(crate) fn skip_name(&mut self, name: &str) -> Result<bool> {
        let found = self.at_name(name);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    pub(crate) fn skip_op(&mut self, op: Op) -> Result<bool> {
        let found = self.at_op(op);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    pub(crate) fn failure(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError {
            message: message.into(),
            line: self.current().line,
        }
    }

    fn unexpected<T>(&self, expected: &str) -> Result<T> {
        let expected = quoted(expected);
        Err(match &self.current().kind {
            Kind::Eof => self.failure(format!("unexpected end of template, expected {expected}.")),
            kind => self.failure(format!("expected token {expected}, got {}", quoted(kind.describe()))),
        })
    }

    pub(crate) fn expect_op(&mut self, op: Op) -> Result<Token> {
        if self.at_op(op) {
            self.next()
        } else {
            self.unexpected(op.text())
        }
    }

    pub(crate) fn expect_any_name(&mut self) -> Result<String> {
        match &self.current().kind {
            Kind::Name(name) => {
                let name = name.clone();
                self.next()?;
                Ok(name)
            }
            _ => self.unexpected("name"),
        }
    }

    fn expect_name(&mut self, name: &str) -> Result<()> {
        if self.at_name(name) {
            self.next().map(|_| ())
        } else {
            self.unexpected(name)
        }
    }

    fn expect_block_end(&mut self) -> Result<()> {
        match self.current().kind {
            Kind::BlockEnd => self.next().map(|_| ()),
            _ => self.unexpected("end of statement block"),
        }
    }

    /// Counts nesting of the parser's own calls.
    pub(crate) fn nested<T>(&mut self, parse: impl FnOnce(&mut Parser) -> Result<T>) -> Result<T> {
        self.nesting += 1;
        if self.nesting > MAX_DEPTH {
            return Err(self.failure("maximum recursion depth exceeded"));
        }
        let parsed = parse(self);
        self.nesting -= 1;
        parsed
    }

    pub(crate) fn note_attribute(&mut self, name: &str) {
        self.may_mutate |= MUTATORS.contains(&name);
    }

    // Statements.

    /// Text and statements up to one of the end tags (left as current token) or the end of the template.
    fn body(&mut self, ends: Option<&'static [&'static str]>) -> Result<Vec<Statement>> {
        if let Some(ends) = ends {
            self.ends.push(ends);
        }
        let body = self.nested(|parser| parser.body_content(ends));
        if ends.is_some() {
            self.ends.pop();
        }
        body
    }

    fn body_content(&mut self, ends: Option<&'static [&'static str]>) -> Result<Vec<Statement>> {
        let mut body = Vec::new();
        let mut output = Vec::new();
        loop {
            match &self.current().kind {
                Kind::Data(text) => {
                    output.push(Output::Text(Str::from(text.as_str())));
                    self.next()?;
                }
                Kind::VariableBegin => {
                    self.next()?;
                    let expr = self.tuple(true, false)?;
                    match self.current().kind {
                        Kind::VariableEnd => self.next()?,
                        _ => return self.unexpected("end of print statement"),
                    };
                    output.push(Output::Expr(expr));
                }
                Kind::BlockBegin => {
                    if !output.is_empty() {
                        body.push(Statement::Output(std::mem::take(&mut output)));
                    }
                    self.next()?;
                    if ends.is_some_and(|ends| ends.iter().any(|end| self.at_name(end))) {
                        return Ok(body);
                    }
                    body.push(self.statement()?);
                    self.expect_block_end()?;
                }
                _ => break,
            }
        }
        if !output.is_empty() {
            body.push(Statement::Output(output));
        }
        Ok(body)
    }

    /// `… %}` body, up to one of the end tags.
    fn block_body(&mut self, ends: &'static [&'static str]) -> Result<Vec<Statement>> {
        self.skip_op(Op::Colon)?;
        self.expect_block_end()?;
        let body = self.body(Some(ends))?;
        if matches!(self.current().kind, Kind::Eof) {
            self.ends.push(ends);
            let failure = self.unknown_tag(None);
            self.ends.pop();
            return Err(failure);
        }
        Ok(body)
    }

    /// As [`Parser::block_body`] with a single end tag, which is taken.
    fn closed_body(&mut self, ends: &'static [&'static str]) -> Result<Vec<Statement>> {
        let body = self.block_body(ends)?;
        self.next()?;
        Ok(body)
    }

    fn unknown_tag(&self, name: Option<&str>) -> SyntaxError {
        let mut message = match name {
            Some(name) => format!("Encountered unknown tag {}.", quoted(name)),
            None => "Unexpected end of template.".to_owned(),
        };
        if let Some(last) = self.ends.last() {
            let looking = last.iter().map(|end| quoted(end)).collect::<Vec<_>>().join(" or ");
            let expected = name.is_some_and(|name| self.ends.iter().any(|ends| ends.contains(&name)));
            message.push_str(&if expected {
                format!(
                    " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {looking}."
                )
            } else {
                format!(" Jinja was looking for the following tags: {looking}.")
            });
        }
        if let Some(tag) = self.tags.last() {
            message.push_str(&format!(
                " The innermost block that needs to be closed is {}.",
                quoted(tag)
            ));
        }
        self.failure(message)
    }

    fn statement(&mut self) -> Result<Statement> {
        let Kind::Name(name) = &self.current().kind else {
            return Err(self.failure("tag name expected"));
        };
        let name = name.clone();
        self.tags.push(name.clone());
        let statement = match name.as_str() {
            "for" => self.for_loop(),
            "if" => self.if_else(),
            "set" => self.set(),
            "with" => self.with(),
            "macro" => self.macro_definition(),
            "call" => self.call_block(),
            "filter" => self.filter_block(),
            "print" => self.print(),
            "block" => self.block(),
            "autoescape" => self.autoescape(),
            "include" | "import" | "from" | "extends" => self.loading(&name),
            _ => {
                self.tags.pop();
                return Err(self.unknown_tag(Some(&name)));
            }
        };
        self.tags.pop();
        statement
    }

    fn for_loop(&mut self) -> Result<Statement> {
        self.next()?;
        let target = self.target(false)?;
        self.expect_name("in")?;
        let iterable = self.tuple(false, false)?;
        let test = if self.skip_name("if")? {
            Some(self.expression(true)?)
        } else {
            None
        };
        let recursive = self.skip_name("recursive")?;
        let body = self.block_body(&["endfor", "else"])?;
        let otherwise = if self.next()?.kind.is_name("endfor") {
            Vec::new()
        } else {
            self.closed_body(&["endfor"])?
        };
        Ok(Statement::For(Arc::new(For {
            target,
            iterable,
            test,
            recursive,
            body,
            otherwise,
        })))
    }

    fn if_else(&mut self) -> Result<Statement> {
        let mut branches = Vec::new();
        self.next()?;
        loop {
            let test = self.tuple(false, false)?;
            let body = self.block_body(&["elif", "else", "endif"])?;
            branches.push((test, body));
            let token = self.next()?;
            if token.kind.is_name("elif") {
                continue;
            }
            let otherwise = if token.kind.is_name("else") {
                self.closed_body(&["endif"])?
            } else {
                Vec::new()
            };
            return Ok(Statement::If(Box::new(If { branches, otherwise })));
        }
    }

    fn set(&mut self) -> Result<Statement> {
        self.next()?;
        let target = self.target(true)?;
        if self.skip_op(Op::Assign)? {
            return Ok(Statement::Set(target, self.tuple(true, false)?));
        }
        let filter = self.filters(None, false)?;
        let body = self.closed_body(&["endset"])?;
        Ok(Statement::SetBlock(target, filter, body))
    }

    fn with(&mut self) -> Result<Statement> {
        self.next()?;
        let mut bindings = Vec::new();
        while !matches!(self.current().kind, Kind::BlockEnd) {
            if !bindings.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            let target = self.target(false)?;
            self.expect_op(Op::Assign)?;
            bindings.push((target, self.expression(true)?));
        }
        Ok(Statement::With(bindings, self.closed_body(&["endwith"])?))
    }

    /// Parameters in parentheses, with defaults.
    fn signature(&mut self) -> Result<(Vec<Str>, Vec<Expr>)> {
        let (mut parameters, mut defaults): (Vec<Str>, Vec<Expr>) = (Vec::new(), Vec::new());
        self.expect_op(Op::LParen)?;
        while !self.at_op(Op::RParen) {
            if !parameters.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            let parameter = self.assignable_name()?;
            if self.skip_op(Op::Assign)? {
                defaults.push(self.expression(true)?);
            } else if !defaults.is_empty() {
                return Err(self.failure("non-default argument follows default argument"));
            }
            parameters.push(parameter);
        }
        self.expect_op(Op::RParen)?;
        Ok((parameters, defaults))
    }

    fn macro_body(
        &mut self,
        name: Option<Str>,
        (parameters, defaults): (Vec<Str>, Vec<Expr>),
        ends: &'static [&'static str],
    ) -> Result<Arc<Macro>> {
        let outside = std::mem::take(&mut self.names_read);
        let body = self.closed_body(ends);
        let read = std::mem::replace(&mut self.names_read, outside);
        let mentions = |what: &str| read.iter().any(|n| &**n == what) && !parameters.iter().any(|p| &**p == what);
        let (takes_varargs, takes_kwargs) = (mentions("varargs"), mentions("kwargs"));
        let takes_caller = mentions("caller");
        self.names_read.extend(read);
        Ok(Arc::new(Macro {
            name,
            parameters,
            defaults,
            body: body?,
            takes_varargs,
            takes_kwargs,
            takes_caller,
        }))
    }

    fn macro_definition(&mut self) -> Result<Statement> {
        self.next()?;
        let name = self.assignable_name()?;
        let signature = self.signature()?;
        Ok(Statement::Macro(self.macro_body(
            Some(name),
            signature,
            &["endmacro"],
        )?))
    }

    fn call_block(&mut self) -> Result<Statement> {
        self.next()?;
        let signature = if self.at_op(Op::LParen) {
            self.signature()?
        } else {
            Default::default()
        };
        let call = self.expression(true)?;
        if !matches!(call, Expr::Call(..)) {
            return Err(self.failure("expected call"));
        }
        Ok(Statement::CallBlock(
            call,
            self.macro_body(None, signature, &["endcall"])?,
        ))
    }

    fn filter_block(&mut self) -> Result<Statement> {
        self.next()?;
        let filter = self.filters(None, true)?.unwrap_or(Expr::Tuple(Vec::new()));
        Ok(Statement::Filter(filter, self.closed_body(&["endfilter"])?))
    }

    fn print(&mut self) -> Result<Statement> {
        self.next()?;
        let mut output = Vec::new();
        while !matches!(self.current().kind, Kind::BlockEnd) {
            if !output.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            output.push(Output::Expr(self.expression(true)?));
        }
        Ok(Statement::Output(output))
    }

    fn block(&mut self) -> Result<Statement> {
        self.next()?;
        let name = Str::from(self.expect_any_name()?);
        self.skip_name("scoped")?;
        self.skip_name("required")?;
        if self.at_op(Op::Sub) {
            return Err(self.failure(
                "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.",
            ));
        }
        let body = self.closed_body(&["endblock"])?;
        self.skip_name(&name)?;
        if !self.block_names.insert(name.clone()) {
            return Err(self.failure(format!("block {} defined twice", quoted(&name))));
        }
        self.blocks.push((name.clone(), body));
        Ok(Statement::Block(name))
    }

    fn autoescape(&mut self) -> Result<Statement> {
        self.next()?;
        let value = self.expression(true)?;
        Ok(Statement::Autoescape(value, self.closed_body(&["endautoescape"])?))
    }

    fn loading(&mut self, tag: &str) -> Result<Statement> {
        self.next()?;
        self.expression(true)?;
        match tag {
            "include" => {
                if self.at_name("ignore") && self.look()?.kind.is_name("missing") {
                    self.next()?;
                    self.next()?;
                }
                self.import_context()?;
            }
            "import" => {
                self.expect_name("as")?;
                self.assignable_name()?;
                self.import_context()?;
            }
            "from" => self.imported_names()?,
            _ => {}
        }
        Ok(Statement::NeedsLoader)
    }

    fn import_context(&mut self) -> Result<bool> {
        let found = (self.at_name("with") || self.at_name("without")) && self.look()?.kind.is_name("context");
        if found {
            self.next()?;
            self.next()?;
        }
        Ok(found)
    }

    fn imported_names(&mut self) -> Result<()> {
        self.expect_name("import")?;
        let mut first = true;
        loop {
            if !first {
                self.expect_op(Op::Comma)?;
            }
            first = false;
            if !matches!(self.current().kind, Kind::Name(_)) {
                return self.unexpected("name");
            }
            if self.import_context()? {
                return Ok(());
            }
            if self.assignable_name()?.starts_with('_') {
                return Err(self.failure("names starting with an underline can not be imported"));
            }
            if self.skip_name("as")? {
                self.assignable_name()?;
            }
            if self.import_context()? || !self.at_op(Op::Comma) {
                return Ok(());
            }
        }
    }

    // Targets of assignments.

    fn assignable_name(&mut self) -> Result<Str> {
        let name = self.expect_any_name()?;
        if is_constant_name(&name) {
            return Err(self.failure("can't assign to 'name'"));
        }
        Ok(Str::from(name))
    }

    /// A name, `namespace.attribute` where allowed, or a tuple of them.
    fn target(&mut self, with_namespace: bool) -> Result<Target> {
        let read = self.names_read.len();
        let mut targets = Vec::new();
        let mut is_tuple = false;
        loop {
            if !targets.is_empty() {
                self.expect_op(Op::Comma)?;
            }
            if self.at_tuple_end() {
                break;
            }
            targets.push(self.single_target(with_namespace)?);
            if !self.at_op(Op::Comma) {
                break;
            }
            is_tuple = true;
        }
        // What is assigned is not read.
        self.names_read.truncate(read);
        match targets.pop() {
            Some(target) if !is_tuple => target.map_err(|class| self.not_assignable(class)),
            Some(target) => {
                targets.push(target);
                let targets: std::result::Result<Vec<Target>, _> = targets.into_iter().collect();
                targets.map(Target::Tuple).map_err(|_| self.not_assignable("tuple"))
            }
            None => Err(self.failure(format!(
                "Expected an expression, got {}",
                quoted(self.current().kind.describe())
            ))),
        }
    }

    fn not_assignable(&self, class: &str) -> SyntaxError {
        self.failure(format!("can't assign to '{class}'"))
    }

    /// One target, or the class of an expression that is none: that is told only after everything has been read.
    fn single_target(&mut self, with_namespace: bool) -> Result<std::result::Result<Target, &'static str>> {
        let expr = self.primary()?;
        if let (Expr::Name(name, _), true) = (&expr, with_namespace)
            && self.skip_op(Op::Dot)?
        {
            let attribute = Str::from(self.expect_any_name()?);
            return Ok(Ok(Target::Attribute(name.clone(), attribute)));
        }
        Ok(assignable(expr))
    }

    pub(crate) fn at_tuple_end(&self) -> bool {
        matches!(
            self.current().kind,
            Kind::VariableEnd | Kind::BlockEnd | Kind::Op(Op::RParen)
        )
    }
}

/// An expression as a target, or the class that upstream's parser has for it.
fn assignable(expr: Expr) -> std::result::Result<Target, &'static str> {
    match expr {
        Expr::Name(name, _) => Ok(Target::Name(name)),
        Expr::Tuple(items) => items
            .into_iter()
            .map(assignable)
            .collect::<std::result::Result<_, _>>()
            .map(Target::Tuple)
            .map_err(|_| "tuple"),
        Expr::Literal(_) => Err("const"),
        Expr::List(_) => Err("list"),
        Expr::Dict(_) => Err("dict"),
        Expr::Cond(..) => Err("condexpr"),
        Expr::Or(_) => Err("or"),
        Expr::And(_) => Err("and"),
        Expr::Not(_) => Err("not"),
        Expr::Neg(_) => Err("neg"),
        Expr::Pos(_) => Err("pos"),
        Expr::Binary(op, _) => Err(match op {
            BinOp::Add => "add",
            BinOp::Sub => "sub",
            BinOp::Mul => "mul",
            BinOp::Div => "div",
            BinOp::FloorDiv => "floordiv",
            BinOp::Mod => "mod",
            BinOp::Pow => "pow",
        }),
        Expr::Concat(_) => Err("concat"),
        Expr::Compare(..) => Err("compare"),
        Expr::Attr(..) => Err("getattr"),
        Expr::Item(_) | Expr::Slice(_) => Err("getitem"),
        Expr::Call(..) => Err("call"),
        Expr::Filter(_) => Err("filter"),
        Expr::Test(_) => Err("test"),
    }
}

/// Names that are literals wherever they stand.
pub(super) fn is_constant_name(name: &str) -> bool {
    matches!(name, "true" | "false" | "none" | "True" | "False" | "None")
}

/// A text in quotes, as messages show it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::new();
    python::write_repr_str(text, &mut out);
    out
}

impl Args {
    pub(crate) fn is_empty(&self) -> bool {
        self.positional.is_empty() && self.named.is_empty() && self.more.is_none() && self.more_named.is_none()
    }
}
