//! What a request would change, told without doing it. The tree is read as it is stored, in the process that is asked, whoever owns
//! it: the owner's loop is not asked, and what is decided here on a copy leaves nothing behind.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio::time::Instant;

use mistral_flow::{Answers, Decision, Effects, Failure, Need, Ports, Tree};
use mistral_model::id::Generator;
use mistral_model::preview::Preview;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::Request;

use super::Handle;
use super::decide::handle_event;
use super::event::{ReadError, What};
use super::handle::Shared;
use super::reading::Reading;
use super::shard_loop::Turn;

/// Previews at the same time in one process; others wait.
const AT_ONCE: usize = 2;
/// Rounds of look-ups, as for decisions.
const ROUNDS: usize = 100;
/// Pieces of work that are looked ahead, and the time for them.
const PIECES: usize = 20_000;
const TIME: Duration = Duration::from_secs(2);
/// Expressions nest calls up to 200 deep.
const STACK: usize = 8 << 20;

fn places() -> Arc<Semaphore> {
    static PLACES: OnceLock<Arc<Semaphore>> = OnceLock::new();
    PLACES.get_or_init(|| Arc::new(Semaphore::new(AT_ONCE))).clone()
}

impl Handle {
    /// What would follow at once from a request to a tree that is stored.
    ///
    /// # Errors
    /// What the request itself would be refused with; [`Kind::Unavailable`] when the tree cannot be read.
    pub async fn preview(&self, request: Request) -> Result<Preview, Refusal> {
        // Never closed.
        let _place = places().acquire_owned().await;
        let shared = self.shared.clone();
        let root = request.routing_id();
        let mut reading = Reading {
            recovery: None,
            store: shared.trees(),
            definitions: shared.parts.definitions.clone(),
            options: shared.options.flow.clone(),
            limit: shared.options.lookup,
            answers: Answers::default(),
        };
        let request = Arc::new(request);
        for _ in 0..ROUNDS {
            let loaded = match reading.clone().run(root).await {
                Ok(Some(loaded)) => loaded,
                // It is gone, or on its way.
                Ok(None) | Err(ReadError::Doomed) => {
                    return Err(Refusal::new(
                        Kind::NotFound,
                        format!("WorkflowExecution not found [id={root}]"),
                    ));
                }
                Err(ReadError::Passing(why)) => return Err(unreadable(Kind::Unavailable, &why)),
                Err(ReadError::Lasting(why)) => return Err(unreadable(Kind::Internal, &why)),
            };
            match ahead(&shared, loaded.tree, reading.answers.clone(), &request).await? {
                Ok(preview) => return Ok(preview),
                Err(needs) => {
                    for need in needs {
                        reading.learn(need).await;
                    }
                }
            }
        }
        Err(Refusal::new(
            Kind::Unavailable,
            "It takes too many look-ups to tell what would follow",
        ))
    }
}

fn unreadable(kind: Kind, why: &str) -> Refusal {
    Refusal::new(kind, format!("The execution cannot be read: {why}"))
}

/// Decides on a thread of its own, as what may take long does.
async fn ahead(
    shared: &Arc<Shared>,
    tree: Tree,
    answers: Answers,
    request: &Arc<Request>,
) -> Result<Result<Preview, Vec<Need>>, Refusal> {
    let (caller, answer) = oneshot::channel();
    let (shared, request) = (shared.clone(), request.clone());
    let decide = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| decide(&shared, tree, &answers, &request)));
        // Whoever asked may have gone.
        let _ = caller.send(outcome.unwrap_or_else(|_| Err(defect())));
    };
    let thread = std::thread::Builder::new().name("preview".into()).stack_size(STACK);
    thread
        .spawn(decide)
        .map_err(|error| Refusal::new(Kind::Unavailable, format!("No thread for a preview: {error}")))?;
    answer.await.unwrap_or_else(|_| Err(defect()))
}

fn defect() -> Refusal {
    Refusal::new(
        Kind::Internal,
        "Internal error while looking ahead; nothing was changed",
    )
}

/// What the request would do to the tree once all that its rows ask for has been done, as by an owner that reads it anew.
fn decide(
    shared: &Shared,
    mut tree: Tree,
    answers: &Answers,
    request: &Request,
) -> Result<Result<Preview, Vec<Need>>, Refusal> {
    let parts = &shared.parts;
    let definitions = answers.over(parts.definitions.as_ref());
    let now = parts.clock.now();
    let seed = shared.ids.next(now.0, request.routing_id().shard()).0 as u64;
    let ids = RefCell::new(Generator::new(seed));
    let ports = Ports {
        now,
        ids: &ids,
        definitions: &definitions,
        catalog: parts.catalog.as_ref(),
        options: &shared.options.flow,
    };
    match look(&mut tree, &ports, request) {
        Ok(preview) => Ok(Ok(preview)),
        Err(Failure::Needs(needs)) => {
            // There is no loop here whose time is short: what asks for room has it.
            let needs: Vec<Need> = needs.into_iter().filter(|need| *need != Need::Room).collect();
            Ok(Err(needs))
        }
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(Failure::Workflow(message) | Failure::Task(message)) => Err(Refusal::new(Kind::Invalid, message)),
    }
}

fn look(tree: &mut Tree, ports: &Ports<'_>, request: &Request) -> Result<Preview, Failure> {
    let began = Instant::now();
    let mut effects = Effects::default();
    let mut decision = Decision {
        tree,
        ports,
        effects: &mut effects,
    };
    decision.recover()?;
    Turn::lasting(began, PIECES, TIME, decision.tree, usize::MAX).work(&mut decision)?;
    tree.begin_preview();
    let mut effects = Effects::default();
    let mut decision = Decision {
        tree,
        ports,
        effects: &mut effects,
    };
    let turn = Turn::lasting(began, PIECES, TIME, decision.tree, usize::MAX);
    handle_event(&mut decision, &What::Request(request.clone()), &turn)?;
    let is_all = tree.is_idle();
    let mut preview = tree.preview(&effects);
    preview.truncated |= !is_all;
    Ok(preview)
}
