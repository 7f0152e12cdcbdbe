//! Taking executions and actions out of a tree.

use mistral_model::Id;

use crate::tree::{Child, ROOT, TaskIndex};
use crate::{Decision, Failure};

impl Decision<'_> {
    /// Takes an execution and everything below it out of the tree. `true`: it was the root, so nothing is left.
    pub fn delete_execution(&mut self, id: Id) -> Result<bool, Failure> {
        let e = self.find_execution(id)?;
        let mut gone = vec![e];
        let mut next = 0;
        while next < gone.len() {
            gone.extend(self.children_of(gone[next]));
            next += 1;
        }
        for a in self.tree.actions.positions() {
            let task = self.tree.actions[a].task;
            if task.is_some_and(|t| gone.contains(&self.tree.tasks[t].execution)) {
                self.leave_queue(a);
            }
        }
        let tasks: Vec<TaskIndex> = gone
            .iter()
            .flat_map(|e| self.tree.executions[*e].tasks.clone())
            .collect();
        for t in tasks {
            self.drop_timers(t);
        }
        if e == ROOT {
            self.tree.work.clear();
            return Ok(true);
        }
        for e in &gone {
            self.tree.remove_execution(*e);
        }
        if let Some(t) = self.tree.executions[e].parent {
            self.tree.remove_child(t, Child::Workflow(e));
        }
        Ok(false)
    }

    /// Takes a finished action's row out of the tree.
    pub fn delete_action(&mut self, id: Id) -> Result<(), Failure> {
        let a = self.tree.action(id);
        let a = a.ok_or_else(|| Failure::Refused(404, format!("ActionExecution not found [id={id}]")))?;
        if let Some(t) = self.tree.actions[a].task {
            self.tree.remove_child(t, Child::Action(a));
        }
        self.leave_queue(a);
        self.tree.remove_action(a);
        Ok(())
    }
}
