//! Rows by the names of their columns, and who sees them.

use super::cells::Read;
use super::filters::{in_order, passes};
use super::{Held, Inside, Row, Stored};
use crate::definitions::Value;
use crate::list::{Column, Query, Records, Sharing, Table, Viewer};
use mistral_model::Id;
use mistral_model::record::{Action, Execution, Origin, Scope, Task};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Inside {
    /// All rows of a table that lists show.
    pub(super) fn rows(&self, table: &Table) -> Vec<Row> {
        match table.name {
            "execution" => self.executions.values().map(execution_row).collect(),
            "task" => self.tasks.values().map(task_row).collect(),
            "action_execution" => self.actions.values().map(action_row).collect(),
            name => {
                let stored = self.defined.get(name).into_iter().flat_map(BTreeMap::values);
                stored.map(|stored| self.defined_row(table, stored)).collect()
            }
        }
    }

    pub(super) fn defined_row(&self, table: &Table, stored: &Stored) -> Row {
        let columns = stored.shape.columns.iter().zip(&stored.values);
        let held = |(column, value): (&Column, &Value)| {
            let kind = table.column(column.name).map_or(column.kind, |shown| shown.kind);
            (column.name, Held::of(value, kind))
        };
        let mut row: Row = columns.map(held).collect();
        if let Some(Held::Id(hash)) = row.get("spec_hash") {
            let spec = self.content.get(hash).cloned();
            row.insert("spec", spec.map_or(Held::Null, Held::Json));
        }
        if let Some(Held::Id(source)) = row.get("code_source_id") {
            let source = self.defined.get("code_source").and_then(|rows| rows.get(source));
            let part = |name: &str| source.map_or(Held::Null, |source| source.held(name));
            let (name, content) = (part("name"), part("content"));
            row.insert("code_source_name", name);
            row.insert("source", content);
        }
        row
    }

    pub(super) fn sees(&self, viewer: Viewer<'_>, sharing: Sharing, row: &Row) -> bool {
        let Viewer::Project(project) = viewer else { return true };
        let is_own = row.get("project_id").and_then(Held::as_text) == project;
        match sharing {
            Sharing::Project => is_own,
            Sharing::Scope => is_own || is_public(row),
            Sharing::Members => is_own || is_public(row) || self.is_member(project, row.get("id")),
        }
    }

    /// Whether a project has accepted an invitation to a row.
    pub(super) fn is_member(&self, project: Option<&str>, id: Option<&Held>) -> bool {
        let Some(project) = project else { return false };
        let members = self
            .defined
            .get("resource_member")
            .into_iter()
            .flat_map(BTreeMap::values);
        let mut members = members.filter(|row| row.held("member_id").as_text() == Some(project));
        members.any(|row| Some(&row.held("resource_id")) == id && row.held("status").as_text() == Some("accepted"))
    }

    /// The rows of a page, whole.
    pub(super) fn page(&self, query: &Query<'_>, marker: Option<Id>) -> Option<Vec<Row>> {
        let table = query.table;
        let mut rows = self.rows(table);
        rows.retain(|row| self.sees(query.viewer, table.sharing, row));
        let behind = match marker {
            None => None,
            Some(id) => Some(rows.iter().find(|row| row.get("id") == Some(&Held::Id(id)))?.clone()),
        };
        rows.retain(|row| query.filters.iter().all(|filter| passes(row, filter)));
        rows.sort_by(|a, b| in_order(query.order, a, b));
        if let Some(behind) = behind {
            rows.retain(|row| in_order(query.order, row, &behind) == Ordering::Greater);
        }
        rows.truncate(query.limit.map_or(usize::MAX, |limit| limit as usize));
        Some(rows)
    }

    pub(super) fn records(&self, rows: &[Row], columns: &[&'static Column]) -> Records {
        let cells = |row: &Row| -> Vec<Held> {
            let held = |column: &&Column| row.get(column.name).cloned().unwrap_or(Held::Null);
            columns.iter().map(held).collect()
        };
        let aliases = self.executions.values().filter_map(|execution| {
            let alias = execution.alias.as_deref()?;
            Some((execution.id, alias.to_owned()))
        });
        Records::new(
            Arc::new(Read(rows.iter().map(cells).collect())),
            columns,
            aliases.collect(),
        )
    }
}

pub(super) fn is_public(row: &Row) -> bool {
    row.get("scope") == Some(&Held::Scope(Scope::Public))
}

impl Stored {
    pub(super) fn held(&self, column: &str) -> Held {
        let place = self.shape.place(column);
        place.map_or(Held::Null, |place| {
            Held::of(&self.values[place], self.shape.columns[place].kind)
        })
    }
}

pub(super) fn origin_row(origin: &Origin) -> Row {
    Row::from([
        ("workflow_name", Held::text(Some(&origin.workflow_name))),
        ("workflow_namespace", Held::text(Some(&origin.workflow_namespace))),
        ("workflow_id", Held::Id(origin.workflow_id)),
        ("project_id", Held::text(origin.project_id.as_deref())),
        ("scope", Held::Scope(origin.scope)),
    ])
}

pub(super) fn execution_row(e: &Execution) -> Row {
    let mut row = origin_row(&e.origin);
    row.extend([
        ("id", Held::Id(e.id)),
        ("description", Held::text(e.description.as_deref())),
        ("tags", Held::tags(e.tags.as_ref())),
        ("params", Held::json(Some(&e.params))),
        ("task_execution_id", Held::id(e.task_id)),
        ("root_execution_id", Held::id(e.task_id.map(|_| e.root_id))),
        ("state", Held::State(e.state)),
        ("state_info", Held::text(e.state_info.as_deref())),
        ("input", Held::json(Some(&e.input))),
        ("output", Held::json(e.output.as_ref())),
        ("created_at", Held::Time(e.created_at)),
        ("updated_at", Held::time(e.updated_at)),
        ("context", Held::json(Some(&e.context))),
        ("spec_hash", Held::Id(e.spec_hash)),
        ("root_id", Held::Id(e.root_id)),
    ]);
    row
}

pub(super) fn task_row(t: &Task) -> Row {
    let mut row = origin_row(&t.origin);
    row.extend([
        ("id", Held::Id(t.id)),
        ("name", Held::text(Some(&t.name))),
        ("type", Held::TaskKind(t.kind)),
        ("workflow_execution_id", Held::Id(t.execution_id)),
        ("tags", Held::tags(t.tags.as_ref())),
        ("state", Held::State(t.state)),
        ("state_info", Held::text(t.state_info.as_deref())),
        ("runtime_context", Held::json(Some(&t.runtime_context))),
        ("published", Held::json(t.published.as_ref())),
        ("processed", Held::Bool(t.processed)),
        ("created_at", Held::Time(t.created_at)),
        ("updated_at", Held::time(t.updated_at)),
        ("started_at", Held::time(t.started_at)),
        ("finished_at", Held::time(t.finished_at)),
        ("root_id", Held::Id(t.root_id)),
    ]);
    row
}

pub(super) fn action_row(a: &Action) -> Row {
    let mut row = origin_row(&a.origin);
    row.extend([
        ("id", Held::Id(a.id)),
        ("task_execution_id", Held::id(a.task_id)),
        ("state", Held::State(a.state)),
        ("state_info", Held::text(a.state_info.as_deref())),
        ("tags", Held::tags(a.tags.as_ref())),
        ("name", Held::text(Some(&a.name))),
        ("description", Held::text(a.description.as_deref())),
        ("accepted", Held::Bool(a.accepted)),
        ("input", Held::json(Some(&a.input))),
        ("output", Held::json(a.output.as_ref())),
        ("created_at", Held::Time(a.created_at)),
        ("updated_at", Held::time(a.updated_at)),
        ("root_id", Held::Id(a.root_id)),
    ]);
    row
}
