//! Values of rows as lists show and compare them.

use super::Held;
use crate::Error;
use crate::definitions::Value;
use crate::list::{Cell, Kind, Rows};
use mistral_model::{Id, Payload, Time};
use std::cmp::Ordering;

impl Held {
    pub(super) fn of(value: &Value, kind: Kind) -> Held {
        match value {
            Value::Id(id) => Held::Id(*id),
            Value::Text(text) => Held::text(text.as_deref()),
            Value::Json(None) | Value::Time(None) | Value::Int(None) => Held::Null,
            Value::Json(Some(json)) if kind == Kind::Tags => Held::Tags(json.text().to_owned()),
            Value::Json(Some(json)) => Held::Json(json.text().to_owned()),
            Value::Time(Some(time)) => Held::Time(*time),
            Value::Scope(scope) => Held::Scope(*scope),
            Value::Bool(flag) => Held::Bool(*flag),
            Value::Int(Some(number)) => Held::Int(i64::from(*number)),
        }
    }

    pub(super) fn text(text: Option<&str>) -> Held {
        text.map_or(Held::Null, |text| Held::Text(text.to_owned()))
    }

    pub(super) fn json(payload: Option<&Payload>) -> Held {
        payload.map_or(Held::Null, |payload| Held::Json(payload.text().to_owned()))
    }

    pub(super) fn tags(payload: Option<&Payload>) -> Held {
        payload.map_or(Held::Null, |payload| Held::Tags(payload.text().to_owned()))
    }

    pub(super) fn time(time: Option<Time>) -> Held {
        time.map_or(Held::Null, Held::Time)
    }

    pub(super) fn id(id: Option<Id>) -> Held {
        id.map_or(Held::Null, Held::Id)
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Held::Text(text) | Held::Json(text) | Held::Tags(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn cell(&self) -> Cell<'_> {
        match self {
            Held::Null => Cell::Null,
            Held::Id(id) => Cell::Id(*id),
            Held::Text(text) => Cell::Text(text),
            Held::Json(text) => Cell::Json(text),
            Held::Tags(text) => Cell::Tags(text),
            Held::Time(time) => Cell::Time(*time),
            Held::State(state) => Cell::State(*state),
            Held::Scope(scope) => Cell::Scope(*scope),
            Held::TaskKind(kind) => Cell::TaskKind(*kind),
            Held::Bool(flag) => Cell::Bool(*flag),
            Held::Int(number) => Cell::Int(*number),
        }
    }

    /// The number of a member of an enumeration.
    pub(super) fn number(&self) -> Option<i16> {
        match self {
            Held::State(state) => Some(*state as i16),
            Held::Scope(scope) => Some(*scope as i16),
            Held::TaskKind(kind) => Some(*kind as i16),
            _ => None,
        }
    }

    /// As lists are sorted by it; states by their names.
    pub(super) fn compare(&self, other: &Held) -> Ordering {
        match (self, other) {
            (Held::Id(a), Held::Id(b)) => a.cmp(b),
            (Held::Time(a), Held::Time(b)) => a.cmp(b),
            (Held::State(a), Held::State(b)) => a.name().cmp(b.name()),
            (Held::Bool(a), Held::Bool(b)) => a.cmp(b),
            (Held::Int(a), Held::Int(b)) => a.cmp(b),
            (a, b) => match (a.number(), b.number()) {
                (Some(a), Some(b)) => a.cmp(&b),
                _ => a.as_text().cmp(&b.as_text()),
            },
        }
    }
}

/// Rows that were read.
pub(super) struct Read(pub(super) Vec<Vec<Held>>);

impl Rows for Read {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: usize, _: Kind) -> Result<Cell<'_>, Error> {
        Ok(self.0[row][column].cell())
    }

    fn text(&self, row: usize, column: usize) -> &[u8] {
        self.0[row][column].as_text().unwrap_or_default().as_bytes()
    }
}
