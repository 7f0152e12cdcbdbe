//! Edits of what users define: all of one or none, unique keys, quotas.

use super::{Desk, Held, Inside, Row, Stored, at_once};
use crate::Error;
use crate::backend::Calling;
use crate::cache::Epochs;
use crate::definitions::{Change, DefinitionRows, Edit, Row as NewRow, Shape, Value};
use crate::list::{Sharing, Viewer};
use mistral_model::{Id, Str};
use std::collections::BTreeMap;

/// Columns that are unique together, and the name of their index.
pub(super) fn key(shape: &Shape) -> (&'static [&'static str], String) {
    let columns: &[&str] = match shape.unique {
        [] if shape.namespaced => &["name", "namespace", "project_id"],
        [] => &["name", "project_id"],
        unique => unique,
    };
    (columns, format!("{}_name", shape.name))
}

impl Inside {
    pub(super) fn insert(&mut self, row: &NewRow) -> Result<(), Error> {
        let new = Stored {
            shape: row.shape,
            values: row.values.clone(),
        };
        self.check_key(row.id, &new)?;
        self.defined.entry(row.shape.name).or_default().insert(row.id, new);
        Ok(())
    }

    pub(super) fn check_key(&self, id: Id, new: &Stored) -> Result<(), Error> {
        let (columns, constraint) = key(new.shape);
        let is_same = |other: &Stored| columns.iter().all(|column| other.held(column) == new.held(column));
        let mut rows = self.defined.get(new.shape.name).into_iter().flatten();
        match rows.any(|(other, row)| *other != id && is_same(row)) {
            true => Err(Error::Duplicate { constraint }),
            false => Ok(()),
        }
    }

    pub(super) fn make(&mut self, edit: &Edit) -> Result<(), Error> {
        for change in edit.changes() {
            match change {
                Change::Content { hash, spec } => {
                    self.content.entry(*hash).or_insert_with(|| spec.clone());
                }
                Change::Insert(row) => self.insert(row)?,
                Change::Update(row) => {
                    let (shape, values) = (row.shape, row.values.clone());
                    let new = Stored { shape, values };
                    self.check_key(row.id, &new)?;
                    let missing = Error::Missing { table: shape.name };
                    let rows = self.defined.entry(shape.name).or_default();
                    *rows.get_mut(&row.id).ok_or(missing)? = new;
                }
                Change::Delete { shape, id } => {
                    let gone = self.defined.get_mut(shape.name).and_then(|rows| rows.remove(id));
                    gone.ok_or(Error::Missing { table: shape.name })?;
                }
                // Nobody has trusts here.
                Change::NoteTrust(_) | Change::ReleaseTrust(_) => {}
            }
        }
        if let Some((project, limit)) = edit.charged() {
            let rows = self.defined.values().flat_map(BTreeMap::values);
            let own = rows.filter(|row| row.shape.charged && row.held("project_id").as_text() == Some(project));
            if own.count() > limit as usize {
                return Err(Error::Quota(limit));
            }
        }
        self.epoch += i64::from(edit.moves_epoch());
        Ok(())
    }

    /// Rows of a table in the order of their creation.
    pub(super) fn created(&self, shape: &Shape, wanted: impl Fn(&Stored) -> bool) -> Vec<Vec<Value>> {
        let rows = self.defined.get(shape.name).into_iter().flat_map(BTreeMap::values);
        let mut rows: Vec<&Stored> = rows.filter(|row| wanted(row)).collect();
        rows.sort_by(|a, b| a.held("created_at").compare(&b.held("created_at")));
        rows.into_iter().map(|row| row.values.clone()).collect()
    }

    pub(super) fn is_visible(&self, stored: &Stored, viewer: Viewer<'_>) -> bool {
        let row = Row::from([
            ("id", stored.held("id")),
            ("project_id", stored.held("project_id")),
            ("scope", stored.held("scope")),
        ]);
        let sharing = if stored.shape.shared {
            Sharing::Members
        } else {
            Sharing::Scope
        };
        self.sees(viewer, sharing, &row)
    }
}

impl DefinitionRows for Desk {
    fn commit(&self, edit: Edit) -> Calling<'_, ()> {
        let mut inside = self.inside.lock();
        let before = (inside.defined.clone(), inside.content.clone());
        let outcome = inside.make(&edit);
        if outcome.is_err() {
            (inside.defined, inside.content) = before;
        }
        at_once(outcome)
    }

    fn get<'a>(&'a self, shape: &'static Shape, id: Id, viewer: Viewer<'a>) -> Calling<'a, Option<Vec<Value>>> {
        let inside = self.inside.lock();
        let row = inside.defined.get(shape.name).and_then(|rows| rows.get(&id));
        let row = row.filter(|row| inside.is_visible(row, viewer));
        at_once(Ok(row.map(|row| row.values.clone())))
    }

    fn find<'a>(
        &'a self,
        shape: &'static Shape,
        (name, namespace): (&'a str, &'a str),
        viewer: Viewer<'a>,
    ) -> Calling<'a, Option<Vec<Value>>> {
        let inside = self.inside.lock();
        let is_named = |row: &Stored| {
            row.held("name").as_text() == Some(name)
                && (!shape.namespaced || row.held("namespace").as_text() == Some(namespace))
        };
        let found = inside.created(shape, |row| is_named(row) && inside.is_visible(row, viewer));
        let project = match viewer {
            Viewer::Admin => None,
            Viewer::Project(project) => project,
        };
        let is_own = |values: &Vec<Value>| {
            let stored = Stored {
                shape,
                values: values.clone(),
            };
            stored.held("project_id").as_text() == project
        };
        let own = found.iter().find(|values| is_own(values)).cloned();
        at_once(Ok(own.or_else(|| found.into_iter().next())))
    }

    fn page(&self, shape: &'static Shape, after: Id, limit: usize) -> Calling<'_, Vec<Vec<Value>>> {
        let inside = self.inside.lock();
        let rows = inside.defined.get(shape.name).into_iter().flatten();
        let rows = rows.filter(|(id, _)| **id > after).take(limit);
        at_once(Ok(rows.map(|(_, row)| row.values.clone()).collect()))
    }

    fn triggers_of(&self, shape: &'static Shape, workflow: Id) -> Calling<'_, Vec<Vec<Value>>> {
        let of = |row: &Stored| row.held("workflow_id") == Held::Id(workflow);
        at_once(Ok(self.inside.lock().created(shape, of)))
    }

    fn members<'a>(&'a self, resource: Id, resource_type: &'a str) -> Calling<'a, Vec<Vec<Value>>> {
        let of = |row: &Stored| {
            row.held("resource_id") == Held::Id(resource) && row.held("resource_type").as_text() == Some(resource_type)
        };
        let shape = <crate::definitions::ResourceMember as crate::definitions::Table>::SHAPE;
        at_once(Ok(self.inside.lock().created(shape, of)))
    }

    fn content(&self, hash: Id) -> Calling<'_, Option<Str>> {
        at_once(Ok(self
            .inside
            .lock()
            .content
            .get(&hash)
            .map(|spec| spec.as_str().into())))
    }

    fn epoch(&self) -> Calling<'_, i64> {
        at_once(Ok(self.inside.lock().epoch))
    }

    fn maintenance(&self) -> Calling<'_, String> {
        at_once(Ok(self.inside.lock().mode.clone()))
    }

    fn set_maintenance<'a>(&'a self, status: &'a str) -> Calling<'a, ()> {
        status.clone_into(&mut self.inside.lock().mode);
        at_once(Ok(()))
    }
}

impl Epochs for Desk {
    fn epoch(&self) -> Calling<'_, i64> {
        DefinitionRows::epoch(self)
    }
}
