//! What the REST API offers beyond upstream's, against real processes.

mod action_states;
pub(crate) mod console;
mod ending;
mod front;
mod many;
mod page;
mod raw;
mod same_id;
mod site;
mod standalone;
mod tree_memory;
mod watching;
mod why;
