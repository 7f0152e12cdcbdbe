//! An executor of the tests' own.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use mistral::actions::{Environment, EnvironmentOptions, Registry};
use mistral::executor::{Deliver, Delivering, Handle, Options, Reference, Service};
use mistral::model::action::{Context, Job, Outcome, Report};
use mistral::model::{Id, Payload, Time, Value, json};
use parking_lot::Mutex;
use tokio::sync::Notify;

/// Longest time that a test waits for anything.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Results {
    outcomes: Mutex<HashMap<Id, Outcome>>,
    handed_over: Mutex<Vec<Id>>,
    changed: Notify,
}

impl Deliver for Results {
    fn deliver(&self, reports: Vec<Report>) -> Delivering<'_, Vec<Report>> {
        let mut outcomes = self.outcomes.lock();
        outcomes.extend(reports.into_iter().map(|report| (report.action_id, report.outcome)));
        self.changed.notify_waiters();
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn hand_over(&self, actions: Vec<Reference>) -> Delivering<'_> {
        self.handed_over.lock().extend(actions.into_iter().map(|a| a.action_id));
        self.changed.notify_waiters();
        Box::pin(std::future::ready(Ok(())))
    }
}

/// An executor, and what its actions ended with.
pub(super) struct Runner {
    executor: Handle,
    results: Arc<Results>,
    last_id: AtomicU64,
}

impl Runner {
    pub(super) fn new(environment: EnvironmentOptions) -> Runner {
        let results = Arc::new(Results::default());
        let (service, executor) = Service::new(
            Options::default(),
            Arc::new(Registry::standard()),
            Arc::new(Environment::new(environment)),
            results.clone(),
        );
        tokio::spawn(service.run());
        Runner {
            executor,
            results,
            last_id: AtomicU64::new(0),
        }
    }

    /// Starts an action; its id, and the time-out that its task would have.
    pub(super) fn start(&self, action: &str, input: &serde_json::Value, timeout: Option<Duration>) -> Id {
        let id = Id(u128::from(self.last_id.fetch_add(1, Ordering::Relaxed) + 1));
        let registry = Registry::standard();
        let descriptor = registry.action(action).expect("a standard action").descriptor();
        let job = Job {
            action_id: id,
            root_id: Id(1 << 64),
            attempt: 1,
            name: action.into(),
            input: Payload::from_json(input.to_string().into_bytes()),
            is_sync: descriptor.is_sync,
            safe_rerun: false,
            target: None,
            timeout,
            context: Arc::new(Context {
                action_execution_id: Some(id.to_string().into()),
                callback_url: Some(format!("/v2/action_executions/{id}").into()),
                ..Context::default()
            }),
            created_at: Time(0),
            code: None,
        };
        let refused = |jobs: Vec<Job>| assert!(jobs.is_empty(), "the executor has room");
        self.executor.submit_all(vec![job], 0, Box::new(refused));
        id
    }

    /// Ends an action; whether it was there, and had not ended.
    pub(super) async fn cancel(&self, id: Id) -> bool {
        !self.executor.cancel(vec![(id, 1)]).await.is_empty()
    }

    /// What an action has ended with, once it has.
    pub(super) async fn outcome(&self, id: Id) -> Outcome {
        self.once(|results| results.outcomes.lock().get(&id).cloned()).await
    }

    /// Waits until an asynchronous action has been started well.
    pub(super) async fn handed_over(&self, id: Id) {
        self.once(|results| results.handed_over.lock().contains(&id).then_some(()))
            .await;
    }

    async fn once<T>(&self, test: impl Fn(&Results) -> Option<T>) -> T {
        let waiting = async {
            loop {
                let changed = self.results.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if let Some(found) = test(&self.results) {
                    return found;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .expect("the action ends in time")
    }

    pub(super) async fn run(&self, action: &str, input: &serde_json::Value) -> Outcome {
        self.outcome(self.start(action, input, None)).await
    }
}

/// A successful result.
pub(super) fn success(value: &serde_json::Value) -> Outcome {
    Outcome::Success(json::parse(value.to_string().as_bytes()).expect("JSON"))
}

/// The result that is text in an error.
///
/// # Panics
/// If it is anything else.
pub(super) fn error_text(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Error(Value::Str(text)) => text,
        other => panic!("not an error text: {other:?}"),
    }
}

/// The error text of an action whose body raised `message`.
pub(super) fn raised(class: &str, id: Id, message: &str) -> String {
    format!(
        "The action raised an exception [action=<mistral.actions.std_actions.{class} object>, action_ex_id={id}, \
         msg='{message}']"
    )
}

/// Waits until something is so.
pub(super) async fn eventually(what: &str, test: impl Fn() -> bool) {
    let waiting = async {
        while !test() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "never: {what}");
}

/// TLS for servers of the tests, with a certificate for `localhost` that nobody has signed.
pub(super) fn tls_acceptor() -> tokio_rustls::TlsAcceptor {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let certificate = CertificateDer::from_pem_file(CERTIFICATE).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(KEY).expect("a key");
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a key that fits");
    tokio_rustls::TlsAcceptor::from(Arc::new(config))
}

/// The certificate of [`tls_acceptor`].
pub(super) const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/actions/http/testdata/localhost.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/actions/http/testdata/localhost.key");
