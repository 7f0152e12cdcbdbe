//! The tables in memory, for simulations: what PostgreSQL would hold, with the same effect of each statement. Transactions
//! are atomic and in order here; what goes wrong between a node and the tables is the simulation's business.

pub mod away;
pub mod desk;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::backend::{Balance, OPEN_STATES, OpenExecution, Outgoing, Peer, Registration};
use super::batch::{
    Batch, Claim, Claimed, Glance, LaneKey, ListedState, Message, Orphan, Queued, Reply, Timer, TreeRows,
};
use super::low_water::TURNS;
use super::rendezvous::wanted;
use mistral_model::record::{Action, Execution, Task};
use mistral_model::{Id, Shard, State, Time};

#[derive(Clone, Debug)]
struct Lease {
    engine: bool,
    until: Time,
    peer: Peer,
}

/// Who owns a shard, and the counter of its fence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShardRow {
    pub owner: Option<Id>,
    pub epoch: i64,
}

/// A node, and the live engines.
type Placement = (Id, Vec<Id>);

/// Which batch of a writer took effect last, as its writer knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub writer: usize,
    pub batch: i64,
}

/// Why a transaction was rolled back.
#[derive(Debug, PartialEq, Eq)]
pub enum Rollback {
    /// These shards are under another epoch.
    Fence(Vec<Shard>),
    /// The epochs are right, but the writer's mark is not where it knew it to be.
    Mark,
}

/// All tables.
#[derive(Default)]
pub struct Tables {
    nodes: BTreeMap<Id, Lease>,
    /// By their numbers; made when first asked for.
    shards: Vec<ShardRow>,
    /// The last answer of [`wanted`], which costs more than all the rest.
    placement: Option<(Placement, BTreeSet<Shard>)>,
    pub executions: BTreeMap<Id, Execution>,
    pub tasks: BTreeMap<Id, Task>,
    pub actions: BTreeMap<Id, Action>,
    /// Executions that are not SUCCESS: root and state.
    pub open: BTreeMap<Id, (Id, State)>,
    /// Tasks that are not SUCCESS, as their membership table shows them.
    pub task_states: BTreeMap<Id, State>,
    /// Actions that are neither SUCCESS nor shown by the queue.
    pub action_states: BTreeMap<Id, State>,
    pub queue: BTreeMap<Id, Queued>,
    /// What executors hold without queue rows.
    pub lanes: BTreeMap<LaneKey, Vec<Id>>,
    /// All actions that ever lay there.
    pub in_lane: BTreeSet<Id>,
    /// What executors have begun of it, by attempt.
    begun: BTreeSet<(Id, u32)>,
    pub timers: BTreeMap<Id, Timer>,
    pub inbox: BTreeMap<i64, Message>,
    replies: BTreeMap<(Id, Id), Reply>,
    last_message: i64,
    /// Writers, with the number of the last batch of each that took effect.
    marks: Vec<i64>,
    /// Batches that took effect.
    pub commits: u64,
    /// Rows that were inserted although they were there.
    pub duplicates: Vec<Id>,
}

impl Tables {
    // Leases ---------------------------------------------------------------------------------------------------------

    /// Enters a node, or makes its lease last.
    pub fn register(&mut self, registration: &Registration, now: Time) {
        let lease = self.nodes.entry(registration.node).or_insert(Lease {
            engine: registration.roles.iter().any(|role| role == "engine"),
            until: now,
            peer: Peer {
                id: registration.node,
                name: registration.name.clone(),
                roles: registration.roles.clone(),
                address: registration.address.clone(),
            },
        });
        lease.until = now.plus_seconds(registration.ttl.as_secs_f64());
    }

    /// Nothing is placed on this node any more.
    pub fn retire(&mut self, node: Id) {
        if let Some(lease) = self.nodes.get_mut(&node) {
            lease.engine = false;
        }
    }

    fn is_live(&self, node: Id, now: Time) -> bool {
        self.nodes.get(&node).is_some_and(|lease| lease.until > now)
    }

    pub fn owned(&self, node: Id) -> Vec<(Shard, i64)> {
        let rows = (0..=255).map(Shard).zip(&self.shards);
        rows.filter(|(_, row)| row.owner == Some(node))
            .map(|(shard, row)| (shard, row.epoch))
            .collect()
    }

    pub fn shard(&self, shard: Shard) -> ShardRow {
        self.shards.get(usize::from(shard.0)).copied().unwrap_or_default()
    }

    fn shard_mut(&mut self, shard: Shard) -> &mut ShardRow {
        if self.shards.is_empty() {
            self.shards = vec![ShardRow::default(); 256];
        }
        &mut self.shards[usize::from(shard.0)]
    }

    /// Takes what a node lacks of the shards it should have. `is_locked`: shards that an open transaction holds.
    pub fn balance(&mut self, node: Id, from_dead: bool, now: Time, is_locked: impl Fn(Shard) -> bool) -> Balance {
        let live = self.nodes.iter().filter(|(_, lease)| lease.engine && lease.until > now);
        let engines: Vec<Id> = live.clone().map(|(id, _)| *id).collect();
        let next_end = live.filter(|(id, _)| **id != node).map(|(_, lease)| lease.until).min();
        let key = (node, engines);
        let wanted = match self.placement.take() {
            Some((known, shards)) if known == key => shards,
            _ => wanted(node, &key.1).into_iter().collect(),
        };
        let owned = self.owned(node);
        let surplus = owned.iter().map(|(shard, _)| *shard).filter(|s| !wanted.contains(s));
        let mut balance = Balance {
            surplus: surplus.collect(),
            next_end: next_end.map(|end| Duration::from_micros((end.0 - now.0).unsigned_abs())),
            ..Balance::default()
        };
        for &shard in &wanted {
            let row = self.shard(shard);
            if row.owner == Some(node) {
                continue;
            }
            let is_free = row.owner.is_none_or(|owner| from_dead && !self.is_live(owner, now));
            if is_free && !is_locked(shard) {
                let epoch = row.epoch + 1;
                let owner = Some(node);
                *self.shard_mut(shard) = ShardRow { owner, epoch };
                balance.acquired.push((shard, epoch));
            } else {
                balance.missing += 1;
            }
        }
        self.placement = Some((key, wanted));
        balance
    }

    /// Gives shards away, but for those that an open transaction holds.
    pub fn release(&mut self, node: Id, shards: &[Shard], is_locked: impl Fn(Shard) -> bool) -> Vec<Shard> {
        let mut released = Vec::new();
        for shard in shards.iter().filter(|shard| !is_locked(**shard)) {
            let row = self.shard_mut(*shard);
            if row.owner == Some(node) {
                row.owner = None;
                row.epoch += 1;
                released.push(*shard);
            }
        }
        released
    }

    pub fn live_nodes(&self, now: Time) -> Vec<Id> {
        let live = self.nodes.iter().filter(|(_, lease)| lease.until > now);
        live.map(|(id, _)| *id).collect()
    }

    /// The live nodes with what is known of them.
    pub fn peers(&self, now: Time) -> Vec<Peer> {
        let live = self.nodes.values().filter(|lease| lease.until > now);
        live.map(|lease| lease.peer.clone()).collect()
    }

    /// Ends the leases of nodes that are dead for certain.
    pub fn end(&mut self, nodes: &[Id]) {
        for (_, lease) in self.nodes.iter_mut().filter(|(id, _)| nodes.contains(id)) {
            lease.until = Time(i64::MIN);
        }
    }

    pub fn leave(&mut self, node: Id) {
        self.nodes.remove(&node);
    }

    /// Forgets nodes whose lease ended before `limit`.
    pub fn bury(&mut self, limit: Time) -> u64 {
        let before = self.nodes.len();
        self.nodes.retain(|_, lease| lease.until >= limit);
        let done: Vec<LaneKey> = self
            .lanes
            .iter()
            .filter(|(_, actions)| !actions.iter().any(|action| self.is_in_lane(*action)))
            .map(|(key, _)| *key)
            .collect();
        done.iter().for_each(|key| drop(self.lanes.remove(key)));
        let nodes = &self.nodes;
        self.replies.retain(|(node, _), _| nodes.contains_key(node));
        (before - self.nodes.len()) as u64
    }

    // Batches --------------------------------------------------------------------------------------------------------

    /// The mark of a new writer.
    pub fn begin_mark(&mut self) -> Mark {
        self.marks.push(0);
        Mark {
            writer: self.marks.len() - 1,
            batch: 0,
        }
    }

    /// Carries out a transaction, if the fence holds. The mark is where its writer knows it to be.
    ///
    /// # Errors
    /// What of the fence does not hold; then nothing has happened.
    pub fn commit(&mut self, batch: &Batch, mark: Mark) -> Result<(), Rollback> {
        let lost: Vec<Shard> = batch
            .fence
            .iter()
            .filter(|(shard, epoch)| self.shard(*shard).epoch != *epoch)
            .map(|(shard, _)| *shard)
            .collect();
        if !lost.is_empty() {
            return Err(Rollback::Fence(lost));
        }
        match self.marks.get_mut(mark.writer) {
            Some(stands) if *stands == mark.batch => *stands += 1,
            _ => return Err(Rollback::Mark),
        }
        self.commits += 1;
        self.apply(batch);
        Ok(())
    }

    /// In the order in which the statements of a batch run.
    fn apply(&mut self, batch: &Batch) {
        for (_, id) in &batch.consumed {
            self.inbox.remove(id);
        }
        for id in &batch.dequeued {
            self.queue.remove(id);
        }
        for key in &batch.closed_lanes {
            self.lanes.remove(key);
        }
        for row in &batch.new_executions {
            self.duplicates.extend(insert(&mut self.executions, row.id, row));
        }
        for row in &batch.new_tasks {
            self.duplicates.extend(insert(&mut self.tasks, row.id, row));
        }
        for row in &batch.new_actions {
            self.duplicates.extend(insert(&mut self.actions, row.id, row));
        }
        for row in &batch.changed_executions {
            update(&mut self.executions, row.id, row);
        }
        for row in &batch.changed_tasks {
            update(&mut self.tasks, row.id, row);
        }
        for row in &batch.changed_actions {
            update(&mut self.actions, row.id, row);
        }
        for change in &batch.state_changes {
            match change.after {
                State::Success => drop(self.open.remove(&change.id)),
                state => drop(self.open.insert(change.id, (change.root_id, state))),
            }
        }
        list(&mut self.task_states, &batch.task_states);
        list(&mut self.action_states, &batch.action_states);
        for row in &batch.queued {
            self.begun.remove(&(row.action_id, row.attempt));
            self.queue.insert(row.action_id, row.clone());
        }
        for lane in &batch.lanes {
            self.lanes.insert(lane.key, lane.actions.clone());
            self.in_lane.extend(&lane.actions);
        }
        for row in &batch.new_timers {
            self.timers.insert(row.id, row.clone());
        }
        for id in &batch.removed_timers {
            self.timers.remove(id);
        }
        for reply in &batch.replies {
            self.replies.insert((reply.node, reply.request_id), reply.clone());
        }
        for root in &batch.deleted_roots {
            let ids: Vec<Id> = self
                .executions
                .values()
                .filter(|e| e.root_id == *root)
                .map(|e| e.id)
                .collect();
            ids.into_iter().for_each(|id| self.delete_execution(id));
            self.delete_action(*root);
            self.timers.retain(|_, timer| timer.root_id != *root);
        }
        batch
            .deleted_executions
            .iter()
            .for_each(|id| self.delete_execution(*id));
        batch.deleted_actions.iter().for_each(|id| self.delete_action(*id));
    }

    fn delete_execution(&mut self, id: Id) {
        self.executions.remove(&id);
        self.open.remove(&id);
        let gone: Vec<Id> = self
            .actions
            .values()
            .filter(|a| a.execution_id == Some(id))
            .map(|a| a.id)
            .collect();
        gone.into_iter().for_each(|action| self.delete_action(action));
        let states = &mut self.task_states;
        self.tasks.retain(|_, task| {
            let stays = task.execution_id != id;
            if !stays {
                states.remove(&task.id);
            }
            stays
        });
    }

    fn delete_action(&mut self, id: Id) {
        self.actions.remove(&id);
        self.action_states.remove(&id);
        self.queue.remove(&id);
        self.in_lane.remove(&id);
    }

    // Reads ----------------------------------------------------------------------------------------------------------

    pub fn load(&self, root_id: Id) -> Option<TreeRows> {
        let executions: Vec<Execution> = self
            .executions
            .values()
            .filter(|e| e.root_id == root_id)
            .cloned()
            .collect();
        let actions: Vec<Action> = self
            .actions
            .values()
            .filter(|a| a.root_id == root_id)
            .cloned()
            .collect();
        if !executions.iter().any(|e| e.id == root_id) && !actions.iter().any(|a| a.id == root_id) {
            return None;
        }
        let mut rows = TreeRows {
            executions,
            tasks: self.tasks.values().filter(|t| t.root_id == root_id).cloned().collect(),
            timers: self.timers.values().filter(|t| t.root_id == root_id).cloned().collect(),
            ..TreeRows::default()
        };
        rows.executions.sort_by_key(|e| (e.id != root_id, e.id));
        for action in actions.iter().filter(|a| !a.state.is_completed()) {
            if let Some(row) = self.queue.get(&action.id) {
                rows.queued.push(row.action_id);
                rows.claims.push(Claim {
                    action_id: row.action_id,
                    attempt: row.attempt,
                    claimed_by: row.claimed_by,
                });
            } else if self.in_lane.contains(&action.id) {
                rows.queued.push(action.id);
                rows.claims.push(Claim {
                    action_id: action.id,
                    attempt: 1,
                    claimed_by: None,
                });
            }
        }
        rows.actions = actions;
        Some(rows)
    }

    pub fn look(&self, root_id: Id, executions: &[Id], is_open: bool) -> Option<Glance> {
        let has_root = self.executions.get(&root_id).is_some_and(|e| e.root_id == root_id)
            || self.actions.get(&root_id).is_some_and(|a| a.root_id == root_id);
        let mut below = self
            .executions
            .values()
            .filter(|e| e.root_id == root_id && e.id != root_id);
        let found = executions.iter().filter_map(|id| self.executions.get(id));
        has_root.then(|| Glance {
            executions: found.filter(|e| e.root_id == root_id).cloned().collect(),
            is_doomed: false,
            is_open: is_open && below.any(|e| !e.state.is_completed()),
        })
    }

    /// Everything but the order of creation is as in PostgreSQL: ids stand for it.
    pub fn open_roots(&self, shards: &[Shard], after: Option<OpenExecution>, limit: usize) -> Vec<OpenExecution> {
        let rank = |state: State| OPEN_STATES.iter().position(|open| *open == state);
        let key = |open: &OpenExecution| (rank(open.state), Reverse(open.id));
        let rows = self.open.iter().filter(|(id, _)| shards.contains(&id.shard()));
        let mut open: Vec<OpenExecution> = rows
            .filter(|(_, (_, state))| rank(*state).is_some())
            .map(|(id, (root_id, state))| OpenExecution {
                state: *state,
                created_at: Time::default(),
                id: *id,
                root_id: *root_id,
            })
            .filter(|open| after.is_none_or(|after| key(open) > key(&after)))
            .collect();
        open.sort_by_key(key);
        open.truncate(limit);
        open
    }

    pub fn timers(&self, shard: Shard, after: (Time, Id), limit: usize) -> Vec<Timer> {
        let timers = self.timers.values().filter(|timer| timer.id.shard() == shard);
        let mut found: Vec<Timer> = timers.filter(|t| (t.fire_at, t.id) > after).cloned().collect();
        found.sort_by_key(|timer| (timer.fire_at, timer.id));
        found.truncate(limit);
        found
    }

    // Messages -------------------------------------------------------------------------------------------------------

    pub fn send(&mut self, message: &Outgoing) {
        self.last_message += 1;
        let id = self.last_message;
        let row = Message {
            shard: message.shard,
            id,
            body: message.body.clone(),
            reply_to: message.reply_to,
            request_id: message.request_id,
        };
        self.inbox.insert(id, row);
    }

    pub fn read_inbox(&self, shards: &[Shard], limit: usize, in_flight: &[i64]) -> Vec<Message> {
        let mine = self
            .inbox
            .values()
            .filter(|m| shards.contains(&m.shard) && !in_flight.contains(&m.id));
        mine.take(limit).cloned().collect()
    }

    pub fn take_replies(&mut self, node: Id) -> Vec<(Id, String)> {
        let keys: Vec<(Id, Id)> = self.replies.keys().filter(|(to, _)| *to == node).copied().collect();
        let taken = keys.into_iter().filter_map(|key| self.replies.remove(&key));
        taken.map(|reply| (reply.request_id, reply.body)).collect()
    }

    // The action queue -----------------------------------------------------------------------------------------------

    pub fn claim(&mut self, node: Id, targets: &[&str], limit: usize) -> Vec<Claimed> {
        let mut claimed = Vec::new();
        for (target, turn) in targets
            .iter()
            .flat_map(|target| (0..TURNS).map(move |turn| (target, turn)))
        {
            for row in self.queue.values_mut() {
                let is_there = row.target.as_deref().unwrap_or_default() == *target && row.turn == turn;
                if is_there && row.claimed_by.is_none() && claimed.len() < limit {
                    row.claimed_by = Some(node);
                    claimed.push(claimed_row(row));
                }
            }
        }
        claimed
    }

    pub fn release_claims(&mut self, node: Id, actions: &[Id]) {
        for id in actions {
            let row = self.queue.get_mut(id);
            if let Some(row) = row.filter(|row| row.claimed_by == Some(node) && row.job.is_some()) {
                row.claimed_by = None;
            }
        }
    }

    pub fn begin(&mut self, node: Id, actions: &[(Id, u32)]) -> Vec<Id> {
        let mut begun = Vec::new();
        for (id, attempt) in actions {
            let row = self.queue.get(id);
            if row.is_some_and(|row| row.claimed_by == Some(node) && row.attempt == *attempt) {
                self.begun.insert((*id, *attempt));
                begun.push(*id);
            }
        }
        begun
    }

    pub fn held(&self, node: Id, actions: &[Id]) -> Vec<(Id, u32)> {
        let rows = actions.iter().filter_map(|id| self.queue.get(id));
        let in_lane = actions
            .iter()
            .filter(|id| self.in_lane.contains(id) && self.is_in_lane(**id));
        rows.filter(|row| row.claimed_by == Some(node))
            .map(|row| (row.action_id, row.attempt))
            .chain(in_lane.map(|id| (*id, 1)))
            .collect()
    }

    pub fn unbegun(&self, node: Id, actions: &[Id]) -> Vec<(Id, u32)> {
        let rows = actions.iter().filter_map(|id| self.queue.get(id));
        rows.filter(|row| row.claimed_by == Some(node))
            .map(|row| (row.action_id, row.attempt))
            .filter(|row| !self.begun.contains(row))
            .collect()
    }

    /// Of what lay in a lane: whether it has not ended, and was not given to somebody once more.
    fn is_in_lane(&self, action: Id) -> bool {
        let row = self.actions.get(&action);
        row.is_some_and(|row| row.is_sync && !row.state.is_completed()) && !self.queue.contains_key(&action)
    }

    /// What executors hold by lanes: holder, action, root.
    fn held_by_lanes(&self) -> impl Iterator<Item = (Id, Id, Id)> {
        let all = self
            .lanes
            .iter()
            .flat_map(|(key, actions)| actions.iter().map(|action| (key.holder, *action)));
        all.filter(|(_, action)| self.is_in_lane(*action))
            .filter_map(|(holder, action)| Some((holder, action, self.actions.get(&action)?.root_id)))
    }

    pub fn claims_of(&self, node: Id, after: Id, limit: usize) -> Vec<Claimed> {
        let held = self
            .queue
            .values()
            .filter(|row| row.action_id > after && row.claimed_by == Some(node) && row.job.is_some());
        held.map(claimed_row).take(limit).collect()
    }

    /// What a node holds, has not begun, and cannot run from the row.
    pub fn lane_claims_of(&self, node: Id, after: Id, limit: usize) -> Vec<(Id, Id, u32)> {
        let is_held = |row: &&Queued| row.action_id > after && row.claimed_by == Some(node) && row.job.is_none();
        let begun = |row: &&Queued| !self.begun.contains(&(row.action_id, row.attempt));
        let held = self.queue.values().filter(is_held).filter(begun);
        let mut held: Vec<_> = held
            .map(|row| (row.root_id, row.action_id, row.attempt))
            .chain(
                self.held_by_lanes()
                    .filter(|(holder, action, _)| *holder == node && *action > after)
                    .map(|(_, action, root)| (root, action, 1)),
            )
            .collect();
        held.sort_unstable_by_key(|(_, action, _)| *action);
        held.truncate(limit);
        held
    }

    pub fn orphans(&self, shards: &[Shard], limit: usize, now: Time) -> Vec<Orphan> {
        let held = self
            .queue
            .values()
            .filter(|row| shards.contains(&row.action_id.shard()));
        held.filter_map(|row| {
            let claimed_by = row.claimed_by.filter(|node| !self.is_live(*node, now))?;
            Some(Orphan {
                action_id: row.action_id,
                root_id: row.root_id,
                attempt: row.attempt,
                safe_rerun: row.safe_rerun || !self.begun.contains(&(row.action_id, row.attempt)),
                claimed_by,
                job: row.job.clone(),
            })
        })
        .chain(
            self.held_by_lanes()
                .filter(|(holder, action, _)| shards.contains(&action.shard()) && !self.is_live(*holder, now))
                .map(|(claimed_by, action_id, root_id)| Orphan {
                    action_id,
                    root_id,
                    attempt: 1,
                    safe_rerun: true,
                    claimed_by,
                    job: None,
                }),
        )
        .take(limit)
        .collect()
    }
}

fn claimed_row(row: &Queued) -> Claimed {
    Claimed {
        action_id: row.action_id,
        root_id: row.root_id,
        attempt: row.attempt,
        job: row.job.clone().unwrap_or_default(),
    }
}

/// `INSERT … ON CONFLICT DO NOTHING`: the id, if there is such a row already.
fn insert<T: Clone>(table: &mut BTreeMap<Id, T>, id: Id, row: &T) -> Option<Id> {
    if table.contains_key(&id) {
        return Some(id);
    }
    table.insert(id, row.clone());
    None
}

/// Membership: what the table shows goes if it is what the writer believes, as a DELETE with the state in its key has it.
fn list(table: &mut BTreeMap<Id, State>, changes: &[ListedState]) {
    for change in changes {
        if change
            .before
            .is_some_and(|before| table.get(&change.id) == Some(&before))
        {
            table.remove(&change.id);
        }
        if let Some(after) = change.after {
            table.insert(change.id, after);
        }
    }
}

fn update<T: Clone>(table: &mut BTreeMap<Id, T>, id: Id, row: &T) {
    if let Some(stored) = table.get_mut(&id) {
        *stored = row.clone();
    }
}
