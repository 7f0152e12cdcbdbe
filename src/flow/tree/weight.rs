//! What trees take in memory, roughly: enough to say which of them are large.

use mistral_model::{Payload, record};

use super::{Changes, Tree};
use crate::context::estimated_size;

/// A row with its place in the arenas and its ids, without what it holds in documents, bytes. An estimate between kinds, by the memory of
/// a process (release): an endless loop of `std.noop` took 2.2 KB for a task with its action, a workflow that calls itself three times
/// 7.6 KB for an execution with its three tasks (this says 7.7), 20,000 items 2.9 KB each.
pub(super) const ROW: usize = 1_500;
/// What every tree takes besides, bytes: 40,000 that wait for one timer took 11 KB each, as many with one action 12 KB.
const TREE: usize = 8_000;
/// A parsed document takes about this many times the bytes of its text.
const PARSED: usize = 3;

fn document(payload: &Payload) -> usize {
    PARSED * payload.encoded_len().unwrap_or_else(|| estimated_size(payload.value()))
}

fn maybe(payload: &Option<Payload>) -> usize {
    payload.as_ref().map_or(0, document)
}

pub(super) fn execution(row: &record::Execution) -> usize {
    ROW + document(&row.input) + document(&row.params) + document(&row.context) + maybe(&row.output)
}

pub(super) fn task(row: &record::Task) -> usize {
    ROW + maybe(&row.in_context) + maybe(&row.published)
}

pub(super) fn action(row: &record::Action) -> usize {
    ROW + document(&row.input) + maybe(&row.output)
}

impl Tree {
    /// Bytes of all that is in memory. Looks at every row.
    pub fn weight(&self) -> usize {
        TREE + self.executions.iter().map(|e| execution(&e.row)).sum::<usize>()
            + self.tasks.iter().map(|t| task(&t.row)).sum::<usize>()
            + self.actions.iter().map(|a| action(&a.row)).sum::<usize>()
    }
}

impl Changes {
    /// Bytes that the tree has grown by: new rows, and the results that changed rows have got.
    pub fn weight(&self) -> usize {
        let roots = self.new_executions.iter().filter(|row| row.id == row.root_id).count();
        roots * TREE
            + self.new_executions.iter().map(execution).sum::<usize>()
            + self.new_tasks.iter().map(task).sum::<usize>()
            + self.new_actions.iter().map(action).sum::<usize>()
            + self
                .changed_executions
                .iter()
                .map(|row| maybe(&row.output))
                .sum::<usize>()
            + self
                .changed_tasks
                .iter()
                .map(|row| maybe(&row.published))
                .sum::<usize>()
            + self.changed_actions.iter().map(|row| maybe(&row.output)).sum::<usize>()
    }
}
