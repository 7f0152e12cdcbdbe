//! Evaluation of expressions.

use std::rc::Rc;
use std::sync::Arc;

use super::arguments::CallArgs;
use super::ast::{self, Args, Expr, FilterCall, Literal, TestCall};
use super::callable::Func;
use super::errors::{Result, failure, memory_error, recursion_error, type_error};
use super::globals::{Builtin, WorkflowFunction};
use super::key::{Key, Map};
use super::number;
use super::object::Object;
use super::ops;
use super::text;
use super::value::{Py, Undefined};
use mistral_expr::{Budget, Data, Error, ErrorKind, Scope};
use pyvalue::value::{Str, Value};

/// Evaluation frames on top of one another: expressions, statements, macro calls.
const MAX_FRAMES: usize = 250;

/// What every task has.
const TASK_MEMBERS: [&str; 11] = [
    "id",
    "name",
    "spec",
    "state",
    "state_info",
    "result",
    "published",
    "type",
    "workflow_execution_id",
    "created_at",
    "updated_at",
];

/// Variables of one scope.
#[derive(Debug, Default)]
pub(super) struct Variables {
    pub names: Vec<(Str, Py)>,
    /// The enclosing scope.
    pub parent: Option<usize>,
}

/// One evaluation: what it sees, what it has set, what it may still use up.
pub(super) struct Vm<'a> {
    pub scope: &'a Scope<'a>,
    /// `_` as an object, once something needed it whole.
    root: Option<Py>,
    /// The template may change objects in place.
    tracked: bool,
    pub scopes: Vec<Variables>,
    pub current: usize,
    /// Scopes below this index may be referred to by a macro and stay.
    pub pinned: usize,
    pub frames: usize,
    steps: u64,
    bytes: u64,
    pub autoescape: bool,
    pub blocks: &'a [(Str, Vec<ast::Statement>)],
    pub loops: Vec<Arc<ast::For>>,
    /// Something that is no text was put between texts: an error once all of them are joined.
    pub unjoinable: Option<Error>,
}

impl<'a> Vm<'a> {
    pub(crate) fn new(scope: &'a Scope<'a>, tracked: bool, blocks: &'a [(Str, Vec<ast::Statement>)]) -> Vm<'a> {
        Vm {
            scope,
            root: None,
            tracked,
            scopes: vec![Variables::default()],
            current: 0,
            pinned: 1,
            frames: 0,
            steps: 0,
            bytes: 0,
            autoescape: false,
            blocks,
            loops: Vec::new(),
            unjoinable: None,
        }
    }

    // Budget.

    /// Counts one step of work.
    #[inline]
    pub(crate) fn step(&mut self) -> Result<()> {
        self.steps(1)
    }

    /// Counts several steps of work.
    #[inline]
    pub(crate) fn steps(&mut self, count: u64) -> Result<()> {
        self.steps = self.steps.saturating_add(count);
        if self.steps > self.scope.options.max_steps || self.scope.options.is_interrupted() {
            let message = format!("Expression needs more than {} steps", self.scope.options.max_steps);
            return Err(failure(ErrorKind::Limit, message));
        }
        Ok(())
    }

    /// Runs with the steps that are left.
    pub(crate) fn within<T>(&mut self, budget: &Budget, run: impl FnOnce(&mut Vm<'a>) -> Result<T>) -> Result<T> {
        let all = self.scope.options.max_steps;
        self.steps = all.saturating_sub(budget.left());
        let result = run(self);
        budget.leave(all.saturating_sub(self.steps));
        result
    }

    /// Counts memory that is about to be used, in bytes. What is freed again counts too: this bounds work as well.
    #[inline]
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<()> {
        self.bytes = self.bytes.saturating_add(bytes as u64);
        self.steps = self.steps.saturating_add(bytes as u64 / 256);
        if self.bytes > self.scope.options.max_bytes {
            return Err(memory_error());
        }
        self.step()
    }

    /// Counts the reading of a text.
    #[inline]
    pub(crate) fn read(&mut self, text: &str) -> Result<()> {
        self.steps(text.len() as u64 / 256)
    }

    /// Bytes still to be had.
    pub(crate) fn remaining(&self) -> usize {
        usize::try_from(self.scope.options.max_bytes.saturating_sub(self.bytes)).unwrap_or(usize::MAX)
    }

    pub(crate) fn nested<T>(&mut self, run: impl FnOnce(&mut Vm<'a>) -> Result<T>) -> Result<T> {
        self.frames += 1;
        if self.frames > MAX_FRAMES {
            return Err(recursion_error());
        }
        let result = run(self);
        self.frames -= 1;
        result
    }

    // Text.

    pub(crate) fn text(&mut self, value: &Py) -> Result<Str> {
        let text = text::str(value, self.remaining())?;
        if value.as_text().is_none() {
            self.charge(text.len())?;
        }
        Ok(text)
    }

    pub(crate) fn repr(&mut self, value: &Py) -> Result<String> {
        let text = text::repr(value, self.remaining())?;
        self.charge(text.len())?;
        Ok(text)
    }

    // Names.

    /// A variable set in the template.
    pub(crate) fn variable(&self, name: &str) -> Option<&Py> {
        let mut at = Some(self.current);
        while let Some(index) = at {
            let scope = &self.scopes[index];
            if let Some((_, value)) = scope.names.iter().rev().find(|(n, _)| **n == *name) {
                return Some(value);
            }
            at = scope.parent;
        }
        None
    }

    pub(crate) fn assign(&mut self, name: &Str, value: Py) {
        let names = &mut self.scopes[self.current].names;
        match names.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = value,
            None => names.push((name.clone(), value)),
        }
    }

    fn name(&mut self, name: &Str, builtin: Option<Builtin>) -> Result<Py> {
        if let Some(value) = self.variable(name) {
            return Ok(value.clone());
        }
        Ok(match builtin {
            Some(Builtin::Data) => self.data(),
            Some(Builtin::Member(key)) if self.scope.data.is_mapping() => match &self.root {
                Some(Py::Dict(mapping)) => mapping.get_text(key).unwrap_or(Py::None),
                _ if self.tracked => self.data_member(key).unwrap_or(Py::None),
                _ => self.scope.data.get(key).map_or(Py::None, |v| Py::from_value(v, false)),
            },
            Some(Builtin::Workflow(function)) => Py::Func(Rc::new(Func::Workflow(function))),
            Some(Builtin::Global(global)) => Py::Func(Rc::new(Func::Global(global))),
            Some(Builtin::Blocks) => Py::Object(Rc::new(Object::Blocks)),
            Some(Builtin::Member(_)) | None => undefined_name(name),
        })
    }

    /// `_` as an object.
    pub(crate) fn data(&mut self) -> Py {
        if self.root.is_none() {
            self.root = Some(Py::from_value(&self.scope.data.to_value(), self.tracked));
        }
        self.root.clone().unwrap_or(Py::None)
    }

    /// Whether this is `_` where that stands for the layers of a workflow's data.
    pub(crate) fn is_view(&self, value: &Py) -> bool {
        match (value, &self.root) {
            (Py::Dict(value), Some(Py::Dict(root))) => {
                Rc::ptr_eq(value, root) && matches!(self.scope.data, Data::Layers(_))
            }
            _ => false,
        }
    }

    fn data_member(&mut self, key: &str) -> Option<Py> {
        match self.data() {
            Py::Dict(mapping) => mapping.get_text(key),
            _ => None,
        }
    }

    /// `_.name` without making an object of the whole data. None: not possible here.
    fn quick_member(&self, object: &Expr, name: &str) -> Option<&'a Value> {
        let Expr::Name(data, Some(Builtin::Data)) = object else {
            return None;
        };
        if self.tracked || self.root.is_some() || self.variable(data).is_some() {
            return None;
        }
        self.scope.data.get(name)
    }

    /// `task('t').result` and the like: one member of a task, without building all of it.
    fn task_member(&mut self, object: &Expr, member: &str) -> Result<Option<Py>> {
        let Expr::Call(function, args) = object else {
            return Ok(None);
        };
        let Expr::Name(name, Some(Builtin::Workflow(WorkflowFunction::Task))) = &**function else {
            return Ok(None);
        };
        let simple =
            args.positional.len() < 2 && args.named.is_empty() && args.more.is_none() && args.more_named.is_none();
        if !simple || !TASK_MEMBERS.contains(&member) || self.variable(name).is_some() {
            return Ok(None);
        }
        let task = match args.positional.first() {
            Some(arg) => self.nested(|vm| vm.eval(arg))?,
            None => Py::None,
        };
        self.require_task()?;
        let task = match &task {
            Py::None => None,
            other => Some(self.text(other)?).filter(|name| !name.is_empty()),
        };
        match self
            .scope
            .host
            .task_attribute(task.as_deref(), member)
            .map_err(super::call::host_error)?
        {
            Some(value) => Ok(Some(Py::from_value(&value, false))),
            None => self.attribute(&Py::None, member).map(Some),
        }
    }

    // Expressions.

    pub(crate) fn eval(&mut self, expr: &Expr) -> Result<Py> {
        self.step()?;
        match expr {
            Expr::Literal(literal) => literal_value(literal),
            Expr::Name(name, builtin) => self.name(name, *builtin),
            Expr::Attr(object, name) => {
                if !super::methods::is_dict_method(name)
                    && !name.starts_with("__")
                    && let Some(value) = self.quick_member(object, name)
                {
                    return Ok(Py::from_value(value, false));
                }
                if let Some(value) = self.task_member(object, name)? {
                    return Ok(value);
                }
                let object = self.nested(|vm| vm.eval(object))?;
                self.attribute(&object, name)
            }
            other => self.nested(|vm| vm.eval_nested(other)),
        }
    }

    fn eval_nested(&mut self, expr: &Expr) -> Result<Py> {
        match expr {
            Expr::Literal(_) | Expr::Name(..) | Expr::Attr(..) => self.eval(expr),
            Expr::Tuple(items) => Ok(Py::tuple(self.eval_all(items)?)),
            Expr::List(items) => Ok(Py::list(self.eval_all(items)?)),
            Expr::Dict(members) => self.eval_dict(members),
            Expr::Cond(parts, line) => self.conditional(parts, *line),
            Expr::Or(sides) => {
                let left = self.eval(&sides.0)?;
                if ops::truth(&left)? {
                    Ok(left)
                } else {
                    self.eval(&sides.1)
                }
            }
            Expr::And(sides) => {
                let left = self.eval(&sides.0)?;
                if ops::truth(&left)? {
                    self.eval(&sides.1)
                } else {
                    Ok(left)
                }
            }
            Expr::Not(operand) => {
                let operand = self.eval(operand)?;
                Ok(Py::Bool(!ops::truth(&operand)?))
            }
            Expr::Neg(operand) => {
                let operand = self.eval(operand)?;
                self.signed(&operand, true)
            }
            Expr::Pos(operand) => {
                let operand = self.eval(operand)?;
                self.signed(&operand, false)
            }
            Expr::Binary(op, sides) => {
                let left = self.eval(&sides.0)?;
                let right = self.eval(&sides.1)?;
                self.binary(*op, &left, &right)
            }
            Expr::Concat(parts) => self.concat(parts),
            Expr::Compare(first, operands) => self.comparison(first, operands),
            Expr::Item(parts) => self.eval_item(&parts.0, &parts.1),
            Expr::Slice(parts) => {
                let (object, slice) = &**parts;
                let object = self.eval(object)?;
                let mut bounds = [None, None, None];
                for (bound, expr) in bounds.iter_mut().zip([&slice.start, &slice.stop, &slice.step]) {
                    if let Some(expr) = expr {
                        *bound = Some(self.eval(expr)?);
                    }
                }
                self.slice(&object, bounds)
            }
            Expr::Call(function, args) => self.eval_call(function, args),
            Expr::Filter(call) => {
                let input = match &call.input {
                    Some(input) => self.eval(input)?,
                    None => Py::str(""),
                };
                self.eval_filter(call, input)
            }
            Expr::Test(call) => self.eval_test(call),
        }
    }

    fn conditional(&mut self, (test, value, otherwise): &(Expr, Expr, Option<Expr>), line: usize) -> Result<Py> {
        let test = self.eval(test)?;
        if ops::truth(&test)? {
            return self.eval(value);
        }
        match otherwise {
            Some(otherwise) => self.eval(otherwise),
            None => Ok(Py::Undefined(Rc::new(Undefined {
                kind: ErrorKind::Undefined,
                message: format!(
                    "the inline if-expression on line {line} evaluated to false and no else section was defined."
                ),
                lenient: true,
            }))),
        }
    }

    fn eval_all(&mut self, exprs: &[Expr]) -> Result<Vec<Py>> {
        self.charge(exprs.len() * 24)?;
        exprs.iter().map(|expr| self.eval(expr)).collect()
    }

    fn eval_dict(&mut self, members: &[(Expr, Expr)]) -> Result<Py> {
        self.charge(members.len() * 64)?;
        let mut map = Map::default();
        for (key, value) in members {
            let key = self.eval(key)?;
            let value = self.eval(value)?;
            map.insert(Key::new(key)?, value);
        }
        Ok(Py::dict(map))
    }

    fn signed(&mut self, operand: &Py, negative: bool) -> Result<Py> {
        match number::of(operand) {
            Some(n) if negative => Ok(Py::from(n.negated())),
            Some(n) => Ok(Py::from(n)),
            None => match operand {
                Py::Undefined(undefined) => Err(undefined.error()),
                other => {
                    let sign = if negative { '-' } else { '+' };
                    Err(type_error(format!(
                        "bad operand type for unary {sign}: '{}'",
                        other.type_name()
                    )))
                }
            },
        }
    }

    fn concat(&mut self, parts: &[Expr]) -> Result<Py> {
        let values = self.eval_all(parts)?;
        let markup = self.autoescape && values.iter().any(|v| matches!(v, Py::Markup(_)));
        let mut out = String::new();
        let limit = self.remaining();
        for value in &values {
            if markup && !matches!(value, Py::Markup(_)) {
                let plain = self.text(value)?;
                text::write_escaped(&plain, &mut out);
            } else {
                text::write_str(value, limit, &mut out)?;
            }
        }
        self.charge(out.len())?;
        Ok(if markup {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }

    fn comparison(&mut self, first: &Expr, operands: &[(ast::CompareOp, Expr)]) -> Result<Py> {
        let mut left = self.eval(first)?;
        for (op, right) in operands {
            let right = self.eval(right)?;
            if !self.compare(*op, &left, &right)? {
                return Ok(Py::Bool(false));
            }
            left = right;
        }
        Ok(Py::Bool(true))
    }

    fn eval_item(&mut self, object: &Expr, index: &Expr) -> Result<Py> {
        if let Expr::Literal(Literal::Str(key)) = index
            && let Some(value) = self.quick_member(object, key)
        {
            return Ok(Py::from_value(value, false));
        }
        let object = self.eval(object)?;
        let index = self.eval(index)?;
        self.item(&object, &index)
    }

    // Calls.

    pub(crate) fn eval_args(&mut self, args: &Args) -> Result<CallArgs> {
        let mut positional = Vec::with_capacity(args.positional.len());
        for arg in &args.positional {
            positional.push(self.eval(arg)?);
        }
        let mut named = Vec::with_capacity(args.named.len());
        for (name, arg) in &args.named {
            let value = self.eval(arg)?;
            if named.iter().any(|(n, _)| n == name) {
                return Err(failure(ErrorKind::Other, format!("keyword argument repeated: {name}")));
            }
            named.push((name.clone(), value));
        }
        if let Some(more) = &args.more {
            let more = self.eval(more)?;
            positional.extend(self.iterate(&more)?);
        }
        if let Some(more) = &args.more_named {
            let more = self.eval(more)?;
            let Py::Dict(mapping) = &more else {
                return Err(match &more {
                    Py::Undefined(undefined) => undefined.error(),
                    other => type_error(format!(
                        "argument after ** must be a mapping, not {}",
                        other.type_name()
                    )),
                });
            };
            for (key, value) in mapping.entries() {
                let Some(name) = key.as_text().cloned() else {
                    return Err(type_error("keywords must be strings"));
                };
                if named.iter().any(|(n, _)| *n == name) {
                    return Err(type_error(format!("got multiple values for keyword argument '{name}'")));
                }
                named.push((name, value));
            }
        }
        Ok(CallArgs { positional, named })
    }

    fn eval_call(&mut self, function: &Expr, args: &Args) -> Result<Py> {
        // `_.get('x')` is too common to make an object of all data for it.
        if let (Expr::Attr(object, name), [Expr::Literal(Literal::Str(key)), rest @ ..]) =
            (function, &args.positional[..])
            && &**name == "get"
            && rest.len() < 2
            && args.named.is_empty()
            && args.more.is_none()
            && args.more_named.is_none()
            && let Some(value) = self.quick_member(object, key)
        {
            if let Some(default) = rest.first() {
                self.eval(default)?;
            }
            return Ok(Py::from_value(value, false));
        }
        let function = self.eval(function)?;
        let args = self.eval_args(args)?;
        self.call(&function, args)
    }

    pub(crate) fn eval_filter(&mut self, call: &FilterCall, input: Py) -> Result<Py> {
        let args = self.eval_args(&call.args)?;
        match call.filter {
            Some(filter) => self.filter(filter, input, args),
            None => Err(unknown("filter", &call.name)),
        }
    }

    fn eval_test(&mut self, call: &TestCall) -> Result<Py> {
        let input = self.eval(&call.input)?;
        let args = self.eval_args(&call.args)?;
        match call.test {
            Some(test) => self.test(test, &input, args).map(Py::Bool),
            None => Err(unknown("test", &call.name)),
        }
    }
}

/// An unknown filter or test in a branch that upstream checks only when it gets there; everywhere else compiling fails.
fn unknown(what: &str, name: &str) -> Error {
    failure(
        ErrorKind::Runtime,
        format!("No {what} named {} found.", super::parser::quoted(name)),
    )
}

pub(super) fn undefined_name(name: &str) -> Py {
    Py::undefined(format!("{} is undefined", super::parser::quoted(name)))
}

/// A constant. Infinite floats are written into upstream's compiled code as a name that does not exist.
fn literal_value(literal: &Literal) -> Result<Py> {
    Ok(match literal {
        Literal::None => Py::None,
        Literal::Bool(b) => Py::Bool(*b),
        Literal::Int(n) => Py::Int(*n),
        Literal::Big(n) => Py::Big(n.clone()),
        Literal::Float(f) if f.is_finite() => Py::Float(*f),
        Literal::Float(f) => {
            let name = if f.is_nan() { "nan" } else { "inf" };
            return Err(failure(ErrorKind::Other, format!("name '{name}' is not defined")));
        }
        Literal::Str(s) => Py::Str(s.clone()),
        Literal::Markup(s) => Py::Markup(s.clone()),
    })
}
