//! Engine, executor and claimer of one process, joined: the lane from an owner to its own executor, the way of results back
//! to the owners, and the order in which the parts start and stop.

mod permits;
mod strays;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::executor::{self, Deliver, Delivering, Reference};
use crate::peer::Network;
use crate::queue::claimer::{self, Claimer};
use crate::queue::{Lane, Refused, Waiting};
use crate::{Definitions, Engine, Handle, Lease};
use mistral_actions::{Environment, Registry};
use mistral_model::action::{Catalog, Job, Report};
use mistral_model::time::Clock;
use mistral_store::Error;
use mistral_store::backend::Backend;

/// Longest time that an orderly stop waits for running actions, whatever [`Node::stop`] is told.
const ACTIONS_LIMIT: Duration = Duration::from_secs(10);
/// Longest time that it waits for what runs in the background.
const TASKS_LIMIT: Duration = Duration::from_secs(5);

/// Settings of the executing side.
pub struct ExecutorOptions {
    pub executor: executor::Options,
    pub claimer: claimer::Options,
    /// The name by which a `target` may ask for this executor.
    pub host: String,
}

/// What a node works with.
pub struct Parts {
    pub store: Arc<dyn Backend>,
    pub definitions: Arc<dyn Definitions>,
    /// What the executor runs.
    pub actions: Arc<Registry>,
    /// What tasks may ask for: those, and what workers provide.
    pub catalog: Arc<dyn Catalog>,
    pub environment: Arc<Environment>,
    pub clock: Arc<dyn Clock>,
    /// How other processes are reached; `None`: through the store only.
    pub network: Option<Arc<dyn Network>>,
}

/// A running node.
pub struct Node {
    engine: Engine,
    executor: Option<executor::Handle>,
    tasks: JoinSet<()>,
    stop: CancellationToken,
    /// Nothing runs any more.
    over: CancellationToken,
}

impl Node {
    /// Starts an engine (which owns trees if its options say so) and, if asked for, an executor with its claimer.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn start(
        engine: crate::Options,
        executing: Option<ExecutorOptions>,
        parts: Parts,
        seed: u64,
    ) -> Result<Node, Error> {
        let mut tasks = JoinSet::new();
        let (stop, over) = (CancellationToken::new(), CancellationToken::new());
        let owners = Arc::new(ToOwners::default());
        let lease = Lease::default();
        let (mut executor, mut lane) = (None, None::<Arc<dyn Lane>>);
        let queue = executing.is_some().then(|| parts.store.action_queue());
        if let (Some(executing), Some(queue)) = (&executing, &queue) {
            let (gate, serving) = permits::Gate::new(engine.node, queue.clone(), stop.clone(), over.clone());
            tasks.spawn(serving);
            let options = executor::Options {
                lease: Some(lease.clone()),
                permits: Some(gate),
                ..executing.executor.clone()
            };
            let (service, handle) =
                executor::Service::new(options, parts.actions.clone(), parts.environment, owners.clone());
            tasks.spawn(service.run());
            lane = Some(Arc::new(LocalLane {
                executor: handle.clone(),
                host: executing.host.clone(),
            }));
            executor = Some(handle);
        }
        let node = engine.node;
        let engine_parts = crate::Parts {
            store: parts.store.clone(),
            definitions: parts.definitions,
            catalog: parts.catalog,
            clock: parts.clock.clone(),
            lane: lane.clone(),
            network: parts.network,
            lease: lease.clone(),
        };
        let engine = Engine::start(engine, engine_parts, seed).await?;
        let handle = engine.handle();
        // Set once, here.
        let _ = owners.0.set(handle.clone());
        if let (Some(lane), Some(executing), Some(queue)) = (lane, executing, queue.clone()) {
            let claimer = Claimer {
                node,
                queue,
                lane,
                clock: parts.clock,
                options: executing.claimer,
                hint: handle.claim_hint(),
            };
            tasks.spawn(claimer.run(stop.clone()));
        }
        if let (Some(executor), Some(queue)) = (executor.clone(), queue) {
            tasks.spawn(permits::end_unwanted(
                node,
                queue.clone(),
                executor.clone(),
                stop.clone(),
            ));
            tasks.spawn(strays::give_back(
                node,
                queue.clone(),
                executor.clone(),
                handle.clone(),
                stop.clone(),
            ));
            tasks.spawn(keep_within_lease(executor, handle, lease, stop.clone()));
        }
        Ok(Node {
            engine,
            executor,
            tasks,
            stop,
            over,
        })
    }

    pub fn engine(&self) -> Handle {
        self.engine.handle()
    }

    pub fn executor(&self) -> Option<&executor::Handle> {
        self.executor.as_ref()
    }

    /// Claims nothing more, gives back what has not begun, waits up to `patience` for what runs, commits what was decided,
    /// gives the shards away and leaves the cluster.
    pub async fn stop(self, patience: Duration) {
        self.stop.cancel();
        if let Some(executor) = &self.executor {
            // What does not finish in time is run again elsewhere or failed, as its task allows.
            let left = executor.shutdown(patience.min(ACTIONS_LIMIT)).await;
            let unbegun: Vec<_> = left
                .released
                .iter()
                .map(|r| (r.root_id, r.action_id, r.attempt))
                .collect();
            if !unbegun.is_empty()
                && let Err(refusal) = self.engine.handle().give_back(unbegun).await
            {
                tracing::warn!(%refusal, "actions could not be given back");
            }
        }
        self.engine.stop().await;
        self.over.cancel();
        finish(self.tasks, patience).await;
    }
}

/// Has the executor begin jobs again after the lease was over: those that the rows still give to this node.
async fn keep_within_lease(executor: executor::Handle, engine: Handle, lease: Lease, stop: CancellationToken) {
    loop {
        let lapses = lease.standing().lapses;
        let unbegun = executor.resume().await;
        if !unbegun.is_empty() {
            tracing::warn!(
                actions = unbegun.len(),
                "the lease was over; what has not begun is looked up again"
            );
            engine.doubt(unbegun);
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = lease.wait_until(|standing| standing.lapses > lapses) => {}
        }
    }
}

/// Waits for tasks that were told to stop, and ends those that do not.
pub async fn finish(mut tasks: JoinSet<()>, patience: Duration) {
    let drained = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(patience.min(TASKS_LIMIT), drained).await.is_err() {
        tracing::debug!("some tasks were ended");
    }
    tasks.abort_all();
}

/// The way into this process' executor.
struct LocalLane {
    executor: executor::Handle,
    host: String,
}

impl Lane for LocalLane {
    fn free(&self) -> usize {
        self.executor.room()
    }

    fn free_to_wait(&self) -> usize {
        self.executor.room_to_wait()
    }

    fn progress(&self) -> Waiting<'_> {
        Box::pin(self.executor.progress())
    }

    fn freed(&self) -> Waiting<'_> {
        Box::pin(async move {
            self.executor.slots_freed().await;
        })
    }

    fn submit(&self, jobs: Vec<Job>, waiting: usize, refused: Refused) {
        self.executor.submit_all(jobs, waiting, refused);
    }

    fn host(&self) -> &str {
        &self.host
    }
}

/// Results go to the owners of their trees. The engine starts after the executor, which it needs as a lane.
#[derive(Default)]
struct ToOwners(OnceLock<Handle>);

impl Deliver for ToOwners {
    fn deliver(&self, reports: Vec<Report>) -> Delivering<'_, Vec<Report>> {
        Box::pin(async move {
            let engine = self.0.get().ok_or("the engine has not started yet")?;
            let all = reports.len();
            match engine.report(reports).await {
                (left, Some(refusal)) if left.len() == all => Err(refusal.into()),
                (left, _) => Ok(left),
            }
        })
    }

    fn hand_over(&self, actions: Vec<Reference>) -> Delivering<'_> {
        Box::pin(async move {
            let engine = self.0.get().ok_or("the engine has not started yet")?;
            let ids = actions.into_iter().map(|a| (a.root_id, a.action_id)).collect();
            engine.hand_over(ids).await.map_err(|refusal| refusal.into())
        })
    }
}
