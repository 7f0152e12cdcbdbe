//! The rows of a tree with what is known beside them. Fields that are written come first; the others follow from other rows
//! and are worked out again when the tree is loaded.

use std::sync::{Arc, OnceLock};

use smallvec::SmallVec;

use mistral_lang::spec;
use mistral_model::record::{self, TaskKind};
use mistral_model::{Dict, Id, State, Str, Value};

use super::arrivals::Arrivals;
use super::command::Command;
use super::items::Items;
use super::{ActionIndex, ExecutionIndex, TaskIndex};
use crate::context::TASK_EXECUTION;
use crate::transition::{self, ActionEvent};

/// Whether a row has to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// Never written: an insert is due.
    New,
    /// Written, and changed since.
    Changed,
    Clean,
}

impl Saved {
    /// The row has changed. Whether that is news: it was not to be written before.
    pub(super) fn touch(&mut self) -> bool {
        let is_news = *self == Saved::Clean;
        if is_news {
            *self = Saved::Changed;
        }
        is_news
    }
}

/// The clause a transition comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Success,
    Error,
    Complete,
    Skip,
}

impl Event {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Event::Success => "on-success",
            Event::Error => "on-error",
            Event::Complete => "on-complete",
            Event::Skip => "on-skip",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Event> {
        [Event::Success, Event::Error, Event::Complete, Event::Skip]
            .into_iter()
            .find(|e| e.name() == name)
    }
}

/// Which task started another, and why: `{task_id, event}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    pub task_id: Id,
    /// An on-clause, or `not triggered` for a failed join; absent in reverse workflows.
    pub event: Option<Str>,
}

/// A child of a task: a call of an action or of a workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Child {
    Action(ActionIndex),
    Workflow(ExecutionIndex),
}

#[derive(Clone, Debug)]
pub(crate) struct Execution {
    pub row: record::Execution,
    pub spec: Arc<spec::Workflow>,
    pub parent: Option<TaskIndex>,
    /// Position among the items of a with-items task.
    pub item: i64,
    pub workbook_name: Option<Str>,
    pub backlog: Vec<Command>,
    /// In order of creation.
    pub tasks: Vec<TaskIndex>,
    /// Executions of each task of the spec, by its position there, in order of creation.
    pub by_spec: Vec<SmallVec<[TaskIndex; 1]>>,
    /// Tasks that have not ended.
    pub open_tasks: usize,
    pub(crate) saved: Saved,
    /// The state the membership table shows.
    pub(crate) listed_state: Option<State>,
    pub completion_check_queued: bool,
    /// The with-items task that started it has counted its end.
    pub is_counted: bool,
    /// Sub-workflow executions that it has started.
    pub sub_executions: usize,
    /// Ends of its branches have left memory.
    pub is_hollow: bool,
    /// A pause or a resume that has not reached all that is below it.
    pub(crate) spread: Option<Box<Spread>>,
    /// What is on its way from the execution above has reached this one before its turn, and somebody may have asked something else of
    /// it since. The row says so.
    pub(crate) is_reached: bool,
}

/// A pause or a resume on its way down.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    /// PAUSED or RUNNING.
    pub to: State,
    /// The row says so, for whoever reads the tree after a crash. Where a row above says the same, it says it for this one, too.
    pub is_stored: bool,
    /// Executions right below that it has not reached, the next one last.
    pub below: Vec<ExecutionIndex>,
    /// Those that say of themselves that it has.
    pub reached: Vec<ExecutionIndex>,
    /// A task in or below the execution runs again: it goes on running, and what is below is paused all the same.
    pub insists: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub row: record::Task,
    pub spec: Arc<spec::Task>,
    pub execution: ExecutionIndex,
    /// Inbound context, `__versions` included.
    pub in_context: Arc<Dict>,
    pub triggered_by: SmallVec<[Trigger; 1]>,
    /// A join that was rerun or skipped does not even show an empty list of triggers.
    pub triggers_forgotten: bool,
    /// Null until completion.
    pub next_tasks: Option<SmallVec<[NextTask; 2]>>,
    /// What it published for all branches when it ended last.
    pub published_global: Option<Dict>,
    pub children: Vec<Child>,
    pub items: Option<Items>,
    pub concurrency: Option<Value>,
    pub retry_no: Option<i64>,
    /// A break of the retries removes the counter but leaves its place visible.
    pub retry_seen: bool,
    pub wait_before_done: bool,
    /// After pause-before a task does not wait, but the policy's place shows.
    pub wait_before_seen: bool,
    pub wait_after_done: bool,
    pub refresh_queued: bool,
    /// What is known of a join's inbound tasks; made when it is first looked at.
    pub arrivals: Option<Box<Arrivals>>,
    /// What `pause-before` holds goes on with its workflow; other idle tasks were just created.
    pub is_held: bool,
    pub(crate) saved: Saved,
    /// The state the membership table shows; `None`: no row.
    pub(crate) listed_state: Option<State>,
    /// See [`Task::self_layer`]; made for the first expression.
    pub(super) self_layer: OnceLock<Dict>,
}

/// An entry of `next_tasks`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NextTask {
    pub index: spec::TaskIndex,
    pub event: Option<Event>,
}

#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub row: record::Action,
    pub task: Option<TaskIndex>,
    pub item: i64,
    pub attempt: u32,
    /// Ad-hoc definitions whose `output` has to be applied, innermost first.
    pub ad_hoc: Vec<Arc<crate::ActionDefinition>>,
    pub safe_rerun: Value,
    /// Run by itself, without a row that stays.
    pub is_unsaved: bool,
    /// Run by itself with `run_sync`, whose result upstream never marks as accepted.
    pub is_waited_for: bool,
    /// Why the run of a stand-alone action is refused after all, by the size of its result.
    pub refusal: Option<Str>,
    /// The built-in action with its final input, while it has to be run inside the decision loop.
    pub inline: Option<InlineCall>,
    pub(crate) saved: Saved,
    /// Whether a row of the action queue exists for it.
    pub queued: bool,
    /// What the membership table shows.
    pub(crate) listed_state: Option<State>,
}

#[derive(Clone, Debug)]
pub(crate) struct InlineCall {
    pub run: fn(&Dict, Option<Id>) -> Option<mistral_model::action::Outcome>,
    pub input: Arc<Dict>,
    /// For the executor, if this input turns out to need one.
    pub timeout: Option<std::time::Duration>,
}

impl Execution {
    pub(crate) fn display_id(&self) -> Str {
        self.row
            .alias
            .clone()
            .unwrap_or_else(|| Str::from(self.row.id.to_string()))
    }
}

impl Action {
    /// What the membership table must show: nothing of those that succeeded, and nothing of those whose row in the action
    /// queue says already that they run. So an action that goes well costs no row there.
    pub(in crate::tree) fn to_be_listed(&self) -> Option<State> {
        let shown_by_queue = self.queued && self.row.state == State::Running;
        (self.row.state != State::Success && !shown_by_queue).then_some(self.row.state)
    }

    pub(crate) fn change(&mut self, event: ActionEvent) {
        self.row.state = transition::next(self.row.state, event);
    }
}

impl Task {
    /// The layer that shows `__task_execution`.
    pub(crate) fn self_layer(&self) -> &Dict {
        self.self_layer.get_or_init(|| {
            let mut this = Dict::default();
            this.insert("id".into(), Value::from(self.row.id.to_string()));
            this.insert("name".into(), Value::Str(self.row.name.clone()));
            let mut layer = Dict::default();
            layer.insert(TASK_EXECUTION.into(), Value::dict(this));
            layer
        })
    }

    /// What triggered it, if that is one thing and there is nothing else that its `runtime_context` says.
    pub(super) fn only_trigger(&self) -> Option<&Trigger> {
        let [trigger] = &self.triggered_by[..] else {
            return None;
        };
        let says_more = self.published_global.is_some()
            || self.wait_before_done
            || self.wait_before_seen
            || self.wait_after_done
            || self.retry_no.is_some()
            || self.retry_seen
            || self.concurrency.is_some()
            || self.items.is_some();
        (!says_more).then_some(trigger)
    }

    /// The last time that its end started another task.
    pub(crate) fn led_to(&self, task: spec::TaskIndex) -> Option<&NextTask> {
        let next = self.next_tasks.as_ref().filter(|_| self.row.state.is_completed());
        next?.iter().rev().find(|next| next.index == task)
    }

    pub(crate) fn kind_of(spec: &spec::Task) -> TaskKind {
        match spec.call {
            spec::Call::Action(_) => TaskKind::Action,
            spec::Call::Workflow(_) => TaskKind::Workflow,
        }
    }
}
