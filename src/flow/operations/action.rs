//! What clients and executors say of an action (§13.3, §17).

use mistral_model::refusal::Kind;
use mistral_model::request::{ActionChange, UpdateAction};
use mistral_model::{Id, State};

use crate::transition::{ActionEvent, TaskEvent};
use crate::{ActionIndex, Decision, Failure};

impl Decision<'_> {
    /// `PUT /action_executions/<id>` (§13.3, §17).
    pub fn update_action(&mut self, update: &UpdateAction) -> Result<ActionIndex, Failure> {
        let id = update.action_id;
        let a = self.tree.action(id).filter(|a| !self.tree.is_removed_action(*a));
        let a = a.ok_or_else(|| Failure::refused(Kind::NotFound, format!("ActionExecution not found [id={id}]")))?;
        let state = self.tree.actions[a].row.state;
        match &update.change {
            ActionChange::Complete(outcome) => {
                if state.is_completed() {
                    return Err(Failure::refused(
                        Kind::Invalid,
                        format!("Action {id} is already completed"),
                    ));
                }
                self.finish_action(a, outcome.clone())?;
            }
            ActionChange::State(to) => {
                let action = &self.tree.actions[a];
                if *to == State::Paused && action.row.is_sync {
                    return Err(Failure::refused(
                        Kind::Invalid,
                        "Transition to the PAUSED state is only supported for asynchronous action execution.",
                    ));
                }
                // Upstream lets a failed action run again this way, which nothing would ever complete.
                let refused =
                    || Failure::refused(Kind::Invalid, format!("Invalid state transition from {state} to {to}."));
                if state.is_completed() {
                    return Err(refused());
                }
                let (event, of_task) = match to {
                    State::Paused => (ActionEvent::Pause, TaskEvent::Pause),
                    State::Running => (ActionEvent::Resume, TaskEvent::Resume),
                    _ => return Err(refused()),
                };
                let t = action.task;
                if let Some(t) = t {
                    self.settle(self.tree.tasks[t].execution)?;
                }
                self.move_action(a, event);
                if let Some(t) = t {
                    self.update_task(t, of_task);
                    let e = self.tree.tasks[t].execution;
                    let done = match event {
                        ActionEvent::Pause => self.pause(e, None),
                        _ => self.resume_unless_paused_inside(e),
                    };
                    let name = self.tree.actions[a].row.name.clone();
                    self.or_fail(t, done, "Failed to handle action update", Some(&name))?;
                    self.after_change(t);
                }
            }
        }
        Ok(a)
    }

    /// An executor has started an asynchronous action: its queue row is not needed any more.
    pub fn handed_over(&mut self, id: Id) {
        if let Some(a) = self.tree.action(id)
            && self.tree.set_queued(a, false)
        {
            self.effects.dropped_actions.push(id);
        }
    }
}
