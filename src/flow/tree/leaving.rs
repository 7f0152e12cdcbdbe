//! Rows that leave memory before their tree does: tasks that have ended well and whose followers have been made, with their calls
//! and the executions below them. What the tree has still to do needs nothing of them, so an endless loop takes no more memory than a
//! short one; who asks for one all the same (`task()`, `tasks()`, a rerun, a result that comes twice) has the tree read again, as a
//! whole: see [`super::arena::Absent`].
//!
//! What stays: joins and all that leads to one (every arrival looks at them), ends of branches (the output is made of them), whatever
//! went wrong (reports name it), and reverse workflows. An index, and an id, stay of every row.

use std::collections::HashSet;

use mistral_lang::spec;
use mistral_model::{Id, State};

use super::arena::absent;
use super::row::{Child, Saved, Task};
use super::{ExecutionIndex, TaskIndex, Tree, weight};

/// How far a tree has been looked through for rows that may leave.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// The next task to look at.
    next: usize,
    /// Tasks that have ended since the tree is in memory.
    ended: usize,
    /// As many must have ended before it is looked through again.
    rests_until: usize,
    /// Rows that have left.
    gone: usize,
}

/// What has left a tree: to be dropped where that keeps nobody waiting.
#[derive(Default)]
pub struct Gone {
    rows: Vec<Box<dyn Send>>,
    /// What they took, in bytes, as [`Tree::weight`] counts.
    pub weight: usize,
}

impl Gone {
    fn add<T: Send + 'static>(&mut self, row: Option<Box<T>>, weight: impl FnOnce(&T) -> usize) {
        if let Some(row) = row {
            self.weight += weight(&row);
            self.rows.push(row);
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Places of rows that are not in memory count for so much less than rows.
const ROW: usize = 16;

impl Tree {
    /// Takes rows out of memory that nothing needs which the tree has still to do. Looks at `most` tasks, the next time at those behind
    /// them; not while rows wait to be written.
    pub fn let_go(&mut self, most: usize) -> Gone {
        let mut gone = Gone::default();
        if !self.dirty.is_empty() || self.halted.is_some() || self.search.rests_until > self.search.ended {
            return gone;
        }
        let (from, all) = (self.search.next, self.tasks.len());
        let (mut to, mut looked) = (from, 0);
        while to < all && looked < most.saturating_mul(ROW) {
            looked += if self.tasks.get(TaskIndex(to)).is_some() {
                ROW
            } else {
                1
            };
            to += 1;
        }
        let timed: HashSet<Id> = self.timers.values().map(|event| event.task_id()).collect();
        // What is below a task was made after it.
        for t in (from..to).rev().map(TaskIndex) {
            if self.tasks.get(t).is_some_and(|task| !timed.contains(&task.row.id)) && self.is_done_with(t) {
                self.take_out(t, &mut gone);
            }
        }
        self.search.gone += gone.len();
        self.search.next = to;
        if to == all {
            let left = self.executions.len() + self.tasks.len() + self.actions.len() - self.search.gone;
            self.search.next = 0;
            self.search.rests_until = self.search.ended + left / 16 + 1;
        }
        gone
    }

    /// Whether nothing that the tree has still to do looks at this task, at its calls, at what is below it.
    fn is_done_with(&self, t: TaskIndex) -> bool {
        let task = &self.tasks[t];
        let execution = &self.executions[task.execution];
        task.saved == Saved::Clean
            && matches!(task.row.state, State::Success | State::Skipped)
            && task.row.processed
            && execution.spec.kind == spec::Kind::Direct
            && !task.row.is_join
            && !task.spec.leads_to_join
            && (task.leads_on() || execution.row.state == State::Success)
            && !self.is_removed(task.execution)
            && task.children.iter().all(|child| self.is_child_done_with(*child))
    }

    fn is_child_done_with(&self, child: Child) -> bool {
        match child {
            Child::Action(a) => {
                let action = &self.actions[a];
                action.saved == Saved::Clean && action.row.state.is_completed() && !action.queued
            }
            Child::Workflow(e) => {
                let execution = &self.executions[e];
                execution.saved == Saved::Clean
                    && execution.row.state == State::Success
                    && execution.backlog.is_empty()
                    && execution.spread.is_none()
                    && !execution.is_reached
                    && !execution.completion_check_queued
                    && !self.is_removed(e)
                    && self.present(e).next().is_none()
            }
        }
    }

    fn take_out(&mut self, t: TaskIndex, gone: &mut Gone) {
        let Some(task) = self.tasks.let_go(t) else { return };
        if !task.leads_on() {
            self.executions.row(task.execution).is_hollow = true;
        }
        for child in &task.children {
            match *child {
                Child::Action(a) => {
                    let action = self.actions.let_go(a);
                    gone.add(action, |action| weight::action(&action.row));
                }
                Child::Workflow(e) => {
                    let execution = self.executions.let_go(e);
                    gone.add(execution, |execution| weight::execution(&execution.row));
                }
            }
        }
        gone.add(Some(task), |task| weight::task(&task.row));
    }

    /// Tasks of an execution that are in memory, in order of creation. Those that are not have ended well, and something followed them.
    pub(crate) fn present(&self, e: ExecutionIndex) -> impl DoubleEndedIterator<Item = TaskIndex> + '_ {
        let all = self.executions[e].tasks.iter().copied();
        all.filter(move |t| self.tasks.get(*t).is_some())
    }

    /// Executions were read by themselves: there is more of the tree.
    pub fn set_partial(&mut self) {
        self.search.gone += 1;
        for e in self.executions.positions() {
            self.executions.row(e).is_hollow = true;
        }
    }

    /// Whatever follows needs every row of the tree.
    pub(crate) fn needs_all(&self) {
        if self.search.gone > 0 {
            absent();
        }
    }

    /// Whatever follows needs the ends of the branches of this execution.
    pub(crate) fn needs_ends(&self, e: ExecutionIndex) {
        if self.executions[e].is_hollow {
            absent();
        }
    }

    /// A task has ended.
    pub(in crate::tree) fn one_ended(&mut self) {
        self.search.ended += 1;
    }
}

impl Task {
    /// Whether something followed its end.
    fn leads_on(&self) -> bool {
        self.next_tasks.as_ref().is_some_and(|next| !next.is_empty())
    }
}
