//! Why a request is refused. The API says it with HTTP's numbers; nobody else knows them, but for what travels between processes
//! and lies in `reply`, where they have always stood.

use serde::{Deserialize, Serialize};

/// What clients can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u16", from = "u16")]
pub enum Kind {
    /// What the request is about does not exist.
    NotFound,
    /// The request makes no sense, or not in the state that things are in.
    Invalid,
    /// It would make sense, but not for this caller or at this time.
    Forbidden,
    /// There is something else with the same name.
    Conflict,
    /// It may succeed later, when nothing else has changed.
    Unavailable,
    /// The fault is the service's own.
    Internal,
}

/// In messages, old and new.
impl From<Kind> for u16 {
    fn from(kind: Kind) -> u16 {
        match kind {
            Kind::Invalid => 400,
            Kind::Forbidden => 403,
            Kind::NotFound => 404,
            Kind::Conflict => 409,
            Kind::Internal => 500,
            Kind::Unavailable => 503,
        }
    }
}

/// Another version of the service may know more kinds: the next wider one is understood.
impl From<u16> for Kind {
    fn from(number: u16) -> Kind {
        match number {
            403 => Kind::Forbidden,
            404 => Kind::NotFound,
            409 => Kind::Conflict,
            503 => Kind::Unavailable,
            400..500 => Kind::Invalid,
            _ => Kind::Internal,
        }
    }
}

/// A refused request, in upstream's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct Refusal {
    #[serde(rename = "status")]
    pub kind: Kind,
    pub message: String,
}

impl Refusal {
    pub fn new(kind: Kind, message: impl Into<String>) -> Refusal {
        Refusal {
            kind,
            message: message.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_those_of_all_versions() {
        let kinds = [
            (400, Kind::Invalid),
            (403, Kind::Forbidden),
            (404, Kind::NotFound),
            (409, Kind::Conflict),
            (500, Kind::Internal),
            (503, Kind::Unavailable),
        ];
        for (number, kind) in kinds {
            let text = format!(r#"{{"status":{number},"message":"no"}}"#);
            let refusal = Refusal::new(kind, "no");
            assert_eq!(serde_json::to_string(&refusal).unwrap(), text);
            assert_eq!(serde_json::from_str::<Refusal>(&text).unwrap(), refusal);
        }
        for (number, kind) in [(422, Kind::Invalid), (504, Kind::Internal), (7, Kind::Internal)] {
            assert_eq!(Kind::from(number), kind, "{number}");
        }
    }
}
