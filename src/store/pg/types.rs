//! Reading rows into the model's types; how these travel is in `mistral_model::sql`.

use bytes::Bytes;
use tokio_postgres::Row;

use mistral_model::record::{Scope, TaskKind};
use mistral_model::{Id, Payload, Shard, State, Str, Time};

/// A column that is read into something else than its bare value.
pub(super) trait Column: Sized {
    fn read(row: &Row, index: usize) -> Result<Self, tokio_postgres::Error>;
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Column for $type {
            fn read(row: &Row, index: usize) -> Result<Self, tokio_postgres::Error> {
                row.try_get(index)
            }
        }
    )*};
}

plain!(
    Id,
    Option<Id>,
    Time,
    Option<Time>,
    Shard,
    State,
    Scope,
    TaskKind,
    bool,
    i64,
    i32,
    Option<i32>,
    String,
    Option<String>
);

impl Column for Str {
    fn read(row: &Row, index: usize) -> Result<Str, tokio_postgres::Error> {
        row.try_get::<_, &str>(index).map(Str::from)
    }
}

impl Column for Option<Str> {
    fn read(row: &Row, index: usize) -> Result<Option<Str>, tokio_postgres::Error> {
        row.try_get::<_, Option<&str>>(index).map(|text| text.map(Str::from))
    }
}

fn payload(text: &str) -> Payload {
    Payload::from_json(Bytes::copy_from_slice(text.as_bytes()))
}

impl Column for Payload {
    fn read(row: &Row, index: usize) -> Result<Payload, tokio_postgres::Error> {
        row.try_get::<_, &str>(index).map(payload)
    }
}

impl Column for Option<Payload> {
    fn read(row: &Row, index: usize) -> Result<Option<Payload>, tokio_postgres::Error> {
        row.try_get::<_, Option<&str>>(index).map(|text| text.map(payload))
    }
}

/// Reads the columns of a row one after the other.
pub(super) struct Reader<'a> {
    row: &'a Row,
    next: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(row: &'a Row) -> Reader<'a> {
        Reader { row, next: 0 }
    }

    /// The next column.
    pub(super) fn column<T: Column>(&mut self) -> Result<T, tokio_postgres::Error> {
        self.next += 1;
        T::read(self.row, self.next - 1)
    }
}
