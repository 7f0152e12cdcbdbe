//! Who waits for jobs in this process. One task looks at the queue for all of them, keeps their leases, and finds out what is not
//! wanted any more: a thousand idle workers cost a look a second and a renewal every two.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::oneshot;

use super::{FRESH, HELD, LEASE, Workers};
use mistral_model::{Id, Time};
use mistral_store::Error as StoreError;
use mistral_store::batch::Claimed;
use mistral_store::low_water::LowWater;
use mistral_store::workers::Renewed;

/// Between two looks at the queue without a hint.
const POLL: Duration = Duration::from_secs(1);
/// Between two looks at whether running jobs are wanted: as for executors.
const WANTED: Duration = Duration::from_millis(400);
/// Between two renewals of the leases of those who wait: well within [`BROKEN`], for another process may shorten a lease that is
/// kept here.
const RENEW: Duration = FRESH;
/// A worker whose waiting connection broke has so long to come back.
const ABSENT: Duration = Duration::from_secs(1);
/// How long its lease lasts then.
const BROKEN: Duration = Duration::from_secs(3);
/// Jobs of one queue that a look counts.
const COUNTED: usize = 1_000;
/// So few who wait, for so few queues each, are woken by a hint without a look at the queues before: they look for themselves. It
/// saves one of the six steps of a single action; what that is worth was not measured by itself.
const FEW: usize = 2;
const FEW_QUEUES: usize = 64;

/// Waiting workers of a queue that a job chooses from.
const LOOKED_AT: usize = 4;

/// Why a wait is over.
#[derive(Debug)]
pub enum Woken {
    /// Jobs wait in these queues, or are likely to.
    Jobs(Vec<String>),
    /// A job that was made for this worker.
    Job(Claimed),
    /// Something that the worker runs is not wanted any more.
    Cancelled,
    /// The lease is over.
    Over,
    /// The worker wants no more jobs.
    Enough,
}

struct Waiter {
    worker: Id,
    queues: Arc<Vec<String>>,
    room: usize,
    running: Vec<(Id, u32)>,
    wake: Option<oneshot::Sender<Woken>>,
}

/// What this process knows of a worker's lease.
struct Known {
    renewed_at: Instant,
    /// The last exchange, or renewal.
    seen_at: Instant,
    worker: Renewed,
}

/// A look at queues that found nothing.
struct Empty {
    /// [`Hub::hints`] before it.
    hints: u64,
    at: Instant,
    /// The lists of queues that it was for.
    lists: Vec<Arc<Vec<String>>>,
}

/// Everybody who waits.
#[derive(Default)]
pub struct Hub {
    waiters: Mutex<HashMap<u64, Waiter>>,
    known: Mutex<HashMap<Id, Known>>,
    next: AtomicU64,
    /// How often it was said that actions wait.
    hints: AtomicU64,
    /// Workers that may hold what they were not told of.
    doubtful: Mutex<HashSet<Id>>,
    /// How far the queues of workers are known to be empty.
    pub low_water: Mutex<LowWater>,
    /// The last look, if it found nothing.
    empty: Mutex<Option<Empty>>,
    /// The process stops: nobody waits here any more.
    has_ended: AtomicBool,
}

/// Takes a waiter out when nobody waits any more.
struct Place<'a> {
    workers: &'a Workers,
    number: u64,
    worker: Id,
    /// The wait has come to its end. One that is dropped before was of a connection that broke.
    is_answered: bool,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.workers.hub.waiters.lock().remove(&self.number);
        if !self.is_answered {
            self.workers.clone().broken(self.worker);
        }
    }
}

/// A worker that waits for one job alone, until it is given or this is dropped.
#[derive(Debug)]
pub struct Promised {
    pub worker: Id,
    wake: oneshot::Sender<Woken>,
}

impl Promised {
    /// Gives it a job whose row is its own and begun; `false`: it waits no more, and has not begun it.
    #[must_use]
    pub fn keep(self, job: Claimed) -> bool {
        self.wake.send(Woken::Job(job)).is_ok()
    }

    /// Nobody knows whether the row is the worker's: it has to look what it holds.
    pub fn doubt(self, hub: &Hub) {
        hub.doubtful.lock().insert(self.worker);
        // It asks again at once, if it is still there.
        let _ = self.wake.send(Woken::Enough);
    }
}

impl Hub {
    /// How often it was said that actions wait: to be asked before a look at the queue, and given to [`Workers::wait`].
    pub fn hints(&self) -> u64 {
        self.hints.load(Ordering::Acquire)
    }

    /// Whether a look at these queues would find nothing: one has just found nothing, and no hint has come since then. What comes
    /// without a hint is found as for those who wait already. `hints`: [`Hub::hints`] now.
    pub fn are_empty(&self, queues: &Arc<Vec<String>>, hints: u64) -> bool {
        let empty = self.empty.lock();
        empty.as_ref().is_some_and(|empty| {
            empty.hints == hints
                && empty.at.elapsed() < POLL * 2
                && empty.lists.iter().any(|known| Arc::ptr_eq(known, queues))
        })
    }

    /// Answers all who wait, and who come to wait from now on: they find another process.
    pub fn end(&self) {
        self.has_ended.store(true, Ordering::Release);
        self.wake(|_| Some(Woken::Enough));
    }

    /// A worker that waits for jobs of this queue, and has room.
    pub fn promise(&self, queue: &str) -> Option<Promised> {
        let mut waiters = self.waiters.lock();
        let has_room = |waiter: &&mut Waiter| waiter.room > 0 && waiter.wake.is_some();
        let fits = |waiter: &&mut Waiter| has_room(waiter) && waiter.queues.iter().any(|known| known == queue);
        // A thousand may wait: the one with the most room of the first few.
        let few = waiters.values_mut().filter(fits).take(LOOKED_AT);
        let waiter = few.max_by_key(|waiter| waiter.room)?;
        // A lease that may be over is no place for a row.
        let known = self.known.lock();
        known
            .get(&waiter.worker)
            .filter(|known| known.renewed_at.elapsed() < LEASE)?;
        Some(Promised {
            worker: waiter.worker,
            wake: waiter.wake.take()?,
        })
    }

    /// Whether the worker may hold what it was not told of; asked once.
    pub fn is_doubtful(&self, worker: Id) -> bool {
        self.doubtful.lock().remove(&worker)
    }

    /// Answers all who wait in a worker's name.
    pub fn drain(&self, worker: Id) {
        self.wake(|waiter| (waiter.worker == worker).then_some(Woken::Enough));
    }

    /// The worker, if its lease was renewed here a moment ago.
    pub fn fresh(&self, worker: Id) -> Option<Renewed> {
        let mut known = self.known.lock();
        let found = known.get_mut(&worker)?;
        found.seen_at = Instant::now();
        (found.renewed_at.elapsed() < FRESH).then(|| found.worker.clone())
    }

    pub fn renewed(&self, worker: &Renewed) {
        let now = Instant::now();
        let known = Known {
            renewed_at: now,
            seen_at: now,
            worker: worker.clone(),
        };
        self.known.lock().insert(worker.id, known);
    }

    pub fn forget(&self, worker: Id) {
        self.known.lock().remove(&worker);
    }

    /// Wakes those of whom `why` says so.
    fn wake(&self, mut why: impl FnMut(&Waiter) -> Option<Woken>) {
        for waiter in self.waiters.lock().values_mut() {
            if waiter.wake.is_none() {
                continue;
            }
            if let Some(woken) = why(waiter)
                && let Some(wake) = waiter.wake.take()
            {
                // Who went away meanwhile hears nothing.
                let _ = wake.send(woken);
            }
        }
    }

    /// The lists of queues that somebody with room waits for. Workers of one kind share theirs.
    fn lists(&self) -> Vec<Arc<Vec<String>>> {
        let waiters = self.waiters.lock();
        let wanting = waiters
            .values()
            .filter(|waiter| waiter.room > 0 && waiter.wake.is_some());
        let mut seen: HashSet<*const Vec<String>> = HashSet::new();
        wanting
            .filter(|waiter| seen.insert(Arc::as_ptr(&waiter.queues)))
            .map(|waiter| waiter.queues.clone())
            .collect()
    }

    /// Wakes all who wait for jobs if they are few; whether they are.
    fn wake_few(&self) -> bool {
        let mut waiters = self.waiters.lock();
        let mut wanting: Vec<&mut Waiter> = waiters
            .values_mut()
            .filter(|waiter| waiter.room > 0 && waiter.wake.is_some())
            .collect();
        if wanting.len() > FEW || wanting.iter().any(|waiter| waiter.queues.len() > FEW_QUEUES) {
            return false;
        }
        for waiter in &mut wanting {
            if let Some(wake) = waiter.wake.take() {
                // Who went away meanwhile hears nothing.
                let _ = wake.send(Woken::Jobs(waiter.queues.to_vec()));
            }
        }
        true
    }

    /// Looks once at the queues, and wakes as many as there is work for.
    async fn look(&self, workers: &Workers, now: Time) -> Result<(), StoreError> {
        let (lists, hints, at) = (self.lists(), self.hints(), Instant::now());
        if lists.is_empty() {
            return Ok(());
        }
        let names: HashSet<&str> = lists.iter().flat_map(|list| list.iter().map(String::as_str)).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let found = workers.rows.waiting(&names, COUNTED, &self.low_water, now).await?;
        let mut left: HashMap<String, usize> = found.into_iter().collect();
        *self.empty.lock() = left.is_empty().then_some(Empty { hints, at, lists });
        if left.is_empty() {
            return Ok(());
        }
        self.wake(|waiter| {
            let mut room = waiter.room;
            let mut given = Vec::new();
            for queue in waiter.queues.iter() {
                if room == 0 || left.is_empty() {
                    break;
                }
                let Some(count) = left.get_mut(queue) else { continue };
                let taken = room.min(*count);
                room -= taken;
                *count -= taken;
                if *count == 0 {
                    left.remove(queue);
                }
                given.push(queue.clone());
            }
            (!given.is_empty()).then_some(Woken::Jobs(given))
        });
        Ok(())
    }

    /// Wakes those who run what is not theirs any more.
    async fn check_wanted(&self, workers: &Workers) -> Result<(), StoreError> {
        let ids: Vec<Id> = {
            let waiters = self.waiters.lock();
            waiters
                .values()
                .flat_map(|waiter| &waiter.running)
                .map(|(id, _)| *id)
                .collect()
        };
        if ids.is_empty() {
            return Ok(());
        }
        let holders: HashSet<(Id, u32, Id)> = workers.rows.holders(&ids).await?.into_iter().collect();
        self.wake(|waiter| {
            let is_lost = |(id, attempt): &(Id, u32)| !holders.contains(&(*id, *attempt, waiter.worker));
            waiter.running.iter().any(is_lost).then_some(Woken::Cancelled)
        });
        Ok(())
    }

    /// Makes the leases of all who wait last: a connection that is open is a sign of life.
    async fn keep_leases(&self, workers: &Workers) -> Result<(), StoreError> {
        let ids: HashSet<Id> = self.waiters.lock().values().map(|waiter| waiter.worker).collect();
        self.known.lock().retain(|_, known| known.renewed_at.elapsed() < HELD);
        if ids.is_empty() {
            return Ok(());
        }
        let asked: Vec<Id> = ids.into_iter().collect();
        let alive: HashSet<Id> = workers.rows.keep(&asked, HELD).await?.into_iter().collect();
        let now = Instant::now();
        for (_, known) in self.known.lock().iter_mut().filter(|(id, _)| alive.contains(id)) {
            (known.renewed_at, known.seen_at) = (now, now);
        }
        let over: HashSet<Id> = asked.into_iter().filter(|id| !alive.contains(id)).collect();
        for id in &over {
            self.forget(*id);
        }
        self.wake(|waiter| over.contains(&waiter.worker).then_some(Woken::Over));
        Ok(())
    }

    fn waits(&self, worker: Id) -> bool {
        self.waiters.lock().values().any(|waiter| waiter.worker == worker)
    }
}

impl Workers {
    /// Waits until there is something for a worker, so long at most. `seen`: [`Hub::hints`] before its own look at the queue.
    pub async fn wait(
        &self,
        worker: Id,
        queues: &Arc<Vec<String>>,
        room: usize,
        running: Vec<(Id, u32)>,
        seen: u64,
        patience: Duration,
    ) -> Woken {
        let (wake, mut woken) = oneshot::channel();
        let number = self.hub.next.fetch_add(1, Ordering::Relaxed);
        let waiter = Waiter {
            worker,
            queues: queues.clone(),
            room,
            running,
            wake: Some(wake),
        };
        self.hub.waiters.lock().insert(number, waiter);
        if self.hub.has_ended.load(Ordering::Acquire) {
            self.hub.wake(|_| Some(Woken::Enough));
        }
        let mut place = Place {
            workers: self,
            number,
            worker,
            is_answered: false,
        };
        // Something may have come since the caller's look at the queue. (Looked for only then, and renewals that read no more than
        // they need: a thousand idle workers cost 1.9 % of a core, before, on a busier machine, 2.7 %.)
        if self.hub.hints() != seen {
            self.look.notify_one();
        }
        let told = tokio::time::timeout(patience, &mut woken).await;
        place.is_answered = true;
        // What was said in the last moment may be a job.
        woken.close();
        match told {
            Ok(Ok(told)) => told,
            Ok(Err(_)) => Woken::Enough,
            Err(_) => woken.try_recv().unwrap_or(Woken::Enough),
        }
    }

    /// The worker with its lease made to last; `None`: it is over, or there is no such worker.
    pub async fn renew(&self, worker: Id) -> Result<Option<Renewed>, StoreError> {
        if let Some(known) = self.hub.fresh(worker) {
            return Ok(Some(known));
        }
        let renewed = self.rows.renew(&[worker], HELD).await?.pop();
        match &renewed {
            Some(worker) => self.hub.renewed(worker),
            None => self.hub.forget(worker),
        }
        Ok(renewed)
    }

    /// Forgets what this process knows of a worker's lease.
    pub fn forget(&self, worker: Id) {
        self.hub.forget(worker);
        self.hub.drain(worker);
    }

    /// A worker's connection broke while it waited for jobs. Unless it comes back at once, here or elsewhere, its lease ends soon.
    fn broken(self, worker: Id) {
        tokio::spawn(async move {
            let before = Instant::now();
            tokio::time::sleep(ABSENT).await;
            let came_back = self.hub.waits(worker)
                || self
                    .hub
                    .known
                    .lock()
                    .get(&worker)
                    .is_some_and(|known| known.seen_at > before);
            if came_back {
                return;
            }
            self.hub.forget(worker);
            if let Err(error) = self
                .rows
                .shorten(worker, BROKEN, HELD.saturating_sub(before.elapsed()))
                .await
            {
                tracing::debug!(%worker, %error, "a lease cannot be shortened");
            }
        });
    }

    /// Serves those who wait, until it is dropped.
    pub async fn serve_waiting(self, now: impl Fn() -> Time) {
        let hint = self.owners.hint();
        let mut wanted = tokio::time::interval(WANTED);
        let mut renew = tokio::time::interval(RENEW);
        let mut poll = tokio::time::interval(POLL);
        for interval in [&mut wanted, &mut renew, &mut poll] {
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        }
        // Armed before each look, so that no hint is missed.
        let mut hinted = std::pin::pin!(hint.notified());
        hinted.as_mut().enable();
        loop {
            let outcome = tokio::select! {
                () = hinted.as_mut() => {
                    hinted.set(hint.notified());
                    hinted.as_mut().enable();
                    self.hub.hints.fetch_add(1, Ordering::AcqRel);
                    match self.hub.wake_few() {
                        true => Ok(()),
                        false => self.hub.look(&self, now()).await,
                    }
                }
                () = self.look.notified() => self.hub.look(&self, now()).await,
                _ = poll.tick() => self.hub.look(&self, now()).await,
                _ = wanted.tick() => self.hub.check_wanted(&self).await,
                _ = renew.tick() => self.hub.keep_leases(&self).await,
            };
            if let Err(error) = outcome {
                tracing::debug!(%error, "workers that wait cannot be served");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hub(workers: &[(u128, usize)]) -> (Hub, Vec<oneshot::Receiver<Woken>>) {
        let hub = Hub::default();
        let told = workers.iter().map(|(id, room)| {
            let (wake, told) = oneshot::channel();
            let waiter = Waiter {
                worker: Id(*id),
                queues: Arc::new(vec!["action:a".to_owned()]),
                room: *room,
                running: Vec::new(),
                wake: Some(wake),
            };
            hub.waiters.lock().insert(*id as u64, waiter);
            hub.renewed(&Renewed {
                id: Id(*id),
                digest: String::new(),
                target: String::new(),
                project: None,
                dynamic: false,
            });
            told
        });
        let told = told.collect();
        (hub, told)
    }

    fn job() -> Claimed {
        Claimed {
            action_id: Id(7),
            root_id: Id(8),
            attempt: 1,
            job: "{}".to_owned(),
        }
    }

    /// The one with room for most, each for one job, and none for another queue.
    #[test]
    fn a_job_goes_to_a_worker_that_waits() {
        let (hub, mut told) = hub(&[(1, 0), (2, 1), (3, 5)]);
        assert!(hub.promise("action:b").is_none());
        let (first, second) = (hub.promise("action:a").unwrap(), hub.promise("action:a").unwrap());
        assert_eq!((first.worker, second.worker), (Id(3), Id(2)));
        assert!(
            hub.promise("action:a").is_none(),
            "one has no room, the others are out of turn"
        );
        assert!(first.keep(job()));
        assert!(matches!(told[2].try_recv(), Ok(Woken::Job(job)) if job.action_id == Id(7)));
        // The batch was not committed: it waits no more, and asks again.
        drop(second);
        assert!(told[1].try_recv().is_err());
    }

    /// Whoever has gone has not begun it; whoever may have a row is made to look, once.
    #[test]
    fn who_waits_no_more_and_who_may_hold_a_row() {
        let (hub, mut told) = hub(&[(1, 1), (2, 1)]);
        let (first, second) = (hub.promise("action:a").unwrap(), hub.promise("action:a").unwrap());
        let gone = told.remove(usize::from(first.worker == Id(2)));
        drop(gone);
        assert!(!first.keep(job()));
        let worker = second.worker;
        second.doubt(&hub);
        assert!(matches!(told[0].try_recv(), Ok(Woken::Enough)));
        assert!(hub.is_doubtful(worker) && !hub.is_doubtful(worker));
    }

    /// What was looked at a moment ago and is empty is not looked at again, until somebody says that something came.
    #[test]
    fn empty_queues_are_not_looked_at_twice() {
        let hub = Hub::default();
        let (known, other) = (Arc::new(vec!["a".to_owned()]), Arc::new(vec!["a".to_owned()]));
        assert!(!hub.are_empty(&known, 0), "nobody has looked");
        let look = |at| {
            let lists = vec![known.clone()];
            *hub.empty.lock() = Some(Empty { hints: 3, at, lists });
        };
        look(Instant::now());
        assert!(hub.are_empty(&known, 3));
        assert!(!hub.are_empty(&known, 4), "a hint has come");
        assert!(!hub.are_empty(&other, 3), "not looked at");
        look(Instant::now().checked_sub(POLL * 2).unwrap());
        assert!(!hub.are_empty(&known, 3), "too long ago");
    }

    #[test]
    fn no_row_for_a_lease_that_may_be_over() {
        let (hub, _told) = hub(&[(1, 1)]);
        hub.forget(Id(1));
        assert!(hub.promise("action:a").is_none());
    }
}
