//! Domain types that everything shares: values, ids, states, records, payloads, clocks. No I/O.

pub mod action;
pub mod id;
pub mod mask;
pub mod network;
pub mod payload;
pub mod preview;
pub mod record;
pub mod refusal;
pub mod request;
pub mod security;
#[cfg(feature = "sql")]
mod sql;
pub mod state;
pub mod time;

pub use id::{Id, Shard};
pub use payload::Payload;
pub use pyvalue::{Dict, Str, Value, json, limit, python, value};
pub use security::{Security, SecurityContext};
pub use state::State;
pub use time::Time;
