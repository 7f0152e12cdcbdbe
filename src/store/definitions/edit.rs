//! Changes of what users define that happen together.

use super::{Shape, Table, Value};
use mistral_model::Id;

/// A row as it is to be stored.
#[derive(Clone, Debug)]
pub struct Row {
    pub shape: &'static Shape,
    pub id: Id,
    /// In the order of the shape's columns.
    pub values: Vec<Value>,
}

impl Row {
    fn of<T: Table>(row: &T) -> Row {
        Row {
            shape: T::SHAPE,
            id: row.id(),
            values: row.values(),
        }
    }
}

/// One change.
#[derive(Clone, Debug)]
pub enum Change {
    /// A spec under its hash, unless it is there.
    Content {
        hash: Id,
        spec: String,
    },
    Insert(Row),
    Update(Row),
    Delete {
        shape: &'static Shape,
        id: Id,
    },
    NoteTrust(String),
    ReleaseTrust(String),
}

/// Changes that are made in one transaction, in their order.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    changes: Vec<Change>,
    moves_epoch: bool,
    /// Rows that come, less those that go.
    growth: i32,
    /// A project, and how many definitions it may have afterwards.
    charged: Option<(String, u32)>,
}

impl Edit {
    pub fn new() -> Edit {
        Edit::default()
    }

    /// Stores a spec under its hash, unless it is there.
    pub fn content(&mut self, hash: Id, spec: &str) -> &mut Edit {
        let spec = spec.to_owned();
        self.change(Change::Content { hash, spec })
    }

    /// A new row. A row with the same key makes the edit fail as [`Error::Duplicate`](crate::Error::Duplicate).
    pub fn insert<T: Table>(&mut self, row: &T) -> &mut Edit {
        self.moves_epoch |= T::SHAPE.cached;
        self.growth += 1;
        self.change(Change::Insert(Row::of(row)))
    }

    /// Replaces the row with this id. Fails as [`Error::Missing`](crate::Error::Missing) if there is none.
    pub fn update<T: Table>(&mut self, row: &T) -> &mut Edit {
        self.moves_epoch |= T::SHAPE.cached;
        self.change(Change::Update(Row::of(row)))
    }

    /// Deletes the row with this id. Fails as [`Error::Missing`](crate::Error::Missing) if there is none.
    pub fn delete<T: Table>(&mut self, id: Id) -> &mut Edit {
        self.moves_epoch |= T::SHAPE.cached;
        self.growth -= 1;
        self.change(Change::Delete { shape: T::SHAPE, id })
    }

    /// Fails as [`Error::Quota`](crate::Error::Quota) if this adds rows and the project has more than `limit` definitions afterwards.
    pub fn charge(&mut self, project: Option<&str>, limit: Option<u32>) -> &mut Edit {
        self.charged = project.map(str::to_owned).zip(limit);
        self
    }

    /// Notes a trust that a trigger of this edit was given.
    pub fn note_trust(&mut self, id: &str) -> &mut Edit {
        self.change(Change::NoteTrust(id.to_owned()))
    }

    /// A trust is over, whoever uses it.
    pub fn release_trust(&mut self, id: &str) -> &mut Edit {
        self.change(Change::ReleaseTrust(id.to_owned()))
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether caches must hear of it.
    pub fn moves_epoch(&self) -> bool {
        self.moves_epoch
    }

    /// The project whose quota counts, and the quota. Who has more already, since it was lowered, may still change what there is.
    pub fn charged(&self) -> Option<(&str, u32)> {
        let charged = self.charged.as_ref().filter(|_| self.growth > 0);
        charged.map(|(project, limit)| (project.as_str(), *limit))
    }

    fn change(&mut self, change: Change) -> &mut Edit {
        self.changes.push(change);
        self
    }
}
