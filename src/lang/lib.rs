//! The workflow language: from YAML documents to validated, compiled specs.
//!
//! * `document`: what a client uploads, parsed, validated and brought into the form in which it is stored.
//! * `compile`: from that form to what the engine runs (`spec`), without validation.
//! * `input`: checks of supplied parameters against declared ones, and defaults.
//! * `limits`: how much one document may hold.
//! * `cache`: compiled specs by content, shared by all executions.
//!
//! Section numbers (§) in comments refer to `docs/language-semantics.md`.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod cache;
mod clause;
pub mod compile;
pub mod constructor;
pub mod document;
pub mod error;
pub mod inline;
pub mod input;
pub mod limits;
mod names;
mod schema;
mod schemas;
pub mod spec;
pub mod template;
mod validate;

pub use template::Template;

#[cfg(test)]
mod tests;

pub use compile::{compile_adhoc, compile_workflow};
pub use document::{
    ActionDocument, Checked, DocumentKind, WorkbookDocument, WorkflowDocument, check_document, check_read,
    parse_actions, parse_workbook, parse_workflows,
};
pub use error::{Class, Error, Place, Rule};
