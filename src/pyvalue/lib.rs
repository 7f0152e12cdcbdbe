//! Python's values in Rust: what a workflow's data are made of, with Python's integers of any size, its ordered mappings, its
//! texts of numbers and its way to read and write JSON.
//!
//! * [`value`]: the values. * [`json`]: reading and writing. * [`python`]: `str()` and `repr()`. * [`limit`]: sizes as Python counts them.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod json;
pub mod limit;
pub mod python;
pub mod value;

pub use value::{Dict, Str, Value};
