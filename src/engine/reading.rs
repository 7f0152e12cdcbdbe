//! Reading one tree: its rows, the definitions that they name, and what it takes to know besides; in whatever task asks for it, and
//! never in a loop.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use mistral_flow::{self as flow, Answers, Failure, Found, Lack, Need, Tree};
use mistral_model::Id;
use mistral_model::record::{Execution, SPREADS};
use mistral_model::refusal::Refusal;
use mistral_store::batch::{Timer, TreeRows};

use super::Definitions;
use super::event::{Loaded, Part, ReadError};

/// Rows from which a tree is built where that blocks nobody.
const LARGE: usize = 2_000;
/// How often a look-up that the database refuses, for a reason that may pass, is tried.
const TRIES: u32 = 5;

pub(super) fn is_lookup(need: &Need) -> bool {
    matches!(need, Need::Tasks(..) | Need::Executions(..))
}

/// Asks until there is an answer. Look-ups have a time limit; what is only away is waited for.
pub(super) async fn find(definitions: &dyn Definitions, need: &Need, limit: Duration) -> Found {
    let mut pause = Duration::from_millis(50);
    let mut refusals = 0;
    loop {
        let why = match tokio::time::timeout(limit, definitions.find(need)).await {
            Ok(Ok(found)) => return found,
            Ok(Err(error)) if !error.is_retriable() => return Found::Failed(error.to_string()),
            Ok(Err(error)) => {
                refusals += u32::from(!matches!(error, mistral_store::Error::Unavailable(_)));
                if is_lookup(need) && refusals >= TRIES {
                    return Found::Failed(error.to_string());
                }
                error.to_string()
            }
            Err(_) if is_lookup(need) => {
                return Found::Failed(format!("The look-up was given up after {} s", limit.as_secs_f64()));
            }
            Err(_) => "no answer".to_owned(),
        };
        tracing::warn!(?need, why, "what a decision needs cannot be read; trying again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}

fn failed(error: &mistral_store::Error) -> ReadError {
    match error.is_retriable() {
        true => ReadError::Passing(error.to_string()),
        false => ReadError::Lasting(error.to_string()),
    }
}

/// Whether this execution has ended, and its row can be written again without the rows that it names.
fn stands_alone(row: &Execution) -> bool {
    let runtime = &row.runtime_context;
    row.state.is_completed() && runtime.get("backlog_commands").is_none() && runtime.get(SPREADS).is_none()
}

/// One reading of a tree.
#[derive(Clone)]
pub(super) struct Reading {
    pub store: Arc<dyn mistral_store::backend::TreeReader>,
    pub definitions: Arc<dyn Definitions>,
    pub options: flow::Options,
    pub limit: Duration,
    pub answers: Answers,
}

impl Reading {
    pub(crate) async fn run(self, root: Id) -> Result<Option<Box<Loaded>>, ReadError> {
        let began = Instant::now();
        let Some(rows) = self.rows(root).await? else {
            return Ok(None);
        };
        let mut loaded = self.finish(root, rows).await?;
        loaded.took = began.elapsed();
        Ok(Some(loaded))
    }

    /// The same of these executions alone, if they have ended and that is all it takes: a tree that has left memory may be large, and what
    /// is asked of it a trifle. `is_closed`: only if nothing below the root is open.
    pub(crate) async fn look(
        mut self,
        root: Id,
        mut executions: Vec<Id>,
        is_closed: bool,
    ) -> Result<Option<Box<Loaded>>, ReadError> {
        let began = Instant::now();
        executions.push(root);
        executions.sort_unstable();
        executions.dedup();
        let glance = match self.store.look(root, &executions, is_closed).await {
            Ok(Some(glance)) if glance.is_doomed => return Err(ReadError::Doomed),
            Ok(Some(glance)) => glance,
            Ok(None) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        let has_root = glance.executions.iter().any(|row| row.id == root);
        if has_root && !glance.is_open && glance.executions.iter().all(stands_alone) {
            let rows = TreeRows {
                executions: glance.executions,
                ..TreeRows::default()
            };
            self.learn_specs(&rows).await;
            if let Ok((mut tree, timers)) = self.build(root, rows) {
                tree.set_partial();
                return Ok(Some(Box::new(Loaded {
                    weight: tree.weight(),
                    tree,
                    timers,
                    took: began.elapsed(),
                    part: Some(Part { executions, is_closed }),
                })));
            }
        }
        self.run(root).await
    }

    async fn rows(&self, root: Id) -> Result<Option<TreeRows>, ReadError> {
        match self.store.load(root).await {
            Ok(Some(rows)) if rows.is_doomed => Err(ReadError::Doomed),
            Ok(rows) => Ok(rows),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Builds the tree, with all that it takes to know.
    pub(crate) async fn finish(mut self, root: Id, mut rows: TreeRows) -> Result<Box<Loaded>, ReadError> {
        let began = Instant::now();
        loop {
            self.learn_specs(&rows).await;
            match self.build(root, rows) {
                Ok((tree, timers)) => {
                    return Ok(Box::new(Loaded {
                        weight: tree.weight(),
                        tree,
                        timers,
                        took: began.elapsed(),
                        part: None,
                    }));
                }
                Err(Failure::Needs(needs)) => {
                    for need in needs {
                        self.learn(need).await;
                    }
                }
                Err(Failure::Workflow(why) | Failure::Task(why) | Failure::Refused(Refusal { message: why, .. })) => {
                    return Err(ReadError::Lasting(why));
                }
            }
            let again = self.rows(root).await?;
            rows = again.ok_or_else(|| ReadError::Passing("it was deleted meanwhile".into()))?;
        }
    }

    pub(crate) async fn learn(&mut self, need: Need) {
        let found = find(self.definitions.as_ref(), &need, self.limit).await;
        self.answers.add(vec![(need, found)]);
    }

    /// Definitions that are not in memory, so that the tree need not be read twice.
    async fn learn_specs(&mut self, rows: &TreeRows) {
        let hashes: BTreeSet<Id> = rows.executions.iter().map(|row| row.spec_hash).collect();
        for hash in hashes {
            if matches!(self.definitions.workflow_by_hash(hash), Err(Lack::Unknown)) {
                self.learn(Need::Spec(hash)).await;
            }
        }
    }

    fn build(&self, root: Id, rows: TreeRows) -> Result<(Tree, Vec<Timer>), Failure> {
        let event = |timer: &Timer| {
            let body = mistral_model::json::parse(timer.body.as_bytes()).ok();
            body.and_then(|value| flow::TimerEvent::from_value(&value))
                .map(|event| (timer.id, event))
        };
        let timers = rows.timers.iter().filter_map(event).collect();
        let size = rows.executions.len() + rows.tasks.len() + rows.actions.len();
        let stored = flow::Rows {
            executions: rows.executions,
            tasks: rows.tasks,
            actions: rows.actions,
            queued: rows.claims.iter().map(|c| (c.action_id, c.attempt)).collect(),
            timers,
        };
        let definitions = self.answers.over(self.definitions.as_ref());
        let build = || Tree::load(root, stored, &definitions, &self.options);
        #[expect(
            clippy::disallowed_methods,
            reason = "a task of its own, and only where there are other threads"
        )]
        let in_place = tokio::task::block_in_place;
        let threads = tokio::runtime::Handle::current().runtime_flavor();
        let tree = match threads {
            tokio::runtime::RuntimeFlavor::MultiThread if size >= LARGE => in_place(build)?,
            _ => build()?,
        };
        Ok((tree, rows.timers))
    }
}
