//! How far the action queue is known to be empty.

use std::collections::HashMap;
use std::time::Duration;

/// The turns in which actions are claimed, 0 first: `Queued::turn`. Within one, the oldest come first.
pub const TURNS: i16 = 5;

/// Each such claim takes the turns from the last to the first, so that what is in the last gets an eighth of the places at least.
const TURNED_ROUND: u32 = 8;

use mistral_model::id::Shard;
use mistral_model::{Id, Time};

/// Where to look, in this order: three columns of as many rows.
#[derive(Debug, PartialEq, Eq)]
pub struct Looks<'a> {
    pub targets: Vec<&'a str>,
    pub turns: Vec<i16>,
    pub low: Vec<Id>,
}

/// Below which ids the queue was found empty, for each target and turn: so that a claim does not walk the index entries of all that
/// was claimed before and not vacuumed yet.
///
/// The mark keeps behind the clock by [`BEHIND`]: rows do not become visible in the order of their ids, for several loops
/// commit beside each other, and an id is as old as its decision. A mark at the last claimed id overlooked one row in ten
/// under load. What appears below the mark all the same (an action that is queued again, a node whose clock is behind by
/// more, a commit that took longer) is found when the mark is dropped: every second, or less often
/// while a claim without a mark takes long (when somebody holds an old snapshot, it walks over everything that was claimed since).
#[derive(Clone, Debug, Default)]
pub struct LowWater {
    marks: HashMap<String, [Id; TURNS as usize]>,
    dropped_at: Time,
    claims: u32,
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
    /// Where a claim looks: each target with all its turns, before the next target.
    pub fn claim<'a>(&mut self, targets: &[&'a str], now: Time) -> Looks<'a> {
        self.claims = self.claims.wrapping_add(1);
        let mut looks = self.looks(targets, now);
        if self.claims.is_multiple_of(TURNED_ROUND) {
            let turns = usize::from(TURNS.unsigned_abs());
            looks.turns.chunks_mut(turns).for_each(<[i16]>::reverse);
            looks.low.chunks_mut(turns).for_each(<[Id]>::reverse);
        }
        looks
    }

    /// Where to look for all that waits for these targets.
    pub fn looks<'a>(&mut self, targets: &[&'a str], now: Time) -> Looks<'a> {
        let behind = self.behind(now);
        let mut looks = Looks {
            targets: Vec::new(),
            turns: Vec::new(),
            low: Vec::new(),
        };
        for target in targets {
            let marks = self.marks.get(*target).copied().unwrap_or_default();
            for (turn, mark) in (0..).zip(marks) {
                looks.targets.push(target);
                looks.turns.push(turn);
                looks.low.push(mark.min(behind));
            }
        }
        looks
    }

    /// Drops the marks when it is time. Returns how far they may be believed.
    fn behind(&mut self, now: Time) -> Id {
        let lasts = (self.cost.unwrap_or(0) * SHARE).clamp(MARK_LASTS, MARK_LASTS_AT_MOST);
        if now.0.abs_diff(self.dropped_at.0) >= lasts.unsigned_abs() {
            self.marks.clear();
            self.dropped_at = now;
            self.cost = None;
        }
        let oldest = (now.0 - BEHIND).max(0) / 1_000;
        Id::new(oldest.unsigned_abs(), 0, Shard(0), 0)
    }

    /// A claim with these marks took this long.
    pub fn took(&mut self, time: Duration) {
        if self.cost.is_none() {
            self.cost = Some(
                i64::try_from(time.as_micros())
                    .unwrap_or(i64::MAX / SHARE)
                    .min(MARK_LASTS_AT_MOST),
            );
        }
    }

    /// Everything up to this id has been claimed, by us or by those whose rows were skipped.
    pub fn raise(&mut self, target: &str, turn: i16, claimed: Id) {
        let marks = match self.marks.get_mut(target) {
            Some(marks) => marks,
            None => self.marks.entry(target.to_owned()).or_default(),
        };
        if let Some(mark) = usize::try_from(turn).ok().and_then(|turn| marks.get_mut(turn)) {
            *mark = claimed.max(*mark);
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

    /// The mark of one target and turn.
    fn of(low: &mut LowWater, target: &str, turn: usize, now: Time) -> Id {
        low.looks(&[target], now).low[turn]
    }

    #[test]
    fn marks_rise_behind_the_clock_and_are_dropped() {
        let mut low = LowWater::default();
        let start = Time(10_000_000);
        assert_eq!(of(&mut low, "", 0, start), Id(0));
        low.raise("", 0, id(8_000_000));
        low.raise("", 0, id(7_000_000));
        assert_eq!(of(&mut low, "", 0, Time(start.0 + 999_999)), id(8_000_000));
        assert_eq!(of(&mut low, "", 1, start), Id(0));
        assert_eq!(of(&mut low, "host", 0, start), Id(0));
        // What was decided within the last second may not be visible yet.
        low.raise("", 0, id(9_990_000));
        assert_eq!(of(&mut low, "", 0, start), id(9_000_000));
        assert_eq!(of(&mut low, "", 0, Time(start.0 + 1_000_000)), Id(0));
        // From a version with more turns.
        low.raise("", TURNS, id(8_000_000));
        low.raise("", -1, id(8_000_000));
        assert!(low.looks(&[""], start).low.iter().all(|mark| *mark == Id(0)));
    }

    #[test]
    fn dear_claims_without_a_mark_are_rare() {
        let mut low = LowWater::default();
        let start = Time(10_000_000);
        of(&mut low, "", 2, start);
        low.took(Duration::from_millis(100));
        low.raise("", 2, Id(7));
        low.took(Duration::from_millis(1));
        assert_eq!(of(&mut low, "", 2, Time(start.0 + 4_900_000)), Id(7));
        assert_eq!(of(&mut low, "", 2, Time(start.0 + 5_000_000)), Id(0));
        low.took(Duration::from_secs(60));
        low.raise("", 2, Id(7));
        assert_eq!(of(&mut low, "", 2, Time(start.0 + 14_900_000)), Id(7));
        assert_eq!(of(&mut low, "", 2, Time(start.0 + 15_000_000)), Id(0));
    }

    #[test]
    fn one_claim_in_eight_begins_with_the_last_turn() {
        let mut low = LowWater::default();
        low.raise("host", 4, Id(7));
        for n in 1..=16 {
            let looks = low.claim(&["host", ""], Time(10_000_000));
            assert_eq!(looks.targets[..5], ["host"; 5]);
            let (turns, marked) = if n % 8 == 0 {
                ([4, 3, 2, 1, 0], 0)
            } else {
                ([0, 1, 2, 3, 4], 4)
            };
            assert_eq!((&looks.turns[..5], &looks.turns[5..]), (&turns[..], &turns[..]));
            // The first look drops all marks.
            if n > 1 {
                assert_eq!(looks.low.iter().position(|mark| *mark == Id(7)), Some(marked));
            }
            low.raise("host", 4, Id(7));
        }
    }
}
