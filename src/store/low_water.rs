//! How far the action queue is known to be empty.

use std::collections::HashMap;

use mistral_model::id::Shard;
use mistral_model::{Id, Time};

/// Below which ids the queue was found empty, for each target: so that a claim does not walk the index entries of all that
/// was claimed before and not vacuumed yet.
///
/// The mark keeps behind the clock by [`BEHIND`]: rows do not become visible in the order of their ids, for several loops
/// commit beside each other, and an id is as old as its decision. A mark at the last claimed id overlooked one row in ten
/// under load. What appears below the mark all the same (an action that is queued again, a node whose clock is behind by
/// more, a commit that took longer) is found when the mark is dropped, every second.
#[derive(Clone, Debug, Default)]
pub struct LowWater {
    marks: HashMap<String, Id>,
    dropped_at: Time,
}

/// How long rows below the mark may be overlooked, in microseconds.
const MARK_LASTS: i64 = 1_000_000;

/// How far the mark stays behind the clock, in microseconds: what a batch may take from its decisions to its commit.
const BEHIND: i64 = 1_000_000;

impl LowWater {
    pub(super) fn of(&mut self, target: &str, now: Time) -> Id {
        if now.0.abs_diff(self.dropped_at.0) >= MARK_LASTS.unsigned_abs() {
            self.marks.clear();
            self.dropped_at = now;
        }
        let oldest = (now.0 - BEHIND).max(0) / 1_000;
        let behind = Id::new(oldest.unsigned_abs(), 0, Shard(0), 0);
        self.marks.get(target).copied().unwrap_or_default().min(behind)
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
}
