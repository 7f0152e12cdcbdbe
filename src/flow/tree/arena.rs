//! Rows of one kind, found by their index. Reading is free; only the tree itself changes a row, and marks it for saving.
//!
//! A row may have left memory ([`super::Tree::let_go`]). Who needs one that has gives the whole decision up: see [`Absent`].

use std::collections::HashMap;
use std::marker::PhantomData;
use std::ops::Index;

/// A position in an [`Arena`].
pub(crate) trait Position: Copy {
    fn new(at: usize) -> Self;
    fn at(self) -> usize;
}

#[derive(Clone, Debug)]
pub(crate) struct Arena<I, T> {
    rows: Vec<Option<Box<T>>>,
    positions: PhantomData<I>,
    /// What may have to be taken back.
    before: Option<Before<T>>,
}

/// Rows as they were at some point, those that were made since not counted.
#[derive(Clone, Debug)]
struct Before<T> {
    len: usize,
    changed: HashMap<usize, Option<Box<T>>, foldhash::fast::RandomState>,
}

/// What a decision ends with that looks at a row which has left memory. No code on the way catches it: nothing may be decided on
/// what is not known, and nobody has to remember that a row may be missing. [`crate::attempt`] turns it into a need.
#[derive(Debug)]
pub(crate) struct Absent;

#[cold]
#[inline(never)]
pub(super) fn absent() -> ! {
    // No panic: nobody is told of it.
    std::panic::resume_unwind(Box::new(Absent))
}

impl<I: Position, T> Default for Arena<I, T> {
    fn default() -> Arena<I, T> {
        Arena {
            rows: Vec::new(),
            positions: PhantomData,
            before: None,
        }
    }
}

impl<I: Position, T: Clone> Arena<I, T> {
    /// From now on it is kept how rows were before they are changed.
    pub(super) fn keep(&mut self) {
        self.before = Some(Before {
            len: self.rows.len(),
            changed: HashMap::default(),
        });
    }

    /// Nothing is taken back any more.
    pub(super) fn accept(&mut self) {
        self.before = None;
    }

    /// All rows are as they were when it began to be kept. Returns those that were made since.
    pub(super) fn take_back(&mut self) -> Vec<Box<T>> {
        let Some(before) = self.before.take() else {
            return Vec::new();
        };
        let made = self.rows.drain(before.len.min(self.rows.len())..).flatten().collect();
        self.rows.resize_with(before.len, || None);
        for (at, row) in before.changed {
            self.rows[at] = row;
        }
        made
    }

    #[inline]
    fn changes(&mut self, at: usize) {
        if let Some(before) = &mut self.before
            && at < before.len
        {
            let rows = &self.rows;
            before.changed.entry(at).or_insert_with(|| rows[at].clone());
        }
    }

    /// Rows that were made, those among them that have left memory.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Rows in memory.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().filter_map(|row| row.as_deref())
    }

    /// A row, if it is in memory.
    #[inline]
    pub(crate) fn get(&self, at: I) -> Option<&T> {
        self.rows.get(at.at())?.as_deref()
    }

    /// Positions in order of creation; none that is made later.
    pub(crate) fn positions(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }

    pub(super) fn push(&mut self, row: T) -> I {
        self.rows.push(Some(Box::new(row)));
        I::new(self.rows.len() - 1)
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        if let Some(last) = self.rows.len().checked_sub(1) {
            self.changes(last);
        }
        self.rows.pop().flatten().map(|row| *row)
    }

    /// Takes a row out of memory.
    pub(super) fn let_go(&mut self, at: I) -> Option<Box<T>> {
        debug_assert!(self.before.is_none());
        self.rows.get_mut(at.at())?.take()
    }

    /// A row to be changed by whoever marks it for saving.
    #[inline]
    pub(super) fn row(&mut self, at: I) -> &mut T {
        self.changes(at.at());
        match &mut self.rows[at.at()] {
            Some(row) => row,
            None => absent(),
        }
    }
}

impl<I: Position, T> Index<I> for Arena<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, at: I) -> &T {
        match &self.rows[at.at()] {
            Some(row) => row,
            None => absent(),
        }
    }
}
