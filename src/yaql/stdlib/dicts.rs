//! Mappings.

use std::rc::Rc;

use super::super::item::{Item, ListKind, ViewKind};
use super::super::key::ItemMap;
use super::super::lambda::Lambda;
use super::super::library::Kind::{Extension, Function, FunctionOfRules, Method, MethodOfRules};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use super::collections::member;
use mistral_expr::ErrorKind;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        FunctionOfRules,
        "dict(*args:rule)",
        dict,
        "A mapping of the given members.",
        "dict(a => 1)",
    ),
    entry(
        FunctionOfRules,
        "#map(*args:rule)",
        dict,
        "A mapping of the given members.",
        "{a => 1}",
    ),
    entry(
        FunctionOfRules,
        "dict(items:iter)",
        dict_of_pairs,
        "A mapping of pairs.",
        "dict([[a, 1], [b, 2]])",
    ),
    entry(
        Method,
        "toDict(collection:iter, keySelector:λ, valueSelector:λ=null)",
        to_dict,
        "A mapping from the items: what the selectors make of each is its key and its value.",
        "[1, 2].toDict(str($), $ * 10)",
    ),
    entry(
        Function,
        "#indexer(dict:dict, key:any)",
        index,
        "The member under a key; an error when there is none.",
        "{a => 1}[a]",
    ),
    entry(
        Function,
        "#indexer(dict:dict, key:any, default:any)",
        get,
        "The member under a key, or the default.",
        "{a => 1}[b, 2]",
    ),
    entry(
        Method,
        "get(dict:dict, key:any, default:any=null)",
        get,
        "The member under a key, or the default.",
        "{a => 1}.get(b, 2)",
    ),
    entry(
        MethodOfRules,
        "set(dict:dict, key:any, value:any)",
        set,
        "The mapping with one member set.",
        "{a => 1}.set(b, 2)",
    ),
    entry(
        MethodOfRules,
        "set(dict:dict, replacements:dict)",
        set_many,
        "The mapping with the members of another one set.",
        "{a => 1}.set({b => 2})",
    ),
    entry(
        MethodOfRules,
        "set(dict:dict, *args:rule)",
        set_rules,
        "The mapping with these members set.",
        "{a => 1}.set(b => 2)",
    ),
    entry(
        Method,
        "keys(dict:dict)",
        keys,
        "The keys; a set in the final result.",
        "{a => 1}.keys()",
    ),
    entry(Method, "values(dict:dict)", values, "The values.", "{a => 1}.values()"),
    entry(
        Method,
        "items(dict:dict)",
        items,
        "The members as pairs; follow it with `toList()` to get them out.",
        "{a => 1}.items().toList()",
    ),
    entry(
        Method,
        "containsKey(dict:dict, key:any)",
        contains_key,
        "Whether the mapping has the key.",
        "{a => 1}.containsKey(a)",
    ),
    entry(
        Method,
        "containsValue(dict:dict, value:any)",
        contains_value,
        "Whether the mapping has the value.",
        "{a => 1}.containsValue(1)",
    ),
    entry(
        Function,
        "#operator_+(left:dict, right:dict)",
        combine,
        "The members of both; those of the right side win.",
        "{a => 1} + {b => 2}",
    ),
    entry(
        Function,
        "isDict(arg:any)",
        is_dict,
        "Whether the value is a mapping.",
        "isDict({})",
    ),
    entry(
        Extension,
        "len(dict:dict)",
        len,
        "The number of members.",
        "len({a => 1})",
    ),
    entry(
        Method,
        "delete(dict:dict, *keys:any)",
        delete,
        "Without these keys.",
        "{a => 1, b => 2}.delete(a)",
    ),
    entry(
        Method,
        "deleteAll(dict:dict, keys:iter)",
        delete_all,
        "Without the keys in the collection.",
        "{a => 1, b => 2}.deleteAll([a])",
    ),
    entry(
        Method,
        "mergeWith(dict:dict, another:dict, listMerger:λ=null, itemMerger:λ=null, maxLevels:int=0)",
        merge_with,
        "Both mappings merged, nested ones too. Lists are joined without duplicates, of other values the second wins, unless mergers say otherwise.",
        "{a => {b => 1}}.mergeWith({a => {c => 2}})",
    ),
];

/// The member under a key.
///
/// # Errors
/// Keys that are not hashable.
pub(super) fn lookup(m: &Machine<'_>, dict: &Item, key: &Item) -> Result<Option<Item>, Failure> {
    let Some(map) = dict.as_map() else { return Ok(None) };
    if let Item::Str(s) = key {
        return Ok(map.get_str(s));
    }
    let key = m.key(key.clone())?;
    Ok(match dict {
        Item::Dict(_, d) => d.map.get(&key).cloned(),
        _ => None,
    })
}

/// A changeable copy.
fn copied(m: &Machine<'_>, dict: &Item) -> Result<ItemMap, Failure> {
    let Some(map) = dict.as_map() else {
        return Ok(ItemMap::default());
    };
    m.steps(map.len() as u64)?;
    if let Item::Dict(_, d) = dict {
        return Ok(d.map.clone());
    }
    let mut out = ItemMap::with_capacity(map.len());
    for (k, v) in map.iter() {
        out.insert(m.key(k)?, v);
    }
    Ok(out)
}

fn insert_rules(m: &Machine<'_>, map: &mut ItemMap, rules: Vec<Item>) -> Result<(), Failure> {
    for rule in rules {
        if let Item::Rule(rule) = rule {
            map.insert(m.key(rule.0.clone())?, rule.1.clone());
        }
    }
    Ok(())
}

fn dict(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut map = ItemMap::with_capacity(a.items.len());
    insert_rules(m, &mut map, a.rest(0))?;
    m.dict(true, map)
}

fn dict_of_pairs(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut map = ItemMap::default();
    let mut cursor = m.cursor(&a.take(0))?;
    while let Some(pair) = cursor.next(m)? {
        let mut pair = m.cursor(&pair)?;
        let (Some(key), Some(value)) = (pair.next(m)?, pair.next(m)?) else {
            return fail(ErrorKind::Empty, "");
        };
        m.charge(2 * std::mem::size_of::<Item>())?;
        map.insert(m.key(key)?, value);
    }
    m.dict(true, map)
}

fn to_dict(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut cursor = m.cursor(&a.take(0))?;
    let (key, value) = (a.lambda(1)?, a.optional_lambda(2));
    let mut map = ItemMap::default();
    while let Some(item) = cursor.next(m)? {
        let k = key.call1(m, item.clone())?;
        let v = match &value {
            Some(value) => value.call1(m, item)?,
            None => item,
        };
        m.charge(2 * std::mem::size_of::<Item>())?;
        map.insert(m.key(k)?, v);
    }
    m.dict(false, map)
}

fn index(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (dict, key) = (a.take(0), a.take(1));
    member(m, &dict, key)
}
fn get(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (dict, key, default) = (a.take(0), a.take(1), a.take(2));
    Ok(lookup(m, &dict, &key)?.unwrap_or(default))
}

fn set(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (dict, key, value) = (a.take(0), a.take(1), a.take(2));
    let mut map = copied(m, &dict)?;
    map.insert(m.key(key)?, value);
    m.dict(true, map)
}

fn overlay(m: &Machine<'_>, left: &Item, right: &Item) -> Result<ItemMap, Failure> {
    let mut map = copied(m, left)?;
    if let Some(more) = right.as_map() {
        for (k, v) in more.iter() {
            map.insert(m.key(k)?, v);
        }
    }
    Ok(map)
}
fn set_many(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let map = overlay(m, &a.take(0), &a.take(1))?;
    m.dict(true, map)
}
fn set_rules(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut map = copied(m, &a.take(0))?;
    insert_rules(m, &mut map, a.rest(1))?;
    m.dict(true, map)
}
fn combine(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let map = overlay(m, &a.take(0), &a.take(1))?;
    m.dict(true, map)
}

fn view(a: &mut Args<'_>, kind: ViewKind) -> Returned {
    Ok(Item::View(kind, Rc::new(a.take(0))))
}
fn keys(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    view(a, ViewKind::Keys)
}
fn values(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    view(a, ViewKind::Values)
}
fn items(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    view(a, ViewKind::Items)
}

fn contains_key(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (dict, key) = (a.take(0), a.take(1));
    Ok(Item::Bool(lookup(m, &dict, &key)?.is_some()))
}
fn contains_value(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (dict, value) = (a.take(0), a.take(1));
    if let Some(map) = dict.as_map() {
        for (_, v) in map.iter() {
            m.step()?;
            if m.equal(&v, &value)? {
                return Ok(Item::Bool(true));
            }
        }
    }
    Ok(Item::Bool(false))
}
fn is_dict(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(a.take(0).is_dict()))
}
fn len(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Int(a.take(0).sized_len().unwrap_or(0) as i64))
}

fn delete(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut map = copied(m, &a.take(0))?;
    let keys = a.rest(1);
    m.steps((keys.len() * map.len()) as u64 / 8)?;
    for key in keys {
        map.remove(&m.key(key)?);
    }
    m.dict(false, map)
}
fn delete_all(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut map = copied(m, &a.take(0))?;
    let mut cursor = m.cursor(&a.take(1))?;
    while let Some(key) = cursor.next(m)? {
        m.steps(map.len() as u64 / 8)?;
        map.remove(&m.key(key)?);
    }
    m.dict(false, map)
}

struct Mergers {
    list: Option<Rc<Lambda>>,
    item: Option<Rc<Lambda>>,
}

impl Mergers {
    fn lists(&self, m: &Machine<'_>, left: Item, right: Item) -> Returned {
        if let Some(merger) = &self.list {
            return merger.call2(m, left, right);
        }
        let (Some(x), Some(y)) = (left.as_seq(), right.as_seq()) else {
            return Ok(Item::Null);
        };
        if (x.kind() == ListKind::List) != (y.kind() == ListKind::List) {
            let text = format!(
                "can only concatenate {0} (not \"{1}\") to {0}",
                left.type_name(),
                right.type_name()
            );
            return fail(ErrorKind::Type, text);
        }
        let mut seen = super::super::key::ItemSet::default();
        let mut out = Vec::new();
        for item in x.iter().chain(y.iter()) {
            if seen.insert(m.key(item.clone())?) {
                out.push(item);
            }
        }
        m.tuple(out)
    }

    fn merge(&self, m: &Machine<'_>, left: &Item, right: &Item, levels: i64) -> Returned {
        let mut out = copied(m, left)?;
        let (Some(x), Some(y)) = (left.as_map(), right.as_map()) else {
            return Ok(Item::Null);
        };
        for (k, value1) in x.iter() {
            let Some(value2) = lookup(m, right, &k)? else { continue };
            let mismatch = || {
                let text = format!("Cannot merge {} with {}", value1.class_text(), value2.class_text());
                fail(ErrorKind::Type, text)
            };
            let merged = if levels != 1 && value2.is_dict() {
                if !value1.is_dict() {
                    return mismatch();
                }
                let next = if levels == 0 { 0 } else { levels.saturating_sub(1) };
                m.nested(|| self.merge(m, &value1, &value2, next))?
            } else if levels != 1 && value2.is_sequence() {
                if !value1.is_sequence() {
                    return mismatch();
                }
                self.lists(m, value1, value2)?
            } else {
                match &self.item {
                    Some(merger) => merger.call2(m, value1, value2)?,
                    None => value2,
                }
            };
            out.insert(m.key(k)?, merged);
        }
        for (k, v) in y.iter() {
            let key = m.key(k)?;
            if out.get(&key).is_none() {
                out.insert(key, v);
            }
        }
        m.dict(false, out)
    }
}

fn merge_with(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    let mergers = Mergers {
        list: a.optional_lambda(2),
        item: a.optional_lambda(3),
    };
    let levels = a.int(4);
    mergers.merge(m, &left, &right, levels)
}
