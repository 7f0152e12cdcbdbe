//! Whether a loop's commits go through. While they do not, nobody is kept waiting for them: who calls is told to come again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// How long the commits of a loop may fail or hang before its callers are told: with the time that a look takes, every call is
/// answered within 5 s. Commits that are slow for other reasons (10,000 rows on a busy disk) take 1 s at most.
pub(super) const PATIENCE: Duration = Duration::from_secs(4);
/// Pause between two looks of a caller once its time is over, and of one that waits for another process.
pub(super) const LOOK: Duration = Duration::from_millis(250);

/// Since when a loop has had something to commit, and could not. Every call looks at it, so there is no lock.
pub(super) struct Stall {
    base: Instant,
    /// Milliseconds since `base`, and one more; 0: commits go through.
    since: AtomicU64,
}

impl Default for Stall {
    fn default() -> Stall {
        Stall {
            base: Instant::now(),
            since: AtomicU64::new(0),
        }
    }
}

impl Stall {
    /// Something is to be committed. Does nothing if that was so before.
    pub(crate) fn begins(&self) {
        let now = u64::try_from(self.base.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
        let _ = self
            .since
            .compare_exchange(0, now + 1, Ordering::AcqRel, Ordering::Acquire);
    }

    /// A commit has succeeded, or nothing is left to be committed.
    pub(crate) fn ends(&self) {
        self.since.store(0, Ordering::Release);
    }

    fn lasted(&self) -> Option<Duration> {
        let since = self.since.load(Ordering::Acquire).checked_sub(1)?;
        Some(self.base.elapsed().saturating_sub(Duration::from_millis(since)))
    }

    /// Whether nobody should wait for a commit of this loop.
    pub(crate) fn is_long(&self) -> bool {
        self.lasted().is_some_and(|lasted| lasted >= PATIENCE)
    }

    /// Returns when that is so; never, as long as commits go through.
    pub(crate) async fn lasts(&self) {
        loop {
            let left = self.lasted().map_or(PATIENCE, |lasted| PATIENCE.saturating_sub(lasted));
            tokio::time::sleep(left.max(LOOK)).await;
            if self.is_long() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn callers_are_told_when_commits_do_not_go_through() {
        let stall = Stall::default();
        let began = Instant::now();
        let lasts = |limit: u64| tokio::time::timeout(Duration::from_secs(limit), stall.lasts());
        assert!(lasts(60).await.is_err(), "nothing is to be committed");
        stall.begins();
        tokio::time::sleep(Duration::from_secs(3)).await;
        stall.begins();
        assert!(!stall.is_long());
        assert!(lasts(2).await.is_ok(), "since the first commit that did not go through");
        assert!(stall.is_long() && began.elapsed() < Duration::from_secs(65));
        stall.ends();
        assert!(!stall.is_long() && lasts(10).await.is_err());
    }
}
