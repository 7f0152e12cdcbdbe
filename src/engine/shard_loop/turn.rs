//! How long one tree decides before others get their turn.

use std::time::Duration;

use tokio::time::Instant;

use mistral_flow::{Decision, Failure};

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
}

impl Turn {
    pub(super) fn begins(began: Instant, pieces: usize) -> Turn {
        Turn {
            began,
            pieces,
            share: SHARE,
            step: PIECES,
        }
    }

    /// For pieces that may take long: one that is begun is the last.
    pub(in super::super) fn lasting(began: Instant, pieces: usize, share: Duration) -> Turn {
        Turn {
            began,
            pieces,
            share,
            step: 1,
        }
    }

    /// Works off what follows, as long as the turn lasts. `true`: nothing is left.
    pub(in super::super) fn work(&self, decision: &mut Decision<'_>) -> Result<bool, Failure> {
        loop {
            let done = decision.work(self.step.min(self.pieces))?;
            if done || decision.effects.pieces >= self.pieces || self.began.elapsed() >= self.share {
                return Ok(done);
            }
        }
    }
}
