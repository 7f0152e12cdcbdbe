//! Pauses and resumes on their way down: which executions they have not reached.

use mistral_model::{State, record};

use super::row::{Execution, Spread};
use super::{Entity, ExecutionIndex, Tree};

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
        let execution = self.executions.row(e);
        let before = execution.stored_spread();
        self.spreading += usize::from(spread.is_some());
        self.spreading -= usize::from(execution.spread.is_some());
        execution.spread = spread.map(Box::new);
        if execution.stored_spread() != before && execution.saved.touch() {
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
            .and_then(|to| to.as_str()?.parse::<State>().ok());
        let spread = stored.map(|to| Spread {
            to,
            is_stored: true,
            below: Vec::new(),
        });
        self.spreading += usize::from(spread.is_some());
        self.executions.row(e).spread = spread.map(Box::new);
    }
}

impl Execution {
    /// What the row says of it.
    pub(super) fn stored_spread(&self) -> Option<State> {
        let spread = self.spread.as_ref().filter(|spread| spread.is_stored);
        spread.map(|spread| spread.to)
    }
}
