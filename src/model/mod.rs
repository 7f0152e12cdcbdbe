//! Domain types that everything shares: values, ids, states, records, payloads, clocks. No I/O.

pub mod json;
pub mod python;
pub mod value;

pub use value::{Dict, Str, Value};
