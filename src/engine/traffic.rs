//! What the loops of a process tell each other: that executions of others begin and end, and where trees grow.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::map::Set;
use mistral_model::Shard;
use mistral_model::id::SHARDS;

/// Who was served so long ago is likely to come again.
const SERVED: Duration = Duration::from_millis(50);
/// What grew so long ago is likely to go on.
const GROWN: Duration = Duration::from_secs(1);

/// Events of a commit below which loops share what comes to no use: new roots then lie with one of them.
const FEW: u64 = 8;
/// From so many on one loop has enough.
const MANY: u64 = 32;

pub(super) struct Traffic {
    base: Instant,
    /// Events that commits of each loop hold, on average, times [`Traffic::FINE`].
    held: Vec<AtomicU64>,
    /// Whether new roots lie with one loop.
    is_thin: AtomicBool,
    served: Last,
    grown: Last,
    grown_shards: Vec<Last>,
    grown_loops: Vec<Last>,
}

/// When something last happened: microseconds since `Traffic::base`, and one more; 0: never.
#[derive(Default)]
struct Last(AtomicU64);

impl Last {
    fn is_now(&self, base: Instant) {
        let now = u64::try_from(base.elapsed().as_micros()).unwrap_or(u64::MAX - 1);
        self.0.store(now + 1, Ordering::Relaxed);
    }

    fn is_within(&self, base: Instant, time: Duration) -> bool {
        let last = self.0.load(Ordering::Relaxed).checked_sub(1);
        last.is_some_and(|last| base.elapsed().saturating_sub(Duration::from_micros(last)) < time)
    }
}

impl Traffic {
    /// Of so many loops.
    pub(super) fn new(loops: usize) -> Traffic {
        let never = |number: usize| (0..number).map(|_| Last::default()).collect();
        Traffic {
            base: Instant::now(),
            held: (0..loops).map(|_| AtomicU64::new(0)).collect(),
            is_thin: AtomicBool::new(loops > 1),
            served: Last::default(),
            grown: Last::default(),
            grown_shards: never(usize::from(SHARDS)),
            grown_loops: never(loops),
        }
    }

    const FINE: u64 = 16;

    /// A loop begins a commit of so many events.
    pub(super) fn commits(&self, number: usize, events: usize) {
        // Each loop writes its own.
        let held = &self.held[number];
        let before = held.load(Ordering::Relaxed);
        let now = before - before / 8 + events as u64 * Self::FINE / 8;
        held.store(now, Ordering::Relaxed);
        let is_thin = self.is_thin.load(Ordering::Relaxed);
        if is_thin && now >= MANY * Self::FINE {
            self.is_thin.store(false, Ordering::Relaxed);
        } else if !is_thin && now < FEW * Self::FINE && self.held.len() > 1 {
            self.is_thin.store(true, Ordering::Relaxed);
        }
    }

    /// Whether commits hold so little that one loop is to have all that begins.
    pub(super) fn is_thin(&self) -> bool {
        self.is_thin.load(Ordering::Relaxed)
    }

    /// A small execution has ended.
    pub(super) fn serves(&self) {
        self.served.is_now(self.base);
    }

    /// Whether that was so a moment ago.
    pub(super) fn is_served(&self) -> bool {
        self.served.is_within(self.base, SERVED)
    }

    /// Trees of these shards, which this loop has, grow: see `Options::growing_rows`.
    pub(super) fn grows(&self, shards: &Set<Shard>, number: usize) {
        self.grown.is_now(self.base);
        self.grown_loops[number].is_now(self.base);
        for shard in shards {
            self.grown_shards[usize::from(shard.0)].is_now(self.base);
        }
    }

    /// Whether one did a moment ago, wherever.
    pub(super) fn is_growing(&self) -> bool {
        self.grown.is_within(self.base, GROWN)
    }

    /// How long a new root would wait in this shard of this loop, in no unit: what is written to a shard waits for what was written to it
    /// before, and a loop decides about one tree at a time.
    pub(super) fn wait_in(&self, shard: Shard, owner: Option<usize>, is_crowded: impl Fn(usize) -> bool) -> u8 {
        let grew = |last: &Last| last.is_within(self.base, GROWN);
        if grew(&self.grown_shards[usize::from(shard.0)]) {
            return 2;
        }
        let is_busy = |number: usize| self.grown_loops.get(number).is_some_and(grew) || is_crowded(number);
        u8::from(owner.is_some_and(is_busy))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_was_long_ago_counts_no_more() {
        let traffic = Traffic::new(2);
        let seen = |traffic: &Traffic| {
            let waits = [3, 4].map(|number| traffic.wait_in(Shard(number), Some(1), |_| false));
            let elsewhere = traffic.wait_in(Shard(5), Some(0), |_| false);
            (traffic.is_served(), traffic.is_growing(), waits, elsewhere)
        };
        assert_eq!(seen(&traffic), (false, false, [0, 0], 0));
        traffic.serves();
        traffic.grows(&Set::from_iter([Shard(3)]), 1);
        assert_eq!(seen(&traffic), (true, true, [2, 1], 0));
        assert_eq!(traffic.wait_in(Shard(5), Some(0), |number| number == 0), 1);
        assert_eq!(traffic.wait_in(Shard(4), None, |_| true), 0);
        tokio::time::advance(SERVED).await;
        assert_eq!(seen(&traffic), (false, true, [2, 1], 0));
        tokio::time::advance(GROWN).await;
        assert_eq!(seen(&traffic), (false, false, [0, 0], 0));
    }
}
