//! Maps and sets of ids, shards and names. Their hash is seeded at random, for clients may choose ids; SipHash took 2 % of a start's
//! instructions.

use std::collections::{HashMap, HashSet};

pub(crate) type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;
pub(crate) type Set<T> = HashSet<T, foldhash::fast::RandomState>;
