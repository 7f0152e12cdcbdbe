//! Evaluation of statements: template text, loops, conditions, assignments, macros, blocks.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use super::arguments::CallArgs;
use super::ast::{self, Expr, For, Output, Statement, Target};
use super::callable::{Func, MacroValue};
use super::errors::{Result, failure, memory_error, type_error, value_error};
use super::eval::{Variables, Vm};
use super::key::{Key, Map};
use super::object::{Loop, Object};
use super::ops;
use super::text;
use super::value::Py;
use mistral_expr::ErrorKind;
use pyvalue::value::Str;

impl<'a> Vm<'a> {
    pub(crate) fn render(&mut self, body: &[Statement], out: &mut String) -> Result<()> {
        self.nested(|vm| {
            for statement in body {
                vm.step()?;
                vm.statement(statement, out)?;
            }
            Ok(())
        })
    }

    /// Renders into a text of its own.
    fn capture(&mut self, body: &[Statement]) -> Result<Py> {
        let mut out = String::new();
        let outside = self.unjoinable.take();
        self.render(body, &mut out)?;
        self.joined()?;
        self.unjoinable = outside;
        Ok(if self.autoescape {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }

    /// The texts are joined now: was any of them none?
    pub(crate) fn joined(&mut self) -> Result<()> {
        self.unjoinable.take().map_or(Ok(()), Err)
    }

    fn statement(&mut self, statement: &Statement, out: &mut String) -> Result<()> {
        match statement {
            Statement::Output(parts) => self.output(parts, out),
            Statement::If(parts) => self.if_else(parts, out),
            Statement::For(code) => self.for_loop(code, out),
            Statement::Set(target, value) => {
                self.check_namespaces(target)?;
                let value = self.eval(value)?;
                self.assign_target(target, value)
            }
            Statement::SetBlock(target, filter, body) => {
                let captured = self.scoped(|vm| vm.capture(body))?;
                let value = match filter {
                    Some(filter) => self.filter_chain(filter, captured)?,
                    None => captured,
                };
                self.assign_target(target, value)
            }
            Statement::With(bindings, body) => {
                // Values are read in the outer scope.
                let mut values = Vec::with_capacity(bindings.len());
                for (_, value) in bindings {
                    values.push(self.eval(value)?);
                }
                self.scoped(|vm| {
                    for ((target, _), value) in bindings.iter().zip(values) {
                        vm.assign_target(target, value)?;
                    }
                    vm.render(body, out)
                })
            }
            Statement::Filter(filter, body) => {
                let captured = self.scoped(|vm| vm.capture(body))?;
                let value = self.filter_chain(filter, captured)?;
                // The result is joined with the text around it as it is.
                if value.as_text().is_none() {
                    let found = value.type_name();
                    let error = type_error(format!("sequence item 0: expected str instance, {found} found"));
                    self.unjoinable.get_or_insert(error);
                    return Ok(());
                }
                self.write(&value, out)
            }
            Statement::Macro(code) => {
                let value = self.define_macro(code)?;
                if let Some(name) = &code.name {
                    self.assign(name, value);
                }
                Ok(())
            }
            Statement::CallBlock(call, code) => self.call_block(call, code, out),
            Statement::Block(name) => self.block(name, out),
            Statement::Autoescape(value, body) => {
                let value = self.eval(value)?;
                let before = std::mem::replace(&mut self.autoescape, ops::truth(&value)?);
                let result = self.scoped(|vm| vm.render(body, out));
                self.autoescape = before;
                result
            }
            Statement::NeedsLoader => Err(failure(ErrorKind::Type, "no loader for this environment specified")),
        }
    }

    fn output(&mut self, parts: &[Output], out: &mut String) -> Result<()> {
        for part in parts {
            match part {
                Output::Text(text) => {
                    self.charge(text.len())?;
                    out.push_str(text);
                }
                Output::Expr(Expr::Literal(ast::Literal::Float(f))) => {
                    // Constants are printed when the template is compiled, infinities included.
                    pyvalue::python::write_float(*f, out);
                }
                Output::Expr(expr) => {
                    let value = self.eval(expr)?;
                    self.write(&value, out)?;
                }
            }
        }
        Ok(())
    }

    /// Prints a value.
    fn write(&mut self, value: &Py, out: &mut String) -> Result<()> {
        let before = out.len();
        if self.autoescape && !matches!(value, Py::Markup(_)) {
            let plain = self.text(value)?;
            text::write_escaped(&plain, out);
        } else {
            let limit = before.saturating_add(self.remaining());
            text::write_str(value, limit, out)?;
        }
        self.charge(out.len() - before)
    }

    /// Runs in a scope of its own.
    fn scoped<T>(&mut self, run: impl FnOnce(&mut Vm<'a>) -> Result<T>) -> Result<T> {
        let outer = self.enter_scope(self.current);
        let result = run(self);
        self.leave_scope(outer);
        result
    }

    fn enter_scope(&mut self, parent: usize) -> usize {
        let outer = self.current;
        self.current = self.scopes.len();
        self.scopes.push(Variables {
            names: Vec::new(),
            parent: Some(parent),
        });
        outer
    }

    /// Scopes that a macro may still need stay; the rest goes.
    fn leave_scope(&mut self, outer: usize) {
        let keep = self.current.max(self.pinned);
        self.scopes.truncate(keep);
        self.current = outer;
    }

    fn if_else(&mut self, parts: &ast::If, out: &mut String) -> Result<()> {
        for (test, body) in &parts.branches {
            let test = self.eval(test)?;
            if ops::truth(&test)? {
                return self.render(body, out);
            }
        }
        self.render(&parts.otherwise, out)
    }

    /// `namespace.attribute = …`: is it a namespace?
    fn check_namespaces(&mut self, target: &Target) -> Result<()> {
        match target {
            Target::Name(_) => Ok(()),
            Target::Attribute(name, _) => match self.variable(name) {
                Some(Py::Object(object)) if matches!(**object, Object::Namespace(_)) => Ok(()),
                _ => Err(failure(
                    ErrorKind::Runtime,
                    "cannot assign attribute on non-namespace object",
                )),
            },
            Target::Tuple(targets) => targets.iter().try_for_each(|target| self.check_namespaces(target)),
        }
    }

    fn assign_target(&mut self, target: &Target, value: Py) -> Result<()> {
        match target {
            Target::Name(name) => {
                self.assign(name, value);
                Ok(())
            }
            Target::Attribute(name, attribute) => {
                self.check_namespaces(target)?;
                let Some(Py::Object(object)) = self.variable(name) else {
                    return Ok(());
                };
                let Object::Namespace(members) = &**object else {
                    return Ok(());
                };
                let mut members = members.borrow_mut();
                match members.iter_mut().find(|(n, _)| n == attribute) {
                    Some((_, old)) => *old = value,
                    None => members.push((attribute.clone(), value)),
                }
                Ok(())
            }
            Target::Tuple(targets) => {
                let items = match &value {
                    Py::Undefined(undefined) if !undefined.lenient => return Err(undefined.error()),
                    other => self.iterate(other).map_err(|error| match other {
                        Py::Iter(_) => error,
                        _ => type_error(format!("cannot unpack non-iterable {} object", other.type_name())),
                    })?,
                };
                if items.len() > targets.len() {
                    return Err(value_error(format!(
                        "too many values to unpack (expected {})",
                        targets.len()
                    )));
                }
                if items.len() < targets.len() {
                    return Err(value_error(format!(
                        "not enough values to unpack (expected {}, got {})",
                        targets.len(),
                        items.len()
                    )));
                }
                for (target, item) in targets.iter().zip(items) {
                    self.assign_target(target, item)?;
                }
                Ok(())
            }
        }
    }

    // Loops.

    fn for_loop(&mut self, code: &Arc<For>, out: &mut String) -> Result<()> {
        let iterable = self.eval(&code.iterable)?;
        let slot = self.loops.len();
        self.loops.push(code.clone());
        let result = self.run_loop(code, iterable, slot, 0, self.current, out);
        self.loops.truncate(slot);
        result
    }

    /// One run over an iterable; recursive loops come here again through `loop(…)`.
    fn run_loop(
        &mut self,
        code: &For,
        iterable: Py,
        slot: usize,
        depth0: usize,
        parent: usize,
        out: &mut String,
    ) -> Result<()> {
        let mut items = self.iterate(&iterable)?;
        if let Some(test) = &code.test {
            let mut kept = Vec::new();
            for item in items {
                let outer = self.enter_scope(parent);
                let passes = self
                    .assign_target(&code.target, item.clone())
                    .and_then(|()| self.eval(test))
                    .and_then(|value| ops::truth(&value));
                self.leave_scope(outer);
                if passes? {
                    kept.push(item);
                }
            }
            items = kept;
        }
        if items.is_empty() {
            return self.scoped(|vm| vm.render(&code.otherwise, out));
        }
        let items = Rc::new(items);
        let state = Rc::new(Object::Loop(Loop {
            items: items.clone(),
            index0: Cell::new(0),
            depth0,
            recursive: code.recursive,
            last_changed: RefCell::new(None),
            code: slot,
        }));
        let name = Str::from("loop");
        for (i, item) in items.iter().enumerate() {
            self.step()?;
            if let Object::Loop(state) = &*state {
                state.index0.set(i);
            }
            let outer = self.enter_scope(parent);
            self.assign(&name, Py::Object(state.clone()));
            let result = self
                .assign_target(&code.target, item.clone())
                .and_then(|()| self.render(&code.body, out));
            self.leave_scope(outer);
            result?;
        }
        Ok(())
    }

    /// `loop(iterable)` inside a recursive loop.
    pub(crate) fn recurse_loop(&mut self, state: &Loop, iterable: Py) -> Result<Py> {
        if !state.recursive {
            return Err(type_error(
                "The loop must have the 'recursive' marker to be called recursively.",
            ));
        }
        let Some(code) = self.loops.get(state.code).cloned() else {
            return Err(memory_error());
        };
        let mut out = String::new();
        let parent = self.current;
        self.nested(|vm| vm.run_loop(&code, iterable, state.code, state.depth0 + 1, parent, &mut out))?;
        Ok(if self.autoescape {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }

    // Macros and blocks.

    fn define_macro(&mut self, code: &Arc<ast::Macro>) -> Result<Py> {
        // The scope must outlive the block it belongs to.
        self.pinned = self.pinned.max(self.scopes.len());
        let mut defaults = Vec::with_capacity(code.defaults.len());
        for default in &code.defaults {
            defaults.push(self.eval(default)?);
        }
        let value = MacroValue {
            code: code.clone(),
            defaults,
            scope: self.current,
        };
        Ok(Py::Func(Rc::new(Func::Macro(Rc::new(value)))))
    }

    fn call_block(&mut self, call: &Expr, code: &Arc<ast::Macro>, out: &mut String) -> Result<()> {
        let Expr::Call(function, args) = call else {
            return Err(memory_error());
        };
        let caller = self.define_macro(code)?;
        let function = self.eval(function)?;
        let mut args = self.eval_args(args)?;
        args.named.push((Str::from("caller"), caller));
        let value = self.call(&function, args)?;
        self.write(&value, out)
    }

    pub(crate) fn call_macro(&mut self, value: &MacroValue, mut args: CallArgs) -> Result<Py> {
        let code = &value.code;
        let count = code.parameters.len();
        let shown = code.name.as_deref().map_or("None".to_owned(), super::parser::quoted);
        let mut bound: Vec<(Str, Py)> = Vec::with_capacity(count + 3);
        let extra = if args.positional.len() > count {
            args.positional.split_off(count)
        } else {
            Vec::new()
        };
        let first_default = count - code.defaults.len();
        let mut given = std::mem::take(&mut args.positional).into_iter();
        for (i, name) in code.parameters.iter().enumerate() {
            let argument = given.next().or_else(|| {
                let at = args.named.iter().position(|(n, _)| n == name)?;
                Some(args.named.remove(at).1)
            });
            let argument = match argument {
                Some(argument) => argument,
                None if i >= first_default => value.defaults[i - first_default].clone(),
                None => Py::undefined(format!("parameter {} was not provided", super::parser::quoted(name))),
            };
            bound.push((name.clone(), argument));
        }
        let caller = args.named.iter().position(|(n, _)| &**n == "caller");
        if code.takes_caller {
            let caller = match caller {
                Some(at) => args.named.remove(at).1,
                None => Py::undefined("No caller defined".to_owned()),
            };
            bound.push((Str::from("caller"), caller));
        }
        if code.takes_kwargs {
            let map: Map = args
                .named
                .into_iter()
                .map(|(name, value)| (Key::text(name), value))
                .collect();
            bound.push((Str::from("kwargs"), Py::dict(map)));
        } else if let Some((name, _)) = args.named.first() {
            if args.named.iter().any(|(n, _)| &**n == "caller") {
                return Err(type_error(format!(
                    "macro {shown} was invoked with two values for the special caller argument. This is most likely a bug."
                )));
            }
            let name = super::parser::quoted(name);
            return Err(type_error(format!("macro {shown} takes no keyword argument {name}")));
        }
        if code.takes_varargs {
            bound.push((Str::from("varargs"), Py::tuple(extra)));
        } else if !extra.is_empty() {
            return Err(type_error(format!(
                "macro {shown} takes not more than {count} argument(s)"
            )));
        }
        let outer = self.enter_scope(value.scope);
        self.scopes[self.current].names = bound;
        let result = self.capture(&code.body);
        self.leave_scope(outer);
        result
    }

    fn block(&mut self, name: &str, out: &mut String) -> Result<()> {
        let blocks = self.blocks;
        let Some((_, body)) = blocks.iter().find(|(n, _)| **n == *name) else {
            return Ok(());
        };
        // A block sees what the template has set at its top, not the scopes around it.
        let outer = self.enter_scope(0);
        let result = self.render(body, out);
        self.leave_scope(outer);
        result
    }

    /// `self.name()`.
    pub(crate) fn call_named_block(&mut self, name: &str) -> Result<Py> {
        let mut out = String::new();
        self.nested(|vm| vm.block(name, &mut out))?;
        Ok(Py::string(out))
    }

    /// Filters of `{% filter … %}` and `{% set x | … %}`, with the captured text as their input.
    fn filter_chain(&mut self, filter: &Expr, input: Py) -> Result<Py> {
        let Expr::Filter(call) = filter else { return Ok(input) };
        let input = match &call.input {
            Some(inner) => self.filter_chain(inner, input)?,
            None => input,
        };
        self.eval_filter(call, input)
    }
}
