//! Values while a template runs: JSON plus what Python has on top of it.
//!
//! Data are shared with the caller as long as nothing changes them: a list or mapping of the context is a view onto the
//! same `Arc`. Templates that may change objects in place (`_.l.append(1)`) get views that turn into copies of their own,
//! level by level, as they are walked, so that a change is seen by every later read of the same object.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use num_bigint::BigInt;

use super::callable::Func;
use super::key::{Key, Map, TextKey};
use super::object::Object;
use mistral_expr::{Error, ErrorKind};
use pyvalue::value::{Dict, Str, Value};
use pyyaml::Yaml;

/// One value. Cloning is a reference count.
#[derive(Clone, Debug)]
pub(super) enum Py {
    Undefined(Rc<Undefined>),
    None,
    Bool(bool),
    Int(i64),
    /// Only what does not fit [`Py::Int`].
    Big(Arc<BigInt>),
    Float(f64),
    Str(Str),
    /// Text marked as safe HTML.
    Markup(Str),
    Bytes(Arc<[u8]>),
    List(Rc<List>),
    Tuple(Rc<Tuple>),
    Dict(Rc<Mapping>),
    View(View, Rc<Mapping>),
    Range(Rc<Range>),
    /// A generator: can be read once.
    Iter(Rc<Generator>),
    /// A date, or a date with a time, from `yaml_parse`.
    Date(Rc<Yaml>),
    Func(Rc<Func>),
    Object(Rc<Object>),
}

/// A name, attribute or item that does not exist. Nearly every use of one is an error with this text.
#[derive(Debug)]
pub(super) struct Undefined {
    pub kind: ErrorKind,
    pub message: String,
    /// What an inline `if` without `else` yields: prints as nothing.
    pub lenient: bool,
}

impl Undefined {
    pub(crate) fn error(&self) -> Error {
        Error {
            kind: self.kind,
            message: self.message.clone(),
        }
    }
}

/// A list and whatever holds it.
#[derive(Debug)]
pub(super) struct List {
    content: RefCell<ListContent>,
    tracked: Cell<bool>,
}

#[derive(Debug)]
enum ListContent {
    Shared(Arc<Vec<Value>>),
    Own(Vec<Py>),
}

#[derive(Debug)]
pub(super) struct Tuple {
    pub items: Vec<Py>,
    /// From `groupby`: the items are also named `grouper` and `list`.
    pub group: bool,
}

/// A mapping.
#[derive(Debug)]
pub(super) struct Mapping {
    content: RefCell<MappingContent>,
    tracked: Cell<bool>,
}

#[derive(Debug)]
enum MappingContent {
    Shared(Arc<Dict>),
    Own(Map),
}

/// What a view of a mapping shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Keys,
    Values,
    Items,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

impl Range {
    pub(crate) fn len(&self) -> usize {
        let (start, stop, step) = (i128::from(self.start), i128::from(self.stop), i128::from(self.step));
        let span = if step > 0 { stop - start } else { start - stop };
        if span <= 0 {
            0
        } else {
            usize::try_from((span - 1) / step.abs() + 1).unwrap_or(usize::MAX)
        }
    }

    pub(crate) fn get(&self, index: usize) -> i64 {
        self.start + self.step * index as i64
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = i64> + ExactSizeIterator + '_ {
        (0..self.len()).map(|i| self.get(i))
    }
}

/// A generator's values, computed ahead, and the error its computation ended with: both come out as it is read.
#[derive(Debug)]
pub(super) struct Generator {
    pub items: RefCell<std::collections::VecDeque<Py>>,
    pub failure: RefCell<Option<Error>>,
    pub type_name: &'static str,
}

impl Py {
    pub(crate) fn str(text: &str) -> Py {
        Py::Str(Str::from(text))
    }

    pub(crate) fn string(text: String) -> Py {
        Py::Str(Str::from(text))
    }

    pub(crate) fn big(n: BigInt) -> Py {
        match i64::try_from(&n) {
            Ok(small) => Py::Int(small),
            Err(_) => Py::Big(Arc::new(n)),
        }
    }

    pub(crate) fn list(items: Vec<Py>) -> Py {
        Py::List(Rc::new(List {
            content: RefCell::new(ListContent::Own(items)),
            tracked: Cell::new(false),
        }))
    }

    pub(crate) fn tuple(items: Vec<Py>) -> Py {
        Py::Tuple(Rc::new(Tuple { items, group: false }))
    }

    pub(crate) fn dict(map: Map) -> Py {
        Py::Dict(Rc::new(Mapping {
            content: RefCell::new(MappingContent::Own(map)),
            tracked: Cell::new(false),
        }))
    }

    pub(crate) fn generator(items: Vec<Py>, failure: Option<Error>, type_name: &'static str) -> Py {
        Py::Iter(Rc::new(Generator {
            items: RefCell::new(items.into()),
            failure: RefCell::new(failure),
            type_name,
        }))
    }

    pub(crate) fn undefined(message: String) -> Py {
        Py::Undefined(Rc::new(Undefined {
            kind: ErrorKind::Undefined,
            message,
            lenient: false,
        }))
    }

    /// Data of the caller. `tracked`: the template may change objects in place.
    pub(crate) fn from_value(value: &Value, tracked: bool) -> Py {
        match value {
            Value::Null => Py::None,
            Value::Bool(b) => Py::Bool(*b),
            Value::Int(n) => Py::Int(*n),
            Value::Big(n) => Py::Big(n.clone()),
            Value::Float(f) => Py::Float(*f),
            Value::Str(s) => Py::Str(s.clone()),
            Value::List(items) => Py::List(Rc::new(List {
                content: RefCell::new(ListContent::Shared(items.clone())),
                tracked: Cell::new(tracked),
            })),
            Value::Dict(members) => Py::Dict(Rc::new(Mapping {
                content: RefCell::new(MappingContent::Shared(members.clone())),
                tracked: Cell::new(tracked),
            })),
        }
    }

    /// A document as `yaml_parse` gives it.
    pub(crate) fn from_yaml(yaml: Yaml) -> Py {
        match yaml {
            Yaml::Null => Py::None,
            Yaml::Bool(b) => Py::Bool(b),
            Yaml::Int(n) => Py::Int(n),
            Yaml::Big(n) => Py::Big(n),
            Yaml::Float(f) => Py::Float(f),
            Yaml::Str(s) => Py::Str(s),
            Yaml::Bytes(bytes) => Py::Bytes(bytes),
            Yaml::Date(_) | Yaml::DateTime(..) => Py::Date(Rc::new(yaml)),
            Yaml::List(items) => Py::list(items.into_iter().map(Py::from_yaml).collect()),
            // Python's set; no operation on sets exists in templates, so their items are all there is to see.
            Yaml::Set(items) => Py::list(items.into_iter().map(Py::from_yaml).collect()),
            Yaml::Pairs(pairs) => Py::list(
                pairs
                    .into_iter()
                    .map(|(k, v)| Py::tuple(vec![Py::from_yaml(k), Py::from_yaml(v)]))
                    .collect(),
            ),
            Yaml::Map(members) => {
                let mut map = Map::default();
                for (key, value) in members {
                    if let Ok(key) = Key::new(Py::from_yaml(key)) {
                        map.insert(key, Py::from_yaml(value));
                    }
                }
                Py::dict(map)
            }
        }
    }

    /// The text of a `str` or `Markup`.
    pub(crate) fn as_text(&self) -> Option<&Str> {
        match self {
            Py::Str(s) | Py::Markup(s) => Some(s),
            _ => None,
        }
    }

    pub(crate) fn is_undefined(&self) -> bool {
        matches!(self, Py::Undefined(_))
    }

    /// Python's type name, as messages show it.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Py::Undefined(undefined) => {
                if undefined.lenient {
                    "Undefined"
                } else {
                    "StrictUndefined"
                }
            }
            Py::None => "NoneType",
            Py::Bool(_) => "bool",
            Py::Int(_) | Py::Big(_) => "int",
            Py::Float(_) => "float",
            Py::Str(_) => "str",
            Py::Markup(_) => "Markup",
            Py::Bytes(_) => "bytes",
            Py::List(_) => "list",
            Py::Tuple(tuple) => {
                if tuple.group {
                    "_GroupTuple"
                } else {
                    "tuple"
                }
            }
            Py::Dict(_) => "dict",
            Py::View(View::Keys, _) => "dict_keys",
            Py::View(View::Values, _) => "dict_values",
            Py::View(View::Items, _) => "dict_items",
            Py::Range(_) => "range",
            Py::Iter(generator) => generator.type_name,
            Py::Date(yaml) => {
                if matches!(**yaml, Yaml::Date(_)) {
                    "date"
                } else {
                    "datetime"
                }
            }
            Py::Func(func) => func.type_name(),
            Py::Object(object) => object.type_name(),
        }
    }

    /// How Jinja names the object of a missing attribute: `dict object`, `None`.
    pub(crate) fn object_name(&self) -> String {
        match self {
            Py::None => "None".to_owned(),
            Py::Markup(_) => "markupsafe.Markup object".to_owned(),
            Py::Tuple(tuple) if tuple.group => "jinja2.filters._GroupTuple object".to_owned(),
            Py::Date(_) => format!("datetime.{} object", self.type_name()),
            Py::Func(func) => format!("{} object", func.qualified_type_name()),
            Py::Object(object) => format!("{} object", object.qualified_type_name()),
            other => format!("{} object", other.type_name()),
        }
    }
}

impl List {
    pub(crate) fn len(&self) -> usize {
        match &*self.content.borrow() {
            ListContent::Shared(items) => items.len(),
            ListContent::Own(items) => items.len(),
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<Py> {
        self.track();
        match &*self.content.borrow() {
            ListContent::Shared(items) => items.get(index).map(|v| Py::from_value(v, false)),
            ListContent::Own(items) => items.get(index).cloned(),
        }
    }

    /// The items as they are now.
    pub(crate) fn items(&self) -> Vec<Py> {
        self.track();
        match &*self.content.borrow() {
            ListContent::Shared(items) => items.iter().map(|v| Py::from_value(v, false)).collect(),
            ListContent::Own(items) => items.clone(),
        }
    }

    /// The list as it was given, if nothing has touched it.
    pub(crate) fn shared(&self) -> Option<Arc<Vec<Value>>> {
        match &*self.content.borrow() {
            ListContent::Shared(items) => Some(items.clone()),
            ListContent::Own(_) => None,
        }
    }

    /// Changes the list in place.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Vec<Py>) -> T) -> T {
        self.own();
        match &mut *self.content.borrow_mut() {
            ListContent::Own(items) => change(items),
            // `own` has just replaced it.
            ListContent::Shared(_) => change(&mut Vec::new()),
        }
    }

    /// In tracked data, whoever reads an item must get the same object every time.
    fn track(&self) {
        if self.tracked.get() {
            self.own();
        }
    }

    fn own(&self) {
        let mut content = self.content.borrow_mut();
        if let ListContent::Shared(items) = &*content {
            let tracked = self.tracked.get();
            *content = ListContent::Own(items.iter().map(|v| Py::from_value(v, tracked)).collect());
        }
    }
}

impl Mapping {
    pub(crate) fn len(&self) -> usize {
        match &*self.content.borrow() {
            MappingContent::Shared(members) => members.len(),
            MappingContent::Own(map) => map.len(),
        }
    }

    pub(crate) fn get_text(&self, key: &str) -> Option<Py> {
        self.track();
        match &*self.content.borrow() {
            MappingContent::Shared(members) => members.get(key).map(|v| Py::from_value(v, false)),
            MappingContent::Own(map) => map.get(&TextKey(key)).cloned(),
        }
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Py> {
        if let Some(text) = key.as_text() {
            return self.get_text(text);
        }
        match &*self.content.borrow() {
            MappingContent::Shared(_) => None,
            MappingContent::Own(map) => map.get(key).cloned(),
        }
    }

    pub(crate) fn contains(&self, key: &Key) -> bool {
        match (&*self.content.borrow(), key.as_text()) {
            (MappingContent::Shared(members), Some(text)) => members.contains_key(&**text),
            (MappingContent::Shared(_), None) => false,
            (MappingContent::Own(map), _) => map.contains_key(key),
        }
    }

    pub(crate) fn keys(&self) -> Vec<Py> {
        match &*self.content.borrow() {
            MappingContent::Shared(members) => members.keys().map(|k| Py::Str(k.clone())).collect(),
            MappingContent::Own(map) => map.keys().map(|k| k.value().clone()).collect(),
        }
    }

    pub(crate) fn values(&self) -> Vec<Py> {
        self.track();
        match &*self.content.borrow() {
            MappingContent::Shared(members) => members.values().map(|v| Py::from_value(v, false)).collect(),
            MappingContent::Own(map) => map.values().cloned().collect(),
        }
    }

    pub(crate) fn entries(&self) -> Vec<(Py, Py)> {
        self.keys().into_iter().zip(self.values()).collect()
    }

    /// The mapping as it was given, if nothing has touched it.
    pub(crate) fn shared(&self) -> Option<Arc<Dict>> {
        match &*self.content.borrow() {
            MappingContent::Shared(members) => Some(members.clone()),
            MappingContent::Own(_) => None,
        }
    }

    /// A copy of the members.
    pub(crate) fn to_map(&self) -> Map {
        self.entries()
            .into_iter()
            .filter_map(|(k, v)| Some((Key::new(k).ok()?, v)))
            .collect()
    }

    /// Changes the mapping in place.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Map) -> T) -> T {
        self.own();
        match &mut *self.content.borrow_mut() {
            MappingContent::Own(map) => change(map),
            // `own` has just replaced it.
            MappingContent::Shared(_) => change(&mut Map::default()),
        }
    }

    fn track(&self) {
        if self.tracked.get() {
            self.own();
        }
    }

    fn own(&self) {
        let mut content = self.content.borrow_mut();
        if let MappingContent::Shared(members) = &*content {
            let tracked = self.tracked.get();
            let own = members
                .iter()
                .map(|(k, v)| (Key::text(k.clone()), Py::from_value(v, tracked)))
                .collect();
            *content = MappingContent::Own(own);
        }
    }
}

// Values may nest as deep as a template cares to build them: dropping one must not recurse.

/// Drops values one level at a time.
fn drop_flat(mut pending: Vec<Py>) {
    while let Some(value) = pending.pop() {
        match value {
            Py::List(list) => {
                if let Some(list) = Rc::into_inner(list) {
                    list.take_items(&mut pending);
                }
            }
            Py::Dict(mapping) | Py::View(_, mapping) => {
                if let Some(mapping) = Rc::into_inner(mapping) {
                    mapping.take_items(&mut pending);
                }
            }
            Py::Tuple(tuple) => {
                if let Some(mut tuple) = Rc::into_inner(tuple) {
                    pending.append(&mut tuple.items);
                }
            }
            Py::Iter(generator) => {
                if let Some(generator) = Rc::into_inner(generator) {
                    pending.extend(generator.items.take());
                }
            }
            _ => {}
        }
    }
}

fn may_nest(value: &Py) -> bool {
    matches!(
        value,
        Py::List(_) | Py::Dict(_) | Py::View(..) | Py::Tuple(_) | Py::Iter(_)
    )
}

impl List {
    fn take_items(&self, pending: &mut Vec<Py>) {
        if let ListContent::Own(items) = &mut *self.content.borrow_mut() {
            pending.extend(items.drain(..).filter(may_nest));
        }
    }
}

impl Mapping {
    fn take_items(&self, pending: &mut Vec<Py>) {
        if let MappingContent::Own(map) = &mut *self.content.borrow_mut() {
            pending.extend(map.drain(..).map(|(_, v)| v).filter(may_nest));
        }
    }
}

impl Drop for List {
    fn drop(&mut self) {
        let mut pending = Vec::new();
        self.take_items(&mut pending);
        drop_flat(pending);
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        let mut pending = Vec::new();
        self.take_items(&mut pending);
        drop_flat(pending);
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        if self.items.iter().any(may_nest) {
            drop_flat(std::mem::take(&mut self.items));
        }
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        drop_flat(self.items.take().into());
    }
}
