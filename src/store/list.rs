//! Lists, as clients ask for them: tables, filters, orders and pages, without a word about how a store finds them. Paging is by
//! key, never by offset, and nothing is counted, so a page costs the same wherever it lies.

use crate::backend::Calling;
use crate::definitions::Owned;

use mistral_model::{Id, Time};

mod records;
pub mod tables;

pub use records::{Cell, Page, Records, Rows, StoredText, TaskResult};

/// What a column holds, and so how a cell of it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Id,
    Text,
    /// JSON text.
    Json,
    /// JSON list of texts.
    Tags,
    Time,
    State,
    Scope,
    TaskKind,
    Bool,
    Int,
}

/// A column as clients name it.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub nullable: bool,
}

/// Columns of a [`Table`]: `"name" Kind;` or `"name" Kind, nullable;` for each.
#[macro_export]
macro_rules! columns {
    ($($name:literal $kind:ident $(, $null:ident)?;)*) => {
        &[$($crate::list::Column {
            name: $name,
            kind: $crate::list::Kind::$kind,
            nullable: $crate::columns!(@ $($null)?),
        }),*]
    };
    (@ nullable) => { true };
    (@) => { false };
}

/// Who may see rows besides admins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Their project.
    Project,
    /// Their project, and everybody if the row is public.
    Scope,
    /// As `Scope`, and projects that accepted an invitation.
    Members,
}

/// A table that REST lists.
#[derive(Debug)]
pub struct Table {
    /// As the store calls it.
    pub name: &'static str,
    pub columns: &'static [Column],
    pub sharing: Sharing,
    /// The order of ids is the order of creation.
    pub ids_are_times: bool,
}

impl Table {
    /// A table that is listed as it is stored: to the project of a row, and to everybody if it is public.
    pub const fn of<T: Owned>() -> Table {
        Table {
            name: T::SHAPE.name,
            columns: T::SHAPE.columns,
            sharing: Sharing::Scope,
            ids_are_times: false,
        }
    }

    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.name == name)
    }
}

/// Columns of a table by name; names that it lacks are skipped.
pub fn columns(table: &'static Table, names: &[&str]) -> Vec<&'static Column> {
    names.iter().filter_map(|name| table.column(name)).collect()
}

/// Ordering comparison of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Comparison {
    /// Whether `a <self> b`.
    pub fn holds(self, a: &str, b: &str) -> bool {
        match self {
            Comparison::Equal => a == b,
            Comparison::NotEqual => a != b,
            Comparison::Greater => a > b,
            Comparison::GreaterOrEqual => a >= b,
            Comparison::Less => a < b,
            Comparison::LessOrEqual => a <= b,
        }
    }
}

/// What a row must satisfy in one column. NULL satisfies nothing but [`Test::IsNull`].
#[derive(Clone, Debug)]
pub enum Test {
    Text(Comparison, String),
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
    /// LIKE pattern without an escape character.
    Like(String),
    Id(Id),
    /// Numbers of an enumeration (state, scope, kind).
    Numbers(Vec<i16>),
    Int(i32),
    Bool(bool),
    /// Half-open intervals of microseconds, at least one of which (if negated: none of which) holds the time.
    Within {
        ranges: Vec<(Option<i64>, Option<i64>)>,
        negated: bool,
    },
    /// Created with or after the row that was created then and has this id, in the order of both.
    From(Time, Id),
    /// Every one of these JSON texts is a member of the list.
    Holds(Vec<String>),
    IsNull,
    /// A member of the input of an execution, by the name under which it is indexed, is one of these.
    Input(String, Vec<String>),
    /// No row passes.
    Never,
}

/// A [`Test`] of a column.
#[derive(Clone, Debug)]
pub struct Filter {
    pub column: &'static Column,
    pub test: Test,
}

/// One sort key.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    pub column: &'static Column,
    pub descending: bool,
}

/// Whose rows are wanted.
#[derive(Clone, Copy, Debug)]
pub enum Viewer<'a> {
    /// Sees everything.
    Admin,
    Project(Option<&'a str>),
}

/// One page of a table.
#[derive(Debug)]
pub struct Query<'a> {
    pub table: &'static Table,
    pub columns: &'a [&'static Column],
    pub viewer: Viewer<'a>,
    pub filters: &'a [Filter],
    /// Ends with the id.
    pub order: &'a [Order],
    pub limit: Option<u32>,
}

/// Lists, and single rows of the same tables.
pub trait Lists: Send + Sync {
    /// One page of a table, after the row `marker` if one is given.
    fn list<'a>(&'a self, query: &'a Query<'a>, marker: Option<Id>) -> Calling<'a, Page>;
    /// The row `id` if the viewer may see it.
    fn get<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        viewer: Viewer<'a>,
        id: Id,
    ) -> Calling<'a, Option<Records>>;
    /// Rows of a table in a column of ids: everything that belongs to several parents, in order of creation.
    fn children<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        parent_column: &'static Column,
        parents: &'a [Id],
        limit: i64,
    ) -> Calling<'a, Records>;
}
