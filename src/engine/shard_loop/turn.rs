//! How long one tree decides before others get their turn.

use std::time::Duration;

use tokio::time::Instant;

use mistral_flow::{Decision, Failure, Tree};

/// What one tree may take of the loop's time before others get theirs. A turn of a hundred inline tasks takes about 1 ms.
pub(super) const SHARE: Duration = Duration::from_millis(2);
/// Pieces of work between two looks at the clock, which takes 40 ns.
const PIECES: usize = 2;

/// How much a decision may do.
pub(in super::super) struct Turn {
    began: Instant,
    pieces: usize,
    share: Duration,
    /// Pieces between two looks at the clock.
    step: usize,
    /// Rows that the tree may have changed, and its effects may be, at the end: who comes meanwhile waits for their commit.
    rows: usize,
}

impl Turn {
    /// For `tree`, which may change so many rows more.
    pub(super) fn begins(began: Instant, pieces: usize, tree: &Tree, rows: usize) -> Turn {
        Turn {
            began,
            pieces,
            share: SHARE,
            step: PIECES,
            rows: tree.changed_rows().saturating_add(rows),
        }
    }

    /// The same beside the loop, where one piece may take long: one that is begun is the last.
    pub(in super::super) fn lasting(began: Instant, pieces: usize, share: Duration, tree: &Tree, rows: usize) -> Turn {
        Turn {
            share,
            step: 1,
            ..Turn::begins(began, pieces, tree, rows)
        }
    }

    /// Whether others have their turn.
    pub(super) fn is_over(&self, decision: &Decision<'_>) -> bool {
        decision.effects.pieces >= self.pieces
            || decision.tree.changed_rows() + decision.effects.rows() >= self.rows
            || self.began.elapsed() >= self.share
    }

    /// Works off what follows, as long as the turn lasts. `true`: nothing is left.
    pub(in super::super) fn work(&self, decision: &mut Decision<'_>) -> Result<bool, Failure> {
        loop {
            let done = decision.work(self.step.min(self.pieces))?;
            if done || self.is_over(decision) {
                return Ok(done);
            }
        }
    }
}
