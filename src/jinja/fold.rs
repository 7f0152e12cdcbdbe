//! What upstream does when it compiles: constant parts are computed once, unknown filters are reported.
//!
//! Folding is visible: an infinite result makes upstream's compiled code refer to a name `inf` that does not exist.

use super::ast::{Args, Expr, FilterCall, Literal, Output, Statement, Template};
use super::errors::failure;
use super::eval::Vm;
use super::predicates::Predicate;
use super::value::Py;
use mistral_expr::{Data, Error, ErrorKind, NoHost, Options, Scope};

/// Budget of one constant part.
const MAX_STEPS: u64 = 10_000;
const MAX_BYTES: u64 = 64 << 10;

/// Computes the constant parts of an expression.
pub(super) fn expression(expr: &mut Expr) {
    fold(expr);
}

/// Computes the constant parts of all expressions of a template.
pub(super) fn template(template: &mut Template) {
    statements(&mut template.body);
    for (_, body) in &mut template.blocks {
        statements(body);
    }
}

fn statements(body: &mut [Statement]) {
    for statement in body {
        match statement {
            Statement::Output(parts) => {
                for part in parts {
                    if let Output::Expr(expr) = part {
                        fold(expr);
                    }
                }
            }
            Statement::If(parts) => {
                for (test, body) in &mut parts.branches {
                    fold(test);
                    statements(body);
                }
                statements(&mut parts.otherwise);
            }
            Statement::Set(_, value) => {
                fold(value);
            }
            Statement::With(bindings, body) => {
                for (_, value) in bindings {
                    fold(value);
                }
                statements(body);
            }
            Statement::SetBlock(_, _, body) | Statement::Filter(_, body) | Statement::Autoescape(_, body) => {
                statements(body);
            }
            // Shared code: loops and macros fold when they are parsed again, never; they just run.
            _ => {}
        }
    }
}

/// Folds an expression in place; tells whether it is a constant now.
fn fold(expr: &mut Expr) -> bool {
    let foldable = match expr {
        Expr::Literal(_) => return true,
        Expr::Name(..) => return false,
        Expr::Tuple(items) | Expr::List(items) => {
            all(items.iter_mut());
            return false;
        }
        Expr::Dict(members) => {
            for (key, value) in members {
                fold(key);
                fold(value);
            }
            return false;
        }
        Expr::Cond(parts, _) => {
            let (test, value, otherwise) = &mut **parts;
            let constant = fold(test) & fold(value);
            match otherwise {
                Some(otherwise) => fold(otherwise) & constant,
                None => false,
            }
        }
        Expr::Or(sides) | Expr::And(sides) | Expr::Binary(_, sides) | Expr::Item(sides) => {
            let parts = is_constant(&sides.0) & is_constant(&sides.1);
            fold(&mut sides.0);
            fold(&mut sides.1);
            parts
        }
        Expr::Not(operand) | Expr::Neg(operand) | Expr::Pos(operand) => {
            let constant = is_constant(operand);
            fold(operand);
            constant
        }
        Expr::Attr(object, _) => {
            // A constant's attribute is hardly ever a plain value; reading it at run time gives the same.
            fold(object);
            return false;
        }
        Expr::Concat(parts) => {
            let constant = parts.iter().all(is_constant);
            all(parts.iter_mut());
            constant
        }
        Expr::Compare(first, operands) => {
            let constant = is_constant(first) && operands.iter().all(|(_, e)| is_constant(e));
            fold(first);
            for (_, operand) in operands {
                fold(operand);
            }
            constant
        }
        Expr::Slice(parts) => {
            fold(&mut parts.0);
            return false;
        }
        Expr::Call(function, args) => {
            fold(function);
            fold_args(args);
            return false;
        }
        Expr::Filter(call) => {
            let constant = filter_is_constant(call);
            if let Some(input) = &mut call.input {
                fold(input);
            }
            fold_args(&mut call.args);
            constant
        }
        Expr::Test(call) => {
            let constant = call.test.is_some() && is_constant(&call.input) && args_are_constant(&call.args);
            fold(&mut call.input);
            fold_args(&mut call.args);
            constant
        }
    };
    if !foldable {
        return false;
    }
    match compute(expr) {
        Some(literal) => {
            *expr = Expr::Literal(literal);
            true
        }
        None => false,
    }
}

fn all<'a>(exprs: impl Iterator<Item = &'a mut Expr>) {
    for expr in exprs {
        fold(expr);
    }
}

fn fold_args(args: &mut Args) {
    all(args.positional.iter_mut());
    all(args.named.iter_mut().map(|(_, e)| e));
    all(args.more.iter_mut().chain(&mut args.more_named));
}

/// Made of constants only, computable without the context.
fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(_) => true,
        Expr::Tuple(items) | Expr::List(items) | Expr::Concat(items) => items.iter().all(is_constant),
        Expr::Dict(members) => members.iter().all(|(k, v)| is_constant(k) && is_constant(v)),
        Expr::Cond(parts, _) => {
            is_constant(&parts.0) && is_constant(&parts.1) && parts.2.as_ref().is_some_and(is_constant)
        }
        Expr::Or(sides) | Expr::And(sides) | Expr::Binary(_, sides) | Expr::Item(sides) => {
            is_constant(&sides.0) && is_constant(&sides.1)
        }
        Expr::Not(operand) | Expr::Neg(operand) | Expr::Pos(operand) => is_constant(operand),
        Expr::Compare(first, operands) => is_constant(first) && operands.iter().all(|(_, e)| is_constant(e)),
        Expr::Filter(call) => filter_is_constant(call),
        Expr::Test(call) => call.test.is_some() && is_constant(&call.input) && args_are_constant(&call.args),
        Expr::Name(..) | Expr::Attr(..) | Expr::Slice(_) | Expr::Call(..) => false,
    }
}

fn filter_is_constant(call: &FilterCall) -> bool {
    call.filter.is_some_and(|f| f.is_foldable())
        && call.input.as_ref().is_some_and(is_constant)
        && args_are_constant(&call.args)
}

fn args_are_constant(args: &Args) -> bool {
    args.positional.iter().all(is_constant)
        && args.named.iter().all(|(_, e)| is_constant(e))
        && args.more.is_none()
        && args.more_named.is_none()
}

/// The value of a constant expression, if it is a scalar and nothing goes wrong.
fn compute(expr: &Expr) -> Option<Literal> {
    let options = Options {
        max_steps: MAX_STEPS,
        max_bytes: MAX_BYTES,
        ..Options::default()
    };
    let scope = Scope {
        data: Data::Layers(&[]),
        host: &NoHost,
        options: &options,
    };
    let value = Vm::new(&scope, false, &[]).eval(expr).ok()?;
    Some(match value {
        Py::None => Literal::None,
        Py::Bool(b) => Literal::Bool(b),
        Py::Int(n) => Literal::Int(n),
        Py::Big(n) => Literal::Big(n),
        Py::Float(f) => Literal::Float(f),
        Py::Str(s) => Literal::Str(s),
        Py::Markup(s) => Literal::Markup(s),
        _ => return None,
    })
}

// Unknown filters and tests.

/// # Errors
/// `No filter named 'x'.`, for the first one outside of conditional branches.
pub(super) fn check_expression(expr: &Expr) -> Result<(), Error> {
    let check = check_expression;
    match expr {
        Expr::Literal(_) | Expr::Name(..) => Ok(()),
        Expr::Tuple(items) | Expr::List(items) | Expr::Concat(items) => items.iter().try_for_each(check),
        Expr::Dict(members) => members.iter().try_for_each(|(k, v)| check(k).and_then(|()| check(v))),
        // What may not be reached is checked when it is.
        Expr::Cond(..) => Ok(()),
        Expr::Or(sides) | Expr::And(sides) | Expr::Binary(_, sides) | Expr::Item(sides) => {
            check(&sides.0).and_then(|()| check(&sides.1))
        }
        Expr::Not(operand) | Expr::Neg(operand) | Expr::Pos(operand) | Expr::Attr(operand, _) => check(operand),
        Expr::Compare(first, operands) => check(first).and_then(|()| operands.iter().try_for_each(|(_, e)| check(e))),
        Expr::Slice(parts) => check(&parts.0),
        Expr::Call(function, args) => check(function).and_then(|()| check_args(args)),
        Expr::Filter(call) => {
            if call.filter.is_none() {
                return Err(unknown("filter", &call.name));
            }
            call.input
                .iter()
                .try_for_each(check)
                .and_then(|()| check_args(&call.args))
        }
        Expr::Test(call) => {
            if Predicate::named(&call.name).is_none() {
                return Err(unknown("test", &call.name));
            }
            check(&call.input).and_then(|()| check_args(&call.args))
        }
    }
}

fn unknown(what: &str, name: &str) -> Error {
    failure(
        ErrorKind::UnknownFilter,
        format!("No {what} named {}.", super::parser::quoted(name)),
    )
}

fn check_args(args: &Args) -> Result<(), Error> {
    let named = args.named.iter().map(|(_, e)| e);
    args.positional
        .iter()
        .chain(named)
        .chain(&args.more)
        .chain(&args.more_named)
        .try_for_each(check_expression)
}

/// As [`check_expression`], for a template: the bodies of conditions are soft.
///
/// # Errors
/// As there.
pub(super) fn check_template(template: &Template) -> Result<(), Error> {
    check_body(&template.body)?;
    template.blocks.iter().try_for_each(|(_, body)| check_body(body))
}

fn check_body(body: &[Statement]) -> Result<(), Error> {
    body.iter().try_for_each(|statement| check_statement(statement, false))
}

/// In a branch that may not be taken (`soft`), only what opens a scope of its own is checked ahead.
fn check_statement(statement: &Statement, soft: bool) -> Result<(), Error> {
    let outer = |expr: &Expr| if soft { Ok(()) } else { check_expression(expr) };
    match statement {
        Statement::Output(parts) => parts.iter().try_for_each(|part| match part {
            Output::Expr(expr) => outer(expr),
            Output::Text(_) => Ok(()),
        }),
        Statement::For(code) => {
            outer(&code.iterable)?;
            code.test.iter().try_for_each(check_expression)?;
            check_body(&code.body)?;
            check_body(&code.otherwise)
        }
        Statement::If(parts) => {
            let bodies = parts.branches.iter().map(|(_, body)| body).chain([&parts.otherwise]);
            bodies
                .flatten()
                .try_for_each(|statement| check_statement(statement, true))
        }
        Statement::Set(_, value) => outer(value),
        Statement::SetBlock(_, filter, body) => {
            filter.iter().try_for_each(check_expression)?;
            check_body(body)
        }
        Statement::With(bindings, body) => {
            bindings.iter().try_for_each(|(_, value)| outer(value))?;
            check_body(body)
        }
        Statement::Filter(filter, body) => {
            check_expression(filter)?;
            check_body(body)
        }
        Statement::Macro(code) => check_body(&code.body),
        Statement::CallBlock(call, code) => {
            outer(call)?;
            check_body(&code.body)
        }
        Statement::Autoescape(value, body) => {
            check_expression(value)?;
            check_body(body)
        }
        Statement::Block(_) | Statement::NeedsLoader => Ok(()),
    }
}
