//! How far the action queue is known to be empty.

use std::collections::HashMap;
use std::time::Duration;

use mistral_model::id::Shard;
use mistral_model::{Id, Time};

/// Below which ids the queue was found empty, for each target: so that a claim does not walk the index entries of all that
/// was claimed before and not vacuumed yet.
///
/// The mark keeps behind the clock by [`BEHIND`]: rows do not become visible in the order of their ids, for several loops
/// commit beside each other, and an id is as old as its decision. A mark at the last claimed id overlooked one row in ten
/// under load. What appears below the mark all the same (an action that is queued again, a node whose clock is behind by
/// more, a commit that took longer) is found when the mark is dropped: every second, or less often
/// while a claim without a mark takes long (when somebody holds an old snapshot, it walks over everything that was claimed since).
#[derive(Clone, Debug, Default)]
pub struct LowWater {
    marks: HashMap<String, Id>,
    dropped_at: Time,
    /// What the claim after the last drop took, in microseconds; `None`: it is still to come.
    cost: Option<i64>,
}

/// How long rows below the mark may be overlooked at least, and at most, in microseconds.
const MARK_LASTS: i64 = 1_000_000;
const MARK_LASTS_AT_MOST: i64 = 10_000_000;
/// Claims without a mark may take this part of the time.
const SHARE: i64 = 50;

/// How far the mark stays behind the clock, in microseconds: what a batch may take from its decisions to its commit.
const BEHIND: i64 = 1_000_000;

impl LowWater {
    pub(super) fn of(&mut self, target: &str, now: Time) -> Id {
        let lasts = (self.cost.unwrap_or(0) * SHARE).clamp(MARK_LASTS, MARK_LASTS_AT_MOST);
        if now.0.abs_diff(self.dropped_at.0) >= lasts.unsigned_abs() {
            self.marks.clear();
            self.dropped_at = now;
            self.cost = None;
        }
        let oldest = (now.0 - BEHIND).max(0) / 1_000;
        let behind = Id::new(oldest.unsigned_abs(), 0, Shard(0), 0);
        self.marks.get(target).copied().unwrap_or_default().min(behind)
    }

    /// A claim with these marks took this long.
    pub(super) fn took(&mut self, time: Duration) {
        if self.cost.is_none() {
            self.cost = Some(
                i64::try_from(time.as_micros())
                    .unwrap_or(i64::MAX / SHARE)
                    .min(MARK_LASTS_AT_MOST),
            );
        }
    }

    /// Everything up to this id has been claimed, by us or by those whose rows were skipped.
    pub(super) fn raise(&mut self, target: &str, claimed: Id) {
        match self.marks.get_mut(target) {
            Some(mark) => *mark = claimed.max(*mark),
            None => {
                self.marks.insert(target.to_owned(), claimed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first id of a moment.
    fn id(micros: i64) -> Id {
        Id::new(micros.unsigned_abs() / 1_000, 0, Shard(0), 0)
    }

    #[test]
    fn marks_rise_behind_the_clock_and_are_dropped() {
        let mut low = LowWater::default();
        let start = Time(10_000_000);
        assert_eq!(low.of("", start), Id(0));
        low.raise("", id(8_000_000));
        low.raise("", id(7_000_000));
        assert_eq!(low.of("", Time(start.0 + 999_999)), id(8_000_000));
        assert_eq!(low.of("host", start), Id(0));
        // What was decided within the last second may not be visible yet.
        low.raise("", id(9_990_000));
        assert_eq!(low.of("", start), id(9_000_000));
        assert_eq!(low.of("", Time(start.0 + 1_000_000)), Id(0));
    }

    #[test]
    fn dear_claims_without_a_mark_are_rare() {
        let mut low = LowWater::default();
        let start = Time(10_000_000);
        low.of("", start);
        low.took(Duration::from_millis(100));
        low.raise("", Id(7));
        low.took(Duration::from_millis(1));
        assert_eq!(low.of("", Time(start.0 + 4_900_000)), Id(7));
        assert_eq!(low.of("", Time(start.0 + 5_000_000)), Id(0));
        low.took(Duration::from_secs(60));
        low.raise("", Id(7));
        assert_eq!(low.of("", Time(start.0 + 14_900_000)), Id(7));
        assert_eq!(low.of("", Time(start.0 + 15_000_000)), Id(0));
    }
}
