//! What the REST API offers beyond upstream's, against real processes.

mod page;
mod standalone;
#[path = "../support/mod.rs"]
mod support;
mod why;
