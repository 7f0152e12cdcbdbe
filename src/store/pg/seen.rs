//! The epoch of definitions as commits see it by the way: while there are many, nobody asks for it.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// What all writers of a process have seen.
pub(crate) struct SeenEpoch {
    base: Instant,
    epoch: AtomicI64,
    /// When the statement was sent that saw it: microseconds since `base`, and one more; 0: none did.
    at: AtomicU64,
}

impl SeenEpoch {
    pub(crate) fn new() -> SeenEpoch {
        SeenEpoch {
            base: Instant::now(),
            epoch: AtomicI64::new(0),
            at: AtomicU64::new(0),
        }
    }

    /// A statement that was sent then has seen this epoch.
    pub(crate) fn note(&self, sent: Instant, epoch: i64) {
        // In this order: who reads the time first finds an epoch that is at least as new.
        if self.epoch.fetch_max(epoch, Ordering::AcqRel) > epoch {
            // Two statements have crossed, or the database is an older one: it must be asked.
            return self.at.store(0, Ordering::Release);
        }
        let at = sent.saturating_duration_since(self.base).as_micros();
        self.at
            .fetch_max(u64::try_from(at).unwrap_or(u64::MAX - 1) + 1, Ordering::Release);
    }

    /// The newest epoch, and a time at which none was newer.
    pub(crate) fn last(&self) -> Option<(Instant, i64)> {
        let at = self.at.load(Ordering::Acquire).checked_sub(1)?;
        let at = self.base + Duration::from_micros(at);
        Some((at, self.epoch.load(Ordering::Acquire)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_newest_counts() {
        let seen = SeenEpoch::new();
        assert_eq!(seen.last(), None);
        let began = Instant::now();
        tokio::time::advance(Duration::from_millis(5)).await;
        let later = Instant::now();
        seen.note(later, 7);
        assert_eq!(seen.last(), Some((later, 7)));
        // Another writer's statement, sent before and answered after.
        seen.note(began, 7);
        assert_eq!(seen.last(), Some((later, 7)));
        tokio::time::advance(Duration::from_millis(5)).await;
        seen.note(Instant::now(), 6);
        assert_eq!(seen.last(), None, "what the database holds is not what was seen");
        seen.note(later, 8);
        assert_eq!(seen.last(), Some((later, 8)));
    }
}
