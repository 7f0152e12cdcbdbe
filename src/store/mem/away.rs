//! What is not in memory: whoever asks for it is told that it is away.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;

use crate::Error;
use crate::backend::{ActionQueue, Calling};
use crate::batch::{Claimed, Orphan};
use crate::bulk::{BulkOperations, Operation};
use crate::cluster::{Cluster, Overview};
use crate::diagnosis::{Connection, Diagnosis};
use crate::follow::{ActionTimes, Follow, Progress, Published, Seen, TaskTimes};
use crate::low_water::LowWater;
use crate::search::{Hit, Search, Viewer};
use crate::security::SecurityContexts;
use crate::statistics::{Count, Range, Slice, Statistics, Wanted};
use crate::usage::Usage;
use crate::workers::{self, Actions, Registration, Renewed, WorkerRows};
use mistral_model::{Id, Shard, State, Time};

/// A store that is away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Away;

macro_rules! away {
    ($trait:ident { $(fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)* }) => {
        impl $trait for Away {
            $(fn $name<'a>(&'a self, $($argument: $type),*) -> Calling<'a, $answer> {
                let _ = ($($argument,)*);
                Box::pin(async { Err(Error::Unavailable(concat!(stringify!($name), " is not in memory").to_owned())) })
            })*
        }
    };
}

away!(Follow {
    fn tasks_of_tree(root: Id, most: i64) -> i64;
    fn marks() -> i64;
    fn tasks(execution: Id, after: Id, since: i64, limit: i64) -> Vec<TaskTimes>;
    fn tasks_by_id(ids: &'a [Id]) -> Vec<(Id, TaskTimes)>;
    fn items_done(expected: &'a [(Id, i64)]) -> HashMap<Id, i64>;
    fn sub_executions(tasks: &'a [Id]) -> HashMap<Id, String>;
    fn executions(ids: &'a [Id]) -> Vec<Seen>;
    fn created(since: i64, limit: i64) -> Vec<Seen>;
    fn newest() -> i64;
    fn shards(wanted: &'a [Shard]) -> Vec<Progress>;
    fn actions(task: Id, after: Id, limit: i64) -> Vec<ActionTimes>;
    fn published(tasks: &'a [Id]) -> Vec<Published>;
    fn scanned(before: Option<Id>, count: i64, project: Option<&'a str>) -> Option<(Time, Id)>;
});

away!(Diagnosis {
    fn connection() -> Box<dyn Connection>;
});

away!(Statistics {
    fn in_states(states: &'a [State], wanted: &'a Wanted<'a>) -> Vec<Count>;
    fn of_workflow(name: &'a str, wanted: &'a Wanted<'a>) -> (Vec<(State, i64)>, bool);
    fn by_workflow(state: Option<State>, wanted: &'a Wanted<'a>) -> (Vec<(String, i64)>, bool);
    fn activity(range: &'a Range<'a>) -> Vec<Slice>;
});

away!(Search {
    fn search(text: &'a str, viewer: Viewer<'a>, limit: i64, found: &'a Mutex<Vec<Hit>>) -> ();
});

away!(Overview {
    fn cluster(now_us: i64) -> Cluster;
});

away!(BulkOperations {
    fn insert(operation: &'a Operation, ids: &'a [Id]) -> ();
    fn list(project: Option<&'a str>, limit: i64) -> Vec<Operation>;
    fn get(project: Option<&'a str>, id: Id) -> Option<Operation>;
    fn begin(of: (Option<&'a str>, Id), reason: Option<&'a str>, now: Time, since: Time) -> bool;
    fn stop(of: (Option<&'a str>, Id), now: Time) -> bool;
    fn claim(worker: Id) -> Option<Operation>;
    fn next(worker: Id, id: Id, count: i32) -> Vec<Id>;
    fn advance(of: (Id, Id), progress: (i32, i32), failures: &'a str, now: Time) -> bool;
    fn forget(previews: Time, operations: Time) -> ();
});

away!(Usage {
    fn open(id: Id, project: &'a str, now: Time) -> i64;
    fn close(ids: &'a [Id]) -> ();
    fn sweep(lost: Time) -> ();
    fn catch_up(now: Time) -> ();
});

away!(SecurityContexts {
    fn keep(id: Id, sealed: &'a [u8], ends_at: Time) -> ();
    fn find(id: Id) -> Option<Vec<u8>>;
    fn forget(before: Time) -> ();
    fn claim_trusts(now: Time, again: Time, lost: Time, limit: i64) -> Vec<String>;
    fn trust_is_gone(id: &'a str) -> ();
});

away!(WorkerRows {
    fn register(new: &'a Registration<'a>, kept: Duration) -> ();
    fn renew(ids: &'a [Id], lease: Duration) -> Vec<Renewed>;
    fn keep(ids: &'a [Id], lease: Duration) -> Vec<Id>;
    fn shorten(id: Id, left: Duration, most: Duration) -> ();
    fn leave(id: Id) -> bool;
    fn newest() -> Option<Time>;
    fn digests(kept: Duration) -> Vec<String>;
    fn actions(digest: &'a str) -> Option<Actions>;
    fn forget(kept: Duration) -> ();
    fn all(lease: Duration, limit: i64) -> Vec<workers::Seen>;
    fn claim(worker: Id, queues: &'a [&'a str], limit: usize, low_water: &'a Mutex<LowWater>, now: Time) -> Vec<Claimed>;
    fn release(worker: Id, actions: &'a [Id]) -> ();
    fn waiting(queues: &'a [&'a str], limit: usize, low_water: &'a Mutex<LowWater>, now: Time) -> Vec<(String, usize)>;
    fn holders(actions: &'a [Id]) -> Vec<(Id, u32, Id)>;
    fn queues() -> Vec<String>;
    fn oldest(queue: &'a str, limit: i64) -> Vec<Claimed>;
});

away!(ActionQueue {
    fn claim(node: Id, targets: &'a [&'a str], limit: usize, low_water: &'a mut LowWater, now: Time) -> Vec<Claimed>;
    fn release(node: Id, actions: &'a [Id]) -> ();
    fn claims_of(node: Id, after: Id, limit: usize) -> Vec<Claimed>;
    fn lane_claims_of(node: Id, after: Id, limit: usize) -> Vec<(Id, Id, u32)>;
    fn begin(node: Id, actions: &'a [(Id, u32)]) -> Vec<Id>;
    fn held(node: Id, actions: &'a [Id]) -> Vec<(Id, u32)>;
    fn unbegun(node: Id, actions: &'a [Id]) -> Vec<(Id, u32)>;
    fn orphans(shards: &'a [Shard], limit: usize, grace: Duration) -> Vec<Orphan>;
});
