//! The source of randomness of one case: everything about a case follows from the campaign's seed and its number.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

pub(crate) struct Random(StdRng);

impl Random {
    pub(crate) fn new(seed: u64, case: u64) -> Random {
        Random(StdRng::seed_from_u64(
            seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(case),
        ))
    }

    /// A number below `n`; `n` must not be 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n)
    }

    /// True so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.0.random()
    }
}
