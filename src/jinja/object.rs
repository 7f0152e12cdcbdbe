//! Objects that Jinja itself brings: namespaces, cyclers, joiners, the `loop` variable, `self`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::value::Py;
use pyvalue::value::Str;

#[derive(Debug)]
pub(super) enum Object {
    Namespace(RefCell<Vec<(Str, Py)>>),
    Cycler {
        items: Vec<Py>,
        at: Cell<usize>,
    },
    Joiner {
        separator: Py,
        used: Cell<bool>,
    },
    Loop(Loop),
    /// `self`: the template's blocks.
    Blocks,
}

/// State of a `for` loop.
#[derive(Debug)]
pub(super) struct Loop {
    pub items: Rc<Vec<Py>>,
    pub index0: Cell<usize>,
    pub depth0: usize,
    pub recursive: bool,
    /// Arguments of the last `changed(…)`.
    pub last_changed: RefCell<Option<Vec<Py>>>,
    /// Where the loop's code is, for `loop(…)`: an index into the evaluation's list of running recursive loops.
    pub code: usize,
}

impl Object {
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Object::Namespace(_) => "Namespace",
            Object::Cycler { .. } => "Cycler",
            Object::Joiner { .. } => "Joiner",
            Object::Loop(_) => "LoopContext",
            Object::Blocks => "TemplateReference",
        }
    }

    pub(crate) fn qualified_type_name(&self) -> &'static str {
        match self {
            Object::Namespace(_) => "jinja2.utils.Namespace",
            Object::Cycler { .. } => "jinja2.utils.Cycler",
            Object::Joiner { .. } => "jinja2.utils.Joiner",
            Object::Loop(_) => "jinja2.runtime.LoopContext",
            Object::Blocks => "jinja2.runtime.TemplateReference",
        }
    }
}
