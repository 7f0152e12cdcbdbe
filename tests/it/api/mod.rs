//! What the REST API offers beyond upstream's, against real processes.

mod console;
mod page;
mod same_id;
mod standalone;
mod why;
