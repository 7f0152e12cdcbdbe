//! Pause and resume of large trees (§17). What the request names is paused or resumed at once, with what is above it; what is below
//! follows in pieces of work that come before any other, an execution each, so that no decision is longer for a larger tree and none
//! of it grows in spite of the pause. Until everything below is reached, the row of the execution says what is on its way: a crash
//! in between finds it there. An execution that runs below a paused one may do so by somebody's request, and nothing of it tells the
//! two apart.
//!
//! A pause finds its way through executions that are paused already, as something below them may run. Who asks something of an
//! execution that a pause or a resume is on its way to has it carried to there first: [`Decision::settle_above`].

use mistral_model::refusal::Refusal;
use mistral_model::{Payload, State, Str};

use crate::transition::{ExecutionEvent, TaskEvent};
use crate::tree::{ExecutionIndex, Spread, Work};
use crate::{Decision, Failure};

impl Decision<'_> {
    /// Whether the tree is too large to be paused or resumed as a whole.
    pub(super) fn is_large(&self) -> bool {
        self.tree.is_spreading() || self.tree.size() > self.ports.options.rows_at_once
    }

    pub(super) fn pause_in_pieces(&mut self, e: ExecutionIndex, mut message: Option<Str>) {
        let mut top = e;
        loop {
            if self.tree.executions[top].row.state == State::Paused {
                break;
            }
            self.pause_one(top, message.take());
            match self.above(top) {
                Some(parent) if !self.tree.executions[parent].row.state.is_completed() => top = parent,
                _ => break,
            }
        }
        self.spread(top, State::Paused, true);
    }

    pub(super) fn resume_in_pieces(&mut self, e: ExecutionIndex, env: Option<&Payload>) -> Result<(), Failure> {
        self.resume_or_fail(e, env)?;
        self.spread(e, State::Running, true);
        self.resume_up(e)
    }

    /// What is on its way to an execution from above reaches it at once, and everything beside it; from there it goes on by itself.
    pub(super) fn settle_above(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        match self.above(e) {
            Some(above) => self.settle(above),
            None => Ok(()),
        }
    }

    /// What is on its way to an execution, or from it, reaches everything right below it.
    pub(super) fn settle(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        if !self.tree.is_spreading() {
            return Ok(());
        }
        let mut chain = vec![e];
        while let Some(above) = chain.last().and_then(|e| self.above(*e)) {
            chain.push(above);
        }
        for e in chain.into_iter().rev() {
            while let Some(to) = self.on_its_way(e)
                && let Some(child) = self.tree.next_below(e)
            {
                self.carry(child, to)?;
            }
            if self.tree.spread(e).is_none() {
                continue;
            }
            for child in self.children_of(e) {
                if let Some(spread) = self.tree.spread(child).filter(|spread| !spread.is_stored) {
                    let spread = Spread {
                        is_stored: true,
                        ..spread.clone()
                    };
                    self.tree.set_spread(child, Some(spread));
                }
            }
            self.tree.set_spread(e, None);
        }
        Ok(())
    }

    /// Works off a `Spread`.
    pub(crate) fn spread_on(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let to = self.on_its_way(e);
        let Some((to, next)) = to.and_then(|to| Some((to, self.tree.next_below(e)?))) else {
            // What is below the last one came before this.
            if self.tree.spread(e).is_some() {
                self.tree.set_spread(e, None);
            }
            return Ok(());
        };
        self.tree.work.push_front(Work::Spread(e));
        self.carry(next, to)
    }

    /// After a load: what was on its way goes on. What is above comes first: it was asked for last, or does not meet what is below.
    pub(crate) fn recover_spreads(&mut self) {
        if !self.tree.is_spreading() {
            return;
        }
        for e in self.tree.executions.positions().rev() {
            if self.tree.spread(e).is_some() {
                match self.on_its_way(e) {
                    Some(to) => self.spread(e, to, true),
                    None => self.tree.set_spread(e, None),
                }
            }
        }
    }

    /// What is on its way from an execution, if it is still wanted.
    fn on_its_way(&self, e: ExecutionIndex) -> Option<State> {
        let to = self.tree.spread(e)?.to;
        self.holds(e, to).then_some(to)
    }

    /// Whether this may be on its way from an execution: nobody asked for anything else since. What has ended otherwise
    /// than by a cancel has been resumed all the same.
    fn holds(&self, e: ExecutionIndex, to: State) -> bool {
        match self.tree.executions[e].row.state {
            State::Paused => to == State::Paused,
            State::Cancelled => false,
            _ => to == State::Running,
        }
    }

    /// Sends a pause or a resume on its way to what is below an execution.
    fn spread(&mut self, e: ExecutionIndex, to: State, is_stored: bool) {
        if !self.holds(e, to) {
            return;
        }
        let is_meant = |state: State| match to {
            State::Paused => !state.is_completed(),
            _ => matches!(state, State::Paused | State::Idle),
        };
        let mut below = self.children_of(e);
        below.retain(|child| is_meant(self.tree.executions[*child].row.state));
        if below.is_empty() {
            return self.tree.set_spread(e, None);
        }
        below.reverse();
        // A resume does not find its way through what runs already.
        let was_stored = || self.tree.spread(e).is_some_and(|spread| spread.is_stored);
        let is_stored = is_stored || to == State::Running || was_stored();
        self.tree.set_spread(e, Some(Spread { to, is_stored, below }));
        self.tree.work.push_front(Work::Spread(e));
    }

    /// Pauses or resumes an execution, and sends what is wanted on its way to what is below it.
    fn carry(&mut self, e: ExecutionIndex, to: State) -> Result<(), Failure> {
        // What has ended well may have left memory.
        let Some(state) = self.tree.executions.get(e).map(|execution| execution.row.state) else {
            return Ok(());
        };
        match (to, state) {
            (_, state) if state.is_completed() => return Ok(()),
            (State::Paused, State::Paused) => {}
            (State::Paused, _) => self.pause_one(e, None),
            (_, State::Paused | State::Idle) => self.resume_or_fail(e, None)?,
            _ => return Ok(()),
        }
        self.spread(e, to, false);
        Ok(())
    }

    fn pause_one(&mut self, e: ExecutionIndex, message: Option<Str>) {
        self.set_execution_state(e, ExecutionEvent::Pause, message);
        if let Some(t) = self.tree.executions[e].parent {
            self.update_task(t, TaskEvent::Pause);
        }
    }

    /// Resumes one execution. Where that fails there is no way back for a large tree, and nothing else of it has to suffer: the execution
    /// ends with the error.
    fn resume_or_fail(&mut self, e: ExecutionIndex, env: Option<&Payload>) -> Result<(), Failure> {
        let why = match self.resume_one(e, env, false) {
            Err(Failure::Workflow(why) | Failure::Task(why) | Failure::Refused(Refusal { message: why, .. })) => why,
            other => return other,
        };
        self.stop(e, State::Error, Some(why.into()))?;
        if let Some(t) = self.tree.executions[e].parent {
            self.update_task(t, TaskEvent::Resume);
        }
        Ok(())
    }

    fn above(&self, e: ExecutionIndex) -> Option<ExecutionIndex> {
        self.tree.executions[e].parent.map(|t| self.tree.tasks[t].execution)
    }
}
