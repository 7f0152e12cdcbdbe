//! Which of the names in use pass a test. There are few names beside the rows that have them, and an index leads from one to
//! the next, so that a list by `has:`, `in:` or `neq:` costs as much as its names instead of a scan of the table.

use deadpool_postgres::Object;

use super::Error;
use super::list::Statement;
use super::sources::{Names, source};
use mistral_store::list::tables::EXECUTION;
use mistral_store::list::{Column, Comparison, Filter, Kind, Query, Test};

/// Names in use that are looked through.
const IN_USE: usize = 2_000;

/// Names that pass the test up to which their rows are merged in the order of the list.
const PASSING: usize = 32;

/// The name as [`passing`] calls it.
static NAME: Column = Column {
    name: "name",
    kind: Kind::Text,
    nullable: false,
};

/// The names that `query` asks for by another test than equality, if the table leads to them and they are few.
pub(super) async fn of_query(client: &Object, query: &Query<'_>) -> Result<Option<Vec<String>>, Error> {
    let Some(names) = source(query.table).names else {
        return Ok(None);
    };
    match test_of(query, names.column) {
        Some(Test::Text(Comparison::Equal, _)) | None => Ok(None),
        Some(test) => passing(client, names, test).await,
    }
}

/// The workflow names that `query` asks for, of a table whose rows are found by their executions.
pub(super) async fn of_workflows(client: &Object, query: &Query<'_>) -> Result<Option<Vec<String>>, Error> {
    let (Some(_), Some(names)) = (source(query.table).of_executions, source(&EXECUTION).names) else {
        return Ok(None);
    };
    match test_of(query, "workflow_name") {
        None => Ok(None),
        Some(Test::Text(Comparison::Equal, name)) => Ok(Some(vec![name.clone()])),
        Some(test) => passing(client, names, test).await,
    }
}

fn test_of<'q>(query: &Query<'q>, column: &str) -> Option<&'q Test> {
    query.filters.iter().find(|f| f.column.name == column).map(|f| &f.test)
}

/// The names in use that pass `test`, unless there are too many of either. Plan: one look-up in the index per name.
async fn passing(client: &Object, names: &Names, test: &Test) -> Result<Option<Vec<String>>, Error> {
    let mut statement = Statement::default();
    let (table, column) = (names.table, names.column);
    statement.sql.push_str(&format!(
        "WITH RECURSIVE names(name) AS (\
           (SELECT {column} FROM {table} ORDER BY {column} LIMIT 1) UNION ALL \
           SELECT (SELECT x.{column} FROM {table} x WHERE x.{column} > names.name ORDER BY x.{column} LIMIT 1) \
           FROM names WHERE names.name IS NOT NULL) \
         SELECT count(*), array_agg(t.name) FILTER (WHERE "
    ));
    statement.filter(
        &EXECUTION,
        &Filter {
            column: &NAME,
            test: test.clone(),
        },
    );
    statement.sql.push_str(&format!(
        ") FROM (SELECT name FROM names WHERE name IS NOT NULL LIMIT {}) t",
        IN_USE + 1
    ));
    let rows = super::read::run(client, &statement).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let in_use: i64 = row.try_get(0)?;
    let passing: Option<Vec<String>> = row.try_get(1)?;
    let passing = passing.unwrap_or_default();
    let few = in_use <= IN_USE as i64 && passing.len() <= PASSING;
    Ok(few.then_some(passing))
}
