//! What serving workers takes: their leases, the action queue, the way of results to the owners of trees, and the catalogue of
//! what they provide. The protocol is `docs/workers.md`; `v2::workers` reads and writes it.

pub mod hub;
mod unprovided;

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::Notify;

use mistral_model::action::{Remote, Report, project_queue, worker_queue};
use mistral_model::refusal::Refusal;
use mistral_model::{Id, Time, Value, json};
use mistral_store::Error as StoreError;
use mistral_store::backend::ActionQueue;
use mistral_store::cache::KNOWN;
use mistral_store::workers::{Registration, Renewed, WorkerRows};

/// How often a worker must exchange at least: it is alive for so long after its last exchange.
pub const LEASE: Duration = Duration::from_secs(10);
/// A lease that was renewed so recently is not renewed again for an exchange.
const FRESH: Duration = Duration::from_secs(2);
/// How long a renewed lease lasts: a worker may count from its exchange, which may not have renewed it.
pub const HELD: Duration = Duration::from_secs(LEASE.as_secs() + FRESH.as_secs());
/// Longest time that an exchange waits for jobs; meanwhile the lease is kept. Proxies end what is silent for a minute. (A thousand
/// who waited 20 s cost twice the CPU.)
pub const MAX_WAIT: Duration = Duration::from_secs(45);
/// The same for a worker that runs something: if it vanishes without a word, that is not noticed before.
pub const MAX_WAIT_RUNNING: Duration = Duration::from_secs(20);
/// Time between two looks at whether workers of other processes have registered.
const REFRESH: Duration = Duration::from_secs(1);
/// Time between two looks at all rows of workers, if none has registered. (Seven thousand that had come and gone cost 4 % of a core
/// when they were read every second.)
const REVIEW: Duration = Duration::from_secs(5);

/// Something under way.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The owners of trees, as far as workers need them.
pub trait Owners: Send + Sync {
    /// Hands results over; they are durable when this returns.
    fn report(&self, reports: Vec<Report>) -> Doing<'_, Result<(), Refusal>>;
    /// Asynchronous actions have begun well: root and action of each.
    fn hand_over(&self, actions: Vec<(Id, Id)>) -> Doing<'_, Result<(), Refusal>>;
    /// Wakes all who wait on it when actions wait.
    fn hint(&self) -> Arc<Notify>;
}

/// Where the catalogue of all processes' decisions learns what workers provide.
pub trait Offers: Send + Sync {
    /// Whether workers must not provide this name.
    fn is_standard(&self, name: &str) -> bool;
    /// Checks a list of actions.
    ///
    /// # Errors
    /// What is wrong.
    fn names(&self, actions: &[Value]) -> Result<Vec<String>, String>;
    /// From now on workers provide these lists, the newest last.
    fn replace(&self, lists: Vec<Arc<Offer>>);
}

/// A list of actions that one or more workers provide.
#[derive(Debug)]
pub struct Offer {
    pub actions: Vec<Value>,
    pub names: Vec<String>,
    /// Those of `names` that get what they may act with: `needs_security_context`.
    pub trusted: HashSet<String>,
    /// The project that alone is served.
    pub project: Option<String>,
    /// Names of standard actions are replaced.
    pub replaces: bool,
}

/// Settings.
#[derive(Clone, Debug)]
pub struct Options {
    /// Largest result in KiB; `None`: no limit.
    pub result_limit_kb: Option<u64>,
    /// How long an action is known after the last worker that provides it was seen.
    pub kept: Duration,
    /// How long an action waits that nobody provides; `None`: for ever.
    pub unprovided: Option<Duration>,
    /// Whether uploaded code may run.
    pub is_dynamic_allowed: bool,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Workers {
    pub rows: Arc<dyn WorkerRows>,
    pub queue: Arc<dyn ActionQueue>,
    pub owners: Arc<dyn Owners>,
    pub offers: Arc<dyn Offers>,
    provided: Arc<Provided>,
    pub hub: Arc<hub::Hub>,
    /// Somebody has begun to wait.
    look: Arc<Notify>,
    unprovided: Option<Duration>,
    pub result_limit_kb: Option<u64>,
    pub is_dynamic_allowed: bool,
}

/// What all workers provide, as far as this process knows.
pub struct Provided {
    rows: Arc<dyn WorkerRows>,
    offers: Arc<dyn Offers>,
    /// By digest.
    known: Mutex<HashMap<String, Arc<Offer>>>,
    /// Digests of the lists that the catalogue has, the newest last.
    shown: Mutex<Vec<String>>,
    /// Lists of queues, shared by workers of one kind.
    queues: Mutex<HashMap<Kind, Arc<Vec<String>>>>,
    kept: Duration,
    /// One look at a time: an older one must not end last. When the last one was, and who was the newest then.
    looking: tokio::sync::Mutex<Option<(Instant, Option<Time>)>>,
}

/// What decides which queues a worker takes from: digest, target, whether it runs uploaded code.
type Kind = (String, String, bool);

impl Workers {
    pub fn new(
        rows: impl WorkerRows + 'static,
        queue: Arc<dyn ActionQueue>,
        owners: Arc<dyn Owners>,
        offers: Arc<dyn Offers>,
        options: Options,
    ) -> Workers {
        let rows: Arc<dyn WorkerRows> = Arc::new(rows);
        let provided = Provided {
            rows: rows.clone(),
            offers: offers.clone(),
            known: Mutex::default(),
            shown: Mutex::default(),
            queues: Mutex::default(),
            kept: options.kept,
            looking: tokio::sync::Mutex::default(),
        };
        Workers {
            rows,
            queue,
            owners,
            offers,
            provided: Arc::new(provided),
            hub: Arc::default(),
            look: Arc::default(),
            unprovided: options.unprovided,
            result_limit_kb: options.result_limit_kb,
            is_dynamic_allowed: options.is_dynamic_allowed,
        }
    }

    /// Enters a worker and makes its actions known: here at once, elsewhere to all requests that come afterwards, if there
    /// [`DefinitionCache::follow`](mistral_store::cache::DefinitionCache::follow) has [`Workers::provided`] refreshed.
    pub async fn register(&self, new: &Registration<'_>) -> Result<(), StoreError> {
        self.rows.register(new, self.provided.kept).await?;
        // It may be like a change of definitions, which others need not have heard of before.
        tokio::time::sleep(KNOWN).await;
        self.refresh().await
    }

    /// What all workers provide.
    pub fn provided(&self) -> &Arc<Provided> {
        &self.provided
    }

    /// Looks at what all workers provide.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        self.provided.refresh().await
    }

    /// What a list of actions holds, by its digest.
    pub async fn offer(&self, digest: &str) -> Result<Option<Arc<Offer>>, StoreError> {
        self.provided.offer(digest).await
    }

    /// The queues that a worker takes from: those that ask for its target first.
    pub async fn queues_of(&self, worker: &Renewed) -> Result<Arc<Vec<String>>, StoreError> {
        let project = worker.project.as_deref();
        self.queues_for(&worker.digest, &worker.target, project, worker.dynamic)
            .await
    }

    async fn queues_for(
        &self,
        digest: &str,
        target: &str,
        project: Option<&str>,
        dynamic: bool,
    ) -> Result<Arc<Vec<String>>, StoreError> {
        let kind = (digest.to_owned(), target.to_owned(), dynamic);
        if let Some(known) = self.provided.queues.lock().get(&kind) {
            return Ok(known.clone());
        }
        let offer = self.offer(digest).await?;
        let queue = |name: &str, target: Option<&str>| match project {
            Some(project) => project_queue(project, name, target),
            None => worker_queue(Remote::Public, name, target),
        };
        let mut queues = Vec::new();
        let targets = [Some(target).filter(|target| !target.is_empty()), None];
        for target in targets.iter().skip(usize::from(target.is_empty())) {
            if dynamic {
                queues.push(worker_queue(Remote::Dynamic(Id::default()), "", *target));
            }
            queues.extend(
                offer
                    .iter()
                    .flat_map(|offer| &offer.names)
                    .map(|name| queue(name, *target)),
            );
        }
        let queues = Arc::new(queues);
        // What nobody knows (any more) is not kept.
        if offer.is_some() {
            self.provided.queues.lock().insert(kind, queues.clone());
        }
        Ok(queues)
    }

    /// Fails what nobody provides, until it is dropped.
    pub async fn keep_provided(self, now: impl Fn() -> Time) {
        let Some(patience) = self.unprovided else { return };
        loop {
            tokio::time::sleep(unprovided::LOOK.min(patience)).await;
            if let Err(error) = self.fail_unprovided(patience, now()).await {
                tracing::debug!(%error, "actions that nobody provides cannot be looked for");
            }
        }
    }

    /// Keeps the catalogue fresh until it is dropped.
    pub async fn keep_fresh(self) {
        let mut rounds = 0_u32;
        loop {
            if let Err(error) = self.provided.follow().await {
                tracing::debug!(%error, "actions of workers cannot be read");
            }
            // Once in ten minutes.
            if rounds.is_multiple_of(600)
                && let Err(error) = self.rows.forget(self.provided.kept).await
            {
                tracing::debug!(%error, "old workers cannot be forgotten");
            }
            rounds = rounds.wrapping_add(1);
            tokio::time::sleep(REFRESH).await;
        }
    }
}

impl Provided {
    async fn offer(&self, digest: &str) -> Result<Option<Arc<Offer>>, StoreError> {
        if let Some(known) = self.known.lock().get(digest) {
            return Ok(Some(known.clone()));
        }
        self.refresh().await?;
        Ok(self.known.lock().get(digest).cloned())
    }

    /// Looks at what all workers provide, if one has registered or the last look was long ago.
    async fn follow(&self) -> Result<(), StoreError> {
        let last = *self.looking.lock().await;
        let is_known = match last {
            Some((at, newest)) if at.elapsed() < REVIEW.min(self.kept / 4) => self.rows.newest().await? == newest,
            _ => false,
        };
        if is_known { Ok(()) } else { self.refresh().await }
    }

    /// Looks at what all workers provide.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let mut last = self.looking.lock().await;
        let newest = self.rows.newest().await?;
        self.read_all().await?;
        *last = Some((Instant::now(), newest));
        Ok(())
    }

    async fn read_all(&self) -> Result<(), StoreError> {
        let digests = self.rows.digests(self.kept).await?;
        if *self.shown.lock() == digests {
            return Ok(());
        }
        let mut lists = Vec::with_capacity(digests.len());
        for digest in &digests {
            let known = self.known.lock().get(digest).cloned();
            let offer = match known {
                Some(known) => known,
                None => match self.read(digest).await? {
                    Some(offer) => offer,
                    None => continue,
                },
            };
            lists.push((digest.clone(), offer));
        }
        let is_current = |kind: &Kind| digests.contains(&kind.0);
        self.queues.lock().retain(|kind, _| is_current(kind));
        *self.known.lock() = lists.iter().cloned().collect();
        self.offers.replace(lists.into_iter().map(|(_, offer)| offer).collect());
        *self.shown.lock() = digests;
        Ok(())
    }

    async fn read(&self, digest: &str) -> Result<Option<Arc<Offer>>, StoreError> {
        let Some(found) = self.rows.actions(digest).await? else {
            return Ok(None);
        };
        let actions = match json::parse(found.text.as_bytes()) {
            Ok(Value::List(actions)) => actions.to_vec(),
            _ => Vec::new(),
        };
        match self.offers.names(&actions) {
            Ok(names) => {
                let trusted = actions
                    .iter()
                    .filter(|action| action.get("needs_security_context").is_some_and(Value::is_truthy))
                    .filter_map(|action| action.get("name").and_then(Value::as_str).map(str::to_owned))
                    .collect();
                Ok(Some(Arc::new(Offer {
                    actions,
                    names,
                    trusted,
                    project: found.project,
                    replaces: found.replaces,
                })))
            }
            Err(error) => {
                tracing::error!(digest, error, "the actions of a worker cannot be read");
                Ok(None)
            }
        }
    }
}
