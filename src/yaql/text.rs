//! Python's `str` and `repr` of items.

use std::fmt::Write as _;

use super::compare::view_member;
use super::item::{Item, ListKind};
use super::machine::Machine;
use super::{Failure, fail};
use mistral_expr::ErrorKind;
use pyvalue::python;

/// Digits that Python converts between text and integer before it refuses.
pub(super) use pyvalue::python::MAX_INT_DIGITS;

/// Where the text goes, and how much of it there may be.
pub(super) struct Writer<'m> {
    out: String,
    machine: Option<&'m Machine<'m>>,
}

impl<'m> Writer<'m> {
    fn step(&self) -> Result<(), Failure> {
        self.machine.map_or(Ok(()), |m| {
            m.step()?;
            m.fits(self.out.len())
        })
    }

    /// `str(item)`.
    fn str(&mut self, item: &Item) -> Result<(), Failure> {
        match item {
            Item::Str(s) => self.out.push_str(s),
            Item::DateTime(d) => d.write(&mut self.out, ' '),
            Item::Date(d) => self.out.push_str(&d.date_text()),
            Item::TimeSpan(t) => t.write(&mut self.out),
            other => self.repr(other)?,
        }
        Ok(())
    }

    fn items(&mut self, items: impl Iterator<Item = Item>) -> Result<usize, Failure> {
        let mut n = 0;
        for item in items {
            if n > 0 {
                self.out.push_str(", ");
            }
            self.repr(&item)?;
            n += 1;
        }
        Ok(n)
    }

    /// `repr(item)`.
    fn repr(&mut self, item: &Item) -> Result<(), Failure> {
        self.step()?;
        match item {
            Item::NoValue => self.out.push_str("<NoValue>"),
            Item::Null => self.out.push_str("None"),
            Item::Bool(b) => self.out.push_str(if *b { "True" } else { "False" }),
            Item::Int(n) => {
                let _ = write!(self.out, "{n}");
            }
            Item::Big(n) => self.out.push_str(&big_text(n)?),
            Item::Float(f) => python::write_float(*f, &mut self.out),
            Item::Str(s) => python::write_repr_str(s, &mut self.out),
            Item::Json(..) | Item::List(..) => {
                let Some(seq) = item.as_seq() else { return Ok(()) };
                if seq.kind() == ListKind::Tuple {
                    self.out.push('(');
                    let n = self.items(seq.iter())?;
                    self.out.push_str(if n == 1 { ",)" } else { ")" });
                } else {
                    self.out.push('[');
                    self.items(seq.iter())?;
                    self.out.push(']');
                }
            }
            Item::JsonDict(..) | Item::Dict(..) => {
                self.out.push('{');
                if let Some(map) = item.as_map() {
                    for (i, (k, v)) in map.iter().enumerate() {
                        if i > 0 {
                            self.out.push_str(", ");
                        }
                        self.repr(&k)?;
                        self.out.push_str(": ");
                        self.repr(&v)?;
                    }
                }
                self.out.push('}');
            }
            Item::Set(s) => {
                if s.set.len() == 0 {
                    self.out.push_str(if s.frozen { "frozenset()" } else { "set()" });
                } else {
                    self.out.push_str(if s.frozen { "frozenset({" } else { "{" });
                    self.items(s.set.iter().map(|k| k.item().clone()))?;
                    self.out.push_str(if s.frozen { "})" } else { "}" });
                }
            }
            Item::View(kind, of) => {
                self.out.push_str(item.type_name());
                self.out.push('(');
                if matches!(**of, Item::JsonDict(true, _) | Item::Dict(true, _)) {
                    self.repr(of)?;
                } else if let Some(map) = of.as_map() {
                    self.out.push('[');
                    self.items(map.iter().map(|(k, v)| view_member(*kind, k, v)))?;
                    self.out.push(']');
                }
                self.out.push(')');
            }
            Item::DateTime(d) => self.out.push_str(&d.repr()),
            Item::Date(d) => {
                let f = d.fields();
                let _ = write!(self.out, "datetime.date({}, {}, {})", f.year, f.month, f.day);
            }
            Item::TimeSpan(t) => self.out.push_str(&t.repr()),
            Item::Regex(r) => self.out.push_str(&r.repr()),
            Item::Complex(c) => {
                self.out
                    .push_str(if c.0 == 0.0 && c.0.is_sign_positive() { "" } else { "(" });
                if c.0 != 0.0 || c.0.is_sign_negative() {
                    write_short_float(c.0, &mut self.out);
                    if c.1 >= 0.0 {
                        self.out.push('+');
                    }
                    write_short_float(c.1, &mut self.out);
                    self.out.push_str("j)");
                } else {
                    write_short_float(c.1, &mut self.out);
                    self.out.push('j');
                }
            }
            // Python shows addresses here; nobody can depend on them.
            Item::Iter(_) => self.out.push_str("<iterator object>"),
            Item::Ordering(_) => self
                .out
                .push_str("<yaql.standard_library.queries.OrderingIterable object>"),
            Item::Context(_) => self.out.push_str("<yaql.language.contexts.Context object>"),
            Item::Lambda(_) => self.out.push_str("<function>"),
            Item::Rule(_) => self.out.push_str("<yaql.language.utils.MappingRule object>"),
            Item::Opaque(_) => self.out.push_str("<WorkflowExecution object>"),
        }
        Ok(())
    }
}

/// Parts of complex numbers print without a trailing `.0`.
fn write_short_float(f: f64, out: &mut String) {
    python::write_float(f, out);
    if out.ends_with(".0") {
        out.truncate(out.len() - 2);
    }
}

/// Decimal text of a large integer.
///
/// # Errors
/// Past 4,300 digits, as in Python.
pub(super) fn big_text(n: &num_bigint::BigInt) -> Result<String, Failure> {
    match python::int_text(n) {
        Some(text) => Ok(text),
        None => fail(ErrorKind::Value, python::INT_TOO_LONG),
    }
}

impl Machine<'_> {
    /// Python's `str(item)`, charged to the budgets.
    pub(super) fn text(&self, item: &Item) -> Result<String, Failure> {
        let mut w = Writer {
            out: String::new(),
            machine: Some(self),
        };
        w.str(item)?;
        self.charge(w.out.len())?;
        Ok(w.out)
    }
}

/// Python's `str(item)` of a finished result.
pub(super) fn str_of(item: &Item) -> String {
    let mut w = Writer {
        out: String::new(),
        machine: None,
    };
    match w.str(item) {
        Ok(()) => w.out,
        Err(e) => e.message,
    }
}

/// Python's `repr` of a key, for `KeyError`.
pub(super) fn repr_of(item: &Item) -> String {
    let mut w = Writer {
        out: String::new(),
        machine: None,
    };
    match w.repr(item) {
        Ok(()) => w.out,
        Err(e) => e.message,
    }
}
