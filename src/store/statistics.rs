//! Numbers of executions now, and of what was started and what ended in the past. Nothing costs more than its bound: what is more
//! is said to be more.

use crate::backend::Calling;
use mistral_model::State;

/// Entries of an index that one number may cost (67 pages for 10,000).
pub const INDEX_CAP: i64 = 10_000;

/// Rows that one number may cost, where no index has what is counted.
pub const ROW_CAP: i64 = 1_000;

/// Groups of an answer.
pub const GROUPS: i64 = 50;

/// What is counted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Microseconds; `i64::MIN` and `i64::MAX` without bounds.
    pub from: i64,
    pub until: i64,
    /// `None`: of all projects.
    pub project: Option<&'a str>,
}

/// A number, and whether there may be more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub count: i64,
    pub capped: bool,
}

/// Slots of durations: slot n counts what took less than 2^n milliseconds, the last one all that took longer.
pub const SLOTS: usize = 24;

/// A slice of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    pub at: i64,
    pub workflow_name: String,
    pub started: i64,
    pub succeeded: i64,
    pub failed: i64,
    pub cancelled: i64,
    pub tasks: i64,
    pub durations: [i64; SLOTS],
}

/// Which slices are wanted.
#[derive(Clone, Debug)]
pub struct Range<'a> {
    /// Seconds: 60, 3600, 86400.
    pub step: i32,
    pub from: i64,
    pub until: i64,
    pub project: Option<&'a str>,
    pub workflow: Option<&'a str>,
    pub by_workflow: bool,
    pub limit: i64,
}

/// Numbers.
pub trait Statistics: Send + Sync {
    /// How many executions are in each of these states; SUCCESS among the newest of the range.
    fn in_states<'a>(&'a self, states: &'a [State], wanted: &'a Wanted<'a>) -> Calling<'a, Vec<Count>>;
    /// The newest executions of a workflow by state, and whether there are more.
    fn of_workflow<'a>(&'a self, name: &'a str, wanted: &'a Wanted<'a>) -> Calling<'a, (Vec<(State, i64)>, bool)>;
    /// The newest executions by workflow, the most frequent first, and whether there are more; of one state if one is given.
    fn by_workflow<'a>(
        &'a self,
        state: Option<State>,
        wanted: &'a Wanted<'a>,
    ) -> Calling<'a, (Vec<(String, i64)>, bool)>;
    /// What was counted.
    fn activity<'a>(&'a self, range: &'a Range<'a>) -> Calling<'a, Vec<Slice>>;
}
