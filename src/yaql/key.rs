//! Hashable items: keys of mappings, members of sets. `1`, `1.0` and `true` are the same key, as in Python.

use std::hash::{BuildHasher, Hasher};
use std::sync::LazyLock;

use indexmap::{Equivalent, IndexMap, IndexSet};
use pyvalue::number::Identity;

use super::compare;
use super::item::{Item, ViewKind};
use super::machine::Machine;
use super::number;
use super::{Failure, fail};
use mistral_expr::ErrorKind;

static HASHER: LazyLock<foldhash::fast::RandomState> = LazyLock::new(foldhash::fast::RandomState::default);

/// An item with its hash. Made by [`Machine::key`] only, so every key is hashable and its size has been charged.
#[derive(Clone, Debug)]
pub struct Key {
    hash: u64,
    item: Item,
}

impl Key {
    pub fn item(&self) -> &Item {
        &self.item
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.hash == other.hash && compare::equal(&self.item, &other.item)
    }
}
impl Eq for Key {}
impl std::hash::Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Text looked up without making an item of it.
struct StrKey<'a>(u64, &'a str);
impl std::hash::Hash for StrKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}
impl Equivalent<Key> for StrKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        matches!(&key.item, Item::Str(s) if **s == *self.1)
    }
}

/// Hands the stored hash through.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stored(u64);
impl Hasher for Stored {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

type Build = std::hash::BuildHasherDefault<Stored>;

/// Mapping in order of insertion.
#[derive(Clone, Debug, Default)]
pub struct ItemMap(IndexMap<Key, Item, Build>);

impl ItemMap {
    pub fn with_capacity(n: usize) -> ItemMap {
        ItemMap(IndexMap::with_capacity_and_hasher(n, Build::default()))
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Sets a member; an existing key keeps its place and its first spelling.
    pub fn insert(&mut self, key: Key, value: Item) {
        self.0.insert(key, value);
    }
    pub fn get(&self, key: &Key) -> Option<&Item> {
        self.0.get(key)
    }
    pub fn get_mut(&mut self, key: &Key) -> Option<&mut Item> {
        self.0.get_mut(key)
    }
    pub fn get_str(&self, key: &str) -> Option<&Item> {
        self.0.get(&StrKey(hash_str(key), key))
    }
    pub fn remove(&mut self, key: &Key) {
        self.0.shift_remove(key);
    }
    pub fn at(&self, index: usize) -> Option<(&Item, &Item)> {
        self.0.get_index(index).map(|(k, v)| (&k.item, v))
    }
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Item)> {
        self.0.iter()
    }
}

/// Set in order of insertion.
#[derive(Clone, Debug, Default)]
pub struct ItemSet(IndexSet<Key, Build>);

impl ItemSet {
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// True when the key is new.
    pub fn insert(&mut self, key: Key) -> bool {
        self.0.insert(key)
    }
    pub fn contains(&self, key: &Key) -> bool {
        self.0.contains(key)
    }
    pub fn at(&self, index: usize) -> Option<&Item> {
        self.0.get_index(index).map(|k| &k.item)
    }
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        self.0.iter()
    }
    /// Puts the members into the order in which Python would walk them, where that is known.
    pub fn arrange(&mut self) {
        if self.0.len() < 2 {
            return;
        }
        if let Some(order) = super::set_order::order(self.0.iter().map(Key::item)) {
            self.0 = order.into_iter().filter_map(|i| self.0.get_index(i).cloned()).collect();
        }
    }
}

fn hash_str(s: &str) -> u64 {
    HASHER.hash_one(s)
}

fn mix(a: u64, b: u64) -> u64 {
    HASHER.hash_one((a, b))
}

impl Machine<'_> {
    /// The item as a key.
    ///
    /// # Errors
    /// `unhashable type: '…'` for mutable lists and mappings and for set-like views; the step budget for huge items.
    pub(super) fn key(&self, item: Item) -> Result<Key, Failure> {
        let hash = self.hash(&item)?;
        Ok(Key { hash, item })
    }

    fn hash(&self, item: &Item) -> Result<u64, Failure> {
        self.step()?;
        let unhashable = || fail(ErrorKind::Type, format!("unhashable type: '{}'", item.type_name()));
        Ok(match item {
            Item::Str(s) => {
                self.read(s)?;
                hash_str(s)
            }
            Item::Int(_) | Item::Bool(_) | Item::Big(_) | Item::Float(_) => {
                HASHER.hash_one(number::of(item).as_ref().map(Identity::from))
            }
            Item::Null => 1,
            Item::NoValue => 2,
            Item::Json(..) | Item::List(..) => {
                let Some(seq) = item.as_seq() else { return unhashable() };
                if seq.kind() == super::item::ListKind::List {
                    return unhashable();
                }
                let mut hash = 3;
                for i in seq.iter() {
                    hash = mix(hash, self.hash(&i)?);
                }
                hash
            }
            Item::JsonDict(false, _) | Item::Dict(false, _) => return unhashable(),
            Item::JsonDict(..) | Item::Dict(..) => {
                let mut hash = 4u64;
                if let Some(map) = item.as_map() {
                    for (k, v) in map.iter() {
                        hash ^= mix(self.hash(&k)?, self.hash(&v)?);
                    }
                }
                hash
            }
            Item::Set(s) if s.frozen => {
                let mut hash = 5u64;
                for k in s.set.iter() {
                    self.step()?;
                    hash ^= mix(6, k.hash);
                }
                hash
            }
            Item::View(ViewKind::Values, of) => HASHER.hash_one(std::rc::Rc::as_ptr(of) as usize),
            Item::Set(_) | Item::View(..) => return unhashable(),
            Item::DateTime(d) | Item::Date(d) => HASHER.hash_one(d.instant()),
            Item::TimeSpan(t) => HASHER.hash_one(t.micros()),
            Item::Regex(r) => hash_str(r.pattern()),
            Item::Iter(i) => HASHER.hash_one(i.address()),
            Item::Ordering(o) => HASHER.hash_one(std::rc::Rc::as_ptr(o) as usize),
            Item::Context(c) => HASHER.hash_one(std::rc::Rc::as_ptr(c) as usize),
            Item::Lambda(l) => HASHER.hash_one(std::rc::Rc::as_ptr(l) as usize),
            Item::Rule(r) => HASHER.hash_one(std::rc::Rc::as_ptr(r) as usize),
            Item::Complex(c) => mix(c.0.to_bits(), c.1.to_bits()),
            Item::Opaque(v) => HASHER.hash_one(std::sync::Arc::as_ptr(v) as usize),
        })
    }
}

/// A text key, for mappings made of plain JSON.
pub(super) fn str_key(s: &str) -> Key {
    Key {
        hash: hash_str(s),
        item: Item::str(s),
    }
}
