//! Which engine node should own which shard: a pure function of the live nodes, so that nodes agree without talking.

use mistral_model::id::SHARDS;
use mistral_model::{Id, Shard};

/// The shards that `node` should own when these engine nodes are alive: rendezvous hashing, each shard goes to the node with
/// the highest score for it. When a node comes or goes, only the shards that it gets or had move.
pub fn wanted(node: Id, engines: &[Id]) -> Vec<Shard> {
    let shards = (0..SHARDS).filter_map(|n| u8::try_from(n).ok()).map(Shard);
    shards
        .filter(|shard| placed_on(*shard, engines) == Some(node))
        .collect()
}

/// The node that should own this shard.
pub fn placed_on(shard: Shard, engines: &[Id]) -> Option<Id> {
    engines.iter().copied().max_by_key(|node| (score(*node, shard), *node))
}

fn score(node: Id, shard: Shard) -> u64 {
    let mut z = (node.0 >> 64) as u64
        ^ (node.0 as u64).rotate_left(32)
        ^ u64::from(shard.0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // The finalizer of SplitMix64, twice: ids of nodes that started together differ in few bits.
    for _ in 0..2 {
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_model::id::Generator;

    fn nodes(count: usize) -> Vec<Id> {
        let mut generator = Generator::new(42);
        (0..count)
            .map(|_| generator.next(1_700_000_000_000_000, Shard(0)))
            .collect()
    }

    #[test]
    fn every_shard_has_one_place_and_shares_are_fair() {
        for count in [1, 2, 3, 8] {
            let nodes = nodes(count);
            let shares: Vec<usize> = nodes.iter().map(|node| wanted(*node, &nodes).len()).collect();
            assert_eq!(shares.iter().sum::<usize>(), usize::from(SHARDS));
            let fair = usize::from(SHARDS) / count;
            assert!(
                shares.iter().all(|share| *share >= fair / 2 && *share <= fair * 2),
                "{shares:?}"
            );
        }
        assert_eq!(placed_on(Shard(1), &[]), None);
    }

    #[test]
    fn only_the_shards_of_a_leaving_node_move() {
        let mut nodes = nodes(5);
        let before: Vec<_> = (0..=255).map(|n| placed_on(Shard(n), &nodes)).collect();
        let gone = nodes.remove(2);
        nodes.reverse();
        for (n, was) in (0..=255).zip(before) {
            let now = placed_on(Shard(n), &nodes);
            assert!(now == was || was == Some(gone), "shard {n}");
        }
    }
}
