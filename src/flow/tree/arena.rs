//! Rows of one kind, found by their index. Reading is free; only the tree itself changes a row, and marks it for saving.

use std::marker::PhantomData;
use std::ops::Index;

/// A position in an [`Arena`].
pub trait Position: Copy {
    fn new(at: usize) -> Self;
    fn at(self) -> usize;
}

#[derive(Clone, Debug)]
pub struct Arena<I, T> {
    rows: Vec<T>,
    positions: PhantomData<I>,
}

impl<I: Position, T> Arena<I, T> {
    pub(super) const fn new() -> Arena<I, T> {
        Arena {
            rows: Vec::new(),
            positions: PhantomData,
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// Positions in order of creation; none that is made later.
    pub fn positions(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }

    pub(super) fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::new(self.rows.len() - 1)
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        self.rows.pop()
    }

    /// A row to be changed by whoever marks it for saving.
    #[inline]
    pub(super) fn row(&mut self, at: I) -> &mut T {
        &mut self.rows[at.at()]
    }
}

impl<I: Position, T> Index<I> for Arena<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, at: I) -> &T {
        &self.rows[at.at()]
    }
}

impl<'a, I: Position, T> IntoIterator for &'a Arena<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
