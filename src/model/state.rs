//! States of executions, tasks and actions, and which may follow which.

use std::fmt;
use std::str::FromStr;

/// The states of upstream, under the names that clients see. The number is what the database stores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[repr(i16)]
pub enum State {
    #[default]
    Idle = 0,
    Waiting = 1,
    Running = 2,
    /// Running, but waiting for a delay (`RUNNING_DELAYED` inside upstream).
    Delayed = 3,
    Paused = 4,
    Success = 5,
    Cancelled = 6,
    Error = 7,
    /// Tasks only.
    Skipped = 8,
}

use State::*;

/// All of them, in the order of their numbers.
pub const ALL: [State; 9] = [
    Idle, Waiting, Running, Delayed, Paused, Success, Cancelled, Error, Skipped,
];

/// The transition table: `From --> To`, upstream's `workflow/states.py`. A state may always be set again.
pub const TRANSITIONS: &[(State, &[State])] = &[
    (Idle, &[Running, Error, Cancelled]),
    (Waiting, &[Running]),
    (Running, &[Paused, Delayed, Success, Error, Cancelled]),
    (Delayed, &[Running, Error, Cancelled]),
    (Paused, &[Running, Error, Cancelled]),
    (Success, &[]),
    (Cancelled, &[Running]),
    (Error, &[Running, Skipped]),
    (Skipped, &[]),
];

impl State {
    pub fn name(self) -> &'static str {
        match self {
            Idle => "IDLE",
            Waiting => "WAITING",
            Running => "RUNNING",
            Delayed => "DELAYED",
            Paused => "PAUSED",
            Success => "SUCCESS",
            Cancelled => "CANCELLED",
            Error => "ERROR",
            Skipped => "SKIPPED",
        }
    }

    /// Nothing more happens by itself.
    pub fn is_completed(self) -> bool {
        matches!(self, Success | Error | Cancelled | Skipped)
    }

    /// Whether the table allows `self` → `to`.
    pub fn may_become(self, to: State) -> bool {
        self == to
            || TRANSITIONS
                .iter()
                .any(|(from, targets)| *from == self && targets.contains(&to))
    }

    pub fn from_number(n: i16) -> Option<State> {
        ALL.get(usize::try_from(n).ok()?).copied()
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown state: {0}")]
pub struct Unknown(pub String);

impl FromStr for State {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<State, Unknown> {
        ALL.into_iter()
            .find(|s| s.name() == text)
            .ok_or_else(|| Unknown(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_round_trip() {
        for state in ALL {
            assert_eq!(State::from_number(state as i16), Some(state));
            assert_eq!(state.name().parse(), Ok(state));
            assert!(state.may_become(state));
        }
        assert_eq!(State::from_number(9), None);
        assert_eq!(State::from_number(-1), None);
    }

    #[test]
    fn every_state_has_a_row() {
        let rows: Vec<State> = TRANSITIONS.iter().map(|(from, _)| *from).collect();
        assert_eq!(rows, ALL);
        assert!(!Paused.may_become(Success) && !Success.may_become(Running) && Error.may_become(Skipped));
    }
}
