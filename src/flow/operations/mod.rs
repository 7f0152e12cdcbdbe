//! What operators do to a run (§17–19): a request is carried out as a whole or not at all.

mod action;
mod cancel;
mod pause;
mod removal;
mod rerun;
mod spread;

use mistral_model::refusal::Kind;
use mistral_model::request::UpdateExecution;
use mistral_model::{Id, Payload, State, Value};

use super::context::{deep_merge, dict_of};
use super::tree::{Child, Command, ExecutionIndex, ROOT, TaskIndex};
use super::{Decision, Failure};

impl Decision<'_> {
    /// `PUT /executions/<id>`.
    pub fn update_execution(&mut self, update: &UpdateExecution) -> Result<ExecutionIndex, Failure> {
        let e = self.find_execution(update.execution_id)?;
        if let Some(description) = &update.description {
            self.tree.execution_mut(e, self.ports.now).row.description = Some(description.clone());
        }
        if let Some(env) = &update.env
            && update.state != Some(State::Running)
        {
            self.update_environment(e, env)?;
        }
        let Some(state) = update.state else { return Ok(e) };
        // A cancel means the same in any state.
        if state != State::Cancelled {
            self.settle(e)?;
        }
        let done = match state {
            State::Paused => self.pause(e, None),
            State::Running => {
                let resume = |decision: &mut Self| {
                    decision.tree.act_with(update.security.as_ref(), decision.ports.now);
                    decision.resume(e, update.env.as_ref())
                };
                match self.is_large() {
                    true => resume(self),
                    false => self.atomically(resume),
                }
            }
            _ => self.stop(e, state, update.state_info.clone()),
        };
        done.map(|()| e).map_err(Failure::of_request)
    }

    /// Carries out a request as a whole or not at all: what it did before an error is taken back. Upstream's requests are
    /// transactions.
    fn atomically<T>(&mut self, request: impl FnOnce(&mut Self) -> Result<T, Failure>) -> Result<T, Failure> {
        let attempt = self.tree.begin();
        let mark = self.effects.mark();
        let done = request(self);
        match done {
            Ok(_) => self.tree.accept(),
            Err(_) => {
                self.tree.take_back(attempt);
                self.effects.take_back(mark);
            }
        }
        done
    }

    fn find_execution(&self, id: Id) -> Result<ExecutionIndex, Failure> {
        let known = self.tree.execution(id).filter(|e| !self.tree.is_removed(*e));
        known.ok_or_else(|| Failure::refused(Kind::NotFound, format!("WorkflowExecution not found [id={id}]")))
    }

    /// Executions right below this one that are in memory: others have ended well.
    fn children_of(&self, e: ExecutionIndex) -> Vec<ExecutionIndex> {
        let tasks = self.tree.present(e);
        let children = tasks.flat_map(|t| self.tree.tasks[t].children.iter());
        children
            .filter_map(|c| match c {
                Child::Workflow(c) => Some(*c),
                Child::Action(_) => None,
            })
            .collect()
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
        let present: Vec<TaskIndex> = self.tree.present(e).collect();
        for t in present {
            let row = &self.tree.tasks[t].row;
            if row.state.is_completed() && !row.processed {
                self.tree.task_mut(t, self.ports.now).row.processed = true;
            }
        }
        if commands.is_empty() && self.tree.executions[e].backlog.is_empty() {
            return self.complete_if_done(e);
        }
        self.dispatch(e, commands)?;
        // Upstream checks only where there is no command; with nothing but `noop` it would never end.
        self.queue_completion_check(e);
        Ok(())
    }

    /// §19.3: merged into `params.env` of this execution only.
    fn update_environment(&mut self, e: ExecutionIndex, env: &Payload) -> Result<(), Failure> {
        if !env.value().is_truthy() {
            return Ok(());
        }
        self.check_environment_may_change(e)?;
        let row = &self.tree.executions[e].row;
        let mut params = dict_of(&row.params).clone();
        let old = params.get("env").cloned().unwrap_or_else(Value::empty_dict);
        let merged = deep_merge(env.value(), &old);
        params.insert("env".into(), merged.clone());
        self.tree.execution_mut(e, self.ports.now).row.params = Payload::from_value(params.into());
        if e == ROOT {
            let mut layer = mistral_model::Dict::default();
            layer.insert("__env".into(), merged);
            self.tree.env_layer = std::sync::Arc::new(layer);
        }
        Ok(())
    }

    fn check_environment_may_change(&self, e: ExecutionIndex) -> Result<(), Failure> {
        let state = self.tree.executions[e].row.state;
        if matches!(state, State::Idle | State::Paused | State::Error) {
            return Ok(());
        }
        Err(Failure::refused(
            Kind::Forbidden,
            "Updating env to workflow execution is only permitted if it is in IDLE, PAUSED, or ERROR state.",
        ))
    }

    /// Timers of an earlier run of a task must not hit the new one.
    fn drop_timers(&mut self, is_meant: impl Fn(Id) -> bool) {
        let stale: Vec<Id> = self
            .tree
            .timers
            .iter()
            .filter(|(_, event)| is_meant(event.task_id()))
            .map(|(id, _)| *id)
            .collect();
        for id in stale {
            self.tree.timers.remove(&id);
            self.effects.dropped_timers.push(id);
        }
    }
}
