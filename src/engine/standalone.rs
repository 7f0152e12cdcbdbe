//! Actions that were run by themselves (REST `POST /action_executions`, §13.3): who waits for their end, and which of them
//! leave no row.

use std::collections::BTreeMap;

use mistral_flow::{ActionIndex, Tree};
use mistral_model::Id;
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::{Response, RunAction};

use super::event::Event;

/// What to do with a stand-alone action once it has been started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Answer at once; the row stays.
    Saved,
    /// Answer at the end; the row stays.
    WaitSaved,
    /// Answer at the end; no row is left.
    WaitUnsaved,
}

impl Mode {
    pub(crate) fn of(run: &RunAction, is_sync: bool) -> Mode {
        match (run.save_result, run.run_sync) {
            _ if !is_sync => Mode::Saved,
            (true, false) => Mode::Saved,
            (true, true) => Mode::WaitSaved,
            (false, _) => Mode::WaitUnsaved,
        }
    }
}

/// What the caller of a stand-alone action is told of it. Who waits for a result that is too large is refused.
pub(super) fn answer(tree: &Tree, a: ActionIndex, mode: Mode) -> Result<Response, Refusal> {
    match tree.refusal(a) {
        Some(text) if mode != Mode::Saved => Err(Refusal::new(Kind::Invalid, &**text)),
        _ => Ok(Response::Action(Box::new(tree.action_row(a)))),
    }
}

/// Callers that wait for the end of a stand-alone action, by its id: one, and copies of its request where its sender could not know
/// that it had arrived. Ordered, so that what is decided again is decided in one order.
pub(super) type Waiting = BTreeMap<Id, Vec<(Event, Mode)>>;

/// Their events, in order.
pub(super) fn events(waiting: impl IntoIterator<Item = Vec<(Event, Mode)>>) -> impl Iterator<Item = Event> {
    waiting.into_iter().flatten().map(|(event, _)| event)
}
