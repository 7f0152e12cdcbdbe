//! Looks whether everything that was accepted has ended as it should: each execution once, with the right output,
//! each task once, each action once.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::str::FromStr;

use serde::Serialize;
use tokio::task::JoinSet;

use crate::api::{Api, Error};
use crate::shapes::Plan;
use crate::stop::Stop;

const MOST_PROBLEM_SAMPLES: usize = 10;
/// Checks that run at the same time.
const PARALLEL_CHECKS: usize = 4;

/// How many executions are looked at in detail; the state is checked of all.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Extent {
    All,
    Sample(usize),
}

impl FromStr for Extent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self::All),
            number => number
                .parse()
                .map(Self::Sample)
                .map_err(|_| "expected a number or `all`".to_owned()),
        }
    }
}

/// What is allowed beyond the plan.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tolerance {
    /// Executions may end in ERROR: executors were killed under actions that are not safe to run again.
    pub errors: bool,
    /// Starts without an answer, whose executions may or may not exist.
    pub unknown: u64,
}

/// What was found.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Findings {
    pub states: BTreeMap<String, u64>,
    pub success: u64,
    /// Ids of the executions that ended in SUCCESS.
    #[serde(skip)]
    pub good: Vec<String>,
    pub executions_checked: u64,
    pub tasks_checked: u64,
    pub actions_checked: u64,
    pub problems: u64,
    pub problem_samples: Vec<String>,
}

impl Findings {
    /// Notes something that must not be.
    pub(crate) fn problem(&mut self, text: String) {
        self.problems += 1;
        if self.problem_samples.len() < MOST_PROBLEM_SAMPLES {
            self.problem_samples.push(text);
        }
    }

    fn check_rows(&mut self, rows: &[crate::api::Row], accepted: &[String], tolerance: Tolerance) {
        let mut rows_by_id: HashMap<&str, u64> = HashMap::with_capacity(rows.len());
        for row in rows {
            *rows_by_id.entry(&row.id).or_default() += 1;
            let state = row.state.as_deref().unwrap_or("no state");
            *self.states.entry(state.to_owned()).or_default() += 1;
            match state {
                "SUCCESS" => self.good.push(row.id.clone()),
                "ERROR" if tolerance.errors => {}
                _ => {
                    let info: String = row
                        .state_info
                        .as_deref()
                        .unwrap_or_default()
                        .chars()
                        .take(200)
                        .collect();
                    self.problem(format!("execution {} is in state {state}: {info}", row.id));
                }
            }
        }
        self.success = self.good.len() as u64;
        for id in accepted {
            match rows_by_id.remove(id.as_str()) {
                Some(1) => {}
                Some(count) => self.problem(format!("execution {id} is listed {count} times")),
                None => self.problem(format!("execution {id} was accepted and is not listed")),
            }
        }
        if rows_by_id.len() as u64 > tolerance.unknown {
            self.problem(format!("{} executions that nobody has started", rows_by_id.len()));
        }
    }

    fn merge(&mut self, other: Self) {
        self.executions_checked += other.executions_checked;
        self.tasks_checked += other.tasks_checked;
        self.actions_checked += other.actions_checked;
        self.problems += other.problems;
        let room = MOST_PROBLEM_SAMPLES.saturating_sub(self.problem_samples.len());
        self.problem_samples
            .extend(other.problem_samples.into_iter().take(room));
    }
}

/// Checks the executions of a run. Needs a `LocalSet`.
///
/// # Errors
/// When a list cannot be read.
pub(crate) async fn verify(
    api: &Rc<Api>,
    plan: &Rc<Plan>,
    tag: &str,
    accepted: &[String],
    extent: Extent,
    tolerance: Tolerance,
    stop: &Stop,
) -> Result<Findings, Error> {
    let rows = api.executions(tag).await?;
    let mut findings = Findings::default();
    findings.check_rows(&rows, accepted, tolerance);
    let chosen = choose(&findings.good, extent);
    let queue = Rc::new(RefCell::new(chosen.into_iter()));
    let mut workers = JoinSet::new();
    for _ in 0..PARALLEL_CHECKS {
        let (api, plan, queue, stop) = (Rc::clone(api), Rc::clone(plan), Rc::clone(&queue), stop.clone());
        workers.spawn_local(async move {
            let mut findings = Findings::default();
            while !stop.is_urgent(std::time::Duration::from_secs(60)) {
                let Some(id) = queue.borrow_mut().next() else { break };
                if let Err(error) = check_execution(&api, &plan, &id, &mut findings).await {
                    findings.problem(format!("execution {id} cannot be read: {error}"));
                }
            }
            findings
        });
    }
    while let Some(worker) = workers.join_next().await {
        match worker {
            Ok(other) => findings.merge(other),
            Err(error) => findings.problem(format!("a check has failed: {error}")),
        }
    }
    Ok(findings)
}

/// Evenly spread over the run.
fn choose(ids: &[String], extent: Extent) -> Vec<String> {
    match extent {
        Extent::All => ids.to_vec(),
        Extent::Sample(0) => Vec::new(),
        Extent::Sample(count) => {
            let step = ids.len().div_ceil(count).max(1);
            ids.iter().step_by(step).cloned().collect()
        }
    }
}

async fn check_execution(api: &Api, plan: &Plan, id: &str, findings: &mut Findings) -> Result<(), Error> {
    findings.executions_checked += 1;
    if let Err(difference) = plan.check_output(&api.output(id).await?) {
        findings.problem(format!("execution {id}: {difference}"));
    }
    let tasks = api.tasks(id).await?;
    let mut missing = plan.expected_tasks.clone();
    for task in &tasks {
        findings.tasks_checked += 1;
        let name = task.name.as_deref().unwrap_or_default();
        if task.state.as_deref() != Some("SUCCESS") {
            findings.problem(format!("execution {id}: task {name} is in state {:?}", task.state));
        }
        let Some(expected_actions) = missing.remove(name) else {
            findings.problem(format!("execution {id}: task {name} is recorded twice or is unknown"));
            continue;
        };
        let actions = api.actions(&task.id).await?;
        findings.actions_checked += actions.len() as u64;
        if actions.len() as u64 != expected_actions {
            let count = actions.len();
            findings.problem(format!(
                "execution {id}: task {name} has {count} actions instead of {expected_actions}"
            ));
        }
        let bad =
            |action: &&crate::api::Row| action.state.as_deref() != Some("SUCCESS") || action.accepted == Some(false);
        if let Some(action) = actions.iter().find(bad) {
            let (state, accepted) = (&action.state, action.accepted);
            findings.problem(format!(
                "execution {id}: action {} of task {name} is in state {state:?}, accepted {accepted:?}",
                action.id
            ));
        }
    }
    if let Some(name) = missing.keys().next() {
        findings.problem(format!(
            "execution {id}: task {name} is missing ({} in all)",
            missing.len()
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Row;

    fn row(id: &str, state: &str) -> Row {
        Row {
            id: id.to_owned(),
            name: None,
            state: Some(state.to_owned()),
            state_info: None,
            accepted: None,
        }
    }

    fn check(rows: &[(&str, &str)], accepted: &[&str], tolerance: Tolerance) -> Findings {
        let rows: Vec<Row> = rows.iter().map(|(id, state)| row(id, state)).collect();
        let accepted: Vec<String> = accepted.iter().map(|id| (*id).to_owned()).collect();
        let mut findings = Findings::default();
        findings.check_rows(&rows, &accepted, tolerance);
        findings
    }

    #[test]
    fn every_accepted_execution_is_there_once_and_good() {
        let strict = Tolerance::default();
        assert_eq!(
            check(&[("a", "SUCCESS"), ("b", "SUCCESS")], &["a", "b"], strict).problems,
            0
        );
        assert_eq!(check(&[("a", "SUCCESS")], &["a", "b"], strict).problems, 1);
        assert_eq!(check(&[("a", "SUCCESS"), ("a", "SUCCESS")], &["a"], strict).problems, 1);
        assert_eq!(check(&[("a", "RUNNING")], &["a"], strict).problems, 1);
        assert_eq!(check(&[("a", "SUCCESS"), ("x", "SUCCESS")], &["a"], strict).problems, 1);
    }

    #[test]
    fn what_is_tolerated() {
        let tolerance = Tolerance {
            errors: true,
            unknown: 1,
        };
        assert_eq!(
            check(&[("a", "ERROR"), ("x", "SUCCESS")], &["a"], tolerance).problems,
            0
        );
        assert_eq!(
            check(
                &[("a", "RUNNING"), ("x", "SUCCESS"), ("y", "SUCCESS")],
                &["a"],
                tolerance
            )
            .problems,
            2
        );
    }

    #[test]
    fn samples_are_spread() {
        let ids: Vec<String> = (0..10).map(|id| id.to_string()).collect();
        assert_eq!(choose(&ids, Extent::All).len(), 10);
        assert_eq!(choose(&ids, Extent::Sample(3)), ["0", "4", "8"]);
        assert_eq!(choose(&ids, Extent::Sample(0)).len(), 0);
        assert_eq!(choose(&ids, Extent::Sample(100)).len(), 10);
        assert_eq!("all".parse(), Ok(Extent::All));
        assert!("some".parse::<Extent>().is_err());
    }
}
