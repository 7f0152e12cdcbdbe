//! What errors of the driver mean.

use tokio_postgres::error::{DbError, SqlState};

use crate::Error;

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Error {
        match error.as_db_error() {
            Some(refusal) if closes_connection(refusal) => Error::Unavailable(describe(&error)),
            Some(refusal) if refusal.code() == &SqlState::UNIQUE_VIOLATION => Error::Duplicate {
                constraint: refusal.constraint().unwrap_or_default().to_owned(),
            },
            Some(refusal) => Error::Refused {
                code: refusal.code().code().to_owned(),
                message: describe(&error),
            },
            None if is_unreadable(&error) => Error::Unreadable(describe(&error)),
            None => Error::Unavailable(describe(&error)),
        }
    }
}

/// Whether what came makes no sense, and will not next time either. The driver tells it by its text only.
fn is_unreadable(error: &tokio_postgres::Error) -> bool {
    let text = error.to_string();
    ["error deserializing column", "invalid column"]
        .iter()
        .any(|beginning| text.starts_with(beginning))
}

impl From<deadpool_postgres::PoolError> for Error {
    fn from(error: deadpool_postgres::PoolError) -> Error {
        match error {
            deadpool_postgres::PoolError::Backend(inner) => inner.into(),
            other => Error::Unavailable(other.to_string()),
        }
    }
}

/// Whether the server ends the connection with this error (FATAL, PANIC): what was in flight has no known outcome.
pub fn closes_connection(error: &DbError) -> bool {
    !matches!(
        error.severity(),
        "ERROR" | "WARNING" | "NOTICE" | "INFO" | "LOG" | "DEBUG"
    ) || [
        &SqlState::ADMIN_SHUTDOWN,
        &SqlState::CRASH_SHUTDOWN,
        &SqlState::CANNOT_CONNECT_NOW,
    ]
    .contains(&error.code())
}

/// The whole story of an error: the driver's own text says only "db error".
pub fn describe(error: &tokio_postgres::Error) -> String {
    use std::error::Error as _;
    match (error.as_db_error(), error.source()) {
        (Some(refusal), _) => match refusal.detail() {
            Some(detail) => format!("{}: {detail}", refusal.message()),
            None => refusal.message().to_owned(),
        },
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}
