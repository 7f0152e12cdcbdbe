//! What other processes have committed: asked of the database, and only when somebody has committed something.

use std::collections::HashMap;
use std::time::Duration;

use indexmap::{IndexMap, IndexSet};
use mistral_model::{Id, Shard, State};
use mistral_store::Error;
use mistral_store::follow::{Progress, Seen, TaskTimes};
use mistral_store::reads::Reads;
use tokio::time::Instant;

use super::{ExecutionRow, Live, MAX_ROWS, TaskRow};

/// Time between two looks at the counters, and at the executions of others.
const COUNTERS: Duration = Duration::from_millis(500);
const LISTS: Duration = Duration::from_secs(2);

/// How much earlier than the newest change that was seen is asked again: clocks differ.
const OVERLAP: i64 = 5_000_000;

/// A tree is not read more often than in this part of the time that its reading takes.
const PART: u32 = 10;

/// Open tasks with items of one execution that are followed; those beyond are counted when their rows change.
const ITEMS: usize = 100;

/// New executions of one look, and open ones that are looked up again.
const NEW: i64 = 200;
const OPEN: usize = 100;

/// How far a watched execution is known, as far as others own its tree.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    /// The epoch of its shard, and the marks of those who write, when it was read last.
    read_at: Option<(i64, i64)>,
    cursor: i64,
    /// When each task that was told changed last.
    known: HashMap<Id, i64>,
    /// Open tasks with items: something may have ended in them whenever somebody has committed.
    items: IndexSet<Id>,
    next: Option<Instant>,
}

/// How far lists are known.
#[derive(Debug, Default)]
pub(super) struct Lists {
    counters: Option<Instant>,
    executions: Option<Instant>,
    cursor: i64,
    /// Those of others that have been told, and have not ended.
    open: IndexMap<Id, State>,
    owners: HashMap<Shard, Option<Id>>,
}

/// Looks whether others have changed something that is watched here.
pub(super) async fn look(live: &Live, reads: &Reads, lists: &mut Lists) {
    let now = Instant::now();
    if lists.counters.is_none_or(|at| now - at >= COUNTERS) {
        lists.counters = Some(now);
        if let Err(error) = look_at_trees(live, reads, now).await {
            tracing::debug!(%error, "trees of others are not followed now");
        }
    }
    let has_lists = !live.topics.lock().lists.is_empty();
    if has_lists && lists.executions.is_none_or(|at| now - at >= LISTS) {
        lists.executions = Some(now);
        if let Err(error) = look_at_lists(live, reads, lists).await {
            tracing::debug!(%error, "executions of others are not followed now");
        }
    }
}

async fn look_at_trees(live: &Live, reads: &Reads, now: Instant) -> Result<(), Error> {
    let watched: Vec<(Id, Shard)> = {
        let topics = live.topics.lock();
        let topics = topics.executions.iter();
        topics.map(|(id, topic)| (*id, topic.root.shard())).collect()
    };
    if watched.is_empty() {
        return Ok(());
    }
    let mut shards: Vec<Shard> = watched.iter().map(|(_, shard)| *shard).collect();
    shards.sort_unstable();
    shards.dedup();
    let follow = &reads.follow;
    let progress: HashMap<Shard, Progress> = follow
        .shards(&shards)
        .await?
        .into_iter()
        .map(|one| (one.shard, one))
        .collect();
    if progress.values().all(|one| one.owner == Some(live.node)) {
        // What was ours is known; when it is not any more, its epoch is another.
        return Ok(());
    }
    let marks = follow.marks().await?;
    for (id, shard) in watched {
        let Some(at) = progress.get(&shard) else { continue };
        let since = {
            let mut topics = live.topics.lock();
            let Some(topic) = topics.executions.get_mut(&id) else {
                continue;
            };
            let place = (at.epoch, marks);
            let is_ours = at.owner == Some(live.node);
            let is_known = topic.elsewhere.read_at == Some(place);
            let is_early = topic.elsewhere.next.is_some_and(|next| now < next);
            if is_ours || is_known || is_early {
                continue;
            }
            topic.elsewhere.read_at = Some(place);
            topic.elsewhere.cursor - OVERLAP
        };
        let began = Instant::now();
        let tasks = follow.tasks(id, Id(0), since, MAX_ROWS as i64 + 1).await?;
        let itself = follow.executions(&[id]).await?;
        let mut guard = live.topics.lock();
        let topics = &mut *guard;
        if let Some(topic) = topics.executions.get_mut(&id) {
            topic.elsewhere.next = Some(Instant::now() + began.elapsed() * PART);
            for task in tasks {
                let is_news = topic.elsewhere.is_news(&task);
                let task = shown(task);
                topic.elsewhere.note_items(&task);
                if is_news {
                    topic.add(task);
                }
            }
            // Their rows do not change while their items end.
            topics.items.touch(topic.elsewhere.items.iter().copied());
        }
        for one in itself {
            topics.add(row(one));
        }
    }
    Ok(())
}

impl Elsewhere {
    fn note_items(&mut self, task: &TaskRow) {
        if task.items().is_none() || task.state.is_completed() {
            self.items.swap_remove(&task.id);
        } else if self.items.len() < ITEMS {
            self.items.insert(task.id);
        }
    }

    fn is_news(&mut self, task: &TaskTimes) -> bool {
        let changed = task.updated_at.unwrap_or(task.created_at).0;
        self.cursor = self.cursor.max(changed);
        if self.known.len() > 4 * MAX_ROWS {
            let floor = self.cursor - 2 * OVERLAP;
            self.known.retain(|_, at| *at >= floor);
        }
        self.known.insert(task.id, changed) != Some(changed)
    }
}

async fn look_at_lists(live: &Live, reads: &Reads, lists: &mut Lists) -> Result<(), Error> {
    let follow = &reads.follow;
    let all: Vec<Shard> = (0..=u8::MAX).map(Shard).collect();
    let progress = follow.shards(&all).await?;
    lists.owners = progress.into_iter().map(|one| (one.shard, one.owner)).collect();
    if lists.owners.values().all(|owner| *owner == Some(live.node)) {
        return Ok(());
    }
    if lists.cursor == 0 {
        // From the newest on.
        lists.cursor = follow.newest().await?;
    }
    let is_ours = |one: &Seen| lists.owners.get(&one.root_id.shard()) == Some(&Some(live.node));
    let new = follow.created(lists.cursor - OVERLAP, NEW).await?;
    let mut told = Vec::new();
    for one in new {
        lists.cursor = lists.cursor.max(one.created_at.0);
        if !is_ours(&one) && !lists.open.contains_key(&one.id) {
            told.push(one);
        }
    }
    let ids: Vec<Id> = lists.open.keys().copied().collect();
    for one in follow.executions(&ids).await? {
        if lists.open.get(&one.id) != Some(&one.state) {
            told.push(one);
        }
    }
    let mut topics = live.topics.lock();
    for one in told {
        lists.open.insert(one.id, one.state);
        topics.add(row(one));
    }
    let floor = lists.open.len().saturating_sub(OPEN);
    lists.open.drain(..floor);
    Ok(())
}

pub(super) fn shown(task: TaskTimes) -> TaskRow {
    TaskRow {
        id: task.id,
        name: task.name,
        kind: task.kind.name(),
        state: task.state,
        runtime_context: task.runtime_context,
        created_at: task.created_at,
        started_at: task.started_at,
        finished_at: task.finished_at,
        updated_at: task.updated_at,
        items_done: None,
    }
}

fn row(one: Seen) -> ExecutionRow {
    ExecutionRow {
        id: one.id,
        shown: one.alias.unwrap_or_else(|| one.id.to_string()),
        project_id: one.project_id,
        workflow_name: one.workflow_name,
        state: one.state,
        created_at: one.created_at,
        updated_at: one.updated_at,
    }
}
