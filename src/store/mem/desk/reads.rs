//! What the API reads.

use super::cells::Read;
use super::filters::in_order;
use super::{Desk, Held, at_once};
use crate::backend::Calling;
use crate::definitions::DefinitionRows;
use crate::list::{Column, Lists, Order, Page, Query, Records, Rows, StoredText, Table, TaskResult, Viewer};
use crate::maintenance::Maintenance;
use crate::runs::Runs;
use crate::versions::{Said, Version, Versions};
use mistral_model::record::{Execution, Task};
use mistral_model::{Id, Payload, State};
use std::sync::Arc;

impl Lists for Desk {
    fn list<'a>(&'a self, query: &'a Query<'a>, marker: Option<Id>) -> Calling<'a, Page> {
        let inside = self.inside.lock();
        at_once(Ok(match inside.page(query, marker) {
            Some(rows) => Page::Records(inside.records(&rows, query.columns)),
            None => Page::UnknownMarker,
        }))
    }

    fn get<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        viewer: Viewer<'a>,
        id: Id,
    ) -> Calling<'a, Option<Records>> {
        let inside = self.inside.lock();
        let mut rows = inside.rows(table);
        rows.retain(|row| row.get("id") == Some(&Held::Id(id)) && inside.sees(viewer, table.sharing, row));
        at_once(Ok((!rows.is_empty()).then(|| inside.records(&rows, columns))))
    }

    fn children<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        parent_column: &'static Column,
        parents: &'a [Id],
        limit: i64,
    ) -> Calling<'a, Records> {
        let inside = self.inside.lock();
        let mut rows = inside.rows(table);
        rows.retain(|row| matches!(row.get(parent_column.name), Some(Held::Id(id)) if parents.contains(id)));
        let order = ["created_at", "id"].map(|name| {
            table.column(name).map(|column| Order {
                column,
                descending: false,
            })
        });
        let order: Vec<Order> = order.into_iter().flatten().collect();
        rows.sort_by(|a, b| in_order(&order, a, b));
        rows.truncate(usize::try_from(limit).unwrap_or_default());
        at_once(Ok(inside.records(&rows, columns)))
    }
}

/// Results as they are read: text and runtime context.
pub(super) fn results(found: Vec<(Option<&Payload>, &Payload)>) -> Vec<TaskResult> {
    let cells = found.iter().map(|(output, _)| vec![Held::json(*output)]);
    let rows: Arc<dyn Rows> = Arc::new(Read(cells.collect()));
    let result = |(place, (output, context)): (usize, &(Option<&Payload>, &Payload))| TaskResult {
        output: output.map(|_| StoredText::new(rows.clone(), place, 0)),
        runtime_context: context.text().to_owned(),
    };
    found.iter().enumerate().map(result).collect()
}

impl Runs for Desk {
    fn action_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>> {
        let inside = self.inside.lock();
        let actions = inside
            .actions
            .values()
            .filter(|a| a.task_id == Some(task) && a.accepted);
        at_once(Ok(results(
            actions.map(|a| (a.output.as_ref(), &a.runtime_context)).collect(),
        )))
    }

    fn workflow_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>> {
        let inside = self.inside.lock();
        let executions = inside
            .executions
            .values()
            .filter(|e| e.task_id == Some(task) && e.accepted);
        let mut executions: Vec<&Execution> = executions.collect();
        executions.sort_by_key(|e| (e.created_at, e.id));
        let found = executions.into_iter().map(|e| (e.output.as_ref(), &e.runtime_context));
        at_once(Ok(results(found.collect())))
    }

    fn durations<'a>(&'a self, (workflow, _): (Id, &'a str), limit: i64) -> Calling<'a, Vec<f64>> {
        let inside = self.inside.lock();
        let executions = inside.executions.values();
        let mut done: Vec<&Execution> = executions
            .filter(|e| e.origin.workflow_id == workflow && e.state == State::Success)
            .collect();
        done.sort_by_key(|e| std::cmp::Reverse(e.created_at));
        done.truncate(usize::try_from(limit).unwrap_or_default());
        let seconds = |e: &&Execution| (e.updated_at.unwrap_or(e.created_at).0 - e.created_at.0) as f64 / 1e6;
        at_once(Ok(done.iter().map(seconds).collect()))
    }

    fn spec(&self, hash: Id) -> Calling<'_, Option<String>> {
        at_once(Ok(self.inside.lock().content.get(&hash).cloned()))
    }

    fn execution_project(&self, id: Id) -> Calling<'_, Option<Option<String>>> {
        let inside = self.inside.lock();
        let project = |e: &Execution| e.origin.project_id.as_deref().map(str::to_owned);
        at_once(Ok(inside.executions.get(&id).map(project)))
    }
}

impl Maintenance for Desk {
    fn mode(&self) -> Calling<'_, String> {
        self.maintenance()
    }

    fn set_mode<'a>(&'a self, from: &'a str, to: &'a str) -> Calling<'a, bool> {
        let mut inside = self.inside.lock();
        let was = inside.mode == from;
        if was {
            to.clone_into(&mut inside.mode);
        }
        at_once(Ok(was))
    }

    fn roots_in(&self, state: State, limit: usize, skipped: usize) -> Calling<'_, Vec<Id>> {
        let inside = self.inside.lock();
        let roots = inside
            .executions
            .values()
            .filter(|e| e.id == e.root_id && e.state == state);
        let mut roots: Vec<&Execution> = roots.collect();
        roots.sort_by_key(|e| (e.created_at, e.id));
        at_once(Ok(roots.into_iter().skip(skipped).take(limit).map(|e| e.id).collect()))
    }

    fn has_running_tasks(&self) -> Calling<'_, bool> {
        let inside = self.inside.lock();
        let runs = |task: &Task| matches!(task.state, State::Running | State::Delayed);
        at_once(Ok(inside.tasks.values().any(runs)))
    }
}

impl Versions for Desk {
    fn note<'a>(&'a self, said: &'a [Said<'a>]) -> Calling<'a, ()> {
        let mut inside = self.inside.lock();
        for one in said {
            let own = inside.versions.iter().filter(|(workflow, _)| *workflow == one.workflow);
            let newest = own.map(|(_, version)| version).next_back().cloned();
            if newest.as_ref().is_some_and(|newest| newest.spec_hash == one.spec_hash) {
                continue;
            }
            let version = Version {
                version: newest.map_or(0, |newest| newest.version) + 1,
                spec_hash: one.spec_hash,
                checksum: one.checksum.map(str::to_owned),
                user_id: one.user_id.map(str::to_owned),
                created_at: one.at,
                definition: Some(one.definition.to_owned()),
            };
            inside.versions.push((one.workflow, version));
        }
        at_once(Ok(()))
    }

    fn list(&self, workflow: Id) -> Calling<'_, Vec<Version>> {
        let inside = self.inside.lock();
        let own = inside.versions.iter().rev().filter(|(of, _)| *of == workflow);
        let shown = own.map(|(_, version)| Version {
            definition: None,
            ..version.clone()
        });
        at_once(Ok(shown.collect()))
    }

    fn get(&self, workflow: Id, version: i32) -> Calling<'_, Option<Version>> {
        let inside = self.inside.lock();
        let mut versions = inside.versions.iter();
        let found = versions.find(|(of, own)| *of == workflow && own.version == version);
        at_once(Ok(found.map(|(_, version)| version.clone())))
    }
}
