//! Results on their way out: upstream's output conversion, and the JSON that Mistral stores.

use std::rc::Rc;
use std::sync::Arc;

use super::compare::set_members;
use super::datetime::DateTime;
use super::item::{Item, ListKind, MapBlock, ViewKind};
use super::key::{ItemMap, ItemSet};
use super::machine::{Machine, too_large};
use super::{Failure, fail};
use mistral_expr::{Error, ErrorKind};
use pyvalue::python;
use pyvalue::value::{Dict, Str, Value};
use pyyaml::Yaml;

/// A scalar as JSON; `None` for everything else.
pub(super) fn scalar(item: &Item) -> Option<Value> {
    Some(match item {
        Item::Null => Value::Null,
        Item::Bool(b) => Value::Bool(*b),
        Item::Int(n) => Value::Int(*n),
        Item::Big(n) if python::is_printable(n) => Value::Big(n.clone()),
        Item::Float(f) => Value::Float(*f),
        Item::Str(s) => Value::Str(s.clone()),
        _ => return None,
    })
}

impl Machine<'_> {
    /// What upstream's `#finalize` makes of a result.
    pub(super) fn finalize(&self, item: Item) -> Result<Item, Failure> {
        if self.options().convert_output_data {
            return self.convert_output(&item);
        }
        match item {
            // Only the outermost layer is unwrapped.
            Item::JsonDict(true, d) => Ok(thaw_outer(&d)),
            Item::Dict(_, d) => self.expand(&Item::Dict(false, d)),
            Item::Iter(_) => {
                let items = self.cursor(&item)?.collect(self)?;
                let items = items.iter().map(|i| self.expand(i)).collect::<Result<_, _>>()?;
                self.list(items)
            }
            Item::Ordering(ref o) => {
                self.sorted(o)?;
                Ok(item)
            }
            item => self.expand(&item),
        }
    }

    fn check_size(&self, n: usize) -> Result<(), Failure> {
        let limit = self.options().limit_iterators;
        if limit >= 0 && n as u64 > limit as u64 {
            return too_large(limit);
        }
        Ok(())
    }

    fn convert_output(&self, item: &Item) -> Result<Item, Failure> {
        self.step()?;
        Ok(match item {
            Item::Json(kind, l) => {
                let (tuples, limit) = (self.options().convert_tuples_to_lists, self.options().limit_iterators);
                if limit < 0 && (tuples || *kind == ListKind::List) {
                    return Ok(Item::Json(ListKind::List, l.clone()));
                }
                self.check_size(l.len())?;
                let frozen = *kind == ListKind::Tuple;
                let items = l
                    .iter()
                    .map(|v| self.convert_output(&Item::from_json(v, frozen)))
                    .collect::<Result<_, _>>()?;
                self.of_kind(if tuples { ListKind::List } else { *kind }, items)?
            }
            Item::JsonDict(frozen, d) => {
                if self.options().limit_iterators < 0 && (self.options().convert_tuples_to_lists || !frozen) {
                    return Ok(Item::JsonDict(false, d.clone()));
                }
                self.check_size(d.len())?;
                let mut map = ItemMap::with_capacity(d.len());
                for (k, v) in d.iter() {
                    map.insert(
                        super::key::str_key(k),
                        self.convert_output(&Item::from_json(v, *frozen))?,
                    );
                }
                self.dict(false, map)?
            }
            Item::List(kind, l) => {
                self.check_size(l.items.len())?;
                let items = l
                    .items
                    .iter()
                    .map(|i| self.convert_output(i))
                    .collect::<Result<_, _>>()?;
                self.of_kind(
                    if self.options().convert_tuples_to_lists {
                        ListKind::List
                    } else {
                        *kind
                    },
                    items,
                )?
            }
            Item::Dict(_, d) => {
                self.check_size(d.map.len())?;
                let mut map = ItemMap::with_capacity(d.map.len());
                for (k, v) in d.map.iter() {
                    // The value first: Python evaluates an assignment's right side before its left.
                    let value = self.convert_output(v)?;
                    let key = match k.item() {
                        Item::Str(_) => k.clone(),
                        other => self.key(self.convert_output(other)?)?,
                    };
                    map.insert(key, value);
                }
                self.dict(false, map)?
            }
            item if item.is_set() => {
                let members = set_members(item);
                self.check_size(members.len())?;
                let lists = self.options().convert_sets_to_lists;
                if lists {
                    let items = members
                        .iter()
                        .map(|i| self.convert_output(i))
                        .collect::<Result<_, _>>()?;
                    return self.list(items);
                }
                let mut set = ItemSet::default();
                for member in &members {
                    set.insert(self.key(self.convert_output(member)?)?);
                }
                self.set(set, false)?
            }
            item if item.is_iterable() => {
                let mut source = self.cursor_of_parameter(item.clone())?;
                let mut items = Vec::new();
                while let Some(i) = source.next(self)? {
                    let converted = self.nested(|| self.convert_output(&i))?;
                    items.push(converted);
                    self.charge(std::mem::size_of::<Item>())?;
                }
                self.list(items)?
            }
            other => other.clone(),
        })
    }

    /// Expands lazy sequences inside a result that is not converted, and charges all of it.
    fn expand(&self, item: &Item) -> Result<Item, Failure> {
        self.step()?;
        Ok(match item {
            Item::List(kind, l) if l.depth > 1 => {
                let items = l.items.iter().map(|i| self.expand(i)).collect::<Result<_, _>>()?;
                self.of_kind(*kind, items)?
            }
            Item::List(_, l) => {
                self.steps(l.items.len() as u64)?;
                item.clone()
            }
            Item::Dict(frozen, d) => {
                let mut map = ItemMap::with_capacity(d.map.len());
                for (k, v) in d.map.iter() {
                    map.insert(k.clone(), self.expand(v)?);
                }
                self.dict(*frozen, map)?
            }
            Item::Iter(_) | Item::View(..) => {
                let items = self.cursor(item)?.collect(self)?;
                let items = items.iter().map(|i| self.expand(i)).collect::<Result<_, _>>()?;
                self.of_kind(ListKind::Expanded, items)?
            }
            other => other.clone(),
        })
    }
}

/// Read-only mappings that upstream's encoder follows one inside the other; what is deeper becomes null.
const MAX_FROZEN_LEVEL: u32 = 3;

impl Machine<'_> {
    /// The value as `json_dump` writes it. Python's own types go to the JSON encoder directly, all else through
    /// [`Machine::primitive`].
    pub(super) fn to_json(&self, item: &Item) -> Result<Value, Failure> {
        self.step()?;
        if let Some(seq) = item.as_seq() {
            return Ok(Value::list(
                seq.iter().map(|i| self.to_json(&i)).collect::<Result<_, _>>()?,
            ));
        }
        match item {
            Item::JsonDict(false, _) | Item::Dict(false, _) => {
                self.json_members(item, |m, k| m.native_key(k), |m, v| m.to_json(v))
            }
            item => self.primitive(item, 0),
        }
    }

    fn json_members(
        &self,
        item: &Item,
        key: impl Fn(&Self, &Item) -> Result<Str, Failure>,
        value: impl Fn(&Self, &Item) -> Result<Value, Failure>,
    ) -> Result<Value, Failure> {
        let mut dict = Dict::default();
        if let Some(map) = item.as_map() {
            for (k, v) in map.iter() {
                dict.insert(key(self, &k)?, value(self, &v)?);
            }
        }
        Ok(Value::dict(dict))
    }

    fn native_key(&self, key: &Item) -> Result<Str, Failure> {
        match key {
            Item::DateTime(_) | Item::Date(_) => Err(Box::new(bad_key(key))),
            key => json_key(key).map_err(Box::new),
        }
    }

    /// What upstream's encoder makes of values that JSON does not know.
    fn primitive(&self, item: &Item, level: u32) -> Result<Value, Failure> {
        self.step()?;
        if let Some(v) = scalar(item) {
            return Ok(v);
        }
        match item {
            Item::DateTime(_) | Item::Date(_) => return item.to_value().map_err(Box::new),
            _ if level > MAX_FROZEN_LEVEL => return Ok(Value::Null),
            _ => {}
        }
        if item.is_dict() {
            let frozen = matches!(item, Item::JsonDict(true, _) | Item::Dict(true, _));
            let level = level + u32::from(frozen);
            if level > MAX_FROZEN_LEVEL {
                return Ok(Value::Null);
            }
            if item
                .as_map()
                .is_some_and(|m| m.iter().any(|(k, _)| json_key(&k).is_err()))
            {
                return Ok(Value::from(self.text(item)?));
            }
            return self.json_members(item, |_, k| json_key(k).map_err(Box::new), |m, v| m.primitive(v, level));
        }
        if item.is_iterable() {
            let mut cursor = self.cursor(item)?;
            let mut items = Vec::new();
            while let Some(i) = cursor.next(self)? {
                self.charge(std::mem::size_of::<Value>())?;
                items.push(self.nested(|| self.primitive(&i, level))?);
            }
            return Ok(Value::list(items));
        }
        item.to_value().map_err(Box::new)
    }
}

/// The value as `yaml_dump` takes it.
///
/// # Errors
/// What PyYAML's safe dumper cannot represent: sets, lazy sequences and everything else that YAML has no form for.
pub(super) fn to_yaml(m: &Machine<'_>, item: &Item) -> Result<Yaml, Failure> {
    m.step()?;
    Ok(match item {
        Item::Null => Yaml::Null,
        Item::Bool(b) => Yaml::Bool(*b),
        Item::Int(n) => Yaml::Int(*n),
        Item::Big(n) if python::is_printable(n) => Yaml::Big(n.clone()),
        Item::Big(_) => return fail(ErrorKind::Value, python::INT_TOO_LONG.to_owned()),
        Item::Float(f) => Yaml::Float(*f),
        Item::Str(s) => Yaml::Str(s.clone()),
        Item::DateTime(d) => {
            let (civil, offset) = d.civil();
            match civil {
                Some(civil) => Yaml::DateTime(civil, offset),
                None => return unrepresentable(item),
            }
        }
        Item::Date(d) => match d.civil().0 {
            Some(civil) => Yaml::Date(civil.date()),
            None => return unrepresentable(item),
        },
        item => {
            if let Some(seq) = item.as_seq() {
                return Ok(Yaml::List(
                    seq.iter().map(|i| to_yaml(m, &i)).collect::<Result<_, _>>()?,
                ));
            }
            let Some(map) = item.as_map() else {
                return unrepresentable(item);
            };
            let members = map.iter().map(|(k, v)| Ok((to_yaml(m, &k)?, to_yaml(m, &v)?)));
            Yaml::Map(members.collect::<Result<_, Failure>>()?)
        }
    })
}

fn unrepresentable<T>(item: &Item) -> Result<T, Failure> {
    fail(
        ErrorKind::Type,
        format!("('cannot represent an object', {})", super::text::repr_of(item)),
    )
}

/// A YAML document's value as Python has it.
pub(super) fn from_yaml(m: &Machine<'_>, yaml: Yaml) -> Result<Item, Failure> {
    m.step()?;
    Ok(match yaml {
        Yaml::Null => Item::Null,
        Yaml::Bool(b) => Item::Bool(b),
        Yaml::Int(n) => Item::Int(n),
        Yaml::Big(n) => Item::Big(n),
        Yaml::Float(f) => Item::Float(f),
        Yaml::Str(s) => Item::Str(s),
        Yaml::Date(d) => match DateTime::from_civil(d.to_datetime(jiff::civil::Time::midnight()), None) {
            Some(d) => Item::Date(Rc::new(d)),
            None => Item::Null,
        },
        Yaml::DateTime(d, offset) => match DateTime::from_civil(d, offset) {
            Some(d) => Item::DateTime(Rc::new(d)),
            None => Item::Null,
        },
        Yaml::List(items) => {
            let items = items.into_iter().map(|i| from_yaml(m, i)).collect::<Result<_, _>>()?;
            m.list(items)?
        }
        Yaml::Pairs(pairs) => {
            let mut items = Vec::with_capacity(pairs.len());
            for (k, v) in pairs {
                let pair = vec![from_yaml(m, k)?, from_yaml(m, v)?];
                items.push(m.tuple(pair)?);
            }
            m.list(items)?
        }
        Yaml::Map(members) => {
            let mut map = ItemMap::with_capacity(members.len());
            for (k, v) in members {
                let key = m.key(from_yaml(m, k)?)?;
                map.insert(key, from_yaml(m, v)?);
            }
            m.dict(false, map)?
        }
        Yaml::Set(members) => {
            let mut set = ItemSet::default();
            for member in members {
                set.insert(m.key(from_yaml(m, member)?)?);
            }
            m.set(set, false)?
        }
        other => Item::from_python(&other.into_json()),
    })
}

/// A mutable mapping whose members stay read-only.
fn thaw_outer(d: &Arc<Dict>) -> Item {
    let mut map = ItemMap::with_capacity(d.len());
    let depth = 2;
    for (k, v) in d.iter() {
        map.insert(super::key::str_key(k), Item::from_json(v, true));
    }
    Item::Dict(false, Rc::new(MapBlock { map, depth }))
}

impl Item {
    /// The JSON that Mistral stores: sets, tuples and lazy sequences as lists, keys as text, date-times as ISO 8601
    /// without their offset.
    ///
    /// # Errors
    /// What upstream's JSON encoder refuses: timespans, regexes, complex numbers, contexts, composite keys.
    pub fn to_value(&self) -> Result<Value, Error> {
        Ok(match self {
            Item::Null | Item::Bool(_) | Item::Int(_) | Item::Big(_) | Item::Float(_) | Item::Str(_) => {
                return scalar(self).ok_or_else(|| refused(self));
            }
            Item::NoValue => Value::empty_dict(),
            Item::Json(_, l) => Value::List(l.clone()),
            Item::JsonDict(_, d) => Value::Dict(d.clone()),
            Item::List(_, l) => Value::list(l.items.iter().map(Item::to_value).collect::<Result<_, _>>()?),
            Item::Set(_) | Item::View(ViewKind::Keys | ViewKind::Items, _) => {
                Value::list(set_members(self).iter().map(Item::to_value).collect::<Result<_, _>>()?)
            }
            Item::Dict(_, d) => {
                let mut dict = Dict::with_capacity(d.map.len());
                for (k, v) in d.map.iter() {
                    dict.insert(json_key(k.item())?, v.to_value()?);
                }
                Value::dict(dict)
            }
            Item::DateTime(d) => Value::from(d.storage_text()),
            Item::Date(d) => Value::from(d.date_text()),
            Item::Opaque(v) => (**v).clone(),
            Item::Ordering(o) => match o.sorted.borrow().as_ref() {
                Some(sorted) => Value::list(sorted.items.iter().map(Item::to_value).collect::<Result<_, _>>()?),
                None => return Err(refused(self)),
            },
            _ => return Err(refused(self)),
        })
    }

    /// Python's `str()`, as the value appears inside a text template.
    pub fn to_text(&self) -> String {
        super::text::str_of(self)
    }
}

fn refused(item: &Item) -> Error {
    if let Item::Big(_) = item {
        return Error {
            kind: ErrorKind::Value,
            message: python::INT_TOO_LONG.to_owned(),
        };
    }
    Error {
        kind: ErrorKind::Value,
        message: format!("Cannot convert {} to primitive", super::text::repr_of(item)),
    }
}

/// A mapping's key as JSON text.
fn json_key(key: &Item) -> Result<Str, Error> {
    Ok(match key {
        Item::Str(s) => s.clone(),
        Item::Null => Str::from("null"),
        Item::Bool(b) => Str::from(if *b { "true" } else { "false" }),
        Item::Int(_) | Item::Big(_) | Item::Float(_) => {
            let number = super::number::of(key).ok_or_else(|| bad_key(key))?;
            Str::from(pyvalue::number::json_key(&number)?)
        }
        Item::DateTime(d) => Str::from(d.storage_text()),
        Item::Date(d) => Str::from(d.date_text()),
        other => return Err(bad_key(other)),
    })
}

fn bad_key(key: &Item) -> Error {
    Error {
        kind: ErrorKind::Type,
        message: format!("keys must be str, int, float, bool or None, not {}", key.type_name()),
    }
}

/// Roughly what `sys.getsizeof` reports: the value itself without what it refers to.
pub(super) fn python_size(item: &Item) -> usize {
    match item {
        Item::Null => 16,
        Item::Bool(_) | Item::Int(_) => 28,
        Item::Big(n) => 24 + 4 * n.bits().div_ceil(30) as usize,
        Item::Float(_) => 24,
        Item::Str(s) => {
            let chars = s.chars().count();
            match s.chars().max().map_or(0, |c| c as u32) {
                0..=0x7f => 49 + chars,
                0x80..=0xff => 73 + chars,
                0x100..=0xffff => 74 + 2 * chars,
                _ => 76 + 4 * chars,
            }
        }
        Item::Json(kind, _) | Item::List(kind, _) => {
            let n = item.sized_len().unwrap_or(0);
            if *kind == ListKind::Tuple {
                40 + 8 * n
            } else {
                56 + 8 * n
            }
        }
        Item::JsonDict(true, _) | Item::Dict(true, _) => 56,
        Item::JsonDict(false, _) | Item::Dict(false, _) => match item.sized_len().unwrap_or(0) {
            0 => 64,
            n => 184 + 48 * n.saturating_sub(5).next_power_of_two(),
        },
        Item::Set(s) => match s.set.len() {
            0..=4 => 216,
            n => 216 + 16 * (2 * n).next_power_of_two(),
        },
        _ => 104,
    }
}
