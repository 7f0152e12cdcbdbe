//! What a loop has decided since its last commit began: events that wait for their answer, and what is to be written and
//! released with them.

use crate::map::{Map, Set};
use crate::queue::wire;
use mistral_flow::{self as flow, Changes};
use mistral_model::action::Job;
use mistral_model::refusal::Refusal;
use mistral_model::request::Response;
use mistral_model::{Id, Shard, Str};
use mistral_store::batch::{Batch, Lane, LaneKey, ListedState, Queued, Reply, StateChange, Timer};
use mistral_telemetry::metric;

use super::event::{Event, ReplyTo};
use super::shard_loop::executors::Destination;
use super::shard_loop::lanes::{Ended, Lanes};
use super::turns::Turns;

/// An event with its answer, which is given after the commit.
#[derive(Debug)]
pub(super) struct Decided {
    pub event: Event,
    pub answer: Result<Response, Refusal>,
}

/// Effects that wait for a commit.
#[derive(Default)]
pub(super) struct Pending {
    pub decided: Vec<Decided>,
    /// Trees with changed rows, each once.
    pub touched: Vec<Id>,
    pub timers: Vec<flow::Timer>,
    /// With the roots of their trees.
    pub dropped_timers: Vec<(Id, Id)>,
    pub jobs: Vec<Job>,
    /// Likewise.
    pub dropped_actions: Vec<(Id, Id)>,
    pub deleted_roots: Vec<Id>,
    /// Rows that changed, roughly: bounds the batch.
    pub rows: usize,
    /// Some tree among them may be one that grows.
    pub may_grow: bool,
}

/// What is released once the batch is durable.
#[derive(Default)]
pub(super) struct Released {
    pub decided: Vec<Decided>,
    pub touched: Vec<Id>,
    /// For the lane of this process, or the executor of another.
    pub jobs: Vec<(Job, Destination)>,
    /// What of these has no queue row.
    pub lanes: Vec<Lane>,
    /// Actions were left for whoever claims them.
    pub queued: bool,
    /// Processes that have answers waiting.
    pub replies: Vec<Id>,
    pub deleted_roots: Vec<Id>,
    /// Jobs that have no form in which they could be stored, with the reason: their actions fail.
    pub unwritable: Vec<(Job, String)>,
    /// Changes of states, for the trace.
    pub moves: Vec<flow::Move>,
}

/// What a loop counts of the actions that executors have.
pub(super) struct Counts<'a> {
    pub turns: &'a mut Turns,
    pub lanes: &'a mut Lanes,
}

impl Pending {
    pub(crate) fn is_empty(&self) -> bool {
        self.decided.is_empty()
            && self.touched.is_empty()
            && self.timers.is_empty()
            && self.dropped_timers.is_empty()
            && self.jobs.is_empty()
            && self.dropped_actions.is_empty()
            && self.deleted_roots.is_empty()
    }

    /// The shards that anything of it belongs to.
    pub(crate) fn shards(&self) -> Set<Shard> {
        let events = self.decided.iter().map(|decided| decided.event.root_id());
        let rows = self.timers.iter().map(|timer| timer.id);
        let jobs = self.jobs.iter().map(|job| job.action_id);
        let dropped = self
            .dropped_timers
            .iter()
            .chain(&self.dropped_actions)
            .map(|(_, id)| *id);
        let roots = self.touched.iter().chain(&self.deleted_roots).copied();
        let named = events.chain(rows).chain(jobs).chain(dropped).chain(roots);
        named.map(|id| id.shard()).collect()
    }

    /// Takes over what a decision about the tree of this root wants.
    pub(crate) fn absorb(&mut self, root: Id, effects: flow::Effects) {
        // A job that an earlier decision wanted repeated, and whose action has ended since.
        if !effects.dropped_actions.is_empty() && !self.jobs.is_empty() {
            let ended: Set<Id> = effects.dropped_actions.iter().copied().collect();
            self.jobs.retain(|job| !ended.contains(&job.action_id));
        }
        self.timers.extend(effects.timers);
        self.dropped_timers
            .extend(effects.dropped_timers.into_iter().map(|id| (root, id)));
        self.jobs.extend(effects.jobs);
        self.dropped_actions
            .extend(effects.dropped_actions.into_iter().map(|id| (root, id)));
        if effects.inline_actions > 0 {
            metric::inline_actions(effects.inline_actions);
        }
    }

    /// Takes everything out that belongs to some shards; `load` says how many of the rows are a tree's.
    pub(crate) fn split(&mut self, is_meant: impl Fn(Shard) -> bool, load: impl Fn(&Id) -> usize) -> Pending {
        let of = |root: &Id| is_meant(root.shard());
        let mut part = Pending {
            decided: self.decided.extract_if(.., |d| of(&d.event.root_id())).collect(),
            touched: self.touched.extract_if(.., |root| of(root)).collect(),
            timers: self.timers.extract_if(.., |timer| of(&timer.root_id)).collect(),
            dropped_timers: self.dropped_timers.extract_if(.., |(root, _)| of(root)).collect(),
            jobs: self.jobs.extract_if(.., |job| of(&job.root_id)).collect(),
            dropped_actions: self.dropped_actions.extract_if(.., |(root, _)| of(root)).collect(),
            deleted_roots: self.deleted_roots.extract_if(.., |root| of(root)).collect(),
            ..Pending::default()
        };
        part.rows = part.touched.iter().map(load).sum::<usize>().min(self.rows);
        self.rows -= part.rows;
        if self.is_empty() {
            *self = Pending::default();
        }
        part
    }

    /// Takes everything out that belongs to one tree. Returns its events, in order.
    pub(crate) fn take_back(&mut self, root: Id) -> Vec<Event> {
        self.touched.retain(|id| *id != root);
        self.timers.retain(|timer| timer.root_id != root);
        self.dropped_timers.retain(|(tree, _)| *tree != root);
        self.jobs.retain(|job| job.root_id != root);
        self.dropped_actions.retain(|(tree, _)| *tree != root);
        self.deleted_roots.retain(|id| *id != root);
        let (mine, others) = std::mem::take(&mut self.decided)
            .into_iter()
            .partition(|decided| decided.event.root_id() == root);
        self.decided = others;
        let mine: Vec<Decided> = mine;
        mine.into_iter().map(|decided| decided.event).collect()
    }

    /// Makes the transaction. `changes` are the rows of the touched trees; `claims(job)` says which executor
    /// takes a job at once, `counts.turns` when it comes if none does.
    pub(crate) fn into_batch(
        mut self,
        changes: Vec<Changes>,
        epochs: &Map<Shard, i64>,
        node: Id,
        now: mistral_model::Time,
        counts: Counts<'_>,
        mut claims: impl FnMut(&Job) -> Option<Destination>,
    ) -> (Batch, Released) {
        let Counts { turns, lanes } = counts;
        let mut batch = Batch::default();
        let mut shards: Set<Shard> = self.touched.iter().map(|id| id.shard()).collect();
        let mut moves = Vec::new();
        for mut change in changes {
            moves.append(&mut change.moves);
            append(&mut batch, change);
        }
        // Set and gone within one batch: never written.
        let dropped: Set<Id> = self.dropped_timers.iter().map(|(_, id)| *id).collect();
        let fresh: Set<Id> = self.timers.iter().map(|t| t.id).collect();
        for timer in self.timers.into_iter().filter(|t| !dropped.contains(&t.id)) {
            shards.insert(timer.id.shard());
            batch.new_timers.push(Timer {
                id: timer.id,
                root_id: timer.root_id,
                fire_at: timer.fire_at,
                body: mistral_model::json::to_string(&timer.event.to_value()),
            });
        }
        batch.removed_timers = self
            .dropped_timers
            .into_iter()
            .map(|(_, id)| id)
            .filter(|id| !fresh.contains(id))
            .collect();
        let ended: Set<Id> = self.dropped_actions.iter().map(|(_, id)| *id).collect();
        let mut released = Released::default();
        let mut placed = Placed::default();
        for job in self.jobs {
            let turn = turns.began(job.root_id, job.context.project_id.as_ref());
            // Wanted, or wanted once more, and ended since: never written. What an earlier attempt left goes.
            if ended.contains(&job.action_id) {
                continue;
            }
            let mut destination = claims(&job);
            let written = match &destination {
                Some(Destination::Lane(_) | Destination::Peer(_)) => None,
                // A worker may have to be told again, by another process.
                Some(Destination::Worker(..)) | None => match wire::write_job(&job) {
                    Ok(text) => Some(text),
                    Err(error) => {
                        // A row that nobody can run would wait for ever.
                        released.unwritable.push((job, error.to_string()));
                        continue;
                    }
                },
            };
            if let (Some(Destination::Worker(_, text)), Some(written)) = (&mut destination, &written) {
                text.clone_from(written);
            }
            // A repeated job replaces its row, and is in a lane no more.
            if job.attempt > 1 {
                batch.dequeued.push(job.action_id);
                if let Ended::Last(key) = lanes.ended(job.action_id) {
                    batch.closed_lanes.push(key);
                }
            }
            let holder = destination.as_ref().map(|destination| destination.node(node));
            match holder.filter(|_| written.is_none() && placed.takes(&job, &batch)) {
                Some(holder) => placed.place(holder, job.action_id, &mut batch.lanes),
                None => batch.queued.push(Queued {
                    action_id: job.action_id,
                    root_id: job.root_id,
                    attempt: job.attempt,
                    target: job.target.clone(),
                    claimed_by: holder,
                    safe_rerun: job.safe_rerun,
                    turn,
                    job: written,
                }),
            }
            shards.insert(job.action_id.shard());
            match destination {
                Some(destination) => released.jobs.push((job, destination)),
                None => released.queued = true,
            }
        }
        for (root, id) in self.dropped_actions {
            turns.ended(root);
            shards.insert(id.shard());
            match lanes.ended(id) {
                Ended::Elsewhere => batch.dequeued.push(id),
                Ended::Others => {}
                Ended::Last(key) => batch.closed_lanes.push(key),
            }
        }
        for id in batch.removed_timers.iter().chain(&batch.dequeued) {
            shards.insert(id.shard());
        }
        for decided in &self.decided {
            if let Some((shard, id)) = decided.event.message {
                shards.insert(shard);
                batch.consumed.push((shard, id));
            }
            if let ReplyTo::Node { node, request_id } = decided.event.reply
                && let Ok(body) = wire::write_answer(&decided.answer)
            {
                batch.replies.push(Reply {
                    node,
                    request_id,
                    body,
                    created_at: now,
                });
                released.replies.push(node);
            }
        }
        shards.extend(self.deleted_roots.iter().map(|id| id.shard()));
        batch.deleted_roots.clone_from(&self.deleted_roots);
        batch.fence = shards
            .iter()
            .filter_map(|s| epochs.get(s).map(|epoch| (*s, *epoch)))
            .collect();
        batch.fence.sort_unstable();
        released.decided = std::mem::take(&mut self.decided);
        released.touched = self.touched;
        released.lanes.clone_from(&batch.lanes);
        released.deleted_roots = self.deleted_roots;
        released.moves = moves;
        (batch, released)
    }
}

/// Which jobs of a batch go by `lane`.
#[derive(Default)]
struct Placed {
    /// The tasks that are new in it, once one has been asked about.
    new: Option<Set<Id>>,
    /// The row of each holder that still has room.
    rows: Vec<(Id, usize)>,
}

impl Placed {
    fn takes(&mut self, job: &Job, batch: &Batch) -> bool {
        let Some(task) = job.action_id.task_of_first_action() else {
            return false;
        };
        let all_new = || batch.new_tasks.iter().map(|task| task.id).collect();
        job.attempt == 1 && job.is_sync && job.safe_rerun && self.new.get_or_insert_with(all_new).contains(&task)
    }

    fn place(&mut self, holder: Id, action: Id, lanes: &mut Vec<Lane>) {
        let row = self.rows.iter_mut().find(|(of, _)| *of == holder);
        match row {
            Some((_, at)) if lanes[*at].actions.len() < Lane::MOST => return lanes[*at].actions.push(action),
            Some((_, at)) => *at = lanes.len(),
            None => self.rows.push((holder, lanes.len())),
        }
        lanes.push(Lane {
            key: LaneKey { holder, id: action },
            actions: vec![action],
        });
    }
}

fn append(batch: &mut Batch, changes: Changes) {
    let projects = projects(&changes);
    batch.state_changes.extend(
        changes
            .states
            .into_iter()
            .map(|(id, root_id, created_at, before, after)| StateChange {
                id,
                root_id,
                created_at,
                project_id: projects.get(&id).cloned().flatten(),
                before,
                after,
            }),
    );
    batch.new_executions.extend(changes.new_executions);
    batch.changed_executions.extend(changes.changed_executions);
    let listed = |(id, before, after)| ListedState { id, before, after };
    batch.task_states.extend(changes.task_states.into_iter().map(listed));
    batch
        .action_states
        .extend(changes.action_states.into_iter().map(listed));
    batch.new_tasks.extend(changes.new_tasks);
    batch.changed_tasks.extend(changes.changed_tasks);
    batch.new_actions.extend(changes.new_actions);
    batch.changed_actions.extend(changes.changed_actions);
    batch.deleted_executions.extend(changes.deleted_executions);
    batch.deleted_actions.extend(changes.deleted_actions);
}

/// Whose the executions are that changed their state.
fn projects(changes: &Changes) -> Map<Id, Option<Str>> {
    if changes.states.is_empty() {
        return Map::default();
    }
    let rows = changes.new_executions.iter().chain(&changes.changed_executions);
    rows.map(|row| (row.id, row.origin.project_id.clone())).collect()
}

/// Number of rows in a transaction.
pub(super) fn row_count(batch: &Batch) -> usize {
    batch.new_executions.len()
        + batch.keys.len()
        + batch.changed_executions.len()
        + batch.state_changes.len()
        + batch.task_states.len()
        + batch.action_states.len()
        + batch.new_tasks.len()
        + batch.changed_tasks.len()
        + batch.new_actions.len()
        + batch.changed_actions.len()
        + batch.queued.len()
        + batch.dequeued.len()
        + batch.lanes.iter().map(|lane| lane.actions.len()).sum::<usize>()
        + batch.closed_lanes.len()
        + batch.new_timers.len()
        + batch.removed_timers.len()
        + batch.consumed.len()
        + batch.replies.len()
}

/// Tells the metrics which states the rows of a transaction enter.
pub(super) fn count_states(batch: &Batch) {
    let mut counts: Map<&'static str, [u64; 3]> = Map::default();
    for row in batch.new_executions.iter().chain(&batch.changed_executions) {
        counts.entry(row.state.name()).or_default()[0] += 1;
    }
    for row in batch.new_tasks.iter().chain(&batch.changed_tasks) {
        counts.entry(row.state.name()).or_default()[1] += 1;
    }
    for row in batch.new_actions.iter().chain(&batch.changed_actions) {
        counts.entry(row.state.name()).or_default()[2] += 1;
    }
    for (state, [executions, tasks, actions]) in counts {
        if executions > 0 {
            metric::executions(state, executions);
        }
        if tasks > 0 {
            metric::tasks(state, tasks);
        }
        if actions > 0 {
            metric::actions(state, actions);
        }
    }
}
