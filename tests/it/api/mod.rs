//! What the REST API offers beyond upstream's, against real processes.

mod page;
mod standalone;
mod why;
