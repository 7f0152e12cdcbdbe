//! What a join knows of its inbound tasks.

/// What was last seen of each inbound task, so that one that ends costs the same for ten of them as for ten thousand.
#[derive(Clone, Debug)]
pub(crate) struct Arrivals {
    seen: Vec<Seen>,
    fired: usize,
    failed: usize,
    /// Positions that have no execution yet: whether one may still come depends on more than themselves.
    absent: Vec<usize>,
    /// Positions to be looked at anew.
    marked: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Seen {
    Marked,
    Absent,
    Open,
    Fired,
    Failed,
}

impl Arrivals {
    /// Nothing seen yet of so many.
    pub(crate) fn new(count: usize) -> Arrivals {
        Arrivals {
            seen: vec![Seen::Marked; count],
            fired: 0,
            failed: 0,
            absent: Vec::new(),
            marked: (0..count).collect(),
        }
    }

    pub(super) fn mark(&mut self, position: usize) {
        match std::mem::replace(&mut self.seen[position], Seen::Marked) {
            Seen::Marked => return,
            Seen::Fired => self.fired -= 1,
            Seen::Failed => self.failed -= 1,
            Seen::Absent => self.absent.retain(|p| *p != position),
            Seen::Open => {}
        }
        self.marked.push(position);
    }

    pub(crate) fn set(&mut self, position: usize, seen: Seen) {
        self.seen[position] = seen;
        match seen {
            Seen::Fired => self.fired += 1,
            Seen::Failed => self.failed += 1,
            Seen::Absent => self.absent.push(position),
            Seen::Open | Seen::Marked => {}
        }
    }

    /// Positions to be looked at anew; each has to be [`Arrivals::set`].
    pub(crate) fn take_marked(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.marked)
    }

    pub(crate) fn fired(&self) -> usize {
        self.fired
    }

    pub(crate) fn failed(&self) -> usize {
        self.failed
    }

    pub(crate) fn absent(&self) -> &[usize] {
        &self.absent
    }
}
