//! What the owner shows of the state: whoever wants to know how much room there is asks nobody.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::Load;
use super::state::Room;

/// As it was at the end of the owner's last turn.
#[derive(Default)]
pub(super) struct Shown {
    pub slots: Places,
    pub timers: Places,
    /// Lapses of the lease after which jobs may begin again.
    lapses: AtomicU64,
    running: AtomicUsize,
    backlog: AtomicUsize,
    waiting: AtomicUsize,
    undelivered: AtomicUsize,
}

/// Places of one kind.
#[derive(Default)]
pub(super) struct Places {
    free: AtomicUsize,
    /// Jobs that were sent for them, and that the owner had not seen when it last told how many are free.
    arriving: AtomicUsize,
}

impl Places {
    /// So many jobs are about to be sent.
    pub(super) fn arrive(&self, jobs: usize) {
        self.arriving.fetch_add(jobs, Ordering::AcqRel);
    }

    /// Places that nobody has taken.
    pub(super) fn left(&self) -> usize {
        // In this order: who does not see jobs arrive any more sees what they left.
        let arriving = self.arriving.load(Ordering::Acquire);
        self.free.load(Ordering::Acquire).saturating_sub(arriving)
    }

    /// So many are free, and so many jobs have arrived. Whether there are some where nobody saw any.
    fn show(&self, free: usize, arrived: usize) -> bool {
        let had_none = self.left() == 0;
        self.free.store(free, Ordering::Release);
        self.arriving.fetch_sub(arrived, Ordering::AcqRel);
        had_none && self.left() > 0
    }
}

/// Jobs by what they take.
#[derive(Clone, Copy, Default)]
pub(super) struct Arrivals {
    pub slots: usize,
    pub timers: usize,
}

impl Shown {
    /// `true`: there is room where nobody saw any.
    pub(super) fn show(&self, room: &Room, arrived: Arrivals, lapses: u64, load: Load) -> bool {
        self.running.store(load.running, Ordering::Relaxed);
        self.backlog.store(load.backlog, Ordering::Relaxed);
        self.waiting.store(load.waiting, Ordering::Relaxed);
        self.undelivered.store(load.undelivered, Ordering::Relaxed);
        let resumed = self.lapses.swap(lapses, Ordering::AcqRel) != lapses;
        let slots = self.slots.show(room.slots, arrived.slots);
        let timers = self.timers.show(room.timers, arrived.timers);
        resumed || slots || timers
    }

    pub(super) fn lapses(&self) -> u64 {
        self.lapses.load(Ordering::Acquire)
    }

    pub(super) fn load(&self) -> Load {
        Load {
            running: self.running.load(Ordering::Relaxed),
            backlog: self.backlog.load(Ordering::Relaxed),
            waiting: self.waiting.load(Ordering::Relaxed),
            undelivered: self.undelivered.load(Ordering::Relaxed),
        }
    }
}
