//! How far the action queue is known to be empty.

use std::collections::HashMap;

use mistral_model::{Id, Time};

/// Below which ids the queue was found empty, for each target: so that a claim does not walk the index entries of all that
/// was claimed before and not vacuumed yet. Rows may appear below the mark (an action that is queued again, a node whose
/// clock is behind), so it is dropped every second.
#[derive(Clone, Debug, Default)]
pub struct LowWater {
    marks: HashMap<String, Id>,
    dropped_at: Time,
}

/// How long rows below the mark may be overlooked, in microseconds.
const MARK_LASTS: i64 = 1_000_000;

impl LowWater {
    pub(super) fn of(&mut self, target: &str, now: Time) -> Id {
        if now.0.abs_diff(self.dropped_at.0) >= MARK_LASTS.unsigned_abs() {
            self.marks.clear();
            self.dropped_at = now;
        }
        self.marks.get(target).copied().unwrap_or_default()
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

    #[test]
    fn marks_rise_and_are_dropped() {
        let mut low = LowWater::default();
        let start = Time(10_000_000);
        assert_eq!(low.of("", start), Id(0));
        low.raise("", Id(7));
        low.raise("", Id(5));
        assert_eq!(low.of("", Time(start.0 + 999_999)), Id(7));
        assert_eq!(low.of("host", start), Id(0));
        assert_eq!(low.of("", Time(start.0 + 1_000_000)), Id(0));
    }
}
