//! Definitions in memory.
//!
//! Everything cached belongs to one epoch of definitions. [`DefinitionCache::refresh`] compares it with the database's, in
//! one statement that answers everybody who asked before it was sent; a newer epoch empties the cache. After a refresh,
//! whatever was committed before the refresh was called is seen.
//!
//! [`DefinitionCache::freshen`] takes a comparison that began less than [`KNOWN`] ago for one: whoever changes definitions answers no
//! sooner than that after the commit, so that what was answered before the call is seen all the same. Clocks need to run at one
//! speed for that, not to agree. So it does with an epoch that was seen by the way ([`Epochs::seen`]): commits read it.

use std::hash::Hash;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use indexmap::{Equivalent, IndexMap};
use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::Error;
use crate::backend::Calling;
use crate::definitions::{ActionDefinition, CodeSource, Definitions, DynamicAction, Owned, WorkflowDefinition};
use crate::list::Viewer;
use mistral_model::Str;

/// How long a comparison of epochs is good for those who start executions, and how long a change of definitions takes at least. Starts by
/// single requests of 16 clients waited for a comparison each and made one for every three of them: a tenth of the processor time.
pub const KNOWN: Duration = Duration::from_millis(2);

/// Tells the epoch of definitions, on a way of its own.
pub trait Epochs: Send + Sync {
    fn epoch(&self) -> Calling<'_, i64>;

    /// An epoch that was seen by the way, and a time at which none was newer.
    fn seen(&self) -> Option<(Instant, i64)> {
        None
    }
}

/// What a synchronous look into the cache finds.
#[derive(Clone, Debug)]
pub enum Peek<T> {
    /// Not cached: ask with [`DefinitionCache::find`].
    Unknown,
    /// There is none.
    Absent,
    Found(Arc<T>),
}

/// How long what else changes with the epoch may take to be read.
const LIMIT: Duration = Duration::from_secs(5);

/// Cached definitions. Cheap to clone.
#[derive(Clone)]
pub struct DefinitionCache {
    shared: Arc<Shared>,
}

struct Shared {
    definitions: Definitions,
    epochs: Arc<dyn Epochs>,
    shelves: Mutex<Shelves>,
    checks: Mutex<Checks>,
    /// The epoch of the shelves, for those who only want to know it.
    epoch: AtomicI64,
    base: Instant,
    /// When the last comparison that succeeded began: microseconds since `base`, and one more; 0: none did.
    compared: AtomicU64,
    follower: OnceLock<Follower>,
}

/// Reads what else changes with the epoch.
pub type Follower = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send>> + Send + Sync>;

struct Shelves {
    epoch: i64,
    workflows: Recent<WorkflowDefinition>,
    actions: Recent<ActionDefinition>,
    dynamic_actions: Recent<DynamicAction>,
    code_sources: Recent<CodeSource>,
}

/// Who waits for the next comparison of epochs.
#[derive(Default)]
struct Checks {
    waiting: Vec<oneshot::Sender<Result<(), Error>>>,
    is_running: bool,
}

/// A kind of definition that is cached.
pub trait Cached: Owned {
    #[doc(hidden)]
    fn shelf<'a>(shelves: &'a mut ShelvesView<'_>) -> &'a mut Recent<Self>;
}

/// The cache's inside, for implementations of [`Cached`].
#[doc(hidden)]
pub struct ShelvesView<'a>(&'a mut Shelves);

macro_rules! cached {
    ($($table:ty: $shelf:ident;)*) => {$(
        impl Cached for $table {
            fn shelf<'a>(shelves: &'a mut ShelvesView<'_>) -> &'a mut Recent<Self> {
                &mut shelves.0.$shelf
            }
        }
    )*};
}

cached! {
    WorkflowDefinition: workflows;
    ActionDefinition: actions;
    DynamicAction: dynamic_actions;
    CodeSource: code_sources;
}

impl DefinitionCache {
    /// A cache of at most about `capacity` look-ups of each kind.
    pub fn new(definitions: Definitions, epochs: Arc<dyn Epochs>, capacity: usize) -> DefinitionCache {
        let shelves = Shelves {
            epoch: 0,
            workflows: Recent::new(capacity),
            actions: Recent::new(capacity),
            dynamic_actions: Recent::new(capacity),
            code_sources: Recent::new(capacity),
        };
        let shared = Shared {
            definitions,
            epochs,
            shelves: Mutex::new(shelves),
            checks: Mutex::default(),
            epoch: AtomicI64::new(0),
            base: Instant::now(),
            compared: AtomicU64::new(0),
            follower: OnceLock::new(),
        };
        DefinitionCache {
            shared: Arc::new(shared),
        }
    }

    /// Has something else read anew with each newer epoch, before that epoch is known here. The first one counts.
    pub fn follow(&self, follower: Follower) {
        let _ = self.shared.follower.set(follower);
    }

    pub fn definitions(&self) -> &Definitions {
        &self.shared.definitions
    }

    /// Which state of the definitions is served.
    pub fn epoch(&self) -> i64 {
        self.shared.epoch.load(Ordering::Acquire)
    }

    /// Makes sure that nothing is served whose change was answered before this call.
    ///
    /// # Errors
    /// As [`DefinitionCache::refresh`].
    pub async fn freshen(&self) -> Result<(), Error> {
        let last = self.shared.compared.load(Ordering::Acquire).checked_sub(1);
        let is_known = |last| self.shared.base.elapsed() < Duration::from_micros(last) + KNOWN;
        match last.is_some_and(is_known) || self.is_seen() {
            true => Ok(()),
            false => self.refresh().await,
        }
    }

    /// Whether the epoch that is served was seen by the way not long ago.
    fn is_seen(&self) -> bool {
        let seen = self.shared.epochs.seen();
        // A newer one has not been read here yet; an older one was seen before the last comparison.
        seen.is_some_and(|(at, epoch)| epoch == self.epoch() && at.elapsed() < KNOWN)
    }

    /// Makes sure that nothing is served that was changed before this call.
    ///
    /// # Errors
    /// When the database does not tell.
    pub async fn refresh(&self) -> Result<(), Error> {
        let (done, outcome) = oneshot::channel();
        let must_run = {
            let mut checks = self.shared.checks.lock();
            checks.waiting.push(done);
            !std::mem::replace(&mut checks.is_running, true)
        };
        if must_run {
            // A task of its own: the caller may go away, the others wait on.
            tokio::spawn(run_checks(self.shared.clone()));
        }
        outcome
            .await
            .map_err(|_| Error::Unavailable("the check of definitions has stopped".into()))?
    }

    /// The definition with this id or name that the viewer may see: from the cache, else from the database.
    pub async fn find<T: Cached>(
        &self,
        identifier: &str,
        namespace: &str,
        viewer: Viewer<'_>,
    ) -> Result<Option<Arc<T>>, Error> {
        let key = KeyRef::new(identifier, namespace, viewer);
        let epoch = {
            let mut shelves = self.shared.shelves.lock();
            if let Some(known) = T::shelf(&mut ShelvesView(&mut shelves)).get(&key) {
                return Ok(known);
            }
            shelves.epoch
        };
        let row = self
            .shared
            .definitions
            .resolve::<T>(identifier, namespace, viewer)
            .await?
            .map(Arc::new);
        let mut shelves = self.shared.shelves.lock();
        // Read in an epoch that is over meanwhile, it may be older than the cache.
        if shelves.epoch == epoch {
            T::shelf(&mut ShelvesView(&mut shelves)).insert(key.to_key(), row.clone());
        }
        Ok(row)
    }

    /// Like [`DefinitionCache::find`], in the first of these namespaces that has it: a sub-workflow is looked up in its
    /// parent's namespace, then in the default one.
    pub async fn find_in<T: Cached>(
        &self,
        identifier: &str,
        namespaces: &[&str],
        viewer: Viewer<'_>,
    ) -> Result<Option<Arc<T>>, Error> {
        for namespace in distinct(namespaces) {
            if let Some(row) = self.find(identifier, namespace, viewer).await? {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// What the cache holds, without waiting: for decisions.
    pub fn peek<T: Cached>(&self, identifier: &str, namespaces: &[&str], viewer: Viewer<'_>) -> Peek<T> {
        let mut shelves = self.shared.shelves.lock();
        let mut view = ShelvesView(&mut shelves);
        let shelf = T::shelf(&mut view);
        for namespace in distinct(namespaces) {
            match shelf.get(&KeyRef::new(identifier, namespace, viewer)) {
                Some(Some(row)) => return Peek::Found(row),
                Some(None) => {}
                None => return Peek::Unknown,
            }
        }
        Peek::Absent
    }
}

/// The namespaces without repetition of the one before.
fn distinct<'a>(namespaces: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    namespaces
        .iter()
        .enumerate()
        .filter(|(n, own)| *n == 0 || namespaces[n - 1] != **own)
        .map(|(_, own)| *own)
}

async fn run_checks(shared: Arc<Shared>) {
    loop {
        let answered = {
            let mut checks = shared.checks.lock();
            if checks.waiting.is_empty() {
                checks.is_running = false;
                return;
            }
            std::mem::take(&mut checks.waiting)
        };
        let outcome = compare(&shared).await;
        for waiting in answered {
            // Nobody may be waiting any more.
            let _ = waiting.send(outcome.clone());
        }
    }
}

async fn compare(shared: &Shared) -> Result<(), Error> {
    let began = shared.base.elapsed();
    let epoch = shared.epochs.epoch().await?;
    if let Some(follower) = shared.follower.get()
        && shared.epoch.load(Ordering::Acquire) != epoch
    {
        let late = || Error::Unavailable("what changes with the definitions cannot be read in time".into());
        tokio::time::timeout(LIMIT, follower()).await.map_err(|_| late())??;
    }
    let mut shelves = shared.shelves.lock();
    if shelves.epoch != epoch {
        shelves.epoch = epoch;
        shared.epoch.store(epoch, Ordering::Release);
        shelves.workflows.clear();
        shelves.actions.clear();
        shelves.dynamic_actions.clear();
        shelves.code_sources.clear();
    }
    let began = u64::try_from(began.as_micros()).unwrap_or(u64::MAX - 1);
    shared.compared.store(began + 1, Ordering::Release);
    Ok(())
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    identifier: Str,
    namespace: Str,
    /// `None`: an admin.
    viewer: Option<Option<Str>>,
}

/// A key that borrows; hashes as [`Key`] does.
#[derive(Hash)]
struct KeyRef<'a> {
    identifier: &'a str,
    namespace: &'a str,
    viewer: Option<Option<&'a str>>,
}

impl<'a> KeyRef<'a> {
    fn new(identifier: &'a str, namespace: &'a str, viewer: Viewer<'a>) -> KeyRef<'a> {
        let viewer = match viewer {
            Viewer::Admin => None,
            Viewer::Project(project) => Some(project),
        };
        KeyRef {
            identifier,
            namespace,
            viewer,
        }
    }

    fn to_key(&self) -> Key {
        Key {
            identifier: self.identifier.into(),
            namespace: self.namespace.into(),
            viewer: self.viewer.map(|project| project.map(Str::from)),
        }
    }
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        *self.identifier == *key.identifier
            && *self.namespace == *key.namespace
            && self.viewer == key.viewer.as_ref().map(|project| project.as_deref())
    }
}

/// The most recently used entries: two generations, the older of which is dropped when the younger is full.
#[doc(hidden)]
pub struct Recent<T> {
    young: Generation<T>,
    old: Generation<T>,
    half: usize,
}

type Generation<T> = IndexMap<Key, Option<Arc<T>>, foldhash::fast::RandomState>;

impl<T> Recent<T> {
    fn new(capacity: usize) -> Recent<T> {
        Recent {
            young: IndexMap::default(),
            old: IndexMap::default(),
            half: (capacity / 2).max(1),
        }
    }

    fn get(&mut self, key: &KeyRef<'_>) -> Option<Option<Arc<T>>> {
        if let Some(entry) = self.young.get(key) {
            return Some(entry.clone());
        }
        let (key, entry) = self.old.swap_remove_entry(key)?;
        self.insert(key, entry.clone());
        Some(entry)
    }

    fn insert(&mut self, key: Key, entry: Option<Arc<T>>) {
        if self.young.len() >= self.half {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, entry);
    }

    fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_recent_entries_stay() {
        let mut recent: Recent<u8> = Recent::new(8);
        let viewer = Viewer::Project(Some("p"));
        let hot = KeyRef::new("hot", "", viewer);
        recent.insert(hot.to_key(), Some(Arc::new(1)));
        for n in 0..100 {
            let name = n.to_string();
            recent.insert(KeyRef::new(&name, "", viewer).to_key(), None);
            assert_eq!(recent.get(&hot), Some(Some(Arc::new(1))));
            assert!(recent.young.len() + recent.old.len() <= 8);
        }
        assert_eq!(recent.get(&KeyRef::new("99", "", viewer)), Some(None));
        assert_eq!(recent.get(&KeyRef::new("1", "", viewer)), None);
        assert_eq!(recent.get(&KeyRef::new("hot", "ns", viewer)), None);
        assert_eq!(recent.get(&KeyRef::new("hot", "", Viewer::Project(None))), None);
        assert_eq!(recent.get(&KeyRef::new("hot", "", Viewer::Admin)), None);
        recent.clear();
        assert_eq!(recent.get(&hot), None);
    }

    #[derive(Default)]
    struct Counted(AtomicU64, Mutex<Option<(Instant, i64)>>);

    impl Epochs for Counted {
        fn epoch(&self) -> Calling<'_, i64> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Box::pin(std::future::ready(Ok(1)))
        }

        fn seen(&self) -> Option<(Instant, i64)> {
            *self.1.lock()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_comparison_is_good_for_a_while() {
        let epochs = Arc::new(Counted::default());
        let definitions = Definitions::new(Arc::new(crate::mem::desk::Desk::default()));
        let cache = DefinitionCache::new(definitions, epochs.clone(), 8);
        let compared = || epochs.0.load(Ordering::Relaxed);
        cache.freshen().await.unwrap();
        cache.freshen().await.unwrap();
        assert_eq!(compared(), 1);
        cache.refresh().await.unwrap();
        assert_eq!(compared(), 2, "whoever must not be told of what was, asks");
        tokio::time::advance(KNOWN - Duration::from_micros(1)).await;
        cache.freshen().await.unwrap();
        assert_eq!(compared(), 2);
        tokio::time::advance(Duration::from_micros(1)).await;
        cache.freshen().await.unwrap();
        assert_eq!(compared(), 3);
        // Seen by the way: the same epoch, long ago, another one.
        tokio::time::advance(KNOWN).await;
        let cases = [(Duration::ZERO, 1, 3), (KNOWN, 1, 4), (Duration::ZERO, 2, 5)];
        for (age, epoch, expected) in cases {
            *epochs.1.lock() = Some((Instant::now() - age, epoch));
            cache.freshen().await.unwrap();
            assert_eq!(compared(), expected, "epoch {epoch} seen {age:?} ago");
            tokio::time::advance(KNOWN).await;
        }
    }

    #[test]
    fn repeated_namespaces_are_looked_up_once() {
        assert_eq!(distinct(&["", ""]).collect::<Vec<_>>(), [""]);
        assert_eq!(distinct(&["a", ""]).collect::<Vec<_>>(), ["a", ""]);
    }
}
