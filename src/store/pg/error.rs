//! Why a call to the database failed.

use tokio_postgres::error::{DbError, SqlState};

/// A failed call.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The connection could not be made, or broke. The same call may succeed later.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The database refused a statement.
    #[error("database refused: {message} ({code})")]
    Refused { code: String, message: String },
    /// A row with the same key exists. `constraint` is the name of the unique index.
    #[error("duplicate key: {constraint}")]
    Duplicate { constraint: String },
    /// The row to change or delete does not exist.
    #[error("no such row in {table}")]
    Missing { table: &'static str },
    /// What is stored cannot be read.
    #[error("stored row unreadable: {0}")]
    Unreadable(String),
    /// The address of the database makes no sense.
    #[error("{0}")]
    Configuration(String),
}

impl Error {
    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_retriable(&self) -> bool {
        match self {
            Error::Unavailable(_) => true,
            Error::Refused { code, .. } => is_transient(&SqlState::from_code(code)),
            _ => false,
        }
    }
}

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
            None if error.to_string().starts_with("error retrieving column") => Error::Unreadable(describe(&error)),
            None => Error::Unavailable(describe(&error)),
        }
    }
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
pub(super) fn closes_connection(error: &DbError) -> bool {
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

/// Whether the same transaction may succeed when it is simply tried again: serialization failures, deadlocks, lock
/// time-outs, cancelled statements, exhausted resources, a server that is in recovery.
pub(super) fn is_transient(code: &SqlState) -> bool {
    let text = code.code();
    text.starts_with("40") || text.starts_with("53") || matches!(text, "55P03" | "57014" | "25006")
}

/// The whole story of an error: the driver's own text says only "db error".
pub(super) fn describe(error: &tokio_postgres::Error) -> String {
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
