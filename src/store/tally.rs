//! Counts what this process commits, by project and workflow: executions that began and ended and how long they took. Written down
//! once a minute by who takes the counts; nothing is read for them.

use std::collections::HashMap;
use std::sync::Arc;

use mistral_model::record::Execution;
use mistral_model::{State, Str};
use parking_lot::Mutex;

use crate::batch::Batch;
use crate::statistics::{SLOTS, Slice};

/// Projects and workflows that are told apart in a minute; what is beyond is counted under the empty name.
const MOST: usize = 2_000;

type Counts = HashMap<(Str, Str), Slice, foldhash::fast::RandomState>;

/// Where loops count. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Mutex<Counts>>);

/// What a batch adds, to be counted once it is committed.
#[derive(Debug, Default)]
pub struct Added(Vec<(Str, Str, Slice)>);

impl Added {
    /// What of a batch counts.
    pub fn of(batch: &Batch) -> Added {
        let mut added = Added::default();
        for row in &batch.new_executions {
            let slice = added.slice(row);
            slice.started += 1;
            ended(slice, row);
        }
        for row in &batch.changed_executions {
            if row.state.is_completed() {
                let slice = added.slice(row);
                ended(slice, row);
            }
        }
        for task in batch.new_tasks.iter().chain(&batch.changed_tasks) {
            if task.state.is_completed() {
                let project = task.origin.project_id.clone().unwrap_or_default();
                added.of_names(project, &task.origin.workflow_name).tasks += 1;
            }
        }
        added
    }

    fn slice(&mut self, row: &Execution) -> &mut Slice {
        let project = row.origin.project_id.clone().unwrap_or_default();
        self.of_names(project, &row.origin.workflow_name)
    }

    /// Batches are of few workflows, and their rows come together.
    fn of_names(&mut self, project: Str, name: &Str) -> &mut Slice {
        let known = self.0.iter().rposition(|(p, n, _)| n == name && *p == project);
        let at = known.unwrap_or_else(|| {
            self.0.push((project, name.clone(), Slice::default()));
            self.0.len() - 1
        });
        &mut self.0[at].2
    }
}

fn ended(slice: &mut Slice, row: &Execution) {
    match row.state {
        State::Success => slice.succeeded += 1,
        State::Error => slice.failed += 1,
        State::Cancelled => slice.cancelled += 1,
        _ => return,
    }
    let took = row.updated_at.map_or(0, |end| end.0 - row.created_at.0).max(0) / 1000;
    // Below 2^slot milliseconds.
    let slot = (64 - took.leading_zeros()) as usize;
    slice.durations[slot.min(SLOTS - 1)] += 1;
}

impl Tally {
    /// Counts what was committed.
    pub fn add(&self, added: Added) {
        if added.0.is_empty() {
            return;
        }
        let mut counts = self.0.lock();
        for (project, name, slice) in added.0 {
            let mut key = (project, name);
            if counts.len() >= MOST && !counts.contains_key(&key) {
                key = Default::default();
            }
            let sum = counts.entry(key).or_default();
            sum.started += slice.started;
            sum.succeeded += slice.succeeded;
            sum.failed += slice.failed;
            sum.cancelled += slice.cancelled;
            sum.tasks += slice.tasks;
            for (sum, number) in sum.durations.iter_mut().zip(slice.durations) {
                *sum += number;
            }
        }
    }

    /// Everything counted since the last time: project and slice.
    pub fn take(&self) -> Vec<(String, Slice)> {
        let counts = std::mem::take(&mut *self.0.lock());
        let named = |((project, name), slice): ((Str, Str), Slice)| {
            let workflow_name = name.to_string();
            (project.to_string(), Slice { workflow_name, ..slice })
        };
        counts.into_iter().map(named).collect()
    }

    /// Puts counts back that could not be written down.
    pub fn give_back(&self, counted: Vec<(String, Slice)>) {
        let again = counted.into_iter().map(|(project, slice)| {
            let name = Str::from(slice.workflow_name.as_str());
            (Str::from(project.as_str()), name, slice)
        });
        self.add(Added(again.collect()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_taken_once_and_can_be_given_back() {
        let tally = Tally::default();
        let mut added = Added::default();
        added.of_names("p".into(), &"w".into()).started += 2;
        added.of_names("p".into(), &"w".into()).failed += 1;
        added.of_names("q".into(), &"w".into()).started += 1;
        tally.add(added);
        let mut taken = tally.take();
        taken.sort_by(|a, b| a.0.cmp(&b.0));
        let shown: Vec<_> = taken
            .iter()
            .map(|(p, s)| (p.as_str(), s.workflow_name.as_str(), s.started, s.failed))
            .collect();
        assert_eq!(shown, [("p", "w", 2, 1), ("q", "w", 1, 0)]);
        assert!(tally.take().is_empty());
        tally.give_back(taken);
        assert_eq!(tally.take().len(), 2);
        for n in 0..MOST + 5 {
            let mut added = Added::default();
            added.of_names("p".into(), &Str::from(n.to_string().as_str())).started += 1;
            tally.add(added);
        }
        let taken = tally.take();
        assert_eq!(taken.len(), MOST + 1);
        assert_eq!(
            taken.iter().find(|(p, _)| p.is_empty()).map(|(_, s)| s.started),
            Some(5)
        );
    }
}
