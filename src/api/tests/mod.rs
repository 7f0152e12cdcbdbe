//! Whole requests, from the router to the answer, over tables in memory.

mod definitions;
mod lists;
mod runs;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header;
use http_body_util::{BodyExt, Full};
use serde_json::Value as Json;

use super::engine::{Answer, Previewing};
use super::security::{Keeper, Surroundings};
use super::workers::{self, Doing, Offer, Offers, Owners};
use super::{Access, App, Engine, Hooks, Options, Parts, Workers};
use mistral_auth::policy::Policies;
use mistral_auth::seal::Seal;
use mistral_auth::{Authentication, Authenticator, Identity, Sent};
use mistral_model::action::{Catalog, Descriptor, Report};
use mistral_model::id::SharedGenerator;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::Request;
use mistral_model::time::Clock;
use mistral_model::{Id, Shard, Time, Value};
use mistral_store::cache::DefinitionCache;
use mistral_store::definitions::Definitions;
use mistral_store::mem::away::Away;
use mistral_store::mem::desk::Desk;
use mistral_store::reads::Reads;
use tokio::sync::Notify;

/// The API over tables of its own.
pub(crate) struct Service {
    app: App,
    desk: Desk,
}

/// Who calls: a project's member, unless `X-Roles` says that it is an admin.
struct Callers;

impl Authenticator for Callers {
    fn authenticate<'a>(&'a self, sent: Sent<'a>) -> Authentication<'a> {
        let text = |name: &str| sent.headers.get(name).and_then(|value| value.to_str().ok());
        let identity = Identity {
            project_id: text("x-project-id").map(Into::into),
            is_admin: text("x-roles") == Some("admin"),
            is_authenticated: true,
            roles: text("x-roles").into_iter().map(Into::into).collect(),
            ..Identity::default()
        };
        Box::pin(std::future::ready(Ok(Arc::new(identity))))
    }
}

/// A clock that moves a second with each look.
struct Ticks(AtomicI64);

impl Clock for Ticks {
    fn now(&self) -> Time {
        Time(self.0.fetch_add(1_000_000, Ordering::Relaxed))
    }
}

/// Nothing runs here.
struct Still {
    ids: SharedGenerator,
    made: AtomicI64,
}

fn nothing_runs() -> Refusal {
    Refusal::new(Kind::Unavailable, "nothing runs in this test")
}

impl Engine for Still {
    fn call(&self, _: Request) -> Answer<'_> {
        Box::pin(std::future::ready(Err(nothing_runs())))
    }

    fn preview(&self, _: Request) -> Previewing<'_> {
        Box::pin(std::future::ready(Err(nothing_runs())))
    }

    fn new_id(&self) -> Id {
        self.ids.next(self.made.fetch_add(1_000, Ordering::Relaxed), Shard(7))
    }
}

struct NoActions;

impl Catalog for NoActions {
    fn find(&self, _: &str) -> Option<&Descriptor> {
        None
    }

    fn all(&self) -> Vec<&Descriptor> {
        Vec::new()
    }
}

impl Owners for NoActions {
    fn report(&self, _: Vec<Report>) -> Doing<'_, Result<(), Refusal>> {
        Box::pin(std::future::ready(Err(nothing_runs())))
    }

    fn hand_over(&self, _: Vec<(Id, Id)>) -> Doing<'_, Result<(), Refusal>> {
        Box::pin(std::future::ready(Err(nothing_runs())))
    }

    fn hint(&self) -> Arc<Notify> {
        Arc::default()
    }
}

impl Offers for NoActions {
    fn is_standard(&self, _: &str) -> bool {
        false
    }

    fn names(&self, _: &[Value]) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }

    fn replace(&self, _: Vec<Arc<Offer>>) {}
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) body: Json,
}

impl Told {
    /// A member of the body as text.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_else(|| panic!("{name} in {self:?}"))
    }

    /// Names of what a list shows.
    pub(crate) fn names(&self, collection: &str) -> Vec<&str> {
        let rows = self.body[collection].as_array().unwrap_or_else(|| panic!("{self:?}"));
        rows.iter()
            .map(|row| row["name"].as_str().unwrap_or_default())
            .collect()
    }
}

impl Service {
    pub(crate) fn new() -> Service {
        Service::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Service {
        let desk = Desk::default();
        let (store, away) = (Arc::new(desk.clone()), Arc::new(Away));
        let clock: Arc<dyn Clock> = Arc::new(Ticks(AtomicI64::new(1_800_000_000_000_000)));
        let of_workers = workers::Options {
            result_limit_kb: None,
            kept: Duration::from_secs(60),
            unprovided: None,
            is_dynamic_allowed: true,
        };
        let (owners, offers) = (Arc::new(NoActions), Arc::new(NoActions));
        let seal = Seal::ephemeral().expect("a key");
        let app = App::new(Parts {
            reads: Reads {
                lists: store.clone(),
                runs: store.clone(),
                maintenance: store.clone(),
                follow: away.clone(),
                diagnosis: away.clone(),
                statistics: away.clone(),
                search: away.clone(),
                overview: away.clone(),
                bulk: away.clone(),
                versions: store.clone(),
            },
            cache: DefinitionCache::new(Definitions::new(store.clone()), store, 100),
            engine: Arc::new(Still {
                ids: SharedGenerator::new(1),
                made: AtomicI64::new(1_800_000_000_000_000),
            }),
            catalog: Arc::new(NoActions),
            workers: Workers::new(Away, away.clone(), owners, offers, of_workers),
            clock: clock.clone(),
            access: Access {
                authenticator: Arc::new(Callers),
                policies: Arc::new(Policies::builtin(crate::policy::rules())),
            },
            security: Arc::new(Keeper::new(seal, Away, None, Surroundings::default(), clock)),
            usage: away,
            options,
            hooks: Hooks::default(),
            node: Id(1),
            watch: Default::default(),
        });
        Service { app, desk }
    }

    pub(crate) async fn ask(&self, who: &str, method: &str, path: &str, content_type: &str, body: &str) -> Told {
        let (project, role) = who.split_once('+').unwrap_or((who, "member"));
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "here")
            .header("x-project-id", project)
            .header("x-roles", role)
            .header(header::CONTENT_TYPE, content_type)
            .body(Full::new(Bytes::from(body.to_owned())))
            .expect("a request");
        let answer = self.app.respond(request).await;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.map(|body| body.to_bytes());
        let body = body.unwrap_or_default();
        Told {
            status,
            body: serde_json::from_slice(&body)
                .unwrap_or_else(|_| Json::String(String::from_utf8_lossy(&body).into_owned())),
        }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Told {
        self.ask(who, "GET", path, "application/json", "").await
    }

    pub(crate) async fn delete(&self, who: &str, path: &str) -> Told {
        self.ask(who, "DELETE", path, "application/json", "").await
    }

    pub(crate) async fn json(&self, who: &str, method: &str, path: &str, body: Json) -> Told {
        self.ask(who, method, path, "application/json", &body.to_string()).await
    }

    pub(crate) async fn text(&self, who: &str, method: &str, path: &str, body: &str) -> Told {
        self.ask(who, method, path, "text/plain", body).await
    }
}
