//! Domain types that everything shares: values, ids, states, records, payloads, clocks. No I/O.

pub mod action;
pub mod id;
pub mod json;
pub mod limit;
pub mod payload;
pub mod python;
pub mod record;
pub mod request;
pub mod state;
pub mod time;
pub mod value;

pub use id::{Id, Shard};
pub use payload::Payload;
pub use state::State;
pub use time::Time;
pub use value::{Dict, Str, Value};
