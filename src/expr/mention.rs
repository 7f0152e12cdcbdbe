//! What an expression mentions, for tools that check and explain workflows without evaluating anything.

use pyvalue::value::Str;

/// Something that an expression names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mention {
    /// A top-level member of the data: `$.name`, `_.name`. Not `certain`: it may belong to an item of a list instead, or the
    /// expression copes with its absence.
    Variable { name: Str, certain: bool },
    /// The data as a whole, or a member whose name is computed.
    All,
    /// A call `f(…)`.
    Function { name: Str, known: bool },
    /// A YAQL call `x.f(…)`.
    Method { name: Str, known: bool },
    /// A Jinja filter.
    Filter { name: Str, known: bool },
    /// A Jinja test.
    Test { name: Str, known: bool },
    /// A Jinja name that nothing sets.
    Name(Str),
    /// `task(name)` with a literal name.
    Task(Str),
}

/// One expression of a text.
#[derive(Clone, Debug)]
pub struct Inspected {
    /// Bytes, markers included.
    pub from: usize,
    pub to: usize,
    pub mentions: Vec<Mention>,
}
