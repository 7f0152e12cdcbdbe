//! The engine's decisions, pure: `(tree, event, time) -> tree, effects`. No I/O, no clock, no randomness: time, ids and
//! definitions come through [`Ports`]. Behaviour follows upstream's engine; section numbers (§) in comments
//! refer to `docs/semantics.md`.
//!
//! A [`Tree`] holds one root execution with everything below it. [`Decision`] applies one event to it and then works off
//! what follows from it (starting tasks, running inline actions, refreshing joins, checking completion) until nothing is
//! left or the turn's budget is used up. Rows that changed are marked in the tree; the engine collects them for its batch.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

mod action;
mod budget;
mod completion;
mod context;
mod direct;
mod dispatch;
pub mod explain;
mod host;
mod items;
mod join;
mod need;
mod operations;
mod policy;
mod preview;
mod publish;
mod recover;
mod report;
mod reverse;
mod start;
mod subworkflow;
mod task;
#[cfg(test)]
mod tests;
pub mod transition;
mod tree;
mod work;

pub use budget::Budgets;
pub use need::{Answered, Answers, Definitions, Found, Lack, Need};
pub use tree::{ActionIndex, Changes, Command, ExecutionIndex, Gone, Move, Rows, TaskIndex, Tree};

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use mistral_expr as expr;
use mistral_lang::spec;
use mistral_model::action::{Catalog, Job};
use mistral_model::id::Generator;
use mistral_model::record::{Origin, Scope};
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::{Id, Str, Time};

/// A stored workflow definition, as the engine needs it.
#[derive(Clone, Debug)]
pub struct WorkflowDefinition {
    pub id: Id,
    /// Full name, with the workbook's prefix.
    pub name: Str,
    pub namespace: Str,
    pub workbook_name: Option<Str>,
    pub scope: Scope,
    pub spec_hash: Id,
    pub spec: Arc<spec::Workflow>,
}

/// A stored ad-hoc action.
#[derive(Clone, Debug)]
pub struct ActionDefinition {
    /// Full name, with the workbook's prefix.
    pub name: Str,
    pub workbook_name: Option<Str>,
    pub spec: Arc<spec::AdHocAction>,
}

/// `[engine] merge_strategy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MergeStrategy {
    #[default]
    Replace,
    Merge,
}

/// Configuration that changes what workflows mean.
#[derive(Clone, Debug)]
pub struct Options {
    pub expressions: expr::Options,
    pub merge_strategy: MergeStrategy,
    /// `[context_versioning] enabled`.
    pub context_versioning: bool,
    /// `[context_versioning] hash_version_keys`.
    pub hash_version_keys: bool,
    /// `[engine] execution_field_size_limit_kb`; −1 = unlimited.
    pub field_size_limit_kb: i64,
    /// Run actions that are pure and instant inside the decision; otherwise every action goes through an executor.
    pub inline_actions: bool,
    /// Pieces of work (task starts, items, inline actions, …) one turn may do before other trees get theirs.
    pub turn_budget: usize,
    /// Items of a with-items task that are started in one piece of work.
    pub items_per_piece: usize,
    /// Rows of a tree up to which a pause or a resume is one decision, carried out as a whole or not at all; beyond, it goes down the
    /// tree in pieces. 660 executions of three rows each took 25 to 47 ms with their commit, on two busy processors; a resume of as many
    /// copies all of that first.
    pub rows_at_once: usize,
    /// What one tree may take.
    pub budgets: Budgets,
    /// Expressions have fewer steps than they may take: one that needs more gives the decision up ([`Need::Room`]).
    pub is_brief: bool,
}

impl Options {
    /// Whether an evaluation that reaches its limit says nothing about the expression.
    pub(crate) fn gives_up(&self) -> bool {
        self.is_brief || self.expressions.is_interrupted()
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            expressions: expr::Options::default(),
            merge_strategy: MergeStrategy::Replace,
            context_versioning: true,
            hash_version_keys: true,
            field_size_limit_kb: 1024,
            inline_actions: true,
            turn_budget: 2048,
            items_per_piece: 128,
            rows_at_once: 2_000,
            budgets: Budgets::default(),
            is_brief: false,
        }
    }
}

/// Everything a decision gets from outside.
pub struct Ports<'a> {
    pub now: Time,
    pub ids: &'a RefCell<Generator>,
    pub definitions: &'a dyn Definitions,
    pub catalog: &'a dyn Catalog,
    pub options: &'a Options,
}

/// What a decision wants done once it is committed. Changed rows are not here: the tree marks them.
#[derive(Debug, Default)]
pub struct Effects {
    pub jobs: Vec<Job>,
    pub timers: Vec<Timer>,
    pub dropped_timers: Vec<Id>,
    /// Actions whose result nobody waits for any more.
    pub dropped_actions: Vec<Id>,
    /// Actions that ran inside the decision.
    pub inline_actions: u64,
    /// Pieces of work done, items of with-items tasks among them.
    pub pieces: usize,
    /// Bytes of documents that were made, roughly.
    pub bytes: usize,
    /// Why the tree was stopped: it is beyond one of its budgets. For the log.
    pub halted: Option<Str>,
    /// Failures that no task and no execution shows: for the log.
    pub unseen: Vec<String>,
}

/// How many effects there were at some point.
pub(crate) struct Mark {
    jobs: usize,
    timers: usize,
    dropped_timers: usize,
    dropped_actions: usize,
    inline_actions: u64,
}

impl Effects {
    /// Rows of queues and timers that they are, or take away.
    pub fn rows(&self) -> usize {
        self.jobs.len() + self.timers.len() + self.dropped_timers.len() + self.dropped_actions.len()
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            jobs: self.jobs.len(),
            timers: self.timers.len(),
            dropped_timers: self.dropped_timers.len(),
            dropped_actions: self.dropped_actions.len(),
            inline_actions: self.inline_actions,
        }
    }

    /// Forgets the effects since `mark`.
    pub(crate) fn take_back(&mut self, mark: Mark) {
        self.jobs.truncate(mark.jobs);
        self.timers.truncate(mark.timers);
        self.dropped_timers.truncate(mark.dropped_timers);
        self.dropped_actions.truncate(mark.dropped_actions);
        self.inline_actions = mark.inline_actions;
    }
}

/// A point in time at which a tree wants to be asked again.
#[derive(Clone, Debug, PartialEq)]
pub struct Timer {
    pub id: Id,
    pub root_id: Id,
    pub fire_at: Time,
    pub event: TimerEvent,
}

/// What a timer means. All are idempotent through checks of the task's state.
#[derive(Clone, Debug, PartialEq)]
pub enum TimerEvent {
    /// After wait-before or a retry's delay.
    Continue { task_id: Id },
    /// After wait-after: complete with the state that was held back.
    Complete {
        task_id: Id,
        state: mistral_model::State,
        state_info: Option<Str>,
    },
    /// `timeout`.
    TimeOut { task_id: Id, seconds: Str },
    /// A join's retry.
    RefreshJoin { task_id: Id },
}

/// An error inside a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// In the workflow's own terms: what upstream raises as its own exception. Fails the task and the workflow (§7.6)
    /// unless a caller turns it into a graceful task error.
    Workflow(String),
    /// Fails the task the ordinary way: publish-on-error, retry and on-error apply (§15.1).
    Task(String),
    /// The request is refused; nothing changes.
    Refused(Refusal),
    /// Something has to be known that is not in memory: the whole decision must be given up, the tree be dropped, and both
    /// be made again with the answers.
    Needs(Vec<Need>),
}

impl Failure {
    pub fn refused(kind: Kind, message: impl Into<String>) -> Failure {
        Failure::Refused(Refusal::new(kind, message))
    }

    /// An error of what a request asks for is a refusal of the request.
    fn of_request(self) -> Failure {
        match self {
            Failure::Workflow(message) | Failure::Task(message) => Failure::refused(Kind::Invalid, message),
            other => other,
        }
    }
}

impl From<expr::Error> for Failure {
    fn from(e: expr::Error) -> Failure {
        Failure::Workflow(e.message)
    }
}

/// One event being applied to one tree.
pub struct Decision<'a> {
    pub tree: &'a mut Tree,
    pub ports: &'a Ports<'a>,
    pub effects: &'a mut Effects,
}

/// Why a part of a decision did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It looked at a row that has left memory: the tree has to be read, and the decision to be made again.
    Absent,
    /// A defect.
    Panicked,
}

/// Runs a part of a decision on a tree that may have let rows go ([`Tree::let_go`]).
///
/// # Errors
/// What it has changed is to be given up.
pub fn attempt<T>(part: impl FnOnce() -> T) -> Result<T, Stopped> {
    catch_unwind(AssertUnwindSafe(part)).map_err(|cause| match cause.is::<tree::Absent>() {
        true => Stopped::Absent,
        false => Stopped::Panicked,
    })
}

/// Shared parts of an [`Origin`] for rows that belong to no workflow.
pub fn no_origin(project_id: Option<Str>, namespace: Str) -> Arc<Origin> {
    Arc::new(Origin {
        workflow_namespace: namespace,
        project_id,
        ..Origin::default()
    })
}
