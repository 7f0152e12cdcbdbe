//! Pause and resume of large trees (§17). What the request names is paused or resumed at once, with what is above it; what is below
//! follows in pieces of work that come before any other, an execution each, so that no decision is longer for a larger tree and none
//! of it grows in spite of the pause. Until everything below is reached, the row of the execution says what is on its way: a crash
//! in between finds it there. An execution that runs below a paused one may do so by somebody's request, and nothing of it tells the
//! two apart.
//!
//! A pause finds its way through executions that are paused already, as something below them may run. Who asks something of an
//! execution that a pause or a resume is on its way to has it carried to there first: [`Decision::settle`].

use mistral_model::refusal::Refusal;
use mistral_model::{Payload, State, Str};

use crate::transition::{ExecutionEvent, TaskEvent};
use crate::tree::{ExecutionIndex, Spread, TaskIndex, Work};
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

    /// What is on its way to an execution from above reaches it at once, before those beside it, which it may be long until: it is
    /// noted that it need not come again.
    pub(super) fn settle(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        if !self.tree.is_spreading() {
            return Ok(());
        }
        let mut chain = vec![e];
        while let Some(above) = chain.last().and_then(|e| self.above(*e)) {
            chain.push(above);
        }
        while let Some(e) = chain.pop() {
            let Some(to) = self.on_its_way(e) else {
                if self.tree.spread(e).is_some() {
                    self.tree.set_spread(e, None);
                }
                continue;
            };
            let Some(&child) = chain.last() else { break };
            if self.tree.spread(e).is_some_and(|spread| spread.below.contains(&child)) {
                self.carry(child, to)?;
            }
            self.tree.reach(e, child);
            self.tree.keep_spread(child, false);
        }
        Ok(())
    }

    /// A task is run again in or below these executions, each right below the next: they run, and what has still to be paused below
    /// them is.
    pub(super) fn insist(&mut self, chain: &[ExecutionIndex]) {
        for &e in chain {
            if self.on_its_way(e) == Some(State::Paused) {
                self.tree.keep_spread(e, true);
            }
        }
    }

    /// Whether something right below an execution, below this task of it or any, will be paused and is not yet.
    pub(crate) fn will_pause_below(&self, e: ExecutionIndex, t: Option<TaskIndex>) -> bool {
        self.tree.is_spreading()
            && self.on_its_way(e) == Some(State::Paused)
            && self.tree.spread(e).is_some_and(|spread| {
                spread.below.iter().any(|child| {
                    let child = self.tree.executions.get(*child);
                    child.is_some_and(|child| !child.row.state.is_completed() && (t.is_none() || child.parent == t))
                })
            })
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
                // Those that it has reached before their turn say so.
                let mut children = self.children_of(e);
                children.retain(|child| self.tree.executions[*child].is_reached);
                for child in children {
                    self.tree.reach(e, child);
                }
                match self.on_its_way(e) {
                    Some(to) => self.spread_from(e, to, true, true),
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
            State::Cancelled => false,
            _ if self
                .tree
                .spread(e)
                .is_some_and(|spread| spread.insists && spread.to == to) =>
            {
                true
            }
            State::Paused => to == State::Paused,
            _ => to == State::Running,
        }
    }

    /// Sends a pause or a resume on its way to what is below an execution.
    fn spread(&mut self, e: ExecutionIndex, to: State, is_stored: bool) {
        self.spread_from(e, to, is_stored, false);
    }

    /// The same. `again`: after a load, past those that it has reached.
    fn spread_from(&mut self, e: ExecutionIndex, to: State, is_stored: bool, again: bool) {
        if !self.holds(e, to) {
            return;
        }
        let old = self.tree.spread(e).filter(|_| again);
        let (reached, insists) = old.map_or_else(Default::default, |old| (old.reached.clone(), old.insists));
        let is_meant = |state: State| match to {
            State::Paused => !state.is_completed(),
            _ => matches!(state, State::Paused | State::Idle),
        };
        let mut below = self.children_of(e);
        below.retain(|child| is_meant(self.tree.executions[*child].row.state) && !reached.contains(child));
        if below.is_empty() {
            return self.tree.set_spread(e, None);
        }
        below.reverse();
        // A resume does not find its way through what runs already.
        let was_stored = || self.tree.spread(e).is_some_and(|spread| spread.is_stored);
        let is_stored = is_stored || to == State::Running || was_stored();
        let spread = Spread {
            to,
            is_stored,
            below,
            reached,
            insists,
        };
        self.tree.set_spread(e, Some(spread));
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
        if let Some(t) = self.tree.executions[e].parent
            && !self.runs_again(t)
        {
            self.update_task(t, TaskEvent::Pause);
        }
    }

    /// Whether something below this task runs again since a pause of what is beside it is on its way.
    fn runs_again(&self, t: TaskIndex) -> bool {
        let spread = self
            .tree
            .spread(self.tree.tasks[t].execution)
            .filter(|spread| spread.insists);
        spread.is_some_and(|spread| {
            let mut reached = spread
                .reached
                .iter()
                .filter_map(|child| self.tree.executions.get(*child));
            reached.any(|child| child.parent == Some(t))
        })
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
