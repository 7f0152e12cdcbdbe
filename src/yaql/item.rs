//! Values as YAQL sees them while an expression runs: JSON plus what Python has on top of it.

use std::rc::Rc;
use std::sync::Arc;

use num_bigint::BigInt;

use super::datetime::{DateTime, TimeSpan};
use super::frame::Frame;
use super::iter::{Iter, Ordering};
use super::key::{ItemMap, ItemSet};
use super::lambda::Lambda;
use super::python_re::Regex;
use pyvalue::value::{Dict, Str, Value};

/// Which Python sequence a list is. It decides equality, hashing and the text form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Immutable and hashable: literals, input data, most results.
    Tuple,
    /// Python's mutable list: results of some functions; not hashable.
    List,
    /// A lazy sequence that [`super::Expression::evaluate_raw`] has expanded.
    Expanded,
}

/// A sequence with the nesting depth of its content, so that no value can become too deep to walk.
#[derive(Debug)]
pub struct Block {
    pub items: Vec<Item>,
    pub depth: u32,
}

/// A mapping with any hashable keys.
#[derive(Debug)]
pub struct MapBlock {
    pub map: ItemMap,
    pub depth: u32,
}

/// A set.
#[derive(Debug)]
pub struct SetBlock {
    pub set: ItemSet,
    pub depth: u32,
    /// Python's `frozenset`, as all sets are while an expression runs; converted results hold plain ones.
    pub frozen: bool,
}

/// What a dict view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewKind {
    Keys,
    Values,
    Items,
}

/// One value. Cloning is a reference count.
#[derive(Clone, Debug, Default)]
pub enum Item {
    /// An argument that was left out (`[1,,2]`).
    NoValue,
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    /// Only what does not fit [`Item::Int`].
    Big(Arc<BigInt>),
    Float(f64),
    Str(Str),
    /// A list of plain JSON, shared with the data the expression was given.
    Json(ListKind, Arc<Vec<Value>>),
    List(ListKind, Rc<Block>),
    /// A mapping of plain JSON; true when read-only (hashable).
    JsonDict(bool, Arc<Dict>),
    /// A mapping; true when read-only (hashable).
    Dict(bool, Rc<MapBlock>),
    Set(Rc<SetBlock>),
    View(ViewKind, Rc<Item>),
    Iter(Iter),
    Ordering(Rc<Ordering>),
    Regex(Arc<Regex>),
    DateTime(Rc<DateTime>),
    /// A date without time, as `yaml_parse` may give; midnight of its day.
    Date(Rc<DateTime>),
    TimeSpan(TimeSpan),
    /// What `let`, `with`, `def` and `unpack` return.
    Context(Rc<Frame>),
    Lambda(Rc<Lambda>),
    /// `key => value` given to `dict`, `set` or `{…}`.
    Rule(Rc<(Item, Item)>),
    /// A complex number: the power of a negative number with a fractional exponent.
    Complex(Rc<(f64, f64)>),
    /// A record of the service that expressions may pass on but not look into.
    Opaque(Arc<Value>),
}

impl Item {
    /// JSON as an expression's input: lists become tuples, mappings read-only.
    pub fn from_value(v: &Value) -> Item {
        Item::from_json(v, true)
    }

    /// JSON as a Python function returns it: mutable lists and mappings, which are not hashable.
    pub fn from_python(v: &Value) -> Item {
        Item::from_json(v, false)
    }

    pub(super) fn from_json(v: &Value, frozen: bool) -> Item {
        match v {
            Value::Null => Item::Null,
            Value::Bool(b) => Item::Bool(*b),
            Value::Int(n) => Item::Int(*n),
            Value::Big(n) => Item::Big(n.clone()),
            Value::Float(f) => Item::Float(*f),
            Value::Str(s) => Item::Str(s.clone()),
            Value::List(l) => Item::Json(if frozen { ListKind::Tuple } else { ListKind::List }, l.clone()),
            Value::Dict(d) => Item::JsonDict(frozen, d.clone()),
        }
    }

    pub(super) fn str(s: &str) -> Item {
        Item::Str(Str::from(s))
    }

    pub(super) fn big(n: BigInt) -> Item {
        match i64::try_from(&n) {
            Ok(small) => Item::Int(small),
            Err(_) => Item::Big(Arc::new(n)),
        }
    }

    /// Python's truth value.
    pub fn is_truthy(&self) -> bool {
        match self {
            Item::Null => false,
            Item::Bool(b) => *b,
            Item::Int(n) => *n != 0,
            Item::Float(f) => *f != 0.0,
            Item::Str(s) => !s.is_empty(),
            Item::TimeSpan(t) => !t.is_zero(),
            Item::Complex(c) => c.0 != 0.0 || c.1 != 0.0,
            other => other.sized_len() != Some(0),
        }
    }

    /// Number of items, for what knows it without being consumed.
    pub(super) fn sized_len(&self) -> Option<usize> {
        match self {
            Item::Json(_, l) => Some(l.len()),
            Item::List(_, l) => Some(l.items.len()),
            Item::JsonDict(_, d) => Some(d.len()),
            Item::Dict(_, d) => Some(d.map.len()),
            Item::Set(s) => Some(s.set.len()),
            Item::View(_, d) => d.sized_len(),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Item::Null)
    }

    pub(super) fn is_no_value(&self) -> bool {
        matches!(self, Item::NoValue)
    }

    pub(super) fn is_dict(&self) -> bool {
        matches!(self, Item::JsonDict(..) | Item::Dict(..))
    }

    /// Tuple or list.
    pub(super) fn is_sequence(&self) -> bool {
        matches!(self, Item::Json(..) | Item::List(..))
    }

    /// A set or a set-like view.
    pub(super) fn is_set(&self) -> bool {
        matches!(self, Item::Set(_) | Item::View(ViewKind::Keys | ViewKind::Items, _))
    }

    /// Anything that can be iterated, except text and mappings.
    pub(super) fn is_iterable(&self) -> bool {
        matches!(
            self,
            Item::Json(..) | Item::List(..) | Item::Set(_) | Item::View(..) | Item::Iter(_) | Item::Ordering(_)
        )
    }

    /// Nesting of the value: 0 for scalars.
    pub(super) fn depth(&self) -> u32 {
        match self {
            // JSON data come from a parser with a depth limit of its own.
            Item::Json(..) | Item::JsonDict(..) => 1,
            Item::List(_, l) => l.depth,
            Item::Dict(_, d) => d.depth,
            Item::Set(s) => s.depth,
            Item::View(_, d) => d.depth(),
            Item::Iter(i) => i.depth(),
            Item::Ordering(o) => o.depth(),
            Item::Context(f) => f.depth(),
            Item::Lambda(l) => l.depth(),
            Item::Rule(r) => r.0.depth().max(r.1.depth()) + 1,
            _ => 0,
        }
    }

    /// The Python type name that messages show.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Item::NoValue => "MarkerClass",
            Item::Null => "NoneType",
            Item::Bool(_) => "bool",
            Item::Int(_) | Item::Big(_) => "int",
            Item::Float(_) => "float",
            Item::Str(_) => "str",
            Item::Json(k, _) | Item::List(k, _) => match k {
                ListKind::Tuple => "tuple",
                ListKind::List => "list",
                ListKind::Expanded => "generator",
            },
            Item::JsonDict(frozen, _) | Item::Dict(frozen, _) => {
                if *frozen {
                    "FrozenDict"
                } else {
                    "dict"
                }
            }
            Item::Set(s) => {
                if s.frozen {
                    "frozenset"
                } else {
                    "set"
                }
            }
            Item::View(kind, of) => {
                let frozen = matches!(**of, Item::JsonDict(true, _) | Item::Dict(true, _));
                match (kind, frozen) {
                    (ViewKind::Keys, true) => "KeysView",
                    (ViewKind::Values, true) => "ValuesView",
                    (ViewKind::Items, true) => "ItemsView",
                    (ViewKind::Keys, false) => "dict_keys",
                    (ViewKind::Values, false) => "dict_values",
                    (ViewKind::Items, false) => "dict_items",
                }
            }
            Item::Iter(_) => "generator",
            Item::Ordering(_) => "OrderingIterable",
            Item::Regex(_) => "re.Pattern",
            Item::DateTime(_) => "datetime.datetime",
            Item::Date(_) => "datetime.date",
            Item::TimeSpan(_) => "datetime.timedelta",
            Item::Context(_) => "Context",
            Item::Lambda(_) => "function",
            Item::Rule(_) => "MappingRule",
            Item::Complex(_) => "complex",
            Item::Opaque(_) => "WorkflowExecution",
        }
    }

    /// The `<class '…'>` text of Python's `type()`.
    pub(super) fn class_text(&self) -> String {
        match self {
            Item::JsonDict(true, _) | Item::Dict(true, _) => "<class 'yaql.language.utils.FrozenDict'>".into(),
            other => format!("<class '{}'>", other.type_name()),
        }
    }

    /// Items of a finished tuple, list, set or expanded sequence; nothing of other values.
    pub fn children(&self) -> Vec<Item> {
        match self {
            Item::Set(_) | Item::View(ViewKind::Keys | ViewKind::Items, _) => super::compare::set_members(self),
            other => other.as_seq().map(|s| s.to_vec()).unwrap_or_default(),
        }
    }

    /// Keys and values of a mapping; nothing of other values.
    pub fn members(&self) -> Vec<(Item, Item)> {
        self.as_map().map(|m| m.iter().collect()).unwrap_or_default()
    }

    /// Items of a tuple or list.
    pub(super) fn as_seq(&self) -> Option<Seq<'_>> {
        match self {
            Item::Json(kind, l) => Some(Seq::Json(*kind, l)),
            Item::List(kind, l) => Some(Seq::Items(*kind, &l.items)),
            _ => None,
        }
    }

    /// Members of a mapping.
    pub(super) fn as_map(&self) -> Option<MapRef<'_>> {
        match self {
            Item::JsonDict(frozen, d) => Some(MapRef::Json(*frozen, d)),
            Item::Dict(_, d) => Some(MapRef::Items(&d.map)),
            _ => None,
        }
    }
}

/// A tuple or list, however it is stored.
#[derive(Clone, Copy)]
pub(super) enum Seq<'a> {
    Json(ListKind, &'a [Value]),
    Items(ListKind, &'a [Item]),
}

impl Seq<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Seq::Json(_, l) => l.len(),
            Seq::Items(_, l) => l.len(),
        }
    }

    pub(crate) fn kind(&self) -> ListKind {
        match self {
            Seq::Json(k, _) | Seq::Items(k, _) => *k,
        }
    }

    pub(crate) fn get(&self, at: usize) -> Option<Item> {
        match self {
            Seq::Json(k, l) => l.get(at).map(|v| Item::from_json(v, *k == ListKind::Tuple)),
            Seq::Items(_, l) => l.get(at).cloned(),
        }
    }

    /// All items; JSON ones are wrapped one by one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Item> + '_ {
        (0..self.len()).filter_map(move |i| self.get(i))
    }

    pub(crate) fn to_vec(self) -> Vec<Item> {
        self.iter().collect()
    }
}

/// A mapping, however it is stored.
#[derive(Clone, Copy)]
pub(super) enum MapRef<'a> {
    Json(bool, &'a Dict),
    Items(&'a ItemMap),
}

impl MapRef<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            MapRef::Json(_, d) => d.len(),
            MapRef::Items(d) => d.len(),
        }
    }

    /// Member under a text key.
    pub(crate) fn get_str(&self, key: &str) -> Option<Item> {
        match self {
            MapRef::Json(frozen, d) => d.get(key).map(|v| Item::from_json(v, *frozen)),
            MapRef::Items(d) => d.get_str(key).cloned(),
        }
    }

    /// Key and value at a position.
    pub(crate) fn at(&self, index: usize) -> Option<(Item, Item)> {
        match self {
            MapRef::Json(frozen, d) => d
                .get_index(index)
                .map(|(k, v)| (Item::Str(k.clone()), Item::from_json(v, *frozen))),
            MapRef::Items(d) => d.at(index).map(|(k, v)| (k.clone(), v.clone())),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Item, Item)> + '_ {
        (0..self.len()).filter_map(move |i| self.at(i))
    }
}
