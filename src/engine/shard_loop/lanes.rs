//! What executors hold by `lane` (see [`mistral_store::batch::Lane`]): when all actions of such a row have ended, it goes.
//!
//! Only a loop that has placed them all counts them. What is left where shards changed their owner, or where a commit failed, is found by
//! whoever buries dead nodes.

use crate::map::{Map, Set};
use mistral_model::{Id, Shard};
use mistral_store::batch::{Lane, LaneKey};

#[derive(Default)]
pub(in super::super) struct Lanes {
    /// By action.
    rows: Map<Id, LaneKey>,
    /// Actions of each row that have not ended.
    open: Map<LaneKey, usize>,
}

/// What the end of an action means to the row that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Ended {
    /// It is in none that is counted here.
    Elsewhere,
    Others,
    /// It was the last.
    Last(LaneKey),
}

impl Lanes {
    /// These rows are committed.
    pub(super) fn placed(&mut self, lanes: Vec<Lane>) {
        for lane in lanes {
            self.open.insert(lane.key, lane.actions.len());
            let key = lane.key;
            self.rows.extend(lane.actions.into_iter().map(|action| (action, key)));
        }
    }

    pub(in super::super) fn ended(&mut self, action: Id) -> Ended {
        let Some(key) = self.rows.remove(&action) else {
            return Ended::Elsewhere;
        };
        let Some(open) = self.open.get_mut(&key) else {
            return Ended::Others;
        };
        *open -= 1;
        if *open > 0 {
            return Ended::Others;
        }
        self.open.remove(&key);
        Ended::Last(key)
    }

    /// Others count on from here, or nobody does.
    pub(super) fn forget(&mut self, is_gone: impl Fn(Shard) -> bool) {
        let gone = |action: &Id| is_gone(action.shard());
        let lanes: Set<LaneKey> = self
            .rows
            .iter()
            .filter(|(action, _)| gone(action))
            .map(|(_, key)| *key)
            .collect();
        if !lanes.is_empty() {
            self.rows.retain(|action, _| !gone(action));
            self.open.retain(|key, _| !lanes.contains(key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(holder: u128, actions: &[Id]) -> Lane {
        let key = LaneKey {
            holder: Id(holder),
            id: actions[0],
        };
        Lane {
            key,
            actions: actions.to_vec(),
        }
    }

    #[test]
    fn a_row_goes_with_its_last_action() {
        let mut lanes = Lanes::default();
        let [a, b, c] = [1, 2, 3].map(Id);
        let (first, second) = (lane(7, &[a, b]), lane(8, &[c]));
        lanes.placed(vec![first.clone(), second.clone()]);
        assert_eq!(lanes.ended(a), Ended::Others);
        assert_eq!(lanes.ended(a), Ended::Elsewhere, "counted once");
        assert_eq!(lanes.ended(c), Ended::Last(second.key));
        assert_eq!(lanes.ended(b), Ended::Last(first.key));
        assert!(lanes.rows.is_empty() && lanes.open.is_empty());
    }

    #[test]
    fn a_row_of_which_somebody_else_has_a_part_is_left_to_others() {
        let mut lanes = Lanes::default();
        let ids: Vec<Id> = (1..=64_u128).map(|n| Id(n << 96 | n << 48 | n)).collect();
        let gone = ids[0].shard();
        let (mine, others): (Vec<Id>, Vec<Id>) = ids.iter().partition(|id| id.shard() != gone);
        lanes.placed(vec![lane(7, &ids)]);
        lanes.forget(|shard| shard == gone);
        assert!(others.iter().all(|id| lanes.ended(*id) == Ended::Elsewhere));
        assert!(mine.iter().all(|id| lanes.ended(*id) == Ended::Others));
        assert!(lanes.rows.is_empty() && lanes.open.is_empty());
    }
}
