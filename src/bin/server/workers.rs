//! Workers, joined with the engine and the catalogue of this process.

use std::sync::Arc;
use std::time::Duration;

use mistral::actions::{Offer, Offered};
use mistral::api::workers::hub::{self, Hub};
use mistral::api::workers::{self, Doing, Offers, Owners};
use mistral::config::{Config, PythonRuntime};
use mistral::engine::Handle;
use mistral::engine::queue::{Awaited, Counter};
use mistral::model::action::Report;
use mistral::model::refusal::Refusal;
use mistral::model::{Id, Value};
use mistral::postgres::{Database, queue::Queue, workers::Workers as Rows};
use mistral::store::batch::Claimed;
use tokio::sync::Notify;

/// Makes what serves workers.
pub(crate) fn open(config: &Config, database: &Database, engine: &Handle, catalog: &Arc<Offered>) -> workers::Workers {
    let limit = config.engine.execution_field_size_limit_kb;
    let section = &config.workers;
    let options = workers::Options {
        result_limit_kb: u64::try_from(limit).ok().filter(|limit| *limit > 0),
        kept: Duration::from_secs(section.keep_actions),
        unprovided: (section.unprovided_timeout > 0).then(|| Duration::from_secs(section.unprovided_timeout)),
        is_dynamic_allowed: config.action_providers.python_runtime == PythonRuntime::Worker,
    };
    workers::Workers::new(
        Rows::connect(database),
        Arc::new(Queue::connect(database)),
        Arc::new(Engine(engine.clone())),
        Arc::new(Provided(catalog.clone())),
        options,
    )
}

/// Workers that wait in this process, as the engine sees them.
pub(crate) struct Waiting(pub Arc<Hub>);

struct Promised {
    worker: hub::Promised,
    hub: Arc<Hub>,
}

impl Counter for Waiting {
    fn promise(&self, queue: &str) -> Option<Box<dyn Awaited>> {
        let worker = self.0.promise(queue)?;
        let hub = self.0.clone();
        Some(Box::new(Promised { worker, hub }))
    }
}

impl Awaited for Promised {
    fn worker(&self) -> Id {
        self.worker.worker
    }

    fn keep(self: Box<Self>, job: Claimed) -> bool {
        self.worker.keep(job)
    }

    fn doubt(self: Box<Self>) {
        let Promised { worker, hub } = *self;
        worker.doubt(&hub);
    }
}

struct Engine(Handle);

impl Owners for Engine {
    fn report(&self, reports: Vec<Report>) -> Doing<'_, Result<(), Refusal>> {
        Box::pin(async move {
            // The worker brings all of them again: those that were taken are known then.
            match self.0.report(reports).await {
                (_, Some(refusal)) => Err(refusal),
                (_, None) => Ok(()),
            }
        })
    }

    fn hand_over(&self, actions: Vec<(Id, Id)>) -> Doing<'_, Result<(), Refusal>> {
        Box::pin(self.0.hand_over(actions))
    }

    fn hint(&self) -> Arc<Notify> {
        self.0.workers_hint()
    }
}

struct Provided(Arc<Offered>);

impl Offers for Provided {
    fn is_standard(&self, name: &str) -> bool {
        self.0.is_standard(name)
    }

    fn names(&self, actions: &[Value]) -> Result<Vec<String>, String> {
        Ok(Offer::read_all(actions)?.into_iter().map(|offer| offer.name).collect())
    }

    fn replace(&self, lists: Vec<Arc<workers::Offer>>) {
        let offers = lists.iter().flat_map(|list| {
            let offers = Offer::read_all(&list.actions).unwrap_or_default();
            let given = |offer: Offer| offer.given(list.project.as_deref(), list.replaces);
            offers.into_iter().map(given).collect::<Vec<_>>()
        });
        self.0.replace(offers);
    }
}
