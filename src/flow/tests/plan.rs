//! Random workflows, with the outcome that each call of an action will have.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::world::{World, error, success};
use mistral_model::Value;
use mistral_model::action::Outcome;

/// What a task does. A result that succeeds or not is that of the call, or of its last attempt or item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Work {
    Echo,
    Fail,
    /// On an executor.
    External(bool),
    /// On an executor, and cancelled there.
    Cancelled,
    /// After `wait-before`.
    Delayed(bool),
    /// Before `wait-after`.
    HeldBack(bool),
    /// After `pause-before`: somebody has to resume the workflow.
    Paused(bool),
    /// Fails and is tried once more.
    Retried(bool),
    /// Three items, two at once.
    Items(bool),
    /// Three items, all at once.
    AllItems(bool),
    /// Asks for other executions before it starts and when it ends.
    Looks(bool),
    /// Three items, each attempt of which ends with a failure but the last.
    RetriedItems(bool),
    /// Runs three times through a route of its own.
    Loop,
    /// A workflow of two tasks, the second on an executor.
    Workflow(bool),
    /// Two of them, one after the other.
    Workflows(bool),
    /// Somebody completes it over the API.
    Asynchronous(bool),
    /// Succeeds and is failed by `fail-on`.
    FailOn,
    /// Takes longer than its `timeout`.
    TimedOut,
    /// Several policies at once, with an action that somebody completes over the API.
    Combined(Policies),
    /// Ends with an expression that cannot be evaluated, which fails the workflow.
    Wrong,
}

/// Policies of one task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Policies {
    pause_before: bool,
    wait_before: bool,
    wait_after: bool,
    retry: bool,
    timeout: bool,
}

use Work::*;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Clause {
    Success,
    Error,
    Complete,
}

/// A way from one task to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub clause: Clause,
    /// What its condition evaluates to, if it has one.
    pub condition: Option<bool>,
}

#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub tasks: Vec<Work>,
    /// By later and earlier task.
    pub edges: BTreeMap<(usize, usize), Edge>,
    /// How many inbound tasks a join wants; as many as there are where there is no entry.
    pub counts: BTreeMap<usize, usize>,
    /// `on-error` of `task-defaults` leads to a task of its own.
    pub has_defaults: bool,
}

fn work() -> impl Strategy<Value = Work> {
    let result = any::<bool>();
    prop_oneof![
        4 => Just(Echo),
        1 => Just(Fail),
        4 => result.prop_map(External),
        1 => result.prop_map(Delayed),
        1 => result.prop_map(HeldBack),
        1 => result.prop_map(Paused),
        1 => result.prop_map(Retried),
        1 => result.prop_map(Items),
        1 => result.prop_map(AllItems),
        2 => result.prop_map(Looks),
        1 => result.prop_map(RetriedItems),
        1 => Just(Loop),
        2 => result.prop_map(Workflow),
        1 => result.prop_map(Workflows),
        1 => result.prop_map(Asynchronous),
        1 => Just(FailOn),
        1 => Just(TimedOut),
    ]
}

fn edge() -> impl Strategy<Value = Edge> {
    let clause = prop_oneof![3 => Just(Clause::Success), 2 => Just(Clause::Error), 2 => Just(Clause::Complete)];
    let condition = prop_oneof![5 => Just(None), 2 => Just(Some(true)), 1 => Just(Some(false))];
    (clause, condition).prop_map(|(clause, condition)| Edge { clause, condition })
}

/// Workflows whose end does not depend on the order of results: every join waits for all of its inbound tasks, and
/// nothing ends the workflow before its tasks have ended.
pub(super) fn steady() -> impl Strategy<Value = Plan> {
    let edge = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), edge());
    let edges = prop::collection::vec(edge, 0..14);
    (prop::collection::vec(work(), 2..9), edges, any::<bool>()).prop_map(|(tasks, drawn, has_defaults)| {
        let mut edges = BTreeMap::new();
        for (to, from, edge) in drawn {
            let to = 1 + to.index(tasks.len() - 1);
            edges.insert((to, from.index(to)), edge);
        }
        let mut plan = Plan {
            tasks,
            edges,
            counts: BTreeMap::new(),
            has_defaults,
        };
        // A join would wait for its own route back.
        for n in 0..plan.tasks.len() {
            if plan.tasks[n] == Loop && plan.is_join(n) {
                plan.tasks[n] = Echo;
            }
        }
        plan
    })
}

/// Workflows in which it matters what comes first: partial joins, cancelled tasks, errors that end the workflow.
pub(super) fn wild() -> impl Strategy<Value = Plan> {
    let policies =
        any::<(bool, bool, bool, bool, bool)>().prop_map(|(pause_before, wait_before, wait_after, retry, timeout)| {
            Some(Combined(Policies {
                pause_before,
                wait_before,
                wait_after,
                retry,
                timeout,
            }))
        });
    let odd = prop_oneof![16 => Just(None), 2 => Just(Some(Cancelled)), 1 => Just(Some(Wrong)), 5 => policies];
    let odd = prop::collection::vec(odd, 9);
    let counts = prop::collection::btree_map(0..9usize, 1..3usize, 0..9);
    (steady(), odd, counts).prop_map(|(mut plan, odd, counts)| {
        for (work, odd) in plan.tasks.iter_mut().zip(odd) {
            *work = odd.unwrap_or(*work);
        }
        plan.counts = counts.into_iter().filter(|(task, _)| plan.is_join(*task)).collect();
        plan
    })
}

impl Policies {
    fn definition(self, n: usize) -> String {
        let mut text = "action: std.async_noop".to_owned();
        for (is_set, policy) in [
            (self.pause_before, "pause-before: true"),
            (self.wait_before, "wait-before: 1"),
            (self.wait_after, "wait-after: 1"),
            (
                self.retry,
                "retry: {count: 2, delay: 1, continue-on: <% task().state = SUCCESS %>}",
            ),
            (self.timeout, "timeout: 4"),
        ] {
            if is_set {
                let _ = write!(text, "\n      {}", policy.replace("task()", &format!("task(t{n})")));
            }
        }
        text
    }
}

impl Plan {
    fn inbound(&self, task: usize) -> usize {
        self.edges.keys().filter(|(to, _)| *to == task).count()
    }

    pub(super) fn is_join(&self, task: usize) -> bool {
        self.inbound(task) > 1
    }

    pub(super) fn definition(&self) -> String {
        let mut text = "version: '2.0'\nwf:\n".to_owned();
        if self.has_defaults {
            text.push_str("  task-defaults:\n    on-error: [rescue]\n");
        }
        // A task that leads back to itself is no start.
        let begun: String = (0..self.tasks.len())
            .filter(|n| self.tasks[*n] == Loop && self.inbound(*n) == 0)
            .map(|n| format!(", t{n}"))
            .collect();
        text.push_str("  tasks:\n    rescue: {action: std.noop}\n");
        let _ = writeln!(text, "    begin: {{action: std.noop, on-success: [noop{begun}]}}");
        for task in 0..self.tasks.len() {
            self.define(task, &mut text);
        }
        for (n, work) in self.tasks.iter().enumerate() {
            if let Workflow(_) | Workflows(_) = work {
                let _ = write!(
                    text,
                    "sub{n}:\n  tasks:\n    first: {{action: std.noop, on-success: [t{n}]}}\n    t{n}: {{action: std.sleep}}\n"
                );
            }
        }
        text
    }

    fn define(&self, n: usize, text: &mut String) {
        let work = self.tasks[n];
        let items = "with-items: i in [0, 1, 2]\n      concurrency: 2\n      action: std.sleep seconds=<% $.i %>";
        let body = match work {
            Echo | Wrong => format!("action: std.echo output={n}"),
            Fail => "action: std.fail".to_owned(),
            External(_) | Cancelled => "action: std.sleep".to_owned(),
            Delayed(_) => "action: std.sleep\n      wait-before: 2".to_owned(),
            HeldBack(_) => "action: std.sleep\n      wait-after: 2".to_owned(),
            Paused(_) => "action: std.sleep\n      pause-before: true".to_owned(),
            Retried(_) => "action: std.sleep\n      retry: {count: 1, delay: 3}".to_owned(),
            Items(_) => items.to_owned(),
            AllItems(_) => {
                "with-items: i in [0, 1, 2]\n      action: std.sleep seconds=<% $.i + executions(state => CANCELLED).len() - 2 %>"
                    .to_owned()
            }
            Looks(_) => "action: std.sleep seconds=<% executions(state => CANCELLED).len() %>".to_owned(),
            RetriedItems(_) => format!("{items}\n      retry: {{count: 1, delay: 0}}"),
            Loop => "action: std.sleep".to_owned(),
            Workflow(_) => format!("workflow: sub{n}"),
            Workflows(_) => format!("with-items: i in [0, 1]\n      concurrency: 1\n      workflow: sub{n}"),
            Asynchronous(_) => "action: std.async_noop".to_owned(),
            FailOn => "action: std.sleep\n      fail-on: true".to_owned(),
            TimedOut => "action: std.async_noop\n      timeout: 5".to_owned(),
            Combined(policies) => policies.definition(n),
        };
        let _ = writeln!(text, "    t{n}:\n      {body}");
        // A join that runs again has a list of results, so that its result depends on the order.
        let published = match work {
            Wrong => "<% $.no.such.thing + 1 %>".to_owned(),
            Looks(_) => format!("<% tasks('{n}').len() %>"),
            _ if self.is_join(n) || matches!(work, Loop | Workflow(_) | Workflows(_)) => n.to_string(),
            _ => format!("<% task(t{n}).result %>"),
        };
        let turns = match work {
            Loop => format!(", turns{n}: '<% $.get(turns{n}, 0) + 1 %>'"),
            _ => String::new(),
        };
        let _ = writeln!(text, "      publish: {{v{n}: {published}{turns}}}");
        let _ = writeln!(text, "      publish-on-error: {{e{n}: {n}}}");
        if self.is_join(n) {
            match self.counts.get(&n) {
                Some(count) => _ = writeln!(text, "      join: {count}"),
                None => text.push_str("      join: all\n"),
            }
        }
        for (clause, name) in [
            (Clause::Success, "on-success"),
            (Clause::Error, "on-error"),
            (Clause::Complete, "on-complete"),
        ] {
            let mut to: Vec<String> = (self.edges.iter())
                .filter(|((_, from), edge)| *from == n && edge.clause == clause)
                .map(|((to, _), edge)| self.route(n, *to, edge.condition))
                .collect();
            if work == Loop && clause == Clause::Success {
                to.push(format!("{{t{n}: <% $.turns{n} < 3 %>}}"));
            }
            if !to.is_empty() {
                let _ = writeln!(text, "      {name}: [{}]", to.join(", "));
            }
        }
    }

    fn route(&self, from: usize, to: usize, condition: Option<bool>) -> String {
        let rounds = match self.tasks[from] {
            Loop => format!("$.get(turns{from}, 0) >= 3"),
            _ => "true".to_owned(),
        };
        match condition {
            None if self.tasks[from] != Loop => format!("t{to}"),
            None => format!("{{t{to}: '<% {rounds} %>'}}"),
            Some(holds) => format!("{{t{to}: '<% {rounds} and {holds} %>'}}"),
        }
    }

    /// The result of the job at this position; `None`: it never comes.
    pub(super) fn outcome(&self, world: &World, position: usize) -> Option<Outcome> {
        let n: usize = world.job_task(position)[1..].parse().unwrap();
        let job = &world.jobs[position];
        let task = || {
            let id = job.context.task_execution_id.as_deref().unwrap().parse().unwrap();
            &world.tree.tasks[world.tree.task(id).unwrap()]
        };
        let is_last_item = job.input.get("seconds").and_then(Value::as_i64) == Some(2);
        let succeeds = match self.tasks[n] {
            External(succeeds) | Delayed(succeeds) | HeldBack(succeeds) | Paused(succeeds) => succeeds,
            Workflow(succeeds) | Workflows(succeeds) | Asynchronous(succeeds) => succeeds,
            Retried(succeeds) => succeeds && task().retry_no.is_some(),
            Items(succeeds) | AllItems(succeeds) => succeeds || !is_last_item,
            Looks(succeeds) => succeeds,
            RetriedItems(succeeds) => !is_last_item || succeeds && task().retry_no.is_some(),
            Loop | FailOn => true,
            // With every other call.
            Combined(_) => job.action_id.0.is_multiple_of(2),
            Cancelled => return Some(Outcome::Cancelled(Value::Null)),
            TimedOut => return None,
            Echo | Fail | Wrong => unreachable!("runs inline"),
        };
        Some(if succeeds { success(&n.to_string()) } else { error("no") })
    }

    /// How often a join calls its action, if it is reached once.
    pub(super) fn calls(&self, task: usize) -> usize {
        match self.tasks[task] {
            Retried(_) | Workflows(_) => 2,
            Items(_) | AllItems(_) => 3,
            RetriedItems(_) => 6,
            Loop => 3,
            _ => 1,
        }
    }
}
