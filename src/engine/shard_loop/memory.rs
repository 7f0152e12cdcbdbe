//! Which trees stay in memory.

use mistral_model::Id;

use super::ShardLoop;

impl ShardLoop {
    /// A finished tree leaves memory as soon as its last change is committed.
    pub(super) fn drop_if_done(&mut self, root: Id) {
        if let Some(live) = self.trees.get(&root)
            && live.batch <= self.committed
            && (live.deleted || live.tree.is_finished())
        {
            self.trees.remove(&root);
        }
    }

    /// Trees that only wait leave memory when all together take more than they may: large ones first, and those that were not
    /// used for long. They are read again when something happens to them.
    pub(super) fn bound_memory(&mut self) {
        let most = self.shared.options.tree_memory;
        // Looking at all of them costs: once per sixteenth of what they may grow to.
        if self.grown < most / 16 {
            return;
        }
        self.grown = 0;
        let mut total: usize = self.trees.values().map(|live| live.weight).sum();
        if total <= most {
            return;
        }
        let (committed, decisions) = (self.committed, self.decisions);
        let mut idle: Vec<(u128, Id)> = self
            .trees
            .iter()
            .filter(|(id, live)| live.tree.is_idle() && live.batch <= committed && !self.waiting.contains_key(id))
            .map(|(id, live)| (u128::from(decisions - live.used + 1) * live.weight as u128, *id))
            .collect();
        idle.sort_unstable_by(|a, b| b.cmp(a));
        // Some room, so that it is not done again for the next tree.
        for (_, id) in idle {
            if total <= most - most / 8 {
                return;
            }
            if let Some(live) = self.trees.remove(&id) {
                total -= live.weight.min(total);
            }
        }
    }
}
