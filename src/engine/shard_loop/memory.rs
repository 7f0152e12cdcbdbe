//! Which trees stay in memory.

use tokio::time::Instant;

use mistral_flow::Gone;
use mistral_model::{Id, State};

use super::super::event::{Event, What};
use super::{Live, ShardLoop};
use crate::Options;

/// A tree that was read stays at least so many times as long as its reading took. One that is larger than all may be together would
/// leave after each piece of its work, and do nothing but be read: 20,000 items within 16 MB took 70 s.
pub(super) const STAYS: u32 = 8;
/// Up to so many rows an execution that has ended is one that somebody may have waited for: trees that grow rest meanwhile. With every
/// commit of other trees counted as one, `loadtest run -s join -n 1000 -c 16 --executor-lane` fell from 13,000 tasks/s to 7,700.
const SMALL: usize = 256;
/// Rows from which a tree is dropped where that blocks nobody: the loop would have 0.5 ms of it.
const LARGE: usize = 2_000;

/// Rows from which what has left a tree is dropped elsewhere.
pub(super) const MANY: usize = 200;
/// Tasks of one tree that one commit looks at for what may leave: more than a batch ends, in a millisecond.
const LOOKS: usize = 2_048;

/// Which trees let rows go that they are done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thrift {
    /// There is room.
    None,
    /// Those that nobody asks for such rows, as far as is known, and that were not read not long ago: they would be read again.
    Some,
    All,
}

impl Thrift {
    /// For trees that take so much.
    pub(super) fn of(total: usize, options: &Options) -> Thrift {
        match total {
            total if total < options.tree_thrift => Thrift::None,
            total if total <= most_of_all(options.tree_memory, options.tree_memory_ceiling) => Thrift::Some,
            _ => Thrift::All,
        }
    }

    /// Takes out of memory what a tree is done with, whose rows are all in a batch.
    pub(super) fn relieve(self, live: &mut Live) -> Gone {
        let stays = || live.looks_back || live.stays_until.is_some_and(|until| Instant::now() < until);
        if self == Thrift::None || self == Thrift::Some && stays() {
            return Gone::default();
        }
        let gone = live.tree.let_go(LOOKS);
        live.weight = live.weight.saturating_sub(gone.weight);
        gone
    }
}

/// What may be in memory in spite of having been read not long ago.
fn most_of_all(most: usize, ceiling: usize) -> usize {
    match ceiling {
        0 => most * 2,
        ceiling => most.max(ceiling),
    }
}

/// A tree that only waits.
struct Idle {
    id: Id,
    weight: usize,
    /// Events of the loop since it was last decided about.
    unused: u64,
    /// It was read not long ago.
    stays: bool,
}

/// Which trees leave, in order, where all together weigh `total` and may weigh `most`: large ones and those that were not used for long
/// first. Those that were read not long ago stay as long as the ceiling (0: none) allows.
fn leaving(mut idle: Vec<Idle>, mut total: usize, most: usize, ceiling: usize) -> Vec<Id> {
    idle.sort_unstable_by_key(|tree| {
        let worth = u128::from(tree.unused) * tree.weight as u128;
        std::cmp::Reverse((!tree.stays, worth, tree.id))
    });
    let mut leaving = Vec::new();
    for tree in idle {
        let enough = match tree.stays {
            // Some room, so that it is not done again for the next tree.
            false => most - most / 8,
            true => most_of_all(most, ceiling),
        };
        if total <= enough {
            break;
        }
        total = total.saturating_sub(tree.weight);
        leaving.push(tree.id);
    }
    leaving
}

impl ShardLoop {
    /// A finished tree leaves memory as soon as its last change is committed, and so does one that was only looked at (after a
    /// take-over that is all that are open).
    pub(super) fn drop_if_done(&mut self, root: Id) {
        let rests = |live: &Live| live.is_looked_at && live.tree.is_idle() && !self.waiting.contains_key(&root);
        if let Some(live) = self.trees.get(&root)
            && self.is_committed(live.batch)
            && (live.deleted || live.is_ahead || live.tree.is_finished() || rests(live))
        {
            if live.tree.size() <= SMALL && live.tree.is_finished() {
                self.shared.traffic.serves();
            }
            self.let_go(root);
        }
    }

    /// Takes a tree out of memory; returns what it took there.
    fn let_go(&mut self, root: Id) -> usize {
        let Some(live) = self.trees.remove(&root) else { return 0 };
        let weight = live.weight;
        if live.tree.size() >= LARGE && self.shared.options.threads {
            self.runtime.spawn_blocking(move || drop(live));
        }
        weight
    }

    /// From three quarters of what all together may take, trees let go what they are done with. Those that only wait leave memory
    /// beyond the whole: large ones first, and those that were not used for long. They are read again when something happens to them. Where that is not enough, the largest that runs is paused,
    /// one after the other, so that it can leave.
    pub(super) fn bound_memory(&mut self) {
        let most = self.shared.options.tree_memory;
        // Looking at all of them costs: once per sixteenth of what they may grow to.
        if self.grown < most / 16 {
            return;
        }
        self.grown = 0;
        self.shared.roots.grown(self.number, self.shared.options.loops);
        let held: usize = self.trees.values().map(|live| live.weight).sum();
        let mut total = held + self.away.values().map(|away| away.weight).sum::<usize>();
        let ceiling = self.shared.options.tree_memory_ceiling;
        self.thrift = Thrift::of(total, &self.shared.options);
        if total <= most {
            return;
        }
        let (decisions, now) = (self.decisions, Instant::now());
        let idle = self
            .trees
            .iter()
            .filter(|(id, live)| live.tree.is_idle() && self.is_committed(live.batch) && !self.waiting.contains_key(id))
            .map(|(id, live)| Idle {
                id: *id,
                weight: live.weight,
                unused: decisions - live.used + 1,
                stays: live.stays_until.is_some_and(|until| now < until),
            })
            .collect();
        for id in leaving(idle, total, most, ceiling) {
            total = total.saturating_sub(self.let_go(id));
        }
        if ceiling > 0 && total > ceiling {
            self.relieve(total);
            // Until there is room, after each commit.
            self.grown = most;
        }
    }

    /// Pauses the largest tree that runs.
    fn relieve(&mut self, total: usize) {
        let runs = |live: &Live| !live.deleted && live.tree.state() == Some(State::Running);
        let here = self.trees.iter().filter(|(_, live)| runs(live));
        let here = here.map(|(id, live)| (!live.tree.is_idle(), live.weight, *id));
        let away = self
            .away
            .iter()
            .filter(|(_, away)| away.weight > 0 && !away.is_relieved);
        let away = away.map(|(id, away)| (true, away.weight, *id));
        // One that only waits may leave when the commit under way is over.
        let Some((_, weight, root)) = here.chain(away).max() else {
            return;
        };
        tracing::warn!(root = %root, mb = weight >> 20, all_mb = total >> 20, "an execution is paused: it takes too much memory");
        if let Some(away) = self.away.get_mut(&root) {
            away.is_relieved = true;
        }
        self.decide(Event::new(What::Relieve(root)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idle(id: u128, weight: usize, unused: u64, stays: bool) -> Idle {
        let id = Id(id);
        Idle {
            id,
            weight,
            unused,
            stays,
        }
    }

    #[test]
    fn rows_leave_before_trees_do() {
        let mut options = Options::new(Id(1), "node");
        (options.tree_thrift, options.tree_memory, options.tree_memory_ceiling) = (75, 100, 200);
        let thrift = [74, 75, 200, 201].map(|total| Thrift::of(total, &options));
        assert_eq!(thrift, [Thrift::None, Thrift::Some, Thrift::Some, Thrift::All]);
    }

    #[test]
    fn large_and_long_unused_trees_leave_first() {
        let all = || vec![idle(1, 50, 1, false), idle(2, 10, 100, false), idle(3, 40, 2, false)];
        assert_eq!(leaving(all(), 100, 100, 0), [Id(2), Id(3)]);
        assert_eq!(leaving(all(), 80, 100, 0), []);
    }

    /// One that is larger than all may be together would be read for each piece of its work.
    #[test]
    fn what_was_just_read_stays_below_the_ceiling() {
        let all = || vec![idle(1, 150, 9, true), idle(2, 10, 1, false)];
        assert_eq!(leaving(all(), 160, 100, 200), [Id(2)]);
        assert_eq!(leaving(all(), 260, 100, 200), [Id(2), Id(1)]);
        assert_eq!(leaving(all(), 160, 100, 0), [Id(2)]);
        assert_eq!(leaving(all(), 260, 100, 0), [Id(2), Id(1)]);
        assert_eq!(leaving(all(), 160, 100, 120), [Id(2), Id(1)]);
    }
}
