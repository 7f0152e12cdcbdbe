//! Taking executions and actions out of a tree.

use std::collections::HashSet;

use mistral_model::Id;
use mistral_model::refusal::Kind;

use crate::tree::{Child, ROOT, TaskIndex};
use crate::{Decision, Failure};

impl Decision<'_> {
    /// Takes an execution and everything below it out of the tree. `true`: it was the root, so nothing is left.
    pub fn delete_execution(&mut self, id: Id) -> Result<bool, Failure> {
        let e = self.find_execution(id)?;
        if e != ROOT {
            // Their rows are taken out one by one.
            self.tree.needs_all();
        }
        let mut gone = vec![e];
        let mut next = 0;
        while next < gone.len() {
            gone.extend(self.children_of(gone[next]));
            next += 1;
        }
        let tasks: Vec<TaskIndex> = gone.iter().flat_map(|e| self.tree.present(*e)).collect();
        for &t in &tasks {
            for i in 0..self.tree.tasks[t].children.len() {
                if let Child::Action(a) = self.tree.tasks[t].children[i] {
                    self.leave_queue(a);
                }
            }
        }
        let ids: HashSet<Id> = tasks.iter().map(|t| self.tree.tasks[*t].row.id).collect();
        self.drop_timers(|id| ids.contains(&id));
        if e == ROOT {
            self.tree.work.take();
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
        let a = a.ok_or_else(|| Failure::refused(Kind::NotFound, format!("ActionExecution not found [id={id}]")))?;
        if let Some(t) = self.tree.actions[a].task {
            self.tree.remove_child(t, Child::Action(a));
        }
        self.leave_queue(a);
        self.tree.remove_action(a);
        Ok(())
    }
}
