//! Mappings with text keys, in the order of insertion.
//!
//! Most have one to three members, and as many live and die as there are steps of workflows. So a small one is a list of its members and
//! nothing else: a table of hashes beside it is made when it has more than [`FEW`]. With a table in each (an `IndexMap`) the loops of the
//! engine spent a tenth of their time on making, filling and freeing tables (`perf`, chains of inline actions).

use std::fmt;
use std::hash::BuildHasher;
use std::ops;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::value::{Str, Value};

/// Members that are found by looking at each.
const FEW: usize = 8;

/// A mapping. Two are equal if they have the same members, in whatever order.
#[derive(Clone, Default)]
pub struct Dict {
    members: Vec<(Str, Value)>,
    /// Where the members are, if there are more than [`FEW`].
    places: Option<Box<Places>>,
}

/// Positions of members by the hashes of their keys.
#[derive(Clone)]
struct Places {
    table: HashTable<usize>,
    hasher: RandomState,
}

impl Places {
    fn of(members: &[(Str, Value)]) -> Places {
        let mut places = Places {
            table: HashTable::with_capacity(members.len() * 2),
            hasher: RandomState::default(),
        };
        (0..members.len()).for_each(|at| places.add(members, at));
        places
    }

    fn find(&self, members: &[(Str, Value)], key: &str) -> Option<usize> {
        let is_it = |at: &usize| *members[*at].0 == *key;
        self.table.find(self.hasher.hash_one(key), is_it).copied()
    }

    /// The member at this position has not been there.
    fn add(&mut self, members: &[(Str, Value)], at: usize) {
        let Places { table, hasher } = self;
        let hash = |at: &usize| hasher.hash_one(&*members[*at].0);
        table.insert_unique(hash(&at), at, hash);
    }
}

impl Dict {
    /// None is made for no members.
    pub fn with_capacity(members: usize) -> Dict {
        Dict {
            members: Vec::with_capacity(members),
            places: None,
        }
    }

    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn find(&self, key: &str) -> Option<usize> {
        match &self.places {
            None => self.members.iter().position(|(known, _)| **known == *key),
            Some(places) => places.find(&self.members, key),
        }
    }

    pub fn contains_key(&self, key: &(impl AsRef<str> + ?Sized)) -> bool {
        self.find(key.as_ref()).is_some()
    }

    pub fn get(&self, key: &(impl AsRef<str> + ?Sized)) -> Option<&Value> {
        self.find(key.as_ref()).map(|at| &self.members[at].1)
    }

    pub fn get_mut(&mut self, key: &(impl AsRef<str> + ?Sized)) -> Option<&mut Value> {
        self.find(key.as_ref()).map(|at| &mut self.members[at].1)
    }

    /// The member at a position.
    pub fn get_index(&self, at: usize) -> Option<(&Str, &Value)> {
        self.members.get(at).map(|(key, value)| (key, value))
    }

    pub fn first(&self) -> Option<(&Str, &Value)> {
        self.get_index(0)
    }

    /// Sets a member. One that is there keeps its place; its old value is returned.
    pub fn insert(&mut self, key: Str, value: Value) -> Option<Value> {
        match self.find(&key) {
            Some(at) => Some(std::mem::replace(&mut self.members[at].1, value)),
            None => {
                self.push(key, value);
                None
            }
        }
    }

    /// The value of a member, which is made if it is not there.
    pub fn get_or_insert_with(&mut self, key: Str, make: impl FnOnce() -> Value) -> &mut Value {
        let at = self.find(&key).unwrap_or_else(|| self.push(key, make()));
        &mut self.members[at].1
    }

    /// Appends a member that is not there; returns its position.
    fn push(&mut self, key: Str, value: Value) -> usize {
        let at = self.members.len();
        if self.members.capacity() == 0 {
            // A list takes room for four at first.
            self.members.reserve_exact(2);
        }
        self.members.push((key, value));
        match &mut self.places {
            Some(places) => places.add(&self.members, at),
            None if at >= FEW => self.places = Some(Box::new(Places::of(&self.members))),
            None => {}
        }
        at
    }

    /// Takes a member out; those behind it move up.
    pub fn shift_remove(&mut self, key: &(impl AsRef<str> + ?Sized)) -> Option<Value> {
        let at = self.find(key.as_ref())?;
        let (_, value) = self.members.remove(at);
        self.members_moved();
        Some(value)
    }

    /// Keeps the members that are wanted.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(&Str, &mut Value) -> bool) {
        self.members.retain_mut(|(key, value)| is_wanted(key, value));
        self.members_moved();
    }

    fn members_moved(&mut self) {
        let are_many = self.members.len() > FEW;
        self.places = are_many.then(|| Box::new(Places::of(&self.members)));
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter(self.members.iter())
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&Str, &mut Value)> + ExactSizeIterator {
        self.members.iter_mut().map(|(key, value)| (&*key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Str> + ExactSizeIterator + Clone {
        self.members.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator + Clone {
        self.members.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Value> + ExactSizeIterator {
        self.members.iter_mut().map(|(_, value)| value)
    }

    pub fn into_values(self) -> impl DoubleEndedIterator<Item = Value> + ExactSizeIterator {
        self.members.into_iter().map(|(_, value)| value)
    }
}

/// Members of a [`Dict`], in order.
#[derive(Clone, Debug)]
pub struct Iter<'a>(std::slice::Iter<'a, (Str, Value)>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a Str, &'a Value);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key, value))
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Dict {
    type Item = (&'a Str, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Dict {
    type Item = (Str, Value);
    type IntoIter = std::vec::IntoIter<(Str, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl Extend<(Str, Value)> for Dict {
    fn extend<I: IntoIterator<Item = (Str, Value)>>(&mut self, members: I) {
        members.into_iter().for_each(|(key, value)| {
            self.insert(key, value);
        });
    }
}

impl FromIterator<(Str, Value)> for Dict {
    fn from_iter<I: IntoIterator<Item = (Str, Value)>>(members: I) -> Dict {
        let members = members.into_iter();
        let mut dict = Dict::with_capacity(members.size_hint().0);
        dict.extend(members);
        dict
    }
}

impl<const N: usize> From<[(Str, Value); N]> for Dict {
    fn from(members: [(Str, Value); N]) -> Dict {
        members.into_iter().collect()
    }
}

impl PartialEq for Dict {
    fn eq(&self, other: &Dict) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl ops::Index<&str> for Dict {
    type Output = Value;

    /// # Panics
    /// If there is no such member.
    fn index(&self, key: &str) -> &Value {
        self.get(key).expect("a member of this name")
    }
}

impl fmt::Debug for Dict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: i64) -> Dict {
        (0..count).map(|n| (Str::from(n.to_string()), Value::Int(n))).collect()
    }

    #[test]
    fn small_and_large_ones_behave_alike() {
        for count in [0, 1, 7, 8, 9, 10, 100] {
            let mut dict = numbered(count);
            assert_eq!(dict.len() as i64, count);
            assert_eq!(dict.places.is_some(), count > FEW as i64);
            for n in 0..count {
                assert_eq!(dict.get(&n.to_string()), Some(&Value::Int(n)));
            }
            assert_eq!(dict.get("x"), None);
            let order: Vec<i64> = dict.values().filter_map(Value::as_i64).collect();
            assert_eq!(order, (0..count).collect::<Vec<_>>());
            if count > 0 {
                // What is there keeps its place.
                assert_eq!(dict.insert("0".into(), Value::Int(-1)), Some(Value::Int(0)));
                assert_eq!(dict.first(), Some((&Str::from("0"), &Value::Int(-1))));
                assert_eq!(dict.shift_remove("0"), Some(Value::Int(-1)));
                assert_eq!(dict.shift_remove("0"), None);
                let rest: Vec<i64> = dict.values().filter_map(Value::as_i64).collect();
                assert_eq!(rest, (1..count).collect::<Vec<_>>());
                assert!((1..count).all(|n| dict.get(&n.to_string()) == Some(&Value::Int(n))));
            }
            dict.retain(|_, value| value.as_i64().is_some_and(|n| n % 2 == 0));
            assert!(dict.keys().all(|key| dict.contains_key(key)));
            assert!(!dict.contains_key("1"));
        }
    }

    #[test]
    fn order_does_not_count() {
        for count in [3, 20] {
            let dict = numbered(count);
            let mut other: Dict = numbered(count).into_iter().rev().collect();
            assert_eq!(dict, other);
            *other.get_or_insert_with("1".into(), || Value::Null) = Value::Int(7);
            assert_ne!(dict, other);
            other.get_or_insert_with("new".into(), || Value::Null);
            assert_eq!(other.len() as i64, count + 1);
            assert_eq!(&other["new"], &Value::Null);
        }
    }
}
