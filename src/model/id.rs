//! Ids: 128 bits, UUID text form, ordered by time, with the shard inside (RFC 9562 version 8).
//!
//! ```text
//! 48 bits  milliseconds since the epoch
//!  4 bits  version: 8 = made here; 9 = the first action of the task that has 8 in its place (see [`Id::of_first_action`]);
//!          15 = hash of a client's own text (see [`Id::from_client_text`])
//! 12 bits  sequence within the millisecond
//!  2 bits  variant
//!  6 bits  random
//!  8 bits  shard
//! 48 bits  random
//! ```

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

use md5::{Digest, Md5};

/// Number of shards; every tree lives in exactly one. Fixed: it is part of every id.
pub const SHARDS: u16 = 256;

/// One of the [`SHARDS`] slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shard(pub u8);

/// A 128-bit id. See the module's layout.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub u128);

const VERSION_SHIFT: u32 = 76;
const VARIANT_SHIFT: u32 = 62;
const SHARD_SHIFT: u32 = 48;
const MADE_VERSION: u128 = 8;
const FIRST_ACTION_VERSION: u128 = 9;
const ALIAS_VERSION: u128 = 15;

impl Id {
    /// An id made from its parts. `sequence` orders ids of one millisecond (12 bits used), `random` gives 54 bits.
    pub fn new(milliseconds: u64, sequence: u16, shard: Shard, random: u64) -> Id {
        let high6 = u128::from(random >> 48) & 0x3f;
        let low48 = u128::from(random) & 0xffff_ffff_ffff;
        Id(u128::from(milliseconds & 0xffff_ffff_ffff) << 80
            | MADE_VERSION << VERSION_SHIFT
            | u128::from(sequence & 0xfff) << 64
            | 0b10 << VARIANT_SHIFT
            | high6 << 56
            | u128::from(shard.0) << SHARD_SHIFT
            | low48)
    }

    /// When it was made, in milliseconds since 1970, by the clock of whoever made it; `None` for ids that were not made here.
    pub fn made_at(self) -> Option<u64> {
        matches!(self.version(), MADE_VERSION | FIRST_ACTION_VERSION).then_some((self.0 >> 80) as u64)
    }

    /// The shard: carried by ids made here, a hash of any other.
    pub fn shard(self) -> Shard {
        if matches!(self.version(), MADE_VERSION | FIRST_ACTION_VERSION) && (self.0 >> VARIANT_SHIFT) & 0b11 == 0b10 {
            Shard((self.0 >> SHARD_SHIFT) as u8)
        } else {
            let folded = (self.0 >> 64) as u64 ^ self.0 as u64;
            Shard((folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8)
        }
    }

    fn version(self) -> u128 {
        (self.0 >> VERSION_SHIFT) & 0xf
    }

    fn with_version(self, version: u128) -> Id {
        Id(self.0 & !(0xf << VERSION_SHIFT) | version << VERSION_SHIFT)
    }

    /// The id of the first action of the task with this id, which lies in the task's row; `None` for a task whose id was not
    /// made here.
    pub fn of_first_action(self) -> Option<Id> {
        (self.version() == MADE_VERSION).then(|| self.with_version(FIRST_ACTION_VERSION))
    }

    /// The task whose first action has this id; `None` for any other id.
    pub fn task_of_first_action(self) -> Option<Id> {
        (self.version() == FIRST_ACTION_VERSION).then(|| self.with_version(MADE_VERSION))
    }

    /// The id of the first action of a task if `is_first`, given under the id of that task; itself otherwise.
    pub fn of_action(self, is_first: bool) -> Id {
        match is_first {
            true => self.with_version(FIRST_ACTION_VERSION),
            false => self,
        }
    }

    /// The id of an execution that a client chose, which may be any text. The usual UUID form (lower case, with dashes) is
    /// taken as it is; other text is hashed into an id for which [`Id::is_alias`] holds, and the text is kept beside it.
    pub fn from_client_text(text: &str) -> Id {
        if let Some(id) = parse_canonical(text) {
            return id;
        }
        let digest: [u8; 16] = Md5::digest(text.as_bytes()).into();
        let cleared = u128::from_be_bytes(digest) & !(0xf << VERSION_SHIFT) & !(0b11 << VARIANT_SHIFT);
        Id(cleared | ALIAS_VERSION << VERSION_SHIFT | 0b10 << VARIANT_SHIFT)
    }

    /// Whether this id stands for a client's own text, which is what clients must be shown instead.
    pub fn is_alias(self) -> bool {
        self.version() == ALIAS_VERSION
    }

    pub fn to_uuid(self) -> uuid::Uuid {
        uuid::Uuid::from_u128(self.0)
    }

    pub fn from_uuid(uuid: uuid::Uuid) -> Id {
        Id(uuid.as_u128())
    }
}

fn parse_canonical(text: &str) -> Option<Id> {
    if text.len() != 36 || text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let id = uuid::Uuid::try_parse(text).ok().map(Id::from_uuid)?;
    (!id.is_alias()).then_some(id)
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_uuid().hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    /// Any UUID form, as upstream's `uuid` type accepts it.
    fn from_str(text: &str) -> Result<Id, uuid::Error> {
        uuid::Uuid::try_parse(text).map(Id::from_uuid)
    }
}

/// Makes ids. Time and randomness come from the caller's side, so that decisions stay reproducible.
#[derive(Clone, Debug)]
pub struct Generator {
    milliseconds: u64,
    sequence: u16,
    state: u64,
}

impl Generator {
    /// A generator whose random part follows from `seed`.
    pub fn new(seed: u64) -> Generator {
        Generator {
            milliseconds: 0,
            sequence: 0,
            state: seed,
        }
    }

    /// The next id: greater than all before it in the same generator.
    pub fn next(&mut self, now_micros: i64, shard: Shard) -> Id {
        let now = (now_micros / 1000).max(0) as u64;
        if now > self.milliseconds {
            self.milliseconds = now;
            self.sequence = 0;
        } else if self.sequence == 0xfff {
            self.milliseconds += 1;
            self.sequence = 0;
        } else {
            self.sequence += 1;
        }
        Id::new(self.milliseconds, self.sequence, shard, self.random())
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    pub fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mixed(self.state)
    }
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Makes ids for many callers at once, without a lock.
#[derive(Debug)]
pub struct SharedGenerator {
    /// Milliseconds and sequence of the last id, as in the id.
    last: AtomicU64,
    state: AtomicU64,
}

impl SharedGenerator {
    /// A generator whose random part follows from `seed`.
    pub fn new(seed: u64) -> SharedGenerator {
        SharedGenerator {
            last: AtomicU64::new(0),
            state: AtomicU64::new(seed),
        }
    }

    /// The next id: greater than all that were made before this call.
    pub fn next(&self, now_micros: i64, shard: Shard) -> Id {
        let now = ((now_micros / 1000).max(0) as u64) << 12;
        let later = |last: u64| (last + 1).max(now);
        let moment = match self
            .last
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| Some(later(last)))
        {
            Ok(last) | Err(last) => later(last),
        };
        Id::new(moment >> 12, (moment & 0xfff) as u16, shard, self.random())
    }

    pub fn random(&self) -> u64 {
        let state = self.state.fetch_add(GOLDEN, Ordering::AcqRel).wrapping_add(GOLDEN);
        mixed(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_actions_are_named_after_their_tasks() {
        let task = Generator::new(5).next(1_700_000_000_000_000, Shard(77));
        let action = task.of_first_action().unwrap();
        assert_ne!(action, task);
        assert_eq!((action.shard(), action.is_alias()), (Shard(77), false));
        assert_eq!(
            (action.task_of_first_action(), task.task_of_first_action()),
            (Some(task), None)
        );
        assert_eq!(
            (action.of_first_action(), Id::from_client_text("x").of_first_action()),
            (None, None)
        );
        assert_eq!((task.of_action(true), task.of_action(false)), (action, task));
        assert_eq!(action.to_string().replacen("-9", "-8", 1), task.to_string());
    }

    #[test]
    fn ids_are_ordered_and_carry_their_shard() {
        let mut generator = Generator::new(7);
        let ids: Vec<Id> = (0..10_000)
            .map(|_| generator.next(1_700_000_000_000_000, Shard(200)))
            .collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]));
        assert!(ids.iter().all(|id| id.shard() == Shard(200) && !id.is_alias()));
        assert_eq!(ids[0].to_string().parse::<Id>().unwrap(), ids[0]);
        assert_eq!(ids[0].to_uuid().get_version_num(), 8);
    }

    #[test]
    fn ids_for_many_callers_differ_and_are_ordered() {
        let generator = SharedGenerator::new(7);
        let ids: Vec<Id> = (0..10_000)
            .map(|_| generator.next(1_700_000_000_000_000, Shard(9)))
            .collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]));
        let made = || {
            (0..1_000)
                .map(|_| generator.next(1_800_000_000_000_000, Shard(9)))
                .collect::<Vec<_>>()
        };
        let mut all = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(made)).collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap())
                .collect::<Vec<_>>()
        });
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 4_000);
        assert!(all[0] > ids[9_999]);
    }

    #[test]
    fn client_texts() {
        let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
        assert_eq!(Id::from_client_text(uuid).to_string(), uuid);
        for text in [
            "my id",
            "",
            "0F8FAD5B-D9CB-469F-A165-70867728950E",
            "0f8fad5bd9cb469fa16570867728950e",
        ] {
            assert!(Id::from_client_text(text).is_alias(), "{text}");
        }
        assert_ne!(Id::from_client_text("a"), Id::from_client_text("b"));
    }
}
