//! A batch as parameters of the prepared statements of [`super::writer`].
//!
//! Wide rows go as one array of a composite type ([`super::record`]), narrow ones as an array per column. Both are written
//! straight from the records and borrow their text. Large batches are cut into several runs of the same statement.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use tokio_postgres::types::ToSql;

use super::record::{
    ChangedAction, ChangedCall, ChangedExecution, ChangedTask, ChangedTaskRun, NewAction, NewExecution, NewTaskRun,
    Record, Rows, TaskRun,
};
use super::text::{indexed, json, plain};
use mistral_model::record::{Action, Task};
use mistral_model::{Id, Shard, State, Time};
use mistral_store::batch::{Batch, Key, Lane, LaneKey, Queued, Reply, StateChange, Timer};

/// Rows of one run of a statement, at most: bounds what the server holds at a time. Larger runs gain nothing: from some
/// hundred rows on, the cost of a statement does not show in the cost of a row.
const RUN_ROWS: usize = 1_000;
/// Bytes of one run, about.
const RUN_BYTES: usize = 4 << 20;

type Text<'a> = Cow<'a, str>;

/// The statements of a batch, in the order in which a transaction runs them.
///
/// They are planned when a connection is made, with what the planner knows about the tables then: in a young database they are all but
/// empty. Told so, it would rather walk over all of such a table by an index, and look into the array for each row, and goes on so
/// when there are a million: the lane took 24.7 s for what takes 3. Where a row is found by a value of another, the condition is therefore
/// written as `= ANY (ARRAY[…])`: an index serves it as it serves `=`, but it can't be merged or hashed, and so there is one
/// plan only. (Partial indexes can be walked over all the same: there a LATERAL query with OFFSET 0 stands in the way.) `plans.rs` holds every statement to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sql {
    Begin,
    Fence,
    Commit,
    DeleteInbox,
    DeleteQueue,
    DeleteLane,
    InsertExecution,
    InsertKey,
    InsertTask,
    InsertAction,
    UpdateExecution,
    UpdateTask,
    UpdateTaskRun,
    UpdateCall,
    UpdateAction,
    SetState,
    ClearState,
    UnlistTasks,
    ListTasks,
    UnlistActions,
    ListActions,
    InsertQueue,
    InsertLane,
    InsertTimer,
    DeleteTimer,
    InsertReply,
    DeleteRoot,
    DeleteExecution,
    DeleteAction,
    DeleteCall,
    Epochs,
    BeginMark,
    ReadMark,
}

impl Sql {
    pub(super) const ALL: [Sql; 33] = [
        Sql::Begin,
        Sql::Fence,
        Sql::Commit,
        Sql::DeleteInbox,
        Sql::DeleteQueue,
        Sql::DeleteLane,
        Sql::InsertExecution,
        Sql::InsertKey,
        Sql::InsertTask,
        Sql::InsertAction,
        Sql::UpdateExecution,
        Sql::UpdateTask,
        Sql::UpdateTaskRun,
        Sql::UpdateCall,
        Sql::UpdateAction,
        Sql::SetState,
        Sql::ClearState,
        Sql::UnlistTasks,
        Sql::ListTasks,
        Sql::UnlistActions,
        Sql::ListActions,
        Sql::InsertQueue,
        Sql::InsertLane,
        Sql::InsertTimer,
        Sql::DeleteTimer,
        Sql::InsertReply,
        Sql::DeleteRoot,
        Sql::DeleteExecution,
        Sql::DeleteAction,
        Sql::DeleteCall,
        Sql::Epochs,
        Sql::BeginMark,
        Sql::ReadMark,
    ];

    pub(super) fn text(self) -> &'static str {
        match self {
            Sql::Begin => "BEGIN",
            Sql::Commit => "COMMIT",
            Sql::Fence => include_str!("sql/fence.sql"),
            Sql::DeleteInbox => include_str!("sql/delete_inbox.sql"),
            Sql::DeleteQueue => include_str!("sql/delete_queue.sql"),
            Sql::DeleteLane => include_str!("sql/delete_lane.sql"),
            Sql::InsertExecution => include_str!("sql/insert_execution.sql"),
            Sql::InsertKey => include_str!("sql/insert_key.sql"),
            Sql::InsertTask => include_str!("sql/insert_task.sql"),
            Sql::InsertAction => include_str!("sql/insert_action.sql"),
            Sql::UpdateExecution => include_str!("sql/update_execution.sql"),
            Sql::UpdateTask => include_str!("sql/update_task.sql"),
            Sql::UpdateTaskRun => include_str!("sql/update_task_run.sql"),
            Sql::UpdateCall => include_str!("sql/update_call.sql"),
            Sql::UpdateAction => include_str!("sql/update_action.sql"),
            Sql::SetState => include_str!("sql/set_state.sql"),
            Sql::ClearState => include_str!("sql/clear_state.sql"),
            Sql::UnlistTasks => include_str!("sql/unlist_tasks.sql"),
            Sql::ListTasks => include_str!("sql/list_tasks.sql"),
            Sql::UnlistActions => include_str!("sql/unlist_actions.sql"),
            Sql::ListActions => include_str!("sql/list_actions.sql"),
            Sql::InsertQueue => include_str!("sql/insert_queue.sql"),
            Sql::InsertLane => include_str!("sql/insert_lane.sql"),
            Sql::InsertTimer => include_str!("sql/insert_timer.sql"),
            Sql::DeleteTimer => include_str!("sql/delete_timer.sql"),
            Sql::InsertReply => include_str!("sql/insert_reply.sql"),
            Sql::DeleteRoot => include_str!("sql/delete_root.sql"),
            Sql::DeleteExecution => include_str!("sql/delete_execution.sql"),
            Sql::DeleteAction => include_str!("sql/delete_action.sql"),
            Sql::DeleteCall => include_str!("sql/delete_call.sql"),
            Sql::Epochs => include_str!("sql/epochs.sql"),
            Sql::BeginMark => include_str!("sql/begin_mark.sql"),
            Sql::ReadMark => include_str!("sql/read_mark.sql"),
        }
    }
}

/// One run of one statement.
pub(super) struct Run<'a> {
    pub(super) sql: Sql,
    pub(super) params: Vec<Box<dyn ToSql + Sync + Send + 'a>>,
}

/// About how many bytes a value takes.
trait Weight {
    fn weight(&self) -> usize;
}

macro_rules! fixed {
    ($($type:ty),*) => {$(
        impl Weight for $type {
            fn weight(&self) -> usize {
                size_of::<$type>()
            }
        }
    )*};
}

fixed!(Id, Time, Shard, State, bool, i64, i32, i16);

impl Weight for Text<'_> {
    fn weight(&self) -> usize {
        self.len()
    }
}

impl<T: Weight> Weight for Option<T> {
    fn weight(&self) -> usize {
        self.as_ref().map_or(0, Weight::weight)
    }
}

/// Column arrays of one statement.
trait Columns<'a>: Default {
    const SQL: Sql;
    type Row;
    /// Appends a row; returns about how many bytes it takes.
    fn push(&mut self, row: Self::Row) -> usize;
    fn params(self) -> Vec<Box<dyn ToSql + Sync + Send + 'a>>;
}

/// Cuts rows into runs.
fn encode_rows<'a, C: Columns<'a>>(rows: impl Iterator<Item = C::Row>, runs: &mut Vec<Run<'a>>) {
    let (mut columns, mut count, mut bytes) = (C::default(), 0, 0);
    for row in rows {
        bytes += columns.push(row);
        count += 1;
        if count >= RUN_ROWS || bytes >= RUN_BYTES {
            runs.push(Run {
                sql: C::SQL,
                params: std::mem::take(&mut columns).params(),
            });
            (count, bytes) = (0, 0);
        }
    }
    if count > 0 {
        runs.push(Run {
            sql: C::SQL,
            params: columns.params(),
        });
    }
}

/// Cuts records into runs.
fn encode_records<'a, R: Record + 'a>(sql: Sql, rows: impl Iterator<Item = R::Row<'a>>, runs: &mut Vec<Run<'a>>) {
    let mut run = |rows| {
        runs.push(Run {
            sql,
            params: vec![Box::new(Rows::<R>(rows))],
        })
    };
    let (mut taken, mut bytes) = (Vec::new(), 0);
    for row in rows {
        bytes += R::weight(row);
        taken.push(row);
        if taken.len() >= RUN_ROWS || bytes >= RUN_BYTES {
            run(std::mem::take(&mut taken));
            bytes = 0;
        }
    }
    if !taken.is_empty() {
        run(taken);
    }
}

/// Declares the columns of a statement, in the order of its parameters.
macro_rules! columns {
    ($name:ident($sql:expr, $row:ident: $row_type:ty) { $($column:ident: $type:ty = $value:expr,)* }) => {
        #[derive(Default)]
        struct $name<'a> {
            $($column: Vec<$type>,)*
            borrowed: std::marker::PhantomData<&'a ()>,
        }

        impl<'a> Columns<'a> for $name<'a> {
            const SQL: Sql = $sql;
            type Row = $row_type;

            fn push(&mut self, $row: $row_type) -> usize {
                let mut bytes = 0;
                $(
                    let value: $type = $value;
                    bytes += value.weight();
                    self.$column.push(value);
                )*
                bytes
            }

            fn params(self) -> Vec<Box<dyn ToSql + Sync + Send + 'a>> {
                vec![$(Box::new(self.$column)),*]
            }
        }
    };
}

columns!(States(Sql::SetState, s: &'a StateChange) {
    shard: Shard = s.root_id.shard(),
    id: Id = s.id,
    root_id: Id = s.root_id,
    state: State = s.after,
    created_at: Time = s.created_at,
    project_id: Option<Text<'a>> = s.project_id.as_deref().map(plain),
});

/// Statements about rows of a membership table, whose key begins with the state: new rows, and rows that go.
macro_rules! listings {
    ($($listed:ident: $list:expr, $unlisted:ident: $unlist:expr;)*) => {$(
        columns!($listed($list, key: (Id, State)) {
            shard: Shard = key.0.shard(),
            id: Id = stored(key.0),
            state: State = key.1,
        });
        columns!($unlisted($unlist, key: (Id, State)) {
            id: Id = stored(key.0),
            state: State = key.1,
        });
    )*};
}

listings! {
    ListedTasks: Sql::ListTasks, UnlistedTasks: Sql::UnlistTasks;
    ListedActions: Sql::ListActions, UnlistedActions: Sql::UnlistActions;
}

columns!(NewQueue(Sql::InsertQueue, q: &'a Queued) {
    shard: Shard = q.root_id.shard(),
    action_id: Id = stored(q.action_id),
    root_id: Id = q.root_id,
    attempt: i32 = i32::try_from(q.attempt).unwrap_or(i32::MAX),
    target: Text<'a> = q.target.as_deref().map(indexed).unwrap_or_default(),
    claimed_by: Option<Id> = q.claimed_by,
    safe_rerun: bool = q.safe_rerun,
    job: Option<Text<'a>> = q.job.as_deref().map(json),
    of_task: bool = q.action_id.task_of_first_action().is_some(),
    turn: i16 = q.turn,
});

columns!(ClosedLanes(Sql::DeleteLane, key: LaneKey) {
    holder: Id = key.holder,
    id: Id = stored(key.id),
});

/// Rows of lanes, each with the places of its actions in an array of all.
#[derive(Default)]
struct NewLanes {
    holder: Vec<Id>,
    id: Vec<Id>,
    from: Vec<i32>,
    to: Vec<i32>,
    tasks: Vec<Id>,
}

impl<'a> Columns<'a> for NewLanes {
    const SQL: Sql = Sql::InsertLane;
    type Row = &'a Lane;

    fn push(&mut self, lane: &'a Lane) -> usize {
        self.holder.push(lane.key.holder);
        self.id.push(stored(lane.key.id));
        // Arrays begin at 1, and a run of statements holds no more than fits.
        self.from.push(self.tasks.len() as i32 + 1);
        self.tasks.extend(lane.actions.iter().map(|action| stored(*action)));
        self.to.push(self.tasks.len() as i32);
        (lane.actions.len() + 3) * size_of::<Id>()
    }

    fn params(self) -> Vec<Box<dyn ToSql + Sync + Send + 'a>> {
        vec![
            Box::new(self.holder),
            Box::new(self.id),
            Box::new(self.from),
            Box::new(self.to),
            Box::new(self.tasks),
        ]
    }
}

columns!(NewKeys(Sql::InsertKey, k: &'a Key) {
    name: Text<'a> = plain(&k.name),
    value: Text<'a> = plain(&k.value),
    created_at: Time = k.created_at,
    id: Id = k.id,
});

columns!(NewTimers(Sql::InsertTimer, t: &'a Timer) {
    shard: Shard = t.root_id.shard(),
    id: Id = t.id,
    root_id: Id = t.root_id,
    fire_at: Time = t.fire_at,
    body: Text<'a> = json(&t.body),
});

columns!(Replies(Sql::InsertReply, r: &'a Reply) {
    node: Id = r.node,
    request_id: Id = r.request_id,
    body: Text<'a> = json(&r.body),
    created_at: Time = r.created_at,
});

columns!(Consumed(Sql::DeleteInbox, key: (Shard, i64)) {
    shard: Shard = key.0,
    id: i64 = key.1,
});

/// Statements that take nothing but ids, and compare them with `= ANY`. The tables hold a few rows most of the time; told so by
/// VACUUM, the planner would rather read such a table as a whole, by an index, than look up what is joined to it from arrays. While
/// another session keeps dead rows in it, each statement would visit all of those: 13,800 pages per statement after 40 s, and
/// the lane at half its speed (270 executions of 10 actions per second fell to 135). A condition on the key is always looked up.
macro_rules! keys {
    ($($name:ident: $sql:expr;)*) => {$(
        columns!($name($sql, id: Id) {
            id: Id = stored(id),
        });
    )*};
}

/// Statements about large tables: each row is found by its id and the shard that the id says.
macro_rules! sharded_keys {
    ($($name:ident: $sql:expr;)*) => {$(
        columns!($name($sql, id: Id) {
            shard: Shard = id.shard(),
            id: Id = stored(id),
        });
    )*};
}

keys! {
    ClearedStates: Sql::ClearState;
    Dequeued: Sql::DeleteQueue;
    RemovedTimers: Sql::DeleteTimer;
}

sharded_keys! {
    DeletedRoots: Sql::DeleteRoot;
    DeletedExecutions: Sql::DeleteExecution;
    DeletedActions: Sql::DeleteAction;
    DeletedCalls: Sql::DeleteCall;
}

/// The id under which the tables have an action: that of its task if it lies in its row; any other id as it is.
pub(super) fn stored(id: Id) -> Id {
    id.task_of_first_action().unwrap_or(id)
}

/// Actions that lie in rows of their tasks, by these.
struct Calls<'a> {
    by_task: HashMap<Id, &'a Action, foldhash::fast::RandomState>,
    /// Those that executors get by lanes.
    in_lane: HashSet<Id, foldhash::fast::RandomState>,
}

impl<'a> Calls<'a> {
    fn of(batch: &'a Batch) -> Calls<'a> {
        let all = batch.new_actions.iter().chain(&batch.changed_actions);
        let in_lane = batch.lanes.iter().flat_map(|lane| &lane.actions);
        Calls {
            by_task: all.filter_map(|a| Some((a.id.task_of_first_action()?, a))).collect(),
            in_lane: in_lane.map(|action| stored(*action)).collect(),
        }
    }

    fn take(&mut self, task: &'a Task) -> TaskRun<'a> {
        let mut run = TaskRun::new(task, self.by_task.remove(&task.id));
        run.is_in_lane = self.in_lane.contains(&task.id);
        run
    }

    /// Those whose tasks do not change, in the order of their ids.
    fn left(self) -> Vec<&'a Action> {
        let mut left: Vec<&Action> = self.by_task.into_values().collect();
        left.sort_unstable_by_key(|a| a.id);
        left
    }
}

fn has_row(action: &&Action) -> bool {
    action.id.task_of_first_action().is_none()
}

/// The runs between the fence and COMMIT.
///
/// Within a batch, the queue rows that are removed are removed before new ones are inserted (an action may be queued again),
/// timers are removed after new ones are inserted (a timer may be made and dropped), and deletions of entities come last.
/// Where a row is changed several times, the last state counts.
pub(super) fn encode(batch: &Batch) -> Vec<Run<'_>> {
    let mut runs = Vec::with_capacity(12);
    let to = &mut runs;
    encode_rows::<Consumed>(batch.consumed.iter().copied(), to);
    encode_rows::<Dequeued>(batch.dequeued.iter().copied(), to);
    encode_rows::<ClosedLanes>(batch.closed_lanes.iter().copied(), to);
    encode_records::<NewExecution>(Sql::InsertExecution, batch.new_executions.iter(), to);
    encode_rows::<NewKeys>(batch.keys.iter(), to);
    let mut calls = Calls::of(batch);
    encode_records::<NewTaskRun>(Sql::InsertTask, batch.new_tasks.iter().map(|t| calls.take(t)), to);
    encode_records::<NewAction>(Sql::InsertAction, batch.new_actions.iter().filter(has_row), to);
    encode_records::<ChangedExecution>(Sql::UpdateExecution, latest(&batch.changed_executions, |e| e.id), to);
    let changed: Vec<TaskRun<'_>> = latest(&batch.changed_tasks, |t| t.id).map(|t| calls.take(t)).collect();
    let alone = changed.iter().copied().filter(|run| run.call.is_none());
    encode_records::<ChangedTask>(Sql::UpdateTask, alone, to);
    let both = changed.iter().copied().filter(|run| run.call.is_some());
    encode_records::<ChangedTaskRun>(Sql::UpdateTaskRun, both, to);
    encode_records::<ChangedCall>(Sql::UpdateCall, calls.left().into_iter(), to);
    let own = latest(&batch.changed_actions, |a| a.id).filter(has_row);
    encode_records::<ChangedAction>(Sql::UpdateAction, own, to);
    encode_states(&batch.state_changes, to);
    encode_rows::<UnlistedTasks>(batch.task_states.iter().filter_map(|t| Some((t.id, t.before?))), to);
    encode_rows::<ListedTasks>(batch.task_states.iter().filter_map(|t| Some((t.id, t.after?))), to);
    encode_rows::<UnlistedActions>(batch.action_states.iter().filter_map(|a| Some((a.id, a.before?))), to);
    encode_rows::<ListedActions>(batch.action_states.iter().filter_map(|a| Some((a.id, a.after?))), to);
    encode_rows::<NewQueue>(latest(&batch.queued, |q| q.action_id), to);
    encode_rows::<NewLanes>(batch.lanes.iter(), to);
    encode_rows::<NewTimers>(batch.new_timers.iter(), to);
    encode_rows::<RemovedTimers>(batch.removed_timers.iter().copied(), to);
    encode_rows::<Replies>(batch.replies.iter(), to);
    encode_rows::<DeletedRoots>(batch.deleted_roots.iter().copied(), to);
    encode_rows::<DeletedExecutions>(batch.deleted_executions.iter().copied(), to);
    let is_call = |id: &Id| id.task_of_first_action().is_some();
    let (calls, own): (Vec<Id>, Vec<Id>) = batch.deleted_actions.iter().partition(|id| is_call(id));
    encode_rows::<DeletedCalls>(calls.into_iter(), to);
    encode_rows::<DeletedActions>(own.into_iter(), to);
    runs
}

/// The membership table: a row while the state is not SUCCESS.
fn encode_states<'a>(changes: &'a [StateChange], runs: &mut Vec<Run<'a>>) {
    let is_member = |state: State| state != State::Success;
    // Whether the table held a row before the first of several changes of one execution.
    let before: HashSet<Id, foldhash::fast::RandomState> = changes
        .iter()
        .rev()
        .fold(
            HashMap::with_hasher(foldhash::fast::RandomState::default()),
            |mut first, change| {
                first.insert(change.id, change.before.is_some_and(is_member));
                first
            },
        )
        .into_iter()
        .filter_map(|(id, was_member)| was_member.then_some(id))
        .collect();
    let last: Vec<&StateChange> = latest(changes, |change| change.id).collect();
    encode_rows::<States>(last.iter().copied().filter(|change| is_member(change.after)), runs);
    let left = last
        .iter()
        .filter(|change| !is_member(change.after) && before.contains(&change.id));
    encode_rows::<ClearedStates>(left.map(|change| change.id), runs);
}

/// The last row of each id, in order: an UPDATE that joins an array applies any one of several rows with the same key.
fn latest<T>(rows: &[T], id: impl Fn(&T) -> Id) -> impl Iterator<Item = &T> {
    let mut superseded = Vec::new();
    if rows.len() > 1 {
        let mut seen = HashSet::with_capacity_and_hasher(rows.len(), foldhash::fast::RandomState::default());
        superseded = rows.iter().rev().map(|row| !seen.insert(id(row))).collect();
        superseded.reverse();
    }
    rows.iter()
        .enumerate()
        .filter(move |(index, _)| !superseded.get(*index).copied().unwrap_or(false))
        .map(|(_, row)| row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timer(n: u128) -> Timer {
        Timer {
            id: Id(n),
            root_id: Id(n),
            fire_at: Time(0),
            body: String::new(),
        }
    }

    #[test]
    fn statements_are_in_the_order_of_their_numbers() {
        for (index, sql) in Sql::ALL.iter().enumerate() {
            assert_eq!(*sql as usize, index);
        }
    }

    #[test]
    fn large_batches_are_cut() {
        let batch = Batch {
            new_timers: (0..2_500).map(timer).collect(),
            ..Batch::default()
        };
        assert_eq!(encode(&batch).len(), 3);
        let heavy = |n| Timer {
            body: "x".repeat(3 << 20),
            ..timer(n)
        };
        let batch = Batch {
            new_timers: (0..4).map(heavy).collect(),
            ..Batch::default()
        };
        assert_eq!(encode(&batch).len(), 2);
        assert!(encode(&Batch::default()).is_empty());
    }

    #[test]
    fn the_last_of_several_changes_counts() {
        let rows = [
            timer(1),
            timer(2),
            Timer {
                body: "last".into(),
                ..timer(1)
            },
        ];
        let kept: Vec<_> = latest(&rows, |t| t.id).map(|t| (t.id.0, t.body.as_str())).collect();
        assert_eq!(kept, [(2, ""), (1, "last")]);
    }

    #[test]
    fn membership_follows_the_first_and_the_last_state() {
        let change = |n, before, after| StateChange {
            id: Id(n),
            root_id: Id(n),
            created_at: Time(0),
            project_id: None,
            before,
            after,
        };
        let kinds = |changes: &[StateChange]| {
            let mut runs = Vec::new();
            encode_states(changes, &mut runs);
            runs.iter().map(|run| run.sql).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&[change(1, None, State::Success)]), []);
        assert_eq!(kinds(&[change(1, None, State::Running)]), [Sql::SetState]);
        assert_eq!(
            kinds(&[
                change(1, None, State::Running),
                change(1, Some(State::Running), State::Success)
            ]),
            []
        );
        assert_eq!(
            kinds(&[change(1, Some(State::Running), State::Success)]),
            [Sql::ClearState]
        );
        assert_eq!(
            kinds(&[
                change(1, Some(State::Running), State::Paused),
                change(1, Some(State::Paused), State::Success)
            ]),
            [Sql::ClearState]
        );
    }
}
