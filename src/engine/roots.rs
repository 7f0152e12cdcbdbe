//! Where new roots lie.
//!
//! What was started together goes on together, and a batch that names few shards has few rows to hold: with a shard drawn for each
//! root, a step of a chain cost one lock of a row (54 bytes of log) more. So roots lie in some shards at a time; and while so few are
//! started that loops would share what comes to no use, in one, whose loop commits all of it together.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use mistral_model::Shard;

use super::handle::Shared;

/// New roots lie in so many shards at a time: no fewer than loops, and enough that engines in other processes get some of them.
const BESIDE: u64 = 16;
/// After so many, in others.
const TOGETHER: u64 = 1_024;

/// Messages that wait in the mailbox of a loop that has enough to do. Others begin executions instead, until their trees grow as well.
const CROWDED: usize = 64;

/// New roots that lie in one shard while commits hold few events. Then another loop has its turn: each has a part of the memory for
/// trees. So it has when they have grown by a sixteenth of that part. Each change splits batches in two: with 64 in a row 16 clients made
/// 9.0k starts/s in batches of 5.9, with 1,024 10.0k in batches of 6.5 (medians of five turns); 8,192 were no faster.
const IN_A_ROW: u64 = 1_024;

/// Messages that wait in the mailbox of a loop that is to have all new roots, and has something else to do.
const BUSY: usize = 8;

/// How far a process has come with its shards.
#[derive(Default)]
pub(crate) struct Roots {
    /// New roots so far.
    started: AtomicU64,
    /// The first of the shards that they lie in at the moment.
    first: AtomicU8,
    /// Number of the turn that one loop has.
    turn: AtomicU64,
    /// New roots when it began.
    began: AtomicU64,
    /// The shard whose turn it is, and above it the number of the turn, and one more; 0: none was found yet.
    shard: AtomicU64,
}

impl Roots {
    /// The shard of one of these loops whose turn it is, at the start of root number `count`. Loops take turns, and each goes through
    /// its shards.
    fn of_turn(&self, count: u64, loops: usize, owner: impl Fn(Shard) -> Option<usize>) -> Option<Shard> {
        if count.saturating_sub(self.began.load(Ordering::Relaxed)) >= IN_A_ROW {
            self.pass(count);
        }
        let turn = self.turn.load(Ordering::Relaxed);
        let kept = self.shard.load(Ordering::Relaxed);
        let shard = Shard(kept as u8);
        if kept >> 8 == turn + 1 && owner(shard).is_some() {
            return Some(shard);
        }
        let loops = loops.max(1) as u64;
        let number = (turn % loops) as usize;
        let own: Vec<Shard> = (0..=255).map(Shard).filter(|s| owner(*s) == Some(number)).collect();
        let at = (turn / loops).checked_rem(own.len() as u64)?;
        let shard = *own.get(at as usize)?;
        self.shard
            .store((turn + 1) << 8 | u64::from(shard.0), Ordering::Relaxed);
        Some(shard)
    }

    /// The next loop has its turn.
    fn pass(&self, count: u64) {
        // Of several that find it over, the second gives it on too early, which does no harm.
        self.began.store(count, Ordering::Relaxed);
        self.turn.fetch_add(1, Ordering::Relaxed);
    }

    /// Trees of this loop have grown: if it has its turn, the next one has it.
    pub(crate) fn grown(&self, number: usize, loops: usize) {
        let turn = self.turn.load(Ordering::Relaxed);
        if turn % loops.max(1) as u64 == number as u64 {
            self.pass(self.started.load(Ordering::Relaxed));
        }
    }
}

impl Shared {
    /// The shard of a new root: one of this process, if it owns any, so that a start needs no other process.
    pub(crate) fn shard_of_next(&self) -> Shard {
        let count = self.roots.started.fetch_add(1, Ordering::Relaxed);
        if count.is_multiple_of(TOGETHER) {
            self.roots.first.store(self.ids.random() as u8, Ordering::Relaxed);
        }
        if !self.traffic.is_growing()
            && let Some(shard) = self.shard_of_one_loop(count)
        {
            return shard;
        }
        let first = self.roots.first.load(Ordering::Relaxed);
        let of = |step: u64| Shard(first.wrapping_add(((count + step) % BESIDE) as u8));
        let shard = match self.traffic.is_growing() {
            true => self.least_busy((0..BESIDE).map(of)).unwrap_or_else(|| of(0)),
            false => of(0),
        };
        let from_there = (0..=255).map(|n: u8| Shard(shard.0.wrapping_add(n)));
        let mut own = from_there.filter(|shard| self.owner(*shard).is_some());
        own.next().unwrap_or(shard)
    }

    /// While commits hold few events: the shard whose turn it is, if its loop is not busy.
    fn shard_of_one_loop(&self, count: u64) -> Option<Shard> {
        if !self.traffic.is_thin() {
            return None;
        }
        let owner = |shard| self.owner(shard);
        let shard = self.roots.of_turn(count, self.options.loops, owner)?;
        let number = self.owner(shard)?;
        (self.waiting(number)? < BUSY).then_some(shard)
    }

    /// Where a new root waits least, while trees grow.
    fn least_busy(&self, shards: impl Iterator<Item = Shard>) -> Option<Shard> {
        let is_crowded = |number: usize| self.waiting(number).is_some_and(|waiting| waiting >= CROWDED);
        shards.min_by_key(|shard| self.traffic.wait_in(*shard, self.owner(*shard), is_crowded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_take_turns_with_what_they_own() {
        let roots = Roots::default();
        // Two loops of a process that owns every third shard.
        let owner = |shard: Shard| shard.0.is_multiple_of(3).then_some(usize::from(shard.0 % 2));
        let next = |count: u64| roots.of_turn(count, 2, owner);
        let turns: Vec<Option<Shard>> = (0..6).map(|turn| next(turn * IN_A_ROW)).collect();
        assert_eq!(turns, [0, 3, 6, 9, 12, 15].map(|shard| Some(Shard(shard))));
        assert_eq!(next(6 * IN_A_ROW - 1), Some(Shard(15)), "the same turn");
        roots.started.store(6 * IN_A_ROW - 1, Ordering::Relaxed);
        roots.grown(0, 2);
        assert_eq!(next(6 * IN_A_ROW - 1), Some(Shard(15)), "it is the other's turn");
        roots.grown(1, 2);
        assert_eq!(next(6 * IN_A_ROW - 1), Some(Shard(18)));
        let lost = |shard: Shard| owner(shard).filter(|_| shard.0 != 18);
        let count = 6 * IN_A_ROW;
        assert_eq!(roots.of_turn(count, 2, lost), Some(Shard(24)), "it went elsewhere");
        assert_eq!(roots.of_turn(count, 2, |_| None), None);
        let other = |shard: Shard| owner(shard).filter(|number| *number == 1);
        assert_eq!(roots.of_turn(count, 2, other), None, "a loop without shards");
    }
}
