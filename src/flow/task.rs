//! Life cycle of a task execution (§7): creation, start, completion, forced failure.

use std::sync::Arc;

use smallvec::SmallVec;

use mistral_lang::spec;
use mistral_model::record;
use mistral_model::refusal::Refusal;
use mistral_model::{Dict, Id, Payload, State, Str, Value};

use super::context::VERSIONS;
use super::report::trace;
use super::transition::{self, TaskEvent};
use super::tree::{Child, ExecutionIndex, Saved, Task, TaskIndex, Trigger, Work, new_task};
use super::{Decision, Failure};

/// Longest `state_info`, bytes; longer ones are cut.
const STATE_INFO_LIMIT: usize = 65_500;

/// Cuts a message to what `state_info` may hold.
pub(super) fn cut(text: &str) -> Str {
    if text.len() <= STATE_INFO_LIMIT {
        return Str::from(text);
    }
    let mut end = STATE_INFO_LIMIT;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Str::from(format!("{}...", &text[..end]))
}

impl Decision<'_> {
    /// An id for a new row: after those of all rows that the tree was loaded with.
    pub(crate) fn next_id(&self) -> Id {
        let now = self.ports.now.0.max(self.tree.ids_from);
        self.ports.ids.borrow_mut().next(now, self.tree.root_id.shard())
    }

    /// A new row in this state.
    pub(super) fn create_task(
        &mut self,
        e: ExecutionIndex,
        spec: Arc<spec::Task>,
        state: State,
        state_info: Option<Str>,
        context: Arc<Dict>,
        triggered_by: SmallVec<[Trigger; 1]>,
    ) -> TaskIndex {
        let execution = &self.tree.executions[e];
        let now = self.ports.now;
        let id = self.next_id();
        let row = record::Task {
            id,
            execution_id: execution.row.id,
            root_id: self.tree.root_id,
            name: spec.name.clone(),
            origin: execution.row.origin.clone(),
            kind: Task::kind_of(&spec),
            tags: spec.tags.clone().map(Payload::from_value),
            state,
            state_info,
            processed: false,
            next_tasks: None,
            error_handled: false,
            in_context: None,
            published: Some(Payload::empty_dict()),
            runtime_context: Payload::empty_dict(),
            is_join: spec.join.is_some(),
            started_at: None,
            finished_at: None,
            created_at: now,
            updated_at: None,
        };
        let t = self
            .tree
            .add_task(new_task(row, spec, e, context, triggered_by, Saved::New));
        self.count_tasks(e);
        t
    }

    /// Changes state and message; keeps the times that go with it.
    pub(super) fn set_task_state(&mut self, t: TaskIndex, event: TaskEvent, state_info: Option<Str>) {
        let now = self.ports.now;
        let before = self.tree.tasks[t].row.state;
        let state = transition::next(before, event);
        let task = self.tree.task_mut(t, now);
        task.is_held = event == TaskEvent::Hold;
        if state == State::Running && matches!(before, State::Idle | State::Waiting) {
            task.row.started_at = Some(now);
        }
        if state.is_completed() {
            task.row.finished_at = Some(now);
        }
        task.row.state = state;
        task.row.state_info = state_info.map(|text| cut(&text));
        self.tree.task_moved(t, before);
    }

    /// Works off a `StartTask`, with forced failure of task and workflow on an error (§7.6).
    pub(super) fn start_task(
        &mut self,
        t: TaskIndex,
        first_run: bool,
        rerun: bool,
        reset: bool,
    ) -> Result<(), Failure> {
        // A delay that began before the cancel ends as it would have (upstream).
        if (first_run || rerun) && self.is_cancelled(t) {
            self.leave_unstarted(t);
            return Ok(());
        }
        if self.holds_back(t) {
            return Ok(());
        }
        let result = if first_run {
            self.run_new(t)
        } else {
            self.run_existing(t, rerun, reset)
        };
        self.or_fail(t, result, "Failed to run task", None)?;
        self.after_change(t);
        Ok(())
    }

    fn run_new(&mut self, t: TaskIndex) -> Result<(), Failure> {
        if self.tree.tasks[t].row.state != State::Idle {
            return Ok(());
        }
        self.set_task_state(t, TaskEvent::Start, None);
        self.policies_before(t)?;
        if self.tree.tasks[t].row.state != State::Running {
            return Ok(());
        }
        self.schedule_actions(t)
    }

    fn run_existing(&mut self, t: TaskIndex, rerun: bool, reset: bool) -> Result<(), Failure> {
        if self.tree.tasks[t].row.state == State::Waiting {
            return Ok(());
        }
        let task = self.tree.task_mut(t, self.ports.now);
        task.row.processed = false;
        if rerun {
            task.row.finished_at = None;
            task.row.started_at = Some(self.ports.now);
        }
        let event = if rerun { TaskEvent::Rerun } else { TaskEvent::Continue };
        self.set_task_state(t, event, None);
        if rerun {
            self.policies_before(t)?;
            if self.tree.tasks[t].row.state != State::Running {
                return Ok(());
            }
        }
        if !rerun {
            self.arm_timeout_again(t)?;
        }
        self.refresh_inbound_context(t);
        self.unaccept(t, reset);
        self.schedule_actions(t)
    }

    /// Results of earlier attempts stop counting: all of them, or only failed and cancelled ones.
    pub(super) fn unaccept(&mut self, t: TaskIndex, all: bool) {
        let now = self.ports.now;
        for i in 0..self.tree.tasks[t].children.len() {
            let child = self.tree.tasks[t].children[i];
            let (state, _, accepted) = self.tree.child_state(child);
            if !accepted || !(all || matches!(state, State::Error | State::Cancelled)) {
                continue;
            }
            match child {
                Child::Action(a) => {
                    self.tree.action_mut(a, now).row.accepted = false;
                }
                Child::Workflow(e) => {
                    self.tree.execution_mut(e, now).row.accepted = false;
                }
            }
        }
        self.recount_items(t);
    }

    /// §8.2: what the upstream tasks hand on now goes over what was inherited before.
    pub(super) fn refresh_inbound_context(&mut self, t: TaskIndex) {
        let task = &self.tree.tasks[t];
        let execution = &self.tree.executions[task.execution];
        let upstream: Vec<TaskIndex> = if execution.spec.kind == spec::Kind::Reverse {
            let last = |r: &usize| execution.by_spec[*r].last().copied();
            task.spec
                .requires
                .iter()
                .filter_map(last)
                .filter(|t| self.tree.tasks[*t].row.state == State::Success)
                .collect()
        } else if task.row.is_join {
            let index = task.spec.index;
            let hands_on = |u: &TaskIndex| {
                let u = &self.tree.tasks[*u];
                matches!(u.row.state, State::Success | State::Error | State::Cancelled)
                    && u.next_tasks
                        .as_ref()
                        .is_some_and(|next| next.iter().any(|n| n.index == index))
            };
            let all = task
                .spec
                .inbound
                .iter()
                .flat_map(|i| execution.by_spec[*i].iter().copied());
            all.filter(hands_on).collect()
        } else if task.triggered_by.is_empty() {
            // After a rerun it is not known any more which execution triggered this one.
            let first = task.spec.inbound.first();
            let done = |u: &TaskIndex| {
                let row = &self.tree.tasks[*u].row;
                row.processed && matches!(row.state, State::Success | State::Error | State::Cancelled)
            };
            first
                .map(|i| execution.by_spec[*i].iter().copied().filter(done).collect())
                .unwrap_or_default()
        } else {
            // One known trigger, whose outbound context this task was created with.
            return;
        };
        if upstream.is_empty() {
            return;
        }
        let merged = self.tree.merged_outbound(&upstream, self.ports.options);
        let task = self.tree.task_mut(t, self.ports.now);
        if task.in_context.keys().all(|k| merged.contains_key(k)) {
            task.in_context = merged;
            return;
        }
        let context = Arc::make_mut(&mut task.in_context);
        for (key, value) in merged.iter() {
            context.insert(key.clone(), value.clone());
        }
    }

    /// §7.4, in upstream's order. Errors are the caller's to turn into a forced failure.
    pub(super) fn complete_task(&mut self, t: TaskIndex, state: State, info: Option<Str>) -> Result<(), Failure> {
        let task = &self.tree.tasks[t];
        if task.row.state.is_completed() && state != State::Skipped {
            return Ok(());
        }
        let e = task.execution;
        self.set_task_state(t, TaskEvent::ending(state), info);
        self.refresh_inbound_context(t);
        self.publish(t)?;
        if !self.tree.tasks[t].spec.keep_result {
            self.drop_results(t);
        }
        if state != State::Skipped {
            self.policies_after(t)?;
        }
        if self.tree.tasks[t].row.state == State::Delayed {
            return Ok(());
        }
        let following = self.following(t)?;
        let task = self.tree.task_mut(t, self.ports.now);
        task.next_tasks = Some(following.next_tasks);
        if task.row.state == State::Error {
            task.row.error_handled = following.error_handled;
        }
        if self.tree.executions[e].row.state == State::Paused {
            return Ok(());
        }
        self.tree.task_mut(t, self.ports.now).row.processed = true;
        if self.may_complete_workflow(t) {
            self.queue_completion_check(e);
        }
        self.dispatch(e, following.commands)
    }

    /// Whether the completion of this task may be what its workflow waited for.
    pub(super) fn may_complete_workflow(&self, t: TaskIndex) -> bool {
        let task = &self.tree.tasks[t];
        task.row.state.is_completed() && task.next_tasks.as_ref().is_none_or(|next| next.is_empty())
    }

    pub(super) fn queue_completion_check(&mut self, e: ExecutionIndex) {
        if !self.tree.set_check_queued(e, true) {
            self.tree.work.push_back(Work::CheckCompletion(e));
        }
    }

    fn drop_results(&mut self, t: TaskIndex) {
        let now = self.ports.now;
        for i in 0..self.tree.tasks[t].children.len() {
            if let Child::Action(a) = self.tree.tasks[t].children[i] {
                self.tree.action_mut(a, now).row.output = Some(Payload::empty_dict());
            }
        }
    }

    /// Upstream's "update": pause and resume as they spread; ignored where the table forbids it.
    pub(super) fn update_task(&mut self, t: TaskIndex, event: TaskEvent) {
        let state = if event == TaskEvent::Pause {
            State::Paused
        } else {
            State::Running
        };
        let current = self.tree.tasks[t].row.state;
        if current.is_completed() || !current.may_become(state) {
            return;
        }
        let paused = |c: &Child| self.tree.child_state(*c).0 == State::Paused;
        // The first are resumed first.
        if state == State::Running
            && (self.tree.tasks[t].children.iter().rev().any(paused)
                || self.will_pause_below(self.tree.tasks[t].execution, Some(t)))
        {
            return;
        }
        self.set_task_state(t, event, None);
    }

    /// After a task was run, updated or completed: joins that depend on it are looked at again (§7.5).
    pub(super) fn after_change(&mut self, t: TaskIndex) {
        let task = &self.tree.tasks[t];
        let execution = &self.tree.executions[task.execution];
        if !task.row.state.is_completed() || execution.row.state.is_completed() {
            return;
        }
        if !task.spec.leads_to_join {
            return;
        }
        let spec = execution.spec.clone();
        let e = task.execution;
        // One of many branches of a join.
        if let [only] = *task.spec.outbound
            && spec.tasks[only].join.is_some()
            && let Some(&join) = execution.by_spec[only].last()
        {
            return self.queue_refresh(join);
        }
        let mut seen = vec![false; spec.tasks.len()];
        let mut todo: Vec<usize> = task.spec.outbound.iter().rev().copied().collect();
        while let Some(index) = todo.pop() {
            if std::mem::replace(&mut seen[index], true) {
                continue;
            }
            let next = &spec.tasks[index];
            if next.join.is_some()
                && let Some(&join) = self.tree.executions[e].by_spec[index].last()
            {
                self.queue_refresh(join);
                continue;
            }
            todo.extend(next.outbound.iter().rev());
        }
    }

    pub(super) fn queue_refresh(&mut self, join: TaskIndex) {
        if !self.tree.set_refresh_queued(join, true) {
            self.tree.work.push_back(Work::RefreshJoin(join));
        }
    }

    /// Turns an error of the workflow's own making into the failure of task and workflow.
    pub(super) fn or_fail(
        &mut self,
        t: TaskIndex,
        result: Result<(), Failure>,
        what: &str,
        action: Option<&str>,
    ) -> Result<(), Failure> {
        let error = match result {
            Err(Failure::Workflow(error) | Failure::Refused(Refusal { message: error, .. })) => error,
            other => return other,
        };
        let task = &self.tree.tasks[t];
        let e = task.execution;
        let named = action.map(|name| format!(", action={name}")).unwrap_or_default();
        let workflow = &self.tree.executions[e].row.origin.workflow_name;
        let name = &self.tree.tasks[t].row.name;
        let mut place = vec![("workflow", &**workflow), ("task", &**name)];
        place.extend(action.map(|name| ("action", name)));
        let message = Str::from(format!(
            "{what} [error={error}, wf={workflow}, task={name}{named}]:{}",
            trace(&place)
        ));
        self.force_fail_task(t, message)
    }

    /// §7.6: no publishing, no on-error, no policies.
    pub(super) fn force_fail_task(&mut self, t: TaskIndex, message: Str) -> Result<(), Failure> {
        self.set_task_state(t, TaskEvent::ForceFail, Some(message.clone()));
        let e = self.tree.tasks[t].execution;
        self.stop(e, State::Error, Some(message))
    }
}

/// `str(result)` as a task's `state_info`: nothing for falsy results (§7.3).
pub(super) fn result_info(result: &Value) -> Option<Str> {
    result
        .is_truthy()
        .then(|| Str::from(mistral_model::python::str(result)))
}

/// A context without what only the engine reads.
pub(super) fn without_versions(context: &Dict) -> Dict {
    let mut visible = context.clone();
    visible.shift_remove(VERSIONS);
    visible
}
