//! Why an execution does not go on, by the rules that it would go on by. An excerpt of a tree is enough: tasks that have not ended or
//! whose end was not followed up, what is open below them, and the last runs of tasks that a waiting join looks at.

use std::collections::HashSet;

use mistral_model::{Id, State, Str};

use super::join::required;
use super::policy;
use super::tree::{Child, ExecutionIndex, TaskIndex, Tree};

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    Paused(Pause),
    /// So many commands were decided while it was paused, and are carried out when it goes on.
    Held(usize),
    /// It was created, and not begun.
    NotStarted,
    /// A task has not ended.
    Task(Id, Wait),
    /// What follows this task, which has ended, was not begun.
    Follow(Id),
    /// No task is open.
    Complete,
}

/// Who paused an execution, as far as the rows tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pause {
    /// `pause-before` of a task.
    Policy(Id),
    /// `pause` of the workflow, with a message.
    Command,
    /// An action of a task was paused.
    Action(Id),
    /// A sub-workflow execution of a task was paused.
    Execution(Id),
    /// The execution above was.
    Parent,
    /// Nothing in the tree.
    Other,
}

/// What a task that has not ended waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// For its start.
    Start,
    /// For a timer, which a policy has set.
    Delay {
        policy: Option<&'static str>,
        retry_no: Option<i64>,
    },
    Join(Arrived),
    /// For the end of its items, so many in all.
    Items(i64),
    Action(Id),
    Execution(Id),
    /// For nothing: its next step is on its way.
    Engine,
}

/// How far a join has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Inbound tasks that have to lead to it.
    pub required: usize,
    /// Inbound tasks that it has.
    pub inbound: usize,
    /// Those that have led to it.
    pub triggered: usize,
    /// Those that have not, in the order of the definition.
    pub missing: Vec<Missing>,
}

/// An inbound task that has not led to the join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub name: Str,
    /// Its last run; `None`: it has not been started.
    pub run: Option<(Id, State)>,
}

impl Tree {
    /// Why an execution that has not ended does not go on, in the order of its tasks. There is always a reason.
    pub fn explain(&self, e: ExecutionIndex) -> Vec<Reason> {
        let execution = &self.executions[e];
        let is_paused = execution.row.state == State::Paused;
        let mut reasons = Vec::new();
        if is_paused {
            reasons.push(Reason::Paused(self.paused_by(e)));
            if !execution.backlog.is_empty() {
                reasons.push(Reason::Held(execution.backlog.len()));
            }
        }
        if execution.row.state == State::Idle {
            reasons.push(Reason::NotStarted);
        }
        let delays = self.delays();
        let (ended, open): (Vec<TaskIndex>, Vec<TaskIndex>) = execution
            .tasks
            .iter()
            .copied()
            .partition(|t| self.tasks[*t].row.state.is_completed());
        for t in open {
            let task = &self.tasks[t];
            // The reason for the pause says it.
            if !(is_paused && (task.is_held || self.is_held_back(t, &delays))) {
                let waits = self.waits(t, &delays).into_iter();
                reasons.extend(waits.map(|wait| Reason::Task(task.row.id, wait)));
            }
        }
        if is_paused || reasons.is_empty() {
            let rows = ended.iter().map(|t| &self.tasks[*t].row);
            let unfollowed = rows.filter(|row| !row.processed);
            reasons.extend(unfollowed.map(|row| Reason::Follow(row.id)));
        }
        if reasons.is_empty() {
            reasons.push(Reason::Complete);
        }
        reasons
    }

    fn paused_by(&self, e: ExecutionIndex) -> Pause {
        let execution = &self.executions[e];
        let find = |is_it: &dyn Fn(TaskIndex) -> bool| {
            let found = execution.tasks.iter().find(|t| is_it(**t));
            found.map(|t| self.tasks[*t].row.id)
        };
        let has_paused = |t: TaskIndex, wanted: &dyn Fn(&Child) -> bool| {
            let mut children = self.tasks[t].children.iter().filter(|child| wanted(child));
            children.any(|child| self.child_state(*child).0 == State::Paused)
        };
        let is_action = |child: &Child| matches!(child, Child::Action(_));
        if let Some(task) = find(&|t| self.tasks[t].is_held) {
            Pause::Policy(task)
        } else if execution.row.state_info.is_some() {
            Pause::Command
        } else if let Some(task) = find(&|t| has_paused(t, &is_action)) {
            Pause::Action(task)
        } else if let Some(task) = find(&|t| has_paused(t, &|child| !is_action(child))) {
            Pause::Execution(task)
        } else if execution
            .parent
            .is_some_and(|t| self.executions[self.tasks[t].execution].row.state == State::Paused)
        {
            Pause::Parent
        } else {
            Pause::Other
        }
    }

    fn waits(&self, t: TaskIndex, delays: &HashSet<(Id, State)>) -> Vec<Wait> {
        let task = &self.tasks[t];
        let delay = || {
            let policy = task.row.state_info.as_deref().and_then(policy::delaying);
            Wait::Delay {
                policy,
                retry_no: task.retry_no.filter(|_| policy == Some("retry")),
            }
        };
        match task.row.state {
            State::Idle => return vec![Wait::Start],
            State::Delayed => return vec![delay()],
            // A join that failed waits for the delay of its retry.
            State::Waiting if delays.contains(&(task.row.id, State::Waiting)) => return vec![delay()],
            State::Waiting => return vec![Wait::Join(self.arrived(t))],
            _ => {}
        }
        let mut waits: Vec<Wait> = task.items.iter().map(|items| Wait::Items(items.count)).collect();
        let open = task
            .children
            .iter()
            .filter(|child| !self.child_state(**child).0.is_completed());
        let (actions, executions): (Vec<&Child>, Vec<&Child>) =
            open.partition(|child| matches!(child, Child::Action(_)));
        waits.extend(actions.into_iter().chain(executions).map(|child| match child {
            Child::Action(a) => Wait::Action(self.actions[*a].row.id),
            Child::Workflow(e) => Wait::Execution(self.executions[*e].row.id),
        }));
        if waits.is_empty() {
            waits.push(Wait::Engine);
        }
        waits
    }

    fn arrived(&self, t: TaskIndex) -> Arrived {
        let task = &self.tasks[t];
        let (spec, tasks) = (&task.spec, &self.executions[task.execution].spec.tasks);
        let mut arrived = Arrived {
            required: required(spec),
            inbound: spec.inbound.len(),
            triggered: 0,
            missing: Vec::new(),
        };
        for &inbound in &spec.inbound {
            let run = self.last_run(task.execution, inbound);
            if run.is_some_and(|run| run.led_to(spec.index).is_some()) {
                arrived.triggered += 1;
            } else {
                arrived.missing.push(Missing {
                    name: tasks[inbound].name.clone(),
                    run: run.map(|run| (run.row.id, run.row.state)),
                });
            }
        }
        arrived
    }
}
