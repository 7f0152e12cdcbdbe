//! Python's values in Rust: what a workflow's data are made of, with Python's integers of any size, its ordered mappings, its
//! texts of numbers and its way to read and write JSON.
//!
//! * [`value`]: the values. * [`dict`]: their mappings. * [`json`]: reading and writing. * [`number`]: arithmetic, order, rounding, reading numbers.
//! * [`python`]: `str()` and `repr()`. * [`chars`]: classes of characters. * [`text`]: methods of texts. * [`limit`]: sizes as Python counts them.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod chars;
mod dict;
pub mod json;
pub mod limit;
pub mod number;
mod numeral;
pub mod python;
pub mod text;
pub mod value;

pub use dict::Dict;
pub use value::{Str, Value};
