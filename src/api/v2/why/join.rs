//! Which inbound tasks a join still waits for. The engine's own rule (`flow::join`), applied to the rows.

use std::collections::HashMap;

use super::super::super::App;
use super::super::super::error::Error;
use mistral_lang::spec::Join;
use mistral_model::{Id, State, Value, json};
use mistral_store::diagnosis::{LastRun, OpenExecution, OpenTask, Snapshot};

/// Missing inbound tasks of one join that are shown.
const MISSING: usize = 50;

/// How far a join has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinStatus {
    /// Inbound tasks that have to lead to it.
    pub required: usize,
    /// Inbound tasks that it has.
    pub inbound: usize,
    /// Those that have led to it.
    pub triggered: usize,
    /// Those that have not, in the order of the definition.
    pub missing: Vec<Inbound>,
    /// There are more of them.
    pub has_more: bool,
}

/// An inbound task that has not led to the join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    pub name: String,
    /// `None`: it has not been started.
    pub run: Option<(Id, State)>,
}

/// Where a join stands; `None` if its definition is gone.
pub async fn status(
    app: &App,
    snapshot: &dyn Snapshot,
    execution: &OpenExecution,
    task: &OpenTask,
) -> Result<Option<JoinStatus>, Error> {
    let hash = execution.spec_hash;
    let Some(workflow) = app.compiled(hash, snapshot.spec(hash)).await? else {
        return Ok(None);
    };
    let Some(spec) = workflow.tasks.get(task.name.as_str()) else {
        return Ok(None);
    };
    let names: Vec<&str> = spec
        .inbound
        .iter()
        .filter_map(|index| workflow.tasks.get_index(*index).map(|(name, _)| &**name))
        .collect();
    let runs = snapshot.last_runs(execution.id, &names).await?;
    Ok(Some(compare(&task.name, spec.join, &names, &runs)))
}

fn compare(join: &str, rule: Option<Join>, inbound: &[&str], runs: &[LastRun]) -> JoinStatus {
    let by_name: HashMap<&str, &LastRun> = runs.iter().map(|run| (run.name.as_str(), run)).collect();
    let required = match rule {
        Some(Join::Count(count)) => usize::try_from(count).unwrap_or(usize::MAX),
        Some(Join::All) | None => inbound.len(),
    };
    let mut status = JoinStatus {
        required,
        inbound: inbound.len(),
        ..JoinStatus::default()
    };
    for name in inbound {
        let run = by_name.get(name);
        if run.is_some_and(|run| leads_to(run, join)) {
            status.triggered += 1;
        } else if status.missing.len() < MISSING {
            status.missing.push(Inbound {
                name: (*name).to_owned(),
                run: run.map(|run| (run.id, run.state)),
            });
        } else {
            status.has_more = true;
        }
    }
    status
}

/// Whether a task has ended and its end started the join.
fn leads_to(run: &LastRun, join: &str) -> bool {
    let Some(next) = run.next_tasks.as_deref().filter(|_| run.state.is_completed()) else {
        return false;
    };
    // `[[name, clause], …]`
    let next = json::parse(next.as_bytes()).unwrap_or_default();
    let names = |entry: &Value| {
        entry
            .as_list()
            .and_then(|pair| pair.first()?.as_str().map(|name| name == join))
    };
    next.as_list()
        .is_some_and(|entries| entries.iter().filter_map(names).any(|is_it| is_it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(name: &str, state: State, next_tasks: Option<&str>) -> LastRun {
        LastRun {
            id: Id(7),
            execution_id: Id(1),
            name: name.to_owned(),
            state,
            next_tasks: next_tasks.map(str::to_owned),
        }
    }

    #[test]
    fn only_ended_tasks_that_lead_here_count() {
        let runs = [
            run(
                "a",
                State::Success,
                Some(r#"[["other","on-success"],["j","on-success"]]"#),
            ),
            run("b", State::Success, Some(r#"[["other","on-success"]]"#)),
            run("c", State::Running, Some(r#"[["j","on-success"]]"#)),
        ];
        let status = compare("j", Some(Join::Count(2)), &["a", "b", "c", "d"], &runs);
        let missing = |name: &str, run| Inbound {
            name: name.to_owned(),
            run,
        };
        assert_eq!(
            status,
            JoinStatus {
                required: 2,
                inbound: 4,
                triggered: 1,
                missing: vec![
                    missing("b", Some((Id(7), State::Success))),
                    missing("c", Some((Id(7), State::Running))),
                    missing("d", None),
                ],
                has_more: false,
            }
        );
    }

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (0..MISSING + 1).map(|n| format!("t{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let status = compare("j", Some(Join::All), &names, &[]);
        assert_eq!((status.required, status.missing.len(), status.has_more), (51, 50, true));
    }
}
