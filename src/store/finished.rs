//! Executions in the order of their creation, for whoever looks for finished ones to delete.

use crate::backend::Calling;

use mistral_model::{Id, State, Time};

/// A place in the order of executions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub created_at: Time,
    pub id: Id,
}

impl Key {
    /// Before all executions.
    pub const START: Key = Key {
        created_at: Time(i64::MIN),
        id: Id(0),
    };

    /// Before all executions that were created at this time or later.
    pub fn before(time: Time) -> Key {
        Key {
            created_at: time,
            id: Id(0),
        }
    }

    /// The place just before this one.
    pub fn previous(self) -> Key {
        match self.id.0.checked_sub(1) {
            Some(id) => Key { id: Id(id), ..self },
            None => Key {
                created_at: Time(self.created_at.0.saturating_sub(1)),
                id: Id(u128::MAX),
            },
        }
    }
}

/// What the walk sees of an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub key: Key,
    /// No sub-workflow.
    pub is_root: bool,
    pub state: State,
    /// When the row last changed; for a finished execution that is when it ended.
    pub changed_at: Time,
}

pub trait Executions: Send + Sync {
    /// The oldest executions behind `after` that were created before `until`.
    fn oldest(&self, after: Key, until: Time, limit: usize) -> Calling<'_, Vec<Seen>>;
    /// The newest executions between `before` and `floor`, the newest first.
    fn newest(&self, before: Key, floor: Key, limit: usize) -> Calling<'_, Vec<Seen>>;
}
