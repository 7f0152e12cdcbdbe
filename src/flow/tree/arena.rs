//! Rows of one kind, found by their index. Reading is free; only the tree itself changes a row, and marks it for saving.
//!
//! A row may have left memory ([`super::Tree::let_go`]). Who needs one that has gives the whole decision up: see [`Absent`].

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

impl<I: Position, T> Arena<I, T> {
    pub(super) const fn new() -> Arena<I, T> {
        Arena {
            rows: Vec::new(),
            positions: PhantomData,
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
        self.rows.pop().flatten().map(|row| *row)
    }

    /// Takes a row out of memory.
    pub(super) fn let_go(&mut self, at: I) -> Option<Box<T>> {
        self.rows.get_mut(at.at())?.take()
    }

    /// A row to be changed by whoever marks it for saving.
    #[inline]
    pub(super) fn row(&mut self, at: I) -> &mut T {
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
