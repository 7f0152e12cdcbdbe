//! Reading one tree: its rows, the definitions that they name, and what it takes to know besides; in whatever task asks for it, and
//! never in a loop.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use mistral_flow::{self as flow, Answers, Decision, Effects, Failure, Found, Lack, Need, Ports, Tree};
use mistral_model::action::Catalog;
use mistral_model::id::Generator;
use mistral_model::record::{Execution, SPREADS};
use mistral_model::refusal::Refusal;
use mistral_model::time::Clock;
use mistral_model::{Id, Time, Value};
use mistral_store::batch::{Timer, TreeRows};

use super::Definitions;
use super::event::{Extent, Loaded, Part, ReadError};

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

/// Whether it takes no other row to cancel this execution: commands that wait in it would be written again, and name tasks.
fn can_be_cancelled(row: &Execution) -> bool {
    let backlog = row.runtime_context.get("backlog_commands");
    let commands = backlog.and_then(Value::as_list).unwrap_or_default();
    commands.iter().all(|command| command.get("task_ex_id").is_none())
}

/// Executions of a tree of which alone something is wanted.
pub(super) struct Wanted {
    pub executions: Vec<Id>,
    pub extent: Extent,
    /// All that is wanted is that they are cancelled.
    pub cancels_only: bool,
}

/// One reading of a tree.
#[derive(Clone)]
pub(super) struct Reading {
    pub store: Arc<dyn mistral_store::backend::TreeReader>,
    pub definitions: Arc<dyn Definitions>,
    pub options: flow::Options,
    pub limit: Duration,
    pub answers: Answers,
    /// For trees that take the loop long to find out what they have still to do; `None`: it does.
    pub recovery: Option<Recovery>,
}

/// What it takes to find out what a tree has still to do.
#[derive(Clone)]
pub(super) struct Recovery {
    pub catalog: Arc<dyn Catalog>,
    pub clock: Arc<dyn Clock>,
    /// When its decisions are made, if that is known already.
    pub at: Option<Time>,
    /// Options of decisions on the loop.
    pub options: flow::Options,
    /// Of ids.
    pub seed: u64,
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

    /// The same of these executions alone, where that is enough for `extent`: a tree that has left memory may be large, and what is asked
    /// of it a trifle. Where nothing need be open below the root and something is, cancels go ahead if nothing else is wanted.
    pub(crate) async fn look(mut self, root: Id, wanted: Wanted) -> Result<Option<Box<Loaded>>, ReadError> {
        let began = Instant::now();
        let Wanted {
            mut executions,
            mut extent,
            cancels_only,
        } = wanted;
        let named = executions.clone();
        executions.push(root);
        executions.sort_unstable();
        executions.dedup();
        let glance = match self.store.look(root, &executions, extent == Extent::AllEnded).await {
            Ok(Some(glance)) if glance.is_doomed => return Err(ReadError::Doomed),
            Ok(Some(glance)) => glance,
            Ok(None) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        let has_root = glance.executions.iter().any(|row| row.id == root);
        let has_ended = !glance.is_open && glance.executions.iter().all(stands_alone);
        if !has_ended && cancels_only {
            extent = Extent::Ahead;
        }
        let mut meant = glance.executions.iter().filter(|row| named.contains(&row.id));
        let suffices = match extent {
            Extent::Ahead => meant.all(can_be_cancelled),
            Extent::Ended | Extent::AllEnded => has_ended,
        };
        if has_root && suffices {
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
                    effects: None,
                    part: Some(Part { executions, extent }),
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
            match self.prepare(root, rows) {
                Ok(mut loaded) => {
                    loaded.took = began.elapsed();
                    return Ok(loaded);
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

    /// Makes a tree of its rows. Of a large one it is also found out what it has still to do: that takes as long as a loop may be kept by
    /// one tree, and longer.
    fn prepare(&mut self, root: Id, rows: TreeRows) -> Result<Box<Loaded>, Failure> {
        let size = rows.executions.len() + rows.tasks.len() + rows.actions.len();
        let is_large = size > self.options.rows_at_once;
        let build = || {
            let (mut tree, timers) = self.build(root, rows)?;
            let effects = match &self.recovery {
                Some(recovery) if is_large => Some(self.recover(recovery, &mut tree)?),
                _ => None,
            };
            Ok(Box::new(Loaded {
                weight: tree.weight(),
                tree,
                timers,
                took: Duration::ZERO,
                effects,
                part: None,
            }))
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "a task of its own, and only where there are other threads"
        )]
        let in_place = tokio::task::block_in_place;
        let threads = tokio::runtime::Handle::current().runtime_flavor();
        let prepared = match threads {
            tokio::runtime::RuntimeFlavor::MultiThread if is_large => in_place(build),
            _ => build(),
        };
        match prepared {
            // The loop has ways to do it all the same, or to tell of it.
            Err(Failure::Needs(needs)) if needs.is_empty() || needs.contains(&Need::Room) => {
                self.recovery = None;
                Err(Failure::Needs(Vec::new()))
            }
            other => other,
        }
    }

    /// What a tree has still to do, as the loop would find it.
    ///
    /// # Errors
    /// What it needs for it; nothing where the loop has to see for itself.
    fn recover(&self, recovery: &Recovery, tree: &mut Tree) -> Result<Box<Effects>, Failure> {
        let definitions = self.answers.over(self.definitions.as_ref());
        let ids = RefCell::new(Generator::new(recovery.seed));
        let mut effects = Box::<Effects>::default();
        tree.keep_moves(super::trace::is_wanted());
        let done = flow::attempt(|| {
            let ports = Ports {
                now: recovery.at.unwrap_or_else(|| recovery.clock.now()),
                ids: &ids,
                definitions: &definitions,
                catalog: recovery.catalog.as_ref(),
                options: &recovery.options,
            };
            let effects = effects.as_mut();
            Decision {
                tree,
                ports: &ports,
                effects,
            }
            .recover()
        });
        match done {
            Ok(Ok(())) => Ok(effects),
            Ok(Err(Failure::Needs(needs))) => Err(Failure::Needs(needs)),
            _ => Err(Failure::Needs(Vec::new())),
        }
    }

    fn build(&self, root: Id, rows: TreeRows) -> Result<(Tree, Vec<Timer>), Failure> {
        let event = |timer: &Timer| {
            let body = mistral_model::json::parse(timer.body.as_bytes()).ok();
            body.and_then(|value| flow::TimerEvent::from_value(&value))
                .map(|event| (timer.id, event))
        };
        let timers = rows.timers.iter().filter_map(event).collect();
        let stored = flow::Rows {
            executions: rows.executions,
            tasks: rows.tasks,
            actions: rows.actions,
            queued: rows.claims.iter().map(|c| (c.action_id, c.attempt)).collect(),
            timers,
        };
        let definitions = self.answers.over(self.definitions.as_ref());
        let tree = Tree::load(root, stored, &definitions, &self.options)?;
        Ok((tree, rows.timers))
    }
}
