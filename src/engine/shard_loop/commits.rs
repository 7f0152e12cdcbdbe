//! Commits under way: at most one of trees as they mostly are, and beside it one of trees that grow. Who starts a workflow of one task
//! does not wait for the thousands of rows of somebody else's endless loop.
//!
//! They never name the same shard, so that neither waits for the other's fence, and what is written to a shard is written in the order
//! in which it was decided.

use std::time::Duration;

use tokio::task::{JoinError, JoinHandle};
use tokio::time::Instant;

use mistral_model::{Id, Shard};
use mistral_store::backend::Committer;
use mistral_store::batch::CommitError;
use mistral_store::tally::Added;
use mistral_store::watch::News;

use super::super::batch::Released;
use crate::map::Set;

/// The committer comes back with the outcome.
pub(super) type Committed = Result<(Box<dyn Committer>, Result<(), CommitError>), JoinError>;

/// Whose changes a commit holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Ordinary,
    /// Of trees that grow: see `Options::growing_rows`.
    Growing,
}

impl Side {
    pub(super) const ALL: [Side; 2] = [Side::Ordinary, Side::Growing];

    fn other(self) -> Side {
        match self {
            Side::Ordinary => Side::Growing,
            Side::Growing => Side::Ordinary,
        }
    }
}

/// A batch that is being committed.
pub(super) struct InFlight {
    pub commit: JoinHandle<(Box<dyn Committer>, Result<(), CommitError>)>,
    pub released: Released,
    pub number: u64,
    pub rows: usize,
    /// The same as they were counted while it was decided, which is what its size is bounded by.
    pub counted: usize,
    /// What the batch writes to.
    pub shards: Set<Shard>,
    /// Timers that it sets.
    pub timers: Vec<Id>,
    pub began: Instant,
    /// What those who watch are told, and what is counted, once it is committed.
    pub news: Option<News>,
    pub added: Added,
}

#[derive(Default)]
struct Slot {
    /// With a connection; none: it is under way, or was not needed yet.
    writer: Option<Box<dyn Committer>>,
    in_flight: Option<InFlight>,
}

impl Slot {
    async fn ended(&mut self) -> Committed {
        match &mut self.in_flight {
            Some(in_flight) => (&mut in_flight.commit).await,
            None => std::future::pending().await,
        }
    }
}

/// The commits of one loop.
pub(super) struct Commits {
    ordinary: Slot,
    growing: Slot,
    /// Before this none of trees that grow begins.
    rests_until: Option<Instant>,
    /// When they were last let go on.
    pub driven: Instant,
}

impl Commits {
    pub(super) fn new(writer: Box<dyn Committer>) -> Commits {
        let ordinary = Slot {
            writer: Some(writer),
            in_flight: None,
        };
        Commits {
            ordinary,
            growing: Slot::default(),
            rests_until: None,
            driven: Instant::now(),
        }
    }

    fn slot(&mut self, side: Side) -> &mut Slot {
        match side {
            Side::Ordinary => &mut self.ordinary,
            Side::Growing => &mut self.growing,
        }
    }

    fn under_way(&self) -> impl Iterator<Item = &InFlight> {
        [&self.ordinary, &self.growing]
            .into_iter()
            .filter_map(|slot| slot.in_flight.as_ref())
    }

    pub(super) fn is_idle(&self) -> bool {
        self.under_way().next().is_none()
    }

    pub(super) fn is_busy(&self, side: Side) -> bool {
        match side {
            Side::Ordinary => self.ordinary.in_flight.is_some(),
            Side::Growing => self.growing.in_flight.is_some(),
        }
    }

    /// Trees that grow leave the machine to others for so long.
    pub(super) fn rest(&mut self, time: Duration) {
        self.rests_until = Some(Instant::now() + time);
    }

    /// Until when they do.
    pub(super) fn rests_until(&self) -> Option<Instant> {
        self.rests_until.filter(|until| Instant::now() < *until)
    }

    /// Whether the outcome of one is there.
    pub(super) fn has_ended(&self) -> bool {
        self.under_way().any(|batch| batch.commit.is_finished())
    }

    /// Whether one has been under way since before that.
    pub(super) fn has_older(&self, began: Instant) -> bool {
        self.under_way().any(|batch| batch.began < began)
    }

    /// Whether the batch of this number is under way.
    pub(super) fn holds(&self, number: u64) -> bool {
        self.under_way().any(|batch| batch.number == number)
    }

    /// The batch under way that holds changes of this tree.
    pub(super) fn of_tree(&self, root: Id) -> Option<u64> {
        let mut all = self.under_way();
        let batch = all.find(|batch| batch.released.touched.contains(&root))?;
        Some(batch.number)
    }

    /// Everything that they write to.
    pub(super) fn shards(&self) -> impl Iterator<Item = Shard> {
        self.under_way().flat_map(|batch| batch.shards.iter().copied())
    }

    /// What the other side writes to.
    pub(super) fn shards_beside(&self, side: Side) -> Option<&Set<Shard>> {
        let beside = match side.other() {
            Side::Ordinary => &self.ordinary,
            Side::Growing => &self.growing,
        };
        beside.in_flight.as_ref().map(|batch| &batch.shards)
    }

    /// The committer of a side that is not busy; `new` makes one where there is none.
    pub(super) fn writer(&mut self, side: Side, new: impl FnOnce() -> Box<dyn Committer>) -> Box<dyn Committer> {
        self.slot(side).writer.take().unwrap_or_else(new)
    }

    pub(super) fn begin(&mut self, side: Side, batch: InFlight) {
        self.driven = batch.began;
        #[cfg(test)]
        if !self.is_idle() {
            BESIDE.with(|beside| beside.set(beside.get() + 1));
        }
        self.slot(side).in_flight = Some(batch);
    }

    /// Waits for the end of the first. Nothing is lost when this is dropped.
    pub(super) async fn ended(&mut self) -> (Side, Committed) {
        tokio::select! {
            biased;
            done = self.ordinary.ended() => (Side::Ordinary, done),
            done = self.growing.ended() => (Side::Growing, done),
        }
    }

    /// Takes the batch whose end was waited for, with its outcome. A committer that died is made anew when one is wanted.
    pub(super) fn take(&mut self, side: Side, done: Committed) -> Option<(InFlight, Result<(), CommitError>)> {
        let slot = self.slot(side);
        let batch = slot.in_flight.take()?;
        let result = match done {
            Ok((writer, result)) => {
                slot.writer = Some(writer);
                result
            }
            Err(error) => Err(CommitError::Unknown(error.to_string())),
        };
        Some((batch, result))
    }
}

#[cfg(test)]
thread_local! {
    static BESIDE: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many commits of this thread's loops began while their loop had another under way.
#[cfg(test)]
pub(crate) fn beside() -> u64 {
    BESIDE.with(std::cell::Cell::get)
}
