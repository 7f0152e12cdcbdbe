//! Changing rows, so that none changes without being saved, and collecting what has to be written.

use mistral_model::{Id, Security, State, Time, record};

use super::arrivals::Arrivals;
use super::items::Progress;
use super::moves::Move;
use super::row::{Action, Child, Execution, InlineCall, Saved, Task};
use super::{ActionIndex, Entity, ExecutionIndex, ROOT, TaskIndex, Tree};

/// Rows to be written, as they are at the end of a turn.
#[derive(Debug, Default)]
pub struct Changes {
    pub new_executions: Vec<record::Execution>,
    pub changed_executions: Vec<record::Execution>,
    /// `(id, root, created_at, state the membership table shows, new state)`.
    pub states: Vec<(Id, Id, Time, Option<State>, State)>,
    /// `(id, state the membership table shows, state it must show)`.
    pub task_states: Vec<(Id, Option<State>, Option<State>)>,
    /// The same of actions.
    pub action_states: Vec<(Id, Option<State>, Option<State>)>,
    pub new_tasks: Vec<record::Task>,
    pub changed_tasks: Vec<record::Task>,
    pub new_actions: Vec<record::Action>,
    pub changed_actions: Vec<record::Action>,
    pub deleted_executions: Vec<Id>,
    pub deleted_actions: Vec<Id>,
    /// Changes of states in their order, if the tree keeps them.
    pub moves: Vec<Move>,
}

/// Rows change here and nowhere else; what is changed is written at the end of the turn.
impl Tree {
    pub(crate) fn execution_mut(&mut self, e: ExecutionIndex, now: Time) -> &mut Execution {
        let execution = self.executions.row(e);
        if execution.saved.touch() {
            self.dirty.push(Entity::Execution(e));
        }
        execution.row.updated_at = Some(now);
        execution
    }

    /// From now on actions may act with this, if it is something.
    pub(crate) fn act_with(&mut self, security: Option<&Security>, now: Time) {
        if security.is_some() && self.security.as_ref() != security {
            self.security = security.cloned();
            self.execution_mut(ROOT, now);
        }
    }

    /// An execution that is still being made: what completes it is no change.
    pub(crate) fn new_execution_mut(&mut self, e: ExecutionIndex) -> &mut Execution {
        let execution = self.executions.row(e);
        debug_assert_eq!(execution.saved, Saved::New);
        execution
    }

    pub(crate) fn task_mut(&mut self, t: TaskIndex, now: Time) -> &mut Task {
        let task = self.tasks.row(t);
        if task.saved.touch() {
            self.dirty.push(Entity::Task(t));
        }
        task.row.updated_at = Some(now);
        task
    }

    pub(crate) fn action_mut(&mut self, a: ActionIndex, now: Time) -> &mut Action {
        let action = self.actions.row(a);
        if action.saved.touch() {
            self.dirty.push(Entity::Action(a));
        }
        action.row.updated_at = Some(now);
        action
    }

    /// Takes an execution out of the tree. Its slot stays; nothing that is still queued may act on it.
    pub(crate) fn remove_execution(&mut self, e: ExecutionIndex) {
        let execution = self.executions.row(e);
        execution.row.state = State::Cancelled;
        self.deleted_executions.push(execution.row.id);
        self.removed.insert(e);
    }

    pub(crate) fn is_removed(&self, e: ExecutionIndex) -> bool {
        self.removed.contains(&e)
    }

    pub(crate) fn remove_action(&mut self, a: ActionIndex) {
        self.deleted_actions.push(self.actions[a].row.id);
        self.removed_actions.insert(a);
    }

    pub(crate) fn is_removed_action(&self, a: ActionIndex) -> bool {
        let task = self.actions[a].task;
        self.removed_actions.contains(&a) || task.is_some_and(|t| self.removed.contains(&self.tasks[t].execution))
    }

    /// Takes back the execution that was made last: a child that could not be started leaves no trace.
    pub(crate) fn forget_last_execution(&mut self, e: ExecutionIndex) {
        if e.0 + 1 == self.executions.len()
            && let Some(gone) = self.executions.pop()
        {
            if let Some(t) = gone.parent {
                self.executions.row(self.tasks[t].execution).sub_executions -= 1;
            }
            self.ids.remove(&gone.row.id);
            self.dirty.retain(|d| !matches!(d, Entity::Execution(i) if *i == e));
        }
    }
}

/// What is known beside the rows: nothing of it is written with them.
impl Tree {
    /// A task's state was `before`: who counts or watches tasks is told.
    pub(crate) fn task_moved(&mut self, t: TaskIndex, before: State) {
        let task = &self.tasks[t];
        let (e, now_open) = (task.execution, !task.row.state.is_completed());
        let open = &mut self.executions.row(e).open_tasks;
        *open += usize::from(now_open);
        *open -= usize::from(!before.is_completed());
        if !now_open {
            self.one_ended();
        }
        self.task_made_or_moved(t, Some(before));
        self.tell_joins(t);
    }

    /// Whether a check of the execution's completion was queued before.
    pub(crate) fn set_check_queued(&mut self, e: ExecutionIndex, queued: bool) -> bool {
        std::mem::replace(&mut self.executions.row(e).completion_check_queued, queued)
    }

    /// Whether its end is among those that its task has counted.
    pub(crate) fn set_counted(&mut self, e: ExecutionIndex, is_counted: bool) {
        self.executions.row(e).is_counted = is_counted;
    }

    /// The ends of all sub-workflows of a task are among those that it has counted.
    pub(crate) fn count_ends(&mut self, t: TaskIndex) {
        for child in 0..self.tasks[t].children.len() {
            if let Child::Workflow(e) = self.tasks[t].children[child] {
                let execution = self.executions.row(e);
                execution.is_counted = execution.row.state.is_completed();
            }
        }
    }

    /// Whether a look at this join was queued before.
    pub(crate) fn set_refresh_queued(&mut self, t: TaskIndex, queued: bool) -> bool {
        std::mem::replace(&mut self.tasks.row(t).refresh_queued, queued)
    }

    pub(crate) fn take_arrivals(&mut self, t: TaskIndex) -> Option<Box<Arrivals>> {
        self.tasks.row(t).arrivals.take()
    }

    pub(crate) fn keep_arrivals(&mut self, t: TaskIndex, arrivals: Box<Arrivals>) {
        self.tasks.row(t).arrivals = Some(arrivals);
    }

    /// Counters of a with-items task.
    pub(crate) fn progress_mut(&mut self, t: TaskIndex) -> Option<&mut Progress> {
        self.tasks.row(t).items.as_mut().map(|items| &mut items.progress)
    }

    pub(crate) fn add_child(&mut self, t: TaskIndex, child: Child) {
        self.tasks.row(t).children.push(child);
    }

    pub(crate) fn remove_child(&mut self, t: TaskIndex, child: Child) {
        self.tasks.row(t).children.retain(|c| *c != child);
    }

    pub(crate) fn begin_attempt(&mut self, a: ActionIndex) {
        self.actions.row(a).attempt += 1;
    }

    pub(crate) fn set_inline(&mut self, a: ActionIndex, call: InlineCall) {
        self.actions.row(a).inline = Some(call);
    }

    pub(crate) fn take_inline(&mut self, a: ActionIndex) -> Option<InlineCall> {
        self.actions.row(a).inline.take()
    }

    /// Whether the action was in the action queue before. The membership table shows less of those that are.
    pub(crate) fn set_queued(&mut self, a: ActionIndex, queued: bool) -> bool {
        let action = self.actions.row(a);
        let before = std::mem::replace(&mut action.queued, queued);
        if before == queued {
            return before;
        }
        if action.saved == Saved::Clean {
            self.dirty.push(Entity::Action(a));
        }
        // The table of tasks may show less, too.
        if let Some(t) = action.task.filter(|_| action.row.id.task_of_first_action().is_some())
            && self.tasks[t].saved == Saved::Clean
        {
            self.dirty.push(Entity::Task(t));
        }
        before
    }

    /// What the membership table of tasks must show: nothing of those that succeeded, and nothing of those that run their first action
    /// from the action queue, whose row there shows it. So a task that goes well costs no row there.
    pub(in crate::tree) fn task_to_be_listed(&self, t: TaskIndex) -> Option<State> {
        let task = &self.tasks[t];
        let is_queued = |child: &Child| {
            let Child::Action(a) = child else { return false };
            self.actions[*a].queued && self.actions[*a].row.id.task_of_first_action().is_some()
        };
        let shown_by_queue = task.row.state == State::Running && task.children.first().is_some_and(is_queued);
        (task.row.state != State::Success && !shown_by_queue).then_some(task.row.state)
    }
}

impl Tree {
    /// Rows that the next [`Tree::take_changes`] has, without those of the membership tables.
    pub fn changed_rows(&self) -> usize {
        self.dirty.len() + self.deleted_executions.len() + self.deleted_actions.len()
    }

    /// The rows changed since the last call, and whether each is new.
    pub fn take_changes(&mut self) -> Changes {
        let mut changes = Changes::default();
        for entity in std::mem::take(&mut self.dirty) {
            match entity {
                Entity::Execution(e) => {
                    if self.removed.contains(&e) {
                        continue;
                    }
                    let row = self.execution_row(e);
                    let execution = self.executions.row(e);
                    let is_new = std::mem::replace(&mut execution.saved, Saved::Clean) == Saved::New;
                    if execution.listed_state != Some(row.state) {
                        changes
                            .states
                            .push((row.id, row.root_id, row.created_at, execution.listed_state, row.state));
                        execution.listed_state = Some(row.state);
                    }
                    if is_new {
                        changes.new_executions.push(row)
                    } else {
                        changes.changed_executions.push(row)
                    }
                }
                Entity::Task(t) => {
                    if self.removed.contains(&self.tasks[t].execution) {
                        continue;
                    }
                    let listed = self.task_to_be_listed(t);
                    let row = self.task_row(t);
                    let task = self.tasks.row(t);
                    let saved = std::mem::replace(&mut task.saved, Saved::Clean);
                    if task.listed_state != listed {
                        changes.task_states.push((row.id, task.listed_state, listed));
                        task.listed_state = listed;
                    }
                    match saved {
                        Saved::New => changes.new_tasks.push(row),
                        Saved::Changed => changes.changed_tasks.push(row),
                        Saved::Clean => {}
                    }
                }
                Entity::Action(a) => {
                    let is_removed = self.is_removed_action(a);
                    let row = self.action_row(a);
                    let action = self.actions.row(a);
                    let saved = std::mem::replace(&mut action.saved, Saved::Clean);
                    if is_removed {
                        continue;
                    }
                    let listed = action.to_be_listed();
                    if action.listed_state != listed {
                        changes.action_states.push((row.id, action.listed_state, listed));
                        action.listed_state = listed;
                    }
                    match saved {
                        Saved::New => changes.new_actions.push(row),
                        Saved::Changed => changes.changed_actions.push(row),
                        Saved::Clean => {}
                    }
                }
            }
        }
        changes.moves = std::mem::take(&mut self.moves);
        changes.deleted_executions = std::mem::take(&mut self.deleted_executions);
        changes.deleted_actions = std::mem::take(&mut self.deleted_actions);
        changes
    }
}
