//! Refusals and failures as clients see them. Upstream has three shapes of error bodies, depending on which of its layers
//! answers; clients understand all of them.

use std::time::Duration;

use http::StatusCode;
use http::header::{self, HeaderName};

use mistral_lang as lang;
use mistral_model::python;
use mistral_model::refusal::{Kind, Refusal};
use mistral_store::Error as StoreError;

/// An answer that is no success.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub status: StatusCode,
    pub message: String,
    pub shape: Shape,
    /// Further headers of the answer.
    pub headers: Vec<(HeaderName, String)>,
    /// JSON for the member `diagnostics`, where the client asked for it.
    pub diagnostics: Option<Box<str>>,
}

/// When a client may try again what the database could not do. A database that was restarted is back within seconds.
const AGAIN: Duration = Duration::from_secs(2);

/// The form of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `{"faultcode", "faultstring", "debuginfo"}`; in text uploads `{"faultstring"}`.
    Fault,
    /// `{"faultstring"}` in any case.
    Bare,
    /// The router's: JSON, a page or text, as the client prefers.
    Router {
        /// Description in the JSON form.
        description: Option<&'static str>,
        /// For `Allow`.
        allow: Option<String>,
        /// The message also goes into `Server-Error-Message` (and replaces the description).
        in_header: bool,
    },
}

impl Error {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Error {
        Error {
            status,
            message: message.into(),
            shape: Shape::Fault,
            headers: Vec::new(),
            diagnostics: None,
        }
    }

    pub fn bad_request(message: impl Into<String>) -> Error {
        Error::new(StatusCode::BAD_REQUEST, message)
    }

    pub fn not_found(message: impl Into<String>) -> Error {
        Error::new(StatusCode::NOT_FOUND, message)
    }

    pub fn forbidden(message: impl Into<String>) -> Error {
        Error::new(StatusCode::FORBIDDEN, message)
    }

    pub fn conflict(message: impl Into<String>) -> Error {
        Error::new(StatusCode::CONFLICT, message)
    }

    /// A policy rule said no.
    pub fn policy() -> Error {
        Error::forbidden("Operation forbidden (insufficient permissions)")
    }

    /// The engine has not answered in time.
    pub fn engine_timeout(call: &str, limit: Duration) -> Error {
        let seconds = limit.as_secs();
        Error::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("This rpc call \"{call}\" took longer than configured {seconds} seconds."),
        )
    }

    /// `Missing argument: "identifier"`.
    pub fn missing_argument(name: &str) -> Error {
        Error::bad_request(format!("Missing argument: \"{name}\""))
    }

    /// A query parameter that the resource does not have.
    pub fn unknown_argument(name: &str) -> Error {
        Error::bad_request(format!("Unknown argument: \"{name}\""))
    }

    /// A value that cannot be read as what it should be.
    pub fn invalid(field: &str, value: &str, why: &str) -> Error {
        Error::bad_request(format!(
            "Invalid input for field/attribute {field}. Value: '{}'. {why}",
            shortened(value)
        ))
    }

    pub fn bare(mut self) -> Error {
        self.shape = Shape::Bare;
        self
    }

    /// An answer of the router itself.
    pub fn router(status: StatusCode, description: Option<&'static str>) -> Error {
        let message = status.canonical_reason().unwrap_or_default();
        Error {
            status,
            message: message.to_owned(),
            shape: Shape::Router {
                description,
                allow: None,
                in_header: false,
            },
            headers: Vec::new(),
            diagnostics: None,
        }
    }

    /// A resource that lacks the method.
    pub fn method_not_allowed(allow: impl Into<String>) -> Error {
        Error {
            shape: Shape::Router {
                description: Some(""),
                allow: Some(allow.into()),
                in_header: false,
            },
            ..Error::router(StatusCode::METHOD_NOT_ALLOWED, None)
        }
    }

    /// A refusal of the layers around the resources, which also names its reason in a header.
    pub fn hook(status: StatusCode, message: impl Into<String>) -> Error {
        Error {
            status,
            message: message.into(),
            shape: Shape::Router {
                description: None,
                allow: None,
                in_header: true,
            },
            headers: Vec::new(),
            diagnostics: None,
        }
    }

    /// Somebody who is not let in. `challenge` says where to get a token.
    pub fn refused(refusal: &mistral_auth::Refusal, challenge: Option<String>) -> Error {
        let message = refusal.to_string();
        match refusal {
            mistral_auth::Refusal::Unauthenticated(_) => {
                let mut error = Error::hook(StatusCode::UNAUTHORIZED, message.clone());
                let challenges = std::iter::once(message).chain(challenge);
                error
                    .headers
                    .extend(challenges.map(|text| (header::WWW_AUTHENTICATE, text)));
                error
            }
            mistral_auth::Refusal::Unavailable { retry_after } => {
                Error::hook(StatusCode::SERVICE_UNAVAILABLE, message).retry_after(*retry_after)
            }
        }
    }

    /// The database cannot be reached, or does not answer.
    pub fn database_is_away() -> Error {
        let message = "The database is not available at the moment.";
        Error::new(StatusCode::SERVICE_UNAVAILABLE, message).retry_after(AGAIN)
    }

    /// With the time after which the client may try again.
    pub fn retry_after(mut self, time: Duration) -> Error {
        let seconds = time.as_secs_f64().ceil().max(1.0);
        self.headers.push((header::RETRY_AFTER, format!("{seconds}")));
        self
    }

    /// Bytes that are no text where text is needed.
    pub fn undecodable() -> Error {
        Error::router(StatusCode::BAD_REQUEST, Some(""))
    }
}

/// Values in messages are cut: a request may be large, its refusal should not be.
fn shortened(value: &str) -> std::borrow::Cow<'_, str> {
    const LIMIT: usize = 2_000;
    if value.len() <= LIMIT {
        return value.into();
    }
    let mut end = LIMIT;
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &value[..end]).into()
}

impl From<lang::Error> for Error {
    fn from(error: lang::Error) -> Error {
        Error::bad_request(error.message)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        let error = Error::new(status_of(refusal.kind), refusal.message);
        match refusal.kind {
            Kind::Unavailable => error.retry_after(AGAIN),
            _ => error,
        }
    }
}

/// The domain's words as HTTP says them.
fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        if !matches!(error, StoreError::Quota(_)) {
            tracing::error!("database: {error}");
        }
        let kind = error.kind();
        let message = match (&error, kind) {
            (StoreError::Unavailable(_), _) => return Error::database_is_away(),
            (StoreError::TooSlow(limit), _) => format!(
                "The list was not found within {} seconds. Ask for less of it: by state, workflow_name, created_at or tags, and \
                 in the order of creation.",
                limit.as_secs_f64()
            ),
            (StoreError::Quota(limit), _) => format!(
                "The project would have more workflows, workbooks, actions and environments than it may; the quota is {limit}."
            ),
            (_, Kind::Conflict) => "An object with the same key exists.".to_owned(),
            (_, Kind::Invalid) => "A value of the request cannot be stored.".to_owned(),
            (_, Kind::Unavailable) => "The database is overloaded at the moment.".to_owned(),
            (_, _) => "The database refused an operation; see the log.".to_owned(),
        };
        let answer = Error::new(status_of(kind), message);
        match error.is_retriable() {
            true => answer.retry_after(AGAIN),
            false => answer,
        }
    }
}

/// `[name=a, namespace=]`-style text of a Python list, for duplicates.
pub fn duplicate(entity: &str, keys: &[&str], values: &[&str]) -> Error {
    let keys = python::repr_list(keys.iter().copied());
    Error::conflict(format!(
        "Duplicate entry for {entity} {keys}: {}, None",
        values.join(", ")
    ))
}
