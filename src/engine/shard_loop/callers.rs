//! Those who wait for the result of an action that runs by itself.

use mistral_flow::{Decision, Effects};
use mistral_model::Id;

use super::super::standalone::{self, Mode};
use super::{Live, ShardLoop};

impl ShardLoop {
    /// Answers the callers of a stand-alone action that has ended.
    pub(super) fn standalone_ended(&mut self, root: Id) {
        if !self.waiting.contains_key(&root) {
            return;
        }
        let Some(live) = self.trees.get_mut(&root) else { return };
        let Some(a) = live.tree.action(root) else { return };
        if !live.tree.action_row(a).state.is_completed() {
            return;
        }
        let waiting = self.waiting.remove(&root).unwrap_or_default();
        let answers: Vec<_> = (waiting
            .iter()
            .map(|(_, mode)| (*mode, standalone::answer(&live.tree, a, *mode))))
        .collect();
        let is_unwanted = |(mode, answer): &(Mode, Result<_, _>)| *mode == Mode::WaitUnsaved || answer.is_err();
        if answers.iter().any(is_unwanted)
            && let Some(mut live) = self.trees.remove(&root)
        {
            self.delete_standalone(root, &mut live);
            self.trees.insert(root, live);
        }
        for ((mut event, _), (_, answer)) in waiting.into_iter().zip(answers) {
            event.ended = true;
            self.finish(event, answer);
        }
    }

    /// Its row is wanted by nobody.
    pub(super) fn delete_standalone(&mut self, root: Id, live: &mut Live) {
        let mut effects = Effects::default();
        let deleted = self.with_ports(None, |ports| {
            let mut decision = Decision {
                tree: &mut live.tree,
                ports,
                effects: &mut effects,
            };
            decision.delete_action(root)
        });
        if let Err(failure) = deleted {
            tracing::warn!(root = %root, ?failure, "the row of a stand-alone action stays");
        }
        self.touch(root, live);
        self.absorb(root, live, effects);
    }
}
