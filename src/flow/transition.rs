//! Every change of a state, in one table per entity: `From --(event)--> To`.
//!
//! The tables say what the engine does; [`mistral_model::state::TRANSITIONS`] says what clients may ask for, which is
//! upstream's coarser table. A change that no row allows is a defect of the engine: it panics in debug builds, hence under
//! every test and in the simulation, and is carried out in release builds. `docs/states.md` is drawn from the tables.

use mistral_model::State::{self, *};

/// Rows of one event: the states it may find, and the one it leaves.
pub struct Row<E: 'static> {
    pub event: E,
    pub from: &'static [State],
    pub to: State,
}

/// An event of one kind of entity.
pub trait Event: Copy + Eq + std::fmt::Debug + 'static {
    /// The entity, as documentation and complaints name it.
    const ENTITY: &'static str;
    /// Heading in the documentation.
    const TITLE: &'static str;
    /// States a new row may have.
    const INITIAL: &'static [State];
    const TABLE: &'static [Row<Self>];
    /// What it means, in a few words.
    fn meaning(self) -> &'static str;
}

/// What moves an execution (§16–19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecutionEvent {
    Pause,
    Resume,
    Succeed,
    Fail,
    Cancel,
    Rerun,
}

/// What moves a task (§7, §9, §12, §17, §19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskEvent {
    Start,
    /// Goes on after a delay, a hold or as a ready join.
    Continue,
    /// Hold by `pause-before`.
    Hold,
    WaitBefore,
    WaitAfter,
    /// A join that was reached again.
    Defer,
    /// A join's inbound tasks have fired.
    Join,
    Retry,
    RetryJoin,
    Succeed,
    Fail,
    Cancel,
    Skip,
    /// `fail-on` turns a success into a failure.
    FailOn,
    /// An error of the workflow's own making (§7.6).
    ForceFail,
    Pause,
    Resume,
    Rerun,
    /// A task below it is run again.
    RerunBelow,
}

/// What moves an action (§13, §17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionEvent {
    Succeed,
    Fail,
    Cancel,
    Pause,
    Resume,
}

const fn row<E>(event: E, from: &'static [State], to: State) -> Row<E> {
    Row { event, from, to }
}

/// The event does not depend on the state.
pub const ANY: &[State] = &mistral_model::state::ALL;

impl Event for ExecutionEvent {
    const ENTITY: &'static str = "execution";
    const TITLE: &'static str = "Executions";
    const INITIAL: &'static [State] = &[Running];
    const TABLE: &'static [Row<Self>] = &[
        row(ExecutionEvent::Pause, &[Running], Paused),
        row(ExecutionEvent::Resume, &[Paused], Running),
        row(ExecutionEvent::Succeed, &[Running, Success], Success),
        row(ExecutionEvent::Fail, &[Running], Error),
        row(ExecutionEvent::Cancel, &[Running, Paused], Cancelled),
        row(ExecutionEvent::Rerun, &[Running, Paused, Error, Cancelled], Running),
    ];

    fn meaning(self) -> &'static str {
        match self {
            ExecutionEvent::Pause => "`pause`, `pause-before`, or an operator, here or in the tree around it",
            ExecutionEvent::Resume => "an operator, here or in the tree around it",
            ExecutionEvent::Succeed => "all tasks are done, `succeed`, or an operator",
            ExecutionEvent::Fail => "a task's error that nothing handles, `fail`, or an operator",
            ExecutionEvent::Cancel => "a cancelled task, or an operator",
            ExecutionEvent::Rerun => "a task in it, or below it, is run again or skipped",
        }
    }
}

impl Event for TaskEvent {
    const ENTITY: &'static str = "task";
    const TITLE: &'static str = "Tasks";
    const INITIAL: &'static [State] = &[Idle, Waiting];
    const TABLE: &'static [Row<Self>] = &[
        row(TaskEvent::Start, &[Idle], Running),
        row(TaskEvent::Continue, &[Idle, Delayed, Running], Running),
        row(TaskEvent::Hold, &[Running], Idle),
        row(TaskEvent::WaitBefore, &[Running], Delayed),
        row(TaskEvent::WaitAfter, &[Success, Error, Cancelled], Delayed),
        row(
            TaskEvent::Defer,
            &[Idle, Running, Delayed, Paused, Success, Error, Cancelled, Skipped],
            Waiting,
        ),
        row(TaskEvent::Join, &[Waiting], Running),
        row(TaskEvent::Retry, &[Success, Error], Delayed),
        row(TaskEvent::RetryJoin, &[Success, Error], Waiting),
        row(TaskEvent::Succeed, &[Idle, Waiting, Running, Delayed, Paused], Success),
        row(TaskEvent::Fail, &[Idle, Waiting, Running, Delayed, Paused], Error),
        row(TaskEvent::Cancel, &[Idle, Waiting, Running, Delayed, Paused], Cancelled),
        row(TaskEvent::Skip, &[Error], Skipped),
        row(TaskEvent::FailOn, &[Success], Error),
        row(TaskEvent::ForceFail, ANY, Error),
        row(TaskEvent::Pause, &[Running, Paused], Paused),
        row(TaskEvent::Resume, &[Idle, Waiting, Running, Delayed, Paused], Running),
        row(TaskEvent::Rerun, &[Error, Cancelled], Running),
        row(TaskEvent::RerunBelow, ANY, Running),
    ];

    fn meaning(self) -> &'static str {
        match self {
            TaskEvent::Start => "its turn has come",
            TaskEvent::Continue => "a delay is over, the workflow was resumed after `pause-before`, or a join is ready",
            TaskEvent::Hold => "`pause-before`",
            TaskEvent::WaitBefore => "`wait-before`",
            TaskEvent::WaitAfter => "`wait-after`",
            TaskEvent::Defer => "a join is reached again",
            TaskEvent::Join => "enough inbound tasks have fired",
            TaskEvent::Retry => "`retry`",
            TaskEvent::RetryJoin => "`retry` of a join",
            TaskEvent::Succeed => "its action, workflow or items succeeded",
            TaskEvent::Fail => "one of them failed, or the time limit is over, or a join cannot be ready any more",
            TaskEvent::Cancel => "one of them was cancelled",
            TaskEvent::Skip => "an operator",
            TaskEvent::FailOn => "`fail-on`",
            TaskEvent::ForceFail => "an expression or a definition is wrong",
            TaskEvent::Pause => "its action or workflow was paused",
            TaskEvent::Resume => "its action or workflow goes on",
            TaskEvent::Rerun => "an operator",
            TaskEvent::RerunBelow => "an operator runs a task of its workflow again",
        }
    }
}

impl Event for ActionEvent {
    const ENTITY: &'static str = "action";
    const TITLE: &'static str = "Actions";
    const INITIAL: &'static [State] = &[Running];
    const TABLE: &'static [Row<Self>] = &[
        row(ActionEvent::Succeed, &[Running, Paused], Success),
        row(ActionEvent::Fail, &[Running, Paused], Error),
        row(ActionEvent::Cancel, &[Running, Paused], Cancelled),
        row(ActionEvent::Pause, &[Running, Paused], Paused),
        row(ActionEvent::Resume, &[Running, Paused], Running),
    ];

    fn meaning(self) -> &'static str {
        match self {
            ActionEvent::Succeed => "its result",
            ActionEvent::Fail => "its result, a lost executor, or a result that is too large",
            ActionEvent::Cancel => "its result",
            ActionEvent::Pause => "an operator, asynchronous actions only",
            ActionEvent::Resume => "an operator",
        }
    }
}

impl TaskEvent {
    /// The event that ends a task in this state.
    pub fn ending(state: State) -> TaskEvent {
        match state {
            Success => TaskEvent::Succeed,
            Cancelled => TaskEvent::Cancel,
            Skipped => TaskEvent::Skip,
            _ => TaskEvent::Fail,
        }
    }
}

/// The state after an event.
pub(super) fn next<E: Event>(from: State, event: E) -> State {
    // A handful of rows: found faster than hashed.
    let Some(row) = E::TABLE.iter().find(|row| row.event == event) else {
        unreachable!("every event has a row, see the tests")
    };
    debug_assert!(
        row.from.contains(&from),
        "no transition {from} --({event:?})--> {} of an {}",
        row.to,
        E::ENTITY
    );
    #[cfg(test)]
    seen::record(E::ENTITY, from, format!("{event:?}"));
    row.to
}

/// Which rows the current thread has used.
#[cfg(test)]
pub(super) mod seen {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use mistral_model::State;

    type Used = BTreeSet<(&'static str, State, String)>;

    thread_local! {
        static USED: RefCell<Option<Used>> = const { RefCell::new(None) };
    }

    pub(crate) fn start() {
        USED.set(Some(Used::new()));
    }

    pub(crate) fn take() -> Used {
        USED.take().unwrap_or_default()
    }

    pub(crate) fn record(entity: &'static str, from: State, event: String) {
        USED.with_borrow_mut(|used| {
            if let Some(used) = used {
                used.insert((entity, from, event));
            }
        });
    }
}
