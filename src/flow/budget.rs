//! What one tree may take (`[tree_budget]`): reached, the tree fails as a whole, at once, with a text that names the option.
//!
//! The counts are looked at after each piece of work, so a tree grows by one piece beyond its budget at most (one task with
//! up to [`super::Options::items_per_piece`] items). What is left of it is ended in pieces, too: [`Work::Sweep`].

use mistral_model::refusal::Kind;
use mistral_model::{State, Str, Time, Value};

use super::transition::{ActionEvent, ExecutionEvent, TaskEvent};
use super::tree::{ActionIndex, ExecutionIndex, ROOT, TaskIndex, Tree, Work};
use super::{Decision, Failure};

/// Upper bounds of one tree: a root execution with everything below it. Zero: none.
#[derive(Clone, Debug)]
pub struct Budgets {
    /// Workflow executions, the root among them.
    pub executions: usize,
    pub tasks: usize,
    pub actions: usize,
    /// Tasks of one execution.
    pub tasks_per_execution: usize,
    /// Bytes of rows and documents, roughly.
    pub bytes: usize,
    /// Levels of sub-workflows.
    pub depth: usize,
    /// Sub-workflow executions that one execution starts.
    pub breadth: usize,
    /// Seconds since the root was created.
    pub age_seconds: u64,
}

/// Why each figure: docs/security.md.
impl Default for Budgets {
    fn default() -> Budgets {
        Budgets {
            executions: 50_000,
            tasks: 500_000,
            actions: 1_000_000,
            tasks_per_execution: 200_000,
            bytes: 512 << 20,
            depth: 200,
            breadth: 20_000,
            age_seconds: 0,
        }
    }
}

/// Rows that one piece of work ends: a turn may be over after each.
const PIECE: usize = 32;

fn exceeds(count: usize, most: usize) -> bool {
    most > 0 && count > most
}

fn text(what: &str, most: impl std::fmt::Display, unit: &str, option: &str) -> Str {
    format!(
        "The execution was stopped: {what} than {most}{unit}, the limit that [tree_budget] {option} sets for a root \
         execution with everything below it"
    )
    .into()
}

impl Budgets {
    /// The first budget that the whole tree exceeds.
    fn exceeded_by(&self, tree: &Tree, now: Time) -> Option<Str> {
        let counted = [
            (
                tree.executions.len(),
                self.executions,
                "workflow executions",
                "executions",
            ),
            (tree.tasks.len(), self.tasks, "tasks", "tasks"),
            (tree.actions.len(), self.actions, "actions", "actions"),
        ];
        for (count, most, what, option) in counted {
            if exceeds(count, most) {
                return Some(text("it has more", most, &format!(" {what}"), option));
            }
        }
        if exceeds(tree.bytes(), self.bytes) {
            return Some(text("it holds more", self.bytes >> 20, " MiB", "size_mb"));
        }
        if self.age_seconds > 0 && !tree.executions.is_empty() {
            let age = (now.0 - tree.root().created_at.0).max(0) as u64 / 1_000_000;
            if age > self.age_seconds {
                return Some(text("it is older", self.age_seconds, " seconds", "age"));
            }
        }
        None
    }
}

impl Decision<'_> {
    /// Looks at the budgets; beyond one of them nothing of the tree goes on.
    pub(super) fn enforce_budgets(&mut self) {
        if self.tree.halted().is_some() {
            return;
        }
        let budgets = &self.ports.options.budgets;
        let excess = self.tree.take_excess();
        if let Some(why) = excess.or_else(|| budgets.exceeded_by(self.tree, self.ports.now)) {
            self.halt(why);
        }
    }

    /// The tree has grown by this document.
    pub(super) fn hold(&mut self, document: &Value) {
        let bytes = super::context::estimated_size(document);
        self.tree.hold(bytes);
        self.effects.bytes += bytes;
    }

    /// Nothing in a tree that is beyond a budget is run again.
    ///
    /// # Errors
    /// [`Failure::Refused`] with the budget.
    pub(super) fn check_within_budget(&self) -> Result<(), Failure> {
        let exceeded = || self.ports.options.budgets.exceeded_by(self.tree, self.ports.now);
        match self.tree.halted().cloned().or_else(exceeded) {
            None => Ok(()),
            Some(why) => Err(Failure::refused(Kind::Forbidden, why.to_string())),
        }
    }

    /// A task was created in this execution.
    pub(super) fn count_tasks(&mut self, e: ExecutionIndex) {
        let most = self.ports.options.budgets.tasks_per_execution;
        if exceeds(self.tree.executions[e].tasks.len(), most) {
            self.tree.exceed(text(
                "a workflow execution of it has more",
                most,
                " tasks",
                "tasks_per_execution",
            ));
        }
    }

    /// A child execution is to be started under this one.
    ///
    /// # Errors
    /// It would be one too many, or one too deep: the tree will fail.
    pub(super) fn check_nesting(&mut self, parent: ExecutionIndex, depth: usize) -> Result<(), Failure> {
        let budgets = &self.ports.options.budgets;
        let why = if budgets.depth > 0 && depth >= budgets.depth {
            text(
                "sub-workflows of it are nested deeper",
                budgets.depth,
                " levels",
                "depth",
            )
        } else if exceeds(self.tree.executions[parent].sub_executions + 1, budgets.breadth) {
            text(
                "a workflow execution of it starts more",
                budgets.breadth,
                " sub-workflows",
                "breadth",
            )
        } else {
            return Ok(());
        };
        self.tree.exceed(why.clone());
        Err(Failure::Task(why.to_string()))
    }

    /// The tree fails as a whole: the root at once, everything below it in pieces that come before any other work. No task
    /// starts any more.
    pub(super) fn halt(&mut self, why: Str) {
        self.effects.halted = Some(why.clone());
        self.tree.halt(why);
        for work in self.tree.work.take() {
            match work {
                Work::RefreshJoin(t) => drop(self.tree.set_refresh_queued(t, false)),
                Work::CheckCompletion(e) => drop(self.tree.set_check_queued(e, false)),
                _ => {}
            }
        }
        if !self.tree.executions.is_empty() {
            self.end_by_budget(ROOT);
            self.tree.work.push_back(Work::Sweep { done: 0 });
        }
    }

    /// Ends what is open among the next rows of a halted tree: actions, tasks, executions. Nothing follows from it.
    pub(super) fn sweep(&mut self, done: usize) {
        let (executions, tasks) = (self.tree.executions.len(), self.tree.tasks.len());
        let all = executions + tasks + self.tree.actions.len();
        let end = all.min(done + PIECE);
        for at in done..end {
            match at {
                at if at < executions => self.end_by_budget(ExecutionIndex(at)),
                at if at < executions + tasks => self.end_task_by_budget(TaskIndex(at - executions)),
                at => self.end_action_by_budget(ActionIndex(at - executions - tasks)),
            }
        }
        if end < all {
            self.tree.work.push_front(Work::Sweep { done: end });
        } else {
            // Nobody waits for them any more.
            let timers = std::mem::take(&mut self.tree.timers);
            self.effects.dropped_timers.extend(timers.into_keys());
        }
    }

    fn end_by_budget(&mut self, e: ExecutionIndex) {
        // What has left memory has ended.
        let event = match self.tree.executions.get(e).map(|execution| execution.row.state) {
            Some(State::Running) => ExecutionEvent::Fail,
            Some(State::Paused) => ExecutionEvent::Cancel,
            _ => return,
        };
        let why = self.tree.halted().cloned();
        let output = super::completion::result_only(why.clone().into());
        self.set_execution_state(e, event, why);
        self.tree.execution_mut(e, self.ports.now).row.output = Some(mistral_model::Payload::from_value(output));
    }

    fn end_task_by_budget(&mut self, t: TaskIndex) {
        if self
            .tree
            .tasks
            .get(t)
            .is_some_and(|task| !task.row.state.is_completed())
        {
            let why = self.tree.halted().cloned();
            self.set_task_state(t, TaskEvent::ForceFail, why);
        }
    }

    fn end_action_by_budget(&mut self, a: ActionIndex) {
        if self.tree.actions.get(a).is_none() {
            return;
        }
        self.leave_queue(a);
        if !self.tree.actions[a].row.state.is_completed() {
            self.tree.take_inline(a);
            let action = self.tree.action_mut(a, self.ports.now);
            action.change(ActionEvent::Cancel);
            action.row.accepted = true;
        }
    }
}
