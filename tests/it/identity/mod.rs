//! Who may do what, and who sees what, with tokens in a file.

mod callers;
mod isolation;
mod sharing;
mod support;
