//! Due cron triggers.

use crate::backend::Calling;
use mistral_model::Shard;

use crate::backend::Outgoing;
use crate::definitions::CronTrigger;
use mistral_model::{Id, Str, Time};

/// A trigger whose time has come.
#[derive(Clone, Debug)]
pub struct Due {
    pub trigger: CronTrigger,
    /// What it starts; none if that is gone, or not visible to the trigger's project any more.
    pub workflow: Option<Workflow>,
}

/// The part of a workflow that a start needs.
#[derive(Clone, Debug)]
pub struct Workflow {
    pub name: Str,
    pub namespace: Str,
    pub workbook_name: Option<Str>,
    pub spec_hash: Id,
}

/// What becomes of a due trigger.
#[derive(Clone, Debug)]
pub struct Firing {
    /// When it is due again, and how often; `None`: never, it is deleted.
    pub next: Option<(Time, Option<i32>)>,
    /// The message that starts the execution.
    pub start: Option<Outgoing>,
    /// The trust that this execution acts under.
    pub acts_under: Option<(Str, Id)>,
}

/// What becomes of each, as somebody decides.
pub type Decide<'a> = &'a mut (dyn FnMut(&Due) -> Firing + Send);

pub trait CronTriggers: Send + Sync {
    /// Claims at most `limit` triggers that are due before `until`, and does with each what `decide` says. Calls with one
    /// `now` claim each trigger once. Returns the number of claimed triggers and the shards that messages were written for.
    ///
    /// Either everything happens or nothing, also when the connection breaks during the commit: calling again is safe.
    fn fire<'a>(&'a self, until: Time, limit: usize, now: Time, decide: Decide<'a>)
    -> Calling<'a, (usize, Vec<Shard>)>;
}
