//! Rows as a store hands them out: cells borrow from what it read.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Column, Kind};
use crate::Error;
use mistral_model::record::{Scope, TaskKind};
use mistral_model::{Id, State, Time};

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    Null,
    Id(Id),
    Text(&'a str),
    /// JSON text.
    Json(&'a str),
    /// JSON list of texts.
    Tags(&'a str),
    Time(Time),
    State(State),
    Scope(Scope),
    TaskKind(TaskKind),
    Bool(bool),
    Int(i64),
}

/// What a store read.
pub trait Rows: Send + Sync {
    fn count(&self) -> usize;

    /// # Errors
    /// [`Error::Unreadable`] if it is not of this kind.
    fn cell(&self, row: usize, column: usize, kind: Kind) -> Result<Cell<'_>, Error>;

    /// The bytes of a text; empty for NULL.
    fn text(&self, row: usize, column: usize) -> &[u8];
}

/// Rows of one table, with the columns that were asked for.
pub struct Records {
    rows: Arc<dyn Rows>,
    columns: Vec<&'static Column>,
    aliases: HashMap<Id, String>,
}

impl Records {
    /// `aliases`: the texts that clients chose as ids.
    pub fn new(rows: Arc<dyn Rows>, columns: &[&'static Column], aliases: HashMap<Id, String>) -> Records {
        Records {
            rows,
            columns: columns.to_vec(),
            aliases,
        }
    }

    pub fn len(&self) -> usize {
        self.rows.count()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.count() == 0
    }

    pub fn columns(&self) -> &[&'static Column] {
        &self.columns
    }

    /// Position of a column by name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The cell in `row` and `column`; positions are those of the query. Ids that stand for a client's own text are
    /// shown as that text.
    pub fn cell(&self, row: usize, column: usize) -> Result<Cell<'_>, Error> {
        let cell = self.rows.cell(row, column, self.columns[column].kind)?;
        Ok(match cell {
            Cell::Id(id) if id.is_alias() => self.aliases.get(&id).map_or(cell, |text| Cell::Text(text)),
            cell => cell,
        })
    }

    /// A cell by the name of its column; null if the column was not asked for.
    pub fn get(&self, row: usize, name: &str) -> Result<Cell<'_>, Error> {
        self.position(name)
            .map_or(Ok(Cell::Null), |column| self.cell(row, column))
    }

    /// The text in a cell, shared.
    pub fn shared_text(&self, row: usize, column: usize) -> StoredText {
        StoredText::new(self.rows.clone(), row, column)
    }

    /// The bare id in a column, whatever clients are shown for it.
    pub fn id(&self, row: usize, name: &str) -> Result<Option<Id>, Error> {
        let Some(column) = self.position(name) else {
            return Ok(None);
        };
        Ok(match self.rows.cell(row, column, Kind::Id)? {
            Cell::Id(id) => Some(id),
            _ => None,
        })
    }
}

/// A text in a row that was read; it keeps what was read alive.
#[derive(Clone)]
pub struct StoredText {
    rows: Arc<dyn Rows>,
    row: usize,
    column: usize,
}

impl StoredText {
    pub fn new(rows: Arc<dyn Rows>, row: usize, column: usize) -> StoredText {
        StoredText { rows, row, column }
    }

    /// The text as it came from the store; empty for NULL.
    pub fn bytes(&self) -> &[u8] {
        self.rows.text(self.row, self.column)
    }
}

impl std::fmt::Debug for StoredText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a text of {} bytes", self.bytes().len())
    }
}

/// The outcome of a list.
pub enum Page {
    Records(Records),
    /// The row that the page should start after does not exist (or is not to be seen).
    UnknownMarker,
}

/// What a task's `result` is made from: one accepted action execution or sub-workflow execution.
#[derive(Debug)]
pub struct TaskResult {
    pub output: Option<StoredText>,
    pub runtime_context: String,
}
