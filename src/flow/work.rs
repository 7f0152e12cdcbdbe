//! The queue of work that follows from any event.

use super::tree::Work;
use super::{Decision, Failure, Need};

/// Needs that one round asks for at most, more or less.
const NEEDS: usize = 256;

impl Decision<'_> {
    /// Works off what follows from events, at most `budget` pieces and the last one begun. `true`: nothing is left.
    ///
    /// # Errors
    /// [`Failure::Needs`] only: the tree must be given up and loaded again.
    pub fn work(&mut self, budget: usize) -> Result<bool, Failure> {
        let end = self.effects.pieces + budget;
        self.enforce_budgets();
        while self.effects.pieces < end {
            let Some(work) = self.tree.work.pop_front() else {
                return Ok(true);
            };
            self.effects.pieces += 1;
            match self.carry_on(&work) {
                Ok(()) => {}
                Err(Failure::Needs(needs)) => return Err(Failure::Needs(self.foresee(needs))),
                Err(failure) => self.effects.unseen.push(format!("{work:?}: {failure:?}")),
            }
            self.enforce_budgets();
        }
        Ok(self.tree.work.is_empty())
    }

    fn carry_on(&mut self, work: &Work) -> Result<(), Failure> {
        match *work {
            Work::StartTask {
                task,
                first_run,
                rerun,
                reset,
            } => self.start_task(task, first_run, rerun, reset),
            Work::StartItems(task) => self.start_more_items(task),
            Work::RunInline(action) => self.run_inline(action),
            Work::RefreshJoin(task) => self.refresh_join(task),
            Work::CheckCompletion(execution) => self.check_and_complete(execution),
            Work::ChildDone(execution) => self.child_done(execution),
            Work::Spread(execution) => self.spread_on(execution),
            Work::Cancel(execution) => self.go_on_cancelling(execution),
            Work::EndAction(action) => self.end_action(action),
            Work::Sweep { done } => {
                self.sweep(done);
                Ok(())
            }
        }
    }

    /// This decision is given up anyway: finds out what the starts that wait in the queue will need, so that a hundred tasks
    /// that look something up cost one round and not a hundred.
    fn foresee(&mut self, mut needs: Vec<Need>) -> Vec<Need> {
        for work in self.tree.work.take().into_iter().take(NEEDS) {
            if needs.len() >= NEEDS {
                break;
            }
            if matches!(work, Work::StartTask { .. } | Work::StartItems(_))
                && let Err(Failure::Needs(more)) = self.carry_on(&work)
            {
                needs.extend(more);
            }
        }
        needs
    }
}
