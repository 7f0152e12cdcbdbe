//! What the API needs of the engine: every change of a running tree goes through it.

use std::future::Future;
use std::pin::Pin;

use mistral_model::Id;
use mistral_model::preview::Preview;
use mistral_model::refusal::Refusal;
use mistral_model::request::{Request, Response};

/// The answer to a request, once it is durable.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Response, Refusal>> + Send + 'a>>;

/// What a request would change, or what it would be refused with.
pub type Previewing<'a> = Pin<Box<dyn Future<Output = Result<Preview, Refusal>> + Send + 'a>>;

/// The owner of trees, wherever it runs.
pub trait Engine: Send + Sync {
    /// Hands a request to the owner of its tree and waits for the answer, which comes after the commit.
    fn call(&self, request: Request) -> Answer<'_>;

    /// What would follow at once from a request to a tree that is stored; nothing is done.
    fn preview(&self, request: Request) -> Previewing<'_>;

    /// An id for a new root execution, in a shard that this process owns if it owns any.
    fn new_id(&self) -> Id;
}
