//! Things that can be called.

use std::rc::Rc;
use std::sync::Arc;

use super::ast;
use super::globals::{Global, WorkflowFunction};
use super::value::Py;
use pyvalue::value::Str;

#[derive(Debug)]
pub(super) enum Func {
    /// A method of an object, bound to it.
    Method(Py, Str),
    Global(Global),
    /// `env`, `task`, …: upstream binds the data as first argument.
    Workflow(WorkflowFunction),
    Macro(Rc<MacroValue>),
    /// `self.name`
    Block(Str),
}

/// A macro with the scope it was defined in.
#[derive(Debug)]
pub(super) struct MacroValue {
    pub code: Arc<ast::Macro>,
    pub defaults: Vec<Py>,
    pub scope: usize,
}

impl Func {
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Func::Method(..) => "builtin_function_or_method",
            Func::Global(global) => global.type_name(),
            Func::Workflow(_) => "partial",
            Func::Macro(_) => "Macro",
            Func::Block(_) => "BlockReference",
        }
    }

    /// The name of a class.
    pub(crate) fn class_name(&self) -> Option<&'static str> {
        match self {
            Func::Global(Global::Dict) => Some("dict"),
            Func::Global(Global::Cycler) => Some("jinja2.utils.Cycler"),
            Func::Global(Global::Joiner) => Some("jinja2.utils.Joiner"),
            Func::Global(Global::Namespace) => Some("jinja2.utils.Namespace"),
            _ => None,
        }
    }

    pub(crate) fn qualified_type_name(&self) -> &'static str {
        match self {
            Func::Workflow(_) => "functools.partial",
            Func::Macro(_) => "jinja2.runtime.Macro",
            Func::Block(_) => "jinja2.runtime.BlockReference",
            other => other.type_name(),
        }
    }
}
