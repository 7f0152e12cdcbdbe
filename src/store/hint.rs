//! Hints between processes that there is something to do. A lost hint costs the time until the next poll, nothing else.

use mistral_model::Shard;

/// A set of shards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShardSet([u64; 4]);

impl ShardSet {
    pub fn all() -> ShardSet {
        ShardSet([u64::MAX; 4])
    }

    pub fn insert(&mut self, shard: Shard) {
        self.0[usize::from(shard.0 / 64)] |= 1 << (shard.0 % 64);
    }

    pub fn contains(&self, shard: Shard) -> bool {
        self.0[usize::from(shard.0 / 64)] & 1 << (shard.0 % 64) != 0
    }

    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// Bit n of word m is shard 64 m + n.
    pub fn from_words(words: [u64; 4]) -> ShardSet {
        ShardSet(words)
    }

    pub fn words(self) -> [u64; 4] {
        self.0
    }

    /// For a message: see [`ShardSet::parse`].
    pub fn to_text(self) -> String {
        self.0.iter().map(|word| format!("{word:016x}")).collect()
    }

    pub fn parse(text: &str) -> Option<ShardSet> {
        let mut set = ShardSet::default();
        for (n, word) in set.0.iter_mut().enumerate() {
            *word = u64::from_str_radix(text.get(n * 16..n * 16 + 16)?, 16).ok()?;
        }
        Some(set)
    }
}

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// There are messages for these shards.
    Inbox(ShardSet),
    /// There are actions to claim.
    Queue,
    /// There are answers for this node.
    Replies,
    /// Definitions changed.
    Definitions,
    /// Nodes came or went, or shards are free.
    Placement,
}

/// What a process wants to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Inbox,
    Queue,
    Replies,
    Definitions,
    Placement,
}
