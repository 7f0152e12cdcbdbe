//! Requests of other processes that a loop has seen last: one may come twice, over a connection and through the inbox, or twice
//! through the inbox.

use std::collections::VecDeque;

use crate::map::Map;
use mistral_model::Id;

/// How many are remembered: a second copy follows the first within the time that a connection takes to end, or some failed calls.
const REMEMBERED: usize = 16_384;

#[derive(Default)]
pub(super) struct Requests {
    /// Whether the request came through the inbox and is committed: its answer is on the way, and it must not be carried out again.
    /// Pausing twice is not pausing once if somebody resumed in between.
    known: Map<Id, bool>,
    order: VecDeque<Id>,
}

impl Requests {
    /// Notes a request; whether it was known.
    pub(super) fn see(&mut self, request_id: Id) -> bool {
        if self.known.contains_key(&request_id) {
            return true;
        }
        self.known.insert(request_id, false);
        self.order.push_back(request_id);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        false
    }

    /// A request that came through the inbox is committed.
    pub(super) fn done(&mut self, request_id: Id) {
        self.see(request_id);
        self.known.insert(request_id, true);
    }

    pub(super) fn is_done(&self, request_id: Id) -> bool {
        self.known.get(&request_id).copied().unwrap_or_default()
    }
}
