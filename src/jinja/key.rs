//! Keys of mappings: hashable values with Python's equality, where `1`, `1.0` and `true` are one key.

use std::hash::{Hash, Hasher};

use indexmap::{Equivalent, IndexMap};
use pyvalue::number::Identity;

use super::value::Py;
use mistral_expr::{Error, ErrorKind};
use pyvalue::value::Str;

/// A mapping in the order of insertion.
pub(super) type Map = IndexMap<Key, Py, foldhash::fast::RandomState>;

/// A hashable value.
#[derive(Clone, Debug)]
pub(super) struct Key(Py);

/// Text looked up without making a [`Key`] of it.
pub(super) struct TextKey<'a>(pub &'a str);

/// Nesting of tuples in keys.
const MAX_DEPTH: usize = 50;
/// Parts of a key, shared ones as often as a walk meets them.
const MAX_PARTS: usize = 10_000;

impl Key {
    /// # Errors
    /// `unhashable type: 'list'` and the like; the error of an undefined value.
    pub(crate) fn new(value: Py) -> Result<Key, Error> {
        check(&value, 0, &mut 0)?;
        Ok(Key(value))
    }

    pub(crate) fn text(text: Str) -> Key {
        Key(Py::Str(text))
    }

    pub(crate) fn value(&self) -> &Py {
        &self.0
    }

    pub(crate) fn into_value(self) -> Py {
        self.0
    }

    pub(crate) fn as_text(&self) -> Option<&Str> {
        self.0.as_text()
    }
}

fn check(value: &Py, depth: usize, parts: &mut usize) -> Result<(), Error> {
    *parts += 1;
    match value {
        Py::List(_) | Py::Dict(_) | Py::View(..) => Err(Error {
            kind: ErrorKind::Type,
            message: format!("unhashable type: '{}'", value.type_name()),
        }),
        Py::Undefined(undefined) if !undefined.lenient => Err(undefined.error()),
        Py::Tuple(_) if depth >= MAX_DEPTH || *parts > MAX_PARTS => Err(super::recursion_error()),
        Py::Tuple(tuple) => tuple.items.iter().try_for_each(|item| check(item, depth + 1, parts)),
        _ => Ok(()),
    }
}

fn number(value: &Py) -> Option<Identity> {
    super::number::of(value).as_ref().map(Identity::from)
}

fn hash<H: Hasher>(value: &Py, state: &mut H) {
    if let Some(text) = value.as_text() {
        text.hash(state);
        return;
    }
    match number(value) {
        Some(identity) => identity.hash(state),
        None => match value {
            Py::Tuple(tuple) => tuple.items.iter().for_each(|item| hash(item, state)),
            Py::Bytes(bytes) => bytes.hash(state),
            // The rest is compared by what it is; one bucket will do.
            other => std::mem::discriminant(other).hash(state),
        },
    }
}

fn same(a: &Py, b: &Py) -> bool {
    if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
        return a == b;
    }
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return a == b;
    }
    match (a, b) {
        (Py::None, Py::None) => true,
        (Py::Bytes(a), Py::Bytes(b)) => a == b,
        (Py::Date(a), Py::Date(b)) => a == b,
        (Py::Range(a), Py::Range(b)) => a == b,
        (Py::Tuple(a), Py::Tuple(b)) => {
            a.items.len() == b.items.len() && a.items.iter().zip(&b.items).all(|(a, b)| same(a, b))
        }
        (Py::Func(a), Py::Func(b)) => std::rc::Rc::ptr_eq(a, b),
        (Py::Object(a), Py::Object(b)) => std::rc::Rc::ptr_eq(a, b),
        (Py::Iter(a), Py::Iter(b)) => std::rc::Rc::ptr_eq(a, b),
        (Py::Undefined(_), Py::Undefined(_)) => true,
        _ => false,
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl Hash for TextKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Equivalent<Key> for TextKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        key.as_text().is_some_and(|text| **text == *self.0)
    }
}
