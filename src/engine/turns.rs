//! The order in which actions that wait for an executor are claimed: who has few under way does not wait behind who has thousands.
//!
//! A job's turn is fixed when its row is written, by how many actions are under way just then, of its tree and, where several projects
//! have work, of its project: each has three steps, and the turn is their sum. Claims take the turns in order, the oldest of
//! each first, and once in a while the other way round (`low_water`), so that nobody starves. So the ten-thousandth item of a list
//! comes after the first action of whoever starts meanwhile, and two large lists share as they came.
//!
//! The counts are those of one loop, and forget: a tree that moves to another node, or whose decisions were dropped with a batch,
//! leaves some behind.

use std::collections::hash_map::Entry;

use crate::map::Map;
use mistral_model::{Id, Str, Time};

/// From so many actions under way on, a tree's next ones come a turn later, and another: a list of 50 items is nobody's burden.
const TREE: [f32; 2] = [64.0, 2_048.0];
/// The same for all trees of a project together.
const PROJECT: [f32; 2] = [256.0, 8_192.0];
/// Half of each count is forgotten in this time, in microseconds: a minute's remains are not worth a turn.
const HALF: i64 = 30_000_000;

/// Counts of actions under way.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    trees: Map<Id, Tree>,
    projects: Map<Str, f32>,
    halved_at: Time,
}

#[derive(Debug)]
struct Tree {
    under_way: f32,
    project: Str,
}

fn step(under_way: f32, steps: [f32; 2]) -> i16 {
    steps.into_iter().map(|from| i16::from(under_way >= from)).sum()
}

/// Whether there is still one after this.
fn one_less(under_way: &mut f32) -> bool {
    *under_way -= 1.0;
    *under_way >= 1.0
}

impl Turns {
    /// An action begins its way to an executor. Returns its turn, should it have to wait.
    pub(crate) fn began(&mut self, root: Id, project: Option<&Str>) -> i16 {
        let nobody = Str::default();
        let project = project.unwrap_or(&nobody);
        let tree = self.trees.entry(root).or_insert_with(|| Tree {
            under_way: 0.0,
            project: project.clone(),
        });
        let mut turn = step(tree.under_way, TREE);
        tree.under_way += 1.0;
        let is_alone = self.projects.len() < 2;
        match self.projects.get_mut(project) {
            Some(under_way) => {
                // Among its own, a project's trees are weighed against each other alone.
                if !is_alone {
                    turn += step(*under_way, PROJECT);
                }
                *under_way += 1.0;
            }
            None => {
                self.projects.insert(project.clone(), 1.0);
            }
        }
        turn
    }

    /// An action has ended, or is not wanted any more.
    pub(crate) fn ended(&mut self, root: Id) {
        let Entry::Occupied(mut tree) = self.trees.entry(root) else {
            return;
        };
        if let Entry::Occupied(mut project) = self.projects.entry(tree.get().project.clone())
            && !one_less(project.get_mut())
        {
            project.remove();
        }
        if !one_less(&mut tree.get_mut().under_way) {
            tree.remove();
        }
    }

    /// Forgets what is old, and whoever has next to nothing under way.
    pub(crate) fn forget(&mut self, now: Time) {
        if now.0.abs_diff(self.halved_at.0) < HALF.unsigned_abs() {
            return;
        }
        self.halved_at = now;
        let halve = |under_way: &mut f32| {
            *under_way /= 2.0;
            *under_way >= 1.0
        };
        self.trees.retain(|_, tree| halve(&mut tree.under_way));
        self.projects.retain(|_, under_way| halve(under_way));
    }
}

#[cfg(test)]
mod tests {
    use mistral_store::low_water::TURNS;

    use super::*;

    fn began(turns: &mut Turns, root: u128, project: &str, count: usize) -> i16 {
        let project = Str::from(project);
        let given: Vec<i16> = (0..count).map(|_| turns.began(Id(root), Some(&project))).collect();
        given[count - 1]
    }

    #[test]
    fn a_large_tree_comes_after_small_ones_of_its_project() {
        let mut turns = Turns::default();
        assert_eq!(began(&mut turns, 1, "p", 64), 0);
        assert_eq!(began(&mut turns, 1, "p", 1), 1);
        assert_eq!(began(&mut turns, 1, "p", 20_000), 2);
        assert_eq!(began(&mut turns, 2, "p", 1), 0);
        for _ in 0..20_065 {
            turns.ended(Id(1));
        }
        // More than it had: nothing of others.
        turns.ended(Id(1));
        turns.ended(Id(3));
        assert_eq!(began(&mut turns, 1, "p", 64), 0);
        assert_eq!(began(&mut turns, 1, "p", 1), 1);
    }

    #[test]
    fn a_project_with_very_many_trees_comes_after_others() {
        let mut turns = Turns::default();
        for root in 0..10_000 {
            assert_eq!(began(&mut turns, root, "flood", 1), 0);
        }
        // The first of another project is what makes the difference.
        assert_eq!(began(&mut turns, 10_001, "other", 1), 0);
        assert_eq!(began(&mut turns, 10_002, "flood", 1), 2);
        assert_eq!(began(&mut turns, 10_003, "other", 1), 0);
        assert_eq!(began(&mut turns, 10_002, "flood", 5_000), TURNS - 1);
        for root in 0..9_900 {
            turns.ended(Id(root));
        }
        assert_eq!(began(&mut turns, 10_004, "flood", 1), 1);
    }

    #[test]
    fn what_was_left_behind_is_forgotten() {
        let mut turns = Turns::default();
        began(&mut turns, 1, "p", 100);
        began(&mut turns, 2, "q", 1);
        turns.forget(Time(HALF));
        assert_eq!((turns.trees.len(), turns.projects.len()), (1, 1));
        assert_eq!(began(&mut turns, 1, "p", 1), 0);
        for n in 2..10 {
            turns.forget(Time(n * HALF));
        }
        assert!(turns.trees.is_empty() && turns.projects.is_empty());
    }
}
