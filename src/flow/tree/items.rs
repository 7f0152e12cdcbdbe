//! Progress of a with-items task (§10).

use std::collections::BTreeSet;
use std::sync::Arc;

use mistral_model::{Dict, State, Str, Value};

/// Variables with their lists, all of one length.
pub(crate) type ItemLists = Arc<Vec<(Str, Arc<Vec<Value>>)>>;

/// What is stored of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Items {
    pub count: i64,
    /// Free places; absent without a concurrency policy.
    pub capacity: Option<i64>,
    pub(crate) progress: Progress,
}

/// Counters beside the rows, so that an item's completion costs the same for ten items as for ten thousand. They follow from
/// the rows of the items.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    /// Evaluated lists of this attempt; absent after a load.
    pub(crate) values: Option<ItemLists>,
    pub(crate) accepted: i64,
    pub(crate) running: i64,
    pub(crate) failed: i64,
    pub(crate) cancelled: i64,
    /// Lowest index that was never started.
    pub(crate) next: i64,
    /// Started before, to be run again.
    pub(crate) again: BTreeSet<i64>,
}

impl Items {
    pub(crate) fn new(count: i64, capacity: Option<i64>) -> Items {
        Items {
            count,
            capacity,
            progress: Progress::default(),
        }
    }

    pub(crate) fn has_unstarted(&self) -> bool {
        !self.progress.again.is_empty() || self.progress.next < self.count
    }

    pub(in crate::tree) fn to_value(&self) -> Value {
        let mut dict = Dict::default();
        dict.insert("count".into(), Value::Int(self.count));
        dict.insert("capacity".into(), Value::from(self.capacity));
        Value::dict(dict)
    }

    pub(in crate::tree) fn from_value(value: &Value) -> Items {
        Items::new(
            value.get("count").and_then(Value::as_i64).unwrap_or(0),
            value.get("capacity").and_then(Value::as_i64),
        )
    }
}

impl Progress {
    /// Counts items by state, index and acceptance.
    pub(crate) fn count(items: impl Iterator<Item = (State, i64, bool)>) -> Progress {
        let mut counted = Progress::default();
        let mut done = BTreeSet::new();
        for (state, index, accepted) in items {
            counted.next = counted.next.max(index + 1);
            match (state.is_completed(), accepted) {
                (true, true) => {
                    counted.ended(state);
                    done.insert(index);
                }
                (true, false) => {
                    counted.again.insert(index);
                }
                (false, _) => {
                    counted.running += 1;
                    done.insert(index);
                }
            }
        }
        counted.again.retain(|index| !done.contains(index));
        counted
    }

    pub(crate) fn started(&mut self, index: i64) {
        self.again.remove(&index);
        self.next = self.next.max(index + 1);
        self.running += 1;
    }

    pub(crate) fn ended(&mut self, state: State) {
        self.accepted += 1;
        self.failed += i64::from(state == State::Error);
        self.cancelled += i64::from(state == State::Cancelled);
    }
}
