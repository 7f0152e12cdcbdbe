//! Compiled specs by content: executions of one definition, and copies of it under other names, share one.
//!
//! The key is a cryptographic hash of the stored mapping, so that a spec can never be stale and projects can't get at each
//! other's. Hits take a shared lock and one atomic store; only a miss that fills the cache takes the lock alone.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::RwLock;
use sha2::{Digest, Sha256};

use super::error::Error;
use super::spec::{AdHocAction, Workflow};

/// Identity of a definition's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// Key of a stored mapping's JSON text.
    pub fn of(json: &[u8]) -> Key {
        Key(Sha256::digest(json).into())
    }
}

/// Bounds of a [`Cache`].
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub entries: usize,
    /// Sum of the sizes of the texts that the entries were compiled from, bytes. What they take in memory is a multiple.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            entries: 10_000,
            bytes: 64 << 20,
        }
    }
}

/// Compiled workflows.
pub type Workflows = Cache<Workflow>;
/// Compiled ad-hoc actions.
pub type Actions = Cache<AdHocAction>;

const _: () = {
    const fn usable_from_several_threads<T: Send + Sync>() {}
    usable_from_several_threads::<Workflows>();
    usable_from_several_threads::<Actions>();
};

/// A bounded cache of shared values; the least recently used go first.
#[derive(Debug)]
pub struct Cache<T> {
    limits: Limits,
    /// Counts uses; an entry's stamp is its last use.
    clock: AtomicU64,
    entries: RwLock<Entries<T>>,
}

#[derive(Debug)]
struct Entries<T> {
    by_key: HashMap<Key, Entry<T>>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry<T> {
    value: Arc<T>,
    size: usize,
    last_use: AtomicU64,
}

impl<T> Cache<T> {
    pub fn new(limits: Limits) -> Cache<T> {
        let entries = RwLock::new(Entries {
            by_key: HashMap::new(),
            bytes: 0,
        });
        Cache {
            limits,
            clock: AtomicU64::new(0),
            entries,
        }
    }

    /// What is known under a key.
    pub fn get(&self, key: &Key) -> Option<Arc<T>> {
        let entries = self.entries.read();
        let entry = entries.by_key.get(key)?;
        entry.last_use.store(self.tick(), Ordering::Relaxed);
        Some(entry.value.clone())
    }

    /// What is known under a key, else what `compile` makes, which is then known. `size` is that of the text, bytes.
    ///
    /// Several threads that miss at once compile at once; they all get the value that was first.
    ///
    /// # Errors
    /// Those of `compile`; they aren't remembered.
    pub fn get_or_compile(
        &self,
        key: Key,
        size: usize,
        compile: impl FnOnce() -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        if let Some(known) = self.get(&key) {
            return Ok(known);
        }
        let value = Arc::new(compile()?);
        // What alone exceeds the bounds isn't kept: it would only drive out everything else.
        if size > self.limits.bytes || self.limits.entries == 0 {
            return Ok(value);
        }
        let mut entries = self.entries.write();
        if let Some(other) = entries.by_key.get(&key) {
            return Ok(other.value.clone());
        }
        if entries.by_key.len() >= self.limits.entries || entries.bytes + size > self.limits.bytes {
            entries.make_room(size, self.limits);
        }
        entries.bytes += size;
        let last_use = AtomicU64::new(self.tick());
        entries.by_key.insert(
            key,
            Entry {
                value: value.clone(),
                size,
                last_use,
            },
        );
        Ok(value)
    }

    pub fn len(&self) -> usize {
        self.entries.read().by_key.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }
}

impl<T> Default for Cache<T> {
    fn default() -> Cache<T> {
        Cache::new(Limits::default())
    }
}

impl<T> Entries<T> {
    /// Drops the oldest entries until one more of `size` fits, and an eighth more, so that the sort pays.
    fn make_room(&mut self, size: usize, limits: Limits) {
        let mut ages: Vec<(u64, Key)> = self
            .by_key
            .iter()
            .map(|(key, entry)| (entry.last_use.load(Ordering::Relaxed), *key))
            .collect();
        ages.sort_unstable_by_key(|(last_use, _)| *last_use);
        let entries = limits.entries - limits.entries / 8;
        let bytes = limits.bytes - limits.bytes / 8;
        for (_, key) in ages {
            if self.by_key.len() < entries.max(1) && self.bytes.saturating_add(size) <= bytes.max(size) {
                break;
            }
            if let Some(dropped) = self.by_key.remove(&key) {
                self.bytes -= dropped.size;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(cache: &Cache<usize>, n: usize, size: usize) -> usize {
        *cache.get_or_compile(Key::of(&n.to_be_bytes()), size, || Ok(n)).unwrap()
    }

    #[test]
    fn same_content_is_compiled_once() {
        let cache = Cache::<usize>::default();
        let key = Key::of(b"a");
        let first = cache.get_or_compile(key, 1, || Ok(1)).unwrap();
        let second = cache
            .get_or_compile(key, 1, || Err(Error::model("compiled twice")))
            .unwrap();
        assert!(Arc::ptr_eq(&first, &second));
        assert!(cache.get(&Key::of(b"b")).is_none());
    }

    #[test]
    fn errors_are_not_remembered() {
        let cache = Cache::<usize>::default();
        assert!(
            cache
                .get_or_compile(Key::of(b"a"), 1, || Err(Error::model("no")))
                .is_err()
        );
        assert!(cache.is_empty());
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let cache = Cache::<usize>::new(Limits {
            entries: 16,
            bytes: 1_000_000,
        });
        for n in 0..1000 {
            put(&cache, n, 1);
            assert!(cache.get(&Key::of(&0usize.to_be_bytes())).is_some(), "in use at {n}");
            assert!(cache.len() <= 16);
        }
        assert!(cache.get(&Key::of(&999usize.to_be_bytes())).is_some());
        assert!(cache.get(&Key::of(&500usize.to_be_bytes())).is_none());
    }

    #[test]
    fn bytes_are_bounded() {
        let cache = Cache::<usize>::new(Limits {
            entries: 1000,
            bytes: 100,
        });
        for n in 0..50 {
            assert_eq!(put(&cache, n, 30), n);
            assert!(cache.len() <= 3);
        }
        // Too big to be kept: nobody else suffers.
        assert_eq!(put(&cache, 99, 101), 99);
        assert!(cache.len() >= 2);
    }

    #[test]
    fn threads_share() {
        let cache = Cache::<usize>::new(Limits {
            entries: 64,
            bytes: 1_000_000,
        });
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for n in 0..5_000 {
                        assert_eq!(put(&cache, n % 100, 1), n % 100);
                    }
                });
            }
        });
        assert!(cache.len() <= 64);
    }
}
