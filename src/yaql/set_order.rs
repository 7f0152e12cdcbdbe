//! The order in which CPython walks a set of numbers. Hashes of text differ from process to process, so nobody can rely on
//! their order; those of numbers never change, and workflows have come to depend on what they saw.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::item::{Item, ListKind};

/// Numbers hash modulo this prime.
const MODULUS: u64 = (1 << 61) - 1;
const LINEAR_PROBES: usize = 9;
const SMALLEST: usize = 8;

/// Python's hash of a number, or of a tuple of numbers; `None` for what hashes differently in every process.
fn hash(item: &Item) -> Option<i64> {
    match item {
        Item::Bool(b) => Some(i64::from(*b)),
        Item::Int(n) => Some(of_magnitude(n.unsigned_abs() % MODULUS, *n < 0)),
        Item::Big(n) => {
            let rest = (n.abs() % BigInt::from(MODULUS)).to_u64()?;
            Some(of_magnitude(rest, n.is_negative()))
        }
        Item::Float(f) => of_float(*f),
        Item::Json(ListKind::Tuple, _) | Item::List(ListKind::Tuple, _) => of_tuple(item),
        _ => None,
    }
}

fn of_magnitude(rest: u64, negative: bool) -> i64 {
    let h = if negative { -(rest as i64) } else { rest as i64 };
    // -1 signals an error in C, so it is never a hash.
    if h == -1 { -2 } else { h }
}

fn of_float(f: f64) -> Option<i64> {
    if f.is_nan() {
        return None;
    }
    if f.is_infinite() {
        return Some(if f > 0.0 { 314_159 } else { -314_159 });
    }
    // f = mantissa * 2^exponent, and powers of two only rotate within the modulus.
    let bits = f.abs().to_bits();
    let raw = (bits >> 52) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if raw == 0 {
        (fraction, -1074)
    } else {
        (fraction | 1 << 52, raw - 1075)
    };
    let shift = exponent.rem_euclid(61) as u32;
    let m = mantissa % MODULUS;
    let rotated = ((m << shift) & MODULUS) | (m >> (61 - shift));
    Some(of_magnitude(rotated % MODULUS, f < 0.0))
}

fn of_tuple(item: &Item) -> Option<i64> {
    const P1: u64 = 11_400_714_785_074_694_791;
    const P2: u64 = 14_029_467_366_897_019_727;
    const P5: u64 = 2_870_177_450_012_600_261;
    let seq = item.as_seq()?;
    let mut acc = P5;
    for i in seq.iter() {
        acc = acc
            .wrapping_add((hash(&i)? as u64).wrapping_mul(P2))
            .rotate_left(31)
            .wrapping_mul(P1);
    }
    acc = acc.wrapping_add(seq.len() as u64 ^ (P5 ^ 3_527_539));
    Some(if acc == u64::MAX { 1_546_275_796 } else { acc as i64 })
}

/// Where a key goes: the first free slot of its probe sequence.
fn slot(table: &[Option<usize>], hash: u64) -> usize {
    let mask = table.len() - 1;
    let mut perturb = hash;
    let mut i = hash as usize & mask;
    loop {
        let probes = if i + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
        if let Some(free) = (i..=i + probes).find(|at| table[*at].is_none()) {
            return free;
        }
        perturb >>= 5;
        i = i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
    }
}

/// The order of iteration after the items were added one by one, as indexes; `None` when it cannot be told.
pub(super) fn order<'i>(items: impl Iterator<Item = &'i Item>) -> Option<Vec<usize>> {
    let hashes: Vec<u64> = items.map(|i| hash(i).map(|h| h as u64)).collect::<Option<_>>()?;
    let mut table: Vec<Option<usize>> = vec![None; SMALLEST];
    for (n, h) in hashes.iter().enumerate() {
        let at = slot(&table, *h);
        table[at] = Some(n);
        let used = n + 1;
        if used * 5 >= (table.len() - 1) * 3 {
            let least = if used > 50_000 { used * 2 } else { used * 4 };
            let mut size = SMALLEST;
            while size <= least {
                size <<= 1;
            }
            let old = std::mem::replace(&mut table, vec![None; size]);
            for n in old.into_iter().flatten() {
                let at = slot(&table, hashes[n]);
                table[at] = Some(n);
            }
        }
    }
    Some(table.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(items: &[Item]) -> Vec<usize> {
        order(items.iter()).unwrap()
    }

    #[test]
    fn numbers_are_walked_by_their_hashes() {
        let ints = |list: &[i64]| list.iter().map(|n| Item::Int(*n)).collect::<Vec<_>>();
        assert_eq!(walk(&ints(&[3, 1, 2])), [1, 2, 0]);
        // 8 lands on slot 0, -1 hashes to -2 and lands on slot 6.
        assert_eq!(walk(&ints(&[-1, 8, 3])), [1, 2, 0]);
        assert_eq!(hash(&Item::Float(2.0)), Some(2));
        assert_eq!(hash(&Item::Float(0.5)), Some(1_152_921_504_606_846_976));
        assert_eq!(hash(&Item::Float(-1.0)), Some(-2));
    }

    #[test]
    fn text_has_no_order() {
        assert!(order([Item::str("a")].iter()).is_none());
    }
}
