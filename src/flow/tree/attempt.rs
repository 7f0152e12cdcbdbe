//! Taking back what a request did before an error, at the cost of what it changed: a tree may be large, and be somebody else's.

use std::mem::take;

use super::Tree;

/// A tree as it was, but for its rows, which their arenas keep.
pub(crate) struct Attempt(Tree);

impl Tree {
    /// What happens from now on may be taken back.
    pub(crate) fn begin(&mut self) -> Attempt {
        let (executions, tasks, actions) = (
            take(&mut self.executions),
            take(&mut self.tasks),
            take(&mut self.actions),
        );
        let ids = take(&mut self.ids);
        let rest = self.clone();
        (self.executions, self.tasks, self.actions, self.ids) = (executions, tasks, actions, ids);
        self.executions.keep();
        self.tasks.keep();
        self.actions.keep();
        Attempt(rest)
    }

    /// It stays.
    pub(crate) fn accept(&mut self) {
        self.executions.accept();
        self.tasks.accept();
        self.actions.accept();
    }

    /// All is as it was.
    pub(crate) fn take_back(&mut self, attempt: Attempt) {
        let (mut executions, mut tasks, mut actions) = (
            take(&mut self.executions),
            take(&mut self.tasks),
            take(&mut self.actions),
        );
        let mut ids = take(&mut self.ids);
        let executions_made = executions.take_back();
        let tasks_made = tasks.take_back();
        let actions_made = actions.take_back();
        let made = executions_made.iter().map(|made| made.row.id);
        let made = made.chain(tasks_made.iter().map(|made| made.row.id));
        for id in made.chain(actions_made.iter().map(|made| made.row.id)) {
            ids.remove(&id);
        }
        *self = attempt.0;
        (self.executions, self.tasks, self.actions, self.ids) = (executions, tasks, actions, ids);
    }
}
