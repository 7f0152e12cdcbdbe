//! Pauses and resumes on their way down: which executions they have not reached.

use mistral_model::{State, Str, record};

use super::row::{Execution, Spread};
use super::{Entity, ExecutionIndex, Tree};

/// What follows the state in a row whose execution runs all the same.
const INSISTS: char = '!';

impl Tree {
    /// Whether a pause or a resume is on its way.
    pub fn is_spreading(&self) -> bool {
        self.spreading > 0
    }

    pub(crate) fn spread(&self, e: ExecutionIndex) -> Option<&Spread> {
        self.executions.get(e)?.spread.as_deref()
    }

    /// From now on this is on its way from an execution. Its row is written where it says something else by that; clients do not
    /// see the difference.
    pub(crate) fn set_spread(&mut self, e: ExecutionIndex, spread: Option<Spread>) {
        let stays: &[ExecutionIndex] = spread.as_ref().map_or(&[], |spread| &spread.reached);
        let before = self.spread(e).map_or(&[][..], |spread| &spread.reached);
        let left: Vec<ExecutionIndex> = before.iter().copied().filter(|child| !stays.contains(child)).collect();
        for child in left {
            self.set_reached(child, false);
        }
        self.change_spread(e, |old| *old = spread.map(Box::new));
    }

    /// It goes on whatever else is asked of what is around it.
    pub(crate) fn keep_spread(&mut self, e: ExecutionIndex, insists: bool) {
        self.change_spread(e, |spread| {
            if let Some(spread) = spread {
                spread.is_stored = true;
                spread.insists |= insists;
            }
        });
    }

    /// What is on its way from an execution has reached this one below it.
    pub(crate) fn reach(&mut self, e: ExecutionIndex, child: ExecutionIndex) {
        if let Some(spread) = self.executions.row(e).spread.as_mut()
            && !spread.reached.contains(&child)
        {
            spread.below.retain(|below| *below != child);
            spread.reached.push(child);
            self.set_reached(child, true);
        }
    }

    fn change_spread(&mut self, e: ExecutionIndex, change: impl FnOnce(&mut Option<Box<Spread>>)) {
        let execution = self.executions.row(e);
        let (was_there, before) = (execution.spread.is_some(), execution.stored_spread());
        change(&mut execution.spread);
        self.spreading += usize::from(execution.spread.is_some());
        self.spreading -= usize::from(was_there);
        if execution.stored_spread() != before && execution.saved.touch() {
            self.dirty.push(Entity::Execution(e));
        }
    }

    fn set_reached(&mut self, e: ExecutionIndex, is_reached: bool) {
        // What has ended well may have left memory.
        if self.executions.get(e).is_none_or(|it| it.is_reached == is_reached) || self.is_removed(e) {
            return;
        }
        let execution = self.executions.row(e);
        execution.is_reached = is_reached;
        if execution.saved.touch() {
            self.dirty.push(Entity::Execution(e));
        }
    }

    /// The next execution right below this one that it has to reach.
    pub(crate) fn next_below(&mut self, e: ExecutionIndex) -> Option<ExecutionIndex> {
        self.executions.row(e).spread.as_mut()?.below.pop()
    }

    /// What an execution's row says. What is below has to be found out.
    pub(super) fn load_spread(&mut self, e: ExecutionIndex) {
        let runtime = &self.executions[e].row.runtime_context;
        let stored = runtime
            .get(record::SPREADS)
            .and_then(|to| to.as_str())
            .and_then(|text| {
                let to = text.trim_end_matches(INSISTS);
                Some((to.parse::<State>().ok()?, to.len() < text.len()))
            });
        let spread = stored.map(|(to, insists)| Spread {
            to,
            is_stored: true,
            below: Vec::new(),
            reached: Vec::new(),
            insists,
        });
        self.spreading += usize::from(spread.is_some());
        self.executions.row(e).spread = spread.map(Box::new);
    }
}

impl Execution {
    /// What the row says of it.
    pub(super) fn stored_spread(&self) -> Option<Str> {
        let spread = self.spread.as_ref().filter(|spread| spread.is_stored)?;
        Some(match spread.insists {
            true => format!("{}{INSISTS}", spread.to).into(),
            false => spread.to.name().into(),
        })
    }
}
