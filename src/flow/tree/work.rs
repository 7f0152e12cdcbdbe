//! What follows from an event.

use std::collections::VecDeque;

use super::{ActionIndex, ExecutionIndex, TaskIndex};

/// What follows from an event, worked off in order (upstream's post-transaction queue).
#[derive(Clone, Debug)]
pub(crate) enum Work {
    StartTask {
        task: TaskIndex,
        first_run: bool,
        rerun: bool,
        reset: bool,
    },
    /// The items of a task that are not started yet.
    StartItems(TaskIndex),
    RunInline(ActionIndex),
    RefreshJoin(TaskIndex),
    CheckCompletion(ExecutionIndex),
    /// Tell the parent task of a finished child.
    ChildDone(ExecutionIndex),
    /// What is right below an execution that was paused or resumed, one after the other.
    Spread(ExecutionIndex),
    /// An execution below one that was cancelled.
    Cancel(ExecutionIndex),
    /// What an executor has, or would get, of an execution that was cancelled.
    EndAction(ActionIndex),
    /// End what is left of a tree that is beyond its budget, after so many of its rows.
    Sweep {
        done: usize,
    },
}

/// Work in its order. Knows which tasks are to start: of a large tree that is resumed there may be as many as tasks, and each execution asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    work: VecDeque<Work>,
    /// How often each task is to start, by its position.
    starts: Vec<u32>,
}

impl Queue {
    pub(crate) fn push_back(&mut self, work: Work) {
        self.enters(&work);
        self.work.push_back(work);
    }

    pub(crate) fn push_front(&mut self, work: Work) {
        self.enters(&work);
        self.work.push_front(work);
    }

    pub(crate) fn pop_front(&mut self) -> Option<Work> {
        let work = self.work.pop_front()?;
        self.leaves(&work);
        Some(work)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.work.is_empty()
    }

    /// Whether the start of a task is among it.
    pub(crate) fn starts(&self, t: TaskIndex) -> bool {
        self.starts.get(t.0).is_some_and(|count| *count > 0)
    }

    /// Puts the first start of a task before all else.
    pub(crate) fn start_next(&mut self, t: TaskIndex) {
        let is_start = |work: &Work| matches!(work, Work::StartTask { task, .. } if *task == t);
        if let Some(at) = self.work.iter().position(is_start)
            && let Some(work) = self.work.remove(at)
        {
            self.work.push_front(work);
        }
    }

    /// Takes all of it out.
    pub(crate) fn take(&mut self) -> VecDeque<Work> {
        std::mem::take(self).work
    }

    fn enters(&mut self, work: &Work) {
        if let Work::StartTask { task, .. } = work {
            if self.starts.len() <= task.0 {
                self.starts.resize(task.0 + 1, 0);
            }
            self.starts[task.0] += 1;
        }
    }

    fn leaves(&mut self, work: &Work) {
        if let Work::StartTask { task, .. } = work {
            self.starts[task.0] -= 1;
        }
    }
}
