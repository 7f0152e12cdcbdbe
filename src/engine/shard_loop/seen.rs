//! What simulations are to reach, counted for each thread.

use std::cell::Cell;

/// Rare ways.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// A tree of which only the executions were read that somebody asked something of.
    Part,
    /// Such a tree, of which something else was wanted after all.
    PartNotEnough,
    /// A turn that ended while a pause or a resume was on its way down.
    Spreading,
    /// The same of a tree that was read.
    SpreadingWhenRead,
    /// Trees that grow left the machine to others for a moment.
    Resting,
    /// A cancel that did not wait for its tree to be read.
    Ahead,
    /// The same of a deletion.
    DeletedAhead,
}

thread_local! {
    static SEEN: [Cell<u64>; 7] = const { [const { Cell::new(0) }; 7] };
}

pub(super) fn note(way: Way) {
    SEEN.with(|seen| seen[way as usize].set(seen[way as usize].get() + 1));
}

pub(crate) fn count(way: Way) -> u64 {
    SEEN.with(|seen| seen[way as usize].get())
}
