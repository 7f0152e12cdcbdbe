//! What `tasks()` and `executions()` of expressions show.

use crate::backend::Calling;
use mistral_model::Value;

use mistral_model::{Id, State, Time};

/// What an expression asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    pub execution_id: Option<Id>,
    pub root_id: Option<Id>,
    pub state: Option<State>,
    pub from: Option<Time>,
    pub until: Option<Time>,
    pub recursive: bool,
    /// Leave out workflow tasks that have a child in the same state.
    pub flat: bool,
    pub project: Option<&'a str>,
}

/// Look-ups of expressions.
pub trait Lookups: Send + Sync {
    /// The mappings that `executions(…)` gives.
    fn executions<'a>(&'a self, wanted: &'a Wanted<'a>) -> Calling<'a, Vec<Value>>;
    /// The mappings that `tasks(…)` gives.
    fn tasks<'a>(&'a self, wanted: &'a Wanted<'a>) -> Calling<'a, Vec<Value>>;
}
