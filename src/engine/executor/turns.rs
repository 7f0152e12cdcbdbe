//! Things that trees have in turn: whoever has one of them waits for one of each other, not for the thousands of another.

use std::collections::{HashMap, VecDeque};

use mistral_model::Id;

/// A queue in which each tree has its turn; within a tree those that came first go first.
pub(super) struct Turns<T> {
    waiting: HashMap<Id, VecDeque<T>, foldhash::fast::RandomState>,
    /// Trees that have something, each once.
    order: VecDeque<Id>,
    len: usize,
}

impl<T> Default for Turns<T> {
    fn default() -> Turns<T> {
        Turns {
            waiting: HashMap::default(),
            order: VecDeque::new(),
            len: 0,
        }
    }
}

impl<T> Turns<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn push_back(&mut self, root: Id, item: T) {
        self.queue(root).push_back(item);
    }

    /// Before the others of its tree.
    pub(super) fn push_front(&mut self, root: Id, item: T) {
        self.queue(root).push_front(item);
    }

    fn queue(&mut self, root: Id) -> &mut VecDeque<T> {
        self.len += 1;
        self.waiting.entry(root).or_insert_with(|| {
            self.order.push_back(root);
            VecDeque::new()
        })
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        let root = self.order.pop_front()?;
        let queue = self.waiting.get_mut(&root)?;
        let item = queue.pop_front();
        match queue.is_empty() {
            true => drop(self.waiting.remove(&root)),
            false => self.order.push_back(root),
        }
        self.len -= usize::from(item.is_some());
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_have_their_turns() {
        let mut turns = Turns::default();
        for n in 0..3 {
            turns.push_back(Id(1), (1, n));
        }
        turns.push_back(Id(2), (2, 0));
        turns.push_front(Id(1), (1, -1));
        assert_eq!((turns.len(), turns.is_empty()), (5, false));
        let all: Vec<_> = std::iter::from_fn(|| turns.pop()).collect();
        assert_eq!(all, [(1, -1), (2, 0), (1, 0), (1, 1), (1, 2)]);
        assert!(turns.is_empty() && turns.waiting.is_empty() && turns.order.is_empty());
        turns.push_back(Id(2), (2, 1));
        assert_eq!(turns.pop(), Some((2, 1)));
    }
}
