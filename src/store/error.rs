//! Why a call to the store failed.

use mistral_model::refusal::Kind;

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
    /// A project would have more definitions than it may.
    #[error("more than {0} definitions")]
    Quota(u32),
    /// What is stored cannot be read.
    #[error("stored row unreadable: {0}")]
    Unreadable(String),
    /// A read took longer than it may, and was cancelled.
    #[error("a read took longer than {} s", .0.as_secs_f64())]
    TooSlow(std::time::Duration),
    /// The address of the database makes no sense.
    #[error("{0}")]
    Configuration(String),
}

impl Error {
    /// What it is to whoever asked for it.
    pub fn kind(&self) -> Kind {
        match self {
            Error::Duplicate { .. } => Kind::Conflict,
            Error::Quota(_) => Kind::Forbidden,
            // A value that a column or an index cannot hold: the caller's.
            Error::Refused { code, .. } if code.starts_with("22") || code.starts_with("54") => Kind::Invalid,
            Error::TooSlow(_) => Kind::Unavailable,
            error if error.is_retriable() => Kind::Unavailable,
            _ => Kind::Internal,
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_retriable(&self) -> bool {
        match self {
            Error::Unavailable(_) => true,
            Error::Refused { code, .. } => is_transient(code),
            _ => false,
        }
    }
}

/// Whether the same transaction may succeed when it is simply tried again (by SQLSTATE): serialization failures, deadlocks,
/// lock time-outs, cancelled statements, exhausted resources, a server that is in recovery.
pub fn is_transient(code: &str) -> bool {
    code.starts_with("40") || code.starts_with("53") || matches!(code, "55P03" | "57014" | "25006")
}
