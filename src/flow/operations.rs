//! What operators do to a run: pause, resume, stop, cancel, rerun, skip, change of environment, removal (§17–19).

use mistral_model::action::Outcome;
use mistral_model::request::{ActionChange, Rerun, UpdateAction, UpdateExecution};
use mistral_model::{Id, Payload, State, Str, Value};

use super::context::{deep_merge, dict_of};
use super::dispatch::Command;
use super::policy::HELD;
use super::transition::{ActionEvent, ExecutionEvent, TaskEvent};
use super::tree::{Child, ExecutionIndex, TaskIndex, Work};
use super::{Decision, Failure};

impl Decision<'_> {
    /// `PUT /executions/<id>`.
    pub fn update_execution(&mut self, update: &UpdateExecution) -> Result<ExecutionIndex, Failure> {
        let e = self.find_execution(update.execution_id)?;
        if let Some(description) = &update.description {
            self.tree.touch_execution(e, self.ports.now);
            self.tree.executions[e.0].row.description = Some(description.clone());
        }
        if let Some(env) = &update.env
            && update.state != Some(State::Running)
        {
            self.update_environment(e, env)?;
        }
        let Some(state) = update.state else { return Ok(e) };
        let done = match state {
            State::Paused => self.pause(e, None),
            State::Running => self.atomically(|decision| {
                decision.tree.act_with(&update.security, decision.ports.now);
                decision.resume(e, update.env.as_ref())
            }),
            _ => self.stop(e, state, update.state_info.clone()),
        };
        match done {
            Err(Failure::Workflow(message) | Failure::Task(message)) => Err(Failure::Refused(400, message)),
            other => other.map(|()| e),
        }
    }

    /// Carries out a request as a whole or not at all: what it did before an error is taken back. Upstream's requests are
    /// transactions.
    fn atomically<T>(&mut self, request: impl FnOnce(&mut Self) -> Result<T, Failure>) -> Result<T, Failure> {
        let tree = self.tree.clone();
        let mark = self.effects.mark();
        let done = request(self);
        if done.is_err() {
            *self.tree = tree;
            self.effects.take_back(mark);
        }
        done
    }

    fn find_execution(&self, id: Id) -> Result<ExecutionIndex, Failure> {
        let known = self.tree.execution(id).filter(|e| !self.tree.removed.contains(e));
        known.ok_or_else(|| Failure::Refused(404, format!("WorkflowExecution not found [id={id}]")))
    }

    fn children_of(&self, e: ExecutionIndex) -> Vec<ExecutionIndex> {
        let tasks = self.tree.executions[e.0].tasks.iter();
        let children = tasks.flat_map(|t| self.tree.tasks[t.0].children.iter());
        children
            .filter_map(|c| match c {
                Child::Workflow(c) => Some(*c),
                Child::Action(_) => None,
            })
            .collect()
    }

    /// Pauses a workflow with everything below it, then what is above it (§17).
    pub(super) fn pause(&mut self, e: ExecutionIndex, message: Option<Str>) -> Result<(), Failure> {
        // Before anything changes.
        self.check_transition(e, State::Paused)?;
        for child in self.children_of(e) {
            if !self.tree.executions[child.0].row.state.is_completed() {
                self.pause_down(child)?;
            }
        }
        if self.tree.executions[e.0].row.state == State::Paused {
            return Ok(());
        }
        self.set_execution_state(e, ExecutionEvent::Pause, message);
        if let Some(t) = self.tree.executions[e.0].parent {
            self.update_task(t, TaskEvent::Pause);
            let parent = self.tree.tasks[t.0].execution;
            if !self.tree.executions[parent.0].row.state.is_completed() {
                return self.pause(parent, None);
            }
        }
        Ok(())
    }

    fn pause_down(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        for child in self.children_of(e) {
            if !self.tree.executions[child.0].row.state.is_completed() {
                self.pause_down(child)?;
            }
        }
        if self.tree.executions[e.0].row.state == State::Paused {
            return Ok(());
        }
        self.check_transition(e, State::Paused)?;
        self.set_execution_state(e, ExecutionEvent::Pause, None);
        if let Some(t) = self.tree.executions[e.0].parent {
            self.update_task(t, TaskEvent::Pause);
        }
        Ok(())
    }

    /// Resumes a workflow with everything below it, then what is above it unless something there is still paused.
    pub(super) fn resume(&mut self, e: ExecutionIndex, env: Option<&Payload>) -> Result<(), Failure> {
        if !matches!(self.tree.executions[e.0].row.state, State::Paused | State::Idle) {
            return Ok(());
        }
        for child in self.children_of(e) {
            self.resume_one(child, None, true)?;
        }
        self.resume_one(e, env, false)?;
        self.resume_up(e)
    }

    fn resume_one(&mut self, e: ExecutionIndex, env: Option<&Payload>, down: bool) -> Result<(), Failure> {
        if !matches!(self.tree.executions[e.0].row.state, State::Paused | State::Idle) {
            return Ok(());
        }
        if down {
            for child in self.children_of(e) {
                self.resume_one(child, None, true)?;
            }
        }
        if let Some(env) = env {
            self.update_environment(e, env)?;
        }
        self.set_execution_state(e, ExecutionEvent::Resume, None);
        let commands = self.commands_of_execution(e)?;
        self.go_on(e, commands)?;
        self.wake(e);
        if let Some(t) = self.tree.executions[e.0].parent {
            self.update_task(t, TaskEvent::Resume);
        }
        Ok(())
    }

    /// Looks at what nobody looks at while an execution is paused or over: joins whose inbound tasks end, and tasks that
    /// `pause-before` holds.
    fn wake(&mut self, e: ExecutionIndex) {
        let is_running = self.tree.executions[e.0].row.state == State::Running;
        for i in 0..self.tree.executions[e.0].tasks.len() {
            let t = self.tree.executions[e.0].tasks[i];
            let row = &self.tree.tasks[t.0].row;
            match row.state {
                State::Waiting => self.queue_refresh(t),
                State::Idle if is_running && row.state_info.as_deref() == Some(HELD) && !self.starts_already(t) => {
                    self.tree.work.push_back(Work::StartTask {
                        task: t,
                        first_run: false,
                        rerun: false,
                        reset: true,
                    });
                }
                _ => {}
            }
        }
    }

    fn resume_up(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let Some(t) = self.tree.executions[e.0].parent else {
            return Ok(());
        };
        let parent = self.tree.tasks[t.0].execution;
        let done = self.resume_unless_paused_inside(parent);
        let name = self.tree.executions[e.0].row.origin.workflow_name.clone();
        self.or_fail(t, done, "Failed to handle action update", Some(&name))
    }

    fn resume_unless_paused_inside(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let paused = |t: &TaskIndex| self.tree.tasks[t.0].row.state == State::Paused;
        if self.tree.executions[e.0].tasks.iter().any(paused) {
            return Ok(());
        }
        self.resume(e, None)
    }

    /// Goes on with an execution as a whole (after resume and rerun).
    fn go_on(&mut self, e: ExecutionIndex, mut commands: Vec<Command>) -> Result<(), Failure> {
        commands.retain(|c| {
            !matches!(
                c,
                Command::SetState {
                    state: State::Paused,
                    ..
                }
            )
        });
        for i in 0..self.tree.executions[e.0].tasks.len() {
            let t = self.tree.executions[e.0].tasks[i];
            let row = &self.tree.tasks[t.0].row;
            if row.state.is_completed() && !row.processed {
                self.tree.touch_task(t, self.ports.now);
                self.tree.tasks[t.0].row.processed = true;
            }
        }
        if commands.is_empty() && self.tree.executions[e.0].backlog.is_empty() {
            return self.complete_if_done(e);
        }
        self.dispatch(e, commands)?;
        // Upstream checks only where there is no command; with nothing but `noop` it would never end.
        self.queue_completion_check(e);
        Ok(())
    }

    pub(super) fn cancel(&mut self, e: ExecutionIndex, message: Option<Str>) -> Result<(), Failure> {
        self.finish(e, State::Cancelled, message.clone())?;
        self.end_actions(e)?;
        for child in self.children_of(e) {
            if !self.tree.executions[child.0].row.state.is_completed() {
                self.cancel(child, message.clone())?;
            }
        }
        Ok(())
    }

    /// What executors have, or would get, ends with a cancelled execution: their slots are for others. (Upstream lets such actions run
    /// on.) Actions that somebody else completes stay open.
    fn end_actions(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let inside = |t: Option<TaskIndex>| t.is_some_and(|t| self.tree.tasks[t.0].execution == e);
        let ended: Vec<Id> = self
            .tree
            .actions
            .iter()
            .filter(|action| action.queued && inside(action.task) && !action.row.state.is_completed())
            .map(|action| action.row.id)
            .collect();
        for id in ended {
            self.action_result(id, None, Outcome::Cancelled(Value::Null))?;
        }
        Ok(())
    }

    /// §19.3: merged into `params.env` of this execution only.
    fn update_environment(&mut self, e: ExecutionIndex, env: &Payload) -> Result<(), Failure> {
        if !env.value().is_truthy() {
            return Ok(());
        }
        self.check_environment_may_change(e)?;
        let row = &self.tree.executions[e.0].row;
        let mut params = dict_of(&row.params).clone();
        let old = params.get("env").cloned().unwrap_or_else(Value::empty_dict);
        let merged = deep_merge(env.value(), &old);
        params.insert("env".into(), merged.clone());
        self.tree.touch_execution(e, self.ports.now);
        self.tree.executions[e.0].row.params = Payload::from_value(params.into());
        if e.0 == 0 {
            let mut layer = mistral_model::Dict::default();
            layer.insert("__env".into(), merged);
            self.tree.env_layer = std::sync::Arc::new(layer);
        }
        Ok(())
    }

    fn check_environment_may_change(&self, e: ExecutionIndex) -> Result<(), Failure> {
        let state = self.tree.executions[e.0].row.state;
        if matches!(state, State::Idle | State::Paused | State::Error) {
            return Ok(());
        }
        Err(Failure::Refused(
            403,
            "Updating env to workflow execution is only permitted if it is in IDLE, PAUSED, or ERROR state.".into(),
        ))
    }

    /// `PUT /tasks/<id>` (§19.1, §19.2).
    ///
    /// # Errors
    /// A refusal, after which nothing has changed. What goes wrong when a task runs again is its own failure; what a
    /// skipped task publishes and starts belongs to the request.
    pub fn rerun(&mut self, rerun: &Rerun) -> Result<TaskIndex, Failure> {
        let done = match rerun.skip {
            true => self.atomically(|decision| decision.run_again(rerun)),
            false => self.run_again(rerun),
        };
        done.map_err(|failure| match failure {
            Failure::Workflow(message) | Failure::Task(message) => Failure::Refused(400, message),
            other => other,
        })
    }

    fn run_again(&mut self, rerun: &Rerun) -> Result<TaskIndex, Failure> {
        let t = self.tree.task(rerun.task_id);
        let t = t.ok_or_else(|| Failure::Refused(404, format!("TaskExecution not found [id={}]", rerun.task_id)))?;
        let e = self.tree.tasks[t.0].execution;
        if self.tree.executions[e.0].row.state == State::Paused {
            return Ok(t);
        }
        let state = self.tree.tasks[t.0].row.state;
        // Clients are told so before they get here; two of them at once are not.
        if !rerun.skip && !matches!(state, State::Error | State::Cancelled) {
            return Err(Failure::Refused(
                400,
                "The current task execution must be in ERROR for rerun. Only updating task to rerun is supported."
                    .into(),
            ));
        }
        if rerun.skip && state != State::Error {
            return Err(Failure::Refused(
                400,
                format!("Invalid state transition from {state} to SKIPPED."),
            ));
        }
        let env = rerun.env.as_ref().filter(|env| env.value().is_truthy());
        if env.is_some() {
            self.check_environment_may_change(e)?;
        }
        let mut above = Some(e);
        let mut chain = Vec::new();
        while let Some(e) = above {
            self.check_transition(e, State::Running)?;
            chain.push(e);
            above = self.tree.executions[e.0].parent.map(|t| self.tree.tasks[t.0].execution);
        }
        if let Some(env) = env {
            self.update_environment(e, env)?;
        }
        self.tree.act_with(&rerun.security, self.ports.now);
        for &e in chain.iter().rev() {
            self.set_execution_state(e, ExecutionEvent::Rerun, None);
            if let Some(parent) = self.tree.executions[e.0].parent {
                self.set_task_state(parent, TaskEvent::RerunBelow, None);
                self.tree.tasks[parent.0].row.processed = false;
                // The child counts among those that run again.
                self.recount_items(parent);
                self.recount_capacity(parent);
            }
        }
        let task = &mut self.tree.tasks[t.0];
        task.triggered_by.clear();
        task.triggers_forgotten = true;
        task.items = None;
        task.concurrency = None;
        task.retry_no = None;
        task.retry_seen = false;
        task.wait_before_done = false;
        task.wait_before_seen = false;
        task.wait_after_done = false;
        self.tree.touch_task(t, self.ports.now);
        self.drop_timers(t);
        let command = match rerun.skip {
            true => Command::Skip { task: t },
            false => Command::RunExisting {
                task: t,
                rerun: true,
                reset: rerun.reset,
            },
        };
        let mut commands = vec![command];
        commands.extend(self.undispatched(e, t)?);
        self.go_on(e, commands)?;
        for &above in &chain[1..] {
            let commands = self.undispatched(above, t)?;
            if !commands.is_empty() {
                self.go_on(above, commands)?;
            }
        }
        for &e in &chain {
            self.wake(e);
        }
        if rerun.skip {
            self.after_change(t);
        } else {
            self.start_next(t);
        }
        Ok(t)
    }

    /// What was to follow tasks that ended while their execution was paused, if it ended before it was resumed. Upstream
    /// forgets it, and joins wait for it without end.
    fn undispatched(&mut self, e: ExecutionIndex, except: TaskIndex) -> Result<Vec<Command>, Failure> {
        let ended = |t: &TaskIndex| {
            let task = &self.tree.tasks[t.0];
            let has_next = task.next_tasks.as_ref().is_some_and(|next| !next.is_empty());
            *t != except && task.row.state.is_completed() && !task.row.processed && has_next
        };
        let ended: Vec<TaskIndex> = self.tree.executions[e.0].tasks.iter().copied().filter(ended).collect();
        let mut commands = Vec::new();
        for t in ended {
            commands.extend(self.following(t)?.commands);
        }
        Ok(commands)
    }

    /// Puts the start of a task before all other work, so that the turn that accepted it also carries it out: a crash must
    /// not find an accepted rerun without a trace in the rows.
    fn start_next(&mut self, t: TaskIndex) {
        let is_start = |work: &Work| matches!(work, Work::StartTask { task, .. } if *task == t);
        if let Some(at) = self.tree.work.iter().position(is_start)
            && let Some(work) = self.tree.work.remove(at)
        {
            self.tree.work.push_front(work);
        }
    }

    /// Timers of an earlier run of a task must not hit the new one.
    fn drop_timers(&mut self, t: TaskIndex) {
        let task_id = self.tree.tasks[t.0].row.id;
        let stale: Vec<Id> = self
            .tree
            .timers
            .iter()
            .filter(|(_, event)| event.task_id() == task_id)
            .map(|(id, _)| *id)
            .collect();
        for id in stale {
            self.tree.timers.remove(&id);
            self.effects.dropped_timers.push(id);
        }
    }

    /// `PUT /action_executions/<id>` (§13.3, §17).
    pub fn update_action(&mut self, update: &UpdateAction) -> Result<super::ActionIndex, Failure> {
        let id = update.action_id;
        let a = self
            .tree
            .action(id)
            .filter(|_| !self.tree.deleted_actions.contains(&id));
        let a = a.ok_or_else(|| Failure::Refused(404, format!("ActionExecution not found [id={id}]")))?;
        let state = self.tree.actions[a.0].row.state;
        match &update.change {
            ActionChange::Complete(outcome) => {
                if state.is_completed() {
                    return Err(Failure::Refused(400, format!("Action {id} is already completed")));
                }
                self.finish_action(a, outcome.clone())?;
            }
            ActionChange::State(to) => {
                let action = &self.tree.actions[a.0];
                if *to == State::Paused && action.row.is_sync {
                    return Err(Failure::Refused(
                        400,
                        "Transition to the PAUSED state is only supported for asynchronous action execution.".into(),
                    ));
                }
                // Upstream lets a failed action run again this way, which nothing would ever complete.
                let refused = || Failure::Refused(400, format!("Invalid state transition from {state} to {to}."));
                if state.is_completed() {
                    return Err(refused());
                }
                let (event, of_task) = match to {
                    State::Paused => (ActionEvent::Pause, TaskEvent::Pause),
                    State::Running => (ActionEvent::Resume, TaskEvent::Resume),
                    _ => return Err(refused()),
                };
                let t = action.task;
                self.tree.touch_action(a, self.ports.now);
                self.tree.actions[a.0].change(event);
                if let Some(t) = t {
                    self.update_task(t, of_task);
                    let e = self.tree.tasks[t.0].execution;
                    let done = match event {
                        ActionEvent::Pause => self.pause(e, None),
                        _ => self.resume_unless_paused_inside(e),
                    };
                    let name = self.tree.actions[a.0].row.name.clone();
                    self.or_fail(t, done, "Failed to handle action update", Some(&name))?;
                    self.after_change(t);
                }
            }
        }
        Ok(a)
    }

    /// Takes an execution and everything below it out of the tree. `true`: it was the root, so nothing is left.
    pub fn delete_execution(&mut self, id: Id) -> Result<bool, Failure> {
        let e = self.find_execution(id)?;
        let mut gone = vec![e];
        let mut next = 0;
        while next < gone.len() {
            gone.extend(self.children_of(gone[next]));
            next += 1;
        }
        for action in &mut self.tree.actions {
            let inside = action
                .task
                .is_some_and(|t| gone.contains(&self.tree.tasks[t.0].execution));
            if inside && std::mem::replace(&mut action.queued, false) {
                self.effects.dropped_actions.push(action.row.id);
            }
        }
        let tasks: Vec<TaskIndex> = gone
            .iter()
            .flat_map(|e| self.tree.executions[e.0].tasks.clone())
            .collect();
        for t in tasks {
            self.drop_timers(t);
        }
        if e.0 == 0 {
            self.tree.work.clear();
            return Ok(true);
        }
        for e in &gone {
            self.tree.deleted_executions.push(self.tree.executions[e.0].row.id);
            self.tree.removed.insert(*e);
            // Nothing that is still queued may act on it.
            self.tree.executions[e.0].row.state = State::Cancelled;
        }
        if let Some(t) = self.tree.executions[e.0].parent {
            self.tree.tasks[t.0].children.retain(|c| *c != Child::Workflow(e));
        }
        Ok(false)
    }

    /// An executor has started an asynchronous action: its queue row is not needed any more.
    pub fn handed_over(&mut self, id: Id) {
        if let Some(a) = self.tree.action(id)
            && std::mem::replace(&mut self.tree.actions[a.0].queued, false)
        {
            self.tree.relist_action(a);
            self.effects.dropped_actions.push(id);
        }
    }

    /// Takes a finished action's row out of the tree.
    pub fn delete_action(&mut self, id: Id) -> Result<(), Failure> {
        let a = self.tree.action(id);
        let a = a.ok_or_else(|| Failure::Refused(404, format!("ActionExecution not found [id={id}]")))?;
        if let Some(t) = self.tree.actions[a.0].task {
            self.tree.tasks[t.0].children.retain(|c| *c != Child::Action(a));
        }
        if std::mem::replace(&mut self.tree.actions[a.0].queued, false) {
            self.effects.dropped_actions.push(id);
        }
        self.tree.deleted_actions.push(id);
        Ok(())
    }
}
